"""A reading killed in its middle is gone on with; two at once take turns; an export of any size is read in little memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.alongside.conftest import World
from tests.alongside.exports import WIDE, WIDE_HEADS, wide_rows, write_csv
from tests.support.processes import PROJECT
from waypost.casework.alongside import actions, reading
from waypost.casework.models import CaseloadRead, Origin, Outcome
from waypost.kernel.refusal import Refused
from waypost.people.record.models import Child

FIRST = "Ana Bea Cy Dee Eli Fay Gus Hal Ivy Jo Kit Lou Mac Ned Ola Pip Quin Rae Sid Tess".split()
LAST = "Thorn Ash Birch Cairn Dale Eddy Fell Gorse Heath Isle".split()


def many(number: int) -> Iterator[list[str]]:
    """Children who are not alike, an order each."""
    for n in range(number):
        row = list(wide_rows()[0])
        row[0], row[1], row[2] = f"NW{n:06}", FIRST[n % len(FIRST)], f"{LAST[n % len(LAST)]}{chr(97 + n % 23)}{n}"
        row[3], row[6] = f"{n % 28 + 1:02}/{n % 12 + 1:02}/{2009 + n % 3}", ""
        row[8], row[16] = f"{n}", f"{n}"
        yield row


class Killed(BaseException):
    """As a signal ends it: nothing of ours catches it."""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_the_next_reading_goes_on(tmp_path: Path) -> None:
    world = World(tmp_path)
    WIDE.write(world.folder, rows=list(many(6)))

    def tell(done: int, of: int) -> None:
        if done == 3:
            raise Killed

    with pytest.raises(Killed):
        actions.read_folder(world.system(WIDE), world.folder, dry=False, by=world.head, at=timezone.now(), tell=tell)
    assert (Child.objects.count(), CaseloadRead.objects.get().state) == (3, "going")
    with connection.cursor() as cursor:  # as when the process has gone, and its connection with it
        cursor.execute("SELECT pg_advisory_unlock_all()")
    read = world.again(WIDE)
    assert Child.objects.count() == Outcome.objects.count() == 6
    assert (read.counts["name same"], read.counts["name added"]) == (3, 3)
    assert sorted(CaseloadRead.objects.values_list("state", flat=True)) == ["cut_off", "ended"]
    assert not Origin.objects.missing().exists()


@pytest.mark.django_db(transaction=True)
def test_killed_within_a_child_nothing_of_that_child_is_there(tmp_path: Path, monkeypatch: Any) -> None:
    world = World(tmp_path)
    WIDE.write(world.folder)
    say = reading.writing.record.say

    def killed(person: Any, kind: Any, *given: Any, **named: Any) -> Any:
        if kind.key == "outcome":
            raise Killed
        return say(person, kind, *given, **named)

    monkeypatch.setattr(reading.writing.record, "say", killed)
    with pytest.raises(Killed):
        world.again(WIDE)
    assert (Child.objects.count(), Origin.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_readings_at_once_the_second_is_refused(tmp_path: Path) -> None:
    world = World(tmp_path)
    WIDE.write(world.folder)
    system = world.system(WIDE)

    def second() -> str:
        try:
            world.again(WIDE)
            return "read"
        except Refused as refusal:
            return refusal.reason
        finally:
            connection.close()

    with reading.alone(system), ThreadPoolExecutor(1) as other:
        assert "Somebody is reading this system at this moment" in other.submit(second).result()
    assert Child.objects.count() == 0
    world.again(WIDE)
    assert Child.objects.count() == 2


MEASURED = """
import re, sys
from pathlib import Path
from waypost.casework.alongside import mapping, staged, tables, told
read = mapping.read(Path(sys.argv[1]).read_text())
with staged.stage(read) as stage:
    stage.take(tables.found_in(Path(sys.argv[2]), read), lambda name, rows: None)
    facts = sum(len(told.told(number, placed, read).facts) for number, placed in stage.children() if number)
most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())  # of this process alone
print(facts, int(most[1]) // 1024)
"""


@pytest.mark.slow
def test_a_hundred_megabytes_are_read_in_little_memory(tmp_path: Path) -> None:
    rows = list(many(20_000))
    filler = "x" * 900
    write_csv(
        tmp_path / "caseload_big.csv",
        [[*WIDE_HEADS, "NOTES"], *([*row, filler] for _ in range(5) for row in rows)],
        delimiter=";",
        encoding="cp1252",
    )
    size = (tmp_path / "caseload_big.csv").stat().st_size // 1024**2
    (tmp_path / "mapping.yaml").write_text(WIDE.mapping)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, tmp_path / "mapping.yaml", tmp_path],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": str(PROJECT / "src"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    facts, megabytes = map(int, done.stdout.split())
    assert (size > 95, facts) == (True, 20_000 * 8)
    assert megabytes < 100, f"{megabytes} MB for {size} MB"
