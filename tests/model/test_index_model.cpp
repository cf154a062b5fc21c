#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/index_model.hpp>

#include <doctest/doctest.h>

#include <set>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

std::vector<std::string> problem_codes(const ModelDefinition& definition_) {
    std::vector<std::string> found;
    for (const Problem& each : problems_of<ModelError>([&] { IndexModel model(definition_); }))
        found.push_back(each.code + " " + each.place);
    return found;
}

NodeDefinition two_leaves() {
    return group("total", aggregation::Arithmetic{},
                 {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})});
}

}  // namespace

TEST_CASE("effective weights are products of shares up the tree") {
    const IndexModel m =
        model(group("total", aggregation::Arithmetic{},
                    {group("p", aggregation::Arithmetic{},
                           {leaf("a", rule::AsIs{}, 1), leaf("b", rule::AsIs{}, 3)}, 2),
                     leaf("c", rule::AsIs{}, 3)}));
    CHECK(m.effective_weight(m.index_of("p")) == doctest::Approx(0.4));
    CHECK(m.effective_weight(m.index_of("a")) == doctest::Approx(0.1));
    CHECK(m.effective_weight(m.index_of("b")) == doctest::Approx(0.3));
    CHECK(m.effective_weight(m.index_of("c")) == doctest::Approx(0.6));
    // Children are neighbours, parents come first, leaves keep the order of the document.
    CHECK(m.nodes()[0].code == "total");
    std::vector<std::string> order;
    for (const Index k : m.document_order()) order.push_back(m.node(k).code);
    CHECK(order == std::vector<std::string>{"total", "p", "a", "b", "c"});
    CHECK(m.node(m.index_of("b")).pointer == "/root/children/0/children/1");
    CHECK_THROWS_AS((void)m.index_of("z"), ModelError);
}

TEST_CASE("all problems are reported at once, each at its place") {
    ModelDefinition bad =
        definition(group("total", aggregation::Sum{},
                         {points_leaf("a", rule::Goalposts{10, 5}, 40),
                          leaf("a", rule::Checklist{0.5}), leaf("c c", rule::AsIs{}, -1)}));
    bad.id = "";
    bad.root.points = 100;
    bad.ranking.tie_breakers = {{"nowhere", numeric::Order::descending}};
    bad.effective_from = parse_date("2026-01-01");
    bad.effective_to = parse_date("2025-01-01");
    CHECK(problem_codes(bad) ==
          std::vector<std::string>{
              "invalid_code /id", "dates_reversed /effective/to",
              "goalposts_reversed /root/children/0/score/upper",
              "duplicate_code /root/children/1/code", "points_missing /root/children/1",
              "items_out_of_range /root/children/1/score/items",
              "invalid_code /root/children/2/code", "weight_out_of_range /root/children/2/weight",
              "points_missing /root/children/2", "weight_under_sum /root/children/2/weight",
              "unknown_node /ranking/tie_breakers/0/node"});
}

TEST_CASE("band tables with a gap, an overlap or an inversion name the two bands") {
    auto with_bands = [](std::vector<Band> bands) {
        ModelDefinition model = definition(two_leaves());
        model.bands = BandScale{std::move(bands)};
        return problems_of<ModelError>([&] { IndexModel checked(model); });
    };
    auto band = [](std::string code, std::optional<double> from, std::optional<double> to = {}) {
        Band out;
        out.code = std::move(code);
        out.from = from;
        out.to = to;
        return out;
    };
    const auto gap = with_bands({band("excellent", 90), band("good", 80, 89), band("rest", {})});
    REQUIRE(gap.size() == 1);
    CHECK(
        gap[0].message() ==
        "/bands/scale/1: found bands \"good\" (80 to 89) and \"excellent\" (90 to +inf) with "
        "nothing from 89 to 90; expected bands that meet; set to of \"good\" to 90 or leave it out "
        "[band_gap]");
    const auto overlap =
        with_bands({band("excellent", 90), band("good", 70, 92), band("rest", {})});
    REQUIRE(overlap.size() == 1);
    CHECK(
        overlap[0].message() ==
        "/bands/scale/1: found bands \"good\" (70 to 92) and \"excellent\" (90 to +inf) that both "
        "hold scores from 90 to 92; expected bands that meet; set to of \"good\" to 90 or leave it "
        "out [band_overlap]");
    const auto inversion = with_bands({band("completed", 50, 49), band("rest", {})});
    REQUIRE(inversion.size() == 1);
    CHECK(
        inversion[0].message() ==
        "/bands/scale/0: found band \"completed\" (50 to 49); expected from below to; exchange or "
        "correct the two ends [band_inversion]");
    const auto order = with_bands({band("good", 70), band("excellent", 90), band("rest", {})});
    REQUIRE(order.size() == 1);
    CHECK(order[0].code == "band_inversion");
    CHECK(with_bands({}).at(0).code == "band_scale_empty");
    CHECK(with_bands({band("a", 90), band("b", 50, 90), band("c", {})}).empty());
}

