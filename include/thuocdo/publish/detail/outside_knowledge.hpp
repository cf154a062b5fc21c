#pragma once
/// @file
/// Everything that the reader of one or more publications knows about their figures.

#include <thuocdo/config.hpp>
#include <thuocdo/publish/detail/node_equations.hpp>
#include <thuocdo/publish/detail/rank_lines.hpp>

#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

inline void check_audit_options(const AudienceView& view, const AuditOptions& options) {
    std::vector<Problem> problems;
    const auto check_width = [&](double width, const std::string& place) {
        if (std::isfinite(width) && width >= 0.0) return;
        problems.push_back({"invalid_width", place, numeric::shortest(width),
                            "a finite number of 0 or more", "state how wide intervals must be"});
    };
    const auto check_node = [&](const std::string& code, const std::string& place) {
        if (view.board().model().find(code)) return;
        problems.push_back({"unknown_node", place, '"' + code + '"',
                            "the code of a node of model \"" + view.board().model().id() + '"',
                            "check the spelling"});
    };
    check_width(options.safe_width, "/safe_width");
    for (std::size_t k = 0; k < options.nodes.size(); ++k) {
        const std::string place = "/nodes/" + std::to_string(k);
        check_node(options.nodes[k].node, place + "/node");
        if (options.nodes[k].width) check_width(*options.nodes[k].width, place + "/width");
        const auto node = view.board().model().find(options.nodes[k].node);
        if (!node) continue;
        for (Index unit = 0; unit < view.board().unit_count(); ++unit) {
            const double result = view.board().result(unit, *node);
            if (!(result < options.nodes[k].at_least.value_or(result)) &&
                !(result > options.nodes[k].at_most.value_or(result)))
                continue;
            problems.push_back({"limit_violated", place, "a result outside the limits",
                                "limits that all results of the node keep",
                                "state limits that everybody knows to hold"});
            break;
        }
    }
    for (std::size_t k = 0; k < options.roll_ups.size(); ++k)
        for (const std::string& code : options.roll_ups[k].nodes)
            check_node(code, "/roll_ups/" + std::to_string(k) + "/nodes");
    if (!problems.empty())
        throw DataError("the options of the audit do not fit the scoreboard", std::move(problems));
}

class OutsideKnowledge {
  public:
    /// @param keep_known all figures become unknowns, for searches of what else to withhold
    OutsideKnowledge(const AudienceView& view, const AuditOptions& options, bool keep_known)
        : lines_(!keep_known), cells_(views_of(view, options), options, lines_) {
        for (std::size_t k = 0; k < cells_.count(); ++k) {
            NodeEquations(k, cells_, lines_, keep_known).add_all();
            RankLines ranks(k, cells_, lines_, droppable_);
            ranks.add_ranks();
            ranks.add_bands();
            if (k == 0) ranks.add_roll_ups(options.roll_ups);
        }
        const AudienceView& of = cells_.view(0);
        for (Index unit = 0; unit < of.board().unit_count(); ++unit)
            for (Index node = 0; node < of.board().model().node_count(); ++node)
                if (!of.shows(unit, node) && !std::isnan(cells_.truth(0, unit, node)))
                    static_cast<void>(cells_.cell(0, unit, node));
        for (const Index cut : lines_.cut_rings()) cut_.push_back(cut);
    }
    OutsideKnowledge(const OutsideKnowledge&) = delete;
    OutsideKnowledge& operator=(const OutsideKnowledge&) = delete;

    [[nodiscard]] NamedKnowledge& lines() noexcept { return lines_; }
    [[nodiscard]] OutsideCells& cells() noexcept { return cells_; }
    [[nodiscard]] const DroppableRows& droppable() const noexcept { return droppable_; }

    /// Why the audit cannot decide a figure; empty where it can.
    [[nodiscard]] std::string undecided(Index unknown) const {
        const auto found = cells_.undecided().find(unknown);
        if (found != cells_.undecided().end()) return found->second;
        for (const Index cut : cut_)
            if (cut == unknown) return "a ring of equations that are not linear";
        return {};
    }

    /// The lines with the figures of few values as known, save one.
    [[nodiscard]] NamedKnowledge lines_but(Index open) const {
        NamedKnowledge copy = lines_;
        for (const auto& [unknown, values] : cells_.discrete())
            if (unknown != open && !copy.at(unknown).is_fixed())
                copy.fix(unknown, copy.at(unknown).name + " (taken as known)");
        return copy;
    }

  private:
    static std::vector<const AudienceView*> views_of(const AudienceView& view,
                                                     const AuditOptions& options) {
        check_audit_options(view, options);
        std::vector<const AudienceView*> views{&view};
        for (const AudienceView& each : options.earlier) views.push_back(&each);
        return views;
    }

    NamedKnowledge lines_;
    OutsideCells cells_;
    DroppableRows droppable_;
    std::vector<Index> cut_;
};

}  // namespace thuocdo::publish::detail
