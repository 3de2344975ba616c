"""What is to be done, put down and done. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.tasks import rules
from waypost.casework.tasks.models import Lateness, Task
from waypost.kernel.lists import load
from waypost.kernel.refusal import refuse_if
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record.models import Person

SECTION = "entries"
WARNING_LETTER = "warning_letter"  # done by the letter itself
LETTER_TO_SEND = "letter_to_send"  # done by saying that it was sent


def put(
    person: Person,
    *,
    key: str,
    title: str,
    due: date,
    starts: date,
    source: tuple[str, UUID | None],
    by: Staff,
    at: datetime,
    once: UUID,
    why: str = "",
    role: str = "",
    staff: Staff | None = None,
) -> Task:
    """Part of the checked write that raises it. Put twice it is one; one not yet done takes the new day."""
    there = Task.objects.filter(once=once).first()
    if there is not None:
        if there.done_at is None and (there.due, there.starts) != (due, starts):
            there.due, there.starts, there.why = due, starts, why
            there.save(update_fields=["due", "starts", "why"])
        return there
    kind, of = source
    return Task.objects.create(
        person=person,
        key=key,
        title=title,
        why=why,
        due=due,
        starts=starts,
        role=role,
        staff=staff,
        from_kind=kind,
        from_id=of,
        by=by,
        at=at,
        once=once,
    )


def tell_a_manager(
    person: Person,
    less_safe: str,
    *,
    after: str,
    source: tuple[str, UUID],
    by: Staff,
    at: datetime,
) -> Task | None:
    """Somebody is less safe: a manager is told today, by a task that stays until it is done. `after`: ‘a contact’."""
    if not less_safe or not load("safety_now")[less_safe].flag("tells"):
        return None
    today = timezone.localdate(at)
    whom = "The child is" if less_safe == "child" else "Somebody else is"
    return put(
        person,
        key="less_safe",
        title=f"{whom} less safe than was thought",
        why=f"{by.name} said so after {after}. Speak to them now; look at the plan again.",
        due=today,
        starts=today,
        role="manager",
        source=source,
        by=by,
        at=at,
        once=uuid5(source[1], "less_safe"),
    )


@transaction.atomic
def put_by_hand(person: Person, *, title: str, due: date, today: date, by: Staff, at: datetime, once: UUID) -> Task:
    """A task of one's own, for whoever holds the child."""
    require_writes(person, SECTION, by=by, at=at)
    refuse_if(rules.why_not_put(title, due, today=today))
    task = put(
        person,
        key="by_hand",
        title=title.strip(),
        due=due,
        starts=today,
        source=("person", None),
        by=by,
        at=at,
        once=once,
    )
    log.record(by, log.Verb.COLLECTED, "task.put", person)
    return task


@transaction.atomic
def do(task: Task, *, words: str, by: Staff, at: datetime) -> Task:
    """A person says that it is done, and how."""
    require_writes(task.person, SECTION, by=by, at=at)
    task = Task.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(pk=task.pk)
    refuse_if(rules.why_not_do(words, done=task.done_at is not None))
    task.done_at, task.done_by, task.done_words = at, by, words.strip()
    task.save(update_fields=["done_at", "done_by", "done_words"])
    log.record(by, log.Verb.CHANGED, "task.done", task.person, detail={"task": task.pk})
    return task


@transaction.atomic
def say_why_late(task: Task, *, reason: str, words: str, by: Staff, at: datetime) -> Lateness:
    """What was said before stays behind it."""
    require_writes(task.person, SECTION, by=by, at=at)
    task = Task.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(pk=task.pk)
    done = timezone.localdate(task.done_at) if task.done_at else None
    refuse_if(rules.why_not_say_late(reason, words, due=task.due, done=done, today=timezone.localdate(at)))
    now = task.lateness.filter(replaced_at=None).first()
    if now is not None and (now.reason, now.words) == (reason, words.strip()):
        return now
    task.lateness.filter(replaced_at=None).update(replaced_at=at)
    made = Lateness.objects.create(task=task, person=task.person, reason=reason, words=words.strip(), by=by, at=at)
    log.record(by, log.Verb.COLLECTED, "task.late_because", task.person, detail={"task": task.pk})
    return made


def done_with(once: UUID, *, words: str, by: Staff, at: datetime) -> None:
    """Part of the checked write of what the task asked for: whoever said that, has done it."""
    Task.objects.open().filter(once=once).update(done_at=at, done_by=by, done_words=words)


def not_done_after_all(once: UUID, *, done_at: datetime) -> None:
    """What was said to have been done, in a write that is put right now, is to be done again."""
    Task.objects.filter(once=once, done_at=done_at).update(done_at=None, done_by=None, done_words="")


def first_of(statement: Any) -> UUID:
    """The first version of what was corrected, by which its tasks are known."""
    while statement.replaces_id is not None:
        statement = type(statement)._default_manager.get(pk=statement.replaces_id)
    return statement.pk
