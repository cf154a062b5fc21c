#pragma once
/// @file
/// What may be a code.

#include <cstddef>
#include <string>

namespace thuocdo::detail {

/// The longest code; longer ones are a column pasted into the wrong place.
inline constexpr std::size_t longest_code = 100;

[[nodiscard]] inline bool is_code(const std::string& text) noexcept {
    if (text.empty() || text.size() > longest_code) return false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f) return false;
    }
    return true;
}

}  // namespace thuocdo::detail
