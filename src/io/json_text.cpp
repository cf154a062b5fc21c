#include "io/json_text.hpp"

#include <thuocdo/io/unicode.hpp>
#include <thuocdo/model/detail/json_pointer.hpp>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <optional>
#include <set>
#include <utility>

#include "io/messages.hpp"
#include "io/utf8.hpp"

namespace thuocdo::io::detail {
namespace {

/// nlohmann's number for a number beyond the largest double.
constexpr int number_overflow = 406;

[[nodiscard]] bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

[[nodiscard]] bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '-' || c == '.' || c == '_';
}

struct JsonToken {
    std::size_t begin = 0;
    std::size_t end = 0;
    [[nodiscard]] bool empty() const noexcept { return begin == end; }
};

[[nodiscard]] std::size_t end_of_string(std::string_view text, std::size_t begin) {
    for (std::size_t k = begin + 1; k < text.size(); ++k) {
        if (text[k] == '\\')
            ++k;
        else if (text[k] == '"')
            return k + 1;
    }
    return text.size();
}

/// Whether a token that begins with a quote runs to the end of the text.
[[nodiscard]] bool is_open_string(std::string_view token) {
    if (!token.starts_with('"')) return false;
    for (std::size_t k = 1; k < token.size(); ++k) {
        if (token[k] == '\\')
            ++k;
        else if (token[k] == '"')
            return false;
    }
    return true;
}

[[nodiscard]] JsonToken next_token(std::string_view text, std::size_t from) {
    JsonToken token;
    while (from < text.size() && is_space(text[from])) ++from;
    token.begin = token.end = from;
    if (from == text.size()) return token;
    if (text[from] == '"') {
        token.end = end_of_string(text, from);
        return token;
    }
    while (token.end < text.size() && is_word_character(text[token.end])) ++token.end;
    if (token.empty()) {
        ++token.end;
        while (token.end < text.size() &&
               (static_cast<unsigned char>(text[token.end]) & 0xc0U) == 0x80U)
            ++token.end;
    }
    return token;
}

/// Turns the parser's byte position into a problem in our words.
class SyntaxDiagnosis {
  public:
    SyntaxDiagnosis(std::string_view text, const TextOrigin& origin, std::size_t position,
                    char container, bool after_key, bool started)
        : text_(text),
          origin_(origin),
          container_(container),
          after_key_(after_key),
          started_(started) {
        // The parser counts the character it stopped at.
        stopped_ = std::min(position == 0 ? 0 : position - 1, text.size());
        JsonToken token = next_token(text_, 0);
        while (token.end <= stopped_ && !token.empty() && !is_open_string(word(token))) {
            previous_ = token;
            token = next_token(text_, token.end);
        }
        offending_ = token;
    }

    [[nodiscard]] Problem problem(int parser_code) const {
        const std::string_view token = word(offending_);
        if (parser_code == number_overflow)
            return at(offending_.begin, "not_finite", "number " + shown(token), "a finite number",
                      "a double ends at about 1.8e308");
        if (token.starts_with('"') && stopped_ + 1 != offending_.end) return inside_string();
        if (is_open_string(token)) return inside_string();
        if (const auto bad = find_invalid_utf8(token)) return not_utf8(offending_.begin + *bad);
        const std::string lower = lower_case(token);
        if (lower == "nan" || lower.ends_with("inf") || lower.ends_with("infinity"))
            return at(offending_.begin, "not_finite", std::string(token), "a finite number",
                      "leave the member out where there is no number");
        return at(offending_.begin, "syntax_error", found(token), expected(), remedy(token, lower));
    }

  private:
    [[nodiscard]] std::string_view word(const JsonToken& token) const {
        return text_.substr(token.begin, token.end - token.begin);
    }

    [[nodiscard]] static std::string shown(std::string_view token) { return shortened(token); }

    [[nodiscard]] std::string found(std::string_view token) const {
        if (token.empty())
            return text_.empty() || !started_ ? "an empty text" : "the end of the text";
        if (token.starts_with('"')) return "text " + in_quotes(token.substr(1, token.size() - 2));
        return shown(token);
    }

    [[nodiscard]] std::string expected() const {
        const std::string_view before = word(previous_);
        if (!started_) return "a JSON object, { ... }";
        if (container_ == '\0') return "the end of the document";
        if (container_ == '{') {
            if (before == "{") return "a member name in double quotes, or }";
            if (before == ",") return "a member name in double quotes";
            if (after_key_) return before == ":" ? "a value" : "a colon and a value";
            return "a comma or }";
        }
        if (before == "[") return "a value or ]";
        return before == "," ? "a value" : "a comma or ]";
    }

    [[nodiscard]] std::string remedy(std::string_view token, const std::string& lower) const {
        const std::string_view before = word(previous_);
        if ((token == "}" || token == "]") && before == ",") return "remove the comma before it";
        if (token.starts_with('\'')) return "JSON texts have double quotes";
        if (token == "/" || token == "#") return "JSON has no comments; use description";
        if (token != lower && (lower == "true" || lower == "false")) return "write " + lower;
        if (lower == "none") return "write null, or leave the member out";
        if (token.empty()) return "the document seems to be cut off";
        if (token == "," && before == ",") return "remove one of the two commas";
        return "correct the text there";
    }

    [[nodiscard]] Problem inside_string() const {
        if (!is_valid_utf8(text_)) return not_utf8(stopped_);
        if (stopped_ >= text_.size())
            return at(offending_.begin, "syntax_error", "a text that is not closed",
                      "a double quote at its end", "add the quote");
        const auto byte = static_cast<unsigned char>(text_[stopped_]);
        constexpr unsigned char first_printable = 0x20;
        if (byte < first_printable)
            return at(stopped_, "syntax_error",
                      byte == '\n' || byte == '\r' ? "a line break inside a text"
                                                   : "a control character inside a text",
                      "a text on one line", "close the text, or write a line break as \\n");
        return at(stopped_, "syntax_error", "a backslash sequence that JSON does not have",
                  "\\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits",
                  "write a backslash as \\\\");
    }

