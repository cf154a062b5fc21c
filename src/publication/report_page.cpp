#include "report_page.hpp"

#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>

namespace thuocdo::publish::detail {

namespace {

/// Decimals of the results of a node: as given, or as many as one of them needs.
int printed_decimals(const Publication& publication, std::size_t node) {
    if (publication.nodes[node].digits) return std::max(*publication.nodes[node].digits, 0);
    int most = 0;
    for (const PublishedUnit& unit : publication.units) {
        const PublishedFigure* figure = ReportPage::figure(unit, node);
        if (figure != nullptr && !figure->withheld)
            most = std::max(most, decimals_of(figure->result));
    }
    return most;
}

}  // namespace

ReportPage::ReportPage(const Publication& of, const ReportOptions& with)
    : publication(of), options(with) {
    for (std::size_t node = 0; node < publication.nodes.size(); ++node) {
        decimals.push_back(printed_decimals(publication, node));
        if (node > 0 && publication.nodes[node].parent == 0) pillars.push_back(node);
    }
    for (std::size_t at = 0; at < publication.units.size(); ++at) {
        const PublishedUnit& unit = publication.units[at];
        unit_at.emplace(unit.code, at);
        if (has_rank(unit)) ++ranked_units;
        if (unit.rank_interval) rank_intervals = true;
        for (const auto& [attribute, value] : unit.groups) groups[attribute].push_back(value);
    }
    for (auto& [attribute, values] : groups) {
        std::sort(values.begin(), values.end());
        values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    for (const PublishedChange& change : publication.changes)
        change_of.emplace(change.code, &change);
    unit_pages = publication.units.size() <= options.unit_pages_limit;
}

bool ReportPage::has_total(const PublishedUnit& unit) {
    return !total_withheld(unit) && std::isfinite(unit.score);
}

bool ReportPage::has_rank(const PublishedUnit& unit) {
    return !unit.rank_withheld && std::isfinite(unit.rank);
}

const PublishedFigure* ReportPage::figure(const PublishedUnit& unit, std::size_t node) {
    return node < unit.figures.size() ? &unit.figures[node] : nullptr;
}

int ReportPage::band_position(std::string_view code) const {
    for (std::size_t at = 0; at < publication.bands.size(); ++at)
        if (publication.bands[at].code == code) return static_cast<int>(at);
    return -1;
}

void ReportPage::say_unit(const PublishedUnit& unit) {
    if (!unit_pages) return say_name(html, unit.name, unit.code);
    const HtmlElement link = html.element("a", {HtmlAttribute::link_to(unit_id(unit))});
    say_name(html, unit.name, unit.code);
}

void ReportPage::say_band(const PublishedUnit& unit) {
    if (unit.band_withheld) return say_withheld();
    if (unit.band.empty()) return say_missing({"chưa xếp loại", "no band"});
    const int at = band_position(unit.band);
    const HtmlElement mark = html.element("span", {{"class", "band"}});
    if (at < 0)
        say_plain(html, unit.band);
    else
        say_name(html, publication.bands[static_cast<std::size_t>(at)].name, unit.band);
}

void ReportPage::say_total(const PublishedUnit& unit) {
    if (total_withheld(unit)) return say_withheld();
    if (!has_total(unit)) return say_missing();
    say_number(html, unit.score, total_decimals());
}

void ReportPage::say_rank(const PublishedUnit& unit) {
    if (unit.rank_withheld) return say_withheld();
    if (!has_rank(unit)) return say_missing({"không xếp hạng", "not ranked"});
    say_number(html, unit.rank, needed_decimals);
}

void ReportPage::say_result(const PublishedUnit& unit, std::size_t node) {
    const PublishedFigure* figure = ReportPage::figure(unit, node);
    if (figure == nullptr) return say_missing();
    if (figure->withheld) return say_withheld();
    if (!std::isfinite(figure->result)) {
        const bool leaf = publication.nodes[node].leaf && !has_value(figure->state);
        return say_missing(leaf ? state_words(figure->state) : no_data_words);
    }
    say_number(html, figure->result, decimals[node]);
}

void ReportPage::say_interval(const PublishedUnit& unit) {
    if (unit.rank_withheld) return say_withheld();
    if (!unit.rank_interval || !std::isfinite(unit.rank_interval->low) ||
        !std::isfinite(unit.rank_interval->high))
        return say_missing({"không có", "none"});
    const RankInterval& interval = *unit.rank_interval;
    html.leaf("span", {{"class", "range"}}, interval_text(interval));
    // The numbers beside it say the same: a reader of screens needs no second text.
    const HtmlElement drawing = html.element("svg", {{"class", "interval"},
                                                     {"viewBox", "0 0 100 10"},
                                                     {"preserveAspectRatio", "none"},
                                                     {"aria-hidden", "true"},
                                                     {"focusable", "false"}});
    const auto units = static_cast<double>(publication.units.size());
    html.shape("rect", {{"class", "rail"}, {"width", "100"}, {"height", "10"}});
    html.shape("rect", {{"class", "reach"},
                        {"x", drawing_share(interval.low - 1.0, units)},
                        {"width", drawing_share(interval.high - interval.low + 1.0, units)},
                        {"height", "10"}});
    if (has_rank(unit))
        html.shape("rect", {{"class", "rank"},
                            {"x", drawing_share(unit.rank - 1.0, units)},
                            {"width", drawing_share(1.0, units)},
                            {"height", "10"}});
}

void ReportPage::say_withheld() {
    const HtmlElement mark = html.element("em", {{"class", "withheld"}});
    say(html, withheld_words);
}

void ReportPage::say_missing(Words words) {
    const HtmlElement mark = html.element("em", {{"class", "missing"}});
    say(html, words);
}

std::string ReportPage::long_table(std::string classes) const {
    constexpr std::size_t rows_at_once = 60;
    if (publication.units.size() > rows_at_once) classes += " long";
    return classes;
}

void ReportPage::head(Words words, ColumnKind kind, std::string_view classes) {
    head(label_of(words), {}, kind, classes);
}

void ReportPage::head(const Label& label, std::string_view code, ColumnKind kind,
                      std::string_view classes) {
    const bool number = kind == ColumnKind::number;
    std::string all = number ? "number" : "text";
    if (!classes.empty()) all.append(1, ' ').append(classes);
    const HtmlElement cell = html.element("th", {{"scope", "col"}, {"class", all}});
    say_name(html, label, code);
}

void ReportPage::heading(int level, Words words, const std::string& id) {
    const auto write = [&](HtmlName name) {
        if (id.empty()) {
            const HtmlElement element = html.element(name);
            say(html, words);
        } else {
            const HtmlElement element = html.element(name, {{"id", id}});
            say(html, words);
        }
    };
    constexpr int section = 2;
    constexpr int part = 3;
    if (level == section)
        write("h2");
    else if (level == part)
        write("h3");
    else
        write("h4");
}

std::string drawing_share(double part, double whole) {
    constexpr double full = 100.0;
    constexpr int drawn_decimals = 2;
    if (!(whole > 0.0) || !std::isfinite(part)) return "0";
    return numeric::fixed(std::clamp(part / whole * full, 0.0, full), drawn_decimals);
}

}  // namespace thuocdo::publish::detail
