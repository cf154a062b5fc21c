// Every draw is what score() computes for the model and data of that draw: the same bits.

#include <thuocdo/robust/uncertainty.hpp>
#include <thuocdo/synthetic.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace test_draws {

using namespace thuocdo;
namespace robust = thuocdo::robust;
using testing_support::group;
using testing_support::leaf;
using testing_support::Random;

constexpr std::uint64_t seed = 57;

/// The weights of a group under noise, written from the definition: w (1 + f (2U - 1)) over
/// their sum, U from Philox by (draw, factor and part, child).
std::vector<double> noisy(const std::vector<double>& weights, double fraction, std::uint64_t draw,
                          std::uint32_t factor, std::uint32_t part) {
    const numeric::Philox random(seed);
    double given = 0.0;
    for (const double each : weights) given += each;
    std::vector<double> out;
    double total = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        const double u = random.uniform(draw, factor << 20U | part, static_cast<std::uint32_t>(j));
        out.push_back((weights[j] / given) * (1.0 + fraction * (2.0 * u - 1.0)));
        total += out.back();
    }
    for (double& each : out) each /= total;
    return out;
}

/// Values with some missing, ties and zeros nowhere.
Panel values_of(const std::vector<std::string>& columns, Index units, double missing_share,
                std::uint64_t random_seed) {
    Random random(random_seed);
    std::vector<std::vector<double>> rows(static_cast<std::size_t>(units));
    for (auto& row : rows)
        for (std::size_t j = 0; j < columns.size(); ++j)
            row.push_back(random.chance(missing_share) ? missing_value
                                                       : 1.0 + std::floor(random.between(0, 98)));
    return testing_support::panel(columns, rows);
}

NodeDefinition pillar(const std::string& code, const Aggregation& how, int leaves) {
    std::vector<NodeDefinition> children;
    for (int k = 0; k < leaves; ++k)
        children.push_back(
            leaf(code + std::to_string(k), rule::Goalposts{0.0, 100.0, true}, 1.0 + 0.5 * k));
    NodeDefinition node = group(code, how, std::move(children));
    for (NodeDefinition& child : node.children) child.scale = 100.0;
    return node;
}

std::vector<double> weights_of(const NodeDefinition& node) {
    std::vector<double> out;
    for (const NodeDefinition& child : node.children)
        if (child.role == Role::scored) out.push_back(child.weight);
    return out;
}

/// Scores and ranks of one draw from its counts: with one draw the least score is the score.
void check_draw(const robust::UncertaintyPlan& plan, std::uint64_t draw,
                const Scoreboard& expected) {
    const robust::DrawCounts counts = plan.partial(draw, 1);
    REQUIRE(counts.failed() == 0);
    const bool halves = expected.model().definition().ranking.ties == TiePolicy::fractional;
    for (Index unit = 0; unit < expected.unit_count(); ++unit) {
        CAPTURE(draw);
        CAPTURE(unit);
        const double rank = expected.ranks()[unit];
        if (std::isnan(rank)) {
            CHECK(counts.scored(unit) == 0);
            continue;
        }
        REQUIRE(counts.scored(unit) == 1);
        CHECK(counts.least(unit) == expected.full_scores()[unit]);
        CHECK(counts.most(unit) == expected.full_scores()[unit]);
        CHECK(static_cast<double>(counts.place_sum(unit)) == (rank - 1.0) * (halves ? 2.0 : 1.0));
        if (expected.has_bands())
            for (Index band = 0; band < counts.layout().bands; ++band)
                CHECK(counts.bands(unit)[band] ==
                      (expected.band_outcome(unit).final_band == band ? 1U : 0U));
    }
}

robust::Factor noise(std::vector<std::string> nodes, double fraction) {
    return {"noise", robust::WeightNoise{std::move(nodes), fraction}};
}

/// Noise on every inner node of a model of two levels, replayed through score().
void check_noise_on_two_levels(ModelDefinition definition, const Panel& panel) {
    const Scoreboard board = score(IndexModel(definition), panel);
    std::vector<std::string> nodes{definition.root.code};
    for (const NodeDefinition& child : definition.root.children)
        if (!child.is_leaf()) nodes.push_back(child.code);
    robust::UncertaintyOptions options;
    options.seed = seed;
    const robust::UncertaintyPlan plan(board, {noise(nodes, 0.6)}, options);
    for (const std::uint64_t draw : {0U, 1U, 17U, 1000000U}) {
        ModelDefinition changed = definition;
        std::uint32_t part = 0;
        const auto weigh = [&](NodeDefinition& node) {
            const std::vector<double> drawn = noisy(weights_of(node), 0.6, draw, 0, part++);
            for (std::size_t k = 0; k < drawn.size(); ++k) node.children[k].weight = drawn[k];
        };
        weigh(changed.root);
        for (NodeDefinition& child : changed.root.children)
            if (!child.is_leaf()) weigh(child);
        check_draw(plan, draw, score(IndexModel(std::move(changed)), panel));
    }
}

