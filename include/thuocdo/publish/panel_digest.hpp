#pragma once
/// @file
/// The digest of the data of an index.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/numeric/sha256.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::publish {

namespace detail {

/// Feeds a hash with fields that cannot run together.
class FieldHash {
  public:
    void text(std::string_view text) {
        hash_.update_integer(text.size());
        hash_.update(text);
    }
    void number(double value) noexcept { hash_.update_double(value); }
    void count(std::size_t count) noexcept { hash_.update_integer(count); }
    void date(const std::optional<Date>& date) { text(date ? to_iso(*date) : std::string()); }
    [[nodiscard]] std::string hex() const { return hash_.hex(); }

  private:
    numeric::Sha256 hash_;
};

inline void hash_unit(FieldHash& hash, const Unit& unit) {
    hash.text(unit.code);
    hash.text(unit.name.vi);
    hash.text(unit.name.en);
    hash.text(unit.level);
    hash.text(unit.kind);
    hash.text(unit.parent);
    hash.count(unit.groups.size());
    for (const auto& [name, group] : unit.groups) {
        hash.text(name);
        hash.text(group);
    }
    hash.count(unit.attributes.size());
    for (const auto& [name, value] : unit.attributes) {
        hash.text(name);
        hash.number(value);
    }
    hash.date(unit.valid_from);
    hash.date(unit.valid_to);
    hash.count(unit.predecessors.size());
    for (const std::string& each : unit.predecessors) hash.text(each);
}

inline void hash_cell(FieldHash& hash, const Panel& panel, Index unit, Index column) {
    hash.number(panel.value(unit, column));
    hash.count(static_cast<std::size_t>(panel.state(unit, column)));
    const RatioParts* parts = panel.ratio(column);
    hash.number(parts ? parts->numerator[unit] : missing_value);
    hash.number(parts ? parts->denominator[unit] : missing_value);
    const Provenance* provenance = panel.provenance(unit, column);
    hash.text(provenance ? provenance->source : std::string());
    hash.date(provenance ? provenance->date : std::nullopt);
}

}  // namespace detail

/// SHA-256 over the data of some indicators: the units by code with all that describes them,
/// the period, and for each indicator by code the value, the state, numerator and
/// denominator, source and date of every unit. It depends neither on the order of units and
/// indicators, nor on how the values are stored, nor on columns that are not named; names that
/// the panel does not have count as absent. O(units x indicators)
[[nodiscard]] inline std::string panel_digest(const Panel& panel,
                                              std::span<const std::string> indicators) {
    detail::FieldHash hash;
    hash.text(panel.period());
    const UnitRegistry& units = panel.units();
    std::vector<Index> order(static_cast<std::size_t>(units.size()));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(),
              [&](Index a, Index b) { return units.code(a) < units.code(b); });
    hash.count(order.size());
    for (const Index unit : order) detail::hash_unit(hash, units.unit(unit));
    std::vector<std::string> codes(indicators.begin(), indicators.end());
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    hash.count(codes.size());
    for (const std::string& code : codes) {
        hash.text(code);
        const auto column = panel.find(code);
        hash.count(column ? 1 : 0);
        if (!column) continue;
        for (const Index unit : order) detail::hash_cell(hash, panel, unit, *column);
    }
    return hash.hex();
}

/// The same over every indicator of the panel.
[[nodiscard]] inline std::string panel_digest(const Panel& panel) {
    return panel_digest(panel, panel.indicators());
}

}  // namespace thuocdo::publish
