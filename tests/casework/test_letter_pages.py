"""The pages of letters, as somebody who works with the child meets them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework import letters
from tests.casework.casework import missed, order
from tests.factories import service, staff
from tests.people.children import OURS, as_seen_by, child, related, said
from waypost.access import opening
from waypost.access.models import Access, Staff
from waypost.casework.compliance import actions as compliance
from waypost.casework.letters.definitions import load
from waypost.casework.letters.models import Letter
from waypost.kernel.ids import new_id
from waypost.people.models import Child, Draft
from waypost.people.organisations import actions as organisations
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Ada Stone")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


@pytest.fixture
def client(worker: Staff) -> Client:
    found = Client()
    found.force_login(worker)
    return found


def write(ellis: Child) -> str:
    return reverse("letter_write", kwargs={"pk": ellis.pk})


def asked(ellis: Child, worker: Staff, **given: str) -> dict[str, str]:
    contact = letters.to_come(ellis, worker)
    plain = {"letter": "appointment", "about": f"contact.{contact.pk}", "to": "child"}
    return plain | {"channel": "text", "language": "english"} | given


def test_from_the_childs_page_a_text_is_written_and_sent(ellis: Child, worker: Staff, client: Client) -> None:
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert f'href="{write(ellis)}"' in page

    posted = letters.posted(ellis, worker)
    answer = client.post(write(ellis), posted)
    assert answer.status_code == 302, answer.content.decode()
    as_seen_by(worker)
    made = Letter.objects.get()
    where = reverse("letter", kwargs={"pk": ellis.pk, "letter": made.pk})
    assert answer["Location"] == where
    page = client.get(where).content.decode()
    assert "Waypost does not send it." in page and "07700 900318" in page and "If you can’t come" in page
    due = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "Send it: an appointment" in due and f'href="{where}"' in due

    assert client.post(where).status_code == 302
    page = client.get(where).content.decode()
    assert "Ada Stone said" in page and "07700 900318" not in page
    after = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "Text message sent: an appointment" in after and "Send it: an appointment" not in after


def test_the_words_are_filled_in_from_the_record(ellis: Child, worker: Staff, client: Client) -> None:
    organisations.add(
        name="Alder Vale youth justice", agency="youth_justice", telephone="01632 960 100", by=worker, at=timezone.now()
    )
    said(ellis, "contact", worker)
    page = client.get(write(ellis), asked(ellis, worker)).content.decode()
    assert "Hello Ellis. You meet Ada Stone on" in page and "at 4pm, Riverside office" in page
    assert "01632 960 100" in page and "[" not in page.partition("<textarea")[2].partition("</textarea>")[0]


def test_without_a_telephone_of_ours_there_is_a_gap_that_cannot_be_sent(
    ellis: Child, worker: Staff, client: Client
) -> None:
    said(ellis, "contact", worker)
    page = client.get(write(ellis), asked(ellis, worker)).content.decode()
    assert "[telephone of the service]" in page
    answer = client.post(write(ellis), letters.posted(ellis, worker) | {"words": "Ring [telephone of the service]."})
    assert answer.status_code == 409 and "Fill in [telephone of the service]" in answer.content.decode()


def test_where_no_way_is_safe_the_page_says_so_and_offers_no_form(ellis: Child, worker: Staff, client: Client) -> None:
    said(ellis, "contact", worker, value="07700 900771", safe="not_safe", words="He reads it.")
    page = client.get(write(ellis), asked(ellis, worker)).content.decode()
    assert "There is no safe way to send this text." in page and "He reads it" in page
    assert "07700 900771" not in page and "Make the text" not in page and "Add a way to reach them" in page
    nothing = client.get(write(ellis), asked(ellis, worker, channel="email")).content.decode()
    assert "No way to e-mail them is recorded." in nothing


def test_a_way_that_asks_first_is_asked(ellis: Child, worker: Staff, client: Client) -> None:
    said(ellis, "contact", worker, safe="only_as_said", words="Text first; she works nights.")
    page = client.get(write(ellis), asked(ellis, worker)).content.decode()
    assert "How it was agreed" in page and "Only as the person said: Text first; she works nights." in page
    posted = letters.posted_to(ellis, worker)
    answer = client.post(write(ellis), posted)
    assert answer.status_code == 409 and "Say how you keep to that" in answer.content.decode()
    answer = client.post(write(ellis), posted | {"agreed": "This is the text she asked for."})
    assert answer.status_code == 302


def test_what_helps_to_read_it_stands_beside_it(ellis: Child, worker: Staff, client: Client) -> None:
    said(ellis, "contact", worker)
    said(ellis, "language", worker, language="ukrainian", first=True, interpreter=True)
    said(ellis, "need", worker, area="reading", words="Reads single words.", what_helps="Read it with him.")
    page = client.get(write(ellis), asked(ellis, worker)).content.decode()
    assert "An interpreter is needed" in page and "Read it with him." in page and "translator" not in page


def test_welsh_says_that_nobody_has_checked_it_and_is_offered_to_who_speaks_it(
    ellis: Child, worker: Staff, client: Client
) -> None:
    said(ellis, "contact", worker)
    said(ellis, "language", worker)  # Welsh, the first
    choose = client.get(write(ellis)).content.decode()
    assert 'value="welsh" checked' in choose
    page = client.get(write(ellis), asked(ellis, worker, language="welsh")).content.decode()
    assert "Not checked by a translator" in page and "Byddwch yn cwrdd" in page


def test_what_does_not_fit_together_goes_back_to_the_choice(ellis: Child, worker: Staff, client: Client) -> None:
    for given, says in (
        ({"letter": "court_date"}, "Choose which hearing"),
        ({"letter": "carer_appointment"}, "This letter goes to a carer"),
        ({"letter": "closing"}, "This one goes as letter by post or e-mail"),
        ({"letter": "warning_youth_rehabilitation", "channel": "letter"}, "A warning rests on a decision"),
        ({"letter": "weather"}, "weather is not one of the available choices"),
        ({"to": str(new_id())}, "is not one of the available choices"),
    ):
        answer = client.get(write(ellis), asked(ellis, worker, **given))
        assert answer.status_code == 422 and says in answer.content.decode(), given


def test_from_a_decision_to_warn_the_letter_is_chosen_already(ellis: Child, worker: Staff, client: Client) -> None:
    made = order(ellis, worker)
    missed(ellis, worker, 9, acceptable=False, outcome=made)
    as_seen_by(worker)
    given: dict[str, Any] = {"day": timezone.localdate(), "by": worker, "at": timezone.now()}
    for step in ("re_engage", "warn"):
        decision = compliance.decide(ellis, made, step=step, words="He chose not to.", once=new_id(), **given)
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    href = f"{write(ellis)}?about=decision.{decision.pk}"
    assert "Write the warning letter" in page and href in page
    choose = client.get(href).content.decode()
    assert 'value="warning_youth_rehabilitation" checked' in choose


def test_a_missed_contact_leads_to_a_letter(ellis: Child, worker: Staff, client: Client) -> None:
    found = missed(ellis, worker, 3)
    page = client.get(reverse("contact", kwargs={"pk": ellis.pk, "contact": found.pk})).content.decode()
    assert f"{write(ellis)}?about=contact.{found.pk}" in page
    assert (
        f'value="contact.{found.pk}" selected'
        in client.get(write(ellis), {"about": f"contact.{found.pk}"}).content.decode()
    )


def test_typed_words_come_back_whichever_way_the_form_is_opened(ellis: Child, worker: Staff, client: Client) -> None:
    posted = letters.posted(ellis, worker, words="Hello El. My own words.")
    held = {"draft": new_id(), "draft_form": "letter", "draft_revision": 0, "draft_page": new_id(), "draft_turn": 1}
    answer = client.post(reverse("draft_save", kwargs={"pk": ellis.pk}), posted | held)
    assert answer.status_code == 200, answer.content.decode()
    page = client.get(write(ellis)).content.decode()
    assert "Hello El. My own words." in page and "are back in this form" in page
    lines = client.get(reverse("drafts")).content.decode()
    assert f'href="{write(ellis)}"' in lines

    answer = client.post(write(ellis), posted | held)
    assert answer.status_code == 302
    as_seen_by(worker)
    assert Draft.objects.get().ended_at is not None


def test_what_is_not_safe_any_more_is_neither_shown_nor_sent(ellis: Child, worker: Staff, client: Client) -> None:
    made = letters.made(ellis, worker)
    where = reverse("letter", kwargs={"pk": ellis.pk, "letter": made.pk})
    changed = KINDS["contact"].said_of(made.detail) | {"safe": "not_safe", "words": "His brother has it."}
    record.correct(made.detail, changed, source=OURS, by=worker, at=timezone.now())
    page = client.get(where).content.decode()
    assert "Do not send it." in page and "His brother has it" in page and "07700 900318" not in page
    answer = client.post(where)
    assert answer.status_code == 409 and "Nothing is saved." in answer.content.decode()


def test_a_letter_to_a_carer_goes_to_that_carer(ellis: Child, worker: Staff, client: Client) -> None:
    mother = related(ellis, worker)
    theirs = said(mother.other, "contact", worker, value="07700 900540")
    posted = letters.posted(ellis, worker, letter="carer_appointment", to=str(mother.pk), way=f"detail.{theirs.pk}")
    assert client.post(write(ellis), posted).status_code == 302
    as_seen_by(worker)
    assert Letter.objects.get().to == mother.other
    assert (
        "Donna Marden, mother"
        in client.get(reverse("letter", kwargs={"pk": ellis.pk, "letter": Letter.objects.get().pk})).content.decode()
    )


def test_no_page_of_letters_names_anybody_in_its_title(ellis: Child, worker: Staff, client: Client) -> None:
    made = letters.made(ellis, worker)
    for page in (
        client.get(write(ellis)),
        client.get(write(ellis), asked(ellis, worker)),
        client.get(reverse("letter", kwargs={"pk": ellis.pk, "letter": made.pk})),
    ):
        title = page.content.decode().partition("<title>")[2].partition("</title>")[0]
        assert "Ellis" not in title and "Marden" not in title and title.strip()


def test_whoever_is_given_what_happened_alone_sees_neither_the_carer_nor_the_paper(
    ellis: Child, worker: Staff, client: Client
) -> None:
    mother = related(ellis, worker)
    said(mother.other, "contact", worker, method="post", value="9 High Row")
    what = {"to": str(mother.pk), "type": load()["carer_appointment"]}
    made = letters.make(ellis, letters.written(ellis, letters.to_come(ellis, worker), "letter", **what), worker)
    auditor = staff("auditor")
    now = timezone.now()
    shown = {"until": now + timedelta(days=9), "sections": ["identity", "entries"]}
    opening.give(auditor, ellis.pk, Access.Basis.SAMPLED, at=now, by=worker, **shown)
    client.force_login(auditor)
    answer = client.get(reverse("letter", kwargs={"pk": ellis.pk, "letter": made.pk}))
    page = answer.content.decode()
    assert answer.status_code == 200 and "not open to you" in page and "I sent it" not in page
    assert "Donna" not in page and "High Row" not in page


def test_a_record_on_which_nobody_may_be_reached_is_not_written_from(
    ellis: Child, worker: Staff, client: Client
) -> None:
    Access.objects.filter(child=ellis.pk, staff=worker).update(sections=["identity", "entries"])
    answer = client.get(write(ellis))
    assert answer.status_code == 409 and "How to reach them is not open to you" in answer.content.decode()


def test_what_became_unsafe_while_the_page_was_open_is_refused_and_the_words_stay_in_sight(
    ellis: Child, worker: Staff, client: Client
) -> None:
    detail = said(ellis, "contact", worker)
    posted = letters.posted_to(ellis, worker, words="Hello El. My own words.")
    changed = KINDS["contact"].said_of(detail) | {"safe": "not_safe", "words": "His brother has it."}
    record.correct(detail, changed, source=OURS, by=worker, at=timezone.now())
    answer = client.post(write(ellis), posted)
    page = answer.content.decode()
    assert answer.status_code == 422 and "That way was corrected" in page and "His brother has it" in page
    assert "Hello El. My own words." in page and "07700 900318" not in page
    as_seen_by(worker)
    assert Letter.objects.count() == 0


def test_the_one_appointment_there_is_need_not_be_chosen(ellis: Child, worker: Staff, client: Client) -> None:
    with_one = asked(ellis, worker, about="")
    page = client.get(write(ellis), with_one)
    assert page.status_code == 200
    assert "<title>The words" in page.content.decode() and "Choose which contact" not in page.content.decode()
    letters.to_come(ellis, worker, days=3)
    page = client.get(write(ellis), with_one).content.decode()
    assert "Choose which contact it is about" in page and "<title>The words" not in page
