#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {
const double none = missing_value;
}

TEST_CASE("a missing value is refused by default and the error names unit and indicator") {
    const IndexModel m = model(group("total", aggregation::Arithmetic{},
                                     {leaf("a", rule::Goalposts{0, 10}), leaf("b", rule::AsIs{})}));
    const auto problems = problems_of<DataError>([&] {
        (void)score(m, panel({"a", "b"}, {{1, 2}, {none, 3}, {4, none}}));
    });
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].message() ==
          "unit \"u2\", indicator \"a\": found no value (not_reported); expected a value, because "
          "node \"a\" refuses missing ones; supply the value, or state another missing rule in the "
          "model [value_missing]");
    CHECK(problems[1].place == "unit \"u3\", indicator \"b\"");
}

TEST_CASE("a failed data call is not a zero: renormalise leaves its maximum out, zero keeps it") {
    // A peer scores a failed call 0 while its maximum still counts.
    auto build = [](MissingPolicy policy) {
        NodeDefinition b = points_leaf("b", rule::RatioToTarget{1.0}, 40);
        b.missing = MissingRule::all(policy);
        return model(group("total", aggregation::Sum{},
                           {points_leaf("a", rule::RatioToTarget{1.0}, 60), b}));
    };
    const Panel p = panel({"a", "b"}, {{0.5, none}});
    CHECK(score(build(MissingPolicy::renormalise), p).scores()[0] == doctest::Approx(50.0));
    CHECK(score(build(MissingPolicy::zero), p).scores()[0] == doctest::Approx(30.0));
    CHECK(score(build(MissingPolicy::renormalise), p).coverage()[0] == doctest::Approx(0.5));
}

TEST_CASE("each kind of missing follows its own policy") {
    NodeDefinition b = leaf("b", rule::AsIs{});
    MissingRule by_kind = MissingRule::all(MissingPolicy::refuse);
    by_kind.policies[static_cast<std::size_t>(MissingKind::not_applicable)] =
        MissingPolicy::renormalise;
    by_kind.policies[static_cast<std::size_t>(MissingKind::not_reported)] = MissingPolicy::zero;
    b.missing = by_kind;
    const IndexModel m =
        model(group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), b}));
    PanelDefinition p;
    p.units = UnitRegistry::from_codes(codes(4));
    p.indicators = {"a", "b"};
    p.values.resize(4, 2);
    p.values << 1, 3, 1, none, 1, none, 1, none;
    p.states.setConstant(4, 2, CellState::observed);
    p.states(1, 1) = CellState::not_applicable;
    p.states(2, 1) = CellState::not_reported;
    p.states(3, 1) = CellState::not_yet_due;
    const auto problems = problems_of<DataError>([&] { (void)score(m, Panel(p)); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place == "unit \"u4\", indicator \"b\"");
    p.states(3, 1) = CellState::observed;
    p.values(3, 1) = 5.0;
    const Scoreboard board = score(m, Panel(p));
    CHECK(board.scores()[0] == 2.0);
    CHECK(board.scores()[1] == 1.0);
    CHECK(board.scores()[2] == 0.5);
    CHECK(board.scores()[3] == 3.0);
    // Not applicable leaves the denominator of coverage, not reported stays in it.
    CHECK(board.coverage()[1] == 1.0);
    CHECK(board.coverage()[2] == 0.5);
}

TEST_CASE("a zero denominator has its own rule and is an error without one") {
    auto build = [](std::optional<ZeroDenominatorRule> zero) {
        NodeDefinition node = points_leaf("r", rule::RatioToTarget{0.8}, 2);
        node.zero_denominator = zero;
        node.missing = MissingRule::all(MissingPolicy::zero);
        return model(group("total", aggregation::Sum{}, {node, points_leaf("s", rule::AsIs{}, 8)}));
    };
    PanelDefinition p;
    p.units = UnitRegistry::from_codes(codes(1));
    p.indicators = {"r", "s"};
    p.values.resize(1, 2);
    p.values << none, 0.5;
    p.ratios[0] = {Eigen::VectorXd::Constant(1, 0.0), Eigen::VectorXd::Constant(1, 0.0)};
    const Panel data(p);
    CHECK(data.state(0, 0) == CellState::zero_denominator);
    const auto problems = problems_of<DataError>([&] { (void)score(build({}), data); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].message() ==
          "unit \"u1\", indicator \"r\": found a denominator of 0; expected a rule for it, because "
          "node \"r\" states none; add zero_denominator: full, zero or missing [zero_denominator]");
    CHECK(score(build(ZeroDenominatorRule::full), data).scores()[0] == 6.0);
    CHECK(score(build(ZeroDenominatorRule::zero), data).scores()[0] == 4.0);
    CHECK(score(build(ZeroDenominatorRule::missing), data).scores()[0] == 4.0);
}

