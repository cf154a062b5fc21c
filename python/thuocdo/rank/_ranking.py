"""What a method gives: scores, ranks and every intermediate under its name, with the names of alternatives and criteria."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy
from numpy.typing import NDArray

from .. import _core
from .._errors import Problem, data_error
from .._frames import make_frame
from .._html import shown, table
from .._tables import Labels
from ._decision import SHOWN_ROWS, Decision, Names

#: What the columns are where they are not criteria.
RANKINGS = frozenset({"borda", "condorcet", "copeland_ranking", "kemeny", "median_rank"})

#: What the codes 0 to 3 of a relation say of the first alternative of a pair.
RELATION_WORDS = ("indifferent", "better", "worse", "incomparable")

#: Titles of the methods, English and Vietnamese.
TITLES: Dict[str, Tuple[str, str]] = {name: (english, vietnamese) for name, english, vietnamese, _ in _core.ranking_methods()}


class Ranking:
    """The result of a method. Immutable; arrays are read-only.

    Every part that the method names is an attribute, for example ``distance_to_ideal`` of TOPSIS; `parts` lists them.
    Entries stand in the order of the alternatives and criteria that were given.
    """

    __slots__ = ("_found", "_names", "_ranks", "_shape", "method")

    method: str

    def __init__(self, method: str, found: Any, decision: Decision) -> None:
        set_ = object.__setattr__
        set_(self, "method", method)
        set_(self, "_found", found)
        set_(self, "_names", decision.names)
        set_(self, "_ranks", None)
        set_(self, "_shape", decision.values.shape)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a Ranking does not change")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return getattr(self._found, name)
        except AttributeError:
            known = ", ".join(part for part, _, _ in self._found.parts)
            raise AttributeError(f"a ranking by {self.method} has no {name!r}; it has {known}") from None

    def __dir__(self) -> List[str]:
        return sorted({*super().__dir__(), *(part for part, _, _ in self._found.parts)})

    @property
    def parts(self) -> Tuple[Tuple[str, str, str], ...]:
        """Name, axis (alternatives, criteria, cells, pairs, single) and meaning of every part."""
        return tuple(self._found.parts)

    @property
    def higher_is_better(self) -> bool:
        """Whether larger scores are better."""
        return bool(self._found.higher_is_better)

    @property
    def alternatives(self) -> List[str]:
        """Names of the alternatives; A1, A2, ... where the data had none."""
        if self._names is not None:
            return list(self._names.alternatives)
        return [f"A{row + 1}" for row in range(self._shape[0])]

    @property
    def criteria(self) -> List[str]:
        """Names of the criteria; C1, C2, ... where the data had none."""
        if self._names is not None:
            return list(self._names.criteria)
        return [f"C{column + 1}" for column in range(self._shape[1])]

    @property
    def ranks(self) -> NDArray[numpy.int64]:
        """Rank of each alternative, 1 for the best; equal scores share the better rank (1224)."""
        if self._ranks is None:
            found = self.ranks_by()
            found.setflags(write=False)
            object.__setattr__(self, "_ranks", found)
        return self._ranks  # type: ignore[no-any-return]

    def ranks_by(self, *, ties: str = "competition", digits: Optional[int] = None) -> Any:
        """Ranks by another rule.

        Parameters
        ----------
        ties : {"competition", "dense", "fractional", "ordinal"}
            1224, 1223, 1 2.5 2.5 4; or an error where scores tie.
        digits : int, optional
            Rank on scores rounded half up to so many decimals, as printed; default: on full precision.
        """
        scores = self._found.scores
        if digits is not None:
            scores = numpy.array([_core.round_decimal(float(each), digits, "half_up") for each in scores])
        found = _core.ranks(scores, ties, "descending" if self.higher_is_better else "ascending", [], None)
        return found if ties == "fractional" else found.astype(numpy.int64)

    def _labels(self) -> Labels:
        return self._names.labels if self._names is not None else Labels("numpy", "alternative", False)

    def to_frame(self) -> Any:
        """One row an alternative in the order given: every part that has one entry an alternative, and the rank.

        The kind of frame is that of the data; a structured array for arrays.
        """
        columns: Dict[str, Any] = {name: getattr(self._found, name) for name, axis, _ in self.parts if axis == "alternatives"}
        if "scores" in columns:
            columns = {"score": columns.pop("scores"), "rank": self.ranks, **columns}
        return make_frame(self._labels(), columns, self.alternatives)

    def ranking(self) -> Any:
        """Rank, alternative and score, the best first; alternatives of equal rank in the order given."""
        order = numpy.argsort(self.ranks, kind="stable")
        names = self.alternatives
        columns = {"rank": self.ranks[order], "score": self._found.scores[order]}
        return make_frame(self._labels(), columns, [names[row] for row in order])

    def steps(self) -> Any:
        """Every part in long form for export: part, meaning, alternative, criterion, value, and the value as a text.

        A list of alternatives, such as a compromise set, has one row a member with its place in the list as the value.
        """
        rows: List[Tuple[str, str, str, str, Any]] = []
        alternatives, criteria = self.alternatives, self.criteria
        for name, axis, meaning in self.parts:
            value = getattr(self._found, name)
            if value is None:
                continue
            if axis == "single" and isinstance(value, numpy.ndarray):
                # A list of alternatives: each with its place in the list.
                rows += [(name, meaning, alternatives[row], "", place + 1) for place, row in enumerate(value.tolist())]
            elif axis == "single":
                rows.append((name, meaning, "", "", value))
            elif axis == "alternatives":
                rows += [(name, meaning, who, "", each) for who, each in zip(alternatives, value.tolist())]
            elif axis == "criteria":
                rows += [(name, meaning, "", what, each) for what, each in zip(criteria, value.tolist())]
            else:
                across = criteria if axis == "cells" else alternatives
                for who, row in zip(alternatives, value.tolist()):
                    rows += [(name, meaning, who, what, each) for what, each in zip(across, row)]
        columns: Dict[str, Any] = {
            key: [row[place] for row in rows] for place, key in enumerate(("part", "meaning", "alternative", "criterion"))
        }
        columns["value"] = numpy.array([numpy.nan if isinstance(row[4], str) else float(row[4]) for row in rows])
        columns["text"] = [_short(row[4]) for row in rows]
        return make_frame(self._labels(), columns, labelled=False)

    def explain(self, alternative: Optional[str] = None) -> str:
        """How the result came about, part by part, in words and numbers.

        Parameters
        ----------
        alternative : str, optional
            Only what concerns this one; default: the first ten.

        Raises
        ------
        DataError
            When there is no such alternative.
        """
        names = self.alternatives
        if alternative is None:
            chosen = list(range(min(SHOWN_ROWS, len(names))))
        elif alternative in names:
            chosen = [names.index(alternative)]
        else:
            problem = Problem("unknown_alternative", f'"{alternative}"', "no such alternative", "one of `alternatives`", "")
            raise data_error("no such alternative", [problem])
        lines = [self.title]
        for name, axis, meaning in self.parts:
            value = getattr(self._found, name)
            if value is None:
                continue
            lines.append(f"{name}: {meaning}")
            if axis == "single":
                lines.append(f"    {self._single(value)}")
            elif axis == "criteria":
                lines += [f"    {what}: {_short(each)}" for what, each in zip(self.criteria, value.tolist())]
            elif axis == "alternatives":
                lines += [f"    {names[row]}: {_short(value[row])}" for row in chosen]
            else:
                across = self.criteria if axis == "cells" else names
                lines += [
                    f"    {names[row]}: " + ", ".join(f"{what} {_short(each)}" for what, each in zip(across[:SHOWN_ROWS], value[row].tolist()))
                    for row in chosen
                ]
        return "\n".join(lines)

    @property
    def title(self) -> str:
        """Name of the method for people."""
        return TITLES[self.method][0]

    def __len__(self) -> int:
        return int(self._shape[0])

    def _rows(self) -> List[Sequence[Any]]:
        order = numpy.argsort(self.ranks, kind="stable")[:SHOWN_ROWS]
        names = self.alternatives
        return [[int(self.ranks[row]), names[row], float(self._found.scores[row])] for row in order]

    def _single(self, value: Any) -> str:
        """A number, flag or word; names for a list of alternatives."""
        if not isinstance(value, numpy.ndarray):
            return _short(value)
        names = self.alternatives
        more = f", ... {len(value) - SHOWN_ROWS} more" if len(value) > SHOWN_ROWS else ""
        return (", ".join(names[row] for row in value.tolist()[:SHOWN_ROWS]) or "none") + more

    def _is_relation(self, name: str) -> bool:
        value = getattr(self._found, name)
        return value is not None and value.dtype == numpy.uint8

    def _relation_note(self, name: str) -> str:
        counts = numpy.bincount(getattr(self._found, name).ravel(), minlength=len(RELATION_WORDS))
        pairs = (int(counts[0]) - len(self)) // 2, int(counts[1]), int(counts[3]) // 2
        return f"{name}: {pairs[1]} pairs with a preference, {pairs[0]} indifferent, {pairs[2]} incomparable"

    def _condorcet_notes(self) -> List[str]:
        names = self.alternatives
        ends = [(word, getattr(self._found, word)) for word in ("winner", "loser")]
        notes = [f"{word}: {'none' if row is None else names[row]}" for word, row in ends]
        circles = [numpy.asarray(rows) for rows, cyclic in self._found.groups if cyclic]
        return notes + [f"majorities run in a circle among {self._single(rows)}" for rows in circles]

    def _columns(self) -> str:
        return "rankings" if self.method in RANKINGS else "criteria"

    def _has_scores(self) -> bool:
        return any(name == "scores" for name, _, _ in self.parts)

    def _notes(self) -> List[str]:
        singles = [f"{name}: {self._single(getattr(self._found, name))}" for name, axis, _ in self.parts if axis == "single"]
        singles += [self._relation_note(name) for name, axis, _ in self.parts if axis == "pairs" and self._is_relation(name)]
        if self.method == "condorcet":
            singles += self._condorcet_notes()
        rest = len(self) - SHOWN_ROWS
        more = [f"... {rest} more alternatives"] if rest > 0 and self._has_scores() else []
        better = [("higher" if self.higher_is_better else "lower") + " scores are better"] if self._has_scores() else []
        return more + better + singles

    def __repr__(self) -> str:
        lines = [f"{self.title}: {len(self)} alternatives, {self._shape[1]} {self._columns()}"]
        if self._has_scores():
            rows = [["rank", "alternative", "score"]] + [[shown(cell) for cell in row] for row in self._rows()]
            widths = [max(len(row[k]) for row in rows) for k in range(3)]
            lines += [f"{row[0]:>{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}" for row in rows]
        return "\n".join(lines + self._notes())

    def _repr_html_(self) -> str:
        rows = self._rows() if self._has_scores() else []
        return table(self.title, ["rank", "alternative", "score"] if rows else [], rows, self._notes())


def _short(value: Any) -> str:
    if isinstance(value, numpy.ndarray):
        return ", ".join(_short(each) for each in value.tolist()) or "none"
    return shown(bool(value) if isinstance(value, (bool, numpy.bool_)) else value) or "no"


def ranked(method: str, decision: Decision, kernel: Any, *options: Any) -> Ranking:
    """Runs a kernel of `_core` on a decision. Errors name alternatives and criteria where they have names."""
    return Ranking(method, kernel(decision.values, decision.weights, decision.signs, *options), decision)


__all__ = ["TITLES", "Names", "Ranking", "ranked"]
