#pragma once
/// @file
/// The result of one inner node for a block of units.

#include <thuocdo/aggregate/arithmetic.hpp>
#include <thuocdo/aggregate/copeland.hpp>
#include <thuocdo/aggregate/domain.hpp>
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
#include <thuocdo/config.hpp>
#include <thuocdo/detail/child_weights.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/rank/edas.hpp>
#include <thuocdo/rank/mabac.hpp>
#include <thuocdo/rank/promethee_two.hpp>
#include <thuocdo/rank/topsis.hpp>
#include <thuocdo/rank/vikor.hpp>

#include <span>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Results of children that have no place under an aggregation: zero and below
/// for geometric and harmonic means and power means with an exponent <= 0, below
/// zero for other power means but those with an odd exponent, and for the mean that is
/// penalised by the Gini index.
[[nodiscard]] inline std::vector<aggregate::Cell> outside_domain(
    const Aggregation& method, const Eigen::Ref<const Eigen::MatrixXd>& children,
    std::span<const double> weights) {
    const auto* power = std::get_if<aggregation::PowerMean>(&method);
    if (std::holds_alternative<aggregation::Geometric>(method) ||
        std::holds_alternative<aggregation::Harmonic>(method) || (power && power->exponent <= 0.0))
        return aggregate::not_positive(children, weights);
    if (power && !aggregate::detail::is_odd_and_positive(power->exponent))
        return aggregate::negative(children, weights);
    if (std::holds_alternative<aggregation::GiniPenalisedMean>(method))
        return aggregate::negative(children, weights);
    return {};
}

/// Aggregates the columns of the children. Cells outside the domain give NaN;
/// the caller names them.
struct Aggregator {
    const Eigen::Ref<const Eigen::MatrixXd>& children;
    /// Weights, or the points of the children under a sum; 0 takes no part.
    std::span<const double> weights;
    ColumnOut out;

    void operator()(const aggregation::Sum&) { aggregate::sum_of_points(children, weights, out); }
    void operator()(const aggregation::Arithmetic&) {
        aggregate::arithmetic(children, weights, out);
    }
    void operator()(const aggregation::Geometric&) {
        aggregate::geometric_unchecked(children, weights, out);
    }
    void operator()(const aggregation::Harmonic&) {
        aggregate::harmonic_unchecked(children, weights, out);
    }
    void operator()(const aggregation::PowerMean& method) {
        aggregate::power_mean_unchecked(children, weights, method.exponent, out);
    }
    void operator()(const aggregation::Minimum&) { aggregate::minimum(children, weights, out); }
    void operator()(const aggregation::Maximum&) { aggregate::maximum(children, weights, out); }
    void operator()(const aggregation::Median&) { aggregate::median(children, weights, out); }
    void operator()(const aggregation::OrderedWeightedAverage& method) {
        aggregate::ordered_weighted_average(children, weights, method.order_weights, out);
    }
    void operator()(const aggregation::MeanMin& method) {
        aggregate::mean_min(children, weights, method.alpha, method.beta, out);
    }
    void operator()(const aggregation::MazziottaPareto& method) {
        aggregate::mazziotta_pareto(children, weights, method.negative_penalty ? -1.0 : 1.0,
                                    method.sample_deviation, out);
    }
    void operator()(const aggregation::GiniPenalisedMean&) {
        aggregate::gini_penalised_mean_unchecked(children, weights, out);
    }
    void operator()(const aggregation::Copeland&) { aggregate::copeland(children, weights, out); }
    void operator()(const aggregation::Wroclaw& method) {
        aggregate::wroclaw(children, weights, method.sample_deviation, out);
    }
    void operator()(const aggregation::Hellwig& method) {
        aggregate::hellwig(children, weights, method.sample_deviation, out);
    }
    void operator()(const aggregation::Topsis& method) {
        out = rank::topsis(children, weights, all_higher(),
                           {.normalisation = method.min_max ? rank::Normalisation::min_max
                                                            : rank::Normalisation::vector})
                  .scores;
    }
    void operator()(const aggregation::Vikor& method) {
        const rank::VikorResult found =
            rank::vikor(children, weights, all_higher(), {.v = method.group_utility});
        for (Index i = 0; i < out.size(); ++i) out[i] = 1.0 - found.scores[i];
    }
    void operator()(const aggregation::Promethee& method) {
        const bool usual = method.preference == 0.0;
        const rank::PreferenceFunction preference{
            usual ? rank::PreferenceShape::usual : rank::PreferenceShape::linear,
            method.indifference, method.preference};
        const std::vector<rank::PreferenceFunction> each(weights.size(), preference);
        rank::PrometheeTwoOptions options;
        options.preferences = each;
        out = rank::promethee_two(children, weights, all_higher(), options).scores;
    }
    void operator()(const aggregation::Edas&) {
        out = rank::edas(children, weights, all_higher()).scores;
    }
    void operator()(const aggregation::Mabac&) {
        out = rank::mabac(children, weights, all_higher()).scores;
    }

  private:
    /// Results of children: larger is better.
    [[nodiscard]] std::vector<Direction> all_higher() const {
        return std::vector<Direction>(weights.size(), Direction::higher_is_better);
    }
};

/// Runs the aggregation of a node over the columns of its children.
template <class Children, class Out>
void aggregate_children(const Aggregation& method, const Children& children,
                        std::span<const double> weights, Out& out) {
    const Eigen::Ref<const Eigen::MatrixXd> view(children);
    std::visit(Aggregator{view, weights, out}, method);
}

}  // namespace thuocdo::detail
