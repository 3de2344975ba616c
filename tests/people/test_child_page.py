"""The child's page: what it says to whom, with how many questions to the database."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import EXAMPLES, child, said
from waypost.access.models import Staff
from waypost.people.record.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", name="Priya Nandakumar")


def page(client, of: Child, query: str = "") -> str:
    answer = client.get(f"/children/{of.pk}/{query}")
    assert answer.status_code == 200
    return text(answer)


def text(answer) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_title_of_the_page_has_no_name(signed_in, worker):
    ellis = child(worker)
    answer = signed_in(worker).get(f"/children/{ellis.pk}/").content.decode()
    assert f"<title>Child {ellis.number} – Waypost</title>" in " ".join(answer.split())
    assert "Ellis Marden</h1>" in answer


def test_everything_said_is_on_it(signed_in, worker):
    ellis = child(worker)
    for kind in EXAMPLES.keys() - {"birth"}:
        said(ellis, kind, worker)
    shown = page(signed_in(worker), ellis)
    for words in ("born 2 November 2010", "Likes ‘El’", "4 Mill Row", "07700 900318", "Knife found"):
        assert words in shown
