#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/roll_up.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <sstream>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

/// A tree with random shape, aggregations, rules, bonus, rounding and bounds.
NodeDefinition random_node(Random& random, int depth, int& next,
                           std::vector<std::string>& indicators, bool positive) {
    const std::string code = "n" + std::to_string(next++);
    if (depth == 0 || random.chance(0.3)) {
        NodeDefinition node = leaf(code, rule::Goalposts{0, 10}, random.between(0.1, 2.0));
        if (!positive && random.chance(0.2)) node.score = rule::MinMax{0.5};
        if (random.chance(0.2)) node.rounding = Rounding{2};
        node.missing = MissingRule::all(MissingPolicy::renormalise);
        indicators.push_back(code);
        return node;
    }
    NodeDefinition node;
    node.code = code;
    node.weight = random.between(0.1, 2.0);
    const std::vector<Aggregation> choices{
        aggregation::Arithmetic{},
        aggregation::Arithmetic{},
        aggregation::Geometric{0.001},
        aggregation::Harmonic{0.01},
        aggregation::PowerMean{2.0, {}},
        aggregation::Minimum{},
        aggregation::Maximum{},
        aggregation::Median{},
        aggregation::MeanMin{0.5, random.chance(0.5) ? 0.0 : 0.1},
        aggregation::MazziottaPareto{}};
    node.aggregate = choices[random.below(choices.size())];
    const bool must_be_positive =
        std::holds_alternative<aggregation::MazziottaPareto>(*node.aggregate);
    const std::size_t children = 2 + random.below(3);
    for (std::size_t k = 0; k < children; ++k)
        node.children.push_back(
            random_node(random, depth - 1, next, indicators, positive || must_be_positive));
    if (random.chance(0.2)) {
        NodeDefinition extra = leaf("n" + std::to_string(next++), rule::AsIs{});
        extra.role = random.chance(0.5) ? Role::bonus : Role::penalty;
        extra.scale = 0.01;
        extra.missing = MissingRule::all(MissingPolicy::renormalise);
        indicators.push_back(extra.code);
        node.children.push_back(extra);
    }
    if (random.chance(0.2)) node.cap = 0.8;
    if (random.chance(0.3)) node.rounding = Rounding{3};
    node.floor = 0.01;
    return node;
}

}  // namespace

TEST_CASE("contributions add up to the score bit for bit for any tree") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        int next = 0;
        std::vector<std::string> indicators;
        NodeDefinition root = random_node(random, 3, next, indicators, false);
        if (root.is_leaf()) continue;
        if (random.chance(0.5)) root.rounding = Rounding{2};
        std::vector<std::vector<double>> rows;
        for (int i = 0; i < 6; ++i) {
            std::vector<double> row;
            for (std::size_t j = 0; j < indicators.size(); ++j)
                row.push_back(random.chance(0.1) ? missing_value : random.between(0.5, 9.5));
            rows.push_back(row);
        }
        const Scoreboard board = score(model(root), panel(indicators, rows));
        for (Index unit = 0; unit < board.unit_count(); ++unit) {
            CAPTURE(unit);
            const Explanation why = explain(board, unit);
            if (std::isnan(board.scores()[unit])) continue;
            CHECK(why.total() == board.scores()[unit]);
        }
    }
}

TEST_CASE("an explanation leads back to numerator, denominator, rule, target and source") {
    NodeDefinition reused = points_leaf("reused", rule::RatioToTarget{0.8}, 2);
    reused.rounding = Rounding{2};
    reused.unit = "share";
    reused.owner = "Sở Khoa học và Công nghệ";
    reused.source = "Decision 766";
    NodeDefinition root =
        group("total", aggregation::Sum{}, {reused, points_leaf("rest", rule::PointsAwarded{}, 8)});
    PanelDefinition p;
    p.units = UnitRegistry::from_codes({"66"});
    p.indicators = {"reused", "rest"};
    p.values.resize(1, 2);
    p.values << missing_value, 5.0;
    p.ratios[0] = {Eigen::VectorXd::Constant(1, 82645), Eigen::VectorXd::Constant(1, 443565)};
    p.provenances = {{"National Public Service Portal", parse_date("2026-10-10")}};
    p.provenance_ids[0] = {0};
    const Scoreboard board = score(model(root), Panel(p));
    const Explanation why = explain(board, "66");
    const ExplanationLine* line = why.find("reused");
    REQUIRE(line);
    CHECK(line->numerator == 82645);
    CHECK(line->denominator == 443565);
    CHECK(line->rule == "min(1, x / 0.8)");
    CHECK(line->target == 0.8);
    CHECK(line->source == "National Public Service Portal");
    CHECK(*line->date == *parse_date("2026-10-10"));
    CHECK(line->owner == "Sở Khoa học và Công nghệ");
    CHECK(line->result == 0.47);
    CHECK(line->contribution == 0.47);
    CHECK(line->shortfall == doctest::Approx(1.53));
    CHECK(why.find("rest")->best == 8.0);
    CHECK(why.find("nothing") == nullptr);
    CHECK(why.total() == board.scores()[0]);
    std::ostringstream text;
    text << why;
    CHECK(text.str().find("min(1, x / 0.8)") != std::string::npos);
    CHECK_THROWS_AS((void)explain(board, "67"), DataError);
}

