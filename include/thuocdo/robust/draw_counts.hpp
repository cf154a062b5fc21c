#pragma once
/// @file
/// What is kept of the draws of a robustness run: whole numbers, so that parts of a run add
/// up to the same bytes however it was split.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/large_memory.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/robust/detail/count_bytes.hpp>
#include <thuocdo/robust/detail/count_kernels.hpp>
#include <thuocdo/robust/detail/draw_grid.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::robust {

/// Draws that have no ranking, for one reason.
struct FailedDraws {
    /// Code of the problem, e.g. `result_outside_domain`.
    std::string code{};
    std::uint64_t count = 0;
    /// The earliest draw that failed so, and what was wrong in it.
    std::uint64_t first_draw = 0;
    std::string text{};
    friend bool operator==(const FailedDraws&, const FailedDraws&) = default;
};

namespace detail {

/// Counts a failed draw under its code and keeps the earliest as the example.
inline void count_failure(std::map<std::string, FailedDraws>& failures, std::uint64_t draw,
                          const std::string& code, const std::string& text) {
    FailedDraws& each = failures[code];
    if (each.count == 0 || draw < each.first_draw) {
        each.code = code;
        each.first_draw = draw;
        each.text = text;
    }
    ++each.count;
}

}  // namespace detail

/// Counts over some draws of a run: how often each unit had each place and each band, how
/// its scores were spread, who was ahead of whom, and the weights under which each unit came
/// first. Everything is a whole number, and adding is exact: the counts of a run have the
/// same bytes for any number of threads and for any split into parts merged in any order.
class DrawCounts {
  public:
    DrawCounts() = default;

    [[nodiscard]] const detail::CountLayout& layout() const { return *layout_; }
    /// The draws that are in, as ranges in order.
    [[nodiscard]] const std::vector<detail::DrawRange>& ranges() const noexcept { return ranges_; }
    /// Draws that are in, with those that failed.
    [[nodiscard]] std::uint64_t draws() const noexcept {
        std::uint64_t count = 0;
        for (const detail::DrawRange& range : ranges_) count += range.count;
        return count;
    }
    [[nodiscard]] std::uint64_t failed() const noexcept {
        std::uint64_t count = 0;
        for (const auto& [code, each] : failures_) count += each.count;
        return count;
    }
    [[nodiscard]] std::vector<FailedDraws> failures() const {
        std::vector<FailedDraws> out;
        for (const auto& [code, each] : failures_) out.push_back(each);
        return out;
    }

    /// Adds the counts of other draws of the same run.
    /// @throws NumericError when they are of another run (model, data, factors, seed or
    ///         options) or when some draw is in both; nothing is changed then.
    void merge(const DrawCounts& other);

    /// Everything as bytes, for another process or machine; equal counts have equal bytes.
    [[nodiscard]] std::string bytes() const;

    /// Counts from their bytes.
    /// @throws NumericError when they are damaged or of another version.
    [[nodiscard]] static DrawCounts from_bytes(std::string_view bytes);

    /// SHA-256 of the bytes.
    [[nodiscard]] std::string digest() const {
        numeric::Sha256 hash;
        hash.update(bytes());
        return hash.hex();
    }

    friend bool operator==(const DrawCounts& a, const DrawCounts& b) {
        return a.bytes() == b.bytes();
    }

    // What follows is for the functions of this room.

    /// Empty counts of a layout.
    explicit DrawCounts(std::shared_ptr<const detail::CountLayout> layout)
        : layout_(std::move(layout)) {
        const auto units = static_cast<std::size_t>(layout_->units);
        const auto table = [&](Index columns) {
            return thuocdo::detail::large_table<std::uint32_t>(units *
                                                               static_cast<std::size_t>(columns));
        };
        places_ = table(layout_->place_columns);
        scores_ = table(layout_->score_bins);
        bands_ = table(layout_->bands);
        ahead_ = table(layout_->pair_distance);
        behind_ = table(layout_->pair_distance);
        level_ = table(layout_->pair_distance);
        scored_.assign(units, 0);
        place_sum_.assign(units, 0);
        steps_.assign(units, 0);
        square_low_.assign(units, 0);
        square_high_.assign(units, 0);
        beyond_.assign(units, 0);
        least_.assign(units, std::numeric_limits<double>::infinity());
        most_.assign(units, -std::numeric_limits<double>::infinity());
        firsts_.assign(units, 0);
    }

