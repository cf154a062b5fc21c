"""Every public header compiles alone, without warnings, whatever was included before.

Checked by clang on the syntax and everything that is instantiated: that takes a tenth of what compiling each header to an
object takes (`cmake --build --preset dev --target all_verify_interface_header_sets` still does that). Headers of which the
compiled library holds a copy are checked in both forms.

What a header includes in any case may come precompiled: every header is checked, so those that it includes stand alone, and
the names that it sees are the same. So a header is checked with the first of `BASES` that is among its includes, direct or
not, precompiled, if there is one.

Usage: tools/check_headers.py COMPILER JOBS FOLDER FLAGS...
"""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import FrozenSet, List, Optional, Tuple

INCLUDE = Path("include")
#: Headers that many include, the richest first.
BASES = (
    "thuocdo/score.hpp",
    "thuocdo/detail/board_data.hpp",
    "thuocdo/model/index_model.hpp",
    "thuocdo/data/panel.hpp",
    "Eigen/Core",
)
NAMED = re.compile(r"^\s*#\s*include <([^>]+)>", re.MULTILINE)
FORMS = ("-DTHUOCDO_COMPILED", "-DTHUOCDO_HEADER_ONLY")


@lru_cache(maxsize=None)
def included(header: str) -> FrozenSet[str]:
    """What a header of ours includes, direct or not."""
    found = set()
    waiting = [header]
    while waiting:
        file = INCLUDE / waiting.pop()
        if not file.is_file():
            continue
        new = set(NAMED.findall(file.read_text(encoding="utf-8"))) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def checks() -> List[Tuple[str, str]]:
    """Headers and the form in which each is checked."""
    out = []
    for file in sorted(INCLUDE.rglob("*.hpp")):
        header = file.relative_to(INCLUDE).as_posix()
        if "/detail/" not in header:
            out.append((header, FORMS[0]))
        if "THUOCDO_DECLARATIONS_ONLY" in file.read_text(encoding="utf-8") and file.name != "config.hpp":
            out.append((header, FORMS[1]))
    return out


def main() -> int:
    compiler, jobs, folder, *flags = sys.argv[1:]
    start = [compiler, *flags, "-x"]

    def precompiled(base: str, form: str) -> str:
        return f"{folder}/{base.replace('/', '-')}{form}.pch"

    def precompile(each: Tuple[str, str]) -> subprocess.CompletedProcess[str]:
        base, form = each
        command = [*start, "c++-header", "-fpch-instantiate-templates", "-", form, "-o", precompiled(base, form)]
        return subprocess.run(command, input=f"#include <{base}>\n", text=True, capture_output=True, check=False)

    def base_of(header: str) -> Optional[str]:
        return next((base for base in BASES if base in included(header)), None)

    def check(each: Tuple[str, str]) -> subprocess.CompletedProcess[str]:
        header, form = each
        base = base_of(header)
        parsed = [] if base is None else ["-include-pch", precompiled(base, form)]
        command = [*start, "c++", "-fsyntax-only", *parsed, form, "-"]
        return subprocess.run(command, input=f"#include <{header}>\n", text=True, capture_output=True, check=False)

    todo = checks()
    print(f"checking {len(todo)} headers", flush=True)
    used = sorted({(base, form) for header, form in todo if (base := base_of(header)) is not None})
    failed = 0
    with ThreadPoolExecutor(int(jobs)) as pool:
        for work, which in ((precompile, used), (check, todo)):
            for each, done in zip(which, pool.map(work, which)):
                if done.returncode != 0:
                    print(f"{done.stderr}header does not compile alone: {' '.join(each)}", file=sys.stderr)
                    failed += 1
    if not failed:
        print("every header compiles alone")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
