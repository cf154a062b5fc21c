"""Stochastic multicriteria acceptability analysis (SMAA-2) of a decision table."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

import numpy
from numpy.typing import NDArray

from . import _core, _html
from ._errors import Problem, data_error
from ._frames import make_frame
from ._progress import Progress, run_with_progress
from ._tables import Labels, as_table, is_table
from .rank._decision import DecisionMatrix, Directions, Names, Weights, by_name, read_table, signs_of

Pairs = Union[Sequence[Tuple[float, float]], Mapping[str, Tuple[float, float]], None]

#: What the compiled part takes for a kind of value.
EXACT, UNIFORM, NORMAL = 0.0, 1.0, 2.0

#: Alternatives that the printed form shows.
SHOWN_ROWS = 10


class NormalValue(NamedTuple):
    """A cell that is known by mean and standard deviation."""

    mean: float
    deviation: float


class SmaaResult:
    """What `smaa` finds. Immutable.

    Tables come as frames of the kind of the data, with the names of the alternatives where they stood; as plain arrays
    where the data were arrays.
    """

    __slots__ = ("_core", "_labels")

    def __init__(self, core: Any, labels: Labels) -> None:
        self._core = core
        self._labels = labels

    @property
    def alternatives(self) -> List[str]:
        """Names of the alternatives."""
        return list(self._core.alternatives)

    @property
    def criteria(self) -> List[str]:
        """Names of the criteria."""
        return list(self._core.criteria)

    @property
    def draws(self) -> int:
        """How many draws were made."""
        return int(self._core.draws)

    @property
    def acceptance_rate(self) -> float:
        """Share of the drawn weights that keep the bounds; 1 without bounds."""
        return float(self._core.acceptance_rate)

    @property
    def scale(self) -> Dict[str, Tuple[float, float]]:
        """Where the partial value of each criterion is 0 and 1, the lower end first."""
        return dict(zip(self.criteria, self._core.scale))

    @property
    def meta_weights(self) -> NDArray[numpy.float64]:
        """What each rank counts in the holistic acceptability."""
        return numpy.array(self._core.meta_weights)

    @property
    def acceptability(self) -> NDArray[numpy.float64]:
        """Share of the draws in which each alternative is first, alone or tied."""
        return self._core.rank_acceptability[:, 0]  # type: ignore[no-any-return]

    @property
    def confidence_factors(self) -> NDArray[numpy.float64]:
        """Share of the draws of values in which each alternative is first by its central weights; NaN without such."""
        return self._core.confidence_factors  # type: ignore[no-any-return]

    @property
    def holistic_acceptability(self) -> NDArray[numpy.float64]:
        """Rank acceptabilities weighted by the meta-weights."""
        return self._core.holistic_acceptability  # type: ignore[no-any-return]

    @property
    def rank_acceptability(self) -> Any:
        """Share of the draws in which an alternative (row) has a rank (column)."""
        return self._matrix(self._core.rank_acceptability, [f"rank {rank + 1}" for rank in range(len(self.alternatives))])

    @property
    def central_weights(self) -> Any:
        """Mean weights of the draws in which an alternative (row) is first; NaN where it never is."""
        return self._matrix(self._core.central_weights, self.criteria)

    @property
    def pairwise_winning(self) -> Any:
        """Share of the draws in which the row is better than the column; None where it was not asked for."""
        values = self._core.pairwise_winning
        return self._matrix(values, self.alternatives) if values.size else None

    def _matrix(self, values: Any, names: Sequence[str]) -> Any:
        if self._labels.kind == "numpy":
            return values
        return make_frame(self._labels, {name: values[:, place] for place, name in enumerate(names)}, self.alternatives)

    def frame(self) -> Any:
        """One row an alternative: ``acceptability``, ``first_count``, ``holistic_acceptability`` and ``confidence_factor``."""
        columns = {
            "acceptability": self.acceptability,
            "first_count": numpy.array(self._core.first_counts, dtype=numpy.int64),
            "holistic_acceptability": self.holistic_acceptability,
            "confidence_factor": self.confidence_factors,
        }
        return make_frame(self._labels, columns, self.alternatives)

    def plot(self, axes: Any = None, *, limit: int = 20, language: str = "vi") -> Any:
        """Draws the rank acceptabilities as stacked bars, the highest holistic acceptability first.

        Needs matplotlib (``pip install thuocdo[plot]``).

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; default: a new figure.
        limit : int
            At most so many alternatives.
        language : {"vi", "en"}

        Returns
        -------
        matplotlib axes
        """
        from ._robust_plots import draw_acceptability

        return draw_acceptability(self._core, axes, limit, language)

    def __repr__(self) -> str:
        lines = str(self._core.text()).rstrip("\n").split("\n")
        # The title, the header and the rule under it come before the alternatives.
        shown = lines[: SHOWN_ROWS + 3]
        if len(shown) < len(lines):
            shown.append(f"... {len(lines) - len(shown)} more")
        return "\n".join(shown)

    def _repr_html_(self) -> str:
        header = ["alternative", "acceptability", "holistic", "confidence", *(f"w({name})" for name in self.criteria)]
        rows: List[List[Any]] = []
        for row, name in enumerate(self.alternatives[:SHOWN_ROWS]):
            numbers = [self.acceptability[row], self.holistic_acceptability[row], self.confidence_factors[row]]
            rows.append([name, *(float(each) for each in numbers), *self._core.central_weights[row].tolist()])
        hidden = len(self.alternatives) - len(rows)
        notes = [f"{hidden} more"] if hidden > 0 else []
        return _html.table(f"SMAA-2, {self.draws} draws", header, rows, notes)


class _Cells(NamedTuple):
    kinds: Any
    first: Any
    second: Any
    names: Names


def _is_uncertain(cell: Any) -> bool:
    return isinstance(cell, (tuple, list)) and not isinstance(cell, str)


def _cells_of_rows(rows: Sequence[Sequence[Any]], names: Names) -> _Cells:
    """Numbers, pairs and normal values, one by one."""
    shape = (len(rows), len(rows[0]) if rows else 0)
    kinds, first, second = (numpy.zeros(shape, order="F") for _ in range(3))
    problems = []
    for i, row in enumerate(rows):
        if len(row) != shape[1]:
            problems.append(Problem("size_mismatch", f"row {i}", f"{len(row)} cells", f"{shape[1]}, as in the first row", ""))
            continue
        for j, cell in enumerate(row):
            if not _is_uncertain(cell):
                first[i, j] = numpy.nan if cell is None else float(cell)
            elif len(cell) == 2:
                kinds[i, j] = NORMAL if isinstance(cell, NormalValue) else UNIFORM
                first[i, j], second[i, j] = cell
            else:
                problems.append(Problem("bad_cell", f"row {i}, column {j}", repr(cell), "a number, (low, high) or NormalValue(mean, deviation)", ""))
    if problems:
        raise data_error("the table cannot be read", problems)
    return _Cells(kinds, first, second, names)


def _numbered(shape: Tuple[int, ...]) -> Names:
    alternatives = [f"A{row + 1}" for row in range(shape[0])]
    criteria = [f"C{column + 1}" for column in range(shape[1])]
    return Names(alternatives, criteria, Labels("numpy", "alternative", False))


def _exact(values: Any, names: Optional[Names]) -> _Cells:
    numbers = numpy.asarray(values, dtype=numpy.float64)
    if numbers.ndim != 2:
        raise ValueError(f"values: expected 2 dimensions, not {numbers.ndim}")
    nothing = numpy.zeros(numbers.shape)
    return _Cells(nothing, numbers, nothing, names or _numbered(numbers.shape))


def _read_cells(values: Any) -> _Cells:
    if isinstance(values, DecisionMatrix):
        return _exact(values.values, values._names)
    if is_table(values):
        table = as_table(values)
        columns = {name: list(table.raw(name)) for name in table.names}
        pairs = [name for name, cells in columns.items() if any(_is_uncertain(each) for each in cells)]
        if not pairs:
            return _exact(*read_table(values))
        # The names are read as for any decision, from a frame that has a number in place of each pair.
        plain = {name: [0.0] * len(cells) if name in pairs else cells for name, cells in columns.items()}
        index = table.index_codes()
        _, names = read_table(plain)
        if index is not None:
            alternatives = [str(each) for each in index]
            names = Names(alternatives, names.criteria, Labels(table.kind, table.index_name(), True))
        else:
            labels = names.labels
            in_index = labels.name == "alternative" and table.kind == "pandas"
            names = Names(names.alternatives, names.criteria, Labels(table.kind, labels.name, in_index))
        return _cells_of_rows(list(zip(*(columns[name] for name in names.criteria))), names)
    if isinstance(values, numpy.ndarray) and values.dtype.kind in "iuf":
        return _exact(values, None)
    rows = [list(row) for row in values]
    return _cells_of_rows(rows, _numbered((len(rows), len(rows[0]) if rows else 0)))


def _positions(ranking: Sequence[Any], criteria: Sequence[str]) -> List[List[int]]:
    """Classes of criteria by name or position; a single one is a class of its own."""
    places = {name: place for place, name in enumerate(criteria)}
    out: List[List[int]] = []
    problems = []
    for k, each in enumerate(ranking):
        members = list(each) if isinstance(each, (list, tuple, set, frozenset)) else [each]
        found = []
        for member in members:
            if isinstance(member, str) and member not in places:
                problems.append(Problem("unknown_criterion", f"ranking[{k}]", repr(member), ", ".join(criteria), "check the spelling"))
            else:
                found.append(places[member] if isinstance(member, str) else int(member))
        out.append(sorted(found))
    if problems:
        raise data_error("the ranking does not fit the criteria", problems)
    return out


def _pairs(values: Pairs, names: Names, argument: str, default: Optional[Tuple[float, float]]) -> List[Tuple[float, float]]:
    if values is None:
        return []
    if isinstance(values, Mapping) and default is not None:
        values = {**{name: default for name in names.criteria}, **values}
    return [(float(low), float(high)) for low, high in by_name(values, names, argument)]


def smaa(
    values: Any,
    *,
    directions: Directions = None,
    weights: Weights = None,
    ranking: Sequence[Any] = (),
    bounds: Pairs = None,
    scale: Pairs = None,
    meta_weights: Sequence[float] = (),
    draws: int = 10_000,
    seed: int = 0,
    pairwise: bool = True,
    threads: int = 1,
    progress: Progress = None,
) -> SmaaResult:
    """SMAA-2: which weights and values speak for which alternative, when neither are known exactly.

    In each draw the criteria get values and weights from what is known of them, and the alternatives are ranked by the
    weighted sum of their partial values, which are linear between the ends of the scale. Alternatives that tie share
    the better rank.

    Parameters
    ----------
    values : array_like, frame or DecisionMatrix
        Alternatives by criteria. A cell is a number, ``(low, high)`` where every value between is equally likely, or
        ``NormalValue(mean, deviation)``. The weights of a DecisionMatrix are not used.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; by default those of a DecisionMatrix, else all 1.
    weights : array_like, dict or Series, optional
        Exact weights, relative to each other; default: nothing is known, every vector is equally likely.
    ranking : sequence of names or positions of criteria, or of lists of them
        The most important first; criteria in one list have no order, nor have those that are not named.
    bounds : dict or sequence of pairs, optional
        Lowest and highest weight of criteria; in a dict those that are not named are free.
    scale : dict or sequence of pairs, optional
        Ends of the scale of each criterion; default: the widest range of its values (1.96 deviations of normal ones).
    meta_weights : sequence of float, optional
        What each rank counts in the holistic acceptability; default: rank order centroid weights.
    draws, seed : int
        Same numbers for the same seed, on any machine and with any number of threads.
    pairwise : bool
        Whether to compare in pairs.
    threads : int
    progress : bool or callable, optional
        True for a bar; a callable gets the share done, and False from it stops.

    Returns
    -------
    SmaaResult

    Raises
    ------
    NumericError
        Naming everything that does not fit, such as bounds that no weights can keep.
    Cancelled
        When the callback returns False.

    References
    ----------
    R. Lahdelma and P. Salminen (2001), Operations Research 49(3), 444-454.

    Examples
    --------
    >>> import thuocdo as td
    >>> found = td.smaa([[1.0, 0.0], [0.0, 1.0], [(0.4, 0.8), 0.6]], draws=1000)
    >>> found.rank_acceptability.shape
    (3, 3)
    """
    cells = _read_cells(values)
    names = cells.names
    count = len(names.criteria)
    if directions is None:
        signs = list(values.directions) if isinstance(values, DecisionMatrix) else [1] * count
    else:
        signs = list(signs_of(by_name(directions, names, "directions")))
    exact = [] if weights is None else [float(each) for each in by_name(weights, names, "weights")]
    known = (
        [int(each) for each in signs],
        exact,
        _positions(ranking, names.criteria),
        _pairs(bounds, names, "bounds", (0.0, 1.0)),
        _pairs(scale, names, "scale", None),
        [float(each) for each in meta_weights],
        draws,
        seed,
        pairwise,
        threads,
    )
    table = (cells.kinds, cells.first, cells.second, names.alternatives, names.criteria)

    def run(report: Any) -> Any:
        arguments: Tuple[Any, ...] = (*table, *known, report)
        return _core.smaa(*arguments)

    core = run_with_progress(progress, run)
    return SmaaResult(core, names.labels)
