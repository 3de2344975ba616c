"""The pages of assessments."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.casework.assessments.made import begun, locked, signed, whole
from tests.casework.panels import signed_in, text
from tests.factories import service, staff
from tests.people.children import child, sealed
from waypost.access.models import Staff
from waypost.casework.assessments.models import Answered, Assessment
from waypost.kernel.ids import new_id
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


def where(name: str, made: Assessment, **more) -> str:
    return reverse(name, kwargs={"pk": made.person_id, "assessment": made.pk} | more)


def test_every_section_of_every_form_is_drawn(worker, aisha) -> None:
    from waypost.casework.assessments import definitions

    client = signed_in(worker)
    for form in definitions.in_use(timezone.localdate()):
        made = begun(aisha, worker, form.key, form.stage_keys[0])
        assert client.get(where("assessment", made)).status_code == 200
        for section in form.sections:
            for query in ("", "?with=child", "?with=child&in=cy", "?with=carer&in=cy"):
                who = query[6:].partition("&")[0]
                expected = 200 if not who or any(who in q.who for q in form) else 404
                answer = client.get(where("assessment_section", made, section=section.key) + query)
                assert (form.key, section.key, query, answer.status_code) == (form.key, section.key, query, expected)
