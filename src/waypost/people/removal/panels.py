"""What pages show of what was moved, removed and held: never what it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from waypost.access.models import Access, Staff, access_of
from waypost.kernel.field_classes import load
from waypost.kernel.lists import load as load_list
from waypost.kernel.refusal import NotFound
from waypost.people.need_to_know.reach import child_behind
from waypost.people.record.fields import asked_of
from waypost.people.record.home import Harmed, Relation
from waypost.people.record.kinds import KINDS, OF_MODEL, Kind
from waypost.people.record.models import Child, Statement
from waypost.people.record.naming import names_of
from waypost.people.removal import emptying
from waypost.people.removal.models import Hold, Moved, Removal
from waypost.people.removal.walls import every_wall_open


@dataclass(frozen=True, slots=True)
class Trace:
    """‘An entry of 3 May was moved to another record on 4 June by Nia Voss.’"""

    words: str  # An entry
    day: date | None
    at: datetime
    by: str
    rule: str = ""  # of what was removed: in words
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ToEmpty:
    """What a removal of one statement takes."""

    words: str
    columns: list[str]
    versions: int
    drafts: int
    files: int


def traces(child: Child) -> list[Trace]:
    """What stood on this record and was moved to another: newest first, without what it said or whose it is."""
    rows = Moved.objects.filter(left__in=child.person_ids()).exclude(to__in=child.person_ids()).select_related("by")
    return [Trace(_an(row.kind), row.day, row.at, row.by.name) for row in rows.order_by("-at")]


def removals(child: Child) -> list[Trace]:
    """What was taken out, under which rule, newest first."""
    rows = Removal.objects.filter(person__in=child.person_ids()).select_related("by").order_by("-at")
    rules = load_list("removal_rules")
    return [
        Trace(
            _an(row.kind) if row.kind else "Everything",
            row.day,
            row.at,
            row.by.name,
            rules.words(row.rule),
            everything=row.statement is None,
        )
        for row in rows
    ]


def holds(child: Child) -> list[Hold]:
    """The running one first."""
    rows = Hold.objects.filter(person__in=child.person_ids()).select_related("by", "ended_by")
    return sorted(rows, key=lambda one: (one.ended_at is not None, -one.at.timestamp()))


def to_empty(kind: Kind, statement: Statement) -> ToEmpty:
    versions = emptying.versions_of(statement)
    labels = {name: str(field.label) for name, field in asked_of(statement).asks.items()}
    columns = load()[kind.model._meta.label_lower].that("empty")
    held = [name for name in columns if any(getattr(one, name) not in (None, "", False) for one in versions)]
    return ToEmpty(
        _an(kind.key),
        [labels.get(name, LABELS.get(name, name.replace("_", " ").capitalize())) for name in held],
        len(versions),
        len(emptying.drafts_on(kind, versions)),
        len({one.file_id for one in versions}) if kind.key == "document" else 0,  # type: ignore[attr-defined]
    )


LABELS = {"speaker": "The name of whoever said it", "file": "The file and its name", "title": "Its title"}


def _an(kind: str) -> str:
    """‘An entry’; an old kind keeps its key."""
    found = KINDS.get(kind)
    words = load()[found.model._meta.label_lower].words if found else kind.replace("_", " ")
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something on another person’s record that names this one: a person decides about it."""

    words: str
    child: Child  # by whose record it is reached
    kind: str
    statement: UUID


def elsewhere(child: Child, staff: Staff, at: datetime) -> list[Elsewhere]:
    """What names them on other records, so far as those are open to whoever asks, each by a child it is reached by."""
    found = []
    for one in emptying.naming(child.person_ids()):
        kind = OF_MODEL[type(one)].key
        try:
            found.append(Elsewhere(_an(kind), child_behind(one.person, staff, at), kind, one.pk))
        except NotFound:
            continue
    return found


def statement_near(child: Child, kind: Kind, pk: UUID) -> Statement:
    """One statement about the child or about somebody in the child’s life; NotFound for any other."""
    people = child.person_ids()
    ties: Any = Relation._default_manager
    family = ties.filter(person__in=people, other__isnull=False).values("other")
    harmed = Harmed.objects.filter(child__in=people).values("person")
    near = Q(person__in=people) | Q(person__in=family) | Q(person__in=harmed)
    rows: Any = kind.model._default_manager.filter(near, pk=pk).select_related("person")
    found: Statement | None = rows.first()
    if found is None:
        raise NotFound
    return found


def named_elsewhere(child: Child) -> int:
    """How many things on other records name them, open to whoever asks or not."""
    with every_wall_open():
        return len(emptying.naming(child.person_ids()))


def known_only_here(child: Child) -> int:
    with every_wall_open():
        return len(emptying.known_only_through(child.person_ids()))


def own_children(staff: Staff, at: datetime) -> list[tuple[str, str]]:
    """(id, name and number) of the children this person holds, to choose from."""
    held = access_of(staff, at).filter(basis=Access.Basis.ALLOCATED).values("child")
    children = Child.objects.visible_to(staff, at).filter(pk__in=held)
    found = list(children)
    names = names_of(one.pk for one in found)
    return sorted(
        ((str(one.pk), f"{names.get(one.pk, 'Child')}, {one.number}") for one in found), key=lambda one: one[1]
    )


def called(child: Child) -> str:
    """Name and number, so that whoever moves something sees to whom."""
    name = names_of([child.pk]).get(child.pk)
    return f"{name}, {child.number}" if name else f"Child {child.number}"
