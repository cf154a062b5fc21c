#pragma once
// Problems of a table, collected in any order and thrown in that of the file.

#include <thuocdo/error.hpp>
#include <thuocdo/io/csv_reader.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::io::detail {

class PlacedProblems {
  public:
    explicit PlacedProblems(const CsvTable& table) : table_(table) {}

    /// At a field.
    void report(const CsvField& field, std::string code, std::string found, std::string expected,
                std::string remedy) {
        placed_.push_back({field.line,
                           field.column,
                           {std::move(code), table_.place(field), std::move(found),
                            std::move(expected), std::move(remedy)}});
    }

    /// At the header as a whole.
    void report_header(std::string code, std::string found, std::string expected,
                       std::string remedy) {
        const std::size_t line = table_.header.front().line;
        placed_.push_back({line,
                           0,
                           {std::move(code), table_.file + ':' + std::to_string(line),
                            std::move(found), std::move(expected), std::move(remedy)}});
    }

    [[nodiscard]] bool empty() const noexcept { return placed_.empty(); }

    /// @throws DataError when there are any.
    void finish() {
        if (placed_.empty()) return;
        std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
            return a.line != b.line ? a.line < b.line : a.column < b.column;
        });
        std::vector<Problem> problems;
        problems.reserve(placed_.size());
        for (Placed& each : placed_) problems.push_back(std::move(each.problem));
        throw DataError('"' + table_.file + "\" cannot be used", std::move(problems));
    }

  private:
    struct Placed {
        std::size_t line;
        std::size_t column;
        Problem problem;
    };

    const CsvTable& table_;
    std::vector<Placed> placed_;
};

}  // namespace thuocdo::io::detail
