"""The command `thuocdo`."""

from __future__ import annotations

import io
import os
import sys
from typing import List, Optional

from .._errors import Cancelled, Error
from .output import print_problems
from .parser import make_parser

OK = 0
PROBLEMS = 1
USAGE = 2
CANCELLED = 130


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the command and returns its exit code: 0 well, 1 problems in the input, 2 usage, 130 cancelled."""
    for stream in (sys.stdout, sys.stderr):
        # Names and places are UTF-8 like every file of the project, also where the locale is C.
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        given = make_parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has already written help or the mistake.
        return stop.code if isinstance(stop.code, int) else USAGE
    try:
        code = int(given.run(given))
        sys.stdout.flush()
        return code
    except Error as error:
        print_problems(error.problems, fallback=str(error))
        return PROBLEMS
    except BrokenPipeError:
        # Whoever reads has had enough, as `| head` does; the interpreter must not complain at its end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (KeyboardInterrupt, Cancelled):
        return CANCELLED
    except (OSError, ImportError) as error:
        print(f"thuocdo: {error}", file=sys.stderr)
        return PROBLEMS
