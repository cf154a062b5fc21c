#pragma once
/// @file
/// Distillation: rankings with ties out of degrees of credibility, as in ELECTRE III.

#include <thuocdo/rank/detail/sorted_column.hpp>
#include <thuocdo/rank/detail/threshold.hpp>
#include <thuocdo/rank/preference_relation.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace thuocdo::rank {

/// s(l) = alpha + beta l: how far credibilities may lie apart and still count as equal.
/// Defaults as in B. Roy (1978).
struct DistillationThreshold {
    double alpha = 0.30;
    double beta = -0.15;

    [[nodiscard]] THUOCDO_KERNEL double operator()(double level) const noexcept {
        THUOCDO_EXACT
        return alpha + beta * level;
    }
};

/// Two rankings with ties; 1 is the best class, 2 the next.
struct DistilledRankings {
    /// The best are taken out first.
    std::vector<Index> descending;
    /// The worst are taken out first.
    std::vector<Index> ascending;
};

namespace detail {

/// So that a pair has a number of 32 bits.
inline constexpr Index most_distilled = std::numeric_limits<std::uint16_t>::max();

/// Both distillations of one matrix.
///
/// The level that the first step of each class cuts at can only fall as classes are taken
/// out, so the pairs are sorted by credibility once, and the first step of all classes
/// together walks over them once, with the counts of each alternative kept up to date.
class Distillation {
  public:
    Distillation(const Eigen::MatrixXd& credibility, DistillationThreshold threshold)
        : credibility_(credibility),
          threshold_(threshold),
          size_(credibility.rows()),
          pairs_(credibility.size()) {
        pairs_.sort(credibility.data(),
                    numeric::value_range(credibility.data(), credibility.size()), true);
    }

    /// The class of each alternative in the order in which classes are taken out, from 1.
    [[nodiscard]] std::vector<Index> classes(bool best_first) {
        start();
        std::vector<Index> found(static_cast<std::size_t>(size_), 0);
        for (Index taken = 1; !remaining_.empty(); ++taken) {
            const std::vector<Index> extracted = next_class(best_first);
            for (const Index a : extracted) found[at(a)] = taken;
            take_out(extracted);
        }
        return found;
    }

  private:
    [[nodiscard]] static std::size_t at(Index a) noexcept { return static_cast<std::size_t>(a); }

    void start() {
        alive_.assign(at(size_), 1);
        balance_.assign(at(size_), 0);
        balance_among_chosen_.resize(at(size_));
        remaining_.resize(at(size_));
        for (Index a = 0; a < size_; ++a) remaining_[at(a)] = a;
        highest_ = 0;
        below_ = 0;
        counted_ = 0;
        counted_level_ = std::numeric_limits<double>::infinity();
    }

    // Pairs are sorted with the sign turned, so the highest credibility is the first.
    [[nodiscard]] double credibility_of(Index k) const noexcept { return -pairs_.values()[k]; }

    [[nodiscard]] bool takes_part(Index k) const noexcept {
        const auto position = static_cast<Index>(pairs_.rows()[k]);
        const Index a = position % size_;
        const Index b = position / size_;
        return a != b && alive_[at(a)] != 0 && alive_[at(b)] != 0;
    }

    /// Whether a is preferred to b at every level below their credibility.
    [[nodiscard]] bool prefers(Index a, Index b) const noexcept {
        const double forth = credibility_.coeff(a, b);
        return forth > credibility_.coeff(b, a) + threshold_(forth) + equal_shares;
    }

    /// What a credibility has to be below to make the next level.
    [[nodiscard]] double bound_of(double level) const noexcept {
        return level - threshold_(level) - equal_shares;
    }

    [[nodiscard]] std::vector<Index> next_class(bool best_first) {
        double level = first_level();
        std::vector<Index> chosen = extreme(remaining_, balance_, best_first);
        while (chosen.size() > 1 && level > 0.0) {
            level = level_below(chosen, bound_of(level));
            for (const Index a : chosen) balance_among_chosen_[at(a)] = 0;
            for (const Index b : chosen) {
                for (const Index a : chosen) {
                    if (a == b || !cuts(a, b, level + equal_shares)) continue;
                    ++balance_among_chosen_[at(a)];
                    --balance_among_chosen_[at(b)];
                }
            }
            chosen = extreme(chosen, balance_among_chosen_, best_first);
        }
        return chosen;
    }

    [[nodiscard]] bool cuts(Index a, Index b, double level) const noexcept {
        return credibility_.coeff(a, b) > level && prefers(a, b);
    }

    /// The level of the first step among all that remain, with balance_ counted there.
    [[nodiscard]] double first_level() {
        const Index all = pairs_.size();
        while (highest_ < all && !takes_part(highest_)) ++highest_;
        const double bound = bound_of(highest_ < all ? credibility_of(highest_) : 0.0);
        while (below_ < all && !(credibility_of(below_) < bound && takes_part(below_))) ++below_;
        const double level = below_ < all ? std::max(credibility_of(below_), 0.0) : 0.0;
        counted_level_ = level + equal_shares;
        for (; counted_ < all && credibility_of(counted_) > counted_level_; ++counted_) {
            if (!takes_part(counted_)) continue;
            const auto position = static_cast<Index>(pairs_.rows()[counted_]);
            const Index a = position % size_;
            const Index b = position / size_;
            if (!prefers(a, b)) continue;
            ++balance_[at(a)];
            --balance_[at(b)];
        }
        return level;
    }

