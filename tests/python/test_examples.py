"""The Python examples run and draw what they promise."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

pytest.importorskip("matplotlib")


def load(name: str) -> ModuleType:
    """An example as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_shows_every_province_with_its_score(tmp_path: Path) -> None:
    example = load("draw_ranking")
    output = tmp_path / "ranking.png"
    example.main(str(output))
    assert output.read_bytes().startswith(b"\x89PNG")
    axes = example.plt.gcf().axes[0]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels[0] == "1. Đồng Tháp" and labels[6] == "7. Đắk Lắk" and len(labels) == 34
    assert [text.get_text() for text in axes.texts][6] == "65.49"
    # Six groups, one bar each a province; the bars of a province end at its total.
    bars = axes.patches
    assert len(bars) == 6 * 34
    ends = [bar.get_x() + bar.get_width() for bar in bars[5 * 34 :]]
    assert ends[6] == pytest.approx(65.49)
    example.plt.close("all")
