#pragma once
/// @file
/// The members of a JSON object that the library itself has written.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// Names and values of an object without white space between its tokens, as the canonical
/// form of a model has none. Names hold no escapes.
[[nodiscard]] inline std::vector<std::pair<std::string, std::string>> json_members(
    std::string_view object) {
    std::vector<std::pair<std::string, std::string>> members;
    int depth = 0;
    bool quoted = false;
    std::size_t start = 1;
    std::size_t colon = 0;
    for (std::size_t k = 0; k < object.size(); ++k) {
        const char c = object[k];
        if (quoted) {
            if (c == '\\')
                ++k;
            else if (c == '"')
                quoted = false;
            continue;
        }
        if (c == '"') quoted = true;
        if (c == ':' && depth == 1 && colon == 0) colon = k;
        if ((c == ',' || c == '}') && depth == 1 && colon != 0) {
            // The name stands between quotes.
            members.emplace_back(object.substr(start + 1, colon - start - 2),
                                 object.substr(colon + 1, k - colon - 1));
            start = k + 1;
            colon = 0;
        }
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
    }
    return members;
}

}  // namespace thuocdo::publish::detail
