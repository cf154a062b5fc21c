#include <thuocdo/io/deadline.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "io_time/support.hpp"

using namespace thuocdo;

namespace {

struct Phrase {
    const char* text;
    const char* last_day;
};

const std::vector<Phrase>& phrases() {
    static const std::vector<Phrase> all{
        {"trước ngày 10/1/2026", "2026-01-09"},
        {"chậm nhất trong Quý I/2026", "2026-03-31"},
        {"trong tháng 01/2026", "2026-01-31"},
        {"trước 10/01/2026", "2026-01-09"},
        {"trước ngày 10 tháng 1 năm 2026", "2026-01-09"},
        {"trước ngày 10 tháng 01, năm 2026", "2026-01-09"},
        {"trước 31/12/2026", "2026-12-30"},
        {"trước ngày 1/3/2024", "2024-02-29"},
        {"Hoàn thành trước ngày 01/01/2026", "2025-12-31"},
        {"trước ngày 10-01-2026", "2026-01-09"},
        {"trước ngày 10.1.2026", "2026-01-09"},
        {"chậm nhất ngày 31/3/2026", "2026-03-31"},
        {"chậm nhất là ngày 31/3/2026", "2026-03-31"},
        {"chậm nhất đến ngày 31/3/2026", "2026-03-31"},
        {"muộn nhất ngày 31/3/2026", "2026-03-31"},
        {"trễ nhất là ngày 31/3/2026", "2026-03-31"},
        {"không quá ngày 31/3/2026", "2026-03-31"},
        {"không muộn hơn 31/3/2026", "2026-03-31"},
        {"đến hết ngày 31/3/2026", "2026-03-31"},
        {"hết ngày 31/3/2026", "2026-03-31"},
        {"đến ngày 31/3/2026", "2026-03-31"},
        {"trong ngày 31/3/2026", "2026-03-31"},
        {"ngày 31/3/2026", "2026-03-31"},
        {"31/3/2026", "2026-03-31"},
        {"trước hoặc trong ngày 31/3/2026", "2026-03-31"},
        {"Thời hạn: 31/3/2026", "2026-03-31"},
        {"cuối ngày 31/3/2026", "2026-03-31"},
        {"2026-03-31", "2026-03-31"},
        {"2026-Q1", "2026-03-31"},
        {"2026-H2", "2026-12-31"},
        {"2026-9M", "2026-09-30"},
        {"2026-02", "2026-02-28"},
        {"2026", "2026-12-31"},
        {"hoàn thành trong tháng 01/2026", "2026-01-31"},
        {"trong tháng 1 năm 2026", "2026-01-31"},
        {"trong tháng 2/2024", "2024-02-29"},
        {"trong 02/2026", "2026-02-28"},
        {"trong Quý I/2026", "2026-03-31"},
        {"trong quý 1 năm 2026", "2026-03-31"},
        {"trong quí IV/2026", "2026-12-31"},
        {"Quý II năm 2026", "2026-06-30"},
        {"hoàn thành trong Quý III-2026.", "2026-09-30"},
        {"chậm nhất hết Quý I/2026", "2026-03-31"},
        {"đến hết Quý I/2026", "2026-03-31"},
        {"hết tháng 6/2026", "2026-06-30"},
        {"trong 6 tháng đầu năm 2026", "2026-06-30"},
        {"trong sáu tháng cuối năm 2026", "2026-12-31"},
        {"trong nửa đầu năm 2026", "2026-06-30"},
        {"nửa cuối năm 2026", "2026-12-31"},
        {"trong 3 tháng đầu năm 2026", "2026-03-31"},
        {"trong 9 tháng 2026", "2026-09-30"},
        {"trong 9 tháng đầu năm 2026", "2026-09-30"},
        {"chín tháng năm 2026", "2026-09-30"},
        {"trong năm 2026", "2026-12-31"},
        {"hết năm 2026", "2026-12-31"},
        {"đến cuối năm 2026", "2026-12-31"},
        {"chậm nhất cuối tháng 6/2026", "2026-06-30"},
        {"trước Quý II/2026", "2026-03-31"},
        {"trước tháng 6/2026", "2026-05-31"},
        {"trước năm 2027", "2026-12-31"},
        {"trước 9 tháng 9 năm 2026", "2026-09-08"},
        {"trong 15 ngày làm việc kể từ ngày 5/1/2026", "2026-01-23"},
        {"trong thời hạn 15 ngày làm việc kể từ ngày giao", "2026-01-23"},
        {"15 ngày làm việc tính từ ngày được giao nhiệm vụ", "2026-01-23"},
        {"không quá 05 ngày làm việc kể từ ngày 8/1/2026", "2026-01-14"},
        {"trong vòng 3 ngày làm việc kể từ ngày 12/2/2026", "2026-02-24"},
        {"10 ngày kể từ ngày 5/1/2026", "2026-01-15"},
        {"trong thời hạn 30 ngày kể từ ngày giao", "2026-02-04"},
        {"before 10 January 2026", "2026-01-09"},
        {"by 31 March 2026", "2026-03-31"},
        {"no later than 2026-03-31", "2026-03-31"},
        {"on or before 31 March 2026", "2026-03-31"},
        {"not later than March 31, 2026", "2026-03-31"},
        {"on 31st of March 2026", "2026-03-31"},
        {"before 3/4/2026", "2026-04-02"},
        {"due by 1 Sept. 2026", "2026-09-01"},
        {"within Q1 2026", "2026-03-31"},
        {"within January 2026", "2026-01-31"},
        {"in 2026", "2026-12-31"},
        {"by the end of Q1 2026", "2026-03-31"},
        {"by the end of 2026", "2026-12-31"},
        {"no later than the end of June 2026", "2026-06-30"},
        {"within the first half of 2026", "2026-06-30"},
        {"in the second quarter of 2026", "2026-06-30"},
        {"within the first nine months of 2026", "2026-09-30"},
        {"in nine months of 2026", "2026-09-30"},
        {"H1 2026", "2026-06-30"},
        {"before Q2 2026", "2026-03-31"},
        {"before June 2026", "2026-05-31"},
        {"to be completed within Q4 of 2026", "2026-12-31"},
        {"in the last six months of 2026", "2026-12-31"},
        {"within 15 working days from 5 January 2026", "2026-01-23"},
        {"within 15 working days of assignment", "2026-01-23"},
        {"within 1 business day after 9 January 2026", "2026-01-10"},
        {"within 10 days from the date of assignment", "2026-01-15"},
        {"in 10 calendar days from 5/1/2026", "2026-01-15"}};
    return all;
}

/// The same words as other programs write them: upper case, or with the marks
/// apart from the letters (NFD). Written out, so that the test does not use the
/// library under test.
const std::vector<Phrase>& variants() {
    static const std::vector<Phrase> all{
        {"TRƯỚC NGÀY 10/1/2026", "2026-01-09"},
        {"TRƯỚC NGÀY 10 THÁNG 1 NĂM 2026", "2026-01-09"},
        {"HOÀN THÀNH TRƯỚC NGÀY 01/01/2026", "2025-12-31"},
        {"CHẬM NHẤT LÀ NGÀY 31/3/2026", "2026-03-31"},
        {"KHÔNG QUÁ NGÀY 31/3/2026", "2026-03-31"},
        {"ĐẾN NGÀY 31/3/2026", "2026-03-31"},
        {"THỜI HẠN: 31/3/2026", "2026-03-31"},
        {"TRONG THÁNG 2/2024", "2024-02-29"},
        {"QUÝ II NĂM 2026", "2026-06-30"},
        {"HẾT THÁNG 6/2026", "2026-06-30"},
        {"NỬA CUỐI NĂM 2026", "2026-12-31"},
        {"CHÍN THÁNG NĂM 2026", "2026-09-30"},
        {"CHẬM NHẤT CUỐI THÁNG 6/2026", "2026-06-30"},
        {"TRƯỚC 9 THÁNG 9 NĂM 2026", "2026-09-08"},
        {"KHÔNG QUÁ 05 NGÀY LÀM VIỆC KỂ TỪ NGÀY 8/1/2026", "2026-01-14"},
        {"cha\314\243\314\202m nha\314\202\314\201t trong Quy\314\201 I/2026", "2026-03-31"},
        {"tru\314\233o\314\233\314\201c nga\314\200y 10 tha\314\201ng 01, na\314\206m 2026",
         "2026-01-09"},
        {"tru\314\233o\314\233\314\201c nga\314\200y 10-01-2026", "2026-01-09"},
        {"cha\314\243\314\202m nha\314\202\314\201t đe\314\202\314\201n nga\314\200y 31/3/2026",
         "2026-03-31"},
        {"kho\314\202ng muo\314\243\314\202n ho\314\233n 31/3/2026", "2026-03-31"},
        {"trong nga\314\200y 31/3/2026", "2026-03-31"},
        {"cuo\314\202\314\201i nga\314\200y 31/3/2026", "2026-03-31"},
        {"trong Quy\314\201 I/2026", "2026-03-31"},
        {"hoa\314\200n tha\314\200nh trong Quy\314\201 III-2026.", "2026-09-30"},
        {"trong 6 tha\314\201ng đa\314\202\314\200u na\314\206m 2026", "2026-06-30"},
        {"trong 3 tha\314\201ng đa\314\202\314\200u na\314\206m 2026", "2026-03-31"},
        {"trong na\314\206m 2026", "2026-12-31"},
        {"tru\314\233o\314\233\314\201c Quy\314\201 II/2026", "2026-03-31"},
        {"trong 15 nga\314\200y la\314\200m vie\314\243\314\202c ke\314\202\314\211 "
         "tu\314\233\314\200 nga\314\200y 5/1/2026",
         "2026-01-23"},
        {"trong vo\314\200ng 3 nga\314\200y la\314\200m vie\314\243\314\202c ke\314\202\314\211 "
         "tu\314\233\314\200 nga\314\200y 12/2/2026",
         "2026-02-24"},
        {"TRONG THA\314\201NG 01/2026", "2026-01-31"},
        {"TRU\314\233O\314\233\314\201C NGA\314\200Y 10.1.2026", "2026-01-09"},
        {"ĐE\314\202\314\201N HE\314\202\314\201T NGA\314\200Y 31/3/2026", "2026-03-31"},
        {"HOA\314\200N THA\314\200NH TRONG THA\314\201NG 01/2026", "2026-01-31"},
        {"CHA\314\243\314\202M NHA\314\202\314\201T HE\314\202\314\201T QUY\314\201 I/2026",
         "2026-03-31"},
        {"TRONG 9 THA\314\201NG 2026", "2026-09-30"},
        {"TRU\314\233O\314\233\314\201C THA\314\201NG 6/2026", "2026-05-31"},
        {"10 NGA\314\200Y KE\314\202\314\211 TU\314\233\314\200 NGA\314\200Y 5/1/2026",
         "2026-01-15"},
        {"WITHIN Q1 2026", "2026-03-31"},
        {"  trước\u00a0ngày\t10/1/2026 \n", "2026-01-09"}};
    return all;
}

void check(const Phrase& phrase) {
    CAPTURE(std::string(phrase.text));
    const auto problems = io::check_deadline(phrase.text, time_tests::options());
    REQUIRE(problems == std::vector<Problem>{});
    const Deadline deadline = io::parse_deadline(phrase.text, time_tests::options());
    const Date last = *parse_date(phrase.last_day);
    const boost::gregorian::days one_day(1);
    CHECK(to_iso(deadline.last_day) == phrase.last_day);
    CHECK(deadline.text == phrase.text);
    CHECK(deadline.is_met_by(last - one_day));
    CHECK(deadline.is_met_by(last));
    CHECK_FALSE(deadline.is_met_by(last + one_day));
    CHECK(deadline.days_late(last + one_day) == 1);
}

}  // namespace

