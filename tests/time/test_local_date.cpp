#include <thuocdo/time/local_date.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace thuocdo;

namespace {

std::string day(const char* timestamp) {
    const auto date = local_date(timestamp);
    return date ? to_iso(*date) : std::string("none");
}

}  // namespace

TEST_CASE("today is a day of Viet Nam, not of a UTC timestamp") {
    // Tools that take "today" from UTC are a day behind from midnight to seven.
    CHECK(day("2026-01-09T23:00:00Z") == "2026-01-10");
    CHECK(day("2026-01-09T16:59:59Z") == "2026-01-09");
    CHECK(day("2026-01-09T17:00:00Z") == "2026-01-10");
    CHECK(day("2025-12-31T17:00Z") == "2026-01-01");
    CHECK(day("2026-01-10T06:59:59.123+07:00") == "2026-01-10");
    CHECK(day("2026-03-01 00:30+14:00") == "2026-02-28");
    CHECK(day("2024-02-28T20:00:00-05:00") == "2024-02-29");
    CHECK(to_iso(*local_date("2026-01-09T23:00:00Z", 0)) == "2026-01-09");
}

TEST_CASE("a timestamp that does not say its offset, or is no timestamp, gives no day") {
    for (const char* text :
         {"2026-01-09T23:00:00", "2026-01-09", "2026-01-09T24:00Z", "2026-01-09T23:60Z",
          "2026-02-30T10:00Z", "2026-01-09T10:00+7", "2026-01-09T10:00:5Z", "", "2026-01-09x10:00Z",
          "2026-01-09T10:00:00.Z", "2026-01-09T1a:00Z", "9999-12-31T17:00Z",
          "1400-01-01T00:00+08:00"}) {
        CAPTURE(text);
        CHECK(day(text) == "none");
    }
}
