// Weights from judgements against the papers, and what is refused.
#include <thuocdo/weigh/analytic_hierarchy_process.hpp>
#include <thuocdo/weigh/best_worst_method.hpp>
#include <thuocdo/weigh/budget_allocation.hpp>
#include <thuocdo/weigh/equal.hpp>
#include <thuocdo/weigh/equal_within_pillars.hpp>
#include <thuocdo/weigh/fucom.hpp>
#include <thuocdo/weigh/rank_order_centroid.hpp>
#include <thuocdo/weigh/rank_reciprocal.hpp>
#include <thuocdo/weigh/rank_sum.hpp>
#include <thuocdo/weigh/swara.hpp>
#include <thuocdo/weigh/swing.hpp>

#include "support.hpp"

namespace weigh_tests {

namespace weigh = thuocdo::weigh;
using Numbers = std::vector<double>;

namespace judgements {

constexpr double blank = std::numeric_limits<double>::quiet_NaN();

Eigen::MatrixXd saaty_example() {
    return matrix({{1, 1.0 / 5, 3, 1.0 / 2, 5},
                   {5, 1, 7, 1, 7},
                   {1.0 / 3, 1.0 / 7, 1, 1.0 / 4, 3},
                   {2, 1, 4, 1, 7},
                   {1.0 / 5, 1.0 / 7, 1.0 / 3, 1.0 / 7, 1}});
}

/// w(i) / w(j): what consistent judges would say.
Eigen::MatrixXd consistent(const Numbers& weights) {
    const auto count = static_cast<Eigen::Index>(weights.size());
    Eigen::MatrixXd a(count, count);
    for (Eigen::Index i = 0; i < count; ++i) {
        for (Eigen::Index j = 0; j < count; ++j)
            a(i, j) = weights[static_cast<std::size_t>(i)] / weights[static_cast<std::size_t>(j)];
    }
    return a;
}

/// The largest deviation that the linear best-worst model bounds.
double deviation_of(const Eigen::VectorXd& w, const Numbers& a, const Numbers& b, std::size_t best,
                    std::size_t worst) {
    double largest = 0.0;
    for (std::size_t j = 0; j < a.size(); ++j) {
        const auto k = static_cast<Eigen::Index>(j);
        largest = std::max(largest, std::abs(w[static_cast<Eigen::Index>(best)] - a[j] * w[k]));
        largest = std::max(largest, std::abs(w[k] - b[j] * w[static_cast<Eigen::Index>(worst)]));
    }
    return largest;
}

}  // namespace judgements

TEST_CASE("Equal weights are 1/n, and inside pillars 1/(pillars * size)") {
    check_close(weigh::equal(4), {0.25, 0.25, 0.25, 0.25}, 0.0);
    CHECK(problems([] { (void)weigh::equal(0); }) == Strings{"no_indicator argument \"count\""});

    const std::vector<thuocdo::Index> pillar_of{7, 7, 2, 7, 2, 5};
    const weigh::PillarWeights result = weigh::equal_within_pillars(pillar_of);
    check_close(result.weights, {1.0 / 9, 1.0 / 9, 1.0 / 6, 1.0 / 9, 1.0 / 6, 1.0 / 3}, 1e-16);
    CHECK(result.pillars == std::vector<thuocdo::Index>{2, 5, 7});
    CHECK(result.sizes == std::vector<thuocdo::Index>{2, 1, 3});
    CHECK(problems([] { (void)weigh::equal_within_pillars({}); }).size() == 1);
}

TEST_CASE("The 5 x 5 example of Saaty: eigenvector, lambda_max 5.2252, ratio 0.0503") {
    const auto result = weigh::analytic_hierarchy_process(judgements::saaty_example());
    check_close(result.weights, {0.152, 0.433, 0.072, 0.305, 0.038}, 5e-4);
    CHECK(std::abs(result.lambda_max - 5.2252) <= 5e-5);
    CHECK(std::abs(result.consistency_ratio - 0.0503) <= 5e-5);
    CHECK(result.random_index == 1.12);
    CHECK(result.random_index_source == weigh::RandomIndex::saaty);
    CHECK(result.acceptable);
    check_shares(result.weights);
}

TEST_CASE("Principal eigenvector satisfies A w = lambda w to the last digits") {
    const Eigen::MatrixXd a = judgements::saaty_example();
    const auto result = weigh::analytic_hierarchy_process(a);
    const Eigen::VectorXd image = a * result.weights;
    for (Eigen::Index i = 0; i < 5; ++i)
        CHECK(image[i] == doctest::Approx(result.lambda_max * result.weights[i]).epsilon(1e-14));
}

TEST_CASE("A cycle of preferences with a second eigenvalue close to the first still converges") {
    const double big = 1e6;
    const Eigen::MatrixXd a = matrix({{1, big, 1 / big}, {1 / big, 1, big}, {big, 1 / big, 1}});
    const auto result = weigh::analytic_hierarchy_process(a);
    check_close(result.weights, {1.0 / 3, 1.0 / 3, 1.0 / 3}, 1e-14);
    CHECK(result.lambda_max == doctest::Approx(1 + big + 1 / big).epsilon(1e-12));
    CHECK_FALSE(result.acceptable);
}

TEST_CASE(
    "Both methods give the weights of consistent judges, with consistency exactly 0 or more") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        testing_support::Random random(seed);
        Numbers weights(3 + random.below(12));
        double total = 0.0;
        for (double& weight : weights) total += weight = random.between(0.1, 9.0);
        Numbers shares = weights;
        for (double& share : shares) share /= total;
        for (const auto method : {weigh::PriorityMethod::principal_eigenvector,
                                  weigh::PriorityMethod::geometric_mean}) {
            const auto result =
                weigh::analytic_hierarchy_process(judgements::consistent(weights), method);
            check_close(result.weights, shares, 1e-14);
            CHECK(result.consistency_index >= 0.0);
            CHECK(result.consistency_ratio <= 1e-13);
            CHECK(result.acceptable);
        }
    }
}

