#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/csv_reader.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/time/period_end.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "io/messages.hpp"
#include "io/panel_cells.hpp"
#include "io/panel_layout.hpp"
#include "io/placed_problems.hpp"
#include "io/text_file.hpp"
#include "io/unit_columns.hpp"

namespace thuocdo::io {

namespace {

using detail::absent;
using detail::in_quotes;
using detail::PanelLayout;
using detail::PeriodData;
using detail::PlacedProblems;

/// Where the values of a row belong.
struct Slot {
    PeriodData* period = nullptr;
    Index unit = 0;
    Index indicator = 0;
};

/// A code that is not known, reported once however often it occurs.
struct Unknown {
    const CsvField* first = nullptr;
    std::size_t rows = 0;
};

class PanelReader {
  public:
    PanelReader(const CsvTable& table, const IndexModel* model, const PanelOptions& options)
        : table_(table),
          model_(model),
          options_(options),
          problems_(table),
          cells_(layout_, options, problems_) {}

    std::vector<Panel> read(bool many_periods) {
        check_options();
        detail::check_header(table_, problems_);
        layout_ = detail::find_layout(table_, model_, options_, problems_);
        if (layout_.units.code == absent) problems_.finish();
        if (many_periods && layout_.period == absent && options_.period.empty())
            problems_.report_header("no_period_column", "no column \"period\"",
                                    "the period of every row",
                                    "add the column, or say which period the file is of");
        order_by_time_ = many_periods;
        place_rows();
        report_unknown();
        fill();
        if (layout_.is_long && model_) check_indicators_have_rows();
        problems_.finish();
        return panels();
    }

  private:
    void check_options() {
        if (options_.decimal != '.' && options_.decimal != ',')
            problems_.report_header("bad_option", "decimal " + in_quotes({&options_.decimal, 1}),
                                    "a point or comma", "correct the option");
    }

    // --- rows: period, unit and indicator of each ------------------------------------------

    void place_rows() {
        slots_.resize(table_.rows.size());
        if (layout_.period == absent) add_period(options_.period);
        for (std::size_t k = 0; k < table_.rows.size(); ++k) place_row(table_.rows[k], slots_[k]);
        if (layout_.period != absent && !options_.period.empty() && periods_.empty()) {
            std::vector<std::string> known;
            for (const auto& [text, field] : other_periods_) known.emplace_back(text);
            problems_.report_header("unknown_period",
                                    "no row of period " + in_quotes(options_.period),
                                    "one of " + detail::listed(known), "correct the period");
        }
        if (periods_.empty()) add_period(options_.period);
    }

    PeriodData& add_period(std::string_view text) {
        const auto [found, inserted] = periods_.try_emplace(std::string(text));
        if (inserted) found->second.text = text;
        return found->second;
    }

    /// The period of a row; nothing when the row is not to be read.
    PeriodData* period_of(const CsvRow& row) {
        if (layout_.period == absent) return &periods_.begin()->second;
        const CsvField& field = row.fields[layout_.period];
        if (field.text.empty()) {
            problems_.report(field, "unknown_period", "no period", "a period such as 2026-Q3",
                             "give every row its period");
            return nullptr;
        }
        if (!options_.period.empty() && field.text != options_.period) {
            other_periods_.emplace(field.text, &field);
            return nullptr;
        }
        const auto known = periods_.find(field.text);
        if (known != periods_.end()) return &known->second;
        if (order_by_time_ && !period_end(field.text))
            problems_.report(field, "unknown_period", "period " + in_quotes(field.text),
                             "YYYY, YYYY-9M, YYYY-Hn, YYYY-Qn, YYYY-MM or YYYY-MM-DD",
                             "periods are put in the order of time; correct it");
        if (!order_by_time_ && periods_.size() == 1)
            problems_.report(
                field, "several_periods",
                "period " + in_quotes(field.text) + " after " + in_quotes(periods_.begin()->first),
                "one period", "say which period is to be read, or use load_periods");
        return &add_period(field.text);
    }

    void place_row(const CsvRow& row, Slot& slot) {
        PeriodData* period = period_of(row);
        if (!period) return;
        if (layout_.is_long && !find_indicator(row, slot)) return;
        if (find_unit(row, *period, slot)) slot.period = period;
    }