    /// Counts a block of draws for one of several parts of the units; parts touch nothing in
    /// common, so each can have a thread of its own.
    void count(const detail::DrawBlock& block, std::size_t part, std::size_t parts);
    /// Adds what a thread summed up over the scores of its draws.
    void add_sums(detail::ScoreSums& sums);
    /// Adds what a thread counted of the units that came first.
    void add_firsts(const detail::FirstSums& sums);
    void add_range(detail::DrawRange range);
    void add_failure(std::uint64_t draw, const std::string& code, const std::string& text);

    [[nodiscard]] std::uint32_t scored(Index unit) const { return scored_[at(unit)]; }
    [[nodiscard]] std::uint64_t place_sum(Index unit) const { return place_sum_[at(unit)]; }
    [[nodiscard]] const std::uint32_t* places(Index unit) const {
        return places_.data() + at(unit) * static_cast<std::size_t>(layout_->place_columns);
    }
    [[nodiscard]] const std::uint32_t* scores(Index unit) const {
        return scores_.data() + at(unit) * static_cast<std::size_t>(layout_->score_bins);
    }
    [[nodiscard]] const std::uint32_t* bands(Index unit) const {
        return bands_.data() + at(unit) * static_cast<std::size_t>(layout_->bands);
    }
    [[nodiscard]] double least(Index unit) const { return least_[at(unit)]; }
    [[nodiscard]] double most(Index unit) const { return most_[at(unit)]; }
    [[nodiscard]] std::uint32_t beyond(Index unit) const { return beyond_[at(unit)]; }
    [[nodiscard]] double mean(Index unit) const;
    [[nodiscard]] double variance(Index unit) const;
    /// How often the unit at a position of the nominal order was ahead of (behind, level
    /// with) the one `distance` positions later.
    [[nodiscard]] std::uint32_t ahead(Index position, Index distance) const {
        return ahead_[pair_at(position, distance)];
    }
    [[nodiscard]] std::uint32_t behind(Index position, Index distance) const {
        return behind_[pair_at(position, distance)];
    }
    [[nodiscard]] std::uint32_t level(Index position, Index distance) const {
        return level_[pair_at(position, distance)];
    }
    [[nodiscard]] std::uint32_t firsts(Index unit) const { return firsts_[at(unit)]; }
    /// Sum of the weights of a leaf over the draws in which the unit came first.
    [[nodiscard]] double first_weight_sum(Index unit, Index leaf) const {
        const auto found = first_weights_.find(static_cast<std::uint32_t>(unit));
        if (found == first_weights_.end()) return 0.0;
        return static_cast<double>(found->second[static_cast<std::size_t>(leaf)]) *
               detail::weight_step;
    }

  private:
    [[nodiscard]] static std::size_t at(Index unit) noexcept {
        return static_cast<std::size_t>(unit);
    }
    [[nodiscard]] std::size_t pair_at(Index position, Index distance) const noexcept {
        return static_cast<std::size_t>((distance - 1) * layout_->units + position);
    }
    /// The halves are kept below 2^32, so that equal sums have equal bytes.
    void add_square(std::size_t unit, std::uint64_t low, std::uint64_t high) noexcept {
        constexpr std::uint64_t half = 0xFFFFFFFFU;
        const std::uint64_t sum = square_low_[unit] + (low & half);
        square_low_[unit] = sum & half;
        square_high_[unit] += high + (low >> 32U) + (sum >> 32U);
    }
    void count_units(const detail::DrawBlock& block, Index first, Index end);
    template <class Number>
    void count_places(const Number* places, const detail::DrawBlock& block, std::size_t unit,
                      std::size_t chunks);
    void count_pairs(const detail::DrawBlock& block, Index first, Index end);

