#pragma once
/// @file
/// The panel: units x indicators of one period, with a state for every cell.

#include <thuocdo/config.hpp>
#include <thuocdo/data/cell_state.hpp>
#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/time/date.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo {

/// A value that is not there.
inline constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

/// Where a value comes from.
struct Provenance {
    std::string source{};
    std::optional<Date> date{};
    friend bool operator==(const Provenance&, const Provenance&) = default;
};

/// Numerator and denominator of a ratio indicator, one entry per unit; NaN
/// where they were not given.
struct RatioParts {
    Eigen::VectorXd numerator;
    Eigen::VectorXd denominator;
};

/// Values that somebody else owns: units are rows, indicators columns, strides
/// in doubles and of any sign. `owner` keeps them alive.
struct ValuesView {
    const double* data = nullptr;
    Index rows = 0;
    Index columns = 0;
    Index row_stride = 1;
    Index column_stride = 0;
    std::shared_ptr<const void> owner{};
};

/// Everything that a panel is made of; a program or a file reader fills it in.
struct PanelDefinition {
    UnitRegistry units{};
    /// Column codes.
    std::vector<std::string> indicators{};
    /// Codes of columns that a model computed from the others; it computes them again.
    std::set<std::string> derived{};
    /// Units x indicators; NaN is missing. Ignored when `view` has data.
    Eigen::MatrixXd values{};
    /// Values to be used in place, without a copy.
    ValuesView view{};
    /// Units x indicators, or empty: NaN then means not reported and every
    /// other value is observed.
    Eigen::Matrix<CellState, Eigen::Dynamic, Eigen::Dynamic> states{};
    /// Ratio parts by column.
    std::map<Index, RatioParts> ratios{};
    /// Sources and dates, and by column the entry of each unit (-1 for none).
    std::vector<Provenance> provenances{};
    std::map<Index, std::vector<std::int32_t>> provenance_ids{};
    /// Period that the values belong to, e.g. `2026-Q3`; may be empty.
    std::string period{};
    /// Last day of the period, if known.
    std::optional<Date> period_end{};
    /// Note about the origin of the whole table.
    std::string source_note{};
};

namespace detail {

/// Gives a definition a state for every cell where it has none: NaN was not reported,
/// every other value is observed.
inline void require_states(PanelDefinition& panel) {
    if (panel.states.size() != 0) return;
    panel.states.resize(panel.values.rows(), panel.values.cols());
    for (Index j = 0; j < panel.values.cols(); ++j)
        for (Index i = 0; i < panel.values.rows(); ++i)
            panel.states(i, j) =
                std::isnan(panel.values(i, j)) ? CellState::not_reported : CellState::observed;
}

}  // namespace detail

namespace detail {
class PanelEditor;
}

/// An immutable table of values. Copies share the table; const access is safe
/// from many threads.
class Panel {
  public:
    /// Difference between a printed ratio and numerator/denominator above
    /// which the two are said to disagree; a printed percentage of two
    /// decimals is within it.
    static constexpr double ratio_tolerance = 1e-4;

    /// Checks a definition as a whole. Where numerator and denominator are given
    /// without a value, the value becomes their ratio, and a zero denominator
    /// becomes a cell in the state `zero_denominator`.
    /// @throws DataError with every problem, naming unit and indicator.
    explicit Panel(PanelDefinition definition) {
        auto table = std::make_shared<Table>(std::move(definition));
        std::vector<Problem> problems = table->prepare();
        if (!problems.empty()) throw DataError("the panel cannot be used", std::move(problems));
        table_ = std::move(table);
    }

    /// A panel of plain values.
    Panel(UnitRegistry units, std::vector<std::string> indicators, Eigen::MatrixXd values)
        : Panel(plain(std::move(units), std::move(indicators), std::move(values))) {}

    [[nodiscard]] const UnitRegistry& units() const noexcept { return table_->given.units; }
    [[nodiscard]] const std::vector<std::string>& indicators() const noexcept {
        return table_->given.indicators;
    }
    [[nodiscard]] Index unit_count() const noexcept { return units().size(); }
    [[nodiscard]] Index indicator_count() const noexcept {
        return static_cast<Index>(indicators().size());
    }
    [[nodiscard]] const std::string& period() const noexcept { return table_->given.period; }
    [[nodiscard]] const std::optional<Date>& period_end() const noexcept {
        return table_->given.period_end;
    }
    [[nodiscard]] const std::string& source_note() const noexcept {
        return table_->given.source_note;
    }

    /// The column of an indicator, if the panel has it.
    [[nodiscard]] std::optional<Index> find(std::string_view indicator) const {
        const auto found = table_->columns.find(std::string(indicator));
        if (found == table_->columns.end()) return std::nullopt;
        return found->second;
    }