    bool find_indicator(const CsvRow& row, Slot& slot) {
        const CsvField& field = row.fields[layout_.indicator];
        if (field.text.empty()) {
            problems_.report(field, "unknown_indicator", "no code of an indicator",
                             "the indicator of the row", "give every row its indicator");
            return false;
        }
        lookup_ = field.text;
        const auto found = layout_.indicator_index.find(lookup_);
        if (found != layout_.indicator_index.end()) {
            slot.indicator = static_cast<Index>(found->second);
            return true;
        }
        if (!model_) {
            slot.indicator = static_cast<Index>(layout_.add_indicator(field.text));
            return true;
        }
        if (!options_.ignore_unknown_indicators) note(unknown_indicators_, field);
        return false;
    }

    static void note(std::map<std::string_view, Unknown>& unknown, const CsvField& field) {
        Unknown& entry = unknown[field.text];
        if (entry.rows++ == 0) entry.first = &field;
    }

    bool find_unit(const CsvRow& row, PeriodData& period, Slot& slot) {
        const CsvField& field = row.fields[layout_.units.code];
        if (!detail::check_code(field, problems_)) return false;
        const auto known = period.by_code.find(field.text);
        if (known != period.by_code.end()) {
            slot.unit = known->second;
            return layout_.is_long ? agrees(row, *period.unit_rows[index(slot.unit)])
                                   : report_duplicate(row, *period.unit_rows[index(slot.unit)]);
        }
        if (options_.units) {
            const auto found = options_.units->find(field.text);
            if (!found) {
                note(unknown_units_, field);
                return false;
            }
            period.units.push_back(options_.units->unit(*found));
        } else {
            period.units.push_back(detail::read_unit(row, layout_.units, problems_));
        }
        slot.unit = static_cast<Index>(period.unit_rows.size());
        period.by_code.emplace(field.text, slot.unit);
        period.unit_rows.push_back(&row);
        return true;
    }

    static std::size_t index(Index at) noexcept { return static_cast<std::size_t>(at); }

    bool report_duplicate(const CsvRow& row, const CsvRow& first) {
        const CsvField& field = row.fields[layout_.units.code];
        problems_.report(field, "duplicate_unit", "unit " + in_quotes(field.text) + " again",
                         layout_.period == absent ? "one row for each unit"
                                                  : "one row for each unit in a period",
                         "it is also in line " + std::to_string(first.line) + "; keep one");
        return false;
    }

    /// Long form: the columns that describe a unit say the same in all its rows.
    bool agrees(const CsvRow& row, const CsvRow& first) {
        if (!descriptions_) descriptions_ = layout_.units.descriptions();
        for (const std::size_t column : *descriptions_)
            if (row.fields[column].text != first.fields[column].text)
                problems_.report(row.fields[column], "unit_disagrees",
                                 in_quotes(table_.header[column].text) + " is " +
                                     in_quotes(row.fields[column].text),
                                 in_quotes(first.fields[column].text) + ", as in line " +
                                     std::to_string(first.line),
                                 "describe a unit alike in all its rows");
        return true;
    }

    // --- codes that are not known -----------------------------------------------------------

    void report_unknown() {
        for (const auto& [code, entry] : unknown_indicators_)
            problems_.report(*entry.first, "unknown_indicator",
                             "indicator " + in_quotes(code) + rows_of(entry),
                             "an indicator of the model " + in_quotes(model_->id()),
                             detail::suggestion(code, layout_.indicators,
                                                "correct it, or set ignore_unknown_indicators"));
        if (unknown_units_.empty()) return;
        const std::vector<std::string>& codes = options_.units->codes();
        std::unordered_map<std::string_view, std::string_view> without_zeros;
        for (const std::string& code : codes)
            if (is_number(code)) without_zeros.emplace(significant(code), code);
        for (const auto& [code, entry] : unknown_units_) {
            const auto meant =
                is_number(code) ? without_zeros.find(significant(code)) : without_zeros.end();
            if (meant != without_zeros.end())
                problems_.report(*entry.first, "missing_zero",
                                 "unit " + in_quotes(code) + rows_of(entry),
                                 "the code " + in_quotes(meant->second),
                                 "codes are text: format the column as text, so that its leading "
                                 "zeros stay");
            else
                problems_.report(
                    *entry.first, "unknown_unit", "unit " + in_quotes(code) + rows_of(entry),
                    "the code of a unit of the registry",
                    detail::suggestion(code, codes, "correct it, or add the unit to the registry"));
        }
    }

