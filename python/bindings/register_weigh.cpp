#include <thuocdo/weigh/analytic_hierarchy_process.hpp>
#include <thuocdo/weigh/angular.hpp>
#include <thuocdo/weigh/best_worst_method.hpp>
#include <thuocdo/weigh/budget_allocation.hpp>
#include <thuocdo/weigh/cilos.hpp>
#include <thuocdo/weigh/coefficient_of_variation.hpp>
#include <thuocdo/weigh/correlation_optimised.hpp>
#include <thuocdo/weigh/critic.hpp>
#include <thuocdo/weigh/entropy.hpp>
#include <thuocdo/weigh/equal.hpp>
#include <thuocdo/weigh/equal_within_pillars.hpp>
#include <thuocdo/weigh/fucom.hpp>
#include <thuocdo/weigh/gini_index.hpp>
#include <thuocdo/weigh/idocriw.hpp>
#include <thuocdo/weigh/lopcow.hpp>
#include <thuocdo/weigh/merec.hpp>
#include <thuocdo/weigh/noisy.hpp>
#include <thuocdo/weigh/principal_components.hpp>
#include <thuocdo/weigh/rank_order_centroid.hpp>
#include <thuocdo/weigh/rank_reciprocal.hpp>
#include <thuocdo/weigh/rank_sum.hpp>
#include <thuocdo/weigh/standard_deviation.hpp>
#include <thuocdo/weigh/swara.hpp>
#include <thuocdo/weigh/swing.hpp>
#include <thuocdo/weigh/variance.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using Matrix = Eigen::Map<const Eigen::MatrixXd>;
using Numbers = std::vector<double>;

[[nodiscard]] Matrix matrix_of(const Columns& x, const char* argument) {
    if (x.ndim() != 2)
        throw NumericError("arrays of another shape",
                           {{"shape", std::string("argument \"") + argument + '"',
                             std::to_string(x.ndim()) + " dimensions", "2 dimensions", ""}});
    return {x.data(), x.shape(0), x.shape(1)};
}

[[nodiscard]] std::vector<Direction> directions_of(const std::vector<bool>& lower_is_better) {
    std::vector<Direction> directions;
    for (const bool lower : lower_is_better)
        directions.push_back(lower ? Direction::lower_is_better : Direction::higher_is_better);
    return directions;
}

[[nodiscard]] py::array_t<double> array_of(const Eigen::VectorXd& column) {
    return read_only(copy_of(column));
}

[[nodiscard]] py::array_t<double> array_of(const Eigen::MatrixXd& matrix) {
    return read_only(copy_of(matrix));
}

[[nodiscard]] py::dict dict_of(const weigh::SpreadWeights& found) {
    py::dict out;
    out["weights"] = array_of(found.weights);
    out["spread"] = array_of(found.spread);
    out["rows_used"] = found.rows_used;
    out["all_constant"] = found.all_constant;
    return out;
}

[[nodiscard]] py::dict dict_of(const weigh::EntropyWeights& found) {
    py::dict out;
    out["weights"] = array_of(found.weights);
    out["entropy"] = array_of(found.entropy);
    out["divergence"] = array_of(found.divergence);
    out["rows_used"] = found.rows_used;
    out["all_constant"] = found.all_constant;
    return out;
}

[[nodiscard]] py::dict dict_of(const weigh::CilosWeights& found) {
    py::dict out;
    out["weights"] = array_of(found.weights);
    out["relative_loss"] = array_of(found.relative_loss);
    out["rows_used"] = found.rows_used;
    out["all_constant"] = found.all_constant;
    return out;
}

[[nodiscard]] weigh::PriorityMethod priority_method_of(const std::string& method) {
    return method == "geometric_mean" ? weigh::PriorityMethod::geometric_mean
                                      : weigh::PriorityMethod::principal_eigenvector;
}

[[nodiscard]] const char* word_of(weigh::RandomIndex source) {
    switch (source) {
        case weigh::RandomIndex::saaty:
            return "saaty";
        case weigh::RandomIndex::alonso_lamata:
            return "alonso_lamata";
        case weigh::RandomIndex::none_needed:
            break;
    }
    return "none_needed";
}

