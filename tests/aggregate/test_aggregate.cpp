// Every aggregation against a hand computation, and the properties that all of
// them share.
#include <thuocdo/aggregate/arithmetic.hpp>
#include <thuocdo/aggregate/domain.hpp>
#include <thuocdo/aggregate/geometric.hpp>
#include <thuocdo/aggregate/harmonic.hpp>
#include <thuocdo/aggregate/maximum.hpp>
#include <thuocdo/aggregate/mazziotta_pareto.hpp>
#include <thuocdo/aggregate/mean_min.hpp>
#include <thuocdo/aggregate/median.hpp>
#include <thuocdo/aggregate/minimum.hpp>
#include <thuocdo/aggregate/ordered_weighted_average.hpp>
#include <thuocdo/aggregate/power_mean.hpp>
#include <thuocdo/aggregate/sum_of_points.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace thuocdo;
using namespace thuocdo::aggregate;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Weights = std::vector<double>;

constexpr double missing_cell = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double none = -999.0;

MatrixXd rows(std::initializer_list<std::initializer_list<double>> values) {
    MatrixXd x(static_cast<Index>(values.size()), static_cast<Index>(values.begin()->size()));
    Index i = 0;
    for (const auto& row : values) {
        Index j = 0;
        for (const double value : row) x(i, j++) = value;
        ++i;
    }
    return x;
}

template <class Call>
VectorXd run(const MatrixXd& x, Call call) {
    VectorXd out = VectorXd::Constant(x.rows(), none);
    call(x, out);
    return out;
}

void check_column(const VectorXd& found, std::initializer_list<double> expected,
                  double tolerance = 1e-14) {
    REQUIRE(found.size() == static_cast<Index>(expected.size()));
    Index i = 0;
    for (const double value : expected) {
        CAPTURE(i);
        if (std::isnan(value)) {
            CHECK(std::isnan(found[i]));
        } else {
            CHECK(found[i] == doctest::Approx(value).epsilon(tolerance));
        }
        ++i;
    }
}

std::vector<std::uint64_t> bits(const VectorXd& values) {
    std::vector<std::uint64_t> result;
    for (Index i = 0; i < values.size(); ++i)
        result.push_back(std::bit_cast<std::uint64_t>(values[i]));
    return result;
}

struct Method {
    std::string name;
    std::function<void(ChildrenView, const Weights&, ColumnOut)> call;
    bool monotone = true;
    bool mean = true;  // between the smallest and the largest child, homogeneous
};

std::vector<Method> methods() {
    std::vector<Method> all{
        {"arithmetic", [](ChildrenView x, const Weights& w, ColumnOut o) { arithmetic(x, w, o); }},
        {"geometric", [](ChildrenView x, const Weights& w, ColumnOut o) { geometric(x, w, o); }},
        {"harmonic", [](ChildrenView x, const Weights& w, ColumnOut o) { harmonic(x, w, o); }},
        {"minimum", [](ChildrenView x, const Weights& w, ColumnOut o) { minimum(x, w, o); }},
        {"maximum", [](ChildrenView x, const Weights& w, ColumnOut o) { maximum(x, w, o); }},
        {"median", [](ChildrenView x, const Weights& w, ColumnOut o) { median(x, w, o); }},
        {"ordered",
         [](ChildrenView x, const Weights& w, ColumnOut o) {
             Weights order;
             for (std::size_t k = 0; k < w.size(); ++k) order.push_back(static_cast<double>(k + 1));
             ordered_weighted_average(x, w, order, o);
         }},
        {"mean-min",
         [](ChildrenView x, const Weights& w, ColumnOut o) { mean_min(x, w, 1.0, 0.0, o); }},
        {"Mazziotta-Pareto",
         [](ChildrenView x, const Weights& w, ColumnOut o) { mazziotta_pareto(x, w, -1, true, o); },
         false, false},
        {"sum of points",
         [](ChildrenView x, const Weights& w, ColumnOut o) { sum_of_points(x, w, o); }, true,
         false},
    };
    for (const double p : {-60.0, -2.0, -1.0, -1e-7, 0.0, 1e-7, 0.5, 1.0, 2.0, 3.0, 400.0}) {
        all.push_back(
            {"power mean " + std::to_string(p),
             [p](ChildrenView x, const Weights& w, ColumnOut o) { power_mean(x, w, p, o); }});
    }
    return all;
}

