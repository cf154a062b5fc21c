#pragma once
/// @file
/// What a changed definition does to scores and ranks.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/spearman.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// One unit under both models.
struct ComparedUnit {
    Index index = 0;
    Unit unit{};
    double score_before = missing_value;
    double score_after = missing_value;
    double rank_before = missing_value;
    double rank_after = missing_value;

    [[nodiscard]] double score_change() const noexcept { return score_after - score_before; }
    /// Places gained; negative when places are lost.
    [[nodiscard]] double places_gained() const noexcept { return rank_before - rank_after; }
};

/// What one leaf contributes to the total of a unit under both models. A leaf that a
/// model lacks contributes nothing there.
struct ContributionChange {
    std::string code{};
    Label name{};
    bool in_before = false;
    bool in_after = false;
    double result_before = missing_value;
    double result_after = missing_value;
    double contribution_before = 0.0;
    double contribution_after = 0.0;

    [[nodiscard]] double change() const noexcept {
        return contribution_after - contribution_before;
    }
};

/// The change in the contribution of every leaf between two explanations of one unit, largest
/// first, equal ones as the models list them.
[[nodiscard]] inline std::vector<ContributionChange> contribution_changes(
    const Explanation& first, const Explanation& second) {
    std::vector<ContributionChange> out;
    for (const ExplanationLine& line : first.lines) {
        if (!line.leaf) continue;
        ContributionChange each;
        each.code = line.code;
        each.name = line.name;
        each.in_before = true;
        each.result_before = line.result;
        each.contribution_before = std::isnan(line.contribution) ? 0.0 : line.contribution;
        out.push_back(std::move(each));
    }
    for (const ExplanationLine& line : second.lines) {
        if (!line.leaf) continue;
        auto found = std::find_if(out.begin(), out.end(), [&](const ContributionChange& each) {
            return each.code == line.code;
        });
        if (found == out.end()) {
            found = out.insert(out.end(), ContributionChange{});
            found->code = line.code;
            found->name = line.name;
        }
        found->in_after = true;
        found->result_after = line.result;
        found->contribution_after = std::isnan(line.contribution) ? 0.0 : line.contribution;
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const ContributionChange& a, const ContributionChange& b) {
                         return std::abs(a.change()) > std::abs(b.change());
                     });
    return out;
}

/// Scores and ranks of one panel under two models.
struct Comparison {
    Scoreboard before;
    Scoreboard after;
    /// Every unit, by rank under the first model.
    std::vector<ComparedUnit> units{};
    /// Spearman's correlation of the ranks of the units that both models rank.
    double rank_correlation = missing_value;
    /// Mean and largest number of places that a unit moves.
    double mean_places = missing_value;
    double most_places = missing_value;
    /// Units ranked under both models whose rank differs.
    Index moved = 0;

    /// Why the total of a unit differs: the change in the contribution of every leaf,
    /// largest first. Contributions that are no part of any leaf (bounds, rounding,
    /// comparisons between units) make up the rest of the change.
    /// @throws DataError for an unknown unit.
    [[nodiscard]] std::vector<ContributionChange> why(std::string_view unit) const {
        return contribution_changes(explain(before, unit), explain(after, unit));
    }

    /// The units that move most, as a table.
    friend std::ostream& operator<<(std::ostream& out, const Comparison& comparison) {
        using Align = detail::TextTable::Align;
        out << comparison.moved << " of " << comparison.units.size()
            << " units change their rank; mean " << numeric::fixed(comparison.mean_places, 2)
            << " places, most " << numeric::shortest(comparison.most_places)
            << "; rank correlation " << numeric::fixed(comparison.rank_correlation, 4) << '\n';
        std::vector<const ComparedUnit*> rows;
        for (const ComparedUnit& each : comparison.units)
            if (std::abs(each.places_gained()) > 0.0) rows.push_back(&each);
        std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
            return std::abs(a->places_gained()) > std::abs(b->places_gained());
        });
        constexpr std::size_t listed = 10;
        if (rows.size() > listed) rows.resize(listed);
        detail::TextTable table({{"code", Align::left},
                                 {"unit", Align::left},
                                 {"score", Align::right},
                                 {"then", Align::right},
                                 {"rank", Align::right},
                                 {"then", Align::right},
                                 {"places", Align::right}});
        constexpr int digits = 4;
        for (const ComparedUnit* each : rows) {
            const double places = each->places_gained();
            table.add({each->unit.code, each->unit.display_name(),
                       numeric::fixed(each->score_before, digits),
                       numeric::fixed(each->score_after, digits),
                       numeric::shortest(each->rank_before), numeric::shortest(each->rank_after),
                       (places > 0.0 ? "+" : "") + numeric::shortest(places)});
        }
        return rows.empty() ? out : out << table;
    }
};

/// Scores a panel with two models, for example before and after one choice is
/// changed, and says who moved.
/// @throws as `score` does for either model.
/// Complexity: two scorings.
[[nodiscard]] inline Comparison compare(const IndexModel& before, const IndexModel& after,
                                        const Panel& panel, const ScoreOptions& options = {}) {
    Comparison out{score(before, panel, options), score(after, panel, options)};
    std::vector<double> first;
    std::vector<double> second;
    double total = 0.0;
    for (const Index unit : out.before.ranked_units()) {
        ComparedUnit row;
        row.index = unit;
        row.unit = panel.units().unit(unit);
        row.score_before = out.before.scores()[unit];
        row.score_after = out.after.scores()[unit];
        row.rank_before = out.before.ranks()[unit];
        row.rank_after = out.after.ranks()[unit];
        const double places = std::abs(row.places_gained());
        if (!std::isnan(places)) {
            first.push_back(row.rank_before);
            second.push_back(row.rank_after);
            total += places;
            out.most_places =
                std::isnan(out.most_places) ? places : std::max(out.most_places, places);
            out.moved += places > 0.0 ? 1 : 0;
        }
        out.units.push_back(std::move(row));
    }
    const auto count = static_cast<Index>(first.size());
    if (count > 0) out.mean_places = total / static_cast<double>(count);
    out.rank_correlation =
        numeric::spearman(Eigen::Map<const Eigen::VectorXd>(first.data(), count),
                          Eigen::Map<const Eigen::VectorXd>(second.data(), count));
    return out;
}

}  // namespace thuocdo
