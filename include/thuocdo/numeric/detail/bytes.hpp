#pragma once
/// @file
/// Numbers and texts as bytes: little-endian, with a mark in front and a check at the end.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/sha256.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace thuocdo::numeric::detail {

/// What bytes hold, for their mark and for messages.
struct ByteFormat {
    std::string_view mark;
    /// e.g. `the counts`.
    const char* what;
    /// Where they come from, e.g. `DrawCounts::bytes()`.
    const char* origin;
};

inline constexpr std::size_t check_length = 64;

class ByteWriter {
  public:
    explicit ByteWriter(const ByteFormat& format) : out_(format.mark) {}

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
        Sha256 hash;
        hash.update(out_);
        return std::move(out_) + hash.hex();
    }

  private:
    std::string out_;
};

/// @throws NumericError (`bytes_not_readable`) for bytes that no writer of that format gave
class ByteReader {
  public:
    ByteReader(const ByteFormat& format, std::string_view bytes) : format_(format) {
        if (!bytes.starts_with(format.mark) || bytes.size() < format.mark.size() + check_length)
            refuse("bytes without the mark of " + std::string(format.what));
        data_ = bytes.substr(0, bytes.size() - check_length);
        Sha256 hash;
        hash.update(data_);
        if (hash.hex() != bytes.substr(data_.size())) refuse("bytes that were changed or cut");
        at_ = format.mark.size();
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
    [[noreturn]] void refuse(const std::string& found) const {
        throw NumericError(
            std::string(format_.what) + " cannot be read",
            {{"bytes_not_readable", "argument \"bytes\"", found,
              "the bytes that " + std::string(format_.origin) + " gave", "copy them as a whole"}});
    }

  private:
    ByteFormat format_;
    std::string_view data_;
    std::size_t at_ = 0;
};

}  // namespace thuocdo::numeric::detail
