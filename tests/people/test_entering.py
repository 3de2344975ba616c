"""Before a child is entered, whoever may be the same is shown with the reason; a closed one blocks and says no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff
from tests.people.children import OURS, as_seen_by, child, said, sealed
from waypost.access.models import LogEntry, Staff
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused
from waypost.people.matching import totals, weights
from waypost.people.matching.entering import MayBeThere, Restricted, Typed, enter
from waypost.people.matching.taken import FREE, Taken, taken
from waypost.people.matching.weights import Described, UnreadableWeights, weigh
from waypost.people.models import Child, Identifier, Name, Person

pytestmark = pytest.mark.django_db
BORN = date(2010, 11, 2)
NHS = "9990000018"


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


def typed(given: str = "Ellis", family: str = "Marden", born: date = BORN, **more: Any) -> Typed:
    return Typed(given=given, family=family, born=born, **more)


def entered(what: Typed, by: Staff, **answers: Any) -> Child:
    as_seen_by(by)
    return enter(what, source=OURS, by=by, at=timezone.now(), once=answers.pop("once", new_id()), **answers)


@pytest.mark.parametrize(
    ("one", "other", "levels"),
    [
        (("Ellis Marden", BORN), ("Ellis Marden", BORN), {"name": "same", "birth": "same"}),
        (("Marden Ellis", BORN), ("Ellis Marden", date(2010, 2, 11)), {"name": "same", "birth": "swapped"}),
        (("Elis Mardin", BORN), ("Ellis Marden", date(2010, 11, 3)), {"name": "sound", "birth": "one_digit"}),
        (("Mike Marden", BORN), ("Michael Marden", date(2010, 5, 5)), {"name": "short", "birth": "same_year"}),
        (("Ellis Marten", BORN), ("Ellis Marden", date(2001, 5, 5)), {"name": "letter", "birth": "other"}),
        (("Ellis Jay Marden", BORN), ("Ellis Marden", BORN), {"name": "part_left_out", "birth": "same"}),
        (("Bryony Marden", BORN), ("Ellis Marden", BORN), {"name": "one_part", "birth": "same"}),
        (("Bryony Tate", BORN), ("Ellis Marden", BORN), {"name": "other", "birth": "same"}),
        (("Anna Lisa Berg", BORN), ("Annalisa Berg", BORN), {"name": "joined", "birth": "same"}),
        (("Ellis Marden", None), ("Ellis Marden", BORN), {"name": "same"}),
    ],
)
def test_how_two_descriptions_compare(one: Any, other: Any, levels: dict[str, str]) -> None:
    a, b = (Described(names=(name,), born=born) for name, born in (one, other))
    assert weights.levels_of(a, b) == levels == weights.levels_of(b, a)


def test_an_estimate_near_another_day_says_little_and_a_number_says_most() -> None:
    guess = Described(names=("Ellis Marden",), born=date(2010, 1, 1), estimated=True)
    known = Described(names=("Ellis Marden",), born=date(2011, 3, 9))
    assert weigh(guess, known).levels["birth"] == "estimated"
    numbered = [Described(names=(name,), identifiers=frozenset({("nhs", NHS)})) for name in ("Ellis", "Bryony Tate")]
    assert weigh(*numbered).weight > weights.load().show
    other = Described(names=("Ellis",), identifiers=frozenset({("nhs", "9990000026")}))
    assert weigh(numbered[0], other).levels["identifier"] == "other"
    two_pupils = [Described(identifiers=frozenset({("pupil", number)})) for number in ("A", "B")]
    assert weigh(*two_pupils).levels == {}, "a child may have had two of these"


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ("same: {m: 0.", "same: {m: 1.", "chances that come to one"),
        ("    swapped:", "    swopped:", "must have the levels"),
        ("show: ", "show: 9", "must weigh more"),
    ],
)
def test_weights_that_cannot_be_are_refused(tmp_path: Any, was: str, becomes: str, words: str) -> None:
    path = tmp_path / "matching.yaml"
    path.write_text(weights.DEFINITION.read_text().replace(was, becomes, 1))
    with pytest.raises(UnreadableWeights, match=words):
        weights.load(path)


@pytest.mark.parametrize(
    ("what", "reasons", "must_be_answered"),
    [
        (typed(), ("same name", "birth date"), True),
        (typed("Elis", "Mardin"), ("name sounds alike", "birth date"), True),
        (typed("Marden", "Ellis"), ("same name", "birth date"), True),
        (typed(born=date(2010, 2, 11)), ("same name", "birth date, day and month swapped"), True),
        (typed("Bryony", "Tate", scheme="nhs", value=NHS), ("birth date", "the number"), True),
        (typed("Bryony", "Tate", date(2013, 3, 3), scheme="nhs", value=NHS), ("the number",), True),
        (typed(born=date(2010, 5, 5)), ("same name",), False),
    ],
)
def test_who_may_be_the_same_is_shown_with_the_reason(
    what: Typed, reasons: tuple[str, ...], must_be_answered: bool, worker: Staff
) -> None:
    ellis = child(staff("practitioner"))
    said(ellis, "identifier", staff("manager"), scheme="nhs", value=NHS)
    with pytest.raises(MayBeThere) as refused:
        entered(what, worker)
    assert [(found, weighed.reasons) for found, weighed in refused.value.found.found] == [(ellis.pk, reasons)]
    assert (ellis.pk in refused.value.found.to_ask) is must_be_answered
    assert Child.objects.count() == 1


@pytest.mark.parametrize(
    "what", [typed("Bryony", "Tate"), typed("Bryony", "Tate", date(2012, 1, 1)), typed("Bryony", born=date(2013, 3, 3))]
)
def test_another_child_is_entered_without_a_question(what: Typed, worker: Staff) -> None:
    child(worker)
    assert entered(what, worker).number
    assert Child.objects.count() == 2


def test_somebody_says_that_it_is_another_child(worker: Staff) -> None:
    ellis = child(worker)
    with pytest.raises(MayBeThere):
        entered(typed(), worker, told={ellis.pk})
    twin = entered(typed(known_as="El", scheme="nhs", value=NHS), worker, told={ellis.pk}, another={ellis.pk})
    assert sorted(map(str, Name.objects.filter(person=twin.pk))) == ["El", "Ellis Marden"]
    assert Identifier.objects.get(person=twin.pk).value == NHS


def test_posted_twice_it_is_one_child(worker: Staff) -> None:
    once, what = new_id(), typed(known_as="El", scheme="nhs", value=NHS)
    assert entered(what, worker, once=once) == entered(what, worker, once=once)
    assert (Child.objects.count(), Name.objects.count(), Identifier.objects.count()) == (1, 2, 1)


def test_nobody_else_enters_a_child() -> None:
    with pytest.raises(NotAllowed):
        entered(typed(), staff("performance_officer"))


@pytest.mark.parametrize(
    ("what", "blocked"),
    [
        (typed(), True),
        (typed("Elis", "Mardin"), True),
        (typed("Bryony", "Tate", scheme="nhs", value=NHS), True),
        (typed(born=date(2010, 11, 3)), False),
        (typed("Bryony", "Tate"), False),
    ],
)
def test_a_closed_record_blocks_its_double_and_says_no_more(what: Typed, blocked: bool, worker: Staff) -> None:
    other, head = staff("practitioner"), staff("head_of_service")
    ellis = child(other)
    said(ellis, "identifier", other, scheme="nhs", value=NHS)
    sealed(ellis, other, by=head)
    if blocked:
        with pytest.raises(Restricted, match="ring the duty manager"):
            entered(what, worker, another={ellis.pk})
        with pytest.raises(MayBeThere):
            entered(what, other)
    else:
        entered(what, worker)
    assert Person.objects.filter(entered_by=worker).exists() is not blocked


def test_a_number_that_is_another_childs_is_never_given_twice(worker: Staff) -> None:
    ellis = child(worker)
    said(ellis, "identifier", worker, scheme="nhs", value=NHS)
    with pytest.raises(Refused, match="another child’s"):
        entered(typed("Bryony", "Tate", scheme="nhs", value=NHS), worker, told={ellis.pk}, another={ellis.pk})


def test_whose_a_number_is(worker: Staff) -> None:
    other, head = staff("practitioner"), staff("head_of_service")
    ellis = child(other)
    said(ellis, "identifier", other, scheme="nhs", value=NHS)
    as_seen_by(worker)
    assert taken("nhs", NHS) == Taken(by=ellis.pk)
    assert taken("nhs", NHS, besides=ellis.pk) == FREE
    assert not taken("nhs", "9990000026")
    sealed(ellis, other, by=head)
    as_seen_by(worker)
    assert taken("nhs", NHS) == Taken(restricted=True)
    as_seen_by(other)
    assert taken("nhs", NHS) == Taken(by=ellis.pk)


def test_sealed_children_count_in_the_whole_and_in_no_part() -> None:
    worker, head = staff("practitioner"), staff("head_of_service")
    children = [child(worker, given=f"Ellis {'abcdefghij'[number]}") for number in range(9)]
    sealed(children[0], worker, by=head)
    for who in (worker, head, staff("manager")):
        as_seen_by(who)
        assert totals.children_in_all() == 9
        assert totals.counted(Child.objects.all()) == 8
        assert totals.counted(Child.objects.filter(pk=children[0].pk)) == 0


def test_how_many_questions_are_asked_does_not_depend_on_how_many_are_there(worker: Staff, queries: Any) -> None:
    child(worker)
    as_seen_by(worker)
    weights.load()
    for number in range(2):
        with queries(12), pytest.raises(MayBeThere):
            enter(typed(), source=OURS, by=worker, at=timezone.now(), once=new_id())
        for other in range(12):
            child(worker, born=date(2010, 11, 3 + other), given="Ellis", family="Marden", once=new_id())
        as_seen_by(worker)
        assert number < 2


# The page -------------------------------------------------------------------------------------------------------------


def posted(**fields: str) -> dict[str, Any]:
    whole = {"given": "Ellis", "family": "Marden", "born-day": "2", "born-month": "11", "born-year": "2010"}
    source = {"how": "observed", "agency": OURS.agency, "basis": OURS.basis, "disclosure": "child"}
    return whole | source | {"once": str(new_id())} | fields


def test_the_form_asks_and_then_enters(worker: Staff, signed_in: Any) -> None:
    ellis, client = child(worker), signed_in(worker)
    answer = client.post(reverse("child_enter"), posted())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "I have looked: Ellis Marden is another child" in page
    assert LogEntry.objects.get(event="child.likely").listed == [ellis.pk]
    again = client.post(reverse("child_enter"), posted(told=str(ellis.pk)))
    assert again.status_code == 422, "it is not enough to have been shown it"
    done = client.post(reverse("child_enter"), posted(told=str(ellis.pk), another=str(ellis.pk)))
    assert done.status_code == 302
    assert Child.objects.count() == 2


def test_the_form_says_restricted_and_shows_nothing(signed_in: Any) -> None:
    holder, head = staff("practitioner", name="Priya Nandakumar"), staff("head_of_service")
    sealed(child(holder), holder, by=head)
    answer = signed_in(staff("practitioner")).post(reverse("child_enter"), posted())
    page = answer.content.decode()
    assert "ring the duty manager" in page
    assert "Priya" not in page
    assert "These may be the same child" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"given": "", "family": " "}, "Enter a given name"),
        ({"born-year": "2199"}, "Nobody is born after today"),
        ({"born-day": "31", "born-month": "2"}, "must be a real date"),
        ({"scheme": "nhs", "value": "123 456 7890"}, "NHS number"),
        ({"value": "123"}, "Choose whose number it is"),
        ({"given": "x" * 101}, "100"),
        ({"another": "not a number"}, ""),
    ],
)
def test_what_cannot_be_is_given_back(fields: dict[str, str], words: str, worker: Staff, signed_in: Any) -> None:
    answer = signed_in(worker).post(reverse("child_enter"), posted(**fields))
    assert answer.status_code == (422 if words else 302)
    assert words in answer.content.decode()


@pytest.mark.parametrize("name", ["محمد", "李 伟", "Ολένα", "🙂", "%_%", "\u202eEllis", "O’Neill-Jones", "x" * 100])
def test_a_child_is_entered_in_any_script_and_found_again(name: str, worker: Staff, signed_in: Any) -> None:
    client = signed_in(worker)
    assert client.post(reverse("child_enter"), posted(given=name)).status_code == 302
    page = client.post(reverse("find"), {"what": "Marden 2/11/2010"}).content.decode()
    assert "1 child" in page


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_one_child_at_once_take_turns() -> None:
    workers = [staff("practitioner"), staff("practitioner")]

    def one(by: Staff) -> str:
        try:
            with transaction.atomic():
                entered(typed(), by)
            return "entered"
        except MayBeThere:
            return "shown"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(one, workers)) == ["entered", "shown"]
