"""The court desk as a court officer meets it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.access.matrix_world import day
from tests.casework.casework import correct, order, say
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, document, held, said, sealed
from waypost.casework.court import panels
from waypost.casework.court.models import Hearing
from waypost.casework.outcomes.models import Outcome
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.people.models import Child, Draft
from waypost.people.record.beside import current

pytestmark = pytest.mark.django_db
COURT = "Alder Vale Youth Court, court 2"
DESK = "/court/"


@pytest.fixture
def officer():
    service()
    return staff("court_officer")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def hearing(of, by, on=None, **more):
    return say(of, "hearing", by, on, **({"clock": time(10, 0), "court": COURT} | more))


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def posted(**given) -> dict[str, object]:
    return {"once": new_id(), "result": "ended", "less_safe": "nobody"} | given


def test_nothing_listed_is_said(officer):
    answer = signed_in(officer).get(DESK)
    assert answer.status_code == 200 and "Nothing is listed for today." in text(answer)
    assert "Nothing is listed." in text(signed_in(officer).get(f"{DESK}?on=2026-05-12"))


def test_from_the_list_to_the_result_and_its_tasks(officer):
    ellis, client = child(officer), signed_in(officer)
    made = hearing(ellis, officer)
    page = text(client.get(DESK))
    address = reverse("court_result", kwargs={"pk": made.pk})
    assert (
        f'href="{address}"' in page
        and "Care status not known" in page
        and "The one still to come is not ready." in page
    )

    form = text(client.get(address))
    assert "Never filled in for you" in form and "Not part of the record yet" in form

    answer = client.post(
        address,
        posted(result="sentenced", outcome="referral_order", length="6", proposed="same", own_words="I pay for it."),
        follow=True,
    )
    page = text(answer)
    assert answer.redirect_chain and "What the court did is in the record." in page
    as_seen_by(officer)
    for task in Task.objects.all():
        assert task.title in page
    assert "First panel meeting" in page and "As we proposed" in page
    assert "Sentenced: referral order, 6 months" in page and "“I pay for it.”" in page
    desk = text(client.get(DESK))
    assert "Nobody is still to come." in desk and "Sentenced" in desk and "first panel meeting by" in desk
    assert "I pay for it." in text(client.get(reverse("child", kwargs={"pk": ellis.pk})))


def test_they_stand_by_court_in_the_order_in_which_it_calls_them(officer):
    for given, at, court in (
        ("Zoe", time(9, 30), COURT),
        ("Late", None, COURT),
        ("Abe", time(14, 0), COURT),
        ("Other", time(9, 0), "Hillside Youth Court"),
    ):
        hearing(child(officer, given=given), officer, clock=at, court=court)
    as_seen_by(officer)
    shown = panels.desk(officer, on=timezone.localdate(), at=timezone.now())
    assert [(one.name, [line.name.split()[0] for line in one.to_come]) for one in shown.courts] == [
        (COURT, ["Zoe", "Abe", "Late"]),
        ("Hillside Youth Court", ["Other"]),
    ]


def test_nobody_stands_on_the_list_whose_record_is_not_open(officer):
    head = staff("head_of_service")
    hearing(held(staff("practitioner"), entered_by=head, given="Notmine"), head)
    shut = child(head, given="Sealed")
    hearing(shut, head)
    sealed(shut, head, by=head)
    assert "Nothing is listed for today." in text(signed_in(officer).get(DESK))
    manager = text(signed_in(staff("manager")).get(DESK))
    assert "Notmine" in manager and "Sealed" not in manager


def test_whoever_reads_nothing_of_court_sees_nothing_of_it(officer):
    hearing(child(officer), officer)
    page = text(signed_in(staff("business_support")).get(DESK))
    assert "Marden" not in page and "What happens at court is not open to your role." in page


def test_another_day(officer):
    day_before = timezone.localdate() - timedelta(days=1)
    hearing(child(officer), officer, day_before)
    client = signed_in(officer)
    assert "Marden" not in text(client.get(DESK))
    assert "Marden" in text(client.get(f"{DESK}?on={day_before.isoformat()}"))
    assert client.get(f"{DESK}?on=whenever").status_code == 200


def test_a_fixed_number_of_queries_however_many_are_listed(officer):
    def queries():
        as_seen_by(officer)
        with CaptureQueriesContext(
            connection,
        ) as found:
            panels.desk(officer, on=timezone.localdate(), at=timezone.now())
        return len(found)

    def listed(given):
        one = child(officer, given=given)
        said(one, "care", officer, since=timezone.localdate() - timedelta(days=9))
        document(one, officer, kind="court_report")
        order(one, officer)
        made = hearing(one, officer)
        correct(made, officer, words="Held overnight.")

    listed("One")
    before = queries()
    for given in ("Two", "Three", "Four"):
        listed(given)
    assert queries() == before
    assert before < 45


def test_what_is_known_of_a_child_stands_in_the_line(officer):
    ellis, today = child(officer), timezone.localdate()
    said(ellis, "care", officer, care_basis="care_order", since=today - timedelta(days=90))
    said(ellis, "placement", officer)
    document(ellis, officer, kind="care_plan")
    order(ellis, officer)
    say(ellis, "offence", officer, today - timedelta(days=12))
    say(ellis, "remand", officer, today - timedelta(days=5))
    hearing(ellis, officer, purpose="first")
    page = text(signed_in(officer).get(DESK))
    for words in (
        "On bail: Live at home. <strong>In care: care order</strong>",
        "Placement: foster",
        "Care plan, ",
        "History: 1 outcome before",
        "First hearing. Common assault",
    ):
        assert words in page, words


def test_who_is_here_is_said(officer):
    ellis, client = child(officer), signed_in(officer)
    made = hearing(ellis, officer)
    address = reverse("court_attends", kwargs={"pk": made.pk})
    assert client.get(address).status_code == 200
    client.post(address, {"once": new_id(), "child": "here", "carer": "coming", "solicitor": "missing"})
    page = text(client.get(DESK))
    assert "Here: </span>The child" in page and "On the way: </span>A carer" in page
    assert "has no solicitor" in page
    assert client.get(address).status_code == 200, "the old address leads on to what stands now"


def test_a_child_is_found_and_put_on_the_list(officer):
    ellis, client = child(officer), signed_in(officer)
    found = text(client.post(reverse("court_add"), {"what": "Marden"}))
    address = reverse("court_add_child", kwargs={"pk": ellis.pk})
    assert f'href="{address}"' in found and "Do not take them as unknown to us: ring duty." in found
    when = day("day", timezone.localdate())
    answer = client.post(
        address, {"once": new_id(), "court": COURT, "purpose": "first", "clock": "10:00"} | when, follow=True
    )
    assert "Whoever is on duty or at court opens the record until midnight." in text(answer)
    assert "Ellis Marden" in text(answer)
    twice = client.post(address, {"once": new_id(), "court": COURT, "purpose": "first", "clock": "10:00"} | when)
    assert twice.status_code == 409 and "in the record already" in text(twice)


def test_somebody_nobody_knows_is_not_taken_as_unknown(officer):
    page = text(signed_in(officer).post(reverse("court_add"), {"what": "Nobody Known"}))
    assert "Do not take them as unknown to us: ring duty" in page and reverse("child_enter") in page


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({"less_safe": ""}, 409, "Nobody can answer that for you"),
        ({"result": ""}, 422, "Answer ‘What did the court do?’"),
        ({"result": "put_off"}, 409, "Give the day to which it was put off"),
        ({"result": "sentenced", "proposed": "same"}, 409, "Say what the court gave"),
        ({"result": "sentenced", "outcome": "referral_order", "length": "6"}, 409, "what we proposed"),
        (
            {"result": "sentenced", "proposed": "same", "outcome": "referral_order", "length": "24"},
            409,
            "Referral order could be 3 to 12 months",
        ),
        (
            {"result": "sentenced", "proposed": "same", "outcome": "section_226"},
            409,
            "could not be given",
        ),
        ({"result": "bail", "proposed": "same", "remand": "bail_conditions"}, 409, "Say the conditions"),
    ],
)
def test_what_cannot_be_goes_back_as_typed_and_nothing_is_half_saved(officer, given, status, sentence):
    ellis, client = child(officer), signed_in(officer)
    made = hearing(ellis, officer)
    answer = client.post(reverse("court_result", kwargs={"pk": made.pk}), posted(own_words="I don’t know.", **given))
    assert (answer.status_code, sentence in text(answer), "I don’t know." in text(answer)) == (status, True, True)
    as_seen_by(officer)
    assert current(Hearing).get().result == "" and Outcome.objects.count() == Task.objects.count() == 0


def test_what_belongs_to_another_answer_is_left_out(officer):
    """Somebody chose a sentence first, then that it was put off: only what goes with that is kept."""
    ellis, client = child(officer), signed_in(officer)
    made = hearing(ellis, officer)
    to = day("next_day", timezone.localdate() + timedelta(days=7))
    typed = posted(result="put_off", outcome="referral_order", length="6", proposed="same") | to
    assert client.post(reverse("court_result", kwargs={"pk": made.pk}), typed).status_code == 302
    as_seen_by(officer)
    assert Outcome.objects.count() == 0 and current(Hearing).get(result="put_off").proposed == ""


def test_the_words_are_a_draft_until_they_are_kept(officer):
    ellis, client = child(officer), signed_in(officer)
    made = hearing(ellis, officer)
    address = reverse("court_result", kwargs={"pk": made.pk})
    held_ = {"draft": new_id(), "draft_form": "court_result", "draft_revision": "0", "draft_turn": "1"}
    save = client.post(reverse("draft_save", kwargs={"pk": ellis.pk}), held_ | {"own_words": "I pay for the window."})
    assert save.status_code == 200, save.content
    assert "I pay for the window." in text(client.get(address))
    drafts = text(client.get(reverse("drafts")))
    leads = reverse("court_result_of", kwargs={"pk": ellis.pk})
    assert leads in drafts
    assert client.get(leads).url == address
    kept = {"draft": held_["draft"], "draft_revision": "1", "draft_turn": "2", "draft_form": "court_result"}
    assert client.post(address, posted(own_words="I pay for the window.") | kept).status_code == 302
    as_seen_by(officer)
    assert Draft.objects.get().ended_at is not None


def test_words_typed_for_another_hearing_are_said_to_be_so(officer):
    ellis, client = child(officer), signed_in(officer)
    morning = hearing(ellis, officer)
    afternoon = hearing(ellis, officer, clock=time(15, 0))
    held_ = {"draft": new_id(), "draft_form": "court_result", "draft_revision": "0", "draft_turn": "1"}
    typed = {"own_words": "I pay.", "hearing": morning.pk}
    assert client.post(reverse("draft_save", kwargs={"pk": ellis.pk}), held_ | typed).status_code == 200
    leads = client.get(reverse("court_result_of", kwargs={"pk": ellis.pk})).url
    assert leads == reverse("court_result", kwargs={"pk": morning.pk})
    assert "typed for another hearing" not in text(client.get(leads))
    assert "typed for another hearing" in text(client.get(reverse("court_result", kwargs={"pk": afternoon.pk})))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"result": "put_off"}, "Put off to "),
        ({"result": "ended"}, "Ended: dropped, dismissed or not guilty"),
        (
            {"result": "bail", "proposed": "nothing", "remand": "bail_conditions", "conditions": "Live at home."},
            "Bail. Bail with conditions: Live at home. Next at court ",
        ),
    ],
)
def test_what_the_court_did_stands_in_a_sentence(officer, given, words):
    ellis, client = child(officer), signed_in(officer)
    made = hearing(ellis, officer)
    to = day("next_day", timezone.localdate() + timedelta(days=7))
    answer = client.post(reverse("court_result", kwargs={"pk": made.pk}), posted(**given) | to, follow=True)
    assert words in text(answer) and words in text(client.get(DESK))


def test_from_a_child_without_a_hearing_one_is_put_on_the_list_first(officer):
    ellis, client = child(officer), signed_in(officer)
    answer = client.get(reverse("court_result_of", kwargs={"pk": ellis.pk}))
    assert answer.url == reverse("court_add_child", kwargs={"pk": ellis.pk})


def test_a_form_is_not_offered_where_it_would_be_refused(officer):
    ellis, client = child(officer), signed_in(officer)
    heard = hearing(ellis, officer, result="ended")
    to_come = hearing(ellis, officer, timezone.localdate() + timedelta(days=3))
    for one in (heard, to_come):
        answer = client.get(reverse("court_result", kwargs={"pk": one.pk}), follow=True)
        assert answer.redirect_chain[0][0] == reverse("court_hearing", kwargs={"pk": one.pk})
        assert "Record the result" not in text(answer)


def test_a_form_sent_twice_leads_to_one_result(officer):
    ellis, client = child(officer), signed_in(officer)
    address = reverse("court_result", kwargs={"pk": hearing(ellis, officer).pk})
    typed = posted(result="sentenced", outcome="referral_order", length="6", proposed="same")
    first, second = client.post(address, typed), client.post(address, typed)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    other = client.post(address, posted())
    assert other.status_code == 409 and "already" in text(other)
    as_seen_by(officer)
    assert Outcome.objects.count() == 1


def test_no_name_stands_in_a_title(officer):
    ellis, client = child(officer), signed_in(officer)
    made = hearing(ellis, officer)
    for name in ("court_hearing", "court_attends", "court_result"):
        page = text(client.get(reverse(name, kwargs={"pk": made.pk})))
        assert "Marden" not in page[page.index("<title") : page.index("</title>")]


# A register -----------------------------------------------------------------------------------------------------------

LIST = "time,court,name,birth date,what for\n10:00,Court 2,Elis Mardin,2 11 2010,Plea\n11:00,Court 2,Nobody Known,3 3 2009,Trial\n25:00,Court 2,X,yesterday,Tea\n"


def of_today(**more):
    return day("day", timezone.localdate()) | more


def test_a_list_is_read_and_nothing_is_stored_until_somebody_says_who_it_is(officer):
    ellis, client, address = child(officer), signed_in(officer), reverse("court_register")
    assert client.get(address).status_code == 200
    page = text(client.post(address, of_today(text=LIST)))
    assert "2 lines were read, 1 line could not be. Nothing is stored yet." in page
    assert f'value="{ellis.pk}"' in page and "Elis Mardin" in page and "Ellis Marden" in page
    assert "Nobody was found." in page and "ring duty" in page
    assert "Line 4." in page and "The time must be like 10:00, and is ‘25:00’." in page and "is ‘Tea’" in page
    as_seen_by(officer)
    assert Hearing.objects.count() == 0

    none = client.post(address, of_today(text=LIST, keep="yes", once=new_id()))
    assert "Nothing is stored: say of one line at least who it is." in text(none)

    once = new_id()
    for _ in range(2):
        answer = client.post(address, of_today(text=LIST, keep="yes", once=once, **{"line-2": ellis.pk}), follow=True)
        assert "1 hearing put on the list. 2 lines of it are not stored." in text(answer)
    as_seen_by(officer)
    made = Hearing.objects.get()
    assert (made.person_id, made.clock, made.court, made.purpose) == (ellis.pk, time(10, 0), "Court 2", "plea")
    again = text(client.post(address, of_today(text=LIST)))
    assert "is on the list already" in again and f'value="{ellis.pk}"' not in again


def test_nobody_is_put_on_the_list_whose_record_is_not_open(officer):
    head = staff("head_of_service")
    other, client = child(head), signed_in(officer)
    page = text(client.post(reverse("court_register"), of_today(text=LIST)))
    assert "Open with a reason first" in page and f'value="{other.pk}"' not in page
    answer = client.post(
        reverse("court_register"), of_today(text=LIST, keep="yes", once=new_id(), **{"line-2": other.pk})
    )
    assert answer.status_code == 409 and "not open to you" in text(answer)
    as_seen_by(head)
    assert Hearing.objects.count() == 0


def test_a_sealed_child_is_only_said_to_be_restricted(officer):
    head = staff("head_of_service")
    shut = child(head)
    sealed(shut, head, by=head)
    page = text(signed_in(officer).post(reverse("court_register"), of_today(text=LIST)))
    assert "Restricted: ring the duty manager." in page and "Ellis Marden" not in page


def test_a_list_may_be_a_file(officer):
    ellis, client = child(officer), signed_in(officer)
    file = SimpleUploadedFile("list.csv", LIST.replace(",", ";").encode("cp1252"))
    assert f'value="{ellis.pk}"' in text(client.post(reverse("court_register"), of_today(file=file)))
    picture = SimpleUploadedFile("list.csv", b"\x89PNG\0\1\2\3" * 20)
    answer = client.post(reverse("court_register"), of_today(file=picture))
    assert answer.status_code == 422 and "not a document that can be read here" in text(answer)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Paste the list, or choose it as a file."),
        ({"text": "x" * 100_001}, "longer than a court’s list of one day"),
        ({"text": "\n".join(f"10:00,Court,Child {n},1 1 2010,Plea" for n in range(61))}, "60 are read at once"),
    ],
)
def test_what_cannot_be_read_says_so(officer, given, sentence):
    answer = signed_in(officer).post(reverse("court_register"), of_today(**given))
    assert answer.status_code == 422 and sentence in text(answer)


def test_a_list_that_somebody_tampered_with_is_refused(officer):
    ellis, client = child(officer), signed_in(officer)
    for more in ({"line-2": "nobody"}, {"line-2": ellis.pk, "once": "no"}):
        answer = client.post(reverse("court_register"), of_today(text=LIST, keep="yes", **{"once": new_id(), **more}))
        assert answer.status_code == 409, text(answer)
    as_seen_by(officer)
    assert Hearing.objects.count() == 0
    assert Child.objects.count() == 1
