#pragma once
/// @file
/// What the diagnoses share: checks of matrices and errors that name cells.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::diagnose {

/// Rows are units, columns are indicators (or periods, where said); NaN is missing.
using MatrixView = const Eigen::Ref<const Eigen::MatrixXd>&;

namespace detail {

inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Problems that one error lists at most.
inline constexpr std::size_t problems_listed = 100;

/// Adds a problem for every infinite cell.
inline void note_infinite(MatrixView x, const std::string& argument,
                          std::vector<Problem>& problems) {
    for (Index j = 0; j < x.cols(); ++j) {
        for (Index i = 0; i < x.rows() && problems.size() < problems_listed; ++i) {
            if (!std::isinf(x(i, j))) continue;
            problems.push_back(
                {"value_not_finite",
                 argument + ", row " + std::to_string(i) + ", column " + std::to_string(j),
                 numeric::shortest(x(i, j)), "a finite number, or NaN for missing",
                 "correct the value or mark it missing"});
        }
    }
}

inline void note_range(const char* argument, double value, double low, double high,
                       std::vector<Problem>& problems) {
    if (value >= low && value <= high) return;
    problems.push_back(
        {"argument_out_of_range", std::string("argument \"") + argument + '"',
         numeric::shortest(value),
         "a number from " + numeric::shortest(low) + " to " + numeric::shortest(high), ""});
}

inline void note_length(const char* argument, Index found, Index expected, const char* of_what,
                        std::vector<Problem>& problems) {
    if (found == expected) return;
    problems.push_back({"length_mismatch", std::string("argument \"") + argument + '"',
                        std::to_string(found) + " cells",
                        std::to_string(expected) + ", one " + of_what, ""});
}

inline void throw_if_any(const char* summary, std::vector<Problem> problems) {
    if (!problems.empty()) throw NumericError(summary, std::move(problems));
}

}  // namespace detail
}  // namespace thuocdo::diagnose
