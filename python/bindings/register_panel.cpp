#include <thuocdo/data/panel.hpp>
#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using States = py::array_t<std::uint8_t, py::array::f_style | py::array::forcecast>;
using Entries = py::array_t<std::int32_t, py::array::c_style | py::array::forcecast>;
using Texts = std::vector<std::string>;
using TextGroups = std::map<std::string, Texts>;
using NumberGroups = std::map<std::string, std::vector<double>>;

/// What a Python object is called in messages.
[[nodiscard]] std::string described(const py::handle& value) {
    if (value.is_none()) return "no code";
    if (PyFloat_Check(value.ptr()) && std::isnan(PyFloat_AS_DOUBLE(value.ptr()))) return "no code";
    const std::string type = py::str(py::type::handle_of(value).attr("__name__"));
    return "the " + type + ' ' + std::string(py::str(value));
}

/// Codes from any sequence; whatever is not text is named.
[[nodiscard]] Texts read_codes(const py::object& given) {
    const py::object sequence =
        py::reinterpret_steal<py::object>(PySequence_Fast(given.ptr(), "codes of units"));
    if (!sequence) throw py::error_already_set();
    const auto count = static_cast<std::size_t>(PySequence_Fast_GET_SIZE(sequence.ptr()));
    PyObject** const items = PySequence_Fast_ITEMS(sequence.ptr());
    Texts codes;
    codes.reserve(count);
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < count; ++k) {
        if (!PyUnicode_Check(items[k])) {
            problems.push_back({"code_not_text", "unit " + std::to_string(k + 1),
                                described(items[k]), "the official code as text",
                                "codes are text: 1 is not \"01\""});
            continue;
        }
        Py_ssize_t size = 0;
        const char* const text = PyUnicode_AsUTF8AndSize(items[k], &size);
        if (!text) throw py::error_already_set();
        codes.emplace_back(text, static_cast<std::size_t>(size));
    }
    if (!problems.empty()) throw DataError("the units cannot be used", std::move(problems));
    return codes;
}

/// Attributes of units as columns; an empty column is one that nobody has.
struct UnitColumns {
    Texts names_vi{}, names_en{}, level{}, kind{}, parent{}, valid_from{}, valid_to{};
    std::vector<Texts> predecessors{};
    TextGroups groups{};
    NumberGroups attributes{};

    [[nodiscard]] bool empty() const {
        return names_vi.empty() && names_en.empty() && level.empty() && kind.empty() &&
               parent.empty() && valid_from.empty() && valid_to.empty() && predecessors.empty() &&
               groups.empty() && attributes.empty();
    }
};

[[nodiscard]] UnitRegistry make_units(const py::object& given, const UnitColumns& columns) {
    Texts codes = read_codes(given);
    if (columns.empty()) return UnitRegistry::from_codes(std::move(codes));
    const std::size_t count = codes.size();
    std::vector<Unit> units(count);
    const auto require = [&](std::size_t size, const std::string& name) {
        if (size == 0 || size == count) return;
        throw DataError("the units cannot be used",
                        {{"shape", "attribute \"" + name + '"', std::to_string(size) + " entries",
                          std::to_string(count) + ", one a unit", ""}});
    };
    const auto each = [&](const Texts& column, const char* name, const auto& assign) {
        require(column.size(), name);
        for (std::size_t k = 0; k < column.size(); ++k) assign(units[k], column[k]);
    };
    each(columns.names_vi, "name", [](Unit& unit, const auto& text) { unit.name.vi = text; });
    each(columns.names_en, "name_en", [](Unit& unit, const auto& text) { unit.name.en = text; });
    each(columns.level, "level", [](Unit& unit, const auto& text) { unit.level = text; });
    each(columns.kind, "kind", [](Unit& unit, const auto& text) { unit.kind = text; });
    each(columns.parent, "parent", [](Unit& unit, const auto& text) { unit.parent = text; });
    each(columns.valid_from, "valid_from", [](Unit& unit, const auto& text) {
        if (!text.empty()) unit.valid_from = read_date(text, "valid_from");
    });
    each(columns.valid_to, "valid_to", [](Unit& unit, const auto& text) {
        if (!text.empty()) unit.valid_to = read_date(text, "valid_to");
    });
    require(columns.predecessors.size(), "predecessors");
    for (std::size_t k = 0; k < columns.predecessors.size(); ++k)
        units[k].predecessors = columns.predecessors[k];
    for (const auto& [name, column] : columns.groups) {
        require(column.size(), name);
        for (std::size_t k = 0; k < column.size(); ++k)
            if (!column[k].empty()) units[k].groups[name] = column[k];
    }
    for (const auto& [name, column] : columns.attributes) {
        require(column.size(), name);
        for (std::size_t k = 0; k < column.size(); ++k)
            if (!std::isnan(column[k])) units[k].attributes[name] = column[k];
    }
    for (std::size_t k = 0; k < count; ++k) units[k].code = std::move(codes[k]);
    return UnitRegistry(units);
}

