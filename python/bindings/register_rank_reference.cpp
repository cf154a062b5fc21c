#include <thuocdo/rank/aras.hpp>
#include <thuocdo/rank/cocoso.hpp>
#include <thuocdo/rank/copras.hpp>
#include <thuocdo/rank/edas.hpp>
#include <thuocdo/rank/mabac.hpp>
#include <thuocdo/rank/mairca.hpp>
#include <thuocdo/rank/marcos.hpp>
#include <thuocdo/rank/ram.hpp>

#include <vector>

#include "rank_results.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// A method whose only option is whether the result keeps the matrices of cells.
template <class Result, class Options, class Method>
void bind_method(py::module_& module, const char* result, const char* function, Method method) {
    using py::arg;
    bind_result<Result>(module, result);
    module.def(
        function,
        [method](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
                 bool keep_matrix) {
            const DecisionInput input(matrix, weights, directions);
            const Options options{.keep_matrix = keep_matrix};
            return without_lock([&] {
                return method(input.matrix(), input.weights(), input.directions(), options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("keep_matrix"));
}

}  // namespace

void register_rank_reference(py::module_& module) {
    using py::arg;
    bind_method<rank::CoprasResult, rank::CoprasOptions>(module, "CoprasResult", "rank_copras",
                                                         rank::copras);
    bind_method<rank::EdasResult, rank::EdasOptions>(module, "EdasResult", "rank_edas", rank::edas);
    bind_method<rank::MabacResult, rank::MabacOptions>(module, "MabacResult", "rank_mabac",
                                                       rank::mabac);
    bind_method<rank::MaircaResult, rank::MaircaOptions>(module, "MaircaResult", "rank_mairca",
                                                         rank::mairca);
    bind_method<rank::MarcosResult, rank::MarcosOptions>(module, "MarcosResult", "rank_marcos",
                                                         rank::marcos);
    bind_method<rank::RamResult, rank::RamOptions>(module, "RamResult", "rank_ram", rank::ram);
    bind_result<rank::ArasResult>(module, "ArasResult");
    module.def(
        "rank_aras",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const std::vector<double>& optimal_values, bool keep_matrix) {
            const DecisionInput input(matrix, weights, directions);
            const rank::ArasOptions options{optimal_values, keep_matrix};
            return without_lock([&] {
                return rank::aras(input.matrix(), input.weights(), input.directions(), options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("optimal_values"),
        arg("keep_matrix"));
    bind_result<rank::CocosoResult>(module, "CocosoResult");
    module.def(
        "rank_cocoso",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           double sum_share, bool keep_matrix) {
            const DecisionInput input(matrix, weights, directions);
            const rank::CocosoOptions options{sum_share, keep_matrix};
            return without_lock([&] {
                return rank::cocoso(input.matrix(), input.weights(), input.directions(), options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("sum_share"), arg("keep_matrix"));
}

}  // namespace thuocdo::python
