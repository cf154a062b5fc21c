"""
The compiled part of thuocdo. Use the package, not this module.
"""
from __future__ import annotations
import collections.abc
import numpy
import numpy.typing
import typing
__all__: list[str] = ['ArasResult', 'AudienceView', 'AuditReport', 'BoardSnapshot', 'BoardUpdate', 'BordaResult', 'Bottlenecks', 'CheapestImprovements', 'CocosoResult', 'CodasResult', 'CometResult', 'Comparison', 'CondorcetResult', 'CopelandRankingResult', 'CoprasResult', 'Deadline', 'Diff', 'DisclosureAudit', 'DisclosureProposal', 'DrawCounts', 'EdasResult', 'ElectreOneResult', 'ElectreThreeResult', 'EventStore', 'Explanation', 'Factors', 'Finding', 'GapTable', 'IndexModel', 'Journal', 'KemenyCertificate', 'KemenyResult', 'KemenyVerification', 'KindShares', 'LeaveOneOut', 'LiveScoreboard', 'MabacResult', 'MaircaResult', 'MarcosResult', 'MedianRankResult', 'MissedTargets', 'MooraMultiplicativeResult', 'MooraRatioResult', 'MooraReferencePointResult', 'MovementTable', 'MultimooraResult', 'ObservationLog', 'OnTrackOptions', 'Panel', 'PanelOptions', 'Period', 'Problem', 'PrometheeOneResult', 'PrometheeTwoResult', 'Publication', 'PublicationPlan', 'RamResult', 'RimResult', 'Scoreboard', 'Sensitivity', 'SmaaResult', 'SpotisResult', 'StatusVocabulary', 'TaskFileOptions', 'TaskRegister', 'TaskRules', 'TopsisResult', 'Track', 'Uncertainty', 'UncertaintyPlan', 'UnitRegistry', 'VikorResult', 'WaspasResult', 'WeightStability', 'WeightedProductResult', 'WeightedSumResult', 'WhatIf', 'WorkingCalendar', 'above_below_mean', 'adjusted_mazziotta_pareto', 'apply_outlier_transform', 'argsort', 'arithmetic', 'audit', 'board_in_bundle', 'borda', 'bottlenecks', 'carry_forward', 'categorical_scale', 'cell_state_names', 'cheapest_improvements', 'check_model', 'check_model_file', 'checklist', 'column_statistics', 'compare', 'completion_result_gap', 'copeland', 'day_numbers', 'denominate', 'derive', 'diagnose_availability', 'diagnose_compound_growth_rate', 'diagnose_correlation', 'diagnose_correlation_findings', 'diagnose_correlation_matrix', 'diagnose_correlation_ratio', 'diagnose_correlation_table', 'diagnose_correlation_with_denominators', 'diagnose_covariance_matrix', 'diagnose_cronbach_alpha', 'diagnose_importance', 'diagnose_indicator_statistics', 'diagnose_linear_trend', 'diagnose_principal_components', 'diff', 'differences', 'dirichlet', 'dirichlet_draws', 'distance_to_best', 'distance_to_reference', 'distance_to_target', 'drop', 'effective_number', 'effective_weights', 'error_message', 'exact_sum', 'excess_kurtosis', 'finding_columns', 'fixed', 'flow_and_year_to_date', 'fraction_of_best', 'gamma_quantile', 'geometric', 'gini', 'gini_penalised_mean', 'goalposts', 'growth_to_target', 'harmonic', 'hellwig', 'herfindahl', 'herfindahl_normalised', 'html_report_of_json', 'impute_group_mean', 'impute_group_median', 'impute_mean', 'impute_median', 'impute_pillar_mean', 'indicator_movement', 'interpolate_linear', 'interpolate_nearest', 'join_panels', 'kind_shares', 'leave_one_out', 'level_table', 'load_calendars', 'load_model', 'load_panels', 'load_publication', 'load_tasks', 'load_units', 'log_goalposts', 'logistic', 'make_publication', 'maximum', 'mazziotta_pareto', 'mean_min', 'median', 'min_max', 'minimum', 'missed_targets', 'mixed_measures', 'national_rate', 'national_rate_of_panel', 'new_signing_key', 'normal_quantile', 'ordered_weighted_average', 'pair_stability', 'panel_to_csv', 'parse_deadline', 'parse_model', 'parse_period', 'parse_publication', 'parse_status_vocabulary', 'parse_tasks_csv', 'parse_tasks_json', 'parts_and_total', 'penalty_per_occurrence', 'percentile_rank', 'power_mean', 'preparation_text', 'printed_changes', 'publish_version', 'quantile', 'rank_aras', 'rank_borda', 'rank_cocoso', 'rank_codas', 'rank_comet', 'rank_condorcet', 'rank_copeland_ranking', 'rank_copras', 'rank_correlation', 'rank_correlation_matrix', 'rank_dominance_counts', 'rank_dominance_matrix', 'rank_edas', 'rank_electre_one', 'rank_electre_three', 'rank_kemeny', 'rank_mabac', 'rank_mairca', 'rank_marcos', 'rank_median_rank', 'rank_moora_multiplicative', 'rank_moora_ratio', 'rank_moora_reference_point', 'rank_multimoora', 'rank_non_dominated', 'rank_non_dominated_fronts', 'rank_normalise', 'rank_promethee_one', 'rank_promethee_two', 'rank_ram', 'rank_reversal', 'rank_rim', 'rank_score', 'rank_spotis', 'rank_target', 'rank_topsis', 'rank_verify_kemeny', 'rank_vikor', 'rank_waspas', 'rank_weighted_product', 'rank_weighted_sum', 'ranking_methods', 'ranks', 'ratio_above_one', 'ratio_to_target', 'round_decimal', 'score', 'screen', 'sensitivity', 'share_and_year_to_date', 'shortest', 'signatures_built', 'skewness', 'smaa', 'sobol_design', 'sobol_indices', 'sobol_indices_of', 'sobol_points', 'source_disagreement', 'stage_cells', 'stage_names', 'stage_notices', 'stage_panel', 'stage_screened', 'stage_treated', 'step_table', 'sum_of_points', 'synthetic_model', 'synthetic_nation', 'synthetic_panels', 'synthetic_tasks', 'target_range', 'to_json', 'top_share', 'treat_outliers', 'verify_publication', 'view_like', 'weigh_analytic_hierarchy_process', 'weigh_angular', 'weigh_best_worst_method', 'weigh_budget_allocation', 'weigh_cilos', 'weigh_coefficient_of_variation', 'weigh_correlation_optimised', 'weigh_critic', 'weigh_entropy', 'weigh_equal', 'weigh_equal_within_pillars', 'weigh_fucom', 'weigh_gini_index', 'weigh_group_judgement', 'weigh_idocriw', 'weigh_lopcow', 'weigh_merec', 'weigh_noisy', 'weigh_principal_components', 'weigh_rank_order_centroid', 'weigh_rank_reciprocal', 'weigh_rank_sum', 'weigh_standard_deviation', 'weigh_swara', 'weigh_swing', 'weigh_variance', 'weight_stability', 'weighted_mean', 'weighting_report', 'with_', 'with_weight_share', 'without', 'write_publication', 'wroclaw', 'yes_no', 'z_score']
class Problem:
    """
    One thing that is wrong with the input.
    
    `code` is stable, so programs may match on it; the sentences may change between versions.
    """
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __getstate__(self) -> tuple[str, str, str, str, str]:
        ...
    def __hash__(self) -> int:
        ...
    def __init__(self, code: str, place: str, found: str, expected: str, remedy: str = '') -> None:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: tuple) -> None:
        ...
    def __str__(self) -> str:
        ...
    @property
    def code(self) -> str:
        """
        Stable identifier, e.g. `band_gap`.
        """
    @property
    def expected(self) -> str:
        """
        What should stand there.
        """
    @property
    def found(self) -> str:
        """
        What stands there.
        """
    @property
    def place(self) -> str:
        """
        JSON pointer, `file:row:column`, or unit and indicator.
        """
    @property
    def remedy(self) -> str:
        """
        What can be done about it.
        """
class WeightedProductResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'product of normalised value ^ weight'), ('log_scores', 'alternatives', 'sum of weight * ln(normalised value), minus infinity where a factor is 0'), ('normalised', 'cells', 'values, higher is better'))
    @property
    def log_scores(self) -> typing.Any:
        """
        sum of weight * ln(normalised value), minus infinity where a factor is 0
        """
    @property
    def normalised(self) -> typing.Any:
        """
        values, higher is better
        """
    @property
    def scores(self) -> typing.Any:
        """
        product of normalised value ^ weight
        """
class WaspasResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'lambda * weighted sum + (1 - lambda) * weighted product'), ('weighted_sums', 'alternatives', 'Q1 = sum of weight * normalised value'), ('weighted_products', 'alternatives', 'Q2 = product of normalised value ^ weight'), ('normalised', 'cells', 'values, higher is better'))
    @property
    def normalised(self) -> typing.Any:
        """
        values, higher is better
        """
    @property
    def scores(self) -> typing.Any:
        """
        lambda * weighted sum + (1 - lambda) * weighted product
        """
    @property
    def weighted_products(self) -> typing.Any:
        """
        Q2 = product of normalised value ^ weight
        """
    @property
    def weighted_sums(self) -> typing.Any:
        """
        Q1 = sum of weight * normalised value
        """
class TopsisResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'closeness: distance to the anti-ideal / sum of both distances'), ('ideal', 'criteria', 'best weighted normalised value'), ('anti_ideal', 'criteria', 'worst weighted normalised value'), ('distance_to_ideal', 'alternatives', 'Euclidean distance to the ideal'), ('distance_to_anti_ideal', 'alternatives', 'Euclidean distance to the anti-ideal'), ('weighted_normalised', 'cells', 'weight * normalised value'), ('all_identical', 'single', 'whether nothing tells the alternatives apart; every score is then 0.5'), ('variant', 'single', 'the normalisation'))
    @property
    def all_identical(self) -> typing.Any:
        """
        whether nothing tells the alternatives apart; every score is then 0.5
        """
    @property
    def anti_ideal(self) -> typing.Any:
        """
        worst weighted normalised value
        """
    @property
    def distance_to_anti_ideal(self) -> typing.Any:
        """
        Euclidean distance to the anti-ideal
        """
    @property
    def distance_to_ideal(self) -> typing.Any:
        """
        Euclidean distance to the ideal
        """
    @property
    def ideal(self) -> typing.Any:
        """
        best weighted normalised value
        """
    @property
    def scores(self) -> typing.Any:
        """
        closeness: distance to the anti-ideal / sum of both distances
        """
    @property
    def variant(self) -> typing.Any:
        """
        the normalisation
        """
    @property
    def weighted_normalised(self) -> typing.Any:
        """
        weight * normalised value
        """
class VikorResult:
    higher_is_better: typing.ClassVar[bool] = False
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'Q = v * scaled S + (1 - v) * scaled R; lower is better'), ('group_utility', 'alternatives', 'S = sum of weighted shortfalls'), ('individual_regret', 'alternatives', 'R = largest weighted shortfall'), ('best_values', 'criteria', 'f*'), ('worst_values', 'criteria', 'f-'), ('shortfalls', 'cells', 'weight * (f* - f) / (f* - f-)'), ('advantage', 'single', 'Q of the second less Q of the best'), ('advantage_needed', 'single', '1 / (n - 1)'), ('acceptable_advantage', 'single', 'C1: a single best, and the advantage is as large as needed'), ('acceptable_stability', 'single', 'C2: the best by Q is also best by S or by R'), ('compromise_set', 'single', 'alternatives that the compromise consists of'))
    @property
    def acceptable_advantage(self) -> typing.Any:
        """
        C1: a single best, and the advantage is as large as needed
        """
    @property
    def acceptable_stability(self) -> typing.Any:
        """
        C2: the best by Q is also best by S or by R
        """
    @property
    def advantage(self) -> typing.Any:
        """
        Q of the second less Q of the best
        """
    @property
    def advantage_needed(self) -> typing.Any:
        """
        1 / (n - 1)
        """
    @property
    def best_values(self) -> typing.Any:
        """
        f*
        """
    @property
    def compromise_set(self) -> typing.Any:
        """
        alternatives that the compromise consists of
        """
    @property
    def group_utility(self) -> typing.Any:
        """
        S = sum of weighted shortfalls
        """
    @property
    def individual_regret(self) -> typing.Any:
        """
        R = largest weighted shortfall
        """
    @property
    def scores(self) -> typing.Any:
        """
        Q = v * scaled S + (1 - v) * scaled R; lower is better
        """
    @property
    def shortfalls(self) -> typing.Any:
        """
        weight * (f* - f) / (f* - f-)
        """
    @property
    def worst_values(self) -> typing.Any:
        """
        f-
        """
class MooraRatioResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'y = benefit sum - cost sum'), ('benefit_sums', 'alternatives', 'sum of weighted ratios where higher is better'), ('cost_sums', 'alternatives', 'sum of weighted ratios where lower is better'), ('weighted_ratios', 'cells', 'weight * x / sqrt(sum(x^2))'))
    @property
    def benefit_sums(self) -> typing.Any:
        """
        sum of weighted ratios where higher is better
        """
    @property
    def cost_sums(self) -> typing.Any:
        """
        sum of weighted ratios where lower is better
        """
    @property
    def scores(self) -> typing.Any:
        """
        y = benefit sum - cost sum
        """
    @property
    def weighted_ratios(self) -> typing.Any:
        """
        weight * x / sqrt(sum(x^2))
        """
class MooraReferencePointResult:
    higher_is_better: typing.ClassVar[bool] = False
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'largest deviation from the reference point; lower is better'), ('reference_point', 'criteria', 'best weighted ratio'), ('deviations', 'cells', '|reference point - weight * x / sqrt(sum(x^2))|'))
    @property
    def deviations(self) -> typing.Any:
        """
        |reference point - weight * x / sqrt(sum(x^2))|
        """
    @property
    def reference_point(self) -> typing.Any:
        """
        best weighted ratio
        """
    @property
    def scores(self) -> typing.Any:
        """
        largest deviation from the reference point; lower is better
        """
class MooraMultiplicativeResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'ln U = ln A - ln B'), ('benefit_logarithms', 'alternatives', 'ln A = sum of weight * ln(ratio) where higher is better'), ('cost_logarithms', 'alternatives', 'ln B = sum of weight * ln(ratio) where lower is better'), ('relative_utilities', 'alternatives', 'U / the largest U'))
    @property
    def benefit_logarithms(self) -> typing.Any:
        """
        ln A = sum of weight * ln(ratio) where higher is better
        """
    @property
    def cost_logarithms(self) -> typing.Any:
        """
        ln B = sum of weight * ln(ratio) where lower is better
        """
    @property
    def relative_utilities(self) -> typing.Any:
        """
        U / the largest U
        """
    @property
    def scores(self) -> typing.Any:
        """
        ln U = ln A - ln B
        """
class MultimooraResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'alternatives dominated less alternatives that dominate'), ('ratio_scores', 'alternatives', 'y of the ratio system'), ('reference_point_scores', 'alternatives', 'z of the reference point approach; lower is better'), ('multiplicative_scores', 'alternatives', 'ln U of the full multiplicative form'), ('ratio_ranks', 'alternatives', 'rank by y'), ('reference_point_ranks', 'alternatives', 'rank by z'), ('multiplicative_ranks', 'alternatives', 'rank by ln U'))
    @property
    def multiplicative_ranks(self) -> typing.Any:
        """
        rank by ln U
        """
    @property
    def multiplicative_scores(self) -> typing.Any:
        """
        ln U of the full multiplicative form
        """
    @property
    def ratio_ranks(self) -> typing.Any:
        """
        rank by y
        """
    @property
    def ratio_scores(self) -> typing.Any:
        """
        y of the ratio system
        """
    @property
    def reference_point_ranks(self) -> typing.Any:
        """
        rank by z
        """
    @property
    def reference_point_scores(self) -> typing.Any:
        """
        z of the reference point approach; lower is better
        """
    @property
    def scores(self) -> typing.Any:
        """
        alternatives dominated less alternatives that dominate
        """
class SpotisResult:
    higher_is_better: typing.ClassVar[bool] = False
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'sum of weight * normalised distance; lower is better'), ('ideal', 'criteria', 'ideal solution point'), ('distances', 'cells', '|value - ideal| / (upper bound - lower bound)'))
    @property
    def distances(self) -> typing.Any:
        """
        |value - ideal| / (upper bound - lower bound)
        """
    @property
    def ideal(self) -> typing.Any:
        """
        ideal solution point
        """
    @property
    def scores(self) -> typing.Any:
        """
        sum of weight * normalised distance; lower is better
        """
class RimResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'distance to anti-ideal / (distance to ideal + distance to anti-ideal)'), ('distance_to_ideal', 'alternatives', 'root of the sum of (weight * normalised - weight)^2'), ('distance_to_anti_ideal', 'alternatives', 'root of the sum of (weight * normalised)^2'), ('normalised', 'cells', '1 within the reference ideal, falling to 0 at the ends of the range'))
    @property
    def distance_to_anti_ideal(self) -> typing.Any:
        """
        root of the sum of (weight * normalised)^2
        """
    @property
    def distance_to_ideal(self) -> typing.Any:
        """
        root of the sum of (weight * normalised - weight)^2
        """
    @property
    def normalised(self) -> typing.Any:
        """
        1 within the reference ideal, falling to 0 at the ends of the range
        """
    @property
    def scores(self) -> typing.Any:
        """
        distance to anti-ideal / (distance to ideal + distance to anti-ideal)
        """
class CodasResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'sum over the others of the relative assessment'), ('euclidean_distance', 'alternatives', 'root of the sum of (weighted - negative ideal)^2'), ('taxicab_distance', 'alternatives', 'sum of |weighted - negative ideal|'), ('negative_ideal', 'criteria', 'least weighted value of the criterion'), ('weighted', 'cells', 'weight * normalised value'), ('relative_assessment', 'pairs', 'difference of Euclidean distances, and of taxicab distances where that is at or above the threshold'))
    @property
    def euclidean_distance(self) -> typing.Any:
        """
        root of the sum of (weighted - negative ideal)^2
        """
    @property
    def negative_ideal(self) -> typing.Any:
        """
        least weighted value of the criterion
        """
    @property
    def relative_assessment(self) -> typing.Any:
        """
        difference of Euclidean distances, and of taxicab distances where that is at or above the threshold
        """
    @property
    def scores(self) -> typing.Any:
        """
        sum over the others of the relative assessment
        """
    @property
    def taxicab_distance(self) -> typing.Any:
        """
        sum of |weighted - negative ideal|
        """
    @property
    def weighted(self) -> typing.Any:
        """
        weight * normalised value
        """
class CometResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'sum over characteristic objects of preference * membership'))
    @property
    def characteristic_objects(self) -> typing.Any:
        ...
    @property
    def judgements(self) -> typing.Any:
        ...
    @property
    def preference(self) -> typing.Any:
        ...
    @property
    def scores(self) -> typing.Any:
        """
        sum over characteristic objects of preference * membership
        """
    @property
    def summed_judgements(self) -> typing.Any:
        ...
class BordaResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'sum over rankings of weight * (n - average rank)'), ('mean_ranks', 'alternatives', 'weighted mean of the average ranks'))
    @property
    def mean_ranks(self) -> typing.Any:
        """
        weighted mean of the average ranks
        """
    @property
    def scores(self) -> typing.Any:
        """
        sum over rankings of weight * (n - average rank)
        """
class CopelandRankingResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'wins less losses'), ('wins', 'alternatives', 'others that a majority puts behind'), ('draws', 'alternatives', 'others without a majority'), ('losses', 'alternatives', 'others that a majority puts before'))
    @property
    def draws(self) -> typing.Any:
        """
        others without a majority
        """
    @property
    def losses(self) -> typing.Any:
        """
        others that a majority puts before
        """
    @property
    def scores(self) -> typing.Any:
        """
        wins less losses
        """
    @property
    def wins(self) -> typing.Any:
        """
        others that a majority puts behind
        """
class MedianRankResult:
    higher_is_better: typing.ClassVar[bool] = False
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'weighted median of the average ranks'), ('mean_ranks', 'alternatives', 'weighted mean of the average ranks, which breaks ties of medians'), ('places', 'alternatives', '1 + number of alternatives with a lower median, or the same and a lower mean'))
    @property
    def mean_ranks(self) -> typing.Any:
        """
        weighted mean of the average ranks, which breaks ties of medians
        """
    @property
    def places(self) -> typing.Any:
        """
        1 + number of alternatives with a lower median, or the same and a lower mean
        """
    @property
    def scores(self) -> typing.Any:
        """
        weighted median of the average ranks
        """
class CondorcetResult:
    higher_is_better: typing.ClassVar[bool] = False
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'number of the group, from 1; the first is the Smith set'))
    @property
    def groups(self) -> typing.Any:
        """
        (rows, whether strict majorities run in a circle) of each group, best first
        """
    @property
    def loser(self) -> typing.Any:
        """
        row of the alternative that loses to each other one, or None
        """
    @property
    def scores(self) -> typing.Any:
        """
        number of the group, from 1; the first is the Smith set
        """
    @property
    def winner(self) -> typing.Any:
        """
        row of the alternative that beats each other one, or None
        """
class KemenyResult:
    higher_is_better: typing.ClassVar[bool] = False
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'place in the nearest order, from 1'), ('distance', 'single', 'weight of the rankings against the order, over all pairs'), ('lower_bound', 'single', 'no order has a lower distance'), ('optimal', 'single', 'distance equals lower_bound'), ('order', 'single', 'rows of the alternatives, best first'))
    @property
    def cases(self) -> typing.Any:
        """
        cases that the search looked at
        """
    @property
    def certificate(self) -> typing.Any:
        """
        proof of the lower bound
        """
    @property
    def distance(self) -> typing.Any:
        """
        weight of the rankings against the order, over all pairs
        """
    @property
    def groups(self) -> typing.Any:
        """
        rows of groups of which each member beats all members of the groups behind
        """
    @property
    def lower_bound(self) -> typing.Any:
        """
        no order has a lower distance
        """
    @property
    def optimal(self) -> typing.Any:
        """
        distance equals lower_bound
        """
    @property
    def order(self) -> typing.Any:
        """
        rows of the alternatives, best first
        """
    @property
    def scores(self) -> typing.Any:
        """
        place in the nearest order, from 1
        """
    @property
    def unique(self) -> typing.Any:
        """
        whether no other order is as near; None where that is not known
        """
class KemenyCertificate:
    pass
class KemenyVerification:
    @property
    def distance(self) -> float:
        ...
    @property
    def lower_bound(self) -> float:
        ...
    @property
    def optimal(self) -> bool:
        ...
    @property
    def reason(self) -> str:
        ...
    @property
    def sound(self) -> bool:
        ...
class PrometheeOneResult:
    parts: typing.ClassVar[tuple] = (('phi_plus', 'alternatives', 'positive flow: mean preference over the other alternatives'), ('phi_minus', 'alternatives', 'negative flow: mean preference of the other alternatives'), ('relation', 'pairs', 'preferred where both flows say so or one and the other is equal; indifferent where both are equal; incomparable where they contradict each other'), ('criterion_flows', 'cells', 'net flow on each criterion alone'))
    @property
    def criterion_flows(self) -> typing.Any:
        """
        net flow on each criterion alone
        """
    @property
    def phi_minus(self) -> typing.Any:
        """
        negative flow: mean preference of the other alternatives
        """
    @property
    def phi_plus(self) -> typing.Any:
        """
        positive flow: mean preference over the other alternatives
        """
    @property
    def relation(self) -> typing.Any:
        """
        preferred where both flows say so or one and the other is equal; indifferent where both are equal; incomparable where they contradict each other
        """
class PrometheeTwoResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'net flow phi = phi_plus - phi_minus'), ('phi_plus', 'alternatives', 'positive flow: mean preference over the other alternatives'), ('phi_minus', 'alternatives', 'negative flow: mean preference of the other alternatives'), ('criterion_flows', 'cells', 'net flow on each criterion alone; scores are their weighted sums'))
    @property
    def criterion_flows(self) -> typing.Any:
        """
        net flow on each criterion alone; scores are their weighted sums
        """
    @property
    def phi_minus(self) -> typing.Any:
        """
        negative flow: mean preference of the other alternatives
        """
    @property
    def phi_plus(self) -> typing.Any:
        """
        positive flow: mean preference over the other alternatives
        """
    @property
    def scores(self) -> typing.Any:
        """
        net flow phi = phi_plus - phi_minus
        """
class ElectreOneResult:
    parts: typing.ClassVar[tuple] = (('concordance', 'pairs', 'share of the weight of the criteria on which the first is at least as good'), ('discordance', 'pairs', 'largest shortfall of the first over the largest range of a criterion'), ('outranks', 'pairs', 'concordance is enough and discordance not too large'), ('relation', 'pairs', 'preferred where one outranks the other, indifferent where both do, incomparable where neither does'), ('kernel', 'single', 'alternatives that do not outrank each other and between them outrank all others; those of a cycle count as one'), ('components', 'alternatives', 'number of the cycle that the alternative is in'), ('has_cycle', 'single', 'whether alternatives outrank each other in a circle'))
    @property
    def components(self) -> typing.Any:
        """
        number of the cycle that the alternative is in
        """
    @property
    def concordance(self) -> typing.Any:
        """
        share of the weight of the criteria on which the first is at least as good
        """
    @property
    def discordance(self) -> typing.Any:
        """
        largest shortfall of the first over the largest range of a criterion
        """
    @property
    def has_cycle(self) -> typing.Any:
        """
        whether alternatives outrank each other in a circle
        """
    @property
    def kernel(self) -> typing.Any:
        """
        alternatives that do not outrank each other and between them outrank all others; those of a cycle count as one
        """
    @property
    def outranks(self) -> typing.Any:
        """
        concordance is enough and discordance not too large
        """
    @property
    def relation(self) -> typing.Any:
        """
        preferred where one outranks the other, indifferent where both do, incomparable where neither does
        """
class ElectreThreeResult:
    parts: typing.ClassVar[tuple] = (('concordance', 'pairs', 'weighted share of the criteria that agree that the first is at least as good'), ('credibility', 'pairs', 'concordance, lowered by every criterion that objects more than all agree'), ('descending', 'alternatives', 'rank when the best are taken out first; 1 is the best'), ('ascending', 'alternatives', 'rank when the worst are taken out first; 1 is the best'), ('relation', 'pairs', 'what both rankings agree on; incomparable where they contradict each other'))
    @property
    def ascending(self) -> typing.Any:
        """
        rank when the worst are taken out first; 1 is the best
        """
    @property
    def concordance(self) -> typing.Any:
        """
        weighted share of the criteria that agree that the first is at least as good
        """
    @property
    def credibility(self) -> typing.Any:
        """
        concordance, lowered by every criterion that objects more than all agree
        """
    @property
    def descending(self) -> typing.Any:
        """
        rank when the best are taken out first; 1 is the best
        """
    @property
    def relation(self) -> typing.Any:
        """
        what both rankings agree on; incomparable where they contradict each other
        """
class CoprasResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'utility degree, Q / max(Q)'), ('benefit_sums', 'alternatives', 'S+, sum of D over criteria where higher is better'), ('cost_sums', 'alternatives', 'S-, sum of D over criteria where lower is better'), ('relative_significance', 'alternatives', 'Q = S+ + sum(S-) / (S- sum(1/S-))'), ('weighted_normalised', 'cells', 'D, weight * x / sum of the column'))
    @property
    def benefit_sums(self) -> typing.Any:
        """
        S+, sum of D over criteria where higher is better
        """
    @property
    def cost_sums(self) -> typing.Any:
        """
        S-, sum of D over criteria where lower is better
        """
    @property
    def relative_significance(self) -> typing.Any:
        """
        Q = S+ + sum(S-) / (S- sum(1/S-))
        """
    @property
    def scores(self) -> typing.Any:
        """
        utility degree, Q / max(Q)
        """
    @property
    def weighted_normalised(self) -> typing.Any:
        """
        D, weight * x / sum of the column
        """
class EdasResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'appraisal score, (NSP + NSN) / 2'), ('average_solution', 'criteria', 'AV, mean of the column'), ('positive_sums', 'alternatives', 'SP, sum of weight * PDA'), ('negative_sums', 'alternatives', 'SN, sum of weight * NDA'), ('normalised_positive', 'alternatives', 'NSP = SP / max(SP)'), ('normalised_negative', 'alternatives', 'NSN = 1 - SN / max(SN)'), ('positive_distances', 'cells', 'PDA, how much better than average, over |AV|'), ('negative_distances', 'cells', 'NDA, how much worse than average, over |AV|'))
    @property
    def average_solution(self) -> typing.Any:
        """
        AV, mean of the column
        """
    @property
    def negative_distances(self) -> typing.Any:
        """
        NDA, how much worse than average, over |AV|
        """
    @property
    def negative_sums(self) -> typing.Any:
        """
        SN, sum of weight * NDA
        """
    @property
    def normalised_negative(self) -> typing.Any:
        """
        NSN = 1 - SN / max(SN)
        """
    @property
    def normalised_positive(self) -> typing.Any:
        """
        NSP = SP / max(SP)
        """
    @property
    def positive_distances(self) -> typing.Any:
        """
        PDA, how much better than average, over |AV|
        """
    @property
    def positive_sums(self) -> typing.Any:
        """
        SP, sum of weight * PDA
        """
    @property
    def scores(self) -> typing.Any:
        """
        appraisal score, (NSP + NSN) / 2
        """
class MabacResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'sum of V - G'), ('border', 'criteria', 'G, border approximation area, geometric mean of V over the alternatives'), ('weighted', 'cells', 'V = weight * (min-max value + 1)'), ('border_distances', 'cells', 'V - G; above 0 in the upper approximation area'))
    @property
    def border(self) -> typing.Any:
        """
        G, border approximation area, geometric mean of V over the alternatives
        """
    @property
    def border_distances(self) -> typing.Any:
        """
        V - G; above 0 in the upper approximation area
        """
    @property
    def scores(self) -> typing.Any:
        """
        sum of V - G
        """
    @property
    def weighted(self) -> typing.Any:
        """
        V = weight * (min-max value + 1)
        """
class MaircaResult:
    higher_is_better: typing.ClassVar[bool] = False
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'sum of gaps, lower is better'), ('alternative_preference', 'single', 'P_A = 1/n, before anything is known of the alternatives'), ('theoretical_evaluation', 'criteria', 'T_p = P_A * weight'), ('gaps', 'cells', 'T_p - T_r, where T_r = T_p * min-max value'))
    @property
    def alternative_preference(self) -> typing.Any:
        """
        P_A = 1/n, before anything is known of the alternatives
        """
    @property
    def gaps(self) -> typing.Any:
        """
        T_p - T_r, where T_r = T_p * min-max value
        """
    @property
    def scores(self) -> typing.Any:
        """
        sum of gaps, lower is better
        """
    @property
    def theoretical_evaluation(self) -> typing.Any:
        """
        T_p = P_A * weight
        """
class MarcosResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'f(K) = (K+ + K-) / (1 + (1 - f(K+))/f(K+) + (1 - f(K-))/f(K-))'), ('ideal', 'criteria', 'AI, the best value of each criterion'), ('anti_ideal', 'criteria', 'AAI, the worst value of each criterion'), ('weighted_sums', 'alternatives', 'S, sum of weight * normalised value'), ('sum_of_ideal', 'single', 'S of the ideal'), ('sum_of_anti_ideal', 'single', 'S of the anti-ideal'), ('utility_degree_to_ideal', 'alternatives', 'K+ = S / S(ideal)'), ('utility_degree_to_anti_ideal', 'alternatives', 'K- = S / S(anti-ideal)'), ('utility_function_of_ideal', 'single', 'f(K+) = K- / (K+ + K-), the same for all alternatives'), ('utility_function_of_anti_ideal', 'single', 'f(K-) = K+ / (K+ + K-), the same for all alternatives'), ('weighted_normalised', 'cells', 'weight * x / ideal, or weight * ideal / x where lower is better'))
    @property
    def anti_ideal(self) -> typing.Any:
        """
        AAI, the worst value of each criterion
        """
    @property
    def ideal(self) -> typing.Any:
        """
        AI, the best value of each criterion
        """
    @property
    def scores(self) -> typing.Any:
        """
        f(K) = (K+ + K-) / (1 + (1 - f(K+))/f(K+) + (1 - f(K-))/f(K-))
        """
    @property
    def sum_of_anti_ideal(self) -> typing.Any:
        """
        S of the anti-ideal
        """
    @property
    def sum_of_ideal(self) -> typing.Any:
        """
        S of the ideal
        """
    @property
    def utility_degree_to_anti_ideal(self) -> typing.Any:
        """
        K- = S / S(anti-ideal)
        """
    @property
    def utility_degree_to_ideal(self) -> typing.Any:
        """
        K+ = S / S(ideal)
        """
    @property
    def utility_function_of_anti_ideal(self) -> typing.Any:
        """
        f(K-) = K+ / (K+ + K-), the same for all alternatives
        """
    @property
    def utility_function_of_ideal(self) -> typing.Any:
        """
        f(K+) = K- / (K+ + K-), the same for all alternatives
        """
    @property
    def weighted_normalised(self) -> typing.Any:
        """
        weight * x / ideal, or weight * ideal / x where lower is better
        """
    @property
    def weighted_sums(self) -> typing.Any:
        """
        S, sum of weight * normalised value
        """
class RamResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'root of order 2 + S- of 2 + S+'), ('benefit_sums', 'alternatives', 'S+, sum of weighted shares where higher is better'), ('cost_sums', 'alternatives', 'S-, sum of weighted shares where lower is better'), ('weighted_normalised', 'cells', 'weight * x / sum of the column'))
    @property
    def benefit_sums(self) -> typing.Any:
        """
        S+, sum of weighted shares where higher is better
        """
    @property
    def cost_sums(self) -> typing.Any:
        """
        S-, sum of weighted shares where lower is better
        """
    @property
    def scores(self) -> typing.Any:
        """
        root of order 2 + S- of 2 + S+
        """
    @property
    def weighted_normalised(self) -> typing.Any:
        """
        weight * x / sum of the column
        """
class ArasResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'utility degree, K = S / S0'), ('optimality', 'alternatives', 'S, sum of weight * normalised value'), ('optimality_of_optimal_alternative', 'single', 'S0, the same sum of the optimal alternative'), ('optimal_alternative', 'criteria', 'x0, the best value of each criterion unless declared'), ('weighted_normalised', 'cells', 'weight * share of the sum, with the optimal alternative in the sum'))
    @property
    def optimal_alternative(self) -> typing.Any:
        """
        x0, the best value of each criterion unless declared
        """
    @property
    def optimality(self) -> typing.Any:
        """
        S, sum of weight * normalised value
        """
    @property
    def optimality_of_optimal_alternative(self) -> typing.Any:
        """
        S0, the same sum of the optimal alternative
        """
    @property
    def scores(self) -> typing.Any:
        """
        utility degree, K = S / S0
        """
    @property
    def weighted_normalised(self) -> typing.Any:
        """
        weight * share of the sum, with the optimal alternative in the sum
        """
class CocosoResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'cube root of k_a k_b k_c, plus their mean'), ('weighted_sums', 'alternatives', 'S, sum of weight * min-max value'), ('power_sums', 'alternatives', 'P, sum of min-max value ^ weight'), ('arithmetic_strategy', 'alternatives', 'k_a = (S + P) / sum(S + P)'), ('relative_strategy', 'alternatives', 'k_b = S / min(S) + P / min(P)'), ('balanced_strategy', 'alternatives', 'k_c = (lambda S + (1 - lambda) P) / (lambda max(S) + (1 - lambda) max(P))'), ('all_alike', 'single', 'whether no alternative differs from another'), ('normalised', 'cells', 'min-max values, higher is better'))
    @property
    def all_alike(self) -> typing.Any:
        """
        whether no alternative differs from another
        """
    @property
    def arithmetic_strategy(self) -> typing.Any:
        """
        k_a = (S + P) / sum(S + P)
        """
    @property
    def balanced_strategy(self) -> typing.Any:
        """
        k_c = (lambda S + (1 - lambda) P) / (lambda max(S) + (1 - lambda) max(P))
        """
    @property
    def normalised(self) -> typing.Any:
        """
        min-max values, higher is better
        """
    @property
    def power_sums(self) -> typing.Any:
        """
        P, sum of min-max value ^ weight
        """
    @property
    def relative_strategy(self) -> typing.Any:
        """
        k_b = S / min(S) + P / min(P)
        """
    @property
    def scores(self) -> typing.Any:
        """
        cube root of k_a k_b k_c, plus their mean
        """
    @property
    def weighted_sums(self) -> typing.Any:
        """
        S, sum of weight * min-max value
        """
class WeightedSumResult:
    higher_is_better: typing.ClassVar[bool] = True
    parts: typing.ClassVar[tuple] = (('scores', 'alternatives', 'sum of weight * normalised value'), ('normalised', 'cells', 'values, higher is better'))
    @property
    def normalised(self) -> typing.Any:
        """
        values, higher is better
        """
    @property
    def scores(self) -> typing.Any:
        """
        sum of weight * normalised value
        """
class IndexModel:
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __hash__(self) -> int:
        ...
    def band_names(self, vietnamese: bool) -> dict[str, str]:
        ...
    def description(self, vietnamese: bool) -> str:
        ...
    def index_of(self, code: str) -> int:
        ...
    def level_labels(self) -> dict[str, dict[str, float]]:
        ...
    def name(self, vietnamese: bool) -> str:
        ...
    def nodes(self) -> list:
        ...
    def unit_columns(self) -> dict:
        ...
    @property
    def canonical(self) -> str:
        ...
    @property
    def derived(self) -> list[dict]:
        ...
    @property
    def digest(self) -> str:
        ...
    @property
    def effective(self) -> tuple[str | None, str | None]:
        ...
    @property
    def id(self) -> str:
        ...
    @property
    def indicators(self) -> list[str]:
        ...
    @property
    def is_peer_relative(self) -> bool:
        ...
    @property
    def leaves(self) -> list[str]:
        ...
    @property
    def node_codes(self) -> list[str]:
        ...
    @property
    def node_order(self) -> list[int]:
        ...
    @property
    def ranks_within(self) -> list[str]:
        ...
    @property
    def roll_ups(self) -> list[tuple[str, bool, str]]:
        ...
    @property
    def source(self) -> str:
        ...
    @property
    def status(self) -> str:
        ...
    @property
    def version(self) -> str:
        ...
class UnitRegistry:
    def __getstate__(self) -> tuple[list[str], dict]:
        ...
    def __init__(self, codes: typing.Any, names_vi: collections.abc.Sequence[str] = [], names_en: collections.abc.Sequence[str] = [], level: collections.abc.Sequence[str] = [], kind: collections.abc.Sequence[str] = [], parent: collections.abc.Sequence[str] = [], valid_from: collections.abc.Sequence[str] = [], valid_to: collections.abc.Sequence[str] = [], predecessors: collections.abc.Sequence[collections.abc.Sequence[str]] = [], groups: collections.abc.Mapping[str, collections.abc.Sequence[str]] = {}, attributes: collections.abc.Mapping[str, collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]] = {}) -> None:
        ...
    def __len__(self) -> int:
        ...
    def __setstate__(self, arg0: tuple) -> None:
        ...
    def columns(self) -> dict:
        ...
    def display_names(self) -> list[str]:
        ...
    def find(self, code: str) -> int | None:
        ...
    def index_of(self, code_or_name: str) -> int:
        ...
    def select(self, codes: typing.Any) -> UnitRegistry:
        ...
    @property
    def codes(self) -> list[str]:
        ...
