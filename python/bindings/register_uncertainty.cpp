// Robustness runs: how sure scores and ranks are when the choices of an index vary.

#include <thuocdo/robust/uncertainty.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "factor_list.hpp"
#include "progress.hpp"
#include "register.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

using robust::DrawCounts;
using robust::FailedDraws;
using robust::Uncertainty;
using robust::UncertaintyPlan;
using robust::UncertaintyRow;

/// Who watches the run of this thread. A plan outlives its runs and is shared by threads, and
/// the library reports on the calling thread.
thread_local PythonProgress* run_watcher = nullptr;

[[nodiscard]] bool report_to_watcher(double share) {
    return run_watcher == nullptr || run_watcher->report(share);
}

class WatchedThread {
  public:
    explicit WatchedThread(PythonProgress& progress) : before_(run_watcher) {
        run_watcher = &progress;
    }
    WatchedThread(const WatchedThread&) = delete;
    WatchedThread& operator=(const WatchedThread&) = delete;
    ~WatchedThread() { run_watcher = before_; }

  private:
    PythonProgress* before_;
};

[[nodiscard]] robust::Pairs pairs_from(const std::string& word) {
    if (word == "automatic") return robust::Pairs::automatic;
    if (word == "neighbours") return robust::Pairs::neighbours;
    if (word == "all") return robust::Pairs::all;
    if (word == "none") return robust::Pairs::none;
    refuse_word("pairs", word, "automatic, neighbours, all or none");
}

[[nodiscard]] DrawCounts partial_counts(const UncertaintyPlan& plan, std::uint64_t first,
                                        std::uint64_t count, py::object progress) {
    PythonProgress reporter(std::move(progress));
    const WatchedThread watched_thread(reporter);
    try {
        return without_lock([&] { return plan.partial(first, count); });
    } catch (const Cancelled&) {
        reporter.rethrow();
        throw;
    }
}

[[nodiscard]] std::vector<std::tuple<std::string, std::uint64_t, std::uint64_t, std::string>>
failure_rows(const std::vector<FailedDraws>& failures) {
    std::vector<std::tuple<std::string, std::uint64_t, std::uint64_t, std::string>> out;
    for (const FailedDraws& each : failures)
        out.emplace_back(each.code, each.count, each.first_draw, each.text);
    return out;
}

[[nodiscard]] py::bytes bytes_of(const DrawCounts& counts) {
    return py::bytes(without_lock([&] { return counts.bytes(); }));
}

[[nodiscard]] DrawCounts counts_from(const py::bytes& bytes) {
    const auto view = static_cast<std::string_view>(bytes);
    return without_lock([&] { return DrawCounts::from_bytes(view); });
}

/// The table of a run, in the nominal order.
[[nodiscard]] py::dict uncertainty_columns(const Uncertainty& result, double level) {
    const std::vector<UncertaintyRow> rows = result.rows(level);
    TableOf<UncertaintyRow> table{rows};
    table.texts("unit", [](const UncertaintyRow& row) { return row.unit.code; });
    table.texts("name", [](const UncertaintyRow& row) { return row.unit.display_name(); });
    table.numbers("rank", [](const UncertaintyRow& row) { return row.nominal_rank; });
    table.numbers("rank_low", [](const UncertaintyRow& row) { return row.rank.lower; });
    table.numbers("rank_high", [](const UncertaintyRow& row) { return row.rank.upper; });
    table.numbers("rank_median", [](const UncertaintyRow& row) { return row.median_rank; });
    table.numbers("rank_mean", [](const UncertaintyRow& row) { return row.mean_rank; });
    table.numbers("score", [](const UncertaintyRow& row) { return row.nominal_score; });
    table.numbers("score_low", [](const UncertaintyRow& row) { return row.score.lower; });
    table.numbers("score_high", [](const UncertaintyRow& row) { return row.score.upper; });
    table.numbers("score_median", [](const UncertaintyRow& row) { return row.median_score; });
    table.numbers("score_mean", [](const UncertaintyRow& row) { return row.mean_score; });
    table.numbers("score_deviation", [](const UncertaintyRow& row) { return row.deviation; });
    return table.take();
}

/// A number for each unit, in the order of the data.
template <class Get>
[[nodiscard]] py::array_t<double> of_each_unit(const Uncertainty& result, const Get& get) {
    Eigen::VectorXd out(result.board().unit_count());
    for (Index unit = 0; unit < out.size(); ++unit) out[unit] = get(unit);
    return copy_of(out);
}

[[nodiscard]] py::tuple rank_intervals(const Uncertainty& result, double level) {
    return py::make_tuple(
        of_each_unit(result, [&](Index unit) { return result.rank_interval(unit, level).lower; }),
        of_each_unit(result, [&](Index unit) { return result.rank_interval(unit, level).upper; }));
}

