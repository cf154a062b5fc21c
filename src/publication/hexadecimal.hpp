#pragma once
// Bytes as hexadecimal digits.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace thuocdo::publish::detail {

[[nodiscard]] inline std::string to_hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xfU];
    }
    return text;
}

/// Lower-case digits only, so that bytes have one text.
template <std::size_t Size>
[[nodiscard]] std::optional<std::array<std::uint8_t, Size>> from_hex(std::string_view text) {
    if (text.size() != 2 * Size) return std::nullopt;
    std::array<std::uint8_t, Size> bytes{};
    for (std::size_t k = 0; k < text.size(); ++k) {
        constexpr std::string_view digits = "0123456789abcdef";
        const std::size_t digit = digits.find(text[k]);
        if (digit == std::string_view::npos) return std::nullopt;
        bytes[k / 2] = static_cast<std::uint8_t>(bytes[k / 2] * 16U + digit);
    }
    return bytes;
}

}  // namespace thuocdo::publish::detail
