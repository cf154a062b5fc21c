#pragma once
/// @file
/// The umbrella: models, panels, scoring, explanation and every kernel. It
/// leaves out the readers and writers of files, which need the compiled part of
/// the library: `thuocdo/io/json.hpp`, `thuocdo/io/csv.hpp` and their kin.

#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/version.hpp>

#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/numeric/quantile.hpp>
#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/numeric/sha256.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <thuocdo/model/index_model.hpp>

#include <thuocdo/data/panel.hpp>
#include <thuocdo/data/unit_registry.hpp>

#include <thuocdo/normalise/above_below_mean.hpp>
#include <thuocdo/normalise/borda.hpp>
#include <thuocdo/normalise/categorical_scale.hpp>
#include <thuocdo/normalise/checklist.hpp>
#include <thuocdo/normalise/distance_to_best.hpp>
#include <thuocdo/normalise/distance_to_reference.hpp>
#include <thuocdo/normalise/distance_to_target.hpp>
#include <thuocdo/normalise/fraction_of_best.hpp>
#include <thuocdo/normalise/goalposts.hpp>
#include <thuocdo/normalise/growth_to_target.hpp>
#include <thuocdo/normalise/level_table.hpp>
#include <thuocdo/normalise/log_goalposts.hpp>
#include <thuocdo/normalise/logistic.hpp>
#include <thuocdo/normalise/min_max.hpp>
#include <thuocdo/normalise/penalty_per_occurrence.hpp>
#include <thuocdo/normalise/percentile_rank.hpp>
#include <thuocdo/normalise/rank_score.hpp>
#include <thuocdo/normalise/rank_target.hpp>
#include <thuocdo/normalise/ratio_to_target.hpp>
#include <thuocdo/normalise/step_table.hpp>
#include <thuocdo/normalise/target_range.hpp>
#include <thuocdo/normalise/yes_no.hpp>
#include <thuocdo/normalise/z_score.hpp>

#include <thuocdo/aggregate/arithmetic.hpp>
#include <thuocdo/aggregate/geometric.hpp>
#include <thuocdo/aggregate/harmonic.hpp>
#include <thuocdo/aggregate/maximum.hpp>
#include <thuocdo/aggregate/mazziotta_pareto.hpp>
#include <thuocdo/aggregate/mean_min.hpp>
#include <thuocdo/aggregate/median.hpp>
#include <thuocdo/aggregate/minimum.hpp>
#include <thuocdo/aggregate/ordered_weighted_average.hpp>
#include <thuocdo/aggregate/power_mean.hpp>
#include <thuocdo/aggregate/sum_of_points.hpp>

#include <thuocdo/rank/ranks.hpp>

#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/roll_up.hpp>
#include <thuocdo/score.hpp>
#include <thuocdo/scoreboard.hpp>
