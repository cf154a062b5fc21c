#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "province_tiles.hpp"
#include "report_page.hpp"

namespace thuocdo::publish::detail {

namespace {

constexpr std::size_t quintiles = 5;

const ProvinceTile* find_tile(std::string_view code) {
    const auto* found = std::find_if(province_tiles.begin(), province_tiles.end(),
                                     [&](const ProvinceTile& tile) { return tile.code == code; });
    return found == province_tiles.end() ? nullptr : found;
}

/// Units with a printable total from the highest down, in five parts as equal as can be; equal
/// totals are in the same part.
std::array<std::vector<const PublishedUnit*>, quintiles> split_in_quintiles(
    const Publication& publication) {
    std::vector<const PublishedUnit*> units;
    for (const PublishedUnit& unit : publication.units)
        if (ReportPage::has_total(unit)) units.push_back(&unit);
    std::sort(units.begin(), units.end(), [](const PublishedUnit* a, const PublishedUnit* b) {
        return a->score != b->score ? a->score > b->score : a->code < b->code;
    });
    std::array<std::vector<const PublishedUnit*>, quintiles> parts;
    std::size_t part = 0;
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (at == 0 || units[at]->score != units[at - 1]->score)
            part = at * quintiles / units.size();
        parts[part].push_back(units[at]);
    }
    return parts;
}

void write_tile(ReportPage& page, const PublishedUnit& unit, const ProvinceTile& tile,
                const std::string& colour) {
    HtmlWriter& html = page.html;
    const HtmlElement item =
        html.element("li", {{"class", "tile " + colour + " r" + std::to_string(tile.row) + " c" +
                                          std::to_string(tile.column)}});
    const auto write_inside = [&] {
        html.leaf("span", {{"class", "short"}, {"aria-hidden", "true"}}, tile.short_name);
        {
            const HtmlElement name = html.element("span", {{"class", "unseen"}});
            say_name(html, unit.name, unit.code);
            html.text(": ");
        }
        const HtmlElement total = html.element("span", {{"class", "value"}});
        page.say_total(unit);
    };
    if (page.unit_pages) {
        const HtmlElement link = html.element("a", {HtmlAttribute::link_to(unit_id(unit))});
        write_inside();
    } else {
        write_inside();
    }
}

/// One part of the legend: its colour, the range of totals and the provinces in it.
void write_quintile(ReportPage& page, std::size_t part,
                    const std::vector<const PublishedUnit*>& units) {
    HtmlWriter& html = page.html;
    const HtmlElement item = html.element("li");
    {
        const HtmlElement title = html.element("p", {{"class", "legend-title"}});
        html.leaf("span", {{"class", "swatch q" + std::to_string(part)}, {"aria-hidden", "true"}},
                  "");
        const int decimals = page.total_decimals();
        const auto range = [&](bool vietnamese) {
            const std::string low = number_text(units.back()->score, decimals, vietnamese);
            const std::string high = number_text(units.front()->score, decimals, vietnamese);
            return low == high ? low : low + "\u2013" + high;
        };
        const std::string number = std::to_string(part + 1);
        const HtmlElement words = html.element("strong");
        say(html,
            Label{"Fifth " + number + ": " + range(false), "Nhóm " + number + ": " + range(true)});
    }
    const HtmlElement names = html.element("p", {{"class", "names"}});
    bool first = true;
    for (const PublishedUnit* unit : units) {
        if (!first) html.text(", ");
        first = false;
        page.say_unit(*unit);
        const ProvinceTile* tile = find_tile(unit->code);
        if (tile != nullptr) {
            html.text(" ");
            html.leaf("span", {{"class", "code"}}, '(' + std::string(tile->short_name) + ')');
        }
    }
}

}  // namespace

bool has_tile_map(const Publication& publication) {
    // A part of the country is a map as well, a few units that share codes with provinces are not.
    constexpr std::size_t enough = province_tiles.size() / 2;
    return publication.units.size() >= enough &&
           std::all_of(publication.units.begin(), publication.units.end(),
                       [](const PublishedUnit& unit) { return find_tile(unit.code) != nullptr; });
}

void write_tile_map(ReportPage& page) {
    if (!has_tile_map(page.publication)) return;
    HtmlWriter& html = page.html;
    const HtmlElement section =
        html.element("section", {{"id", "map"}, {"aria-labelledby", "map-heading"}});
    page.heading(2, {"Bản đồ ô các tỉnh, thành phố", "Tile map of the provinces"}, "map-heading");
    {
        const HtmlElement note = html.element("p", {{"class", "note"}});
        say(html,
            Words{"Mỗi ô là một tỉnh, thành phố, đặt theo vị trí tương đối; diện tích ô và "
                  "ranh giới giữa các ô không có ý nghĩa địa lý. Ô Đà Nẵng gồm quần đảo Hoàng Sa, "
                  "ô Khánh Hoà gồm quần đảo Trường Sa.",
                  "Each tile is a province or city, placed roughly where it is; the size of "
                  "a tile and the edges between tiles have no geographic meaning. The tile of Đà "
                  "Nẵng includes the Hoàng Sa archipelago, that of Khánh Hoà the Trường Sa "
                  "archipelago."});
    }
    const auto parts = split_in_quintiles(page.publication);
    const HtmlElement layout = html.element("div", {{"class", "map-layout"}});
    {
        const HtmlElement list =
            html.element("ul", {{"class", "tiles"}, {"aria-labelledby", "map-heading"}});
        for (const PublishedUnit& unit : page.publication.units) {
            std::string colour = "none";
            for (std::size_t part = 0; part < quintiles; ++part)
                if (std::find(parts[part].begin(), parts[part].end(), &unit) != parts[part].end())
                    colour = "q" + std::to_string(part);
            html.line_break();
            write_tile(page, unit, *find_tile(unit.code), colour);
        }
    }
    const HtmlElement legend = html.element("div", {{"class", "legend"}});
    page.heading(3, {"Năm nhóm theo điểm, từ cao xuống thấp", "Five parts by score, from the top"});
    const HtmlElement list = html.element("ul");
    for (std::size_t part = 0; part < quintiles; ++part)
        if (!parts[part].empty()) write_quintile(page, part, parts[part]);
}

}  // namespace thuocdo::publish::detail
