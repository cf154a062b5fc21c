#pragma once
/// @file
/// Which alternatives dominate which, as rows of bits.

#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/decision_view.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace thuocdo::rank::detail {

inline constexpr std::size_t word_bits = 64;

/// The order that a dominance check goes by: best first on the first criterion, ties by
/// the next one, and so on. Whatever dominates an alternative comes before it, and
/// identical alternatives stand together.
struct DominanceOrder {
    /// Of all alternatives.
    explicit DominanceOrder(const DecisionView& x)
        : rows(sorted({x.column(0), static_cast<std::size_t>(x.rows())}, x)),
          group_starts(rows.size()) {
        order_ties(x);
    }
    /// Of some of them.
    DominanceOrder(const DecisionView& x, std::span<const std::uint32_t> some)
        : group_starts(some.size()) {
        std::vector<double> first;
        first.reserve(some.size());
        for (const std::uint32_t row : some) first.push_back(x.column(0)[row]);
        rows = sorted(first, x);
        for (std::uint32_t& row : rows) row = some[row];
        order_ties(x);
    }

    /// Row of each position.
    std::vector<std::uint32_t> rows;
    /// First position of the alternatives identical to the one at each position.
    std::vector<std::uint32_t> group_starts;

  private:
    [[nodiscard]] static std::vector<std::uint32_t> sorted(std::span<const double> first,
                                                           const DecisionView& x) {
        return numeric::argsort(
            first, x.higher_is_better(0) ? numeric::Order::descending : numeric::Order::ascending);
    }

    void order_ties(const DecisionView& x) {
        const double* const first = x.column(0);
        for (std::size_t start = 0; start < rows.size();) {
            std::size_t end = start + 1;
            while (end < rows.size() && first[rows[end]] == first[rows[start]]) ++end;
            if (end - start > 1)
                std::sort(rows.begin() + static_cast<std::ptrdiff_t>(start),
                          rows.begin() + static_cast<std::ptrdiff_t>(end),
                          [&x](std::uint32_t a, std::uint32_t b) { return before(x, a, b); });
            group_starts[start] = static_cast<std::uint32_t>(start);
            for (std::size_t k = start + 1; k < end; ++k)
                group_starts[k] = identical(x, rows[k], rows[k - 1])
                                      ? group_starts[k - 1]
                                      : static_cast<std::uint32_t>(k);
            start = end;
        }
    }

    /// On the criteria after the first.
    [[nodiscard]] static bool before(const DecisionView& x, std::uint32_t a, std::uint32_t b) {
        for (Index j = 1; j < x.columns(); ++j) {
            const double* const cells = x.column(j);
            if (cells[a] != cells[b]) return (cells[a] > cells[b]) == x.higher_is_better(j);
        }
        return false;
    }
    [[nodiscard]] static bool identical(const DecisionView& x, std::uint32_t a, std::uint32_t b) {
        for (Index j = 0; j < x.columns(); ++j)
            if (x.column(j)[a] != x.column(j)[b]) return false;
        return true;
    }
};

/// For the last of some candidates, the targets: a row of bits each, one bit a candidate
/// before it, set where the candidate dominates the target.
///
/// Candidates stand in the order of DominanceOrder, so on the first criterion all before
/// a target are at least as good. For every further criterion the candidates that are at
/// least as good as a target are the first ones in the order of that criterion: one set
/// grows along that order, and each target keeps what it has in common with it. A target
/// that has no candidate left is done, and where only a few are left they are compared
/// one by one, so that most criteria of unrelated columns are never looked at.
class Dominators {
  public:
    explicit Dominators(const DecisionView& x) : x_(x) {}

    /// For calls whose candidates are always the first ones of `all`, which the caller
    /// keeps alive: each criterion is then sorted once.
    Dominators(const DecisionView& x, std::span<const std::uint32_t> all)
        : x_(x), all_(all), orders_(static_cast<std::size_t>(x.columns())) {}

    /// @param rows candidates, in order.
    /// @param limits for each target, how many of the candidates come before the ones
    ///        identical to it.
    void find(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> limits) {
        rows_ = rows;
        limits_ = limits;
        words_ = (rows.size() + word_bits - 1) / word_bits;
        bits_.resize(limits.size() * words_);
        states_.assign(limits.size(), State::open);
        open_ = limits.size();
        for (std::size_t t = 0; t < limits.size(); ++t) fill(t);
        const Index columns = x_.columns();
        if (words_ == 1) {
            for (std::size_t t = 0; t < limits.size(); ++t) compare_singly(t, 1);
            return;
        }
        for (Index j = 1; j < columns && open_ > 0; ++j) {
            intersect(j);
            if (j % criteria_between_counts == 0) compare_where_few(j + 1);
        }
    }

    [[nodiscard]] std::span<const std::uint64_t> row(std::size_t target) const noexcept {
        return {bits_.data() + target * words_, used_words(target)};
    }

  private:
    enum class State : std::uint8_t { open, done };

