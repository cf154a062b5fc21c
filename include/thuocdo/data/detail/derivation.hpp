#pragma once
/// @file
/// Appends the derived columns of a model to a panel.

#include <thuocdo/data/derive.hpp>
#include <thuocdo/data/detail/expression_evaluator.hpp>
#include <thuocdo/detail/nearest_word.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

namespace detail {

/// The panel without the columns that a model computed.
[[nodiscard]] inline PanelDefinition without_derived(const Panel& panel) {
    PanelDefinition given = panel.definition();
    if (panel.derived().empty()) return given;
    std::vector<Index> kept;
    for (Index j = 0; j < panel.indicator_count(); ++j)
        if (!panel.is_derived(panel.indicators()[static_cast<std::size_t>(j)])) kept.push_back(j);
    const auto count = static_cast<Index>(kept.size());
    std::vector<std::string> indicators;
    std::map<Index, RatioParts> ratios;
    std::map<Index, std::vector<std::int32_t>> provenance_ids;
    for (Index k = 0; k < count; ++k) {
        const Index j = kept[static_cast<std::size_t>(k)];
        indicators.push_back(std::move(given.indicators[static_cast<std::size_t>(j)]));
        // Columns only move to the left, so none is overwritten before its turn.
        if (k != j) given.values.col(k) = given.values.col(j);
        if (k != j && given.states.size() != 0) given.states.col(k) = given.states.col(j);
        if (auto parts = given.ratios.extract(j)) ratios.emplace(k, std::move(parts.mapped()));
        if (auto ids = given.provenance_ids.extract(j))
            provenance_ids.emplace(k, std::move(ids.mapped()));
    }
    given.values.conservativeResize(Eigen::NoChange, count);
    if (given.states.size() != 0) given.states.conservativeResize(Eigen::NoChange, count);
    given.indicators = std::move(indicators);
    given.ratios = std::move(ratios);
    given.provenance_ids = std::move(provenance_ids);
    given.derived.clear();
    return given;
}

/// Computes some or all derived indicators of a model for one panel.
class Derivations {
  public:
    /// `evaluated` has a flag a unit, or is empty for all: only their faults are
    /// errors. `what` names the panel in messages.
    Derivations(const IndexModel& model, PanelDefinition given, const Panel* previous,
                const std::vector<std::uint8_t>& evaluated, const char* what)
        : model_(model),
          panel_(std::move(given)),
          previous_(previous),
          evaluated_(evaluated),
          what_(what) {
        for (std::size_t k = 0; k < panel_.indicators.size(); ++k)
            columns_.emplace(panel_.indicators[k], static_cast<Index>(k));
    }

    /// The panel with the derived indicators at these positions appended; they
    /// must hold all that they need of each other.
    [[nodiscard]] Panel run(const std::vector<bool>& wanted) {
        check(wanted);
        if (!problems_.empty())
            throw DataError(
                std::string("the ") + what_ + " does not fit the model \"" + model_.id() + '"',
                std::move(problems_));
        append_columns(wanted);
        for (const std::size_t k : model_.derivation_order())
            if (wanted[k]) compute(model_.derived()[k]);
        if (!problems_.empty())
            throw DataError(
                std::string("the derived indicators of the ") + what_ + " cannot be computed",
                std::move(problems_));
        return Panel(std::move(panel_));
    }

  private:
    [[nodiscard]] static std::string place_of(const IndexModel& model, const Derivation& derived) {
        for (std::size_t k = 0; k < model.derived().size(); ++k)
            if (&model.derived()[k] == &derived)
                return "/derived/" + std::to_string(k) + "/expression";
        return {};
    }

    void check(const std::vector<bool>& wanted) {
        std::set<std::string> reported;
        for (std::size_t k = 0; k < wanted.size(); ++k) {
            if (!wanted[k]) continue;
            const Derivation& derived = model_.derived()[k];
            if (columns_.contains(derived.code))
                problems_.push_back({"derived_column_given", "indicator \"" + derived.code + '"',
                                     "a column of that code in the panel",
                                     "no column, because the model derives it",
                                     "leave it out, or rename it"});
            check_columns(derived, reported);
        }
    }

