#pragma once
/// @file
/// Rules of early warning as data: which sign of trouble, how strong, how long
/// before the loss it aims to speak.

#include <thuocdo/error.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// How strong a warning is, weakest first.
enum class WarningSeverity : std::uint8_t { notice, warning, alarm };

/// What a warning is about.
enum class WarningSubject : std::uint8_t { task, money, indicator };

/// The signs that rules look for, at the end of a day, in open tasks (neither
/// completed nor suspended nor cancelled). *Time* is the share of time passed
/// between assignment and the deadline in force, *progress* and *disbursed
/// share* are those of `TaskResources`. A share that is not known (NaN) is
/// neither small nor large: a comparison with it never warns, except where a
/// kind says that no report counts as none. *Handed in* is a result that was
/// submitted or reported complete and not returned since, as the register's
/// rule of timeliness has it; its body waits for the authority.
///
/// Differences of shares are rounded to nine decimals before they are compared,
/// so that 0.8 is not more than 0.2 above 0.6.
enum class WarningKind : std::uint8_t {
    /// Not started; time >= `share`.
    late_start,
    /// Not handed in; no event (from the assignment on) for `days` days or more.
    no_movement,
    /// Not handed in; time - progress > `margin`.
    behind_schedule,
    /// Not handed in; a milestone lies more than `days` days back, and less than
    /// its planned share is reported, or nothing is.
    milestone_missed,
    /// Not handed in; the deadline is 0 to `days` days ahead, and less than
    /// `share` is reported, or nothing is.
    deadline_near,
    /// `count` deadlines or more did not hold: each one that a decision until
    /// the day replaced, and the one in force if it has passed.
    repeated_extension,
    /// Handed in for `days` days or more and not accepted.
    awaiting_acceptance_long,
    /// Time >= `share`, nothing is allocated, and money is expected: either a
    /// budget line is open (an entry until the day, possibly of 0 dong), or of at
    /// least `peers` other tasks of the same document, assigned until the day,
    /// the share `peer_share` or more had an allocation. Secret tasks are no
    /// peers.
    allocation_late,
    /// Disbursed share - progress > `margin`.
    spending_ahead_of_results,
    /// Time - disbursed share > `margin`.
    spending_slow,
    /// An indicator of the task, for its lead body, is not better than `periods`
    /// observations before, and since then more than `amount` dong were
    /// disbursed on the task.
    results_flat_while_money_spent,
    /// For a body and an indicator that its open tasks are to move: the latest
    /// observation is not better than `periods` observations before.
    no_improvement,
    /// For the same pairs: the latest observation is dated (by its provenance,
    /// else by the end of its period) more than `days` days back; without any,
    /// the end of the first period whose panel has the pair.
    stale_data
};

inline constexpr std::size_t warning_kinds = 13;

/// Parameters of a rule; which ones a kind has, says `warning_parameters`. NaN
/// is not given.
struct WarningParameters {
    double share = std::numeric_limits<double>::quiet_NaN();
    double margin = std::numeric_limits<double>::quiet_NaN();
    double days = std::numeric_limits<double>::quiet_NaN();
    double count = std::numeric_limits<double>::quiet_NaN();
    double periods = std::numeric_limits<double>::quiet_NaN();
    double amount = std::numeric_limits<double>::quiet_NaN();
    double peers = std::numeric_limits<double>::quiet_NaN();
    double peer_share = std::numeric_limits<double>::quiet_NaN();
};

namespace detail {

inline constexpr std::array<const char*, 3> warning_severity_names{"notice", "warning", "alarm"};
inline constexpr std::array<const char*, 3> warning_subject_names{"task", "money", "indicator"};
inline constexpr std::array<const char*, warning_kinds> warning_kind_names{
    "late_start",
    "no_movement",
    "behind_schedule",
    "milestone_missed",
    "deadline_near",
    "repeated_extension",
    "awaiting_acceptance_long",
    "allocation_late",
    "spending_ahead_of_results",
    "spending_slow",
    "results_flat_while_money_spent",
    "no_improvement",
    "stale_data"};

template <class Enum, std::size_t n>
[[nodiscard]] constexpr std::optional<Enum> parse_warning_word(
    const std::array<const char*, n>& names, std::string_view word) noexcept {
    for (std::size_t k = 0; k < n; ++k)
        if (word == names[k]) return static_cast<Enum>(k);
    return std::nullopt;
}

}  // namespace detail

