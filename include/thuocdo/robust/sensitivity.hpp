#pragma once
/// @file
/// Which uncertain choice matters: how much of the movement of ranks each factor causes.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/text.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/numeric/sobol.hpp>
#include <thuocdo/robust/detail/draw_factors.hpp>
#include <thuocdo/robust/detail/model_form.hpp>
#include <thuocdo/robust/detail/run_draws.hpp>
#include <thuocdo/robust/draw_counts.hpp>
#include <thuocdo/robust/factor.hpp>
#include <thuocdo/robust/sobol_indices.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// What is explained.
enum class SensitivityTarget {
    mean_rank_shift,  ///< mean over the units of |rank - nominal rank|
    rank,             ///< the rank of one unit
    score             ///< the score of one unit, before rounding
};

/// How the sensitivity is found.
struct SensitivityOptions {
    /// Base samples N; a power of two uses the points best. N (factors + 2) runs are made.
    std::uint64_t samples = 256;
    std::uint64_t seed = 0;
    int threads = 1;
    SensitivityTarget target = SensitivityTarget::mean_rank_shift;
    /// Code of the unit, for the targets that are about one.
    std::string unit{};
    /// Bootstrap resamples for the intervals.
    Index resamples = 1000;
    double level = 0.95;
    /// Called now and then with the share done; returning false cancels with `Cancelled`.
    std::function<bool(double)> progress{};
};

/// The indices of every factor, and what they came from.
struct Sensitivity {
    Scoreboard board;
    std::vector<std::string> factors{};
    SensitivityTarget target = SensitivityTarget::mean_rank_shift;
    std::string unit{};
    std::uint64_t seed = 0;
    std::uint64_t samples = 0;
    std::uint64_t runs = 0;
    /// One entry a factor, in their order.
    SobolIndices indices{};
    /// Runs without a ranking; only the rows that need them are left out.
    std::vector<FailedDraws> failures{};
};

namespace detail {

/// Points A, B and AB(i) of grouped factors: run (d + 2) k + 0 is A(k), + 1 is B(k), + 2 + i
/// is A(k) but for the numbers of factor i, which are those of B(k). Numbers of a factor
/// come from scrambled Sobol points where there are dimensions for them, else (errors of
/// thousands of cells) from Philox.
class SaltelliUniforms final : public Uniforms {
  public:
    SaltelliUniforms(const DrawFactors& factors, std::uint64_t seed)
        : factors_(factors.factors().size()), random_(seed) {
        constexpr std::size_t most =
            static_cast<std::size_t>(numeric::SobolSequence::largest_dimensions) / 2;
        places_.resize(factors_);
        for (std::uint32_t k = 0; k < factors_; ++k) {
            const std::size_t wanted = factors.coordinates(k);
            if (dimensions_ + wanted > most) continue;
            places_[k].assign(1, dimensions_);
            for (const WeightGroup& group : factors.groups()) {
                if (group.factor != k) continue;
                places_[k].resize(group.part + 1U);
                places_[k][group.part] = dimensions_;
                dimensions_ += group.children.size();
            }
            for (const ErrorColumn& error : factors.errors()) {
                if (error.factor != k) continue;
                places_[k].resize(error.part + 1U);
                places_[k][error.part] = dimensions_;
                dimensions_ += error.sizes.size();
            }
            if (std::holds_alternative<ModelChoice>(factors.factors()[k].rule)) ++dimensions_;
        }
        if (dimensions_ > 0) points_.emplace(seed, static_cast<Index>(2 * dimensions_));
    }

    [[nodiscard]] std::uint64_t runs_a_row() const noexcept { return factors_ + 2; }

    [[nodiscard]] double at(std::uint64_t run, std::uint32_t factor, std::uint32_t part,
                            std::uint32_t index) const override {
        const std::uint64_t row = run / runs_a_row();
        const std::uint64_t block = run % runs_a_row();
        const bool from_b = block == 1 || block == factor + 2U;
        if (!places_[factor].empty()) {
            const std::size_t dimension =
                places_[factor][part] + index + (from_b ? dimensions_ : 0);
            return points_->uniform(row, static_cast<Index>(dimension));
        }
        constexpr std::uint64_t second_half = std::uint64_t{1} << 63U;
        return random_.uniform(from_b ? row | second_half : row, stage_of(factor, part), index);
    }

