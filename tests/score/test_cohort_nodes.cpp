#include <thuocdo/explain/compare.hpp>
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/model/drop.hpp>
#include <thuocdo/rank/edas.hpp>
#include <thuocdo/rank/mabac.hpp>
#include <thuocdo/rank/promethee_two.hpp>
#include <thuocdo/rank/topsis.hpp>
#include <thuocdo/rank/vikor.hpp>
#include <thuocdo/score.hpp>
#include <thuocdo/weigh/critic.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace cohort_node_tests {

using namespace testing_support;
using thuocdo::Index;
namespace weighting = thuocdo::weighting;

/// Three indicators of random values, c correlated with a.
thuocdo::Panel values(Index rows, std::uint64_t seed, bool reversed = false) {
    Random random(seed);
    Eigen::MatrixXd x(rows, 3);
    for (Index i = 0; i < rows; ++i) {
        x(i, 0) = random.between(1.0, 5.0);
        x(i, 1) = random.between(2.0, 9.0);
        x(i, 2) = x(i, 0) + random.between(0.0, 2.0);
    }
    std::vector<std::string> names = codes(rows);
    if (reversed) {
        std::reverse(names.begin(), names.end());
        x = x.colwise().reverse().eval();
    }
    return thuocdo::Panel(thuocdo::UnitRegistry::from_codes(names), {"a", "b", "c"}, std::move(x));
}

thuocdo::NodeDefinition weighed(thuocdo::Weighting scheme,
                                thuocdo::Aggregation how = thuocdo::aggregation::Arithmetic{}) {
    auto root = group("total", std::move(how),
                      {leaf("a", thuocdo::rule::MinMax{}), leaf("b", thuocdo::rule::MinMax{}),
                       leaf("c", thuocdo::rule::MinMax{})});
    root.weights = std::move(scheme);
    return root;
}

TEST_CASE("weights from the data are those of the kernel on the results of the cohort") {
    const auto board = thuocdo::score(
        model(weighed(weighting::Objective{thuocdo::ObjectiveScheme::critic})), values(40, 3));
    Eigen::MatrixXd results(40, 3);
    // By code: u1, u10, u11, ...
    std::vector<std::string> names = codes(40);
    std::sort(names.begin(), names.end());
    for (Index i = 0; i < 40; ++i)
        for (Index j = 0; j < 3; ++j)
            results(i, j) =
                board.result(board.units().index_of(names[static_cast<std::size_t>(i)]), 1 + j);
    const std::vector<thuocdo::Direction> up(3, thuocdo::Direction::higher_is_better);
    const Eigen::VectorXd expected = thuocdo::weigh::critic(results, up).weights;
    const thuocdo::WeightingReport* report = board.weighting_report("total");
    REQUIRE(report);
    CHECK(report->scheme == "critic");
    CHECK(report->elements == std::vector<std::string>{"a", "b", "c"});
    for (Index j = 0; j < 3; ++j) {
        CHECK(report->weights[static_cast<std::size_t>(j)] == expected[j]);
        CHECK(board.effective_weight(1 + j) == doctest::Approx(expected[j]).epsilon(1e-14));
    }
    double total = 0.0;
    for (Index j = 0; j < 3; ++j) total += expected[j] * board.result(0, 1 + j);
    CHECK(board.scores()[0] == doctest::Approx(total).epsilon(1e-14));
    CHECK(board.weighting_report("total")->weights != std::vector<double>(3, 1.0 / 3.0));
}

TEST_CASE(
    "every scheme that looks at the data runs from a model and gives weights that add up to 1") {
    for (const auto& each : thuocdo::detail::Names<thuocdo::ObjectiveScheme>::all) {
        const thuocdo::ObjectiveScheme scheme = each.first;
        const std::string name = each.second;
        CAPTURE(name);
        for (const auto of : {thuocdo::WeightingBasis::result, thuocdo::WeightingBasis::value}) {
            auto root = weighed(weighting::Objective{scheme, of});
            // Logarithms and ratios need results above zero.
            for (auto& child : root.children)
                child.score = thuocdo::rule::Goalposts{-1.0, 12.0, true};
            const auto board = thuocdo::score(model(root), values(30, 5));
            const auto& weights = board.weighting_report("total")->weights;
            CHECK(weights[0] + weights[1] + weights[2] == doctest::Approx(1.0).epsilon(1e-12));
            for (const double weight : weights) CHECK(weight >= 0.0);
        }
    }
    const auto board = thuocdo::score(
        model(weighed(weighting::CorrelationOptimised{{"b", "a", "c"}, {1, 1, 1}})), values(30, 5));
    const auto* report = board.weighting_report("total");
    REQUIRE(report->element_figures.size() == 1);
    const std::vector<double>& correlations = report->element_figures[0].second;
    CHECK(correlations[0] == doctest::Approx(correlations[1]).epsilon(1e-6));
    CHECK(correlations[1] == doctest::Approx(correlations[2]).epsilon(1e-6));
}

