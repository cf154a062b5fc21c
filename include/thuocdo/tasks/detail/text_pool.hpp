#pragma once
/// @file
/// Texts that occur often, each stored once and named by a small number; and an
/// index from codes to rows.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace thuocdo::detail {

/// Texts in the order of their first occurrence. Number 0 is the empty text.
class TextPool {
  public:
    TextPool() { add({}); }

    std::int32_t add(const std::string& text) {
        const auto [found, inserted] =
            by_text_.try_emplace(text, static_cast<std::int32_t>(texts_.size()));
        if (inserted) texts_.push_back(text);
        return found->second;
    }

    [[nodiscard]] const std::string& operator[](std::int32_t id) const noexcept {
        return texts_[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] const std::vector<std::string>& all() const noexcept { return texts_; }
    /// The number of a text; -1 for one that does not occur.
    [[nodiscard]] std::int32_t find(const std::string& text) const {
        const auto found = by_text_.find(text);
        return found == by_text_.end() ? -1 : found->second;
    }

  private:
    std::vector<std::string> texts_;
    std::unordered_map<std::string, std::int32_t> by_text_;
};

/// Rows by code, with four bytes a slot: a register may have ten million rows,
/// for which a node-based map would take more memory than their codes.
class CodeIndex {
  public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// The row of a code, `none` if there is none. `codes` are the codes by row.
    [[nodiscard]] std::uint32_t find(std::string_view code,
                                     const std::vector<std::string>& codes) const noexcept {
        if (slots_.empty()) return none;
        return slots_[slot_of(code, codes)];
    }

    /// Adds the row whose code is not yet there.
    void add(std::uint32_t row, const std::vector<std::string>& codes) {
        if ((static_cast<std::size_t>(row) + 1) * most_filled > slots_.size()) grow(row, codes);
        slots_[slot_of(codes[row], codes)] = row;
    }

  private:
    /// Slots for each row at least.
    static constexpr std::size_t most_filled = 2;
    static constexpr std::size_t first_slots = 64;

    [[nodiscard]] static std::uint64_t hash(std::string_view text) noexcept {
        constexpr std::uint64_t offset = 0xcbf29ce484222325U;
        constexpr std::uint64_t prime = 0x100000001b3U;
        std::uint64_t value = offset;
        for (const char each : text) {
            value ^= static_cast<unsigned char>(each);
            value *= prime;
        }
        return value ^ (value >> 32U);
    }

    [[nodiscard]] std::size_t slot_of(std::string_view code,
                                      const std::vector<std::string>& codes) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = static_cast<std::size_t>(hash(code)) & mask;
        while (slots_[slot] != none && codes[slots_[slot]] != code) slot = (slot + 1) & mask;
        return slot;
    }

    void grow(std::uint32_t rows, const std::vector<std::string>& codes) {
        std::size_t size = slots_.empty() ? first_slots : slots_.size();
        while (size < (static_cast<std::size_t>(rows) + 1) * most_filled) size *= 2;
        slots_.assign(size, none);
        for (std::uint32_t row = 0; row < rows; ++row) slots_[slot_of(codes[row], codes)] = row;
    }

    std::vector<std::uint32_t> slots_;
};

}  // namespace thuocdo::detail