    /// Whether a model computed the column from others.
    [[nodiscard]] bool is_derived(std::string_view indicator) const {
        return table_->given.derived.contains(std::string(indicator));
    }

    /// Codes of the columns that a model computed.
    [[nodiscard]] const std::set<std::string>& derived() const noexcept {
        return table_->given.derived;
    }

    /// One value; NaN is missing.
    [[nodiscard]] double value(Index unit, Index indicator) const noexcept {
        return table_->view
            .data[unit * table_->view.row_stride + indicator * table_->view.column_stride];
    }

    /// The values in place, with their strides.
    [[nodiscard]] const ValuesView& values() const noexcept { return table_->view; }

    /// Why a cell has its value or has none.
    [[nodiscard]] CellState state(Index unit, Index indicator) const noexcept {
        if (table_->given.states.size() != 0) return table_->given.states(unit, indicator);
        return std::isnan(value(unit, indicator)) ? CellState::not_reported : CellState::observed;
    }

    /// Whether states were given; without them NaN means not reported.
    [[nodiscard]] bool has_states() const noexcept { return table_->given.states.size() != 0; }

    /// The states of one column; only where `has_states()`.
    [[nodiscard]] const CellState* state_column(Index indicator) const noexcept {
        return table_->given.states.data() + indicator * table_->given.states.rows();
    }

    /// Numerators and denominators of a column; nothing when none were given.
    [[nodiscard]] const RatioParts* ratio(Index indicator) const {
        const auto found = table_->given.ratios.find(indicator);
        return found == table_->given.ratios.end() ? nullptr : &found->second;
    }

    /// Source and date of a value; nothing when they were not given.
    [[nodiscard]] const Provenance* provenance(Index unit, Index indicator) const {
        const auto found = table_->given.provenance_ids.find(indicator);
        if (found == table_->given.provenance_ids.end()) return nullptr;
        const std::int32_t id = found->second[static_cast<std::size_t>(unit)];
        return id < 0 ? nullptr : &table_->given.provenances[static_cast<std::size_t>(id)];
    }

    /// Everything that the panel is made of, for making a changed copy; values
    /// that are viewed are copied into the definition.
    [[nodiscard]] PanelDefinition definition() const {
        PanelDefinition copy = table_->given;
        if (copy.view.data) {
            copy.values.resize(copy.view.rows, copy.view.columns);
            for (Index j = 0; j < copy.view.columns; ++j)
                for (Index i = 0; i < copy.view.rows; ++i) copy.values(i, j) = value(i, j);
            copy.view = {};
        }
        return copy;
    }

  private:
    friend class detail::PanelEditor;

    static PanelDefinition plain(UnitRegistry units, std::vector<std::string> indicators,
                                 Eigen::MatrixXd values) {
        PanelDefinition definition;
        definition.units = std::move(units);
        definition.indicators = std::move(indicators);
        definition.values = std::move(values);
        return definition;
    }

    struct Table {
        explicit Table(PanelDefinition definition) : given(std::move(definition)) {}

        [[nodiscard]] std::string place(Index unit, Index indicator) const {
            return "unit \"" + given.units.code(unit) + "\", indicator \"" +
                   given.indicators[static_cast<std::size_t>(indicator)] + '"';
        }

        std::vector<Problem> prepare() {
            std::vector<Problem> problems;
            check_shape(problems);
            if (!problems.empty()) return problems;
            fill_ratios(problems);
            if (given.view.data) {
                view = given.view;
            } else {
                view = {given.values.data(), given.values.rows(),
                        given.values.cols(), 1,
                        given.values.rows(), {}};
            }
            check_values(problems);
            if (given.states.size() != 0) check_states(problems);
            return problems;
        }

        void check_shape(std::vector<Problem>& problems) {
            const Index rows = given.view.data ? given.view.rows : given.values.rows();
            const Index cols = given.view.data ? given.view.columns : given.values.cols();
            const auto sizes = [](Index a, Index b) {
                return std::to_string(a) + " x " + std::to_string(b);
            };
            const auto count = static_cast<Index>(given.indicators.size());
            if (rows != given.units.size() || cols != count)
                problems.push_back({"shape", "values", sizes(rows, cols),
                                    sizes(given.units.size(), count) + " (units x indicators)",
                                    "give one row a unit and one column an indicator"});
            if (given.states.size() != 0 &&
                (given.states.rows() != given.units.size() || given.states.cols() != count))
                problems.push_back({"shape", "states",
                                    sizes(given.states.rows(), given.states.cols()),
                                    sizes(given.units.size(), count), "give one state a value"});
            for (std::size_t k = 0; k < given.indicators.size(); ++k) {
                const auto [first, inserted] =
                    columns.emplace(given.indicators[k], static_cast<Index>(k));
                if (!inserted)
                    problems.push_back({"duplicate_indicator", "column " + std::to_string(k + 1),
                                        "indicator \"" + given.indicators[k] + "\" again",
                                        "a code that no other column has",
                                        "it is also column " + std::to_string(first->second + 1)});
            }
            for (const auto& [column, parts] : given.ratios)
                if (column < 0 || column >= count || parts.numerator.size() != given.units.size() ||
                    parts.denominator.size() != given.units.size())
                    problems.push_back({"shape", "ratios of column " + std::to_string(column + 1),
                                        sizes(parts.numerator.size(), parts.denominator.size()),
                                        "an existing column and one entry a unit", "correct it"});
            for (const auto& [column, ids] : given.provenance_ids) {
                const auto known = static_cast<std::int32_t>(given.provenances.size());
                const bool fits = std::all_of(ids.begin(), ids.end(), [&](std::int32_t id) {
                    return id >= -1 && id < known;
                });
                if (column < 0 || column >= count || !fits ||
                    static_cast<Index>(ids.size()) != given.units.size())
                    problems.push_back(
                        {"shape", "provenance of column " + std::to_string(column + 1),
                         std::to_string(ids.size()) + " entries",
                         "an existing column and one known entry a unit", "correct it"});
            }
        }