TEST_CASE("a judgement goes to the child that is named, wherever it stands") {
    const weighting::AnalyticHierarchyProcess scheme{{"c", "a", "b"},
                                                     {{{1, 2, 4}, {0.5, 1, 2}, {0.25, 0.5, 1}}}};
    const auto board = thuocdo::score(model(weighed(scheme)), values(10, 1));
    const auto* report = board.weighting_report("total");
    CHECK(report->weights[2] == doctest::Approx(4.0 / 7.0).epsilon(1e-12));
    CHECK(report->weights[0] == doctest::Approx(2.0 / 7.0).epsilon(1e-12));
    CHECK(report->weights[1] == doctest::Approx(1.0 / 7.0).epsilon(1e-12));
    CHECK(report->figures[2].first == "consistency_ratio");
    CHECK(report->figures[2].second == doctest::Approx(0.0));
    CHECK(report->notices.empty());
    const weighting::AnalyticHierarchyProcess torn{
        {"a", "b", "c"}, {{{1, 9, 1.0 / 9}, {1.0 / 9, 1, 9}, {9, 1.0 / 9, 1}}}};
    const auto contradiction = thuocdo::score(model(weighed(torn)), values(10, 1));
    CHECK(contradiction.weighting_report("total")->notices.size() == 1);
}

TEST_CASE("every scheme by judgement gives the weights of its literature through a model") {
    const auto weights = [](weighting::Stepwise scheme) {
        const auto board = thuocdo::score(model(weighed(std::move(scheme))), values(10, 1));
        return board.weighting_report("total")->weights;
    };
    const auto fucom = weights({thuocdo::StepwiseScheme::fucom, {"b", "c", "a"}, {2.0, 1.5}});
    CHECK(fucom[1] / fucom[2] == doctest::Approx(2.0));
    CHECK(fucom[2] / fucom[0] == doctest::Approx(1.5));
    const auto swara = weights({thuocdo::StepwiseScheme::swara, {"b", "c", "a"}, {1.0, 0.5}});
    CHECK(swara[1] / swara[2] == doctest::Approx(2.0));
    CHECK(swara[2] / swara[0] == doctest::Approx(1.5));
    const auto of = [](thuocdo::Weighting scheme) {
        const auto board = thuocdo::score(model(weighed(std::move(scheme))), values(10, 1));
        return board.weighting_report("total")->weights;
    };
    const auto centroid =
        of(weighting::Ranked{thuocdo::RankedScheme::rank_order_centroid, {"b", "a", "c"}});
    CHECK(centroid[1] == doctest::Approx(11.0 / 18.0));
    CHECK(centroid[2] == doctest::Approx(2.0 / 18.0));
    const auto budget = of(weighting::Points{
        thuocdo::PointsScheme::budget_allocation, {"c", "b", "a"}, {{50, 30, 20}, {30, 50, 20}}});
    CHECK(budget[0] == doctest::Approx(0.2));
    CHECK(budget[1] == doctest::Approx(0.4));
    const auto swing =
        of(weighting::Points{thuocdo::PointsScheme::swing, {"c", "b", "a"}, {{100, 60, 40}}});
    CHECK(swing[2] == doctest::Approx(0.5));
    const auto best_worst =
        of(weighting::BestWorst{{"a", "b", "c"}, "c", "a", {8, 2, 1}, {1, 5, 8}});
    // The linear model of Rezaei (2016): 0.0714, 0.3214, 0.6071.
    CHECK(best_worst[0] == doctest::Approx(0.0714285714).epsilon(1e-9));
    CHECK(best_worst[1] == doctest::Approx(0.3214285714).epsilon(1e-9));
    const auto equal = of(weighting::Equal{});
    CHECK(equal == std::vector<double>(3, 1.0 / 3.0));
}