MatrixXd random_children(Index n, Index k, double missing_share, unsigned seed) {
    std::mt19937 generator(seed);
    MatrixXd x(n, k);
    for (Index j = 0; j < k; ++j) {
        for (Index i = 0; i < n; ++i) {
            const double u = static_cast<double>(generator()) / 4294967296.0;
            const double v = static_cast<double>(generator()) / 4294967296.0;
            x(i, j) = u < missing_share ? missing_cell : 1.0 + 99.0 * v;
        }
    }
    return x;
}

const MatrixXd one = rows({{4, 9, 16}});
const Weights one_two_three{1, 2, 3};

}  // namespace

TEST_CASE("HDI 2022 of Norway and Viet Nam") {
    // Human Development Report 2023/24: 0.966 and 0.726. Components by technical
    // note 1 (numpy, from LE, EYS, MYS, GNI): health, education, income.
    const MatrixXd schooling =
        rows({{1.0, 13.06234279 / 15}, {13.05294705 / 18, 8.455348794 / 15}});
    const VectorXd education = run(schooling, [](ChildrenView x, ColumnOut o) {
        arithmetic(x, Weights{1, 1}, o);
    });
    check_column(education, {0.9354114263333333, 0.6444268223});
    MatrixXd components(2, 3);
    components.col(0) << 0.975276923076923, 0.8396923076923076;
    components.col(1) = education;
    components.col(2) << 0.9878195886392984, 0.7074582018713548;
    const VectorXd hdi = run(components, [](ChildrenView x, ColumnOut o) {
        geometric(x, Weights{1, 1, 1}, o);
    });
    check_column(hdi, {0.9659087143680244, 0.7261029306594472});
    CHECK(std::round(hdi[0] * 1000) == 966);
    CHECK(std::round(hdi[1] * 1000) == 726);
}

TEST_CASE("means of 4, 9, 16 with weights 1, 2, 3") {
    // numpy: r = [4,9,16], w = [1,2,3]; prod(r**(w/6)), 6/sum(w/r),
    // (sum(w*r**p)/6)**(1/p).
    const auto power = [](double p) {
        return run(one,
                   [p](ChildrenView x, ColumnOut o) { power_mean(x, one_two_three, p, o); })[0];
    };
    check_column(run(one, [](ChildrenView x, ColumnOut o) { arithmetic(x, one_two_three, o); }),
                 {70.0 / 6});
    check_column(run(one, [](ChildrenView x, ColumnOut o) { geometric(x, one_two_three, o); }),
                 {10.482965576835587});
    check_column(run(one, [](ChildrenView x, ColumnOut o) { harmonic(x, one_two_three, o); }),
                 {9.094736842105263});
    CHECK(power(2) == doctest::Approx(12.556538801224908).epsilon(1e-14));
    CHECK(power(3) == doctest::Approx(13.203248868703165).epsilon(1e-14));
    CHECK(power(0.5) == doctest::Approx(11.111111111111112).epsilon(1e-14));
    CHECK(power(-0.5) == doctest::Approx(9.799621928166353).epsilon(1e-14));
    CHECK(power(-2) == doctest::Approx(7.788526234588589).epsilon(1e-14));
    CHECK(power(0) == doctest::Approx(10.482965576835587).epsilon(1e-14));
    CHECK(power(1) == 70.0 / 6);
    CHECK(power(-1) == doctest::Approx(9.094736842105263).epsilon(1e-14));
}

