#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_edit.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "io/json_text.hpp"
#include "io/message_text.hpp"

namespace thuocdo::io {
namespace {

using detail::in_quotes;
using detail::Json;

Json document_of(const IndexModel& model) { return Json::parse(to_json(model)); }

[[noreturn]] void refuse(std::string_view pointer, std::string found, std::string expected,
                         std::string mend) {
    throw ModelError("the pointer does not fit the model",
                     {{"pointer_hits_nothing", std::string(pointer), std::move(found),
                       std::move(expected), std::move(mend)}});
}

/// A step of a pointer as the name that it stands for (RFC 6901).
std::string unescaped(std::string step) {
    for (std::size_t at = 0; (at = step.find("~1", at)) != std::string::npos; ++at)
        step.replace(at, 2, "/");
    for (std::size_t at = 0; (at = step.find("~0", at)) != std::string::npos; ++at)
        step.replace(at, 2, "~");
    return step;
}

/// The steps of a pointer, unescaped. A pointer that starts at a node is written from
/// the root first.
std::vector<std::string> steps_of(const IndexModel& model, std::string_view pointer) {
    std::string whole(pointer);
    if (whole.starts_with('@')) {
        const std::size_t end = std::min(whole.find('/'), whole.size());
        std::string code = whole.substr(1, end - 1);
        code = unescaped(std::move(code));
        const auto node = model.find(code);
        if (!node)
            refuse(pointer, "node " + in_quotes(code), "the code of a node of the model",
                   "check the spelling");
        whole = model.node(*node).pointer + whole.substr(end);
    }
    if (!whole.starts_with('/'))
        refuse(pointer, whole.empty() ? "an empty pointer" : in_quotes(whole),
               "a JSON pointer such as /root/children/0/weight, or @node/weight",
               "begin with / or @");
    std::vector<std::string> steps;
    std::size_t from = 1;
    while (from <= whole.size()) {
        const std::size_t end = std::min(whole.find('/', from), whole.size());
        steps.push_back(unescaped(whole.substr(from, end - from)));
        from = end + 1;
    }
    return steps;
}

std::string pointer_to(const std::vector<std::string>& steps, std::size_t count) {
    std::string out;
    for (std::size_t k = 0; k < count; ++k) out += '/' + detail::pointer_step(steps[k]);
    return out;
}

std::optional<std::size_t> position_in(const Json& list, const std::string& step) {
    std::size_t position = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), position);
    const bool whole = error == std::errc{} && end == step.data() + step.size();
    if (!whole || position >= list.size()) return std::nullopt;
    return position;
}

Json& element(Json& list, std::string_view pointer, const std::vector<std::string>& steps,
              std::size_t k) {
    const auto position = position_in(list, steps[k]);
    if (!position)
        refuse(pointer, "element " + in_quotes(steps[k]) + " of " + pointer_to(steps, k),
               list.empty() ? "no element, because the list is empty"
                            : "an element from 0 to " + std::to_string(list.size() - 1),
               "count from 0");
    return list[*position];
}

/// What holds the last step; objects that are not written are made on the way.
Json& holder(Json& document, std::string_view pointer, const std::vector<std::string>& steps,
             bool make) {
    Json* at = &document;
    for (std::size_t k = 0; k + 1 < steps.size(); ++k) {
        if (at->is_array()) {
            at = &element(*at, pointer, steps, k);
        } else if (at->is_object() && (make || at->contains(steps[k]))) {
            Json& next = (*at)[steps[k]];
            if (next.is_null()) next = Json::object();
            at = &next;
        } else {
            refuse(pointer, pointer_to(steps, k) + (at->is_object() ? "" : ", a single value"),
                   "a member " + in_quotes(steps[k]) + " there",
                   "look the pointer up in the document");
        }
    }
    if (!at->is_array() && !at->is_object())
        refuse(pointer, pointer_to(steps, steps.size() - 1) + ", a single value",
               "an object or a list there", "look the pointer up in the document");
    return *at;
}

