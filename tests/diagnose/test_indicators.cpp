// Statistics, availability, alpha and principal components of indicators.

#include <thuocdo/diagnose/availability.hpp>
#include <thuocdo/diagnose/cronbach_alpha.hpp>
#include <thuocdo/diagnose/indicator_statistics.hpp>
#include <thuocdo/diagnose/principal_component_analysis.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "../support/build.hpp"

namespace diagnose_indicator_tests {

using thuocdo::Index;
namespace diagnose = thuocdo::diagnose;
using thuocdo::numeric::RowSelection;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

inline bool near(double found, double expected, double tolerance = 1e-14) {
    return std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

inline Eigen::MatrixXd correlated(Index rows, Index columns, double share_missing,
                                  std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd x(rows, columns);
    for (Index i = 0; i < rows; ++i) {
        const double shared = random.between(0.0, 10.0);
        for (Index j = 0; j < columns; ++j)
            x(i, j) = random.chance(share_missing) ? none : shared + random.between(0.0, 5.0);
    }
    return x;
}

/// k / (k - 1) (1 - sum of variances / variance of the sum): the other form of alpha.
inline double alpha_by_variances(const Eigen::MatrixXd& x) {
    const auto variance = [](const Eigen::VectorXd& column) {
        return (column.array() - column.mean()).square().sum() /
               static_cast<double>(column.size() - 1);
    };
    double variances = 0.0;
    for (Index j = 0; j < x.cols(); ++j) variances += variance(x.col(j));
    const auto k = static_cast<double>(x.cols());
    return k / (k - 1.0) * (1.0 - variances / variance(x.rowwise().sum()));
}

}  // namespace diagnose_indicator_tests

TEST_CASE("indicator statistics: counts, middle, mode and shape by hand") {
    namespace t = diagnose_indicator_tests;
    Eigen::MatrixXd x(8, 1);
    x << 3, t::none, 0, 3, 1, -0.0, 9, t::none;
    const auto found = t::diagnose::indicator_statistics(x).front();
    CHECK(found.observed == 6);
    CHECK(found.missing == 2);
    CHECK(found.zeros == 2);
    CHECK(found.distinct == 4);
    CHECK(found.minimum == 0.0);
    CHECK(found.maximum == 9.0);
    CHECK(found.median == 2.0);
    CHECK(t::near(found.mean, 16.0 / 6.0));
    // Deviations from 16/6: squares sum to 100 - 256/6.
    CHECK(t::near(found.standard_deviation, std::sqrt((100.0 - 256.0 / 6.0) / 5.0)));
    // Ties for the most frequent value: the smallest.
    CHECK(found.most_frequent_value == 0.0);
    CHECK(t::near(found.most_frequent_share, 2.0 / 6.0));
    // n^2 / ((n-1)(n-2)) * m3 / s^3, the other form of the sample-adjusted skewness.
    double third = 0.0;
    for (const double value : {3.0, 0.0, 3.0, 1.0, 0.0, 9.0})
        third += std::pow(value - 16.0 / 6.0, 3);
    CHECK(
        t::near(found.skewness, 6.0 / 20.0 * third / std::pow(found.standard_deviation, 3), 1e-13));
    CHECK_FALSE(found.constant);
    CHECK_FALSE(found.low_availability);
    CHECK_FALSE(found.many_zeros);
    CHECK_FALSE(found.few_distinct_values);
}

TEST_CASE("indicator statistics: each flag is set by what it names and by nothing else") {
    namespace t = diagnose_indicator_tests;
    Eigen::MatrixXd x(20, 5);
    for (t::Index i = 0; i < 20; ++i) {
        x(i, 0) = 7.0;
        x(i, 1) = i < 7 ? t::none : static_cast<double>(i);
        x(i, 2) = i < 11 ? 0.0 : static_cast<double>(i);
        x(i, 3) = static_cast<double>(i % 4 + 1);
        x(i, 4) = i == 19 ? 1000.0 : static_cast<double>(i) + 1.0;
    }
    const auto found = t::diagnose::indicator_statistics(x);
    CHECK(found[0].constant);
    CHECK(std::isnan(found[0].skewness));
    CHECK(found[0].standard_deviation == 0.0);
    CHECK_FALSE(found[0].heavy_tails);
    // 13 of 20 are exactly the limit, which is strict.
    CHECK_FALSE(found[1].low_availability);
    CHECK(found[2].many_zeros);
    CHECK_FALSE(found[2].few_distinct_values);
    CHECK(found[3].few_distinct_values);
    CHECK_FALSE(found[3].constant);
    CHECK(found[4].heavy_tails);
    CHECK_FALSE(found[4].many_zeros);
    x(7, 1) = t::none;
    CHECK(t::diagnose::indicator_statistics(x)[1].low_availability);
    CHECK_FALSE(t::diagnose::indicator_statistics(x, {.availability = 0.6})[1].low_availability);
}

TEST_CASE("indicator statistics: nothing observed, one unit, no unit") {
    namespace t = diagnose_indicator_tests;
    const Eigen::MatrixXd empty = Eigen::MatrixXd::Constant(3, 1, t::none);
    const auto all_missing = t::diagnose::indicator_statistics(empty).front();
    CHECK(all_missing.observed == 0);
    CHECK(all_missing.missing == 3);
    CHECK(all_missing.low_availability);
    CHECK(std::isnan(all_missing.median));
    const auto one = t::diagnose::indicator_statistics(Eigen::MatrixXd::Constant(1, 1, 4.0));
    CHECK(one.front().median == 4.0);
    CHECK(std::isnan(one.front().standard_deviation));
    CHECK_FALSE(one.front().constant);
    CHECK(t::diagnose::indicator_statistics(empty.topRows(0)).front().missing == 0);
}

TEST_CASE("indicator statistics: every infinite cell and bad threshold is named") {
    namespace t = diagnose_indicator_tests;
    Eigen::MatrixXd x = Eigen::MatrixXd::Zero(3, 2);
    x(2, 1) = std::numeric_limits<double>::infinity();
    const auto problems = testing_support::problems_of<thuocdo::NumericError>([&] {
        static_cast<void>(
            t::diagnose::indicator_statistics(x, {.availability = 2.0, .nonzero_share = -1.0}));
    });
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].place == "argument \"availability\"");
    CHECK(problems[1].place == "argument \"nonzero_share\"");
    CHECK(problems[2].place == "x, row 2, column 1");
}