TEST_CASE("the power mean runs through the geometric mean and out to the extremes") {
    const auto power = [](double p) {
        return run(one,
                   [p](ChildrenView x, ColumnOut o) { power_mean(x, one_two_three, p, o); })[0];
    };
    // First order in p: ln M_p = ln G + p var(ln x) / 2; at 1e-9 beyond 8 digits.
    CHECK(power(1e-9) == doctest::Approx(power(0)).epsilon(1e-8));
    CHECK(power(-1e-9) == doctest::Approx(power(0)).epsilon(1e-8));
    CHECK(power(0.0009999) == doctest::Approx(power(0.0010001)).epsilon(1e-6));
    // Without scaling 16^2000 is infinite and 4^-2000 is 0.
    CHECK(power(2000) == doctest::Approx(16).epsilon(1e-3));
    CHECK(power(-2000) == doctest::Approx(4).epsilon(1e-3));
    double before = 0.0;
    for (const double p : {-50.0, -3.0, -1.0, -0.01, -1e-5, 0.0, 1e-5, 0.01, 1.0, 1.5, 2.0, 50.0}) {
        CHECK(power(p) > before);
        before = power(p);
    }
}

TEST_CASE("defects of peers: a missing child leaves the mean of the rest, and no mean is 1") {
    const MatrixXd with_gap = rows({{4, missing_cell, 16}});
    const MatrixXd without = rows({{4, 16}});
    for (const double p : {-2.0, -1.0, 0.0, 0.5, 1.0, 2.0}) {
        CAPTURE(p);
        const double a = run(
            with_gap, [p](ChildrenView x, ColumnOut o) { power_mean(x, one_two_three, p, o); })[0];
        const double b = run(without, [p](ChildrenView x, ColumnOut o) {
            power_mean(x, Weights{1, 3}, p, o);
        })[0];
        CHECK(std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b));
        CHECK(a > 4.0);
        CHECK(a < 16.0);
    }
}

TEST_CASE("minimum, maximum, median, ordered weighted average") {
    const MatrixXd x = rows({{4, 9, 16, 1},
                             {missing_cell, 9, 16, 1},
                             {missing_cell, missing_cell, 3, 7},
                             {missing_cell, missing_cell, missing_cell, 5}});
    const Weights last_out{1, 1, 1, 0};
    check_column(run(x, [&](ChildrenView c, ColumnOut o) { minimum(c, last_out, o); }),
                 {4, 9, 3, missing_cell});
    check_column(run(x, [&](ChildrenView c, ColumnOut o) { maximum(c, last_out, o); }),
                 {16, 16, 3, missing_cell});
    check_column(run(x, [&](ChildrenView c, ColumnOut o) { median(c, last_out, o); }),
                 {9, 12.5, 3, missing_cell});
    check_column(run(x,
                     [&](ChildrenView c, ColumnOut o) {
                         median(c, Weights{9, 1, 1, 1}, o);
                     }),
                 {6.5, 9, 5, 5});
    const Weights order{0.5, 0.3, 0.2, 0};
    // numpy: .5*16+.3*9+.2*4; (.5*16+.3*9)/.8; 3
    check_column(run(x, [&](ChildrenView c,
                            ColumnOut o) { ordered_weighted_average(c, last_out, order, o); }),
                 {11.5, 13.375, 3, missing_cell});
}

TEST_CASE(
    "ordered weighted average contains maximum, minimum and mean; the minimum needs every child") {
    const MatrixXd x = random_children(50, 4, 0.0, 8);
    const Weights equal{1, 1, 1, 1};
    const auto ordered = [&](const Weights& v) {
        return run(x,
                   [&](ChildrenView c, ColumnOut o) { ordered_weighted_average(c, equal, v, o); });
    };
    CHECK(bits(ordered({1, 0, 0, 0})) ==
          bits(run(x, [&](ChildrenView c, ColumnOut o) { maximum(c, equal, o); })));
    CHECK(bits(ordered({0, 0, 0, 1})) ==
          bits(run(x, [&](ChildrenView c, ColumnOut o) { minimum(c, equal, o); })));
    CHECK((ordered(equal) - x.rowwise().mean()).cwiseAbs().maxCoeff() < 1e-12);
    const MatrixXd gap = rows({{1, 2}, {1, missing_cell}});
    VectorXd out(2);
    CHECK_THROWS_WITH_AS(ordered_weighted_average(gap, Weights{1, 1}, Weights{0, 1}, out),
                         doctest::Contains("row 1"), NumericError);
    ordered_weighted_average_unchecked(gap, Weights{1, 1}, Weights{0, 1}, out);
    check_column(out, {1, missing_cell});
    CHECK_THROWS_AS(ordered_weighted_average(gap, Weights{1, 1}, Weights{1}, out), NumericError);
}

