// What else to withhold: minimal against every set of steps on small cases, safe once applied.
#include <thuocdo/publish/disclosure_proposal.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <publish/disclosure_support.hpp>
#include <string>
#include <vector>

namespace disclosure_proposal_tests {

using namespace disclosure_support;
using Kind = DisclosureStep::Kind;

Scoreboard pillar_board() {
    return board_of(
        definition(mean("t", {mean("P", {percent("a", 0.2), percent("b", 0.3), percent("c", 0.5)}),
                              percent("q")})),
        {"a", "b", "c", "q"}, {{50, 70, 60.8, 80}, {50, 50, 50, 60}, {30, 30, 30, 30}});
}

// Whether the figures withheld at first are safe after steps.
bool suffices(const AudienceView& view, const AuditOptions& options,
              const std::vector<DisclosureStep>& steps) {
    const DisclosureAudit first = audit(view, options);
    const AudienceView after = apply(view, {steps});
    const DisclosureAudit found = audit(after, options);
    return std::all_of(first.figures.begin(), first.figures.end(), [&](const auto& figure) {
        return found.find(figure.unit, figure.node)->is_safe();
    });
}

// The size of the smallest sufficient sets of steps, by trying all of them.
std::size_t smallest(const AudienceView& view, const AuditOptions& options,
                     const std::vector<DisclosureStep>& steps, std::size_t most) {
    for (std::size_t size = 0; size <= most; ++size) {
        std::vector<char> in(steps.size(), 0);
        std::fill_n(in.begin(), size, 1);
        do {
            std::vector<DisclosureStep> chosen;
            for (std::size_t k = 0; k < steps.size(); ++k)
                if (in[k] != 0) chosen.push_back(steps[k]);
            if (suffices(view, options, chosen)) return size;
        } while (std::prev_permutation(in.begin(), in.end()));
    }
    return most + 1;
}

std::vector<DisclosureStep> cells_of(const AudienceView& view, bool totals) {
    std::vector<DisclosureStep> steps;
    for (Index unit = 0; unit < view.board().unit_count(); ++unit)
        for (Index node = totals ? 0 : 1; node < view.board().model().node_count(); ++node)
            if (view.shows(unit, node)) steps.push_back({Kind::cell, unit, node, 0});
    return steps;
}

// Fourteen units of three indicators, of which the last is withheld of everybody.
AudienceView many_units() {
    std::vector<std::vector<double>> rows;
    for (int unit = 0; unit < 14; ++unit)
        rows.push_back({20.0 + unit, 70.0 - unit, 50.0 + unit % 7, 40.0 + unit});
    VisibilityRules rules = withhold({}, {{"P", 2}, {"t", 2}, {"q", 2}});
    for (int unit = 1; unit <= 14; ++unit)
        rules.cells.push_back({"u" + std::to_string(unit), "c", Visibility::restricted});
    return open_view(
        board_of(definition(mean(
                     "t", {mean("P", {percent("a"), percent("b"), percent("c")}), percent("q")})),
                 {"a", "b", "c", "q"}, rows),
        rules);
}

TEST_CASE("Proposal: many units are searched one by one, and the whole is smallest") {
    const AudienceView view = many_units();
    ProposalOptions how;
    how.totals = how.ranks = how.bands = how.coarser = false;
    const DisclosureProposal found = propose(view, {}, how);
    CHECK(found.is_sufficient());
    // One more figure of each unit: fewer leave some unit without any.
    CHECK(found.steps.size() == 14);
    CHECK(found.lower_bound == 14);
    CHECK(found.method == SuppressionMethod::exact);
    CHECK(audit(apply(view, found)).find(0, *view.board().model().find("c"))->is_safe());
    // Among all kinds of steps none of these is proved smallest.
    how = {};
    how.coarser = false;
    const DisclosureProposal any = propose(view, {}, how);
    CHECK(any.is_sufficient());
    CHECK(any.steps.size() <= 14);
    CHECK(any.lower_bound <= any.steps.size());
}

TEST_CASE("Proposal: another indicator of the pillar, or a coarser pillar") {
    const AudienceView view =
        open_view(pillar_board(), withhold({{"u1", "c"}}, {{"P", 1}, {"t", 0}, {"q", 0}}));
    ProposalOptions how;
    how.totals = how.ranks = how.coarser = false;
    const DisclosureProposal found =
        propose(view, {.safe_width = 0.1, .values_in_full = false}, how);
    CHECK(found.method == SuppressionMethod::exact);
    REQUIRE(found.steps.size() == 1);
    CHECK(found.steps[0].kind == Kind::cell);
    CHECK(found.steps[0].unit == 0);
    CHECK(found.is_sufficient());
    CHECK(audit(apply(view, found)).find(0, *view.board().model().find("c"))->is_safe());
    // With two points of width whole numbers would do; from 60.5 to 61.5 by the pillar, 61 or
    // more by the total.
    how.cells = false;
    how.coarser = true;
    const DisclosureProposal coarser =
        propose(view, {.safe_width = 0.009, .values_in_full = false}, how);
    REQUIRE(coarser.steps.size() == 1);
    CHECK(coarser.steps[0] == DisclosureStep{Kind::coarser, -1, 1, 0});
    CHECK(propose(view, {.safe_width = 0.001, .values_in_full = false}, how).steps.empty());
    const DisclosureProposal impossible =
        propose(view, {.safe_width = 0.5, .values_in_full = false}, how);
    CHECK_FALSE(impossible.is_sufficient());
    CHECK(impossible.unsafe == 1);
}

TEST_CASE("Proposal: smallest against every set of steps, for random tables") {
    testing_support::Random random(5);
    int differing = 0;
    int beyond_one = 0;
    int proved = 0;
    for (int draw = 0; draw < 12; ++draw) {
        std::vector<std::vector<double>> rows;
        for (int unit = 0; unit < 3; ++unit)
            rows.push_back({static_cast<double>(10 + random.below(80)),
                            static_cast<double>(10 + random.below(80)),
                            static_cast<double>(10 + random.below(80))});
        const Scoreboard board =
            board_of(definition(mean("t", {percent("a", 1), percent("b", 2), percent("c", 3)})),
                     {"a", "b", "c"}, rows);
        VisibilityRules rules = withhold({{"u1", "a"}, {"u2", draw % 2 == 0 ? "b" : "t"}});
        rules.ranks_without_totals = draw % 3 == 0;
        const AudienceView view = open_view(board, rules);
        AuditOptions options;
        options.safe_width = draw % 4 < 2 ? 0.3 : 0.6;
        if (draw % 2 == 1) options.roll_ups = {{{"nation"}, 1, {"t"}}};
        ProposalOptions how;
        how.coarser = how.ranks = false;
        const DisclosureProposal found = propose(view, options, how);
        const std::size_t expected = smallest(view, options, cells_of(view, true), 4);
        beyond_one += expected > 1 ? 1 : 0;
        if (!found.is_sufficient()) {
            differing += expected <= 4 ? 1 : 0;
            continue;
        }
        if (!suffices(view, options, found.steps)) ++differing;
        if (found.method == SuppressionMethod::exact && found.steps.size() != expected) ++differing;
        proved += found.method == SuppressionMethod::exact ? 1 : 0;
    }
    CHECK(differing == 0);
    CHECK(beyond_one > 4);
    CHECK(proved > 8);
}

TEST_CASE("Proposal: an index that is not linear is searched by audits") {
    const auto share = [](const char* code) { return leaf(code, thuocdo::rule::Goalposts{0, 1}); };
    const AudienceView view = open_view(
        board_of(definition(group("t", thuocdo::aggregation::Geometric{},
                                  {share("h"), mean("e", {share("x"), share("y")}), share("i")})),
                 {"h", "x", "y", "i"}, {{0.9, 0.7, 0.6, 0.8}, {0.5, 0.5, 0.5, 0.5}}),
        withhold({{"u1", "x"}}));
    const DisclosureProposal found = propose(view, {.safe_width = 0.3});
    CHECK(found.method == SuppressionMethod::exact);
    CHECK(found.is_sufficient());
    CHECK(suffices(view, {.safe_width = 0.3}, found.steps));
    for (std::size_t k = 0; k < found.steps.size(); ++k) {
        auto fewer = found.steps;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
        CHECK_FALSE(suffices(view, {.safe_width = 0.3}, fewer));
    }
    CHECK(found.steps.size() == 1);
}

TEST_CASE("Proposal: a view that leaks is refused with every leak, unless forced with a reason") {
    const AudienceView view =
        open_view(pillar_board(), withhold({{"u1", "c"}, {"u2", "a"}, {"u3", "t"}}));
    try {
        (void)require_safe(view);
        FAIL("accepted");
    } catch (const DataError& error) {
        REQUIRE(error.problems().size() == 3);
        CHECK(error.problems()[0].code == "determined_exactly");
        CHECK(error.problems()[0].place == "unit \"u1\", node \"c\"");
        CHECK(error.problems()[0].expected == "an interval of 10 or more");
        CHECK(error.problems()[0].found.find("P of u1 = 61.4") != std::string::npos);
        CHECK(error.problems()[0].remedy.find("withhold unit \"u1\", node ") != std::string::npos);
    }
    const DisclosureRecord forced = require_safe(view, {}, "asked for by the ministry");
    CHECK(forced.audited);
    CHECK(forced.unsafe_figures == 3);
    CHECK(forced.withheld_figures == 3);
    CHECK(forced.forced_reason == "asked for by the ministry");
    const DisclosureRecord safe = require_safe(open_view(pillar_board(), {}), {}, "not needed");
    CHECK(safe.unsafe_figures == 0);
    CHECK(safe.forced_reason.empty());
}

}  // namespace disclosure_proposal_tests
