#include <thuocdo/time/period_end.hpp>

#include <doctest/doctest.h>

#include <string>

using thuocdo::period_end;
using thuocdo::period_start;
using thuocdo::to_iso;

TEST_CASE("the days of a period follow from its text") {
    struct Case {
        const char* text;
        const char* first;
        const char* last;
    };
    for (const Case& each :
         {Case{"2026", "2026-01-01", "2026-12-31"}, Case{"2026-H1", "2026-01-01", "2026-06-30"},
          Case{"2026-H2", "2026-07-01", "2026-12-31"}, Case{"2026-9M", "2026-01-01", "2026-09-30"},
          Case{"2026-Q1", "2026-01-01", "2026-03-31"}, Case{"2026-Q3", "2026-07-01", "2026-09-30"},
          Case{"2026-Q4", "2026-10-01", "2026-12-31"}, Case{"2024-02", "2024-02-01", "2024-02-29"},
          Case{"2026-02", "2026-02-01", "2026-02-28"},
          Case{"2026-10-10", "2026-10-10", "2026-10-10"}}) {
        INFO(std::string(each.text));
        REQUIRE(period_start(each.text));
        CHECK(to_iso(*period_start(each.text)) == each.first);
        CHECK(to_iso(*period_end(each.text)) == each.last);
    }
}

TEST_CASE("no other text has an end") {
    for (const char* text : {"",        "26",      "2026-",   "2026-Q",   "2026-Q0",    "2026-Q5",
                             "2026-H3", "2026-6M", "2026-9m", "2026-09M", "2026-00",    "2026-13",
                             "2026-7",  "2026Q3",  "Q3-2026", "2026-q3",  "2026-02-30", "2026-QQ",
                             "0000",    "2026-+1", " 2026",   "2026/07",  "quý III"}) {
        INFO(std::string(text));
        CHECK_FALSE(period_end(text).has_value());
        CHECK_FALSE(period_start(text).has_value());
    }
}
