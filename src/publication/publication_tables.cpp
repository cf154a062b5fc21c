#include <thuocdo/io/csv_writer.hpp>
#include <thuocdo/publish/publication_tables.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <set>
#include <vector>

namespace thuocdo::publish {
namespace detail {
namespace {

/// One table of a publication.
class TableWriter {
  public:
    TableWriter() {
        // Nothing of the data: a spreadsheet would cut a note at its commas.
        csv_.note("Text that a spreadsheet would read as a formula has an apostrophe before it.");
    }

    void header(std::initializer_list<const char*> names) {
        for (const char* name : names) csv_.field(std::string_view(name));
    }
    TableWriter& text(std::string_view value) {
        csv_.field(std::string_view(spreadsheet_safe(value)));
        return *this;
    }
    TableWriter& label(const Label& value) { return text(value.vi).text(value.en); }
    TableWriter& number(double value) {
        csv_.field(value);
        return *this;
    }
    template <class Integer>
    TableWriter& integer(Integer value) {
        csv_.field(std::string_view(std::to_string(value)));
        return *this;
    }
    TableWriter& yes(bool value) {
        csv_.field(std::string_view(value ? "yes" : ""));
        return *this;
    }
    TableWriter& day(const std::optional<Date>& value) {
        return text(value && !value->is_special() ? to_iso(*value) : std::string());
    }
    void end_row() { csv_.end_row(); }
    [[nodiscard]] std::string take() { return csv_.take(); }

