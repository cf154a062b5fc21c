"""The 34 provinces of index 766 by every ranking method, as a table, as pictures and as one order nearest to all.

Usage: python examples/compare_methods.py OUTPUT_FOLDER
"""

import sys
from pathlib import Path
from typing import Any, Dict

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import thuocdo as td


def main(folder: str) -> Dict[str, Any]:
    model = td.datasets.model("index766-province")
    board = td.score(model, td.datasets.panel("index766-provinces"))
    groups = [leaf.code for leaf in model.leaves]
    points = {leaf.code: leaf.points for leaf in model.leaves}
    names = dict(zip(board.ranking()["unit"], board.ranking()["name"]))
    results = board.results()
    decision = td.rank.DecisionMatrix(
        results[groups].to_numpy(), criteria=groups, alternatives=[names[unit] for unit in results["unit"]], weights=points
    )

    comparison = td.rank.compare_methods(decision)
    print(comparison)
    spread = comparison.spread()
    widest = (spread["worst_rank"] - spread["best_rank"]).argmax()
    print(f"most disputed: {comparison.alternatives[widest]}, rank {spread['best_rank'][widest]} to {spread['worst_rank'][widest]}")

    ranks = comparison.ranks()
    consensus = td.rank.kemeny([[row[name] for name in comparison.methods] for row in ranks])
    print("nearest order to all methods:", ", ".join(comparison.alternatives[row] for row in consensus.order[:5]), "; optimal:", consensus.optimal)

    reversal = td.rank.rank_reversal(decision, method="topsis")
    print(reversal)

    comparison.plot("bump", top=12, language="vi").figure.savefig(Path(folder) / "ranks-by-method.png", dpi=110)
    comparison.plot("heat_map").figure.savefig(Path(folder) / "agreement-of-methods.png", dpi=110)
    plt.close("all")
    return {"comparison": comparison, "consensus": consensus, "reversal": reversal}


if __name__ == "__main__":
    main(sys.argv[1])
