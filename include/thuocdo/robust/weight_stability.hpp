#pragma once
/// @file
/// How far the weight of a node can move before the ranking changes.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/robust/detail/path_scoring.hpp>
#include <thuocdo/robust/detail/rescoring.hpp>
#include <thuocdo/robust/detail/run_in_parts.hpp>
#include <thuocdo/robust/detail/share_functions.hpp>
#include <thuocdo/robust/weight_share.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// Who passes whom, by number, just beyond an end of an interval. Units that were tied and
/// part, or that come to tie and stay so, count as well.
struct Overtaking {
    Index overtaken = -1;
    Index overtaker = -1;
    friend bool operator==(const Overtaking&, const Overtaking&) = default;
};

/// Between these shares of weight the order stays what it is.
struct StableShares {
    double lowest = 0.0;
    double highest = 1.0;
    /// What happens below and above; nothing where the share can go all the way to 0 or 1.
    std::optional<Overtaking> below{};
    std::optional<Overtaking> above{};
};

/// A node whose weight moves, the others among its siblings keeping their proportions.
struct MovedWeight {
    std::string code{};
    Label name{};
    /// Share of the weight (or points) among the siblings on the board.
    double share = missing_value;
    /// Whether the shares are worked out from the totals as functions of the share; if not,
    /// they were found by scoring again, to the resolution that was asked for.
    bool exact = false;
};

/// What weight_stability() finds for two units.
struct PairStability : MovedWeight {
    StableShares order{};
};

/// What weight_stability() finds for one node.
struct NodeStability : MovedWeight {
    /// Within these shares the same units are first.
    StableShares first_place{};
    /// Within these shares every rank up to `WeightStability::top` stays.
    StableShares top{};
    /// Why the node could not be looked at; empty where it was. Everything above is then
    /// without meaning.
    std::string refusal{};
};

struct WeightStabilityOptions {
    /// Ranks that must stay for `NodeStability::top`.
    Index top = 10;
    /// Where totals are no simple functions of the share: how closely the ends are found.
    double resolution = 1e-4;
    /// And how many shares between 0 and 1 are looked at first; a change that is undone
    /// between two neighbours of them is not seen.
    int scan = 32;
    int threads = 1;
    /// Called with the share done; returning false cancels with `Cancelled`.
    std::function<bool(double)> progress{};
};

/// Stable shares of every node that has a weight and siblings.
struct WeightStability {
    Scoreboard board;
    Index top = 0;
    /// As the document lists them.
    std::vector<NodeStability> nodes{};

    friend std::ostream& operator<<(std::ostream& out, const WeightStability& study) {
        using Align = thuocdo::detail::TextTable::Align;
        constexpr int digits = 4;
        thuocdo::detail::TextTable table(
            {{"node", Align::left},
             {"share", Align::right},
             {"first place from", Align::right},
             {"to", Align::right},
             {"below", Align::left},
             {"above", Align::left},
             {"top " + std::to_string(study.top) + " from", Align::right},
             {"to", Align::right},
             {"exact", Align::left}});
        const auto number = [](double value) { return numeric::fixed(value, digits); };
        const auto overtaker = [&](const std::optional<Overtaking>& each) {
            return each ? study.board.units().code(each->overtaker) : std::string("-");
        };
        for (const NodeStability& each : study.nodes) {
            if (!each.refusal.empty()) continue;
            table.add({each.code, number(each.share), number(each.first_place.lowest),
                       number(each.first_place.highest), overtaker(each.first_place.below),
                       overtaker(each.first_place.above), number(each.top.lowest),
                       number(each.top.highest), each.exact ? "yes" : "no"});
        }
        return out << table;
    }
};

namespace detail {

/// Ranks by how many are better, whatever the model gives to ties.
[[nodiscard]] inline Eigen::VectorXd places_of(const Eigen::VectorXd& ranks) {
    return rank::ranks(ranks, rank::TieRule::competition, numeric::Order::ascending);
}

/// An order that is asked after: whether it stays under other ranks, and who passes whom.
class AskedOrder {
  public:
    /// @param places of the units on the board.
    /// @param order the units concerned, best first.
    /// @param top the places that must stay; nothing: the order of two units.
    AskedOrder(Eigen::VectorXd places, std::vector<Index> order, std::optional<double> top)
        : before_(std::move(places)), order_(std::move(order)), top_(top) {}

