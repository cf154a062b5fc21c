// Every normalisation against a hand computation, in both directions, with
// missing, infinite and out-of-domain cells.
#include <thuocdo/normalise/above_below_mean.hpp>
#include <thuocdo/normalise/borda.hpp>
#include <thuocdo/normalise/categorical_scale.hpp>
#include <thuocdo/normalise/checklist.hpp>
#include <thuocdo/normalise/distance_to_best.hpp>
#include <thuocdo/normalise/distance_to_reference.hpp>
#include <thuocdo/normalise/distance_to_target.hpp>
#include <thuocdo/normalise/fraction_of_best.hpp>
#include <thuocdo/normalise/goalposts.hpp>
#include <thuocdo/normalise/growth_to_target.hpp>
#include <thuocdo/normalise/level_table.hpp>
#include <thuocdo/normalise/log_goalposts.hpp>
#include <thuocdo/normalise/logistic.hpp>
#include <thuocdo/normalise/min_max.hpp>
#include <thuocdo/normalise/penalty_per_occurrence.hpp>
#include <thuocdo/normalise/percentile_rank.hpp>
#include <thuocdo/normalise/rank_score.hpp>
#include <thuocdo/normalise/rank_target.hpp>
#include <thuocdo/normalise/ratio_to_target.hpp>
#include <thuocdo/normalise/step_table.hpp>
#include <thuocdo/normalise/target_range.hpp>
#include <thuocdo/normalise/yes_no.hpp>
#include <thuocdo/normalise/z_score.hpp>

#include <doctest/doctest.h>

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
using namespace thuocdo::normalise;
using Eigen::VectorXd;

constexpr Direction up = Direction::higher_is_better;
constexpr Direction down = Direction::lower_is_better;
constexpr double missing_cell = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

VectorXd column(std::initializer_list<double> values) {
    VectorXd result(static_cast<Index>(values.size()));
    Index i = 0;
    for (const double value : values) result[i++] = value;
    return result;
}

struct Outcome {
    VectorXd out;
    Index refused;
};

template <class Call>
Outcome run(const VectorXd& x, Call call) {
    Outcome outcome{VectorXd::Constant(x.size(), -999.0), 0};
    outcome.refused = call(x, outcome.out);
    return outcome;
}

