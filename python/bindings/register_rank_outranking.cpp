#include <thuocdo/rank/electre_one.hpp>
#include <thuocdo/rank/electre_three.hpp>
#include <thuocdo/rank/promethee_one.hpp>
#include <thuocdo/rank/promethee_two.hpp>
#include <thuocdo/score.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "progress.hpp"
#include "rank_relations.hpp"
#include "rank_results.hpp"
#include "register.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

using Values = std::vector<double>;

[[nodiscard]] rank::PreferenceShape shape_of(const std::string& word) {
    using rank::PreferenceShape;
    static constexpr std::array<std::pair<const char*, PreferenceShape>, 6> words{
        {{"usual", PreferenceShape::usual},
         {"u_shape", PreferenceShape::u_shape},
         {"v_shape", PreferenceShape::v_shape},
         {"level", PreferenceShape::level},
         {"linear", PreferenceShape::linear},
         {"gaussian", PreferenceShape::gaussian}}};
    for (const auto& [name, shape] : words)
        if (word == name) return shape;
    refuse_word("preference", word, "usual, u_shape, v_shape, level, linear or gaussian");
}

/// The wrapper in Python gives one entry a criterion for each.
void require_entries(const char* argument, const Values& values, std::size_t expected) {
    if (values.size() == expected) return;
    throw NumericError("thresholds do not fit the criteria",
                       {{"size_mismatch", std::string("argument \"") + argument + '"',
                         std::to_string(values.size()) + " entries",
                         std::to_string(expected) + ", one a criterion", ""}});
}

template <class Options>
void read_preferences(const std::vector<std::string>& shapes, const Values& q, const Values& p,
                      const Values& s, Options& options) {
    require_entries("q", q, shapes.size());
    require_entries("p", p, shapes.size());
    require_entries("s", s, shapes.size());
    for (std::size_t j = 0; j < shapes.size(); ++j)
        options.preferences.push_back({shape_of(shapes[j]), q[j], p[j], s[j]});
}

/// Runs a PROMETHEE kernel without the lock of the interpreter. Ctrl-C and the callback of
/// Python stop it.
template <class Options, class Kernel>
[[nodiscard]] auto watched_until_finished(Options& options, py::object progress,
                                          const Kernel& kernel) {
    PythonProgress reporter(std::move(progress));
    options.progress = [&reporter](double share) { return reporter.report(share); };
    auto result = without_lock(kernel);
    if (result.finished) return result;
    reporter.rethrow();
    throw Cancelled();
}

void register_promethee(py::module_& module) {
    using py::arg;
    bind_result<rank::PrometheeOneResult>(module, "PrometheeOneResult");
    bind_result<rank::PrometheeTwoResult>(module, "PrometheeTwoResult");
    module.def(
        "rank_promethee_one",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const std::vector<std::string>& shapes, const Values& q, const Values& p,
           const Values& s, bool keep_matrix, Index largest_relation, int threads,
           py::object progress) {
            const DecisionInput input(matrix, weights, directions);
            rank::PrometheeOneOptions options;
            read_preferences(shapes, q, p, s, options);
            options.keep_matrix = keep_matrix;
            options.largest_relation = largest_relation;
            options.threads = threads;
            return watched_until_finished(options, std::move(progress), [&] {
                return rank::promethee_one(input.matrix(), input.weights(), input.directions(),
                                           options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("preference"), arg("q"), arg("p"),
        arg("s"), arg("keep_matrix"), arg("largest_relation"), arg("threads"), arg("progress"));
    module.def(
        "rank_promethee_two",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const std::vector<std::string>& shapes, const Values& q, const Values& p,
           const Values& s, bool keep_matrix, int threads, py::object progress) {
            const DecisionInput input(matrix, weights, directions);
            rank::PrometheeTwoOptions options;
            read_preferences(shapes, q, p, s, options);
            options.keep_matrix = keep_matrix;
            options.threads = threads;
            return watched_until_finished(options, std::move(progress), [&] {
                return rank::promethee_two(input.matrix(), input.weights(), input.directions(),
                                           options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("preference"), arg("q"), arg("p"),
        arg("s"), arg("keep_matrix"), arg("threads"), arg("progress"));
}

void register_electre(py::module_& module) {
    using py::arg;
    bind_result<rank::ElectreOneResult>(module, "ElectreOneResult");
    bind_result<rank::ElectreThreeResult>(module, "ElectreThreeResult");
    module.def(
        "rank_electre_one",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           double concordance_threshold, double discordance_threshold) {
            const DecisionInput input(matrix, weights, directions);
            const rank::ElectreOneOptions options{concordance_threshold, discordance_threshold};
            return without_lock([&] {
                return rank::electre_one(input.matrix(), input.weights(), input.directions(),
                                         options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("concordance_threshold"),
        arg("discordance_threshold"));
    module.def(
        "rank_electre_three",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const Values& q, const Values& p, const Values& v, double alpha, double beta,
           bool keep_matrix) {
            const DecisionInput input(matrix, weights, directions);
            rank::ElectreThreeOptions options;
            require_entries("p", p, q.size());
            require_entries("v", v, q.size());
            for (std::size_t j = 0; j < q.size(); ++j)
                options.thresholds.push_back({q[j], p[j], v[j]});
            options.distillation = {alpha, beta};
            options.keep_matrix = keep_matrix;
            return without_lock([&] {
                return rank::electre_three(input.matrix(), input.weights(), input.directions(),
                                           options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("q"), arg("p"), arg("v"),
        arg("alpha"), arg("beta"), arg("keep_matrix"));
}

}  // namespace

void register_rank_outranking(py::module_& module) {
    register_promethee(module);
    register_electre(module);
}

}  // namespace thuocdo::python
