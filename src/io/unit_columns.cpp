#include "io/unit_columns.hpp"

#include <algorithm>
#include <unordered_map>

#include "io/cell_number.hpp"
#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

/// Names of the columns of a table, for suggestions.
std::vector<std::string> column_names(const CsvTable& table) {
    std::vector<std::string> names;
    for (const CsvField& field : table.header) names.emplace_back(field.text);
    return names;
}

class Finder {
  public:
    Finder(const CsvTable& table, const std::vector<bool>& taken, PlacedProblems& problems)
        : table_(table), taken_(taken), problems_(problems) {}

    /// The column of a name, if it exists and is free.
    [[nodiscard]] std::size_t find(std::string_view name) const {
        const std::size_t at = table_.find(name);
        return at == table_.header.size() || taken_[at] ? absent : at;
    }

    /// A column that the caller asked for by name.
    [[nodiscard]] std::size_t require(const std::string& name) {
        const std::size_t at = find(name);
        if (at == absent)
            problems_.report_header("unknown_column", "no column " + in_quotes(name),
                                    "the column that the options name",
                                    suggestion(name, column_names(table_), "correct the name"));
        return at;
    }

    [[nodiscard]] std::size_t require_code(const std::string& name) {
        if (!name.empty()) return require(name);
        std::string known;
        for (const std::string_view each : unit_code_columns) {
            if (const std::size_t at = find(each); at != absent) return at;
            known += (known.empty() ? "" : ", ") + std::string(each);
        }
        problems_.report_header("no_unit_column",
                                "columns " + in_quotes(listed(column_names(table_))),
                                "a column of unit codes: one of " + known,
                                "name it so, or say which it is with unit_column");
        return absent;
    }

  private:
    const CsvTable& table_;
    const std::vector<bool>& taken_;
    PlacedProblems& problems_;
};

std::vector<std::string> read_list(std::string_view text) {
    std::vector<std::string> entries;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(predecessor_separator), text.size());
        if (end != 0) entries.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return entries;
}

}  // namespace

std::vector<std::size_t> UnitColumns::descriptions() const {
    std::vector<std::size_t> all;
    for (const std::size_t each :
         {name, name_en, level, kind, parent, valid_from, valid_to, predecessors})
        if (each != absent) all.push_back(each);
    for (const auto& [group, column] : groups) all.push_back(column);
    for (const auto& [attribute, column] : attributes) all.push_back(column);
    std::sort(all.begin(), all.end());
    return all;
}

void check_header(const CsvTable& table, PlacedProblems& problems) {
    std::unordered_map<std::string_view, std::size_t> first;
    for (const CsvField& field : table.header) {
        if (field.text.empty()) {
            problems.report(field, "empty_column_name", "a column without a name",
                            "a name for every column", "name the column or delete it");
            continue;
        }
        const auto [seen, inserted] = first.emplace(field.text, field.column);
        if (!inserted)
            problems.report(field, "duplicate_column", "column " + in_quotes(field.text) + " again",
                            "a name that no other column has",
                            "it is also column " + std::to_string(seen->second));
    }
}

