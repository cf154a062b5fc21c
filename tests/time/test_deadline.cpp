#include <thuocdo/time/deadline.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "time/calendar_of_viet_nam.hpp"

using namespace thuocdo;

namespace {

template <class Call>
std::string code_of(Call&& call) {
    try {
        static_cast<void>(call());
    } catch (const DataError& error) {
        return error.problems().at(0).code;
    }
    return "none";
}

}  // namespace

TEST_CASE("the last day in time follows from how the deadline is stated") {
    const WorkingCalendar calendar(time_tests::definition());
    const auto last = [](const Deadline& deadline) { return to_iso(deadline.last_day); };
    CHECK(last(Deadline::before(Date(2026, 1, 10))) == "2026-01-09");
    CHECK(last(Deadline::before(Date(2026, 3, 1))) == "2026-02-28");
    CHECK(last(Deadline::on_or_before(Date(2026, 1, 10))) == "2026-01-10");
    CHECK(last(Deadline::before(Period::quarter(2026, 2))) == "2026-03-31");
    CHECK(last(Deadline::before(Period::month(2026, 6))) == "2026-05-31");
    CHECK(last(Deadline::before(Period::year(2027))) == "2026-12-31");
    CHECK(last(Deadline::within(Period::month(2026, 1))) == "2026-01-31");
    CHECK(last(Deadline::by_end_of(Period::nine_months(2026))) == "2026-09-30");
    CHECK(last(Deadline::working_days_from(Date(2026, 2, 12), 2, calendar)) == "2026-02-23");
    CHECK(last(Deadline::calendar_days_from(Date(2026, 2, 12), 2)) == "2026-02-14");
}

TEST_CASE("days late count from the last day, and never below zero") {
    const Deadline deadline = Deadline::before(Date(2026, 1, 10));
    CHECK(deadline.is_met_by(Date(2025, 1, 1)));
    CHECK(deadline.is_met_by(Date(2026, 1, 9)));
    CHECK_FALSE(deadline.is_met_by(Date(2026, 1, 10)));
    CHECK(deadline.days_late(Date(2026, 1, 8)) == 0);
    CHECK(deadline.days_late(Date(2026, 1, 9)) == 0);
    CHECK(deadline.days_late(Date(2026, 1, 10)) == 1);
    CHECK(deadline.days_late(Date(2027, 1, 9)) == 365);
    CHECK(code_of([&] { return deadline.is_met_by(Date{}); }) == "not_a_date");
}

TEST_CASE("a deadline says its exact last day first, in both languages") {
    const WorkingCalendar calendar(time_tests::definition());
    struct Case {
        Deadline deadline;
        const char* vietnamese;
        const char* english;
    };
    for (const Case& each :
         {Case{Deadline::before(Date(2026, 1, 10)),
               "chậm nhất ngày 9/1/2026 (trước ngày 10/1/2026)",
               "no later than 9 January 2026 (before 10 January 2026)"},
          Case{Deadline::on_or_before(Date(2026, 3, 31)), "chậm nhất ngày 31/3/2026",
               "no later than 31 March 2026"},
          Case{Deadline::within(Period::quarter(2026, 1)),
               "chậm nhất ngày 31/3/2026 (trong Quý I/2026)",
               "no later than 31 March 2026 (within Q1 2026)"},
          Case{Deadline::by_end_of(Period::half_year(2026, 1)),
               "chậm nhất ngày 30/6/2026 (hết 6 tháng đầu năm 2026)",
               "no later than 30 June 2026 (by the end of the first half of 2026)"},
          Case{Deadline::before(Period::quarter(2026, 2)),
               "chậm nhất ngày 31/3/2026 (trước Quý II/2026)",
               "no later than 31 March 2026 (before Q2 2026)"},
          Case{Deadline::working_days_from(Date(2026, 1, 5), 15, calendar),
               "chậm nhất ngày 23/1/2026 (15 ngày làm việc kể từ ngày 5/1/2026)",
               "no later than 23 January 2026 (15 working days from 5 January 2026)"},
          Case{
              Deadline::working_days_from(Date(2026, 8, 21), 1, calendar),
              "chậm nhất ngày 22/8/2026 (1 ngày làm việc kể từ ngày 21/8/2026; tạm tính, lịch nghỉ "
              "chưa chính thức)",
              "no later than 22 August 2026 (1 working day from 21 August 2026; provisional, the "
              "calendar of days off is not final)"},
          Case{Deadline::calendar_days_from(Date(2026, 1, 5), 10),
               "chậm nhất ngày 15/1/2026 (10 ngày kể từ ngày 5/1/2026)",
               "no later than 15 January 2026 (10 days from 5 January 2026)"}}) {
        CHECK(each.deadline.to_vietnamese() == each.vietnamese);
        CHECK(each.deadline.to_english() == each.english);
        std::ostringstream printed;
        printed << each.deadline;
        CHECK(printed.str() == each.vietnamese);
    }
}

TEST_CASE("deadlines that no day can meet are refused") {
    const WorkingCalendar calendar(time_tests::definition());
    CHECK(code_of([] { return Deadline::calendar_days_from(Date(2026, 1, 5), 0); }) ==
          "impossible_day_count");
    CHECK(code_of([&] { return Deadline::working_days_from(Date(2026, 1, 5), -1, calendar); }) ==
          "impossible_day_count");
    CHECK(code_of([] { return Deadline::before(Date(1400, 1, 1)); }) == "date_out_of_range");
    CHECK(code_of([] { return Deadline::before(Period::year(1400)); }) == "date_out_of_range");
    CHECK(code_of([] { return Deadline::calendar_days_from(Date(9999, 12, 31), 1); }) ==
          "date_out_of_range");
    CHECK(code_of([] { return Deadline::on_or_before(Date{}); }) == "not_a_date");
}
