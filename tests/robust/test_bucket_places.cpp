// The places of BucketPlaces are those of a stable sort; what it cannot place it refuses.

#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/robust/detail/bucket_places.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace test_bucket_places {

using namespace thuocdo;
using robust::detail::BucketPlaces;

constexpr std::uint32_t untouched = 0xABCDEF;

/// Scores around a middle, as means of indicators are.
std::vector<double> bell(std::size_t units, std::uint32_t stage) {
    const numeric::Philox random(57);
    std::vector<double> out;
    for (std::size_t i = 0; i < units; ++i) {
        double sum = 0.0;
        for (std::uint32_t k = 0; k < 6; ++k) sum += random.uniform(i, stage, k);
        out.push_back(sum / 6.0);
    }
    return out;
}

struct Placed {
    bool done = false;
    std::vector<std::uint32_t> places;
    std::uint32_t best = 0;
};

Placed place(const std::vector<double>& keys, numeric::Order order, std::uint32_t step = 1) {
    BucketPlaces each(static_cast<Index>(keys.size()));
    Placed out;
    out.places.assign(keys.size(), untouched);
    out.done = each.run(keys.data(), order, step, out.places.data());
    out.best = each.best();
    return out;
}

bool is_refused(const std::vector<double>& keys) {
    const Placed found = place(keys, numeric::Order::descending);
    return !found.done && std::all_of(found.places.begin(), found.places.end(),
                                      [](std::uint32_t each) { return each == untouched; });
}

TEST_CASE("places of distinct scores are those of a sort, for any number of units") {
    for (const std::size_t units :
         {64U, 65U, 67U, 100U, 127U, 128U, 1023U, 1024U, 1025U, 3321U, 4096U, 20000U, 32768U})
        for (const auto order : {numeric::Order::descending, numeric::Order::ascending}) {
            CAPTURE(units);
            const std::vector<double> keys = bell(units, 3);
            std::vector<std::uint32_t> sorted(units);
            std::iota(sorted.begin(), sorted.end(), 0U);
            std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
                return order == numeric::Order::descending ? keys[a] > keys[b] : keys[a] < keys[b];
            });
            const Placed found = place(keys, order, 2);
            REQUIRE(found.done);
            CHECK(found.best == sorted.front());
            std::size_t wrong = 0;
            for (std::size_t i = 0; i < units; ++i)
                wrong += found.places[sorted[i]] == 2 * i ? 0U : 1U;
            CHECK(wrong == 0);
        }
}

TEST_CASE(
    "scores that are equal, or so near that they share a distance, are refused wherever "
    "they stand") {
    for (const std::size_t units : {64U, 100U, 4096U}) {
        const std::vector<double> keys = bell(units, 5);
        for (const std::size_t first : {std::size_t{0}, std::size_t{1}, units / 2, units - 2})
            for (const std::size_t second : {std::size_t{3}, units / 3, units - 1}) {
                if (first == second) continue;
                CAPTURE(units);
                CAPTURE(first);
                CAPTURE(second);
                std::vector<double> tied = keys;
                tied[second] = tied[first];
                CHECK(is_refused(tied));
                tied[second] = std::nextafter(tied[first], 1.0);
                const Placed near = place(tied, numeric::Order::descending);
                CHECK((!near.done || near.places[second] + 1 == near.places[first]));
            }
    }
}

TEST_CASE("missing and infinite scores, equal ones, outliers and few units are refused") {
    const std::vector<double> keys = bell(200, 7);
    for (const std::size_t at : {0U, 99U, 199U})
        for (const double odd :
             {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
              -std::numeric_limits<double>::infinity(), 1e9, -1e300}) {
            std::vector<double> changed = keys;
            changed[at] = odd;
            CHECK(is_refused(changed));
        }
    std::vector<double> apart = keys;
    apart[3] = std::numeric_limits<double>::max();
    apart[4] = -std::numeric_limits<double>::max();
    CHECK(is_refused(apart));
    CHECK(is_refused(std::vector<double>(200, 0.5)));
    CHECK(is_refused(bell(63, 1)));
    CHECK(is_refused(bell(32769, 1)));
    CHECK(is_refused({}));
}

}  // namespace test_bucket_places
