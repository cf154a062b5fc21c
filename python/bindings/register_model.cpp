#include <thuocdo/model/detail/unit_names.hpp>
#include <thuocdo/model/index_model.hpp>

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

[[nodiscard]] py::object text_or_none(const std::string& text) {
    if (text.empty()) return py::none();
    return py::str(text);
}

/// A node as the arguments of the package's class `Node`.
[[nodiscard]] py::dict node_fields(const IndexModel& model, Index index) {
    const Node& node = model.node(index);
    py::dict out;
    out["code"] = node.code;
    out["name"] = node.name.in(false);
    out["name_vi"] = node.name.in(true);
    out["parent"] = node.parent < 0 ? py::object(py::none())
                                    : py::object(py::str(model.node(node.parent).code));
    out["depth"] = node.depth;
    out["leaf"] = node.is_leaf();
    out["role"] = detail::name_of(node.role);
    out["weight"] = node.weight;
    out["effective_weight"] = model.effective_weight(index);
    out["points"] = node.points;
    out["rule"] = node.is_leaf() ? rule_name(node.score) : aggregation_name(node.aggregate);
    out["indicator"] = text_or_none(node.indicator);
    out["unit"] = text_or_none(node.unit);
    out["direction"] =
        node.is_leaf()
            ? py::object(py::str(node.direction == Direction::lower_is_better ? "lower_is_better"
                                                                              : "higher_is_better"))
            : py::object(py::none());
    out["kind"] =
        node.kind ? py::object(py::str(detail::name_of(*node.kind))) : py::object(py::none());
    out["visibility"] = detail::name_of(node.visibility);
    out["owner"] = text_or_none(node.owner);
    out["source"] = text_or_none(node.source);
    out["pointer"] = node.pointer;
    return out;
}

[[nodiscard]] std::vector<std::string> codes_of(const IndexModel& model,
                                                std::span<const Index> nodes) {
    std::vector<std::string> codes;
    codes.reserve(nodes.size());
    for (const Index index : nodes) codes.push_back(model.node(index).code);
    return codes;
}

/// For every indicator whose values may be labels: value by label.
[[nodiscard]] std::map<std::string, std::map<std::string, double>> level_labels(
    const IndexModel& model) {
    std::map<std::string, std::map<std::string, double>> out;
    for (const Index index : model.leaves()) {
        const Node& leaf = model.node(index);
        const auto* table = std::get_if<rule::LevelTable>(&leaf.score);
        if (!table) continue;
        for (const rule::Level& level : table->levels)
            if (!level.label.empty()) out[leaf.indicator][level.label] = level.value;
    }
    return out;
}

/// Attributes of units that the model reads by name.
[[nodiscard]] py::dict unit_columns(const IndexModel& model) {
    const detail::UnitNames names = detail::unit_names(model.definition());
    py::dict out;
    out["groups"] = names.groups;
    out["attributes"] = names.attributes;
    return out;
}

}  // namespace

void register_model(py::module_& module) {
    py::class_<IndexModel>(module, "IndexModel")
        .def_property_readonly("id", &IndexModel::id)
        .def_property_readonly("version", &IndexModel::version)
        .def_property_readonly("digest", &IndexModel::digest)
        .def_property_readonly("canonical", &IndexModel::canonical)
        .def(
            "name", [](const IndexModel& model, bool vi) { return model.name().in(vi); },
            py::arg("vietnamese"))
        .def(
            "description",
            [](const IndexModel& model, bool vi) { return model.definition().description.in(vi); },
            py::arg("vietnamese"))
        .def_property_readonly(
            "status",
            [](const IndexModel& model) { return detail::name_of(model.definition().status); })
        .def_property_readonly("source",
                               [](const IndexModel& model) { return model.definition().source; })
        .def_property_readonly("effective",
                               [](const IndexModel& model) {
                                   return std::pair(write_date(model.definition().effective_from),
                                                    write_date(model.definition().effective_to));
                               })
        .def_property_readonly("indicators",
                               [](const IndexModel& model) {
                                   return std::vector<std::string>(model.indicators().begin(),
                                                                   model.indicators().end());
                               })
        .def_property_readonly("derived",
                               [](const IndexModel& model) {
                                   std::vector<py::dict> out;
                                   for (const Derivation& each : model.derived()) {
                                       py::dict fields;
                                       fields["code"] = each.code;
                                       fields["name"] = each.name.in(false);
                                       fields["name_vi"] = each.name.in(true);
                                       fields["expression"] = each.expression.text;
                                       fields["unit"] = each.unit;
                                       fields["source"] = each.source;
                                       out.push_back(std::move(fields));
                                   }
                                   return out;
                               })
        .def_property_readonly(
            "node_codes",
            [](const IndexModel& model) { return codes_of(model, model.document_order()); })
        .def_property_readonly(
            "leaves", [](const IndexModel& model) { return codes_of(model, model.leaves()); })
        .def_property_readonly("node_order",
                               [](const IndexModel& model) {
                                   return std::vector<Index>(model.document_order().begin(),
                                                             model.document_order().end());
                               })
        .def("nodes",
             [](const IndexModel& model) {
                 py::list out;
                 for (const Index index : model.document_order())
                     out.append(node_fields(model, index));
                 return out;
             })
        .def(
            "index_of",
            [](const IndexModel& model, const std::string& code) { return model.index_of(code); },
            py::arg("code"))
        .def("level_labels", &level_labels)
        .def("unit_columns", &unit_columns)
        .def_property_readonly(
            "ranks_within",
            [](const IndexModel& model) { return model.definition().ranking.within; })
        .def_property_readonly("roll_ups",
                               [](const IndexModel& model) {
                                   std::vector<std::tuple<std::string, bool, std::string>> out;
                                   for (const RollUp& each : model.definition().roll_ups)
                                       out.emplace_back(each.to, each.weighted, each.weights);
                                   return out;
                               })
        .def(
            "band_names",
            [](const IndexModel& model, bool vi) {
                std::map<std::string, std::string> out;
                if (model.definition().bands)
                    for (const Band& band : model.definition().bands->bands)
                        out[band.code] = band.name.empty() ? band.code : band.name.in(vi);
                return out;
            },
            py::arg("vietnamese"))
        .def_property_readonly("is_peer_relative", &IndexModel::is_peer_relative)
        .def("__hash__", [](const IndexModel& model) { return py::hash(py::str(model.digest())); })
        .def(
            "__eq__",
            [](const IndexModel& self, const py::object& other) {
                return py::isinstance<IndexModel>(other) && self == other.cast<const IndexModel&>();
            },
            py::arg("other"));
}

}  // namespace thuocdo::python
