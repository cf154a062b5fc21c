#pragma once
/// @file
/// The scorings between two boards that let one cause of change in after the other.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/detail/prepare_leaves.hpp>
#include <thuocdo/publish/change_parts.hpp>
#include <thuocdo/publish/detail/merged_panel.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::publish {

struct DiffOptions {
    int threads = 1;
    /// Called now and then with the share done; false cancels with `Cancelled`.
    std::function<bool(double)> progress{};
};

/// A scoring on the way from one board to the other that the rules of its model refused, so
/// that its cause cannot be told from its neighbour.
struct RefusedStep {
    /// The cause that would have come in.
    ChangeCause step = ChangeCause::own_data;
    /// The unit whose own data were let in alone; empty for all.
    std::string unit{};
    std::vector<Problem> problems{};
    friend bool operator==(const RefusedStep&, const RefusedStep&) = default;
};

/// An old value that stands in the new data as long as the old model is used, because that
/// model cannot do without.
struct HeldValue {
    std::string indicator{};
    /// Empty where the new data have no such column at all.
    std::string unit{};
    friend auto operator<=>(const HeldValue&, const HeldValue&) = default;
};

namespace detail {

/// Boards after each scored cause; the first is the old board, the last the new one. There is
/// none after `own_data`, which differs from unit to unit.
using DiffStages = std::array<std::optional<Scoreboard>, scored_causes + 1>;

[[nodiscard]] constexpr std::size_t stage_after(ChangeCause cause) noexcept {
    return static_cast<std::size_t>(cause) + 1;
}

/// Total and rank of one unit along the path.
struct UnitPath {
    std::array<double, scored_causes + 1> scores{};
    std::array<double, scored_causes + 1> ranks{};
};

class DiffPath {
  public:
    DiffPath(const Scoreboard& before, const Scoreboard& after, const DiffOptions& options)
        : before_(before), after_(after), options_(options) {
        const std::set<std::string> old_units = evaluated_codes(before_);
        const std::set<std::string> new_units = evaluated_codes(after_);
        for (const std::string& code : old_units)
            (new_units.contains(code) ? stayed : left).push_back(code);
        for (const std::string& code : new_units)
            if (!old_units.contains(code)) entered.push_back(code);
        same_model_ = before_.model() == after_.model();
        as_of_ = after_.as_of() ? after_.as_of() : before_.as_of();
    }

    void run() {
        const IndexModel& old_model = before_.model();
        if (!same_model_) find_held();
        const bool dated = date_matters();
        const bool by_unit = old_model.is_peer_relative();
        std::vector<std::size_t> changed;
        if (by_unit)
            for (std::size_t k = 0; k < stayed.size(); ++k)
                if (row_changed(stayed[k])) changed.push_back(k);
        scorings_ = (dated ? 1U : 0U) + (entered.empty() ? 0U : 1U) + (same_model_ ? 0U : 1U) +
                    (left.empty() ? 0U : 1U) + changed.size();
        const auto at = [&](ChangeCause cause) -> std::optional<Scoreboard>& {
            return stages[stage_after(cause)];
        };
        stages.front() = before_;
        stages.back() = after_;
        at(ChangeCause::date) = dated ? score_dated() : before_;
        at(ChangeCause::definition) = entered.empty() ? after_ : score_redefined();
        // Cause of the first stage that a scoring stands for.
        const bool none_left = left.empty();
        at(ChangeCause::leaving) =
            same_model_ ? at(ChangeCause::definition)
                        : score_new_data(none_left ? ChangeCause::peers : ChangeCause::leaving);
        at(ChangeCause::peers) =
            none_left ? at(ChangeCause::leaving) : score_new_data(ChangeCause::peers);
        own_scores_.assign(stayed.size(), missing_value);
        own_ranks_.assign(stayed.size(), missing_value);
        if (by_unit)
            score_own_rows(changed);
        else
            take_own_rows();
        std::sort(refused.begin(), refused.end(), [](const auto& a, const auto& b) {
            return std::pair(a.step, a.unit) < std::pair(b.step, b.unit);
        });
    }

