#pragma once
/// @file
/// The values of a panel made ready for scoring by the steps that a model declares,
/// and what each step did to which cell.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/prepare/treat_outliers.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// A value that a step gave a cell, or took from it.
struct PreparedCell {
    Index unit = 0;
    /// Column of the panel.
    Index indicator = 0;
    double before = missing_value;
    double after = missing_value;
    /// Position in `PreparationFindings::reasons`.
    std::size_t reason = 0;
};

/// A unit that a screening flagged.
struct ScreenedUnit {
    Index unit = 0;
    /// Code of the node under which the shares were taken; empty: all indicators.
    std::string node{};
    /// Measured values among those that apply to the unit.
    double availability = missing_value;
    /// Values other than zero among the measured ones.
    double nonzero = missing_value;
    bool too_few_values = false;
    bool too_many_zeros = false;
    bool excluded = false;
    /// Why the unit stays, where the model keeps it.
    std::string reason{};
};

/// What the treatment of outliers did to one indicator.
struct TreatedIndicator {
    Index indicator = 0;
    prepare::OutlierTreatment treatment{};
};

/// What one step of the preparation found and did.
struct PreparationFindings {
    /// Cells that the step filled or moved, by indicator and unit. Denominators change
    /// whole columns; there only the cells are listed that had no denominator.
    std::vector<PreparedCell> cells{};
    std::vector<std::string> reasons{};
    std::vector<ScreenedUnit> screened{};
    std::vector<TreatedIndicator> treated{};
    /// What a reader should know, e.g. a group in which nothing was observed.
    std::vector<std::string> notices{};

    /// Why a cell changed.
    [[nodiscard]] const std::string& reason(const PreparedCell& cell) const {
        return reasons.at(cell.reason);
    }
};

/// The result of one step of the preparation.
struct PreparationStage {
    /// `raw`, `derived`, `denominated`, `screened`, `imputed` or `treated`; a step that
    /// comes again has its number added, e.g. `imputed_2`.
    std::string name{};
    /// Values and states after the step.
    Panel panel;
    PreparationFindings findings{};
};

/// Every step of a preparation, in order; the first stage is the panel as given.
struct Preparation {
    std::vector<PreparationStage> stages{};
    /// One flag a unit after cohort and screening; empty when all are evaluated.
    std::vector<std::uint8_t> evaluated{};

    /// The stage with a name; nothing when there is none.
    [[nodiscard]] const PreparationStage* find(std::string_view name) const {
        for (const PreparationStage& each : stages)
            if (each.name == name) return &each;
        return nullptr;
    }

    /// One line a stage and the cells that each one changed.
    friend std::ostream& operator<<(std::ostream& out, const Preparation& preparation) {
        using Align = detail::TextTable::Align;
        for (const PreparationStage& stage : preparation.stages) {
            out << stage.name << ": " << stage.panel.unit_count() << " units x "
                << stage.panel.indicator_count() << " indicators";
            const PreparationFindings& found = stage.findings;
            if (!found.cells.empty()) out << ", " << found.cells.size() << " cells changed";
            if (!found.screened.empty()) out << ", " << found.screened.size() << " units flagged";
            out << '\n';
            for (const std::string& notice : found.notices) out << "  " << notice << '\n';
            if (found.cells.empty()) continue;
            detail::TextTable table({{"unit", Align::left},
                                     {"indicator", Align::left},
                                     {"before", Align::right},
                                     {"after", Align::right},
                                     {"why", Align::left}});
            const auto text = [](double value) {
                return std::isnan(value) ? std::string("-") : numeric::shortest(value);
            };
            constexpr std::size_t listed = 20;
            for (std::size_t k = 0; k < found.cells.size() && k < listed; ++k) {
                const PreparedCell& cell = found.cells[k];
                table.add({stage.panel.units().code(cell.unit),
                           stage.panel.indicators()[static_cast<std::size_t>(cell.indicator)],
                           text(cell.before), text(cell.after), found.reason(cell)});
            }
            out << table;
            if (found.cells.size() > listed)
                out << "  and " << found.cells.size() - listed << " more\n";
        }
        return out;
    }
};

}  // namespace thuocdo