class Panel:
    def __getstate__(self) -> tuple:
        ...
    def __init__(self, units: UnitRegistry, indicators: collections.abc.Sequence[str], values: numpy.ndarray, owner: typing.Any, states: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8] | None, ratios: collections.abc.Mapping[typing.SupportsInt | typing.SupportsIndex, tuple[typing.Annotated[numpy.typing.ArrayLike, numpy.float64], typing.Annotated[numpy.typing.ArrayLike, numpy.float64]]], provenances: collections.abc.Sequence[tuple[str, str | None]], provenance_ids: collections.abc.Mapping[typing.SupportsInt | typing.SupportsIndex, typing.Annotated[numpy.typing.ArrayLike, numpy.int32]], period: str, period_end: str | None, source_note: str) -> None:
        ...
    def __setstate__(self, arg0: tuple) -> None:
        ...
    def provenance(self, unit: typing.SupportsInt | typing.SupportsIndex, indicator: typing.SupportsInt | typing.SupportsIndex) -> tuple[str, str | None] | None:
        ...
    def ratios(self) -> dict:
        ...
    def states(self) -> numpy.typing.NDArray[numpy.uint8]:
        ...
    @property
    def has_states(self) -> bool:
        ...
    @property
    def indicators(self) -> list[str]:
        ...
    @property
    def period(self) -> str:
        ...
    @property
    def period_end(self) -> str | None:
        ...
    @property
    def source_note(self) -> str:
        ...
    @property
    def unit_count(self) -> int:
        ...
    @property
    def units(self) -> UnitRegistry:
        ...
    @property
    def values(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def values_address(self) -> int:
        ...
class Explanation:
    def __str__(self) -> str:
        ...
    def adjustments(self) -> list[tuple[str, str, float]]:
        ...
    def lines(self) -> list:
        ...
    def row(self) -> dict:
        ...
    def total(self) -> float:
        ...
    @property
    def band_reason(self) -> str:
        ...
    @property
    def flags(self) -> list[str]:
        ...
    @property
    def full_score(self) -> float:
        ...
class WhatIf:
    def __str__(self) -> str:
        ...
    def after(self) -> dict:
        ...
    def before(self) -> dict:
        ...
    def places_gained(self) -> float:
        ...
    def score_change(self) -> float:
        ...
class Scoreboard:
    def band_reason(self, unit: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    def explain(self, unit: str) -> Explanation:
        ...
    def flags(self, unit: typing.SupportsInt | typing.SupportsIndex) -> list[str]:
        ...
    def is_evaluated(self, unit: typing.SupportsInt | typing.SupportsIndex) -> bool:
        ...
    def ranks_by(self, node: str) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def ranks_within(self, attribute: str) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def roll_up(self, to: str, weighted: bool, weights: str) -> dict:
        ...
    def row(self, unit: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def text(self, limit: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    def what_if(self, unit: str, changes: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, str]]) -> WhatIf:
        ...
    @property
    def as_of(self) -> str | None:
        ...
    @property
    def bands(self) -> list[str]:
        ...
    @property
    def coverage(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def digest(self) -> str:
        ...
    @property
    def full_scores(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def groups_ranked_within(self) -> list[str]:
        ...
    @property
    def has_bands(self) -> bool:
        ...
    @property
    def model(self) -> IndexModel:
        ...
    @property
    def notices(self) -> list[str]:
        ...
    @property
    def panel(self) -> Panel:
        ...
    @property
    def ranked_units(self) -> list[int]:
        ...
    @property
    def ranks(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def results(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def scores(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
class PanelOptions:
    def __init__(self, separator: str, decimal: str, normalise_to_nfc: bool, unit_column: str, name_column: str, attribute_columns: collections.abc.Sequence[str], group_columns: collections.abc.Sequence[str], ignored_columns: collections.abc.Sequence[str], missing_words: collections.abc.Sequence[str], period: str, period_end: str | None, units: UnitRegistry | None, add_absent_units: bool, ignore_unknown_indicators: bool, allow_absent_indicators: bool) -> None:
        ...
class Finding:
    """
    Figures that do not agree. It is no error: whoever publishes them decides which is right.
    """
    def __getstate__(self) -> tuple[str, str, str, float, float, float]:
        ...
    def __repr__(self) -> str:
        ...
    def __setstate__(self, arg0: tuple) -> None:
        ...
    @property
    def code(self) -> str:
        """
        Stable identifier, e.g. `parts_do_not_make_total`.
        """
    @property
    def computed(self) -> float:
        """
        The figure from the others; NaN where there is none.
        """
    @property
    def difference(self) -> float:
        """
        Stated less computed.
        """
    @property
    def place(self) -> str:
        """
        Name of the figure, or unit and indicator.
        """
    @property
    def stated(self) -> float:
        """
        The figure as stated; NaN where there is none.
        """
    @property
    def statement(self) -> str:
        """
        What was found, with its numbers.
        """
class OnTrackOptions:
    def __init__(self, as_of: str | None, baseline: str | None, significant: typing.SupportsFloat | typing.SupportsIndex, moderate: typing.SupportsFloat | typing.SupportsIndex, growth: typing.SupportsFloat | typing.SupportsIndex, interval_level: typing.SupportsFloat | typing.SupportsIndex, horizon_years: typing.SupportsFloat | typing.SupportsIndex, days_that_decide: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
class MissedTargets:
    def columns(self) -> dict:
        ...
    def text(self, limit: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    @property
    def as_of(self) -> str:
        ...
class Track:
    def __init__(self, model: IndexModel, panels: collections.abc.Sequence[Panel], options: OnTrackOptions) -> None:
        ...
    def columns(self) -> dict:
        ...
    def drawing(self, row: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def missed(self) -> MissedTargets:
        ...
    def text(self, limit: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    @property
    def as_of(self) -> str:
        ...
class GapTable:
    def columns(self) -> dict:
        ...
    def text(self, limit: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    @property
    def completion_node(self) -> str:
        ...
    @property
    def outcome_node(self) -> str:
        ...
    @property
    def threshold(self) -> float:
        ...
class KindShares:
    def columns(self) -> dict:
        ...
    def text(self, limit: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
class MovementTable:
    def columns(self) -> dict:
        ...
    def text(self, limit: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    @property
    def after(self) -> str:
        ...
    @property
    def before(self) -> str:
        ...
class WorkingCalendar:
    def __eq__(self, other: typing.Any) -> bool:
        ...
    def __getstate__(self) -> tuple:
        ...
    def __hash__(self) -> int:
        ...
    def __setstate__(self, arg0: tuple) -> None:
        ...
    def add_working_days(self, start: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], count: typing.Annotated[numpy.typing.ArrayLike, numpy.int64]) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.bool]]:
        ...
    def are_provisional(self, days: typing.Annotated[numpy.typing.ArrayLike, numpy.int64]) -> numpy.typing.NDArray[numpy.bool]:
        ...
    def are_working_days(self, days: typing.Annotated[numpy.typing.ArrayLike, numpy.int64]) -> numpy.typing.NDArray[numpy.bool]:
        ...
    def columns(self) -> dict:
        ...
    def count_working_days(self, start: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], end: typing.Annotated[numpy.typing.ArrayLike, numpy.int64]) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.bool]]:
        ...
    def name(self, vietnamese: bool) -> str:
        ...
    @property
    def code(self) -> str:
        ...
    @property
    def first_year(self) -> int:
        ...
    @property
    def last_year(self) -> int:
        ...
class Period:
    def __getstate__(self) -> tuple[str]:
        ...
    def __setstate__(self, arg0: tuple) -> None:
        ...
    def contains_day(self, day: str) -> bool:
        ...
    def contains_period(self, other: Period) -> bool:
        ...
    def next(self) -> Period:
        ...
    def precedes(self, other: Period) -> bool:
        ...
    def previous(self) -> Period:
        ...
    @property
    def en(self) -> str:
        ...
    @property
    def first_day(self) -> str:
        ...
    @property
    def iso(self) -> str:
        ...
    @property
    def kind(self) -> str:
        ...
    @property
    def last_day(self) -> str:
        ...
    @property
    def number(self) -> int:
        ...
    @property
    def vi(self) -> str:
        ...
    @property
    def year(self) -> int:
        ...
class Deadline:
    def __getstate__(self) -> tuple:
        ...
    def __setstate__(self, arg0: tuple) -> None:
        ...
    def days_late(self, day: str) -> int:
        ...
    def days_left(self, day: str) -> int:
        ...
    def is_met_by(self, day: str) -> bool:
        ...
    def meaning(self, vietnamese: bool) -> str:
        ...
    @property
    def day(self) -> str | None:
        ...
    @property
    def days(self) -> int:
        ...
    @property
    def kind(self) -> str:
        ...
    @property
    def last_day(self) -> str:
        ...
    @property
    def period(self) -> Period | None:
        ...
    @property
    def provisional(self) -> bool:
        ...
    @property
    def text(self) -> str:
        ...
class TaskRules:
    pass
class TaskRegister:
    def __contains__(self, code: str) -> bool:
        ...
    def __copy__(self) -> TaskRegister:
        ...
    def __len__(self) -> int:
        ...
    def add(self, other: TaskRegister) -> None:
        ...
    def document(self, code: str) -> str | None:
        ...
    def evaluate_indicator_warnings(self, days: collections.abc.Sequence[str], end: str, rules: str, panels: collections.abc.Sequence[Panel], better: collections.abc.Mapping[str, str], targets: collections.abc.Mapping[str, tuple[str, typing.SupportsFloat | typing.SupportsIndex]]) -> dict:
        ...
    def evaluate_warnings(self, days: collections.abc.Sequence[str], end: str, rules: str) -> dict:
        ...
    def extend(self, code: str, decided: str, last_day: str, decision: str) -> None:
        ...
    def first_tasks(self, shown: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def flow(self, earlier: str, later: str, by: str) -> dict:
        ...
    def forecast(self, as_of: str) -> dict:
        ...
    def forecast_calibration(self, learn_until: str, days: collections.abc.Sequence[str], known_until: str) -> dict:
        ...
    def orphans(self, as_of: str, known: collections.abc.Set[str] | None) -> dict:
        ...
    def overdue(self, as_of: str, by: str, calendar: WorkingCalendar, earlier: str | None, without_exempted: bool, shown: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def panel(self, as_of: str, units: UnitRegistry, by: str, earlier: str | None, other_groups: bool, all_tasks: bool, period: str) -> Panel:
        ...
    def quantities(self, as_of: str, by: str, all_tasks: bool) -> dict:
        ...
    def record(self, code: str, kind: str, date: str, share: typing.SupportsFloat | typing.SupportsIndex, authority: str, note: str) -> None:
        ...
    def resources(self, as_of: str, by: str) -> dict:
        ...
    def status(self, as_of: str) -> dict:
        ...
    def table(self, as_of: str, by: str, shown: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def to_csv(self, separator: str, decimal: str, byte_order_mark: bool) -> dict[str, str]:
        ...
    def to_json(self, indent: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    def warnings(self, as_of: str, rules: str, panels: collections.abc.Sequence[Panel], better: collections.abc.Mapping[str, str]) -> dict:
        ...
    def waste_flags(self, as_of: str, overload_ratio: typing.SupportsFloat | typing.SupportsIndex, fewest_heads: typing.SupportsInt | typing.SupportsIndex, most_leads_of_a_product: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    @property
    def rules(self) -> TaskRules:
        ...
    @property
    def secret(self) -> int:
        ...
class StatusVocabulary:
    pass
class TaskFileOptions:
    def __init__(self, separator: str, decimal: str, normalise_to_nfc: bool, ignore_unknown_columns: bool, year: typing.SupportsInt | typing.SupportsIndex | None, calendar: WorkingCalendar | None, rules: TaskRules | None, vocabulary: StatusVocabulary | None) -> None:
        ...
class Comparison:
    def columns(self) -> dict:
        ...
    def text(self) -> str:
        ...
    def why(self, unit: str) -> dict:
        ...
    @property
    def after(self) -> Scoreboard:
        ...
    @property
    def before(self) -> Scoreboard:
        ...
    @property
    def mean_places(self) -> float:
        ...
    @property
    def most_places(self) -> float:
        ...
    @property
    def moved(self) -> int:
        ...
    @property
    def rank_correlation(self) -> float:
        ...
class Diff:
    def breaks(self) -> dict:
        ...
    def columns(self) -> dict:
        ...
    def definition(self) -> dict:
        ...
    def movement(self, unit: str) -> tuple:
        ...
    def parts(self) -> dict:
        ...
    def sentences(self, unit: str, vietnamese: bool, digits: typing.SupportsInt | typing.SupportsIndex, most: typing.SupportsInt | typing.SupportsIndex) -> list[str]:
        ...
    def text(self) -> str:
        ...
    def why(self, unit: str, first: str, last: str) -> tuple:
        ...
    @property
    def held(self) -> list:
        ...
    @property
    def refused(self) -> list:
        ...
class Bottlenecks:
    def columns(self) -> dict:
        ...
    def obstacles(self) -> dict:
        ...
    def pillars(self) -> dict:
        ...
    def sentences(self, vietnamese: bool, digits: typing.SupportsInt | typing.SupportsIndex, most: typing.SupportsInt | typing.SupportsIndex) -> list[str]:
        ...
    def text(self) -> str:
        ...
    @property
    def missing(self) -> list[str]:
        ...
    @property
    def name(self) -> str:
        ...
    @property
    def peers(self) -> list[str]:
        ...
    @property
    def unit(self) -> str:
        ...
class CheapestImprovements:
    def alone(self) -> dict:
        ...
    def columns(self) -> dict:
        ...
    def outcome(self) -> dict:
        ...
    def sentences(self, vietnamese: bool, digits: typing.SupportsInt | typing.SupportsIndex, most: typing.SupportsInt | typing.SupportsIndex) -> list[str]:
        ...
    def text(self) -> str:
        ...
    @property
    def cost(self) -> float:
        ...
    @property
    def lower_bound(self) -> float:
        ...
    @property
    def proved(self) -> bool:
        ...
    @property
    def reached(self) -> bool:
        ...
class AuditReport:
    def __str__(self) -> str:
        ...
    def children(self) -> dict:
        ...
    def findings(self) -> dict:
        ...
    def leaves(self) -> dict:
        ...
    def nodes(self) -> dict:
        ...
    @property
    def units(self) -> int:
        ...
class Factors:
    def __init__(self, model: IndexModel, json: str | None) -> None:
        ...
    def __len__(self) -> int:
        ...
    def describe(self) -> list:
        ...
    @property
    def names(self) -> list[str]:
        ...
class SmaaResult:
    def text(self) -> str:
        ...
    @property
    def acceptance_rate(self) -> float:
        ...
    @property
    def alternatives(self) -> list[str]:
        ...
    @property
    def central_weights(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def confidence_factors(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def criteria(self) -> list[str]:
        ...
    @property
    def draws(self) -> int:
        ...
    @property
    def first_counts(self) -> list[int]:
        ...
    @property
    def holistic_acceptability(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def meta_weights(self) -> list[float]:
        ...
    @property
    def pairwise_winning(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def rank_acceptability(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def scale(self) -> list[tuple[float, float]]:
        ...
    @property
    def weight_attempts(self) -> int:
        ...
class WeightStability:
    def columns(self) -> dict:
        ...
    def text(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    @property
    def board(self) -> Scoreboard:
        ...
    @property
    def top(self) -> int:
        ...
class LeaveOneOut:
    def by_mean_shift(self) -> list[int]:
        ...
    def columns(self) -> dict:
        ...
    def places_gained(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def ranks(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def scores(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def text(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    @property
    def nominal(self) -> Scoreboard:
        ...
class DrawCounts:
    @staticmethod
    def from_bytes(data: bytes) -> DrawCounts:
        ...
    def bytes(self) -> bytes:
        ...
    def digest(self) -> str:
        ...
    def merged(self, other: DrawCounts) -> DrawCounts:
        ...
    @property
    def draws(self) -> int:
        ...
    @property
    def failed(self) -> int:
        ...
    @property
    def failures(self) -> list[tuple[str, int, int, str]]:
        ...
    @property
    def ranges(self) -> list[tuple[int, int]]:
        ...
    @property
    def run(self) -> str:
        ...
class Uncertainty:
    def acceptability_ranks(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def band_probability(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def central_weights(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def columns(self, level: typing.SupportsFloat | typing.SupportsIndex) -> dict:
        ...
    def first_places(self) -> list[int]:
        ...
    def groups(self, level: typing.SupportsFloat | typing.SupportsIndex) -> list[int]:
        ...
    def interval(self, unit: str, level: typing.SupportsFloat | typing.SupportsIndex) -> tuple[float, float]:
        ...
    def probability_top(self, top: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def rank_acceptability(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def rank_intervals(self, level: typing.SupportsFloat | typing.SupportsIndex) -> tuple:
        ...
    def text(self) -> str:
        ...
    def winning_probabilities(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def band_codes(self) -> list[str]:
        ...
    @property
    def board(self) -> Scoreboard:
        ...
    @property
    def counts(self) -> DrawCounts:
        ...
    @property
    def draws(self) -> int:
        ...
    @property
    def factors(self) -> list[str]:
        ...
    @property
    def failed(self) -> int:
        ...
    @property
    def failures(self) -> list[tuple[str, int, int, str]]:
        ...
    @property
    def rank_resolution(self) -> int:
        ...
    @property
    def seed(self) -> int:
        ...
class UncertaintyPlan:
    def __init__(self, board: Scoreboard, factors: Factors, draws: typing.SupportsInt | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, pairs: str) -> None:
        ...
    def finish(self, counts: DrawCounts) -> Uncertainty:
        ...
    def partial(self, first: typing.SupportsInt | typing.SupportsIndex, count: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> DrawCounts:
        ...
class Sensitivity:
    def indices(self) -> dict:
        ...
    def text(self) -> str:
        ...
    @property
    def board(self) -> Scoreboard:
        ...
    @property
    def factors(self) -> list[str]:
        ...
    @property
    def failures(self) -> list[tuple[str, int, int, str]]:
        ...
    @property
    def runs(self) -> int:
        ...
    @property
    def samples(self) -> int:
        ...
class EventStore:
    pass
class ObservationLog:
    def __init__(self, arrival: str, longest_age: typing.SupportsInt | typing.SupportsIndex | None, longest_ages: collections.abc.Mapping[str, typing.SupportsInt | typing.SupportsIndex], tasks_by: str | None, all_tasks: bool, other_groups: bool, earlier: str | None, task_frame: TaskRegister | None, baseline: Panel | None, baseline_period: str, baseline_valid: str | None, baseline_known: str | None) -> None:
        ...
    def __len__(self) -> int:
        ...
    def append(self, utf8: bytes, file: str) -> int:
        ...
    def as_of(self, valid: str, known: str | None, period: str, indicators: collections.abc.Sequence[str], units_on: str | None) -> Panel:
        ...
    def attach(self, store: EventStore) -> None:
        ...
    def cell(self, unit: str, indicator: str, valid: str, known: str | None, period: str) -> dict:
        ...
    def checkpoint(self) -> None:
        ...
    def find(self, id: str) -> int | None:
        ...
    def line(self, at: typing.SupportsInt | typing.SupportsIndex) -> str:
        ...
    def tasks(self, valid: str, known: str | None) -> TaskRegister:
        ...
    @property
    def digest(self) -> str:
        ...
class BoardUpdate:
    def changes(self, units: typing.Annotated[numpy.typing.ArrayLike, numpy.int64] | None) -> dict:
        ...
    def overtaken_by(self, unit: str) -> list[str]:
        ...
    def results(self) -> dict:
        ...
    def text(self) -> str:
        ...
    @property
    def as_of(self) -> str:
        ...
    @property
    def has_bands(self) -> bool:
        ...
    @property
    def model(self) -> IndexModel:
        ...
    @property
    def new_events(self) -> int:
        ...
    @property
    def open_problems(self) -> int:
        ...
    @property
    def rebuilt(self) -> bool:
        ...
    @property
    def sequence(self) -> int:
        ...
    @property
    def size(self) -> int:
        ...
class BoardSnapshot:
    def band(self, unit: str) -> str:
        ...
    def rank(self, unit: str) -> float:
        ...
    def ranking(self, limit: typing.SupportsInt | typing.SupportsIndex) -> dict:
        ...
    def result(self, unit: str, node: str) -> float:
        ...
    def score(self, unit: str) -> float:
        ...
    def units_at(self, rank: typing.SupportsFloat | typing.SupportsIndex) -> list[str]:
        ...
    @property
    def as_of(self) -> str:
        ...
    @property
    def model(self) -> IndexModel:
        ...
    @property
    def open_problems(self) -> int:
        ...
    @property
    def period(self) -> str:
        ...
    @property
    def sequence(self) -> int:
        ...
    @property
    def unit_count(self) -> int:
        ...
class LiveScoreboard:
    def __init__(self, models: collections.abc.Sequence[IndexModel], log: ObservationLog, period: str, as_of: str, previous_period: str, other_periods: collections.abc.Sequence[str]) -> None:
        ...
    def advance_to(self, date: str) -> BoardUpdate:
        ...
    def apply(self, utf8: bytes, file: str) -> BoardUpdate:
        ...
    def band(self, unit: str) -> str:
        ...
    def catch_up(self) -> BoardUpdate:
        ...
    def next_change(self) -> str | None:
        ...
    def panel(self) -> Panel:
        ...
    def problems(self) -> list[Problem]:
        ...
    def rank(self, unit: str) -> float:
        ...
    def result(self, unit: str, node: str) -> float:
        ...
    def score(self, unit: str) -> float:
        ...
    def scoreboard(self) -> tuple:
        ...
    def snapshot(self) -> BoardSnapshot:
        ...
    def subscribe(self, callback: typing.Any, units: collections.abc.Sequence[str], nodes: collections.abc.Sequence[str], least_rank_change: typing.SupportsFloat | typing.SupportsIndex, top: typing.SupportsFloat | typing.SupportsIndex, band_changes_only: bool) -> int:
        ...
    def units_at(self, rank: typing.SupportsFloat | typing.SupportsIndex) -> list[str]:
        ...
    def unsubscribe(self, subscriber: typing.SupportsInt | typing.SupportsIndex) -> bool:
        ...
    @property
    def as_of(self) -> str:
        ...
    @property
    def groups_ranked_within(self) -> list[str]:
        ...
    @property
    def model(self) -> IndexModel:
        ...
    @property
    def open_problems(self) -> int:
        ...
    @property
    def period(self) -> str:
        ...
    @property
    def sequence(self) -> int:
        ...
    @property
    def units(self) -> UnitRegistry:
        ...
class DisclosureAudit:
    def columns(self) -> dict:
        ...
    def equations(self) -> dict:
        ...
    @property
    def assumed(self) -> list[str]:
        ...
    @property
    def is_safe(self) -> bool:
        ...
    @property
    def links(self) -> int:
        ...
    @property
    def safe_width(self) -> float:
        ...
    @property
    def unsafe(self) -> int:
        ...
class DisclosureProposal:
    def columns(self) -> dict:
        ...
    @property
    def exact(self) -> bool:
        ...
    @property
    def lower_bound(self) -> int:
        ...
    @property
    def unsafe(self) -> int:
        ...
class AudienceView:
    def __init__(self, board: Scoreboard, audience: str, rules: str) -> None:
        ...
    def apply(self, arg0: DisclosureProposal) -> AudienceView:
        ...
    def audit(self, arg0: typing.SupportsFloat | typing.SupportsIndex, arg1: bool, arg2: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None]], arg3: collections.abc.Sequence[tuple[str, str | None, typing.SupportsInt | typing.SupportsIndex | None, collections.abc.Sequence[str]]], arg4: collections.abc.Sequence[AudienceView], arg5: typing.Any) -> DisclosureAudit:
        ...
    def printed(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    def propose(self, arg0: typing.SupportsFloat | typing.SupportsIndex, arg1: bool, arg2: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None]], arg3: collections.abc.Sequence[tuple[str, str | None, typing.SupportsInt | typing.SupportsIndex | None, collections.abc.Sequence[str]]], arg4: collections.abc.Sequence[AudienceView], arg5: collections.abc.Sequence[str], arg6: typing.Any) -> DisclosureProposal:
        ...
    def require_safe(self, arg0: typing.SupportsFloat | typing.SupportsIndex, arg1: bool, arg2: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None]], arg3: collections.abc.Sequence[tuple[str, str | None, typing.SupportsInt | typing.SupportsIndex | None, collections.abc.Sequence[str]]], arg4: collections.abc.Sequence[AudienceView], arg5: str) -> dict:
        ...
    def shows(self, arg0: str, arg1: str) -> bool:
        ...
    def shows_unit(self, arg0: str) -> bool:
        ...
    @property
    def audience(self) -> str:
        ...
    @property
    def shows_all(self) -> bool:
        ...
class Journal(EventStore):
    def __init__(self, path: str, create: bool, busy_timeout: typing.SupportsFloat | typing.SupportsIndex, read_only: bool) -> None:
        ...
    def __len__(self) -> int:
        ...
    def append(self, utf8: bytes, file: str) -> tuple:
        ...
    def close(self) -> None:
        ...
    def export_lines(self, write: typing.Any) -> int:
        ...
    def lines(self, first: typing.SupportsInt | typing.SupportsIndex, most: typing.SupportsInt | typing.SupportsIndex) -> list[str]:
        ...
    def metadata(self, key: str) -> str | None:
        ...
    def set_metadata(self, key: str, value: str) -> None:
        ...
    def state(self) -> tuple:
        ...
    def store_state(self, sequence: typing.SupportsInt | typing.SupportsIndex, bytes: bytes) -> None:
        ...
    def verify(self, expected_head: str, progress: typing.Any) -> tuple:
        ...
    @property
    def chain(self) -> str:
        ...
    @property
    def is_usable(self) -> bool:
        ...
class Publication:
    def html(self) -> str:
        ...
    def tables(self) -> dict[str, str]:
        ...
    def to_json(self) -> str:
        ...
    @property
    def audience(self) -> str:
        ...
    @property
    def index(self) -> str:
        ...
    @property
    def period(self) -> str:
        ...
    @property
    def version(self) -> int:
        ...
class PublicationPlan:
    def __init__(self, period: str, published_on: str | None, peers: typing.SupportsInt | typing.SupportsIndex, peer_group: str, salt: str) -> None:
        ...
    def add_earlier(self, period: str, view: AudienceView) -> None:
        ...
    def set_intervals(self, uncertainty: Uncertainty, level: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    def set_remarks(self, group: str, limits: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsInt | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]]) -> None:
        ...
    def set_safety(self, safe_width: typing.SupportsFloat | typing.SupportsIndex, forced_reason: str) -> None:
        ...
    def set_since(self, view: AudienceView) -> None:
        ...
    def set_tasks(self, tasks: TaskRegister, calendar: WorkingCalendar, on: str, earlier: str | None) -> None:
        ...
def above_below_mean(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], band: typing.SupportsFloat | typing.SupportsIndex, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def adjusted_mazziotta_pareto(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], reference: typing.SupportsFloat | typing.SupportsIndex, half_range: typing.SupportsFloat | typing.SupportsIndex, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def apply_outlier_transform(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], transform: str, mirrored: bool, origin: typing.SupportsFloat | typing.SupportsIndex, offset: typing.SupportsFloat | typing.SupportsIndex, box_cox_lambda: typing.SupportsFloat | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def argsort(values: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], order: str) -> numpy.typing.NDArray[numpy.uint32]:
    ...
def arithmetic(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def audit(board: Scoreboard, availability: typing.SupportsFloat | typing.SupportsIndex, redundant: typing.SupportsFloat | typing.SupportsIndex, weak: typing.SupportsFloat | typing.SupportsIndex, alpha: typing.SupportsFloat | typing.SupportsIndex, weight_ratio: typing.SupportsFloat | typing.SupportsIndex, silent: typing.SupportsFloat | typing.SupportsIndex, fewest_units: typing.SupportsInt | typing.SupportsIndex) -> AuditReport:
    ...
def board_in_bundle(path: str) -> Scoreboard | None:
    ...
def borda(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], ties: str, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def bottlenecks(board: Scoreboard, unit: str, group: str, peers: collections.abc.Sequence[str], by: str, classes: collections.abc.Sequence[tuple[str, str, str, collections.abc.Sequence[str]]]) -> Bottlenecks:
    ...
def carry_forward(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], longest_gap: typing.SupportsInt | typing.SupportsIndex) -> tuple:
    ...
def categorical_scale(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], percentiles: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def cheapest_improvements(board: Scoreboard, unit: str, limits: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsFloat | typing.SupportsIndex | None, typing.SupportsInt | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], rank: typing.SupportsFloat | typing.SupportsIndex | None, score: typing.SupportsFloat | typing.SupportsIndex | None, band: str | None, most_evaluations: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> CheapestImprovements:
    ...
def check_model(json: str) -> list[Problem]:
    ...
def check_model_file(path: str) -> list[Problem]:
    ...
def checklist(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], items: typing.SupportsFloat | typing.SupportsIndex, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def column_statistics(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> dict:
    ...
def compare(before: IndexModel, after: IndexModel, panel: Panel, as_of: str | None, previous: Panel | None, other_periods: collections.abc.Sequence[Panel], threads: typing.SupportsInt | typing.SupportsIndex) -> Comparison:
    ...
def completion_result_gap(board: Scoreboard, completion: str, outcome: str, threshold: typing.SupportsFloat | typing.SupportsIndex, completion_maximum: typing.SupportsFloat | typing.SupportsIndex | None, outcome_maximum: typing.SupportsFloat | typing.SupportsIndex | None) -> GapTable:
    ...
def copeland(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> numpy.typing.NDArray[numpy.float64]:
    ...
def day_numbers(days: collections.abc.Sequence[str]) -> numpy.typing.NDArray[numpy.int64]:
    ...
def denominate(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], denominator: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], scale: typing.SupportsFloat | typing.SupportsIndex) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.int64]]:
    ...
def derive(model: IndexModel, panel: Panel, previous: Panel | None) -> Panel:
    ...
def diagnose_availability(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], indicator_groups: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex] | None, unit_groups: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex] | None) -> dict:
    ...
def diagnose_compound_growth_rate(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], times: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> dict:
    ...
def diagnose_correlation(a: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], b: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], method: str) -> float:
    ...
def diagnose_correlation_findings(children: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], parent: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None, redundant: typing.SupportsFloat | typing.SupportsIndex, weak: typing.SupportsFloat | typing.SupportsIndex, method: str) -> dict:
    ...
def diagnose_correlation_matrix(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], method: str) -> numpy.typing.NDArray[numpy.float64]:
    ...
def diagnose_correlation_ratio(child: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], index: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], groups: typing.SupportsInt | typing.SupportsIndex) -> float:
    ...
def diagnose_correlation_table(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], method: str) -> dict:
    ...
def diagnose_correlation_with_denominators(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], denominators: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], threshold: typing.SupportsFloat | typing.SupportsIndex, method: str) -> dict:
    ...
def diagnose_covariance_matrix(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def diagnose_cronbach_alpha(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], rows: str) -> dict:
    ...
def diagnose_importance(y_children: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], index: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], groups: typing.SupportsInt | typing.SupportsIndex) -> dict:
    ...
def diagnose_indicator_statistics(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], availability: typing.SupportsFloat | typing.SupportsIndex, nonzero_share: typing.SupportsFloat | typing.SupportsIndex, distinct_share: typing.SupportsFloat | typing.SupportsIndex, absolute_skewness: typing.SupportsFloat | typing.SupportsIndex, excess_kurtosis: typing.SupportsFloat | typing.SupportsIndex) -> dict:
    ...
def diagnose_linear_trend(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], times: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> dict:
    ...
def diagnose_principal_components(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], rows: str, with_scores: bool) -> dict:
    ...
def diff(before: Scoreboard, after: Scoreboard, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> Diff:
    ...
def differences(before: IndexModel, after: IndexModel) -> dict:
    ...
def dirichlet(parameters: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], uniforms: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def dirichlet_draws(parameters: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], seed: typing.SupportsInt | typing.SupportsIndex, first_draw: typing.SupportsInt | typing.SupportsIndex, draws: typing.SupportsInt | typing.SupportsIndex, stage: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def distance_to_best(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], minimum: typing.SupportsFloat | typing.SupportsIndex | None, maximum: typing.SupportsFloat | typing.SupportsIndex | None, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def distance_to_reference(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], reference: typing.SupportsFloat | typing.SupportsIndex, lower_is_better: bool, capped: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def distance_to_target(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], target: typing.SupportsFloat | typing.SupportsIndex, minimum: typing.SupportsFloat | typing.SupportsIndex | None, maximum: typing.SupportsFloat | typing.SupportsIndex | None, lower_is_better: bool, capped: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def drop(model: IndexModel, code: str) -> IndexModel:
    ...
def effective_number(amounts: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def effective_weights(board: Scoreboard) -> list[float]:
    ...
def error_message(summary: str, problems: collections.abc.Sequence[Problem]) -> str:
    """
    The text of an error: its summary and its first problems.
    """
def exact_sum(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def excess_kurtosis(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def finding_columns(findings: collections.abc.Sequence[Finding]) -> dict:
    ...
def fixed(x: typing.SupportsFloat | typing.SupportsIndex, digits: typing.SupportsInt | typing.SupportsIndex) -> str:
    """
    The number with so many decimals, halves away from zero.
    """
def flow_and_year_to_date(name: str, figures: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], tolerance: typing.SupportsFloat | typing.SupportsIndex) -> list[Finding]:
    ...
def fraction_of_best(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], minimum: typing.SupportsFloat | typing.SupportsIndex | None, maximum: typing.SupportsFloat | typing.SupportsIndex | None, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def gamma_quantile(shape: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], probability: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def geometric(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def gini(amounts: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def gini_penalised_mean(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def goalposts(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower: typing.SupportsFloat | typing.SupportsIndex, upper: typing.SupportsFloat | typing.SupportsIndex, lower_is_better: bool, clip: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def growth_to_target(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], previous: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], target: typing.SupportsFloat | typing.SupportsIndex, lower_is_better: bool, capped: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def harmonic(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def hellwig(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], sample_deviation: bool, weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def herfindahl(amounts: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def herfindahl_normalised(amounts: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def html_report_of_json(text: str, unit_pages_limit: typing.SupportsInt | typing.SupportsIndex = 200, publisher_vi: str = '', publisher_en: str = '') -> str:
    ...
def impute_group_mean(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], groups: typing.Annotated[numpy.typing.ArrayLike, numpy.int64]) -> tuple:
    ...
def impute_group_median(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], groups: typing.Annotated[numpy.typing.ArrayLike, numpy.int64]) -> tuple:
    ...
def impute_mean(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> tuple:
    ...
def impute_median(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> tuple:
    ...
def impute_pillar_mean(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_is_better: collections.abc.Sequence[bool]) -> tuple:
    ...
def indicator_movement(model: IndexModel, before: Panel, after: Panel, earlier: collections.abc.Sequence[Panel], measurement_error: collections.abc.Mapping[str, typing.SupportsFloat | typing.SupportsIndex], usual_change: typing.SupportsFloat | typing.SupportsIndex) -> MovementTable:
    ...
def interpolate_linear(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], positions: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> tuple:
    ...
def interpolate_nearest(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], positions: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> tuple:
    ...
def join_panels(left: Panel, right: Panel) -> Panel:
    ...
def kind_shares(model: IndexModel) -> KindShares:
    ...
def leave_one_out(board: Scoreboard, elements: collections.abc.Sequence[str], threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> LeaveOneOut:
    ...
def level_table(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], values: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def load_calendars(paths: collections.abc.Sequence[str]) -> WorkingCalendar:
    ...
def load_model(path: str) -> IndexModel:
    ...
def load_panels(path: str, model: IndexModel | None, options: PanelOptions, all_periods: bool) -> list[Panel]:
    ...
def load_publication(path: str) -> Publication:
    ...
def load_tasks(files: collections.abc.Mapping[str, str], options: TaskFileOptions) -> TaskRegister:
    ...
def load_units(path: str, separator: str, decimal: str, unit_column: str, name_column: str, attribute_columns: collections.abc.Sequence[str], group_columns: collections.abc.Sequence[str], level: str) -> UnitRegistry:
    ...
def log_goalposts(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower: typing.SupportsFloat | typing.SupportsIndex, upper: typing.SupportsFloat | typing.SupportsIndex, lower_is_better: bool, clip: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def logistic(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], midpoint: typing.SupportsFloat | typing.SupportsIndex, steepness: typing.SupportsFloat | typing.SupportsIndex, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def make_publication(view: AudienceView, plan: PublicationPlan, progress: typing.Any) -> Publication:
    ...
def maximum(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def mazziotta_pareto(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], negative_penalty: bool, sample_deviation: bool, weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def mean_min(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], alpha: typing.SupportsFloat | typing.SupportsIndex, beta: typing.SupportsFloat | typing.SupportsIndex, weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def median(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def min_max(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], minimum: typing.SupportsFloat | typing.SupportsIndex | None, maximum: typing.SupportsFloat | typing.SupportsIndex | None, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def minimum(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def missed_targets(model: IndexModel, panels: collections.abc.Sequence[Panel], options: OnTrackOptions) -> MissedTargets:
    ...
def mixed_measures(ratios: collections.abc.Sequence[tuple[str, tuple[str, str, str], tuple[str, str, str], bool]]) -> list[Finding]:
    ...
def national_rate(name: str, stated: typing.SupportsFloat | typing.SupportsIndex, units: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], tolerance: typing.SupportsFloat | typing.SupportsIndex) -> list[Finding]:
    ...
def national_rate_of_panel(panel: Panel, indicator: str, stated: typing.SupportsFloat | typing.SupportsIndex, tolerance: typing.SupportsFloat | typing.SupportsIndex) -> list[Finding]:
    ...
def new_signing_key(path: str) -> str:
    ...
def normal_quantile(probability: typing.SupportsFloat | typing.SupportsIndex) -> float:
    ...
def ordered_weighted_average(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], order_weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def pair_stability(board: Scoreboard, node: str, units: typing.Annotated[collections.abc.Sequence[str], "FixedSize(2)"], resolution: typing.SupportsFloat | typing.SupportsIndex, scan: typing.SupportsInt | typing.SupportsIndex) -> dict:
    ...
def panel_to_csv(panel: Panel, form: str, separator: str, decimal: str, byte_order_mark: bool) -> str:
    ...
def parse_deadline(text: str, assigned: str | None, calendar: WorkingCalendar | None, year: typing.SupportsInt | typing.SupportsIndex | None) -> Deadline:
    ...
def parse_model(json: str) -> IndexModel:
    ...
def parse_period(text: str) -> Period:
    ...
def parse_publication(text: str) -> Publication:
    ...
def parse_status_vocabulary(json: str, file: str) -> StatusVocabulary:
    ...
def parse_tasks_csv(tables: collections.abc.Mapping[str, str], options: TaskFileOptions) -> TaskRegister:
    ...
def parse_tasks_json(text: str, file: str, options: TaskFileOptions) -> TaskRegister:
    ...
def parts_and_total(name: str, total: typing.SupportsFloat | typing.SupportsIndex, parts: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex]], tolerance: typing.SupportsFloat | typing.SupportsIndex) -> list[Finding]:
    ...
def penalty_per_occurrence(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], penalty: typing.SupportsFloat | typing.SupportsIndex, start: typing.SupportsFloat | typing.SupportsIndex, lowest: typing.SupportsFloat | typing.SupportsIndex, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def percentile_rank(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def power_mean(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], exponent: typing.SupportsFloat | typing.SupportsIndex, weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def preparation_text(board: Scoreboard) -> str:
    ...
def printed_changes(before: Publication, after: Publication) -> dict:
    ...
def publish_version(root: str, publication: Publication, reason: str, zip: bool, key: str | None, inputs: Scoreboard | None, although_withheld: bool, public_key: str | None) -> tuple[int, str, str]:
    ...
def quantile(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], probability: typing.SupportsFloat | typing.SupportsIndex) -> float:
    ...
def rank_aras(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], optimal_values: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], keep_matrix: bool) -> ArasResult:
    ...
def rank_borda(rankings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> BordaResult:
    ...
def rank_cocoso(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], sum_share: typing.SupportsFloat | typing.SupportsIndex, keep_matrix: bool) -> CocosoResult:
    ...
def rank_codas(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], threshold: typing.SupportsFloat | typing.SupportsIndex, keep_matrix: bool, keep_pairs: bool) -> CodasResult:
    ...
def rank_comet(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], characteristic_values: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]], expert: collections.abc.Callable | None, judgements: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None, keep_matrix: bool) -> CometResult:
    ...
def rank_condorcet(rankings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> CondorcetResult:
    ...
def rank_copeland_ranking(rankings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> CopelandRankingResult:
    ...
def rank_copras(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> CoprasResult:
    ...
def rank_correlation(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], y: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], measure: str, persistence: typing.SupportsFloat | typing.SupportsIndex, k: typing.SupportsInt | typing.SupportsIndex) -> float:
    ...
def rank_correlation_matrix(rankings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], measure: str, persistence: typing.SupportsFloat | typing.SupportsIndex, k: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def rank_dominance_counts(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8]) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int64]]:
    ...
def rank_dominance_matrix(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8]) -> numpy.typing.NDArray[numpy.bool]:
    ...
def rank_edas(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> EdasResult:
    ...
def rank_electre_one(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], concordance_threshold: typing.SupportsFloat | typing.SupportsIndex, discordance_threshold: typing.SupportsFloat | typing.SupportsIndex) -> ElectreOneResult:
    ...
def rank_electre_three(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], q: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], p: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], v: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], alpha: typing.SupportsFloat | typing.SupportsIndex, beta: typing.SupportsFloat | typing.SupportsIndex, keep_matrix: bool) -> ElectreThreeResult:
    ...
def rank_kemeny(rankings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], most_updates: typing.SupportsInt | typing.SupportsIndex, most_cycles: typing.SupportsInt | typing.SupportsIndex, decide_uniqueness: bool, progress: typing.Any) -> KemenyResult:
    ...
def rank_mabac(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> MabacResult:
    ...
def rank_mairca(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> MaircaResult:
    ...
def rank_marcos(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> MarcosResult:
    ...
def rank_median_rank(rankings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> MedianRankResult:
    ...
def rank_moora_multiplicative(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8]) -> MooraMultiplicativeResult:
    ...
def rank_moora_ratio(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> MooraRatioResult:
    ...
def rank_moora_reference_point(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> MooraReferencePointResult:
    ...
def rank_multimoora(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8]) -> MultimooraResult:
    ...
def rank_non_dominated(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8]) -> numpy.typing.NDArray[numpy.bool]:
    ...
def rank_non_dominated_fronts(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8]) -> numpy.typing.NDArray[numpy.int64]:
    ...
def rank_normalise(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], normalisation: str) -> numpy.typing.NDArray[numpy.float64]:
    ...
def rank_promethee_one(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], preference: collections.abc.Sequence[str], q: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], p: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], s: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], keep_matrix: bool, largest_relation: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> PrometheeOneResult:
    ...