    /// The path of a unit that stayed, by its position in `stayed`.
    [[nodiscard]] UnitPath of(std::size_t position) const {
        UnitPath out;
        for (std::size_t k = 0; k < stages.size(); ++k) {
            const std::optional<Index> unit =
                stages[k] ? stages[k]->units().find(stayed[position]) : std::nullopt;
            out.scores[k] = unit ? stages[k]->full_scores()[*unit] : missing_value;
            out.ranks[k] = unit ? stages[k]->ranks()[*unit] : missing_value;
        }
        constexpr std::size_t own = stage_after(ChangeCause::own_data);
        out.scores[own] = own_scores_[position];
        out.ranks[own] = own_ranks_[position];
        return out;
    }

    /// Codes of the evaluated units, ascending.
    std::vector<std::string> stayed{};
    std::vector<std::string> left{};
    std::vector<std::string> entered{};
    DiffStages stages{};
    std::vector<RefusedStep> refused{};
    std::vector<HeldValue> held{};

  private:
    [[nodiscard]] static std::set<std::string> evaluated_codes(const Scoreboard& board) {
        std::set<std::string> out;
        for (Index unit = 0; unit < board.unit_count(); ++unit)
            if (board.is_evaluated(unit)) out.insert(board.units().code(unit));
        return out;
    }

    /// Whether targets move between the two dates under the old model.
    [[nodiscard]] bool date_matters() const {
        if (!as_of_ || !before_.as_of() || *as_of_ == *before_.as_of()) return false;
        const IndexModel& model = before_.model();
        return std::any_of(model.leaves().begin(), model.leaves().end(),
                           [&](Index leaf) { return needs_dated_target(model.node(leaf).score); });
    }

    // ---- values that the old model cannot do without ----

    /// The leaves that read each column, and the columns that derived leaves need.
    void find_held() {
        const IndexModel& model = before_.model();
        std::map<std::string, std::vector<const Node*>> readers;
        std::set<std::string> needed;
        for (const Index leaf : model.leaves()) {
            const Node& node = model.node(leaf);
            readers[node.indicator].push_back(&node);
            if (node.missing.uses(MissingPolicy::refuse)) add_arguments(node.indicator, needed);
        }
        std::set<std::string> read(model.indicators().begin(), model.indicators().end());
        for (const PreparationStep& each : model.definition().preparation)
            if (const auto* denominate = std::get_if<step::Denominate>(&each))
                for (const step::Denominator& by : denominate->denominators) read.insert(by.by);
        for (const std::string& column : given_columns(before_.panel())) {
            if (!read.contains(column)) continue;
            const auto now = after_.panel().find(column);
            if (!now) {
                held.push_back({column, {}});
                continue;
            }
            const Index old_column = *before_.panel().find(column);
            for (const std::string& code : stayed) {
                const CellState state = after_.panel().state(*after_.units().find(code), *now);
                if (has_value(state) ||
                    !has_value(before_.panel().state(*before_.units().find(code), old_column)))
                    continue;
                const auto refuses = [&](const Node* node) { return refused_by(*node, state); };
                const std::vector<const Node*>& leaves = readers[column];
                if (needed.contains(column) || std::any_of(leaves.begin(), leaves.end(), refuses)) {
                    held.push_back({column, code});
                    held_cells_[column].insert(code);
                }
            }
        }
        std::sort(held.begin(), held.end());
    }

    void add_arguments(const std::string& code, std::set<std::string>& needed) const {
        const Derivation* derived = before_.model().find_derived(code);
        if (!derived) return;
        for (const std::string& read : derived->expression.indicators())
            if (needed.insert(read).second) add_arguments(read, needed);
    }

    [[nodiscard]] static bool refused_by(const Node& node, CellState state) {
        if (!thuocdo::detail::is_for_missing_rule(node, state))
            return node.zero_denominator == ZeroDenominatorRule::refuse;
        return thuocdo::detail::missing_policy(node, state) == MissingPolicy::refuse;
    }

