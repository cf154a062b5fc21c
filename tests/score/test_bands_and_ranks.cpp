#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

Band band(std::string code, std::optional<double> from, std::vector<Gate> gates = {}) {
    Band out;
    out.code = std::move(code);
    out.from = from;
    out.gates = std::move(gates);
    return out;
}

Gate at_least(std::string node, double bound, GateQuantity of = GateQuantity::value) {
    Gate gate;
    gate.node = std::move(node);
    gate.of = of;
    gate.at_least = bound;
    return gate;
}

Gate at_most(std::string node, double bound) {
    Gate gate;
    gate.node = std::move(node);
    gate.of = GateQuantity::value;
    gate.at_most = bound;
    return gate;
}

/// The scale of Decree 335/2025/ND-CP on a total and three monitored shares.
ModelDefinition decree_scale() {
    auto watched = [](std::string code) {
        NodeDefinition node = leaf(std::move(code), rule::AsIs{});
        node.role = Role::monitored;
        return node;
    };
    ModelDefinition model =
        definition(group("total", aggregation::Sum{},
                         {points_leaf("points", rule::PointsAwarded{}, 100), watched("on_time"),
                          watched("above"), watched("late_share")}));
    BandScale scale;
    scale.bands = {band("excellent", 90, {at_least("on_time", 1.0), at_least("above", 0.3)}),
                   band("good", 70, {at_least("on_time", 1.0)}),
                   band("completed", 50, {at_most("late_share", 0.2)}), band("not_completed", {})};
    model.bands = scale;
    return model;
}

Scoreboard decree_board(const std::vector<std::vector<double>>& rows,
                        std::optional<Quota> quota = {}) {
    ModelDefinition model = decree_scale();
    model.bands->quota = std::move(quota);
    return score(IndexModel(model), panel({"points", "on_time", "above", "late_share"}, rows));
}

}  // namespace

TEST_CASE("bands are half-open and gates lower a unit to the next band that admits it") {
    const Scoreboard board = decree_board({{90, 1, 0.3, 0},
                                           {89.99, 1, 0.3, 0},
                                           {95, 0.99, 0.5, 0.01},
                                           {95, 1, 0.29, 0},
                                           {95, 0.5, 0.5, 0.5},
                                           {50, 0, 0, 0.2},
                                           {49.99, 1, 1, 0},
                                           {70, 1, 0, 0}});
    const std::vector<std::string> expected{"excellent",     "good",      "completed",     "good",
                                            "not_completed", "completed", "not_completed", "good"};
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        CAPTURE(unit);
        CHECK(board.band(unit) == expected[static_cast<std::size_t>(unit)]);
    }
    // 95 points with one late task is not "good", and the reason names the gates.
    CHECK(board.band_reason(2) ==
          "score 95 lies in \"excellent\" (90 to +inf); \"excellent\" needs value of on_time at "
          "least 1, found 0.99; \"good\" needs value of on_time at least 1, found 0.99");
    CHECK(board.flags(2) == std::vector<std::string>{"lowered by a gate"});
}

TEST_CASE("a gate on a missing node fails") {
    ModelDefinition model = decree_scale();
    for (NodeDefinition& child : model.root.children)
        if (child.role == Role::monitored)
            child.missing = MissingRule::all(MissingPolicy::renormalise);
    const Scoreboard board =
        score(IndexModel(model),
              panel({"points", "on_time", "above", "late_share"}, {{95, missing_value, 1, 0}}));
    CHECK(board.band(0) == "completed");
    CHECK(board.band_reason(0).find("found no value") != std::string::npos);
}

TEST_CASE("a quota keeps at most its share of the base and treats ties at the cut as declared") {
    std::vector<std::vector<double>> rows;
    for (int k = 0; k < 10; ++k) rows.push_back({99.0 - k, 1, 1, 0});
    Quota quota;
    quota.band = "excellent";
    quota.at_most = 0.2;
    quota.of = {"excellent", "good"};
    const Scoreboard board = decree_board(rows, quota);
    CHECK(board.band(0) == "excellent");
    CHECK(board.band(1) == "excellent");
    for (Index unit = 2; unit < 10; ++unit) CHECK(board.band(unit) == "good");
    CHECK(board.flags(2) == std::vector<std::string>{"lowered by the quota"});
    CHECK(board.band_reason(2).find("beyond the quota of \"excellent\"") != std::string::npos);

    rows[2][0] = rows[1][0];
    CHECK(decree_board(rows, quota).band(1) == "good");
    CHECK(decree_board(rows, quota).band(2) == "good");
    quota.ties_at_the_cut = QuotaTies::include;
    CHECK(decree_board(rows, quota).band(1) == "excellent");
    CHECK(decree_board(rows, quota).band(2) == "excellent");
    CHECK(decree_board(rows, quota).band(3) == "good");
}

TEST_CASE("a quota of 29% of 100 units is 29, not the 28 of binary fractions") {
    CHECK(thuocdo::detail::allowed_by_share(0.29, 100) == 29);
    CHECK(thuocdo::detail::allowed_by_share(0.20, 5) == 1);
    CHECK(thuocdo::detail::allowed_by_share(0.25, 7) == 1);
}

