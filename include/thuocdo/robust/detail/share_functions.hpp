#pragma once
/// @file
/// The total of every unit as a function of the weight share of one node.

#include <thuocdo/detail/minimum_coverage.hpp>
#include <thuocdo/robust/weight_share.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::robust::detail {

/// (a + b s) / (c + d s) with a denominator above 0 for 0 < s < 1; a constant or a line where
/// nothing is missing.
struct ShareFunction {
    double a = 0.0;
    double b = 0.0;
    double c = 1.0;
    double d = 0.0;

    [[nodiscard]] THUOCDO_KERNEL double at(double share) const noexcept {
        THUOCDO_EXACT
        return (a + b * share) / (c + d * share);
    }
    /// offset + slope * this.
    [[nodiscard]] THUOCDO_KERNEL ShareFunction line(double offset, double slope) const noexcept {
        THUOCDO_EXACT
        return {offset * c + slope * a, offset * d + slope * b, c, d};
    }
    /// Monotone, so between its ends. The ends themselves may be beyond the last weight.
    [[nodiscard]] bool stays_within(double low, double high) const noexcept {
        const double left = at(0.0);
        const double right = at(1.0);
        return std::min(left, right) >= low && std::max(left, right) <= high;
    }
    [[nodiscard]] bool is_missing() const noexcept { return std::isnan(a); }
    [[nodiscard]] static ShareFunction constant(double value) noexcept {
        return {value, 0.0, 1.0, 0.0};
    }
};

/// Makes the functions, where every step from the node to the root is a sum or an arithmetic
/// mean whose bounds do not bind and nothing is rounded on the way.
class ShareFunctions {
  public:
    ShareFunctions(const Scoreboard& board, Index node)
        : board_(board), model_(board.model()), siblings_(board, node) {}

    /// One function a unit, missing where the unit has no total; nothing where the totals are
    /// no such functions.
    [[nodiscard]] std::optional<std::vector<ShareFunction>> make() {
        if (!ranks_full_totals()) return std::nullopt;
        std::vector<ShareFunction> functions(static_cast<std::size_t>(board_.unit_count()));
        Index at = siblings_.parent();
        if (!is_linear(at) || !points_go_with_results(board_, siblings_)) return std::nullopt;
        for (Index unit = 0; unit < board_.unit_count(); ++unit)
            if (!put(functions, at, unit, aggregate_moved(unit))) return std::nullopt;
        for (Index below = at; below != 0; below = at) {
            at = model_.node(below).parent;
            const Node& node = model_.node(at);
            if (!is_linear(at) || (node.weights && depends_on_data(*node.weights)))
                return std::nullopt;
            for (Index unit = 0; unit < board_.unit_count(); ++unit) {
                const ShareFunction& moved = functions[static_cast<std::size_t>(unit)];
                if (!put(functions, at, unit, aggregate(at, below, unit, moved)))
                    return std::nullopt;
            }
        }
        return functions;
    }

  private:
    [[nodiscard]] bool ranks_full_totals() const {
        const RankingRule& rule = model_.definition().ranking;
        if (rule.on == Basis::full) return true;
        const auto& rounding = model_.root().rounding;
        return !rule.digits && (!rounding || rounding->at == RoundingPlace::value);
    }

