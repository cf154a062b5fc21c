#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "report_page.hpp"

namespace thuocdo::publish::detail {

namespace {

Words change_status_words(std::string_view status) {
    if (status == "stayed") return {"tiếp tục", "stayed"};
    if (status == "entered") return {"mới vào", "entered"};
    if (status == "left") return {"rời khỏi", "left"};
    return {status, status};
}

/// Decimals that every number of a column needs.
struct ChangeDecimals {
    int score = 0;
    int part = 0;
};

ChangeDecimals change_decimals(const Publication& publication) {
    ChangeDecimals decimals;
    for (const PublishedChange& change : publication.changes) {
        decimals.score = std::max(
            {decimals.score, decimals_of(change.score_before), decimals_of(change.score_after)});
        for (const auto& [name, amount] : change.score_parts)
            decimals.part = std::max(decimals.part, decimals_of(amount));
    }
    return decimals;
}

/// The parts that some change has: the known ones in the order of what comes first, then others.
std::vector<std::string> change_part_names(const Publication& publication) {
    std::set<std::string> found;
    for (const PublishedChange& change : publication.changes)
        for (const auto& part : change.score_parts) found.insert(part.first);
    std::vector<std::string> names;
    for (const char* known : {"own_data", "peers", "units", "definition", "rounding"})
        if (found.erase(known) > 0) names.emplace_back(known);
    names.insert(names.end(), found.begin(), found.end());
    return names;
}

void number_cell(ReportPage& page, double value, int decimals) {
    const HtmlElement cell = page.html.element("td", {{"class", "number"}});
    if (std::isfinite(value))
        say_number(page.html, value, decimals);
    else
        page.say_missing({"không có", "none"});
}

void change_cell(ReportPage& page, double value, int decimals) {
    const HtmlElement cell = page.html.element("td", {{"class", "number"}});
    if (std::isfinite(value))
        say_change(page.html, value, decimals);
    else
        page.say_missing({"không có", "none"});
}

void write_change_row(ReportPage& page, const PublishedChange& change,
                      const std::vector<std::string>& parts, const ChangeDecimals& decimals) {
    HtmlWriter& html = page.html;
    const auto found = page.unit_at.find(change.code);
    const PublishedUnit* unit =
        found == page.unit_at.end() ? nullptr : &page.publication.units[found->second];
    html.line_break();
    const HtmlElement row = html.element("tr");
    {
        const HtmlElement cell = html.element("th", {{"scope", "row"}, {"class", "text"}});
        if (unit != nullptr)
            page.say_unit(*unit);
        else
            say_name(html, change.name, change.code);
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "text"}});
        say(html, change_status_words(change.status));
    }
    // What is withheld now is withheld here as well, and so is what would give it away.
    const auto withheld_cell = [&] {
        const HtmlElement cell = html.element("td", {{"class", "number"}});
        page.say_withheld();
    };
    number_cell(page, change.rank_before, needed_decimals);
    if (unit != nullptr && unit->rank_withheld)
        withheld_cell();
    else
        number_cell(page, change.rank_after, needed_decimals);
    number_cell(page, change.score_before, decimals.score);
    if (unit != nullptr && ReportPage::total_withheld(*unit)) {
        for (std::size_t at = 0; at < parts.size() + 2; ++at) withheld_cell();
        return;
    }
    number_cell(page, change.score_after, decimals.score);
    // The difference of two printed numbers has no more decimals than they have.
    change_cell(page, change.score_after - change.score_before, decimals.score);
    for (const std::string& part : parts) {
        const auto amount = change.score_parts.find(part);
        change_cell(page, amount == change.score_parts.end() ? missing_value : amount->second,
                    decimals.part);
    }
}

void write_definition_row(ReportPage& page, std::size_t at) {
    HtmlWriter& html = page.html;
    const PublishedNode& node = page.publication.nodes[at];
    constexpr int deepest_indent = 6;
    const std::string depth = std::to_string(std::clamp(node.depth, 0, deepest_indent));
    html.line_break();
    const HtmlElement row =
        html.element("tr", {{"class", std::string(node.leaf ? "leaf" : "inner") + " d" + depth}});
    {
        const HtmlElement cell = html.element("th", {{"scope", "row"}, {"class", "text"}});
        say_name(html, node.name, node.code);
        if (!node.description.empty()) {
            const HtmlElement description = html.element("p", {{"class", "description"}});
            say(html, node.description);
        }
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "text"}});
        html.leaf("code", {}, node.code);
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "number"}});
        if (std::isfinite(node.effective_weight)) say_percent(html, node.effective_weight, 1);
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "rule"}});
        if (!node.rule.empty()) html.leaf("code", {}, node.rule);
        if (node.lower_is_better) {
            const HtmlElement note = html.element("p", {{"class", "description"}});
            say(html, Words{"càng thấp càng tốt", "lower is better"});
        }
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "number"}});
        if (std::isfinite(node.target)) say_number(html, node.target, needed_decimals);
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "text"}});
        say_plain(html, node.source);
        if (!node.source.empty() && !node.owner.empty()) html.text("; ");
        say_plain(html, node.owner);
        if (node.withheld) {
            html.text(" ");
            page.say_withheld();
        }
    }
}

