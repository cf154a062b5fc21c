#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/publish/report.hpp>

#include <array>
#include <report_assets.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report_page.hpp"

namespace thuocdo::publish {

namespace detail {

namespace {

/// `sha256-` and the digest in base64, as a Content-Security-Policy names its own style.
std::string policy_digest(std::string_view content) {
    numeric::Sha256 sha;
    sha.update(content);
    const std::string hex = sha.hex();
    const auto value = [](char digit) {
        return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    };
    std::vector<unsigned> bytes;
    for (std::size_t at = 0; at < hex.size(); at += 2)
        bytes.push_back(value(hex[at]) << 4U | value(hex[at + 1]));
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text = "sha256-";
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t left = std::min<std::size_t>(bytes.size() - at, 3);
        unsigned block = bytes[at] << 16U;
        if (left > 1) block |= bytes[at + 1] << 8U;
        if (left > 2) block |= bytes[at + 2];
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= left ? letters[(block >> (18U - 6U * k)) & 63U] : '=';
    }
    return text;
}

void write_head(ReportPage& page) {
    HtmlWriter& html = page.html;
    const HtmlElement head = html.element("head");
    html.empty("meta", {{"charset", "utf-8"}});
    html.empty("meta", {{"http-equiv", "Content-Security-Policy"},
                        {"content", "default-src 'none'; style-src '" + policy_digest(report_css) +
                                        "'; script-src '" + policy_digest(report_js) +
                                        "'; base-uri 'none'; form-action 'none'"}});
    html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    const Publication& publication = page.publication;
    html.leaf("title", {},
              name_in(publication.title, publication.index, true) +
                  (publication.period.empty() ? "" : " \u2013 " + publication.period));
    html.asset("style", HtmlAsset(report_css));
}

void write_language_choice(HtmlWriter& html) {
    const HtmlElement group = html.element("fieldset", {{"class", "language"}});
    {
        const HtmlElement legend = html.element("legend", {{"class", "unseen"}});
        html.text("Ngôn ngữ / Language");
    }
    const auto choice = [&](const std::string& language, std::string_view name, bool first) {
        const std::string id = "language-" + language;
        if (first)
            html.empty("input", {{"type", "radio"},
                                 {"name", "language"},
                                 {"id", id},
                                 {"value", language},
                                 {"checked", ""},
                                 {"autocomplete", "off"}});
        else
            html.empty("input", {{"type", "radio"},
                                 {"name", "language"},
                                 {"id", id},
                                 {"value", language},
                                 {"autocomplete", "off"}});
        const HtmlElement label = html.element("label", {{"for", id}});
        say_only(html, language, name);
    };
    choice("vi", "Tiếng Việt", true);
    choice("en", "English", false);
}

void write_digests(ReportPage& page) {
    HtmlWriter& html = page.html;
    const Publication& publication = page.publication;
    const std::array<std::pair<Words, const std::string*>, 7> lines{{
        {{"Mã bộ chỉ số", "Index"}, &publication.index},
        {{"Phiên bản bộ chỉ số", "Version of the index"}, &publication.model_version},
        {{"Căn cứ", "Basis"}, &publication.model_source},
        {{"Mã băm bộ chỉ số (SHA-256)", "Digest of the model (SHA-256)"},
         &publication.model_digest},
        {{"Mã băm số liệu", "Digest of the data"}, &publication.data_digest},
        {{"Mã băm kết quả", "Digest of the results"}, &publication.results_digest},
        {{"Phiên bản phần mềm thuocdo", "Version of the thuocdo library"},
         &publication.library_version},
    }};
    const HtmlElement details = html.element("details", {{"class", "digests"}});
    {
        const HtmlElement summary = html.element("summary");
        say(html, Words{"Nguồn gốc và mã kiểm chứng", "Origin and digests"});
    }
    const HtmlElement list = html.element("dl");
    for (const auto& [term, value] : lines) {
        const std::string& text = *value;
        if (!text.empty()) page.entry(term, [&] { html.leaf("code", {}, text); });
    }
}

void write_facts(ReportPage& page) {
    HtmlWriter& html = page.html;
    const Publication& publication = page.publication;
    const HtmlElement list = html.element("dl", {{"class", "facts"}});
    page.entry({"Kỳ", "Period"}, [&] { say_plain(html, publication.period); });
    page.entry({"Đối tượng", "Audience"}, [&] { say(html, audience_title(publication.audience)); });
    page.entry({"Phiên bản", "Version"}, [&] { html.text(std::to_string(publication.version)); });
    if (publication.published_on)
        page.entry({"Ngày công bố", "Published"},
                   [&] { say_date(html, *publication.published_on); });
    if (publication.as_of)
        page.entry({"Mục tiêu tính đến", "Targets as of"},
                   [&] { say_date(html, *publication.as_of); });
    if (publication.data_from || publication.data_to)
        page.entry({"Số liệu", "Data"}, [&] {
            if (publication.data_from) say_date(html, *publication.data_from);
            if (publication.data_from && publication.data_to) html.text(" \u2013 ");
            if (publication.data_to) say_date(html, *publication.data_to);
        });
    page.entry({"Số đơn vị", "Units"},
               [&] { say_number(html, static_cast<double>(publication.units.size()), 0); });
}

void write_header(ReportPage& page) {
    HtmlWriter& html = page.html;
    const Publication& publication = page.publication;
    const HtmlElement header = html.element("header");
    write_language_choice(html);
    if (!page.options.publisher.empty()) {
        const HtmlElement publisher = html.element("p", {{"class", "publisher"}});
        say(html, page.options.publisher);
    }
    {
        const HtmlElement title = html.element("h1");
        say_name(html, publication.title, publication.index);
    }
    if (!publication.description.empty()) {
        const HtmlElement description = html.element("p", {{"class", "lead"}});
        say(html, publication.description);
    }
    if (publication.model_status == "draft" || publication.model_status == "reference") {
        const HtmlElement note = html.element("p", {{"class", "notice"}});
        if (publication.model_status == "draft")
            say(html, Words{"Bộ chỉ số dự thảo, chưa ban hành.", "A draft index, not in force."});
        else
            say(html, Words{"Bộ chỉ số tham khảo, không phải bộ chỉ số chính thức.",
                            "A reference index, not an official one."});
    }
    write_facts(page);
    if (!publication.reason.empty()) {
        const HtmlElement note = html.element("p", {{"class", "notice"}});
        const std::string version = std::to_string(publication.version);
        say(html, Label{"Correction, version " + version + ": ",
                        "Bản đính chính, phiên bản " + version + ": "});
        say_plain(html, publication.reason);
        if (!publication.supersedes.empty()) {
            html.text(" ");
            say(html, Words{"Thay cho bản có mã băm ", "Replaces the version with digest "});
            html.leaf("code", {}, publication.supersedes);
        }
    }
    write_digests(page);
}

void write_navigation(ReportPage& page) {
    HtmlWriter& html = page.html;
    const HtmlElement navigation = html.element("nav", {{"aria-labelledby", "contents"}});
    {
        const HtmlElement name = html.element("span", {{"id", "contents"}, {"class", "unseen"}});
        say(html, Words{"Mục lục", "Contents"});
    }
    const HtmlElement list = html.element("ul");
    const auto link = [&](std::string_view id, Words words) {
        const HtmlElement item = html.element("li");
        const HtmlElement element = html.element("a", {HtmlAttribute::link_to(id)});
        say(html, words);
    };
    const Publication& publication = page.publication;
    link("ranking", {"Xếp hạng", "Ranking"});
    if (has_tile_map(publication)) link("map", {"Bản đồ", "Map"});
    if (!page.pillars.empty() && page.unit_pages) link("pillars", {"Nhóm tiêu chí", "Pillars"});
    if (!publication.units.empty()) link("units", {"Từng đơn vị", "Units"});
    if (!publication.changes.empty() || !publication.breaks.empty())
        link("changes", {"Thay đổi", "Changes"});
    link("method", {"Phương pháp", "Method"});
    link("data", {"Số liệu", "Data"});
}

void write_body(ReportPage& page) {
    HtmlWriter& html = page.html;
    const HtmlElement body = html.element("body");
    {
        const HtmlElement skip =
            html.element("a", {HtmlAttribute::link_to("content"), {"class", "skip"}});
        say(html, Words{"Đến nội dung chính", "Skip to the content"});
    }
    write_header(page);
    write_navigation(page);
    {
        const HtmlElement main = html.element("main", {{"id", "content"}, {"tabindex", "-1"}});
        write_ranking(page);
        write_tile_map(page);
        write_heat_map(page);
        write_unit_pages(page);
        write_changes(page);
        write_method(page);
        write_data_notes(page);
    }
    {
        const HtmlElement footer = html.element("footer");
        const HtmlElement text = html.element("p");
        say(html, Words{"Tệp này không tải gì từ mạng và không gửi gì đi.",
                        "This file loads nothing from a network and sends nothing."});
    }
    html.asset("script", HtmlAsset(report_js));
}

}  // namespace

}  // namespace detail

std::string html_report(const Publication& publication, const ReportOptions& options) {
    detail::ReportPage page(publication, options);
    {
        const detail::HtmlElement html =
            page.html.element("html", {{"lang", "vi"}, {"data-language", "vi"}});
        detail::write_head(page);
        detail::write_body(page);
    }
    return std::move(page.html).take();
}

}  // namespace thuocdo::publish
