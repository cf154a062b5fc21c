// Copeland, the taxonomic distance, the Gini-penalised mean and the two
// Mazziotta-Pareto indices as normalisation and aggregation together.
#include <thuocdo/aggregate/arithmetic.hpp>
#include <thuocdo/aggregate/copeland.hpp>
#include <thuocdo/aggregate/gini_penalised_mean.hpp>
#include <thuocdo/aggregate/hellwig.hpp>
#include <thuocdo/aggregate/mazziotta_pareto.hpp>
#include <thuocdo/aggregate/power_mean.hpp>
#include <thuocdo/aggregate/wroclaw.hpp>
#include <thuocdo/normalise/adjusted_mazziotta_pareto.hpp>
#include <thuocdo/normalise/z_score.hpp>
#include <thuocdo/numeric/concentration.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <support/build.hpp>
#include <utility>
#include <vector>

namespace comparison_test {

using Matrix = Eigen::MatrixXd;
using Column = Eigen::VectorXd;
using Numbers = std::vector<double>;
using thuocdo::Direction;
using thuocdo::Index;
namespace methods = thuocdo::aggregate;

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

inline Matrix table(const std::vector<Numbers>& rows) {
    Matrix x(static_cast<Index>(rows.size()), static_cast<Index>(rows.front().size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < rows[i].size(); ++j)
            x(static_cast<Index>(i), static_cast<Index>(j)) = rows[i][j];
    return x;
}

inline Column column(const Numbers& values) {
    return Eigen::Map<const Column>(values.data(), static_cast<Index>(values.size()));
}

inline Column copeland(const Matrix& x, const Numbers& weights,
                       const methods::CopelandOptions& options = {}) {
    Column out(x.rows());
    REQUIRE(methods::copeland(x, weights, out, options));
    return out;
}

inline bool same(const Column& a, const Column& b) {
    if (a.size() != b.size()) return false;
    for (Index i = 0; i < a.size(); ++i)
        if (!(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i])))) return false;
    return true;
}

/// The definition with rescaled weights in long double; draws within 1e-15.
inline Column by_definition(const Matrix& x, const Numbers& weights) {
    Column out = Column::Zero(x.rows());
    for (Index a = 0; a < x.rows(); ++a) {
        for (Index b = 0; b < x.rows(); ++b) {
            long double better = 0.0L;
            long double joint = 0.0L;
            for (Index j = 0; j < x.cols(); ++j) {
                if (std::isnan(x(a, j)) || std::isnan(x(b, j))) continue;
                const auto w = static_cast<long double>(weights[static_cast<std::size_t>(j)]);
                joint += w;
                better += x(a, j) > x(b, j) ? w : x(a, j) == x(b, j) ? w / 2.0L : 0.0L;
            }
            if (joint == 0.0L) continue;
            const long double lead = better / joint - 0.5L;
            constexpr long double draw = 1e-15L;
            out[a] += lead > draw ? 1.0 : lead < -draw ? -1.0 : 0.0;
        }
    }
    return out;
}

inline Matrix some_table(testing_support::Random& random, Index units, Index children,
                         std::size_t levels, double share_missing) {
    Matrix x(units, children);
    for (Index k = 0; k < x.size(); ++k) {
        x.data()[k] = static_cast<double>(random.below(levels));
        if (random.chance(share_missing)) x.data()[k] = gap;
    }
    return x;
}

inline std::vector<Index> shuffled(testing_support::Random& random, Index count) {
    std::vector<Index> order;
    for (Index i = 0; i < count; ++i) order.push_back(i);
    for (std::size_t i = order.size(); i-- > 1;) std::swap(order[i], order[random.below(i + 1)]);
    return order;
}

}  // namespace comparison_test

TEST_CASE("Copeland: the election of the capital of Tennessee, the usual worked example") {
    using namespace comparison_test;
    // Columns are the voters of Memphis, Nashville, Chattanooga and Knoxville, with
    // their shares as weights; rows are the same cities, 4 is a first preference.
    const Matrix x = table({{4, 1, 1, 1}, {3, 4, 2, 2}, {2, 3, 4, 3}, {1, 2, 3, 4}});
    CHECK(same(copeland(x, {0.42, 0.26, 0.15, 0.17}), column({-3, 3, 1, -1})));
    // It is not Borda, which counts preferences: there the first two are 3.52 and 3.30.
}

