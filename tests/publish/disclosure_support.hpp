#pragma once
// Boards and rules for tests of disclosure.

#include <thuocdo/publish/disclosure_audit.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <string>
#include <support/build.hpp>
#include <utility>
#include <vector>

namespace disclosure_support {

using namespace thuocdo::publish;
using testing_support::definition;
using testing_support::group;
using testing_support::leaf;
using testing_support::panel;
using testing_support::points_leaf;
using thuocdo::DataError;
using thuocdo::Index;
using thuocdo::IndexModel;
using thuocdo::ModelDefinition;
using thuocdo::NodeDefinition;
using thuocdo::Role;
using thuocdo::Rounding;
using thuocdo::Scoreboard;
using thuocdo::Visibility;
using Cells = std::initializer_list<std::pair<const char*, const char*>>;

/// A percentage from 0 to 100, scored as it is.
inline NodeDefinition percent(const std::string& code, double weight = 1.0) {
    NodeDefinition node = leaf(code, thuocdo::rule::AsIs{}, weight);
    node.unit = "%";
    return node;
}

inline NodeDefinition mean(const std::string& code, std::vector<NodeDefinition> children,
                           double weight = 1.0) {
    return group(code, thuocdo::aggregation::Arithmetic{}, std::move(children), weight);
}

inline Scoreboard board_of(const ModelDefinition& of, const std::vector<std::string>& indicators,
                           const std::vector<std::vector<double>>& rows) {
    return thuocdo::score(IndexModel(of), panel(indicators, rows));
}

inline VisibilityRules withhold(Cells cells, std::vector<PrintedDigits> digits = {}) {
    VisibilityRules rules;
    for (const auto& [unit, node] : cells)
        rules.cells.push_back({unit, node, Visibility::restricted});
    rules.digits = std::move(digits);
    return rules;
}

inline AudienceView open_view(const Scoreboard& board, VisibilityRules rules) {
    return AudienceView(board, Visibility::open, std::move(rules));
}

inline const WithheldFigure& figure(const DisclosureAudit& audit, const AudienceView& view,
                                    const std::string& unit, const std::string& node) {
    const WithheldFigure* found =
        audit.find(*view.board().units().find(unit), *view.board().model().find(node));
    REQUIRE(found != nullptr);
    return *found;
}

inline bool is(const WithheldFigure& figure, double lower, double upper) {
    const bool same =
        std::abs(figure.lower - lower) < 1e-6 && std::abs(figure.upper - upper) < 1e-6;
    if (!same) MESSAGE("found ", figure.lower, " to ", figure.upper);
    return same;
}

inline bool says(const WithheldFigure& figure, const std::string& words) {
    for (const std::string& line : figure.why())
        if (line.find(words) != std::string::npos) return true;
    std::string all;
    for (const std::string& line : figure.why()) all += line + " | ";
    MESSAGE("not in: ", all);
    return false;
}

}  // namespace disclosure_support
