// Choices of the model's form and errors of measurement: every draw is score() of the model
// and data that the definition of the factor gives for it.

#include <thuocdo/numeric/normal_quantile.hpp>
#include <thuocdo/robust/resolve_factor.hpp>
#include <thuocdo/robust/uncertainty.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace test_draw_factors {

using namespace thuocdo;
namespace robust = thuocdo::robust;
using testing_support::group;
using testing_support::leaf;
using testing_support::problems_of;
using testing_support::Random;
using Texts = std::vector<std::string>;

constexpr std::uint64_t seed = 91;

double uniform(std::uint64_t draw, std::uint32_t factor, std::uint32_t part, std::uint32_t index) {
    return numeric::Philox(seed).uniform(draw, factor << 20U | part, index);
}

std::size_t chosen(std::uint64_t draw, std::uint32_t factor, std::size_t count) {
    return static_cast<std::size_t>(uniform(draw, factor, 0, 0) * static_cast<double>(count));
}

robust::UncertaintyPlan plan_of(const Scoreboard& board, std::vector<robust::Factor> factors) {
    robust::UncertaintyOptions options;
    options.seed = seed;
    return {board, std::move(factors), options};
}

/// With one draw the least score is the score.
void check_draw(const robust::UncertaintyPlan& plan, std::uint64_t draw,
                const Scoreboard& expected) {
    const robust::DrawCounts counts = plan.partial(draw, 1);
    CAPTURE(draw);
    REQUIRE(counts.failed() == 0);
    const double halves =
        expected.model().definition().ranking.ties == TiePolicy::fractional ? 2.0 : 1.0;
    for (Index unit = 0; unit < expected.unit_count(); ++unit) {
        CAPTURE(unit);
        const double rank = expected.ranks()[unit];
        REQUIRE(counts.scored(unit) == (std::isnan(rank) ? 0U : 1U));
        if (std::isnan(rank)) continue;
        CHECK(counts.least(unit) == expected.full_scores()[unit]);
        CHECK(static_cast<double>(counts.place_sum(unit)) == halves * (rank - 1.0));
    }
}

NodeDefinition pillar(const std::string& code, double weight) {
    NodeDefinition node = group(code, aggregation::Arithmetic{}, {}, weight);
    for (int k = 0; k < 3; ++k) {
        node.children.push_back(
            leaf(code + std::to_string(k), rule::Goalposts{0.0, 100.0, true}, 1.0 + 0.5 * k));
        node.children.back().scale = 100.0;
    }
    return node;
}

ModelDefinition nine_indicators() {
    ModelDefinition out = testing_support::definition(group(
        "root", aggregation::Arithmetic{}, {pillar("a", 1.0), pillar("b", 2.0), pillar("c", 1.0)}));
    out.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
    return out;
}

const Texts columns{"a0", "a1", "a2", "b0", "b1", "b2", "c0", "c1", "c2"};

/// Twelve units or more, so that the order of codes is not that of rows: u10 before u2.
Panel values(Index units, double missing_share = 0.1) {
    Random random(5);
    std::vector<std::vector<double>> rows(static_cast<std::size_t>(units));
    for (auto& row : rows)
        for (std::size_t j = 0; j < columns.size(); ++j)
            row.push_back(random.chance(missing_share) ? missing_value
                                                       : 1.0 + std::floor(random.between(0, 98)));
    return testing_support::panel(columns, rows);
}

robust::Factor root_aggregations(const std::vector<Aggregation>& methods) {
    robust::ModelChoice choice;
    for (const Aggregation& method : methods)
        choice.alternatives.push_back(
            {std::string(aggregation_name(method)),
             [method](ModelDefinition& definition) { definition.root.aggregate = method; }});
    return {"aggregate", std::move(choice)};
}

const std::vector<robust::Alternative>& alternatives_of(const robust::Factor& factor) {
    return std::get<robust::ModelChoice>(factor.rule).alternatives;
}

