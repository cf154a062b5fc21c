// Agreement of rankings against forms written from the papers.
#include <thuocdo/rank/ranking_correlation.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "support.hpp"

namespace rank_tests {

namespace ranking_correlation_tests {

namespace rank = thuocdo::rank;
using rank::RankingMeasure;
using testing_support::Random;
using thuocdo::Index;

Eigen::VectorXd vector_of(const Numbers& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(),
                                             static_cast<Eigen::Index>(values.size()));
}

Eigen::VectorXd random_ranking(Index n, std::size_t levels, std::uint64_t seed) {
    Random random(seed);
    Eigen::VectorXd x(n);
    for (Index i = 0; i < n; ++i) x[i] = static_cast<double>(1 + random.below(levels));
    return x;
}

/// A random order without ties.
Eigen::VectorXd random_order(Index n, std::uint64_t seed) {
    Random random(seed);
    Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(n, 1.0, static_cast<double>(n));
    for (Index i = n; i > 1; --i)
        std::swap(x[i - 1], x[static_cast<Index>(random.below(static_cast<std::size_t>(i)))]);
    return x;
}

// Pointers, for an element of Eigen takes many calls without optimisation.
Eigen::VectorXd average_ranks(const Eigen::VectorXd& ranking) {
    const double* const x = ranking.data();
    Eigen::VectorXd ranks(ranking.size());
    for (Index i = 0; i < ranking.size(); ++i) {
        double rank = 0.5;
        for (Index k = 0; k < ranking.size(); ++k)
            rank += x[k] < x[i] ? 1.0 : x[k] == x[i] ? 0.5 : 0.0;
        ranks[i] = rank;
    }
    return ranks;
}

std::vector<Index> better_than_each(const Eigen::VectorXd& ranking) {
    const double* const x = ranking.data();
    std::vector<Index> counts;
    for (Index i = 0; i < ranking.size(); ++i) {
        Index better = 0;
        for (Index other = 0; other < ranking.size(); ++other) better += x[other] < x[i] ? 1 : 0;
        counts.push_back(better);
    }
    return counts;
}

std::set<Index> top(const std::vector<Index>& better, Index k) {
    std::set<Index> members;
    for (std::size_t i = 0; i < better.size(); ++i)
        if (better[i] < k) members.insert(members.end(), static_cast<Index>(i));
    return members;
}

double common(const std::set<Index>& a, const std::set<Index>& b) {
    double count = 0.0;
    for (const Index i : a) count += b.count(i) != 0 ? 1.0 : 0.0;
    return count;
}

double sign(double value) { return value > 0.0 ? 1.0 : value < 0.0 ? -1.0 : 0.0; }

double naive(RankingMeasure measure, const Eigen::VectorXd& first, const Eigen::VectorXd& second,
             const rank::RankingMeasureOptions& options) {
    const Index size = first.size();
    const auto n = static_cast<double>(size);
    const double* const x = first.data();
    const double* const y = second.data();
    const Eigen::VectorXd a = average_ranks(first);
    const Eigen::VectorXd b = average_ranks(second);
    const std::vector<Index> better_x = better_than_each(first);
    const std::vector<Index> better_y = better_than_each(second);
    double sum = 0.0;
    switch (measure) {
        case RankingMeasure::spearman: {
            const Eigen::VectorXd da = a.array() - a.mean();
            const Eigen::VectorXd db = b.array() - b.mean();
            return da.dot(db) / std::sqrt(da.squaredNorm() * db.squaredNorm());
        }
        case RankingMeasure::kendall_tau_a:
        case RankingMeasure::kendall_tau_b: {
            double in_x = 0.0;
            double in_y = 0.0;
            for (Index i = 0; i < size; ++i) {
                for (Index k = 0; k < i; ++k) {
                    const double of_x = sign(x[i] - x[k]);
                    const double of_y = sign(y[i] - y[k]);
                    sum += of_x * of_y;
                    in_x += std::abs(of_x);
                    in_y += std::abs(of_y);
                }
            }
            if (measure == RankingMeasure::kendall_tau_a) return sum / (n * (n - 1.0) / 2.0);
            return sum / std::sqrt(in_x * in_y);
        }
        case RankingMeasure::kendall_tau_x:
            // The score matrices: 1 ahead of or tied with, -1 behind.
            for (Index i = 0; i < size; ++i)
                for (Index k = 0; k < size; ++k)
                    if (i != k) sum += (x[i] <= x[k] ? 1.0 : -1.0) * (y[i] <= y[k] ? 1.0 : -1.0);
            return sum / (n * (n - 1.0));
        case RankingMeasure::weighted_spearman:
            for (Index i = 0; i < size; ++i)
                sum += std::pow(a[i] - b[i], 2) * ((n - a[i] + 1.0) + (n - b[i] + 1.0));
            return 1.0 - 6.0 * sum / (std::pow(n, 4) + std::pow(n, 3) - n * n - n);
        case RankingMeasure::ws_coefficient:
            for (Index i = 0; i < size; ++i)
                sum += std::pow(2.0, -a[i]) * std::abs(a[i] - b[i]) /
                       std::max(std::abs(1.0 - a[i]), std::abs(n - a[i]));
            return 1.0 - sum;
        case RankingMeasure::rank_biased_overlap: {
            const double p = options.persistence;
            for (Index d = 1; d <= size; ++d) {
                const auto s = top(better_x, d);
                const auto t = top(better_y, d);
                const double agreement =
                    2.0 * common(s, t) / static_cast<double>(s.size() + t.size());
                sum += (1.0 - p) / p * agreement * std::pow(p, static_cast<double>(d));
            }
            return sum + std::pow(p, n);
        }
        case RankingMeasure::top_k_overlap: {
            const auto s = top(better_x, options.k);
            const auto t = top(better_y, options.k);
            return 2.0 * common(s, t) / static_cast<double>(s.size() + t.size());
        }
        case RankingMeasure::top_k_jaccard: {
            std::set<Index> either = top(better_x, options.k);
            const auto t = top(better_y, options.k);
            const double both = common(either, t);
            either.insert(t.begin(), t.end());
            return both / static_cast<double>(either.size());
        }
    }
    return 0.0;
}

const std::vector<RankingMeasure> all_measures{RankingMeasure::spearman,
                                               RankingMeasure::kendall_tau_a,
                                               RankingMeasure::kendall_tau_b,
                                               RankingMeasure::kendall_tau_x,
                                               RankingMeasure::weighted_spearman,
                                               RankingMeasure::ws_coefficient,
                                               RankingMeasure::rank_biased_overlap,
                                               RankingMeasure::top_k_overlap,
                                               RankingMeasure::top_k_jaccard};

}  // namespace ranking_correlation_tests

