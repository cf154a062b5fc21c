#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace preparation_tests {

using namespace testing_support;
using thuocdo::CellState;
using thuocdo::Index;
namespace step = thuocdo::step;

const double gap = thuocdo::missing_value;

/// Units u1, u2, ... in regions, with a population.
thuocdo::UnitRegistry units(const std::vector<std::string>& regions,
                            const std::vector<double>& population) {
    std::vector<thuocdo::Unit> out;
    for (std::size_t k = 0; k < regions.size(); ++k) {
        thuocdo::Unit unit;
        unit.code = "u" + std::to_string(k + 1);
        if (!regions[k].empty()) unit.groups["region"] = regions[k];
        unit.attributes["population"] = population[k];
        out.push_back(std::move(unit));
    }
    return thuocdo::UnitRegistry(std::move(out));
}

thuocdo::ModelDefinition two_leaves(std::vector<thuocdo::PreparationStep> steps) {
    auto model =
        definition(group("total", thuocdo::aggregation::Arithmetic{},
                         {leaf("a", thuocdo::rule::AsIs{}), leaf("b", thuocdo::rule::AsIs{})}));
    model.defaults.missing = thuocdo::MissingRule::all(thuocdo::MissingPolicy::renormalise);
    model.preparation = std::move(steps);
    return model;
}

/// Columns a and b.
thuocdo::Panel two_columns(thuocdo::UnitRegistry registry, const std::vector<double>& a,
                           const std::vector<double>& b) {
    Eigen::MatrixXd values(static_cast<Index>(a.size()), 2);
    for (std::size_t k = 0; k < a.size(); ++k) {
        values(static_cast<Index>(k), 0) = a[k];
        values(static_cast<Index>(k), 1) = b[k];
    }
    return thuocdo::Panel(std::move(registry), {"a", "b"}, std::move(values));
}

thuocdo::Panel with_state(const thuocdo::Panel& panel, Index unit, Index column, CellState state) {
    thuocdo::PanelDefinition definition = panel.definition();
    if (definition.states.size() == 0) {
        definition.states.resize(panel.unit_count(), panel.indicator_count());
        for (Index j = 0; j < panel.indicator_count(); ++j)
            for (Index i = 0; i < panel.unit_count(); ++i)
                definition.states(i, j) = panel.state(i, j);
    }
    definition.states(unit, column) = state;
    return thuocdo::Panel(std::move(definition));
}

TEST_CASE(
    "a denominator is an attribute or a column; without one nothing was reported, and zero has its "
    "rule") {
    const auto registry = units({"", "", "", ""}, {2000, 0, gap, 500});
    auto model = two_leaves({step::Denominate{{{{"a"}, "population", 1000.0}, {{"b"}, "a", 1.0}}}});
    model.root.children[0].zero_denominator = thuocdo::ZeroDenominatorRule::zero;
    const auto panel = two_columns(registry, {10, 20, 30, gap}, {5, 5, 5, 5});
    const auto board = thuocdo::score(thuocdo::IndexModel(model), panel);
    const thuocdo::Panel& prepared = board.prepared_panel();
    CHECK(prepared.value(0, 0) == 5.0);
    CHECK(prepared.state(1, 0) == CellState::zero_denominator);
    CHECK(board.result(1, board.model().index_of("a")) == 0.0);
    CHECK(prepared.state(2, 0) == CellState::not_reported);
    CHECK(prepared.state(3, 0) == CellState::not_reported);
    // Denominators are the columns as they were before the step.
    CHECK(prepared.value(0, 1) == 0.5);
    CHECK(prepared.state(3, 1) == CellState::not_reported);
    const thuocdo::PreparationStage* stage = board.preparation().find("denominated");
    REQUIRE(stage);
    REQUIRE(stage->findings.cells.size() == 3);
    CHECK(stage->findings.reason(stage->findings.cells[0]) == "no denominator \"population\"");
    CHECK(stage->findings.reason(stage->findings.cells[1]) == "denominator \"population\" is 0");
    CHECK(board.panel().value(0, 0) == 10.0);
}

TEST_CASE("a denominator that the data lack is an error at its place in the model") {
    const auto model = two_leaves({step::Denominate{{{{"a"}, "people", 1.0}, {{"c"}, "b", 1.0}}}});
    const auto panel = two_columns(units({""}, {1}), {1}, {2});
    const auto found = problems_of<thuocdo::DataError>(
        [&] { static_cast<void>(thuocdo::score(thuocdo::IndexModel(model), panel)); });
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "denominator_missing");
    CHECK(found[0].place == "/preparation/0/denominators/0/by");
}

