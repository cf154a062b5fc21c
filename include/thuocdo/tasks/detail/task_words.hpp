#pragma once
/// @file
/// Numbers inside sentences in both languages: 1,234.5 in English is 1.234,5 in
/// Vietnamese.

#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/tasks/task_state.hpp>
#include <thuocdo/time/day_number.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace thuocdo::detail {

/// Decimal text with marks between thousands.
[[nodiscard]] inline std::string with_marks(const std::string& decimal, char thousands,
                                            char point) {
    constexpr std::size_t group = 3;
    const std::size_t sign = decimal.starts_with('-') ? 1 : 0;
    const std::size_t end = std::min(decimal.find('.'), decimal.size());
    std::string text = decimal.substr(0, sign);
    for (std::size_t k = sign; k < end; ++k) {
        if (k > sign && (end - k) % group == 0) text += thousands;
        text += decimal[k];
    }
    if (end < decimal.size()) text += point + decimal.substr(end + 1);
    return text;
}

[[nodiscard]] inline Label number_words(double value, int digits) {
    const std::string text = numeric::fixed(value, digits);
    return {with_marks(text, ',', '.'), with_marks(text, '.', ',')};
}

/// The shortest decimal: for values of indicators.
[[nodiscard]] inline Label value_words(double value) {
    const std::string text = numeric::shortest(value);
    if (text.find('e') != std::string::npos) return {text, text};
    return {with_marks(text, ',', '.'), with_marks(text, '.', ',')};
}

[[nodiscard]] inline Label percent_words(double share) {
    constexpr double hundred = 100.0;
    const Label number = number_words(hundred * share, 1);
    return {number.en + '%', number.vi + '%'};
}

/// Money in whole dong.
[[nodiscard]] inline Label money_words(double dong) {
    const Label number = number_words(dong, 0);
    return {number.en + " dong", number.vi + " đồng"};
}

[[nodiscard]] inline Label count_words(std::int64_t count) {
    const std::string text = std::to_string(count);
    return {with_marks(text, ',', '.'), with_marks(text, '.', ',')};
}

[[nodiscard]] inline Label date_words(std::int32_t day) {
    const std::string iso = to_iso(date_of(day));
    return {iso, iso.substr(8) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4)};
}

/// A name, the same in both languages, in quotation marks.
[[nodiscard]] inline Label name_words(const std::string& name) {
    return {'"' + name + '"', '"' + name + '"'};
}

/// The sentence with `{1}`, `{2}` ... replaced, in both languages.
[[nodiscard]] inline Label sentence(const Label& pattern, std::initializer_list<Label> values) {
    const auto fill = [&](const std::string& text, bool vietnamese) {
        std::string filled;
        for (std::size_t k = 0; k < text.size(); ++k) {
            const bool place = text[k] == '{' && k + 2 < text.size() && text[k + 2] == '}';
            if (!place) {
                filled += text[k];
                continue;
            }
            const Label& value = *(values.begin() + (text[k + 1] - '1'));
            filled += vietnamese ? value.vi : value.en;
            k += 2;
        }
        return filled;
    };
    return {fill(pattern.en, false), fill(pattern.vi, true)};
}

}  // namespace thuocdo::detail
