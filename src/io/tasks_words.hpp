#pragma once
// Words and problems that both forms of a register share.

#include <thuocdo/error.hpp>
#include <thuocdo/tasks/task.hpp>
#include <thuocdo/tasks/task_rules.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "io/messages.hpp"

namespace thuocdo::io::detail {

// In the order of the enumerations.
inline constexpr std::array<const char*, 3> timeliness_words{"submission", "completion",
                                                             "acceptance"};
inline constexpr std::array<const char*, 3> quality_words{"not_assessed", "meets", "exceeds"};
inline constexpr std::array<const char*, 2> secrecy_words{"open", "secret"};

/// Money of a day of which neither amount is given: unknown is not 0.
[[nodiscard]] inline Problem amount_missing(std::string place) {
    return {"amount_missing", std::move(place), "neither allocated nor disbursed",
            "an amount of money in dong", "give the amount, or remove the entry"};
}

/// A phrase beside a text of the deadline: it cannot be told which one counts.
[[nodiscard]] inline Problem deadline_stated_twice(std::string_view phrase, std::string place) {
    return {"deadline_stated_twice", std::move(place),
            "a text beside the deadline " + in_quotes(phrase), "a day as deadline, or no text",
            "write the last day as deadline, or remove the text"};
}

}  // namespace thuocdo::io::detail
