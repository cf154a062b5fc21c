#include <thuocdo/explain/on_track.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

#include "track/yearly.hpp"

using namespace thuocdo;
using namespace testing_support;

namespace {

Date day(const char* text) { return *parse_date(text); }

/// Share of the digital economy in GDP, in per cent; made up but for the last.
ProgressInput digital_economy() {
    ProgressInput input;
    input.targets = {{day("2030-12-31"), 30.0}};
    const std::vector<double> values{10.2, 11.9, 12.6, 13.1, 13.4, 14.0};
    for (std::size_t k = 0; k < values.size(); ++k)
        input.observations.push_back(year_end(2020 + static_cast<int>(k), values[k]));
    return input;
}

NodeDefinition digital_leaf(std::vector<Target> targets) {
    NodeDefinition node = leaf("digital", rule::RatioToTarget{});
    node.targets = std::move(targets);
    node.owner = "Bộ Khoa học và Công nghệ";
    node.missing = MissingRule::all(MissingPolicy::renormalise);
    return node;
}

}  // namespace

TEST_CASE("years between year ends are whole, across leap days too") {
    CHECK(years_between(day("2020-12-31"), day("2025-12-31")) == 5.0);
    CHECK(years_between(day("2023-02-28"), day("2024-02-28")) == 1.0);
    CHECK(years_between(day("2024-02-29"), day("2025-02-28")) == 1.0);
    CHECK(years_between(day("2024-02-29"), day("2028-02-29")) == 4.0);
    CHECK(years_between(day("2025-12-31"), day("2020-12-31")) == -5.0);
    CHECK(years_between(day("2025-01-01"), day("2025-01-01")) == 0.0);
    // 181 of the 365 days of 2025.
    CHECK(years_between(day("2024-12-31"), day("2025-06-30")) == 181.0 / 365.0);
}

TEST_CASE("the date after so many years is the first that is as far") {
    Random random(1);
    for (int k = 0; k < 300; ++k) {
        const Date from =
            day("2019-11-05") + boost::gregorian::days(static_cast<long>(random.below(900)));
        const double years = random.between(0.0, 30.0);
        const Date found = *date_after_years(from, years);
        CHECK(years_between(from, found) >= years);
        if (found > from) CHECK(years_between(from, found - boost::gregorian::days(1)) < years);
    }
    CHECK(*date_after_years(day("2020-12-31"), 10.0) == day("2030-12-31"));
    CHECK(!date_after_years(day("2020-12-31"), 9000.0));
    CHECK(!date_after_years(day("2020-12-31"), -1.0));
    CHECK(!date_after_years(day("2020-12-31"), missing_value));
}

TEST_CASE("Student's t quantiles agree with the closed forms for 1 and 2 degrees of freedom") {
    for (const double p : {0.55, 0.75, 0.9, 0.95, 0.975, 0.995}) {
        CHECK(numeric::student_t_quantile(p, 1) ==
              doctest::Approx(std::tan(std::numbers::pi * (p - 0.5))).epsilon(1e-12));
        CHECK(numeric::student_t_quantile(p, 2) ==
              doctest::Approx((2 * p - 1) / std::sqrt(2 * p * (1 - p))).epsilon(1e-12));
        CHECK(numeric::student_t_quantile(1 - p, 7) ==
              doctest::Approx(-numeric::student_t_quantile(p, 7)).epsilon(1e-12));
    }
    // Tables: 2.228 for 97.5% and 10 degrees, 1.812 for 95%.
    CHECK(numeric::student_t_quantile(0.975, 10) == doctest::Approx(2.228138851964939));
    CHECK(numeric::student_t_quantile(0.95, 10) == doctest::Approx(1.812461122811676));
    CHECK(problems_of<NumericError>([] { (void)numeric::student_t_quantile(1.0, 0.0); }).size() ==
          2);
}

