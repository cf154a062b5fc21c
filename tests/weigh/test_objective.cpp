// Weights from the data: what all schemes share, and the edges of each.
#include <thuocdo/weigh/angular.hpp>
#include <thuocdo/weigh/cilos.hpp>
#include <thuocdo/weigh/coefficient_of_variation.hpp>
#include <thuocdo/weigh/correlation_optimised.hpp>
#include <thuocdo/weigh/critic.hpp>
#include <thuocdo/weigh/entropy.hpp>
#include <thuocdo/weigh/gini_index.hpp>
#include <thuocdo/weigh/idocriw.hpp>
#include <thuocdo/weigh/lopcow.hpp>
#include <thuocdo/weigh/merec.hpp>
#include <thuocdo/weigh/noisy.hpp>
#include <thuocdo/weigh/principal_components.hpp>
#include <thuocdo/weigh/standard_deviation.hpp>
#include <thuocdo/weigh/variance.hpp>

#include <functional>
#include <limits>
#include <numeric>

#include "support.hpp"

namespace weigh_tests {

namespace objective {

namespace weigh = thuocdo::weigh;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double blank = std::numeric_limits<double>::quiet_NaN();

struct Outcome {
    VectorXd weights;
    thuocdo::Index rows_used;
    bool equal;
};

struct Scheme {
    std::string name;
    std::function<Outcome(const MatrixXd&, const Directions&)> call;
    /// Same bits for every order of units.
    bool order_free = true;
    /// Multiplying a column by a positive number changes no weight.
    bool free_of_units = true;
};

std::vector<Scheme> schemes() {
    const auto plain = [](auto kernel) {
        return [kernel](const MatrixXd& x, const Directions&) {
            const auto found = kernel(x);
            return Outcome{found.weights, found.rows_used, found.all_constant};
        };
    };
    const auto directed = [](auto kernel) {
        return [kernel](const MatrixXd& x, const Directions& directions) {
            const auto found = kernel(x, directions);
            return Outcome{found.weights, found.rows_used, found.all_constant};
        };
    };
    return {
        {"standard deviation", plain([](const auto& x) { return weigh::standard_deviation(x); }),
         true, false},
        {"variance", plain([](const auto& x) { return weigh::variance(x); })},
        {"coefficient of variation",
         plain([](const auto& x) { return weigh::coefficient_of_variation(x); })},
        {"Gini index", plain([](const auto& x) { return weigh::gini_index(x); })},
        {"angular", plain([](const auto& x) { return weigh::angular(x); })},
        {"entropy", plain([](const auto& x) { return weigh::entropy(x); })},
        {"LOPCOW", directed([](const auto& x, const auto& d) { return weigh::lopcow(x, d); })},
        {"MEREC", directed([](const auto& x, const auto& d) { return weigh::merec(x, d); })},
        {"CILOS", directed([](const auto& x, const auto& d) { return weigh::cilos(x, d); })},
        {"IDOCRIW", directed([](const auto& x, const auto& d) { return weigh::idocriw(x, d); })},
        {"CRITIC", directed([](const auto& x, const auto& d) { return weigh::critic(x, d); }),
         false},
        {"CRITIC, directions ignored", directed([](const auto& x, const auto& d) {
             return weigh::critic(x, d, weigh::CriticDirections::ignored);
         }),
         false},
        {"principal components",
         plain([](const auto& x) { return weigh::principal_components(x); }), false},
        {"principal components, all factors", plain([](const auto& x) {
             weigh::ComponentOptions options;
             options.share = weigh::LoadingShare::all_factors;
             return weigh::principal_components(x, options);
         }),
         false},
        {"correlation-optimised", plain([](const auto& x) {
             return weigh::correlation_optimised(
                 x, std::vector<double>(static_cast<std::size_t>(x.cols()), 1.0));
         }),
         false, false},
    };
}

Directions alternating(Eigen::Index count) {
    Directions directions;
    for (Eigen::Index j = 0; j < count; ++j) directions.push_back(j % 3 == 1 ? down : up);
    return directions;
}

void check_same(const VectorXd& found, const VectorXd& expected, double tolerance) {
    check_close(found, std::vector<double>(expected.data(), expected.data() + expected.size()),
                tolerance);
}

MatrixXd supplier_data() {
    // Badi, Shetwan and Abdulshahed (2017): six suppliers of a steelmaker.
    return matrix({{45, 3600, 45, 0.9},
                   {25, 3800, 60, 0.8},
                   {23, 3100, 35, 0.9},
                   {14, 3400, 50, 0.7},
                   {15, 3300, 40, 0.8},
                   {28, 3000, 30, 0.6}});
}

}  // namespace objective

using objective::alternating;
using objective::check_same;

TEST_CASE("Weights from data are shares: 0 or more with sum 1") {
    for (const objective::Scheme& scheme : objective::schemes()) {
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            CAPTURE(scheme.name);
            const Eigen::MatrixXd x = random_matrix(40, 6, seed);
            const auto found = scheme.call(x, alternating(6));
            check_shares(found.weights);
            CHECK(found.rows_used == 40);
            CHECK_FALSE(found.equal);
        }
    }
}

