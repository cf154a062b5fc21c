#include <thuocdo/io/period.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace thuocdo;

namespace {

std::string refusal(const char* text) {
    try {
        return io::parse_period(text).to_iso();
    } catch (const DataError& error) {
        return error.problems().at(0).code;
    }
}

}  // namespace

TEST_CASE("every period reads back from each of its three names") {
    constexpr int counts[] = {12, 4, 2, 1, 1};
    for (const int year : {1400, 2024, 2026, 9999})
        for (std::size_t kind = 0; kind < 5; ++kind)
            for (int number = 1; number <= counts[kind]; ++number) {
                const Period period(static_cast<PeriodKind>(kind), year, number);
                CAPTURE(period);
                CHECK(io::parse_period(period.to_iso()) == period);
                CHECK(io::parse_period(period.to_vietnamese()) == period);
                CHECK(io::parse_period(period.to_english()) == period);
            }
}

TEST_CASE("periods are read in the forms of documents") {
    struct Case {
        const char* text;
        const char* iso;
    };
    for (const Case& each :
         {Case{"tháng 1/2026", "2026-01"}, Case{"THÁNG 12 NĂM 2026", "2026-12"},
          Case{"01/2026", "2026-01"}, Case{"Jan 2026", "2026-01"}, Case{"May of 2026", "2026-05"},
          Case{"quý 3 năm 2026", "2026-Q3"}, Case{"QUÝ IV-2026", "2026-Q4"},
          Case{"q2/2026", "2026-Q2"}, Case{"qu\x79\xcc\x81 I/2026", "2026-Q1"},
          Case{"the third quarter of 2026", "2026-Q3"}, Case{"4th quarter of 2026", "2026-Q4"},
          Case{"3 tháng cuối năm 2026", "2026-Q4"}, Case{"6 tháng đầu năm 2026", "2026-H1"},
          Case{"nửa cuối năm 2026", "2026-H2"}, Case{"H2 2026", "2026-H2"},
          Case{"first six months of 2026", "2026-H1"}, Case{"9 tháng đầu năm 2026", "2026-9M"},
          Case{"9 months of 2026", "2026-9M"}, Case{"the year 2026", "2026"}}) {
        CAPTURE(std::string(each.text));
        CHECK(refusal(each.text) == each.iso);
    }
}

TEST_CASE("other texts are no period") {
    CHECK(refusal("") == "empty_period");
    CHECK(refusal("\xc3") == "invalid_utf8");
    CHECK(refusal("quý V/2026") == "impossible_period");
    CHECK(refusal("tháng 13/2026") == "impossible_period");
    CHECK(refusal("second half of 1399") == "impossible_period");
    CHECK(refusal("quý I") == "missing_year");
    CHECK(refusal("quý I/26") == "two_digit_year");
    for (const char* text : {"trong quý I/2026", "31/3/2026", "2026-03-31", "quy I/2026", "26",
                             "quý I/2026 và quý II/2026", "6 tháng 2026", "2026 2026", "năm"}) {
        CAPTURE(std::string(text));
        CHECK(refusal(text) == "unreadable_period");
    }
}