TEST_CASE("paths require what their formulas say") {
    const DatedValue baseline = year_end(2020, 10.0);
    const std::vector<Target> targets{{day("2030-12-31"), 40.0}, {day("2040-12-31"), 80.0}};
    const Date middle = day("2025-12-31");
    // 1826 of 3652 days: half of the way.
    CHECK(required_on_path(baseline, targets, TargetPath::linear, middle).value == 25.0);
    CHECK(required_on_path(baseline, targets, TargetPath::compound, middle).value ==
          doctest::Approx(20.0));
    CHECK(required_on_path(baseline, targets, TargetPath::step, middle).value == 40.0);
    CHECK(required_on_path(baseline, targets, TargetPath::linear, baseline.date).value == 10.0);
    CHECK(required_on_path(baseline, targets, TargetPath::linear, day("2035-12-31")).value ==
          doctest::Approx(40.0 + 40.0 * 1826 / 3653));
    CHECK(required_on_path(baseline, targets, TargetPath::linear, day("2050-01-01")).value == 80.0);
    CHECK(std::isnan(
        required_on_path(baseline, targets, TargetPath::linear, day("2020-12-30")).value));
    CHECK(std::isnan(required_on_path(baseline, {}, TargetPath::linear, middle).value));
    const RequiredValue replaced =
        required_on_path(year_end(2020, 0.0), targets, TargetPath::compound, middle);
    CHECK(replaced.linear_instead);
    CHECK(replaced.value == 20.0);
    // A baseline after every target has nothing but the last of them.
    CHECK(required_on_path(year_end(2045, 3.0), targets, TargetPath::linear, day("2046-01-01"))
              .value == 80.0);
}

TEST_CASE("the digital economy at 14% in 2025 grows 0.57 of what 30% in 2030 requires") {
    const Progress progress = progress_toward_targets(digital_economy(), day("2025-12-31"));
    // Python: (14/10.2)**(1/5)-1, (30/10.2)**(1/10)-1 and their ratio.
    CHECK(progress.actual_growth == doctest::Approx(0.06538253436362962).epsilon(1e-12));
    CHECK(progress.required_growth == doctest::Approx(0.1139151438721746).epsilon(1e-12));
    CHECK(progress.ratio == doctest::Approx(0.5739582301453796).epsilon(1e-12));
    CHECK(progress.test == ProgressTest::growth_ratio);
    CHECK(progress.progress == ProgressClass::insufficient_progress);
    // The straight line asks for 10.2 + 19.8 * 1826/3652 = 20.1 today.
    CHECK(progress.required_today == doctest::Approx(20.1));
    CHECK(progress.attainment == doctest::Approx(3.8 / 19.8));
    CHECK(progress.ratio_to_required == doctest::Approx(14.0 / 20.1));
    CHECK(progress.pace == doctest::Approx(3.8 / 9.9));
    CHECK(progress.status == TrackStatus::off_track);
    CHECK(!progress.reached_on);
}

TEST_CASE("projections agree with least squares computed in Python") {
    const Progress progress = progress_toward_targets(digital_economy(), day("2025-12-31"));
    // statistics.linear_regression(range(6), values), and the prediction interval
    // at x = 10 with t(0.95, 4) = 2.1318467863266499.
    CHECK(progress.linear.observations == 6);
    CHECK(progress.linear.change_per_year == doctest::Approx(0.6857142857142858).epsilon(1e-12));
    CHECK(progress.linear.value == doctest::Approx(17.676190476190477).epsilon(1e-12));
    CHECK(progress.linear.lower == doctest::Approx(15.62560715708716).epsilon(1e-10));
    CHECK(progress.linear.upper == doctest::Approx(19.726773795293795).epsilon(1e-10));
    // 27.9722 years after 2020-12-31: day 356 of 2048.
    REQUIRE(progress.linear.reaches);
    CHECK(*progress.linear.reaches == day("2048-12-21"));
    // The same on logarithms.
    CHECK(progress.compound.change_per_year == doctest::Approx(0.05815419850692386).epsilon(1e-10));
    CHECK(progress.compound.value == doctest::Approx(19.052596234922152).epsilon(1e-10));
    CHECK(progress.compound.lower == doctest::Approx(15.654376021668499).epsilon(1e-10));
    CHECK(progress.compound.upper == doctest::Approx(23.188495203418515).epsilon(1e-10));
    REQUIRE(progress.compound.reaches);
    CHECK(*progress.compound.reaches == day("2039-01-12"));
}

