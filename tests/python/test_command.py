"""The command `thuocdo`: exact output for small cases, exit codes, and what goes to the error stream."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable, Tuple

import pytest
from models import BANDED, MEAN_OF_TWO

import thuocdo as td
from thuocdo._command import main
from thuocdo._command.output import display_width

Run = Callable[..., Tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "two.json").write_text(json.dumps(MEAN_OF_TWO), encoding="utf-8")
    (tmp_path / "banded.json").write_text(json.dumps(BANDED), encoding="utf-8")
    rows = "unit,name,kind,a,b\n01,Hà Nội,city,50,20\n04,Cao Bằng,province,40,5\n42,東京,city,10,30\n"
    (tmp_path / "data.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_score_prints_an_aligned_table(run: Run, folder: Path) -> None:
    code, out, err = run("score", folder / "banded.json", folder / "data.csv")
    assert (code, err) == (0, "")
    assert out == (
        "Banded (banded 1)\n"
        "\n"
        "rank  unit  name      score  band  coverage\n"
        "----  ----  --------  -----  ----  --------\n"
        "   1  01    Hà Nội       70  good      100%\n"
        "   2  04    Cao Bằng     45  low       100%\n"
        "   3  42    東京         40  low       100%\n"
    )


def test_score_in_vietnamese_and_the_first_of_each_group(run: Run, folder: Path) -> None:
    code, out, _ = run("score", folder / "banded.json", folder / "data.csv", "--lang", "vi", "--within", "kind", "--top", 1)
    assert code == 0
    assert out == (
        "Có bậc (banded 1)\n"
        "\n"
        "loại      hạng trong loại  hạng  mã  tên       điểm  xếp loại  độ phủ\n"
        "--------  ---------------  ----  --  --------  ----  --------  ------\n"
        "city                    1     1  01  Hà Nội      70  tốt         100%\n"
        "province                1     2  04  Cao Bằng    45  thấp        100%\n"
        "... 1 đơn vị nữa\n"
    )


def test_score_as_csv_and_json(run: Run, folder: Path) -> None:
    code, out, _ = run("score", folder / "two.json", folder / "data.csv", "--csv", "--top", 2)
    assert code == 0 and out == "rank,unit,name,score,coverage\n1,01,Hà Nội,35,1\n2,04,Cao Bằng,22.5,1\n"
    code, out, _ = run("score", folder / "banded.json", folder / "data.csv", "--json", "--lang", "vi")
    document = json.loads(out)
    board = td.score(BANDED, td.load_panel(folder / "data.csv"))
    assert document["digest"] == board.digest and document["model"]["digest"] == board.model.digest
    assert document["ranking"][2] == {
        "rank": 3, "unit": "42", "name": "東京", "score": 40, "band": "low", "coverage": 1, "flags": [],
    }  # fmt: skip


def test_missing_scores_are_dashes_empty_fields_and_null(run: Run, folder: Path) -> None:
    (folder / "gap.csv").write_text("unit,a,b\nx,,\n", encoding="utf-8")
    assert "-  x     x         -        0%" in run("score", folder / "two.json", folder / "gap.csv")[1]
    assert run("score", folder / "two.json", folder / "gap.csv", "--csv")[1].splitlines()[1] == ",x,x,,0"
    assert json.loads(run("score", folder / "two.json", folder / "gap.csv", "--json")[1])["ranking"][0]["rank"] is None


def test_explain_prints_every_node(run: Run, folder: Path) -> None:
    code, out, _ = run("explain", folder / "two.json", folder / "data.csv", "Hà Nội")
    assert code == 0
    assert out == (
        "Hà Nội (01): score 35, rank 1\n"
        "\n"
        "node   name   value  numerator  denominator  target  rule        result  best  contribution  note\n"
        "-----  -----  -----  ---------  -----------  ------  ----------  ------  ----  ------------  ----\n"
        "total  total      -          -            -       -  arithmetic      35     1            35\n"
        "  a    a         50          -            -       -  x               50     1            25\n"
        "  b    b         20          -            -       -  x               20     1            10\n"
    )


def test_explain_as_csv_json_and_in_vietnamese(run: Run) -> None:
    given = ("explain", "index766-metrics", "index766-metrics-dak-lak", "66")
    rows = list(csv.DictReader(io.StringIO(run(*given, "--csv")[1])))
    by_code = {row["code"]: row for row in rows}
    assert by_code["index766"]["result"] == "65.49" and by_code["ON_TIME"]["numerator"] == "393087"
    document = json.loads(run(*given, "--json")[1])
    assert document["score"] == 65.49 and document["lines"][0]["value"] is None
    vietnamese = run(*given, "--lang", "vi")[1]
    assert "tử số" in vietnamese and "mẫu số bằng 0" in vietnamese and "Đúng hạn" not in run(*given)[1]


def test_shipped_names_stand_for_files(run: Run) -> None:
    code, out, _ = run("score", "index766-province", "index766-provinces", "--top", 1)
    assert code == 0 and "   1  82    Đồng Tháp   68.8      100%" in out and "... 33 more" in out
    assert run("score", "hdi", td.datasets.path("hdi-2022"), "--csv")[1].startswith("rank,unit,name,score,coverage\n1,CHE,")


def test_validate_prints_the_digest_or_every_problem(run: Run, root: Path) -> None:
    code, out, err = run("validate", "hdi", "--lang", "vi")
    assert (code, err) == (0, "")
    assert out == f"hdi: hợp lệ, hdi 2023-24, 4 chỉ tiêu lá, {td.datasets.model('hdi').digest}\n"
    bad = root / "tests" / "data" / "models-bad" / "unknown_member.json"
    code, out, err = run("validate", "hdi", bad)
    assert code == 1 and out.startswith("hdi: valid") and len(err.splitlines()) == 1
    assert err.startswith(f"{bad}: /root/children/0/wieght: found ")
    code, out, err = run("validate", bad, "--json")
    assert code == 1 and err == "" and json.loads(out)[0]["problems"][0]["code"] == "unknown_member"


def test_problems_go_to_the_error_stream_one_a_line_without_traceback(run: Run, folder: Path) -> None:
    (folder / "bad.csv").write_text('unit,a,b\n01,100%,1\n02,1,"3,5"\n', encoding="utf-8")
    code, out, err = run("score", folder / "two.json", folder / "bad.csv")
    assert (code, out) == (1, "")
    places = [line.rpartition("bad.csv:")[2].split(": ")[0] for line in err.splitlines()]
    assert places == ["2:2", "3:3"]
    for arguments in (
        ("score", "nothing", folder / "data.csv"),
        ("score", folder / "two.json", "nothing"),
        ("explain", folder / "two.json", folder / "data.csv", "nobody"),
        ("score", folder / "two.json", folder / "data.csv", "--as-of", "2026-02-30"),
        ("score", folder / "two.json", folder / "data.csv", "--within", "kind"),
        ("score", "hdi", "hdi-2022", "--period", "2021"),
        ("score", folder / "two.json", folder / "data.csv", "--output", folder / "none" / "out.csv"),
        ("generate", "--level", "nation", "--model", "hdi", folder / "nation"),
    ):
        code, out, err = run(*arguments)
        assert code == 1 and out == "" and len(err.splitlines()) == 1 and "Traceback" not in err, arguments


def test_usage_mistakes_give_2(run: Run) -> None:
    for arguments in (("score",), ("nonsense",), (), ("score", "hdi", "hdi-2022", "--csv", "--json"), ("score", "hdi", "hdi-2022", "--top", "0")):
        code, out, err = run(*arguments)
        assert code == 2 and out == "" and "usage: thuocdo" in err
    assert run("--help")[0] == 0


def test_version(run: Run) -> None:
    assert run("version") == (0, f"thuocdo {td.__version__}\n", "")
    assert run("--version")[1] == f"thuocdo {td.__version__}\n"


def test_output_and_units_and_previous_and_parquet(run: Run, folder: Path) -> None:
    (folder / "units.csv").write_text("code,name,kind\n01,Thủ đô,city\n04,Cao Bằng,province\n42,Tokyo,city\n", encoding="utf-8")
    out = folder / "ranking.csv"
    code, shown, _ = run("score", folder / "two.json", folder / "data.csv", "--units", folder / "units.csv", "--csv", "--output", out)
    assert (code, shown) == (0, "") and "1,01,Thủ đô,35,1" in out.read_text(encoding="utf-8")
    assert run("score", folder / "two.json", folder / "data.csv", "--previous", folder / "data.csv", "--threads", 2)[0] == 0
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    pandas.read_csv(folder / "data.csv", dtype={"unit": str}).to_parquet(folder / "data.parquet")
    code, shown, _ = run("score", folder / "two.json", folder / "data.parquet", "--csv", "--top", 1)
    assert code == 0 and shown.splitlines()[1] == "1,01,Hà Nội,35,1"


def test_generate_gives_data_that_score(run: Run, folder: Path) -> None:
    code, out, err = run("generate", "--level", "commune", "--seed", 57, "--indicators", 30, folder / "communes.csv")
    assert (code, err) == (0, "") and out == f"wrote {folder / 'communes.csv'}\nwrote {folder / 'communes.model.json'}\n"
    first = (folder / "communes.csv").read_bytes()
    code, out, _ = run("score", folder / "communes.model.json", folder / "communes.csv", "--csv")
    assert code == 0 and len(out.splitlines()) == 3322
    run("generate", "--level", "commune", "--seed", 57, "--indicators", 30, folder / "communes.csv")
    assert (folder / "communes.csv").read_bytes() == first
    code, out, _ = run("generate", "--model", "index766-metrics", "--periods", 2, folder / "quarters.csv", "--lang", "vi")
    files = [folder / "quarters-2026-Q1.csv", folder / "quarters-2026-Q2.csv"]
    assert code == 0 and [line.split(" ")[2] for line in out.splitlines()] == [str(file) for file in files]
    assert run("score", "index766-metrics", files[1], "--top", 3)[0] == 0
    assert run("generate", "--level", "nation", folder / "nation")[0] == 0
    for level, model in (("province", "resolution57-province"), ("commune", "resolution57-commune"), ("central", "resolution57-ministry")):
        assert run("score", model, folder / "nation" / f"{level}.csv", "--top", 1)[0] == 0


def command(*arguments: object, **options: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-m", "thuocdo", *map(str, arguments)], text=True, encoding="utf-8", **options)


def test_as_a_process_with_a_reader_that_stops_early() -> None:
    arguments = ("explain", "index766-metrics", "index766-metrics-dak-lak", "66")
    with command(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(30) == 0


def test_as_a_process_that_is_interrupted(folder: Path) -> None:
    start = "import sys, thuocdo._command as command, thuocdo._command.score as score, time\n"
    start += "def wait(given):\n    print('ready', flush=True)\n    time.sleep(60)\n"
    start += "score.run = wait\nsys.exit(command.main(['score', 'hdi', 'hdi-2022']))"
    with subprocess.Popen([sys.executable, "-c", start], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == ""
        assert process.wait(30) == 130


def test_text_is_utf8_whatever_the_locale_says() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    done = subprocess.run(
        [sys.executable, "-m", "thuocdo", "score", "index766-province", "index766-provinces", "--lang", "vi", "--top", "1"],
        capture_output=True, env=environment, check=True,
    )  # fmt: skip
    assert "Đồng Tháp" in done.stdout.decode("utf-8")


def test_display_width() -> None:
    assert display_width("Đắk Lắk") == 7
    assert display_width("Đa\u0306\u0301k") == 3
    assert display_width("東京") == 4