/// In words, as in files.
[[nodiscard]] constexpr const char* warning_severity_name(WarningSeverity severity) noexcept {
    return detail::warning_severity_names[static_cast<std::size_t>(severity)];
}
[[nodiscard]] constexpr const char* warning_subject_name(WarningSubject subject) noexcept {
    return detail::warning_subject_names[static_cast<std::size_t>(subject)];
}
[[nodiscard]] constexpr const char* warning_kind_name(WarningKind kind) noexcept {
    return detail::warning_kind_names[static_cast<std::size_t>(kind)];
}

/// The severity, subject or kind that a word names.
[[nodiscard]] constexpr std::optional<WarningSeverity> parse_warning_severity(
    std::string_view word) noexcept {
    return detail::parse_warning_word<WarningSeverity>(detail::warning_severity_names, word);
}
[[nodiscard]] constexpr std::optional<WarningSubject> parse_warning_subject(
    std::string_view word) noexcept {
    return detail::parse_warning_word<WarningSubject>(detail::warning_subject_names, word);
}
[[nodiscard]] constexpr std::optional<WarningKind> parse_warning_kind(
    std::string_view word) noexcept {
    return detail::parse_warning_word<WarningKind>(detail::warning_kind_names, word);
}

/// For people.
[[nodiscard]] inline Label warning_severity_label(WarningSeverity severity) {
    switch (severity) {
        case WarningSeverity::notice:
            return {"notice", "lưu ý"};
        case WarningSeverity::warning:
            return {"warning", "cảnh báo"};
        case WarningSeverity::alarm:
            break;
    }
    return {"alarm", "báo động"};
}

/// What a kind is about.
[[nodiscard]] constexpr WarningSubject warning_subject(WarningKind kind) noexcept {
    if (kind >= WarningKind::results_flat_while_money_spent) return WarningSubject::indicator;
    return kind >= WarningKind::allocation_late ? WarningSubject::money : WarningSubject::task;
}

/// A rule.
struct WarningRule {
    /// Unique among the rules.
    std::string code{};
    WarningKind kind = WarningKind::late_start;
    WarningSeverity severity = WarningSeverity::warning;
    /// What the warning means, for people, in both languages.
    Label reason{};
    WarningParameters parameters{};
    /// How many days before the loss it aims to speak. Warnings say whether they
    /// came in good time, evaluations count how many did.
    std::int32_t lead_time_days = 0;

    [[nodiscard]] WarningSubject subject() const noexcept { return warning_subject(kind); }
};

/// A published set of rules.
struct WarningRuleSet {
    std::string id{};
    std::string version{};
    Label name{};
    std::vector<WarningRule> rules{};
};

/// A parameter of rules: its name in files, its member, and what it may be.
struct WarningParameter {
    const char* name;
    double WarningParameters::*member;
    double least;
    double most;
    bool whole;
    const char* expected;
};

namespace detail {

inline constexpr double most_days = 36525.0;
inline constexpr double most_count = 1000.0;
inline constexpr double most_dong = 1e18;

inline constexpr std::array<WarningParameter, 8> all_warning_parameters{{
    {"share", &WarningParameters::share, 0.0, 1.0, false, "a share from 0 to 1"},
    {"margin", &WarningParameters::margin, 0.0, 1.0, false, "a share from 0 to 1"},
    {"days", &WarningParameters::days, 0.0, most_days, true,
     "a whole number of days from 0 to 36525"},
    {"count", &WarningParameters::count, 1.0, most_count, true, "a whole number from 1 to 1000"},
    {"periods", &WarningParameters::periods, 1.0, most_count, true,
     "a whole number from 1 to 1000"},
    {"amount", &WarningParameters::amount, 0.0, most_dong, false,
     "an amount in dong from 0 to 1e18"},
    {"peers", &WarningParameters::peers, 1.0, most_count, true, "a whole number from 1 to 1000"},
    {"peer_share", &WarningParameters::peer_share, 0.0, 1.0, false, "a share from 0 to 1"},
}};

inline constexpr std::size_t most_warning_parameters = 3;

/// Names of the parameters of each kind, in the order of the kinds.
inline constexpr std::array<std::array<const char*, most_warning_parameters>, warning_kinds>
    warning_kind_parameters{{{"share"},
                             {"days"},
                             {"margin"},
                             {"days"},
                             {"days", "share"},
                             {"count"},
                             {"days"},
                             {"share", "peers", "peer_share"},
                             {"margin"},
                             {"margin"},
                             {"periods", "amount"},
                             {"periods"},
                             {"days"}}};

}  // namespace detail

