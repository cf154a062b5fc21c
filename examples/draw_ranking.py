"""Draw the ranking of index 766 as stacked bars: one bar a province, one colour a group of metrics.

Usage: python examples/draw_ranking.py OUTPUT.png
"""

import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import thuocdo as td


def main(output: str) -> None:
    model = td.datasets.model("index766-province")
    board = td.score(model, td.datasets.panel("index766-provinces"))
    ranking = board.ranking()
    results = board.results().set_index("unit").loc[ranking["unit"]]
    labels = [f"{rank}. {name}" for rank, name in zip(ranking["rank"], ranking["name"])]

    figure, axes = plt.subplots(figsize=(9, 10), layout="constrained")
    left = [0.0] * len(labels)
    for group, colour in zip(model.leaves, plt.get_cmap("Set2").colors):
        values = results[group.code].to_list()
        axes.barh(labels, values, left=left, label=f"{group.name_vi}\n{group.name}", color=colour)
        left = [start + value for start, value in zip(left, values)]
    for place, score in enumerate(ranking["score"]):
        axes.text(score + 0.4, place, f"{score:.2f}", va="center", fontsize=8)
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.set_xlim(0, 78)
    axes.set_xlabel("điểm / points (tối đa / maximum 100)")
    axes.set_title("Chỉ số 766, 34 tỉnh, thành phố, 10/10/2026\nIndex 766, 34 provinces, 10 October 2026")
    axes.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.45, -0.06), frameon=False, fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(output, dpi=110)


if __name__ == "__main__":
    main(sys.argv[1])
