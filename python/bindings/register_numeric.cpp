#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/normal_quantile.hpp>
#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <string>
#include <vector>

#include "convert.hpp"
#include "register.hpp"
#include "words.hpp"

namespace thuocdo::python {

void register_numeric(py::module_& module) {
    using py::arg;
    module.def(
        "round_decimal",
        [](const Columns& x, int digits, const std::string& mode) {
            const std::vector<py::ssize_t> shape(x.shape(), x.shape() + x.ndim());
            const std::vector<py::ssize_t> strides(x.strides(), x.strides() + x.ndim());
            py::array_t<double> out(shape, strides);
            Eigen::Map<Eigen::VectorXd> results(out.mutable_data(), x.size());
            results = Eigen::Map<const Eigen::VectorXd>(x.data(), x.size());
            numeric::round_decimal(results, digits, rounding_mode_of(mode));
            return out;
        },
        arg("x"), arg("digits"), arg("mode"));
    module.def(
        "exact_sum",
        [](const Columns& x) {
            numeric::ExactSum sum;
            for (py::ssize_t i = 0; i < x.size(); ++i) sum.add(x.data()[i]);
            return sum.value();
        },
        arg("x"));
    module.def(
        "weighted_mean",
        [](const Columns& x, const Columns& weights) {
            return numeric::weighted_mean(to_vector(x, "x"), to_vector(weights, "weights"));
        },
        arg("x"), arg("weights"));
    module.def(
        "quantile",
        [](const Columns& x, double probability) {
            return numeric::quantile(to_vector(x, "x"), probability);
        },
        arg("x"), arg("probability"));
    module.def("normal_quantile", &numeric::normal_quantile, arg("probability"));
    module.def(
        "column_statistics",
        [](const Columns& x) {
            const numeric::ColumnStatistics found = numeric::column_statistics(to_vector(x, "x"));
            py::dict out;
            out["observed"] = found.observed;
            out["minimum"] = found.minimum;
            out["maximum"] = found.maximum;
            out["mean"] = found.mean;
            out["standard_deviation"] = found.standard_deviation;
            return out;
        },
        arg("x"));
    module.def("shortest", &numeric::shortest, arg("x"),
               "The shortest decimal that reads back to the same number.");
    module.def("fixed", &numeric::fixed, arg("x"), arg("digits"),
               "The number with so many decimals, halves away from zero.");
}

}  // namespace thuocdo::python
