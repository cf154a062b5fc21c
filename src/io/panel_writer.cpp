#include <thuocdo/io/csv.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "io/message_text.hpp"
#include "io/panel_layout.hpp"
#include "io/unit_columns.hpp"

namespace thuocdo::io {

namespace {

constexpr std::string_view population = "population";

/// Which parts of a cell are worth a column.
struct UsedParts {
    bool ratio = false;
    bool state = false;
    bool source = false;
    bool date = false;

    UsedParts& operator|=(const UsedParts& other) noexcept {
        ratio |= other.ratio;
        state |= other.state;
        source |= other.source;
        date |= other.date;
        return *this;
    }
};

class PanelWriter {
  public:
    PanelWriter(const Panel& panel, const CsvWriterOptions& options)
        : panel_(panel), csv_(options) {
        const Index count = panel.unit_count();
        units_.reserve(static_cast<std::size_t>(count));
        for (Index k = 0; k < count; ++k) units_.push_back(panel.units().unit(k));
        for (Index j = 0; j < panel.indicator_count(); ++j) parts_.push_back(parts_of(j));
        find_unit_columns();
    }

    std::string wide() {
        check_codes();
        write_note();
        write_unit_header();
        for (std::size_t j = 0; j < parts_.size(); ++j) {
            const std::string& code = panel_.indicators()[j];
            csv_.field(code);
            if (parts_[j].ratio) csv_.field(code + ":numerator").field(code + ":denominator");
            if (parts_[j].state) csv_.field(code + ":state");
            if (parts_[j].source) csv_.field(code + ":source");
            if (parts_[j].date) csv_.field(code + ":date");
        }
        csv_.end_row();
        for (std::size_t k = 0; k < units_.size(); ++k) {
            write_unit(units_[k]);
            for (std::size_t j = 0; j < parts_.size(); ++j)
                write_cell(static_cast<Index>(k), static_cast<Index>(j), parts_[j]);
            csv_.end_row();
        }
        return csv_.take();
    }

    std::string long_form() {
        UsedParts all;
        for (const UsedParts& each : parts_) all |= each;
        all.state = true;
        write_note();
        write_unit_header();
        csv_.field("indicator").field("value");
        if (all.ratio) csv_.field("numerator").field("denominator");
        csv_.field("state");
        if (all.source) csv_.field("source");
        if (all.date) csv_.field("date");
        csv_.end_row();
        for (std::size_t k = 0; k < units_.size(); ++k)
            for (std::size_t j = 0; j < parts_.size(); ++j) {
                write_unit(units_[k]);
                csv_.field(panel_.indicators()[j]);
                write_cell(static_cast<Index>(k), static_cast<Index>(j), all);
                csv_.end_row();
            }
        return csv_.take();
    }

  private:
    [[noreturn]] static void refuse_name(const std::string& place, const std::string& name,
                                         const std::string& expected) {
        throw DataError("the panel cannot be written",
                        {{"reserved_name", place, detail::in_quotes(name), expected,
                          "rename it, or use the long form"}});
    }

    UsedParts parts_of(Index indicator) const {
        UsedParts parts;
        const RatioParts* ratio = panel_.ratio(indicator);
        for (Index unit = 0; unit < panel_.unit_count(); ++unit) {
            const bool known = !std::isnan(panel_.value(unit, indicator));
            const bool has_part = ratio && (!std::isnan(ratio->numerator[unit]) ||
                                            !std::isnan(ratio->denominator[unit]));
            parts.ratio |= has_part;
            const CellState plain = known ? CellState::observed : CellState::not_reported;
            parts.state |= panel_.state(unit, indicator) != plain || (!known && has_part);
            if (const Provenance* from = panel_.provenance(unit, indicator)) {
                parts.source |= !from->source.empty();
                parts.date |= from->date.has_value();
            }
        }
        return parts;
    }

    void find_unit_columns() {
        const auto any = [&](auto has) { return std::any_of(units_.begin(), units_.end(), has); };
        name_ = any([](const Unit& unit) { return !unit.name.vi.empty(); });
        name_en_ = any([](const Unit& unit) { return !unit.name.en.empty(); });
        level_ = any([](const Unit& unit) { return !unit.level.empty(); });
        kind_ = any([](const Unit& unit) { return !unit.kind.empty(); });
        parent_ = any([](const Unit& unit) { return !unit.parent.empty(); });
        valid_from_ = any([](const Unit& unit) { return unit.valid_from.has_value(); });
        valid_to_ = any([](const Unit& unit) { return unit.valid_to.has_value(); });
        predecessors_ = any([](const Unit& unit) { return !unit.predecessors.empty(); });
        for (const Unit& unit : units_) {
            for (const auto& [name, value] : unit.groups) groups_.insert(name);
            for (const auto& [name, value] : unit.attributes) attributes_.insert(name);
        }
    }

