// Disclosure: withheld values inferred from published ones, against closed forms, a search on a
// grid and linear programs of the whole.
#include <thuocdo/cancelled.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/linear_program.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/publish/inference.hpp>
#include <thuocdo/publish/knowledge.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace inference_tests {

using thuocdo::Index;
using thuocdo::numeric::Philox;
using namespace thuocdo::publish;

const double infinity = std::numeric_limits<double>::infinity();
using Indices = std::vector<Index>;
using Terms = std::vector<Term>;

bool is(const InferredInterval& interval, double lower, double upper) {
    return std::abs(interval.lower - lower) < 1e-10 && std::abs(interval.upper - upper) < 1e-10;
}

// Pillar 0.2 a + 0.3 b + 0.5 c of indicators 50, 70, 60.8 with mean 61.4.
Knowledge pillar(bool b_published, int decimals) {
    Knowledge knowledge;
    knowledge.add_unknown(0, 100);
    if (!b_published) knowledge.add_unknown(0, 100);
    const double half = decimals < 0 ? 0.0 : half_unit(decimals);
    if (b_published) {
        knowledge.add_published(Terms{{0, 0.5}}, 61.4, half, 0.2 * 50 + 0.3 * 70);
    } else {
        knowledge.add_published(Terms{{0, 0.3}, {1, 0.5}}, 61.4, half, 0.2 * 50);
    }
    return knowledge;
}

TEST_CASE("Inference: one withheld indicator of three is determined by the pillar") {
    const Inference exact = infer(pillar(true, -1).constraints());
    CHECK(is(exact.intervals[0], 60.8, 60.8));
    CHECK(exact.intervals[0].determined);
    CHECK(exact.intervals[0].determined_by_equations);
    CHECK(exact.intervals[0].lower_support == Support{{0}, {}});
    CHECK(exact.proved);
    // A tenth of the pillar rounds to half of it over the weight.
    const Inference rounded = infer(pillar(true, 1).constraints());
    CHECK(is(rounded.intervals[0], 60.7, 60.9));
    CHECK_FALSE(rounded.intervals[0].determined);
    CHECK_FALSE(rounded.intervals[0].determined_by_equations);
    CHECK(std::abs(infer(pillar(true, 0).constraints()).intervals[0].width() - 2.0) < 1e-10);
}

TEST_CASE("Inference: two withheld indicators, by closed form and by a search on a grid") {
    for (const int decimals : {-1, 1, 0}) {
        const double half = decimals < 0 ? 0.0 : half_unit(decimals);
        const Inference found = infer(pillar(false, decimals).constraints());
        // 0.3 b + 0.5 c = 51.4 within the scale of 0 to 100.
        CHECK(is(found.intervals[0], (51.4 - half - 50) / 0.3, 100));
        CHECK(is(found.intervals[1], (51.4 - half - 30) / 0.5, 100));
        CHECK(found.intervals[0].lower_support == Support{{0}, {1}});
        CHECK(found.intervals[0].upper_support == Support{{}, {0}});
    }
    // b and c in steps of 0.25, pillar in whole numbers: 10 + 0.3 b + 0.5 c rounds to 61.
    double least_b = 100;
    double least_c = 100;
    for (int b = 0; b <= 400; ++b) {
        for (int c = 0; c <= 400; ++c) {
            const double mean = 10 + 0.3 * b / 4.0 + 0.5 * c / 4.0;
            if (mean < 60.5 || mean > 61.5) continue;
            least_b = std::min(least_b, b / 4.0);
            least_c = std::min(least_c, c / 4.0);
        }
    }
    Knowledge knowledge;
    knowledge.add_unknown(0, 100);
    knowledge.add_unknown(0, 100);
    knowledge.add_published(Terms{{0, 0.3}, {1, 0.5}}, 61, half_unit(0), 10);
    const Inference found = infer(knowledge.constraints());
    CHECK(found.intervals[0].lower <= least_b);
    CHECK(found.intervals[0].lower > least_b - 0.25);
    CHECK(found.intervals[1].lower <= least_c);
    CHECK(found.intervals[1].lower > least_c - 0.25);
}

