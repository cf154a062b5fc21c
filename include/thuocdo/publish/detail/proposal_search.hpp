#pragma once
/// @file
/// The search for steps that make every withheld figure safe.

#include <thuocdo/config.hpp>
#include <thuocdo/publish/detail/suppression_search.hpp>
#include <thuocdo/publish/disclosure_audit.hpp>
#include <thuocdo/publish/proposal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

[[nodiscard]] inline std::string figure_place(const AudienceView& view, Index unit, Index node) {
    return "unit \"" + view.board().units().code(unit) + "\", node \"" +
           view.board().model().node(node).code + '"';
}

[[nodiscard]] inline std::string step_text(const AudienceView& view, const DisclosureStep& step) {
    switch (step.kind) {
        case DisclosureStep::Kind::cell:
            return "withhold " + figure_place(view, step.unit, step.node);
        case DisclosureStep::Kind::ranks:
            return "withhold all ranks";
        case DisclosureStep::Kind::band:
            return "withhold the band of unit \"" + view.board().units().code(step.unit) + '"';
        case DisclosureStep::Kind::coarser:
            break;
    }
    return "print node \"" + view.board().model().node(step.node).code + "\" with " +
           std::to_string(step.digits) + " decimals";
}

inline void apply_step(AudienceView& view, const DisclosureStep& step) {
    switch (step.kind) {
        case DisclosureStep::Kind::cell:
            view.withhold(step.unit, step.node);
            return;
        case DisclosureStep::Kind::ranks:
            for (Index unit = 0; unit < view.board().unit_count(); ++unit) view.withhold_rank(unit);
            return;
        case DisclosureStep::Kind::band:
            view.withhold_band(step.unit);
            return;
        case DisclosureStep::Kind::coarser:
            view.print_digits(step.node, step.digits);
            return;
    }
}

class ProposalSearch {
  public:
    ProposalSearch(const AudienceView& view, const AuditOptions& options,
                   const ProposalOptions& how)
        : view_(view), options_(options), how_(how), first_(audit(view, options)) {}

    [[nodiscard]] DisclosureProposal run() {
        DisclosureProposal result;
        if (first_.is_safe()) return result;
        list_steps();
        const bool linear =
            first_.links == 0 && first_.assumed.empty() &&
            std::none_of(first_.figures.begin(), first_.figures.end(), [](const auto& figure) {
                return figure.status == DisclosureStatus::not_decided;
            });
        if (!linear || !search_equations(result)) search_by_audits(result);
        if (unsafe_after(result.steps) == 0) search_smaller(result);
        result.unsafe = unsafe_after(result.steps);
        return result;
    }

  private:
    using Kind = DisclosureStep::Kind;
    using Steps = std::vector<DisclosureStep>;

    /// All steps that the options admit.
    void list_steps() {
        const Scoreboard& board = view_.board();
        const IndexModel& model = board.model();
        for (Index unit = 0; unit < board.unit_count(); ++unit) {
            for (Index node = model.node_count(); node-- > 0;) {
                if (!(node == 0 ? how_.totals : how_.cells) || !view_.shows(unit, node)) continue;
                const double result = node == 0 ? board.scores()[unit] : board.result(unit, node);
                if (!std::isnan(result)) steps_.push_back({Kind::cell, unit, node, 0});
            }
            if (how_.bands && view_.shows_band(unit) && board.has_bands())
                steps_.push_back({Kind::band, unit, -1, 0});
        }
        if (how_.ranks) steps_.push_back({Kind::ranks, -1, -1, 0});
        if (!how_.coarser) return;
        for (Index node = 0; node < model.node_count(); ++node) {
            if (!view_.shows_node(node)) continue;
            if (options_.values_in_full && model.node(node).is_leaf()) continue;
            constexpr int most_decimals = 4;
            const std::optional<int> now = view_.digits(node);
            const std::optional<int> left = model_digits(model.node(node));
            int digits = std::min(now.value_or(most_decimals), left.value_or(most_decimals));
            // Decimals that drop nothing are no step.
            if (!now && !left) ++digits;
            while (digits-- > 0) steps_.push_back({Kind::coarser, -1, node, digits});
        }
    }