TEST_CASE("mean-min: between mean and minimum") {
    // numpy: M = 70/6; M - .5*(sqrt((M-4)**2 + 2**2) - 2)
    check_column(
        run(one, [](ChildrenView x, ColumnOut o) { mean_min(x, one_two_three, 0.5, 2, o); }),
        {8.705045225331762});
    check_column(run(one, [](ChildrenView x, ColumnOut o) { mean_min(x, one_two_three, 0, 2, o); }),
                 {70.0 / 6});
    check_column(run(one, [](ChildrenView x, ColumnOut o) { mean_min(x, one_two_three, 1, 0, o); }),
                 {4});
    VectorXd out(1);
    CHECK_THROWS_AS(mean_min(one, one_two_three, 1.1, 0, out), NumericError);
    CHECK_THROWS_AS(mean_min(one, one_two_three, missing_cell, 0, out), NumericError);
    CHECK_THROWS_AS(mean_min(one, one_two_three, 1, -1, out), NumericError);
}

TEST_CASE("Mazziotta-Pareto: MPI with n - 1, AMPI with n") {
    // numpy: q = [95,105,112]; q.mean() - q.var(ddof=1)/q.mean(); q.mean() + q.var()/q.mean()
    const MatrixXd q = rows({{95, 105, 112},
                             {missing_cell, 101, missing_cell},
                             {missing_cell, missing_cell, missing_cell},
                             {100, 100, 100}});
    const Weights all{1, 5, 2};
    check_column(
        run(q, [&](ChildrenView x, ColumnOut o) { mazziotta_pareto(x, all, -1, true, o); }),
        {103.29807692307692, 101, missing_cell, 100});
    check_column(
        run(q, [&](ChildrenView x, ColumnOut o) { mazziotta_pareto(x, all, 1, false, o); }),
        {104.46794871794872, 101, missing_cell, 100});
    const MatrixXd centred = rows({{1, 2, 3}, {-1, 0, 1}, {-5, 1, 1}});
    VectorXd out(3);
    CHECK_THROWS_WITH_AS(mazziotta_pareto(centred, all, -1, true, out), doctest::Contains("row 2"),
                         NumericError);
    mazziotta_pareto_unchecked(centred, all, -1, true, out);
    check_column(out, {1.5, missing_cell, missing_cell});
    CHECK_THROWS_AS(mazziotta_pareto(q, all, 2, true, out), NumericError);
}

TEST_CASE("sum of points: raised in proportion where children are missing") {
    const MatrixXd x = rows({{10, 20, 5},
                             {10, missing_cell, 5},
                             {missing_cell, 20, missing_cell},
                             {missing_cell, missing_cell, 7},
                             {0.1, 0.2, missing_cell}});
    // Maxima 20, 40, 0: 30; 10 * 60/20; 20 * 60/40.
    check_column(run(x,
                     [](ChildrenView c, ColumnOut o) {
                         sum_of_points(c, Weights{20, 40, 0}, o);
                     }),
                 {30, 30, 30, missing_cell, 0.1 + 0.2});
    const VectorXd full = run(rows({{0.1, 0.2, 0.3}}), [](ChildrenView c, ColumnOut o) {
        sum_of_points(c, Weights{0.7, 0.1, 0.1}, o);
    });
    CHECK(full[0] == (0.1 + 0.2) + 0.3);
    // Penalty contents may take points away.
    check_column(run(rows({{5, -3}}),
                     [](ChildrenView c, ColumnOut o) {
                         sum_of_points(c, Weights{10, 10}, o);
                     }),
                 {2});
}

TEST_CASE("a child with weight 0 takes no part, whatever it holds") {
    const MatrixXd x = rows({{5, missing_cell, -3, inf, 0}});
    const Weights only_first{2, 0, 0, 0, 0};
    for (const Method& method : methods()) {
        INFO(method.name);
        check_column(run(x, [&](ChildrenView c, ColumnOut o) { method.call(c, only_first, o); }),
                     {5});
    }
}

