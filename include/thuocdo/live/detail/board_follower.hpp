#pragma once
/// @file
/// The results of a board kept up to date while cells of its panel change. Every result
/// comes from the functions that score a whole panel, for the rows that need it.

#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/detail/prepare_leaves.hpp>
#include <thuocdo/detail/score_rows.hpp>
#include <thuocdo/live/board_update.hpp>
#include <thuocdo/live/detail/leaf_cells.hpp>
#include <thuocdo/live/detail/leaf_peers.hpp>
#include <thuocdo/live/detail/row_set.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::live::detail {

/// Follows one panel under one model. Problems that make `score` throw are counted, not
/// thrown: the results around them go on, and are right again once they are mended.
class BoardFollower {
  public:
    /// @param given the panel to start from
    /// @throws ModelError and DataError for what no later cell can mend
    BoardFollower(const IndexModel& model, const Panel& given, const Date& as_of,
                  std::optional<Panel> previous, std::vector<Panel> other_periods)
        : model_(model),
          cells_(model, given),
          previous_(std::move(previous)),
          other_periods_(std::move(other_periods)),
          as_of_(as_of) {
        rebuild();
    }
    BoardFollower(const BoardFollower&) = delete;
    BoardFollower& operator=(const BoardFollower&) = delete;

    [[nodiscard]] const thuocdo::detail::BoardData& board() const noexcept { return *board_; }
    [[nodiscard]] thuocdo::detail::BoardData& board() noexcept { return *board_; }

    /// The panel as it stands, without derived columns; shares the table, see `PanelEditor`.
    [[nodiscard]] Panel given() const { return cells_.given(); }

    /// What was noticed in scoring, in the order in which `score` notices it.
    [[nodiscard]] std::vector<std::string> notices() const {
        std::vector<std::string> all = cells_.notices();
        const auto add = [&all](const std::vector<std::string>& notices) {
            all.insert(all.end(), notices.begin(), notices.end());
        };
        for (const auto& each : leaf_notices_) add(each);
        for (int stage = 1; stage <= model_.last_stage(); ++stage)
            for (Index k = model_.node_count(); k-- > 0;)
                if (model_.node(k).stage == stage)
                    add(cohort_notices_[static_cast<std::size_t>(k)]);
        return all;
    }

    /// Places whose problems make `score` throw.
    [[nodiscard]] std::size_t open_problems() const noexcept {
        return open_rows_ + open_leaves_ + open_nodes_ + (prepared_ ? 0U : 1U) +
               (failed_ ? 1U : 0U);
    }

    /// Takes new values of cells, and another day on which the same units are evaluated.
    /// Afterwards `take_changes` and the rows below tell what moved.
    void update(std::span<const CellChange> cells, const Date& as_of) {
        changes_.clear();
        changes_.reserve(usual_changes_);
        cell_rows_.clear();
        coverage_rows_.clear();
        changed_nodes_.clear();
        was_rebuilt_ = false;
        for (RowSet& each : changed_) each.clear();
        for (RowSet& each : touched_) each.clear();
        cells_.set(cells);
        const bool same_day = as_of == as_of_;
        as_of_ = as_of;
        board_->as_of = as_of;
        const bool same_cells = cells_.changed().empty();
        if (!prepared_ || failed_ || !cells_.update(*board_)) {
            if (!same_cells || !same_day) rebuild();
            return;
        }
        if (!same_day) look_at_targets();
        look_at_cells();
        propagate();
    }

    /// The board as `score` would return it.
    /// @param panel a panel with the values and states of `given`
    /// @throws DataError as `score`, where no later cell mended it
    [[nodiscard]] std::shared_ptr<thuocdo::detail::BoardData> materialise(
        const Panel& panel) const {
        auto board = std::make_shared<thuocdo::detail::BoardData>(
            thuocdo::detail::BoardData{model_, panel, panel});
        board->previous = previous_;
        board->other_periods = other_periods_;
        board->as_of = as_of_;
        thuocdo::detail::prepare_board(*board);
        board->leaves = board_->leaves;
        board->leaf_of_node = board_->leaf_of_node;
        board->weights = board_->weights;
        board->weighting_reports = board_->weighting_reports;
        board->effective_weights = thuocdo::detail::effective_weights_of(model_, board->weights);
        board->compared = board_->compared;
        board->results = board_->results;
        board->full = board_->full;
        board->coverage = board_->coverage;
        board->notices = notices();
        thuocdo::detail::publish_totals(*board);
        thuocdo::detail::rank_units(*board);
        thuocdo::detail::assign_bands(*board);
        return board;
    }

