#include "io/document_edit.hpp"

#include <thuocdo/error.hpp>
#include <thuocdo/model/canonical.hpp>
#include <thuocdo/model/detail/json_pointer.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "io/message_text.hpp"

namespace thuocdo::io::detail {
namespace {

[[noreturn]] void refuse(std::string_view pointer, std::string found, std::string expected,
                         std::string mend) {
    throw ModelError("the pointer does not fit the model",
                     {{"pointer_hits_nothing", std::string(pointer), std::move(found),
                       std::move(expected), std::move(mend)}});
}

bool find_node(const Json& node, const std::string& code, std::vector<std::string>& steps) {
    if (!node.is_object()) return false;
    const auto own = node.find("code");
    if (own != node.end() && own->is_string() && own->get_ref<const std::string&>() == code)
        return true;
    const auto children = node.find("children");
    if (children == node.end() || !children->is_array()) return false;
    for (std::size_t k = 0; k < children->size(); ++k) {
        steps.emplace_back("children");
        steps.push_back(std::to_string(k));
        if (find_node((*children)[k], code, steps)) return true;
        steps.resize(steps.size() - 2);
    }
    return false;
}

std::string pointer_to(std::vector<std::string> steps, std::size_t count) {
    steps.resize(count);
    return thuocdo::detail::pointer_of(steps);
}

Json& element(Json& list, std::string_view pointer, const std::vector<std::string>& steps,
              std::size_t k) {
    const auto position = thuocdo::detail::position_of_step(steps[k], list.size());
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

}  // namespace

Json document_of(const ModelDefinition& definition) {
    const thuocdo::detail::DefinitionWriter writer(MemberOrder::documented);
    return Json::parse(writer.document(definition));
}

std::optional<std::vector<std::string>> steps_to_node(const Json& document,
                                                      const std::string& code) {
    std::vector<std::string> steps{"root"};
    if (!find_node(document.at("root"), code, steps)) return std::nullopt;
    return steps;
}

std::vector<std::string> steps_in(const Json& document, std::string_view pointer) {
    std::vector<std::string> steps;
    if (pointer.starts_with('@')) {
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        const std::string code =
            thuocdo::detail::unescaped_step(std::string(pointer.substr(1, end - 1)));
        const auto node = steps_to_node(document, code);
        if (!node)
            refuse(pointer, "node " + in_quotes(code), "the code of a node of the model",
                   "check the spelling");
        steps = *node;
    } else if (!pointer.starts_with('/')) {
        refuse(pointer, pointer.empty() ? "an empty pointer" : in_quotes(pointer),
               "a JSON pointer such as /root/children/0/weight, or @node/weight",
               "begin with / or @");
    }
    for (std::string& each : thuocdo::detail::steps_of_pointer(pointer))
        steps.push_back(std::move(each));
    return steps;
}

void put_value(Json& document, std::string_view pointer, const std::vector<std::string>& steps,
               const Json& value) {
    Json& at = holder(document, pointer, steps, true);
    if (at.is_object())
        at[steps.back()] = value;
    else if (steps.back() == "-")
        at.push_back(value);
    else
        element(at, pointer, steps, steps.size() - 1) = value;
}

void take_out(Json& document, std::string_view pointer, const std::vector<std::string>& steps) {
    Json& at = holder(document, pointer, steps, false);
    if (at.is_array()) {
        static_cast<void>(element(at, pointer, steps, steps.size() - 1));
        at.erase(*thuocdo::detail::position_of_step(steps.back(), at.size()));
    } else if (at.erase(steps.back()) == 0) {
        refuse(pointer, "no member " + in_quotes(steps.back()), "a member that is written",
               "a member that is not written has its default already");
    }
}

}  // namespace thuocdo::io::detail
