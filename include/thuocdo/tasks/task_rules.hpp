#pragma once
/// @file
/// What makes a task complete and in time: rules that differ between systems,
/// so they are data.

#include <cstdint>

namespace thuocdo {

/// The day that is held against the deadline.
enum class Timeliness : std::uint8_t {
    /// When the body handed its result in or reported completion: the time that
    /// the authority takes to accept is not the body's lateness.
    submission,
    /// When completion was reported or the result accepted.
    completion,
    /// When the last condition of completion was met.
    acceptance
};

/// Rules of a register.
struct TaskRules {
    /// Whether a task counts as complete only with every product accepted (or,
    /// where it lists none, with an `accepted` event). Otherwise a `completed`
    /// event is enough.
    bool accepted_product_required = true;
    Timeliness timeliness = Timeliness::submission;
    /// An open task whose deadline is at most so many days away is due soon.
    std::int32_t due_soon_days = 15;
    /// Taken off the quality of a product for each failed assessment, and off
    /// its timeliness for each deadline missed; never below 0. Decree
    /// 335/2025/ND-CP takes 25%. At most four decimals.
    double penalty_per_failed_assessment = 0.25;
    double penalty_per_missed_deadline = 0.25;

    friend bool operator==(const TaskRules&, const TaskRules&) = default;
};

}  // namespace thuocdo