void register_judgements(py::module_& module) {
    using py::arg;
    module.def(
        "weigh_equal", [](Index count) { return array_of(weigh::equal(count)); }, arg("count"));
    module.def(
        "weigh_equal_within_pillars",
        [](const std::vector<Index>& pillar_of) {
            const weigh::PillarWeights found = weigh::equal_within_pillars(pillar_of);
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["pillars"] = found.pillars;
            out["sizes"] = found.sizes;
            return out;
        },
        arg("pillar_of"));
    module.def(
        "weigh_analytic_hierarchy_process",
        [](const Columns& judgement, const std::string& method, double tolerance) {
            const weigh::HierarchyWeights found = weigh::analytic_hierarchy_process(
                matrix_of(judgement, "judgement"), priority_method_of(method), tolerance);
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["lambda_max"] = found.lambda_max;
            out["consistency_index"] = found.consistency_index;
            out["consistency_ratio"] = found.consistency_ratio;
            out["random_index"] = found.random_index;
            out["random_index_source"] = word_of(found.random_index_source);
            out["acceptable"] = found.acceptable;
            return out;
        },
        arg("judgement"), arg("method"), arg("tolerance"));
    module.def(
        "weigh_group_judgement",
        [](const std::vector<Columns>& judgements, double tolerance) {
            std::vector<Eigen::MatrixXd> members;
            for (const Columns& each : judgements)
                members.emplace_back(matrix_of(each, "judgements"));
            return array_of(weigh::group_judgement(members, tolerance));
        },
        arg("judgements"), arg("tolerance"));
    module.def(
        "weigh_best_worst_method",
        [](const Numbers& best_to_others, const Numbers& others_to_worst, std::size_t best,
           std::size_t worst) {
            const weigh::BestWorstWeights found = without_lock([&] {
                return weigh::best_worst_method(best_to_others, others_to_worst, best, worst);
            });
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["deviation"] = found.deviation;
            out["input_consistency_ratios"] = array_of(found.input_consistency_ratios);
            out["input_consistency_ratio"] = found.input_consistency_ratio;
            out["unique"] = found.unique;
            return out;
        },
        arg("best_to_others"), arg("others_to_worst"), arg("best"), arg("worst"));
    module.def(
        "weigh_swara",
        [](const Numbers& less_important) {
            const weigh::SwaraWeights found = weigh::swara(less_important);
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["coefficients"] = array_of(found.coefficients);
            out["relative_weights"] = array_of(found.relative_weights);
            return out;
        },
        arg("less_important"));
    module.def(
        "weigh_fucom", [](const Numbers& ratios) { return array_of(weigh::fucom(ratios)); },
        arg("ratios"));
    module.def(
        "weigh_rank_order_centroid",
        [](const Numbers& ranks) { return array_of(weigh::rank_order_centroid(ranks)); },
        arg("ranks"));
    module.def(
        "weigh_rank_sum", [](const Numbers& ranks) { return array_of(weigh::rank_sum(ranks)); },
        arg("ranks"));
    module.def(
        "weigh_rank_reciprocal",
        [](const Numbers& ranks) { return array_of(weigh::rank_reciprocal(ranks)); }, arg("ranks"));
    module.def(
        "weigh_swing",
        [](const Numbers& points, double full_swing) {
            return array_of(weigh::swing(points, full_swing));
        },
        arg("points"), arg("full_swing"));
    module.def(
        "weigh_budget_allocation",
        [](const Columns& points, std::optional<double> budget) {
            const weigh::BudgetAllocation found =
                weigh::budget_allocation(matrix_of(points, "points"), budget);
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["dispersion"] = array_of(found.dispersion);
            out["smallest_share"] = array_of(found.smallest_share);
            out["largest_share"] = array_of(found.largest_share);
            out["shares"] = array_of(found.shares);
            return out;
        },
        arg("points"), arg("budget"));
    module.def(
        "weigh_noisy",
        [](const Columns& weights, double fraction, std::uint64_t seed, std::uint64_t first_draw,
           Index draws, std::uint32_t stage) {
            const Eigen::VectorXd given = to_vector(weights, "weights");
            const std::vector<py::ssize_t> shape{draws, given.size()};
            py::array_t<double> out(shape);
            double* const rows = out.mutable_data();
            {
                const py::gil_scoped_release release;
                const numeric::Philox random(seed);
                for (Index k = 0; k < draws; ++k) {
                    Eigen::Map<Eigen::VectorXd> row(rows + k * given.size(), given.size());
                    weigh::noisy(given, fraction, random,
                                 first_draw + static_cast<std::uint64_t>(k), stage, row);
                }
            }
            return out;
        },
        arg("weights"), arg("fraction"), arg("seed"), arg("first_draw"), arg("draws"),
        arg("stage"));
}

using PlainSpread = weigh::SpreadWeights (*)(weigh::MatrixView);

void define_spread(py::module_& module, const char* name, PlainSpread kernel) {
    module.def(
        name,
        [kernel](const Columns& x) {
            const Matrix matrix = matrix_of(x, "x");
            return dict_of(without_lock([&] { return kernel(matrix); }));
        },
        py::arg("x"));
}