def rank_promethee_two(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], preference: collections.abc.Sequence[str], q: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], p: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], s: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], keep_matrix: bool, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> PrometheeTwoResult:
    ...
def rank_ram(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], keep_matrix: bool) -> RamResult:
    ...
def rank_reversal(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], method: typing.Any, higher_is_better: bool | None, copied: bool, added: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None, progress: typing.Any) -> dict:
    ...
def rank_rim(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], ranges: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], reference_ideals: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None, keep_matrix: bool) -> RimResult:
    ...
def rank_score(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], ties: str, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def rank_spotis(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], bounds: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], ideal: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], keep_matrix: bool) -> SpotisResult:
    ...
def rank_target(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], target: typing.SupportsFloat | typing.SupportsIndex, worst: typing.SupportsFloat | typing.SupportsIndex, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def rank_topsis(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], normalisation: str, keep_matrix: bool) -> TopsisResult:
    ...
def rank_verify_kemeny(rankings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], order: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], certificate: KemenyCertificate, weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> KemenyVerification:
    ...
def rank_vikor(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], v: typing.SupportsFloat | typing.SupportsIndex, keep_matrix: bool) -> VikorResult:
    ...
def rank_waspas(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], lambda_: typing.SupportsFloat | typing.SupportsIndex, normalisation: str, keep_matrix: bool) -> WaspasResult:
    ...
