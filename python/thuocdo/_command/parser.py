"""The arguments of the command."""

from __future__ import annotations

import argparse

from .. import _core
from . import deadlines, diff, disclose, explain, generate, journal, live, publish, robust, score, tasks, validate


def whole_number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def seed_number(text: str) -> int:
    number = int(text)
    if not 0 <= number < 2**64:
        raise argparse.ArgumentTypeError("from 0 to 2^64 - 1")
    return number


def share(text: str) -> float:
    number = float(text)
    if not 0.0 <= number <= 1.0:
        raise argparse.ArgumentTypeError("from 0 to 1")
    return number


def make_parser() -> argparse.ArgumentParser:
    """The parser; each command has its function as `run`."""
    parser = argparse.ArgumentParser(
        prog="thuocdo",
        description="KPI scoring and agency ranking that can be recomputed to the last digit.",
        epilog="Exit codes: 0 well, 1 problems in the input, 2 usage, 130 cancelled.",
    )
    parser.add_argument("--version", action="version", version=f"thuocdo {_core.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_validate(commands)
    _add_score(commands)
    _add_robust(commands)
    _add_disclose(commands)
    _add_explain(commands)
    _add_generate(commands)
    _add_tasks(commands)
    _add_deadlines(commands)
    _add_watch(commands)
    _add_replay(commands)
    _add_journal(commands)
    _add_publish(commands)
    _add_diff(commands)
    _add_verify(commands)
    _add_key(commands)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(run=_print_version)
    return parser


def _print_version(given: argparse.Namespace) -> int:
    print(f"thuocdo {_core.__version__}")
    return 0


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("en", "vi"), default="en", help="language of headings (default: en)")


def _forms(parser: argparse.ArgumentParser) -> None:
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--csv", action="store_true", help="CSV with every digit")
    forms.add_argument("--json", action="store_true", help="JSON")
    parser.add_argument("--output", metavar="FILE", help="write to a file")


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL", help="file of an index model, or the name of a shipped one such as hdi")
    parser.add_argument("data", metavar="DATA", help="CSV or Parquet file, or the name of a shipped panel such as hdi-2022")
    parser.add_argument("--period", help="the period to read, for a file that has several")
    parser.add_argument("--as-of", metavar="DATE", help="date at which dated targets are read (default: end of the period)")
    parser.add_argument("--previous", metavar="DATA", help="the period before, for growth rules and carried values")
    parser.add_argument("--units", metavar="FILE", help="CSV file that describes the units")


def _add_validate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("validate", help="check index models; every problem with its place")
    parser.add_argument("models", metavar="MODEL", nargs="+", help="file, or name of a shipped model")
    parser.add_argument("--json", action="store_true", help="JSON")
    _language(parser)
    parser.set_defaults(run=validate.run)


def _add_score(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("score", help="score units and rank them")
    _data(parser)
    parser.add_argument("--within", metavar="ATTRIBUTE", help="rank inside the groups of an attribute, e.g. kind")
    parser.add_argument("--top", metavar="N", type=whole_number, help="only the first N, of each group with --within")
    parser.add_argument("--threads", metavar="N", type=whole_number, default=1, help="threads to use (same result)")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=score.run)


def _add_robust(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("robust", help="rank units and say how sure each rank is when the choices of the index vary")
    _data(parser)
    given = parser.add_mutually_exclusive_group()
    given.add_argument("--factors", metavar="FILE", help="JSON list of what is uncertain (default: what the model declares)")
    given.add_argument("--noise", metavar="F", type=float, help="only noise on all weights, such as 0.25 for a quarter up or down")
    parser.add_argument("--draws", metavar="N", type=whole_number, default=10_000, help="how often (default: 10000)")
    parser.add_argument("--seed", metavar="N", type=seed_number, default=0, help="seed (default: 0)")
    parser.add_argument("--level", metavar="P", type=share, default=0.9, help="middle share of the draws that intervals hold (default: 0.9)")
    parser.add_argument("--top-share", metavar="K", type=whole_number, help="how often each unit is among the best K")
    parser.add_argument("--sensitivity", action="store_true", help="which factor matters; with --csv this table only")
    parser.add_argument("--samples", metavar="N", type=whole_number, default=256, help="rows of points of --sensitivity (default: 256)")
    parser.add_argument("--top", metavar="N", type=whole_number, help="only the first N")
    parser.add_argument("--threads", metavar="N", type=whole_number, default=1, help="threads to use (same result)")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=robust.run)


