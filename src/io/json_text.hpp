#pragma once
/// @file
/// JSON text as a tree. Finds what a tree can no longer show: syntax errors
/// with line and column, members given twice, nesting without end.

#include <thuocdo/error.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace thuocdo::io::detail {

/// Members keep the order of the text.
using Json = nlohmann::ordered_json;

/// Deeper documents are refused: every reader of the tree is recursive.
inline constexpr std::size_t deepest_nesting = 200;

/// Where a text begins, for messages.
struct TextOrigin {
    std::string file{};
    std::size_t line = 1;
    std::size_t column = 1;
};

/// A text that was read as JSON.
struct JsonText {
    Json value{};
    /// False when the text is not JSON; `problems` says why and `value` is void.
    bool readable = false;
    std::vector<Problem> problems{};
    /// Ordinal of each JSON pointer in the text, to list problems in its order.
    std::unordered_map<std::string, std::size_t> order{};
};

/// Reads a text. Of a member given twice the last value is kept.
[[nodiscard]] JsonText parse_json_text(std::string_view text, const TextOrigin& origin);

/// Puts problems into the order of the text: each at its place, or at that of
/// what would hold it.
void sort_by_text(const JsonText& text, std::vector<Problem>& problems);

/// A member name as a step of a JSON pointer (RFC 6901).
[[nodiscard]] std::string pointer_step(std::string_view name);

/// The text without a byte order mark.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view text);

}  // namespace thuocdo::io::detail
