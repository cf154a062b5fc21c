// Draws of a robustness run at national scale, beside the memory sweep and the parts that no
// run can do without: the product of values and weights, sorting, counting.
#include <thuocdo/robust/uncertainty.hpp>

#include <cstdint>
#include <memory>
#include <utility>

#include "support.hpp"

namespace {

using namespace bench;
namespace robust = thuocdo::robust;

constexpr std::uint64_t seed = 57;
constexpr int pillars = 5;
constexpr int leaves_a_pillar = 20;

/// 5 pillars of 20 indicators, which are on [0, 1] as they are.
thuocdo::ModelDefinition two_levels() {
    thuocdo::ModelDefinition out;
    out.id = "robust";
    out.version = "1";
    out.name = {"Robust", ""};
    out.root.code = "total";
    for (int p = 0; p < pillars; ++p) {
        thuocdo::NodeDefinition pillar;
        pillar.code = "p" + std::to_string(p);
        for (int k = 0; k < leaves_a_pillar; ++k) {
            thuocdo::NodeDefinition leaf;
            leaf.code = pillar.code + "_" + std::to_string(k);
            leaf.score = thuocdo::rule::AsIs{};
            pillar.children.push_back(std::move(leaf));
        }
        out.root.children.push_back(std::move(pillar));
    }
    return out;
}

Eigen::MatrixXd uniform_values(Index units) {
    const thuocdo::numeric::Philox random(seed);
    Eigen::MatrixXd x(units, pillars * leaves_a_pillar);
    constexpr double least = 0.01;
    for (Index j = 0; j < x.cols(); ++j)
        for (Index i = 0; i < units; ++i)
            x(i, j) = least + (1.0 - least) * random.uniform(static_cast<std::uint64_t>(i), 0,
                                                             static_cast<std::uint32_t>(j));
    return x;
}

std::vector<std::string> weighted_nodes() {
    std::vector<std::string> out{"total"};
    for (int p = 0; p < pillars; ++p) out.push_back("p" + std::to_string(p));
    return out;
}

robust::Factor any_weights() { return {"weights", robust::DirichletWeights{weighted_nodes(), {}}}; }

/// Three aggregations of the root and three normalisations of the leaves.
std::vector<robust::Factor> everything() {
    using thuocdo::ModelDefinition;
    const auto rules = [](const thuocdo::ScoreRule& rule) {
        return [rule](ModelDefinition& form) {
            for (thuocdo::NodeDefinition& pillar : form.root.children)
                for (thuocdo::NodeDefinition& leaf : pillar.children) leaf.score = rule;
        };
    };
    const auto aggregate = [](const thuocdo::Aggregation& method) {
        return [method](ModelDefinition& form) { form.root.aggregate = method; };
    };
    const robust::ModelChoice normalise{
        {{"as it is", rules(thuocdo::rule::AsIs{})},
         {"min-max", rules(thuocdo::rule::MinMax{})},
         {"percentile rank", rules(thuocdo::rule::PercentileRank{})}}};
    const robust::ModelChoice combine{
        {{"arithmetic", aggregate(thuocdo::aggregation::Arithmetic{})},
         {"power", aggregate(thuocdo::aggregation::PowerMean{2.0, {}})},
         {"mean and minimum", aggregate(thuocdo::aggregation::MeanMin{1.0, 0.5})}}};
    return {any_weights(), {"normalise", normalise}, {"aggregate", combine}};
}

/// The weights of all leaves in a draw, from the definition of the factor.
std::vector<double> leaf_weights(std::uint64_t draw) {
    const thuocdo::numeric::Philox random(seed);
    const auto group = [&](std::uint32_t part, Index count) {
        Eigen::VectorXd out(count);
        for (Index k = 0; k < count; ++k)
            out[k] = random.uniform(draw, part, static_cast<std::uint32_t>(k));
        thuocdo::weigh::dirichlet(Eigen::VectorXd::Ones(count), out, out);
        return out;
    };
    const Eigen::VectorXd above = group(0, pillars);
    std::vector<double> out;
    for (int p = 0; p < pillars; ++p) {
        const Eigen::VectorXd below = group(static_cast<std::uint32_t>(p) + 1U, leaves_a_pillar);
        for (Index k = 0; k < leaves_a_pillar; ++k) out.push_back(above[p] * below[k]);
    }
    return out;
}

/// One draw is score() of the model with the weights of that draw.
void verify_draw(const robust::UncertaintyPlan& plan) {
    constexpr std::uint64_t draw = 3;
    thuocdo::ModelDefinition changed = two_levels();
    const thuocdo::numeric::Philox random(seed);
    const auto set = [&](thuocdo::NodeDefinition& node, std::uint32_t part) {
        const auto count = static_cast<Index>(node.children.size());
        Eigen::VectorXd weights(count);
        for (Index k = 0; k < count; ++k)
            weights[k] = random.uniform(draw, part, static_cast<std::uint32_t>(k));
        thuocdo::weigh::dirichlet(Eigen::VectorXd::Ones(count), weights, weights);
        for (Index k = 0; k < count; ++k)
            node.children[static_cast<std::size_t>(k)].weight = weights[k];
    };
    set(changed.root, 0);
    std::uint32_t part = 1;
    for (thuocdo::NodeDefinition& pillar : changed.root.children) set(pillar, part++);
    const Scoreboard expected =
        thuocdo::score(IndexModel(std::move(changed)), plan.board().panel());
    const robust::DrawCounts counts = plan.partial(draw, 1);
    for (Index unit = 0; unit < expected.unit_count(); ++unit)
        if (counts.least(unit) != expected.full_scores()[unit] ||
            static_cast<double>(counts.place_sum(unit)) != expected.ranks()[unit] - 1.0)
            refuse("draw 3 is not what score() says");
}

struct Run {
    Eigen::MatrixXd x;
    IndexModel model{two_levels()};
    explicit Run(Index units) : x(uniform_values(units)) {}

