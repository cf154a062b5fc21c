// Peak memory of scoring a million units, in a process of its own so that nothing else counts.
#include <fstream>

#include "support.hpp"

namespace {

using namespace bench;

/// Peak resident memory of the process in bytes, 0 where the system does not tell.
double peak_memory() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (word == "VmHWM:") {
            double kibibytes = 0.0;
            status >> kibibytes;
            constexpr double bytes = 1024.0;
            return kibibytes * bytes;
        }
    return 0.0;
}

void peak_memory_of_score(benchmark::State& state) {
    const IndexModel model = thuocdo::synthetic::model();
    const Eigen::MatrixXd x = values(model, state.range(0));
    const Panel panel = panel_on(model, x);
    const double panel_bytes = static_cast<double>(x.size()) * static_cast<double>(sizeof(double));
    for (auto _ : state) {
        const Scoreboard board = thuocdo::score(model, panel);
        verify(board);
        const auto cells = static_cast<double>(board.results().size());
        state.counters["results_over_panel"] =
            cells * static_cast<double>(sizeof(double)) / panel_bytes;
    }
    state.counters["peak_over_panel"] = peak_memory() / panel_bytes;
    state.counters["panel_MB"] = panel_bytes / 1e6;
}
BENCHMARK(peak_memory_of_score)->Arg(1'000'000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
