#include <thuocdo/io/deadline.hpp>
#include <thuocdo/io/unicode.hpp>

#include <string>
#include <utility>

#include "io/deadline_grammar.hpp"
#include "io/deadline_refusal.hpp"
#include "io/deadline_tokens.hpp"
#include "io/messages.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

/// What the words before a day or period say about it.
struct Relation {
    /// Strictly before: trước.
    bool before = false;
    /// At the latest: chậm nhất, no later than.
    bool latest = false;
    /// Up to: đến, by.
    bool until = false;
    /// In: trong, within.
    bool within = false;
    /// Until it is over: hết.
    bool end = false;
    /// The end of it, which is exact only as a limit: cuối, the end of.
    bool last_part = false;
};

/// A deadline that was read, or why there is none.
struct DeadlineReading {
    std::optional<Deadline> deadline{};
    std::optional<Problem> problem{};
};

class DeadlineParser {
  public:
    DeadlineParser(std::string_view text, const std::vector<Token>& tokens,
                   const DeadlineOptions& options)
        : text_(text),
          options_(options),
          in_(tokens),
          grammar_(in_, deadline_place, options.year) {}

    [[nodiscard]] DeadlineReading read() {
        skip_introduction();
        relation_ = read_relation();
        std::optional<Deadline> deadline = sees_days() ? read_days() : read_day_or_period();
        if (!grammar_.problem()) skip_ending();
        if (grammar_.problem()) return {std::nullopt, grammar_.problem()};
        if (!in_.at_end()) return {};
        if (deadline) deadline->text = std::string(text_);
        return {std::move(deadline), std::nullopt};
    }

  private:
    void skip_introduction() {
        // "thời hạn 15 ngày" is read here, "trong thời hạn 15 ngày" with its days.
        in_.accept_any({"thời hạn hoàn thành", "thời hạn", "hạn hoàn thành", "hạn cuối", "hạn chót",
                        "hạn", "deadline", "due date", "due"});
        in_.accept("là");
        in_.accept(":");
        in_.accept_any({"phải", "must be", "to be", "must"});
        in_.accept_any({"hoàn thành xong", "hoàn thành", "thực hiện xong", "thực hiện", "xong",
                        "completed", "complete", "finished", "finish", "done"});
    }

    void skip_ending() {
        while (in_.accept_any({".", ";", ","})) {
        }
    }

    Relation read_relation() {
        Relation relation;
        if (in_.accept_any(
                {"trước hoặc trong", "trước hoặc đúng", "on or before", "before or on"})) {
            relation.latest = true;
            return relation;
        }
        if (in_.accept_any({"trước", "before", "prior to"}))
            relation.before = true;
        else if (in_.accept_any({"chậm nhất", "muộn nhất", "trễ nhất", "không quá",
                                 "không chậm hơn", "không muộn hơn", "no later than",
                                 "not later than", "at the latest by", "at the latest on",
                                 "at the latest"}))
            relation.latest = true;
        if (relation.latest) in_.accept_any({"là", "vào"});
        if (in_.accept_any({"đến", "tới", "by", "until"})) relation.until = true;
        if (in_.accept_any({"trong", "within", "during", "in", "vào", "on"}))
            relation.within = true;
        if (in_.accept_any({"khi hết", "hết"})) relation.end = true;
        if (in_.accept_any({"cuối", "the end of", "end of"})) relation.last_part = true;
        return relation;
    }

    /// The words name a limit but not which side of the day or period it is on.
    void refuse_ambiguous(const std::string& choices) {
        grammar_.refuse("ambiguous_deadline", in_quotes(text_) + ", which has two readings",
                        "words with one exact last day", "write " + choices);
    }

    void refuse_vague() {
        grammar_.refuse("vague_deadline", in_quotes(text_) + ", without one exact last day",
                        "words with one exact last day",
                        "give it, e.g. \"chậm nhất ngày 31/12/2026\" or \"hết năm 2026\"");
    }

