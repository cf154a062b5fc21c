#include "io/json_reader.hpp"

#include <thuocdo/io/unicode.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/number_text.hpp"

namespace thuocdo::io::detail {
namespace {

constexpr const char* leave_out = "leave the member out where it does not apply";

void wrong_type(const Json& value, const std::string& place, ReadLog& log, const char* expected,
                std::string remedy) {
    log.add({"wrong_type", place, described(value), expected,
             value.is_null() ? std::string(leave_out) : std::move(remedy)});
}

}  // namespace

bool FailedPlaces::at_or_above(std::string_view place) const {
    while (true) {
        if (places_.contains(std::string(place))) return true;
        const std::size_t slash = place.rfind('/');
        if (slash == std::string_view::npos) return false;
        place = place.substr(0, slash);
    }
}

bool FailedPlaces::at_or_below(std::string_view place) const {
    if (places_.contains(std::string(place))) return true;
    const std::string inside = std::string(place) + '/';
    const auto next = places_.lower_bound(inside);
    return next != places_.end() && next->starts_with(inside);
}

std::string described(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null:
            return "null";
        case Json::value_t::object:
            return "an object";
        case Json::value_t::array:
            return "a list";
        case Json::value_t::string:
            return "text " + in_quotes(value.get_ref<const std::string&>());
        case Json::value_t::boolean:
            return value.get<bool>() ? "true" : "false";
        default:
            return "number " + numeric::shortest(value.get<double>());
    }
}

std::optional<std::string> read_text(const Json& value, const std::string& place, ReadLog& log) {
    if (value.is_discarded()) {
        log.failed.insert(place);
        return std::nullopt;
    }
    if (!value.is_string()) {
        wrong_type(value, place, log, "text", "put it in double quotes");
        return std::nullopt;
    }
    const auto& text = value.get_ref<const std::string&>();
    if (is_nfc(text)) return text;
    std::string composed = to_nfc(text);
    // The text itself is known, so its place is no failure for other checks.
    log.problems.push_back({"not_nfc", place, in_quotes(text) + " in decomposed form (NFD)", "NFC",
                            "save the file in NFC (" + in_quotes(composed) + ')'});
    return composed;
}

std::optional<double> read_number(const Json& value, const std::string& place, ReadLog& log) {
    if (value.is_discarded()) {
        log.failed.insert(place);
        return std::nullopt;
    }
    if (value.is_number()) return value.get<double>();
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        NumberDefect defect{"number_as_text", "remove the quotes"};
        if (!strict_number(text)) defect = number_defect(text);
        log.add({defect.code, place, described(value), "a number", defect.remedy});
        return std::nullopt;
    }
    wrong_type(value, place, log, "a number", "write a number such as 0.25");
    return std::nullopt;
}

std::optional<Date> read_date(const Json& value, const std::string& place, ReadLog& log) {
    const auto text = read_text(value, place, log);
    if (!text) return std::nullopt;
    if (const auto date = parse_date(*text)) return date;
    constexpr std::string_view shape = "0000-00-00";
    bool shaped = text->size() == shape.size();
    for (std::size_t k = 0; shaped && k < shape.size(); ++k)
        shaped = shape[k] == '-' ? (*text)[k] == '-' : (*text)[k] >= '0' && (*text)[k] <= '9';
    log.add({"invalid_date", place, described(value), "a date YYYY-MM-DD",
             shaped ? "the calendar has no such day"
                    : "write the year first, then month and day, e.g. 2030-12-31"});
    return std::nullopt;
}

std::optional<std::size_t> read_word(const Json& value, const std::string& place, ReadLog& log,
                                     std::span<const std::string> allowed, const char* code) {
    if (!value.is_string() && !value.is_discarded()) {
        const std::string expected = "one of " + listed(allowed);
        wrong_type(value, place, log, expected.c_str(), "write one of these words");
        return std::nullopt;
    }
    const auto text = read_text(value, place, log);
    if (!text) return std::nullopt;
    const auto found = std::find(allowed.begin(), allowed.end(), *text);
    if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
    log.add({code, place, described(value), "one of " + listed(allowed),
             suggestion(*text, allowed, "write one of these words")});
    return std::nullopt;
}

ObjectReader::ObjectReader(const Json& value, std::string place, ReadLog& log)
    : place_(std::move(place)), log_(log) {
    if (value.is_object())
        object_ = &value;
    else if (value.is_discarded())
        log_.failed.insert(place_);
    else
        wrong_type(value, place_, log_, "an object", "write its members in braces, { ... }");
}

const Json* ObjectReader::find(const char* name) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) known_.emplace_back(name);
    if (!object_) return nullptr;
    const auto member = object_->find(name);
    return member == object_->end() ? nullptr : &*member;
}

