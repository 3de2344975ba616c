"""What an agency keeps to itself, what is not for the police, and intelligence: put behind a wall, asked for, answered.

Each is one checked, logged, indivisible write. The inspection of 2015 found things kept for confidentiality that were
needed to keep children safe: so the specialist is shown what must be shared, says that this is none of it, and says so
again to whoever asks.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.asking import walls_open_to
from waypost.access.log import Verb
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.days import working_days_after
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.models import Ask, Wall
from waypost.people.need_to_know.reach import child_behind
from waypost.people.need_to_know.turn import in_turn
from waypost.people.record.actions import earlier
from waypost.people.record.models import Child, Statement


@transaction.atomic
def hold_back(
    statement: Statement,
    *,
    subject: str,
    must_share: Collection[str],
    bears_on_safety: bool | None,
    by: Staff,
    at: datetime,
) -> Wall:
    """Kept within the specialist's agency, with what stood there before it. `must_share`: what it says of that list."""
    require(by, Permission.HOLD_BACK)
    child = in_turn(child_behind(statement.person, by, at).pk, by=by, at=at)
    statement = type(statement).objects.select_for_update(of=("self",), no_key=True).get(pk=statement.pk)
    if not statement.is_current:
        raise Refused("This was corrected or removed meanwhile. Look at it again.")
    refuse_if(
        rules.why_not_hold_back(
            agency=by.agency,
            of_agency=statement.agency,
            section=statement.SECTION,
            is_walled=statement.wall_id is not None,
            must_share=_in_words(must_share),
            bears_on_safety=bears_on_safety,
        )
    )
    if subject not in load("held_back_subjects"):
        raise Refused("Choose what kind of thing it is.")
    wall = Wall(
        kind=Wall.Kind.HELD_BACK,
        person_id=statement.person_id,
        agency=by.agency,
        subject=subject,
        bears_on_safety=False,
        made_by=by,
        made_at=at,
    )
    wall.save(force_insert=True)
    chain = [statement.pk, *(one.pk for one in earlier(statement))]
    type(statement).objects.filter(pk__in=chain).update(wall=wall)
    log.record(by, Verb.CHANGED, "child.held_back", child, detail={"wall": wall.pk, "subject": subject})
    return wall


@transaction.atomic
def ask_held_back(wall: Wall, *, reason: str, by: Staff, at: datetime) -> Ask:
    """Asked with a reason; the agency has two working days."""
    require(by, Permission.ASK_HELD_BACK)
    child, wall = _of_open_child(wall, by, at)
    refuse_if(
        rules.why_not_ask(
            reason,
            is_held=wall.ended_at is None,
            reads_it=by.agency == wall.agency,
            asked_already=Ask.objects.waiting().filter(wall=wall, by=by).exists(),
        )
    )
    due = working_days_after(timezone.localdate(at), rules.WORKING_DAYS_TO_ANSWER)
    asked = Ask.objects.create(wall=wall, person=wall.person, by=by, at=at, due=due, reason=reason.strip())
    log.record(by, Verb.CHANGED, "child.held_back_asked", child, reason=reason.strip(), detail={"wall": wall.pk})
    return asked


@transaction.atomic
def answer_held_back(
    asked: Ask,
    *,
    share: bool,
    words: str = "",
    must_share: Collection[str] = (),
    bears_on_safety: bool | None = None,
    by: Staff,
    at: datetime,
) -> None:
    """Shared: the wall ends, for everybody. Kept: with a reason, and the question of safety answered again."""
    require(by, Permission.HOLD_BACK)
    child, wall = _of_open_child(asked.wall, by, at)
    asked = Ask.objects.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
    refuse_if(
        rules.why_not_answer_ask(
            words,
            share=share,
            of_the_agency=by.agency == wall.agency,
            answered=bool(asked.answer),
            must_share=_in_words(must_share),
            bears_on_safety=bears_on_safety,
        )
    )
    answers = Ask.objects.waiting().filter(wall=wall) if share else Ask.objects.filter(pk=asked.pk)
    said = Ask.Answer.SHARED if share else Ask.Answer.KEPT
    answers.update(answer=said, answered_by=by, answered_at=at, answer_words=words.strip())
    if share:
        _end(wall, by, at)
    log.record(by, Verb.CHANGED, f"child.held_back_{said}", child, reason=words.strip(), detail={"wall": wall.pk})


@transaction.atomic
def share(wall: Wall, *, by: Staff, at: datetime) -> None:
    """The agency thought again, without being asked."""
    require(by, Permission.HOLD_BACK)
    child, wall = _of_open_child(wall, by, at)
    if wall.ended_at is not None or wall.agency != by.agency:
        raise Refused("Only what your own agency keeps is yours to share.")
    Ask.objects.waiting().filter(wall=wall).update(answer=Ask.Answer.SHARED, answered_by=by, answered_at=at)
    _end(wall, by, at)
    log.record(by, Verb.CHANGED, "child.held_back_shared", child, detail={"wall": wall.pk})


@transaction.atomic
def wall_for(kind: str, child: Child, *, by: Staff, at: datetime) -> Wall:
    """Behind it goes the statement that is about to be said: not for the police, or police intelligence."""
    require(by, Permission.ENTER_CHILDREN)
    child = in_turn(child.pk, by=by, at=at)
    refuse_if(rules.why_not_wall(reads_it=kind in walls_open_to(by)))
    wall = Wall(kind=Wall.Kind(kind), person_id=child.pk, made_by=by, made_at=at)
    wall.save(force_insert=True)
    log.record(by, Verb.CHANGED, f"child.{kind}", child, detail={"wall": wall.pk})
    return wall


def not_to_police(child: Child, *, by: Staff, at: datetime) -> Wall:
    return wall_for(Wall.Kind.NOT_TO_POLICE, child, by=by, at=at)


def intelligence(child: Child, *, by: Staff, at: datetime) -> Wall:
    return wall_for(Wall.Kind.INTELLIGENCE, child, by=by, at=at)


def _of_open_child(wall: Wall, by: Staff, at: datetime) -> tuple[Child, Wall]:
    """The child and the wall once whoever came first has done."""
    child = in_turn(child_behind(wall.person, by, at).pk, by=by, at=at)
    found = Wall.objects.filter(pk=wall.pk, kind=Wall.Kind.HELD_BACK).select_related("person").first()
    if found is None:
        raise NotFound
    return child, found


def _end(wall: Wall, by: Staff, at: datetime) -> None:
    Wall.objects.filter(pk=wall.pk).update(ended_by=by, ended_at=at)


def _in_words(keys: Collection[str]) -> list[str]:
    must = load("must_share")
    return [code.words[:1].lower() + code.words[1:] for code in must if code.key in keys]