/// Noise on the children of a node that are there, by their place in the nominal model.
void add_noise(NodeDefinition& node, const Texts& nominal, double fraction, std::uint64_t draw,
               std::uint32_t factor, std::uint32_t part) {
    double given = 0.0;
    for (const NodeDefinition& child : node.children) given += child.weight;
    double total = 0.0;
    for (NodeDefinition& child : node.children) {
        const auto place = static_cast<std::uint32_t>(
            std::find(nominal.begin(), nominal.end(), child.code) - nominal.begin());
        const double u = uniform(draw, factor, part, place);
        child.weight = (child.weight / given) * (1.0 + fraction * (2.0 * u - 1.0));
        total += child.weight;
    }
    for (NodeDefinition& child : node.children) child.weight /= total;
}

TEST_CASE("a choice, an indicator left out and noise on top replay through score()") {
    const ModelDefinition nominal = nine_indicators();
    const Panel panel = values(30);
    const Scoreboard board = score(IndexModel(nominal), panel);
    const robust::Factor aggregate = root_aggregations(
        {aggregation::Arithmetic{}, aggregation::Geometric{}, aggregation::MeanMin{1.0, 0.5}});
    FactorDefinition written;
    written.rule = factor::LeaveOut{{"a1", "b0", "c"}, true};
    const robust::Factor left_out = robust::resolve_factor(board.model(), written);
    const robust::Factor noise{"noise", robust::WeightNoise{{"a", "root", "b"}, 0.5}};
    const robust::UncertaintyPlan plan = plan_of(board, {aggregate, left_out, noise});
    std::vector<int> seen(4);
    for (std::uint64_t draw = 0; draw < 24; ++draw) {
        ModelDefinition changed = nominal;
        alternatives_of(aggregate)[chosen(draw, 0, 3)].apply(changed);
        const std::size_t without = chosen(draw, 1, 4);
        ++seen[without];
        alternatives_of(left_out)[without].apply(changed);
        add_noise(changed.root.children[0], {"a0", "a1", "a2"}, 0.5, draw, 2, 0);
        add_noise(changed.root, {"a", "b", "c"}, 0.5, draw, 2, 1);
        add_noise(changed.root.children[1], {"b0", "b1", "b2"}, 0.5, draw, 2, 2);
        check_draw(plan, draw, score(IndexModel(std::move(changed)), panel));
    }
    CHECK(*std::min_element(seen.begin(), seen.end()) > 0);
}

TEST_CASE("a choice of the order of ranks and of their ties replays through score()") {
    const ModelDefinition nominal = nine_indicators();
    const Panel panel = values(30);
    const Scoreboard board = score(IndexModel(nominal), panel);
    const robust::Factor rules{
        "ranking", robust::ModelChoice{
                       {{"as it is", [](ModelDefinition&) {}},
                        {"lowest first",
                         [](ModelDefinition& d) { d.ranking.order = numeric::Order::ascending; }},
                        {"dense, whole numbers",
                         [](ModelDefinition& d) {
                             d.ranking.ties = TiePolicy::dense;
                             d.ranking.digits = 0;
                         }},
                        {"first pillar breaks ties of tens", [](ModelDefinition& d) {
                             d.ranking.digits = -1;
                             d.ranking.tie_breakers = {{"a", numeric::Order::descending}};
                         }}}}};
    const robust::UncertaintyPlan plan = plan_of(board, {rules});
    robust::Factor with_halves = rules;
    std::get<robust::ModelChoice>(with_halves.rule)
        .alternatives.push_back({"shared places, whole numbers", [](ModelDefinition& d) {
                                     d.ranking.ties = TiePolicy::fractional;
                                     d.ranking.digits = 0;
                                 }});
    const robust::UncertaintyPlan halves = plan_of(board, {with_halves});
    for (std::uint64_t draw = 0; draw < 16; ++draw) {
        ModelDefinition changed = nominal;
        alternatives_of(rules)[chosen(draw, 0, 4)].apply(changed);
        check_draw(plan, draw, score(IndexModel(std::move(changed)), panel));
        changed = nominal;
        alternatives_of(with_halves)[chosen(draw, 0, 5)].apply(changed);
        const Scoreboard expected = score(IndexModel(std::move(changed)), panel);
        const robust::Uncertainty one = halves.finish(halves.partial(draw, 1));
        for (Index unit = 0; unit < expected.unit_count(); ++unit)
            CHECK(one.median_rank(unit) == expected.ranks()[unit]);
    }
}

