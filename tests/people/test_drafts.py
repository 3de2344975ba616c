"""Words typed and not part of the record yet: one's own, saved over what one saw, gone in time, never brought back."""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app

from tests.factories import staff
from tests.people.children import as_seen_by, child, let_go, posted, sealed
from waypost.access.models import LogEntry, Staff
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound
from waypost.people.drafts import actions, kept_keys, panels, rules, tasks
from waypost.people.drafts.actions import Ended, Held, Newer
from waypost.people.models import Child, Draft, Entry

pytestmark = pytest.mark.django_db
WORDS = "She said the bus was late again."
PAGE, OTHER_PAGE = new_id(), new_id()


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def held(draft: UUID, revision: int = 0, page: UUID = PAGE, turn: int = 1) -> Held:
    return Held(draft, revision, page, turn)


def save(of: Child, by: Staff, words: str = WORDS, *, form: str = "entry", what: Held | None = None) -> Draft:
    as_seen_by(by)
    what = what or held(new_id())
    return actions.save(of.person, form, "entries", {"words": words}, held=what, by=by, at=timezone.now())


def test_what_is_typed_is_saved_and_each_save_is_one_revision_more(worker: Staff, ellis: Child) -> None:
    first = save(ellis, worker, "She said")
    second = save(ellis, worker, what=held(first.pk, 1, turn=2))
    assert (second.pk, second.revision, second.typed) == (first.pk, 2, {"words": WORDS})
    assert Draft.objects.visible_to(worker).count() == 1
    assert list(LogEntry.objects.filter(event__startswith="draft.").values_list("event", "subject")) == [
        ("draft.begun", ellis.pk)
    ]


# revision, page and turn of the save that comes; whether it is taken over (revision 2, PAGE, turn 5)
COMES = [
    (2, OTHER_PAGE, 1, True),  # saw what was saved last
    (1, OTHER_PAGE, 9, False),  # saw an older one
    (3, OTHER_PAGE, 9, False),  # claims one that never was
    (0, OTHER_PAGE, 9, False),
    (1, PAGE, 6, True),  # saved last itself, and never heard that it did
    (2, PAGE, 5, False),  # its own, sent again
    (2, PAGE, 4, False),  # its own, overtaken on the way
]


@pytest.mark.parametrize(("revision", "page", "turn", "taken"), COMES)
def test_a_save_goes_over_what_it_saw_and_over_nothing_newer(
    worker: Staff, ellis: Child, revision: int, page: UUID, turn: int, taken: bool
) -> None:
    draft = save(ellis, worker, "one", what=held(new_id(), turn=4))
    save(ellis, worker, "two", what=held(draft.pk, 1, turn=5))
    comes = held(draft.pk, revision, page, turn)
    if taken:
        assert save(ellis, worker, "three", what=comes).typed == {"words": "three"}
        return
    with pytest.raises(Newer) as refused:
        save(ellis, worker, "three", what=comes)
    assert refused.value.draft.typed == {"words": "two"}


def test_another_page_that_saw_no_draft_is_given_the_one_there_is(worker: Staff, ellis: Child) -> None:
    first = save(ellis, worker, "one")
    with pytest.raises(Newer) as refused:
        save(ellis, worker, "two", what=held(new_id(), page=OTHER_PAGE))
    assert refused.value.draft == first
    assert save(ellis, worker, "an alert", form="alert").pk != first.pk


def test_a_draft_is_its_authors_alone(worker: Staff, ellis: Child, signed_in: Any) -> None:
    draft = save(ellis, worker)
    head = staff("head_of_service")
    as_seen_by(head)
    assert panels.own(head, timezone.now()) == []
    with pytest.raises(NotFound):
        save(ellis, head, what=held(draft.pk, 1))
    with pytest.raises(NotFound):
        actions.throw_away(draft, by=head, at=timezone.now())
    client = signed_in(head)
    assert WORDS not in client.get(f"/children/{ellis.pk}/say/entry/").content.decode()
    assert client.post(f"/drafts/{draft.pk}/throw-away/").status_code == HTTPStatus.NOT_FOUND
    assert save(ellis, head, "mine").typed == {"words": "mine"}


