#pragma once
/// @file
/// Least squares with one equation and no negative number.

#include <thuocdo/config.hpp>

#include <Eigen/QR>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace thuocdo::weigh::detail {

/// min |A v - target|^2 with c'v = 1 and v >= 0, by active sets: a set of entries is
/// free and the others are 0; an entry enters the set where that lowers the sum of
/// squares, and leaves it before it would become negative. The problem is convex,
/// so where it stops is the best.
///
/// The equation is used to remove the entry with the largest c, and the rest solved
/// by QR, which does not square the condition of A.
class ShareFit {
  public:
    ShareFit(const Eigen::MatrixXd& a, const Eigen::VectorXd& target, const Eigen::VectorXd& c)
        : a_(a), target_(target), c_(c), free_(static_cast<std::size_t>(a.cols()), 1) {
        run();
    }

    [[nodiscard]] const Eigen::VectorXd& solution() const noexcept { return v_; }
    [[nodiscard]] bool converged() const noexcept { return converged_; }
    [[nodiscard]] int iterations() const noexcept { return iterations_; }

  private:
    static constexpr double at_rest = 1e-13;

    void run() {
        const Index count = a_.cols();
        const int most_iterations = 100 + 10 * static_cast<int>(count);
        Eigen::VectorXd trial = solve();
        start(trial);
        for (; iterations_ < most_iterations; ++iterations_) {
            trial = solve();
            if (step_toward(trial)) continue;
            const Index entering = best_to_enter();
            if (entering < 0) {
                converged_ = true;
                return;
            }
            free_[static_cast<std::size_t>(entering)] = 1;
        }
    }

    /// Begins at the solution without bounds, its negative entries set to 0, or, where
    /// that cannot be scaled to c'v = 1, at a single entry.
    void start(const Eigen::VectorXd& unbounded) {
        v_ = unbounded.cwiseMax(0.0);
        double scale = c_.dot(v_);
        if (!(scale > at_rest)) {
            Index best = 0;
            c_.maxCoeff(&best);
            v_.setZero();
            v_[best] = 1.0;
            scale = c_[best];
        }
        v_ /= scale;
        for (Index j = 0; j < v_.size(); ++j)
            free_[static_cast<std::size_t>(j)] = v_[j] > 0.0 ? 1 : 0;
    }

    /// The best with the free entries, whatever their sign.
    [[nodiscard]] Eigen::VectorXd solve() const {
        std::vector<Index> free;
        for (Index j = 0; j < a_.cols(); ++j) {
            if (free_[static_cast<std::size_t>(j)] != 0) free.push_back(j);
        }
        const auto larger = [&](Index p, Index q) { return c_[p] < c_[q]; };
        const auto place = std::max_element(free.begin(), free.end(), larger);
        const Index removed = *place;
        free.erase(place);
        const auto size = static_cast<Index>(free.size());
        Eigen::VectorXd result = Eigen::VectorXd::Zero(a_.cols());
        double rest = 1.0;
        if (size > 0) {
            Eigen::MatrixXd reduced(a_.rows(), size);
            for (Index k = 0; k < size; ++k) {
                const Index j = free[static_cast<std::size_t>(k)];
                reduced.col(k) = a_.col(j) - a_.col(removed) * (c_[j] / c_[removed]);
            }
            const Eigen::VectorXd solved =
                reduced.colPivHouseholderQr().solve(target_ - a_.col(removed) / c_[removed]);
            for (Index k = 0; k < size; ++k) {
                const Index j = free[static_cast<std::size_t>(k)];
                result[j] = solved[k];
                rest -= c_[j] * solved[k];
            }
        }
        result[removed] = rest / c_[removed];
        return result;
    }

    /// Goes to the trial, or as far as no entry becomes negative.
    /// @return whether an entry stopped it and left the free set.
    bool step_toward(const Eigen::VectorXd& trial) {
        double share = 1.0;
        Index leaving = -1;
        for (Index j = 0; j < v_.size(); ++j) {
            if (free_[static_cast<std::size_t>(j)] == 0 || trial[j] >= 0.0) continue;
            const double reach = v_[j] / (v_[j] - trial[j]);
            if (reach >= share) continue;
            share = reach;
            leaving = j;
        }
        if (leaving < 0) {
            v_ = trial;
            return false;
        }
        v_ += share * (trial - v_);
        v_ = v_.cwiseMax(0.0);
        v_[leaving] = 0.0;
        free_[static_cast<std::size_t>(leaving)] = 0;
        return true;
    }

    /// The entry at 0 along which the sum of squares falls most, or -1.
    [[nodiscard]] Index best_to_enter() const {
        const Eigen::VectorXd slope = a_.transpose() * (a_ * v_ - target_);
        // What keeps c'v = 1 costs; it is 0 along the free entries.
        const double price = slope.dot(v_);
        Index best = -1;
        double steepest = -at_rest;
        for (Index j = 0; j < v_.size(); ++j) {
            if (free_[static_cast<std::size_t>(j)] != 0) continue;
            const double along = slope[j] - price * c_[j];
            if (along >= steepest) continue;
            steepest = along;
            best = j;
        }
        return best;
    }

    const Eigen::MatrixXd& a_;
    const Eigen::VectorXd& target_;
    const Eigen::VectorXd& c_;
    std::vector<char> free_;
    Eigen::VectorXd v_;
    bool converged_ = false;
    int iterations_ = 0;
};

}  // namespace thuocdo::weigh::detail
