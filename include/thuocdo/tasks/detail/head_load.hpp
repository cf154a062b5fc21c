#pragma once
/// @file
/// Open work of the persons in office, against that of the others.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/tasks/detail/check_task.hpp>
#include <thuocdo/tasks/task_group.hpp>
#include <thuocdo/tasks/task_register.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace thuocdo::detail {

/// Work of a task in ten thousandths: the coefficients of its products, or its
/// own where it lists none.
[[nodiscard]] inline std::int64_t task_work(const TaskRegister& tasks, std::size_t row) {
    if (tasks.products(row).empty()) return tasks.coefficient(row);
    std::int64_t work = 0;
    for (const ProductRecord& product : tasks.products(row)) work += product.coefficient;
    return work;
}

/// Open work of one person in office.
struct HeadLoad {
    /// Position in the offices of the register.
    std::size_t office = 0;
    std::int64_t tasks = 0;
    double work = 0.0;
};

/// Open work by person in office on a day; secret tasks are left out.
class HeadLoads {
  public:
    HeadLoads(const TaskRegister& tasks, std::int32_t day, double ratio, std::int32_t fewest)
        : ratio_(ratio), fewest_(fewest) {
        std::vector<std::int64_t> work(tasks.posts().size(), 0);
        std::vector<std::int64_t> count(tasks.posts().size(), 0);
        for (std::size_t row = 0; row < tasks.size(); ++row) {
            const std::int32_t post = tasks.post_id(row);
            if (post < 0 || tasks.is_secret(row) || !is_open(tasks.state(row, day))) continue;
            work[static_cast<std::size_t>(post)] += task_work(tasks, row);
            ++count[static_cast<std::size_t>(post)];
        }
        std::vector<double> observed;
        for (std::size_t post = 0; post < work.size(); ++post) {
            if (count[post] == 0) continue;
            const auto holder = tasks.holder(static_cast<std::int32_t>(post), day);
            if (!holder) continue;
            observed.push_back(static_cast<double>(work[post]) / coefficient_steps);
            loads_.push_back({*holder, count[post], observed.back()});
        }
        if (!observed.empty())
            median_ = numeric::median(Eigen::Map<const Eigen::VectorXd>(
                observed.data(), static_cast<Index>(observed.size())));
    }

    /// NaN where nobody in office has open work.
    [[nodiscard]] double median() const noexcept { return median_; }

    [[nodiscard]] std::vector<HeadLoad> overloaded() const {
        std::vector<HeadLoad> beyond;
        if (loads_.size() < static_cast<std::size_t>(fewest_)) return beyond;
        for (const HeadLoad& load : loads_)
            if (load.work > ratio_ * median_) beyond.push_back(load);
        return beyond;
    }

  private:
    double ratio_;
    std::int32_t fewest_;
    std::vector<HeadLoad> loads_{};
    double median_ = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace thuocdo::detail
