#pragma once
/// @file
/// The weights of the children of a node by the scheme that the model names.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/model/index_model.hpp>
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
#include <thuocdo/weigh/fucom.hpp>
#include <thuocdo/weigh/gini_index.hpp>
#include <thuocdo/weigh/idocriw.hpp>
#include <thuocdo/weigh/lopcow.hpp>
#include <thuocdo/weigh/merec.hpp>
#include <thuocdo/weigh/principal_components.hpp>
#include <thuocdo/weigh/rank_order_centroid.hpp>
#include <thuocdo/weigh/rank_reciprocal.hpp>
#include <thuocdo/weigh/rank_sum.hpp>
#include <thuocdo/weigh/standard_deviation.hpp>
#include <thuocdo/weigh/swara.hpp>
#include <thuocdo/weigh/swing.hpp>
#include <thuocdo/weigh/variance.hpp>
#include <thuocdo/weighting_report.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

[[nodiscard]] inline std::vector<double> numbers_of(const Eigen::VectorXd& values) {
    return {values.data(), values.data() + values.size()};
}

/// Runs a scheme that needs judgements only. The weights come in the order of the
/// elements of the scheme.
class JudgementWeigher {
  public:
    explicit JudgementWeigher(WeightingReport& report) : report_(report) {}

    void operator()(const weighting::Equal&) {
        take(report_.elements, weigh::equal(static_cast<Index>(report_.elements.size())));
    }
    void operator()(const weighting::Objective&) {}
    void operator()(const weighting::CorrelationOptimised&) {}
    void operator()(const weighting::AnalyticHierarchyProcess& scheme) {
        std::vector<Eigen::MatrixXd> judges;
        for (const auto& judgement : scheme.judgements) {
            Eigen::MatrixXd matrix(static_cast<Index>(judgement.size()),
                                   static_cast<Index>(judgement.size()));
            for (std::size_t i = 0; i < judgement.size(); ++i)
                for (std::size_t j = 0; j < judgement.size(); ++j)
                    matrix(static_cast<Index>(i), static_cast<Index>(j)) = judgement[i][j];
            judges.push_back(std::move(matrix));
        }
        const Eigen::MatrixXd joined = judges.size() == 1
                                           ? judges.front()
                                           : weigh::group_judgement(judges, reciprocal_tolerance);
        const weigh::HierarchyWeights found =
            weigh::analytic_hierarchy_process(joined,
                                              scheme.method == PriorityMethod::geometric_mean
                                                  ? weigh::PriorityMethod::geometric_mean
                                                  : weigh::PriorityMethod::principal_eigenvector,
                                              reciprocal_tolerance);
        take(scheme.elements, found.weights);
        report_.figures = {{"lambda_max", found.lambda_max},
                           {"consistency_index", found.consistency_index},
                           {"consistency_ratio", found.consistency_ratio}};
        if (!found.acceptable)
            report_.notices.emplace_back(
                "the consistency ratio is above 0.1: the judgements contradict each other");
    }
    void operator()(const weighting::BestWorst& scheme) {
        const auto place = [&](const std::string& code) {
            return static_cast<std::size_t>(
                std::find(scheme.elements.begin(), scheme.elements.end(), code) -
                scheme.elements.begin());
        };
        const weigh::BestWorstWeights found = weigh::best_worst_method(
            scheme.best_to_others, scheme.others_to_worst, place(scheme.best), place(scheme.worst));
        take(scheme.elements, found.weights);
        report_.figures = {{"deviation", found.deviation},
                           {"input_consistency_ratio", found.input_consistency_ratio}};
        if (!found.unique)
            report_.notices.emplace_back("other weights fit the judgements as well as these");
    }
    void operator()(const weighting::Ranked& scheme) {
        std::vector<double> ranks(scheme.elements.size());
        std::iota(ranks.begin(), ranks.end(), 1.0);
        take(scheme.elements,
             scheme.scheme == RankedScheme::rank_order_centroid ? weigh::rank_order_centroid(ranks)
             : scheme.scheme == RankedScheme::rank_sum          ? weigh::rank_sum(ranks)
                                                                : weigh::rank_reciprocal(ranks));
    }
    void operator()(const weighting::Stepwise& scheme) {
        if (scheme.scheme == StepwiseScheme::fucom) {
            take(scheme.elements, weigh::fucom(scheme.steps));
            return;
        }
        std::vector<double> less_important{0.0};
        less_important.insert(less_important.end(), scheme.steps.begin(), scheme.steps.end());
        take(scheme.elements, weigh::swara(less_important).weights);
    }
    void operator()(const weighting::Points& scheme) {
        if (scheme.scheme == PointsScheme::swing) {
            take(scheme.elements, weigh::swing(scheme.points.front()));
            return;
        }
        Eigen::MatrixXd points(static_cast<Index>(scheme.points.size()),
                               static_cast<Index>(scheme.elements.size()));
        for (std::size_t i = 0; i < scheme.points.size(); ++i)
            for (std::size_t j = 0; j < scheme.elements.size(); ++j)
                points(static_cast<Index>(i), static_cast<Index>(j)) = scheme.points[i][j];
        const weigh::BudgetAllocation found = weigh::budget_allocation(points);
        take(scheme.elements, found.weights);
        if (scheme.points.size() > 1) add("dispersion", scheme.elements, found.dispersion);
    }

