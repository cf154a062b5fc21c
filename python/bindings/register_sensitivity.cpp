// Which factors of a robustness run matter.

#include <thuocdo/robust/sensitivity.hpp>

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "factor_list.hpp"
#include "register.hpp"
#include "sobol_fields.hpp"
#include "watched_run.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

using robust::Sensitivity;
using robust::SensitivityTarget;

[[nodiscard]] SensitivityTarget target_from(const std::string& word) {
    if (word == "mean_rank_shift") return SensitivityTarget::mean_rank_shift;
    if (word == "rank") return SensitivityTarget::rank;
    if (word == "score") return SensitivityTarget::score;
    refuse_word("target", word, "mean_rank_shift, rank or score");
}

[[nodiscard]] Sensitivity find_sensitivity(const Scoreboard& board, const FactorList& factors,
                                           std::uint64_t samples, std::uint64_t seed,
                                           const std::string& target, std::string unit,
                                           Index resamples, double level, int threads,
                                           py::object progress) {
    robust::SensitivityOptions options;
    options.samples = samples;
    options.seed = seed;
    options.threads = threads;
    options.target = target_from(target);
    options.unit = std::move(unit);
    options.resamples = resamples;
    options.level = level;
    return watched(options, std::move(progress),
                   [&] { return robust::sensitivity(board, factors.factors, options); });
}

}  // namespace

void register_sensitivity(py::module_& module) {
    using py::arg;
    py::class_<Sensitivity>(module, "Sensitivity")
        .def_readonly("board", &Sensitivity::board)
        .def_readonly("factors", &Sensitivity::factors)
        .def_readonly("samples", &Sensitivity::samples)
        .def_readonly("runs", &Sensitivity::runs)
        .def_property_readonly(
            "failures",
            [](const Sensitivity& result) {
                std::vector<std::tuple<std::string, std::uint64_t, std::uint64_t, std::string>> out;
                for (const robust::FailedDraws& each : result.failures)
                    out.emplace_back(each.code, each.count, each.first_draw, each.text);
                return out;
            })
        .def("indices", [](const Sensitivity& result) { return fields_of(result.indices); })
        .def("text", &printed_text<Sensitivity>);
    module.def("sensitivity", &find_sensitivity, arg("board"), arg("factors"), arg("samples"),
               arg("seed"), arg("target"), arg("unit"), arg("resamples"), arg("level"),
               arg("threads"), arg("progress"));
}

}  // namespace thuocdo::python
