#pragma once
/// @file
/// Varimax rotation of factor loadings.

#include <thuocdo/config.hpp>

#include <cmath>

namespace thuocdo::weigh::detail {

/// Turns the columns of `loadings` in their space so that the variance of squared
/// loadings within columns is largest: rotations of two columns at a time by the
/// angle that is best for them, until none is left (Kaiser 1958, Psychometrika
/// 23(3), 187-200). With `normalised`, rows count with equal length while they are
/// turned (Kaiser normalisation).
/// @return whether the rotations came to rest.
inline bool varimax(Eigen::MatrixXd& loadings, bool normalised) {
    constexpr int most_sweeps = 1000;
    constexpr double at_rest = 1e-13;
    constexpr double quarter = 0.25;
    const Index rows = loadings.rows();
    const Index columns = loadings.cols();
    if (rows == 0 || columns < 2) return true;
    Eigen::VectorXd lengths = Eigen::VectorXd::Ones(rows);
    if (normalised) {
        for (Index i = 0; i < rows; ++i) {
            const double length = loadings.row(i).norm();
            if (length > 0.0) lengths[i] = length;
        }
    }
    for (Index i = 0; i < rows; ++i) loadings.row(i) /= lengths[i];
    const auto count = static_cast<double>(rows);
    bool rest = false;
    for (int sweep = 0; sweep < most_sweeps && !rest; ++sweep) {
        rest = true;
        for (Index a = 0; a < columns; ++a) {
            for (Index b = a + 1; b < columns; ++b) {
                double sum_u = 0.0;
                double sum_v = 0.0;
                double sum_squares = 0.0;
                double sum_products = 0.0;
                for (Index i = 0; i < rows; ++i) {
                    const double x = loadings(i, a);
                    const double y = loadings(i, b);
                    const double u = x * x - y * y;
                    const double v = 2.0 * x * y;
                    sum_u += u;
                    sum_v += v;
                    sum_squares += u * u - v * v;
                    sum_products += 2.0 * u * v;
                }
                const double numerator = sum_products - 2.0 * sum_u * sum_v / count;
                const double denominator = sum_squares - (sum_u * sum_u - sum_v * sum_v) / count;
                if (std::hypot(numerator, denominator) <= at_rest * count) continue;
                const double angle = quarter * std::atan2(numerator, denominator);
                if (std::abs(angle) <= at_rest) continue;
                rest = false;
                const double cosine = std::cos(angle);
                const double sine = std::sin(angle);
                for (Index i = 0; i < rows; ++i) {
                    const double x = loadings(i, a);
                    const double y = loadings(i, b);
                    loadings(i, a) = x * cosine + y * sine;
                    loadings(i, b) = y * cosine - x * sine;
                }
            }
        }
    }
    for (Index i = 0; i < rows; ++i) loadings.row(i) *= lengths[i];
    return rest;
}

}  // namespace thuocdo::weigh::detail
