#pragma once
/// @file
/// What holds a unit back: pillars and leaves, against its peers and against its targets.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/explain/detail/full_mark.hpp>
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// What a unit is held against.
enum class Yardstick {
    median,        ///< the median of its peers
    best_quarter,  ///< the result that the best quarter of its peers reach
    best,          ///< the best of its peers
    target         ///< the full mark of the node: its target, or the best that its rule gives
};

inline constexpr std::size_t yardsticks = 4;

/// A named class of obstacles and the leaves that show them, e.g. human resources.
struct ObstacleClass {
    std::string code{};
    Label name{};
    std::vector<std::string> leaves{};
};

struct BottleneckOptions {
    /// Peers are the units with the same value of this attribute (level, kind, parent or a
    /// group); empty: all evaluated units.
    std::string group{};
    /// Codes of the peers; overrides `group`. The unit itself is never its own peer.
    std::vector<std::string> peers{};
    /// What the lists are ordered by.
    Yardstick by = Yardstick::median;
    std::vector<ObstacleClass> classes{};
};

/// How far one node holds the total back, in points of the total.
struct NodeGap {
    std::string code{};
    Label name{};
    bool leaf = false;
    /// Of the unit; NaN when missing.
    double result = missing_value;
    /// Change of the total per unit of the result, from `explain`.
    double slope = missing_value;
    /// Peers with a result.
    Index peers = 0;
    /// What the yardsticks ask for, by `Yardstick`; NaN where there is none.
    std::array<double, yardsticks> asked{missing_value, missing_value, missing_value,
                                         missing_value};
    /// What the total would gain, by `Yardstick`: positive holds back, negative is ahead.
    std::array<double, yardsticks> gaps{missing_value, missing_value, missing_value, missing_value};
    /// Code of the obstacle class of a leaf; empty for none.
    std::string obstacle{};

    [[nodiscard]] double gap(Yardstick by) const noexcept {
        return gaps[static_cast<std::size_t>(by)];
    }
};

/// What the leaves of one class hold back together.
struct ObstacleGap {
    std::string code{};
    Label name{};
    /// Leaves of the class that are behind on the yardstick that orders the lists.
    Index behind = 0;
    /// Sums of the positive gaps of its leaves, by `Yardstick`.
    std::array<double, yardsticks> gaps{};
    [[nodiscard]] double gap(Yardstick by) const noexcept {
        return gaps[static_cast<std::size_t>(by)];
    }
};

/// What holds one unit back.
struct Bottlenecks {
    RankingRow row{};
    Yardstick by = Yardstick::median;
    /// The attribute that made the peers and the unit's value of it; empty for all or a list.
    std::string group{};
    std::string group_value{};
    /// Codes of the peers, ascending.
    std::vector<std::string> peers{};
    /// Children of the root that count, and leaves that count, largest gap first; without a
    /// gap last; equal ones as the model lists them.
    std::vector<NodeGap> pillars{};
    std::vector<NodeGap> leaves{};
    /// Leaves of the unit without a result: they hold back nothing that can be measured.
    std::vector<std::string> missing{};
    /// Largest gap first.
    std::vector<ObstacleGap> obstacles{};

    /// The leaves that hold most back, as a table.
    friend std::ostream& operator<<(std::ostream& out, const Bottlenecks& found) {
        using Align = detail::TextTable::Align;
        constexpr int digits = 4;
        const auto number = [](double value) {
            return std::isnan(value) ? std::string("-") : numeric::fixed(value, digits);
        };
        out << found.row.unit.display_name() << " against " << found.peers.size() << " peers\n";
        detail::TextTable table({{"node", Align::left},
                                 {"result", Align::right},
                                 {"to median", Align::right},
                                 {"to best quarter", Align::right},
                                 {"to best", Align::right},
                                 {"to target", Align::right},
                                 {"obstacle", Align::left}});
        constexpr std::size_t listed = 10;
        const auto add = [&](const std::vector<NodeGap>& rows) {
            for (std::size_t k = 0; k < std::min(rows.size(), listed); ++k)
                table.add({rows[k].code, number(rows[k].result), number(rows[k].gaps[0]),
                           number(rows[k].gaps[1]), number(rows[k].gaps[2]),
                           number(rows[k].gaps[3]), rows[k].obstacle});
        };
        add(found.pillars);
        add(found.leaves);
        out << table;
        for (const ObstacleGap& each : found.obstacles)
            out << "obstacle " << each.code << ": " << number(each.gap(found.by)) << '\n';
        return out;
    }
};

