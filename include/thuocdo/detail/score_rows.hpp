#pragma once
/// @file
/// The sweep over units: every leaf and node, block by block. A block is small
/// enough to stay in the cache; blocks share nothing, so threads and block
/// sizes cannot change a bit. Nodes that weigh or compare by the results of the
/// whole cohort wait for the stage in which those are known.

#include <thuocdo/detail/aggregate_node.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/detail/compare_cohort.hpp>
#include <thuocdo/detail/large_memory.hpp>
#include <thuocdo/detail/minimum_coverage.hpp>
#include <thuocdo/detail/prepare_leaves.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace thuocdo::detail {

struct Workload {
    int threads = 1;
    Index batch_rows = 256;
    const std::function<bool(double)>& progress;
};

/// A problem with the keys that put problems of all threads into one order.
struct RowProblem {
    Index unit = 0;
    std::size_t place = 0;
    Problem problem;
};

/// What a thread shares with the others: nothing but constants.
struct SweepPlan {
    const BoardData& data;
    /// For nodes with a minimum coverage by indicators: their leaves.
    std::vector<std::vector<Index>> leaves_below;

    explicit SweepPlan(const BoardData& board) : data(board) {
        const Index nodes = board.model.node_count();
        leaves_below.resize(static_cast<std::size_t>(nodes));
        for (Index k = 0; k < nodes; ++k) {
            const Node& node = board.model.node(k);
            if (node.is_leaf()) continue;
            if (node.minimum_coverage && node.minimum_coverage->of == CoverageBase::indicators)
                collect_leaves_below(board.model, k, leaves_below[static_cast<std::size_t>(k)]);
        }
    }
};

/// Scores blocks of units; one sweeper a thread.
class RowSweeper {
  public:
    RowSweeper(const SweepPlan& plan, BoardData& board, Index batch_rows)
        : plan_(plan),
          board_(board),
          x_(batch_rows),
          measured_(batch_rows),
          applicable_(batch_rows) {}

    /// Computes the nodes of one stage; the earlier stages are complete.
    void run(int stage, Index first, Index rows) {
        if (stage == 0) run_leaves(first, rows);
        run_inner(stage, first, rows);
    }

    /// Computes the leaves.
    void run_leaves(Index first, Index rows) {
        first_ = first;
        rows_ = rows;
        score_leaves();
        blank_others(0, true);
    }

    /// Computes the inner nodes of one stage; their children are complete.
    /// @param fixed one flag a node: those that stay as they are; nullptr for none.
    void run_inner(int stage, Index first, Index rows,
                   const std::vector<std::uint8_t>* fixed = nullptr) {
        first_ = first;
        rows_ = rows;
        const IndexModel& model = board_.model;
        for (Index k = model.node_count(); k-- > 0;) {
            if (fixed && (*fixed)[static_cast<std::size_t>(k)] != 0) continue;
            if (!model.node(k).is_leaf() && model.node(k).stage == stage) score_inner(k);
        }
        blank_others(stage, false);
    }

    /// Computes one leaf, without its part in the coverage.
    void run_leaf(const LeafProgram& leaf, Index first, Index rows) {
        first_ = first;
        rows_ = rows;
        static_cast<void>(compute_leaf(leaf));
        blank_others(leaf.node_index);
    }

    /// Computes one inner node; its children are complete.
    void run_node(Index node, Index first, Index rows) {
        first_ = first;
        rows_ = rows;
        score_inner(node);
        blank_others(node);
    }

    [[nodiscard]] std::vector<RowProblem>& problems() noexcept { return problems_; }

  private:
    /// Units outside the cohort have no result of a node.
    void blank_others(Index node) {
        if (board_.evaluated.empty()) return;
        for (Index unit = first_; unit < first_ + rows_; ++unit) {
            if (is_evaluated(board_, unit)) continue;
            board_.results(unit, node) = missing_value;
            if (node == 0) board_.full[unit] = missing_value;
        }
    }

    /// Units outside the cohort have no results.
    void blank_others(int stage, bool leaves) {
        if (board_.evaluated.empty()) return;
        const IndexModel& model = board_.model;
        for (Index i = 0; i < rows_; ++i) {
            if (is_evaluated(board_, first_ + i)) continue;
            for (Index k = 0; k < model.node_count(); ++k)
                if (model.node(k).is_leaf() == leaves && model.node(k).stage == stage)
                    board_.results(first_ + i, k) = missing_value;
            board_.full[first_ + i] = missing_value;
            board_.coverage[first_ + i] = missing_value;
        }
    }

