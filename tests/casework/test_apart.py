"""Orders and voluntary work, counted apart: what a child's work rests on, and figures that say both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.casework.casework import order, say
from tests.factories import staff
from tests.people.children import as_seen_by, child
from waypost.casework.apart import Ground, apart, counted, ground_of, in_words
from waypost.casework.work import work_of
from waypost.kernel.rates import Rate

LAW, VOLUNTARY, NEITHER = Ground.LAW, Ground.VOLUNTARY, Ground.NEITHER


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "ground"),
    [
        ((), NEITHER),
        (("youth_rehabilitation",), LAW),
        (("community_resolution",), VOLUNTARY),
        (("prevention",), VOLUNTARY),
        (("youth_rehabilitation", "community_resolution"), LAW),
        (("remand",), LAW),
        (("community_resolution", "remand"), LAW),
        (("case:court",), LAW),
        (("case:diversion",), VOLUNTARY),
        (("case:prevention",), VOLUNTARY),
        (("case:prevention", "youth_rehabilitation"), LAW),
        (("case:order", "community_resolution"), VOLUNTARY),  # the order is over; what goes on is voluntary
    ],
)
def test_what_the_work_with_a_child_rests_on(said, ground):
    worker = staff("practitioner")
    ellis = child(worker)
    for one in said:
        if one.startswith("case:"):
            say(ellis, "case", worker, ago(50), kind=one.removeprefix("case:"))
        elif one == "remand":
            say(ellis, "remand", worker, ago(9))
        else:
            length = 12 if one == "youth_rehabilitation" else None
            order(ellis, worker, ago(40), type=one, length=length)
    as_seen_by(worker)
    assert ground_of(work_of([ellis], at=timezone.now())[ellis.pk], timezone.localdate()) == ground


GROUNDS = {"a": LAW, "b": LAW, "c": VOLUNTARY, "d": NEITHER}
RATES = {"a": Rate(3, 4), "b": Rate(1, 1), "c": Rate(0, 2), "d": Rate(0, 0)}


def test_a_figure_keeps_its_parts_and_adds_up():
    found = apart(GROUNDS, GROUNDS, RATES.__getitem__)
    assert found.of == {LAW: Rate(4, 5), VOLUNTARY: Rate(0, 2), NEITHER: Rate(0, 0)}
    assert (found.numerator, found.denominator) == (4, 7)
    assert [rate for _, rate in found.parts] == [Rate(4, 5), Rate(0, 2)]


@pytest.mark.parametrize(
    ("children", "words"),
    [
        ("abcd", "2 on an order, a caution or at court; 1 in prevention or diversion; 1 with nothing open"),
        ("ab", "2 on an order, a caution or at court; 0 in prevention or diversion"),
        ("", "0 on an order, a caution or at court; 0 in prevention or diversion"),
    ],
)
def test_both_numbers_are_said_though_one_be_none(children, words):
    assert in_words(counted(children, GROUNDS)) == words
