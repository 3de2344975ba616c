"""What somebody asked for and was not shown is in the log, though the request itself was rolled back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.log_support import session
from tests.access.matrix_records import World, asked_of
from tests.factories import service, staff
from tests.governance.plans import the
from waypost.access import log, matrix, panels
from waypost.access.log_models import LogEntry
from waypost.access.refusals import asked_in_vain
from waypost.governance.improvement.models import ActionChange
from waypost.kernel.refusal import NotAllowed

ID, OTHER = UUID(int=1), UUID(int=2)
committed = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("status", "page", "ids", "event"),
    [
        (403, "staff", [], "refused.staff"),
        (403, "staff_person", [ID], "refused.staff_person"),
        (404, "file", [ID], "not_found.file"),
        (404, "staff_role_take", [ID, OTHER], "not_found.staff_role_take"),
        (404, "mfa_deactivate_totp", [], None),  # names no record
        (200, "file", [ID], None),
        (302, "file", [ID], None),
        (405, "file", [ID], None),
        (409, "action_note", [ID], None),  # what it is about was shown
        (422, "action_note", [ID], None),
        (500, "file", [ID], None),
    ],
)
def test_what_leaves_a_trace(status: int, page: str, ids: list[UUID], event: str | None) -> None:
    assert asked_in_vain(status, page, ids) == event


@pytest.mark.django_db
def test_every_address_has_a_name_that_the_log_takes() -> None:
    for page in matrix.load().behind:
        log.record(None, log.Verb.VIEWED, str(asked_in_vain(403, page, [])))


def traces() -> list[tuple[UUID | None, str, str, list[UUID]]]:
    found = LogEntry.objects.filter(event__regex=r"^(refused|not_found)\.")
    return [(row.actor, row.verb, row.event, row.listed) for row in found]


@pytest.fixture
def curious(db: None, signed_in: Callable[..., Client]) -> tuple[UUID, Client]:
    """A case manager, to whom staff and the log are not open."""
    person = staff("practitioner")
    return person.pk, signed_in(person)


@committed
def test_a_refused_page_leaves_who_what_and_in_which_request_and_the_chains_hold(signed_in) -> None:
    """Committed for good: nothing around the request takes it back, as a test's own transaction might."""
    person, asked_for = staff("practitioner"), staff("manager")
    client = signed_in(person)
    answers = [client.get(f"/staff/{asked_for.pk}/"), client.post("/staff/teams/", {"name": "Riverside"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert sorted(traces(), key=lambda row: row[2]) == [
        (person.pk, "viewed", "refused.staff_person", [asked_for.pk]),
        (person.pk, "viewed", "refused.teams", []),
    ]
    requests = {str(row.request) for row in LogEntry.objects.filter(event__startswith="refused.")}
    assert requests == {answer["X-Request-Id"] for answer in answers}
    with session() as owner:
        assert owner.execute("SELECT * FROM access_log_broken()").fetchall() == []


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["get", "head", "fragment"])
def test_however_it_is_asked_for(curious, asked: str) -> None:
    person, client = curious
    how = {"HX-Request": "true"} if asked == "fragment" else {}
    getattr(client, "head" if asked == "head" else "get")("/who-looked/", headers=how)
    assert traces() == [(person, "viewed", "refused.log", [])]


@pytest.mark.django_db
def test_what_is_hidden_leaves_one_too_and_so_does_what_never_was(signed_in) -> None:
    world = World("file")
    curious = staff("practitioner")
    hidden = asked_of("file", world, curious, "sealed").where["pk"]
    client, never = signed_in(curious), uuid4()
    assert [client.get(reverse("file", kwargs={"pk": pk})).status_code for pk in (hidden, never)] == [404, 404]
    assert traces() == [
        (curious.pk, "viewed", "not_found.file", [hidden]),
        (curious.pk, "viewed", "not_found.file", [never]),
    ]


@pytest.mark.django_db
def test_a_deed_refused_in_its_form_leaves_one_beside_the_page_that_was_shown(signed_in) -> None:
    """The refusal is shown in the form, so nothing is raised as far as the middleware: the answer's number tells."""
    world, client = World("action_dates"), signed_in(staff("practitioner"))
    action = the(world.plans[1], "1a")
    dates = {"start-month": "11", "start-year": "2025", "why": "Agreed.", "revision": action.revision}
    answer = client.post(reverse("action_dates", kwargs={"pk": action.pk}), dates)
    assert answer.status_code == 403
    assert not ActionChange.objects.exists()
    assert [row[2:] for row in traces()] == [("refused.action_dates", [action.pk])]
    assert LogEntry.objects.filter(event="improvement.action", subject=action.pk).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/staff/", f"/staff/{ID}/", "/no-such-page/"])
def test_nobody_signed_in_leaves_none(client: Client, address: str) -> None:
    """A visitor is sent to sign in, or finds nothing: they cannot fill the log."""
    service()
    client.get(address)
    assert traces() == []


@pytest.mark.django_db
def test_an_address_that_is_none_leaves_none(curious) -> None:
    assert curious[1].get("/no-such-page/").status_code == 404
    assert traces() == []


@committed
def test_a_refusal_that_cannot_be_logged_is_not_answered(signed_in) -> None:
    client = signed_in(staff("practitioner"))
    with session(autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON access_logentry FROM waypost_app")
    client.raise_request_exception = False
    answer = client.get("/staff/")
    assert answer.status_code == 500
    assert "Ask an administrator" not in answer.content.decode()


@committed
def test_what_the_refused_request_had_logged_is_gone_with_it(signed_in, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page was logged as shown, then refused on the way: only the refusal is true."""

    def refuses(*_: object, **__: object) -> None:
        assert connection.in_atomic_block
        log.record(None, log.Verb.VIEWED, "test.shown")
        raise NotAllowed("Not open to you.")

    monkeypatch.setattr(panels, "staff_lines", refuses)
    assert signed_in(staff("administrator")).get("/staff/").status_code == 403
    assert [row[2] for row in traces()] == ["refused.staff"]
    assert not LogEntry.objects.filter(event="test.shown").exists()


def text(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


@pytest.mark.django_db
def test_the_log_page_says_refused_and_never_that_it_was_viewed(signed_in) -> None:
    curious, wanted = staff("practitioner", name="Anna Dell"), staff("manager", name="Boris Elm")
    unknown = uuid4()
    for address in (f"/staff/{wanted.pk}/", f"/files/{unknown}/", "/staff/"):
        signed_in(curious).get(address)
    head = signed_in(staff("head_of_service"))
    page = text(head.get("/who-looked/?verb=refused"))
    for said in (
        "<strong>refused</strong> staff person",
        "<strong>not found</strong> file",
        "Boris Elm <a",
        "a record <a",
    ):
        assert said in page
    assert f"q={wanted.pk}" in page
    assert "refused" not in text(head.get("/who-looked/?verb=viewed")).partition("<tbody")[2]
    assert "<strong>refused</strong>" in text(head.get(f"/who-looked/?q={wanted.pk}"))
    shown = LogEntry.objects.filter(event="log.page").newest_first().last().listed
    assert {curious.pk, wanted.pk, unknown} <= set(shown)
