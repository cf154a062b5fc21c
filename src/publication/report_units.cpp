#include <thuocdo/config.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "report_page.hpp"

namespace thuocdo::publish::detail {

namespace {

/// Which columns of a decomposition have something to say.
struct DecompositionColumns {
    bool value = false;
    bool parts = false;
    bool target = false;
    bool contribution = false;
    bool note = false;
    /// The largest contribution of the unit, which a full bar stands for.
    double largest = 0.0;
};

bool has_note(const PublishedNode& node, const PublishedFigure& figure) {
    return (node.leaf && figure.state != CellState::observed) || figure.imputed ||
           !figure.source.empty() || figure.date.has_value() || node.role != "scored";
}

DecompositionColumns decomposition_columns(const ReportPage& page, const PublishedUnit& unit) {
    DecompositionColumns columns;
    for (std::size_t at = 0; at < page.publication.nodes.size(); ++at) {
        const PublishedNode& node = page.publication.nodes[at];
        const PublishedFigure* figure = ReportPage::figure(unit, at);
        if (figure == nullptr) continue;
        if (std::isfinite(node.target)) columns.target = true;
        if (figure->withheld) continue;
        if (std::isfinite(figure->value)) columns.value = true;
        if (std::isfinite(figure->numerator) || std::isfinite(figure->denominator))
            columns.parts = true;
        if (std::isfinite(figure->contribution)) {
            columns.contribution = true;
            if (at > 0) columns.largest = std::max(columns.largest, std::abs(figure->contribution));
        }
        if (at > 0 && has_note(node, *figure)) columns.note = true;
    }
    return columns;
}

void say_role(HtmlWriter& html, std::string_view role) {
    if (role == "bonus")
        say(html, Words{"điểm thưởng", "bonus"});
    else if (role == "penalty")
        say(html, Words{"điểm trừ", "penalty"});
    else if (role == "monitored")
        say(html, Words{"theo dõi, không tính điểm", "monitored, not scored"});
    else
        say_plain(html, role);
}

void say_figure_note(ReportPage& page, const PublishedNode& node, const PublishedFigure& figure) {
    HtmlWriter& html = page.html;
    bool first = true;
    const auto next = [&] {
        if (!first) html.text("; ");
        first = false;
    };
    if (node.role != "scored" && !node.role.empty()) {
        next();
        say_role(html, node.role);
    }
    if (figure.withheld) return;
    if (node.leaf && figure.state != CellState::observed) {
        next();
        say(html, state_words(figure.state));
    }
    if (figure.imputed && figure.state != CellState::imputed) {
        next();
        say(html, state_words(CellState::imputed));
    }
    if (!figure.source.empty()) {
        next();
        say_plain(html, figure.source);
    }
    if (figure.date) {
        next();
        say_date(html, *figure.date);
    }
}

void say_unit_of_measure(HtmlWriter& html, std::string_view unit) {
    if (unit == "point")
        say(html, Words{"điểm", "points"});
    else if (unit == "percent")
        html.text("%");
    else if (unit == "share")
        say(html, Words{"tỷ lệ", "share"});
    else
        say_plain(html, unit);
}

void say_value(ReportPage& page, const PublishedNode& node, const PublishedFigure& figure) {
    HtmlWriter& html = page.html;
    if (!node.leaf) return;
    if (figure.withheld) return page.say_withheld();
    if (!std::isfinite(figure.value))
        return page.say_missing(has_value(figure.state) ? no_data_words
                                                        : state_words(figure.state));
    say_number(html, figure.value, needed_decimals);
    if (!node.unit.empty()) {
        html.text(" ");
        const HtmlElement unit = html.element("span", {{"class", "unit-of-measure"}});
        say_unit_of_measure(html, node.unit);
    }
}

void say_contribution(ReportPage& page, std::size_t at, const PublishedFigure& figure,
                      double largest) {
    HtmlWriter& html = page.html;
    if (figure.withheld) return page.say_withheld();
    if (!std::isfinite(figure.contribution)) return;
    const int decimals = std::max(decimals_of(figure.contribution), page.decimals[at]);
    {
        const HtmlElement number = html.element("span", {{"class", "amount"}});
        say_number(html, figure.contribution, std::min(decimals, most_decimals));
    }
    if (at == 0) return;
    const HtmlElement drawing = html.element("svg", {{"class", "bar"},
                                                     {"viewBox", "0 0 100 10"},
                                                     {"preserveAspectRatio", "none"},
                                                     {"aria-hidden", "true"},
                                                     {"focusable", "false"}});
    html.shape("rect", {{"class", "rail"}, {"width", "100"}, {"height", "10"}});
    html.shape("rect", {{"class", figure.contribution < 0.0 ? "loss" : "gain"},
                        {"width", drawing_share(std::abs(figure.contribution), largest)},
                        {"height", "10"}});
}

void write_decomposition_row(ReportPage& page, const PublishedUnit& unit, std::size_t at,
                             const DecompositionColumns& columns) {
    HtmlWriter& html = page.html;
    const PublishedNode& node = page.publication.nodes[at];
    static const PublishedFigure no_figure{};
    const PublishedFigure* given = ReportPage::figure(unit, at);
    const PublishedFigure& figure = given == nullptr ? no_figure : *given;
    constexpr int deepest_indent = 6;
    const std::string depth = std::to_string(std::clamp(node.depth, 0, deepest_indent));
    html.line_break();
    const HtmlElement row =
        html.element("tr", {{"class", std::string(node.leaf ? "leaf" : "inner") + " d" + depth}});
    {
        const HtmlElement cell = html.element("th", {{"scope", "row"}, {"class", "text"}});
        say_name(html, node.name, node.code);
    }
    if (columns.value) {
        const HtmlElement cell = html.element("td", {{"class", "number"}});
        say_value(page, node, figure);
    }
    if (columns.parts) {
        const HtmlElement cell = html.element("td", {{"class", "number"}});
        if (!figure.withheld &&
            (std::isfinite(figure.numerator) || std::isfinite(figure.denominator))) {
            say_number(html, figure.numerator, needed_decimals);
            html.text(" / ");
            say_number(html, figure.denominator, needed_decimals);
        }
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "rule"}});
        if (!node.rule.empty()) html.leaf("code", {}, node.rule);
    }
    if (columns.target) {
        const HtmlElement cell = html.element("td", {{"class", "number"}});
        if (std::isfinite(node.target)) say_number(html, node.target, needed_decimals);
    }
    {
        const HtmlElement cell = html.element("td", {{"class", "number result"}});
        page.say_result(unit, at);
        if (std::isfinite(node.best)) {
            const HtmlElement best = html.element("span", {{"class", "best"}});
            html.text(" / ");
            say_number(html, node.best, needed_decimals);
        }
    }
    if (columns.contribution) {
        const HtmlElement cell = html.element("td", {{"class", "number contribution"}});
        say_contribution(page, at, figure, columns.largest);
    }
    if (columns.note) {
        const HtmlElement cell = html.element("td", {{"class", "text"}});
        say_figure_note(page, node, figure);
    }
}