/// All parameters that rules can have.
[[nodiscard]] inline std::span<const WarningParameter> warning_parameters() noexcept {
    return detail::all_warning_parameters;
}

/// The parameters that a kind has; it needs every one of them.
[[nodiscard]] inline std::vector<WarningParameter> warning_parameters(WarningKind kind) {
    std::vector<WarningParameter> found;
    for (const char* name : detail::warning_kind_parameters[static_cast<std::size_t>(kind)])
        for (const WarningParameter& each : detail::all_warning_parameters)
            if (name && std::string_view(name) == each.name) found.push_back(each);
    return found;
}

namespace detail {

inline void check_warning_parameters(const WarningRule& rule, const std::string& place,
                                     std::vector<Problem>& problems) {
    const std::vector<WarningParameter> own = warning_parameters(rule.kind);
    for (const WarningParameter& each : all_warning_parameters) {
        const double value = rule.parameters.*each.member;
        bool used = false;
        for (const WarningParameter& needed : own) used = used || needed.member == each.member;
        const std::string at = place + '/' + each.name;
        if (!used && !std::isnan(value))
            problems.push_back(
                {"parameter_not_used", at, numeric::shortest(value),
                 std::string("no ") + each.name + " with kind " + warning_kind_name(rule.kind),
                 "remove it"});
        else if (used && std::isnan(value))
            problems.push_back({"parameter_missing", at, "nothing", each.expected,
                                std::string("kind ") + warning_kind_name(rule.kind) + " needs it"});
        else if (used && (value < each.least || value > each.most ||
                          (each.whole && value != std::floor(value))))
            problems.push_back({"parameter_out_of_range", at, numeric::shortest(value),
                                each.expected, "write 30% as 0.3, and days without decimals"});
    }
}

}  // namespace detail

/// Every problem of a list of rules; places are JSON pointers into a document
/// of rules. Codes: `empty_code`, `duplicate_rule`, `reason_missing`,
/// `parameter_missing`, `parameter_not_used`, `parameter_out_of_range`,
/// `lead_time_out_of_range`.
[[nodiscard]] inline std::vector<Problem> check_warning_rules(std::span<const WarningRule> rules) {
    std::vector<Problem> problems;
    std::set<std::string_view> seen;
    for (std::size_t k = 0; k < rules.size(); ++k) {
        const WarningRule& rule = rules[k];
        const std::string place = "/rules/" + std::to_string(k);
        if (rule.code.empty())
            problems.push_back({"empty_code", place + "/code", "nothing", "the code of the rule",
                                "give every rule a code"});
        else if (!seen.insert(rule.code).second)
            problems.push_back({"duplicate_rule", place + "/code", '"' + rule.code + "\" again",
                                "a code that no other rule has", "change one of the two"});
        for (const auto& [text, language] :
             {std::pair(&rule.reason.en, "en"), std::pair(&rule.reason.vi, "vi")})
            if (text->empty())
                problems.push_back({"reason_missing", place + "/reason/" + language, "nothing",
                                    "what the warning means", "give it in both languages"});
        detail::check_warning_parameters(rule, place, problems);
        if (rule.lead_time_days < 0 || rule.lead_time_days > detail::most_days)
            problems.push_back({"lead_time_out_of_range", place + "/lead_time_days",
                                std::to_string(rule.lead_time_days),
                                "a whole number of days from 0 to 36525", "correct it"});
    }
    return problems;
}

namespace detail {

/// @throws TaskError with every problem of the rules
inline void require_warning_rules(std::span<const WarningRule> rules) {
    std::vector<Problem> problems = check_warning_rules(rules);
    if (!problems.empty()) throw TaskError("the warning rules cannot be used", std::move(problems));
}

}  // namespace detail
}  // namespace thuocdo
