#include <thuocdo/io/csv_reader.hpp>
#include <thuocdo/io/unicode.hpp>

#include <algorithm>
#include <cstring>
#include <deque>
#include <utility>

#include "io/message_text.hpp"
#include "io/utf8.hpp"

namespace thuocdo::io {

namespace {

using detail::byte_order_mark;
using detail::in_quotes;

constexpr std::string_view utf16_marks[] = {"\xff\xfe", "\xfe\xff"};

std::string separator_name(char separator) {
    return separator == ',' ? "comma" : separator == ';' ? "semicolon" : "tab";
}

std::string hexadecimal(char byte) {
    constexpr const char* digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    return {'0', 'x', digits[value >> 4], digits[value & 0xfU]};
}

std::string counted(std::size_t count, const std::string& noun) {
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

/// The text of a table. Doubled quotes are undone in place, because that only
/// shortens a field; text that was put into NFC is kept beside it.
struct Storage {
    std::string text;
    std::deque<std::string> normalised;
};

class Reader {
  public:
    Reader(std::string_view text, const std::string& file, const CsvOptions& options)
        : options_(options), storage_(std::make_shared<Storage>()) {
        table_.file = file;
        storage_->text = text;
        table_.owner = storage_;
        begin_ = storage_->text.data();
        end_ = begin_ + storage_->text.size();
        next_ = begin_;
    }

    CsvTable read() {
        if (accept_encoding()) {
            read_leading_lines();
            if (choose_separator()) read_rows();
        }
        if (!problems_.empty())
            throw DataError('"' + table_.file + "\" cannot be read", std::move(problems_));
        return std::move(table_);
    }

  private:
    [[nodiscard]] bool at_end() const noexcept { return next_ == end_; }

    void report(std::string code, const CsvField& field, std::string found, std::string expected,
                std::string remedy) {
        problems_.push_back({std::move(code), table_.place(field), std::move(found),
                             std::move(expected), std::move(remedy)});
    }

    void report_row(std::string code, std::size_t line, std::string found, std::string expected,
                    std::string remedy) {
        problems_.push_back({std::move(code), table_.file + ':' + std::to_string(line),
                             std::move(found), std::move(expected), std::move(remedy)});
    }

    bool accept_encoding() {
        const std::string_view text(storage_->text);
        for (const std::string_view mark : utf16_marks)
            if (text.substr(0, mark.size()) == mark) {
                report_row("utf16", 1, "text in UTF-16", "text in UTF-8", "save the file as UTF-8");
                return false;
            }
        if (text.substr(0, byte_order_mark.size()) == byte_order_mark)
            next_ += byte_order_mark.size();
        valid_ = is_valid_utf8(text);
        has_nul_ = std::memchr(begin_, '\0', text.size()) != nullptr;
        composed_ = valid_ && is_nfc(text);
        return true;
    }

    /// The rest of the line without its end; moves behind the end.
    std::string_view take_line() {
        const auto rest = static_cast<std::size_t>(end_ - next_);
        const void* found = rest == 0 ? nullptr : std::memchr(next_, '\n', rest);
        const char* stop = found ? static_cast<const char*>(found) : end_;
        std::string_view line(next_, static_cast<std::size_t>(stop - next_));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        next_ = found ? begin_ + (stop - begin_) + 1 : end_;
        ++line_;
        return line;
    }

    void read_leading_lines() {
        if (!options_.leading_comments) return;
        while (!at_end() && *next_ == '#') {
            CsvField field{{}, line_, 1, false};
            field.text = take_line();
            check_text(field);
            table_.leading_lines.emplace_back(field.text);
        }
    }

    bool choose_separator() {
        if (at_end()) {
            report_row("no_header", line_, "no header", "a first row with the names of the columns",
                       "the file is empty or has notes only");
            return false;
        }
        if (options_.separator != 0) {
            table_.separator = options_.separator;
            if (options_.separator == ',' || options_.separator == ';' ||
                options_.separator == '\t')
                return true;
            report_row("bad_option", line_, "separator " + in_quotes({&options_.separator, 1}),
                       "a comma, semicolon or tab", "correct the option");
            return false;
        }
        std::size_t commas = 0;
        std::size_t semicolons = 0;
        bool inside = false;
        for (const char* at = next_; at != end_ && (inside || *at != '\n'); ++at) {
            if (*at == '"') inside = !inside;
            commas += !inside && *at == ',' ? 1 : 0;
            semicolons += !inside && *at == ';' ? 1 : 0;
        }
        if (commas != 0 && semicolons != 0) {
            report_row("ambiguous_separator", line_,
                       counted(commas, "comma") + " and " + counted(semicolons, "semicolon") +
                           " in the header",
                       "only one of them outside quotes",
                       "say which one separates, or put names that hold the other in quotes");
            return false;
        }
        table_.separator = semicolons != 0 ? ';' : ',';
        return true;
    }

    void read_rows() {
        read_row(table_.header);
        if (is_blank(table_.header)) {
            report_row("blank_line", table_.header.front().line, "an empty line",
                       "the header with the names of the columns", "delete the line");
            return;
        }
        const std::size_t expected = table_.header.size();
        table_.rows.reserve(static_cast<std::size_t>(std::count(next_, end_, '\n')) + 1);
        while (!at_end()) {
            CsvRow row;
            row.line = line_;
            row.fields.reserve(expected);
            read_row(row.fields);
            if (row.fields.size() != expected && !unterminated_) {
                if (is_blank(row.fields)) {
                    report_row("blank_line", row.line, "an empty line",
                               counted(expected, "field") + ", as in the header",
                               "delete the line");
                } else {
                    report_row("ragged_row", row.line, counted(row.fields.size(), "field"),
                               counted(expected, "field") + ", as in the header",
                               "fields are separated by a " + separator_name(table_.separator) +
                                   "; a field that holds one needs quotes");
                }
            }
            table_.rows.push_back(std::move(row));
        }
    }

    static bool is_blank(const std::vector<CsvField>& fields) noexcept {
        return fields.size() == 1 && fields.front().text.empty() && !fields.front().quoted;
    }

    void read_row(std::vector<CsvField>& fields) {
        bool more = true;
        while (more) {
            CsvField field;
            field.line = line_;
            field.column = fields.size() + 1;
            if (!at_end() && *next_ == '"') {
                read_quoted(field);
            } else {
                read_plain(field);
            }
            check_text(field);
            fields.push_back(field);
            more = !at_end() && *next_ == table_.separator;
            if (more) ++next_;
        }
        end_line();
    }

    /// Moves behind LF or CRLF.
    void end_line() {
        if (at_end()) return;
        if (*next_ == '\r') ++next_;
        ++next_;
        ++line_;
    }

    /// Whether the field ends here: at a separator, LF, CRLF or the end.
    [[nodiscard]] bool at_field_end() const noexcept {
        if (at_end() || *next_ == table_.separator || *next_ == '\n') return true;
        return *next_ == '\r' && next_ + 1 != end_ && next_[1] == '\n';
    }

    void read_plain(CsvField& field) {
        const char* first = next_;
        bool stray_quote = false;
        bool stray_return = false;
        for (; !at_end(); ++next_) {
            const char each = *next_;
            if (each == table_.separator || each == '\n') break;
            if (each == '"') stray_quote = true;
            if (each == '\r') {
                if (next_ + 1 != end_ && next_[1] == '\n') break;
                stray_return = true;
            }
        }
        field.text = {first, static_cast<std::size_t>(next_ - first)};
        if (stray_quote)
            report("stray_quote", field,
                   "a quote inside the unquoted text " + in_quotes(field.text),
                   "quotes around the whole field, or none",
                   "put the field in quotes and double the quotes inside it");
        if (stray_return) report_stray_return(field);
    }

    void read_quoted(CsvField& field) {
        field.quoted = true;
        char* const first = ++next_;
        char* write = first;
        for (;;) {
            if (at_end()) {
                report("unterminated_quote", field, "a quote that is opened and never closed",
                       "a closing quote before the end of the file",
                       "close the quote, or double it if it belongs to the text");
                unterminated_ = true;
                break;
            }
            if (*next_ == '"') {
                ++next_;
                if (at_end() || *next_ != '"') break;
            } else if (*next_ == '\n') {
                ++line_;
            }
            *write++ = *next_++;
        }
        field.text = {first, static_cast<std::size_t>(write - first)};
        if (unterminated_ || at_field_end()) return;
        const char* after = next_;
        while (!at_field_end()) ++next_;
        const std::string_view rest(after, static_cast<std::size_t>(next_ - after));
        if (rest.find_first_not_of('\r') == std::string_view::npos) {
            report_stray_return(field);
        } else {
            report("text_after_quote", field, "text " + in_quotes(rest) + " after a closing quote",
                   "a " + separator_name(table_.separator) + " or the end of the line",
                   "double the quotes that belong to the text");
        }
    }

    /// A file with old line ends has one in every line; once is enough.
    void report_stray_return(const CsvField& field) {
        if (stray_return_reported_) return;
        stray_return_reported_ = true;
        report("stray_carriage_return", field, "a carriage return without a line feed",
               "lines that end with LF or CRLF", "save the file with one of these line ends");
    }

    void check_text(CsvField& field) {
        if (has_nul_ && field.text.find('\0') != std::string_view::npos)
            report("nul_character", field, "a NUL character", "text",
                   "save the file as UTF-8; in UTF-16 every second byte may be NUL");
        if (!valid_) {
            if (const auto at = find_invalid_utf8(field.text)) {
                report("invalid_utf8", field,
                       "byte " + hexadecimal(field.text[*at]) + ", which is not UTF-8",
                       "text in UTF-8", "save the file as UTF-8");
                return;
            }
        }
        if (composed_ || is_nfc(field.text)) return;
        std::string normal = to_nfc(field.text);
        if (options_.normalise_to_nfc) {
            storage_->normalised.push_back(std::move(normal));
            field.text = storage_->normalised.back();
            return;
        }
        report("not_nfc", field, "text " + in_quotes(normal) + " in decomposed form (NFD)",
               "composed form (NFC)", "save the text in NFC, or set normalise_to_nfc");
    }

    const CsvOptions& options_;
    std::shared_ptr<Storage> storage_;
    CsvTable table_;
    std::vector<Problem> problems_;
    char* begin_ = nullptr;
    char* end_ = nullptr;
    char* next_ = nullptr;
    std::size_t line_ = 1;
    bool valid_ = true;
    bool composed_ = true;
    bool has_nul_ = false;
    bool unterminated_ = false;
    bool stray_return_reported_ = false;
};

}  // namespace

CsvTable read_csv(std::string_view text, const std::string& file, const CsvOptions& options) {
    return Reader(text, file, options).read();
}

}  // namespace thuocdo::io
