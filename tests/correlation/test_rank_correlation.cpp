// Spearman and Kendall against published values, brute force over pairs of rows, and
// properties; p-values against published values.

#include <thuocdo/numeric/correlation_table.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "../support/build.hpp"

namespace rank_correlation_tests {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using thuocdo::Index;
namespace numeric = thuocdo::numeric;

constexpr double missing_value = std::numeric_limits<double>::quiet_NaN();

inline VectorXd column(const std::vector<double>& values) {
    return VectorXd::Map(values.data(), static_cast<Index>(values.size()));
}

inline bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Jointly observed rows of both.
inline void keep_joint(VectorXd& a, VectorXd& b) {
    Index kept = 0;
    for (Index i = 0; i < a.size(); ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i])) continue;
        a[kept] = a[i];
        b[kept++] = b[i];
    }
    a.conservativeResize(kept);
    b.conservativeResize(kept);
}

/// Average ranks by counting, O(n^2).
inline VectorXd average_ranks(const VectorXd& x) {
    VectorXd ranks(x.size());
    for (Index i = 0; i < x.size(); ++i) {
        double below = 0;
        double equal = 0;
        for (Index k = 0; k < x.size(); ++k) {
            below += x[k] < x[i] ? 1 : 0;
            equal += x[k] == x[i] ? 1 : 0;
        }
        ranks[i] = below + (equal + 1) / 2;
    }
    return ranks;
}

struct BruteForce {
    std::int64_t s = 0;
    std::int64_t tied_a = 0;
    std::int64_t tied_b = 0;
    std::int64_t pairs = 0;
};

inline BruteForce over_pairs(const VectorXd& a, const VectorXd& b) {
    BruteForce found;
    for (Index i = 0; i < a.size(); ++i) {
        for (Index k = 0; k < i; ++k) {
            const int sign_a = a[i] > a[k] ? 1 : a[i] < a[k] ? -1 : 0;
            const int sign_b = b[i] > b[k] ? 1 : b[i] < b[k] ? -1 : 0;
            found.s += sign_a * sign_b;
            found.tied_a += sign_a == 0 ? 1 : 0;
            found.tied_b += sign_b == 0 ? 1 : 0;
            ++found.pairs;
        }
    }
    return found;
}

/// Values with ties where `levels` is above 0.
inline MatrixXd sample(Index rows, Index columns, int levels, double share_missing,
                       std::uint64_t seed) {
    testing_support::Random random(seed);
    MatrixXd x(rows, columns);
    for (Index j = 0; j < columns; ++j) {
        for (Index i = 0; i < rows; ++i) {
            const double value = random.between(-1.0, 1.0);
            x(i, j) = levels > 0 ? std::floor(value * levels) : value;
            if (random.chance(share_missing)) x(i, j) = missing_value;
        }
    }
    return x;
}

}  // namespace rank_correlation_tests

TEST_CASE("Spearman: a worked example without ties") {
    namespace t = rank_correlation_tests;
    // Quotients of intelligence and hours of television of ten people, rho = -29/165; the worked
    // example of the article "Spearman's rank correlation coefficient" in Wikipedia.
    const auto quotient = t::column({106, 100, 86, 101, 99, 103, 97, 113, 112, 110});
    const auto hours = t::column({7, 27, 2, 50, 28, 29, 20, 12, 6, 17});
    CHECK(std::abs(t::numeric::spearman(quotient, hours) + 29.0 / 165.0) <= 1e-15);
}

