// Pearson's correlation: textbook values, an independent computation in long double,
// missing values, extremes and the bits that must not move.

#include <thuocdo/numeric/pearson.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "../support/build.hpp"

namespace pearson_tests {

using thuocdo::Index;
using thuocdo::numeric::pearson;
using thuocdo::numeric::pearson_matrix;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The definition, in long double, over jointly observed rows.
inline double by_definition(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    long double count = 0;
    long double sum_a = 0;
    long double sum_b = 0;
    for (Index i = 0; i < a.size(); ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i])) continue;
        count += 1;
        sum_a += a[i];
        sum_b += b[i];
    }
    long double ab = 0;
    long double aa = 0;
    long double bb = 0;
    for (Index i = 0; i < a.size(); ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i])) continue;
        const long double da = a[i] - sum_a / count;
        const long double db = b[i] - sum_b / count;
        ab += da * db;
        aa += da * da;
        bb += db * db;
    }
    return static_cast<double>(ab / std::sqrt(aa * bb));
}

inline Eigen::MatrixXd random_matrix(Index rows, Index columns, double share_missing,
                                     std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd x(rows, columns);
    for (Index j = 0; j < columns; ++j) {
        for (Index i = 0; i < rows; ++i) {
            const double shared = j > 0 ? x(i, j - 1) : 0.0;
            x(i, j) = random.between(0.0, 100.0) + (std::isnan(shared) ? 0.0 : 0.5 * shared);
            if (random.chance(share_missing)) x(i, j) = missing;
        }
    }
    return x;
}

}  // namespace pearson_tests

TEST_CASE("Pearson: the longley data, correlation of GNP and employment") {
    // J. W. Longley (1967), Journal of the American Statistical Association 62, 819-841;
    // total derived employment (thousands) and gross national product (million dollars).
    Eigen::VectorXd employed(16);
    employed << 60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513,
        68655, 69564, 69331, 70551;
    Eigen::VectorXd product(16);
    product << 234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180,
        442769, 444546, 482704, 502601, 518173, 554894;
    CHECK(pearson_tests::pearson(employed, product) == doctest::Approx(0.98355).epsilon(1e-5));
    CHECK(pearson_tests::pearson(employed, product) ==
          doctest::Approx(pearson_tests::by_definition(employed, product)).epsilon(1e-14));
}

TEST_CASE("Pearson: the matrix agrees with the definition, with and without missing values") {
    for (const double share : {0.0, 0.02, 0.5}) {
        for (const thuocdo::Index rows : {2, 3, 7, 255, 256, 257, 1000}) {
            CAPTURE(share);
            CAPTURE(rows);
            const Eigen::MatrixXd x = pearson_tests::random_matrix(rows, 11, share, 5);
            const Eigen::MatrixXd r = pearson_tests::pearson_matrix(x);
            for (thuocdo::Index a = 0; a < x.cols(); ++a) {
                for (thuocdo::Index b = 0; b < x.cols(); ++b) {
                    const double expected = pearson_tests::by_definition(x.col(a), x.col(b));
                    CHECK(std::isnan(r(a, b)) == std::isnan(expected));
                    if (!std::isnan(expected)) CHECK(std::abs(r(a, b) - expected) <= 1e-13);
                    const double single = pearson_tests::pearson(x.col(a), x.col(b));
                    CHECK((single == r(a, b) || (std::isnan(single) && std::isnan(r(a, b)))));
                    CHECK((r(a, b) == r(b, a) || std::isnan(r(a, b))));
                }
            }
        }
    }
}

TEST_CASE("Pearson: digits survive a large mean, and sizes beyond what squares can hold") {
    Eigen::MatrixXd x(4, 2);
    x << 0, 1, 1, 3, 2, 2, 3, 5;
    const double expected = pearson_tests::pearson(x.col(0), x.col(1));
    CHECK(std::abs(expected - 11.0 / std::sqrt(175.0)) <= 1e-15);
    const Eigen::MatrixXd far = x.array() + 1e15;
    CHECK(std::abs(pearson_tests::pearson(far.col(0), far.col(1)) - expected) <= 1e-15);
    for (const double size : {1e300, 1e-300, 0x1.0p-1070}) {
        const Eigen::MatrixXd scaled = x * size;
        CHECK(std::abs(pearson_tests::pearson(scaled.col(0), scaled.col(1)) - expected) <= 1e-15);
    }
}

TEST_CASE("Pearson: a column equals itself, its double and its opposite exactly") {
    const Eigen::MatrixXd x = pearson_tests::random_matrix(777, 1, 0.1, 8);
    Eigen::MatrixXd three(777, 3);
    three << x, 2.0 * x, -x;
    const Eigen::MatrixXd r = pearson_tests::pearson_matrix(three);
    CHECK(r(0, 0) == 1.0);
    CHECK(r(0, 1) == 1.0);
    CHECK(r(0, 2) == -1.0);
}

TEST_CASE("Pearson: a column that is constant where the other is observed is undefined") {
    constexpr double none = pearson_tests::missing;
    Eigen::MatrixXd x(5, 2);
    x << 0.1, 3, 0.1, 4, 0.1, 6, 1000, none, 2000, none;
    const Eigen::MatrixXd r = pearson_tests::pearson_matrix(x);
    CHECK(std::isnan(r(0, 1)));
    CHECK(r(0, 0) == 1.0);
    // Nearly constant there: sums over all rows would lose every digit.
    x(2, 0) = 0.1000001;
    Eigen::MatrixXd part = x.topRows(3);
    CHECK(std::abs(pearson_tests::pearson_matrix(x)(0, 1) -
                   pearson_tests::by_definition(part.col(0), part.col(1))) <= 1e-9);
}

TEST_CASE("Pearson: the bits of a pair do not depend on its neighbours") {
    const Eigen::MatrixXd x = pearson_tests::random_matrix(500, 9, 0.1, 4);
    const Eigen::MatrixXd r = pearson_tests::pearson_matrix(x);
    const Eigen::MatrixXd part = pearson_tests::pearson_matrix(x.rightCols(4));
    CHECK(part == r.bottomRightCorner(4, 4));
}

TEST_CASE("Pearson: known bits, so that no compiler or vector width may change them") {
    // Made by g++ 12 for SSE2; clang 14 and wider vectors must agree.
    const Eigen::MatrixXd x = pearson_tests::random_matrix(1000, 6, 0.0, 99);
    const Eigen::MatrixXd y = pearson_tests::random_matrix(1000, 6, 0.1, 99);
    CHECK(pearson_tests::pearson_matrix(x)(2, 3) == 0x1.0a12c109396a1p-1);
    CHECK(pearson_tests::pearson_matrix(y)(2, 3) == 0x1.102df9967c4b1p-1);
}