TEST_CASE("carried and filled values are marked and never touch observed ones") {
    NodeDefinition a = leaf("a", rule::AsIs{});
    a.missing = MissingRule::all(MissingPolicy::carry_last);
    NodeDefinition b = leaf("b", rule::AsIs{});
    b.missing = MissingRule::all(MissingPolicy::peer_mean);
    const IndexModel m = model(group("total", aggregation::Arithmetic{}, {a, b}));
    ScoreOptions options;
    options.previous = panel({"a", "b"}, {{7, 1}, {8, 1}, {9, 1}});
    const Scoreboard board = score(m, panel({"a", "b"}, {{1, 2}, {none, 4}, {3, none}}), options);
    const Index a_node = board.model().index_of("a");
    const Index b_node = board.model().index_of("b");
    CHECK(board.value(0, a_node) == 1.0);
    CHECK(board.value(1, a_node) == 8.0);
    CHECK(board.value(2, b_node) == 3.0);
    CHECK(board.is_imputed(1, a_node));
    CHECK_FALSE(board.is_imputed(0, a_node));
    CHECK(board.is_imputed(2, b_node));
    CHECK(board.flags(1) == std::vector<std::string>{"1 imputed"});
    CHECK(board.coverage()[1] == 0.5);
    SUBCASE("without a previous panel a carried value stays missing") {
        const Scoreboard alone = score(m, panel({"a", "b"}, {{1, 2}, {none, 4}, {3, none}}));
        CHECK(alone.scores()[1] == 4.0);
    }
}

TEST_CASE("a node below its minimum coverage is missing, by children or by indicators") {
    NodeDefinition inner =
        group("inner", aggregation::Arithmetic{},
              {leaf("a", rule::AsIs{}, 3.0), leaf("b", rule::AsIs{}), leaf("c", rule::AsIs{})});
    for (NodeDefinition& child : inner.children)
        child.missing = MissingRule::all(MissingPolicy::renormalise);
    const Panel p =
        panel({"a", "b", "c", "d"}, {{none, 4, 4, 1}, {6, none, none, 1}, {5, 5, 5, 1}});
    auto total = [&](MinimumCoverage minimum) {
        inner.minimum_coverage = minimum;
        return score(
            model(group("total", aggregation::Arithmetic{}, {inner, leaf("d", rule::AsIs{})})), p);
    };
    const Scoreboard by_weight = total({0.5, CoverageBase::children});
    CHECK(by_weight.scores()[0] == 1.0);
    CHECK(by_weight.scores()[1] == 3.5);
    CHECK(by_weight.scores()[2] == 3.0);
    const Scoreboard by_count = total({0.5, CoverageBase::indicators});
    CHECK(by_count.scores()[0] == 2.5);
    CHECK(by_count.scores()[1] == 1.0);
}

TEST_CASE("the place of rounding changes the total, and the model says where it is") {
    // 18.63% of a target of 80% for 2 points is 0.46575: 0.47 when rounded before summing.
    NodeDefinition first = points_leaf("first", rule::RatioToTarget{0.8}, 2);
    NodeDefinition second = points_leaf("second", rule::RatioToTarget{0.8}, 2);
    const Panel p = panel({"first", "second"}, {{0.1863, 0.1863}});
    NodeDefinition root = group("total", aggregation::Sum{}, {first, second});
    CHECK(score(model(root), p).scores()[0] == doctest::Approx(0.9315).epsilon(1e-12));
    root.rounding = Rounding{2};
    CHECK(score(model(root), p).scores()[0] == 0.93);
    root.children[0].rounding = Rounding{2};
    root.children[1].rounding = Rounding{2};
    CHECK(score(model(root), p).scores()[0] == 0.94);
    root.children[0].rounding = Rounding{2, numeric::RoundingMode::half_up, RoundingPlace::value};
    CHECK(score(model(root), p).scores()[0] == 0.95);
    root.children[0].rounding = Rounding{2, numeric::RoundingMode::half_up, RoundingPlace::display};
    CHECK(score(model(root), p).scores()[0] == 0.94);
}

