#pragma once
/// @file
/// Integrated determination of objective criteria weights (IDOCRIW).

#include <thuocdo/weigh/cilos.hpp>
#include <thuocdo/weigh/entropy.hpp>

namespace thuocdo::weigh {

/// What idocriw() finds.
struct IdocriwWeights {
    /// One an indicator.
    Eigen::VectorXd weights;
    EntropyWeights entropy;
    CilosWeights cilos;
    /// Rows without a missing value.
    Index rows_used = 0;
    /// No column varies; the weights are equal.
    bool all_constant = false;
};

/// w ~ entropy weight * CILOS weight of each indicator. The entropy divides by the
/// logarithm of the number of units; with that of the number of indicators, as some
/// programs have it, it would not end at 1.
///
/// @param x, directions as in cilos().
/// @throws NumericError as cilos() does.
/// Same bits for every order of units, on every machine.
/// Complexity: that of entropy() and cilos(). Source: Zavadskas and Podvezko (2016),
/// International Journal of Information Technology and Decision Making 15(2),
/// 267-283.
[[nodiscard]] inline IdocriwWeights idocriw(MatrixView x, std::span<const Direction> directions) {
    IdocriwWeights result;
    result.cilos = cilos(x, directions);
    result.entropy = entropy(x);
    result.rows_used = result.cilos.rows_used;
    Eigen::VectorXd products(x.cols());
    for (Index j = 0; j < x.cols(); ++j)
        products[j] = result.entropy.weights[j] * result.cilos.weights[j];
    result.all_constant = result.cilos.all_constant;
    result.weights = detail::shares_of(products);
    return result;
}

}  // namespace thuocdo::weigh
