#pragma once
// Words, numbers and dates of a report, in both languages.

#include <thuocdo/data/cell_state.hpp>
#include <thuocdo/model/label.hpp>
#include <thuocdo/publish/publication.hpp>
#include <thuocdo/time/date.hpp>

#include <string>
#include <string_view>

#include "html_writer.hpp"

namespace thuocdo::publish::detail {

/// A text of the report itself.
struct Words {
    std::string_view vi;
    std::string_view en;
};

[[nodiscard]] inline Label label_of(Words words) {
    return {std::string(words.en), std::string(words.vi)};
}

/// Full digits up to `most_decimals`, as many as the number needs.
inline constexpr int needed_decimals = -1;
inline constexpr int most_decimals = 4;

/// Decimals that a number needs, at most `most_decimals`.
[[nodiscard]] int decimals_of(double value);

/// A finite number as people write it: decimal comma and point for thousands in Vietnamese, the
/// other way round in English.
[[nodiscard]] std::string number_text(double value, int decimals, bool vietnamese);
/// A change with its sign: "+1,5", "−2".
[[nodiscard]] std::string signed_text(double value, int decimals, bool vietnamese);
/// A share in per cent.
[[nodiscard]] std::string percent_text(double share, int decimals, bool vietnamese);
/// "30/09/2026" and "30 September 2026".
[[nodiscard]] std::string date_text(const Date& date, bool vietnamese);
/// "4" and "4–6".
[[nodiscard]] std::string interval_text(const RankInterval& interval);

/// Writes a text in both languages; once where they are the same. A language that is missing is
/// taken from the other and keeps its `lang`.
void say(HtmlWriter& html, const Label& text);
void say(HtmlWriter& html, Words words);
/// Writes a text of one language that has no translation.
void say_only(HtmlWriter& html, std::string_view language, std::string_view text);
/// Writes a text that is of no language, such as a code, set apart where it turns directions.
void say_plain(HtmlWriter& html, std::string_view text);
/// A name, or the code of what has none.
void say_name(HtmlWriter& html, const Label& name, std::string_view code);
/// The same as a text for an attribute or a sentence.
[[nodiscard]] const std::string& name_in(const Label& name, const std::string& code,
                                         bool vietnamese);

/// Writes a finite number in both languages.
void say_number(HtmlWriter& html, double value, int decimals);
void say_change(HtmlWriter& html, double value, int decimals);
void say_percent(HtmlWriter& html, double share, int decimals);
void say_date(HtmlWriter& html, const Date& date);

/// What stands where a figure is withheld, and where there is none.
inline constexpr Words withheld_words{"không công bố", "withheld"};
inline constexpr Words no_data_words{"không có số liệu", "no data"};

[[nodiscard]] Words state_words(CellState state) noexcept;
[[nodiscard]] Words audience_title(Audience audience) noexcept;
[[nodiscard]] Words part_words(std::string_view part) noexcept;

}  // namespace thuocdo::publish::detail
