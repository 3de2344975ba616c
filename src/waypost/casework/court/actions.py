"""A hearing put on the list, who attends it, and what the court did. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from waypost.access import log, opening
from waypost.access.models import Access, Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.casework.assessments.signing import review_because
from waypost.casework.court import rules
from waypost.casework.court.models import AtBench, Hearing, Remand
from waypost.casework.court.rules import Result
from waypost.casework.follows import put_tasks
from waypost.casework.offences.models import Offence
from waypost.casework.tasks import actions as tasks
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.kernel.words import day
from waypost.people.need_to_know import actions as need_to_know
from waypost.people.need_to_know.reach import require_writes
from waypost.people.need_to_know.turn import lock
from waypost.people.record import actions as record
from waypost.people.record.actions import Source
from waypost.people.record.beside import constraint_of, current
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, How, Person, on_day
from waypost.ui.words import coded

BASIS = "crime_and_disorder_39"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a court's list: `clock` is None where the court gave no time."""

    day: date
    court: str
    purpose: str
    clock: time | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """All that is said of a result: the part the rules look at, and what goes with it."""

    rule: Result
    outcome: Mapping[str, Any] = field(default_factory=dict)  # as the kind of statement asks, without its days
    offences: tuple[Offence, ...] = ()
    requirements: tuple[tuple[str, int | None], ...] = ()  # key and amount
    ends_remand: bool | None = None  # whether the bail or remand that runs ends with this; None: nobody has said
    next_clock: time | None = None
    next_purpose: str = ""
    words: str = ""
    own_words: str = ""


@transaction.atomic
def list_hearing(child: Child, listed: Listed, *, by: Staff, at: datetime, once: UUID) -> Hearing:
    """On a court's list. If that is today's, whoever is on duty or at court opens the record until midnight."""
    require(by, Permission.PUT_ON_TODAYS_LIST)
    said = _said_of(listed)
    hearing = record.say(child.person, KINDS["hearing"], said, source=_source(by), by=by, at=at, once=once)
    if listed.day == timezone.localdate(at):
        _open_today(child, by, at)
    return hearing  # type: ignore[return-value]


@transaction.atomic
def list_hearings(lines: Iterable[tuple[int, Child, Listed]], *, by: Staff, at: datetime, once: UUID) -> list[Hearing]:
    """Those a person confirmed of a register, all of them or none; each number is that of its line."""
    return [list_hearing(child, listed, by=by, at=at, once=uuid5(once, str(line))) for line, child, listed in lines]


def _said_of(listed: Listed) -> dict[str, Any]:
    return {
        "since": listed.day,
        "until": None,
        "clock": listed.clock,
        "court": listed.court.strip(),
        "purpose": listed.purpose,
        "result": "",
        "proposed": "",
        "words": listed.words.strip(),
    }


def _open_today(child: Child, by: Staff, at: datetime) -> None:
    there = Access.objects.at(at).filter(child=child.pk, basis=Access.Basis.DUTY).exists()
    if opening.on_duty(at) and not there:
        need_to_know.put_on_todays_list(child, by=by, at=at)


@transaction.atomic
def attends(
    hearing: Hearing,
    who: Mapping[str, str],
    *,
    by: Staff,
    at: datetime,
    once: UUID,
    words: Mapping[str, str] | None = None,
) -> Hearing:
    """Who is here, on the way or missing, with who they are: as it is now, what was said before stays behind it."""
    hearing = _as_it_stands(hearing)
    kept = {key: said for key, said in who.items() if said in rules.KNOTS}
    named = hearing.attends_words if words is None else {key: text.strip() for key, text in words.items()}
    named = {key: text for key, text in named.items() if text}
    if (kept, named) == (hearing.attends, hearing.attends_words):
        return hearing
    said = KINDS["hearing"].said_of(hearing) | {"attends": kept, "attends_words": named}
    return record.correct(hearing, said, source=_its_source(hearing), by=by, at=at, once=once)  # type: ignore[return-value]