TEST_CASE(
    "every form has its one last day: the day before and the day are in time, the next late") {
    for (const Phrase& each : phrases()) check(each);
}

TEST_CASE("upper case, NFD and odd spaces change nothing") {
    for (const Phrase& each : variants()) check(each);
}

TEST_CASE("the kind and what it names are kept") {
    const auto read = [](const char* text) {
        return io::parse_deadline(text, time_tests::options());
    };
    CHECK(read("trước ngày 10/1/2026").kind == DeadlineKind::before_day);
    CHECK(read("trước ngày 10/1/2026").day == Date(2026, 1, 10));
    CHECK(read("by 31 March 2026").kind == DeadlineKind::on_or_before_day);
    CHECK(read("trước Quý II/2026").kind == DeadlineKind::before_period);
    CHECK(read("trước Quý II/2026").period == Period::quarter(2026, 2));
    CHECK(read("chậm nhất trong Quý I/2026").kind == DeadlineKind::within_period);
    CHECK(read("đến hết Quý I/2026").kind == DeadlineKind::by_end_of_period);
    CHECK(read("by the end of Q1 2026").kind == DeadlineKind::by_end_of_period);
    const Deadline working = read("trong 15 ngày làm việc kể từ ngày giao");
    CHECK(working.kind == DeadlineKind::working_days_from);
    CHECK(working.day == Date(2026, 1, 5));
    CHECK(working.days == 15);
    CHECK_FALSE(working.provisional);
    CHECK(read("10 ngày kể từ ngày giao").kind == DeadlineKind::calendar_days_from);
    CHECK(read("trong 3 ngày làm việc kể từ ngày 20/8/2026").provisional);
    CHECK(read("trong 3 ngày làm việc kể từ ngày 1/3/2027").provisional);
}

