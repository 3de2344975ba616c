"""One child's facts become part of the record: only what is new or changed, and never over what was written by hand.

Everything goes through the record's own actions, in the name of whoever reads, inside one transaction of the caller's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.casework.alongside import becoming
from waypost.casework.alongside.judged import GONE_BY, has_gone_by
from waypost.casework.alongside.meetings import Met, take_contact
from waypost.casework.alongside.models import CaseloadRead, Origin, System
from waypost.casework.alongside.told import NOBODY, Fact, Place, Problem, Told
from waypost.casework.alongside.who import MAY_BE_HERE, RESTRICTED, Who, who_is
from waypost.casework.offences.models import Offence
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.refusal import NotFound, Refused
from waypost.people.matching import entering
from waypost.people.matching.entering import MayBeThere, Restricted
from waypost.people.need_to_know import actions as need_to_know
from waypost.people.need_to_know.models import Allocation
from waypost.people.record import actions as record
from waypost.people.record.models import Child

ADDED, CHANGED, SAME, DIFFERS, LEFT_OUT, ASKED = "added", "changed", "same", "differs", "left_out", "asked"
MISSING = "missing"
NOT_TAKEN = (
    "The record did not take this as it is. Enter it by hand on the child’s page, which says why not, or mend it there."
)
NO_ACCOUNT = "Nobody with that e-mail has an account here that is open. Open one, or mend the table of workers."
HOLDS_NOBODY = "Whoever stands here has an account whose role holds no children. Give the role, or mend the table."
ANOTHERS_NUMBER = "This number was read of another child before, so it was left out. Look whose it is there."


@dataclass(slots=True)
class Result:
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Taking:
    """One child being read: what is known of them from before, and what comes of it."""

    system: System
    read: CaseloadRead
    by: Staff
    at: datetime
    told: Told
    origins: dict[str, Origin]  # by the digest of their number
    result: Result = field(default_factory=Result)
    staff: dict[str, Staff | None] = field(default_factory=dict)
    child: Child | None = None

    def origin_of(self, kind: str, key: str) -> Origin | None:
        return self.origins.get(self.system.digest_of(kind, key))

    def problem(self, place: Place, sentence: str, *, asks: bool = False) -> None:
        self.result.problems.append(Problem(place, "", sentence, asks))

    def count(self, what: str, kind: str) -> None:
        self.result.counts[f"{kind} {what}"] += 1


def origins_of(system: System, seen: Iterable[tuple[str, str]]) -> dict[str, Origin]:
    """One query, however much the export says of a child."""
    digests = [system.digest_of(kind, key) for kind, key in seen]
    return {one.key_digest: one for one in Origin.objects.filter(system=system, key_digest__in=digests)}


def is_unchanged(taking: Taking) -> bool:
    """Nothing of it is new or says anything else than the last time."""
    child = taking.origin_of("child", taking.told.number)
    if child is None or child.person_id is None:
        return False
    found = [(fact, taking.origin_of(fact.kind, fact.key)) for fact in taking.told.facts]
    return all(origin is not None and origin.digest == fact.digest for fact, origin in found)


def take(taking: Taking) -> None:
    """Everything of one child. Refused by the record in one thing, that thing is left out and said."""
    told = taking.told
    origin = taking.origin_of("child", told.number)
    who = who_is(told, origin, by=taking.by, at=taking.at)
    taking.child = who.child or _entered(taking, who, origin)
    if taking.child is None:
        return
    for fact in sorted(told.facts, key=lambda fact: becoming.IN_ORDER.index(fact.kind)):
        known = taking.origin_of(fact.kind, fact.key)
        if known is not None and known.digest == fact.digest:
            taking.count(SAME, fact.kind)
            continue
        try:
            with transaction.atomic():
                _take_fact(taking, fact, known)
        except (Refused, NotFound) as refusal:
            taking.problem(fact.place, _sentence(refusal))
            taking.count(LEFT_OUT, fact.kind)


class LeftOut(Refused):
    """Its reason names nothing of the child and may stand in a list of rows."""


def _sentence(refusal: Refused | NotFound) -> str:
    return refusal.reason if isinstance(refusal, LeftOut) else NOT_TAKEN


# The child ------------------------------------------------------------------------------------------------------------


def _entered(taking: Taking, who: Who, origin: Origin | None) -> Child | None:
    """A child who is new here; or None, with what somebody must do first."""
    try:
        with transaction.atomic():
            origin = origin or new_origin(taking, "child", taking.told.number)
            if who.typed is None:
                _not_entered(taking, who, origin)
                return None
            child = entering.enter(
                who.typed,
                source=becoming.READ,
                told=who.another,
                another=who.another,
                by=taking.by,
                at=taking.at,
                once=origin.pk,
            )
    except Refused as refusal:  # somebody may have entered them at this moment
        taking.problem(taking.told.place, _why_not_entered(refusal))
        taking.count(LEFT_OUT, "child")
        return None
    origin.person, origin.became, origin.written_at, origin.digest = child.person, child.pk, taking.at, "entered"
    origin.maybe = []
    origin.save()
    taking.count(ADDED, "child")
    return child


def _why_not_entered(refusal: Refused) -> str:
    if isinstance(refusal, Restricted | LeftOut):
        return RESTRICTED
    return MAY_BE_HERE if isinstance(refusal, MayBeThere) else NOT_TAKEN


def _not_entered(taking: Taking, who: Who, origin: Origin) -> None:
    asks = bool(who.maybe)
    if asks and set(who.maybe) != set(origin.maybe):
        origin.maybe, origin.answer, origin.answered_by, origin.answered_at = list(who.maybe), "", None, None
        origin.save()
    taking.problem(taking.told.place, who.why_not, asks=asks)
    taking.count(ASKED if asks else LEFT_OUT, "child")


def new_origin(taking: Taking, kind: str, key: str) -> Origin:
    """Before what it is the origin of, which is said `once` under its id."""
    origin = Origin(
        system=taking.system,
        kind=kind,
        key=key,
        key_digest=taking.system.digest_of(kind, key),
        child_key=taking.told.number,
        person=taking.child.person if taking.child else None,
        read=taking.read,
        at=taking.at,
    )
    try:
        with transaction.atomic():
            origin.save(force_insert=True)
    except IntegrityError:  # of a record that is closed to whoever reads
        raise LeftOut(RESTRICTED) from None
    taking.origins[origin.key_digest] = origin
    return origin


# A fact ---------------------------------------------------------------------------------------------------------------


def _take_fact(taking: Taking, fact: Fact, known: Origin | None) -> None:
    if known is not None and known.person_id not in (None, *_people(taking)):
        raise LeftOut(ANOTHERS_NUMBER)
    origin = known or new_origin(taking, fact.kind, fact.key)
    if fact.kind == "worker":
        what = _take_worker(taking, fact, origin)
    elif fact.kind == "contact":
        what = _take_meeting(taking, fact, origin)
    else:
        what = _take_statement(taking, fact, origin)
    origin.digest, origin.read, origin.missing_since = fact.digest, taking.read, None
    if what in (ADDED, CHANGED):
        origin.written_at = taking.at
    origin.differs = what == DIFFERS
    origin.save()
    taking.count(what, fact.kind)


def _take_meeting(taking: Taking, fact: Fact, origin: Origin) -> str:
    if origin.became is None and has_gone_by(fact, now=taking.at):
        raise LeftOut(GONE_BY)
    order, worker = _order(taking, fact.said.get("order")), _worker(taking, fact.said.get("worker"), working=False)
    met = Met(_child(taking).person, fact, taking.system.name, order, worker)
    return take_contact(met, origin, by=taking.by, at=taking.at)


def _child(taking: Taking) -> Child:
    if taking.child is None:
        raise ValueError("no child to write about")
    return taking.child


def _people(taking: Taking) -> list[UUID]:
    return _child(taking).person_ids()


def _take_statement(taking: Taking, fact: Fact, origin: Origin) -> str:
    order = _order(taking, fact.key) if fact.kind == "contract" else None
    if fact.kind == "contract" and order is None:
        raise LeftOut("The order of this contract was left out, and so was the contract.")
    said = becoming.said_of(fact, taking.system.name, order=order, offences=_offences(taking, fact))
    kind = becoming.kind_of(fact)
    if origin.became is None:
        tied = set(
            Origin.objects.filter(system=taking.system, person__in=_people(taking))
            .exclude(became=None)
            .values_list("became", flat=True)
        )
        if there := becoming.there_already(fact, _people(taking), kind.tidied(said), tied=tied):
            origin.became = there.pk
            if becoming.says_the_same(there, kind.tidied(said), fact):
                return SAME if there.at < taking.at else ADDED
            return DIFFERS
        person = _child(taking).person
        made = record.say(person, kind, said, source=becoming.READ, by=taking.by, at=taking.at, once=origin.pk)
        origin.became = made.pk
        return ADDED
    stands = becoming.MODELS[fact.kind].objects.filter(pk=origin.became).first()
    if stands is None:
        raise LeftOut(NOT_TAKEN)
    if not _is_as_read(stands, origin):
        newest = record.newest(stands)
        return SAME if newest.is_current and becoming.says_the_same(newest, kind.tidied(said), fact) else DIFFERS
    corrected = record.correct(stands, said, source=becoming.READ, by=taking.by, at=taking.at)
    origin.became = corrected.pk
    return CHANGED


def _is_as_read(stands: Any, origin: Origin) -> bool:
    """Nobody has corrected, ended or removed it since, and it was not written by hand in the first place."""
    return (
        stands.is_current
        and stands.how == becoming.READ.how
        and origin.written_at is not None
        and stands.at <= origin.written_at
    )


def _order(taking: Taking, key: str | None) -> Outcome | None:
    origin = taking.origin_of("order", key) if key else None
    if origin is None or origin.became is None:
        return None
    found = Outcome.objects.filter(pk=origin.became, person__in=_people(taking)).first()
    newest = record.newest(found) if found else None
    return newest if isinstance(newest, Outcome) and newest.is_current else None


def _offences(taking: Taking, fact: Fact) -> list[Offence]:
    if fact.kind != "order":
        return []
    keys = fact.said.get("offences", ())
    origins = [origin for key in keys if (origin := taking.origin_of("offence", key)) and origin.became]
    found = [record.newest(one) for one in Offence.objects.filter(pk__in=[origin.became for origin in origins])]
    return [one for one in found if isinstance(one, Offence) and one.is_current]


# Who holds the child --------------------------------------------------------------------------------------------------


def _worker(taking: Taking, email: str | None, *, working: bool = True) -> Staff | None:
    """None: the export names nobody, or somebody of whom the mapping says that they have no account here."""
    if not email or email == NOBODY:
        return None
    if email not in taking.staff:
        taking.staff[email] = Staff.objects.filter(email=email).first()
    found = taking.staff[email]
    if found is None or (working and not found.is_active):
        raise LeftOut(NO_ACCOUNT)
    return found


def _take_worker(taking: Taking, fact: Fact, origin: Origin) -> str:
    """Moved there, moved here; unless somebody here has given the child to another since."""
    to, child = _worker(taking, fact.said["who"]), _child(taking)
    if to is None:
        raise LeftOut(NO_ACCOUNT)
    holds = need_to_know.holder(child, taking.at)
    if holds == to:
        return SAME
    if holds is not None and (origin.became is None or origin.became != _allocation(child, holds)):
        return DIFFERS
    try:
        given = need_to_know.allocate(child, to=to, by=taking.by, at=taking.at)
    except Refused as refusal:
        raise LeftOut(HOLDS_NOBODY) from refusal
    was, origin.became = origin.became, given.pk
    return CHANGED if was else ADDED


def _allocation(child: Child, staff: Staff) -> UUID | None:
    return (
        Allocation.objects.filter(person=child.pk, staff=staff, until__isnull=True).values_list("pk", flat=True).first()
    )


def why_not_weighed(taking: Taking, fact: Fact, known: Origin | None) -> str | None:
    """What a dry run can say of a fact beforehand."""
    if known is not None and known.digest == fact.digest:
        return None
    if known is None and has_gone_by(fact, now=taking.at):
        return GONE_BY
    try:
        to = _worker(taking, fact.said.get("who" if fact.kind == "worker" else "worker"), working=fact.kind == "worker")
    except LeftOut as refusal:
        return refusal.reason
    if fact.kind == "worker" and not (to and to.may(Permission.HOLD_CHILDREN)):
        return HOLDS_NOBODY
    return None