    /// The first change from the top; nothing where the order stays.
    [[nodiscard]] std::optional<Overtaking> first_change(const Eigen::VectorXd& places) const {
        if (!top_) {
            const Index a = order_[0];
            const Index b = order_[1];
            if (sign(before_[b] - before_[a]) == sign(places[b] - places[a])) return std::nullopt;
            return Overtaking{a, b};
        }
        for (const Index unit : order_) {
            if (before_[unit] == places[unit]) continue;
            if (before_[unit] <= *top_ || places[unit] <= *top_) return change_of(unit, places);
        }
        return std::nullopt;
    }

    /// Pairs whose order decides. The functions are continuous, so before any other two units
    /// two neighbours meet.
    [[nodiscard]] std::vector<std::pair<Index, Index>> pairs() const {
        if (!top_) return {{order_[0], order_[1]}};
        std::vector<std::pair<Index, Index>> out;
        std::size_t k = 0;
        for (; k + 1 < order_.size() && before_[order_[k + 1]] <= *top_; ++k)
            out.emplace_back(order_[k], order_[k + 1]);
        for (std::size_t below = k + 1; below < order_.size(); ++below)
            out.emplace_back(order_[k], order_[below]);
        return out;
    }

  private:
    [[nodiscard]] static int sign(double value) noexcept {
        return value > 0.0 ? 1 : value < 0.0 ? -1 : 0;
    }

    /// Who is on the other side of a unit whose place changes.
    [[nodiscard]] Overtaking change_of(Index unit, const Eigen::VectorXd& places) const {
        for (const Index other : order_) {
            const int then = sign(before_[other] - before_[unit]);
            const int now = sign(places[other] - places[unit]);
            if (then == now) continue;
            if (now < then) return {unit, other};
            return {other, unit};
        }
        return {unit, unit};
    }

    Eigen::VectorXd before_;
    std::vector<Index> order_;
    std::optional<double> top_;
};

/// Two ends of stable shares, from the functions of the totals; nothing where rounding
/// decides an order.
class ExactShares {
  public:
    ExactShares(const Scoreboard& board, double share, const std::vector<ShareFunction>& functions)
        : board_(board), share_(share), functions_(functions) {}

    [[nodiscard]] std::optional<StableShares> of(const AskedOrder& asked) const {
        StableShares out;
        for (const auto& [better, other] : asked.pairs()) {
            const auto within = around(better, other);
            if (!within) return std::nullopt;
            if (within->first > out.lowest) {
                out.lowest = within->first;
                out.below = Overtaking{better, other};
            }
            if (within->second < out.highest) {
                out.highest = within->second;
                out.above = Overtaking{better, other};
            }
        }
        return out;
    }

  private:
    [[nodiscard]] std::optional<std::pair<double, double>> around(Index better, Index other) const {
        const ShareDifference difference(functions_[static_cast<std::size_t>(better)],
                                         functions_[static_cast<std::size_t>(other)]);
        const RankingRule& rule = board_.model().definition().ranking;
        const bool tied = board_.ranks()[better] == board_.ranks()[other];
        if (difference.is_zero()) {
            if (!tied && !rule.tie_breakers.empty()) return std::nullopt;
            return std::pair(0.0, 1.0);
        }
        if (tied) {
            if (!difference.is_unsure(share_)) return std::nullopt;
            return std::pair(share_, share_);
        }
        const double sign = rule.order == numeric::Order::descending ? 1.0 : -1.0;
        if (difference.is_unsure(share_) || !(sign * difference.at(share_) > 0.0))
            return std::nullopt;
        return difference.same_sign_around(share_);
    }

    const Scoreboard& board_;
    double share_;
    const std::vector<ShareFunction>& functions_;
};

/// Finds the ends by scoring again under other shares.
class SearchedShares {
  public:
    SearchedShares(const Scoreboard& board, const Rescoring& rescore, Index node, double share,
                   const WeightStabilityOptions& options)
        : board_(board), rescore_(rescore), node_(node), share_(share), options_(options) {
        PathScorer path(board, node);
        if (path.can_score()) path_.emplace(std::move(path));
    }

