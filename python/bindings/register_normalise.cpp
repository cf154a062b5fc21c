#include <thuocdo/normalise/above_below_mean.hpp>
#include <thuocdo/normalise/adjusted_mazziotta_pareto.hpp>
#include <thuocdo/normalise/borda.hpp>
#include <thuocdo/normalise/categorical_scale.hpp>
#include <thuocdo/normalise/checklist.hpp>
#include <thuocdo/normalise/distance_to_best.hpp>
#include <thuocdo/normalise/distance_to_reference.hpp>
#include <thuocdo/normalise/distance_to_target.hpp>
#include <thuocdo/normalise/fraction_of_best.hpp>
#include <thuocdo/normalise/goalposts.hpp>
#include <thuocdo/normalise/growth_to_target.hpp>
#include <thuocdo/normalise/level_table.hpp>
#include <thuocdo/normalise/log_goalposts.hpp>
#include <thuocdo/normalise/logistic.hpp>
#include <thuocdo/normalise/min_max.hpp>
#include <thuocdo/normalise/penalty_per_occurrence.hpp>
#include <thuocdo/normalise/percentile_rank.hpp>
#include <thuocdo/normalise/rank_score.hpp>
#include <thuocdo/normalise/rank_target.hpp>
#include <thuocdo/normalise/ratio_to_target.hpp>
#include <thuocdo/normalise/step_table.hpp>
#include <thuocdo/normalise/target_range.hpp>
#include <thuocdo/normalise/yes_no.hpp>
#include <thuocdo/normalise/z_score.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using normalise::RankTies;
using numeric::ColumnStatistics;

[[nodiscard]] Direction direction_of(bool lower_is_better) noexcept {
    return lower_is_better ? Direction::lower_is_better : Direction::higher_is_better;
}

[[nodiscard]] RankTies ties_of(const std::string& word) {
    if (word == "lowest") return RankTies::lowest;
    if (word == "average") return RankTies::average;
    if (word == "highest") return RankTies::highest;
    if (word == "dense") return RankTies::dense;
    throw NumericError("no such rule for ties",
                       {{"unknown_word", "argument \"ties\"", '"' + word + '"',
                         "lowest, average, highest or dense", ""}});
}

/// Where cells were refused: row, column and value of each.
void name_refused(const char* method, const Columns& x, const py::array_t<double>& out) {
    std::vector<Problem> problems;
    const py::ssize_t columns = x.ndim() == 1 ? 1 : x.shape(1);
    for (py::ssize_t j = 0; j < columns; ++j)
        for (py::ssize_t i = 0; i < x.shape(0); ++i) {
            const py::ssize_t at = j * x.shape(0) + i;
            if (std::isnan(x.data()[at]) || !std::isnan(out.data()[at])) continue;
            std::string place = "row " + std::to_string(i);
            if (x.ndim() == 2) place += ", column " + std::to_string(j);
            problems.push_back({"value_out_of_range", place, numeric::shortest(x.data()[at]),
                                std::string("a value that ") + method + " is defined for",
                                "correct the value, or ask for refused=\"nan\""});
        }
    throw NumericError(std::string(method) + ": values without a result", std::move(problems));
}

/// Runs a kernel over every column of `x`; `kernel(column, out)` returns how
/// many cells it refused.
template <class Kernel>
[[nodiscard]] py::array_t<double> by_column(const char* method, const Columns& x, bool raise,
                                            const Kernel& kernel) {
    if (x.ndim() != 1 && x.ndim() != 2)
        throw NumericError(std::string(method) + ": impossible argument",
                           {{"shape", "argument \"x\"", std::to_string(x.ndim()) + " dimensions",
                             "1 or 2 dimensions", ""}});
    const std::vector<py::ssize_t> shape(x.shape(), x.shape() + x.ndim());
    std::vector<py::ssize_t> strides{double_size};
    if (x.ndim() == 2) strides.push_back(double_size * x.shape(0));
    py::array_t<double> out(shape, strides);
    Index refused = 0;
    const py::ssize_t columns = x.ndim() == 1 ? 1 : x.shape(1);
    double* const results = out.mutable_data();
    {
        const py::gil_scoped_release release;
        for (py::ssize_t j = 0; j < columns; ++j) {
            Eigen::Map<Eigen::VectorXd> column(results + j * x.shape(0), x.shape(0));
            refused += kernel(column_of(x, j), column);
        }
    }
    if (raise && refused != 0) name_refused(method, x, out);
    return out;
}

