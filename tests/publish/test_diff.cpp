// The difference of two boards: parts known by hand, exact sums on random models and panels,
// refused and skipped scorings, definitions in words and broken series.
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/publish/diff.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "live/random_index.hpp"
#include "support/build.hpp"

namespace diff_tests {

using namespace thuocdo;
using namespace thuocdo::publish;
using testing_support::group;
using testing_support::leaf;
using testing_support::model;

using Rows = std::vector<std::pair<std::string, std::vector<double>>>;

Panel panel(std::vector<std::string> indicators, const Rows& rows) {
    std::vector<Unit> units;
    Eigen::MatrixXd values(static_cast<Index>(rows.size()), static_cast<Index>(indicators.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        units.push_back({rows[i].first});
        for (std::size_t j = 0; j < indicators.size(); ++j)
            values(static_cast<Index>(i), static_cast<Index>(j)) = rows[i].second[j];
    }
    return Panel(UnitRegistry(units), std::move(indicators), std::move(values));
}

/// The amount of a part of the score, NaN where it is joined or unknown.
double part(const Diff& diff, const std::string& unit, ChangeCause cause) {
    return diff.find(unit).score.part(cause);
}
double places(const Diff& diff, const std::string& unit, ChangeCause cause) {
    return diff.find(unit).rank.part(cause);
}

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Number of units whose parts add up; every unit with two totals must.
std::size_t check_sums(const Diff& diff) {
    std::size_t split = 0;
    for (const UnitChange& each : diff.units) {
        if (std::isnan(each.score.amount())) {
            CHECK(each.score.parts.empty());
            continue;
        }
        ++split;
        CHECK(same_bits(each.score.total(), each.score.after - each.score.before));
        for (const ChangePart& each_part : each.score.parts) CHECK(!std::isnan(each_part.amount));
        if (!std::isnan(each.rank.amount())) CHECK(each.rank.total() == each.rank.amount());
        for (const ChangePart& each_part : each.rank.parts)
            CHECK(2.0 * each_part.amount == std::round(2.0 * each_part.amount));
    }
    return split;
}

const IndexModel posts = model(group(
    "r", aggregation::Arithmetic{},
    {leaf("a", rule::Goalposts{0.0, 10.0, true}), leaf("b", rule::Goalposts{0.0, 10.0, true})}));
const IndexModel spread = model(group("r", aggregation::Arithmetic{}, {leaf("a", rule::MinMax{})}));

TEST_CASE("where units do not depend on each other, data move the score of their unit alone") {
    const Diff found = diff(score(posts, panel({"a", "b"}, {{"x", {4, 6}}, {"y", {6, 8}}})),
                            score(posts, panel({"a", "b"}, {{"x", {9, 7}}, {"y", {6, 8}}})));
    CHECK(part(found, "x", ChangeCause::own_data) == doctest::Approx(0.3));
    CHECK(part(found, "x", ChangeCause::peers) == 0.0);
    CHECK(part(found, "y", ChangeCause::own_data) == 0.0);
    CHECK(found.find("y").score.amount() == 0.0);
    // x overtakes y: its own doing; y only watches.
    CHECK(places(found, "x", ChangeCause::own_data) == -1.0);
    CHECK(places(found, "x", ChangeCause::peers) == 0.0);
    CHECK(places(found, "y", ChangeCause::own_data) == 0.0);
    CHECK(places(found, "y", ChangeCause::peers) == 1.0);
    CHECK(check_sums(found) == 2);
    CHECK(found.refused.empty());
    CHECK(found.held.empty());
    CHECK(found.definition.changes.empty());
    CHECK(found.units.front().unit.code == "x");
    const LeafChanges why = found.why("x");
    REQUIRE(why.leaves.size() == 2);
    CHECK(why.leaves[0].code == "a");
    CHECK(why.leaves[0].change() == doctest::Approx(0.25));
    CHECK(why.leaves[1].change() == doctest::Approx(0.05));
    CHECK(std::abs(why.rest) < 1e-15);
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("2 units stayed, 0 entered, 0 left") == 0);
    CHECK(text.str().find("own_data") != std::string::npos);
    CHECK_THROWS_AS((void)found.why("z"), DataError);
    CHECK_THROWS_AS((void)found.why("x", ChangeCause::peers, ChangeCause::own_data), DataError);
    CHECK_THROWS_AS((void)found.why("x", ChangeCause::peers, ChangeCause::peers), DataError);
}

TEST_CASE("min-max: what the others do is theirs") {
    const Rows before{{"x", {0}}, {"y", {5}}, {"z", {10}}};
    // y alone at 10 would get 1; z at 20 brings it back to a half.
    const Diff found = diff(score(spread, panel({"a"}, before)),
                            score(spread, panel({"a"}, {{"x", {0}}, {"y", {10}}, {"z", {20}}})));
    CHECK(part(found, "y", ChangeCause::own_data) == 0.5);
    CHECK(part(found, "y", ChangeCause::peers) == -0.5);
    CHECK(part(found, "z", ChangeCause::own_data) == 0.0);
    CHECK(part(found, "z", ChangeCause::peers) == 0.0);
    // Alone y would have shared the first rank with z.
    CHECK(places(found, "y", ChangeCause::own_data) == -1.0);
    CHECK(places(found, "y", ChangeCause::peers) == 1.0);
    CHECK(check_sums(found) == 3);
    // The unit of the maximum leaves, another enters below the minimum.
    const Diff moved = diff(score(spread, panel({"a"}, before)),
                            score(spread, panel({"a"}, {{"x", {0}}, {"y", {5}}, {"w", {-5}}})));
    CHECK(part(moved, "y", ChangeCause::leaving) == 0.5);
    CHECK(part(moved, "y", ChangeCause::entering) == 0.0);
    CHECK(part(moved, "x", ChangeCause::leaving) == 0.0);
    CHECK(part(moved, "x", ChangeCause::entering) == 0.5);
    CHECK(places(moved, "y", ChangeCause::leaving) == -1.0);
    CHECK(moved.find("w").fate == UnitFate::entered);
    CHECK(moved.find("z").fate == UnitFate::left);
    CHECK(moved.units.back().unit.code == "z");
    CHECK(check_sums(moved) == 2);
    CHECK_THROWS_AS((void)moved.why("w"), DataError);
}

TEST_CASE("a unit that left into another names it") {
    Unit merged{"m"};
    merged.predecessors = {"x", "y"};
    const Panel before = panel({"a", "b"}, {{"x", {1, 1}}, {"y", {2, 2}}, {"z", {3, 3}}});
    Eigen::MatrixXd values(2, 2);
    values << 3, 3, 4, 4;
    const Panel after(UnitRegistry({merged, Unit{"z"}}), {"a", "b"}, values);
    const Diff found = diff(score(posts, before), score(posts, after));
    CHECK(found.find("x").linked == std::vector<std::string>{"m"});
    CHECK(found.find("m").linked == std::vector<std::string>{"x", "y"});
    // z: two worse units leave, its data rise, another worse one enters.
    CHECK(part(found, "z", ChangeCause::own_data) == doctest::Approx(0.1));
    CHECK(found.find("z").rank.amount() == 0.0);
}

TEST_CASE("a new definition is told from new data, and breaks series") {
    ModelDefinition changed = posts.definition();
    changed.root.children[1].weight = 3.0;
    changed.root.children[0].score = rule::Goalposts{0.0, 20.0, true};
    changed.defaults.aggregate = aggregation::Geometric{};
    changed.root.aggregate.reset();
    const Rows rows{{"x", {4, 6}}, {"y", {8, 2}}};
    const Diff found = diff(score(posts, panel({"a", "b"}, rows)),
                            score(IndexModel(changed), panel({"a", "b"}, rows)));
    for (const std::string unit : {"x", "y"}) {
        CHECK(part(found, unit, ChangeCause::own_data) == 0.0);
        CHECK(part(found, unit, ChangeCause::peers) == 0.0);
    }
    // x: 0.5 before; 0.2^(1/4) 0.6^(3/4) after.
    CHECK(part(found, "x", ChangeCause::definition) ==
          doctest::Approx(std::pow(0.2, 0.25) * std::pow(0.6, 0.75) - 0.5));
    check_sums(found);
    std::vector<std::string> said;
    for (const DefinitionChange& each : found.definition.changes)
        said.push_back(each.text().in(false));
    REQUIRE(said.size() == 3);
    CHECK(said[0].find("aggregation of \"r\": default -> \"geometric\"") == 0);
    CHECK(said[1].find("score rule of \"a\": {\"rule\":\"goalposts\"") == 0);
    CHECK(said[2] == "weight of \"b\": default -> 3");
    CHECK(found.definition.changes[2].text().in(true) == "trọng số của \"b\": mặc định -> 3");
    REQUIRE(found.definition.breaks.size() == 2);
    CHECK(found.definition.breaks[0].code == "r");
    CHECK(found.definition.breaks[0].reasons ==
          std::vector<std::string>{"aggregate", "weight of b"});
    CHECK(found.definition.breaks[0].below == std::vector<std::string>{"a"});
    CHECK(found.definition.breaks[1].reasons == std::vector<std::string>{"score"});
    CHECK(!found.definition.find_break("b"));
}

TEST_CASE("names break nothing; what an expression reads breaks its leaf") {
    ModelDefinition old_model = posts.definition();
    old_model.derived = {{"a", "half + 1"}, {"half", "c / 2"}};
    ModelDefinition renamed = old_model;
    renamed.root.children[1].name = {"B", "Bê"};
    renamed.version = "2";
    const auto names = definition_changes(IndexModel(old_model), IndexModel(renamed));
    CHECK(names.changes.size() == 2);
    CHECK(names.breaks.empty());
    ModelDefinition other = old_model;
    other.derived[1].expression = "c / 3";
    const auto found = definition_changes(IndexModel(old_model), IndexModel(other));
    REQUIRE(found.changes.size() == 1);
    CHECK(found.changes[0].text().in(false) == "expression of \"half\": \"c / 2\" -> \"c / 3\"");
    REQUIRE(found.find_break("a"));
    CHECK(found.find_break("a")->reasons == std::vector<std::string>{"expression"});
    CHECK(found.find_break("r")->below == std::vector<std::string>{"a"});
    CHECK(definition_changes(posts, posts).changes.empty());
}

TEST_CASE("an indicator that was dropped is held, and comes with the definition") {
    const IndexModel fewer =
        model(group("r", aggregation::Arithmetic{}, {leaf("a", rule::Goalposts{0.0, 10.0, true})}));
    const Diff found = diff(score(posts, panel({"a", "b"}, {{"x", {4, 6}}, {"y", {5, 5}}})),
                            score(fewer, panel({"a"}, {{"x", {6}}, {"y", {5}}})));
    CHECK(found.held == std::vector<HeldValue>{{"b", ""}});
    CHECK(found.refused.empty());
    CHECK(part(found, "x", ChangeCause::own_data) == doctest::Approx(0.1));
    CHECK(part(found, "x", ChangeCause::definition) == doctest::Approx(0.0));
    CHECK(part(found, "y", ChangeCause::definition) == 0.0);
    check_sums(found);
    CHECK(found.definition.changes.at(0).text().in(false) == "removed \"b\"");
    CHECK(found.definition.find_break("r")->reasons == std::vector<std::string>{"children"});
    // A cell that is missing now, and that only the new model forgives.
    ModelDefinition forgiving = posts.definition();
    forgiving.root.children[1].missing = MissingRule::all(MissingPolicy::renormalise);
    const Diff cell = diff(score(posts, panel({"a", "b"}, {{"x", {4, 6}}, {"y", {5, 5}}})),
                           score(IndexModel(forgiving),
                                 panel({"a", "b"}, {{"x", {4, missing_value}}, {"y", {5, 5}}})));
    CHECK(cell.held == std::vector<HeldValue>{{"b", "x"}});
    CHECK(part(cell, "x", ChangeCause::own_data) == 0.0);
    CHECK(part(cell, "x", ChangeCause::definition) == doctest::Approx(-0.1));
}

TEST_CASE("a scoring that the old rules refuse joins its causes") {
    const IndexModel geometric = model(
        group("r", aggregation::Geometric{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const IndexModel mean = model(
        group("r", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const Diff found = diff(score(geometric, panel({"a", "b"}, {{"x", {4, 9}}, {"y", {1, 1}}})),
                            score(mean, panel({"a", "b"}, {{"x", {0, 9}}, {"y", {1, 3}}})));
    REQUIRE(found.refused.size() == 1);
    CHECK(found.refused[0].step == ChangeCause::peers);
    CHECK(!found.refused[0].problems.empty());
    const SplitChange& x = found.find("x").score;
    REQUIRE(x.parts.size() == 3);
    CHECK(x.parts[0].name() == "date");
    CHECK(x.parts[1].name() == "own_data to definition");
    CHECK(x.parts[1].amount == doctest::Approx(-1.5));
    CHECK(std::isnan(x.part(ChangeCause::own_data)));
    check_sums(found);
    CHECK_THROWS_AS((void)found.why("x"), DataError);
    CHECK(found.why("x", ChangeCause::own_data, ChangeCause::definition).change ==
          doctest::Approx(-1.5));
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("no scoring for peers") != std::string::npos);
}

TEST_CASE("targets that move with the date are no unit's own doing") {
    NodeDefinition dated = leaf("a", rule::RatioToTarget{});
    dated.targets = {{Date(2026, 1, 1), 10.0}, {Date(2027, 1, 1), 20.0}};
    const IndexModel moving = model(group("r", aggregation::Arithmetic{}, {dated}));
    const auto board = [&](double x, const Date& on) {
        ScoreOptions options;
        options.as_of = on;
        return score(moving, panel({"a"}, {{"x", {x}}, {"y", {5}}}), options);
    };
    const Diff found = diff(board(5, Date(2026, 1, 1)), board(8, Date(2027, 1, 1)));
    CHECK(part(found, "x", ChangeCause::date) == -0.25);
    CHECK(part(found, "x", ChangeCause::own_data) == doctest::Approx(0.15));
    CHECK(part(found, "y", ChangeCause::date) == -0.25);
    CHECK(part(found, "y", ChangeCause::own_data) == 0.0);
    check_sums(found);
}

TEST_CASE("a unit whose validity ends has left; the date alone moves nobody else") {
    std::vector<Unit> units{{"x"}, {"y"}, {"z"}};
    units[2].valid_to = Date(2026, 6, 30);
    Eigen::MatrixXd values(3, 1);
    values << 0, 5, 10;
    const Panel same(UnitRegistry(units), {"a"}, values);
    const auto board = [&](const Date& on) {
        ScoreOptions options;
        options.as_of = on;
        return score(spread, same, options);
    };
    const Diff found = diff(board(Date(2026, 1, 1)), board(Date(2026, 12, 31)));
    CHECK(found.find("z").fate == UnitFate::left);
    for (const ChangeCause cause : {ChangeCause::date, ChangeCause::own_data, ChangeCause::peers})
        CHECK(part(found, "y", cause) == 0.0);
    CHECK(part(found, "y", ChangeCause::leaving) == 0.5);
    CHECK(check_sums(found) == 2);
}

TEST_CASE("the previous period goes with the unit's own row") {
    const IndexModel growing =
        model(group("r", aggregation::Arithmetic{},
                    {leaf("g", rule::GrowthToTarget{0.1, true}), leaf("m", rule::MinMax{})}));
    const Panel first = panel({"g", "m"}, {{"x", {100, 0}}, {"y", {100, 10}}});
    const Panel second = panel({"g", "m"}, {{"x", {105, 0}}, {"y", {110, 10}}});
    const Panel third = panel({"g", "m"}, {{"x", {105, 0}}, {"y", {121, 20}}});
    const auto board = [&](const Panel& now, const Panel& then) {
        ScoreOptions options;
        options.previous = then;
        return score(growing, now, options);
    };
    const Diff found = diff(board(second, first), board(third, second));
    // x grew by 5% and then not at all; y by 10% both times, and 20 is still the most.
    CHECK(part(found, "x", ChangeCause::own_data) == doctest::Approx(-0.25));
    CHECK(part(found, "x", ChangeCause::peers) == 0.0);
    CHECK(found.find("y").score.amount() == 0.0);
    CHECK(part(found, "y", ChangeCause::own_data) == 0.0);
    check_sums(found);
}

TEST_CASE("rounded totals have a rounding part") {
    ModelDefinition rounded = posts.definition();
    rounded.root.rounding = Rounding{1};
    rounded.root.rounding->at = RoundingPlace::display;
    const Diff found = diff(score(IndexModel(rounded), panel({"a", "b"}, {{"x", {4, 6.9}}})),
                            score(IndexModel(rounded), panel({"a", "b"}, {{"x", {4, 7.1}}})));
    // 0.545 is printed as 0.5, 0.555 as 0.6.
    CHECK(found.find("x").score.amount() == doctest::Approx(0.1));
    CHECK(part(found, "x", ChangeCause::own_data) == doctest::Approx(0.01));
    CHECK(part(found, "x", ChangeCause::rounding) == doctest::Approx(0.09));
    check_sums(found);
}

TEST_CASE("parts add up bit for bit however far the path strays") {
    testing_support::Random random(7);
    for (int k = 0; k < 2000; ++k) {
        std::array<double, scored_causes + 1> path{};
        for (double& each : path) {
            each = random.between(-1.0, 1.0) * std::pow(10.0, random.between(-30.0, 30.0));
            if (random.chance(0.2)) each = missing_value;
        }
        path.front() = random.between(0.0, 1e-20);
        path.back() = random.chance(0.3) ? path.front() : random.between(0.0, 1.0);
        const double before = path.front();
        const double after = random.chance(0.5) ? path.back() : random.between(0.0, 1e-10);
        const SplitChange found = split_change(path, before, after);
        CHECK(same_bits(found.total(), after - before));
    }
    const std::array<double, scored_causes + 1> none{};
    CHECK(split_change(none, missing_value, 1.0).parts.empty());
}

/// A random panel for the models of `random_index`.
Panel random_panel(testing_support::Random& random, int units, const Panel* before) {
    PanelDefinition out;
    std::vector<Unit> list;
    for (int k = 0; k < units; ++k) {
        if (random.chance(0.15) && k > 2) continue;
        Unit unit{"u" + std::to_string(k)};
        unit.attributes["population"] = 1.0 + static_cast<double>(random.below(4));
        unit.groups["region"] = random.chance(0.5) ? "north" : "south";
        list.push_back(unit);
    }
    out.units = UnitRegistry(list);
    out.indicators = random_index::indicators();
    for (const char* extra : {"tasks.on_time", "tasks.late"}) out.indicators.emplace_back(extra);
    out.values.resize(out.units.size(), static_cast<Index>(out.indicators.size()));
    for (Index i = 0; i < out.values.rows(); ++i)
        for (Index j = 0; j < out.values.cols(); ++j) {
            out.values(i, j) = 1.0 + static_cast<double>(random.below(44)) / 4.0;
            if (j >= out.values.cols() - 2) out.values(i, j) = random.chance(0.5) ? 1.0 : 0.5;
            if (random.chance(0.08)) out.values(i, j) = missing_value;
            const auto same = before ? before->units().find(out.units.code(i)) : std::nullopt;
            if (same && random.chance(0.6)) out.values(i, j) = before->value(*same, j);
        }
    out.period = before ? "2026" : "2025";
    out.period_end = random_index::day(before ? 30 : 12);
    return Panel(std::move(out));
}

/// The panel with its units in another order.
Panel shuffled(testing_support::Random& random, const Panel& panel) {
    std::vector<Index> order;
    for (Index unit = 0; unit < panel.unit_count(); ++unit)
        order.insert(order.begin() + static_cast<std::ptrdiff_t>(random.below(order.size() + 1)),
                     unit);
    std::vector<publish::detail::RowSource> rows;
    for (const Index unit : order)
        rows.push_back({panel.units().unit(unit), &panel, unit, nullptr, 0});
    return Panel(publish::detail::merge_rows(rows, panel.indicators(), panel));
}

std::optional<Scoreboard> try_score(const IndexModel& model, const Panel& panel,
                                    const ScoreOptions& options) {
    try {
        return score(model, panel, options);
    } catch (const Error&) {
        return std::nullopt;
    }
}

TEST_CASE("random models and panels: exact sums, any order of units, no change against itself") {
    std::size_t split = 0;
    std::size_t joined = 0;
    int peers = 0;
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        random_index::Random choices(seed);
        testing_support::Random random(seed);
        const auto old_model = random_index::random_model(choices);
        const auto new_model = random.chance(0.5) ? old_model : random_index::random_model(choices);
        if (!old_model || !new_model) continue;
        const Panel first = random_panel(random, 9, nullptr);
        const Panel second = random_panel(random, 9, &first);
        ScoreOptions options;
        if (random.chance(0.8)) options.previous = random_panel(random, 9, nullptr);
        const auto before = try_score(*old_model, first, options);
        options.previous = random.chance(0.8) ? std::optional(first) : std::nullopt;
        const auto after = try_score(*new_model, second, options);
        if (!before || !after) continue;
        CAPTURE(seed);
        const Diff found = diff(*before, *after);
        split += check_sums(found);
        for (const UnitChange& each : found.units) {
            if (each.fate != UnitFate::stayed) continue;
            if (found.stages[3] &&
                !std::isnan(found.stages[3]
                                ->full_scores()[*found.stages[3]->units().find(each.unit.code)])) {
                const LeafChanges why = found.why(each.unit.code);
                numeric::ExactSum sum;
                sum.add(why.rest);
                sum.add(why.arithmetic);
                for (const ContributionChange& leaf_change : why.leaves)
                    sum.add(leaf_change.change());
                CHECK((std::isnan(why.change) || same_bits(sum.value(), why.change)));
            }
            for (const ChangePart& each_part : each.score.parts) joined += each_part.joined();
            if (!old_model->is_peer_relative())
                CHECK(!(each.score.part(ChangeCause::peers) != 0.0 &&
                        !std::isnan(each.score.part(ChangeCause::peers))));
            else if (const double moved = each.score.part(ChangeCause::peers);
                     !std::isnan(moved) && moved != 0.0)
                ++peers;
            if (old_model == new_model) {
                const double defined = each.score.part(ChangeCause::definition);
                CHECK((std::isnan(defined) || defined == 0.0));
            }
        }
        ScoreOptions again = thuocdo::detail::score_options_of(*before);
        const Diff other = diff(score(*old_model, shuffled(random, first), again), *after);
        REQUIRE(other.units.size() == found.units.size());
        for (std::size_t k = 0; k < found.units.size(); ++k) {
            CHECK(other.units[k].unit.code == found.units[k].unit.code);
            CHECK(other.units[k].score.parts == found.units[k].score.parts);
            CHECK(other.units[k].rank.parts == found.units[k].rank.parts);
        }
        CHECK(other.held == found.held);
        const Diff same = diff(*before, *before);
        for (const UnitChange& each : same.units) {
            CHECK(each.fate == UnitFate::stayed);
            for (const ChangePart& each_part : each.score.parts) CHECK(each_part.amount == 0.0);
            for (const ChangePart& each_part : each.rank.parts) CHECK(each_part.amount == 0.0);
        }
    }
    // The cases must be worth it.
    CHECK(split > 100);
    CHECK(joined > 0);
    CHECK(peers > 20);
}

TEST_CASE("a unit's own part is what scoring its new row alone gives") {
    // Independent of the path: what_if with the new values of one unit.
    const IndexModel mixed =
        model(group("r", aggregation::Arithmetic{},
                    {leaf("a", rule::MinMax{}), leaf("b", rule::Goalposts{0.0, 12.0, true})}));
    testing_support::Random random(3);
    for (const IndexModel& each : {mixed, posts}) {
        Rows first;
        Rows second;
        for (int k = 0; k < 8; ++k) {
            first.push_back(
                {"u" + std::to_string(k), {random.between(1, 9), random.between(1, 9)}});
            second.push_back(first.back());
            if (k % 2 == 0) second.back().second = {random.between(1, 9), random.between(1, 9)};
        }
        const Scoreboard before = score(each, panel({"a", "b"}, first));
        const Diff found = diff(before, score(each, panel({"a", "b"}, second)));
        for (const auto& [code, values] : second) {
            const WhatIf alone = what_if(before, code, {{"a", values[0]}, {"b", values[1]}});
            CHECK(part(found, code, ChangeCause::own_data) == alone.score_change() + 0.0);
            CHECK(places(found, code, ChangeCause::own_data) == -alone.places_gained());
        }
    }
}

TEST_CASE("the caller may stop, and hears how far it is") {
    const Scoreboard before = score(spread, panel({"a"}, {{"x", {0}}, {"y", {5}}, {"z", {9}}}));
    const Scoreboard after = score(spread, panel({"a"}, {{"x", {1}}, {"y", {7}}, {"z", {8}}}));
    DiffOptions options;
    double told = 0.0;
    options.progress = [&](double share) {
        CHECK(share >= told);
        told = share;
        return true;
    };
    (void)diff(before, after, options);
    CHECK(told == doctest::Approx(1.0));
    options.progress = [](double) { return false; };
    CHECK_THROWS_AS((void)diff(before, after, options), Cancelled);
}

}  // namespace diff_tests