TEST_CASE("correlations and p-values: the examples of the SciPy manual") {
    namespace t = rank_correlation_tests;
    // scipy.stats.pearsonr, spearmanr and kendalltau, examples of the reference manual 1.11.
    Eigen::MatrixXd p(5, 2);
    p << 1, 10, 2, 9, 3, 2.5, 4, 6, 5, 4;
    const auto pearson = t::numeric::pearson_table(p);
    CHECK(std::abs(pearson.coefficients(0, 1) + 0.7426106572325057) <= 1e-14);
    CHECK(std::abs(pearson.p_values(0, 1) - 0.1505558088534455) <= 1e-13);
    CHECK(pearson.pairs(0, 1) == 5);
    Eigen::MatrixXd s(5, 2);
    s << 1, 5, 2, 6, 3, 7, 4, 8, 5, 7;
    const auto spearman = t::numeric::spearman_table(s);
    CHECK(std::abs(spearman.coefficients(1, 0) - 0.8207826816681233) <= 1e-14);
    CHECK(std::abs(spearman.p_values(1, 0) - 0.08858700531354381) <= 1e-13);
    Eigen::MatrixXd k(5, 2);
    k << 12, 1, 2, 4, 1, 7, 12, 1, 2, 0;
    const auto kendall = t::numeric::kendall_table(k);
    CHECK(std::abs(kendall.coefficients(0, 1) + 0.47140452079103173) <= 1e-14);
    CHECK(std::abs(kendall.p_values(0, 1) - 0.2827454599327748) <= 1e-13);
}

TEST_CASE("rank correlations: the matrices agree with counting over rows and pairs of rows") {
    namespace t = rank_correlation_tests;
    for (const int levels : {0, 1, 3, 40}) {
        for (const double share : {0.0, 0.1, 0.6}) {
            for (const t::Index rows : {2, 5, 63, 64, 65, 130}) {
                CAPTURE(levels);
                CAPTURE(share);
                CAPTURE(rows);
                auto x = t::sample(rows, 5, levels, share, 11);
                if (share == 0.1) x.col(1) = t::sample(rows, 1, levels, 0.0, 12);
                const auto rho = t::numeric::spearman_matrix(x);
                const auto tau = t::numeric::kendall_matrix(x);
                for (t::Index a = 0; a < 5; ++a) {
                    for (t::Index b = 0; b < 5; ++b) {
                        t::VectorXd first = x.col(a);
                        t::VectorXd second = x.col(b);
                        CHECK(t::same(rho(a, b), t::numeric::spearman(first, second)));
                        CHECK(t::same(tau(a, b), t::numeric::kendall_tau_b(first, second)));
                        CHECK(t::same(rho(a, b), rho(b, a)));
                        CHECK(t::same(tau(a, b), tau(b, a)));
                        const auto counts = t::numeric::kendall_counts(first, second);
                        t::keep_joint(first, second);
                        const auto expected = t::over_pairs(first, second);
                        CHECK(counts.concordant_less_discordant == expected.s);
                        CHECK(counts.ties_a.tied_pairs == expected.tied_a);
                        CHECK(counts.ties_b.tied_pairs == expected.tied_b);
                        CHECK(counts.row_pairs() == expected.pairs);
                        CHECK(counts.rows == first.size());
                        const double expected_rho =
                            t::numeric::pearson(t::average_ranks(first), t::average_ranks(second));
                        CHECK(std::isnan(rho(a, b)) == std::isnan(expected_rho));
                        if (!std::isnan(expected_rho))
                            CHECK(std::abs(rho(a, b) - expected_rho) <= 1e-14);
                        const double pairs_a =
                            static_cast<double>(expected.pairs - expected.tied_a);
                        const double pairs_b =
                            static_cast<double>(expected.pairs - expected.tied_b);
                        const double expected_tau =
                            static_cast<double>(expected.s) / std::sqrt(pairs_a * pairs_b);
                        CHECK(std::isnan(tau(a, b)) == !(pairs_a * pairs_b > 0.0));
                        if (pairs_a * pairs_b > 0.0)
                            CHECK(std::abs(tau(a, b) - expected_tau) <= 1e-15);
                    }
                }
            }
        }
    }
}

TEST_CASE("Kendall: more units than one group of counters, against the pairs") {
    namespace t = rank_correlation_tests;
    for (const int levels : {50}) {
        const auto x = t::sample(9000, 2, levels, 0.05, 3);
        Eigen::VectorXd a = x.col(0);
        Eigen::VectorXd b = x.col(1);
        const auto counts = t::numeric::kendall_counts(a, b);
        t::keep_joint(a, b);
        CHECK(counts.concordant_less_discordant == t::over_pairs(a, b).s);
    }
}