void write_bands(ReportPage& page) {
    if (page.publication.bands.empty()) return;
    HtmlWriter& html = page.html;
    page.heading(3, {"Thang xếp loại", "Bands"});
    const HtmlElement list = html.element("ul", {{"class", "bands"}});
    for (const PublishedBand& band : page.publication.bands) {
        const HtmlElement item = html.element("li");
        {
            const HtmlElement name = html.element("strong");
            say_name(html, band.name, band.code);
        }
        if (band.range.empty()) continue;
        html.text(": ");
        say_plain(html, band.range);
    }
}

void write_disclosure(ReportPage& page) {
    HtmlWriter& html = page.html;
    const DisclosureRecord& record = page.publication.disclosure;
    page.heading(3, {"Số liệu không công bố", "What is withheld"});
    const auto count = [](std::size_t number, bool vietnamese) {
        return number_text(static_cast<double>(number), 0, vietnamese);
    };
    const HtmlElement list = html.element("ul");
    {
        const HtmlElement item = html.element("li");
        say(html, Label{"Withheld from this audience: " + count(record.withheld_figures, false) +
                            " figures of " + count(record.withheld_units, false) +
                            " units. They are shown as \"withheld\", figures that do not exist "
                            "as \"no data\".",
                        "Không công bố với đối tượng này: " + count(record.withheld_figures, true) +
                            " số liệu của " + count(record.withheld_units, true) +
                            " đơn vị. Các ô đó ghi \"không công bố\"; ô không tồn tại số liệu ghi "
                            "\"không có số liệu\"."});
    }
    {
        const HtmlElement item = html.element("li");
        if (!record.audited) {
            say(html, Words{"Chưa kiểm tra khả năng suy ra số liệu không công bố.",
                            "Whether withheld figures can be inferred was not audited."});
        } else {
            const auto unsafe = [&](bool vietnamese) {
                return count(record.unsafe_figures, vietnamese);
            };
            const auto width = [&](bool vietnamese) {
                return std::isfinite(record.safe_width)
                           ? percent_text(record.safe_width, 1, vietnamese)
                           : std::string(vietnamese ? "đã định" : "set");
            };
            say(html, Label{"Audited for inference: " + unsafe(false) +
                                " withheld figures can be narrowed to less than " + width(false) +
                                " of their scale.",
                            "Đã kiểm tra khả năng suy ra: " + unsafe(true) +
                                " số liệu không công bố có thể bị thu hẹp dưới mức " + width(true) +
                                " của thang điểm."});
        }
    }
    if (!record.forced_reason.empty()) {
        const HtmlElement item = html.element("li");
        say(html, Words{"Vẫn công bố vì: ", "Published all the same because: "});
        say_plain(html, record.forced_reason);
    }
}

}  // namespace

