#include <thuocdo/time/period.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using namespace thuocdo;

namespace {

constexpr PeriodKind kinds[] = {PeriodKind::month, PeriodKind::quarter, PeriodKind::half_year,
                                PeriodKind::nine_months, PeriodKind::year};

/// Every period of the years 2023 to 2028, leap years among them.
std::vector<Period> periods() {
    constexpr int counts[] = {12, 4, 2, 1, 1};
    std::vector<Period> all;
    for (int year = 2023; year <= 2028; ++year)
        for (std::size_t k = 0; k < 5; ++k)
            for (int number = 1; number <= counts[k]; ++number)
                all.emplace_back(kinds[k], year, number);
    return all;
}

std::string code_of_impossible(PeriodKind kind, int year, int number) {
    try {
        return Period(kind, year, number).to_iso();
    } catch (const DataError& error) {
        return error.problems().at(0).code;
    }
}

}  // namespace

TEST_CASE("a period has the days and the names that official documents give it") {
    struct Case {
        Period period;
        const char* first;
        const char* last;
        const char* iso;
        const char* vietnamese;
        const char* english;
    };
    for (const Case& each :
         {Case{Period::month(2026, 1), "2026-01-01", "2026-01-31", "2026-01", "tháng 01/2026",
               "January 2026"},
          Case{Period::month(2024, 2), "2024-02-01", "2024-02-29", "2024-02", "tháng 02/2024",
               "February 2024"},
          Case{Period::month(2100, 2), "2100-02-01", "2100-02-28", "2100-02", "tháng 02/2100",
               "February 2100"},
          Case{Period::quarter(2026, 1), "2026-01-01", "2026-03-31", "2026-Q1", "Quý I/2026",
               "Q1 2026"},
          Case{Period::quarter(2026, 4), "2026-10-01", "2026-12-31", "2026-Q4", "Quý IV/2026",
               "Q4 2026"},
          Case{Period::half_year(2026, 1), "2026-01-01", "2026-06-30", "2026-H1",
               "6 tháng đầu năm 2026", "first half of 2026"},
          Case{Period::half_year(2026, 2), "2026-07-01", "2026-12-31", "2026-H2",
               "6 tháng cuối năm 2026", "second half of 2026"},
          Case{Period::nine_months(2026), "2026-01-01", "2026-09-30", "2026-9M", "9 tháng 2026",
               "first nine months of 2026"},
          Case{Period::year(2026), "2026-01-01", "2026-12-31", "2026", "năm 2026", "2026"}}) {
        CAPTURE(std::string(each.iso));
        CHECK(to_iso(each.period.first_day()) == each.first);
        CHECK(to_iso(each.period.last_day()) == each.last);
        CHECK(each.period.to_iso() == each.iso);
        CHECK(each.period.to_vietnamese() == each.vietnamese);
        CHECK(each.period.to_english() == each.english);
        std::ostringstream printed;
        printed << each.period;
        CHECK(printed.str() == each.iso);
    }
}

TEST_CASE("the ISO form of every period reads back, and no other text does") {
    for (const Period& each : periods()) {
        CAPTURE(each.to_iso());
        REQUIRE(parse_iso_period(each.to_iso()));
        CHECK(*parse_iso_period(each.to_iso()) == each);
        CHECK_FALSE(parse_iso_period(each.to_iso() + ' '));
        CHECK_FALSE(parse_iso_period(' ' + each.to_iso()));
    }
    for (const char* text :
         {"",       "2026-",   "2026-1",  "2026-13", "2026-00",    "2026-Q0", "2026-Q5", "2026-H3",
          "2026-Q", "2026-QQ", "2026-9m", "2026-6M", "2026-09M",   "2026-q1", "2026Q1",  "1399",
          "0000",   "-026",    "+026",    "2026-+1", "2026-01-01", "20260"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_iso_period(text));
    }
}

