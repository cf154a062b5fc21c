"""Published indices from the shipped models: HDI 2022 (UNDP HDR 2023/24), EGDI 2022 (UN DESA), DTI 2022 (dti.gov.vn),
Index 766 on 10 October 2026 (National Public Service Portal). Expected values are read from the published columns."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Dict, List

import numpy
import pytest

import thuocdo as td


def published(name: str) -> List[Dict[str, str]]:
    lines = td.datasets.path(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def board(model: str, panel: str) -> td.Scoreboard:
    return td.score(td.datasets.model(model), td.datasets.panel(panel))


def column(rows: List[Dict[str, str]], name: str) -> numpy.ndarray:
    return numpy.array([float(row[name]) for row in rows])


def test_hdi_2022_gives_all_193_published_values_and_ranks() -> None:
    rows, hdi = published("hdi-2022"), board("hdi", "hdi-2022")
    assert hdi.panel.units.codes == [row["iso3"] for row in rows] and len(rows) == 193
    assert (numpy.asarray(hdi.scores()) == column(rows, "hdi_2022")).all()
    assert (numpy.asarray(hdi.ranks()) == column(rows, "hdi_rank_2022")).all()


def test_egdi_2022_gives_all_193_ranks_and_171_values() -> None:
    rows, egdi = published("egdi-2022"), board("egdi", "egdi-2022")
    gaps = numpy.abs(numpy.asarray(egdi.scores()) - column(rows, "egdi"))
    assert (numpy.asarray(egdi.ranks()) == column(rows, "rank")).sum() == 193
    assert (gaps < 1e-12).sum() == 171
    assert gaps.max() < 1e-4 + 1e-12


def test_dti_2022_gives_all_ranks_and_four_of_five_totals() -> None:
    rows, dti = published("dti-2022-top5"), board("dti-2022", "dti-2022-top5")
    gaps = numpy.abs(numpy.asarray(dti.scores()) - column(rows, "pdti"))
    assert list(dti.ranks()) == [1, 2, 3, 4, 5]
    assert (gaps < 1e-12).sum() == 4 and gaps.max() < 1e-4 + 1e-12


def test_index766_gives_34_totals_34_ranks_and_204_group_ranks() -> None:
    rows, index = published("index766-provinces"), board("index766-province", "index766-provinces")
    assert (numpy.asarray(index.scores()) == column(rows, "total")).all() and len(rows) == 34
    assert (numpy.asarray(index.ranks()) == column(rows, "rank")).all()
    groups = [node.code for node in index.model.leaves]
    equal = sum(int((numpy.asarray(index.ranks_by(group)) == column(rows, f"rank_{group}")).sum()) for group in groups)
    assert equal == 204


def test_index766_metric_by_metric_gives_the_published_scores_of_dak_lak(root: Path) -> None:
    explanation = board("index766-metrics", "index766-metrics-dak-lak").explain("66")
    results = dict(zip(explanation.lines["code"], explanation.lines["result"]))
    totals = {"CKMB": 11.85, "TDGQ": 17.72, "CLGQ": 8.97, "MDSH": 9.08, "MDHL": 11.18, "TTTT": 6.69, "index766": 65.49}
    assert {code: results[code] for code in totals} == totals
    text = (root / "tests" / "data" / "index766_daklak.csv").read_text(encoding="utf-8").splitlines()
    rows = [row for row in csv.DictReader(line for line in text if not line.startswith("#"))]
    metrics = [row for row in rows if row["score"] and row["flag"] != "M"]
    assert len(metrics) >= 15
    assert {row["metric"]: results[row["metric"]] for row in metrics} == {row["metric"]: float(row["score"]) for row in metrics}
    assert explanation.total == 65.49


def test_gender_inequality_2022_gives_166_values_and_ranks_and_its_parts() -> None:
    rows, gii = published("gii-2022"), board("gii", "gii-2022")
    assert (numpy.asarray(gii.scores()) == column(rows, "gii_2022")).all() and len(rows) == 166
    assert (numpy.asarray(gii.ranks()) == column(rows, "gii_rank_2022")).all()
    mmr = numpy.clip(column(rows, "mmr_2022"), 10, 1000)
    health = numpy.sqrt(10 / mmr / column(rows, "abr_2022"))
    female = (health * numpy.sqrt(column(rows, "pr_f_2022") * column(rows, "se_f_2022")) * column(rows, "lfpr_f_2022")) ** (1 / 3)
    assert numpy.allclose(gii.results()["women"], female, rtol=1e-12, atol=0)
    line = dict(zip(gii.explain("VNM").lines["code"], gii.explain("VNM").lines["expression"]))
    assert line["inequality"] == "1 - harmonic_mean(gii_female, gii_male) / gii_both"


def test_corruption_perceptions_2023_gives_180_scores_ranks_errors_and_intervals() -> None:
    rows, cpi = published("cpi-2023"), board("cpi", "cpi-2023")
    assert (numpy.asarray(cpi.scores()) == column(rows, "cpi_score")).all() and len(rows) == 180
    assert (numpy.asarray(cpi.ranks()) == column(rows, "rank")).all()
    results = cpi.results()
    assert numpy.abs(numpy.asarray(results["standard_error"]) - column(rows, "standard_error")).max() < 3e-6
    assert numpy.abs(numpy.asarray(results["lower"]) - column(rows, "lower_ci")).max() < 1e-5
    assert numpy.abs(numpy.asarray(results["upper"]) - column(rows, "upper_ci")).max() < 1e-5
    assert (numpy.asarray(results["sources"]) == column(rows, "number_of_sources")).all()


def test_provincial_competitiveness_2016_gives_63_ranks() -> None:
    rows, pci = published("pci-2016"), board("pci", "pci-2016")
    assert (numpy.asarray(pci.ranks()) == column(rows, "rank")).all() and len(rows) == 63
    assert numpy.abs(numpy.asarray(pci.full_scores()) - column(rows, "pci")).max() < 1e-5


def test_democracy_2018_gives_167_scores_ranks_and_classes() -> None:
    rows, index = published("democracy-2018"), board("democracy-index", "democracy-2018")
    assert (numpy.asarray(index.scores()) == column(rows, "score")).all() and len(rows) == 167
    assert (numpy.asarray(index.ranks()) == column(rows, "rank")).all()
    assert [band.replace("_", " ").capitalize() for band in index.bands()] == [row["category"] for row in rows]


@pytest.mark.parametrize("name", td.datasets.models())
def test_every_shipped_model_loads_and_has_its_file(name: str) -> None:
    model = td.datasets.model(name)
    assert model == td.load_model(td.datasets.path(name))
    assert td.check_model(td.datasets.path(name)) == []


@pytest.mark.parametrize("name", td.datasets.panels())
def test_every_shipped_panel_loads(name: str) -> None:
    panel = td.datasets.panel(name)
    assert len(panel) > 0 and panel.source and panel.period


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    for call in (td.datasets.model, td.datasets.panel, td.datasets.path, td.datasets.units):
        with pytest.raises(td.DataError) as caught:
            call("nothing")
        assert caught.value.problems[0].code == "unknown_dataset"
    with pytest.raises(td.DataError, match="hdi-2022"):
        td.datasets.panel("nothing")


def test_table_form_is_the_same_model() -> None:
    assert td.load_model(td.datasets.path("dti-2022.csv")).digest == td.datasets.model("dti-2022").digest


def test_34_provinces_with_3321_communes() -> None:
    units = td.datasets.units()
    assert len(units) == 34 and units.codes[0] == "01"
    assert sum(units.to_frame()["attribute:commune_level_total"]) == 3321
