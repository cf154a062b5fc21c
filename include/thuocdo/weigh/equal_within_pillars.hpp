#pragma once
/// @file
/// Equal weights of pillars, and of indicators inside each pillar.

#include <thuocdo/weigh/detail/complete_rows.hpp>

namespace thuocdo::weigh {

/// What equal_within_pillars() finds.
struct PillarWeights {
    /// One an indicator; the sum is 1.
    Eigen::VectorXd weights;
    /// The pillar numbers that occur, ascending.
    std::vector<Index> pillars;
    /// How many indicators each of them has.
    std::vector<Index> sizes;
};

/// 1 / (number of pillars * size of the indicator's pillar): every pillar has the
/// same weight however many indicators it has.
///
/// @param pillar_of number of the pillar of each indicator; any numbers serve as
///        names, equal numbers are one pillar.
/// @throws NumericError when there is no indicator.
/// Complexity: O(indicators log indicators). Source: OECD/JRC handbook (2008),
/// step 6, on equal weights by dimension.
[[nodiscard]] inline PillarWeights equal_within_pillars(std::span<const Index> pillar_of) {
    if (pillar_of.empty()) {
        throw NumericError("no weights without indicators",
                           {Problem{"no_indicator", "argument \"pillar_of\"", "no entry",
                                    "one entry an indicator", ""}});
    }
    PillarWeights result;
    result.pillars.assign(pillar_of.begin(), pillar_of.end());
    std::sort(result.pillars.begin(), result.pillars.end());
    result.pillars.erase(std::unique(result.pillars.begin(), result.pillars.end()),
                         result.pillars.end());
    const auto place_of = [&](Index pillar) {
        return static_cast<std::size_t>(
            std::lower_bound(result.pillars.begin(), result.pillars.end(), pillar) -
            result.pillars.begin());
    };
    result.sizes.assign(result.pillars.size(), 0);
    for (const Index pillar : pillar_of) ++result.sizes[place_of(pillar)];
    result.weights.resize(static_cast<Index>(pillar_of.size()));
    const auto pillar_count = static_cast<Index>(result.pillars.size());
    for (std::size_t j = 0; j < pillar_of.size(); ++j) {
        result.weights[static_cast<Index>(j)] =
            1.0 / static_cast<double>(pillar_count * result.sizes[place_of(pillar_of[j])]);
    }
    return result;
}

}  // namespace thuocdo::weigh