TEST_CASE("cells outside the domain are named") {
    const MatrixXd x = rows({{1, 0, -2}, {missing_cell, 3, 4}, {-1, inf, 5}});
    CHECK(not_positive(x, one_two_three) == std::vector<Cell>{{0, 1}, {0, 2}, {2, 0}});
    CHECK(not_positive(x, Weights{0, 1, 0}) == std::vector<Cell>{{0, 1}});
    CHECK(negative(x, one_two_three) == std::vector<Cell>{{0, 2}, {2, 0}});
    CHECK(infinite(x, one_two_three) == std::vector<Cell>{{2, 1}});
    VectorXd out(3);
    const auto problems = [&](auto call) -> std::vector<Problem> {
        try {
            call();
        } catch (const NumericError& error) {
            return error.problems();
        }
        return {};
    };
    const auto found = problems([&] { geometric(x, one_two_three, out); });
    REQUIRE(found.size() == 4);
    CHECK(found[0].place == "row 0, column 1 (counted from 0)");
    CHECK(found[0].code == "child_not_positive");
    CHECK(found[1].found == "-2");
    CHECK(found[3].code == "child_infinite");
    CHECK(problems([&] { harmonic(x, one_two_three, out); }).size() == 4);
    CHECK(problems([&] { power_mean(x, one_two_three, -2, out); }).size() == 4);
    CHECK(problems([&] { power_mean(x, one_two_three, 0.5, out); }).size() == 3);
    CHECK(problems([&] { power_mean(x, one_two_three, 2, out); }).size() == 3);
    CHECK(problems([&] { power_mean(x, one_two_three, 3, out); }).size() == 1);
    for (const Method& method : methods()) {
        INFO(method.name);
        CHECK_FALSE(problems([&] { method.call(x, one_two_three, out); }).empty());
    }
    const MatrixXd many = MatrixXd::Constant(60, 3, -1.0);
    VectorXd out60(60);
    CHECK(problems([&] { geometric(many, one_two_three, out60); }).size() == 100);
}

TEST_CASE("unchecked forms give NaN for rows outside the domain and leave the others") {
    const MatrixXd x = rows({{1, 0, 2},
                             {2, 2, 2},
                             {1, -1, missing_cell},
                             {missing_cell, missing_cell, missing_cell},
                             {inf, 1, 1}});
    check_column(
        run(x, [](ChildrenView c, ColumnOut o) { geometric_unchecked(c, one_two_three, o); }),
        {missing_cell, 2, missing_cell, missing_cell, missing_cell});
    check_column(
        run(x, [](ChildrenView c, ColumnOut o) { harmonic_unchecked(c, one_two_three, o); }),
        {missing_cell, 2, missing_cell, missing_cell, missing_cell});
    check_column(
        run(x, [](ChildrenView c, ColumnOut o) { power_mean_unchecked(c, one_two_three, -3, o); }),
        {missing_cell, 2, missing_cell, missing_cell, missing_cell});
    // ((1 + 0 + 3*4) / 6)^(1/2)
    check_column(
        run(x, [](ChildrenView c, ColumnOut o) { power_mean_unchecked(c, one_two_three, 2, o); }),
        {std::sqrt(13.0 / 6), 2, missing_cell, missing_cell, missing_cell});
}

TEST_CASE("odd exponents take negative children and have a real root") {
    // (8 - 27) / 2 = -9.5
    check_column(run(rows({{2, -3}, {0, 0}}),
                     [](ChildrenView c, ColumnOut o) {
                         power_mean(c, Weights{1, 1}, 3, o);
                     }),
                 {-std::cbrt(9.5), 0});
}