    std::optional<Deadline> read_day_or_period() {
        if (const auto day = grammar_.date()) return of_day(*day);
        if (grammar_.problem()) return std::nullopt;
        const auto period = grammar_.period();
        return period ? of_period(*period) : std::nullopt;
    }

    std::optional<Deadline> of_day(const Date& day) {
        if (!relation_.before) return Deadline::on_or_before(day);
        if (relation_.until || relation_.within || relation_.end || relation_.last_part) {
            const std::string date = thuocdo::detail::vietnamese_date(day);
            refuse_ambiguous("\"trước ngày " + date + "\" (that day is late) or \"chậm nhất ngày " +
                             date + "\" (that day is in time)");
            return std::nullopt;
        }
        return before(day);
    }

    std::optional<Deadline> of_period(const Period& period) {
        const std::string name = period.to_vietnamese();
        const bool end = relation_.end || relation_.last_part;
        if (relation_.before) {
            if (!relation_.until && !relation_.within && !end) return before(period);
            refuse_ambiguous("\"trước " + name + "\" (before its first day) or \"hết " + name +
                             "\" (its last day is in time)");
            return std::nullopt;
        }
        if (relation_.last_part && !relation_.latest && !relation_.until) {
            refuse_vague();
            return std::nullopt;
        }
        if (relation_.until && !relation_.latest && !relation_.within && !end) {
            refuse_ambiguous("\"trước " + name + "\" (before its first day) or \"hết " + name +
                             "\" (until its last day)");
            return std::nullopt;
        }
        return end ? Deadline::by_end_of(period) : Deadline::within(period);
    }

    template <class DayOrPeriod>
    std::optional<Deadline> before(const DayOrPeriod& named) {
        try {
            return Deadline::before(named);
        } catch (const DataError& error) {
            return refuse(error);
        }
    }

    /// Passes on what the values refuse, e.g. a day after 9999-12-31.
    std::nullopt_t refuse(const DataError& error) {
        const Problem& problem = error.problems().front();
        grammar_.refuse(problem.code, problem.found, problem.expected, problem.remedy);
        return std::nullopt;
    }

    /// Passes the words before a number of days; false when it is no such number.
    bool sees_days() {
        const std::size_t start = in_.position();
        in_.accept_any({"thời hạn", "thời gian", "vòng"});
        const std::size_t number = in_.position();
        const bool counted =
            in_.number(most_digits).has_value() &&
            in_.sees_any({"ngày", "calendar", "working", "business", "days", "day"});
        if (!counted) refuse_other_units(number);
        in_.back_to(counted ? number : start);
        return counted;
    }

    /// "15 ngày làm việc kể từ ...".
    std::optional<Deadline> read_days() {
        const auto count = in_.number(most_digits);
        const bool working = in_.accept_any(
            {"ngày làm việc", "working days", "working day", "business days", "business day"});
        if (!working) in_.accept_any({"ngày", "calendar days", "calendar day", "days", "day"});
        if (relation_.before || relation_.until || relation_.end || relation_.last_part) {
            refuse_ambiguous("\"trong ... ngày kể từ ngày ...\", or the last day itself");
            return std::nullopt;
        }
        const auto from = read_start();
        if (!from) return std::nullopt;
        return working ? working_days(*from, count->value) : calendar_days(*from, count->value);
    }

    /// Weeks and months after a day, whose end is not exact.
    void refuse_other_units(std::size_t number) {
        in_.back_to(number);
        if (!in_.number(most_digits)) return;
        const std::string unit = in_.peek();
        if (!in_.accept_any({"tuần", "tháng", "quý", "năm", "weeks", "week", "months", "month",
                             "years", "year"}) ||
            !in_.sees_any({"kể từ", "tính từ", "từ", "from", "of", "after", "since"}))
            return;
        // "nine months of 2026" is a period, "two months of assignment" is not.
        if (in_.accept("of")) {
            in_.accept_any({"the year", "year"});
            if (in_.number(most_digits)) return;
        }
        grammar_.refuse("unknown_unit_of_time",
                        in_quotes(text_) + ", counted in " + in_quotes(unit),
                        "a number of days or working days, or the last day",
                        "months differ in length: write the days or the last day");
    }

