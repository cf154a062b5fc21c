#pragma once
/// @file
/// How sure scores and ranks are: the index computed again and again with its choices
/// varied.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/robust/detail/draw_factors.hpp>
#include <thuocdo/robust/detail/draw_grid.hpp>
#include <thuocdo/robust/detail/model_form.hpp>
#include <thuocdo/robust/detail/run_draws.hpp>
#include <thuocdo/robust/draw_counts.hpp>
#include <thuocdo/robust/factor.hpp>
#include <thuocdo/robust/uncertainty_result.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// Which pairs of units are compared in every draw.
enum class Pairs {
    automatic,   ///< all up to 256 units, else neighbours
    neighbours,  ///< units up to 16 places apart in the nominal ranking
    all,         ///< every pair; the counts take 8 bytes x units^2
    none
};

/// How a board is tried.
struct UncertaintyOptions {
    std::uint64_t draws = 1000;
    std::uint64_t seed = 0;
    int threads = 1;
    Pairs pairs = Pairs::automatic;
    /// Called now and then with the share done, on the calling thread; returning false cancels
    /// with `Cancelled`.
    std::function<bool(double)> progress{};
};

namespace detail {

/// A block has draws for every thread, and the squares that are added up over one stay below
/// 2^64 for so many.
inline constexpr int most_threads = 256;
inline constexpr Index all_pairs_up_to = 256;
inline constexpr Index neighbour_distance = 16;
/// Counters of pairs at most: 512 MB.
inline constexpr std::size_t most_pair_cells = std::size_t{1} << 26U;

/// A name for a whole run, so that counts of another one are not mixed in.
[[nodiscard]] inline std::string run_digest(const Scoreboard& board, const DrawFactors& factors,
                                            const UncertaintyOptions& options) {
    numeric::Sha256 hash;
    const auto text = [&](const std::string& each) {
        hash.update_integer(each.size());
        hash.update(each);
    };
    text(board.digest());
    hash.update_integer(options.seed);
    for (const Factor& factor : factors.factors()) {
        text(factor.name);
        hash.update_integer(factor.rule.index());
        if (const auto* choice = std::get_if<ModelChoice>(&factor.rule))
            for (const Alternative& each : choice->alternatives) text(each.label);
    }
    for (const WeightGroup& group : factors.groups()) {
        hash.update_integer(stage_of(group.factor, group.part));
        text(group.node);
        hash.update_double(group.fraction.value_or(missing_value));
        hash.update_double(group.concentration.value_or(missing_value));
    }
    for (const ErrorColumn& error : factors.errors()) {
        hash.update_integer(stage_of(error.factor, error.part));
        hash.update_integer(static_cast<std::uint64_t>(error.column));
        hash.update_integer(static_cast<std::uint64_t>(error.distribution));
        hash.update_double(error.lowest);
        hash.update_double(error.highest);
        for (const double size : error.sizes) hash.update_double(size);
    }
    return hash.hex();
}

}  // namespace detail

/// A robustness run that is set up and can be done in parts: on one machine or a cluster.
/// Immutable; const access is safe from many threads.
///
/// In every draw each factor takes one of its values, independently of the others: weights
/// are drawn, alternatives of the model chosen, errors added to the data; the board is
/// computed with them, and units are ranked by the rule of the model. A draw is the same
/// numbers whichever thread, part or machine computes it (Philox4x32-10 by draw, factor and
/// place), and is recomputed only from the first step that its factors change: forms of the
/// model are scored once, draws that differ in weights alone go through the weighted sums of
/// a node together.
class UncertaintyPlan {
  public:
    /// @throws ModelError with every factor that hits nothing or has no effect;
    ///         NumericError when an option is out of range.
    UncertaintyPlan(const Scoreboard& board, std::vector<Factor> factors,
                    UncertaintyOptions options)
        : board_(board),
          options_(std::move(options)),
          factors_(board, std::move(factors)),
          source_{board_, factors_, thuocdo::detail::score_options_of(board_)},
          uniforms_(options_.seed) {
        check_options();
        layout_ = std::make_shared<const detail::CountLayout>(make_layout());
    }
    UncertaintyPlan(const UncertaintyPlan&) = delete;
    UncertaintyPlan& operator=(const UncertaintyPlan&) = delete;
    ~UncertaintyPlan() = default;