TEST_CASE("imputation fills what was not reported and leaves other kinds of missing alone") {
    const auto registry = units({"north", "north", "north", "south", ""}, {1, 1, 1, 1, 1});
    const auto model =
        two_leaves({step::Impute{thuocdo::ImputationMethod::group_mean, "region", {}, {}, {"a"}}});
    auto panel = two_columns(registry, {10, 20, gap, gap, gap}, {1, 1, 1, 1, 1});
    const auto board = thuocdo::score(thuocdo::IndexModel(model), panel);
    const thuocdo::Panel& prepared = board.prepared_panel();
    CHECK(prepared.value(2, 0) == 15.0);
    CHECK(prepared.state(2, 0) == CellState::imputed);
    CHECK(prepared.value(0, 0) == 10.0);
    CHECK(prepared.state(0, 0) == CellState::observed);
    // A group without any value, and a unit without a group.
    CHECK(std::isnan(prepared.value(3, 0)));
    CHECK(std::isnan(prepared.value(4, 0)));
    const auto& findings = board.preparation().find("imputed")->findings;
    CHECK(findings.cells.size() == 1);
    REQUIRE(findings.notices.size() == 1);
    CHECK(findings.notices[0] ==
          "indicator \"a\": 2 missing values could not be filled by group_mean of \"region\"");
    CHECK(board.coverage()[2] == 0.5);
    CHECK(board.flags(2) == std::vector<std::string>{"1 imputed"});
    panel = with_state(panel, 2, 0, CellState::not_applicable);
    const auto other = thuocdo::score(thuocdo::IndexModel(model), panel);
    CHECK(other.prepared_panel().state(2, 0) == CellState::not_applicable);
}

TEST_CASE("screening counts what was measured, not what was imputed or does not apply") {
    const auto registry = units({"", "", "", ""}, {1, 1, 1, 1});
    auto model = two_leaves(
        {step::Impute{thuocdo::ImputationMethod::mean, "", {}, {}, {}},
         step::Screen{0.9, {}, {}, thuocdo::ScreeningAction::exclude, {{"u3", "an island"}}}});
    model.root.children[0].score = thuocdo::rule::MinMax{};
    auto panel = two_columns(registry, {10, 30, gap, 20}, {1, gap, 1, gap});
    panel = with_state(panel, 3, 1, CellState::not_applicable);
    const auto board = thuocdo::score(thuocdo::IndexModel(model), panel);
    const auto& screened = board.preparation().find("screened")->findings.screened;
    REQUIRE(screened.size() == 2);
    CHECK(screened[0].unit == 1);
    CHECK(screened[0].availability == 0.5);
    CHECK(screened[0].excluded);
    CHECK(screened[1].unit == 2);
    CHECK_FALSE(screened[1].excluded);
    CHECK(screened[1].reason == "an island");
    CHECK(board.notices() == std::vector<std::string>{"1 unit is left out by step \"screened\""});
    CHECK_FALSE(board.is_evaluated(1));
    CHECK(std::isnan(board.ranks()[1]));
    CHECK(board.flags(1) == std::vector<std::string>{"not evaluated"});
    // u2 had the largest value; without it 20 is the best of the cohort.
    CHECK(board.result(3, board.model().index_of("a")) == 1.0);
}

TEST_CASE("a report of a screening leaves every unit in, and nodes are screened by themselves") {
    auto model = two_leaves({step::Screen{1.0, {}, {"a"}, thuocdo::ScreeningAction::report, {}}});
    const auto panel = two_columns(units({"", ""}, {1, 1}), {gap, 1}, {1, gap});
    const auto board = thuocdo::score(thuocdo::IndexModel(model), panel);
    const auto& screened = board.preparation().find("screened")->findings.screened;
    REQUIRE(screened.size() == 1);
    CHECK(screened[0].unit == 0);
    CHECK(screened[0].node == "a");
    CHECK(board.is_evaluated(0));
}

/// Values with one far point, which winsorising cures.
std::vector<double> one_far_point() {
    std::vector<double> out;
    for (int k = 1; k <= 20; ++k) out.push_back(k);
    out.push_back(500.0);
    return out;
}

