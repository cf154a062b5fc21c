#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_edit.hpp>
#include <thuocdo/model/drop.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "io_model/support.hpp"

namespace steps_and_weights_tests {

using model_tests::codes;
namespace io = thuocdo::io;

/// A document with a preparation, and weights at the root that two leaves share.
std::string document(const std::string& preparation, const std::string& weights = "\"equal\"") {
    return R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T", "preparation": )" +
           preparation + R"(, "root": {"code": "total", "weights": )" + weights +
           R"(, "children": [{"code": "a", "score": {"rule": "min_max"}},
               {"code": "b", "score": {"rule": "min_max"}}]}})";
}

const std::string all_steps = R"([
  {"step": "denominate", "denominators": [{"indicators": ["a"], "by": "population", "scale": 1000}]},
  {"step": "screen", "minimum_availability": 0.9, "minimum_nonzero": 0.5, "nodes": ["total"],
   "action": "report", "keep": [{"unit": "u1", "reason": "an island"}]},
  {"step": "impute", "method": "group_mean", "group": "region", "indicators": ["a", "b"]},
  {"step": "impute", "method": "carry_forward", "longest_gap": 2},
  {"step": "impute", "method": "pillar_mean", "nodes": ["total"]},
  {"step": "treat", "maximum_skewness": 2.25, "maximum_winsorised": 3, "otherwise": "box_cox",
   "lambda": 0.5, "indicators": ["b"]}])";

const std::vector<std::string> schemes{
    R"("equal")",
    R"("critic")",
    R"("principal_components")",
    R"("correlation_optimised")",
    R"({"scheme": "entropy", "of": "value"})",
    R"({"scheme": "correlation_optimised", "elements": ["b", "a"], "targets": [1, 2]})",
    R"({"scheme": "analytic_hierarchy_process", "elements": ["a", "b"],
        "judgements": [[[1, 3], [0.3333, 1]]], "method": "geometric_mean"})",
    R"({"scheme": "best_worst_method", "elements": ["a", "b"], "best": "b", "worst": "a",
        "best_to_others": [3, 1], "others_to_worst": [1, 3]})",
    R"({"scheme": "rank_order_centroid", "elements": ["b", "a"]})",
    R"({"scheme": "swara", "elements": ["b", "a"], "steps": [0.25]})",
    R"({"scheme": "fucom", "elements": ["b", "a"], "steps": [2]})",
    R"({"scheme": "swing", "elements": ["a", "b"], "points": [[100, 40]]})",
    R"({"scheme": "budget_allocation", "elements": ["a", "b"], "points": [[70, 30], [50, 50]]})"};

TEST_CASE("steps and weighting schemes survive being written and read") {
    for (const std::string& scheme : schemes) {
        CAPTURE(scheme);
        const thuocdo::IndexModel model = io::parse_model(document(all_steps, scheme));
        CHECK(model.definition().preparation.size() == 6);
        const thuocdo::IndexModel again = io::parse_model(io::to_json(model));
        CHECK(again == model);
        CHECK(again.definition() == model.definition());
        CHECK(io::parse_model(model.canonical()).digest() == model.digest());
    }
}

TEST_CASE("models that differ in one step or judgement have different digests") {
    const auto digest = [](const std::string& text) { return io::parse_model(text).digest(); };
    CHECK(digest(document("[]")) == digest(document("[]", R"({"scheme": "equal"})")));
    CHECK(digest(document(all_steps)) != digest(document("[]")));
    for (std::size_t k = 1; k < schemes.size(); ++k)
        CHECK(digest(document("[]", schemes[k])) != digest(document("[]", schemes[k - 1])));
}

TEST_CASE("mistakes in steps are named at their places, all at once") {
    const std::string steps = R"([
      {"step": "denominate", "denominators": [{"indicators": ["a", "a"], "by": "p", "scale": 0}]},
      {"step": "squeeze"},
      {"step": "screen"},
      {"step": "screen", "minimum_availability": 90, "nodes": ["nowhere"]},
      {"step": "impute", "method": "group_mean"},
      {"step": "impute", "method": "mean", "group": "region", "longest_gap": 1},
      {"step": "treat", "maximum_winsorised": 0, "otherwise": "none"},
      {"step": "treat", "otherwise": "box_cox", "maximum_skewness": -2},
      {"step": "treat", "maximum_winsorized": 4}])";
    CHECK(codes(io::check_model(document(steps))) ==
          std::vector<std::string>{
              "divided_twice at /preparation/0/denominators/0/indicators",
              "scale_out_of_range at /preparation/0/denominators/0/scale",
              "unknown_step at /preparation/1/step", "screen_without_threshold at /preparation/2",
              "share_out_of_range at /preparation/3/minimum_availability",
              "unknown_node at /preparation/3/nodes/0", "missing_member at /preparation/4/group",
              "member_not_used at /preparation/5/group",
              "member_not_used at /preparation/5/longest_gap",
              "step_does_nothing at /preparation/6", "missing_member at /preparation/7/lambda",
              "threshold_out_of_range at /preparation/7/maximum_skewness",
              "unknown_member at /preparation/8/maximum_winsorized"});
}

