#pragma once
/// @file
/// Text tables on terminals: Vietnamese names take as many columns as they show.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Columns that a UTF-8 text takes on a terminal: combining marks take none,
/// East Asian wide characters two.
[[nodiscard]] inline std::size_t display_width(std::string_view text) noexcept {
    std::size_t width = 0;
    for (std::size_t k = 0; k < text.size();) {
        const auto lead = static_cast<unsigned char>(text[k]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        std::uint32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
        for (std::size_t j = 1; j < length && k + j < text.size(); ++j)
            point = (point << 6) | (static_cast<unsigned char>(text[k + j]) & 0x3fU);
        k += length;
        const bool combining = point >= 0x0300 && point <= 0x036f;
        const bool wide =
            (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) ||
            (point >= 0xac00 && point <= 0xd7a3) || (point >= 0xf900 && point <= 0xfaff) ||
            (point >= 0xff00 && point <= 0xff60);
        width += combining ? 0 : wide ? 2 : 1;
    }
    return width;
}

/// A table whose columns are as wide as their widest cell.
class TextTable {
  public:
    enum class Align { left, right };

    explicit TextTable(std::vector<std::pair<std::string, Align>> header) {
        std::vector<std::string> names;
        for (auto& [name, align] : header) {
            names.push_back(name);
            align_.push_back(align);
        }
        rows_.push_back(std::move(names));
    }

    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    friend std::ostream& operator<<(std::ostream& out, const TextTable& table) {
        std::vector<std::size_t> widths(table.align_.size(), 0);
        for (const auto& row : table.rows_)
            for (std::size_t c = 0; c < widths.size(); ++c)
                widths[c] = std::max(widths[c], display_width(row[c]));
        for (std::size_t r = 0; r < table.rows_.size(); ++r) {
            std::string line;
            for (std::size_t c = 0; c < widths.size(); ++c) {
                const std::string& cell = table.rows_[r][c];
                const std::string space(widths[c] - display_width(cell), ' ');
                if (c != 0) line += "  ";
                line += table.align_[c] == Align::right ? space + cell : cell + space;
            }
            while (!line.empty() && line.back() == ' ') line.pop_back();
            out << line << '\n';
            if (r != 0) continue;
            std::string rule;
            for (std::size_t c = 0; c < widths.size(); ++c)
                rule += (c == 0 ? "" : "  ") + std::string(widths[c], '-');
            out << rule << '\n';
        }
        return out;
    }

  private:
    std::vector<Align> align_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace thuocdo::detail
