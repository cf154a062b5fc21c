#include <thuocdo/io/warning_rules.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "io/json_reader.hpp"
#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/pretty_json.hpp"
#include "io/text_file.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

/// The format that this reader reads and the writer writes.
constexpr double rules_format_version = 1.0;
constexpr const char* format_member = "thuocdo_warning_rules";

struct RulesReading {
    WarningRuleSet set{};
    std::vector<Problem> problems{};
};

/// Reads a word whose position in the list is the value of the enumeration.
template <class Enum, std::size_t n>
std::optional<Enum> read_enumeration(const Json* value, const std::string& place, ReadLog& log,
                                     const std::array<const char*, n>& names) {
    if (!value) return std::nullopt;
    const std::vector<std::string> allowed(names.begin(), names.end());
    const auto found = read_word(*value, place, log, allowed);
    if (!found) return std::nullopt;
    return static_cast<Enum>(*found);
}

void read_parameters(ObjectReader& in, const std::optional<WarningKind>& kind, WarningRule& rule) {
    if (!kind) {
        // What belongs to a kind that is not known cannot be judged.
        for (const WarningParameter& each : warning_parameters()) {
            static_cast<void>(in.find(each.name));
            in.log().failed.insert(in.at(each.name));
        }
        return;
    }
    for (const WarningParameter& each : warning_parameters(*kind))
        if (const Json* value = in.require(each.name, each.expected))
            if (const auto number = read_number(*value, in.at(each.name), in.log()))
                rule.parameters.*each.member = *number;
}

WarningRule read_rule(const Json& value, const std::string& place, ReadLog& log) {
    ObjectReader in(value, place, log);
    WarningRule rule;
    rule.code = in.required_text("code", "the code of the rule");
    const auto kind =
        read_enumeration<WarningKind>(in.require("kind", "the kind of the rule"), in.at("kind"),
                                      log, thuocdo::detail::warning_kind_names);
    if (kind) rule.kind = *kind;
    const auto subject = read_enumeration<WarningSubject>(in.find("subject"), in.at("subject"), log,
                                                          thuocdo::detail::warning_subject_names);
    if (kind && subject && *subject != warning_subject(*kind))
        log.add({"wrong_subject", in.at("subject"), in_quotes(warning_subject_name(*subject)),
                 in_quotes(warning_subject_name(warning_subject(*kind))),
                 std::string("rules of kind ") + warning_kind_name(*kind) +
                     " have this subject; it may be left out"});
    const auto severity = read_enumeration<WarningSeverity>(
        in.require("severity", "one of notice, warning, alarm"), in.at("severity"), log,
        thuocdo::detail::warning_severity_names);
    if (severity) rule.severity = *severity;
    if (in.require("reason", "what the warning means, {\"vi\": ..., \"en\": ...}"))
        rule.reason = in.label("reason");
    read_parameters(in, kind, rule);
    rule.lead_time_days = in.required_integer("lead_time_days");
    in.finish();
    return rule;
}

WarningRuleSet read_set(const Json& document, ReadLog& log) {
    ObjectReader in(document, "", log);
    WarningRuleSet set;
    if (const Json* format = in.require(format_member, "1, the version of the format")) {
        const auto version = read_number(*format, in.at(format_member), log);
        if (version && *version != rules_format_version)
            log.add({"unsupported_format", in.at(format_member), described(*format), "1",
                     "write 1, or read the file with a newer version of the library"});
    }
    set.id = in.required_text("id", "the code of the set of rules");
    set.version = in.required_text("version", "the version of the set of rules");
    if (in.require("name", "a name in Vietnamese or English")) set.name = in.label("name");
    in.each("rules", in.require("rules", "a list of rules"),
            [&](const Json& rule, const std::string& place) {
                set.rules.push_back(read_rule(rule, place, log));
            });
    in.finish();
    return set;
}

RulesReading read_document(std::string_view json, const std::string& file) {
    const JsonText text = parse_json_text(without_byte_order_mark(json), {file, 1, 1});
    if (!text.readable) return {{}, text.problems};
    ReadLog log;
    for (const Problem& each : text.problems) log.add(each);
    RulesReading reading;
    reading.set = read_set(text.value, log);
    // What could not be read has been reported; its default is not judged.
    for (Problem& each : check_warning_rules(reading.set.rules))
        if (!log.failed.at_or_above(each.place)) log.problems.push_back(std::move(each));
    sort_by_text(text, log.problems);
    reading.problems = std::move(log.problems);
    return reading;
}

WarningRuleSet accepted(RulesReading reading, const std::string& subject) {
    if (!reading.problems.empty())
        throw TaskError(subject + " cannot be used", std::move(reading.problems));
    return std::move(reading.set);
}

std::string text_json(const std::string& text) { return Json(text).dump(); }

std::string label_json(const Label& label) {
    return "{\"vi\":" + text_json(label.vi) + ",\"en\":" + text_json(label.en) + '}';
}

std::string rule_json(const WarningRule& rule) {
    std::string json = "{\"code\":" + text_json(rule.code) + ",\"kind\":\"" +
                       warning_kind_name(rule.kind) + "\",\"severity\":\"" +
                       warning_severity_name(rule.severity) +
                       "\",\"reason\":" + label_json(rule.reason);
    for (const WarningParameter& each : warning_parameters(rule.kind))
        json += std::string(",\"") + each.name +
                "\":" + numeric::shortest(rule.parameters.*each.member);
    return json + ",\"lead_time_days\":" + std::to_string(rule.lead_time_days) + '}';
}

}  // namespace
}  // namespace detail

WarningRuleSet parse_warning_rules(std::string_view json) {
    return detail::accepted(detail::read_document(json, ""), "the warning rules");
}

WarningRuleSet load_warning_rules(const std::filesystem::path& path) {
    const std::string subject = "the warning rules in \"" + path.string() + '"';
    std::string text;
    try {
        text = detail::read_text_file(path);
    } catch (const DataError& error) {
        throw TaskError(subject + " cannot be used", error.problems());
    }
    return detail::accepted(detail::read_document(text, path.filename().string()), subject);
}

std::vector<Problem> check_warning_rules_document(std::string_view json) {
    return detail::read_document(json, "").problems;
}

std::string to_json(const WarningRuleSet& set, int indent) {
    thuocdo::detail::require_warning_rules(set.rules);
    std::string json = std::string("{\"") + detail::format_member +
                       "\":1,\"id\":" + detail::text_json(set.id) +
                       ",\"version\":" + detail::text_json(set.version) +
                       ",\"name\":" + detail::label_json(set.name) + ",\"rules\":[";
    for (std::size_t k = 0; k < set.rules.size(); ++k)
        json += (k == 0 ? "" : ",") + detail::rule_json(set.rules[k]);
    json += "]}";
    if (indent < 0) return json;
    return detail::pretty_json(json, static_cast<std::size_t>(indent));
}

}  // namespace thuocdo::io
