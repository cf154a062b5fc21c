#include <thuocdo/rank/codas.hpp>
#include <thuocdo/rank/comet.hpp>
#include <thuocdo/rank/dominance.hpp>
#include <thuocdo/rank/rim.hpp>
#include <thuocdo/rank/spotis.hpp>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rank_results.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// One row of lower and upper end a criterion.
using Pairs = py::array_t<double, py::array::c_style | py::array::forcecast>;

std::vector<rank::Interval> intervals_of(const Pairs& pairs, const char* argument) {
    if (pairs.ndim() != 2 || pairs.shape(1) != 2)
        throw NumericError("arrays of another shape",
                           {{"shape", std::string("argument \"") + argument + '"',
                             std::to_string(pairs.ndim()) + " dimensions, " +
                                 std::to_string(pairs.size()) + " numbers",
                             "a lower and an upper end for each criterion", ""}});
    std::vector<rank::Interval> intervals;
    for (py::ssize_t j = 0; j < pairs.shape(0); ++j)
        intervals.push_back({pairs.at(j, 0), pairs.at(j, 1)});
    return intervals;
}

/// Runs the function of the user, who has the lock of the interpreter.
rank::CometExpert expert_of(const py::function& rate) {
    return [rate](rank::MatrixView objects, std::span<const double>,
                  std::span<const Direction>) -> Eigen::VectorXd {
        const std::vector<py::ssize_t> shape{objects.rows(), objects.cols()};
        const std::vector<py::ssize_t> strides{double_size, double_size * objects.outerStride()};
        const py::object rated = rate(py::array_t<double>(shape, strides, objects.data()));
        const auto ratings = Columns::ensure(rated);
        if (!ratings) throw py::error_already_set();
        return to_vector(ratings, "result of expert");
    };
}

/// The decision of functions that have no weights.
class DominanceInput {
  public:
    DominanceInput(const AnyLayout& matrix, const Signs& directions)
        : none_(0), input_(matrix, none_, directions) {}
    [[nodiscard]] const DecisionInput& decision() const { return input_; }

  private:
    Numbers none_;
    DecisionInput input_;
};

template <class Scalar>
py::array_t<Scalar> array_of(const Eigen::Matrix<Scalar, Eigen::Dynamic, 1>& values) {
    return py::array_t<Scalar>(static_cast<py::ssize_t>(values.size()), values.data());
}

