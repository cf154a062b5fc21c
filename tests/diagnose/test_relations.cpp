// Trends, findings about correlations, and actual importance.

#include <thuocdo/diagnose/correlation_findings.hpp>
#include <thuocdo/diagnose/importance.hpp>
#include <thuocdo/diagnose/trend_p_value.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <vector>

#include "../support/build.hpp"

namespace diagnose_relation_tests {

using thuocdo::Index;
namespace diagnose = thuocdo::diagnose;
using diagnose::CorrelationKind;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

inline bool near(double found, double expected, double tolerance = 1e-14) {
    return std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

inline Eigen::VectorXd uniform(Index rows, std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::VectorXd x(rows);
    for (Index i = 0; i < rows; ++i) x[i] = random.between(-1.0, 1.0);
    return x;
}

}  // namespace diagnose_relation_tests

TEST_CASE("compound growth: from the first to the last observed value, over given times") {
    namespace t = diagnose_relation_tests;
    Eigen::MatrixXd x(7, 4);
    x << 100, 90, t::none, 121,              // 10 % a year over 2 years
        t::none, 50, 60, t::none,            // between
        -1, 2, 3, 4,                         // from below 0
        5, 1, 1, 0,                          // to 0
        t::none, t::none, 8, t::none,        // one value
        t::none, t::none, t::none, t::none,  //
        3, 9, 2, -1;                         // to below 0
    const std::vector<double> times = {2020, 2020.5, 2021, 2022};
    const auto found = t::diagnose::compound_growth_rate(x, times);
    CHECK(t::near(found.rate[0], 0.1));
    CHECK(t::near(found.rate[1], 0.44));
    CHECK(found.rate[3] == -1.0);
    for (const t::Index i : {2, 4, 5, 6}) CHECK(std::isnan(found.rate[i]));
    CHECK(found.refused == std::vector<t::Index>{2, 6});
    CHECK(found.first_time[1] == 2020.5);
    CHECK(found.last_time[1] == 2021.0);
    CHECK(found.first_time[4] == 2021.0);
    CHECK(std::isnan(found.first_time[5]));
    CHECK(t::near(t::diagnose::compound_growth_rate(x).rate[0], std::cbrt(1.21) - 1.0));
}

TEST_CASE("linear trend: the first data set of Anscombe") {
    namespace t = diagnose_relation_tests;
    // F. J. Anscombe (1973), The American Statistician 27, 17-21: y = 3 + 0.5 x, standard error
    // of the slope 0.118, r squared 0.667.
    Eigen::MatrixXd y(1, 11);
    y << 4.26, 5.68, 7.24, 4.82, 6.95, 8.81, 8.04, 8.33, 10.84, 7.58, 9.96;
    const std::vector<double> x = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
    const auto found = t::diagnose::linear_trend(y, x);
    CHECK(t::near(found.slope[0], 0.5, 5e-4));
    CHECK(t::near(found.intercept[0], 3.0, 5e-4));
    CHECK(t::near(found.standard_error[0], 0.118, 5e-4));
    CHECK(t::near(found.r_squared[0], 0.667, 5e-4));
    CHECK(found.observed[0] == 11);
    // Student's t is 4.24 there, so p is 0.00217.
    CHECK(t::near(t::diagnose::trend_p_values(found)[0], 0.00217, 5e-6));
}

TEST_CASE("linear trend: missing periods are left out, calendar years keep their digits") {
    namespace t = diagnose_relation_tests;
    Eigen::MatrixXd x(5, 5);
    x << 1, t::none, 5, 7, t::none,             // 2 a year from 2020
        4, 4, 4, t::none, 4,                    // level
        1, t::none, t::none, t::none, 3,        // two values
        t::none, 2, t::none, t::none, t::none,  // one
        1, 2, 4, 4, 4;
    const std::vector<double> years = {2020, 2021, 2022, 2023, 2024};
    const auto found = t::diagnose::linear_trend(x, years);
    CHECK(t::near(found.slope[0], 2.0));
    CHECK(t::near(found.intercept[0], 1.0 - 2.0 * 2020.0));
    CHECK(found.r_squared[0] == 1.0);
    CHECK(found.standard_error[0] <= 1e-15);
    CHECK(found.slope[1] == 0.0);
    CHECK(found.intercept[1] == 4.0);
    CHECK(std::isnan(found.r_squared[1]));
    CHECK(found.standard_error[1] == 0.0);
    CHECK(found.slope[2] == 0.5);
    CHECK(std::isnan(found.standard_error[2]));
    CHECK(std::isnan(found.slope[3]));
    CHECK(found.observed[3] == 1);
    // By hand: t - 2 = -2..2, mean 3; slope 8/10, residuals -.4 -.2 1 .2 -.6, of square sum 1.6.
    CHECK(t::near(found.slope[4], 0.8));
    CHECK(t::near(found.standard_error[4], std::sqrt(1.6 / 3.0 / 10.0)));
    const auto p_values = t::diagnose::trend_p_values(found);
    CHECK(p_values[0] == 0.0);
    CHECK(std::isnan(p_values[1]));
    CHECK(std::isnan(p_values[2]));
}

TEST_CASE("trends: every time out of order is named") {
    namespace t = diagnose_relation_tests;
    const Eigen::MatrixXd x = Eigen::MatrixXd::Ones(1, 4);
    const std::vector<double> times = {1, 1, 0, t::none};
    const auto problems = testing_support::problems_of<thuocdo::NumericError>(
        [&] { static_cast<void>(t::diagnose::linear_trend(x, times)); });
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].place == "times[1]");
    CHECK(problems[2].code == "time_not_finite");
    const std::vector<double> three = {1, 2, 3};
    CHECK_THROWS_AS(static_cast<void>(t::diagnose::compound_growth_rate(x, three)),
                    thuocdo::NumericError);
}

