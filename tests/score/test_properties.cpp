#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

struct Case {
    IndexModel model;
    PanelDefinition panel;
};

/// A model that uses every way a unit can depend on the others, and a panel
/// with gaps.
Case random_case(Random& random, Index units) {
    std::vector<NodeDefinition> pillars;
    std::vector<std::string> indicators;
    for (int p = 0; p < 3; ++p) {
        std::vector<NodeDefinition> leaves;
        for (int k = 0; k < 5; ++k) {
            const std::string code = "i" + std::to_string(p) + std::to_string(k);
            const std::vector<ScoreRule> rules{
                rule::Goalposts{0, 10},     rule::MinMax{},
                rule::ZScore{0.5, 0.1, {}}, rule::PercentileRank{},
                rule::RatioToTarget{7.0},   rule::DistanceToBest{},
                rule::RankScore{},          rule::CategoricalScale{{25, 50, 75}, {0, 0.3, 0.6, 1}}};
            NodeDefinition node =
                leaf(code, rules[random.below(rules.size())], random.between(0.1, 3));
            const std::vector<MissingPolicy> policies{
                MissingPolicy::renormalise, MissingPolicy::zero, MissingPolicy::peer_mean};
            node.missing = MissingRule::all(policies[random.below(policies.size())]);
            if (random.chance(0.3)) node.direction = Direction::lower_is_better;
            if (random.chance(0.3)) node.rounding = Rounding{3};
            leaves.push_back(node);
            indicators.push_back(code);
        }
        pillars.push_back(group("p" + std::to_string(p), aggregation::Arithmetic{}, leaves,
                                random.between(0.1, 3)));
    }
    ModelDefinition written = definition(group("total", aggregation::Arithmetic{}, pillars));
    written.root.rounding = Rounding{2};
    written.ranking.within = {"kind"};
    PanelDefinition panel;
    std::vector<Unit> list;
    for (const std::string& code : codes(units)) {
        Unit unit;
        unit.code = code;
        unit.kind = random.chance(0.5) ? "city" : "province";
        list.push_back(unit);
    }
    panel.units = UnitRegistry(list);
    panel.indicators = indicators;
    panel.values.resize(units, static_cast<Index>(indicators.size()));
    for (Index j = 0; j < panel.values.cols(); ++j)
        for (Index i = 0; i < units; ++i)
            panel.values(i, j) = random.chance(0.05)  ? missing_value
                                 : random.chance(0.1) ? 5.0
                                                      : random.between(0.5, 10);
    return {IndexModel(written), panel};
}

PanelDefinition permuted(const PanelDefinition& panel, const std::vector<Index>& order) {
    PanelDefinition out = panel;
    std::vector<Unit> units;
    for (std::size_t k = 0; k < order.size(); ++k) {
        units.push_back(panel.units.unit(order[k]));
        out.values.row(static_cast<Index>(k)) = panel.values.row(order[k]);
    }
    out.units = UnitRegistry(units);
    return out;
}

bool same_bits(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
    for (Index k = 0; k < a.size(); ++k) {
        const double x = a.data()[k];
        const double y = b.data()[k];
        if (std::isnan(x) && std::isnan(y)) continue;
        if (std::memcmp(&x, &y, sizeof x) != 0) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("threads, batches and strides change no bit of any result") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Case each = random_case(random, 300);
        const Scoreboard base = score(each.model, Panel(each.panel));
        for (const int threads : {1, 2, 8}) {
            for (const Index batch : {Index{1}, Index{17}, Index{256}, Index{300}}) {
                ScoreOptions options;
                options.threads = threads;
                options.batch_rows = batch;
                const Scoreboard other = score(each.model, Panel(each.panel), options);
                CAPTURE(threads);
                CAPTURE(batch);
                CHECK(same_bits(base.results(), other.results()));
                CHECK(base.digest() == other.digest());
            }
        }
        // Row-major, reversed rows with a negative stride: viewed in place.
        const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> backwards =
            each.panel.values.colwise().reverse();
        PanelDefinition view = each.panel;
        const Index columns = backwards.cols();
        view.view = {backwards.data() + (backwards.rows() - 1) * columns,
                     backwards.rows(),
                     columns,
                     -columns,
                     1,
                     {}};
        view.values.resize(0, 0);
        CHECK(score(each.model, Panel(view)).digest() == base.digest());
    }
}

