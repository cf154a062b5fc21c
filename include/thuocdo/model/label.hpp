#pragma once
/// @file
/// A name in Vietnamese and English.

#include <ostream>
#include <string>

namespace thuocdo {

/// A text shown to people, in both languages; one may be empty.
struct Label {
    std::string en;
    std::string vi;

    [[nodiscard]] bool empty() const noexcept { return en.empty() && vi.empty(); }

    /// The text in the language asked for, or in the other where it is empty.
    [[nodiscard]] const std::string& in(bool vietnamese) const noexcept {
        if (vietnamese) return vi.empty() ? en : vi;
        return en.empty() ? vi : en;
    }

    friend bool operator==(const Label&, const Label&) = default;

    /// Prints the Vietnamese text, or the English one where it is empty.
    friend std::ostream& operator<<(std::ostream& out, const Label& label) {
        return out << label.in(true);
    }
};

}  // namespace thuocdo