TEST_CASE("under a geometric mean each child contributes its weight's share of the total") {
    const Scoreboard board =
        score(model(group("total", aggregation::Geometric{},
                          {leaf("a", rule::AsIs{}, 1.0), leaf("b", rule::AsIs{}, 3.0)})),
              panel({"a", "b"}, {{0.9, 0.1}}));
    const Explanation why = explain(board, Index{0});
    CHECK(why.find("a")->contribution == doctest::Approx(board.scores()[0] / 4.0));
    CHECK(why.find("b")->contribution == doctest::Approx(board.scores()[0] * 3.0 / 4.0));
}

TEST_CASE("what-if equals scoring the changed panel, alone and among peers") {
    for (const bool relative : {false, true}) {
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            CAPTURE(relative);
            CAPTURE(seed);
            Random random(seed);
            NodeDefinition a = leaf("a", rule::Goalposts{0, 10});
            if (relative) a.score = rule::MinMax{};
            NodeDefinition root =
                group("total", aggregation::Arithmetic{}, {a, leaf("b", rule::AsIs{})});
            root.rounding = Rounding{1};
            std::vector<std::vector<double>> rows;
            for (int i = 0; i < 12; ++i)
                rows.push_back({random.between(0, 10), random.between(0, 1)});
            const Scoreboard board = score(model(root), panel({"a", "b"}, rows));
            const auto unit = static_cast<Index>(random.below(rows.size()));
            const double tried = random.between(0, 10);
            const std::string before = board.digest();
            const WhatIf answer =
                what_if(board, board.units().code(unit), {CellChange{"a", tried}});
            CHECK(board.digest() == before);
            rows[static_cast<std::size_t>(unit)][0] = tried;
            const Scoreboard expected = score(model(root), panel({"a", "b"}, rows));
            CHECK(answer.after.score == expected.scores()[unit]);
            CHECK(answer.after.rank == expected.ranks()[unit]);
            CHECK(answer.before.score == board.scores()[unit]);
        }
    }
}

TEST_CASE("what-if takes numerators, states and several cells, and refuses unknown indicators") {
    NodeDefinition r = leaf("r", rule::RatioToTarget{1.0});
    r.missing = MissingRule::all(MissingPolicy::renormalise);
    r.zero_denominator = ZeroDenominatorRule::full;
    const Scoreboard board =
        score(model(group("total", aggregation::Arithmetic{}, {r, leaf("b", rule::AsIs{})})),
              panel({"r", "b"}, {{0.5, 0.2}, {0.1, 0.1}}));
    CellChange parts{"r", {}, 3.0, 4.0};
    CHECK(what_if(board, "u1", {parts}).after.score == doctest::Approx(0.475));
    parts.numerator = 0.0;
    parts.denominator = 0.0;
    CHECK(what_if(board, "u1", {parts}).after.score == doctest::Approx(0.6));
    CellChange gone{"r", {}, {}, {}, CellState::not_applicable};
    CHECK(what_if(board, "u1", {gone}).after.score == doctest::Approx(0.2));
    CHECK(what_if(board, "u2", {CellChange{"r", 1.0}, CellChange{"b", 1.0}}).after.rank == 1.0);
    CHECK_THROWS_AS((void)what_if(board, "u1", {CellChange{"q", 1.0}}), DataError);
}

TEST_CASE("a plain mean of provinces is named as such and differs from the weighted figure") {
    std::vector<Unit> units(3);
    const double people[] = {8.0, 1.0, 1.0};
    Eigen::MatrixXd values(3, 1);
    values << 0.9, 0.3, 0.3;
    for (std::size_t k = 0; k < 3; ++k) {
        units[k].code = "u" + std::to_string(k);
        units[k].parent = k < 2 ? "A" : "B";
        units[k].attributes["population"] = people[k];
    }
    const Scoreboard board =
        score(model(group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})})),
              Panel(UnitRegistry(units), {"a"}, values));
    const RollUpTable plain = roll_up(board, {"nation", false, ""});
    CHECK(plain.method == "plain mean of units, not a rate");
    CHECK(plain.rows[0].score == doctest::Approx(0.5));
    const RollUpTable weighted = roll_up(board, {"nation", true, "population"});
    CHECK(weighted.method == "mean weighted by population");
    CHECK(weighted.rows[0].score == doctest::Approx(0.78));
    const RollUpTable provinces = roll_up(board, {"province", true, "population"});
    REQUIRE(provinces.rows.size() == 2);
    CHECK(provinces.rows[0].code == "A");
    CHECK(provinces.rows[0].score == doctest::Approx((0.9 * 8 + 0.3) / 9));
    CHECK(provinces.rows[1].units == 1);
    CHECK(provinces.rows[0].results[1] == provinces.rows[0].score);
    CHECK_THROWS_AS((void)roll_up(board, {"nation", true, "area"}), DataError);
}