TEST_CASE("what a deadline prints in either language reads back as the same deadline") {
    for (const Phrase& each : phrases()) {
        CAPTURE(std::string(each.text));
        Deadline deadline = io::parse_deadline(each.text, time_tests::options());
        for (const std::string& printed : {deadline.to_vietnamese(), deadline.to_english()}) {
            CAPTURE(printed);
            const std::size_t open = printed.find(" (");
            CHECK(io::parse_deadline(printed.substr(0, open)).last_day == deadline.last_day);
            if (open == std::string::npos) continue;
            const std::string stated =
                printed.substr(open + 2, printed.find_first_of(";)", open) - open - 2);
            Deadline again = io::parse_deadline(stated, time_tests::options());
            again.text = deadline.text;
            CHECK(again == deadline);
        }
    }
}

TEST_CASE("the year of the plan completes words without year, and only those") {
    io::DeadlineOptions plan;
    plan.year = 2026;
    const auto last = [&](const char* text) {
        return to_iso(io::parse_deadline(text, plan).last_day);
    };
    CHECK(last("trước ngày 10/1") == "2026-01-09");
    CHECK(last("trước ngày 10 tháng 1") == "2026-01-09");
    CHECK(last("trong Quý I") == "2026-03-31");
    CHECK(last("trong tháng 2") == "2026-02-28");
    CHECK(last("trong 6 tháng đầu năm") == "2026-06-30");
    CHECK(last("trong nửa cuối năm") == "2026-12-31");
    CHECK(last("9 tháng đầu năm") == "2026-09-30");
    CHECK(last("by 31 March") == "2026-03-31");
    CHECK(last("within the first quarter") == "2026-03-31");
    CHECK(last("trong Quý I/2027") == "2027-03-31");
    CHECK(last("trong 5 ngày kể từ ngày 10/1") == "2026-01-15");
    CHECK(io::check_deadline("trước ngày 29/2", plan).at(0).code == "impossible_date");
}
