#pragma once
/// @file
/// Whether dated targets that have passed were attained.

#include <thuocdo/explain/progress_path.hpp>
#include <thuocdo/model/label.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace thuocdo {

/// What became of a target that has passed.
enum class TargetResult : std::uint8_t {
    attained,       ///< the value of its day attained it
    attained_late,  ///< that value did not, a later one did
    missed,         ///< neither did
    undecided       ///< no value is dated near enough before its day
};

namespace detail {
inline constexpr std::array<const char*, 4> target_result_names{"attained", "attained_late",
                                                                "missed", "undecided"};
inline constexpr std::array<std::pair<const char*, const char*>, 4> target_result_labels{{
    {"attained", "đã đạt"},
    {"attained late", "đạt muộn"},
    {"missed", "không đạt"},
    {"undecided", "chưa có số liệu để kết luận"},
}};
}  // namespace detail

/// The result as in data, e.g. `attained_late`.
[[nodiscard]] constexpr const char* target_result_name(TargetResult each) noexcept {
    return detail::target_result_names[static_cast<std::size_t>(each)];
}
/// The result in both languages.
[[nodiscard]] inline Label target_result_label(TargetResult each) {
    const auto& [en, vi] = detail::target_result_labels[static_cast<std::size_t>(each)];
    return {en, vi};
}

/// A target that has passed.
struct TargetOutcome {
    Target target{};
    TargetResult result = TargetResult::undecided;
    /// The newest value dated up to the day of the target, however old.
    std::optional<DatedValue> value{};
    /// What that value lacks: target - value, or value - target where lower is
    /// better; 0 when attained, NaN without a value.
    double shortfall = missing_value;
    /// Day of the first later value that attained it.
    std::optional<Date> attained_on{};
    friend bool operator==(const TargetOutcome&, const TargetOutcome&) = default;
};

/// Days before a target within which the newest value decides it: a yearly
/// indicator has one.
inline constexpr long days_that_decide_a_target = 366;

/// What became of each target dated before `as_of`, by date. Values dated after
/// `as_of` are not read. The newest value up to the day of the target decides;
/// when it is more than `days` old the target is undecided, whatever it was.
/// @throws NumericError as `progress_toward_targets` does.
[[nodiscard]] inline std::vector<TargetOutcome> target_outcomes(
    const ProgressInput& input, const Date& as_of, long days = days_that_decide_a_target) {
    std::vector<Problem> problems = detail::problems_of(input);
    if (as_of.is_special())
        problems.push_back({"date_missing", "as_of", "no date", "a day", "give the day"});
    if (!problems.empty()) throw NumericError("targets cannot be judged", std::move(problems));
    const std::vector<DatedValue> observed = detail::observed_until(input.observations, as_of);
    std::vector<TargetOutcome> outcomes;
    for (const Target& target : input.targets) {
        if (!(target.date < as_of)) break;
        TargetOutcome outcome;
        outcome.target = target;
        for (const DatedValue& each : observed) {
            if (each.date <= target.date) {
                outcome.value = each;
            } else if (!outcome.attained_on && attains(input.direction, each.value, target.value)) {
                outcome.attained_on = each.date;
            }
        }
        if (outcome.value) {
            const double value = outcome.value->value;
            const bool attained = attains(input.direction, value, target.value);
            outcome.shortfall = attained ? 0.0
                                : input.direction == Direction::higher_is_better
                                    ? target.value - value
                                    : value - target.value;
            if (days_between(outcome.value->date, target.date) <= days)
                outcome.result = attained              ? TargetResult::attained
                                 : outcome.attained_on ? TargetResult::attained_late
                                                       : TargetResult::missed;
        }
        outcomes.push_back(outcome);
    }
    return outcomes;
}

}  // namespace thuocdo
