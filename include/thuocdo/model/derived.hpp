#pragma once
/// @file
/// Indicators that a model computes from columns of the data.

#include <thuocdo/model/label.hpp>

#include <string>

namespace thuocdo {

/// A column of the data that expressions read, as written.
struct InputIndicator {
    std::string code;
    /// Unit of measure, see `UnitOfMeasure`; empty when it is not known.
    std::string unit{};
    Label name{};
    friend bool operator==(const InputIndicator&, const InputIndicator&) = default;
};

/// An indicator that is computed from others, as written.
struct DerivedIndicator {
    std::string code;
    /// See `expression::parse`.
    std::string expression;
    /// Unit of measure of the result; empty takes that of the expression.
    std::string unit{};
    Label name{};
    std::string source{};
    friend bool operator==(const DerivedIndicator&, const DerivedIndicator&) = default;
};

}  // namespace thuocdo
