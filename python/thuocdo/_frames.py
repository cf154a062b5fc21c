"""Results as frames of the kind that came in."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence

import numpy
from numpy.typing import NDArray

from ._tables import Labels


def whole_numbers(values: NDArray[numpy.float64]) -> Any:
    """Ranks as integers where all of them are whole: int64, or a masked array where some are missing."""
    missing = numpy.isnan(values)
    whole = numpy.where(missing, 0.0, values)
    if not bool(numpy.all(whole == numpy.trunc(whole))):
        return values
    integers = whole.astype(numpy.int64)
    if not bool(missing.any()):
        return integers
    return numpy.ma.MaskedArray(integers, mask=missing)


def _pandas_column(values: Any) -> Any:
    import pandas

    if isinstance(values, numpy.ma.MaskedArray):
        return pandas.arrays.IntegerArray(values.data.copy(), numpy.array(values.mask))
    return values


def _polars_column(name: str, values: Any) -> Any:
    import polars

    if isinstance(values, numpy.ma.MaskedArray):
        return polars.Series(name, values.tolist(), dtype=polars.Int64)
    if isinstance(values, list):
        return polars.Series(name, values, dtype=polars.String if _is_text(values) else None)
    return polars.Series(name, numpy.array(values))


def _arrow_column(values: Any) -> Any:
    import pyarrow

    if isinstance(values, numpy.ma.MaskedArray):
        return pyarrow.array(values.data, mask=numpy.array(values.mask))
    if isinstance(values, list):
        return pyarrow.array(values, type=pyarrow.string() if _is_text(values) else None)
    return pyarrow.array(numpy.ascontiguousarray(values))


def _numpy_column(values: Any) -> Any:
    if isinstance(values, numpy.ma.MaskedArray):
        return numpy.where(values.mask, numpy.nan, values.data.astype(numpy.float64))
    if isinstance(values, list):
        return numpy.array(["" if each is None else each for each in values]) if _is_text(values) else numpy.array(values)
    return numpy.array(values)


def _is_text(values: List[Any]) -> bool:
    return all(each is None or isinstance(each, str) for each in values)


def label_name(labels: Labels) -> str:
    return labels.name or "unit"


def make_frame(labels: Labels, columns: Dict[str, Any], codes: Sequence[str] = (), labelled: bool = True) -> Any:
    """A frame of the kind of `labels`.

    Parameters
    ----------
    labels : Labels
        The kind, and where the codes go.
    columns : dict
        Arrays (float64, bool, int64, masked int64 for integers with gaps) or lists of text.
    codes : sequence of str
        The code of each row.
    labelled : bool
        Whether rows are units, whose codes are part of the frame.
    """
    name = label_name(labels)
    body = dict(columns)
    if labelled and not (labels.kind == "pandas" and labels.in_index):
        body = {name: list(codes), **columns}
    if labels.kind == "pandas":
        import pandas

        index = None
        if labelled and labels.in_index:
            index = pandas.Index(list(codes), name=labels.name, dtype="object" if not codes else None)
        return pandas.DataFrame({key: _pandas_column(values) for key, values in body.items()}, index=index)
    if labels.kind == "polars":
        import polars

        return polars.DataFrame([_polars_column(key, values) for key, values in body.items()])
    if labels.kind == "arrow":
        import pyarrow

        return pyarrow.table({key: _arrow_column(values) for key, values in body.items()})
    arrays = {key: _numpy_column(values) for key, values in body.items()}
    if labels.kind != "numpy":
        return arrays
    rows = len(next(iter(arrays.values()), ()))
    out = numpy.empty(rows, dtype=[(key, values.dtype) for key, values in arrays.items()])
    for key, values in arrays.items():
        out[key] = values
    return out


def make_column(labels: Labels, name: str, values: Any, codes: Sequence[str]) -> Any:
    """One column over the units: Series, Arrow array or numpy array."""
    if labels.kind == "pandas":
        import pandas

        index = pandas.Index(list(codes), name=label_name(labels) if not labels.in_index else labels.name)
        return pandas.Series(_pandas_column(values), index=index, name=name)
    if labels.kind == "polars":
        return _polars_column(name, values)
    if labels.kind == "arrow":
        return _arrow_column(values)
    return _numpy_column(values)


def default_kind() -> str:
    """The kind of results for data that came from a file."""
    try:
        import pandas  # noqa: F401
    except ImportError:
        return "dict"
    return "pandas"
