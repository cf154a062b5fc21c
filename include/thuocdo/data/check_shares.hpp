#pragma once
/// @file
/// Stated rates against the numerators and denominators behind them: a national
/// rate is not the mean of provinces, a year-to-date share not that of months.

#include <thuocdo/config.hpp>
#include <thuocdo/data/detail/decimal_arithmetic.hpp>
#include <thuocdo/data/finding.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// Half of the last digit of a percentage printed with two decimals, as a share:
/// a rate that is nearer was rounded, not computed otherwise.
inline constexpr double printed_share_tolerance = 0.00005;

/// A ratio by its parts: of a unit, or of a month.
struct RatioPart {
    std::string label;
    double numerator = std::numeric_limits<double>::quiet_NaN();
    double denominator = std::numeric_limits<double>::quiet_NaN();
    friend bool operator==(const RatioPart&, const RatioPart&) = default;
};

/// A month (or quarter) of a ratio, and the share from the start of the year
/// that was stated for it; NaN where none was.
struct PeriodShare {
    RatioPart within{};
    double year_to_date = std::numeric_limits<double>::quiet_NaN();
    friend bool operator==(const PeriodShare&, const PeriodShare&) = default;
};

namespace detail {

/// Sums of parts and the plain mean of their shares.
class ShareTotals {
  public:
    /// Adds a part; parts that cannot count become findings.
    THUOCDO_KERNEL void add(const RatioPart& part, const std::string& name,
                            std::vector<Finding>& findings) {
        THUOCDO_EXACT
        const std::string place = name + ", " + part.label;
        const std::string fraction =
            numeric::shortest(part.numerator) + " / " + numeric::shortest(part.denominator);
        if (std::isnan(part.numerator) || std::isnan(part.denominator)) {
            findings.push_back({"part_missing", place, "numerator or denominator is missing"});
            complete_ = false;
            return;
        }
        top_.add(part.numerator);
        bottom_.add(part.denominator);
        last_ = std::numeric_limits<double>::quiet_NaN();
        if (part.denominator == 0.0) {
            findings.push_back(
                {"zero_denominator", place, fraction + " is no share: neither 0% nor 100%"});
            return;
        }
        if (part.numerator > part.denominator)
            findings.push_back({"ratio_above_one", place, fraction + " is above 1",
                                part.numerator / part.denominator, 1.0,
                                part.numerator / part.denominator - 1.0});
        last_ = part.numerator / part.denominator;
        shares_.add(last_);
        ++count_;
    }

    [[nodiscard]] bool complete() const noexcept { return complete_; }
    [[nodiscard]] double numerator() const { return top_.value(); }
    [[nodiscard]] double denominator() const { return bottom_.value(); }
    /// sum of numerators / sum of denominators; NaN for a sum of 0.
    [[nodiscard]] double ratio_of_sums() const {
        const double bottom = bottom_.value();
        return bottom == 0.0 ? std::numeric_limits<double>::quiet_NaN() : top_.value() / bottom;
    }
    /// Mean of the shares that exist.
    [[nodiscard]] double plain_mean() const { return shares_.divided_by(count_); }
    [[nodiscard]] std::uint64_t shares() const noexcept { return count_; }
    /// The share of the part added last.
    [[nodiscard]] double last_share() const noexcept { return last_; }

    [[nodiscard]] std::string sums() const {
        return numeric::shortest(numerator()) + " / " + numeric::shortest(denominator());
    }

  private:
    numeric::ExactSum top_;
    numeric::ExactSum bottom_;
    numeric::ExactSum shares_;
    std::uint64_t count_ = 0;
    double last_ = std::numeric_limits<double>::quiet_NaN();
    bool complete_ = true;
};

/// A finding when a stated share is not the ratio of sums.
inline void compare_share(const ShareTotals& totals, const std::string& place, double stated,
                          double tolerance, const char* code, const char* mean_code,
                          const char* last_code, std::vector<Finding>& findings) {
    if (std::isnan(stated) || !totals.complete()) return;
    const double computed = totals.ratio_of_sums();
    const std::string given = "stated " + numeric::shortest(stated);
    if (std::isnan(computed)) {
        findings.push_back({"share_of_nothing", place,
                            given + " of " + totals.sums() + ", which is no share", stated});
        return;
    }
    if (std::abs(stated - computed) <= tolerance) return;
    std::string statement = totals.sums() + " = " + numeric::shortest(computed) + ", " + given;
    // The explanation that lies nearer; NaN explains nothing.
    const double from_mean = std::abs(stated - totals.plain_mean());
    const double from_last = last_code ? std::abs(stated - totals.last_share())
                                       : std::numeric_limits<double>::quiet_NaN();
    if (from_last <= tolerance && !(from_mean < from_last)) {
        statement += ", which is the share of the last period alone";
        code = last_code;
    } else if (from_mean <= tolerance) {
        statement += ", which is the plain mean of " + std::to_string(totals.shares()) + " shares";
        code = mean_code;
    }
    findings.push_back({code, place, statement, stated, computed, stated - computed});
}

}  // namespace detail