TEST_CASE(
    "The order of units does not change a bit where sums are exact, and nearly none elsewhere") {
    const Eigen::MatrixXd x = random_matrix(700, 5, 3);
    Eigen::MatrixXd turned = x;
    for (Eigen::Index i = 0; i < x.rows(); ++i) turned.row(i) = x.row((i * 303 + 17) % 700);
    for (const objective::Scheme& scheme : objective::schemes()) {
        CAPTURE(scheme.name);
        const auto found = scheme.call(x, alternating(5));
        const auto other = scheme.call(turned, alternating(5));
        if (scheme.order_free) CHECK(bits(found.weights) == bits(other.weights));
        check_same(other.weights, found.weights, 1e-12);
    }
}

TEST_CASE("Weights follow their indicators when columns are moved") {
    const Eigen::MatrixXd x = random_matrix(60, 5, 4);
    const std::vector<Eigen::Index> order{3, 0, 4, 1, 2};
    Eigen::MatrixXd moved(60, 5);
    Directions moved_directions;
    for (std::size_t k = 0; k < order.size(); ++k) {
        moved.col(static_cast<Eigen::Index>(k)) = x.col(order[k]);
        moved_directions.push_back(alternating(5)[static_cast<std::size_t>(order[k])]);
    }
    for (const objective::Scheme& scheme : objective::schemes()) {
        CAPTURE(scheme.name);
        const auto found = scheme.call(x, alternating(5));
        const auto other = scheme.call(moved, moved_directions);
        for (std::size_t k = 0; k < order.size(); ++k) {
            CHECK(other.weights[static_cast<Eigen::Index>(k)] ==
                  doctest::Approx(found.weights[order[k]]).epsilon(1e-9));
        }
    }
}

TEST_CASE(
    "Another unit of measurement changes no weight, but for schemes that look at raw spread") {
    const Eigen::MatrixXd x = random_matrix(50, 4, 5);
    Eigen::MatrixXd scaled = x;
    scaled.col(0) *= 1000.0;
    scaled.col(2) *= 0.001;
    for (const objective::Scheme& scheme : objective::schemes()) {
        CAPTURE(scheme.name);
        const auto found = scheme.call(x, alternating(4));
        const auto other = scheme.call(scaled, alternating(4));
        if (scheme.free_of_units) {
            check_same(other.weights, found.weights, 1e-12);
        } else {
            CHECK((other.weights - found.weights).cwiseAbs().maxCoeff() > 0.01);
        }
    }
}

TEST_CASE("Rows with a missing value are left out and counted") {
    const Eigen::MatrixXd x = random_matrix(30, 4, 6);
    Eigen::MatrixXd gaps(33, 4);
    gaps.topRows(10) = x.topRows(10);
    gaps.row(10) << 1e6, objective::blank, 3, 4;
    gaps.row(11) << objective::blank, objective::blank, objective::blank, objective::blank;
    gaps.middleRows(12, 20) = x.bottomRows(20);
    gaps.row(32) << 0.001, 1, 1, objective::blank;
    for (const objective::Scheme& scheme : objective::schemes()) {
        CAPTURE(scheme.name);
        const auto found = scheme.call(gaps, alternating(4));
        CHECK(found.rows_used == 30);
        CHECK(bits(found.weights) == bits(scheme.call(x, alternating(4)).weights));
    }
}

