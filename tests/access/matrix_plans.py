"""What stands behind each address of a child’s plan, in the state that a row of the matrix speaks of."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.casework.plans import given
from tests.factories import staff
from waypost.access.models import Staff
from waypost.casework.plans.models import Plan
from waypost.kernel.ids import new_id
from waypost.people.models import Child


def who_writes(world: World, state: str) -> Staff:
    return world.stranger if state == "sealed" else world.head


def written(world: World, asker: Staff, state: str) -> tuple[Child, Plan, dict[str, Any]]:
    """The child, a plan that could be signed, and what every form of it posts."""
    found, by = child(world, asker, state), who_writes(world, state)
    plan = given.ready(found, by)
    return found, plan, {"plan": plan.pk, "revision": plan.revision, "once": new_id()}


@behind("child_plan_begin")
def to_be_begun(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, {"once": new_id()})


@behind("child_plan_version")
def of_a_number(world: World, asker: Staff, state: str) -> Asked:
    found, made, _ = written(world, asker, state)
    return Asked({"pk": found.pk, "plan": made.pk})


@behind("child_plan_objective", "child_plan_take_out", "child_plan_does", "child_plan_progress")
def objective(world: World, asker: Staff, state: str) -> Asked:
    found, made, posted = written(world, asker, state)
    aim = made.objectives.get()
    said = {"part": "change", "words": "Ellis is at school every morning", "how_we_know": "The school’s register."}
    done = {"who": "child", "what": "Comes every morning.", "state": "going", "reason": "He moved away."}
    asked = said | done | day("by_day", given.in_days(40)) | day("day", timezone.localdate())
    return Asked({"pk": found.pk, "root": aim.root}, posted | asked | {"agency": "youth_justice"})


@behind("child_plan_not_now")
def factor(world: World, asker: Staff, state: str) -> Asked:
    found, made, posted = written(world, asker, state)
    root = made.answering.get().factor
    return Asked({"pk": found.pk, "root": root}, posted | {"words": "He has only just moved."})


@behind("child_plan_order")
def to_be_ordered(world: World, asker: Staff, state: str) -> Asked:
    found, made, posted = written(world, asker, state)
    return Asked({"pk": found.pk}, posted | {str(made.objectives.get().root): "1"})


@behind("child_plan_says")
def to_be_said(world: World, asker: Staff, state: str) -> Asked:
    found, _, posted = written(world, asker, state)
    return Asked({"pk": found.pk, "what": "contingency"}, posted | {"words": "Ring duty."})


@behind("child_plan_agreed")
def to_be_agreed(world: World, asker: Staff, state: str) -> Asked:
    found, _, posted = written(world, asker, state)
    return Asked({"pk": found.pk, "who": "carer"}, posted | {"why_not": "She could not be reached."})


@behind("child_plan_step")
def to_be_signed(world: World, asker: Staff, state: str) -> Asked:
    found, _, posted = written(world, asker, state)
    return Asked({"pk": found.pk, "step": "sign"}, posted)


@behind("child_plan_countersign")
def to_be_countersigned(world: World, asker: Staff, state: str) -> Asked:
    found, by = child(world, asker, state), who_writes(world, state)
    made = given.signed(found, by)
    return Asked({"pk": found.pk}, {"revision": made.revision, "once": new_id(), "step": "countersigned"})


@behind("child_plan_review")
def to_be_reviewed(world: World, asker: Staff, state: str) -> Asked:
    """A sealed one is as it was signed: whoever could countersign it is not named on it."""
    found, by = child(world, asker, state), who_writes(world, state)
    made = given.signed(found, by) if state == "sealed" else given.locked(found, by, staff("manager"))
    aim = made.objectives.get()
    said = {f"state-{aim.root}": "going", f"words-{aim.root}": "Nine hours.", "words": "School goes well now."}
    return Asked({"pk": found.pk}, {"revision": made.revision, "once": new_id()} | said)


@behind("child_plan")
def latest(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": written(world, asker, state)[0].pk})


@behind("child_plan_one_page")
def for_the_child(world: World, asker: Staff, state: str) -> Asked:
    found, made, _ = written(world, asker, state)
    return Asked({"pk": found.pk, "plan": made.pk, "language": "english"})
