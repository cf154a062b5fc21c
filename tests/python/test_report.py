"""The HTML report of a publication in a headless Chromium: what it does, what it never does, and what axe-core says."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional

import pytest
from browser import REQUIRED, Browser, program

from thuocdo import _core

EVIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
FORMULA = "=cmd()|' /C calc'!A0"
LONG = "W" * 3000
TURNED = "\u202egnp.exe"

PILLARS = {"CKMB": 18.0, "TDGQ": 20.0, "CLGQ": 12.0, "MDSH": 22.0, "MDHL": 18.0, "TTTT": 10.0}
#: A figure that is withheld and must not be found anywhere in the page.
HIDDEN_UNIT, HIDDEN_PILLAR = "52", "MDSH"


def rows(path: Path) -> List[Dict[str, str]]:
    return list(csv.DictReader(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")))


def node(code: str, depth: int, best: float) -> Dict[str, Any]:
    more: Dict[str, Any] = {"parent": -1, "leaf": False, "rule": "sum", "effective_weight": 1.0}
    if depth:
        more = {"parent": 0, "leaf": True, "role": "scored", "rule": "points awarded", "unit": "point", "effective_weight": best / 100}
    return {
        "code": code, "name": {"en": f"{code} in English", "vi": f"{code} tiếng Việt"}, "depth": depth, "lower_is_better": False,
        "best": best, "visibility": "public", "withheld": False, "digits": 2, **more,
    }  # fmt: skip


def unit(row: Dict[str, str], english: str) -> Dict[str, Any]:
    figures: List[Dict[str, Any]] = [{"withheld": False, "result": float(row["total"]), "contribution": float(row["total"]), "imputed": False}]
    for code in PILLARS:
        points = float(row[code])
        figures.append({"withheld": False, "result": points, "contribution": points, "value": points, "imputed": False})
    return {
        "code": row["gso"], "name": {"en": english, "vi": row["name"]}, "level": "province",
        "groups": {"region": "north" if int(row["gso"]) < 38 else "south"},
        "rank": float(row["rank"]), "score": float(row["total"]), "rank_interval": {"low": float(row["rank"]), "high": float(row["rank"]) + 1},
        "band": "upper" if float(row["total"]) >= 63 else "lower", "coverage": 1.0, "rank_withheld": False, "band_withheld": False, "figures": figures,
        "trend": [{"period": "2026-08", "score": 60.5, "rank": 3.0}, {"period": "2026-09", "score": None, "rank": None},
                  {"period": "2026-10", "score": float(row["total"]), "rank": float(row["rank"])}],
        "overdue": [{"code": "T1", "title": EVIL, "person": FORMULA, "position": {"vi": "Giám đốc"}, "deadline": "2026-09-30",
                     "days_late": 10, "carried_over": True}],
        "secret_overdue": 2, "remarks": {"held_back": [{"en": "Held back.", "vi": "Bị kéo xuống."}]},
    }  # fmt: skip


def document(root: Path) -> Dict[str, Any]:
    """Index 766 of the 34 provinces, three of them with names that would do harm, and figures that are withheld."""
    english = {row["code"]: row["name_en"] for row in rows(root / "data" / "units" / "vn-provinces.csv")}
    units = [unit(row, english[row["gso"]]) for row in rows(root / "data" / "panels" / "index766_provinces.csv")]
    by_code = {each["code"]: each for each in units}
    for code, name in {"66": EVIL, "20": LONG, "08": FORMULA, "19": TURNED}.items():
        by_code[code]["name"] = {"en": name, "vi": name}
    hidden = by_code[HIDDEN_UNIT]
    for at in (0, 1 + list(PILLARS).index(HIDDEN_PILLAR)):
        hidden["figures"][at] = {"withheld": True}
    hidden.update(score=None, trend=[])
    changes = [
        {"code": each["code"], "name": each["name"], "status": "stayed", "score_before": 60.0, "score_after": each["score"], "rank_before": 17.0,
         "rank_after": each["rank"], "score_parts": {"own_data": 1.5}}
        for each in units
    ]  # fmt: skip
    return {
        "thuocdo_publication": 1, "index": "index766", "title": {"en": "Index 766", "vi": "Bộ chỉ số 766"}, "period": "2026-10-10", "audience": "public",
        "version": 2, "reason": EVIL, "published_on": "2026-10-12", "model_digest": "0" * 64, "nodes": [node("total", 0, 100.0)]
        + [node(code, 1, best) for code, best in PILLARS.items()],
        "units": units, "bands": [{"code": "upper", "name": {"en": "Upper", "vi": "Trên"}}, {"code": "lower", "name": {"en": "Lower", "vi": "Dưới"}}],
        "interval_level": 0.9, "changes": changes, "breaks": [{"en": EVIL, "vi": EVIL}], "method": [{"heading": {"en": EVIL, "vi": EVIL}}], "notices": [EVIL],
        "disclosure": {"withheld_units": 0, "withheld_figures": 2, "audited": True, "safe_width": 0.05, "unsafe_figures": 0, "forced_reason": EVIL},
    }  # fmt: skip


def written(publication: Dict[str, Any], folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(_core.html_report_of_json(json.dumps(publication), publisher_vi="Cơ quan", publisher_en="Office"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def report_path(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(document(root), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def short_report_path(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As few units as have a map: axe-core looks at every element."""
    publication = document(root)
    for part in ("units", "changes"):
        publication[part] = publication[part][:17]
    return written(publication, tmp_path_factory.mktemp("short_report"))


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program()
    browser = Browser(tmp_path_factory.mktemp("browser") / "chromium")
    yield browser
    browser.close()


