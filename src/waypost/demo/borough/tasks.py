"""What an outcome, a remand or a decision raised: done in time mostly, some of it late, some of it still to do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from waypost.casework.outcomes.rules import Raised
from waypost.casework.tasks.models import Lateness, Task
from waypost.demo.borough import wording
from waypost.demo.borough.pen import Pen, Row
from waypost.kernel.words import LONDON

LATE = 0.09  # of all that is done
REASONS = ("child_missed", "child_missed", "child_away", "told_late", "worker_away", "waits_for_others", "workload")


class Tasks:
    """Of one child. Until they are told, each row says when it will be done, be that in days to come."""

    def __init__(self, pen: Pen) -> None:
        self.pen, self.rows = pen, list[Row]()

    def put(self, raised: Raised, source: tuple[str, UUID], at: datetime, once: UUID | None = None) -> None:
        """Once for each thing; one that is not done yet takes the new day."""
        once = once or uuid5(source[1], raised.key)
        there = next((one for one in self.rows if one["once"] == once), None)
        if there is None:
            self.rows.append(self._row(raised, source, at, once))
        elif there["done_at"] > at and (there["due"], there["starts"]) != (raised.due, raised.since):
            there |= {"due": raised.due, "starts": raised.since, "why": raised.why}
            there["done_at"] = self._when_done(raised.due, at)

    def _row(self, raised: Raised, source: tuple[str, UUID], at: datetime, once: UUID) -> Row:
        pen, (kind, of) = self.pen, source
        row = {"id": pen.id(at), "person_id": pen.person, "key": raised.key, "title": raised.words, "why": raised.why}
        row |= {"due": raised.due, "starts": raised.since, "role": raised.for_role, "staff_id": None}
        row |= {"from_kind": kind, "from_id": of, "by_id": pen.holder.pk, "at": at, "once": once}
        return row | {"done_at": self._when_done(raised.due, at), "done_by_id": None, "done_words": ""}

    def _when_done(self, due: date, at: datetime) -> datetime:
        chance = self.pen.chance
        days = chance.randint(1, 9) if chance.random() < LATE else -chance.randint(0, 6)
        moment = datetime.combine(due + timedelta(days=days), time(15, chance.randrange(60)), tzinfo=LONDON)
        return max(moment, at)

    def done_by(self, last: datetime) -> None:
        """Nothing is left to do when the case is closed."""
        for row in self.rows:
            row["done_at"] = max(min(row["done_at"], last), row["at"])

    def told(self) -> None:
        """What is done by now, by whom; what was late, why."""
        for row in self.rows:
            self.pen.book.add(Task, row)
            if row["done_at"] > self.pen.now:
                row["done_at"] = None
            else:
                self._done(row)

    def _done(self, row: Row) -> None:
        pen, at = self.pen, row["done_at"]
        by = pen.cast.manages if row["role"] == "manager" else pen.holder_at(at)
        row |= {"done_by_id": by.pk, "done_words": wording.one("done", pen.chance)}
        if at.astimezone(LONDON).date() > row["due"]:
            said = {"reason": pen.chance.choice(REASONS), "words": "", "by_id": by.pk, "at": at}
            pen.book.add(Lateness, {"id": pen.id(at), "task_id": row["id"], "person_id": pen.person, **said})
