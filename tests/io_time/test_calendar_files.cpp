#include <thuocdo/io/calendar.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "io_time/support.hpp"
#include "time/calendar_of_viet_nam.hpp"

using namespace thuocdo;

namespace {

const std::string folder = THUOCDO_DATA_DIR "/calendars/";
const boost::gregorian::days one_day(1);

template <class Call>
std::vector<std::string> codes_of(Call&& call) {
    std::vector<std::string> found;
    try {
        static_cast<void>(call());
    } catch (const DataError& error) {
        for (const Problem& each : error.problems()) found.push_back(each.code + " " + each.place);
    }
    return found;
}

using Texts = std::vector<std::string>;

std::string document(const std::string& members) {
    return R"({"thuocdo_calendar": 1, "code": "x", "source": "s")" + members + '}';
}

}  // namespace

TEST_CASE("the shipped calendar has the days off of 2025 and 2026 as published, day by day") {
    const WorkingCalendar& calendar = time_tests::viet_nam();
    CHECK(calendar.code() == "vn");
    CHECK(calendar.first_year() == 2025);
    CHECK(calendar.last_year() == 2027);
    int days = 0;
    for (Date day(2025, 1, 1); day <= Date(2026, 12, 31); day += one_day, ++days) {
        CAPTURE(to_iso(day));
        CHECK(calendar.is_working_day(day) == time_tests::is_worked(day));
        CHECK(calendar.is_provisional(day) ==
              (day == Date(2026, 8, 22) || day == Date(2026, 8, 31)));
    }
    CHECK(days == 730);
    for (const CalendarYear& year : calendar.definition().years)
        for (const DayOff& day : year.days_off) {
            CHECK_FALSE(day.name_vi.empty());
            CHECK_FALSE(day.name_en.empty());
        }
}

TEST_CASE("every day of 2027 is provisional, and the days that the law fixes are off") {
    const WorkingCalendar& calendar = time_tests::viet_nam();
    for (Date day(2027, 1, 1); day <= Date(2027, 12, 31); day += one_day)
        CHECK(calendar.is_provisional(day));
    // 1 January; Tết from Saturday 6 February; 10th of the third month; 30 April; Saturday
    // 1 May moves to Monday; 2 September.
    for (const Date& day :
         {Date(2027, 1, 1), Date(2027, 2, 5), Date(2027, 2, 8), Date(2027, 2, 9), Date(2027, 2, 10),
          Date(2027, 4, 16), Date(2027, 4, 30), Date(2027, 5, 3), Date(2027, 9, 2)})
        CHECK_FALSE(calendar.is_working_day(day));
    CHECK(calendar.definition().years.back().days_off.size() == 11);
    CHECK_FALSE(calendar.definition().years.back().note.empty());
}

TEST_CASE("files are merged in any order, and one file is a calendar of its own") {
    const WorkingCalendar both =
        io::load_calendars({folder + "vn-2026.json", folder + "vn-2025.json"});
    CHECK(both == io::load_calendars({folder + "vn-2025.json", folder + "vn-2026.json"}));
    CHECK(both.first_year() == 2025);
    CHECK(both.last_year() == 2026);
    const WorkingCalendar one = io::load_calendar(folder + "vn-2026.json");
    CHECK(one.first_year() == 2026);
    CHECK(one.is_provisional(Date(2025, 12, 31)));
    CHECK(one.definition().name_vi == "Lịch làm việc của Việt Nam, tuần làm việc 5 ngày");
}

TEST_CASE("all problems of a document come at once, in its order, with their place") {
    const Texts expected{"unsupported_format c.json#/thuocdo_calendar",
                         "invalid_date c.json#/days_off/0/date",
                         "missing_member c.json#/days_off/1/date",
                         "day_off_on_weekend c.json#/days_off/2/date",
                         "unknown_member c.json#/days_off/2/nmae",
                         "date_outside_year c.json#/days_off/3/date",
                         "duplicate_day_off c.json#/days_off/5/date",
                         "swap_worked_on_weekday c.json#/swaps/0/worked",
                         "wrong_type c.json#/swaps/0/provisional"};
    Texts found = codes_of([] {
        return io::parse_calendar(
            R"({"thuocdo_calendar": 2, "code": "x", "source": "s", "year": 2026, "days_off": [
                {"date": "2026-02-30", "name": "a"}, {"name": "b"},
                {"date": "2026-01-03", "nmae": "c"}, {"date": "2025-01-02", "name": "d"},
                {"date": "2026-01-01", "name": "e"}, {"date": "2026-01-01", "name": "f"}],
               "swaps": [{"off": "2026-01-02", "worked": "2026-01-12", "provisional": "yes"}]})",
            "c.json");
    });
    // The member that is missing because it was misspelled is listed where it would stand.
    const auto missing =
        std::find(found.begin(), found.end(), "missing_member c.json#/days_off/2/name");
    REQUIRE(missing != found.end());
    found.erase(missing);
    CHECK(found == expected);
}

TEST_CASE("a document that is no calendar says why") {
    CHECK(codes_of([] { return io::parse_calendar("{", "c.json"); }).size() == 1);
    CHECK(codes_of([] { return io::parse_calendar("{", "c.json"); })
              .at(0)
              .starts_with("syntax_error c.json:1:"));
    CHECK(codes_of([] { return io::parse_calendar("[]"); }) == Texts{"wrong_type "});
    CHECK(codes_of([] { return io::parse_calendar("{}"); }) ==
          Texts{"missing_member /thuocdo_calendar", "missing_member /code", "missing_member /year",
                "missing_member /source", "missing_member /days_off"});
    CHECK(codes_of([] {
              return io::parse_calendar(document(R"(, "year": 2026.5, "days_off": {})"));
          }) == Texts{"integer_expected /year", "wrong_type /days_off"});
    CHECK(codes_of([] {
              return io::parse_calendar(
                  document(R"(, "year": 2026, "year": 2027, "days_off": [])"));
          }) == Texts{"duplicate_member /year"});
    CHECK(
        codes_of([] {
            return io::parse_calendar(
                R"({"thuocdo_calendar": 1, "code": "", "source": "s", "year": 1, "days_off": []})");
        }) == Texts{"missing_code /code", "year_out_of_range /year"});
    CHECK(codes_of([] {
              return io::parse_calendar(document(R"(, "year": 2026, "days_off": [])"));
          }).empty());
}

TEST_CASE("files that do not make one calendar are refused") {
    CHECK(codes_of([] {
              return io::load_calendars({folder + "vn-2025.json", folder + "vn-2027.json"});
          }) == Texts{"year_gap vn-2027.json#/year"});
    CHECK(codes_of([] {
              return io::load_calendars({folder + "vn-2025.json", folder + "vn-2025.json"});
          }).at(0) == "duplicate_year vn-2025.json#/year");
    CHECK(codes_of([] { return io::load_calendars({}); }) == Texts{"no_years paths"});
    CHECK(codes_of([] {
              return io::load_calendars({"none-1.json", "none-2.json"});
          }) == Texts{"file_not_found none-1.json", "file_not_found none-2.json"});
    CHECK(codes_of([] { return io::load_calendar(THUOCDO_DATA_DIR "/panels"); })
              .at(0)
              .starts_with("no_years "));
    CHECK(codes_of([] {
              return io::load_calendars(
                  {folder + "vn-2025.json", THUOCDO_DATA_DIR "/models/egdi.json"});
          }).size() > 3);
}
