#pragma once
/// @file
/// Stochastic multicriteria acceptability analysis (SMAA-2).

#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/robust/detail/run_in_parts.hpp>
#include <thuocdo/robust/detail/uncertain_values.hpp>
#include <thuocdo/robust/detail/weight_sampler.hpp>
#include <thuocdo/robust/smaa_weights.hpp>
#include <thuocdo/robust/uncertain_table.hpp>
#include <thuocdo/weigh/rank_order_centroid.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

struct SmaaOptions {
    std::uint32_t draws = 10'000;
    std::uint64_t seed = 0;
    SmaaWeights weights{};
    /// The ends of the scale of every criterion, where the partial value is 0 and 1. Empty:
    /// from the least to the largest value that any alternative can take (a normal value is
    /// reckoned to take those within 1.96 standard deviations of its mean). Values beyond
    /// the ends go on in a line.
    std::vector<rank::Interval> scale{};
    /// What each rank counts in the holistic acceptability, best rank first, not rising.
    /// Empty: rank order centroid weights.
    std::vector<double> meta_weights{};
    /// Whether alternatives are compared in pairs, which takes n^2 comparisons a draw.
    bool pairwise = true;
    int threads = 1;
    /// Called with the share done; returning false cancels with `Cancelled`.
    std::function<bool(double)> progress{};
};

/// What smaa() finds. Rows are alternatives.
struct SmaaResult {
    std::uint32_t draws = 0;
    std::vector<std::string> alternatives{};
    std::vector<std::string> criteria{};
    /// Share of the draws in which an alternative has a rank: alternatives by ranks. The
    /// shares of an alternative add up to 1.
    Eigen::MatrixXd rank_acceptability{};
    /// Draws in which it is first, alone or tied.
    std::vector<std::uint32_t> first_counts{};
    /// Mean weights of those draws: alternatives by criteria; NaN where it is never first.
    Eigen::MatrixXd central_weights{};
    /// Share of the draws of values in which it is first by its central weights; NaN where
    /// it has none.
    Eigen::VectorXd confidence_factors{};
    /// Share of the draws in which the row is better than the column; what the two shares of
    /// a pair leave of 1 is tied. Empty unless asked for.
    Eigen::MatrixXd pairwise_winning{};
    /// Rank acceptabilities weighted by the meta-weights.
    Eigen::VectorXd holistic_acceptability{};
    std::vector<double> meta_weights{};
    /// The scale of the partial values, one interval a criterion.
    std::vector<rank::Interval> scale{};
    /// Vectors of weights that were drawn for those that keep the bounds.
    std::uint64_t weight_attempts = 0;

    /// Share of the draws in which an alternative is first.
    [[nodiscard]] Eigen::VectorXd acceptability() const { return rank_acceptability.col(0); }
    /// Share of the drawn weights that keep the bounds.
    [[nodiscard]] double acceptance_rate() const noexcept {
        return static_cast<double>(draws) / static_cast<double>(weight_attempts);
    }

    friend std::ostream& operator<<(std::ostream& out, const SmaaResult& result) {
        using thuocdo::detail::TextTable;
        constexpr Index ranks_shown = 5;
        constexpr int digits = 3;
        const auto number = [](double value) {
            return value != value ? std::string("-") : numeric::fixed(value, digits);
        };
        const Index ranks = std::min(ranks_shown, result.rank_acceptability.cols());
        std::vector<std::pair<std::string, TextTable::Align>> header{
            {"alternative", TextTable::Align::left}};
        for (Index r = 0; r < ranks; ++r)
            header.emplace_back("rank " + std::to_string(r + 1), TextTable::Align::right);
        for (const char* name : {"holistic", "confidence"})
            header.emplace_back(name, TextTable::Align::right);
        for (const std::string& name : result.criteria)
            header.emplace_back("w(" + name + ')', TextTable::Align::right);
        TextTable table(std::move(header));
        for (std::size_t i = 0; i < result.alternatives.size(); ++i) {
            const auto row = static_cast<Index>(i);
            std::vector<std::string> cells{result.alternatives[i]};
            for (Index r = 0; r < ranks; ++r)
                cells.push_back(number(result.rank_acceptability(row, r)));
            cells.push_back(number(result.holistic_acceptability[row]));
            cells.push_back(number(result.confidence_factors[row]));
            for (Index j = 0; j < result.central_weights.cols(); ++j)
                cells.push_back(number(result.central_weights(row, j)));
            table.add(std::move(cells));
        }
        return out << "SMAA-2, " << result.draws << " draws\n" << table;
    }
};

