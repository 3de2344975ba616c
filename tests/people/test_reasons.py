"""A record opened with a reason: for a day, said to a manager, and reviewed by somebody who is not the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff, team
from tests.people.children import as_seen_by, held, sealed
from waypost.access import deputies, log
from waypost.access.models import LogEntry, Staff
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.models import Child, OpenedWithReason
from waypost.people.need_to_know import reasons, reviewing

pytestmark = pytest.mark.django_db
REASON = "His mother rang duty about last night."
SignedIn = Callable[[Staff], Client]


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def ellis(head: Staff) -> Child:
    return held(staff("practitioner", name="Priya Nandakumar"), entered_by=head)


def opened(child: Child, by: Staff, reason: str = REASON) -> OpenedWithReason:
    as_seen_by(by)
    return reasons.open_with_reason(child, reason=reason, by=by, at=timezone.now())


def reviewed(one: OpenedWithReason, verdict: str, by: Staff, words: str = "") -> OpenedWithReason:
    as_seen_by(by)
    return reasons.review(one, verdict=verdict, words=words, by=by, at=timezone.now())


def test_a_reason_opens_a_record_for_a_day_and_is_logged_by_its_digest(ellis: Child) -> None:
    other = staff("practitioner")
    given = opened(ellis, other)
    now = timezone.now()
    assert Child.objects.visible_to(other, now).get() == ellis
    assert not Child.objects.visible_to(other, now + timedelta(days=1, minutes=1)).exists()
    entry = LogEntry.objects.get(event="child.opened_with_reason", subject=ellis.pk)
    assert log.matches(entry, reason=REASON)
    with pytest.raises(Refused, match="open to you already"):
        opened(ellis, other)
    assert OpenedWithReason.objects.get() == given


@pytest.mark.parametrize("reason", ["", "handover", "   handover    "])
def test_what_is_no_reason_opens_nothing(reason: str, ellis: Child) -> None:
    other = staff("practitioner")
    with pytest.raises(Refused, match="Say why you need it"):
        opened(ellis, other, reason)
    assert not Child.objects.visible_to(other, timezone.now()).exists()


@pytest.mark.parametrize("role", ["panel_coordinator", "auditor", "board_member", "analyst", None])
def test_a_role_that_opens_nothing_with_a_reason(role: str | None, ellis: Child) -> None:
    with pytest.raises(NotAllowed):
        opened(ellis, staff(role))


def test_a_sealed_record_is_as_if_it_were_not_there(ellis: Child, head: Staff) -> None:
    sealed(ellis, head, by=head)
    with pytest.raises(NotFound):
        opened(ellis, staff("practitioner"))


def test_a_closed_record_leads_to_the_page_that_says_whom_to_ring(
    signed_in: SignedIn, ellis: Child, head: Staff
) -> None:
    other = staff("practitioner")
    client, page = signed_in(other), reverse("child", kwargs={"pk": ellis.pk})
    led_to = client.get(page, follow=True)
    assert led_to.redirect_chain == [(reverse("open_with_reason", kwargs={"pk": ellis.pk}), 302)]
    assert "Priya Nandakumar" in led_to.text
    assert "Marden" not in led_to.text

    refused = client.post(led_to.redirect_chain[0][0], {"reason": "handover"})
    assert (refused.status_code, client.get(page).status_code) == (422, 302)
    assert client.post(led_to.redirect_chain[0][0], {"reason": REASON}).url == page
    assert "Marden" in client.get(page).text
    assert client.post(led_to.redirect_chain[0][0], {"reason": REASON}).url == page
    assert OpenedWithReason.objects.count() == 1

    as_seen_by(head)
    sealed(ellis, head, by=head)
    assert client.get(page).status_code == 404


def test_nobody_reviews_their_own_reason_nor_has_it_reviewed_in_their_name(ellis: Child) -> None:
    manager = staff("manager", "practitioner", team=team(name="Riverside"))
    own = OpenedWithReason.objects.create(
        person=ellis.person, staff=manager, at=timezone.now(), until=timezone.now() + timedelta(days=1), reason=REASON
    )
    with pytest.raises(Refused, match="Nobody reviews their own"):
        reviewed(own, "needed", manager)
    deputy = staff("practitioner")
    deputies.deputise(manager, to=deputy, until=timezone.localdate(), by=manager, at=timezone.now())
    with pytest.raises(Refused, match="nobody does it in their name"):
        reviewed(own, "needed", deputy)
    assert reviewed(own, "needed", staff("manager")).verdict == "needed"


@pytest.mark.parametrize("role", ["practitioner", "specialist", "performance_officer", "business_support"])
def test_only_managers_review(role: str, ellis: Child) -> None:
    given = opened(ellis, staff("practitioner"))
    with pytest.raises(NotAllowed):
        reviewed(given, "needed", staff(role))


def test_a_manager_asks_the_person_answers_and_the_manager_says(ellis: Child, head: Staff) -> None:
    other = staff("practitioner")
    given = opened(ellis, other)
    with pytest.raises(Refused, match="Write what you ask"):
        reviewed(given, "to_ask", head)
    with pytest.raises(Refused, match="Say why not"):
        reviewed(given, "not_needed", head, "No.")
    reviewed(given, "to_ask", head, "Where is the note of the call?")
    assert reviewing.reasons(head, timezone.now()).waiting == []
    with pytest.raises(Refused, match="asked already"):
        reviewed(given, "to_ask", head, "Where is the note of the call?")

    with pytest.raises(Refused, match="Only the person"):
        reasons.answer(given, words="I wrote it just now.", by=head, at=timezone.now())
    with pytest.raises(Refused, match="in a sentence or two"):
        reasons.answer(given, words="Oh.", by=other, at=timezone.now())
    reasons.answer(given, words="I wrote it just now.", by=other, at=timezone.now())
    assert [one.opened.answer for one in reviewing.reasons(head, timezone.now()).waiting] == ["I wrote it just now."]

    done = reviewed(given, "needed", head)
    assert (done.verdict, done.question) == ("needed", "Where is the note of the call?")
    with pytest.raises(Refused, match="reviewed it already"):
        reviewed(given, "not_needed", head, "Changed my mind about it.")
    with pytest.raises(Refused, match="Nobody is waiting"):
        reasons.answer(given, words="I wrote it just now.", by=other, at=timezone.now())


def test_a_manager_sees_their_own_teams_first_then_the_oldest_with_the_fraction(ellis: Child) -> None:
    riverside, hillside = team(name="Riverside"), team(name="Hillside")
    manager = staff("manager", team=riverside)
    first, second, third = (opened(ellis, staff("practitioner", team=one)) for one in (hillside, riverside, riverside))
    reviewed(third, "needed", manager)
    found = reviewing.reasons(manager, timezone.now())
    assert [one.opened for one in found.first] == [second]
    assert [one.opened for one in found.others] == [first]
    assert (found.reviewed, found.of) == (1, 3)
    assert reviewing.reasons(staff("manager", team=hillside), timezone.now()).first[0].opened == first


def test_what_the_record_knows_of_a_reason_stands_beside_it(ellis: Child, head: Staff) -> None:
    on_duty = staff("duty_officer")
    opened(ellis, on_duty)
    opened(held(staff("practitioner"), entered_by=head, given="Bryony"), on_duty)
    as_seen_by(head)
    told = [one.knows for one in reviewing.reasons(head, timezone.now()).waiting]
    duty, after = "They were on duty or at court then.", "They opened another child’s record straight after."
    assert told == [(duty, after), (duty,)]


def test_a_reason_is_shown_to_managers_and_to_whose_it_is(signed_in: SignedIn, ellis: Child, head: Staff) -> None:
    other = staff("practitioner")
    given = opened(ellis, other)
    page = reverse("reason", kwargs={"pk": given.pk})
    status = {who: signed_in(who).get(page).status_code for who in (other, head, staff("practitioner"))}
    assert list(status.values()) == [200, 200, 404]


@pytest.fixture
def lists(queries: Any) -> Any:
    return queries


def test_the_list_of_reasons_asks_a_fixed_number_of_questions(lists: Any, ellis: Child, head: Staff) -> None:
    for _ in range(3):
        opened(ellis, staff("practitioner"))
    as_seen_by(head)
    head.roles()
    with lists(8):
        reviewing.reasons(head, timezone.now())