TEST_CASE("correlation findings: redundant, negative, weak, each once and with its place") {
    namespace t = diagnose_relation_tests;
    Eigen::MatrixXd x(400, 4);
    x.col(0) = t::uniform(400, 1);
    x.col(1) = x.col(0) + 0.1 * t::uniform(400, 2);
    x.col(2) = -x.col(0) + 1.5 * t::uniform(400, 3);
    x.col(3).setConstant(5.0);
    const Eigen::VectorXd parent = x.col(0) + x.col(1) + 0.4 * t::uniform(400, 4);
    const auto found = t::diagnose::correlation_findings(x, parent);
    REQUIRE(found.size() == 4);
    CHECK(found[0].kind == t::CorrelationKind::redundant_pair);
    CHECK(found[0].first == 0);
    CHECK(found[0].second == 1);
    CHECK(found[0].coefficient == thuocdo::numeric::pearson(x.col(0), x.col(1)));
    CHECK(found[0].pairs == 400);
    CHECK(found[1].kind == t::CorrelationKind::negative_pair);
    CHECK(found[1].second == 2);
    CHECK(found[2].first == 1);
    CHECK(found[3].kind == t::CorrelationKind::negative_with_parent);
    CHECK(found[3].first == 2);
    CHECK(found[3].second == -1);
    std::ostringstream text;
    text << found[3];
    CHECK(text.str().find("column 2 and the parent") == 0);
    // Without the parent, and with another limit.
    CHECK(t::diagnose::correlation_findings(x).size() == 3);
    CHECK(t::diagnose::correlation_findings(x, {.redundant = 1.0}).size() == 2);
    const auto weak = t::diagnose::correlation_findings(x, t::uniform(400, 9));
    CHECK(weak.back().kind != t::CorrelationKind::redundant_pair);
    const auto ranked =
        t::diagnose::correlation_findings(x, parent, {}, t::diagnose::CorrelationMethod::kendall);
    CHECK(ranked.front().coefficient == thuocdo::numeric::kendall_tau_b(x.col(0), x.col(1)));
    CHECK_THROWS_AS(static_cast<void>(t::diagnose::correlation_findings(x, parent.head(3))),
                    thuocdo::NumericError);
}

TEST_CASE("correlation with denominators: an amount follows population, a share does not") {
    namespace t = diagnose_relation_tests;
    Eigen::MatrixXd denominators(300, 2);
    denominators.col(0) = t::uniform(300, 5).array() + 2.0;
    denominators.col(1) = t::uniform(300, 6).array() + 2.0;
    Eigen::MatrixXd x(300, 2);
    x.col(0) = denominators.col(0).array() * (3.0 + 0.2 * t::uniform(300, 7).array());
    x.col(1) = x.col(0).cwiseQuotient(denominators.col(0));
    x(4, 0) = t::none;
    const auto found = t::diagnose::correlation_with_denominators(x, denominators);
    REQUIRE(found.findings.size() == 1);
    CHECK(found.findings[0].kind == t::CorrelationKind::follows_denominator);
    CHECK(found.findings[0].first == 0);
    CHECK(found.findings[0].second == 0);
    CHECK(found.pairs(0, 1) == 299);
    CHECK(found.pairs(1, 1) == 300);
    CHECK(found.coefficients(1, 1) == thuocdo::numeric::pearson(x.col(1), denominators.col(1)));
    const auto problems = testing_support::problems_of<thuocdo::NumericError>([&] {
        static_cast<void>(t::diagnose::correlation_with_denominators(
            x, denominators.topRows(2), {.redundant = 2.0, .weak = -1.0}));
    });
    CHECK(problems.size() == 3);
}