TEST_CASE("Inference: a rank between two equal scores pins a value that no equation gives") {
    // Score 0.5 a + 0.5 * 50, ranked between published scores of 60.25 and 60.
    for (const double above : {60.0, 60.25}) {
        Knowledge knowledge;
        const Index a = knowledge.add_unknown(0, 100);
        const Index first = knowledge.add_unknown(above, above);
        const Index third = knowledge.add_unknown(60, 60);
        knowledge.add_order(Terms{{first}}, Terms{{a, 0.5}}, 25);
        knowledge.add_order(Terms{{a, 0.5}}, Terms{{third}}, -25);
        const Inference found = infer(knowledge.constraints());
        CHECK(is(found.intervals[0], 70, 2 * (above - 25)));
        CHECK(found.intervals[0].determined == (above == 60.0));
        CHECK_FALSE(found.intervals[0].determined_by_equations);
        CHECK(found.intervals[0].upper_support == Support{{0}, {first}});
        CHECK(found.intervals[0].lower_support == Support{{1}, {third}});
    }
}

TEST_CASE("Inference: two publications that differ in one unit give that unit away") {
    // Means of four units and of the same with a fifth: x5 = 5 * 48.2 - 4 * 50.5 = 39.
    for (const double half : {0.0, half_unit(1)}) {
        Knowledge knowledge;
        for (int unit = 0; unit < 5; ++unit) knowledge.add_unknown(0, 100);
        Terms four;
        for (Index unit = 0; unit < 4; ++unit) four.push_back({unit, 0.25});
        Terms five;
        for (Index unit = 0; unit < 5; ++unit) five.push_back({unit, 0.2});
        knowledge.add_published(four, 50.5, half);
        CHECK_FALSE(infer(knowledge.constraints()).intervals[0].determined);
        knowledge.add_published(five, 48.2, half);
        const Inference found = infer(knowledge.constraints());
        CHECK(is(found.intervals[4], 39 - 9 * half, 39 + 9 * half));
        CHECK(found.intervals[4].determined_by_equations == (half == 0.0));
        CHECK(found.intervals[4].lower_support == Support{{0, 1}, {}});
        CHECK(is(found.intervals[0], 0, 100));
    }
}

TEST_CASE("Inference: an exact score at the end of the scale determines everything below it") {
    Knowledge knowledge;
    for (int k = 0; k < 3; ++k) knowledge.add_unknown(0, 100);
    knowledge.add_published(Terms{{0, 0.2}, {1, 0.3}, {2, 0.5}}, 100, 0);
    const Inference found = infer(knowledge.constraints());
    for (const InferredInterval& interval : found.intervals) {
        CHECK(is(interval, 100, 100));
        CHECK(interval.determined);
        CHECK_FALSE(interval.determined_by_equations);
    }
}

TEST_CASE("Inference: no equations, no bounds, no unknowns") {
    Knowledge knowledge;
    CHECK(infer(knowledge.constraints()).intervals.empty());
    knowledge.add_unknown(-infinity, infinity);
    knowledge.add_unknown(3, infinity);
    knowledge.add_unknown(5, 5);
    const Inference alone = infer(knowledge.constraints());
    CHECK(alone.intervals[0].width() == infinity);
    CHECK(alone.intervals[1].lower == 3.0);
    CHECK(alone.intervals[2].determined);
    CHECK(alone.programs == 0);
    knowledge.add_row(Terms{{0}, {1}}, -infinity, 10);
    const Inference found = infer(knowledge.constraints());
    CHECK(found.intervals[0].lower == -infinity);
    CHECK(found.intervals[0].lower_support == Support{});
    CHECK(is(found.intervals[0], -infinity, 7) == false);
    CHECK(found.intervals[0].upper == 7.0);
    CHECK(found.intervals[1].upper == infinity);
}

