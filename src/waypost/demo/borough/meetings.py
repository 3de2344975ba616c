"""Contacts with a child as rows: planned, recorded, with the entry beside each."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from waypost.casework.contacts import rules
from waypost.casework.contacts.models import Attendance, Contact, ContactWorker
from waypost.demo.borough import steps, wording
from waypost.demo.borough.pen import Pen, Row, Who
from waypost.kernel.words import LONDON

OFFICE = "Riverside office"
MET = {
    "office": ["child"],
    "visit": ["child", "carer"],
    "elsewhere": ["child"],
    "phone": ["child"],
    "custody": ["child"],
}


class Meetings:
    """Of one child, with whoever holds them and, now and then, with one of those seconded."""

    def __init__(self, pen: Pen, language: str) -> None:
        self.pen, self.language = pen, language
        self.beside: dict[Who, datetime] = {}  # who works with the child besides, since when

    def met(self, step: steps.Met, order: UUID | None) -> None:
        pen, starts = self.pen, datetime.combine(step.day, step.clock, tzinfo=LONDON)
        about = None if step.way in ("phone", "custody") else wording.purpose(step.way, step.purpose)
        by, since = self._who(step, starts)
        written = max(min(starts + timedelta(hours=1), pen.now), since)
        planned = step.planned and since < starts
        at = min(max(starts - timedelta(days=7), since), pen.now) if planned else written
        row = {"id": pen.id(at), "person_id": pen.person, "starts": starts, "way": step.way, "who": MET[step.way]}
        row |= {"minutes": 15 if step.way == "phone" else 45, "place": OFFICE if step.way == "office" else ""}
        row |= {
            "planned": planned,
            "outcome_id": order,
            "requirement_id": None,
            "purpose": about.words if about else "",
        }
        row |= {"objective": self._objective(step, about), "register": None, "follows_id": None, "entry_id": None}
        pen.book.add(Contact, row | {"dropped_at": None, "by_id": by.pk, "at": at, "once": pen.once()})
        who = {"staff_id": by.pk, "professional_id": None}
        pen.book.add(ContactWorker, {"id": pen.id(at), "contact_id": row["id"], "person_id": pen.person, **who})
        if step.came:
            pen.book.rows[Contact][-1]["entry_id"] = self._came(step, row, about, by, written)

    def _who(self, step: steps.Met, starts: datetime) -> tuple[Who, datetime]:
        """And since when the record is open to them."""
        beside = [(one, since) for one, since in self.beside.items() if since < starts - timedelta(days=1)]
        if not beside or step.purpose % 9:
            return self.pen.holder, self.pen.earliest
        return beside[step.purpose % len(beside)]

    def _objective(self, step: steps.Met, about: wording.Purpose | None) -> str:
        towards = about and step.came in rules.TOOK_PLACE and self.pen.chance.random() < 0.3
        return wording.one("aims", self.pen.chance) if towards else ""

    def _came(self, step: steps.Met, contact: Row, about: wording.Purpose | None, by: Who, at: datetime) -> UUID:
        pen, took_place = self.pen, step.came in rules.TOOK_PLACE
        said = self._words(step, about, took_place=took_place)
        title = rules.title_of(step.came, step.way, contact["purpose"])
        kind = rules.entry_kind(step.came, step.way)
        entry = pen.say("entry", at, by, since=step.day, kind=kind, clock=step.clock, title=title, **said)
        row = {"id": pen.id(at), "contact_id": contact["id"], "person_id": pen.person, "came": step.came}
        row |= {"acceptable": step.acceptable, "reason": step.reason, "words": ""}
        row |= {"less_safe": "nobody" if took_place else "", "by_id": by.pk, "at": at, "replaced_at": None}
        pen.book.add(Attendance, row)
        written: UUID = entry["id"]
        return written

    def _words(self, step: steps.Met, about: wording.Purpose | None, *, took_place: bool) -> Row:
        chance = self.pen.chance
        said: Row = {"words": "", "own_words": "", "demeanour": "", "what_changed": ""}
        if not took_place:
            return said | {"words": wording.one("missed" if step.came == "missed" else "cancelled", chance)}
        said["words"] = wording.of_meeting(step.way, about, chance)
        spoke = chance.random()
        if spoke < 0.3:
            own = "own_welsh" if self.language == "welsh" and chance.random() < 0.5 else "own"
            seemed = wording.one("seemed", chance)
            said |= {"own_words": wording.one(own, chance), "said_by": "child", "demeanour": seemed}
        elif spoke < 0.6 and step.way == "visit":
            said |= {"own_words": wording.one("carers", chance), "said_by": "carer"}
        if chance.random() < 0.06:
            said["what_changed"] = wording.one("changed", chance)
        return said
