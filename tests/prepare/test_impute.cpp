// Denomination, screening and imputation against hand computations.
#include <thuocdo/prepare/carry_forward.hpp>
#include <thuocdo/prepare/denominate.hpp>
#include <thuocdo/prepare/impute_group_mean.hpp>
#include <thuocdo/prepare/impute_group_median.hpp>
#include <thuocdo/prepare/impute_mean.hpp>
#include <thuocdo/prepare/impute_median.hpp>
#include <thuocdo/prepare/impute_pillar_mean.hpp>
#include <thuocdo/prepare/interpolate_linear.hpp>
#include <thuocdo/prepare/interpolate_nearest.hpp>
#include <thuocdo/prepare/screen.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <support/build.hpp>
#include <vector>

#include "support/first_difference.hpp"

namespace impute_test {

using testing_support::first_difference;
using thuocdo::Direction;
using thuocdo::Index;
using thuocdo::NumericError;
using Rows = std::vector<Index>;
namespace prepare = thuocdo::prepare;

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

inline Eigen::VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

inline Eigen::MatrixXd block(const std::vector<std::vector<double>>& rows) {
    Eigen::MatrixXd x(static_cast<Index>(rows.size()), static_cast<Index>(rows.front().size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < rows[i].size(); ++j)
            x(static_cast<Index>(i), static_cast<Index>(j)) = rows[i][j];
    return x;
}

inline bool same(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
    for (Index k = 0; k < a.size(); ++k) {
        const double p = a.data()[k];
        const double q = b.data()[k];
        if (!(p == q || (std::isnan(p) && std::isnan(q)))) return false;
    }
    return true;
}

template <class Call>
std::vector<thuocdo::Problem> problems(Call&& call) {
    return testing_support::problems_of<NumericError>(call);
}

}  // namespace impute_test

TEST_CASE("denominate divides by the scaled denominator, and zero never becomes infinite") {
    using namespace impute_test;
    const Eigen::VectorXd x = column({50, gap, 3, 0, gap, 7});
    const Eigen::VectorXd d = column({200000, 10, 0, 0, 0, gap});
    Eigen::VectorXd out(6);
    const Rows zero = prepare::denominate(x, d, 100000, out);
    CHECK(out[0] == 25.0);
    CHECK(zero == Rows{2, 3});  // not row 4, whose own value is missing
    for (Index i = 1; i < 6; ++i) CHECK(std::isnan(out[i]));
    Eigen::VectorXd in_place = x;
    prepare::denominate(in_place, d, 100000, in_place);
    CHECK(same(in_place, out));
}

TEST_CASE("denominate names every bad cell, scale and length") {
    using namespace impute_test;
    Eigen::VectorXd out(2);
    const Eigen::VectorXd two = column({1, 2});
    CHECK(problems([&] {
              prepare::denominate(column({infinite, -infinite}), two, 1, out);
          }).size() == 2);
    CHECK(problems([&] { prepare::denominate(two, two, 0, out); }).front().code ==
          "argument_not_positive");
    CHECK(problems([&] { prepare::denominate(two, two, gap, out); }).size() == 1);
    CHECK(problems([&] { prepare::denominate(two, column({1}), 1, out); }).front().code ==
          "length_mismatch");
    CHECK(problems([&] {
              prepare::denominate(column({1e308, 1}), column({1e-300, 1}), 1, out);
          })
              .front()
              .place == "x[0]");
}

TEST_CASE("screening counts availability over all cells and zeros over observed ones") {
    using namespace impute_test;
    const Eigen::MatrixXd x = block({{1, 2, 3}, {0, gap, 5}, {gap, gap, 0}, {gap, gap, gap}});
    const auto found = prepare::screen(x, {2.0 / 3.0, 0.5});
    CHECK(found.availability[0] == 1.0);
    CHECK(found.availability[1] == 2.0 / 3.0);
    CHECK(found.availability[3] == 0.0);
    CHECK(found.nonzero_share[1] == 0.5);
    CHECK(found.nonzero_share[2] == 0.0);
    CHECK(std::isnan(found.nonzero_share[3]));
    // Strictly below: a unit on the threshold stays.
    CHECK(found.flagged_by_availability == Rows{2, 3});
    CHECK(found.flagged_by_zeros == Rows{2});
    CHECK(found.observed == Rows{3, 2, 1, 0});
    CHECK(found.zeros == Rows{0, 1, 1, 0});
    CHECK(prepare::screen(x, {}).flagged_by_availability.empty());
    CHECK(prepare::screen(Eigen::MatrixXd(0, 3), {}).observed.empty());
    CHECK(problems([&] { (void)prepare::screen(x, {1.5, -0.1}); }).size() == 2);
}

TEST_CASE("a share that equals the threshold on paper is not flagged by rounding") {
    using namespace impute_test;
    Eigen::MatrixXd x = Eigen::MatrixXd::Ones(1, 10);
    for (Index j = 0; j < 9; ++j) x(0, j) = 0.0;
    // 1 - 9 / 10 is 0.09999999999999998 in doubles.
    CHECK(prepare::screen(x, {0.0, 0.1}).flagged_by_zeros.empty());
}

TEST_CASE("mean and median fill the missing cells only") {
    using namespace impute_test;
    const Eigen::VectorXd x = column({1, gap, 2, 10, gap, 5});
    Eigen::VectorXd out(6);
    CHECK(prepare::impute_mean(x, out) == prepare::Imputation{{1, 4}, {}});
    CHECK(same(out, column({1, 4.5, 2, 10, 4.5, 5})));
    CHECK(prepare::impute_median(x, out) == prepare::Imputation{{1, 4}, {}});
    CHECK(same(out, column({1, 3.5, 2, 10, 3.5, 5})));
    const Eigen::VectorXd nothing = column({gap, gap});
    Eigen::VectorXd two(2);
    CHECK(prepare::impute_mean(nothing, two) == prepare::Imputation{{}, {0, 1}});
    CHECK(std::isnan(two[0]));
    CHECK(prepare::impute_median(nothing, two).unresolved == Rows{0, 1});
    CHECK(problems([&] { prepare::impute_mean(column({infinite, 1}), two); }).size() == 1);
    CHECK(problems([&] { prepare::impute_median(x, two); }).front().code == "length_mismatch");
}

TEST_CASE("groups fill from their own members; no group and empty groups stay missing") {
    using namespace impute_test;
    const Eigen::VectorXd x = column({1, 3, 8, gap, gap, gap, 100, gap});
    const std::vector<std::int32_t> groups{7, 7, 7, 7, 2, -1, -1, 2};
    Eigen::VectorXd out(8);
    CHECK(prepare::impute_group_mean(x, groups, out) == prepare::Imputation{{3}, {4, 5, 7}});
    CHECK(out[3] == 4.0);
    CHECK(out[6] == 100.0);
    CHECK(prepare::impute_group_median(x, groups, out) == prepare::Imputation{{3}, {4, 5, 7}});
    CHECK(out[3] == 3.0);
    const std::vector<std::int32_t> bad{0, -2, 0, 0, 0, -3, 0, 0};
    CHECK(problems([&] { prepare::impute_group_mean(x, bad, out); }).size() == 2);
    const std::vector<std::int32_t> few{0};
    CHECK(problems([&] { prepare::impute_group_mean(x, few, out); }).size() == 1);
}

TEST_CASE("imputation by column and by group does not depend on the order of a million rows") {
    using namespace impute_test;
    constexpr std::size_t units = 1'000'000;
    testing_support::Random random(5);
    std::vector<double> values(units);
    std::vector<std::int32_t> groups(units);
    for (std::size_t i = 0; i < units; ++i) {
        values[i] = random.chance(0.1) ? gap : random.between(-1e6, 1e6);
        groups[i] = static_cast<std::int32_t>(random.below(3321));
    }
    std::vector<double> reversed(values.rbegin(), values.rend());
    std::vector<std::int32_t> reversed_groups(groups.rbegin(), groups.rend());
    Eigen::VectorXd out(static_cast<Index>(units));
    Eigen::VectorXd back(static_cast<Index>(units));
    const auto check = [&](std::size_t filled) {
        CHECK(filled > units / 20);
        CHECK(same(out, back.reverse()));
        // What was observed stays.
        CHECK(first_difference(out, values, [](double found, double value) {
                  return std::isnan(value) || found == value;
              }) == "");
    };
    prepare::impute_mean(column(reversed), back);
    check(prepare::impute_mean(column(values), out).imputed.size());
    prepare::impute_median(column(reversed), back);
    check(prepare::impute_median(column(values), out).imputed.size());
    prepare::impute_group_mean(column(reversed), reversed_groups, back);
    check(prepare::impute_group_mean(column(values), groups, out).imputed.size());
    prepare::impute_group_median(column(reversed), reversed_groups, back);
    check(prepare::impute_group_median(column(values), groups, out).imputed.size());
}

TEST_CASE("the pillar mean maps the level of a unit back, with the direction of each indicator") {
    using namespace impute_test;
    // Shares of unit 3: 0.75 on the first; the second is a cost from 10 (best) to 50.
    const Eigen::MatrixXd x = block({{0, 50, 7}, {100, 10, 7}, {50, 30, 7}, {75, gap, gap}});
    const std::vector<Direction> directions{Direction::higher_is_better, Direction::lower_is_better,
                                            Direction::higher_is_better};
    Eigen::MatrixXd out(4, 3);
    const auto found = prepare::impute_pillar_mean(x, directions, out);
    CHECK(out(3, 1) == 20.0);
    CHECK(out(3, 2) == 7.0);
    CHECK(found.imputed == std::vector<prepare::Cell>{{3, 1}, {3, 2}});
    CHECK(found.unresolved.empty());
    CHECK(same(out.topRows(3), x.topRows(3)));
    // A constant indicator alone says nothing about a unit.
    const Eigen::MatrixXd poor = block({{1, 7, gap}, {2, 7, gap}, {gap, 7, gap}});
    Eigen::MatrixXd filled(3, 3);
    const auto nothing = prepare::impute_pillar_mean(poor, directions, filled);
    CHECK(nothing.imputed.empty());
    CHECK(nothing.unresolved == std::vector<prepare::Cell>{{0, 2}, {1, 2}, {2, 0}, {2, 2}});
    CHECK(same(filled, poor));
    CHECK(problems([&] {
              prepare::impute_pillar_mean(x, std::vector<Direction>(2), out);
          }).size() == 1);
    CHECK(
        problems([&] {
            prepare::impute_pillar_mean(block({{-1e308, 0, 1}, {1e308, 1, 1}}), directions, filled);
        }).size() == 1);
}

TEST_CASE("values are carried forward over the longest gap and no farther") {
    using namespace impute_test;
    const Eigen::MatrixXd x = block({{gap, 1, gap, gap, gap, 6}, {2, gap, 3, gap, 4, gap}});
    Eigen::MatrixXd out(2, 6);
    const auto found = prepare::carry_forward(x, 2, out);
    CHECK(same(out, block({{gap, 1, 1, 1, gap, 6}, {2, 2, 3, 3, 4, 4}})));
    CHECK(found.imputed == std::vector<prepare::Cell>{{0, 2}, {0, 3}, {1, 1}, {1, 3}, {1, 5}});
    CHECK(found.unresolved == std::vector<prepare::Cell>{{0, 0}, {0, 4}});
    CHECK(problems([&] { prepare::carry_forward(x, 0, out); }).size() == 1);
}

TEST_CASE("carrying forward keeps every unit and period in its place, where a peer reorders some") {
    using namespace impute_test;
    // Distinct values, so that any exchange of rows or columns shows.
    testing_support::Random random(6);
    Eigen::MatrixXd x(40, 12);
    for (Index k = 0; k < x.size(); ++k)
        x.data()[k] = random.chance(0.3) ? gap : static_cast<double>(k);
    Eigen::MatrixXd out = x;
    prepare::carry_forward(out, 12, out);
    for (Index i = 0; i < x.rows(); ++i) {
        double last = gap;
        for (Index k = 0; k < x.cols(); ++k) {
            if (!std::isnan(x(i, k))) last = x(i, k);
            CHECK((out(i, k) == last || (std::isnan(last) && std::isnan(out(i, k)))));
        }
    }
}

TEST_CASE("interpolation goes by the time between periods, not by their number") {
    using namespace impute_test;
    const Eigen::MatrixXd x = block({{gap, 10, gap, gap, 50, gap}, {gap, gap, gap, gap, gap, gap}});
    const std::vector<double> years{2010, 2015, 2016, 2020, 2025, 2026};
    Eigen::MatrixXd out(2, 6);
    const auto linear = prepare::interpolate_linear(x, years, out);
    CHECK(same(out.row(0), block({{gap, 10, 14, 30, 50, gap}})));
    CHECK(linear.imputed == std::vector<prepare::Cell>{{0, 2}, {0, 3}});
    CHECK(linear.unresolved.size() == 8);
    const auto nearest = prepare::interpolate_nearest(x, years, out);
    // 2020 is as far from 2015 as from 2025: the earlier one.
    CHECK(same(out.row(0), block({{10, 10, 10, 10, 50, 50}})));
    CHECK(nearest.unresolved.size() == 6);
    const std::vector<double> wrong{2010, 2010, 2009, gap, 2025, 2026};
    CHECK(problems([&] { prepare::interpolate_linear(x, wrong, out); }).size() == 3);
    CHECK(problems([&] { prepare::interpolate_nearest(x, std::vector<double>{1}, out); }).size() ==
          1);
    // Ends beyond half of the largest double.
    const Eigen::MatrixXd wide = block({{-1.5e308, gap, 1.5e308}});
    Eigen::MatrixXd three(1, 3);
    prepare::interpolate_linear(wide, std::vector<double>{0, 1, 2}, three);
    CHECK(three(0, 1) == 0.0);
}
