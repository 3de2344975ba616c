"""Which child a number means: where it may be somebody here already, a person says; what is closed stays closed."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.alongside.conftest import World, said
from tests.alongside.exports import NORMALISED, WIDE, normalised_rows
from tests.alongside.test_read_again import wide
from tests.factories import staff
from tests.people.children import as_seen_by, child, sealed
from waypost.access.models import LogEntry
from waypost.casework.alongside import actions
from waypost.casework.models import Origin, Outcome
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.matching import combining
from waypost.people.record.models import Child
from waypost.people.record.who import Birth, Name
from waypost.people.removal import actions as removal


def the_question() -> Origin:
    return Origin.objects.asking().get()


def answered(world: World, same: object) -> None:
    actions.answer(the_question(), same=same, by=world.head, at=timezone.now())


def test_somebody_who_may_be_the_same_is_asked_about_and_not_entered(world: World) -> None:
    ellis = child(world.head)
    read = world.read(WIDE)
    assert [(one.line, one.asks) for one in read.problems.all()] == [(2, True)]
    assert (Child.objects.count(), the_question().maybe) == (2, [ellis.pk])
    again = world.again(WIDE)
    assert again.counts["child asked"] == 1, "asked until somebody says"


def test_the_same_child_is_taken_at_the_next_reading(world: World) -> None:
    ellis = child(world.head)
    world.read(WIDE)
    answered(world, ellis.pk)
    read = world.again(WIDE)
    assert said(read) == []
    assert Outcome.objects.get(type="referral_order").person_id == ellis.pk
    assert (Child.objects.count(), Name.objects.filter(person=ellis.pk).count()) == (2, 1)


def test_another_child_is_entered_at_the_next_reading(world: World) -> None:
    child(world.head)
    world.read(WIDE)
    answered(world, None)
    assert said(world.again(WIDE)) == []
    assert Child.objects.count() == 3


def test_when_somebody_else_may_be_meant_since_it_is_asked_again(world: World) -> None:
    child(world.head)
    world.read(WIDE)
    answered(world, None)
    as_seen_by(world.head)
    twin = child(world.head, given="Ellis", family="Marden", once=new_id())
    world.again(WIDE)
    assert twin.pk in the_question().maybe


def test_what_may_not_be_answered(world: World) -> None:
    ellis, other = child(world.head), child(world.head, given="Bryony", family="Tate", born=date(2011, 1, 1))
    world.read(WIDE)
    with pytest.raises(Refused, match="Choose which"):
        answered(world, other.pk)
    with pytest.raises(NotFound):
        answered(world, new_id())
    question = the_question()
    with pytest.raises(NotAllowed):
        actions.answer(question, same=ellis.pk, by=world.priya, at=timezone.now())
    actions.answer(question, same=ellis.pk, by=world.head, at=timezone.now())
    with pytest.raises(Refused, match="has been read already"):
        actions.answer(question, same=None, by=world.head, at=timezone.now())


@pytest.mark.parametrize("known", [True, False])
def test_a_sealed_child_is_said_to_be_restricted_and_nothing_is_written(world: World, known: bool) -> None:
    """Whether the export was read before it was sealed, or afterwards for the first time."""
    if known:
        world.read(WIDE)
        ellis = Child.objects.get(pk=Name.objects.get(given="Ellis").person_id)
    else:
        ellis = child(world.priya)
    manager = staff("manager")
    sealed(ellis, world.priya, world.head, by=world.head)
    before = LogEntry.objects.that_showed(ellis.pk).count()
    read = world.read(WIDE, by=manager, rows=wide(0, given="Elliot", term="7 mths"))
    if known:
        assert [one.sentence[:40] for one in read.problems.all()] == ["This may be a child whose record is rest"]
    as_seen_by(world.head)
    assert LogEntry.objects.that_showed(ellis.pk).count() == before
    assert not Name.objects.filter(person=ellis.pk, given="Elliot").exists()
    assert not Origin.objects.missing().exists(), "what is closed to whoever reads is not missing"


def test_a_child_whose_record_was_emptied_is_never_read_in_again(world: World) -> None:
    world.read(WIDE)
    ellis = Child.objects.get(pk=Name.objects.get(given="Ellis").person_id)
    removal.erase(
        ellis.person, rule="retention", reason="The time to keep it has gone by.", by=world.head, at=timezone.now()
    )
    assert "NW1001" not in "".join(Origin.objects.values_list("key", flat=True))
    children = Child.objects.count()
    read = world.read(WIDE, rows=wide(0, term="7 mths"))
    assert ["Everything about this child was removed" in one for one in said(read)] == [True]
    assert Child.objects.count() == children


def test_records_that_were_combined_are_written_in_the_one_that_is_kept(world: World) -> None:
    world.read(WIDE)
    ellis = Child.objects.get(pk=Name.objects.get(given="Ellis").person_id)
    kept = child(world.head, given="Ellis", family="Marden-Lowe", once=new_id())
    combining.combine(kept, ellis, reason="One birth certificate for both.", by=world.head, at=timezone.now())
    read = world.read(WIDE, rows=wide(0, term="7 mths", worker="OYELARAN, S"))
    assert said(read) == []
    assert Outcome.objects.current().get(type="referral_order").length == 7
    assert read.counts["worker differs"] == 1, "who holds the one that is kept, a person decides"


def test_only_those_who_open_every_record_read_a_caseload(world: World) -> None:
    for role in ("practitioner", "performance_officer", "administrator", "business_support"):
        with pytest.raises(NotAllowed):
            world.read(WIDE, by=staff(role))
    assert Child.objects.count() == 0


def test_one_child_in_two_systems_is_one_record_and_neither_writes_over_the_other(world: World) -> None:
    world.read(WIDE)
    world.read(NORMALISED)
    for question in Origin.objects.asking():
        actions.answer(question, same=question.maybe[0], by=world.head, at=timezone.now())
    assert said(world.again(NORMALISED)) == []
    assert (Child.objects.count(), Name.objects.count(), Birth.objects.count()) == (2, 2, 2)
    before = LogEntry.objects.count()
    for export in (WIDE, NORMALISED):
        world.again(export)
    assert LogEntry.objects.count() == before + 2, "only that each was read"
    world.read(WIDE, rows=wide(0, family="Marsden"))
    assert Name.objects.current().filter(family="Marsden").exists(), "by the system that brought the name"
    rows = normalised_rows()
    rows["PERSON"][0][2] = "Mardon"
    read = world.read(NORMALISED, **rows)
    assert read.counts["name differs"] == 1
    assert not Name.objects.filter(family="Mardon").exists()