TEST_CASE(
    "a treated point is listed with before, after and why, and the leaf reads the treated value") {
    const std::vector<double> a = one_far_point();
    const std::vector<std::string> regions(a.size());
    const std::vector<double> population(a.size(), 1.0);
    auto model = two_leaves({step::Treat{}});
    model.root.children[0].score = thuocdo::rule::MinMax{};
    const auto panel =
        two_columns(units(regions, population), a, std::vector<double>(a.size(), 3.0));
    const auto board = thuocdo::score(thuocdo::IndexModel(model), panel);
    const auto& findings = board.preparation().find("treated")->findings;
    REQUIRE(findings.cells.size() == 1);
    CHECK(findings.cells[0].unit == 20);
    CHECK(findings.cells[0].before == 500.0);
    CHECK(findings.cells[0].after == 20.0);
    REQUIRE(findings.treated.size() == 2);
    CHECK(findings.treated[0].treatment.winsorised_points == 1);
    CHECK(board.result(20, board.model().index_of("a")) == 1.0);
    CHECK(board.result(19, board.model().index_of("a")) == 1.0);
    CHECK(board.panel().value(20, 0) == 500.0);
    // A measured value that was moved is still a measured one.
    CHECK(board.coverage()[20] == 1.0);
}

TEST_CASE("stages have the names of what was done, in order") {
    const auto model =
        two_leaves({step::Impute{}, step::Treat{},
                    step::Impute{thuocdo::ImputationMethod::median, "", {}, {}, {}},
                    step::Screen{0.1, {}, {}, thuocdo::ScreeningAction::report, {}}});
    const auto panel = two_columns(units({"", ""}, {1, 1}), {1, 2}, {3, 4});
    const auto board = thuocdo::score(thuocdo::IndexModel(model), panel);
    std::vector<std::string> names;
    for (const auto& each : board.preparation().stages) names.push_back(each.name);
    CHECK(names == std::vector<std::string>{"raw", "imputed", "treated", "imputed_2", "screened"});
    const auto plain = thuocdo::score(thuocdo::IndexModel(two_leaves({})), panel);
    CHECK(plain.preparation().stages.size() == 1);
}

thuocdo::Panel of_period(const std::string& period, thuocdo::Date end,
                         const std::vector<double>& a) {
    thuocdo::PanelDefinition definition =
        two_columns(units(std::vector<std::string>(a.size()), std::vector<double>(a.size(), 1.0)),
                    a, std::vector<double>(a.size(), 1.0))
            .definition();
    definition.period = period;
    definition.period_end = end;
    return thuocdo::Panel(std::move(definition));
}

TEST_CASE("minimum and maximum come from one period, a base period or all of them") {
    const auto base = of_period("2020", thuocdo::Date(2020, 12, 31), {0, 10});
    const auto middle = of_period("2021", thuocdo::Date(2021, 12, 31), {5, 40});
    const auto now = of_period("2022", thuocdo::Date(2022, 12, 31), {10, 20});
    const auto first = [&](const std::string& reference) {
        auto model = two_leaves({});
        model.root.children[0].score = thuocdo::rule::MinMax{};
        model.root.children[0].reference_period = reference;
        thuocdo::ScoreOptions options;
        options.other_periods = {middle, base};
        const auto board = thuocdo::score(thuocdo::IndexModel(model), now, options);
        return board.result(0, board.model().index_of("a"));
    };
    CHECK(first("current") == 0.0);
    CHECK(first("2020") == 1.0);
    CHECK(first("2021") == doctest::Approx(5.0 / 35.0).epsilon(1e-15));
    CHECK(first("all") == 0.25);
    CHECK(first("2022") == 0.0);
    const auto missing = problems_of<thuocdo::DataError>([&] { static_cast<void>(first("2019")); });
    REQUIRE(missing.size() == 1);
    CHECK(missing[0].code == "reference_period_missing");
}

