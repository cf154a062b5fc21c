#pragma once
/// @file
/// Fills a publication from a view of a scoreboard.

#include <thuocdo/explain/describe_rule.hpp>
#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/publish/audience_view.hpp>
#include <thuocdo/publish/detail/method_note.hpp>
#include <thuocdo/publish/detail/published_unit.hpp>
#include <thuocdo/publish/panel_digest.hpp>
#include <thuocdo/publish/publication.hpp>
#include <thuocdo/publish/publish_options.hpp>
#include <thuocdo/tasks/accountability.hpp>
#include <thuocdo/version.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish::detail {

/// A salted digest says by its prefix that it is one.
inline constexpr const char* salted_prefix = "salted-";
inline constexpr std::size_t shortest_salt = 16;

[[nodiscard]] inline std::string salted_digest(const std::string& digest, const std::string& salt) {
    FieldHash hash;
    hash.text(salt);
    hash.text(digest);
    return salted_prefix + hash.hex();
}

class PublicationBuilder {
  public:
    PublicationBuilder(const AudienceView& view, const PublishOptions& options)
        : view_(view),
          board_(view.board()),
          model_(board_.model()),
          options_(options),
          everything_(view.shows_all()) {}

    [[nodiscard]] Publication build() {
        check();
        identify();
        add_nodes();
        for (const Index unit : listed_units()) add_unit(unit);
        add_peers();
        if (options_.tasks) add_tasks(*options_.tasks);
        add_bands();
        out_.previous_period = options_.previous_period;
        for (const PublishedChange& each : options_.changes) add_change(each);
        out_.breaks = options_.breaks;
        if (everything_) out_.notices = board_.notices();
        out_.notices.insert(out_.notices.end(), options_.notices.begin(), options_.notices.end());
        record_disclosure();
        out_.method = MethodWriter(view_).write(out_);
        return std::move(out_);
    }

  private:
    void check() const {
        std::vector<Problem> problems;
        const auto report = [&](const char* code, const char* option, std::string found,
                                std::string expected, std::string remedy) {
            problems.push_back({code, std::string("option \"") + option + '"', std::move(found),
                                std::move(expected), std::move(remedy)});
        };
        if (options_.version < 1)
            report("bad_version", "version", std::to_string(options_.version), "1 or more",
                   "number the versions of a period from 1");
        const bool correction = options_.version > 1;
        if (correction && options_.reason.empty())
            report("reason_missing", "reason", "no reason for a correction", "why it is made",
                   "say what was wrong");
        if (!correction && !options_.reason.empty())
            report("reason_unexpected", "reason", '"' + options_.reason + '"',
                   "none for the first version", "leave it out");
        if (correction && options_.supersedes.empty())
            report("supersedes_missing", "supersedes", "nothing",
                   "the digest of the manifest of the version before",
                   "publish_version() fills it in");
        if (!options_.digest_salt.empty() && options_.digest_salt.size() < shortest_salt)
            report("salt_too_short", "digest_salt",
                   std::to_string(options_.digest_salt.size()) + " bytes",
                   std::to_string(shortest_salt) + " bytes or more", "take random bytes");
        const std::string& group = options_.peer_group;
        if (!group.empty() && group != "level" && !board_.units().grouping(group))
            report("unknown_attribute", "peer_group", '"' + group + '"',
                   "level, kind, parent or a group that units have", "correct the name");
        if (options_.intervals &&
            options_.intervals->uncertainty.board().digest() != board_.digest())
            report("other_ranking", "intervals", "draws about another scoreboard",
                   "draws about the scoreboard that is published", "run them again");
        if (!problems.empty())
            throw DataError("the publication cannot be made", std::move(problems));
    }

    void identify() {
        const ModelDefinition& definition = model_.definition();
        out_.index = model_.id();
        out_.model_version = model_.version();
        out_.title = model_.name();
        out_.description = definition.description;
        out_.period = options_.period.empty() ? board_.panel().period() : options_.period;
        out_.audience = view_.audience();
        out_.version = options_.version;
        out_.reason = options_.reason;
        out_.supersedes = options_.supersedes;
        out_.published_on = options_.published_on;
        out_.as_of = board_.as_of();
        out_.model_status = thuocdo::detail::name_of(definition.status);
        out_.model_source = definition.source;
        out_.library_version = thuocdo::version();
        out_.model_digest = model_.digest();
        if (options_.intervals) {
            out_.interval_level = options_.intervals->level;
            out_.interval_note = options_.intervals->note;
        }
        if (!everything_ && options_.digest_salt.empty()) return;
        out_.data_digest = panel_digest(board_.panel(), model_.indicators());
        out_.results_digest = board_.digest();
        if (everything_) return;
        out_.data_digest = salted_digest(out_.data_digest, options_.digest_salt);
        out_.results_digest = salted_digest(out_.results_digest, options_.digest_salt);
    }