void register_counts(py::module_& module) {
    using py::arg;
    py::class_<DrawCounts>(module, "DrawCounts")
        .def_property_readonly("draws", &DrawCounts::draws)
        .def_property_readonly("failed", &DrawCounts::failed)
        .def_property_readonly(
            "failures", [](const DrawCounts& counts) { return failure_rows(counts.failures()); })
        .def_property_readonly("ranges",
                               [](const DrawCounts& counts) {
                                   std::vector<std::pair<std::uint64_t, std::uint64_t>> out;
                                   for (const auto& range : counts.ranges())
                                       out.emplace_back(range.first, range.count);
                                   return out;
                               })
        .def_property_readonly("run",
                               [](const DrawCounts& counts) { return counts.layout().digest; })
        .def("digest", &DrawCounts::digest, py::call_guard<py::gil_scoped_release>())
        .def("bytes", &bytes_of)
        .def_static("from_bytes", &counts_from, arg("data"))
        .def(
            "merged",
            [](const DrawCounts& counts, const DrawCounts& other) {
                DrawCounts sum = counts;
                sum.merge(other);
                return sum;
            },
            arg("other"), py::call_guard<py::gil_scoped_release>());
}

void register_result(py::module_& module) {
    using py::arg;
    const auto matrix = [](Eigen::MatrixXd (Uncertainty::*get)() const) {
        return [get](const Uncertainty& result) { return copy_of((result.*get)()); };
    };
    py::class_<Uncertainty>(module, "Uncertainty")
        .def_property_readonly("board", &Uncertainty::board)
        .def_property_readonly("factors", &Uncertainty::factors)
        .def_property_readonly("seed", &Uncertainty::seed)
        .def_property_readonly("draws", &Uncertainty::draws)
        .def_property_readonly("failed", &Uncertainty::failed)
        .def_property_readonly(
            "failures", [](const Uncertainty& result) { return failure_rows(result.failures()); })
        .def_property_readonly("counts", &Uncertainty::counts)
        .def_property_readonly("rank_resolution", &Uncertainty::rank_resolution)
        .def("columns", &uncertainty_columns, arg("level"))
        .def("rank_intervals", &rank_intervals, arg("level"))
        .def(
            "interval",
            [](const Uncertainty& result, const std::string& unit, double level) {
                const robust::Interval found = result.interval(unit, level);
                return std::pair(found.lower, found.upper);
            },
            arg("unit"), arg("level"))
        .def("rank_acceptability", matrix(&Uncertainty::rank_acceptability))
        .def("acceptability_ranks",
             [](const Uncertainty& result) { return copy_of(result.acceptability_ranks()); })
        .def(
            "probability_top",
            [](const Uncertainty& result, Index top) {
                return of_each_unit(result,
                                    [&](Index unit) { return result.probability_top(unit, top); });
            },
            arg("top"))
        .def_property_readonly("band_codes",
                               [](const Uncertainty& result) {
                                   std::vector<std::string> out;
                                   const auto& scale = result.board().model().definition().bands;
                                   if (scale)
                                       for (const Band& band : scale->bands)
                                           out.push_back(band.code);
                                   return out;
                               })
        .def("band_probability", matrix(&Uncertainty::band_probability))
        .def("winning_probabilities", matrix(&Uncertainty::winning_probabilities))
        .def("central_weights", matrix(&Uncertainty::central_weights))
        .def("first_places",
             [](const Uncertainty& result) {
                 std::vector<std::uint32_t> out;
                 for (Index unit = 0; unit < result.board().unit_count(); ++unit)
                     out.push_back(result.counts().firsts(unit));
                 return out;
             })
        .def("groups", &Uncertainty::groups, arg("level"))
        .def("text", &printed_text<Uncertainty>);
}

}  // namespace

void register_uncertainty(py::module_& module) {
    using py::arg;
    register_counts(module);
    register_result(module);
    py::class_<UncertaintyPlan>(module, "UncertaintyPlan")
        .def(py::init([](const Scoreboard& board, const FactorList& factors, std::uint64_t draws,
                         std::uint64_t seed, int threads, const std::string& pairs) {
                 robust::UncertaintyOptions options;
                 options.draws = draws;
                 options.seed = seed;
                 options.threads = threads;
                 options.pairs = pairs_from(pairs);
                 options.progress = &report_to_watcher;
                 const py::gil_scoped_release release;
                 return std::make_unique<UncertaintyPlan>(board, factors.factors, options);
             }),
             arg("board"), arg("factors"), arg("draws"), arg("seed"), arg("threads"), arg("pairs"))
        .def("partial", &partial_counts, arg("first"), arg("count"), arg("progress"))
        .def("finish", &UncertaintyPlan::finish, arg("counts"),
             py::call_guard<py::gil_scoped_release>());
}

}  // namespace thuocdo::python
