"""Other people's ids, other plans' ids, rubbish in an address, and rights that end between a page and its form."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.access.matrix_records import World, day
from tests.factories import staff
from tests.governance.plans import accepted, head, plan_record, read, the
from tests.governance.test_attack_forms import FORMS, asked, counts, sent
from waypost.governance.answers.models import Match
from waypost.governance.improvement import actions, reading_actions
from waypost.governance.improvement.models import Plan
from waypost.kernel.ids import new_id

pytestmark = pytest.mark.django_db
NOBODYS = str(new_id())


@pytest.fixture
def boss() -> Any:
    return head()


@pytest.fixture
def plans(boss: Any) -> tuple[Plan, Plan]:
    """One that has been replaced, and the present one."""
    return accepted(boss, data=b"the first"), accepted(boss, data=b"the second")


def client_of(person: Any, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


PAGES = ("plan", "my_actions", "today", "read", "inspections", "how_status")
QUERIES = ("on", "page", "area", "status", "lead", "due", "note", "q", "order", "rows", "doubt")
RUBBISH = (
    "2016-02-31",
    "0001-01-01",
    "9999-12-31",
    "2026-13-45",
    "-1",
    "²",
    "9" * 5000,
    "1e9",
    "\0",
    "%",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\u202e",
    NOBODYS,
)


@pytest.mark.parametrize("name", QUERIES)
def test_rubbish_in_an_address_shows_a_page_and_runs_nothing(name: str, boss: Any, plans: Any) -> None:
    client, reading = client_of(boss), read(boss, data=b"a third")
    present = plans[1]
    addresses = [
        *(reverse(page) for page in PAGES),
        reverse("plan_file", kwargs={"pk": present.pk, "kind": "csv"}),
        reverse("answer", kwargs={"pk": present.inspection_id}),
        reverse("reading", kwargs={"pk": reading.pk}),
    ]
    for address in addresses:
        for rubbish in RUBBISH:
            answer = client.get(f"{address}?{name}={quote(rubbish)}")
            assert answer.status_code == 200, f"{address}?{name}={rubbish[:40]}"
            assert "<script>alert" not in answer.content.decode(errors="replace")


def test_ids_of_another_plan_action_or_inspection_are_not_found(boss: Any, plans: Any) -> None:
    old, present = plans
    client = client_of(boss, raise_request_exception=False)
    measure = actions.name_measure(
        the(present, "1b"), by=boss, name="Checked", target=80, lower_is_better=False, at=timezone.now()
    )
    one, other = the(present, "1a"), the(present, "1b")
    lines = {"pk": present.inspection_id, "line": present.inspection.recommendations.first().pk}
    of_the_old = {"pk": present.inspection_id, "line": old.inspection.recommendations.first().pk}
    tried = [
        ("measure_reading", {"pk": one.pk, "measure_pk": measure.pk}, {"numerator": 1, "denominator": 2, **day("dated", timezone.localdate())}, 404),
        ("bullet", {"pk": one.pk, "bullet_pk": other.bullets.get().pk}, {"kind": "milestone"}, 404),
        ("doubt", {"pk": one.pk, "doubt_pk": the(present, "2b").doubts.first().pk}, {"answer": "kept"}, 404),
        ("answer_match", lines, {"action": the(old, "1a").pk, "verdict": "answers"}, 404),
        ("answer_match", lines, {"action": NOBODYS, "verdict": "answers"}, 404),
        ("answer_match", lines, {"action": "1a", "verdict": "answers"}, 404),
        ("answer_match", of_the_old, {"action": one.pk, "verdict": "answers"}, 409),
        ("answer_judge", of_the_old, {"verdict": "nothing"}, 409),
        ("answer_match", lines, {"action": one.pk, "verdict": "perhaps"}, 409),
        ("answer_judge", lines, {"verdict": "strength"}, 409),
        ("answer_judge", lines, {"verdict": "checked"}, 409),
    ]  # fmt: skip
    before = counts()
    for url, where, posted, status in tried:
        assert client.post(reverse(url, kwargs=where), posted).status_code == status, (url, posted)
    assert client.get(reverse("answer_line", kwargs=of_the_old)).status_code == 404
    assert (
        client.get(reverse("answer_frozen", kwargs={"pk": present.inspection_id, "number": 10**30})).status_code == 404
    )
    assert counts() == before


def test_an_action_put_under_another_plans_recommendation_is_refused(boss: Any, plans: Any) -> None:
    client = client_of(boss)
    under = the(plans[0], "1a").recommendation_id
    posted = {"text": "Visit.", "leads": "Board chair", "recommendation": under, "ongoing": "on"}
    before = counts()
    assert client.post(reverse("action_add"), posted).status_code == 422
    assert counts() == before


@pytest.mark.parametrize("state", ["waiting", "thrown away", "accepted"])
def test_the_document_of_a_reading_is_its_readers_until_it_is_a_plans(state: str, boss: Any) -> None:
    reading = read(boss)
    if state == "thrown away":
        reading_actions.throw_away(reading, by=boss, at=timezone.now())
    if state == "accepted":
        reading_actions.accept(reading, by=boss, at=timezone.now())
    address = reverse("file", kwargs={"pk": reading.file_id})
    found = {
        role: client_of(staff(role)).get(address).status_code for role in ("manager", "board_member", "administrator")
    }
    everyone = 200 if state == "accepted" else 404
    assert found == {"manager": everyone, "board_member": everyone, "administrator": 404}
    assert client_of(boss).get(address).status_code == (404 if state == "thrown away" else 200)


@pytest.mark.parametrize("shown", [True, False])
def test_evidence_not_shown_to_inspectors_is_not_there_for_them(shown: bool, boss: Any, plans: Any) -> None:
    kept = actions.add_evidence(
        the(plans[1], "1a"), "minutes.txt", b"All.", by=boss, title="", inspector_may_open=shown, at=timezone.now()
    )
    address = reverse("file", kwargs={"pk": kept.file_id})
    roles = ("inspector", "auditor", "board_member", "panel_volunteer", "administrator", "practitioner", "manager")
    found = {role for role in roles if client_of(staff(role)).get(address).status_code == 200}
    assert found == {"practitioner", "manager"} | ({"inspector", "auditor", "board_member"} if shown else set())


@pytest.mark.parametrize("url", FORMS)
@pytest.mark.parametrize("ends", ["role", "account"])
def test_rights_that_end_between_the_page_and_its_form_are_gone(url: str, ends: str) -> None:
    what, client = asked(url, World("plan"))
    from waypost.access.models import RoleHeld, Staff  # who asked is known by the session alone

    asker = Staff.objects.get(pk=client.session["_auth_user_id"])
    if ends == "role":
        RoleHeld.objects.filter(staff=asker).update(until=timezone.now())
    else:
        Staff.objects.filter(pk=asker.pk).update(is_active=False, ended=timezone.localdate())
    before = counts()
    answer = sent(url, what, client)
    assert answer.status_code == (403 if ends == "role" else 302)
    assert ends == "role" or answer["Location"].startswith("/sign-in/")
    assert counts() == before


@pytest.mark.parametrize("url", FORMS)
def test_a_form_sent_from_elsewhere_is_refused(url: str) -> None:
    what, client = asked(url, World("plan"))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(client.cookies)
    before = counts()
    assert sent(url, what, strict).status_code == 403
    assert counts() == before


def test_nobody_checks_what_they_themselves_judged_whoever_else_said_something(boss: Any, plans: Any) -> None:
    other, present = staff("manager"), plans[1]
    lines = {"pk": present.inspection_id, "line": present.inspection.recommendations.first().pk}
    mine, theirs = client_of(boss), client_of(other)
    mine.post(
        reverse("answer_match", kwargs=lines), {"action": the(present, "2a").pk, "verdict": Match.Verdict.ANSWERS}
    )
    theirs.post(
        reverse("answer_match", kwargs=lines), {"action": the(present, "2b").pk, "verdict": Match.Verdict.NOT_THIS}
    )
    judge = reverse("answer_judge", kwargs=lines)
    assert mine.post(judge, {"verdict": "checked"}).status_code == 409
    assert theirs.post(judge, {"verdict": "checked"}).status_code == 302


def test_a_refused_doubt_of_a_replaced_plan_stays_open(boss: Any, plans: Any) -> None:
    one = the(plans[0], "2b")
    doubt = one.doubts.first()
    where = {"pk": one.pk, "doubt_pk": doubt.pk}
    assert client_of(boss).post(reverse("doubt", kwargs=where), {"answer": "dropped"}).status_code == 409
    doubt.refresh_from_db()
    assert doubt.answer == ""


def test_a_plan_without_an_inspection_or_areas_is_drawn_everywhere(boss: Any) -> None:
    record = plan_record()
    record["areas"] = record["recommendations"] = record["doubts"] = []
    for one in record["actions"]:
        one |= {"recommendation": None, "area": None}
    reading = read(boss, plan=record)
    reading.inspection = None
    reading.save()
    plan = reading_actions.accept(reading, by=boss, at=timezone.now())
    assert plan and plan.inspection is None
    client = client_of(boss)
    for address in (
        reverse("plan") + "?status=all",
        reverse("today"),
        reverse("action", kwargs={"pk": the(plan, "1a").pk}),
    ):
        assert client.get(address).status_code == 200
    for kind in ("pdf", "word", "excel", "csv"):
        assert client.get(reverse("plan_file", kwargs={"pk": plan.pk, "kind": kind})).status_code == 200