TEST_CASE("permuting the units permutes the results and keeps the digest") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Case each = random_case(random, 60);
        const Scoreboard base = score(each.model, Panel(each.panel));
        std::vector<Index> order(60);
        std::iota(order.begin(), order.end(), Index{0});
        for (std::size_t k = order.size(); k > 1; --k)
            std::swap(order[k - 1], order[random.below(k)]);
        const Scoreboard other = score(each.model, Panel(permuted(each.panel, order)));
        for (std::size_t k = 0; k < order.size(); ++k) {
            const auto here = static_cast<Index>(k);
            CHECK(same_bits(base.results().row(order[k]), other.results().row(here)));
            CHECK(same_bits(base.ranks().row(order[k]), other.ranks().row(here)));
            CHECK(same_bits(base.ranks_within("kind").row(order[k]),
                            other.ranks_within("kind").row(here)));
        }
        CHECK(base.digest() == other.digest());
    }
}

TEST_CASE("improving one value never lowers the score, whatever the direction") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Case each = random_case(random, 25);
        const Scoreboard base = score(each.model, Panel(each.panel));
        const auto unit = static_cast<Index>(random.below(25));
        const auto column = static_cast<Index>(random.below(each.panel.indicators.size()));
        const Node& node = each.model.node(
            each.model.index_of(each.panel.indicators[static_cast<std::size_t>(column)]));
        double& cell = each.panel.values(unit, column);
        if (std::isnan(cell)) continue;
        const double up = node.direction == Direction::higher_is_better ? 1.0 : -1.0;
        cell += up * 0.4;
        const Scoreboard better = score(each.model, Panel(each.panel));
        // Full precision: rounding of leaves is monotone too. The tolerance is for
        // z-scores, whose spread moves with every value.
        CHECK(better.full_scores()[unit] >= base.full_scores()[unit] - 1e-12);
    }
}

TEST_CASE("equal rows get equal scores and equal ranks") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Case each = random_case(random, 40);
        each.panel.values.row(7) = each.panel.values.row(31);
        const Scoreboard board = score(each.model, Panel(each.panel));
        CHECK(board.scores()[7] == board.scores()[31]);
        CHECK(board.ranks()[7] == board.ranks()[31]);
    }
}

TEST_CASE("multiplying all weights by a constant changes no rank") {
    Random random(5);
    const Case each = random_case(random, 50);
    ModelDefinition scaled = each.model.definition();
    for (NodeDefinition& pillar : scaled.root.children) {
        pillar.weight *= 4.0;
        for (NodeDefinition& child : pillar.children) child.weight *= 4.0;
    }
    CHECK(same_bits(score(IndexModel(scaled), Panel(each.panel)).ranks(),
                    score(each.model, Panel(each.panel)).ranks()));
}

TEST_CASE("a unit's absolute scores do not depend on who else is there") {
    Random random(9);
    NodeDefinition root =
        group("total", aggregation::Arithmetic{},
              {leaf("a", rule::Goalposts{0, 10}), leaf("b", rule::LogGoalposts{1, 100})});
    std::vector<std::vector<double>> rows;
    for (int k = 0; k < 50; ++k) rows.push_back({random.between(0, 10), random.between(1, 100)});
    const Scoreboard all = score(model(root), panel({"a", "b"}, rows));
    const Scoreboard one = score(model(root), panel({"a", "b"}, {rows[0]}));
    CHECK(all.scores()[0] == one.scores()[0]);
}

TEST_CASE("a million units are scored and ranked" * doctest::timeout(120)) {
    const Index units = 1'000'000;
    Eigen::MatrixXd values(units, 2);
    Random random(3);
    for (Index i = 0; i < units; ++i) {
        values(i, 0) = random.between(0, 10);
        values(i, 1) = random.between(0, 10);
    }
    NodeDefinition root =
        group("total", aggregation::Arithmetic{},
              {leaf("a", rule::Goalposts{0, 10}), leaf("b", rule::Goalposts{0, 10})});
    const Scoreboard board =
        score(model(root), Panel(UnitRegistry::from_codes(codes(units)), {"a", "b"}, values));
    Index best = 0;
    board.scores().maxCoeff(&best);
    CHECK(board.ranks()[best] == 1.0);
    CHECK(board.scores()[best] == (values(best, 0) / 10 + values(best, 1) / 10) / 2);
    CHECK(board.ranks().minCoeff() == 1.0);
    CHECK(board.ranks().maxCoeff() <= 1e6);
}
