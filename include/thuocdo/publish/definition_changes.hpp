#pragma once
/// @file
/// What changed between two models, in words, and which series it breaks.

#include <thuocdo/model/index_model.hpp>
#include <thuocdo/publish/detail/json_members.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// One thing that two models say differently. Nodes are matched by code, with defaults and
/// what they inherit filled in, so that a changed default shows at every node that it reaches.
struct DefinitionChange {
    /// Code of the node; empty for the model as a whole.
    std::string node{};
    Label name{};
    /// The member of the document, e.g. `weight` or `score`; `parent` for a node that moved,
    /// `expression` of a derived indicator; empty for a node that only one model has.
    std::string member{};
    /// JSON text in each model; empty for a default, and where the model has no such node.
    std::string before{};
    std::string after{};
    /// Only where `member` is empty: whether the node is new.
    bool added = false;

    friend bool operator==(const DefinitionChange&, const DefinitionChange&) = default;

    /// The change as a phrase, e.g. `weight of "Education": 1 -> 2`.
    [[nodiscard]] Label text() const {
        const Label shown = name.empty() ? Label{node, node} : name;
        const auto quoted = [](const std::string& text) { return "\"" + text + '"'; };
        if (member.empty())
            return {(added ? "added " : "removed ") + quoted(shown.in(false)),
                    (added ? "thêm " : "bỏ ") + quoted(shown.in(true))};
        const auto value = [](const std::string& json, const char* none) {
            return json.empty() ? std::string(none) : json;
        };
        const Label what = member_label();
        const bool whole = node.empty();
        return {what.en + (whole ? "" : " of " + quoted(shown.in(false))) + ": " +
                    value(before, "default") + " -> " + value(after, "default"),
                what.vi + (whole ? "" : " của " + quoted(shown.in(true))) + ": " +
                    value(before, "mặc định") + " -> " + value(after, "mặc định")};
    }

  private:
    [[nodiscard]] Label member_label() const {
        static const std::map<std::string, Label, std::less<>> labels{
            {"weight", {"weight", "trọng số"}},
            {"points", {"points", "điểm tối đa"}},
            {"scale", {"scale", "thang điểm"}},
            {"role", {"role", "vai trò"}},
            {"score", {"score rule", "quy tắc chấm điểm"}},
            {"targets", {"targets", "mục tiêu"}},
            {"target_path", {"path between targets", "lộ trình mục tiêu"}},
            {"direction", {"direction", "chiều tốt"}},
            {"aggregate", {"aggregation", "cách tổng hợp"}},
            {"weights", {"weighting", "cách gán trọng số"}},
            {"missing", {"rule for missing values", "quy tắc khi thiếu số liệu"}},
            {"zero_denominator", {"rule for a zero denominator", "quy tắc khi mẫu số bằng 0"}},
            {"minimum_coverage", {"minimum coverage", "độ phủ tối thiểu"}},
            {"rounding", {"rounding", "làm tròn"}},
            {"cap", {"cap", "mức trần"}},
            {"floor", {"floor", "mức sàn"}},
            {"indicator", {"indicator", "chỉ tiêu"}},
            {"unit", {"unit of measure", "đơn vị tính"}},
            {"reference_period", {"reference period", "kỳ so sánh"}},
            {"parent", {"parent", "nhóm cha"}},
            {"expression", {"expression", "công thức"}},
            {"name", {"name", "tên"}},
            {"description", {"description", "mô tả"}},
            {"source", {"source", "nguồn"}},
            {"owner", {"owner", "cơ quan phụ trách"}},
            {"visibility", {"visibility", "phạm vi công khai"}},
            {"bands", {"bands", "thang xếp loại"}},
            {"ranking", {"ranking", "cách xếp hạng"}},
            {"preparation", {"preparation", "xử lý số liệu"}},
            {"cohort", {"cohort", "đối tượng đánh giá"}},
            {"version", {"version", "phiên bản"}}};
        const auto found = labels.find(member);
        return found == labels.end() ? Label{member, member} : found->second;
    }
};

/// A node of both models whose results before and after must not be compared, and why.
struct SeriesBreak {
    std::string code{};
    Label name{};
    /// Members of the node itself that changed its results, `children` where the set of its
    /// children changed, `weight of CODE`, `preparation` of the whole model.
    std::vector<std::string> reasons{};
    /// Codes of children whose own series break.
    std::vector<std::string> below{};

    friend bool operator==(const SeriesBreak&, const SeriesBreak&) = default;
};