    void check_columns(const Derivation& derived, std::set<std::string>& reported) {
        const expression::Expression& expression = derived.expression;
        std::vector<char> now(expression.terms.size(), 1);
        std::vector<char> before(expression.terms.size(), 0);
        for (const expression::Term& term : expression.terms) {
            if (term.operation != expression::Operation::call) continue;
            if (term.function != expression::Function::previous &&
                term.function != expression::Function::growth)
                continue;
            before[term.arguments.front()] = 1;
            if (term.function == expression::Function::previous) now[term.arguments.front()] = 0;
        }
        for (std::size_t t = 0; t < expression.terms.size(); ++t) {
            const expression::Term& term = expression.terms[t];
            if (term.operation != expression::Operation::indicator) continue;
            const std::string where =
                "derived indicator \"" + derived.code + "\" (" +
                expression::column_place(place_of(model_, derived), expression.text, term.begin) +
                ')';
            if (now[t] != 0 && !columns_.contains(term.text) && !model_.find_derived(term.text) &&
                reported.insert(term.text).second) {
                const auto nearest = nearest_word(term.text, panel_.indicators);
                problems_.push_back(
                    {"indicator_missing", "indicator \"" + term.text + '"',
                     std::string("no such column in the ") + what_, "a column for " + where,
                     nearest ? "did you mean \"" + *nearest + "\"?" : "add the column"});
            }
            if (before[t] != 0 && !(previous_ && previous_->find(term.text)) &&
                reported.insert("previous " + term.text).second)
                problems_.push_back(
                    {"previous_panel_missing", "indicator \"" + term.text + '"',
                     previous_ ? "no such column in the previous panel" : "no previous panel",
                     "the panel of the previous period, for " + where, "pass it as previous"});
        }
    }

    void append_columns(const std::vector<bool>& wanted) {
        auto next = static_cast<Index>(panel_.indicators.size());
        for (std::size_t k = 0; k < wanted.size(); ++k) {
            if (!wanted[k]) continue;
            const std::string& code = model_.derived()[k].code;
            panel_.indicators.push_back(code);
            panel_.derived.insert(code);
            columns_.emplace(code, next++);
        }
        panel_.values.conservativeResize(panel_.units.size(), next);
        if (panel_.states.size() != 0) panel_.states.conservativeResize(panel_.units.size(), next);
    }

    void load(Index column, Index first, Index rows, const expression::detail::Buffer& to) const {
        const double* values = panel_.values.data() + column * panel_.values.rows() + first;
        std::copy(values, values + rows, to.values);
        if (panel_.states.size() == 0) {
            for (Index i = 0; i < rows; ++i)
                to.strengths[i] =
                    std::isnan(values[i]) ? strength_of_not_reported : CellStrength{0};
            return;
        }
        const CellState* states = panel_.states.data() + column * panel_.states.rows() + first;
        for (Index i = 0; i < rows; ++i) to.strengths[i] = strength_of(states[i]);
    }

    void load_previous(Index column, Index first, Index rows,
                       const expression::detail::Buffer& to) const {
        for (Index i = 0; i < rows; ++i) {
            const Index row = rows_before_[static_cast<std::size_t>(first + i)];
            to.values[i] = row < 0 ? missing_value : previous_->value(row, column);
            to.strengths[i] =
                row < 0 ? strength_of_not_reported : strength_of(previous_->state(row, column));
        }
    }

    void match_previous() {
        if (!rows_before_.empty()) return;
        for (const std::string& code : panel_.units.codes())
            rows_before_.push_back(previous_->units().find(code).value_or(-1));
    }