TEST_CASE("a wider level widens the interval, two values give none, one gives no trend") {
    ProgressOptions wide;
    wide.interval_level = 0.99;
    const Date as_of = day("2025-12-31");
    const Progress usual = progress_toward_targets(digital_economy(), as_of);
    const Progress wider = progress_toward_targets(digital_economy(), as_of, wide);
    CHECK(wider.linear.lower < usual.linear.lower);
    CHECK(wider.linear.upper > usual.linear.upper);
    ProgressInput few = digital_economy();
    few.observations.resize(2);
    const Progress two = progress_toward_targets(few, as_of);
    CHECK(two.linear.value == doctest::Approx(10.2 + 1.7 * 10));
    CHECK(std::isnan(two.linear.lower));
    CHECK(two.linear.remark.find("no interval") != std::string::npos);
    few.observations.resize(1);
    const Progress one = progress_toward_targets(few, as_of);
    CHECK(std::isnan(one.linear.value));
    CHECK(one.linear.observations == 0);
    CHECK(one.status == TrackStatus::unknown);
    CHECK(one.progress == ProgressClass::not_assessable);
}

TEST_CASE("an answer as of a date does not change when later values arrive") {
    ProgressInput full = digital_economy();
    ProgressInput early = digital_economy();
    early.observations.resize(3);
    std::reverse(full.observations.begin(), full.observations.end());
    CHECK(progress_toward_targets(full, day("2022-12-31")).linear ==
          progress_toward_targets(early, day("2022-12-31")).linear);
    CHECK(progress_toward_targets(full, day("2023-06-30")).latest->value == 12.6);
    ProgressInput gap = digital_economy();
    gap.observations.back().value = missing_value;
    CHECK(progress_toward_targets(gap, day("2026-01-01")).latest->value == 13.4);
}

TEST_CASE("growth ratios fall into the classes of Eurostat, thresholds into the better one") {
    // Required: 10% a year for ten years from 100. Actual: so much in one year.
    ProgressInput input;
    input.targets = {{day("2030-12-31"), 100.0 * std::pow(1.1, 10)}};
    const auto class_at = [&](double value) {
        input.observations = {year_end(2020, 100.0), year_end(2021, value)};
        return progress_toward_targets(input, day("2021-12-31")).progress;
    };
    CHECK(class_at(110.0) == ProgressClass::significant_progress);
    CHECK(class_at(109.5) == ProgressClass::significant_progress);
    CHECK(class_at(109.49) == ProgressClass::moderate_progress);
    CHECK(class_at(106.0) == ProgressClass::moderate_progress);
    CHECK(class_at(105.99) == ProgressClass::insufficient_progress);
    CHECK(class_at(100.0) == ProgressClass::insufficient_progress);
    CHECK(class_at(99.99) == ProgressClass::moving_away);
    CHECK(class_at(300.0) == ProgressClass::target_reached);
}

TEST_CASE("without a target growth of 1% a year separates the classes") {
    ProgressInput input;
    const auto at = [&](Direction direction, double value) {
        input.direction = direction;
        input.observations = {year_end(2020, 100.0), year_end(2021, value)};
        const Progress progress = progress_toward_targets(input, day("2021-12-31"));
        CHECK(progress.test == ProgressTest::growth);
        CHECK(progress.status == TrackStatus::no_target);
        return progress.progress;
    };
    const Direction up = Direction::higher_is_better;
    const Direction down = Direction::lower_is_better;
    CHECK(at(up, 101.0) == ProgressClass::significant_progress);
    CHECK(at(up, 100.99) == ProgressClass::moderate_progress);
    CHECK(at(up, 100.0) == ProgressClass::no_change);
    CHECK(at(up, 99.5) == ProgressClass::moderate_movement_away);
    CHECK(at(up, 99.0) == ProgressClass::moderate_movement_away);
    CHECK(at(up, 98.9) == ProgressClass::significant_movement_away);
    CHECK(at(down, 99.0) == ProgressClass::significant_progress);
    CHECK(at(down, 101.5) == ProgressClass::significant_movement_away);
    input.observations = {year_end(2020, 0.0), year_end(2021, 4.0)};
    const Progress zero = progress_toward_targets(input, day("2021-12-31"));
    CHECK(zero.progress == ProgressClass::not_assessable);
    CHECK(zero.notes.size() == 1);
}

TEST_CASE("from zero or below, changes a year are compared and a note says so") {
    for (const double start : {0.0, -5.0}) {
        CAPTURE(start);
        ProgressInput input;
        input.path = TargetPath::compound;
        input.targets = {{day("2030-12-31"), start + 20.0}};
        input.observations = {year_end(2020, start), year_end(2025, start + 8.0)};
        const Progress progress = progress_toward_targets(input, day("2025-12-31"));
        CHECK(std::isnan(progress.required_growth));
        CHECK(progress.test == ProgressTest::linear_ratio);
        // 8 in 5 years against 20 in 10.
        CHECK(progress.ratio == doctest::Approx(0.8));
        CHECK(progress.progress == ProgressClass::moderate_progress);
        CHECK(progress.status == TrackStatus::behind);
        CHECK(progress.notes.size() == 2);
        CHECK(std::isnan(progress.compound.value));
        CHECK(progress.compound.remark.find("above 0") != std::string::npos);
    }
}

