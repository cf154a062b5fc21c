// Further suppressions: proved smallest against a search of all sets, closed forms, the greedy
// search and its bound.
#include <thuocdo/cancelled.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/publish/inference.hpp>
#include <thuocdo/publish/knowledge.hpp>
#include <thuocdo/publish/suppression.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace suppression_tests {

using thuocdo::Index;
using thuocdo::NumericError;
using thuocdo::numeric::LinearConstraints;
using thuocdo::numeric::Philox;
using namespace thuocdo::publish;
using Terms = std::vector<Term>;
using Choice = std::vector<std::size_t>;

// Published cells of a table with published margins; the protected ones are withheld.
struct Table {
    LinearConstraints knowledge;
    std::vector<ProtectedValue> protect;
    std::vector<Relaxation> candidates;
};

Table table(Index rows, Index columns, const std::vector<double>& cells,
            const std::vector<ProtectedValue>& protect, double most) {
    Table result;
    result.protect = protect;
    Knowledge knowledge;
    for (Index cell = 0; cell < rows * columns; ++cell) {
        const double value = cells[static_cast<std::size_t>(cell)];
        const bool withheld = std::any_of(protect.begin(), protect.end(),
                                          [&](const auto& p) { return p.unknown == cell; });
        knowledge.add_unknown(withheld ? 0 : value, withheld ? most : value);
        if (!withheld) result.candidates.push_back(withhold_value(cell, 0, most));
    }
    const auto add_margin = [&](Index first, Index step, Index count) {
        Terms terms;
        double sum = 0.0;
        for (Index k = 0; k < count; ++k) {
            terms.push_back({first + k * step});
            sum += cells[static_cast<std::size_t>(first + k * step)];
        }
        knowledge.add_published(terms, sum, 0);
    };
    for (Index i = 0; i < rows; ++i) add_margin(i * columns, 1, columns);
    for (Index j = 0; j < columns; ++j) add_margin(j, columns, rows);
    result.knowledge = knowledge.constraints();
    return result;
}

// Whether the intervals are wide enough under a choice, by infer() alone.
bool suffices(const Table& of, const Choice& choice) {
    LinearConstraints known = of.knowledge;
    for (const std::size_t k : choice) {
        for (const WiderBounds& change : of.candidates[k].unknowns) {
            known.lower[change.line] = std::min(known.lower[change.line], change.lower);
            known.upper[change.line] = std::max(known.upper[change.line], change.upper);
        }
        for (const WiderBounds& change : of.candidates[k].rows) {
            known.row_lower[change.line] = std::min(known.row_lower[change.line], change.lower);
            known.row_upper[change.line] = std::max(known.row_upper[change.line], change.upper);
        }
    }
    const Inference found = infer(known);
    return std::all_of(of.protect.begin(), of.protect.end(), [&](const ProtectedValue& value) {
        return found.intervals[static_cast<std::size_t>(value.unknown)].width() >=
               value.width - 1e-7;
    });
}

// The first of the smallest sufficient sets, looking at every set by size and then in
// lexicographic order; `found` is false where there is none.
Choice exhaustive(const Table& of, bool& found) {
    const std::size_t n = of.candidates.size();
    for (std::size_t size = 0; size <= n; ++size) {
        std::vector<char> in(n, 0);
        std::fill_n(in.begin(), size, 1);
        do {
            Choice choice;
            for (std::size_t k = 0; k < n; ++k) {
                if (in[k] != 0) choice.push_back(k);
            }
            found = suffices(of, choice);
            if (found) return choice;
        } while (std::prev_permutation(in.begin(), in.end()));
    }
    return {};
}

TEST_CASE("Suppression: a withheld cell of a table needs the other corners of a rectangle") {
    // The cell (0, 0) of 20 can move by the least of the corners, both ways.
    const std::vector<double> cells = {20, 50, 10, 8, 19, 22, 17, 32, 12};
    const auto corners = [&](double width) {
        const Table of = table(3, 3, cells, {{0, width}}, 1000);
        const Suppression found = suppress(of.knowledge, of.protect, of.candidates);
        CHECK(found.method == SuppressionMethod::exact);
        CHECK(found.lower_bound == found.chosen.size());
        CHECK(found.sufficient());
        CHECK(found.intervals[0].width() >= width);
        return found.chosen;
    };
    CHECK(corners(0).empty());
    // Candidate k is cell k + 1. With (0,1), (1,0), (1,1): 20 - 19 to 20 + 8.
    CHECK(corners(27) == Choice{0, 2, 3});
    // With (0,1), (2,0), (2,1): 20 - 20 to 20 + 17.
    CHECK(corners(28) == Choice{0, 5, 6});
    CHECK(corners(37) == Choice{0, 5, 6});
    CHECK(corners(38).size() > 3);
}

