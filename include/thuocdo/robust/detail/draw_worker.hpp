#pragma once
/// @file
/// Scores draws: what one thread does.

#include <thuocdo/config.hpp>
#include <thuocdo/data/detail/derivation.hpp>
#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/detail/compare_cohort.hpp>
#include <thuocdo/detail/prepare_board.hpp>
#include <thuocdo/detail/prepare_leaves.hpp>
#include <thuocdo/detail/score_rows.hpp>
#include <thuocdo/robust/detail/count_kernels.hpp>
#include <thuocdo/robust/detail/draw_ranker.hpp>
#include <thuocdo/robust/detail/draw_weights.hpp>
#include <thuocdo/robust/detail/model_form.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust::detail {

/// Draws of one form of the model that are scored together.
inline constexpr std::size_t most_draws_together = chunk_draws;

/// Where the results of one draw go.
struct DrawOutput {
    double* scores = nullptr;          ///< totals before rounding, one a unit; or nullptr
    std::int16_t* bands = nullptr;     ///< final bands, -1 for none; or nullptr
    std::uint8_t* complete = nullptr;  ///< whether every unit has a score
    std::optional<DrawFailure>* failure = nullptr;
};

/// Where places and cells of consecutive draws go, as `ChunkedDraws`.
struct DrawTable {
    /// rank - 1, twice where ranks come in halves; one of both
    std::uint16_t* short_places = nullptr;
    std::uint32_t* places = nullptr;
    std::uint16_t* cells = nullptr;  ///< cells of the totals in the grid; or nullptr
    std::size_t first = 0;           ///< position of the first draw
};

/// Scores draws with a working copy of the board. One a thread.
class DrawWorker {
  public:
    DrawWorker(const FormSource& source, const Uniforms& uniforms)
        : source_(source),
          uniforms_(uniforms),
          nominal_rule_(source.nominal.model().definition().ranking),
          ranker_(source.nominal.unit_count(), thuocdo::detail::tie_rule(nominal_rule_.ties),
                  nominal_rule_.order),
          units_(static_cast<std::size_t>(source.nominal.unit_count())),
          room_(whole_tiles_of(units_)),
          totals_(room_ * most_draws_together),
          places_(units_ * most_draws_together) {
        for (std::size_t d = 0; d < most_draws_together; ++d)
            columns_of_totals_.push_back(totals_.data() + d * room_);
    }

    /// Finds the cells of scores from now on, and adds scores up.
    void set_grid(const ScoreGrid& grid) {
        grid_ = &grid;
        sums_.emplace(grid.lower.size());
        cells_.resize(room_ * most_draws_together);
    }
    [[nodiscard]] ScoreSums& sums() { return *sums_; }

    /// Counts who comes first from now on, and adds the weights of leaves up.
    void count_firsts() { firsts_.emplace(units_); }
    [[nodiscard]] const FirstSums& firsts() { return *firsts_; }

    /// Scores up to `most_draws_together` draws of one form.
    void run(const ModelForm& form, std::span<const std::uint64_t> draws,
             std::span<const DrawOutput> outputs, const DrawTable& table) {
        if (!form.board) {
            for (std::size_t d = 0; d < draws.size(); ++d) fail(d, outputs[d], form.failure);
        } else {
            if (source_.factors.errors().empty()) {
                load(form);
                draw_weights(draws);
                if (form.tree)
                    draw_tree(draws.size());
                else
                    draw_packed(draws.size());
            }
            for (std::size_t d = 0; d < draws.size(); ++d) {
                try {
                    if (!source_.factors.errors().empty())
                        score_values(form, draws[d]);
                    else if (!form.tree || !by_tree(d))
                        score_weights(d, draws[d]);
                    publish(d, outputs[d]);
                } catch (const Error& error) {
                    fail(d, outputs[d], failure_of(error));
                }
            }
        }
        add_up(outputs);
        hand_over(draws.size(), table);
    }

  private:
    using BoardData = thuocdo::detail::BoardData;
    static constexpr Index block_rows = 256;

    [[nodiscard]] static std::size_t whole_tiles_of(std::size_t units) noexcept {
        constexpr auto tile = static_cast<std::size_t>(tile_rows);
        return (units + tile - 1) / tile * tile;
    }
    [[nodiscard]] double* totals(std::size_t d) noexcept { return totals_.data() + d * room_; }
    [[nodiscard]] std::uint32_t* places(std::size_t d) noexcept {
        return places_.data() + d * units_;
    }

