"""Every kind of statement that casework brings: said, corrected and ended through the pages, and refused in a sentence."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import EXAMPLES, order, say
from tests.factories import service, staff
from tests.people.children import OURS, as_seen_by, child
from waypost.casework import statements
from waypost.casework.offences.models import Offence
from waypost.casework.outcomes.models import Contract
from waypost.kernel.ids import new_id
from waypost.people.record.fields import ASKED
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child

pytestmark = pytest.mark.django_db
TODAY = timedelta(0)  # from today
OTHERS: dict[str, dict[str, Any]] = {  # what hangs on an order or an offence; the rest is in tests.casework.casework
    "co_accused": {"name": "Somebody else"},
    "requirement": {"type": "supervision", "amount": None, "words": ""},
    "contract": {"words": "Six sessions at the workshop."},
    "appeal": {"result": "waiting", "words": ""},
}
CORRECTED = {"type": "damage", "name": "Another", "length": 6, "court": "Marlow Deep", "level": "standard"}
CORRECTED |= {"kind": "out_of_court", "what_for": "assessment", "conditions": "Be home by 21:00."}
SAID_AGAIN = {
    "outcome": "length",
    "case": "kind",
    "hearing": "court",
    "expected_contact": "level",
    "consent": "what_for",
}
SAID_AGAIN |= {"offence": "type", "co_accused": "name", "remand": "conditions"}


@pytest.fixture
def worker():
    service()
    return staff("practitioner")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def posted(kind: str, /, **said: Any) -> dict[str, Any]:
    """As a browser posts the form of that kind."""
    source = {"how": "observed", "agency": OURS.agency, "basis": OURS.basis, "once": new_id()}
    found: dict[str, Any] = source | {"disclosure": KINDS[kind].disclosure}
    for name, value in said.items():
        value = timezone.localdate() + value if isinstance(value, timedelta) else value
        if isinstance(value, date):
            found |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
        elif isinstance(value, time):
            found[name] = f"{value:%H:%M}"
        elif value not in (None, False, ""):
            found[name] = "on" if value is True else value
    return found


def example(kind: str, ellis: Child, worker) -> dict[str, Any]:
    """What is said of a child who has whatever it hangs on."""
    began = timezone.localdate() - timedelta(days=30)
    said = {**EXAMPLES.get(kind, {}), **OTHERS.get(kind, {}), "since": began}
    if kind == "co_accused":
        return {**OTHERS[kind], "offence": say(ellis, "offence", worker, began).pk}
    if kind in ("requirement", "appeal"):
        said["outcome"] = order(ellis, worker).pk
    if kind == "contract":
        said["outcome"] = order(ellis, worker, type="referral_order", length=6).pk
    return said


KINDS_OF_CASEWORK = [kind.key for kind in statements.ALL]


def test_every_kind_has_an_example():
    assert {*KINDS_OF_CASEWORK} == {*OTHERS} | {*EXAMPLES}


@pytest.mark.parametrize("kind", KINDS_OF_CASEWORK)
def test_each_kind_is_said_corrected_and_ended_by_whoever_works_with_the_child(kind, worker):
    ellis, client, model = child(worker), signed_in(worker), KINDS[kind].model
    said = example(kind, ellis, worker)
    where = reverse("child_say", kwargs={"pk": ellis.pk, "kind": kind})
    assert client.get(where).status_code == 200
    answer = client.post(where, posted(kind, **said))
    assert answer.status_code == 302, sentences(answer)

    as_seen_by(worker)
    first = model.objects.current().get()
    where = address("child_correct", ellis, kind, first.pk)
    assert client.get(where).status_code == 200
    name = SAID_AGAIN.get(kind, "words")
    answer = client.post(where, posted(kind, **said | {name: CORRECTED.get(name, "Said again, with more of it.")}))
    assert answer.status_code == 302, sentences(answer)

    as_seen_by(worker)
    second = model.objects.current().get()
    assert (second.replaces_id, getattr(second, name)) == (
        first.pk,
        CORRECTED.get(name, "Said again, with more of it."),
    )
    where = address("child_end", ellis, kind, second.pk)
    assert client.get(where).status_code == (200 if KINDS[kind].period else 404)
    if not KINDS[kind].period:
        return  # it was on one day
    ends = {"until": timezone.localdate(), "ended_because": "completed" if ASKED[kind].ending else ""}
    answer = client.post(where, posted(kind, **ends))
    assert answer.status_code == 302, sentences(answer)
    as_seen_by(worker)
    assert model.objects.current().get().until == timezone.localdate()


def address(page: str, ellis: Child, kind: str, statement: UUID) -> str:
    return reverse(page, kwargs={"pk": ellis.pk, "kind": kind, "statement": statement})


def sentences(answer) -> str:
    text = answer.content.decode()
    return text.partition("There is a problem")[2].partition("</ul>")[0] or text[-2000:]


OFFENCE = {"type": "common_assault"}
YRO = {"type": "youth_rehabilitation", "length": 12, "given_by": "Alder Vale Youth Court"}
DTO = {"type": "detention_training", "given_by": "Alder Vale Youth Court", "convicted": None, "persistent": True}


@pytest.mark.parametrize(
    ("kind", "said", "status", "sentence"),
    [
        ("offence", OFFENCE | {"since": date(2020, 11, 1)}, 409, "below 10 the law knows no offence"),
        ("offence", OFFENCE | {"since": date(2020, 11, 2)}, 302, ""),  # the tenth birthday
        ("offence", OFFENCE | {"since": date(2010, 11, 1)}, 409, "The child was not born then"),
        ("offence", OFFENCE, 409, "Give the day"),
        ("outcome", YRO | {"since": date(2026, 3, 1), "length": 37}, 409, "1 to 36 months"),
        ("outcome", YRO | {"since": date(2026, 3, 1), "length": None}, 409, "Enter how many months"),
        ("outcome", YRO | {"since": date(2026, 3, 1)}, 302, ""),  # the box for months added left empty
        ("expected_contact", {"level": "enhanced", "since": TODAY}, 302, ""),  # and the one for weeks
        ("case", EXAMPLES["case"] | {"since": None}, 409, "Give the day on which the case was opened"),
        ("case", EXAMPLES["case"] | {"since": TODAY, "until": TODAY}, 409, "Say why the case was closed"),
        ("case", EXAMPLES["case"] | {"since": TODAY, "ended_because": "completed"}, 409, "Give the day on which the case"),
        ("transfer", {"kind": "out", "since": TODAY}, 409, "Name the other service"),
        ("consent", EXAMPLES["consent"] | {"since": TODAY, "until": timedelta(days=3)}, 409, "not on a day to come"),
        ("oversight", {"words": "Fine.", "since": TODAY}, 409, "in a sentence"),
        ("remand", EXAMPLES["remand"] | {"since": timedelta(days=2)}, 409, "The start is in the future"),
        ("expected_contact", EXAMPLES["expected_contact"] | {"contacts": 4, "weeks": None, "since": TODAY}, 409, "how many weeks"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_refused_in_a_sentence(kind, said, status, sentence, worker):
    ellis = child(worker)
    answer = signed_in(worker).post(reverse("child_say", kwargs={"pk": ellis.pk, "kind": kind}), posted(kind, **said))
    assert (answer.status_code, sentence in sentences(answer)) == (status, True), sentences(answer)
    as_seen_by(worker)
    assert KINDS[kind].model.objects.count() == (status == 302)


@pytest.mark.parametrize(
    ("made", "status"), [(date(2022, 6, 1), 409), (date(2022, 6, 27), 409), (date(2022, 6, 28), 302)]
)
def test_a_detention_and_training_order_of_seven_months_waits_for_its_law(made, status, worker):
    ellis = child(worker, born=date(2006, 5, 4))
    where = reverse("child_say", kwargs={"pk": ellis.pk, "kind": "outcome"})
    answer = signed_in(worker).post(where, posted("outcome", **DTO, since=made, length=7))
    assert answer.status_code == status
    assert ("only 4, 6, 8, 10, 12, 18 or 24 months" in sentences(answer)) is (status == 409)


def test_an_outcome_is_not_given_before_its_offence(worker):
    ellis, client = child(worker), signed_in(worker)
    offence: Offence = say(ellis, "offence", worker, date(2026, 4, 2))
    where = reverse("child_say", kwargs={"pk": ellis.pk, "kind": "outcome"})
    answer = client.post(where, posted("outcome", **YRO, since=date(2026, 4, 1), offences=[offence.pk]))
    assert "after the outcome of 1 April 2026" in sentences(answer)
    answer = client.post(where, posted("outcome", **YRO, since=date(2026, 4, 2), offences=[offence.pk]))
    assert answer.status_code == 302, sentences(answer)


def test_two_contracts_of_one_order_are_not_open_at_once(worker):
    ellis, client, today = child(worker), signed_in(worker), timezone.localdate()
    made = order(ellis, worker, type="referral_order", length=6)
    where = reverse("child_say", kwargs={"pk": ellis.pk, "kind": "contract"})
    said = OTHERS["contract"] | {"outcome": made.pk, "since": today - timedelta(days=20)}
    assert client.post(where, posted("contract", **said)).status_code == 302
    answer = client.post(where, posted("contract", **said | {"since": today}))
    assert "A contract is open already" in sentences(answer)
    as_seen_by(worker)
    assert Contract.objects.count() == 1


def test_bail_and_remand_do_not_overlap(worker):
    ellis, client, today = child(worker), signed_in(worker), timezone.localdate()
    say(ellis, "remand", worker, today - timedelta(days=9))
    where = reverse("child_say", kwargs={"pk": ellis.pk, "kind": "remand"})
    answer = client.post(where, posted("remand", kind="bail", since=today - timedelta(days=4)))
    assert "End that first, or correct the days" in sentences(answer)


def test_two_cases_are_not_open_at_once_and_the_same_form_twice_is_one(worker):
    ellis, client, today = child(worker), signed_in(worker), timezone.localdate()
    where = reverse("child_say", kwargs={"pk": ellis.pk, "kind": "case"})
    form = posted("case", **EXAMPLES["case"], since=today)
    assert client.post(where, form).status_code == 302
    assert client.post(where, form).status_code == 302
    answer = client.post(where, posted("case", **EXAMPLES["case"], since=today))
    assert "A case is open since" in sentences(answer)
    as_seen_by(worker)
    assert KINDS["case"].model.objects.count() == 1


# Closing a case -------------------------------------------------------------------------------------------------------


def close(client: Client, ellis: Child, case: Any, because: str, **said: Any) -> Any:
    where = address("child_end", ellis, "case", case.pk)
    return client.post(where, posted("case", **{"until": timezone.localdate(), "ended_because": because} | said))


def test_a_case_is_closed_in_one_step_with_the_reason(worker):
    ellis, client = child(worker), signed_in(worker)
    case = say(ellis, "case", worker)
    form = client.get(address("child_end", ellis, "case", case.pk)).content.decode()
    assert "Why it is closed" in form and "The work is done" in form
    assert "Choose why it is closed" in sentences(close(client, ellis, case, ""))
    assert close(client, ellis, case, "agreed_to_stop").status_code == 302
    as_seen_by(worker)
    now = KINDS["case"].model.objects.current().get()
    assert (now.ended_because, now.until, now.responsible) == ("agreed_to_stop", timezone.localdate(), "Alder Vale")


def test_no_case_is_closed_over_an_open_order(worker):
    ellis, client, today = child(worker), signed_in(worker), timezone.localdate()
    case = say(ellis, "case", worker, today - timedelta(days=60))
    made = order(ellis, worker)
    answer = close(client, ellis, case, "completed")
    assert answer.status_code == 409
    assert "Youth rehabilitation order, made on" in sentences(answer) and "is still open" in sentences(answer)
    ended = client.post(
        address("child_end", ellis, "outcome", made.pk), posted("outcome", until=today, ended_because="good_progress")
    )
    assert ended.status_code == 302, sentences(ended)
    assert close(client, ellis, case, "completed").status_code == 302


def test_a_case_that_another_service_took_over_is_closed_with_its_order_running(worker):
    ellis, client = child(worker), signed_in(worker)
    case = say(ellis, "case", worker, timezone.localdate() - timedelta(days=60))
    order(ellis, worker)
    assert close(client, ellis, case, "transferred").status_code == 302


def test_what_nobody_answers_for_keeps_no_case_open(worker):
    ellis, client = child(worker), signed_in(worker)
    case = say(ellis, "case", worker, timezone.localdate() - timedelta(days=60))
    order(ellis, worker, type="conditional_discharge", length=12)
    order(ellis, worker, type="community_resolution", length=None)
    assert close(client, ellis, case, "completed").status_code == 302


def test_a_word_of_a_case_closed_before_is_put_right(worker):
    ellis, client, today = child(worker), signed_in(worker), timezone.localdate()
    began = today - timedelta(days=60)
    say(ellis, "case", worker, began, until=today - timedelta(days=5), ended_because="transferred")
    order(ellis, worker, today - timedelta(days=30))
    as_seen_by(worker)
    case = KINDS["case"].model.objects.current().get()
    said = EXAMPLES["case"] | {"since": began, "until": case.until, "ended_because": "completed", "words": "All done."}
    answer = client.post(address("child_correct", ellis, "case", case.pk), posted("case", **said))
    assert answer.status_code == 302, sentences(answer)