TEST_CASE("a cell that a scheme cannot take is named by unit and child") {
    auto root = weighed(weighting::Objective{thuocdo::ObjectiveScheme::merec});
    const auto found = problems_of<thuocdo::DataError>(
        [&] { static_cast<void>(thuocdo::score(model(root), values(4, 2))); });
    REQUIRE_FALSE(found.empty());
    // Min-max gives the worst unit 0, whose logarithm does not exist.
    CHECK(found[0].place.starts_with("node \"total\", child \""));
    CHECK(found[0].place.find("unit \"u") != std::string::npos);
}

TEST_CASE(
    "Copeland as the root of a model: ranks by pairwise majority, explained as a comparison") {
    // a beats b and c on two of three indicators, b beats c on two.
    const auto data = panel({"a", "b", "c"}, {{3, 3, 1}, {2, 2, 3}, {1, 1, 2}});
    const auto board =
        thuocdo::score(model(weighed(weighting::Equal{}, thuocdo::aggregation::Copeland{})), data);
    CHECK(board.scores()[0] == 2.0);
    CHECK(board.scores()[1] == 0.0);
    CHECK(board.scores()[2] == -2.0);
    const auto explanation = thuocdo::explain(board, Index{0});
    CHECK(explanation.total() == 2.0);
    REQUIRE_FALSE(explanation.adjustments.empty());
    CHECK(explanation.adjustments[0].what == "aggregation");
}

thuocdo::IndexModel staged_model() {
    auto inner =
        group("inner", thuocdo::aggregation::Copeland{},
              {leaf("a", thuocdo::rule::MinMax{}), leaf("c", thuocdo::rule::MinMax{})}, 2.0);
    inner.weights = weighting::Objective{thuocdo::ObjectiveScheme::standard_deviation};
    auto lone = leaf("b", thuocdo::rule::MinMax{});
    lone.weight = 1.0;
    inner.weight = 1.0;
    auto root = group("total", thuocdo::aggregation::Arithmetic{}, {inner, lone});
    root.weights = weighting::Objective{thuocdo::ObjectiveScheme::critic};
    root.rounding = thuocdo::Rounding{6};
    return model(root);
}

TEST_CASE("nodes that need the cohort can stand on each other") {
    const thuocdo::IndexModel model = staged_model();
    CHECK(model.last_stage() == 2);
    CHECK(model.node(model.index_of("inner")).stage == 1);
    CHECK(model.is_peer_relative());
    const auto board = thuocdo::score(model, values(50, 9));
    CHECK(board.weighting_report("total"));
    CHECK(board.weighting_report("inner"));
    CHECK(board.weights(board.model().index_of("inner")).size() == 2);
    CHECK_FALSE(std::isnan(board.scores()[7]));
}

TEST_CASE(
    "order of units, threads and batch size change no bit of weights from data or of comparisons") {
    const thuocdo::IndexModel model = staged_model();
    const auto board = thuocdo::score(model, values(300, 21));
    CHECK(thuocdo::score(model, values(300, 21, true)).digest() == board.digest());
    thuocdo::ScoreOptions options;
    options.threads = 4;
    options.batch_rows = 13;
    const auto other = thuocdo::score(model, values(300, 21), options);
    CHECK(other.digest() == board.digest());
    CHECK(other.weighting_report("total")->weights == board.weighting_report("total")->weights);
    for (Index unit = 0; unit < 300; ++unit) {
        const auto explanation = thuocdo::explain(board, unit);
        REQUIRE(explanation.total() == board.scores()[unit]);
    }
}

TEST_CASE("units outside the cohort have no part in weights from the data") {
    std::vector<thuocdo::Unit> list;
    const auto all = values(21, 4);
    for (Index k = 0; k < 21; ++k) {
        thuocdo::Unit unit = all.units().unit(k);
        unit.level = k == 20 ? "nation" : "province";
        list.push_back(unit);
    }
    thuocdo::PanelDefinition given = all.definition();
    given.units = thuocdo::UnitRegistry(list);
    given.values(20, 1) = 1e6;
    auto document = definition(weighed(
        weighting::Objective{thuocdo::ObjectiveScheme::entropy, thuocdo::WeightingBasis::value}));
    document.cohort.level = "province";
    const thuocdo::IndexModel provinces(document);
    const auto board = thuocdo::score(provinces, thuocdo::Panel(given));
    given.values(20, 1) = 3.0;
    const auto calm = thuocdo::score(provinces, thuocdo::Panel(given));
    CHECK(board.weighting_report("total")->weights == calm.weighting_report("total")->weights);
    CHECK_FALSE(board.is_evaluated(20));
    CHECK(std::isnan(board.scores()[20]));
}