void check_column(const VectorXd& found, std::initializer_list<double> expected) {
    REQUIRE(found.size() == static_cast<Index>(expected.size()));
    Index i = 0;
    for (const double value : expected) {
        CAPTURE(i);
        if (std::isnan(value)) {
            CHECK(std::isnan(found[i]));
        } else {
            CHECK(found[i] == doctest::Approx(value).epsilon(1e-14));
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
    std::function<Index(ColumnView, ColumnOut)> call;
    int slope;  // +1 rising, -1 falling, 0 neither
};

/// Methods that treat each cell on its own.
std::vector<Method> cellwise_methods() {
    static const std::vector<double> cuts{10, 20, 40};
    static const std::vector<double> from{0, 10, 20, 40};
    static const std::vector<double> scores{0, 1, 3, 4};
    static const std::vector<double> levels{0, 0.5, 1};
    static const std::vector<double> level_scores{0, 1, 2};
    std::vector<Method> methods;
    for (const Direction d : {up, down}) {
        const int slope = d == up ? 1 : -1;
        const std::string way = d == up ? " up" : " down";
        const auto add = [&](const std::string& name, auto call) {
            methods.push_back({name + way, call, slope});
        };
        add("goalposts",
            [d](ColumnView x, ColumnOut o) { return goalposts(x, 5, 60, d, false, o); });
        add("clipped goalposts",
            [d](ColumnView x, ColumnOut o) { return goalposts(x, 5, 60, d, true, o); });
        add("log goalposts",
            [d](ColumnView x, ColumnOut o) { return log_goalposts(x, 5, 60, d, true, o); });
        add("ratio to target",
            [d](ColumnView x, ColumnOut o) { return ratio_to_target(x, 30, d, true, o); });
        add("min-max", [d](ColumnView x, ColumnOut o) { return min_max(x, 0, 90, d, o); });
        add("z-score", [d](ColumnView x, ColumnOut o) { return z_score(x, 30, 7, d, 100, 10, o); });
        add("distance to best",
            [d](ColumnView x, ColumnOut o) { return distance_to_best(x, 0, 90, d, o); });
        add("distance to reference", [d](ColumnView x, ColumnOut o) {
            return distance_to_reference(x, 33, 0, 90, d, true, o);
        });
        add("distance to target", [d](ColumnView x, ColumnOut o) {
            return distance_to_target(x, 33, 0, 90, d, true, o);
        });
        add("fraction of best",
            [d](ColumnView x, ColumnOut o) { return fraction_of_best(x, 1, 90, d, o); });
        add("logistic", [d](ColumnView x, ColumnOut o) { return logistic(x, 30, 0.1, d, o); });
        add("categorical",
            [d](ColumnView x, ColumnOut o) { return categorical_scale(x, cuts, scores, d, o); });
    }
    methods.push_back(
        {"steps", [](ColumnView x, ColumnOut o) { return step_table(x, from, scores, false, o); },
         1});
    methods.push_back(
        {"lines", [](ColumnView x, ColumnOut o) { return step_table(x, from, scores, true, o); },
         1});
    methods.push_back(
        {"levels",
         [](ColumnView x, ColumnOut o) { return level_table(x, levels, level_scores, o); }, 0});
    methods.push_back(
        {"checklist", [](ColumnView x, ColumnOut o) { return checklist(x, 60, o); }, 1});
    methods.push_back({"yes or no", [](ColumnView x, ColumnOut o) { return yes_no(x, o); }, 1});
    methods.push_back(
        {"penalty",
         [](ColumnView x, ColumnOut o) { return penalty_per_occurrence(x, 10, 0.3, -2, o); }, -1});
    methods.push_back(
        {"range", [](ColumnView x, ColumnOut o) { return target_range(x, 5, 10, 20, 50, o); }, 0});
    methods.push_back(
        {"rank target", [](ColumnView x, ColumnOut o) { return rank_target(x, 10, 50, o); }, -1});
    methods.push_back({"mean band",
                       [](ColumnView x, ColumnOut o) { return above_below_mean(x, 30, 0.2, o); },
                       1});
    methods.push_back({"growth",
                       [](ColumnView x, ColumnOut o) {
                           return growth_to_target(x, VectorXd::Constant(x.size(), 20), 0.3, up,
                                                   true, o);
                       },
                       1});
    return methods;
}

/// Methods that look at the whole column.
std::vector<Method> ranking_methods() {
    std::vector<Method> methods;
    for (const Direction d : {up, down}) {
        for (const RankTies t :
             {RankTies::lowest, RankTies::average, RankTies::highest, RankTies::dense}) {
            methods.push_back({"rank",
                               [d, t](ColumnView x, ColumnOut o) { return rank_score(x, d, t, o); },
                               d == up ? 1 : -1});
            methods.push_back({"borda",
                               [d, t](ColumnView x, ColumnOut o) { return borda(x, d, t, o); },
                               d == up ? 1 : -1});
        }
        methods.push_back({"percentile",
                           [d](ColumnView x, ColumnOut o) { return percentile_rank(x, d, o); },
                           d == up ? 1 : -1});
    }
    return methods;
}

std::vector<Method> all_methods() {
    std::vector<Method> methods = cellwise_methods();
    for (Method& method : ranking_methods()) methods.push_back(std::move(method));
    return methods;
}

VectorXd random_column(Index n, unsigned seed) {
    std::mt19937 generator(seed);
    VectorXd x(n);
    for (Index i = 0; i < n; ++i) {
        const double draw = static_cast<double>(generator() % 1000);
        x[i] = draw < 80    ? missing_cell
               : draw < 100 ? inf
               : draw < 500 ? std::floor(draw / 10.0)
                            : draw / 13.0 - 2.0;
    }
    return x;
}

}  // namespace

TEST_CASE("goalposts: HDI health of Norway and Viet Nam, both directions, clip") {
    // UNDP technical note 1: (LE - 20) / (85 - 20). numpy: (83.393-20)/65,
    // (74.58-20)/65.
    const auto a = run(column({83.393, 74.58, missing_cell, 20, 85, 90, 10, inf}),
                       [](ColumnView x, ColumnOut o) { return goalposts(x, 20, 85, up, true, o); });
    check_column(a.out,
                 {0.975276923076923, 0.8396923076923076, missing_cell, 0, 1, 1, 0, missing_cell});
    CHECK(a.refused == 1);
    const auto b = run(column({90, 10, 20, 85}), [](ColumnView x, ColumnOut o) {
        return goalposts(x, 20, 85, up, false, o);
    });
    check_column(b.out, {70.0 / 65, -10.0 / 65, 0, 1});
    const auto c = run(column({90, 10, 20, 85, -inf}), [](ColumnView x, ColumnOut o) {
        return goalposts(x, 20, 85, down, false, o);
    });
    check_column(c.out, {-5.0 / 65, 75.0 / 65, 1, 0, missing_cell});
    CHECK(c.refused == 1);
    CHECK_FALSE(std::signbit(c.out[3]));
}

TEST_CASE("goalposts: impossible arguments throw and name themselves") {
    VectorXd x = column({1, 2});
    VectorXd out(2);
    VectorXd shorter(1);
    CHECK_THROWS_AS((void)goalposts(x, 5, 5, up, true, out), NumericError);
    CHECK_THROWS_AS((void)goalposts(x, 6, 5, up, true, out), NumericError);
    CHECK_THROWS_AS((void)goalposts(x, missing_cell, 5, up, true, out), NumericError);
    CHECK_THROWS_AS((void)goalposts(x, 0, inf, up, true, out), NumericError);
    CHECK_THROWS_AS((void)goalposts(x, 0, 5, up, true, shorter), NumericError);
    try {
        (void)goalposts(x, 6, 5, up, true, out);
        FAIL("no error");
    } catch (const NumericError& error) {
        REQUIRE(error.problems().size() == 1);
        CHECK(error.problems()[0].code == "arguments_out_of_order");
        CHECK(error.problems()[0].found == "6 and 5");
    }
}

TEST_CASE("log goalposts: HDI income of Norway and Viet Nam") {
    // numpy: log(g/100)/log(75000/100) for g = 69189.76165 and 10813.98273.
    const auto a =
        run(column({69189.76165, 10813.98273, 100, 75000, 1e6, 0, -1, missing_cell, inf}),
            [](ColumnView x, ColumnOut o) { return log_goalposts(x, 100, 75000, up, true, o); });
    check_column(a.out, {0.9878195886392984, 0.7074582018713548, 0, 1, 1, missing_cell,
                         missing_cell, missing_cell, missing_cell});
    CHECK(a.refused == 3);
    // numpy: 1 - log(25/5)/log(500/5)
    const auto b = run(column({25}), [](ColumnView x, ColumnOut o) {
        return log_goalposts(x, 5, 500, down, false, o);
    });
    check_column(b.out, {1 - 0.3494850021680094});
    VectorXd out(1);
    CHECK_THROWS_AS((void)log_goalposts(column({1}), 0, 5, up, true, out), NumericError);
}

TEST_CASE("ratio to target: caps, costs and zero") {
    const auto a = run(column({40, 80, 120, 0, missing_cell, -8}), [](ColumnView x, ColumnOut o) {
        return ratio_to_target(x, 80, up, true, o);
    });
    check_column(a.out, {0.5, 1, 1, 0, missing_cell, -0.1});
    CHECK(a.refused == 0);
    const auto b = run(column({40, 120}), [](ColumnView x, ColumnOut o) {
        return ratio_to_target(x, 80, up, false, o);
    });
    check_column(b.out, {0.5, 1.5});
    const auto c = run(column({40, 160, 0, -0.0, -1, inf}), [](ColumnView x, ColumnOut o) {
        return ratio_to_target(x, 80, down, true, o);
    });
    check_column(c.out, {1, 0.5, 1, 1, missing_cell, missing_cell});
    CHECK(c.refused == 2);
    const auto d = run(column({40, 160, 0, missing_cell}), [](ColumnView x, ColumnOut o) {
        return ratio_to_target(x, 80, down, false, o);
    });
    check_column(d.out, {2, 0.5, missing_cell, missing_cell});
    CHECK(d.refused == 1);
    VectorXd out(1);
    CHECK_THROWS_AS((void)ratio_to_target(column({1}), 0, up, true, out), NumericError);
    CHECK_THROWS_AS((void)ratio_to_target(column({1}), -3, down, true, out), NumericError);
}

TEST_CASE("min-max and distance to best: both directions, zero range, nothing observed") {
    const VectorXd x = column({2, 4, 10, missing_cell});
    check_column(run(x, [](ColumnView c, ColumnOut o) { return min_max(c, 2, 10, up, o); }).out,
                 {0, 0.25, 1, missing_cell});
    check_column(run(x, [](ColumnView c, ColumnOut o) { return min_max(c, 2, 10, down, o); }).out,
                 {1, 0.75, 0, missing_cell});
    // 1 - (10 - 4) / 8 and 1 - (4 - 2) / 8
    check_column(
        run(x, [](ColumnView c, ColumnOut o) { return distance_to_best(c, 2, 10, up, o); }).out,
        {0, 0.25, 1, missing_cell});
    check_column(
        run(x, [](ColumnView c, ColumnOut o) { return distance_to_best(c, 2, 10, down, o); }).out,
        {1, 0.75, 0, missing_cell});
    for (const double m : {7.0, missing_cell}) {
        const auto equal = run(column({7, 7, missing_cell, 8}),
                               [m](ColumnView c, ColumnOut o) { return min_max(c, m, m, up, o); });
        check_column(equal.out, {missing_cell, missing_cell, missing_cell, missing_cell});
        CHECK(equal.refused == 3);
    }
    VectorXd out(4);
    CHECK_THROWS_AS((void)min_max(x, 10, 2, up, out), NumericError);
    CHECK_THROWS_AS((void)min_max(x, -inf, 2, up, out), NumericError);
}

TEST_CASE("z-score: mean 100, deviation 10, both directions, constant column") {
    // numpy: x = [2,4,4,8]; (x - x.mean()) / x.std(ddof=1) * 10 + 100
    const VectorXd x = column({2, 4, 4, 8});
    const double deviation = std::sqrt(19.0 / 3.0);
    check_column(run(x, [&](ColumnView c,
                            ColumnOut o) { return z_score(c, 4.5, deviation, up, 100, 10, o); })
                     .out,
                 {90.06600732201217, 98.01320146440243, 98.01320146440243, 113.90758974918296});
    check_column(run(x, [&](ColumnView c,
                            ColumnOut o) { return z_score(c, 4.5, deviation, down, 100, 10, o); })
                     .out,
                 {109.93399267798783, 101.98679853559757, 101.98679853559757, 86.09241025081704});
    for (const double s : {0.0, missing_cell}) {
        const auto constant = run(column({3, 3, missing_cell}), [s](ColumnView c, ColumnOut o) {
            return z_score(c, 3, s, up, 0, 1, o);
        });
        CHECK(constant.refused == 2);
        check_column(constant.out, {missing_cell, missing_cell, missing_cell});
    }
    VectorXd out(4);
    CHECK_THROWS_AS((void)z_score(x, 0, -1, up, 0, 1, out), NumericError);
    CHECK_THROWS_AS((void)z_score(x, 0, 1, up, 0, 0, out), NumericError);
}

TEST_CASE("ranks: four tie rules, Borda, percentile") {
    const VectorXd x = column({5, 1, 5, missing_cell, 9, 5, inf});
    const auto ranks = [&](RankTies t, Direction d) {
        return run(x, [=](ColumnView c, ColumnOut o) { return rank_score(c, d, t, o); });
    };
    check_column(ranks(RankTies::lowest, up).out, {2, 1, 2, missing_cell, 5, 2, missing_cell});
    check_column(ranks(RankTies::average, up).out, {3, 1, 3, missing_cell, 5, 3, missing_cell});
    check_column(ranks(RankTies::highest, up).out, {4, 1, 4, missing_cell, 5, 4, missing_cell});
    check_column(ranks(RankTies::dense, up).out, {2, 1, 2, missing_cell, 3, 2, missing_cell});
    check_column(ranks(RankTies::lowest, down).out, {2, 5, 2, missing_cell, 1, 2, missing_cell});
    CHECK(ranks(RankTies::dense, down).refused == 1);
    check_column(
        run(x, [](ColumnView c, ColumnOut o) { return borda(c, up, RankTies::lowest, o); }).out,
        {1, 0, 1, missing_cell, 4, 1, missing_cell});
    check_column(run(x, [](ColumnView c, ColumnOut o) { return percentile_rank(c, up, o); }).out,
                 {0.5, 0, 0.5, missing_cell, 1, 0.5, missing_cell});
    check_column(run(x, [](ColumnView c, ColumnOut o) { return percentile_rank(c, down, o); }).out,
                 {0.5, 1, 0.5, missing_cell, 0, 0.5, missing_cell});
    const auto alone = run(column({missing_cell, 4}),
                           [](ColumnView c, ColumnOut o) { return percentile_rank(c, up, o); });
    CHECK(alone.refused == 1);
    check_column(alone.out, {missing_cell, missing_cell});
    // -0 and 0 are one value.
    check_column(
        run(column({0.0, -0.0}),
            [](ColumnView c, ColumnOut o) { return rank_score(c, up, RankTies::lowest, o); })
            .out,
        {1, 1});
}

TEST_CASE("distance to a reference unit: COINr's 1 - (ref - x) / (ref - min)") {
    const VectorXd x = column({2, 6, 10, 4, missing_cell});
    check_column(
        run(x, [](ColumnView c,
                  ColumnOut o) { return distance_to_reference(c, 6, 2, 10, up, false, o); })
            .out,
        {0, 1, 2, 0.5, missing_cell});
    check_column(run(x, [](ColumnView c,
                           ColumnOut o) { return distance_to_reference(c, 6, 2, 10, up, true, o); })
                     .out,
                 {0, 1, 1, 0.5, missing_cell});
    // Negated column: ref -4, min -10: 1 - (-4 + x) / (-4 + 10).
    check_column(
        run(x, [](ColumnView c,
                  ColumnOut o) { return distance_to_reference(c, 4, 2, 10, down, false, o); })
            .out,
        {1 + 2.0 / 6, 1 - 2.0 / 6, 0, 1, missing_cell});
    VectorXd out(5);
    CHECK_THROWS_AS((void)distance_to_reference(x, 2, 2, 10, up, false, out), NumericError);
    CHECK_THROWS_AS((void)distance_to_reference(x, 10, 2, 10, down, false, out), NumericError);
    CHECK_THROWS_AS((void)distance_to_reference(x, missing_cell, 2, 10, up, false, out),
                    NumericError);
}

TEST_CASE("distance to target: both directions and the wrong side") {
    const VectorXd x = column({2, 6, 10, missing_cell});
    check_column(run(x, [](ColumnView c,
                           ColumnOut o) { return distance_to_target(c, 8, 2, 10, up, false, o); })
                     .out,
                 {0, 4.0 / 6, 8.0 / 6, missing_cell});
    check_column(run(x, [](ColumnView c,
                           ColumnOut o) { return distance_to_target(c, 8, 2, 10, up, true, o); })
                     .out,
                 {0, 4.0 / 6, 1, missing_cell});
    check_column(run(x, [](ColumnView c,
                           ColumnOut o) { return distance_to_target(c, 5, 2, 10, down, false, o); })
                     .out,
                 {1.6, 0.8, 0, missing_cell});
    VectorXd out(4);
    CHECK_THROWS_AS((void)distance_to_target(x, 2, 2, 10, up, true, out), NumericError);
    CHECK_THROWS_AS((void)distance_to_target(x, 1, 2, 10, up, true, out), NumericError);
    CHECK_THROWS_AS((void)distance_to_target(x, 10, 2, 10, down, true, out), NumericError);
    CHECK_THROWS_AS((void)distance_to_target(x, missing_cell, 2, 10, down, true, out),
                    NumericError);
}

TEST_CASE("fraction of best rewards the cheapest, not the dearest, for a cost") {
    // The defect of a peer: -x / max(-x) gives the dearest unit 4 and the
    // cheapest 1.
    const VectorXd cost = column({10, 20, 40, missing_cell});
    const auto a =
        run(cost, [](ColumnView c, ColumnOut o) { return fraction_of_best(c, 10, 40, down, o); });
    check_column(a.out, {1, 0.5, 0.25, missing_cell});
    CHECK(a.refused == 0);
    check_column(
        run(cost, [](ColumnView c, ColumnOut o) { return fraction_of_best(c, 10, 40, up, o); }).out,
        {0.25, 0.5, 1, missing_cell});
}

TEST_CASE("fraction of best: no fraction of a best value that is not above zero") {
    const auto a = run(column({0, 5, 10}), [](ColumnView c, ColumnOut o) {
        return fraction_of_best(c, 0, 10, down, o);
    });
    CHECK(a.refused == 3);
    const auto b = run(column({0, -5, missing_cell}),
                       [](ColumnView c, ColumnOut o) { return fraction_of_best(c, -5, 0, up, o); });
    CHECK(b.refused == 2);
    const auto c = run(column({0, 5, 10}), [](ColumnView x, ColumnOut o) {
        return fraction_of_best(x, 5, 10, down, o);
    });
    CHECK(c.refused == 1);
    check_column(c.out, {missing_cell, 1, 0.5});
}

TEST_CASE("step table: steps, lines, out of the table") {
    const std::vector<double> from{0, 50, 80};
    const std::vector<double> scores{0, 5, 10};
    const VectorXd x = column({-1, 0, 49.9, 50, 65, 80, 200, missing_cell, inf, -inf});
    const auto a =
        run(x, [&](ColumnView c, ColumnOut o) { return step_table(c, from, scores, false, o); });
    check_column(a.out,
                 {missing_cell, 0, 0, 5, 5, 10, 10, missing_cell, missing_cell, missing_cell});
    CHECK(a.refused == 3);
    const auto b =
        run(x, [&](ColumnView c, ColumnOut o) { return step_table(c, from, scores, true, o); });
    check_column(b.out,
                 {missing_cell, 0, 4.99, 5, 7.5, 10, 10, missing_cell, missing_cell, missing_cell});
    VectorXd out(10);
    const std::vector<double> none;
    const std::vector<double> unsorted{0, 80, 80};
    CHECK_THROWS_AS((void)step_table(x, none, none, false, out), NumericError);
    CHECK_THROWS_AS((void)step_table(x, unsorted, scores, false, out), NumericError);
    CHECK_THROWS_AS((void)step_table(x, from, std::vector<double>{1, 2}, false, out), NumericError);
}

TEST_CASE("level table, checklist, yes or no") {
    const std::vector<double> values{1, 0.5, 0};
    const std::vector<double> scores{10, 4, 0};
    const auto a = run(column({0.5, 1, 0, 0.3, missing_cell, inf}), [&](ColumnView c, ColumnOut o) {
        return level_table(c, values, scores, o);
    });
    check_column(a.out, {4, 10, 0, missing_cell, missing_cell, missing_cell});
    CHECK(a.refused == 2);
    const auto b = run(column({0, 3, 4, 5, 2.5, -1, missing_cell, inf}),
                       [](ColumnView c, ColumnOut o) { return checklist(c, 4, o); });
    check_column(
        b.out, {0, 0.75, 1, missing_cell, missing_cell, missing_cell, missing_cell, missing_cell});
    CHECK(b.refused == 4);
    const auto c = run(column({0, 1, -0.0, 2, 0.5, missing_cell, -1, inf, -inf, 1e-200}),
                       [](ColumnView x, ColumnOut o) { return yes_no(x, o); });
    check_column(c.out, {0, 1, 0, missing_cell, missing_cell, missing_cell, missing_cell,
                         missing_cell, missing_cell, missing_cell});
    CHECK(c.refused == 6);
    CHECK_FALSE(std::signbit(c.out[2]));
    VectorXd out(1);
    CHECK_THROWS_AS(
        (void)level_table(column({1}), std::vector<double>{1, 1}, std::vector<double>{1, 2}, out),
        NumericError);
    CHECK_THROWS_AS((void)checklist(column({1}), 0, out), NumericError);
    CHECK_THROWS_AS((void)checklist(column({1}), 2.5, out), NumericError);
}

TEST_CASE("penalty per occurrence, target range, rank target") {
    const auto a =
        run(column({0, 1, 3, 100, 1.5, -1, missing_cell, inf}),
            [](ColumnView c, ColumnOut o) { return penalty_per_occurrence(c, 5, 0.5, 1, o); });
    check_column(a.out, {5, 4.5, 3.5, 1, missing_cell, missing_cell, missing_cell, missing_cell});
    CHECK(a.refused == 3);
    const auto b = run(column({4, 5, 6, 10, 15, 20, 35, 50, 60, missing_cell, inf}),
                       [](ColumnView c, ColumnOut o) { return target_range(c, 5, 10, 20, 50, o); });
    check_column(b.out, {0, 0, 0.2, 1, 1, 1, 0.5, 0, 0, missing_cell, missing_cell});
    CHECK(b.refused == 1);
    const auto sharp = run(column({9.9, 10, 20, 20.1}), [](ColumnView c, ColumnOut o) {
        return target_range(c, 10, 10, 20, 20, o);
    });
    check_column(sharp.out, {0, 1, 1, 0});
    const auto c = run(column({1, 50, 75, 100, 193, 0, missing_cell, 0.5, inf}),
                       [](ColumnView x, ColumnOut o) { return rank_target(x, 50, 100, o); });
    check_column(c.out, {1, 1, 0.5, 0, 0, missing_cell, missing_cell, missing_cell, missing_cell});
    CHECK(c.refused == 3);
    VectorXd out(1);
    CHECK_THROWS_AS((void)penalty_per_occurrence(column({1}), 5, -1, 0, out), NumericError);
    CHECK_THROWS_AS((void)penalty_per_occurrence(column({1}), 5, 1, 6, out), NumericError);
    CHECK_THROWS_AS((void)target_range(column({1}), 5, 4, 6, 7, out), NumericError);
    CHECK_THROWS_AS((void)rank_target(column({1}), 50, 50, out), NumericError);
    CHECK_THROWS_AS((void)rank_target(column({1}), 0, 50, out), NumericError);
}

TEST_CASE("growth to target: meets the target exactly, needs a positive base") {
    const VectorXd x = column({107, 103.5, 100, 90, missing_cell, 5, 5, 5, inf});
    const VectorXd previous = column({100, 100, 100, 100, 100, 0, -1, missing_cell, 100});
    VectorXd out(x.size());
    CHECK(growth_to_target(x, previous, 0.07, up, false, out) == 3);
    check_column(out, {1, 0.5, 0, -10.0 / 7, missing_cell, missing_cell, missing_cell, missing_cell,
                       missing_cell});
    CHECK(out[0] == 1.0);
    const VectorXd emissions = column({90, 80, 105});
    const VectorXd before = column({100, 100, 100});
    VectorXd score(3);
    CHECK(growth_to_target(emissions, before, -0.1, down, true, score) == 0);
    check_column(score, {1, 1, -0.5});
    CHECK_THROWS_AS((void)growth_to_target(emissions, before, 0, up, true, score), NumericError);
    CHECK_THROWS_AS((void)growth_to_target(emissions, before, 0.1, down, true, score),
                    NumericError);
    CHECK_THROWS_AS((void)growth_to_target(emissions, x, 0.1, up, true, score), NumericError);
}

TEST_CASE("logistic, mean band, categorical scale") {
    // 1 / (1 + exp(-0.5 * (7 - 5)))
    const auto a = run(column({5, 7, missing_cell, inf, -1e6}),
                       [](ColumnView c, ColumnOut o) { return logistic(c, 5, 0.5, up, o); });
    check_column(a.out, {0.5, 0.7310585786300049, missing_cell, missing_cell, 0});
    CHECK(a.refused == 1);
    check_column(
        run(column({7}), [](ColumnView c, ColumnOut o) { return logistic(c, 5, 0.5, down, o); })
            .out,
        {1 - 0.7310585786300049});
    const auto b = run(column({79, 80, 100, 120, 121, missing_cell, inf}),
                       [](ColumnView c, ColumnOut o) { return above_below_mean(c, 100, 0.2, o); });
    check_column(b.out, {-1, 0, 0, 0, 1, missing_cell, missing_cell});
    CHECK(b.refused == 1);
    const std::vector<double> cuts{10, 20};
    const std::vector<double> scores{0, 50, 100};
    const VectorXd x = column({5, 10, 15, 20, 25, missing_cell, inf});
    const auto c = run(
        x, [&](ColumnView v, ColumnOut o) { return categorical_scale(v, cuts, scores, up, o); });
    check_column(c.out, {0, 50, 50, 100, 100, missing_cell, missing_cell});
    CHECK(c.refused == 1);
    check_column(run(x, [&](ColumnView v,
                            ColumnOut o) { return categorical_scale(v, cuts, scores, down, o); })
                     .out,
                 {100, 100, 50, 50, 0, missing_cell, missing_cell});
    VectorXd out(1);
    CHECK_THROWS_AS((void)above_below_mean(column({1}), 0, 0.1, out), NumericError);
    CHECK_THROWS_AS((void)above_below_mean(column({1}), 1, 1, out), NumericError);
    CHECK_THROWS_AS((void)logistic(column({1}), 1, 0, up, out), NumericError);
    CHECK_THROWS_AS((void)categorical_scale(column({1}), cuts, cuts, up, out), NumericError);
    CHECK_THROWS_AS(
        (void)categorical_scale(column({1}), std::vector<double>{2, 1}, scores, up, out),
        NumericError);
}

TEST_CASE("a block of rows gives the bits of each row alone") {
    for (const unsigned seed : {1U, 2U, 3U}) {
        INFO("seed " << seed);
        const VectorXd x = random_column(777, seed);
        for (const Method& method : cellwise_methods()) {
            INFO(method.name);
            VectorXd block(x.size());
            VectorXd alone(x.size());
            const Index refused = method.call(x, block);
            Index refused_alone = 0;
            for (Index i = 0; i < x.size(); ++i)
                refused_alone += method.call(x.segment(i, 1), alone.segment(i, 1));
            CHECK(bits(block) == bits(alone));
            CHECK(refused == refused_alone);
        }
    }
}

TEST_CASE("the count of refused cells is observed minus scored, and the output may be the input") {
    const VectorXd x = random_column(1000, 57);
    for (const Method& method : all_methods()) {
        INFO(method.name);
        VectorXd out(x.size());
        const Index refused = method.call(x, out);
        Index expected = 0;
        for (Index i = 0; i < x.size(); ++i) {
            CHECK_FALSE(std::isinf(out[i]));
            if (std::isnan(x[i])) CHECK(std::isnan(out[i]));
            expected += !std::isnan(x[i]) && std::isnan(out[i]) ? 1 : 0;
        }
        CHECK(refused == expected);
        VectorXd in_place = x;
        CHECK(method.call(in_place, in_place) == refused);
        CHECK(bits(in_place) == bits(out));
    }
}

TEST_CASE("permuting the units permutes the scores") {
    const VectorXd x = random_column(301, 11);
    const VectorXd mirrored = x.reverse();
    for (const Method& method : all_methods()) {
        INFO(method.name);
        VectorXd a(x.size());
        VectorXd b(x.size());
        CHECK(method.call(x, a) == method.call(mirrored, b));
        CHECK(bits(a) == bits(b.reverse()));
    }
}

TEST_CASE("scores follow the direction") {
    const VectorXd x = random_column(200, 4);
    for (const Method& method : all_methods()) {
        if (method.slope == 0) continue;
        INFO(method.name);
        VectorXd out(x.size());
        (void)method.call(x, out);
        for (Index a = 0; a < x.size(); ++a) {
            for (Index b = 0; b < x.size(); ++b) {
                if (std::isnan(out[a]) || std::isnan(out[b]) || !(x[a] < x[b])) continue;
                if (method.slope * (out[b] - out[a]) < 0.0) FAIL_CHECK(x[a] << " and " << x[b]);
            }
        }
    }
}

TEST_CASE("extremes: no unit, one unit, all missing") {
    for (const Method& method : all_methods()) {
        INFO(method.name);
        VectorXd none(0);
        VectorXd out(0);
        CHECK(method.call(none, out) == 0);
        VectorXd missing = VectorXd::Constant(5, missing_cell);
        VectorXd out5(5);
        CHECK(method.call(missing, out5) == 0);
        CHECK(out5.array().isNaN().all());
        const VectorXd infinite = VectorXd::Constant(1, -inf);
        VectorXd out1(1);
        CHECK(method.call(infinite, out1) == 1);
        CHECK(std::isnan(out1[0]));
        VectorXd longer(6);
        CHECK_THROWS_AS((void)method.call(missing, longer), NumericError);
    }
}
