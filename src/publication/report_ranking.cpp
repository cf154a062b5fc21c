#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "report_page.hpp"

namespace thuocdo::publish::detail {

namespace {

/// The change of rank since the publication before: places won or lost, in signs and in words.
void say_rank_change(ReportPage& page, const PublishedUnit& unit) {
    HtmlWriter& html = page.html;
    const auto found = page.change_of.find(unit.code);
    if (found == page.change_of.end()) return page.say_missing({"không có", "none"});
    const PublishedChange& change = *found->second;
    if (change.status == "entered") return say(html, Words{"mới", "new"});
    const double won = change.rank_before - change.rank_after;
    if (unit.rank_withheld || !std::isfinite(won)) return page.say_missing({"không có", "none"});
    if (won == 0.0) return say(html, Words{"giữ hạng", "same"});
    const bool up = won > 0.0;
    const HtmlElement mark = html.element("span", {{"class", up ? "up" : "down"}});
    html.leaf("span", {{"aria-hidden", "true"}}, up ? "▲ " : "▼ ");
    {
        const HtmlElement words = html.element("span", {{"class", "unseen"}});
        say(html, up ? Words{"tăng ", "up "} : Words{"giảm ", "down "});
    }
    say_number(html, std::abs(won), needed_decimals);
}

/// The value by which a change of rank sorts; empty for none.
std::string rank_change_key(const ReportPage& page, const PublishedUnit& unit) {
    const auto found = page.change_of.find(unit.code);
    if (found == page.change_of.end() || unit.rank_withheld) return {};
    const double won = found->second->rank_before - found->second->rank_after;
    return std::isfinite(won) ? numeric::shortest(-won) : std::string();
}

void write_option(HtmlWriter& html, std::string_view value, const Label& label,
                  std::string_view code) {
    const std::string code_text(code);
    html.leaf("option",
              {{"value", std::string(value)},
               {"data-vi", name_in(label, code_text, true)},
               {"data-en", name_in(label, code_text, false)}},
              name_in(label, code_text, true));
}

template <class Options>
void write_filter_choice(HtmlWriter& html, const std::string& key, Words label, Options options) {
    const HtmlElement element = html.element("label");
    say(html, label);
    html.text(" ");
    const HtmlElement select =
        html.element("select", {{"data-filter", key}, {"autocomplete", "off"}});
    write_option(html, "", {"all", "tất cả"}, "");
    options();
}

/// Words for the attributes by which units are usually grouped.
Words group_words(std::string_view attribute) {
    if (attribute == "region") return {"Vùng", "Region"};
    if (attribute == "sector") return {"Lĩnh vực", "Sector"};
    if (attribute == "type") return {"Loại", "Type"};
    return {attribute, attribute};
}

void write_filters(ReportPage& page) {
    HtmlWriter& html = page.html;
    const HtmlElement form = html.element("div", {{"class", "filters needs-script"},
                                                  {"role", "search"},
                                                  {"aria-labelledby", "ranking-heading"}});
    {
        const HtmlElement label = html.element("label");
        say(html, Words{"Tìm đơn vị", "Find a unit"});
        html.text(" ");
        html.empty("input", {{"type", "search"},
                             {"data-filter", "text"},
                             {"autocomplete", "off"},
                             {"spellcheck", "false"}});
    }
    if (!page.publication.bands.empty())
        write_filter_choice(html, "band", {"Xếp loại", "Band"}, [&] {
            for (const PublishedBand& band : page.publication.bands)
                write_option(html, band.code, band.name, band.code);
        });
    std::size_t at = 0;
    for (const auto& [attribute, values] : page.groups) {
        const std::string key = std::to_string(at++);
        const auto& choices = values;
        write_filter_choice(html, key, group_words(attribute), [&html, &choices, &key] {
            std::size_t value = 0;
            for (const std::string& choice : choices)
                write_option(html, key + ':' + std::to_string(value++), {}, choice);
        });
    }
    html.leaf("output", {{"class", "count"}, {"role", "status"}}, "");
}

/// "0:2 1:0": for each attribute the position of the unit's value.
std::string group_positions(const ReportPage& page, const PublishedUnit& unit) {
    std::string text;
    std::size_t at = 0;
    for (const auto& [attribute, values] : page.groups) {
        const auto own = unit.groups.find(attribute);
        if (own != unit.groups.end()) {
            const auto found = std::lower_bound(values.begin(), values.end(), own->second);
            if (!text.empty()) text += ' ';
            text += std::to_string(at) + ':' + std::to_string(found - values.begin());
        }
        ++at;
    }
    return text;
}

void write_ranking_row(ReportPage& page, const PublishedUnit& unit, bool changes, bool bands) {
    HtmlWriter& html = page.html;
    html.line_break();
    const HtmlElement row =
        html.element("tr", {{"data-band", unit.band_withheld ? std::string() : unit.band},
                            {"data-groups", group_positions(page, unit)}});
    {
        const HtmlElement cell = html.element("td", {{"class", "number rank"}});
        page.say_rank(unit);
    }
    {
        const HtmlElement cell = html.element("th", {{"scope", "row"}, {"class", "text"}});
        page.say_unit(unit);
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "number total"}});
        page.say_total(unit);
    }
    if (page.rank_intervals) {
        const HtmlElement cell = html.element("td", {{"class", "interval-cell"}});
        page.say_interval(unit);
    }
    if (changes) {
        const HtmlElement cell =
            html.element("td", {{"class", "change"}, {"data-key", rank_change_key(page, unit)}});
        say_rank_change(page, unit);
    }
    if (bands) {
        const std::string key = std::to_string(page.band_position(unit.band));
        const HtmlElement cell =
            html.element("td", {{"data-key", unit.band_withheld ? std::string() : key}});
        page.say_band(unit);
    }
    for (const std::size_t pillar : page.pillars) {
        const HtmlElement cell = html.element("td", {{"class", "number"}});
        page.say_result(unit, pillar);
    }
    const HtmlElement cell = html.element("td", {{"class", "number"}});
    if (std::isfinite(unit.coverage))
        say_percent(html, unit.coverage, 0);
    else
        page.say_missing();
}