TEST_CASE("Suppression: a pillar is protected by another indicator or a coarser total") {
    // 0.2 a + 0.3 b + 0.5 c = 61.4 with 50, 70, 60.8; c is withheld, which one decimal gives away
    // up to 0.2, whole numbers up to 2.
    Knowledge knowledge;
    knowledge.add_unknown(50, 50);
    knowledge.add_unknown(70, 70);
    knowledge.add_unknown(0, 100);
    const Index row =
        knowledge.add_published(Terms{{0, 0.2}, {1, 0.3}, {2, 0.5}}, 61.4, half_unit(1));
    std::vector<Relaxation> candidates = {print_coarser(row, 61, half_unit(0)),
                                          withhold_value(0, 0, 100), withhold_value(1, 0, 100),
                                          withhold_row(row)};
    const auto chosen = [&](double width) {
        const Suppression found = suppress(knowledge.constraints(), {{2, width}}, candidates);
        return std::make_pair(found.chosen, std::round(found.intervals[0].width() * 1e6) / 1e6);
    };
    CHECK(chosen(0.2) == std::make_pair(Choice{}, 0.2));
    CHECK(chosen(2) == std::make_pair(Choice{0}, 2.0));
    CHECK(chosen(40) == std::make_pair(Choice{1}, 40.2));
    CHECK(chosen(57) == std::make_pair(Choice{2}, 57.3));
    CHECK(chosen(58) == std::make_pair(Choice{3}, 100.0));
    candidates.pop_back();
    CHECK(chosen(58) == std::make_pair(Choice{0, 2}, 59.0));
    CHECK(chosen(60) == std::make_pair(Choice{1, 2}, 77.3));
    CHECK(chosen(78) == std::make_pair(Choice{0, 1, 2}, 79.0));
}

Table random_table(std::uint32_t seed, Index rows, Index columns, std::size_t protected_cells) {
    const Philox random(seed);
    std::vector<double> cells;
    for (Index k = 0; k < rows * columns; ++k)
        cells.push_back(std::floor(20 * random.uniform(0, 0, static_cast<std::uint32_t>(k))));
    std::vector<ProtectedValue> protect;
    for (std::uint32_t k = 0; k < protected_cells; ++k) {
        const double size = static_cast<double>(rows * columns);
        protect.push_back({static_cast<Index>(size * random.uniform(1, 0, k)),
                           std::floor(16 * random.uniform(1, 1, k))});
    }
    return table(rows, columns, cells, protect, 30);
}

TEST_CASE("Suppression: the first of the smallest sets, against every set of random tables") {
    int differing = 0;
    int beyond_three = 0;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        const Table of = random_table(seed, 3, 3, 1 + seed % 2);
        const Suppression found = suppress(of.knowledge, of.protect, of.candidates);
        bool possible = false;
        const Choice expected = exhaustive(of, possible);
        if (found.sufficient() != possible) ++differing;
        if (possible && (found.chosen != expected || found.method != SuppressionMethod::exact ||
                         found.lower_bound != expected.size()))
            ++differing;
        if (expected.size() > 3) ++beyond_three;
    }
    CHECK(differing == 0);
    CHECK(beyond_three > 0);
}

