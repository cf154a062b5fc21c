#pragma once
/// @file
/// Ways to publish less, and what a search for the fewest of them is asked and answers.

#include <thuocdo/config.hpp>
#include <thuocdo/publish/inference.hpp>

#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

namespace thuocdo::publish {

/// New bounds of an unknown or a row; they contain the old ones.
struct WiderBounds {
    Index line = 0;
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
};

/// Something that may be withheld or printed more coarsely in addition. Where several chosen
/// ones change the same line, the widest of their bounds hold.
struct Relaxation {
    std::vector<WiderBounds> unknowns{};
    std::vector<WiderBounds> rows{};
};

/// A published figure is withheld: the reader knows no more than its scale or domain.
[[nodiscard]] inline Relaxation withhold_value(Index unknown, double lower, double upper) {
    return Relaxation{{WiderBounds{unknown, lower, upper}}, {}};
}

/// A published total, mean or rank is withheld.
[[nodiscard]] inline Relaxation withhold_row(Index row) {
    return Relaxation{{}, {WiderBounds{row}}};
}

/// A total is printed as `value` with fewer decimals; arguments as
/// Knowledge::add_published().
[[nodiscard]] inline Relaxation print_coarser(Index row, double value, double half,
                                              double known = 0.0) {
    return Relaxation{{}, {WiderBounds{row, value - half - known, value + half - known}}};
}

/// A withheld value and the width that its interval must have at least.
struct ProtectedValue {
    Index unknown = 0;
    double width = 0.0;
};

struct SuppressionOptions {
    /// More candidates than this (64 at most) are searched greedily.
    std::size_t exact_candidates = 40;
    /// Calls of infer() that the exact search may make.
    Index most_evaluations = 5000;
    /// Cases that the exact search may look at to find one set of candidates.
    Index most_nodes = 2000000;
    /// Told a share that grows to 1 as calls are made; false cancels.
    std::function<bool(double)> progress{};
};

enum class SuppressionMethod {
    exact,  ///< `chosen` is proved to be smallest
    greedy  ///< between `lower_bound` and the size of `chosen`
};

struct Suppression {
    /// Candidates, ascending.
    std::vector<std::size_t> chosen;
    SuppressionMethod method = SuppressionMethod::exact;
    /// No smaller set is sufficient.
    std::size_t lower_bound = 0;
    /// Interval of each protected value once the chosen candidates are withheld.
    std::vector<InferredInterval> intervals;
    /// Protected values (positions in the list) that no choice of candidates makes wide enough.
    std::vector<std::size_t> unprotectable;
    /// Calls of infer().
    Index evaluations = 0;

    [[nodiscard]] bool sufficient() const noexcept { return unprotectable.empty(); }
};

}  // namespace thuocdo::publish
