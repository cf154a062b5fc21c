#pragma once
/// @file
/// The points at which a model runs for its sensitivity indices.

#include <thuocdo/numeric/sobol.hpp>

#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// Points A, B and AB(i) of `factors` factors, each uniform on (0, 1). A and B are the two
/// halves of a scrambled Sobol sequence in 2 x factors dimensions; AB(i) is A but for
/// factor i, which is that of B. Block 0 is A, block 1 is B and block 2 + i is AB(i). No
/// state: a coordinate is a function of (seed, block, row, factor), so that runs can be
/// made in any order and on any thread.
///
/// Saltelli et al. (2010), Computer Physics Communications 181(2), 259-270.
class SobolDesign {
  public:
    static constexpr Index block_a = 0;
    static constexpr Index block_b = 1;
    static constexpr Index first_mixed_block = 2;
    /// A and B need a dimension each.
    static constexpr Index most_factors = numeric::SobolSequence::largest_dimensions / 2;

    /// @throws NumericError unless `factors` is from 1 to most_factors.
    SobolDesign(std::uint64_t seed, Index factors)
        : factors_(require_factors(factors)), sequence_(seed, 2 * factors) {}

    [[nodiscard]] Index factors() const noexcept { return factors_; }
    [[nodiscard]] Index blocks() const noexcept { return first_mixed_block + factors_; }

    /// Coordinate of a run. `row` below 2^32.
    /// @throws NumericError if there is no such row or factor.
    [[nodiscard]] double uniform(Index block, std::uint64_t row, Index factor) const {
        return sequence_.uniform(row, dimension_of(block, factor));
    }

    /// The points of `count` runs of a block from a row on, one a row.
    [[nodiscard]] Eigen::MatrixXd points(Index block, std::uint64_t first, Index count) const {
        Eigen::MatrixXd out(count, factors_);
        for (Index j = 0; j < factors_; ++j)
            sequence_.fill(first, dimension_of(block, j), out.col(j));
        return out;
    }

  private:
    [[nodiscard]] static Index require_factors(Index factors) {
        if (factors < 1 || factors > most_factors) {
            throw NumericError(
                "no design for so many factors",
                {Problem{"factors_out_of_range", "argument \"factors\"", std::to_string(factors),
                         "1 to " + std::to_string(most_factors), "group factors"}});
        }
        return factors;
    }

    [[nodiscard]] Index dimension_of(Index block, Index factor) const noexcept {
        const bool from_b = block == block_b || block == first_mixed_block + factor;
        return from_b ? factors_ + factor : factor;
    }

    Index factors_;
    numeric::SobolSequence sequence_;
};

}  // namespace thuocdo::robust