    /// Results that changed in the last call, nodes from the leaves up, given away.
    [[nodiscard]] std::vector<ResultChange> take_changes() noexcept {
        usual_changes_ = changes_.size();
        return std::exchange(changes_, {});
    }
    /// Rows of a node whose results changed in the last call.
    [[nodiscard]] const RowSet& changed_rows(Index node) const {
        return changed_[static_cast<std::size_t>(node)];
    }
    /// Rows whose total changed, before or after rounding.
    [[nodiscard]] const RowSet& root_rows() const noexcept { return changed_.front(); }
    /// Rows of which a cell that a leaf reads changed.
    [[nodiscard]] const RowSet& cell_rows() const noexcept { return cell_rows_; }
    /// Rows whose coverage changed.
    [[nodiscard]] const RowSet& coverage_rows() const noexcept { return coverage_rows_; }
    /// Nodes with changed rows.
    [[nodiscard]] std::span<const Index> changed_nodes() const noexcept { return changed_nodes_; }
    /// Whether the last call computed everything again, and there are no changes for that.
    [[nodiscard]] bool was_rebuilt() const noexcept { return was_rebuilt_; }

  private:
    // --- everything ----------------------------------------------------------------------

    void rebuild() {
        const Panel given = cells_.given();
        const Index units = given.unit_count();
        auto board = std::make_unique<thuocdo::detail::BoardData>(
            thuocdo::detail::BoardData{model_, given, given});
        board->previous = previous_;
        board->other_periods = other_periods_;
        board->as_of = as_of_;
        failed_ = false;
        prepared_ = cells_.prepare(*board);
        plan_.reset();
        sweeper_.reset();
        board_ = std::move(board);
        const auto nodes = static_cast<std::size_t>(model_.node_count());
        changed_.assign(nodes, {});
        touched_.assign(nodes, {});
        broken_rows_.assign(nodes, {});
        broken_node_.assign(nodes, 0);
        cohort_notices_.assign(nodes, {});
        open_rows_ = open_leaves_ = open_nodes_ = 0;
        board_->results.setConstant(units, model_.node_count(), missing_value);
        board_->full.setConstant(units, missing_value);
        board_->coverage.setConstant(units, missing_value);
        if (prepared_) {
            prepare_all_leaves();
            thuocdo::detail::weigh_by_judgement(*board_);
            plan_ = std::make_unique<thuocdo::detail::SweepPlan>(*board_);
            sweeper_ = std::make_unique<thuocdo::detail::RowSweeper>(*plan_, *board_, batch_rows);
            count_coverage();
            for (RowSet& each : touched_) each.add_all();
            cell_rows_.add_all();
            is_first_ = true;
            propagate();
            is_first_ = false;
        }
        changes_.clear();
        for (RowSet& each : changed_) each.add_all();
        was_rebuilt_ = true;
    }

    void prepare_all_leaves() {
        board_->leaf_of_node.assign(static_cast<std::size_t>(model_.node_count()), -1);
        board_->leaves.clear();
        leaf_notices_.clear();
        bound_.clear();
        broken_leaf_.clear();
        leaves_of_column_.assign(static_cast<std::size_t>(board_->panel.indicator_count()), {});
        for (const Index index : model_.leaves()) {
            const std::size_t k = board_->leaves.size();
            board_->leaf_of_node[static_cast<std::size_t>(index)] = static_cast<Index>(k);
            board_->leaves.emplace_back();
            leaf_notices_.emplace_back();
            bound_.push_back(0);
            broken_leaf_.push_back(0);
            thuocdo::detail::LeafProgram& leaf = board_->leaves.back();
            leaf.node = &model_.node(index);
            leaf.node_index = index;
            prepare_leaf(k, leaf);
            if (bound_[k] != 0)
                leaves_of_column_[static_cast<std::size_t>(leaf.column)].push_back(k);
        }
    }