TEST_CASE("a judgement that is about no child, or contradicts itself, is refused") {
    const auto found = [](const std::string& scheme) {
        return codes(io::check_model(document("[]", scheme)));
    };
    CHECK(found(R"({"scheme": "swing", "elements": ["a", "c"], "points": [[100, 40]]})") ==
          std::vector<std::string>{"element_missing at /root/weights/elements",
                                   "unknown_element at /root/weights/elements/1"});
    CHECK(found(R"({"scheme": "analytic_hierarchy_process", "elements": ["a", "b"],
                    "judgements": [[[1, 3], [3, 1]]]})") ==
          std::vector<std::string>{"judgements_not_reciprocal at /root/weights/judgements/0/0/1"});
    CHECK(found(R"({"scheme": "fucom", "elements": ["a", "b"], "steps": [0.5]})") ==
          std::vector<std::string>{"judgement_out_of_range at /root/weights/steps/0"});
    CHECK(found(R"({"scheme": "swing", "elements": ["a", "b"], "points": [[90, 40]]})") ==
          std::vector<std::string>{"swing_without_full_points at /root/weights/points/0"});
    CHECK(found(R"("swara")") == std::vector<std::string>{"missing_member at /root/weights"});
    CHECK(found(R"("magic")") == std::vector<std::string>{"unknown_scheme at /root/weights"});
    CHECK(found(R"({"scheme": "critic", "of": "points"})") ==
          std::vector<std::string>{"unknown_word at /root/weights/of"});
}

TEST_CASE("weights are stated at the children or at the parent, not twice") {
    const std::string text = R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T",
      "root": {"code": "total", "weights": "entropy", "weights_sum_to": 3, "children": [
        {"code": "a", "weight": 2, "score": {"rule": "as_is"}},
        {"code": "b", "score": {"rule": "as_is"}, "reference_period": "all"}]}})";
    CHECK(codes(io::check_model(text)) ==
          std::vector<std::string>{"weights_stated_twice at /root/weights_sum_to",
                                   "weights_stated_twice at /root/children/0/weight",
                                   "reference_period_unused at "
                                   "/root/children/1/reference_period"});
}

TEST_CASE("a changed copy differs in that member and nothing else") {
    const thuocdo::IndexModel model = io::parse_model(document(all_steps));
    const thuocdo::IndexModel changed =
        io::with(model, "/preparation/0/denominators/0/scale", "10");
    CHECK(io::differences(model, model).empty());
    const auto found = io::differences(model, changed);
    REQUIRE(found.size() == 1);
    CHECK(found[0].member == "/preparation");
    const thuocdo::IndexModel by_node = io::with(model, "@a/score", R"({"rule": "z_score"})");
    CHECK(by_node == io::with(model, "/root/children/0/score", R"({"rule": "z_score"})"));
    CHECK(io::differences(model, by_node) ==
          std::vector<io::ModelDifference>{
              {"a", "score", R"({"rule":"min_max"})", R"({"rule":"z_score"})"}});
    CHECK(io::with(by_node, "@a/score", R"({"rule": "min_max"})") == model);
    const thuocdo::IndexModel ranked = io::with(model, "/ranking/ties", "\"dense\"");
    CHECK(ranked.definition().ranking.ties == thuocdo::TiePolicy::dense);
    CHECK(io::without(ranked, "/ranking/ties") == model);
    CHECK(io::without(model, "/preparation/5").definition().preparation.size() == 5);
    CHECK(io::with(model, "/root/children/-", R"({"code": "c", "score": {"rule": "as_is"}})")
              .leaves()
              .size() == 3);
    CHECK(model == io::parse_model(document(all_steps)));
}