    std::shared_ptr<const detail::CountLayout> layout_ =
        std::make_shared<const detail::CountLayout>();
    std::vector<detail::DrawRange> ranges_;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint32_t> scores_;
    std::vector<std::uint32_t> bands_;
    std::vector<std::uint32_t> ahead_;
    std::vector<std::uint32_t> behind_;
    std::vector<std::uint32_t> level_;
    std::vector<std::uint32_t> scored_;
    std::vector<std::uint64_t> place_sum_;
    /// Sum of scores in steps from the middle of the grid; sum of their squares in two halves.
    std::vector<std::int64_t> steps_;
    std::vector<std::uint64_t> square_low_;
    std::vector<std::uint64_t> square_high_;
    std::vector<std::uint32_t> beyond_;
    std::vector<double> least_;
    std::vector<double> most_;
    std::vector<std::uint32_t> firsts_;
    std::map<std::uint32_t, std::vector<std::int64_t>> first_weights_;
    std::map<std::string, FailedDraws> failures_;
};

inline void DrawCounts::count(const detail::DrawBlock& block, std::size_t part, std::size_t parts) {
    const auto units = static_cast<std::size_t>(layout_->units);
    const auto first = static_cast<Index>(units * part / parts);
    const auto end = static_cast<Index>(units * (part + 1) / parts);
    count_units(block, first, end);
    if (layout_->pair_distance > 0) count_pairs(block, first, end);
}

template <class Number>
void DrawCounts::count_places(const Number* places, const detail::DrawBlock& block,
                              std::size_t unit, std::size_t chunks) {
    const Number* const drawn = places + block.chunks().at(unit, 0);
    const auto units = static_cast<std::size_t>(block.units);
    detail::count_chunks(drawn, units, chunks, places_.data() + unit * at(layout_->place_columns));
    place_sum_[unit] += detail::sum_of_chunks(drawn, units, chunks);
    scored_[unit] += static_cast<std::uint32_t>(chunks * detail::chunk_draws);
}

inline void DrawCounts::count_units(const detail::DrawBlock& block, Index first, Index end) {
    const auto stride = static_cast<std::size_t>(block.units);
    const std::size_t bins = at(layout_->score_bins);
    const std::size_t columns = at(layout_->place_columns);
    const auto together = static_cast<std::uint32_t>(layout_->places_together);
    const bool plain = together == 1 && std::all_of(block.complete, block.complete + block.draws,
                                                    [](std::uint8_t each) { return each != 0; });
    const detail::ChunkedDraws chunks = block.chunks();
    for (Index unit = first; unit < end; ++unit) {
        const std::size_t k = at(unit);
        std::uint32_t* const places = places_.data() + k * columns;
        std::uint32_t* const scores = scores_.data() + k * bins;
        // Counters of all units are far larger than the cache; those of the next one are
        // fetched while these are counted.
        if (unit + 1 < end) {
            detail::prefetch(places + columns, columns);
            detail::prefetch(scores + bins, bins);
        }
        // One table after the other: both together are larger than the first cache.
        const std::size_t whole = plain ? block.draws / detail::chunk_draws : 0;
        if (block.short_places)
            count_places(block.short_places, block, k, whole);
        else
            count_places(block.places, block, k, whole);
        detail::count_chunks(block.cells + chunks.at(k, 0), stride, whole, scores);
        for (std::size_t d = whole * detail::chunk_draws; d < block.draws; ++d) {
            const std::uint32_t place = block.place(k, d);
            if (place == detail::no_place) continue;
            ++scored_[k];
            place_sum_[k] += place;
            ++places[place / together];
            ++scores[block.cells[chunks.at(k, d)]];
        }
        if (!block.bands) continue;
        std::uint32_t* const bands = bands_.data() + k * at(layout_->bands);
        for (std::size_t d = 0; d < block.draws; ++d) {
            const std::int16_t band = block.bands[d * stride + k];
            if (band >= 0) ++bands[static_cast<std::size_t>(band)];
        }
    }
}

inline void DrawCounts::add_sums(detail::ScoreSums& sums) {
    sums.fold();
    for (std::size_t k = 0; k < steps_.size(); ++k) {
        steps_[k] += sums.steps[k];
        add_square(k, sums.square_low[k], sums.square_high[k]);
        beyond_[k] += sums.beyond[k];
        least_[k] = std::min(least_[k], sums.least[k]);
        most_[k] = std::max(most_[k], sums.most[k]);
    }
}

