#pragma once
/// @file
/// How the root of a model is ranked.

#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/order.hpp>

#include <optional>
#include <string>
#include <vector>

namespace thuocdo {

/// What units with equal scores get.
enum class TiePolicy {
    competition,  ///< 1224
    dense,        ///< 1223
    fractional,   ///< 1, 2.5, 2.5, 4
    ordinal       ///< 1234, by tie-breakers and then by unit code
};

/// Whether a number is taken as rounded by the model or at full precision.
enum class Basis { rounded, full };

/// A node that decides between units with equal scores.
struct TieBreakerRule {
    std::string node;
    numeric::Order order = numeric::Order::descending;
    friend bool operator==(const TieBreakerRule&, const TieBreakerRule&) = default;
};

/// How units are ranked.
struct RankingRule {
    Basis on = Basis::rounded;
    /// Digits of the rank key; empty: those of the root's rounding.
    std::optional<int> digits{};
    numeric::RoundingMode mode = numeric::RoundingMode::half_up;
    numeric::Order order = numeric::Order::descending;
    TiePolicy ties = TiePolicy::competition;
    std::vector<TieBreakerRule> tie_breakers{};
    /// Attributes of units inside which ranks are given too.
    std::vector<std::string> within{};

    friend bool operator==(const RankingRule&, const RankingRule&) = default;
};

}  // namespace thuocdo