    [[nodiscard]] StableShares of(const AskedOrder& asked) {
        StableShares out;
        const Found down = search(asked, options_.resolution, -1.0);
        const Found up = search(asked, 1.0 - options_.resolution, 1.0);
        if (down.change) out.lowest = down.last;
        if (up.change) out.highest = up.last;
        out.below = down.change;
        out.above = up.change;
        return out;
    }

  private:
    struct Found {
        /// The last share that keeps the order.
        double last;
        std::optional<Overtaking> change;
    };

    [[nodiscard]] Found search(const AskedOrder& asked, double end, double sign) {
        double inside = share_;
        if (sign * (end - share_) <= 0.0) return {inside, std::nullopt};
        double outside = share_;
        // Steps of the same grid for all orders, so that scorings serve several of them.
        for (int step = 1;; ++step) {
            outside = share_ + sign * static_cast<double>(step) / options_.scan;
            if (sign * (end - outside) <= 0.0) outside = end;
            if (asked.first_change(places_at(outside))) break;
            inside = outside;
            if (outside == end) return {inside, std::nullopt};
        }
        while (std::abs(outside - inside) > options_.resolution) {
            const double middle = inside + (outside - inside) / 2.0;
            (asked.first_change(places_at(middle)) ? outside : inside) = middle;
        }
        return {inside, asked.first_change(places_at(outside))};
    }

    const Eigen::VectorXd& places_at(double share) {
        const auto found = places_.find(share);
        if (found != places_.end()) return found->second;
        std::optional<Eigen::VectorXd> ranks;
        if (path_) ranks = path_->ranks_at(share);
        if (!ranks) ranks = rescore_(with_share(board_, node_, share)).ranks();
        return places_.emplace(share, places_of(*ranks)).first->second;
    }

    const Scoreboard& board_;
    const Rescoring& rescore_;
    Index node_;
    double share_;
    const WeightStabilityOptions& options_;
    /// Scores nothing but what changes, where that is possible.
    std::optional<PathScorer> path_{};
    std::map<double, Eigen::VectorXd> places_{};
};

/// Answers for the orders that are asked after, all of them in the same way.
[[nodiscard]] inline std::vector<StableShares> stable_shares(const Scoreboard& board,
                                                             const Rescoring& rescore, Index node,
                                                             const std::vector<AskedOrder>& asked,
                                                             const WeightStabilityOptions& options,
                                                             MovedWeight& moved) {
    const Node& each = board.model().node(node);
    moved.code = each.code;
    moved.name = each.name;
    moved.share = SiblingWeights(board, node).share();
    std::vector<StableShares> out;
    if (const auto functions = ShareFunctions(board, node).make()) {
        const ExactShares exact(board, moved.share, *functions);
        for (const AskedOrder& order : asked)
            if (const auto found = exact.of(order)) out.push_back(*found);
        moved.exact = out.size() == asked.size();
        if (moved.exact) return out;
        out.clear();
    }
    SearchedShares searched(board, rescore, node, moved.share, options);
    for (const AskedOrder& order : asked) out.push_back(searched.of(order));
    return out;
}

inline void check_options(const WeightStabilityOptions& options) {
    std::vector<Problem> problems;
    const auto refuse = [&](const char* name, const std::string& found, const char* expected) {
        problems.push_back({"option_out_of_range", name, found, expected, "correct the option"});
    };
    constexpr double coarsest = 0.5;
    if (options.top < 1) refuse("top", std::to_string(options.top), "at least 1");
    if (!(options.resolution > 0.0 && options.resolution < coarsest))
        refuse("resolution", numeric::shortest(options.resolution), "above 0 and below 0.5");
    if (options.scan < 1) refuse("scan", std::to_string(options.scan), "at least 1");
    if (options.threads < 1) refuse("threads", std::to_string(options.threads), "at least 1");
    if (!problems.empty()) throw NumericError("options of weight stability", std::move(problems));
}

}  // namespace detail

