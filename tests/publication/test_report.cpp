// The HTML report: what it says, what it never says, and that it is well formed.

#include <thuocdo/publish/report.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace report_tests {

using namespace thuocdo;
using namespace thuocdo::publish;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

PublishedFigure figure(double result, double contribution = nan) {
    PublishedFigure out;
    out.result = result;
    out.contribution = contribution;
    out.value = result;
    return out;
}

/// Two pillars, three units: one with everything, one with hostile texts and withheld figures, one
/// without a score.
Publication sample() {
    Publication out;
    out.index = "sample";
    out.title = {"Sample index", "Bộ chỉ số mẫu"};
    out.period = "2026-Q3";
    out.published_on = Date(2026, 10, 12);
    out.model_digest = "0a1b";
    out.nodes.resize(3);
    out.nodes[0] = {.code = "root", .name = {"Total", "Tổng"}, .best = 100.0, .digits = 2};
    out.nodes[1] = {.code = "a",
                    .name = {"First", "Thứ nhất"},
                    .parent = 0,
                    .depth = 1,
                    .leaf = true,
                    .role = "scored",
                    .rule = "min(1, x / 0.8)",
                    .unit = "%",
                    .target = 0.8,
                    .best = 60.0};
    out.nodes[2] = {.code = "b",
                    .name = {"Second", "Thứ hai"},
                    .parent = 0,
                    .depth = 1,
                    .leaf = true,
                    .role = "scored",
                    .best = 40.0};
    out.bands = {{"good", {"Good", "Tốt"}, "from 50"}, {"poor", {"Poor", "Kém"}, "below 50"}};
    out.units.resize(3);
    PublishedUnit& first = out.units[0];
    first.code = "01";
    first.name = {"Hanoi", "Hà Nội"};
    first.groups = {{"region", "north"}};
    first.rank = 1.0;
    first.score = 68.8;
    first.rank_interval = RankInterval{1.0, 2.0};
    first.band = "good";
    first.band_reason = "68.8 is at least 50";
    first.coverage = 1.0;
    first.figures = {figure(68.8), figure(1234.5, 40.25), figure(28.55, 28.55)};
    first.figures[1].numerator = 12345.0;
    first.figures[1].denominator = 10.0;
    first.trend = {{"2026-Q1", nan, nan}, {"2026-Q2", 60.0, 2.0}, {"2026-Q3", 68.8, 1.0}};
    first.overdue.push_back({.code = "T1",
                             .title = "Task & <b>",
                             .person = "Nguyễn Thị Mẫu",
                             .position = {"Director", "Giám đốc"},
                             .deadline = Date(2026, 9, 30),
                             .days_late = 12});
    first.secret_overdue = 3;
    first.peers = {"04", "elsewhere"};
    first.remarks.held_back.push_back({"Held back by b.", "Kéo xuống bởi b."});
    PublishedUnit& second = out.units[1];
    second.code = "04";
    second.name = {"", "Cao Bằng"};
    second.rank = 2.0;
    second.score = 50.0;
    second.figures = {figure(50.0), figure(nan), figure(20.0)};
    second.figures[1].state = CellState::not_reported;
    PublishedUnit& third = out.units[2];
    third.code = "79";
    third.band_withheld = third.rank_withheld = true;
    third.figures = {figure(nan), figure(nan), figure(nan)};
    for (PublishedFigure& each : third.figures) each.withheld = true;
    out.changes.push_back({.code = "01",
                           .name = first.name,
                           .status = "stayed",
                           .score_before = 60.0,
                           .score_after = 68.8,
                           .rank_before = 2.0,
                           .rank_after = 1.0,
                           .score_parts = {{"own_data", 9.0}, {"peers", -0.2}}});
    out.changes.push_back({.code = "99", .name = {"Gone", "Đã rời"}, .status = "left"});
    out.breaks.push_back({"New boundaries.", "Địa giới mới."});
    out.method.push_back({{"How", "Cách tính"}, {{"By adding.", "Cộng lại."}}});
    out.notices = {"column b has no spread"};
    return out;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// The page without its style and script, which are not made from a publication.
std::string markup(std::string page) {
    for (const std::string name : {"style", "script"}) {
        const std::size_t start = page.find('<' + name + '>');
        const std::size_t end = page.find("</" + name + '>');
        REQUIRE(start < end);
        page.erase(start, end - start);
        page.erase(start, name.size() + 3);
    }
    return page;
}

/// What a strict reader of markup would object to; empty when it is well formed.
std::string fault(const std::string& page) {
    static const std::set<std::string> no_end{"meta", "input"};
    std::vector<std::string> open;
    std::set<std::string> ids;
    for (std::size_t at = page.find('<', 1); at != std::string::npos; at = page.find('<', at)) {
        const bool ends = page[at + 1] == '/';
        std::size_t here = at + (ends ? 2 : 1);
        const std::size_t name_end = page.find_first_of(" />", here);
        const std::string name = page.substr(here, name_end - here);
        if (name.empty() ||
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string::npos)
            return "not an element: " + page.substr(at, 40);
        here = name_end;
        std::set<std::string> attributes;
        while (page[here] == ' ') {
            const std::size_t equals = page.find('=', here);
            const std::string attribute = page.substr(here + 1, equals - here - 1);
            if (page[equals + 1] != '"') return "no quotes: " + page.substr(at, 60);
            const std::size_t close = page.find('"', equals + 2);
            const std::string value = page.substr(equals + 2, close - equals - 2);
            if (value.find_first_of("<>") != std::string::npos) return "bare < or > in " + value;
            if (!attributes.insert(attribute).second) return "twice: " + attribute;
            if (attribute.starts_with("on") || attribute == "src" || attribute == "style")
                return "an attribute that runs or loads: " + attribute;
            if (attribute == "href" && !value.starts_with('#')) return "a link to " + value;
            if (attribute == "id" && !ids.insert(value).second) return "id twice: " + value;
            here = close + 1;
        }
        if (ends) {
            if (open.empty() || open.back() != name) return "not open: " + name;
            open.pop_back();
        } else if (page[here] != '/' && !no_end.contains(name)) {
            open.push_back(name);
        }
        at = here;
    }
    return open.empty() ? "" : "never closed: " + open.back();
}

TEST_CASE("a report is well formed, and the same bytes each time") {
    // The check itself sees what it is for.
    CHECK(fault("<!DOCTYPE html>\n<p><b>a</p></b>") == "not open: p");
    CHECK(fault("<!DOCTYPE html>\n<a href=\"x\">a</a>") == "a link to x");
    const std::string page = html_report(sample());
    CHECK(fault(markup(page)) == "");
    CHECK(page == html_report(sample()));
    CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"vi\""));
    CHECK(fault(markup(html_report({}))) == "");
    Publication many = sample();
    many.units.resize(1);
    many.units.resize(250, many.units[0]);
    for (std::size_t at = 0; at < many.units.size(); ++at) many.units[at].code = std::to_string(at);
    const std::string large = html_report(many);
    CHECK(fault(markup(large)) == "");
    CHECK_FALSE(holds(large, "<article"));
    CHECK(holds(large, "There are 250 units"));
    CHECK(holds(html_report(many, {.unit_pages_limit = 250}), "<article"));
}

