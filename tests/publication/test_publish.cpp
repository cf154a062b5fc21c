// What a publication says of a scoreboard, and that nothing withheld gets into it.
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/publication_tables.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "publication/small_publication.hpp"

namespace publish_tests {

using namespace small_publications;
using testing_support::problems_of;
using thuocdo::DataError;
using thuocdo::publish::to_json;

const publish::PublishedUnit& unit_of(const publish::Publication& from, const std::string& code) {
    for (const auto& each : from.units)
        if (each.code == code) return each;
    FAIL("no such unit");
    return from.units.front();
}

TEST_CASE("a publication holds the figures of the scoreboard in the order of rank") {
    const auto board = thuocdo::score(small_model(), small_panel());
    const auto out = small_publication();
    REQUIRE(out.units.size() == 3);
    // By hand: HN ((90+80)/2 + (70 + 0.5*40)/1.5)/2 = (85 + 60)/2 = 72.5, DN (55 + 73.3..)/2 = 64.2
    CHECK(out.units[0].code == "HN");
    CHECK(out.units[0].score == 72.5);
    CHECK(out.units[1].score == 64.2);
    CHECK(out.units[1].rank == 2.0);
    CHECK(out.units[0].band == "good");
    CHECK(out.units[0].band_reason == board.band_reason(0));
    CHECK(out.units[2].band == "poor");
    CHECK(out.units[0].coverage == 1.0);
    CHECK(out.units[0].peers == std::vector<std::string>{"DN", "CT"});
    REQUIRE(out.nodes.size() == 7);
    CHECK(out.nodes[0].code == "total");
    CHECK(out.nodes[2].code == "a");
    CHECK(out.nodes[2].parent == 1);
    CHECK(out.nodes[2].rule == "clip01((x - 0) / (100 - 0))");
    CHECK(out.units[0].figures[2].value == 90.0);
    CHECK(out.units[0].figures[2].source == "Office of statistics");
    double parts = 0.0;
    for (std::size_t k = 0; k < out.nodes.size(); ++k)
        if (out.nodes[k].leaf) parts += out.units[0].figures[k].contribution;
    CHECK(std::abs(parts - 72.5) < 1e-9);
    CHECK(out.data_from == Date(2026, 9, 30));
    CHECK(out.model_digest == small_model().digest());
    CHECK(out.results_digest == board.digest());
    CHECK(out.data_digest.size() == 64);
    CHECK(out.disclosure.withheld_figures == 0);
    CHECK(out.method.size() >= 11);
    for (const auto& note : out.method)
        for (const auto& text : note.paragraphs) {
            CHECK_FALSE(text.en.empty());
            CHECK_FALSE(text.vi.empty());
            CHECK(text.en.find("{}") == std::string::npos);
        }
    CHECK(out.bands[0].range == "50 <= x");
}

TEST_CASE("nothing withheld is in a publication, neither as a number nor through another") {
    const auto made = [](double secret, const publish::PublishOptions& options = {}) {
        publish::VisibilityRules rules;
        rules.default_digits = 0;
        return to_json(publish::publish(
            publish::AudienceView(thuocdo::score(small_model(), small_panel(false, secret)),
                                  Visibility::open, rules),
            options));
    };
    // Both totals are 72 when printed without decimals, and every other number is as before.
    const std::string text = made(38.0);
    CHECK(text == made(38.1));
    CHECK(text != made(90.0));
    publish::PublishOptions salted;
    salted.digest_salt = "sixteen bytes or more";
    CHECK(made(38.0, salted) != made(38.1, salted));
    salted.digest_salt = "short";
    CHECK(problems_of<DataError>([&] { made(38.0, salted); }).front().code == "salt_too_short");

    const auto open = small_publication(Visibility::open);
    CHECK(open.nodes[6].withheld);
    CHECK(open.data_digest.empty());
    CHECK(open.results_digest.empty());
    CHECK(unit_of(open, "HN").figures[6].withheld);
    CHECK(std::isnan(unit_of(open, "HN").figures[6].value));
    CHECK(std::isnan(unit_of(open, "HN").figures[2].contribution));
    CHECK(unit_of(open, "HN").figures[2].value == 90.0);
    // The gate of the band looks at the withheld indicator.
    CHECK(unit_of(open, "HN").band == "good");
    CHECK(unit_of(open, "HN").band_reason.empty());
    CHECK(open.disclosure.withheld_figures == 3);
}

TEST_CASE("values that would undo the rounding of a result are left out, states stay") {
    publish::VisibilityRules rules;
    rules.digits = {{"a", 0}};
    const auto board = thuocdo::score(small_model(), small_panel());
    const auto open = publish::publish(publish::AudienceView(board, Visibility::open, rules));
    CHECK(unit_of(open, "HN").figures[2].result == 1.0);
    CHECK(std::isnan(unit_of(open, "HN").figures[2].value));
    // Of a unit that is wholly shown too: with its rank it would narrow withheld totals.
    rules.units = {{"DN", Visibility::restricted}};
    const auto board_without = thuocdo::score(small_model(Visibility::open), small_panel());
    const auto beside =
        publish::publish(publish::AudienceView(board_without, Visibility::open, rules));
    CHECK(std::isnan(unit_of(beside, "HN").figures[2].value));
    CHECK(std::isnan(unit_of(beside, "HN").figures[3].contribution));
    // Nothing at all is withheld: rounding hides nothing.
    rules.units.clear();
    const auto all = publish::publish(publish::AudienceView(board, Visibility::restricted, rules));
    CHECK(unit_of(all, "HN").figures[2].value == 90.0);
}

TEST_CASE("withheld units are not listed, and withheld ranks give no place away") {
    const auto board = thuocdo::score(small_model(), small_panel());
    publish::VisibilityRules rules;
    rules.units = {{"DN", Visibility::restricted}};
    rules.cells = {{"HN", "total", Visibility::restricted}};
    const auto out = publish::publish(publish::AudienceView(board, Visibility::internal, rules));
    REQUIRE(out.units.size() == 2);
    CHECK(out.units[0].code == "CT");
    CHECK(out.units[0].rank == 3.0);
    CHECK(out.units[1].code == "HN");
    CHECK(out.units[1].rank_withheld);
    CHECK(std::isnan(out.units[1].rank));
    CHECK(std::isnan(out.units[1].score));
    CHECK(out.units[1].band.empty());
    CHECK(out.units[0].peers.empty());
    CHECK(out.disclosure.withheld_units == 1);
    CHECK(to_json(out).find("DN") == std::string::npos);
}

TEST_CASE("the order of the units changes no byte") {
    CHECK(to_json(small_publication()) == to_json(small_publication(Visibility::restricted, true)));
    CHECK(tables_of(small_publication()) ==
          tables_of(small_publication(Visibility::restricted, true)));
    CHECK(publish::panel_digest(small_panel()) == publish::panel_digest(small_panel(true)));
    CHECK(publish::panel_digest(small_panel()) != publish::panel_digest(small_panel(false, 41)));
}

TEST_CASE("trend, intervals and overdue tasks follow the visibility") {
    const auto board = thuocdo::score(small_model(), small_panel());
    const auto before = thuocdo::score(small_model(), small_panel(true, 90));
    std::vector<thuocdo::Task> tasks(3);
    for (std::size_t k = 0; k < tasks.size(); ++k) {
        tasks[k].code = "t" + std::to_string(k);
        tasks[k].title = "Task";
        tasks[k].lead = "HN";
        tasks[k].assigned = Date(2026, 1, 5);
        tasks[k].deadline = Date(2026, 9, 1);
    }
    tasks[2].secrecy = thuocdo::TaskSecrecy::secret;
    thuocdo::WorkingCalendarDefinition calendar;
    calendar.code = "vn";
    calendar.years.push_back({});
    calendar.years.front().year = 2026;
    publish::PublishOptions options;
    options.tasks =
        publish::TaskSource{thuocdo::TaskRegister(tasks), thuocdo::WorkingCalendar(calendar),
                            Date(2026, 9, 30), Date(2026, 9, 10)};
    publish::VisibilityRules rules;
    rules.tasks = {{"t1", Visibility::restricted}};
    options.earlier.push_back({"2026-Q2", publish::AudienceView(before, Visibility::open)});
    const auto out =
        publish::publish(publish::AudienceView(board, Visibility::open, rules), options);
    REQUIRE(unit_of(out, "HN").trend.size() == 1);
    CHECK(unit_of(out, "HN").trend[0].score == before.scores()[2]);
    REQUIRE(unit_of(out, "HN").overdue.size() == 1);
    CHECK(unit_of(out, "HN").overdue[0].code == "t0");
    CHECK(unit_of(out, "HN").overdue[0].days_late == 29);
    CHECK(unit_of(out, "HN").overdue[0].carried_over);
    CHECK(unit_of(out, "HN").secret_overdue == 1);
    CHECK(to_json(publish::parse_publication(to_json(out))) == to_json(out));
}

TEST_CASE("changes and remarks of withheld totals are taken out") {
    publish::PublishOptions options;
    for (const char* code : {"HN", "DN", "CT", "gone"}) {
        options.changes.push_back(
            {code, {}, "stayed", 1, 2, 3, 4, {{"own_data", 1}}, {{"peers", 1}}});
        options.remarks[code].moved.push_back({"moved", "chuyển"});
    }
    const auto all = small_publication(Visibility::restricted, false, options);
    REQUIRE(all.changes.size() == 4);
    CHECK(all.changes[0].score_parts.size() == 1);
    CHECK(unit_of(all, "HN").remarks.moved.size() == 1);
    publish::VisibilityRules rules;
    rules.units = {{"DN", Visibility::restricted}};
    rules.cells = {{"HN", "total", Visibility::restricted}};
    const publish::AudienceView view(thuocdo::score(small_model(), small_panel()), Visibility::open,
                                     rules);
    const auto open = publish::publish(view, options);
    REQUIRE(open.changes.size() == 3);
    CHECK(open.changes[0].code == "HN");
    CHECK(std::isnan(open.changes[0].score_before));
    CHECK(std::isnan(open.changes[0].rank_after));
    CHECK(open.changes[1].score_after == 2.0);
    CHECK(open.changes[1].score_parts.empty());
    CHECK(open.changes[1].rank_parts.empty());
    CHECK(unit_of(open, "HN").remarks.moved.empty());
    CHECK(unit_of(open, "CT").remarks.moved.size() == 1);
}

TEST_CASE("a correction needs a reason and what it replaces") {
    publish::PublishOptions options;
    options.version = 2;
    const auto codes = problems_of<DataError>(
        [&] { static_cast<void>(small_publication(Visibility::open, false, options)); });
    REQUIRE(codes.size() == 2);
    CHECK(codes[0].code == "reason_missing");
    CHECK(codes[1].code == "supersedes_missing");
}

TEST_CASE("a publication reads back to the same bytes, and bad documents name every place") {
    for (const auto audience : {Visibility::open, Visibility::restricted}) {
        auto out = small_publication(audience);
        out.changes.push_back({"HN", {"a", "b"}, "stayed", 1, 2, 3, 4, {{"own_data", 1}}, {}});
        out.breaks.push_back({"break", ""});
        out.units[0].remarks.moved.push_back({"", "lên"});
        out.units[1].rank_interval = publish::RankInterval{1, 2};
        const std::string text = to_json(out);
        CHECK(to_json(publish::parse_publication(text)) == text);
    }
    std::string text = to_json(small_publication());
    text.replace(text.find("\"index\""), 7, "\"indx\"");
    text.replace(text.find("72.5"), 4, "\"72,5\"");
    const auto problems =
        problems_of<DataError>([&] { static_cast<void>(publish::parse_publication(text)); });
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].place == "/index");
    CHECK(problems[1].place == "/indx");
    CHECK(problems[2].place == "/units/0/score");
    auto broken = small_publication(Visibility::open);
    broken.units[0].figures[6].value = 3.0;
    broken.units[1].figures.pop_back();
    broken.units[2].name.vi = std::string("a\0b", 3);
    broken.nodes[3].parent = 5;
    broken.nodes[2].code = "first";
    const auto found = problems_of<DataError>([&] { static_cast<void>(to_json(broken)); });
    std::vector<std::string> codes;
    for (const auto& each : found) codes.push_back(each.code);
    CHECK(codes == std::vector<std::string>{"duplicate_code", "bad_parent", "withheld_number",
                                            "figure_count", "nul_character"});
}

TEST_CASE("tables are safe in spreadsheets, and numbers stay numbers") {
    CHECK(publish::spreadsheet_safe("=cmd()") == "'=cmd()");
    CHECK(publish::spreadsheet_safe("\t=1") == "'\t=1");
    CHECK(publish::spreadsheet_safe("Hà Nội") == "Hà Nội");
    CHECK(publish::spreadsheet_safe("").empty());
    auto out = small_publication();
    out.units[2].name.vi = "dài";
    for (int k = 0; k < 100; ++k) out.units[2].name.vi += " dài";
    out.units[0].score = -1.5;
    const std::string table = tables_of(out).at("ranking.csv");
    CHECK(table.find("2,DN,'=cmd()|' /C calc'!A0,<script>alert(1)</script>") != std::string::npos);
    CHECK(table.find(",-1.5,") != std::string::npos);
    CHECK(table.find(out.units[2].name.vi) != std::string::npos);
    for (const auto& table_text : tables_of(out))
        for (const char* formula : {"\n=", ",=", "\n@", ",@", ",+"})
            CHECK_MESSAGE(table_text.second.find(formula) == std::string::npos, table_text.first);
}

}  // namespace publish_tests