    [[nodiscard]] const Scoreboard& board() const noexcept { return board_; }
    [[nodiscard]] const UncertaintyOptions& options() const noexcept { return options_; }
    [[nodiscard]] const std::vector<Factor>& factors() const noexcept { return factors_.factors(); }

    /// The counts of the draws `first` .. `first + count - 1`.
    /// @throws Cancelled when `progress` returns false.
    [[nodiscard]] DrawCounts partial(std::uint64_t first, std::uint64_t count) const {
        DrawCounts counts(layout_);
        detail::DrawRun run;
        run.threads = static_cast<std::size_t>(options_.threads);
        run.bands = layout_->bands > 0;
        run.firsts = layout_->leaves > 0;
        if (options_.progress)
            run.progress = [&](std::uint64_t done) {
                return options_.progress(static_cast<double>(done) / static_cast<double>(count));
            };
        run.consume = [&](const detail::DrawBlock& block, std::span<const std::uint64_t>,
                          std::size_t part,
                          std::size_t parts) { counts.count(block, part, parts); };
        run.failed = [&](std::uint64_t draw, const detail::DrawFailure& failure) {
            counts.add_failure(draw, failure.code, failure.text);
        };
        const detail::ScoreGrid grid(*layout_);
        run.grid = &grid;
        run.most_draws = count;
        detail::DrawEngine engine(source_, uniforms_, run);
        if (!detail::run_draws(engine, first, count)) throw Cancelled();
        for (detail::ScoreSums* sums : engine.sums()) counts.add_sums(*sums);
        if (run.firsts)
            for (const detail::FirstSums* sums : engine.firsts()) counts.add_firsts(*sums);
        counts.add_range({first, count});
        return counts;
    }

    /// The result that counts amount to.
    /// @throws NumericError when they belong to another run or when no draw succeeded.
    [[nodiscard]] Uncertainty finish(DrawCounts counts) const {
        if (!(counts.layout() == *layout_))
            throw NumericError("the counts are of another run",
                               {{"another_run", "argument \"counts\"", counts.layout().digest,
                                 layout_->digest, "use the plan that they were made with"}});
        std::vector<std::string> names;
        for (const Factor& factor : factors()) names.push_back(factor.name);
        return Uncertainty(board_, std::move(names), options_.seed, std::move(counts));
    }

    /// All draws.
    [[nodiscard]] Uncertainty run() const { return finish(partial(0, options_.draws)); }

  private:
    void check_options() const {
        std::vector<Problem> problems;
        const auto refuse = [&](const char* option, const std::string& found,
                                const char* expected) {
            problems.push_back({"option_out_of_range", std::string("option \"") + option + '"',
                                found, expected, "correct the option"});
        };
        if (options_.draws == 0 || options_.draws > std::numeric_limits<std::uint32_t>::max())
            refuse("draws", std::to_string(options_.draws), "a number from 1 to 2^32 - 1");
        if (options_.threads < 1 || options_.threads > detail::most_threads)
            refuse("threads", std::to_string(options_.threads), "a number from 1 to 256");
        const auto units = static_cast<std::size_t>(board_.unit_count());
        if (options_.pairs == Pairs::all && units * units > detail::most_pair_cells)
            refuse("pairs", "all pairs of " + std::to_string(units) + " units",
                   "neighbours for so many units");
        if (!problems.empty()) throw NumericError("the run cannot be set up", std::move(problems));
    }

    [[nodiscard]] Index pair_distance() const {
        const Index units = board_.unit_count();
        const Index farthest = std::max<Index>(units - 1, 0);
        switch (options_.pairs) {
            case Pairs::none:
                return 0;
            case Pairs::all:
                return farthest;
            case Pairs::neighbours:
                return std::min(detail::neighbour_distance, farthest);
            case Pairs::automatic:
                break;
        }
        return units <= detail::all_pairs_up_to ? farthest
                                                : std::min(detail::neighbour_distance, farthest);
    }

