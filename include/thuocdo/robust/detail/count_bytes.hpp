#pragma once
/// @file
/// How counts of a robustness run are laid out as bytes.

#include <thuocdo/numeric/detail/bytes.hpp>
#include <thuocdo/robust/detail/draw_grid.hpp>

#include <cstddef>

namespace thuocdo::robust::detail {

inline constexpr numeric::detail::ByteFormat counts_format{"thuocdo draws 1\n", "the counts",
                                                           "DrawCounts::bytes()"};

using numeric::detail::ByteReader;
using numeric::detail::ByteWriter;

inline void write_layout(ByteWriter& out, const CountLayout& layout) {
    out.text(layout.digest);
    for (const Index each :
         {layout.units, layout.places_a_rank, layout.places_together, layout.place_columns,
          layout.score_bins, layout.bands, layout.leaves, layout.pair_distance})
        out.number(each);
    out.numbers(layout.order);
    out.numbers(layout.lower);
    out.numbers(layout.width);
}

[[nodiscard]] inline CountLayout read_layout(ByteReader& in) {
    CountLayout layout;
    layout.digest = in.text();
    for (Index* each :
         {&layout.units, &layout.places_a_rank, &layout.places_together, &layout.place_columns,
          &layout.score_bins, &layout.bands, &layout.leaves, &layout.pair_distance})
        *each = in.number<Index>();
    layout.order = in.list<Index>();
    layout.lower = in.list<double>();
    layout.width = in.list<double>();
    const auto units = static_cast<std::size_t>(layout.units);
    in.require(layout.units >= 0 && layout.order.size() == units && layout.lower.size() == units &&
               layout.width.size() == units && layout.places_a_rank > 0 &&
               layout.places_together > 0);
    // Before any table is made, so that damaged sizes cannot ask for all memory.
    for (const Index columns :
         {layout.place_columns, layout.score_bins, layout.bands, layout.pair_distance})
        in.require(columns >= 0 &&
                   (units == 0 || static_cast<std::size_t>(columns) <= in.left() / units));
    in.require(layout.leaves >= 0 && static_cast<std::size_t>(layout.leaves) <= in.left());
    return layout;
}

}  // namespace thuocdo::robust::detail
