#pragma once
/// @file
/// What published ranks, bands and means of units say about totals and results.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/publish/detail/outside_cells.hpp>
#include <thuocdo/roll_up.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// Rows of the first publication that further suppressions may drop.
struct DroppableRows {
    std::vector<Index> ranks{};
    std::map<Index, std::vector<Index>> bands_of_unit{};
    std::vector<Index> roll_ups{};
};

class RankLines {
  public:
    RankLines(std::size_t publication, OutsideCells& cells, NamedKnowledge& lines,
              DroppableRows& droppable)
        : k_(publication),
          cells_(cells),
          lines_(lines),
          droppable_(droppable),
          view_(cells.view(publication)),
          board_(view_.board()),
          model_(board_.model()) {}

    /// Units of published rank stand in a chain. A unit whose rank is withheld leaves a gap in
    /// it: the reader is taken to know between which published ranks it stands, and which of
    /// two different ranks have equal keys.
    void add_ranks() {
        std::vector<Index> chain;
        std::vector<Index> hidden;
        for (const Index unit : board_.ranked_units()) {
            if (std::isnan(board_.ranks()[unit])) continue;
            (place_is_known(unit) ? chain : hidden).push_back(unit);
        }
        for (std::size_t k = 0; k + 1 < chain.size(); ++k) add_order(chain[k], chain[k + 1]);
        for (const Index unit : hidden) {
            const double rank = board_.ranks()[unit];
            const auto next = std::find_if(chain.begin(), chain.end(), [&](Index other) {
                return board_.ranks()[other] >= rank;
            });
            if (next != chain.end()) add_order(unit, *next);
            if (next != chain.begin() && (next == chain.end() || board_.ranks()[*next] > rank))
                add_order(*(next - 1), unit);
        }
    }

    void add_bands() {
        if (!board_.has_bands()) return;
        const BandScale& scale = *model_.definition().bands;
        for (Index unit = 0; unit < board_.unit_count(); ++unit) {
            const auto& outcome = board_.band_outcome(unit);
            if (!view_.shows_band(unit) || outcome.by_score < 0) continue;
            const auto at = static_cast<std::size_t>(outcome.by_score);
            const Band& band = scale.bands[at];
            const double low = band.from.value_or(-infinite);
            const double high = at > 0 ? *scale.bands[at - 1].from : band.to.value_or(infinite);
            const Index score =
                scale.of == Basis::full ? cells_.full_total(k_, unit) : cells_.cell(k_, unit, 0);
            add_band_row(unit, score, low, high, "band " + band.code + " of ");
            const auto last = outcome.after_gates < 0
                                  ? scale.bands.size() - 1
                                  : static_cast<std::size_t>(outcome.after_gates);
            for (std::size_t k = at; k <= last; ++k)
                for (const Gate& gate : scale.bands[k].gates) add_gate(unit, gate);
        }
    }

    void add_roll_ups(const std::vector<PublishedRollUp>& published) {
        for (const PublishedRollUp& each : published) {
            const RollUpTable table = roll_up(board_, each.rule);
            const std::vector<double> weights = thuocdo::detail::roll_up_weights(board_, each.rule);
            for (const RollUpRow& row : table.rows)
                for (Index node = 0; node < model_.node_count(); ++node)
                    if (is_listed(each, node)) add_roll_up(each, row, node, weights);
        }
    }

  private:
    /// A quota takes bands away by rank.
    [[nodiscard]] bool place_is_known(Index unit) const {
        const auto& bands = model_.definition().bands;
        return view_.shows_rank(unit) || (bands && bands->quota && view_.shows_band(unit));
    }

    /// The number that units are ranked on, and the distance of different ones.
    [[nodiscard]] std::pair<Index, double> key_of(Index unit) {
        const RankingRule& rule = model_.definition().ranking;
        if (rule.on == Basis::full) return {cells_.full_total(k_, unit), 0.0};
        if (!rule.digits) {
            const auto digits = model_digits(model_.root());
            return {cells_.cell(k_, unit, 0), digits ? 2.0 * half_unit(*digits) : 0.0};
        }
        const auto [found, added] = keys_.try_emplace(unit, lines_.size());
        const double half = half_unit(*rule.digits);
        if (added) {
            const Index full = cells_.full_total(k_, unit);
            const double key =
                numeric::round_decimal(board_.full_scores()[unit], *rule.digits, rule.mode);
            const NamedUnknown total = lines_.at(full);
            found->second = lines_.size();
            const Index at = lines_.add("rank key of " + board_.units().code(unit), key, -infinite,
                                        infinite, {});
            if (total.is_fixed() && lines_.singles_are_bounds())
                lines_.narrow(at, key, key, total.lower_why, total.upper_why);
            else if (lines_.singles_are_bounds())
                lines_.narrow(at, total.lower - half, total.upper + half, total.lower_why,
                              total.upper_why);
            lines_.add_rounding("rounding of the rank key", full, at,
                                Rounding{*rule.digits, rule.mode});
        }
        return {found->second, 2.0 * half};
    }

    void add_row(const std::string& name, Index better, Index worse, double low, double high) {
        const Index row = lines_.add_row(name, {{better}, {worse, -1.0}}, low, high);
        if (k_ == 0 && row >= 0) droppable_.ranks.push_back(row);
    }