    /// Figures of the first audit that are not safe in the view after steps; those that a step
    /// withholds do not count.
    [[nodiscard]] DisclosureAudit audit_after(const Steps& steps) const {
        AudienceView view = view_;
        for (const DisclosureStep& step : steps) apply_step(view, step);
        DisclosureAudit found = audit(view, options_);
        std::vector<WithheldFigure> kept;
        for (WithheldFigure& figure : found.figures)
            if (first_.find(figure.unit, figure.node)) kept.push_back(std::move(figure));
        found.figures = std::move(kept);
        return found;
    }
    [[nodiscard]] std::size_t unsafe_after(const Steps& steps) const {
        return audit_after(steps).unsafe();
    }

    /// suppress() on the equations with every figure as an unknown. False where the audit does
    /// not confirm its answer.
    bool search_equations(DisclosureProposal& result) {
        OutsideKnowledge knowledge(view_, options_, true);
        if (!knowledge.lines().links().empty()) return false;
        OutsideCells& cells = knowledge.cells();
        std::vector<Relaxation> relaxations;
        Steps usable;
        for (const DisclosureStep& step : steps_) {
            Relaxation relaxation = relaxation_of(step, knowledge);
            if (relaxation.unknowns.empty() && relaxation.rows.empty()) continue;
            relaxations.push_back(std::move(relaxation));
            usable.push_back(step);
        }
        double margin = 1.0;
        constexpr int attempts = 4;
        constexpr double wider = 1.05;
        const NamedKnowledge lines = knowledge.lines_but(-1);
        for (int attempt = 0; attempt < attempts; ++attempt, margin *= wider) {
            std::vector<ProtectedValue> protect;
            for (const WithheldFigure& figure : first_.figures)
                protect.push_back({cells.cell(0, figure.unit, figure.node),
                                   std::max(figure.needed, least_width(figure)) * margin});
            const Suppression found = suppress_steps(lines, protect, relaxations, usable);
            result.steps.clear();
            for (const std::size_t k : found.chosen) result.steps.push_back(usable[k]);
            result.method = found.method;
            result.lower_bound = attempt == 0 ? found.lower_bound : result.lower_bound;
            if (attempt > 0 && result.steps.size() > result.lower_bound)
                result.method = SuppressionMethod::greedy;
            const std::size_t unsafe = unsafe_after(result.steps);
            if (unsafe == 0 || (!found.sufficient() && unsafe <= found.unprotectable.size()))
                return true;
        }
        return false;
    }

    /// suppress(). Among many steps, where those that withhold results of one unit each suffice,
    /// these (units then hardly depend on each other), or a coarser node that does it alone.
    [[nodiscard]] Suppression suppress_steps(const NamedKnowledge& lines,
                                             const std::vector<ProtectedValue>& protect,
                                             const std::vector<Relaxation>& relaxations,
                                             const Steps& usable) const {
        const auto search = [&](const std::vector<std::size_t>& which) {
            std::vector<Relaxation> some;
            for (const std::size_t k : which) some.push_back(relaxations[k]);
            Suppression found =
                SuppressionSearch(lines.constraints(), protect, some, how_.search).run();
            for (std::size_t& k : found.chosen) k = which[k];
            return found;
        };
        std::vector<std::size_t> all;
        std::vector<std::size_t> local;
        std::vector<std::size_t> coarser;
        for (std::size_t k = 0; k < usable.size(); ++k) {
            all.push_back(k);
            if (usable[k].kind == Kind::cell && usable[k].node != 0) local.push_back(k);
            if (usable[k].kind == Kind::coarser) coarser.push_back(k);
        }
        if (all.size() <= how_.search.exact_candidates || local.empty()) return search(all);
        // Decimals of a node stand one after the other, the coarsest last.
        for (std::size_t k = 0; k < coarser.size(); ++k) {
            const bool coarsest =
                k + 1 == coarser.size() || usable[coarser[k + 1]].node != usable[coarser[k]].node;
            if (!coarsest || !search({coarser[k]}).sufficient()) continue;
            std::size_t mildest = k;
            while (mildest > 0 && usable[coarser[mildest - 1]].node == usable[coarser[k]].node &&
                   search({coarser[mildest - 1]}).sufficient())
                --mildest;
            return search({coarser[mildest]});
        }
        Suppression found = search(local);
        if (!found.sufficient()) return search(all);
        if (local.size() < all.size() && found.chosen.size() > 1) {
            // Steps of the other kinds might do with fewer.
            found.method = SuppressionMethod::greedy;
            found.lower_bound = 1;
        }
        return found;
    }

