#include <thuocdo/data/consistency.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>

#include "support/build.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
    std::vector<std::string> codes;
    for (const Finding& each : findings) codes.push_back(each.code);
    return codes;
}

using Codes = std::vector<std::string>;

Panel ratio_panel(const std::vector<double>& tops, const std::vector<double>& bottoms,
                  const std::string& source = {}) {
    PanelDefinition definition;
    definition.units = UnitRegistry::from_codes(codes(static_cast<Index>(tops.size())));
    definition.indicators = {"on_time"};
    definition.values =
        Eigen::MatrixXd::Constant(static_cast<Index>(tops.size()), 1, missing_value);
    definition.ratios[0] = {
        Eigen::Map<const Eigen::VectorXd>(tops.data(), static_cast<Index>(tops.size())),
        Eigen::Map<const Eigen::VectorXd>(bottoms.data(), static_cast<Index>(bottoms.size()))};
    definition.source_note = source;
    return Panel(definition);
}

}  // namespace

TEST_CASE("a total that its parts do not make is reported, not repaired") {
    const std::vector<LabelledPart> parts{{"completed", 7892}, {"in time", 1602}, {"overdue", 319}};
    const auto findings = parts_and_total("tasks 2025", 9831, parts);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "parts_do_not_make_total");
    CHECK(findings[0].place == "tasks 2025");
    CHECK(findings[0].statement ==
          "7892 + 1602 + 319 = 9813, stated 9831 (completed + in time + overdue)");
    CHECK(findings[0].stated == 9831);
    CHECK(findings[0].computed == 9813);
    CHECK(findings[0].difference == 18);
    CHECK(parts_and_total("tasks 2025", 9831, parts, 18).empty());
    CHECK(parts_and_total("tasks 2025", 9831, parts, 17.5).size() == 1);
    std::ostringstream text;
    text << findings[0];
    CHECK(text.str() ==
          "tasks 2025: 7892 + 1602 + 319 = 9813, stated 9831 (completed + in time + overdue) "
          "[parts_do_not_make_total]");
    std::ostringstream table;
    print_findings(table, findings);
    CHECK(table.str().find("9813") != std::string::npos);
}

TEST_CASE("the counts of tasks of 2017 hold") {
    CHECK(parts_and_total("done", 16051,
                          std::vector<LabelledPart>{{"on time", 14068}, {"late", 1983}})
              .empty());
    CHECK(parts_and_total("not done", 5863,
                          std::vector<LabelledPart>{{"in time", 5640}, {"overdue", 223}})
              .empty());
    CHECK(parts_and_total("tasks", 21914,
                          std::vector<LabelledPart>{{"done", 16051}, {"not done", 5863}})
              .empty());
    // Completion on tasks due: 16,051 / (16,051 + 223) = 98.63%.
    CHECK(
        national_rate("completed of due", 0.9863, std::vector<RatioPart>{{"nation", 16051, 16274}})
            .empty());
    CHECK(codes_of(national_rate("completed of due", 0.9864,
                                 std::vector<RatioPart>{{"nation", 16051, 16274}})) ==
          Codes{"national_rate_disagrees"});
}

TEST_CASE("printed decimals add up as a person adds them") {
    CHECK(parts_and_total("sum", 0.3, std::vector<LabelledPart>{{"a", 0.1}, {"b", 0.2}}).empty());
    // 65.49 printed where unrounded parts make 65.51.
    const auto findings =
        parts_and_total("total", 65.49, std::vector<LabelledPart>{{"a", 60.01}, {"b", 5.5}});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].difference == -0.02);
}

TEST_CASE("a missing part is never counted as 0") {
    const auto findings =
        parts_and_total("tasks", 10, std::vector<LabelledPart>{{"a", 10}, {"b", missing_value}});
    CHECK(codes_of(findings) == Codes{"part_missing"});
    CHECK(std::isnan(findings[0].computed));
    CHECK(codes_of(parts_and_total("tasks", missing_value, std::vector<LabelledPart>{{"a", 10}})) ==
          Codes{"total_missing"});
    CHECK(codes_of(parts_and_total("tasks", 1, {})) == Codes{"parts_do_not_make_total"});
    CHECK(parts_and_total("tasks", 0, {}).empty());
    CHECK_THROWS_AS((void)parts_and_total("tasks", 0, {}, -1), NumericError);
    CHECK_THROWS_AS((void)parts_and_total("tasks", 0, {}, missing_value), NumericError);
}

