// The copies of the busiest kernels for wide vectors have the bits of the plain ones.
#include <thuocdo/numeric/column_scan.hpp>
#include <thuocdo/numeric/detail/three_grids.hpp>
#include <thuocdo/numeric/grid_sum.hpp>
#include <thuocdo/numeric/natural_exponential.hpp>
#include <thuocdo/numeric/natural_logarithm.hpp>
#include <thuocdo/numeric/power_of_two.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace wide_copy_tests {

namespace numeric = thuocdo::numeric;
using thuocdo::Index;

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) return false;
    return a.size() == b.size();
}

#if THUOCDO_WIDE_COPIES
TEST_CASE("wide copies of kernels have the bits of the narrow ones, at every length") {
    if (!thuocdo::detail::has_wide_vectors) return;
    std::mt19937_64 generator(3);
    const auto uniform = [&] { return static_cast<double>(generator()) * 0x1p-64; };
    for (const Index count : {1, 2, 3, 4, 5, 7, 8, 31, 64, 500, 1001}) {
        CAPTURE(count);
        const auto size = static_cast<std::size_t>(count);
        std::vector<double> positive(size);
        std::vector<double> mixed(size);
        for (std::size_t i = 0; i < size; ++i) {
            positive[i] = std::ldexp(uniform() + 1e-3, static_cast<int>(generator() % 400) - 200);
            mixed[i] = 700.0 * (2.0 * uniform() - 1.0);
        }
        std::vector<double> narrow(size);
        std::vector<double> wide(size);
        numeric::detail::natural_logarithms_body(positive.data(), count, narrow.data());
        numeric::detail::natural_logarithms_wide(positive.data(), count, wide.data());
        CHECK(same_bits(narrow, wide));
        numeric::natural_logarithms(positive.data(), count, wide.data());
        CHECK(same_bits(narrow, wide));
        numeric::detail::natural_exponentials_body(mixed.data(), count, narrow.data());
        numeric::detail::natural_exponentials_wide(mixed.data(), count, wide.data());
        CHECK(same_bits(narrow, wide));
        const auto range = numeric::detail::value_range_body(mixed.data(), count);
        const auto wide_range = numeric::detail::value_range_wide(mixed.data(), count);
        CHECK(range.minimum == wide_range.minimum);
        CHECK(range.maximum == wide_range.maximum);
        CHECK(range.minimum == *std::min_element(mixed.begin(), mixed.end()));
        CHECK(range.maximum == *std::max_element(mixed.begin(), mixed.end()));
        CHECK(numeric::detail::all_finite_wide(mixed.data(), count));
        mixed[size / 2] = std::nan("");
        CHECK_FALSE(numeric::detail::all_finite_wide(mixed.data(), count));
        CHECK_FALSE(numeric::detail::all_finite_body(mixed.data(), count));
    }
}
#endif

TEST_CASE("a grid sum of squares is the one of the squares") {
    std::mt19937_64 generator(4);
    std::vector<double> values(1003);
    std::vector<double> squares(values.size());
    constexpr double unit = 0x1p-7;
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = 100.0 * (static_cast<double>(generator()) * 0x1p-63 - 1.0);
        squares[i] = (values[i] * unit) * (values[i] * unit);
    }
    const auto count = static_cast<Index>(values.size());
    numeric::GridSum expected(1.0, count);
    expected.add(squares.data(), count);
    numeric::GridSum found(1.0, count);
    found.add_squares(values.data(), count, unit);
    CHECK(found.value() == expected.value());
}

TEST_CASE("powers of two and exponents are those of the C library, to the ends of double") {
    for (int exponent = -1080; exponent <= 1030; ++exponent) {
        CAPTURE(exponent);
        CHECK(numeric::power_of_two(exponent) == std::ldexp(1.0, exponent));
        CHECK(numeric::times_power_of_two(1.375, exponent) == std::ldexp(1.375, exponent));
        if (exponent > 1023) continue;
        for (const double factor : {1.0, 1.25, 1.9999999999999998}) {
            const double bound = std::ldexp(factor, exponent);
            int expected = 0;
            std::frexp(bound, &expected);
            CHECK(numeric::exponent_above(bound) == expected);
        }
    }
    CHECK(numeric::exponent_above(0.0) == 0);
}

}  // namespace wide_copy_tests