void write_changes(ReportPage& page) {
    const Publication& publication = page.publication;
    if (publication.changes.empty() && publication.breaks.empty()) return;
    HtmlWriter& html = page.html;
    const HtmlElement section =
        html.element("section", {{"id", "changes"}, {"aria-labelledby", "changes-heading"}});
    page.heading(2, {"Thay đổi so với kỳ trước", "Changes since the last publication"},
                 "changes-heading");
    if (!publication.previous_period.empty()) {
        const HtmlElement note = html.element("p", {{"class", "note"}});
        say(html, Words{"Kỳ trước: ", "Last period: "});
        say_plain(html, publication.previous_period);
    }
    if (!publication.breaks.empty()) {
        const HtmlElement box = html.element("div", {{"class", "notice"}});
        page.heading(3, {"Gián đoạn chuỗi số liệu", "Breaks in series"});
        const HtmlElement list = html.element("ul");
        for (const Label& each : publication.breaks) {
            const HtmlElement item = html.element("li");
            say(html, each);
        }
    }
    if (publication.changes.empty()) return;
    const std::vector<std::string> parts = change_part_names(publication);
    const ChangeDecimals decimals = change_decimals(publication);
    page.table("change-table", {"Thay đổi điểm và hạng", "Change of score and rank"},
               page.long_table("changes sortable"), [&] {
                   {
                       const HtmlElement head = html.element("thead");
                       const HtmlElement row = html.element("tr");
                       page.head({"Đơn vị", "Unit"}, ColumnKind::text);
                       page.head({"Trạng thái", "Status"}, ColumnKind::text);
                       page.head({"Hạng kỳ trước", "Rank before"}, ColumnKind::number);
                       page.head({"Hạng kỳ này", "Rank now"}, ColumnKind::number);
                       page.head({"Điểm kỳ trước", "Score before"}, ColumnKind::number);
                       page.head({"Điểm kỳ này", "Score now"}, ColumnKind::number);
                       page.head({"Tăng, giảm điểm", "Change of score"}, ColumnKind::number);
                       for (const std::string& part : parts)
                           page.head(part_words(part), ColumnKind::number, "pillar");
                   }
                   const HtmlElement body = html.element("tbody");
                   for (const PublishedChange& change : publication.changes)
                       write_change_row(page, change, parts, decimals);
               });
    if (!parts.empty()) {
        const HtmlElement note = html.element("p", {{"class", "note"}});
        say(html, Words{"Các cột sau cùng chia phần thay đổi điểm theo nguyên nhân; cộng lại bằng "
                        "đúng mức thay đổi.",
                        "The last columns split the change of the score by its causes; they add up "
                        "to it exactly."});
    }
}

void write_method(ReportPage& page) {
    HtmlWriter& html = page.html;
    const Publication& publication = page.publication;
    const HtmlElement section =
        html.element("section", {{"id", "method"}, {"aria-labelledby", "method-heading"}});
    page.heading(2, {"Phương pháp", "Method"}, "method-heading");
    for (const MethodNote& note : publication.method) {
        if (!note.heading.empty()) {
            const HtmlElement heading = html.element("h3");
            say(html, note.heading);
        }
        for (const Label& paragraph : note.paragraphs) {
            const HtmlElement element = html.element("p");
            say(html, paragraph);
        }
    }
    write_bands(page);
    if (publication.nodes.empty()) return;
    page.heading(3, {"Định nghĩa các chỉ số", "Definitions"});
    page.table("definition-table",
               {"Chỉ số, trọng số và cách tính", "Indicators, weights and rules"}, "definitions",
               [&] {
                   {
                       const HtmlElement head = html.element("thead");
                       const HtmlElement row = html.element("tr");
                       page.head({"Tên", "Name"}, ColumnKind::text);
                       page.head({"Mã", "Code"}, ColumnKind::text);
                       page.head({"Tỷ trọng", "Weight"}, ColumnKind::number);
                       page.head({"Cách tính", "Rule"}, ColumnKind::text);
                       page.head({"Mục tiêu", "Target"}, ColumnKind::number);
                       page.head({"Nguồn, cơ quan phụ trách", "Source, owner"}, ColumnKind::text);
                   }
                   const HtmlElement body = html.element("tbody");
                   for (std::size_t at = 0; at < publication.nodes.size(); ++at)
                       write_definition_row(page, at);
               });
}

void write_data_notes(ReportPage& page) {
    HtmlWriter& html = page.html;
    const HtmlElement section =
        html.element("section", {{"id", "data"}, {"aria-labelledby", "data-heading"}});
    page.heading(2, {"Ghi chú về số liệu", "Notes on the data"}, "data-heading");
    write_disclosure(page);
    page.heading(3, {"Cách in con số", "How numbers are printed"});
    {
        const HtmlElement note = html.element("p");
        say(html, Words{"Con số in ở đây có nhiều nhất 4 chữ số thập phân; con số đầy đủ nằm trong "
                        "các bảng dữ liệu kèm theo.",
                        "Numbers are printed here with at most 4 decimals; the full ones are in "
                        "the tables that come with the report."});
    }
    if (page.publication.notices.empty()) return;
    page.heading(3, {"Lưu ý khi tính toán", "Noticed while scoring"});
    const HtmlElement list = html.element("ul");
    for (const std::string& notice : page.publication.notices) {
        const HtmlElement item = html.element("li");
        say_only(html, "en", notice);
    }
}

}  // namespace thuocdo::publish::detail