TEST_CASE("cumulative figures that are the sums of their months have no finding") {
    CHECK(flow_and_year_to_date("records", std::vector<PeriodFigure>{{"2026-01", 10, 10},
                                                                     {"2026-02", 20, missing_value},
                                                                     {"2026-03", 0, 30},
                                                                     {"2026-04", 5.5, 35.5}})
              .empty());
    CHECK(flow_and_year_to_date("records", {}).empty());
}

TEST_CASE("a month's flow in place of the cumulative figure is named") {
    const auto findings = flow_and_year_to_date(
        "records",
        std::vector<PeriodFigure>{
            {"2026-01", 10, 10}, {"2026-02", 20, 30}, {"2026-03", 15, 15}, {"2026-04", 5, 50}});
    CHECK(codes_of(findings) == Codes{"year_to_date_falls", "month_reported_as_year_to_date"});
    CHECK(findings[1].place == "records, 2026-03");
    CHECK(findings[1].statement ==
          "10 + 20 + 15 = 45, stated 15, which is the flow of 2026-03 alone");
    CHECK(findings[1].computed == 45);
}

TEST_CASE("a difference that is carried on is reported where it begins") {
    const auto findings =
        flow_and_year_to_date("records", std::vector<PeriodFigure>{{"01", 10, 10},
                                                                   {"02", 20, 33},
                                                                   {"03", 5, 38},
                                                                   {"04", 5, 40},
                                                                   {"05", missing_value, 45},
                                                                   {"06", 1, 44}});
    CHECK(codes_of(findings) ==
          Codes{"year_to_date_disagrees", "flow_missing", "year_to_date_falls"});
    CHECK(findings[0].place == "records, 02");
    CHECK(findings[0].difference == 3);
}

TEST_CASE("a month's share is not a year-to-date share") {
    // Shares 0.9, 0.5, 0.6; from the start of the year 100/120 and 130/170.
    std::vector<PeriodShare> months{
        {{"2026-01", 90, 100}, 0.9}, {{"2026-02", 10, 20}, 0.8333}, {{"2026-03", 30, 50}, 0.7647}};
    CHECK(share_and_year_to_date("on time", months).empty());
    months[1].year_to_date = 100.0 / 120.0;
    months[2].year_to_date = 130.0 / 170.0;
    CHECK(share_and_year_to_date("on time", months).empty());
    months[2].year_to_date = 0.6;
    const auto month = share_and_year_to_date("on time", months);
    CHECK(codes_of(month) == Codes{"month_reported_as_year_to_date"});
    CHECK(month[0].place == "on time, 2026-03");
    CHECK(month[0].computed == doctest::Approx(130.0 / 170.0));
    months[2].year_to_date = 0.6667;
    const auto mean = share_and_year_to_date("on time", months);
    CHECK(codes_of(mean) == Codes{"plain_mean_of_months"});
    CHECK(mean[0].statement.find("the plain mean of 3 shares") != std::string::npos);
    months[2].year_to_date = 0.7;
    CHECK(codes_of(share_and_year_to_date("on time", months)) ==
          Codes{"year_to_date_share_disagrees"});
}

TEST_CASE("no data is not 0%") {
    const std::vector<PeriodShare> nothing{{{"2026-01", 0, 0}, 0.0}};
    const auto findings = share_and_year_to_date("on time", nothing);
    CHECK(codes_of(findings) == Codes{"zero_denominator", "share_of_nothing"});
    CHECK(findings[1].statement == "stated 0 of 0 / 0, which is no share");
    CHECK(std::isnan(findings[1].computed));
    // A month without records takes part in no mean and spoils no sum.
    const std::vector<PeriodShare> later{{{"2026-01", 0, 0}, missing_value},
                                         {{"2026-02", 9, 10}, 0.9}};
    CHECK(codes_of(share_and_year_to_date("on time", later)) == Codes{"zero_denominator"});
}

TEST_CASE("a failed data call is missing, not 0") {
    // 0.25 is what the units would have with 0 in place of the missing number.
    const auto findings = national_rate(
        "on time", 0.25, std::vector<RatioPart>{{"01", 50, 100}, {"02", missing_value, 100}});
    CHECK(codes_of(findings) == Codes{"part_missing"});
    CHECK(findings[0].place == "on time, 02");
}

