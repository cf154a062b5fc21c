#pragma once
/// @file
/// Writes separated text that `read_csv` reads back field for field.

#include <thuocdo/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace thuocdo::io {

/// How a table is written.
struct CsvWriterOptions {
    /// Comma, semicolon or tab.
    char separator = ',';
    /// Decimal mark of numbers: point or comma.
    char decimal = '.';
    /// Begin with a byte order mark, by which spreadsheets recognise UTF-8.
    bool byte_order_mark = false;
};

/// Makes the text of a table, field by field and row by row. The first row is
/// the header. Fields are quoted where RFC 4180 asks for it, where they hold
/// another separator (so that the header tells which one is used) and where
/// they begin with `#` (so that they are no notes). Lines end with LF.
///
///     CsvWriter csv;
///     csv.field("unit").field("score").end_row();
///     csv.field("01").field(65.51).end_row();
///     std::string text = csv.take();
class CsvWriter {
  public:
    /// @throws DataError (`bad_option`) for another separator or decimal mark.
    explicit CsvWriter(const CsvWriterOptions& options = {});

    /// A line `# text` before the header; a text of several lines gives several.
    /// @throws DataError (`note_after_header`, or as for a field).
    CsvWriter& note(std::string_view text);

    /// A text, as it is.
    /// @throws DataError (`invalid_utf8`, `nul_character`).
    CsvWriter& field(std::string_view text);

    /// A number in its shortest decimal that reads back unchanged; NaN, which
    /// means missing, is an empty field.
    /// @throws DataError (`infinite_value`).
    CsvWriter& field(double value);

    /// An empty field.
    CsvWriter& empty_field();

    /// @throws DataError (`ragged_row`) when the row has not as many fields as
    ///         the first, or none.
    CsvWriter& end_row();

    /// What was written so far.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// The text; the writer is used up.
    [[nodiscard]] std::string take() noexcept { return std::move(text_); }

  private:
    void append_separator();
    [[nodiscard]] std::string place() const;
    void check_text(std::string_view text) const;

    CsvWriterOptions options_;
    std::string text_;
    std::size_t row_ = 1;
    std::size_t fields_ = 0;
    std::size_t columns_ = 0;
    bool row_is_empty_text_ = true;
};

}  // namespace thuocdo::io
