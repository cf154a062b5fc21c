"""The errors of the package. Each names the place, what was found, what was expected and how to mend it."""

from __future__ import annotations

from typing import Iterable, Sequence, Tuple, Type

from . import _core
from ._core import Problem

__all__ = ["Cancelled", "DataError", "Error", "JournalError", "ModelError", "NumericError", "Problem", "TaskError"]

CODES_ARE_TEXT = 'codes are text: 1 is not "01"'


class Error(ValueError):
    """Base of every error about the input.

    Parameters
    ----------
    message : str
        The whole text, with the first problems.
    problems : sequence of Problem
        All of them.

    Attributes
    ----------
    problems : tuple of Problem
        Every problem found, in the order of the document or table.
    """

    problems: Tuple[Problem, ...]

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)

    def __reduce__(self) -> Tuple[Type["Error"], Tuple[str, Tuple[Problem, ...]]]:
        return type(self), (str(self), self.problems)


class ModelError(Error):
    """An index model that cannot be used as written."""


class DataError(Error):
    """Units, values or files that cannot be used as given."""


class TaskError(Error):
    """Tasks that cannot be used as given."""


class NumericError(Error):
    """An argument outside the domain of a kernel."""


class JournalError(Error):
    """A journal that cannot be opened, read or written; the code of the problem says why."""


class Cancelled(RuntimeError):
    """A progress callback asked to stop. Nothing was changed."""


for _class in (Error, ModelError, DataError, TaskError, NumericError, JournalError, Cancelled):
    _class.__module__ = "thuocdo"


def data_error(summary: str, problems: Iterable[Problem]) -> DataError:
    """A `DataError` whose text is made like those of the compiled part."""
    found = list(problems)
    return DataError(_core.error_message(summary, found), found)
