#pragma once
/// @file
/// The checked, immutable index model: a tree of nodes with every rule in place.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/model/canonical.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/check_definition.hpp>
#include <thuocdo/numeric/sha256.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo {

/// A derived indicator of a checked model.
struct Derivation {
    std::string code;
    Label name;
    std::string source;
    /// Unit of measure, as stated or else worked out; empty when not known.
    std::string unit;
    expression::Expression expression;
};

/// A node of a checked model, with defaults and inheritance resolved.
struct Node {
    std::string code;
    Label name;
    Label description;
    /// JSON pointer of the node in its document.
    std::string pointer;
    Index parent = -1;
    /// Children are neighbours: [first_child, first_child + child_count).
    Index first_child = 0;
    Index child_count = 0;
    int depth = 0;
    /// Weight among the siblings; 0 for roles that are not aggregated.
    double weight = 1.0;
    std::optional<double> points;
    /// Factor from score to result: points, scale or 1.
    double multiplier = 1.0;
    Role role = Role::scored;
    double cap = std::numeric_limits<double>::infinity();
    double floor = -std::numeric_limits<double>::infinity();
    std::optional<Rounding> rounding;
    MissingRule missing;
    Visibility visibility = Visibility::open;
    std::optional<Kind> kind;
    std::string owner;
    std::string source;
    Aggregation aggregate = aggregation::Arithmetic{};
    /// Where the weights of the children come from; empty: from the children.
    std::optional<Weighting> weights;
    std::optional<MinimumCoverage> minimum_coverage;
    ScoreRule score = rule::AsIs{};
    std::string indicator;
    std::string unit;
    Direction direction = Direction::higher_is_better;
    std::vector<Target> targets;
    TargetPath target_path = TargetPath::linear;
    ZeroDenominatorRule zero_denominator = ZeroDenominatorRule::refuse;
    /// `current`, `all` or the name of a period: see NodeDefinition.
    std::string reference_period{current_period};
    /// Results of the whole cohort must be known so many times before this node can
    /// be computed: 0 for most nodes, 1 more under a node that weighs its children
    /// by their data or compares units.
    int stage = 0;
    /// True when the node and all its ancestors are aggregated, so that it
    /// counts in the total and in coverage.
    bool counts = true;

    [[nodiscard]] bool is_leaf() const noexcept { return child_count == 0; }
    /// Whether the node needs the results of its children for the whole cohort.
    [[nodiscard]] bool needs_cohort() const noexcept {
        return !is_leaf() &&
               (is_cohort_relative(aggregate) || (weights && depends_on_data(*weights)));
    }
    /// The rounding that applies at a place, if any.
    [[nodiscard]] std::optional<Rounding> rounding_at(RoundingPlace place) const {
        if (rounding && rounding->at == place) return rounding;
        return std::nullopt;
    }
};

/// An immutable, validated index model. Copies share one definition, so they
/// cost nothing; const access is safe from many threads.
///
/// Nodes are stored level by level with the root first, so that the children of
/// a node are neighbours and a parent always comes before its children.
class IndexModel {
  public:
    /// Checks a definition as a whole.
    /// @throws ModelError with every problem and its JSON pointer.
    explicit IndexModel(ModelDefinition definition) {
        std::vector<Problem> problems = detail::check_definition(definition);
        if (!problems.empty())
            throw ModelError("the index model \"" + definition.id + "\" cannot be used",
                             std::move(problems));
        state_ = std::make_shared<const State>(std::move(definition));
    }

    /// The model as written.
    [[nodiscard]] const ModelDefinition& definition() const noexcept { return state_->definition; }
    [[nodiscard]] const std::string& id() const noexcept { return definition().id; }
    [[nodiscard]] const std::string& version() const noexcept { return definition().version; }
    [[nodiscard]] const Label& name() const noexcept { return definition().name; }

    /// All nodes, level by level, root first.
    [[nodiscard]] std::span<const Node> nodes() const noexcept { return state_->nodes; }
    [[nodiscard]] Index node_count() const noexcept {
        return static_cast<Index>(state_->nodes.size());
    }
    [[nodiscard]] const Node& node(Index index) const {
        return state_->nodes.at(static_cast<std::size_t>(index));
    }
    [[nodiscard]] const Node& root() const noexcept { return state_->nodes.front(); }

    /// Indices of the nodes as the document lists them, parents first.
    [[nodiscard]] std::span<const Index> document_order() const noexcept { return state_->order; }

    /// Indices of the leaves, as the document lists them.
    [[nodiscard]] std::span<const Index> leaves() const noexcept { return state_->leaves; }

    /// Indicators that are computed before scoring, as the document lists them.
    [[nodiscard]] std::span<const Derivation> derived() const noexcept { return state_->derived; }

    /// Positions in `derived()`, each after those that its expression reads.
    [[nodiscard]] std::span<const std::size_t> derivation_order() const noexcept {
        return state_->derivation_order;
    }

    /// The derived indicator of a code; nothing when there is none.
    [[nodiscard]] const Derivation* find_derived(std::string_view code) const noexcept {
        for (const Derivation& each : state_->derived)
            if (each.code == code) return &each;
        return nullptr;
    }

