// Preparation of columns: denominators, screening, imputation, outliers.

#include <thuocdo/numeric/moments.hpp>
#include <thuocdo/prepare/apply_outlier_transform.hpp>
#include <thuocdo/prepare/carry_forward.hpp>
#include <thuocdo/prepare/denominate.hpp>
#include <thuocdo/prepare/impute_group_mean.hpp>
#include <thuocdo/prepare/impute_group_median.hpp>
#include <thuocdo/prepare/impute_mean.hpp>
#include <thuocdo/prepare/impute_median.hpp>
#include <thuocdo/prepare/impute_pillar_mean.hpp>
#include <thuocdo/prepare/interpolate_linear.hpp>
#include <thuocdo/prepare/interpolate_nearest.hpp>
#include <thuocdo/prepare/screen.hpp>
#include <thuocdo/prepare/treat_outliers.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using Column = Eigen::Map<const Eigen::VectorXd>;
using Block = Eigen::Map<const Eigen::MatrixXd>;
using ColumnResult = Eigen::Map<Eigen::VectorXd>;
using BlockResult = Eigen::Map<Eigen::MatrixXd>;
using RowNumbers = py::array_t<std::int64_t>;
using Groups = py::array_t<std::int64_t, py::array::c_style>;

void require_dimensions(const Columns& x, py::ssize_t dimensions, const char* argument) {
    if (x.ndim() == dimensions) return;
    throw NumericError("arrays of another shape",
                       {{"shape", std::string("argument \"") + argument + '"',
                         std::to_string(x.ndim()) + " dimensions",
                         std::to_string(dimensions) + " dimensions", ""}});
}

[[nodiscard]] Column column_in(const Columns& x, const char* argument) {
    require_dimensions(x, 1, argument);
    return {x.data(), x.shape(0)};
}

[[nodiscard]] Block block_in(const Columns& x) {
    require_dimensions(x, 2, "x");
    return {x.data(), x.shape(0), x.shape(1)};
}

[[nodiscard]] RowNumbers rows_out(const std::vector<Index>& rows) {
    RowNumbers out(static_cast<py::ssize_t>(rows.size()));
    std::int64_t* cell = out.mutable_data();
    for (const Index row : rows) *cell++ = static_cast<std::int64_t>(row);
    return out;
}

[[nodiscard]] RowNumbers cells_out(const std::vector<prepare::Cell>& cells) {
    RowNumbers out({static_cast<py::ssize_t>(cells.size()), py::ssize_t{2}});
    std::int64_t* cell = out.mutable_data();
    for (const prepare::Cell& each : cells) {
        *cell++ = static_cast<std::int64_t>(each.row);
        *cell++ = static_cast<std::int64_t>(each.column);
    }
    return out;
}

/// Runs `fill` on one column: (values, imputed, unresolved).
template <class Fill>
[[nodiscard]] py::tuple filled_column(const Columns& x, const Fill& fill) {
    const Column in = column_in(x, "x");
    py::array_t<double> values(x.shape(0));
    ColumnResult out(values.mutable_data(), x.shape(0));
    prepare::Imputation found;
    {
        const py::gil_scoped_release release;
        found = fill(in, out);
    }
    return py::make_tuple(values, rows_out(found.imputed), rows_out(found.unresolved));
}

/// The same on a block.
template <class Fill>
[[nodiscard]] py::tuple filled_block(const Columns& x, const Fill& fill) {
    const Block in = block_in(x);
    py::array_t<double, py::array::f_style> values({x.shape(0), x.shape(1)});
    BlockResult out(values.mutable_data(), x.shape(0), x.shape(1));
    prepare::BlockImputation found;
    {
        const py::gil_scoped_release release;
        found = fill(in, out);
    }
    return py::make_tuple(values, cells_out(found.imputed), cells_out(found.unresolved));
}