namespace detail {

/// What one thread counts; counts of all threads add up.
class SmaaCounts {
  public:
    SmaaCounts(Index alternatives, Index criteria, bool pairwise)
        : count_(alternatives),
          ranks_(static_cast<std::size_t>(alternatives * alternatives), 0),
          weights_(static_cast<std::size_t>(alternatives)),
          criteria_(static_cast<std::size_t>(criteria)),
          better_(static_cast<std::size_t>(alternatives)) {
        if (pairwise) wins_.assign(ranks_.size(), 0);
    }

    /// Counts one draw.
    void count(const Eigen::VectorXd& values, const std::vector<double>& weights) {
        if (wins_.empty())
            rank_by_sorting(values.data());
        else
            rank_by_pairs(values.data());
        for (std::size_t i = 0; i < better_.size(); ++i) {
            ++ranks_[i * better_.size() + better_[i]];
            if (better_[i] != 0) continue;
            std::vector<numeric::ExactSum>& sums = weights_[i];
            if (sums.empty()) sums.resize(criteria_);
            for (std::size_t j = 0; j < criteria_; ++j) sums[j].add(weights[j]);
        }
    }

    void add_attempts(std::uint64_t attempts) { attempts_ += attempts; }

    void add(const SmaaCounts& other) {
        for (std::size_t k = 0; k < ranks_.size(); ++k) ranks_[k] += other.ranks_[k];
        for (std::size_t k = 0; k < wins_.size(); ++k) wins_[k] += other.wins_[k];
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            if (other.weights_[i].empty()) continue;
            if (weights_[i].empty()) weights_[i].resize(criteria_);
            for (std::size_t j = 0; j < criteria_; ++j) weights_[i][j].add(other.weights_[i][j]);
        }
        attempts_ += other.attempts_;
    }

    void publish(SmaaResult& result) const {
        const auto share = [&](std::uint32_t counted) {
            return static_cast<double>(counted) / static_cast<double>(result.draws);
        };
        result.rank_acceptability.resize(count_, count_);
        result.central_weights = Eigen::MatrixXd::Constant(
            count_, static_cast<Index>(criteria_), std::numeric_limits<double>::quiet_NaN());
        if (!wins_.empty()) result.pairwise_winning.resize(count_, count_);
        for (Index i = 0; i < count_; ++i) {
            for (Index k = 0; k < count_; ++k) {
                const auto place = static_cast<std::size_t>(i * count_ + k);
                result.rank_acceptability(i, k) = share(ranks_[place]);
                if (!wins_.empty()) result.pairwise_winning(i, k) = share(wins_[place]);
            }
            const std::uint32_t first = ranks_[static_cast<std::size_t>(i * count_)];
            result.first_counts.push_back(first);
            if (first == 0) continue;
            for (std::size_t j = 0; j < criteria_; ++j)
                result.central_weights(i, static_cast<Index>(j)) =
                    weights_[static_cast<std::size_t>(i)][j].divided_by(first);
        }
        result.weight_attempts = attempts_;
    }

  private:
    void rank_by_pairs(const double* values) {
        const std::size_t count = better_.size();
        for (std::size_t i = 0; i < count; ++i) {
            const double value = values[i];
            std::uint32_t* const wins = wins_.data() + i * count;
            std::uint32_t better = 0;
            for (std::size_t k = 0; k < count; ++k) {
                wins[k] += value > values[k] ? 1U : 0U;
                better += values[k] > value ? 1U : 0U;
            }
            better_[i] = better;
        }
    }

    void rank_by_sorting(const double* values) {
        const std::vector<std::uint32_t> order = numeric::argsort(
            std::span<const double>(values, better_.size()), numeric::Order::descending);
        std::uint32_t better = 0;
        for (std::uint32_t k = 0; k < order.size(); ++k) {
            if (k > 0 && values[order[k]] != values[order[k - 1]]) better = k;
            better_[order[k]] = better;
        }
    }

    Index count_;
    /// Alternatives by ranks, row by row.
    std::vector<std::uint32_t> ranks_;
    std::vector<std::uint32_t> wins_{};
    /// Sums of the weights of the draws in which each is first; empty until it is.
    std::vector<std::vector<numeric::ExactSum>> weights_;
    std::size_t criteria_;
    /// In the current draw, how many are better.
    std::vector<std::uint32_t> better_;
    std::uint64_t attempts_ = 0;
};

/// values(i) = sum of w(j) u(i, j), in the order of the criteria.
THUOCDO_KERNEL inline void weigh_partial_values(const Eigen::MatrixXd& partial,
                                                const double* weights, Eigen::VectorXd& values) {
    THUOCDO_EXACT
    values.setZero();
    double* const out = values.data();
    for (Index j = 0; j < partial.cols(); ++j) {
        const double weight = weights[j];
        const double* const column = partial.data() + j * partial.rows();
        for (Index i = 0; i < partial.rows(); ++i) out[i] += weight * column[i];
    }
}

