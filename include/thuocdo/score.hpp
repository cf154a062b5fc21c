#pragma once
/// @file
/// The pipeline: model + panel -> scoreboard. Programs that link the compiled
/// part of the library (which defines THUOCDO_COMPILED) call its copy of
/// `score` and compile faster; all others get the definition from here.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/config.hpp>
#include <thuocdo/scoreboard.hpp>

#if !THUOCDO_DECLARATIONS_ONLY
#include <thuocdo/detail/assign_bands.hpp>
#include <thuocdo/detail/prepare_board.hpp>
#include <thuocdo/detail/prepare_leaves.hpp>
#include <thuocdo/detail/score_rows.hpp>
#endif

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace thuocdo {

/// How a panel is scored. None of `threads`, `batch_rows` and the order of the
/// units changes a bit of the result.
struct ScoreOptions {
    /// The date at which dated targets are read and units must be valid;
    /// default: the end of the panel's period.
    std::optional<Date> as_of{};
    /// The panel of the previous period, for growth rules and carried values.
    std::optional<Panel> previous{};
    /// Panels of other periods, earlier or later: for leaves whose `reference_period`
    /// names one or all of them, and for imputation along time.
    std::vector<Panel> other_periods{};
    int threads = 1;
    /// Units worked on at once; the default keeps them in the cache.
    Index batch_rows = 256;
    /// Called now and then with the share done; returning false cancels with
    /// `Cancelled`.
    std::function<bool(double)> progress{};
};

/// Scores every unit of a panel with a model.
///
/// The derived indicators of the model are computed first, see `derive`; the panel of the
/// board has their columns.
/// For each unit and node, leaves first: value -> score rule -> points or scale
/// -> floor, cap, rounding; inner nodes aggregate the results of their children,
/// add bonus, take off penalty, then floor, cap, rounding. The total is the
/// result of the root; ranks, bands, gates and quota follow from it. Missing
/// values go by the rule of each leaf.
///
/// Complexity: O(units x nodes) time, plus sorting for ranks and peer-relative
/// rules; memory for units x nodes results.
///
/// @throws DataError naming every unit and indicator: what `derive` throws, columns that the
///         panel lacks, missing values that the model refuses, zero denominators
///         without a rule, values outside the domain of a rule, results <= 0
///         under a geometric mean, a date that is needed and not given.
/// @throws Cancelled when the progress callback returns false.
[[nodiscard]] THUOCDO_INLINE Scoreboard score(const IndexModel& model, const Panel& panel,
                                              const ScoreOptions& options = {});

namespace detail {

/// Every option that changed the results of a board, for scoring something else alike.
[[nodiscard]] inline ScoreOptions score_options_of(const Scoreboard& board) {
    ScoreOptions options;
    options.as_of = board.as_of();
    options.previous = board.data().previous;
    options.other_periods = board.data().other_periods;
    return options;
}

}  // namespace detail

#if !THUOCDO_DECLARATIONS_ONLY
THUOCDO_INLINE Scoreboard score(const IndexModel& model, const Panel& panel,
                                const ScoreOptions& options) {
    auto data = std::make_shared<detail::BoardData>(detail::BoardData{model, panel, panel});
    data->previous = options.previous;
    data->other_periods = options.other_periods;
    data->as_of = options.as_of ? options.as_of : panel.period_end();
    detail::prepare_board(*data);
    detail::prepare_leaves(*data);
    detail::weigh_by_judgement(*data);
    const detail::Workload workload{options.threads, options.batch_rows, options.progress};
    if (!detail::score_rows(*data, workload)) throw Cancelled();
    data->effective_weights = detail::effective_weights_of(model, data->weights);
    detail::publish_totals(*data);
    detail::rank_units(*data);
    detail::assign_bands(*data);
    return Scoreboard(std::move(data));
}
#endif

}  // namespace thuocdo
