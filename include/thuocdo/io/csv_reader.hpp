#pragma once
/// @file
/// A strict reader of separated text (RFC 4180) that knows the line and column
/// of every field. Nothing is guessed and nothing is repaired in silence.

#include <thuocdo/error.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::io {

/// One field of a table. `text` is without the enclosing quotes, with doubled
/// quotes undone; it points into the table's own text, see `CsvTable::owner`.
struct CsvField {
    std::string_view text{};
    /// Line of the file in which the field begins, from 1.
    std::size_t line = 0;
    /// Number of the field in its row, from 1.
    std::size_t column = 0;
    /// Whether the field was enclosed in quotes.
    bool quoted = false;
};

/// One row of a table, with as many fields as the header.
struct CsvRow {
    /// Line of the file in which the row begins, from 1.
    std::size_t line = 0;
    std::vector<CsvField> fields{};
};

/// A whole file. Copies share the text; the fields of a copy stay valid.
struct CsvTable {
    /// Name used in messages.
    std::string file{};
    /// Lines before the header that begin with `#`, as written; line k of the
    /// file is entry k - 1.
    std::vector<std::string> leading_lines{};
    std::vector<CsvField> header{};
    std::vector<CsvRow> rows{};
    /// The separator that was used.
    char separator = ',';
    /// Keeps the text alive to which the fields point.
    std::shared_ptr<const void> owner{};

    /// Position of the first header field with a name, `header.size()` if none.
    [[nodiscard]] std::size_t find(std::string_view name) const noexcept {
        std::size_t at = 0;
        while (at < header.size() && header[at].text != name) ++at;
        return at;
    }

    /// `file:line:column` of a field, for problems.
    [[nodiscard]] std::string place(const CsvField& field) const {
        return place(field.line, field.column);
    }
    [[nodiscard]] std::string place(std::size_t line, std::size_t column) const {
        return file + ':' + std::to_string(line) + ':' + std::to_string(column);
    }
};

/// How a file is read.
struct CsvOptions {
    /// Comma, semicolon or tab; 0 takes the comma or semicolon that the header
    /// line has outside quotes.
    char separator = 0;
    /// Whether lines before the header that begin with `#` are notes.
    bool leading_comments = true;
    /// Put text into NFC instead of reporting it.
    bool normalise_to_nfc = false;
};

/// Reads a table: fields separated by comma, semicolon or tab, lines ended by
/// LF or CRLF, the last line with or without its end. Quoted fields may hold
/// separators, line ends and doubled quotes. A byte order mark is skipped.
/// Spaces belong to the field.
///
/// Codes of problems: `invalid_utf8`, `utf16`, `nul_character`, `not_nfc`,
/// `no_header`, `blank_line`, `ambiguous_separator`, `stray_quote`,
/// `text_after_quote`, `unterminated_quote`, `stray_carriage_return`,
/// `ragged_row`, `bad_option`. Their place is `file:line:column` where column
/// counts fields from 1, or `file:line` for a row as a whole.
///
/// @param text the content of the file
/// @param file its name in messages
/// @throws DataError with every problem of the file. Linear in the text.
[[nodiscard]] CsvTable read_csv(std::string_view text, const std::string& file,
                                const CsvOptions& options = {});

}  // namespace thuocdo::io
