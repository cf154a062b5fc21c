#pragma once
/// @file
/// The units that are ranked: official text codes, names, level, kind, parent,
/// groups, validity and predecessors.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/time/date.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo {

/// One unit: a country, ministry, province or commune. Codes are text, so that
/// "01" keeps its zero.
struct Unit {
    std::string code;
    Label name{};
    std::string level{};
    std::string kind{};
    /// Code of the unit above it; need not be in the same registry.
    std::string parent{};
    /// Further groups, e.g. {"region", "north"}.
    std::map<std::string, std::string> groups{};
    /// Numeric attributes, e.g. {"population", 8435700}.
    std::map<std::string, double> attributes{};
    /// First and last day of validity.
    std::optional<Date> valid_from{};
    std::optional<Date> valid_to{};
    /// Codes of the units that it was made of.
    std::vector<std::string> predecessors{};

    /// Name in Vietnamese, else in English, else the code.
    [[nodiscard]] const std::string& display_name() const noexcept {
        return name.empty() ? code : name.in(true);
    }

    friend bool operator==(const Unit&, const Unit&) = default;
};

/// A text attribute of all units, stored as one small number per unit.
class UnitGrouping {
  public:
    /// Position of the unit's category in `categories()`, -1 for none.
    [[nodiscard]] std::span<const std::int32_t> ids() const noexcept { return ids_; }
    [[nodiscard]] const std::vector<std::string>& categories() const noexcept {
        return categories_;
    }
    /// The category of a unit; empty for none.
    [[nodiscard]] const std::string& of(Index unit) const {
        static const std::string none;
        const std::int32_t id = ids_.at(static_cast<std::size_t>(unit));
        return id < 0 ? none : categories_[static_cast<std::size_t>(id)];
    }

    void append(const std::string& category) {
        if (category.empty()) {
            ids_.push_back(-1);
            return;
        }
        const auto [found, inserted] =
            by_name_.try_emplace(category, static_cast<std::int32_t>(categories_.size()));
        if (inserted) categories_.push_back(category);
        ids_.push_back(found->second);
    }

  private:
    std::vector<std::int32_t> ids_;
    std::vector<std::string> categories_;
    std::unordered_map<std::string, std::int32_t> by_name_;
};

/// An immutable table of units. Copies share the table.
class UnitRegistry {
  public:
    UnitRegistry() : UnitRegistry(std::vector<Unit>{}) {}

    /// Takes the units in their order, which has no effect on any result.
    /// @throws DataError naming empty and duplicate codes, units that are their
    ///         own parent, and reversed validity dates.
    explicit UnitRegistry(const std::vector<Unit>& units) {
        auto table = std::make_shared<Table>();
        table->reserve(units.size());
        std::vector<Problem> problems;
        for (const Unit& unit : units) table->append(unit, problems);
        finish(std::move(table), std::move(problems));
    }

    /// Units that have nothing but a code.
    [[nodiscard]] static UnitRegistry from_codes(std::vector<std::string> codes) {
        auto table = std::make_shared<Table>();
        table->codes = std::move(codes);
        UnitRegistry registry{Empty{}};
        registry.finish(std::move(table), {});
        return registry;
    }

    [[nodiscard]] Index size() const noexcept { return static_cast<Index>(table_->codes.size()); }

    /// Codes in the order given.
    [[nodiscard]] const std::vector<std::string>& codes() const noexcept { return table_->codes; }
    [[nodiscard]] const std::string& code(Index unit) const {
        return table_->codes.at(static_cast<std::size_t>(unit));
    }

    /// Name in Vietnamese, else in English, else the code.
    [[nodiscard]] const std::string& display_name(Index unit) const {
        const auto at = static_cast<std::size_t>(unit);
        if (table_->names.empty() || table_->names[at].empty()) return table_->codes.at(at);
        return table_->names[at].in(true);
    }

    /// The whole unit.
    [[nodiscard]] Unit unit(Index index) const {
        const auto at = static_cast<std::size_t>(index);
        Unit out;
        out.code = table_->codes.at(at);
        if (table_->names.empty()) return out;
        out.name = table_->names[at];
        out.level = table_->level.of(index);
        out.kind = table_->kind.of(index);
        out.parent = table_->parent.of(index);
        for (const auto& [name, grouping] : table_->groups)
            if (!grouping.of(index).empty()) out.groups[name] = grouping.of(index);
        for (const auto& [name, values] : table_->attributes)
            if (!std::isnan(values[at])) out.attributes[name] = values[at];
        if (const auto extra = table_->extras.find(index); extra != table_->extras.end()) {
            out.valid_from = extra->second.valid_from;
            out.valid_to = extra->second.valid_to;
            out.predecessors = extra->second.predecessors;
        }
        return out;
    }

    /// The unit with a code, if there is one.
    [[nodiscard]] std::optional<Index> find(std::string_view code) const {
        const auto found = table_->by_code.find(code);
        if (found == table_->by_code.end()) return std::nullopt;
        return found->second;
    }

