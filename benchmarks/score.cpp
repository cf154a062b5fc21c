// Scoring a hierarchical model of 100 indicators beside a memory sweep of the same matrix.
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>

#include "support.hpp"

namespace {

using namespace bench;

constexpr Index many = 1'000'000;

void score_hierarchical(benchmark::State& state) {
    const IndexModel model = thuocdo::synthetic::model();
    const Eigen::MatrixXd x = values(model, state.range(0));
    const Panel panel = panel_on(model, x);
    verify(thuocdo::score(model, panel));
    time_in_sweeps(state, x, [&] {
        const Scoreboard board = thuocdo::score(model, panel);
        benchmark::DoNotOptimize(board.scores().data());
    });
}
BENCHMARK(score_hierarchical)->Arg(34)->Arg(3321)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(score_hierarchical)
    ->Arg(many)
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);

/// As collected: 2% missing, provisional cells, zero denominators.
void score_with_states(benchmark::State& state) {
    const IndexModel model = thuocdo::synthetic::model();
    const Panel panel = thuocdo::synthetic::panel(model, registry(state.range(0)));
    const Scoreboard once = thuocdo::score(model, panel);
    verify(once);
    Eigen::MatrixXd x(panel.unit_count(), panel.indicator_count());
    for (Index j = 0; j < x.cols(); ++j)
        for (Index i = 0; i < x.rows(); ++i)
            x(i, j) = std::isnan(panel.value(i, j)) ? 0.0 : panel.value(i, j);
    time_in_sweeps(state, x, [&] {
        const Scoreboard board = thuocdo::score(model, panel);
        benchmark::DoNotOptimize(board.scores().data());
    });
}
BENCHMARK(score_with_states)->Arg(34)->Arg(3321)->UseManualTime()->Unit(benchmark::kMicrosecond);

void bare_kernel(benchmark::State& state) {
    const IndexModel model = thuocdo::synthetic::model();
    const Eigen::MatrixXd x = values(model, state.range(0));
    std::vector<double> lower;
    std::vector<double> upper;
    for (Index j = 0; j < x.cols(); ++j) {
        const double* const column = x.data() + j * x.rows();
        const auto ends = std::minmax_element(column, column + x.rows());
        lower.push_back(*ends.first);
        upper.push_back(*ends.second);
    }
    std::vector<double> sums(static_cast<std::size_t>(x.rows()));
    bare_normalise_and_sum(x, lower, upper, sums);
    double first = 0.0;
    for (Index j = 0; j < x.cols(); ++j) {
        const auto at = static_cast<std::size_t>(j);
        first += 0.01 * (x(0, j) - lower[at]) / (upper[at] - lower[at]);
    }
    if (!(std::abs(sums[0] - first) <= 1e-12)) refuse("the bare kernel is wrong");
    time_in_sweeps(state, x, [&] {
        bare_normalise_and_sum(x, lower, upper, sums);
        benchmark::DoNotOptimize(sums.data());
        benchmark::ClobberMemory();
    });
}
BENCHMARK(bare_kernel)->Arg(34)->Arg(3321)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(bare_kernel)->Arg(many)->UseManualTime()->Iterations(5)->Unit(benchmark::kMillisecond);

/// Time a unit at 332,100 units over that at a tenth of them: 1 is linear.
void linear_scaling(benchmark::State& state) {
    constexpr Index small = 33'210;
    constexpr Index large = 332'100;
    constexpr int calls = 5;
    const IndexModel model = thuocdo::synthetic::model();
    const auto per_unit = [&](Index units) {
        const Eigen::MatrixXd x = values(model, units);
        const Panel panel = panel_on(model, x);
        return best_seconds(
                   calls,
                   [&] {
                       benchmark::DoNotOptimize(thuocdo::score(model, panel).scores().data());
                   }) /
               static_cast<double>(units);
    };
    for (auto _ : state) {
        const double few = per_unit(small);
        const double plenty = per_unit(large);
        state.SetIterationTime(plenty);
        state.counters["time_a_unit_large_over_small"] = plenty / few;
    }
}
BENCHMARK(linear_scaling)->UseManualTime()->Iterations(1)->Unit(benchmark::kNanosecond);

void explain_one_unit(benchmark::State& state) {
    const IndexModel model = thuocdo::synthetic::model();
    const Eigen::MatrixXd x = values(model, 3321);
    const Scoreboard board = thuocdo::score(model, panel_on(model, x));
    verify(board);
    Index unit = 0;
    for (auto _ : state) {
        const auto explanation = thuocdo::explain(board, unit);
        if (explanation.total() != board.scores()[unit]) refuse("an explanation does not add up");
        unit = (unit + 1) % board.unit_count();
    }
}
BENCHMARK(explain_one_unit)->Unit(benchmark::kMicrosecond);

void what_if_one_value(benchmark::State& state) {
    const IndexModel model = thuocdo::synthetic::model();
    const Eigen::MatrixXd x = values(model, 3321);
    const Scoreboard board = thuocdo::score(model, panel_on(model, x));
    const std::string indicator = model.indicators()[0];
    const std::vector<thuocdo::CellChange> changes{{.indicator = indicator, .value = 1.0}};
    Eigen::MatrixXd changed = x;
    changed(7, 0) = 1.0;
    const double expected = thuocdo::score(model, panel_on(model, changed)).scores()[7];
    if (thuocdo::what_if(board, 7, changes).after.score != expected) refuse("what_if is wrong");
    Index unit = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(thuocdo::what_if(board, unit, changes).after.rank);
        unit = (unit + 1) % board.unit_count();
    }
}
BENCHMARK(what_if_one_value)->Unit(benchmark::kMicrosecond);

}  // namespace
