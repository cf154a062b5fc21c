#pragma once
/// @file
/// What a robustness run says about every unit.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/robust/draw_counts.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// A range from lower to upper, both included.
struct Interval {
    double lower = missing_value;
    double upper = missing_value;
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// One row of the table of a run.
struct UncertaintyRow {
    Unit unit;
    double nominal_rank = missing_value;
    double median_rank = missing_value;
    double mean_rank = missing_value;
    Interval rank{};
    double nominal_score = missing_value;
    double median_score = missing_value;
    double mean_score = missing_value;
    double deviation = missing_value;
    Interval score{};
};

/// Scores and ranks over the draws of a run. Shares are of the draws in which the unit has a
/// score; units without any have NaN.
class Uncertainty {
  public:
    Uncertainty(Scoreboard board, std::vector<std::string> factors, std::uint64_t seed,
                DrawCounts counts)
        : board_(std::move(board)),
          factors_(std::move(factors)),
          seed_(seed),
          counts_(std::move(counts)) {
        if (counts_.failed() == counts_.draws()) refuse_all_failed();
    }

    [[nodiscard]] const Scoreboard& board() const noexcept { return board_; }
    [[nodiscard]] const std::vector<std::string>& factors() const noexcept { return factors_; }
    [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }
    [[nodiscard]] std::uint64_t draws() const noexcept { return counts_.draws(); }
    /// Draws without a ranking; they count nowhere else.
    [[nodiscard]] std::uint64_t failed() const noexcept { return counts_.failed(); }
    [[nodiscard]] std::vector<FailedDraws> failures() const { return counts_.failures(); }
    /// Scores so far from those of the first draws that mean and deviation took them as less
    /// far (more than two widths of the grid from its middle); ranks and medians are not
    /// touched. A form of the model that is chosen rarely and scores on another scale does so.
    [[nodiscard]] std::uint64_t held_scores() const {
        std::uint64_t count = 0;
        for (Index unit = 0; unit < board_.unit_count(); ++unit) count += counts_.beyond(unit);
        return count;
    }
    [[nodiscard]] const DrawCounts& counts() const noexcept { return counts_; }
    /// Places that share a count; above 1 ranks are known to so many places only.
    [[nodiscard]] Index rank_resolution() const noexcept {
        return counts_.layout().places_together;
    }

    /// Mean of the rank over the draws.
    [[nodiscard]] double mean_rank(Index unit) const {
        const auto scored = static_cast<double>(counts_.scored(checked(unit)));
        return 1.0 + static_cast<double>(counts_.place_sum(unit)) / scored * places_to_ranks();
    }
    /// The smallest rank that at least a share `probability` of the draws does not exceed.
    /// @throws NumericError outside [0, 1].
    [[nodiscard]] double rank_quantile(Index unit, double probability) const {
        check_share("probability", probability);
        const std::uint64_t scored = counts_.scored(checked(unit));
        if (scored == 0) return missing_value;
        const std::uint64_t wanted = draws_for(probability, scored);
        const std::uint32_t* const places = counts_.places(unit);
        std::uint64_t met = 0;
        Index column = 0;
        for (; column + 1 < counts_.layout().place_columns; ++column) {
            met += places[column];
            if (met >= wanted) break;
        }
        return rank_of_column(column);
    }
    [[nodiscard]] double median_rank(Index unit) const { return rank_quantile(unit, 0.5); }
    /// The ranks that hold the middle share `level` of the draws.
    [[nodiscard]] Interval rank_interval(Index unit, double level) const {
        check_share("level", level);
        return {rank_quantile(unit, 0.5 - 0.5 * level), rank_quantile(unit, 0.5 + 0.5 * level)};
    }
    /// The same for a unit by code: how a rank is printed, e.g. 2 to 5.
    [[nodiscard]] Interval interval(std::string_view unit, double level) const {
        return rank_interval(index_of(unit), level);
    }

    [[nodiscard]] double mean_score(Index unit) const { return counts_.mean(checked(unit)); }
    /// Standard deviation of the score over the draws, with n - 1.
    [[nodiscard]] double score_deviation(Index unit) const {
        return std::sqrt(counts_.variance(checked(unit)));
    }
    /// Quantile of the score. Scores are counted on a grid (64 to 8192 cells a unit over
    /// two and a half times the range of the first 64 draws); inside a cell the draws are
    /// taken to be spread evenly.
    /// @throws NumericError outside [0, 1].
    [[nodiscard]] double score_quantile(Index unit, double probability) const;
    [[nodiscard]] double median_score(Index unit) const { return score_quantile(unit, 0.5); }
    [[nodiscard]] Interval score_interval(Index unit, double level) const {
        check_share("level", level);
        return {score_quantile(unit, 0.5 - 0.5 * level), score_quantile(unit, 0.5 + 0.5 * level)};
    }

