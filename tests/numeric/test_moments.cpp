// Skewness and kurtosis against published figures and a long double computation.
#include <thuocdo/numeric/moments.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <support/build.hpp>
#include <vector>

namespace moments_test {

using thuocdo::Index;
using thuocdo::numeric::excess_kurtosis;
using thuocdo::numeric::skewness;

constexpr double nan_cell = std::numeric_limits<double>::quiet_NaN();

inline Eigen::VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

struct Shape {
    double skewness;
    double kurtosis;
};

inline Shape in_long_double(const Eigen::VectorXd& x) {
    long double n = 0.0L;
    long double mean = 0.0L;
    for (const double value : x) {
        if (std::isnan(value)) continue;
        n += 1.0L;
        mean += static_cast<long double>(value);
    }
    mean /= n;
    long double m2 = 0.0L;
    long double m3 = 0.0L;
    long double m4 = 0.0L;
    for (const double value : x) {
        if (std::isnan(value)) continue;
        const long double d = static_cast<long double>(value) - mean;
        m2 += d * d / n;
        m3 += d * d * d / n;
        m4 += d * d * d * d / n;
    }
    const long double g1 = m3 / std::pow(m2, 1.5L);
    const long double g2 = m4 / (m2 * m2) - 3.0L;
    return {static_cast<double>(std::sqrt(n * (n - 1.0L)) / (n - 2.0L) * g1),
            static_cast<double>((n - 1.0L) / ((n - 2.0L) * (n - 3.0L)) * ((n + 1.0L) * g2 + 6.0L))};
}

}  // namespace moments_test

TEST_CASE("skewness and kurtosis are those that Microsoft prints for SKEW and KURT") {
    using namespace moments_test;
    const Eigen::VectorXd x = column({3, 4, 5, 2, 3, 4, 5, 6, 4, 7});
    CHECK(skewness(x) == doctest::Approx(0.359543071).epsilon(1e-8));
    CHECK(excess_kurtosis(x) == doctest::Approx(-0.151799637).epsilon(1e-8));
}

TEST_CASE("skewness and kurtosis agree with long double, also far from zero") {
    using namespace moments_test;
    testing_support::Random random(11);
    for (const double level : {0.0, 1e3, -1e8}) {
        Eigen::VectorXd x(1001);
        for (double& value : x) value = level + std::pow(random.uniform(), 3.0);
        x[17] = nan_cell;
        const Shape expected = in_long_double(x);
        CAPTURE(level);
        // The column itself holds no more digits than this.
        const double tolerance = level == 0.0 ? 1e-12 : level > 0.0 ? 1e-11 : 1e-6;
        CHECK(skewness(x) == doctest::Approx(expected.skewness).epsilon(tolerance));
        CHECK(excess_kurtosis(x) == doctest::Approx(expected.kurtosis).epsilon(tolerance));
    }
}

TEST_CASE("moments do not depend on the order of rows, on missing cells, nor on the unit") {
    using namespace moments_test;
    testing_support::Random random(12);
    std::vector<double> values(500);
    for (double& value : values) value = random.between(-3.0, 9.0);
    const auto before = thuocdo::numeric::moments(column(values));
    for (std::size_t i = values.size() - 1; i > 0; --i)
        std::swap(values[i], values[random.below(i + 1)]);
    values.insert(values.begin() + 100, nan_cell);
    const auto after = thuocdo::numeric::moments(column(values));
    CHECK(after.observed == 500);
    CHECK(std::bit_cast<std::uint64_t>(before.skewness) ==
          std::bit_cast<std::uint64_t>(after.skewness));
    CHECK(std::bit_cast<std::uint64_t>(before.excess_kurtosis) ==
          std::bit_cast<std::uint64_t>(after.excess_kurtosis));
    // Powers of two keep every bit, down to subnormal and up to the largest numbers.
    for (const double unit : {0x1p-1000, 0x1p1019}) {
        const auto scaled = thuocdo::numeric::moments(column(values) * unit);
        CHECK(scaled.skewness == doctest::Approx(before.skewness).epsilon(1e-12));
        CHECK(scaled.excess_kurtosis == doctest::Approx(before.excess_kurtosis).epsilon(1e-12));
    }
    CHECK(skewness(-column(values)) == doctest::Approx(-before.skewness).epsilon(1e-12));
}

TEST_CASE("moments that do not exist are NaN, never zero") {
    using namespace moments_test;
    CHECK(std::isnan(skewness(column({}))));
    CHECK(std::isnan(skewness(column({1.0, 2.0}))));
    CHECK(std::isnan(skewness(column({nan_cell, nan_cell, nan_cell}))));
    CHECK(std::isnan(skewness(column({0.1, 0.1, 0.1, 0.1}))));
    CHECK(std::isnan(excess_kurtosis(column({0.1, 0.1, 0.1, 0.1}))));
    CHECK(skewness(column({1.0, 2.0, 3.0})) == 0.0);
    CHECK(std::isnan(excess_kurtosis(column({1.0, 2.0, 3.0}))));
    CHECK(std::isnan(skewness(column({1.0, 2.0, std::numeric_limits<double>::infinity()}))));
    CHECK(skewness(column({0.0, -0.0, 0.0, 1.0})) == doctest::Approx(2.0).epsilon(1e-14));
}

TEST_CASE("a million rows keep twelve digits of skewness and kurtosis") {
    using namespace moments_test;
    testing_support::Random random(13);
    Eigen::VectorXd x(1'000'000);
    for (double& value : x) value = -std::log(1.0 - random.uniform());
    const Shape expected = in_long_double(x);
    CHECK(skewness(x) == doctest::Approx(expected.skewness).epsilon(1e-12));
    CHECK(excess_kurtosis(x) == doctest::Approx(expected.kurtosis).epsilon(1e-12));
}
