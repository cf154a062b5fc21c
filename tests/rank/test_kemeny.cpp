// Kemeny's order against all orders, against dynamic programming, and its certificate
// against attempts to break it.
#include <thuocdo/rank/kemeny.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "support.hpp"

namespace rank_tests {

namespace kemeny_tests {

namespace rank = thuocdo::rank;
using testing_support::Random;
using thuocdo::Index;
using Order = std::vector<Index>;

/// Ranks drawn by repeated insertion: each alternative goes k places before the last with
/// a probability that falls by `spread` each (1 is uniform; Mallows' model).
Eigen::MatrixXd drawn_rankings(Index n, Index judges, double spread, std::uint64_t seed) {
    Random random(seed);
    Eigen::MatrixXd x(n, judges);
    for (Index j = 0; j < judges; ++j) {
        Order order;
        for (Index i = 0; i < n; ++i) {
            std::size_t places = 0;
            while (places < order.size() &&
                   random.chance(spread * (1.0 - 1.0 / static_cast<double>(
                                                           i + 1 - static_cast<Index>(places)))))
                ++places;
            order.insert(order.end() - static_cast<std::ptrdiff_t>(places), i);
        }
        for (std::size_t p = 0; p < order.size(); ++p) x(order[p], j) = static_cast<double>(p + 1);
    }
    return x;
}

/// Ranks from 1 to `levels`, so ties abound.
Eigen::MatrixXd tied_rankings(Index n, Index judges, std::size_t levels, std::uint64_t seed) {
    Random random(seed);
    Eigen::MatrixXd x(n, judges);
    for (Index j = 0; j < judges; ++j)
        for (Index i = 0; i < n; ++i) x(i, j) = static_cast<double>(1 + random.below(levels));
    return x;
}

/// Distance counted pair by pair and ranking by ranking.
double naive_distance(const Eigen::MatrixXd& x, const Order& order, const Numbers& weights) {
    double total = 0.0;
    for (std::size_t p = 0; p < order.size(); ++p)
        for (std::size_t q = p + 1; q < order.size(); ++q)
            for (Index j = 0; j < x.cols(); ++j)
                if (x(order[p], j) > x(order[q], j))
                    total += weights.empty() ? 1.0 : weights[static_cast<std::size_t>(j)];
    return total;
}

struct AllOrders {
    double least = std::numeric_limits<double>::infinity();
    int how_many = 0;
};

AllOrders try_all(const Eigen::MatrixXd& x, const Numbers& weights) {
    Order order(static_cast<std::size_t>(x.rows()));
    std::iota(order.begin(), order.end(), Index{0});
    AllOrders all;
    do {
        const double distance = naive_distance(x, order, weights);
        if (distance < all.least - 1e-9) all = {distance, 0};
        if (distance < all.least + 1e-9) ++all.how_many;
    } while (std::next_permutation(order.begin(), order.end()));
    return all;
}

/// Least distance by dynamic programming over sets: the set in front, then one more.
double least_by_sets(const Eigen::MatrixXd& x) {
    const auto n = static_cast<std::size_t>(x.rows());
    std::vector<std::vector<int>> after(n, std::vector<int>(n, 0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < n; ++k)
            for (Index j = 0; j < x.cols(); ++j)
                after[i][k] += x(static_cast<Index>(i), j) > x(static_cast<Index>(k), j) ? 1 : 0;
    std::vector<int> least(std::size_t{1} << n, std::numeric_limits<int>::max());
    least[0] = 0;
    for (std::size_t set = 0; set < least.size(); ++set) {
        for (std::size_t next = 0; next < n; ++next) {
            if ((set >> next & 1U) != 0) continue;
            int cost = least[set];
            for (std::size_t i = 0; i < n; ++i)
                if ((set >> i & 1U) != 0) cost += after[i][next];
            int& found = least[set | std::size_t{1} << next];
            found = std::min(found, cost);
        }
    }
    return least.back();
}

void check_optimal(const Eigen::MatrixXd& x, const rank::KemenyResult& found,
                   const Numbers& weights = {}) {
    const auto verified = rank::verify_kemeny(x, found.order, found.certificate, weights);
    CAPTURE(verified.reason);
    CHECK(found.optimal);
    CHECK(found.lower_bound == found.distance);
    CHECK(verified.sound);
    CHECK(verified.optimal);
    CHECK(verified.distance == found.distance);
    CHECK(verified.lower_bound == found.distance);
    for (std::size_t p = 0; p < found.order.size(); ++p)
        CHECK(found.scores[found.order[p]] == static_cast<double>(p + 1));
}

}  // namespace kemeny_tests

TEST_CASE("Kemeny: the capital of Tennessee") {
    using namespace kemeny_tests;
    // Memphis, Nashville, Chattanooga, Knoxville; the distances of their voters.
    const auto x = matrix_of({{1, 4, 4, 4}, {2, 1, 3, 3}, {3, 2, 1, 2}, {4, 3, 2, 1}});
    const Numbers weights{42, 26, 15, 17};
    const auto found = rank::kemeny(x, weights);
    CHECK(found.order == Order{1, 2, 3, 0});
    // 600 pairs of voters, 393 of them with the order.
    CHECK(found.distance == 207.0);
    CHECK(found.uniqueness == rank::Uniqueness::unique);
    check_optimal(x, found, weights);
}

TEST_CASE("Kemeny: least of all orders, and whether it is the only one") {
    using namespace kemeny_tests;
    int ties = 0;
    int single = 0;
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
        CAPTURE(seed);
        const auto n = static_cast<Index>(2 + seed % 6);
        const auto judges = static_cast<Index>(1 + seed % 7);
        const Eigen::MatrixXd x = seed % 3 == 0 ? tied_rankings(n, judges, 4, seed)
                                                : drawn_rankings(n, judges, 1.0, seed);
        Numbers weights;
        Random random(seed);
        if (seed % 2 == 0)
            for (Index j = 0; j < judges; ++j)
                weights.push_back(seed % 4 == 0
                                      ? static_cast<double>(1 + random.below(3)) / 10.0
                                      : static_cast<double>(1 + random.below(999'999'999)) / 1e9);
        const AllOrders all = try_all(x, weights);
        const auto found = rank::kemeny(x, weights);
        CHECK(std::abs(found.distance - all.least) < 1e-9);
        CHECK(std::abs(naive_distance(x, found.order, weights) - all.least) < 1e-9);
        CHECK(found.uniqueness ==
              (all.how_many == 1 ? rank::Uniqueness::unique : rank::Uniqueness::not_unique));
        check_optimal(x, found, weights);
        (all.how_many == 1 ? single : ties) += 1;
    }
    CHECK(ties > 20);
    CHECK(single > 20);
    const Eigen::MatrixXd eight = drawn_rankings(8, 4, 1.0, 5);
    CHECK(rank::kemeny(eight).distance == try_all(eight, {}).least);
}

TEST_CASE("Kemeny: least by dynamic programming over sets") {
    using namespace kemeny_tests;
    for (std::uint64_t seed = 0; seed < 24; ++seed) {
        CAPTURE(seed);
        const auto n = static_cast<Index>(9 + seed % 6);
        const auto judges = static_cast<Index>(3 + seed % 5);
        const Eigen::MatrixXd x = seed % 2 == 0 ? drawn_rankings(n, judges, 1.0, seed)
                                                : tied_rankings(n, judges, 5, seed);
        const auto found = rank::kemeny(x);
        CHECK(found.distance == least_by_sets(x));
        check_optimal(x, found);
    }
}

TEST_CASE("Kemeny: 34 alternatives and 20 rankings, proven") {
    using namespace kemeny_tests;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        CAPTURE(seed);
        for (const double spread : {1.0, 0.95, 0.7}) {
            const Eigen::MatrixXd x = drawn_rankings(34, 20, spread, seed);
            const auto found = rank::kemeny(x);
            CHECK(found.distance == naive_distance(x, found.order, {}));
            check_optimal(x, found);
        }
    }
    // Three rankings have the widest gap of the relaxation, so here the cases count.
    std::int64_t cases = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Eigen::MatrixXd x = drawn_rankings(40, 3, 1.0, seed);
        const auto found = rank::kemeny(x, {}, {.decide_uniqueness = false});
        check_optimal(x, found);
        cases = std::max(cases, found.cases);
    }
    CHECK(cases > 2);
}

