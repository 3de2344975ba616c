"""What pages show of tasks."""

from __future__ import annotations

from uuid import UUID

from waypost.casework.tasks.models import Task
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