    /// In the wide form the code of an indicator is a column name, which must
    /// not be read as something else.
    void check_codes() const {
        std::set<std::string, std::less<>> reserved{"unit", "period", "indicator"};
        for (const std::string_view each : detail::unit_text_columns) reserved.emplace(each);
        for (std::size_t j = 0; j < parts_.size(); ++j) {
            const std::string& code = panel_.indicators()[j];
            bool clashes = code.empty() || reserved.contains(code) ||
                           code.starts_with(detail::group_prefix) ||
                           code.starts_with(detail::attribute_prefix);
            for (const detail::CellPart& part : detail::companion_parts)
                clashes = clashes || code.ends_with(':' + std::string(part.name));
            if (clashes)
                refuse_name("column " + std::to_string(j + 1), code,
                            "a code that names no other column of the wide form");
        }
    }

    void write_note() {
        if (!panel_.source_note().empty()) csv_.note(panel_.source_note());
    }

    void write_unit_header() {
        csv_.field("unit");
        if (!panel_.period().empty()) csv_.field("period");
        if (name_) csv_.field("name");
        if (name_en_) csv_.field("name_en");
        if (level_) csv_.field("level");
        if (kind_) csv_.field("kind");
        if (parent_) csv_.field("parent");
        if (valid_from_) csv_.field("valid_from");
        if (valid_to_) csv_.field("valid_to");
        if (predecessors_) csv_.field("predecessors");
        for (const std::string& name : groups_)
            csv_.field(std::string(detail::group_prefix) + name);
        for (const std::string& name : attributes_)
            csv_.field(name == population ? name : std::string(detail::attribute_prefix) + name);
    }

    void write_unit(const Unit& unit) {
        csv_.field(unit.code);
        if (!panel_.period().empty()) csv_.field(panel_.period());
        if (name_) csv_.field(unit.name.vi);
        if (name_en_) csv_.field(unit.name.en);
        if (level_) csv_.field(unit.level);
        if (kind_) csv_.field(unit.kind);
        if (parent_) csv_.field(unit.parent);
        if (valid_from_) write_date(unit.valid_from);
        if (valid_to_) write_date(unit.valid_to);
        if (predecessors_) csv_.field(joined(unit));
        for (const std::string& name : groups_) {
            const auto found = unit.groups.find(name);
            csv_.field(found == unit.groups.end() ? std::string() : found->second);
        }
        for (const std::string& name : attributes_) {
            const auto found = unit.attributes.find(name);
            csv_.field(found == unit.attributes.end() ? missing_value : found->second);
        }
    }

    void write_date(const std::optional<Date>& date) {
        csv_.field(date ? to_iso(*date) : std::string());
    }

    static std::string joined(const Unit& unit) {
        std::string list;
        for (const std::string& each : unit.predecessors) {
            if (each.empty() || each.find(detail::predecessor_separator) != std::string::npos)
                refuse_name("unit " + detail::in_quotes(unit.code), each,
                            "codes of predecessors without \"|\"");
            if (!list.empty()) list += detail::predecessor_separator;
            list += each;
        }
        return list;
    }

    void write_cell(Index unit, Index indicator, const UsedParts& parts) {
        csv_.field(panel_.value(unit, indicator));
        if (parts.ratio) {
            const RatioParts* ratio = panel_.ratio(indicator);
            csv_.field(ratio ? ratio->numerator[unit] : missing_value);
            csv_.field(ratio ? ratio->denominator[unit] : missing_value);
        }
        if (parts.state) csv_.field(cell_state_name(panel_.state(unit, indicator)));
        const Provenance* from = panel_.provenance(unit, indicator);
        if (parts.source) csv_.field(from ? from->source : std::string());
        if (parts.date) write_date(from ? from->date : std::nullopt);
    }

    const Panel& panel_;
    CsvWriter csv_;
    std::vector<Unit> units_;
    std::vector<UsedParts> parts_;
    bool name_ = false;
    bool name_en_ = false;
    bool level_ = false;
    bool kind_ = false;
    bool parent_ = false;
    bool valid_from_ = false;
    bool valid_to_ = false;
    bool predecessors_ = false;
    std::set<std::string> groups_;
    std::set<std::string> attributes_;
};

}  // namespace

std::string panel_to_csv(const Panel& panel, PanelForm form, const CsvWriterOptions& options) {
    PanelWriter writer(panel, options);
    return form == PanelForm::wide ? writer.wide() : writer.long_form();
}

}  // namespace thuocdo::io
