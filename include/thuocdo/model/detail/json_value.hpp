#pragma once
/// @file
/// The one text of a JSON value, for values that a definition holds as text.

#include <thuocdo/model/detail/json_object.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Reads one JSON value and writes it without white space, with sorted members and
/// shortest numbers.
class JsonValueReader {
  public:
    explicit JsonValueReader(std::string_view text) : text_(text) {}

    [[nodiscard]] std::optional<std::string> run() {
        auto out = value(0);
        skip_space();
        if (at_ != text_.size()) return std::nullopt;
        return out;
    }

  private:
    static constexpr std::size_t deepest = 100;

    void skip_space() {
        constexpr std::string_view space = " \t\r\n";
        at_ = std::min(text_.find_first_not_of(space, at_), text_.size());
    }
    [[nodiscard]] bool take(std::string_view word) {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }
    [[nodiscard]] bool take_sign(std::string_view sign) {
        skip_space();
        return take(sign);
    }

    std::optional<std::string> value(std::size_t depth) {
        skip_space();
        if (depth > deepest || at_ == text_.size()) return std::nullopt;
        if (take("{")) return object(depth + 1);
        if (take("[")) return list(depth + 1);
        if (text_[at_] == '"') {
            const auto content = string();
            if (!content) return std::nullopt;
            return json_string(*content);
        }
        for (const char* word : {"true", "false", "null"})
            if (take(word)) return word;
        return number();
    }

    std::optional<std::string> list(std::size_t depth) {
        std::vector<std::string> values;
        if (take_sign("]")) return json_list(values);
        while (true) {
            auto each = value(depth);
            if (!each) return std::nullopt;
            values.push_back(std::move(*each));
            if (take_sign("]")) return json_list(values);
            if (!take(",")) return std::nullopt;
        }
    }

    std::optional<std::string> object(std::size_t depth) {
        std::vector<std::pair<std::string, std::string>> members;
        if (take_sign("}")) return "{}";
        while (true) {
            skip_space();
            auto name = string();
            if (!name || !take_sign(":")) return std::nullopt;
            auto each = value(depth);
            if (!each) return std::nullopt;
            members.emplace_back(std::move(*name), std::move(*each));
            if (take_sign("}")) break;
            if (!take(",")) return std::nullopt;
        }
        std::sort(members.begin(), members.end());
        std::string out = "{";
        for (std::size_t k = 0; k < members.size(); ++k) {
            if (k != 0 && members[k].first == members[k - 1].first) return std::nullopt;
            if (k != 0) out += ',';
            out += json_string(members[k].first) + ':' + members[k].second;
        }
        return out + '}';
    }

    std::optional<std::string> number() {
        // The grammar of JSON is narrower than that of from_chars.
        const std::size_t begin = at_;
        static_cast<void>(take("-"));
        const std::size_t whole = digits();
        if (whole == 0 || (whole > 1 && text_[at_ - whole] == '0')) return std::nullopt;
        if (take(".") && digits() == 0) return std::nullopt;
        if (take("e") || take("E")) {
            if (!take("+")) static_cast<void>(take("-"));
            if (digits() == 0) return std::nullopt;
        }
        double out = 0.0;
        const auto [end, error] = std::from_chars(text_.data() + begin, text_.data() + at_, out);
        if (error != std::errc{} || end != text_.data() + at_ || !std::isfinite(out))
            return std::nullopt;
        return numeric::shortest(out);
    }
    std::size_t digits() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
        return at_ - begin;
    }

    /// The content of a text, unescaped.
    std::optional<std::string> string() {
        if (!take("\"")) return std::nullopt;
        std::string out;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            constexpr unsigned char first_printable = 0x20;
            if (c == '"') return out;
            if (static_cast<unsigned char>(c) < first_printable) return std::nullopt;
            if (c != '\\')
                out += c;
            else if (!escape(out))
                return std::nullopt;
        }
        return std::nullopt;
    }

    bool escape(std::string& out) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
        if (at_ == text_.size()) return false;
        const char c = text_[at_++];
        if (const std::size_t k = letters.find(c); k != std::string_view::npos) {
            out += meant[k];
            return true;
        }
        if (c != 'u') return false;
        std::uint32_t code = 0;
        if (!hexadecimal(code)) return false;
        constexpr std::uint32_t high_surrogates = 0xd800;
        constexpr std::uint32_t low_surrogates = 0xdc00;
        constexpr std::uint32_t after_surrogates = 0xe000;
        constexpr std::uint32_t beyond_two_bytes = 0x10000;
        constexpr unsigned surrogate_bits = 10;
        if (code >= low_surrogates && code < after_surrogates) return false;
        if (code >= high_surrogates && code < low_surrogates) {
            std::uint32_t low = 0;
            if (!take("\\u") || !hexadecimal(low) || low < low_surrogates ||
                low >= after_surrogates)
                return false;
            code = beyond_two_bytes + ((code - high_surrogates) << surrogate_bits) +
                   (low - low_surrogates);
        }
        append_utf8(out, code);
        return true;
    }

    bool hexadecimal(std::uint32_t& code) {
        constexpr std::size_t length = 4;
        constexpr int base = 16;
        const std::string_view written = text_.substr(at_, length);
        const auto [end, error] =
            std::from_chars(written.data(), written.data() + written.size(), code, base);
        if (error != std::errc{} || written.size() != length || end != written.data() + length)
            return false;
        at_ += length;
        return true;
    }

    static void append_utf8(std::string& out, std::uint32_t code) {
        const auto put = [&](std::uint32_t byte) {
            out += static_cast<char>(static_cast<unsigned char>(byte));
        };
        if (code < 0x80) {
            put(code);
        } else if (code < 0x800) {
            put(0xc0 | (code >> 6));
            put(0x80 | (code & 0x3f));
        } else if (code < 0x10000) {
            put(0xe0 | (code >> 12));
            put(0x80 | ((code >> 6) & 0x3f));
            put(0x80 | (code & 0x3f));
        } else {
            put(0xf0 | (code >> 18));
            put(0x80 | ((code >> 12) & 0x3f));
            put(0x80 | ((code >> 6) & 0x3f));
            put(0x80 | (code & 0x3f));
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

/// The one text of a JSON value: no white space, sorted members, shortest numbers. Nothing
/// for what is no JSON, has a member twice or a number beyond the largest double.
[[nodiscard]] inline std::optional<std::string> canonical_json(std::string_view text) {
    return JsonValueReader(text).run();
}

}  // namespace thuocdo::detail
