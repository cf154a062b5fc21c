#include <thuocdo/io/visibility.hpp>
#include <thuocdo/model/detail/names.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/json_reader.hpp"
#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/text_file.hpp"

namespace thuocdo::io {
namespace detail {
namespace {

constexpr double visibility_format_version = 1.0;
constexpr const char* visibility_format_member = "thuocdo_visibility";

struct VisibilityReading {
    publish::VisibilityRules rules{};
    std::vector<Problem> problems{};
};

void read_visibility_lists(ObjectReader& in, ReadLog& log, publish::VisibilityRules& rules) {
    const auto visibility_of = [](ObjectReader& each) {
        return each.word<Visibility>("visibility", Visibility::restricted);
    };
    in.each("units", in.find("units"), [&](const Json& value, const std::string& place) {
        ObjectReader each(value, place, log);
        publish::UnitVisibility rule;
        rule.unit = each.required_text("unit", "the code of a unit");
        rule.visibility = visibility_of(each);
        each.finish();
        rules.units.push_back(std::move(rule));
    });
    in.each("cells", in.find("cells"), [&](const Json& value, const std::string& place) {
        ObjectReader each(value, place, log);
        publish::CellVisibility rule;
        rule.unit = each.required_text("unit", "the code of a unit");
        rule.node = each.required_text("node", "the code of a node");
        rule.visibility = visibility_of(each);
        each.finish();
        rules.cells.push_back(std::move(rule));
    });
    in.each("tasks", in.find("tasks"), [&](const Json& value, const std::string& place) {
        ObjectReader each(value, place, log);
        publish::TaskVisibility rule;
        rule.task = each.required_text("task", "the code of a task");
        rule.visibility = visibility_of(each);
        each.finish();
        rules.tasks.push_back(std::move(rule));
    });
    in.each("digits", in.find("digits"), [&](const Json& value, const std::string& place) {
        ObjectReader each(value, place, log);
        publish::PrintedDigits rule;
        rule.node = each.required_text("node", "the code of a node");
        rule.digits = each.required_integer("digits");
        each.finish();
        rules.digits.push_back(std::move(rule));
    });
}

VisibilityReading read_visibility(std::string_view json, const std::string& file) {
    const JsonText text = parse_json_text(without_byte_order_mark(json), {file, 1, 1});
    if (!text.readable) return {{}, text.problems};
    ReadLog log;
    for (const Problem& each : text.problems) log.add(each);
    VisibilityReading reading;
    ObjectReader in(text.value, "", log);
    if (const Json* format = in.find(visibility_format_member)) {
        const auto version = read_number(*format, in.at(visibility_format_member), log);
        if (version && *version != visibility_format_version)
            log.add({"unsupported_format", in.at(visibility_format_member), described(*format), "1",
                     "write 1, or read the file with a newer version of the library"});
    }
    read_visibility_lists(in, log, reading.rules);
    reading.rules.default_digits = in.integer("default_digits");
    reading.rules.ranks_without_totals = in.flag("ranks_without_totals", false);
    reading.rules.bands_without_totals = in.flag("bands_without_totals", false);
    in.finish();
    sort_by_text(text, log.problems);
    reading.problems = std::move(log.problems);
    return reading;
}

publish::VisibilityRules accepted_visibility(VisibilityReading reading,
                                             const std::string& subject) {
    if (!reading.problems.empty())
        throw DataError(subject + " cannot be used", std::move(reading.problems));
    return std::move(reading.rules);
}

}  // namespace
}  // namespace detail

publish::VisibilityRules parse_visibility(std::string_view json) {
    return detail::accepted_visibility(detail::read_visibility(json, ""),
                                       "the rules of visibility");
}

publish::VisibilityRules load_visibility(const std::filesystem::path& path) {
    const std::string text = detail::read_text_file(path);
    return detail::accepted_visibility(detail::read_visibility(text, path.filename().string()),
                                       "the rules of visibility in \"" + path.string() + '"');
}

std::vector<Problem> check_visibility_document(std::string_view json) {
    return detail::read_visibility(json, "").problems;
}

}  // namespace thuocdo::io
