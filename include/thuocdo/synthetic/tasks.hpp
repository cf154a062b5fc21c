#pragma once
/// @file
/// Made-up tasks of the whole country with their whole lives: no real task,
/// person or amount of money.

#include <thuocdo/synthetic/detail/task_life.hpp>
#include <thuocdo/synthetic/units.hpp>
#include <thuocdo/tasks/task_register.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::synthetic {

/// The bodies that lead tasks: central bodies, provinces and communes.
[[nodiscard]] inline std::vector<TaskBody> task_bodies(const Nation& nation) {
    std::vector<TaskBody> bodies;
    const auto add = [&](const UnitRegistry& units, const char* level) {
        for (Index unit = 0; unit < units.size(); ++unit)
            bodies.push_back({units.code(unit), level});
    };
    add(nation.central, "central");
    add(nation.provinces, "province");
    add(nation.communes, "commune");
    return bodies;
}

/// Tasks `first` to `first + count - 1` of the made-up register. Each is a
/// function of the seed and its number alone, so that slices made apart are
/// slices of the whole. O(count).
[[nodiscard]] inline std::vector<Task> make_tasks(const std::vector<TaskBody>& bodies,
                                                  const TaskOptions& options, std::size_t first,
                                                  std::size_t count) {
    const detail::TaskWorld world(bodies, options);
    std::vector<Task> tasks;
    tasks.reserve(count);
    for (std::size_t number = first; number < first + count; ++number)
        tasks.push_back(detail::TaskLife(world, number).run());
    return tasks;
}

/// The heads of the bodies: posts have the code of the body, persons are
/// numbers. Four in ten posts change hands inside the time of the register.
[[nodiscard]] inline std::vector<OfficeTerm> offices(const std::vector<TaskBody>& bodies,
                                                     const TaskOptions& options) {
    const numeric::Philox random(options.seed);
    constexpr double share_that_changes = 0.4;
    const long days = days_between(options.first, options.last);
    std::vector<OfficeTerm> terms;
    for (std::size_t k = 0; k < bodies.size(); ++k) {
        const TaskBody& body = bodies[k];
        OfficeTerm term;
        term.post = body.code;
        term.body = body.code;
        term.position =
            body.level == "central" ? Label{"Head of the body", "Thủ trưởng cơ quan"}
            : body.level == "province"
                ? Label{"Chairperson of the provincial people's committee",
                        "Chủ tịch UBND cấp tỉnh"}
                : Label{"Chairperson of the commune people's committee", "Chủ tịch UBND cấp xã"};
        term.person = "Người đứng đầu số " + std::to_string(k + 1);
        const std::uint64_t place = detail::place_of(body.code);
        const auto stage = static_cast<std::uint32_t>(detail::TaskStage::office);
        if (days > 1 && random.uniform(place, stage, 0) < share_that_changes) {
            OfficeTerm next = term;
            const auto share = random.uniform(place, stage, 1);
            const Date change =
                options.first +
                boost::gregorian::days(static_cast<long>(share * static_cast<double>(days)));
            term.to = change;
            next.from = change + boost::gregorian::days(1);
            next.person += " (kế nhiệm)";
            terms.push_back(term);
            terms.push_back(next);
        } else {
            terms.push_back(term);
        }
    }
    return terms;
}

/// The whole made-up register, filled slice by slice. O(tasks); 22,000 tasks
/// take some 0.1 s.
[[nodiscard]] inline TaskRegister task_register(const Nation& nation,
                                                const TaskOptions& options = {}) {
    const std::vector<TaskBody> bodies = task_bodies(nation);
    TaskRegister tasks(TaskRules{}, offices(bodies, options));
    constexpr std::size_t slice = 10'000;
    for (std::size_t first = 0; first < options.tasks; first += slice)
        tasks.add(make_tasks(bodies, options, first, std::min(slice, options.tasks - first)));
    return tasks;
}

}  // namespace thuocdo::synthetic