void register_comet(py::module_& module) {
    using py::arg;
    bind_result<rank::CometResult>(module, "CometResult");
    // They belong to characteristic objects, which no axis of the parts stands for.
    const auto entry = [](Eigen::VectorXd rank::CometResult::*member) {
        return [member](const py::object& self) {
            return part_for_python(self.cast<const rank::CometResult&>().*member, self);
        };
    };
    const auto matrix = [](Eigen::MatrixXd rank::CometResult::*member) {
        return [member](const py::object& self) {
            return part_for_python(self.cast<const rank::CometResult&>().*member, self);
        };
    };
    py::class_<rank::CometResult>(module.attr("CometResult"))
        .def_property_readonly("summed_judgements", entry(&rank::CometResult::summed_judgements))
        .def_property_readonly("preference", entry(&rank::CometResult::preference))
        .def_property_readonly("characteristic_objects",
                               matrix(&rank::CometResult::characteristic_objects))
        .def_property_readonly("judgements", matrix(&rank::CometResult::judgements));
    module.def(
        "rank_comet",
        [](const AnyLayout& matrix_given, const Numbers& weights, const Signs& directions,
           std::vector<std::vector<double>> characteristic_values,
           const std::optional<py::function>& expert, const std::optional<Columns>& judgements,
           bool keep_matrix) {
            const DecisionInput input(matrix_given, weights, directions);
            rank::CometOptions options;
            options.characteristic_values = std::move(characteristic_values);
            options.keep_matrix = keep_matrix;
            if (judgements) {
                if (judgements->ndim() != 2)
                    throw NumericError(
                        "arrays of another shape",
                        {{"shape", "argument \"judgements\"",
                          std::to_string(judgements->ndim()) + " dimensions", "2 dimensions", ""}});
                options.judgements = Eigen::Map<const Eigen::MatrixXd>(
                    judgements->data(), judgements->shape(0), judgements->shape(1));
            }
            if (expert) {
                options.expert = expert_of(*expert);
                return rank::comet(input.matrix(), input.weights(), input.directions(), options);
            }
            if (!judgements) options.expert = rank::topsis_expert();
            return without_lock([&] {
                return rank::comet(input.matrix(), input.weights(), input.directions(), options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("characteristic_values"),
        arg("expert"), arg("judgements"), arg("keep_matrix"));
}

void register_dominance(py::module_& module) {
    using py::arg;
    module.def(
        "rank_dominance_matrix",
        [](const AnyLayout& matrix, const Signs& directions) {
            const DominanceInput input(matrix, directions);
            const DecisionInput& decision = input.decision();
            const rank::BooleanMatrix found = without_lock(
                [&] { return rank::dominance_matrix(decision.matrix(), decision.directions()); });
            const auto size = static_cast<py::ssize_t>(found.rows());
            return py::array_t<bool>({size, size}, {py::ssize_t{1}, size}, found.data());
        },
        arg("matrix"), arg("directions"));
    module.def(
        "rank_non_dominated",
        [](const AnyLayout& matrix, const Signs& directions) {
            const DominanceInput input(matrix, directions);
            const DecisionInput& decision = input.decision();
            return array_of(without_lock(
                [&] { return rank::non_dominated(decision.matrix(), decision.directions()); }));
        },
        arg("matrix"), arg("directions"));
    module.def(
        "rank_non_dominated_fronts",
        [](const AnyLayout& matrix, const Signs& directions) {
            const DominanceInput input(matrix, directions);
            const DecisionInput& decision = input.decision();
            return array_of(without_lock([&] {
                return rank::non_dominated_fronts(decision.matrix(), decision.directions());
            }));
        },
        arg("matrix"), arg("directions"));
    module.def(
        "rank_dominance_counts",
        [](const AnyLayout& matrix, const Signs& directions) {
            const DominanceInput input(matrix, directions);
            const DecisionInput& decision = input.decision();
            const rank::DominanceCounts found = without_lock(
                [&] { return rank::dominance_counts(decision.matrix(), decision.directions()); });
            return py::make_tuple(array_of(found.dominates), array_of(found.dominated_by));
        },
        arg("matrix"), arg("directions"));
}

}  // namespace

void register_rank_distance(py::module_& module) {
    using py::arg;
    bind_result<rank::SpotisResult>(module, "SpotisResult");
    module.def(
        "rank_spotis",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const Pairs& bounds, std::vector<double> ideal, bool keep_matrix) {
            const DecisionInput input(matrix, weights, directions);
            const rank::SpotisOptions options{intervals_of(bounds, "bounds"), std::move(ideal),
                                              keep_matrix};
            return without_lock([&] {
                return rank::spotis(input.matrix(), input.weights(), input.directions(), options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("bounds"), arg("ideal"),
        arg("keep_matrix"));
    bind_result<rank::RimResult>(module, "RimResult");
    module.def(
        "rank_rim",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const Pairs& ranges, const std::optional<Pairs>& reference_ideals, bool keep_matrix) {
            const DecisionInput input(matrix, weights, directions);
            rank::RimOptions options;
            options.ranges = intervals_of(ranges, "ranges");
            if (reference_ideals)
                options.reference_ideals = intervals_of(*reference_ideals, "reference_ideals");
            options.keep_matrix = keep_matrix;
            return without_lock([&] {
                return rank::rim(input.matrix(), input.weights(), input.directions(), options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("ranges"), arg("reference_ideals"),
        arg("keep_matrix"));
    bind_result<rank::CodasResult>(module, "CodasResult");
    module.def(
        "rank_codas",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           double threshold, bool keep_matrix, bool keep_pairs) {
            const DecisionInput input(matrix, weights, directions);
            const rank::CodasOptions options{threshold, keep_matrix, keep_pairs};
            return without_lock([&] {
                return rank::codas(input.matrix(), input.weights(), input.directions(), options);
            });
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("threshold"), arg("keep_matrix"),
        arg("keep_pairs"));
    register_comet(module);
    register_dominance(module);
}

}  // namespace thuocdo::python
