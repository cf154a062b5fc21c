#pragma once
/// @file
/// Made-up values for any model: each cell fits the rule of its leaf.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/synthetic/detail/cell_value.hpp>
#include <thuocdo/synthetic/units.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::synthetic {

/// How values are made up. Shares are of cells, from 0 to 1.
struct PanelOptions {
    std::uint64_t seed = 57;
    /// Number of the period, 0 for the first; later ones drift upward.
    int period = 0;
    /// Empty: quarters counted from 2026-Q1.
    std::string period_label{};
    std::optional<Date> period_end{};
    double missing_share = 0.02;
    double provisional_share = 0.03;
    /// Of the cells with numerator and denominator whose leaf has a rule for a
    /// denominator of zero.
    double zero_denominator_share = 0.005;
};

namespace detail {

inline constexpr int first_year = 2026;
inline constexpr int quarters = 4;

[[nodiscard]] inline std::string quarter_label(int period) {
    return std::to_string(first_year + period / quarters) + "-Q" +
           std::to_string(period % quarters + 1);
}

[[nodiscard]] inline Date quarter_end(int period) {
    constexpr unsigned short months[] = {3, 6, 9, 12};
    constexpr unsigned short days[] = {31, 30, 30, 31};
    return Date(static_cast<unsigned short>(first_year + period / quarters),
                months[period % quarters], days[period % quarters]);
}

inline void require_options(const PanelOptions& options) {
    const auto is_share = [](double share) { return share >= 0.0 && share <= 1.0; };
    if (options.period >= 0 && is_share(options.missing_share) &&
        is_share(options.provisional_share) && is_share(options.zero_denominator_share))
        return;
    throw NumericError("synthetic panel",
                       {{"option_out_of_range", "PanelOptions", "a share or period out of range",
                         "shares from 0 to 1 and a period of 0 or more", "correct the option"}});
}

/// Fills the columns of a panel.
class PanelMaker {
  public:
    PanelMaker(const IndexModel& model, const UnitRegistry& units, const PanelOptions& options)
        : model_(model), units_(units), options_(options), random_(options.seed) {
        require_options(options);
        panel_.units = units;
        panel_.period =
            options.period_label.empty() ? quarter_label(options.period) : options.period_label;
        panel_.period_end = options.period_end ? *options.period_end : quarter_end(options.period);
        panel_.source_note = "synthetic values, not observations";
    }

    [[nodiscard]] Panel run() {
        for (const Index leaf : model_.leaves()) remember(leaf);
        panel_.indicators.assign(model_.indicators().begin(), model_.indicators().end());
        const auto columns = static_cast<Index>(panel_.indicators.size());
        panel_.values.resize(units_.size(), columns);
        panel_.states.resize(units_.size(), columns);
        for (Index unit = 0; unit < units_.size(); ++unit) {
            const std::string& code = units_.code(unit);
            places_.push_back(place_of(code));
            const UnitGrouping* parents = units_.grouping("parent");
            abilities_.push_back(ability_of(random_, places_.back(),
                                            parents ? place_of(parents->of(unit)) : 0,
                                            options_.period));
        }
        for (Index column = 0; column < columns; ++column)
            fill(column, columns_.at(panel_.indicators[static_cast<std::size_t>(column)]));
        return Panel(std::move(panel_));
    }

  private:
    /// What all leaves that read one column ask of it.
    void remember(Index index) {
        const Node& node = model_.node(index);
        ColumnNeeds needs = needs_of(model_, index, *panel_.period_end);
        const auto [found, added] = columns_.try_emplace(node.indicator, needs);
        if (!added) found->second.join(needs);
    }

    void fill(Index column, const ColumnNeeds& needs) {
        const std::string& code = panel_.indicators[static_cast<std::size_t>(column)];
        const CellMaker maker(random_, needs, index_of(code), options_.period);
        const bool ratio = needs.has_parts();
        RatioParts parts;
        if (ratio) {
            parts.numerator.setConstant(units_.size(), missing_value);
            parts.denominator.setConstant(units_.size(), missing_value);
        }
        for (Index unit = 0; unit < units_.size(); ++unit) {
            const auto at = static_cast<std::size_t>(unit);
            const CellPlace place{places_[at], &units_.code(unit), abilities_[at]};
            double& value = panel_.values(unit, column);
            CellState& state = panel_.states(unit, column);
            value = missing_value;
            state = maker.missing_state(place, options_.missing_share);
            if (!has_value(state)) continue;
            if (maker.is_provisional(place, options_.provisional_share))
                state = CellState::provisional;
            if (!ratio) {
                value = maker.value(place);
                continue;
            }
            const Parts made = maker.parts(place, options_.zero_denominator_share);
            parts.numerator[unit] = made.numerator;
            parts.denominator[unit] = made.denominator;
        }
        if (ratio) panel_.ratios.emplace(column, std::move(parts));
    }

    const IndexModel& model_;
    const UnitRegistry& units_;
    const PanelOptions& options_;
    numeric::Philox random_;
    PanelDefinition panel_{};
    std::map<std::string, ColumnNeeds> columns_;
    std::vector<std::uint64_t> places_;
    std::vector<double> abilities_;
};

}  // namespace detail

/// Made-up values for every indicator of a model.
///
/// Each unit has a latent ability, partly shared by the units of one parent and
/// slowly changing; each block of a model adds to it, each indicator has its
/// ease, and the rest is noise. From these comes an attainment, mostly between
/// 0.3 and 1, that grows with the periods, and from it a value that suits the
/// rule of the leaf: between its goalposts, a share of its target as integer
/// numerator and denominator, items of a checklist, a rank, a number of
/// occurrences. Indicators that a gate looks at are easier, so that every band
/// has units. Cells are missing only in ways that the leaf and the nodes above
/// it do not refuse.
///
/// A cell is a function of seed, period, unit code, code of the parent, model
/// and indicator: neither the other units nor their order change it.
///
/// The panel scores under its model without error, save where the data cannot
/// help it: a rule that gives the worst unit of any cohort 0 (such as min-max)
/// under a geometric or harmonic mean without `floor_at`; a rule that the whole
/// cohort feeds, for a cohort of one unit; `growth_to_target` without the panel
/// of the period before.
/// Complexity: O(units x indicators), some 100 ns a cell.
/// @throws NumericError when an option is out of range.
[[nodiscard]] inline Panel panel(const IndexModel& model, const UnitRegistry& units,
                                 const PanelOptions& options = {}) {
    return detail::PanelMaker(model, units, options).run();
}

/// The panels of consecutive periods, beginning with that of `first`. Labels and
/// last days are those of quarters unless there is one period only.
[[nodiscard]] inline std::vector<Panel> panels(const IndexModel& model, const UnitRegistry& units,
                                               PanelOptions first, int periods) {
    std::vector<Panel> made;
    if (periods > 1) {
        first.period_label.clear();
        first.period_end.reset();
    }
    for (int k = 0; k < periods; ++k) {
        made.push_back(panel(model, units, first));
        ++first.period;
    }
    return made;
}

}  // namespace thuocdo::synthetic