def opened(browser: Browser, path: Path, fragment: str = "", scripts: bool = True) -> Browser:
    """The report, with the width, the colours and what was noted as on the first day."""
    browser.call("Emulation.setScriptExecutionDisabled", value=not scripts)
    browser.call("Emulation.clearDeviceMetricsOverride")
    browser.call("Emulation.setEmulatedMedia", media="", features=[])
    # Another page in between: the same address with another fragment would not be loaded again.
    browser.open("about:blank")
    browser.wait_for("location.href === 'about:blank'")
    for noted in (browser.console, browser.requests, browser.dialogs):
        noted.clear()
    browser.open(path.as_uri() + fragment)
    browser.wait_for("location.protocol === 'file:' && document.readyState === 'complete'")
    return browser


def shown(browser: Browser, selector: str) -> List[str]:
    """The text of elements as a person sees it."""
    texts: List[str] = browser.value(f"Array.from(document.querySelectorAll({json.dumps(selector)})).map(each => each.innerText.trim())")
    return texts


def ranked(browser: Browser) -> List[str]:
    """Codes of the units in the ranking, in their order, without hidden rows."""
    links: List[str] = browser.value(
        "Array.from(document.querySelectorAll('#ranking-table tbody tr')).filter(row => !row.hidden)"
        ".map(row => row.querySelector('th a').getAttribute('href').slice('#unit-'.length))"
    )
    return links


def head(text: str) -> str:
    return f"Array.from(document.querySelectorAll('#ranking-table thead button')).find(each => each.innerText.trim() === {json.dumps(text)})"


def type_in(browser: Browser, selector: str, value: str) -> None:
    field = f"document.querySelector({json.dumps(selector)})"
    browser.value(f"{field}.value = {json.dumps(value)}; {field}.dispatchEvent(new Event('input', {{bubbles: true}}))")


def test_nothing_leaves_the_page_and_names_do_no_harm(chromium: Browser, report_path: Path) -> None:
    browser = opened(chromium, report_path)
    # What a reader may do.
    browser.value("document.querySelectorAll('thead button, nav a, summary').forEach(each => each.click())")
    browser.value("document.querySelectorAll('article a').forEach(each => each.click())")
    browser.value("document.getElementById('language-en').click()")
    browser.value("new Promise(done => setTimeout(done, 100))")
    assert browser.value("document.querySelectorAll('img, iframe, object, link, script[src], main script').length") == 0
    assert browser.console == [] and browser.dialogs == []
    assert {each.partition("#")[0] for each in browser.requests} == {report_path.as_uri()}
    # The policy holds: what would run or load is refused.
    browser.value("const image = new Image(); image.src = 'http://127.0.0.1:9/x'; document.body.append(image)")
    browser.value("const late = document.createElement('script'); late.textContent = 'window.late = 1'; document.body.append(late)")
    assert browser.value("window.late") is None
    browser.wait_for("document.images.length === 1 && document.images[0].complete")
    assert len([each for each in browser.console if "Content Security Policy" in each]) == 2
    names = shown(browser, "#ranking-table tbody th")
    assert EVIL in names and FORMULA in names and LONG in names and any(TURNED in each for each in names)
    assert browser.value("document.documentElement.scrollWidth") <= browser.value("window.innerWidth")