namespace detail {

class BottleneckSearch {
  public:
    BottleneckSearch(const Scoreboard& board, Index unit, const BottleneckOptions& options)
        : board_(board), unit_(unit), options_(options) {
        const UnitRegistry& units = board.units();
        std::vector<Problem> problems;
        find_peers(problems);
        for (const ObstacleClass& each : options.classes)
            for (const std::string& leaf : each.leaves) {
                const auto node = board.model().find(leaf);
                const std::string place = "obstacle class \"" + each.code + '"';
                if (!node || !board.model().node(*node).is_leaf())
                    problems.push_back({"unknown_leaf", place, '"' + leaf + '"',
                                        "the code of a leaf of the model", "check the spelling"});
                else if (const auto [first, fresh] = class_of_.emplace(leaf, each.code); !fresh)
                    problems.push_back({"two_classes", place, "leaf \"" + leaf + "\" again",
                                        "one class a leaf",
                                        "it is also in \"" + first->second + '"'});
            }
        if (!problems.empty())
            throw DataError("no bottlenecks of \"" + units.code(unit) + '"', std::move(problems));
    }

    [[nodiscard]] Bottlenecks run() {
        Bottlenecks out;
        out.row = board_.row(unit_);
        out.by = options_.by;
        out.group = options_.peers.empty() ? options_.group : std::string();
        if (!out.group.empty()) out.group_value = board_.units().grouping(out.group)->of(unit_);
        for (const Index peer : peers_) out.peers.push_back(board_.units().code(peer));
        std::sort(out.peers.begin(), out.peers.end());
        const Explanation why = explain(board_, unit_);
        const IndexModel& model = board_.model();
        std::size_t line = 0;
        for (const Index index : model.document_order()) {
            const ExplanationLine& each = why.lines[line++];
            const Node& node = model.node(index);
            if (index == 0 || node.role == Role::monitored || below_monitored(node)) continue;
            NodeGap gap = measure(index, each);
            if (node.is_leaf() && std::isnan(gap.result)) out.missing.push_back(node.code);
            if (node.parent == 0) out.pillars.push_back(gap);
            if (node.is_leaf()) out.leaves.push_back(std::move(gap));
        }
        add_obstacles(out);
        const auto order = [&](auto& rows) {
            std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
                return numeric::descending_key(a.gap(out.by)) <
                       numeric::descending_key(b.gap(out.by));
            });
        };
        order(out.pillars);
        order(out.leaves);
        order(out.obstacles);
        return out;
    }

  private:
    [[nodiscard]] bool below_monitored(const Node& node) const {
        for (Index up = node.parent; up > 0; up = board_.model().node(up).parent)
            if (board_.model().node(up).role == Role::monitored) return true;
        return false;
    }

    void find_peers(std::vector<Problem>& problems) {
        const UnitRegistry& units = board_.units();
        for (const std::string& code : options_.peers) {
            const auto peer = units.find(code);
            if (!peer)
                problems.push_back({"unknown_unit", "peers", '"' + code + '"',
                                    "the code of a unit of the board", "check the spelling"});
            else if (*peer != unit_)
                peers_.push_back(*peer);
        }
        if (!options_.peers.empty()) return;
        const UnitGrouping* grouping =
            options_.group.empty() ? nullptr : units.grouping(options_.group);
        if (!options_.group.empty() && (!grouping || grouping->of(unit_).empty())) {
            problems.push_back({"unknown_group", "peers", '"' + options_.group + '"',
                                "an attribute that the unit has",
                                "use level, kind, parent or a group"});
            return;
        }
        for (Index unit = 0; unit < board_.unit_count(); ++unit)
            if (unit != unit_ && board_.is_evaluated(unit) &&
                (!grouping || grouping->of(unit) == grouping->of(unit_)))
                peers_.push_back(unit);
    }

    [[nodiscard]] THUOCDO_KERNEL NodeGap measure(Index index, const ExplanationLine& line) const {
        THUOCDO_EXACT
        NodeGap out;
        out.code = line.code;
        out.name = line.name;
        out.leaf = line.leaf;
        out.result = line.result;
        out.slope = line.slope;
        if (const auto found = class_of_.find(line.code); found != class_of_.end())
            out.obstacle = found->second;
        Eigen::VectorXd results(static_cast<Index>(peers_.size()));
        for (std::size_t k = 0; k < peers_.size(); ++k) {
            results[static_cast<Index>(k)] = board_.result(peers_[k], index);
            out.peers += std::isnan(results[static_cast<Index>(k)]) ? 0 : 1;
        }
        const bool descending =
            board_.model().definition().ranking.order == numeric::Order::descending;
        // More of a result is worse where it lowers the total, as a penalty does, or where
        // lower totals are ranked first.
        const bool raises = std::isnan(out.slope) ? line.role != Role::penalty : out.slope >= 0.0;
        const bool more_is_better = raises == descending;
        constexpr double quarter = 0.25;
        out.asked[0] = numeric::median(results);
        out.asked[1] = numeric::quantile(results, more_is_better ? 1.0 - quarter : quarter);
        out.asked[2] = numeric::quantile(results, more_is_better ? 1.0 : 0.0);
        if (descending && !raises)
            out.asked[3] = 0.0;
        else if (const auto mark = descending ? full_mark(board_.model(), index) : std::nullopt)
            out.asked[3] = *mark;
        for (std::size_t k = 0; k < yardsticks; ++k)
            out.gaps[k] = (descending ? 1.0 : -1.0) * out.slope * (out.asked[k] - out.result) + 0.0;
        return out;
    }

    void add_obstacles(Bottlenecks& out) const {
        for (const ObstacleClass& each : options_.classes) {
            ObstacleGap sum{each.code, each.name, 0, {}};
            std::array<numeric::ExactSum, yardsticks> sums{};
            for (const NodeGap& leaf : out.leaves) {
                if (leaf.obstacle != each.code) continue;
                sum.behind += leaf.gap(out.by) > 0.0 ? 1 : 0;
                for (std::size_t k = 0; k < yardsticks; ++k)
                    if (leaf.gaps[k] > 0.0) sums[k].add(leaf.gaps[k]);
            }
            for (std::size_t k = 0; k < yardsticks; ++k) sum.gaps[k] = sums[k].value();
            out.obstacles.push_back(std::move(sum));
        }
    }

    const Scoreboard& board_;
    Index unit_;
    const BottleneckOptions& options_;
    std::vector<Index> peers_{};
    std::map<std::string, std::string> class_of_{};
};

}  // namespace detail

