"""Draw how far the forecast of missed deadlines can be believed: forecast against what happened.

Usage: build/release/examples/forecast_calibration | python examples/draw_calibration.py OUTPUT.png
"""

import csv
import sys
from typing import Iterable

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def main(lines: Iterable[str], output: str) -> None:
    lines = list(lines)
    notes = [line[1:].strip() for line in lines if line.startswith("#")]
    bins = [row for row in csv.DictReader(line for line in lines if not line.startswith("#")) if int(row["count"])]
    forecast = [float(row["mean_forecast"]) for row in bins]
    observed = [float(row["observed"]) for row in bins]
    middle = [(float(row["from"]) + float(row["to"])) / 2 for row in bins]
    count = [int(row["count"]) for row in bins]

    figure, (curve, histogram) = plt.subplots(
        2, 1, figsize=(10, 8), height_ratios=(3, 1), sharex=True, layout="constrained"
    )
    curve.plot([0, 1], [0, 1], color="grey", linestyle="--", label="hoàn hảo / perfect")
    curve.plot(forecast, observed, color="#1b6ca8", marker="o", label="dự báo đối chiếu thực tế / forecast against outcome")
    curve.set_ylabel("tỷ lệ trễ hạn thực tế\nshare that missed the deadline")
    curve.set_xlim(0, 1)
    curve.set_ylim(0, 1)
    curve.grid(alpha=0.3)
    curve.legend(loc="upper left", frameon=False)
    curve.set_title(
        "Dự báo trễ hạn: nhiệm vụ chưa dùng để học (dữ liệu mô phỏng)\n"
        "Forecast of missed deadlines: tasks not learnt from (made-up data)"
    )
    if notes:
        text = "\n".join(part.strip() for part in notes[0].replace("), ", "),|").replace("Brier", "|Brier").split("|"))
        curve.text(0.98, 0.04, text, transform=curve.transAxes, ha="right", va="bottom", fontsize=9, color="#444444")
    histogram.bar(middle, count, width=0.09, color="#9ec9e2")
    histogram.set_ylabel("số dự báo\nforecasts")
    histogram.set_xlabel("xác suất dự báo trễ hạn / forecast probability of missing the deadline")
    for axes in (curve, histogram):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(output, dpi=120)


if __name__ == "__main__":
    main(sys.stdin, sys.argv[1])
