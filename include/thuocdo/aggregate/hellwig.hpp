#pragma once
/// @file
/// Hellwig's measure of development.

#include <thuocdo/aggregate/wroclaw.hpp>

#include <span>

namespace thuocdo::aggregate {

/// 1 - d with d the taxonomic distance of wroclaw(): 1 for a unit that is best on
/// every child, about 0 far away from it (a very far unit is below 0); larger is
/// better. Arguments, missing children, errors and sources as there.
THUOCDO_KERNEL inline void hellwig(ChildrenView x, std::span<const double> weights,
                                   bool sample_deviation, ColumnOut out) {
    THUOCDO_EXACT
    wroclaw(x, weights, sample_deviation, out);
    for (Index i = 0; i < out.size(); ++i)
        out.data()[i] = detail::with_one_nan(1.0 - out.data()[i]);
}

}  // namespace thuocdo::aggregate
