#pragma once
/// @file
/// The values of units and leaves over panels of several periods.

#include <thuocdo/data/detail/derivation.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/detail/cohort.hpp>
#include <thuocdo/detail/denominate_step.hpp>
#include <thuocdo/explain/progress_path.hpp>
#include <thuocdo/model/index_model.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Panels dated up to a day, oldest first, read by the units of the newest.
/// Units are matched by code.
class PanelSeries {
  public:
    /// @throws DataError naming panels without a last day and days that two have,
    ///         or when no panel is dated up to the day.
    PanelSeries(const IndexModel& model, std::span<const Panel> panels,
                const std::optional<Date>& as_of)
        : model_(model) {
        std::vector<Problem> problems;
        for (std::size_t k = 0; k < panels.size(); ++k) {
            const std::string place = "panel " + std::to_string(k + 1);
            if (panels[k].period_end())
                panels_.push_back(&panels[k]);
            else
                problems.push_back({"period_end_missing", place,
                                    "period \"" + panels[k].period() + "\" without a last day",
                                    "the day that its values hold for", "set period_end"});
        }
        std::sort(panels_.begin(), panels_.end(), [](const Panel* a, const Panel* b) {
            return *a->period_end() < *b->period_end();
        });
        for (std::size_t k = 1; k < panels_.size(); ++k)
            if (*panels_[k]->period_end() == *panels_[k - 1]->period_end())
                problems.push_back({"period_twice", "panels",
                                    "two panels for " + to_iso(*panels_[k]->period_end()),
                                    "one panel a day", "choose the one that counts"});
        if (!problems.empty()) throw DataError("the panels make no series", std::move(problems));
        if (as_of) {
            as_of_ = *as_of;
            std::erase_if(panels_, [&](const Panel* each) { return *each->period_end() > *as_of; });
        }
        if (panels_.empty())
            throw DataError("the panels make no series",
                            {{"no_panel", "panels", std::to_string(panels.size()) + " panels",
                              as_of ? "one dated up to " + to_iso(*as_of) : "at least one",
                              "add it, or ask for a later day"}});
        if (!as_of) as_of_ = *panels_.back()->period_end();
        prepare_columns();
        match_units();
    }
    PanelSeries(const PanelSeries&) = delete;
    PanelSeries& operator=(const PanelSeries&) = delete;

    [[nodiscard]] const Date& as_of() const noexcept { return as_of_; }
    [[nodiscard]] const UnitRegistry& units() const noexcept { return panels_.back()->units(); }
    /// The units that the model evaluates, by code.
    [[nodiscard]] const std::vector<Index>& by_code() const noexcept { return by_code_; }
    [[nodiscard]] bool has_panel_on(const Date& day) const {
        return std::any_of(panels_.begin(), panels_.end(),
                           [&](const Panel* each) { return *each->period_end() == day; });
    }

    /// Measured values of a unit for the column of a leaf, oldest first; imputed
    /// ones are not observations.
    [[nodiscard]] std::vector<DatedValue> values(Index unit, const std::string& indicator) const {
        std::vector<DatedValue> values;
        for (std::size_t k = 0; k < panels_.size(); ++k) {
            const std::optional<Index> column = panels_[k]->find(indicator);
            const Index row = rows_[k][static_cast<std::size_t>(unit)];
            if (!column || row < 0 || !is_measured(panels_[k]->state(row, *column))) continue;
            values.push_back({*panels_[k]->period_end(), panels_[k]->value(row, *column)});
        }
        return values;
    }

  private:
    /// Each panel with the derived indicators of the model, where the previous
    /// period is the panel before it, and divided by its denominators: what a target
    /// speaks of. Imputed and treated values are no observations.
    void prepare_columns() {
        const std::vector<PreparationStep>& steps = model_.definition().preparation;
        const bool divides = std::any_of(steps.begin(), steps.end(), [](const auto& step) {
            return std::holds_alternative<step::Denominate>(step);
        });
        if (model_.derived().empty() && !divides) return;
        derived_.reserve(panels_.size());
        prepared_.reserve(panels_.size());
        for (const Panel*& panel : panels_) {
            if (!model_.derived().empty()) {
                const Panel* previous = derived_.empty() ? nullptr : &derived_.back();
                derived_.push_back(derive_in_series(
                    model_, *panel, previous,
                    cohort_flags(model_.definition().cohort, panel->units(), panel->period_end())));
                panel = &derived_.back();
            }
            if (!divides) continue;
            prepared_.push_back(denominated(model_, *panel));
            panel = &prepared_.back();
        }
    }

    void match_units() {
        for (const Panel* panel : panels_) {
            std::vector<Index> rows;
            for (const std::string& code : units().codes())
                rows.push_back(panel->units().find(code).value_or(-1));
            rows_.push_back(std::move(rows));
        }
        const std::vector<std::uint8_t> evaluated =
            cohort_flags(model_.definition().cohort, units(), as_of_);
        for (Index unit = 0; unit < units().size(); ++unit)
            if (evaluated.empty() || evaluated[static_cast<std::size_t>(unit)] != 0)
                by_code_.push_back(unit);
        std::sort(by_code_.begin(), by_code_.end(),
                  [this](Index a, Index b) { return units().code(a) < units().code(b); });
    }

    const IndexModel& model_;
    std::vector<const Panel*> panels_;
    /// Owns the panels with derived columns; never grows beyond what it reserved.
    std::vector<Panel> derived_;
    /// The same for panels that were divided by denominators.
    std::vector<Panel> prepared_;
    std::vector<std::vector<Index>> rows_;
    std::vector<Index> by_code_;
    Date as_of_{};
};

}  // namespace thuocdo::detail