def test_whether_one_may_still_write_is_asked_at_every_save(worker: Staff, ellis: Child) -> None:
    draft = save(ellis, worker)
    let_go(ellis, by=worker)
    with pytest.raises(NotAllowed):
        save(ellis, worker, "more", what=held(draft.pk, 1, turn=2))
    draft.refresh_from_db()
    assert draft.typed == {"words": WORDS}
    (line,) = panels.own(worker, timezone.now())
    assert (line.child, line.name) == (None, "")


def test_once_a_record_is_sealed_its_drafts_are_behind_the_wall_too(worker: Staff, ellis: Child) -> None:
    draft, head = save(ellis, worker), staff("head_of_service")
    as_seen_by(head)
    sealed(ellis, head, by=head)
    as_seen_by(worker)
    assert panels.own(worker, timezone.now()) == []
    with pytest.raises(NotAllowed):
        save(ellis, worker, "more", what=held(draft.pk, 1, turn=2))
    as_seen_by(head)
    assert [one.typed for one in Draft.objects.filter(person=ellis.person)] == [{"words": WORDS}]


# Becoming part of the record ------------------------------------------------------------------------------------------


def boxes_in(answer: Any) -> dict[str, str | None]:
    """What stands in the boxes of the form on a page."""
    (form,) = [form for form in lxml.html.fromstring(answer.content.decode()).forms if "once" in form.fields]
    return dict(form.fields)


def page_of(client: Client, of: Child, kind: str = "entry") -> dict[str, str | None]:
    return boxes_in(client.get(f"/children/{of.pk}/say/{kind}/"))


def hidden_in(boxes: dict[str, str | None]) -> dict[str, str]:
    return {name: value or "" for name, value in boxes.items() if name.startswith("draft")}


def form_of(client: Client, of: Child, kind: str = "entry") -> dict[str, str]:
    """The hidden boxes of the page, as a browser sends them at its first save."""
    return hidden_in(page_of(client, of, kind)) | {"draft_turn": "1"}


def say(client: Client, of: Child, hidden: dict[str, str], **fields: Any) -> Any:
    return client.post(f"/children/{of.pk}/say/entry/", posted("entry", **fields) | hidden)


def saved(client: Client, of: Child, hidden: dict[str, str], **typed: str) -> Any:
    return client.post(f"/drafts/of/{of.pk}/", {"words": WORDS, **typed} | hidden)


def test_the_words_leave_the_draft_as_they_become_part_of_the_record(
    worker: Staff, ellis: Child, signed_in: Any
) -> None:
    client = signed_in(worker)
    hidden = form_of(client, ellis)
    answer = saved(client, ellis, hidden)
    assert answer.status_code == HTTPStatus.OK
    assert answer.json()["revision"] == 1
    assert say(client, ellis, hidden, words=WORDS).status_code == HTTPStatus.FOUND
    as_seen_by(worker)
    assert Entry.objects.get().words == WORDS
    draft = Draft.objects.get()
    assert (draft.typed, draft.ended_at is None) == ({}, False)


@pytest.mark.parametrize("saved_before", [True, False])
def test_a_late_save_does_not_bring_them_back(worker: Staff, ellis: Child, signed_in: Any, saved_before: bool) -> None:
    client = signed_in(worker)
    hidden = form_of(client, ellis)
    if saved_before:
        saved(client, ellis, hidden)
    say(client, ellis, hidden, words=WORDS)
    for revision in ("0", "1", "2"):
        late = saved(client, ellis, hidden | {"draft_revision": revision, "draft_turn": "99"})
        assert (late.status_code, late.json()["ended"]) == (HTTPStatus.OK, True)
    as_seen_by(worker)
    assert not Draft.objects.exclude(typed={}).exists()
    with pytest.raises(Ended):
        save(ellis, worker, what=held(UUID(hidden["draft"]), 1, turn=100))


def test_a_statement_that_is_refused_leaves_the_draft(worker: Staff, ellis: Child, signed_in: Any) -> None:
    client = signed_in(worker)
    hidden = form_of(client, ellis)
    saved(client, ellis, hidden)
    answer = say(client, ellis, hidden, own_words="“No.”")
    assert answer.status_code == HTTPStatus.CONFLICT
    again = hidden_in(boxes_in(answer))
    assert (again["draft"], again["draft_page"]) == (hidden["draft"], hidden["draft_page"])
    as_seen_by(worker)
    assert Draft.objects.get().typed == {"words": WORDS}


