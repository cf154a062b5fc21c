"""What the tests share: the repository's data, the independent evaluator, and seeds that can be printed."""

from __future__ import annotations

import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def oracle() -> ModuleType:
    """tests/oracle/reference_scores.py, a second implementation written from the format page alone."""
    spec = importlib.util.spec_from_file_location("reference_scores", ROOT / "tests" / "oracle" / "reference_scores.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def seed() -> int:
    """THUOCDO_TEST_SEED, or a new one; pytest shows it when a test fails."""
    chosen = int(os.environ.get("THUOCDO_TEST_SEED", random.randrange(2**32)))
    print(f"seed {chosen}: repeat with THUOCDO_TEST_SEED={chosen}")
    return chosen