TEST_CASE("Kemeny: the distance does not depend on the order of rows") {
    using namespace kemeny_tests;
    const Eigen::MatrixXd x = drawn_rankings(20, 6, 1.0, 11);
    const auto found = rank::kemeny(x);
    const auto turned = rank::kemeny(x.colwise().reverse());
    CHECK(turned.distance == found.distance);
    CHECK(turned.optimal);
}

TEST_CASE("Kemeny: extremes") {
    using namespace kemeny_tests;
    const auto one = rank::kemeny(matrix_of({{1, 1}}));
    CHECK(one.order == Order{0});
    CHECK(one.distance == 0.0);
    CHECK(one.uniqueness == rank::Uniqueness::unique);
    check_optimal(matrix_of({{1, 1}}), one);

    // A tie costs nothing either way, and then the order of rows decides.
    const auto tied = matrix_of({{1}, {1}, {1}});
    const auto level = rank::kemeny(tied);
    CHECK(level.order == Order{0, 1, 2});
    CHECK(level.distance == 0.0);
    CHECK(level.uniqueness == rank::Uniqueness::not_unique);
    check_optimal(tied, level);

    const auto single = rank::kemeny(matrix_of({{3}, {1}, {2}}));
    CHECK(single.order == Order{1, 2, 0});
    CHECK(single.groups == std::vector<Order>{{1}, {2}, {0}});

    // 0.1 and 0.2 together balance 0.3, so that no majority is left.
    const auto pair = matrix_of({{2, 2, 1}, {1, 1, 2}});
    const auto balance = rank::kemeny(pair, Numbers{0.1, 0.2, 0.3});
    CHECK(balance.order == Order{0, 1});
    CHECK(balance.distance == 0.3);
    CHECK(balance.uniqueness == rank::Uniqueness::not_unique);

    // Condorcet's cycle: any rotation costs 4 of 9.
    const auto circle = matrix_of({{1, 2, 3}, {2, 3, 1}, {3, 1, 2}});
    const auto cyclic = rank::kemeny(circle);
    CHECK(cyclic.distance == 4.0);
    CHECK(cyclic.groups.size() == 1);
    CHECK(cyclic.uniqueness == rank::Uniqueness::not_unique);
    check_optimal(circle, cyclic);
}