TEST_CASE("Geometric means of rows: hand computation on 3 x 3") {
    const Eigen::MatrixXd a = matrix({{1, 2, 4}, {0.5, 1, 4}, {0.25, 0.25, 1}});
    const auto result = weigh::analytic_hierarchy_process(a, weigh::PriorityMethod::geometric_mean);
    const double first = std::cbrt(8.0);
    const double second = std::cbrt(2.0);
    const double third = std::cbrt(1.0 / 16);
    const double total = first + second + third;
    check_close(result.weights, {first / total, second / total, third / total}, 1e-15);
}

TEST_CASE("One or two criteria have consistency ratio 0, never NaN") {
    for (const Eigen::MatrixXd& a : {matrix({{1}}), matrix({{1, 3}, {1.0 / 3, 1}})}) {
        for (const auto method : {weigh::PriorityMethod::principal_eigenvector,
                                  weigh::PriorityMethod::geometric_mean}) {
            const auto result = weigh::analytic_hierarchy_process(a, method);
            CHECK(result.consistency_ratio == 0.0);
            CHECK(result.consistency_index == 0.0);
            CHECK(result.lambda_max == static_cast<double>(a.rows()));
            CHECK(result.random_index_source == weigh::RandomIndex::none_needed);
            CHECK(result.acceptable);
        }
    }
    check_close(weigh::analytic_hierarchy_process(matrix({{1, 3}, {1.0 / 3, 1}})).weights,
                {0.75, 0.25}, 1e-15);
}

TEST_CASE("Random index: the table to 15 criteria, the line of Alonso and Lamata beyond") {
    const auto random_index_of = [](std::size_t count) {
        const auto result =
            weigh::analytic_hierarchy_process(judgements::consistent(Numbers(count, 1.0)));
        return std::pair(result.random_index, result.random_index_source);
    };
    CHECK(random_index_of(3) == std::pair(0.58, weigh::RandomIndex::saaty));
    CHECK(random_index_of(10) == std::pair(1.49, weigh::RandomIndex::saaty));
    CHECK(random_index_of(15) == std::pair(1.59, weigh::RandomIndex::saaty));
    const auto [index, source] = random_index_of(16);
    CHECK(source == weigh::RandomIndex::alonso_lamata);
    CHECK(index == doctest::Approx((2.7699 * 16 - 4.3513 - 16) / 15).epsilon(1e-12));
}