TEST_CASE("Ranking correlations: naive forms, with and without ties") {
    using namespace ranking_correlation_tests;
    for (const Index n : {2, 3, 10, 61, 300}) {
        for (std::uint64_t seed = 0; seed < 6; ++seed) {
            const bool ties = seed % 2 == 0;
            const auto levels = static_cast<std::size_t>(2 + n / 2);
            Eigen::VectorXd x = ties ? random_ranking(n, levels, seed) : random_order(n, seed);
            Eigen::VectorXd y =
                ties ? random_ranking(n, levels, seed + 99) : random_order(n, seed + 99);
            x[0] = 0.0;
            y[1] = 0.0;
            const rank::RankingMeasureOptions options{.persistence = seed < 3 ? 0.9 : 0.35,
                                                      .k = 1 + n / 3};
            Eigen::MatrixXd both(n, 2);
            both << x, y;
            for (const RankingMeasure measure : all_measures) {
                const int number = static_cast<int>(measure);
                CAPTURE(number);
                CAPTURE(n);
                CAPTURE(seed);
                const double found = rank::ranking_correlation(measure, x, y, options);
                CHECK(std::abs(found - naive(measure, x, y, options)) < 1e-12);
                const Eigen::MatrixXd matrix =
                    rank::ranking_correlation_matrix(both, measure, options);
                CHECK(matrix(0, 1) == found);
                CHECK(matrix(1, 0) == rank::ranking_correlation(measure, y, x, options));
                CHECK(matrix(0, 0) == doctest::Approx(naive(measure, x, x, options)));
                // The order of alternatives changes no bit.
                CHECK(rank::ranking_correlation(measure, x.reverse(), y.reverse(), options) ==
                      found);
                // Only the order inside a ranking counts.
                CHECK(rank::ranking_correlation(measure, (3.0 * x).array() - 7.0, y.array().cube(),
                                                options) == found);
            }
        }
    }
}