    // ---- panels ----

    /// A unit whose dates of validity do not decide whether it is evaluated.
    [[nodiscard]] static Unit dateless(Unit unit, bool evaluated) {
        unit.valid_from.reset();
        unit.valid_to.reset();
        if (!evaluated) unit.valid_to = Date(boost::gregorian::min_date_time);
        return unit;
    }

    /// Rows that an old scoring had: the evaluated ones asked for, and those that neither
    /// board evaluates, which rules may still refer to.
    template <class TakesNew>
    [[nodiscard]] std::vector<RowSource> old_rows(bool with_leavers, TakesNew&& takes_new) const {
        std::vector<RowSource> rows;
        const UnitRegistry& units = before_.units();
        for (Index unit = 0; unit < units.size(); ++unit) {
            const std::string& code = units.code(unit);
            const bool evaluated = before_.is_evaluated(unit);
            const auto now = after_.units().find(code);
            if (!evaluated && now && after_.is_evaluated(*now)) continue;
            const bool leaves =
                evaluated && !std::binary_search(stayed.begin(), stayed.end(), code);
            if (leaves && !with_leavers) continue;
            RowSource row{{}, &before_.panel(), unit, &before_.panel(), unit};
            const bool fresh = now && !leaves && takes_new(code);
            if (fresh) {
                row.panel = &after_.panel();
                row.row = *now;
            }
            row.unit = dateless(fresh ? after_.units().unit(*now) : units.unit(unit), evaluated);
            rows.push_back(std::move(row));
        }
        return rows;
    }

    [[nodiscard]] IsHeld held_in(const std::vector<RowSource>& rows) const {
        return [this, &rows](std::size_t place, const std::string& column) {
            const auto found = held_cells_.find(column);
            return found != held_cells_.end() && found->second.contains(rows[place].unit.code);
        };
    }

    [[nodiscard]] static const Panel* panel_in(const std::optional<Panel>& panel) {
        return panel ? &*panel : nullptr;
    }

    /// The row of a unit, -1 where there is none.
    [[nodiscard]] static Index row_in(const std::optional<Panel>& panel, const std::string& code) {
        return panel ? panel->units().find(code).value_or(-1) : -1;
    }

    /// The panel of the previous period, where units that have new data have theirs.
    template <class TakesNew>
    [[nodiscard]] std::optional<Panel> previous_for(const std::vector<RowSource>& rows,
                                                    TakesNew&& takes_new) const {
        const std::optional<Panel>& old_panel = before_.data().previous;
        const std::optional<Panel>& new_panel = after_.data().previous;
        if (!old_panel && !new_panel) return std::nullopt;
        std::vector<std::string> columns;
        for (const std::optional<Panel>& each : {old_panel, new_panel}) {
            if (!each) continue;
            for (std::string& column : given_columns(*each))
                if (!before_.model().find_derived(column) &&
                    std::find(columns.begin(), columns.end(), column) == columns.end())
                    columns.push_back(std::move(column));
        }
        std::vector<RowSource> out;
        for (const RowSource& row : rows) {
            const std::string& code = row.unit.code;
            const Index then = row_in(old_panel, code);
            const bool fresh = takes_new(code);
            RowSource each;
            each.panel = fresh ? panel_in(new_panel) : panel_in(old_panel);
            each.row = fresh ? row_in(new_panel, code) : then;
            if (each.row < 0) continue;
            if (then >= 0) {
                each.fallback = &*old_panel;
                each.fallback_row = then;
            }
            each.unit = each.panel->units().unit(each.row);
            out.push_back(std::move(each));
        }
        return Panel(merge_rows(out, std::move(columns), new_panel ? *new_panel : *old_panel));
    }