    void score_leaves() {
        measured_.setZero();
        applicable_.setZero();
        complete_leaves_ = 0;
        for (const LeafProgram& leaf : board_.leaves) score_leaf(leaf);
        for (Index i = 0; i < rows_; ++i) {
            const std::uint32_t applicable = applicable_[i] + complete_leaves_;
            board_.coverage[first_ + i] =
                applicable > 0 ? static_cast<double>(measured_[i] + complete_leaves_) /
                                     static_cast<double>(applicable)
                               : missing_value;
        }
    }

    void add(Index row, Index node, Problem problem) {
        const Index unit = first_ + row;
        if (!is_evaluated(board_, unit)) return;
        problems_.push_back({unit, static_cast<std::size_t>(node), std::move(problem)});
    }

    [[nodiscard]] auto block(Index node) { return board_.results.col(node).segment(first_, rows_); }

    /// Puts the block of a column into `x_`, or points at it where it is
    /// already contiguous.
    [[nodiscard]] const double* values_of(const LeafProgram& leaf) {
        if (!leaf.prepared.empty()) return leaf.prepared.data() + first_;
        const ValuesView& view = board_.panel.values();
        const double* from =
            view.data + leaf.column * view.column_stride + first_ * view.row_stride;
        if (view.row_stride == 1) return from;
        for (Index i = 0; i < rows_; ++i) x_[i] = from[i * view.row_stride];
        return x_.data();
    }

    void score_leaf(const LeafProgram& leaf) {
        const double* values = values_of(leaf);
        count_coverage(leaf, values, compute_leaf(leaf));
    }

    /// Returns whether no value was missing.
    [[nodiscard]] bool compute_leaf(const LeafProgram& leaf) {
        const Node& node = *leaf.node;
        const double* values = values_of(leaf);
        const Eigen::Map<const Eigen::VectorXd> x(values, rows_);
        auto out = block(leaf.node_index);
        const bool growth = !leaf.previous.empty();
        const Eigen::Map<const Eigen::VectorXd> previous(
            growth ? leaf.previous.data() + first_ : values, rows_);
        LeafScorer scorer(leaf, x, previous, first_, out);
        const Index refused = scorer.run();
        const bool complete = !has_missing(values);
        if (node.multiplier != 1.0) multiply(out.data(), node.multiplier);
        if (refused > 0) name_refused(leaf, values, growth ? previous.data() : nullptr);
        if (growth || (!complete && !leaves_out_missing(node)))
            treat_missing(leaf, values, growth ? previous.data() : nullptr);
        finish(node, out);
        if (leaf.node_index == 0) keep_root(node, out);
        return complete;
    }

    [[nodiscard]] bool has_missing(const double* values) const noexcept {
        std::uint64_t signs = 0;
        for (Index i = 0; i < rows_; ++i) signs |= normalise::detail::nan_sign(values[i]);
        return normalise::detail::met_nan(signs);
    }

    /// Whether every missing cell of a leaf is simply left out: its rule has
    /// already written NaN there, so no cell needs a look of its own.
    [[nodiscard]] bool leaves_out_missing(const Node& node) const noexcept {
        const auto left_out = [](MissingPolicy policy) {
            return policy != MissingPolicy::zero && policy != MissingPolicy::refuse;
        };
        if (!board_.panel.has_states()) return left_out(node.missing[MissingKind::not_reported]);
        return node.zero_denominator == ZeroDenominatorRule::missing &&
               std::all_of(node.missing.policies.begin(), node.missing.policies.end(), left_out);
    }

    THUOCDO_KERNEL void multiply(double* out, double factor) const {
        THUOCDO_EXACT
        for (Index i = 0; i < rows_; ++i) out[i] *= factor;
    }

    void name_refused(const LeafProgram& leaf, const double* values, const double* previous) {
        const Node& node = *leaf.node;
        const auto out = block(leaf.node_index);
        for (Index i = 0; i < rows_; ++i) {
            if (std::isnan(values[i]) || !std::isnan(out[i])) continue;
            if (previous && std::isnan(previous[i])) continue;
            if (leaf.constant) continue;
            const double shown = previous ? previous[i] : values[i];
            add(i, leaf.node_index,
                {"value_out_of_range", cell_place(board_, first_ + i, node.indicator),
                 (previous ? "previous value " : "value ") + numeric::shortest(shown),
                 domain_of(node) + " (rule " + rule_name(node.score) + " of node \"" + node.code +
                     "\")",
                 "correct the value or the rule"});
        }
    }

