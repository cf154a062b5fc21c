#pragma once
/// @file
/// What happens when a value is missing. Missing is never zero unless a model
/// says so here.

#include <array>
#include <cstddef>

namespace thuocdo {

/// Why a value is missing. A zero denominator has its own rule.
enum class MissingKind { not_applicable, not_yet_due, not_reported, confidential };

/// Number of `MissingKind`s.
inline constexpr std::size_t missing_kinds = 4;

/// What a node does with a missing value.
enum class MissingPolicy {
    renormalise,  ///< left out; the weights or points of its siblings are scaled up
    zero,         ///< the result is 0
    carry_last,   ///< the value of the previous period, marked as imputed
    peer_mean,    ///< the mean of the observed values of the cohort, marked as imputed
    refuse        ///< scoring fails and names unit and indicator
};

/// A policy for each kind of missing value.
struct MissingRule {
    std::array<MissingPolicy, missing_kinds> policies{MissingPolicy::refuse, MissingPolicy::refuse,
                                                      MissingPolicy::refuse, MissingPolicy::refuse};

    /// The same policy for every kind.
    [[nodiscard]] static constexpr MissingRule all(MissingPolicy policy) noexcept {
        MissingRule rule;
        rule.policies.fill(policy);
        return rule;
    }

    [[nodiscard]] constexpr MissingPolicy operator[](MissingKind kind) const noexcept {
        return policies[static_cast<std::size_t>(kind)];
    }

    /// Whether any kind has this policy.
    [[nodiscard]] constexpr bool uses(MissingPolicy policy) const noexcept {
        for (const MissingPolicy each : policies)
            if (each == policy) return true;
        return false;
    }

    friend constexpr bool operator==(const MissingRule&, const MissingRule&) = default;
};

/// What a leaf does when its denominator is zero.
enum class ZeroDenominatorRule {
    refuse,  ///< scoring fails and names unit and indicator
    full,    ///< the score is 1 (all points)
    zero,    ///< the score is 0
    missing  ///< treated as not reported, by the missing rule
};

}  // namespace thuocdo