    /// Whether anything of a unit that the old model may read is new.
    [[nodiscard]] bool row_changed(const std::string& code) const {
        const Index then = *before_.units().find(code);
        const Index now = *after_.units().find(code);
        if (dateless(before_.units().unit(then), true) != dateless(after_.units().unit(now), true))
            return true;
        const auto differs = [&](const Panel& old_panel, Index old_row, const Panel& new_panel,
                                 Index new_row) {
            for (const std::string& column : given_columns(old_panel)) {
                const auto cells = held_cells_.find(column);
                if (cells != held_cells_.end() && cells->second.contains(code)) continue;
                const auto there = new_panel.find(column);
                if (there && !same_cell({&old_panel, old_row, *old_panel.find(column)},
                                        {&new_panel, new_row, *there}))
                    return true;
            }
            return false;
        };
        if (differs(before_.panel(), then, after_.panel(), now)) return true;
        const std::optional<Panel>& old_panel = before_.data().previous;
        const std::optional<Panel>& new_panel = after_.data().previous;
        const Index old_row = row_in(old_panel, code);
        const Index new_row = row_in(new_panel, code);
        if (old_row < 0 || new_row < 0) return old_row != new_row;
        return differs(*old_panel, old_row, *new_panel, new_row);
    }

    // ---- scorings ----

    [[nodiscard]] std::optional<Scoreboard> attempt(ChangeCause step, const std::string& unit,
                                                    const std::function<Scoreboard()>& scoring) {
        std::optional<Scoreboard> out;
        try {
            out = scoring();
        } catch (const Error& error) {
            refused.push_back({step, unit, error.problems()});
        }
        ++done_;
        return out;
    }

    [[nodiscard]] ScoreOptions score_options(const Scoreboard& like,
                                             const std::optional<Date>& on) {
        ScoreOptions options = thuocdo::detail::score_options_of(like);
        options.as_of = on;
        options.threads = options_.threads;
        if (options_.progress)
            options.progress = [this](double share) {
                const auto all = static_cast<double>(std::max<std::size_t>(scorings_, 1));
                return options_.progress((static_cast<double>(done_) + share) / all);
            };
        return options;
    }

    [[nodiscard]] std::optional<Scoreboard> score_dated() {
        return attempt(ChangeCause::date, {}, [&] {
            const std::vector<RowSource> rows =
                old_rows(true, [](const std::string&) { return false; });
            return score(before_.model(),
                         Panel(merge_rows(rows, given_columns(before_.panel()), before_.panel())),
                         score_options(before_, as_of_));
        });
    }

    /// New data under the old model: of everybody, or without the units that left.
    [[nodiscard]] std::optional<Scoreboard> score_new_data(ChangeCause step) {
        return attempt(step, {}, [&] {
            const auto stays = [this](const std::string& code) {
                return !std::binary_search(left.begin(), left.end(), code);
            };
            const std::vector<RowSource> rows = old_rows(step == ChangeCause::peers, stays);
            ScoreOptions options = score_options(after_, as_of_);
            options.previous = previous_for(rows, stays);
            return score(before_.model(),
                         Panel(merge_rows(rows, given_columns(before_.panel()), after_.panel(),
                                          held_in(rows))),
                         options);
        });
    }

    /// The new board without the units that entered.
    [[nodiscard]] std::optional<Scoreboard> score_redefined() {
        // Of the causes that this scoring stands for, the first.
        const ChangeCause step = !same_model_   ? ChangeCause::definition
                                 : left.empty() ? ChangeCause::peers
                                                : ChangeCause::leaving;
        return attempt(step, {}, [&] {
            std::vector<RowSource> rows;
            for (Index unit = 0; unit < after_.unit_count(); ++unit) {
                const std::string& code = after_.units().code(unit);
                if (std::binary_search(entered.begin(), entered.end(), code)) continue;
                rows.push_back({after_.units().unit(unit), &after_.panel(), unit, nullptr, 0});
            }
            return score(after_.model(),
                         Panel(merge_rows(rows, given_columns(after_.panel()), after_.panel())),
                         score_options(after_, after_.as_of()));
        });
    }

