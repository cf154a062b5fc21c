#pragma once
/// @file
/// Outlier treatment by skewness and kurtosis: winsorise a few points, else transform.

#include <thuocdo/numeric/moments.hpp>
#include <thuocdo/prepare/detail/checks.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::prepare {

/// What is done to the original column when winsorising does not suffice.
enum class OutlierTransform {
    none,
    /// log(x - minimum + 0.01 range); where the skewness of the original is below 0
    /// its mirror image, -log(maximum - x + 0.01 range).
    logarithm,
    /// (y^lambda - 1) / lambda, or log y for a lambda of 0; y is x where all values
    /// are above 0, else x - minimum + 0.01 range.
    box_cox
};

/// When a column has outliers, and what is done about them.
/// `max_winsorised = 0` with `OutlierTransform::none` changes nothing and only
/// reports.
struct OutlierRule {
    /// A column passes when |skewness| is below this (the Global Innovation Index
    /// uses 2.25), or ...
    double max_skewness = 2.0;
    /// ... excess kurtosis is below this.
    double max_kurtosis = 3.5;
    /// No step of winsorising is begun once this many points have been moved. The
    /// last step moves all its tied points, and may so exceed it.
    Index max_winsorised = 5;
    OutlierTransform transform = OutlierTransform::logarithm;
    /// Of the Box-Cox transform.
    double lambda = 0.0;
};

/// How the treatment of a column ended.
enum class OutlierOutcome {
    /// Passes as it is; nothing is changed.
    passes,
    /// Passes after winsorising.
    winsorised,
    /// Passes after the transform of the original.
    transformed,
    /// Fewer than two different observed values; nothing is changed.
    untreated_no_variance,
    /// Fewer than three observed values, so no skewness; nothing is changed.
    untreated_too_few,
    /// Does not pass after all steps that the rule allows. What the last of them
    /// gave is written: the transform, without one the winsorised column.
    still_fails
};

/// The outcome of a treatment in words, e.g. `winsorised`.
[[nodiscard]] constexpr const char* outcome_name(OutlierOutcome outcome) noexcept {
    switch (outcome) {
        case OutlierOutcome::passes:
            return "passes";
        case OutlierOutcome::winsorised:
            return "winsorised";
        case OutlierOutcome::transformed:
            return "transformed";
        case OutlierOutcome::untreated_no_variance:
            return "untreated_no_variance";
        case OutlierOutcome::untreated_too_few:
            return "untreated_too_few";
        case OutlierOutcome::still_fails:
            break;
    }
    return "still_fails";
}

enum class OutlierChange { winsorised_high, winsorised_low, transformed };

/// One cell that the treatment changed.
struct ChangedPoint {
    Index row = 0;
    double before = 0.0;
    double after = 0.0;
    OutlierChange reason = OutlierChange::winsorised_high;
};

struct OutlierTreatment {
    OutlierOutcome outcome = OutlierOutcome::passes;
    numeric::Moments before;
    /// Of the column that is written.
    numeric::Moments after;
    /// Points that winsorising moved, also where the transform was needed after all.
    Index winsorised_points = 0;
    /// The transform that was applied, and its parameters.
    OutlierTransform transform = OutlierTransform::none;
    /// Whether the logarithm was mirrored.
    bool mirrored = false;
    /// The transform is one of y = (x - origin) + offset, or of
    /// y = (origin - x) + offset where it is mirrored.
    double origin = 0.0;
    double offset = 0.0;
    double lambda = 0.0;
    /// By row.
    std::vector<ChangedPoint> changed;
};

