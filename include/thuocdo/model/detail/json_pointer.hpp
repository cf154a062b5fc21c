#pragma once
/// @file
/// JSON pointers (RFC 6901) into model documents.

#include <thuocdo/model/definition.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace thuocdo::detail {

/// A member name as a step of a JSON pointer.
[[nodiscard]] inline std::string escaped_step(std::string_view name) {
    std::string step;
    for (const char c : name) {
        if (c == '~')
            step += "~0";
        else if (c == '/')
            step += "~1";
        else
            step += c;
    }
    return step;
}

/// A step of a JSON pointer as the name that it stands for.
[[nodiscard]] inline std::string unescaped_step(std::string step) {
    for (std::size_t at = 0; (at = step.find("~1", at)) != std::string::npos; ++at)
        step.replace(at, 2, "/");
    for (std::size_t at = 0; (at = step.find("~0", at)) != std::string::npos; ++at)
        step.replace(at, 2, "~");
    return step;
}

/// The steps of a pointer, unescaped. What stands before the first `/` is not looked at.
[[nodiscard]] inline std::vector<std::string> steps_of_pointer(std::string_view pointer) {
    std::vector<std::string> steps;
    std::size_t from = std::min(pointer.find('/'), pointer.size()) + 1;
    while (from <= pointer.size()) {
        const std::size_t end = std::min(pointer.find('/', from), pointer.size());
        steps.push_back(unescaped_step(std::string(pointer.substr(from, end - from))));
        from = end + 1;
    }
    return steps;
}

/// Steps as the text of a pointer, from one of them on.
[[nodiscard]] inline std::string pointer_of(const std::vector<std::string>& steps,
                                            std::size_t from = 0) {
    std::string out;
    for (std::size_t k = from; k < steps.size(); ++k) out += '/' + escaped_step(steps[k]);
    return out;
}

/// The position that a step stands for in a list of so many elements.
[[nodiscard]] inline std::optional<std::size_t> position_of_step(std::string_view step,
                                                                 std::size_t size) {
    std::size_t position = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), position);
    const bool whole = error == std::errc{} && end == step.data() + step.size();
    if (!whole || position >= size) return std::nullopt;
    return position;
}

/// A place of a document that still means the same when nodes before it are left out.
struct AnchoredPointer {
    /// Code of the node that the place is in; empty outside the tree.
    std::string node{};
    /// What follows, from the node or from the document.
    std::vector<std::string> steps{};
};

/// The place of a pointer that starts at the document (`/root/children/0/weight`) or at a
/// node (`@health/weight`), whether or not there is such a node.
[[nodiscard]] inline AnchoredPointer anchored(std::string_view pointer,
                                              const NodeDefinition& root) {
    AnchoredPointer out;
    out.steps = steps_of_pointer(pointer);
    if (pointer.starts_with('@')) {
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        out.node = unescaped_step(std::string(pointer.substr(1, end - 1)));
        return out;
    }
    if (out.steps.empty() || out.steps.front() != "root") return out;
    const NodeDefinition* node = &root;
    std::size_t used = 1;
    while (used + 1 < out.steps.size() && out.steps[used] == "children") {
        const auto child = position_of_step(out.steps[used + 1], node->children.size());
        if (!child) break;
        node = &node->children[*child];
        used += 2;
    }
    out.node = node->code;
    out.steps.erase(out.steps.begin(), out.steps.begin() + static_cast<std::ptrdiff_t>(used));
    return out;
}

}  // namespace thuocdo::detail