TEST_CASE("A ratio above 0.1 is flagged") {
    const auto result = weigh::analytic_hierarchy_process(
        matrix({{1, 5, 1.0 / 5}, {1.0 / 5, 1, 5}, {5, 1.0 / 5, 1}}));
    CHECK(result.consistency_ratio > 0.1);
    CHECK_FALSE(result.acceptable);
}

TEST_CASE("Judgements that are not reciprocal are refused cell by cell") {
    Eigen::MatrixXd a = matrix({{1, 2, 3}, {0.5, 2, -1}, {0.33, 1, 1}});
    CHECK(problems([&] { (void)weigh::analytic_hierarchy_process(a); }) ==
          Strings{"diagonal_not_one row 1, column 1 (counted from 0)",
                  "judgement_not_valid row 1, column 2 (counted from 0)",
                  "not_reciprocal row 2, column 0 (counted from 0)"});
    a = matrix({{1, 3}, {0.33, 1}});
    CHECK(problems([&] { (void)weigh::analytic_hierarchy_process(a); }).size() == 1);
    CHECK(weigh::analytic_hierarchy_process(a, weigh::PriorityMethod::geometric_mean, 0.02)
              .acceptable);
    CHECK(problems([&] { (void)weigh::analytic_hierarchy_process(Eigen::MatrixXd(2, 3)); }) ==
          Strings{"matrix_not_square the matrix"});
}

TEST_CASE("Group judgement: geometric mean of cells, reciprocal, whatever the order of members") {
    const std::vector<Eigen::MatrixXd> members{
        matrix({{1, 2}, {0.5, 1}}), matrix({{1, 8}, {0.125, 1}}), matrix({{1, 0.5}, {2, 1}})};
    const Eigen::MatrixXd group = weigh::group_judgement(members);
    CHECK(group(0, 1) == doctest::Approx(2.0).epsilon(1e-15));
    CHECK(group(1, 0) == 1.0 / group(0, 1));
    CHECK(group(0, 0) == 1.0);
    const std::vector<Eigen::MatrixXd> others{members[2], members[0], members[1]};
    CHECK(weigh::group_judgement(others)(0, 1) == group(0, 1));
    CHECK(problems([] { (void)weigh::group_judgement({}); }).size() == 1);
    const std::vector<Eigen::MatrixXd> mixed{members[0], judgements::saaty_example()};
    CHECK(problems([&] { (void)weigh::group_judgement(mixed); }) ==
          Strings{"size_mismatch matrix 1 (counted from 0): the matrix"});
}

TEST_CASE("Best-worst, linear model: the car example, xi 1/28") {
    const auto result = weigh::best_worst_method(Numbers{8, 2, 1}, Numbers{1, 5, 8}, 2, 0);
    check_close(result.weights, {0.0714285714, 0.3214285714, 0.6071428571}, 5e-11);
    CHECK(std::abs(result.deviation - 0.0357142857) <= 5e-11);
    CHECK(result.unique);
    // |2 * 5 - 8| / (64 - 8)
    CHECK(result.input_consistency_ratio == doctest::Approx(2.0 / 56).epsilon(1e-15));
    CHECK(result.input_consistency_ratios[1] == result.input_consistency_ratio);
}

