#pragma once
/// @file
/// The part of a publication that is about one unit.

#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/publish/audience_view.hpp>
#include <thuocdo/publish/publication.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

class UnitWriter {
  public:
    /// @param everything whether the view withholds nothing from anybody
    UnitWriter(const AudienceView& view, Index unit, bool everything)
        : view_(view),
          board_(view.board()),
          model_(board_.model()),
          unit_(unit),
          explanation_(explain(board_, unit)),
          // Exact figures beside rounded ones would tell more than the printed decimals: of the
          // unit itself and, through the order of ranks, of others.
          exact_(everything || is_printed_in_full()) {}

    [[nodiscard]] PublishedUnit write() {
        const Unit described = board_.units().unit(unit_);
        PublishedUnit out;
        out.code = described.code;
        out.name = described.name;
        out.level = described.level;
        out.kind = described.kind;
        out.parent = described.parent;
        out.groups = described.groups;
        out.score = view_.printed(unit_, 0);
        out.rank_withheld = !view_.shows_rank(unit_);
        out.band_withheld = board_.has_bands() && !view_.shows_band(unit_);
        if (!out.rank_withheld) {
            out.rank = board_.ranks()[unit_];
            for (const auto& [attribute, ranks] : board_.data().ranks_within)
                if (!std::isnan(ranks[unit_])) out.ranks_within[attribute] = ranks[unit_];
        }
        if (!out.band_withheld) out.band = board_.band(unit_);
        if (!out.band_withheld && reason_is_shown()) out.band_reason = board_.band_reason(unit_);
        const auto order = model_.document_order();
        for (std::size_t k = 0; k < order.size(); ++k)
            out.figures.push_back(figure(order[k], explanation_.lines[k]));
        count_leaves(out);
        return out;
    }

  private:
    /// Whether the result is printed as it is, so that words and values may tell it.
    [[nodiscard]] bool in_full(Index node) const {
        const double result = node == 0 ? board_.scores()[unit_] : board_.result(unit_, node);
        const double printed = view_.printed(unit_, node);
        return view_.shows(unit_, node) && (printed == result || std::isnan(result));
    }

    [[nodiscard]] bool is_printed_in_full() const {
        for (Index node = 0; node < model_.node_count(); ++node)
            if (!in_full(node)) return false;
        return !std::isnan(board_.ranks()[unit_]) ? view_.shows_rank(unit_) : true;
    }

    [[nodiscard]] bool reason_is_shown() const {
        const auto& scale = model_.definition().bands;
        if (!scale) return false;
        const double spoken =
            scale->of == Basis::full ? board_.full_scores()[unit_] : board_.scores()[unit_];
        const double printed = view_.printed(unit_, 0);
        if (!view_.shows(unit_, 0) || !(printed == spoken || std::isnan(spoken))) return false;
        for (const Band& band : scale->bands)
            for (const Gate& gate : band.gates)
                if (!in_full(model_.index_of(gate.node))) return false;
        return true;
    }

    [[nodiscard]] PublishedFigure figure(Index node, const ExplanationLine& line) const {
        PublishedFigure out;
        if (!view_.shows(unit_, node)) {
            out.withheld = true;
            return out;
        }
        out.result = view_.printed(unit_, node);
        if (exact_) out.contribution = line.contribution;
        if (!line.leaf) return out;
        out.state = line.state;
        out.imputed = line.imputed;
        out.source = line.source;
        out.date = line.date;
        if (!exact_ && !in_full(node)) return out;
        out.value = line.value;
        out.numerator = line.numerator;
        out.denominator = line.denominator;
        return out;
    }

    /// Coverage and flags over the leaves that are shown.
    void count_leaves(PublishedUnit& out) const {
        if (!board_.is_evaluated(unit_)) {
            out.flags.emplace_back("not evaluated");
            return;
        }
        std::size_t applicable = 0;
        std::size_t measured = 0;
        std::size_t provisional = 0;
        std::size_t imputed = 0;
        std::size_t missing = 0;
        const auto order = model_.document_order();
        for (std::size_t k = 0; k < order.size(); ++k) {
            const ExplanationLine& line = explanation_.lines[k];
            if (!line.leaf || !view_.shows(unit_, order[k])) continue;
            if (model_.node(order[k]).counts && line.state != CellState::not_applicable) {
                ++applicable;
                if (is_measured(line.state) && !line.imputed) ++measured;
            }
            if (line.imputed || line.state == CellState::imputed)
                ++imputed;
            else if (line.state == CellState::provisional)
                ++provisional;
            else if (!has_value(line.state) && line.state != CellState::not_applicable)
                ++missing;
        }
        if (applicable > 0)
            out.coverage = static_cast<double>(measured) / static_cast<double>(applicable);
        const auto counted = [&](std::size_t count, const char* what) {
            if (count != 0) out.flags.push_back(std::to_string(count) + ' ' + what);
        };
        counted(provisional, "provisional");
        counted(imputed, "imputed");
        counted(missing, "missing");
        if (view_.shows(unit_, 0) && std::isnan(board_.scores()[unit_]))
            out.flags.emplace_back("no score");
        add_outcome_flags(out);
    }

    void add_outcome_flags(PublishedUnit& out) const {
        if (board_.has_bands() && !out.band_withheld && view_.shows(unit_, 0)) {
            const auto& outcome = board_.band_outcome(unit_);
            if (outcome.by_score >= 0 && outcome.after_gates != outcome.by_score)
                out.flags.emplace_back("lowered by a gate");
            if (outcome.final_band != outcome.after_gates)
                out.flags.emplace_back("lowered by the quota");
            if (outcome.by_score < 0 && !std::isnan(board_.scores()[unit_]))
                out.flags.emplace_back("outside the scale");
        }
        const auto& by_code = board_.data().placed_by_code;
        if (!out.rank_withheld &&
            std::binary_search(by_code.begin(), by_code.end(), static_cast<std::uint32_t>(unit_)))
            out.flags.emplace_back("tie decided by code");
    }

    const AudienceView& view_;
    const Scoreboard& board_;
    const IndexModel& model_;
    Index unit_;
    Explanation explanation_;
    bool exact_;
};

}  // namespace thuocdo::publish::detail
