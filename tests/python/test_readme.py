"""The Python examples of the README and of the pages about ranking and robustness run as they stand."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest


@pytest.mark.parametrize("page", ["README.md", "docs/ranking.md", "docs/robustness.md"])
def test_the_python_examples_of_a_page_run(root: Path, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # one publishes into a folder
    if not (root / page).exists():
        pytest.skip(f"no {page}")
    blocks = re.findall(r"^```python\n(.*?)^```", (root / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            exec(compile(block, page, "exec"), {"__name__": "readme"})
        assert shown.getvalue().strip()