    void treat_missing(const LeafProgram& leaf, const double* values, const double* previous) {
        const Node& node = *leaf.node;
        auto out = block(leaf.node_index);
        for (Index i = 0; i < rows_; ++i) {
            const bool no_value = std::isnan(values[i]);
            const bool no_previous = previous && std::isnan(previous[i]);
            if (!no_value && !no_previous) continue;
            const CellState state =
                no_value ? board_.panel.state(first_ + i, leaf.column) : CellState::not_reported;
            if (!is_for_missing_rule(node, state)) {
                treat_zero_denominator(leaf, i, out);
                continue;
            }
            const MissingPolicy policy = missing_policy(node, state);
            out[i] = policy == MissingPolicy::zero ? 0.0 : missing_value;
            if (policy == MissingPolicy::refuse)
                add(i, leaf.node_index,
                    {"value_missing", cell_place(board_, first_ + i, node.indicator),
                     std::string("no value (") + cell_state_name(state) + ")" +
                         (no_value ? "" : " in the previous panel"),
                     "a value, because node \"" + node.code + "\" refuses missing ones",
                     "supply the value, or state another missing rule in the model"});
        }
    }

    template <class Out>
    void treat_zero_denominator(const LeafProgram& leaf, Index row, Out& out) {
        const Node& node = *leaf.node;
        out[row] = node.zero_denominator == ZeroDenominatorRule::full   ? node.multiplier
                   : node.zero_denominator == ZeroDenominatorRule::zero ? 0.0
                                                                        : missing_value;
        if (node.zero_denominator == ZeroDenominatorRule::refuse)
            add(row, leaf.node_index,
                {"zero_denominator", cell_place(board_, first_ + row, node.indicator),
                 "a denominator of 0",
                 "a rule for it, because node \"" + node.code + "\" states none",
                 "add zero_denominator: full, zero or missing"});
    }

    void count_coverage(const LeafProgram& leaf, const double* values, bool complete) {
        if (!leaf.node->counts) return;
        const Panel& panel = board_.panel;
        std::uint32_t* measured = measured_.data();
        std::uint32_t* applicable = applicable_.data();
        if (panel.has_states()) {
            const CellState* states = panel.state_column(leaf.column) + first_;
            unsigned met = 0;
            for (Index i = 0; i < rows_; ++i) met |= static_cast<unsigned>(states[i]);
            // Observed is 0 and provisional 1; every other state sets a higher bit.
            if (met <= static_cast<unsigned>(CellState::provisional)) {
                ++complete_leaves_;
                return;
            }
            for (Index i = 0; i < rows_; ++i) measured[i] += is_measured(states[i]) ? 1U : 0U;
            for (Index i = 0; i < rows_; ++i)
                applicable[i] += states[i] == CellState::not_applicable ? 0U : 1U;
            return;
        }
        if (complete && leaf.imputed.empty()) {
            ++complete_leaves_;
            return;
        }
        // Imputed values were not measured; the panel still has them missing.
        if (leaf.imputed.empty()) {
            for (Index i = 0; i < rows_; ++i) measured[i] += std::isnan(values[i]) ? 0U : 1U;
        } else {
            for (Index i = 0; i < rows_; ++i)
                measured[i] += std::isnan(panel.value(first_ + i, leaf.column)) ? 0U : 1U;
        }
        for (Index i = 0; i < rows_; ++i) applicable[i] += 1U;
    }

    /// Floor, cap and rounding; the root is rounded later.
    template <class Out>
    void finish(const Node& node, Out& out) {
        double* result = out.data();
        if (std::isfinite(node.floor))
            for (Index i = 0; i < rows_; ++i)
                result[i] = result[i] < node.floor ? node.floor : result[i];
        if (std::isfinite(node.cap))
            for (Index i = 0; i < rows_; ++i)
                result[i] = result[i] > node.cap ? node.cap : result[i];
        if (node.parent < 0) return;
        if (const auto rounding = node.rounding_at(RoundingPlace::result))
            numeric::round_decimal(out, rounding->digits, rounding->mode);
    }

