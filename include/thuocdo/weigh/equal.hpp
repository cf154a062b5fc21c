#pragma once
/// @file
/// Equal weights.

#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

/// 1 / count for each of `count` indicators.
/// @throws NumericError when count < 1.
/// Complexity: O(count). Source: OECD/JRC handbook (2008), step 6.
[[nodiscard]] inline Eigen::VectorXd equal(Index count) {
    if (count < 1) {
        throw NumericError("no weights without indicators",
                           {Problem{"no_indicator", "argument \"count\"", std::to_string(count),
                                    "1 or more", ""}});
    }
    return detail::equal_shares(count);
}

}  // namespace thuocdo::weigh
