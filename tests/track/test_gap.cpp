#include <thuocdo/explain/completion_result_gap.hpp>
#include <thuocdo/explain/kind_shares.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

NodeDefinition allow_missing(NodeDefinition node) {
    node.missing = MissingRule::all(MissingPolicy::renormalise);
    return node;
}

/// Completion of 60 points from two leaves, outcome of 40 from one.
IndexModel two_blocks() {
    NodeDefinition completion =
        group("completion", aggregation::Sum{},
              {allow_missing(points_leaf("tasks", rule::RatioToTarget{1.0}, 40)),
               allow_missing(points_leaf("products", rule::RatioToTarget{1.0}, 20))});
    completion.points = 60;
    NodeDefinition outcome = allow_missing(points_leaf("outcome", rule::Goalposts{0, 100}, 40));
    return model(group("total", aggregation::Sum{}, {completion, outcome}));
}

}  // namespace

TEST_CASE("the gap is completion less outcome, both in per cent of their full marks") {
    const Scoreboard board =
        score(two_blocks(), panel({"tasks", "products", "outcome"}, {{0.95, 0.95, 40},
                                                                     {0.5, 0.5, 80},
                                                                     {0.7, 0.7, 60},
                                                                     {1.0, 1.0, 45},
                                                                     {1.0, 1.0, missing_value}}));
    const GapTable table = completion_result_gap(board, "completion", "outcome");
    REQUIRE(table.rows.size() == 5);
    // By hand: 95 - 40, 50 - 80, 70 - 60, 100 - 45.
    CHECK(table.find("u1")->completion == doctest::Approx(95));
    CHECK(table.find("u1")->outcome == doctest::Approx(40));
    CHECK(table.find("u1")->gap == 55);
    CHECK(table.find("u2")->gap == -30);
    CHECK(table.find("u3")->gap == 10);
    CHECK(table.find("u4")->gap == 55);
    // Competition rank, largest first, equal gaps by code.
    CHECK(table.rows[0].unit == "u1");
    CHECK(table.rows[1].unit == "u4");
    CHECK(table.find("u1")->rank == 1);
    CHECK(table.find("u4")->rank == 1);
    CHECK(table.find("u3")->rank == 3);
    CHECK(table.find("u2")->rank == 4);
    CHECK(table.find("u1")->state == GapState::completion_ahead);
    CHECK(table.find("u2")->state == GapState::outcome_ahead);
    CHECK(table.find("u3")->state == GapState::balanced);
    // A missing block is no zero.
    CHECK(table.rows[4].unit == "u5");
    CHECK(std::isnan(table.rows[4].gap));
    CHECK(std::isnan(table.rows[4].rank));
    CHECK(table.rows[4].state == GapState::unknown);
    CHECK(table.rows[4].completion == 100);
    CHECK(table.find("u9") == nullptr);
    std::ostringstream text;
    text << table;
    CHECK(text.str().find("completion_ahead") != std::string::npos);
}

TEST_CASE("the threshold is data and a gap that equals it is balanced") {
    const Scoreboard board =
        score(two_blocks(), panel({"tasks", "products", "outcome"}, {{0.704, 0.704, 50.4}}));
    CHECK(completion_result_gap(board, "completion", "outcome").rows[0].gap == 20);
    CHECK(completion_result_gap(board, "completion", "outcome").rows[0].state ==
          GapState::balanced);
    GapOptions options;
    options.threshold = 19.99;
    CHECK(completion_result_gap(board, "completion", "outcome", options).rows[0].state ==
          GapState::completion_ahead);
    options.threshold = -1;
    CHECK_THROWS_AS((void)completion_result_gap(board, "completion", "outcome", options),
                    NumericError);
    CHECK_THROWS_AS((void)completion_result_gap(board, "completion", "nothing"), ModelError);
}

TEST_CASE("exchanging the blocks turns the gap round") {
    const Scoreboard board = score(
        two_blocks(), panel({"tasks", "products", "outcome"}, {{0.9, 0.3, 33}, {0.1, 1, 80}}));
    const GapTable there = completion_result_gap(board, "completion", "outcome");
    const GapTable back = completion_result_gap(board, "outcome", "completion");
    for (const GapRow& row : there.rows) CHECK(back.find(row.unit)->gap == -row.gap);
}

