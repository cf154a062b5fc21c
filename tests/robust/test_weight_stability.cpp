#include <thuocdo/robust/weight_stability.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>

#include "support/build.hpp"

namespace weight_stability_test {

using namespace thuocdo;
using namespace testing_support;

ModelDefinition three_leaves() {
    return definition(group(
        "root", aggregation::Arithmetic{},
        {leaf("a", rule::AsIs{}, 1), leaf("b", rule::AsIs{}, 1), leaf("c", rule::AsIs{}, 2)}));
}
Panel three_units() { return panel({"a", "b", "c"}, {{1, 0, 0.5}, {0, 1, 0.4}, {0.4, 0.5, 0.5}}); }

/// Trees of sums and arithmetic means with bonus, awarded points and missing values.
class LinearTree {
  public:
    explicit LinearTree(std::uint64_t seed, bool bent = false) : random(seed), bent_(bent) {}
    IndexModel make() {
        ModelDefinition out = definition(inner("r", 0, 0.0));
        out.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
        if (random.chance(0.3)) out.ranking.order = numeric::Order::ascending;
        if (random.chance(0.3)) out.ranking.ties = TiePolicy::fractional;
        if (bent_ && random.chance(0.5)) out.root.rounding = Rounding{2};
        if (bent_ && random.chance(0.5)) out.ranking.digits = 3;
        if (bent_ && random.chance(0.3)) out.ranking.tie_breakers.push_back({"r0"});
        return IndexModel(std::move(out));
    }
    Panel data(Index units) {
        std::vector<std::vector<double>> rows;
        for (Index i = 0; i < units; ++i) {
            rows.emplace_back();
            for (std::size_t j = 0; j < indicators.size(); ++j)
                rows.back().push_back(random.chance(0.06) ? missing_value : random.uniform());
        }
        return panel(indicators, rows);
    }
    Random random;
    std::vector<std::string> indicators{};