    [[nodiscard]] detail::CountLayout make_layout() const {
        detail::CountLayout layout;
        const Index units = board_.unit_count();
        const auto count = static_cast<std::size_t>(std::max<Index>(units, 1));
        layout.digest = detail::run_digest(board_, factors_, options_);
        layout.units = units;
        const bool halves = factors_.half_ranks();
        layout.places_a_rank = factors_.places_a_rank();
        const Index places = halves ? std::max<Index>(2 * units - 1, 0) : units;
        const auto columns = static_cast<Index>(detail::most_count_cells / count);
        layout.places_together = std::max<Index>(1, (places + columns - 1) / columns);
        layout.place_columns = (places + layout.places_together - 1) / layout.places_together;
        layout.score_bins = std::clamp(static_cast<Index>(detail::most_score_cells / count),
                                       detail::least_score_bins, detail::most_score_bins);
        if (board_.has_bands())
            layout.bands = static_cast<Index>(board_.model().definition().bands->bands.size());
        const bool weights = !factors_.groups().empty() || !factors_.choices().empty();
        const auto leaves = static_cast<Index>(board_.model().leaves().size());
        if (weights) layout.leaves = leaves;
        layout.pair_distance = pair_distance();
        layout.order = board_.ranked_units();
        lay_grid(layout);
        return layout;
    }

    /// The range of scores in the first draws, with room on either side. Every part of a run
    /// finds the same one.
    void lay_grid(detail::CountLayout& layout) const {
        const auto units = static_cast<std::size_t>(layout.units);
        std::vector<double> least(units, std::numeric_limits<double>::infinity());
        std::vector<double> most(units, -std::numeric_limits<double>::infinity());
        detail::DrawRun run;
        run.threads = static_cast<std::size_t>(options_.threads);
        run.consume = [&](const detail::DrawBlock& block, std::span<const std::uint64_t>,
                          std::size_t part, std::size_t parts) {
            for (std::size_t unit = units * part / parts; unit < units * (part + 1) / parts; ++unit)
                for (std::size_t d = 0; d < block.draws; ++d) {
                    const double score = block.scores[d * units + unit];
                    least[unit] = score < least[unit] ? score : least[unit];
                    most[unit] = score > most[unit] ? score : most[unit];
                }
        };
        run.scores = true;
        run.most_draws = detail::pilot_draws;
        detail::DrawEngine engine(source_, uniforms_, run);
        static_cast<void>(detail::run_draws(engine, 0, detail::pilot_draws));
        double widest = 0.0;
        for (std::size_t unit = 0; unit < units; ++unit)
            if (least[unit] <= most[unit]) widest = std::max(widest, most[unit] - least[unit]);
        for (std::size_t unit = 0; unit < units; ++unit) {
            const bool seen = least[unit] <= most[unit];
            const double middle = seen ? 0.5 * (least[unit] + most[unit]) : 0.0;
            double spread = seen ? most[unit] - least[unit] : 0.0;
            // A unit whose pilot scores are alike gets a share of the widest range.
            constexpr double least_share = 0x1p-4;
            spread = std::max(spread, widest * least_share);
            if (!(spread > 0.0)) spread = std::max(std::abs(middle) * 0x1p-20, 0x1p-40);
            const double width = spread * (1.0 + 2.0 * detail::grid_margin);
            layout.lower.push_back(middle - 0.5 * width);
            layout.width.push_back(width);
        }
    }

    Scoreboard board_;
    UncertaintyOptions options_;
    detail::DrawFactors factors_;
    detail::FormSource source_;
    detail::PhiloxUniforms uniforms_;
    std::shared_ptr<const detail::CountLayout> layout_;
};

/// How sure the scores and ranks of a board are, when the factors vary.
///
/// @param board what is published; its as-of date, previous and other periods are used.
/// @param factors what is uncertain: see robust/factor.hpp, `resolve_factor` and
///        `io::resolve_factors`.
/// @return see `Uncertainty`. The same for any number of threads, with g++ and clang.
/// @throws what the constructor of `UncertaintyPlan` throws; Cancelled; NumericError when
///         every draw failed, with the reasons.
///
/// Complexity: a draw of weights costs a weighted sum a node, one sort, and a few counters a
/// unit; a draw that changes the model's rules costs the scoring of that form of the model
/// once; a draw with errors of measurement costs a whole scoring. Memory: units x places
/// counters (at most 64 MB) and working copies of the board, one a thread.
///
/// Source: Saisana, Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A
/// 168(2), 307-323; OECD/JRC handbook (2008), step 7.
[[nodiscard]] inline Uncertainty uncertainty(const Scoreboard& board, std::vector<Factor> factors,
                                             const UncertaintyOptions& options = {}) {
    return UncertaintyPlan(board, std::move(factors), options).run();
}

}  // namespace thuocdo::robust
