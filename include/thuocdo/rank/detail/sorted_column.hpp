#pragma once
/// @file
/// A column in ascending order with the rows that its values come from, with scratch
/// that is used again for the next column.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/column_scan.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace thuocdo::rank::detail {

/// Sorts one column after the other. The order of rows with equal values is not defined,
/// so what is made from it must be the same for all of them.
///
/// A value's place in the range of the column, as 32 bits, and its row share one integer,
/// which is sorted by its upper half in three counting passes; values that share a place
/// are put in order by comparison. That halves the passes and the memory of a sort by all
/// 64 bits (numeric::argsort, which is also stable); a column whose values share few
/// places because of an outlier falls back to comparison for them. O(n log n) at worst.
class SortedColumn {
  public:
    explicit SortedColumn(Index rows)
        : values_(static_cast<std::size_t>(rows)), rows_(static_cast<std::size_t>(rows)) {
        if (rows >= counting_threshold) {
            places_.resize(static_cast<std::size_t>(rows));
            other_.resize(static_cast<std::size_t>(rows));
        }
    }

    /// @param values finite, as many as the scratch is for; `range` is theirs.
    /// @param negate sorts -value, for a criterion whose lower values are better.
    void sort(const double* values, const numeric::ValueRange& range, bool negate) {
        if (range.constant()) {
            fill_constant(negate ? -range.minimum : range.minimum);
        } else if (size() < counting_threshold) {
            insert_all(values, negate);
        } else {
            const double lowest = negate ? -range.maximum : range.minimum;
            // Halves, so that the width of a range of opposite signs does not overflow.
            const double half_width = range.maximum / 2.0 - range.minimum / 2.0;
            count_passes(values, lowest, half_width, negate);
            settle_shared_places();
        }
    }

    [[nodiscard]] Index size() const noexcept { return static_cast<Index>(values_.size()); }
    /// Ascending.
    [[nodiscard]] const double* values() const noexcept { return values_.data(); }
    /// rows()[k] is where values()[k] comes from.
    [[nodiscard]] const std::uint32_t* rows() const noexcept { return rows_.data(); }

  private:
    /// Below this many rows inserting one by one is faster.
    static constexpr Index counting_threshold = 48;
    static constexpr unsigned row_bits = 32;
    static constexpr unsigned digit_bits = 11;
    static constexpr std::size_t digits = 3;
    static constexpr std::size_t digit_values = std::size_t{1} << digit_bits;
    /// Runs of one place up to this length are settled by insertion.
    static constexpr std::size_t short_run = 12;

    void fill_constant(double value) {
        for (std::size_t k = 0; k < values_.size(); ++k) {
            values_[k] = value;
            rows_[k] = static_cast<std::uint32_t>(k);
        }
    }

    void insert(std::size_t first, std::size_t k, double value, std::uint32_t row) noexcept {
        for (; k > first && values_[k - 1] > value; --k) {
            values_[k] = values_[k - 1];
            rows_[k] = rows_[k - 1];
        }
        values_[k] = value;
        rows_[k] = row;
    }

    void insert_all(const double* values, bool negate) noexcept {
        const double sign = negate ? -1.0 : 1.0;
        for (std::size_t k = 0; k < values_.size(); ++k)
            insert(0, k, sign * values[k], static_cast<std::uint32_t>(k));
    }

    [[nodiscard]] static std::size_t digit_of(std::uint64_t place, std::size_t digit) noexcept {
        return static_cast<std::size_t>((place >> (row_bits + digit * digit_bits)) % digit_values);
    }

    void count_passes(const double* values, double lowest, double half_width, bool negate) {
        // The highest value gets the last of 2^32 places.
        constexpr double last_place = 4294967295.0;
        const double sign = negate ? -1.0 : 1.0;
        const double half_lowest = lowest / 2.0;
        const double places_a_half = last_place / half_width;
        const bool narrow = !std::isfinite(places_a_half);
        std::array<std::array<std::uint32_t, digit_values>, digits> counts{};
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const double half_above = sign * values[i] / 2.0 - half_lowest;
            // Every step is monotone, so places have the order of the values. Widths near
            // the least subnormal share one place.
            const double position = narrow ? 0.0 : std::min(half_above * places_a_half, last_place);
            const auto place = static_cast<std::uint64_t>(static_cast<std::int64_t>(position))
                               << row_bits;
            places_[i] = place | i;
            for (std::size_t digit = 0; digit < digits; ++digit)
                ++counts[digit][digit_of(place, digit)];
        }
        for (std::size_t digit = 0; digit < digits; ++digit) {
            auto& starts = counts[digit];
            if (starts[digit_of(places_[0], digit)] == places_.size()) continue;
            std::uint32_t start = 0;
            for (std::uint32_t& entry : starts) start += std::exchange(entry, start);
            for (const std::uint64_t place : places_)
                other_[starts[digit_of(place, digit)]++] = place;
            std::swap(places_, other_);
        }
        for (std::size_t k = 0; k < places_.size(); ++k) {
            const auto row = static_cast<std::uint32_t>(places_[k]);
            rows_[k] = row;
            values_[k] = sign * values[row];
        }
    }

    void settle_shared_places() {
        std::size_t first = 0;
        for (std::size_t k = 1; k <= places_.size(); ++k) {
            const bool shared =
                k < places_.size() && (places_[k] >> row_bits) == (places_[first] >> row_bits);
            if (shared) continue;
            if (k - first > short_run) {
                sort_run(first, k);
            } else {
                for (std::size_t i = first + 1; i < k; ++i) insert(first, i, values_[i], rows_[i]);
            }
            first = k;
        }
    }

    void sort_run(std::size_t first, std::size_t end) {
        // Equal values are the common reason for a long run, and need nothing.
        if (std::is_sorted(values_.begin() + static_cast<std::ptrdiff_t>(first),
                           values_.begin() + static_cast<std::ptrdiff_t>(end)))
            return;
        run_.clear();
        for (std::size_t k = first; k < end; ++k) run_.emplace_back(values_[k], rows_[k]);
        std::sort(run_.begin(), run_.end());
        for (std::size_t k = first; k < end; ++k) {
            values_[k] = run_[k - first].first;
            rows_[k] = run_[k - first].second;
        }
    }

    std::vector<double> values_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint64_t> places_;
    std::vector<std::uint64_t> other_;
    std::vector<std::pair<double, std::uint32_t>> run_;
};

}  // namespace thuocdo::rank::detail