    /// Prepares a leaf and keeps its notices and whether it has problems.
    void prepare_leaf(std::size_t k, thuocdo::detail::LeafProgram& leaf) {
        board_->notices.clear();
        thuocdo::detail::LeafPreparation preparation(*board_);
        bound_[k] = preparation.prepare(leaf) ? 1 : 0;
        leaf_notices_[k] = std::exchange(board_->notices, {});
        const bool broken = !preparation.problems().empty();
        open_leaves_ -= broken_leaf_[k];
        broken_leaf_[k] = broken ? 1 : 0;
        open_leaves_ += broken_leaf_[k];
    }

    void count_coverage() {
        const auto units = static_cast<std::size_t>(board_->panel.unit_count());
        measured_.assign(units, 0);
        applicable_.assign(units, 0);
        for (const thuocdo::detail::LeafProgram& leaf : board_->leaves) {
            if (!leaf.node->counts) continue;
            for (std::size_t unit = 0; unit < units; ++unit)
                count(unit, board_->panel.state(static_cast<Index>(unit), leaf.column), 1U);
        }
        for (std::size_t unit = 0; unit < units; ++unit) cover(static_cast<Index>(unit));
    }

    /// Adds a state to the counts of a unit; takes it off with the opposite number.
    void count(std::size_t unit, CellState state, std::uint32_t times) {
        if (is_measured(state)) measured_[unit] += times;
        if (state != CellState::not_applicable) applicable_[unit] += times;
    }

    void cover(Index unit) {
        const auto at = static_cast<std::size_t>(unit);
        board_->coverage[unit] =
            applicable_[at] > 0 && is_evaluated(*board_, unit)
                ? static_cast<double>(measured_[at]) / static_cast<double>(applicable_[at])
                : missing_value;
    }

    // --- leaves --------------------------------------------------------------------------

    /// Reads the dated targets for another day.
    void look_at_targets() {
        for (std::size_t k = 0; k < board_->leaves.size(); ++k) {
            const Node& node = *board_->leaves[k].node;
            if (bound_[k] == 0 || !needs_dated_target(node.score)) continue;
            const double target = *required_value(node.targets, node.target_path, as_of_);
            if (same_bits(target, board_->leaves[k].target)) continue;
            prepare_again(k, touched_[static_cast<std::size_t>(board_->leaves[k].node_index)]);
        }
    }

    void look_at_cells() {
        const std::span<PanelCell> all = cells_.changed();
        std::stable_sort(all.begin(), all.end(), [](const PanelCell& a, const PanelCell& b) {
            return a.column < b.column;
        });
        for (std::size_t first = 0; first < all.size();) {
            std::size_t end = first;
            const Index column = all[first].column;
            while (end < all.size() && all[end].column == column) ++end;
            const std::span<const PanelCell> cells = all.subspan(first, end - first);
            for (const std::size_t k : leaves_of_column_[static_cast<std::size_t>(column)])
                look_at_leaf(k, cells);
            first = end;
        }
    }

    void look_at_leaf(std::size_t k, std::span<const PanelCell> cells) {
        thuocdo::detail::LeafProgram& leaf = board_->leaves[k];
        const Node& node = *leaf.node;
        RowSet& rows = touched_[static_cast<std::size_t>(leaf.node_index)];
        for (const PanelCell& each : cells) {
            rows.add(each.unit);
            cell_rows_.add(each.unit);
            if (!node.counts) continue;
            const auto unit = static_cast<std::size_t>(each.unit);
            // Unsigned counts wrap around: adding the opposite takes one off.
            count(unit, each.state_before, ~std::uint32_t{0});
            count(unit, board_->panel.state(each.unit, leaf.column), 1U);
            const double before = board_->coverage[each.unit];
            cover(each.unit);
            if (!same_bits(before, board_->coverage[each.unit])) coverage_rows_.add(each.unit);
        }
        if (needs_column(node) && !is_unmoved(k, leaf, cells)) prepare_again(k, rows);
    }

