"""Models, data and units that come with the package.

Official definitions reproduce published indices; the models ``resolution57-*`` are reference models, not official
indices; ``decree335`` and ``decree335-leader`` are the scale of Decree 335/2025/NĐ-CP. `README.md` in the same folder
names the sources.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Tuple

from ._calendars import WorkingCalendar, load_calendar
from ._errors import Problem, data_error
from ._models import IndexModel, load_model
from ._panels import Panel, load_panel
from ._units import Units, load_units

__all__ = ["calendar", "calendars", "model", "models", "panel", "panels", "path", "units", "warning_rules"]

#: File, model and options of every panel.
_PANELS: Dict[str, Tuple[str, str, Dict[str, Any]]] = {
    "cpi-2023": ("cpi_2023.csv", "cpi", {"unit_column": "iso3", "name_column": "country", "period": "2023"}),
    "democracy-2018": ("democracy_2018.csv", "democracy-index", {"unit_column": "country", "period": "2018"}),
    "dti-2022-top5": ("dti_2022_top5.csv", "dti-2022", {"unit_column": "province", "period": "2022"}),
    "egdi-2022": ("egdi_2022.csv", "egdi", {"unit_column": "country", "period": "2022"}),
    "gii-2022": ("gii_2022.csv", "gii", {"unit_column": "iso3", "name_column": "country", "period": "2022"}),
    "hdi-2022": ("hdi_2022.csv", "hdi", {"unit_column": "iso3", "name_column": "country", "period": "2022"}),
    "index766-provinces": (
        "index766_provinces.csv",
        "index766-province",
        {"unit_column": "gso", "name_column": "name", "period": "2026-10-10"},
    ),
    "index766-metrics-dak-lak": (
        "index766-metrics-dak-lak-2026-10-10.csv",
        "index766-metrics",
        {"unit_column": "unit", "period": "2026-10-10"},
    ),
    "pci-2016": ("pci_2016.csv", "pci", {"unit_column": "province", "period": "2016", "ignored_columns": ("year",)}),
}


def _root() -> Path:
    """The folder of the data: inside an installed package, or in the source tree."""
    here = Path(__file__).resolve().parent
    installed = here / "data"
    return installed if installed.is_dir() else here.parents[1] / "data"


def calendars() -> List[Path]:
    """Files of the shipped calendars of working days, one a year."""
    return sorted((_root() / "calendars").glob("*.json"))


def calendar(name: str = "vn") -> WorkingCalendar:
    """A calendar of working days by name: ``vn`` is that of Viet Nam, 2025 to 2027; days that are not decided are provisional.

    Raises
    ------
    DataError
        When there is none of that name.
    """
    files = {file: file.stem.rpartition("-")[0] for file in calendars()}
    if name not in files.values():
        raise _unknown("calendar", name, sorted(set(files.values())))
    return load_calendar([file for file, code in files.items() if code == name])


def warning_rules() -> Path:
    """File of the shipped rules of early warning."""
    return _root() / "warnings" / "default-rules.json"


def models() -> List[str]:
    """Names of the models that `model` knows."""
    return sorted(file.stem for file in (_root() / "models").glob("*.json"))


def model(name: str) -> IndexModel:
    """A model by name, such as ``hdi``.

    Raises
    ------
    DataError
        When there is none of that name.
    """
    if name not in models():
        raise _unknown("model", name, models())
    return load_model(_root() / "models" / f"{name}.json")


def panels() -> List[str]:
    """Names of the panels that `panel` knows."""
    return sorted(_PANELS)


def panel(name: str) -> Panel:
    """A panel by name, such as ``hdi-2022``, for the model that it belongs to.

    Raises
    ------
    DataError
        When there is none of that name.
    """
    if name not in _PANELS:
        raise _unknown("panel", name, panels())
    file, model_name, options = _PANELS[name]
    return load_panel(_root() / "panels" / file, model(model_name), **options)


def units(name: str = "vn-provinces") -> Units:
    """Units by name: ``vn-provinces`` are the 34 provincial units of Viet Nam, with the number of their communes."""
    if name != "vn-provinces":
        raise _unknown("table of units", name, ["vn-provinces"])
    return load_units(
        _root() / "units" / f"{name}.csv",
        attribute_columns=("wards", "communes", "special_zones", "commune_level_total"),
    )


def path(name: str) -> Path:
    """The file of a model, panel or table of units, or any other file of the data by its name.

    Raises
    ------
    DataError
        When there is none.
    """
    if name in _PANELS:
        return _root() / "panels" / _PANELS[name][0]
    found = sorted(_root().rglob(f"{name}.json")) + sorted(_root().rglob(f"{name}.csv"))
    found += [file for file in sorted(_root().rglob(name)) if file.is_file()]
    if found:
        return found[0]
    files = sorted(file.name for file in _root().rglob("*") if file.is_file())
    raise _unknown("file", name, models() + panels() + files)


def _unknown(kind: str, name: str, known: List[str]) -> Exception:
    problem = Problem("unknown_dataset", kind, f'"{name}"', f"one of {', '.join(known)}", "check the spelling")
    return data_error(f"no such {kind}", [problem])
