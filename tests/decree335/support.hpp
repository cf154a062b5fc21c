#pragma once
// What the tests of the two models of Decree 335/2025/ND-CP share.

#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <functional>
#include <iterator>
#include <string>

namespace decree335_tests {

using nlohmann::json;

inline std::string model_path(const std::string& name) {
    return std::string(THUOCDO_DATA_DIR "/models/") + name + ".json";
}

inline thuocdo::IndexModel shipped(const std::string& name) {
    return thuocdo::io::load_model(model_path(name));
}

/// A shipped model after an edit of its document, as a user would make it in the file.
inline thuocdo::IndexModel edited(const std::string& name, const std::function<void(json&)>& edit) {
    std::ifstream file(model_path(name), std::ios::binary);
    json document = json::parse(
        std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()));
    edit(document);
    return thuocdo::io::parse_model(document.dump());
}

/// Columns of every table of these tests: unit, kind, general criteria, persons
/// disciplined, then numerator and denominator of quantity, quality, timeliness,
/// done, on time, late share, above requirement and quality met.
inline const std::string header =
    "unit,kind,general_criteria,tasks.disciplined,"
    "tasks.quantity:numerator,tasks.quantity:denominator,"
    "tasks.quality:numerator,tasks.quality:denominator,"
    "tasks.timeliness:numerator,tasks.timeliness:denominator,"
    "tasks.done:numerator,tasks.done:denominator,"
    "tasks.on_time:numerator,tasks.on_time:denominator,"
    "tasks.late_share:numerator,tasks.late_share:denominator,"
    "tasks.above_requirement:numerator,tasks.above_requirement:denominator,"
    "tasks.quality_met:numerator,tasks.quality_met:denominator";

/// A row of ten tasks, K = 1 each, all done in time and quality: a = b = c = 1,
/// so that the total is the general criteria plus 70.
inline std::string flawless(const std::string& unit, const std::string& kind,
                            const std::string& general, int above) {
    return unit + "," + kind + "," + general + ",0, 10,10,10,10,10,10, 10,10,10,10,0,10," +
           std::to_string(above) + ",10,10,10\n";
}

/// Text of a table as `parse_panel` wants it: the spaces that group the columns
/// for the eye are taken out.
inline std::string table(const std::string& rows, const std::string& more_columns = "") {
    std::string text = header + more_columns + '\n';
    for (const char c : rows)
        if (c != ' ') text += c;
    return text;
}

inline thuocdo::Scoreboard scored(const thuocdo::IndexModel& model, const std::string& rows,
                                  const std::string& more_columns = "") {
    return thuocdo::score(model,
                          thuocdo::io::parse_panel(table(rows, more_columns), "table.csv", model));
}

inline thuocdo::Index at(const thuocdo::Scoreboard& board, const std::string& unit) {
    const auto found = board.units().find(unit);
    REQUIRE(found.has_value());
    return *found;
}

inline std::string band(const thuocdo::Scoreboard& board, const std::string& unit) {
    return board.band(at(board, unit));
}

inline double total(const thuocdo::Scoreboard& board, const std::string& unit) {
    return board.scores()[at(board, unit)];
}

}  // namespace decree335_tests
