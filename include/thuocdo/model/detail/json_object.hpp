#pragma once
/// @file
/// JSON objects written member by member.

#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo {

/// How the members of JSON objects are ordered.
enum class MemberOrder { sorted, documented };

namespace detail {

/// Text as a JSON string: only what must be escaped is.
[[nodiscard]] inline std::string json_string(std::string_view text) {
    constexpr char hexadecimal[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hexadecimal[byte >> 4];
            out += hexadecimal[byte & 0x0f];
        } else {
            out += c;
        }
    }
    return out + '"';
}

/// A list of already written JSON values.
[[nodiscard]] inline std::string json_list(const std::vector<std::string>& values) {
    std::string out = "[";
    for (std::size_t k = 0; k < values.size(); ++k) {
        if (k != 0) out += ',';
        out += values[k];
    }
    return out + ']';
}

/// A list of texts.
[[nodiscard]] inline std::string json_texts(const std::vector<std::string>& values) {
    std::vector<std::string> list;
    for (const std::string& each : values) list.push_back(json_string(each));
    return json_list(list);
}

/// A list of numbers.
[[nodiscard]] inline std::string json_numbers(const std::vector<double>& values) {
    std::vector<std::string> list;
    for (const double each : values) list.push_back(numeric::shortest(each));
    return json_list(list);
}

/// Collects the members of one JSON object.
class JsonObject {
  public:
    explicit JsonObject(MemberOrder order) : order_(order) {}

    JsonObject& raw(std::string name, std::string json) {
        members_.emplace_back(std::move(name), std::move(json));
        return *this;
    }
    JsonObject& text(const char* name, const std::string& value) {
        return value.empty() ? *this : raw(name, json_string(value));
    }
    JsonObject& number(const char* name, double value) {
        return raw(name, numeric::shortest(value));
    }
    JsonObject& number(const char* name, const std::optional<double>& value) {
        return value ? number(name, *value) : *this;
    }
    JsonObject& number(const char* name, double value, double default_value) {
        return value == default_value ? *this : number(name, value);
    }
    JsonObject& flag(const char* name, bool value, bool default_value) {
        return value == default_value ? *this : raw(name, value ? "true" : "false");
    }
    template <class Enum>
    JsonObject& word(const char* name, Enum value) {
        return raw(name, json_string(name_of(value)));
    }
    template <class Enum>
    JsonObject& word(const char* name, Enum value, Enum default_value) {
        return value == default_value ? *this : word(name, value);
    }
    template <class Enum>
    JsonObject& word(const char* name, const std::optional<Enum>& value) {
        return value ? word(name, *value) : *this;
    }

    [[nodiscard]] bool empty() const noexcept { return members_.empty(); }

    [[nodiscard]] std::string str() {
        if (order_ == MemberOrder::sorted)
            std::sort(members_.begin(), members_.end(),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
        std::string out = "{";
        for (std::size_t k = 0; k < members_.size(); ++k) {
            if (k != 0) out += ',';
            out += json_string(members_[k].first) + ':' + members_[k].second;
        }
        return out + '}';
    }

  private:
    MemberOrder order_;
    std::vector<std::pair<std::string, std::string>> members_;
};

}  // namespace detail
}  // namespace thuocdo
