#include <thuocdo/io/deadline.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "io_time/support.hpp"

using namespace thuocdo;

namespace {

struct Refused {
    const char* text;
    const char* code;
};

}  // namespace

TEST_CASE("words without one exact last day are refused, never guessed") {
    for (const Refused& each :
         {Refused{"", "empty_deadline"},
          Refused{" \t\n", "empty_deadline"},
          Refused{"tru\xff", "invalid_utf8"},
          Refused{"đầu năm 2026", "vague_deadline"},
          Refused{"trong đầu quý I/2026", "vague_deadline"},
          Refused{"giữa năm 2026", "vague_deadline"},
          Refused{"cuối năm 2026", "vague_deadline"},
          Refused{"trong cuối năm 2026", "vague_deadline"},
          Refused{"end of 2026", "vague_deadline"},
          Refused{"at the end of 2026", "vague_deadline"},
          Refused{"early 2026", "vague_deadline"},
          Refused{"mid-2026", "vague_deadline"},
          Refused{"trong nửa đầu tháng 6/2026", "vague_deadline"},
          Refused{"trong thời gian sớm nhất", "vague_deadline"},
          Refused{"thường xuyên", "vague_deadline"},
          Refused{"khẩn trương", "vague_deadline"},
          Refused{"thực hiện ngay lập tức", "vague_deadline"},
          Refused{"as soon as possible", "vague_deadline"},
          Refused{"khoảng tháng 6/2026", "vague_deadline"},
          Refused{"đến Quý I/2026", "ambiguous_deadline"},
          Refused{"đến năm 2026", "ambiguous_deadline"},
          Refused{"by Q1 2026", "ambiguous_deadline"},
          Refused{"by 2026", "ambiguous_deadline"},
          Refused{"trước hết Quý I/2026", "ambiguous_deadline"},
          Refused{"trước khi hết tháng 6/2026", "ambiguous_deadline"},
          Refused{"trước cuối năm 2026", "ambiguous_deadline"},
          Refused{"before the end of 2026", "ambiguous_deadline"},
          Refused{"trước trong ngày 10/1/2026", "ambiguous_deadline"},
          Refused{"trước 15 ngày làm việc kể từ ngày giao", "ambiguous_deadline"},
          Refused{"hằng tháng", "recurring_deadline"},
          Refused{"trước ngày 15 hàng tháng", "recurring_deadline"},
          Refused{"định kỳ trong quý I/2026", "recurring_deadline"},
          Refused{"by the 5th of every month", "recurring_deadline"},
          Refused{"trong quý này", "relative_deadline"},
          Refused{"trong Quý I năm nay", "relative_deadline"},
          Refused{"next month", "relative_deadline"},
          Refused{"trước 17 giờ ngày 10/1/2026", "time_of_day"},
          Refused{"trước 17h00 ngày 10/1/2026", "time_of_day"},
          Refused{"by 17:00 on 10 January 2026", "time_of_day"},
          Refused{"sau ngày 10/1/2026", "not_a_deadline"},
          Refused{"từ ngày 1/1/2026 đến ngày 31/1/2026", "not_a_deadline"},
          Refused{"after 10 January 2026", "not_a_deadline"},
          Refused{"trước ngày 30/2/2026", "impossible_date"},
          Refused{"trước ngày 29/2/2100", "impossible_date"},
          Refused{"trước ngày 31/4/2026", "impossible_date"},
          Refused{"trước ngày 0/1/2026", "impossible_date"},
          Refused{"trước ngày 10/13/2026", "impossible_date"},
          Refused{"2026-02-30", "impossible_date"},
          Refused{"before 31 June 2026", "impossible_date"},
          Refused{"trong quý V/2026", "impossible_period"},
          Refused{"trong quý 5 năm 2026", "impossible_period"},
          Refused{"trong tháng 13/2026", "impossible_period"},
          Refused{"trong tháng 0/2026", "impossible_period"},
          Refused{"2026-Q5", "impossible_period"},
          Refused{"2026-13", "impossible_period"},
          Refused{"trước ngày 10/1/26", "two_digit_year"},
          Refused{"trong quý I/26", "two_digit_year"},
          Refused{"trước ngày 10/1", "missing_year"},
          Refused{"trong Quý I", "missing_year"},
          Refused{"trong 6 tháng đầu năm", "missing_year"},
          Refused{"by 31 March", "missing_year"},
          Refused{"trong 15 ngày làm việc", "missing_start"},
          Refused{"within 10 days", "missing_start"},
          Refused{"trong 15 ngày làm việc kể từ ngày ký", "unknown_start_event"},
          Refused{"within 10 days of receipt", "unknown_start_event"},
          Refused{"trong 2 tháng kể từ ngày 5/1/2026", "unknown_unit_of_time"},
          Refused{"within 2 weeks of assignment", "unknown_unit_of_time"},
          Refused{"trong 0 ngày kể từ ngày giao", "impossible_day_count"},
          Refused{"trong 0 ngày làm việc kể từ ngày giao", "impossible_day_count"},
          Refused{"10 ngày kể từ ngày 31/12/9999", "date_out_of_range"},
          Refused{"trước ngày 1/1/1400", "date_out_of_range"},
          Refused{"truoc ngay 10/1/2026", "unreadable_deadline"},
          Refused{"trong 15 ngày 10/1/2026", "unreadable_deadline"},
          Refused{"trước ngày 10/1/2026 và 20/1/2026", "unreadable_deadline"},
          Refused{"trước ngày 10/1/20261", "missing_year"},
          Refused{"Q1/2026-Q2/2026", "unreadable_deadline"},
          Refused{"trước", "unreadable_deadline"},
          Refused{"6 tháng 2026", "unreadable_deadline"},
          Refused{"six months of 2026", "unreadable_deadline"}}) {
        CAPTURE(std::string(each.text));
        const std::vector<Problem> problems = io::check_deadline(each.text, time_tests::options());
        REQUIRE(problems.size() == 1);
        CHECK(problems.front().code == each.code);
        CHECK(problems.front().place == "deadline");
        CHECK_FALSE(problems.front().found.empty());
        CHECK_FALSE(problems.front().expected.empty());
        CHECK_FALSE(problems.front().remedy.empty());
        CHECK_THROWS_AS((void)io::parse_deadline(each.text, time_tests::options()), DataError);
    }
}