@transaction.atomic
def call(hearing: Hearing, *, by: Staff, at: datetime) -> AtBench:
    """Before the bench now. A courtroom hears one case at a time: the one before it there is so no longer."""
    require_writes(hearing.person, "orders", by=by, at=at)
    hearing = _as_it_stands(hearing)
    on, heard = hearing.since or timezone.localdate(at), hearing.result not in rules.OPEN
    refuse_if(rules.why_not_call(on=on, today=timezone.localdate(at), heard=heard))
    court = " ".join(hearing.court.lower().split())
    there = AtBench.objects.select_for_update(no_key=True, of=("self",)).filter(court=court, ended_at=None).first()
    if there is not None and there.hearing_id == hearing.pk:
        return there
    if there is not None:
        there.ended_by, there.ended_at = by, at
        there.save(update_fields=["ended_by", "ended_at"])
    try:
        with transaction.atomic():
            made = AtBench.objects.create(person=hearing.person, hearing=hearing, court=court, by=by, at=at)
    except IntegrityError as error:
        if constraint_of(error) == "one_case_before_a_bench":
            raise Refused(
                "Another case was marked there at this moment. Look at the list, then mark this one."
            ) from error
        raise
    log.record(by, log.Verb.CHANGED, "court.before_the_bench", hearing.person)
    return made


@transaction.atomic
def stand_down(hearing: Hearing, *, by: Staff, at: datetime) -> None:
    """No longer before the bench; whether it was heard, its result says."""
    require_writes(hearing.person, "orders", by=by, at=at)
    hearing = _as_it_stands(hearing)
    if AtBench.objects.filter(hearing=hearing, ended_at=None).update(ended_by=by, ended_at=at):
        log.record(by, log.Verb.CHANGED, "court.stood_down", hearing.person)


@transaction.atomic
def result(
    hearing: Hearing,
    decided: Decided,
    *,
    by: Staff,
    at: datetime,
    once: UUID,
    draft: Callable[..., object] | None = None,
) -> Hearing:
    """What the court did, with all that follows from it: kept together or not at all. Posted twice it is one."""
    person = hearing.person
    for section in ("orders", "entries"):
        require_writes(person, section, by=by, at=at)
    hearing = _as_it_stands(hearing)
    if (there := Hearing.objects.filter(once=once, by=by).first()) is not None:
        return there
    heard, said = hearing.since or timezone.localdate(at), decided.rule
    refuse_if(rules.why_not_result(said, heard=heard, today=timezone.localdate(at), before=hearing.result))
    running = runs(_people(person), heard) is not None
    refuse_if(rules.why_not_end_remand(said, runs=running, ends=decided.ends_remand))
    told = _corrected(hearing, decided, by=by, at=at, once=once)
    _remand(person, decided, heard, by=by, at=at, once=once)
    _outcome(person, decided, told, by=by, at=at, once=once)
    _next(person, decided, told, by=by, at=at, once=once)
    _own_words(person, decided, told, by=by, at=at, once=once)
    _tasks(told, decided, by=by, at=at)
    AtBench.objects.filter(hearing=told, ended_at=None).update(ended_by=by, ended_at=at)
    if draft is not None:
        draft(by=by, at=at)
    log.record(by, log.Verb.CHANGED, "court.result", person)
    return told


def _as_it_stands(hearing: Hearing) -> Hearing:
    """Those who write about one hearing take turns, and each starts from what the last one left."""
    lock(hearing.person_id)
    newest: Any = record.newest(hearing)
    if newest.removed_on:
        raise NotFound
    return newest


def _source(by: Staff, **more: str) -> Source:
    return Source(agency=by.agency, basis=BASIS, how=How.OBSERVED, **more)


def _its_source(hearing: Hearing) -> Source:
    names = ("agency", "basis", "said_by", "speaker", "disclosure")
    return Source(how=How(hearing.how), **{name: getattr(hearing, name) for name in names})


def _corrected(hearing: Hearing, decided: Decided, *, by: Staff, at: datetime, once: UUID) -> Hearing:
    kind = KINDS["hearing"]
    said = kind.said_of(hearing)
    said |= {"result": decided.rule.result, "proposed": decided.rule.proposed}
    said["words"] = "\n\n".join(part for part in (hearing.words.strip(), decided.words.strip()) if part)
    return record.correct(hearing, said, source=_source(by), by=by, at=at, once=once)  # type: ignore[return-value]


