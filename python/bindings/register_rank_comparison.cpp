#include <thuocdo/rank/methods.hpp>
#include <thuocdo/rank/rank_reversal.hpp>
#include <thuocdo/score.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "progress.hpp"
#include "rank_results.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// A method of the library by name, or a function of Python from a matrix to scores.
class ChosenMethod {
  public:
    ChosenMethod(const py::object& method, const DecisionInput& input)
        : method_(method), input_(input) {
        if (!py::isinstance<py::str>(method)) return;
        known_ = &rank::ranking_method(method.cast<std::string>());
    }

    [[nodiscard]] numeric::Order order(const std::optional<bool>& higher_is_better) const {
        const bool higher = known_ ? known_->higher_is_better : higher_is_better.value_or(true);
        return higher ? numeric::Order::descending : numeric::Order::ascending;
    }

    [[nodiscard]] rank::ScoresOfRows scores() const {
        return [this](rank::MatrixView x) -> Eigen::VectorXd {
            if (known_) return known_->scores(x, input_.weights(), input_.directions());
            const py::gil_scoped_acquire gil;
            const std::vector<py::ssize_t> shape{x.rows(), x.cols()};
            const std::vector<py::ssize_t> strides{double_size, double_size * x.outerStride()};
            const py::array_t<double> matrix(shape, strides, x.data());
            const Columns found = Columns::ensure(method_(matrix));
            if (!found || found.ndim() != 1 || found.shape(0) != x.rows())
                throw NumericError("the method cannot be used",
                                   {{"shape", "scores of the method", "something else",
                                     std::to_string(x.rows()) + " numbers, one a row", ""}});
            return column_of(found, 0);
        };
    }

  private:
    const py::object& method_;
    const DecisionInput& input_;
    const rank::RankingMethod* known_ = nullptr;
};

[[nodiscard]] py::dict columns_of(const std::vector<rank::RankReversal>& found) {
    py::list alternative;
    py::list reversed_pairs;
    py::list changed_ties;
    py::list best_changed;
    py::list best_after;
    for (const rank::RankReversal& each : found) {
        alternative.append(each.alternative);
        reversed_pairs.append(each.reversed_pairs);
        changed_ties.append(each.changed_ties);
        best_changed.append(each.best_changed);
        best_after.append(each.best_after);
    }
    py::dict out;
    out["alternative"] = alternative;
    out["reversed_pairs"] = reversed_pairs;
    out["changed_ties"] = changed_ties;
    out["best_changed"] = best_changed;
    out["best_after"] = best_after;
    return out;
}

}  // namespace

void register_rank_comparison(py::module_& module) {
    using py::arg;
    module.def("ranking_methods", [] {
        py::list out;
        for (const rank::RankingMethod& each : rank::ranking_methods())
            out.append(py::make_tuple(std::string(each.name), std::string(each.title_en),
                                      std::string(each.title_vi), each.higher_is_better));
        return out;
    });
    module.def(
        "rank_reversal",
        [](const AnyLayout& matrix, const Numbers& weights, const Signs& directions,
           const py::object& method, const std::optional<bool>& higher_is_better, bool copied,
           const std::optional<Columns>& added, py::object progress) {
            const DecisionInput input(matrix, weights, directions);
            const ChosenMethod chosen(method, input);
            PythonProgress reporter(std::move(progress));
            bool stopped = false;
            rank::RankReversalOptions options;
            options.order = chosen.order(higher_is_better);
            options.progress = [&](double share) {
                stopped = !reporter.report(share);
                return !stopped;
            };
            std::optional<Eigen::VectorXd> row;
            if (added) row = to_vector(*added, "added");
            const std::vector<rank::RankReversal> found = without_lock([&] {
                if (row)
                    return std::vector{rank::rank_reversal_when_added(
                        input.matrix(), row->transpose(), chosen.scores(), options.order)};
                return copied ? rank::rank_reversal_when_copied(input.matrix(), chosen.scores(),
                                                                options)
                              : rank::rank_reversal_when_dropped(input.matrix(), chosen.scores(),
                                                                 options);
            });
            if (stopped) {
                reporter.rethrow();
                throw Cancelled();
            }
            return columns_of(found);
        },
        arg("matrix"), arg("weights"), arg("directions"), arg("method"), arg("higher_is_better"),
        arg("copied"), arg("added"), arg("progress"));
}

}  // namespace thuocdo::python
