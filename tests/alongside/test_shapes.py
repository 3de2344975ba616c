"""Each shape of export is read whole, and becomes what somebody would have typed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.alongside.conftest import World, said
from tests.alongside.exports import NORMALISED, REPORT, WIDE, ago
from waypost.access.models import LogEntry
from waypost.casework.models import Attendance, Contact, Contract, Involvement, Origin, Outcome, OutcomeFor
from waypost.people.need_to_know.actions import holder
from waypost.people.record.models import Child
from waypost.people.record.who import Birth, Identifier, Name, Particular


def test_a_wide_file_with_a_row_per_order(world: World) -> None:
    read = world.read(WIDE)
    assert said(read) == []
    ellis, tamika = (Child.objects.get(pk=Name.objects.get(given=given).person_id) for given in ("Ellis", "Tamika"))
    assert Birth.objects.get(person=ellis.pk).born == date(2010, 11, 2)
    assert Identifier.objects.get(person=ellis.pk).value == "9990000018"
    assert Particular.objects.get(person=tamika.pk, which="ethnicity").code == "black_african"
    assert [holder(child, read.at) for child in (ellis, tamika)] == [world.priya, world.sam]
    order = Outcome.objects.get(person=ellis.pk)
    assert (order.type, order.since, order.length) == ("referral_order", ago(90), 6)
    assert Contract.objects.get(outcome=order).since == ago(60)
    assert OutcomeFor.objects.get(outcome=order).offence.type == "common_assault"
    assert sorted(Outcome.objects.filter(person=tamika.pk).values_list("type", flat=True)) == [
        "community_resolution",
        "youth_rehabilitation",
    ]
    assert (read.state, read.children, read.done) == ("ended", 2, 2)


def test_normalised_files_with_codes_and_serial_dates(world: World) -> None:
    read = world.read(NORMALISED)
    assert said(read) == []
    ellis = Child.objects.get(pk=Name.objects.get(given="Ellis").person_id)
    assert Involvement.objects.get(person=ellis.pk).since == ago(120)
    contacts = list(Contact.objects.filter(person=ellis.pk).order_by("starts"))
    assert len(contacts) == 4
    came = [
        (one.came, one.acceptable, one.reason)
        for one in Attendance.objects.filter(person=ellis.pk).order_by("contact__starts")
    ]
    assert came == [("came", None, ""), ("missed", True, "ill"), ("missed", False, "other")]
    assert contacts[3].planned
    assert not contacts[3].attendances.exists()
    assert {one.outcome_id for one in contacts} == {Outcome.objects.get(person=ellis.pk).pk}
    assert contacts[0].workers.get().staff == world.priya
    old = Contact.objects.exclude(person=ellis.pk).get()
    assert not old.workers.exists(), "whoever rang has no account here"


def test_a_report_with_titles_merged_headings_and_a_child_over_several_rows(world: World) -> None:
    read = world.read(REPORT)
    assert said(read) == []
    assert sorted(Name.objects.values_list("given", "family")) == [("Ellis", "MARDEN"), ("Tamika", "O’NEILL")]
    ellis = Name.objects.get(given="Ellis").person_id
    assert sorted(Outcome.objects.filter(person=ellis).values_list("type", "since", "length")) == [
        ("reparation_order", ago(300), 24),
        ("youth_rehabilitation", ago(100), 12),
    ]


@pytest.mark.parametrize("export", [WIDE, NORMALISED, REPORT])
def test_read_again_nothing_is_written(world: World, export: object) -> None:
    world.read(export)
    before = LogEntry.objects.count(), Origin.objects.count()
    again = world.again(export)
    assert (LogEntry.objects.count(), Origin.objects.count()) == (before[0] + 1, before[1]), "only that it was read"
    assert {key.split()[-1] for key, number in again.counts.items() if number} == {"same"}


@pytest.mark.parametrize("export", [WIDE, NORMALISED, REPORT])
def test_a_dry_run_writes_nothing_of_anybody(world: World, export: object) -> None:
    read = world.read(export, dry=True)
    assert said(read) == []
    assert read.counts["child added"] == 2
    assert (Child.objects.count(), Origin.objects.count(), Outcome.objects.count()) == (0, 0, 0)
    assert set(LogEntry.objects.values_list("event", flat=True)) >= {"caseload.dry_run"}