    /// Codes of the columns of the data that the model reads, for its leaves or its
    /// expressions, each once, in document order of the leaves; then those that only
    /// expressions read.
    [[nodiscard]] std::span<const std::string> indicators() const noexcept {
        return state_->indicators;
    }

    /// The node with a code, if there is one.
    [[nodiscard]] std::optional<Index> find(std::string_view code) const {
        const auto found = state_->by_code.find(std::string(code));
        if (found == state_->by_code.end()) return std::nullopt;
        return found->second;
    }

    /// The node with a code.
    /// @throws ModelError when there is none.
    [[nodiscard]] Index index_of(std::string_view code) const {
        if (const auto found = find(code)) return *found;
        throw ModelError("no such node",
                         {{"unknown_node", "", '"' + std::string(code) + '"',
                           "the code of a node of model \"" + id() + '"', "check the spelling"}});
    }

    /// Share of a node in the total when nothing is missing: the product of
    /// the shares of weight (or points) up to the root; 0 outside the total. Children
    /// whose weights come from a scheme count alike here; `Scoreboard` knows better.
    [[nodiscard]] double effective_weight(Index index) const {
        return state_->effective_weights.at(static_cast<std::size_t>(index));
    }

    /// How many times results of the whole cohort must be known before the total is.
    [[nodiscard]] int last_stage() const noexcept { return state_->last_stage; }

    /// Whether the result of a unit depends on the other units: a leaf is scored
    /// against them, a node weighs or compares by them, or the preparation does.
    [[nodiscard]] bool is_peer_relative() const noexcept { return state_->peer_relative; }

    /// The document with defaults left out, members sorted, no white space and
    /// shortest numbers; equal models have equal canonical forms.
    [[nodiscard]] const std::string& canonical() const noexcept { return state_->canonical; }

    /// SHA-256 of the canonical form, 64 hexadecimal digits.
    [[nodiscard]] const std::string& digest() const noexcept { return state_->digest; }

    /// Models are equal when their canonical forms are.
    friend bool operator==(const IndexModel& a, const IndexModel& b) {
        return a.state_ == b.state_ || a.canonical() == b.canonical();
    }

  private:
    struct State {
        explicit State(ModelDefinition written) : definition(std::move(written)) {
            read_derived();
            lay_out();
            for (std::size_t k = 0; k < nodes.size(); ++k)
                by_code.emplace(nodes[k].code, static_cast<Index>(k));
            walk(0);
            for (const Derivation& each : derived) take_columns(each);
            stages();
            weigh();
            peer_relative = peer_relative || prepares_by_cohort();
            canonical = detail::canonical_form(definition);
            numeric::Sha256 hash;
            hash.update(canonical);
            digest = hash.hex();
        }

        void lay_out() {
            std::vector<const NodeDefinition*> queue{&definition.root};
            nodes.push_back(resolve(definition.root, nullptr, -1, "/root"));
            for (std::size_t k = 0; k < queue.size(); ++k) {
                const NodeDefinition& written = *queue[k];
                nodes[k].first_child = static_cast<Index>(nodes.size());
                nodes[k].child_count = static_cast<Index>(written.children.size());
                for (std::size_t c = 0; c < written.children.size(); ++c) {
                    const std::string pointer = nodes[k].pointer + "/children/" + std::to_string(c);
                    queue.push_back(&written.children[c]);
                    Node child =
                        resolve(written.children[c], &nodes[k], static_cast<Index>(k), pointer);
                    nodes.push_back(std::move(child));
                }
            }
        }

        [[nodiscard]] Node resolve(const NodeDefinition& written, const Node* parent,
                                   Index parent_index, std::string pointer) const {
            const Defaults& defaults = definition.defaults;
            Node node;
            node.code = written.code;
            node.name = written.name.empty() ? Label{written.code, written.code} : written.name;
            node.description = written.description;
            node.pointer = std::move(pointer);
            node.parent = parent_index;
            node.depth = parent ? parent->depth + 1 : 0;
            node.weight = written.role == Role::scored ? written.weight : 0.0;
            node.points = written.points;
            node.role = written.role;
            node.cap = written.cap.value_or(node.cap);
            node.floor = written.floor.value_or(node.floor);
            node.rounding = written.rounding ? written.rounding : defaults.rounding;
            node.visibility = written.visibility ? *written.visibility
                              : parent           ? parent->visibility
                                                 : defaults.visibility.value_or(Visibility::open);
            node.kind = written.kind ? written.kind : parent ? parent->kind : std::nullopt;
            node.owner = !written.owner.empty() || !parent ? written.owner : parent->owner;
            node.source = !written.source.empty() || !parent ? written.source : parent->source;
            node.counts = written.role == Role::scored && (!parent || parent->counts);
            if (written.is_leaf()) {
                node.missing = written.missing.value_or(
                    defaults.missing.value_or(MissingRule::all(MissingPolicy::refuse)));
                node.score = *written.score;
                node.indicator = written.indicator.empty() ? written.code : written.indicator;
                node.unit = written.unit;
                node.direction = written.direction;
                node.targets = written.targets;
                node.target_path = written.target_path;
                node.zero_denominator = written.zero_denominator.value_or(
                    defaults.zero_denominator.value_or(ZeroDenominatorRule::refuse));
                if (has_reference_statistics(node.score))
                    node.reference_period = written.reference_period.value_or(
                        defaults.reference_period.value_or(node.reference_period));
            } else {
                node.missing =
                    written.missing.value_or(MissingRule::all(MissingPolicy::renormalise));
                node.aggregate = written.aggregate.value_or(
                    defaults.aggregate.value_or(Aggregation(aggregation::Arithmetic{})));
                node.weights = written.weights;
                node.minimum_coverage =
                    written.minimum_coverage ? written.minimum_coverage : defaults.minimum_coverage;
            }
            const bool in_points = std::holds_alternative<rule::PointsAwarded>(node.score) ||
                                   std::holds_alternative<aggregation::Sum>(node.aggregate);
            node.multiplier =
                written.scale.value_or(in_points ? 1.0 : written.points.value_or(1.0));
            return node;
        }

