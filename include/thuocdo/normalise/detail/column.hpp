#pragma once
/// @file
/// What the normalisation kernels share: argument checks, the missing value,
/// the count of refused cells, and the promise that lets loops vectorise.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

/// @def THUOCDO_CELLWISE
/// Stands before a loop where cell i of the output depends on cell i of the
/// input alone. The output is the input column or another one, so the compiler
/// needs no overlap test and no scalar copy of the loop.
#if defined(__clang__)
#define THUOCDO_CELLWISE _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define THUOCDO_CELLWISE _Pragma("GCC ivdep")
#else
#define THUOCDO_CELLWISE
#endif

namespace thuocdo::normalise::detail {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr double largest_finite = std::numeric_limits<double>::max();
inline constexpr double unlimited = std::numeric_limits<double>::infinity();

/// Rows that are worked on together, so that scratch stays in the first cache.
inline constexpr Index block_rows = 256;

/// Adding and taking away 2^52 rounds a number in [0, 2^52] to a whole one.
/// SSE2 has no rounding instruction; this keeps the loop vectorised.
inline constexpr double whole_number_shift = 4503599627370496.0;

/// 1 for NaN, else 0. On the bits, because g++ 12 does not vectorise a count
/// of floating-point comparisons for SSE2.
[[nodiscard]] inline std::uint64_t nan_bit(double value) noexcept {
    constexpr std::uint64_t magnitude_bits = 0x7fff'ffff'ffff'ffffU;
    constexpr std::uint64_t infinity_bits = 0x7ff0'0000'0000'0000U;
    constexpr int sign_position = 63;
    return (infinity_bits - (std::bit_cast<std::uint64_t>(value) & magnitude_bits)) >>
           sign_position;
}

/// A number whose sign bit is set for NaN and for nothing else. Or-ing these over
/// a column asks for NaN with fewer instructions a cell than counting it.
[[nodiscard]] inline std::uint64_t nan_sign(double value) noexcept {
    constexpr std::uint64_t magnitude_bits = 0x7fff'ffff'ffff'ffffU;
    constexpr std::uint64_t infinity_bits = 0x7ff0'0000'0000'0000U;
    return infinity_bits - (std::bit_cast<std::uint64_t>(value) & magnitude_bits);
}

/// Whether an `or` of `nan_sign` has met NaN.
[[nodiscard]] inline bool met_nan(std::uint64_t signs) noexcept {
    constexpr int sign_position = 63;
    return (signs >> sign_position) != 0;
}

[[nodiscard]] inline std::uint64_t count_nan(const double* cells, Index count) noexcept {
    std::uint64_t found = 0;
    for (Index i = 0; i < count; ++i) found += nan_bit(cells[i]);
    return found;
}

/// Counts the observed cells that a kernel turned into NaN. Kernels ask for the
/// count only when they met NaN at all, which keeps two counts out of the loop
/// over a complete column.
class RefusedCells {
  public:
    RefusedCells(const double* cells, const double* results, Index count) noexcept
        : cells_(cells), results_(results), count_(count) {
        // In place, the input is gone afterwards.
        if (cells == results) missing_before_ = count_nan(cells, count);
    }

    [[nodiscard]] Index after(std::uint64_t signs) const noexcept {
        if (!met_nan(signs)) return 0;
        const std::uint64_t before =
            cells_ == results_ ? missing_before_ : count_nan(cells_, count_);
        return static_cast<Index>(count_nan(results_, count_) - before);
    }

  private:
    const double* cells_;
    const double* results_;
    Index count_;
    std::uint64_t missing_before_ = 0;
};

/// Shortest decimal text of a number, without the locale.
[[nodiscard]] inline std::string text(double value) {
    constexpr std::size_t room = 32;
    char buffer[room];
    const auto end = std::to_chars(buffer, buffer + room, value);
    return std::string(buffer, end.ptr);
}

[[noreturn]] inline void refuse(const std::string& code, const std::string& place,
                                const std::string& found, const std::string& expected,
                                const std::string& remedy) {
    throw NumericError("normalisation: impossible argument",
                       {Problem{code, place, found, expected, remedy}});
}

inline void require_same_length(Index input, Index output, const char* input_name = "x") {
    if (input != output) {
        refuse("length_mismatch", "argument \"out\"", std::to_string(output) + " cells",
               std::to_string(input) + " cells, as in \"" + input_name + "\"",
               "give columns of one length");
    }
}

inline void require_finite(const char* name, double value) {
    if (!std::isfinite(value)) {
        refuse("argument_not_finite", std::string("argument \"") + name + '"', text(value),
               "a finite number", "");
    }
}

inline void require_positive(const char* name, double value) {
    if (!(std::isfinite(value) && value > 0.0)) {
        refuse("argument_not_positive", std::string("argument \"") + name + '"', text(value),
               "a finite number above 0", "");
    }
}

/// Also refuses a distance that is not finite in double.
inline void require_below(const char* lower_name, double lower, const char* upper_name,
                          double upper) {
    require_finite(lower_name, lower);
    require_finite(upper_name, upper);
    if (!(lower < upper && std::isfinite(upper - lower))) {
        refuse("arguments_out_of_order",
               std::string("arguments \"") + lower_name + "\" and \"" + upper_name + '"',
               text(lower) + " and " + text(upper),
               std::string("\"") + lower_name + "\" below \"" + upper_name + '"',
               "swap them, or set the direction of the indicator instead");
    }
}

/// Statistics of a column. NaN stands for "no observed cell" and is let
/// through: it then makes every result missing.
inline void require_statistics(double minimum, double maximum) {
    if (std::isinf(minimum) || std::isinf(maximum) || minimum > maximum ||
        std::isinf(maximum - minimum)) {
        refuse("statistics_out_of_order", "arguments \"minimum\" and \"maximum\"",
               text(minimum) + " and " + text(maximum),
               "the finite extremes of a column, smaller first",
               "leave infinite values out of the statistics");
    }
}

/// Thresholds rise strictly, scores are as many as expected, all are finite.
inline void require_table(const char* key_name, std::span<const double> keys,
                          std::span<const double> scores, std::size_t expected_scores,
                          bool strictly) {
    for (std::size_t k = 0; k < keys.size(); ++k) {
        const std::string place = std::string(key_name) + '[' + std::to_string(k) + ']';
        if (!std::isfinite(keys[k]))
            refuse("argument_not_finite", place, text(keys[k]), "a finite number", "");
        const bool falls = k > 0 && (strictly ? !(keys[k - 1] < keys[k]) : keys[k - 1] > keys[k]);
        if (falls) {
            refuse("table_not_ascending", place, text(keys[k]) + " after " + text(keys[k - 1]),
                   strictly ? "a larger value" : "a value at least as large", "sort the table");
        }
    }
    if (scores.size() != expected_scores) {
        refuse("table_size", "argument \"scores\"", std::to_string(scores.size()) + " scores",
               std::to_string(expected_scores) + " scores", "");
    }
    for (std::size_t k = 0; k < scores.size(); ++k) {
        if (!std::isfinite(scores[k])) {
            refuse("argument_not_finite", "scores[" + std::to_string(k) + ']', text(scores[k]),
                   "a finite number", "");
        }
    }
}

inline void require_table_not_empty(const char* key_name, std::span<const double> keys) {
    if (keys.empty()) {
        refuse("table_empty", std::string("argument \"") + key_name + '"', "no entry",
               "one entry or more", "");
    }
}

}  // namespace thuocdo::normalise::detail