TEST_CASE("Copeland: a cycle leaves every unit level") {
    using namespace comparison_test;
    const Matrix x = table({{3, 1, 2}, {2, 3, 1}, {1, 2, 3}});
    CHECK(same(copeland(x, {1, 1, 1}), column({0, 0, 0})));
    CHECK(same(copeland(x, {3, 1, 1}), column({2, 0, -2})));
}

TEST_CASE("Copeland: decimal weights draw exactly where their doubles do not") {
    using namespace comparison_test;
    const Matrix x = table({{1, 1, 0}, {0, 0, 1}});
    CHECK(0.1 + 0.2 != 0.3);
    CHECK(same(copeland(x, {0.1, 0.2, 0.3}), column({0, 0})));
    CHECK(same(copeland(x, {0.1, 0.2, 0.3000001}), column({-1, 1})));
    // Three thirds against one whole, and a half split seven ways.
    CHECK(same(copeland(table({{1, 1, 1, 0}, {0, 0, 0, 1}}), {0.15, 0.15, 0.2, 0.5}),
               column({0, 0})));
}

TEST_CASE("Copeland: weights without a common decimal scale count as exact doubles") {
    using namespace comparison_test;
    // 1 + 1e-30 - 1 is lost in any sum of doubles.
    CHECK(same(copeland(table({{1, 1, 0}, {0, 0, 1}}), {1.0, 1e-30, 1.0}), column({1, -1})));
    CHECK(same(copeland(table({{1, 0, 0}, {0, 0, 1}}), {1.0, 1e-30, 1.0}), column({0, 0})));
    // Four equal weights with too many digits for 62 bits still draw two to two.
    const double w = 0.12345678901234567e-9;
    CHECK(same(copeland(table({{1, 1, 0, 0, 0}, {0, 0, 1, 1, 0}}), {w, w, w, w, 1e9}),
               column({0, 0})));
}

TEST_CASE(
    "Copeland agrees with its definition, with ties, missing cells and all kinds of weights") {
    using namespace comparison_test;
    testing_support::Random random(31);
    for (int trial = 0; trial < 60; ++trial) {
        const auto units = static_cast<Index>(1 + random.below(trial % 10 == 0 ? 600 : 60));
        const auto children = static_cast<Index>(1 + random.below(12));
        const Matrix x =
            some_table(random, units, children, 1 + random.below(12), trial % 3 == 0 ? 0.0 : 0.25);
        Numbers weights;
        for (Index j = 0; j < children; ++j) {
            if (trial % 4 == 0) weights.push_back(1.0);
            if (trial % 4 == 1) weights.push_back(static_cast<double>(random.below(100)) / 100.0);
            if (trial % 4 == 2) weights.push_back(static_cast<double>(random.below(100000)) / 1e5);
            if (trial % 4 == 3) weights.push_back(random.uniform());
        }
        Column expected = by_definition(x, weights);
        for (Index i = 0; i < units; ++i) {
            bool observed = false;
            for (Index j = 0; j < children; ++j)
                observed = observed ||
                           (weights[static_cast<std::size_t>(j)] > 0.0 && !std::isnan(x(i, j)));
            if (!observed) expected[i] = gap;
        }
        CAPTURE(trial);
        CHECK(same(copeland(x, weights), expected));
    }
}

TEST_CASE("Copeland with many children and weights of many digits, in wide lanes too") {
    using namespace comparison_test;
    testing_support::Random random(32);
    for (const Index children : {90, 230}) {
        const Matrix x = some_table(random, 130, children, 5, 0.1);
        Numbers weights;
        for (Index j = 0; j < children; ++j) weights.push_back(random.uniform());
        CAPTURE(children);
        CHECK(same(copeland(x, weights), by_definition(x, weights)));
        // Six decimals: the total does not fit 15 bits, the draws must stay draws.
        for (double& weight : weights) weight = (std::floor(weight * 4.0) * 250001.0 + 1.0) / 1e6;
        CHECK(same(copeland(x, weights), by_definition(x, weights)));
    }
}

