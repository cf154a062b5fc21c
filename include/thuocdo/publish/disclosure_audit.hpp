#pragma once
/// @file
/// What the reader of a publication can find out about the figures that it withholds.

#include <thuocdo/config.hpp>
#include <thuocdo/publish/audit_options.hpp>
#include <thuocdo/publish/detail/leaf_values.hpp>
#include <thuocdo/publish/detail/outside_knowledge.hpp>
#include <thuocdo/publish/knowledge.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// What the audit says of a withheld figure.
enum class DisclosureStatus {
    safe,        ///< the reader cannot narrow it below the width demanded
    too_narrow,  ///< the interval is narrower
    determined,  ///< one value is left
    not_decided  ///< the audit cannot prove a width; it counts as unsafe
};

[[nodiscard]] inline const char* disclosure_status_name(DisclosureStatus status) noexcept {
    switch (status) {
        case DisclosureStatus::safe:
            return "safe";
        case DisclosureStatus::too_narrow:
            return "interval_too_narrow";
        case DisclosureStatus::determined:
            return "determined_exactly";
        case DisclosureStatus::not_decided:
            break;
    }
    return "not_decided";
}

/// A withheld result: of a leaf, an inner node, or (of the root) a total.
struct WithheldFigure {
    Index unit = 0;
    Index node = 0;
    /// The interval of the result. Where it was not decided, infinite.
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
    /// The width demanded.
    double needed = 0.0;
    DisclosureStatus status = DisclosureStatus::safe;
    /// The published lines that each limit follows from, in words.
    std::vector<std::string> lower_why{};
    std::vector<std::string> upper_why{};
    /// Values of a leaf that give such results; NaN where they are not worked out.
    double value_lower = missing_value;
    double value_upper = missing_value;
    /// Its number among the unknowns of the audit.
    Index unknown = 0;

    [[nodiscard]] double width() const noexcept { return upper - lower; }
    [[nodiscard]] bool is_safe() const noexcept { return status == DisclosureStatus::safe; }
    /// The lines of both limits, each once.
    [[nodiscard]] std::vector<std::string> why() const {
        std::vector<std::string> all = lower_why;
        detail::add_words(all, upper_why);
        return all;
    }
};

/// An unknown of an outsider, with the bounds that single figures and domains give.
struct OutsideUnknown {
    std::string name{};
    double lower = 0.0;
    double upper = 0.0;
};

/// An equation or order that an outsider writes down.
struct OutsideLine {
    std::string name{};
    std::vector<Term> terms{};
    double lower = 0.0;
    double upper = 0.0;
};

struct DisclosureAudit {
    /// Every withheld result that is not missing, by unit and then node.
    std::vector<WithheldFigure> figures{};
    double safe_width = 0.0;
    /// The equations of an outsider, for those who want to solve them otherwise.
    std::vector<OutsideUnknown> unknowns{};
    std::vector<OutsideLine> lines{};
    /// Figures that the reader is taken to know, because the audit cannot say what the reader
    /// knows of them. Where there are none (but ranks, bands and gates), intervals are sharp.
    std::vector<std::string> assumed{};
    /// Ties between unknowns that are not linear.
    std::size_t links = 0;
    /// Linear programs solved.
    Index programs = 0;

    [[nodiscard]] std::size_t unsafe() const {
        return static_cast<std::size_t>(
            std::count_if(figures.begin(), figures.end(),
                          [](const WithheldFigure& each) { return !each.is_safe(); }));
    }
    [[nodiscard]] bool is_safe() const { return unsafe() == 0; }
    /// The figure of a unit and node; nothing where it is not withheld.
    [[nodiscard]] const WithheldFigure* find(Index unit, Index node) const {
        for (const WithheldFigure& each : figures)
            if (each.unit == unit && each.node == node) return &each;
        return nullptr;
    }
};

namespace detail {

/// Width of an interval that counts as one value, in units of max(1, |value|).
inline constexpr double one_value = 1e-9;

inline void judge(WithheldFigure& figure, const ProvedInterval& found) {
    figure.lower = found.lower;
    figure.upper = found.upper;
    figure.lower_why = found.lower_why;
    figure.upper_why = found.upper_why;
    const double size = std::max({1.0, std::abs(found.lower), std::abs(found.upper)});
    const double slack = std::isfinite(size) ? one_value * size : 0.0;
    figure.status = figure.width() <= slack                  ? DisclosureStatus::determined
                    : figure.width() < figure.needed - slack ? DisclosureStatus::too_narrow
                                                             : DisclosureStatus::safe;
}

/// The ends of an interval moved to the possible values inside it.
inline void keep_values(const std::vector<double>& values, ProvedInterval& found) {
    const double slack = one_value * (1.0 + std::max(std::abs(found.lower), std::abs(found.upper)));
    double low = infinite;
    double high = -infinite;
    for (const double value : values) {
        if (value < found.lower - slack || value > found.upper + slack) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) return;
    found.lower = low;
    found.upper = high;
}

/// A figure of few possible values. With the others of its kind taken as known, its interval
/// holds what is possible and is no wider; with them open it holds all that is possible.
inline void judge_discrete(OutsideKnowledge& knowledge, const std::vector<double>& values,
                           DisclosureAudit& audit, WithheldFigure& figure) {
    NamedKnowledge alone = knowledge.lines_but(figure.unknown);
    ProvedInterval found = alone.solve({figure.unknown}, {}, audit.programs).front();
    keep_values(values, found);
    judge(figure, found);
    if (!alone.proved()) figure.status = DisclosureStatus::not_decided;
    if (figure.is_safe() || knowledge.cells().discrete().size() == 1) return;
    NamedKnowledge open = knowledge.lines();
    found = open.solve({figure.unknown}, {}, audit.programs).front();
    keep_values(values, found);
    judge(figure, found);
    if (figure.is_safe() || !open.proved()) figure.status = DisclosureStatus::not_decided;
}

}  // namespace detail