  private:
    [[nodiscard]] std::vector<double> in_order(const std::vector<std::string>& elements,
                                               const Eigen::VectorXd& values) const {
        std::vector<double> out;
        for (const std::string& code : report_.elements) {
            const auto at = std::find(elements.begin(), elements.end(), code) - elements.begin();
            out.push_back(values[static_cast<Index>(at)]);
        }
        return out;
    }
    void take(const std::vector<std::string>& elements, const Eigen::VectorXd& weights) {
        report_.weights = in_order(elements, weights);
    }
    void add(const char* name, const std::vector<std::string>& elements,
             const Eigen::VectorXd& values) {
        report_.element_figures.emplace_back(name, in_order(elements, values));
    }

    WeightingReport& report_;
};

/// Runs a scheme that looks at the cohort.
class DataWeigher {
  public:
    /// @param x rows are the evaluated units by code, columns the scored children.
    DataWeigher(const Eigen::MatrixXd& x, std::span<const Direction> directions,
                WeightingReport& report)
        : x_(x), directions_(directions), report_(report) {}

    void run(const Weighting& scheme) {
        if (const auto* objective = std::get_if<weighting::Objective>(&scheme))
            run(objective->scheme);
        else
            run(std::get<weighting::CorrelationOptimised>(scheme));
        if (report_.figures.empty() || rows_used_ == x_.rows()) return;
        report_.notices.push_back(std::to_string(x_.rows() - rows_used_) + " of " +
                                  std::to_string(x_.rows()) +
                                  " units have missing values and do not count in the weights");
    }

  private:
    void run(ObjectiveScheme scheme) {
        switch (scheme) {
            case ObjectiveScheme::entropy: {
                const auto found = weigh::entropy(x_);
                take(found);
                return add("entropy", found.entropy);
            }
            case ObjectiveScheme::standard_deviation:
                return take_spread(weigh::standard_deviation(x_));
            case ObjectiveScheme::variance:
                return take_spread(weigh::variance(x_));
            case ObjectiveScheme::coefficient_of_variation:
                return take_spread(weigh::coefficient_of_variation(x_));
            case ObjectiveScheme::gini_index:
                return take_spread(weigh::gini_index(x_));
            case ObjectiveScheme::angular:
                return take_spread(weigh::angular(x_));
            case ObjectiveScheme::lopcow:
                return take_spread(weigh::lopcow(x_, directions_));
            case ObjectiveScheme::critic: {
                const auto found = weigh::critic(x_, directions_);
                take(found);
                return add("information", found.information);
            }
            case ObjectiveScheme::merec: {
                const auto found = weigh::merec(x_, directions_);
                take(found);
                return add("removal_effect", found.removal_effect);
            }
            case ObjectiveScheme::cilos:
                return take(weigh::cilos(x_, directions_));
            case ObjectiveScheme::idocriw:
                return take(weigh::idocriw(x_, directions_));
            case ObjectiveScheme::principal_components: {
                const auto found = weigh::principal_components(x_);
                take(found);
                report_.figures.emplace_back("components", static_cast<double>(found.factors));
                return;
            }
        }
    }

    void run(const weighting::CorrelationOptimised& scheme) {
        const std::size_t count = report_.elements.size();
        std::vector<double> targets(count, 1.0);
        for (std::size_t k = 0; k < count && !scheme.targets.empty(); ++k)
            targets[k] = scheme.targets[static_cast<std::size_t>(
                std::find(scheme.elements.begin(), scheme.elements.end(), report_.elements[k]) -
                scheme.elements.begin())];
        const auto found = weigh::correlation_optimised(x_, targets);
        take(found);
        add("correlation", found.correlations);
        report_.figures.emplace_back("largest_deviation", found.largest_deviation);
        if (!found.attained)
            report_.notices.emplace_back("the correlations do not come into these proportions");
    }

    template <class Found>
    void take(const Found& found) {
        report_.weights = numbers_of(found.weights);
        rows_used_ = found.rows_used;
        report_.figures.emplace_back("units_used", static_cast<double>(found.rows_used));
        if (found.all_constant)
            report_.notices.emplace_back(
                "every child has one result for all units: the weights are equal");
    }
    void take_spread(const weigh::SpreadWeights& found) {
        take(found);
        add("spread", found.spread);
    }
    void add(const char* name, const Eigen::VectorXd& values) {
        report_.element_figures.emplace_back(name, numbers_of(values));
    }

    const Eigen::MatrixXd& x_;
    std::span<const Direction> directions_;
    WeightingReport& report_;
    Index rows_used_ = 0;
};

}  // namespace thuocdo::detail
