#pragma once
/// @file
/// Before the leaves are read: cohort, preparation, and the panels of other periods
/// that statistics are taken over.

#include <thuocdo/data/detail/derivation.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/detail/cohort.hpp>
#include <thuocdo/detail/denominate_step.hpp>
#include <thuocdo/detail/imputation_step.hpp>
#include <thuocdo/detail/screen_step.hpp>
#include <thuocdo/detail/step_work.hpp>
#include <thuocdo/detail/treatment_step.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// `imputed`, or `imputed_2` when a step of that kind comes again.
[[nodiscard]] inline std::string stage_name(const std::vector<PreparationStep>& steps,
                                            std::size_t at) {
    constexpr std::array<const char*, std::variant_size_v<PreparationStep>> names{
        "denominated", "screened", "imputed", "treated"};
    std::size_t times = 0;
    for (std::size_t k = 0; k <= at; ++k) times += steps[k].index() == steps[at].index() ? 1U : 0U;
    std::string name = names[steps[at].index()];
    return times == 1 ? name : name + '_' + std::to_string(times);
}

/// Derives the indicators that a model defines and runs the steps that it declares.
/// @param previous the panel of the previous period with its derived columns, or nothing.
[[nodiscard]] inline Preparation run_preparation(const IndexModel& model, const Panel& panel,
                                                 const Panel* previous,
                                                 std::vector<std::uint8_t> evaluated,
                                                 std::span<const Panel> other_periods) {
    const std::vector<PreparationStep>& steps = model.definition().preparation;
    Preparation out;
    out.stages.push_back({"raw", panel, {}});
    if (!model.derived().empty())
        out.stages.push_back({"derived", derive_evaluated(model, panel, previous, evaluated), {}});
    if (steps.empty()) {
        out.evaluated = std::move(evaluated);
        return out;
    }
    StepWork work(model, out.stages.back().panel, std::move(evaluated), other_periods);
    for (std::size_t k = 0; k < steps.size(); ++k) {
        work.place = "/preparation/" + std::to_string(k);
        work.found = {};
        std::visit([&](const auto& step) { run_step(work, step); }, steps[k]);
        if (!work.problems.empty())
            throw DataError(
                "the panel does not fit the preparation of the model \"" + model.id() + '"',
                std::move(work.problems));
        // The last step needs its table no longer.
        PanelDefinition table =
            k + 1 < steps.size() ? work.table : std::exchange(work.table, PanelDefinition{});
        out.stages.push_back(
            {stage_name(steps, k), Panel(std::move(table)), std::move(work.found)});
    }
    out.evaluated = std::move(work.evaluated);
    return out;
}

/// The panels of other periods, prepared like the one that is scored.
inline void prepare_reference_periods(BoardData& board) {
    const IndexModel& model = board.model;
    const bool wanted = std::any_of(model.leaves().begin(), model.leaves().end(), [&](Index leaf) {
        return model.node(leaf).reference_period != current_period;
    });
    if (!wanted) return;
    for (std::size_t k = 0; k < board.other_periods.size(); ++k) {
        std::vector<Panel> others{board.given};
        for (std::size_t other = 0; other < board.other_periods.size(); ++other)
            if (other != k) others.push_back(board.other_periods[other]);
        const Panel& panel = board.other_periods[k];
        Preparation prepared = run_preparation(
            model, panel, nullptr,
            cohort_flags(model.definition().cohort, panel.units(), panel.period_end()), others);
        board.reference_periods.push_back(
            {std::move(prepared.stages.back().panel), std::move(prepared.evaluated)});
    }
}

/// What a reader of the scoreboard should know of its preparation.
inline void take_notices(BoardData& board) {
    for (const PreparationStage& stage : board.preparation.stages) {
        std::set<Index> excluded;
        for (const ScreenedUnit& each : stage.findings.screened)
            if (each.excluded) excluded.insert(each.unit);
        if (!excluded.empty())
            board.notices.push_back(std::to_string(excluded.size()) +
                                    (excluded.size() == 1 ? " unit is" : " units are") +
                                    " left out by step \"" + stage.name + '"');
        for (const std::string& notice : stage.findings.notices) board.notices.push_back(notice);
    }
}

inline void prepare_board(BoardData& board) {
    if (board.previous && !board.model.derived().empty())
        board.previous = derive_previous(board.model, *board.previous);
    board.preparation = run_preparation(
        board.model, board.given, board.previous ? &*board.previous : nullptr,
        cohort_flags(board.model.definition().cohort, board.given.units(), board.as_of),
        board.other_periods);
    board.panel = board.preparation.stages.back().panel;
    // What was given keeps its derived columns, so that it can be the previous panel of
    // the next period.
    if (!board.model.derived().empty()) board.given = board.preparation.find("derived")->panel;
    board.evaluated = board.preparation.evaluated;
    take_notices(board);
    prepare_reference_periods(board);
}

}  // namespace thuocdo::detail
