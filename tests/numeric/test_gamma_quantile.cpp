// Quantiles of gamma distributions against values of 45 digits and closed forms.
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/gamma_quantile.hpp>
#include <thuocdo/numeric/philox.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "support/first_difference.hpp"

namespace gamma_quantile_tests {

using testing_support::first_difference;
using thuocdo::numeric::gamma_quantile;
using thuocdo::numeric::GammaQuantile;

const double missing = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();

bool close(double found, double expected, double tolerance = 2e-13) {
    return std::abs(found - expected) <= tolerance * std::abs(expected);
}

// P(a, x) of a whole shape: 1 - e^-x (1 + x + ... + x^(a-1)/(a-1)!).
double exceeding(int shape, double x) {
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; k < shape; ++k) {
        term *= x / k;
        sum += term;
    }
    return std::exp(-x) * sum;
}

TEST_CASE("Gamma quantile: values computed with 45 digits") {
    // mpmath 1.4: root of the series or the continued fraction of P(a, x) - p.
    struct Known {
        double shape;
        double p;
        double x;
    };
    const std::vector<Known> known = {
        {0.01, 0.9, 1.5035936230702948e-05},     {0.01, 0.999, 1.5090841476947499},
        {0.01, 1 - 0x1p-40, 20.109230192198833}, {0.03, 1e-06, 5.7528188170688326e-201},
        {0.1, 0.5, 0.0005933911044602261},       {0.3, 0.7, 0.2565649133210521},
        {0.5, 1e-12, 7.853981633974483e-25},     {0.5, 0.5, 0.2274682115597864},
        {0.7, 0.999999, 12.76885808531635},      {0.999, 0.3, 0.3560131481035358},
        {1.5, 0.25, 0.6062664515228345},         {2.0, 1e-09, 4.472202623032764e-05},
        {2.0, 0.75, 2.6926345288896956},         {3.0, 1 - 0x1p-40, 34.15296700091932},
        {5.0, 0.04, 1.8482707224783443},         {9.0, 0.993, 18.013506062696983},
        {15.9, 1e-12, 1.2832541027664526},       {15.9, 0.6, 16.58722902437504},
        {16.0, 0.6, 16.690431648051703},         {16.0, 1e-12, 1.305626852437434},
        {16.5, 1 - 0x1p-40, 62.92438540495718},  {20.0, 1e-300, 8.304361203739346e-15},
        {100.0, 0.001, 71.9213974950004},        {1000.0, 0.5, 999.6666864269652},
        {10000.0, 1e-12, 9312.628969854226},     {10000.0, 1 - 0x1p-40, 10721.075971875109}};
    for (const Known& each : known) {
        CAPTURE(each.shape);
        CAPTURE(each.p);
        const GammaQuantile quantile(each.shape);
        CHECK(close(quantile(each.p), each.x));
        CHECK(close(quantile.logarithm(each.p), std::log(each.x), 1e-12));
        CHECK(quantile(each.p) == gamma_quantile(each.shape, each.p));
    }
}

TEST_CASE("Gamma quantile: shapes 1, 1/2 and whole shapes have closed forms") {
    const thuocdo::numeric::Philox random(3);
    const GammaQuantile exponential(1.0);
    const GammaQuantile half(0.5);
    for (std::uint32_t i = 0; i < 200; ++i) {
        const double u = random.uniform(0, 0, i);
        for (const double p : {u, std::pow(u, 20.0), 1.0 - std::ldexp(u, -20)}) {
            CAPTURE(p);
            CHECK(close(exponential(p), -std::log1p(-p), 1e-15));
            // The square of a normal deviate, halved.
            if (p < 0.1) continue;
            const double upper = thuocdo::numeric::normal_quantile(0.5 * (1.0 - p));
            CHECK(close(half(p), 0.5 * upper * upper, 1e-13));
        }
        for (const int shape : {2, 3, 7, 15, 17, 40})
            CHECK(close(exceeding(shape, gamma_quantile(shape, u)), 1.0 - u, 1e-12));
    }
}

TEST_CASE("Gamma quantile: rises with the probability, also where the method changes") {
    for (const double shape : {0.02, 0.4, 0.999999, 1.0, 1.000001, 4.0, 15.999, 16.0, 321.0}) {
        CAPTURE(shape);
        const GammaQuantile quantile(shape);
        std::vector<double> found;
        std::vector<double> before{-infinity};
        for (int i = 1; i < 2000; ++i) {
            const double p = 0.5 * (1.0 - std::cos(3.14159265 * i / 2000.0));
            found.push_back(quantile.logarithm(p));
            before.push_back(found.back());
        }
        before.pop_back();
        CHECK(first_difference(found, before, std::greater<>()) == "");
    }
    // Where one method takes over from another both agree.
    for (const double p : {1e-12, 0.3, 0.999}) {
        const double below = gamma_quantile(std::nextafter(16.0, 0.0), p);
        CHECK(close(below, gamma_quantile(16.0, p), 2e-14));
        CHECK(close(gamma_quantile(std::nextafter(1.0, 2.0), p), gamma_quantile(1.0, p), 2e-14));
    }
}

TEST_CASE("Gamma quantile: extremes") {
    for (const double shape : {1e-310, 0.3, 1.0, 5.0, 100.0, 1e300}) {
        CAPTURE(shape);
        const GammaQuantile quantile(shape);
        CHECK(quantile(0.0) == 0.0);
        CHECK(quantile.logarithm(0.0) == -infinity);
        CHECK(quantile(1.0) == infinity);
        for (const double p : {-0.1, 1.1, missing}) {
            CHECK(std::isnan(quantile(p)));
            CHECK(std::isnan(quantile.logarithm(p)));
        }
        for (const double p : {5e-324, 1e-30, 0.5, 1.0 - 0x1p-53}) {
            CAPTURE(p);
            CHECK(std::isfinite(quantile(p)));
            CHECK(std::isfinite(quantile.logarithm(p)));
        }
    }
    // Too small for a double, but not its logarithm: (ln p + ln Gamma(1 + a)) / a.
    CHECK(gamma_quantile(1e-4, 0.5) == 0.0);
    CHECK(close(GammaQuantile(1e-4).logarithm(0.5), (std::log(0.5) + std::lgamma(1.0001)) / 1e-4,
                1e-13));
    CHECK(close(gamma_quantile(1e12, 0.5), 1e12 - 1.0 / 3.0, 1e-15));
    for (const double shape : {0.0, -1.0, missing, infinity})
        CHECK_THROWS_AS(GammaQuantile{shape}, thuocdo::NumericError);
}

TEST_CASE("Gamma quantile: the same bits with every compiler and instruction set") {
    const thuocdo::numeric::Philox random(8);
    std::uint64_t digest = 0;
    for (const double shape : {0.02, 0.7, 1.0, 2.5, 15.0, 16.0, 1000.0}) {
        const GammaQuantile quantile(shape);
        for (std::uint32_t i = 0; i < 300; ++i) {
            const double u = random.uniform(0, 0, i);
            for (const double p : {u, 0x1p-20 * u, 1.0 - 0x1p-20 * u})
                digest = digest * 0x9E3779B97F4A7C15U +
                         std::bit_cast<std::uint64_t>(quantile.logarithm(p));
        }
    }
    CHECK(digest == 84556708680503041U);
}

}  // namespace gamma_quantile_tests
