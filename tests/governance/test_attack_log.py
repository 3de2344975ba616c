"""Every page, change and file of these rooms is in the log with what it showed; none without; no words outside."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.urls import reverse

from tests.access.matrix_records import World
from tests.governance.test_attack_forms import FORMS, asked, counts, sent, undone
from waypost.access import log, matrix
from waypost.access.models import LogEntry
from waypost.governance.improvement.models import Note

pytestmark = pytest.mark.django_db
TABLE = matrix.load()
SHOWS = {  # page → what the row is about, and how many things it names besides
    "action": ("governance.action", 1),  # the same action of the version before
    "action_add": ("governance.plan", 0),
    "action_dates": ("governance.action", 0),
    "action_evidence": ("governance.action", 0),
    "action_leads": ("governance.action", 0),
    "action_measure": ("governance.action", 0),
    "action_say": ("governance.action", 0),
    "action_status": ("governance.action", 0),
    "answer": ("quality.inspection", 4),
    "answer_add": ("quality.inspectionrecommendation", 0),
    "answer_file": ("quality.inspection", 4),
    "answer_frozen": ("governance.frozenanswer", 0),
    "answer_line": ("quality.inspectionrecommendation", 0),
    "file": ("files.storedfile", 0),
    "inspection": ("quality.inspection", 0),
    "inspection_file": ("quality.inspection", 0),
    "inspections": (None, 2),
    "measure_reading": ("governance.action", 0),
    "my_actions": ("governance.plan", 0),
    "plan": ("governance.plan", 4),
    "plan_file": ("governance.plan", 4),
    "plan_version": ("governance.plan", 4),
    "read": (None, 0),
    "reading": ("governance.reading", 0),
    "today": (None, 5),
}
NOTHING_OF_ANYBODY = {"how_status", "committee_pack"}  # the rule; an empty form


@pytest.fixture
def world() -> World:
    return World("plan")


def get(url: str, world: World) -> tuple[Any, list[LogEntry]]:
    what, client = asked(url, world, state="own" if "own" in TABLE.states_of(url) else "other's")
    before = set(LogEntry.objects.values_list("lane", "number"))
    answer = client.get(reverse(url, kwargs=what.where))
    return answer, [one for one in LogEntry.objects.all() if (one.lane, one.number) not in before]


@pytest.mark.parametrize("url", SHOWS)
def test_a_page_is_one_row_that_names_what_it_showed(url: str, world: World) -> None:
    answer, rows = get(url, world)
    assert answer.status_code == 200
    taken = answer.headers.get("Content-Disposition", "").startswith("attachment")
    assert [(one.verb, one.subject_kind, len(one.listed)) for one in rows] == [
        ("disclosed" if taken else "viewed", *SHOWS[url])
    ]


def test_every_page_of_these_rooms_is_in_the_table_above() -> None:
    rooms = (
        "action",
        "answer",
        "inspection",
        "measure",
        "plan",
        "read",
        "committee",
        "how_",
        "my_actions",
        "today",
        "file",
    )
    pages = {
        url
        for url in TABLE.behind
        if url.startswith(rooms)
        and {"GET", "download"} & set(TABLE.methods_of(url))
        and url not in ("readiness", "todays_list")
    }
    assert pages == SHOWS.keys() | NOTHING_OF_ANYBODY


@pytest.mark.parametrize("url", SHOWS)
def test_a_page_that_cannot_be_logged_is_not_shown(url: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("the log is full")

    what, client = asked(url, world, state="own" if "own" in TABLE.states_of(url) else "other's")
    monkeypatch.setattr(log, "_digests", fails)
    answer = client.get(reverse(url, kwargs=what.where))
    assert answer.status_code == 500
    assert "Check every plan" not in answer.content.decode()


@pytest.mark.parametrize("url", [url for url in FORMS if url != "committee_pack"])
def test_what_cannot_be_logged_is_not_done(url: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    what, client = asked(url, world)
    before, rows = counts(), LogEntry.objects.count()
    monkeypatch.setattr(log, "_INSERT", "SELECT 1/0 -- %s %s %s %s %s %s %s %s %s %s %s %s")
    with undone():
        answer = sent(url, what, client)
    monkeypatch.undo()
    assert answer.status_code == 500
    assert (counts(), LogEntry.objects.count()) == (before, rows)


PLANTED = "Zephyrine Quillfeather"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the process writes, as its own handler writes it."""
    stream = io.StringIO()
    ours = [one for one in logging.getLogger().handlers if type(one.formatter).__module__.startswith("structlog")]
    assert ours
    for handler in ours:
        monkeypatch.setattr(handler, "stream", stream)
    return stream


def test_nobodys_words_are_in_the_process_log_or_in_an_address(world: World, written: io.StringIO) -> None:
    """Planted in every box, in a search, in an address and in a file's name."""
    for url in FORMS:
        what, client = asked(url, world)
        for name in what.posted:
            with undone():
                answer = sent(url, what, client, {name: PLANTED})
                assert PLANTED.split()[0] not in answer.headers.get("Location", "")
    client.post(reverse("read"), {"file": SimpleUploadedFile(f"{PLANTED}.md", f"{PLANTED}\n".encode())})
    client.get(reverse("plan"), {"q": PLANTED, "lead": PLANTED})
    client.get(f"/improvement/{PLANTED}/")
    assert '"route": "action_note"' in written.getvalue()
    assert PLANTED.split()[0] not in written.getvalue()


def test_nobodys_words_are_written_when_the_database_refuses_them(
    world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its error quotes what it refused."""
    what, client = asked("action_note", world)
    monkeypatch.setattr(log, "_INSERT", f"SELECT '{PLANTED}'::int -- %s %s %s %s %s %s %s %s %s %s %s %s")
    assert sent("action_note", what, client, {"words": PLANTED}).status_code == 500
    assert "DataError" in written.getvalue()
    assert PLANTED.split()[0] not in written.getvalue()


def test_a_row_of_the_log_holds_no_words(world: World) -> None:
    what, client = asked("action_note", world)
    sent("action_note", what, client, {"words": PLANTED})
    assert Note.objects.get().words == PLANTED
    rows = "".join(
        str([getattr(one, field.attname) for field in one._meta.concrete_fields]) for one in LogEntry.objects.all()
    )
    assert PLANTED.split()[0] not in rows