TEST_CASE("the plain mean of provinces is not the national rate") {
    const std::vector<RatioPart> provinces{{"01", 9000, 10000}, {"02", 50, 100}, {"03", 10, 100}};
    // Ratio of sums 9060/10200 = 0.8882; plain mean of 0.9, 0.5 and 0.1 is 0.5.
    CHECK(national_rate("on time", 0.8882, provinces).empty());
    const auto findings = national_rate("on time", 0.5, provinces);
    REQUIRE(codes_of(findings) == Codes{"plain_mean_of_units"});
    CHECK(findings[0].computed == doctest::Approx(9060.0 / 10200.0));
    CHECK(findings[0].statement.find("9060 / 10200") == 0);
    CHECK(codes_of(national_rate("on time", 0.7, provinces)) == Codes{"national_rate_disagrees"});
    const Panel same = ratio_panel({9000, 50, 10}, {10000, 100, 100});
    CHECK(codes_of(national_rate(same, "on_time", 0.5)) == Codes{"plain_mean_of_units"});
    CHECK_THROWS_AS((void)national_rate(same, "late", 0.5), DataError);
    CHECK_THROWS_AS((void)national_rate(panel({"a"}, {{1}}), "a", 0.5), DataError);
}

TEST_CASE("two sources of one indicator are compared and the discrepancy names both") {
    PanelDefinition own;
    own.units = UnitRegistry::from_codes({"48", "01", "79"});
    own.indicators = {"other", "on_time"};
    own.values.resize(3, 2);
    own.values << 1, 0.99, 1, 0.95, 1, missing_value;
    own.source_note = "the city's own report";
    PanelDefinition portal;
    portal.units = UnitRegistry::from_codes({"01", "48", "79"});
    portal.indicators = {"on_time"};
    portal.values.resize(3, 1);
    portal.values << 0.95, 0.73, 0.5;
    portal.provenances = {{"National Public Service Portal", parse_date("2026-03-31")}};
    portal.provenance_ids[0] = {0, 0, 0};
    const auto findings = source_disagreement(Panel(own), Panel(portal), 0.01);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "sources_disagree");
    CHECK(findings[0].place == "unit \"48\", indicator \"on_time\"");
    CHECK(findings[0].statement ==
          "0.99 in the city's own report, 0.73 in National Public Service Portal of 2026-03-31");
    CHECK(findings[0].stated == 0.99);
    CHECK(findings[0].computed == 0.73);
    CHECK(findings[0].difference == 0.26);
    CHECK(source_disagreement(Panel(own), Panel(portal), 0.26).empty());
    const auto back = source_disagreement(Panel(portal), Panel(own), 0.01);
    REQUIRE(back.size() == 1);
    CHECK(back[0].difference == -0.26);

    own.period_end = parse_date("2025-12-31");
    portal.period_end = parse_date("2026-03-31");
    CHECK(codes_of(source_disagreement(Panel(own), Panel(portal), 1.0)) == Codes{"periods_differ"});
    CHECK(codes_of(source_disagreement(Panel(own), panel({"a"}, {{1}}), 0)) ==
          Codes{"nothing_to_compare"});
}

TEST_CASE("shares above the whole are reported, and zero denominators are no shares") {
    const Panel ratios = ratio_panel({5, 11, 0}, {10, 10, 0});
    const auto findings = ratio_above_one(ratios, std::vector<std::string>{"on_time"});
    CHECK(codes_of(findings) == Codes{"ratio_above_one", "zero_denominator"});
    CHECK(findings[0].statement == "11 / 10 is above 1");
    CHECK(findings[0].difference == doctest::Approx(0.1));
    const Panel plain = panel({"share", "percent"}, {{1, 100}, {1.01, 100.5}, {0, missing_value}});
    CHECK(codes_of(ratio_above_one(plain, std::vector<std::string>{"share"},
                                   std::vector<std::string>{"percent"})) ==
          Codes{"ratio_above_one", "ratio_above_one"});
    CHECK(problems_of<DataError>([&] {
              (void)ratio_above_one(plain, std::vector<std::string>{"x"},
                                    std::vector<std::string>{"y"});
          }).size() == 2);
}

TEST_CASE("stock and flow, month and year to date do not go into one ratio") {
    const MeasuredColumn staff{"staff", Measure::stock, FlowSpan::year};
    const MeasuredColumn papers{"papers", Measure::flow, FlowSpan::year};
    const MeasuredColumn month{"records", Measure::flow, FlowSpan::month};
    const MeasuredColumn so_far{"all_records", Measure::flow, FlowSpan::year_to_date};
    const std::vector<RatioDeclaration> ratios{
        {"papers per head", papers, staff, true}, {"papers by staff", papers, staff, false},
        {"staff by papers", staff, papers, true}, {"online", month, so_far, false},
        {"same", so_far, so_far, false},          {"stocks", staff, staff, false}};
    const auto findings = mixed_measures(ratios);
    CHECK(codes_of(findings) == Codes{"stock_and_flow", "stock_and_flow", "spans_mixed"});
    CHECK(findings[2].statement ==
          "\"records\" (flow of month) divided by \"all_records\" (flow of year_to_date)");
}
