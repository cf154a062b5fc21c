// The places of DrawRanker are the ranks of rank::ranks, which sorts in another way.

#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/robust/detail/draw_ranker.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace test_draw_ranker {

using namespace thuocdo;
using robust::detail::DrawRanker;
using robust::detail::no_place;

std::uint64_t next_bits(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}
double next_uniform(std::uint64_t& state) {
    return static_cast<double>(next_bits(state) >> 11U) * 0x1p-53;
}

enum class Column { spread, tied, outlier, opposite_outliers, signed_zeros, denormal, equal, none };

Eigen::VectorXd column_of(Column kind, Index size, double missing, std::uint64_t& state) {
    Eigen::VectorXd out(size);
    for (Index i = 0; i < size; ++i) {
        const double u = next_uniform(state);
        double value = 100.0 * u - 30.0;
        if (kind == Column::tied) value = std::floor(10.0 * u) / 10.0;
        if (kind == Column::outlier && i == size / 2) value = 1e300;
        if (kind == Column::opposite_outliers && i < 2)
            value =
                i == 0 ? std::numeric_limits<double>::max() : -std::numeric_limits<double>::max();
        if (kind == Column::signed_zeros) value = u < 0.3 ? -0.0 : u < 0.6 ? 0.0 : u - 0.8;
        if (kind == Column::denormal)
            value = std::floor(50.0 * u) * std::numeric_limits<double>::denorm_min();
        if (kind == Column::equal) value = -7.25;
        const bool gone = next_uniform(state) < missing || kind == Column::none;
        out[i] = gone ? std::numeric_limits<double>::quiet_NaN() : value;
    }
    return out;
}

TEST_CASE("places are the ranks of any column, under every rule and in both orders") {
    std::uint64_t state = 57;
    for (const Index size : {0, 1, 63, 64, 65, 3000})
        for (const auto order : {numeric::Order::ascending, numeric::Order::descending})
            for (const auto rule :
                 {rank::TieRule::competition, rank::TieRule::dense, rank::TieRule::fractional}) {
                // One ranker for all columns: nothing is left over from the one before.
                DrawRanker ranker(size, rule, order);
                for (const Column kind :
                     {Column::spread, Column::tied, Column::outlier, Column::opposite_outliers,
                      Column::signed_zeros, Column::denormal, Column::equal, Column::none})
                    for (const double missing : {0.0, 0.2}) {
                        CAPTURE(size);
                        CAPTURE(static_cast<int>(kind));
                        const Eigen::VectorXd keys = column_of(kind, size, missing, state);
                        std::vector<std::uint32_t> places(static_cast<std::size_t>(size), 12345U);
                        ranker.run(keys.data(), places.data());
                        const Eigen::VectorXd ranks = rank::ranks(keys, rule, order);
                        const double halves = rule == rank::TieRule::fractional ? 2.0 : 1.0;
                        Index wrong = 0;
                        for (Index i = 0; i < size; ++i) {
                            const std::uint32_t place = places[static_cast<std::size_t>(i)];
                            const bool right = std::isnan(ranks[i]) ? place == no_place
                                                                    : static_cast<double>(place) ==
                                                                          halves * (ranks[i] - 1.0);
                            wrong += right ? 0 : 1;
                        }
                        CHECK(wrong == 0);
                    }
            }
}

}  // namespace test_draw_ranker
