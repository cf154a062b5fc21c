#pragma once
/// @file
/// Draws of the partial values of a table.

#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/robust/detail/normal_draws.hpp>
#include <thuocdo/robust/uncertain_table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace thuocdo::robust::detail {

/// The ends of the scale of every criterion: as stated, or from the least to the largest
/// value that any alternative is reckoned to take.
[[nodiscard]] inline std::vector<rank::Interval> scale_of(
    const UncertainTable& table, const std::vector<rank::Interval>& stated) {
    if (!stated.empty()) return stated;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<rank::Interval> scale(static_cast<std::size_t>(table.columns()),
                                      {infinity, -infinity});
    for (Index j = 0; j < table.columns(); ++j) {
        rank::Interval& each = scale[static_cast<std::size_t>(j)];
        for (Index i = 0; i < table.rows(); ++i) {
            const rank::Interval range = table(i, j).range();
            each = {std::min(each.lower, range.lower), std::max(each.upper, range.upper)};
        }
    }
    return scale;
}

/// Partial values of a draw: linear from 0 at the worse end of the scale to 1 at the better
/// one, and on beyond both; 0 on a scale without width.
class PartialValues {
  public:
    PartialValues(const UncertainTable& table, std::span<const Direction> directions,
                  const std::vector<rank::Interval>& scale, std::uint32_t stage)
        : stage_(stage), certain_(table.rows(), table.columns()) {
        for (Index j = 0; j < table.columns(); ++j) {
            const auto place = static_cast<std::size_t>(j);
            const Scale on = scale_of_criterion(scale[place], directions[place]);
            for (Index i = 0; i < table.rows(); ++i) {
                const UncertainValue& value = table(i, j);
                certain_(i, j) = partial(value.first, on);
                if (value.is_certain() || on.per_unit == 0.0) continue;
                const bool normal = value.kind == UncertainValue::Kind::normal;
                const double first = value.first;
                const double width = normal ? value.second : value.second - value.first;
                (normal ? normal_ : uniform_).push_back({j * table.rows() + i, first, width, on});
            }
        }
        most_ = std::max(normal_.size(), uniform_.size());
    }

    [[nodiscard]] bool is_constant() const noexcept { return most_ == 0; }
    /// Partial values where every value is known; a draw overwrites the others.
    [[nodiscard]] const Eigen::MatrixXd& certain() const noexcept { return certain_; }

    /// Two blocks that a thread needs for its draws.
    [[nodiscard]] std::vector<double> scratch() const { return std::vector<double>(2 * most_); }

    void draw(const numeric::Philox& random, std::uint64_t draw, std::vector<double>& scratch,
              Eigen::MatrixXd& partial_values) const {
        draw_cells(uniform_, false, random, draw, scratch, partial_values);
        draw_cells(normal_, true, random, draw, scratch, partial_values);
    }

  private:
    /// (value - zero) * per_unit; per_unit is negative where lower is better.
    struct Scale {
        double zero;
        double per_unit;
    };
    struct Cell {
        /// Of the matrix, column by column.
        Index position;
        double first;
        double width;
        Scale scale;
    };

    [[nodiscard]] THUOCDO_KERNEL static Scale scale_of_criterion(const rank::Interval& ends,
                                                                 Direction direction) {
        THUOCDO_EXACT
        const double width = ends.upper - ends.lower;
        if (!(width > 0.0)) return {0.0, 0.0};
        if (direction == Direction::higher_is_better) return {ends.lower, 1.0 / width};
        return {ends.upper, -1.0 / width};
    }

    [[nodiscard]] THUOCDO_KERNEL static double partial(double value, const Scale& on) {
        THUOCDO_EXACT
        return (value - on.zero) * on.per_unit + 0.0;
    }

    THUOCDO_KERNEL void draw_cells(const std::vector<Cell>& cells, bool normal,
                                   const numeric::Philox& random, std::uint64_t draw,
                                   std::vector<double>& scratch,
                                   Eigen::MatrixXd& partial_values) const {
        THUOCDO_EXACT
        for (std::size_t k = 0; k < cells.size(); ++k)
            scratch[k] =
                random.uniform(draw, stage_, static_cast<std::uint32_t>(cells[k].position));
        if (normal)
            normal_quantiles(scratch.data(), static_cast<Index>(cells.size()),
                             scratch.data() + most_);
        for (std::size_t k = 0; k < cells.size(); ++k) {
            const Cell& cell = cells[k];
            partial_values.data()[cell.position] =
                partial(cell.first + cell.width * scratch[k], cell.scale);
        }
    }

    std::uint32_t stage_;
    Eigen::MatrixXd certain_;
    std::vector<Cell> uniform_{};
    std::vector<Cell> normal_{};
    std::size_t most_ = 0;
};

}  // namespace thuocdo::robust::detail
