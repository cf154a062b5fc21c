#include <thuocdo/rank/moora_multiplicative.hpp>
#include <thuocdo/rank/moora_ratio.hpp>
#include <thuocdo/rank/moora_reference_point.hpp>
#include <thuocdo/rank/multimoora.hpp>
#include <thuocdo/rank/topsis.hpp>
#include <thuocdo/rank/vikor.hpp>
#include <thuocdo/rank/waspas.hpp>
#include <thuocdo/rank/weighted_product.hpp>

#include <string>

#include "rank_results.hpp"
#include "rank_words.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// A method whose options are made from the arguments of Python.
template <class Options, class Kernel>
[[nodiscard]] auto run(const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
                       const Options& options, const Kernel& kernel) {
    const DecisionInput input(matrix, weights, directions);
    return without_lock(
        [&] { return kernel(input.matrix(), input.weights(), input.directions(), options); });
}

void register_products(py::module_& module) {
    using py::arg;
    bind_result<rank::WeightedProductResult>(module, "WeightedProductResult");
    module.def(
        "rank_weighted_product",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const std::string& normalisation, bool keep_matrix) {
            const rank::WeightedProductOptions options{normalisation_of(normalisation),
                                                       keep_matrix};
            return run(matrix, weights, directions, options, rank::weighted_product);
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("normalisation"), arg("keep_matrix"));
    bind_result<rank::WaspasResult>(module, "WaspasResult");
    module.def(
        "rank_waspas",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions, double lambda,
           const std::string& normalisation, bool keep_matrix) {
            const rank::WaspasOptions options{lambda, normalisation_of(normalisation), keep_matrix};
            return run(matrix, weights, directions, options, rank::waspas);
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("lambda_"), arg("normalisation"),
        arg("keep_matrix"));
}

void register_compromises(py::module_& module) {
    using py::arg;
    bind_result<rank::TopsisResult>(module, "TopsisResult");
    module.def(
        "rank_topsis",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const std::string& normalisation, bool keep_matrix) {
            const rank::TopsisOptions options{normalisation_of(normalisation), keep_matrix};
            return run(matrix, weights, directions, options, rank::topsis);
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("normalisation"), arg("keep_matrix"));
    bind_result<rank::VikorResult>(module, "VikorResult");
    module.def(
        "rank_vikor",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions, double v,
           bool keep_matrix) {
            const rank::VikorOptions options{v, keep_matrix};
            return run(matrix, weights, directions, options, rank::vikor);
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("v"), arg("keep_matrix"));
}

void register_moora(py::module_& module) {
    using py::arg;
    bind_result<rank::MooraRatioResult>(module, "MooraRatioResult");
    module.def(
        "rank_moora_ratio",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           bool keep_matrix) {
            const rank::MooraRatioOptions options{keep_matrix};
            return run(matrix, weights, directions, options, rank::moora_ratio);
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("keep_matrix"));
    bind_result<rank::MooraReferencePointResult>(module, "MooraReferencePointResult");
    module.def(
        "rank_moora_reference_point",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           bool keep_matrix) {
            const rank::MooraReferencePointOptions options{keep_matrix};
            return run(matrix, weights, directions, options, rank::moora_reference_point);
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("keep_matrix"));
    bind_result<rank::MooraMultiplicativeResult>(module, "MooraMultiplicativeResult");
    module.def(
        "rank_moora_multiplicative",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions) {
            return run(matrix, weights, directions, rank::MooraMultiplicativeOptions{},
                       rank::moora_multiplicative);
        },
        arg("matrix"), arg("weights"), arg("directions"));
    bind_result<rank::MultimooraResult>(module, "MultimooraResult");
    module.def(
        "rank_multimoora",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions) {
            return run(matrix, weights, directions, rank::MultimooraOptions{}, rank::multimoora);
        },
        arg("matrix"), arg("weights"), arg("directions"));
}

}  // namespace

void register_rank_classic(py::module_& module) {
    register_products(module);
    register_compromises(module);
    register_moora(module);
}

}  // namespace thuocdo::python
