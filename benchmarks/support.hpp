#pragma once
// What the benchmarks share: the matrix, the panel on it, the independent check, the memory sweep
// that every time is compared with, and the guard against builds without optimisation.
#ifndef NDEBUG
#error "benchmarks are for release builds: configure with -DCMAKE_BUILD_TYPE=Release"
#endif

#include <thuocdo/score.hpp>
#include <thuocdo/synthetic.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace bench {

using thuocdo::Index;
using thuocdo::IndexModel;
using thuocdo::Node;
using thuocdo::Panel;
using thuocdo::Scoreboard;

[[noreturn]] inline void refuse(const std::string& what) {
    std::cerr << "benchmark: " << what << '\n';
    std::abort();
}

/// Complete values inside and a little outside the range of each rule, one uniform number a cell.
inline Eigen::MatrixXd values(const IndexModel& model, Index units) {
    constexpr std::uint64_t seed = 57;
    constexpr double beyond = 0.05;
    const thuocdo::numeric::Philox random(seed);
    const auto columns = static_cast<Index>(model.leaves().size());
    Eigen::MatrixXd x(units, columns);
    for (Index j = 0; j < columns; ++j) {
        const Node& node = model.node(model.leaves()[static_cast<std::size_t>(j)]);
        const auto* posts = std::get_if<thuocdo::rule::Goalposts>(&node.score);
        const double lower = posts ? posts->lower : 0.0;
        const double upper = posts ? posts->upper : 1.0;
        const double width = (upper - lower) * (1.0 + 2.0 * beyond);
        const double start = lower - (upper - lower) * beyond;
        for (Index i = 0; i < units; ++i)
            x(i, j) = std::abs(start + width * random.uniform(static_cast<std::uint64_t>(i), 0,
                                                              static_cast<std::uint32_t>(j)));
    }
    return x;
}

inline thuocdo::UnitRegistry registry(Index units) {
    constexpr std::size_t digits = 7;
    std::vector<std::string> codes;
    codes.reserve(static_cast<std::size_t>(units));
    for (Index i = 0; i < units; ++i) {
        const std::string number = std::to_string(i);
        codes.push_back('U' + std::string(digits - number.size(), '0') + number);
    }
    return thuocdo::UnitRegistry::from_codes(std::move(codes));
}

/// A panel that uses the matrix in place; the matrix must outlive it.
inline Panel panel_on(const IndexModel& model, const Eigen::MatrixXd& x) {
    thuocdo::PanelDefinition definition;
    definition.units = registry(x.rows());
    definition.indicators.assign(model.indicators().begin(), model.indicators().end());
    definition.view = {x.data(), x.rows(), x.cols(), 1, x.rows(), {}};
    return Panel(std::move(definition));
}

/// The result of one node for one unit, by recursion and without any kernel of the library.
inline double straightforward(const IndexModel& model, const Panel& panel, Index unit,
                              Index index) {
    const Node& node = model.node(index);
    if (node.is_leaf()) {
        const double x = panel.value(unit, *panel.find(node.indicator));
        if (std::isnan(x)) return x;
        if (const auto* posts = std::get_if<thuocdo::rule::Goalposts>(&node.score)) {
            const double share = (x - posts->lower) / (posts->upper - posts->lower);
            const bool falls = node.direction == thuocdo::Direction::lower_is_better;
            return std::clamp(falls ? 1.0 - share : share, 0.0, 1.0);
        }
        const auto& ratio = std::get<thuocdo::rule::RatioToTarget>(node.score);
        return std::min(1.0, x / *ratio.target);
    }
    double top = 0.0;
    double bottom = 0.0;
    for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
        const double result = straightforward(model, panel, unit, c);
        if (std::isnan(result)) continue;
        top += model.node(c).weight * result;
        bottom += model.node(c).weight;
    }
    return node.multiplier * top / bottom;
}

