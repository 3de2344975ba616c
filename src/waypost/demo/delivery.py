"""Work with some of Alder Vale's children: what was planned, and which contacts are its sessions. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from waypost.casework.catalogue import definitions as catalogue
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions import actions, panels
from waypost.casework.interventions.actions import Planned, Series
from waypost.casework.interventions.models import Intervention
from waypost.casework.interventions.ties import tie
from waypost.demo.casework import Told, child_called
from waypost.demo.children import HAZEL, MARGED
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child

AHEAD = timedelta(days=15)  # the next series begins after what the written cases have in the diary
NO_PLAN_YET = "Agreed with the child before the plan was written; its objective is still to be put."


@dataclass(frozen=True, slots=True)
class Piece:
    """`of`: how the purpose of its sessions begins. `run_by`: '' for whoever holds the child."""

    given: str
    programme: str
    of: str
    days_ago: int
    days_on: int
    sessions: int
    name: str = ""
    run_by: str = ""
    agency: str = "youth_justice"
    format: str = "one_to_one"
    fitted: str = ""
    in_diary: int = 0
    towards: str = ""  # words of the objective, where no programme says which


BY_HIM = "One thing at a time, with the cards; said back by him."
PIECES = (
    Piece("Ellis", "words_that_work", "Communication session", 40, 8, 6, run_by=MARGED, agency="health"),
    Piece("Ellis", "substances_talk", "Substance use", 24, 50, 6, run_by=HAZEL, agency="substance_use",
          fitted=BY_HIM, in_diary=3),
    Piece("Ellis", "", "Workshop", 10, 60, 8, name="Workshop mornings: bikes", format="outdoors",
          towards="workshop"),
    Piece("Aisha", "making_good", "Food bank", 20, 30, 4, format="outdoors"),
    Piece("Kayleigh", "anger_at_work", "Handling anger", 20, 60, 6, in_diary=4),
    Piece("Luca", "making_music", "Street art", 20, 50, 8, in_diary=2),
)  # fmt: skip


@transaction.atomic
def load_delivery(*, at: datetime) -> None:
    told = Told(at)
    for piece in PIECES:
        _tell(told, child_called(told, piece.given), piece)


def _tell(told: Told, child: Child, piece: Piece) -> None:
    planned_at = told.known(child, told.ago(piece.days_ago))
    by = told.ask(told.holder(child), planned_at)
    made = actions.plan(child, _planned(told, child, piece), by=by, at=planned_at, once=new_id())
    sessions = Contact.objects.filter(person=child.pk, purpose__startswith=piece.of, starts__gte=planned_at)
    for contact in sessions.order_by("starts"):
        tie(contact, made, by=by, at=max(planned_at, contact.at))
    if piece.in_diary:
        _series(told, made, piece)


def _planned(told: Told, child: Child, piece: Piece) -> Planned:
    objective = _objective(child, piece)
    return Planned(
        sessions=piece.sessions,
        minutes=catalogue.load()[piece.programme].minutes if piece.programme else 90,
        starts=told.day(piece.days_ago),
        ends=told.day(-piece.days_on),
        agency=piece.agency,
        format=piece.format,
        programme=piece.programme,
        name=piece.name,
        objective=objective,
        why_no_objective="" if objective else NO_PLAN_YET,
        staff=told.staff[piece.run_by or told.holder(child)],
        fitted=piece.fitted,
    )


def _objective(child: Child, piece: Piece) -> UUID | None:
    """The first of the plan that answers a factor the programme addresses, or that is named."""
    people = child.person_ids()
    if piece.towards:
        return next((one.root for one in panels.objectives(people) if piece.towards in one.words), None)
    behind = panels.factors_behind(people)
    programme = catalogue.load().get(piece.programme)
    roots = [one.root for one in panels.objectives(people)]
    return next((root for root in roots if programme and programme.answers(behind.get(root, ()))), None)


def _series(told: Told, made: Intervention, piece: Piece) -> None:
    by = told.ask(told.holder(made.person.child), told.at)
    series = Series(told.day(0) + AHEAD, time(15, 30), piece.in_diary, place="Riverside office")
    actions.plan_sessions(made, series, by=by, at=told.at, once=new_id())
