"""Behind which walls letters stand, what must never be in one, and what becomes of them afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.casework import letters
from tests.casework.casework import missed
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, harmed, held, let_go, related, said, sealed
from waypost.access import opening
from waypost.access.models import Access, Staff
from waypost.casework.contacts import actions as contacts
from waypost.casework.letters import actions, panels
from waypost.casework.letters.definitions import filled, load
from waypost.casework.letters.models import Letter
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load as load_list
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.matching import combining
from waypost.people.models import Child, Person
from waypost.people.need_to_know import holding_back
from waypost.people.record import actions as record
from waypost.people.removal import actions as removal

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Ada Stone")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def test_whoever_may_not_write_about_the_child_makes_and_sends_nothing(ellis: Child, worker: Staff) -> None:
    made = letters.made(ellis, worker)
    what, boss = letters.written(ellis, made.contact), staff("manager")
    let_go(ellis, by=boss)
    for do in (lambda: letters.make(ellis, what, worker), lambda: actions.send(made, by=worker, at=timezone.now())):
        with pytest.raises(NotAllowed):
            do()


def test_a_sealed_childs_letters_are_not_there() -> None:
    service()
    boss, worker = staff("manager"), staff("practitioner")
    rowan = held(worker, entered_by=boss)
    letters.made(rowan, worker)
    sealed(rowan, worker, by=boss)
    as_seen_by(boss)
    assert Letter.objects.count() == 0
    as_seen_by(worker)
    assert Letter.objects.count() == 1


def test_what_a_nurse_keeps_within_health_is_not_there_for_others() -> None:
    service()
    boss, worker, nurse = staff("manager"), staff("practitioner"), staff("specialist", agency="health")
    imani = held(worker, entered_by=boss)
    opening.give(nurse, imani.pk, Access.Basis.INVOLVED, at=timezone.now(), by=boss)
    made = letters.made(imani, nurse)
    assert panels.letters_of(imani) == [made]
    kept: dict[str, Any] = {"must_share": (), "bears_on_safety": False}
    holding_back.hold_back(made.entry, subject="physical_health", **kept, by=nurse, at=timezone.now())
    as_seen_by(worker)
    assert panels.letters_of(imani) == []
    with pytest.raises(NotFound):
        panels.letter_of(imani, made.pk)
    as_seen_by(nurse)
    assert panels.letter_of(imani, made.pk) == made


def test_a_letter_on_a_record_that_was_combined_with_another_is_sent_from_there(worker: Staff, ellis: Child) -> None:
    manager, again = staff("manager"), child(worker, given="El")
    made = letters.made(again, worker)
    as_seen_by(manager)
    combining.combine(ellis, again, by=manager, at=timezone.now(), reason="One child: the school rang.")
    as_seen_by(worker)
    assert panels.letters_of(ellis) == [made]
    sent = actions.send(panels.letter_of(ellis, made.pk), by=worker, at=timezone.now())
    assert sent.sent_by == worker and not Task.objects.open().filter(key="letter_to_send").exists()


def test_a_name_that_the_child_may_not_be_told_is_in_no_letter(ellis: Child, worker: Staff) -> None:
    source = record.Source("youth_justice", "crime_and_disorder_39", disclosure="third_party")
    said(ellis, "name", worker, kind="known_as", given="El", family="")
    for kind in ("known_as", "preferred"):
        said(ellis, "name", worker, source=source, kind=kind, given="Razor", family="")
    known = panels.known(ellis, timezone.localdate())
    assert (known.recipients[0].name, known.recipients[0].greeted) == ("Ellis Marden", "El")


def planted(ellis: Child, worker: Staff) -> list[str]:
    """Marked words in every class on every kind of statement that takes words."""
    found: list[str] = []
    for number, disclosure in enumerate(one.key for one in load_list("disclosure_classes")):
        source = record.Source("youth_justice", "crime_and_disorder_39", disclosure=disclosure)
        for kind, name in (
            ("name", "given"),
            ("need", "words"),
            ("health", "words"),
            ("alert", "words"),
            ("entry", "words"),
            ("entry", "own_words"),
            ("education", "words"),
        ):
            mark = f"zq{number}{kind}{name.replace('_', '')}xw"
            as_seen_by(worker)
            more = {"said_by": "child"} if name == "own_words" else {}
            given = {}
            if kind == "name":  # one that would be taken, were it not for its class
                given = {"kind": "alias" if disclosure in ("child", "carer") else "preferred"}
            said(ellis, kind, worker, source=record.Source(**{**vars_of(source), **more}), **{name: mark} | given)
            found.append(mark)
    harmed(ellis, worker, given="zqharmedxw", words="zqvictimxw")
    return [*found, "zqharmedxw", "zqvictimxw"]


def vars_of(source: record.Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in ("agency", "basis", "how", "said_by", "speaker", "disclosure")}


def test_nothing_of_the_record_is_in_a_letter_but_what_is_merged(ellis: Child, worker: Staff) -> None:
    marked = planted(ellis, worker)
    missed(ellis, worker, 3, words="zqmissedxw", reason_words="zqreasonxw")
    mother = related(ellis, worker)
    said(mother.other, "contact", worker, method="post", value="9 High Row")
    said(ellis, "contact", worker, method="post", value="4 Mill Row", words="zqdetailxw")
    marked += ["zqmissedxw", "zqreasonxw", "zqdetailxw"]
    contact = letters.to_come(ellis, worker)
    known = panels.known(ellis, timezone.localdate())
    subject = next(one for one in panels.subjects(ellis, timezone.now()) if one.of == contact)
    for key, to in (("appointment", "child"), ("carer_appointment", str(mother.pk))):
        letter, whom = load()[key], known.to(to)
        assert whom is not None
        for language in ("english", "welsh"):
            merged = panels.merged(letter, known, whom, subject, by=worker, sender=letters.SENDER, language=language)
            words = filled(letter.wording(language).letter, merged)
            what = letters.written(ellis, contact, "letter", type=letter, to=to, words=words, language=language)
            document = letters.make(ellis, what, worker).document
            whole = letters.words_of(document) + letters.bytes_of(document).decode("latin-1")
            assert "Riverside office" in letters.words_of(document)
            assert [mark for mark in marked if mark in whole] == []


# What becomes of it afterwards ----------------------------------------------------------------------------------------


def test_its_words_can_be_taken_out_of_the_record(ellis: Child, worker: Staff) -> None:
    made, head = letters.on_paper(ellis, worker, agreed="Asked at the visit."), staff("head_of_service")
    as_seen_by(head)
    now = timezone.now()
    removal.erase(ellis.person, rule="erasure", reason="Asked for by letter, checked.", by=head, at=now)
    made.refresh_from_db()
    assert (made.agreed, made.to, made.entry.words) == ("", None, "")
    assert made.document.file.emptied_at is not None and not made.document.file.chunks.exists()


def test_a_letter_does_not_move_to_another_child(ellis: Child, worker: Staff) -> None:
    made, amira = letters.on_paper(ellis, worker), child(worker, given="Amira")
    for statement in (made.entry, made.document):
        with pytest.raises(Refused, match="written about this child"):
            removal.move(statement, amira.person, reason="It was the wrong child.", by=worker, at=timezone.now())


def test_a_contact_that_moves_leaves_the_letter_about_it_behind(ellis: Child, worker: Staff) -> None:
    made, amira = letters.made(ellis, worker), child(worker, given="Amira")
    as_seen_by(worker)
    starts = timezone.now() - timedelta(minutes=5)
    came = contacts.Came("came", less_safe="nobody", words="We talked.")
    kept = contacts.record(
        ellis.person, contacts.Meeting(starts), came, planned=made.contact, by=worker, at=timezone.now(), once=new_id()
    )
    removal.move(kept.entry, amira.person, reason="It was the wrong child.", by=worker, at=timezone.now())
    made.refresh_from_db()
    assert (made.contact, made.person_id) == (None, ellis.pk)


def test_how_many_questions_are_asked(ellis: Child, worker: Staff, queries: Any) -> None:
    said(ellis, "address", worker)
    for number in range(3):
        carer = related(ellis, worker, given=f"Carer {number}")
        said(carer.other, "contact", worker, value=f"07700 90031{number}")
    as_seen_by(worker)
    with queries(9):
        known = panels.known(ellis, timezone.localdate())
    assert len(known.recipients) == 4 and Person.objects.count() > 3
    for days in (3, 4, 5):
        letters.to_come(ellis, worker, days)
    with queries(5):
        panels.subjects(ellis, timezone.now())