    [[nodiscard]] Problem not_utf8(std::size_t offset) const {
        return at(offset, "invalid_utf8", "bytes that are not UTF-8", "text in UTF-8",
                  "save the file as UTF-8");
    }

    [[nodiscard]] Problem at(std::size_t offset, const char* code, std::string found,
                             std::string expected, std::string remedy) const {
        std::size_t line = origin_.line;
        std::size_t column = origin_.column;
        for (std::size_t k = 0; k < std::min(offset, text_.size()); ++k) {
            if (text_[k] == '\n') {
                ++line;
                column = 1;
            } else if ((static_cast<unsigned char>(text_[k]) & 0xc0U) != 0x80U) {
                ++column;
            }
        }
        const std::string place =
            origin_.file.empty()
                ? "line " + std::to_string(line) + ", column " + std::to_string(column)
                : origin_.file + ':' + std::to_string(line) + ':' + std::to_string(column);
        return {code, place, std::move(found), std::move(expected), std::move(remedy)};
    }

    std::string_view text_;
    const TextOrigin& origin_;
    char container_;
    bool after_key_;
    bool started_;
    std::size_t stopped_ = 0;
    JsonToken previous_{};
    JsonToken offending_{};
};

/// Receives the events of nlohmann's parser and builds the tree.
class TreeBuilder {
  public:
    TreeBuilder(std::string_view text, const TextOrigin& origin, JsonText& out)
        : text_(text), origin_(origin), out_(out) {}

    bool null() { return put(nullptr); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(std::int64_t value) { return put(value); }
    bool number_unsigned(std::uint64_t value) { return put(value); }
    bool number_float(double value, const std::string&) { return put(value); }
    bool string(std::string& value) { return put(std::move(value)); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(const std::string& name) {
        Level& level = levels_.back();
        path_.resize(level.path_length);
        path_ += '/' + pointer_step(name);
        if (level.container->contains(name) && reported_.insert(path_).second)
            out_.problems.push_back({"duplicate_member", path_,
                                     "member " + in_quotes(name) + " again", "each member once",
                                     "remove one of the two"});
        slot_ = &(*level.container)[name];
        after_key_ = true;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) {
        const char container = levels_.empty()                         ? '\0'
                               : levels_.back().container->is_object() ? '{'
                                                                       : '[';
        out_.problems.push_back(
            SyntaxDiagnosis(text_, origin_, position, container, after_key_, started_)
                .problem(error.id));
        return false;
    }

  private:
    struct Level {
        Json* container;
        std::size_t path_length;
        std::size_t next_element = 0;
    };

    bool put(Json value) { return place(std::move(value)) != nullptr; }

    Json* place(Json value) {
        started_ = true;
        after_key_ = false;
        if (levels_.empty()) {
            out_.value = std::move(value);
            slot_ = &out_.value;
        } else if (Level& level = levels_.back(); level.container->is_array()) {
            path_.resize(level.path_length);
            path_ += '/' + std::to_string(level.next_element++);
            level.container->push_back(std::move(value));
            slot_ = &level.container->back();
        } else {
            *slot_ = std::move(value);
        }
        out_.order.emplace(path_, out_.order.size());
        return slot_;
    }

    bool open(Json container) {
        Json* opened = place(std::move(container));
        if (levels_.size() == deepest_nesting) {
            out_.problems.push_back(
                {"nesting_too_deep", path_,
                 "objects and lists nested over " + std::to_string(deepest_nesting) + " deep",
                 "at most " + std::to_string(deepest_nesting) + " levels",
                 "an index has a handful of levels; correct the document"});
            return false;
        }
        levels_.push_back({opened, path_.size()});
        return true;
    }

    bool close() {
        path_.resize(levels_.back().path_length);
        levels_.pop_back();
        after_key_ = false;
        return true;
    }

    std::string_view text_;
    const TextOrigin& origin_;
    JsonText& out_;
    std::vector<Level> levels_;
    std::string path_;
    Json* slot_ = nullptr;
    bool after_key_ = false;
    bool started_ = false;
    std::set<std::string> reported_;
};

}  // namespace

std::string pointer_step(std::string_view name) { return thuocdo::detail::escaped_step(name); }

std::string_view without_byte_order_mark(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return text;
}

JsonText parse_json_text(std::string_view text, const TextOrigin& origin) {
    JsonText out;
    TreeBuilder builder(text, origin, out);
    out.readable = Json::sax_parse(text.begin(), text.end(), &builder);
    return out;
}

namespace {

/// Position of a place in the text: its own, or that of what would hold it.
std::size_t order_of(const JsonText& text, std::string place) {
    while (true) {
        const auto found = text.order.find(place);
        if (found != text.order.end()) return found->second;
        const std::size_t slash = place.rfind('/');
        if (slash == std::string::npos) return 0;
        place.resize(slash);
    }
}

}  // namespace

void sort_by_text(const JsonText& text, std::vector<Problem>& problems) {
    std::vector<std::pair<std::size_t, Problem>> placed;
    placed.reserve(problems.size());
    for (Problem& each : problems) {
        const std::size_t order = order_of(text, each.place);
        placed.emplace_back(order, std::move(each));
    }
    std::stable_sort(placed.begin(), placed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t k = 0; k < problems.size(); ++k) problems[k] = std::move(placed[k].second);
}

}  // namespace thuocdo::io::detail