TEST_CASE("Copeland: the order of units changes nothing with missing cells, where a peer's does") {
    using namespace comparison_test;
    testing_support::Random random(33);
    const Matrix x = some_table(random, 300, 7, 6, 0.4);
    const Numbers weights{0.3, 0.2, 0.1, 0.15, 0.05, 0.1, 0.1};
    const Column straight = copeland(x, weights);
    const std::vector<Index> order = shuffled(random, 300);
    Matrix moved(300, 7);
    for (Index i = 0; i < 300; ++i) moved.row(i) = x.row(order[static_cast<std::size_t>(i)]);
    const Column turned = copeland(moved, weights);
    Column expected(300);
    for (Index i = 0; i < 300; ++i) expected[i] = straight[order[static_cast<std::size_t>(i)]];
    CHECK(same(turned, expected));
    // The smallest case: nothing in common is a draw for both, whoever comes first.
    CHECK(same(copeland(table({{1, gap}, {gap, 5}}), {0.2, 0.8}), column({0, 0})));
    CHECK(same(copeland(table({{1, gap}, {2, 5}}), {0.2, 0.8}), column({-1, 1})));
    CHECK(same(copeland(table({{2, 5}, {1, gap}}), {0.2, 0.8}), column({1, -1})));
}

TEST_CASE("Copeland scores sum to zero, rise with the unit, and ignore constant children") {
    using namespace comparison_test;
    testing_support::Random random(34);
    Matrix x = some_table(random, 200, 6, 50, 0.0);
    x.col(3).setConstant(4.0);
    const Numbers weights{1, 2, 3, 4, 5, 6};
    const Column score = copeland(x, weights);
    double sum = 0.0;
    for (const double each : score) sum += each;
    CHECK(sum == 0.0);
    CHECK(same(score, copeland(x, {1, 2, 3, 0, 5, 6})));
    Matrix better = x;
    for (Index j = 0; j < 6; ++j) better(17, j) += j == 3 ? 0.0 : 7.0;
    CHECK(copeland(better, weights)[17] >= score[17]);
    // Any rising scale of a child gives the same comparisons.
    Matrix stretched = x;
    for (Index i = 0; i < 200; ++i) stretched(i, 1) = std::exp(x(i, 1) / 10.0);
    CHECK(same(score, copeland(stretched, weights)));
}

TEST_CASE("Copeland: threads change nothing, progress rises to the end and can stop") {
    using namespace comparison_test;
    testing_support::Random random(35);
    const Matrix x = some_table(random, 1500, 5, 900, 0.1);
    const Numbers weights{0.11, 0.22, 0.33, 0.17, 0.17};
    methods::CopelandOptions options;
    double last = 0.0;
    options.progress = [&last](double share) {
        const bool rises = share > last;
        last = share;
        return rises;
    };
    const Column one = copeland(x, weights, options);
    CHECK(last == 1.0);
    options.progress = nullptr;
    options.threads = 3;
    CHECK(same(one, copeland(x, weights, options)));
    options.progress = [](double) { return false; };
    Column out(1500);
    CHECK_FALSE(methods::copeland(x, weights, out, options));
    options.threads = 0;
    CHECK(testing_support::problems_of<thuocdo::NumericError>([&] {
              methods::copeland(x, weights, out, options);
          }).size() == 1);
}

TEST_CASE("Copeland beyond 32767 units, where ranks need more than 16 bits") {
    using namespace comparison_test;
    constexpr Index units = 33'000;
    Matrix x(units, 1);
    constexpr Index step = 7919;  // prime, so that every value comes once
    for (Index i = 0; i < units; ++i) x(i, 0) = static_cast<double>(i * step % units);
    const Column score = copeland(x, {1.0});
    for (Index i = 0; i < units; ++i) REQUIRE(score[i] == 2.0 * x(i, 0) - (units - 1.0));
}

TEST_CASE("Copeland: extremes and refusals") {
    using namespace comparison_test;
    CHECK(same(copeland(table({{5, 6}}), {1, 1}), column({0})));
    CHECK(same(copeland(table({{1, 2}, {gap, gap}, {1, 2}}), {1, 1}), column({0, gap, 0})));
    CHECK(same(copeland(table({{1, 2}, {3, 4}}), {0, 0}), column({gap, gap})));
    CHECK(copeland(Matrix(0, 3), {1, 1, 1}).size() == 0);
    Column out(2);
    const auto refused = [&](const Matrix& x, const Numbers& weights) {
        return testing_support::problems_of<thuocdo::NumericError>(
                   [&] { methods::copeland(x, weights, out); })
            .size();
    };
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(refused(table({{infinite, 1}, {1, -infinite}}), {1, 1}) == 2);
    CHECK(refused(table({{1, 1}, {1, 1}}), {1, -1}) == 1);
    CHECK(refused(table({{1, 1}, {1, 1}, {1, 1}}), {1, 1}) == 1);
}