        /// Ratio columns get their values here; they need values of their own.
        void fill_ratios(std::vector<Problem>& problems) {
            if (given.ratios.empty()) return;
            if (given.view.data) {
                problems.push_back({"ratios_on_view", "values", "numerators with viewed values",
                                    "owned values", "copy the values into the definition"});
                return;
            }
            for (const auto& [column, parts] : given.ratios) {
                for (Index unit = 0; unit < given.units.size(); ++unit) {
                    const double top = parts.numerator[unit];
                    const double bottom = parts.denominator[unit];
                    if (std::isnan(top) || std::isnan(bottom)) continue;
                    double& value = given.values(unit, column);
                    const bool stated = given.states.size() != 0 &&
                                        !has_value(given.states(unit, column)) &&
                                        given.states(unit, column) != CellState::zero_denominator;
                    if (stated) continue;
                    if (bottom == 0.0) {
                        if (!std::isnan(value)) {
                            problems.push_back(
                                {"zero_denominator", place(unit, column),
                                 "value " + numeric::shortest(value) + " with denominator 0",
                                 "no value",
                                 "leave the value empty; the model says what a "
                                 "zero denominator counts"});
                            continue;
                        }
                        detail::require_states(given);
                        given.states(unit, column) = CellState::zero_denominator;
                        continue;
                    }
                    const double ratio = top / bottom;
                    if (std::isnan(value)) {
                        value = ratio;
                        if (given.states.size() != 0 && !has_value(given.states(unit, column)))
                            given.states(unit, column) = CellState::observed;
                    } else if (std::abs(value - ratio) >
                               ratio_tolerance * std::max(1.0, std::abs(ratio))) {
                        problems.push_back({"ratio_disagrees", place(unit, column),
                                            "value " + numeric::shortest(value),
                                            numeric::shortest(top) + " / " +
                                                numeric::shortest(bottom) + " = " +
                                                numeric::shortest(ratio),
                                            "a percentage is written as a fraction; or leave "
                                            "the value empty"});
                    }
                }
            }
        }

        void check_values(std::vector<Problem>& problems) const {
            constexpr double largest = std::numeric_limits<double>::max();
            for (Index j = 0; j < view.columns; ++j) {
                bool infinite = false;
                const double* column = view.data + j * view.column_stride;
                for (Index i = 0; i < view.rows; ++i)
                    infinite |= std::abs(column[i * view.row_stride]) > largest;
                if (!infinite) continue;
                for (Index i = 0; i < view.rows; ++i)
                    if (std::isinf(column[i * view.row_stride]))
                        problems.push_back({"infinite_value", place(i, j), "an infinite value",
                                            "a finite number, or missing",
                                            "a division by zero is a state, not a value"});
            }
        }

        void check_states(std::vector<Problem>& problems) const {
            for (Index j = 0; j < view.columns; ++j)
                for (Index i = 0; i < view.rows; ++i) {
                    const double each = view.data[i * view.row_stride + j * view.column_stride];
                    const CellState state = given.states(i, j);
                    if (has_value(state) == !std::isnan(each)) continue;
                    problems.push_back({"state_disagrees", place(i, j),
                                        (std::isnan(each) ? std::string("no value")
                                                          : "value " + numeric::shortest(each)) +
                                            " in state " + cell_state_name(state),
                                        "a value exactly when the state is observed, provisional "
                                        "or imputed",
                                        "correct the state or the value"});
                }
        }

        PanelDefinition given;
        ValuesView view;
        std::unordered_map<std::string, Index> columns;
    };

    explicit Panel(std::shared_ptr<const Table> table) : table_(std::move(table)) {}

    std::shared_ptr<const Table> table_;
};

}  // namespace thuocdo
