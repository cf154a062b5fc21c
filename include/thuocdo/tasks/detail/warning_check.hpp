#pragma once
/// @file
/// Whether a rule holds for a task on a day. Separate from the sentences, so
/// that an evaluation over many days builds none.

#include <thuocdo/tasks/detail/warning_facts.hpp>
#include <thuocdo/tasks/warning_rules.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace thuocdo::detail {

[[nodiscard]] inline std::int32_t whole(double parameter) noexcept {
    return static_cast<std::int32_t>(parameter);
}

/// What the rules need beside the task itself.
struct WarningContext {
    /// Only where a rule of kind `allocation_late` is there.
    std::optional<DocumentMoney> documents{};

    WarningContext(const TaskRegister& tasks, std::span<const WarningRule> rules) {
        for (const WarningRule& rule : rules)
            if (rule.kind == WarningKind::allocation_late && !documents) documents.emplace(tasks);
    }
};

/// Whether money is to be expected for a task that has no allocation.
[[nodiscard]] inline bool expects_money(const WarningRule& rule, const WarningFacts& facts,
                                        const WarningContext& context) {
    if (facts.money.has_money()) return true;
    if (!context.documents) return false;
    const DocumentPeers peers = context.documents->peers(facts.tasks(), facts.row(), facts.day);
    return static_cast<double>(peers.others) >= rule.parameters.peers &&
           peers.share() >= rule.parameters.peer_share;
}

/// Whether a rule about tasks or money holds for an open task. Kinds about
/// indicators never hold here.
[[nodiscard]] inline bool holds(const WarningRule& rule, const WarningFacts& facts,
                                const WarningContext& context) {
    const WarningParameters& given = rule.parameters;
    const TaskResources& money = facts.money;
    switch (rule.kind) {
        case WarningKind::late_start:
            return !facts.has_started() && money.elapsed >= given.share;
        case WarningKind::no_movement:
            return !facts.is_handed_in() && facts.days_without_event() >= whole(given.days);
        case WarningKind::behind_schedule:
            return !facts.is_handed_in() && exceeds_by(money.elapsed, money.progress, given.margin);
        case WarningKind::milestone_missed:
            return !facts.is_handed_in() && facts.missed_milestone(whole(given.days)) != nullptr;
        case WarningKind::deadline_near: {
            const double reported = facts.reported();
            return !facts.is_handed_in() && facts.days_left() >= 0 &&
                   facts.days_left() <= whole(given.days) &&
                   (std::isnan(reported) || reported < given.share);
        }
        case WarningKind::repeated_extension:
            return facts.deadlines_not_held() >= whole(given.count);
        case WarningKind::awaiting_acceptance_long:
            return facts.is_handed_in() && facts.day - facts.handed_in >= whole(given.days);
        case WarningKind::allocation_late:
            return money.elapsed >= given.share && !money.has_allocation() &&
                   expects_money(rule, facts, context);
        case WarningKind::spending_ahead_of_results:
            return exceeds_by(money.disbursed_share(), money.progress, given.margin);
        case WarningKind::spending_slow:
            return exceeds_by(money.elapsed, money.disbursed_share(), given.margin);
        case WarningKind::results_flat_while_money_spent:
        case WarningKind::no_improvement:
        case WarningKind::stale_data:
            break;
    }
    return false;
}

}  // namespace thuocdo::detail