    /// Whether the range of the column stays although cells changed: all of them lay and
    /// lie inside it.
    [[nodiscard]] bool is_unmoved(std::size_t k, thuocdo::detail::LeafProgram& leaf,
                                  std::span<const PanelCell> cells) const {
        if (broken_leaf_[k] != 0 || !reads_range_alone(leaf)) return false;
        std::int64_t more = 0;
        for (const PanelCell& each : cells) {
            // The reference counts even when it is not in the cohort.
            if (const auto* distance = std::get_if<rule::DistanceToReference>(&leaf.node->score))
                if (board_->panel.units().code(each.unit) == distance->reference) return false;
            if (!thuocdo::detail::is_evaluated(*board_, each.unit)) continue;
            const double after = board_->panel.value(each.unit, leaf.column);
            if (!lies_inside(leaf.peers, each.before) || !lies_inside(leaf.peers, after))
                return false;
            more += (after == after ? 1 : 0) - (each.before == each.before ? 1 : 0);
        }
        leaf.peers.observed += more;
        return true;
    }

    /// Prepares a leaf from its whole column and adds the rows that this changed.
    void prepare_again(std::size_t k, RowSet& rows) {
        thuocdo::detail::LeafProgram fresh;
        thuocdo::detail::LeafProgram& leaf = board_->leaves[k];
        fresh.node = leaf.node;
        fresh.node_index = leaf.node_index;
        // A leaf that cannot be scored keeps its results until all of it can be.
        const bool was_broken = broken_leaf_[k] != 0;
        prepare_leaf(k, fresh);
        if (was_broken)
            rows.add_all();
        else
            add_changed_rows(leaf, fresh, rows);
        leaf = std::move(fresh);
    }

    // --- nodes ---------------------------------------------------------------------------

    /// What a kernel refuses, the data or the day can mend: everything is tried again with
    /// the next update.
    void propagate() {
        try {
            propagate_stages();
        } catch (const Error&) {
            failed_ = true;
        }
    }

    void propagate_stages() {
        for (int stage = 0; stage <= model_.last_stage(); ++stage) {
            if (stage > 0) compare(stage);
            for (Index k = model_.node_count(); k-- > 0;) {
                RowSet& rows = touched_[static_cast<std::size_t>(k)];
                if (rows.empty() || model_.node(k).stage != stage) continue;
                compute_rows(k, rows);
                rows.clear();
            }
        }
    }

    void compute_rows(Index node, RowSet& rows) {
        const Index at = board_->leaf_of_node[static_cast<std::size_t>(node)];
        if (at < 0) {
            recompute(node, rows,
                      [&](Index first, Index count) { sweeper_->run_node(node, first, count); });
        } else if (bound_[static_cast<std::size_t>(at)] != 0 &&
                   broken_leaf_[static_cast<std::size_t>(at)] == 0) {
            const thuocdo::detail::LeafProgram& leaf = board_->leaves[static_cast<std::size_t>(at)];
            recompute(node, rows,
                      [&](Index first, Index count) { sweeper_->run_leaf(leaf, first, count); });
        }
    }

    /// Weighs and compares for the nodes of a stage whose children changed.
    void compare(int stage) {
        for (Index k = model_.node_count(); k-- > 0;) {
            const Node& node = model_.node(k);
            const auto at = static_cast<std::size_t>(k);
            if (node.stage != stage || !node.needs_cohort()) continue;
            if (touched_[at].empty() && broken_node_[at] == 0 && !is_first_) continue;
            compare_node(k, stage);
        }
    }

    void compare_node(Index k, int stage) {
        const auto at = static_cast<std::size_t>(k);
        const std::vector<double> weights_before = board_->weights[at];
        std::vector<std::uint8_t> fixed(static_cast<std::size_t>(model_.node_count()), 1);
        fixed[at] = 0;
        board_->notices.clear();
        open_nodes_ -= broken_node_[at];
        broken_node_[at] = 0;
        Eigen::VectorXd before;
        const bool compares = is_cohort_relative(model_.node(k).aggregate);
        if (const auto found = board_->compared.find(k); found != board_->compared.end())
            before = found->second;
        try {
            static_cast<void>(thuocdo::detail::compare_cohort(*board_, stage, {}, {}, &fixed));
        } catch (const Error&) {
            broken_node_[at] = 1;
            if (compares)
                board_->compared[k] =
                    Eigen::VectorXd::Constant(board_->panel.unit_count(), missing_value);
        }
        open_nodes_ += broken_node_[at];
        cohort_notices_[at] = std::exchange(board_->notices, {});
        if (!same_bits(weights_before, board_->weights[at]) || broken_node_[at] != 0)
            touched_[at].add_all();
        if (!compares || touched_[at].all()) return;
        const Eigen::VectorXd& after = board_->compared.at(k);
        for (Index unit = 0; unit < after.size(); ++unit)
            if (before.size() != after.size() || !same_bits(before[unit], after[unit]))
                touched_[at].add(unit);
    }