    static std::string rows_of(const Unknown& entry) {
        return entry.rows == 1 ? "" : " in " + std::to_string(entry.rows) + " rows";
    }

    static bool is_number(std::string_view code) {
        return !code.empty() && code.find_first_not_of("0123456789") == std::string_view::npos;
    }

    static std::string_view significant(std::string_view code) {
        return code.substr(std::min(code.find_first_not_of('0'), code.size() - 1));
    }

    // --- cells ------------------------------------------------------------------------------

    void fill() {
        const auto columns = static_cast<Index>(layout_.indicators.size());
        for (auto& [text, period] : periods_) {
            if (options_.units && options_.add_absent_units) add_absent_units(period);
            const auto rows = static_cast<Index>(period.units.size());
            period.values.setConstant(rows, columns, missing_value);
            period.states.setConstant(rows, columns, CellState::not_reported);
            if (layout_.is_long) period.cell_rows.assign(index(rows * columns), nullptr);
        }
        for (std::size_t k = 0; k < slots_.size(); ++k) {
            if (!slots_[k].period) continue;
            const CsvRow& row = table_.rows[k];
            if (layout_.is_long) {
                if (is_first(row, slots_[k]))
                    cells_.read(row, layout_.cell, *slots_[k].period, slots_[k].unit,
                                slots_[k].indicator);
                continue;
            }
            for (Index j = 0; j < columns; ++j)
                cells_.read(row, layout_.cells[index(j)], *slots_[k].period, slots_[k].unit, j);
        }
    }

    void add_absent_units(PeriodData& period) {
        for (Index k = 0; k < options_.units->size(); ++k)
            if (!period.by_code.contains(options_.units->code(k)))
                period.units.push_back(options_.units->unit(k));
    }

    bool is_first(const CsvRow& row, const Slot& slot) {
        const Index unit_count = slot.period->values.rows();
        const CsvRow*& first =
            slot.period->cell_rows[index(slot.indicator * unit_count + slot.unit)];
        if (!first) {
            first = &row;
            return true;
        }
        const CsvField& field = row.fields[layout_.indicator];
        problems_.report(field, "duplicate_cell",
                         cells_.described(row) + " for unit " +
                             in_quotes(row.fields[layout_.units.code].text) + ", indicator " +
                             in_quotes(field.text) + " again",
                         layout_.period == absent ? "one row for each unit and indicator"
                                                  : "one row for each unit, indicator and period",
                         "line " + std::to_string(first->line) + " has " +
                             cells_.described(*first) + "; keep one");
        return false;
    }

    void check_indicators_have_rows() {
        if (options_.allow_absent_indicators) return;
        std::vector<std::string> unknown;
        for (const auto& [code, entry] : unknown_indicators_) unknown.emplace_back(code);
        for (std::size_t j = 0; j < layout_.indicators.size(); ++j) {
            const auto has_row = [&](const auto& entry) {
                const std::vector<const CsvRow*>& cells = entry.second.cell_rows;
                const std::size_t units = entry.second.units.size();
                const auto first = cells.begin() + static_cast<std::ptrdiff_t>(j * units);
                return std::any_of(first, first + static_cast<std::ptrdiff_t>(units),
                                   [](const CsvRow* row) { return row != nullptr; });
            };
            if (std::any_of(periods_.begin(), periods_.end(), has_row)) continue;
            problems_.report_header(
                "missing_indicator", "no row of indicator " + in_quotes(layout_.indicators[j]),
                "every indicator of the model " + in_quotes(model_->id()),
                detail::suggestion(layout_.indicators[j], unknown,
                                   "add its rows, or set allow_absent_indicators"));
        }
    }