TEST_CASE("A constant column has weight 0 and changes no other weight") {
    const Eigen::MatrixXd x = random_matrix(25, 4, 7);
    Eigen::MatrixXd wider(25, 5);
    wider.leftCols(2) = x.leftCols(2);
    wider.col(2).setConstant(7.3);
    wider.rightCols(2) = x.rightCols(2);
    const Directions directions{up, down, up, up, down};
    const Directions narrow{up, down, up, down};
    for (const objective::Scheme& scheme : objective::schemes()) {
        CAPTURE(scheme.name);
        const auto found = scheme.call(wider, directions);
        CHECK(found.weights[2] == 0.0);
        check_shares(found.weights);
        if (scheme.name == "MEREC") continue;                  // its mean is over all indicators
        if (scheme.name == "correlation-optimised") continue;  // its targets include it
        const auto other = scheme.call(x, narrow);
        for (const Eigen::Index j : {0, 1, 3, 4})
            CHECK(found.weights[j] ==
                  doctest::Approx(other.weights[j < 2 ? j : j - 1]).epsilon(1e-12));
    }
}

TEST_CASE("Where every column is constant the weights are equal and flagged") {
    for (const double value : {3.0, 0.1, 1e-300, 1e300}) {
        Eigen::MatrixXd x = Eigen::MatrixXd::Constant(9, 3, value);
        x.col(1) *= 2.0;
        for (const objective::Scheme& scheme : objective::schemes()) {
            CAPTURE(scheme.name);
            const auto found = scheme.call(x, alternating(3));
            check_close(found.weights, {1.0 / 3, 1.0 / 3, 1.0 / 3}, 0.0);
            CHECK(found.equal);
        }
    }
}

TEST_CASE("One indicator has the whole weight") {
    const Eigen::MatrixXd x = random_matrix(12, 1, 8);
    for (const objective::Scheme& scheme : objective::schemes()) {
        CAPTURE(scheme.name);
        check_close(scheme.call(x, {up}).weights, {1.0}, 0.0);
    }
}

TEST_CASE("Fewer than two complete rows, no column, and infinite cells are refused") {
    const double infinite = std::numeric_limits<double>::infinity();
    const Eigen::MatrixXd single = matrix({{1, 2}, {objective::blank, 3}});
    const Eigen::MatrixXd endless = matrix({{1, 2}, {infinite, 3}, {4, -infinite}});
    for (const objective::Scheme& scheme : objective::schemes()) {
        CAPTURE(scheme.name);
        CHECK(problems([&] {
                  (void)scheme.call(single, {up, up});
              }) == Strings{"too_few_complete_rows argument \"x\""});
        CHECK(problems([&] {
                  (void)scheme.call(Eigen::MatrixXd(0, 2), {up, up});
              }) == Strings{"too_few_complete_rows argument \"x\""});
        CHECK(problems([&] {
                  (void)scheme.call(endless, {up, up});
              }) == Strings{"infinite_value row 1, column 0 (counted from 0)",
                            "infinite_value row 2, column 1 (counted from 0)"});
        CHECK_FALSE(problems([&] { (void)scheme.call(Eigen::MatrixXd(5, 0), {}); }).empty());
    }
}

TEST_CASE("Directions that do not fit the columns are refused") {
    const Eigen::MatrixXd x = random_matrix(5, 3, 9);
    const Strings expected{"size_mismatch argument \"directions\""};
    CHECK(problems([&] { (void)thuocdo::weigh::merec(x, Directions{up}); }) == expected);
    CHECK(problems([&] { (void)thuocdo::weigh::cilos(x, Directions{}); }) == expected);
    CHECK(problems([&] { (void)thuocdo::weigh::critic(x, Directions(4, up)); }) == expected);
    CHECK(problems([&] { (void)thuocdo::weigh::lopcow(x, Directions(2, up)); }) == expected);
}

