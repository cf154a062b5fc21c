#include "io/number_text.hpp"

#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

[[nodiscard]] bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

[[nodiscard]] bool all_digits(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

[[nodiscard]] std::string_view without_sign(std::string_view text) noexcept {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return text;
}

/// Digits in groups of three: 1,000 or 12.345.678, with the given mark.
[[nodiscard]] bool is_grouped(std::string_view text, char mark) {
    constexpr std::size_t group = 3;
    const std::size_t first = text.find(mark);
    if (first == 0 || first > group || text.front() == '0') return false;
    if (!all_digits(text.substr(0, first))) return false;
    text.remove_prefix(first);
    while (!text.empty()) {
        if (text.front() != mark || !all_digits(text.substr(1, group)) || text.size() < group + 1)
            return false;
        text.remove_prefix(group + 1);
    }
    return true;
}

[[nodiscard]] std::string without(std::string_view text, char mark) {
    std::string kept(text);
    kept.erase(std::remove(kept.begin(), kept.end(), mark), kept.end());
    return kept;
}

/// The number with its grouping removed, if it has any. `1,000` is not told
/// from a decimal comma here.
[[nodiscard]] std::optional<std::string> ungrouped(std::string_view text) {
    std::string plain(text);
    for (const std::string_view space : {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"})
        for (std::size_t at = plain.find(space); at != std::string::npos; at = plain.find(space))
            plain.replace(at, space.size(), " ");
    const std::string_view digits = without_sign(plain);
    const std::string sign = plain.substr(0, plain.size() - digits.size());
    for (const char mark : {' ', '\'', ',', '.'}) {
        if (digits.find(mark) == std::string_view::npos) continue;
        for (const char point : {'.', ','}) {
            if (point == mark) continue;
            const std::size_t end = std::min(digits.find(point), digits.size());
            const std::string_view fraction = digits.substr(std::min(end + 1, digits.size()));
            if (end != digits.size() && !all_digits(fraction)) continue;
            if (!is_grouped(digits.substr(0, end), mark)) continue;
            std::string number = sign + without(digits.substr(0, end), mark);
            if (end != digits.size()) number += '.' + std::string(fraction);
            return number;
        }
    }
    return std::nullopt;
}

[[nodiscard]] std::optional<std::string> with_decimal_point(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    std::string number(text);
    number[comma] = '.';
    if (!strict_number(number)) return std::nullopt;
    return number;
}

}  // namespace

std::optional<double> strict_number(std::string_view text) {
    // from_chars takes "inf" and "nan" too, and no plus sign.
    if (text.empty() || !(is_digit(text.back()) || text.back() == '.')) return std::nullopt;
    if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

NumberDefect number_defect(std::string_view text) {
    const std::string lower = lower_case(without_sign(text));
    if (lower == "nan" || lower == "inf" || lower == "infinity" || lower == "#n/a")
        return {"not_finite", "leave it out where there is no number"};
    if (text.ends_with('%')) {
        std::string number(text.substr(0, text.size() - 1));
        while (number.ends_with(' ')) number.pop_back();
        if (const auto pointed = with_decimal_point(number)) number = *pointed;
        const auto share = strict_number(number + "e-2");
        const std::string forms =
            share ? numeric::shortest(*share) + " or " + number : std::string("a number");
        return {"percent_sign", "write " + std::string(text) + " as " + forms +
                                    " without the sign, in the unit of the indicator"};
    }
    const auto pointed = with_decimal_point(text);
    if (const auto plain = ungrouped(text)) {
        std::string remedy = "write it without thousands separators: " + *plain;
        if (pointed) remedy += ", or " + *pointed + " if the comma is a decimal point";
        return {"thousands_separator", std::move(remedy)};
    }
    if (pointed) return {"decimal_comma", "use a decimal point: " + *pointed};
    if (text.empty()) return {"number_expected", "write a number such as 0.25"};
    if (text.front() == ' ' || text.back() == ' ')
        return {"number_expected", "remove the spaces around it"};
    return {"number_expected", "write a number such as 0.25, without unit or other words"};
}

}  // namespace thuocdo::io::detail