namespace detail {

/// Share of the range that is added before a logarithm, so that it is defined at
/// the minimum.
inline constexpr double logarithm_offset = 0.01;

[[nodiscard]] inline bool passes(const numeric::Moments& moments, const OutlierRule& rule) {
    return std::abs(moments.skewness) < rule.max_skewness ||
           moments.excess_kurtosis < rule.max_kurtosis;
}

inline void require_rule(const OutlierRule& rule) {
    std::vector<Problem> problems;
    const auto problem = [&problems](const char* name, const std::string& found,
                                     const char* expected) {
        problems.push_back({"rule_not_valid", std::string("rule.") + name, found, expected, ""});
    };
    if (!(rule.max_skewness > 0.0))
        problem("max_skewness", numeric::shortest(rule.max_skewness), "a number above 0");
    if (rule.max_kurtosis != rule.max_kurtosis) problem("max_kurtosis", "nan", "a number");
    if (rule.max_winsorised < 0)
        problem("max_winsorised", std::to_string(rule.max_winsorised), "0 or more points");
    if (!std::isfinite(rule.lambda))
        problem("lambda", numeric::shortest(rule.lambda), "a finite number");
    if (!problems.empty()) throw NumericError("impossible outlier rule", std::move(problems));
}

/// The ascending column while its ends are drawn in: [0, low) were moved up and
/// [high, size) down.
struct Winsorised {
    std::vector<double> sorted;
    std::size_t low = 0;
    std::size_t high = 0;

    /// One step: all points at the maximum (or minimum) to the next value. False
    /// where no variance would be left.
    bool step(bool at_maximum) {
        const std::size_t size = sorted.size();
        std::size_t first_high = size;
        while (first_high > 0 && sorted[first_high - 1] == sorted.back()) --first_high;
        std::size_t end_low = 0;
        while (end_low < size && sorted[end_low] == sorted.front()) ++end_low;
        // Two different values: the step would make them one.
        if (first_high == end_low) return false;
        if (at_maximum) {
            high = first_high;
            for (std::size_t k = high; k < size; ++k) sorted[k] = sorted[high - 1];
        } else {
            low = end_low;
            for (std::size_t k = 0; k < low; ++k) sorted[k] = sorted[low];
        }
        return true;
    }
    [[nodiscard]] std::size_t moved() const noexcept { return low + (sorted.size() - high); }
};

/// The transform of a value, as the treatment describes it.
[[nodiscard]] THUOCDO_KERNEL inline double transformed(double value,
                                                       const OutlierTreatment& treatment) {
    THUOCDO_EXACT
    const double shifted =
        (treatment.mirrored ? treatment.origin - value : value - treatment.origin) +
        treatment.offset;
    if (treatment.mirrored) return 0.0 - std::log(shifted);
    if (treatment.transform == OutlierTransform::logarithm || treatment.lambda == 0.0)
        return std::log(shifted) + 0.0;
    return (std::pow(shifted, treatment.lambda) - 1.0) / treatment.lambda + 0.0;
}

THUOCDO_KERNEL inline void set_transform(std::span<const double> sorted, const OutlierRule& rule,
                                         OutlierTreatment& treatment) {
    THUOCDO_EXACT
    const double minimum = sorted.front();
    const double maximum = sorted.back();
    treatment.transform = rule.transform;
    if (rule.transform == OutlierTransform::box_cox) {
        treatment.lambda = rule.lambda;
        if (minimum > 0.0) return;
    } else {
        treatment.mirrored = treatment.before.skewness < 0.0;
    }
    treatment.origin = treatment.mirrored ? maximum : minimum;
    treatment.offset = logarithm_offset * (maximum - minimum);
}

}  // namespace detail