void write_decomposition(ReportPage& page, const PublishedUnit& unit, const std::string& id) {
    HtmlWriter& html = page.html;
    const DecompositionColumns columns = decomposition_columns(page, unit);
    page.heading(4, {"Điểm từ đâu mà có", "Where the points came from"});
    const Label caption{"Decomposition of the score of " + name_in(unit.name, unit.code, false),
                        "Phân tích điểm của " + name_in(unit.name, unit.code, true)};
    page.labelled_table(id + "-parts", caption, "parts", [&] {
        {
            const HtmlElement head = html.element("thead");
            const HtmlElement row = html.element("tr");
            page.head({"Thành phần", "Component"}, ColumnKind::text);
            if (columns.value) page.head({"Giá trị", "Value"}, ColumnKind::number);
            if (columns.parts)
                page.head({"Tử số / mẫu số", "Numerator / denominator"}, ColumnKind::number);
            page.head({"Cách tính", "Rule"}, ColumnKind::text);
            if (columns.target) page.head({"Mục tiêu", "Target"}, ColumnKind::number);
            page.head({"Kết quả / tối đa", "Result / best"}, ColumnKind::number);
            if (columns.contribution)
                page.head({"Đóng góp vào tổng", "Part of the total"}, ColumnKind::number);
            if (columns.note) page.head({"Ghi chú", "Note"}, ColumnKind::text);
        }
        const HtmlElement body = html.element("tbody");
        for (std::size_t at = 0; at < page.publication.nodes.size(); ++at)
            write_decomposition_row(page, unit, at, columns);
    });
}

