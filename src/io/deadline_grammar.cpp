#include "io/deadline_grammar.hpp"

#include <algorithm>
#include <array>

#include "io/messages.hpp"

namespace thuocdo::io::detail {
namespace {

constexpr std::size_t year_digits = 4;
constexpr std::size_t short_digits = 2;
constexpr int months_a_half = 6;
constexpr int months_a_quarter = 3;
constexpr int months_a_nine = 9;

/// Goes back to where it was made, unless what was begun was finished.
class Attempt {
  public:
    explicit Attempt(TokenCursor& cursor) : cursor_(cursor), start_(cursor.position()) {}
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;
    ~Attempt() {
        if (!done_) cursor_.back_to(start_);
    }
    void done() noexcept { done_ = true; }

  private:
    TokenCursor& cursor_;
    std::size_t start_;
    bool done_ = false;
};

std::string in_digits(int day, int month, std::optional<int> year) {
    std::string text = std::to_string(day) + '/' + std::to_string(month);
    if (year) text += '/' + std::to_string(*year);
    return text;
}

}  // namespace

std::optional<Date> TimeGrammar::date() {
    Attempt attempt(in_);
    in_.accept_any({"ngày", "the"});
    for (const auto read : {&TimeGrammar::iso_date, &TimeGrammar::date_in_digits,
                            &TimeGrammar::date_with_month_name, &TimeGrammar::month_name_first}) {
        const auto found = (this->*read)();
        if (found) attempt.done();
        if (found || problem_) return found;
    }
    return std::nullopt;
}

std::optional<Period> TimeGrammar::period() {
    Attempt attempt(in_);
    in_.accept("the");
    for (const auto read :
         {&TimeGrammar::iso_period, &TimeGrammar::lettered_period, &TimeGrammar::months_of_year,
          &TimeGrammar::month_of_year, &TimeGrammar::part_in_english, &TimeGrammar::whole_year}) {
        const auto found = (this->*read)();
        if (found) attempt.done();
        if (found || problem_) return found;
    }
    return std::nullopt;
}

std::optional<Date> TimeGrammar::iso_date() {
    Attempt attempt(in_);
    const auto year = four_digit_year();
    if (!year || !in_.accept("-")) return std::nullopt;
    const auto month = in_.number(short_digits);
    if (!month || !in_.accept("-")) return std::nullopt;
    const auto day = in_.number(short_digits);
    if (!day) return std::nullopt;
    attempt.done();
    return made_date(year, month->value, day->value);
}

std::optional<Date> TimeGrammar::date_in_digits() {
    for (const char* sign : {"/", "-", "."}) {
        Attempt attempt(in_);
        const auto day = in_.number(short_digits);
        if (!day || !in_.accept(sign)) continue;
        const auto month = in_.number(short_digits);
        if (!month) continue;
        // Without a year, other signs than the stroke may join anything.
        if (std::string_view(sign) != "/" && !in_.sees_any({sign})) continue;
        attempt.done();
        const auto year = year_after();
        return made_date(year, month->value, day->value);
    }
    return std::nullopt;
}

std::optional<Date> TimeGrammar::date_with_month_name() {
    Attempt attempt(in_);
    const auto day = in_.number(short_digits);
    if (!day) return std::nullopt;
    in_.accept_any({"st", "nd", "rd", "th"});
    in_.accept("of");
    std::optional<int> month = month_name();
    if (!month && in_.accept("tháng"))
        if (const auto number = in_.number(short_digits)) month = number->value;
    if (!month) return std::nullopt;
    attempt.done();
    const auto year = year_after();
    return made_date(year, *month, day->value);
}

std::optional<Date> TimeGrammar::month_name_first() {
    Attempt attempt(in_);
    const auto month = month_name();
    if (!month) return std::nullopt;
    const auto day = in_.number(short_digits);
    if (!day) return std::nullopt;
    in_.accept_any({"st", "nd", "rd", "th"});
    attempt.done();
    const auto year = year_after();
    return made_date(year, *month, day->value);
}

std::optional<Period> TimeGrammar::iso_period() {
    Attempt attempt(in_);
    const auto year = four_digit_year();
    if (!year || !in_.accept("-")) return std::nullopt;
    PeriodKind kind = PeriodKind::month;
    std::optional<TokenNumber> number;
    if (in_.accept("9 m")) {
        kind = PeriodKind::nine_months;
        number = TokenNumber{1, 1};
    } else {
        kind = in_.accept("q")   ? PeriodKind::quarter
               : in_.accept("h") ? PeriodKind::half_year
                                 : PeriodKind::month;
        number = in_.number(short_digits);
    }
    if (!number) return std::nullopt;
    attempt.done();
    if (Period::exists(kind, *year, number->value)) return Period(kind, *year, number->value);
    refuse("impossible_period",
           std::string(thuocdo::detail::name_of(kind)) + ' ' + std::to_string(number->value) +
               " of the year " + std::to_string(*year),
           "a number from 1 to " + std::to_string(thuocdo::detail::periods_a_year(kind)),
           "correct the number");
    return std::nullopt;
}

std::optional<Period> TimeGrammar::lettered_period() {
    Attempt attempt(in_);
    const bool vietnamese = in_.accept_any({"quý", "quí", "qúy", "qúi"});
    if (!vietnamese && !in_.sees_any({"q", "h"})) return std::nullopt;
    const bool half = !vietnamese && in_.accept("h");
    if (!vietnamese && !half) in_.accept("q");
    const std::string name = in_.peek();
    std::optional<int> number;
    if (const auto digits = in_.number(short_digits)) {
        number = digits->value;
    } else if (vietnamese) {
        constexpr std::array<std::string_view, 6> romans{"i", "ii", "iii", "iv", "v", "vi"};
        const auto* const roman = std::find(romans.begin(), romans.end(), name);
        if (roman != romans.end()) {
            number = static_cast<int>(roman - romans.begin()) + 1;
            in_.skip();
        }
    }
    if (!number) return std::nullopt;
    attempt.done();
    return made_period(half ? PeriodKind::half_year : PeriodKind::quarter, *number,
                       (half ? "half-year " : "quarter ") + name);
}

std::optional<Period> TimeGrammar::month_of_year() {
    Attempt attempt(in_);
    std::optional<int> month = month_name();
    if (!month) {
        const bool named = in_.accept("tháng");
        const auto number = in_.number(short_digits);
        if (!number) return std::nullopt;
        if (!named) {
            // 01/2026, which four digits tell from a day and a month.
            Attempt ahead(in_);
            if (!in_.accept_any({"/", "-"}) || !four_digit_year()) return std::nullopt;
        }
        month = number->value;
    }
    attempt.done();
    return made_period(PeriodKind::month, *month, "month " + std::to_string(*month));
}

std::optional<Period> TimeGrammar::months_of_year() {
    Attempt attempt(in_);
    int months = months_a_half;
    if (!in_.accept("nửa")) {
        if (count_word(months_a_nine, "chín", ""))
            months = months_a_nine;
        else if (count_word(months_a_quarter, "ba", ""))
            months = months_a_quarter;
        else if (!count_word(months_a_half, "sáu", ""))
            return std::nullopt;
        if (!in_.accept("tháng")) return std::nullopt;
    }
    const bool first = in_.accept("đầu");
    const bool last = !first && in_.accept("cuối");
    if (!first && !last && months != months_a_nine) return std::nullopt;
    if (last && months == months_a_nine) return std::nullopt;
    in_.accept("của");
    {
        Attempt ahead(in_);
        if (!in_.accept("năm") && !four_digit_year()) return std::nullopt;
    }
    attempt.done();
    if (months == months_a_nine) return made_period(PeriodKind::nine_months, 1, "9 months");
    const PeriodKind kind = months == months_a_half ? PeriodKind::half_year : PeriodKind::quarter;
    return made_period(kind, first ? 1 : thuocdo::detail::periods_a_year(kind), "part of a year");
}

std::optional<Period> TimeGrammar::part_in_english() {
    Attempt attempt(in_);
    const bool last = in_.accept("last");
    const auto nth = last ? std::optional(1) : ordinal();
    if (nth && in_.accept("half")) {
        attempt.done();
        return made_period(PeriodKind::half_year, last ? 2 : *nth,
                           "half-year " + std::to_string(*nth));
    }
    if (nth && in_.accept("quarter")) {
        attempt.done();
        return made_period(PeriodKind::quarter,
                           last ? thuocdo::detail::periods_a_year(PeriodKind::quarter) : *nth,
                           "quarter " + std::to_string(*nth));
    }
    if (nth && *nth != 1) return std::nullopt;
    PeriodKind kind = PeriodKind::nine_months;
    if (count_word(months_a_half, "", "six"))
        kind = PeriodKind::half_year;
    else if (count_word(months_a_quarter, "", "three"))
        kind = PeriodKind::quarter;
    else if (last || !count_word(months_a_nine, "", "nine"))
        return std::nullopt;
    // Nine months are from January where nothing else is said; six are not.
    if (!in_.accept("months") || (!nth && kind != PeriodKind::nine_months)) return std::nullopt;
    attempt.done();
    return made_period(kind, last ? thuocdo::detail::periods_a_year(kind) : 1, "part of a year");
}

std::optional<Period> TimeGrammar::whole_year() {
    Attempt attempt(in_);
    in_.accept_any({"năm", "year"});
    const auto year = four_digit_year();
    if (!year) return std::nullopt;
    attempt.done();
    if (Period::exists(PeriodKind::year, *year, 1)) return Period::year(*year);
    refuse("impossible_period", "the year " + std::to_string(*year), "a year from 1400 to 9999",
           "correct the year");
    return std::nullopt;
}

std::optional<int> TimeGrammar::year_after() {
    Attempt attempt(in_);
    const bool sign = in_.accept_any({"/", "-", ".", ","});
    const bool word = in_.accept_any({"năm", "của năm", "of the year", "of year", "of"});
    if (const auto year = four_digit_year()) {
        attempt.done();
        return year;
    }
    const std::string digits = in_.peek();
    if (const auto number = in_.number(short_digits);
        number && number->digits == short_digits && (sign || word))
        refuse("two_digit_year", "a year of two digits, " + digits, "a year of four digits",
               "write the year in full, e.g. 2026");
    return std::nullopt;
}

std::optional<int> TimeGrammar::four_digit_year() {
    Attempt attempt(in_);
    const auto year = in_.number(year_digits);
    if (!year || year->digits != year_digits) return std::nullopt;
    attempt.done();
    return year->value;
}

std::optional<int> TimeGrammar::month_name() {
    constexpr std::size_t abbreviation = 3;
    const std::string& word = in_.peek();
    int number = 0;
    for (const char* name : thuocdo::detail::english_months) {
        ++number;
        const std::string full = lower_case(name);
        const bool is_short = word == std::string_view(full).substr(0, abbreviation) ||
                              (word == "sept" && full == "september");
        if (word != full && !is_short) continue;
        in_.skip();
        if (is_short && word != full) in_.accept(".");
        return number;
    }
    return std::nullopt;
}

std::optional<int> TimeGrammar::ordinal() {
    constexpr std::array<std::string_view, 4> words{"first", "second", "third", "fourth"};
    constexpr std::array<std::string_view, 4> digits{"1 st", "2 nd", "3 rd", "4 th"};
    for (std::size_t k = 0; k < words.size(); ++k)
        if (in_.accept_any({words[k], digits[k]})) return static_cast<int>(k) + 1;
    return std::nullopt;
}

std::optional<int> TimeGrammar::count_word(int value, std::string_view vietnamese,
                                           std::string_view english) {
    if (in_.accept(vietnamese.empty() ? english : vietnamese)) return value;
    Attempt attempt(in_);
    const auto number = in_.number(short_digits);
    if (!number || number->value != value) return std::nullopt;
    attempt.done();
    return value;
}

std::optional<Date> TimeGrammar::made_date(std::optional<int> year, int month, int day) {
    using Calendar = boost::gregorian::gregorian_calendar;
    constexpr int longest_month = 31;
    if (problem_) return std::nullopt;
    if (!year && month >= 1 && month <= thuocdo::detail::months_a_year && day >= 1 &&
        day <= longest_month) {
        if (!default_year_) {
            refuse("missing_year", in_digits(day, month, year) + " without a year", "a year",
                   "add it (" + in_digits(day, month, year) +
                       "/2026), or give the year of the plan with the options");
            return std::nullopt;
        }
        year = default_year_;
    }
    const bool month_exists = month >= 1 && month <= thuocdo::detail::months_a_year;
    if (month_exists && year && Period::exists(PeriodKind::year, *year, 1) && day >= 1 &&
        day <= Calendar::end_of_month_day(static_cast<unsigned short>(*year),
                                          static_cast<unsigned short>(month)))
        return Date(static_cast<unsigned short>(*year), static_cast<unsigned short>(month),
                    static_cast<unsigned short>(day));
    const bool exchanged = !month_exists && month <= longest_month && day >= 1 &&
                           day <= thuocdo::detail::months_a_year;
    refuse("impossible_date", in_digits(day, month, year), "a day of the calendar, day/month/year",
           exchanged ? "the day comes first: did you mean " + in_digits(month, day, year) + '?'
                     : "the calendar has no such day; correct it");
    return std::nullopt;
}

std::optional<Period> TimeGrammar::made_period(PeriodKind kind, int number,
                                               const std::string& found) {
    auto year = year_after();
    if (problem_) return std::nullopt;
    const int most = thuocdo::detail::periods_a_year(kind);
    if (number < 1 || number > most) {
        refuse("impossible_period", found, "a number from 1 to " + std::to_string(most),
               "correct the number");
        return std::nullopt;
    }
    if (!year) {
        in_.accept("năm");
        year = default_year_;
    }
    if (!year) {
        refuse("missing_year", found + " without a year", "a year",
               "add it, e.g. Quý I/2026, or give the year of the plan with the options");
        return std::nullopt;
    }
    if (Period::exists(kind, *year, number)) return Period(kind, *year, number);
    refuse("impossible_period", found + " of the year " + std::to_string(*year),
           "a year from 1400 to 9999", "correct the year");
    return std::nullopt;
}

}  // namespace thuocdo::io::detail