TEST_CASE("Spread weights: hand computations") {
    namespace weigh = thuocdo::weigh;
    const Eigen::MatrixXd x = matrix({{5, 6, 7}, {5.5, 6.1, 8}, {4, 5, 9}});
    // Gini from the definition: 2 sum i x(i) / (n sum x) - (n + 1)/n.
    const std::vector<double> gini{61.0 / 43.5 - 4.0 / 3, 70.6 / 51.3 - 4.0 / 3,
                                   100.0 / 72 - 4.0 / 3};
    check_close(weigh::gini_index(x).spread, gini, 1e-15);
    check_close(weigh::gini_index(x).weights, {0.4120, 0.2562, 0.3319}, 5e-5);

    const Eigen::MatrixXd y = matrix({{100, 4, 500}, {110, 5, 550}, {120, 6, 600}, {121, 8, 400}});
    check_close(weigh::variance(y).weights, {0.3761, 0.3120, 0.3120}, 5e-5);
    const Eigen::MatrixXd z = matrix({{1, -2}, {3, -4}});
    check_close(weigh::standard_deviation(z).spread, {std::sqrt(2.0), std::sqrt(2.0)}, 1e-15);
    check_close(weigh::coefficient_of_variation(z).spread, {std::sqrt(2.0) / 2, std::sqrt(2.0) / 3},
                1e-15);
    // arccos(4 / (sqrt 2 sqrt 10)), arccos(6 / (sqrt 2 sqrt 20))
    check_close(weigh::angular(z).spread,
                {std::acos(4 / std::sqrt(20.0)), std::acos(6 / std::sqrt(40.0))}, 1e-15);
}

TEST_CASE("A mean of 0 is an error that names the column, unless the column is constant") {
    namespace weigh = thuocdo::weigh;
    const Eigen::MatrixXd x = matrix({{-1, 0, 3}, {1, 0, 4}});
    const Strings expected{"mean_is_zero column 0 (counted from 0)"};
    CHECK(problems([&] { (void)weigh::coefficient_of_variation(x); }) == expected);
    CHECK(problems([&] { (void)weigh::angular(x); }) == expected);
    check_close(weigh::coefficient_of_variation(x.rightCols(2)).weights, {0.0, 1.0}, 0.0);
}

TEST_CASE("Entropy: zeros are 0 ln 0 = 0, all in one unit is 0, negatives name their cells") {
    namespace weigh = thuocdo::weigh;
    const Eigen::MatrixXd x = matrix({{0, 1, 0}, {4, 1, 1}, {0, 2, 1}, {0, 0, 2}});
    const auto found = weigh::entropy(x);
    const double ln4 = std::log(4.0);
    const double second = (0.25 * std::log(4.0) * 2 + 0.5 * std::log(2.0)) / ln4;
    check_close(found.entropy, {0.0, second, second}, 1e-15);
    check_close(
        found.weights,
        {1 / (3 - 2 * second), (1 - second) / (3 - 2 * second), (1 - second) / (3 - 2 * second)},
        1e-15);
    CHECK(problems([] {
              (void)weigh::entropy(matrix({{1, -2}, {objective::blank, 0}, {3, 4}}));
          }) == Strings{"negative_value row 0, column 1 (counted from 0)"});
    check_close(weigh::entropy(matrix({{0, 1}, {0, 2}})).weights, {0.0, 1.0}, 0.0);
}

TEST_CASE("Entropy keeps its digits where a column hardly varies") {
    // For a spread e about the mean, 1 - H tends to e^2 / (2 ln n).
    const double e = 0x1p-20;
    const auto found = thuocdo::weigh::entropy(matrix({{1 - e, 1}, {1 + e, 3}}));
    const double expected = e * e / (2.0 * std::log(2.0));
    CHECK(found.divergence[0] == doctest::Approx(expected).epsilon(1e-4));
    CHECK(found.divergence[0] > 0.0);
}