    void fail(std::size_t d, const DrawOutput& output, const DrawFailure& failure) {
        *output.failure = failure;
        if (output.scores) std::fill_n(output.scores, units_, missing_value);
        std::fill_n(places(d), units_, no_place);
        *output.complete = 0;
        if (output.bands) std::fill_n(output.bands, units_, std::int16_t{-1});
    }

    /// Adds the scores of the draws that did not fail to the sums.
    void add_up(std::span<const DrawOutput> outputs) {
        if (!grid_) return;
        added_.clear();
        added_cells_.clear();
        for (std::size_t d = 0; d < outputs.size(); ++d) {
            std::uint16_t* const cells = cells_.data() + d * room_;
            if (*outputs[d].failure) {
                std::fill_n(cells, units_, no_bin);
                continue;
            }
            added_.push_back(totals(d));
            added_cells_.push_back(cells);
        }
        add_scores({added_, added_cells_}, *grid_, *sums_);
    }

    /// From the order of draws to that of units.
    void hand_over(std::size_t draws, const DrawTable& table) const {
        if (table.short_places)
            put_in_chunks(places_.data(), units_, draws, table.first, table.short_places);
        else
            put_in_chunks(places_.data(), units_, draws, table.first, table.places);
        if (table.cells) put_in_chunks(cells_.data(), room_, draws, table.first, table.cells);
    }

    /// @param room from one draw to the next in `from`.
    template <class From, class To>
    void put_in_chunks(const From* from, std::size_t room, std::size_t draws, std::size_t first,
                       To* to) const {
        const ChunkedDraws chunks{units_};
        if (draws == chunk_draws && first % chunk_draws == 0) {
            To* const chunk = to + chunks.at(0, first);
            for (std::size_t unit = 0; unit < units_; ++unit)
                for (std::size_t d = 0; d < chunk_draws; ++d)
                    chunk[unit * chunk_draws + d] = static_cast<To>(from[d * room + unit]);
            return;
        }
        for (std::size_t d = 0; d < draws; ++d)
            for (std::size_t unit = 0; unit < units_; ++unit)
                to[chunks.at(unit, first + d)] = static_cast<To>(from[d * room + unit]);
    }

    void load(const ModelForm& form) {
        if (form_ == &form && loaded_ == form.board) return;
        sweeper_.reset();
        plan_.reset();
        board_ = std::make_unique<BoardData>(*form.board);
        form_ = &form;
        loaded_ = form.board;
        start_ = board_->weights;
        begin_sweeps();
        for (const PackedNode& node : form.packed)
            board_->compared[node.node()].resize(board_->panel.unit_count());
        tree_complete_ = form.tree && form.tree->is_complete();
        columns_.resize(form.packed.size() * most_draws_together);
        for (Eigen::VectorXd& column : columns_) column.resize(board_->panel.unit_count());
    }

    void begin_sweeps() {
        plan_ = std::make_unique<thuocdo::detail::SweepPlan>(*board_);
        sweeper_ = std::make_unique<thuocdo::detail::RowSweeper>(
            *plan_, *board_, std::min(block_rows, std::max<Index>(board_->panel.unit_count(), 1)));
    }

    /// The weights of all targets for each draw, as far as they do not wait for the cohort.
    void draw_weights(std::span<const std::uint64_t> draws) {
        drawn_.resize(draws.size());
        for (std::size_t d = 0; d < draws.size(); ++d) {
            drawn_[d].resize(start_.size());
            for (const GroupTarget& target : form_->targets)
                drawn_[d][static_cast<std::size_t>(target.node)] =
                    start_[static_cast<std::size_t>(target.node)];
            for (const GroupTarget& target : form_->targets)
                if (!target.by_data)
                    drawer_.draw(target, draws[d], uniforms_,
                                 drawn_[d][static_cast<std::size_t>(target.node)]);
        }
    }

    /// What the points of a child are multiplied by; 0 for a child that takes no part.
    [[nodiscard]] static double point_factor(double before, double after) noexcept {
        return before > 0.0 ? after / before : 0.0;
    }