/// The panel of a draw, written from the definition of an error.
Panel with_errors(const Panel& panel, const std::vector<std::string>& indicators,
                  const std::vector<std::vector<double>>& sizes, ErrorDistribution distribution,
                  std::optional<double> lowest, std::optional<double> highest, std::uint64_t draw) {
    PanelDefinition out = panel.definition();
    Texts sorted;
    for (Index unit = 0; unit < panel.unit_count(); ++unit)
        sorted.push_back(panel.units().code(unit));
    std::sort(sorted.begin(), sorted.end());
    for (std::uint32_t part = 0; part < indicators.size(); ++part) {
        const Index column = *panel.find(indicators[part]);
        out.ratios.erase(column);
        for (Index unit = 0; unit < panel.unit_count(); ++unit) {
            double& value = out.values(unit, column);
            const double size = sizes[part][static_cast<std::size_t>(unit)];
            if (std::isnan(value) || !(size > 0.0)) continue;
            const auto place = static_cast<std::uint32_t>(
                std::find(sorted.begin(), sorted.end(), panel.units().code(unit)) - sorted.begin());
            const double u = uniform(draw, 0, part, place);
            value += size * (distribution == ErrorDistribution::normal ? numeric::normal_quantile(u)
                                                                       : 2.0 * u - 1.0);
            if (lowest) value = std::max(value, *lowest);
            if (highest) value = std::min(value, *highest);
        }
    }
    return Panel(std::move(out));
}

/// Standard deviation with n - 1 over the values that are there.
double spread_of(const Panel& panel, Index column) {
    double sum = 0.0;
    double count = 0.0;
    for (Index unit = 0; unit < panel.unit_count(); ++unit)
        if (!std::isnan(panel.value(unit, column))) {
            sum += panel.value(unit, column);
            count += 1.0;
        }
    double squares = 0.0;
    for (Index unit = 0; unit < panel.unit_count(); ++unit)
        if (!std::isnan(panel.value(unit, column)))
            squares += std::pow(panel.value(unit, column) - sum / count, 2);
    return std::sqrt(squares / (count - 1.0));
}

TEST_CASE("errors of measurement replay through score(): distributions, scales, limits") {
    ModelDefinition nominal = nine_indicators();
    // Cohort-relative leaves and noise on top: a draw goes through everything.
    nominal.root.children[0].children[1].score = rule::MinMax{};
    const Panel given = values(14, 0.15);
    PanelDefinition table = given.definition();
    std::vector<Unit> list;
    for (Index unit = 0; unit < given.unit_count(); ++unit) {
        list.push_back(given.units().unit(unit));
        list.back().attributes["error"] = unit == 3 ? 0.0 : 0.5 * static_cast<double>(unit);
    }
    table.units = UnitRegistry(list);
    const Panel panel(std::move(table));
    const Scoreboard board = score(IndexModel(nominal), panel);
    const Texts indicators{"c2", "a1"};
    for (const auto distribution : {ErrorDistribution::normal, ErrorDistribution::uniform})
        for (const auto scale : {ErrorScale::absolute, ErrorScale::relative, ErrorScale::spread})
            for (const bool by_column : {false, true}) {
                factor::MeasurementError error{distribution, scale, 0.4, "", {}, {}};
                if (by_column) {
                    error.column = "error";
                    error.lowest = 20.0;
                    error.highest = 60.0;
                }
                std::vector<std::vector<double>> sizes;
                for (const std::string& code : indicators) {
                    const Index column = *panel.find(code);
                    Eigen::VectorXd numbers(panel.unit_count());
                    for (Index unit = 0; unit < numbers.size(); ++unit)
                        numbers[unit] = panel.value(unit, column);
                    const double spread = numeric::column_statistics(numbers).standard_deviation;
                    CHECK(spread == doctest::Approx(spread_of(panel, column)).epsilon(1e-13));
                    std::vector<double> size;
                    for (Index unit = 0; unit < numbers.size(); ++unit) {
                        double each = 0.4;
                        if (by_column)
                            each *= list[static_cast<std::size_t>(unit)].attributes["error"];
                        if (scale == ErrorScale::relative) each *= std::abs(numbers[unit]);
                        if (scale == ErrorScale::spread) each *= spread;
                        size.push_back(each);
                    }
                    sizes.push_back(std::move(size));
                }
                const robust::UncertaintyPlan plan =
                    plan_of(board, {{"error", robust::MeasurementError{indicators, error}},
                                    {"noise", robust::WeightNoise{{"root"}, 0.5}}});
                for (const std::uint64_t draw : {0U, 7U}) {
                    ModelDefinition changed = nominal;
                    add_noise(changed.root, {"a", "b", "c"}, 0.5, draw, 1, 0);
                    check_draw(plan, draw,
                               score(IndexModel(std::move(changed)),
                                     with_errors(panel, indicators, sizes, distribution,
                                                 error.lowest, error.highest, draw)));
                }
            }
}