def test_words_that_another_page_saved_meanwhile_stay(worker: Staff, ellis: Child, signed_in: Any) -> None:
    client = signed_in(worker)
    saved(client, ellis, form_of(client, ellis))
    one, other = form_of(client, ellis), form_of(client, ellis)
    assert one["draft"] == other["draft"]
    assert saved(client, ellis, other, words="newer").status_code == HTTPStatus.OK
    answer = client.post(f"/children/{ellis.pk}/say/entry/", posted("entry", words=WORDS) | one, follow=True)
    assert "Other words of yours for this form" in answer.content.decode()
    as_seen_by(worker)
    assert Draft.objects.get().typed == {"words": "newer"}


def test_the_form_comes_back_with_every_box_as_it_was_left(worker: Staff, ellis: Child, signed_in: Any) -> None:
    client = signed_in(worker)
    typed = {"kind": "visit", "since-day": "3", "since-month": "", "clock": "16", "said_by": "child"}
    typed |= {"title": "<b>A call</b>", "how": "reported"}
    saved(client, ellis, form_of(client, ellis), **typed, once=str(new_id()), admin="yes")
    page = client.get(f"/children/{ellis.pk}/say/entry/")
    boxes = boxes_in(page)
    assert {name: boxes[name] for name in typed} == typed
    assert (boxes["words"], boxes["since-year"]) == (WORDS, "")
    assert "are back in this form" in page.content.decode()
    as_seen_by(worker)
    assert "admin" not in Draft.objects.get().typed


# Age ------------------------------------------------------------------------------------------------------------------

NOW = timezone.now()


def aged(of: Child, by: Staff, days: float) -> Draft:
    draft = save(of, by, f"{days} days", form="entry" if days < 10 else "need" if days < 29 else "alert")
    then = NOW - timedelta(days=days)
    Draft.objects.filter(pk=draft.pk).update(begun_at=then, saved_at=then)
    return draft


def test_a_warning_from_the_twenty_third_day(worker: Staff, ellis: Child) -> None:
    aged(ellis, worker, 3), aged(ellis, worker, 22.9), aged(ellis, worker, 29)
    assert [line.asked.key for line in panels.warned(worker, NOW)] == ["alert"]
    warned = panels.warned(worker, NOW + timedelta(days=1))
    assert [line.asked.key for line in warned] == ["alert", "need"]
    assert all("The words go on" in str(line.warning) for line in warned)


def test_the_warning_stands_on_the_page_for_today(worker: Staff, ellis: Child, signed_in: Any) -> None:
    aged(ellis, worker, 25)
    page = signed_in(worker).get("/").content.decode()
    assert "What needs you today" in page
    assert "Words will go" in page
    assert f"/children/{ellis.pk}/say/need/" in page
    assert "25 days" not in page
    assert "Words will go" not in signed_in(staff("manager")).get("/").content.decode()


def test_after_thirty_days_the_words_go_once_whoever_is_sealed(worker: Staff, ellis: Child) -> None:
    young, old = aged(ellis, worker, 28), aged(ellis, worker, 31)
    head = staff("head_of_service")
    as_seen_by(head)
    sealed(ellis, head, by=head)
    as_seen_by(worker)
    assert actions.empty_old(at=NOW) == [old.pk]
    assert actions.empty_old(at=NOW) == []
    entry = LogEntry.objects.get(event="draft.emptied")
    assert (entry.actor, entry.listed) == (None, [old.pk])
    as_seen_by(head)
    found = {draft.pk: draft for draft in Draft.objects.all()}
    assert (found[old.pk].typed, found[old.pk].ended_at) == ({}, NOW)
    assert found[young.pk].typed != {}


