"""Words taken out of the record, records held against that, and what stood on the wrong child moved."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from waypost.access import log, opening
from waypost.access.models import Access, Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.refusal import NotAllowed, NotFound, Refused, refuse_if
from waypost.people.matching import keys
from waypost.people.matching.models import NameKey
from waypost.people.need_to_know.models import Allocation, Wall, WallKey
from waypost.people.need_to_know.reach import child_behind, require_writes
from waypost.people.record.kinds import kind_of
from waypost.people.record.models import Child, Person, Statement
from waypost.people.record.who import Name
from waypost.people.removal import emptying, rules
from waypost.people.removal.models import Hold, Moved, Removal
from waypost.people.removal.walls import every_wall_open, part_sealed


@transaction.atomic
def remove(statement: Statement, *, rule: str, reason: str, by: Staff, at: datetime) -> Removal:
    """Empty one statement, every version of it; that it was there, and under which rule it went, stays."""
    require(by, Permission.REMOVE_WORDS)
    kind, on = kind_of(statement), timezone.localdate(at)
    people = _turn(statement.person, by=by, at=at)
    statement = _again(statement)
    if statement.removed_on and (there := Removal.objects.filter(_of_statement(statement)).first()):
        return there
    _refuse(people, rule=rule, reason=reason, on=on)
    with every_wall_open():
        versions = emptying.versions_of(statement)
        emptying.empty_statements(kind, versions, rule=rule, by=by, at=at, on=on)
    done = Removal(
        person_id=statement.person_id,
        statement=versions[-1].pk,
        kind=kind.key,
        day=day_of(statement),
        wall=statement.wall,
        rule=rule,
        reason=reason,
        by=by,
        at=at,
        versions=len(versions),
    )
    done.save(force_insert=True)
    emptied = [one.pk for one in versions]
    log.record(by, log.Verb.ERASED, f"child.{kind.key}_removed", statement.person, listed=emptied, reason=reason)
    return done


@transaction.atomic
def erase(
    person: Person, *, rule: str, reason: str, by: Staff, at: datetime, with_those_known_only_here: bool = False
) -> Removal:
    """Empty everything about a person, in every record that was combined with theirs; nobody is led to it by name.

    What was said about others and names them is listed, not touched: somebody decides about each.
    """
    require(by, Permission.REMOVE_WORDS)
    on, people = timezone.localdate(at), _turn(person, by=by, at=at)
    if not Person.objects.filter(pk__in=people, removed_on__isnull=True).exists():
        return Removal.objects.filter(person__in=people, statement__isnull=True).latest("at")
    _refuse(people, rule=rule, reason=reason, on=on)
    with every_wall_open():
        people += emptying.known_only_through(people) if with_those_known_only_here else []
        elsewhere = [one.pk for one in emptying.naming(people)]
        emptied = emptying.empty_everything(people, rule=rule, by=by, at=at, on=on)
    for one in people:
        opening.end(one, at=at, bases=list(Access.Basis))
    Allocation.objects.filter(person__in=people, until__isnull=True).update(until=at)
    Person.objects.filter(pk__in=people, removed_on__isnull=True).update(removed_on=on, removed_rule=rule)
    done = Removal(person_id=people[0], rule=rule, reason=reason, by=by, at=at, versions=emptied, elsewhere=elsewhere)
    done.save(force_insert=True)
    log.record(by, log.Verb.ERASED, "child.erased", person, listed=[*people, *elsewhere], reason=reason)
    return done


@transaction.atomic
def hold(person: Person, *, reason: str, by: Staff, at: datetime) -> Hold:
    """Nothing about them is removed until somebody ends it."""
    require(by, Permission.REMOVE_WORDS)
    people = _turn(person, by=by, at=at)
    removed = Person.objects.filter(pk__in=people, removed_on__isnull=False).exists()
    refuse_if(rules.why_not_hold(reason, held=held(people), removed=removed))
    done = Hold(person_id=people[0], reason=reason, by=by, at=at)
    done.save(force_insert=True)
    log.record(by, log.Verb.CHANGED, "child.held", person, reason=reason)
    return done


@transaction.atomic
def end_hold(running: Hold, *, by: Staff, at: datetime) -> Hold:
    require(by, Permission.REMOVE_WORDS)
    _turn(running.person, by=by, at=at)
    running = Hold.objects.select_for_update(of=("self",)).get(pk=running.pk)
    if running.ended_at is None:
        running.ended_by, running.ended_at = by, at
        running.save(update_fields=["ended_by", "ended_at"])
        log.record(by, log.Verb.CHANGED, "child.hold_ended", running.person)
    return running


@transaction.atomic
def move(statement: Statement, to: Person, *, reason: str, by: Staff, at: datetime) -> Moved:
    """What was entered on the wrong person, with all that stood in its place; where it was, a trace without words."""
    kind, left = kind_of(statement), statement.person
    _turn(left, to, by=by, at=at)
    for person in (left, to):
        require_writes(person, kind.section, by=by, at=at)
    statement, to = _again(statement), Person.objects.get(pk=to.pk)
    if statement.person_id == to.pk and (there := Moved.objects.filter(statement=statement.pk, to=to).last()):
        return there  # the same form posted twice
    wall = statement.wall
    refuse_if(
        rules.why_not_move(
            same_child=to.pk in together(statement.person),
            is_current=statement.replaced_at is None,
            removed=statement.removed_on is not None,
            to_removed=to.removed_on is not None,
            reason=reason,
        )
    )
    with every_wall_open():
        refuse_if(kind.why_not_move(statement) if kind.why_not_move else None)
        versions = emptying.versions_of(statement)
        _put(versions, to, by=by, at=at)
        if kind.moved:
            kind.moved(versions[-1], to)
    trace = Moved(
        statement=statement.pk,
        kind=kind.key,
        day=day_of(statement),
        wall=wall,
        left=left,
        to=to,
        by=by,
        at=at,
        reason=reason,
    )
    trace.save(force_insert=True)
    both = [left.pk, to.pk, *(one.pk for one in versions)]
    for person in (left, to):
        log.record(by, log.Verb.CHANGED, f"child.{kind.key}_moved", person, listed=both, reason=reason)
    return trace


def _put(versions: list[Statement], to: Person, *, by: Staff, at: datetime) -> None:
    """On the other person, behind walls of their own: a wall is one person's, and stays to guard the trace."""
    walls: dict[UUID, Wall] = {}
    for one in versions:
        if one.wall is not None and one.wall.pk not in walls:
            walls[one.wall.pk] = _same_wall(one.wall, to, by=by, at=at)
    try:
        with transaction.atomic():
            for one in versions:
                one.person, one.wall = to, walls[one.wall.pk] if one.wall else None
                type(one).objects.filter(pk=one.pk).update(person=to, wall=one.wall)
    except IntegrityError:
        raise Refused(
            "The other record already says something that this cannot stand beside. "
            "Correct what is there first, or remove this one."
        ) from None
    if isinstance(name := versions[-1], Name) and NameKey.objects.filter(name=name).exists():
        keys.forget(name)
        keys.keep(name)


