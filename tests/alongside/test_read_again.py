"""Read again, only what changed is written; what is not there any more is listed; what was written by hand stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.alongside.conftest import World, said
from tests.alongside.exports import NORMALISED, WIDE, ago, normalised_rows, serial, uk, wide_rows
from tests.people.children import OURS, as_seen_by
from waypost.access.models import LogEntry
from waypost.casework.contacts import actions as contacts
from waypost.casework.models import Attendance, Contact, Contract, Origin, Outcome, Task
from waypost.people.need_to_know import actions as need_to_know
from waypost.people.need_to_know.actions import holder
from waypost.people.record import actions as record
from waypost.people.record.entries import Entry
from waypost.people.record.models import Child
from waypost.people.record.who import Identifier, Name

CELLS = {name: at for at, name in enumerate("ref given family born gender ethnic nhs worker id type made term court panel closed closure oid ocode oday".split())}  # fmt: skip


def wide(row: int, **changed: str) -> list[list[str]]:
    rows = wide_rows()
    for name, value in changed.items():
        rows[row][CELLS[name]] = value
    return rows


def events_after(before: int) -> list[str]:
    """What the log says was done since, without that it was read."""
    newest = LogEntry.objects.newest_first()[: LogEntry.objects.count() - before]
    return sorted(one.event for one in newest if one.event != "caseload.read")


def child_of(given: str = "Ellis") -> Child:
    return Child.objects.get(pk=Name.objects.current().filter(given=given).values_list("person", flat=True).first())


@pytest.mark.parametrize(
    ("row", "changed", "written"),
    [
        (0, {"family": "Marsden"}, ["child.name_corrected"]),
        (0, {"born": "03/11/2010"}, ["child.birth_corrected"]),
        (0, {"ethnic": "NS"}, ["child.particular_corrected"]),
        (0, {"nhs": "9990000026"}, ["child.identifier_corrected"]),
        (0, {"worker": "OYELARAN, S"}, ["child.allocated"]),
        (0, {"court": "Marlow Youth Court"}, ["child.outcome_corrected"]),
        (0, {"closed": uk(ago(1)), "closure": "COMP"}, ["child.outcome_corrected"]),
        (0, {"ocode": "34/2"}, ["child.offence_corrected"]),
        (0, {"panel": uk(ago(61))}, ["child.contract_corrected"]),
        (1, {"nhs": "9990000034"}, []),  # the other row of this child says none: no contradiction, one fact more
    ],
)
def test_one_cell_changed_is_one_thing_written(
    world: World, row: int, changed: dict[str, str], written: list[str]
) -> None:
    world.read(WIDE)
    before = LogEntry.objects.count()
    again = world.read(WIDE, rows=wide(row, **changed))
    assert said(again) == []
    assert events_after(before) == (written or ["child.identifier_said"])
    third = LogEntry.objects.count()
    world.again(WIDE)
    assert events_after(third) == []


def test_the_worker_there_becomes_the_worker_here(world: World) -> None:
    world.read(WIDE)
    assert holder(child_of(), timezone.now()) == world.priya
    world.read(WIDE, rows=wide(0, worker="OYELARAN, S"))
    assert holder(child_of(), timezone.now()) == world.sam


def test_an_order_that_is_gone_is_listed_and_goes_on_here(world: World) -> None:
    world.read(WIDE)
    read = world.read(WIDE, rows=wide_rows()[:2])
    gone = Origin.objects.missing()
    assert sorted(gone.values_list("kind", "key")) == [("offence", "77003"), ("order", "55803")]
    assert set(gone.values_list("missing_since", flat=True)) == {timezone.localdate()}
    assert (read.counts["order missing"], read.counts["offence missing"]) == (1, 1)
    assert Outcome.objects.current().filter(type="community_resolution", until=None).exists()
    back = world.read(WIDE)
    assert not Origin.objects.missing().exists()
    assert "order missing" not in back.counts


def test_a_child_that_is_gone_is_listed_and_stays(world: World) -> None:
    world.read(WIDE)
    world.read(WIDE, rows=wide_rows()[1:])
    assert set(Origin.objects.missing().filter(kind="child").values_list("key", flat=True)) == {"NW1001"}
    assert holder(child_of("Ellis"), timezone.now()) == world.priya


def test_a_row_that_could_not_be_used_is_not_missing(world: World) -> None:
    world.read(WIDE)
    read = world.read(WIDE, rows=wide(0, made="soon"))
    assert [one.column for one in read.problems.all()] == ["Start Dt"]
    assert not Origin.objects.missing().exists()


def test_what_was_written_here_by_hand_is_never_written_over(world: World) -> None:
    world.read(WIDE)
    order = Outcome.objects.current().get(person=child_of().pk)
    kind = record.kind_of(order)
    record.correct(order, {**kind.said_of(order), "given_by": "By hand"}, source=OURS, by=world.head, at=timezone.now())
    before = LogEntry.objects.count()
    read = world.read(WIDE, rows=wide(0, term="7 mths"))
    assert events_after(before) == []
    now = Outcome.objects.current().get(person=child_of().pk)
    assert (now.given_by, now.length) == ("By hand", 6)
    assert read.counts["order differs"] == 1
    assert Origin.objects.get(kind="order", key="55801").differs


def test_a_child_given_to_another_by_hand_stays_with_them(world: World) -> None:
    world.read(WIDE)
    need_to_know.allocate(child_of(), to=world.sam, by=world.head, at=timezone.now())
    third = type(world.sam).objects.create_user("third@example.org", name="Third")
    third.roles_held.create(role="practitioner")
    world.read(WIDE, rows=wide(0, worker="third@example.org"))
    assert holder(child_of(), timezone.now()) == world.sam
    assert Origin.objects.get(kind="worker", key="NW1001").differs


def test_what_a_person_had_entered_before_is_taken_up_and_not_said_again(world: World) -> None:
    as_seen_by(world.head)
    ellis = record.enter_child(
        given="Ellis", family="Marden", born=datetime(2010, 11, 2).date(), estimated=False, source=OURS, by=world.head,
        at=timezone.now(), once=Origin().pk,
    )  # fmt: skip
    said_ = {"scheme": "nhs", "value": "9990000018"}
    record.say(ellis.person, record.KINDS["identifier"], said_, source=OURS, by=world.head, at=timezone.now())
    world.read(WIDE)
    assert Child.objects.count() == 2, "the number and the birth date are the same"
    assert Name.objects.filter(person=ellis.pk).count() == 1
    assert Identifier.objects.filter(person=ellis.pk).count() == 1
    assert Outcome.objects.get(person=ellis.pk).type == "referral_order"
    read = world.read(WIDE, rows=wide(0, given="Elliot"))
    assert Name.objects.get(person=ellis.pk).given == "Ellis", "a person wrote it, and it stays"
    assert read.counts["name differs"] == 1


# Contacts -------------------------------------------------------------------------------------------------------------


def contact_rows(row: int, **changed: object) -> dict[str, Any]:
    rows = normalised_rows()["CONTACT"]
    names = ["id", "order", "day", "time", "minutes", "mode", "worker", "came", "why", "words"]
    for name, value in changed.items():
        rows[row][names.index(name)] = value
    return {"CONTACT": rows}


def test_an_appointment_is_kept_moved_and_missed(world: World, time_machine: Any) -> None:
    world.read(NORMALISED)
    planned = Contact.objects.get(pk=Origin.objects.get(kind="contact", key="4").became)
    assert planned.day == ago(-7)
    # moved there: out of the diary here, and in again
    world.read(NORMALISED, **contact_rows(3, day=serial(ago(-9))))
    moved = Contact.objects.get(pk=Origin.objects.get(kind="contact", key="4").became)
    assert (moved.day, Contact.objects.get(pk=planned.pk).dropped_at is not None) == (ago(-9), True)
    # and once its day has come, what came of it
    rows = normalised_rows() | contact_rows(3, day=serial(ago(-9)), came=2, why=11)
    time_machine.move_to(timezone.now() + timedelta(days=10), tick=False)
    before = LogEntry.objects.count()
    world.again(NORMALISED)
    assert events_after(before) == [], "nobody there has said yet what came of it"
    NORMALISED.write(world.folder, **rows)
    world.again(NORMALISED)
    assert Attendance.objects.get(contact=moved).came == "missed"
    assert events_after(before) == ["child.entry_said", "contact.recorded"]


@pytest.mark.parametrize(
    ("changed", "came", "acceptable", "words"),
    [
        ({"came": 3, "why": 12}, "missed", False, "He came with his brother, and stayed."),
        ({"words": "He came alone."}, "came", None, "He came alone."),
        ({"minutes": 90}, "came", None, "He came with his brother, and stayed."),
    ],
)
def test_a_recorded_contact_that_changes_there_is_put_right_here(
    world: World, changed: dict[str, object], came: str, acceptable: bool | None, words: str
) -> None:
    world.read(NORMALISED)
    before = LogEntry.objects.count()
    read = world.read(NORMALISED, **contact_rows(0, **changed))
    assert said(read) == []
    assert events_after(before) == ["child.entry_corrected", "contact.corrected"]
    contact = Contact.objects.get(pk=Origin.objects.get(kind="contact", key="1").became)
    now = contact.attendances.get(replaced_at=None)
    assert (now.came, now.acceptable, contact.entry.words) == (came, acceptable, words)
    assert contact.entry.how == "read"


def test_a_contact_judged_here_since_is_left_as_it_is(world: World) -> None:
    world.read(NORMALISED)
    contact = Contact.objects.get(pk=Origin.objects.get(kind="contact", key="3").became)
    contacts.judge(contact, acceptable=True, reason="family", words="", by=world.head, at=timezone.now())
    read = world.read(NORMALISED, **contact_rows(2, came=2, why=11))
    assert contact.attendances.get(replaced_at=None).reason == "family"
    assert read.counts["contact same"] == 5
    world.read(NORMALISED, **contact_rows(2, came=1, why=""))
    assert contact.attendances.get(replaced_at=None).came == "missed"
    assert Origin.objects.get(kind="contact", key="3").differs


def test_an_order_that_could_not_be_used_ties_its_contacts_once_it_can(world: World) -> None:
    rows = normalised_rows()
    rows["DISPOSAL"][0][4] = 400  # months: no law knows it
    read = world.read(NORMALISED, **rows)
    assert any("this length is not one" in one for one in said(read))
    contact = Contact.objects.get(pk=Origin.objects.get(kind="contact", key="1").became)
    assert contact.outcome is None
    world.read(NORMALISED)
    contact.refresh_from_db()
    assert contact.outcome == Outcome.objects.get(person=contact.person_id)


# What follows ---------------------------------------------------------------------------------------------------------


def test_what_fell_due_before_it_was_read_calls_nobody(world: World) -> None:
    world.read(WIDE)
    assert Contract.objects.exists()
    due = list(Task.objects.values_list("due", flat=True))
    assert due, "what is still to come does"
    assert min(due) >= timezone.localdate()
    order = Outcome.objects.current().get(type="youth_rehabilitation")
    kind = record.kind_of(order)
    record.correct(order, {**kind.said_of(order), "local": "YRO"}, source=OURS, by=world.head, at=timezone.now())
    assert min(Task.objects.values_list("due", flat=True)) >= timezone.localdate(), "nor after a correction by hand"


def test_each_statement_says_that_it_was_read_and_by_whom(world: World) -> None:
    world.read(NORMALISED)
    assert set(Entry.objects.values_list("how", "by", "agency")) == {("read", world.head.pk, "youth_justice")}