    // --- panels -----------------------------------------------------------------------------

    std::vector<Panel> panels() {
        std::vector<PeriodData*> ordered;
        for (auto& [text, period] : periods_) ordered.push_back(&period);
        if (layout_.period != absent) {
            const auto key = [](const PeriodData* period) {
                return std::tuple(period_start(period->text), period_end(period->text),
                                  std::string_view(period->text));
            };
            std::sort(ordered.begin(), ordered.end(),
                      [&](const PeriodData* a, const PeriodData* b) { return key(a) < key(b); });
        }
        std::vector<Panel> out;
        for (PeriodData* period : ordered) out.push_back(panel_of(*period));
        return out;
    }

    Panel panel_of(PeriodData& period) const {
        PanelDefinition definition;
        definition.units = UnitRegistry(period.units);
        definition.indicators = layout_.indicators;
        definition.values = std::move(period.values);
        if (!period.states_are_plain) definition.states = std::move(period.states);
        definition.ratios = std::move(period.ratios);
        definition.provenances = std::move(period.provenances);
        definition.provenance_ids = std::move(period.provenance_ids);
        definition.period = period.text;
        definition.period_end = options_.period_end ? options_.period_end : period_end(period.text);
        definition.source_note = note_of(table_);
        return Panel(std::move(definition));
    }

    static std::string note_of(const CsvTable& table) {
        std::string note;
        for (std::size_t k = 0; k < table.leading_lines.size(); ++k) {
            std::string_view line = table.leading_lines[k];
            line.remove_prefix(1);
            if (line.starts_with(' ')) line.remove_prefix(1);
            if (k != 0) note += '\n';
            note += line;
        }
        return note;
    }

    const CsvTable& table_;
    const IndexModel* model_;
    const PanelOptions& options_;
    PlacedProblems problems_;
    PanelLayout layout_;
    detail::CellReader cells_;
    bool order_by_time_ = false;
    std::map<std::string, PeriodData, std::less<>> periods_;
    std::map<std::string_view, const CsvField*> other_periods_;
    std::vector<Slot> slots_;
    std::map<std::string_view, Unknown> unknown_indicators_;
    std::map<std::string_view, Unknown> unknown_units_;
    std::optional<std::vector<std::size_t>> descriptions_;
    std::string lookup_;
};

std::vector<Panel> read_panels(std::string_view text, const std::string& file,
                               const IndexModel* model, const PanelOptions& options,
                               bool many_periods) {
    const CsvTable table = read_csv(
        text, file, {.separator = options.separator, .normalise_to_nfc = options.normalise_to_nfc});
    return PanelReader(table, model, options).read(many_periods);
}

}  // namespace

Panel parse_panel(std::string_view text, const std::string& file, const IndexModel& model,
                  const PanelOptions& options) {
    return read_panels(text, file, &model, options, false).front();
}

Panel parse_panel(std::string_view text, const std::string& file, const PanelOptions& options) {
    return read_panels(text, file, nullptr, options, false).front();
}

std::vector<Panel> parse_periods(std::string_view text, const std::string& file,
                                 const IndexModel& model, const PanelOptions& options) {
    return read_panels(text, file, &model, options, true);
}

std::vector<Panel> parse_periods(std::string_view text, const std::string& file,
                                 const PanelOptions& options) {
    return read_panels(text, file, nullptr, options, true);
}

Panel load_panel(const std::filesystem::path& path, const IndexModel& model,
                 const PanelOptions& options) {
    return parse_panel(detail::read_text_file(path), path.string(), model, options);
}

Panel load_panel(const std::filesystem::path& path, const PanelOptions& options) {
    return parse_panel(detail::read_text_file(path), path.string(), options);
}

std::vector<Panel> load_periods(const std::filesystem::path& path, const IndexModel& model,
                                const PanelOptions& options) {
    return parse_periods(detail::read_text_file(path), path.string(), model, options);
}

std::vector<Panel> load_periods(const std::filesystem::path& path, const PanelOptions& options) {
    return parse_periods(detail::read_text_file(path), path.string(), options);
}

}  // namespace thuocdo::io