    /// Share of the draws in which the unit has each rank: units x ranks. Under the
    /// fractional rule there is a column for every half rank.
    [[nodiscard]] Eigen::MatrixXd rank_acceptability() const {
        const Index columns = counts_.layout().place_columns;
        Eigen::MatrixXd out(board_.unit_count(), columns);
        for (Index unit = 0; unit < board_.unit_count(); ++unit)
            for (Index column = 0; column < columns; ++column)
                out(unit, column) = share(counts_.places(unit)[column], unit);
        return out;
    }
    /// The rank (for joined places the first of them) of each column of the table.
    [[nodiscard]] Eigen::VectorXd acceptability_ranks() const {
        Eigen::VectorXd out(counts_.layout().place_columns);
        for (Index column = 0; column < out.size(); ++column) out[column] = rank_of_column(column);
        return out;
    }
    /// Share of the draws in which the unit is among the best `top`. Where places share a
    /// count, the last one counts in full or not at all.
    [[nodiscard]] double probability_top(Index unit, Index top) const {
        std::uint64_t met = 0;
        for (Index column = 0; column < counts_.layout().place_columns; ++column)
            if (rank_of_column(column) <= static_cast<double>(top))
                met += counts_.places(checked(unit))[column];
        return share(met, unit);
    }
    /// Share of the draws in which the unit has each band: units x bands, best band first.
    /// Rows add up to less than 1 where a unit has no band in some draws.
    /// @throws ModelError when the model has no bands.
    [[nodiscard]] Eigen::MatrixXd band_probability() const;

    /// Share of the draws, of those in which both have scores, in which unit `a` is ahead of
    /// unit `b`; ties count a half. Nothing when the pair was not compared.
    [[nodiscard]] std::optional<double> winning_probability(Index a, Index b) const;
    /// The same for every pair: units x units, the one ahead by rows; one half on the
    /// diagonal, NaN where a pair was not compared. Takes 8 bytes x units^2.
    [[nodiscard]] Eigen::MatrixXd winning_probabilities() const;

    /// Units that cannot be told apart at a level, in the nominal order: a group goes on
    /// until its first unit is ahead of the next one in at least a share `level` of the
    /// draws (where they are too far apart for the pairs compared: the earliest unit of the
    /// group that was compared with it). Group numbers by unit, from 0; -1 without a rank.
    /// @throws NumericError outside (0.5, 1], or when no pairs were compared.
    [[nodiscard]] std::vector<Index> groups(double level) const;

    /// Mean weights of the leaves (shares of the total, in the order of `model().leaves()`)
    /// over the draws in which the unit came first: what one must care for to prefer it
    /// (central weights of SMAA-2). NaN for a unit that never does, and without weights that
    /// are drawn.
    [[nodiscard]] Eigen::MatrixXd central_weights() const;

    /// The table of the run, in the nominal order.
    [[nodiscard]] std::vector<UncertaintyRow> rows(double level) const {
        std::vector<UncertaintyRow> out;
        for (const Index unit : counts_.layout().order)
            out.push_back({board_.units().unit(unit), board_.ranks()[unit], median_rank(unit),
                           mean_rank(unit), rank_interval(unit, level), board_.scores()[unit],
                           median_score(unit), mean_score(unit), score_deviation(unit),
                           score_interval(unit, level)});
        return out;
    }

    /// The table with intervals of 90%.
    friend std::ostream& operator<<(std::ostream& out, const Uncertainty& result) {
        result.print(out);
        return out;
    }

    /// Index of a unit by code.
    /// @throws DataError when there is none.
    [[nodiscard]] Index index_of(std::string_view unit) const {
        if (const auto found = board_.units().find(unit)) return *found;
        throw DataError("no such unit",
                        {{"unknown_unit", "argument \"unit\"", '"' + std::string(unit) + '"',
                          "the code of a unit", "check the spelling"}});
    }

  private:
    static constexpr double printed_level = 0.9;