TEST_CASE("full marks follow from points, scales, means and tables, or must be stated") {
    NodeDefinition scaled = leaf("a", rule::Goalposts{0, 10});
    scaled.scale = 100;
    NodeDefinition other = leaf("b", rule::StepTable{{{0, 0.0}, {1, 0.5}, {2, 1.0}}}, 3.0);
    other.scale = 50;
    const IndexModel index =
        model(group("total", aggregation::Arithmetic{},
                    {group("mean", aggregation::Arithmetic{}, {scaled, other}),
                     group("geometric", aggregation::Geometric{0.01},
                           {leaf("c", rule::Goalposts{0, 10}), leaf("d", rule::MinMax{0.5})}),
                     leaf("z", rule::ZScore{})}));
    // (1 * 100 + 3 * 50) / 4.
    CHECK(thuocdo::detail::full_mark(index, index.index_of("mean")) == 62.5);
    CHECK(thuocdo::detail::full_mark(index, index.index_of("geometric")) == 1.0);
    CHECK(!thuocdo::detail::full_mark(index, index.index_of("z")));
    CHECK(!thuocdo::detail::full_mark(index, 0));
    const Scoreboard board =
        score(index, panel({"a", "b", "c", "d", "z"}, {{5, 1, 5, 5, 1}, {10, 2, 1, 1, 2}}));
    CHECK(problems_of<ModelError>([&] {
              (void)completion_result_gap(board, "z", "total");
          }).size() == 2);
    GapOptions options;
    options.outcome_maximum = 2.0;
    const GapTable table = completion_result_gap(board, "mean", "z", options);
    CHECK(table.find("u2")->completion == 100);
    CHECK(table.find("u2")->outcome == doctest::Approx(std::sqrt(0.5) / 2.0 * 100));
    options.outcome_maximum = 0.0;
    CHECK_THROWS_AS((void)completion_result_gap(board, "mean", "z", options), ModelError);
}

TEST_CASE("units that are not evaluated have no gap row") {
    ModelDefinition written = two_blocks().definition();
    written.cohort.level = "province";
    Unit province{"01"};
    province.level = "province";
    Unit commune{"00004"};
    commune.level = "commune";
    PanelDefinition data;
    data.units = UnitRegistry({province, commune});
    data.indicators = {"tasks", "products", "outcome"};
    data.values = Eigen::MatrixXd::Constant(2, 3, 0.5);
    const GapTable table =
        completion_result_gap(score(IndexModel(written), Panel(data)), "completion", "outcome");
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].unit == "01");
}

TEST_CASE("shares of kinds by hand, with points, weights, inheritance and nodes outside") {
    NodeDefinition inputs = points_leaf("inputs", rule::RatioToTarget{1.0}, 30);
    inputs.kind = Kind::input;
    NodeDefinition outcome_a = leaf("outcome_a", rule::Goalposts{0, 1}, 1.0);
    NodeDefinition impact = leaf("impact", rule::Goalposts{0, 1}, 3.0);
    impact.kind = Kind::impact;
    NodeDefinition outcomes = group("outcomes", aggregation::Geometric{}, {outcome_a, impact});
    outcomes.kind = Kind::outcome;
    outcomes.points = 60;
    NodeDefinition plain = points_leaf("plain", rule::RatioToTarget{1.0}, 10);
    NodeDefinition bonus = points_leaf("bonus", rule::RatioToTarget{1.0}, 5);
    bonus.role = Role::bonus;
    bonus.kind = Kind::activity;
    const KindShares shares =
        kind_shares(model(group("total", aggregation::Sum{}, {inputs, outcomes, plain, bonus})));
    REQUIRE(shares.rows.size() == 6);
    CHECK(shares.of(Kind::input) == doctest::Approx(0.30));
    CHECK(shares.of(Kind::outcome) == doctest::Approx(0.15));
    CHECK(shares.of(Kind::impact) == doctest::Approx(0.45));
    CHECK(shares.of(std::nullopt) == doctest::Approx(0.10));
    CHECK(shares.of(Kind::activity) == 0.0);
    CHECK(shares.rows[1].outside == 1);
    CHECK(shares.rows[1].leaves == 0);
    CHECK(shares.rows[5].leaves == 1);
    std::ostringstream text;
    text << shares;
    CHECK(text.str().find("45.00%") != std::string::npos);
    CHECK(text.str().find("tác động") != std::string::npos);
}

TEST_CASE("shares of kinds sum to exactly 1 for any weights") {
    Random random(11);
    for (int k = 0; k < 300; ++k) {
        std::vector<NodeDefinition> blocks;
        for (std::size_t b = 0; b < 1 + random.below(4); ++b) {
            std::vector<NodeDefinition> leaves;
            for (std::size_t j = 0; j < 1 + random.below(7); ++j) {
                NodeDefinition each = leaf("l" + std::to_string(b) + "_" + std::to_string(j),
                                           rule::AsIs{}, random.between(0.01, 3.0));
                if (random.chance(0.8)) each.kind = static_cast<Kind>(random.below(5));
                leaves.push_back(each);
            }
            blocks.push_back(group("b" + std::to_string(b), aggregation::Arithmetic{}, leaves,
                                   random.between(0.01, 3.0)));
        }
        const KindShares shares =
            kind_shares(model(group("total", aggregation::Arithmetic{}, blocks)));
        numeric::ExactSum sum;
        for (const KindShare& row : shares.rows) {
            CHECK(row.share >= 0.0);
            sum.add(row.share);
        }
        CHECK(sum.value() == 1.0);
    }
}
