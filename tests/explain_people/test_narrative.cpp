// Who passed whom, and sentences that say what the numbers say.
#include <thuocdo/explain/cheapest_improvements.hpp>
#include <thuocdo/explain/narrative.hpp>
#include <thuocdo/publish/movement_narrative.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace narrative_tests {

using namespace thuocdo;
using namespace thuocdo::publish;
using testing_support::group;
using testing_support::leaf;
using testing_support::panel;

/// Points of 100: institutions count 60, people 40.
IndexModel points_of_hundred() {
    NodeDefinition a = leaf("a", rule::Goalposts{0.0, 10.0, true}, 60.0);
    NodeDefinition b = leaf("b", rule::Goalposts{0.0, 10.0, true}, 40.0);
    a.name = {"Digital institutions", "Thể chế số"};
    b.name = {"People", "Nhân lực"};
    NodeDefinition root = group("r", aggregation::Arithmetic{}, {a, b});
    root.scale = 100.0;
    return testing_support::model(root);
}

Panel named_panel(const std::vector<std::pair<Unit, std::vector<double>>>& rows) {
    std::vector<Unit> units;
    Eigen::MatrixXd values(static_cast<Index>(rows.size()), 2);
    for (std::size_t k = 0; k < rows.size(); ++k) {
        units.push_back(rows[k].first);
        values.row(static_cast<Index>(k)) << rows[k].second[0], rows[k].second[1];
    }
    return Panel(UnitRegistry(units), {"a", "b"}, values);
}

TEST_CASE("bottlenecks in words, with a decimal comma in Vietnamese") {
    const Scoreboard board =
        score(points_of_hundred(), panel({"a", "b"}, {{2, 8}, {3.25, 5}, {4, 6}, {1, 5}}));
    BottleneckOptions options;
    options.classes = {{"law", {"institutions", "thể chế"}, {"a"}},
                       {"data", {"data", "dữ liệu"}, {"b"}}};
    const std::vector<Label> said = narrate(bottlenecks(board, "u1", options), {1, 3});
    // a: the median of 3.25, 4 and 1 is 3.25, so 6 * 1.25 = 7.5 points; b is ahead.
    REQUIRE(said.size() == 3);
    CHECK(said[0].vi ==
          "Thấp hơn trung vị nhóm so sánh 7,5 điểm (tính vào tổng điểm) ở trụ cột "
          "\"Thể chế số\".");
    CHECK(said[0].en ==
          "7.5 points of the total below the median of its peers in pillar "
          "\"Digital institutions\".");
    CHECK(said[1].vi.find("ở chỉ tiêu \"Thể chế số\"") != std::string::npos);
    CHECK(said[2].vi ==
          "Nhóm vướng mắc \"thể chế\": 1 chỉ tiêu thấp hơn trung vị nhóm so sánh, "
          "cộng lại 7,5 điểm.");
    // What does not show at the decimals asked for is not said.
    options.classes.clear();
    CHECK(narrate(bottlenecks(board, "u3", options), {-3, 3}).empty());
}

TEST_CASE("improvements in words") {
    const Scoreboard board =
        score(points_of_hundred(), panel({"a", "b"}, {{2, 8}, {5, 6}, {9, 9}}));
    // 44 now, 54 for the second rank.
    ImprovementLimit more{"a", {}, 9.0, {}, 2, 2.0};
    const auto say = [&](double rank) {
        return narrate(cheapest_improvements(board, "u1", {more}, {rank, {}, {}}), {1, 3});
    };
    const std::vector<Label> said = say(2);
    REQUIRE(said.size() == 3);
    CHECK(said[0].vi ==
          "Đạt hạng 2 trở lên với chi phí 3,34, thấp nhất có thể trong giới hạn đã nêu.");
    CHECK(said[1].vi == "Nâng \"Thể chế số\" từ 2 lên 3,67.");
    CHECK(said[1].en == "Raise \"Digital institutions\" from 2 to 3.67.");
    CHECK(said[2].en == "Then the score is 54.0, the rank 2.");
    CHECK(say(3)[0].vi == "Đã đạt hạng 3 trở lên.");
    CHECK(say(1)[0].en == "Cannot reach rank 1 or better within the limits; this comes nearest:");
    CHECK(say(1).back().vi == "Khi đó tổng điểm là 86,0, xếp hạng 2.");
}

TEST_CASE("who passed whom, and what moved the score, in words") {
    const Unit x{"x", {"X-land", "Xứ X"}};
    const Unit y{"y", {"Y-land", "Xứ Y"}};
    const Diff found =
        diff(score(points_of_hundred(),
                   named_panel({{x, {4, 6}}, {y, {6, 6}}, {{"z"}, {9, 9}}, {{"w"}, {5, 5}}})),
             score(points_of_hundred(),
                   named_panel({{x, {7, 6.5}}, {y, {6, 6}}, {{"w"}, {9.5, 9}}, {{"v"}, {9, 9}}})));
    const RankMovement moved = rank_movement(found, "x");
    CHECK(moved.overtaken == std::vector<Unit>{y});
    CHECK(moved.overtaken_by.empty());
    CHECK(moved.left_ahead == std::vector<Unit>{Unit{"z"}});
    CHECK(moved.entered_ahead == std::vector<Unit>{Unit{"v"}});
    const std::vector<Label> said = narrate(moved, {1, 3});
    REQUIRE(said.size() >= 5);
    CHECK(said[0].vi == "Tăng 1 bậc, từ hạng 4 lên hạng 3.");
    CHECK(said[1].vi == "Tổng điểm tăng 20,0 điểm, từ 48,0 lên 68,0.");
    CHECK(said[2].vi == "Cấu phần thay đổi điểm: số liệu của chính đơn vị +20,0.");
    CHECK(said[2].en == "Parts of the change of the score: own data +20.0.");
    CHECK(said[3].en ==
          "Places gained (+) or lost (-): own data +2.0; other units -1.0; units that left +1.0; "
          "units that entered -1.0.");
    CHECK(said[4].vi == "Vượt qua Xứ Y.");
    CHECK(narrate(rank_movement(found, "v")).at(0).en == "New on the board: rank 2, score 90.00.");
    CHECK(narrate(rank_movement(found, "z")).at(0).vi ==
          "Không còn trong bảng; trước đó hạng 1, tổng điểm 90,00.");
    // Ranks 1224: the lists account for every place.
    for (const UnitChange& each : found.units) {
        if (each.fate != UnitFate::stayed) continue;
        const RankMovement one = rank_movement(found, each.unit.code);
        const auto count = [](const std::vector<Unit>& units) {
            return static_cast<double>(units.size());
        };
        CHECK(each.rank.amount() == count(one.overtaken_by) + count(one.entered_ahead) -
                                        count(one.overtaken) - count(one.left_ahead));
    }
}

}  // namespace narrative_tests