    /// The unit with a code or, where no code fits, with a name (Vietnamese or
    /// English) that no other unit has.
    /// @throws DataError when there is none, or more than one of that name.
    [[nodiscard]] Index index_of(std::string_view code_or_name) const {
        if (const auto found = find(code_or_name)) return *found;
        Index match = -1;
        for (std::size_t k = 0; k < table_->names.size(); ++k) {
            const Label& name = table_->names[k];
            if (name.vi != code_or_name && name.en != code_or_name) continue;
            if (match >= 0)
                throw DataError("ambiguous name of a unit",
                                {{"ambiguous_unit", "",
                                  '"' + std::string(code_or_name) + "\", the name of " +
                                      code(match) + " and " + table_->codes[k],
                                  "one unit", "use the code"}});
            match = static_cast<Index>(k);
        }
        if (match >= 0) return match;
        throw DataError("no such unit", {{"unknown_unit", "", '"' + std::string(code_or_name) + '"',
                                          "the code or name of a unit of the data",
                                          "codes are text: 1 is not \"01\""}});
    }

    /// A text attribute by name: `level`, `kind`, `parent` or a group; nothing
    /// when no unit has it.
    [[nodiscard]] const UnitGrouping* grouping(std::string_view name) const {
        if (table_->names.empty()) return nullptr;
        const auto known = [](const UnitGrouping& each) {
            return each.categories().empty() ? nullptr : &each;
        };
        if (name == "level") return known(table_->level);
        if (name == "kind") return known(table_->kind);
        if (name == "parent") return known(table_->parent);
        const auto found = table_->groups.find(std::string(name));
        return found == table_->groups.end() ? nullptr : &found->second;
    }

    /// A numeric attribute of all units (NaN where a unit has none); nothing
    /// when no unit has it.
    [[nodiscard]] const std::vector<double>* attribute(std::string_view name) const {
        const auto found = table_->attributes.find(std::string(name));
        return found == table_->attributes.end() ? nullptr : &found->second;
    }

    /// Whether any unit has validity dates.
    [[nodiscard]] bool has_validity() const noexcept { return !table_->extras.empty(); }

    /// Whether a unit exists on a day.
    [[nodiscard]] bool is_valid_on(Index unit, const Date& day) const {
        const auto extra = table_->extras.find(unit);
        if (extra == table_->extras.end()) return true;
        return !(extra->second.valid_from && day < *extra->second.valid_from) &&
               !(extra->second.valid_to && day > *extra->second.valid_to);
    }

  private:
    struct Empty {};
    explicit UnitRegistry(Empty) {}

    struct Extra {
        std::optional<Date> valid_from;
        std::optional<Date> valid_to;
        std::vector<std::string> predecessors;
    };

    struct Table {
        std::vector<std::string> codes;
        std::vector<Label> names;
        UnitGrouping level;
        UnitGrouping kind;
        UnitGrouping parent;
        std::map<std::string, UnitGrouping> groups;
        std::map<std::string, std::vector<double>> attributes;
        std::unordered_map<Index, Extra> extras;
        std::unordered_map<std::string_view, Index> by_code;

        void reserve(std::size_t count) {
            codes.reserve(count);
            names.reserve(count);
        }

        void append(const Unit& unit, std::vector<Problem>& problems) {
            const std::size_t at = codes.size();
            codes.push_back(unit.code);
            names.push_back(unit.name);
            level.append(unit.level);
            kind.append(unit.kind);
            parent.append(unit.parent);
            for (const auto& [name, value] : unit.groups) groups[name];
            for (auto& [name, grouping] : groups) {
                while (grouping.ids().size() < at) grouping.append({});
                const auto found = unit.groups.find(name);
                grouping.append(found == unit.groups.end() ? std::string() : found->second);
            }
            for (const auto& [name, value] : unit.attributes) attributes[name];
            for (auto& [name, values] : attributes) {
                values.resize(at, std::numeric_limits<double>::quiet_NaN());
                const auto found = unit.attributes.find(name);
                values.push_back(found == unit.attributes.end()
                                     ? std::numeric_limits<double>::quiet_NaN()
                                     : found->second);
            }
            if (unit.valid_from || unit.valid_to || !unit.predecessors.empty())
                extras[static_cast<Index>(at)] = {unit.valid_from, unit.valid_to,
                                                  unit.predecessors};
            if (!unit.parent.empty() && unit.parent == unit.code)
                problems.push_back({"own_parent", "unit \"" + unit.code + '"', "itself as parent",
                                    "another unit or none", "correct the parent"});
            if (unit.valid_from && unit.valid_to && *unit.valid_to < *unit.valid_from)
                problems.push_back({"dates_reversed", "unit \"" + unit.code + '"',
                                    "valid to " + to_iso(*unit.valid_to),
                                    "a day not before " + to_iso(*unit.valid_from),
                                    "exchange the two dates"});
        }
    };

    void finish(std::shared_ptr<Table> table, std::vector<Problem> problems) {
        table->by_code.reserve(table->codes.size());
        for (std::size_t k = 0; k < table->codes.size(); ++k) {
            const std::string& code = table->codes[k];
            if (code.empty()) {
                problems.push_back({"empty_code", "unit " + std::to_string(k + 1), "no code",
                                    "the official code as text", "give every unit a code"});
                continue;
            }
            const auto [first, inserted] = table->by_code.emplace(code, static_cast<Index>(k));
            if (!inserted)
                problems.push_back({"duplicate_unit", "unit " + std::to_string(k + 1),
                                    "code \"" + code + "\" again", "a code that no other unit has",
                                    "it is also unit " + std::to_string(first->second + 1)});
        }
        if (!problems.empty()) throw DataError("the units cannot be used", std::move(problems));
        table_ = std::move(table);
    }

    std::shared_ptr<const Table> table_;
};

}  // namespace thuocdo