TEST_CASE("indicator statistics: a million units in any order give the same bits") {
    namespace t = diagnose_indicator_tests;
    testing_support::Random random(6);
    Eigen::MatrixXd x(1'000'000, 1);
    for (t::Index i = 0; i < x.rows(); ++i) x(i, 0) = random.between(-1.0, 3.0);
    const Eigen::MatrixXd reversed = x.colwise().reverse();
    const auto a = t::diagnose::indicator_statistics(x).front();
    const auto b = t::diagnose::indicator_statistics(reversed).front();
    CHECK(a.mean == b.mean);
    CHECK(a.standard_deviation == b.standard_deviation);
    CHECK(a.skewness == b.skewness);
    CHECK(a.excess_kurtosis == b.excess_kurtosis);
    CHECK(a.median == b.median);
}

TEST_CASE("availability: shares by unit, indicator, pillar and region") {
    namespace t = diagnose_indicator_tests;
    Eigen::MatrixXd x(3, 4);
    x << 1, t::none, 3, t::none,  //
        1, 2, 3, 4,               //
        t::none, t::none, t::none, 4;
    const std::vector<t::Index> pillars = {0, 0, 2, -1};
    const std::vector<t::Index> regions = {1, 1, 0};
    const auto found = t::diagnose::availability(x, pillars, regions);
    CHECK(t::near(found.overall, 7.0 / 12.0));
    CHECK(found.of_unit == Eigen::Vector3d(0.5, 1.0, 0.25));
    CHECK(t::near(found.of_indicator[1], 1.0 / 3.0));
    REQUIRE(found.of_unit_in_group.cols() == 3);
    CHECK(found.of_unit_in_group(0, 0) == 0.5);
    CHECK(found.of_unit_in_group(2, 2) == 0.0);
    CHECK(std::isnan(found.of_unit_in_group(0, 1)));
    CHECK(found.of_indicator_in_group(1, 3) == 0.5);
    CHECK(found.of_indicator_in_group(0, 3) == 1.0);
    CHECK(found.of_indicator_in_group(0, 0) == 0.0);
    const auto bare = t::diagnose::availability(x);
    CHECK(bare.of_unit_in_group.cols() == 0);
    const auto problems = testing_support::problems_of<thuocdo::NumericError>([&] {
        const std::vector<t::Index> wrong = {0, 9, -2, 0};
        static_cast<void>(t::diagnose::availability(x, wrong, pillars));
    });
    CHECK(problems.size() == 3);
}

TEST_CASE("Cronbach alpha: agrees with the form by variances") {
    namespace t = diagnose_indicator_tests;
    const Eigen::MatrixXd x = t::correlated(200, 6, 0.0, 1);
    const auto found = t::diagnose::cronbach_alpha(x);
    CHECK(t::near(found.alpha, t::alpha_by_variances(x), 1e-13));
    CHECK(found.rows == 200);
    for (t::Index j = 0; j < 6; ++j) {
        Eigen::MatrixXd rest(200, 5);
        for (t::Index k = 0, to = 0; k < 6; ++k)
            if (k != j) rest.col(to++) = x.col(k);
        CHECK(t::near(found.alpha_without[j], t::alpha_by_variances(rest), 1e-13));
    }
}