TEST_CASE("impossible weights, sizes and exponents throw") {
    VectorXd out(1);
    VectorXd two(2);
    for (const Method& method : methods()) {
        INFO(method.name);
        CHECK_THROWS_AS(method.call(one, Weights{1, 2}, out), NumericError);
        CHECK_THROWS_AS(method.call(one, Weights{1, -2, 1}, out), NumericError);
        CHECK_THROWS_AS(method.call(one, Weights{1, missing_cell, 1}, out), NumericError);
        CHECK_THROWS_AS(method.call(one, Weights{1, inf, 1}, out), NumericError);
        CHECK_THROWS_AS(method.call(one, Weights{1e308, 1e308, 1e308}, out), NumericError);
        CHECK_THROWS_AS(method.call(one, Weights{1, 1, 1}, two), NumericError);
    }
    for (const double p : {inf, -inf, missing_cell})
        CHECK_THROWS_AS(power_mean(one, one_two_three, p, out), NumericError);
    CHECK_THROWS_AS(arithmetic(rows({{1e308, 1e308, 1e308}}), one_two_three, out), NumericError);
    CHECK_THROWS_AS(arithmetic(rows({{inf, -inf, 1}}), one_two_three, out), NumericError);
    CHECK_THROWS_AS(sum_of_points(rows({{inf, -inf, 1}}), one_two_three, out), NumericError);
}

TEST_CASE("extremes: no unit, no child, all missing, all weights 0, one child, all equal") {
    for (const Method& method : methods()) {
        INFO(method.name);
        CHECK(run(MatrixXd(0, 3), [&](ChildrenView c, ColumnOut o) {
                  method.call(c, one_two_three, o);
              }).size() == 0);
        CHECK(
            run(MatrixXd(4, 0), [&](ChildrenView c, ColumnOut o) { method.call(c, Weights{}, o); })
                .array()
                .isNaN()
                .all());
        const MatrixXd missing = MatrixXd::Constant(300, 3, missing_cell);
        CHECK(run(missing, [&](ChildrenView c, ColumnOut o) { method.call(c, one_two_three, o); })
                  .array()
                  .isNaN()
                  .all());
        CHECK(run(one,
                  [&](ChildrenView c, ColumnOut o) {
                      method.call(c, Weights{0, 0, 0}, o);
                  })
                  .array()
                  .isNaN()
                  .all());
        check_column(run(rows({{7}, {missing_cell}}),
                         [&](ChildrenView c, ColumnOut o) { method.call(c, Weights{3}, o); }),
                     {7, missing_cell});
        if (method.name == "sum of points") continue;
        check_column(run(rows({{7, 7, 7}, {missing_cell, 7, 7}}),
                         [&](ChildrenView c, ColumnOut o) { method.call(c, one_two_three, o); }),
                     {7, 7});
    }
}

TEST_CASE("a block of rows gives the bits of each row alone, also from inside a larger matrix") {
    for (const double share : {0.0, 0.002, 0.3}) {
        for (const unsigned seed : {1U, 2U}) {
            INFO("seed " << seed << ", missing " << share);
            const MatrixXd x = random_children(601, 6, share, seed);
            MatrixXd larger = MatrixXd::Constant(700, 9, -5.0);
            larger.block(17, 2, 601, 6) = x;
            const Weights w{0.1, 0.25, 3, 0, 0.7, 1.0 / 3};
            for (const Method& method : methods()) {
                INFO(method.name);
                VectorXd block(x.rows());
                VectorXd alone(x.rows());
                VectorXd inside(x.rows());
                method.call(x, w, block);
                method.call(larger.block(17, 2, 601, 6), w, inside);
                for (Index i = 0; i < x.rows(); ++i)
                    method.call(x.middleRows(i, 1), w, alone.segment(i, 1));
                CHECK(bits(block) == bits(alone));
                CHECK(bits(block) == bits(inside));
            }
        }
    }
}

TEST_CASE("arithmetic does the documented additions: the bits of a plain loop") {
    for (const double share : {0.0, 0.2}) {
        const MatrixXd x = random_children(513, 7, share, 99);
        const Weights w{0.1, 0.2, 0.3, 0.7, 1.1, 0.9, 0.05};
        const VectorXd found = run(x, [&](ChildrenView c, ColumnOut o) { arithmetic(c, w, o); });
        for (Index i = 0; i < x.rows(); ++i) {
            volatile double sum = 0.0;  // volatile: no fused multiply-add here either
            volatile double weight = 0.0;
            for (Index j = 0; j < x.cols(); ++j) {
                if (std::isnan(x(i, j))) continue;
                volatile double term = w[static_cast<std::size_t>(j)] * x(i, j);
                sum = sum + term;
                weight = weight + w[static_cast<std::size_t>(j)];
            }
            if (weight > 0.0) CHECK(found[i] == sum / weight);
        }
    }
}