TEST_CASE("what only the document knows is asked for") {
    const auto code = [](const char* text, const io::DeadlineOptions& options) {
        return io::check_deadline(text, options).at(0).code;
    };
    io::DeadlineOptions only_calendar;
    only_calendar.calendar = &time_tests::viet_nam();
    CHECK(code("trong 15 ngày làm việc kể từ ngày giao", only_calendar) ==
          "missing_assignment_day");
    CHECK(code("within 10 days of assignment", {}) == "missing_assignment_day");
    CHECK(code("trong 15 ngày làm việc kể từ ngày 5/1/2026", {}) == "missing_calendar");
    CHECK(io::check_deadline("trong 15 ngày kể từ ngày 5/1/2026").empty());
}

TEST_CASE("a remedy gives words that are then accepted") {
    const auto remedy = [](const char* text) { return io::check_deadline(text).at(0).remedy; };
    CHECK(remedy("by Q1 2026") ==
          "write \"trước Quý I/2026\" (before its first day) or \"hết Quý I/2026\" (until its last "
          "day)");
    CHECK(io::check_deadline("trước Quý I/2026").empty());
    CHECK(io::check_deadline("hết Quý I/2026").empty());
    CHECK(remedy("before 1/31/2026") == "the day comes first: did you mean 31/1/2026?");
    CHECK(remedy("trước ngày 10/1") ==
          "add it (10/1/2026), or give the year of the plan with the options");
}