void write_remark_list(ReportPage& page, Words title, const std::vector<Label>& remarks) {
    if (remarks.empty()) return;
    HtmlWriter& html = page.html;
    page.heading(4, title);
    const HtmlElement list = html.element("ul", {{"class", "remarks"}});
    for (const Label& remark : remarks) {
        const HtmlElement item = html.element("li");
        say(html, remark);
    }
}

void write_overdue(ReportPage& page, const PublishedUnit& unit, const std::string& id) {
    if (unit.overdue.empty() && unit.secret_overdue == 0) return;
    HtmlWriter& html = page.html;
    page.heading(4, {"Nhiệm vụ quá hạn", "Overdue tasks"});
    if (!unit.overdue.empty())
        page.labelled_table(
            id + "-tasks",
            Label{"Overdue tasks of " + name_in(unit.name, unit.code, false) +
                      " and who answers for them",
                  "Nhiệm vụ quá hạn của " + name_in(unit.name, unit.code, true) +
                      " và người chịu trách nhiệm"},
            "tasks sortable", [&] {
                {
                    const HtmlElement head = html.element("thead");
                    const HtmlElement row = html.element("tr");
                    page.head({"Nhiệm vụ", "Task"}, ColumnKind::text);
                    page.head({"Văn bản giao", "Document"}, ColumnKind::text);
                    page.head({"Người chịu trách nhiệm", "Responsible"}, ColumnKind::text);
                    page.head({"Hạn", "Deadline"}, ColumnKind::number);
                    page.head({"Số ngày quá hạn", "Days late"}, ColumnKind::number);
                }
                const HtmlElement body = html.element("tbody");
                for (const PublishedTask& task : unit.overdue) {
                    const HtmlElement row = html.element("tr");
                    {
                        const HtmlElement cell =
                            html.element("th", {{"scope", "row"}, {"class", "text"}});
                        say_plain(html, task.title.empty() ? task.code : task.title);
                        if (task.carried_over) {
                            html.text(" ");
                            const HtmlElement mark = html.element("small");
                            say(html, Words{"(từ kỳ trước chuyển sang)", "(carried over)"});
                        }
                    }
                    {
                        const HtmlElement cell = html.element("td", {{"class", "text"}});
                        say_plain(html, task.document);
                    }
                    {
                        const HtmlElement cell = html.element("td", {{"class", "text"}});
                        if (task.person.empty() && task.position.empty())
                            page.say_missing({"chưa rõ", "not stated"});
                        {
                            const HtmlElement person = html.element("strong");
                            say_plain(html, task.person);
                        }
                        if (!task.person.empty() && !task.position.empty()) html.text(", ");
                        say(html, task.position);
                    }
                    {
                        const std::string key = task.deadline.is_special()
                                                    ? std::string()
                                                    : std::to_string(task.deadline.day_number());
                        const HtmlElement cell =
                            html.element("td", {{"class", "number"}, {"data-key", key}});
                        say_date(html, task.deadline);
                    }
                    const HtmlElement cell = html.element("td", {{"class", "number"}});
                    say_number(html, static_cast<double>(task.days_late), 0);
                }
            });
    if (unit.secret_overdue > 0) {
        const std::string count = std::to_string(unit.secret_overdue);
        const HtmlElement note = html.element("p", {{"class", "note"}});
        say(html, Label{"Overdue secret tasks, counted and not listed: " + count + ".",
                        "Nhiệm vụ mật quá hạn, chỉ đếm, không liệt kê: " + count + "."});
    }
}

/// A coordinate between `from` and `from + length`.
THUOCDO_KERNEL double trend_coordinate(double from, double length, double share) {
    THUOCDO_EXACT
    return from + length * share;
}