    void add_nodes() {
        const auto order = model_.document_order();
        std::vector<Index> position(order.size(), -1);
        for (std::size_t k = 0; k < order.size(); ++k)
            position[static_cast<std::size_t>(order[k])] = static_cast<Index>(k);
        for (const Index index : order) {
            const Node& node = model_.node(index);
            PublishedNode each;
            each.code = node.code;
            each.name = node.name;
            each.description = node.description;
            each.parent = node.parent < 0 ? -1 : position[static_cast<std::size_t>(node.parent)];
            each.depth = node.depth;
            each.leaf = node.is_leaf();
            each.role = thuocdo::detail::name_of(node.role);
            if (node.kind) each.kind = thuocdo::detail::name_of(*node.kind);
            each.effective_weight = board_.effective_weight(index);
            each.best = node.points.value_or(node.multiplier);
            each.source = node.source;
            each.owner = node.owner;
            each.visibility = node.visibility;
            each.withheld = !view_.shows_node(index);
            each.digits = view_.digits(index);
            if (each.leaf)
                describe_leaf(each, node, index);
            else
                each.rule = aggregation_name(node.aggregate);
            out_.nodes.push_back(std::move(each));
        }
    }

    void describe_leaf(PublishedNode& each, const Node& node, Index index) const {
        const auto* leaf = thuocdo::detail::leaf_program(board_.data(), index);
        each.target = leaf->target;
        each.rule = describe_rule(node, leaf->target);
        each.lower_is_better = node.direction == Direction::lower_is_better;
        each.unit = node.unit;
        if (const Derivation* derived = model_.find_derived(node.indicator)) {
            if (each.unit.empty()) each.unit = derived->unit;
            if (!derived->source.empty()) each.source = derived->source;
            each.rule += ", x = " + derived->expression.text;
        }
    }

    /// Shown units from best to worst, then by code those whose place is not shown.
    [[nodiscard]] std::vector<Index> listed_units() const {
        std::vector<Index> order;
        std::vector<Index> last;
        for (const Index unit : board_.ranked_units()) {
            if (!view_.shows_unit(unit)) continue;
            (view_.shows_rank(unit) && !std::isnan(board_.ranks()[unit]) ? order : last)
                .push_back(unit);
        }
        std::sort(last.begin(), last.end(), [&](Index a, Index b) {
            return board_.units().code(a) < board_.units().code(b);
        });
        order.insert(order.end(), last.begin(), last.end());
        return order;
    }

    void add_unit(Index unit) {
        PublishedUnit each = UnitWriter(view_, unit, everything_).write();
        if (options_.intervals && view_.shows_rank(unit)) {
            const auto& source = *options_.intervals;
            // The draws may have the units in another order.
            const Index drawn = source.uncertainty.index_of(each.code);
            const robust::Interval range = source.uncertainty.rank_interval(drawn, source.level);
            if (!std::isnan(range.lower))
                each.rank_interval = RankInterval{range.lower, range.upper};
        }
        for (const EarlierView& earlier : options_.earlier) add_trend(each, unit, earlier);
        const auto remarks = options_.remarks.find(each.code);
        if (remarks != options_.remarks.end() && view_.shows(unit, 0) && view_.shows_rank(unit))
            each.remarks = remarks->second;
        note_dates(each);
        out_.units.push_back(std::move(each));
    }

    void add_change(PublishedChange change) {
        if (!everything_ && !options_.change_parts_although_withheld) {
            change.score_parts.clear();
            change.rank_parts.clear();
        }
        // A unit that left is not on the board.
        if (const auto unit = board_.units().find(change.code)) {
            if (!view_.shows_unit(*unit)) return;
            if (!view_.shows(*unit, 0)) {
                change.score_before = change.score_after = missing_value;
                change.score_parts.clear();
            }
            if (!view_.shows_rank(*unit)) {
                change.rank_before = change.rank_after = missing_value;
                change.rank_parts.clear();
            }
        }
        out_.changes.push_back(std::move(change));
    }