UnitColumns find_unit_columns(const CsvTable& table, const UnitColumnNames& names,
                              const std::vector<bool>& taken, PlacedProblems& problems) {
    Finder finder(table, taken, problems);
    UnitColumns columns;
    columns.decimal = names.decimal;
    columns.code = finder.require_code(names.unit_column);
    columns.name =
        names.name_column.empty() ? finder.find("name") : finder.require(names.name_column);
    // The name of a country may be its code as well.
    if (columns.name == columns.code && names.name_column.empty()) columns.name = absent;
    columns.name_en = finder.find("name_en");
    columns.level = finder.find("level");
    columns.kind = finder.find("kind");
    if (columns.kind == absent) columns.kind = finder.find("type");
    columns.parent = finder.find("parent");
    columns.valid_from = finder.find("valid_from");
    columns.valid_to = finder.find("valid_to");
    columns.predecessors = finder.find("predecessors");
    if (columns.predecessors == absent && names.merged_from)
        columns.predecessors = finder.find("merged_from");

    std::vector<std::size_t> used = columns.descriptions();
    if (columns.code != absent) used.push_back(columns.code);
    const auto add = [&](std::vector<std::pair<std::string, std::size_t>>& list,
                         const std::string& name, std::size_t column) {
        if (column == absent || std::find(used.begin(), used.end(), column) != used.end()) return;
        used.push_back(column);
        list.emplace_back(name, column);
    };
    for (const std::string& name : names.attribute_columns)
        add(columns.attributes, name, finder.require(name));
    for (const std::string& name : names.group_columns)
        add(columns.groups, name, finder.require(name));
    add(columns.attributes, "population", finder.find("population"));
    for (const std::string& name : names.optional_attributes)
        add(columns.attributes, name, finder.find(name));
    for (const std::string& name : names.optional_groups)
        add(columns.groups, name, finder.find(name));
    for (const CsvField& field : table.header) {
        const std::size_t at = field.column - 1;
        if (taken[at]) continue;
        if (field.text.starts_with(group_prefix))
            add(columns.groups, std::string(field.text.substr(group_prefix.size())), at);
        if (field.text.starts_with(attribute_prefix))
            add(columns.attributes, std::string(field.text.substr(attribute_prefix.size())), at);
    }
    return columns;
}

bool check_code(const CsvField& field, PlacedProblems& problems) {
    if (field.text.empty()) {
        problems.report(field, "empty_code", "no code of a unit", "the official code as text",
                        "give every row the code of its unit");
        return false;
    }
    if (field.text.front() == ' ' || field.text.back() == ' ') {
        problems.report(field, "surrounding_space", "text " + in_quotes(field.text),
                        "a code without spaces around it", "delete the spaces");
        return false;
    }
    return true;
}

std::optional<Date> read_date(const CsvField& field, PlacedProblems& problems) {
    if (field.text.empty()) return std::nullopt;
    const auto date = parse_date(field.text);
    if (!date)
        problems.report(field, "bad_date", "text " + in_quotes(field.text), "a date YYYY-MM-DD",
                        "correct it");
    return date;
}

Unit read_unit(const CsvRow& row, const UnitColumns& columns, PlacedProblems& problems) {
    const auto text = [&](std::size_t column) {
        return column == absent ? std::string() : std::string(row.fields[column].text);
    };
    Unit unit;
    unit.code = text(columns.code);
    unit.name = {text(columns.name_en), text(columns.name)};
    unit.level = text(columns.level);
    unit.kind = text(columns.kind);
    unit.parent = text(columns.parent);
    if (!unit.parent.empty() && unit.parent == unit.code)
        problems.report(row.fields[columns.parent], "own_parent", "the unit itself as parent",
                        "another unit or none", "correct the parent");
    if (columns.valid_from != absent)
        unit.valid_from = read_date(row.fields[columns.valid_from], problems);
    if (columns.valid_to != absent)
        unit.valid_to = read_date(row.fields[columns.valid_to], problems);
    if (unit.valid_from && unit.valid_to && *unit.valid_to < *unit.valid_from)
        problems.report(row.fields[columns.valid_to], "dates_reversed",
                        "valid to " + to_iso(*unit.valid_to),
                        "a day not before " + to_iso(*unit.valid_from), "exchange the two dates");
    if (columns.predecessors != absent)
        unit.predecessors = read_list(row.fields[columns.predecessors].text);
    for (const auto& [name, column] : columns.groups)
        if (!row.fields[column].text.empty())
            unit.groups[name] = std::string(row.fields[column].text);
    for (const auto& [name, column] : columns.attributes) {
        const CsvField& field = row.fields[column];
        if (field.text.empty()) continue;
        if (const auto value = cell_number(field.text, columns.decimal)) {
            unit.attributes[name] = *value;
            continue;
        }
        CellNumberDefect defect = cell_number_defect(field.text, columns.decimal);
        problems.report(field, std::move(defect.code), "text " + in_quotes(field.text),
                        std::move(defect.expected), std::move(defect.remedy));
    }
    return unit;
}

}  // namespace thuocdo::io::detail