/// Winsorises a column, and transforms it where that does not suffice, until its
/// skewness or its kurtosis is within the rule.
///
/// A column passes when |skewness| < max_skewness or excess kurtosis <
/// max_kurtosis, both in their sample-adjusted form. While it fails and fewer than
/// max_winsorised points have been moved, every point equal to the maximum (for a
/// skewness below 0: the minimum) is set to the next value, ties together and each
/// counted, and the column is looked at again. If it then still fails, the original
/// column is transformed. A step that would leave a single value is not taken: it
/// would pass nothing and say nothing.
///
/// @param x a column over units; NaN is missing, is skipped and stays missing.
/// @param out as long as x; may be x.
/// @throws NumericError when the lengths or the rule do not fit, naming infinite
///         cells, or when the range or a transformed value is beyond double (then
///         the content of out is unspecified).
/// The bits do not depend on the order of the rows: sums run over the sorted column.
/// Those of the logarithm and the power are the C library's. Complexity: one radix
/// sort, then two sweeps a step.
/// Sources: OECD/JRC handbook (2008), step 3; Cornell, INSEAD and WIPO, The Global
/// Innovation Index, appendix on adjustments (winsorise up to five values, else
/// logarithm); G. E. P. Box and D. R. Cox (1964), JRSS B 26(2).
inline OutlierTreatment treat_outliers(ColumnView x, const OutlierRule& rule, ColumnOut out) {
    detail::require_length("out", out.size(), x.size());
    detail::require_rule(rule);
    detail::require_no_infinite("x", x);
    const auto size = static_cast<std::size_t>(x.size());
    const std::vector<std::uint32_t> order =
        numeric::argsort({x.data(), size}, numeric::Order::ascending);
    std::vector<double> sorted;
    sorted.reserve(size);
    for (const std::uint32_t row : order) {
        const double value = x.data()[row];
        if (value != value) break;  // NaN comes last.
        sorted.push_back(value + 0.0);
    }
    if (out.data() != x.data())
        for (Index i = 0; i < x.size(); ++i) out.data()[i] = x.data()[i];

    OutlierTreatment result;
    result.before = numeric::detail::moments_of_ascending(sorted);
    result.after = result.before;
    const std::size_t observed = sorted.size();
    if (observed < numeric::detail::least_for_skewness) {
        result.outcome = OutlierOutcome::untreated_too_few;
        return result;
    }
    if (sorted.front() == sorted.back()) {
        result.outcome = OutlierOutcome::untreated_no_variance;
        return result;
    }
    if (detail::passes(result.before, rule)) return result;
    if (std::isinf(sorted.back() - sorted.front()))
        detail::refuse(
            "range_too_large", "argument \"x\"",
            numeric::shortest(sorted.front()) + " to " + numeric::shortest(sorted.back()),
            "a range within double", "scale the indicator down");

    detail::Winsorised winsorised{sorted, 0, observed};
    const auto most = static_cast<std::size_t>(rule.max_winsorised);
    bool passing = false;
    while (!passing && winsorised.moved() < most) {
        if (!winsorised.step(result.after.skewness >= 0.0)) break;
        result.after = numeric::detail::moments_of_ascending(winsorised.sorted);
        passing = detail::passes(result.after, rule);
    }
    result.winsorised_points = static_cast<Index>(winsorised.moved());

    const auto change = [&](std::size_t place, double value, OutlierChange reason) {
        const auto row = static_cast<Index>(order[place]);
        out.data()[row] = value;
        result.changed.push_back({row, sorted[place], value, reason});
    };
    if (passing || rule.transform == OutlierTransform::none) {
        result.outcome = passing ? OutlierOutcome::winsorised : OutlierOutcome::still_fails;
        for (std::size_t k = 0; k < winsorised.low; ++k)
            change(k, winsorised.sorted[k], OutlierChange::winsorised_low);
        for (std::size_t k = winsorised.high; k < observed; ++k)
            change(k, winsorised.sorted[k], OutlierChange::winsorised_high);
    } else {
        detail::set_transform(sorted, rule, result);
        // `out` may be `x`.
        const Eigen::VectorXd original = x;
        std::vector<double>& values = winsorised.sorted;
        for (std::size_t k = 0; k < observed; ++k)
            values[k] = detail::transformed(sorted[k], result);
        for (const double value : values)
            if (!std::isfinite(value))
                detail::refuse("transform_not_finite", "argument \"rule\"",
                               "a transformed value of " + numeric::shortest(value),
                               "values within double", "choose another transform or lambda");
        result.after = numeric::detail::moments_of_ascending(values);
        result.outcome = detail::passes(result.after, rule) ? OutlierOutcome::transformed
                                                            : OutlierOutcome::still_fails;
        for (std::size_t k = 0; k < observed; ++k)
            out.data()[static_cast<Index>(order[k])] = values[k];
        result.changed.reserve(observed);
        for (Index row = 0; row < x.size(); ++row) {
            const double before = original[row];
            if (before == before)
                result.changed.push_back(
                    {row, before + 0.0, out.data()[row], OutlierChange::transformed});
        }
        return result;
    }
    std::sort(result.changed.begin(), result.changed.end(),
              [](const ChangedPoint& a, const ChangedPoint& b) { return a.row < b.row; });
    return result;
}

}  // namespace thuocdo::prepare
