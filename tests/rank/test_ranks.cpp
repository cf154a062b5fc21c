#include <thuocdo/rank/ranks.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "support/first_difference.hpp"

namespace {

using testing_support::first_difference;
using thuocdo::Index;
using thuocdo::numeric::Order;
using thuocdo::rank::ranks;
using thuocdo::rank::ranks_within;
using thuocdo::rank::TieBreaker;
using thuocdo::rank::TieRule;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<TieRule, 3> rules_that_share = {TieRule::competition, TieRule::dense,
                                                     TieRule::fractional};

// Human Development Index 2022: value as published, with 3 decimals, and rank as
// published (UNDP, Human Development Report 2023/24), countries by name.
const std::vector<std::array<double, 2>> human_development_2022 = {
    {0.462, 182}, {0.789, 74},  {0.745, 93},  {0.884, 35},  {0.591, 150}, {0.826, 54},
    {0.849, 48},  {0.786, 76},  {0.946, 10},  {0.926, 22},  {0.76, 89},   {0.82, 57},
    {0.888, 34},  {0.67, 129},  {0.809, 62},  {0.801, 69},  {0.942, 12},  {0.7, 118},
    {0.504, 173}, {0.681, 125}, {0.698, 120}, {0.779, 80},  {0.708, 114}, {0.76, 89},
    {0.823, 55},  {0.799, 70},  {0.438, 185}, {0.42, 187},  {0.661, 131}, {0.6, 148},
    {0.587, 151}, {0.935, 18},  {0.387, 191}, {0.394, 189}, {0.86, 44},   {0.788, 75},
    {0.758, 91},  {0.586, 152}, {0.593, 149}, {0.481, 180}, {0.806, 64},  {0.534, 166},
    {0.878, 39},  {0.764, 85},  {0.907, 29},  {0.895, 32},  {0.952, 5},   {0.515, 171},
    {0.74, 97},   {0.766, 82},  {0.765, 83},  {0.728, 105}, {0.674, 127}, {0.65, 133},
    {0.493, 175}, {0.899, 31},  {0.61, 142},  {0.492, 176}, {0.729, 104}, {0.942, 12},
    {0.91, 28},   {0.693, 123}, {0.495, 174}, {0.814, 60},  {0.95, 7},    {0.602, 145},
    {0.893, 33},  {0.793, 73},  {0.629, 136}, {0.471, 181}, {0.483, 179}, {0.742, 95},
    {0.552, 158}, {0.624, 138}, {0.956, 4},   {0.851, 47},  {0.959, 3},   {0.644, 134},
    {0.713, 112}, {0.78, 78},   {0.673, 128}, {0.95, 7},    {0.915, 25},  {0.906, 30},
    {0.706, 115}, {0.92, 24},   {0.736, 99},  {0.802, 67},  {0.601, 146}, {0.628, 137},
    {0.929, 19},  {0.847, 49},  {0.701, 117}, {0.62, 139},  {0.879, 37},  {0.723, 109},
    {0.521, 168}, {0.487, 177}, {0.746, 92},  {0.942, 12},  {0.879, 37},  {0.927, 20},
    {0.487, 177}, {0.508, 172}, {0.807, 63},  {0.762, 87},  {0.41, 188},  {0.915, 25},
    {0.731, 102}, {0.54, 164},  {0.796, 72},  {0.781, 77},  {0.634, 135}, {0.763, 86},
    {0.741, 96},  {0.844, 50},  {0.698, 120}, {0.461, 183}, {0.608, 144}, {0.61, 142},
    {0.696, 122}, {0.601, 146}, {0.946, 10},  {0.939, 16},  {0.669, 130}, {0.394, 189},
    {0.548, 161}, {0.765, 83},  {0.966, 2},   {0.819, 59},  {0.54, 164},  {0.797, 71},
    {0.716, 111}, {0.82, 57},   {0.568, 154}, {0.731, 102}, {0.762, 87},  {0.71, 113},
    {0.881, 36},  {0.874, 42},  {0.875, 40},  {0.827, 53},  {0.821, 56},  {0.548, 161},
    {0.838, 51},  {0.725, 108}, {0.772, 81},  {0.702, 116}, {0.867, 43},  {0.613, 141},
    {0.875, 40},  {0.517, 169}, {0.805, 65},  {0.802, 67},  {0.458, 184}, {0.949, 9},
    {0.855, 45},  {0.926, 22},  {0.562, 156}, {0.38, 193},  {0.717, 110}, {0.381, 192},
    {0.911, 27},  {0.78, 78},   {0.516, 170}, {0.69, 124},  {0.952, 5},   {0.967, 1},
    {0.557, 157}, {0.679, 126}, {0.532, 167}, {0.803, 66},  {0.566, 155}, {0.547, 163},
    {0.739, 98},  {0.814, 60},  {0.732, 101}, {0.855, 45},  {0.744, 94},  {0.653, 132},
    {0.55, 159},  {0.734, 100}, {0.937, 17},  {0.94, 15},   {0.927, 20},  {0.83, 52},
    {0.727, 106}, {0.614, 140}, {0.699, 119}, {0.726, 107}, {0.424, 186}, {0.569, 153},
    {0.55, 159}};

// Corruption Perceptions Index 2023: score and rank as published (Transparency
// International).
const std::vector<std::array<double, 2>> corruption_perceptions_2023 = {
    {90, 1},   {87, 2},   {85, 3},   {84, 4},   {83, 5},   {82, 6},   {82, 6},   {79, 8},
    {78, 9},   {78, 9},   {77, 11},  {76, 12},  {76, 12},  {75, 14},  {75, 14},  {73, 16},
    {73, 16},  {73, 16},  {72, 19},  {71, 20},  {71, 20},  {71, 20},  {71, 20},  {69, 24},
    {69, 24},  {68, 26},  {68, 26},  {67, 28},  {66, 29},  {64, 30},  {64, 30},  {63, 32},
    {62, 33},  {61, 34},  {61, 34},  {60, 36},  {60, 36},  {60, 36},  {59, 39},  {58, 40},
    {57, 41},  {56, 42},  {56, 42},  {56, 42},  {55, 45},  {55, 45},  {54, 47},  {54, 47},
    {53, 49},  {53, 49},  {53, 49},  {53, 49},  {52, 53},  {52, 53},  {51, 55},  {51, 55},
    {50, 57},  {50, 57},  {49, 59},  {49, 59},  {48, 61},  {47, 62},  {46, 63},  {46, 63},
    {46, 63},  {46, 63},  {45, 67},  {45, 67},  {44, 69},  {43, 70},  {43, 70},  {43, 70},
    {43, 70},  {43, 70},  {43, 70},  {42, 76},  {42, 76},  {42, 76},  {42, 76},  {42, 76},
    {42, 76},  {42, 76},  {41, 83},  {41, 83},  {41, 83},  {41, 83},  {40, 87},  {40, 87},
    {40, 87},  {40, 87},  {40, 87},  {40, 87},  {39, 93},  {39, 93},  {39, 93},  {39, 93},
    {38, 97},  {37, 98},  {37, 98},  {37, 98},  {37, 98},  {37, 98},  {37, 98},  {36, 104},
    {36, 104}, {36, 104}, {36, 104}, {35, 108}, {35, 108}, {35, 108}, {35, 108}, {35, 108},
    {35, 108}, {35, 108}, {34, 115}, {34, 115}, {34, 115}, {34, 115}, {34, 115}, {34, 115},
    {33, 121}, {33, 121}, {33, 121}, {33, 121}, {32, 125}, {31, 126}, {31, 126}, {31, 126},
    {31, 126}, {30, 130}, {30, 130}, {30, 130}, {29, 133}, {29, 133}, {29, 133}, {28, 136},
    {28, 136}, {28, 136}, {28, 136}, {27, 140}, {26, 141}, {26, 141}, {26, 141}, {26, 141},
    {25, 145}, {25, 145}, {25, 145}, {25, 145}, {24, 149}, {24, 149}, {24, 149}, {24, 149},
    {24, 149}, {23, 154}, {23, 154}, {23, 154}, {23, 154}, {22, 158}, {22, 158}, {22, 158},
    {21, 161}, {20, 162}, {20, 162}, {20, 162}, {20, 162}, {20, 162}, {20, 162}, {20, 162},
    {20, 162}, {18, 170}, {18, 170}, {17, 172}, {17, 172}, {17, 172}, {17, 172}, {16, 176},
    {13, 177}, {13, 177}, {13, 177}, {11, 180}};

Eigen::VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

// Equal lengths and values, missing where the other is missing.
bool same(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    if (a.size() != b.size()) return false;
    for (Index i = 0; i < a.size(); ++i) {
        if (std::isnan(a[i]) != std::isnan(b[i])) return false;
        if (!std::isnan(a[i]) && a[i] != b[i]) return false;
    }
    return true;
}

bool before(double a, double b, Order order) {
    if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
    return order == Order::descending ? a > b : a < b;
}

// The definition of each rule, by comparing every unit with every other.
Eigen::VectorXd expected_ranks(const Eigen::VectorXd& scores, TieRule rule, Order order,
                               const std::vector<TieBreaker>& breakers) {
    const auto better = [&](Index a, Index b) {
        if (scores[a] != scores[b]) return before(scores[a], scores[b], order);
        for (const TieBreaker& breaker : breakers) {
            if (before(breaker.values[a], breaker.values[b], breaker.order)) return true;
            if (before(breaker.values[b], breaker.values[a], breaker.order)) return false;
        }
        return false;
    };
    Eigen::VectorXd result = Eigen::VectorXd::Constant(scores.size(), missing);
    for (Index unit = 0; unit < scores.size(); ++unit) {
        if (std::isnan(scores[unit])) continue;
        double ahead = 0.0;
        double level = 0.0;
        double classes = 0.0;
        for (Index other = 0; other < scores.size(); ++other) {
            if (std::isnan(scores[other])) continue;
            if (better(other, unit)) {
                ahead += 1.0;
                // Count a set of equals once, at its first row.
                bool first = true;
                for (Index earlier = 0; earlier < other; ++earlier) {
                    if (std::isnan(scores[earlier])) continue;
                    if (!better(earlier, other) && !better(other, earlier)) first = false;
                }
                if (first) classes += 1.0;
            } else if (!better(unit, other)) {
                level += 1.0;
            }
        }
        if (rule == TieRule::competition || rule == TieRule::ordinal) result[unit] = 1.0 + ahead;
        if (rule == TieRule::dense) result[unit] = 1.0 + classes;
        if (rule == TieRule::fractional) result[unit] = ahead + (level + 1.0) / 2.0;
    }
    return result;
}

// Scores with many ties and some missing.
Eigen::VectorXd tied_scores(Index units, std::mt19937_64& generator, std::uint64_t different) {
    Eigen::VectorXd scores(units);
    for (double& score : scores) {
        const std::uint64_t draw = generator() % (different + 1);
        score = draw == different ? missing : static_cast<double>(draw) / 100.0;
    }
    return scores;
}

TieBreaker row_order(Index units) {
    return {Eigen::VectorXd::LinSpaced(units, 0.0, static_cast<double>(units - 1)),
            Order::ascending};
}

}  // namespace

