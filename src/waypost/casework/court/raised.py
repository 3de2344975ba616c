"""The tasks that a hearing raised: by itself, by its outcome, by its remand, in whichever version it stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from waypost.access.permissions import ROLES
from waypost.casework.court.models import Hearing, Remand
from waypost.casework.outcomes.models import Outcome
from waypost.casework.tasks.models import Task

RAISES = ("outcome", "remand")  # what a result says besides, each under its own `once`


def tasks_of(hearings: Sequence[Hearing]) -> dict[UUID, list[Task]]:
    """By hearing, the first due first: by itself, by its outcome, by its remand. Three queries."""
    versions = versions_of({one.person_id for one in hearings})
    said: dict[UUID, UUID] = {}  # the `once` of an outcome or a remand → the hearing
    roots: dict[UUID, UUID] = {}  # the first version of a hearing → the hearing as it stands
    for hearing in hearings:
        chain = chain_of(hearing, versions)
        roots[chain[-1].pk] = hearing.pk
        said |= {uuid5(one.once, what): hearing.pk for one in chain if one.once for what in RAISES}
    for model in (Outcome, Remand):
        rows = model.objects.filter(once__in=said).values_list("pk", "once")
        roots |= {pk: said[once] for pk, once in rows}
    found: dict[UUID, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(from_id__in=roots).select_related("staff", "by").order_by("due", "at"):
        if task.from_id:
            found[roots[task.from_id]].append(task)
    return found


def versions_of(people: set[UUID]) -> dict[UUID, Hearing]:
    rows = Hearing.objects.filter(person__in=people).only("pk", "once", "replaces")
    return {one.pk: one for one in rows}


def chain_of(hearing: Hearing, versions: Mapping[UUID, Hearing]) -> list[Hearing]:
    """The hearing as it stands, then each that stood in its place before."""
    chain = [hearing]
    while (before := chain[-1].replaces_id) is not None and before in versions:
        chain.append(versions[before])
    return chain


def whose(task: Task) -> str:
    if task.staff:
        return task.staff.name
    return ROLES[task.role].name if task.role in ROLES else ""
