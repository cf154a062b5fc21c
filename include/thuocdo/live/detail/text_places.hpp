#pragma once
/// @file
/// Where the texts of a log stand in a panel, found once each.

#include <thuocdo/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace thuocdo::live::detail {

/// Rows or columns by the number of a text. Looking a code up by its letters misses the cache
/// several times; most codes of an event have been looked up before.
class TextPlaces {
  public:
    void clear() noexcept { places_.clear(); }

    /// The place of a text; `look_up` gives it, or nothing, the first time.
    template <class LookUp>
    [[nodiscard]] std::optional<Index> find(std::int32_t text, LookUp&& look_up) {
        const auto at = static_cast<std::size_t>(text);
        if (at >= places_.size()) places_.resize(at + 1, unknown);
        if (places_[at] == unknown) {
            const std::optional<Index> found = look_up();
            places_[at] = found ? static_cast<std::int32_t>(*found) : nowhere;
        }
        if (places_[at] == nowhere) return std::nullopt;
        return places_[at];
    }

  private:
    static constexpr std::int32_t unknown = -2;
    static constexpr std::int32_t nowhere = -1;

    std::vector<std::int32_t> places_;
};

}  // namespace thuocdo::live::detail