TEST_CASE("a pointer that hits nothing is an error, never a change that does nothing") {
    const thuocdo::IndexModel model = io::parse_model(document(all_steps));
    const auto refused = [&](const char* pointer, const char* value) {
        try {
            static_cast<void>(io::with(model, pointer, value));
        } catch (const thuocdo::ModelError& error) {
            return error.problems().front().code;
        }
        return std::string("accepted");
    };
    CHECK(refused("/root/children/2/weight", "2") == "pointer_hits_nothing");
    CHECK(refused("@nobody/weight", "2") == "pointer_hits_nothing");
    CHECK(refused("/root/code/weight", "2") == "pointer_hits_nothing");
    CHECK(refused("root", "2") == "pointer_hits_nothing");
    CHECK(refused("", "2") == "pointer_hits_nothing");
    CHECK(refused("/root/children/0/wieght", "2") == "unknown_member");
    CHECK(refused("/rooot/weight", "2") == "unknown_member");
    CHECK(refused("@a/score", "min_max") == "syntax_error");
    CHECK(refused("@a/points", "5") == "points_not_summed");
    CHECK_THROWS_AS(static_cast<void>(io::without(model, "/ranking/ties")), thuocdo::ModelError);
    CHECK_THROWS_AS(static_cast<void>(io::without(model, "/root/children/7")), thuocdo::ModelError);
}

TEST_CASE("dropping an indicator takes along what counted on it") {
    const std::string text = R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T",
      "preparation": [
        {"step": "treat", "indicators": ["x"]},
        {"step": "impute", "method": "mean", "indicators": ["x", "y"]},
        {"step": "screen", "minimum_availability": 0.5, "nodes": ["p"]}],
      "root": {"code": "total", "points": 10, "aggregate": "sum", "children": [
        {"code": "p", "points": 4, "weights_sum_to": 1, "children": [
          {"code": "a", "indicator": "x", "weight": 1, "score": {"rule": "as_is"}}]},
        {"code": "q", "points": 6, "weights": {"scheme": "analytic_hierarchy_process",
           "elements": ["c", "b", "d"], "judgements": [[[1, 2, 6], [0.5, 1, 3], [0.1667, 0.3333, 1]]]},
         "children": [
          {"code": "b", "indicator": "y", "score": {"rule": "as_is"}},
          {"code": "c", "indicator": "z", "score": {"rule": "as_is"}},
          {"code": "d", "indicator": "w", "score": {"rule": "as_is"}}]}]}})";
    const thuocdo::IndexModel model = io::parse_model(text);
    const thuocdo::IndexModel without_x = thuocdo::drop(model, "x");
    CHECK_FALSE(without_x.find("a").has_value());
    CHECK_FALSE(without_x.find("p").has_value());
    CHECK(without_x.root().points == 6.0);
    REQUIRE(without_x.definition().preparation.size() == 1);
    CHECK(std::get<thuocdo::step::Impute>(without_x.definition().preparation[0]).indicators ==
          std::vector<std::string>{"y"});
    const thuocdo::IndexModel without_b = thuocdo::drop(model, "b");
    const auto& scheme = std::get<thuocdo::weighting::AnalyticHierarchyProcess>(
        *without_b.node(without_b.index_of("q")).weights);
    CHECK(scheme.elements == std::vector<std::string>{"c", "d"});
    CHECK(scheme.judgements.front() == std::vector<std::vector<double>>{{1.0, 6.0}, {0.1667, 1.0}});
    CHECK_THROWS_AS(static_cast<void>(thuocdo::drop(model, "nothing")), thuocdo::ModelError);
    CHECK_THROWS_AS(static_cast<void>(thuocdo::drop(model, "total")), thuocdo::ModelError);
}

TEST_CASE("the neighbours of a dropped element keep the ratio that was judged") {
    const thuocdo::IndexModel model = io::parse_model(
        R"({"thuocdo": 1, "id": "t", "version": "1", "name": "T", "root": {"code": "total",
          "weights": {"scheme": "fucom", "elements": ["a", "b", "c"], "steps": [2, 1.5]},
          "children": [{"code": "a", "score": {"rule": "as_is"}},
            {"code": "b", "score": {"rule": "as_is"}}, {"code": "c", "score": {"rule": "as_is"}}]}})");
    const auto steps = [](const thuocdo::IndexModel& each) {
        return std::get<thuocdo::weighting::Stepwise>(*each.root().weights).steps;
    };
    CHECK(steps(thuocdo::drop(model, "b")) == std::vector<double>{3.0});
    CHECK(steps(thuocdo::drop(model, "a")) == std::vector<double>{1.5});
    CHECK(steps(thuocdo::drop(model, "c")) == std::vector<double>{2.0});
}

}  // namespace steps_and_weights_tests
