#include <thuocdo/diagnose/audit.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace audit_tests {

using namespace testing_support;
using thuocdo::Index;
namespace diagnose = thuocdo::diagnose;

/// `kind code other` of each finding.
std::vector<std::string> found(const diagnose::AuditReport& report) {
    std::vector<std::string> out;
    for (const auto& each : report.findings)
        out.push_back(std::string(audit_name(each.kind)) + ' ' + each.code +
                      (each.other.empty() ? "" : " " + each.other));
    return out;
}

bool has(const diagnose::AuditReport& report, const std::string& finding) {
    const auto all = found(report);
    return std::find(all.begin(), all.end(), finding) != all.end();
}

thuocdo::NodeDefinition min_max(const std::string& code) {
    return leaf(code, thuocdo::rule::MinMax{1.0});
}

/// Columns by name over 40 units.
thuocdo::Panel table(const std::vector<std::pair<std::string, std::vector<double>>>& columns,
                     std::uint64_t shuffle = 0) {
    const auto rows = static_cast<Index>(columns.front().second.size());
    std::vector<Index> order(static_cast<std::size_t>(rows));
    for (Index k = 0; k < rows; ++k) order[static_cast<std::size_t>(k)] = k;
    Random random(shuffle);
    for (std::size_t k = order.size(); shuffle != 0 && k-- > 1;)
        std::swap(order[k], order[random.below(k + 1)]);
    const std::vector<std::string> names = codes(rows);
    std::vector<std::string> units;
    Eigen::MatrixXd values(rows, static_cast<Index>(columns.size()));
    std::vector<std::string> indicators;
    for (const Index k : order) units.push_back(names[static_cast<std::size_t>(k)]);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        indicators.push_back(columns[j].first);
        for (Index i = 0; i < rows; ++i)
            values(i, static_cast<Index>(j)) =
                columns[j].second[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])];
    }
    return thuocdo::Panel(thuocdo::UnitRegistry::from_codes(units), indicators, std::move(values));
}

std::vector<double> noise(std::uint64_t seed, std::size_t rows = 40) {
    Random random(seed);
    std::vector<double> out(rows);
    for (double& each : out) each = random.between(0.0, 1.0);
    return out;
}

std::vector<double> plus(std::vector<double> x, const std::vector<double>& y, double factor) {
    for (std::size_t k = 0; k < x.size(); ++k) x[k] += factor * y[k];
    return x;
}

TEST_CASE("an index without faults has no findings") {
    const auto common = noise(1);
    const auto board = thuocdo::score(model(group("total", thuocdo::aggregation::Arithmetic{},
                                                  {min_max("a"), min_max("b"), min_max("c")})),
                                      table({{"a", plus(common, noise(2), 0.6)},
                                             {"b", plus(common, noise(3), 0.6)},
                                             {"c", plus(common, noise(4), 0.6)}}));
    const auto report = diagnose::audit(board);
    CHECK(found(report).empty());
    CHECK(report.units == 40);
    REQUIRE(report.leaves.size() == 3);
    CHECK(report.leaves[0].effective_weight == doctest::Approx(1.0 / 3.0));
    CHECK(report.leaves[0].correlation_with_total > 0.6);
    REQUIRE(report.nodes.size() == 1);
    CHECK(report.nodes[0].alpha > 0.7);
    double weights = 0.0;
    double shares = 0.0;
    for (const auto& each : report.children) {
        weights += each.weight;
        shares += each.variance_share;
    }
    CHECK(weights == doctest::Approx(1.0));
    CHECK(shares == doctest::Approx(1.0));
}

TEST_CASE("redundant, contrary and silent indicators are named with their partners") {
    const auto common = noise(1);
    std::vector<double> contrary = common;
    for (double& each : contrary) each = -each;
    const auto board = thuocdo::score(
        model(group("total", thuocdo::aggregation::Arithmetic{},
                    {min_max("a"), min_max("twin"), min_max("against"), min_max("flat")})),
        table({{"a", common},
               {"twin", plus(common, noise(9), 0.05)},
               {"against", plus(contrary, noise(3), 0.1)},
               {"flat", std::vector<double>(40, 7.0)}}));
    const auto report = diagnose::audit(board);
    CHECK(has(report, "redundant_pair a twin"));
    CHECK(has(report, "negative_pair a against"));
    CHECK(has(report, "negative_with_parent against total"));
    CHECK(has(report, "constant flat"));
    CHECK(has(report, "low_reliability total"));
    CHECK_FALSE(has(report, "redundant_pair a against"));
    for (const auto& each : report.findings)
        if (each.kind == diagnose::AuditKind::redundant_pair) {
            CHECK(each.figure > 0.92);
            CHECK(each.limit == 0.92);
            CHECK(each.text.in(false).starts_with("a and twin say the same: correlation "));
            CHECK(each.text.in(true).starts_with("a và twin trùng lặp: tương quan "));
        }
}