TEST_CASE("published ranks come out of the published scores, digit for digit") {
    for (const auto* index : {&human_development_2022, &corruption_perceptions_2023}) {
        std::vector<double> scores;
        std::vector<double> published;
        for (const auto& [score, rank] : *index) {
            scores.push_back(score);
            published.push_back(rank);
        }
        CHECK(first_difference(ranks(column(scores)), published) == "");
    }
}

TEST_CASE("the four rules give 1224, 1223, 1 2.5 2.5 4 and 1234") {
    const Eigen::VectorXd scores = column({90.0, 80.0, 80.0, 70.0});
    CHECK(same(ranks(scores, TieRule::competition), column({1, 2, 2, 4})));
    CHECK(same(ranks(scores, TieRule::dense), column({1, 2, 2, 3})));
    CHECK(same(ranks(scores, TieRule::fractional), column({1, 2.5, 2.5, 4})));
    const std::vector<TieBreaker> codes = {row_order(4)};
    CHECK(same(ranks(scores, TieRule::ordinal, Order::descending, codes), column({1, 2, 3, 4})));
    CHECK(same(ranks(scores, TieRule::competition, Order::ascending), column({4, 2, 2, 1})));
}

TEST_CASE("near-equal scores are different, so ties cannot chain") {
    const Eigen::VectorXd scores = column({1.0, 1.0 + 1e-12, 1.0 + 2e-12});
    for (const TieRule rule : rules_that_share) CHECK(same(ranks(scores, rule), column({3, 2, 1})));
    CHECK(same(ranks(scores, TieRule::ordinal), column({3, 2, 1})));
}

