"""Models and data by file or by the name of a shipped one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .. import datasets
from .._errors import ModelError, Problem, data_error
from .._models import IndexModel, load_model
from .._panels import Panel, load_panel


def is_shipped(name: str, known: "list[str]") -> bool:
    """Whether a name means a shipped model or panel: a file of that name comes first."""
    return name in known and not os.path.exists(name)


def model_file(name: str) -> str:
    """The file of a model."""
    return str(datasets.path(name)) if is_shipped(name, datasets.models()) else name


def open_model(name: str) -> IndexModel:
    """A model; its problems name the file."""
    file = model_file(name)
    try:
        return load_model(Path(file))
    except ModelError as error:
        problems = [
            Problem(each.code, f"{name}: {each.place}" if each.place.startswith("/") else each.place, each.found, each.expected, each.remedy)
            for each in error.problems
        ]
        raise ModelError(str(error), problems) from None


def open_data(name: str, model: IndexModel, **options: Any) -> Panel:
    """A panel for a model."""
    given = {key: value for key, value in options.items() if value is not None}
    if is_shipped(name, datasets.panels()):
        if given:
            found = ", ".join(f"--{key}" for key in given)
            problem = Problem("bad_option", name, found, "a file of data", "shipped panels are complete")
            raise data_error("impossible option", [problem])
        return datasets.panel(name)
    if not os.path.exists(name):
        expected = f"a file, or one of {', '.join(datasets.panels())}"
        raise data_error("no such data", [Problem("file_not_found", name, "no such file", expected, "check the path")])
    return load_panel(name, model, **given)
