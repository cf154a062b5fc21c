#include "io/pretty_json.hpp"

namespace thuocdo::io::detail {
namespace {

/// Longer lines are broken, like those of the library's own model files.
constexpr std::size_t widest_line = 100;

class Printer {
  public:
    Printer(std::string_view compact, std::size_t indent) : text_(compact), indent_(indent) {}

    [[nodiscard]] std::string print() {
        value(0);
        return out_ + '\n';
    }

  private:
    void value(std::size_t depth) {
        const char opening = text_[next_];
        if (opening != '{' && opening != '[') {
            scalar();
        } else if (const std::size_t end = end_of_flat(); end != 0 && fits(end)) {
            flat(end);
        } else {
            broken(depth);
        }
    }

    void scalar() {
        const std::size_t begin = next_;
        if (text_[next_] == '"')
            skip_string();
        else
            while (next_ < text_.size() && !is_mark(text_[next_])) ++next_;
        out_ += text_.substr(begin, next_ - begin);
    }

    /// One member or element a line.
    void broken(std::size_t depth) {
        const bool object = text_[next_] == '{';
        const char closing = object ? '}' : ']';
        out_ += text_[next_++];
        while (text_[next_] != closing) {
            if (text_[next_] == ',') out_ += text_[next_++];
            new_line(depth + 1);
            if (object) {
                scalar();
                out_ += ": ";
                ++next_;
            }
            value(depth + 1);
        }
        ++next_;
        new_line(depth);
        out_ += closing;
    }

    void flat(std::size_t end) {
        while (next_ < end) {
            if (!is_mark(text_[next_])) {
                scalar();
                continue;
            }
            const char mark = text_[next_++];
            out_ += mark;
            if (mark == ',' || mark == ':') out_ += ' ';
        }
    }

    /// End of an object or list that has no others inside; else 0.
    [[nodiscard]] std::size_t end_of_flat() {
        const std::size_t begin = next_;
        std::size_t end = 0;
        for (++next_; end == 0;) {
            const char each = text_[next_];
            if (each == '{' || each == '[') break;
            if (each == '"')
                skip_string();
            else if (++next_; each == '}' || each == ']')
                end = next_;
        }
        next_ = begin;
        return end;
    }

    [[nodiscard]] bool fits(std::size_t end) const {
        const std::size_t line = out_.rfind('\n');
        const std::size_t column = out_.size() - (line == std::string::npos ? 0 : line + 1);
        return column + (end - next_) <= widest_line;
    }

    void skip_string() {
        for (++next_; text_[next_] != '"'; ++next_)
            if (text_[next_] == '\\') ++next_;
        ++next_;
    }

    void new_line(std::size_t depth) {
        out_ += '\n';
        out_.append(depth * indent_, ' ');
    }

    [[nodiscard]] static bool is_mark(char c) noexcept {
        return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
    }

    std::string_view text_;
    std::size_t indent_;
    std::size_t next_ = 0;
    std::string out_;
};

}  // namespace

std::string pretty_json(std::string_view compact, std::size_t indent) {
    return Printer(compact, indent).print();
}

}  // namespace thuocdo::io::detail