    void compute(const Derivation& derived) {
        const std::vector<expression::Term>& terms = derived.expression.terms;
        std::vector<Index> now(terms.size(), -1);
        std::vector<Index> before(terms.size(), -1);
        for (std::size_t t = 0; t < terms.size(); ++t) {
            if (terms[t].operation != expression::Operation::indicator) continue;
            if (const auto found = columns_.find(terms[t].text); found != columns_.end())
                now[t] = found->second;
            if (previous_) before[t] = previous_->find(terms[t].text).value_or(-1);
        }
        if (derived.expression.uses_previous()) match_previous();
        using expression::detail::Buffer;
        expression::detail::ExpressionEvaluator evaluator(
            derived.expression,
            [&](std::size_t term, Index first, Index rows, const Buffer& to) {
                load(now[term], first, rows, to);
            },
            [&](std::size_t term, Index first, Index rows, const Buffer& to) {
                load_previous(before[term], first, rows, to);
            });
        const Index column = columns_.at(derived.code);
        const Index units = panel_.units.size();
        const std::uint8_t* const counts = evaluated_.empty() ? nullptr : evaluated_.data();
        for (Index first = 0; first < units; first += expression::detail::block_rows) {
            const Index rows = std::min(expression::detail::block_rows, units - first);
            store(evaluator.run(first, rows, counts), column, first, rows);
        }
        report(derived, evaluator.faults());
    }

    void store(const expression::detail::Buffer& result, Index column, Index first, Index rows) {
        double* const values = panel_.values.data() + column * panel_.values.rows() + first;
        // A zero has no sign that anybody asked for.
        for (Index i = 0; i < rows; ++i) values[i] = result.values[i] + 0.0;
        if (panel_.states.size() == 0) {
            bool plain = true;
            for (Index i = 0; i < rows; ++i)
                plain = plain && (result.strengths[i] == 0 ||
                                  result.strengths[i] == strength_of_not_reported);
            if (plain) return;
            // A derived cell is neither observed nor simply missing.
            require_states(panel_);
        }
        CellState* const states = panel_.states.data() + column * panel_.states.rows() + first;
        for (Index i = 0; i < rows; ++i) states[i] = state_of_strength(result.strengths[i]);
    }

    void report(const Derivation& derived, std::vector<expression::detail::Fault>& faults) {
        std::stable_sort(faults.begin(), faults.end(),
                         [](const auto& a, const auto& b) { return a.unit < b.unit; });
        for (expression::detail::Fault& fault : faults) {
            const expression::Term& term = derived.expression.terms[fault.term];
            const std::string part =
                derived.expression.text.substr(term.begin, term.end - term.begin);
            const bool overflow = std::string_view(fault.code) == "overflow";
            problems_.push_back(
                {fault.code,
                 "unit \"" + panel_.units.code(fault.unit) + "\", derived indicator \"" +
                     derived.code + '"',
                 std::move(fault.found) + " in \"" + part + "\" (" +
                     expression::column_place(place_of(model_, derived), derived.expression.text,
                                              term.at) +
                     ')',
                 overflow ? "a number below 1.8e308" : "arguments inside the domain",
                 "correct the data, or decide such cases with if or clamp"});
        }
    }

