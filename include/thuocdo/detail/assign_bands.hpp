#pragma once
/// @file
/// After the sweep: published totals, ranks, bands with gates and quota.

#include <thuocdo/detail/board_data.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// The total that is printed: the root's result, rounded for display if the
/// root says so.
inline void publish_totals(BoardData& board) {
    board.published = board.results.col(0);
    if (const auto rounding = board.model.root().rounding_at(RoundingPlace::display))
        numeric::round_decimal(board.published, rounding->digits, rounding->mode);
}

/// The column that units are ranked on.
[[nodiscard]] inline Eigen::VectorXd rank_key(const BoardData& board) {
    return rank_key(board.model.definition().ranking, board.full, board.published);
}

inline void rank_units(BoardData& board) {
    const IndexModel& model = board.model;
    const UnitRegistry& units = board.panel.units();
    const RankingRule& rule = model.definition().ranking;
    const Eigen::VectorXd key = rank_key(board);
    board.ranks = rank_column(model, units, board.results, key);
    std::vector<rank::TieBreaker> breakers = tie_breakers(model, board.results);
    if (rule.ties == TiePolicy::ordinal) {
        const Eigen::VectorXd shared =
            rank::ranks(key, rank::TieRule::competition, rule.order, breakers);
        std::map<double, std::uint32_t> holders;
        for (Index unit = 0; unit < units.size(); ++unit)
            if (!std::isnan(shared[unit])) ++holders[shared[unit]];
        for (Index unit = 0; unit < units.size(); ++unit)
            if (!std::isnan(shared[unit]) && holders[shared[unit]] > 1)
                board.placed_by_code.push_back(static_cast<std::uint32_t>(unit));
        breakers.push_back({code_order(units), numeric::Order::ascending});
    }
    for (const std::string& attribute : rule.within) {
        const UnitGrouping* grouping = units.grouping(attribute);
        if (!grouping) {
            board.notices.push_back("no unit has \"" + attribute +
                                    "\"; ranks within it are left out");
            continue;
        }
        board.ranks_within[attribute] =
            rank::ranks_within(key, grouping->ids(), tie_rule(rule.ties), rule.order, breakers);
    }
}

/// First band from `from` on whose gates a unit passes; -1 when none is left.
[[nodiscard]] inline int admitted_band(const BoardData& board, const BandScale& scale, int from,
                                       Index unit) {
    for (std::size_t k = static_cast<std::size_t>(from); k < scale.bands.size(); ++k) {
        const auto& gates = scale.bands[k].gates;
        if (std::all_of(gates.begin(), gates.end(),
                        [&](const Gate& gate) { return passes(board, gate, unit); }))
            return static_cast<int>(k);
    }
    return -1;
}

/// Numbers allowed by a share, without the error of binary fractions: 0.29 of
/// 100 is 29.
[[nodiscard]] inline std::size_t allowed_by_share(double share, std::size_t base) {
    constexpr int digits = 9;
    return static_cast<std::size_t>(
        std::floor(numeric::round_decimal(share * static_cast<double>(base), digits)));
}

/// Lowers the units of one group that are beyond the quota.
inline void apply_quota(BoardData& board, const BandScale& scale, const Quota& quota,
                        const std::vector<Index>& members) {
    const auto position = [&](const std::string& code) {
        for (std::size_t k = 0; k < scale.bands.size(); ++k)
            if (scale.bands[k].code == code) return static_cast<int>(k);
        return -1;
    };
    const int limited = position(quota.band);
    std::size_t base = 0;
    std::vector<Index> holders;
    for (const Index unit : members) {
        const int band = board.bands[static_cast<std::size_t>(unit)].after_gates;
        for (const std::string& code : quota.of)
            if (band == position(code)) ++base;
        if (band == limited) holders.push_back(unit);
    }
    const std::size_t allowed = allowed_by_share(quota.at_most, base);
    if (holders.size() <= allowed) return;
    // Ranks decide who comes first; bands may be based on the full score, ranks
    // on the rounded one, so that equal published ranks are treated alike.
    std::sort(holders.begin(), holders.end(),
              [&](Index a, Index b) { return board.ranks[a] < board.ranks[b]; });
    const double last_in = allowed == 0 ? -1.0 : board.ranks[holders[allowed - 1]];
    const double first_out = board.ranks[holders[allowed]];
    for (const Index unit : holders) {
        const double rank = board.ranks[unit];
        const bool at_the_cut = last_in == first_out && rank == first_out;
        const bool keeps =
            at_the_cut ? quota.ties_at_the_cut == QuotaTies::include : rank < first_out;
        if (!keeps)
            board.bands[static_cast<std::size_t>(unit)].final_band =
                admitted_band(board, scale, limited + 1, unit);
    }
}

inline void assign_bands(BoardData& board) {
    if (!board.model.definition().bands) return;
    const BandScale& scale = *board.model.definition().bands;
    const UnitRegistry& units = board.panel.units();
    board.bands.resize(static_cast<std::size_t>(units.size()));
    for (Index unit = 0; unit < units.size(); ++unit) {
        BandOutcome& outcome = board.bands[static_cast<std::size_t>(unit)];
        const double score = scale.of == Basis::full ? board.full[unit] : board.published[unit];
        const auto located = scale.locate(score);
        if (!located) continue;
        outcome.by_score = static_cast<int>(*located);
        outcome.after_gates = admitted_band(board, scale, outcome.by_score, unit);
        outcome.final_band = outcome.after_gates;
    }
    if (!scale.quota) return;
    const Quota& quota = *scale.quota;
    const UnitGrouping* grouping = quota.within.empty() ? nullptr : units.grouping(quota.within);
    if (!quota.within.empty() && !grouping)
        board.notices.push_back("no unit has \"" + quota.within +
                                "\"; the quota is taken over all units");
    std::map<std::int32_t, std::vector<Index>> groups;
    for (Index unit = 0; unit < units.size(); ++unit) {
        if (board.bands[static_cast<std::size_t>(unit)].after_gates < 0) continue;
        const std::int32_t group = grouping ? grouping->ids()[static_cast<std::size_t>(unit)] : 0;
        groups[group].push_back(unit);
    }
    for (const auto& [group, members] : groups) apply_quota(board, scale, quota, members);
}

}  // namespace thuocdo::detail