TEST_CASE("Inference: contradictory publications are named, and other units still answered") {
    Knowledge knowledge;
    for (int k = 0; k < 4; ++k) knowledge.add_unknown(0, 100);
    knowledge.add_published(Terms{{0, 0.5}, {1, 0.5}}, 40, 0);
    knowledge.add_order(Terms{{0}}, Terms{{1}});
    knowledge.add_row(Terms{{1}}, 41, infinity);
    knowledge.add_published(Terms{{2, 0.5}, {3, 0.5}}, 90, 0);
    knowledge.add_row(Terms{}, 1, 2);
    const Inference found = infer(knowledge.constraints());
    REQUIRE(found.contradictions.size() == 2);
    CHECK(found.contradictions[0] == Support{{0, 1, 2}, {}});
    CHECK(found.contradictions[1] == Support{{4}, {}});
    CHECK(found.proved);
    CHECK(std::isnan(found.intervals[0].lower));
    CHECK_FALSE(found.intervals[0].determined);
    CHECK(is(found.intervals[2], 80, 100));
}

// Units of `indicators` withheld values in pillars of ten; pillars and scores are printed with
// one decimal, and the ranks of all units are known.
Knowledge ranked_units(Index units, Index indicators, double share_published,
                       std::vector<double>* truth = nullptr) {
    constexpr Index in_pillar = 10;
    const Philox random(20260727);
    Knowledge knowledge;
    std::vector<std::pair<double, Index>> scores;
    for (Index unit = 0; unit < units; ++unit) {
        double score = 0.0;
        Terms score_terms;
        const double weight = static_cast<double>(in_pillar) / static_cast<double>(indicators);
        for (Index first = 0; first < indicators; first += in_pillar) {
            double mean = 0.0;
            Terms terms;
            for (Index k = first; k < std::min(first + in_pillar, indicators); ++k) {
                const auto at = static_cast<std::uint32_t>(k);
                const double x = 100 * random.uniform(static_cast<std::uint64_t>(unit), 0, at);
                const bool known =
                    random.uniform(static_cast<std::uint64_t>(unit), 1, at) < share_published;
                terms.push_back({knowledge.add_unknown(known ? x : 0, known ? x : 100), 0.1});
                mean += 0.1 * x;
                if (truth) truth->push_back(x);
            }
            const double printed = std::round(mean * 10) / 10;
            score_terms.push_back(
                {knowledge.add_quantity(terms, printed - half_unit(1), printed + half_unit(1)),
                 weight});
            score += weight * mean;
            if (truth) truth->push_back(mean);
        }
        const double printed = std::round(score * 10) / 10;
        scores.emplace_back(score, knowledge.add_quantity(score_terms, printed - half_unit(1),
                                                          printed + half_unit(1)));
        if (truth) truth->push_back(score);
    }
    std::sort(scores.begin(), scores.end());
    for (std::size_t k = 0; k + 1 < scores.size(); ++k)
        knowledge.add_order(Terms{{scores[k + 1].second}}, Terms{{scores[k].second}});
    return knowledge;
}

TEST_CASE("Inference: parts, own bounds and fixed values change nothing against whole programs") {
    using namespace thuocdo::numeric;
    const LinearConstraints whole = ranked_units(4, 20, 0.5).constraints();
    const Inference found = infer(whole);
    CHECK(found.proved);
    CHECK(found.contradictions.empty());
    CHECK(found.blocks > 1);
    LinearProgram program(whole);
    int differing = 0;
    for (Index j = 0; j < whole.lower.size(); ++j) {
        const Eigen::VectorXd cost = Eigen::VectorXd::Unit(whole.lower.size(), j);
        const InferredInterval& interval = found.intervals[static_cast<std::size_t>(j)];
        if (!is(interval, program.solve(cost, Goal::minimise).objective,
                program.solve(cost, Goal::maximise).objective))
            ++differing;
    }
    CHECK(differing == 0);
}

TEST_CASE("Inference: the true values of 34 units of 100 indicators lie in their intervals") {
    std::vector<double> truth;
    const Inference found = infer(ranked_units(34, 100, 0.5, &truth).constraints());
    CHECK(found.proved);
    CHECK(found.contradictions.empty());
    REQUIRE(found.intervals.size() == truth.size());
    int outside = 0;
    int narrowed = 0;
    for (std::size_t j = 0; j < truth.size(); ++j) {
        const InferredInterval& interval = found.intervals[j];
        if (!(interval.lower <= truth[j] + 1e-9 && truth[j] - 1e-9 <= interval.upper)) ++outside;
        if (interval.width() > 0 && interval.width() < 99) ++narrowed;
    }
    CHECK(outside == 0);
    CHECK(narrowed > 374);  // more than the scores themselves
}

