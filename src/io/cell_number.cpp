#include "io/cell_number.hpp"

#include <thuocdo/data/cell_state.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

const char* skip_digits(const char* at, const char* end) noexcept {
    while (at != end && is_digit(*at)) ++at;
    return at;
}

/// Whether the text has the form of a number; its mark, if any, is at `mark`.
bool has_form(std::string_view text, char decimal, const char*& mark) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    mark = nullptr;
    if (at != end && (*at == '-' || *at == '+')) ++at;
    const char* digits = at;
    at = skip_digits(at, end);
    if (at == digits) return false;
    if (at != end && *at == decimal) {
        mark = at;
        digits = ++at;
        at = skip_digits(at, end);
        if (at == digits) return false;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '-' || *at == '+')) ++at;
        digits = at;
        at = skip_digits(at, end);
        if (at == digits) return false;
    }
    return at == end;
}

/// Spaces that spreadsheets write: space, tab, no-break and thin ones.
constexpr std::array<std::string_view, 5> spaces{" ", "\t", "\xc2\xa0", "\xe2\x80\xaf",
                                                 "\xe2\x80\x89"};

std::string_view trimmed(std::string_view text) noexcept {
    for (bool changed = true; changed;) {
        changed = false;
        for (const std::string_view space : spaces) {
            if (text.starts_with(space)) {
                text.remove_prefix(space.size());
                changed = true;
            }
            if (text.ends_with(space)) {
                text.remove_suffix(space.size());
                changed = true;
            }
        }
    }
    return text;
}

/// Digits in groups of three with one mark between them, such as 1 234 567,
/// then perhaps a decimal mark of another kind and digits.
bool is_grouped(std::string_view text) noexcept {
    constexpr std::size_t group = 3;
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    const auto digits_at = [&](std::size_t at, std::size_t count) {
        return at + count <= text.size() &&
               std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                           text.begin() + static_cast<std::ptrdiff_t>(at + count), is_digit);
    };
    for (const std::string_view mark :
         {std::string_view(" "), std::string_view("\xc2\xa0"), std::string_view("\xe2\x80\xaf"),
          std::string_view("\xe2\x80\x89"), std::string_view("'"), std::string_view("_"),
          std::string_view("."), std::string_view(",")}) {
        std::size_t at = text.find(mark);
        if (at == std::string_view::npos || at == 0 || at > group || !digits_at(0, at)) continue;
        while (text.substr(at).starts_with(mark) && digits_at(at + mark.size(), group))
            at += mark.size() + group;
        if (at == text.size()) return true;
        if (text[at] != '.' && text[at] != ',') continue;
        if (text.substr(at).starts_with(mark) || at + 1 == text.size()) continue;
        if (digits_at(at + 1, text.size() - at - 1)) return true;
    }
    return false;
}

}  // namespace

std::optional<double> cell_number(std::string_view text, char decimal) noexcept {
    // Digits beyond these change nothing that a file of figures would mean; the
    // limit keeps the copy with a decimal point on the stack.
    constexpr std::size_t longest = 400;
    const char* mark = nullptr;
    if (text.size() > longest || !has_form(text, decimal, mark)) return std::nullopt;
    std::array<char, longest> copy;
    if (mark && decimal != '.') {
        std::copy(text.begin(), text.end(), copy.begin());
        copy[static_cast<std::size_t>(mark - text.data())] = '.';
        text = {copy.data(), text.size()};
    }
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

CellNumberDefect cell_number_defect(std::string_view text, char decimal) {
    const std::string a_number = "a number";
    const char* mark = nullptr;
    if (has_form(text, decimal, mark))
        return {"number_out_of_range", "a number within the range of a double",
                "correct it or change the unit of measure", true};
    const std::string_view inner = trimmed(text);
    if (inner.size() != text.size()) {
        const bool almost =
            cell_number(inner, decimal) || cell_number_defect(inner, decimal).is_almost_a_number;
        return {"surrounding_space", "a number without spaces around it", "delete the spaces",
                almost};
    }
    if (text.ends_with('%')) {
        const std::string_view number = trimmed(text.substr(0, text.size() - 1));
        const bool almost = cell_number(number, '.') || cell_number(number, ',');
        return {"percent_sign", a_number,
                "write 100% as 1 or 100, in the unit of the indicator, without the sign", almost};
    }
    const char other = decimal == '.' ? ',' : '.';
    if (has_form(text, other, mark)) {
        const bool may_be_grouped = is_grouped(text);
        if (other == ',')
            return {"decimal_comma", "a number with decimal point",
                    may_be_grouped ? "declare decimal comma, or delete the thousands separator"
                                   : "declare decimal comma or correct it",
                    true};
        return {"decimal_point", "a number with decimal comma, as declared",
                may_be_grouped ? "declare decimal point, or delete the thousands separator"
                               : "declare decimal point or correct it",
                true};
    }
    if (is_grouped(text))
        return {"thousands_separator", "a number without thousands separators", "delete them",
                true};
    std::string lower = lower_case(text);
    if (lower.starts_with('-') || lower.starts_with('+')) lower.erase(0, 1);
    if (lower == "nan" || lower == "inf" || lower == "infinity")
        return {"not_finite", "a finite number, or an empty field",
                "leave the field empty where there is no value", false};
    if (parse_cell_state(text))
        return {"state_as_value", a_number,
                "leave the value empty and write the state in the column of states", false};
    for (const char* word : {"na", "n/a", "#n/a", "null", "none", "..", "...", "-", "--", "x"})
        if (lower == word || text == word)
            return {"number_expected", "a number, or an empty field",
                    "leave the field empty, or list the word in missing_words", false};
    return {"number_expected", a_number, "correct it", false};
}

}  // namespace thuocdo::io::detail
