#pragma once
/// @file
/// Outranking flows, which PROMETHEE I and II have in common.

#include <thuocdo/rank/decision_view.hpp>
#include <thuocdo/rank/detail/criterion_flows.hpp>
#include <thuocdo/rank/preference_function.hpp>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// What both PROMETHEE methods are told.
struct PrometheeFlowOptions {
    /// One a criterion, or none: the usual criterion for all.
    std::vector<PreferenceFunction> preferences{};
    /// Also returns the net flow of every alternative on every criterion alone, which
    /// costs memory for n m doubles.
    bool keep_matrix = false;
    /// Criteria that are worked on at once. Changes no bit.
    int threads = 1;
    /// Called now and then with the share done, never twice at once; returning false
    /// stops.
    std::function<bool(double)> progress{};
};

/// What promethee_flows() finds.
struct PrometheeFlows {
    /// Mean preference over the others.
    Eigen::VectorXd phi_plus;
    /// Mean preference of the others.
    Eigen::VectorXd phi_minus;
    /// Net flows on each criterion alone, alternatives by criteria; empty unless asked for.
    Eigen::MatrixXd criterion_flows;
    /// False when the progress callback asked to stop; then all flows are 0.
    bool finished = true;
};

namespace detail {

/// Criteria are taken by threads as they come, and their flows added in the order of the
/// criteria.
class FlowSum {
  public:
    FlowSum(const DecisionView& x, const PrometheeFlowOptions& options, PrometheeFlows& out)
        : x_(x), options_(options), out_(out) {
        out.phi_plus = Eigen::VectorXd::Zero(x.rows());
        out.phi_minus = Eigen::VectorXd::Zero(x.rows());
        if (options.keep_matrix) out.criterion_flows = Eigen::MatrixXd::Zero(x.rows(), x.columns());
        for (Index j = 0; j < x.columns(); ++j) all_work_ += work_of(j);
    }

    void run() {
        const auto threads = std::min<Index>(options_.threads, x_.columns());
        std::vector<std::thread> helpers;
        for (Index id = 1; id < threads; ++id) helpers.emplace_back([this] { work(); });
        work();
        for (std::thread& helper : helpers) helper.join();
        if (failure_) std::rethrow_exception(failure_);
        if (!stop_) return;
        out_.finished = false;
        out_.phi_plus.setZero();
        out_.phi_minus.setZero();
        out_.criterion_flows.setZero();
    }

  private:
    [[nodiscard]] PreferenceFunction preference(Index j) const {
        return options_.preferences.empty() ? PreferenceFunction{}
                                            : options_.preferences[static_cast<std::size_t>(j)];
    }

    /// In pairs; a value that is sorted is worth some.
    [[nodiscard]] double work_of(Index j) const {
        constexpr double pairs_a_sorted_value = 8.0;
        const auto rows = static_cast<double>(x_.rows());
        return preference(j).shape == PreferenceShape::gaussian ? rows * (rows - 1.0) / 2.0
                                                                : rows * pairs_a_sorted_value;
    }

    void work() {
        try {
            CriterionFlows flows(x_.rows());
            for (Index j = next_++; j < x_.columns() && !stop_; j = next_++)
                add_criterion(j, flows);
        } catch (...) {
            const std::lock_guard<std::mutex> lock(guard_);
            failure_ = std::current_exception();
            stop_ = true;
            turn_.notify_all();
        }
    }

    void add_criterion(Index j, CriterionFlows& flows) {
        double reported = 0.0;
        const bool takes_part = x_.weight(j) > 0.0 || options_.keep_matrix;
        if (takes_part) {
            const auto go_on = [&](double pairs) {
                reported += pairs;
                return report(pairs);
            };
            if (!flows.find(x_.column(j), x_.range(j), x_.higher_is_better(j), preference(j),
                            go_on))
                return;
        }
        {
            std::unique_lock<std::mutex> lock(guard_);
            turn_.wait(lock, [&] { return stop_ || criteria_added_ == j; });
            if (stop_) return;
            if (takes_part) add(j, flows);
            ++criteria_added_;
            turn_.notify_all();
        }
        report(work_of(j) - reported);
    }

