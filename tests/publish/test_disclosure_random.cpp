// Random models and rules: figures lie in their intervals, and so does everything else that
// would print the same publication, found by scoring changed values.
#include <thuocdo/publish/disclosure_audit.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <publish/disclosure_support.hpp>
#include <string>
#include <utility>
#include <vector>

namespace disclosure_random_tests {

using namespace disclosure_support;
using testing_support::Random;

struct Case {
    ModelDefinition model;
    std::vector<std::string> indicators;
    std::vector<std::vector<double>> rows;
    VisibilityRules rules;
    AuditOptions options;
};

thuocdo::Aggregation random_method(Random& random) {
    using namespace thuocdo::aggregation;
    switch (random.below(8)) {
        case 0:
            return Geometric{};
        case 1:
            return Harmonic{};
        case 2:
            return PowerMean{2.0};
        case 3:
            return Minimum{};
        default:
            return Arithmetic{};
    }
}

Case random_case(std::uint64_t seed) {
    Random random(seed);
    Case of;
    of.options.values_in_full = false;
    std::vector<NodeDefinition> pillars;
    const std::size_t pillar_count = 1 + random.below(3);
    for (std::size_t p = 0; p < pillar_count; ++p) {
        std::vector<NodeDefinition> leaves;
        const std::size_t count = 1 + random.below(3);
        for (std::size_t k = 0; k < count; ++k) {
            const std::string code = "i" + std::to_string(p) + std::to_string(k);
            of.indicators.push_back(code);
            leaves.push_back(percent(code, 1.0 + static_cast<double>(random.below(4))));
            leaves.back().floor = 1.0;
        }
        pillars.push_back(group("p" + std::to_string(p), random_method(random), std::move(leaves),
                                1.0 + static_cast<double>(random.below(3))));
        if (random.chance(0.3)) pillars.back().cap = 60.0;
        if (random.chance(0.3)) pillars.back().rounding = Rounding{0};
    }
    of.model = definition(group("t", random_method(random), std::move(pillars)));
    if (random.chance(0.4)) of.model.root.rounding = Rounding{random.chance(0.5) ? 0 : 1};
    if (random.chance(0.3)) of.model.ranking.on = thuocdo::Basis::full;
    for (int unit = 0; unit < 4; ++unit) {
        of.rows.emplace_back();
        for (std::size_t k = 0; k < of.indicators.size(); ++k)
            of.rows.back().push_back(5.0 + static_cast<double>(random.below(90)));
    }
    for (std::size_t k = 0; k < 1 + random.below(4); ++k) {
        const std::string unit = "u" + std::to_string(1 + random.below(2));
        const std::string node =
            random.chance(0.6)   ? of.indicators[random.below(of.indicators.size())]
            : random.chance(0.6) ? "p" + std::to_string(random.below(pillar_count))
                                 : "t";
        of.rules.cells.push_back({unit, node, Visibility::restricted});
    }
    if (random.chance(0.2)) of.rules.units.push_back({"u4", Visibility::restricted});
    of.rules.default_digits = static_cast<int>(random.below(2));
    of.rules.ranks_without_totals = random.chance(0.5);
    if (random.chance(0.4)) of.options.roll_ups = {{{"nation"}, 1, {"t"}}};
    return of;
}

// Everything that a view prints, for comparison.
std::vector<double> printed(const AudienceView& view, const AuditOptions& options) {
    std::vector<double> all;
    const Scoreboard& board = view.board();
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        for (Index node = 0; node < board.model().node_count(); ++node)
            all.push_back(view.shows(unit, node) ? view.printed(unit, node) : -1.0);
        all.push_back(view.shows_rank(unit) ? board.ranks()[unit] : -1.0);
    }
    for (const PublishedRollUp& each : options.roll_ups)
        all.push_back(thuocdo::numeric::round_decimal(
            thuocdo::roll_up(board, each.rule).rows[0].score, *each.digits));
    return all;
}

