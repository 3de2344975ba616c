"""`bin/waypost plan read` and `inspection read`: a document in, lines or JSON out. No database, no Django."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable
from typing import Any

from waypost.files.reading.document import Document, Unreadable
from waypost.files.reading.sandbox import read_safely

NOTHING_FOUND, UNREADABLE = 2, 3


def read_plan(asked: argparse.Namespace) -> int:
    from waypost.governance.improvement.reading import NoPlan, read_plan
    from waypost.governance.improvement.reading.terminal import lines_of

    return _read(asked, read_plan, lines_of, NoPlan)


def read_inspection(asked: argparse.Namespace) -> int:
    from waypost.quality.inspections.reading import NoInspection, read_inspection
    from waypost.quality.inspections.reading.terminal import lines_of

    return _read(asked, read_inspection, lines_of, NoInspection)


def _read(
    asked: argparse.Namespace,
    read: Callable[[Document], Any],
    lines_of: Callable[[Any], list[str]],
    nothing: type[Exception],
) -> int:
    logging.getLogger("waypost").addHandler(logging.NullHandler())  # one line for a refusal, nothing beside it
    if not asked.file.is_file():
        return _refuse(asked, "There is no such file.", UNREADABLE)
    try:
        found = read(read_safely(asked.file))
    except Unreadable as error:
        return _refuse(asked, error, UNREADABLE)
    except nothing as error:
        return _refuse(asked, error, NOTHING_FOUND)
    lines = [json.dumps(found.as_dict(), ensure_ascii=False, indent=1)] if asked.json else lines_of(found)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _refuse(asked: argparse.Namespace, reason: object, code: int) -> int:
    sys.stderr.write(f"{asked.file.name}: {' '.join(str(reason).split())}\n")
    return code