/// One of seven shades by the share of what can be reached; -1 for none.
int heat_shade(const PublishedFigure& figure, double low, double high) {
    constexpr int shades = 7;
    if (figure.withheld || !std::isfinite(figure.result)) return -1;
    if (!(high > low)) return shades / 2;
    const double share = (figure.result - low) / (high - low);
    return std::clamp(static_cast<int>(share * shades), 0, shades - 1);
}

/// Lowest and highest printed result of a node; low above high where there is none.
RankInterval printed_range(const ReportPage& page, std::size_t node) {
    RankInterval range{std::numeric_limits<double>::infinity(),
                       -std::numeric_limits<double>::infinity()};
    for (const PublishedUnit& unit : page.publication.units) {
        const PublishedFigure* figure = ReportPage::figure(unit, node);
        if (figure == nullptr || figure->withheld || !std::isfinite(figure->result)) continue;
        range.low = std::min(range.low, figure->result);
        range.high = std::max(range.high, figure->result);
    }
    return range;
}

bool has_best(const PublishedNode& node) { return std::isfinite(node.best) && node.best > 0.0; }

/// The scales of the shades: shares of the best, from the lowest to the highest share of all
/// pillars, so that colours compare pillars; a pillar without a best has a scale of its own.
std::vector<RankInterval> heat_scales(const ReportPage& page) {
    std::vector<RankInterval> scales;
    RankInterval shares{std::numeric_limits<double>::infinity(),
                        -std::numeric_limits<double>::infinity()};
    for (const std::size_t pillar : page.pillars) {
        scales.push_back(printed_range(page, pillar));
        const PublishedNode& node = page.publication.nodes[pillar];
        if (!has_best(node)) continue;
        shares.low = std::min(shares.low, scales.back().low / node.best);
        shares.high = std::max(shares.high, scales.back().high / node.best);
    }
    for (std::size_t at = 0; at < scales.size(); ++at) {
        const PublishedNode& node = page.publication.nodes[page.pillars[at]];
        if (has_best(node)) scales[at] = {shares.low * node.best, shares.high * node.best};
    }
    return scales;
}

}  // namespace