    /// The total before and after the rounding of the root.
    template <class Out>
    void keep_root(const Node& node, Out& out) {
        board_.full.segment(first_, rows_) = out;
        if (const auto rounding = node.rounding_at(RoundingPlace::result))
            numeric::round_decimal(out, rounding->digits, rounding->mode);
    }

    void score_inner(Index index) {
        const Node& node = board_.model.node(index);
        const std::vector<double>& weights = board_.weights[static_cast<std::size_t>(index)];
        auto out = block(index);
        const auto children =
            board_.results.block(first_, node.first_child, rows_, node.child_count);
        if (const auto given = board_.compared.find(index); given != board_.compared.end()) {
            out = given->second.segment(first_, rows_);
        } else if (const auto factors = board_.point_factors.find(index);
                   factors != board_.point_factors.end()) {
            raised_ = children;
            for (Index c = 0; c < raised_.cols(); ++c)
                multiply(raised_.col(c).data(), factors->second[static_cast<std::size_t>(c)]);
            aggregate_children(node.aggregate, raised_, weights, out);
        } else if (const auto floor_at = aggregation_floor(node.aggregate)) {
            raised_ = children;
            for (Index c = 0; c < raised_.cols(); ++c)
                for (Index i = 0; i < rows_; ++i)
                    raised_(i, c) = raised_(i, c) < *floor_at ? *floor_at : raised_(i, c);
            aggregate_children(node.aggregate, raised_, weights, out);
        } else {
            aggregate_children(node.aggregate, children, weights, out);
            name_outside_domain(node, children, weights);
        }
        if (node.minimum_coverage) require_coverage(index, weights);
        if (node.multiplier != 1.0) multiply(out.data(), node.multiplier);
        treat_missing_node(index);
        add_bonus_and_penalty(node, out);
        finish(node, out);
        if (index == 0) keep_root(node, out);
    }

    template <class Children>
    void name_outside_domain(const Node& node, const Children& children,
                             const std::vector<double>& weights) {
        const Eigen::Ref<const Eigen::MatrixXd> view(children);
        for (const aggregate::Cell& cell : outside_domain(node.aggregate, view, weights)) {
            const Node& child = board_.model.node(node.first_child + cell.column);
            const bool zero = view(cell.row, cell.column) == 0.0;
            add(cell.row, node.first_child + cell.column,
                {"result_outside_domain",
                 "unit \"" + board_.panel.units().code(first_ + cell.row) + "\", node \"" +
                     child.code + '"',
                 "result " + numeric::shortest(view(cell.row, cell.column)),
                 std::string(zero ? "a result > 0" : "a result that is not negative") +
                     ", because \"" + node.code + "\" aggregates by " +
                     aggregation_name(node.aggregate),
                 "raise it with floor_at, or use another aggregation"});
        }
    }

    void require_coverage(Index index, const std::vector<double>& weights) {
        const Node& node = board_.model.node(index);
        auto out = block(index);
        const std::vector<Index>& leaves = plan_.leaves_below[static_cast<std::size_t>(index)];
        for (Index i = 0; i < rows_; ++i)
            if (below_minimum_coverage(board_.results, node, first_ + i, weights, leaves))
                out[i] = missing_value;
    }

    void treat_missing_node(Index index) {
        const Node& node = board_.model.node(index);
        const MissingPolicy policy = node.missing[MissingKind::not_reported];
        if (policy == MissingPolicy::renormalise) return;
        auto out = block(index);
        for (Index i = 0; i < rows_; ++i) {
            if (!std::isnan(out[i])) continue;
            if (policy == MissingPolicy::zero) out[i] = 0.0;
            if (policy == MissingPolicy::refuse)
                add(i, index,
                    {"node_missing",
                     "unit \"" + board_.panel.units().code(first_ + i) + "\", node \"" + node.code +
                         '"',
                     "too few values below it", "a result, because the node refuses to be missing",
                     "supply values, or state another missing rule in the model"});
        }
    }

    template <class Out>
    void add_bonus_and_penalty(const Node& node, Out& out) {
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c) {
            const Role role = board_.model.node(c).role;
            if (role != Role::bonus && role != Role::penalty) continue;
            const auto extra = block(c);
            for (Index i = 0; i < rows_; ++i) {
                if (std::isnan(extra[i])) continue;
                out[i] += role == Role::bonus ? extra[i] : -extra[i];
            }
        }
    }

    const SweepPlan& plan_;
    BoardData& board_;
    Index first_ = 0;
    Index rows_ = 0;
    Eigen::VectorXd x_;
    Eigen::Array<std::uint32_t, Eigen::Dynamic, 1> measured_;
    Eigen::Array<std::uint32_t, Eigen::Dynamic, 1> applicable_;
    /// Leaves of the block that every unit has; counted once, not unit by unit.
    std::uint32_t complete_leaves_ = 0;
    Eigen::MatrixXd raised_;
    std::vector<RowProblem> problems_;
};

