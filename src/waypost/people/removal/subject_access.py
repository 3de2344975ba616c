"""Everything held on a person, as the classes of the fields say, and what is withheld, counted by reason.

A thing counts once under each reason for which it, or a part of it, is left out. Nothing is left out uncounted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from waypost.access.log_models import LogEntry, Verb
from waypost.access.models import RoleHeld, Staff
from waypost.access.permissions import ROLES
from waypost.kernel.field_classes import FieldClass, ModelClass, about_people
from waypost.kernel.lists import load as load_list
from waypost.kernel.words import day as in_words
from waypost.kernel.words import moment
from waypost.people.need_to_know.models import Wall, WallKey
from waypost.people.record.fields import SOURCE, Offered, asked_of
from waypost.people.record.home import Harmed
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, Statement
from waypost.people.removal import emptying
from waypost.people.removal.walls import every_wall_open, part_sealed

MARK = "mark"  # the program's own: said once, not counted
SAID_APART = {"since", "until", "by", "at", "replaced_at", "removed_on", "removed_rule"}
OTHER_RECORDS = "third_party"


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that is given: what it is, what it says, where it comes from, and whether it still stands."""

    id: UUID
    day: date
    what: str
    says: tuple[str, ...]
    source: str
    stands: str


@dataclass(frozen=True, slots=True)
class Answer:
    child: Child
    given: tuple[Given, ...]
    looked: tuple[tuple[str, int], ...]  # role, how often
    withheld: tuple[tuple[str, int], ...]  # key of a reason, how many things
    complete: bool  # False: a record that was combined with this one is sealed from whoever answers


def answer(child: Child, *, at: datetime) -> Answer:
    """What whoever asks may give out, oldest first; the database has been told who that is."""
    people = child.person_ids()
    given: list[Given] = []
    withheld: Counter[str] = Counter()
    for model in about_people():
        if any(field.is_of_people for field in model.fields.values()):
            _gather(model, people, given, withheld)
    with every_wall_open():
        for one in emptying.naming(people):
            withheld["victim" if isinstance(one, Harmed) else OTHER_RECORDS] += 1
    del withheld[MARK]
    order = [code.key for code in load_list("withheld_reasons")]
    counted = tuple((key, withheld[key]) for key in order if withheld[key])
    given.sort(key=lambda one: one.day)
    return Answer(child, tuple(given), tuple(_looked(people, at)), counted, not part_sealed(child.pk))


def _gather(model: ModelClass, people: list[UUID], given: list[Given], withheld: Counter[str]) -> None:
    rows = emptying.rows_about(model, people)
    if model.label == "access.logentry":
        return  # counted by role
    to_people = [column.name for column in rows.model._meta.get_fields() if column.concrete and column.many_to_one]
    open_to_them = {row.pk: row for row in rows.select_related(*to_people)}
    with every_wall_open():
        walls = _walls(rows)
    for pk, wall in walls.items():
        row = open_to_them.get(pk)
        if (reason := _why_withheld(row, wall)) is not None:
            withheld[reason] += 1
            continue
        columns = [column for column in model.fields.values() if _holds(row, column)]
        withheld.update({column.subject_access for column in columns if not column.is_in})
        shown = [column for column in columns if column.is_in and column.name not in SAID_APART]
        if any(column.is_of_people for column in shown) or getattr(row, "removed_on", None):
            given.append(_given(model, row, shown))


def _walls(rows: Any) -> dict[Any, str]:
    """The kind of wall behind which each row stands now, or which it is; none: empty."""
    if rows.model is Wall:
        return {pk: kind if ended is None else "" for pk, kind, ended in rows.values_list("pk", "kind", "ended_at")}
    if not any(column.name == "wall" for column in rows.model._meta.get_fields()) or rows.model is WallKey:
        return dict.fromkeys(rows.values_list("pk", flat=True), "")
    behind = rows.values_list("pk", "wall__kind", "wall__ended_at")
    return {pk: kind if kind and ended is None else "" for pk, kind, ended in behind}