def test_the_ranking_sorts_by_any_column(chromium: Browser, report_path: Path, root: Path) -> None:
    browser = opened(chromium, report_path)
    table = rows(root / "data" / "panels" / "index766_provinces.csv")
    in_order = [row["gso"] for row in table]
    assert ranked(browser) == in_order
    for pillar in PILLARS:
        browser.value(f"{head(pillar + ' tiếng Việt')}.click()")
        known = [row for row in table if (row["gso"], pillar) != (HIDDEN_UNIT, HIDDEN_PILLAR)]
        hidden = [HIDDEN_UNIT] if len(known) < len(table) else []
        assert ranked(browser) == [row["gso"] for row in sorted(known, key=lambda row: float(row[pillar]))] + hidden
        assert shown(browser, "#ranking-table th[aria-sort=ascending]") == [f"{pillar} tiếng Việt"]
        # Downwards what is withheld is still last, and equal ones keep their order.
        browser.value(f"{head(pillar + ' tiếng Việt')}.click()")
        assert ranked(browser) == [row["gso"] for row in sorted(known, key=lambda row: -float(row[pillar]))] + hidden
        assert shown(browser, "#ranking-table th[aria-sort]") == [f"{pillar} tiếng Việt"]
    browser.value(f"{head('Đơn vị')}.click()")
    by_name = ranked(browser)
    plain = [code for code in by_name if code not in ("66", "20", "08", "19")]
    # As a Vietnamese dictionary has it: D before Đ.
    assert plain[:3] == ["91", "24", "96"] and plain.index("04") < plain.index("48") < plain.index("75")
    browser.value(f"{head('Hạng')}.click()")
    assert ranked(browser) == in_order


def test_filters(chromium: Browser, report_path: Path) -> None:
    browser = opened(chromium, report_path)
    found: Dict[str, List[str]] = {"ha noi": ["01"], "HÀ NỘI": ["01"], "nội  hà": ["01"], "da nang": ["48"], "Đà Nẵng": ["48"]}
    for wanted, codes in {**found, "nowhere": [], "dong": ["82", "75", "68"]}.items():
        type_in(browser, "[data-filter=text]", wanted)
        assert ranked(browser) == codes
        assert shown(browser, "output.count") == [f"Hiển thị {len(codes)} trong 34 đơn vị"]
    type_in(browser, "[data-filter=text]", "")
    type_in(browser, "[data-filter=band]", "upper")
    upper = ranked(browser)
    assert 10 < len(upper) < 34
    assert shown(browser, "[data-filter='0'] option") == ["tất cả", "north", "south"]
    type_in(browser, "[data-filter='0']", "0:0")
    assert ranked(browser) == [code for code in upper if int(code) < 38]


def test_languages(chromium: Browser, report_path: Path) -> None:
    browser = opened(chromium, report_path)
    assert browser.value("document.documentElement.lang") == "vi" and shown(browser, "h1") == ["Bộ chỉ số 766"]
    first = "#ranking-table tbody tr:first-child"
    assert shown(browser, f"{first} td.total") == ["68,80"] and shown(browser, ".publisher") == ["CƠ QUAN"]
    browser.value("document.querySelector('label[for=language-en]').click()")
    assert browser.value("document.documentElement.lang") == "en" and shown(browser, "h1") == ["Index 766"]
    assert shown(browser, f"{first} td.total") == ["68.80"] and shown(browser, f"{first} th") == ["Dong Thap"]
    assert shown(browser, "output.count") == ["34 of 34 units shown"] and shown(browser, "[data-filter=band] option") == ["all", "Upper", "Lower"]
    assert "không" not in " ".join(shown(browser, "#data, #ranking thead"))
    # The language stays when a link is followed, and is in the address for whoever is sent it.
    browser.value("document.querySelector('#ranking-table a[href=\"#unit-01\"]').click()")
    browser.wait_for("location.hash === '#unit-01;en' && document.activeElement.id === 'unit-01-heading'")
    assert shown(browser, "h1") == ["Index 766"]
    opened(browser, report_path, "#unit-01;en")
    assert shown(browser, "h1") == ["Index 766"] and browser.value("document.activeElement.id") == "unit-01-heading"
    browser.value("document.getElementById('language-vi').click()")
    browser.wait_for("location.hash === '#unit-01'")
    assert shown(browser, "h1") == ["Bộ chỉ số 766"]


def visible_units(browser: Browser) -> List[str]:
    units: List[str] = browser.value("Array.from(document.querySelectorAll('article')).filter(each => each.checkVisibility()).map(each => each.id)")
    return units


def test_a_page_for_each_unit(chromium: Browser, report_path: Path) -> None:
    browser = opened(chromium, report_path)
    assert visible_units(browser) == ["unit-82"]
    browser.value("document.querySelector('#map a[href=\"#unit-46\"]').click()")
    browser.wait_for("document.querySelector('#chooser').value === 'unit-46'")
    assert visible_units(browser) == ["unit-46"]
    browser.value("Array.from(document.querySelectorAll('#unit-46 .steps a')).at(1).click()")
    browser.wait_for("document.querySelector('#chooser').value === 'unit-19'")
    browser.value("const chooser = document.querySelector('#chooser'); chooser.value = ''; chooser.dispatchEvent(new Event('change'))")
    assert len(visible_units(browser)) == 34
    # On paper all of them, each on a page of its own.
    opened(browser, report_path).call("Emulation.setEmulatedMedia", media="print")
    assert len(visible_units(browser)) == 34 and browser.value("document.querySelector('nav').checkVisibility()") is False


