#pragma once
/// @file
/// What an audit of a publication takes into account, and what it demands.

#include <thuocdo/model/definition.hpp>
#include <thuocdo/publish/audience_view.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo::publish {

/// Figures of parents or the nation that are published beside the board.
struct PublishedRollUp {
    RollUp rule{};
    /// Decimals with which they are printed; nothing: all digits.
    std::optional<int> digits{};
    /// Codes of nodes, of which the root stands for the total; empty: all that the model lets
    /// the audience see.
    std::vector<std::string> nodes{};

    friend bool operator==(const PublishedRollUp&, const PublishedRollUp&) = default;
};

/// A node for which other widths or limits hold.
struct NodeSafety {
    std::string node;
    /// Width in the unit of the result; nothing: the share of the scale.
    std::optional<double> width{};
    /// Limits of results that everybody knows, beyond those of the model.
    std::optional<double> at_least{};
    std::optional<double> at_most{};

    friend bool operator==(const NodeSafety&, const NodeSafety&) = default;
};

struct AuditOptions {
    /// Width that the interval of each withheld result must have, as a share of its scale: of
    /// the points of its node, or else of its domain, or else of the range of its results.
    double safe_width = 0.1;
    std::vector<NodeSafety> nodes{};
    /// Values of shown leaves are published with all their digits, so that the reader knows the
    /// results too, however they are printed. False where no more than the results is.
    bool values_in_full = true;
    std::vector<PublishedRollUp> roll_ups{};
    /// Other publications that the reader has, of earlier periods, versions or models.
    std::vector<AudienceView> earlier{};
    /// Told the share done; false cancels.
    std::function<bool(double)> progress{};
};

}  // namespace thuocdo::publish