TEST_CASE("a unit without a score has no rank and does not count") {
    const Eigen::VectorXd scores = column({missing, 5.0, missing, 7.0, 5.0});
    CHECK(same(ranks(scores), column({missing, 2, missing, 1, 2})));
    CHECK(same(ranks(scores, TieRule::competition, Order::ascending),
               column({missing, 1, missing, 3, 1})));
}

TEST_CASE("zeros of either sign tie; infinite scores rank at the ends") {
    CHECK(same(ranks(column({0.0, -0.0, infinity, -infinity})), column({2, 2, 1, 4})));
}

TEST_CASE("no unit, one unit, nothing observed, all equal") {
    for (const TieRule rule : rules_that_share) {
        CHECK(ranks(column({}), rule).size() == 0);
        CHECK(same(ranks(column({3.5}), rule), column({1})));
        CHECK(same(ranks(column({missing, missing}), rule), column({missing, missing})));
    }
    CHECK(ranks(column({}), TieRule::ordinal).size() == 0);
    const Eigen::VectorXd equal = Eigen::VectorXd::Constant(1000, 42.0);
    CHECK(same(ranks(equal, TieRule::competition), Eigen::VectorXd::Constant(1000, 1.0)));
    CHECK(same(ranks(equal, TieRule::dense), Eigen::VectorXd::Constant(1000, 1.0)));
    CHECK(same(ranks(equal, TieRule::fractional), Eigen::VectorXd::Constant(1000, 500.5)));
}