  private:
    NodeDefinition inner(const std::string& code, int depth, double points) {
        NodeDefinition node = group(code, aggregation::Arithmetic{}, {});
        const bool sum = random.chance(0.5);
        if (sum) node.aggregate = aggregation::Sum{};
        std::vector<double> parts{random.between(1, 5), random.between(1, 5), random.between(1, 5)};
        const double all = parts[0] + parts[1] + parts[2];
        for (std::size_t k = 0; k < parts.size(); ++k) {
            const double worth = sum ? (points > 0 ? points * parts[k] / all : parts[k]) : 0.0;
            const std::string name = code + std::to_string(k);
            NodeDefinition child = depth < 2 && random.chance(0.4)
                                       ? inner(name, depth + 1, worth)
                                       : a_leaf(name, sum && worth >= 1.0);
            child.points.reset();
            if (sum)
                child.points = worth;
            else
                child.weight = parts[k];
            node.children.push_back(std::move(child));
        }
        if (random.chance(0.3)) {
            NodeDefinition extra = a_leaf(code + "+", false);
            extra.role = random.chance(0.5) ? Role::bonus : Role::penalty;
            extra.scale = 0.1;
            node.children.push_back(extra);
        }
        if (bent_) bend(node, sum);
        return node;
    }
    void bend(NodeDefinition& node, bool sum) {
        const std::vector<Aggregation> choices{
            aggregation::Geometric{0.01}, aggregation::Harmonic{0.01}, aggregation::Minimum{},
            aggregation::MeanMin{0.5, 0.1}, aggregation::Arithmetic{}};
        if (!sum) node.aggregate = choices[random.below(choices.size())];
        if (random.chance(0.3)) node.rounding = Rounding{2};
        if (random.chance(0.3)) node.cap = 0.6;
        if (random.chance(0.3)) node.minimum_coverage = MinimumCoverage{0.5};
    }
    NodeDefinition a_leaf(const std::string& code, bool awarded) {
        indicators.push_back(code);
        if (awarded && random.chance(0.5)) return leaf(code, rule::PointsAwarded{});
        return leaf(code, rule::AsIs{});
    }
    bool bent_;
};

/// Whether the places up to `top` are the same, worked out without the library's ranks.
bool same_top(const Scoreboard& a, const Scoreboard& b, Index top) {
    const bool up = a.model().definition().ranking.order == numeric::Order::ascending;
    for (Index i = 0; i < a.unit_count(); ++i) {
        Index before = 1;
        Index after = 1;
        for (Index k = 0; k < a.unit_count(); ++k) {
            const auto better = [&](const Eigen::VectorXd& s) {
                return up ? s[k] < s[i] : s[k] > s[i];
            };
            before += better(a.scores()) ? 1 : 0;
            after += better(b.scores()) ? 1 : 0;
        }
        if (std::min(before, after) <= top && before != after) return false;
    }
    return true;
}

/// How many ends were checked by scoring just inside and just outside.
int check_ends(const Scoreboard& board, const Panel& data, const robust::MovedWeight& moved,
               const robust::StableShares& within, Index top, double beside) {
    int ends = 0;
    const auto stays = [&](double share) {
        const IndexModel changed = robust::with_weight_share(board, moved.code, share);
        return same_top(board, score(changed, data), top);
    };
    if (within.lowest > 2 * beside) {
        CHECK(stays(within.lowest + beside));
        CHECK_FALSE(stays(within.lowest - beside));
        ++ends;
    } else if (moved.share > 0.01) {
        CHECK(stays(0.001));
    }
    if (within.highest < 1.0 - 2 * beside) {
        CHECK(stays(within.highest - beside));
        CHECK_FALSE(stays(within.highest + beside));
        ++ends;
    } else if (moved.share < 0.99) {
        CHECK(stays(0.999));
    }
    return ends;
}

TEST_CASE("the stable shares of a weighted mean are those worked out by hand") {
    const Scoreboard board = score(IndexModel(three_leaves()), three_units());
    REQUIRE(board.ranks() == Eigen::Vector3d(1, 3, 2));
    // With share s of a: u1 s + (1 - s)/3, u3 0.4 s + 0.5 (1 - s), equal at s = 5/23.
    const robust::PairStability pair = robust::weight_stability(board, "a", {"u3", "u1"});
    CHECK(pair.exact);
    CHECK(pair.share == 0.25);
    CHECK(pair.order.lowest == doctest::Approx(5.0 / 23.0).epsilon(1e-14));
    CHECK(pair.order.highest == 1.0);
    CHECK(*pair.order.below == robust::Overtaking{0, 2});
    CHECK_FALSE(pair.order.above.has_value());
    const robust::WeightStability all = robust::weight_stability(board, {.top = 2});
    REQUIRE(all.nodes.size() == 3);
    CHECK(all.nodes[0].first_place.lowest == pair.order.lowest);
    // With share s of c: u1 (1 - s)/2 + s/2, u2 (1 - s)/2 + 0.4 s, u3 0.45 (1 - s) + 0.5 s:
    // u2 and u3 are equal at s = 1/3, and u1 stays first.
    CHECK(all.nodes[2].top.lowest == doctest::Approx(1.0 / 3.0).epsilon(1e-14));
    CHECK(*all.nodes[2].top.below == robust::Overtaking{2, 1});
    CHECK(all.nodes[2].first_place.lowest == 0.0);
    std::ostringstream text;
    text << all;
    CHECK(text.str().find("yes") != std::string::npos);
}

TEST_CASE("a geometric mean is searched, to the resolution that was asked for") {
    ModelDefinition written = three_leaves();
    written.root.aggregate = aggregation::Geometric{};
    const Scoreboard board =
        score(IndexModel(written), panel({"a", "b", "c"}, {{4, 1, 1}, {1, 2, 2}, {1, 1, 1}}));
    // ln u1 = s ln 4, ln u2 = (1 - s) ln 2: equal at s = 1/3.
    const robust::PairStability pair =
        robust::weight_stability(board, "a", {"u1", "u2"}, {.resolution = 1e-6});
    CHECK_FALSE(pair.exact);
    CHECK(pair.order.highest == doctest::Approx(1.0 / 3.0).epsilon(1e-5));
    CHECK(pair.order.highest <= 1.0 / 3.0);
    CHECK(pair.order.lowest == 0.0);
    CHECK(*pair.order.above == robust::Overtaking{1, 0});
}

TEST_CASE("totals of sums and means change order just where rescoring says so") {
    int ends = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        LinearTree tree(seed);
        const IndexModel model = tree.make();
        const Panel data = tree.data(7);
        const Scoreboard board = score(model, data);
        const robust::WeightStability found = robust::weight_stability(board, {.top = 3});
        for (const robust::NodeStability& each : found.nodes) {
            CAPTURE(each.code);
            CHECK(each.exact);
            ends += check_ends(board, data, each, each.first_place, 1, 1e-7);
            ends += check_ends(board, data, each, each.top, 3, 1e-7);
        }
    }
    CHECK(ends > 100);
}

TEST_CASE("searching finds what the functions give") {
    for (std::uint64_t seed = 31; seed <= 33; ++seed) {
        LinearTree tree(seed);
        const IndexModel model = tree.make();
        const Panel data = tree.data(6);
        ModelDefinition rounded = model.definition();
        rounded.ranking.digits = 11;
        const robust::WeightStability exact =
            robust::weight_stability(score(model, data), {.top = 2});
        const robust::WeightStability searched =
            robust::weight_stability(score(IndexModel(rounded), data), {.top = 2, .threads = 2});
        for (std::size_t k = 0; k < exact.nodes.size(); ++k) {
            CHECK_FALSE(searched.nodes[k].exact);
            CHECK(std::abs(exact.nodes[k].top.lowest - searched.nodes[k].top.lowest) < 2e-4);
            CHECK(std::abs(exact.nodes[k].top.highest - searched.nodes[k].top.highest) < 2e-4);
            CHECK(exact.nodes[k].first_place.above == searched.nodes[k].first_place.above);
        }
    }
}