TEST_CASE("bonus and penalty stand outside the total, monitored nodes count nowhere") {
    NodeDefinition bonus = leaf("bonus", rule::AsIs{});
    bonus.role = Role::bonus;
    bonus.cap = 5.0;
    NodeDefinition penalty = leaf("penalty", rule::AsIs{});
    penalty.role = Role::penalty;
    penalty.missing = MissingRule::all(MissingPolicy::renormalise);
    NodeDefinition watched = leaf("watched", rule::AsIs{});
    watched.role = Role::monitored;
    NodeDefinition root =
        group("total", aggregation::Sum{},
              {points_leaf("a", rule::RatioToTarget{1.0}, 100), bonus, penalty, watched});
    const Panel p = panel({"a", "bonus", "penalty", "watched"},
                          {{1, 3, 0, 99}, {1, 9, 2, 99}, {0.1, 0, 20, 99}, {0.5, 0, none, 99}});
    const Scoreboard board = score(model(root), p);
    CHECK(board.scores()[0] == 103.0);
    CHECK(board.scores()[1] == 103.0);
    CHECK(board.scores()[2] == -10.0);
    CHECK(board.scores()[3] == 50.0);
    CHECK(board.results_of("watched")[0] == 99.0);
    CHECK(board.coverage()[3] == 1.0);
    CHECK(board.model().effective_weight(board.model().index_of("bonus")) == 0.0);
    root.cap = 100.0;
    root.floor = 0.0;
    const Scoreboard bounded = score(model(root), p);
    CHECK(bounded.scores()[0] == 100.0);
    CHECK(bounded.scores()[2] == 0.0);
}

TEST_CASE("peer-relative rules look at the cohort only and report a constant column") {
    std::vector<Unit> units;
    for (int k = 0; k < 4; ++k) {
        Unit unit;
        unit.code = "p" + std::to_string(k);
        unit.level = k < 3 ? "province" : "commune";
        units.push_back(unit);
    }
    NodeDefinition b = leaf("b", rule::MinMax{0.5});
    ModelDefinition definition_ =
        definition(group("total", aggregation::Arithmetic{}, {leaf("a", rule::MinMax{}), b}));
    definition_.cohort.level = "province";
    Eigen::MatrixXd values(4, 2);
    values << 10, 1, 20, 1, 30, 1, 1000, 9;
    const Scoreboard board =
        score(IndexModel(definition_), Panel(UnitRegistry(units), {"a", "b"}, values));
    CHECK(board.results_of("a")[1] == 0.5);
    CHECK(board.results_of("b")[0] == 0.5);
    CHECK(std::isnan(board.scores()[3]));
    CHECK(std::isnan(board.ranks()[3]));
    CHECK_FALSE(board.is_evaluated(3));
    CHECK(board.flags(3) == std::vector<std::string>{"not evaluated"});
    REQUIRE(board.notices().size() == 1);
    CHECK(board.notices()[0] ==
          "indicator \"b\" has one value over the cohort; every unit gets 0.5 by its zero_range");
}

TEST_CASE("a dated target follows its path between two years") {
    NodeDefinition node = leaf("share", rule::RatioToTarget{});
    node.targets = {{*parse_date("2030-12-31"), 0.3}, {*parse_date("2045-12-31"), 0.5}};
    const Panel p = panel({"share"}, {{0.3}});
    auto at = [&](const char* date) {
        ScoreOptions options;
        options.as_of = parse_date(date);
        return score(model(group("total", aggregation::Arithmetic{}, {node})), p, options)
            .scores()[0];
    };
    CHECK(at("2026-01-01") == 1.0);
    CHECK(at("2045-12-31") == doctest::Approx(0.6));
    CHECK(at("2060-01-01") == doctest::Approx(0.6));
    // 2,740 of 5,479 days after the first target.
    CHECK(at("2038-07-02") == doctest::Approx(0.3 / (0.3 + 0.2 * 2740.0 / 5479.0)).epsilon(1e-12));
    node.target_path = TargetPath::compound;
    CHECK(at("2038-07-02") ==
          doctest::Approx(0.3 / (0.3 * std::pow(0.5 / 0.3, 2740.0 / 5479.0))).epsilon(1e-12));
    node.target_path = TargetPath::step;
    CHECK(at("2031-01-01") == doctest::Approx(0.6));
    SUBCASE("and without a date the error says what is needed") {
        const auto problems = problems_of<DataError>(
            [&] { (void)score(model(group("total", aggregation::Arithmetic{}, {node})), p); });
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].code == "as_of_missing");
    }
}

TEST_CASE("growth is measured on the previous panel, matched by code") {
    const IndexModel m = model(
        group("total", aggregation::Arithmetic{}, {leaf("papers", rule::GrowthToTarget{0.10})}));
    ScoreOptions options;
    Eigen::MatrixXd before(2, 1);
    before << 200, 100;
    options.previous = Panel(UnitRegistry::from_codes({"u2", "u1"}), {"papers"}, before);
    const Scoreboard board = score(m, panel({"papers"}, {{105}, {240}}), options);
    CHECK(board.scores()[0] == doctest::Approx(0.5));
    CHECK(board.scores()[1] == 1.0);
    const auto problems = problems_of<DataError>([&] {
        (void)score(m, panel({"papers"}, {{105}, {240}}));
    });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "previous_panel_missing");
}

