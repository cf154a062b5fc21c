"""Decisions in: arrays, frames and labelled matrices as the kernels want them. Only shapes and labels are handled here."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Union

import numpy
from numpy.typing import NDArray

from .._errors import Problem, data_error
from .._tables import Labels, Table, as_table, is_table

Array = NDArray[numpy.float64]
Weights = Union[Sequence[float], Array, Mapping[str, float], Any, None]
Directions = Union[Sequence[Union[int, str]], NDArray[Any], Mapping[str, Union[int, str]], Any, None]

#: Words for 1 (higher is better) and -1 (lower is better).
SIGN_OF_WORD: Dict[str, int] = {
    "max": 1,
    "maximise": 1,
    "maximize": 1,
    "benefit": 1,
    "higher": 1,
    "higher_is_better": 1,
    "min": -1,
    "minimise": -1,
    "minimize": -1,
    "cost": -1,
    "lower": -1,
    "lower_is_better": -1,
}


class Names(NamedTuple):
    """Names of alternatives and criteria, and the kind of frame they came in."""

    alternatives: List[str]
    criteria: List[str]
    labels: Labels


class Decision(NamedTuple):
    """What a kernel takes, and the names that results get back."""

    values: Any
    weights: Any
    signs: Any
    names: Optional[Names]


def _is_text_column(table: Table, name: Any) -> bool:
    return isinstance(table.numbers(name), list) and any(isinstance(each, str) for each in table.raw(name))


def read_table(data: Any) -> "tuple[Array, Names]":
    """Values and names of a frame: a column of texts names the alternatives where no index does."""
    table = as_table(data)
    texts = [name for name in table.names if _is_text_column(table, name)]
    index = table.index_codes()
    problems = [
        Problem("text_column", f'column "{name}"', "texts", "numbers; one column may name the alternatives", "drop it, or make it the index")
        for name in (texts if index is not None else texts[1:])
    ]
    if problems:
        raise data_error("the frame is no decision matrix", problems)
    columns = [name for name in table.names if name not in texts]
    if texts:
        names = [str(each) for each in table.raw(texts[0])]
        labels = Labels(table.kind, str(texts[0]), False)
    elif index is not None:
        names = [str(each) for each in index]
        labels = Labels(table.kind, table.index_name(), True)
    else:
        names = [f"A{row + 1}" for row in range(table.row_count)]
        labels = Labels(table.kind, "alternative", table.kind == "pandas")
    block = table.block(columns)
    if block is None:
        block = numpy.empty((table.row_count, len(columns)), order="F")
        for place, name in enumerate(columns):
            column = table.numbers(name)
            if isinstance(column, list):
                column = numpy.array([numpy.nan if each is None else float(each) for each in column])
            block[:, place] = column
    return block, Names(names, [str(name) for name in columns], labels)


def by_name(values: Any, names: Optional[Names], argument: str) -> Any:
    """Entries of a dict or a Series in the order of the criteria; anything else as it is."""
    if isinstance(values, Mapping):
        found = dict(values)
    elif hasattr(values, "index") and hasattr(values, "to_dict"):
        found = dict(values.to_dict())
        if names is None:
            return list(found.values())
    else:
        return values
    if names is None:
        raise ValueError(f"{argument}: names need a frame or a DecisionMatrix that has names of criteria")
    known = set(names.criteria)
    problems = [
        Problem("unknown_criterion", f"{argument}[{name!r}]", "no such criterion", ", ".join(names.criteria), "check the spelling")
        for name in found
        if name not in known
    ]
    problems += [
        Problem("missing_entry", f"{argument}[{name!r}]", "nothing", "an entry for every criterion", "add it")
        for name in names.criteria
        if name not in found
    ]
    if problems:
        raise data_error(f"{argument} do not fit the criteria", problems)
    return [found[name] for name in names.criteria]


def signs_of(directions: Any) -> Any:
    """1 and -1 from words; numbers stay as they are."""
    if isinstance(directions, numpy.ndarray) and directions.dtype.kind in "if":
        return directions
    signs: List[Any] = []
    problems = []
    for place, each in enumerate(directions):
        if not isinstance(each, str):
            signs.append(each)
            continue
        sign = SIGN_OF_WORD.get(each.lower())
        if sign is None:
            problems.append(Problem("unknown_direction", f"directions[{place}]", repr(each), 'for example "max" or "min", or 1 or -1', ""))
        signs.append(sign)
    if problems:
        raise data_error("directions that are not known", problems)
    return signs


def read_decision(matrix: Any, weights: Weights = None, directions: Directions = None) -> Decision:
    """Any kind of decision as arrays, with its names where it has some.

    Parameters
    ----------
    matrix : array_like, frame or DecisionMatrix
        Alternatives by criteria.
    weights : array_like, dict or Series, optional
        One a criterion; by default those of a DecisionMatrix, else equal shares.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; by default those of a DecisionMatrix, else all 1.
    """
    names: Optional[Names] = None
    if type(matrix) is not numpy.ndarray:
        if isinstance(matrix, DecisionMatrix):
            weights = matrix.weights if weights is None else weights
            directions = matrix.directions if directions is None else directions
            names = matrix._names
            matrix = matrix.values
        elif is_table(matrix):
            matrix, names = read_table(matrix)
        else:
            matrix = numpy.asarray(matrix, dtype=numpy.float64)
    if type(weights) is not numpy.ndarray:
        if weights is None:
            count = matrix.shape[1] if matrix.ndim == 2 else 0
            weights = numpy.full(count, 1.0 / count if count else 0.0)
        else:
            weights = by_name(weights, names, "weights")
    if type(directions) is not numpy.ndarray:
        if directions is None:
            directions = numpy.ones(matrix.shape[1] if matrix.ndim == 2 else 0, dtype=numpy.int8)
        else:
            directions = by_name(directions, names, "directions")
            directions = signs_of(directions)
    elif directions.dtype.kind not in "if":
        directions = signs_of(directions)
    return Decision(matrix, weights, directions, names)


#: Rows that the printed form of a matrix shows.
SHOWN_ROWS = 10


class DecisionMatrix:
    """Alternatives by criteria with their names, weights and directions, checked. Immutable.

    Parameters
    ----------
    values : array_like or frame
        Alternatives by criteria; a frame brings names.
    criteria, alternatives : sequence of str, optional
        Names; those of the frame by default, else C1, C2, ... and A1, A2, ...
    weights : array_like, dict or Series, optional
        One a criterion, 0 or more, taken as given; equal shares by default.
    directions : sequence, dict or Series, optional
        1 or "max", -1 or "min"; all 1 by default.

    Raises
    ------
    DataError
        Naming everything that does not fit.

    Examples
    --------
    >>> import thuocdo as td
    >>> cars = td.rank.DecisionMatrix([[9, 30], [7, 18]], criteria=["comfort", "price"], alternatives=["a", "b"], directions=["max", "min"])
    >>> td.rank.topsis(cars).ranks
    array([2, 1])
    """

    __slots__ = ("values", "weights", "directions", "_names")

    values: Array
    weights: Array
    directions: NDArray[numpy.int8]
    _names: Names

    def __init__(
        self,
        values: Any,
        *,
        criteria: Optional[Sequence[str]] = None,
        alternatives: Optional[Sequence[str]] = None,
        weights: Weights = None,
        directions: Directions = None,
    ) -> None:
        if is_table(values):
            cells, names = read_table(values)
        else:
            cells = numpy.asarray(values, dtype=numpy.float64)
            if cells.ndim != 2:
                raise ValueError(f"values: expected 2 dimensions, not {cells.ndim}")
            rows = [f"A{row + 1}" for row in range(cells.shape[0])]
            columns = [f"C{column + 1}" for column in range(cells.shape[1])]
            names = Names(rows, columns, Labels("numpy", "alternative", False))
        names = Names(
            names.alternatives if alternatives is None else [str(each) for each in alternatives],
            names.criteria if criteria is None else [str(each) for each in criteria],
            names.labels,
        )
        problems: List[Problem] = []
        for what, given, size in (("alternatives", names.alternatives, cells.shape[0]), ("criteria", names.criteria, cells.shape[1])):
            if len(given) != size:
                problems.append(Problem("size_mismatch", what, f"{len(given)} names", str(size), ""))
            for name in sorted({each for each in given if given.count(each) > 1}) if len(set(given)) != len(given) else ():
                problems.append(Problem("duplicate_name", f'{what}: "{name}"', "the name again", "a name of its own", "rename it"))
        if problems:
            raise data_error("the decision matrix cannot be used", problems)
        decision = read_decision(cells, by_name(weights, names, "weights"), by_name(directions, names, "directions"))
        held = numpy.array(decision.values, dtype=numpy.float64, order="F")
        share = numpy.array(decision.weights, dtype=numpy.float64)
        signs = numpy.array(decision.signs)
        for what, found in (("weights", share), ("directions", signs)):
            if found.shape != (cells.shape[1],):
                problems.append(Problem("size_mismatch", what, f"{found.size} entries", f"{cells.shape[1]}, one a criterion", ""))
        for name, weight in zip(names.criteria, share.ravel()):
            if not (weight >= 0.0 and numpy.isfinite(weight)):
                problems.append(Problem("weight_out_of_range", f'criterion "{name}"', repr(float(weight)), "a finite weight of 0 or more", ""))
        for name, sign in zip(names.criteria, signs.ravel()):
            if sign not in (1, -1):
                problems.append(Problem("unknown_direction", f'criterion "{name}"', repr(sign), '1 or "max", -1 or "min"', ""))
        for row, column in numpy.argwhere(~numpy.isfinite(held)):
            place = f'alternative "{names.alternatives[row]}", criterion "{names.criteria[column]}"'
            problems.append(Problem("missing_value", place, repr(float(held[row, column])), "a finite number", "impute it or leave it out"))
        if problems:
            raise data_error("the decision matrix cannot be used", problems)
        signs = signs.astype(numpy.int8)
        for each in (held, share, signs):
            each.setflags(write=False)
        object.__setattr__(self, "values", held)
        object.__setattr__(self, "weights", share)
        object.__setattr__(self, "directions", signs)
        object.__setattr__(self, "_names", names)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a DecisionMatrix does not change; make another one")

    @property
    def alternatives(self) -> List[str]:
        """Names of the alternatives."""
        return list(self._names.alternatives)

    @property
    def criteria(self) -> List[str]:
        """Names of the criteria."""
        return list(self._names.criteria)

    @property
    def shape(self) -> "tuple[int, int]":
        """Numbers of alternatives and criteria."""
        return self.values.shape[0], self.values.shape[1]

    def with_weights(self, weights: Weights) -> "DecisionMatrix":
        """The same matrix with other weights."""
        return self._copy(self.values, self._names, by_name(weights, self._names, "weights"))

    def drop(self, *alternatives: str) -> "DecisionMatrix":
        """The matrix without some alternatives.

        Raises
        ------
        DataError
            Naming those that it does not have.
        """
        unknown = [name for name in alternatives if name not in self._names.alternatives]
        if unknown:
            raise data_error(
                "no such alternative",
                [Problem("unknown_alternative", f'"{name}"', "no such alternative", "one of `alternatives`", "") for name in unknown],
            )
        kept = [row for row, name in enumerate(self._names.alternatives) if name not in alternatives]
        names = self._names._replace(alternatives=[self._names.alternatives[row] for row in kept])
        return self._copy(self.values[kept], names, self.weights)

    def _copy(self, values: Array, names: Names, weights: Any) -> "DecisionMatrix":
        made = DecisionMatrix(values, criteria=names.criteria, alternatives=names.alternatives, weights=weights, directions=self.directions)
        object.__setattr__(made, "_names", names)
        return made

    def _rows(self, limit: int) -> List[List[Any]]:
        return [[name, *(float(each) for each in self.values[row])] for row, name in enumerate(self._names.alternatives[:limit])]

    def _header(self) -> List[str]:
        arrows = ["↑" if sign > 0 else "↓" for sign in self.directions]
        return ["alternative"] + [f"{name} {arrow}" for name, arrow in zip(self._names.criteria, arrows)]

    def _notes(self) -> List[str]:
        rest = self.shape[0] - SHOWN_ROWS
        notes = ["↑ higher is better, ↓ lower is better"]
        return ([f"... {rest} more alternatives"] if rest > 0 else []) + notes

    def __repr__(self) -> str:
        from .._html import shown

        weights = ["weight", *(float(each) for each in self.weights)]
        rows = [self._header()] + [[shown(cell) for cell in row] for row in [*self._rows(SHOWN_ROWS), weights]]
        widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
        lines = [f"Decision: {self.shape[0]} alternatives x {self.shape[1]} criteria"]
        lines += ["  ".join(cell.ljust(widths[0]) if k == 0 else cell.rjust(widths[k]) for k, cell in enumerate(row)) for row in rows]
        return "\n".join(lines + self._notes())

    def _repr_html_(self) -> str:
        from .._html import table

        caption = f"{self.shape[0]} alternatives × {self.shape[1]} criteria"
        rows = [*self._rows(SHOWN_ROWS), ["weight", *(float(each) for each in self.weights)]]
        return table(caption, self._header(), rows, self._notes())
