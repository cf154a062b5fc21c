"""The stub of the extension module is current. To write it again, run
`pybind11-stubgen thuocdo._core -o OUT` and copy `OUT/thuocdo/_core.pyi` to `python/thuocdo/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_stub_is_what_the_generator_writes(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("pybind11_stubgen")
    pybind11 = pytest.importorskip("pybind11")
    if pybind11.version_info[0] != 3 or sys.version_info < (3, 10):
        pytest.skip("signatures are written in the style of pybind11 3")
    command = [sys.executable, "-m", "pybind11_stubgen", "thuocdo._core", "-o", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    written = (tmp_path / "thuocdo" / "_core.pyi").read_text(encoding="utf-8")
    assert written == (root / "python" / "thuocdo" / "_core.pyi").read_text(encoding="utf-8")


def test_package_is_marked_as_typed(root: Path) -> None:
    assert (root / "python" / "thuocdo" / "py.typed").exists()