TEST_CASE("Suppression: the greedy search suffices, keeps nothing idle and knows a bound") {
    int wrong = 0;
    for (std::uint32_t seed = 10; seed <= 20; ++seed) {
        const Table of = random_table(seed, 3, 4, 2);
        SuppressionOptions greedy;
        greedy.exact_candidates = 0;
        const Suppression exact = suppress(of.knowledge, of.protect, of.candidates);
        const Suppression found = suppress(of.knowledge, of.protect, of.candidates, greedy);
        if (!found.sufficient()) continue;
        if (exact.chosen.empty()) continue;
        if (found.method != SuppressionMethod::greedy || !suffices(of, found.chosen)) ++wrong;
        if (found.chosen.size() < exact.chosen.size()) ++wrong;
        if (found.lower_bound < 1 || found.lower_bound > exact.chosen.size()) ++wrong;
        for (std::size_t k = 0; k < found.chosen.size(); ++k) {
            Choice fewer = found.chosen;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
            if (suffices(of, fewer)) ++wrong;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("Suppression: a limit of calls turns the exact search into the greedy one") {
    const Table of = table(3, 3, {20, 50, 10, 8, 19, 22, 17, 32, 12}, {{0, 38}}, 1000);
    SuppressionOptions options;
    options.most_evaluations = 3;
    const Suppression found = suppress(of.knowledge, of.protect, of.candidates, options);
    CHECK(found.method == SuppressionMethod::greedy);
    CHECK(suffices(of, found.chosen));
    options = {};
    options.most_nodes = 1;
    CHECK(suppress(of.knowledge, of.protect, of.candidates, options).method ==
          SuppressionMethod::greedy);
}

TEST_CASE("Suppression: what no choice can protect is listed, and the rest still protected") {
    Knowledge knowledge;
    for (int k = 0; k < 3; ++k) knowledge.add_unknown(0, 100);
    knowledge.add_unknown(30, 30);
    knowledge.add_published(Terms{{0}}, 40, 0);
    knowledge.add_published(Terms{{1}, {3}}, 60, 0);
    const std::vector<ProtectedValue> protect = {{0, 5}, {1, 50}, {2, 101}, {2, 100}};
    const std::vector<Relaxation> candidates = {withhold_value(3, 0, 100)};
    const Suppression found = suppress(knowledge.constraints(), protect, candidates);
    CHECK(found.unprotectable == Choice{0, 2});
    CHECK_FALSE(found.sufficient());
    CHECK(found.chosen == Choice{0});
    CHECK(found.intervals[0].determined);
    CHECK(found.intervals[1].width() == 60.0);
    CHECK(suppress(knowledge.constraints(), {}, {}).sufficient());
    CHECK(suppress(knowledge.constraints(), protect, {}).unprotectable == Choice{0, 1, 2});
}

TEST_CASE("Suppression: progress grows to 1, and a run can be cancelled") {
    const Table of = random_table(3, 3, 3, 2);
    SuppressionOptions options;
    std::vector<double> shares;
    options.progress = [&shares](double share) {
        shares.push_back(share);
        return true;
    };
    (void)suppress(of.knowledge, of.protect, of.candidates, options);
    CHECK(std::is_sorted(shares.begin(), shares.end()));
    CHECK(shares.back() == 1.0);
    options.progress = [](double) { return false; };
    CHECK_THROWS_AS((void)suppress(of.knowledge, of.protect, of.candidates, options),
                    thuocdo::Cancelled);
}

TEST_CASE("Suppression: bad input is refused all at once, and contradictions are named") {
    Knowledge knowledge;
    knowledge.add_unknown(0, 100);
    knowledge.add_published(Terms{{0}}, 40, 1);
    try {
        (void)suppress(knowledge.constraints(), {{1, 5}, {0, -1}, {0, std::nan("")}},
                       {withhold_value(0, 1, 100), withhold_row(7), print_coarser(0, 50, 5)});
        FAIL("accepted");
    } catch (const NumericError& error) {
        std::string codes;
        for (const auto& problem : error.problems()) codes += problem.code + " ";
        CHECK(codes ==
              "unknown_out_of_range invalid_width invalid_width not_wider row_out_of_range "
              "not_wider ");
    }
    knowledge.add_published(Terms{{0}}, 50, 1);
    try {
        (void)suppress(knowledge.constraints(), {{0, 5}}, {withhold_row(1)});
        FAIL("accepted");
    } catch (const NumericError& error) {
        CHECK(error.problems()[0].code == "contradictory_knowledge");
        CHECK(error.problems()[0].found == "rows that exclude each other: 0 1");
    }
}

}  // namespace suppression_tests