def rank_weighted_product(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], normalisation: str, keep_matrix: bool) -> WeightedProductResult:
    ...
def rank_weighted_sum(matrix: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], directions: typing.Annotated[numpy.typing.ArrayLike, numpy.int8], normalisation: str, keep_matrix: bool) -> WeightedSumResult:
    ...
def ranking_methods() -> list:
    ...
def ranks(scores: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], ties: str, order: str, tie_breakers: collections.abc.Sequence[tuple[typing.Annotated[numpy.typing.ArrayLike, numpy.float64], str]], groups: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def ratio_above_one(panel: Panel, shares: collections.abc.Sequence[str], percentages: collections.abc.Sequence[str]) -> list[Finding]:
    ...
def ratio_to_target(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], target: typing.SupportsFloat | typing.SupportsIndex, lower_is_better: bool, capped: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def round_decimal(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], digits: typing.SupportsInt | typing.SupportsIndex, mode: str) -> numpy.typing.NDArray[numpy.float64]:
    ...
def score(model: IndexModel, panel: Panel, as_of: str | None, previous: Panel | None, other_periods: collections.abc.Sequence[Panel], threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> Scoreboard:
    ...
def screen(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], availability: typing.SupportsFloat | typing.SupportsIndex, nonzero: typing.SupportsFloat | typing.SupportsIndex) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int64]]:
    ...