/// Groups as the kernels number them; what does not fit is below every group, which
/// they refuse by row.
[[nodiscard]] std::vector<std::int32_t> groups_in(const Groups& groups) {
    constexpr std::int64_t largest = std::numeric_limits<std::int32_t>::max();
    constexpr std::int64_t smallest = std::numeric_limits<std::int32_t>::min();
    std::vector<std::int32_t> out;
    out.reserve(static_cast<std::size_t>(groups.size()));
    for (py::ssize_t i = 0; i < groups.size(); ++i) {
        const std::int64_t group = groups.data()[i];
        out.push_back(
            static_cast<std::int32_t>(group > largest || group < smallest ? smallest : group));
    }
    return out;
}

[[nodiscard]] const char* word_of(prepare::OutlierTransform transform) {
    switch (transform) {
        case prepare::OutlierTransform::logarithm:
            return "logarithm";
        case prepare::OutlierTransform::box_cox:
            return "box_cox";
        case prepare::OutlierTransform::none:
            break;
    }
    return "none";
}

[[nodiscard]] const char* word_of(prepare::OutlierChange change) {
    switch (change) {
        case prepare::OutlierChange::winsorised_high:
            return "winsorised_high";
        case prepare::OutlierChange::winsorised_low:
            return "winsorised_low";
        case prepare::OutlierChange::transformed:
            break;
    }
    return "transformed";
}

[[nodiscard]] prepare::OutlierTransform transform_of(const std::string& word) {
    for (const auto transform :
         {prepare::OutlierTransform::none, prepare::OutlierTransform::logarithm,
          prepare::OutlierTransform::box_cox})
        if (word == word_of(transform)) return transform;
    throw NumericError("no such transform", {{"unknown_word", "argument \"transform\"",
                                              '"' + word + '"', "none, logarithm or box_cox", ""}});
}

[[nodiscard]] py::dict treated(const Columns& x, double max_skewness, double max_kurtosis,
                               Index max_winsorised, const std::string& transform, double lambda) {
    const Column in = column_in(x, "x");
    const prepare::OutlierRule rule{max_skewness, max_kurtosis, max_winsorised,
                                    transform_of(transform), lambda};
    py::array_t<double> values(x.shape(0));
    ColumnResult out(values.mutable_data(), x.shape(0));
    prepare::OutlierTreatment found;
    {
        const py::gil_scoped_release release;
        found = prepare::treat_outliers(in, rule, out);
    }
    TableOf<prepare::ChangedPoint> changed(found.changed);
    changed.counts("row", [](const auto& point) { return point.row; });
    changed.numbers("before", [](const auto& point) { return point.before; });
    changed.numbers("after", [](const auto& point) { return point.after; });
    changed.texts("reason", [](const auto& point) { return word_of(point.reason); });
    py::dict result;
    result["values"] = values;
    result["outcome"] = prepare::outcome_name(found.outcome);
    result["skewness_before"] = found.before.skewness;
    result["kurtosis_before"] = found.before.excess_kurtosis;
    result["skewness_after"] = found.after.skewness;
    result["kurtosis_after"] = found.after.excess_kurtosis;
    result["winsorised_points"] = found.winsorised_points;
    result["transform"] = word_of(found.transform);
    result["mirrored"] = found.mirrored;
    result["origin"] = found.origin;
    result["offset"] = found.offset;
    result["box_cox_lambda"] = found.lambda;
    result["changed"] = changed.take();
    return result;
}