/// The units with these codes, in their order.
[[nodiscard]] UnitRegistry select_units(const UnitRegistry& units, const py::object& given) {
    std::vector<Unit> selected;
    std::vector<Problem> problems;
    for (const std::string& code : read_codes(given)) {
        if (const auto index = units.find(code)) {
            selected.push_back(units.unit(*index));
        } else {
            problems.push_back({"unknown_unit", "unit \"" + code + '"', '"' + code + '"',
                                "the code of a unit of the registry",
                                "correct it, or add the unit; codes are text: 1 is not \"01\""});
        }
    }
    if (!problems.empty()) throw DataError("the units cannot be used", std::move(problems));
    return UnitRegistry(selected);
}

/// The columns that make the same registry again; empty where nobody has it.
[[nodiscard]] py::dict unit_columns_of(const UnitRegistry& units) {
    const auto count = static_cast<std::size_t>(units.size());
    UnitColumns columns;
    std::map<std::string, Texts*> texts{
        {"names_vi", &columns.names_vi}, {"names_en", &columns.names_en},
        {"level", &columns.level},       {"kind", &columns.kind},
        {"parent", &columns.parent},     {"valid_from", &columns.valid_from},
        {"valid_to", &columns.valid_to}};
    const auto put = [&](Texts& column, std::size_t at, const std::string& text) {
        if (text.empty()) return;
        column.resize(count);
        column[at] = text;
    };
    for (std::size_t k = 0; k < count; ++k) {
        const Unit unit = units.unit(static_cast<Index>(k));
        put(columns.names_vi, k, unit.name.vi);
        put(columns.names_en, k, unit.name.en);
        put(columns.level, k, unit.level);
        put(columns.kind, k, unit.kind);
        put(columns.parent, k, unit.parent);
        put(columns.valid_from, k, write_date(unit.valid_from).value_or(""));
        put(columns.valid_to, k, write_date(unit.valid_to).value_or(""));
        if (!unit.predecessors.empty()) {
            columns.predecessors.resize(count);
            columns.predecessors[k] = unit.predecessors;
        }
        for (const auto& [name, text] : unit.groups) put(columns.groups[name], k, text);
        for (const auto& [name, number] : unit.attributes) {
            columns.attributes[name].resize(count, missing_value);
            columns.attributes[name][k] = number;
        }
    }
    py::dict out;
    for (const auto& [name, column] : texts)
        if (!column->empty()) out[name.c_str()] = *column;
    if (!columns.predecessors.empty()) out["predecessors"] = columns.predecessors;
    if (!columns.groups.empty()) out["groups"] = columns.groups;
    if (!columns.attributes.empty()) out["attributes"] = columns.attributes;
    return out;
}

/// Keeps a Python object alive from C++ that may let go on any thread.
[[nodiscard]] std::shared_ptr<const void> keep(py::object object) {
    return {object.release().ptr(), [](const void* held) {
                // After the interpreter has ended there is nothing left to release.
                if (!Py_IsInitialized()) return;
                const py::gil_scoped_acquire gil;
                Py_DECREF(const_cast<PyObject*>(static_cast<const PyObject*>(held)));
            }};
}

/// Whether doubles can be used where they lie: strides in whole doubles.
[[nodiscard]] bool can_be_viewed(const py::array& values) {
    return py::isinstance<py::array_t<double>>(values) &&
           (values.flags() & py::detail::npy_api::NPY_ARRAY_ALIGNED_) != 0 &&
           values.strides(0) % double_size == 0 && values.strides(1) % double_size == 0;
}

void put_values(PanelDefinition& definition, const py::array& values, py::object owner, bool view) {
    if (view && can_be_viewed(values)) {
        definition.view = {static_cast<const double*>(values.data()),
                           values.shape(0),
                           values.shape(1),
                           values.strides(0) / double_size,
                           values.strides(1) / double_size,
                           keep(py::make_tuple(values, std::move(owner)))};
        return;
    }
    const Columns copy = Columns::ensure(values);
    if (!copy) throw py::error_already_set();
    definition.values =
        Eigen::Map<const Eigen::MatrixXd>(copy.data(), copy.shape(0), copy.shape(1));
}