TEST_CASE("a target reached, kept, left and never required") {
    ProgressInput input;
    input.targets = {{day("2030-12-31"), 0.7}};
    input.observations = {year_end(2023, 0.726), year_end(2024, 0.73), year_end(2025, 0.74)};
    const Progress kept = progress_toward_targets(input, day("2025-12-31"));
    CHECK(kept.status == TrackStatus::attained);
    CHECK(kept.progress == ProgressClass::target_reached);
    CHECK(*kept.reached_on == day("2023-12-31"));
    input.observations.back().value = 0.69;
    const Progress left = progress_toward_targets(input, day("2025-12-31"));
    CHECK(left.progress == ProgressClass::moving_away);
    CHECK(left.status == TrackStatus::moving_away);
    input.observations = {year_end(2023, 0.7), year_end(2025, 0.7)};
    const Progress still = progress_toward_targets(input, day("2025-12-31"));
    CHECK(still.status == TrackStatus::attained);
    CHECK(std::isnan(still.attainment));
}

TEST_CASE("a trend away from the target or standing still never reaches it") {
    ProgressInput input;
    input.targets = {{day("2030-12-31"), 30.0}};
    input.observations = {year_end(2021, 14.0), year_end(2022, 13.0), year_end(2023, 12.5)};
    const Progress away = progress_toward_targets(input, day("2024-01-01"));
    CHECK(!away.linear.reaches);
    CHECK(!away.compound.reaches);
    CHECK(away.linear.remark == "the trend leads away from the target");
    CHECK(away.status == TrackStatus::moving_away);
    for (DatedValue& each : input.observations) each.value = 14.1;
    const Progress still = progress_toward_targets(input, day("2024-01-01"));
    CHECK(still.linear.change_per_year == 0.0);
    CHECK(still.linear.remark == "the trend stands still");
    CHECK(still.linear.lower == still.linear.upper);
    CHECK(still.status == TrackStatus::off_track);
    input.observations.back().value = 14.2;
    const Progress slow = progress_toward_targets(input, day("2024-01-01"));
    CHECK(!slow.linear.reaches);
    CHECK(slow.linear.remark.find("more than 100 years") != std::string::npos);
}

TEST_CASE("reversing the direction mirrors every judgement, changing the unit changes none") {
    Random random(7);
    for (int k = 0; k < 200; ++k) {
        CAPTURE(k);
        ProgressInput input;
        input.targets = {{day("2028-12-31"), random.between(5.0, 40.0)},
                         {day("2035-06-30"), random.between(5.0, 60.0)}};
        const std::size_t count = 1 + random.below(6);
        for (std::size_t j = 0; j < count; ++j)
            input.observations.push_back(
                year_end(2020 + static_cast<int>(j), random.between(1.0, 50.0)));
        const Date as_of = day("2026-03-31");
        const Progress forward = progress_toward_targets(input, as_of);

        ProgressInput mirrored = input;
        mirrored.direction = Direction::lower_is_better;
        for (Target& target : mirrored.targets) target.value = -target.value;
        for (DatedValue& each : mirrored.observations) each.value = -each.value;
        const Progress back = progress_toward_targets(mirrored, as_of);
        CHECK(back.status == forward.status);
        CHECK(std::isnan(back.linear.value) == std::isnan(forward.linear.value));
        if (!std::isnan(forward.linear.value))
            CHECK(back.linear.value == doctest::Approx(-forward.linear.value));
        CHECK(back.linear.reaches == forward.linear.reaches);
        if (!std::isnan(forward.pace)) CHECK(back.pace == forward.pace);
        if (!std::isnan(forward.attainment)) CHECK(back.attainment == forward.attainment);

        ProgressInput scaled = input;
        const double unit = 1024.0;
        for (Target& target : scaled.targets) target.value *= unit;
        for (DatedValue& each : scaled.observations) each.value *= unit;
        const Progress larger = progress_toward_targets(scaled, as_of);
        CHECK(larger.status == forward.status);
        CHECK(larger.progress == forward.progress);
        CHECK(larger.linear.reaches == forward.linear.reaches);
        if (!std::isnan(forward.ratio)) CHECK(larger.ratio == forward.ratio);
        if (!std::isnan(forward.linear.lower))
            CHECK(larger.linear.lower == doctest::Approx(unit * forward.linear.lower));
    }
}