TEST_CASE("scoring the ancestors alone ranks as scoring the whole") {
    int compared = 0;
    for (std::uint64_t seed = 51; seed <= 70; ++seed) {
        CAPTURE(seed);
        LinearTree tree(seed, true);
        const IndexModel model = tree.make();
        const Panel data = tree.data(9);
        const Scoreboard board = score(model, data);
        for (Index node = 1; node < model.node_count(); ++node) {
            CAPTURE(model.node(node).code);
            if (!model.node(node).counts || !robust::detail::SiblingWeights(board, node).can_move())
                continue;
            robust::detail::PathScorer path(board, node);
            if (!path.can_score()) continue;
            for (const double share : {0.1, 0.55, 0.97}) {
                const std::optional<Eigen::VectorXd> ranks = path.ranks_at(share);
                const Scoreboard whole =
                    score(robust::with_weight_share(board, model.node(node).code, share), data);
                REQUIRE(ranks.has_value());
                for (Index unit = 0; unit < 9; ++unit)
                    CHECK(((*ranks)[unit] == whole.ranks()[unit] ||
                           (std::isnan((*ranks)[unit]) && std::isnan(whole.ranks()[unit]))));
                ++compared;
            }
        }
    }
    CHECK(compared > 200);
}

TEST_CASE("roundings, caps that bind and weights from the data are searched and hold") {
    const auto run = [](const std::function<void(ModelDefinition&)>& change) {
        ModelDefinition written =
            definition(group("root", aggregation::Arithmetic{},
                             {group("p", aggregation::Arithmetic{},
                                    {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{}, 2)}),
                              leaf("c", rule::AsIs{})}));
        change(written);
        const Panel data = panel(
            {"a", "b", "c"}, {{0.9, 0.1, 0.5}, {0.2, 0.8, 0.4}, {0.6, 0.6, 0.1}, {0.1, 0.3, 0.9}});
        const Scoreboard board = score(IndexModel(written), data);
        const robust::WeightStability found =
            robust::weight_stability(board, {.top = 2, .resolution = 1e-5});
        int ends = 0;
        for (const robust::NodeStability& each : found.nodes) {
            if (each.code == "a" || each.code == "b") CHECK_FALSE(each.exact);
            ends += check_ends(board, data, each, each.top, 2, 2e-5);
        }
        CHECK(ends > 0);
    };
    run([](ModelDefinition& model) { model.root.children[0].rounding = Rounding{3}; });
    run([](ModelDefinition& model) { model.root.children[0].cap = 0.45; });
    run([](ModelDefinition& model) { model.root.rounding = Rounding{4}; });
    run([](ModelDefinition& model) {
        model.root.weights = weighting::Objective{ObjectiveScheme::standard_deviation};
    });
}

TEST_CASE("ties, single units, bounds that cannot bind and refusals") {
    // Twins never part; units that are equal only here part at once.
    const Scoreboard board = score(IndexModel(three_leaves()),
                                   panel({"a", "b", "c"}, {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}}));
    REQUIRE(board.ranks() == Eigen::Vector3d(1, 1, 1));
    const robust::PairStability twins = robust::weight_stability(board, "a", {"u1", "u2"});
    CHECK(twins.order.lowest == 0.0);
    CHECK(twins.order.highest == 1.0);
    const robust::PairStability equal = robust::weight_stability(board, "a", {"u1", "u3"});
    CHECK(equal.exact);
    CHECK(equal.order.lowest == 0.25);
    CHECK(equal.order.highest == 0.25);
    ModelDefinition bounded = three_leaves();
    bounded.root.cap = 1.0;
    bounded.root.floor = 0.0;
    CHECK(robust::weight_stability(score(IndexModel(bounded), three_units())).nodes[0].exact);
    const robust::WeightStability alone = robust::weight_stability(
        score(IndexModel(three_leaves()), panel({"a", "b", "c"}, {{1, 0, 0}})));
    CHECK(alone.nodes[1].top.highest == 1.0);
    CHECK(robust::weight_stability(
              score(IndexModel(definition(leaf("a", rule::AsIs{}))), panel({"a"}, {{1}, {2}})))
              .nodes.empty());

    CHECK_THROWS_AS((void)robust::weight_stability(board, "root", {"u1", "u2"}), ModelError);
    CHECK_THROWS_AS((void)robust::weight_stability(board, "a", {"u1", "u9"}), DataError);
    CHECK_THROWS_AS((void)robust::weight_stability(board, "a", {"u1", "u1"}), DataError);
    CHECK_THROWS_AS((void)robust::with_weight_share(board, "a", 1.0), ModelError);
    CHECK(problems_of<NumericError>([&] {
              (void)robust::weight_stability(board, {.top = 0, .resolution = 0.0, .scan = 0});
          }).size() == 3);
    CHECK_THROWS_AS(
        (void)robust::weight_stability(board, {.progress = [](double) { return false; }}),
        Cancelled);
}

}  // namespace weight_stability_test