void put_states(PanelDefinition& definition, const States& states) {
    if (states.ndim() != 2)
        throw DataError("the panel cannot be used",
                        {{"shape", "states", std::to_string(states.ndim()) + " dimensions",
                          "2 dimensions: units x indicators", ""}});
    definition.states.resize(states.shape(0), states.shape(1));
    for (py::ssize_t k = 0; k < states.size(); ++k) {
        const std::uint8_t each = states.data()[k];
        if (each >= cell_states)
            throw DataError(
                "the panel cannot be used",
                {{"unknown_state", "states", std::to_string(each), "a known state", ""}});
        definition.states.data()[k] = static_cast<CellState>(each);
    }
}

[[nodiscard]] Panel make_panel(
    const UnitRegistry& units, Texts indicators, const py::array& values, py::object owner,
    const std::optional<States>& states, const std::map<Index, std::pair<Columns, Columns>>& ratios,
    const std::vector<std::pair<std::string, std::optional<std::string>>>& provenances,
    const std::map<Index, Entries>& provenance_ids, std::string period,
    const std::optional<std::string>& period_end, std::string source_note) {
    if (values.ndim() != 2)
        throw DataError("the panel cannot be used",
                        {{"shape", "values", std::to_string(values.ndim()) + " dimensions",
                          "2 dimensions: units x indicators", "give one row a unit"}});
    PanelDefinition definition;
    definition.units = units;
    definition.indicators = std::move(indicators);
    put_values(definition, values, std::move(owner), ratios.empty());
    if (states) put_states(definition, *states);
    for (const auto& [column, parts] : ratios)
        definition.ratios[column] = {to_vector(parts.first, "numerator"),
                                     to_vector(parts.second, "denominator")};
    for (const auto& [source, date] : provenances)
        definition.provenances.push_back({source, read_date(date, "date")});
    for (const auto& [column, ids] : provenance_ids)
        definition.provenance_ids[column].assign(ids.data(), ids.data() + ids.size());
    definition.period = std::move(period);
    definition.period_end = read_date(period_end, "period_end");
    definition.source_note = std::move(source_note);
    const py::gil_scoped_release release;
    return Panel(std::move(definition));
}

[[nodiscard]] py::array_t<double> values_of(const py::object& self) {
    const ValuesView& view = self.cast<const Panel&>().values();
    return read_only(py::array_t<double>(
        {static_cast<py::ssize_t>(view.rows), static_cast<py::ssize_t>(view.columns)},
        {view.row_stride * double_size, view.column_stride * double_size}, view.data, self));
}

[[nodiscard]] py::array_t<std::uint8_t> states_of(const Panel& panel) {
    const std::vector<py::ssize_t> shape{panel.unit_count(), panel.indicator_count()};
    const std::vector<py::ssize_t> strides{1, panel.unit_count()};
    py::array_t<std::uint8_t> out(shape, strides);
    std::uint8_t* states = out.mutable_data();
    for (Index j = 0; j < panel.indicator_count(); ++j)
        for (Index i = 0; i < panel.unit_count(); ++i)
            *states++ = static_cast<std::uint8_t>(panel.state(i, j));
    return out;
}

/// Numerators and denominators by the code of the indicator.
[[nodiscard]] py::dict ratios_of(const Panel& panel) {
    py::dict out;
    for (Index j = 0; j < panel.indicator_count(); ++j)
        if (const RatioParts* parts = panel.ratio(j))
            out[panel.indicators()[static_cast<std::size_t>(j)].c_str()] =
                py::make_tuple(copy_of(parts->numerator), copy_of(parts->denominator));
    return out;
}

/// The arguments that make the same panel again, in the order of `make_panel`.
[[nodiscard]] py::tuple panel_state(const Panel& panel) {
    const PanelDefinition given = panel.definition();
    std::map<Index, std::pair<py::array_t<double>, py::array_t<double>>> ratios;
    for (const auto& [column, parts] : given.ratios)
        ratios[column] = {copy_of(parts.numerator), copy_of(parts.denominator)};
    std::vector<std::pair<std::string, std::optional<std::string>>> provenances;
    for (const Provenance& each : given.provenances)
        provenances.emplace_back(each.source, write_date(each.date));
    std::map<Index, py::array_t<std::int32_t>> ids;
    for (const auto& [column, entries] : given.provenance_ids)
        ids[column] =
            py::array_t<std::int32_t>(static_cast<py::ssize_t>(entries.size()), entries.data());
    const std::vector<py::ssize_t> shape{given.values.rows(), given.values.cols()};
    const std::vector<py::ssize_t> strides{double_size, double_size * given.values.rows()};
    return py::make_tuple(
        given.units, given.indicators, py::array_t<double>(shape, strides, given.values.data()),
        py::none(), panel.has_states() ? py::object(states_of(panel)) : py::none(), ratios,
        provenances, ids, given.period, write_date(given.period_end), given.source_note);
}

