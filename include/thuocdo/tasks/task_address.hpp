#pragma once
/// @file
/// Who answers for what: the address that warnings and flags name.

#include <thuocdo/model/label.hpp>
#include <thuocdo/tasks/task_register.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace thuocdo {

/// A task, its lead body and the person who answers for it on a day.
struct TaskAddress {
    /// Code and title; empty where a body as a whole is meant.
    std::string task{};
    std::string title{};
    std::string lead{};
    /// Code of the accountable post, who holds it on the day and the name of the
    /// position; empty where it is unknown or vacant.
    std::string post{};
    std::string person{};
    Label position{};

    friend bool operator==(const TaskAddress&, const TaskAddress&) = default;
};

namespace detail {

inline void set_holder(TaskAddress& address, const TaskRegister& tasks,
                       const std::optional<std::size_t>& office) {
    if (!office) return;
    address.person = tasks.offices()[*office].person;
    address.position = tasks.offices()[*office].position;
}

/// Before the others in lists: by task, then by body and post.
[[nodiscard]] inline bool address_before(const TaskAddress& a, const TaskAddress& b) {
    return std::tie(a.task, a.lead, a.post) < std::tie(b.task, b.lead, b.post);
}

}  // namespace detail

/// The address of a task on a day. O(terms of the post).
[[nodiscard]] inline TaskAddress task_address(const TaskRegister& tasks, std::size_t row,
                                              std::int32_t day) {
    TaskAddress address{
        tasks.code(row), tasks.title(row), tasks.lead(row), tasks.post(row), {}, {}};
    detail::set_holder(address, tasks, tasks.accountable(row, day));
    return address;
}

/// The address of a body: the post with the code of the body, if the register
/// has it, and who holds it. O(posts).
[[nodiscard]] inline TaskAddress body_address(const TaskRegister& tasks, const std::string& body,
                                              std::int32_t day) {
    TaskAddress address;
    address.lead = body;
    for (std::size_t post = 0; post < tasks.posts().size(); ++post) {
        if (body.empty() || tasks.posts()[post] != body) continue;
        address.post = body;
        detail::set_holder(address, tasks, tasks.holder(static_cast<std::int32_t>(post), day));
    }
    return address;
}

}  // namespace thuocdo
