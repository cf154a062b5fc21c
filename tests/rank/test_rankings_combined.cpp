// Borda, Copeland, Condorcet and the median rank against naive forms.
#include <thuocdo/rank/borda.hpp>
#include <thuocdo/rank/condorcet.hpp>
#include <thuocdo/rank/copeland_ranking.hpp>
#include <thuocdo/rank/median_rank.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "support.hpp"

namespace rank_tests {

namespace rankings_combined_tests {

namespace rank = thuocdo::rank;
using testing_support::Random;
using thuocdo::Index;
using Rows = std::vector<Index>;

Eigen::MatrixXd random_rankings(Index n, Index judges, std::size_t levels, std::uint64_t seed) {
    Random random(seed);
    Eigen::MatrixXd x(n, judges);
    for (Index j = 0; j < judges; ++j)
        for (Index i = 0; i < n; ++i) x(i, j) = static_cast<double>(1 + random.below(levels));
    return x;
}

/// 1 + those before + half of the others in the tie.
double average_rank(const Eigen::MatrixXd& x, Index i, Index j) {
    double rank = 1.0;
    for (Index k = 0; k < x.rows(); ++k) {
        if (x(k, j) < x(i, j)) rank += 1.0;
        if (k != i && x(k, j) == x(i, j)) rank += 0.5;
    }
    return rank;
}

/// -1, 0 or 1: who has the majority. The weights are sums of binary fractions here.
int majority(const Eigen::MatrixXd& x, const Numbers& w, Index i, Index k) {
    double margin = 0.0;
    for (Index j = 0; j < x.cols(); ++j) {
        const double weight = w.empty() ? 1.0 : w[static_cast<std::size_t>(j)];
        if (x(i, j) < x(k, j)) margin += weight;
        if (x(i, j) > x(k, j)) margin -= weight;
    }
    return (margin > 0.0 ? 1 : 0) - (margin < 0.0 ? 1 : 0);
}

/// Groups by who can be reached over "is not beaten by", Warshall's way.
std::vector<Rows> naive_groups(const Eigen::MatrixXd& x) {
    const auto n = static_cast<std::size_t>(x.rows());
    std::vector<std::vector<char>> reach(n, std::vector<char>(n, 0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < n; ++k)
            reach[i][k] =
                majority(x, {}, static_cast<Index>(i), static_cast<Index>(k)) >= 0 ? 1 : 0;
    for (std::size_t via = 0; via < n; ++via)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t k = 0; k < n; ++k)
                if (reach[i][via] != 0 && reach[via][k] != 0) reach[i][k] = 1;
    std::vector<std::pair<std::size_t, Rows>> found;
    std::vector<char> done(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        if (done[i] != 0) continue;
        Rows members;
        std::size_t reached = 0;
        for (std::size_t k = 0; k < n; ++k) {
            reached += reach[i][k] != 0 ? 1U : 0U;
            if (reach[i][k] == 0 || reach[k][i] == 0) continue;
            members.push_back(static_cast<Index>(k));
            done[k] = 1;
        }
        found.emplace_back(n - reached, members);
    }
    std::sort(found.begin(), found.end());
    std::vector<Rows> groups;
    for (const auto& each : found) groups.push_back(each.second);
    return groups;
}

/// Whether strict majorities lead from a member back to it.
bool naive_cycle(const Eigen::MatrixXd& x, const Rows& members) {
    const std::size_t n = members.size();
    std::vector<std::vector<char>> beats(n, std::vector<char>(n, 0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < n; ++k)
            beats[i][k] = majority(x, {}, members[i], members[k]) > 0 ? 1 : 0;
    for (std::size_t via = 0; via < n; ++via)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t k = 0; k < n; ++k)
                if (beats[i][via] != 0 && beats[via][k] != 0) beats[i][k] = 1;
    for (std::size_t i = 0; i < n; ++i)
        if (beats[i][i] != 0) return true;
    return false;
}

const Numbers binary_weights{0.25, 1.0, 0.5, 0.75, 2.0, 0.0, 1.25};

template <class Call>
void check_refuses_bad_rankings(Call&& call) {
    CHECK(problems([&] {
              call(matrix_of({{1, std::nan("")}, {HUGE_VAL, 1}}), Numbers{1.0, -1.0});
          }) == Strings{"weight_out_of_range weights[1]",
                        "infinite_value row 1, column 0 (counted from 0)",
                        "missing_value row 0, column 1 (counted from 0)"});
    CHECK(problems([&] { call(Eigen::MatrixXd(0, 2), Numbers{}); }) ==
          Strings{"no_alternative argument \"rankings\""});
    CHECK(problems([&] {
              call(matrix_of({{1, 2}}), Numbers{1.0});
          }) == Strings{"size_mismatch argument \"weights\""});
    CHECK(problems([&] {
              call(matrix_of({{1, 2}}), Numbers{0.0, 0.0});
          }) == Strings{"no_weight argument \"weights\""});
}

}  // namespace rankings_combined_tests

TEST_CASE("Borda: n less the average rank, summed with the weights") {
    using namespace rankings_combined_tests;
    for (const Index n : {1, 2, 9, 700}) {
        const Eigen::MatrixXd x = random_rankings(n, 7, 6, static_cast<std::uint64_t>(n));
        for (const Numbers& w : {Numbers{}, binary_weights}) {
            const auto found = rank::borda(x, w);
            Eigen::VectorXd scores = Eigen::VectorXd::Zero(n);
            Eigen::VectorXd means = Eigen::VectorXd::Zero(n);
            double total = 0.0;
            for (Index j = 0; j < 7; ++j) {
                const double weight = w.empty() ? 1.0 : w[static_cast<std::size_t>(j)];
                total += weight;
                for (Index i = 0; i < n; ++i) {
                    const double r = average_rank(x, i, j);
                    scores[i] += weight * (static_cast<double>(n) - r);
                    means[i] += weight * r;
                }
            }
            check_same(found.scores, scores);
            check_same(found.mean_ranks, means / total);
        }
        check_order_of_alternatives_has_no_effect(x, [](const Eigen::MatrixXd& rows) {
            return rank::borda(rows, binary_weights).scores;
        });
    }
    // Only the order inside a column counts; a tie shares its places.
    check_close(rank::borda(matrix_of({{-3, 1}, {7.5, 1}, {7.5, 2}})).scores, {3.5, 2.0, 0.5}, 0.0);
    check_close(rank::borda(matrix_of({{5}, {5}})).scores, {0.5, 0.5}, 0.0);
    check_refuses_bad_rankings(
        [](const Eigen::MatrixXd& x, const Numbers& w) { static_cast<void>(rank::borda(x, w)); });
}

TEST_CASE("Copeland: signs of majorities, not their sizes") {
    using namespace rankings_combined_tests;
    for (const Index n : {1, 2, 9, 130}) {
        const Eigen::MatrixXd x = random_rankings(n, 7, 6, static_cast<std::uint64_t>(n) + 50);
        for (const Numbers& w : {Numbers{}, binary_weights}) {
            const auto found = rank::copeland_ranking(x, w);
            for (Index i = 0; i < n; ++i) {
                int wins = 0;
                int losses = 0;
                for (Index k = 0; k < n; ++k) {
                    wins += majority(x, w, i, k) > 0 ? 1 : 0;
                    losses += majority(x, w, i, k) < 0 ? 1 : 0;
                }
                CHECK(found.scores[i] == wins - losses);
                CHECK(found.wins[i] == wins);
                CHECK(found.losses[i] == losses);
                CHECK(found.draws[i] == static_cast<double>(n - 1 - wins - losses));
            }
        }
    }
    // Two judges of three want A, B, C, D; the third B, C, D, A. By Borda B wins.
    const auto x = matrix_of({{1, 1, 4}, {2, 2, 1}, {3, 3, 2}, {4, 4, 3}});
    check_close(rank::copeland_ranking(x).scores, {3.0, 1.0, -1.0, -3.0}, 0.0);
    check_close(rank::borda(x).scores, {6.0, 7.0, 4.0, 1.0}, 0.0);
    check_refuses_bad_rankings([](const Eigen::MatrixXd& matrix, const Numbers& w) {
        static_cast<void>(rank::copeland_ranking(matrix, w));
    });
}

TEST_CASE("Copeland: weights count as the decimals they print as") {
    using namespace rankings_combined_tests;
    const auto x = matrix_of({{1, 1, 2}, {2, 2, 1}});
    check_close(rank::copeland_ranking(x, Numbers{0.1, 0.2, 0.3}).scores, {0.0, 0.0}, 0.0);
    check_close(rank::copeland_ranking(x, Numbers{0.1, 0.2, 0.30000001}).scores, {-1.0, 1.0}, 0.0);
    // Beyond 31 bits of the last decimal, and with an exponent in the text.
    check_close(rank::copeland_ranking(x, Numbers{1e15, 2e15, 3e15}).scores, {0.0, 0.0}, 0.0);
    check_close(rank::copeland_ranking(x, Numbers{1e-7, 2e-7, 2.9999999999e-7}).scores, {1.0, -1.0},
                0.0);
    CHECK(problems([&] {
              static_cast<void>(rank::copeland_ranking(x, Numbers{1e-20, 1.0, 1.0}));
          }) == Strings{"weights_too_fine argument \"weights\""});
}

TEST_CASE("Condorcet: winner, loser and cycles") {
    using namespace rankings_combined_tests;
    int cyclic = 0;
    int held_by_draws = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        const auto n = static_cast<Index>(1 + seed % 9);
        const Eigen::MatrixXd x =
            random_rankings(n, static_cast<Index>(1 + seed % 6), 3 + seed % 7, seed);
        const auto found = rank::condorcet(x);
        std::vector<Rows> groups;
        for (const rank::CondorcetGroup& group : found.groups) {
            groups.push_back(group.members);
            CHECK(group.cyclic == naive_cycle(x, group.members));
            for (const Index i : group.members)
                CHECK(found.scores[i] == static_cast<double>(groups.size()));
            cyclic += group.cyclic ? 1 : 0;
            held_by_draws += !group.cyclic && group.members.size() > 2 ? 1 : 0;
        }
        CHECK(groups == naive_groups(x));
        std::optional<Index> winner;
        std::optional<Index> loser;
        for (Index i = 0; i < n; ++i) {
            int wins = 0;
            int losses = 0;
            for (Index k = 0; k < n; ++k) {
                wins += majority(x, {}, i, k) > 0 ? 1 : 0;
                losses += majority(x, {}, i, k) < 0 ? 1 : 0;
            }
            if (n > 1 && wins == n - 1) winner = i;
            if (n > 1 && losses == n - 1) loser = i;
        }
        CHECK(found.winner == winner);
        CHECK(found.loser == loser);
    }
    CHECK(cyclic > 10);
    CHECK(held_by_draws > 10);
    const auto circle = rank::condorcet(matrix_of({{1, 2, 3}, {2, 3, 1}, {3, 1, 2}, {4, 4, 4}}));
    REQUIRE(circle.groups.size() == 2);
    CHECK(circle.groups[0].members == Rows{0, 1, 2});
    CHECK(circle.groups[0].cyclic);
    CHECK_FALSE(circle.winner.has_value());
    CHECK(circle.loser == Index{3});
    check_refuses_bad_rankings([](const Eigen::MatrixXd& x, const Numbers& w) {
        static_cast<void>(rank::condorcet(x, w));
    });
}