/// Compares about a hundred units with the independent computation.
inline void verify(const Scoreboard& board) {
    constexpr Index compared = 100;
    constexpr double tolerance = 1e-9;
    const Index step = std::max<Index>(1, board.unit_count() / compared);
    for (Index unit = 0; unit < board.unit_count(); unit += step) {
        const double expected = straightforward(board.model(), board.panel(), unit, 0);
        if (!(std::abs(board.full_scores()[unit] - expected) <= tolerance))
            refuse("score of unit " + std::to_string(unit) + " is " +
                   std::to_string(board.full_scores()[unit]) + ", not " + std::to_string(expected));
    }
}

/// One pass over the matrix: the values added up column by column, unit by unit, as the compiler
/// vectorises it.
inline void sweep(const Eigen::MatrixXd& x, std::vector<double>& sums) {
    std::fill(sums.begin(), sums.end(), 0.0);
    double* const sum = sums.data();
    for (Index j = 0; j < x.cols(); ++j) {
        const double* const column = x.data() + j * x.rows();
        for (Index i = 0; i < x.rows(); ++i) sum[i] += column[i];
    }
}

/// Normalise by goalposts, clip, weigh and sum: what scoring costs at the very least.
inline void bare_normalise_and_sum(const Eigen::MatrixXd& x, const std::vector<double>& lower,
                                   const std::vector<double>& upper, std::vector<double>& sums) {
    std::fill(sums.begin(), sums.end(), 0.0);
    double* const sum = sums.data();
    for (Index j = 0; j < x.cols(); ++j) {
        const double* const column = x.data() + j * x.rows();
        const double start = lower[static_cast<std::size_t>(j)];
        const double width = upper[static_cast<std::size_t>(j)] - start;
        for (Index i = 0; i < x.rows(); ++i) {
            double share = (column[i] - start) / width;
            share = share < 0.0 ? 0.0 : share;
            share = share > 1.0 ? 1.0 : share;
            sum[i] += 0.01 * share;
        }
    }
}

/// Best time of several calls, in seconds; the first warms up.
template <class Call>
double best_seconds(int calls, Call&& call) {
    double best = 1e300;
    for (int k = 0; k <= calls; ++k) {
        const auto start = std::chrono::steady_clock::now();
        call();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        if (k > 0) best = std::min(best, taken.count());
    }
    return best;
}

/// Best time of a memory sweep over a matrix, measured now, in this process.
inline double sweep_seconds(const Eigen::MatrixXd& x) {
    constexpr double cells_wanted = 3e8;
    const int calls =
        static_cast<int>(std::clamp(cells_wanted / static_cast<double>(x.size()), 3.0, 2000.0));
    std::vector<double> sums(static_cast<std::size_t>(x.rows()));
    const double best = best_seconds(calls, [&] {
        sweep(x, sums);
        benchmark::DoNotOptimize(sums.data());
        benchmark::ClobberMemory();
    });
    constexpr double tolerance = 1e-9;
    for (Index i = 0; i < x.rows(); i += std::max<Index>(1, x.rows() / 100)) {
        const double expected = x.row(i).sum();
        if (!(std::abs(sums[static_cast<std::size_t>(i)] - expected) <= tolerance * expected))
            refuse("the memory sweep is wrong");
    }
    return best;
}

/// Times `call` once an iteration by its best, and reports it in memory sweeps of `x`.
template <class Call>
void time_in_sweeps(benchmark::State& state, const Eigen::MatrixXd& x, Call&& call) {
    const double before = sweep_seconds(x);
    double best = 1e300;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        call();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::min(best, taken.count());
        state.SetIterationTime(taken.count());
    }
    const double one = std::min(before, sweep_seconds(x));
    state.counters["memory_sweeps"] = best / one;
    state.counters["best_us"] = best * 1e6;
    state.counters["sweep_us"] = one * 1e6;
    state.counters["ns_per_value"] = best * 1e9 / static_cast<double>(x.size());
}

}  // namespace bench