def _add_disclose(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("disclose", help="say what readers can find out about withheld figures; exit code 1 when too much")
    _data(parser)
    parser.add_argument("--rules", metavar="FILE", help="JSON document of what is withheld from whom (default: what the model says)")
    parser.add_argument("--audience", choices=("public", "internal", "restricted"), default="public", help="who reads (default: public)")
    parser.add_argument(
        "--safe-width", metavar="W", type=share, default=0.1, help="width of each interval, as a share of the scale (default: 0.1)"
    )
    parser.add_argument(
        "--rounded-values", action="store_true", help="values of indicators are published with the decimals of results only"
    )
    parser.add_argument("--propose", action="store_true", help="what else to withhold so that all is safe")
    parser.add_argument(
        "--earlier", metavar="DATA", action="append", default=[], help="data of an earlier publication by the same model and rules; repeatable"
    )
    parser.add_argument("--earlier-rules", metavar="FILE", help="rules of the earlier publications, where they were others")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=disclose.run)


def _add_explain(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("explain", help="show where each point of a unit came from")
    _data(parser)
    parser.add_argument("unit", metavar="UNIT", help="code or name of the unit")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=explain.run)


def _add_generate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("generate", help="make up data to try things with")
    parser.add_argument("--level", choices=("province", "commune", "central", "nation"), default="province", help="which units")
    parser.add_argument("--model", metavar="MODEL", help="make values for this model (default: make up a model too)")
    parser.add_argument("--indicators", metavar="N", type=whole_number, default=100, help="leaves of the made-up model")
    parser.add_argument("--seed", metavar="N", type=seed_number, default=57, help="seed (default: 57)")
    parser.add_argument("--periods", metavar="N", type=whole_number, default=1, help="number of quarters, one file each")
    parser.add_argument("out", metavar="OUT", help="CSV file; a folder for the nation")
    _language(parser)
    parser.set_defaults(run=generate.run)


def _add_tasks(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("tasks", help="count tasks on a day, list who is overdue, warn early")
    parser.add_argument("register", metavar="REGISTER", help="JSON document or CSV file of tasks")
    parser.add_argument("--as-of", metavar="DATE", required=True, help="the day, or a moment with its offset, taken as its day in Viet Nam")
    parser.add_argument("--by", choices=tasks.GROUPS, help="what rows stand for (default: body; of --overdue: head)")
    parser.add_argument("--overdue", action="store_true", help="list overdue tasks with the person who answers for each")
    parser.add_argument("--warnings", action="store_true", help="list early warnings; with --overdue, below what is overdue")
    parser.add_argument("--earlier", metavar="DATE", help="an earlier day: what became of tasks since; with --overdue, what was overdue then")
    parser.add_argument("--rules", metavar="FILE", help="rules of early warning (default: the shipped ones)")
    parser.add_argument("--year", metavar="Y", type=whole_number, help="year of deadlines that name none")
    parser.add_argument("--decimal", choices=(".", ","), default=".", help="decimal mark of CSV files (default: .)")
    for name in tasks.LISTS:
        parser.add_argument(f"--{name}", metavar="FILE", help=f"CSV file of {name}")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=tasks.run)