TEST_CASE("values are carried over at most so many periods, and lines need a later one") {
    const auto old = of_period("2020", thuocdo::Date(2020, 12, 31), {2, 10});
    const auto between = of_period("2021", thuocdo::Date(2021, 12, 31), {gap, 20});
    const auto later = of_period("2023", thuocdo::Date(2023, 12, 31), {8, 40});
    const auto now = of_period("2022", thuocdo::Date(2022, 12, 31), {gap, 30});
    const auto filled = [&](step::Impute how, std::vector<thuocdo::Panel> others) {
        how.indicators = {"a"};
        thuocdo::ScoreOptions options;
        options.other_periods = std::move(others);
        return thuocdo::score(thuocdo::IndexModel(two_leaves({how})), now, options)
            .prepared_panel()
            .value(0, 0);
    };
    step::Impute carry{thuocdo::ImputationMethod::carry_forward, "", {}, {}, {}};
    CHECK(filled(carry, {old, between, later}) == 2.0);
    CHECK(filled(carry, {later, between, old}) == 2.0);
    carry.longest_gap = 1.0;
    CHECK(std::isnan(filled(carry, {old, between, later})));
    const step::Impute line{thuocdo::ImputationMethod::linear, "", {}, {}, {}};
    // 730 of 1095 days from 2 to 8.
    CHECK(filled(line, {old, between, later}) ==
          doctest::Approx(2.0 + 6.0 * 730.0 / 1095.0).epsilon(1e-14));
    CHECK(std::isnan(filled(line, {old, between})));
    const step::Impute nearest{thuocdo::ImputationMethod::nearest, "", {}, {}, {}};
    CHECK(filled(nearest, {old, later}) == 8.0);
}

/// A panel with gaps, far points and groups, whose rows can be put into any order.
thuocdo::Panel untidy(Index rows, std::uint64_t seed, bool reversed) {
    Random random(seed);
    std::vector<std::string> regions;
    std::vector<double> population;
    std::vector<double> a;
    std::vector<double> b;
    for (Index k = 0; k < rows; ++k) {
        regions.push_back(random.chance(0.1) ? "" : "r" + std::to_string(random.below(4)));
        population.push_back(random.between(1000.0, 9000.0));
        a.push_back(random.chance(0.2) ? gap : std::exp(random.between(0.0, 6.0)));
        b.push_back(random.chance(0.2) ? gap : random.between(1.0, 2.0));
    }
    const auto registry = units(regions, population);
    if (!reversed) return two_columns(registry, a, b);
    std::vector<thuocdo::Unit> turned;
    for (Index k = rows; k-- > 0;) turned.push_back(registry.unit(k));
    std::reverse(a.begin(), a.end());
    std::reverse(b.begin(), b.end());
    return two_columns(thuocdo::UnitRegistry(std::move(turned)), a, b);
}

thuocdo::IndexModel untidy_model() {
    auto model = two_leaves(
        {step::Denominate{{{{"a"}, "population", 1000.0}}},
         step::Impute{thuocdo::ImputationMethod::group_median, "region", {}, {}, {}},
         step::Screen{0.5, {}, {}, thuocdo::ScreeningAction::exclude, {}}, step::Treat{}});
    model.root.children[0].score = thuocdo::rule::ZScore{};
    model.root.children[1].score = thuocdo::rule::MinMax{};
    return thuocdo::IndexModel(model);
}

TEST_CASE("order of units, threads and batch size change no bit of a prepared index") {
    const thuocdo::IndexModel model = untidy_model();
    const auto board = thuocdo::score(model, untidy(500, 7, false));
    CHECK(thuocdo::score(model, untidy(500, 7, true)).digest() == board.digest());
    for (const int threads : {2, 5}) {
        thuocdo::ScoreOptions options;
        options.threads = threads;
        options.batch_rows = 7;
        CHECK(thuocdo::score(model, untidy(500, 7, false), options).digest() == board.digest());
    }
}

TEST_CASE("what-if with a preparation is what scoring the changed data gives") {
    const thuocdo::IndexModel model = untidy_model();
    const thuocdo::Panel panel = untidy(60, 11, false);
    const auto board = thuocdo::score(model, panel);
    Index unit = 0;
    while (!board.is_evaluated(unit)) ++unit;
    const auto answer = thuocdo::what_if(board, panel.units().code(unit), {{"b", 1.9}});
    thuocdo::PanelDefinition changed = panel.definition();
    changed.values(unit, 1) = 1.9;
    const auto again = thuocdo::score(model, thuocdo::Panel(std::move(changed)));
    CHECK(answer.after.score == again.scores()[unit]);
    CHECK(answer.after.rank == again.ranks()[unit]);
}

TEST_CASE("what-if works where the model keeps another unit that has too few values") {
    const auto model = two_leaves(
        {step::Screen{0.9, {}, {}, thuocdo::ScreeningAction::exclude, {{"u2", "an island"}}}});
    const auto board = thuocdo::score(thuocdo::IndexModel(model),
                                      two_columns(units({"", ""}, {1, 1}), {1, 2}, {3, gap}));
    CHECK(board.is_evaluated(1));
    CHECK(thuocdo::what_if(board, "u1", {{"a", 5.0}}).after.score == 4.0);
}

}  // namespace preparation_tests
