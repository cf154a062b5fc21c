#include <thuocdo/diagnose/availability.hpp>
#include <thuocdo/diagnose/correlation_findings.hpp>
#include <thuocdo/diagnose/cronbach_alpha.hpp>
#include <thuocdo/diagnose/importance.hpp>
#include <thuocdo/diagnose/indicator_statistics.hpp>
#include <thuocdo/diagnose/principal_component_analysis.hpp>
#include <thuocdo/diagnose/trend_p_value.hpp>
#include <thuocdo/numeric/correlation_table.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

// Bindings are compiled together: names of helpers in a namespace of their own.
namespace diagnose_binding {

using Matrix = Eigen::Map<const Eigen::MatrixXd>;
using diagnose::CorrelationMethod;
using Groups = std::optional<std::vector<Index>>;

[[nodiscard]] inline Matrix matrix_of(const Columns& x, const char* argument) {
    if (x.ndim() != 2)
        throw NumericError("arrays of another shape",
                           {{"shape", std::string("argument \"") + argument + '"',
                             std::to_string(x.ndim()) + " dimensions", "2 dimensions", ""}});
    return {x.data(), x.shape(0), x.shape(1)};
}

[[noreturn]] inline void refuse_word(const char* argument, const std::string& word,
                                     const char* expected) {
    throw NumericError("a choice that does not exist",
                       {{"unknown_word", std::string("argument \"") + argument + '"',
                         '"' + word + '"', expected, ""}});
}

[[nodiscard]] inline CorrelationMethod method_of(const std::string& word) {
    if (word == "pearson") return CorrelationMethod::pearson;
    if (word == "spearman") return CorrelationMethod::spearman;
    if (word == "kendall") return CorrelationMethod::kendall;
    refuse_word("method", word, "pearson, spearman or kendall");
}

[[nodiscard]] inline numeric::RowSelection rows_of(const std::string& word) {
    if (word == "complete") return numeric::RowSelection::complete_rows;
    if (word == "pairwise") return numeric::RowSelection::pairwise;
    refuse_word("rows", word, "complete or pairwise");
}

[[nodiscard]] inline py::array_t<double> array(const Eigen::VectorXd& column) {
    return read_only(copy_of(column));
}

[[nodiscard]] inline py::array_t<double> array(const Eigen::MatrixXd& matrix) {
    return read_only(copy_of(matrix));
}

template <class Counts>
[[nodiscard]] py::array_t<std::int64_t> count_array(const Counts& counts) {
    constexpr auto size = static_cast<py::ssize_t>(sizeof(std::int64_t));
    static_assert(sizeof(Index) == sizeof(std::int64_t));
    std::vector<py::ssize_t> shape{counts.rows()};
    std::vector<py::ssize_t> strides{size};
    if (Counts::ColsAtCompileTime != 1) {
        shape.push_back(counts.cols());
        strides.push_back(size * counts.rows());
    }
    py::array_t<std::int64_t> out(shape, strides,
                                  reinterpret_cast<const std::int64_t*>(counts.data()));
    out.attr("setflags")(py::arg("write") = false);
    return out;
}

[[nodiscard]] inline py::array_t<std::int64_t> count_array_of(const std::vector<Index>& counts) {
    return count_array(Eigen::Map<const Eigen::Matrix<Index, Eigen::Dynamic, 1>>(
        counts.data(), static_cast<Index>(counts.size())));
}

[[nodiscard]] inline Eigen::MatrixXd coefficients(const Matrix& x, CorrelationMethod method) {
    switch (method) {
        case CorrelationMethod::pearson:
            return numeric::pearson_matrix(x);
        case CorrelationMethod::spearman:
            return numeric::spearman_matrix(x);
        case CorrelationMethod::kendall:
            break;
    }
    return numeric::kendall_matrix(x);
}

[[nodiscard]] inline numeric::CorrelationTable table(const Matrix& x, CorrelationMethod method) {
    switch (method) {
        case CorrelationMethod::pearson:
            return numeric::pearson_table(x);
        case CorrelationMethod::spearman:
            return numeric::spearman_table(x);
        case CorrelationMethod::kendall:
            break;
    }
    return numeric::kendall_table(x);
}

[[nodiscard]] inline py::dict columns_of(
    const std::vector<diagnose::CorrelationFinding>& findings) {
    using Finding = diagnose::CorrelationFinding;
    TableOf<Finding> out(findings);
    out.texts("kind", [](const Finding& each) { return diagnose::to_text(each.kind); });
    out.counts("first", [](const Finding& each) { return each.first; });
    out.counts("second", [](const Finding& each) { return each.second; });
    out.numbers("coefficient", [](const Finding& each) { return each.coefficient; });
    out.counts("pairs", [](const Finding& each) { return each.pairs; });
    return out.take();
}

[[nodiscard]] inline py::dict columns_of(
    const std::vector<diagnose::IndicatorStatistics>& statistics) {
    using Row = diagnose::IndicatorStatistics;
    TableOf<Row> out(statistics);
    out.counts("observed", [](const Row& each) { return each.observed; });
    out.counts("missing", [](const Row& each) { return each.missing; });
    out.counts("zeros", [](const Row& each) { return each.zeros; });
    out.counts("distinct", [](const Row& each) { return each.distinct; });
    out.numbers("minimum", [](const Row& each) { return each.minimum; });
    out.numbers("maximum", [](const Row& each) { return each.maximum; });
    out.numbers("mean", [](const Row& each) { return each.mean; });
    out.numbers("median", [](const Row& each) { return each.median; });
    out.numbers("standard_deviation", [](const Row& each) { return each.standard_deviation; });
    out.numbers("skewness", [](const Row& each) { return each.skewness; });
    out.numbers("excess_kurtosis", [](const Row& each) { return each.excess_kurtosis; });
    out.numbers("most_frequent_value", [](const Row& each) { return each.most_frequent_value; });
    out.numbers("most_frequent_share", [](const Row& each) { return each.most_frequent_share; });
    out.flags("constant", [](const Row& each) { return each.constant; });
    out.flags("low_availability", [](const Row& each) { return each.low_availability; });
    out.flags("many_zeros", [](const Row& each) { return each.many_zeros; });
    out.flags("few_distinct_values", [](const Row& each) { return each.few_distinct_values; });
    out.flags("heavy_tails", [](const Row& each) { return each.heavy_tails; });
    return out.take();
}

[[nodiscard]] inline std::span<const Index> span_of(const Groups& groups) {
    return groups ? std::span<const Index>(*groups) : std::span<const Index>();
}

inline void register_correlations(py::module_& module) {
    using py::arg;
    module.def(
        "diagnose_correlation",
        [](const Columns& first, const Columns& second, const std::string& method) {
            const Eigen::VectorXd a = to_vector(first, "a");
            const Eigen::VectorXd b = to_vector(second, "b");
            if (method == "kendall_tau_a") return numeric::kendall_tau_a(a, b);
            switch (method_of(method)) {
                case CorrelationMethod::pearson:
                    return numeric::pearson(a, b);
                case CorrelationMethod::spearman:
                    return numeric::spearman(a, b);
                case CorrelationMethod::kendall:
                    break;
            }
            return numeric::kendall_tau_b(a, b);
        },
        arg("a"), arg("b"), arg("method"));
    module.def(
        "diagnose_correlation_matrix",
        [](const Columns& x, const std::string& word) {
            const Matrix matrix = matrix_of(x, "x");
            const CorrelationMethod method = method_of(word);
            return array(without_lock([&] { return coefficients(matrix, method); }));
        },
        arg("x"), arg("method"));
    module.def(
        "diagnose_correlation_table",
        [](const Columns& x, const std::string& word) {
            const Matrix matrix = matrix_of(x, "x");
            const CorrelationMethod method = method_of(word);
            const numeric::CorrelationTable found =
                without_lock([&] { return table(matrix, method); });
            py::dict out;
            out["coefficients"] = array(found.coefficients);
            out["p_values"] = array(found.p_values);
            out["pairs"] = count_array(found.pairs);
            return out;
        },
        arg("x"), arg("method"));
    module.def(
        "diagnose_covariance_matrix",
        [](const Columns& x) {
            const Matrix matrix = matrix_of(x, "x");
            return array(without_lock([&] { return numeric::covariance_matrix(matrix); }));
        },
        arg("x"));
    module.def(
        "diagnose_correlation_findings",
        [](const Columns& children, const std::optional<Columns>& parent, double redundant,
           double weak, const std::string& word) {
            const Matrix matrix = matrix_of(children, "children");
            const diagnose::CorrelationThresholds thresholds{.redundant = redundant, .weak = weak};
            const CorrelationMethod method = method_of(word);
            if (!parent)
                return columns_of(diagnose::correlation_findings(matrix, thresholds, method));
            return columns_of(diagnose::correlation_findings(matrix, to_vector(*parent, "parent"),
                                                             thresholds, method));
        },
        arg("children"), arg("parent"), arg("redundant"), arg("weak"), arg("method"));
    module.def(
        "diagnose_correlation_with_denominators",
        [](const Columns& x, const Columns& denominators, double threshold,
           const std::string& method) {
            const diagnose::DenominatorCorrelations found = diagnose::correlation_with_denominators(
                matrix_of(x, "x"), matrix_of(denominators, "denominators"),
                {.denominator = threshold}, method_of(method));
            py::dict out;
            out["coefficients"] = array(found.coefficients);
            out["pairs"] = count_array(found.pairs);
            out["findings"] = columns_of(found.findings);
            return out;
        },
        arg("x"), arg("denominators"), arg("threshold"), arg("method"));
}

inline void register_indicators(py::module_& module) {
    using py::arg;
    module.def(
        "diagnose_indicator_statistics",
        [](const Columns& x, double availability, double nonzero_share, double distinct_share,
           double absolute_skewness, double excess_kurtosis) {
            return columns_of(diagnose::indicator_statistics(
                matrix_of(x, "x"), {.availability = availability,
                                    .nonzero_share = nonzero_share,
                                    .distinct_share = distinct_share,
                                    .absolute_skewness = absolute_skewness,
                                    .excess_kurtosis = excess_kurtosis}));
        },
        arg("x"), arg("availability"), arg("nonzero_share"), arg("distinct_share"),
        arg("absolute_skewness"), arg("excess_kurtosis"));
    module.def(
        "diagnose_availability",
        [](const Columns& x, const Groups& indicator_groups, const Groups& unit_groups) {
            const diagnose::Availability found = diagnose::availability(
                matrix_of(x, "x"), span_of(indicator_groups), span_of(unit_groups));
            py::dict out;
            out["overall"] = found.overall;
            out["of_unit"] = array(found.of_unit);
            out["of_indicator"] = array(found.of_indicator);
            out["of_unit_in_group"] = array(found.of_unit_in_group);
            out["of_indicator_in_group"] = array(found.of_indicator_in_group);
            return out;
        },
        arg("x"), arg("indicator_groups"), arg("unit_groups"));
    module.def(
        "diagnose_cronbach_alpha",
        [](const Columns& x, const std::string& rows) {
            const diagnose::CronbachAlpha found =
                diagnose::cronbach_alpha(matrix_of(x, "x"), rows_of(rows));
            py::dict out;
            out["alpha"] = found.alpha;
            out["mean_covariance"] = found.mean_covariance;
            out["sum_of_covariances"] = found.sum_of_covariances;
            out["alpha_without"] = array(found.alpha_without);
            out["rows"] = found.rows;
            return out;
        },
        arg("x"), arg("rows"));
    module.def(
        "diagnose_principal_components",
        [](const Columns& x, const std::string& rows, bool with_scores) {
            const Matrix matrix = matrix_of(x, "x");
            const numeric::RowSelection selection = rows_of(rows);
            const diagnose::PrincipalComponentAnalysis found = without_lock([&] {
                return diagnose::principal_component_analysis(matrix, selection, with_scores);
            });
            py::dict out;
            out["eigenvalues"] = array(found.components.eigenvalues);
            out["explained_variance"] = array(found.components.explained_variance);
            out["cumulative_variance"] = array(found.components.cumulative_variance);
            out["eigenvectors"] = array(found.components.eigenvectors);
            out["loadings"] = array(found.components.loadings);
            out["correlations"] = array(found.correlations);
            out["active"] = count_array_of(found.components.active);
            out["eigenvalues_above_one"] = found.eigenvalues_above_one;
            out["rows"] = found.rows;
            out["scores"] = py::none();
            if (with_scores) out["scores"] = array(found.scores);
            return out;
        },
        arg("x"), arg("rows"), arg("with_scores"));
    module.def(
        "diagnose_importance",
        [](const Columns& children, const std::vector<double>& weights, const Columns& index,
           Index groups) {
            const diagnose::Importance found = diagnose::importance(
                matrix_of(children, "y_children"), weights, to_vector(index, "index"), groups);
            py::dict out;
            out["intended_weight"] = array(found.intended_weight);
            out["variance_share"] = array(found.variance_share);
            out["squared_correlation"] = array(found.squared_correlation);
            out["correlation_ratio"] = array(found.correlation_ratio);
            out["relative_importance"] = array(found.relative_importance);
            out["groups"] = found.groups;
            out["rows"] = found.rows;
            return out;
        },
        arg("y_children"), arg("weights"), arg("index"), arg("groups"));
    module.def(
        "diagnose_correlation_ratio",
        [](const Columns& child, const Columns& index, Index groups) {
            return diagnose::correlation_ratio(to_vector(child, "child"), to_vector(index, "index"),
                                               groups);
        },
        arg("child"), arg("index"), arg("groups"));
}

inline void register_trends(py::module_& module) {
    using py::arg;
    module.def(
        "diagnose_compound_growth_rate",
        [](const Columns& x, const std::vector<double>& times) {
            const diagnose::CompoundGrowth found =
                diagnose::compound_growth_rate(matrix_of(x, "x"), times);
            py::dict out;
            out["rate"] = array(found.rate);
            out["first_time"] = array(found.first_time);
            out["last_time"] = array(found.last_time);
            out["refused"] = count_array_of(found.refused);
            return out;
        },
        arg("x"), arg("times"));
    module.def(
        "diagnose_linear_trend",
        [](const Columns& x, const std::vector<double>& times) {
            const diagnose::LinearTrend found = diagnose::linear_trend(matrix_of(x, "x"), times);
            py::dict out;
            out["slope"] = array(found.slope);
            out["intercept"] = array(found.intercept);
            out["correlation"] = array(found.correlation);
            out["r_squared"] = array(found.r_squared);
            out["standard_error"] = array(found.standard_error);
            out["p_value"] = array(diagnose::trend_p_values(found));
            out["observed"] = count_array(found.observed);
            return out;
        },
        arg("x"), arg("times"));
}

}  // namespace diagnose_binding

void register_diagnose(py::module_& module) {
    diagnose_binding::register_correlations(module);
    diagnose_binding::register_indicators(module);
    diagnose_binding::register_trends(module);
}

}  // namespace thuocdo::python