/// How far the weight of a node can move before two units change their order. The others
/// among its siblings keep their proportions; weights that a scheme or the data gave there
/// stand for themselves. Under a sum, points move in place of weights, and awarded points
/// count as a share of the points of their node.
///
/// Where every step from the node to the root is a sum or an arithmetic mean, nothing is
/// rounded on the way and no bound can bind, a total is (a + b s) / (c + d s) in the share s
/// (a line where no sibling is missing), and the order changes at roots of a polynomial of
/// degree 2 or less: `exact`. Else the board is scored again under a grid of shares, and the
/// ends are bisected.
///
/// @param node its code. @param units two codes or names, in any order.
/// @throws ModelError for an unknown node, or one without a weight or siblings; DataError
///         for an unknown unit and one without a rank; NumericError for options.
/// Source: B. Mareschal (1988), "Weight stability intervals in multicriteria decision aid",
/// European Journal of Operational Research 33(1), 54-64.
[[nodiscard]] inline PairStability weight_stability(const Scoreboard& board, std::string_view node,
                                                    const std::array<std::string, 2>& units,
                                                    const WeightStabilityOptions& options = {}) {
    detail::check_options(options);
    const Index moved = detail::movable_node(board, node);
    std::vector<Index> pair;
    std::vector<Problem> problems;
    for (const std::string& unit : units) {
        pair.push_back(board.units().index_of(unit));
        if (std::isnan(board.ranks()[pair.back()]))
            problems.push_back({"unit_without_rank", "unit \"" + unit + '"', "no rank",
                                "a unit that the board ranks", ""});
    }
    if (pair[0] == pair[1])
        problems.push_back({"same_unit", "units", '"' + units[0] + "\" twice", "two units", ""});
    if (!problems.empty())
        throw DataError("the order of these units cannot be followed", std::move(problems));
    if (board.ranks()[pair[1]] < board.ranks()[pair[0]]) std::swap(pair[0], pair[1]);
    PairStability out;
    const detail::Rescoring rescore(board);
    out.order = detail::stable_shares(
                    board, rescore, moved,
                    {detail::AskedOrder(detail::places_of(board.ranks()), pair, {})}, options, out)
                    .front();
    return out;
}

/// How far the weight of every node can move before another unit is first, and before any of
/// the first ranks changes. As above.
/// @throws NumericError for options; Cancelled when the progress callback returns false.
/// Complexity: nodes x units where `exact`; else about scan + 4 log2(1 / (scan resolution))
/// scorings a node. Neither threads nor the order of units change a bit.
[[nodiscard]] inline WeightStability weight_stability(const Scoreboard& board,
                                                      const WeightStabilityOptions& options = {}) {
    detail::check_options(options);
    WeightStability out{board, options.top};
    std::vector<Index> nodes;
    for (const Index node : board.model().document_order())
        if (board.model().node(node).counts && detail::SiblingWeights(board, node).can_move())
            nodes.push_back(node);
    out.nodes.resize(nodes.size());
    std::vector<Index> ranked;
    for (const Index unit : board.ranked_units())
        if (!std::isnan(board.ranks()[unit])) ranked.push_back(unit);
    const Eigen::VectorXd places = detail::places_of(board.ranks());
    const std::vector<detail::AskedOrder> asked{
        detail::AskedOrder(places, ranked, 1.0),
        detail::AskedOrder(places, ranked, static_cast<double>(options.top))};
    const detail::Rescoring rescore(board);
    const std::size_t workers = detail::threads_for(nodes.size(), options.threads);
    detail::run_in_parts(nodes.size(), 1, workers, options.progress,
                         [&](std::size_t, std::uint64_t first, std::uint64_t end) {
                             for (std::uint64_t k = first; k < end; ++k) {
                                 NodeStability& each = out.nodes[k];
                                 try {
                                     const std::vector<StableShares> found = detail::stable_shares(
                                         board, rescore, nodes[k], asked, options, each);
                                     each.first_place = found[0];
                                     each.top = found[1];
                                 } catch (const Error& error) {
                                     each.refusal = error.what();
                                 }
                             }
                         });
    return out;
}

}  // namespace thuocdo::robust