    const IndexModel& model_;
    PanelDefinition panel_;
    const Panel* previous_;
    const std::vector<std::uint8_t>& evaluated_;
    const char* what_;
    std::unordered_map<std::string, Index> columns_;
    std::vector<Index> rows_before_;
    std::vector<Problem> problems_;
};

/// The derived indicators that are read from the previous panel: by expressions, by
/// growth rules and by carried values; with all that they need. Those that look
/// back further themselves are left out.
[[nodiscard]] inline std::vector<bool> read_from_previous(const IndexModel& model) {
    const auto derived = model.derived();
    std::vector<bool> wanted(derived.size(), false);
    const auto want = [&](const std::string& code) {
        for (std::size_t k = 0; k < derived.size(); ++k)
            if (derived[k].code == code) wanted[k] = true;
    };
    for (const Derivation& each : derived)
        for (const expression::Term& term : each.expression.terms)
            if (term.operation == expression::Operation::call &&
                (term.function == expression::Function::previous ||
                 term.function == expression::Function::growth))
                want(each.expression.terms[term.arguments.front()].text);
    for (const Index leaf : model.leaves()) {
        const Node& node = model.node(leaf);
        if (std::holds_alternative<rule::GrowthToTarget>(node.score) ||
            node.missing.uses(MissingPolicy::carry_last))
            want(node.indicator);
    }
    const auto order = model.derivation_order();
    for (std::size_t k = order.size(); k-- > 0;)
        if (wanted[order[k]])
            for (const std::string& code : derived[order[k]].expression.indicators()) want(code);
    std::set<std::string> looks_back;
    for (const std::size_t k : order) {
        const expression::Expression& expression = derived[k].expression;
        bool back = expression.uses_previous();
        for (const std::string& code : expression.indicators())
            back = back || looks_back.contains(code);
        if (!back) continue;
        looks_back.insert(derived[k].code);
        wanted[k] = false;
    }
    return wanted;
}

/// The previous panel with the derived columns that are read from it. A column
/// that was computed when that panel was scored stands as it is.
[[nodiscard]] inline Panel derive_previous(const IndexModel& model, const Panel& previous) {
    std::vector<bool> wanted = read_from_previous(model);
    bool any = false;
    for (std::size_t k = 0; k < wanted.size(); ++k) {
        if (previous.find(model.derived()[k].code)) wanted[k] = false;
        any = any || wanted[k];
    }
    if (!any) return previous;
    const std::vector<std::uint8_t> all;
    return Derivations(model, previous.definition(), nullptr, all, "previous panel").run(wanted);
}

/// The derived indicators of which a panel, with the one before it if any, has
/// every column.
[[nodiscard]] inline std::vector<bool> derivable(const IndexModel& model, const Panel& panel,
                                                 const Panel* previous) {
    const auto derived = model.derived();
    std::vector<bool> wanted(derived.size(), false);
    std::set<std::string> there;
    for (const std::size_t k : model.derivation_order()) {
        const std::vector<expression::Term>& terms = derived[k].expression.terms;
        std::vector<char> needed_now(terms.size(), 1);
        std::vector<char> needed_before(terms.size(), 0);
        for (const expression::Term& term : terms) {
            if (term.operation != expression::Operation::call) continue;
            const bool only_before = term.function == expression::Function::previous;
            if (!only_before && term.function != expression::Function::growth) continue;
            needed_before[term.arguments.front()] = 1;
            if (only_before) needed_now[term.arguments.front()] = 0;
        }
        bool complete = true;
        for (std::size_t t = 0; t < terms.size(); ++t) {
            if (terms[t].operation != expression::Operation::indicator) continue;
            const std::string& code = terms[t].text;
            const bool given = panel.find(code) && !panel.is_derived(code);
            if (needed_now[t] != 0) complete = complete && (given || there.contains(code));
            if (needed_before[t] != 0) complete = complete && previous && previous->find(code);
        }
        wanted[k] = complete;
        if (complete) there.insert(derived[k].code);
    }
    return wanted;
}

/// A panel of a series with the derived indicators that it and the panel before it
/// have the columns for. One that has them all already stands as it is.
[[nodiscard]] inline Panel derive_in_series(const IndexModel& model, const Panel& panel,
                                            const Panel* previous,
                                            const std::vector<std::uint8_t>& evaluated) {
    bool all = true;
    for (const Derivation& each : model.derived()) all = all && panel.is_derived(each.code);
    if (all) return panel;
    return Derivations(model, without_derived(panel), previous, evaluated, "panel")
        .run(derivable(model, panel, previous));
}

/// `derive` for the units that are evaluated, with a previous panel that is ready.
[[nodiscard]] inline Panel derive_evaluated(const IndexModel& model, const Panel& panel,
                                            const Panel* previous,
                                            const std::vector<std::uint8_t>& evaluated) {
    if (model.derived().empty()) return panel;
    const std::vector<bool> all(model.derived().size(), true);
    return Derivations(model, without_derived(panel), previous, evaluated, "panel").run(all);
}

}  // namespace detail

#if !THUOCDO_DECLARATIONS_ONLY
THUOCDO_INLINE Panel derive(const IndexModel& model, const Panel& panel,
                            const std::optional<Panel>& previous) {
    if (!previous) return detail::derive_evaluated(model, panel, nullptr, {});
    const Panel before = detail::derive_previous(model, *previous);
    return detail::derive_evaluated(model, panel, &before, {});
}
#endif

}  // namespace thuocdo
