#pragma once
/// @file
/// One form of the model that draws choose, scored once and made ready for many draws of
/// its weights.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/detail/compare_cohort.hpp>
#include <thuocdo/detail/score_rows.hpp>
#include <thuocdo/robust/detail/draw_factors.hpp>
#include <thuocdo/robust/detail/packed_node.hpp>
#include <thuocdo/robust/detail/weighted_tree.hpp>
#include <thuocdo/score.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::robust::detail {

/// Why a draw has no ranking.
struct DrawFailure {
    std::string code;
    std::string text;
};

[[nodiscard]] inline DrawFailure failure_of(const Error& error) {
    if (error.problems().empty()) return {"error", error.what()};
    const Problem& first = error.problems().front();
    return {first.code, first.place + ": " + first.found + "; expected " + first.expected};
}

/// A weight group in a form of the model.
struct GroupTarget {
    const WeightGroup* group = nullptr;
    Index node = 0;
    /// Children of the node that take part: place among its children, and place among the
    /// scored children of the nominal model.
    std::vector<std::pair<std::size_t, std::uint32_t>> children;
    /// The weights follow from the results of the cohort, and are known late.
    bool by_data = false;
    bool points = false;
};

struct ModelForm {
    /// Scored with its own weights; nothing when that failed.
    std::shared_ptr<const thuocdo::detail::BoardData> board;
    DrawFailure failure;
    std::vector<GroupTarget> targets;
    /// All that drawn weights change, where it is weighted means and nothing else.
    std::optional<WeightedTree> tree;
    /// Nodes over leaves alone whose weights are drawn, where the tree cannot be had.
    std::vector<PackedNode> packed;
    /// For each node, whether no drawn weight changes its result.
    std::vector<std::uint8_t> fixed;
    /// The nodes of the nominal leaves, -1 where a leaf was left out.
    std::vector<Index> leaves;
};

/// What `form_of` reads of a run.
struct FormSource {
    const Scoreboard& nominal;
    const DrawFactors& factors;
    ScoreOptions options;
};

[[nodiscard]] inline std::optional<GroupTarget> target_of(const IndexModel& model,
                                                          const WeightGroup& group) {
    const auto index = model.find(group.node);
    if (!index || model.node(*index).is_leaf()) return std::nullopt;
    const Node& node = model.node(*index);
    GroupTarget target;
    target.group = &group;
    target.node = *index;
    target.by_data = node.weights && depends_on_data(*node.weights);
    target.points = std::holds_alternative<aggregation::Sum>(node.aggregate);
    for (std::size_t place = 0; place < group.children.size(); ++place) {
        const auto child = model.find(group.children[place]);
        if (!child || model.node(*child).parent != *index) continue;
        target.children.emplace_back(static_cast<std::size_t>(*child - node.first_child),
                                     static_cast<std::uint32_t>(place));
    }
    return target;
}

/// Marks what stays as it is when the weights of the targets change.
inline void mark_fixed(const IndexModel& model, ModelForm& form) {
    const auto nodes = static_cast<std::size_t>(model.node_count());
    form.fixed.assign(nodes, 1);
    for (const GroupTarget& target : form.targets)
        form.fixed[static_cast<std::size_t>(target.node)] = 0;
    for (std::size_t k = nodes; k-- > 1;)
        if (form.fixed[k] == 0)
            form.fixed[static_cast<std::size_t>(model.node(static_cast<Index>(k)).parent)] = 0;
}

/// Whether ranks and bands follow from the totals alone.
[[nodiscard]] inline bool needs_totals_alone(const IndexModel& model) {
    const ModelDefinition& definition = model.definition();
    if (!definition.ranking.tie_breakers.empty()) return false;
    if (!definition.bands) return true;
    return std::all_of(definition.bands->bands.begin(), definition.bands->bands.end(),
                       [](const Band& band) { return band.gates.empty(); });
}

/// Nodes over leaves alone that are weighted sums go the quick way.
inline void pack_nodes(const thuocdo::detail::BoardData& board, ModelForm& form) {
    const IndexModel& model = board.model;
    for (Index k = 0; k < model.node_count(); ++k) {
        const Node& node = model.node(k);
        if (node.is_leaf() || form.fixed[static_cast<std::size_t>(k)] != 0) continue;
        if (node.weights && depends_on_data(*node.weights)) continue;
        bool leaves = PackedNode::can_pack(node.aggregate);
        for (Index c = 0; c < node.child_count; ++c)
            leaves = leaves && model.node(node.first_child + c).is_leaf();
        if (!leaves) continue;
        auto packed = PackedNode::pack(
            k, node.aggregate, board.results.middleCols(node.first_child, node.child_count));
        if (packed) form.packed.push_back(std::move(*packed));
    }
}

/// Draws of a form are counted beside those of the model.
/// @throws ModelError when its bands are others, or its ranks come in halves and are not
///         counted so.
inline void require_same_counts(const IndexModel& nominal, const IndexModel& form,
                                bool half_ranks) {
    const auto bands = [](const IndexModel& model) {
        return model.definition().bands ? model.definition().bands->bands.size() : std::size_t{0};
    };
    std::vector<Problem> problems;
    if (bands(form) != bands(nominal))
        problems.push_back({"bands_differ", "/bands", std::to_string(bands(form)) + " bands",
                            std::to_string(bands(nominal)) + ", as in the model",
                            "vary the limits of bands, not their number"});
    if (form.definition().ranking.ties == TiePolicy::fractional && !half_ranks)
        problems.push_back({"ties_differ", "/ranking/ties", "half ranks", "whole ranks",
                            "let one alternative alone set the rule of ties"});
    if (!problems.empty())
        throw ModelError("a form of the model cannot be counted", std::move(problems));
}

/// Builds the form of the model that a choice of alternatives makes, and scores it.
[[nodiscard]] inline ModelForm form_of(const FormSource& source,
                                       const std::vector<std::uint32_t>& choice) {
    ModelForm form;
    const IndexModel& nominal = source.nominal.model();
    try {
        std::optional<Scoreboard> board;
        if (choice.empty()) {
            board = source.nominal;
        } else {
            ModelDefinition definition = nominal.definition();
            definition.factors.clear();
            for (std::size_t k = 0; k < choice.size(); ++k)
                source.factors.alternatives(source.factors.choices()[k])[choice[k]].apply(
                    definition);
            IndexModel changed(std::move(definition));
            require_same_counts(nominal, changed, source.factors.half_ranks());
            board = score(std::move(changed), source.nominal.panel(), source.options);
        }
        const IndexModel& model = board->model();
        for (const WeightGroup& group : source.factors.groups())
            if (auto target = target_of(model, group)) form.targets.push_back(std::move(*target));
        mark_fixed(model, form);
        if (needs_totals_alone(model)) form.tree = WeightedTree::pack(board->data(), form.fixed);
        if (!form.tree) pack_nodes(board->data(), form);
        for (const Index leaf : nominal.leaves())
            form.leaves.push_back(model.find(nominal.node(leaf).code).value_or(-1));
        auto data = std::make_shared<thuocdo::detail::BoardData>(board->data());
        // Draws of weights need neither how the values came about nor what was noticed.
        data->preparation = {};
        data->notices.clear();
        form.board = std::move(data);
    } catch (const Error& error) {
        form.failure = failure_of(error);
    }
    return form;
}

}  // namespace thuocdo::robust::detail