def test_withheld_and_missing(chromium: Browser, report_path: Path) -> None:
    browser = opened(chromium, report_path)
    cells = f"#ranking-table tr:has(a[href='#unit-{HIDDEN_UNIT}']) td"
    assert shown(browser, cells).count("không công bố") == 2
    assert "không công bố" in " ".join(shown(browser, f"#map a[href='#unit-{HIDDEN_UNIT}']"))
    assert "9,62" not in " ".join(shown(browser, f"tr:has(a[href='#unit-{HIDDEN_UNIT}'])"))
    assert shown(browser, "#unit-82-trend tbody tr:nth-child(2) td") == ["không có số liệu"] * 2


def test_without_javascript(chromium: Browser, report_path: Path) -> None:
    browser = opened(chromium, report_path, scripts=False)
    try:
        assert browser.value("document.documentElement.classList.contains('script')") is False
        assert len(visible_units(browser)) == 34 and len(shown(browser, "#ranking-table tbody tr")) == 34
        assert shown(browser, "h1") == ["Bộ chỉ số 766"] and shown(browser, "article:first-of-type td.result")[0] == "68,80 / 100"
        assert browser.value("document.querySelector('.filters').checkVisibility()") is False
        # The choice of the language needs none.
        box = browser.value("(() => { const at = document.querySelector('label[for=language-en]').getBoundingClientRect(); return [at.x + 5, at.y + 5]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            browser.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        browser.wait_for("document.querySelector('h1').innerText.trim() === 'Index 766'")
        assert shown(browser, "article:first-of-type td.result")[0] == "68.80 / 100"
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_keyboard(chromium: Browser, report_path: Path) -> None:
    browser = opened(chromium, report_path)

    def press(key: str, code: int) -> None:
        for kind in ("keyDown", "keyUp"):
            typed = "\r" if (key, kind) == ("Enter", "keyDown") else ""
            browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=typed)

    press("Tab", 9)
    assert browser.value("document.activeElement.className") == "skip"
    assert browser.value("document.activeElement.getBoundingClientRect().top >= 0")
    press("Enter", 13)
    browser.wait_for("document.activeElement.id === 'content'")
    # Every table that may be wider than the screen can be scrolled by keyboard.
    reachable = "each.tabIndex === 0 && document.getElementById(each.getAttribute('aria-labelledby'))"
    assert browser.value(f"Array.from(document.querySelectorAll('.scroll')).every(each => {reachable})")
    browser.value(f"{head('Điểm')}.focus()")
    press("Enter", 13)
    assert shown(browser, "#ranking-table th[aria-sort=ascending]") == ["Điểm"]
    assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def axe_script() -> str:
    """axe-core as the newest of the packages that ship it has it."""
    for package in ("axe_playwright_python", "axe_core_python"):
        found = importlib.util.find_spec(package)
        if found is not None and found.submodule_search_locations:
            script = (Path(list(found.submodule_search_locations)[0]) / "axe.min.js").read_text(encoding="utf-8")
            version = tuple(int(part) for part in script[: script.index("\n")].rpartition(" v")[2].split(".")[:2])
            assert version >= (4, 4), f"axe-core {version} is too old"
            return script
    if os.environ.get(REQUIRED):
        pytest.fail(f"{REQUIRED} is set and there is no axe-core: pip install axe-core-python", pytrace=False)
    pytest.skip("no axe-core (pip install axe-core-python)")


def violations(browser: Browser, whole: Optional[str] = None) -> List[str]:
    """Serious and critical ones, with the first element of each."""
    answer = browser.value(
        f"axe.run({whole or 'document'}, {{resultTypes: ['violations']}}).then(found => ({{checked: found.passes.length, found:"
        " found.violations.filter(each => ['serious', 'critical'].includes(each.impact))"
        ".map(each => each.id + ': ' + each.nodes.length + ' ' + each.nodes[0].html.slice(0, 200) + ' ' + each.nodes[0].failureSummary)}))"
    )
    assert whole is not None or answer["checked"] > 15
    return list(answer["found"])


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_serious_violation_of_accessibility(chromium: Browser, short_report_path: Path, width: int, colours: str) -> None:
    script = axe_script()
    browser = opened(chromium, short_report_path, "#unit-82" if width == 1280 else "#unit-52;en")
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=width < 600)
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": colours}])
    browser.value("document.querySelector('details').open = true")
    browser.value(script + "\n; undefined")
    assert violations(browser) == []
    # On a phone the page itself never scrolls sideways.
    assert browser.value("document.documentElement.scrollWidth") <= width
    # The check sees what it is for.
    browser.value("document.querySelector('h1').insertAdjacentHTML('afterend', '<button id=\"nameless\"></button>')")
    assert any("button-name" in each for each in violations(browser, "'#nameless'"))
