"""What pages show of what was moved, removed and held: never what it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.kernel.field_classes import load
from waypost.kernel.lists import load as load_list
from waypost.people.record.forms import FIELDS
from waypost.people.record.kinds import KINDS, Kind
from waypost.people.record.models import Child, Statement
from waypost.people.removal import emptying
from waypost.people.removal.models import Hold, Moved, Removal


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
    child: UUID | None  # whose record, where it is open to whoever asks
    number: str
    kind: str
    statement: UUID


def elsewhere(child: Child, visible: dict[UUID, Child]) -> list[Elsewhere]:
    """What names them on other records; `visible` are the children open to whoever asks, by person."""
    found = []
    for one in emptying.naming(child.person_ids()):
        kind = next(kind for kind in KINDS.values() if kind.model is type(one))
        whose = visible.get(one.person_id)
        found.append(Elsewhere(_an(kind.key), whose and whose.pk, whose.number if whose else "", kind.key, one.pk))
    return found