def _why_withheld(row: Any, wall: str) -> str | None:
    """The reason for the whole row; None: it is given, perhaps without some of its columns."""
    for code in load_list("withheld_reasons"):
        if wall and code.text("wall") == wall:
            return code.key
        if isinstance(row, Statement) and code.text("disclosure") == row.disclosure:
            return code.key
        if isinstance(row, KINDS["document"].model) and code.text("document") == row.kind:  # type: ignore[attr-defined]
            return code.key
    return "not_open" if row is None else None


def _holds(row: Any, column: FieldClass) -> bool:
    value = getattr(row, row._meta.get_field(column.name).attname)
    return value not in (None, "", [], {}) and not (value is False and column.removal == "empty")


def _given(model: ModelClass, row: Any, columns: list[FieldClass]) -> Given:
    said = [column for column in columns if not (isinstance(row, Statement) and column.name in SOURCE)]
    says = tuple(f"{_label(row, column.name)}: {_value(row, column.name)}" for column in said)
    if isinstance(row, Statement) and (row.since or row.until):
        says += (_period(row),)
    what = model.words[:1].upper() + model.words[1:]
    return Given(row.pk, _day(row), what, says, _source(row), _stands(row))


def _day(row: Any) -> date:
    if isinstance(row, Statement) and row.since:
        return row.since
    for name in ("at", "made_at", "saved_at", "since", "entered_at"):
        if (value := getattr(row, name, None)) is not None:
            return timezone.localdate(value)
    return timezone.localdate(row.person.entered_at)


def _period(row: Statement) -> str:
    parts = [f"from {in_words(row.since)}" if row.since else "", f"to {in_words(row.until)}" if row.until else ""]
    return "When: " + " ".join(part for part in parts if part)


def _stands(row: Any) -> str:
    if getattr(row, "removed_on", None):
        rule = load_list("removal_rules").words(row.removed_rule)
        return f"Removed on {in_words(row.removed_on)}. {rule}."
    replaced = getattr(row, "replaced_at", None)
    if replaced:
        return f"Corrected on {in_words(timezone.localdate(replaced))}"
    return "Not part of the record" if row._meta.model_name == "draft" else "Stands"


def _source(row: Any) -> str:
    """Whose knowledge, who said it, who wrote it down."""
    if not isinstance(row, Statement):
        who = getattr(row, "by", None) or getattr(row, "staff", None) or getattr(row, "entered_by", None)
        return who.name if isinstance(who, Staff) else ""
    parts = [load_list("agencies").words(row.agency), str(row.get_how_display())]
    parts += [load_list("speakers").words(row.said_by)] if row.said_by else []
    parts += [load_list("sharing_bases").words(row.basis)]
    return f"{', '.join(parts)}. Written down by {row.by.name}, {moment(row.at)}"


def _label(row: Any, name: str) -> str:
    field = asked_of(row).asks.get(name) if isinstance(row, Statement) else None
    return str(field.label) if field and field.label else name.replace("_", " ").capitalize()


def _value(row: Any, name: str) -> str:
    value = getattr(row, name)
    field = asked_of(row).asks.get(name) if isinstance(row, Statement) else None
    if isinstance(field, Offered) and value:
        return field.words(value)
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, models.Model):
        return str(getattr(value, "name", value))
    return in_words(value) if isinstance(value, date) else str(value)


def _looked(people: list[UUID], at: datetime) -> Iterator[tuple[str, int]]:
    """How often each role looked at them, alone or in a list, by the role that whoever looked held then."""
    shown = LogEntry.objects.filter(Q(subject__in=people) | Q(listed__overlap=people), at__lte=at)
    looks = shown.filter(verb__in=[Verb.VIEWED, Verb.DISCLOSED]).values_list("actor", "at")
    held = RoleHeld.objects.filter(staff__in={actor for actor, _ in looks if actor})
    roles: dict[UUID, list[RoleHeld]] = defaultdict(list)
    for one in held:
        roles[one.staff_id].append(one)
    seen = Counter(_role(roles[actor], when) if actor else "The system itself" for actor, when in looks)
    yield from sorted(seen.items(), key=lambda one: (-one[1], one[0]))


def _role(held: list[RoleHeld], when: datetime) -> str:
    keys = {one.role for one in held if one.since <= when and (one.until is None or one.until > when)}
    return next((role.name for key, role in ROLES.items() if key in keys), "No role")
