"""A scoreboard as a workbook: one sheet a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import numpy

from . import _core
from ._board_plots import name_of
from ._dates import to_date
from ._excel_writer import DECIMALS, PER_CENT, Columns, Sheet, columns_of, write_sheets
from ._languages import is_vietnamese
from ._source_tables import PathLike

if TYPE_CHECKING:
    from ._boards import Scoreboard
    from ._uncertainty import Uncertainty

TITLES: Dict[str, Tuple[str, str]] = {
    "ranking": ("Xếp hạng", "Ranking"),
    "results": ("Kết quả", "Results"),
    "values": ("Số liệu", "Values"),
    "explanations": ("Giải thích", "Explanations"),
    "definitions": ("Định nghĩa", "Definitions"),
    "notices": ("Lưu ý", "Notices"),
}

HEADERS: Dict[str, Tuple[str, str]] = {
    "unit": ("Mã đơn vị", "Unit code"),
    "name": ("Tên", "Name"),
    "unit_name": ("Đơn vị", "Unit"),
    "rank": ("Hạng", "Rank"),
    "rank_low": ("Hạng, cận tốt", "Rank, best end"),
    "rank_high": ("Hạng, cận xấu", "Rank, worst end"),
    "score": ("Điểm", "Score"),
    "band": ("Xếp loại", "Band"),
    "coverage": ("Tỷ lệ có số liệu", "Coverage"),
    "within": ("Hạng trong nhóm {}", "Rank within {}"),
    "indicator": ("Mã chỉ tiêu", "Indicator code"),
    "value": ("Giá trị", "Value"),
    "numerator": ("Tử số", "Numerator"),
    "denominator": ("Mẫu số", "Denominator"),
    "state": ("Trạng thái", "State"),
    "source": ("Nguồn", "Source"),
    "date": ("Ngày số liệu", "Date"),
    "code": ("Mã", "Code"),
    "parent": ("Thuộc", "Parent"),
    "depth": ("Cấp", "Depth"),
    "role": ("Vai trò", "Role"),
    "weight": ("Trọng số", "Weight"),
    "effective_weight": ("Tỷ trọng trong tổng", "Share of the total"),
    "points": ("Điểm tối đa", "Points"),
    "rule": ("Quy tắc", "Rule"),
    "measured_in": ("Đơn vị tính", "Unit of measure"),
    "direction": ("Chiều", "Direction"),
    "kind": ("Loại", "Kind"),
    "visibility": ("Phạm vi công khai", "Visibility"),
    "owner": ("Cơ quan chịu trách nhiệm", "Owner"),
    "result": ("Kết quả", "Result"),
    "best": ("Tốt nhất có thể", "Best possible"),
    "contribution": ("Đóng góp", "Contribution"),
    "shortfall": ("Còn có thể đạt", "Could still be gained"),
    "subject": ("Mục", "Subject"),
    "text": ("Nội dung", "Text"),
}

#: What the sheet of notices says about the board itself.
SUBJECTS: Dict[str, Tuple[str, str]] = {
    "model": ("Mô hình", "Model"),
    "model digest": ("Mã băm mô hình", "Digest of the model"),
    "results digest": ("Mã băm kết quả", "Digest of the results"),
    "period": ("Kỳ", "Period"),
    "as_of": ("Ngày đánh giá", "As of"),
    "library": ("Thư viện", "Library"),
    "robustness": ("Mô phỏng độ vững", "Robustness run"),
    "notice": ("Lưu ý", "Notice"),
}


def write_board(
    board: "Scoreboard",
    path: PathLike,
    robust: Optional["Uncertainty"],
    level: Optional[float],
    explanations: Union[bool, Sequence[str]],
    language: str,
) -> None:
    """Makes the sheets and writes them."""
    vietnamese = is_vietnamese(language)
    tables: Dict[str, Callable[[], Columns]] = {
        "ranking": lambda: _ranking(board, robust, level),
        "results": lambda: _results(board, vietnamese),
        "values": lambda: _values(board, vietnamese),
        "explanations": lambda: _explanations(board, explanations, vietnamese),
        "definitions": lambda: _definitions(board, vietnamese),
        "notices": lambda: _notices(board, robust, vietnamese),
    }
    if explanations is False or (explanations is not True and not len(explanations)):
        del tables["explanations"]
    sheets = []
    for name, make in tables.items():
        headers, columns = ({}, make()) if name == "results" else _in_words(make(), vietnamese)
        formats = {headers[each]: PER_CENT for each in ("coverage", "effective_weight") if each in headers}
        if "score" in headers:
            formats[headers["score"]] = _score_format(board)
        sheets.append(Sheet(TITLES[name][0 if vietnamese else 1], columns, formats))
    write_sheets(path, sheets)


def _in_words(columns: Columns, vietnamese: bool) -> Tuple[Dict[str, str], Columns]:
    """Headers in the words of a language, which stay apart."""
    headers: Dict[str, str] = {}
    for name in columns:
        word = _header(name, vietnamese)
        headers[name] = f"{word} ({name})" if word in headers.values() else word
    return headers, {headers[name]: cells for name, cells in columns.items()}


def _header(name: str, vietnamese: bool) -> str:
    if name.startswith("rank_within_"):
        return HEADERS["within"][0 if vietnamese else 1].format(name[len("rank_within_") :])
    return HEADERS[name][0 if vietnamese else 1] if name in HEADERS else name


def _score_format(board: "Scoreboard") -> str:
    """As many decimals as the root is rounded to."""
    digits = max((len(_core.shortest(score).partition(".")[2]) for score in board._core.scores.tolist() if score == score), default=0)
    return DECIMALS if digits > 4 else "0" if digits == 0 else "0." + "0" * digits


def _numbers(values: Any) -> List[Optional[float]]:
    """Floats with None for NaN."""
    return [None if value != value else value for value in numpy.asarray(values, dtype=numpy.float64).tolist()]


def _ranking(board: "Scoreboard", robust: Optional["Uncertainty"], level: Optional[float]) -> Columns:
    columns = columns_of(board.ranking(robust=robust, level=level))
    names = list(columns)
    # The column of codes has the name that it had in the data.
    codes = next(name for name in names if name not in ("rank", "rank_low", "rank_high", "name", "score", "band", "coverage"))
    out: Columns = {"rank": columns["rank"], "unit": columns[codes]}
    out.update({name: cells for name, cells in columns.items() if name not in (codes, "rank")})
    return out


def _results(board: "Scoreboard", vietnamese: bool) -> Columns:
    """A column a node under its code."""
    core = board._core
    columns: Columns = {
        HEADERS["unit"][0 if vietnamese else 1]: board._unit_codes(),
        HEADERS["name"][0 if vietnamese else 1]: core.panel.units.display_names(),
        HEADERS["rank"][0 if vietnamese else 1]: _numbers(core.ranks),
    }
    for code, node in zip(core.model.node_codes, core.model.node_order):
        columns[code if code not in columns else f"{code} (2)"] = _numbers(core.results[:, node])
    return columns


def _values(board: "Scoreboard", vietnamese: bool) -> Columns:
    """A row a cell of the data that the model reads."""
    panel = board._core.panel
    units, names = board._unit_codes(), panel.units.display_names()
    states = numpy.array(_core.cell_state_names)[panel.states()]
    ratios = panel.ratios()
    values = panel.values
    called = {node.indicator: name_of(node, vietnamese) for node in board.model.leaves if node.indicator}
    fields = ("unit", "unit_name", "indicator", "name", "value", "numerator", "denominator", "state", "source", "date")
    columns: Dict[str, List[Any]] = {field: [] for field in fields}
    for k, indicator in enumerate(panel.indicators):
        top, bottom = ratios.get(indicator, (None, None))
        for row, code in enumerate(units):
            source = panel.provenance(row, k)
            value = float(values[row, k])
            cells = (
                code,
                names[row],
                indicator,
                called.get(indicator, indicator),
                None if value != value else value,
                *(None if part is None or part[row] != part[row] else float(part[row]) for part in (top, bottom)),
                str(states[row, k]),
                None if source is None else source[0] or None,
                None if source is None else to_date(source[1]),
            )
            for field, cell in zip(fields, cells):
                columns[field].append(cell)
    return dict(columns)


def _explanations(board: "Scoreboard", wanted: Union[bool, Sequence[str]], vietnamese: bool) -> Columns:
    """A row a node of each explained unit."""
    codes = board._unit_codes()
    if isinstance(wanted, bool):
        chosen: List[str] = [codes[row] for row in board._core.ranked_units]
    else:
        chosen = [wanted] if isinstance(wanted, str) else list(wanted)
    copied = ("code", "role", "value", "state", "rule", "result", "best", "contribution", "shortfall")
    fields = ("unit", "unit_name", "code", "name", *copied[1:])
    columns: Dict[str, List[Any]] = {field: [] for field in fields}
    for unit in chosen:
        explanation = board.explain(unit)
        for line in explanation._core.lines():
            cells: Mapping[str, Any] = {
                **{name: line[name] for name in copied},
                "unit": explanation.unit,
                "unit_name": explanation.name,
                "name": "    " * line["depth"] + str(line["name_vi" if vietnamese else "name"]),
            }
            for field in fields:
                cell = cells[field]
                columns[field].append(None if cell == "" or cell != cell else cell)
    return dict(columns)


def _definitions(board: "Scoreboard", vietnamese: bool) -> Columns:
    nodes = board.model.nodes
    effective = board.effective_weights()
    columns: Columns = {
        "code": [node.code for node in nodes],
        "name": ["    " * node.depth + name_of(node, vietnamese) for node in nodes],
        "parent": [node.parent for node in nodes],
        "depth": [node.depth for node in nodes],
        "role": [node.role for node in nodes],
        "weight": _numbers([node.weight for node in nodes]),
        "effective_weight": _numbers([effective[node.code] for node in nodes]),
        "points": [node.points for node in nodes],
    }
    for name in ("rule", "indicator", "unit", "direction", "kind", "visibility", "owner", "source"):
        columns["measured_in" if name == "unit" else name] = [getattr(node, name) for node in nodes]
    return columns


def _notices(board: "Scoreboard", robust: Optional["Uncertainty"], vietnamese: bool) -> Columns:
    model = board.model
    rows: List[Tuple[str, Any]] = [
        ("model", f"{model.name_vi if vietnamese else model.name} ({model.id} {model.version})"),
        ("model digest", model.digest),
        ("results digest", board.digest),
        ("period", board._core.panel.period or None),
        ("as_of", board.as_of),
        ("library", f"thuocdo {_core.__version__}"),
    ]
    if robust is not None:
        rows.append(("robustness", f"{robust.draws} draws, seed {robust.seed}, level {_core.shortest(robust.level)}"))
    rows += [("notice", text) for text in board.notices]
    named = [(SUBJECTS[subject][0 if vietnamese else 1], text) for subject, text in rows]
    for row, code in enumerate(board._unit_codes()):
        named += [(code, text) for text in board._core.flags(row)]
    return {"subject": [subject for subject, _ in named], "text": [text for _, text in named]}