const Json* ObjectReader::require(const char* name, const char* expected) {
    const Json* value = find(name);
    if (!value && object_)
        log_.add({"missing_member", at(name), std::string("no member \"") + name + '"', expected,
                  "add it"});
    return value;
}

std::string ObjectReader::text(const char* name) {
    const Json* value = find(name);
    return value ? read_text(*value, at(name), log_).value_or("") : "";
}

std::string ObjectReader::required_text(const char* name, const char* expected) {
    const Json* value = require(name, expected);
    return value ? read_text(*value, at(name), log_).value_or("") : "";
}

std::optional<double> ObjectReader::number(const char* name) {
    const Json* value = find(name);
    return value ? read_number(*value, at(name), log_) : std::nullopt;
}

double ObjectReader::number(const char* name, double default_value) {
    return number(name).value_or(default_value);
}

double ObjectReader::required_number(const char* name, double fallback) {
    const Json* value = require(name, "a number");
    return value ? read_number(*value, at(name), log_).value_or(fallback) : fallback;
}

std::optional<int> ObjectReader::to_integer(const Json* value, const char* name) {
    if (!value) return std::nullopt;
    const auto number = read_number(*value, at(name), log_);
    if (!number) return std::nullopt;
    constexpr double most = std::numeric_limits<int>::max();
    if (*number != std::floor(*number) || std::abs(*number) > most) {
        log_.add({"integer_expected", at(name), described(*value), "a whole number",
                  "write a number without decimals"});
        return std::nullopt;
    }
    return static_cast<int>(*number);
}

std::optional<int> ObjectReader::integer(const char* name) { return to_integer(find(name), name); }

int ObjectReader::required_integer(const char* name) {
    return to_integer(require(name, "a whole number"), name).value_or(0);
}

bool ObjectReader::flag(const char* name, bool default_value) {
    const Json* value = find(name);
    if (!value) return default_value;
    if (value->is_boolean()) return value->get<bool>();
    if (value->is_discarded())
        log_.failed.insert(at(name));
    else
        wrong_type(*value, at(name), log_, "true or false", "write true or false without quotes");
    return default_value;
}

std::optional<Date> ObjectReader::date(const char* name) {
    const Json* value = find(name);
    return value ? read_date(*value, at(name), log_) : std::nullopt;
}

Label ObjectReader::label(const char* name) {
    const Json* value = find(name);
    if (!value) return {};
    if (value->is_string() || value->is_discarded()) {
        const std::string both = read_text(*value, at(name), log_).value_or("");
        return {both, both};
    }
    if (!value->is_object()) {
        wrong_type(*value, at(name), log_, "text or an object with en and vi",
                   "write the text in double quotes");
        return {};
    }
    ObjectReader languages(*value, at(name), log_);
    Label label{languages.text("en"), languages.text("vi")};
    languages.finish();
    return label;
}

std::vector<double> ObjectReader::numbers(const char* name) {
    std::vector<double> values;
    each(name, require(name, "a list of numbers"),
         [&](const Json& value, const std::string& place) {
             values.push_back(read_number(value, place, log_).value_or(0.0));
         });
    return values;
}

std::vector<std::string> ObjectReader::texts(const char* name) {
    std::vector<std::string> values;
    each(name, find(name), [&](const Json& value, const std::string& place) {
        values.push_back(read_text(value, place, log_).value_or(""));
    });
    return values;
}

std::vector<std::string> ObjectReader::text_or_texts(const char* name) {
    const Json* value = find(name);
    if (!value || !value->is_string()) return texts(name);
    return {read_text(*value, at(name), log_).value_or("")};
}

void ObjectReader::finish() {
    if (!object_) return;
    for (const auto& [name, value] : object_->items()) {
        if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
        const std::string place = place_ + '/' + pointer_step(name);
        const std::string allowed = known_.size() == 1 ? "only " : "one of ";
        if (value.is_discarded()) {
            log_.failed.insert(place);
            continue;
        }
        log_.add({"unknown_member", place, "member " + in_quotes(name), allowed + listed(known_),
                  suggestion(name, known_, "remove it")});
        // What it was meant to be is not absent, only misspelled.
        if (const auto meant = nearest_word(name, known_))
            log_.failed.insert(place_ + '/' + *meant);
    }
}

bool ObjectReader::is_list(const Json& value, const std::string& place) {
    if (value.is_array()) return true;
    if (value.is_discarded())
        log_.failed.insert(place);
    else
        wrong_type(value, place, log_, "a list", "write its elements in brackets, [ ... ]");
    return false;
}

}  // namespace thuocdo::io::detail
