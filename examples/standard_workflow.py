"""The standard workflow of composite indices: one model document, and ten lines of Python.

The document (standard_workflow.json) says: divide by population and GRDP, impute by the mean of the region, leave out units with
less than 90% of the values, winsorise at most five points, min-max, weighted means over three levels. The values are made up.

Usage: python examples/standard_workflow.py
"""

from pathlib import Path
from typing import Dict

import thuocdo as td

HERE = Path(__file__).resolve().parent
DRAWS, NOISE, SEED = 200, 0.25, 57


def noisy(model: td.IndexModel, draw: int) -> td.IndexModel:
    """The model with every weight moved by up to a quarter; the same draw on every machine."""
    for stage, node in enumerate(each for each in model.nodes if not each.leaf):
        children = [each for each in model.nodes if each.parent == node.code]
        moved = td.kernels.weigh.noisy([each.weight for each in children], NOISE, seed=SEED, first_draw=draw, stage=stage)[0]
        for child, weight in zip(children, moved):
            model = model.with_(f"@{child.code}/weight", float(weight))
    return model


def main() -> Dict[str, object]:
    model = td.load_model(HERE / "standard_workflow.json")
    board = td.score(model, panel := td.load_panel(HERE / "standard_workflow.csv", model))
    print(board, board.preparation, sep="\n\n")
    report = td.audit(board)
    print(report)
    print(report.nodes)
    ranks = [td.score(noisy(model, draw), panel).ranks() for draw in range(DRAWS)]
    spread = {unit: (int(min(draw[unit] for draw in ranks)), int(max(draw[unit] for draw in ranks))) for unit in board.ranking(5)["unit"]}
    print(f"ranks of the first five over {DRAWS} draws of weights within {NOISE:.0%}: {spread}")
    comparison = td.compare(model, model.drop("satisfaction"), panel)
    print(comparison, comparison.why(comparison.frame()["unit"][0]).head(3), sep="\n\n")
    return {"board": board, "audit": report, "spread": spread, "comparison": comparison}


if __name__ == "__main__":
    main()
