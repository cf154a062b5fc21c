#pragma once
// What the tests of the readers of tasks share.

#include <thuocdo/io/tasks.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace task_tests {

inline std::string data(const std::string& name) {
    return std::string(THUOCDO_TEST_DATA_DIR "/tasks/") + name;
}

/// The problems of the TaskError that a call throws; none when it throws none.
template <class Call>
std::vector<thuocdo::Problem> problems_of(Call&& call) {
    try {
        static_cast<void>(call());
    } catch (const thuocdo::TaskError& error) {
        return error.problems();
    }
    return {};
}

/// `code at place` of each problem.
inline std::vector<std::string> codes(const std::vector<thuocdo::Problem>& problems) {
    std::vector<std::string> out;
    for (const thuocdo::Problem& each : problems) out.push_back(each.code + " at " + each.place);
    return out;
}

inline std::vector<std::string> csv_codes(const std::string& text,
                                          const thuocdo::io::TaskFileOptions& options = {}) {
    return codes(problems_of([&] { return thuocdo::io::parse_tasks_csv(text, "t.csv", options); }));
}

inline std::vector<std::string> table_codes(const thuocdo::io::TaskTables& tables,
                                            const thuocdo::io::TaskFileOptions& options = {}) {
    return codes(problems_of([&] { return thuocdo::io::parse_tasks_csv(tables, options); }));
}

inline std::vector<std::string> json_codes(const std::string& text,
                                           const thuocdo::io::TaskFileOptions& options = {}) {
    return codes(
        problems_of([&] { return thuocdo::io::parse_tasks_json(text, "t.json", options); }));
}

/// A document with one task that has more members than those required.
inline std::string document(const std::string& members, const std::string& before = "") {
    return R"({"thuocdo_tasks": 1, )" + before +
           R"("tasks": [{"code": "A", "lead": "X", "assigned": "2026-01-05")" +
           (members.empty() ? "" : ", " + members) + "}]}";
}

using Texts = std::vector<std::string>;

}  // namespace task_tests

template <>
struct doctest::StringMaker<std::vector<std::string>> {
    static doctest::String convert(const std::vector<std::string>& texts) {
        std::string lines;
        for (const std::string& text : texts) lines += "\n    " + text;
        return lines.c_str();
    }
};
