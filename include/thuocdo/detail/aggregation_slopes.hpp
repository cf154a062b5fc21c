#pragma once
/// @file
/// How much the result of a node moves with the result of each child, for one
/// unit. For aggregations that scale with their children (all but those noted)
/// slope times result adds up to the aggregate: Euler's decomposition.

#include <thuocdo/config.hpp>
#include <thuocdo/model/aggregation.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Slopes of one aggregation at the results of one unit. Children that are
/// missing or take no part have slope 0. `value` is the aggregate.
class AggregationSlopes {
  public:
    AggregationSlopes(std::span<const double> results, std::span<const double> weights,
                      double value)
        : results_(results), weights_(weights), value_(value), slopes_(results.size(), 0.0) {
        for (std::size_t j = 0; j < results.size(); ++j) {
            if (std::isnan(results[j]) || !(weights[j] > 0.0)) continue;
            taking_part_.push_back(j);
            total_ += weights[j];
        }
        for (const double weight : weights) all_ += weight;
    }

    [[nodiscard]] std::vector<double> of(const Aggregation& method) {
        if (!taking_part_.empty()) std::visit(*this, method);
        return std::move(slopes_);
    }

    void operator()(const aggregation::Sum&) {
        for (const std::size_t j : taking_part_) slopes_[j] = all_ / total_;
    }
    void operator()(const aggregation::Arithmetic&) {
        for (const std::size_t j : taking_part_) slopes_[j] = share(j);
    }
    void operator()(const aggregation::Geometric&) {
        for (const std::size_t j : taking_part_) slopes_[j] = share(j) * value_ / results_[j];
    }
    void operator()(const aggregation::Harmonic&) {
        for (const std::size_t j : taking_part_)
            slopes_[j] = share(j) * value_ * value_ / (results_[j] * results_[j]);
    }
    void operator()(const aggregation::PowerMean& method) {
        const double power = method.exponent - 1.0;
        // All results are zero where the mean is; any slopes then add up to it.
        for (const std::size_t j : taking_part_)
            slopes_[j] =
                value_ == 0.0 ? share(j) : share(j) * std::pow(results_[j] / value_, power);
    }
    void operator()(const aggregation::Minimum&) { at_the_extreme(); }
    void operator()(const aggregation::Maximum&) { at_the_extreme(); }
    void operator()(const aggregation::Median&) {
        const std::vector<std::size_t> order = sorted();
        const std::size_t middle = order.size() / 2;
        if (order.size() % 2 == 1) {
            slopes_[order[middle]] = 1.0;
        } else {
            slopes_[order[middle - 1]] = 0.5;
            slopes_[order[middle]] = 0.5;
        }
    }
    void operator()(const aggregation::OrderedWeightedAverage& method) {
        const std::vector<std::size_t> order = sorted();
        double used = 0.0;
        for (std::size_t k = 0; k < order.size(); ++k) used += method.order_weights[k];
        for (std::size_t k = 0; k < order.size() && used > 0.0; ++k)
            slopes_[order[k]] = method.order_weights[k] / used;
    }
    /// Scales with its children only for beta = 0.
    void operator()(const aggregation::MeanMin& method) {
        double mean = 0.0;
        std::size_t least = taking_part_.front();
        for (const std::size_t j : taking_part_) {
            mean += share(j) * results_[j];
            if (results_[j] < results_[least]) least = j;
        }
        const double gap = mean - results_[least];
        const double root = std::sqrt(gap * gap + method.beta * method.beta);
        const double steep = root > 0.0 ? method.alpha * gap / root : 0.0;
        for (const std::size_t j : taking_part_) slopes_[j] = share(j) * (1.0 - steep);
        slopes_[least] += steep;
    }
    void operator()(const aggregation::MazziottaPareto& method) {
        const auto count = static_cast<double>(taking_part_.size());
        double mean = 0.0;
        for (const std::size_t j : taking_part_) mean += results_[j] / count;
        const double divisor = method.sample_deviation ? count - 1.0 : count;
        double variance = 0.0;
        for (const std::size_t j : taking_part_)
            variance += (results_[j] - mean) * (results_[j] - mean) / divisor;
        const double sign = method.negative_penalty ? -1.0 : 1.0;
        for (const std::size_t j : taking_part_) {
            slopes_[j] = 1.0 / count;
            if (taking_part_.size() < 2) continue;
            const double rise = 2.0 * (results_[j] - mean) / divisor / mean;
            slopes_[j] += sign * (rise - variance / (count * mean * mean));
        }
    }

    /// M*(1-G) is a sum of the results in ascending order, each with the share of pairs of
    /// weights in which it is the lower: it scales with the results.
    void operator()(const aggregation::GiniPenalisedMean&) {
        double above = 0.0;
        for (const std::size_t j : sorted()) {
            slopes_[j] = share(j) * ((weights_[j] + 2.0 * above) / total_);
            above += weights_[j];
        }
    }
    /// Comparisons with other units: no part of them belongs to one child.
    void operator()(const aggregation::Copeland&) {}
    void operator()(const aggregation::Wroclaw&) {}
    void operator()(const aggregation::Hellwig&) {}
    void operator()(const aggregation::Topsis&) {}
    void operator()(const aggregation::Vikor&) {}
    void operator()(const aggregation::Promethee&) {}
    void operator()(const aggregation::Edas&) {}
    void operator()(const aggregation::Mabac&) {}

  private:
    [[nodiscard]] double share(std::size_t j) const { return weights_[j] / total_; }

    void at_the_extreme() {
        std::size_t holders = 0;
        for (const std::size_t j : taking_part_) holders += results_[j] == value_ ? 1U : 0U;
        for (const std::size_t j : taking_part_)
            if (results_[j] == value_) slopes_[j] = 1.0 / static_cast<double>(holders);
    }

    [[nodiscard]] std::vector<std::size_t> sorted() const {
        std::vector<std::size_t> order = taking_part_;
        std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
            return results_[a] > results_[b];
        });
        return order;
    }

    std::span<const double> results_;
    std::span<const double> weights_;
    double value_;
    std::vector<double> slopes_;
    std::vector<std::size_t> taking_part_;
    double total_ = 0.0;
    double all_ = 0.0;
};

}  // namespace thuocdo::detail