ModelDefinition two_levels(const Aggregation& below, const Aggregation& top) {
    ModelDefinition out = testing_support::definition(
        group("root", top, {pillar("a", below, 3), pillar("b", below, 7), pillar("c", below, 2)}));
    out.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
    return out;
}

std::vector<std::string> columns_of(const ModelDefinition& definition) {
    std::vector<std::string> out;
    for (const NodeDefinition& node : definition.root.children)
        for (const NodeDefinition& child : node.children) out.push_back(child.code);
    return out;
}

TEST_CASE("draws of weights are the scores of the model with those weights, bit for bit") {
    const std::vector<Aggregation> methods{
        aggregation::Arithmetic{},       aggregation::Geometric{},
        aggregation::Geometric{0.5},     aggregation::Harmonic{},
        aggregation::PowerMean{2.0, {}}, aggregation::MeanMin{1.0, 0.5},
        aggregation::MazziottaPareto{},  aggregation::GiniPenalisedMean{},
        aggregation::Copeland{},         aggregation::Wroclaw{}};
    for (const Aggregation& below : methods)
        for (const Index units : {1, 9, 70}) {
            CAPTURE(std::string(aggregation_name(below)));
            const ModelDefinition definition = two_levels(below, aggregation::Arithmetic{});
            if (units == 1 && is_cohort_relative(below)) continue;
            const double missing = is_cohort_relative(below) ? 0.0 : 0.15;
            check_noise_on_two_levels(definition,
                                      values_of(columns_of(definition), units, missing, 3));
        }
}

TEST_CASE("draws keep the rounding, caps, coverage rules, ties and bands of the model") {
    ModelDefinition definition = two_levels(aggregation::Arithmetic{}, aggregation::Geometric{});
    definition.root.rounding = Rounding{1, numeric::RoundingMode::half_up};
    definition.root.children[0].rounding = Rounding{0, numeric::RoundingMode::half_up};
    definition.root.children[1].cap = 60.0;
    definition.root.children[1].minimum_coverage = MinimumCoverage{0.7, CoverageBase::children};
    definition.root.children[2].minimum_coverage = MinimumCoverage{0.9, CoverageBase::indicators};
    definition.root.children[2].missing = MissingRule::all(MissingPolicy::renormalise);
    NodeDefinition bonus = leaf("bonus", rule::YesNo{});
    bonus.role = Role::bonus;
    definition.root.children.push_back(bonus);
    BandScale scale;
    scale.bands = {Band{"high", {}, 55.0, {}, {}}, Band{"middle", {}, 45.0, {}, {}},
                   Band{"low", {}, {}, {}, {}}};
    scale.bands[0].gates.push_back(Gate{"a", GateQuantity::result, 40.0});
    scale.quota = Quota{"high", 0.2, {"high", "middle"}, "", QuotaTies::exclude};
    definition.bands = scale;
    std::vector<std::string> columns = columns_of(definition);
    columns.push_back("bonus");
    Panel panel = values_of(columns, 80, 0.1, 11);
    PanelDefinition table = panel.definition();
    for (Index unit = 0; unit < 80; ++unit)
        table.values(unit, table.values.cols() - 1) = static_cast<double>(unit % 2);
    panel = Panel(std::move(table));
    for (const TiePolicy ties :
         {TiePolicy::competition, TiePolicy::dense, TiePolicy::fractional, TiePolicy::ordinal}) {
        definition.ranking.ties = ties;
        check_noise_on_two_levels(definition, panel);
    }
    definition.ranking.ties = TiePolicy::competition;
    definition.ranking.tie_breakers = {{"b", numeric::Order::descending}};
    check_noise_on_two_levels(definition, panel);
    definition.ranking.on = Basis::full;
    definition.ranking.tie_breakers.clear();
    check_noise_on_two_levels(definition, panel);
    definition.ranking.on = Basis::rounded;
    definition.ranking.digits = 0;
    definition.ranking.order = numeric::Order::ascending;
    check_noise_on_two_levels(definition, panel);
}

TEST_CASE("scores on a scale that the first draws do not show are said to be held back") {
    // One alternative of 400 scores a million times as high; the first 64 draws miss it.
    const ModelDefinition definition = testing_support::definition(group(
        "root", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const Scoreboard board =
        score(IndexModel(definition), testing_support::panel({"a", "b"}, {{1, 2}, {4, 3}}));
    robust::ModelChoice choice;
    choice.alternatives.assign(399, {"as it is", [](ModelDefinition&) {}});
    choice.alternatives.push_back({"large", [](ModelDefinition& form) {
                                       for (NodeDefinition& child : form.root.children)
                                           child.scale = 1e6;
                                   }});
    robust::UncertaintyOptions options;
    options.draws = 4000;
    options.seed = 1;
    const robust::Uncertainty found =
        robust::uncertainty(board, {{"scale", choice}, noise({"root"}, 0.5)}, options);
    CHECK(found.held_scores() > 0);
    CHECK(found.median_rank(1) == 1.0);
    CHECK(found.median_score(0) < 2.0);
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("hold them back") != std::string::npos);
}

}  // namespace test_draws
