"""Assessments begun, answered, signed and countersigned."""

from __future__ import annotations

import pytest

from tests.casework.assessments.made import FRIENDS, NOW, SKILLS, answered, begun, locked, signed, whole
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, sealed
from waypost.access.models import LogEntry, Staff
from waypost.casework.assessments import actions
from waypost.casework.assessments.models import Answered, Assessment, AssessmentStep, Factor
from waypost.casework.assessments.standing import holding, standing_of
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def manager(worker) -> Staff:
    return staff("manager", name="Dele Akande", team=worker.team)


@pytest.fixture
def aisha(worker: Staff) -> Child:
    return child(worker, given="Aisha", family="Karim")


def test_from_a_blank_page_to_a_locked_assessment(worker, manager, aisha) -> None:
    made = locked(begun(aisha, worker), worker, manager)
    assert (made.signed_by, made.locked_by) == (worker, manager)
    assert list(made.steps.order_by("at").values_list("step", flat=True)) == ["signed", "countersigned"]
    assert Task.objects.filter(key="assessment_review").count() == 1
    events = list(LogEntry.objects.values_list("event", flat=True))
    for event in ("assessment.begun", "assessment.answered", "assessment.signed", "assessment.countersigned"):
        assert event in events