def _remand(person: Person, decided: Decided, heard: date, *, by: Staff, at: datetime, once: UUID) -> None:
    """What ran ends on the day of the hearing, and what the court said begins on it."""
    said = decided.rule
    if said.remand or (decided.ends_remand and said.result in rules.ENDS_REMAND):
        running = runs(_people(person), heard)
        if running is not None:
            record.end(running, until=heard, by=by, at=at, once=uuid5(once, "ended"))
    if said.remand:
        kept = {"kind": said.remand, "conditions": said.conditions.strip(), "since": heard, "until": None}
        record.say(person, KINDS["remand"], kept, source=_source(by), by=by, at=at, once=uuid5(once, "remand"))


def runs(people: Sequence[UUID], on: date) -> Remand | None:
    """The bail or remand that has no end yet."""
    return current(Remand).filter(on_day(on), person__in=people, until=None).first()


def _people(person: Person) -> list[UUID]:
    """The record and those combined with it."""
    child = Child.objects.select_related("combined_into").get(pk=person.pk)
    return (child.combined_into or child).person_ids()


def _outcome(person: Person, decided: Decided, told: Hearing, *, by: Staff, at: datetime, once: UUID) -> None:
    if not decided.rule.has_outcome:
        return
    said = NO_OUTCOME | {**decided.outcome} | {"given_by": told.court, "offences": [*decided.offences]}
    said |= {"since": told.since, "until": None}
    keep: dict[str, Any] = {"source": _source(by), "by": by, "at": at}
    made = record.say(person, KINDS["outcome"], said, once=uuid5(once, "outcome"), **keep)
    for number, (key, amount) in enumerate(decided.requirements, start=1):
        asked = {"outcome": made, "type": key, "amount": amount, "words": "", "since": told.since, "until": None}
        record.say(person, KINDS["requirement"], asked, once=uuid5(once, f"requirement-{number}"), **keep)


NO_OUTCOME: dict[str, Any] = {
    "length": None,
    "local": "",
    "convicted": None,
    "persistent": False,
    "extended_months": 0,
    "released": None,
    "ended_because": "",
    "words": "",
}


def _next(person: Person, decided: Decided, told: Hearing, *, by: Staff, at: datetime, once: UUID) -> None:
    """The next hearing, unless somebody has put one down for that day."""
    to = decided.rule.next_day
    if to is None or current(Hearing).filter(person=person, since=to).exists():
        return
    listed = Listed(to, told.court, decided.next_purpose or told.purpose, decided.next_clock)
    said = _said_of(listed)
    record.say(person, KINDS["hearing"], said, source=_source(by), by=by, at=at, once=uuid5(once, "next"))


def _own_words(person: Person, decided: Decided, told: Hearing, *, by: Staff, at: datetime, once: UUID) -> None:
    if not decided.own_words.strip():
        return
    said = {
        "kind": "event",
        "since": told.since,
        "until": None,
        "clock": told.clock,
        "title": f"At court: {coded('hearing_results', told.result).lower()}",
        "words": "",
        "own_words": decided.own_words.strip(),
        "demeanour": "",
        "what_changed": "",
    }
    source = _source(by, said_by="child")
    record.say(person, KINDS["entry"], said, source=source, by=by, at=at, once=uuid5(once, "words"))


def _tasks(told: Hearing, decided: Decided, *, by: Staff, at: datetime) -> None:
    heard = told.since or timezone.localdate(at)
    put_tasks(told, rules.result_tasks(decided.rule, heard), by, at, kind="hearing")
    source = ("hearing", tasks.first_of(told))
    after = f"court on {day(heard)}"
    if tasks.tell_a_manager(told.person, decided.rule.less_safe, after=after, source=source, by=by, at=at):
        what = "Somebody is less safe than was thought"
        review_because(told.person, "learned", what, since=None, source=source, by=by, at=at)
