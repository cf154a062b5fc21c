"""A whole index model as an estimator."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, Optional, TypeVar, Union

import numpy

from .._boards import Scoreboard, score
from .._errors import Problem, data_error
from .._models import IndexModel, ModelSource, load_model
from .._panels import Panel, as_panel
from ._base import Estimator, NotFittedError

Self = TypeVar("Self", bound="CompositeIndex")


class CompositeIndex(Estimator):
    """Scores units with an index model.

    Rules that compare units compare those of the frame that is scored. To hold the values of one period against the peers of
    another, declare ``reference_period`` in the model and pass ``other_periods`` to `thuocdo.score`.

    Parameters
    ----------
    model : IndexModel or source
        The definition of the index.
    as_of : date or str, optional
        The date at which dated targets are read.
    threads : int
        Threads to use; the result has the same bits for any number.

    Attributes
    ----------
    model_ : IndexModel
        The model that was loaded.
    board_ : Scoreboard
        The result for the units that were fitted.
    """

    def __init__(self, model: ModelSource, *, as_of: Union[date, str, None] = None, threads: int = 1) -> None:
        self.model = model
        self.as_of = as_of
        self.threads = threads

    def fit(self: Self, X: Any, y: Any = None) -> Self:
        """Scores a frame, or whatever `thuocdo.score` takes.

        Parameters
        ----------
        X : frame, dict of columns, path or Panel
        y : ignored

        Returns
        -------
        self

        Raises
        ------
        ModelError, DataError
            As `thuocdo.score` does.
        """
        self.model_: IndexModel = load_model(self.model)
        panel = as_panel(X, self.model_)
        self.board_: Scoreboard = self._board(panel)
        self.feature_names_in_ = numpy.array(panel.indicators, dtype=object)
        self.n_features_in_ = len(panel.indicators)
        return self

    def _board(self, panel: Panel) -> Scoreboard:
        return score(self.model_, panel, as_of=self.as_of, threads=self.threads)

    def _scored(self, X: Any) -> Scoreboard:
        if not self.__sklearn_is_fitted__():
            raise NotFittedError("CompositeIndex is not fitted: call fit before transform or score")
        panel = as_panel(X, self.model_)
        fitted = self.feature_names_in_.tolist()
        known: Dict[str, Optional[Problem]] = {}
        for name in fitted:
            if name not in panel.indicators:
                known[name] = Problem(
                    "missing_column", "X", f'no column "{name}"', "every column that was fitted", "add it"
                )
        for name in panel.indicators:
            if name not in fitted:
                known[name] = Problem(
                    "unknown_column",
                    "X",
                    f'column "{name}"',
                    "the columns that were fitted",
                    "leave it out, or fit again",
                )
        if known:
            raise data_error(
                "the columns are not those that were fitted", [problem for problem in known.values() if problem]
            )
        return self._board(panel)

    def transform(self, X: Any) -> Any:
        """Results of all nodes for the units of a frame, of its kind.

        Raises
        ------
        DataError
            Naming columns other than those that were fitted, and as `thuocdo.score` does.
        """
        return self._scored(X).results()

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """`fit`, and the results of all nodes."""
        return self.fit(X, y).board_.results()

    def score(self, X: Any, y: Any = None) -> Any:
        """Totals of the units of a frame, as a column of its kind.

        Raises
        ------
        DataError
            As `transform` does.
        """
        return self._scored(X).scores()
