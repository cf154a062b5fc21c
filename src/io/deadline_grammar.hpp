#pragma once
/// @file
/// Dates and periods among the words of a text.

#include <thuocdo/error.hpp>
#include <thuocdo/time/period.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "io/deadline_tokens.hpp"

namespace thuocdo::io::detail {

/// Reads dates and periods. What has the form of one and is none (30/2/2026,
/// Quý V, a year that is missing) is remembered as the problem of the text.
class TimeGrammar {
  public:
    /// @param place what the problems are about
    /// @param default_year the year where the text gives none
    TimeGrammar(TokenCursor& cursor, const char* place, std::optional<int> default_year)
        : in_(cursor), place_(place), default_year_(default_year) {}

    /// A date, with or without `ngày` before it.
    [[nodiscard]] std::optional<Date> date();
    [[nodiscard]] std::optional<Period> period();

    [[nodiscard]] const std::optional<Problem>& problem() const noexcept { return problem_; }

    /// Remembers the problem, unless one is known already.
    void refuse(std::string code, std::string found, std::string expected, std::string remedy) {
        if (!problem_)
            problem_ = Problem{std::move(code), place_, std::move(found), std::move(expected),
                               std::move(remedy)};
    }

  private:
    std::optional<Date> iso_date();
    std::optional<Date> date_in_digits();
    std::optional<Date> date_with_month_name();
    std::optional<Date> month_name_first();
    std::optional<Period> iso_period();
    std::optional<Period> lettered_period();
    std::optional<Period> month_of_year();
    std::optional<Period> months_of_year();
    std::optional<Period> part_in_english();
    std::optional<Period> whole_year();

    /// The year after a part of it, whether or not words or signs join the two.
    std::optional<int> year_after();
    std::optional<int> four_digit_year();
    std::optional<int> month_name();
    std::optional<int> ordinal();
    std::optional<int> count_word(int value, std::string_view vietnamese, std::string_view english);
    std::optional<Date> made_date(std::optional<int> year, int month, int day);
    std::optional<Period> made_period(PeriodKind kind, int number, const std::string& found);

    TokenCursor& in_;
    std::string place_;
    std::optional<int> default_year_;
    std::optional<Problem> problem_;
};

}  // namespace thuocdo::io::detail