TEST_CASE("gates and quotas must refer to what exists") {
    ModelDefinition model = definition(two_leaves());
    BandScale scale;
    Band top;
    top.code = "top";
    top.from = 1;
    Gate inner;
    inner.node = "total";
    inner.of = GateQuantity::value;
    Gate unknown;
    unknown.node = "zz";
    unknown.at_least = 1.0;
    top.gates = {inner, unknown};
    Band rest;
    rest.code = "rest";
    scale.bands = {top, rest};
    Quota quota;
    quota.band = "rest";
    quota.at_most = 20;
    quota.of = {"top", "other"};
    scale.quota = quota;
    model.bands = scale;
    CHECK(problem_codes(model) ==
          std::vector<std::string>{
              "gate_without_bound /bands/scale/0/gates/0",
              "gate_value_of_inner_node /bands/scale/0/gates/0/of",
              "unknown_node /bands/scale/0/gates/1/node", "share_out_of_range /bands/quota/at_most",
              "quota_on_last_band /bands/quota/band", "unknown_band /bands/quota/of/1"});
}

TEST_CASE("the canonical form leaves out defaults and decides equality") {
    ModelDefinition plain = definition(two_leaves());
    ModelDefinition spelled = plain;
    spelled.root.aggregate.reset();
    spelled.root.children[0].weight = 1.0;
    spelled.root.children[0].indicator = "a";
    spelled.ranking = RankingRule{};
    plain.root.aggregate.reset();
    CHECK(IndexModel(plain) == IndexModel(spelled));
    CHECK(
        IndexModel(plain).canonical() ==
        R"({"id":"test","name":{"en":"Test","vi":"Thử"},"root":{"children":[{"code":"a","score":{"rule":"as_is"}},{"code":"b","score":{"rule":"as_is"}}],"code":"total"},"thuocdo":1,"version":"1"})");
    ModelDefinition changed = plain;
    changed.root.children[0].weight = 1.0000000000000002;
    CHECK_FALSE(IndexModel(plain) == IndexModel(changed));
    CHECK(IndexModel(plain).digest() != IndexModel(changed).digest());
}

TEST_CASE("every rule has a name of its own") {
    std::set<std::string> names(thuocdo::detail::rule_names.begin(),
                                thuocdo::detail::rule_names.end());
    CHECK(names.size() == std::variant_size_v<ScoreRule>);
    CHECK(std::string(rule_name(rule::CategoricalScale{})) == "categorical_scale");
    CHECK(std::string(rule_name(rule::LevelTable{})) == "level_table");
    CHECK(std::string(rule_name(rule::GrowthToTarget{})) == "growth_to_target");
    CHECK(std::string(aggregation_name(aggregation::MazziottaPareto{})) == "mazziotta_pareto");
    CHECK(std::string(aggregation_name(aggregation::OrderedWeightedAverage{})) ==
          "ordered_weighted_average");
}

TEST_CASE("dates are read strictly and impossible days are no dates") {
    CHECK(to_iso(*parse_date("2026-01-09")) == "2026-01-09");
    for (const char* text :
         {"2026-02-30", "2026-1-9", "09/01/2026", "2026-13-01", "", "2026-01-09 ", "20x6-01-09"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_date(text).has_value());
    }
}

TEST_CASE(
    "owner, source, kind and visibility are inherited, rounding and missing come from defaults") {
    ModelDefinition written =
        definition(group("total", aggregation::Arithmetic{},
                         {group("p", aggregation::Arithmetic{},
                                {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})})}));
    written.root.children[0].owner = "Bộ Khoa học và Công nghệ";
    written.root.children[0].visibility = Visibility::restricted;
    written.root.children[0].children[1].visibility = Visibility::open;
    written.root.children[0].children[1].owner = "Sở";
    written.defaults.rounding = Rounding{3};
    written.defaults.missing = MissingRule::all(MissingPolicy::zero);
    const IndexModel m(written);
    const Node& a = m.node(m.index_of("a"));
    CHECK(a.owner == "Bộ Khoa học và Công nghệ");
    CHECK(a.visibility == Visibility::restricted);
    CHECK(a.rounding->digits == 3);
    CHECK(a.missing[MissingKind::not_reported] == MissingPolicy::zero);
    CHECK(m.node(m.index_of("b")).owner == "Sở");
    CHECK(m.node(m.index_of("b")).visibility == Visibility::open);
}

TEST_CASE("a target growth that goes the other way than its indicator is named, stated or dated") {
    NodeDefinition falls = leaf("a", rule::GrowthToTarget{0.1, true});
    falls.direction = Direction::lower_is_better;
    NodeDefinition dated = leaf("b", rule::GrowthToTarget{});
    dated.targets = {{Date(2026, 1, 1), 0.1}, {Date(2027, 1, 1), -0.1}};
    const NodeDefinition rises = leaf("c", rule::GrowthToTarget{0.1, true});
    CHECK(problem_codes(
              definition(group("total", aggregation::Arithmetic{}, {falls, dated, rises}))) ==
          std::vector<std::string>{"target_on_the_wrong_side /root/children/0/score/target",
                                   "target_on_the_wrong_side /root/children/1/targets/1/value"});
}
