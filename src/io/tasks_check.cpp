#include "io/tasks_check.hpp"

#include <thuocdo/tasks/detail/check_task.hpp>
#include <thuocdo/tasks/task_register.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace thuocdo::io::detail {
namespace {

/// Problems that depend on all events of the task.
constexpr std::array<std::string_view, 4> sequence_codes{
    "event_after_cancellation", "event_while_suspended", "not_suspended", "completed_twice"};

class ConsequenceFilter {
  public:
    ConsequenceFilter(const std::string& prefix, const FailedPlaces& failed)
        : prefix_(prefix), failed_(failed) {}

    /// Whether a problem may only follow from something that could not be read.
    [[nodiscard]] bool drops(const Problem& problem) const {
        if (failed_.at_or_above(problem.place)) return true;
        if (std::find(sequence_codes.begin(), sequence_codes.end(), problem.code) !=
            sequence_codes.end())
            return failed_.at_or_below(prefix_ + "/events");
        if (problem.code == "extension_without_deadline")
            return failed_.contains(prefix_ + "/deadline");
        if (problem.code == "quality_without_acceptance")
            return failed_.contains(sibling(problem.place, "accepted"));
        if (problem.code == "share_not_expected" || problem.code == "share_out_of_range" ||
            problem.code == "authority_missing")
            return failed_.contains(sibling(problem.place, "kind"));
        return false;
    }

  private:
    static std::string sibling(const std::string& place, const char* member) {
        return place.substr(0, place.rfind('/') + 1) + member;
    }

    const std::string& prefix_;
    const FailedPlaces& failed_;
};

/// What is wrong with one part of a task in which nothing else is.
std::vector<Problem> check_part(const Task& task, std::string_view part, const std::string& prefix,
                                const FailedPlaces& failed) {
    std::vector<Problem> problems;
    const ConsequenceFilter filter(prefix, failed);
    for (Problem& problem : thuocdo::detail::check_task(task)) {
        const bool of_the_whole = std::find(sequence_codes.begin(), sequence_codes.end(),
                                            problem.code) != sequence_codes.end() ||
                                  problem.code == "extension_without_deadline";
        if (of_the_whole || !problem.place.starts_with(part)) continue;
        problem.place = prefix + problem.place.substr(part.size());
        if (!filter.drops(problem)) problems.push_back(std::move(problem));
    }
    return problems;
}

/// A task that takes any event and extension.
Task bare_task(const Date& assigned) {
    Task task;
    task.code = "task";
    task.lead = "lead";
    task.assigned = assigned;
    return task;
}

}  // namespace

std::vector<Problem> check_read_task_event(const TaskEvent& event, const std::string& prefix,
                                           const FailedPlaces& failed) {
    Task task = bare_task(event.date);
    task.events.push_back(event);
    return check_part(task, "/events/0", prefix, failed);
}

std::vector<Problem> check_read_extension(const DeadlineExtension& extension,
                                          const std::string& prefix, const FailedPlaces& failed) {
    Task task = bare_task(extension.decided);
    task.extensions.push_back(extension);
    return check_part(task, "/extensions/0", prefix, failed);
}

std::vector<Problem> check_read_task(const Task& task, const std::string& prefix,
                                     const FailedPlaces& failed) {
    std::vector<Problem> problems = thuocdo::detail::check_task(task);
    for (std::size_t k = 0; k < task.indicators.size(); ++k)
        if (task.indicators[k].empty())
            problems.push_back({"empty_code", "/indicators/" + std::to_string(k), "nothing",
                                "the code of an indicator", "give it as text"});
    for (Problem& problem : problems) problem.place = prefix + problem.place;
    if (failed.all().empty()) return problems;
    const ConsequenceFilter filter(prefix, failed);
    std::erase_if(problems, [&](const Problem& problem) { return filter.drops(problem); });
    return problems;
}

std::vector<Problem> check_read_offices(const std::vector<OfficeTerm>& offices,
                                        const FailedPlaces& failed) {
    std::vector<Problem> problems = thuocdo::detail::check_offices(offices);
    const bool all_read = !failed.at_or_below("/offices");
    std::erase_if(problems, [&](const Problem& problem) {
        return failed.at_or_above(problem.place) || (!all_read && problem.code == "two_in_office");
    });
    return problems;
}

std::vector<Problem> check_read_rules(const TaskRules& rules) {
    try {
        static_cast<void>(TaskRegister(rules));
    } catch (const TaskError& error) {
        return error.problems();
    }
    return {};
}

bool has_readable_events(const Task& task, const std::string& prefix, const FailedPlaces& failed) {
    const bool dated = std::none_of(task.events.begin(), task.events.end(),
                                    [](const TaskEvent& event) { return event.date.is_special(); });
    return dated && (failed.all().empty() || (!failed.at_or_below(prefix + "/events") &&
                                              !failed.at_or_below(prefix + "/products")));
}

}  // namespace thuocdo::io::detail
