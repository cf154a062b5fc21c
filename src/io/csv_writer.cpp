#include <thuocdo/io/csv_writer.hpp>
#include <thuocdo/io/unicode.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cmath>

#include "io/message_text.hpp"
#include "io/utf8.hpp"

namespace thuocdo::io {

namespace {

using detail::byte_order_mark;

[[noreturn]] void refuse(Problem problem) {
    throw DataError("the table cannot be written", {std::move(problem)});
}

bool needs_quotes(std::string_view text) noexcept {
    if (text.empty()) return false;
    return text.front() == '#' || text.substr(0, byte_order_mark.size()) == byte_order_mark ||
           text.find_first_of("\",;\t\r\n") != std::string_view::npos;
}

void append_field(std::string& out, std::string_view text) {
    if (!needs_quotes(text)) {
        out += text;
        return;
    }
    out += '"';
    for (const char each : text) {
        if (each == '"') out += '"';
        out += each;
    }
    out += '"';
}

}  // namespace

CsvWriter::CsvWriter(const CsvWriterOptions& options) : options_(options) {
    if (options.separator != ',' && options.separator != ';' && options.separator != '\t')
        refuse({"bad_option", "separator", detail::in_quotes({&options.separator, 1}),
                "a comma, semicolon or tab", "correct the option"});
    if (options.decimal != '.' && options.decimal != ',')
        refuse({"bad_option", "decimal", detail::in_quotes({&options.decimal, 1}),
                "a point or comma", "correct the option"});
    if (options.byte_order_mark) text_ = byte_order_mark;
}

std::string CsvWriter::place() const {
    return "row " + std::to_string(row_) + ", field " + std::to_string(fields_ + 1);
}

void CsvWriter::check_text(std::string_view text) const {
    if (text.find('\0') != std::string_view::npos)
        refuse({"nul_character", place(), "a NUL character", "text", "correct the text"});
    if (!is_valid_utf8(text))
        refuse({"invalid_utf8", place(), "text " + detail::in_quotes(text) + ", which is not UTF-8",
                "text in UTF-8", "correct the text"});
}

CsvWriter& CsvWriter::note(std::string_view text) {
    if (columns_ != 0 || fields_ != 0)
        refuse({"note_after_header", place(), "a note", "notes before the header",
                "write the notes first"});
    check_text(text);
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find('\n', from), text.size());
        text_ += to == from ? "#" : "# ";
        text_ += text.substr(from, to - from);
        text_ += '\n';
        from = to + 1;
    }
    return *this;
}

void CsvWriter::append_separator() {
    if (fields_ != 0) text_ += options_.separator;
}

CsvWriter& CsvWriter::field(std::string_view text) {
    check_text(text);
    append_separator();
    append_field(text_, text);
    row_is_empty_text_ = row_is_empty_text_ && text.empty();
    ++fields_;
    return *this;
}

CsvWriter& CsvWriter::field(double value) {
    if (std::isnan(value)) return empty_field();
    if (std::isinf(value))
        refuse({"infinite_value", place(), "an infinite number", "a finite number",
                "correct the value"});
    std::string digits = numeric::shortest(value);
    if (options_.decimal != '.')
        for (char& each : digits)
            if (each == '.') each = options_.decimal;
    return field(std::string_view(digits));
}

CsvWriter& CsvWriter::empty_field() { return field(std::string_view()); }

CsvWriter& CsvWriter::end_row() {
    if (columns_ == 0) columns_ = fields_;
    if (fields_ == 0 || fields_ != columns_)
        refuse({"ragged_row", "row " + std::to_string(row_), std::to_string(fields_) + " fields",
                columns_ == 0 ? "at least one field"
                              : std::to_string(columns_) + " fields, as in the first row",
                "give every row a field for each column"});
    // A row of one empty field would be an empty line.
    if (fields_ == 1 && row_is_empty_text_) text_ += "\"\"";
    text_ += '\n';
    ++row_;
    fields_ = 0;
    row_is_empty_text_ = true;
    return *this;
}

}  // namespace thuocdo::io
