"""`thuocdo validate`: every problem of models, with its place."""

from __future__ import annotations

import argparse
from pathlib import Path

from .._models import check_model, load_model
from . import inputs, output
from .texts import text


def run(given: argparse.Namespace) -> int:
    """Prints a line for each model that can be used; problems go to the error stream."""
    reports = []
    lines = []
    failed = False
    for name in given.models:
        file = Path(inputs.model_file(name))
        problems = check_model(file)
        report = {"model": name, "valid": not problems}
        if problems:
            failed = True
            fields = ("code", "place", "found", "expected", "remedy")
            report["problems"] = [{field: getattr(each, field) for field in fields} for each in problems]
            if not given.json:
                output.print_problems(problems, name)
        else:
            model = load_model(file)
            report.update(id=model.id, version=model.version, leaves=len(model.leaves), digest=model.digest)
            words = f"{text('valid', given.lang)}, {model.id} {model.version}, {len(model.leaves)} {text('leaves', given.lang)}"
            lines.append(f"{name}: {words}, {model.digest}\n")
        reports.append(report)
    output.write(output.as_json(reports) if given.json else "".join(lines), None)
    return 1 if failed else 0
