#pragma once
/// @file
/// Whose tasks are counted together.

#include <thuocdo/tasks/task_register.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// What the rows of a task table stand for.
enum class TaskGroup : std::uint8_t {
    nation,         ///< all tasks in one row
    lead,           ///< the lead body: every task once
    participation,  ///< every body that leads or coordinates: a task counts for each
    head,           ///< the person in the accountable post on the day
    level,
    sector,
    /// The document that assigned the task. Secret tasks are counted as if they
    /// named none: the number of their document is as secret as they are.
    document
};

namespace detail {
inline constexpr std::array<const char*, 7> task_group_names{
    "nation", "lead", "participation", "head", "level", "sector", "document"};
}  // namespace detail

/// The group in words, e.g. `participation`.
[[nodiscard]] constexpr const char* task_group_name(TaskGroup group) noexcept {
    return detail::task_group_names[static_cast<std::size_t>(group)];
}

/// The group that a word names; `body` stands for `lead`.
[[nodiscard]] constexpr std::optional<TaskGroup> parse_task_group(std::string_view word) noexcept {
    if (word == "body") return TaskGroup::lead;
    for (std::size_t k = 0; k < detail::task_group_names.size(); ++k)
        if (word == detail::task_group_names[k]) return static_cast<TaskGroup>(k);
    return std::nullopt;
}

/// What the counts of a table are counts of.
[[nodiscard]] inline Label task_group_meaning(TaskGroup group) {
    switch (group) {
        case TaskGroup::nation:
            return {"all tasks, each once", "toàn bộ nhiệm vụ, mỗi nhiệm vụ một lần"};
        case TaskGroup::lead:
            return {"tasks by lead body, each once; rows add up to the total",
                    "nhiệm vụ theo cơ quan chủ trì, mỗi nhiệm vụ một lần; các dòng cộng đúng bằng "
                    "tổng"};
        case TaskGroup::participation:
            return {
                "participations: a task counts for its lead and every coordinating body; rows do "
                "not add up to the total",
                "lượt tham gia: một nhiệm vụ tính cho cơ quan chủ trì và từng cơ quan phối hợp; "
                "các dòng không cộng thành tổng"};
        case TaskGroup::head:
            return {"tasks by the person accountable on the day, each once",
                    "nhiệm vụ theo người chịu trách nhiệm tại ngày tính, mỗi nhiệm vụ một lần"};
        case TaskGroup::level:
            return {"tasks by level, each once", "nhiệm vụ theo cấp, mỗi nhiệm vụ một lần"};
        case TaskGroup::sector:
            return {"tasks by sector, each once", "nhiệm vụ theo lĩnh vực, mỗi nhiệm vụ một lần"};
        case TaskGroup::document:
            break;
    }
    return {"tasks by the document that assigned them, each once",
            "nhiệm vụ theo văn bản giao, mỗi nhiệm vụ một lần"};
}

namespace detail {

/// The row of each task in a table, by a small number that is looked up in one
/// step; numbers run through the groups that the register knows.
class TaskGrouping {
  public:
    TaskGrouping(const TaskRegister& tasks, TaskGroup group, std::int32_t day)
        : tasks_(&tasks), group_(group) {
        if (group != TaskGroup::head) return;
        // Number 0 is "no post known"; each post has one holder on the day.
        holders_.resize(tasks.posts().size());
        for (std::size_t post = 0; post < holders_.size(); ++post)
            holders_[post] = tasks.holder(static_cast<std::int32_t>(post), day);
    }

    [[nodiscard]] TaskGroup group() const noexcept { return group_; }

    [[nodiscard]] std::size_t count() const noexcept {
        switch (group_) {
            case TaskGroup::nation:
                return 1;
            case TaskGroup::lead:
            case TaskGroup::participation:
                return tasks_->bodies().size();
            case TaskGroup::head:
                return holders_.size() + 1;
            case TaskGroup::level:
                return tasks_->levels().size();
            case TaskGroup::sector:
                return tasks_->sectors().size();
            case TaskGroup::document:
                break;
        }
        return tasks_->documents().size();
    }

    /// The group that a task counts for; for participations that of its lead.
    [[nodiscard]] std::size_t of(std::size_t row) const noexcept {
        switch (group_) {
            case TaskGroup::nation:
                return 0;
            case TaskGroup::lead:
            case TaskGroup::participation:
                return static_cast<std::size_t>(tasks_->lead_id(row));
            case TaskGroup::head:
                return static_cast<std::size_t>(tasks_->post_id(row) + 1);
            case TaskGroup::level:
                return static_cast<std::size_t>(tasks_->level_id(row));
            case TaskGroup::sector:
                return static_cast<std::size_t>(tasks_->sector_id(row));
            case TaskGroup::document:
                break;
        }
        return tasks_->is_secret(row) ? 0 : static_cast<std::size_t>(tasks_->document_id(row));
    }

    /// Calls `visit(group)` for each group of a task.
    template <class Visit>
    void each(std::size_t row, Visit visit) const {
        visit(of(row));
        if (group_ != TaskGroup::participation) return;
        for (const std::int32_t body : tasks_->coordinating_ids(row))
            visit(static_cast<std::size_t>(body));
    }

    /// Code of a group: of the body, post, level, sector or document.
    [[nodiscard]] const std::string& code(std::size_t group) const {
        static const std::string nation = "nation";
        static const std::string none;
        switch (group_) {
            case TaskGroup::nation:
                return nation;
            case TaskGroup::lead:
            case TaskGroup::participation:
                return tasks_->bodies()[group];
            case TaskGroup::head:
                return group == 0 ? none : tasks_->posts()[group - 1];
            case TaskGroup::level:
                return tasks_->levels()[group];
            case TaskGroup::sector:
                return tasks_->sectors()[group];
            case TaskGroup::document:
                break;
        }
        return tasks_->documents()[group];
    }

    /// The term of the person behind a group of heads.
    [[nodiscard]] const OfficeTerm* office(std::size_t group) const {
        if (group_ != TaskGroup::head || group == 0 || !holders_[group - 1]) return nullptr;
        return &tasks_->offices()[*holders_[group - 1]];
    }

  private:
    const TaskRegister* tasks_;
    TaskGroup group_;
    std::vector<std::optional<std::size_t>> holders_{};
};

}  // namespace detail
}  // namespace thuocdo