/// The scores over the periods as a line; nothing with fewer than two of them.
void write_trend_line(ReportPage& page, const PublishedUnit& unit, const std::string& label_id) {
    constexpr double width = 320.0;
    constexpr double height = 80.0;
    constexpr double margin = 12.0;
    double low = 0.0;
    double high = 0.0;
    std::size_t points = 0;
    for (const TrendPoint& point : unit.trend) {
        if (!std::isfinite(point.score)) continue;
        low = points == 0 ? point.score : std::min(low, point.score);
        high = points == 0 ? point.score : std::max(high, point.score);
        ++points;
    }
    if (points < 2) return;
    HtmlWriter& html = page.html;
    const HtmlElement drawing = html.element("svg", {{"class", "trend"},
                                                     {"viewBox", "0 0 344 104"},
                                                     {"role", "img"},
                                                     {"aria-labelledby", label_id}});
    const auto steps = static_cast<double>(unit.trend.size() - 1);
    std::string line;
    std::vector<std::pair<std::string, std::string>> marks;
    const auto drawn = [](double value) { return numeric::fixed(value, 1); };
    for (std::size_t at = 0; at < unit.trend.size(); ++at) {
        const double score = unit.trend[at].score;
        // A period without a score breaks the line.
        if (!std::isfinite(score)) {
            if (!line.empty() && line.back() != ';') line += ';';
            continue;
        }
        const double share = high > low ? (high - score) / (high - low) : 0.5;
        marks.emplace_back(drawn(trend_coordinate(margin, width, static_cast<double>(at) / steps)),
                           drawn(trend_coordinate(margin, height, share)));
        line += (line.empty() || line.back() == ';' ? "" : " ") + marks.back().first + ',' +
                marks.back().second;
    }
    for (std::size_t start = 0; start < line.size();) {
        const std::size_t end = std::min(line.find(';', start), line.size());
        html.shape("polyline", {{"points", line.substr(start, end - start)}});
        start = end + 1;
    }
    for (const auto& [x, y] : marks) html.shape("circle", {{"cx", x}, {"cy", y}, {"r", "4"}});
}

void write_trend(ReportPage& page, const PublishedUnit& unit, const std::string& id) {
    if (unit.trend.empty()) return;
    HtmlWriter& html = page.html;
    const std::string heading_id = id + "-trend-heading";
    page.heading(4, {"Diễn biến qua các kỳ", "Trend"}, heading_id);
    const HtmlElement layout = html.element("div", {{"class", "trend-layout"}});
    write_trend_line(page, unit, heading_id);
    page.labelled_table(
        id + "-trend",
        Label{"Score and rank of " + name_in(unit.name, unit.code, false) + " by period",
              "Điểm và hạng của " + name_in(unit.name, unit.code, true) + " theo kỳ"},
        "trend", [&] {
            {
                const HtmlElement head = html.element("thead");
                const HtmlElement row = html.element("tr");
                page.head({"Kỳ", "Period"}, ColumnKind::text);
                page.head({"Điểm", "Score"}, ColumnKind::number);
                page.head({"Hạng", "Rank"}, ColumnKind::number);
            }
            const HtmlElement body = html.element("tbody");
            for (const TrendPoint& point : unit.trend) {
                const HtmlElement row = html.element("tr");
                {
                    const HtmlElement cell =
                        html.element("th", {{"scope", "row"}, {"class", "text"}});
                    say_plain(html, point.period);
                }
                for (const bool score : {true, false}) {
                    const HtmlElement cell = html.element("td", {{"class", "number"}});
                    const double value = score ? point.score : point.rank;
                    if (std::isfinite(value))
                        say_number(html, value, score ? page.total_decimals() : needed_decimals);
                    else
                        page.say_missing();
                }
            }
        });
}

void write_peers(ReportPage& page, const PublishedUnit& unit) {
    if (unit.peers.empty()) return;
    HtmlWriter& html = page.html;
    page.heading(4, {"Đơn vị tương đồng", "Peers"});
    const HtmlElement list = html.element("ul", {{"class", "peers"}});
    for (const std::string& code : unit.peers) {
        const HtmlElement item = html.element("li");
        const auto found = page.unit_at.find(code);
        if (found == page.unit_at.end()) {
            say_plain(html, code);
            continue;
        }
        const PublishedUnit& peer = page.publication.units[found->second];
        page.say_unit(peer);
        html.text(" ");
        page.say_total(peer);
    }
}

