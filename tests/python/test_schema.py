"""The JSON Schema takes every shipped model and refuses the bad ones that a schema can refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Dict, List

import pytest

import thuocdo as td

jsonschema = pytest.importorskip("jsonschema")

BAD = Path(__file__).resolve().parents[1] / "data" / "models-bad"


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads(td.datasets.path("index-model.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def refused_by_schema() -> Dict[str, bool]:
    """The table of the bad models: file and whether the schema refuses it."""
    text = (BAD / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+\.json)` \|.*\| (yes|no)[^|]*\|$", text, flags=re.MULTILINE)
    return {file: answer == "yes" for file, answer in rows}


@pytest.mark.parametrize("name", td.datasets.models())
def test_schema_takes_shipped_models_and_what_the_library_writes(name: str, validator: Any) -> None:
    validator.validate(json.loads(td.datasets.path(name).read_text(encoding="utf-8")))
    validator.validate(td.datasets.model(name).to_dict())


@pytest.mark.parametrize("name", sorted(refused_by_schema()))
def test_schema_refuses_what_it_can_and_the_loader_all(name: str, validator: Any) -> None:
    text = (BAD / name).read_text(encoding="utf-8")
    errors: List[Any] = list(validator.iter_errors(json.loads(text)))
    assert bool(errors) == refused_by_schema()[name]
    problems = td.check_model(BAD / name)
    assert problems and td.check_model(text)
    with pytest.raises(td.ModelError) as caught:
        td.load_model(BAD / name)
    assert list(caught.value.problems) == problems


def test_every_bad_model_is_in_the_table() -> None:
    assert set(refused_by_schema()) == {file.name for file in BAD.glob("*.json")}


@pytest.mark.parametrize("file", sorted(BAD.glob("*.csv")), ids=lambda file: str(file.stem))
def test_bad_tables_are_refused_with_line_and_column(file: Path) -> None:
    with pytest.raises(td.ModelError) as caught:
        td.load_model(file)
    assert any(file.name in problem.place for problem in caught.value.problems)
