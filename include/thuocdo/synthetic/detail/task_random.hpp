#pragma once
/// @file
/// The random numbers of one made-up task.

#include <thuocdo/config.hpp>
#include <thuocdo/numeric/philox.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace thuocdo::synthetic::detail {

/// The uses of randomness in the life of a task, kept apart as stages of the
/// counter and apart from those of units and panels.
enum class TaskStage : std::uint32_t {
    ability = 1U << 20U,
    reporting,
    term,
    assigned,
    level,
    lead,
    sector,
    secret,
    coefficient,
    document,
    duration,
    deadline,
    difficulty,
    luck,
    start,
    dash,
    stall,
    pace,
    report,
    silence,
    share,
    optimism,
    review,
    rework,
    extension,
    extension_day,
    extension_length,
    halt,
    halt_day,
    halt_length,
    exemption,
    announced,
    title,
    coordinating,
    product,
    quality,
    indicator,
    milestone,
    money,
    payment
};

/// Draws for one task: functions of (seed, number of the task, stage, index).
class TaskRandom {
  public:
    TaskRandom(const numeric::Philox& random, std::uint64_t number) noexcept
        : random_(&random), number_(number) {}

    /// Uniform on (0, 1).
    [[nodiscard]] double uniform(TaskStage stage, std::uint32_t index = 0) const noexcept {
        return random_->uniform(number_, static_cast<std::uint32_t>(stage), index);
    }
    [[nodiscard]] bool chance(double probability, TaskStage stage,
                              std::uint32_t index = 0) const noexcept {
        return uniform(stage, index) < probability;
    }
    /// Whole number from 0 to `count` - 1.
    [[nodiscard]] std::size_t pick(std::size_t count, TaskStage stage,
                                   std::uint32_t index = 0) const noexcept {
        return static_cast<std::size_t>(static_cast<double>(count) * uniform(stage, index));
    }
    /// Whole number of days from `shortest` to `longest`.
    THUOCDO_KERNEL [[nodiscard]] std::int32_t days(std::int32_t shortest, std::int32_t longest,
                                                   TaskStage stage,
                                                   std::uint32_t index = 0) const noexcept {
        THUOCDO_EXACT
        return shortest + static_cast<std::int32_t>(static_cast<double>(longest - shortest + 1) *
                                                    uniform(stage, index));
    }
    /// Standard normal without its far tails.
    [[nodiscard]] double normal(TaskStage stage, std::uint32_t index = 0) const noexcept {
        constexpr double limit = 3.0;
        return std::clamp(random_->normal(number_, static_cast<std::uint32_t>(stage), index),
                          -limit, limit);
    }
    /// Exponential with the mean given.
    [[nodiscard]] double waiting(double mean, TaskStage stage,
                                 std::uint32_t index = 0) const noexcept {
        return -mean * std::log(uniform(stage, index));
    }

  private:
    const numeric::Philox* random_;
    std::uint64_t number_;
};

}  // namespace thuocdo::synthetic::detail
