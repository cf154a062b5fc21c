#include <thuocdo/time/instant.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace instant_tests {

using namespace thuocdo;

TEST_CASE("a timestamp is the same moment whatever its offset") {
    // 1767999600 is what `date -u -d 2026-01-09T23:00:00Z +%s` prints.
    const Instant expected{1767999600LL * 1'000'000};
    for (const char* text : {"2026-01-09T23:00:00Z", "2026-01-10T06:00:00+07:00",
                             "2026-01-09 23:00+00:00", "2026-01-09T20:30:00.000-02:30"})
        CHECK(parse_instant(text) == expected);
    CHECK(parse_instant("2026-01-09T23:00:00.25Z")->microseconds ==
          expected.microseconds + 250'000);
    CHECK(parse_instant("2026-01-09T23:00:00.1234569Z")->microseconds ==
          expected.microseconds + 123'456);
    CHECK(parse_instant("1969-12-31T23:59:59Z")->microseconds == -1'000'000);
}

TEST_CASE("what is no timestamp with an offset is no moment") {
    for (const char* text : {"", "2026-01-09", "2026-01-09T23:00:00", "2026-02-30T00:00:00Z",
                             "2026-01-09T24:00:00Z", "2026-01-09T23:60:00Z", "2026-01-09T23:00:0Z",
                             "2026-01-09T23:00:00+7:00", "2026-01-09T23:00:00.Z"})
        CHECK_FALSE(parse_instant(text));
}

TEST_CASE("a moment is written in UTC and read back") {
    for (const char* text : {"2026-01-09T23:00:00Z", "2026-01-09T23:00:00.000001Z",
                             "1969-12-31T23:59:59.999999Z", "1400-01-01T00:00:00Z"})
        CHECK(to_iso(*parse_instant(text)) == text);
    CHECK_THROWS_AS(static_cast<void>(to_iso(Instant::latest())), DataError);
}

TEST_CASE("days begin and end by the clocks of Viet Nam unless another offset is given") {
    const Date day(2026, 1, 10);
    CHECK(to_iso(start_of_day(day)) == "2026-01-09T17:00:00Z");
    CHECK(to_iso(end_of_day(day)) == "2026-01-10T16:59:59.999999Z");
    CHECK(to_iso(start_of_day(day, 0)) == "2026-01-10T00:00:00Z");
    CHECK(Instant::earliest() < start_of_day(day));
}

}  // namespace instant_tests
