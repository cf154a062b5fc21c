// The Sobol sequence against scipy, and what scrambling must keep and must change.
#include <thuocdo/numeric/sobol.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include "support/first_difference.hpp"

namespace sobol_tests {

using testing_support::first_difference;
using thuocdo::Index;
using thuocdo::NumericError;
using thuocdo::numeric::SobolSequence;
namespace detail = thuocdo::numeric::detail;

constexpr std::uint64_t seed = 57;

// The first digits of a coordinate, as an integer.
std::uint32_t head(double coordinate, int digits) {
    return static_cast<std::uint32_t>(std::floor(std::ldexp(coordinate, digits)));
}

// How many of the first 2^m points are in the fullest interval of a dyadic grid of 2^m
// cells over some dimensions; `split` has the binary digits that each gets.
int fullest(const SobolSequence& points, int m, const std::vector<Index>& dimensions,
            const std::vector<int>& split) {
    std::vector<int> counts(std::size_t{1} << m, 0);
    int most = 0;
    for (std::uint64_t k = 0; k < counts.size(); ++k) {
        std::size_t cell = 0;
        for (std::size_t j = 0; j < dimensions.size(); ++j)
            cell = cell << split[j] | head(points.uniform(k, dimensions[j]), split[j]);
        most = std::max(most, ++counts[cell]);
    }
    return most;
}

TEST_CASE("Sobol: the points of scipy.stats.qmc.Sobol, without scrambling") {
    struct Known {
        std::uint64_t k;
        Index dimension;
        double times_2_32;
    };
    // scipy 1.17, Sobol(1024, scramble=False, bits=32), fast_forward(k).random(1).
    const std::vector<Known> known = {{0, 0, 0.0},
                                      {0, 1023, 0.0},
                                      {1, 0, 2147483648.0},
                                      {2, 1, 1073741824.0},
                                      {3, 2, 3221225472.0},
                                      {5, 7, 1610612736.0},
                                      {17, 39, 1744830464.0},
                                      {31, 99, 1476395008.0},
                                      {40, 500, 2080374784.0},
                                      {63, 1023, 2214592512.0},
                                      {63, 1022, 3825205248.0},
                                      {1000000, 0, 113709056.0},
                                      {1000000, 1, 1339682816.0},
                                      {1000000, 2, 3556216832.0},
                                      {1000000, 10, 2741612544.0},
                                      {1000000, 100, 169308160.0},
                                      {1000000, 480, 1463275520.0},
                                      {1000000, 481, 2011525120.0},
                                      {1000000, 1000, 4219416576.0},
                                      {1000000, 1023, 1283518464.0}};
    const SobolSequence points = SobolSequence::unscrambled(1024);
    for (const Known& each : known) {
        CAPTURE(each.k);
        CAPTURE(each.dimension);
        CHECK(points.uniform(each.k, each.dimension) == (each.times_2_32 + 0.5) * 0x1p-32);
    }
}

TEST_CASE("Sobol: every dimension has one of the first 2^m points in each interval") {
    const SobolSequence plain = SobolSequence::unscrambled(1024);
    const SobolSequence scrambled(seed, 1024);
    for (Index j = 0; j < 1024; ++j) {
        CAPTURE(j);
        CHECK(fullest(plain, 6, {j}, {6}) == 1);
        CHECK(fullest(scrambled, 6, {j}, {6}) == 1);
    }
    // The first two dimensions are a (0, m, 2)-net; others have some t above 0, which
    // scrambling must leave as it is.
    for (int a = 0; a <= 10; ++a) CHECK(fullest(scrambled, 10, {0, 1}, {a, 10 - a}) == 1);
    for (int a = 0; a <= 8; ++a) {
        for (int b = 0; a + b <= 8; ++b) {
            const std::vector<int> split{a, b, 8 - a - b};
            CHECK(fullest(scrambled, 8, {2, 5, 30}, split) == fullest(plain, 8, {2, 5, 30}, split));
        }
    }
}

TEST_CASE("Sobol: scrambling is nested, one coin for each string of digits before") {
    constexpr int depth = 12;
    for (Index dimension : {0, 3, 700}) {
        const SobolSequence plain = SobolSequence::unscrambled(dimension + 1);
        const SobolSequence scrambled(seed, dimension + 1);
        for (int digits = 1; digits <= depth; ++digits) {
            CAPTURE(dimension);
            CAPTURE(digits);
            // By the string of digits before: 1 if the next is kept, 2 if turned over, 3 if both.
            std::vector<int> coin(std::size_t{1} << (digits - 1), 0);
            for (std::uint64_t k = 0; k < 1U << depth; ++k) {
                const std::uint32_t from = head(plain.uniform(k, dimension), digits);
                const std::uint32_t to = head(scrambled.uniform(k, dimension), digits);
                coin[from >> 1U] |= (from & 1U) == (to & 1U) ? 1 : 2;
            }
            CHECK(std::all_of(coin.begin(), coin.end(),
                              [](int each) { return each == 1 || each == 2; }));
        }
    }
}

TEST_CASE("Sobol: the coins of the first five digits are fair and unrelated") {
    constexpr int depth = 5;
    constexpr int coins = (1 << depth) - 1;
    constexpr int seeds = 4096;
    std::vector<int> turned(coins, 0);
    std::vector<int> together(static_cast<std::size_t>(coins * coins), 0);
    for (int s = 0; s < seeds; ++s) {
        const thuocdo::numeric::Philox random(seed);
        const detail::ScrambleKey key = random.block(static_cast<std::uint64_t>(s), 0, 0);
        std::vector<int> coin;
        for (std::uint32_t digits = 0; digits < depth; ++digits)
            for (std::uint32_t before = 0; before < 1U << digits; ++before)
                coin.push_back(
                    static_cast<int>(detail::nested_scramble(before, key) >> digits & 1U));
        for (std::size_t i = 0; i < coin.size(); ++i) {
            turned[i] += coin[i];
            for (std::size_t j = 0; j < i; ++j) together[i * coins + j] += coin[i] ^ coin[j];
        }
    }
    // 5 standard deviations of a fair coin; 496 counts are looked at.
    const double allowed = 5.0 * std::sqrt(seeds / 4.0);
    for (std::size_t i = 0; i < turned.size(); ++i) {
        CAPTURE(i);
        CHECK(std::abs(turned[i] - seeds / 2) <= allowed);
        for (std::size_t j = 0; j < i; ++j) {
            CAPTURE(j);
            CHECK(std::abs(together[i * coins + j] - seeds / 2) <= allowed);
        }
    }
}

TEST_CASE("Sobol: a coordinate depends on seed, point and dimension alone") {
    const SobolSequence narrow(seed, 3);
    const SobolSequence wide(seed, 200);
    const SobolSequence other(seed + 1, 3);
    const Eigen::MatrixXd block = wide.points(1000, 700);
    std::set<double> distinct;
    int same_as_other = 0;
    for (std::uint64_t k = 0; k < 700; ++k) {
        Eigen::RowVectorXd expected(200);
        for (Index j = 0; j < 200; ++j) expected[j] = wide.uniform(1000 + k, j);
        CAPTURE(k);
        CHECK(first_difference(block.row(static_cast<Index>(k)), expected) == "");
        for (Index j = 0; j < 3; ++j) CHECK(narrow.uniform(k, j) == wide.uniform(k, j));
        const double u = narrow.uniform(k, 2);
        CHECK(u > 0.0);
        CHECK(u < 1.0);
        CHECK(std::fmod(u * 0x1p33, 2.0) == 1.0);
        distinct.insert(u);
        same_as_other += u == other.uniform(k, 2) ? 1 : 0;
    }
    CHECK(distinct.size() == 700);
    CHECK(same_as_other == 0);
    // The last points of the sequence.
    Eigen::VectorXd last(3);
    narrow.fill(SobolSequence::length - 3, 1, last);
    CHECK(last[2] == narrow.uniform(SobolSequence::length - 1, 1));
    // 2^12 points integrate a product of 6 factors, each of mean 1, far better than
    // random points, whose error is about 0.03.
    const Eigen::MatrixXd cube = wide.points(0, 1 << 12).leftCols(6);
    double sum = 0.0;
    for (Index i = 0; i < cube.rows(); ++i) {
        double product = 1.0;
        for (Index j = 0; j < 6; ++j) product *= 0.5 + cube(i, j);
        sum += product;
    }
    CHECK(std::abs(sum / (1 << 12) - 1.0) < 0.001);
}

TEST_CASE("Sobol: refuses dimensions and points that it has not") {
    for (const Index dimensions : {0, -1, 1025}) {
        CHECK_THROWS_AS(SobolSequence(seed, dimensions), NumericError);
        CHECK_THROWS_AS((void)SobolSequence::unscrambled(dimensions), NumericError);
    }
    const SobolSequence points(seed, 2);
    CHECK_THROWS_AS((void)points.uniform(0, 2), NumericError);
    CHECK_THROWS_AS((void)points.uniform(0, -1), NumericError);
    CHECK_THROWS_AS((void)points.points(0, -1), NumericError);
    Eigen::VectorXd out(2);
    std::size_t found = 0;
    try {
        points.fill(SobolSequence::length - 1, 2, out);
    } catch (const NumericError& error) {
        found = error.problems().size();
    }
    CHECK(found == 2);
}

}  // namespace sobol_tests
