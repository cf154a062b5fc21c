#pragma once
// What the sections of a report share, and the sections.

#include <thuocdo/publish/publication.hpp>
#include <thuocdo/publish/report.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "html_writer.hpp"
#include "report_text.hpp"

namespace thuocdo::publish::detail {

/// How a column sorts.
enum class ColumnKind { text, number };

/// A publication on its way into a page, with what is looked up again and again.
struct ReportPage {
    ReportPage(const Publication& of, const ReportOptions& with);

    const Publication& publication;
    const ReportOptions& options;
    HtmlWriter html{};
    /// Decimals with which results of each node are printed.
    std::vector<int> decimals{};
    /// Nodes right under the root.
    std::vector<std::size_t> pillars{};
    std::map<std::string_view, std::size_t> unit_at{};
    std::map<std::string_view, const PublishedChange*> change_of{};
    /// Attributes by which units are grouped, each with its values in order.
    std::map<std::string, std::vector<std::string>> groups{};
    std::size_t ranked_units = 0;
    bool unit_pages = true;
    bool rank_intervals = false;

    [[nodiscard]] int total_decimals() const { return decimals.empty() ? 0 : decimals.front(); }
    /// Whether the total of a unit may be printed.
    [[nodiscard]] static bool total_withheld(const PublishedUnit& unit) {
        return !unit.figures.empty() && unit.figures.front().withheld;
    }
    /// A printable total: neither withheld nor missing.
    [[nodiscard]] static bool has_total(const PublishedUnit& unit);
    [[nodiscard]] static bool has_rank(const PublishedUnit& unit);
    /// The figure of a unit at a node; nothing where the publication is too short.
    [[nodiscard]] static const PublishedFigure* figure(const PublishedUnit& unit, std::size_t node);
    /// Position of the band of a code; -1 for none.
    [[nodiscard]] int band_position(std::string_view code) const;

    void say_unit(const PublishedUnit& unit);
    void say_band(const PublishedUnit& unit);
    /// A number, or the word for why there is none.
    void say_total(const PublishedUnit& unit);
    void say_rank(const PublishedUnit& unit);
    void say_result(const PublishedUnit& unit, std::size_t node);
    /// "2–5" with a small bar.
    void say_interval(const PublishedUnit& unit);
    void say_withheld();
    void say_missing(Words words = no_data_words);

    /// The classes of a table with a row a unit: `long` where they are too many for a screen.
    [[nodiscard]] std::string long_table(std::string classes) const;

    /// A cell of the head of a column.
    void head(Words words, ColumnKind kind, std::string_view classes = {});
    void head(const Label& label, std::string_view code, ColumnKind kind,
              std::string_view classes = {});

    /// A table with its caption in a frame that scrolls by itself and by keyboard.
    template <class Body>
    void labelled_table(const std::string& id, const Label& caption, const std::string& classes,
                        Body body) {
        const HtmlElement frame = html.element("div", {{"class", "scroll"},
                                                       {"role", "region"},
                                                       {"tabindex", "0"},
                                                       {"aria-labelledby", id + "-caption"}});
        const HtmlElement table = html.element("table", {{"id", id}, {"class", classes}});
        {
            const HtmlElement element = html.element("caption", {{"id", id + "-caption"}});
            say(html, caption);
        }
        body();
    }
    template <class Body>
    void table(const std::string& id, Words caption, const std::string& classes, Body body) {
        labelled_table(id, label_of(caption), classes, body);
    }

    /// A heading.
    void heading(int level, Words words, const std::string& id = {});

    /// A term with its description in a `dl`.
    template <class Body>
    void entry(Words term, Body body) {
        const HtmlElement group = html.element("div");
        {
            const HtmlElement element = html.element("dt");
            say(html, term);
        }
        const HtmlElement element = html.element("dd");
        body();
    }
};

[[nodiscard]] inline std::string unit_id(const PublishedUnit& unit) {
    return "unit-" + id_of(unit.code);
}

/// 100 * part / whole, for coordinates in drawings.
[[nodiscard]] std::string drawing_share(double part, double whole);

/// Whether the units are provinces of Viet Nam that the tile map knows.
[[nodiscard]] bool has_tile_map(const Publication& publication);

// Sections, in their order.
void write_ranking(ReportPage& page);
void write_tile_map(ReportPage& page);
void write_heat_map(ReportPage& page);
void write_unit_pages(ReportPage& page);
void write_changes(ReportPage& page);
void write_method(ReportPage& page);
void write_data_notes(ReportPage& page);

}  // namespace thuocdo::publish::detail