    std::optional<Date> read_start() {
        if (!in_.accept_any(
                {"kể từ", "tính từ", "từ", "sau", "starting from", "from", "of", "after"})) {
            if (in_.at_end())
                grammar_.refuse("missing_start", in_quotes(text_) + ", which says no first day",
                                "the day from which to count",
                                "add it, e.g. \"kể từ ngày 5/1/2026\" or \"kể từ ngày giao\"");
            return std::nullopt;
        }
        if (const auto day = grammar_.date()) return day;
        if (grammar_.problem()) return std::nullopt;
        in_.accept_any({"ngày", "khi", "the date of", "the day of", "date of", "the"});
        if (in_.accept_any({"được giao nhiệm vụ", "được giao việc", "được giao", "giao nhiệm vụ",
                            "giao việc", "giao", "assignment", "being assigned"})) {
            in_.accept_any({"date", "day"});
            if (!options_.assigned)
                grammar_.refuse("missing_assignment_day",
                                in_quotes(text_) + " without the day of assignment",
                                "the day on which the task was assigned",
                                "give it with the options, or write the date");
            return options_.assigned;
        }
        grammar_.refuse("unknown_start_event", in_quotes(text_) + ", counted from an event",
                        "a date, or \"kể từ ngày giao\"",
                        "write the date of the event, e.g. \"kể từ ngày 5/1/2026\"");
        return std::nullopt;
    }

    std::optional<Deadline> working_days(const Date& from, long count) {
        if (!options_.calendar) {
            grammar_.refuse("missing_calendar", in_quotes(text_) + " without a calendar",
                            "a calendar of working days", "give it with the options");
            return std::nullopt;
        }
        try {
            return Deadline::working_days_from(from, count, *options_.calendar);
        } catch (const DataError& error) {
            return refuse(error);
        }
    }

    std::optional<Deadline> calendar_days(const Date& from, long count) {
        try {
            return Deadline::calendar_days_from(from, count);
        } catch (const DataError& error) {
            return refuse(error);
        }
    }

    /// Digits of a number of days.
    static constexpr std::size_t most_digits = 5;

    std::string_view text_;
    const DeadlineOptions& options_;
    TokenCursor in_;
    TimeGrammar grammar_;
    Relation relation_{};
};

DeadlineReading read_deadline(std::string_view text, const DeadlineOptions& options) {
    if (const auto at = find_invalid_utf8(text))
        return {
            std::nullopt,
            Problem{"invalid_utf8", deadline_place, in_quotes(text), "text in UTF-8",
                    "byte " + std::to_string(*at + 1) + " is not UTF-8; save the text as UTF-8"}};
    const std::vector<Token> tokens = deadline_tokens(text);
    if (tokens.empty())
        return {std::nullopt, Problem{"empty_deadline", deadline_place, "no text", "a deadline",
                                      "give one, or leave the deadline out"}};
    DeadlineReading reading = DeadlineParser(text, tokens, options).read();
    if (reading.deadline) return reading;
    const bool shapeless = !reading.problem || reading.problem->code == "missing_year" ||
                           reading.problem->code == "missing_start";
    if (shapeless)
        if (auto known = known_refusal(tokens, text, reading.problem.has_value()))
            reading.problem = std::move(known);
    if (!reading.problem) reading.problem = unreadable_deadline(text);
    return reading;
}

}  // namespace
}  // namespace detail

Deadline parse_deadline(std::string_view text, const DeadlineOptions& options) {
    detail::DeadlineReading reading = detail::read_deadline(text, options);
    if (!reading.deadline) throw DataError("the deadline cannot be read", {*reading.problem});
    return *std::move(reading.deadline);
}

std::vector<Problem> check_deadline(std::string_view text, const DeadlineOptions& options) {
    const detail::DeadlineReading reading = detail::read_deadline(text, options);
    if (reading.deadline) return {};
    return {*reading.problem};
}

}  // namespace thuocdo::io