void write_ranking(ReportPage& page) {
    HtmlWriter& html = page.html;
    const HtmlElement section =
        html.element("section", {{"id", "ranking"}, {"aria-labelledby", "ranking-heading"}});
    page.heading(2, {"Bảng xếp hạng", "Ranking"}, "ranking-heading");
    const bool changes = !page.publication.changes.empty();
    const bool bands = !page.publication.bands.empty() ||
                       std::any_of(page.publication.units.begin(), page.publication.units.end(),
                                   [](const PublishedUnit& unit) { return !unit.band.empty(); });
    write_filters(page);
    page.table("ranking-table", {"Các đơn vị theo thứ hạng", "Units in the order of rank"},
               page.long_table("ranking sortable"), [&] {
                   {
                       const HtmlElement head = html.element("thead");
                       const HtmlElement row = html.element("tr");
                       page.head({"Hạng", "Rank"}, ColumnKind::number, "rank");
                       page.head({"Đơn vị", "Unit"}, ColumnKind::text);
                       page.head({"Điểm", "Score"}, ColumnKind::number, "total");
                       if (page.rank_intervals)
                           page.head({"Khoảng hạng", "Rank interval"}, ColumnKind::number,
                                     "interval-cell");
                       if (changes)
                           page.head({"So với kỳ trước", "Since last time"}, ColumnKind::number);
                       if (bands) page.head({"Xếp loại", "Band"}, ColumnKind::number);
                       for (const std::size_t pillar : page.pillars)
                           page.head(page.publication.nodes[pillar].name,
                                     page.publication.nodes[pillar].code, ColumnKind::number,
                                     "pillar");
                       page.head({"Độ phủ số liệu", "Coverage"}, ColumnKind::number);
                   }
                   const HtmlElement body = html.element("tbody");
                   for (const PublishedUnit& unit : page.publication.units)
                       write_ranking_row(page, unit, changes, bands);
               });
    if (page.rank_intervals && !page.publication.interval_note.empty()) {
        const HtmlElement note = html.element("p", {{"class", "note"}});
        say(html, page.publication.interval_note);
    }
}

void write_heat_map(ReportPage& page) {
    if (page.pillars.empty() || !page.unit_pages) return;
    HtmlWriter& html = page.html;
    const HtmlElement section =
        html.element("section", {{"id", "pillars"}, {"aria-labelledby", "pillars-heading"}});
    page.heading(2, {"Bản đồ nhiệt theo nhóm tiêu chí", "Heat map of the pillars"},
                 "pillars-heading");
    {
        const HtmlElement note = html.element("p", {{"class", "note"}});
        say(html,
            Words{"Màu của ô càng mạnh thì điểm càng gần mức tối đa của nhóm; con số in trong ô.",
                  "The stronger the colour of a cell, the nearer the score to the most that the "
                  "pillar "
                  "gives; the number is printed in the cell."});
    }
    page.table(
        "pillar-table", {"Điểm của từng nhóm tiêu chí", "Score by pillar"},
        page.long_table("heat sortable"), [&] {
            {
                const HtmlElement head = html.element("thead");
                const HtmlElement row = html.element("tr");
                page.head({"Đơn vị", "Unit"}, ColumnKind::text);
                for (const std::size_t pillar : page.pillars) {
                    const PublishedNode& node = page.publication.nodes[pillar];
                    Label name = node.name.empty() ? Label{node.code, node.code} : node.name;
                    if (std::isfinite(node.best)) {
                        const std::string en = number_text(node.best, needed_decimals, false);
                        const std::string vi = number_text(node.best, needed_decimals, true);
                        name = {name.in(false) + " (of " + en + ")",
                                name.in(true) + " (tối đa " + vi + ")"};
                    }
                    page.head(name, node.code, ColumnKind::number, "pillar");
                }
            }
            const std::vector<RankInterval> scales = heat_scales(page);
            const HtmlElement body = html.element("tbody");
            for (const PublishedUnit& unit : page.publication.units) {
                html.line_break();
                const HtmlElement row = html.element("tr");
                {
                    const HtmlElement cell =
                        html.element("th", {{"scope", "row"}, {"class", "text"}});
                    page.say_unit(unit);
                }
                for (std::size_t at = 0; at < page.pillars.size(); ++at) {
                    const PublishedFigure* figure = ReportPage::figure(unit, page.pillars[at]);
                    const int shade = figure == nullptr
                                          ? -1
                                          : heat_shade(*figure, scales[at].low, scales[at].high);
                    const std::string shade_class =
                        shade < 0 ? "number none" : "number h" + std::to_string(shade);
                    const HtmlElement cell = html.element("td", {{"class", shade_class}});
                    page.say_result(unit, page.pillars[at]);
                }
            }
        });
}

}  // namespace thuocdo::publish::detail
