"""How long a plan takes to become a file, and what 5,000 actions cost in memory.

    .venv/bin/python benchmarks/outputs.py [--rounds 5] [--rows 5000]

Writes benchmarks/results/outputs.md and fails (exit 1) when Excel takes 0.7 s or grows by 30 MB, or the PDF of 48
actions takes 0.2 s. Everything is measured in turns in the same run, each case in a process of its own; the PDF's words
are changed each time, so that nothing is remembered from the last. The sample is the one the tests read. The limits
are on the processor's seconds, which another program's work does not change; the clock's stand beside them.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT)]

import openpyxl  # noqa: E402 (the path is set above)
from tests.files.sample_report import committee_report, plan_rows, plan_table  # noqa: E402

from waypost.files.reports import csv_file, excel, flat, pdf, word  # noqa: E402
from waypost.files.reports.model import Paragraph, Report, Row, Table  # noqa: E402
from waypost.files.reports.values import Language, Status  # noqa: E402
from waypost.kernel.months import Month  # noqa: E402

RESULT = PROJECT / "benchmarks" / "results" / "outputs.md"
SECONDS = {"Excel": 0.7, "PDF": 0.2}
MEGABYTES = {"Excel": 30.0}
NAMES = {
    "Excel": "Excel, all rows, as a person gets it (XlsxWriter, constant memory)",
    "Excel, kept": "the same rows by openpyxl, write-only, no styles, widths or heights",
    "CSV": "CSV, all rows",
    "PDF": "PDF of 48 actions with its front sheet (PDF/UA-1)",
    "PDF, first": "the same, the first in a new process (fonts read)",
    "Word": "Word of 48 actions with its front sheet",
}


class Turn(NamedTuple):
    """Processor's and clock's seconds, growth of the process at its largest in MB, bytes written."""

    processor: float
    clock: float
    growth: float
    size: int


def main() -> int:
    asked = _arguments()
    if asked.case:
        print(json.dumps(_measured(asked.case, asked.rows)))  # noqa: T201 (read by the process that started this one)
        return 0
    found: dict[str, list[Turn]] = {name: [] for name in NAMES}
    for _ in range(asked.rounds):
        for name in NAMES:
            found[name].append(_in_a_process(name, asked.rows))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(_told(found, asked))
    late = [name for name, limit in SECONDS.items() if median(turn.processor for turn in found[name]) >= limit]
    large = [name for name, limit in MEGABYTES.items() if max(turn.growth for turn in found[name]) >= limit]
    sys.stdout.write(RESULT.read_text())
    return 1 if late or large else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and memory of what leaves as a file.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--case", choices=NAMES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_a_process(name: str, rows: int) -> Turn:
    command = [sys.executable, __file__, "--case", name, "--rows", str(rows)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 (our own file)
    return Turn(*json.loads(said))


def _measured(name: str, rows: int) -> Turn:
    """One file made, after a small one to warm up."""
    make = _CASES[name]
    if name != "PDF, first":
        make(10)
    gc.collect()
    before = _memory("VmRSS")
    _forget_the_peak()
    clock, processor = time.perf_counter(), time.process_time()
    size = make(rows)
    spent = time.process_time() - processor, time.perf_counter() - clock
    return Turn(*spent, _memory("VmHWM") - before, size)


def _memory(what: str) -> float:
    """MB this process has now (VmRSS) or had at most (VmHWM), as Linux counts them."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def _forget_the_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def many_actions(rows: int) -> Table:
    """The plan's rows over and over, made as they are asked for."""
    return replace(plan_table(), rows=_rows(rows))


def _rows(count: int) -> Iterator[Row]:
    kept = [entry for entry in plan_rows() if isinstance(entry, Row)]
    for number, row in enumerate(islice(cycle(kept), count), 1):
        yield Row((f"{number}. {row.cells[0]}", *row.cells[1:]))


def _excel(rows: int) -> int:
    out = io.BytesIO()
    excel.write(replace(committee_report(), blocks=(many_actions(rows),)), out)
    return len(out.getvalue())


def _openpyxl(rows: int) -> int:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Actions")
    for row in flat.rows(many_actions(rows), Language.ENGLISH):
        sheet.append([_plain(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return len(out.getvalue())


def _plain(cell: flat.Cell) -> object:
    match cell:
        case Status():
            return cell.word
        case Month():
            return cell.first_day
        case _:
            return cell


def _csv(rows: int) -> int:
    return sum(len(piece) for piece in csv_file.render(many_actions(rows)))


def _sample(rows: int) -> Report:
    """The 48 actions, with words nothing has set before."""
    table = replace(plan_table(), rows=tuple(_changed(rows)))
    report = committee_report()
    return replace(
        report, blocks=(*(b if b != plan_table() else table for b in report.blocks), Paragraph(f"Made {rows}."))
    )


def _changed(rows: int) -> Iterator[object]:
    for entry in plan_rows():
        yield Row((f"{entry.cells[0]} ({rows})", *entry.cells[1:])) if isinstance(entry, Row) else entry


_CASES: dict[str, Callable[[int], int]] = {
    "Excel": _excel,
    "Excel, kept": _openpyxl,
    "CSV": _csv,
    "PDF": lambda rows: len(pdf.render(_sample(rows))),
    "PDF, first": lambda rows: len(pdf.render(_sample(rows))),
    "Word": lambda rows: len(word.render(_sample(rows))),
}


def _told(found: dict[str, list[Turn]], asked: argparse.Namespace) -> str:
    parts = ", ".join(f"{name} {version(name)}" for name in ("typst", "XlsxWriter", "openpyxl", "python-docx"))
    lines = [
        "# What leaves as a file: time and memory",
        "",
        f"Command: `python benchmarks/outputs.py --rounds {asked.rounds} --rows {asked.rows}`",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, {parts}.",
        "",
        f"{asked.rows:,} rows of nine columns for the sheets. Each turn is a new process, warmed by a small file first;"
        " memory is how much larger the process became. Where the clock says much more than the processor, the machine"
        " was busy with something else.",
        "",
        "| | processor's seconds, each turn | median | limit | clock's, median | memory, most | limit | size |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, turns in found.items():
        times = ", ".join(f"{turn.processor:.2f}" for turn in turns)
        middle, clock = median(turn.processor for turn in turns), median(turn.clock for turn in turns)
        most = max(turn.growth for turn in turns)
        cells = (
            NAMES[name],
            times,
            f"{middle:.2f}",
            f"{SECONDS[name]} s" if name in SECONDS else "",
            f"{clock:.2f}",
            f"{most:.0f} MB",
            f"{MEGABYTES[name]:.0f} MB" if name in MEGABYTES else "",
            f"{turns[0].size / 1000:,.0f} kB",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
