#include <thuocdo/numeric/gamma_quantile.hpp>
#include <thuocdo/robust/sobol_indices_of.hpp>
#include <thuocdo/weigh/dirichlet.hpp>

#include <optional>
#include <string>
#include <utility>

#include "convert.hpp"
#include "progress.hpp"
#include "register.hpp"
#include "sobol_fields.hpp"

namespace thuocdo::python {

namespace {

using Matrix = Eigen::Map<const Eigen::MatrixXd>;

[[nodiscard]] Matrix matrix_of(const Columns& x, const char* argument) {
    if (x.ndim() != 2)
        throw NumericError("arrays of another shape",
                           {{"shape", std::string("argument \"") + argument + '"',
                             std::to_string(x.ndim()) + " dimensions", "2 dimensions", ""}});
    return {x.data(), x.shape(0), x.shape(1)};
}

[[nodiscard]] py::array_t<double> array_of(const Eigen::VectorXd& column) {
    return read_only(copy_of(column));
}

/// One number a factor.
template <class Get>
[[nodiscard]] py::array_t<double> numbers_of(const robust::SobolIndices& found, Get get) {
    Eigen::VectorXd out(static_cast<Index>(found.factors.size()));
    for (std::size_t j = 0; j < found.factors.size(); ++j)
        out[static_cast<Index>(j)] = get(found.factors[j]);
    return array_of(out);
}

/// One number or word a factor.
template <class Get>
[[nodiscard]] py::tuple words_of(const robust::SobolIndices& found, Get get) {
    py::list out;
    for (const robust::SobolFactor& factor : found.factors) out.append(py::cast(get(factor)));
    return py::tuple(out);
}

[[nodiscard]] const char* word_of(robust::SobolState state) {
    switch (state) {
        case robust::SobolState::no_variation:
            return "no_variation";
        case robust::SobolState::too_few_rows:
            return "too_few_rows";
        case robust::SobolState::estimated:
            break;
    }
    return "estimated";
}

}  // namespace

py::dict fields_of(const robust::SobolIndices& found) {
    using Factor = robust::SobolFactor;
    py::dict out;
    out["first_order"] = numbers_of(found, [](const Factor& f) { return f.first_order.value; });
    out["first_order_lower"] =
        numbers_of(found, [](const Factor& f) { return f.first_order.lower; });
    out["first_order_upper"] =
        numbers_of(found, [](const Factor& f) { return f.first_order.upper; });
    out["total"] = numbers_of(found, [](const Factor& f) { return f.total.value; });
    out["total_lower"] = numbers_of(found, [](const Factor& f) { return f.total.lower; });
    out["total_upper"] = numbers_of(found, [](const Factor& f) { return f.total.upper; });
    out["first_order_includes_zero"] =
        words_of(found, [](const Factor& f) { return f.first_order.includes_zero(); });
    out["total_includes_zero"] =
        words_of(found, [](const Factor& f) { return f.total.includes_zero(); });
    out["rows_used"] = words_of(found, [](const Factor& f) { return f.rows; });
    out["left_out"] = words_of(found, [](const Factor& f) { return f.left_out; });
    out["state"] = words_of(found, [](const Factor& f) { return word_of(f.state); });
    out["reason"] = words_of(found, [](const Factor& f) { return label_of(f.state).en; });
    out["reason_vi"] = words_of(found, [](const Factor& f) { return label_of(f.state).vi; });
    out["mean"] = found.mean;
    out["variance"] = found.variance;
    out["rows"] = found.rows;
    out["missing_outputs"] = found.missing_outputs;
    out["resamples"] = found.resamples;
    out["level"] = found.level;
    const auto steps = static_cast<Index>(found.convergence.size());
    const auto factors = static_cast<Index>(found.factors.size());
    Eigen::MatrixXd first_order(steps, factors);
    Eigen::MatrixXd total(steps, factors);
    py::list rows;
    for (Index k = 0; k < steps; ++k) {
        const robust::SobolConvergence& step = found.convergence[static_cast<std::size_t>(k)];
        rows.append(step.rows);
        first_order.row(k) = step.first_order.transpose();
        total.row(k) = step.total.transpose();
    }
    out["convergence_rows"] = py::tuple(rows);
    out["convergence_first_order"] = read_only(copy_of(first_order));
    out["convergence_total"] = read_only(copy_of(total));
    return out;
}

namespace {

/// Runs without the lock of the interpreter, with a callback that Python gave.
template <class Run>
[[nodiscard]] robust::SobolIndices run_with(py::object progress, const Run& run) {
    PythonProgress reporter(std::move(progress));
    try {
        const py::gil_scoped_release release;
        return run([&reporter](double share) { return reporter.report(share); });
    } catch (const Cancelled&) {
        reporter.rethrow();
        throw;
    }
}

/// Outputs of a Python function at points, one a row.
void call_function(const py::object& function, const Eigen::Ref<const Eigen::MatrixXd>& points,
                   ColumnOut outputs) {
    const Numbers found(function(copy_of(Eigen::MatrixXd(points))));
    if (found.ndim() != 1 || found.shape(0) != points.rows()) {
        std::string shape;
        for (py::ssize_t k = 0; k < found.ndim(); ++k)
            shape += (k == 0 ? "" : " x ") + std::to_string(found.shape(k));
        throw NumericError("no sensitivity indices of this function",
                           {Problem{"size_mismatch", "result of \"function\"",
                                    found.ndim() == 0 ? "one number" : shape + " numbers",
                                    std::to_string(points.rows()) + " numbers, one a point",
                                    "return one output for each row of the array"}});
    }
    const auto cells = found.unchecked<1>();
    for (Index i = 0; i < points.rows(); ++i) outputs[i] = cells(i);
}

void register_points(py::module_& module) {
    using py::arg;
    module.def(
        "sobol_points",
        [](std::uint64_t seed, Index count, Index dimensions, std::uint64_t first, bool scramble) {
            return copy_of(without_lock([&] {
                return (scramble ? numeric::SobolSequence(seed, dimensions)
                                 : numeric::SobolSequence::unscrambled(dimensions))
                    .points(first, count);
            }));
        },
        arg("seed"), arg("count"), arg("dimensions"), arg("first"), arg("scramble"));
    module.def(
        "sobol_design",
        [](std::uint64_t seed, Index samples, Index factors) {
            const robust::SobolDesign design(seed, factors);
            py::list blocks;
            for (Index block = 0; block < design.blocks(); ++block)
                blocks.append(copy_of(design.points(block, 0, samples)));
            return blocks;
        },
        arg("seed"), arg("samples"), arg("factors"));
}

void register_indices(py::module_& module) {
    using py::arg;
    module.def(
        "sobol_indices",
        [](const Columns& y_a, const Columns& y_b, const Columns& y_ab, Index resamples,
           double level, std::uint64_t seed, py::object progress) {
            const Eigen::VectorXd a = to_vector(y_a, "y_a");
            const Eigen::VectorXd b = to_vector(y_b, "y_b");
            const Matrix ab = matrix_of(y_ab, "y_ab");
            return fields_of(run_with(std::move(progress), [&](auto report) {
                return robust::sobol_indices(a, b, ab, {resamples, level, seed, report});
            }));
        },
        arg("y_a"), arg("y_b"), arg("y_ab"), arg("resamples"), arg("level"), arg("seed"),
        arg("progress"));
    module.def(
        "sobol_indices_of",
        [](const py::object& function, Index factors, Index samples, std::uint64_t seed,
           Index resamples, double level, py::object progress) {
            return fields_of(run_with(std::move(progress), [&](auto report) {
                return robust::sobol_indices_of_blocks(
                    [&function](const Eigen::Ref<const Eigen::MatrixXd>& points,
                                ColumnOut outputs) {
                        const py::gil_scoped_acquire gil;
                        call_function(function, points, outputs);
                    },
                    factors, {samples, seed, resamples, level, report});
            }));
        },
        arg("function"), arg("factors"), arg("samples"), arg("seed"), arg("resamples"),
        arg("level"), arg("progress"));
}

/// Rows of weights, drawn one after another.
template <class Draw>
[[nodiscard]] py::array_t<double> rows_of_weights(Index draws, Index children, const Draw& draw) {
    py::array_t<double> out(std::vector<py::ssize_t>{draws, children});
    double* const rows = out.mutable_data();
    const py::gil_scoped_release release;
    for (Index k = 0; k < draws; ++k)
        draw(k, Eigen::Map<Eigen::VectorXd>(rows + k * children, children));
    return out;
}

void register_draws(py::module_& module) {
    using py::arg;
    module.def(
        "gamma_quantile",
        [](const Columns& shapes, const Columns& probabilities) {
            const Eigen::VectorXd shape = to_vector(shapes, "shape");
            const Eigen::VectorXd p = to_vector(probabilities, "probability");
            if (shape.size() != p.size())
                throw NumericError(
                    "arrays of another shape",
                    {{"shape", "argument \"probability\"", std::to_string(p.size()) + " numbers",
                      std::to_string(shape.size()) + ", one a shape", ""}});
            return copy_of(without_lock([&] {
                Eigen::VectorXd out(p.size());
                std::optional<numeric::GammaQuantile> quantile;
                for (Index i = 0; i < p.size(); ++i) {
                    if (i == 0 || shape[i] != shape[i - 1]) quantile.emplace(shape[i]);
                    out[i] = (*quantile)(p[i]);
                }
                return out;
            }));
        },
        arg("shape"), arg("probability"));
    module.def(
        "dirichlet",
        [](const Columns& parameters, const Columns& uniforms) {
            const weigh::Dirichlet distribution(to_vector(parameters, "parameters"));
            const Matrix u = matrix_of(uniforms, "uniforms");
            return rows_of_weights(u.rows(), distribution.size(), [&](Index k, ColumnOut out) {
                distribution(u.row(k).transpose(), out);
            });
        },
        arg("parameters"), arg("uniforms"));
    module.def(
        "dirichlet_draws",
        [](const Columns& parameters, std::uint64_t seed, std::uint64_t first_draw, Index draws,
           std::uint32_t stage) {
            const weigh::Dirichlet distribution(to_vector(parameters, "parameters"));
            const numeric::Philox random(seed);
            return rows_of_weights(draws, distribution.size(), [&](Index k, ColumnOut out) {
                for (Index j = 0; j < out.size(); ++j)
                    out[j] = random.uniform(first_draw + static_cast<std::uint64_t>(k), stage,
                                            static_cast<std::uint32_t>(j));
                distribution(out, out);
            });
        },
        arg("parameters"), arg("seed"), arg("first_draw"), arg("draws"), arg("stage"));
}

}  // namespace

void register_robust_kernels(py::module_& module) {
    register_points(module);
    register_indices(module);
    register_draws(module);
}

}  // namespace thuocdo::python
