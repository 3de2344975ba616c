"""What pages show of what was moved, removed and held: never what it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.access.models import Access, Staff, access_of
from waypost.kernel.field_classes import load
from waypost.kernel.lists import load as load_list
from waypost.people.record.forms import FIELDS
from waypost.people.record.kinds import KINDS, OF_MODEL, Kind
from waypost.people.record.models import Child, ChildQuerySet, Statement
from waypost.people.record.who import Name
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
    labels = {name: str(field.label) for name, field in FIELDS.get(kind.key, {}).items()}
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
    child: Child  # whose record it is on
    kind: str
    statement: UUID


def elsewhere(child: Child, visible: ChildQuerySet) -> list[Elsewhere]:
    """What names them on other records, so far as those are open to whoever asks."""
    named = emptying.naming(child.person_ids())
    whose = {one.pk: one for one in visible.filter(pk__in={one.person_id for one in named})}
    return [
        Elsewhere(_an(OF_MODEL[type(one)].key), whose[one.person_id], OF_MODEL[type(one)].key, one.pk)
        for one in named
        if one.person_id in whose
    ]


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
    names = {one.person_id: str(one) for one in Name.objects.current().filter(person__in=held).order_by("at")}  # type: ignore[attr-defined]
    return sorted(
        ((str(one.pk), f"{names.get(one.pk, 'Child')}, {one.number}") for one in children), key=lambda one: one[1]
    )


def called(child: Child) -> str:
    """Name and number, so that whoever moves something sees to whom."""
    name = Name.objects.current().filter(person=child.pk).order_by("at").first()  # type: ignore[attr-defined]
    return f"{name}, {child.number}" if name else f"Child {child.number}"
