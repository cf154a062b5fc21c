#pragma once
// Reads the members of one JSON object; what is wrong is collected by its place.

#include <thuocdo/data/cell_state.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/time/date.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/json_reader.hpp"
#include "io/json_text.hpp"

namespace thuocdo::publish::detail {

using io::detail::Json;
using io::detail::ObjectReader;
using io::detail::ReadLog;

class MemberReader {
  public:
    MemberReader(const Json& value, std::string place, ReadLog& log)
        : in_(value, std::move(place), log) {}

    void finish() { in_.finish(); }

    void format(const char* name) {
        const int found = in_.required_integer(name);
        if (found == publication_format || in_.log().failed.contains(in_.at(name))) return;
        in_.log().add({"unsupported_format", in_.at(name), "format " + std::to_string(found),
                       "format " + std::to_string(publication_format),
                       "read it with the version of the library that wrote it"});
    }
    void text(const char* name, std::string& value) { value = in_.text(name); }
    void required_text(const char* name, std::string& value) { value = in_.required_text(name); }
    void texts(const char* name, std::vector<std::string>& values) { values = in_.texts(name); }
    void label(const char* name, Label& value) {
        if (const Json* found = in_.find(name)) value = label_of(*found, in_.at(name));
    }
    void labels(const char* name, std::vector<Label>& values) {
        in_.each(name, in_.find(name), [&](const Json& each, const std::string& place) {
            values.push_back(label_of(each, place));
        });
    }
    void number(const char* name, double& value) {
        if (const Json* found = in_.require(name, "a number or null"))
            value = number_of(*found, in_.at(name));
    }
    void number_if_any(const char* name, double& value) { value = in_.number(name, missing_value); }
    template <std::integral Integer>
    void integer(const char* name, Integer& value) {
        const Json* found = in_.require(name, "a whole number");
        if (!found) return;
        const auto number = io::detail::read_number(*found, in_.at(name), in_.log());
        if (!number) return;
        // Whole numbers up to here are exact as doubles.
        constexpr double most = 0x1p53;
        if (*number == std::floor(*number) && std::abs(*number) <= most &&
            std::in_range<Integer>(static_cast<std::int64_t>(*number))) {
            value = static_cast<Integer>(*number);
            return;
        }
        in_.log().add({"integer_expected", in_.at(name), io::detail::described(*found),
                       "a whole number in range", "correct the number"});
    }
    void integer_if_any(const char* name, std::optional<int>& value) { value = in_.integer(name); }
    void count(const char* name, std::size_t& value) {
        const int found = in_.integer(name).value_or(0);
        if (found < 0)
            in_.log().add({"negative_count", in_.at(name), std::to_string(found), "0 or more",
                           "correct the number"});
        else
            value = static_cast<std::size_t>(found);
    }
    void flag(const char* name, bool& value) { value = in_.flag(name, false); }
    void day(const char* name, Date& value) { value = in_.date(name).value_or(Date()); }
    void date(const char* name, std::optional<Date>& value) { value = in_.date(name); }
    void state(const char* name, CellState& value) {
        const Json* found = in_.find(name);
        if (!found) return;
        const std::vector<std::string> allowed(thuocdo::detail::cell_state_names.begin(),
                                               thuocdo::detail::cell_state_names.end());
        const auto at = io::detail::read_word(*found, in_.at(name), in_.log(), allowed);
        if (at) value = static_cast<CellState>(*at);
    }
    template <class Enum>
    void word(const char* name, Enum& value) {
        if (const Json* found = in_.require(name, "a word"))
            value = in_.to_word<Enum>(*found, in_.at(name)).value_or(value);
    }
    void text_map(const char* name, std::map<std::string, std::string>& values) {
        each_member(name, [&](const std::string& key, const Json& each, const std::string& place) {
            values[key] = io::detail::read_text(each, place, in_.log()).value_or("");
        });
    }
    void number_map(const char* name, std::map<std::string, double>& values) {
        each_member(name, [&](const std::string& key, const Json& each, const std::string& place) {
            values[key] = number_of(each, place);
        });
    }
    template <class Value, class Members>
    void list(const char* name, std::vector<Value>& values, Members members) {
        in_.each(name, in_.find(name), [&](const Json& each, const std::string& place) {
            values.push_back(object_of<Value>(each, place, members));
        });
    }
    template <class Value, class Members>
    void object(const char* name, Value& value, Members members) {
        if (const Json* found = in_.find(name))
            value = object_of<Value>(*found, in_.at(name), members);
    }
    template <class Value, class Members>
    void object_if_any(const char* name, std::optional<Value>& value, Members members) {
        if (const Json* found = in_.find(name))
            value = object_of<Value>(*found, in_.at(name), members);
    }

  private:
    template <class Value, class Members>
    [[nodiscard]] Value object_of(const Json& json, const std::string& place, Members members) {
        MemberReader in(json, place, in_.log());
        Value value;
        members(in, value);
        in.finish();
        return value;
    }
    [[nodiscard]] Label label_of(const Json& json, const std::string& place) {
        return object_of<Label>(json, place, [](MemberReader& in, Label& label) {
            in.text("en", label.en);
            in.text("vi", label.vi);
        });
    }
    [[nodiscard]] double number_of(const Json& json, const std::string& place) {
        if (json.is_null()) return missing_value;
        return io::detail::read_number(json, place, in_.log()).value_or(missing_value);
    }
    template <class Read>
    void each_member(const char* name, Read read) {
        const Json* found = in_.find(name);
        if (!found) return;
        const std::string place = in_.at(name);
        if (!found->is_object()) {
            if (!found->is_discarded())
                in_.log().add({"wrong_type", place, io::detail::described(*found), "an object",
                               "write its members in braces, { ... }"});
            return;
        }
        for (const auto& [key, each] : found->items())
            read(key, each, place + '/' + io::detail::pointer_step(key));
    }

    ObjectReader in_;
};

}  // namespace thuocdo::publish::detail
