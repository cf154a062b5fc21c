#pragma once
/// @file
/// What was known about indicators of bodies on a day, from the panels of
/// several periods.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// A measured value of one body.
struct IndicatorObservation {
    /// Last day of its period, as a day number.
    std::int32_t period_end = 0;
    /// Day that its provenance names, else the last day of its period.
    std::int32_t dated = 0;
    double value = 0.0;
    friend bool operator==(const IndicatorObservation&, const IndicatorObservation&) = default;
};

/// Panels of several periods, in any order. A body is the unit whose code is the
/// code of the body. Copies share the tables of the panels.
class IndicatorHistory {
  public:
    /// @param panels the periods
    /// @param better for each indicator the direction in which it gets better;
    ///        without it no change of the indicator is judged
    /// @throws DataError (`period_end_missing`, `period_twice`) with every problem
    IndicatorHistory(std::vector<Panel> panels, std::map<std::string, Direction> better)
        : panels_(std::move(panels)), better_(std::move(better)) {
        std::vector<Problem> problems;
        for (std::size_t k = 0; k < panels_.size(); ++k)
            if (!panels_[k].period_end())
                problems.push_back({"period_end_missing", "panel " + std::to_string(k + 1),
                                    "period \"" + panels_[k].period() + "\" without a last day",
                                    "the day that its values hold for", "set period_end"});
        std::sort(panels_.begin(), panels_.end(),
                  [](const Panel& a, const Panel& b) { return a.period_end() < b.period_end(); });
        for (std::size_t k = 1; k < panels_.size(); ++k)
            if (panels_[k].period_end() && panels_[k].period_end() == panels_[k - 1].period_end())
                problems.push_back({"period_twice", "panels",
                                    "two panels for " + to_iso(*panels_[k].period_end()),
                                    "one panel a day", "choose the one that counts"});
        if (!problems.empty()) throw DataError("the panels make no history", std::move(problems));
    }

    /// Measured values that were known at the end of a day, oldest period first:
    /// the period has ended and the provenance, where there is one, is not later.
    /// O(panels).
    [[nodiscard]] std::vector<IndicatorObservation> observations(const std::string& body,
                                                                 const std::string& indicator,
                                                                 std::int32_t day) const {
        std::vector<IndicatorObservation> known;
        for (const Panel& panel : panels_) {
            const std::int32_t end = day_number(*panel.period_end());
            if (end > day) break;
            const std::optional<Index> unit = panel.units().find(body);
            const std::optional<Index> column = panel.find(indicator);
            if (!unit || !column || !is_measured(panel.state(*unit, *column))) continue;
            const Provenance* provenance = panel.provenance(*unit, *column);
            const bool has_date = provenance && provenance->date;
            const std::int32_t dated = has_date ? day_number(*provenance->date) : end;
            if (dated <= day) known.push_back({end, dated, panel.value(*unit, *column)});
        }
        return known;
    }

    /// End of the first period, until a day, whose panel has the body and the
    /// indicator, with a value or without.
    [[nodiscard]] std::optional<std::int32_t> first_expected(const std::string& body,
                                                             const std::string& indicator,
                                                             std::int32_t day) const {
        for (const Panel& panel : panels_) {
            const std::int32_t end = day_number(*panel.period_end());
            if (end > day) break;
            if (panel.units().find(body) && panel.find(indicator)) return end;
        }
        return std::nullopt;
    }

    /// The direction in which an indicator gets better, if it was given.
    [[nodiscard]] std::optional<Direction> better(const std::string& indicator) const {
        const auto found = better_.find(indicator);
        if (found == better_.end()) return std::nullopt;
        return found->second;
    }

  private:
    std::vector<Panel> panels_;
    std::map<std::string, Direction> better_;
};

}  // namespace thuocdo