def _add_deadlines(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("deadlines", help="read deadlines as documents word them; the one last day of each")
    parser.add_argument("texts", metavar="TEXT", nargs="+", help='the words, such as "trước ngày 10/1/2026" or "within Q1 2026"')
    parser.add_argument("--assigned", metavar="DATE", help="day of assignment, for words such as kể từ ngày giao")
    parser.add_argument("--year", metavar="Y", type=whole_number, help="year of the plan, for words without year")
    parser.add_argument(
        "--calendar", metavar="FILE", action="append", help="calendar of working days, a file a year or a folder (default: Viet Nam)"
    )
    parser.add_argument("--as-of", metavar="DATE", help="day on which to say how many days are left or late")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=deadlines.run)


def _log(parser: argparse.ArgumentParser) -> None:
    """What a log starts from and how it reads its events."""
    parser.add_argument("model", metavar="MODEL", help="file of an index model, or the name of a shipped one")
    parser.add_argument("--data", metavar="DATA", help="table to start from: CSV or Parquet file, or the name of a shipped panel")
    parser.add_argument("--data-from", metavar="DATE", help="first day on which the table is true (default: that of its period)")
    parser.add_argument("--period", help="the period that is scored (default: that of the table)")
    parser.add_argument("--previous-period", metavar="PERIOD", help="the period before, for growth rules and carried values")
    parser.add_argument("--longest-age", metavar="DAYS", type=whole_number, help="after so many days an observation is stale")
    parser.add_argument("--tasks-by", choices=live.TASK_GROUPS, help="count the tasks of the log into columns tasks.*, by this")
    parser.add_argument("--any-order", action="store_true", help="events of unknown units and tasks wait for what they need")


def _add_watch(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "watch",
        help="follow events from the standard input and print rank changes as they happen",
        description='Reads JSON Lines: events, and {"advance_to": "YYYY-MM-DD"} to move to a later day. '
        "Bad lines are reported with their number and passed over; the exit code is then 1.",
    )
    _log(parser)
    parser.add_argument("--journal", metavar="FILE", help="durable journal: what it has is replayed, what comes is written to it first")
    parser.add_argument("--as-of", metavar="DATE", help="the day of the board at first (default: the last day of the period)")
    parser.add_argument("--top", metavar="K", type=whole_number, help="only units that are or were among the first K")
    parser.add_argument("--strict", action="store_true", help="stop at the first bad line")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    _language(parser)
    parser.set_defaults(run=live.watch)


def _add_replay(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("replay", help="print the ranking of a past day, as it was known at a moment")
    _log(parser)
    parser.add_argument("--journal", metavar="FILE", required=True, help="journal with the events")
    parser.add_argument("--as-of", metavar="DATE", required=True, help="the day")
    parser.add_argument("--known", metavar="MOMENT", help="leave out what became known later: a moment with its offset, or a day to its end")
    parser.add_argument("--within", metavar="ATTRIBUTE", help="rank inside the groups of an attribute, e.g. kind")
    parser.add_argument("--top", metavar="N", type=whole_number, help="only the first N, of each group with --within")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=live.replay)


