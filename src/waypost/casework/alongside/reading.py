"""One reading of an export, child by child: each in its own transaction, so that one cut off can be gone on with."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.asking import asking
from waypost.access.models import Staff
from waypost.casework.alongside import judged, staged, tables, writing
from waypost.casework.alongside import mapping as mappings
from waypost.casework.alongside import told as tellings
from waypost.casework.alongside.models import CaseloadRead, Origin, RowProblem, System
from waypost.casework.alongside.told import Problem, Told
from waypost.casework.alongside.who import who_is
from waypost.casework.alongside.writing import ADDED, ASKED, CHANGED, LEFT_OUT, MISSING, SAME, Result, Taking
from waypost.files.reading.document import Unreadable
from waypost.kernel.definition_files import Unreadable as UnreadableMapping
from waypost.kernel.refusal import Refused

Tell = Callable[[int, int], None]  # how many children so far, of how many
MOST_PROBLEMS = 5_000  # kept of one reading
EVERY = 25  # children between two notes of how far it came
BATCH = 500


class NotRead(Refused):
    """An export that could not be used at all; nothing of it was written."""


@contextmanager
def alone(system: System) -> Iterator[None]:
    """One reading of a system at a time, on whichever machine; let go with the connection, however it ends."""
    number = int.from_bytes(hashlib.sha256(system.pk.bytes).digest()[:7], "big")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise Refused("Somebody is reading this system at this moment. Wait until that has ended, then read again.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def run(read: CaseloadRead, folder: Path, *, at: datetime, tell: Tell) -> CaseloadRead:
    """The whole of it. NotRead where a file is not whole or not as the mapping says; the reading keeps the sentence."""
    with alone(read.system):
        CaseloadRead.objects.filter(system=read.system, state="going").exclude(pk=read.pk).update(
            state=CaseloadRead.State.CUT_OFF, ended_at=at
        )
        read.state, read.done, read.counts = CaseloadRead.State.GOING, 0, {}
        read.save(update_fields=["state", "done", "counts"])
        read.problems.all().delete()  # of this very reading, where its worker was killed
        try:
            _Reading(read, at, tell).go(folder)
        except (Unreadable, UnreadableMapping) as error:
            refuse(read, str(error), at=timezone.now())
            raise NotRead(str(error)) from error
    return read


def refuse(read: CaseloadRead, why: str, *, at: datetime) -> None:
    read.state, read.words, read.ended_at = CaseloadRead.State.REFUSED, why[:1000], at
    read.save(update_fields=["state", "words", "ended_at"])


class _Reading:
    def __init__(self, read: CaseloadRead, at: datetime, tell: Tell) -> None:
        self.read, self.system, self.by, self.at, self.tell = read, read.system, read.by, at, tell
        self.mapping = mappings.read(read.mapping.text)
        self.counts: Counter[str] = Counter()
        self.kept = 0
        self.seen: list[UUID] = []
        self.staff: dict[str, Staff | None] = {}

    def go(self, folder: Path) -> None:
        found = tables.found_in(folder, self.mapping)
        kept = {one["name"]: one for one in self.read.files}
        used = {one.path.name: {"name": one.path.name, "sha256": one.sha256} for one in found}
        self.read.files = [{**kept.get(name, {}), **used.get(name, {})} for name in (kept | used)]
        with staged.stage(self.mapping) as stage:
            stage.take(found, lambda name, rows: None)
            self.read.children = stage.count()
            self.read.save(update_fields=["files", "children"])
            for number, placed in stage.children():
                if number:
                    self._child(tellings.told(number, placed, self.mapping))
                else:
                    self._keep([*tellings.nobodys(placed)])
        self._end()

    def _child(self, child: Told) -> None:
        """In a transaction of its own: all that can be written of one child, or, however it ends, nothing."""
        with transaction.atomic():
            asking(self.by, at=self.at)
            result = self._judged(child)
            self.counts.update(result.counts)
            self._keep(result.problems)
            self.read.done += 1
            if self.read.done % EVERY == 0:
                self._note()
        self.tell(self.read.done, self.read.children)

    def _judged(self, child: Told) -> Result:
        usable, problems = judged.usable(child, now=timezone.localtime(self.at))
        taking = Taking(
            system=self.system,
            read=self.read,
            by=self.by,
            at=self.at,
            told=usable,
            origins=writing.origins_of(self.system, {*usable.seen, ("child", child.number)}),
            staff=self.staff,
        )
        taking.result.problems += problems
        taking.result.counts.update(Counter({f"row {LEFT_OUT}": len(problems)} if problems else {}))
        if usable.is_whole and writing.is_unchanged(taking):
            taking.result.counts.update(f"{fact.kind} {SAME}" for fact in usable.facts)
        elif usable.is_whole:
            _weigh(taking) if self.read.dry else writing.take(taking)
        self._saw(taking)
        return taking.result

    def _saw(self, taking: Taking) -> None:
        """What the export has, whether or not it could be used, is not missing from it."""
        if self.read.dry:
            return
        self.seen += [origin.pk for origin in taking.origins.values()]
        if len(self.seen) >= BATCH:
            self._mark_seen()

    def _mark_seen(self) -> None:
        Origin.objects.filter(pk__in=self.seen).update(read=self.read)
        Origin.objects.filter(pk__in=self.seen, missing_since__isnull=False).update(missing_since=None)
        self.seen.clear()

    def _keep(self, problems: list[Problem]) -> None:
        room = max(MOST_PROBLEMS - self.kept, 0)
        self.kept += len(problems)
        RowProblem.objects.bulk_create(
            RowProblem(
                read=self.read,
                file=one.place.file[:255],
                sheet=one.place.sheet[:100],
                line=one.place.line,
                column=one.column[:300],
                sentence=one.sentence[:600],
                asks=one.asks,
            )
            for one in problems[:room]
        )

    def _note(self) -> None:
        self.read.counts = dict(self.counts)
        self.read.save(update_fields=["done", "counts"])

    def _end(self) -> None:
        with transaction.atomic():
            asking(self.by, at=self.at)
            if not self.read.dry:
                self._mark_seen()
                self._list_the_missing()
            self.counts["problems"] = self.kept
            self.read.state, self.read.ended_at = CaseloadRead.State.ENDED, timezone.now()
            self._note()
            self.read.save(update_fields=["state", "ended_at"])
            log.record(self.by, log.Verb.COLLECTED, "caseload.dry_run" if self.read.dry else "caseload.read", self.read)

    def _list_the_missing(self) -> None:
        """What this system had before and has no more; nothing here ends by that."""
        gone = Origin.objects.filter(system=self.system, became__isnull=False).exclude(read=self.read)
        gone.filter(missing_since__isnull=True).update(missing_since=timezone.localdate(self.at))
        for kind in gone.values_list("kind", flat=True):
            self.counts[f"{kind} {MISSING}"] += 1


def _weigh(taking: Taking) -> None:
    """What an accepted reading would do, as far as it can be known without doing it."""
    told = taking.told
    who = who_is(told, taking.origin_of("child", told.number), by=taking.by, at=taking.at)
    if who.why_not:
        taking.problem(told.place, who.why_not, asks=bool(who.maybe))
        taking.count(ASKED if who.maybe else LEFT_OUT, "child")
        return
    if who.typed is not None:
        taking.count(ADDED, "child")
    for fact in told.facts:
        known = taking.origin_of(fact.kind, fact.key)
        if sentence := writing.why_not_weighed(taking, fact, known):
            taking.problem(fact.place, sentence)
            taking.count(LEFT_OUT, fact.kind)
            continue
        taking.count(ADDED if known is None else SAME if known.digest == fact.digest else CHANGED, fact.kind)
