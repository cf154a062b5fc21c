#include "io/panel_cells.hpp"

#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>

#include "io/cell_number.hpp"
#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

std::size_t position(Index at) noexcept { return static_cast<std::size_t>(at); }

}  // namespace

bool CellReader::is_missing(std::string_view text) const {
    if (text.empty() || options_.missing_words.empty()) return text.empty();
    const auto& words = options_.missing_words;
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::string_view CellReader::text_of(const CsvRow& row, std::size_t column) const {
    if (column == absent) return {};
    const std::string_view text = row.fields[column].text;
    return is_missing(text) ? std::string_view() : text;
}

std::string CellReader::described(const CsvRow& row) const {
    const CellColumns& cell = layout_.cell;
    std::string words = "no value";
    if (const auto value = text_of(row, cell.value); !value.empty())
        words = "value " + std::string(value);
    else if (const auto top = text_of(row, cell.numerator); !top.empty())
        words = "ratio " + std::string(top) + '/' + std::string(text_of(row, cell.denominator));
    if (const auto source = text_of(row, cell.source); !source.empty())
        words += " (source " + in_quotes(source) + ')';
    return words;
}

// NaN for an empty field, and for a text, which is reported.
double CellReader::read_number(const CsvRow& row, std::size_t column, const LevelLabels* labels,
                               bool& failed) {
    const std::string_view text = text_of(row, column);
    if (text.empty()) return missing_value;
    if (const auto number = cell_number(text, options_.decimal)) return *number;
    bool ambiguous = false;
    if (labels)
        if (const auto level = find_level(row.fields[column], *labels, ambiguous)) return *level;
    if (!ambiguous) report_number(row.fields[column], labels);
    failed = true;
    return missing_value;
}

std::optional<double> CellReader::find_level(const CsvField& field, const LevelLabels& labels,
                                             bool& ambiguous) {
    std::optional<double> value;
    for (const auto& [label, level] : labels) {
        if (label != field.text) continue;
        if (value && *value != level) {
            problems_.report(field, "ambiguous_label", "label " + in_quotes(field.text),
                             "a label that means one value",
                             "leaves of the model give it different values; write the number");
            ambiguous = true;
            return std::nullopt;
        }
        value = level;
    }
    return value;
}

void CellReader::report_number(const CsvField& field, const LevelLabels* labels) {
    CellNumberDefect defect = cell_number_defect(field.text, options_.decimal);
    if (labels && !labels->empty() && !defect.is_almost_a_number) {
        std::vector<std::string> words;
        std::string list;
        for (const auto& [label, value] : *labels) {
            if (std::find(words.begin(), words.end(), label) != words.end()) continue;
            words.push_back(label);
            list += (list.empty() ? "" : ", ") + in_quotes(label);
        }
        defect.expected = "a number or one of the levels " + list;
        defect.remedy = suggestion(field.text, words, defect.remedy);
    }
    problems_.report(field, std::move(defect.code), "text " + in_quotes(field.text),
                     std::move(defect.expected), std::move(defect.remedy));
}

void CellReader::read(const CsvRow& row, const CellColumns& columns, PeriodData& period, Index unit,
                      Index indicator) {
    const LevelLabels* labels =
        layout_.labels.empty() ? nullptr : &layout_.labels[position(indicator)];
    bool failed = false;
    const double value = read_number(row, columns.value, labels, failed);
    if (columns.is_plain()) {
        if (std::isnan(value)) return;
        period.values(unit, indicator) = value;
        period.states(unit, indicator) = CellState::observed;
        return;
    }
    const double top = read_number(row, columns.numerator, nullptr, failed);
    const double bottom = read_number(row, columns.denominator, nullptr, failed);
    const std::optional<CellState> stated = read_state(row, columns, failed);
    read_provenance(row, columns, period, unit, indicator);
    if (failed) return;
    const CellState state = state_of(row, columns, value, top, bottom, stated);
    period.values(unit, indicator) = value;
    period.states(unit, indicator) = state;
    // A ratio without a value gets it, and with it the state, from the panel.
    const bool is_ratio = !std::isnan(top) && !std::isnan(bottom);
    const bool follows = has_value(state) ? state == CellState::observed
                                          : state == CellState::not_reported && !is_ratio;
    if (!follows) period.states_are_plain = false;
    if (std::isnan(top) && std::isnan(bottom)) return;
    const auto [found, inserted] = period.ratios.try_emplace(indicator);
    if (inserted) {
        found->second.numerator.setConstant(period.values.rows(), missing_value);
        found->second.denominator.setConstant(period.values.rows(), missing_value);
    }
    found->second.numerator[unit] = top;
    found->second.denominator[unit] = bottom;
}

std::optional<CellState> CellReader::read_state(const CsvRow& row, const CellColumns& columns,
                                                bool& failed) {
    if (columns.state == absent || row.fields[columns.state].text.empty()) return std::nullopt;
    const CsvField& field = row.fields[columns.state];
    const auto state = parse_cell_state(field.text);
    if (state) return state;
    const std::vector<std::string> words(thuocdo::detail::cell_state_names.begin(),
                                         thuocdo::detail::cell_state_names.end());
    problems_.report(field, "unknown_state", "state " + in_quotes(field.text),
                     "one of " + listed(words), suggestion(field.text, words, "correct it"));
    failed = true;
    return std::nullopt;
}

// The state that a cell is in, after reporting what contradicts what.
CellState CellReader::state_of(const CsvRow& row, const CellColumns& columns, double value,
                               double top, double bottom, std::optional<CellState> stated) {
    if (!std::isnan(value)) {
        check_ratio(row, columns, value, top, bottom);
        if (stated && !has_value(*stated))
            problems_.report(
                row.fields[columns.state], "state_disagrees",
                "value " + numeric::shortest(value) + " in state " + cell_state_name(*stated),
                "no value, or the state observed, provisional or imputed",
                "correct the state or the value");
        return stated.value_or(CellState::observed);
    }
    if (!stated) return unstated(row, columns, top, bottom);
    check_stated(row, columns, top, bottom, *stated);
    return *stated;
}

CellState CellReader::unstated(const CsvRow& row, const CellColumns& columns, double top,
                               double bottom) {
    if (!std::isnan(top) && !std::isnan(bottom)) {
        if (bottom == 0.0) return CellState::zero_denominator;
        check_finite(row, columns, top, bottom);
        return CellState::observed;
    }
    if (!std::isnan(top) || !std::isnan(bottom))
        problems_.report(row.fields[std::isnan(top) ? columns.denominator : columns.numerator],
                         "incomplete_ratio",
                         std::isnan(top) ? "a denominator without a numerator"
                                         : "a numerator without a denominator",
                         "both, or a value, or a state that says why there is none",
                         "complete the row");
    return CellState::not_reported;
}

// A state without a value.
void CellReader::check_stated(const CsvRow& row, const CellColumns& columns, double top,
                              double bottom, CellState stated) {
    const CsvField& field = row.fields[columns.state];
    if (stated == CellState::zero_denominator && !std::isnan(bottom) && bottom != 0.0)
        problems_.report(field, "state_disagrees",
                         "denominator " + numeric::shortest(bottom) + " in state zero_denominator",
                         "denominator 0, or another state", "correct the state or the denominator");
    if (!has_value(stated)) return;
    const std::string in_state = std::string(" in state ") + cell_state_name(stated);
    if (std::isnan(top) || std::isnan(bottom))
        problems_.report(field, "state_disagrees", "no value" + in_state,
                         "a value, or a state of a missing value",
                         "correct the state or the value");
    else if (bottom == 0.0)
        problems_.report(field, "state_disagrees", "denominator 0" + in_state,
                         "the state zero_denominator, or none",
                         "correct the state or the denominator");
    else
        check_finite(row, columns, top, bottom);
}

void CellReader::check_ratio(const CsvRow& row, const CellColumns& columns, double value,
                             double top, double bottom) {
    if (std::isnan(top) || std::isnan(bottom)) return;
    if (bottom == 0.0) {
        problems_.report(row.fields[columns.value], "zero_denominator",
                         "value " + numeric::shortest(value) + " with denominator 0", "no value",
                         "leave the value empty; the model says what a zero denominator counts");
        return;
    }
    if (!check_finite(row, columns, top, bottom)) return;
    const double ratio = top / bottom;
    if (std::abs(value - ratio) <= Panel::ratio_tolerance * std::max(1.0, std::abs(ratio))) return;
    problems_.report(row.fields[columns.value], "ratio_disagrees",
                     "value " + numeric::shortest(value),
                     numeric::shortest(top) + " / " + numeric::shortest(bottom) + " = " +
                         numeric::shortest(ratio),
                     "a percentage is written as a fraction; or leave the value empty");
}

bool CellReader::check_finite(const CsvRow& row, const CellColumns& columns, double top,
                              double bottom) {
    if (std::isfinite(top / bottom)) return true;
    problems_.report(row.fields[columns.numerator], "number_out_of_range",
                     numeric::shortest(top) + " / " + numeric::shortest(bottom),
                     "a ratio within the range of a double", "correct the numbers");
    return false;
}

void CellReader::read_provenance(const CsvRow& row, const CellColumns& columns, PeriodData& period,
                                 Index unit, Index indicator) {
    const auto text = [&](std::size_t column) {
        return column == absent ? std::string_view() : row.fields[column].text;
    };
    const std::string_view source = text(columns.source);
    const std::string_view date = text(columns.date);
    if (source.empty() && date.empty()) return;
    Provenance provenance{std::string(source), std::nullopt};
    if (!date.empty()) provenance.date = read_date(row.fields[columns.date], problems_);
    const auto next = static_cast<std::int32_t>(period.provenances.size());
    const auto [found, inserted] = period.provenance_index.emplace(std::pair(source, date), next);
    if (inserted) period.provenances.push_back(std::move(provenance));
    std::vector<std::int32_t>& ids = period.provenance_ids[indicator];
    if (ids.empty()) ids.assign(position(period.values.rows()), -1);
    ids[position(unit)] = found->second;
}

}  // namespace thuocdo::io::detail
