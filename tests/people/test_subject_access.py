"""What may be given is given, what is withheld is not, and every withheld thing is counted under its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff
from tests.people.children import OURS, as_seen_by, child, example, said
from tests.people.planted import Planted, everything, stands_in
from tests.people.test_removal import document, removed
from waypost.access.models import LogEntry, Staff
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.people.models import Child, Draft, Harmed, Person, Wall
from waypost.people.record import actions as record
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS
from waypost.people.removal.subject_access import Answer, answer
from waypost.people.removal.subject_access_report import report, why_not_draw

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def classed(of: Child, disclosure: str, words: str, by: Staff, wall: Wall | None = None) -> Any:
    source = Source(**{name: getattr(OURS, name) for name in ("agency", "basis", "how")}, disclosure=disclosure)
    as_seen_by(by)
    said_ = example("entry", words=words, title="")
    return record.say(
        of.person, KINDS["entry"], said_, source=source, by=by, at=timezone.now(), once=new_id(), wall=wall
    )


def wall(of: Child, kind: str, by: Staff) -> Wall:
    held = {"agency": "health", "subject": "treatment", "bears_on_safety": False} if kind == "held_back" else {}
    made = Wall(kind=kind, person_id=of.pk, made_by=by, made_at=timezone.now(), **held)
    made.save(force_insert=True)
    return made


def asked_for(of: Child, by: Staff) -> Answer:
    as_seen_by(by)
    return answer(of, at=timezone.now())


def words_given(found: Answer) -> str:
    return "\n".join(f"{one.what} {one.day} {one.says} {one.source} {one.stands}" for one in found.given)


@pytest.mark.parametrize(
    ("disclosure", "kind", "reason"),
    [
        ("child", "", None),
        ("professionals", "", None),
        ("court", "", None),
        ("third_party", "", "third_party"),
        ("carer", "", "carer"),
        ("victim", "", "victim"),
        ("police_intelligence", "", "police_intelligence"),
        ("placement_address", "", "placement_address"),
        ("professionals", "victim", "victim"),
        ("professionals", "intelligence", "police_intelligence"),
        ("professionals", "held_back", "held_back"),
        ("professionals", "not_to_police", None),
    ],
)
def test_a_class_or_a_wall_withholds_a_thing_and_counts_it(
    disclosure: str, kind: str, reason: str | None, ellis: Child, worker: Staff, head: Staff
) -> None:
    before = dict(asked_for(ellis, head).withheld)
    as_seen_by(worker)
    classed(ellis, disclosure, "Zebra in the garden.", worker, wall(ellis, kind, worker) if kind else None)
    found = asked_for(ellis, head)
    assert ("Zebra" in words_given(found)) is (reason is None)
    walled = bool(kind) or disclosure in {"victim", "police_intelligence"}  # these stand behind a wall from the first
    assert set(dict(found.withheld).items()) - set(before.items()) == ({(reason, 1 + walled)} if reason else set())


def test_every_disclosure_class_and_every_wall_is_decided() -> None:
    reasons = load("withheld_reasons")
    given = {"child", "court", "professionals"}
    assert {one.text("disclosure") for one in reasons} - {""} | given == {one.key for one in load("disclosure_classes")}
    walls = {one.text("wall") for one in reasons} - {""} | {"sealed", "not_to_police"}
    assert walls == set(Wall.Kind.values)


def test_what_was_said_before_and_what_was_removed_are_in(ellis: Child, worker: Staff, head: Staff) -> None:
    first = said(ellis, "entry", worker, words="He ran.")
    record.correct(
        first, example("entry", words="He walked."), source=OURS, by=worker, at=timezone.now(), once=new_id()
    )
    gone = said(ellis, "address", worker)
    removed(gone, head)
    given = words_given(asked_for(ellis, head))
    assert "He ran." in given and "He walked." in given and "Corrected on" in given
    assert "4 Mill Row" not in given and "It was wrong or not the whole of it" in given


def test_drafts_documents_and_who_looked_are_in(
    ellis: Child, worker: Staff, head: Staff, signed_in: Callable[..., Client]
) -> None:
    now = timezone.now()
    draft = Draft(person_id=ellis.pk, staff=worker, form="entry", typed={"words": "Half a"}, begun_at=now, saved_at=now)
    draft.save(force_insert=True)
    document(ellis, worker)
    for _ in range(3):
        signed_in(worker).get(reverse("child", kwargs={"pk": ellis.pk}))
    found = asked_for(ellis, head)
    assert "Half a" in words_given(found) and "Not part of the record" in words_given(found)
    assert "Minutes of May" in words_given(found)
    assert dict(found.withheld)["files"] == 1
    assert dict(found.looked) == {"Case manager": 3}


def test_who_told_us_is_withheld_and_what_they_said_is_not(ellis: Child, worker: Staff, head: Staff) -> None:
    source = Source(agency="family", basis=OURS.basis, said_by="carer", speaker="Quentin Marsh")
    as_seen_by(worker)
    record.say(
        ellis.person,
        KINDS["entry"],
        example("entry", words="He came late."),
        source=source,
        by=worker,
        at=timezone.now(),
    )
    found = asked_for(ellis, head)
    assert "He came late." in words_given(found) and "Quentin" not in words_given(found)
    assert dict(found.withheld)["third_party"] == 1


def test_what_names_them_on_other_records_is_counted(ellis: Child, worker: Staff, head: Staff) -> None:
    bryony = child(worker, given="Bryony")
    said(bryony, "relation", worker, other=ellis.person)
    said(bryony, "entry", worker, words="Was with Ellis Marden again.")
    victim = Person.objects.create(entered_by=worker, entered_at=timezone.now())
    as_seen_by(head)
    guard = Wall(kind="victim", person=victim, made_by=head, made_at=timezone.now())
    guard.save(force_insert=True)
    Harmed(
        person=victim, child=ellis.person, wall=guard, by=head, at=timezone.now(), agency="police", how="reported",
        said_by="victim", basis=OURS.basis, disclosure="victim",
    ).save(force_insert=True)  # fmt: skip
    found = asked_for(ellis, staff("manager"))
    assert dict(found.withheld) == {"third_party": 2, "victim": 1, "derived": dict(found.withheld)["derived"]}


def test_of_everything_planted_only_what_may_be_in_is_in_and_nothing_is_uncounted() -> None:
    planted: Planted = everything()
    found = asked_for(planted.child, planted.head)
    given = words_given(found)
    out = ("people.harmed.", "people.health.", "speaker", "people.hold.", "people.moved.", "people.wall.", "files.",
           "people.namekey.", "casework.origin.digest", "review_words", "casework.coaccused.name", "attends_words",
           "openedwithreason.question", "openedwithreason.answer", "people.ask.")  # fmt: skip
    for where, word in planted.words.items():
        is_out = any(part in where for part in out)
        if "people.birth" in where or "review_by" in where:
            continue  # days are shown as a person writes them
        assert stands_in(given, word) is not is_out, where
    counted = dict(found.withheld)
    assert (counted["victim"], counted["held_back"], counted["files"], counted["worker"]) == (2 + 1, 2 + 3, 2, 1)
    assert (counted["legal_privilege"], counted["police_intelligence"]) == (1, 1)
    # who told us, in each version of what is given; what was moved; to whom a letter went
    assert counted["third_party"] == 2 * 32 + 1 + 1


def test_half_an_answer_is_not_given(ellis: Child, worker: Staff, head: Staff) -> None:
    part = child(worker, given="El")
    Child.objects.filter(pk=part.pk).update(combined_into=ellis)
    made = wall(part, "sealed", worker)
    assert made.pk
    found = asked_for(ellis, head)
    assert not found.complete
    assert "not open to you" in (why_not_draw("csv", found) or "")


def test_a_large_answer_is_a_csv() -> None:
    found = Answer(Child(number="26-0001"), tuple([None] * 1001), (), (), True)  # type: ignore[arg-type, list-item]
    assert "Take the CSV" in (why_not_draw("pdf", found) or "")
    assert why_not_draw("csv", found) is None


@pytest.mark.parametrize("kind", ["pdf", "word", "csv"])
def test_it_leaves_as_a_file_and_that_is_logged_with_what_was_in_it(
    kind: str, ellis: Child, worker: Staff, head: Staff, signed_in: Callable[..., Client]
) -> None:
    entry = said(ellis, "entry", worker, words="He came late.")
    classed(ellis, "third_party", "Zebra in the garden.", worker)
    response = signed_in(head).post(reverse("child_subject_access", kwargs={"pk": ellis.pk}), {"kind": kind})
    assert response.status_code == 200 and len(response.content) > 300
    assert "attachment" in response["Content-Disposition"] and "Marden" not in response["Content-Disposition"]
    logged = LogEntry.objects.get(event=f"child.subject_access_{kind}")
    assert (logged.verb, logged.subject) == ("disclosed", ellis.pk)
    assert entry.pk in logged.listed
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert any("He came late." in cell for row in rows for cell in row)
        assert any("It is about somebody else" in cell for row in rows for cell in row)
        assert not any("Zebra" in cell for row in rows for cell in row)


def test_the_page_says_how_many_under_each_reason(
    ellis: Child, worker: Staff, head: Staff, signed_in: Callable[..., Client]
) -> None:
    classed(ellis, "third_party", "Zebra in the garden.", worker)
    page = signed_in(head).get(reverse("child_subject_access", kwargs={"pk": ellis.pk})).content.decode()
    assert "It is about somebody else" in page and "1 thing" in page and "Zebra" not in page


def test_the_report_is_a_report(ellis: Child, worker: Staff, head: Staff) -> None:
    made = report(asked_for(ellis, head), author="Alder Vale", marking="", on=timezone.localdate())
    assert made.title == f"What is held on child {ellis.number}"
