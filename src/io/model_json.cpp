#include <thuocdo/io/json.hpp>
#include <thuocdo/model/canonical.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "io/json_text.hpp"
#include "io/messages.hpp"
#include "io/model_factors.hpp"
#include "io/model_reading.hpp"
#include "io/pretty_json.hpp"
#include "io/read_definition.hpp"
#include "io/text_file.hpp"

namespace thuocdo::io {
namespace detail {
ModelReading read_model_json(std::string_view json, const std::string& file) {
    const JsonText text = parse_json_text(without_byte_order_mark(json), {file, 1, 1});
    if (!text.readable) return {{}, text.problems};
    ReadLog log;
    for (const Problem& each : text.problems) log.add(each);
    ModelReading reading;
    reading.definition = read_definition(text.value, log);
    std::vector<Problem> further = check_read_definition(reading.definition, log.failed);
    reading.problems = std::move(log.problems);
    std::move(further.begin(), further.end(), std::back_inserter(reading.problems));
    if (reading.problems.empty()) reading.problems = check_one_of(reading.definition);
    sort_by_text(text, reading.problems);
    return reading;
}

ModelReading read_model_file(const std::filesystem::path& path) {
    const std::string extension = lower_case(path.extension().string());
    if (extension != ".json" && extension != ".csv")
        return {{},
                {{"unknown_file_type", path.string(),
                  extension.empty() ? "a name without extension" : "extension " + extension,
                  ".json (document) or .csv (table form)", "rename the file"}}};
    std::string text;
    try {
        text = read_text_file(path);
    } catch (const DataError& error) {
        return {{}, error.problems()};
    }
    const std::string file = path.filename().string();
    return extension == ".csv" ? read_model_table(text, file) : read_model_json(text, file);
}

IndexModel accepted(ModelReading reading, const std::string& subject) {
    if (!reading.problems.empty())
        throw ModelError(subject + " cannot be used", std::move(reading.problems));
    return IndexModel(std::move(reading.definition));
}

}  // namespace detail

IndexModel load_model(const std::filesystem::path& path) {
    return detail::accepted(detail::read_model_file(path),
                            "the index model in \"" + path.string() + '"');
}

IndexModel parse_model(std::string_view json) {
    detail::ModelReading reading = detail::read_model_json(json, "");
    const std::string& id = reading.definition.id;
    const std::string subject = "the index model" + (id.empty() ? "" : ' ' + detail::in_quotes(id));
    return detail::accepted(std::move(reading), subject);
}

std::vector<Problem> check_model(std::string_view json) {
    return detail::read_model_json(json, "").problems;
}

std::vector<Problem> check_model_file(const std::filesystem::path& path) {
    return detail::read_model_file(path).problems;
}

std::string to_json(const IndexModel& model, int indent) {
    if (indent < 0) return model.canonical();
    const thuocdo::detail::DefinitionWriter writer(MemberOrder::documented);
    return detail::pretty_json(writer.document(model.definition()),
                               static_cast<std::size_t>(indent));
}

}  // namespace thuocdo::io