    [[nodiscard]] Index checked(Index unit) const {
        if (unit >= 0 && unit < board_.unit_count()) return unit;
        throw DataError("no such unit", {{"unknown_unit", "argument \"unit\"", std::to_string(unit),
                                          "0 to " + std::to_string(board_.unit_count() - 1), ""}});
    }
    static void check_share(const char* argument, double value) {
        if (value >= 0.0 && value <= 1.0) return;
        throw NumericError(
            "a share outside [0, 1]",
            {{"share_out_of_range", std::string("argument \"") + argument + '"',
              numeric::shortest(value), "a number from 0 to 1", "write 0.9 for 90%"}});
    }
    [[nodiscard]] double places_to_ranks() const {
        return 1.0 / static_cast<double>(counts_.layout().places_a_rank);
    }
    [[nodiscard]] double rank_of_column(Index column) const {
        return 1.0 +
               static_cast<double>(column * counts_.layout().places_together) * places_to_ranks();
    }
    [[nodiscard]] double share(std::uint64_t count, Index unit) const {
        return static_cast<double>(count) / static_cast<double>(counts_.scored(unit));
    }
    /// The least number of draws that make a share; a share of 0 is the first draw.
    [[nodiscard]] static std::uint64_t draws_for(double probability, std::uint64_t scored) {
        // 0.95 of 20 draws are 19, not 20, although 0.95 * 20 is a little above in binary.
        constexpr int digits = 6;
        const double exact =
            numeric::round_decimal(probability * static_cast<double>(scored), digits);
        return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(exact)));
    }
    [[noreturn]] void refuse_all_failed() const {
        std::vector<Problem> problems;
        for (const FailedDraws& each : counts_.failures())
            problems.push_back({each.code, "draw " + std::to_string(each.first_draw),
                                std::to_string(each.count) + " draws failed: " + each.text,
                                "a draw that can be ranked", "change the factors or the model"});
        throw NumericError("every draw failed", std::move(problems));
    }
    /// How often a unit at a position of the nominal order, or the one `distance` positions
    /// later, is ahead of the other.
    [[nodiscard]] double wins_between(Index start, Index distance, bool of_earlier) const;
    void print(std::ostream& out) const;

    Scoreboard board_;
    std::vector<std::string> factors_;
    std::uint64_t seed_;
    DrawCounts counts_;
};

inline double Uncertainty::score_quantile(Index unit, double probability) const {
    check_share("probability", probability);
    const std::uint64_t scored = counts_.scored(checked(unit));
    if (scored == 0) return missing_value;
    const auto k = static_cast<std::size_t>(unit);
    const detail::CountLayout& layout = counts_.layout();
    const double wanted = probability * static_cast<double>(scored);
    const std::uint32_t* const bins = counts_.scores(unit);
    const double cell = layout.width[k] / static_cast<double>(layout.score_bins);
    double met = 0.0;
    for (Index bin = 0; bin < layout.score_bins; ++bin) {
        if (bins[bin] == 0) continue;
        const double here = bins[bin];
        if (met + here < wanted) {
            met += here;
            continue;
        }
        // The first and last cells also hold what lies beyond the grid.
        double from = layout.lower[k] + static_cast<double>(bin) * cell;
        double to = from + cell;
        if (bin == 0) from = counts_.least(unit);
        if (bin + 1 == layout.score_bins) to = counts_.most(unit);
        const double value = from + (to - from) * ((wanted - met) / here);
        return std::min(std::max(value, counts_.least(unit)), counts_.most(unit));
    }
    return counts_.most(unit);
}

inline Eigen::MatrixXd Uncertainty::band_probability() const {
    const Index bands = counts_.layout().bands;
    if (bands == 0)
        throw ModelError("the model has no bands",
                         {{"no_bands", "/bands", "none", "a scale of bands", "add one"}});
    Eigen::MatrixXd out(board_.unit_count(), bands);
    for (Index unit = 0; unit < board_.unit_count(); ++unit)
        for (Index band = 0; band < bands; ++band)
            out(unit, band) = share(counts_.bands(unit)[band], unit);
    return out;
}

inline std::optional<double> Uncertainty::winning_probability(Index a, Index b) const {
    const auto& order = counts_.layout().order;
    const auto position = [&](Index unit) {
        return static_cast<Index>(std::find(order.begin(), order.end(), checked(unit)) -
                                  order.begin());
    };
    const Index first = position(a);
    const Index second = position(b);
    if (first == second) return 0.5;
    const Index distance = std::abs(second - first);
    if (distance > counts_.layout().pair_distance) return std::nullopt;
    return wins_between(std::min(first, second), distance, first < second);
}

inline double Uncertainty::wins_between(Index start, Index distance, bool of_earlier) const {
    const auto ahead = static_cast<double>(counts_.ahead(start, distance));
    const auto behind = static_cast<double>(counts_.behind(start, distance));
    const auto level = static_cast<double>(counts_.level(start, distance));
    const double wins = (of_earlier ? ahead : behind) + 0.5 * level;
    return wins / (ahead + behind + level);
}

