// The order of units after any moves is the one that rank::ranks finds on all units.

#include <thuocdo/live/detail/unit_order.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "support/build.hpp"

namespace unit_order_tests {

using testing_support::Random;
using thuocdo::live::detail::RankChange;
using thuocdo::live::detail::UnitOrder;
using thuocdo::numeric::Order;
using thuocdo::rank::TieBreaker;
using thuocdo::rank::TieRule;

using Units = std::vector<std::uint32_t>;
using Keys = std::vector<std::uint64_t>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr TieRule all_rules[] = {TieRule::competition, TieRule::dense, TieRule::fractional,
                                 TieRule::ordinal};

/// NaN equals NaN, and nothing else differs from its bits.
bool same(double a, double b) {
    return (a != a && b != b) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Scores and tie-breakers as columns; what the order is compared with.
struct Table {
    TieRule rule;
    Order order;
    /// The score, then the tie-breakers. Those that decide are better when smaller.
    std::vector<Eigen::VectorXd> columns;
    Units code_place;

    Table(TieRule rule_, Order order_, std::size_t keys, std::size_t units, Random& random)
        : rule(rule_),
          order(order_),
          columns(keys, Eigen::VectorXd::Zero(static_cast<Eigen::Index>(units))),
          code_place(units) {
        std::iota(code_place.begin(), code_place.end(), 0U);
        for (std::size_t k = units; k > 1; --k)
            std::swap(code_place[k - 1], code_place[random.below(k)]);
    }

    [[nodiscard]] Keys keys_of(std::uint32_t unit) const {
        Keys keys;
        for (std::size_t k = 0; k < columns.size(); ++k)
            keys.push_back(
                thuocdo::numeric::order_key(columns[k][unit], k == 0 ? order : Order::ascending));
        return keys;
    }
    [[nodiscard]] Keys keys_of(const Units& units) const {
        Keys keys;
        for (const std::uint32_t unit : units)
            for (const std::uint64_t key : keys_of(unit)) keys.push_back(key);
        return keys;
    }
    [[nodiscard]] Keys all_keys() const {
        Units units(code_place.size());
        std::iota(units.begin(), units.end(), 0U);
        return keys_of(units);
    }

    [[nodiscard]] Eigen::VectorXd ranks() const {
        std::vector<TieBreaker> breakers;
        for (std::size_t k = 1; k < columns.size(); ++k)
            breakers.push_back({columns[k], Order::ascending});
        if (rule == TieRule::ordinal) breakers.push_back({places(), Order::ascending});
        return thuocdo::rank::ranks(columns[0], rule, order, breakers);
    }
    [[nodiscard]] Eigen::VectorXd places() const {
        Eigen::VectorXd out(static_cast<Eigen::Index>(code_place.size()));
        for (std::size_t unit = 0; unit < code_place.size(); ++unit)
            out[static_cast<Eigen::Index>(unit)] = code_place[unit];
        return out;
    }

    /// Few different values, so that most units are tied; some without a score.
    void draw(std::uint32_t unit, std::size_t values, Random& random) {
        for (Eigen::VectorXd& column : columns)
            column[unit] =
                random.chance(0.15) ? missing : static_cast<double>(random.below(values));
        if (random.chance(0.1)) columns[0][unit] = -0.0;
    }

    /// Whether the whole state of `order_of` is that of the table.
    [[nodiscard]] std::string difference(const UnitOrder& found) const {
        const Eigen::VectorXd expected = ranks();
        for (std::uint32_t unit = 0; unit < code_place.size(); ++unit) {
            if (!same(found.rank(unit), expected[unit])) return "rank " + std::to_string(unit);
            if (found.at_position(found.position_of(unit)) != unit) return "position";
        }
        Units by_rank(code_place.size());
        std::iota(by_rank.begin(), by_rank.end(), 0U);
        const TieRule strict = TieRule::ordinal;
        const Eigen::VectorXd place = Table(*this).with(strict).ranks();
        std::sort(by_rank.begin(), by_rank.end(), [&](std::uint32_t a, std::uint32_t b) {
            const bool a_missing = std::isnan(place[a]);
            if (a_missing != std::isnan(place[b])) return !a_missing;
            return a_missing ? code_place[a] < code_place[b] : place[a] < place[b];
        });
        if (!std::ranges::equal(by_rank, found.order())) return "order";
        const auto ranked = static_cast<std::size_t>((place.array() == place.array()).count());
        return ranked == found.ranked_count() ? "" : "ranked count";
    }

    [[nodiscard]] Table with(TieRule other) && {
        rule = other;
        return std::move(*this);
    }
};

/// Whether `changed` names, by unit and once, just the ranks that differ.
std::string report_difference(const std::vector<double>& before, std::span<const double> after,
                              const std::vector<RankChange>& changed) {
    auto next = changed.begin();
    for (std::uint32_t unit = 0; unit < before.size(); ++unit) {
        if (same(before[unit], after[unit])) continue;
        if (next == changed.end() || next->unit != unit) return "unit " + std::to_string(unit);
        if (!same(next->before, before[unit]) || !same(next->after, after[unit])) return "values";
        ++next;
    }
    return next == changed.end() ? "" : "more than changed";
}

std::vector<double> copy(std::span<const double> values) { return {values.begin(), values.end()}; }

}  // namespace unit_order_tests

using namespace unit_order_tests;

TEST_CASE("after any moves order, ranks and reports are those of ranking all units") {
    for (std::uint64_t seed = 0; seed < 1500; ++seed) {
        Random random(seed);
        const std::size_t units = 1 + random.below(random.chance(0.1) ? 200 : 14);
        const std::size_t values = 1 + random.below(random.chance(0.3) ? 50 : 4);
        Table table(all_rules[seed % 4], random.chance(0.5) ? Order::descending : Order::ascending,
                    1 + random.below(3), units, random);
        for (std::uint32_t unit = 0; unit < units; ++unit) table.draw(unit, values, random);
        UnitOrder order(table.rule, table.columns.size());
        order.rebuild(table.all_keys(), table.code_place);
        CAPTURE(seed);
        REQUIRE(table.difference(order) == "");

        std::vector<RankChange> changed;
        for (int step = 0; step < 8; ++step) {
            CAPTURE(step);
            const std::vector<double> before = copy(order.ranks());
            changed.clear();
            if (random.chance(0.05)) {
                for (std::uint32_t unit = 0; unit < units; ++unit) table.draw(unit, values, random);
                order.replace_all(table.all_keys(), changed);
            } else {
                Units moved;
                const std::size_t most =
                    random.chance(0.1) ? units : std::min<std::size_t>(units, 4);
                for (std::size_t k = random.below(most + 1); k > 0; --k)
                    moved.push_back(static_cast<std::uint32_t>(random.below(units)));
                for (const std::uint32_t unit : moved) table.draw(unit, values, random);
                order.move(moved, table.keys_of(moved), changed);
            }
            REQUIRE(table.difference(order) == "");
            REQUIRE(report_difference(before, order.ranks(), changed) == "");
        }
    }
}

TEST_CASE("of a unit that moves twice at once the last keys count") {
    UnitOrder order(TieRule::competition, 1);
    order.rebuild(Keys{10, 20, 30}, Units{0, 1, 2});
    std::vector<RankChange> changed;
    order.move(Units{2, 2}, Keys{5, 15}, changed);
    CHECK(std::ranges::equal(order.order(), Units{0, 2, 1}));
    REQUIRE(changed.size() == 2);
    CHECK(changed[0].unit == 1);
    CHECK(changed[0].before == 2.0);
    CHECK(changed[0].after == 3.0);
    CHECK(changed[1].unit == 2);
    order.move(Units{0, 0}, Keys{99, 10}, changed);
    CHECK(changed.size() == 2);  // There and back: no rank changed.
}

TEST_CASE("one unit, none ranked, all equal, no units") {
    for (const TieRule rule : all_rules) {
        std::vector<RankChange> changed;
        UnitOrder one(rule, 1);
        one.rebuild(Keys{7}, Units{0});
        CHECK(one.rank(0) == 1.0);
        one.move(Units{0}, Keys{thuocdo::numeric::missing_key}, changed);
        CHECK(std::isnan(one.rank(0)));
        CHECK(one.ranked_count() == 0);
        CHECK(one.units_at(1.0).empty());
        REQUIRE(changed.size() == 1);
        CHECK(std::isnan(changed[0].after));

        UnitOrder equal(rule, 1);
        equal.rebuild(Keys(4, 7), Units{3, 2, 1, 0});
        CHECK(std::ranges::equal(equal.order(), Units{3, 2, 1, 0}));
        const bool ordinal = rule == TieRule::ordinal;
        CHECK(equal.rank(0) == (ordinal ? 4.0 : rule == TieRule::fractional ? 2.5 : 1.0));
        CHECK(std::ranges::equal(equal.units_at(equal.rank(0)),
                                 ordinal ? Units{0} : Units{3, 2, 1, 0}));

        UnitOrder none(rule, 2);
        none.rebuild({}, {});
        CHECK(none.order().empty());
        none.move({}, {}, changed);
        CHECK(changed.size() == 1);
    }
}

TEST_CASE("units at a rank are the ones that hold it") {
    for (const TieRule rule : all_rules) {
        UnitOrder order(rule, 1);
        order.rebuild(Keys{5, 3, 5, 9, thuocdo::numeric::missing_key}, Units{0, 1, 2, 3, 4});
        for (const double rank : {0.0, 1.0, 2.0, 2.5, 3.0, 4.0, 5.0, missing}) {
            Units expected;
            for (const std::uint32_t unit : order.order())
                if (order.rank(unit) == rank) expected.push_back(unit);
            CAPTURE(rank);
            CHECK(std::ranges::equal(order.units_at(rank), expected));
        }
    }
}

TEST_CASE(
    "100,000 units: a few moves, so many that all are sorted half way, and half of all at once") {
    constexpr std::size_t units = 100'000;
    Random random(3);
    Table table(TieRule::dense, Order::descending, 2, units, random);
    const auto draw = [&](std::uint32_t unit) {
        table.columns[0][unit] = std::floor(random.between(0.0, 2000.0));
        table.columns[1][unit] = std::floor(random.between(0.0, 50.0));
    };
    for (std::uint32_t unit = 0; unit < units; ++unit) draw(unit);
    UnitOrder order(table.rule, 2);
    order.rebuild(table.all_keys(), table.code_place);
    std::vector<RankChange> changed;
    for (const std::size_t moves : {1U, 1U, 30U, 1000U, 50000U}) {
        const std::vector<double> before = copy(order.ranks());
        Units moved;
        while (moved.size() < moves)
            moved.push_back(static_cast<std::uint32_t>(random.below(units)));
        for (const std::uint32_t unit : moved) draw(unit);
        changed.clear();
        order.move(moved, table.keys_of(moved), changed);
        REQUIRE(report_difference(before, order.ranks(), changed) == "");
    }
    const Eigen::VectorXd expected = table.ranks();
    CHECK(std::equal(expected.data(), expected.data() + units, order.ranks().begin()));
}

TEST_CASE("what does not fit is refused and changes nothing") {
    const auto code = [](auto&& call) {
        const auto problems = testing_support::problems_of<thuocdo::NumericError>(call);
        return problems.empty() ? std::string() : problems[0].code;
    };
    CHECK(code([] { UnitOrder(TieRule::dense, 0); }) == "no_key");
    UnitOrder order(TieRule::competition, 2);
    order.rebuild(Keys{1, 1, 2, 2}, Units{0, 1});
    std::vector<RankChange> changed;
    CHECK(code([&] { order.rebuild(Keys{1, 1, 2}, Units{0, 1}); }) == "size_mismatch");
    CHECK(code([&] { order.rebuild(Keys{1, 1, 2, 2}, Units{1, 1}); }) == "invalid_place");
    CHECK(code([&] { order.rebuild(Keys{1, 1, 2, 2}, Units{0, 2}); }) == "invalid_place");
    CHECK(code([&] { order.replace_all(Keys{1, 1}, changed); }) == "size_mismatch");
    CHECK(code([&] { order.move(Units{0, 2}, Keys{9, 9, 9, 9}, changed); }) == "unknown_unit");
    CHECK(code([&] { order.move(Units{0}, Keys{9}, changed); }) == "size_mismatch");
    CHECK(code([&] { (void)order.position_of(2); }) == "unknown_unit");
    CHECK(changed.empty());
    CHECK(std::ranges::equal(order.ranks(), std::vector<double>{1.0, 2.0}));
}
