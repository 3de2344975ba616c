"""A letter made, kept and said to be sent: what is written where, what is refused, and what must never be in it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pdfplumber
import pytest
from django.utils import timezone

from tests.casework import letters
from tests.casework.casework import missed, order, say
from tests.factories import service, staff
from tests.people.children import OURS, as_seen_by, child, organisation, related, said
from waypost.access.models import LogEntry, Staff
from waypost.casework.compliance import actions as compliance
from waypost.casework.compliance.rules import warned_until
from waypost.casework.letters import actions, panels, words
from waypost.casework.letters.definitions import filled, load
from waypost.casework.letters.models import Letter
from waypost.casework.models import Decision
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.models import Child, Entry
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db
KEPT = record.Source("youth_justice", "crime_and_disorder_39", disclosure="placement_address")


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Ada Stone")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def test_a_letter_is_paper_an_entry_and_a_row_and_is_disclosed(ellis: Child, worker: Staff) -> None:
    made = letters.on_paper(ellis, worker)
    text = letters.words_of(made.document)
    assert "4 Mill Row" in text and "ZZ9 4MR" in text and "Ellis Marden" in text and letters.WORDS in text
    assert (made.document.kind, made.document.disclosure, made.entry.kind) == ("letter_out", "child", "letter")
    assert made.entry.title == "Letter made: an appointment" and letters.WORDS not in made.entry.words
    assert made.document.file.name == "letter.pdf" and "Ellis" not in made.document.title
    row = LogEntry.objects.get(event="letter.made")
    assert (row.verb, row.actor, row.listed) == ("disclosed", worker.pk, [made.document_id])


def test_the_files_own_particulars_name_nobody(ellis: Child, worker: Staff) -> None:
    with pdfplumber.open(io.BytesIO(letters.bytes_of(letters.on_paper(ellis, worker).document))) as opened:
        about = opened.metadata
    assert about["Title"] == "Your appointment" and about["Author"] == letters.SENDER.service
    assert not any(name in str(about) for name in ("Ellis", "Marden", "Mill Row", "Stone"))


def test_a_text_keeps_its_words_on_the_timeline_and_is_sent_by_a_person(ellis: Child, worker: Staff) -> None:
    made = letters.made(ellis, worker)
    assert made.document is None and made.entry.words == letters.WORDS
    assert made.entry.title == "Text message written: an appointment"
    assert Task.objects.open().get(key="letter_to_send").from_id == made.pk

    sent = actions.send(made, by=worker, at=timezone.now())
    assert (sent.sent_by, Task.objects.open().filter(key="letter_to_send").count()) == (worker, 0)
    assert Entry.objects.filter(title="Text message sent: an appointment").count() == 1
    with pytest.raises(Refused, match="said already that it was sent"):
        actions.send(made, by=worker, at=timezone.now())
    assert LogEntry.objects.filter(event="letter.sent", verb="disclosed").count() == 1


def test_the_same_form_twice_is_one_letter(ellis: Child, worker: Staff) -> None:
    said(ellis, "contact", worker)
    what, once = letters.written(ellis, letters.to_come(ellis, worker)), new_id()
    first, second = (letters.make(ellis, what, worker, once=once) for _ in range(2))
    assert first.pk == second.pk
    assert (Letter.objects.count(), Entry.objects.count(), Task.objects.filter(key="letter_to_send").count()) == (
        1,
        1,
        1,
    )


@pytest.mark.parametrize(
    ("safe", "words", "agreed", "says"),
    [
        ("safe", "", "", None),
        ("not_safe", "He reads it.", "She said it is fine.", "It is not safe to text them there"),
        ("only_as_said", "Text first.", "", "Say how you keep to that"),
        ("only_as_said", "Text first.", "This is a text.", None),
        ("not_asked", "", "", "Nobody has asked whether this way is safe"),
        ("not_asked", "", "Asked him today: fine.", None),
    ],
)
def test_the_safety_of_a_number_is_obeyed(
    ellis: Child, worker: Staff, safe: str, words: str, agreed: str, says: str | None
) -> None:
    said(ellis, "contact", worker, safe=safe, words=words)
    what = letters.written(ellis, letters.to_come(ellis, worker), agreed=agreed)
    if says is None:
        assert letters.make(ellis, what, worker).agreed == agreed
        return
    with pytest.raises(Refused, match=says):
        letters.make(ellis, what, worker)
    assert (Letter.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_number_that_anybody_said_is_not_safe_is_safe_for_nobody(ellis: Child, worker: Staff) -> None:
    """Mother and father share a telephone; what is said of it in one place holds in the other."""
    mother, father = related(ellis, worker), related(ellis, worker, "Craig", "Holt", "father")
    said(mother.other, "contact", worker, value="07700 900318", safe="safe")
    said(father.other, "contact", worker, value="+44 7700 900318", safe="not_safe", words="He answers it.")
    what = letters.written(ellis, letters.to_come(ellis, worker), to=str(mother.pk), type=load()["carer_appointment"])
    with pytest.raises(Refused, match="He answers it"):
        letters.make(ellis, what, worker)


def test_a_way_that_ended_or_belongs_to_another_is_no_way(ellis: Child, worker: Staff) -> None:
    mother = related(ellis, worker)
    theirs = said(mother.other, "contact", worker)
    contact = letters.to_come(ellis, worker)
    gone = "That way was corrected or ended"
    for way in (f"detail.{theirs.pk}", f"detail.{new_id()}", "address.x"):
        with pytest.raises(Refused, match=gone):
            letters.make(ellis, letters.written(ellis, contact, way=way), worker)
    with pytest.raises(Refused, match="No way to text them is recorded"):
        letters.make(ellis, letters.written(ellis, contact, way=""), worker)
    mine = said(ellis, "contact", worker, value="07700 900655")
    what = letters.written(ellis, contact)
    record.end(mine, until=timezone.localdate() - timedelta(days=1), by=worker, at=timezone.now())
    with pytest.raises(Refused, match=gone):
        letters.make(ellis, what, worker)


def test_where_safety_changed_meanwhile_it_is_not_sent(ellis: Child, worker: Staff) -> None:
    made = letters.made(ellis, worker)
    kind, source = KINDS["contact"], OURS
    changed = kind.said_of(made.detail) | {"safe": "not_safe", "words": "His brother has the telephone now."}
    record.correct(made.detail, changed, source=source, by=worker, at=timezone.now())
    made.refresh_from_db()
    with pytest.raises(Refused, match="His brother has the telephone now"):
        actions.send(made, by=worker, at=timezone.now())
    made.refresh_from_db()
    assert made.sent_at is None and Task.objects.open().filter(key="letter_to_send").exists()


def test_where_the_number_was_corrected_meanwhile_it_is_made_again(ellis: Child, worker: Staff) -> None:
    made = letters.made(ellis, worker)
    changed = KINDS["contact"].said_of(made.detail) | {"value": "07700 900999"}
    record.correct(made.detail, changed, source=OURS, by=worker, at=timezone.now())
    made.refresh_from_db()
    with pytest.raises(Refused, match="make it again"):
        actions.send(made, by=worker, at=timezone.now())


# Addresses ------------------------------------------------------------------------------------------------------------


def address(ellis: Child, worker: Staff, *, kept: bool = False) -> Any:
    source = KEPT if kept else OURS
    return said(ellis, "address", worker, source=source, lines="Brook House\n11 Fen Lane", postcode="ZZ8 2FL")


def test_a_home_address_asks_first_until_somebody_has_said_that_post_is_safe(ellis: Child, worker: Staff) -> None:
    address(ellis, worker)
    contact = letters.to_come(ellis, worker)
    with pytest.raises(Refused, match="Nobody has asked"):
        letters.make(ellis, letters.written(ellis, contact, "letter"), worker)
    said(ellis, "contact", worker, method="post", value="At home", safe="safe")
    home = next(
        one.key for one in panels.known(ellis, timezone.localdate()).recipients[0].lines if "address" in one.key
    )
    made = letters.make(ellis, letters.written(ellis, contact, "letter", way=home), worker)
    assert "11 Fen Lane" in letters.words_of(made.document)


def test_where_post_is_not_safe_no_address_is(ellis: Child, worker: Staff) -> None:
    address(ellis, worker)
    said(ellis, "contact", worker, method="post", value="At his nan’s", safe="not_safe", words="She opens it.")
    for line in panels.known(ellis, timezone.localdate()).recipients[0].on("letter"):
        what = letters.written(ellis, letters.to_come(ellis, worker), "letter", way=line.key, agreed="He said so.")
        with pytest.raises(Refused, match="It is not safe to write to them there"):
            letters.make(ellis, what, worker)


def test_a_kept_address_goes_to_the_child_alone_and_its_paper_is_kept_as_it_is(ellis: Child, worker: Staff) -> None:
    address(ellis, worker, kept=True)
    mother = related(ellis, worker, household=True)
    contact = letters.to_come(ellis, worker)
    own = letters.make(ellis, letters.written(ellis, contact, "letter", agreed="Asked at the visit."), worker)
    assert "11 Fen Lane" in letters.words_of(own.document)
    assert {own.document.disclosure, own.entry.disclosure} == {"placement_address"}

    to = {"to": str(mother.pk), "type": load()["carer_appointment"], "agreed": "Asked at the visit."}
    with pytest.raises(Refused, match="stands on no letter but to whom it belongs"):
        letters.make(ellis, letters.written(ellis, contact, "letter", **to), worker)


@pytest.mark.parametrize("words", ["You meet in Marsham.", "You meet at 12 Canal Street."])
def test_the_town_and_other_places_may_be_said(ellis: Child, worker: Staff, words: str) -> None:
    said(ellis, "address", worker, source=KEPT, lines="Brook House, 11 Fen Lane\nMarsham", postcode="ZZ8 2FL")
    mother = related(ellis, worker, household=False)
    said(mother.other, "contact", worker)
    to = {"to": str(mother.pk), "type": load()["carer_appointment"], "words": words}
    assert letters.make(ellis, letters.written(ellis, letters.to_come(ellis, worker), **to), worker).pk


def test_the_name_of_a_home_that_is_kept_is_not_said_to_a_carer(ellis: Child, worker: Staff) -> None:
    since = timezone.localdate() - timedelta(days=9)
    home = organisation(worker, "Brook House")
    said(ellis, "placement", worker, source=KEPT, kind="childrens_home", provider=home, since=since)
    mother = related(ellis, worker, household=False)
    said(mother.other, "contact", worker)
    to = {"to": str(mother.pk), "type": load()["carer_appointment"], "words": "He is seen at Brook House."}
    with pytest.raises(Refused, match="that is kept from somebody"):
        letters.make(ellis, letters.written(ellis, letters.to_come(ellis, worker), **to), worker)


def test_a_text_to_the_child_that_says_it_is_kept_as_it_is(ellis: Child, worker: Staff) -> None:
    address(ellis, worker, kept=True)
    assert letters.made(ellis, worker, words="I come to Brook House at 4pm.").entry.disclosure == "placement_address"
    assert letters.made(ellis, worker, words="I come at 4pm.").entry.disclosure == "child"


@pytest.mark.parametrize("words", ["Meet at Brook House.", "Meet at 11, fen lane!", "Meet at zz82fl."])
def test_nor_do_the_words_say_it_to_a_carer(ellis: Child, worker: Staff, words: str) -> None:
    address(ellis, worker, kept=True)
    mother = related(ellis, worker, household=False)
    said(mother.other, "contact", worker)
    to = {"to": str(mother.pk), "type": load()["carer_appointment"], "words": words}
    with pytest.raises(Refused, match="that is kept from somebody"):
        letters.make(ellis, letters.written(ellis, letters.to_come(ellis, worker), **to), worker)


def test_a_carer_of_the_household_is_written_to_where_they_live(ellis: Child, worker: Staff) -> None:
    address(ellis, worker)
    mother = related(ellis, worker, household=True)
    father = related(ellis, worker, "Craig", "Holt", "father", household=False)
    known = panels.known(ellis, timezone.localdate())
    assert [one.shown for one in known.to(str(mother.pk)).on("letter")] == ["Brook House, 11 Fen Lane, ZZ8 2FL"]  # type: ignore[union-attr]
    assert known.to(str(father.pk)).on("letter") == []  # type: ignore[union-attr]


# What it is about -----------------------------------------------------------------------------------------------------


def warned(ellis: Child, worker: Staff) -> Decision:
    made = order(ellis, worker)
    missed(ellis, worker, 9, acceptable=False, outcome=made)
    now, today = timezone.now(), timezone.localdate()
    as_seen_by(worker)
    for step in ("re_engage", "warn"):
        last = compliance.decide(
            ellis, made, step=step, words="He chose not to.", day=today, by=worker, at=now, once=new_id()
        )
    return last


def test_a_decision_to_warn_asks_for_its_letter_and_the_letter_does_the_task(ellis: Child, worker: Staff) -> None:
    decision = warned(ellis, worker)
    task = Task.objects.open().get(key="warning_letter")
    assert (task.from_id, task.title) == (decision.pk, "Write the warning letter")
    said(ellis, "contact", worker, method="post", value="4 Mill Row")
    warning = load()["warning_youth_rehabilitation"]
    subject = next(one for one in panels.subjects(ellis, timezone.now()) if one.of == decision)
    known = panels.known(ellis, timezone.localdate())
    merged = panels.merged(
        warning, known, known.recipients[0], subject, by=worker, sender=letters.SENDER, language="english"
    )
    words = filled(warning.english.letter, merged)
    assert "youth rehabilitation order" in words and "[" not in words
    made = letters.make(
        ellis,
        letters.written(
            ellis, None, "letter", type=warning, about=subject.key, words=words, title=warning.english.title
        ),
        worker,
    )
    task.refresh_from_db()
    assert made.decision == decision and task.done_by == worker


def test_a_further_warning_says_until_when_the_court_must_be_told(ellis: Child, worker: Staff) -> None:
    made, today = order(ellis, worker), timezone.localdate()
    days = {"first": today - timedelta(days=30), "further": today}
    for ago, day in ((40, days["first"]), (9, days["further"])):
        missed(ellis, worker, ago, acceptable=False, outcome=made)
        as_seen_by(worker)
        for step in ("re_engage", "warn"):
            given: dict[str, Any] = {"day": day, "by": worker, "at": timezone.now(), "once": new_id()}
            compliance.decide(ellis, made, step=step, words="He chose not to.", **given)
    further, first = (one for one in panels.subjects(ellis, timezone.now()) if one.about.of == "decision")
    assert (further.about.day, first.about.duty_until) == (today, None)
    assert further.about.duty_until == warned_until(days["first"], 12)

    known, key = panels.known(ellis, today), "warning_youth_rehabilitation_further"
    of: dict[str, Any] = {"by": worker, "sender": letters.SENDER, "language": "english"}
    merged = panels.merged(load()[key], known, known.recipients[0], further, **of)
    assert merged["duty_until"] == words.day(warned_until(days["first"], 12), "english")
    assert merged["warned_until"] == words.day(warned_until(today, 12), "english")
    assert "[" not in filled(load()[key].english.letter, merged)


def test_no_warning_goes_out_without_a_decision(ellis: Child, worker: Staff) -> None:
    said(ellis, "contact", worker, method="post", value="4 Mill Row")
    what = letters.written(ellis, letters.to_come(ellis, worker), "letter", type=load()["warning_youth_rehabilitation"])
    with pytest.raises(Refused, match="A warning rests on a decision"):
        letters.make(ellis, what, worker)


def test_a_letter_about_another_childs_contact_is_about_nothing(ellis: Child, worker: Staff) -> None:
    said(ellis, "contact", worker)
    theirs = letters.to_come(child(worker, given="Amira"), worker)
    with pytest.raises(Refused, match="Choose which contact"):
        letters.make(ellis, letters.written(ellis, theirs), worker)


def test_a_date_at_court_is_merged(ellis: Child, worker: Staff) -> None:
    on = timezone.localdate() + timedelta(days=5)
    say(ellis, "hearing", worker, on, clock=None)
    subject = panels.subjects(ellis, timezone.now())[0]
    known = panels.known(ellis, timezone.localdate())
    court = load()["court_date"]
    merged = panels.merged(
        court, known, known.recipients[0], subject, by=worker, sender=letters.SENDER, language="welsh"
    )
    words = filled(court.welsh.text, merged)
    assert "Alder Vale Youth Court" in words and "am [time]" in words and "dydd " in words
