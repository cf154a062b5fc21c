"""What tables have in common that the compiled part makes by columns."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence

import numpy

from . import _html
from ._frames import make_frame
from ._tables import Labels

#: Rows that the printed form of a table shows.
SHOWN_ROWS = 10


def cell(values: Any, row: int) -> Any:
    """A cell as a plain Python value: float, int, bool, text, date; None for a missing day."""
    value = values[row]
    return value.item() if isinstance(value, numpy.generic) else value


class ResultTable:
    """A table whose rows are labelled by their columns. Immutable."""

    __slots__ = ("_core", "_labels", "_columns")

    #: Columns of text in which an empty cell is a missing one.
    _optional: Sequence[str] = ()
    #: Columns that notebooks show.
    _shown: Sequence[str] = ()

    def __init__(self, core: Any, labels: Labels) -> None:
        self._core = core
        self._labels = labels
        self._columns: Optional[Dict[str, Any]] = None

    def _table(self) -> Dict[str, Any]:
        if self._columns is None:
            columns = self._core.columns()
            for name in self._optional:
                columns[name] = [text or None for text in columns[name]]
            self._columns = columns
        return self._columns

    def frame(self) -> Any:
        """All rows as a frame of the kind of the data; days are dates, NaN and NaT are missing."""
        return make_frame(self._labels, self._table(), labelled=False)

    def __len__(self) -> int:
        return len(next(iter(self._table().values())))

    def _caption(self) -> str:
        return type(self).__name__

    def __repr__(self) -> str:
        text: str = f"<{self._caption()}>\n" + self._core.text(SHOWN_ROWS)
        if len(self) > SHOWN_ROWS:
            text += f"... {len(self) - SHOWN_ROWS} more\n"
        return text.rstrip("\n")

    def _repr_html_(self) -> str:
        table = self._table()
        rows: List[List[Any]] = []
        for row in range(min(len(self), SHOWN_ROWS)):
            rows.append([cell(table[name], row) for name in self._shown])
        notes = [f"{len(self) - SHOWN_ROWS} more"] if len(self) > SHOWN_ROWS else []
        return _html.table(self._caption(), self._shown, rows, notes)
