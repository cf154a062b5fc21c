"""From two tables of an analyst, iData and iMeta, to a ranking and its pictures.

The values are made up. Usage: python examples/two_tables.py FOLDER
"""

import sys
from pathlib import Path
from typing import Any, Dict, List

import matplotlib

matplotlib.use("Agg")
import thuocdo as td

#: What the columns of iData are, and the tree of the index.
COLUMNS = ("iCode", "iName", "Type", "Level", "Parent", "Direction", "Weight", "Unit", "Denominator")
META = (
    ("online", "Hồ sơ trực tuyến", "Indicator", 1, "services", 1, 2, "%", None),
    ("late", "Hồ sơ trễ hạn", "Indicator", 1, "services", -1, 1, "%", None),
    ("payments", "Thanh toán trực tuyến", "Indicator", 1, "services", 1, 1, "%", None),
    ("stations", "Trạm 5G", "Indicator", 1, "networks", 1, 1, "trạm trên 1000 dân", "people"),
    ("fibre", "Hộ có cáp quang", "Indicator", 1, "networks", 1, 2, "%", None),
    ("services", "Dịch vụ công", "Aggregate", 2, "index", 1, 3, None, None),
    ("networks", "Hạ tầng số", "Aggregate", 2, "index", 1, 2, None, None),
    ("index", "Chỉ số chuyển đổi số (minh họa)", "Aggregate", 3, None, 1, 1, None, None),
    ("people", "Dân số", "Denominator", None, None, None, None, None, None),
    ("area", "Khu vực", "Group", None, None, None, None, None, None),
)

UNITS = ("uCode", "uName", "area", "people", "online", "late", "payments", "stations", "fibre")
DATA = (
    ("01", "Xã An Bình", "đồng bằng", 12000.0, 71.5, 3.2, 55.0, 9.0, 81.0),
    ("02", "Xã Bình Minh", "đồng bằng", 18500.0, 64.0, 5.1, 61.5, 11.0, 78.5),
    ("03", "Xã Cẩm Sơn", "miền núi", 7400.0, 48.5, 8.4, 33.0, 3.0, 52.0),
    ("04", "Phường Đông Hải", "đô thị", 33000.0, 88.0, 1.9, 79.5, 41.0, 94.0),
    ("05", "Xã Giao Thủy", "đồng bằng", 15200.0, 69.0, 4.4, None, 8.0, 80.0),
    ("06", "Phường Hòa Lạc", "đô thị", 27500.0, 84.5, 2.6, 72.0, 36.0, 91.5),
    ("07", "Xã Khánh Sơn", "miền núi", 6900.0, 41.0, 9.7, 29.5, 2.0, 44.5),
    ("08", "Xã Long Phú", "đồng bằng", 14100.0, 66.5, 3.9, 58.0, 7.0, 76.0),
)


def table(names: Any, rows: Any) -> Dict[str, List[Any]]:
    return {name: [row[k] for row in rows] for k, name in enumerate(names)}


def main(folder: str) -> td.Scoreboard:
    tables = td.load_composite_tables(
        table(UNITS, DATA),
        table(COLUMNS, META),
        id="two-tables",
        version="1",
        aggregation={2: "arithmetic", 3: {"method": "geometric", "floor_at": 1}},
        preparation=[{"step": "impute", "method": "group_median", "group": "area"}],
        denominator_scale={"people": 1000},
        normalisation={"default": "min_max", "late": {"rule": "goalposts", "lower": 0, "upper": 20}},
        digits=2,
        ranking={"within": ["area"]},
    )
    board = tables.score()
    print(board)
    print(board.preparation["imputed"])
    out = Path(folder)
    for name, axes in (
        ("framework", tables.model.plot()),
        ("contributions", board.plot_contributions()),
        ("explanation", board.explain("03").plot()),
        ("correlations", board.plot_correlations()),
    ):
        axes.figure.savefig(out / f"{name}.png", dpi=110)
    return board


if __name__ == "__main__":
    main(sys.argv[1])