TEST_CASE("CRITIC respects directions; a switch reproduces programs that do not") {
    namespace weigh = thuocdo::weigh;
    const Eigen::MatrixXd x = objective::supplier_data();
    const Directions directions{up, down, up, up};
    check_close(weigh::critic(x, directions).weights, {0.205, 0.328, 0.259, 0.209}, 5e-4);
    check_close(weigh::critic(x, directions, weigh::CriticDirections::ignored).weights,
                {0.304, 0.185, 0.235, 0.276}, 5e-4);
    // Turning a column and its direction says the same.
    Eigen::MatrixXd turned = x;
    turned.col(1) = -x.col(1);
    check_same(weigh::critic(turned, Directions(4, up)).weights,
               weigh::critic(x, directions).weights, 1e-14);
}

TEST_CASE(
    "CRITIC: a constant column counts as r = 1; columns that all agree are equal and flagged") {
    namespace weigh = thuocdo::weigh;
    const auto found = weigh::critic(matrix({{1, 5, 2}, {2, 5, 4}, {4, 5, 1}}), Directions(3, up));
    CHECK(found.correlation(0, 1) == 1.0);
    CHECK(found.conflict[0] == doctest::Approx(1.0 - found.correlation(0, 2)).epsilon(1e-14));
    CHECK_FALSE(found.no_conflict);
    Eigen::MatrixXd same(7, 3);
    for (Eigen::Index i = 0; i < 7; ++i) {
        const double value = static_cast<double>(i * i) + 0.1;
        same.row(i) << value, 3.0 * value, 0.7 * value;
    }
    const auto agreeing = weigh::critic(same, Directions(3, up));
    check_close(agreeing.weights, {1.0 / 3, 1.0 / 3, 1.0 / 3}, 0.0);
    CHECK(agreeing.no_conflict);
    CHECK_FALSE(agreeing.all_constant);
}

TEST_CASE("MEREC: effects by their definition, also where they are tiny") {
    namespace weigh = thuocdo::weigh;
    Eigen::MatrixXd x = random_matrix(600, 4, 11);
    // Least below 1e-9 of its mean: ln(1 + ...) as a difference would lose it.
    for (Eigen::Index i = 0; i < 600; ++i) x(i, 2) = 1.0 + 1e-9 * x(i, 2);
    const Directions directions{up, down, up, down};
    const auto found = weigh::merec(x, directions);
    std::vector<double> effects(4, 0.0);
    for (Eigen::Index i = 0; i < 600; ++i) {
        long double total = 0.0L;
        long double distance[4];
        for (Eigen::Index j = 0; j < 4; ++j) {
            const long double reference = directions[static_cast<std::size_t>(j)] == up
                                              ? static_cast<long double>(x.col(j).minCoeff())
                                              : static_cast<long double>(x.col(j).maxCoeff());
            // ln(x / reference) without rounding the ratio.
            distance[j] =
                std::abs(std::log1p((static_cast<long double>(x(i, j)) - reference) / reference));
            total += distance[j];
        }
        CHECK(found.performance[i] ==
              doctest::Approx(static_cast<double>(std::log1p(total / 4.0L))).epsilon(1e-13));
        for (std::size_t j = 0; j < 4; ++j)
            effects[j] -= static_cast<double>(std::log1p(-distance[j] / (4.0L + total)));
    }
    for (Eigen::Index j = 0; j < 4; ++j) {
        // The ratio of the third column has 7 digits after its 1.
        CHECK(found.removal_effect[j] ==
              doctest::Approx(effects[static_cast<std::size_t>(j)]).epsilon(j == 2 ? 1e-6 : 1e-12));
    }
}

TEST_CASE("MEREC refuses values that are not above 0, and ranges beyond double") {
    namespace weigh = thuocdo::weigh;
    CHECK(problems([] {
              (void)weigh::merec(matrix({{1, 0}, {-3, 2}}), Directions{up, down});
          }) == Strings{"value_not_positive row 1, column 0 (counted from 0)",
                        "value_not_positive row 0, column 1 (counted from 0)"});
    CHECK(problems([] {
              (void)weigh::merec(matrix({{1e-200, 1}, {1e200, 2}}), Directions{up, up});
          }) == Strings{"range_too_wide column 0 (counted from 0)"});
}