TEST_CASE("Cronbach alpha: complete rows leave out rows, pairwise uses them") {
    namespace t = diagnose_indicator_tests;
    const Eigen::MatrixXd x = t::correlated(100, 4, 0.1, 2);
    const auto rows = thuocdo::numeric::complete_rows(x);
    REQUIRE(rows.size() < 100);
    const Eigen::MatrixXd complete = thuocdo::numeric::take_rows(x, rows);
    const auto found = t::diagnose::cronbach_alpha(x);
    CHECK(found.rows == static_cast<t::Index>(rows.size()));
    CHECK(t::near(found.alpha, t::alpha_by_variances(complete), 1e-13));
    const auto pairwise = t::diagnose::cronbach_alpha(x, t::RowSelection::pairwise);
    CHECK(pairwise.rows > found.rows);
    CHECK(pairwise.alpha != found.alpha);
    double between = 0.0;
    double all = 0.0;
    for (t::Index a = 0; a < 4; ++a) {
        for (t::Index b = 0; b < 4; ++b) {
            double count = 0;
            double sum_a = 0;
            double sum_b = 0;
            double ab = 0;
            for (t::Index i = 0; i < 100; ++i) {
                if (std::isnan(x(i, a)) || std::isnan(x(i, b))) continue;
                count += 1;
                sum_a += x(i, a);
                sum_b += x(i, b);
                ab += x(i, a) * x(i, b);
            }
            const double covariance = (ab - sum_a * sum_b / count) / (count - 1);
            all += covariance;
            if (a != b) between += covariance / 12.0;
        }
    }
    CHECK(t::near(pairwise.alpha, 16.0 * between / all, 1e-12));
}

TEST_CASE("Cronbach alpha: copies have alpha 1, opposites and single columns none") {
    namespace t = diagnose_indicator_tests;
    const Eigen::MatrixXd x = t::correlated(30, 1, 0.0, 3);
    Eigen::MatrixXd copies(30, 3);
    copies << x, x, x;
    CHECK(t::near(t::diagnose::cronbach_alpha(copies).alpha, 1.0));
    CHECK(std::isnan(t::diagnose::cronbach_alpha(x).alpha));
    CHECK(std::isnan(t::diagnose::cronbach_alpha(copies.topRows(1)).alpha));
    copies.col(2).setConstant(4.0);
    // k / (k - 1) (1 - 2 v / 4 v) with k = 3.
    CHECK(t::near(t::diagnose::cronbach_alpha(copies).alpha, 0.75));
    Eigen::MatrixXd opposites(30, 2);
    opposites << x, -x;
    CHECK(std::isnan(t::diagnose::cronbach_alpha(opposites).alpha));
}

TEST_CASE("principal component analysis: scores have the eigenvalues for variances") {
    namespace t = diagnose_indicator_tests;
    Eigen::MatrixXd x = t::correlated(150, 5, 0.0, 7);
    x.col(2).setConstant(3.0);
    const auto found =
        t::diagnose::principal_component_analysis(x, t::RowSelection::complete_rows, true);
    CHECK(found.rows == 150);
    CHECK(found.components.active.size() == 4);
    CHECK(found.eigenvalues_above_one == 1);
    const Eigen::MatrixXd covariances = thuocdo::numeric::covariance_matrix(found.scores);
    for (t::Index a = 0; a < 5; ++a) {
        for (t::Index b = 0; b < 5; ++b) {
            const double expected = a == b ? found.components.eigenvalues[a] : 0.0;
            CHECK(std::abs(covariances(a, b) - expected) <= 1e-12);
        }
    }
    // A loading is the correlation of a column with a component.
    CHECK(t::near(thuocdo::numeric::pearson(x.col(1), found.scores.col(0)),
                  found.components.loadings(1, 0), 1e-12));
}

TEST_CASE("principal component analysis: missing values, by rows and by pairs") {
    namespace t = diagnose_indicator_tests;
    const Eigen::MatrixXd x = t::correlated(80, 4, 0.1, 8);
    const auto rows = thuocdo::numeric::complete_rows(x);
    const auto found =
        t::diagnose::principal_component_analysis(x, t::RowSelection::complete_rows, true);
    CHECK(found.rows == static_cast<t::Index>(rows.size()));
    CHECK(found.correlations ==
          thuocdo::numeric::pearson_matrix(thuocdo::numeric::take_rows(x, rows)));
    for (t::Index i = 0; i < 80; ++i) CHECK(std::isnan(found.scores(i, 0)) == x.row(i).hasNaN());
    const auto pairwise = t::diagnose::principal_component_analysis(x, t::RowSelection::pairwise);
    CHECK(pairwise.correlations == thuocdo::numeric::pearson_matrix(x));
    CHECK(pairwise.rows > found.rows);
    CHECK(pairwise.scores.size() == 0);
    Eigen::MatrixXd apart(2, 2);
    apart << 1, t::none, t::none, 2;
    const auto problems = testing_support::problems_of<thuocdo::NumericError>(
        [&] { static_cast<void>(t::diagnose::principal_component_analysis(apart)); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "too_few_complete_rows");
}