    /// Counting bits costs about as much as one criterion.
    static constexpr Index criteria_between_counts = 4;
    /// Comparing one candidate reads two cells a criterion until the first that is worse.
    static constexpr std::size_t few = 24;

    [[nodiscard]] std::size_t used_words(std::size_t t) const noexcept {
        return (limits_[t] + word_bits - 1) / word_bits;
    }
    [[nodiscard]] std::uint64_t* bits_of(std::size_t t) noexcept {
        return bits_.data() + t * words_;
    }

    void fill(std::size_t t) noexcept {
        const std::size_t used = used_words(t);
        std::fill_n(bits_of(t), used, ~std::uint64_t{0});
        const std::size_t rest = limits_[t] % word_bits;
        if (rest != 0) bits_of(t)[used - 1] = (std::uint64_t{1} << rest) - 1;
        if (used == 0) close(t);
    }

    void close(std::size_t t) noexcept {
        states_[t] = State::done;
        --open_;
    }

    /// Best first.
    [[nodiscard]] std::vector<std::uint32_t> sorted(Index j) const {
        return numeric::argsort(values_, x_.higher_is_better(j) ? numeric::Order::descending
                                                                : numeric::Order::ascending);
    }

    void intersect(Index j) {
        const std::span<const std::uint32_t> sorted_rows = all_.empty() ? rows_ : all_;
        const double* const column = x_.column(j);
        values_.resize(sorted_rows.size());
        for (std::size_t p = 0; p < values_.size(); ++p) values_[p] = column[sorted_rows[p]];
        if (all_.empty()) {
            grow_along(sorted(j));
            return;
        }
        std::vector<std::uint32_t>& order = orders_[static_cast<std::size_t>(j)];
        if (order.empty()) order = sorted(j);
        grow_along(order);
    }

    void grow_along(const std::vector<std::uint32_t>& order) {
        const std::size_t size = rows_.size();
        const std::size_t first_target = size - limits_.size();
        at_least_as_good_.assign(words_, 0);
        for (std::size_t start = 0; start < order.size();) {
            std::size_t end = start;
            while (end < order.size() && values_[order[end]] == values_[order[start]]) {
                const std::uint32_t p = order[end++];
                if (p < size)
                    at_least_as_good_[p / word_bits] |= std::uint64_t{1} << (p % word_bits);
            }
            for (std::size_t k = start; k < end; ++k) {
                if (order[k] < first_target || order[k] >= size) continue;
                const std::size_t t = order[k] - first_target;
                if (states_[t] == State::open && !keep_common(t)) close(t);
            }
            start = end;
        }
    }

    /// Whether anything is left.
    [[nodiscard]] bool keep_common(std::size_t t) noexcept {
        const std::size_t used = used_words(t);
        std::uint64_t* const mine = bits_of(t);
        const std::uint64_t* const good = at_least_as_good_.data();
        std::uint64_t any = 0;
        for (std::size_t w = 0; w < used; ++w) {
            mine[w] &= good[w];
            any |= mine[w];
        }
        return any != 0;
    }

    void compare_where_few(Index from) noexcept {
        for (std::size_t t = 0; t < limits_.size(); ++t) {
            if (states_[t] != State::open) continue;
            std::size_t count = 0;
            for (const std::uint64_t word : row(t))
                count += static_cast<std::size_t>(std::popcount(word));
            if (count <= few) compare_singly(t, from);
        }
    }

    /// Drops the candidates that are worse on one of the criteria `from` and after.
    void compare_singly(std::size_t t, Index from) noexcept {
        const std::uint32_t target = rows_[rows_.size() - limits_.size() + t];
        std::uint64_t* const mine = bits_of(t);
        for (std::size_t w = 0; w < used_words(t); ++w) {
            for (std::uint64_t left = mine[w]; left != 0; left &= left - 1) {
                const auto bit = static_cast<std::size_t>(std::countr_zero(left));
                if (worse_somewhere(rows_[w * word_bits + bit], target, from))
                    mine[w] ^= std::uint64_t{1} << bit;
            }
        }
        if (states_[t] == State::open) close(t);
    }

    [[nodiscard]] bool worse_somewhere(std::uint32_t a, std::uint32_t b,
                                       Index from) const noexcept {
        for (Index j = from; j < x_.columns(); ++j) {
            const double* const cells = x_.column(j);
            if (x_.higher_is_better(j) ? cells[a] < cells[b] : cells[a] > cells[b]) return true;
        }
        return false;
    }

    const DecisionView& x_;
    std::span<const std::uint32_t> all_;
    std::vector<std::vector<std::uint32_t>> orders_;
    std::span<const std::uint32_t> rows_;
    std::span<const std::uint32_t> limits_;
    std::size_t words_ = 0;
    std::size_t open_ = 0;
    std::vector<std::uint64_t> bits_;
    std::vector<State> states_;
    std::vector<double> values_;
    std::vector<std::uint64_t> at_least_as_good_;
};