/// Everything of a node but its children, and its place.
struct FlatNode {
    std::string parent;
    Json members;
};

void flatten(const Json& node, const std::string& parent, std::vector<std::string>& order,
             std::map<std::string, FlatNode>& nodes) {
    const std::string code = node.at("code").get<std::string>();
    FlatNode flat{parent, node};
    flat.members.erase("children");
    flat.members.erase("code");
    order.push_back(code);
    nodes.emplace(code, std::move(flat));
    if (!node.contains("children")) return;
    for (const Json& child : node.at("children")) flatten(child, code, order, nodes);
}

void compare_members(const Json& before, const Json& after, const std::string& node,
                     const std::string& prefix, std::vector<ModelDifference>& out) {
    std::vector<std::string> names;
    for (const auto& each : before.items()) names.push_back(each.key());
    for (const auto& each : after.items())
        if (!before.contains(each.key())) names.push_back(each.key());
    for (const std::string& name : names) {
        const Json none;
        const Json& first = before.contains(name) ? before.at(name) : none;
        const Json& second = after.contains(name) ? after.at(name) : none;
        if (first == second) continue;
        if (node.empty() && first.is_object() && second.is_object()) {
            compare_members(first, second, node, prefix + name + '/', out);
            continue;
        }
        out.push_back({node, prefix + name, first.is_null() ? "" : first.dump(),
                       second.is_null() ? "" : second.dump()});
    }
}

}  // namespace

IndexModel with(const IndexModel& model, std::string_view pointer, std::string_view value) {
    Json document = document_of(model);
    const std::vector<std::string> steps = steps_of(model, pointer);
    const detail::JsonText text = detail::parse_json_text(value, {});
    if (!text.readable || !text.problems.empty())
        throw ModelError("the value for " + in_quotes(std::string(pointer)) + " is not JSON",
                         text.problems);
    Json& at = holder(document, pointer, steps, true);
    if (at.is_object())
        at[steps.back()] = text.value;
    else if (steps.back() == "-")
        at.push_back(text.value);
    else
        element(at, pointer, steps, steps.size() - 1) = text.value;
    return parse_model(document.dump());
}

IndexModel without(const IndexModel& model, std::string_view pointer) {
    Json document = document_of(model);
    const std::vector<std::string> steps = steps_of(model, pointer);
    Json& at = holder(document, pointer, steps, false);
    if (at.is_array()) {
        static_cast<void>(element(at, pointer, steps, steps.size() - 1));
        at.erase(*position_in(at, steps.back()));
    } else if (at.erase(steps.back()) == 0) {
        refuse(pointer, "no member " + in_quotes(steps.back()), "a member that is written",
               "a member that is not written has its default already");
    }
    return parse_model(document.dump());
}

std::vector<ModelDifference> differences(const IndexModel& before, const IndexModel& after) {
    Json first = document_of(before);
    Json second = document_of(after);
    std::vector<std::string> order;
    std::vector<std::string> order_after;
    std::map<std::string, FlatNode> nodes;
    std::map<std::string, FlatNode> nodes_after;
    flatten(first.at("root"), "", order, nodes);
    flatten(second.at("root"), "", order_after, nodes_after);
    first.erase("root");
    second.erase("root");
    std::vector<ModelDifference> out;
    compare_members(first, second, "", "/", out);
    for (const std::string& code : order) {
        const FlatNode& node = nodes.at(code);
        const auto found = nodes_after.find(code);
        if (found == nodes_after.end()) {
            out.push_back({code, "", node.members.dump(), ""});
            continue;
        }
        if (node.parent != found->second.parent)
            out.push_back(
                {code, "parent", Json(node.parent).dump(), Json(found->second.parent).dump()});
        compare_members(node.members, found->second.members, code, "", out);
    }
    for (const std::string& code : order_after)
        if (!nodes.contains(code))
            out.push_back({code, "", "", nodes_after.at(code).members.dump()});
    return out;
}

}  // namespace thuocdo::io
