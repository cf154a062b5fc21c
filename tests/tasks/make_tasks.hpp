#pragma once
// Short ways to write tasks in tests.

#include <thuocdo/tasks/task_register.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace task_tests {

using thuocdo::Date;
using thuocdo::Task;
using thuocdo::TaskEvent;
using thuocdo::TaskEventKind;

inline Date day(const char* iso) { return thuocdo::parse_date(iso).value(); }

/// A task of BKHCN from 2 January 2026 until 31 March 2026 with one product.
inline Task simple_task(std::string code = "NV-01") {
    Task task;
    task.code = std::move(code);
    task.title = "Xây dựng nền tảng dữ liệu";
    task.document = "57-NQ/TW";
    task.lead = "BKHCN";
    task.assigned = day("2026-01-02");
    task.deadline = day("2026-03-31");
    task.products.push_back({"Nền tảng", {}, {}, {}, {}});
    return task;
}

inline TaskEvent event(TaskEventKind kind, const char* iso) {
    TaskEvent out;
    out.kind = kind;
    out.date = day(iso);
    if (kind == TaskEventKind::exempted || kind == TaskEventKind::cancelled)
        out.authority = "12/TB-VPCP";
    return out;
}

/// Completed and its product accepted on one day.
inline Task completed_task(std::string code, const char* iso) {
    Task task = simple_task(std::move(code));
    task.events.push_back(event(TaskEventKind::completed, iso));
    task.products[0].accepted = day(iso);
    return task;
}

/// A life of a task at random that the register accepts. Days lie in 2026.
inline Task random_task(testing_support::Random& random, const std::string& code) {
    const Date start(2026, 1, 1);
    const auto later = [&](long days) { return start + boost::gregorian::days(days); };
    Task task;
    task.code = code;
    task.lead = "B" + std::to_string(random.below(5));
    task.document = "VB-" + std::to_string(random.below(3));
    task.level = random.chance(0.5) ? "central" : "province";
    task.sector = "S" + std::to_string(random.below(3));
    if (random.chance(0.5)) task.coordinating.push_back("C" + std::to_string(random.below(4)));
    const long assigned = static_cast<long>(random.below(60));
    task.assigned = later(assigned);
    long deadline = assigned + static_cast<long>(random.below(120));
    if (random.chance(0.9)) {
        task.deadline = later(deadline);
        while (random.chance(0.3)) {
            deadline += 1 + static_cast<long>(random.below(60));
            const long decided = assigned + static_cast<long>(random.below(200));
            task.extensions.push_back({later(decided), later(deadline), "QĐ-1"});
        }
        // Decisions must move the deadline onward in the order of their days.
        std::vector<Date> decided;
        for (const auto& each : task.extensions) decided.push_back(each.decided);
        std::sort(decided.begin(), decided.end());
        for (std::size_t k = 0; k < decided.size(); ++k) task.extensions[k].decided = decided[k];
    }
    task.coefficient = 0.3 + 0.1 * static_cast<double>(random.below(48));
    task.coefficient = std::round(task.coefficient * 10) / 10;
    const std::size_t products = random.below(3);
    for (std::size_t k = 0; k < products; ++k) {
        thuocdo::TaskProduct product;
        product.name = "P" + std::to_string(k);
        if (random.chance(0.7)) {
            product.accepted = later(assigned + static_cast<long>(random.below(250)));
            product.quality = random.chance(0.4) ? thuocdo::ProductQuality::exceeds
                                                 : thuocdo::ProductQuality::meets;
        }
        while (random.chance(0.2))
            product.failed_assessments.push_back(
                later(assigned + static_cast<long>(random.below(250))));
        if (random.chance(0.3)) product.coefficient = 1.25;
        task.products.push_back(std::move(product));
    }
    if (random.chance(0.5)) task.indicators.push_back("rnd.share");
    if (random.chance(0.05)) task.secrecy = thuocdo::TaskSecrecy::secret;
    long at = assigned;
    bool suspended = false;
    bool completed = false;
    for (std::size_t k = random.below(8); k > 0; --k) {
        at += static_cast<long>(random.below(40));
        TaskEvent next;
        next.date = later(at);
        if (suspended) {
            next.kind = TaskEventKind::resumed;
            suspended = false;
        } else {
            next.kind = static_cast<TaskEventKind>(random.below(10));
            if (next.kind == TaskEventKind::resumed) continue;
            if (next.kind == TaskEventKind::completed && completed) continue;
            if (next.kind == TaskEventKind::completed) completed = true;
            if (next.kind == TaskEventKind::returned) completed = false;
            if (next.kind == TaskEventKind::suspended) suspended = true;
        }
        if (next.kind == TaskEventKind::progress) next.share = random.uniform();
        const bool decided =
            next.kind == TaskEventKind::exempted || next.kind == TaskEventKind::cancelled;
        if (decided) next.authority = "VPCP";
        task.events.push_back(next);
        if (next.kind == TaskEventKind::cancelled) break;
    }
    return task;
}

}  // namespace task_tests
