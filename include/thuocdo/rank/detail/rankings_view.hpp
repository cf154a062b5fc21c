#pragma once
/// @file
/// What the methods that combine rankings read, checked, and how many rankings put one
/// alternative before another, in whole numbers.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/rank/detail/checks.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// Rows are alternatives, columns are rankings (of judges, methods or periods), 1 is the
/// best. Equal values are ties.
using RankingsView = const Eigen::Ref<const Eigen::MatrixXd>&;

namespace detail {

/// Weights of rankings may add up to this many units of their last decimal where nothing
/// but the weights themselves is added up.
inline constexpr std::int64_t most_weight_of_margins = std::int64_t{1} << 61;

/// Weights as whole numbers of 10^-decimals.
struct WholeWeights {
    std::vector<std::int64_t> integers;
    std::int64_t total = 0;
    int decimals = 0;

    /// The decimal number that a sum of these weights stands for, rounded once.
    [[nodiscard]] double value_of(std::int64_t sum) const {
        numeric::detail::Decimal decimal;
        decimal.negative = sum < 0;
        decimal.significand = static_cast<std::uint64_t>(sum < 0 ? -sum : sum);
        decimal.exponent = -decimals;
        return numeric::detail::nearest_double(decimal);
    }
};

/// Rankings and their weights, checked. Refers to the memory of the caller.
class CheckedRankings {
  public:
    /// @param weights one a ranking, or none for 1 each.
    /// @throws NumericError naming every problem: sizes, weights, cells that are missing or
    ///         infinite.
    CheckedRankings(RankingsView rankings, std::span<const double> weights, const char* method)
        : data_(rankings.data()),
          rows_(rankings.rows()),
          columns_(rankings.cols()),
          stride_(rankings.outerStride()),
          weights_(weights),
          method_(method) {
        std::vector<Problem> problems;
        if (rows_ == 0)
            problems.push_back(
                {"no_alternative", "argument \"rankings\"", "no row", "one row or more", ""});
        if (columns_ == 0)
            problems.push_back(
                {"no_ranking", "argument \"rankings\"", "no column", "one column or more", ""});
        if (!weights.empty() && weights.size() != static_cast<std::size_t>(columns_))
            problems.push_back({"size_mismatch", "argument \"weights\"",
                                std::to_string(weights.size()) + " weights",
                                std::to_string(columns_) + ", one a column of \"rankings\"",
                                "leave the weights out where all rankings count the same"});
        check_weights(weights, problems);
        for (Index j = 0; j < columns_; ++j) name_cells_not_finite(column(j), rows_, j, problems);
        throw_if_any(std::move(problems));
    }

    [[nodiscard]] Index rows() const noexcept { return rows_; }
    [[nodiscard]] Index columns() const noexcept { return columns_; }
    [[nodiscard]] const double* column(Index j) const noexcept { return data_ + j * stride_; }
    [[nodiscard]] double weight(Index j) const noexcept {
        return weights_.empty() ? 1.0 : weights_[static_cast<std::size_t>(j)];
    }
    [[nodiscard]] THUOCDO_KERNEL double total_weight() const noexcept {
        THUOCDO_EXACT
        double total = 0.0;
        for (Index j = 0; j < columns_; ++j) total += weight(j);
        return total;
    }

    /// Ranks of one column, 1 the best; ties share the mean of their places.
    [[nodiscard]] Eigen::VectorXd average_ranks(Index j) const {
        return ranks(Eigen::Map<const Eigen::VectorXd>(column(j), rows_), TieRule::fractional,
                     numeric::Order::ascending);
    }