TEST_CASE("ranks follow the definition of each rule, with and without tie-breakers") {
    constexpr std::uint64_t seed = 1224;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 200; ++round) {
        const auto units = static_cast<Index>(generator() % 40);
        const Eigen::VectorXd scores = tied_scores(units, generator, 1 + generator() % 12);
        const Order order = round % 2 == 0 ? Order::descending : Order::ascending;
        std::vector<TieBreaker> breakers;
        for (std::uint64_t i = generator() % 3; i > 0; --i) {
            breakers.push_back(
                {tied_scores(units, generator, 3), i == 1 ? Order::ascending : Order::descending});
        }
        for (const TieRule rule : rules_that_share) {
            REQUIRE(same(ranks(scores, rule, order, breakers),
                         expected_ranks(scores, rule, order, breakers)));
        }
        breakers.push_back(row_order(units));
        REQUIRE(same(ranks(scores, TieRule::ordinal, order, breakers),
                     expected_ranks(scores, TieRule::ordinal, order, breakers)));
    }
}

TEST_CASE("permuting the units permutes the ranks") {
    constexpr std::uint64_t seed = 3321;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    constexpr Index units = 3321;
    const Eigen::VectorXd scores = tied_scores(units, generator, 500);
    const std::vector<TieBreaker> breakers = {
        {tied_scores(units, generator, 4), Order::descending}};
    std::vector<Index> order(units);
    std::iota(order.begin(), order.end(), Index{0});
    std::shuffle(order.begin(), order.end(), generator);
    Eigen::VectorXd shuffled(units);
    std::vector<TieBreaker> shuffled_breakers = breakers;
    for (Index i = 0; i < units; ++i) {
        shuffled[i] = scores[order[static_cast<std::size_t>(i)]];
        shuffled_breakers[0].values[i] = breakers[0].values[order[static_cast<std::size_t>(i)]];
    }
    for (const TieRule rule : rules_that_share) {
        const Eigen::VectorXd expected = ranks(scores, rule, Order::descending, breakers);
        const Eigen::VectorXd result = ranks(shuffled, rule, Order::descending, shuffled_breakers);
        CHECK(first_difference(result, expected(order).eval()) == "");
    }
}