TEST_CASE("a report loads nothing") {
    const std::string page = html_report(sample());
    CHECK(holds(page, "content=\"default-src &#39;none&#39;; style-src &#39;sha256-"));
    for (const char* address : {"http:", "https:", "url(", "@import", "fetch(", "XMLHttp", "data:"})
        CHECK_FALSE(holds(page, address));
    for (const char* element :
         {"<img", "<link", "<iframe", "<object", "<base", "<form", "<a href=\"http"})
        CHECK_FALSE(holds(page, element));
    for (const char* dangerous : {"innerHTML", "eval(", "document.write", "outerHTML"})
        CHECK_FALSE(holds(page, dangerous));
}

TEST_CASE("numbers, dates and words are there in both languages") {
    const std::string page = html_report(sample());
    CHECK(holds(page, "<span lang=\"vi\">68,80</span><span lang=\"en\">68.80</span>"));
    CHECK(holds(page, "<span lang=\"vi\">1.234,5</span>") == false);
    CHECK(holds(page, "<span lang=\"vi\">1234,50</span><span lang=\"en\">1234.50</span>") == false);
    CHECK(holds(page, "<span lang=\"vi\">1234,5</span><span lang=\"en\">1234.5</span>"));
    CHECK(holds(page, "<span lang=\"vi\">12.345</span><span lang=\"en\">12,345</span>"));
    CHECK(holds(page,
                "<span lang=\"vi\">30/09/2026</span><span lang=\"en\">30 September 2026</span>"));
    CHECK(holds(page, "<span lang=\"vi\">+8,8</span><span lang=\"en\">+8.8</span>"));
    CHECK(holds(page, "<span lang=\"vi\">\u22120,2</span><span lang=\"en\">\u22120.2</span>"));
    CHECK(holds(page, "<span lang=\"vi\">Hà Nội</span><span lang=\"en\">Hanoi</span>"));
    CHECK(holds(page, "<span lang=\"vi\" class=\"only\">Cao Bằng</span>"));
    CHECK(holds(page, "Kéo xuống bởi b."));
    CHECK(holds(page, "Nguyễn Thị Mẫu"));
    CHECK(holds(page, "counted and not listed: 3."));
    CHECK(holds(page, "1\u20132"));
}