    THUOCDO_KERNEL void add(Index j, const CriterionFlows& flows) {
        THUOCDO_EXACT
        const double w = x_.weight(j);
        const std::uint32_t* const rows = flows.sorted().rows();
        const double* const plus = flows.plus();
        const double* const minus = flows.minus();
        double* const phi_plus = out_.phi_plus.data();
        double* const phi_minus = out_.phi_minus.data();
        const Index count = x_.rows();
        for (Index k = 0; k < count; ++k) {
            phi_plus[rows[k]] += w * plus[k];
            phi_minus[rows[k]] += w * minus[k];
        }
        if (!options_.keep_matrix) return;
        double* const cells = out_.criterion_flows.data() + j * count;
        for (Index k = 0; k < count; ++k) cells[rows[k]] = plus[k] - minus[k];
    }

    bool report(double work) {
        if (!options_.progress) return !stop_;
        const std::lock_guard<std::mutex> lock(guard_);
        done_ += work;
        if (!stop_ && !options_.progress(std::min(done_ / all_work_, 1.0))) {
            // What is complete cannot be stopped any more.
            stop_ = criteria_added_ < x_.columns();
            turn_.notify_all();
        }
        return !stop_;
    }

    const DecisionView& x_;
    const PrometheeFlowOptions& options_;
    PrometheeFlows& out_;
    double all_work_ = 0.0;
    double done_ = 0.0;
    std::atomic<Index> next_{0};
    std::atomic<bool> stop_{false};
    Index criteria_added_ = 0;
    std::mutex guard_;
    std::condition_variable turn_;
    std::exception_ptr failure_;
};

}  // namespace detail

/// The flows of the alternatives, where pi(a, b) = sum over j of w(j) P_j(d_j(a, b)) is the
/// preference for a over b and d the difference in the direction of the criterion:
///
///     phi_plus(a) = sum over b of pi(a, b)/(n - 1)
///     phi_minus(a) = sum over b of pi(b, a)/(n - 1)
///
/// @param x alternatives by criteria, finite; at most 2^32 - 1 rows.
/// @param weights one a criterion, 0 or more, taken as given: flows lie between 0 and
///        their sum.
/// @param directions one a criterion.
/// @throws NumericError as DecisionView, and naming every threshold that does not fit.
/// Thresholds are constant along the scale of a criterion. A difference equal to a
/// threshold is not above it; where the function jumps there (U-shape, level) that is
/// decided as if values were the decimals that they are written as, see
/// detail::exceeds(). One alternative has flows of 0, a constant criterion adds 0.
/// Where p equals q, linear is the U-shape; V-shape with p = 0 is the usual criterion.
/// Identical alternatives get identical bits; the order of rows changes none.
/// Complexity: O(m n log n) by sorting, and O(n^2) for each Gaussian criterion; memory for
/// some columns a thread. Source: J. P. Brans and P. Vincke (1985), "A preference ranking
/// organisation method", Management Science 31(6), 647-656.
[[nodiscard]] inline PrometheeFlows promethee_flows(MatrixView x, std::span<const double> weights,
                                                    std::span<const Direction> directions,
                                                    const PrometheeFlowOptions& options = {}) {
    const DecisionView view(x, weights, directions, "PROMETHEE");
    std::vector<Problem> problems;
    detail::check_preferences(options.preferences, view.columns(), problems);
    if (options.threads < 1)
        problems.push_back({"option_out_of_range", "options.threads",
                            std::to_string(options.threads), "1 or more", ""});
    constexpr Index most_rows = std::numeric_limits<std::uint32_t>::max();
    if (view.rows() > most_rows)
        problems.push_back({"too_many_alternatives", "argument \"x\"",
                            std::to_string(view.rows()) + " rows",
                            "at most " + std::to_string(most_rows), "rank them by groups"});
    view.throw_if_any(std::move(problems));
    PrometheeFlows flows;
    detail::FlowSum(view, options, flows).run();
    return flows;
}

}  // namespace thuocdo::rank
