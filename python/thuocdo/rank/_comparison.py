"""One decision by several methods, and what a method does when an alternative comes or goes."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy

from .. import _core
from .._errors import NumericError, Problem, data_error
from .._frames import make_frame
from .._html import shown, table
from .._languages import is_vietnamese
from .._progress import Progress, run_with_progress
from .._tables import Labels
from . import _classic, _distance, _outranking, _reference, _weighted
from ._decision import SHOWN_ROWS, Array, Decision, Directions, Weights, read_decision
from ._ranking import TITLES, Ranking

Method = Union[str, Callable[..., Ranking]]

_MODULES = (_weighted, _classic, _reference, _distance, _outranking)


def ranking_methods() -> Dict[str, Tuple[str, str]]:
    """Methods that need nothing beside matrix, weights and directions: name, and titles in English and Vietnamese.

    SPOTIS, RIM and COMET need more, PROMETHEE I and ELECTRE give relations: they are functions alone.
    """
    return {name: (english, vietnamese) for name, english, vietnamese, _ in _core.ranking_methods()}


def _function(name: str) -> Callable[..., Ranking]:
    known = ranking_methods()
    if name not in known:
        problem = Problem("unknown_method", "methods", repr(name), ", ".join(known), "")
        raise data_error("no such ranking method", [problem])
    return next(getattr(module, name) for module in _MODULES if hasattr(module, name))  # type: ignore[no-any-return]


def _chosen(methods: Union[None, Sequence[Method], Mapping[str, Method]]) -> Dict[str, Callable[..., Ranking]]:
    if methods is None:
        methods = list(ranking_methods())
    if isinstance(methods, Mapping):
        return {name: _function(each) if isinstance(each, str) else each for name, each in methods.items()}
    chosen: Dict[str, Callable[..., Ranking]] = {}
    for each in methods:
        name = each if isinstance(each, str) else getattr(each, "__name__", repr(each))
        chosen[name] = _function(each) if isinstance(each, str) else each
    return chosen


def _weightings(weights: Any) -> Dict[str, Any]:
    """Several sets of weights under names; one set has no name."""
    if isinstance(weights, Mapping) and weights and all(hasattr(each, "__len__") for each in weights.values()):
        return dict(weights)
    return {"": weights}


class MethodComparison:
    """Ranks of the same alternatives by several methods. Immutable."""

    __slots__ = ("_decision", "_names", "_rankings", "refused")

    #: Why a method has no place here, by name.
    refused: Dict[str, str]
    _decision: Decision
    _names: List[str]
    _rankings: Dict[str, Ranking]

    def __init__(self, decision: Decision, rankings: Dict[str, Ranking], refused: Dict[str, str]) -> None:
        object.__setattr__(self, "_decision", decision)
        object.__setattr__(self, "_names", list(rankings))
        object.__setattr__(self, "_rankings", rankings)
        object.__setattr__(self, "refused", refused)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a MethodComparison does not change")

    @property
    def methods(self) -> List[str]:
        """Names of the methods that took the decision, with the weights where there are several sets."""
        return list(self._names)

    @property
    def alternatives(self) -> List[str]:
        """Names of the alternatives."""
        return self._rankings[self._names[0]].alternatives

    def __getitem__(self, method: str) -> Ranking:
        """The ranking by one method, with all its parts."""
        return self._rankings[method]

    def _rank_matrix(self) -> Array:
        return numpy.asfortranarray(numpy.column_stack([self._rankings[name].ranks for name in self._names]).astype(numpy.float64))

    def _labels(self) -> Labels:
        names = self._decision.names
        return names.labels if names is not None else Labels("numpy", "alternative", False)

    def ranks(self) -> Any:
        """Alternatives by methods, 1 for the best, in the kind of frame that came in."""
        return make_frame(self._labels(), {name: self._rankings[name].ranks for name in self._names}, self.alternatives)

    def scores(self) -> Any:
        """Alternatives by methods."""
        return make_frame(self._labels(), {name: self._rankings[name].scores for name in self._names}, self.alternatives)

    def correlation(self, measure: str = "kendall_tau_b") -> Any:
        """Agreement of every two methods, as a frame with the names of the methods.

        Parameters
        ----------
        measure : str
            As in `ranking_correlation`: "kendall_tau_b", "spearman", "weighted_spearman", "ws_coefficient", ...
        """
        found = self._correlations(measure)
        labels = Labels(self._labels().kind, "method", self._labels().in_index)
        return make_frame(labels, {name: found[:, place] for place, name in enumerate(self._names)}, self._names)

    def _correlations(self, measure: str) -> Array:
        from ._orderings import ranking_correlation_matrix

        return numpy.asarray(ranking_correlation_matrix(self._rank_matrix(), measure=measure), dtype=numpy.float64)

    def spread(self) -> Any:
        """Best and worst rank of each alternative over the methods."""
        ranks = self._rank_matrix().astype(numpy.int64)
        return make_frame(self._labels(), {"best_rank": ranks.min(axis=1), "worst_rank": ranks.max(axis=1)}, self.alternatives)

    def plot(self, kind: str = "bump", *, top: int = 10, language: str = "en") -> Any:
        """A picture of the comparison; needs matplotlib.

        Parameters
        ----------
        kind : {"bump", "heat_map"}
            Ranks from method to method, or the agreement of every two methods (Kendall's tau-b).
        top : int
            Bump chart: how many alternatives, the best by mean rank.
        language : {"en", "vi"}
            Of the texts.

        Returns
        -------
        matplotlib axes
        """
        from ._pictures import bump_chart, correlation_heat_map

        vietnamese = is_vietnamese(language)
        titles = self._titles(vietnamese)
        if kind == "bump":
            return bump_chart(self._rank_matrix(), self.alternatives, titles, top, vietnamese)
        if kind == "heat_map":
            return correlation_heat_map(self._correlations("kendall_tau_b"), titles, vietnamese)
        raise ValueError(f'kind: expected "bump" or "heat_map", not {kind!r}')

    def _titles(self, vietnamese: bool) -> List[str]:
        titles = []
        for name in self._names:
            method, _, weighting = name.partition(" / ")
            title = TITLES[method][1 if vietnamese else 0] if method in TITLES else method
            titles.append(title + (f" / {weighting}" if weighting else ""))
        return titles

    def _notes(self) -> List[str]:
        rest = len(self.alternatives) - SHOWN_ROWS
        more = [f"... {rest} more alternatives"] if rest > 0 else []
        return more + [f"{name} refused: {why.splitlines()[0]}" for name, why in self.refused.items()]

    def _rows(self) -> List[List[Any]]:
        ranks = self._rank_matrix().astype(numpy.int64)
        order = numpy.argsort(ranks.sum(axis=1), kind="stable")[:SHOWN_ROWS]
        names = self.alternatives
        return [[names[row], *(int(each) for each in ranks[row])] for row in order]

    def __repr__(self) -> str:
        rows = [["alternative", *self._names]] + [[shown(cell) for cell in row] for row in self._rows()]
        widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
        lines = [f"Ranks of {len(self.alternatives)} alternatives by {len(self._names)} methods"]
        lines += ["  ".join(cell.ljust(widths[0]) if k == 0 else cell.rjust(widths[k]) for k, cell in enumerate(row)) for row in rows]
        return "\n".join(lines + self._notes())

    def _repr_html_(self) -> str:
        caption = f"{len(self.alternatives)} alternatives × {len(self._names)} methods"
        return table(caption, ["alternative", *self._names], self._rows(), self._notes())


def compare_methods(
    matrix: Any,
    weights: Any = None,
    directions: Directions = None,
    methods: Union[None, Sequence[Method], Mapping[str, Method]] = None,
) -> MethodComparison:
    """Ranks one decision by several methods, with several sets of weights if wanted.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights : array_like, dict or Series, or dict of them, optional
        One set, or several under names, for example ``{"equal": [...], "CRITIC": [...]}``; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.
    methods : sequence or dict, optional
        Names of `ranking_methods`, functions of this module, or a dict of names and functions such as
        ``functools.partial(td.rank.topsis, normalisation="min_max")``; default: every named method.

    Returns
    -------
    MethodComparison
        A method that refuses the data is named in `refused` with its reason.

    Raises
    ------
    NumericError
        When every method refuses the data.
    """
    chosen = _chosen(methods)
    if not chosen:
        raise ValueError("methods: nothing to compare")
    decision = read_decision(matrix, None if _weightings(weights).keys() != {""} else weights, directions)
    rankings: Dict[str, Ranking] = {}
    refused: Dict[str, str] = {}
    last: Optional[NumericError] = None
    for weighting, share in _weightings(weights).items():
        for name, function in chosen.items():
            key = f"{name} / {weighting}" if weighting else name
            try:
                rankings[key] = function(matrix, share, directions)
                if not hasattr(rankings[key], "scores"):
                    raise TypeError(f"{name} gives a relation, not scores; it has no place in a table of ranks")
            except NumericError as error:
                refused[key] = str(error)
                last = error
    if not rankings and last is not None:
        raise last
    return MethodComparison(decision, rankings, refused)


class RankReversal:
    """What becomes of the order of the others with each alternative that is dropped, added or copied. Immutable."""

    __slots__ = ("_columns", "_labels", "_names", "change")

    #: "dropped", "copied" or "added".
    change: str
    _columns: Dict[str, List[Any]]
    _labels: Labels
    _names: List[str]

    def __init__(self, columns: Dict[str, List[Any]], names: List[str], labels: Labels, change: str) -> None:
        object.__setattr__(self, "_columns", columns)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_labels", labels)
        object.__setattr__(self, "change", change)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a RankReversal does not change")

    @property
    def reversed_pairs(self) -> Any:
        """Pairs of other alternatives whose order turned round, one entry an alternative that came or went."""
        return numpy.array(self._columns["reversed_pairs"], dtype=numpy.int64)

    @property
    def any(self) -> bool:
        """Whether any pair turned round."""
        return bool((self.reversed_pairs > 0).any())

    def to_frame(self) -> Any:
        """One row an alternative: reversed pairs, ties that came or went, whether the best changed, and the best then."""
        columns = self._columns
        best = ["; ".join(self._name(row) for row in rows) for rows in columns["best_after"]]
        body: Dict[str, Any] = {
            "reversed_pairs": self.reversed_pairs,
            "changed_ties": numpy.array(columns["changed_ties"], dtype=numpy.int64),
            "best_changed": numpy.array(columns["best_changed"], dtype=bool),
            "best_after": best,
        }
        return make_frame(self._labels, body, [self._name(row) for row in columns["alternative"]])

    def _name(self, row: int) -> str:
        return self._names[row] if row < len(self._names) else "(added)"

    def __repr__(self) -> str:
        counts = self.reversed_pairs
        worst = int(counts.argmax()) if len(counts) else -1
        lines = [
            f"Alternatives {self.change}: {len(counts)}; with {int((counts > 0).sum())} of them other pairs turn round, "
            f"the best changes with {sum(self._columns['best_changed'])}"
        ]
        if worst >= 0 and counts[worst] > 0:
            lines.append(f"most with {self._name(self._columns['alternative'][worst])}: {int(counts[worst])} pairs")
        return "\n".join(lines)


def rank_reversal(
    matrix: Any,
    weights: Weights = None,
    directions: Directions = None,
    *,
    method: Method = "topsis",
    change: str = "dropped",
    added: Any = None,
    progress: Progress = False,
) -> RankReversal:
    """What a method does to the order of the others when an alternative is dropped, copied or added.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix, shape (alternatives, criteria)
        Finite values.
    weights, directions
        As for the methods.
    method : str or callable
        A name of `ranking_methods`, or a function of (matrix, weights, directions) that gives a `Ranking`.
    change : {"dropped", "copied", "added"}
        Each alternative in turn is dropped, or doubled; or one is added.
    added : array_like, optional
        The values of the alternative that is added.
    progress : bool or callable
        A bar, or a function of the share done; Ctrl-C and False stop.

    Returns
    -------
    RankReversal

    Raises
    ------
    NumericError
        As the method.

    References
    ----------
    V. Belton and T. Gear (1983), Omega 11(3), 228-230.
    """
    if change not in ("dropped", "copied", "added"):
        raise ValueError(f'change: expected "dropped", "copied" or "added", not {change!r}')
    if (change == "added") != (added is not None):
        raise ValueError('added: the values of the alternative, with change="added" and only then')
    decision = read_decision(matrix, weights, directions)
    chosen: Any = method
    higher: Optional[bool] = None
    if not isinstance(method, str):
        function = method
        higher = function(decision.values, decision.weights, decision.signs).higher_is_better

        def chosen(rows: Array) -> Array:
            return function(rows, decision.weights, decision.signs).scores  # type: ignore[no-any-return]

    row = None if added is None else numpy.asarray(added, dtype=numpy.float64)
    columns = run_with_progress(
        progress,
        lambda report: _core.rank_reversal(
            decision.values, decision.weights, decision.signs, chosen, higher, change == "copied", row, report
        ),
    )
    names = decision.names.alternatives if decision.names is not None else [f"A{k + 1}" for k in range(len(decision.values))]
    labels = decision.names.labels if decision.names is not None else Labels("numpy", "alternative", False)
    return RankReversal(columns, names, labels, change)


__all__ = ["MethodComparison", "RankReversal", "compare_methods", "rank_reversal", "ranking_methods"]
