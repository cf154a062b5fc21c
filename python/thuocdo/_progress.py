"""Progress of long runs: a bar, or a function of the share done."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Any, Callable, Optional, TypeVar, Union

#: False or None: nothing. True: a bar, which needs tqdm. A callable gets the share done; False from it stops.
Progress = Union[bool, None, Callable[[float], Any]]

Result = TypeVar("Result")


def on_a_terminal() -> bool:
    """Whether somebody would see a bar: standard error is a terminal, and tqdm is there."""
    return sys.stderr.isatty() and find_spec("tqdm") is not None


def run_with_progress(progress: Progress, run: Callable[[Optional[Callable[[float], Any]]], Result]) -> Result:
    """Calls `run` with what it reports to."""
    if progress is not True:
        return run(progress if callable(progress) else None)
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError("progress=True needs tqdm: pip install thuocdo[progress]") from None
    with tqdm(total=1.0, unit="", bar_format="{l_bar}{bar}| {elapsed}<{remaining}") as bar:
        return run(lambda share: bar.update(max(0.0, share - bar.n)))