TEST_CASE("what is withheld is a word, what is missing another, and neither is ever a number") {
    Publication publication = sample();
    PublishedUnit& hidden = publication.units[2];
    // Numbers that a careless builder might have left in.
    constexpr double leak = 31.4159;
    hidden.score = hidden.rank = leak;
    hidden.band = "good";
    hidden.band_reason = "31.4159 is below";
    hidden.rank_interval = RankInterval{leak, leak};
    hidden.ranks_within["region"] = leak;
    for (PublishedFigure& each : hidden.figures) {
        each.result = each.value = each.contribution = each.numerator = each.denominator = leak;
        each.source = "31.4159";
    }
    publication.changes.push_back({.code = hidden.code,
                                   .name = hidden.name,
                                   .status = "stayed",
                                   .score_before = 1.0,
                                   .score_after = leak,
                                   .rank_before = 3.0,
                                   .rank_after = leak,
                                   .score_parts = {{"own_data", leak}}});
    const std::string page = html_report(publication);
    CHECK_FALSE(holds(page, "31.41"));
    CHECK_FALSE(holds(page, "31,41"));
    CHECK(holds(page,
                "<em class=\"withheld\"><span lang=\"vi\">không công bố</span><span "
                "lang=\"en\">withheld</span></em>"));
    CHECK(holds(page,
                "<em class=\"missing\"><span lang=\"vi\">chưa báo cáo</span><span "
                "lang=\"en\">not reported</span></em>"));
}