/// Whether a stated national rate is sum(numerators) / sum(denominators).
///
/// Findings: `plain_mean_of_units` when it is the plain mean of the rates of the
/// units instead, `national_rate_disagrees` when it is neither, `share_of_nothing`
/// when all denominators are 0; besides, for each unit, `zero_denominator`,
/// `ratio_above_one` and `part_missing`. With a part missing the sums are not the
/// nation's and the rate is not checked.
/// @param stated a fraction: 98.63% is 0.9863.
/// @throws NumericError unless the tolerance is finite and >= 0.
[[nodiscard]] inline std::vector<Finding> national_rate(
    const std::string& name, double stated, std::span<const RatioPart> units,
    double tolerance = printed_share_tolerance) {
    detail::require_tolerance(tolerance);
    std::vector<Finding> findings;
    detail::ShareTotals totals;
    for (const RatioPart& unit : units) totals.add(unit, name, findings);
    detail::compare_share(totals, name, stated, tolerance, "national_rate_disagrees",
                          "plain_mean_of_units", nullptr, findings);
    return findings;
}

/// The same for a column of a panel with numerators and denominators.
/// @throws DataError when the panel has no such column or the column no ratios.
[[nodiscard]] inline std::vector<Finding> national_rate(
    const Panel& panel, std::string_view indicator, double stated,
    double tolerance = printed_share_tolerance) {
    const std::optional<Index> column = panel.find(indicator);
    const RatioParts* parts = column ? panel.ratio(*column) : nullptr;
    if (!parts)
        throw DataError("no rate can be checked",
                        {{"ratio_missing", '"' + std::string(indicator) + '"',
                          column ? "a column without numerators" : "no such column",
                          "a column with numerators and denominators", "add them to the panel"}});
    std::vector<RatioPart> units;
    for (Index unit = 0; unit < panel.unit_count(); ++unit)
        units.push_back(
            {panel.units().code(unit), parts->numerator[unit], parts->denominator[unit]});
    std::sort(units.begin(), units.end(),
              [](const RatioPart& a, const RatioPart& b) { return a.label < b.label; });
    return national_rate(std::string(indicator), stated, units, tolerance);
}

/// Whether stated year-to-date shares are sum(numerators) / sum(denominators)
/// from the start of the year.
///
/// Findings: `month_reported_as_year_to_date` when the stated share is that of
/// the period alone, `plain_mean_of_months` when it is the mean of the shares of
/// the periods so far, `year_to_date_share_disagrees` when it is neither,
/// `share_of_nothing` when all denominators so far are 0; besides, for each
/// period, those of `national_rate`. After a missing part nothing can be checked.
/// @param periods from the first period of the year on, in order; shares as
///        fractions.
/// @throws NumericError unless the tolerance is finite and >= 0.
[[nodiscard]] inline std::vector<Finding> share_and_year_to_date(
    const std::string& name, std::span<const PeriodShare> periods,
    double tolerance = printed_share_tolerance) {
    detail::require_tolerance(tolerance);
    std::vector<Finding> findings;
    detail::ShareTotals totals;
    for (const PeriodShare& each : periods) {
        totals.add(each.within, name, findings);
        detail::compare_share(totals, name + ", " + each.within.label, each.year_to_date, tolerance,
                              "year_to_date_share_disagrees", "plain_mean_of_months",
                              "month_reported_as_year_to_date", findings);
    }
    return findings;
}

}  // namespace thuocdo
