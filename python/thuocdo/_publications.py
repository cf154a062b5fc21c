"""Publications: frozen, versioned, verifiable."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

import numpy
from numpy.typing import NDArray

from . import _core
from ._boards import Scoreboard
from ._dates import iso_date
from ._diff import Diff, diff
from ._disclosure import AudienceView, VisibilitySource, audience_view
from ._frames import default_kind, make_frame, whole_numbers
from ._models import IndexModel, ModelSource, load_model
from ._panels import Panel, as_panel
from ._people import Limit, limit_fields
from ._progress import Progress, run_with_progress
from ._tables import Labels
from ._tasks import TaskRegister, _calendar

PathLike = Union[str, "os.PathLike[str]"]

#: Who reads; those after see what those before see, and more.
AUDIENCES = ("public", "internal", "restricted")

class Publication:
    """What one audience is told about one period: numbers as printed, nothing that is withheld.

    Made by `publish`, read by `load_publication`. Immutable.
    """

    __slots__ = ("_core", "_document", "_kind", "path", "manifest_digest")

    def __init__(self, core: _core.Publication, kind: str, path: Optional[str] = None, manifest_digest: Optional[str] = None) -> None:
        self._core = core
        self._kind = kind
        self._document: Optional[Dict[str, Any]] = None
        #: Where it was written to or read from, if it was.
        self.path = path
        #: SHA-256 of its manifest, by which the next version refers to it.
        self.manifest_digest = manifest_digest

    @property
    def index(self) -> str:
        """Code of the index."""
        return self._core.index

    @property
    def period(self) -> str:
        """Period of the values."""
        return self._core.period

    @property
    def audience(self) -> str:
        """``public``, ``internal`` or ``restricted``."""
        return self._core.audience

    @property
    def version(self) -> int:
        """1 for the first of a period; each correction makes the next."""
        return self._core.version

    def to_json(self) -> str:
        """The text of ``publication.json``; the same publication gives the same bytes."""
        return self._core.to_json()

    def to_html(self) -> Optional[str]:
        """The report as one HTML page; ``None`` where the package was built without it."""
        return self._core.html()

    def tables(self) -> Dict[str, str]:
        """The CSV tables by file name. Text that a spreadsheet would take for a formula has an apostrophe before it."""
        return self._core.tables()

    @property
    def document(self) -> Dict[str, Any]:
        """The publication as plain values, as ``publication.json`` has them."""
        if self._document is None:
            self._document = json.loads(self.to_json())
        return self._document

    @property
    def method(self) -> List[Dict[str, Any]]:
        """The method note: headings and paragraphs in both languages."""
        return list(self.document.get("method", []))

    @property
    def disclosure(self) -> Dict[str, Any]:
        """What was withheld, and what an audit of it found."""
        return dict(self.document.get("disclosure", {}))

    def ranking(self) -> Any:
        """Units from best to worst as a frame: rank and its interval, name, score, band, coverage."""
        units = self.document.get("units", [])
        intervals = [each.get("rank_interval") or {} for each in units]
        columns: Dict[str, Any] = {"rank": whole_numbers(_numbers(units, "rank"))}
        if any(intervals):
            columns["rank_low"] = whole_numbers(_numbers(intervals, "low"))
            columns["rank_high"] = whole_numbers(_numbers(intervals, "high"))
        columns["name"] = [_name(each) for each in units]
        columns["score"] = _numbers(units, "score")
        if self.document.get("bands"):
            columns["band"] = [each.get("band") for each in units]
        columns["coverage"] = _numbers(units, "coverage")
        return self._frame(columns, [each["code"] for each in units])

    def results(self) -> Any:
        """Results of all nodes as a frame, a row a unit; missing and withheld ones are missing."""
        units = self.document.get("units", [])
        columns: Dict[str, Any] = {}
        for at, node in enumerate(self.document.get("nodes", [])):
            columns[node["code"]] = _numbers([each["figures"][at] for each in units], "result")
        return self._frame(columns, [each["code"] for each in units])

    def withheld(self) -> List[Tuple[str, str]]:
        """Unit and node of every figure that is withheld."""
        nodes = [node["code"] for node in self.document.get("nodes", [])]
        return [
            (unit["code"], nodes[at])
            for unit in self.document.get("units", [])
            for at, figure in enumerate(unit["figures"])
            if figure.get("withheld")
        ]

    def overdue(self) -> Any:
        """Overdue tasks as a frame, with who answers for them; secret ones are not listed."""
        rows = [(unit["code"], task) for unit in self.document.get("units", []) for task in unit.get("overdue", [])]
        columns: Dict[str, Any] = {"task": [task["code"] for _, task in rows]}
        for key in ("title", "document", "person", "deadline"):
            columns[key] = [task.get(key) for _, task in rows]
        columns["days_late"] = numpy.array([task["days_late"] for _, task in rows], dtype=numpy.int64)
        return self._frame(columns, [unit for unit, _ in rows])

    def _frame(self, columns: Dict[str, Any], codes: Sequence[str]) -> Any:
        return make_frame(Labels(self._kind, "unit", self._kind == "pandas"), columns, codes)

    def __repr__(self) -> str:
        return f"<Publication {self.index} {self.period}, {self.audience}, version {self.version}, {len(self.document.get('units', []))} units>"


class Finding(NamedTuple):
    """Something that is not as it was published."""

    code: str
    """Stable, such as ``file_changed``."""
    file: str
    found: str
    expected: str


class Difference(NamedTuple):
    """A published number or text that the inputs do not give."""

    unit: str
    node: str
    quantity: str
    published: str
    recomputed: str


class Level(NamedTuple):
    """What one level of a verification came to."""

    outcome: str
    """``yes``, ``no`` or ``not possible``."""
    why: str


@dataclass(frozen=True)
class Verification:
    """What `verify` found. True when nothing is wrong; what could not be checked is not wrong."""

    findings: List[Finding]
    digests: Level
    """Every file is as the manifest says, and the tables are those of the publication."""
    signature: Level
    """The manifest is signed by the trusted key."""
    recomputed: Level
    """The inputs give every published figure."""
    differences: List[Difference]
    """The first published figures that the inputs do not give."""
    difference_count: int
    index: str
    period: str
    version: int
    manifest_digest: str
    signed_by: str
    """Fingerprint of the key that signed; empty without a sound signature."""
    text: str

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.findings

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        return self.text


def publish(
    source: Any,
    path: Optional[PathLike] = None,
    *,
    audience: str = "public",
    period: Optional[str] = None,
    rules: VisibilitySource = None,
    safe_width: float = 0.1,
    forced_reason: str = "",
    since: Union[Scoreboard, AudienceView, None] = None,
    remarks: bool = True,
    limits: Optional[Mapping[str, Limit]] = None,
    robust: Any = None,
    level: Optional[float] = None,
    tasks: Any = None,
    tasks_on: Union[str, date, None] = None,
    tasks_before: Union[str, date, None] = None,
    calendar: Any = None,
    earlier: Optional[Mapping[str, Any]] = None,
    peers: int = 5,
    peer_group: str = "level",
    published_on: Union[str, date, None] = None,
    reason: str = "",
    versions: bool = True,
    zip: bool = False,
    key: Optional[PathLike] = None,
    public_key: Optional[PathLike] = None,
    inputs: bool = False,
    although_withheld: bool = False,
    salt: str = "",
    progress: Progress = None,
) -> Publication:
    """Publishes what an audience sees of a scoreboard.

    Parameters
    ----------
    source : Scoreboard or AudienceView
        With a view, its audience and rules hold.
    path : path-like, optional
        Folder below which the versions of every period are kept:
        ``PATH/<index>/<period>/<audience>/v1``. Nothing is written without it.
    audience : {"public", "internal", "restricted"}
        Who reads.
    period : str, optional
        Default: the period of the data.
    rules : mapping, text or path, optional
        Visibility beyond that of the model, see `audience_view`.
    safe_width : float
        Where anything is withheld, the figures shown are audited (with those of `earlier` and `since`): no withheld result
        may be narrowed below this share of its scale.
    forced_reason : str
        Why to publish all the same; it is recorded in the publication. Without it a view that leaks is refused.
    since : Scoreboard or AudienceView, optional
        What was published before: adds who moved, by how much and why, and the breaks in series.
    remarks : bool
        Sentences about each unit: what holds it back, what moved it, which points are nearest. Only where nothing is
        withheld.
    limits : dict, optional
        Which values units can move and how far, as `cheapest_improvements` takes them: adds the points that are nearest
        to gain, for the next rank of each unit.
    robust : Uncertainty, optional
        A robustness run of the board: gives the intervals of ranks.
    level : float, optional
        The share of the draws that they hold; default: that of the run.
    tasks : TaskRegister, optional
        Overdue tasks are listed with the unit that leads them.
    tasks_on, tasks_before : date or str, optional
        The day of the list, which is required with tasks, and an earlier one: what was overdue then is marked.
    calendar : WorkingCalendar or files, optional
        Default: that of Viet Nam.
    earlier : mapping of str to Scoreboard or AudienceView, optional
        Boards of earlier periods, oldest first, for trends.
    peers : int
        Units nearest in score that are listed with each unit, inside its group.
    peer_group : str
        ``level``, ``kind``, ``parent`` or a group; empty: among all units.
    published_on : date or str, optional
        The day of publication; no clock is read.
    reason : str
        Why a published period is corrected; required from the second version on.
    versions : bool
        False writes to `path` itself, which must not exist.
    zip : bool
        One zip file instead of a folder.
    key : path-like, optional
        File of the secret key that signs.
    public_key : path-like, optional
        Key by which the version before must be signed.
    inputs : bool
        Put model and data into the bundle, so that everybody can recompute it.
    although_withheld : bool
        Do so also where figures are withheld: the readers may see the inputs.
    salt : str
        Secret text of 16 bytes or more, mixed into the digests of data and results where figures are withheld; without
        it they are left out there, since withheld numbers could be found by trial.
    progress : bool or callable, optional
        True shows a bar (needs tqdm); a callable gets the share done and stops by returning False.

    Returns
    -------
    Publication

    Raises
    ------
    DataError
        With every problem: an unknown unit or node in the rules, a correction without a reason, an identical
        publication, a version before that is not as it was published, a target that exists.
    """
    if robust is not None:
        level = float(robust.level if level is None else level)
    view = source if isinstance(source, AudienceView) else audience_view(source, audience, rules)
    plan = _core.PublicationPlan(period or "", iso_date(published_on, "published_on"), peers, peer_group, salt)
    plan.set_safety(safe_width, forced_reason)
    for name, board in (earlier or {}).items():
        plan.add_earlier(name, _view_like(view, board))
    if since is not None:
        plan.set_since(_view_like(view, since))
    if remarks:
        plan.set_remarks(peer_group, limit_fields(limits or {}))
    if robust is not None and level is not None:
        plan.set_intervals(robust._core, level)
    if tasks is not None:
        register = tasks if isinstance(tasks, TaskRegister) else TaskRegister(tasks)
        day = iso_date(tasks_on, "tasks_on")
        if day is None:
            raise TypeError("tasks_on: the day of the list of overdue tasks is required with tasks")
        plan.set_tasks(register._core, _calendar(calendar), day, iso_date(tasks_before, "tasks_before"))
    made = run_with_progress(progress, lambda report: _core.make_publication(view._core, plan, report))
    kind = view.board._labels.kind
    if path is None:
        return Publication(made, kind)
    secret = None if key is None else os.fspath(key)
    given = view.board._core if inputs else None
    if not versions:
        digest = _core.write_publication(made, os.fspath(path), zip, secret, given, although_withheld)
        return Publication(made, kind, os.fspath(path), digest)
    trusted = None if public_key is None else os.fspath(public_key)
    _, written, digest = _core.publish_version(os.fspath(path), made, reason, zip, secret, given, although_withheld, trusted)
    return Publication(_core.load_publication(written), kind, written, digest)


def _view_like(view: AudienceView, source: Union[Scoreboard, AudienceView]) -> _core.AudienceView:
    """A view, or what the same audience sees of another board."""
    return source._core if isinstance(source, AudienceView) else _core.view_like(view._core, source._core)


def publication_diff(old: PathLike, new: PathLike, *, threads: int = 1, progress: Progress = None) -> Optional[Diff]:
    """The difference of two publications, split exactly into what caused it.

    Parameters
    ----------
    old, new : path-like
        Folders or zip files.
    threads, progress
        As `diff` takes them.

    Returns
    -------
    Diff or None
        None unless both hold the model and data that they were computed from (``publish(..., inputs=True)``).

    Raises
    ------
    DataError
        When either cannot be read.
    """
    boards = []
    for path in (old, new):
        core = _core.board_in_bundle(os.fspath(path))
        if core is None:
            return None
        boards.append(Scoreboard(core, IndexModel(core.model), Labels(default_kind()), (core.as_of, None, [])))
    return diff(*boards, threads=threads, progress=progress)


def load_publication(path: PathLike) -> Publication:
    """Reads a publication from its folder or zip file, strictly; `verify` checks that it is as it was published.

    Raises
    ------
    DataError
        With every problem and its place.
    """
    return Publication(_core.load_publication(os.fspath(path)), default_kind(), os.fspath(path))


def verify(
    path: PathLike,
    *,
    model: Optional[ModelSource] = None,
    panel: Any = None,
    previous: Any = None,
    as_of: Union[str, date, None] = None,
    public_key: Optional[PathLike] = None,
    require_signature: bool = False,
    salt: str = "",
) -> Verification:
    """Verifies a publication: its files by their digests, its signature, and every figure by its inputs.

    Parameters
    ----------
    path : path-like
        Folder or zip file.
    model, panel, previous : optional
        What it was computed from; default: the inputs in it, if any.
    as_of : date or str, optional
        Default: the date of the publication.
    public_key : path-like, optional
        File of the key that must have signed. Without it a signature is checked by the key beside it, which shows
        damage but not who signed.
    require_signature : bool
        A publication without signature is a finding.
    salt : str
        The salt of the digests, for those who know it.

    Returns
    -------
    Verification
        True when nothing is wrong. Damage is never an error.

    Raises
    ------
    DataError
        When there is nothing at the path.
    """
    index = None if model is None else model if isinstance(model, IndexModel) else load_model(model)
    known = None if index is None else index._core
    found = _core.verify_publication(
        os.fspath(path),
        known,
        _panel(panel, index),
        _panel(previous, index),
        iso_date(as_of, "as_of"),
        None if public_key is None else os.fspath(public_key),
        require_signature,
        salt,
    )
    fields = dict(found)
    fields["findings"] = [Finding(*each) for each in found["findings"]]
    fields["differences"] = [Difference(*each) for each in found["differences"]]
    for name in ("digests", "signature", "recomputed"):
        fields[name] = Level(found[name]["outcome"], found[name]["why"])
    return Verification(**fields)


def _panel(panel: Any, model: Optional[IndexModel]) -> Optional[_core.Panel]:
    if panel is None:
        return None
    if isinstance(panel, Panel):
        return panel._core
    if model is None:
        raise TypeError("panel: a table needs a model to be read with; give the model too")
    return as_panel(panel, model)._core


def new_key(path: PathLike) -> str:
    """Makes a pair of Ed25519 keys: the secret one in a new file that only its owner can read, the public one beside
    it with ``.pub``.

    Returns
    -------
    str
        Fingerprint of the public key.

    Raises
    ------
    DataError
        When a file exists, or the package was built without libsodium.
    """
    return _core.new_signing_key(os.fspath(path))


def _name(unit: Mapping[str, Any]) -> str:
    name = unit.get("name", {})
    return str(name.get("vi") or name.get("en") or unit["code"])


def _float(value: Any) -> float:
    return float("nan") if value is None else float(value)


def _numbers(rows: Sequence[Mapping[str, Any]], key: str) -> NDArray[numpy.float64]:
    return numpy.array([_float(each.get(key)) for each in rows], dtype=numpy.float64)