    /// A withheld total also takes its rank, and what ranks say of two totals goes with both;
    /// the equations do not know that, nor do greedy searches. So all smaller sets are tried
    /// by audits, as far as the options allow.
    void search_smaller(DisclosureProposal& result) {
        const bool proved = result.method == SuppressionMethod::exact &&
                            (!how_.totals || view_.rules().ranks_without_totals);
        if (proved) return;
        const Index figures = std::max<Index>(1, static_cast<Index>(first_.figures.size()));
        Index left =
            std::min({how_.search.most_evaluations, most_audits, most_audited_figures / figures});
        result.method = SuppressionMethod::greedy;
        result.lower_bound = 1;
        if (static_cast<Index>(steps_.size()) > left) return;
        for (std::size_t size = 1; size < result.steps.size(); ++size) {
            std::vector<std::size_t> at(size);
            for (std::size_t k = 0; k < size; ++k) at[k] = k;
            do {
                if (left-- <= 0) return;
                Steps chosen;
                for (const std::size_t k : at) chosen.push_back(steps_[k]);
                if (unsafe_after(chosen) != 0) continue;
                result.steps = std::move(chosen);
                result.method = SuppressionMethod::exact;
                result.lower_bound = size;
                return;
            } while (next_choice(at, steps_.size()));
            result.lower_bound = size + 1;
        }
        result.method = SuppressionMethod::exact;
        result.lower_bound = result.steps.size();
    }

    /// The next increasing sequence of numbers below `count`; false after the last.
    [[nodiscard]] static bool next_choice(std::vector<std::size_t>& at, std::size_t count) {
        for (std::size_t k = at.size(); k-- > 0;) {
            if (at[k] + (at.size() - k) >= count) continue;
            ++at[k];
            for (std::size_t next = k + 1; next < at.size(); ++next) at[next] = at[next - 1] + 1;
            return true;
        }
        return false;
    }

    /// Wide enough not to be one value.
    [[nodiscard]] static double least_width(const WithheldFigure& figure) {
        constexpr double more = 4.0;
        const double size = std::max({1.0, std::abs(figure.lower), std::abs(figure.upper)});
        return std::isfinite(size) ? more * one_value * size : 0.0;
    }

    [[nodiscard]] Relaxation relaxation_of(const DisclosureStep& step,
                                           OutsideKnowledge& knowledge) const {
        OutsideCells& cells = knowledge.cells();
        const NamedKnowledge& lines = knowledge.lines();
        Relaxation result;
        const auto widen = [&](Index unknown, double low, double high) {
            const NamedUnknown& now = lines.at(unknown);
            if (low >= now.lower && high <= now.upper) return;
            result.unknowns.push_back(
                {unknown, std::min(low, now.lower), std::max(high, now.upper)});
        };
        const auto widen_cell = [&](Index unit, Index node, double low, double high) {
            widen(cells.cell(0, unit, node), low, high);
        };
        const auto drop = [&](const std::vector<Index>& rows) {
            for (const Index row : rows) result.rows.push_back(WiderBounds{row});
        };
        switch (step.kind) {
            case Kind::cell: {
                const auto [low, high] = cells.bounds_without(step.unit, step.node);
                widen_cell(step.unit, step.node, low, high);
                break;
            }
            case Kind::ranks:
                drop(knowledge.droppable().ranks);
                break;
            case Kind::band: {
                const auto found = knowledge.droppable().bands_of_unit.find(step.unit);
                if (found != knowledge.droppable().bands_of_unit.end()) drop(found->second);
                break;
            }
            case Kind::coarser:
                for (Index unit = 0; unit < view_.board().unit_count(); ++unit) {
                    if (!view_.shows(unit, step.node) ||
                        std::isnan(cells.truth(0, unit, step.node)))
                        continue;
                    const auto [low, high] = cells.printed_with(unit, step.node, step.digits);
                    const auto [most_low, most_high] = cells.bounds_without(unit, step.node);
                    widen_cell(unit, step.node, std::max(low, most_low), std::min(high, most_high));
                }
                break;
        }
        return result;
    }

    /// How far the figures are from safe: 1 for each safe one, else the share of its width.
    [[nodiscard]] double reached(const DisclosureAudit& found) const {
        double sum = 0.0;
        for (const WithheldFigure& figure : found.figures) {
            if (figure.is_safe()) sum += 1.0;
            if (figure.status == DisclosureStatus::too_narrow)
                sum += std::min(figure.width() / figure.needed, 1.0) / 2.0;
        }
        return sum;
    }

