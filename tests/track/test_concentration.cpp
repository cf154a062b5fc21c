#include <thuocdo/numeric/concentration.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "support/build.hpp"

using thuocdo::Index;
using thuocdo::NumericError;
using namespace thuocdo::numeric;
using testing_support::problems_of;
using testing_support::Random;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Eigen::VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

/// Mean absolute difference over twice the mean: the other definition of Gini.
double gini_by_differences(const std::vector<double>& x) {
    double differences = 0.0;
    double sum = 0.0;
    for (const double a : x) {
        sum += a;
        for (const double b : x) differences += std::abs(a - b);
    }
    return differences / (2.0 * static_cast<double>(x.size()) * sum);
}

}  // namespace

TEST_CASE("shares of 50, 30, 15 and 5 per cent by hand") {
    const auto x = column({15, 50, missing, 5, 30});
    CHECK(top_share(x, 1) == 0.5);
    CHECK(top_share(x, 2) == 0.8);
    CHECK(top_share(x, 4) == 1.0);
    CHECK(top_share(x, 100) == 1.0);
    // 0.25 + 0.09 + 0.0225 + 0.0025.
    CHECK(herfindahl(x) == doctest::Approx(0.365).epsilon(1e-15));
    CHECK(herfindahl_normalised(x) == doctest::Approx((0.365 - 0.25) / 0.75).epsilon(1e-14));
    CHECK(effective_number(x) == doctest::Approx(1.0 / 0.365).epsilon(1e-15));
    CHECK(gini(column({50, 30, 15, 5, 0})) == doctest::Approx(0.5).epsilon(1e-15));
}

TEST_CASE("equal amounts, all in one, one alone") {
    const auto equal = column({0.1, 0.1, 0.1});
    CHECK(herfindahl(equal) == doctest::Approx(1.0 / 3.0));
    CHECK(herfindahl_normalised(equal) == doctest::Approx(0.0));
    CHECK(herfindahl_normalised(equal) >= 0.0);
    CHECK(effective_number(equal) == doctest::Approx(3.0));
    CHECK(gini(equal) == 0.0);
    const auto one = column({0, 0, 7, 0});
    CHECK(herfindahl(one) == 1.0);
    CHECK(herfindahl_normalised(one) == 1.0);
    CHECK(effective_number(one) == 1.0);
    CHECK(gini(one) == 0.75);
    const auto alone = column({7});
    CHECK(herfindahl(alone) == 1.0);
    CHECK(std::isnan(herfindahl_normalised(alone)));
    CHECK(gini(alone) == 0.0);
}

TEST_CASE("nothing has no shares") {
    for (const auto& x : {column({}), column({missing}), column({0, 0})}) {
        CHECK(std::isnan(top_share(x, 1)));
        CHECK(std::isnan(herfindahl(x)));
        CHECK(std::isnan(herfindahl_normalised(x)));
        CHECK(std::isnan(effective_number(x)));
        CHECK(std::isnan(gini(x)));
    }
}

TEST_CASE("negative and infinite amounts are refused, all of them at once") {
    const auto x = column({1, -2, std::numeric_limits<double>::infinity(), missing});
    CHECK(problems_of<NumericError>([&] { (void)herfindahl(x); }).size() == 2);
    CHECK(problems_of<NumericError>([&] { (void)gini(x); }).size() == 2);
    CHECK_THROWS_AS((void)top_share(column({1}), 0), NumericError);
}

TEST_CASE("order and unit of the amounts do not change a bit, the largest do not overflow") {
    Random random(3);
    for (int k = 0; k < 100; ++k) {
        std::vector<double> x;
        for (std::size_t j = 0; j < 1 + random.below(30); ++j) x.push_back(random.between(0, 9));
        std::vector<double> other = x;
        std::reverse(other.begin(), other.end());
        other.push_back(missing);
        for (double& each : other) each *= 0x1p1000;
        CHECK(herfindahl(column(x)) == herfindahl(column(other)));
        CHECK(gini(column(x)) == gini(column(other)));
        CHECK(top_share(column(x), 3) == top_share(column(other), 3));
        CHECK(gini(column(x)) == doctest::Approx(gini_by_differences(x)));
    }
    CHECK(herfindahl(column({1e308, 1e308, 1e308, 1e308})) == 0.25);
}

TEST_CASE("moving an amount from a poorer to a richer one concentrates") {
    Random random(5);
    for (int k = 0; k < 100; ++k) {
        std::vector<double> x;
        for (int j = 0; j < 8; ++j) x.push_back(random.between(1, 9));
        std::sort(x.begin(), x.end());
        std::vector<double> moved = x;
        moved.front() -= 0.5;
        moved.back() += 0.5;
        CHECK(herfindahl(column(moved)) > herfindahl(column(x)));
        CHECK(gini(column(moved)) > gini(column(x)));
        CHECK(top_share(column(moved), 1) > top_share(column(x), 1));
        CHECK(effective_number(column(x)) <= 8.0);
    }
}
