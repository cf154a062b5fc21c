#pragma once
// The members of the JSON objects of a publication, described once for writing and reading:
// an archive is a MemberWriter or a MemberReader.

#include <thuocdo/publish/publication.hpp>

namespace thuocdo::publish::detail {

template <class Archive, class Value>
void members_of_node(Archive& archive, Value& node) {
    archive.required_text("code", node.code);
    archive.label("name", node.name);
    archive.label("description", node.description);
    archive.integer("parent", node.parent);
    archive.integer("depth", node.depth);
    archive.flag("leaf", node.leaf);
    archive.text("role", node.role);
    archive.text("kind", node.kind);
    archive.number("effective_weight", node.effective_weight);
    archive.text("rule", node.rule);
    archive.flag("lower_is_better", node.lower_is_better);
    archive.text("unit", node.unit);
    archive.number_if_any("target", node.target);
    archive.number_if_any("best", node.best);
    archive.text("source", node.source);
    archive.text("owner", node.owner);
    archive.word("visibility", node.visibility);
    archive.flag("withheld", node.withheld);
    archive.integer_if_any("digits", node.digits);
}

template <class Archive, class Value>
void members_of_figure(Archive& archive, Value& figure) {
    archive.flag("withheld", figure.withheld);
    if (figure.withheld) return;
    archive.number("result", figure.result);
    archive.number_if_any("contribution", figure.contribution);
    archive.number_if_any("value", figure.value);
    archive.number_if_any("numerator", figure.numerator);
    archive.number_if_any("denominator", figure.denominator);
    archive.state("state", figure.state);
    archive.flag("imputed", figure.imputed);
    archive.text("source", figure.source);
    archive.date("date", figure.date);
}

template <class Archive, class Value>
void members_of_task(Archive& archive, Value& task) {
    archive.required_text("code", task.code);
    archive.text("title", task.title);
    archive.text("document", task.document);
    archive.text("person", task.person);
    archive.label("position", task.position);
    archive.day("deadline", task.deadline);
    archive.integer("days_late", task.days_late);
    archive.flag("carried_over", task.carried_over);
}

template <class Archive, class Value>
void members_of_trend(Archive& archive, Value& point) {
    archive.required_text("period", point.period);
    archive.number("score", point.score);
    archive.number("rank", point.rank);
}

template <class Archive, class Value>
void members_of_remarks(Archive& archive, Value& remarks) {
    archive.labels("held_back", remarks.held_back);
    archive.labels("moved", remarks.moved);
    archive.labels("nearest", remarks.nearest);
}

template <class Archive, class Value>
void members_of_interval(Archive& archive, Value& interval) {
    archive.number("low", interval.low);
    archive.number("high", interval.high);
}

template <class Archive, class Value>
void members_of_unit(Archive& archive, Value& unit) {
    archive.required_text("code", unit.code);
    archive.label("name", unit.name);
    archive.text("level", unit.level);
    archive.text("kind", unit.kind);
    archive.text("parent", unit.parent);
    archive.text_map("groups", unit.groups);
    archive.number("rank", unit.rank);
    archive.number("score", unit.score);
    archive.object_if_any("rank_interval", unit.rank_interval,
                          [](auto& in, auto& value) { members_of_interval(in, value); });
    archive.number_map("ranks_within", unit.ranks_within);
    archive.text("band", unit.band);
    archive.text("band_reason", unit.band_reason);
    archive.number("coverage", unit.coverage);
    archive.texts("flags", unit.flags);
    archive.flag("rank_withheld", unit.rank_withheld);
    archive.flag("band_withheld", unit.band_withheld);
    archive.list("figures", unit.figures,
                 [](auto& in, auto& value) { members_of_figure(in, value); });
    archive.texts("peers", unit.peers);
    archive.list("trend", unit.trend, [](auto& in, auto& value) { members_of_trend(in, value); });
    archive.list("overdue", unit.overdue,
                 [](auto& in, auto& value) { members_of_task(in, value); });
    archive.count("secret_overdue", unit.secret_overdue);
    archive.object("remarks", unit.remarks,
                   [](auto& in, auto& value) { members_of_remarks(in, value); });
}

template <class Archive, class Value>
void members_of_change(Archive& archive, Value& change) {
    archive.required_text("code", change.code);
    archive.label("name", change.name);
    archive.text("status", change.status);
    archive.number("score_before", change.score_before);
    archive.number("score_after", change.score_after);
    archive.number("rank_before", change.rank_before);
    archive.number("rank_after", change.rank_after);
    archive.number_map("score_parts", change.score_parts);
    archive.number_map("rank_parts", change.rank_parts);
}

template <class Archive, class Value>
void members_of_band(Archive& archive, Value& band) {
    archive.required_text("code", band.code);
    archive.label("name", band.name);
    archive.text("range", band.range);
}

template <class Archive, class Value>
void members_of_note(Archive& archive, Value& note) {
    archive.label("heading", note.heading);
    archive.labels("paragraphs", note.paragraphs);
}

template <class Archive, class Value>
void members_of_disclosure(Archive& archive, Value& record) {
    archive.count("withheld_units", record.withheld_units);
    archive.count("withheld_figures", record.withheld_figures);
    archive.flag("audited", record.audited);
    archive.number_if_any("safe_width", record.safe_width);
    archive.count("unsafe_figures", record.unsafe_figures);
    archive.text("forced_reason", record.forced_reason);
}

template <class Archive, class Value>
void members_of_publication(Archive& archive, Value& out) {
    archive.format("thuocdo_publication");
    archive.required_text("index", out.index);
    archive.text("model_version", out.model_version);
    archive.label("title", out.title);
    archive.label("description", out.description);
    archive.text("period", out.period);
    archive.word("audience", out.audience);
    archive.integer("version", out.version);
    archive.text("reason", out.reason);
    archive.text("supersedes", out.supersedes);
    archive.date("published_on", out.published_on);
    archive.date("as_of", out.as_of);
    archive.date("data_from", out.data_from);
    archive.date("data_to", out.data_to);
    archive.text("model_status", out.model_status);
    archive.text("model_source", out.model_source);
    archive.text("library_version", out.library_version);
    archive.text("model_digest", out.model_digest);
    archive.text("data_digest", out.data_digest);
    archive.text("results_digest", out.results_digest);
    archive.list("nodes", out.nodes, [](auto& in, auto& value) { members_of_node(in, value); });
    archive.list("units", out.units, [](auto& in, auto& value) { members_of_unit(in, value); });
    archive.list("bands", out.bands, [](auto& in, auto& value) { members_of_band(in, value); });
    archive.number_if_any("interval_level", out.interval_level);
    archive.label("interval_note", out.interval_note);
    archive.text("previous_period", out.previous_period);
    archive.list("changes", out.changes,
                 [](auto& in, auto& value) { members_of_change(in, value); });
    archive.labels("breaks", out.breaks);
    archive.list("method", out.method, [](auto& in, auto& value) { members_of_note(in, value); });
    archive.texts("notices", out.notices);
    archive.object("disclosure", out.disclosure,
                   [](auto& in, auto& value) { members_of_disclosure(in, value); });
}

}  // namespace thuocdo::publish::detail