def sensitivity(board: Scoreboard, factors: Factors, samples: typing.SupportsInt | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, target: str, unit: str, resamples: typing.SupportsInt | typing.SupportsIndex, level: typing.SupportsFloat | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> Sensitivity:
    ...
def share_and_year_to_date(name: str, periods: collections.abc.Sequence[tuple[str, typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], tolerance: typing.SupportsFloat | typing.SupportsIndex) -> list[Finding]:
    ...
def shortest(x: typing.SupportsFloat | typing.SupportsIndex) -> str:
    """
    The shortest decimal that reads back to the same number.
    """
def signatures_built() -> bool:
    ...
def skewness(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def smaa(kinds: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], first: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], second: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], alternatives: collections.abc.Sequence[str], criteria: collections.abc.Sequence[str], signs: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex], weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], ranking: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]], bounds: collections.abc.Sequence[tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], scale: collections.abc.Sequence[tuple[typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]], meta_weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], draws: typing.SupportsInt | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, pairwise: bool, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> SmaaResult:
    ...
def sobol_design(seed: typing.SupportsInt | typing.SupportsIndex, samples: typing.SupportsInt | typing.SupportsIndex, factors: typing.SupportsInt | typing.SupportsIndex) -> list:
    ...
def sobol_indices(y_a: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], y_b: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], y_ab: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], resamples: typing.SupportsInt | typing.SupportsIndex, level: typing.SupportsFloat | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> dict:
    ...
def sobol_indices_of(function: typing.Any, factors: typing.SupportsInt | typing.SupportsIndex, samples: typing.SupportsInt | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, resamples: typing.SupportsInt | typing.SupportsIndex, level: typing.SupportsFloat | typing.SupportsIndex, progress: typing.Any) -> dict:
    ...
def sobol_points(seed: typing.SupportsInt | typing.SupportsIndex, count: typing.SupportsInt | typing.SupportsIndex, dimensions: typing.SupportsInt | typing.SupportsIndex, first: typing.SupportsInt | typing.SupportsIndex, scramble: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def source_disagreement(a: Panel, b: Panel, tolerance: typing.SupportsFloat | typing.SupportsIndex) -> list[Finding]:
    ...
def stage_cells(board: Scoreboard, name: str) -> dict:
    ...
def stage_names(board: Scoreboard) -> list[str]:
    ...
def stage_notices(board: Scoreboard, name: str) -> list[str]:
    ...
def stage_panel(board: Scoreboard, name: str) -> Panel:
    ...
def stage_screened(board: Scoreboard, name: str) -> dict:
    ...
def stage_treated(board: Scoreboard, name: str) -> dict:
    ...
def step_table(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], from_: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], scores: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], interpolate: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def sum_of_points(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], points: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def synthetic_model(indicators: typing.SupportsInt | typing.SupportsIndex, pillars: typing.SupportsInt | typing.SupportsIndex, sub_pillars: typing.SupportsInt | typing.SupportsIndex, peer_relative: bool, mix: str, level: str) -> IndexModel:
    ...
def synthetic_nation(provinces: UnitRegistry, seed: typing.SupportsInt | typing.SupportsIndex) -> dict:
    ...
def synthetic_panels(model: IndexModel, units: UnitRegistry, seed: typing.SupportsInt | typing.SupportsIndex, periods: typing.SupportsInt | typing.SupportsIndex, missing_share: typing.SupportsFloat | typing.SupportsIndex, provisional_share: typing.SupportsFloat | typing.SupportsIndex, zero_denominator_share: typing.SupportsFloat | typing.SupportsIndex) -> list[Panel]:
    ...
def synthetic_tasks(provinces: UnitRegistry, tasks: typing.SupportsInt | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, first: str, last: str, details: bool) -> TaskRegister:
    ...
def target_range(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_limit: typing.SupportsFloat | typing.SupportsIndex, lower: typing.SupportsFloat | typing.SupportsIndex, upper: typing.SupportsFloat | typing.SupportsIndex, upper_limit: typing.SupportsFloat | typing.SupportsIndex, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def to_json(model: IndexModel, indent: typing.SupportsInt | typing.SupportsIndex) -> str:
    ...
def top_share(amounts: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], k: typing.SupportsInt | typing.SupportsIndex) -> float:
    ...
def treat_outliers(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], max_skewness: typing.SupportsFloat | typing.SupportsIndex, max_kurtosis: typing.SupportsFloat | typing.SupportsIndex, max_winsorised: typing.SupportsInt | typing.SupportsIndex, transform: str, box_cox_lambda: typing.SupportsFloat | typing.SupportsIndex) -> dict:
    ...
def verify_publication(path: str, model: IndexModel | None, panel: Panel | None, previous: Panel | None, as_of: str | None, public_key: str | None, require_signature: bool, salt: str) -> dict:
    ...
def view_like(view: AudienceView, board: Scoreboard) -> AudienceView:
    ...
def weigh_analytic_hierarchy_process(judgement: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], method: str, tolerance: typing.SupportsFloat | typing.SupportsIndex) -> dict:
    ...
def weigh_angular(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> dict:
    ...
def weigh_best_worst_method(best_to_others: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], others_to_worst: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], best: typing.SupportsInt | typing.SupportsIndex, worst: typing.SupportsInt | typing.SupportsIndex) -> dict:
    ...
def weigh_budget_allocation(points: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], budget: typing.SupportsFloat | typing.SupportsIndex | None) -> dict:
    ...
def weigh_cilos(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_is_better: collections.abc.Sequence[bool]) -> dict:
    ...
def weigh_coefficient_of_variation(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> dict:
    ...
def weigh_correlation_optimised(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], targets: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> dict:
    ...
def weigh_critic(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_is_better: collections.abc.Sequence[bool], ignore_directions: bool) -> dict:
    ...
def weigh_entropy(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> dict:
    ...
def weigh_equal(count: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_equal_within_pillars(pillar_of: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> dict:
    ...
def weigh_fucom(ratios: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_gini_index(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> dict:
    ...
def weigh_group_judgement(judgements: collections.abc.Sequence[typing.Annotated[numpy.typing.ArrayLike, numpy.float64]], tolerance: typing.SupportsFloat | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_idocriw(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_is_better: collections.abc.Sequence[bool]) -> dict:
    ...
def weigh_lopcow(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_is_better: collections.abc.Sequence[bool]) -> dict:
    ...
def weigh_merec(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], lower_is_better: collections.abc.Sequence[bool]) -> dict:
    ...
def weigh_noisy(weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], fraction: typing.SupportsFloat | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, first_draw: typing.SupportsInt | typing.SupportsIndex, draws: typing.SupportsInt | typing.SupportsIndex, stage: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_principal_components(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], factors: typing.SupportsInt | typing.SupportsIndex | None, all_factors: bool, kaiser_normalisation: bool) -> dict:
    ...
def weigh_rank_order_centroid(ranks: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_rank_reciprocal(ranks: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_rank_sum(ranks: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_standard_deviation(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> dict:
    ...
def weigh_swara(less_important: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> dict:
    ...
def weigh_swing(points: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], full_swing: typing.SupportsFloat | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def weigh_variance(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> dict:
    ...
def weight_stability(board: Scoreboard, top: typing.SupportsInt | typing.SupportsIndex, resolution: typing.SupportsFloat | typing.SupportsIndex, scan: typing.SupportsInt | typing.SupportsIndex, threads: typing.SupportsInt | typing.SupportsIndex, progress: typing.Any) -> WeightStability:
    ...
def weighted_mean(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> float:
    ...
def weighting_report(board: Scoreboard, node: str) -> typing.Any:
    ...
def with_(model: IndexModel, pointer: str, value: str) -> IndexModel:
    ...
def with_weight_share(board: Scoreboard, node: str, share: typing.SupportsFloat | typing.SupportsIndex) -> IndexModel:
    ...
def without(model: IndexModel, pointer: str) -> IndexModel:
    ...
def write_publication(publication: Publication, path: str, zip: bool, key: str | None, inputs: Scoreboard | None, although_withheld: bool) -> str:
    ...
def wroclaw(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], sample_deviation: bool, weights: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] | None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def yes_no(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
def z_score(x: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], mean: typing.SupportsFloat | typing.SupportsIndex, deviation: typing.SupportsFloat | typing.SupportsIndex, average: typing.SupportsFloat | typing.SupportsIndex | None, spread: typing.SupportsFloat | typing.SupportsIndex | None, lower_is_better: bool, raise_: bool) -> numpy.typing.NDArray[numpy.float64]:
    ...
__version__: str = '0.1.0'
cell_state_names: list = ['observed', 'provisional', 'imputed', 'not_applicable', 'not_yet_due', 'not_reported', 'zero_denominator', 'confidential']