def _same_wall(wall: Wall, to: Person, *, by: Staff, at: datetime) -> Wall:
    """Of the same kind and open to the same people; made by whoever moved what stands behind it."""
    kept = ("kind", "agency", "subject", "bears_on_safety", "reason")
    made = Wall(**{name: getattr(wall, name) for name in kept}, person=to, made_by=by, made_at=at)
    if wall.ended_at is not None:
        made.ended_by, made.ended_at = by, at
    made.save(force_insert=True)
    open_now = wall.keys.filter(Q(until__isnull=True) | Q(until__gt=at))
    for key in open_now:
        WallKey(wall=made, staff=key.staff, since=at, until=key.until, given_by=by).save(force_insert=True)
    return made


def together(person: Person) -> list[UUID]:
    """The record under which a child is open, then those that were combined into it."""
    child = Child.objects.select_related("combined_into").filter(pk=person.pk).first()
    return (child.combined_into or child).person_ids() if child else [person.pk]


def held(people: list[UUID]) -> rules.Held | None:
    running = Hold.objects.filter(person__in=people, ended_at__isnull=True).select_related("by").first()
    return rules.Held(running.by.name, timezone.localdate(running.at)) if running else None


def day_of(statement: Statement) -> date:
    """The day it speaks of; else the one on which it was written down."""
    return statement.since or timezone.localdate(statement.at)


def _refuse(people: list[UUID], *, rule: str, reason: str, on: date) -> None:
    sealed = part_sealed(people[0])
    refuse_if(rules.why_not_remove(rule=rule, reason=reason, held=held(people), part_sealed=sealed, on=on))


def _turn(*about: Person, by: Staff, at: datetime) -> list[UUID]:
    """Those who write about one person take turns. The people a record is of, once they are open to whoever asks."""
    try:
        for person in about:
            child_behind(person, by, at)
    except NotFound:
        raise NotAllowed("This record is not open to you. Open it with a reason, or ask its case manager.") from None
    people = [pk for person in about for pk in together(person)]
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
    return people


def _again(statement: Statement) -> Statement:
    """As it stands now that it is our turn."""
    found = type(statement).objects.select_related("person", "wall").filter(pk=statement.pk).first()
    if found is None:
        raise NotFound
    return found


def _of_statement(statement: Statement) -> Q:
    return Q(statement__in=[one.pk for one in emptying.versions_of(statement)])
