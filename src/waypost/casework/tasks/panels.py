"""What pages show of tasks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from waypost.casework.tasks.models import Lateness, Task
from waypost.kernel.refusal import NotFound
from waypost.people.record.models import Child


def task_of(child: Child, pk: UUID) -> Task:
    """One task about that child, done or not; NotFound for any other."""
    found: Task | None = (
        Task.objects.of(child.person_ids()).select_related("by", "done_by", "person").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound
    return found


def why_late(tasks: Iterable[UUID]) -> dict[UUID, Lateness]:
    """By task, the reason that stands. One query."""
    rows = Lateness.objects.filter(task__in=[*tasks], replaced_at=None).select_related("by")
    return {one.task_id: one for one in rows}


def earlier(task: Task) -> list[Lateness]:
    """The reasons given before, newest first."""
    rows = Lateness.objects.filter(task=task, replaced_at__isnull=False).select_related("by")
    return list(rows.order_by("-replaced_at"))
