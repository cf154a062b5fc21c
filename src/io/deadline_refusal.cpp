#include "io/deadline_refusal.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

constexpr std::array recurring{"hàng ngày",  "hằng ngày", "hàng tuần", "hằng tuần",   "hàng tháng",
                               "hằng tháng", "hàng quý",  "hằng quý",  "hàng năm",    "hằng năm",
                               "định kỳ",    "mỗi tháng", "mỗi quý",   "mỗi năm",     "mỗi tuần",
                               "every",      "each",      "daily",     "weekly",      "monthly",
                               "quarterly",  "annually",  "yearly",    "periodically"};

constexpr std::array relative{
    "hôm nay",    "ngày mai",     "tuần này",     "tuần sau",  "tuần tới",
    "tháng này",  "tháng sau",    "tháng tới",    "quý này",   "quý sau",
    "quý tới",    "năm nay",      "năm sau",      "năm tới",   "thời gian tới",
    "today",      "tomorrow",     "this week",    "next week", "this month",
    "next month", "this quarter", "next quarter", "this year", "next year"};

constexpr std::array time_of_day{"giờ",  "h",        "am",   "pm",   "o",
                                 "noon", "midnight", "trưa", "sáng", "chiều"};

constexpr std::array vague{
    "đầu",           "giữa",        "cuối",         "sớm",          "sớm nhất", "thường xuyên",
    "liên tục",      "khẩn trương", "ngay lập tức", "ngay khi",     "ngay sau", "kịp thời",
    "khoảng",        "dự kiến",     "thượng tuần",  "trung tuần",   "hạ tuần",  "sau khi",
    "as soon as",    "asap",        "urgently",     "immediately",  "promptly", "early",
    "mid",           "late",        "end of",       "beginning of", "start of", "middle of",
    "regularly",     "ongoing",     "continuous",   "continuously", "around",   "about",
    "approximately", "soon"};

/// Words with which a text gives the day from which something holds.
constexpr std::array beginning{"từ", "kể từ", "sau", "from", "after", "since", "starting"};

template <std::size_t Count>
std::optional<std::string> first_phrase(const std::vector<Token>& tokens,
                                        const std::array<const char*, Count>& phrases) {
    const auto found = std::find_if(phrases.begin(), phrases.end(), [&](const char* phrase) {
        return holds_phrase(tokens, phrase);
    });
    return found == phrases.end() ? std::nullopt : std::optional<std::string>(*found);
}

/// Whether an hour such as `17h` or `17:00` stands in the text.
bool holds_hour(const std::vector<Token>& tokens) {
    for (std::size_t k = 1; k < tokens.size(); ++k) {
        if (!tokens[k - 1].is_number) continue;
        const std::string& word = tokens[k].text;
        if (word == ":" && k + 1 < tokens.size() && tokens[k + 1].is_number) return true;
        if (std::find(time_of_day.begin(), time_of_day.end(), word) != time_of_day.end())
            return true;
    }
    return false;
}

}  // namespace

std::optional<Problem> known_refusal(const std::vector<Token>& tokens, std::string_view text,
                                     bool is_incomplete) {
    if (const auto phrase = first_phrase(tokens, recurring))
        return Problem{"recurring_deadline", deadline_place,
                       in_quotes(text) + ", which comes back (" + in_quotes(*phrase) + ')',
                       "one last day", "make one task of each turn and give each its own day"};
    if (const auto phrase = first_phrase(tokens, relative))
        return Problem{
            "relative_deadline", deadline_place,
            in_quotes(text) + ", which depends on the day of reading (" + in_quotes(*phrase) + ')',
            "a day or a period with its year", "name it, e.g. \"trong Quý I/2026\""};
    if (is_incomplete) return std::nullopt;
    if (holds_hour(tokens))
        return Problem{"time_of_day", deadline_place, in_quotes(text) + ", an hour of a day",
                       "a day, which is in time until it ends",
                       "leave the hour out, e.g. \"chậm nhất ngày 10/1/2026\""};
    if (const auto phrase = first_phrase(tokens, vague))
        return Problem{
            "vague_deadline", deadline_place,
            in_quotes(text) + ", without one exact last day (" + in_quotes(*phrase) + ')',
            "words with one exact last day",
            "give it, e.g. \"chậm nhất ngày 31/3/2026\" or \"hết năm 2026\""};
    if (const auto phrase = first_phrase(tokens, beginning);
        phrase && !tokens.empty() && !tokens.front().is_number &&
        phrase->starts_with(tokens.front().text))
        return Problem{
            "not_a_deadline", deadline_place, in_quotes(text) + ", a day on which something begins",
            "the last day that is in time", "give the end, e.g. \"chậm nhất ngày 31/3/2026\""};
    return std::nullopt;
}

Problem unreadable_deadline(std::string_view text) {
    return {"unreadable_deadline", deadline_place, in_quotes(text),
            "a deadline such as \"trước ngày 10/1/2026\", \"chậm nhất ngày 31/3/2026\", \"trong "
            "Quý I/2026\", \"trong 15 ngày làm việc kể từ ngày 5/1/2026\" or \"no later than "
            "2026-03-31\"",
            "write it in one of these forms"};
}

}  // namespace thuocdo::io::detail