        /// Whether the preparation lets units change each other's values.
        [[nodiscard]] bool prepares_by_cohort() const {
            return std::any_of(definition.preparation.begin(), definition.preparation.end(),
                               [](const PreparationStep& each) {
                                   return std::holds_alternative<step::Impute>(each) ||
                                          std::holds_alternative<step::Treat>(each);
                               });
        }

        void read_derived() {
            if (definition.derived.empty()) return;
            std::vector<Problem> none;
            detail::DerivedCheck check(definition, none);
            check.run();
            for (std::size_t k = 0; k < definition.derived.size(); ++k) {
                const DerivedIndicator& written = definition.derived[k];
                detail::ReadDerived& read = check.read()[k];
                derived.push_back(
                    {written.code,
                     written.name.empty() ? Label{written.code, written.code} : written.name,
                     written.source, written.unit.empty() ? read.unit.text() : written.unit,
                     std::move(read.expression)});
            }
            derivation_order = check.order();
        }

        [[nodiscard]] bool is_derived(const std::string& code) const {
            return std::any_of(derived.begin(), derived.end(),
                               [&](const Derivation& each) { return each.code == code; });
        }

        void take_column(const std::string& code) {
            if (!is_derived(code) &&
                std::find(indicators.begin(), indicators.end(), code) == indicators.end())
                indicators.push_back(code);
        }

        void take_columns(const Derivation& of) {
            for (const std::string& code : of.expression.indicators()) take_column(code);
        }

        void walk(Index index) {
            order.push_back(index);
            const Node& node = nodes[static_cast<std::size_t>(index)];
            if (node.is_leaf()) {
                leaves.push_back(index);
                take_column(node.indicator);
                peer_relative = peer_relative || thuocdo::is_peer_relative(node.score) ||
                                node.missing.uses(MissingPolicy::peer_mean);
            }
            for (Index c = 0; c < node.child_count; ++c) walk(node.first_child + c);
        }

        /// Children come after their parents, so from the last node to the first.
        void stages() {
            for (std::size_t k = nodes.size(); k-- > 0;) {
                Node& node = nodes[k];
                if (node.needs_cohort()) {
                    ++node.stage;
                    peer_relative = true;
                }
                last_stage = std::max(last_stage, node.stage);
                if (node.parent < 0) continue;
                Node& parent = nodes[static_cast<std::size_t>(node.parent)];
                parent.stage = std::max(parent.stage, node.stage);
            }
        }

        void weigh() {
            effective_weights.assign(nodes.size(), 0.0);
            effective_weights[0] = 1.0;
            for (std::size_t k = 0; k < nodes.size(); ++k) {
                const Node& node = nodes[k];
                const bool by_points = std::holds_alternative<aggregation::Sum>(node.aggregate);
                double total = 0.0;
                const auto share = [&](const Node& child) {
                    return child.role != Role::scored ? 0.0
                           : by_points                ? child.points.value_or(0.0)
                                                      : child.weight;
                };
                for (Index c = 0; c < node.child_count; ++c)
                    total += share(nodes[static_cast<std::size_t>(node.first_child + c)]);
                for (Index c = 0; c < node.child_count; ++c) {
                    const auto child = static_cast<std::size_t>(node.first_child + c);
                    effective_weights[child] =
                        total > 0.0 ? effective_weights[k] * share(nodes[child]) / total : 0.0;
                }
            }
        }

        ModelDefinition definition;
        std::vector<Node> nodes;
        std::vector<Index> order;
        std::vector<Index> leaves;
        std::vector<std::string> indicators;
        std::vector<Derivation> derived;
        std::vector<std::size_t> derivation_order;
        std::unordered_map<std::string, Index> by_code;
        std::vector<double> effective_weights;
        bool peer_relative = false;
        int last_stage = 0;
        std::string canonical;
        std::string digest;
    };

    std::shared_ptr<const State> state_;
};

}  // namespace thuocdo
