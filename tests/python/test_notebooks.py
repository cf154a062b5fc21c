"""The notebooks run from top to bottom, say what they promise, and are stored without outputs."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any, Dict, List

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
for needed in ("ipykernel", "matplotlib", "openpyxl", "pandas"):
    pytest.importorskip(needed)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

#: Texts that must be in the outputs, and how many pictures.
EXPECTED: Dict[str, Any] = {
    "index766_and_hdi": (
        [
            "Đắk Lắk: 65.49 điểm, hạng 7; tổng các đóng góp: 65.49",
            "score 65.49 -> 68.41, rank 7 -> 2",
            "Viet Nam: HDI 0.726, hạng 107 trong 193 nước",
            "111 nước đổi hạng, nhiều nhất 6 bậc",
        ],
        7,
    ),
    "national": (["3321 xã x 26 chỉ tiêu", "22000 nhiệm vụ", "đọc lại đúng hạng và điểm: True", "Quảng Ninh"], 4),
}

#: For one cell, on a machine that is busy.
SECONDS = 60

def test_every_notebook_is_known() -> None:
    assert sorted(file.stem for file in EXAMPLES.glob("*.ipynb")) == sorted(EXPECTED)


@pytest.mark.parametrize("name", list(EXPECTED))
def test_a_notebook_is_stored_without_outputs_in_two_languages(name: str) -> None:
    text = (EXAMPLES / f"{name}.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert dict(notebook.metadata) == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        assert not cell.metadata and (cell.cell_type != "code" or (cell.outputs == [] and cell.execution_count is None))
        assert cell.cell_type != "markdown" or cell.source.endswith(("*", "***")), "an English line"
    assert text == nbformat.writes(notebook, indent=1, ensure_ascii=False).rstrip("\n") + "\n"


# The client of the kernel, not the package, leaves sockets to the garbage collector.
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", list(EXPECTED))
def test_a_notebook_runs_without_a_warning_and_says_what_it_promises(name: str, tmp_path: Path) -> None:
    notebook = nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4)
    for place, rule in ((0, "error"), (len(notebook.cells) + 1, "default")):
        # The kernel ends with a warning of its own, which must not keep it from ending.
        notebook.cells.insert(place, nbformat.v4.new_code_cell(f"import warnings\nwarnings.simplefilter({rule!r})"))
    start = time.monotonic()
    nbclient.NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    print(f"{name}: {time.monotonic() - start:.1f} s")
    outputs: List[Any] = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert all(output.get("name") != "stderr" for output in outputs)
    said = "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)
    texts, pictures = EXPECTED[name]
    for text in texts:
        assert text in said
    drawn = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    assert len(drawn) == pictures and all(base64.b64decode(each).startswith(b"\x89PNG") for each in drawn)
    assert not list(tmp_path.iterdir())