TEST_CASE("a value outside the domain of a rule is an error that names the rule") {
    const IndexModel m =
        model(group("total", aggregation::Arithmetic{},
                    {leaf("k", rule::Checklist{12}), leaf("gni", rule::LogGoalposts{100, 75000})}));
    const auto problems = problems_of<DataError>([&] {
        (void)score(m, panel({"k", "gni"}, {{13, 500}, {3, -1}}));
    });
    REQUIRE(problems.size() == 2);
    CHECK(
        problems[0].message() ==
        "unit \"u1\", indicator \"k\": found value 13; expected a whole number from 0 to 12 (rule "
        "checklist of node \"k\"); correct the value or the rule [value_out_of_range]");
    CHECK(problems[1].found == "value -1");
}

TEST_CASE(
    "a result of zero under a geometric mean is an error, or is raised when the model says so") {
    NodeDefinition root =
        group("total", aggregation::Geometric{},
              {leaf("a", rule::Goalposts{0, 10}), leaf("b", rule::Goalposts{0, 10})});
    const Panel p = panel({"a", "b"}, {{5, 5}, {0, 10}});
    const auto problems = problems_of<DataError>([&] { (void)score(model(root), p); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place == "unit \"u2\", node \"a\"");
    root.aggregate = aggregation::Geometric{0.01};
    CHECK(score(model(root), p).scores()[1] == doctest::Approx(0.1));
}

TEST_CASE("a column that the model needs and the panel lacks is named with its node") {
    const IndexModel m =
        model(group("total", aggregation::Arithmetic{},
                    {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{}), leaf("c", rule::AsIs{})}));
    const auto problems = problems_of<DataError>([&] { (void)score(m, panel({"a"}, {{1}})); });
    REQUIRE(problems.size() == 2);
    CHECK(problems[1].message() ==
          "indicator \"c\": found no such column in the panel; expected a column for node \"c\" "
          "(/root/children/2); add the column, or name another with indicator [indicator_missing]");
}

TEST_CASE("units that are not valid on the as-of date are not evaluated") {
    Unit old_one;
    old_one.code = "35";
    old_one.valid_to = parse_date("2025-06-30");
    Unit merged;
    merged.code = "37";
    merged.valid_from = parse_date("2025-07-01");
    merged.predecessors = {"35", "36"};
    Eigen::MatrixXd values(2, 1);
    values << 1, 2;
    ScoreOptions options;
    options.as_of = parse_date("2026-01-01");
    const Scoreboard board =
        score(model(group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})})),
              Panel(UnitRegistry({old_one, merged}), {"a"}, values), options);
    CHECK_FALSE(board.is_evaluated(0));
    CHECK(board.ranks()[1] == 1.0);
    CHECK(board.units().unit(1).predecessors == std::vector<std::string>{"35", "36"});
}

TEST_CASE("extremes: no units, one unit, one indicator, everything missing") {
    NodeDefinition a = leaf("a", rule::MinMax{});
    a.missing = MissingRule::all(MissingPolicy::renormalise);
    const IndexModel m = model(group("total", aggregation::Arithmetic{}, {a}));
    CHECK(score(m, panel({"a"}, {})).ranking().empty());
    const Scoreboard one = score(m, panel({"a"}, {{4}}));
    CHECK(std::isnan(one.scores()[0]));
    CHECK(one.notices().size() == 1);
    const Scoreboard nothing = score(m, panel({"a"}, {{none}, {none}}));
    CHECK(std::isnan(nothing.ranks()[1]));
    CHECK(nothing.coverage()[0] == 0.0);
    CHECK(nothing.flags(0) == std::vector<std::string>{"1 missing", "no score"});
}

TEST_CASE("cancelling leaves nothing behind and progress ends at one") {
    const IndexModel m =
        model(group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})}));
    const Panel p = panel({"a"}, std::vector<std::vector<double>>(1000, {1.0}));
    ScoreOptions options;
    options.batch_rows = 10;
    double last = 0.0;
    options.progress = [&](double done) {
        last = done;
        return true;
    };
    (void)score(m, p, options);
    CHECK(last == 1.0);
    options.progress = [](double done) { return done < 0.5; };
    CHECK_THROWS_AS((void)score(m, p, options), Cancelled);
}
