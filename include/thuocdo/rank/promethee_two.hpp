#pragma once
/// @file
/// PROMETHEE II: alternatives in one order, by net flow.

#include <thuocdo/rank/promethee_flows.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <tuple>

namespace thuocdo::rank {

using PrometheeTwoOptions = PrometheeFlowOptions;

/// What promethee_two() finds.
struct PrometheeTwoResult {
    static constexpr bool higher_is_better = true;
    /// The net flow phi.
    Eigen::VectorXd scores;
    Eigen::VectorXd phi_plus;
    Eigen::VectorXd phi_minus;
    /// Empty unless asked for.
    Eigen::MatrixXd criterion_flows;
    /// False when the progress callback asked to stop; then all flows are 0.
    bool finished = true;

    [[nodiscard]] static constexpr auto parts() {
        using R = PrometheeTwoResult;
        return std::tuple{
            part("scores", &R::scores, Axis::alternatives, "net flow phi = phi_plus - phi_minus"),
            part("phi_plus", &R::phi_plus, Axis::alternatives,
                 "positive flow: mean preference over the other alternatives"),
            part("phi_minus", &R::phi_minus, Axis::alternatives,
                 "negative flow: mean preference of the other alternatives"),
            part("criterion_flows", &R::criterion_flows, Axis::cells,
                 "net flow on each criterion alone; scores are their weighted sums"),
            part("finished", &R::finished, Axis::single, "whether it was not stopped")};
    }
};

/// scores = phi = phi_plus - phi_minus of promethee_flows(), higher is better. They add up
/// to 0.
///
/// Some programs return the negated net flow, or give the best alternative the lowest; an
/// alternative that is best on every criterion has a positive one here, as in the paper.
/// Parameters, errors, ties and complexity as promethee_flows(). Source: J. P. Brans and P.
/// Vincke (1985), Management Science 31(6), 647-656.
[[nodiscard]] THUOCDO_KERNEL inline PrometheeTwoResult promethee_two(
    MatrixView x, std::span<const double> weights, std::span<const Direction> directions,
    const PrometheeTwoOptions& options = {}) {
    THUOCDO_EXACT
    PrometheeFlows flows = promethee_flows(x, weights, directions, options);
    PrometheeTwoResult result;
    result.scores.resize(flows.phi_plus.size());
    for (Index i = 0; i < result.scores.size(); ++i)
        result.scores.data()[i] = flows.phi_plus.data()[i] - flows.phi_minus.data()[i];
    result.phi_plus = std::move(flows.phi_plus);
    result.phi_minus = std::move(flows.phi_minus);
    result.criterion_flows = std::move(flows.criterion_flows);
    result.finished = flows.finished;
    return result;
}

}  // namespace thuocdo::rank
