#pragma once
/// @file
/// The gap between tasks completed and results achieved.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/explain/detail/full_mark.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// Which of the two blocks is ahead.
enum class GapState : std::uint8_t {
    balanced,          ///< the gap is within the threshold
    completion_ahead,  ///< work is reported done, results do not show
    outcome_ahead,     ///< results are better than the work reported
    unknown            ///< a block has no result
};

namespace detail {
inline constexpr std::array<const char*, 4> gap_state_names{"balanced", "completion_ahead",
                                                            "outcome_ahead", "unknown"};
inline constexpr std::array<std::pair<const char*, const char*>, 4> gap_state_labels{{
    {"in balance", "tương xứng"},
    {"tasks ahead of results", "hoàn thành đầu việc vượt hiệu quả thực chất"},
    {"results ahead of tasks", "hiệu quả vượt mức hoàn thành đầu việc"},
    {"unknown", "chưa đánh giá được"},
}};
}  // namespace detail

/// The state as in data, e.g. `completion_ahead`.
[[nodiscard]] constexpr const char* gap_state_name(GapState state) noexcept {
    return detail::gap_state_names[static_cast<std::size_t>(state)];
}
/// The state in both languages.
[[nodiscard]] inline Label gap_state_label(GapState state) {
    const auto& [en, vi] = detail::gap_state_labels[static_cast<std::size_t>(state)];
    return {en, vi};
}

/// Gap in points of 100 that is called out. The bands "good" and "completed" of
/// Decree 335/2025/ND-CP (70 to 90 and 50 to 70) are 20 points wide: a wider gap
/// puts a unit at least one band higher by its tasks than by its results.
inline constexpr double band_wide_gap = 20.0;

/// How the gap is read.
struct GapOptions {
    /// In points of 100, >= 0; a gap of exactly the threshold is balanced.
    double threshold = band_wide_gap;
    /// Full marks of the blocks; empty: what the model says.
    std::optional<double> completion_maximum{};
    std::optional<double> outcome_maximum{};
};

/// One unit.
struct GapRow {
    std::string unit;
    std::string unit_name;
    /// Results of the blocks in per cent of their full marks; NaN is missing.
    double completion = missing_value;
    double outcome = missing_value;
    /// completion - outcome.
    double gap = missing_value;
    /// 1 for the largest gap; competition rank; NaN without a gap.
    double rank = missing_value;
    GapState state = GapState::unknown;
    friend bool operator==(const GapRow&, const GapRow&) = default;
};

/// All evaluated units, largest gap first, equal gaps by code, without gap last.
struct GapTable {
    std::string completion_node;
    std::string outcome_node;
    double threshold = band_wide_gap;
    std::vector<GapRow> rows{};

    /// The row of a unit; nothing when it is not evaluated.
    [[nodiscard]] const GapRow* find(std::string_view unit) const {
        for (const GapRow& row : rows)
            if (row.unit == unit) return &row;
        return nullptr;
    }

    friend std::ostream& operator<<(std::ostream& out, const GapTable& table) {
        using Align = detail::TextTable::Align;
        constexpr int digits = 2;
        const auto number = [](double value) {
            return std::isnan(value) ? std::string("-")
                                     : numeric::shortest(numeric::round_decimal(value, digits));
        };
        detail::TextTable text({{"rank", Align::right},
                                {"code", Align::left},
                                {"unit", Align::left},
                                {table.completion_node, Align::right},
                                {table.outcome_node, Align::right},
                                {"gap", Align::right},
                                {"state", Align::left}});
        for (const GapRow& row : table.rows)
            text.add({number(row.rank), row.unit, row.unit_name, number(row.completion),
                      number(row.outcome), number(row.gap), gap_state_name(row.state)});
        return out << text;
    }
};

namespace detail {

/// The full mark of a block, or a problem.
[[nodiscard]] inline double block_maximum(const IndexModel& model, Index node,
                                          const std::optional<double>& stated,
                                          const std::string& member,
                                          std::vector<Problem>& problems) {
    const std::optional<double> maximum = stated ? stated : full_mark(model, node);
    if (maximum && *maximum > 0.0 && std::isfinite(*maximum)) return *maximum;
    problems.push_back({"no_full_mark", model.node(node).pointer,
                        maximum ? "a full mark of " + numeric::shortest(*maximum)
                                : "node \"" + model.node(node).code +
                                      "\" whose full mark does not follow from the model",
                        "a finite full mark above 0", "state " + member});
    return missing_value;
}

}  // namespace detail

/// Completion block against outcome block: both in per cent of their full marks
/// and their signed difference in points, positive where the tasks are ahead.
/// The full mark of a block is its points, or what its rules give in full.
/// Published results are used, with the rounding of each node; gaps are rounded
/// to nine decimals before they are ranked and held against the threshold, so
/// that 70.4 - 50.4 is 20. Units outside the cohort have no row.
///
/// Complexity: O(units log units).
/// @throws ModelError when a node is unknown, or naming each block whose full
///         mark does not follow from the model and is not stated; NumericError
///         when the threshold is negative or not finite.
[[nodiscard]] inline GapTable completion_result_gap(const Scoreboard& board,
                                                    std::string_view completion_node,
                                                    std::string_view outcome_node,
                                                    const GapOptions& options = {}) {
    constexpr double per_cent = 100.0;
    constexpr int compared_digits = 9;
    if (!(options.threshold >= 0.0 && std::isfinite(options.threshold)))
        throw NumericError("the gap has no threshold",
                           {{"threshold", "threshold", numeric::shortest(options.threshold),
                             "a finite number >= 0", "20 points are one band"}});
    const IndexModel& model = board.model();
    const Index completion = model.index_of(completion_node);
    const Index outcome = model.index_of(outcome_node);
    std::vector<Problem> problems;
    const double full_completion = detail::block_maximum(
        model, completion, options.completion_maximum, "completion_maximum", problems);
    const double full_outcome =
        detail::block_maximum(model, outcome, options.outcome_maximum, "outcome_maximum", problems);
    if (!problems.empty()) throw ModelError("the blocks cannot be compared", std::move(problems));

    GapTable table{model.node(completion).code, model.node(outcome).code, options.threshold, {}};
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        if (!board.is_evaluated(unit)) continue;
        GapRow row;
        row.unit = board.units().code(unit);
        row.unit_name = board.units().display_name(unit);
        row.completion = board.result(unit, completion) / full_completion * per_cent;
        row.outcome = board.result(unit, outcome) / full_outcome * per_cent;
        row.gap = numeric::round_decimal(row.completion - row.outcome, compared_digits);
        if (!std::isnan(row.gap))
            row.state = row.gap > options.threshold    ? GapState::completion_ahead
                        : row.gap < -options.threshold ? GapState::outcome_ahead
                                                       : GapState::balanced;
        table.rows.push_back(std::move(row));
    }
    Eigen::VectorXd gaps(static_cast<Index>(table.rows.size()));
    for (std::size_t k = 0; k < table.rows.size(); ++k)
        gaps[static_cast<Index>(k)] = table.rows[k].gap;
    const Eigen::VectorXd ranks = rank::ranks(gaps);
    for (std::size_t k = 0; k < table.rows.size(); ++k)
        table.rows[k].rank = ranks[static_cast<Index>(k)];
    std::sort(table.rows.begin(), table.rows.end(), [](const GapRow& a, const GapRow& b) {
        const auto key_a = numeric::ascending_key(a.rank);
        const auto key_b = numeric::ascending_key(b.rank);
        return key_a != key_b ? key_a < key_b : a.unit < b.unit;
    });
    return table;
}

}  // namespace thuocdo
