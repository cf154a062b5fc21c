#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "numeric/special_values.hpp"

namespace {

using thuocdo::numeric::argsort;
using thuocdo::numeric::ascending_key;
using thuocdo::numeric::descending_key;
using thuocdo::numeric::Order;

using numeric_test::infinity;
using numeric_test::missing;

// Independent of the keys: comparisons of doubles, missing values last.
std::vector<std::uint32_t> expected_order(const std::vector<double>& values, Order order) {
    std::vector<std::uint32_t> rows(values.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (std::isnan(values[a]) || std::isnan(values[b])) {
            return !std::isnan(values[a]) && std::isnan(values[b]);
        }
        return order == Order::ascending ? values[a] < values[b] : values[a] > values[b];
    });
    return rows;
}

}  // namespace

TEST_CASE("keys order like the values") {
    const std::vector<double> ascending = {-infinity,
                                           -std::numeric_limits<double>::max(),
                                           -1.0,
                                           std::nextafter(-1.0, 0.0),
                                           -std::numeric_limits<double>::min(),
                                           -5e-324,
                                           0.0,
                                           5e-324,
                                           std::numeric_limits<double>::min(),
                                           1.0,
                                           std::nextafter(1.0, 2.0),
                                           std::numeric_limits<double>::max(),
                                           infinity};
    for (std::size_t i = 0; i + 1 < ascending.size(); ++i) {
        CHECK(ascending_key(ascending[i]) < ascending_key(ascending[i + 1]));
        CHECK(descending_key(ascending[i]) > descending_key(ascending[i + 1]));
    }
    CHECK(ascending_key(-0.0) == ascending_key(0.0));
    CHECK(descending_key(-0.0) == descending_key(0.0));
}

TEST_CASE("every missing value has one key, after all others in both orders") {
    const double payload = std::bit_cast<double>(std::uint64_t{0xFFF8000000000123});
    for (const double nan : {missing, -missing, payload}) {
        CHECK(ascending_key(nan) == thuocdo::numeric::missing_key);
        CHECK(descending_key(nan) == thuocdo::numeric::missing_key);
    }
    CHECK(ascending_key(missing) > ascending_key(infinity));
    CHECK(descending_key(missing) > descending_key(-infinity));
}

TEST_CASE("argsort equals a stable comparison sort at every size and with many ties") {
    constexpr std::uint64_t seed = 766;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    for (std::size_t size : {0U, 1U, 2U, 3U, 34U, 63U, 64U, 65U, 200U, 1000U, 3321U, 100000U}) {
        for (int kind = 0; kind < 4; ++kind) {
            std::vector<double> values(size);
            for (double& value : values) {
                const std::uint64_t bits = generator();
                if (kind == 0) value = std::bit_cast<double>(bits);
                if (kind == 1) value = static_cast<double>(bits % 1000) / 100.0;
                if (kind == 2)
                    value = bits % 5 == 0   ? missing
                            : bits % 3 == 0 ? -0.0
                            : bits % 2 == 0 ? 0.0
                                            : 1.0;
                if (kind == 3) value = 50.0;
            }
            INFO("size ", size, " kind ", kind);
            REQUIRE(argsort(values, Order::ascending) == expected_order(values, Order::ascending));
            REQUIRE(argsort(values, Order::descending) ==
                    expected_order(values, Order::descending));
        }
    }
}

TEST_CASE("argsort takes a million values, and columns with nothing observed") {
    constexpr std::uint64_t seed = 1000000;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    std::vector<double> values(1000000);
    for (double& value : values) value = static_cast<double>(generator()) * 0x1p-64;
    REQUIRE(argsort(values, Order::descending) == expected_order(values, Order::descending));

    const std::vector<double> nothing(500, missing);
    std::vector<std::uint32_t> rows(500);
    std::iota(rows.begin(), rows.end(), 0U);
    CHECK(argsort(nothing, Order::ascending) == rows);
    CHECK(argsort(nothing, Order::descending) == rows);
}
