#include "report_text.hpp"

#include <thuocdo/numeric/decimal.hpp>

#include <array>
#include <cmath>
#include <cstddef>

namespace thuocdo::publish::detail {

namespace {

constexpr std::string_view minus_sign = "\u2212";

/// Numbers nearer to zero than this would print as 0.0000.
constexpr double smallest_in_decimals = 1e-4;

/// A number with decimal point and no other marks as people write it.
std::string localised_number(std::string_view plain, bool vietnamese) {
    std::string text;
    if (plain.starts_with('-')) {
        text += minus_sign;
        plain.remove_prefix(1);
    }
    const std::size_t whole = std::min(plain.find_first_of(".e"), plain.size());
    // Four digits, such as a year, stay together.
    constexpr std::size_t group = 3;
    constexpr std::size_t ungrouped = 4;
    for (std::size_t at = 0; at < whole; ++at) {
        if (at > 0 && whole > ungrouped && (whole - at) % group == 0)
            text += vietnamese ? '.' : ',';
        text += plain[at];
    }
    for (const char each : plain.substr(whole)) text += each == '.' && vietnamese ? ',' : each;
    return text;
}

void say_both(HtmlWriter& html, std::string_view vi, std::string_view en) {
    if (vi == en) return say_plain(html, vi);
    {
        const HtmlElement span = html.element("span", {{"lang", "vi"}});
        say_plain(html, vi);
    }
    const HtmlElement span = html.element("span", {{"lang", "en"}});
    say_plain(html, en);
}

}  // namespace

int decimals_of(double value) {
    if (!std::isfinite(value)) return 0;
    const std::string text = numeric::shortest(numeric::round_decimal(value, most_decimals));
    const std::size_t point = text.find('.');
    if (point == std::string::npos || text.find('e') != std::string::npos) return 0;
    return static_cast<int>(text.size() - point - 1);
}

std::string number_text(double value, int decimals, bool vietnamese) {
    if (!std::isfinite(value)) return std::string(vietnamese ? no_data_words.vi : no_data_words.en);
    if (decimals >= 0) return localised_number(numeric::fixed(value, decimals), vietnamese);
    const bool tiny = std::abs(value) < smallest_in_decimals;
    return localised_number(
        numeric::shortest(tiny ? value : numeric::round_decimal(value, most_decimals)), vietnamese);
}

std::string signed_text(double value, int decimals, bool vietnamese) {
    const std::string text = number_text(value, decimals, vietnamese);
    return value > 0.0 && text.find_first_of("123456789") != std::string::npos ? '+' + text : text;
}

std::string percent_text(double share, int decimals, bool vietnamese) {
    if (!std::isfinite(share)) return number_text(share, decimals, vietnamese);
    constexpr double per_cent = 100.0;
    return number_text(share * per_cent, decimals, vietnamese) + '%';
}

std::string date_text(const Date& date, bool vietnamese) {
    constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
    if (date.is_special()) return std::string(vietnamese ? no_data_words.vi : no_data_words.en);
    const std::string iso = to_iso(date);
    if (vietnamese) return iso.substr(8, 2) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4);
    const auto parts = date.year_month_day();
    return std::to_string(parts.day) + ' ' + months.at(parts.month.as_number() - 1U) + ' ' +
           std::to_string(parts.year);
}

std::string interval_text(const RankInterval& interval) {
    const std::string low = numeric::shortest(interval.low);
    return interval.low == interval.high ? low : low + "\u2013" + numeric::shortest(interval.high);
}

void say_plain(HtmlWriter& html, std::string_view text) {
    if (turns_direction(text))
        html.leaf("bdi", {}, text);
    else
        html.text(text);
}

void say_only(HtmlWriter& html, std::string_view language, std::string_view text) {
    const HtmlElement span =
        html.element("span", {{"lang", std::string(language)}, {"class", "only"}});
    say_plain(html, text);
}

void say(HtmlWriter& html, const Label& text) {
    if (text.empty()) return;
    if (text.en.empty())
        say_only(html, "vi", text.vi);
    else if (text.vi.empty())
        say_only(html, "en", text.en);
    else
        say_both(html, text.vi, text.en);
}

void say(HtmlWriter& html, Words words) { say_both(html, words.vi, words.en); }

void say_name(HtmlWriter& html, const Label& name, std::string_view code) {
    if (name.empty())
        say_plain(html, code);
    else
        say(html, name);
}

const std::string& name_in(const Label& name, const std::string& code, bool vietnamese) {
    return name.empty() ? code : name.in(vietnamese);
}

void say_number(HtmlWriter& html, double value, int decimals) {
    say_both(html, number_text(value, decimals, true), number_text(value, decimals, false));
}

void say_change(HtmlWriter& html, double value, int decimals) {
    say_both(html, signed_text(value, decimals, true), signed_text(value, decimals, false));
}

void say_percent(HtmlWriter& html, double share, int decimals) {
    say_both(html, percent_text(share, decimals, true), percent_text(share, decimals, false));
}

void say_date(HtmlWriter& html, const Date& date) {
    if (date.is_special()) return say(html, no_data_words);
    const HtmlElement time = html.element("time", {{"datetime", to_iso(date)}});
    say_both(html, date_text(date, true), date_text(date, false));
}

Words state_words(CellState state) noexcept {
    switch (state) {
        case CellState::observed:
            return {"đã đo", "observed"};
        case CellState::provisional:
            return {"tạm tính", "provisional"};
        case CellState::imputed:
            return {"ước tính", "estimated"};
        case CellState::not_applicable:
            return {"không áp dụng", "not applicable"};
        case CellState::not_yet_due:
            return {"chưa đến kỳ", "not yet due"};
        case CellState::not_reported:
            return {"chưa báo cáo", "not reported"};
        case CellState::zero_denominator:
            return {"mẫu số bằng 0", "denominator of zero"};
        case CellState::confidential:
            return withheld_words;
    }
    return no_data_words;
}

Words audience_title(Audience audience) noexcept {
    switch (audience) {
        case Audience::open:
            return {"Công khai", "Public"};
        case Audience::internal:
            return {"Nội bộ", "Internal"};
        case Audience::restricted:
            return {"Hạn chế", "Restricted"};
    }
    return {"Hạn chế", "Restricted"};
}

Words part_words(std::string_view part) noexcept {
    if (part == "own_data") return {"Số liệu của đơn vị", "Own data"};
    if (part == "peers") return {"Đơn vị khác", "Other units"};
    if (part == "units") return {"Danh sách đơn vị", "Set of units"};
    if (part == "definition") return {"Định nghĩa bộ chỉ số", "Definition of the index"};
    if (part == "rounding") return {"Làm tròn", "Rounding"};
    return {part, part};
}

}  // namespace thuocdo::publish::detail