void register_imputation(py::module_& module) {
    using py::arg;
    module.def(
        "impute_mean",
        [](const Columns& x) {
            return filled_column(
                x, [](ColumnView in, ColumnOut out) { return prepare::impute_mean(in, out); });
        },
        arg("x"));
    module.def(
        "impute_median",
        [](const Columns& x) {
            return filled_column(
                x, [](ColumnView in, ColumnOut out) { return prepare::impute_median(in, out); });
        },
        arg("x"));
    module.def(
        "impute_group_mean",
        [](const Columns& x, const Groups& groups) {
            const std::vector<std::int32_t> numbered = groups_in(groups);
            return filled_column(x, [&](ColumnView in, ColumnOut out) {
                return prepare::impute_group_mean(in, numbered, out);
            });
        },
        arg("x"), arg("groups"));
    module.def(
        "impute_group_median",
        [](const Columns& x, const Groups& groups) {
            const std::vector<std::int32_t> numbered = groups_in(groups);
            return filled_column(x, [&](ColumnView in, ColumnOut out) {
                return prepare::impute_group_median(in, numbered, out);
            });
        },
        arg("x"), arg("groups"));
    module.def(
        "impute_pillar_mean",
        [](const Columns& x, const std::vector<bool>& lower_is_better) {
            std::vector<Direction> directions;
            for (const bool lower : lower_is_better)
                directions.push_back(lower ? Direction::lower_is_better
                                           : Direction::higher_is_better);
            return filled_block(x, [&](prepare::BlockView in, prepare::BlockOut out) {
                return prepare::impute_pillar_mean(in, directions, out);
            });
        },
        arg("x"), arg("lower_is_better"));
    module.def(
        "carry_forward",
        [](const Columns& x, Index longest_gap) {
            return filled_block(x, [&](prepare::BlockView in, prepare::BlockOut out) {
                return prepare::carry_forward(in, longest_gap, out);
            });
        },
        arg("x"), arg("longest_gap"));
    module.def(
        "interpolate_linear",
        [](const Columns& x, const std::vector<double>& positions) {
            return filled_block(x, [&](prepare::BlockView in, prepare::BlockOut out) {
                return prepare::interpolate_linear(in, positions, out);
            });
        },
        arg("x"), arg("positions"));
    module.def(
        "interpolate_nearest",
        [](const Columns& x, const std::vector<double>& positions) {
            return filled_block(x, [&](prepare::BlockView in, prepare::BlockOut out) {
                return prepare::interpolate_nearest(in, positions, out);
            });
        },
        arg("x"), arg("positions"));
}

}  // namespace

void register_prepare(py::module_& module) {
    using py::arg;
    module.def(
        "skewness", [](const Columns& x) { return numeric::skewness(column_in(x, "x")); },
        arg("x"));
    module.def(
        "excess_kurtosis",
        [](const Columns& x) { return numeric::excess_kurtosis(column_in(x, "x")); }, arg("x"));
    module.def(
        "denominate",
        [](const Columns& x, const Columns& denominator, double scale) {
            const Column in = column_in(x, "x");
            py::array_t<double> values(x.shape(0));
            ColumnResult out(values.mutable_data(), x.shape(0));
            const std::vector<Index> zero =
                prepare::denominate(in, column_in(denominator, "denominator"), scale, out);
            return py::make_tuple(values, rows_out(zero));
        },
        arg("x"), arg("denominator"), arg("scale"));
    module.def(
        "screen",
        [](const Columns& x, double availability, double nonzero) {
            const prepare::Screening found = prepare::screen(block_in(x), {availability, nonzero});
            return py::make_tuple(rows_out(found.observed), rows_out(found.zeros),
                                  copy_of(found.availability), copy_of(found.nonzero_share),
                                  rows_out(found.flagged_by_availability),
                                  rows_out(found.flagged_by_zeros));
        },
        arg("x"), arg("availability"), arg("nonzero"));
    module.def("treat_outliers", &treated, arg("x"), arg("max_skewness"), arg("max_kurtosis"),
               arg("max_winsorised"), arg("transform"), arg("box_cox_lambda"));
    module.def(
        "apply_outlier_transform",
        [](const Columns& x, const std::string& transform, bool mirrored, double origin,
           double offset, double lambda) {
            prepare::OutlierTreatment treatment;
            treatment.transform = transform_of(transform);
            treatment.mirrored = mirrored;
            treatment.origin = origin;
            treatment.offset = offset;
            treatment.lambda = lambda;
            const Column in = column_in(x, "x");
            py::array_t<double> values(x.shape(0));
            ColumnResult out(values.mutable_data(), x.shape(0));
            prepare::apply_outlier_transform(in, treatment, out);
            return values;
        },
        arg("x"), arg("transform"), arg("mirrored"), arg("origin"), arg("offset"),
        arg("box_cox_lambda"));
    register_imputation(module);
}

}  // namespace thuocdo::python