TEST_CASE("rank correlations: any order of units and any rising transform give the same bits") {
    namespace t = rank_correlation_tests;
    const auto x = t::sample(300, 4, 25, 0.05, 21);
    Eigen::MatrixXd moved(x.rows(), x.cols());
    for (t::Index i = 0; i < x.rows(); ++i) {
        for (t::Index j = 0; j < x.cols(); ++j)
            moved((i * 7) % x.rows(), j) = 2.0 * x(i, j) * x(i, j) * x(i, j) + x(i, j);
    }
    const auto rho = t::numeric::spearman_matrix(x);
    const auto rho_moved = t::numeric::spearman_matrix(moved);
    const auto tau = t::numeric::kendall_matrix(x);
    const auto tau_moved = t::numeric::kendall_matrix(moved);
    CHECK(rho == rho_moved);
    CHECK(tau == tau_moved);
    const auto falling = t::numeric::kendall_tau_b(x.col(0), -x.col(1));
    CHECK(falling == -tau(0, 1));
    CHECK(t::numeric::spearman(x.col(0), -x.col(1)) == -rho(0, 1));
}

TEST_CASE("correlations: undefined is NaN, in every coefficient alike") {
    namespace t = rank_correlation_tests;
    constexpr double none = t::missing_value;
    Eigen::MatrixXd x(3, 4);
    // Varying; constant; observed with the first in one row only; all missing.
    x << 1, 5, none, none, 2, 5, 3, none, none, 5, 4, none;
    for (const auto& table : {t::numeric::pearson_table(x), t::numeric::spearman_table(x),
                              t::numeric::kendall_table(x)}) {
        CHECK(table.coefficients(0, 0) == 1.0);
        CHECK(std::isnan(table.coefficients(1, 1)));
        CHECK(std::isnan(table.coefficients(0, 1)));
        CHECK(std::isnan(table.coefficients(0, 2)));
        CHECK(std::isnan(table.coefficients(3, 3)));
        CHECK(table.pairs(0, 2) == 1);
        CHECK(table.pairs(3, 3) == 0);
        CHECK(table.pairs(0, 1) == 2);
        CHECK(std::isnan(table.p_values(0, 1)));
    }
    CHECK(t::numeric::kendall_tau_a(x.col(0), x.col(1)) == 0.0);
    // One unit, and none.
    CHECK(std::isnan(t::numeric::spearman_matrix(x.topRows(1))(0, 0)));
    CHECK(std::isnan(t::numeric::kendall_matrix(x.topRows(0))(0, 0)));
    CHECK(t::numeric::pearson_matrix(x.leftCols(0)).size() == 0);
}

TEST_CASE("correlations: two observations fit a line and leave nothing to test") {
    namespace t = rank_correlation_tests;
    CHECK(std::isnan(t::numeric::correlation_p_value(1.0, 2)));
    CHECK(t::numeric::correlation_p_value(1.0, 3) == 0.0);
    CHECK(t::numeric::correlation_p_value(0.0, 3) == 1.0);
    CHECK_THROWS_AS(static_cast<void>(t::numeric::correlation_p_value(1.5, 3)),
                    thuocdo::NumericError);
}

TEST_CASE("correlations: infinite cells and unequal lengths are named") {
    namespace t = rank_correlation_tests;
    Eigen::MatrixXd x = Eigen::MatrixXd::Random(4, 3);
    x(1, 0) = std::numeric_limits<double>::infinity();
    x(3, 2) = -std::numeric_limits<double>::infinity();
    x(2, 2) = t::missing_value;
    const auto problems = testing_support::problems_of<thuocdo::NumericError>(
        [&] { static_cast<void>(t::numeric::kendall_matrix(x)); });
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].place == "row 1, column 0");
    CHECK(problems[1].place == "row 3, column 2");
    const auto lengths = testing_support::problems_of<thuocdo::NumericError>(
        [&] { static_cast<void>(t::numeric::pearson(x.col(1), x.col(1).head(2))); });
    REQUIRE(lengths.size() == 1);
    CHECK(lengths[0].code == "length_mismatch");
}