TEST_CASE("Ranking correlations: the names call their measures") {
    using namespace ranking_correlation_tests;
    const Eigen::VectorXd x = random_ranking(12, 7, 1);
    const Eigen::VectorXd y = random_ranking(12, 7, 2);
    const auto measure = [&](RankingMeasure which) {
        return rank::ranking_correlation(which, x, y, {.persistence = 0.8, .k = 4});
    };
    CHECK(rank::spearman(x, y) == measure(RankingMeasure::spearman));
    CHECK(rank::kendall_tau_a(x, y) == measure(RankingMeasure::kendall_tau_a));
    CHECK(rank::kendall_tau_b(x, y) == measure(RankingMeasure::kendall_tau_b));
    CHECK(rank::kendall_tau_x(x, y) == measure(RankingMeasure::kendall_tau_x));
    CHECK(rank::weighted_spearman(x, y) == measure(RankingMeasure::weighted_spearman));
    CHECK(rank::ws_coefficient(x, y) == measure(RankingMeasure::ws_coefficient));
    CHECK(rank::rank_biased_overlap(x, y, 0.8) == measure(RankingMeasure::rank_biased_overlap));
    CHECK(rank::top_k_overlap(x, y, 4) == measure(RankingMeasure::top_k_overlap));
    CHECK(rank::top_k_jaccard(x, y, 4) == measure(RankingMeasure::top_k_jaccard));
}

TEST_CASE("Ranking correlations: where programs disagree") {
    using namespace ranking_correlation_tests;
    // Spearman with ties is not the form with squared differences, which gives .7030.
    const Eigen::VectorXd x = vector_of({1, 1, 1, 2, 2, 3, 3, 4, 5, 5});
    const Eigen::VectorXd y = vector_of({1, 1, 3, 2, 3, 1, 2, 4, 5, 6});
    CHECK(std::abs(rank::spearman(x, y) - 0.6909) < 5e-5);
    const double squares = (average_ranks(x) - average_ranks(y)).squaredNorm();
    CHECK(std::abs(1.0 - 6.0 * squares / 990.0 - 0.7030) < 5e-5);
    const Eigen::VectorXd a = random_order(10, 1);
    const Eigen::VectorXd b = random_order(10, 2);
    CHECK(std::abs(rank::spearman(a, b) - (1.0 - 6.0 * (a - b).squaredNorm() / 990.0)) < 1e-14);

    // Tau-a and tau-b are two numbers.
    const Eigen::VectorXd s = vector_of({1, 2, 3, 3, 3, 4, 5, 5, 5, 7});
    const Eigen::VectorXd t = vector_of({1, 2, 2, 4, 4, 2, 3, 5, 6, 5});
    CHECK(std::abs(rank::kendall_tau_a(s, t) - 0.5556) < 5e-5);
    CHECK(std::abs(rank::kendall_tau_b(s, t) - 0.6330) < 5e-5);

    // A constant ranking has no correlation, not .5; what is defined stays defined.
    const Eigen::VectorXd flat = vector_of({1, 1, 1});
    const Eigen::VectorXd order = vector_of({1, 2, 3});
    CHECK(std::isnan(rank::spearman(flat, order)));
    CHECK(std::isnan(rank::spearman(order, flat)));
    CHECK(std::isnan(rank::kendall_tau_b(flat, order)));
    CHECK(std::isnan(rank::weighted_spearman(flat, order)));
    CHECK(std::isnan(rank::weighted_spearman(order, flat)));
    CHECK(std::isnan(rank::ws_coefficient(flat, order)));
    CHECK(std::isnan(rank::ws_coefficient(order, flat)));
    CHECK(rank::kendall_tau_a(flat, order) == 0.0);
    CHECK(rank::kendall_tau_x(flat, order) == 0.0);
    CHECK(rank::kendall_tau_x(flat, flat) == 1.0);
    CHECK(rank::top_k_overlap(flat, order, 1) == 0.5);
    CHECK(rank::top_k_jaccard(flat, order, 1) == doctest::Approx(1.0 / 3.0));

    // The WS coefficient reads its arguments as reference and other.
    const Eigen::VectorXd late = vector_of({2, 3, 1});
    CHECK(rank::ws_coefficient(order, late) == doctest::Approx(1.0 - 0.25 - 0.25 - 0.125));
    CHECK(rank::ws_coefficient(late, order) == doctest::Approx(1.0 - 0.5 - 0.25 - 0.0625));
}

