"""How sure is the ranking of index 766: the points, the groups and the survey of satisfaction varied, and which of them matters.

Usage: python examples/robust_ranking.py OUTPUT_FOLDER
"""

import sys
from pathlib import Path
from typing import Any, Dict, List

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import thuocdo as td

FACTORS: List[Dict[str, Any]] = [
    {"name": "points of the groups, a quarter up or down", "noise": 0.25},
    {"name": "one group left out, or none", "leave_out": "each"},
    {"name": "satisfaction off by 5%", "at": "MDHL", "error": {"scale": "relative", "size": 0.05, "highest": 18}},
]


def main(folder: str) -> Dict[str, Any]:
    board = td.score(td.datasets.model("index766-province"), td.datasets.panel("index766-provinces"))
    robust = td.uncertainty(board, FACTORS, draws=5000, seed=766)
    print(robust)
    print(f"Đắk Lắk: published {board.explain('66').rank:g}, {robust.interval('66').lower:g} to {robust.interval('66').upper:g} in 90% of the draws")
    print("groups that can be told apart:", len(set(robust.groups())))

    matters = td.sensitivity(board, FACTORS, samples=512, seed=766)
    print(matters)

    robust.plot().figure.savefig(Path(folder) / "rank-intervals.png", dpi=80)
    robust.plot("acceptability").figure.savefig(Path(folder) / "rank-acceptability.png", dpi=80)
    matters.plot(language="en").figure.savefig(Path(folder) / "sensitivity.png", dpi=80)
    plt.close("all")
    return {"robust": robust, "sensitivity": matters}


if __name__ == "__main__":
    main(sys.argv[1])
