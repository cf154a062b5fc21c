#pragma once
/// @file
/// Weights with noise, for uncertainty analysis.

#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

namespace detail {

/// `noisy` with the number of child j from `uniform(j)`.
template <class Uniform>
THUOCDO_KERNEL void noisy_by(ColumnView weights, double fraction, const Uniform& uniform,
                             ColumnOut out) {
    THUOCDO_EXACT
    const double* const from = weights.data();
    double* const to = out.data();
    const Index count = weights.size();
    double given = 0.0;
    bool valid = count == out.size() && fraction >= 0.0 && fraction <= 1.0;
    for (Index j = 0; j < count; ++j) {
        valid = valid && from[j] >= 0.0 && std::isfinite(from[j]);
        given += from[j];
    }
    if (!valid || !(given > 0.0) || std::isinf(given)) {
        std::vector<Problem> problems;
        if (count != out.size()) {
            problems.push_back({"length_mismatch", "argument \"out\"",
                                std::to_string(out.size()) + " cells",
                                std::to_string(count) + ", one a weight", ""});
        }
        if (!(fraction >= 0.0 && fraction <= 1.0)) {
            problems.push_back({"fraction_out_of_range", "argument \"fraction\"",
                                numeric::shortest(fraction), "a number from 0 to 1", ""});
        }
        for (Index j = 0; j < count; ++j) {
            if (from[j] >= 0.0 && std::isfinite(from[j])) continue;
            problems.push_back({"weight_not_valid",
                                detail::entry_place("weights", static_cast<std::size_t>(j)),
                                numeric::shortest(from[j]), "a finite number, 0 or more", ""});
        }
        if (problems.empty()) {
            problems.push_back({"no_weight", "argument \"weights\"",
                                "weights that add up to " + numeric::shortest(given),
                                "a finite sum above 0", ""});
        }
        throw NumericError("no noise for these weights", std::move(problems));
    }
    double total = 0.0;
    for (Index j = 0; j < count; ++j) {
        const double u = uniform(j);
        // Relative to their sum first, so that nothing overflows.
        to[j] = (from[j] / given) * (1.0 + fraction * (2.0 * u - 1.0));
        total += to[j];
    }
    for (Index j = 0; j < count; ++j) to[j] = to[j] / total;
}

}  // namespace detail

/// w(j) (1 + f (2 U - 1)) over the sum of these, with U uniform on (0, 1) drawn
/// for (draw, stage, j) from Philox4x32-10: the same number on any thread, machine
/// or order of draws.
///
/// @param weights finite, 0 or more, one of them above 0. A weight of 0 stays 0.
/// @param fraction f, the largest change of a weight relative to it, from 0 to 1.
/// @param random the generator, which holds the seed.
/// @param draw number of the draw.
/// @param stage keeps the uses of randomness in one calculation apart.
/// @param out as long as weights; may be the same memory. The sum is 1.
/// @throws NumericError when the lengths differ, the fraction is outside [0, 1], or
///         naming the weights that are not valid.
/// Complexity: O(indicators), no allocation. Source: Saisana, Saltelli and
/// Tarantola (2005), Journal of the Royal Statistical Society A 168(2), 307-323.
inline void noisy(ColumnView weights, double fraction, const numeric::Philox& random,
                  std::uint64_t draw, std::uint32_t stage, ColumnOut out) {
    detail::noisy_by(
        weights, fraction,
        [&](Index j) { return random.uniform(draw, stage, static_cast<std::uint32_t>(j)); }, out);
}

}  // namespace thuocdo::weigh