TEST_CASE("CILOS: the weights solve the equations; a null space of dimension 2 is refused") {
    namespace weigh = thuocdo::weigh;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Eigen::MatrixXd x = random_matrix(15, 5, seed);
        const auto found = weigh::cilos(x, alternating(5));
        for (Eigen::Index k = 0; k < 5; ++k) {
            double balance = 0.0;
            for (Eigen::Index j = 0; j < 5; ++j)
                balance += found.relative_loss(k, j) * found.weights[j] -
                           found.relative_loss(j, k) * found.weights[k];
            CHECK(std::abs(balance) <= 1e-15);
        }
    }
    // The first unit is best on everything: nothing is ever lost.
    CHECK(problems([] {
              (void)weigh::cilos(matrix({{9, 9}, {1, 2}, {3, 1}}), Directions{up, up});
          }) == Strings{"null_space_dimension argument \"x\""});
    // Two pairs that are best together.
    CHECK(problems([] {
              (void)weigh::cilos(matrix({{9, 9, 5, 5}, {5, 5, 9, 9}}), Directions(4, up));
          }).empty());
    CHECK(
        problems([] {
            (void)weigh::cilos(matrix({{9, 1, 5}, {9, 1, 2}, {3, 2, 1}}), Directions{up, down, up});
        }) == Strings{"null_space_dimension argument \"x\""});
}

TEST_CASE("CILOS: units that share a best count with their mean; the domain is checked") {
    namespace weigh = thuocdo::weigh;
    const auto found = weigh::cilos(matrix({{8, 1}, {8, 3}, {2, 4}}), Directions{up, up});
    CHECK(found.relative_loss(0, 1) == 0.5);   // mean of 3/4 and 1/4
    CHECK(found.relative_loss(1, 0) == 0.75);  // 1 - 2/8
    check_close(found.weights, {0.4, 0.6}, 1e-15);
    CHECK(problems([] {
              (void)weigh::cilos(matrix({{-1, 0}, {0, 2}}), Directions{up, down});
          }).size() == 1);
    CHECK(problems([] {
              (void)weigh::cilos(matrix({{1, 0}, {0, 2}}), Directions{up, down});
          }) == Strings{"value_not_positive row 0, column 1 (counted from 0)"});
}

TEST_CASE("IDOCRIW is the product of its two parts, with entropy over the number of units") {
    namespace weigh = thuocdo::weigh;
    const Eigen::MatrixXd x = random_matrix(20, 3, 12);
    const auto found = weigh::idocriw(x, Directions{up, up, down});
    double total = 0.0;
    for (Eigen::Index j = 0; j < 3; ++j) total += found.entropy.weights[j] * found.cilos.weights[j];
    for (Eigen::Index j = 0; j < 3; ++j) {
        CHECK(found.weights[j] ==
              doctest::Approx(found.entropy.weights[j] * found.cilos.weights[j] / total)
                  .epsilon(1e-14));
        const Eigen::VectorXd p = x.col(j) / x.col(j).sum();
        double entropy = 0.0;
        for (Eigen::Index i = 0; i < 20; ++i) entropy -= p[i] * std::log(p[i]);
        CHECK(found.entropy.entropy[j] == doctest::Approx(entropy / std::log(20.0)).epsilon(1e-13));
    }
}

TEST_CASE("LOPCOW: two units say nothing, and so does a column with everything in one unit") {
    namespace weigh = thuocdo::weigh;
    const auto two = weigh::lopcow(matrix({{1, 5}, {2, 3}}), Directions{up, up});
    check_close(two.weights, {0.5, 0.5}, 0.0);
    CHECK(two.all_constant);
    const auto spike = weigh::lopcow(matrix({{0, 1}, {0, 2}, {7, 4}}), Directions{up, up});
    check_close(spike.weights, {0.0, 1.0}, 0.0);
}

