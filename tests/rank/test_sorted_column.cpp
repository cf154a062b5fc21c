// What PROMETHEE is made of: sorting of columns, fixed points.
#include <thuocdo/rank/detail/criterion_flows.hpp>
#include <thuocdo/rank/detail/sorted_column.hpp>

#include <algorithm>

#include "support.hpp"

namespace rank_tests {

namespace sorted_column_tests {

using thuocdo::Index;
namespace detail = thuocdo::rank::detail;

void check_sorted(detail::SortedColumn& sorted, const Numbers& values, bool negate) {
    const auto count = static_cast<Index>(values.size());
    sorted.sort(values.data(), thuocdo::numeric::value_range(values.data(), count), negate);
    Numbers expected = values;
    if (negate)
        for (double& value : expected) value = -value;
    std::vector<bool> seen(values.size(), false);
    bool rows_fit = true;
    for (std::size_t k = 0; k < values.size(); ++k) {
        const std::size_t row = sorted.rows()[k];
        rows_fit = rows_fit && !seen[row] && expected[row] == sorted.values()[k];
        seen[row] = true;
    }
    CHECK(rows_fit);
    std::sort(expected.begin(), expected.end());
    CHECK(std::equal(expected.begin(), expected.end(), sorted.values()));
}

}  // namespace sorted_column_tests

TEST_CASE("Sorted column: as std::sort, whatever the values, with scratch used again") {
    using namespace sorted_column_tests;
    testing_support::Random random(5);
    for (const std::size_t size : {1U, 2U, 47U, 48U, 49U, 500U, 5000U}) {
        CAPTURE(size);
        detail::SortedColumn sorted(static_cast<Index>(size));
        Numbers plain(size);
        Numbers ties(size);
        Numbers outlier(size);
        Numbers wide(size);
        Numbers tiny(size);
        Numbers ends(size);
        for (std::size_t i = 0; i < size; ++i) {
            plain[i] = random.between(-1.0, 1.0);
            ties[i] = std::round(random.between(0.0, 9.0));
            outlier[i] = i == size / 2 ? 1e30 : random.between(-1.0, 1.0);
            wide[i] = std::ldexp(random.between(-1.0, 1.0),
                                 static_cast<int>(random.bits() % 2000) - 1000);
            tiny[i] = static_cast<double>(random.bits() % 1000) * 5e-324;
            ends[i] = random.between(-1.79e308, 1.79e308);
        }
        for (const bool negate : {false, true})
            for (const Numbers& values :
                 {plain, ties, outlier, wide, tiny, ends, Numbers(size, 3.5)})
                check_sorted(sorted, values, negate);
    }
}

TEST_CASE("Fixed points: nearest multiple, modulo 2^64") {
    using namespace sorted_column_tests;
    const detail::FixedPoint quarters(2);
    CHECK(quarters.of(1.0) == 4);
    CHECK(quarters.of(-1.0) == std::uint64_t{0} - 4);
    CHECK(quarters.of(0.0) == 0);
    CHECK(quarters.of(-0.0) == 0);
    CHECK(quarters.of(0.3) == 1);
    CHECK(quarters.of(0.4) == 2);
    CHECK(quarters.of(-0.4) == std::uint64_t{0} - 2);
    CHECK(quarters.of(0.1) == 0);
    CHECK(quarters.of(5e-324) == 0);
    CHECK(quarters.of(std::ldexp(1.0, 61)) == std::uint64_t{1} << 63);
    CHECK(quarters.of(std::ldexp(1.0, 62)) == 0);
    CHECK(quarters.of(std::ldexp(3.0, 61)) == std::uint64_t{1} << 63);
    CHECK(quarters.of(1e300) == 0);
    // Far beyond 2^64, differences of near values are still exact.
    const detail::FixedPoint fine(60);
    const double large = 1e6;
    CHECK(fine.of(large + 0.5) - fine.of(large) == std::uint64_t{1} << 59);
    CHECK(detail::FixedPoint(1074).of(3 * 5e-324) == 3);
}

}  // namespace rank_tests