inline void check_smaa(const UncertainTable& table, std::span<const Direction> directions,
                       const SmaaOptions& options) {
    std::vector<Problem> problems;
    table.check(problems);
    if (directions.size() != static_cast<std::size_t>(table.columns()))
        problems.push_back({"size_mismatch", "argument \"directions\"",
                            std::to_string(directions.size()) + " directions",
                            std::to_string(table.columns()) + ", one a criterion", ""});
    check_weights(options.weights, table.columns(), problems);
    if (!options.scale.empty())
        rank::detail::check_intervals(options.scale, table.columns(), "scale", problems);
    if (options.draws == 0)
        problems.push_back({"option_out_of_range", "draws", "0", "at least 1", ""});
    if (options.threads < 1)
        problems.push_back(
            {"option_out_of_range", "threads", std::to_string(options.threads), "at least 1", ""});
    const std::vector<double>& meta = options.meta_weights;
    if (!meta.empty() && meta.size() != static_cast<std::size_t>(table.rows()))
        problems.push_back({"size_mismatch", "meta_weights",
                            std::to_string(meta.size()) + " weights",
                            std::to_string(table.rows()) + ", one a rank", ""});
    for (std::size_t r = 0; r < meta.size(); ++r)
        if (!std::isfinite(meta[r]) || meta[r] < 0.0 || (r > 0 && meta[r] > meta[r - 1]))
            problems.push_back({"meta_weight_out_of_range", numeric::entry_place("meta_weights", r),
                                numeric::shortest(meta[r]),
                                "a finite number of 0 or more, not above that of a better rank",
                                ""});
    if (!problems.empty()) throw NumericError("SMAA cannot be run", std::move(problems));
}

[[nodiscard]] inline std::vector<std::string> names_or_numbers(
    const std::vector<std::string>& names, Index count) {
    if (!names.empty()) return names;
    std::vector<std::string> numbers;
    for (Index k = 1; k <= count; ++k) numbers.push_back(std::to_string(k));
    return numbers;
}

/// Counts the draws of values in which each alternative is first by its central weights.
class ConfidenceCounts {
  public:
    explicit ConfidenceCounts(const SmaaResult& result)
        : counts(result.first_counts.size(), 0), values_(result.rank_acceptability.rows()) {
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (result.first_counts[i] == 0) continue;
            const Eigen::VectorXd row = result.central_weights.row(static_cast<Index>(i));
            holders_.emplace_back(i, std::vector<double>(row.data(), row.data() + row.size()));
        }
    }
    void count(const Eigen::MatrixXd& partial) {
        for (const auto& [holder, weights] : holders_) {
            weigh_partial_values(partial, weights.data(), values_);
            const double own = values_.data()[holder];
            std::uint32_t better = 0;
            for (Index k = 0; k < values_.size(); ++k) better += values_.data()[k] > own ? 1U : 0U;
            counts[holder] += better == 0 ? 1U : 0U;
        }
    }
    std::vector<std::uint32_t> counts;

  private:
    Eigen::VectorXd values_;
    std::vector<std::pair<std::size_t, std::vector<double>>> holders_{};
};

/// sum of meta(r) b(i, r) over the ranks.
[[nodiscard]] THUOCDO_KERNEL inline Eigen::VectorXd holistic(const Eigen::MatrixXd& acceptability,
                                                             const std::vector<double>& meta) {
    THUOCDO_EXACT
    Eigen::VectorXd out = Eigen::VectorXd::Zero(acceptability.rows());
    for (Index r = 0; r < acceptability.cols(); ++r)
        for (Index i = 0; i < acceptability.rows(); ++i)
            out[i] += meta[static_cast<std::size_t>(r)] * acceptability(i, r);
    return out;
}

}  // namespace detail

