#pragma once
// Days and deadlines of tasks from their texts.

#include <thuocdo/io/tasks.hpp>
#include <thuocdo/time/date.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io::detail {

/// `YYYY-MM-DD`, or the day in Viet Nam of a timestamp with offset.
[[nodiscard]] std::optional<Date> day_of(std::string_view text);

/// What is wrong with a text that is no day.
[[nodiscard]] Problem day_problem(std::string_view text, std::string place);

/// A deadline as far as it could be read.
struct DeadlineReading {
    std::optional<Date> last_day{};
    /// It was stated in words rather than as a day.
    bool in_words = false;
    std::vector<Problem> problems{};
};

/// @param assigned day of the assignment; a special value where it is not known
[[nodiscard]] DeadlineReading deadline_of(std::string_view text, const Date& assigned,
                                          const TaskFileOptions& options, const std::string& place);

}  // namespace thuocdo::io::detail