TEST_CASE("a stated baseline starts the path and is read only once it has come") {
    ProgressInput input = digital_economy();
    input.baseline = DatedValue{day("2023-06-30"), 12.8};
    const Progress progress = progress_toward_targets(input, day("2025-12-31"));
    CHECK(progress.linear.observations == 4);
    CHECK(progress.baseline->value == 12.8);
    const Progress early = progress_toward_targets(input, day("2023-01-01"));
    CHECK(early.status == TrackStatus::unknown);
    CHECK(early.notes.size() == 1);
    input.baseline = year_end(2022, 12.5);
    CHECK(progress_toward_targets(input, day("2025-12-31")).notes.front() ==
          "the baseline is 12.5, the value observed on its day 12.6");
}

TEST_CASE("every problem of an input is reported at once") {
    ProgressInput input;
    input.targets = {{day("2030-12-31"), 1.0}, {day("2029-12-31"), INFINITY}};
    input.observations = {
        year_end(2020, 1.0), year_end(2020, 2.0), {Date(), 1.0}, year_end(2021, INFINITY)};
    ProgressOptions options;
    options.interval_level = 1.0;
    options.thresholds.moderate = 2.0;
    const auto problems = problems_of<NumericError>(
        [&] { (void)progress_toward_targets(input, day("2025-01-01"), options); });
    std::vector<std::string> found;
    for (const Problem& each : problems) found.push_back(each.code);
    CHECK(found == std::vector<std::string>{"not_finite", "targets_not_ascending", "date_missing",
                                            "not_finite", "date_twice", "thresholds",
                                            "level_out_of_range"});
}

TEST_CASE("a digital economy near 14% of GDP in 2025 has missed its target of 20%") {
    const IndexModel index =
        model(group("total", aggregation::Arithmetic{},
                    {digital_leaf({{day("2025-12-31"), 20.0}, {day("2030-12-31"), 30.0}})}));
    const std::vector<Panel> panels{yearly(2025, {{13.95}, {21.0}}), yearly(2024, {{13.0}, {18.0}}),
                                    yearly(2023, {{12.0}, {16.0}})};
    OnTrackOptions options;
    options.as_of = day("2026-01-15");
    const MissedTargets missed = missed_targets(index, panels, options);
    REQUIRE(missed.rows.size() == 1);
    const MissedTarget& row = missed.rows.front();
    CHECK(row.unit == "u1");
    CHECK(row.indicator == "digital");
    CHECK(row.owner == "Bộ Khoa học và Công nghệ");
    CHECK(row.outcome.target.value == 20.0);
    CHECK(row.outcome.value->value == 13.95);
    CHECK(row.outcome.shortfall == doctest::Approx(6.05));
    CHECK(row.outcome.result == TargetResult::missed);
    std::ostringstream text;
    text << missed;
    CHECK(text.str().find("13.95") != std::string::npos);
    CHECK(text.str().find("missed") != std::string::npos);
    // On the day itself the target has not passed yet.
    options.as_of = day("2025-12-31");
    CHECK(missed_targets(index, panels, options).rows.empty());
    // The next target is what progress is judged by.
    options.as_of = day("2026-01-15");
    const TrackTable table = on_track(index, panels, options);
    REQUIRE(table.rows.size() == 2);
    CHECK(table.find("u1", "digital")->target->value == 30.0);
    CHECK(table.find("u1", "digital")->status == TrackStatus::off_track);
    CHECK(table.find("u2", "digital")->status == TrackStatus::on_track);
    CHECK(table.find("u3", "digital") == nullptr);
}

