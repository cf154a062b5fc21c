#include "io/unit_json.hpp"

#include "io/task_writer.hpp"

namespace thuocdo::io::detail {
namespace {

/// Calls `read(name, value, place)` for each member of an object whose names are free.
template <class Read>
void each_member(ObjectReader& in, const char* name, Read read) {
    const Json* value = in.find(name);
    if (!value || !ObjectReader(*value, in.at(name), in.log()).is_object()) return;
    for (const auto& [member, each] : value->items())
        read(member, each, in.at(name) + '/' + pointer_step(member));
}

std::string written_label(const Label& label) {
    if (label.en == label.vi) return json_string(label.en);
    JsonObject both = documented();
    both.text("en", label.en).text("vi", label.vi);
    return both.str();
}

}  // namespace

Unit read_unit_object(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    Unit unit;
    unit.code = in.required_text("code", "the official code as text");
    unit.name = in.label("name");
    unit.level = in.text("level");
    unit.kind = in.text("kind");
    unit.parent = in.text("parent");
    each_member(in, "groups", [&](const auto& name, const Json& each, const std::string& at) {
        if (auto text = read_text(each, at, log)) unit.groups.insert_or_assign(name, *text);
    });
    each_member(in, "attributes", [&](const auto& name, const Json& each, const std::string& at) {
        if (const auto number = read_number(each, at, log))
            unit.attributes.insert_or_assign(name, *number);
    });
    unit.valid_from = in.date("valid_from");
    unit.valid_to = in.date("valid_to");
    unit.predecessors = in.texts("predecessors");
    in.finish();
    return unit;
}

std::string unit_json(const Unit& unit) {
    JsonObject out = documented();
    out.text("code", unit.code);
    if (!unit.name.empty()) out.raw("name", written_label(unit.name));
    out.text("level", unit.level).text("kind", unit.kind).text("parent", unit.parent);
    JsonObject groups = documented();
    for (const auto& [name, category] : unit.groups) groups.raw(name, json_string(category));
    if (!groups.empty()) out.raw("groups", groups.str());
    JsonObject attributes = documented();
    for (const auto& [name, number] : unit.attributes)
        attributes.raw(name, numeric::shortest(number));
    if (!attributes.empty()) out.raw("attributes", attributes.str());
    add_day(out, "valid_from", unit.valid_from);
    add_day(out, "valid_to", unit.valid_to);
    add_texts(out, "predecessors", unit.predecessors);
    return out.str();
}

}  // namespace thuocdo::io::detail
