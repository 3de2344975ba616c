"""One child's panel in Alder Vale: held once, a contract agreed, and arranged to look at it again. All invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from waypost.casework.outcomes.models import Outcome
from waypost.casework.referral_panels import actions
from waypost.casework.referral_panels.actions import Planned
from waypost.casework.referral_panels.models import PanelMeeting
from waypost.demo.casework import Told
from waypost.demo.people import BASIS, MANAGES
from waypost.kernel.ids import new_id
from waypost.people.need_to_know import actions as need_to_know
from waypost.people.record import document_actions
from waypost.people.record.actions import Source
from waypost.people.record.beside import current
from waypost.people.record.entries import Document
from waypost.people.record.models import Child
from waypost.people.record.who import Name

COORDINATOR, VOLUNTEERS, PLACE = "Yusra Bell", ("Dennis Orchard", "Ruth Penhale"), "Canal Street library, upper room"
REPORT = b"""Report for the panel: how the contract is going.

Aisha came to every session but one. Her letter is written, and she asked that it be sent. The mornings at the food bank
have begun. She says what helps: to be told the day before, and not to be asked on a Friday.
"""


@transaction.atomic
def load_panels(*, at: datetime) -> None:
    told = Told(at)
    aisha, not_arranged = _named(told, "Aisha"), _named(told, "Abdulrahman")
    for child, ago in ((aisha, 50), (not_arranged, 20)):
        by = told.ask(MANAGES, told.ago(ago))
        need_to_know.involve(child, staff=told.staff[COORDINATOR], by=by, at=told.ago(ago))
    order = current(Outcome).filter(person=aisha.pk, type="referral_order").get()
    _held(told, aisha, order)
    _to_come(told, aisha, order)


def _named(told: Told, given: str) -> Child:
    told.ask("Imogen Fenwick", told.at)
    child: Child = current(Name).filter(given=given, kind="legal").select_related("person__child").get().person.child
    return child


def _planned(told: Told, starts: datetime) -> Planned:
    return Planned(starts, PLACE, told.staff["Priya Nandakumar"], [told.staff[name] for name in VOLUNTEERS])


def _arranged(told: Told, child: Child, order: Outcome, kind: str, starts: datetime, ago: int) -> PanelMeeting:
    by = told.ask(COORDINATOR, told.ago(ago))
    planned = _planned(told, starts)
    return actions.arrange(child, order, kind, planned, by=by, at=told.ago(ago), once=new_id())


def _held(told: Told, child: Child, order: Outcome) -> None:
    """The meeting at which the contract was signed."""
    meeting = _arranged(told, child, order, "first", told.when(38, 17), 48)
    at = told.when(38, 20)
    words = "She spoke for herself, and chose the food bank."
    kept = {"result": "contract_agreed", "words": words, "instead_of": ""}
    actions.say_result(meeting, **kept, by=told.ask(COORDINATOR, at), at=at, once=new_id())


def _to_come(told: Told, child: Child, order: Outcome) -> None:
    """Its report is Priya’s; which papers the panel reads is the coordinator’s choice."""
    meeting = _arranged(told, child, order, "progress", told.when(-6, 17), 9)
    by = told.ask("Priya Nandakumar", told.ago(5))
    said = {
        "kind": "panel_report",
        "title": "Report for the panel",
        "since": timezone.localdate(told.ago(5)),
        "until": None,
    }
    kept: dict[str, Any] = {"source": Source(by.agency, BASIS), "by": by, "at": told.ago(5), "once": new_id()}
    document_actions.keep_document(child.person, said, "report for the panel.txt", REPORT, **kept)
    by = told.ask(COORDINATOR, told.ago(4))
    report = current(Document).filter(person=child.pk, title="Report for the panel")
    actions.choose_papers(meeting, list(report), revision=meeting.revision, by=by, at=told.ago(4))
