// What a publication gives away: answers by hand, by closed form and by a search on a grid.
#include <thuocdo/publish/disclosure_audit.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <publish/disclosure_support.hpp>
#include <string>
#include <vector>

namespace disclosure_audit_tests {

using namespace disclosure_support;

// Total = half of pillar P = 0.2 a + 0.3 b + 0.5 c and of q; units of P 61.4, 50, 30.
Scoreboard pillar_board() {
    return board_of(
        definition(mean("t", {mean("P", {percent("a", 0.2), percent("b", 0.3), percent("c", 0.5)}),
                              percent("q")})),
        {"a", "b", "c", "q"}, {{50, 70, 60.8, 80}, {50, 50, 50, 60}, {30, 30, 30, 30}});
}

TEST_CASE("Disclosure: one withheld indicator of three is determined, or up to the rounding") {
    const AudienceView exact = open_view(pillar_board(), withhold({{"u1", "c"}}));
    const DisclosureAudit all_digits = audit(exact);
    REQUIRE(all_digits.figures.size() == 1);
    const WithheldFigure& c = all_digits.figures[0];
    CHECK(is(c, 60.8, 60.8));
    CHECK(c.status == DisclosureStatus::determined);
    CHECK(says(c, "weights of P, unit u1"));
    CHECK(says(c, "P of u1 = 61.4"));
    CHECK(std::abs(c.value_lower - 60.8) < 1e-6);
    CHECK_FALSE(all_digits.is_safe());
    // Half a unit of the pillar over the weight; the total says less with one decimal.
    for (const int digits : {2, 1, 0}) {
        const double half = half_unit(digits) / 0.5;
        const AudienceView view =
            open_view(pillar_board(), withhold({{"u1", "c"}}, {{"P", digits}, {"t", 0}, {"q", 0}}));
        const double pillar = view.printed(0, 1);
        const WithheldFigure found =
            audit(view, {.safe_width = 0.01, .values_in_full = false}).figures[0];
        CHECK(is(found, (pillar - 31) / 0.5 - half, (pillar - 31) / 0.5 + half));
        CHECK(found.status ==
              (digits == 0 ? DisclosureStatus::safe : DisclosureStatus::too_narrow));
        CHECK(found.needed == 1.0);
        CHECK(std::abs(found.value_upper - found.upper) < 1e-6);
    }
    // The other indicators printed with one decimal, too: 0.05 (1 + 0.2 + 0.3)/0.5.
    const AudienceView rounded = open_view(
        pillar_board(), withhold({{"u1", "c"}}, {{"P", 1}, {"t", 0}, {"a", 1}, {"b", 1}}));
    CHECK(is(audit(rounded, {.values_in_full = false}).figures[0], 60.8 - 0.15, 60.8 + 0.15));
    // Their values in full give the decimals back.
    CHECK(is(audit(rounded).figures[0], 60.8 - 0.1, 60.8 + 0.1));
}

TEST_CASE("Disclosure: two withheld indicators, against a search on a grid") {
    const AudienceView view =
        open_view(pillar_board(), withhold({{"u1", "b"}, {"u1", "c"}}, {{"P", 0}, {"t", 0}}));
    const DisclosureAudit found = audit(view, {.safe_width = 0.4});
    double least_b = 100;
    double least_c = 100;
    double most_b = 0;
    double most_c = 0;
    for (int b = 0; b <= 1000; ++b) {
        for (int c = 0; c <= 1000; ++c) {
            const double pillar = 10 + 0.3 * b / 10.0 + 0.5 * c / 10.0;
            const double total = (pillar + 80) / 2;
            if (std::floor(pillar + 0.5) != 61 || std::floor(total + 0.5) != 71) continue;
            least_b = std::min(least_b, b / 10.0);
            least_c = std::min(least_c, c / 10.0);
            most_b = std::max(most_b, b / 10.0);
            most_c = std::max(most_c, c / 10.0);
        }
    }
    const WithheldFigure& b = figure(found, view, "u1", "b");
    const WithheldFigure& c = figure(found, view, "u1", "c");
    CHECK(b.lower <= least_b);
    CHECK(b.lower > least_b - 0.11);
    CHECK(c.lower <= least_c);
    CHECK(c.lower > least_c - 0.11);
    CHECK(is(b, (61 - 10 - 50) / 0.3, most_b));  // the total says that P is 61 or more
    CHECK(is(c, (61 - 10 - 30) / 0.5, most_c));
    CHECK(says(c, "total of u1 = 71 (0 decimals)"));
    CHECK(says(c, "domain 0 to 100 of b"));
    CHECK(found.is_safe());
    CHECK_FALSE(audit(view, {.safe_width = 0.6}).is_safe());
    AuditOptions options;
    options.nodes = {{"c", 60.0}, {"b", {}, 10.0, 90.0}};
    const DisclosureAudit narrower = audit(view, options);
    CHECK(figure(narrower, view, "u1", "c").status == DisclosureStatus::too_narrow);
    CHECK(is(figure(narrower, view, "u1", "c"), (61 - 10 - 27) / 0.5, (61.5 - 10 - 3) / 0.5));
}

TEST_CASE("Disclosure: nothing withheld, and nothing that tells of what is withheld") {
    CHECK(audit(open_view(pillar_board(), {})).is_safe());
    // Everything above c is withheld as well, and nothing compares the units.
    VisibilityRules rules = withhold({{"u1", "c"}, {"u1", "P"}, {"u1", "t"}});
    const AudienceView view = open_view(pillar_board(), rules);
    const DisclosureAudit found = audit(view);
    // u1 has no rank; the gap says that it is first: 0.5 P + 40 >= 55.
    CHECK(is(figure(found, view, "u1", "P"), 31, 81));
    CHECK(is(figure(found, view, "u1", "c"), 0, 100));
    CHECK(says(figure(found, view, "u1", "t"), "domain 0 to 100"));
}

TEST_CASE("Disclosure: a value pinned by its rank between two equal scores") {
    // Total 0.5 a + 25 of u2, between totals of 60.25 and 60, or equal to the latter.
    for (const double value : {70.25, 70.0}) {
        const Scoreboard board = board_of(definition(mean("t", {percent("a"), percent("b")})),
                                          {"a", "b"}, {{60.25, 60.25}, {value, 50}, {60, 60}});
        VisibilityRules rules = withhold({{"u2", "a"}, {"u2", "t"}});
        rules.ranks_without_totals = true;
        const AudienceView view = open_view(board, rules);
        const DisclosureAudit found = audit(view);
        const bool tied = value == 70.0;
        CHECK(is(figure(found, view, "u2", "a"), 70, tied ? 70 : 70.5));
        CHECK(figure(found, view, "u2", "a").status ==
              (tied ? DisclosureStatus::determined : DisclosureStatus::too_narrow));
        CHECK(says(figure(found, view, "u2", "a"), "ranks of u2 (2) and u3"));
    }
}

TEST_CASE("Disclosure: ranks on rounded totals differ by their last place") {
    ModelDefinition of = definition(mean("t", {percent("a"), percent("b")}));
    of.root.rounding =
        Rounding{1, thuocdo::numeric::RoundingMode::half_up, thuocdo::RoundingPlace::display};
    VisibilityRules rules = withhold({{"u2", "a"}, {"u2", "t"}});
    rules.ranks_without_totals = true;
    const AudienceView view =
        open_view(board_of(of, {"a", "b"}, {{62, 62}, {70, 50}, {58, 58}, {10, 10}}), rules);
    const DisclosureAudit found = audit(view);
    // From 58.1 to 61.9, each rounded: 58.05 to 61.95 before it.
    CHECK(is(figure(found, view, "u2", "t"), 58.1, 61.9));
    CHECK(is(figure(found, view, "u2", "a"), 2 * 58.05 - 50, 2 * 61.95 - 50));
    of.ranking.on = thuocdo::Basis::full;
    const AudienceView full =
        open_view(board_of(of, {"a", "b"}, {{62, 62}, {70, 50}, {58, 58}, {10, 10}}), rules);
    CHECK(is(figure(audit(full), full, "u2", "a"), 2 * 58.0 - 50, 2 * 62.0 - 50));
}

TEST_CASE("Disclosure: a hidden unit is found through the national mean") {
    const Scoreboard board = board_of(definition(mean("t", {percent("a"), percent("b")})),
                                      {"a", "b"}, {{80, 60}, {50, 50}, {33, 45}, {20, 20}});
    VisibilityRules rules;
    rules.units.push_back({"u3", Visibility::restricted});
    const AudienceView view = open_view(board, rules);
    AuditOptions options;
    // By its place alone: between 50 and 20.
    CHECK(is(figure(audit(view, options), view, "u3", "t"), 20, 50));
    options.roll_ups = {{{"nation"}, std::nullopt, {"t"}}};
    const DisclosureAudit found = audit(view, options);
    CHECK(figure(found, view, "u3", "t").status == DisclosureStatus::determined);
    CHECK(is(figure(found, view, "u3", "t"), 39, 39));
    CHECK(is(figure(found, view, "u3", "a"), 0, 78));
    CHECK(says(figure(found, view, "u3", "t"), "national mean of totals"));
    options.roll_ups[0].digits = 1;  // 44.75 is printed as 44.8
    CHECK(is(figure(audit(view, options), view, "u3", "t"), 4 * 44.75 - 140, 4 * 44.85 - 140));
}

TEST_CASE("Disclosure: two publications that differ in one cell or one unit") {
    const auto make = [](double c, bool with_third) {
        std::vector<std::vector<double>> rows = {{50, 70, c, 80}, {50, 50, 50, 60}};
        if (with_third) rows.push_back({30, 30, 30, 30});
        return board_of(
            definition(
                mean("t", {mean("P", {percent("a", 0.2), percent("b", 0.3), percent("c", 0.5)}),
                           percent("q")})),
            {"a", "b", "c", "q"}, rows);
    };
    const Cells two = {{"u1", "b"}, {"u1", "c"}};
    const AudienceView now = open_view(make(60.8, true), withhold(two));
    AuditOptions options;
    CHECK(audit(now, options).is_safe());
    SUBCASE("the first published what the second withholds") {
        options.earlier = {open_view(make(40, true), withhold({{"u1", "c"}}))};
        const DisclosureAudit found = audit(now, options);
        CHECK(figure(found, now, "u1", "b").status == DisclosureStatus::determined);
        CHECK(figure(found, now, "u1", "c").status == DisclosureStatus::determined);
        CHECK(is(figure(found, now, "u1", "c"), 60.8, 60.8));
        CHECK(says(figure(found, now, "u1", "b"), "b of u1 (earlier publication 1) = 70"));
    }
    SUBCASE("a changed figure tells nothing of the new one") {
        options.earlier = {open_view(make(40, true), withhold({{"u1", "b"}}))};
        // 0.3 b was known from the pillar of the earlier one: 52 - 10 - 20.
        CHECK(is(figure(audit(now, options), now, "u1", "c"), 60.8, 60.8));
        options.earlier = {open_view(make(40, true), withhold(two))};
        const DisclosureAudit found = audit(now, options);
        // 0.3 b + 0.5 c = 51.4 now, with another c = 41 then: c - 20.8 >= 0.
        CHECK(is(figure(found, now, "u1", "c"), 42.8, 100));
        CHECK(is(figure(found, now, "u1", "b"), 1.4 / 0.3, 100));
    }
    SUBCASE("means of the nation with and without a unit") {
        // Both hide u3 in tables that a rank does not order; the means give it away.
        VisibilityRules hidden;
        hidden.units = {{"u3", Visibility::restricted}, {"u1", Visibility::restricted}};
        const AudienceView third = open_view(make(60.8, true), hidden);
        options.roll_ups = {{{"nation"}, std::nullopt, {"t"}}};
        const DisclosureAudit alone = audit(third, options);
        CHECK_FALSE(figure(alone, third, "u3", "t").status == DisclosureStatus::determined);
        VisibilityRules first_only;
        first_only.units = {{"u3", Visibility::restricted}};
        options.earlier = {open_view(make(60.8, true), first_only)};
        CHECK(figure(audit(third, options), third, "u3", "t").status ==
              DisclosureStatus::determined);
    }
}

TEST_CASE("Disclosure: a geometric index over an arithmetic pillar, by its closed form") {
    // HDI = (h e i)^(1/3), e = (x + y)/2.
    const auto share = [](const char* code) { return leaf(code, thuocdo::rule::Goalposts{0, 1}); };
    const Scoreboard board =
        board_of(definition(group("t", thuocdo::aggregation::Geometric{},
                                  {share("h"), mean("e", {share("x"), share("y")}), share("i")})),
                 {"h", "x", "y", "i"}, {{0.9, 0.7, 0.6, 0.8}, {0.5, 0.5, 0.5, 0.5}});
    const auto third = [](double total) { return total * total * total / (0.9 * 0.8); };
    {
        const AudienceView view =
            open_view(board, withhold({{"u1", "x"}, {"u1", "e"}}, {{"t", 3}}));
        const DisclosureAudit found = audit(view);
        const double total = view.printed(0, 0);
        const double low = third(total - 0.0005);
        const double high = third(total + 0.0005);
        CHECK(is(figure(found, view, "u1", "e"), low, high));
        CHECK(is(figure(found, view, "u1", "x"), 2 * low - 0.6, 2 * high - 0.6));
        CHECK(says(figure(found, view, "u1", "x"), "weights of the total, unit u1"));
        CHECK(says(figure(found, view, "u1", "x"), "weights of e, unit u1"));
        CHECK(figure(found, view, "u1", "x").status == DisclosureStatus::too_narrow);
    }
    {
        // Two withheld leaves: h e = k, so h >= k / 1 and e >= k / 1.
        const AudienceView view =
            open_view(board, withhold({{"u1", "x"}, {"u1", "e"}, {"u1", "h"}}, {{"t", 3}}));
        const DisclosureAudit found = audit(view);
        const double total = view.printed(0, 0);
        const double least = std::pow(total - 0.0005, 3) / 0.8;
        const double most = std::pow(total + 0.0005, 3) / 0.8;
        CHECK(is(figure(found, view, "u1", "h"), least / 0.8, std::min(1.0, most / 0.3)));
        CHECK(is(figure(found, view, "u1", "e"), least, 0.8));
        CHECK(is(figure(found, view, "u1", "x"), 2 * least - 0.6, 1));
    }
}

TEST_CASE("Disclosure: harmonic and power means") {
    using thuocdo::aggregation::Harmonic;
    using thuocdo::aggregation::PowerMean;
    const auto interval = [](thuocdo::Aggregation how) {
        const AudienceView view =
            open_view(board_of(definition(group("t", std::move(how), {percent("a"), percent("b")})),
                               {"a", "b"}, {{40, 60}, {10, 10}}),
                      withhold({{"u1", "a"}}, {{"t", 1}}));
        return audit(view).figures[0];
    };
    CHECK(is(interval(Harmonic{}), 1 / (2 / 47.95 - 1 / 60.0), 1 / (2 / 48.05 - 1 / 60.0)));
    const double square = std::round(10 * std::sqrt((1600 + 3600) / 2.0)) / 10;
    const auto root = [](double mean) { return std::sqrt(2 * mean * mean - 3600); };
    CHECK(is(interval(PowerMean{2}), root(square - 0.05), root(square + 0.05)));
    CHECK(is(interval(PowerMean{-1}), 1 / (2 / 47.95 - 1 / 60.0), 1 / (2 / 48.05 - 1 / 60.0)));
}

TEST_CASE("Disclosure: bonus, penalty, points, model rounding and a cap") {
    NodeDefinition bonus = points_leaf("more", thuocdo::rule::Goalposts{0, 1}, 3);
    bonus.role = Role::bonus;
    NodeDefinition penalty = points_leaf("less", thuocdo::rule::Goalposts{0, 1}, 2);
    penalty.role = Role::penalty;
    NodeDefinition pillar =
        group("P", thuocdo::aggregation::Sum{},
              {points_leaf("a", thuocdo::rule::Goalposts{0, 1}, 6),
               points_leaf("b", thuocdo::rule::Goalposts{0, 1}, 4), bonus, penalty});
    pillar.points = 10;
    pillar.cap = 10;
    pillar.rounding = Rounding{1};
    const auto board = [&](double a) {
        return board_of(definition(group("t", thuocdo::aggregation::Sum{}, {pillar})),
                        {"a", "b", "more", "less"}, {{a, 0.5, 0.5, 0.25}, {0.1, 0.1, 0.1, 0.1}});
    };
    {
        // 6 a + 2 + 1.5 - 0.5 = 6.3 after rounding to one decimal: 6 a within 3.25 and 3.35.
        const AudienceView view = open_view(board(0.55), withhold({{"u1", "a"}}));
        CHECK(is(audit(view).figures[0], 3.25, 3.35));
        CHECK(std::abs(audit(view).figures[0].value_lower - 3.25 / 6) < 1e-6);
        CHECK(audit(view, {.safe_width = 0.1 / 6 - 1e-6}).is_safe());
        CHECK_FALSE(audit(view, {.safe_width = 0.1 / 6 + 1e-6}).is_safe());
    }
    {
        const AudienceView view = open_view(board(0.55), withhold({{"u1", "more"}}));
        CHECK(is(audit(view).figures[0], 1.45, 1.55));
    }
    {
        const AudienceView view = open_view(board(0.55), withhold({{"u1", "less"}}));
        CHECK(is(audit(view).figures[0], 0.45 - 0.0, 0.55));
    }
    {
        // At its cap the pillar only says that there are 10 points or more.
        const AudienceView view = open_view(board(1.0), withhold({{"u1", "a"}, {"u1", "b"}}));
        REQUIRE(view.board().result(0, 1) == 9.0);
        const AudienceView capped = open_view(
            board_of(definition(group("t", thuocdo::aggregation::Sum{}, {pillar})),
                     {"a", "b", "more", "less"}, {{0.95, 0.9, 1, 0}, {0.1, 0.1, 0.1, 0.1}}),
            withhold({{"u1", "a"}, {"u1", "P"}}));
        // The total is the pillar, 10: 6 a + 3.6 + 3 >= 9.95.
        CHECK(is(figure(audit(capped), capped, "u1", "a"), 3.35, 6));
        CHECK(figure(audit(capped), capped, "u1", "P").status == DisclosureStatus::determined);
    }
}

TEST_CASE("Disclosure: missing children are left out of the weights") {
    ModelDefinition of =
        definition(mean("t", {percent("a", 0.2), percent("b", 0.3), percent("c", 0.5)}));
    of.defaults.missing = thuocdo::MissingRule::all(thuocdo::MissingPolicy::renormalise);
    const Scoreboard board = board_of(of, {"a", "b", "c"},
                                      {{
                                           50,
                                           std::nan(""),
                                           60,
                                       },
                                       {10, 10, 10}});
    const AudienceView view = open_view(board, withhold({{"u1", "c"}, {"u1", "b"}}, {{"t", 0}}));
    const DisclosureAudit found = audit(view);
    CHECK(found.figures.size() == 1);  // what is missing is not withheld
    // 0.2 * 50/0.7 + 0.5/0.7 c = 57 after rounding.
    CHECK(is(found.figures[0], (56.5 * 0.7 - 10) / 0.5, (57.5 * 0.7 - 10) / 0.5));
}

TEST_CASE("Disclosure: one withheld child of a minimum or median is inverted, two are undecided") {
    const auto view_of = [](thuocdo::Aggregation how, Cells cells) {
        return open_view(board_of(definition(group("t", std::move(how),
                                                   {percent("a"), percent("b"), percent("c")})),
                                  {"a", "b", "c"}, {{40, 60, 50}, {10, 10, 10}}),
                         withhold(cells, {{"t", 0}}));
    };
    using namespace thuocdo::aggregation;
    const AudienceView least = view_of(Minimum{}, {{"u1", "a"}});
    CHECK(is(audit(least).figures[0], 39.5, 40.5));
    const AudienceView other = view_of(Minimum{}, {{"u1", "b"}});
    CHECK(is(audit(other).figures[0], 39.5, 100));
    const AudienceView middle = view_of(Median{}, {{"u1", "c"}});
    CHECK(is(audit(middle).figures[0], 49.5, 50.5));
    const AudienceView low = view_of(Median{}, {{"u1", "a"}});
    CHECK(is(audit(low).figures[0], 0, 50.5));
    const AudienceView two = view_of(Minimum{}, {{"u1", "a"}, {"u1", "b"}});
    CHECK(audit(two).unsafe() == 2);
    CHECK(audit(two).figures[0].status == DisclosureStatus::not_decided);
    const AudienceView penalised = view_of(MeanMin{}, {{"u1", "a"}});
    CHECK(audit(penalised).figures[0].status == DisclosureStatus::not_decided);
}

TEST_CASE("Disclosure: bands and gates bound withheld totals and results") {
    ModelDefinition of = definition(mean("t", {percent("a"), percent("b")}));
    of.bands.emplace();
    of.bands->bands = {{"good", {}, 70.0, {}, {{"a", thuocdo::GateQuantity::result, 60.0}}},
                       {"fair", {}, 50.0, {}, {}},
                       {"poor"}};
    VisibilityRules rules = withhold({{"u1", "t"}, {"u1", "a"}, {"u2", "t"}, {"u2", "a"}});
    rules.bands_without_totals = true;
    const Scoreboard board = board_of(of, {"a", "b"}, {{80, 70}, {50, 95}, {100, 100}, {0, 0}});
    const AudienceView view = open_view(board, rules);
    const DisclosureAudit found = audit(view);
    // u1 is good: 70 or more, a 60 or more; u2 would be but for its a below 60.
    CHECK(is(figure(found, view, "u1", "a"), 70, 100));
    CHECK(is(figure(found, view, "u1", "t"), 70, 85));
    CHECK(is(figure(found, view, "u2", "a"), 45, 60));
    CHECK(says(figure(found, view, "u2", "a"), "gate result of a at least 60"));
    CHECK(says(figure(found, view, "u1", "t"), "band good of u1"));
}

TEST_CASE("Disclosure: results of few values are determined when one is left") {
    const auto view_of = [](Cells cells, int digits) {
        return open_view(board_of(definition(mean("t", {leaf("a", thuocdo::rule::YesNo{}, 0.6),
                                                        leaf("b", thuocdo::rule::YesNo{}, 0.4)})),
                                  {"a", "b"}, {{1, 0}, {0, 0}}),
                         withhold(cells, {{"t", digits}}));
    };
    const AudienceView one = view_of({{"u1", "a"}}, 0);  // 0.6 is printed as 1
    CHECK(audit(one).figures[0].status == DisclosureStatus::determined);
    CHECK(audit(one).figures[0].lower == 1.0);
    // 0.6 a + 0.4 b = 0.6 has one solution of zeros and ones, whatever linear limits say.
    const AudienceView two = view_of({{"u1", "a"}, {"u1", "b"}}, 1);
    CHECK(audit(two).unsafe() == 2);
    const AudienceView all = view_of({{"u1", "a"}, {"u1", "b"}, {"u1", "t"}}, 1);
    CHECK(figure(audit(all), all, "u1", "a").is_safe());
}

TEST_CASE("Disclosure: figures that other columns or units give away") {
    // The same indicator in two leaves.
    NodeDefinition twice = percent("b");
    twice.indicator = "a";
    const AudienceView same =
        open_view(board_of(definition(mean("t", {percent("a"), twice, percent("c"), percent("d")})),
                           {"a", "c", "d"}, {{40, 1, 2}, {10, 10, 10}}),
                  withhold({{"u1", "b"}, {"u1", "c"}, {"u1", "d"}}));
    CHECK(figure(audit(same), same, "u1", "b").status == DisclosureStatus::determined);
    CHECK(says(figure(audit(same), same, "u1", "b"), "value of a of u1"));
    // Scores against the cohort: the extremes are shown for u2 and u3, not for u1.
    const Scoreboard board =
        board_of(definition(mean("t", {leaf("a", thuocdo::rule::MinMax{}),
                                       leaf("b", thuocdo::rule::ZScore{}), percent("c")})),
                 {"a", "b", "c"}, {{40, 1, 30}, {50, 2, 50}, {10, 4, 40}});
    const auto status = [&](const char* unit, const char* node) {
        const AudienceView view =
            open_view(board, withhold({{unit, node}, {unit, "c"}, {unit, "t"}}));
        return figure(audit(view, {.safe_width = 0.01}), view, unit, node).status;
    };
    CHECK(status("u1", "a") == DisclosureStatus::safe);
    CHECK(status("u2", "a") == DisclosureStatus::not_decided);
    CHECK(status("u1", "b") == DisclosureStatus::not_decided);
}

TEST_CASE("Disclosure: options that do not fit are refused at once") {
    const AudienceView view = open_view(pillar_board(), withhold({{"u1", "c"}}));
    AuditOptions options;
    options.safe_width = -1;
    options.nodes = {{"nothing", std::nan("")}};
    options.roll_ups = {{{"nation"}, 1, {"nowhere"}}};
    CHECK(testing_support::problems_of<DataError>([&] { (void)audit(view, options); }).size() == 4);
    options = {};
    options.progress = [](double) { return false; };
    CHECK_THROWS_AS(
        (void)audit(open_view(pillar_board(), withhold({{"u1", "c"}, {"u1", "b"}})), options),
        thuocdo::Cancelled);
}

}  // namespace disclosure_audit_tests
