"""What the estimators share: parameters, the check of columns, and frames in and out."""

from __future__ import annotations

import inspect
from typing import Any, Dict, List, Mapping, Optional, Sequence, TypeVar

import numpy
from numpy.typing import NDArray

from .._cells import cell_number, text_problem
from .._errors import Problem, data_error
from .._tables import UNIT_COLUMNS, Table, as_table, is_table

Array = NDArray[numpy.float64]
Self = TypeVar("Self", bound="Estimator")


class NotFittedError(ValueError, AttributeError):
    """`transform` before `fit`."""


class Estimator:
    """Parameters are the arguments of the constructor, stored as they are."""

    @classmethod
    def _names(cls) -> List[str]:
        return [name for name in inspect.signature(cls.__init__).parameters if name != "self"]

    def get_params(self, deep: bool = True) -> Dict[str, Any]:
        """Parameters by name.

        Parameters
        ----------
        deep : bool
            Also those of parameters that are estimators, as ``weights__scheme``.
        """
        out = {name: getattr(self, name) for name in self._names()}
        if deep:
            for name, value in list(out.items()):
                if isinstance(value, Estimator):
                    out.update({f"{name}__{key}": each for key, each in value.get_params().items()})
        return out

    def set_params(self: Self, **parameters: Any) -> Self:
        """Sets parameters by name, also ``weights__scheme`` of one that is an estimator.

        Raises
        ------
        ValueError
            When there is no such parameter.
        """
        known = self._names()
        for name, value in parameters.items():
            own, _, inner = name.partition("__")
            if own not in known:
                raise ValueError(f"{type(self).__name__} has no parameter {own!r}; it has {', '.join(known) or 'none'}")
            if inner:
                getattr(self, own).set_params(**{inner: value})
            else:
                setattr(self, own, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        given = [
            f"{name}={value!r}"
            for name, value in self.get_params(deep=False).items()
            if defaults[name].default is inspect.Parameter.empty or not _same(value, defaults[name].default)
        ]
        return f"{type(self).__name__}({', '.join(given)})"

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type=None,
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(preserves_dtype=[]),
            input_tags=InputTags(allow_nan=True),
        )

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "feature_names_in_")

    def fit(self: Self, X: Any, y: Any = None) -> Self:
        """Learns from a frame.

        Parameters
        ----------
        X : frame, dict of columns, or array of shape (units, indicators)
        y : ignored

        Returns
        -------
        self
        """
        frame = self._frame(X)
        self._learn(frame)
        self.feature_names_in_ = numpy.array(frame.names, dtype=object)
        self.n_features_in_ = len(frame.names)
        return self

    def transform(self, X: Any) -> Any:
        """Applies what was learnt.

        Parameters
        ----------
        X : frame, dict of columns, or array
            With the columns that were fitted.

        Returns
        -------
        frame of the kind of X, or array

        Raises
        ------
        DataError
            Naming the columns that are not there or were not fitted.
        """
        if not self.__sklearn_is_fitted__():
            raise NotFittedError(f"{type(self).__name__} is not fitted: call fit before transform")
        frame = self._frame(X)
        frame.require(self.feature_names_in_.tolist())
        return self._apply(frame)

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """`fit`, then `transform` of the same frame."""
        return self.fit(X, y).transform(X)

    def _frame(self, X: Any) -> "Frame":
        return Frame(X, self._text_columns())

    def _text_columns(self) -> Sequence[str]:
        """Columns beside the codes that are no indicators."""
        return ()

    def _learn(self, frame: "Frame") -> None:
        """Sets the learnt attributes."""

    def _apply(self, frame: "Frame") -> Any:
        raise NotImplementedError


def _same(value: Any, default: Any) -> bool:
    if value is default:
        return True
    return (
        type(value) is type(default)
        and isinstance(value, (str, bytes, int, float, tuple, type(None)))
        and bool(value == default)
    )


