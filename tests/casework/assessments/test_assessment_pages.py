"""The pages of assessments."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.assessments.made import answered, as_if_signed, begun, filled, signed
from tests.casework.panels import signed_in, text
from tests.factories import service, staff
from tests.people.children import OURS, child, said, sealed
from waypost.access.models import Staff
from waypost.casework.assessments import definitions
from waypost.casework.assessments.models import Answered, Assessment, Evidence
from waypost.kernel.ids import new_id
from waypost.people.models import Child
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def manager(worker) -> Staff:
    return staff("manager", name="Dele Akande", team=worker.team)


@pytest.fixture
def aisha(worker: Staff) -> Child:
    return child(worker, given="Aisha", family="Karim")


def where(name: str, made: Assessment, **more) -> str:
    return reverse(name, kwargs={"pk": made.person_id, "assessment": made.pk} | more)


def test_every_section_of_every_form_is_drawn(worker, aisha) -> None:
    client = signed_in(worker)
    for form in definitions.in_use(timezone.localdate()):
        made = begun(aisha, worker, form.key, form.stage_keys[0])
        assert client.get(where("assessment", made)).status_code == 200
        for number, section in enumerate(form.sections):
            query = ("", "?with=child", "?with=child&in=cy", "?with=carer&in=cy")[number % 4]
            who = query[6:].partition("&")[0]
            expected = 200 if not who or any(who in q.who for q in form) else 404
            answer = client.get(where("assessment_section", made, section=section.key) + query)
            assert (form.key, section.key, query, answer.status_code) == (form.key, section.key, query, expected)


def save(person: Staff, made: Assessment, question: str, value: str, **more):
    posted = {"question": question, question: value} | {f"{question}-{k}": v for k, v in more.pop("parts", {}).items()}
    return signed_in(person).post(where("assessment_answer", made), posted | more)


def test_without_a_script_the_button_saves_what_was_changed_and_nothing_else(worker, aisha) -> None:
    made, client = begun(aisha, worker), signed_in(worker)
    answered(made, worker, home_safe="yes")
    address = where("assessment_section", made, section="life")
    own = made.answered.get()
    posted = {"home_safe": "yes", "home_safe-was": own.pk, "parenting": "no", "identity": "Welsh chapel."}
    assert client.post(address, posted).status_code == 302
    assert {row.question for row in made.answered.current()} == {"home_safe", "parenting", "identity"}
    assert made.answered.count() == 3
    assert "Welsh chapel." in text(client.get(address))
    assert client.post(address, posted).status_code in (302, 409)
    assert made.answered.count() == 3


def test_what_cannot_be_saved_stays_typed_with_the_reason(worker, aisha) -> None:
    made, client = begun(aisha, worker), signed_in(worker)
    posted = {"agreed": "child_only", "agreed-words": "", "reason_now": "A caution of 3 May."}
    answer = client.post(where("assessment_section", made, section="basis"), posted)
    assert answer.status_code == 422
    assert "Say more in your own words" in text(answer)
    assert {row.question for row in made.answered.all()} == {"reason_now"}


def test_one_question_is_saved_as_it_is_typed(worker, aisha) -> None:
    made, page = begun(aisha, worker), str(new_id())
    said = save(worker, made, "identity", "Welsh", page=page, turn="2").json()
    assert said["was"] == str(made.answered.get().pk) and said["beside"] == []
    late = save(worker, made, "identity", "We", page=page, turn="1")
    assert late.status_code == 200 and made.answered.get().value == "Welsh"
    other = save(worker, made, "identity", "Drumming", page=str(new_id()), turn="1")
    assert other.status_code == 409 and other.json()["theirs"] == ["Welsh"]
    refused = save(worker, made, "parenting", "maybe")
    assert refused.status_code == 422 and refused.json()["reason"]
    assert save(worker, made, "no_such", "x").status_code == 404
    asked = save(worker, made, "self_harm", "yes").json()["asked"]
    assert "self_harm_done" in asked and "self_harm_done" not in said["asked"]


def test_what_another_answered_is_shown_beside_it(worker, manager, aisha) -> None:
    made = begun(aisha, worker)
    save(worker, made, "identity", "Welsh chapel.")
    said = save(manager, made, "identity", "His drumming.").json()
    assert said["beside"] == [f"The worker, {worker.name}"]
    shown = text(signed_in(worker).get(where("assessment_section", made, section="life")))
    assert "Welsh chapel." in shown and "His drumming." in shown


def test_rows_of_factors_keep_their_names(worker, aisha) -> None:
    made = begun(aisha, worker)
    row = {"0-factor": "friends", "0-side": "against", "0-rating": "strong"}
    posted = {"question": "factors"} | {f"factors-{name}": value for name, value in row.items()}
    client, address = signed_in(worker), where("assessment_answer", made)
    said = client.post(address, posted | {"page": str(new_id()), "turn": "1"}).json()
    (root,) = said["roots"]
    again = posted | {"factors-0-root": root, "factors-0-rating": "limited", "factors-was": said["was"]}
    assert client.post(address, again).json()["roots"] == [root]
    gone = client.post(address, {"question": "factors", "factors-was": made.answered.current().get().pk})
    assert gone.status_code == 422 and "End it with a reason instead" in gone.json()["reason"]


def test_the_family_page_has_nothing_of_the_guidance_for_staff(worker, aisha) -> None:
    made, client = begun(aisha, worker), signed_in(worker)
    address = where("assessment_section", made, section="what_happened")
    cy, en = (text(client.get(f"{address}?with=child{more}")) for more in ("&in=cy", ""))
    assert "Dywed wrthon ni beth ddigwyddodd" in cy and "Tell us what happened" in en
    for shown in (cy, en):
        assert "What helps" not in shown and "By whoever works with them" not in shown and aisha.number not in shown
    posted = {"child_account": "They pushed me first."}
    assert client.post(f"{address}?with=child&in=cy", posted).status_code == 302
    row = made.answered.get()
    assert (row.who, row.value, row.by) == ("child", "They pushed me first.", worker)


def test_what_those_harmed_wish_is_kept_from_whoever_may_not_know(worker, manager, aisha) -> None:
    made = begun(aisha, worker)
    Answered.objects.create(
        person_id=aisha.pk, assessment=made, question="victim_wishes", who="victim_services", value="No meeting.",
        disclosure="victim", by=manager, at=timezone.now(),
    )  # fmt: skip
    shown = text(signed_in(worker).get(where("assessment_section", made, section="what_happened")))
    assert "No meeting." not in shown and "kept by whoever works with those who were harmed" in shown
    assert save(worker, made, "victim_wishes", "x").status_code == 403


def test_signing_says_all_that_is_missing_and_is_done_once(worker, manager, aisha) -> None:
    made, client = begun(aisha, worker), signed_in(worker)
    answer = client.post(where("assessment_sign", made), {"once": new_id()})
    assert answer.status_code == 409 and "It cannot be signed yet" in text(answer)
    filled(made, worker)
    once = new_id()
    for _ in range(2):
        assert client.post(where("assessment_sign", made), {"once": once}).status_code == 302
    assert made.steps.count() == 1
    assert "Sign it" not in text(client.get(where("assessment", made)))
    queue = text(signed_in(manager).get(reverse("countersign")))
    assert "Aisha Karim" in queue and "Out-of-court assessment" in queue and worker.name in queue
    today = text(signed_in(manager).get(reverse("today")))
    assert "1 to countersign" in today and "1 thing signed and waiting for you" in today
    looked = {"what": "countersign", "words": "", "once": new_id()}
    assert signed_in(manager).post(where("assessment_countersign", made), looked).status_code == 302
    assert "Nothing waits" in text(signed_in(manager).get(reverse("countersign")))


def test_whoever_signed_finds_nothing_of_their_own_to_countersign(worker, manager, aisha) -> None:
    signed(filled(begun(aisha, manager), manager), manager)
    assert "Nothing waits" in text(signed_in(manager).get(reverse("countersign")))
    assert signed_in(worker).get(reverse("countersign")).status_code == 403
    head = staff("head_of_service", name="Ruth Bell")
    assert "Aisha Karim" in text(signed_in(head).get(reverse("countersign")))
    sealed(aisha, manager, by=manager)
    assert "Nothing waits" in text(signed_in(head).get(reverse("countersign")))


def test_two_versions_stand_beside_each_other(worker, manager, aisha) -> None:
    first = begun(aisha, worker)
    answered(first, worker, parenting="yes", identity="Welsh chapel.", home_safe="yes")
    as_if_signed(first, worker, countersigned_by=manager)
    second = begun(aisha, worker, stage="review")
    answered(second, worker, parenting="no", attending="yes")
    answer = signed_in(worker).get(where("assessment_beside", second, other=first.pk))
    assert "1 changed, 1 new, 0 gone, 2 the same" in text(answer)
    other = begun(aisha, worker, "self_child")
    assert signed_in(worker).get(where("assessment_beside", second, other=other.pk)).status_code == 404


def test_an_assessment_of_another_child_is_not_found(worker, aisha) -> None:
    made, other = begun(aisha, worker), child(worker, given="Tom", family="Okafor")
    address = reverse("assessment", kwargs={"pk": other.pk, "assessment": made.pk})
    assert signed_in(worker).get(address).status_code == 404


def test_a_section_asks_as_many_queries_whatever_is_answered(worker, aisha) -> None:
    made, client = begun(aisha, worker), signed_in(worker)
    address = where("assessment_section", made, section="life")
    client.get(address)
    with CaptureQueriesContext(connection) as empty:
        client.get(address)
    filled(made, worker)
    with CaptureQueriesContext(connection) as full:
        client.get(address)
    assert len(full) == len(empty)


def test_the_queue_asks_as_many_queries_whatever_waits(worker, manager) -> None:
    client, address = signed_in(manager), reverse("countersign")
    asked = []
    for number in range(3):
        found = child(worker, given=f"Child{number}", family="Karim")
        as_if_signed(begun(found, worker), worker)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_a_form_is_chosen_first_and_its_stages_are_its_own(worker, aisha) -> None:
    client, address = signed_in(worker), reverse("assessment_begin", kwargs={"pk": aisha.pk})
    offered = text(client.get(address))
    for form in definitions.in_use(timezone.localdate()):
        assert form.name in offered
    page = text(client.get(address, {"form": "full"}))
    assert "Report for court" in page and "As the document stands" not in page
    posted = {"once": new_id(), "form": "full", "stage": "start", "reason": "first"}
    assert client.post(address, posted).status_code == 302
    assert Assessment.objects.get().stage == "start"
    assert client.post(address, posted | {"once": new_id(), "form": "no_form"}).status_code == 422


def test_what_an_answer_rests_on_is_taken_off_and_follows_a_correction(worker, aisha) -> None:
    made, client = begun(aisha, worker), signed_in(worker)
    entry = said(aisha, "entry", worker, title="Rang the school", since=timezone.localdate())
    address = where("assessment_evidence", made, question="home_safe")
    assert client.post(address, {"of": f"entry.{entry.pk}"}).status_code == 302
    told = KINDS["entry"].said_of(entry) | {"title": "Rang the college"}
    newer = record.correct(entry, told, source=OURS, by=worker, at=timezone.now())
    assert Evidence.objects.get().of == newer.pk
    assert "Take it off" in text(client.get(address))
    assert client.post(address, {"off": Evidence.objects.get().pk}).status_code == 302
    assert Evidence.objects.get().removed_at is not None
    assert "Take it off" not in text(client.get(address))