TEST_CASE("ranks of a million units lie between 1 and the number of units with a score") {
    constexpr std::uint64_t seed = 6;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    const Eigen::VectorXd scores = tied_scores(1000000, generator, 10000);
    double scored = 0.0;
    for (const double score : scores) scored += std::isnan(score) ? 0.0 : 1.0;
    for (const TieRule rule : rules_that_share) {
        const Eigen::VectorXd result = ranks(scores, rule);
        CHECK(first_difference(result, scores, [&](double rank, double score) {
                  return std::isnan(score) ? std::isnan(rank) : rank >= 1.0 && rank <= scored;
              }) == "");
        double sum = 0.0;
        for (const double rank : result) sum += std::isnan(rank) ? 0.0 : rank;
        // Fractional ranks share out the positions 1 to m exactly.
        if (rule == TieRule::fractional) CHECK(sum == scored * (scored + 1.0) / 2.0);
    }
}

TEST_CASE("a positive factor keeps the ranks, a negative one turns them round") {
    constexpr std::uint64_t seed = 11;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    const Eigen::VectorXd scores = tied_scores(500, generator, 200);
    for (const TieRule rule : rules_that_share) {
        for (const double factor : {0.125, 1.7, 1000.0}) {
            CHECK(same(ranks(factor * scores, rule), ranks(scores, rule)));
        }
        CHECK(same(ranks(-scores, rule, Order::ascending), ranks(scores, rule)));
    }
}

TEST_CASE("a better score never gives a worse rank") {
    constexpr std::uint64_t seed = 12;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    const Eigen::VectorXd scores = tied_scores(60, generator, 15);
    for (const TieRule rule : rules_that_share) {
        const Eigen::VectorXd expected = ranks(scores, rule);
        for (Index i = 0; i < scores.size(); ++i) {
            if (std::isnan(scores[i])) continue;
            Eigen::VectorXd raised = scores;
            raised[i] += 0.01;
            REQUIRE(ranks(raised, rule)[i] <= expected[i]);
        }
    }
}

TEST_CASE("tie-breakers decide in turn, missing last") {
    const Eigen::VectorXd scores = column({80.0, 80.0, 80.0, 80.0, 90.0});
    const std::vector<TieBreaker> breakers = {
        {column({1.0, 2.0, 2.0, missing, 0.0}), Order::descending},
        {column({5.0, 7.0, 6.0, 1.0, 0.0}), Order::ascending}};
    CHECK(same(ranks(scores, TieRule::ordinal, Order::descending, breakers),
               column({4, 3, 2, 5, 1})));
    const std::vector<TieBreaker> first = {breakers[0]};
    CHECK(same(ranks(scores, TieRule::competition, Order::descending, first),
               column({4, 2, 2, 5, 1})));
    // A breaker has no say between different scores, nor on a missing score.
    CHECK(same(ranks(column({1.0, missing, 2.0}), TieRule::competition, Order::descending,
                     std::vector<TieBreaker>{{column({9.0, 8.0, 7.0}), Order::descending}}),
               column({2, missing, 1})));
}

