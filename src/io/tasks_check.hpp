#pragma once
// The checks of the tasks themselves, without those problems that only follow
// from what could not be read.

#include <thuocdo/error.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/tasks/task_rules.hpp>

#include <string>
#include <vector>

#include "io/json_reader.hpp"

namespace thuocdo::io::detail {

/// Places are `prefix` and the relative pointer, as are those in `failed`.
[[nodiscard]] std::vector<Problem> check_read_task(const Task& task, const std::string& prefix,
                                                   const FailedPlaces& failed);

/// The checks of an event or an extension that stands alone: those that need no
/// other member of the task. Places are `prefix` and the relative pointer.
[[nodiscard]] std::vector<Problem> check_read_task_event(const TaskEvent& event,
                                                         const std::string& prefix,
                                                         const FailedPlaces& failed);
[[nodiscard]] std::vector<Problem> check_read_extension(const DeadlineExtension& extension,
                                                        const std::string& prefix,
                                                        const FailedPlaces& failed);

/// Places are `/offices/2/post`.
[[nodiscard]] std::vector<Problem> check_read_offices(const std::vector<OfficeTerm>& offices,
                                                      const FailedPlaces& failed);

/// Places are `/rules/due_soon_days`.
[[nodiscard]] std::vector<Problem> check_read_rules(const TaskRules& rules);

/// Whether all dates of the events are there, so that a status can be held
/// against them.
[[nodiscard]] bool has_readable_events(const Task& task, const std::string& prefix,
                                       const FailedPlaces& failed);

}  // namespace thuocdo::io::detail
