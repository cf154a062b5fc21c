#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/io/model_table.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

using Texts = std::vector<std::string>;

[[nodiscard]] std::filesystem::path path_of(const std::string& text) {
    return std::filesystem::path(text);
}

[[nodiscard]] char one_character(const std::string& text, char none, const char* argument) {
    if (text.empty()) return none;
    if (text.size() == 1) return text[0];
    throw DataError("impossible option",
                    {{"bad_option", std::string("argument \"") + argument + '"', '"' + text + '"',
                      "one character", ""}});
}

[[nodiscard]] io::PanelForm form_of(const std::string& word) {
    if (word == "wide") return io::PanelForm::wide;
    if (word == "long") return io::PanelForm::long_form;
    throw DataError("impossible option",
                    {{"bad_option", "argument \"form\"", '"' + word + '"', "wide or long", ""}});
}

[[nodiscard]] std::vector<Panel> read_panels(const std::string& path,
                                             const std::optional<IndexModel>& model,
                                             const io::PanelOptions& options, bool all_periods) {
    const py::gil_scoped_release release;
    if (all_periods)
        return model ? io::load_periods(path_of(path), *model, options)
                     : io::load_periods(path_of(path), options);
    return {model ? io::load_panel(path_of(path), *model, options)
                  : io::load_panel(path_of(path), options)};
}

void register_panel_options(py::module_& module) {
    using py::arg;
    py::class_<io::PanelOptions>(module, "PanelOptions")
        .def(py::init([](const std::string& separator, const std::string& decimal,
                         bool normalise_to_nfc, std::string unit_column, std::string name_column,
                         Texts attribute_columns, Texts group_columns, Texts ignored_columns,
                         Texts missing_words, std::string period,
                         const std::optional<std::string>& period_end,
                         const std::optional<UnitRegistry>& units, bool add_absent_units,
                         bool ignore_unknown_indicators, bool allow_absent_indicators) {
                 io::PanelOptions options;
                 options.separator = one_character(separator, 0, "separator");
                 options.decimal = one_character(decimal, '.', "decimal");
                 options.normalise_to_nfc = normalise_to_nfc;
                 options.unit_column = std::move(unit_column);
                 options.name_column = std::move(name_column);
                 options.attribute_columns = std::move(attribute_columns);
                 options.group_columns = std::move(group_columns);
                 options.ignored_columns = std::move(ignored_columns);
                 options.missing_words = std::move(missing_words);
                 options.period = std::move(period);
                 options.period_end = read_date(period_end, "period_end");
                 options.units = units;
                 options.add_absent_units = add_absent_units;
                 options.ignore_unknown_indicators = ignore_unknown_indicators;
                 options.allow_absent_indicators = allow_absent_indicators;
                 return options;
             }),
             arg("separator"), arg("decimal"), arg("normalise_to_nfc"), arg("unit_column"),
             arg("name_column"), arg("attribute_columns"), arg("group_columns"),
             arg("ignored_columns"), arg("missing_words"), arg("period"), arg("period_end"),
             arg("units"), arg("add_absent_units"), arg("ignore_unknown_indicators"),
             arg("allow_absent_indicators"));
}

}  // namespace

void register_io(py::module_& module) {
    using py::arg;
    module.def(
        "load_model", [](const std::string& path) { return io::load_model(path_of(path)); },
        arg("path"));
    module.def(
        "parse_model", [](const std::string& json) { return io::parse_model(json); }, arg("json"));
    module.def(
        "check_model", [](const std::string& json) { return io::check_model(json); }, arg("json"));
    module.def(
        "check_model_file",
        [](const std::string& path) { return io::check_model_file(path_of(path)); }, arg("path"));
    module.def("to_json", &io::to_json, arg("model"), arg("indent"));
    register_panel_options(module);
    module.def("load_panels", &read_panels, arg("path"), arg("model"), arg("options"),
               arg("all_periods"));
    module.def(
        "load_units",
        [](const std::string& path, const std::string& separator, const std::string& decimal,
           std::string unit_column, std::string name_column, Texts attribute_columns,
           Texts group_columns, std::string level) {
            io::UnitOptions options;
            options.separator = one_character(separator, 0, "separator");
            options.decimal = one_character(decimal, '.', "decimal");
            options.unit_column = std::move(unit_column);
            options.name_column = std::move(name_column);
            options.attribute_columns = std::move(attribute_columns);
            options.group_columns = std::move(group_columns);
            options.level = std::move(level);
            return io::load_units(path_of(path), options);
        },
        arg("path"), arg("separator"), arg("decimal"), arg("unit_column"), arg("name_column"),
        arg("attribute_columns"), arg("group_columns"), arg("level"));
    module.def(
        "panel_to_csv",
        [](const Panel& panel, const std::string& form, const std::string& separator,
           const std::string& decimal, bool byte_order_mark) {
            io::CsvWriterOptions options;
            options.separator = one_character(separator, ',', "separator");
            options.decimal = one_character(decimal, '.', "decimal");
            options.byte_order_mark = byte_order_mark;
            return io::panel_to_csv(panel, form_of(form), options);
        },
        arg("panel"), arg("form"), arg("separator"), arg("decimal"), arg("byte_order_mark"));
}

}  // namespace thuocdo::python