TEST_CASE("Median rank: the middle of repeated ranks") {
    using namespace rankings_combined_tests;
    const Numbers whole_weights{1, 4, 2, 3, 1, 0, 5};
    for (const Index n : {1, 2, 9, 60}) {
        for (const Index judges : {1, 2, 6, 7}) {
            const Eigen::MatrixXd x =
                random_rankings(n, judges, 9, static_cast<std::uint64_t>(n + 100 * judges));
            for (const bool weighted : {false, true}) {
                const Numbers w(whole_weights.begin(), whole_weights.begin() + judges);
                const auto found = rank::median_rank(x, weighted ? w : Numbers{});
                for (Index i = 0; i < n; ++i) {
                    Numbers each;
                    double sum = 0.0;
                    for (Index j = 0; j < judges; ++j)
                        for (double k = 0; k < (weighted ? w[static_cast<std::size_t>(j)] : 1.0);
                             ++k)
                            each.push_back(average_rank(x, i, j));
                    for (const double r : each) sum += r;
                    std::sort(each.begin(), each.end());
                    const std::size_t size = each.size();
                    CHECK(found.scores[i] == (each[(size - 1) / 2] + each[size / 2]) / 2.0);
                    CHECK(found.mean_ranks[i] ==
                          doctest::Approx(sum / static_cast<double>(size)).epsilon(1e-13));
                }
                for (Index i = 0; i < n; ++i) {
                    double place = 1.0;
                    for (Index k = 0; k < n; ++k)
                        if (found.scores[k] < found.scores[i] ||
                            (found.scores[k] == found.scores[i] &&
                             found.mean_ranks[k] < found.mean_ranks[i]))
                            place += 1.0;
                    CHECK(found.places[i] == place);
                }
            }
        }
    }
    // 0.1 and 0.2 are exactly half of the weight: between the two middle ranks.
    check_close(rank::median_rank(matrix_of({{1, 1, 2}, {2, 2, 1}}), Numbers{0.1, 0.2, 0.3}).scores,
                {1.5, 1.5}, 0.0);
    // Equal medians of 2; the mean decides.
    const auto x = matrix_of({{1, 2, 3}, {2, 1, 2}, {3, 3, 1}, {4, 4, 4}});
    const auto found = rank::median_rank(x);
    check_close(found.scores, {2.0, 2.0, 3.0, 4.0}, 0.0);
    check_close(found.places, {2.0, 1.0, 3.0, 4.0}, 0.0);
    check_refuses_bad_rankings([](const Eigen::MatrixXd& matrix, const Numbers& w) {
        static_cast<void>(rank::median_rank(matrix, w));
    });
}

}  // namespace rank_tests