    [[nodiscard]] robust::UncertaintyPlan plan(std::vector<robust::Factor> factors, int threads,
                                               robust::Pairs pairs) const {
        robust::UncertaintyOptions options;
        options.seed = seed;
        options.threads = threads;
        options.pairs = pairs;
        return {thuocdo::score(model, panel_on(model, x)), std::move(factors), options};
    }
};

void time_draws(benchmark::State& state, const Run& run, const robust::UncertaintyPlan& plan,
                std::uint64_t draws) {
    time_in_sweeps(state, run.x,
                   [&] { benchmark::DoNotOptimize(plan.partial(0, draws).place_sum(0)); });
    const double seconds = state.counters["best_us"] * 1e-6;
    state.counters["us_a_draw"] = seconds * 1e6 / static_cast<double>(draws);
    state.counters["draws_a_second"] = static_cast<double>(draws) / seconds;
}

/// Units, draws, threads, whether neighbours are compared.
void weights(benchmark::State& state) {
    const Run run(state.range(0));
    const auto plan =
        run.plan({any_weights()}, static_cast<int>(state.range(2)),
                 state.range(3) != 0 ? robust::Pairs::automatic : robust::Pairs::none);
    verify_draw(plan);
    time_draws(state, run, plan, static_cast<std::uint64_t>(state.range(1)));
}
BENCHMARK(weights)
    ->Args({3321, 2'000, 1, 0})
    ->Args({3321, 10'000, 1, 0})
    ->Args({3321, 20'000, 1, 0})
    ->Args({3321, 10'000, 2, 0})
    ->Args({3321, 10'000, 1, 1})
    ->Args({34, 10'000, 1, 1})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// Weights, normalisation and aggregation: nine forms of the model.
void weights_and_forms(benchmark::State& state) {
    const Run run(state.range(0));
    verify_draw(run.plan({any_weights()}, 1, robust::Pairs::none));
    const auto plan = run.plan(everything(), static_cast<int>(state.range(2)), robust::Pairs::none);
    if (plan.partial(0, 1).failed() != 0) refuse("a draw failed");
    time_draws(state, run, plan, static_cast<std::uint64_t>(state.range(1)));
}
BENCHMARK(weights_and_forms)
    ->Args({3321, 10'000, 1})
    ->Args({3321, 10'000, 2})
    ->Args({34, 10'000, 1})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// Draws that the parts are timed on.
constexpr std::uint64_t part_draws = 64;

/// Draws of effective weights (column by draw) and the totals they give.
struct Totals {
    Eigen::MatrixXd weights;
    Eigen::MatrixXd scores;
    explicit Totals(const Eigen::MatrixXd& x) : weights(x.cols(), static_cast<Index>(part_draws)) {
        for (std::uint64_t draw = 0; draw < part_draws; ++draw) {
            const std::vector<double> w = leaf_weights(draw);
            for (Index j = 0; j < x.cols(); ++j)
                weights(j, static_cast<Index>(draw)) = w[static_cast<std::size_t>(j)];
        }
        scores.noalias() = x * weights;
    }
};

void report_part(benchmark::State& state) {
    state.counters["us_a_draw"] = state.counters["best_us"] / static_cast<double>(part_draws);
}

/// The product alone, by Eigen: the same weights, other last bits.
void product_alone(benchmark::State& state) {
    const Run run(state.range(0));
    Totals totals(run.x);
    const auto plan = run.plan({any_weights()}, 1, robust::Pairs::none);
    const robust::DrawCounts one = plan.partial(5, 1);
    constexpr double tolerance = 1e-12;
    for (Index unit = 0; unit < run.x.rows(); ++unit)
        if (!(std::abs(totals.scores(unit, 5) - one.least(unit)) <= tolerance))
            refuse("the product is not the score of the draw");
    time_in_sweeps(state, run.x, [&] {
        totals.scores.noalias() = run.x * totals.weights;
        benchmark::DoNotOptimize(totals.scores.data());
        benchmark::ClobberMemory();
    });
    report_part(state);
}
BENCHMARK(product_alone)->Arg(3321)->UseManualTime()->Unit(benchmark::kMillisecond);

void sort_alone(benchmark::State& state) {
    const Run run(state.range(0));
    const Totals totals(run.x);
    robust::detail::DrawRanker ranker(run.x.rows(), thuocdo::rank::TieRule::competition,
                                      thuocdo::numeric::Order::descending);
    std::vector<std::uint32_t> places(static_cast<std::size_t>(run.x.rows()));
    ranker.run(totals.scores.col(0).data(), places.data());
    const Eigen::VectorXd ranks = thuocdo::rank::ranks(totals.scores.col(0));
    for (Index unit = 0; unit < ranks.size(); ++unit)
        if (static_cast<double>(places[static_cast<std::size_t>(unit)]) != ranks[unit] - 1.0)
            refuse("a place is wrong");
    time_in_sweeps(state, run.x, [&] {
        for (Index draw = 0; draw < totals.scores.cols(); ++draw) {
            ranker.run(totals.scores.col(draw).data(), places.data());
            benchmark::DoNotOptimize(places.data());
        }
        benchmark::ClobberMemory();
    });
    report_part(state);
}
BENCHMARK(sort_alone)->Arg(3321)->UseManualTime()->Unit(benchmark::kMillisecond);

void count_alone(benchmark::State& state) {
    const Run run(state.range(0));
    const Totals totals(run.x);
    const auto units = static_cast<std::size_t>(run.x.rows());
    robust::detail::DrawRanker ranker(run.x.rows(), thuocdo::rank::TieRule::competition,
                                      thuocdo::numeric::Order::descending);
    std::vector<std::uint32_t> drawn(units);
    const robust::detail::ChunkedDraws chunks{units};
    std::vector<std::uint16_t> places(chunks.room(part_draws));
    for (std::size_t d = 0; d < part_draws; ++d) {
        ranker.run(totals.scores.col(static_cast<Index>(d)).data(), drawn.data());
        for (std::size_t unit = 0; unit < units; ++unit)
            places[chunks.at(unit, d)] = static_cast<std::uint16_t>(drawn[unit]);
    }
    const auto plan = run.plan({any_weights()}, 1, robust::Pairs::none);
    robust::DrawCounts counts(
        std::make_shared<const robust::detail::CountLayout>(plan.partial(0, 1).layout()));
    const robust::detail::ScoreGrid grid(counts.layout());
    robust::detail::ScoreSums sums(grid.lower.size());
    // Whole lanes of scores are read.
    const auto room = static_cast<Index>(grid.lower.size());
    Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(room, totals.scores.cols());
    scores.topRows(run.x.rows()) = totals.scores;
    std::vector<std::uint16_t> rows(grid.lower.size() * part_draws);
    std::vector<std::uint16_t> cells(chunks.room(part_draws));
    std::vector<const double*> from;
    std::vector<std::uint16_t*> to;
    for (std::size_t d = 0; d < part_draws; ++d) {
        from.push_back(scores.col(static_cast<Index>(d)).data());
        to.push_back(rows.data() + d * grid.lower.size());
    }
    const std::vector<std::uint8_t> failed(part_draws, 0);
    const std::vector<std::uint8_t> complete(part_draws, 1);
    const robust::detail::DrawBlock block{.draws = part_draws,
                                          .units = run.x.rows(),
                                          .short_places = places.data(),
                                          .cells = cells.data(),
                                          .failed = failed.data(),
                                          .complete = complete.data()};
    const auto count = [&] {
        robust::detail::add_scores({from, to}, grid, sums);
        for (std::size_t d = 0; d < part_draws; ++d)
            for (std::size_t unit = 0; unit < units; ++unit)
                cells[chunks.at(unit, d)] = to[d][unit];
        counts.count(block, 0, 1);
    };
    count();
    // The product has other last bits than the scores of the run, so places may swap.
    if (counts.scored(0) != part_draws) refuse("a draw was not counted");
    time_in_sweeps(state, run.x, [&] {
        count();
        benchmark::ClobberMemory();
    });
    report_part(state);
}
BENCHMARK(count_alone)->Arg(3321)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