TEST_CASE("Wroclaw: distances by hand, 0 for the ideal unit") {
    using namespace comparison_test;
    // Distances from (3, 4): 5, 0 and 3 times 1 / sqrt 2.
    const Matrix x = table({{0, 0}, {3, 4}, {0, 4}});
    Column out(3);
    methods::wroclaw(x, Numbers{1, 1}, false, out);
    const double mean = 8.0 / 3.0;
    const double population = std::sqrt(34.0 / 3.0 - mean * mean);
    CHECK(out[0] == doctest::Approx(5.0 / (mean + 2.0 * population)).epsilon(1e-13));
    CHECK(out[1] == 0.0);
    CHECK(out[2] == doctest::Approx(3.0 / (mean + 2.0 * population)).epsilon(1e-13));
    Column measure(3);
    methods::hellwig(x, Numbers{1, 1}, false, measure);
    for (Index i = 0; i < 3; ++i) CHECK(measure[i] == 1.0 - out[i]);
    methods::wroclaw(x, Numbers{1, 1}, true, out);
    const double sample = population * std::sqrt(1.5);
    CHECK(out[0] == doctest::Approx(5.0 / (mean + 2.0 * sample)).epsilon(1e-13));
}

TEST_CASE("Wroclaw: missing, constant and weightless children, one unit, equal units") {
    using namespace comparison_test;
    Column out(3);
    methods::wroclaw(table({{0, 7, 1}, {2, 7, 9}, {gap, gap, 5}}), Numbers{1, 0, 0}, false, out);
    CHECK(out[1] == 0.0);
    CHECK(std::isnan(out[2]));
    methods::wroclaw(table({{1, 7}, {1, 7}, {1, 7}}), Numbers{1, 1}, true, out);
    CHECK(same(out, column({0, 0, 0})));
    Column one(1);
    methods::wroclaw(table({{4, 5}}), Numbers{1, 2}, true, one);
    CHECK(one[0] == 0.0);
    // A constant child halves every squared distance, which the divisor undoes.
    Column with(3);
    methods::wroclaw(table({{0, 7}, {2, 7}, {1, 7}}), Numbers{1, 1}, false, with);
    methods::wroclaw(table({{0}, {2}, {1}}), Numbers{1}, false, out);
    for (Index i = 0; i < 3; ++i) CHECK(with[i] == doctest::Approx(out[i]).epsilon(1e-14));
    CHECK(testing_support::problems_of<thuocdo::NumericError>([&] {
              methods::wroclaw(table({{0}, {1e300}, {1}}), Numbers{1}, false, out);
          }).size() == 2);
}

TEST_CASE("the Gini-penalised mean is the mean times one minus the Gini coefficient") {
    using namespace comparison_test;
    testing_support::Random random(36);
    for (int trial = 0; trial < 200; ++trial) {
        const auto children = static_cast<Index>(1 + random.below(9));
        Matrix x(1, children);
        for (Index j = 0; j < children; ++j) x(0, j) = random.between(0.0, 100.0);
        Column out(1);
        const Numbers equal(static_cast<std::size_t>(children), 0.3);
        methods::gini_penalised_mean(x, equal, out);
        const double expected =
            x.row(0).mean() * (1.0 - thuocdo::numeric::gini(x.row(0).transpose()));
        CHECK(out[0] == doctest::Approx(expected).epsilon(1e-12));
        // A weight of 2 is the child twice.
        Numbers doubled(static_cast<std::size_t>(children), 1.0);
        doubled[0] = 2.0;
        Matrix twice(1, children + 1);
        twice << x, x(0, 0);
        Column again(1);
        methods::gini_penalised_mean(x, doubled, out);
        methods::gini_penalised_mean(twice, Numbers(static_cast<std::size_t>(children + 1), 1.0),
                                     again);
        CHECK(out[0] == doctest::Approx(again[0]).epsilon(1e-13));
    }
}

