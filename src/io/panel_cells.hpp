#pragma once
// The cells of a panel file: value, ratio parts, state and provenance.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/csv_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/panel_layout.hpp"
#include "io/placed_problems.hpp"

namespace thuocdo::io::detail {

/// What is gathered for one period.
struct PeriodData {
    std::string text;
    std::vector<Unit> units;
    /// First row of each unit.
    std::vector<const CsvRow*> unit_rows;
    std::unordered_map<std::string_view, Index> by_code;
    Eigen::MatrixXd values;
    Eigen::Matrix<CellState, Eigen::Dynamic, Eigen::Dynamic> states;
    /// Every state follows from the value.
    bool states_are_plain = true;
    std::map<Index, RatioParts> ratios;
    std::vector<Provenance> provenances;
    std::map<std::pair<std::string_view, std::string_view>, std::int32_t> provenance_index;
    std::map<Index, std::vector<std::int32_t>> provenance_ids;
    /// Long form: the row of each cell, units x indicators.
    std::vector<const CsvRow*> cell_rows;
};

/// Reads cells and reports what is wrong with them at their field.
class CellReader {
  public:
    CellReader(const PanelLayout& layout, const PanelOptions& options, PlacedProblems& problems)
        : layout_(layout), options_(options), problems_(problems) {}

    /// Reads the cell of a row into the period; `columns` hold its parts.
    void read(const CsvRow& row, const CellColumns& columns, PeriodData& period, Index unit,
              Index indicator);

    /// A row of the long form in words.
    [[nodiscard]] std::string described(const CsvRow& row) const;

  private:
    [[nodiscard]] bool is_missing(std::string_view text) const;
    [[nodiscard]] std::string_view text_of(const CsvRow& row, std::size_t column) const;
    double read_number(const CsvRow& row, std::size_t column, const LevelLabels* labels,
                       bool& failed);
    std::optional<double> find_level(const CsvField& field, const LevelLabels& labels,
                                     bool& ambiguous);
    void report_number(const CsvField& field, const LevelLabels* labels);
    std::optional<CellState> read_state(const CsvRow& row, const CellColumns& columns,
                                        bool& failed);
    CellState state_of(const CsvRow& row, const CellColumns& columns, double value, double top,
                       double bottom, std::optional<CellState> stated);
    CellState unstated(const CsvRow& row, const CellColumns& columns, double top, double bottom);
    void check_stated(const CsvRow& row, const CellColumns& columns, double top, double bottom,
                      CellState stated);
    void check_ratio(const CsvRow& row, const CellColumns& columns, double value, double top,
                     double bottom);
    bool check_finite(const CsvRow& row, const CellColumns& columns, double top, double bottom);
    void read_provenance(const CsvRow& row, const CellColumns& columns, PeriodData& period,
                         Index unit, Index indicator);

    const PanelLayout& layout_;
    const PanelOptions& options_;
    PlacedProblems& problems_;
};

}  // namespace thuocdo::io::detail
