// Preference relations, the kernel of a graph with cycles, and the distillation.
#include <thuocdo/rank/distillation.hpp>
#include <thuocdo/rank/outranking_graph.hpp>
#include <thuocdo/rank/preference_relation.hpp>

#include <algorithm>
#include <set>
#include <utility>

#include "support.hpp"

namespace rank_tests {

namespace relation_tests {

using thuocdo::Index;
namespace rank = thuocdo::rank;
using rank::PairComparison;
using Indices = std::vector<Index>;

rank::OutrankingMatrix graph(Index size, const std::vector<std::pair<Index, Index>>& edges) {
    rank::OutrankingMatrix outranks = rank::OutrankingMatrix::Constant(size, size, false);
    for (const auto& edge : edges) outranks(edge.first, edge.second) = true;
    return outranks;
}

/// Whether a reaches b along edges, by repeated squaring of the relation.
rank::OutrankingMatrix reachability(rank::OutrankingMatrix reach) {
    for (Index k = 0; k < reach.rows(); ++k)
        for (Index a = 0; a < reach.rows(); ++a)
            for (Index b = 0; b < reach.rows(); ++b)
                reach(a, b) = reach(a, b) || (reach(a, k) && reach(k, b));
    return reach;
}

/// One distillation as the paper has it, without any bookkeeping.
Indices naive_classes(const Eigen::MatrixXd& c, bool best_first) {
    constexpr double equal = 1e-12;
    const auto s = [](double level) { return 0.30 - 0.15 * level; };
    std::set<Index> rest;
    for (Index a = 0; a < c.rows(); ++a) rest.insert(a);
    Indices classes(static_cast<std::size_t>(c.rows()), 0);
    for (Index taken = 1; !rest.empty(); ++taken) {
        std::set<Index> chosen = rest;
        double level = 0.0;
        for (const Index a : chosen)
            for (const Index b : chosen)
                if (a != b) level = std::max(level, c(a, b));
        while (chosen.size() > 1 && level > 0.0) {
            double next = 0.0;
            for (const Index a : chosen)
                for (const Index b : chosen)
                    if (a != b && c(a, b) < level - s(level) - equal)
                        next = std::max(next, c(a, b));
            level = next;
            std::vector<std::pair<Index, Index>> balances;
            for (const Index a : chosen) {
                Index balance = 0;
                for (const Index b : chosen) {
                    if (a == b) continue;
                    const auto preferred = [&](Index first, Index second) {
                        const double forth = c(first, second);
                        return forth > level + equal && forth > c(second, first) + s(forth) + equal;
                    };
                    balance += (preferred(a, b) ? 1 : 0) - (preferred(b, a) ? 1 : 0);
                }
                balances.emplace_back(best_first ? -balance : balance, a);
            }
            const Index lowest = std::min_element(balances.begin(), balances.end())->first;
            chosen.clear();
            for (const auto& entry : balances)
                if (entry.first == lowest) chosen.insert(entry.second);
        }
        for (const Index a : chosen) {
            classes[static_cast<std::size_t>(a)] = taken;
            rest.erase(a);
        }
    }
    return classes;
}

/// Credibilities in steps of 1/steps, so that many are equal.
Eigen::MatrixXd random_credibility(Index size, int steps, std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd c(size, size);
    for (Index b = 0; b < size; ++b)
        for (Index a = 0; a < size; ++a)
            c(a, b) =
                static_cast<double>(random.bits() % static_cast<std::uint64_t>(steps + 1)) / steps;
    return c;
}

}  // namespace relation_tests

TEST_CASE("Preference relation: pairs mirror each other and are counted once") {
    using namespace relation_tests;
    rank::PreferenceRelation relation(4);
    CHECK(relation.counts().indifferent == 6);
    relation.set(0, 1, PairComparison::better);
    relation.set(2, 1, PairComparison::worse);
    relation.set(3, 0, PairComparison::incomparable);
    CHECK(relation(1, 0) == PairComparison::worse);
    CHECK(relation(1, 2) == PairComparison::better);
    CHECK(relation(0, 3) == PairComparison::incomparable);
    CHECK(relation(2, 2) == PairComparison::indifferent);
    const rank::ComparisonCounts counts = relation.counts();
    CHECK(counts.indifferent == 3);
    CHECK(counts.preferred == 2);
    CHECK(counts.incomparable == 1);
    CHECK_FALSE(relation.complete());
    CHECK(relation.unbeaten() == Indices{0, 3});
    CHECK(rank::PreferenceRelation(4, relation.data()) == relation);
    CHECK(rank::PreferenceRelation().size() == 0);
    CHECK(sizeof(PairComparison) == 1);
}

TEST_CASE("Preference relation: refuses what does not mirror") {
    using namespace relation_tests;
    CHECK(problems([] {
              rank::PreferenceRelation(2, {PairComparison::indifferent, PairComparison::better,
                                           PairComparison::better, PairComparison::worse});
          }) == Strings{"not_a_preference_relation row 1, column 0 (counted from 0)",
                        "not_a_preference_relation row 1, column 1 (counted from 0)"});
    CHECK(problems([] { rank::PreferenceRelation(1, {static_cast<PairComparison>(9)}); }) ==
          Strings{"not_a_preference_relation row 0, column 0 (counted from 0)"});
    CHECK(problems([] { rank::PreferenceRelation(2, {PairComparison::indifferent}); }) ==
          Strings{"size_mismatch argument \"pairs\""});
}

TEST_CASE("Preference relation: intersection of two rankings") {
    using namespace relation_tests;
    const Indices first{1, 2, 2, 3};
    const Indices second{2, 1, 3, 3};
    const rank::PreferenceRelation relation = rank::intersection_of_rankings(first, second);
    CHECK(relation(0, 1) == PairComparison::incomparable);
    CHECK(relation(1, 2) == PairComparison::better);
    CHECK(relation(3, 2) == PairComparison::worse);
    CHECK(rank::intersection_of_rankings(first, first)(1, 2) == PairComparison::indifferent);
    CHECK(problems([&] { (void)rank::intersection_of_rankings(first, Indices{1}); }) ==
          Strings{"size_mismatch argument \"second\""});
}

TEST_CASE("Kernel: not only those that none outranks") {
    using namespace relation_tests;
    // 0 outranks 1, 1 outranks 2: 2 is outranked, but not from within the kernel.
    const auto chain = rank::outranking_kernel(graph(3, {{0, 1}, {1, 2}}));
    CHECK(chain.alternatives == Indices{0, 2});
    CHECK(chain.components == Indices{0, 1, 2});
    CHECK_FALSE(chain.has_cycle);
    CHECK(rank::outranking_kernel(graph(3, {})).alternatives == Indices{0, 1, 2});
    CHECK(rank::outranking_kernel(graph(1, {{0, 0}})).alternatives == Indices{0});
    CHECK_FALSE(rank::outranking_kernel(graph(1, {{0, 0}})).has_cycle);
}

TEST_CASE("Kernel: a cycle is taken as one") {
    using namespace relation_tests;
    // 1 -> 3 -> 4 -> 1 outranks 0, which outranks 2. No alternative is outranked by none.
    const auto found = rank::outranking_kernel(graph(5, {{1, 3}, {3, 4}, {4, 1}, {4, 0}, {0, 2}}));
    CHECK(found.alternatives == Indices{1, 2, 3, 4});
    CHECK(found.components == Indices{0, 1, 2, 1, 1});
    CHECK(found.has_cycle);
    CHECK(rank::outranking_kernel(graph(2, {{0, 1}, {1, 0}})).alternatives == Indices{0, 1});
    CHECK(problems([] {
              (void)rank::outranking_kernel(rank::OutrankingMatrix::Constant(2, 3, false));
          }) == Strings{"size_mismatch argument \"outranks\""});
}

TEST_CASE("Kernel: what it promises, on random graphs") {
    using namespace relation_tests;
    testing_support::Random random(11);
    for (int trial = 0; trial < 300; ++trial) {
        const auto size = static_cast<Index>(1 + random.bits() % 12);
        rank::OutrankingMatrix outranks(size, size);
        for (Index b = 0; b < size; ++b)
            for (Index a = 0; a < size; ++a) outranks(a, b) = random.bits() % 8 == 0;
        const auto found = rank::outranking_kernel(outranks);
        const rank::OutrankingMatrix reach = reachability(outranks);
        const auto component = [&](Index a) {
            return found.components[static_cast<std::size_t>(a)];
        };
        std::set<Index> inside(found.alternatives.begin(), found.alternatives.end());
        std::set<Index> kernel_components;
        for (const Index a : inside) kernel_components.insert(component(a));
        for (Index a = 0; a < size; ++a) {
            CHECK((inside.count(a) == 1) == (kernel_components.count(component(a)) == 1));
            bool component_outranked = false;
            for (Index b = 0; b < size; ++b) {
                CHECK((component(a) == component(b)) == (a == b || (reach(a, b) && reach(b, a))));
                if (component(a) != component(b) && inside.count(a) && inside.count(b))
                    CHECK_FALSE(outranks(a, b));
                for (Index member = 0; member < size; ++member)
                    if (component(member) == component(a) && component(b) != component(a) &&
                        inside.count(b) && outranks(b, member))
                        component_outranked = true;
            }
            CHECK(component_outranked == (inside.count(a) == 0));
        }
    }
}

TEST_CASE("Distillation: a matrix worked by hand") {
    using namespace relation_tests;
    // Descending. A, B, C, D: highest 1, s = .15, next level: highest below .85, .8.
    //   Above .8: A-B .9 > .6 + .165 preferred; A-D 1 > .2 + .15 preferred; B-C .9 < .8 + .165
    //   not. Balances 2, -1, 0, -1: class 1 is A.
    // B, C, D: highest .9, s = .165, highest below .735 is .7. Above .7: B-C not, C-D and D-C
    //   are both .75, not: balances 0. Level .7, s = .195, highest below .505 is .3. Above .3:
    //   B-D .7 > .3 + .195 preferred. Balances 1, 0, -1: class 2 is B.
    // C, D: highest .75, s = .1875, none below .5625, so 0: no preference. Class 3 is C, D.
    //
    // Ascending. All: balances 2, -1, 0, -1, lowest B, D. Level .8, s = .18, highest below .62
    //   of B, D is .3: B preferred to D. The worst class is D.
    // A, B, C: highest .9, highest below .735 is .6. Above .6: A-B preferred, A-C .8 > .5 + .18
    //   preferred, B-C not. Balances 2, -1, -1: B, C. Level .6, s = .21, none below .39, so 0:
    //   no preference. Next class B, C. Last A.
    Eigen::MatrixXd c = matrix_of(
        {{0, 0.9, 0.8, 1.0}, {0.6, 0, 0.9, 0.7}, {0.5, 0.8, 0, 0.75}, {0.2, 0.3, 0.75, 0}});
    const rank::DistilledRankings found = rank::distillation(c);
    CHECK(found.descending == Indices{1, 2, 3, 3});
    CHECK(found.ascending == Indices{1, 2, 2, 3});
    c.diagonal().setOnes();
    CHECK(rank::distillation(c).descending == found.descending);
    // A level that equals the bound 1 - s(1) = .85 on paper, and is a little less in binary, is
    // not below it: the level is .5, above which A-B .5 + .15 and C-A .2 + .1725 are preferred;
    // balances 0, -1, 1. At .85 only A-B would be, and A the best.
    const double almost = std::nextafter(0.85, 0.0);
    const Eigen::MatrixXd bound = matrix_of({{0, 1.0, 0.2}, {0.5, 0, 0}, {almost, 0, 0}});
    CHECK(rank::distillation(bound).descending == Indices{2, 3, 1});
}

TEST_CASE("Distillation: as the paper has it, with and without ties") {
    using namespace relation_tests;
    for (const Index size : {1, 2, 3, 11, 12, 40, 75}) {
        for (const int steps : {2, 7, 20, 100000}) {
            CAPTURE(size);
            CAPTURE(steps);
            const Eigen::MatrixXd c =
                random_credibility(size, steps, static_cast<std::uint64_t>(size * 7 + steps));
            const rank::DistilledRankings found = rank::distillation(c);
            CHECK(found.descending == naive_classes(c, true));
            Indices ascending = naive_classes(c, false);
            const Index worst = *std::max_element(ascending.begin(), ascending.end());
            for (Index& each : ascending) each = worst + 1 - each;
            CHECK(found.ascending == ascending);
        }
    }
}

TEST_CASE("Distillation: all alike, nothing credible, refusals") {
    using namespace relation_tests;
    CHECK(rank::distillation(Eigen::MatrixXd::Ones(3, 3)).descending == Indices{1, 1, 1});
    CHECK(rank::distillation(Eigen::MatrixXd::Zero(3, 3)).ascending == Indices{1, 1, 1});
    CHECK(problems([] {
              (void)rank::distillation(matrix_of({{0, 1.5}, {std::nan(""), 0}}), {0.1, -0.2});
          }) == Strings{"credibility_out_of_range row 1, column 0 (counted from 0)",
                        "credibility_out_of_range row 0, column 1 (counted from 0)",
                        "option_out_of_range argument \"threshold\""});
    CHECK(problems([] { (void)rank::distillation(Eigen::MatrixXd(0, 0)); }) ==
          Strings{"size_mismatch argument \"credibility\""});
}

}  // namespace rank_tests
