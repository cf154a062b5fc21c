// What holds a unit back: gaps computed by hand, and against the totals that they promise.
#include <thuocdo/explain/bottlenecks.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "support/build.hpp"

namespace bottleneck_tests {

using namespace thuocdo;
using testing_support::group;
using testing_support::leaf;
using testing_support::model;
using testing_support::panel;
using testing_support::problems_of;

const rule::Goalposts posts{0.0, 10.0, true};

/// p has 3/4 of the weight, and in it a and b count alike; c is the other quarter.
IndexModel two_pillars() {
    return model(
        group("r", aggregation::Arithmetic{},
              {group("p", aggregation::Arithmetic{}, {leaf("a", posts), leaf("b", posts)}, 3),
               group("q", aggregation::Arithmetic{}, {leaf("c", posts)}, 1)}));
}

const NodeGap& gap_of(const std::vector<NodeGap>& rows, const std::string& code) {
    for (const NodeGap& each : rows)
        if (each.code == code) return each;
    throw std::out_of_range(code);
}

TEST_CASE("gaps by hand, in points of the total") {
    const Scoreboard board =
        score(two_pillars(),
              panel({"a", "b", "c"}, {{2, 9, 1}, {4, 5, 3}, {6, 7, 5}, {8, 3, 9}, {10, 1, 7}}));
    BottleneckOptions options;
    options.classes = {{"people", {"human resources", "nhân lực"}, {"a"}},
                       {"data", {"data", "dữ liệu"}, {"b", "c"}}};
    const Bottlenecks found = bottlenecks(board, "u1", options);
    CHECK(found.peers == std::vector<std::string>{"u2", "u3", "u4", "u5"});
    const NodeGap& a = gap_of(found.leaves, "a");
    // Peers have 0.4, 0.6, 0.8, 1; the slope is 3/8.
    CHECK(a.slope == doctest::Approx(0.375));
    CHECK(a.gap(Yardstick::median) == doctest::Approx(0.375 * (0.7 - 0.2)));
    CHECK(a.gap(Yardstick::best_quarter) == doctest::Approx(0.375 * (0.85 - 0.2)));
    CHECK(a.gap(Yardstick::best) == doctest::Approx(0.375 * 0.8));
    CHECK(a.gap(Yardstick::target) == doctest::Approx(0.375 * 0.8));
    // b is ahead of all peers, and 0.1 short of full marks.
    CHECK(gap_of(found.leaves, "b").gap(Yardstick::best) == doctest::Approx(-0.375 * 0.2));
    CHECK(gap_of(found.leaves, "b").gap(Yardstick::target) == doctest::Approx(0.0375));
    // c: peers have 0.3, 0.5, 0.9, 0.7.
    CHECK(gap_of(found.leaves, "c").gap(Yardstick::median) == doctest::Approx(0.25 * 0.5));
    CHECK(found.leaves.front().code == "a");
    CHECK(found.leaves.back().code == "b");
    // Pillar p: 0.55 against 0.45, 0.65, 0.55, 0.55.
    CHECK(gap_of(found.pillars, "p").gap(Yardstick::median) == doctest::Approx(0.0));
    CHECK(gap_of(found.pillars, "p").gap(Yardstick::best) == doctest::Approx(0.75 * 0.1));
    CHECK(found.pillars.front().code == "q");
    REQUIRE(found.obstacles.size() == 2);
    CHECK(found.obstacles[0].code == "people");
    CHECK(found.obstacles[1].behind == 1);
    CHECK(found.obstacles[1].gap(Yardstick::target) == doctest::Approx(0.0375 + 0.225));
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("against 4 peers") != std::string::npos);
    CHECK(text.str().find("obstacle people: 0.1875") != std::string::npos);
    // Filling the gap of a leaf raises the total by exactly that where nodes are means.
    const Scoreboard filled = score(two_pillars(), panel({"a", "b", "c"}, {{7, 9, 1}}));
    CHECK(filled.scores()[0] - board.scores()[0] == doctest::Approx(a.gap(Yardstick::median)));
}

