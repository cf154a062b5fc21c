#include "io/panel_layout.hpp"

#include <thuocdo/model/detail/unit_names.hpp>
#include <thuocdo/model/index_model.hpp>

#include <algorithm>
#include <variant>

#include "io/cell_number.hpp"
#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

constexpr std::string_view period_column = "period";
constexpr std::string_view indicator_column = "indicator";
constexpr std::string_view value_column = "value";

class LayoutFinder {
  public:
    LayoutFinder(const CsvTable& table, const IndexModel* model, const PanelOptions& options,
                 PlacedProblems& problems)
        : table_(table),
          model_(model),
          options_(options),
          problems_(problems),
          taken_(table.header.size(), false) {}

    PanelLayout find() {
        if (model_) take_model_indicators();
        layout_.is_long = has(indicator_column) && (has(value_column) || has("numerator"));
        if (layout_.is_long) {
            layout_.indicator = take(indicator_column);
            layout_.cell.value = take(value_column);
            for (const CellPart& part : companion_parts)
                layout_.cell.*part.column = take(part.name);
        } else if (model_) {
            take_columns_of_indicators();
        }
        if (!is_indicator(period_column)) layout_.period = take(period_column);
        for (const std::string& name : options_.ignored_columns) take(name);
        if (!layout_.is_long && !model_) take_companions();
        find_units();
        if (!layout_.is_long && !model_) take_numeric_columns();
        if (!layout_.is_long && model_) check_indicators();
        return std::move(layout_);
    }

  private:
    [[nodiscard]] bool has(std::string_view name) const {
        return table_.find(name) != table_.header.size();
    }

    /// In the wide form a column named by the code of an indicator is its.
    [[nodiscard]] bool is_indicator(std::string_view name) const {
        return !layout_.is_long && layout_.indicator_index.contains(std::string(name));
    }

    /// The column of a name, which then means nothing else.
    std::size_t take(std::string_view name) {
        const std::size_t at = table_.find(name);
        if (at == table_.header.size()) return absent;
        taken_[at] = true;
        return at;
    }

    void take_model_indicators() {
        for (const std::string& code : model_->indicators()) layout_.add_indicator(code);
        layout_.labels.resize(layout_.indicators.size());
        for (const Index leaf : model_->leaves()) {
            const Node& node = model_->node(leaf);
            const auto* table = std::get_if<rule::LevelTable>(&node.score);
            if (!table) continue;
            LevelLabels& labels = layout_.labels[layout_.indicator_index.at(node.indicator)];
            for (const rule::Level& level : table->levels)
                if (!level.label.empty()) labels.emplace_back(level.label, level.value);
        }
    }

    void take_columns_of_indicators() {
        for (std::size_t k = 0; k < layout_.indicators.size(); ++k) {
            const std::string& code = layout_.indicators[k];
            layout_.cells[k].value = take(code);
            for (const CellPart& part : companion_parts) {
                const std::string name = code + ':' + std::string(part.name);
                if (!is_indicator(name)) layout_.cells[k].*part.column = take(name);
            }
        }
    }

    /// Without a model: columns `<code>:<part>` and their `<code>`.
    void take_companions() {
        for (const CsvField& field : table_.header) {
            const std::size_t colon = field.text.rfind(':');
            if (colon == std::string_view::npos || colon == 0 || taken_[field.column - 1]) continue;
            const std::string_view part = field.text.substr(colon + 1);
            const auto found =
                std::find_if(companion_parts.begin(), companion_parts.end(),
                             [&](const CellPart& each) { return each.name == part; });
            if (found == companion_parts.end()) continue;
            const std::string_view code = field.text.substr(0, colon);
            take(field.text);
            companions_[field.column - 1] = {code, found->column};
            if (const std::size_t value = take(code); value != absent)
                companions_[value] = {code, &CellColumns::value};
        }
    }

