"""Is the log as it was written? Every row against its chain, every anchor against the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.backends.base.base import BaseDatabaseWrapper

from waypost.access.log_anchors import Anchor, BadLine, digest_of, files, is_one_file, read, whole_lines
from waypost.kernel.refusal import refuse_if
from waypost.kernel.words import count

A_BATCH = 5_000
UNANCHORED_AT_MOST = timedelta(hours=1)  # four turns of the job that signs


@dataclass(frozen=True, slots=True)
class Fault:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found: at most one fault of the chain and one of the anchors for each lane, the first."""

    rows: int
    lanes: int
    anchors: int
    newest_anchor: datetime | None
    at: datetime
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults

    @property
    def age(self) -> timedelta | None:
        """How long ago the newest good anchor was signed: what happened since can still be cut off unseen."""
        return None if self.newest_anchor is None else self.at - self.newest_anchor

    def lines(self) -> list[str]:
        """For people: what was read, how old the newest anchor is, every fault, and a verdict."""
        return [
            f"{count(self.rows, 'row')} in {count(self.lanes, 'lane')}, {count(self.anchors, 'anchor')}",
            "no anchor" if self.age is None else f"newest anchor: {_in_words(self.age)} old",
            *map(str, self.faults),
            "sound" if self.sound else f"broken: {len(self.faults)} found",
        ]


def verify(
    connection: BaseDatabaseWrapper, anchors: Path, public_keys: Mapping[int, Ed25519PublicKey], *, at: datetime
) -> Report:
    """Read the whole log once; `anchors` is a file, or the folder that holds all of them."""
    signed = _Signed(anchors, public_keys)
    anchor_faults = _against_rows(connection, signed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lane, number, why FROM public.access_log_broken()")
        chain_faults = [Fault(f"lane {lane}, row {number}", why) for lane, number, why in cursor.fetchall()]
        cursor.execute(
            "SELECT count(*), count(DISTINCT lane), coalesce(min(at) < %s, false) FROM public.access_logentry",
            [at - UNANCHORED_AT_MOST],
        )
        rows, lanes, began_long_ago = cursor.fetchone()
    faults = chain_faults + anchor_faults + signed.faults
    if began_long_ago and not signed.count:
        faults.append(Fault("anchors", f"none in {anchors}, though the log began more than an hour ago"))
    return Report(rows, lanes, signed.count, signed.newest, at, tuple(faults))


class _Signed:
    """The good anchors of a file or folder in their order; what was wrong with the others stays in `faults`."""

    def __init__(self, anchors: Path, public_keys: Mapping[int, Ed25519PublicKey]) -> None:
        self.files = files(anchors)
        refuse_if(_why_not_read(self.files))
        self.from_the_first = not is_one_file(anchors)
        self.public_keys = public_keys
        self.faults: list[Fault] = []
        self.count = 0
        self.newest: datetime | None = None

    def __iter__(self) -> Iterator[Anchor]:
        before = "" if self.from_the_first else None
        for path in self.files:
            for number, line in enumerate(whole_lines(path), start=1):
                where = f"{path.name}, line {number}"
                try:
                    anchor = read(line, self.public_keys)
                except BadLine as wrong:
                    self.faults.append(Fault(where, str(wrong)))
                else:
                    if before is not None and anchor.previous != before:
                        self.faults.append(Fault(where, "does not follow the line before it: anchors are missing"))
                    self.count, self.newest = self.count + 1, anchor.at
                    yield anchor
                before = digest_of(line)


@dataclass(frozen=True, slots=True)
class _Point:
    """What an anchor says of one lane."""

    lane: int
    number: int
    hash: str
    at: datetime


def _points(signed: _Signed) -> Iterator[_Point]:
    """Each head once for as long as it stands in one anchor after the other."""
    last: dict[int, tuple[int, str]] = {}
    for anchor in signed:
        for lane, head in anchor.heads.items():
            if last.get(lane) != head:
                last[lane] = head
                yield _Point(lane, *head, anchor.at)


def _against_rows(connection: BaseDatabaseWrapper, signed: _Signed) -> list[Fault]:
    first: dict[int, Fault] = {}
    points = _points(signed)
    while batch := list(islice(points, A_BATCH)):
        for point, end in _that_differ(connection, batch):
            first.setdefault(point.lane, _differs(point, end))
    return [first[lane] for lane in sorted(first)]


def _differs(point: _Point, end: int) -> Fault:
    anchored = f"its anchor of {point.at:%Y-%m-%d %H:%M:%S} UTC"
    if end < point.number:
        return Fault(
            f"lane {point.lane}", f"ends at row {end}, {anchored} at row {point.number}: shorter than its anchor"
        )
    return Fault(f"lane {point.lane}, row {point.number}", f"differs from {anchored}")


def _that_differ(connection: BaseDatabaseWrapper, batch: list[_Point]) -> list[tuple[_Point, int]]:
    """The points that are not in the log as signed, each with the number its lane ends at."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT point.place, coalesce((SELECT max(number) FROM public.access_logentry WHERE lane = point.lane), 0)
            FROM unnest(%s::int[], %s::bigint[], %s::text[]) WITH ORDINALITY AS point (lane, number, hash, place)
            LEFT JOIN public.access_logentry AS entry ON entry.lane = point.lane AND entry.number = point.number
            WHERE encode(entry.hash, 'hex') IS DISTINCT FROM point.hash
            ORDER BY point.place
            """,
            [[p.lane for p in batch], [p.number for p in batch], [p.hash for p in batch]],
        )
        return [(batch[place - 1], end) for place, end in cursor.fetchall()]


def _why_not_read(paths: list[Path]) -> str | None:
    missing = [path for path in paths if not path.is_file()]
    return f"There is no file {missing[0]}. Give a file of anchors, or the folder that holds them." if missing else None


def _in_words(age: timedelta) -> str:
    minutes = int(age.total_seconds()) // 60
    if minutes < 120:
        return count(minutes, "minute")
    return count(minutes // 60, "hour") if minutes < 48 * 60 else count(minutes // (24 * 60), "day")
