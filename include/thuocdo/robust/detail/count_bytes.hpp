#pragma once
/// @file
/// Counts of a robustness run as bytes: little-endian, with a mark, a version and a check
/// at the end.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/robust/detail/draw_grid.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace thuocdo::robust::detail {

inline constexpr std::string_view counts_mark = "thuocdo draws 1\n";
inline constexpr std::size_t check_length = 64;

class ByteWriter {
  public:
    ByteWriter() : out_(counts_mark) {}

    template <class Number>
    void number(Number value) {
        std::uint64_t bits = 0;
        if constexpr (std::is_floating_point_v<Number>)
            bits = std::bit_cast<std::uint64_t>(value);
        else
            bits = static_cast<std::uint64_t>(value);
        const std::size_t width = sizeof(Number) == 4 ? 4 : 8;
        for (std::size_t k = 0; k < width; ++k)
            out_ += static_cast<char>(static_cast<unsigned char>(bits >> (8 * k)));
    }
    template <class Number>
    void numbers(const std::vector<Number>& values) {
        number(static_cast<std::uint64_t>(values.size()));
        for (const Number value : values) number(value);
    }
    void text(std::string_view value) {
        number(static_cast<std::uint64_t>(value.size()));
        out_ += value;
    }
    [[nodiscard]] std::string finish() {
        numeric::Sha256 hash;
        hash.update(out_);
        return std::move(out_) + hash.hex();
    }

  private:
    std::string out_;
};

class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) {
        if (!bytes.starts_with(counts_mark) || bytes.size() < counts_mark.size() + check_length)
            refuse("bytes without the mark of counts");
        data_ = bytes.substr(0, bytes.size() - check_length);
        numeric::Sha256 hash;
        hash.update(data_);
        if (hash.hex() != bytes.substr(data_.size())) refuse("bytes that were changed or cut");
        at_ = counts_mark.size();
    }

    template <class Number = std::uint64_t>
    [[nodiscard]] Number number() {
        const std::size_t width = sizeof(Number) == 4 ? 4 : 8;
        if (data_.size() - at_ < width) refuse("too few bytes");
        std::uint64_t bits = 0;
        for (std::size_t k = 0; k < width; ++k)
            bits |= std::uint64_t{static_cast<unsigned char>(data_[at_ + k])} << (8 * k);
        at_ += width;
        if constexpr (std::is_floating_point_v<Number>)
            return std::bit_cast<Number>(bits);
        else
            return static_cast<Number>(bits);
    }
    /// A number of entries of at least so many bytes each.
    [[nodiscard]] std::uint64_t count(std::size_t width) {
        const auto value = number();
        if (value > (data_.size() - at_) / width) refuse("a count beyond the bytes");
        return value;
    }
    /// Fills a table of known size.
    template <class Number>
    void numbers(std::vector<Number>& values) {
        if (number() != values.size()) refuse("a table of another size");
        for (Number& value : values) value = number<Number>();
    }
    template <class Number>
    [[nodiscard]] std::vector<Number> list() {
        std::vector<Number> out(static_cast<std::size_t>(count(sizeof(Number) == 4 ? 4 : 8)));
        for (Number& value : out) value = number<Number>();
        return out;
    }
    [[nodiscard]] std::string text() {
        const auto size = static_cast<std::size_t>(count(1));
        std::string out(data_.substr(at_, size));
        at_ += size;
        return out;
    }
    void require(bool holds) const {
        if (!holds) refuse("sizes that do not fit together");
    }
    [[nodiscard]] std::size_t left() const noexcept { return data_.size() - at_; }
    void finish() const {
        if (at_ != data_.size()) refuse("bytes after the end");
    }

  private:
    [[noreturn]] static void refuse(const std::string& found) {
        throw NumericError("the counts cannot be read",
                           {{"bytes_not_readable", "argument \"bytes\"", found,
                             "the bytes that DrawCounts::bytes() gave", "copy them as a whole"}});
    }
    std::string_view data_;
    std::size_t at_ = 0;
};

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