inline void DrawCounts::add_firsts(const detail::FirstSums& sums) {
    for (std::size_t k = 0; k < firsts_.size(); ++k) firsts_[k] += sums.counts[k];
    for (const auto& [unit, weights] : sums.weights) {
        std::vector<std::int64_t>& mine = first_weights_[unit];
        mine.resize(weights.size());
        for (std::size_t j = 0; j < weights.size(); ++j) mine[j] += weights[j];
    }
}

inline void DrawCounts::count_pairs(const detail::DrawBlock& block, Index first, Index end) {
    constexpr Index together = 64;
    const Index units = layout_->units;
    const Index distance = layout_->pair_distance;
    // The places of neighbours in the nominal order, a row each.
    std::vector<std::uint32_t> rows(at(std::min(together + distance, units)) * block.draws);
    for (Index start = first; start < end; start += together) {
        const Index stop = std::min(start + together, end);
        const Index last = std::min(stop + distance, units);
        for (Index p = start; p < last; ++p) {
            const std::size_t unit = at(layout_->order[at(p)]);
            std::uint32_t* const row = rows.data() + at(p - start) * block.draws;
            for (std::size_t d = 0; d < block.draws; ++d) row[d] = block.place(unit, d);
        }
        for (Index p = start; p < stop; ++p)
            for (Index w = 1; w <= std::min(distance, units - 1 - p); ++w) {
                const std::uint32_t* const here = rows.data() + at(p - start) * block.draws;
                const detail::PairCounts found =
                    detail::compare(here, here + at(w) * block.draws, block.draws);
                const std::size_t pair = pair_at(p, w);
                ahead_[pair] += found.ahead;
                behind_[pair] += found.behind;
                level_[pair] += found.level;
            }
    }
}