    /// Computes rows of a node, and passes those that changed on to its parent.
    template <class Compute>
    void recompute(Index node, RowSet& rows, Compute&& compute) {
        const auto at = static_cast<std::size_t>(node);
        const Index units = board_->panel.unit_count();
        rows.settle(units);
        auto result = board_->results.col(node);
        RowSet& changed = changed_[at];
        const auto compute_all = [&] {
            open_rows_ -= broken_rows_[at].size();
            broken_rows_[at].clear();
            for (Index first = 0; first < units; first += batch_rows) {
                compute(first, std::min(batch_rows, units - first));
                take_problems(at);
            }
        };
        const Index parent = model_.node(node).parent;
        if (is_first_) {
            // Noting every result of a board would take more memory than the board.
            compute_all();
            if (parent >= 0) touched_[static_cast<std::size_t>(parent)].add_all();
            return;
        }
        const auto note = [&](Index unit, double before, double full_before) {
            const bool moved = !same_bits(before, result[unit]);
            if (moved) changes_.push_back({unit, node, before, result[unit]});
            if (moved || (node == 0 && !same_bits(full_before, board_->full[unit])))
                changed.add(unit);
        };
        if (rows.all()) {
            before_ = result;
            if (node == 0) full_before_ = board_->full;
            compute_all();
            for (Index unit = 0; unit < units; ++unit)
                note(unit, before_[unit], node == 0 ? full_before_[unit] : 0.0);
        } else {
            for (const std::uint32_t row : rows.rows()) {
                const double before = result[row];
                const double full_before = node == 0 ? board_->full[row] : 0.0;
                if (!broken_rows_[at].empty()) open_rows_ -= broken_rows_[at].erase(row);
                compute(static_cast<Index>(row), 1);
                take_problems(at);
                note(row, before, full_before);
            }
        }
        if (!changed.empty()) changed_nodes_.push_back(node);
        if (parent >= 0) touched_[static_cast<std::size_t>(parent)].add(changed);
    }

    void take_problems(std::size_t node) {
        if (sweeper_->problems().empty()) return;
        for (const thuocdo::detail::RowProblem& each : sweeper_->problems())
            open_rows_ += broken_rows_[node].insert(each.unit).second ? 1U : 0U;
        sweeper_->problems().clear();
    }

    static constexpr Index batch_rows = 256;

    IndexModel model_;
    LeafCells cells_;
    std::optional<Panel> previous_;
    std::vector<Panel> other_periods_;
    Date as_of_;
    std::unique_ptr<thuocdo::detail::BoardData> board_;
    std::unique_ptr<thuocdo::detail::SweepPlan> plan_;
    std::unique_ptr<thuocdo::detail::RowSweeper> sweeper_;
    bool prepared_ = false;
    bool failed_ = false;
    bool was_rebuilt_ = false;
    bool is_first_ = false;
    std::vector<std::uint8_t> bound_;
    std::vector<std::uint8_t> broken_leaf_;
    std::vector<std::uint8_t> broken_node_;
    std::vector<std::set<Index>> broken_rows_;
    std::size_t open_rows_ = 0;
    std::size_t open_leaves_ = 0;
    std::size_t open_nodes_ = 0;
    std::vector<std::vector<std::size_t>> leaves_of_column_;
    std::vector<std::uint32_t> measured_;
    std::vector<std::uint32_t> applicable_;
    std::vector<std::vector<std::string>> leaf_notices_;
    std::vector<std::vector<std::string>> cohort_notices_;
    std::vector<ResultChange> changes_;
    std::vector<RowSet> changed_;
    std::vector<RowSet> touched_;
    RowSet cell_rows_;
    RowSet coverage_rows_;
    std::vector<Index> changed_nodes_;
    std::size_t usual_changes_ = 0;
    Eigen::VectorXd before_;
    Eigen::VectorXd full_before_;
};

}  // namespace thuocdo::live::detail