    /// The totals of draws that need no board. Lanes without a draw repeat the last one.
    void draw_tree(std::size_t draws) {
        const WeightedTree& tree = *form_->tree;
        tree.prepare(lane_weights_, draws);
        const std::size_t lanes = lane_weights_.infinite.size();
        has_totals_.assign(lanes, 1);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::size_t d = std::min(lane, draws - 1);
            for (std::size_t k = 0; k < tree.node_count(); ++k) {
                const auto at = static_cast<std::size_t>(tree.node(k));
                const std::vector<double>& weights =
                    drawn_[d][at].empty() ? start_[at] : drawn_[d][at];
                if (tree.is_sum(k)) {
                    factors_.resize(weights.size());
                    for (std::size_t j = 0; j < weights.size(); ++j)
                        factors_[j] = point_factor(start_[at][j], weights[j]);
                }
                if (!tree.set(lane_weights_, k, lane, weights, tree.is_sum(k) ? factors_ : weights))
                    has_totals_[lane] = 0;
            }
        }
        tree.run(lane_weights_, std::span<double* const>(columns_of_totals_).first(lanes));
    }

    /// Whether the tree has the totals of a draw; otherwise something in it needs a name.
    [[nodiscard]] bool by_tree(std::size_t d) {
        if (has_totals_[d] == 0 || lane_weights_.infinite[d] != 0) return false;
        const Found found = look_through(totals(d), units_);
        if (found.infinite || (found.missing && tree_complete_)) return false;
        set_all_weights(d);
        on_board_ = false;
        return true;
    }

    void draw_packed(std::size_t draws) {
        for (std::size_t p = 0; p < form_->packed.size(); ++p) {
            const PackedNode& node = form_->packed[p];
            const auto at = static_cast<std::size_t>(node.node());
            const std::size_t children = start_[at].size();
            lanes_.resize(children * tile_draws);
            factors_.resize(children * tile_draws);
            for (std::size_t first = 0; first < draws; first += tile_draws) {
                std::array<double*, tile_draws> out{};
                const std::size_t count = std::min(tile_draws, draws - first);
                for (std::size_t d = 0; d < tile_draws; ++d) {
                    // Lanes without a draw repeat the last one; nothing is written for them.
                    const std::size_t draw = first + std::min(d, count - 1);
                    if (d < count) out[d] = columns_[p * most_draws_together + draw].data();
                    for (std::size_t j = 0; j < children; ++j) {
                        const double weight = drawn_[draw][at][j];
                        lanes_[j * tile_draws + d] = weight;
                        factors_[j * tile_draws + d] =
                            node.is_sum() ? point_factor(start_[at][j], weight) : weight;
                    }
                }
                node.run(lanes_.data(), factors_.data(),
                         std::span<double* const>(out.data(), count));
                for (std::size_t d = 0; d < count; ++d) node.finish(out[d]);
            }
        }
    }

    /// Takes the weights of a target into the board.
    void set_weights(const GroupTarget& target, const std::vector<double>& weights) {
        const auto at = static_cast<std::size_t>(target.node);
        if (target.points) {
            std::vector<double>& factors = board_->point_factors[target.node];
            factors.resize(weights.size());
            for (std::size_t j = 0; j < weights.size(); ++j)
                factors[j] = point_factor(start_[at][j], weights[j]);
        }
        board_->weights[at] = weights;
    }

    void set_all_weights(std::size_t d) {
        for (const GroupTarget& target : form_->targets)
            if (!target.by_data)
                set_weights(target, drawn_[d][static_cast<std::size_t>(target.node)]);
    }

    void score_weights(std::size_t d, std::uint64_t draw) {
        set_all_weights(d);
        on_board_ = true;
        for (std::size_t p = 0; p < form_->packed.size(); ++p)
            board_->compared[form_->packed[p].node()].swap(columns_[p * most_draws_together + d]);
        sweep(draw, &form_->fixed);
    }

    /// All inner nodes that are not fixed, stage by stage.
    void sweep(std::uint64_t draw, const std::vector<std::uint8_t>* fixed) {
        const Index units = board_->panel.unit_count();
        const auto weighed = [&](Index node) {
            for (const GroupTarget& target : form_->targets)
                if (target.node == node && target.by_data) {
                    std::vector<double>& weights = board_->weights[static_cast<std::size_t>(node)];
                    drawer_.draw(target, draw, uniforms_, weights);
                }
        };
        for (int stage = 0; stage <= board_->model.last_stage(); ++stage) {
            if (stage > 0)
                static_cast<void>(
                    thuocdo::detail::compare_cohort(*board_, stage, {1, {}}, weighed, fixed));
            for (Index first = 0; first < units; first += block_rows)
                sweeper_->run_inner(stage, first, std::min(block_rows, units - first), fixed);
            if (sweeper_->problems().empty()) continue;
            std::vector<thuocdo::detail::RowProblem> found;
            found.swap(sweeper_->problems());
            thuocdo::detail::throw_row_problems(board_->model, std::move(found));
        }
        board_->notices.clear();
    }

    /// A draw whose values differ goes through everything from the panel on.
    void score_values(const ModelForm& form, std::uint64_t draw) {
        sweeper_.reset();
        plan_.reset();
        form_ = &form;
        const Panel panel = panel_of(draw);
        board_ = std::make_unique<BoardData>(BoardData{form.board->model, panel, panel});
        board_->previous = source_.options.previous;
        board_->other_periods = source_.options.other_periods;
        board_->as_of = source_.options.as_of;
        thuocdo::detail::prepare_board(*board_);
        thuocdo::detail::prepare_leaves(*board_);
        thuocdo::detail::weigh_by_judgement(*board_);
        const Index units = board_->panel.unit_count();
        board_->results.resize(units, board_->model.node_count());
        board_->full.resize(units);
        board_->coverage.resize(units);
        start_ = board_->weights;
        begin_sweeps();
        for (const GroupTarget& target : form.targets) {
            if (target.by_data) continue;
            std::vector<double> weights = board_->weights[static_cast<std::size_t>(target.node)];
            drawer_.draw(target, draw, uniforms_, weights);
            set_weights(target, weights);
        }
        for (Index first = 0; first < units; first += block_rows)
            sweeper_->run_leaves(first, std::min(block_rows, units - first));
        sweep(draw, nullptr);
        on_board_ = true;
    }

    [[nodiscard]] Panel panel_of(std::uint64_t draw) const {
        PanelDefinition table = source_.nominal.panel().definition();
        for (const ErrorColumn& error : source_.factors.errors()) {
            // The ratio of numerator and denominator is no longer the value.
            table.ratios.erase(error.column);
            for (Index unit = 0; unit < table.values.rows(); ++unit) {
                double& value = table.values(unit, error.column);
                if (std::isnan(value) || !(error.sizes[static_cast<std::size_t>(unit)] > 0.0))
                    continue;
                value = source_.factors.erroneous(error, value, unit, draw, uniforms_);
            }
        }
        return Panel(std::move(table));
    }

    void publish(std::size_t d, const DrawOutput& output) {
        BoardData& board = *board_;
        if (on_board_) std::copy_n(board.full.data(), units_, totals(d));
        const auto scored = rank(d);
        *output.complete = scored == units_ ? 1 : 0;
        if (output.scores) std::copy_n(totals(d), units_, output.scores);
        if (output.bands) {
            board.ranks.resize(static_cast<Index>(units_));
            for (std::size_t unit = 0; unit < units_; ++unit)
                board.ranks[static_cast<Index>(unit)] =
                    rank_of(places(d)[unit], source_.factors.places_a_rank());
            std::fill(board.bands.begin(), board.bands.end(), thuocdo::detail::BandOutcome{});
            thuocdo::detail::assign_bands(board);
            for (std::size_t unit = 0; unit < units_; ++unit)
                output.bands[unit] = static_cast<std::int16_t>(board.bands[unit].final_band);
        }
        if (firsts_) add_firsts();
    }

    /// Adds the weights of the leaves in the draw to those of the units that came first.
    void add_firsts() {
        const std::vector<double> effective =
            thuocdo::detail::effective_weights_of(board_->model, board_->weights);
        leaf_weights_.resize(form_->leaves.size());
        for (std::size_t k = 0; k < leaf_weights_.size(); ++k)
            leaf_weights_[k] =
                form_->leaves[k] < 0 ? 0.0 : effective[static_cast<std::size_t>(form_->leaves[k])];
        for (const std::uint32_t unit : leaders_)
            firsts_->add(unit, leaf_weights_.data(), leaf_weights_.size());
    }

    /// The totals of a draw of the tree, as if the board had been swept.
    void put_on_board(std::size_t d) {
        if (on_board_) return;
        std::copy_n(totals(d), units_, board_->full.data());
        std::copy_n(totals(d), units_, board_->results.data());
        on_board_ = true;
    }

    /// Ranks a draw. Returns how many units have a score.
    std::size_t rank(std::size_t d) {
        BoardData& board = *board_;
        const RankingRule& rule = board.model.definition().ranking;
        const bool as_nominal =
            rule.ties == nominal_rule_.ties && rule.order == nominal_rule_.order;
        const bool plain =
            as_nominal && rule.ties != TiePolicy::ordinal && rule.tie_breakers.empty();
        const bool rounded =
            board.model.root().rounding_at(RoundingPlace::display) || rule.digits.has_value();
        const bool on_totals = rule.on == Basis::full || !rounded;
        std::uint32_t* const out = places(d);
        if (plain && on_totals && !board.model.definition().bands)
            return ranked(ranker_.run(totals(d), out), rule, out);
        put_on_board(d);
        thuocdo::detail::publish_totals(board);
        if (plain)
            return ranked(ranker_.run(thuocdo::detail::rank_key(board).data(), out), rule, out);
        const Eigen::VectorXd ranks = thuocdo::detail::rank_column(
            board.model, board.panel.units(), board.results, thuocdo::detail::rank_key(board));
        std::size_t scored = 0;
        std::uint32_t best = no_place;
        for (std::size_t unit = 0; unit < units_; ++unit) {
            out[unit] = place_of(ranks[static_cast<Index>(unit)], source_.factors.places_a_rank());
            scored += out[unit] != no_place ? 1 : 0;
            best = std::min(best, out[unit]);
        }
        leaders_.clear();
        for (std::size_t unit = 0; unit < units_; ++unit)
            if (best != no_place && out[unit] == best)
                leaders_.push_back(static_cast<std::uint32_t>(unit));
        return scored;
    }

    /// After a run of the ranker.
    std::size_t ranked(Index scored, const RankingRule& rule, std::uint32_t* out) {
        leaders_.assign(ranker_.leaders().begin(), ranker_.leaders().end());
        if (source_.factors.half_ranks() && rule.ties != TiePolicy::fractional)
            for (std::size_t unit = 0; unit < units_; ++unit)
                if (out[unit] != no_place) out[unit] *= 2;
        return static_cast<std::size_t>(scored);
    }

    const FormSource& source_;
    const Uniforms& uniforms_;
    const RankingRule& nominal_rule_;
    DrawRanker ranker_;
    std::size_t units_;
    /// Units and more up to whole tiles.
    std::size_t room_;
    /// By draw: totals before rounding, and places.
    std::vector<double> totals_;
    std::vector<std::uint32_t> places_;
    std::vector<std::uint16_t> cells_;
    std::vector<double*> columns_of_totals_;
    /// Whether the board holds the totals of the draw at hand.
    bool on_board_ = false;
    std::vector<std::uint32_t> leaders_;
    std::optional<FirstSums> firsts_;
    std::vector<double> leaf_weights_;
    WeightedTree::Weights lane_weights_;
    bool tree_complete_ = false;
    /// Whether the weights of a draw amount to something in every node.
    std::vector<std::uint8_t> has_totals_;
    std::vector<const double*> added_;
    std::vector<std::uint16_t*> added_cells_;
    WeightDrawer drawer_;
    const ScoreGrid* grid_ = nullptr;
    std::optional<ScoreSums> sums_;
    const ModelForm* form_ = nullptr;
    std::shared_ptr<const BoardData> loaded_;
    std::unique_ptr<BoardData> board_;
    std::unique_ptr<thuocdo::detail::SweepPlan> plan_;
    std::unique_ptr<thuocdo::detail::RowSweeper> sweeper_;
    /// Weights of the form before anything is drawn, by node.
    std::vector<std::vector<double>> start_;
    /// By draw and node.
    std::vector<std::vector<std::vector<double>>> drawn_;
    /// Aggregates of packed nodes, by node and draw.
    std::vector<Eigen::VectorXd> columns_;
    std::vector<double> lanes_;
    std::vector<double> factors_;
};

}  // namespace thuocdo::robust::detail