void write_summary(ReportPage& page, const PublishedUnit& unit) {
    HtmlWriter& html = page.html;
    {
        const HtmlElement list = html.element("dl", {{"class", "facts"}});
        page.entry({"Điểm", "Score"}, [&] { page.say_total(unit); });
        page.entry({"Hạng", "Rank"}, [&] {
            page.say_rank(unit);
            if (ReportPage::has_rank(unit)) {
                html.text(" / ");
                say_number(html, static_cast<double>(page.ranked_units), 0);
            }
        });
        if (unit.rank_interval)
            page.entry({"Khoảng hạng", "Rank interval"}, [&] { page.say_interval(unit); });
        if (!page.publication.bands.empty())
            page.entry({"Xếp loại", "Band"}, [&] { page.say_band(unit); });
        if (std::isfinite(unit.coverage))
            page.entry({"Độ phủ số liệu", "Coverage"},
                       [&] { say_percent(html, unit.coverage, 0); });
        if (!unit.rank_withheld)
            for (const auto& [attribute, rank] : unit.ranks_within) {
                const double shown = rank;
                if (!std::isfinite(shown)) continue;
                page.entry({attribute == "region" ? "Hạng trong vùng" : "Hạng trong nhóm",
                            attribute == "region" ? "Rank in its region" : "Rank in its group"},
                           [&] { say_number(html, shown, needed_decimals); });
            }
    }
    if (!unit.band_reason.empty() && !unit.band_withheld) {
        const HtmlElement reason = html.element("p", {{"class", "note"}});
        say(html, Words{"Căn cứ xếp loại: ", "Why this band: "});
        say_only(html, "en", unit.band_reason);
    }
    if (!unit.flags.empty()) {
        const HtmlElement list = html.element("ul", {{"class", "flags"}});
        for (const std::string& flag : unit.flags) {
            const HtmlElement item = html.element("li");
            say_only(html, "en", flag);
        }
    }
}

void write_step(ReportPage& page, const PublishedUnit& unit, Words words) {
    const HtmlElement item = page.html.element("li");
    say(page.html, words);
    page.say_unit(unit);
}

void write_unit_page(ReportPage& page, std::size_t at) {
    HtmlWriter& html = page.html;
    const PublishedUnit& unit = page.publication.units[at];
    const std::string id = unit_id(unit);
    html.line_break();
    const HtmlElement section = html.element(
        "article", {{"class", "unit"}, {"id", id}, {"aria-labelledby", id + "-heading"}});
    {
        const HtmlElement heading =
            html.element("h3", {{"id", id + "-heading"}, {"tabindex", "-1"}});
        say_name(html, unit.name, unit.code);
    }
    write_summary(page, unit);
    write_remark_list(page, {"Điều đang kéo điểm xuống", "What holds it back"},
                      unit.remarks.held_back);
    write_remark_list(page, {"Điều làm thay đổi điểm và hạng", "What moved its score and rank"},
                      unit.remarks.moved);
    write_remark_list(page, {"Điểm dễ tăng nhất", "Points nearest to gain"}, unit.remarks.nearest);
    write_decomposition(page, unit, id);
    write_overdue(page, unit, id);
    write_trend(page, unit, id);
    write_peers(page, unit);
    const HtmlElement list = html.element("ul", {{"class", "steps"}});
    if (at > 0) write_step(page, page.publication.units[at - 1], {"Trước: ", "Before: "});
    if (at + 1 < page.publication.units.size())
        write_step(page, page.publication.units[at + 1], {"Sau: ", "Next: "});
    const HtmlElement item = html.element("li");
    const HtmlElement link = html.element("a", {HtmlAttribute::link_to("ranking")});
    say(html, Words{"Về bảng xếp hạng", "Back to the ranking"});
}

}  // namespace

void write_unit_pages(ReportPage& page) {
    if (page.publication.units.empty()) return;
    HtmlWriter& html = page.html;
    const HtmlElement section =
        html.element("section", {{"id", "units"}, {"aria-labelledby", "units-heading"}});
    page.heading(2, {"Từng đơn vị", "Unit by unit"}, "units-heading");
    if (!page.unit_pages) {
        const std::string count = std::to_string(page.publication.units.size());
        const HtmlElement note = html.element("p", {{"class", "note"}});
        say(html, Label{"There are " + count +
                            " units: a report of so many has no page for each; their figures are "
                            "in the tables of the publication.",
                        "Có " + count +
                            " đơn vị: báo cáo nhiều đơn vị như vậy không có trang riêng cho từng "
                            "đơn vị; số liệu nằm trong các bảng kèm theo."});
        return;
    }
    for (std::size_t at = 0; at < page.publication.units.size(); ++at) write_unit_page(page, at);
}

}  // namespace thuocdo::publish::detail
