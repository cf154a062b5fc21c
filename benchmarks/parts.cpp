// The parts around scoring: ranking, exact sums, decimal rounding, loading a model.
#include <thuocdo/io/json.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <numeric>

#include "support.hpp"

namespace {

using namespace bench;

/// Scores with two decimals, so that there are ties.
Eigen::VectorXd scores(Index units) {
    const thuocdo::numeric::Philox random(57);
    Eigen::VectorXd x(units);
    for (Index i = 0; i < units; ++i)
        x[i] = std::floor(10'000.0 * random.uniform(static_cast<std::uint64_t>(i), 0, 0)) / 100.0;
    return x;
}

std::vector<std::uint32_t> sorted_by_the_library(const Eigen::VectorXd& x) {
    std::vector<std::uint32_t> order(static_cast<std::size_t>(x.size()));
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return x[a] > x[b]; });
    return order;
}

void rank_units(benchmark::State& state) {
    const Eigen::VectorXd x = scores(state.range(0));
    const std::vector<std::uint32_t> order = sorted_by_the_library(x);
    const Eigen::VectorXd ranks = thuocdo::rank::ranks(x);
    double expected = 1.0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        if (k > 0 && x[order[k]] != x[order[k - 1]]) expected = static_cast<double>(k + 1);
        if (ranks[order[k]] != expected) refuse("a rank is wrong");
    }
    constexpr int calls = 5;
    const double peer =
        best_seconds(calls, [&] { benchmark::DoNotOptimize(sorted_by_the_library(x).data()); });
    double best = 1e300;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(thuocdo::rank::ranks(x).data());
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::min(best, taken.count());
        state.SetIterationTime(taken.count());
    }
    state.counters["stable_sort_over_ranks"] = peer / best;
}
BENCHMARK(rank_units)->Arg(3321)->Arg(1'000'000)->UseManualTime()->Unit(benchmark::kMicrosecond);

void exact_sum(benchmark::State& state) {
    const Eigen::VectorXd x = scores(state.range(0));
    double hundredths = 0.0;
    for (Index i = 0; i < x.size(); ++i) hundredths += std::round(x[i] * 100.0);
    const auto sum = [&] {
        thuocdo::numeric::ExactSum exact;
        for (Index i = 0; i < x.size(); ++i) exact.add(x[i]);
        return exact.value();
    };
    if (!(std::abs(sum() - hundredths / 100.0) <= 1e-6)) refuse("an exact sum is wrong");
    for (auto _ : state) benchmark::DoNotOptimize(sum());
    state.SetItemsProcessed(state.iterations() * x.size());
}
BENCHMARK(exact_sum)->Arg(3321)->Unit(benchmark::kMicrosecond);

void round_to_two_decimals(benchmark::State& state) {
    Eigen::VectorXd x = scores(state.range(0));
    x.array() += 0.00123;
    Eigen::VectorXd out = x;
    thuocdo::numeric::round_decimal(out, 2, thuocdo::numeric::RoundingMode::half_up);
    if (!(((x - out).array().abs() < 0.0051).all())) refuse("a rounding is wrong");
    for (auto _ : state) {
        out = x;
        thuocdo::numeric::round_decimal(out, 2, thuocdo::numeric::RoundingMode::half_up);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(state.iterations() * x.size());
}
BENCHMARK(round_to_two_decimals)->Arg(3321)->Unit(benchmark::kMicrosecond);

void load_model(benchmark::State& state) {
    const std::string path = THUOCDO_DATA_DIR "/models/resolution57-province.json";
    if (thuocdo::io::load_model(path).id() != "resolution57-province") refuse("another model");
    for (auto _ : state) benchmark::DoNotOptimize(thuocdo::io::load_model(path).node_count());
}
BENCHMARK(load_model)->Unit(benchmark::kMicrosecond);

}  // namespace