/// Everything that differs between two models.
struct DefinitionChanges {
    std::vector<DefinitionChange> changes{};
    /// As the second model lists its nodes.
    std::vector<SeriesBreak> breaks{};

    [[nodiscard]] const SeriesBreak* find_break(std::string_view code) const noexcept {
        for (const SeriesBreak& each : breaks)
            if (each.code == code) return &each;
        return nullptr;
    }
};

namespace detail {

/// Names and JSON texts of a node of a model, defaults and inheritance filled in.
using Members = std::map<std::string, std::string>;

[[nodiscard]] inline Members node_members(const IndexModel& model, const Node& node) {
    NodeDefinition out;
    out.code = node.code;
    out.name = node.name;
    out.description = node.description;
    out.weight = node.role == Role::scored ? node.weight : 1.0;
    out.points = node.points;
    const bool usual = node.multiplier == 1.0 || node.multiplier == node.points;
    if (!usual) out.scale = node.multiplier;
    out.role = node.role;
    if (node.cap < std::numeric_limits<double>::infinity()) out.cap = node.cap;
    if (node.floor > -std::numeric_limits<double>::infinity()) out.floor = node.floor;
    out.rounding = node.rounding;
    out.missing = node.missing;
    out.visibility = node.visibility;
    out.kind = node.kind;
    out.owner = node.owner;
    out.source = node.source;
    if (node.is_leaf()) {
        out.score = node.score;
        out.indicator = node.indicator;
        out.unit = node.unit;
        out.direction = node.direction;
        out.targets = node.targets;
        out.target_path = node.target_path;
        out.zero_denominator = node.zero_denominator;
        out.reference_period = node.reference_period;
    } else {
        out.aggregate = node.aggregate;
        out.weights = node.weights;
        out.minimum_coverage = node.minimum_coverage;
    }
    const thuocdo::detail::DefinitionWriter writer(MemberOrder::documented);
    Members members;
    for (auto& [name, value] : json_members(writer.lone_node(std::move(out))))
        members.emplace(name, value);
    if (node.parent >= 0) members["parent"] = '"' + model.node(node.parent).code + '"';
    return members;
}

/// Expressions of derived indicators by code.
[[nodiscard]] inline Members expressions(const IndexModel& model) {
    Members out;
    for (const Derivation& each : model.derived())
        out[each.code] = thuocdo::detail::json_string(expression::to_text(each.expression));
    return out;
}

/// The expressions that an indicator is computed by, those of its arguments included.
inline void expressions_of(const IndexModel& model, const std::string& code, Members& out) {
    const Derivation* derived = model.find_derived(code);
    if (!derived || out.contains(code)) return;
    out[code] = expression::to_text(derived->expression);
    for (const std::string& read : derived->expression.indicators())
        expressions_of(model, read, out);
}

/// The members of a whole document that are not part of its nodes.
[[nodiscard]] inline Members model_members(const IndexModel& model) {
    Members members;
    for (auto& [name, value] : json_members(model.canonical()))
        if (name != "root" && name != "defaults" && name != "derived") members.emplace(name, value);
    return members;
}

/// Calls `changed(name, before, after)` for members that differ, in the order of names.
template <class Changed>
void compare_members(const Members& before, const Members& after, Changed&& changed) {
    static const std::string none;
    Members names = before;
    names.insert(after.begin(), after.end());
    for (const auto& [name, value] : names) {
        const auto first = before.find(name);
        const auto second = after.find(name);
        const std::string& old_text = first == before.end() ? none : first->second;
        const std::string& new_text = second == after.end() ? none : second->second;
        if (old_text != new_text) changed(name, old_text, new_text);
    }
}

/// Finds the changes and then, from the leaves up, the breaks.
class DefinitionComparison {
  public:
    DefinitionComparison(const IndexModel& before, const IndexModel& after)
        : before_(before), after_(after) {}