    /// Whether the result of a node is a line in the result of a child.
    [[nodiscard]] bool is_linear(Index at) const {
        const Node& node = model_.node(at);
        if (!sums_points(node) && !std::holds_alternative<aggregation::Arithmetic>(node.aggregate))
            return false;
        if (at != 0 && node.rounding_at(RoundingPlace::result)) return false;
        if (!node.minimum_coverage) return true;
        // Whether a coverage is reached may change with the weights.
        std::vector<Index> leaves;
        if (node.minimum_coverage->of == CoverageBase::indicators)
            thuocdo::detail::collect_leaves_below(model_, at, leaves);
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c)
            if (model_.node(c).role == Role::scored) leaves.push_back(c);
        for (Index unit = 0; unit < board_.unit_count(); ++unit)
            for (const Index each : leaves)
                if (board_.is_evaluated(unit) && std::isnan(board_.result(unit, each)))
                    return false;
        return true;
    }

    /// The aggregate of the parent, before its multiplier.
    [[nodiscard]] THUOCDO_KERNEL ShareFunction aggregate_moved(Index unit) const {
        THUOCDO_EXACT
        const bool by_points = sums_points(model_.node(siblings_.parent()));
        double own = missing_value;
        double rest = 0.0;
        double present = 0.0;
        for (std::size_t k = 0; k < siblings_.count(); ++k) {
            if (!(siblings_.weight(k) > 0.0)) continue;
            double result = board_.result(unit, siblings_.first() + static_cast<Index>(k));
            if (by_points) result = result / siblings_.weight(k);
            if (k == siblings_.own()) {
                own = result;
            } else if (!std::isnan(result)) {
                rest += siblings_.proportion(k) * result;
                present += siblings_.proportion(k);
            }
        }
        const double total = by_points ? siblings_.total() : 1.0;
        if (std::isnan(own))
            return ShareFunction::constant(present > 0.0 ? total * rest / present : missing_value);
        if (!(present > 0.0)) return ShareFunction::constant(total * own);
        if (complete(unit)) return {total * rest, total * (own - rest), 1.0, 0.0};
        return {total * rest, total * (own - rest), present, 1.0 - present};
    }
    [[nodiscard]] bool complete(Index unit) const {
        for (std::size_t k = 0; k < siblings_.count(); ++k)
            if (siblings_.weight(k) > 0.0 &&
                std::isnan(board_.result(unit, siblings_.first() + static_cast<Index>(k))))
                return false;
        return true;
    }

    /// The aggregate of a node further up.
    [[nodiscard]] THUOCDO_KERNEL ShareFunction aggregate(Index at, Index below, Index unit,
                                                         const ShareFunction& moved) const {
        THUOCDO_EXACT
        const Node& node = model_.node(at);
        const bool by_points = sums_points(node);
        const std::span<const double> weights = board_.weights(at);
        double rest = 0.0;
        double present = 0.0;
        double all = 0.0;
        double own = 0.0;
        for (std::size_t k = 0; k < weights.size(); ++k) {
            const Index child = node.first_child + static_cast<Index>(k);
            const double weight = weights[k];
            if (!(weight > 0.0)) continue;
            all += weight;
            if (child == below) {
                own = moved.is_missing() ? 0.0 : weight;
                continue;
            }
            const double result = board_.result(unit, child);
            if (std::isnan(result)) continue;
            rest += by_points ? result : weight * result;
            present += weight;
        }
        present += own;
        if (!(present > 0.0)) return ShareFunction::constant(missing_value);
        const double factor = by_points ? all / present : 1.0 / present;
        if (!(own > 0.0)) return ShareFunction::constant(factor * rest);
        return moved.line(factor * rest, by_points ? factor : factor * own);
    }

    /// From the aggregate to the result: multiplier, missing rule, bonus and penalty. Returns
    /// false where a bound can bind.
    [[nodiscard]] bool put(std::vector<ShareFunction>& functions, Index at, Index unit,
                           ShareFunction function) const {
        ShareFunction& out = functions[static_cast<std::size_t>(unit)];
        if (!board_.is_evaluated(unit)) {
            out = ShareFunction::constant(missing_value);
            return true;
        }
        const Node& node = model_.node(at);
        if (function.is_missing()) {
            // The missing rule decides, and no share of weight changes what it says.
            out = ShareFunction::constant(at == 0 ? board_.full_scores()[unit]
                                                  : board_.result(unit, at));
            return true;
        }
        double extra = 0.0;
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
            const Role role = model_.node(c).role;
            const double result = board_.result(unit, c);
            if (std::isnan(result)) continue;
            if (role == Role::bonus) extra += result;
            if (role == Role::penalty) extra -= result;
        }
        out = function.line(extra, node.multiplier);
        return out.stays_within(node.floor, node.cap);
    }

    const Scoreboard& board_;
    const IndexModel& model_;
    SiblingWeights siblings_;
};

/// The sign of a difference of two totals as a polynomial in the share.
class ShareDifference {
  public:
    /// first - second, times their denominators.
    THUOCDO_KERNEL ShareDifference(const ShareFunction& first, const ShareFunction& second) {
        THUOCDO_EXACT
        constant_ = first.a * second.c - second.a * first.c;
        slope_ =
            (first.a * second.d + first.b * second.c) - (second.a * first.d + second.b * first.c);
        square_ = first.b * second.d - second.b * first.d;
        const double size =
            std::abs(first.a) + std::abs(first.b) + std::abs(second.a) + std::abs(second.b);
        noise_ = relative_noise * size * std::max(std::abs(first.c), std::abs(second.c));
    }

    [[nodiscard]] THUOCDO_KERNEL double at(double share) const noexcept {
        THUOCDO_EXACT
        return constant_ + share * (slope_ + share * square_);
    }
    /// Zero everywhere, but for rounding.
    [[nodiscard]] bool is_zero() const noexcept {
        return std::abs(constant_) <= noise_ && std::abs(slope_) <= noise_ &&
               std::abs(square_) <= noise_;
    }
    /// Whether the sign at a share is that of rounding.
    [[nodiscard]] bool is_unsure(double share) const noexcept {
        return std::abs(at(share)) <= noise_;
    }

    /// The nearest shares below and above between which the sign is that at `share`; 0 and 1
    /// where it never changes.
    [[nodiscard]] std::pair<double, double> same_sign_around(double share) const {
        std::vector<double> ends{0.0, 1.0};
        for (const double root : roots())
            if (root > 0.0 && root < 1.0 && root != share) ends.push_back(root);
        std::sort(ends.begin(), ends.end());
        const bool positive = at(share) > 0.0;
        const auto above = static_cast<std::size_t>(
            std::upper_bound(ends.begin(), ends.end(), share) - ends.begin());
        // Where the polynomial only touches zero the sign goes on.
        const auto turns = [&](std::size_t left) {
            return (at((ends[left] + ends[left + 1]) / 2.0) > 0.0) != positive;
        };
        std::size_t high = above;
        while (high + 1 < ends.size() && !turns(high)) ++high;
        std::size_t low = above - 1;
        while (low > 0 && !turns(low - 1)) --low;
        return {ends[low], ends[high]};
    }

  private:
    static constexpr double relative_noise = 1e-14;

    [[nodiscard]] THUOCDO_KERNEL std::vector<double> roots() const {
        THUOCDO_EXACT
        if (square_ == 0.0) {
            if (slope_ == 0.0) return {};
            return {-constant_ / slope_};
        }
        const double discriminant = slope_ * slope_ - 4.0 * square_ * constant_;
        if (discriminant < 0.0) return {};
        // Added up where both terms have one sign, so that nothing cancels.
        const double q = -(slope_ + std::copysign(std::sqrt(discriminant), slope_)) / 2.0;
        if (q == 0.0) return {0.0};
        return {q / square_, constant_ / q};
    }

    double constant_ = 0.0;
    double slope_ = 0.0;
    double square_ = 0.0;
    double noise_ = 0.0;
};

}  // namespace thuocdo::robust::detail