inline void DrawCounts::add_range(detail::DrawRange range) {
    if (range.count == 0) return;
    ranges_.push_back(range);
    std::sort(ranges_.begin(), ranges_.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<detail::DrawRange> joined;
    for (const detail::DrawRange& each : ranges_) {
        if (!joined.empty() && joined.back().first + joined.back().count == each.first)
            joined.back().count += each.count;
        else
            joined.push_back(each);
    }
    ranges_ = std::move(joined);
}

inline void DrawCounts::add_failure(std::uint64_t draw, const std::string& code,
                                    const std::string& text) {
    detail::count_failure(failures_, draw, code, text);
}

inline double DrawCounts::mean(Index unit) const {
    const auto k = at(unit);
    if (scored_[k] == 0) return std::numeric_limits<double>::quiet_NaN();
    const double steps = static_cast<double>(steps_[k]) / static_cast<double>(scored_[k]);
    const double middle = layout_->lower[k] + 0.5 * layout_->width[k];
    return middle + steps / detail::steps_a_width * layout_->width[k];
}

inline double DrawCounts::variance(Index unit) const {
    const auto k = at(unit);
    if (scored_[k] < 2) return std::numeric_limits<double>::quiet_NaN();
    const auto n = static_cast<double>(scored_[k]);
    const double squares =
        static_cast<double>(square_high_[k]) * 0x1p32 + static_cast<double>(square_low_[k]);
    const double mean = static_cast<double>(steps_[k]) / n;
    const double step = layout_->width[k] / detail::steps_a_width;
    return std::max(0.0, (squares - n * mean * mean) / (n - 1.0)) * step * step;
}

inline void DrawCounts::merge(const DrawCounts& other) {
    std::vector<Problem> problems;
    if (!(*layout_ == *other.layout_))
        problems.push_back({"another_run", "argument \"other\"",
                            "counts of run " + other.layout_->digest,
                            "counts of run " + layout_->digest,
                            "merge parts of one model, panel, factors, seed and options"});
    for (const detail::DrawRange& a : ranges_)
        for (const detail::DrawRange& b : other.ranges_)
            if (a.first < b.first + b.count && b.first < a.first + a.count)
                problems.push_back({"draws_twice", "argument \"other\"",
                                    "draws " + std::to_string(b.first) + " to " +
                                        std::to_string(b.first + b.count - 1),
                                    "draws other than " + std::to_string(a.first) + " to " +
                                        std::to_string(a.first + a.count - 1),
                                    "merge every part once"});
    if (draws() + other.draws() > std::numeric_limits<std::uint32_t>::max())
        problems.push_back({"too_many_draws", "argument \"other\"",
                            std::to_string(draws() + other.draws()) + " draws", "fewer than 2^32",
                            "a million draws are plenty"});
    if (!problems.empty()) throw NumericError("the counts cannot be merged", std::move(problems));
    const auto add = [](auto& to, const auto& from) {
        for (std::size_t k = 0; k < to.size(); ++k) to[k] += from[k];
    };
    add(places_, other.places_);
    add(scores_, other.scores_);
    add(bands_, other.bands_);
    add(ahead_, other.ahead_);
    add(behind_, other.behind_);
    add(level_, other.level_);
    add(scored_, other.scored_);
    add(place_sum_, other.place_sum_);
    add(steps_, other.steps_);
    add(beyond_, other.beyond_);
    add(firsts_, other.firsts_);
    for (std::size_t k = 0; k < least_.size(); ++k) {
        add_square(k, other.square_low_[k], other.square_high_[k]);
        least_[k] = std::min(least_[k], other.least_[k]);
        most_[k] = std::max(most_[k], other.most_[k]);
    }
    for (const auto& [unit, sums] : other.first_weights_) {
        std::vector<std::int64_t>& mine = first_weights_[unit];
        mine.resize(sums.size());
        add(mine, sums);
    }
    for (const auto& [code, theirs] : other.failures_) {
        FailedDraws& mine = failures_[code];
        const std::uint64_t count = mine.count + theirs.count;
        if (mine.count == 0 || theirs.first_draw < mine.first_draw) mine = theirs;
        mine.count = count;
    }
    for (const detail::DrawRange& range : other.ranges_) add_range(range);
}

inline std::string DrawCounts::bytes() const {
    detail::ByteWriter out(detail::counts_format);
    detail::write_layout(out, *layout_);
    out.number(ranges_.size());
    for (const detail::DrawRange& range : ranges_) {
        out.number(range.first);
        out.number(range.count);
    }
    for (const auto* table :
         {&places_, &scores_, &bands_, &ahead_, &behind_, &level_, &scored_, &beyond_, &firsts_})
        out.numbers(*table);
    out.numbers(place_sum_);
    out.numbers(steps_);
    out.numbers(square_low_);
    out.numbers(square_high_);
    out.numbers(least_);
    out.numbers(most_);
    out.number(first_weights_.size());
    for (const auto& [unit, sums] : first_weights_) {
        out.number(std::uint64_t{unit});
        out.numbers(sums);
    }
    out.number(failures_.size());
    for (const auto& [code, each] : failures_) {
        out.text(code);
        out.number(each.count);
        out.number(each.first_draw);
        out.text(each.text);
    }
    return out.finish();
}

inline DrawCounts DrawCounts::from_bytes(std::string_view bytes) {
    detail::ByteReader in(detail::counts_format, bytes);
    auto layout = std::make_shared<detail::CountLayout>(detail::read_layout(in));
    DrawCounts out(std::move(layout));
    const std::uint64_t ranges = in.count(sizeof(std::uint64_t) * 2);
    for (std::uint64_t k = 0; k < ranges; ++k) {
        const std::uint64_t first = in.number();
        out.add_range({first, in.number()});
    }
    for (auto* table : {&out.places_, &out.scores_, &out.bands_, &out.ahead_, &out.behind_,
                        &out.level_, &out.scored_, &out.beyond_, &out.firsts_})
        in.numbers(*table);
    in.numbers(out.place_sum_);
    in.numbers(out.steps_);
    in.numbers(out.square_low_);
    in.numbers(out.square_high_);
    in.numbers(out.least_);
    in.numbers(out.most_);
    const std::uint64_t first_weights = in.count(sizeof(std::uint64_t));
    for (std::uint64_t k = 0; k < first_weights; ++k) {
        const auto unit = static_cast<std::uint32_t>(in.number());
        std::vector<std::int64_t>& sums = out.first_weights_[unit];
        sums.resize(at(out.layout_->leaves));
        in.numbers(sums);
    }
    const std::uint64_t failures = in.count(sizeof(std::uint64_t));
    for (std::uint64_t k = 0; k < failures; ++k) {
        FailedDraws each;
        each.code = in.text();
        each.count = in.number();
        each.first_draw = in.number();
        each.text = in.text();
        out.failures_[each.code] = each;
    }
    in.finish();
    return out;
}

}  // namespace thuocdo::robust
