#include <thuocdo/aggregate/arithmetic.hpp>
#include <thuocdo/aggregate/copeland.hpp>
#include <thuocdo/aggregate/geometric.hpp>
#include <thuocdo/aggregate/gini_penalised_mean.hpp>
#include <thuocdo/aggregate/harmonic.hpp>
#include <thuocdo/aggregate/hellwig.hpp>
#include <thuocdo/aggregate/maximum.hpp>
#include <thuocdo/aggregate/mazziotta_pareto.hpp>
#include <thuocdo/aggregate/mean_min.hpp>
#include <thuocdo/aggregate/median.hpp>
#include <thuocdo/aggregate/minimum.hpp>
#include <thuocdo/aggregate/ordered_weighted_average.hpp>
#include <thuocdo/aggregate/power_mean.hpp>
#include <thuocdo/aggregate/sum_of_points.hpp>
#include <thuocdo/aggregate/wroclaw.hpp>
#include <thuocdo/score.hpp>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "progress.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using Weights = std::optional<std::vector<double>>;
using Out = Eigen::Map<Eigen::VectorXd>;
using Matrix = Eigen::Map<const Eigen::MatrixXd>;

/// Runs a kernel over the rows of `x`; weights that are not given are equal.
template <class Kernel>
[[nodiscard]] py::array_t<double> by_row(const Columns& x, const Weights& weights,
                                         const Kernel& kernel) {
    if (x.ndim() != 2)
        throw NumericError("aggregation: impossible argument",
                           {{"shape", "argument \"x\"", std::to_string(x.ndim()) + " dimensions",
                             "2 dimensions: units x children", ""}});
    const std::vector<double> used =
        weights ? *weights : std::vector<double>(static_cast<std::size_t>(x.shape(1)), 1.0);
    py::array_t<double> out(x.shape(0));
    const Matrix children(x.data(), x.shape(0), x.shape(1));
    Out results(out.mutable_data(), x.shape(0));
    {
        const py::gil_scoped_release release;
        kernel(children, std::span<const double>(used), results);
    }
    return out;
}

using Plain = void (*)(aggregate::ChildrenView, std::span<const double>, ColumnOut);

void define_plain(py::module_& module, const char* name, Plain kernel) {
    module.def(
        name,
        [kernel](const Columns& x, const Weights& weights) {
            return by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                kernel(in, w, out);
            });
        },
        py::arg("x"), py::arg("weights"));
}

}  // namespace

void register_aggregate(py::module_& module) {
    using py::arg;
    define_plain(module, "arithmetic", &aggregate::arithmetic);
    define_plain(module, "geometric", &aggregate::geometric);
    define_plain(module, "harmonic", &aggregate::harmonic);
    define_plain(module, "minimum", &aggregate::minimum);
    define_plain(module, "maximum", &aggregate::maximum);
    define_plain(module, "median", &aggregate::median);
    define_plain(module, "gini_penalised_mean", &aggregate::gini_penalised_mean);
    module.def(
        "copeland",
        [](const Columns& x, const Weights& weights, int threads, py::object progress) {
            PythonProgress reporter(std::move(progress));
            aggregate::CopelandOptions options;
            options.threads = threads;
            options.progress = [&reporter](double share) { return reporter.report(share); };
            bool finished = false;
            py::array_t<double> scores =
                by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                    finished = aggregate::copeland(in, w, out, options);
                });
            if (finished) return scores;
            reporter.rethrow();
            throw Cancelled();
        },
        arg("x"), arg("weights"), arg("threads"), arg("progress"));
    module.def(
        "wroclaw",
        [](const Columns& x, bool sample_deviation, const Weights& weights) {
            return by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                aggregate::wroclaw(in, w, sample_deviation, out);
            });
        },
        arg("x"), arg("sample_deviation"), arg("weights"));
    module.def(
        "hellwig",
        [](const Columns& x, bool sample_deviation, const Weights& weights) {
            return by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                aggregate::hellwig(in, w, sample_deviation, out);
            });
        },
        arg("x"), arg("sample_deviation"), arg("weights"));
    module.def(
        "sum_of_points",
        [](const Columns& x, const std::vector<double>& points) {
            return by_row(x, points, [](const Matrix& in, std::span<const double> w, Out& out) {
                aggregate::sum_of_points(in, w, out);
            });
        },
        arg("x"), arg("points"));
    module.def(
        "power_mean",
        [](const Columns& x, double exponent, const Weights& weights) {
            return by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                aggregate::power_mean(in, w, exponent, out);
            });
        },
        arg("x"), arg("exponent"), arg("weights"));
    module.def(
        "ordered_weighted_average",
        [](const Columns& x, const std::vector<double>& order_weights, const Weights& weights) {
            return by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                aggregate::ordered_weighted_average(in, w, order_weights, out);
            });
        },
        arg("x"), arg("order_weights"), arg("weights"));
    module.def(
        "mean_min",
        [](const Columns& x, double alpha, double beta, const Weights& weights) {
            return by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                aggregate::mean_min(in, w, alpha, beta, out);
            });
        },
        arg("x"), arg("alpha"), arg("beta"), arg("weights"));
    module.def(
        "mazziotta_pareto",
        [](const Columns& x, bool negative_penalty, bool sample_deviation, const Weights& weights) {
            return by_row(x, weights, [&](const Matrix& in, std::span<const double> w, Out& out) {
                aggregate::mazziotta_pareto(in, w, negative_penalty ? -1.0 : 1.0, sample_deviation,
                                            out);
            });
        },
        arg("x"), arg("negative_penalty"), arg("sample_deviation"), arg("weights"));
}

}  // namespace thuocdo::python
