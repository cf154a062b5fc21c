#include <thuocdo/explain/compare.hpp>
#include <thuocdo/robust/leave_one_out.hpp>

#include <doctest/doctest.h>

#include <sstream>

#include "support/build.hpp"

namespace leave_one_out_test {

using namespace thuocdo;
using namespace testing_support;

/// Two pillars of two leaves; x4 counts much.
ModelDefinition two_pillars() {
    return definition(group("root", aggregation::Arithmetic{},
                            {group("p", aggregation::Arithmetic{},
                                   {leaf("x1", rule::AsIs{}), leaf("x2", rule::AsIs{})}),
                             group("q", aggregation::Arithmetic{},
                                   {leaf("x3", rule::AsIs{}), leaf("x4", rule::AsIs{}, 3.0)})}));
}

Panel three_units() {
    return panel({"x1", "x2", "x3", "x4"}, {{1, 2, 3, 0}, {2, 2, 2, 1}, {0, 1, 0, 3}});
}

TEST_CASE("leaving out one leaf moves the ranks as worked out by hand") {
    const Scoreboard board = score(IndexModel(two_pillars()), three_units());
    // u1 (1.5 + 0.75)/2 = 1.125; u2 (2 + 1.25)/2 = 1.625; u3 (0.5 + 2.25)/2 = 1.375.
    REQUIRE(board.ranks() == Eigen::Vector3d(3, 1, 2));
    const robust::LeaveOneOut study = robust::leave_one_out(board);
    REQUIRE(study.elements.size() == 4);
    // Without x4: u1 (1.5 + 3)/2 = 2.25, u2 2, u3 0.25.
    const robust::LeftOut& x4 = study.elements[3];
    CHECK(x4.code == "x4");
    CHECK(x4.scores == Eigen::Vector3d(2.25, 2.0, 0.25));
    CHECK(x4.ranks == Eigen::Vector3d(1, 2, 3));
    CHECK(x4.places_gained == Eigen::Vector3d(2, -1, -1));
    CHECK(x4.mean_shift == 4.0 / 3.0);
    CHECK(x4.largest_shift == 2.0);
    CHECK(x4.most_moved == 0);
    CHECK(x4.moved == 3);
    CHECK(x4.rank_correlation == doctest::Approx(-0.5));
    CHECK(study.by_mean_shift().front() == 3);
    std::ostringstream text;
    text << study;
    CHECK(text.str().find("4 elements left out one by one") != std::string::npos);
}

TEST_CASE("leaving out says what comparing with the dropped model says, for any threads") {
    Random random(11);
    std::vector<std::vector<double>> rows;
    for (int i = 0; i < 20; ++i) {
        rows.emplace_back();
        for (int j = 0; j < 4; ++j)
            rows.back().push_back(random.chance(0.1) ? missing_value : random.between(0, 4));
    }
    ModelDefinition changed = two_pillars();
    changed.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
    changed.root.aggregate = aggregation::Geometric{0.01};
    const IndexModel model(changed);
    const Panel data = panel({"x1", "x2", "x3", "x4"}, rows);
    robust::LeaveOneOutOptions options;
    options.elements = {"q", "x2"};
    options.threads = 2;
    const robust::LeaveOneOut study = robust::leave_one_out(score(model, data), options);
    for (const robust::LeftOut& each : study.elements) {
        const Comparison expected = compare(model, drop(model, each.code), data);
        for (const ComparedUnit& unit : expected.units) {
            CHECK(each.scores[unit.index] == unit.score_after);
            CHECK(each.places_gained[unit.index] == unit.places_gained());
        }
        CHECK(each.mean_shift == expected.mean_places);
        CHECK(each.largest_shift == expected.most_places);
        CHECK(each.moved == expected.moved);
        CHECK(each.rank_correlation == expected.rank_correlation);
    }
}

TEST_CASE("what cannot be left out is reported with the reason, unknown codes are refused") {
    ModelDefinition written = two_pillars();
    written.ranking.tie_breakers.push_back({"x1"});
    const Scoreboard board = score(IndexModel(written), three_units());
    const robust::LeaveOneOut study = robust::leave_one_out(board);
    CHECK_FALSE(study.elements[0].was_left_out());
    CHECK(study.elements[0].refusal.find("x1") != std::string::npos);
    CHECK(std::isnan(study.elements[0].mean_shift));
    CHECK(study.elements[0].ranks.size() == 0);
    CHECK(study.elements[1].was_left_out());
    CHECK(study.by_mean_shift().back() == 0);
    const auto problems = problems_of<ModelError>([&] {
        (void)robust::leave_one_out(board, {.elements = {"x1", "nothing", "neither"}});
    });
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].code == "unknown_node");
    CHECK(problems[0].place == "elements[1]");
    CHECK_THROWS_AS((void)robust::leave_one_out(board, {.threads = 0}), NumericError);
    CHECK_THROWS_AS((void)robust::leave_one_out(board, {.progress = [](double) { return false; }}),
                    Cancelled);
    const Scoreboard one =
        score(IndexModel(definition(leaf("x1", rule::AsIs{}))), panel({"x1"}, {{1.0}}));
    CHECK_FALSE(robust::leave_one_out(one).elements[0].was_left_out());
}

TEST_CASE("the other panels and the date of the board count when elements are left out") {
    ModelDefinition written = two_pillars();
    NodeDefinition& growing = written.root.children[0].children[0];
    growing.score = rule::GrowthToTarget{0.5, false};
    growing.missing = MissingRule::all(MissingPolicy::zero);
    ScoreOptions options;
    options.previous = panel({"x1", "x2", "x3", "x4"}, {{1, 1, 1, 1}, {1, 1, 1, 1}, {2, 1, 1, 1}});
    const IndexModel model(written);
    const Scoreboard board = score(model, three_units(), options);
    const robust::LeaveOneOut study = robust::leave_one_out(board, {.elements = {"x3"}});
    CHECK(study.elements[0].scores == score(drop(model, "x3"), three_units(), options).scores());
}

TEST_CASE("a board of one unit moves nowhere") {
    const Scoreboard board =
        score(IndexModel(two_pillars()), panel({"x1", "x2", "x3", "x4"}, {{1, 2, 3, 0}}));
    for (const robust::LeftOut& each : robust::leave_one_out(board).elements) {
        CHECK(each.mean_shift == 0.0);
        CHECK(each.most_moved == -1);
        CHECK(std::isnan(each.rank_correlation));
    }
}

}  // namespace leave_one_out_test