TEST_CASE("Best-worst: consistent judges give their weights and deviation 0") {
    const auto result = weigh::best_worst_method(Numbers{1, 2, 4, 8}, Numbers{8, 4, 2, 1}, 0, 3);
    check_close(result.weights, {8.0 / 15, 4.0 / 15, 2.0 / 15, 1.0 / 15}, 1e-15);
    CHECK(result.deviation == 0.0);
    CHECK(result.input_consistency_ratio == 0.0);
    check_close(weigh::best_worst_method(Numbers{1}, Numbers{1}, 0, 0).weights, {1.0}, 0.0);
    check_close(weigh::best_worst_method(Numbers{1, 3}, Numbers{3, 1}, 0, 1).weights, {0.75, 0.25},
                1e-15);
    check_close(weigh::best_worst_method(Numbers{1, 1, 1}, Numbers{1, 1, 1}, 0, 1).weights,
                {1.0 / 3, 1.0 / 3, 1.0 / 3}, 1e-15);
}

TEST_CASE("Best-worst: the weights reach xi, and no change of them on a fine net does better") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        testing_support::Random random(seed);
        const std::size_t count = 3 + random.below(6);
        const double span = static_cast<double>(2 + random.below(8));
        Numbers a(count);
        Numbers b(count);
        for (std::size_t j = 0; j < count; ++j) {
            a[j] = 1.0 + static_cast<double>(random.below(static_cast<std::size_t>(span)));
            b[j] = 1.0 + static_cast<double>(random.below(static_cast<std::size_t>(span)));
        }
        const std::size_t best = random.below(count);
        const std::size_t worst = (best + 1 + random.below(count - 1)) % count;
        a[best] = b[worst] = 1.0;
        a[worst] = b[best] = span;
        const auto result = weigh::best_worst_method(a, b, best, worst);
        check_shares(result.weights);
        const double reached = judgements::deviation_of(result.weights, a, b, best, worst);
        CHECK(std::abs(reached - result.deviation) <= 1e-12);
        // The model is convex: a better point near by exists if there is one anywhere.
        for (int attempt = 0; attempt < 200; ++attempt) {
            Eigen::VectorXd other = result.weights;
            for (Eigen::Index j = 0; j < other.size(); ++j)
                other[j] = std::max(0.0, other[j] + random.between(-0.01, 0.01));
            other /= other.sum();
            CHECK(judgements::deviation_of(other, a, b, best, worst) >= reached - 1e-12);
        }
    }
}

TEST_CASE("Best-worst: what contradicts itself is refused") {
    CHECK(problems([] {
              (void)weigh::best_worst_method(Numbers{8, 2, 1}, Numbers{1, 5, 7}, 2, 0);
          }) == Strings{"judgements_disagree best_to_others[worst] and others_to_worst[best]"});
    CHECK(problems([] {
              (void)weigh::best_worst_method(Numbers{8, 0.5, 2}, Numbers{1, 5, 8}, 2, 0);
          }) == Strings{"judgement_not_valid best_to_others[1]",
                        "judgement_not_valid best_to_others[2]"});
    CHECK(problems([] {
              (void)weigh::best_worst_method(Numbers{1, 2}, Numbers{1}, 0, 5);
          }) == Strings{"size_mismatch arguments \"best_to_others\" and \"others_to_worst\"",
                        "criterion_out_of_range argument \"worst\""});
    CHECK(problems([] {
              (void)weigh::best_worst_method(Numbers{1, 2}, Numbers{1, 2}, 0, 0);
          }) == Strings{"best_is_worst arguments \"best\" and \"worst\""});
}

TEST_CASE("SWARA and FUCOM: the figures of the papers") {
    const auto result = weigh::swara(Numbers{judgements::blank, 0, 0.35, 0.2, 0.3, 0, 0.4});
    check_close(result.weights,
                {.2151991, .2151991, .1594067, .1328390, .1021838, .1021838, .0729884}, 5e-8);
    check_close(result.coefficients, {1, 1, 1.35, 1.2, 1.3, 1, 1.4}, 1e-15);
    CHECK(problems([] {
              (void)weigh::swara(Numbers{0.2, -0.1, judgements::blank});
          }) == Strings{"first_has_no_predecessor less_important[0]",
                        "judgement_not_valid less_important[1]",
                        "judgement_not_valid less_important[2]"});
    CHECK(problems([] { (void)weigh::swara(Numbers{}); }).size() == 1);

    check_close(weigh::fucom(Numbers{2, 1.5, 1.2}),
                {.4736842105, .2368421053, .1578947368, .1315789474}, 5e-11);
    check_close(weigh::fucom(Numbers{}), {1.0}, 0.0);
    // 400 steps would overflow as a product.
    CHECK(weigh::fucom(Numbers(400, 9.0))[0] == doctest::Approx(8.0 / 9).epsilon(1e-14));
    CHECK(problems([] {
              (void)weigh::fucom(Numbers{2, 0.9});
          }) == Strings{"judgement_not_valid ratios[1]"});
}