TEST_CASE("Disclosure: nothing that prints the same publication leaves the intervals") {
    int truths_outside = 0;
    int samples = 0;
    int samples_outside = 0;
    int narrowed = 0;
    int undecided = 0;
    int linked = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        const Case of = random_case(seed);
        const IndexModel model(of.model);
        const AudienceView view =
            open_view(thuocdo::score(model, panel(of.indicators, of.rows)), of.rules);
        const DisclosureAudit found = audit(view, of.options);
        linked += found.links > 0 ? 1 : 0;
        for (const WithheldFigure& each : found.figures) {
            const double truth = each.node == 0 ? view.board().scores()[each.unit]
                                                : view.board().result(each.unit, each.node);
            if (!(each.lower - 1e-8 <= truth && truth <= each.upper + 1e-8)) {
                ++truths_outside;
                MESSAGE("seed ", seed, " node ", each.node, " ", each.lower, " ", each.upper);
            }
            narrowed += each.width() < 99.0 ? 1 : 0;
            undecided += each.status == DisclosureStatus::not_decided ? 1 : 0;
        }
        // Where something was taken as known, intervals may be narrower than what is possible.
        if (!found.assumed.empty() || found.figures.empty()) continue;
        const std::vector<double> expected = printed(view, of.options);
        Random random(seed + 1000);
        for (int draw = 0; draw < 60; ++draw) {
            auto rows = of.rows;
            const double size = std::pow(10.0, random.between(-1.0, 2.0));
            for (const WithheldFigure& each : found.figures) {
                if (!model.node(each.node).is_leaf()) continue;
                const auto k =
                    static_cast<std::size_t>(std::find(of.indicators.begin(), of.indicators.end(),
                                                       model.node(each.node).code) -
                                             of.indicators.begin());
                double& value = rows[static_cast<std::size_t>(each.unit)][k];
                value = std::clamp(value + random.between(-size, size), 1.0, 100.0);
            }
            // Shown values move within their printed digits.
            for (std::size_t unit = 0; unit < rows.size(); ++unit)
                for (std::size_t k = 0; k < rows[unit].size(); ++k)
                    if (random.chance(0.5))
                        rows[unit][k] =
                            std::clamp(rows[unit][k] + random.between(-1.0, 1.0) *
                                                           half_unit(*of.rules.default_digits),
                                       1.0, 100.0);
            const AudienceView other =
                open_view(thuocdo::score(model, panel(of.indicators, rows)), of.rules);
            if (printed(other, of.options) != expected) continue;
            // Equal keys and the places of units without ranks are taken as known.
            if (other.board().ranks() != view.board().ranks()) continue;
            ++samples;
            for (const WithheldFigure& each : found.figures) {
                const double figure = each.node == 0 ? other.board().scores()[each.unit]
                                                     : other.board().result(each.unit, each.node);
                if (each.lower - 1e-7 <= figure && figure <= each.upper + 1e-7) continue;
                ++samples_outside;
                MESSAGE("seed ", seed, ": ", model.node(each.node).code, " ", figure, " not in ",
                        each.lower, " to ", each.upper);
            }
        }
    }
    CHECK(truths_outside == 0);
    CHECK(samples_outside == 0);
    CHECK(samples > 500);
    CHECK(narrowed > 100);
    CHECK(undecided > 10);
    CHECK(linked > 30);
}

// The values of one withheld leaf that print the same publication, by bisection from the true
// one outward.
double furthest(const Case& of, const AudienceView& view, std::size_t k, double limit) {
    const std::vector<double> expected = printed(view, of.options);
    const auto fits = [&](double value) {
        auto rows = of.rows;
        rows[0][k] = value;
        const AudienceView other =
            open_view(thuocdo::score(view.board().model(), panel(of.indicators, rows)), of.rules);
        return printed(other, of.options) == expected &&
               other.board().ranks() == view.board().ranks();
    };
    double in = of.rows[0][k];
    double out = limit;
    if (fits(limit)) return limit;
    for (int step = 0; step < 40; ++step) {
        const double middle = (in + out) / 2;
        (fits(middle) ? in : out) = middle;
    }
    return in;
}

TEST_CASE("Disclosure: the interval of one withheld leaf is what scoring other values shows") {
    int differing = 0;
    int narrow = 0;
    int at_the_domain = 0;
    int sharp = 0;
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        Case of = random_case(seed);
        const std::size_t k = seed % of.indicators.size();
        of.rules = {};
        of.rules.cells = {{"u1", of.indicators[k], Visibility::restricted}};
        const std::string pillar = of.indicators[k].substr(0, 2).replace(0, 1, "p");
        const int digits = static_cast<int>(seed % 2);
        of.rules.digits = {{pillar, digits}, {"t", digits}};
        // A withheld rounded pillar is one of few numbers, which the audit lets vary freely.
        for (const NodeDefinition& each : of.model.root.children)
            if (each.code == pillar && !each.rounding && seed % 3 != 0)
                of.rules.cells.push_back({"u1", pillar, Visibility::restricted});
        if (seed % 5 == 0) of.rules.cells.push_back({"u1", "t", Visibility::restricted});
        of.rules.ranks_without_totals = seed % 2 == 0;
        const AudienceView view = open_view(
            thuocdo::score(IndexModel(of.model), panel(of.indicators, of.rows)), of.rules);
        const DisclosureAudit found = audit(view, of.options);
        if (!found.assumed.empty()) continue;
        ++sharp;
        const WithheldFigure& leaf = figure(found, view, "u1", of.indicators[k]);
        const double low = furthest(of, view, k, 1.0);
        const double high = furthest(of, view, k, 100.0);
        narrow += leaf.width() < 98.0 ? 1 : 0;
        at_the_domain += high == 100.0 || low == 1.0 ? 1 : 0;
        if (std::abs(leaf.lower - low) < 1e-6 && std::abs(leaf.upper - high) < 1e-6) continue;
        ++differing;
        MESSAGE("seed ", seed, ": ", leaf.lower, " to ", leaf.upper, ", not ", low, " to ", high);
        for (const std::string& words : leaf.why()) MESSAGE(words);
    }
    CHECK(differing == 0);
    CHECK(sharp > 100);
    CHECK(narrow > 60);
    CHECK(at_the_domain > 20);
}

}  // namespace disclosure_random_tests