TEST_CASE("an unbroken tie under the ordinal rule is an error that names the rows") {
    try {
        static_cast<void>(ranks(column({3.0, 5.0, 3.0, 5.0, 5.0, 1.0}), TieRule::ordinal));
        FAIL("no error");
    } catch (const thuocdo::NumericError& error) {
        REQUIRE(error.problems().size() == 2);
        CHECK(error.problems()[0].code == "unbroken_tie");
        CHECK(error.problems()[0].place == "rows 1 and 3");
        CHECK(error.problems()[0].found.substr(0, 7) == "3 units");
        CHECK(error.problems()[1].place == "rows 0 and 2");
    }
    // Units without a score are not tied.
    CHECK(same(ranks(column({missing, missing, 1.0}), TieRule::ordinal),
               column({missing, missing, 1})));
}

TEST_CASE("tie-breakers and groups of another length are reported together") {
    const std::vector<TieBreaker> breakers = {{column({1.0}), Order::descending},
                                              {column({1.0, 2.0, 3.0}), Order::descending}};
    const std::vector<std::int32_t> group = {0, -2, 1};
    try {
        static_cast<void>(ranks_within(column({1.0, 2.0}), group, TieRule::competition,
                                       Order::descending, breakers));
        FAIL("no error");
    } catch (const thuocdo::NumericError& error) {
        REQUIRE(error.problems().size() == 4);
        CHECK(error.problems()[0].place == "tie_breakers[0]");
        CHECK(error.problems()[2].place == "group");
        CHECK(error.problems()[3].code == "invalid_group");
        CHECK(error.problems()[3].place == "group[1]");
    }
    CHECK_THROWS_AS(static_cast<void>(ranks(column({1.0, 2.0}), TieRule::competition,
                                            Order::descending, breakers)),
                    thuocdo::NumericError);
}

TEST_CASE("ranks within groups are the ranks of each group alone") {
    constexpr std::uint64_t seed = 34;
    INFO("seed ", seed);
    std::mt19937_64 generator(seed);
    for (int round = 0; round < 50; ++round) {
        const auto units = static_cast<Index>(generator() % 300);
        const Eigen::VectorXd scores = tied_scores(units, generator, 20);
        const std::vector<TieBreaker> breakers = {
            {tied_scores(units, generator, 3), Order::ascending}};
        std::vector<std::int32_t> group;
        for (Index i = 0; i < units; ++i) {
            group.push_back(std::array<std::int32_t, 5>{
                -1, 0, 3, 1000000000, std::numeric_limits<std::int32_t>::max()}[generator() % 5]);
        }
        for (const TieRule rule : rules_that_share) {
            const Eigen::VectorXd result =
                ranks_within(scores, group, rule, Order::descending, breakers);
            for (const std::int32_t number : std::set<std::int32_t>(group.begin(), group.end())) {
                Eigen::VectorXd alone = scores;
                for (Index i = 0; i < units; ++i) {
                    if (group[static_cast<std::size_t>(i)] != number || number == -1)
                        alone[i] = missing;
                }
                const Eigen::VectorXd expected = ranks(alone, rule, Order::descending, breakers);
                Eigen::VectorXd of_group = result;
                for (Index i = 0; i < units; ++i)
                    if (group[static_cast<std::size_t>(i)] != number) of_group[i] = missing;
                CHECK(first_difference(of_group, expected) == "");
            }
        }
    }
}

TEST_CASE("ties between groups are none; ties within one need a breaker") {
    const Eigen::VectorXd scores = column({5.0, 5.0, 5.0});
    const std::vector<std::int32_t> apart = {0, 1, -1};
    CHECK(same(ranks_within(scores, apart, TieRule::ordinal, Order::descending),
               column({1, 1, missing})));
    const std::vector<std::int32_t> together = {0, 1, 0};
    CHECK_THROWS_AS(
        static_cast<void>(ranks_within(scores, together, TieRule::ordinal, Order::descending)),
        thuocdo::NumericError);
    CHECK(ranks_within(column({}), std::vector<std::int32_t>{}).size() == 0);
}