/// Marks alternatives that a few strong ones dominate, which is cheap and leaves little
/// where criteria agree. Which ones are strong does not change what is non-dominated in
/// the end.
class StrongAlternatives {
  public:
    explicit StrongAlternatives(const DecisionView& x)
        : x_(x), dominated_(static_cast<std::size_t>(x.rows()), false) {
        const auto size = static_cast<std::size_t>(x.rows());
        std::vector<double> strength(size, 0.0);
        for (Index j = 0; j < x.columns(); ++j) add_strength(j, strength);
        std::vector<std::uint32_t> rows(size);
        for (std::size_t i = 0; i < size; ++i) rows[i] = static_cast<std::uint32_t>(i);
        const std::size_t count = std::clamp(size / alternatives_a_strong_one, fewest, most);
        std::partial_sort(
            rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(),
            [&strength](std::uint32_t a, std::uint32_t b) { return strength[a] > strength[b]; });
        for (std::size_t k = 0; k < count; ++k)
            if (!dominated_[rows[k]]) mark_dominated_by(static_cast<Index>(rows[k]));
    }

    [[nodiscard]] std::vector<std::uint32_t> others_than_dominated() const {
        std::vector<std::uint32_t> rows;
        for (std::size_t i = 0; i < dominated_.size(); ++i)
            if (!dominated_[i]) rows.push_back(static_cast<std::uint32_t>(i));
        return rows;
    }

  private:
    static constexpr std::size_t fewest = 1;
    static constexpr std::size_t most = 16;
    static constexpr std::size_t alternatives_a_strong_one = 64;
    /// Whether a block has anything left is asked once in so many criteria.
    static constexpr Index criteria_between_looks = 4;

    /// Adds the min-max value of a criterion where it has one.
    void add_strength(Index j, std::vector<double>& strength) const noexcept {
        const double scale = 1.0 / (x_.best(j) - x_.worst(j));
        if (!std::isfinite(scale)) return;
        const double worst = x_.worst(j);
        const double* const cells = x_.column(j);
        for (std::size_t i = 0; i < strength.size(); ++i) strength[i] += (cells[i] - worst) * scale;
    }

    void mark_dominated_by(Index strong) {
        std::uint64_t left[block_rows];
        for (Index start = 0; start < x_.rows(); start += block_rows) {
            const Index count = std::min(block_rows, x_.rows() - start);
            for (Index i = 0; i < count; ++i)
                left[i] = dominated_[static_cast<std::size_t>(start + i)] ? 0 : ~std::uint64_t{0};
            bool any = true;
            for (Index j = 0; j < x_.columns() && any; ++j) {
                keep_not_better(x_.column(j) + start, count, x_.column(j)[strong],
                                x_.higher_is_better(j), left);
                if (j % criteria_between_looks == 0) any = any_of(left, count);
            }
            for (Index i = 0; i < count && any; ++i)
                if (left[i] != 0 && differs(start + i, strong))
                    dominated_[static_cast<std::size_t>(start + i)] = true;
        }
    }

    static void keep_not_better(const double* cells, Index count, double strong,
                                bool higher_is_better, std::uint64_t* left) noexcept {
        constexpr std::uint64_t all = ~std::uint64_t{0};
        if (higher_is_better) {
            for (Index i = 0; i < count; ++i) left[i] &= cells[i] <= strong ? all : 0;
        } else {
            for (Index i = 0; i < count; ++i) left[i] &= cells[i] >= strong ? all : 0;
        }
    }

    [[nodiscard]] static bool any_of(const std::uint64_t* left, Index count) noexcept {
        std::uint64_t any = 0;
        for (Index i = 0; i < count; ++i) any |= left[i];
        return any != 0;
    }

    [[nodiscard]] bool differs(Index a, Index b) const noexcept {
        for (Index j = 0; j < x_.columns(); ++j)
            if (x_.column(j)[a] != x_.column(j)[b]) return true;
        return false;
    }

    const DecisionView& x_;
    std::vector<bool> dominated_;
};

/// Targets that are worked on together: as many as keep the bits within 32 MB, at least
/// one word of them and at most so many that the dominated ones among them are left out
/// of what later targets are compared with.
[[nodiscard]] inline std::size_t target_block(std::size_t candidates_before,
                                              std::size_t targets_left) noexcept {
    constexpr std::size_t most_targets = 2048;
    constexpr std::size_t bits_held = std::size_t{1} << 28U;
    const std::size_t fitting = bits_held / (candidates_before + most_targets);
    return std::min(targets_left, std::clamp(fitting, word_bits, most_targets));
}

/// Calls use(position, row of bits) for every position in order, with all positions
/// before it for candidates.
template <class Use>
void for_each_dominated(const DecisionView& x, const DominanceOrder& order, Use use) {
    const std::span<const std::uint32_t> rows(order.rows);
    Dominators dominators(x, rows);
    const std::span<const std::uint32_t> limits(order.group_starts);
    for (std::size_t start = 0; start < rows.size();) {
        const std::size_t count = target_block(start, rows.size() - start);
        dominators.find(rows.first(start + count), limits.subspan(start, count));
        for (std::size_t t = 0; t < count; ++t) use(start + t, dominators.row(t));
        start += count;
    }
}

}  // namespace thuocdo::rank::detail
