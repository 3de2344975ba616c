"""Every form of these rooms sent twice, sent with rubbish in each box, and sent by whoever may not: nothing half done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.matrix_records import Asked, World, asked_of
from tests.factories import service, staff
from waypost.access import matrix

pytestmark = pytest.mark.django_db
TABLE = matrix.load()
ROOMS = ("governance", "quality", "files")
OURS = ("action_", "answer_", "reading_", "measure_", "bullet", "doubt", "committee_pack")
FORMS = [url for url in sorted(TABLE.behind) if url.startswith(OURS) and "POST" in TABLE.methods_of(url)]
PACK = {
    "report_to": "Scrutiny committee",
    "meets_on-day": "3",
    "meets_on-month": "2",
    "meets_on-year": "2027",
    "title": "The inspection",
    "contact": "A clerk",
    "reason": "To tell members.",
    "recommendations": "To comment.",
    "policy": "None.",
    "exempt": "Annex A; it names people",
    "leads": "public",
    "kind": "word",
}
MORE = {  # what the table of addresses does not post, because it need not be there
    "committee_pack": PACK,
    "reading_settle": {"value": "", "kind": ""},
    "answer_match": {"words": "It says so."},
    "answer_judge": {"words": "It says so."},
}
TWICE = {
    "action_add": 409,
    "answer_add": 422,
    "reading_throw_away": 404,
}  # the second time told that it is there, or gone
LONG = "Wörter " * 15_000
RUBBISH = {
    "a zero character": "a\0b",
    "control characters": "a\x01\x0b\x1b\x7f\x85b",
    "very long": LONG,
    "mark-up": "<script>alert(1)</script>'\"--",
    "a huge number": "9" * 400,
    "a negative number": "-1",
    "no number": "²",
    "empty": "",
    "the other way round": "\u202egnp.exe",
    "no date": "31",
}


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }


@pytest.fixture
def world() -> World:
    service()
    return World("plan")


def sent(url: str, what: Asked, client: Client, changed: dict[str, str] | None = None) -> Any:
    posted = what.posted | MORE.get(url, {}) | (changed or {})
    if url == "action_evidence":
        posted["file"] = SimpleUploadedFile("notes.txt", b"All plans were checked.")
    return client.post(reverse(url, kwargs=what.where), posted)


def asked(url: str, world: World, role: str = "head_of_service", state: str = "own") -> tuple[Asked, Client]:
    asker, client = staff(role, team=world.riverside), Client(raise_request_exception=False)
    client.force_login(asker)
    if url == "action_add":
        return Asked(posted=asked_of("answer_add", world, asker, state).posted), client
    states = TABLE.states_of(url)
    return asked_of(url, world, asker, state if state in states else next(iter(states))), client


@pytest.mark.parametrize("url", FORMS)
def test_the_same_form_sent_twice_makes_one_record(url: str, world: World) -> None:
    what, client = asked(url, world)
    before = counts()
    first = sent(url, what, client)
    once = counts()
    second = sent(url, what, client)
    assert counts() == once
    assert second.status_code == TWICE.get(url, first.status_code)
    assert first.status_code in (200, 302)
    assert once != before or url in ("committee_pack", "reading_settle", "doubt")


@pytest.mark.parametrize("url", FORMS)
def test_rubbish_in_any_box_is_refused_or_kept_as_words_and_never_an_error(url: str, world: World) -> None:
    what, client = asked(url, world)
    wrong = []
    for name in what.posted | MORE.get(url, {}):
        for kind, rubbish in RUBBISH.items():
            with undone():
                status = sent(url, what, client, {name: rubbish}).status_code
            wrong += [f"{name}: {kind}: {status}"] if status >= 500 else []
    with undone():
        assert client.post(reverse(url, kwargs=what.where), {}).status_code < 500, "nothing sent"
    assert wrong == []


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("url", FORMS)
@pytest.mark.parametrize("role", ["board_member", "practitioner", "inspector", "administrator", None])
def test_a_refused_form_leaves_nothing(url: str, role: str | None, world: World) -> None:
    what, client = asked(url, world, role or "panel_volunteer", "other's")
    before = counts()
    answer = sent(url, what, client)
    assert answer.status_code in (403, 404), f"{url} by {role}: {answer.status_code}"
    assert counts() == before


@pytest.mark.parametrize(
    ("month", "year", "status"),
    [
        ("12", "9999", 422),
        ("1", "2201", 422),
        ("12", "2200", 302),
        ("1", "1900", 302),
        ("12", "1899", 422),
        ("1", "0001", 422),
    ],
)
def test_no_date_that_is_taken_stops_the_plan_from_being_drawn(
    world: World, month: str, year: str, status: int
) -> None:
    what, client = asked("action_dates", world)
    dates = {"start-month": month, "start-year": year, "finish-month": "", "finish-year": ""}
    assert sent("action_dates", what, client, dates).status_code == status
    assert client.get(reverse("plan")).status_code == 200
    assert client.get(reverse("action", kwargs=what.where)).status_code == 200


def test_what_was_written_after_going_back_is_kept_and_not_taken_for_the_first(world: World) -> None:
    """A browser that goes back shows the form as it was first sent."""
    what, client = asked("action_note", world)
    for words in ("First.", "Second.", "Second."):
        sent("action_note", what, client, {"words": words})
    notes = apps.get_model("governance.Note").objects.values_list("words", flat=True)
    assert sorted(notes) == ["First.", "Second."]