void register_objective(py::module_& module) {
    using py::arg;
    using Lower = std::vector<bool>;
    define_spread(module, "weigh_standard_deviation", &weigh::standard_deviation);
    define_spread(module, "weigh_variance", &weigh::variance);
    define_spread(module, "weigh_coefficient_of_variation", &weigh::coefficient_of_variation);
    define_spread(module, "weigh_gini_index", &weigh::gini_index);
    define_spread(module, "weigh_angular", &weigh::angular);
    module.def(
        "weigh_lopcow",
        [](const Columns& x, const Lower& lower_is_better) {
            const Matrix matrix = matrix_of(x, "x");
            const std::vector<Direction> directions = directions_of(lower_is_better);
            return dict_of(without_lock([&] { return weigh::lopcow(matrix, directions); }));
        },
        arg("x"), arg("lower_is_better"));
    module.def(
        "weigh_entropy",
        [](const Columns& x) {
            const Matrix matrix = matrix_of(x, "x");
            return dict_of(without_lock([&] { return weigh::entropy(matrix); }));
        },
        arg("x"));
    module.def(
        "weigh_merec",
        [](const Columns& x, const Lower& lower_is_better) {
            const Matrix matrix = matrix_of(x, "x");
            const std::vector<Direction> directions = directions_of(lower_is_better);
            const weigh::MerecWeights found =
                without_lock([&] { return weigh::merec(matrix, directions); });
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["removal_effect"] = array_of(found.removal_effect);
            out["performance"] = array_of(found.performance);
            out["rows_used"] = found.rows_used;
            out["all_constant"] = found.all_constant;
            return out;
        },
        arg("x"), arg("lower_is_better"));
    module.def(
        "weigh_cilos",
        [](const Columns& x, const Lower& lower_is_better) {
            const Matrix matrix = matrix_of(x, "x");
            const std::vector<Direction> directions = directions_of(lower_is_better);
            return dict_of(without_lock([&] { return weigh::cilos(matrix, directions); }));
        },
        arg("x"), arg("lower_is_better"));
    module.def(
        "weigh_idocriw",
        [](const Columns& x, const Lower& lower_is_better) {
            const Matrix matrix = matrix_of(x, "x");
            const std::vector<Direction> directions = directions_of(lower_is_better);
            const weigh::IdocriwWeights found =
                without_lock([&] { return weigh::idocriw(matrix, directions); });
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["entropy"] = dict_of(found.entropy);
            out["cilos"] = dict_of(found.cilos);
            out["rows_used"] = found.rows_used;
            out["all_constant"] = found.all_constant;
            return out;
        },
        arg("x"), arg("lower_is_better"));
    module.def(
        "weigh_critic",
        [](const Columns& x, const Lower& lower_is_better, bool ignore_directions) {
            const Matrix matrix = matrix_of(x, "x");
            const std::vector<Direction> directions = directions_of(lower_is_better);
            const weigh::CriticWeights found = without_lock([&] {
                return weigh::critic(matrix, directions,
                                     ignore_directions ? weigh::CriticDirections::ignored
                                                       : weigh::CriticDirections::respected);
            });
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["standard_deviation"] = array_of(found.standard_deviation);
            out["conflict"] = array_of(found.conflict);
            out["information"] = array_of(found.information);
            out["correlation"] = array_of(found.correlation);
            out["rows_used"] = found.rows_used;
            out["all_constant"] = found.all_constant;
            out["no_conflict"] = found.no_conflict;
            return out;
        },
        arg("x"), arg("lower_is_better"), arg("ignore_directions"));
    module.def(
        "weigh_principal_components",
        [](const Columns& x, std::optional<Index> factors, bool all_factors,
           bool kaiser_normalisation) {
            const Matrix matrix = matrix_of(x, "x");
            const weigh::ComponentOptions options{factors,
                                                  all_factors
                                                      ? weigh::LoadingShare::all_factors
                                                      : weigh::LoadingShare::highest_loading,
                                                  kaiser_normalisation};
            const weigh::ComponentWeights found =
                without_lock([&] { return weigh::principal_components(matrix, options); });
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["eigenvalues"] = array_of(found.eigenvalues);
            out["explained_variance"] = array_of(found.explained_variance);
            out["factors"] = found.factors;
            out["loadings"] = array_of(found.loadings);
            out["rotated_loadings"] = array_of(found.rotated_loadings);
            out["rotated_variance"] = array_of(found.rotated_variance);
            out["factor_of"] = found.factor_of;
            out["rows_used"] = found.rows_used;
            out["all_constant"] = found.all_constant;
            out["converged"] = found.converged;
            return out;
        },
        arg("x"), arg("factors"), arg("all_factors"), arg("kaiser_normalisation"));
    module.def(
        "weigh_correlation_optimised",
        [](const Columns& x, const Numbers& targets) {
            const Matrix matrix = matrix_of(x, "x");
            const weigh::CorrelationWeights found =
                without_lock([&] { return weigh::correlation_optimised(matrix, targets); });
            py::dict out;
            out["weights"] = array_of(found.weights);
            out["target_shares"] = array_of(found.target_shares);
            out["correlations"] = array_of(found.correlations);
            out["shares"] = array_of(found.shares);
            out["largest_deviation"] = found.largest_deviation;
            out["attained"] = found.attained;
            out["converged"] = found.converged;
            out["iterations"] = found.iterations;
            out["rows_used"] = found.rows_used;
            out["all_constant"] = found.all_constant;
            return out;
        },
        arg("x"), arg("targets"));
}

}  // namespace

void register_weigh(py::module_& module) {
    register_judgements(module);
    register_objective(module);
}

}  // namespace thuocdo::python
