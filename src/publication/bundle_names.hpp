#pragma once
// Names of the files of a bundle.

#include <algorithm>
#include <string>
#include <string_view>

#include "io/message_text.hpp"

namespace thuocdo::publish::detail {

/// Whether a text can name a folder or file everywhere: ASCII letters, digits, `.`, `_` and
/// `-`, not beginning with a point.
[[nodiscard]] inline bool is_plain_name(std::string_view name) {
    constexpr std::size_t longest = 100;
    if (name.empty() || name.size() > longest || name.front() == '.') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
}

/// Plain names with `/` between them.
[[nodiscard]] inline bool is_bundle_name(std::string_view name) {
    while (true) {
        const std::size_t slash = name.find('/');
        if (!is_plain_name(name.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        name.remove_prefix(slash + 1);
    }
}

[[nodiscard]] inline std::string shown_name(std::string_view name) {
    return io::detail::in_quotes(name);
}

}  // namespace thuocdo::publish::detail