TEST_CASE("Noise on weights: within the fraction, reproducible, and 0 stays 0") {
    namespace weigh = thuocdo::weigh;
    Eigen::VectorXd weights(4);
    weights << 1, 2, 0, 5;
    Eigen::VectorXd out(4);
    const thuocdo::numeric::Philox random(57);
    double lowest = 1.0;
    double highest = 0.0;
    for (std::uint64_t draw = 0; draw < 2000; ++draw) {
        weigh::noisy(weights, 0.25, random, draw, 3, out);
        check_shares(out);
        CHECK(out[2] == 0.0);
        // The ratio of two weights moves by at most (1 + f)/(1 - f).
        const double ratio = out[1] / out[0] / 2.0;
        lowest = std::min(lowest, ratio);
        highest = std::max(highest, ratio);
    }
    CHECK(lowest >= 0.75 / 1.25);
    CHECK(highest <= 1.25 / 0.75);
    CHECK(lowest < 0.65);
    CHECK(highest > 1.5);

    weigh::noisy(weights, 0.25, random, 11, 3, out);
    const double u = random.uniform(11, 3, 0);
    const double v = random.uniform(11, 3, 1);
    CHECK(
        out[1] / out[0] ==
        doctest::Approx(2.0 * (1 + 0.25 * (2 * v - 1)) / (1 + 0.25 * (2 * u - 1))).epsilon(1e-14));
    Eigen::VectorXd in_place = weights;
    weigh::noisy(in_place, 0.25, random, 11, 3, in_place);
    CHECK(bits(in_place) == bits(out));
    weigh::noisy(weights, 0.0, random, 1, 0, out);
    check_close(out, {0.125, 0.25, 0.0, 0.625}, 0.0);
}

TEST_CASE("Noise on weights that are not weights is refused") {
    namespace weigh = thuocdo::weigh;
    const thuocdo::numeric::Philox random(1);
    Eigen::VectorXd weights(3);
    weights << 1, -2, objective::blank;
    Eigen::VectorXd out(2);
    CHECK(problems([&] { weigh::noisy(weights, 1.5, random, 0, 0, out); }) ==
          Strings{"length_mismatch argument \"out\"", "fraction_out_of_range argument \"fraction\"",
                  "weight_not_valid weights[1]", "weight_not_valid weights[2]"});
    Eigen::VectorXd zeros = Eigen::VectorXd::Zero(2);
    CHECK(problems([&] { weigh::noisy(zeros, 0.5, random, 0, 0, out); }) ==
          Strings{"no_weight argument \"weights\""});
}

TEST_CASE("Logarithms of blocks are within 2 units in the last place and exact at 1") {
    testing_support::Random random(13);
    std::vector<double> values{1.0,   0.5,    2.0,     1.0 + 0x1p-52, 1.0 - 0x1p-53, 0x1p-1022,
                               1e308, 0.7071, 0.70711, 1.41421,       1.41422};
    for (int k = 0; k < 20000; ++k) values.push_back(std::exp(random.between(-700, 700)));
    for (int k = 0; k < 20000; ++k) values.push_back(random.between(0.5, 2.0));
    std::vector<double> found(values.size());
    thuocdo::numeric::natural_logarithms(values.data(), static_cast<thuocdo::Index>(values.size()),
                                         found.data());
    CHECK(found[0] == 0.0);
    double worst = 0.0;
    for (std::size_t k = 1; k < values.size(); ++k) {
        const long double expected = std::log(static_cast<long double>(values[k]));
        const double place = std::abs(std::nextafter(found[k], 2.0 * found[k]) - found[k]);
        worst = std::max(worst, static_cast<double>(std::abs(found[k] - expected)) / place);
    }
    CHECK(worst <= 2.0);
}