  private:
    std::size_t factors_;
    /// First dimension of each part of a factor; empty where Philox serves it.
    std::vector<std::vector<std::size_t>> places_;
    std::size_t dimensions_ = 0;
    std::optional<numeric::SobolSequence> points_;
    numeric::Philox random_;
};

/// Mean over the units of the distance of places from those of the nominal ranking, in ranks.
class RankShift {
  public:
    RankShift(const Scoreboard& board, Index places_a_rank) : places_a_rank_(places_a_rank) {
        for (Index unit = 0; unit < board.unit_count(); ++unit)
            places_.push_back(place_of(board.ranks()[unit], places_a_rank));
    }
    [[nodiscard]] double operator()(const std::uint32_t* places) const {
        std::uint64_t shift = 0;
        std::uint64_t count = 0;
        for (std::size_t unit = 0; unit < places_.size(); ++unit) {
            if (places[unit] == no_place || places_[unit] == no_place) continue;
            ++count;
            shift += places[unit] > places_[unit] ? places[unit] - places_[unit]
                                                  : places_[unit] - places[unit];
        }
        if (count == 0) return missing_value;
        return static_cast<double>(shift) /
               static_cast<double>(count * static_cast<std::uint64_t>(places_a_rank_));
    }

  private:
    std::vector<std::uint32_t> places_;
    Index places_a_rank_;
};

inline void check_sensitivity(const Scoreboard& board, const SensitivityOptions& options) {
    constexpr std::uint64_t fewest = 8;
    constexpr std::uint64_t most = std::uint64_t{1} << 24U;
    std::vector<Problem> problems;
    const auto refuse = [&](const char* option, const std::string& found,
                            const std::string& expected) {
        problems.push_back({"option_out_of_range", std::string("option \"") + option + '"', found,
                            expected, "correct the option"});
    };
    if (options.samples < fewest || options.samples > most)
        refuse("samples", std::to_string(options.samples),
               std::to_string(fewest) + " to " + std::to_string(most));
    if (options.threads < 1)
        refuse("threads", std::to_string(options.threads), "a number of 1 or more");
    if (options.resamples < 0)
        refuse("resamples", std::to_string(options.resamples), "a number of 0 or more");
    if (!(options.level > 0.0 && options.level < 1.0))
        refuse("level", numeric::shortest(options.level), "a number between 0 and 1");
    const bool one = options.target != SensitivityTarget::mean_rank_shift;
    if (one && !board.units().find(options.unit))
        refuse("unit", '"' + options.unit + '"', "the code of a unit, for a target about one");
    if (!one && !options.unit.empty())
        refuse("unit", '"' + options.unit + '"', "none for the mean shift of ranks");
    if (!problems.empty())
        throw NumericError("the sensitivity cannot be found", std::move(problems));
}

}  // namespace detail