/// SMAA-2: which weights and values speak for which alternative. In each draw the criteria
/// get values from their distributions and weights from what is known of them;
///
///     u(i) = sum over j of w(j) * partial value of x(i, j),
///
/// and the alternatives are ranked by it. The results are shares of the draws: rank
/// acceptability indices, central weights, confidence factors (a second pass over the same
/// draws of values), pairwise winning indices and the holistic acceptability.
///
/// @param table alternatives by criteria. Missing values have no place here: an interval
///        over the scale says that nothing is known.
/// @param directions one a criterion.
/// **Ties**: alternatives of equal u share the best of their ranks (1224), so that every
/// count is a whole number. The shares of an alternative over the ranks add up to 1; where
/// draws tie, those of a rank over the alternatives need not.
/// Draws are numbered, random numbers are a function of seed and number, and counts and
/// sums are exact: neither threads nor parts change a bit.
/// @throws NumericError naming every problem of table, directions, weights and options; and
///         when the bounds leave too few weights to find any.
/// @throws Cancelled when the progress callback returns false.
/// Complexity: draws * (n m + n^2) with pairs, draws * (n m + n) without, and for the
/// confidence factors draws * n m for each alternative that is ever first; memory for n^2
/// counts a thread.
/// Source: R. Lahdelma and P. Salminen (2001), "SMAA-2: Stochastic multicriteria
/// acceptability analysis for group decision making", Operations Research 49(3), 444-454;
/// T. Tervonen and R. Lahdelma (2007), "Implementing stochastic multicriteria acceptability
/// analysis", European Journal of Operational Research 178(2), 500-513.
[[nodiscard]] inline SmaaResult smaa(const UncertainTable& table,
                                     std::span<const Direction> directions,
                                     const SmaaOptions& options = {}) {
    detail::check_smaa(table, directions, options);
    constexpr std::uint32_t value_stage = 0;
    constexpr std::uint32_t weight_stage = 1;
    constexpr std::uint64_t draws_per_part = 64;
    SmaaResult result;
    result.draws = options.draws;
    result.alternatives = detail::names_or_numbers(table.alternatives, table.rows());
    result.criteria = detail::names_or_numbers(table.criteria, table.columns());
    result.scale = detail::scale_of(table, options.scale);
    const numeric::Philox random(options.seed);
    const detail::PartialValues values(table, directions, result.scale, value_stage);
    const detail::WeightSampler sampler(options.weights, table.columns(), weight_stage);
    const std::size_t workers =
        detail::threads_for((options.draws + draws_per_part - 1) / draws_per_part, options.threads);
    // Each pass counts as half.
    const auto half = [&](double from) {
        return !options.progress ? std::function<bool(double)>() : [&options, from](double share) {
            return options.progress(from + share / 2.0);
        };
    };

    std::vector<detail::SmaaCounts> counts(
        workers, detail::SmaaCounts(table.rows(), table.columns(), options.pairwise));
    detail::run_in_parts(
        options.draws, draws_per_part, workers, half(0.0),
        [&](std::size_t worker, std::uint64_t first, std::uint64_t end) {
            detail::WeightSampler::Scratch weight_scratch = sampler.scratch();
            std::vector<double> value_scratch = values.scratch();
            std::vector<double> weights;
            Eigen::MatrixXd partial = values.certain();
            Eigen::VectorXd totals(table.rows());
            for (std::uint64_t draw = first; draw < end; ++draw) {
                counts[worker].add_attempts(sampler.draw(random, draw, weight_scratch, weights));
                values.draw(random, draw, value_scratch, partial);
                detail::weigh_partial_values(partial, weights.data(), totals);
                counts[worker].count(totals, weights);
            }
        });
    for (std::size_t k = 1; k < workers; ++k) counts[0].add(counts[k]);
    counts[0].publish(result);

    // Without uncertain values one look decides for all.
    const std::uint32_t looks = values.is_constant() ? 1 : options.draws;
    std::vector<detail::ConfidenceCounts> confidence(workers, detail::ConfidenceCounts(result));
    detail::run_in_parts(looks, draws_per_part, workers, half(1.0 / 2.0),
                         [&](std::size_t worker, std::uint64_t first, std::uint64_t end) {
                             std::vector<double> value_scratch = values.scratch();
                             Eigen::MatrixXd partial = values.certain();
                             for (std::uint64_t draw = first; draw < end; ++draw) {
                                 values.draw(random, draw, value_scratch, partial);
                                 confidence[worker].count(partial);
                             }
                         });
    result.confidence_factors.resize(table.rows());
    for (std::size_t i = 0; i < result.first_counts.size(); ++i) {
        std::uint32_t first = 0;
        for (const detail::ConfidenceCounts& each : confidence) first += each.counts[i];
        result.confidence_factors[static_cast<Index>(i)] =
            result.first_counts[i] == 0 ? std::numeric_limits<double>::quiet_NaN()
                                        : static_cast<double>(first) / static_cast<double>(looks);
    }

    result.meta_weights = options.meta_weights;
    if (result.meta_weights.empty()) {
        std::vector<double> ranks;
        for (Index r = 1; r <= table.rows(); ++r) ranks.push_back(static_cast<double>(r));
        const Eigen::VectorXd centroid = weigh::rank_order_centroid(ranks);
        result.meta_weights.assign(centroid.data(), centroid.data() + centroid.size());
    }
    result.holistic_acceptability =
        detail::holistic(result.rank_acceptability, result.meta_weights);
    return result;
}

}  // namespace thuocdo::robust