/// Throws the problems of all threads in the order of units and nodes.
inline void throw_row_problems(const IndexModel& model, std::vector<RowProblem> found) {
    if (found.empty()) return;
    std::vector<std::size_t> place(static_cast<std::size_t>(model.node_count()));
    for (std::size_t k = 0; k < model.document_order().size(); ++k)
        place[static_cast<std::size_t>(model.document_order()[k])] = k;
    std::stable_sort(found.begin(), found.end(), [&](const RowProblem& a, const RowProblem& b) {
        return std::tuple(a.unit, place[a.place]) < std::tuple(b.unit, place[b.place]);
    });
    std::vector<Problem> problems;
    problems.reserve(found.size());
    for (RowProblem& each : found) problems.push_back(std::move(each.problem));
    throw DataError("the panel cannot be scored with the model \"" + model.id() + '"',
                    std::move(problems));
}

/// Scores all units. Returns false when the progress callback asked to stop.
inline bool score_rows(BoardData& board, const Workload& work) {
    const Index units = board.panel.unit_count();
    board.results.resize(units, board.model.node_count());
    prefer_large_pages(board.results.data(), static_cast<std::size_t>(board.results.size()));
    board.full.resize(units);
    board.coverage.resize(units);
    if (work.batch_rows < 1 || work.threads < 1)
        throw NumericError("scoring options",
                           {{"option_out_of_range", "ScoreOptions", "threads or batch_rows below 1",
                             "at least 1", "correct the option"}});
    const SweepPlan plan(board);
    const Index batch = std::min(work.batch_rows, std::max<Index>(units, 1));
    const Index batches = (units + batch - 1) / batch;
    const auto threads =
        static_cast<std::size_t>(std::max<Index>(1, std::min<Index>(work.threads, batches)));
    // Progress is asked for about every hundredth part.
    constexpr Index progress_steps = 100;
    const Index report_every = std::max<Index>(1, batches / progress_steps);
    const int stages = board.model.last_stage() + 1;

    for (int stage = 0; stage < stages; ++stage) {
        // Comparisons of all pairs can take longer than everything else.
        const auto comparing = [&](double) {
            return !work.progress ||
                   work.progress(static_cast<double>(stage) / static_cast<double>(stages));
        };
        if (stage > 0 && !compare_cohort(board, stage, {work.threads, comparing})) return false;
        std::atomic<Index> next{0};
        std::atomic<bool> stop{false};
        std::mutex guard;
        std::exception_ptr failure;
        std::vector<std::vector<RowProblem>> problems(threads);
        const auto worker = [&](std::size_t id) {
            try {
                RowSweeper sweeper(plan, board, batch);
                for (Index k = next++; k < batches && !stop; k = next++) {
                    const Index first = k * batch;
                    sweeper.run(stage, first, std::min(batch, units - first));
                    if (!work.progress || (k % report_every != 0 && k + 1 != batches)) continue;
                    const std::lock_guard<std::mutex> lock(guard);
                    const double done = static_cast<double>(k + 1) / static_cast<double>(batches);
                    if (!work.progress((static_cast<double>(stage) + done) /
                                       static_cast<double>(stages)))
                        stop = true;
                }
                problems[id] = std::move(sweeper.problems());
            } catch (...) {
                const std::lock_guard<std::mutex> lock(guard);
                failure = std::current_exception();
                stop = true;
            }
        };
        std::vector<std::thread> helpers;
        for (std::size_t id = 1; id < threads; ++id) helpers.emplace_back(worker, id);
        worker(0);
        for (std::thread& helper : helpers) helper.join();
        if (failure) std::rethrow_exception(failure);
        if (stop) return false;
        std::vector<RowProblem> all;
        for (auto& each : problems)
            all.insert(all.end(), std::make_move_iterator(each.begin()),
                       std::make_move_iterator(each.end()));
        throw_row_problems(board.model, std::move(all));
    }
    return true;
}

}  // namespace thuocdo::detail
