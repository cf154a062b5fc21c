#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_edit.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "io/document_edit.hpp"
#include "io/json_text.hpp"
#include "io/message_text.hpp"

namespace thuocdo::io {
namespace {

using detail::in_quotes;
using detail::Json;

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
    Json document = detail::document_of(model.definition());
    const std::vector<std::string> steps = detail::steps_in(document, pointer);
    const detail::JsonText text = detail::parse_json_text(value, {});
    if (!text.readable || !text.problems.empty())
        throw ModelError("the value for " + in_quotes(pointer) + " is not JSON", text.problems);
    detail::put_value(document, pointer, steps, text.value);
    return parse_model(document.dump());
}

IndexModel without(const IndexModel& model, std::string_view pointer) {
    Json document = detail::document_of(model.definition());
    detail::take_out(document, pointer, detail::steps_in(document, pointer));
    return parse_model(document.dump());
}

std::vector<ModelDifference> differences(const IndexModel& before, const IndexModel& after) {
    Json first = detail::document_of(before.definition());
    Json second = detail::document_of(after.definition());
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