/// What holds a unit back, by pillar and by leaf. The gap of node v against a yardstick y is
///
///     slope_v * (y_v - result_v)
///
/// with the slope of `explain` (for weighted means and sums the share of weight of the node),
/// so it is in points of the total: exactly what the total would gain where the nodes above
/// are means or sums without bounds and rounding, to first order elsewhere. Where more of a
/// result is worse (penalties) and where lower totals are ranked first, the best peers are
/// those with the least, and signs are such that a positive gap holds the unit back. The best
/// quarter is the third quartile of `numeric::quantile`. A penalty has the target 0; where lower
/// totals are ranked first no target follows from the model. Nodes
/// below one that compares units have no slope and so no gaps; gaps of leaves and pillars
/// overlap and must not be added to each other. Peers without a result are left out.
///
/// Obstacle classes come from the caller: a leaf is in one class or none.
/// O(nodes x peers).
/// @throws DataError naming every unknown peer, an attribute that the unit does not have,
///         classes with unknown leaves and leaves in two classes.
[[nodiscard]] inline Bottlenecks bottlenecks(const Scoreboard& board, std::string_view unit,
                                             const BottleneckOptions& options = {}) {
    return detail::BottleneckSearch(board, board.units().index_of(unit), options).run();
}

}  // namespace thuocdo