    void find_units() {
        UnitColumnNames names;
        names.unit_column = options_.unit_column;
        names.decimal = options_.decimal;
        if (model_) add_names_of_model(names);
        const auto add = [](std::vector<std::string>& list, const std::vector<std::string>& more) {
            list.insert(list.end(), more.begin(), more.end());
        };
        if (options_.units) {
            // They are not read, and are no indicators either.
            add(names.optional_attributes, options_.attribute_columns);
            add(names.optional_groups, options_.group_columns);
            if (!options_.name_column.empty())
                names.optional_groups.push_back(options_.name_column);
        } else {
            names.name_column = options_.name_column;
            names.attribute_columns = options_.attribute_columns;
            names.group_columns = options_.group_columns;
        }
        layout_.units = find_unit_columns(table_, names, taken_, problems_);
        for (const std::size_t each : layout_.units.descriptions()) taken_[each] = true;
        if (layout_.units.code != absent) taken_[layout_.units.code] = true;
        if (!options_.units) return;
        const std::size_t code = layout_.units.code;
        layout_.units = UnitColumns{};
        layout_.units.code = code;
    }

    /// Groups and attributes that the model speaks of.
    void add_names_of_model(UnitColumnNames& names) const {
        thuocdo::detail::UnitNames read = thuocdo::detail::unit_names(model_->definition());
        names.optional_groups = std::move(read.groups);
        // A denominator that is an indicator too stays one.
        for (std::string& each : read.attributes)
            if (!is_indicator(each)) names.optional_attributes.push_back(std::move(each));
    }

    [[nodiscard]] bool is_missing(std::string_view text) const {
        return text.empty() ||
               std::find(options_.missing_words.begin(), options_.missing_words.end(), text) !=
                   options_.missing_words.end();
    }

    /// Without a model, columns that hold numbers, or forms that are nearly
    /// numbers, or nothing, are indicators; the fill then reports what is not a
    /// number.
    void take_numeric_columns() {
        for (const CsvField& field : table_.header) {
            const std::size_t at = field.column - 1;
            if (const auto found = companions_.find(at); found != companions_.end()) {
                const auto& [code, part] = found->second;
                layout_.cells[layout_.add_indicator(code)].*part = at;
            } else if (!taken_[at] && !field.text.empty() && holds_numbers(at)) {
                layout_.cells[layout_.add_indicator(field.text)].value = at;
            }
        }
    }

    [[nodiscard]] bool holds_numbers(std::size_t column) const {
        bool only_empty = true;
        for (const CsvRow& row : table_.rows) {
            const std::string_view text = row.fields[column].text;
            if (is_missing(text)) continue;
            only_empty = false;
            if (cell_number(text, options_.decimal)) return true;
            if (cell_number_defect(text, options_.decimal).is_almost_a_number) return true;
        }
        return only_empty;
    }

    void check_indicators() {
        if (options_.allow_absent_indicators) return;
        std::vector<std::string> free;
        for (const CsvField& field : table_.header)
            if (!taken_[field.column - 1]) free.emplace_back(field.text);
        for (std::size_t k = 0; k < layout_.indicators.size(); ++k) {
            const CellColumns& cell = layout_.cells[k];
            if (cell.value != absent || cell.numerator != absent || cell.state != absent) continue;
            problems_.report_header(
                "missing_indicator", "no column " + in_quotes(layout_.indicators[k]),
                "a column for every indicator of the model " + in_quotes(model_->id()),
                suggestion(layout_.indicators[k], free, "add it, or set allow_absent_indicators"));
        }
    }

    const CsvTable& table_;
    const IndexModel* model_;
    const PanelOptions& options_;
    PlacedProblems& problems_;
    std::vector<bool> taken_;
    /// Without a model: indicator and part of a column.
    std::unordered_map<std::size_t, std::pair<std::string_view, std::size_t CellColumns::*>>
        companions_;
    PanelLayout layout_;
};

}  // namespace

std::size_t PanelLayout::add_indicator(std::string_view code) {
    const auto [found, inserted] = indicator_index.emplace(std::string(code), indicators.size());
    if (inserted) {
        indicators.emplace_back(code);
        cells.emplace_back();
    }
    return found->second;
}

PanelLayout find_layout(const CsvTable& table, const IndexModel* model, const PanelOptions& options,
                        PlacedProblems& problems) {
    return LayoutFinder(table, model, options, problems).find();
}

}  // namespace thuocdo::io::detail