TEST_CASE("penalties hold back by what is taken off, and ascending ranks turn the sign") {
    NodeDefinition fine = leaf("f", rule::AsIs{});
    fine.role = Role::penalty;
    const IndexModel taking =
        model(group("r", aggregation::Arithmetic{}, {leaf("a", posts), fine}));
    const Scoreboard board =
        score(taking, panel({"a", "f"}, {{5, 0.3}, {5, 0.1}, {5, 0.2}, {5, 0.0}}));
    const NodeGap f = gap_of(bottlenecks(board, "u1").leaves, "f");
    CHECK(f.gap(Yardstick::median) == doctest::Approx(0.2));
    CHECK(f.gap(Yardstick::best) == doctest::Approx(0.3));
    CHECK(f.gap(Yardstick::best_quarter) == doctest::Approx(0.25));
    CHECK(f.gap(Yardstick::target) == doctest::Approx(0.3));
    ModelDefinition risk = taking.definition();
    risk.root.children.pop_back();
    risk.ranking.order = numeric::Order::ascending;
    const Scoreboard risks = score(IndexModel(risk), panel({"a"}, {{5}, {1}, {3}, {9}}));
    const NodeGap a = gap_of(bottlenecks(risks, "u1").leaves, "a");
    CHECK(a.gap(Yardstick::best) == doctest::Approx(0.4));
    CHECK(a.gap(Yardstick::median) == doctest::Approx(0.2));
    CHECK(std::isnan(a.gap(Yardstick::target)));
}

TEST_CASE("peers by group or by name; what is missing has no gap") {
    std::vector<Unit> units;
    for (const char* code : {"x", "y", "z", "w"}) units.push_back({code});
    units[0].groups["region"] = units[1].groups["region"] = "north";
    units[2].groups["region"] = units[3].groups["region"] = "south";
    ModelDefinition forgiving = two_pillars().definition();
    forgiving.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
    Eigen::MatrixXd values(4, 3);
    values << 2, missing_value, 1, 4, 5, 3, 6, 7, missing_value, 8, 3, 9;
    const Scoreboard board =
        score(IndexModel(forgiving), Panel(UnitRegistry(units), {"a", "b", "c"}, values));
    BottleneckOptions options;
    options.group = "region";
    const Bottlenecks north = bottlenecks(board, "x", options);
    CHECK(north.peers == std::vector<std::string>{"y"});
    CHECK(north.group_value == "north");
    CHECK(north.missing == std::vector<std::string>{"b"});
    CHECK(std::isnan(north.leaves.back().gap(Yardstick::median)));
    CHECK(north.leaves.back().code == "b");
    options.peers = {"z", "w", "x"};
    const Bottlenecks chosen = bottlenecks(board, "x", options);
    CHECK(chosen.peers == std::vector<std::string>{"w", "z"});
    CHECK(gap_of(chosen.leaves, "c").peers == 1);
    CHECK(gap_of(chosen.leaves, "c").asked[0] == doctest::Approx(0.9));
    options.peers = {"nobody", "v"};
    options.classes = {{"one", {}, {"a", "p", "none"}}, {"two", {}, {"a"}}};
    CHECK(problems_of<DataError>([&] { (void)bottlenecks(board, "x", options); }).size() == 5);
    BottleneckOptions unknown;
    unknown.group = "island";
    CHECK_THROWS_AS((void)bottlenecks(board, "x", unknown), DataError);
    // Alone, there is nobody to be behind.
    const Bottlenecks alone =
        bottlenecks(score(two_pillars(), panel({"a", "b", "c"}, {{1, 2, 3}})), "u1");
    CHECK(std::isnan(alone.leaves[0].gap(Yardstick::median)));
    CHECK(alone.leaves[0].gap(Yardstick::target) > 0.0);
}

}  // namespace bottleneck_tests