TEST_CASE("Ranking correlations: extremes") {
    using namespace ranking_correlation_tests;
    const Eigen::VectorXd order = random_order(25, 3);
    const Eigen::VectorXd turned = 26.0 - order.array();
    for (const RankingMeasure measure : all_measures) {
        const int number = static_cast<int>(measure);
        CAPTURE(number);
        CHECK(rank::ranking_correlation(measure, order, order, {.k = 5}) ==
              doctest::Approx(1.0).epsilon(1e-14));
        const double opposite = rank::ranking_correlation(measure, order, turned, {.k = 5});
        const bool correlation = measure <= RankingMeasure::weighted_spearman;
        if (correlation) CHECK(opposite == doctest::Approx(-1.0).epsilon(1e-14));
        if (!correlation) CHECK(opposite < 0.5);
    }
    // Five items, the first moved behind the fourth: .1 (.9/2 + .81 2/3 + .729 + .6561) + .9^5.
    CHECK(rank::rank_biased_overlap(vector_of({1, 2, 3, 4, 5}), vector_of({4, 1, 2, 3, 5})) ==
          doctest::Approx(0.828).epsilon(1e-12));
    // Ties enter as a whole at their first place.
    CHECK(rank::rank_biased_overlap(vector_of({1, 1, 3}), vector_of({1, 2, 3}), 0.5) ==
          doctest::Approx(0.5 * 2.0 / 3.0 + 0.25 + 0.125 + 0.125));
    // The tie at the cut makes the top three of four.
    CHECK(rank::top_k_overlap(vector_of({1, 2, 2, 4}), vector_of({1, 2, 3, 4}), 2) == 0.8);
    CHECK(rank::top_k_jaccard(vector_of({1, 2, 2, 4}), vector_of({1, 2, 3, 4}), 2) ==
          doctest::Approx(2.0 / 3.0));
    const Eigen::VectorXd one = vector_of({1});
    CHECK(std::isnan(rank::spearman(one, one)));
    CHECK(std::isnan(rank::kendall_tau_a(one, one)));
    CHECK(std::isnan(rank::kendall_tau_x(one, one)));
    CHECK(std::isnan(rank::weighted_spearman(one, one)));
    CHECK(std::isnan(rank::ws_coefficient(one, one)));
    CHECK(rank::rank_biased_overlap(one, one) == doctest::Approx(1.0));
    CHECK(rank::top_k_overlap(one, one, 1) == 1.0);
}

TEST_CASE("Ranking correlations: refusals, all at once") {
    using namespace ranking_correlation_tests;
    const double nan = std::nan("");
    const Eigen::VectorXd order = vector_of({1, 2, 3});
    CHECK(problems([&] {
              static_cast<void>(rank::spearman(vector_of({1, nan, 3}), vector_of({HUGE_VAL, 2})));
          }) ==
          Strings{"size_mismatch argument \"y\"", "missing_value x[1]", "infinite_value y[0]"});
    CHECK(problems([&] { static_cast<void>(rank::spearman(vector_of({}), vector_of({}))); }) ==
          Strings{"no_alternative argument \"x\""});
    for (const Index k : {0, 4})
        CHECK(problems([&] { static_cast<void>(rank::top_k_overlap(order, order, k)); }) ==
              Strings{"option_out_of_range k"});
    for (const double p : {0.0, 1.0, nan})
        CHECK(problems([&] { static_cast<void>(rank::rank_biased_overlap(order, order, p)); }) ==
              Strings{"option_out_of_range persistence"});
    const auto matrix = [](const Eigen::MatrixXd& x, RankingMeasure measure) {
        return problems(
            [&] { static_cast<void>(rank::ranking_correlation_matrix(x, measure, {.k = 9})); });
    };
    CHECK(matrix(matrix_of({{1, nan}, {2, 1}}), RankingMeasure::spearman) ==
          Strings{"missing_value row 0, column 1 (counted from 0)"});
    CHECK(matrix(Eigen::MatrixXd(0, 2), RankingMeasure::spearman) ==
          Strings{"no_alternative argument \"rankings\""});
    CHECK(matrix(matrix_of({{1, 2}}), RankingMeasure::top_k_jaccard) ==
          Strings{"option_out_of_range k"});
}

}  // namespace rank_tests