/// Makes the panel from those arguments.
[[nodiscard]] Panel panel_from_state(const py::tuple& state) {
    return make_panel(
        state[0].cast<UnitRegistry>(), state[1].cast<Texts>(), state[2].cast<py::array>(),
        py::none(), state[4].cast<std::optional<States>>(),
        state[5].cast<std::map<Index, std::pair<Columns, Columns>>>(),
        state[6].cast<std::vector<std::pair<std::string, std::optional<std::string>>>>(),
        state[7].cast<std::map<Index, Entries>>(), state[8].cast<std::string>(),
        state[9].cast<std::optional<std::string>>(), state[10].cast<std::string>());
}

void register_units(py::module_& module) {
    using py::arg;
    py::class_<UnitRegistry>(module, "UnitRegistry")
        .def(py::init([](const py::object& codes, Texts names_vi, Texts names_en, Texts level,
                         Texts kind, Texts parent, Texts valid_from, Texts valid_to,
                         std::vector<Texts> predecessors, TextGroups groups,
                         NumberGroups attributes) {
                 return make_units(
                     codes,
                     {std::move(names_vi), std::move(names_en), std::move(level), std::move(kind),
                      std::move(parent), std::move(valid_from), std::move(valid_to),
                      std::move(predecessors), std::move(groups), std::move(attributes)});
             }),
             arg("codes"), arg("names_vi") = Texts{}, arg("names_en") = Texts{},
             arg("level") = Texts{}, arg("kind") = Texts{}, arg("parent") = Texts{},
             arg("valid_from") = Texts{}, arg("valid_to") = Texts{},
             arg("predecessors") = std::vector<Texts>{}, arg("groups") = TextGroups{},
             arg("attributes") = NumberGroups{})
        .def("__len__", &UnitRegistry::size)
        .def_property_readonly("codes", &UnitRegistry::codes)
        .def("display_names",
             [](const UnitRegistry& units) {
                 Texts names;
                 for (Index k = 0; k < units.size(); ++k) names.push_back(units.display_name(k));
                 return names;
             })
        .def("columns", &unit_columns_of)
        .def(
            "index_of",
            [](const UnitRegistry& units, const std::string& unit) { return units.index_of(unit); },
            arg("code_or_name"))
        .def(
            "find",
            [](const UnitRegistry& units, const std::string& code) { return units.find(code); },
            arg("code"))
        .def("select", &select_units, arg("codes"))
        .def(py::pickle(
            [](const UnitRegistry& units) {
                return py::make_tuple(units.codes(), unit_columns_of(units));
            },
            [](const py::tuple& state) {
                const py::object type = py::type::of<UnitRegistry>();
                return type(state[0], **state[1].cast<py::dict>()).cast<UnitRegistry>();
            }));
}

}  // namespace

void register_panel(py::module_& module) {
    using py::arg;
    register_units(module);
    std::vector<std::string> states;
    for (const char* name : detail::cell_state_names) states.emplace_back(name);
    module.attr("cell_state_names") = states;
    py::class_<Panel>(module, "Panel")
        .def(py::init(&make_panel), arg("units"), arg("indicators"), arg("values"), arg("owner"),
             arg("states"), arg("ratios"), arg("provenances"), arg("provenance_ids"), arg("period"),
             arg("period_end"), arg("source_note"))
        .def_property_readonly("units", &Panel::units)
        .def_property_readonly("indicators", &Panel::indicators)
        .def_property_readonly("unit_count", &Panel::unit_count)
        .def_property_readonly("period", &Panel::period)
        .def_property_readonly("period_end",
                               [](const Panel& panel) { return write_date(panel.period_end()); })
        .def_property_readonly("source_note", &Panel::source_note)
        .def_property_readonly("has_states", &Panel::has_states)
        .def_property_readonly("values_address",
                               [](const Panel& panel) {
                                   return reinterpret_cast<std::uintptr_t>(panel.values().data);
                               })
        .def_property_readonly("values", &values_of)
        .def("states", &states_of)
        .def("ratios", &ratios_of)
        .def(
            "provenance",
            [](const Panel& panel, Index unit, Index indicator)
                -> std::optional<std::pair<std::string, std::optional<std::string>>> {
                const Provenance* found = panel.provenance(unit, indicator);
                if (!found) return std::nullopt;
                return std::pair(found->source, write_date(found->date));
            },
            arg("unit"), arg("indicator"))
        .def(py::pickle(&panel_state, &panel_from_state));
}

}  // namespace thuocdo::python