def test_the_worker_does_it_every_night(worker: Staff, ellis: Child) -> None:
    old = aged(ellis, worker, 31)
    tasks.empty_old_drafts(0)
    old.refresh_from_db()
    assert old.typed == {}
    periodic = {each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    assert periodic["people.empty_old_drafts"] == "7 4 * * *"


# What cannot be saved -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["x" * 10_000, "Nid oedd y bws yno.", "الحافلة تأخرت", "公交车又晚点了", "🚌" * 2_000, "a‮b​c", "' OR 1=1 --\\u0000"],
)
def test_words_in_any_script_come_back_as_they_were_typed(
    words: str, worker: Staff, ellis: Child, signed_in: Any
) -> None:
    client = signed_in(worker)
    assert saved(client, ellis, form_of(client, ellis), words=words).status_code == HTTPStatus.OK
    assert page_of(client, ellis)["words"] == words


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"words": "a\0b"}, "There is a character in it that cannot be kept"),
        ({"words": "x" * (rules.LONGEST + 1)}, "This is 100,001 letters long"),
        ({"draft_revision": "-1"}, "did not say which draft"),
        ({"draft_revision": "9" * 30}, "did not say which draft"),
        ({"draft_turn": "soon"}, "did not say which draft"),
        ({"draft": "mine"}, "did not say which draft"),
        ({"draft": ""}, "did not say which draft"),
    ],
)
def test_what_cannot_be_saved_is_refused_with_the_reason(
    fields: dict[str, str], reason: str, worker: Staff, ellis: Child, signed_in: Any
) -> None:
    client = signed_in(worker)
    answer = client.post(f"/drafts/of/{ellis.pk}/", {"words": WORDS} | form_of(client, ellis) | fields)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert reason in answer.json()["reason"]
    as_seen_by(worker)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "form", ["", "moon", "document", "entry:", "entry:x", "entry:0193b6b0-0000-7000-8000-000000000000", "entry:a\0"]
)
def test_a_form_that_is_none_is_not_there(form: str, worker: Staff, ellis: Child, signed_in: Any) -> None:
    client = signed_in(worker)
    assert saved(client, ellis, form_of(client, ellis) | {"draft_form": form}).status_code == HTTPStatus.NOT_FOUND


def test_a_child_who_is_not_open_is_not_there(worker: Staff, ellis: Child, signed_in: Any) -> None:
    client = signed_in(worker)
    hidden = form_of(client, ellis)
    let_go(ellis, by=worker)
    answer = saved(client, ellis, hidden)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not Draft.objects.exists()


def test_what_a_role_does_not_write_about_is_refused(ellis: Child, signed_in: Any) -> None:
    client = signed_in(staff("business_support"))
    hidden = form_of(client, ellis, "address")
    assert saved(client, ellis, hidden).status_code == HTTPStatus.OK
    answer = saved(client, ellis, hidden | {"draft_form": "entry", "draft": str(new_id())})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Your role does not write about what happened" in answer.json()["reason"]


def test_another_site_saves_nothing(worker: Staff, ellis: Child) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker)
    hidden = form_of(client, ellis)
    assert saved(client, ellis, hidden).status_code == HTTPStatus.FORBIDDEN
    token = client.get("/drafts/key").json()["token"]
    assert saved(client, ellis, hidden, csrfmiddlewaretoken=token).status_code == HTTPStatus.OK


def test_whoever_was_signed_out_is_told_as_a_fragment_is(ellis: Child, client: Client) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/children/{ellis.pk}/say/entry/"}
    for answer in (client.post(f"/drafts/of/{ellis.pk}/", headers=asked), client.get("/drafts/key", headers=asked)):
        assert answer["HX-Redirect"] == f"/sign-in/?next=/children/{ellis.pk}/say/entry/"
        assert b"keys" not in answer.content


def test_no_words_in_the_log(worker: Staff, ellis: Child, signed_in: Any) -> None:
    client = signed_in(worker)
    hidden = form_of(client, ellis)
    saved(client, ellis, hidden)
    client.get("/drafts/")
    say(client, ellis, hidden, words=WORDS)
    rows = json.dumps(list(LogEntry.objects.values()), default=str)
    assert "draft.begun" in rows
    assert "bus" not in rows


# The key --------------------------------------------------------------------------------------------------------------


def test_a_key_is_one_persons_and_the_same_at_every_sign_in(worker: Staff, signed_in: Any) -> None:
    mine, again = (signed_in(worker).get("/drafts/key") for _ in range(2))
    theirs = signed_in(staff("practitioner")).get("/drafts/key").json()
    assert "no-store" in mine["Cache-Control"]
    assert mine.json()["keys"] == again.json()["keys"] != theirs["keys"]
    assert mine.json()["person"] == again.json()["person"] != theirs["person"]


def test_an_older_version_still_opens_and_the_newest_closes(worker: Staff, signed_in: Any, settings: Any) -> None:
    settings.KEPT_WORDS_KEYS = {1: "old", 3: "new"}
    said = signed_in(worker).get("/drafts/key").json()
    assert (said["keys"].keys(), said["newest"]) == ({"1", "3"}, 3)
    assert len(set(said["keys"].values())) == 2
    assert kept_keys.keys_of(worker, {1: "old"})[1] == said["keys"]["1"]