TEST_CASE("comparing a model with one that lacks an indicator says who moved and by which leaves") {
    const auto before =
        model(group("total", thuocdo::aggregation::Arithmetic{},
                    {leaf("a", thuocdo::rule::MinMax{}), leaf("b", thuocdo::rule::MinMax{}),
                     leaf("c", thuocdo::rule::MinMax{})}));
    const auto data = values(25, 6);
    const auto comparison = thuocdo::compare(before, thuocdo::drop(before, "b"), data);
    REQUIRE(comparison.units.size() == 25);
    CHECK(comparison.moved > 0);
    CHECK(comparison.rank_correlation < 1.0);
    CHECK(comparison.rank_correlation > 0.0);
    double most = 0.0;
    double previous = 0.0;
    for (const auto& each : comparison.units) {
        CHECK(each.rank_before >= previous);
        previous = each.rank_before;
        most = std::max(most, std::abs(each.places_gained()));
        const auto why = comparison.why(each.unit.code);
        double change = 0.0;
        for (const auto& part : why) change += part.change();
        CHECK(change == doctest::Approx(each.score_change()).epsilon(1e-12));
        const auto dropped =
            std::find_if(why.begin(), why.end(), [](const auto& part) { return part.code == "b"; });
        REQUIRE(dropped != why.end());
        CHECK_FALSE(dropped->in_after);
        CHECK(dropped->contribution_after == 0.0);
    }
    CHECK(comparison.most_places == most);
    const auto same = thuocdo::compare(before, before, data);
    CHECK(same.moved == 0);
    CHECK(same.rank_correlation == doctest::Approx(1.0));
}

TEST_CASE("what-if with weights from the data is what scoring the changed data gives") {
    const auto each = model(weighed(weighting::Objective{thuocdo::ObjectiveScheme::critic}));
    const auto data = values(20, 8);
    const auto board = thuocdo::score(each, data);
    const auto answer = thuocdo::what_if(board, "u3", {{"b", 8.75}});
    thuocdo::PanelDefinition changed = data.definition();
    changed.values(2, 1) = 8.75;
    const auto again = thuocdo::score(each, thuocdo::Panel(std::move(changed)));
    CHECK(answer.after.score == again.scores()[2]);
    CHECK(answer.after.rank == again.ranks()[2]);
}

TEST_CASE("a single unit and a single child are weighed and compared without ado") {
    auto root =
        group("total", thuocdo::aggregation::Copeland{}, {leaf("a", thuocdo::rule::AsIs{})});
    const auto board = thuocdo::score(model(root), panel({"a"}, {{4.0}}));
    CHECK(board.scores()[0] == 0.0);
    root.aggregate = thuocdo::aggregation::Arithmetic{};
    root.weights = weighting::Equal{};
    CHECK(thuocdo::score(model(root), panel({"a"}, {{4.0}})).scores()[0] == 4.0);
}

/// The results of a b c by code, and the node's, of units that have one.
void check_kernel(const thuocdo::Scoreboard& board,
                  const std::function<Eigen::VectorXd(const Eigen::MatrixXd&)>& kernel) {
    std::vector<std::string> names;
    for (Index unit = 0; unit < board.unit_count(); ++unit)
        if (!std::isnan(board.scores()[unit])) names.push_back(board.units().code(unit));
    std::sort(names.begin(), names.end());
    Eigen::MatrixXd results(static_cast<Index>(names.size()), 3);
    for (std::size_t i = 0; i < names.size(); ++i)
        for (Index j = 0; j < 3; ++j)
            results(static_cast<Index>(i), j) =
                board.result(board.units().index_of(names[i]), 1 + j);
    const Eigen::VectorXd expected = kernel(results);
    for (std::size_t i = 0; i < names.size(); ++i)
        CHECK(board.scores()[board.units().index_of(names[i])] == expected[static_cast<Index>(i)]);
}

