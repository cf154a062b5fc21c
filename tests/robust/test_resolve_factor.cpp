#include <thuocdo/robust/resolve_factor.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/build.hpp"

namespace resolve_factor_tests {

using namespace thuocdo;
using namespace testing_support;
using robust::resolve_factor;

using Texts = std::vector<std::string>;

/// total: sum of 10 points over p (6; a, b, watched) and q (4; c, d by points).
ModelDefinition written() {
    NodeDefinition watched = leaf("watched", rule::AsIs{});
    watched.role = Role::monitored;
    NodeDefinition p = group("p", aggregation::Arithmetic{},
                             {leaf("a", rule::AsIs{}, 2), leaf("b", rule::AsIs{}), watched});
    p.points = 6.0;
    p.weights_sum_to = 3.0;
    NodeDefinition q =
        group("q", aggregation::Sum{},
              {points_leaf("c", rule::AsIs{}, 1), points_leaf("d", rule::AsIs{}, 3)});
    q.points = 4.0;
    q.children[1].indicator = "rate";
    ModelDefinition out = definition(group("total", aggregation::Sum{}, {p, q}));
    out.root.points = 10.0;
    out.derived = {{"rate", "done / due", "", {}, ""}};
    return out;
}

std::string refusal(const IndexModel& model, const FactorDefinition& factor) {
    std::string out;
    for (const Problem& each :
         problems_of<ModelError>([&] { static_cast<void>(resolve_factor(model, factor)); }))
        out += (out.empty() ? "" : ", ") + each.code + " at " + each.place;
    return out;
}

Texts labels(const robust::Factor& factor) {
    Texts out;
    for (const auto& each : std::get<robust::ModelChoice>(factor.rule).alternatives)
        out.push_back(each.label);
    return out;
}

ModelDefinition applied(const robust::Factor& factor, std::size_t k, ModelDefinition definition) {
    std::get<robust::ModelChoice>(factor.rule).alternatives.at(k).apply(definition);
    // What an alternative leaves behind is a model.
    static_cast<void>(IndexModel(definition));
    return definition;
}

TEST_CASE("a factor without a place is about every node or indicator that it can vary") {
    const IndexModel model(written());
    const auto noise = resolve_factor(model, {"", "", factor::WeightNoise{0.5}});
    CHECK(noise.name == "weights of every node");
    CHECK(std::get<robust::WeightNoise>(noise.rule).nodes == Texts{"total", "p", "q"});
    CHECK(std::get<robust::WeightNoise>(noise.rule).fraction == 0.5);
    const auto dirichlet = resolve_factor(model, {"mine", "p", factor::DirichletWeights{9.0}});
    CHECK(dirichlet.name == "mine");
    CHECK(std::get<robust::DirichletWeights>(dirichlet.rule).nodes == Texts{"p"});
    CHECK(std::get<robust::DirichletWeights>(dirichlet.rule).concentration == 9.0);
    // In place of the derived indicator stands what is measured.
    const auto error = [&](const std::string& at) {
        return std::get<robust::MeasurementError>(
                   resolve_factor(model, {"", at, factor::MeasurementError{}}).rule)
            .indicators;
    };
    CHECK(error("") == Texts{"a", "b", "watched", "c", "done", "due"});
    CHECK(error("p") == Texts{"a", "b", "watched"});
    CHECK(error("d") == Texts{"done", "due"});
    CHECK(error("due") == Texts{"due"});
    CHECK(refusal(model, {"", "rate", factor::MeasurementError{}}) ==
          "derived_indicator at factor \"error of rate\"/at");
}

TEST_CASE("a child without weight varies only under weights that ignore those of the model") {
    ModelDefinition definition = written();
    definition.root.children[0].weights_sum_to.reset();
    definition.root.children[0].children[0].weight = 0.0;
    const IndexModel model(definition);
    CHECK(std::get<robust::DirichletWeights>(
              resolve_factor(model, {"", "p", factor::DirichletWeights{}}).rule)
              .nodes == Texts{"p"});
    CHECK(refusal(model, {"", "p", factor::WeightNoise{0.2}}) ==
          "no_weights_to_vary at factor \"weights of p\"/at");
}

TEST_CASE("weight sets set weights, share out points and end weighting schemes") {
    const IndexModel model(written());
    const auto sets = resolve_factor(
        model, {"", "", factor::WeightSets{{{"z", {{"a", 1}, {"b", 4}}}, {"m", {{"q", 2}}}}}});
    // Sets are in the order of their names.
    CHECK(labels(sets) == Texts{"m", "z"});
    const ModelDefinition weighed = applied(sets, 1, written());
    CHECK(weighed.root.children[0].children[0].weight == 1.0);
    CHECK(weighed.root.children[0].children[1].weight == 4.0);
    CHECK_FALSE(weighed.root.children[0].weights_sum_to.has_value());
    CHECK(weighed.root.children[1] == written().root.children[1]);
    // p keeps 6 and q gets 2, which is 7.5 and 2.5 of the 10 points; q's own children follow.
    const ModelDefinition shared = applied(sets, 0, written());
    CHECK(shared.root.points == 10.0);
    CHECK(shared.root.children[0].points == 7.5);
    CHECK(shared.root.children[1].points == 2.5);
    CHECK(shared.root.children[1].children[0].points == 0.625);
    CHECK(shared.root.children[1].children[1].points == 1.875);

    ModelDefinition by_data = written();
    NodeDefinition& p = by_data.root.children[0];
    p.weights_sum_to.reset();
    p.children[0].weight = 1.0;
    p.weights = weighting::Objective{};
    const IndexModel weighed_by_data(by_data);
    const auto against = resolve_factor(
        weighed_by_data, {"", "", factor::WeightSets{{{"m", {{"q", 2}}}, {"z", {{"a", 3}}}}}});
    CHECK(applied(against, 0, by_data).root.children[0].weights.has_value());
    CHECK_FALSE(applied(against, 1, by_data).root.children[0].weights.has_value());
}

TEST_CASE("sets that all share out alike have no effect, though some experts may agree") {
    const IndexModel model(written());
    const WeightSet first{"1", {{"a", 1}, {"b", 1}}};
    const WeightSet second{"2", {{"a", 3}, {"b", 3}}};
    const WeightSet third{"3", {{"a", 3}, {"b", 1}}};
    CHECK(refusal(model, {"", "", factor::WeightSets{{first, second}}}) ==
          "factor_without_effect at factor \"weight set\"");
    CHECK(refusal(model, {"", "", factor::WeightSets{{first, second, third}}}).empty());
    ModelDefinition awarded = written();
    awarded.root.children[1].children[0].score = rule::PointsAwarded{};
    CHECK(refusal(IndexModel(awarded),
                  {"e", "", factor::WeightSets{{{"1", {{"q", 5}}}, {"2", {{"a", 5}}}}}}) ==
          "points_are_awarded at factor \"e\"/weight_sets/1/q");
}

TEST_CASE("leaving out gives the models that dropping gives") {
    const IndexModel model(written());
    const auto each = resolve_factor(model, {"", "", factor::LeaveOut{}});
    CHECK(labels(each) ==
          Texts{"without a", "without b", "without c", "without d", "nothing left out"});
    const Texts codes{"a", "b", "c", "d"};
    for (std::size_t k = 0; k < codes.size(); ++k)
        CHECK(IndexModel(applied(each, k, written())) == drop(model, codes[k]));
    CHECK(applied(each, codes.size(), written()) == written());
    const auto named = resolve_factor(model, {"", "", factor::LeaveOut{{"rate", "p"}, false}});
    CHECK(named.name == "left out");
    CHECK(labels(named) == Texts{"without rate", "without p"});
    CHECK(IndexModel(applied(named, 0, written())) == drop(model, "d"));
    CHECK(IndexModel(applied(named, 1, written())) == drop(model, "p"));
    CHECK(labels(resolve_factor(model, {"", "q", factor::LeaveOut{{}, false}})) ==
          Texts{"without c", "without d"});
    // What is not there any more is passed over.
    CHECK(applied(named, 1, drop(model, "p").definition()) == drop(model, "p").definition());
}

TEST_CASE("what something else counts on cannot be left out, and everything cannot") {
    ModelDefinition counted = written();
    counted.ranking.tie_breakers = {{"a", numeric::Order::descending}};
    CHECK(refusal(IndexModel(counted), {"", "p", factor::LeaveOut{}}) ==
          "unknown_node at factor \"left out of p\"/leave_out");
    const IndexModel single(
        definition(group("total", aggregation::Arithmetic{},
                         {group("p", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{})})})));
    CHECK(refusal(single, {"", "", factor::LeaveOut{}}) ==
          "root_dropped at factor \"left out\"/leave_out");
    CHECK(refusal(single, {"", "", factor::WeightNoise{0.5}}) ==
          "no_weights_to_vary at factor \"weights of every node\"");
    CHECK(refusal(IndexModel(written()),
                  {"", "/ranking/ties", factor::OneOf{{"\"dense\"", "\"ordinal\""}}}) ==
          "factor_needs_reader at factor \"ranking/ties\"/one_of");
}

}  // namespace resolve_factor_tests
