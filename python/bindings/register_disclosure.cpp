#include <thuocdo/io/visibility.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/publish/disclosure_proposal.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"
#include "watched_run.hpp"
#include "words.hpp"

namespace thuocdo::python {

namespace {

using publish::AudienceView;
using publish::AuditOptions;
using publish::DisclosureAudit;
using publish::DisclosureProposal;
using publish::DisclosureStep;

[[nodiscard]] publish::Audience audience_of(const std::string& name) {
    for (const auto& [audience, word] : thuocdo::detail::Names<Visibility>::all)
        if (name == word) return audience;
    throw DataError("no such audience",
                    {{"unknown_word", "argument \"audience\"", '"' + name + '"',
                      "\"public\", \"internal\" or \"restricted\"", "check the spelling"}});
}

/// An audit with the view that its unit and node numbers belong to.
struct ViewAudit {
    AudienceView view;
    DisclosureAudit audit;
};

struct ViewProposal {
    AudienceView view;
    DisclosureProposal proposal;
};

/// Width, at_least, at_most of a node.
using NodeRule =
    std::tuple<std::string, std::optional<double>, std::optional<double>, std::optional<double>>;
/// To, weights, digits, nodes.
using RollUpRule = std::tuple<std::string, std::optional<std::string>, std::optional<int>,
                              std::vector<std::string>>;

[[nodiscard]] AuditOptions audit_options(double safe_width, bool values_in_full,
                                         const std::vector<NodeRule>& nodes,
                                         const std::vector<RollUpRule>& roll_ups,
                                         const std::vector<AudienceView>& earlier) {
    AuditOptions options;
    options.safe_width = safe_width;
    options.values_in_full = values_in_full;
    for (const auto& [node, width, at_least, at_most] : nodes)
        options.nodes.push_back({node, width, at_least, at_most});
    for (const auto& [to, weights, digits, codes] : roll_ups)
        options.roll_ups.push_back(
            {RollUp{to, weights.has_value(), weights.value_or("")}, digits, codes});
    options.earlier = earlier;
    return options;
}

[[nodiscard]] py::dict figure_columns(const ViewAudit& of) {
    using Figure = publish::WithheldFigure;
    const Scoreboard& board = of.view.board();
    TableOf<Figure> table{of.audit.figures};
    table.texts("unit", [&](const Figure& row) { return board.units().code(row.unit); });
    table.texts("node", [&](const Figure& row) { return board.model().node(row.node).code; });
    table.numbers("lower", [](const Figure& row) { return row.lower; });
    table.numbers("upper", [](const Figure& row) { return row.upper; });
    table.numbers("width", [](const Figure& row) { return row.width(); });
    table.numbers("needed", [](const Figure& row) { return row.needed; });
    table.texts("status",
                [](const Figure& row) { return publish::disclosure_status_name(row.status); });
    table.texts("why", [](const Figure& row) { return joined_words(row.why(), "; "); });
    table.numbers("value_lower", [](const Figure& row) { return row.value_lower; });
    table.numbers("value_upper", [](const Figure& row) { return row.value_upper; });
    table.counts("unknown", [](const Figure& row) { return row.unknown; });
    return table.take();
}

[[nodiscard]] py::dict equation_arrays(const DisclosureAudit& audit) {
    using publish::OutsideLine;
    using publish::OutsideUnknown;
    TableOf<OutsideUnknown> unknowns{audit.unknowns};
    unknowns.texts("name", [](const OutsideUnknown& row) { return row.name; });
    unknowns.numbers("lower", [](const OutsideUnknown& row) { return row.lower; });
    unknowns.numbers("upper", [](const OutsideUnknown& row) { return row.upper; });
    TableOf<OutsideLine> lines{audit.lines};
    lines.texts("name", [](const OutsideLine& row) { return row.name; });
    lines.numbers("lower", [](const OutsideLine& row) { return row.lower; });
    lines.numbers("upper", [](const OutsideLine& row) { return row.upper; });
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(static_cast<Index>(audit.lines.size()),
                                                   static_cast<Index>(audit.unknowns.size()));
    for (std::size_t i = 0; i < audit.lines.size(); ++i)
        for (const publish::Term& term : audit.lines[i].terms)
            matrix(static_cast<Index>(i), term.unknown) += term.weight;
    py::dict out;
    out["unknowns"] = unknowns.take();
    out["lines"] = lines.take();
    out["matrix"] = copy_of(matrix);
    return out;
}

[[nodiscard]] const char* step_kind_name(DisclosureStep::Kind kind) noexcept {
    switch (kind) {
        case DisclosureStep::Kind::cell:
            return "cell";
        case DisclosureStep::Kind::ranks:
            return "ranks";
        case DisclosureStep::Kind::band:
            return "band";
        case DisclosureStep::Kind::coarser:
            break;
    }
    return "coarser";
}

[[nodiscard]] py::dict step_columns(const ViewProposal& of) {
    const Scoreboard& board = of.view.board();
    TableOf<DisclosureStep> table{of.proposal.steps};
    table.texts("step", [](const DisclosureStep& row) { return step_kind_name(row.kind); });
    table.texts("unit", [&](const DisclosureStep& row) {
        return row.unit < 0 ? std::string() : board.units().code(row.unit);
    });
    table.texts("node", [&](const DisclosureStep& row) {
        return row.node < 0 ? std::string() : board.model().node(row.node).code;
    });
    table.numbers("digits", [](const DisclosureStep& row) {
        return row.kind == DisclosureStep::Kind::coarser ? static_cast<double>(row.digits)
                                                         : missing_value;
    });
    table.texts("text", [&](const DisclosureStep& row) {
        return publish::detail::step_text(of.view, row);
    });
    return table.take();
}

[[nodiscard]] publish::ProposalOptions proposal_options(const std::vector<std::string>& kinds) {
    publish::ProposalOptions how;
    how.cells = how.totals = how.ranks = how.bands = how.coarser = false;
    const std::map<std::string, bool*> all{{"cells", &how.cells},
                                           {"totals", &how.totals},
                                           {"ranks", &how.ranks},
                                           {"bands", &how.bands},
                                           {"coarser", &how.coarser}};
    for (const std::string& kind : kinds) {
        const auto found = all.find(kind);
        if (found == all.end())
            throw DataError("no such step",
                            {{"unknown_word", "argument \"kinds\"", '"' + kind + '"',
                              "cells, totals, ranks, bands or coarser", "check the spelling"}});
        *found->second = true;
    }
    return how;
}

}  // namespace

void register_disclosure(py::module_& module) {
    using py::arg;

    py::class_<ViewAudit>(module, "DisclosureAudit")
        .def_property_readonly("is_safe", [](const ViewAudit& of) { return of.audit.is_safe(); })
        .def_property_readonly("unsafe", [](const ViewAudit& of) { return of.audit.unsafe(); })
        .def_property_readonly("safe_width",
                               [](const ViewAudit& of) { return of.audit.safe_width; })
        .def_property_readonly("assumed", [](const ViewAudit& of) { return of.audit.assumed; })
        .def_property_readonly("links", [](const ViewAudit& of) { return of.audit.links; })
        .def("columns", &figure_columns)
        .def("equations", [](const ViewAudit& of) { return equation_arrays(of.audit); });

    py::class_<ViewProposal>(module, "DisclosureProposal")
        .def_property_readonly("exact",
                               [](const ViewProposal& of) {
                                   return of.proposal.method == publish::SuppressionMethod::exact;
                               })
        .def_property_readonly("lower_bound",
                               [](const ViewProposal& of) { return of.proposal.lower_bound; })
        .def_property_readonly("unsafe", [](const ViewProposal& of) { return of.proposal.unsafe; })
        .def("columns", &step_columns);

    py::class_<AudienceView>(module, "AudienceView")
        .def(py::init([](const Scoreboard& board, const std::string& audience,
                         const std::string& rules) {
                 return AudienceView(board, audience_of(audience), io::parse_visibility(rules));
             }),
             arg("board"), arg("audience"), arg("rules"))
        .def_property_readonly("audience",
                               [](const AudienceView& view) {
                                   return std::string(thuocdo::detail::name_of(view.audience()));
                               })
        .def_property_readonly("shows_all", &AudienceView::shows_all)
        .def("shows_unit",
             [](const AudienceView& view, const std::string& unit) {
                 return view.shows_unit(view.board().units().index_of(unit));
             })
        .def("shows",
             [](const AudienceView& view, const std::string& unit, const std::string& node) {
                 return view.shows(view.board().units().index_of(unit),
                                   view.board().model().index_of(node));
             })
        .def("printed",
             [](const AudienceView& view) {
                 // In the order of `IndexModel.node_codes`.
                 const auto order = view.board().model().document_order();
                 Eigen::MatrixXd all(view.board().unit_count(), view.board().model().node_count());
                 for (Index unit = 0; unit < all.rows(); ++unit)
                     for (Index node = 0; node < all.cols(); ++node)
                         all(unit, node) =
                             view.printed(unit, order[static_cast<std::size_t>(node)]);
                 return copy_of(all);
             })
        .def("audit",
             [](const AudienceView& view, double safe_width, bool values_in_full,
                const std::vector<NodeRule>& nodes, const std::vector<RollUpRule>& roll_ups,
                const std::vector<AudienceView>& earlier, py::object progress) {
                 AuditOptions options =
                     audit_options(safe_width, values_in_full, nodes, roll_ups, earlier);
                 return watched(options, std::move(progress), [&] {
                     return ViewAudit{view, publish::audit(view, options)};
                 });
             })
        .def("propose",
             [](const AudienceView& view, double safe_width, bool values_in_full,
                const std::vector<NodeRule>& nodes, const std::vector<RollUpRule>& roll_ups,
                const std::vector<AudienceView>& earlier, const std::vector<std::string>& kinds,
                py::object progress) {
                 const publish::ProposalOptions how = proposal_options(kinds);
                 AuditOptions options =
                     audit_options(safe_width, values_in_full, nodes, roll_ups, earlier);
                 return watched(options, std::move(progress), [&] {
                     return ViewProposal{view, publish::propose(view, options, how)};
                 });
             })
        .def("require_safe",
             [](const AudienceView& view, double safe_width, bool values_in_full,
                const std::vector<NodeRule>& nodes, const std::vector<RollUpRule>& roll_ups,
                const std::vector<AudienceView>& earlier, const std::string& reason) {
                 const publish::DisclosureRecord record = publish::require_safe(
                     view, audit_options(safe_width, values_in_full, nodes, roll_ups, earlier),
                     reason);
                 py::dict out;
                 out["withheld_units"] = record.withheld_units;
                 out["withheld_figures"] = record.withheld_figures;
                 out["audited"] = record.audited;
                 out["safe_width"] = record.safe_width;
                 out["unsafe_figures"] = record.unsafe_figures;
                 out["forced_reason"] = record.forced_reason;
                 return out;
             })
        .def("apply", [](const AudienceView& view, const ViewProposal& of) {
            return publish::apply(view, of.proposal);
        });
}

}  // namespace thuocdo::python