    /// Steps near an unsafe figure: of its unit, on its node or those above and beside it, and
    /// everything that tells of all units.
    [[nodiscard]] bool is_near(const DisclosureStep& step, const DisclosureAudit& found) const {
        if (step.kind != Kind::cell) return true;
        return std::any_of(found.figures.begin(), found.figures.end(), [&](const auto& figure) {
            return !figure.is_safe() &&
                   (figure.unit == step.unit || step.node == 0 || figure.node == step.node);
        });
    }

    /// Steps on what stands beside a figure or above it, for its unit.
    [[nodiscard]] bool is_beside(const DisclosureStep& step, const WithheldFigure& figure) const {
        if (step.kind != Kind::cell || step.unit != figure.unit) return false;
        const IndexModel& model = view_.board().model();
        for (Index node = figure.node; node > 0; node = model.node(node).parent)
            if (step.node == node || model.node(step.node).parent == model.node(node).parent)
                return true;
        return false;
    }

    /// A node printed with fewer decimals that makes everything safe by itself.
    [[nodiscard]] bool search_coarser(DisclosureProposal& result) const {
        for (const DisclosureStep& step : steps_) {
            if (step.kind != Kind::coarser || unsafe_after({step}) != 0) continue;
            result.steps = {step};
            return true;
        }
        return false;
    }

    /// Among many steps only those beside one unsafe figure are tried at a time.
    void search_by_audits(DisclosureProposal& result) {
        result = {};
        result.method = SuppressionMethod::greedy;
        result.lower_bound = 1;
        const bool many = steps_.size() > how_.search.exact_candidates;
        if (many && search_coarser(result)) return;
        DisclosureAudit now = first_;
        while (!now.is_safe()) {
            const auto target =
                std::find_if(now.figures.begin(), now.figures.end(),
                             [](const WithheldFigure& each) { return !each.is_safe(); });
            std::optional<DisclosureStep> best;
            std::optional<DisclosureAudit> best_audit;
            double most = reached(now) + one_value;
            for (const DisclosureStep& step : steps_) {
                if (many ? !is_beside(step, *target) : !is_near(step, now)) continue;
                if (has(result.steps, step)) continue;
                Steps longer = result.steps;
                longer.push_back(step);
                DisclosureAudit found = audit_after(longer);
                const double sum = reached(found);
                if (!(sum > most)) continue;
                most = sum;
                best = step;
                best_audit = std::move(found);
            }
            if (!best && !add_above(result.steps, now)) return;
            if (best) {
                result.steps.push_back(*best);
                now = std::move(*best_audit);
            }
        }
        for (std::size_t k = result.steps.size(); k-- > 0;) {
            Steps fewer = result.steps;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
            if (unsafe_after(fewer) == 0) result.steps = std::move(fewer);
        }
    }

    /// Where no step helps alone: the results above an unsafe figure, up to the root.
    bool add_above(Steps& steps, DisclosureAudit& now) const {
        const std::size_t before = steps.size();
        for (const WithheldFigure& figure : now.figures) {
            if (figure.is_safe()) continue;
            for (Index node = figure.node; node > 0;) {
                node = view_.board().model().node(node).parent;
                const DisclosureStep step{Kind::cell, figure.unit, node, 0};
                if (std::find(steps_.begin(), steps_.end(), step) != steps_.end() &&
                    !has(steps, step))
                    steps.push_back(step);
            }
        }
        const DisclosureStep ranks{Kind::ranks, -1, -1, 0};
        if (how_.ranks && !has(steps, ranks)) steps.push_back(ranks);
        if (steps.size() == before) return false;
        now = audit_after(steps);
        return true;
    }

    [[nodiscard]] static bool has(const Steps& steps, const DisclosureStep& step) {
        return std::find(steps.begin(), steps.end(), step) != steps.end();
    }

    static constexpr Index most_audits = 2000;
    /// Figures that all these audits together may look at, which takes seconds.
    static constexpr Index most_audited_figures = 20000;

    const AudienceView& view_;
    const AuditOptions& options_;
    const ProposalOptions& how_;
    DisclosureAudit first_;
    Steps steps_;
};

}  // namespace thuocdo::publish::detail
