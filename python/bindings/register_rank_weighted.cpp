#include <thuocdo/rank/normalisation.hpp>
#include <thuocdo/rank/weighted_sum.hpp>

#include <string>

#include "rank_results.hpp"
#include "rank_words.hpp"
#include "register.hpp"

namespace thuocdo::python {

void register_rank_weighted(py::module_& module) {
    using py::arg;
    bind_result<rank::WeightedSumResult>(module, "WeightedSumResult");
    module.def(
        "rank_weighted_sum",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const std::string& normalisation, bool keep_matrix) {
            const DecisionInput input(matrix, weights, directions);
            const rank::WeightedSumOptions options{normalisation_of(normalisation), keep_matrix};
            return without_lock([&] {
                return rank::weighted_sum(input.matrix(), input.weights(), input.directions(),
                                          options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("normalisation"), arg("keep_matrix"));
    module.def(
        "rank_normalise",
        [](const AnyLayout& matrix, const Signs& directions, const std::string& how) {
            const py::array_t<double> none(0);
            const DecisionInput input(matrix, none, directions);
            const rank::Normalisation chosen = normalisation_of(how);
            const Eigen::MatrixXd found = without_lock(
                [&] { return rank::normalise(input.matrix(), input.directions(), chosen); });
            return copy_of(found);
        },
        arg("matrix"), arg("directions"), arg("normalisation"));
}

}  // namespace thuocdo::python
