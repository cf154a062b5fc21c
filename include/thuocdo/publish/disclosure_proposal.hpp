#pragma once
/// @file
/// What else to withhold, or to print more coarsely, so that withheld figures stay uncertain.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/publish/detail/proposal_search.hpp>
#include <thuocdo/publish/disclosure_audit.hpp>
#include <thuocdo/publish/publication.hpp>
#include <thuocdo/publish/suppression.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// Searches the fewest steps, of the kinds that the options admit, after which audit() finds
/// every withheld figure safe. A figure that a step withholds need not be safe itself.
///
/// Where all lines are linear and every figure is decided, suppress() searches the equations of
/// the outsider. Else steps are taken one by one, each time the one after which audit() finds
/// most, and then those that turn out not to be needed are taken back. Where neither proves
/// that no smaller set suffices, up to 2000 smaller sets are audited. So `exact` answers are
/// smallest; of others no step can be left out alone, and `lower_bound` is proved.
///
/// Coarser printing widens all figures of a node at once. Withheld ranks leave gaps, so ranks
/// are withheld all together. Roll-ups and earlier publications stay as they are.
/// @throws what audit() and suppress() throw
[[nodiscard]] inline DisclosureProposal propose(const AudienceView& view,
                                                const AuditOptions& options = {},
                                                const ProposalOptions& how = {}) {
    return detail::ProposalSearch(view, options, how).run();
}

/// The view after the steps of a proposal.
[[nodiscard]] inline AudienceView apply(AudienceView view, const DisclosureProposal& proposal) {
    for (const DisclosureStep& step : proposal.steps) detail::apply_step(view, step);
    return view;
}

namespace detail {

/// With more withheld figures than this a refusal does not wait for a proposal.
inline constexpr std::size_t most_figures_proposed = 100;

}  // namespace detail

/// Refuses a view whose figures give withheld ones away.
///
/// @param forced_reason why to publish all the same; empty to refuse
/// @return what to write into the publication
/// @throws DataError with every figure that is not safe (`determined_exactly`,
/// `interval_too_narrow`, `not_decided`), and, where at most 100 figures are withheld, what
/// propose() would do about it
[[nodiscard]] inline DisclosureRecord require_safe(const AudienceView& view,
                                                   const AuditOptions& options = {},
                                                   const std::string& forced_reason = {},
                                                   const ProposalOptions& how = {}) {
    const DisclosureAudit found = audit(view, options);
    DisclosureRecord record;
    for (Index unit = 0; unit < view.board().unit_count(); ++unit)
        if (!view.shows_unit(unit)) ++record.withheld_units;
    record.withheld_figures = found.figures.size();
    record.audited = true;
    record.safe_width = options.safe_width;
    record.unsafe_figures = found.unsafe();
    if (found.is_safe()) return record;
    record.forced_reason = forced_reason;
    if (!forced_reason.empty()) return record;
    std::string remedy = "withhold more, or print fewer decimals: see propose()";
    if (found.figures.size() <= detail::most_figures_proposed) {
        const DisclosureProposal proposal = propose(view, options, how);
        remedy.clear();
        for (const DisclosureStep& step : proposal.steps)
            remedy += (remedy.empty() ? "" : ", ") + detail::step_text(view, step);
        if (!proposal.is_sufficient())
            remedy += std::string(remedy.empty() ? "" : "; even then ") +
                      "not all is safe: withhold more nodes or units";
    }
    std::vector<Problem> problems;
    for (const WithheldFigure& each : found.figures) {
        if (each.is_safe()) continue;
        std::string why;
        for (const std::string& words : each.why()) why += (why.empty() ? "" : "; ") + words;
        problems.push_back(
            {disclosure_status_name(each.status), detail::figure_place(view, each.unit, each.node),
             (each.status == DisclosureStatus::not_decided
                  ? std::string("not decided (")
                  : "from " + numeric::shortest(each.lower) + " to " +
                        numeric::shortest(each.upper) + " (") +
                 why + ")",
             "an interval of " + numeric::shortest(each.needed) + " or more", remedy});
    }
    throw DataError("the publication gives withheld figures away", std::move(problems));
}

}  // namespace thuocdo::publish