TEST_CASE("numbers that are none are words") {
    Publication publication = sample();
    for (const double value :
         {nan, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
        for (PublishedUnit& unit : publication.units) {
            unit.score = unit.rank = unit.coverage = value;
            if (unit.rank_interval) unit.rank_interval = RankInterval{value, value};
            for (PublishedFigure& each : unit.figures)
                each.result = each.value = each.contribution = each.numerator = value;
            for (TrendPoint& point : unit.trend) point.score = point.rank = value;
        }
        for (PublishedNode& node : publication.nodes)
            node.best = node.target = node.effective_weight = value;
        for (PublishedChange& change : publication.changes)
            change.score_before = change.rank_before = value;
        publication.disclosure.audited = true;
        publication.disclosure.safe_width = value;
        const std::string page = markup(html_report(publication));
        CHECK(fault(page) == "");
        for (const char* raw :
             {">nan<", "\"nan\"", ">inf<", ">-inf<", "\u2212inf", "nan%", "inf%", "\"inf"})
            CHECK_FALSE(holds(page, raw));
    }
}

TEST_CASE("hostile texts are texts") {
    const std::vector<std::string> hostile{
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(2)>",
        "' onmouseover='alert(3)",
        "=cmd()|' /C calc'!A0",
        "</style></script></title><svg/onload=alert(4)>",
        "javascript:alert(5)",
        "&lt;b&gt; &#60;i&#62;",
        std::string("\0\x01\x1b[2J", 6),
        "\xff\xfe\xc0\xaf\xed\xa0\x80",
        "\u202Egnp.exe\u2066",
        "-->]]><!--",
        std::string(5000, 'W'),
    };
    for (const std::string& text : hostile) {
        const Label label{text, text + text};
        Publication publication = sample();
        publication.index = publication.period = publication.reason = publication.supersedes = text;
        publication.model_version = publication.model_source = publication.model_digest = text;
        publication.title = publication.description = publication.interval_note = label;
        publication.previous_period = text;
        publication.notices = {text};
        publication.breaks = {label};
        publication.method = {{label, {label}}};
        publication.disclosure.forced_reason = text;
        for (PublishedBand& band : publication.bands) band.code = band.range = text;
        for (PublishedNode& node : publication.nodes) {
            node.code = node.role = node.rule = node.unit = node.source = node.owner = text;
            node.name = node.description = label;
        }
        std::size_t count = 0;
        for (PublishedUnit& unit : publication.units) {
            unit.code = text + std::to_string(count++);
            unit.name = label;
            unit.band = unit.band_reason = text;
            unit.groups = {{text, text}};
            unit.flags = unit.peers = {text};
            for (PublishedFigure& each : unit.figures) each.source = text;
            for (TrendPoint& point : unit.trend) point.period = text;
            for (PublishedTask& task : unit.overdue)
                task.title = task.document = task.person = text;
            unit.remarks = {{label}, {label}, {label}};
        }
        for (PublishedChange& change : publication.changes) {
            change.name = label;
            change.status = text;
            change.score_parts = {{text, 1.0}};
        }
        const std::string page = html_report(publication, {.publisher = label});
        CAPTURE(text);
        CHECK(fault(markup(page)) == "");
        CHECK_FALSE(holds(page, "<img"));
        CHECK_FALSE(holds(page, "<svg/"));
        CHECK_FALSE(holds(page, "<!--"));
        CHECK_FALSE(holds(page, "<script>alert"));
        CHECK(std::none_of(page.begin(), page.end(), [](char each) {
            return static_cast<unsigned char>(each) < 0x20 && each != '\n' && each != '\t';
        }));
    }
    // Characters that turn the direction are shut in; the others of the page are not.
    Publication publication = sample();
    publication.units[0].name = {"", "\u202Egnp.exe"};
    CHECK(holds(html_report(publication), "<bdi>\u202Egnp.exe</bdi>"));
    CHECK_FALSE(holds(html_report(sample()), "<bdi>"));
}

TEST_CASE("provinces have a map, other units have none") {
    const std::string page = html_report(sample());
    CHECK_FALSE(holds(page, "id=\"map\""));
    Publication provinces = sample();
    const PublishedUnit unit = provinces.units[1];
    provinces.units.clear();
    const std::vector<std::string> codes{"01", "04", "08", "11", "12", "14", "15", "19", "20",
                                         "22", "24", "25", "31", "33", "37", "38", "40", "42",
                                         "44", "46", "48", "51", "52", "56", "66", "68", "75",
                                         "79", "80", "82", "86", "91", "92", "96"};
    for (const std::string& code : codes) {
        provinces.units.push_back(unit);
        provinces.units.back().code = code;
        provinces.units.back().score = static_cast<double>(provinces.units.size());
    }
    const std::string map = html_report(provinces);
    REQUIRE(holds(map, "id=\"map\""));
    // Every province has a place of its own, and every part of the legend its own range.
    std::set<std::string> places;
    std::size_t tiles = 0;
    for (std::size_t at = map.find("<li class=\"tile "); at != std::string::npos;
         at = map.find("<li class=\"tile ", at + 1)) {
        const std::string classes = map.substr(at, map.find('>', at) - at);
        places.insert(classes.substr(classes.find(" r")));
        ++tiles;
    }
    CHECK(tiles == codes.size());
    CHECK(places.size() == codes.size());
    CHECK(holds(map, "Fifth 1: 28.00\u201334.00"));
    CHECK(holds(map, "Fifth 5: 1.00\u20136.00"));
    provinces.units.back().code = "97";
    CHECK_FALSE(holds(html_report(provinces), "id=\"map\""));
}

}  // namespace report_tests