TEST_CASE("Inference: small random publications against one program for each limit") {
    using namespace thuocdo::numeric;
    int differing = 0;
    int contradictory = 0;
    int narrowed = 0;
    for (std::uint32_t seed = 1; seed <= 150; ++seed) {
        const Philox random(seed);
        const auto below = [&random](double n, std::uint64_t draw, std::uint32_t index) {
            return std::floor(n * random.uniform(draw, 0, index));
        };
        Knowledge knowledge;
        std::vector<double> truth;
        for (std::uint32_t j = 0; j < 7; ++j) {
            const double lower = below(3, 0, j);
            const double range = below(4, 1, j);
            knowledge.add_unknown(lower, lower + range);
            truth.push_back(lower + below(range + 1, 12, j));
        }
        for (std::uint32_t i = 0; i < 4; ++i) {
            Terms terms;
            double value = below(30, 10, i) == 0 ? 3 : 0;  // some are wrong
            for (std::uint32_t k = 0; k < 3; ++k) {
                const double unknown = below(7, 2 + i, k);
                terms.push_back({static_cast<Index>(unknown), below(5, 6 + i, k) - 1});
                value += terms.back().weight * truth[static_cast<std::size_t>(unknown)];
            }
            knowledge.add_published(terms, value, 0.5 * below(3, 11, i));
        }
        const LinearConstraints whole = knowledge.constraints();
        const Inference found = infer(whole);
        if (!found.contradictions.empty()) {
            ++contradictory;
            const Eigen::VectorXd nothing = Eigen::VectorXd::Zero(7);
            const auto answer = solve_linear_program(whole, nothing, Goal::minimise);
            if (answer.status != LinearProgramStatus::infeasible) ++differing;
            continue;
        }
        for (Index j = 0; j < 7; ++j) {
            const Eigen::VectorXd cost = Eigen::VectorXd::Unit(7, j);
            const InferredInterval& interval = found.intervals[static_cast<std::size_t>(j)];
            if (!is(interval, solve_linear_program(whole, cost, Goal::minimise).objective,
                    solve_linear_program(whole, cost, Goal::maximise).objective))
                ++differing;
            if (interval.width() < whole.upper[j] - whole.lower[j]) ++narrowed;
        }
    }
    CHECK(differing == 0);
    CHECK(contradictory > 2);
    CHECK(narrowed > 100);
}

TEST_CASE("Inference: the order of lines changes no limit") {
    using thuocdo::numeric::LinearConstraints;
    const LinearConstraints given = ranked_units(3, 20, 0.3).constraints();
    const LinearConstraints turned{given.coefficients.reverse(), given.row_lower.reverse(),
                                   given.row_upper.reverse(), given.lower.reverse(),
                                   given.upper.reverse()};
    const Inference a = infer(given);
    const Inference b = infer(turned);
    int differing = 0;
    for (std::size_t j = 0; j < a.intervals.size(); ++j) {
        const InferredInterval& other = b.intervals[a.intervals.size() - 1 - j];
        if (!is(a.intervals[j], other.lower, other.upper)) ++differing;
    }
    CHECK(differing == 0);
}

TEST_CASE("Inference: only what is asked for is answered, and a run can be cancelled") {
    InferenceOptions options;
    options.wanted = {1};
    double last = 0.0;
    options.progress = [&last](double done) {
        last = done;
        return true;
    };
    const Inference found = infer(pillar(false, 1).constraints(), options);
    CHECK(std::isnan(found.intervals[0].lower));
    CHECK(is(found.intervals[1], 42.7, 100));
    CHECK(last == 1.0);
    options.progress = [](double) { return false; };
    CHECK_THROWS_AS((void)infer(pillar(false, 1).constraints(), options), thuocdo::Cancelled);
    options.wanted = {1, 2, -1};
    try {
        (void)infer(pillar(false, 1).constraints(), options);
        FAIL("accepted");
    } catch (const thuocdo::NumericError& error) {
        CHECK(error.problems().size() == 2);
    }
    Knowledge knowledge;
    knowledge.add_row(Terms{{0}}, 0, 1);
    CHECK_THROWS_AS((void)knowledge.constraints(), thuocdo::NumericError);
}

}  // namespace inference_tests