TEST_CASE("data that are missing, zero or far out are counted as they were measured") {
    auto few = noise(5);
    for (std::size_t k = 0; k < 20; ++k) few[k] = thuocdo::missing_value;
    auto zeros = noise(6);
    for (std::size_t k = 0; k < 30; ++k) zeros[k] = 0.0;
    auto far = noise(7);
    far[3] = 400.0;
    auto document = definition(group("total", thuocdo::aggregation::Arithmetic{},
                                     {min_max("few"), min_max("zeros"), min_max("far")}));
    document.defaults.missing = thuocdo::MissingRule::all(thuocdo::MissingPolicy::renormalise);
    const auto data = table({{"few", few}, {"zeros", zeros}, {"far", far}});
    const auto report = diagnose::audit(thuocdo::score(thuocdo::IndexModel(document), data));
    CHECK(has(report, "little_data few"));
    CHECK(has(report, "many_zeros zeros"));
    CHECK(has(report, "heavy_tails far"));
    CHECK_FALSE(has(report, "little_data far"));
    document.preparation = {thuocdo::step::Impute{}, thuocdo::step::Treat{}};
    const auto mended = diagnose::audit(thuocdo::score(thuocdo::IndexModel(document), data));
    // Imputed values were still not measured; the treated tail is gone.
    CHECK(has(mended, "little_data few"));
    CHECK_FALSE(has(mended, "heavy_tails far"));
}

TEST_CASE("a unit with few measured values is named") {
    auto document = definition(
        group("total", thuocdo::aggregation::Arithmetic{}, {min_max("a"), min_max("b")}));
    document.defaults.missing = thuocdo::MissingRule::all(thuocdo::MissingPolicy::renormalise);
    auto a = noise(1);
    a[4] = thuocdo::missing_value;
    const auto report = diagnose::audit(
        thuocdo::score(thuocdo::IndexModel(document), table({{"a", a}, {"b", noise(2)}})));
    CHECK(has(report, "unit_with_little_data u5"));
}

TEST_CASE("a child that drowns the others matters more than its weight") {
    auto wide = leaf("wide", thuocdo::rule::AsIs{});
    auto narrow = leaf("narrow", thuocdo::rule::AsIs{});
    auto small = leaf("small", thuocdo::rule::AsIs{});
    auto loud = noise(1);
    for (double& each : loud) each *= 50.0;
    const auto board = thuocdo::score(
        model(group("total", thuocdo::aggregation::Arithmetic{}, {wide, narrow, small})),
        table({{"wide", loud}, {"narrow", noise(2)}, {"small", noise(3)}}));
    const auto report = diagnose::audit(board);
    CHECK(has(report, "more_than_weight wide total"));
    CHECK(has(report, "less_than_weight narrow total"));
    REQUIRE(report.children.size() == 3);
    CHECK(report.children[0].variance_share > 0.99);
}

TEST_CASE(
    "an indicator that still follows its denominator, and judgements that contradict each other") {
    std::vector<thuocdo::Unit> units;
    std::vector<double> x;
    Random random(8);
    for (int k = 0; k < 40; ++k) {
        thuocdo::Unit unit;
        unit.code = "u" + std::to_string(k + 1);
        const double people = random.between(1.0, 100.0);
        unit.attributes["people"] = people;
        units.push_back(unit);
        // Grows with the square of the size, so the share still measures size.
        x.push_back(people * people * random.between(0.9, 1.1));
    }
    thuocdo::PanelDefinition given =
        table({{"a", x}, {"b", noise(2)}, {"c", noise(3)}}).definition();
    given.units = thuocdo::UnitRegistry(units);
    auto document = definition(group("total", thuocdo::aggregation::Arithmetic{},
                                     {min_max("a"), min_max("b"), min_max("c")}));
    document.root.weights = thuocdo::weighting::AnalyticHierarchyProcess{
        {"a", "b", "c"}, {{{1, 9, 1.0 / 9}, {1.0 / 9, 1, 9}, {9, 1.0 / 9, 1}}}};
    document.preparation = {thuocdo::step::Denominate{{{{"a"}, "people", 1.0}}}};
    const auto report =
        diagnose::audit(thuocdo::score(thuocdo::IndexModel(document), thuocdo::Panel(given)));
    CHECK(has(report, "follows_denominator a people"));
    CHECK(has(report, "inconsistent_judgements total"));
}

TEST_CASE("an audit does not depend on the order of units and prints whole") {
    const auto one_model = model(group("total", thuocdo::aggregation::Arithmetic{},
                                       {min_max("a"), min_max("b"), min_max("c")}));
    const std::vector<std::pair<std::string, std::vector<double>>> columns{
        {"a", noise(1)}, {"b", noise(2)}, {"c", noise(3)}};
    const auto first = diagnose::audit(thuocdo::score(one_model, table(columns)));
    const auto second = diagnose::audit(thuocdo::score(one_model, table(columns, 99)));
    CHECK(first.findings == second.findings);
    for (std::size_t k = 0; k < first.children.size(); ++k)
        CHECK(first.children[k].relative_importance == second.children[k].relative_importance);
    std::ostringstream out;
    out << first;
    CHECK(out.str().find("over 40 units") != std::string::npos);
    CHECK(out.str().find("importance") != std::string::npos);
}

TEST_CASE(
    "few units, one unit and no evaluated unit give a report without findings about correlations") {
    const auto one_model =
        model(group("total", thuocdo::aggregation::Arithmetic{}, {min_max("a"), min_max("b")}));
    for (const std::size_t rows : {std::size_t{1}, std::size_t{2}, std::size_t{9}}) {
        const auto report = diagnose::audit(
            thuocdo::score(one_model, table({{"a", noise(1, rows)}, {"b", noise(2, rows)}})));
        CHECK(report.units == static_cast<Index>(rows));
        for (const auto& each : report.findings) CHECK(each.kind == diagnose::AuditKind::constant);
    }
}

}  // namespace audit_tests
