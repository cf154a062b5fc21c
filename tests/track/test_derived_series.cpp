// Progress and movement of derived indicators over panels of several periods.

#include <thuocdo/explain/indicator_movement.hpp>
#include <thuocdo/explain/on_track.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>

#include "support/build.hpp"
#include "track/yearly.hpp"

namespace derived_series {

using namespace thuocdo;
using testing_support::end_of_year;
using testing_support::yearly;

IndexModel model_of(const std::vector<std::pair<std::string, std::string>>& derived) {
    ModelDefinition definition =
        testing_support::definition(testing_support::group("root", aggregation::Arithmetic{}, {}));
    for (const auto& [code, text] : derived) {
        DerivedIndicator each;
        each.code = code;
        each.expression = text;
        definition.derived.push_back(each);
        NodeDefinition leaf = testing_support::leaf(code, rule::RatioToTarget{});
        leaf.targets = {{end_of_year(2030), 0.5}};
        definition.root.children.push_back(leaf);
    }
    return IndexModel(definition);
}

TEST_CASE("progress and movement of a derived indicator are those of its values as given columns") {
    const IndexModel derived = model_of({{"x", "a / b"}, {"y", "growth(a)"}});
    NodeDefinition x = testing_support::leaf("x", rule::RatioToTarget{});
    x.targets = {{end_of_year(2030), 0.5}};
    NodeDefinition y = x;
    y.code = "y";
    const IndexModel given =
        testing_support::model(testing_support::group("root", aggregation::Arithmetic{}, {x, y}));
    const std::vector<std::string> parts{"a", "b"};
    const std::vector<Panel> panels{yearly(2023, {{1.0, 8.0}}, parts),
                                    yearly(2024, {{2.0, 8.0}}, parts),
                                    yearly(2025, {{3.0, 8.0}}, parts)};
    const std::vector<std::string> codes{"x", "y"};
    const std::vector<Panel> values{yearly(2023, {{0.125, missing_value}}, codes),
                                    yearly(2024, {{0.25, 1.0}}, codes),
                                    yearly(2025, {{0.375, 0.5}}, codes)};
    const TrackTable found = on_track(derived, panels);
    const TrackTable expected = on_track(given, values);
    REQUIRE(found.rows.size() == 2);
    REQUIRE(expected.rows.size() == 2);
    std::ostringstream ours;
    std::ostringstream theirs;
    ours << found;
    theirs << expected;
    CHECK(ours.str() == theirs.str());
    const MovementTable moved = indicator_movement(derived, panels[1], panels[2]);
    REQUIRE(moved.rows.size() == 2);
    CHECK(moved.rows[0].result.before.value == 0.25);
    CHECK(moved.rows[0].result.after.value == 0.375);
}

TEST_CASE("a panel that lacks a column of an expression only lacks what is derived from it") {
    const IndexModel derived = model_of({{"x", "a / b"}, {"y", "a / 10"}});
    const std::vector<Panel> panels{yearly(2024, {{2.0}}, {"a"}),
                                    yearly(2025, {{3.0, 8.0}}, {"a", "b"})};
    const MovementTable moved = indicator_movement(derived, panels[0], panels[1]);
    REQUIRE(moved.rows.size() == 2);
    CHECK(std::isnan(moved.rows[0].result.before.value));
    CHECK(moved.rows[0].result.after.value == 0.375);
    CHECK(moved.rows[1].result.before.value == 0.2);
}

}  // namespace derived_series