/// First and total order Sobol indices of the factors for what the target names.
///
/// N rows of points A and B are made, and for each factor i the points AB(i), which are A with
/// the numbers of factor i from B; the board is computed at all N (factors + 2). A factor
/// with several numbers (weights of a group, errors of cells) is taken as one. First order
/// by Saltelli et al. (2010), total by Jansen (1999), with bootstrap intervals: see
/// `sobol_indices`. Failed runs cost only the rows and factors that need them.
///
/// @throws ModelError as `UncertaintyPlan` does; NumericError when an option is out of range;
///         Cancelled.
/// Complexity: as `uncertainty` with N (factors + 2) draws, and the bootstrap.
/// Source: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Computer Physics
/// Communications 181(2), 259-270; Saisana, Saltelli and Tarantola (2005).
[[nodiscard]] inline Sensitivity sensitivity(const Scoreboard& board, std::vector<Factor> factors,
                                             const SensitivityOptions& options = {}) {
    detail::check_sensitivity(board, options);
    const detail::DrawFactors bound(board, std::move(factors));
    const detail::FormSource source{board, bound, thuocdo::detail::score_options_of(board)};
    const detail::SaltelliUniforms uniforms(bound, options.seed);
    const std::uint64_t a_row = uniforms.runs_a_row();
    Sensitivity out{board};
    for (const Factor& factor : bound.factors()) out.factors.push_back(factor.name);
    out.target = options.target;
    out.unit = options.unit;
    out.seed = options.seed;
    out.samples = options.samples;
    out.runs = options.samples * a_row;

    const detail::RankShift shift(board, bound.places_a_rank());
    const Index unit = board.units().find(options.unit).value_or(0);
    Eigen::MatrixXd y(static_cast<Index>(options.samples), static_cast<Index>(a_row));
    std::map<std::string, FailedDraws> failures;
    detail::DrawRun run;
    run.threads = static_cast<std::size_t>(options.threads);
    // The bootstrap takes the rest of the time.
    constexpr double share_of_runs = 0.95;
    if (options.progress)
        run.progress = [&](std::uint64_t done) {
            return options.progress(share_of_runs * static_cast<double>(done) /
                                    static_cast<double>(out.runs));
        };
    run.consume = [&](const detail::DrawBlock& block, std::span<const std::uint64_t> runs,
                      std::size_t part, std::size_t parts) {
        const auto units = static_cast<std::size_t>(block.units);
        const auto at = static_cast<std::size_t>(unit);
        constexpr std::size_t together = detail::chunk_draws;
        const bool shifts = options.target == SensitivityTarget::mean_rank_shift;
        std::vector<std::uint32_t> places(shifts ? together * units : 0);
        for (std::size_t first = part * together; first < block.draws; first += parts * together) {
            const std::size_t end = std::min(first + together, block.draws);
            for (std::size_t k = 0; shifts && k < units; ++k)
                for (std::size_t d = first; d < end; ++d)
                    places[(d - first) * units + k] = block.place(k, d);
            for (std::size_t d = first; d < end; ++d) {
                double value = missing_value;
                if (block.failed[d] == 0) {
                    if (shifts)
                        value = shift(places.data() + (d - first) * units);
                    else if (options.target == SensitivityTarget::rank)
                        value = detail::rank_of(block.place(at, d), bound.places_a_rank());
                    else
                        value = block.scores[d * units + at];
                }
                y(static_cast<Index>(runs[d] / a_row), static_cast<Index>(runs[d] % a_row)) = value;
            }
        }
    };
    run.failed = [&](std::uint64_t number, const detail::DrawFailure& failure) {
        detail::count_failure(failures, number, failure.code, failure.text);
    };
    run.most_draws = out.runs;
    run.scores = options.target == SensitivityTarget::score;
    detail::DrawEngine engine(source, uniforms, run);
    if (!detail::run_draws(engine, 0, out.runs)) throw Cancelled();
    for (auto& [code, each] : failures) out.failures.push_back(std::move(each));

    SobolOptions how;
    how.resamples = options.resamples;
    how.level = options.level;
    how.seed = options.seed;
    if (options.progress)
        how.progress = [&](double share) {
            return options.progress(share_of_runs + (1.0 - share_of_runs) * share);
        };
    out.indices = sobol_indices(y.col(0), y.col(1), y.rightCols(y.cols() - 2), how);
    return out;
}

/// The table of the indices, largest total first.
inline std::ostream& operator<<(std::ostream& out, const Sensitivity& result) {
    using Align = thuocdo::detail::TextTable::Align;
    constexpr int digits = 3;
    thuocdo::detail::TextTable table({{"factor", Align::left},
                                      {"first order", Align::right},
                                      {"interval", Align::right},
                                      {"total", Align::right},
                                      {"interval", Align::right}});
    std::vector<std::size_t> order(result.indices.factors.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    const auto total = [&](std::size_t k) {
        const double value = result.indices.factors[k].total.value;
        return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return total(a) > total(b); });
    const auto number = [](double value) {
        return std::isnan(value) ? std::string("-") : numeric::fixed(value, digits);
    };
    const auto range = [&](const SobolIndex& each) {
        return std::isnan(each.lower) ? std::string("-")
                                      : number(each.lower) + " to " + number(each.upper);
    };
    for (const std::size_t k : order) {
        const SobolFactor& each = result.indices.factors[k];
        table.add({result.factors[k], number(each.first_order.value), range(each.first_order),
                   number(each.total.value), range(each.total)});
    }
    out << result.runs << " runs (" << result.samples << " samples), seed " << result.seed << '\n'
        << table;
    for (const FailedDraws& each : result.failures)
        out << "! " << each.count << (each.count == 1 ? " run" : " runs") << " failed ("
            << each.code << "): " << each.text << '\n';
    return out;
}

}  // namespace thuocdo::robust
