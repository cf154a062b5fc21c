#pragma once
/// @file
/// What the aggregation kernels share: the view of the children of one parent,
/// the checks of weights, and the errors that name cells and rows.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::aggregate {

/// The children of one parent: rows are units, columns are children, NaN is
/// missing. A block of columns of a larger matrix is taken without a copy.
using ChildrenView = const Eigen::Ref<const Eigen::MatrixXd>&;

namespace detail {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr double largest_finite = std::numeric_limits<double>::max();

/// Rows that are worked on together, so that the accumulators stay in the first
/// cache. Results do not depend on it.
inline constexpr Index block_rows = 256;

/// Cells or rows that one error lists at most.
inline constexpr std::size_t problems_listed = 100;

/// 1 for NaN and infinity, else 0. On the bits, because g++ 12 does not vectorise
/// a count of floating-point comparisons for SSE2.
[[nodiscard]] inline std::uint64_t not_finite_bit(double value) noexcept {
    constexpr std::uint64_t magnitude_bits = 0x7fff'ffff'ffff'ffffU;
    constexpr std::uint64_t largest_finite_bits = 0x7fef'ffff'ffff'ffffU;
    constexpr int sign_position = 63;
    return (largest_finite_bits - (std::bit_cast<std::uint64_t>(value) & magnitude_bits)) >>
           sign_position;
}

/// All bits for an observed cell, none for NaN.
[[nodiscard]] inline std::uint64_t observed_mask(double value) noexcept {
    constexpr std::uint64_t magnitude_bits = 0x7fff'ffff'ffff'ffffU;
    constexpr std::uint64_t infinity_bits = 0x7ff0'0000'0000'0000U;
    constexpr int sign_position = 63;
    const std::uint64_t is_nan =
        (infinity_bits - (std::bit_cast<std::uint64_t>(value) & magnitude_bits)) >> sign_position;
    return is_nan - 1;
}

/// The value where the mask has all bits, else +0. On the bits, because g++ 12
/// moves arithmetic behind a conditional into a branch, which does not vectorise.
[[nodiscard]] inline double masked(double value, std::uint64_t mask) noexcept {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) & mask);
}

/// The one NaN that stands for missing in place of any NaN: 0 / 0 has another
/// sign on other machines.
[[nodiscard]] inline double with_one_nan(double value) noexcept {
    const std::uint64_t mask = observed_mask(value);
    const std::uint64_t kept = std::bit_cast<std::uint64_t>(value) & mask;
    return std::bit_cast<double>(kept | (std::bit_cast<std::uint64_t>(missing) & ~mask));
}

/// Shortest decimal text of a number, without the locale.
[[nodiscard]] inline std::string text(double value) {
    constexpr std::size_t room = 32;
    char buffer[room];
    const auto end = std::to_chars(buffer, buffer + room, value);
    return std::string(buffer, end.ptr);
}

/// First cell of child j in the block of rows that begins at `start`.
[[nodiscard]] inline const double* child(ChildrenView x, std::size_t j, Index start) {
    return x.data() + static_cast<Index>(j) * x.outerStride() + start;
}

[[nodiscard]] inline Index rows_in_block(Index rows, Index start) {
    return std::min(block_rows, rows - start);
}

[[noreturn]] inline void refuse(const std::string& code, const std::string& place,
                                const std::string& found, const std::string& expected,
                                const std::string& remedy) {
    throw NumericError("aggregation: impossible argument",
                       {Problem{code, place, found, expected, remedy}});
}

inline void require_finite(const char* name, double value) {
    if (!std::isfinite(value)) {
        refuse("argument_not_finite", std::string("argument \"") + name + '"', text(value),
               "a finite number", "");
    }
}

/// Every weight is finite and not negative, and so is their sum.
inline void require_weights(ChildrenView x, std::span<const double> weights,
                            const char* name = "weights") {
    std::vector<Problem> problems;
    if (weights.size() != static_cast<std::size_t>(x.cols())) {
        problems.push_back({"weights_size", std::string("argument \"") + name + '"',
                            std::to_string(weights.size()) + " numbers",
                            std::to_string(x.cols()) + ", one a child", ""});
    }
    double total = 0.0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        total += weights[j];
        if (!(std::isfinite(weights[j]) && weights[j] >= 0.0)) {
            problems.push_back({"weight_not_valid",
                                std::string(name) + '[' + std::to_string(j) + ']', text(weights[j]),
                                "a finite number, 0 or more", "give 0 to leave a child out"});
        }
    }
    if (problems.empty() && !std::isfinite(total)) {
        problems.push_back({"weights_too_large", std::string("argument \"") + name + '"',
                            "a sum beyond double", "a finite sum",
                            "weights are relative: scale them down"});
    }
    if (!problems.empty())
        throw NumericError("aggregation: impossible weights", std::move(problems));
}

inline void require_rows(ChildrenView x, Index results) {
    if (x.rows() != results) {
        refuse("length_mismatch", "argument \"out\"", std::to_string(results) + " cells",
               std::to_string(x.rows()) + ", one a row of \"x\"", "");
    }
}

/// Some child that takes part is observed in row i.
[[nodiscard]] inline bool observed_in_row(ChildrenView x, std::span<const double> weights,
                                          Index i) {
    for (std::size_t j = 0; j < weights.size(); ++j) {
        if (weights[j] > 0.0 && !std::isnan(*child(x, j, i))) return true;
    }
    return false;
}

/// Throws where a row has an observed child and no finite result; the kernels
/// write NaN or infinity there.
inline void require_results(ChildrenView x, std::span<const double> weights,
                            const Eigen::Ref<Eigen::VectorXd>& out, const char* method,
                            const char* code, const char* found, const char* expected,
                            const char* remedy) {
    std::vector<Problem> problems;
    for (Index i = 0; i < out.size() && problems.size() < problems_listed; ++i) {
        if (std::abs(out.data()[i]) <= largest_finite) continue;
        if (!observed_in_row(x, weights, i)) continue;
        problems.push_back(
            {code, "row " + std::to_string(i) + " (counted from 0)", found, expected, remedy});
    }
    if (!problems.empty()) {
        throw NumericError(std::string(method) + ": rows outside its domain", std::move(problems));
    }
}

}  // namespace detail
}  // namespace thuocdo::aggregate