TEST_CASE("a node can rank the cohort by a multi-criteria method, on shares of its weights") {
    namespace rank = thuocdo::rank;
    const std::vector<double> shares{0.5, 0.25, 0.25};
    const std::vector<thuocdo::Direction> up(3, thuocdo::Direction::higher_is_better);
    const auto scored = [](thuocdo::Aggregation how, const thuocdo::Panel& panel) {
        auto root = group("total", std::move(how),
                          {leaf("a", thuocdo::rule::MinMax{}, 2.0),
                           leaf("b", thuocdo::rule::MinMax{}), leaf("c", thuocdo::rule::MinMax{})});
        return thuocdo::score(model(std::move(root)), panel);
    };
    const thuocdo::Panel panel = values(40, 8);
    check_kernel(scored(thuocdo::aggregation::Topsis{}, panel),
                 [&](const auto& x) { return rank::topsis(x, shares, up).scores; });
    check_kernel(scored(thuocdo::aggregation::Topsis{true}, panel), [&](const auto& x) {
        return rank::topsis(x, shares, up, {.normalisation = rank::Normalisation::min_max}).scores;
    });
    check_kernel(scored(thuocdo::aggregation::Vikor{0.3}, panel), [&](const auto& x) {
        Eigen::VectorXd out = rank::vikor(x, shares, up, {.v = 0.3}).scores;
        for (Index i = 0; i < out.size(); ++i) out[i] = 1.0 - out[i];
        return out;
    });
    check_kernel(scored(thuocdo::aggregation::Promethee{0.05, 0.2}, panel), [&](const auto& x) {
        rank::PrometheeTwoOptions options;
        options.preferences.assign(3, {rank::PreferenceShape::linear, 0.05, 0.2});
        return rank::promethee_two(x, shares, up, options).scores;
    });
    check_kernel(scored(thuocdo::aggregation::Promethee{}, panel),
                 [&](const auto& x) { return rank::promethee_two(x, shares, up).scores; });
    check_kernel(scored(thuocdo::aggregation::Edas{}, panel),
                 [&](const auto& x) { return rank::edas(x, shares, up).scores; });
    check_kernel(scored(thuocdo::aggregation::Mabac{}, panel),
                 [&](const auto& x) { return rank::mabac(x, shares, up).scores; });
    const auto straight = scored(thuocdo::aggregation::Topsis{}, panel);
    const auto turned = scored(thuocdo::aggregation::Topsis{}, values(40, 8, true));
    for (Index unit = 0; unit < 40; ++unit)
        CHECK(straight.scores()[unit] ==
              turned.scores()[turned.units().index_of(straight.units().code(unit))]);
}

TEST_CASE("a unit that lacks a child is not compared by TOPSIS, and the board says so") {
    Eigen::MatrixXd x(4, 3);
    x << 1, 5, 2, 2, thuocdo::missing_value, 3, 3, 4, 1, 4, 2, 2;
    const thuocdo::Panel panel(thuocdo::UnitRegistry::from_codes(codes(4)), {"a", "b", "c"}, x);
    const auto scored = [&](thuocdo::MissingPolicy policy) {
        auto root = group("total", thuocdo::aggregation::Topsis{},
                          {leaf("a", thuocdo::rule::MinMax{}), leaf("b", thuocdo::rule::MinMax{}),
                           leaf("c", thuocdo::rule::MinMax{})});
        auto made = definition(std::move(root));
        made.root.missing = thuocdo::MissingRule::all(policy);
        for (auto& child : made.root.children)
            child.missing = thuocdo::MissingRule::all(thuocdo::MissingPolicy::renormalise);
        return thuocdo::score(thuocdo::IndexModel(made), panel);
    };
    const auto board = scored(thuocdo::MissingPolicy::renormalise);
    CHECK(std::isnan(board.scores()[1]));
    CHECK(std::isnan(board.ranks()[1]));
    check_kernel(board, [](const auto& rows) {
        const std::vector<double> shares(3, 1.0 / 3.0);
        const std::vector<thuocdo::Direction> up(3, thuocdo::Direction::higher_is_better);
        return thuocdo::rank::topsis(rows, shares, up).scores;
    });
    REQUIRE(board.notices().size() == 1);
    CHECK(board.notices()[0] ==
          "node \"total\": 1 unit lacks a child and cannot be compared by topsis");
    const auto zero = scored(thuocdo::MissingPolicy::zero);
    CHECK(zero.scores()[1] == 0.0);
    CHECK(thuocdo::explain(zero, 1).row.score == 0.0);
    CHECK_THROWS_AS(scored(thuocdo::MissingPolicy::refuse), thuocdo::DataError);
}

}  // namespace cohort_node_tests
