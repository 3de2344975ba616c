"""Whatever stands in a cell, the rows are read or named; nothing crashes, and no sentence says what stood there."""

from __future__ import annotations

import csv
import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.alongside.exports import WIDE, WIDE_HEADS, wide_rows
from waypost.casework.alongside import judged, mapping, staged, tables, told
from waypost.kernel.words import LONDON

NOW = datetime(2026, 11, 28, 12, tzinfo=LONDON)
MAPPING = mapping.read(WIDE.mapping)
CELLS = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(["-1", "1e9", "31/02/2026", "01/01/0001", "99999", "=1+1", "’", "\u202e"])  # fmt: skip


def read(rows: list[list[str]], text: str | None = None) -> list[told.Told]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "caseload_x.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([WIDE_HEADS, *rows]) if text is None else file.write(text)
        with staged.stage(MAPPING) as stage:
            stage.take(tables.found_in(Path(folder), MAPPING), lambda name, number: None)
            return [
                judged.usable(told.told(number, placed, MAPPING), now=NOW)[0]
                for number, placed in stage.children()
                if number
            ]


@given(st.integers(0, 2), st.integers(0, len(WIDE_HEADS) - 1), CELLS)
def test_any_cell(row: int, column: int, text: str) -> None:
    rows = wide_rows()
    rows[row][column] = text
    try:
        found = read(rows)
    except tables.NotAsMapped:
        return  # with a sentence, and nothing of it used
    sentences = " ".join(problem.sentence for child in found for problem in child.problems)
    assert len(text.strip()) < 5 or text.strip() not in sentences
    assert sum(len(child.facts) > 0 and child.is_whole for child in found) >= 1, "the other child is whole"


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text(text: str) -> None:
    try:
        read([], text)
    except tables.NotAsMapped as refusal:
        assert str(refusal).startswith("caseload_x.csv")


@given(st.binary(max_size=400))
def test_any_bytes_behind_good_headings(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "caseload_x.csv").write_bytes(";".join(WIDE_HEADS).encode() + b"\r\n" + data)
        try:
            with staged.stage(MAPPING) as stage:
                stage.take(tables.found_in(Path(folder), MAPPING), lambda name, number: None)
                for number, placed in stage.children():
                    assert (
                        told.told(number, placed, MAPPING).problems
                        if number
                        else list(told.nobodys(placed)) or not placed
                    )
        except tables.NotAsMapped as refusal:
            assert str(refusal).startswith("caseload_x.csv")
