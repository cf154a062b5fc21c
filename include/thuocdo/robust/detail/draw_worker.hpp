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
inline constexpr std::size_t most_draws_together = 16;

/// Where the results of one draw go.
struct DrawOutput {
    double* scores = nullptr;          ///< totals before rounding, one a unit; or nullptr
    std::uint16_t* cells = nullptr;    ///< cells of the totals in the grid; or nullptr
    std::uint32_t* places = nullptr;   ///< rank - 1, twice where ranks come in halves
    std::int8_t* bands = nullptr;      ///< final bands, -1 for none; or nullptr
    double* weights = nullptr;         ///< effective weights of the nominal leaves; or nullptr
    std::uint8_t* complete = nullptr;  ///< whether every unit has a score
    std::optional<DrawFailure>* failure = nullptr;
};

/// Scores draws with a working copy of the board. One a thread.
class DrawWorker {
  public:
    DrawWorker(const FormSource& source, const Uniforms& uniforms)
        : source_(source),
          uniforms_(uniforms),
          nominal_rule_(source.nominal.model().definition().ranking),
          ranker_(source.nominal.unit_count(), thuocdo::detail::tie_rule(nominal_rule_.ties),
                  nominal_rule_.order) {}

    /// Finds the cells of scores from now on, and adds scores up.
    void set_grid(const ScoreGrid& grid) {
        grid_ = &grid;
        sums_.emplace(grid.lower.size());
    }
    [[nodiscard]] ScoreSums& sums() { return *sums_; }

    /// Scores up to `most_draws_together` draws of one form.
    void run(const ModelForm& form, std::span<const std::uint64_t> draws,
             std::span<const DrawOutput> outputs) {
        if (!form.board) {
            for (const DrawOutput& output : outputs) fail(output, form.failure);
            return;
        }
        if (source_.factors.errors().empty()) {
            load(form);
            draw_weights(draws);
            draw_packed(draws.size());
        }
        for (std::size_t d = 0; d < draws.size(); ++d) {
            try {
                if (source_.factors.errors().empty())
                    score_weights(d, draws[d]);
                else
                    score_values(form, draws[d]);
                publish(outputs[d]);
            } catch (const Error& error) {
                fail(outputs[d], failure_of(error));
            }
        }
    }

  private:
    using BoardData = thuocdo::detail::BoardData;
    static constexpr Index block_rows = 256;

    void fail(const DrawOutput& output, const DrawFailure& failure) const {
        *output.failure = failure;
        const Index units = source_.nominal.unit_count();
        if (output.scores) std::fill_n(output.scores, units, missing_value);
        if (output.cells) std::fill_n(output.cells, units, no_bin);
        std::fill_n(output.places, units, no_place);
        *output.complete = 0;
        if (output.bands) std::fill_n(output.bands, units, std::int8_t{-1});
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

    void score_weights(std::size_t d, std::uint64_t draw) {
        for (const GroupTarget& target : form_->targets)
            if (!target.by_data)
                set_weights(target, drawn_[d][static_cast<std::size_t>(target.node)]);
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

    void publish(const DrawOutput& output) {
        BoardData& board = *board_;
        thuocdo::detail::publish_totals(board);
        const Index units = board.panel.unit_count();
        if (output.scores) std::copy_n(board.full.data(), units, output.scores);
        *output.complete = rank(output.places) == units ? 1 : 0;
        if (output.bands) {
            board.ranks.resize(units);
            for (Index unit = 0; unit < units; ++unit)
                board.ranks[unit] = rank_of(output.places[unit], source_.factors.places_a_rank());
            std::fill(board.bands.begin(), board.bands.end(), thuocdo::detail::BandOutcome{});
            thuocdo::detail::assign_bands(board);
            for (Index unit = 0; unit < units; ++unit)
                output.bands[unit] = static_cast<std::int8_t>(
                    board.bands[static_cast<std::size_t>(unit)].final_band);
        }
        if (output.weights) {
            const std::vector<double> effective =
                thuocdo::detail::effective_weights_of(board.model, board.weights);
            for (std::size_t k = 0; k < form_->leaves.size(); ++k)
                output.weights[k] = form_->leaves[k] < 0
                                        ? 0.0
                                        : effective[static_cast<std::size_t>(form_->leaves[k])];
        }
        // Last, so that nothing of a failed draw is added.
        if (output.cells) add_scores(board.full.data(), *grid_, *sums_, output.cells);
    }

    /// Returns how many units have a score.
    Index rank(std::uint32_t* places) {
        const BoardData& board = *board_;
        const RankingRule& rule = board.model.definition().ranking;
        const bool as_nominal =
            rule.ties == nominal_rule_.ties && rule.order == nominal_rule_.order;
        if (as_nominal && rule.ties != TiePolicy::ordinal && rule.tie_breakers.empty()) {
            Index scored = 0;
            if (rule.on == Basis::full)
                scored = ranker_.run(board.full.data(), places);
            else if (!rule.digits)
                scored = ranker_.run(board.published.data(), places);
            else
                scored = ranker_.run(thuocdo::detail::rank_key(board).data(), places);
            if (source_.factors.half_ranks() && rule.ties != TiePolicy::fractional)
                for (Index unit = 0; unit < board.panel.unit_count(); ++unit)
                    if (places[unit] != no_place) places[unit] *= 2;
            return scored;
        }
        const Eigen::VectorXd ranks = thuocdo::detail::rank_column(
            board.model, board.panel.units(), board.results, thuocdo::detail::rank_key(board));
        Index scored = 0;
        for (Index unit = 0; unit < ranks.size(); ++unit) {
            places[unit] = place_of(ranks[unit], source_.factors.places_a_rank());
            scored += places[unit] != no_place ? 1 : 0;
        }
        return scored;
    }

    const FormSource& source_;
    const Uniforms& uniforms_;
    const RankingRule& nominal_rule_;
    DrawRanker ranker_;
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