TEST_CASE("Weights by rank: formulas, any order of input, ties share") {
    check_close(weigh::rank_order_centroid(Numbers{1, 2, 3, 4}),
                {25.0 / 48, 13.0 / 48, 7.0 / 48, 3.0 / 48}, 1e-15);
    check_close(weigh::rank_sum(Numbers{3, 1, 2}), {1.0 / 6, 3.0 / 6, 2.0 / 6}, 1e-15);
    check_close(weigh::rank_reciprocal(Numbers{1, 2, 3}), {6.0 / 11, 3.0 / 11, 2.0 / 11}, 1e-15);
    check_close(weigh::rank_sum(Numbers{1, 2, 2, 9}), {0.4, 0.25, 0.25, 0.1}, 1e-15);
    check_close(weigh::rank_order_centroid(Numbers{1, 1}), {0.5, 0.5}, 0.0);
    CHECK(problems([] {
              (void)weigh::rank_sum(Numbers{1, judgements::blank});
          }) == Strings{"rank_not_valid ranks[1]"});
    CHECK(problems([] { (void)weigh::rank_reciprocal(Numbers{}); }).size() == 1);
}

TEST_CASE("Swing weights are relative to the full swing, which must be there") {
    check_close(weigh::swing(Numbers{50, 100, 0, 50}), {0.25, 0.5, 0.0, 0.25}, 0.0);
    check_close(weigh::swing(Numbers{1, 0.5}, 1.0), {2.0 / 3, 1.0 / 3}, 1e-16);
    CHECK(problems([] {
              (void)weigh::swing(Numbers{50, 101, judgements::blank});
          }) == Strings{"judgement_not_valid points[1]", "judgement_not_valid points[2]",
                        "no_full_swing argument \"points\""});
    CHECK(problems([] { (void)weigh::swing(Numbers{1}, 0.0); }).size() == 1);
}

TEST_CASE("Budget allocation: mean share and dispersion between experts") {
    const Eigen::MatrixXd points = matrix({{50, 30, 20}, {20, 20, 60}, {1, 1, 0}});
    const auto result = weigh::budget_allocation(points);
    check_close(result.weights, {0.4, 1.0 / 3, 0.8 / 3}, 1e-15);
    // Sample standard deviations of .5 .2 .5, .3 .2 .5, .2 .6 0.
    check_close(result.dispersion, {std::sqrt(0.03), std::sqrt(0.07 / 3), std::sqrt(0.28 / 3)},
                1e-15);
    check_close(result.smallest_share, {0.2, 0.2, 0.0}, 0.0);
    check_close(result.largest_share, {0.5, 0.5, 0.6}, 0.0);
    CHECK(result.shares(2, 0) == 0.5);
    CHECK(std::isnan(weigh::budget_allocation(matrix({{1, 3}})).dispersion[0]));
}

TEST_CASE("Budget allocation: blanks are not zero and points must add up") {
    CHECK(problems([] {
              (void)weigh::budget_allocation(
                  matrix({{50, judgements::blank}, {0, 0}, {-1, 101}, {60, 50}}), 100.0);
          }) == Strings{"judgement_not_valid row 0, column 1 (counted from 0)",
                        "budget_not_spread row 1 (counted from 0)",
                        "judgement_not_valid row 2, column 0 (counted from 0)",
                        "budget_not_met row 3 (counted from 0)"});
    CHECK(problems([] { (void)weigh::budget_allocation(Eigen::MatrixXd(0, 2)); }).size() == 1);
}

}  // namespace weigh_tests
