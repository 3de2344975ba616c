"""What stands behind each address of assessments, in the state that a row of the matrix speaks of."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.access.matrix_casework import who_writes
from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind, day
from tests.casework.assessments import made as assessments
from tests.factories import staff
from tests.people import children
from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.casework.assessments import contribution_actions, factor_actions
from waypost.casework.assessments.models import Answered, Assessment
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child

FORM, SECTION, QUESTION = "out_of_court", "life", "home_safe"


@behind("assessments", "assessment_begin")
def to_begin(world: World, asker: Staff, state: str) -> Asked:
    posted = {"form": FORM, "stage": "start", "reason": "first", "once": new_id()}
    return Asked({"pk": child(world, asker, state).pk}, posted)


def begun(world: World, asker: Staff, state: str) -> tuple[Child, Assessment]:
    found = child(world, asker, state)
    return found, assessments.begun(found, who_writes(world, state), FORM)


@behind("assessment", "assessment_drop")
def being_written(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    return Asked({"pk": found.pk, "assessment": made.pk}, {"words": "The wrong child.", "once": new_id()})


@behind("assessment_section")
def a_section(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    return Asked({"pk": found.pk, "assessment": made.pk, "section": SECTION}, {"parenting": "yes"})


@behind("assessment_answer")
def an_answer(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    return Asked({"pk": found.pk, "assessment": made.pk}, {"question": "parenting", "parenting": "yes"})


@behind("assessment_evidence")
def to_rest_on(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    entry = children.said(found, "entry", who_writes(world, state))
    return Asked({"pk": found.pk, "assessment": made.pk, "question": QUESTION}, {"of": f"entry.{entry.pk}"})


@behind("assessment_settle")
def answered_in_two_ways(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    by = who_writes(world, state)
    assessments.answered(made, by, parenting="yes")
    other = Answered(question="parenting", who="practitioner", value="no", disclosure="child", by=world.spare)
    other.person_id, other.assessment, other.at = made.person_id, made, timezone.now()
    other.save(force_insert=True)
    where = {"pk": found.pk, "assessment": made.pk, "question": "parenting"}
    return Asked(where, {"holds": other.pk, "reason": "Seen there on Monday."})


@behind("assessment_ask")
def to_ask(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    due = day("due", timezone.localdate() + timedelta(days=9))
    return Asked(
        {"pk": found.pk, "assessment": made.pk},
        {"agency": "education", "what": "Attendance.", "once": new_id()} | due,
    )


@behind("assessment_told")
def asked_of(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    by, now = who_writes(world, state), timezone.now()
    one = contribution_actions.ask(
        made, "education", "Attendance.", now.date() + timedelta(days=9), by=by, at=now, once=new_id()
    )
    where = {"pk": found.pk, "assessment": made.pk, "contribution": one.pk}
    return Asked(where, {"step": "received", "words": "He comes on most days.", "once": new_id()})


@behind("assessment_document")
def to_file(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    kept = children.document(found, who_writes(world, state))
    return Asked({"pk": found.pk, "assessment": made.pk}, {"document": kept.pk})


@behind("assessment_sign")
def to_sign(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    assessments.filled(made, who_writes(world, state))
    return Asked({"pk": found.pk, "assessment": made.pk}, {"once": new_id()})


@behind("assessment_take_back")
def signed_by_whoever_asks(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    assessments.as_if_signed(made, asker)
    return Asked({"pk": found.pk, "assessment": made.pk}, {"once": new_id()})


@behind("assessment_countersign")
def to_countersign(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    assessments.as_if_signed(made, world.spare)
    return Asked({"pk": found.pk, "assessment": made.pk}, {"what": "countersign", "once": new_id()})


@behind("assessment_beside")
def beside_another(world: World, asker: Staff, state: str) -> Asked:
    found, made = begun(world, asker, state)
    assessments.answered(made, who_writes(world, state), parenting="yes")
    assessments.as_if_signed(made, world.spare, countersigned_by=staff("manager"))
    later = assessments.begun(found, who_writes(world, state), FORM, "review")
    assessments.answered(later, who_writes(world, state), parenting="no")
    return Asked({"pk": found.pk, "assessment": later.pk, "other": made.pk})


@behind("factor_add")
def factor_seen(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, assessments.FRIENDS | {"once": new_id()})


@behind("factor_end")
def factor_to_end(world: World, asker: Staff, state: str) -> Asked:
    found, by = child(world, asker, state), who_writes(world, state)
    as_seen_by(by)
    made = factor_actions.add_factor(found, assessments.SKILLS, by=by, at=timezone.now(), once=new_id())
    return Asked({"pk": found.pk, "root": made.root}, {"because": "changed", "words": "He has stopped."})