TEST_CASE("Kemeny: progress and stopping") {
    using namespace kemeny_tests;
    const Eigen::MatrixXd x = drawn_rankings(100, 3, 1.0, 3);
    Numbers shares;
    const auto stopped = rank::kemeny(x, {}, {.progress = [&](double share) {
                                          shares.push_back(share);
                                          return shares.size() < 3;
                                      }});
    CHECK(shares.size() == 3);
    CHECK_FALSE(stopped.optimal);
    CHECK(stopped.uniqueness == rank::Uniqueness::unknown);
    CHECK(stopped.lower_bound < stopped.distance);
    // The part that was proven until then is in the certificate.
    const auto verified = rank::verify_kemeny(x, stopped.order, stopped.certificate);
    CHECK(verified.sound);
    CHECK_FALSE(verified.optimal);
    CHECK(verified.lower_bound == stopped.lower_bound);
    CHECK(verified.distance == stopped.distance);
    const auto at_once = rank::kemeny(x, {}, {.most_updates = 0});
    CHECK_FALSE(at_once.optimal);
    CHECK(at_once.lower_bound < stopped.lower_bound);
    CHECK(rank::verify_kemeny(x, at_once.order, at_once.certificate).lower_bound ==
          at_once.lower_bound);
    // Stopped between the cases of a search, which ends after 10 million.
    const Eigen::MatrixXd smaller = drawn_rankings(60, 3, 1.0, 2);
    const auto half = rank::kemeny(smaller, {}, {.most_updates = 8'500'000});
    const auto half_verified = rank::verify_kemeny(smaller, half.order, half.certificate);
    CHECK(half.cases > 1);
    CHECK_FALSE(half.optimal);
    CHECK(half_verified.sound);
    CHECK(half_verified.lower_bound == half.lower_bound);
    CHECK(half.lower_bound > rank::kemeny(smaller, {}, {.most_updates = 0}).lower_bound);
    const auto few = rank::kemeny(x, {}, {.most_cycles = 1'000});
    CHECK_FALSE(few.optimal);
    CHECK(rank::verify_kemeny(x, few.order, few.certificate).lower_bound == few.lower_bound);

    shares.clear();
    const auto finished =
        rank::kemeny(drawn_rankings(40, 21, 1.0, 2), {}, {.progress = [&](double share) {
                         shares.push_back(share);
                         return true;
                     }});
    CHECK(finished.optimal);
    CHECK(std::is_sorted(shares.begin(), shares.end()));
    CHECK(shares.front() >= 0.0);
    CHECK(shares.back() == 1.0);
}

TEST_CASE("Kemeny: many alternatives get a good order and a sound bound") {
    using namespace kemeny_tests;
    const Eigen::MatrixXd x = drawn_rankings(400, 9, 1.0, 8);
    const auto found = rank::kemeny(x);
    CHECK(found.distance == naive_distance(x, found.order, {}));
    CHECK_FALSE(found.optimal);
    CHECK(found.lower_bound < found.distance);
    CHECK(found.lower_bound > 0.9 * found.distance);
    const auto verified = rank::verify_kemeny(x, found.order, found.certificate);
    CHECK(verified.sound);
    CHECK(verified.lower_bound == found.lower_bound);
    // No move of one alternative helps.
    rank::detail::MarginMatrix margins;
    margins.size = 400;
    for (Index i = 0; i < 400; ++i)
        for (Index k = 0; k < 400; ++k) {
            std::int64_t margin = 0;
            for (Index j = 0; j < 9; ++j)
                margin += (x(i, j) < x(k, j) ? 1 : 0) - (x(i, j) > x(k, j) ? 1 : 0);
            margins.margins.push_back(margin);
        }
    for (std::size_t p = 0; p < 400; ++p)
        CHECK(rank::detail::best_insertion(margins, found.order, p).change == 0);
    // Where the majorities agree with an order it is found and proven at any size.
    const auto clear = rank::kemeny(drawn_rankings(400, 1, 1.0, 4));
    CHECK(clear.optimal);
    CHECK(clear.distance == 0.0);
    CHECK(clear.uniqueness == rank::Uniqueness::unique);
}

TEST_CASE("Kemeny: a false proof is found out") {
    using namespace kemeny_tests;
    const Eigen::MatrixXd x = drawn_rankings(40, 3, 1.0, 2);
    const auto found = rank::kemeny(x, {}, {.decide_uniqueness = false});
    REQUIRE(found.optimal);
    const auto verify = [&](const rank::KemenyCertificate& certificate) {
        return rank::verify_kemeny(x, found.order, certificate);
    };
    REQUIRE(verify(found.certificate).optimal);
    std::size_t largest = 0;
    for (std::size_t k = 0; k < found.certificate.parts.size(); ++k)
        if (found.certificate.parts[k].members.size() >
            found.certificate.parts[largest].members.size())
            largest = k;
    const auto changed = [&](auto&& change) {
        rank::KemenyCertificate certificate = found.certificate;
        change(certificate.parts[largest]);
        return verify(certificate);
    };
    using Part = rank::PartProof;
    // Heavier cycles pay more and take more out: the bound can only be what holds.
    const auto heavier = changed([](Part& part) {
        for (auto& bound : part.bounds)
            for (auto& cycle : bound) cycle.weight *= 2;
    });
    CHECK(heavier.lower_bound < found.distance);
    CHECK_FALSE(heavier.optimal);
    const auto lighter = changed([](Part& part) {
        for (auto& bound : part.bounds) bound.clear();
    });
    CHECK_FALSE(lighter.optimal);
    const auto refused = [&](auto&& change) {
        const auto answer = changed(change);
        CHECK_FALSE(answer.sound);
        CHECK_FALSE(answer.optimal);
        CHECK(answer.lower_bound < found.distance);
        return answer.reason;
    };
    CHECK(refused([](Part& part) { part.steps.pop_back(); }) == "a case without an end");
    CHECK(refused([](Part& part) {
              part.steps.push_back({false, 0, 0});
          }) == "steps after the last case");
    CHECK(refused([](Part& part) { part.bounds.front().front().weight = -1; }) ==
          "a cycle that is none, or whose weight is out of range");
    CHECK(refused([](Part& part) {
              part.bounds.front().front().weight = std::numeric_limits<std::int64_t>::max();
          }) == "a cycle that is none, or whose weight is out of range");
    CHECK(refused([](Part& part) {
              part.bounds.front().front().b = part.bounds.front().front().a;
          }) == "a cycle that is none, or whose weight is out of range");
    CHECK(refused([](Part& part) { part.bounds.front().front().c = 40; }) ==
          "a cycle that is none, or whose weight is out of range");
    CHECK(refused([](Part& part) { part.steps.front().first = 100'000; }) ==
          "a step that names what is not there");
    CHECK(refused([](Part& part) { part.members.pop_back(); }) ==
          "parts that do not have every alternative once");
    CHECK(refused([](Part& part) { part.members[0] = part.members[1]; }) ==
          "parts that do not have every alternative once");
    CHECK(refused([](Part& part) { part.scale_bits = 31; }) == "a scale out of range");
    CHECK_FALSE(verify({}).sound);
    // The side of a case that was left open may not be skipped.
    const auto one_sided = changed([](Part& part) {
        part.steps.clear();
        part.steps.push_back({true, 0, 1});
        part.steps.push_back({false, 0, 0});
        part.steps.push_back({false, 0, 0});
    });
    CHECK_FALSE(one_sided.optimal);
    // A worse order is not proven by the certificate of the best.
    Order worse = found.order;
    std::swap(worse.front(), worse.back());
    const auto other = rank::verify_kemeny(x, worse, found.certificate);
    CHECK(other.sound);
    CHECK_FALSE(other.optimal);
    CHECK(other.distance > other.lower_bound);
    CHECK(problems([&] {
              static_cast<void>(rank::verify_kemeny(x, {0, 0}, found.certificate));
          }) == Strings{"not_an_order argument \"order\""});
}

TEST_CASE("Kemeny: refusals") {
    using namespace kemeny_tests;
    const auto x = matrix_of({{1, 2}, {2, 1}});
    CHECK(problems([&] {
              static_cast<void>(
                  rank::kemeny(matrix_of({{1, std::nan("")}, {HUGE_VAL, 1}}), Numbers{1.0, -1.0}));
          }) == Strings{"weight_out_of_range weights[1]",
                        "infinite_value row 1, column 0 (counted from 0)",
                        "missing_value row 0, column 1 (counted from 0)"});
    CHECK(problems([&] { static_cast<void>(rank::kemeny(Eigen::MatrixXd(0, 2))); }) ==
          Strings{"no_alternative argument \"rankings\""});
    CHECK(problems([&] { static_cast<void>(rank::kemeny(Eigen::MatrixXd(2, 0))); }) ==
          Strings{"no_ranking argument \"rankings\""});
    CHECK(problems([&] { static_cast<void>(rank::kemeny(x, Numbers{1.0})); }) ==
          Strings{"size_mismatch argument \"weights\""});
    CHECK(problems([&] {
              static_cast<void>(rank::kemeny(x, Numbers{0.0, 0.0}));
          }) == Strings{"no_weight argument \"weights\""});
    CHECK(problems([&] {
              static_cast<void>(rank::kemeny(x, Numbers{1.0 / 3.0, 1.0}));
          }) == Strings{"weights_too_fine argument \"weights\""});
    CHECK(problems([&] {
              static_cast<void>(rank::kemeny(x, Numbers{1e300, 1.0}));
          }) == Strings{"weights_too_fine argument \"weights\""});
    CHECK(problems([&] { static_cast<void>(rank::kemeny(Eigen::MatrixXd::Ones(4097, 1))); }) ==
          Strings{"too_many_alternatives argument \"rankings\""});
    CHECK(problems([&] {
              static_cast<void>(rank::kemeny(x, {}, {.most_updates = -1, .most_cycles = -1}));
          }) == Strings{"option_out_of_range options.most_updates",
                        "option_out_of_range options.most_cycles"});
}

}  // namespace rank_tests