    THUOCDO_KERNEL void add_order(Index first, Index second) {
        THUOCDO_EXACT
        const RankingRule& rule = model_.definition().ranking;
        const auto [a, gap] = key_of(first);
        const auto [b, same_gap] = key_of(second);
        static_cast<void>(same_gap);
        const bool descending = rule.order == numeric::Order::descending;
        const Index better = descending ? a : b;
        const Index worse = descending ? b : a;
        const std::string name =
            "ranks of " + board_.units().code(first) + " (" +
            numeric::shortest(board_.ranks()[first]) + ") and " + board_.units().code(second) +
            " (" + numeric::shortest(board_.ranks()[second]) + ")" + OutsideCells::suffix(k_);
        const double difference = lines_.at(better).truth - lines_.at(worse).truth;
        if (difference != 0.0) {
            // Decimal keys differ by their last place at least, up to the rounding of doubles.
            add_row(name, better, worse, std::min(gap, difference), infinite);
            return;
        }
        add_row(name, better, worse, 0.0, 0.0);
        for (const TieBreakerRule& breaker : rule.tie_breakers) {
            const Index node = model_.index_of(breaker.node);
            const double x = cells_.truth(k_, first, node);
            const double y = cells_.truth(k_, second, node);
            if (std::isnan(x) || std::isnan(y)) continue;
            const bool falls = breaker.order == numeric::Order::descending;
            const Index high = cells_.cell(k_, falls ? first : second, node);
            const Index low = cells_.cell(k_, falls ? second : first, node);
            add_row(name + " by " + breaker.node, high, low, 0.0, x == y ? 0.0 : infinite);
            if (x != y) return;
        }
    }

    void add_band_row(Index unit, Index unknown, double low, double high, const std::string& name) {
        const Index row = lines_.add_row(
            name + board_.units().code(unit) + OutsideCells::suffix(k_), {{unknown}}, low, high);
        if (k_ == 0 && row >= 0) droppable_.bands_of_unit[unit].push_back(row);
    }

    /// The reader is taken to know which gates the unit passed.
    THUOCDO_KERNEL void add_gate(Index unit, const Gate& gate) {
        THUOCDO_EXACT
        const Index node = model_.index_of(gate.node);
        if (std::isnan(board_.result(unit, node))) return;
        const Index cell = cells_.cell(k_, unit, node);
        if (lines_.at(cell).is_fixed()) return;
        const std::string name = "gate " + gate.describe();
        const Node& each = model_.node(node);
        const double scale =
            gate.of == GateQuantity::score ? each.points.value_or(each.multiplier) : 1.0;
        double low = -infinite;
        double high = infinite;
        if (gate.at_least) low = std::max(low, *gate.at_least * scale);
        if (gate.above) low = std::max(low, *gate.above * scale);
        if (gate.at_most) high = std::min(high, *gate.at_most * scale);
        if (gate.below) high = std::min(high, *gate.below * scale);
        const bool passed = thuocdo::detail::passes(board_.data(), gate, node, unit);
        if (!passed && std::isfinite(low) == std::isfinite(high)) {
            cells_.leave_undecided(cell, name);
            return;
        }
        if (gate.of == GateQuantity::value) {
            cells_.leave_undecided(cell, name);
            return;
        }
        if (!passed) std::swap(low, high);
        if (!passed && low == infinite) low = -infinite;
        if (!passed && high == -infinite) high = infinite;
        add_band_row(unit, cell, low, high, name + " of ");
    }

    [[nodiscard]] bool is_listed(const PublishedRollUp& published, Index node) const {
        if (published.nodes.empty()) return sees(view_.audience(), model_.node(node).visibility);
        return std::find(published.nodes.begin(), published.nodes.end(), model_.node(node).code) !=
               published.nodes.end();
    }

    THUOCDO_KERNEL void add_roll_up(const PublishedRollUp& published, const RollUpRow& row,
                                    Index node, const std::vector<double>& weights) {
        THUOCDO_EXACT
        const double mean = node == 0 ? row.score : row.results[static_cast<std::size_t>(node)];
        if (std::isnan(mean)) return;
        const bool nation = published.rule.to == "nation";
        const UnitGrouping* parents = nation ? nullptr : board_.units().grouping("parent");
        std::vector<Term> terms;
        double all = 0.0;
        for (Index unit = 0; unit < board_.unit_count(); ++unit) {
            const double weight = weights[static_cast<std::size_t>(unit)];
            if (!board_.is_evaluated(unit) || std::isnan(cells_.truth(k_, unit, node))) continue;
            if (!nation && parents->of(unit) != row.code) continue;
            all += weight;
            if (weight > 0.0) terms.push_back({cells_.cell(k_, unit, node), weight});
        }
        if (!(all > 0.0)) return;
        for (Term& term : terms) term.weight /= all;
        const double half = published.digits ? half_unit(*published.digits) : 0.0;
        const double printed =
            published.digits ? numeric::round_decimal(mean, *published.digits) : mean;
        const auto [low, high] = printed_as(printed, half);
        const std::string what = node == 0 ? "totals" : model_.node(node).code;
        const Index at = lines_.add_row(
            (nation ? "national mean of " : "mean of " + row.code + " of ") + what + " = " +
                (published.digits ? numeric::fixed(printed, *published.digits)
                                  : numeric::shortest(printed)) +
                OutsideCells::suffix(k_),
            std::move(terms), low, high);
        if (k_ == 0 && at >= 0) droppable_.roll_ups.push_back(at);
    }

    std::size_t k_;
    OutsideCells& cells_;
    NamedKnowledge& lines_;
    DroppableRows& droppable_;
    const AudienceView& view_;
    const Scoreboard& board_;
    const IndexModel& model_;
    std::map<Index, Index> keys_;
};

}  // namespace thuocdo::publish::detail
