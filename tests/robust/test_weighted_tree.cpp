// Draws that go through a WeightedTree count what draws that go through the board count: a
// cap that no total reaches makes the same model go the other way.

#include <thuocdo/robust/uncertainty.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/build.hpp"

namespace test_weighted_tree {

using namespace thuocdo;
namespace robust = thuocdo::robust;
using robust::detail::WeightedTree;
using testing_support::group;
using testing_support::leaf;
using testing_support::Random;

constexpr double never_reached = 1e200;

/// A tree of groups and leaves side by side, with sums of points here and there.
NodeDefinition tree(Random& random, const std::string& code, int depth, bool points) {
    std::vector<NodeDefinition> children;
    const int count = 1 + static_cast<int>(random.between(1, 4));
    for (int k = 0; k < count; ++k) {
        const std::string name = code + std::to_string(k);
        NodeDefinition child = depth > 1 && random.chance(0.6)
                                   ? tree(random, name, depth - 1, random.chance(0.4))
                                   : leaf(name, rule::AsIs{});
        child.weight = points ? 1.0 : random.between(0.5, 3.0);
        if (points) child.points = random.between(1.0, 20.0);
        if (points && child.aggregate &&
            std::holds_alternative<aggregation::Sum>(*child.aggregate)) {
            child.points = 0.0;
            for (const NodeDefinition& below : child.children) *child.points += *below.points;
        }
        children.push_back(std::move(child));
    }
    const Aggregation how =
        points ? Aggregation{aggregation::Sum{}} : Aggregation{aggregation::Arithmetic{}};
    return group(code, how, std::move(children));
}

void collect(const NodeDefinition& node, std::vector<std::string>& leaves,
             std::vector<std::string>& groups) {
    if (node.is_leaf()) {
        leaves.push_back(node.code);
        return;
    }
    if (node.children.size() > 1) groups.push_back(node.code);
    for (const NodeDefinition& child : node.children) collect(child, leaves, groups);
}

Panel values_of(const std::vector<std::string>& columns, Index units, double missing,
                Random& random) {
    std::vector<std::vector<double>> rows(static_cast<std::size_t>(units));
    for (auto& row : rows)
        for (std::size_t j = 0; j < columns.size(); ++j)
            row.push_back(random.chance(missing) ? missing_value : random.between(-1.0, 3.0));
    return testing_support::panel(columns, rows);
}

bool goes_by_tree(const Scoreboard& board, const std::vector<robust::Factor>& factors) {
    const robust::detail::DrawFactors drawn(board, factors);
    const robust::detail::FormSource source{board, drawn, thuocdo::detail::score_options_of(board)};
    const robust::detail::ModelForm form = robust::detail::form_of(source, {});
    return form.tree.has_value();
}

void check_same(const robust::DrawCounts& a, const robust::DrawCounts& b) {
    REQUIRE(a.draws() == b.draws());
    const auto columns = static_cast<std::size_t>(a.layout().place_columns);
    const auto bins = static_cast<std::size_t>(a.layout().score_bins);
    std::size_t wrong = 0;
    for (Index unit = 0; unit < a.layout().units; ++unit) {
        for (std::size_t k = 0; k < columns; ++k)
            wrong += a.places(unit)[k] == b.places(unit)[k] ? 0U : 1U;
        for (std::size_t k = 0; k < bins; ++k)
            wrong += a.scores(unit)[k] == b.scores(unit)[k] ? 0U : 1U;
        wrong += a.scored(unit) == b.scored(unit) ? 0U : 1U;
        wrong += a.least(unit) == b.least(unit) && a.most(unit) == b.most(unit) ? 0U : 1U;
        wrong += a.firsts(unit) == b.firsts(unit) ? 0U : 1U;
        if (a.scored(unit) > 1) wrong += a.mean(unit) == b.mean(unit) ? 0U : 1U;
        if (a.scored(unit) > 1) wrong += a.variance(unit) == b.variance(unit) ? 0U : 1U;
        for (Index leaf = 0; leaf < a.layout().leaves; ++leaf)
            wrong += a.first_weight_sum(unit, leaf) == b.first_weight_sum(unit, leaf) ? 0U : 1U;
        for (Index w = 1; w <= a.layout().pair_distance && unit + w < a.layout().units; ++w)
            wrong += a.ahead(unit, w) == b.ahead(unit, w) && a.behind(unit, w) == b.behind(unit, w)
                         ? 0U
                         : 1U;
    }
    CHECK(wrong == 0);
    CHECK(a.failed() == b.failed());
}

TEST_CASE("any tree of means and sums of points counts the same by itself and on the board") {
    Random random(57);
    int by_tree = 0;
    for (int repetition = 0; repetition < 40; ++repetition) {
        CAPTURE(repetition);
        ModelDefinition definition =
            testing_support::definition(tree(random, "t", 1 + repetition % 3, random.chance(0.3)));
        const double missing = repetition % 4 == 0 ? 0.0 : repetition % 4 == 1 ? 0.7 : 0.1;
        if (missing > 0.0)
            definition.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
        std::vector<std::string> leaves;
        std::vector<std::string> groups;
        collect(definition.root, leaves, groups);
        const Panel panel =
            values_of(leaves, static_cast<Index>(random.between(1, 90)), missing, random);
        if (repetition % 2 == 1) groups.resize(1);
        const bool dirichlet = random.chance(0.5);
        const robust::Factor weights =
            dirichlet ? robust::Factor{"weights", robust::DirichletWeights{groups, {}}}
                      : robust::Factor{"weights", robust::WeightNoise{groups, 0.9}};
        ModelDefinition capped = definition;
        capped.root.cap = never_reached;
        const Scoreboard plain_board = score(IndexModel(definition), panel);
        const Scoreboard capped_board = score(IndexModel(capped), panel);
        CHECK_FALSE(goes_by_tree(capped_board, {weights}));
        by_tree += goes_by_tree(plain_board, {weights}) ? 1 : 0;
        robust::UncertaintyOptions options;
        options.seed = static_cast<std::uint64_t>(repetition);
        options.pairs = robust::Pairs::all;
        const robust::UncertaintyPlan plain(plain_board, {weights}, options);
        const robust::UncertaintyPlan other(capped_board, {weights}, options);
        const std::uint64_t draws = 1 + static_cast<std::uint64_t>(random.between(1, 60));
        check_same(plain.partial(3, draws), other.partial(3, draws));
    }
    CHECK(by_tree == 40);
}

TEST_CASE("a tree is not taken where more happens to a result than weighing") {
    Random random(1);
    const std::vector<std::string> columns{"a", "b", "c", "d"};
    const auto model = [] {
        ModelDefinition out = testing_support::definition(
            group("t", aggregation::Arithmetic{},
                  {group("g", aggregation::Arithmetic{},
                         {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}),
                   group("h", aggregation::Arithmetic{},
                         {leaf("c", rule::AsIs{}), leaf("d", rule::AsIs{})})}));
        out.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
        return out;
    };
    const Panel panel = values_of(columns, 20, 0.0, random);
    const auto by_tree = [&](const ModelDefinition& definition, const Panel& values) {
        const robust::Factor weights{"weights", robust::DirichletWeights{{"t", "g"}, {}}};
        return goes_by_tree(score(IndexModel(definition), values), {weights});
    };
    CHECK(by_tree(model(), panel));
    ModelDefinition changed = model();
    changed.root.children[0].cap = 5.0;
    CHECK_FALSE(by_tree(changed, panel));
    // What drawn weights do not reach may be anything.
    changed = model();
    changed.root.children[1].cap = 5.0;
    changed.root.children[1].aggregate = aggregation::Median{};
    CHECK(by_tree(changed, panel));
    changed = model();
    changed.root.children[0].rounding = Rounding{1, numeric::RoundingMode::half_up};
    CHECK_FALSE(by_tree(changed, panel));
    changed = model();
    changed.root.aggregate = aggregation::PowerMean{2.0, {}};
    CHECK_FALSE(by_tree(changed, testing_support::panel(columns, {{1, 2, 3, 4}, {2, 1, 4, 3}})));
    changed = model();
    changed.root.children[0].minimum_coverage = MinimumCoverage{0.5, CoverageBase::children};
    CHECK_FALSE(by_tree(changed, panel));
    changed = model();
    changed.ranking.tie_breakers = {{"g", numeric::Order::descending}};
    CHECK_FALSE(by_tree(changed, panel));
    changed = model();
    changed.root.children[0].missing = MissingRule::all(MissingPolicy::zero);
    CHECK_FALSE(by_tree(changed, panel));
}

TEST_CASE("places beyond 16 bits are counted") {
    constexpr Index units = 66'000;
    Random random(9);
    const ModelDefinition definition = testing_support::definition(
        group("t", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const Scoreboard board =
        score(IndexModel(definition), values_of({"a", "b"}, units, 0.0, random));
    robust::UncertaintyOptions options;
    options.seed = 57;
    const robust::UncertaintyPlan plan(board, {{"weights", robust::WeightNoise{{"t"}, 1e-20}}},
                                       options);
    // Noise below the last bit of a weight: every draw has the nominal ranks.
    const robust::DrawCounts counts = plan.partial(0, 17);
    std::size_t wrong = 0;
    for (Index unit = 0; unit < units; ++unit)
        wrong += static_cast<double>(counts.place_sum(unit)) == 17.0 * (board.ranks()[unit] - 1.0)
                     ? 0U
                     : 1U;
    CHECK(wrong == 0);
}

}  // namespace test_weighted_tree
