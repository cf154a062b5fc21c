#pragma once
/// @file
/// A change of a score or rank, split into what caused it.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/exact_sum.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace thuocdo::publish {

/// What a change is put down to, in the order in which the causes are let in one by one.
enum class ChangeCause {
    date,        ///< targets move with the day at which they are read
    own_data,    ///< the unit's own values
    peers,       ///< the values of the other units, through rules that compare, and in ranks
    leaving,     ///< units that left
    definition,  ///< another model
    entering,    ///< units that entered
    rounding,    ///< what the two boards print differs from full precision
    arithmetic   ///< last bits: subtractions round
};

inline constexpr std::size_t change_causes = 8;
/// Causes that have a scoring of their own; the first ones.
inline constexpr std::size_t scored_causes = 6;

/// The cause as a word, e.g. `own_data`.
[[nodiscard]] constexpr const char* change_cause_name(ChangeCause cause) noexcept {
    constexpr std::array<const char*, change_causes> names{
        "date", "own_data", "peers", "leaving", "definition", "entering", "rounding", "arithmetic"};
    return names[static_cast<std::size_t>(cause)];
}

/// The cause for people.
[[nodiscard]] inline Label change_cause_label(ChangeCause cause) {
    static const std::array<Label, change_causes> labels{
        {{"targets of the new date", "mục tiêu theo thời điểm mới"},
         {"own data", "số liệu của chính đơn vị"},
         {"other units", "các đơn vị khác"},
         {"units that left", "đơn vị rời bảng"},
         {"definition", "thay đổi cách tính"},
         {"units that entered", "đơn vị mới vào bảng"},
         {"rounding", "làm tròn"},
         {"last digits", "sai số số học"}}};
    return labels[static_cast<std::size_t>(cause)];
}

/// One part of a change: of one cause, or of neighbouring ones that cannot be told apart.
struct ChangePart {
    ChangeCause first = ChangeCause::date;
    ChangeCause last = ChangeCause::date;
    double amount = 0.0;

    [[nodiscard]] bool joined() const noexcept { return first != last; }
    /// The causes as words, e.g. `own_data` or `own_data to leaving`.
    [[nodiscard]] std::string name() const {
        return joined() ? std::string(change_cause_name(first)) + " to " + change_cause_name(last)
                        : change_cause_name(first);
    }
    friend bool operator==(const ChangePart&, const ChangePart&) = default;
};

/// A number before and after, and the parts of the difference. The exact sum of the parts is
/// `amount()` bit for bit. No parts where either number is missing.
struct SplitChange {
    double before = missing_value;
    double after = missing_value;
    std::vector<ChangePart> parts{};

    /// After minus before; NaN where either is missing.
    [[nodiscard]] double amount() const noexcept { return after - before + 0.0; }

    /// The exact sum of the parts, rounded once.
    [[nodiscard]] double total() const noexcept {
        numeric::ExactSum sum;
        for (const ChangePart& part : parts) sum.add(part.amount);
        return sum.value();
    }

    /// What one cause changed; NaN where it cannot be told from others, or nothing is known.
    [[nodiscard]] double part(ChangeCause cause) const noexcept {
        numeric::ExactSum sum;
        bool found = false;
        for (const ChangePart& each : parts) {
            if (each.joined() || each.first != cause) continue;
            sum.add(each.amount);
            found = true;
        }
        if (found) return sum.value();
        const bool scored = static_cast<std::size_t>(cause) < scored_causes;
        return scored || parts.empty() ? missing_value : 0.0;
    }

    friend bool operator==(const SplitChange&, const SplitChange&) = default;
};

/// Splits a change along a path of scorings.
///
/// @param path the number before, after each of the scored causes has come in, and so in the
///        end after all; NaN where a scoring in between is not known. The parts are the
///        differences of neighbouring known numbers.
/// @param before, after what is published of the two ends of the path. The difference of
///        (after - last of the path) and (before - first of the path) is the rounding.
/// The subtractions round; the part `arithmetic` makes the exact sum of the parts equal to
/// after - before. A second such part follows only where the numbers of the path differ by
/// more than 2^50.
/// O(length of the path).
[[nodiscard]] THUOCDO_KERNEL inline SplitChange split_change(
    std::span<const double, scored_causes + 1> path, double before, double after) {
    THUOCDO_EXACT
    SplitChange out{before, after, {}};
    if (std::isnan(before) || std::isnan(after)) return out;
    std::size_t known = 0;
    for (std::size_t k = 1; k < path.size(); ++k) {
        if (std::isnan(path[k])) continue;
        out.parts.push_back({static_cast<ChangeCause>(known), static_cast<ChangeCause>(k - 1),
                             path[k] - path[known] + 0.0});
        known = k;
    }
    numeric::ExactSum rounding;
    for (const double each : {after, -path.back(), -before, path.front()}) rounding.add(each);
    if (rounding.value() != 0.0)
        out.parts.push_back({ChangeCause::rounding, ChangeCause::rounding, rounding.value()});
    constexpr int most_rests = 8;
    for (int k = 0; k < most_rests && out.total() != out.amount(); ++k) {
        numeric::ExactSum rest;
        rest.add(out.amount());
        for (const ChangePart& part : out.parts) rest.add(-part.amount);
        out.parts.push_back({ChangeCause::arithmetic, ChangeCause::arithmetic, rest.value()});
    }
    return out;
}

}  // namespace thuocdo::publish
