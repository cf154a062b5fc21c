#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/csv_reader.hpp>

#include <algorithm>
#include <unordered_map>

#include "io/messages.hpp"
#include "io/placed_problems.hpp"
#include "io/text_file.hpp"
#include "io/unit_columns.hpp"

namespace thuocdo::io {

UnitRegistry load_units(const std::filesystem::path& path, const UnitOptions& options) {
    return parse_units(detail::read_text_file(path), path.string(), options);
}

UnitRegistry parse_units(std::string_view text, const std::string& file,
                         const UnitOptions& options) {
    const CsvTable table = read_csv(
        text, file, {.separator = options.separator, .normalise_to_nfc = options.normalise_to_nfc});
    detail::PlacedProblems problems(table);
    if (options.decimal != '.' && options.decimal != ',')
        problems.report_header("bad_option", "decimal " + detail::in_quotes({&options.decimal, 1}),
                               "a point or comma", "correct the option");
    detail::check_header(table, problems);
    const detail::UnitColumns columns =
        detail::find_unit_columns(table,
                                  {.unit_column = options.unit_column,
                                   .name_column = options.name_column,
                                   .attribute_columns = options.attribute_columns,
                                   .group_columns = options.group_columns,
                                   .merged_from = true,
                                   .decimal = options.decimal},
                                  std::vector<bool>(table.header.size(), false), problems);
    if (columns.code == detail::absent) problems.finish();

    std::vector<Unit> units;
    units.reserve(table.rows.size());
    std::unordered_map<std::string_view, std::size_t> lines;
    for (const CsvRow& row : table.rows) {
        const CsvField& code = row.fields[columns.code];
        if (!detail::check_code(code, problems)) continue;
        const auto [first, inserted] = lines.emplace(code.text, row.line);
        if (!inserted)
            problems.report(code, "duplicate_unit",
                            "unit " + detail::in_quotes(code.text) + " again",
                            "one row for each unit",
                            "it is also in line " + std::to_string(first->second) + "; keep one");
        Unit unit = detail::read_unit(row, columns, problems);
        if (unit.level.empty()) unit.level = options.level;
        const auto& unchanged = options.unchanged_words;
        std::erase_if(unit.predecessors, [&](const std::string& each) {
            return std::find(unchanged.begin(), unchanged.end(), each) != unchanged.end();
        });
        units.push_back(std::move(unit));
    }
    problems.finish();
    return UnitRegistry(units);
}

}  // namespace thuocdo::io