    /// Where units do not depend on each other, one scoring has what each one alone would get.
    void take_own_rows() {
        const std::optional<Scoreboard>& fresh = stages[stage_after(ChangeCause::peers)];
        const std::optional<Scoreboard>& base = stages[stage_after(ChangeCause::date)];
        if (!fresh) return;
        const IndexModel& model = before_.model();
        const RankingRule& rule = model.definition().ranking;
        const Eigen::VectorXd new_keys = thuocdo::detail::rank_key(fresh->data());
        Eigen::VectorXd keys;
        Eigen::MatrixXd results;
        if (base) {
            keys = thuocdo::detail::rank_key(base->data());
            results = base->results();
        }
        const bool by_count = rule.ties == TiePolicy::competition && rule.tie_breakers.empty();
        for (std::size_t k = 0; k < stayed.size(); ++k) {
            const Index now = *fresh->units().find(stayed[k]);
            own_scores_[k] = fresh->full_scores()[now];
            if (!base || std::isnan(new_keys[now])) continue;
            const Index then = *base->units().find(stayed[k]);
            if (by_count) {
                const bool descending = rule.order == numeric::Order::descending;
                double better = 0.0;
                for (Index other = 0; other < keys.size(); ++other)
                    if (other != then &&
                        (descending ? keys[other] > new_keys[now] : keys[other] < new_keys[now]))
                        better += 1.0;
                own_ranks_[k] = 1.0 + better;
                continue;
            }
            const double kept_key = std::exchange(keys[then], new_keys[now]);
            const Eigen::RowVectorXd kept = results.row(then);
            results.row(then) = fresh->results().row(now);
            own_ranks_[k] = thuocdo::detail::rank_column(model, base->units(), results, keys)[then];
            results.row(then) = kept;
            keys[then] = kept_key;
        }
    }

    /// One scoring for each unit whose row changed.
    void score_own_rows(const std::vector<std::size_t>& changed) {
        const std::optional<Scoreboard>& base = stages[stage_after(ChangeCause::date)];
        if (base)
            for (std::size_t k = 0; k < stayed.size(); ++k) {
                const Index unit = *base->units().find(stayed[k]);
                own_scores_[k] = base->full_scores()[unit];
                own_ranks_[k] = base->ranks()[unit];
            }
        if (changed.empty()) return;
        const auto nobody = [](const std::string&) { return false; };
        const std::vector<RowSource> old = old_rows(true, nobody);
        const PanelDefinition old_panel =
            merge_rows(old, given_columns(before_.panel()), before_.panel());
        for (const std::size_t k : changed) {
            const std::string& code = stayed[k];
            const auto alone = [&code](const std::string& each) { return each == code; };
            const auto board = attempt(ChangeCause::own_data, code, [&] {
                PanelDefinition panel = old_panel;
                const Index row = *old_panel.units.find(code);
                const Index now = *after_.units().find(code);
                std::vector<RowSource> rows = old;
                RowSource& own = rows[static_cast<std::size_t>(row)];
                const Unit unit = dateless(after_.units().unit(now), true);
                if (unit != own.unit) {
                    own.unit = unit;
                    panel.units = registry_of(rows);
                }
                own.panel = &after_.panel();
                own.row = now;
                write_row(panel, row, own, static_cast<std::size_t>(row), held_in(rows));
                ScoreOptions options = score_options(before_, as_of_);
                options.previous = previous_for(rows, alone);
                return score(before_.model(), Panel(std::move(panel)), options);
            });
            const std::optional<Index> unit = board ? board->units().find(code) : std::nullopt;
            own_scores_[k] = unit ? board->full_scores()[*unit] : missing_value;
            own_ranks_[k] = unit ? board->ranks()[*unit] : missing_value;
        }
    }

    const Scoreboard& before_;
    const Scoreboard& after_;
    const DiffOptions& options_;
    bool same_model_ = false;
    std::optional<Date> as_of_{};
    std::map<std::string, std::set<std::string>> held_cells_{};
    std::vector<double> own_scores_{};
    std::vector<double> own_ranks_{};
    std::size_t scorings_ = 0;
    std::size_t done_ = 0;
};

}  // namespace detail
}  // namespace thuocdo::publish