TEST_CASE("a period contains exactly the days between its first and its last") {
    for (const Period& each : periods()) {
        CAPTURE(each);
        long days = 0;
        for (Date day(2022, 12, 31); day <= Date(2029, 1, 1); day += boost::gregorian::days(1))
            days += each.contains(day);
        CHECK(days == days_between(each.first_day(), each.last_day()) + 1);
        CHECK(each.contains(each.first_day()));
        CHECK(each.contains(each.last_day()));
    }
    CHECK_FALSE(Period::year(2026).contains(Date{}));
}

TEST_CASE("a period contains another exactly when it contains all its days") {
    const std::vector<Period> all = periods();
    std::size_t held = 0;
    for (const Period& a : all)
        for (const Period& b : all) {
            const bool expected = a.first_day() <= b.first_day() && b.last_day() <= a.last_day();
            if (a.contains(b) != expected) {
                CAPTURE(a);
                CAPTURE(b);
                FAIL_CHECK("containment");
            }
            held += expected;
        }
    // A year: 20 periods hold themselves, 12 + 4 + 2 + 1 are in the year, 9 + 3 + 1 in the nine
    // months, 6 + 2 in each half but not twice, 3 in each quarter.
    CHECK(held == 6 * (20 + 19 + 13 + 16 + 12));
    CHECK(Period::nine_months(2026).contains(Period::quarter(2026, 3)));
    CHECK_FALSE(Period::nine_months(2026).contains(Period::half_year(2026, 2)));
}

TEST_CASE("the order is that of the first day, then of the last, and total") {
    std::vector<Period> all = periods();
    for (const Period& a : all)
        for (const Period& b : all) {
            const bool earlier = a.first_day() < b.first_day() ||
                                 (a.first_day() == b.first_day() && a.last_day() < b.last_day());
            if ((a < b) != earlier || (a == b) != (!(a < b) && !(b < a)))
                FAIL_CHECK(a.to_iso() << " and " << b.to_iso());
        }
    std::vector<Period> year{Period::year(2026),         Period::quarter(2026, 1),
                             Period::month(2026, 2),     Period::nine_months(2026),
                             Period::half_year(2026, 1), Period::month(2026, 1)};
    std::sort(year.begin(), year.end());
    std::string order;
    for (const Period& each : year) order += each.to_iso() + ' ';
    CHECK(order == "2026-01 2026-Q1 2026-H1 2026-9M 2026 2026-02 ");
}

TEST_CASE("next and previous keep the kind, are inverse and leave no gap but after nine months") {
    for (const Period& each : periods()) {
        CAPTURE(each);
        CHECK(each.next().previous() == each);
        CHECK(each.previous().next() == each);
        CHECK(each.next().kind() == each.kind());
        CHECK(each < each.next());
        const long gap = days_between(each.last_day(), each.next().first_day());
        CHECK(gap == (each.kind() == PeriodKind::nine_months ? 93 : 1));
    }
    CHECK(Period::quarter(2026, 4).next() == Period::quarter(2027, 1));
    CHECK_THROWS_AS((void)Period::year(9999).next(), DataError);
    CHECK_THROWS_AS((void)Period::month(1400, 1).previous(), DataError);
}

TEST_CASE("every day lies in one period of each kind, except the last quarter in no nine months") {
    for (Date day(2023, 1, 1); day <= Date(2025, 12, 31); day += boost::gregorian::days(1))
        for (const PeriodKind kind : kinds) {
            if (kind == PeriodKind::nine_months && day.month() > 9) continue;
            const Period period = period_of(day, kind);
            if (!period.contains(day) || period.kind() != kind) FAIL_CHECK(to_iso(day));
        }
    CHECK_THROWS_AS((void)period_of(Date(2026, 10, 1), PeriodKind::nine_months), DataError);
    CHECK_THROWS_AS((void)period_of(Date{}, PeriodKind::month), DataError);
}

TEST_CASE("impossible periods are refused") {
    CHECK(code_of_impossible(PeriodKind::month, 2026, 13) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::month, 2026, 0) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::month, 2026, 257) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::quarter, 2026, 5) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::half_year, 2026, 3) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::nine_months, 2026, 2) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::year, 1399, 1) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::year, 10000, 1) == "impossible_period");
    CHECK(code_of_impossible(PeriodKind::year, 2026 + 65536, 1) == "impossible_period");
}
