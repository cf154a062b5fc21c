#pragma once
/// @file
/// The linear best-worst model, solved exactly.

#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh::detail {

/// The model is min xi with |w_B - a_j w_j| <= xi, |w_j - b_j w_W| <= xi, sum w = 1.
/// Divide all by xi: the sum of the w is then to be largest for xi = 1. Given
/// u = w_B and v = w_W, every other w_j is best as large as it may be, which is
/// min((u + 1)/a_j, b_j v + 1). What is left is a concave function of u and v on a
/// polygon, linear between lines u - k v = d, so that its maximum is where two of
/// them meet. They are few enough to try all.
class BestWorstPlane {
  public:
    BestWorstPlane(std::span<const double> best_to_others, std::span<const double> others_to_worst,
                   std::size_t best, std::size_t worst)
        : to_others_(best_to_others), to_worst_(others_to_worst), best_(best), worst_(worst) {
        add_line(1.0, 0.0, 0.0);
        add_line(0.0, 1.0, 0.0);
        const double span = to_others_[worst_];
        add_line(1.0, span, 1.0);
        add_line(1.0, span, -1.0);
        for (std::size_t j = 0; j < to_others_.size(); ++j) {
            if (is_end(j)) continue;
            const double product = to_others_[j] * to_worst_[j];
            // Where w_j has no room left, and where its two bounds are equal.
            add_line(1.0, product, to_others_[j] + 1.0);
            add_line(1.0, product, -(to_others_[j] + 1.0));
            add_line(1.0, product, to_others_[j] - 1.0);
        }
    }

    struct Optimum {
        Eigen::VectorXd weights;
        double deviation;
        bool unique;
    };

    [[nodiscard]] THUOCDO_KERNEL Optimum solve() const {
        THUOCDO_EXACT
        constexpr double equal = 1e-10;
        std::vector<Eigen::VectorXd> optima;
        double highest = 0.0;
        for (std::size_t p = 0; p < lines_.size(); ++p) {
            for (std::size_t q = p + 1; q < lines_.size(); ++q) {
                const Line& first = lines_[p];
                const Line& second = lines_[q];
                const double determinant = first.u * -second.v + second.u * first.v;
                if (determinant == 0.0) continue;
                const double u = (first.d * -second.v + second.d * first.v) / determinant;
                const double v = (first.u * second.d - second.u * first.d) / determinant;
                if (!feasible(u, v)) continue;
                const double sum = sum_of_weights(u, v);
                if (sum < highest * (1.0 - equal)) continue;
                if (sum > highest * (1.0 + equal)) optima.clear();
                highest = std::max(highest, sum);
                optima.push_back(weights_at(u, v, sum));
            }
        }
        // All optima lie between the two that are farthest apart on an edge; the
        // middle of it stands for them.
        Eigen::VectorXd lowest = optima.front();
        Eigen::VectorXd other = optima.front();
        for (const Eigen::VectorXd& each : optima) {
            if (lies_before(each, lowest)) lowest = each;
            if (lies_before(other, each)) other = each;
        }
        Optimum result{Eigen::VectorXd(lowest.size()), 1.0 / highest, true};
        for (Index j = 0; j < lowest.size(); ++j) {
            result.weights[j] = (lowest[j] + other[j]) / 2.0;
            result.unique = result.unique && std::abs(lowest[j] - other[j]) <= same_weight;
        }
        result.weights = shares_of(result.weights);
        return result;
    }

  private:
    /// u * w_B - v * w_W = d
    struct Line {
        double u;
        double v;
        double d;
    };

    /// Weights closer than this are one optimum found at several crossings.
    static constexpr double same_weight = 1e-9;

    void add_line(double u, double v, double d) { lines_.push_back({u, v, d}); }

    [[nodiscard]] bool is_end(std::size_t j) const { return j == best_ || j == worst_; }

    /// Points of an edge differ in all weights that differ at all; the first that
    /// does so orders them.
    [[nodiscard]] static bool lies_before(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
        for (Index j = 0; j < a.size(); ++j) {
            if (std::abs(a[j] - b[j]) > same_weight) return a[j] < b[j];
        }
        return false;
    }

    [[nodiscard]] THUOCDO_KERNEL bool feasible(double u, double v) const {
        THUOCDO_EXACT
        constexpr double slack = 1e-12;
        const double span = to_others_[worst_];
        const auto within = [&](double left, double right, double most) {
            return std::abs(left - right) <= most + slack * (1.0 + std::abs(left) + most);
        };
        if (!(u >= 0.0 && v >= 0.0) || !std::isfinite(u) || !std::isfinite(v)) return false;
        if (!within(u, span * v, 1.0)) return false;
        for (std::size_t j = 0; j < to_others_.size(); ++j) {
            if (is_end(j)) continue;
            if (!within(u, to_others_[j] * to_worst_[j] * v, to_others_[j] + 1.0)) return false;
        }
        return true;
    }

    [[nodiscard]] THUOCDO_KERNEL double weight_at(double u, double v, std::size_t j) const {
        THUOCDO_EXACT
        if (j == best_) return u;
        if (j == worst_) return v;
        return std::min((u + 1.0) / to_others_[j], to_worst_[j] * v + 1.0);
    }

    [[nodiscard]] double sum_of_weights(double u, double v) const {
        double sum = 0.0;
        for (std::size_t j = 0; j < to_others_.size(); ++j) sum += weight_at(u, v, j);
        return sum;
    }

    [[nodiscard]] Eigen::VectorXd weights_at(double u, double v, double sum) const {
        Eigen::VectorXd weights(static_cast<Index>(to_others_.size()));
        for (std::size_t j = 0; j < to_others_.size(); ++j)
            weights[static_cast<Index>(j)] = weight_at(u, v, j) / sum;
        return weights;
    }

    std::span<const double> to_others_;
    std::span<const double> to_worst_;
    std::size_t best_;
    std::size_t worst_;
    std::vector<Line> lines_;
};

}  // namespace thuocdo::weigh::detail