TEST_CASE("the Gini-penalised mean of equal, single, missing and negative children") {
    using namespace comparison_test;
    Column out(4);
    methods::gini_penalised_mean(
        table({{0.1, 0.1, 0.1}, {gap, 5, gap}, {gap, gap, gap}, {0, 0, 0}}), Numbers{1, 2, 4}, out);
    CHECK(out[0] == 0.1);
    CHECK(out[1] == 5.0);
    CHECK(std::isnan(out[2]));
    CHECK(out[3] == 0.0);
    Column one(1);
    methods::gini_penalised_mean(table({{0, 10}}), Numbers{1, 1}, one);
    CHECK(one[0] == 2.5);  // mean 5, Gini 1/2
    CHECK(testing_support::problems_of<thuocdo::NumericError>([&] {
              methods::gini_penalised_mean(table({{-1, 10}}), Numbers{1, 1}, one);
          }).size() == 1);
}

TEST_CASE("MPI from raw data: z-scores of mean 100 and deviation 10, S with n - 1") {
    using namespace comparison_test;
    const Matrix raw = table({{1, 30}, {2, 10}, {3, 20}});
    // Both columns have a deviation equal to their step: z are 90, 100 and 110.
    Matrix z(3, 2);
    for (Index j = 0; j < 2; ++j) {
        const auto statistics = thuocdo::numeric::column_statistics(raw.col(j));
        CHECK(thuocdo::normalise::z_score(raw.col(j), statistics.mean,
                                          statistics.standard_deviation,
                                          Direction::higher_is_better, 100.0, 10.0, z.col(j)) == 0);
    }
    Column out(3);
    methods::mazziotta_pareto(z, Numbers{1, 1}, -1.0, true, out);
    // (90, 110): M 100, S^2 200, so 100 - 2. (100, 90): M 95, S^2 50. (110, 100) likewise.
    CHECK(out[0] == doctest::Approx(98.0).epsilon(1e-14));
    CHECK(out[1] == doctest::Approx(95.0 - 50.0 / 95.0).epsilon(1e-14));
    CHECK(out[2] == doctest::Approx(105.0 - 50.0 / 105.0).epsilon(1e-14));
}

TEST_CASE("AMPI from raw data: goalposts of 70 and 130 about the reference, S with n") {
    using namespace comparison_test;
    const Matrix raw = table({{0, 9}, {5, 5}, {10, 1}});
    Matrix scaled(3, 2);
    CHECK(thuocdo::normalise::adjusted_mazziotta_pareto(
              raw.col(0), 5.0, 5.0, Direction::higher_is_better, scaled.col(0)) == 0);
    CHECK(thuocdo::normalise::adjusted_mazziotta_pareto(
              raw.col(1), 7.0, 4.0, Direction::lower_is_better, scaled.col(1)) == 0);
    CHECK(same(scaled.col(0), column({70, 100, 130})));
    CHECK(same(scaled.col(1), column({85, 115, 145})));
    Column out(3);
    methods::mazziotta_pareto(scaled, Numbers{1, 1}, -1.0, false, out);
    CHECK(out[0] == doctest::Approx(77.5 - 56.25 / 77.5).epsilon(1e-14));
    CHECK(out[1] == doctest::Approx(107.5 - 56.25 / 107.5).epsilon(1e-14));
    // A constant indicator has no goalposts: refused, not 100 by chance.
    Column constant(3);
    CHECK(thuocdo::normalise::adjusted_mazziotta_pareto(
              column({4, gap, 4}), 4.0, 0.0, Direction::higher_is_better, constant) == 2);
    CHECK(testing_support::problems_of<thuocdo::NumericError>([&] {
              (void)thuocdo::normalise::adjusted_mazziotta_pareto(
                  column({4, gap, 4}), 4.0, -1.0, Direction::higher_is_better, constant);
          }).size() == 1);
}

TEST_CASE("a missing child does not make the power mean missing, and a generalised mean is not 1") {
    using namespace comparison_test;
    const Matrix x = table({{2, gap, 8}, {3, 6, 9}});
    Column out(2);
    for (const double exponent : {-2.0, -1.0, 0.0, 0.5, 1.0, 2.0}) {
        methods::power_mean(x, Numbers{1, 1, 1}, exponent, out);
        CAPTURE(exponent);
        CHECK(out[0] > 2.0);
        CHECK(out[0] < 8.0);
        CHECK(out[1] > 3.0);
        CHECK(out[1] < 9.0);
    }
    methods::power_mean(x, Numbers{1, 1, 1}, 2.0, out);
    CHECK(out[0] == doctest::Approx(std::sqrt(34.0)).epsilon(1e-14));
    CHECK(out[1] == doctest::Approx(std::sqrt(42.0)).epsilon(1e-14));
}
