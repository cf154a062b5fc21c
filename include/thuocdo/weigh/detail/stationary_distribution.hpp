#pragma once
/// @file
/// The null space of a matrix of losses, without subtractions.

#include <thuocdo/config.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh::detail {

/// q >= 0, sum q = 1, with (P - diag(column sums of P)) q = 0 for P >= 0 with zeros
/// on the diagonal, over the listed states; 0 for the others. Read P(j, k) as the rate
/// of moving from k to j; then q is what does not change.
///
/// The dimension of the null space is the number of closed classes, sets of states
/// that reach each other and nothing else; it is counted on the zeros of P and not
/// on the size of rounding errors. Where it is 1, q is found by the elimination of
/// Grassmann, Taksar and Heyman (1985), Operations Research 33(5), 1107-1116, which
/// only adds, multiplies and divides numbers above 0.
class StationaryDistribution {
  public:
    StationaryDistribution(const Eigen::MatrixXd& losses, const std::vector<Index>& states)
        : count_(losses.rows()) {
        find_closed_classes(losses, states);
        if (dimension_ == 1) eliminate(losses);
    }

    /// Of the null space.
    [[nodiscard]] Index dimension() const noexcept { return dimension_; }

    /// Only where the dimension is 1.
    [[nodiscard]] const Eigen::VectorXd& shares() const noexcept { return shares_; }

  private:
    void find_closed_classes(const Eigen::MatrixXd& losses, const std::vector<Index>& states) {
        const std::size_t size = states.size();
        std::vector<char> reaches(size * size, 0);
        for (std::size_t from = 0; from < size; ++from) {
            for (std::size_t to = 0; to < size; ++to) {
                const double rate = losses(states[to], states[from]);
                reaches[from * size + to] = from == to || rate > 0.0 ? 1 : 0;
            }
        }
        for (std::size_t via = 0; via < size; ++via) {
            for (std::size_t from = 0; from < size; ++from) {
                if (reaches[from * size + via] == 0) continue;
                for (std::size_t to = 0; to < size; ++to) {
                    reaches[from * size + to] |= reaches[via * size + to];
                }
            }
        }
        for (std::size_t from = 0; from < size; ++from) {
            bool closed = true;
            bool first = true;
            for (std::size_t to = 0; to < size; ++to) {
                if (reaches[from * size + to] == 0) continue;
                closed = closed && reaches[to * size + from] != 0;
                first = first && to >= from;
            }
            if (!closed || !first) continue;
            ++dimension_;
            members_.clear();
            for (std::size_t to = 0; to < size; ++to) {
                if (reaches[from * size + to] != 0) members_.push_back(states[to]);
            }
        }
    }

    THUOCDO_KERNEL void eliminate(const Eigen::MatrixXd& losses) {
        THUOCDO_EXACT
        const auto size = static_cast<Index>(members_.size());
        Eigen::MatrixXd rate(size, size);
        for (Index from = 0; from < size; ++from) {
            for (Index to = 0; to < size; ++to) {
                rate(from, to) = losses(members_[static_cast<std::size_t>(to)],
                                        members_[static_cast<std::size_t>(from)]);
            }
        }
        for (Index last = size - 1; last > 0; --last) {
            double leaving = 0.0;
            for (Index to = 0; to < last; ++to) leaving += rate(last, to);
            for (Index from = 0; from < last; ++from) rate(from, last) /= leaving;
            for (Index to = 0; to < last; ++to) {
                for (Index from = 0; from < last; ++from)
                    rate(from, to) += rate(from, last) * rate(last, to);
            }
        }
        Eigen::VectorXd relative(size);
        relative[0] = 1.0;
        for (Index to = 1; to < size; ++to) {
            relative[to] = 0.0;
            for (Index from = 0; from < to; ++from) relative[to] += relative[from] * rate(from, to);
        }
        relative = shares_of(relative);
        shares_ = Eigen::VectorXd::Zero(count_);
        for (Index k = 0; k < size; ++k)
            shares_[members_[static_cast<std::size_t>(k)]] = relative[k];
    }

    Index count_;
    Index dimension_ = 0;
    std::vector<Index> members_;
    Eigen::VectorXd shares_;
};

}  // namespace thuocdo::weigh::detail
