#pragma once
/// @file
/// What the preparation kernels share: argument checks and the missing value.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::prepare {

/// Indicators of one block, or the periods of one indicator: rows are units, NaN
/// is missing.
using BlockView = const Eigen::Ref<const Eigen::MatrixXd>&;

/// A block that a kernel writes. It may be the block that it reads.
using BlockOut = Eigen::Ref<Eigen::MatrixXd>;

namespace detail {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Cells or rows that one error lists at most.
inline constexpr std::size_t problems_listed = 100;

[[noreturn]] inline void refuse(const std::string& code, const std::string& place,
                                const std::string& found, const std::string& expected,
                                const std::string& remedy) {
    throw NumericError("preparation: impossible argument",
                       {Problem{code, place, found, expected, remedy}});
}

[[nodiscard]] inline std::string row_place(const char* argument, Index row) {
    return std::string(argument) + '[' + std::to_string(row) + ']';
}

inline void require_length(const char* argument, Index found, Index expected) {
    if (found == expected) return;
    refuse("length_mismatch", std::string("argument \"") + argument + '"',
           std::to_string(found) + " cells",
           std::to_string(expected) + " cells, one a row of \"x\"", "give columns of one length");
}

inline void require_shape(BlockView x, const BlockOut& out) {
    if (x.rows() == out.rows() && x.cols() == out.cols()) return;
    refuse("shape_mismatch", "argument \"out\"",
           std::to_string(out.rows()) + " x " + std::to_string(out.cols()) + " cells",
           std::to_string(x.rows()) + " x " + std::to_string(x.cols()) + " cells, as \"x\"", "");
}

/// Missing cells are fine, infinite ones are not.
inline void require_no_infinite(const char* argument, ColumnView x) {
    std::vector<Problem> problems;
    for (Index i = 0; i < x.size() && problems.size() < problems_listed; ++i) {
        if (!std::isinf(x.data()[i])) continue;
        problems.push_back({"cell_infinite", row_place(argument, i), numeric::shortest(x.data()[i]),
                            "a finite number, or NaN for missing",
                            "correct the cell or mark it missing"});
    }
    if (!problems.empty()) throw NumericError("preparation: infinite cells", std::move(problems));
}

inline void require_no_infinite(const char* argument, BlockView x) {
    std::vector<Problem> problems;
    for (Index j = 0; j < x.cols(); ++j) {
        const double* const cells = x.data() + j * x.outerStride();
        for (Index i = 0; i < x.rows() && problems.size() < problems_listed; ++i) {
            if (!std::isinf(cells[i])) continue;
            problems.push_back(
                {"cell_infinite",
                 std::string(argument) + '[' + std::to_string(i) + ", " + std::to_string(j) + ']',
                 numeric::shortest(cells[i]), "a finite number, or NaN for missing",
                 "correct the cell or mark it missing"});
        }
    }
    if (!problems.empty()) throw NumericError("preparation: infinite cells", std::move(problems));
}

}  // namespace detail
}  // namespace thuocdo::prepare
