"""The Python example of the README runs as it stands."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest


def test_the_python_example_of_the_readme_runs(root: Path) -> None:
    readme = root / "README.md"
    if not readme.exists():
        pytest.skip("no README.md")
    blocks = re.findall(r"^```python\n(.*?)^```", readme.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
        assert shown.getvalue().strip()