/// A statistic of the peers; that of the column where there is none.
using Given = std::optional<double>;

using In = Eigen::Map<const Eigen::VectorXd>;
using Out = Eigen::Map<Eigen::VectorXd>;

}  // namespace

void register_normalise(py::module_& module) {
    using py::arg;
    module.def(
        "goalposts",
        [](const Columns& x, double lower, double upper, bool lower_is_better, bool clip,
           bool raise) {
            return by_column("goalposts", x, raise, [&](const In& in, Out& out) {
                return normalise::goalposts(in, lower, upper, direction_of(lower_is_better), clip,
                                            out);
            });
        },
        arg("x"), arg("lower"), arg("upper"), arg("lower_is_better"), arg("clip"), arg("raise_"));
    module.def(
        "log_goalposts",
        [](const Columns& x, double lower, double upper, bool lower_is_better, bool clip,
           bool raise) {
            return by_column("log_goalposts", x, raise, [&](const In& in, Out& out) {
                return normalise::log_goalposts(in, lower, upper, direction_of(lower_is_better),
                                                clip, out);
            });
        },
        arg("x"), arg("lower"), arg("upper"), arg("lower_is_better"), arg("clip"), arg("raise_"));
    module.def(
        "ratio_to_target",
        [](const Columns& x, double target, bool lower_is_better, bool capped, bool raise) {
            return by_column("ratio_to_target", x, raise, [&](const In& in, Out& out) {
                return normalise::ratio_to_target(in, target, direction_of(lower_is_better), capped,
                                                  out);
            });
        },
        arg("x"), arg("target"), arg("lower_is_better"), arg("capped"), arg("raise_"));
    module.def(
        "min_max",
        [](const Columns& x, Given minimum, Given maximum, bool lower_is_better, bool raise) {
            return by_column("min_max", x, raise, [&](const In& in, Out& out) {
                const numeric::ColumnRange found = numeric::column_range(in);
                return normalise::min_max(in, minimum.value_or(found.minimum),
                                          maximum.value_or(found.maximum),
                                          direction_of(lower_is_better), out);
            });
        },
        arg("x"), arg("minimum"), arg("maximum"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "z_score",
        [](const Columns& x, double target_mean, double target_deviation, Given average,
           Given spread, bool lower_is_better, bool raise) {
            return by_column("z_score", x, raise, [&](const In& in, Out& out) {
                const ColumnStatistics found = numeric::column_statistics(in);
                return normalise::z_score(
                    in, average.value_or(found.mean), spread.value_or(found.standard_deviation),
                    direction_of(lower_is_better), target_mean, target_deviation, out);
            });
        },
        arg("x"), arg("mean"), arg("deviation"), arg("average"), arg("spread"),
        arg("lower_is_better"), arg("raise_"));
    module.def(
        "adjusted_mazziotta_pareto",
        [](const Columns& x, double reference, double half_range, bool lower_is_better,
           bool raise) {
            return by_column("adjusted_mazziotta_pareto", x, raise, [&](const In& in, Out& out) {
                return normalise::adjusted_mazziotta_pareto(in, reference, half_range,
                                                            direction_of(lower_is_better), out);
            });
        },
        arg("x"), arg("reference"), arg("half_range"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "rank_score",
        [](const Columns& x, const std::string& ties, bool lower_is_better, bool raise) {
            return by_column("rank_score", x, raise, [&](const In& in, Out& out) {
                return normalise::rank_score(in, direction_of(lower_is_better), ties_of(ties), out);
            });
        },
        arg("x"), arg("ties"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "borda",
        [](const Columns& x, const std::string& ties, bool lower_is_better, bool raise) {
            return by_column("borda", x, raise, [&](const In& in, Out& out) {
                return normalise::borda(in, direction_of(lower_is_better), ties_of(ties), out);
            });
        },
        arg("x"), arg("ties"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "percentile_rank",
        [](const Columns& x, bool lower_is_better, bool raise) {
            return by_column("percentile_rank", x, raise, [&](const In& in, Out& out) {
                return normalise::percentile_rank(in, direction_of(lower_is_better), out);
            });
        },
        arg("x"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "distance_to_best",
        [](const Columns& x, Given minimum, Given maximum, bool lower_is_better, bool raise) {
            return by_column("distance_to_best", x, raise, [&](const In& in, Out& out) {
                const numeric::ColumnRange found = numeric::column_range(in);
                return normalise::distance_to_best(in, minimum.value_or(found.minimum),
                                                   maximum.value_or(found.maximum),
                                                   direction_of(lower_is_better), out);
            });
        },
        arg("x"), arg("minimum"), arg("maximum"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "distance_to_reference",
        [](const Columns& x, double reference, bool lower_is_better, bool capped, bool raise) {
            return by_column("distance_to_reference", x, raise, [&](const In& in, Out& out) {
                const numeric::ColumnRange found = numeric::column_range(in);
                return normalise::distance_to_reference(in, reference, found.minimum, found.maximum,
                                                        direction_of(lower_is_better), capped, out);
            });
        },
        arg("x"), arg("reference"), arg("lower_is_better"), arg("capped"), arg("raise_"));
    module.def(
        "distance_to_target",
        [](const Columns& x, double target, Given minimum, Given maximum, bool lower_is_better,
           bool capped, bool raise) {
            return by_column("distance_to_target", x, raise, [&](const In& in, Out& out) {
                const numeric::ColumnRange found = numeric::column_range(in);
                return normalise::distance_to_target(in, target, minimum.value_or(found.minimum),
                                                     maximum.value_or(found.maximum),
                                                     direction_of(lower_is_better), capped, out);
            });
        },
        arg("x"), arg("target"), arg("minimum"), arg("maximum"), arg("lower_is_better"),
        arg("capped"), arg("raise_"));
    module.def(
        "fraction_of_best",
        [](const Columns& x, Given minimum, Given maximum, bool lower_is_better, bool raise) {
            return by_column("fraction_of_best", x, raise, [&](const In& in, Out& out) {
                const numeric::ColumnRange found = numeric::column_range(in);
                return normalise::fraction_of_best(in, minimum.value_or(found.minimum),
                                                   maximum.value_or(found.maximum),
                                                   direction_of(lower_is_better), out);
            });
        },
        arg("x"), arg("minimum"), arg("maximum"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "step_table",
        [](const Columns& x, const std::vector<double>& from, const std::vector<double>& scores,
           bool interpolate, bool raise) {
            return by_column("step_table", x, raise, [&](const In& in, Out& out) {
                return normalise::step_table(in, from, scores, interpolate, out);
            });
        },
        arg("x"), arg("from_"), arg("scores"), arg("interpolate"), arg("raise_"));
    module.def(
        "level_table",
        [](const Columns& x, const std::vector<double>& values, const std::vector<double>& scores,
           bool raise) {
            return by_column("level_table", x, raise, [&](const In& in, Out& out) {
                return normalise::level_table(in, values, scores, out);
            });
        },
        arg("x"), arg("values"), arg("scores"), arg("raise_"));
    module.def(
        "checklist",
        [](const Columns& x, double items, bool raise) {
            return by_column("checklist", x, raise, [&](const In& in, Out& out) {
                return normalise::checklist(in, items, out);
            });
        },
        arg("x"), arg("items"), arg("raise_"));
    module.def(
        "yes_no",
        [](const Columns& x, bool raise) {
            return by_column("yes_no", x, raise,
                             [](const In& in, Out& out) { return normalise::yes_no(in, out); });
        },
        arg("x"), arg("raise_"));
    module.def(
        "penalty_per_occurrence",
        [](const Columns& x, double penalty, double start, double lowest, bool raise) {
            return by_column("penalty_per_occurrence", x, raise, [&](const In& in, Out& out) {
                return normalise::penalty_per_occurrence(in, start, penalty, lowest, out);
            });
        },
        arg("x"), arg("penalty"), arg("start"), arg("lowest"), arg("raise_"));
    module.def(
        "target_range",
        [](const Columns& x, double lower_limit, double lower, double upper, double upper_limit,
           bool raise) {
            return by_column("target_range", x, raise, [&](const In& in, Out& out) {
                return normalise::target_range(in, lower_limit, lower, upper, upper_limit, out);
            });
        },
        arg("x"), arg("lower_limit"), arg("lower"), arg("upper"), arg("upper_limit"),
        arg("raise_"));
    module.def(
        "rank_target",
        [](const Columns& x, double target, double worst, bool raise) {
            return by_column("rank_target", x, raise, [&](const In& in, Out& out) {
                return normalise::rank_target(in, target, worst, out);
            });
        },
        arg("x"), arg("target"), arg("worst"), arg("raise_"));
    module.def(
        "growth_to_target",
        [](const Columns& x, const Columns& previous, double target, bool lower_is_better,
           bool capped, bool raise) {
            if (x.ndim() != previous.ndim() || x.size() != previous.size())
                throw NumericError("growth_to_target: impossible argument",
                                   {{"shape", "argument \"previous\"", "another shape than x",
                                     "one previous value for each value", ""}});
            py::ssize_t column = 0;
            return by_column("growth_to_target", x, raise, [&](const In& in, Out& out) {
                return normalise::growth_to_target(in, column_of(previous, column++), target,
                                                   direction_of(lower_is_better), capped, out);
            });
        },
        arg("x"), arg("previous"), arg("target"), arg("lower_is_better"), arg("capped"),
        arg("raise_"));
    module.def(
        "logistic",
        [](const Columns& x, double midpoint, double steepness, bool lower_is_better, bool raise) {
            return by_column("logistic", x, raise, [&](const In& in, Out& out) {
                return normalise::logistic(in, midpoint, steepness, direction_of(lower_is_better),
                                           out);
            });
        },
        arg("x"), arg("midpoint"), arg("steepness"), arg("lower_is_better"), arg("raise_"));
    module.def(
        "above_below_mean",
        [](const Columns& x, double band, bool raise) {
            return by_column("above_below_mean", x, raise, [&](const In& in, Out& out) {
                const double mean = numeric::column_mean(in);
                return normalise::above_below_mean(in, mean, band, out);
            });
        },
        arg("x"), arg("band"), arg("raise_"));
    module.def(
        "categorical_scale",
        [](const Columns& x, const std::vector<double>& percentiles,
           const std::vector<double>& scores, bool lower_is_better, bool raise) {
            return by_column("categorical_scale", x, raise, [&](const In& in, Out& out) {
                constexpr double per_cent = 100.0;
                std::vector<double> cuts;
                cuts.reserve(percentiles.size());
                for (const double each : percentiles)
                    cuts.push_back(numeric::quantile(in, each / per_cent));
                return normalise::categorical_scale(in, cuts, scores, direction_of(lower_is_better),
                                                    out);
            });
        },
        arg("x"), arg("percentiles"), arg("scores"), arg("lower_is_better"), arg("raise_"));
}

}  // namespace thuocdo::python
