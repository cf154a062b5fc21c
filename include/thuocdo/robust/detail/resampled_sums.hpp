#pragma once
/// @file
/// Sums of columns over bootstrap resamples of their rows.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/config.hpp>
#include <thuocdo/numeric/philox.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace thuocdo::robust::detail {

/// One row of cells for each row that is resampled.
using RowTable = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// sums[j] += counts[i] * cell (i, j), row after row. Four rows at a time, so that a sum is
/// not loaded and stored for each.
THUOCDO_KERNEL inline void add_counted_rows(const double* counts, const double* cells, Index rows,
                                            Index width, double* sums) noexcept {
    THUOCDO_EXACT
    constexpr Index together = 4;
    const Index whole = rows - rows % together;
    for (Index i = 0; i < whole; i += together) {
        const double* const row0 = cells + i * width;
        const double* const row1 = row0 + width;
        const double* const row2 = row1 + width;
        const double* const row3 = row2 + width;
        const double count0 = counts[i];
        const double count1 = counts[i + 1];
        const double count2 = counts[i + 2];
        const double count3 = counts[i + 3];
        for (Index j = 0; j < width; ++j) {
            double sum = sums[j];
            sum += count0 * row0[j];
            sum += count1 * row1[j];
            sum += count2 * row2[j];
            sum += count3 * row3[j];
            sums[j] = sum;
        }
    }
    for (Index i = whole; i < rows; ++i)
        for (Index j = 0; j < width; ++j) sums[j] += counts[i] * cells[i * width + j];
}

/// Counts how often each of `rows` rows is among as many drawn for a resample.
inline void count_rows(const numeric::Philox& random, std::uint64_t resample, Index rows,
                       double* counts) {
    // Keeps the draws apart from other uses of the seed.
    constexpr std::uint32_t stage = 0x626F6F74;
    const auto bound = static_cast<std::uint64_t>(rows);
    // A row is the upper half of 64 bits times the number of rows: the probabilities of
    // rows differ by less than 2^-64.
    const auto row = [bound](std::uint32_t high, std::uint32_t low) {
        return numeric::detail::multiply_wide(std::uint64_t{high} << 32U | low, bound).high;
    };
    std::fill(counts, counts + rows, 0.0);
    for (Index i = 0; i < rows; i += 2) {
        const numeric::Philox::Block bits =
            random.block(resample, stage, static_cast<std::uint32_t>(i / 2));
        counts[row(bits[0], bits[1])] += 1.0;
        if (i + 1 < rows) counts[row(bits[2], bits[3])] += 1.0;
    }
}

/// Sums of the columns of a table over resamples with replacement of its rows, one row a
/// resample. Resample r has the rows that Philox(seed) draws for r, whatever the number of
/// columns and resamples.
/// @throws Cancelled when `progress` returns false.
[[nodiscard]] inline RowTable resampled_sums(const RowTable& table, Index resamples,
                                             std::uint64_t seed,
                                             const std::function<bool(double)>& progress) {
    // A block of rows stays in the cache while several resamples add it up.
    constexpr Index together = 16;
    constexpr Index block_rows = 256;
    const Index rows = table.rows();
    const Index width = table.cols();
    const numeric::Philox random(seed);
    std::vector<double> counts(static_cast<std::size_t>(together * rows));
    RowTable sums = RowTable::Zero(resamples, width);
    for (Index first = 0; first < resamples; first += together) {
        const Index last = std::min(first + together, resamples);
        for (Index r = first; r < last; ++r)
            count_rows(random, static_cast<std::uint64_t>(r), rows,
                       counts.data() + (r - first) * rows);
        for (Index start = 0; start < rows; start += block_rows) {
            const Index size = std::min(block_rows, rows - start);
            for (Index r = first; r < last; ++r)
                add_counted_rows(counts.data() + (r - first) * rows + start,
                                 table.data() + start * width, size, width,
                                 sums.data() + r * width);
        }
        if (progress && !progress(static_cast<double>(last) / static_cast<double>(resamples)))
            throw Cancelled();
    }
    return sums;
}

}  // namespace thuocdo::robust::detail