    [[nodiscard]] double level_below(const std::vector<Index>& among, double bound) const {
        double level = 0.0;
        for (const Index b : among) {
            for (const Index a : among) {
                const double credibility = credibility_.coeff(a, b);
                if (a != b && credibility < bound) level = std::max(level, credibility);
            }
        }
        return level;
    }

    /// Those of `among` with the largest balance, or the smallest.
    [[nodiscard]] static std::vector<Index> extreme(const std::vector<Index>& among,
                                                    const std::vector<Index>& balance,
                                                    bool largest) {
        std::vector<Index> found;
        for (const Index a : among) {
            const Index lead = found.empty() ? 0 : balance[at(a)] - balance[at(found.front())];
            if (largest ? lead > 0 : lead < 0) found.clear();
            if (found.empty() || lead == 0) found.push_back(a);
        }
        return found;
    }

    void take_out(const std::vector<Index>& extracted) {
        for (const Index a : extracted) alive_[at(a)] = 0;
        std::erase_if(remaining_, [&](Index a) { return alive_[at(a)] == 0; });
        for (const Index a : extracted) {
            for (const Index b : remaining_) {
                if (cuts(a, b, counted_level_)) ++balance_[at(b)];
                if (cuts(b, a, counted_level_)) --balance_[at(b)];
            }
        }
    }

    const Eigen::MatrixXd& credibility_;
    DistillationThreshold threshold_;
    Index size_;
    SortedColumn pairs_;
    std::vector<char> alive_;
    /// Of each alternative, those it is preferred to less those preferred to it.
    std::vector<Index> balance_;
    std::vector<Index> balance_among_chosen_;
    std::vector<Index> remaining_;
    /// The highest credibility that takes part, in the sorted pairs.
    Index highest_ = 0;
    /// The highest of them below the bound.
    Index below_ = 0;
    /// How many pairs balance_ has counted, and the credibility that they are above.
    Index counted_ = 0;
    double counted_level_ = 0.0;
};

inline void check_credibility(const Eigen::MatrixXd& credibility, DistillationThreshold threshold,
                              std::vector<Problem>& problems) {
    if (credibility.rows() != credibility.cols() || credibility.rows() == 0)
        problems.push_back(
            {"size_mismatch", "argument \"credibility\"",
             std::to_string(credibility.rows()) + " x " + std::to_string(credibility.cols()),
             "as many rows as columns, one or more", ""});
    if (credibility.rows() > most_distilled)
        problems.push_back({"too_many_alternatives", "argument \"credibility\"",
                            std::to_string(credibility.rows()) + " rows",
                            "at most " + std::to_string(most_distilled), "rank them by groups"});
    for (Index b = 0; b < credibility.cols(); ++b)
        for (Index a = 0; a < credibility.rows() && problems.size() < problems_listed; ++a)
            if (!(credibility(a, b) >= 0.0 && credibility(a, b) <= 1.0))
                problems.push_back({"credibility_out_of_range", cell_place(a, b),
                                    numeric::shortest(credibility(a, b)),
                                    "a number between 0 and 1", ""});
    // Else a level would not be below the one before it.
    if (!(threshold.alpha >= 0.0 && threshold(1.0) >= 0.0 && threshold.alpha <= 1.0 &&
          threshold(1.0) <= 1.0))
        problems.push_back({"option_out_of_range", "argument \"threshold\"",
                            "alpha " + numeric::shortest(threshold.alpha) + ", beta " +
                                numeric::shortest(threshold.beta),
                            "alpha and alpha + beta between 0 and 1", ""});
}

}  // namespace detail

/// The descending and the ascending distillation of degrees of credibility c(a, b), "a is
/// at least as good as b".
///
/// To take out one class among the alternatives that remain, D: start with l the highest
/// credibility in D. Repeat until D has one alternative or l is 0: lower l to the highest
/// credibility in D that is below l - s(l), or 0 without one; a is preferred to b where
/// c(a, b) > l and c(a, b) > c(b, a) + s(c(a, b)); the balance of a is the number of those
/// it is preferred to less those preferred to it; D becomes those of the largest balance,
/// or of the smallest in the ascending distillation. D is then the class; the next is taken
/// out of the rest. The ascending distillation has the worst class first, and ranks are
/// turned round, so that 1 is the best in both.
///
/// Some programs cut once instead of repeating, or leave out s in the comparison of c(a, b)
/// with c(b, a); both make other rankings. Credibilities within 1e-12 of each other are
/// equal.
///
/// @param credibility alternatives by alternatives, between 0 and 1; the diagonal takes no
///        part.
/// @throws NumericError naming what is out of range.
/// The order of alternatives has no effect. Complexity: O(n^2 log n) for the first step of
/// all classes, and the square of the ties that it leaves for each; 28 n^2 bytes. Source:
/// B. Roy (1978), "ELECTRE III: un algorithme de classements fonde sur une representation
/// floue des preferences en presence de criteres multiples", Cahiers du CERO 20(1), 3-24.
[[nodiscard]] inline DistilledRankings distillation(const Eigen::MatrixXd& credibility,
                                                    DistillationThreshold threshold = {}) {
    std::vector<Problem> problems;
    detail::check_credibility(credibility, threshold, problems);
    if (!problems.empty())
        throw NumericError("cannot distil the credibilities", std::move(problems));
    detail::Distillation search(credibility, threshold);
    DistilledRankings rankings;
    rankings.descending = search.classes(true);
    rankings.ascending = search.classes(false);
    const Index worst = *std::max_element(rankings.ascending.begin(), rankings.ascending.end());
    for (Index& rank : rankings.ascending) rank = worst + 1 - rank;
    return rankings;
}

}  // namespace thuocdo::rank