TEST_CASE("an error of a ratio column is an error of the ratio") {
    const ModelDefinition nominal = nine_indicators();
    PanelDefinition table = values(12, 0.0).definition();
    const Index units = table.values.rows();
    RatioParts parts{Eigen::VectorXd(units), Eigen::VectorXd::Constant(units, 4.0)};
    parts.numerator = 4.0 * table.values.col(0);
    table.ratios[0] = parts;
    const Panel panel(std::move(table));
    const robust::UncertaintyPlan plan = plan_of(
        score(IndexModel(nominal), panel),
        {{"error",
          robust::MeasurementError{
              {"a0"}, {ErrorDistribution::normal, ErrorScale::absolute, 3.0, "", {}, {}}}}});
    const std::vector<std::vector<double>> sizes{
        std::vector<double>(static_cast<std::size_t>(units), 3.0)};
    for (const std::uint64_t draw : {0U, 5U})
        check_draw(
            plan, draw,
            score(IndexModel(nominal),
                  with_errors(panel, {"a0"}, sizes, ErrorDistribution::normal, {}, {}, draw)));
}

TEST_CASE("alternatives are as likely as each other, and factors independent") {
    // One unit with a = 0 and b = 1 under weights 1, 2 or 4 and 1 or 3: six scores.
    const ModelDefinition nominal = testing_support::definition(group(
        "root", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const auto weight = [](std::size_t child, std::vector<double> values_of) {
        robust::ModelChoice choice;
        for (const double each : values_of)
            choice.alternatives.push_back(
                {std::to_string(each), [child, each](ModelDefinition& definition) {
                     definition.root.children[child].weight = each;
                 }});
        return robust::Factor{"weight of " + std::to_string(child), std::move(choice)};
    };
    const Scoreboard board =
        score(IndexModel(nominal), testing_support::panel({"a", "b"}, {{0.0, 1.0}}));
    const robust::UncertaintyPlan plan =
        plan_of(board, {weight(0, {1.0, 2.0, 4.0}), weight(1, {1.0, 3.0})});
    constexpr std::uint64_t draws = 6000;
    const robust::DrawCounts counts = plan.partial(0, draws);
    std::vector<double> cells;
    for (Index bin = 0; bin < counts.layout().score_bins; ++bin)
        if (counts.scores(0)[bin] > 0) cells.push_back(counts.scores(0)[bin]);
    REQUIRE(cells.size() == 6);
    double chi_square = 0.0;
    for (const double each : cells) chi_square += (each - 1000.0) * (each - 1000.0) / 1000.0;
    // Five degrees of freedom: above this once in 10,000.
    CHECK(chi_square < 25.7);
    CHECK(counts.least(0) == doctest::Approx(0.2).epsilon(1e-15));
    CHECK(counts.most(0) == doctest::Approx(0.75).epsilon(1e-15));
}

TEST_CASE("draws that fail are counted and named, and change nothing else") {
    const ModelDefinition nominal = nine_indicators();
    PanelDefinition table = values(9, 0.0).definition();
    table.values.row(4).head(3).setZero();
    const Panel panel(std::move(table));
    const Scoreboard board = score(IndexModel(nominal), panel);
    constexpr std::uint64_t draws = 300;
    SUBCASE("an alternative") {
        const auto plan = plan_of(
            board, {root_aggregations({aggregation::Arithmetic{}, aggregation::Geometric{}}),
                    {"noise", robust::WeightNoise{{"b"}, 0.5}}});
        std::uint64_t failing = 0;
        std::optional<std::uint64_t> first;
        for (std::uint64_t draw = 0; draw < draws; ++draw)
            if (chosen(draw, 0, 2) == 1) {
                ++failing;
                first = first.value_or(draw);
            }
        const robust::Uncertainty result = plan.finish(plan.partial(0, draws));
        REQUIRE(result.failures().size() == 1);
        CHECK(result.failed() == failing);
        CHECK(result.failures()[0].code == "result_outside_domain");
        CHECK(result.failures()[0].count == failing);
        CHECK(result.failures()[0].first_draw == first.value());
        CHECK(result.failures()[0].text.find("root") != std::string::npos);
        CHECK(result.draws() == draws);
        const auto alone = plan_of(
            board, {root_aggregations({aggregation::Arithmetic{}, aggregation::Arithmetic{}}),
                    {"noise", robust::WeightNoise{{"b"}, 0.5}}});
        robust::DrawCounts right;
        bool any = false;
        for (std::uint64_t draw = 0; draw < 40; ++draw) {
            if (chosen(draw, 0, 2) == 1) {
                CHECK(plan.partial(draw, 1).scored(0) == 0);
                continue;
            }
            const robust::DrawCounts one = plan.partial(draw, 1);
            const robust::DrawCounts same = alone.partial(draw, 1);
            for (Index unit = 0; unit < 9; ++unit) {
                CHECK(one.least(unit) == same.least(unit));
                CHECK(one.place_sum(unit) == same.place_sum(unit));
            }
            any = true;
        }
        CHECK(any);
        CHECK(result.counts().scored(0) == draws - failing);
    }
    SUBCASE("every draw") {
        const auto plan = plan_of(
            board, {root_aggregations({aggregation::Geometric{}, aggregation::Harmonic{}})});
        const auto problems =
            problems_of<NumericError>([&] { static_cast<void>(plan.finish(plan.partial(0, 50))); });
        REQUIRE(!problems.empty());
        CHECK(problems[0].code == "result_outside_domain");
        CHECK(problems[0].found.find("50 draws failed") == 0);
    }
    SUBCASE("other bands") {
        const robust::Factor other{
            "other",
            robust::ModelChoice{
                {{"as it is", [](ModelDefinition&) {}},
                 {"bands", [](ModelDefinition& definition) {
                      BandScale scale;
                      scale.bands = {Band{"high", {}, 50.0, {}, {}}, Band{"low", {}, {}, {}, {}}};
                      definition.bands = scale;
                  }}}}};
        const auto plan = plan_of(board, {other});
        const robust::Uncertainty result = plan.finish(plan.partial(0, 60));
        REQUIRE(result.failures().size() == 1);
        CHECK(result.failures()[0].code == "bands_differ");
        CHECK(result.counts().scored(0) + result.failed() == 60);
    }
}

TEST_CASE("weights under which a result leaves its domain fail, the others do not") {
    // p = 3 - 4 w is 0 or less where the weight w of its first child is 3/4 or more.
    const ModelDefinition nominal = testing_support::definition(group(
        "root", aggregation::Geometric{},
        {group("p", aggregation::Arithmetic{}, {leaf("x", rule::AsIs{}), leaf("y", rule::AsIs{})}),
         leaf("z", rule::AsIs{})}));
    const Panel panel = testing_support::panel({"x", "y", "z"}, {{-1.0, 3.0, 2.0}, {1, 2, 1}});
    const Scoreboard board = score(IndexModel(nominal), panel);
    const auto plan = plan_of(board, {{"p", robust::DirichletWeights{{"p"}, {}}}});
    constexpr std::uint64_t draws = 400;
    std::uint64_t failing = 0;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        Eigen::VectorXd w(2);
        w << uniform(draw, 0, 0, 0), uniform(draw, 0, 0, 1);
        weigh::dirichlet(Eigen::VectorXd::Ones(2), w, w);
        ModelDefinition changed = nominal;
        for (std::size_t k = 0; k < 2; ++k)
            changed.root.children[0].children[k].weight = w[static_cast<Index>(k)];
        if (w[0] >= 0.75) {
            ++failing;
            if (draw < 60) CHECK(plan.partial(draw, 1).failed() == 1);
        } else if (draw < 60) {
            check_draw(plan, draw, score(IndexModel(std::move(changed)), panel));
        }
    }
    const robust::DrawCounts counts = plan.partial(0, draws);
    CHECK(counts.failed() == failing);
    CHECK(std::abs(static_cast<double>(failing) - 100.0) < 4.0 * std::sqrt(75.0));
}

TEST_CASE("factors that cannot have an effect are refused, all at once") {
    ModelDefinition nominal = nine_indicators();
    nominal.root.children[2].aggregate = aggregation::Minimum{};
    const Scoreboard board = score(IndexModel(nominal), values(6, 0.0));
    const auto codes_of = [&](std::vector<robust::Factor> factors) {
        Texts out;
        for (const Problem& each : problems_of<ModelError>(
                 [&] { static_cast<void>(plan_of(board, std::move(factors))); }))
            out.push_back(each.code + " at " + each.place);
        return out;
    };
    const robust::Factor noise{"", robust::WeightNoise{{"c"}, 0.5}};
    CHECK(codes_of({}) == Texts{"no_factor at factors"});
    CHECK(codes_of({noise}) == Texts{"factor_without_effect at factor 1"});
    // Another form of the model may read the weights, wherever the choice stands.
    const robust::Factor other{"form",
                               robust::ModelChoice{{{"minimum", [](ModelDefinition&) {}},
                                                    {"mean", [](ModelDefinition& definition) {
                                                         definition.root.children[2].aggregate =
                                                             aggregation::Arithmetic{};
                                                     }}}}};
    CHECK(codes_of({noise, other}).empty());
    CHECK(codes_of({other, noise}).empty());
    factor::MeasurementError column;
    column.column = "nowhere";
    CHECK(codes_of({{"n", robust::WeightNoise{{"nowhere", "a0", "a"}, 1.5}},
                    {"d", robust::DirichletWeights{{"root"}, -1.0}},
                    {"empty", robust::DirichletWeights{{}, {}}},
                    {"one", robust::ModelChoice{{{"only", [](ModelDefinition&) {}}}}},
                    {"e", robust::MeasurementError{{"absent"}, {}}},
                    {"s", robust::MeasurementError{{"a0"}, column}},
                    {"none", robust::MeasurementError{}}}) ==
          Texts{"fraction_out_of_range at factor 1 (\"n\")", "unknown_node at factor 1 (\"n\")",
                "unknown_node at factor 1 (\"n\")",
                "concentration_out_of_range at factor 2 (\"d\")",
                "factor_without_effect at factor 3 (\"empty\")",
                "factor_without_effect at factor 4 (\"one\")",
                "unknown_indicator at factor 5 (\"e\")", "unknown_column at factor 6 (\"s\")",
                "factor_without_effect at factor 7 (\"none\")"});
}

}  // namespace test_draw_factors
