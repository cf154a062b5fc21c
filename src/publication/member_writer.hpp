#pragma once
// Writes the members of one JSON object; texts and numbers that cannot be written are
// collected by their place.

#include <thuocdo/data/cell_state.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/io/unicode.hpp>
#include <thuocdo/model/detail/json_object.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/time/date.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/json_text.hpp"
#include "io/message_text.hpp"

namespace thuocdo::publish::detail {

class MemberWriter {
  public:
    MemberWriter(std::string place, std::vector<Problem>& problems)
        : place_(std::move(place)), problems_(problems) {}

    [[nodiscard]] std::string str() { return object_.str(); }

    void format(const char* name) { object_.raw(name, std::to_string(publication_format)); }
    void text(const char* name, const std::string& value) {
        if (!value.empty()) required_text(name, value);
    }
    void required_text(const char* name, const std::string& value) {
        object_.raw(name, text_of(value, at(name)));
    }
    void texts(const char* name, const std::vector<std::string>& values) {
        if (values.empty()) return;
        std::vector<std::string> list;
        for (std::size_t k = 0; k < values.size(); ++k)
            list.push_back(text_of(values[k], at(name) + '/' + std::to_string(k)));
        object_.raw(name, thuocdo::detail::json_list(list));
    }
    void label(const char* name, const Label& value) {
        if (!value.empty()) object_.raw(name, label_of(value, at(name)));
    }
    void labels(const char* name, const std::vector<Label>& values) {
        if (values.empty()) return;
        std::vector<std::string> list;
        for (std::size_t k = 0; k < values.size(); ++k)
            list.push_back(label_of(values[k], at(name) + '/' + std::to_string(k)));
        object_.raw(name, thuocdo::detail::json_list(list));
    }
    void number(const char* name, double value) { object_.raw(name, number_of(value, at(name))); }
    void number_if_any(const char* name, double value) {
        if (!std::isnan(value)) number(name, value);
    }
    template <std::integral Integer>
    void integer(const char* name, Integer value) {
        object_.raw(name, std::to_string(value));
    }
    void integer_if_any(const char* name, const std::optional<int>& value) {
        if (value) integer(name, *value);
    }
    void count(const char* name, std::size_t value) {
        if (value != 0) integer(name, value);
    }
    void flag(const char* name, bool value) { object_.flag(name, value, false); }
    void day(const char* name, const Date& value) {
        if (!value.is_special()) object_.raw(name, '"' + to_iso(value) + '"');
    }
    void date(const char* name, const std::optional<Date>& value) {
        if (value) day(name, *value);
    }
    void state(const char* name, CellState value) {
        if (value != CellState::observed)
            object_.raw(name, thuocdo::detail::json_string(cell_state_name(value)));
    }
    template <class Enum>
    void word(const char* name, Enum value) {
        object_.word(name, value);
    }
    void text_map(const char* name, const std::map<std::string, std::string>& values) {
        map_of(name, values, [&](const std::string& value, const std::string& place) {
            return text_of(value, place);
        });
    }
    void number_map(const char* name, const std::map<std::string, double>& values) {
        map_of(name, values,
               [&](double value, const std::string& place) { return number_of(value, place); });
    }
    template <class Value, class Members>
    void list(const char* name, const std::vector<Value>& values, Members members) {
        if (values.empty()) return;
        std::vector<std::string> written;
        written.reserve(values.size());
        for (std::size_t k = 0; k < values.size(); ++k)
            written.push_back(object_of(values[k], at(name) + '/' + std::to_string(k), members));
        object_.raw(name, thuocdo::detail::json_list(written));
    }
    template <class Value, class Members>
    void object(const char* name, const Value& value, Members members) {
        const std::string written = object_of(value, at(name), members);
        if (written != "{}") object_.raw(name, written);
    }
    template <class Value, class Members>
    void object_if_any(const char* name, const std::optional<Value>& value, Members members) {
        if (value) object_.raw(name, object_of(*value, at(name), members));
    }

  private:
    [[nodiscard]] std::string at(const char* name) const { return place_ + '/' + name; }

    template <class Value, class Members>
    [[nodiscard]] std::string object_of(const Value& value, std::string place, Members members) {
        MemberWriter out(std::move(place), problems_);
        members(out, value);
        return out.str();
    }

    template <class Map, class Write>
    void map_of(const char* name, const Map& values, Write write) {
        if (values.empty()) return;
        thuocdo::detail::JsonObject out(MemberOrder::documented);
        for (const auto& [key, value] : values) {
            const std::string place = at(name) + '/' + io::detail::pointer_step(key);
            check(key, place);
            out.raw(key, write(value, place));
        }
        object_.raw(name, out.str());
    }

    [[nodiscard]] std::string text_of(const std::string& value, const std::string& place) {
        check(value, place);
        return thuocdo::detail::json_string(value);
    }
    [[nodiscard]] std::string label_of(const Label& value, const std::string& place) {
        MemberWriter out(place, problems_);
        out.text("en", value.en);
        out.text("vi", value.vi);
        return out.str();
    }
    [[nodiscard]] std::string number_of(double value, const std::string& place) {
        if (std::isnan(value)) return "null";
        if (!std::isfinite(value)) {
            problems_.push_back({"infinite_value", place, "an infinite number", "a finite number",
                                 "publish what the rule gives for real data"});
            return "null";
        }
        return numeric::shortest(value);
    }

    void check(const std::string& text, const std::string& place) {
        if (text.find('\0') != std::string::npos)
            problems_.push_back({"nul_character", place, io::detail::in_quotes(text),
                                 "text without NUL", "correct the text"});
        else if (!io::is_valid_utf8(text))
            problems_.push_back({"invalid_utf8", place, io::detail::in_quotes(text),
                                 "text in UTF-8", "correct the text"});
        else if (!io::is_nfc(text))
            problems_.push_back({"not_nfc", place,
                                 io::detail::in_quotes(text) + " in decomposed form", "NFC",
                                 "read the data with normalise_to_nfc"});
    }

    std::string place_;
    std::vector<Problem>& problems_;
    thuocdo::detail::JsonObject object_{MemberOrder::documented};
};

}  // namespace thuocdo::publish::detail