TEST_CASE("importance: shares of variance by hand from the covariance matrix") {
    namespace t = diagnose_relation_tests;
    // Columns of variance 4/3, 16/3 and no correlation.
    Eigen::MatrixXd y(4, 3);
    y << 1, 2, 7, 1, -2, 7, -1, 2, 7, -1, -2, 7;
    const std::vector<double> weights = {3, 1, 1};
    const Eigen::VectorXd index = 0.6 * y.col(0) + 0.2 * y.col(1) + 0.2 * y.col(2);
    const auto found = t::diagnose::importance(y, weights, index, 1);
    CHECK(found.intended_weight == Eigen::Vector3d(0.6, 0.2, 0.2));
    // 0.36 * 4/3 against 0.04 * 16/3.
    CHECK(t::near(found.variance_share[0], 0.36 / 0.52));
    CHECK(t::near(found.variance_share[1], 0.16 / 0.52));
    CHECK(found.variance_share[2] == 0.0);
    CHECK(t::near(found.squared_correlation[0], 0.36 / 0.52));
    CHECK(std::isnan(found.squared_correlation[2]));
    CHECK(found.relative_importance[2] == 0.0);
    CHECK(t::near(found.relative_importance[0] + found.relative_importance[1], 1.0));
    CHECK(found.rows == 4);
}

TEST_CASE("correlation ratio: straight, curved and absent relations") {
    namespace t = diagnose_relation_tests;
    const Eigen::VectorXd x = t::uniform(3321, 31);
    const Eigen::VectorXd straight = 2.0 - 3.0 * x.array();
    CHECK(t::near(t::diagnose::correlation_ratio(x, straight), 1.0, 1e-12));
    // A parabola: no correlation, nearly all of the variance explained.
    const Eigen::VectorXd curved = x.array().square();
    CHECK(std::abs(thuocdo::numeric::pearson(x, curved)) < 0.05);
    CHECK(t::diagnose::correlation_ratio(x, curved) > 0.999);
    // Expectation 0; 30 parameters on 3,321 rows would give 0.009 without the correction.
    CHECK(t::diagnose::correlation_ratio(x, t::uniform(3321, 32)) < 0.005);
    // x + noise of equal variance: one half.
    const Eigen::VectorXd noisy = x + t::uniform(3321, 33);
    CHECK(std::abs(t::diagnose::correlation_ratio(x, noisy) - 0.5) < 0.03);
}

TEST_CASE("correlation ratio: one group is the adjusted R squared of a line") {
    namespace t = diagnose_relation_tests;
    const Eigen::VectorXd x = t::uniform(50, 41);
    const Eigen::VectorXd y = x + t::uniform(50, 42);
    const double r = thuocdo::numeric::pearson(x, y);
    CHECK(
        t::near(t::diagnose::correlation_ratio(x, y, 1), 1.0 - (1.0 - r * r) * 49.0 / 48.0, 1e-13));
}

TEST_CASE("correlation ratio: levels are groups of their own, whatever the number asked for") {
    namespace t = diagnose_relation_tests;
    // Two levels: the classical ratio between groups, less its bias.
    Eigen::VectorXd x(6);
    x << 0, 0, 0, 1, 1, 1;
    Eigen::VectorXd y(6);
    y << 1, 2, 3, 5, 6, 7;
    // Within 4, total 28; 1 - (4/4) / (28/5).
    CHECK(t::near(t::diagnose::correlation_ratio(x, y, 2), 1.0 - 5.0 / 28.0));
    CHECK(t::near(t::diagnose::correlation_ratio(x, y, 5), 1.0 - 5.0 / 28.0));
    CHECK(std::isnan(t::diagnose::correlation_ratio(Eigen::VectorXd::Ones(6), y)));
    CHECK(std::isnan(t::diagnose::correlation_ratio(x, Eigen::VectorXd::Ones(6))));
    CHECK(std::isnan(t::diagnose::correlation_ratio(x.head(1), y.head(1))));
}

TEST_CASE("importance: missing rows are left out; wrong weights are all named") {
    namespace t = diagnose_relation_tests;
    Eigen::MatrixXd y(60, 2);
    y.col(0) = t::uniform(60, 51);
    y.col(1) = t::uniform(60, 52);
    Eigen::VectorXd index = 0.5 * y.col(0) + 0.5 * y.col(1);
    const std::vector<double> weights = {1, 1};
    const auto part = t::diagnose::importance(y.topRows(50), weights, index.head(50));
    for (t::Index i = 50; i < 55; ++i) y(i, 1) = t::none;
    for (t::Index i = 55; i < 60; ++i) index[i] = t::none;
    const auto found = t::diagnose::importance(y, weights, index);
    CHECK(found.rows == 50);
    CHECK(found.variance_share == part.variance_share);
    CHECK(found.correlation_ratio == part.correlation_ratio);
    const std::vector<double> wrong = {-1, t::none, 1};
    const auto problems = testing_support::problems_of<thuocdo::NumericError>(
        [&] { static_cast<void>(t::diagnose::importance(y, wrong, index.head(3), -1)); });
    CHECK(problems.size() == 5);
    const std::vector<double> zero = {0, 0};
    CHECK_THROWS_AS(static_cast<void>(t::diagnose::importance(y, zero, index)),
                    thuocdo::NumericError);
}