    /// The weights as the decimals they print as, on a common scale: 0.1 and 0.2 together
    /// balance 0.3.
    /// @throws NumericError when their total would exceed `most`.
    [[nodiscard]] WholeWeights whole_weights(std::int64_t most) const {
        WholeWeights whole;
        std::vector<numeric::detail::Decimal> decimals;
        int exponent = 0;
        for (Index j = 0; j < columns_; ++j) {
            decimals.push_back(numeric::detail::shortest_decimal(weight(j)));
            if (decimals.back().significand != 0)
                exponent = std::min(exponent, decimals.back().exponent);
        }
        whole.decimals = -exponent;
        bool fits = true;
        for (const numeric::detail::Decimal& each : decimals) {
            std::uint64_t integer = each.significand;
            const auto limit = static_cast<std::uint64_t>(most);
            for (int e = each.exponent; integer != 0 && e > exponent && integer <= limit; --e) {
                constexpr std::uint64_t base = 10;
                integer = integer > limit / base ? limit + 1 : integer * base;
            }
            fits = fits && integer <= limit &&
                   whole.total <= most - static_cast<std::int64_t>(integer);
            if (!fits) break;
            whole.integers.push_back(static_cast<std::int64_t>(integer));
            whole.total += whole.integers.back();
        }
        if (!fits)
            throw_if_any({Problem{
                "weights_too_fine", "argument \"weights\"",
                "weights that need " + std::to_string(whole.decimals) +
                    " decimals on a common scale",
                "a total of at most " + std::to_string(most) + " units of the last decimal",
                "round the weights to fewer decimals"}});
        return whole;
    }

    void throw_if_any(std::vector<Problem>&& problems) const {
        if (!problems.empty())
            throw NumericError(std::string(method_) + " cannot combine the rankings",
                               std::move(problems));
    }

  private:
    const double* data_;
    Index rows_;
    Index columns_;
    Index stride_;
    std::span<const double> weights_;
    const char* method_;
};

/// For any alternative the weight of the rankings that put it before another less that of
/// those that put it after. A ranking that ties both counts for neither.
class PairMargins {
  public:
    PairMargins(const CheckedRankings& rankings, const WholeWeights& weights)
        : rows_(rankings.rows()) {
        for (Index j = 0; j < rankings.columns(); ++j) {
            const std::int64_t w = weights.integers[static_cast<std::size_t>(j)];
            if (w == 0) continue;
            weights_.push_back(w);
            // Places that order the alternatives as the ranks do, and compare faster.
            const Eigen::VectorXd places =
                ranks(Eigen::Map<const Eigen::VectorXd>(rankings.column(j), rows_), TieRule::dense,
                      numeric::Order::ascending);
            for (Index i = 0; i < rows_; ++i)
                places_.push_back(static_cast<std::int32_t>(places[i]));
        }
        narrow_ = weights.total <= std::numeric_limits<std::int32_t>::max();
    }

    [[nodiscard]] Index rows() const noexcept { return rows_; }

    /// Margins of alternative i over every alternative; 0 over itself.
    void row(Index i, std::vector<std::int64_t>& out) {
        out.resize(static_cast<std::size_t>(rows_));
        if (narrow_) {
            narrow_row_.assign(static_cast<std::size_t>(rows_), 0);
            fill(i, narrow_row_.data());
            std::copy(narrow_row_.begin(), narrow_row_.end(), out.begin());
        } else {
            std::fill(out.begin(), out.end(), 0);
            fill(i, out.data());
        }
    }

  private:
    template <class Integer>
    void fill(Index i, Integer* out) const {
        const std::int32_t* places = places_.data();
        for (const std::int64_t weight : weights_) {
            const auto w = static_cast<Integer>(weight);
            const std::int32_t own = places[i];
            for (Index k = 0; k < rows_; ++k) {
                const Integer before = places[k] > own ? w : Integer{0};
                const Integer after = places[k] < own ? w : Integer{0};
                out[k] += before - after;
            }
            places += rows_;
        }
    }

    Index rows_;
    std::vector<std::int64_t> weights_;
    std::vector<std::int32_t> places_;
    bool narrow_ = true;
    std::vector<std::int32_t> narrow_row_;
};

/// Margins of some alternatives over each other, row by row.
struct MarginMatrix {
    Index size = 0;
    std::vector<std::int64_t> margins;

    [[nodiscard]] std::int64_t operator()(Index before, Index after) const noexcept {
        return margins[static_cast<std::size_t>(before * size + after)];
    }
    [[nodiscard]] const std::int64_t* row(Index i) const noexcept {
        return margins.data() + i * size;
    }
};

}  // namespace detail
}  // namespace thuocdo::rank