def _add_journal(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("journal", help="check, export, import or describe the journal of a live scoreboard")
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    verify = actions.add_parser("verify", help="check that no event was changed, removed, added or moved; exit code 1 if one was")
    verify.add_argument("--expected-head", metavar="CHAIN", help="a chain that was noted earlier and must still be there")
    verify.add_argument("--json", action="store_true", help="JSON")
    info = actions.add_parser("info", help="how many events there are, the chain after the last one, the latest stored state")
    info.add_argument("--json", action="store_true", help="JSON")
    export = actions.add_parser("export", help="write all events as JSON Lines")
    export.add_argument("--output", metavar="EVENTS", help="file to write (default: the standard output)")
    imported = actions.add_parser("import", help="append events from JSON Lines, all or none; makes the journal where there is none")
    for each, run in ((verify, journal.verify), (info, journal.info), (export, journal.export), (imported, journal.import_events)):
        each.add_argument("file", metavar="FILE", help="file of the journal")
        _language(each)
        each.set_defaults(run=run)
    imported.add_argument("events", metavar="EVENTS", nargs="?", help="file to read (default: the standard input)")


def _add_publish(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("publish", help="publish a period for an audience: JSON, CSV and HTML with digests, versioned")
    _data(parser)
    parser.add_argument("out", metavar="OUT", help="folder below which all versions are kept")
    parser.add_argument("--audience", choices=("public", "internal", "restricted"), default="public", help="who reads (default: public)")
    parser.add_argument("--label", metavar="PERIOD", help="label of the period (default: that of the data)")
    parser.add_argument("--rules", metavar="FILE", help="JSON document of what is withheld from whom (default: what the model says)")
    parser.add_argument(
        "--safe-width", metavar="W", type=share, default=0.1, help="width that withheld figures must keep, as a share of the scale (default: 0.1)"
    )
    parser.add_argument("--force", metavar="REASON", help="publish although withheld figures can be found out; the reason is recorded")
    parser.add_argument("--since", metavar="DATA", help="data of the publication before: who moved, by how much and why")
    parser.add_argument("--draws", metavar="N", type=whole_number, help="rank intervals from so many draws of what the model declares uncertain")
    parser.add_argument("--seed", metavar="N", type=seed_number, default=0, help="seed of the draws (default: 0)")
    parser.add_argument("--level", metavar="P", type=share, default=0.9, help="middle share of the draws that intervals hold (default: 0.9)")
    parser.add_argument("--tasks", metavar="REGISTER", help="register of tasks: overdue ones are listed")
    parser.add_argument("--tasks-on", metavar="DATE", help="day of the list of overdue tasks")
    parser.add_argument("--published-on", metavar="DATE", help="day of publication (no clock is read)")
    parser.add_argument("--version-reason", metavar="TEXT", help="why a published period is corrected; required from the second version on")
    parser.add_argument("--no-versions", action="store_true", help="write to OUT itself, which must not exist")
    parser.add_argument("--zip", action="store_true", help="one zip file instead of a folder")
    parser.add_argument("--key", metavar="FILE", help="secret key that signs, see thuocdo key new")
    parser.add_argument("--public-key", metavar="FILE", help="key by which the version before must be signed")
    parser.add_argument("--inputs", action="store_true", help="put model and data into it; refused where figures are withheld")
    parser.add_argument("--threads", metavar="N", type=whole_number, default=1, help="threads to use (same result)")
    parser.add_argument("--json", action="store_true", help="JSON")
    _language(parser)
    parser.set_defaults(run=publish.run)


def _add_diff(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("diff", help="compare two publications: who moved, by how much, and why")
    parser.add_argument("old", metavar="OLD", help="folder or zip file of the earlier publication")
    parser.add_argument("new", metavar="NEW", help="folder or zip file of the later one")
    _forms(parser)
    _language(parser)
    parser.set_defaults(run=diff.run)


def _add_verify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("verify", help="check a publication: digests, signature, and every figure from its inputs")
    parser.add_argument("publication", metavar="PUBLICATION", help="folder or zip file")
    parser.add_argument("--model", metavar="MODEL", help="what it was computed with (default: the model in it, if any)")
    parser.add_argument("--data", metavar="DATA", help="what it was computed from (default: the data in it, if any)")
    parser.add_argument("--period", help="the period to read, for a file that has several")
    parser.add_argument("--previous", metavar="DATA", help="the period before, for growth rules and carried values")
    parser.add_argument("--units", metavar="FILE", help="CSV file that describes the units")
    parser.add_argument("--as-of", metavar="DATE", help="date at which targets are read (default: that of the publication)")
    parser.add_argument("--public-key", metavar="FILE", help="key that must have signed")
    parser.add_argument("--require-signature", action="store_true", help="fail without a signature")
    parser.add_argument("--json", action="store_true", help="JSON")
    _language(parser)
    parser.set_defaults(run=publish.run_verify)


def _add_key(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("key", help="make keys that sign publications")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    new = actions.add_parser("new", help="make a pair of keys; the public one gets the name with .pub")
    new.add_argument("path", metavar="PATH", help="new file of the secret key")
    _language(new)
    new.set_defaults(run=publish.run_new_key)