TEST_CASE("a quota inside groups counts each group by itself") {
    ModelDefinition model = decree_scale();
    Quota quota;
    quota.band = "excellent";
    quota.at_most = 0.5;
    quota.of = {"excellent"};
    quota.within = "kind";
    model.bands->quota = quota;
    std::vector<Unit> units;
    Eigen::MatrixXd values(4, 4);
    for (int k = 0; k < 4; ++k) {
        Unit unit;
        unit.code = "u" + std::to_string(k);
        unit.kind = k < 2 ? "city" : "province";
        units.push_back(unit);
        values.row(k) << 99 - k, 1, 1, 0;
    }
    const Scoreboard board =
        score(IndexModel(model),
              Panel(UnitRegistry(units), {"points", "on_time", "above", "late_share"}, values));
    CHECK(board.band(0) == "excellent");
    CHECK(board.band(1) == "good");
    CHECK(board.band(2) == "excellent");
    CHECK(board.band(3) == "good");
}

TEST_CASE("scores outside the scale have no band and say so") {
    ModelDefinition model = decree_scale();
    model.bands->bands.front().to = 100;
    model.root.children.front().points = 200;
    const Scoreboard board = score(
        IndexModel(model),
        panel({"points", "on_time", "above", "late_share"}, {{100, 1, 1, 0}, {120, 1, 1, 0}}));
    CHECK(board.band(0) == "excellent");
    CHECK(board.band(1).empty());
    CHECK(board.band_reason(1) == "score 120 lies outside the scale");
}

TEST_CASE("every tie rule gives its own ranks and near-ties never chain") {
    // Neighbours closer than a tolerance, ends further: a peer chains them into one rank.
    ModelDefinition definition_ =
        definition(group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})}));
    const Panel p = panel({"a"}, {{3}, {2}, {2}, {1}});
    auto ranks = [&](TiePolicy ties) {
        definition_.ranking.ties = ties;
        return score(IndexModel(definition_), p).ranks();
    };
    CHECK(ranks(TiePolicy::competition) == Eigen::Vector4d(1, 2, 2, 4));
    CHECK(ranks(TiePolicy::dense) == Eigen::Vector4d(1, 2, 2, 3));
    CHECK(ranks(TiePolicy::fractional) == Eigen::Vector4d(1, 2.5, 2.5, 4));
    CHECK(ranks(TiePolicy::ordinal) == Eigen::Vector4d(1, 2, 3, 4));
    const Scoreboard ordinal = score(IndexModel(definition_), p);
    CHECK(ordinal.flags(1) == std::vector<std::string>{"tie decided by code"});
    CHECK(ordinal.flags(0).empty());
    definition_.ranking.ties = TiePolicy::competition;
    definition_.ranking.on = Basis::full;
    const Panel near = panel({"a"}, {{1.0}, {1.0 + 1e-12}, {1.0 + 2e-12}});
    CHECK(score(IndexModel(definition_), near).ranks() == Eigen::Vector3d(3, 2, 1));
    definition_.ranking.on = Basis::rounded;
    definition_.ranking.digits = 9;
    CHECK(score(IndexModel(definition_), near).ranks() == Eigen::Vector3d(1, 1, 1));
}

TEST_CASE("ties go to the declared tie-breakers, never to the order of the input") {
    ModelDefinition definition_ = definition(group(
        "total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    definition_.ranking.ties = TiePolicy::ordinal;
    definition_.ranking.tie_breakers = {{"b", numeric::Order::descending}};
    const Scoreboard board =
        score(IndexModel(definition_), panel({"a", "b"}, {{3, 1}, {1, 3}, {2, 2}}));
    CHECK(board.ranks() == Eigen::Vector3d(3, 1, 2));
    CHECK(board.data().placed_by_code.empty());
}

TEST_CASE("ranking on the rounded or the full value is the model's choice") {
    NodeDefinition root = group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})});
    root.rounding = Rounding{2};
    ModelDefinition definition_ = definition(root);
    const Panel p = panel({"a"}, {{0.501}, {0.502}});
    CHECK(score(IndexModel(definition_), p).ranks() == Eigen::Vector2d(1, 1));
    definition_.ranking.on = Basis::full;
    const Scoreboard full = score(IndexModel(definition_), p);
    CHECK(full.ranks() == Eigen::Vector2d(2, 1));
    CHECK(full.scores() == Eigen::Vector2d(0.5, 0.5));
    CHECK(full.full_scores()[1] == 0.502);
}

TEST_CASE("ascending order ranks the smallest first") {
    ModelDefinition definition_ =
        definition(group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})}));
    definition_.ranking.order = numeric::Order::ascending;
    CHECK(score(IndexModel(definition_), panel({"a"}, {{3}, {1}, {2}})).ranks() ==
          Eigen::Vector3d(3, 1, 2));
}

TEST_CASE("ranks are also given inside groups, and asking for an undeclared group is an error") {
    ModelDefinition definition_ =
        definition(group("total", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})}));
    definition_.ranking.within = {"kind", "region"};
    std::vector<Unit> units(3);
    Eigen::MatrixXd values(3, 1);
    values << 1, 2, 3;
    for (std::size_t k = 0; k < 3; ++k) {
        units[k].code = "u" + std::to_string(k);
        units[k].kind = k == 1 ? "city" : "province";
    }
    const Scoreboard board =
        score(IndexModel(definition_), Panel(UnitRegistry(units), {"a"}, values));
    CHECK(board.ranks_within("kind") == Eigen::Vector3d(2, 1, 1));
    CHECK(board.notices() ==
          std::vector<std::string>{"no unit has \"region\"; ranks within it are left out"});
    CHECK_THROWS_AS((void)board.ranks_within("level"), ModelError);
}
