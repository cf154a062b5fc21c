#pragma once
/// @file
/// Blocks of standard normal numbers with the same bits on every machine.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/numeric/normal_quantile.hpp>

#include <cmath>

namespace thuocdo::robust::detail {

/// numeric::normal_quantile() of probabilities strictly between 0 and 1, in place, with
/// the library's own logarithm: the one of the C library differs between machines.
THUOCDO_KERNEL inline void normal_quantiles(double* values, Index count, double* scratch) {
    THUOCDO_EXACT
    constexpr double centre_half_width = 0.425;
    constexpr double centre_constant = 0.180625;
    constexpr double near_tail_end = 5.0;
    constexpr double near_tail_start = 1.6;
    for (Index k = 0; k < count; ++k) scratch[k] = values[k] < 0.5 ? values[k] : 1.0 - values[k];
    numeric::natural_logarithms(scratch, count, scratch);
    for (Index k = 0; k < count; ++k) {
        const double offset = values[k] - 0.5;
        if (std::fabs(offset) <= centre_half_width) {
            values[k] = offset * numeric::detail::evaluate(numeric::detail::normal_centre,
                                                           centre_constant - offset * offset);
            continue;
        }
        const double depth = std::sqrt(-scratch[k]);
        const double size = depth <= near_tail_end
                                ? numeric::detail::evaluate(numeric::detail::normal_near_tail,
                                                            depth - near_tail_start)
                                : numeric::detail::evaluate(numeric::detail::normal_far_tail,
                                                            depth - near_tail_end);
        values[k] = std::copysign(size, offset);
    }
}

}  // namespace thuocdo::robust::detail