class Frame:
    """A frame taken apart into columns of numbers and what stands beside them.

    Parameters
    ----------
    X : frame, dict of columns or array
    text_columns : sequence of str
        Columns that are no indicators.

    Raises
    ------
    DataError
        Naming every cell that is no number.
    """

    def __init__(self, X: Any, text_columns: Sequence[str] = ()) -> None:
        self.source = X
        self.table: Optional[Table] = None
        if not is_table(X):
            self._read_array(X)
            return
        self.table = table = as_table(X)
        label = next((name for name in UNIT_COLUMNS if name in table.names and _holds_text(table, name)), None)
        self.beside = [name for name in table.names if name == label or name in text_columns]
        self.names: List[str] = [name for name in table.names if name not in self.beside]
        given = table.cells(label) if label is not None else table.index_codes()
        self.rows = [f"row {row + 1}" if given is None else f'unit "{given[row]}"' for row in range(table.row_count)]
        self.columns: Dict[str, Array] = self._read_columns(table)

    def _read_array(self, X: Any) -> None:
        values = numpy.asarray(X)
        if values.ndim != 2 or values.dtype.kind not in "fiub":
            found = f"{values.ndim} dimensions of {values.dtype}"
            raise data_error(
                "the array cannot be used",
                [Problem("shape", "X", found, "numbers in 2 dimensions: units x indicators", "")],
            )
        self.beside = []
        self.names = [f"x{k}" for k in range(values.shape[1])]
        self.rows = [f"row {row + 1}" for row in range(len(values))]
        self.columns = {
            name: numpy.ascontiguousarray(values[:, k], dtype=numpy.float64) for k, name in enumerate(self.names)
        }

    def _read_columns(self, table: Table) -> Dict[str, Array]:
        problems: List[Problem] = []
        out: Dict[str, Array] = {}
        for name in self.names:
            if not isinstance(name, str):
                problems.append(
                    Problem(
                        "code_not_text", "columns", f"the {type(name).__name__} {name}", "a name as text", "rename it"
                    )
                )
                continue
            column = table.numbers(name)
            if not isinstance(column, numpy.ndarray):
                column = self._numbers(name, column, problems)
            out[name] = column
        if problems:
            raise data_error("the frame cannot be used", problems)
        return out

    def _numbers(self, name: str, cells: Sequence[Any], problems: List[Problem]) -> Array:
        out = numpy.full(len(cells), numpy.nan)
        for row, cell in enumerate(cells):
            number = cell_number(cell, {})
            if number is None:
                found = text_problem("", name, cell)
                problems.append(
                    Problem(found.code, f'{self.rows[row]}, column "{name}"', found.found, found.expected, found.remedy)
                )
            else:
                out[row] = number
        return out

    def require(self, fitted: Sequence[str]) -> None:
        """Refuses other columns than those that were fitted."""
        problems = []
        for name in fitted:
            if name not in self.columns:
                problems.append(
                    Problem("missing_column", "X", f'no column "{name}"', "every column that was fitted", "add it")
                )
        for name in self.names:
            if name not in fitted:
                problems.append(
                    Problem(
                        "unknown_column",
                        "X",
                        f'column "{name}"',
                        "the columns that were fitted",
                        "leave it out, or fit again",
                    )
                )
        if problems:
            raise data_error("the columns are not those that were fitted", problems)

    def block(self, names: Optional[Sequence[str]] = None) -> Array:
        """Columns as a matrix."""
        chosen = self.names if names is None else list(names)
        if not chosen:
            return numpy.empty((len(self.rows), 0))
        return numpy.asfortranarray(numpy.column_stack([self.columns[name] for name in chosen]))

    def cells(self, name: str) -> List[Any]:
        """Cells of a column beside the indicators."""
        if self.table is None or name not in self.table.names:
            raise data_error(
                "the frame cannot be used",
                [Problem("missing_column", "X", f'no column "{name}"', "a column of that name", "add it")],
            )
        return self.table.cells(name)

    def with_columns(self, columns: Mapping[str, Any], rows: Optional[Sequence[int]] = None) -> Any:
        """A frame of the same kind with these columns in place of the indicators, and some of the rows.

        Columns keep their places; those that have none come last.
        """
        if self.table is None:
            block = numpy.column_stack(list(columns.values())) if columns else numpy.empty((len(self.rows), 0))
            return block if rows is None else block[list(rows)]
        order = [name for name in self.table.names if name in self.beside or name in columns]
        order += [name for name in columns if name not in order]
        kind = self.table.kind
        if kind == "pandas":
            return self._pandas(order, columns, rows)
        if kind == "polars":
            return self._polars(order, columns, rows)
        if kind == "arrow":
            return self._arrow(order, columns, rows)
        chosen: Any = slice(None) if rows is None else list(rows)
        out: Dict[str, Any] = {}
        for name in order:
            if name in columns:
                out[name] = numpy.asarray(columns[name])[chosen]
            else:
                cells = list(self.table.raw(name))
                out[name] = cells if rows is None else [cells[row] for row in rows]
        return out

    def _pandas(self, order: Sequence[str], columns: Mapping[str, Any], rows: Optional[Sequence[int]]) -> Any:
        import pandas

        out = pandas.DataFrame(
            {name: columns[name] if name in columns else self.source[name].array for name in order},
            index=self.source.index,
        )
        return out if rows is None else out.iloc[list(rows)]

    def _polars(self, order: Sequence[str], columns: Mapping[str, Any], rows: Optional[Sequence[int]]) -> Any:
        import polars

        source = self.source.collect() if isinstance(self.source, polars.LazyFrame) else self.source
        out = polars.DataFrame(
            [polars.Series(name, columns[name]) if name in columns else source.get_column(name) for name in order]
        )
        return out if rows is None else out[list(rows)]

    def _arrow(self, order: Sequence[str], columns: Mapping[str, Any], rows: Optional[Sequence[int]]) -> Any:
        import pyarrow

        source = self.source if isinstance(self.source, pyarrow.Table) else pyarrow.table(self.source)
        arrays = {
            name: pyarrow.array(numpy.ascontiguousarray(columns[name])) if name in columns else source.column(name)
            for name in order
        }
        out = pyarrow.table(arrays)
        return out if rows is None else out.take(list(rows))


def _holds_text(table: Table, name: str) -> bool:
    return all(isinstance(cell, str) for cell in table.cells(name))