    void add_trend(PublishedUnit& each, Index unit, const EarlierView& earlier) const {
        const Scoreboard& before = earlier.view.board();
        const auto found = before.units().find(each.code);
        if (!found) return;
        TrendPoint point;
        point.period = earlier.period;
        if (view_.shows(unit, 0)) point.score = earlier.view.printed(*found, 0);
        if (view_.shows_rank(unit) && earlier.view.shows_rank(*found))
            point.rank = before.ranks()[*found];
        if (!std::isnan(point.score) || !std::isnan(point.rank))
            each.trend.push_back(std::move(point));
    }

    void note_dates(const PublishedUnit& unit) {
        for (const PublishedFigure& figure : unit.figures) {
            if (!figure.date) continue;
            if (!out_.data_from || *figure.date < *out_.data_from) out_.data_from = figure.date;
            if (!out_.data_to || *figure.date > *out_.data_to) out_.data_to = figure.date;
        }
    }

    /// The group of a unit inside which its peers are.
    [[nodiscard]] std::string group_of(const PublishedUnit& unit) const {
        const std::string& name = options_.peer_group;
        if (name.empty()) return {};
        if (name == "level") return unit.level;
        if (name == "kind") return unit.kind;
        if (name == "parent") return unit.parent;
        const auto found = unit.groups.find(name);
        return found == unit.groups.end() ? std::string() : found->second;
    }

    /// By the printed scores alone, so that they tell nothing more.
    void add_peers() {
        std::map<std::string, std::vector<std::size_t>> groups;
        for (std::size_t k = 0; k < out_.units.size(); ++k)
            if (!std::isnan(out_.units[k].score)) groups[group_of(out_.units[k])].push_back(k);
        for (const auto& [group, members] : groups)
            for (const std::size_t k : members) {
                PublishedUnit& unit = out_.units[k];
                std::vector<std::pair<double, std::string>> others;
                for (const std::size_t other : members)
                    if (other != k)
                        others.emplace_back(std::abs(out_.units[other].score - unit.score),
                                            out_.units[other].code);
                const std::size_t count = std::min(options_.peers, others.size());
                std::partial_sort(others.begin(),
                                  others.begin() + static_cast<std::ptrdiff_t>(count),
                                  others.end());
                for (std::size_t p = 0; p < count; ++p)
                    unit.peers.push_back(std::move(others[p].second));
            }
    }

    void add_tasks(const TaskSource& source) {
        std::map<std::string, PublishedUnit*> by_code;
        for (PublishedUnit& unit : out_.units) by_code[unit.code] = &unit;
        const OverdueList list = overdue_list(source.tasks, source.on, source.calendar,
                                              {TaskGroup::lead, source.earlier, false});
        for (const OverdueGroup& group : list.groups) {
            const auto found = by_code.find(group.code);
            if (found == by_code.end()) continue;
            found->second->secret_overdue = group.secret;
            for (const OverdueRow& row : group.rows)
                if (view_.shows_task(row.code))
                    found->second->overdue.push_back({row.code, row.title, row.document, row.person,
                                                      row.position, row.deadline,
                                                      row.late.calendar_days, row.carried_over});
        }
    }

    void add_bands() {
        const auto& scale = model_.definition().bands;
        if (!scale) return;
        for (std::size_t k = 0; k < scale->bands.size(); ++k)
            out_.bands.push_back(
                {scale->bands[k].code, scale->bands[k].name, band_interval(*scale, k)});
    }

    void record_disclosure() {
        out_.disclosure = options_.disclosure;
        out_.disclosure.withheld_units = 0;
        out_.disclosure.withheld_figures = 0;
        for (Index unit = 0; unit < board_.unit_count(); ++unit) {
            if (!view_.shows_unit(unit)) {
                ++out_.disclosure.withheld_units;
                continue;
            }
            for (Index node = 0; node < model_.node_count(); ++node)
                if (!view_.shows(unit, node)) ++out_.disclosure.withheld_figures;
        }
    }

    const AudienceView& view_;
    const Scoreboard& board_;
    const IndexModel& model_;
    const PublishOptions& options_;
    bool everything_;
    Publication out_;
};

}  // namespace thuocdo::publish::detail