    [[nodiscard]] DefinitionChanges run() {
        bool preparation = false;
        compare_members(model_members(before_), model_members(after_),
                        [&](const std::string& name, const std::string& b, const std::string& a) {
                            preparation = preparation || name == "preparation";
                            add({}, {}, name, b, a);
                        });
        compare_members(expressions(before_), expressions(after_),
                        [&](const std::string& code, const std::string& b, const std::string& a) {
                            const IndexModel& model = a.empty() ? before_ : after_;
                            add(code, model.find_derived(code)->name, "expression", b, a);
                        });
        for (const Index index : before_.document_order())
            if (const Node& node = before_.node(index); !after_.find(node.code))
                out_.changes.push_back({node.code, node.name, {}, {}, {}, false});
        std::map<Index, SeriesBreak> found;
        // Children come after their parents in the list of nodes.
        for (Index index = after_.node_count(); index-- > 0;)
            if (const auto old_index = before_.find(after_.node(index).code))
                look_at(index, *old_index, preparation, found);
        for (const Index index : after_.document_order()) {
            const Node& node = after_.node(index);
            if (!before_.find(node.code))
                out_.changes.push_back({node.code, node.name, {}, {}, {}, true});
            else
                compare_nodes(node);
            if (const auto each = found.find(index); each != found.end())
                out_.breaks.push_back(std::move(each->second));
        }
        return std::move(out_);
    }

  private:
    void add(const std::string& node, const Label& name, const std::string& member,
             const std::string& before, const std::string& after) {
        out_.changes.push_back({node, name, member, before, after, false});
    }

    void compare_nodes(const Node& node) {
        compare_members(node_members(before_, before_.node(before_.index_of(node.code))),
                        node_members(after_, node),
                        [&](const std::string& member, const std::string& b, const std::string& a) {
                            add(node.code, node.name, member, b, a);
                        });
    }

    /// Whether a member changes the results of its node.
    [[nodiscard]] static bool matters(const std::string& member, const Node& before,
                                      const Node& after) {
        static constexpr std::array<std::string_view, 15> members{
            "points",           "scale",     "score",
            "indicator",        "unit",      "reference_period",
            "direction",        "aggregate", "weights",
            "minimum_coverage", "cap",       "floor",
            "rounding",         "missing",   "zero_denominator"};
        if (member == "targets" || member == "target_path")
            return needs_dated_target(before.score) || needs_dated_target(after.score);
        return std::find(members.begin(), members.end(), member) != members.end();
    }

    void look_at(Index index, Index old_index, bool preparation,
                 std::map<Index, SeriesBreak>& found) const {
        const Node& node = after_.node(index);
        const Node& old_node = before_.node(old_index);
        SeriesBreak out{node.code, node.name, {}, {}};
        compare_members(node_members(before_, old_node), node_members(after_, node),
                        [&](const std::string& member, const std::string&, const std::string&) {
                            if (matters(member, old_node, node)) out.reasons.push_back(member);
                        });
        Members read_before;
        Members read_after;
        if (old_node.is_leaf()) expressions_of(before_, old_node.indicator, read_before);
        if (node.is_leaf()) expressions_of(after_, node.indicator, read_after);
        if (read_before != read_after) out.reasons.emplace_back("expression");
        if (preparation && node.is_leaf()) out.reasons.emplace_back("preparation");
        if (children_of(before_, old_node) != children_of(after_, node))
            out.reasons.emplace_back("children");
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
            const Node& child = after_.node(c);
            if (child.role == Role::monitored) continue;
            if (const auto old_child = before_.find(child.code)) {
                const Node& old = before_.node(*old_child);
                if (child.role == Role::scored && old.role == Role::scored &&
                    old.weight != child.weight)
                    out.reasons.push_back("weight of " + child.code);
            }
            if (found.contains(c)) out.below.push_back(child.code);
        }
        if (!out.reasons.empty() || !out.below.empty()) found.emplace(index, std::move(out));
    }

    /// Codes and roles of the children that count.
    [[nodiscard]] static std::set<std::pair<std::string, Role>> children_of(const IndexModel& model,
                                                                            const Node& node) {
        std::set<std::pair<std::string, Role>> out;
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c)
            if (model.node(c).role != Role::monitored)
                out.emplace(model.node(c).code, model.node(c).role);
        return out;
    }

    const IndexModel& before_;
    const IndexModel& after_;
    DefinitionChanges out_;
};

}  // namespace detail

/// What differs between two models and which series it breaks: a node's results are not
/// comparable when what defines them changed (rule, targets that the rule reads, bounds,
/// rounding, missing values, points, aggregation, an expression), when children came, went,
/// changed role or weight, when the preparation changed (leaves), or when a child that counts
/// is broken itself. Names, sources and visibility are listed and break nothing.
/// O(size of the documents).
[[nodiscard]] inline DefinitionChanges definition_changes(const IndexModel& before,
                                                          const IndexModel& after) {
    if (before == after) return {};
    return detail::DefinitionComparison(before, after).run();
}

}  // namespace thuocdo::publish