TEST_CASE("Sums on a grid: the exact sum but for the last place, in any order and at any scale") {
    using thuocdo::numeric::GridSum;
    testing_support::Random random(15);
    for (const double scale : {1.0, 1e-300, 1e-308, 5e-324, 1e300, 1e305, 0.7}) {
        for (const int count : {1, 2, 3, 7, 1000, 4099}) {
            CAPTURE(scale);
            CAPTURE(count);
            std::vector<double> values;
            thuocdo::numeric::ExactSum exact;
            for (int k = 0; k < count; ++k) {
                values.push_back(scale * random.between(-1, 1) *
                                 std::exp2(-30.0 * random.uniform()));
                exact.add(values.back());
            }
            const auto sum_of = [&](const std::vector<double>& numbers) {
                GridSum sum(scale, count);
                const auto half = static_cast<thuocdo::Index>(numbers.size() / 2);
                sum.add(numbers.data(), half);
                sum.add(numbers.data() + half, static_cast<thuocdo::Index>(numbers.size()) - half);
                return sum.value();
            };
            const double found = sum_of(values);
            CHECK(std::abs(found - exact.value()) <=
                  1e-15 * std::abs(exact.value()) + scale * 1e-18);
            std::vector<double> turned(values.rbegin(), values.rend());
            CHECK(std::bit_cast<std::uint64_t>(sum_of(turned)) ==
                  std::bit_cast<std::uint64_t>(found));
        }
    }
    GridSum large(1e308, 1000);
    const std::vector<double> most(1000, 1e308);
    large.add(most.data(), 1000);
    CHECK(large.divided_by(1000) == 1e308);
    CHECK(GridSum(0.0, 0).value() == 0.0);
}

TEST_CASE("Spread about a mean that double cannot hold is corrected for its rounding") {
    // Variance of 0, 1, 2 is 1; the mean of these is between two doubles.
    const double base = 0x1p52;
    const auto found =
        thuocdo::weigh::standard_deviation(matrix({{base, 1}, {base + 1, 5}, {base + 3, 3}}));
    CHECK(found.spread[0] == doctest::Approx(std::sqrt(7.0 / 3)).epsilon(1e-14));
    // Squares of these would overflow or vanish.
    const auto wide =
        thuocdo::weigh::standard_deviation(matrix({{1e200, 1e-200}, {3e200, 3e-200}}));
    CHECK(wide.spread[0] == doctest::Approx(std::sqrt(2.0) * 1e200).epsilon(1e-14));
    CHECK(wide.spread[1] == doctest::Approx(std::sqrt(2.0) * 1e-200).epsilon(1e-14));
}

TEST_CASE("MEREC: a share above an eighth takes the general logarithm, and both forms agree") {
    std::vector<double> parts;
    for (int k = 0; k <= 100; ++k) parts.push_back(0.125 * k / 100);
    parts.push_back(1e-300);
    const std::vector<double> wholes(parts.size(), 1.0);
    std::vector<double> scratch(parts.size());
    std::vector<double> general(parts.size());
    std::vector<double> small(parts.size());
    const auto count = static_cast<thuocdo::Index>(parts.size());
    thuocdo::numeric::negative_logarithms_of_complement(parts.data(), count, scratch.data(),
                                                        general.data());
    thuocdo::numeric::small_negative_logarithms_of_complement(parts.data(), wholes.data(), count,
                                                              small.data());
    for (std::size_t k = 0; k < parts.size(); ++k) {
        const double expected =
            static_cast<double>(-std::log1p(-static_cast<long double>(parts[k])));
        CHECK(std::abs(general[k] - expected) <= 4e-16 * expected);
        CHECK(std::abs(small[k] - expected) <= 4e-16 * expected);
    }
}

TEST_CASE("1 unit in 1,000,000 of a column is handled, and the order of a million units is free") {
    Eigen::MatrixXd x = random_matrix(1000000, 2, 14);
    x(123456, 1) = 1e9;
    const auto found = thuocdo::weigh::entropy(x);
    check_shares(found.weights);
    CHECK(found.weights[1] > 0.9);
    const Eigen::MatrixXd turned = x.colwise().reverse();
    CHECK(bits(thuocdo::weigh::entropy(turned).weights) == bits(found.weights));
}

}  // namespace weigh_tests