inline Eigen::MatrixXd Uncertainty::winning_probabilities() const {
    const detail::CountLayout& layout = counts_.layout();
    Eigen::MatrixXd out = Eigen::MatrixXd::Constant(layout.units, layout.units, missing_value);
    out.diagonal().setConstant(0.5);
    for (Index distance = 1; distance <= layout.pair_distance; ++distance)
        for (Index start = 0; start + distance < layout.units; ++start) {
            const Index earlier = layout.order[static_cast<std::size_t>(start)];
            const Index later = layout.order[static_cast<std::size_t>(start + distance)];
            out(earlier, later) = wins_between(start, distance, true);
            out(later, earlier) = wins_between(start, distance, false);
        }
    return out;
}

inline std::vector<Index> Uncertainty::groups(double level) const {
    const detail::CountLayout& layout = counts_.layout();
    if (!(level > 0.5 && level <= 1.0))
        throw NumericError("a level outside (0.5, 1]",
                           {{"share_out_of_range", "argument \"level\"", numeric::shortest(level),
                             "a number above 0.5, at most 1", "write 0.9 for 90%"}});
    if (layout.pair_distance == 0 && layout.units > 1)
        throw NumericError("no pairs were compared", {{"no_pairs", "option \"pairs\"", "none",
                                                       "neighbours or all", "run with pairs"}});
    std::vector<Index> out(static_cast<std::size_t>(layout.units), -1);
    Index group = -1;
    Index leader = 0;
    for (Index position = 0; position < layout.units; ++position) {
        const Index unit = layout.order[static_cast<std::size_t>(position)];
        if (std::isnan(board_.ranks()[unit])) break;
        const Index against = std::max(leader, position - layout.pair_distance);
        const bool apart =
            group < 0 || winning_probability(layout.order[static_cast<std::size_t>(against)], unit)
                                 .value_or(0.0) >= level;
        if (apart) {
            ++group;
            leader = position;
        }
        out[static_cast<std::size_t>(unit)] = group;
    }
    return out;
}

inline Eigen::MatrixXd Uncertainty::central_weights() const {
    const Index leaves = static_cast<Index>(board_.model().leaves().size());
    Eigen::MatrixXd out = Eigen::MatrixXd::Constant(board_.unit_count(), leaves, missing_value);
    if (counts_.layout().leaves == 0) return out;
    for (Index unit = 0; unit < board_.unit_count(); ++unit) {
        if (counts_.firsts(unit) == 0) continue;
        for (Index leaf = 0; leaf < leaves; ++leaf)
            out(unit, leaf) =
                counts_.first_weight_sum(unit, leaf) / static_cast<double>(counts_.firsts(unit));
    }
    return out;
}

inline void Uncertainty::print(std::ostream& out) const {
    using Align = thuocdo::detail::TextTable::Align;
    constexpr double per_cent = 100.0;
    constexpr int shown_digits = 2;
    thuocdo::detail::TextTable table({{"rank", Align::right},
                                      {"code", Align::left},
                                      {"unit", Align::left},
                                      {"median", Align::right},
                                      {"interval", Align::right},
                                      {"score", Align::right},
                                      {"interval", Align::right}});
    const auto number = [](double value) {
        return std::isnan(value) ? std::string("-") : numeric::shortest(value);
    };
    const auto range = [](const Interval& each, const auto& text) {
        return std::isnan(each.lower) ? std::string("-")
                                      : text(each.lower) + " to " + text(each.upper);
    };
    for (const UncertaintyRow& row : rows(printed_level))
        table.add(
            {number(row.nominal_rank), row.unit.code, row.unit.display_name(),
             number(row.median_rank), range(row.rank, number), number(row.nominal_score),
             range(row.score, [](double each) { return numeric::fixed(each, shown_digits); })});
    out << draws() << " draws of " << factors_.size()
        << (factors_.size() == 1 ? " factor" : " factors") << ", seed " << seed_
        << ", intervals of " << numeric::shortest(printed_level * per_cent) << "%\n"
        << table;
    if (held_scores() > 0)
        out << "! " << held_scores()
            << " scores lie far from those of the first draws: mean and deviation hold them back\n";
    for (const FailedDraws& each : failures())
        out << "! " << each.count << (each.count == 1 ? " draw" : " draws") << " failed ("
            << each.code << "), first draw " << each.first_draw << ": " << each.text << '\n';
}

}  // namespace thuocdo::robust