TEST_CASE("permuting the units permutes the results; permuting the children does not matter") {
    const MatrixXd x = random_children(300, 5, 0.2, 21);
    const Weights w{1, 2, 3, 4, 5};
    const Weights mirrored{5, 4, 3, 2, 1};
    for (const Method& method : methods()) {
        INFO(method.name);
        const VectorXd a = run(x, [&](ChildrenView c, ColumnOut o) { method.call(c, w, o); });
        const VectorXd b =
            run(x.colwise().reverse(), [&](ChildrenView c, ColumnOut o) { method.call(c, w, o); });
        CHECK(bits(a) == bits(b.reverse()));
        const VectorXd c = run(x.rowwise().reverse(),
                               [&](ChildrenView v, ColumnOut o) { method.call(v, mirrored, o); });
        for (Index i = 0; i < a.size(); ++i) {
            if (std::isnan(a[i]))
                CHECK(std::isnan(c[i]));
            else
                CHECK(c[i] == doctest::Approx(a[i]).epsilon(1e-12));
        }
    }
}

TEST_CASE("means lie between the children, scale with them, and ignore the scale of the weights") {
    const MatrixXd x = random_children(300, 5, 0.2, 5);
    const Weights w{1, 2, 3, 4, 5};
    const Weights scaled{4, 8, 12, 16, 20};
    const VectorXd low = run(x, [&](ChildrenView c, ColumnOut o) { minimum(c, w, o); });
    const VectorXd high = run(x, [&](ChildrenView c, ColumnOut o) { maximum(c, w, o); });
    for (const Method& method : methods()) {
        INFO(method.name);
        const VectorXd a = run(x, [&](ChildrenView c, ColumnOut o) { method.call(c, w, o); });
        CHECK(bits(a) ==
              bits(run(x, [&](ChildrenView c, ColumnOut o) { method.call(c, scaled, o); })));
        if (!method.mean) continue;
        const VectorXd tenfold =
            run(x * 10.0, [&](ChildrenView c, ColumnOut o) { method.call(c, w, o); });
        for (Index i = 0; i < a.size(); ++i) {
            if (std::isnan(a[i])) continue;
            CHECK(a[i] >= low[i] * (1 - 1e-13));
            CHECK(a[i] <= high[i] * (1 + 1e-13));
            CHECK(tenfold[i] == doctest::Approx(10.0 * a[i]).epsilon(1e-12));
        }
    }
}

TEST_CASE("a better child never makes the parent worse") {
    const MatrixXd x = random_children(200, 5, 0.2, 77);
    const Weights w{1, 2, 3, 4, 5};
    for (const Method& method : methods()) {
        if (!method.monotone) continue;
        INFO(method.name);
        const VectorXd before = run(x, [&](ChildrenView c, ColumnOut o) { method.call(c, w, o); });
        for (Index j = 0; j < x.cols(); ++j) {
            MatrixXd better = x;
            better.col(j).array() += 3.0;
            const VectorXd after =
                run(better, [&](ChildrenView c, ColumnOut o) { method.call(c, w, o); });
            for (Index i = 0; i < x.rows(); ++i) {
                if (!std::isnan(before[i])) CHECK(after[i] >= before[i] * (1 - 1e-13));
            }
        }
    }
}

TEST_CASE("Mazziotta-Pareto penalises imbalance: same mean, wider spread, lower index") {
    const MatrixXd x = rows({{100, 100, 100}, {95, 100, 105}, {80, 100, 120}});
    const VectorXd index = run(x, [](ChildrenView c, ColumnOut o) {
        mazziotta_pareto(c, Weights{1, 1, 1}, -1, true, o);
    });
    CHECK(index[0] > index[1]);
    CHECK(index[1] > index[2]);
}