  private:
    io::CsvWriter csv_;
};

/// Every key that occurs in a map of some entries.
template <class Entries, class Member>
std::set<std::string> keys_of(const Entries& entries, Member member) {
    std::set<std::string> keys;
    for (const auto& each : entries)
        for (const auto& [key, value] : each.*member) keys.insert(key);
    return keys;
}

double value_at(const std::map<std::string, double>& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? missing_value : found->second;
}

std::string joined_texts(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& each : texts) out += (out.empty() ? "" : "; ") + each;
    return out;
}

std::string ranking_table(const Publication& publication) {
    TableWriter out;
    const auto within = keys_of(publication.units, &PublishedUnit::ranks_within);
    out.header({"rank", "code", "name", "name_en", "level", "kind", "parent", "score", "rank_low",
                "rank_high", "band", "band_reason", "coverage", "flags", "withheld"});
    for (const std::string& each : within) out.text("rank_within:" + each);
    out.end_row();
    for (const PublishedUnit& unit : publication.units) {
        const RankInterval interval = unit.rank_interval.value_or(RankInterval{});
        const bool withheld = unit.rank_withheld || unit.band_withheld ||
                              (!unit.figures.empty() && unit.figures.front().withheld);
        out.number(unit.rank).text(unit.code).label(unit.name).text(unit.level).text(unit.kind);
        out.text(unit.parent).number(unit.score).number(interval.low).number(interval.high);
        out.text(unit.band).text(unit.band_reason).number(unit.coverage);
        out.text(joined_texts(unit.flags)).yes(withheld);
        for (const std::string& each : within) out.number(value_at(unit.ranks_within, each));
        out.end_row();
    }
    return out.take();
}

std::string results_table(const Publication& publication) {
    TableWriter out;
    out.header({"unit", "node", "result", "contribution", "withheld"});
    out.end_row();
    for (const PublishedUnit& unit : publication.units)
        for (std::size_t k = 0; k < unit.figures.size(); ++k) {
            const PublishedFigure& figure = unit.figures[k];
            out.text(unit.code).text(publication.nodes[k].code).number(figure.result);
            out.number(figure.contribution).yes(figure.withheld);
            out.end_row();
        }
    return out.take();
}

std::string values_table(const Publication& publication) {
    TableWriter out;
    out.header({"unit", "indicator", "value", "numerator", "denominator", "state", "imputed",
                "source", "date", "withheld"});
    out.end_row();
    for (const PublishedUnit& unit : publication.units)
        for (std::size_t k = 0; k < unit.figures.size(); ++k) {
            if (!publication.nodes[k].leaf) continue;
            const PublishedFigure& figure = unit.figures[k];
            out.text(unit.code).text(publication.nodes[k].code).number(figure.value);
            out.number(figure.numerator).number(figure.denominator);
            out.text(figure.withheld ? "" : cell_state_name(figure.state)).yes(figure.imputed);
            out.text(figure.source).day(figure.date).yes(figure.withheld);
            out.end_row();
        }
    return out.take();
}

std::string definitions_table(const Publication& publication) {
    TableWriter out;
    out.header(
        {"code",     "name",        "name_en",          "parent", "depth",           "leaf",
         "role",     "kind",        "effective_weight", "rule",   "lower_is_better", "unit",
         "target",   "best",        "source",           "owner",  "visibility",      "digits",
         "withheld", "description", "description_en"});
    out.end_row();
    constexpr std::array<const char*, 3> visibilities{"public", "internal", "restricted"};
    for (const PublishedNode& node : publication.nodes) {
        const bool root = node.parent < 0;
        out.text(node.code).label(node.name);
        out.text(root ? std::string()
                      : publication.nodes[static_cast<std::size_t>(node.parent)].code);
        out.integer(node.depth).yes(node.leaf).text(node.role).text(node.kind);
        out.number(node.effective_weight).text(node.rule).yes(node.lower_is_better);
        out.text(node.unit).number(node.target).number(node.best).text(node.source);
        out.text(node.owner).text(visibilities[static_cast<std::size_t>(node.visibility)]);
        out.text(node.digits ? std::to_string(*node.digits) : std::string()).yes(node.withheld);
        out.label(node.description);
        out.end_row();
    }
    return out.take();
}

std::string changes_table(const Publication& publication) {
    TableWriter out;
    const auto score_parts = keys_of(publication.changes, &PublishedChange::score_parts);
    const auto rank_parts = keys_of(publication.changes, &PublishedChange::rank_parts);
    out.header({"code", "name", "name_en", "status", "score_before", "score_after", "rank_before",
                "rank_after"});
    for (const std::string& each : score_parts) out.text("score:" + each);
    for (const std::string& each : rank_parts) out.text("rank:" + each);
    out.end_row();
    for (const PublishedChange& change : publication.changes) {
        out.text(change.code).label(change.name).text(change.status);
        out.number(change.score_before).number(change.score_after);
        out.number(change.rank_before).number(change.rank_after);
        for (const std::string& each : score_parts) out.number(value_at(change.score_parts, each));
        for (const std::string& each : rank_parts) out.number(value_at(change.rank_parts, each));
        out.end_row();
    }
    return out.take();
}

std::string overdue_table(const Publication& publication) {
    TableWriter out;
    out.header({"unit", "task", "title", "document", "person", "position", "position_en",
                "deadline", "days_late", "carried_over", "secret_tasks"});
    out.end_row();
    for (const PublishedUnit& unit : publication.units) {
        for (const PublishedTask& task : unit.overdue) {
            out.text(unit.code).text(task.code).text(task.title).text(task.document);
            out.text(task.person).label(task.position).day(task.deadline).integer(task.days_late);
            out.yes(task.carried_over).text("");
            out.end_row();
        }
        if (unit.secret_overdue == 0) continue;
        out.text(unit.code);
        constexpr int columns_of_a_task = 9;
        for (int column = 0; column < columns_of_a_task; ++column) out.text("");
        out.integer(unit.secret_overdue);
        out.end_row();
    }
    return out.take();
}

}  // namespace
}  // namespace detail

std::string spreadsheet_safe(std::string_view text) {
    constexpr std::array<std::string_view, 11> dangerous{"=",
                                                         "+",
                                                         "-",
                                                         "@",
                                                         "\t",
                                                         "\r",
                                                         "\n",
                                                         "\xef\xbc\x9d",
                                                         "\xef\xbc\x8b",
                                                         "\xef\xbc\x8d",
                                                         "\xef\xbc\xa0"};
    const bool guarded = std::any_of(dangerous.begin(), dangerous.end(),
                                     [&](std::string_view each) { return text.starts_with(each); });
    return (guarded ? "'" : "") + std::string(text);
}

std::map<std::string, std::string> tables_of(const Publication& publication) {
    return {{"changes.csv", detail::changes_table(publication)},
            {"definitions.csv", detail::definitions_table(publication)},
            {"overdue.csv", detail::overdue_table(publication)},
            {"ranking.csv", detail::ranking_table(publication)},
            {"results.csv", detail::results_table(publication)},
            {"values.csv", detail::values_table(publication)}};
}

}  // namespace thuocdo::publish
