"""Who looked at what: what it shows, to whom, and that looking is logged; and a page that cannot be logged."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml import html

from tests.access.log_support import session
from tests.factories import service, staff, team
from waypost.access import log, log_panels, log_views
from waypost.access.log_models import LogEntry
from waypost.access.permissions import ROLES, Permission

pytestmark = pytest.mark.django_db
ADDRESS = "/who-looked/"


@pytest.fixture
def head(signed_in) -> Client:
    service()
    return signed_in(staff("head_of_service", name="Head Here"))


def rows(page: HttpResponse) -> list[tuple[str, ...]]:
    """Who, what and which record, as the page's table says it."""
    found = html.fromstring(page.content).xpath("//tbody/tr")
    return [tuple(" ".join(cell.text_content().split()) for cell in row.xpath("td")) for row in found]


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_answer_for_the_log_may_read_it(signed_in, role):
    service()
    allowed = Permission.SEE_LOG in ROLES[role].permissions
    assert signed_in(staff(role)).get(ADDRESS).status_code == (200 if allowed else 403)
    assert LogEntry.objects.filter(event="log.page").count() == int(allowed)


def test_each_row_says_who_for_whom_what_to_which_and_how_many(head):
    anna, north = staff(name="Anna"), team(name="North")
    boris = staff(name="Boris")
    log.record(None, log.Verb.ERASED, "file.emptied", north)
    log.record(anna, log.Verb.CHANGED, "team.moved", boris, reason="he asked", on_behalf_of=boris)
    log.record(anna, log.Verb.DISCLOSED, "team.list_taken", listed=[uuid4(), uuid4()])
    assert rows(head.get(ADDRESS)) == [
        ("Anna", "disclosed team: list taken", "2 records shown"),
        ("Anna, for Boris", "changed team: moved, with a reason", f"Boris only this record: {boris.pk}"),
        ("The system", "erased file: emptied", f"team only this record: {north.pk}"),
    ]


def test_to_look_is_to_be_seen_looking_and_at_whom(head):
    anna, north = staff(name="Anna"), team()
    log.record(anna, log.Verb.VIEWED, "team.page", north)
    head.get(ADDRESS)
    newest = LogEntry.objects.newest_first()[0]
    assert (newest.verb, newest.event, set(newest.listed)) == ("viewed", "log.page", {anna.pk, north.pk})
    assert rows(head.get(f"{ADDRESS}?q={north.pk}"))[0] == ("Head Here", "viewed log: page", "2 records shown")


@pytest.fixture
def three(head) -> dict[str, str]:
    """Three rows that the filters tell apart, and what to ask for."""
    anna, boris, north, south = staff(name="Anna"), staff(name="Boris"), team(), team()
    log.record(anna, log.Verb.VIEWED, "test.one", north)
    log.record(boris, log.Verb.CHANGED, "test.two", south, on_behalf_of=anna)
    log.record(None, log.Verb.VIEWED, "test.three", listed=[south.pk])
    return {"anna": anna.pk, "boris": boris.pk, "north": north.pk, "south": south.pk}


@pytest.mark.parametrize(
    ("asked", "events"),
    [
        ("", ["three", "two", "one"]),
        ("person={anna}", ["two", "one"]),
        ("person={boris}", ["two"]),
        ("person=the+system", ["three"]),
        ("person=nobody", ["three", "two", "one"]),
        ("verb=viewed", ["three", "one"]),
        ("verb=erased", []),
        ("verb=read", ["three", "two", "one"]),
        ("q={south}", ["three", "two"]),
        ("q=https://example.org/teams/{north}/edit", ["one"]),
        ("q={boris}", []),
        ("person={anna}&verb=viewed&q={north}&days=90", ["one"]),
        ("days=soon", ["three", "two", "one"]),
        ("page=0", ["three", "two", "one"]),
        ("page=9", ["three", "two", "one"]),
    ],
)
def test_filters(head, three, asked, events):
    page = head.get(f"{ADDRESS}?{asked.format(**three)}")
    assert page.status_code == 200
    assert [what.rsplit(" ", 1)[1] for _, what, _ in rows(page)] == events


def test_what_is_not_a_records_number_is_said_to_be_none_and_matches_nothing(head, three):
    page = head.get(f"{ADDRESS}?q=<b>Anna</b>")
    assert page.status_code == 422
    assert "‘&lt;b&gt;Anna&lt;/b&gt;’ is not the number of a record." in page.content.decode()
    assert rows(page) == []


def test_a_week_is_shown_unless_more_is_asked_for(head, three):
    now = timezone.now()
    for days, asked, found in [(6, {}, 3), (8, {}, 0), (8, {"days": "30"}, 3), (1, {"days": "1"}, 0)]:
        at = now + timedelta(days=days)
        assert len(log_panels.who_looked(asked, at=at).lines) == found, (days, asked)


def test_fifty_to_a_page_at_the_same_number_of_queries(head, queries):
    head.get(ADDRESS)
    one = staff(name="Anna")
    for number in range(120):
        log.record(one, log.Verb.VIEWED, "test.seen", team() if number % 40 == 0 else None, listed=[uuid4()])
    with queries(10):
        first = head.get(ADDRESS)
    with queries(10):
        last = head.get(f"{ADDRESS}?page=3")
    assert (len(rows(first)), len(rows(last))) == (50, 22)
    assert "Showing <strong>1 to 50</strong> of 121 entries" in first.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_can_only_be_read(head, method):
    assert getattr(head, method)(ADDRESS).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_view_that_cannot_be_logged_is_not_shown(head):
    anna = staff(name="Anna")
    with transaction.atomic():
        log.record(anna, log.Verb.VIEWED, "test.seen")
    assert b"Anna" in head.get(ADDRESS).content
    with session(autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON access_logentry FROM waypost_app")
    head.raise_request_exception = False
    page = head.get(ADDRESS)
    assert page.status_code == 500
    assert b"Anna" not in page.content


def test_a_view_that_fails_after_it_was_logged_leaves_no_row_of_having_been_shown(head, monkeypatch):
    def cannot(*_: object, **__: object) -> None:
        raise DatabaseError("planted")

    monkeypatch.setattr(log_views, "render", cannot)
    head.raise_request_exception = False
    assert head.get(ADDRESS).status_code == 500
    assert not LogEntry.objects.filter(event="log.page").exists()