/// Says of each withheld result whether the reader can find it out from what `view` prints, or
/// to which interval the reader can narrow it.
///
/// The reader knows the model with its weights, every shown result and value with its printed
/// decimals, which results are missing, where results can lie, ranks, bands, `roll_ups` and all
/// of `earlier`. Where values are published in full, results of shown leaves are known exactly.
/// Each result that is not shown exactly is an unknown, and each of these a line:
/// - result of a node = aggregate of its children, with bonus and penalty, within half a unit
///   of the rounding of the model; missing children are left out of the weights;
/// - sums and arithmetic means are linear; geometric, harmonic and power means are linear in a
///   transform of their children; floor and cap, and one withheld child of a minimum, maximum,
///   median or ordered weighted average, are monotone functions of one unknown;
/// - the totals of neighbours in the ranking differ as their ranks say (tie-breakers too);
/// - a band, and the gates passed or failed, bound totals and results;
/// - results that are the same number in two publications are one unknown.
///
/// Linear lines make linear programs (infer()), whose limits are sharp. Where a transform or a
/// limit ties one part of them to another, parts are solved in turn; without a ring of parts
/// that is exact too. Where a line is not of this kind, and where it is not known what the
/// reader knows (which units of withheld rank stand between two published ones, which of several
/// gates failed), **the audit takes the reader to know the figures concerned**. Every line is
/// true, so the interval holds the figure; and no interval is wider than what the reader can
/// reach, so `safe` is proved. Figures taken as known that are withheld themselves are
/// `not_decided`: children of other aggregations (penalised means, methods that compare units,
/// weights that come from the data), of several withheld children of a minimum or median, of
/// leaves that are scored or filled by the cohort (unless units that are shown have its least
/// and greatest value), of leaves computed from the same data as a shown one, and of rings.
///
/// Results of few possible values (yes or no, levels, steps, checklists) count as determined
/// when one value is left. Results that the model rounds may lie anywhere: readers who try all
/// combinations of their decimals could do better where intervals are only a few units wide.
/// Rank intervals, coverage and sentences are not looked at; weights of roll-ups are public.
///
/// @throws DataError (`unknown_node`, `invalid_width`) for options that do not fit
/// @throws NumericError as infer(); `contradictory_knowledge`
/// @throws Cancelled when the progress callback returns false
[[nodiscard]] inline DisclosureAudit audit(const AudienceView& view,
                                           const AuditOptions& options = {}) {
    detail::OutsideKnowledge knowledge(view, options, false);
    detail::OutsideCells& cells = knowledge.cells();
    const Scoreboard& board = view.board();
    DisclosureAudit result;
    result.safe_width = options.safe_width;
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        for (Index node = 0; node < board.model().node_count(); ++node) {
            if (view.shows(unit, node) || std::isnan(cells.truth(0, unit, node))) continue;
            WithheldFigure figure;
            figure.unit = unit;
            figure.node = node;
            figure.unknown = cells.cell(0, unit, node);
            figure.needed = options.safe_width * cells.domains(0).scale(node);
            for (const NodeSafety& each : options.nodes)
                if (each.node == board.model().node(node).code)
                    figure.needed = each.width.value_or(figure.needed);
            result.figures.push_back(std::move(figure));
        }
    }
    detail::NamedKnowledge lines = knowledge.lines_but(-1);
    std::vector<Index> wanted;
    for (const WithheldFigure& figure : result.figures)
        if (knowledge.undecided(figure.unknown).empty() &&
            cells.discrete().count(figure.unknown) == 0)
            wanted.push_back(figure.unknown);
    const auto found = lines.solve(wanted, options.progress, result.programs);
    std::size_t next = 0;
    for (WithheldFigure& figure : result.figures) {
        const std::string hazard = knowledge.undecided(figure.unknown);
        const auto discrete = cells.discrete().find(figure.unknown);
        if (!hazard.empty()) {
            figure.status = DisclosureStatus::not_decided;
            figure.lower_why = {hazard};
            continue;
        }
        if (discrete != cells.discrete().end())
            detail::judge_discrete(knowledge, discrete->second, result, figure);
        else
            detail::judge(figure, found[next++]);
        if (!lines.proved()) figure.status = DisclosureStatus::not_decided;
        const auto [low, high] =
            detail::values_with(board, figure.unit, figure.node, figure.lower, figure.upper);
        figure.value_lower = low;
        figure.value_upper = high;
    }
    for (const detail::NamedUnknown& each : lines.unknowns())
        result.unknowns.push_back({each.name, each.lower, each.upper});
    for (const detail::NamedRow& each : lines.rows())
        result.lines.push_back({each.name, each.terms, each.lower, each.upper});
    result.links = lines.links().size();
    result.assumed = lines.assumed();
    return result;
}

}  // namespace thuocdo::publish
