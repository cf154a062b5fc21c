#pragma once
/// @file
/// Columns as places in their own order, for the rank correlations.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/detail/correlated_columns.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace thuocdo::numeric::detail {

/// One column, sorted once and used in every pair.
struct RankedColumn {
    /// Observed rows, ascending by value.
    std::vector<std::uint32_t> order;
    /// For each run of equal values, in order: where it begins in `order`; then the number
    /// of observed rows. So there is one entry more than runs.
    std::vector<std::uint32_t> starts;
    /// For each row, its run; the number of runs for a missing row.
    std::vector<std::uint32_t> run;

    RankedColumn(const double* cells, Index rows) {
        const auto size = static_cast<std::size_t>(rows);
        order = argsort(std::span(cells, size), Order::ascending);
        std::size_t observed = size;
        while (observed > 0 && cells[order[observed - 1]] != cells[order[observed - 1]]) --observed;
        order.resize(observed);
        run.resize(size);
        for (std::size_t k = 0; k < observed; ++k) {
            if (k == 0 || cells[order[k]] != cells[order[k - 1]])
                starts.push_back(static_cast<std::uint32_t>(k));
            run[order[k]] = static_cast<std::uint32_t>(starts.size() - 1);
        }
        const auto missing_run = static_cast<std::uint32_t>(starts.size());
        starts.push_back(static_cast<std::uint32_t>(observed));
        for (std::size_t i = 0; i < size; ++i) {
            if (cells[i] != cells[i]) run[i] = missing_run;
        }
    }

    [[nodiscard]] std::size_t runs() const noexcept { return starts.size() - 1; }
    [[nodiscard]] bool has_ties() const noexcept { return runs() < order.size(); }
    [[nodiscard]] bool observed(std::size_t row) const noexcept { return run[row] < runs(); }
};

[[nodiscard]] inline std::vector<RankedColumn> ranked_columns(const CorrelatedColumns& x) {
    std::vector<RankedColumn> ranked;
    ranked.reserve(static_cast<std::size_t>(x.columns()));
    for (Index j = 0; j < x.columns(); ++j) ranked.emplace_back(x.cells(j), x.rows());
    return ranked;
}

}  // namespace thuocdo::numeric::detail
