#pragma once
/// @file
/// Steps to publish less, and which of them a search may take.

#include <thuocdo/config.hpp>
#include <thuocdo/publish/relaxation.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace thuocdo::publish {

/// Which steps a search may take. All cost the same.
struct ProposalOptions {
    bool cells = true;
    bool totals = true;
    bool ranks = true;
    bool bands = true;
    /// Nodes printed with fewer decimals than now, down to none.
    bool coarser = true;
    SuppressionOptions search{};
};

/// One thing less to publish.
struct DisclosureStep {
    enum class Kind {
        cell,     ///< the result of `node` for `unit`; of the root, the total
        ranks,    ///< the ranks of all units
        band,     ///< the band of `unit`
        coarser,  ///< all results of `node`, with `digits` decimals
    };
    Kind kind = Kind::cell;
    Index unit = -1;
    Index node = -1;
    int digits = 0;

    friend bool operator==(const DisclosureStep&, const DisclosureStep&) = default;
};

struct DisclosureProposal {
    std::vector<DisclosureStep> steps{};
    /// Whether `steps` is proved to be smallest.
    SuppressionMethod method = SuppressionMethod::exact;
    /// No fewer steps are enough.
    std::size_t lower_bound = 0;
    /// Figures that are still not safe after the steps.
    std::size_t unsafe = 0;

    [[nodiscard]] bool is_sufficient() const noexcept { return unsafe == 0; }
};

}  // namespace thuocdo::publish
