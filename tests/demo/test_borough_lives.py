"""A simulated life: no impossible step, whatever the seed and the day; and what makes a step impossible."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from random import Random

import pytest

from waypost.demo.borough import steps
from waypost.demo.borough.borough import Batch, Worker, with_workers
from waypost.demo.borough.life import Life
from waypost.demo.borough.quotas import Quotas
from waypost.demo.borough.replay import replay
from waypost.demo.borough.steps import Step, told

TODAY = date(2026, 11, 23)
CREW = (Worker(), Worker(since=date(2026, 9, 1)), Worker(until=date(2026, 3, 31)))
DAYS = (TODAY, date(2026, 11, 29), date(2027, 3, 31), date(2028, 2, 29))


@pytest.mark.parametrize("seed", [1, 417, 2026])
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_no_life_has_an_impossible_step(seed: int, today: date) -> None:
    crew = [Worker()] * 16
    lives = with_workers(list(Batch(seed, today).lives()), crew, Random(seed), today=today)
    wrong = [(life.number, found) for life in lives for found in replay(life, crew=crew, today=today)]
    assert wrong == []


def test_nobody_is_given_a_child_before_they_come_or_after_they_left() -> None:
    crew = [Worker(), Worker(since=date(2026, 9, 1)), Worker(until=date(2026, 3, 31))]
    lives = with_workers(list(Batch(1, TODAY, size=0.1).lives()), crew, Random(1), today=TODAY)
    last = [
        [one for one in life.steps if isinstance(one, steps.Allocated)][-1].worker for life in lives if life.is_open
    ]
    assert set(last) == {0, 1}
    assert abs(last.count(0) - last.count(1)) <= 1


def test_the_same_seed_gives_the_same_lives_and_another_gives_others() -> None:
    small = {"today": TODAY, "size": 0.05}
    assert list(Batch(1, **small).lives()) == list(Batch(1, **small).lives())
    assert list(Batch(1, **small).lives()) != list(Batch(2, **small).lives())
    assert list(Batch(1, number=1, **small).lives()) != list(Batch(1, number=2, **small).lives())


def test_a_share_is_never_off_by_one() -> None:
    for rate in (0.436, 0.74, 0.08):
        quotas, taken = Quotas(), 0
        for n in range(1, 500):
            taken += quotas.take("it", rate)
            assert abs(taken - n * rate) < 1


def test_what_was_settled_otherwise_is_made_up_for() -> None:
    quotas = Quotas()
    for _ in range(10):
        quotas.told("it", 0.5, is_so=True)
    assert [quotas.take("it", 0.5) for _ in range(10)] == [False] * 10


# A life in which everything is as it should be; each case below adds one step, or puts one in another’s place.
OFFICE = steps.Met(date(2026, 2, 4), time(10), "office", "came", order=0)
WHOLE: tuple[Step, ...] = (
    steps.Born(date(2010, 5, 5)),
    steps.Offence(date(2025, 10, 10), 0, "robbery"),
    steps.Entered(date(2025, 11, 3)),
    steps.CaseOpens(date(2025, 11, 3), "court"),
    steps.Allocated(date(2025, 11, 3), 0),
    steps.Lives(date(2025, 11, 3), "parents"),
    steps.School(date(2025, 11, 3), "academy", 25, 20),
    steps.Heard(date(2025, 11, 3), "first", "put_off"),
    steps.Remanded(date(2025, 11, 3), "bail_conditions"),
    steps.RemandEnds(date(2025, 12, 1)),
    steps.Given(date(2025, 12, 1), 0, "youth_rehabilitation", 6, (0,)),
    steps.Requires(date(2025, 12, 1), 0, "supervision", None),
    OFFICE,
    steps.CaseCloses(date(2026, 6, 3), "ended_by_time"),
)
SENTENCED = steps.Given(date(2026, 1, 5), 1, "detention_training", 8, (0,))
IMPOSSIBLE: dict[str, tuple[Step, str]] = {
    "a contact before the service knows the child": (replace(OFFICE, day=date(2025, 10, 15), order=None), "not known here yet"),
    "a contact after the case was closed": (replace(OFFICE, day=date(2026, 6, 10), order=None), "no case is open"),
    "two contacts on one day": (replace(OFFICE, clock=time(15)), "Two contacts on one day"),
    "a contact of an order that was not given yet": (replace(OFFICE, day=date(2025, 11, 20)), "not given yet"),
    "recorded before it took place": (replace(OFFICE, day=TODAY, order=None), "before it took place"),
    "visited in custody where the child is not": (replace(OFFICE, day=date(2026, 2, 5), way="custody"), "the child is not there"),
    "on a Sunday": (replace(OFFICE, day=date(2026, 2, 8)), "Nobody works"),
    "an outcome before its offence": (steps.Given(date(2025, 12, 2), 1, "referral_order", 6, (7,)), "not committed yet"),
    "a length the law does not allow": (steps.Given(date(2025, 12, 2), 1, "referral_order", 24, (0,)), "3 to 12 months"),
    "a caution for nothing": (steps.Given(date(2025, 12, 2), 1, "youth_caution", None, ()), "for no offence"),
    "two orders of one number": (steps.Given(date(2025, 12, 2), 0, "youth_caution", None, (0,)), "same outcome twice"),
    "a requirement the law does not know": (steps.Requires(date(2025, 12, 1), 0, "activity", 400), "1 to 90 days"),
    "a contract of an order that has none": (steps.Signed(date(2025, 12, 20), 0), "has no contract"),
    "a warning on a day to come": (steps.Decides(date(2026, 2, 6), 0, "warn", (date(2026, 3, 1),), "warn"), "lies ahead"),
    "a step the order does not provide for": (steps.Decides(date(2026, 2, 6), 0, "panel", (), "panel"), "does not provide"),
    "an order that ends after its end": (steps.Ends(date(2026, 6, 2), 0, "resentenced"), "over by its own clock"),
    "two remands at once": (steps.Remanded(date(2025, 11, 17), "local_authority"), "End that first"),
    "the end of a remand that is none": (steps.RemandEnds(date(2026, 2, 2)), "no bail or remand to end"),
    "placed, and nobody has the child in care": (steps.Placed(date(2026, 1, 5), "foster", 20, "Marsham"), "nobody has the child in care"),
    "a placement that ends and never began": (steps.PlacementEnds(date(2026, 1, 5)), "not placed"),
    "care that ends and never began": (steps.CareEnds(date(2026, 1, 5)), "not in care"),
    "moves to custody unsentenced": (steps.Lives(date(2026, 1, 5), "youth_custody"), "Nobody sent the child"),
    "lessons inside for a child outside": (steps.School(date(2026, 1, 5), "secure_estate", 25, 20), "not in custody"),
    "more hours attended than offered": (steps.School(date(2026, 1, 5), "academy", 10, 20), "More hours attended"),
    "a second case": (steps.CaseOpens(date(2026, 1, 5), "order"), "open already"),
    "given to somebody who did not work here yet": (steps.Allocated(date(2025, 12, 2), 1), "did not work here yet"),
    "given to somebody who had left": (steps.Allocated(date(2026, 4, 7), 2), "They had left"),
    "given to whoever holds the child": (steps.Allocated(date(2026, 1, 6), 0), "hold the child already"),
    "an offence twice": (steps.Offence(date(2025, 12, 1), 0, "robbery"), "same offence twice"),
    "an offence at nine": (steps.Offence(date(2019, 12, 1), 3, "robbery"), "Under ten"),
    "agreed to nothing": (steps.Consents(date(2026, 1, 6)), "nothing voluntary"),
    "a hearing on Christmas Day": (steps.Heard(date(2025, 12, 25), "plea", "put_off"), "No court sits"),
    "a move still to come": (steps.Lives(date(2026, 12, 1), "relatives"), "still to come"),
}  # fmt: skip


def whole(*more: Step) -> Life:
    return Life(1, date(2010, 5, 5), tuple(sorted([*WHOLE, *more], key=told)))


def reasons(life: Life) -> list[str]:
    return [found.why for found in replay(life, crew=CREW, today=TODAY)]


def test_the_life_of_the_examples_is_possible() -> None:
    assert reasons(whole()) == []


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_could_not_be_is_found(name: str) -> None:
    step, why = IMPOSSIBLE[name]
    found = reasons(whole(step))
    assert any(why.lower() in one.lower() for one in found), found


def test_whoever_is_in_custody_is_met_there() -> None:
    inside = whole(SENTENCED, replace(OFFICE, day=date(2026, 2, 10), way="visit", order=None))
    assert "Met outside while the child is in custody." in reasons(inside)


def test_nobody_voluntary_is_judged() -> None:
    agreed = steps.Given(date(2026, 1, 6), 1, "prevention", None, ())
    missed = replace(OFFICE, day=date(2026, 2, 10), came="missed", reason="chose_not_to", acceptable=False, order=1)
    assert reasons(whole(agreed, missed)) == ["Judged against a child whose work with us is voluntary."]
    warned = steps.Decides(date(2026, 2, 12), 1, "warn", (), "warn")
    assert any("does not provide" in one for one in reasons(whole(agreed, warned)))


def test_out_of_order_and_out_of_age() -> None:
    backwards = Life(1, date(2010, 5, 5), tuple(reversed(WHOLE)))
    assert "Nobody was born yet." in reasons(backwards)
    grown = (steps.Born(date(2000, 1, 1)), *WHOLE[1:])
    assert "They are 18 already." in reasons(Life(1, date(2000, 1, 1), grown))
    small = (steps.Born(date(2020, 1, 1)), *WHOLE[1:])
    assert any("Too young" in one for one in reasons(Life(1, date(2020, 1, 1), small)))