TEST_CASE("a target attained late or without a value near its day is said to be so") {
    ProgressInput input;
    input.targets = {{day("2024-12-31"), 20.0}};
    input.observations = {year_end(2023, 15.0), year_end(2024, 18.0), year_end(2025, 20.5)};
    const auto late = target_outcomes(input, day("2026-01-01"));
    REQUIRE(late.size() == 1);
    CHECK(late[0].result == TargetResult::attained_late);
    CHECK(*late[0].attained_on == day("2025-12-31"));
    // Before the later value was known the target was missed.
    CHECK(target_outcomes(input, day("2025-12-30"))[0].result == TargetResult::missed);
    input.observations = {year_end(2022, 25.0)};
    const auto stale = target_outcomes(input, day("2026-01-01"));
    CHECK(stale[0].result == TargetResult::undecided);
    CHECK(stale[0].value->value == 25.0);
    input.observations.clear();
    const auto none = target_outcomes(input, day("2026-01-01"));
    CHECK(none[0].result == TargetResult::undecided);
    CHECK(std::isnan(none[0].shortfall));
    input.direction = Direction::lower_is_better;
    input.observations = {year_end(2024, 22.0)};
    CHECK(target_outcomes(input, day("2026-01-01"))[0].shortfall == 2.0);
}

TEST_CASE("a board of units over years has one row a unit and target, in the order of codes") {
    NodeDefinition rank = leaf("world_rank", rule::RankTarget{50, 100});
    rank.targets = {{day("2030-12-31"), 50.0}};
    NodeDefinition growth = leaf("papers", rule::GrowthToTarget{});
    growth.targets = {{day("2030-12-31"), 0.1}};
    const IndexModel index = model(group(
        "total", aggregation::Arithmetic{},
        {digital_leaf({{day("2030-12-31"), 30.0}}), rank, growth, leaf("plain", rule::AsIs{})}));
    const std::vector<std::string> columns{"digital", "world_rank", "papers", "plain"};
    const std::vector<Panel> panels{
        yearly(2024, {{20.0, 80.0, 5.0, 1.0}, {missing_value, 60.0, 5.0, 1.0}}, columns),
        yearly(2025, {{22.0, 60.0, 5.0, 1.0}, {missing_value, 70.0, 5.0, 1.0}}, columns)};
    const TrackTable table = on_track(index, panels);
    REQUIRE(table.rows.size() == 4);
    CHECK(table.as_of == day("2025-12-31"));
    CHECK(table.rows[0].unit == "u1");
    CHECK(table.rows[1].indicator == "world_rank");
    // A rank gets better by falling, whatever the node says.
    CHECK(table.find("u1", "world_rank")->status == TrackStatus::on_track);
    CHECK(table.find("u2", "world_rank")->status == TrackStatus::moving_away);
    CHECK(table.find("u2", "digital")->status == TrackStatus::unknown);
    std::ostringstream text;
    text << table;
    CHECK(text.str().find("world_rank") != std::string::npos);

    const std::vector<Panel> swapped{panels[1], panels[0]};
    std::ostringstream same;
    same << on_track(index, swapped);
    CHECK(same.str() == text.str());
    OnTrackOptions options;
    options.baseline = day("2025-12-31");
    CHECK(on_track(index, panels, options).find("u1", "digital")->status == TrackStatus::unknown);
    options.baseline = day("2023-12-31");
    CHECK_THROWS_AS((void)on_track(index, panels, options), DataError);
    options = {};
    options.as_of = day("2020-01-01");
    CHECK_THROWS_AS((void)on_track(index, panels, options), DataError);
    const std::vector<Panel> twice{panels[0], panels[0], panel(columns, {{1, 1, 1, 1}})};
    CHECK(problems_of<DataError>([&] { (void)on_track(index, twice); }).size() == 2);
}

TEST_CASE("imputed values are no observations") {
    PanelDefinition filled = yearly(2025, {{25.0}}).definition();
    filled.states.resize(1, 1);
    filled.states(0, 0) = CellState::imputed;
    const IndexModel index = model(
        group("total", aggregation::Arithmetic{}, {digital_leaf({{day("2030-12-31"), 30.0}})}));
    const std::vector<Panel> panels{yearly(2024, {{20.0}}), Panel(filled)};
    const TrackTable table = on_track(index, panels);
    CHECK(table.rows[0].progress.latest->value == 20.0);
}

TEST_CASE("statuses and classes have a name in both languages") {
    CHECK(track_status_label(TrackStatus::missed) == Label{"missed", "không đạt"});
    CHECK(std::string(track_status_name(TrackStatus::unknown)) == "unknown");
    CHECK(progress_class_label(ProgressClass::not_assessable).en == "not assessable");
    CHECK(std::string(progress_class_name(ProgressClass::moving_away)) == "moving_away");
    CHECK(std::string(progress_test_name(ProgressTest::growth)) == "growth");
    CHECK(target_result_label(TargetResult::undecided).en == "undecided");
    CHECK(std::string(target_result_name(TargetResult::attained_late)) == "attained_late");
}
