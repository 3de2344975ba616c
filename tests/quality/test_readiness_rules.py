"""For each check a case of which it says something, one of which it nearly does, and one to which it does not apply.

A quality manager can check each row by hand: the day is Monday 11 May 2026; Monday 4 May was a bank holiday.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.quality.readiness import definitions, rules
from waypost.quality.readiness.facts import Assessed, CaseFacts, FactorFact, Met, ObjectiveFact, Planned, Said, WorkFact
from waypost.quality.readiness.gone_through import QUIET, asked_on, fires
from waypost.quality.readiness.rules import Fires

ON = date(2026, 5, 11)
LONG_AGO, CHILD = date(2025, 11, 3), UUID(int=1)
CASE = CaseFacts(CHILD, began=LONG_AGO, worker=UUID(int=2), born=date(2010, 11, 2))
PLAN = Planned(begun=LONG_AGO, signed=LONG_AGO, countersigned=LONG_AGO, child_asked=True, carer_asked=True)
ROOT = UUID(int=7)


def case(**fields: Any) -> CaseFacts:
    return replace(CASE, **fields)


def assessed(**fields: Any) -> CaseFacts:
    return case(assessed=Assessed(**{"signed": LONG_AGO, "countersigned": LONG_AGO} | fields))


def planned(of: CaseFacts = CASE, **fields: Any) -> CaseFacts:
    return replace(of, plan=replace(PLAN, **fields))


def factor(**fields: Any) -> CaseFacts:
    said = {"side": "against", "rating": "strong", "since": date(2026, 4, 30), "answered": False} | fields
    return case(factors=(FactorFact(ROOT, **said),))


def objective(of: CaseFacts = CASE, **fields: Any) -> CaseFacts:
    said = {"part": "change", "starts": None, "by_day": date(2026, 7, 1), "answers": True} | fields
    return planned(of, objectives=(ObjectiveFact(ROOT, **said),))


def work(of: CaseFacts = CASE, **fields: Any) -> CaseFacts:
    said = {"objective": ROOT, "since": LONG_AGO} | fields
    return replace(of, works=(WorkFact(**said),))


def ago(days: int) -> date:
    return ON - timedelta(days=days)


HIGH = assessed(serious_harm="high", safety="very_high")
# The check; of this it says something; of this it nearly does; to this it does not apply.
TABLE: list[tuple[str, CaseFacts, CaseFacts, CaseFacts]] = [
    # 15 working days before Monday 11 May, past the bank holiday, is Friday 17 April: begun on Thursday it is too long.
    ("no_assessment", case(began=date(2026, 4, 16)), case(began=date(2026, 4, 17)), assessed()),
    ("review_overdue", assessed(review_due=ago(1)), assessed(review_due=ON), assessed()),
    ("no_plan", case(began=date(2026, 4, 16)), case(began=date(2026, 4, 17)), planned()),
    # Five working days before Monday 11 May is Friday 1 May.
    (
        "plan_older",
        planned(assessed(countersigned=date(2026, 4, 30))),
        planned(assessed(countersigned=date(2026, 5, 1))),
        planned(assessed(countersigned=LONG_AGO)),
    ),
    ("factor_unanswered", factor(), factor(since=date(2026, 5, 1)), factor(side="for")),
    ("objective_without_factor", objective(answers=False), objective(), objective(answers=False, state="reached")),
    ("no_learning", case(nowhere_since=ago(40)), case(nowhere_since=ago(20)), case()),
    ("no_screening", case(), case(began=ago(20)), assessed(screened=frozenset({"communication_screening"}))),
    ("harm_no_plan", HIGH, objective(HIGH, part="others"), assessed(serious_harm="medium")),
    (
        "not_countersigned",
        assessed(waits_since=date(2026, 4, 30)),
        assessed(waits_since=date(2026, 5, 1)),
        assessed(),
    ),
    (
        "victim_not_considered",
        planned(case(harmed=True)),
        planned(case(harmed=True), says=frozenset({"victim_safety"})),
        planned(),
    ),
    ("alert_overdue", case(alerts_due=(ago(1),)), case(alerts_due=(ON,)), case()),
    ("out_of_step", case(met=Met(kept=2, expected=4)), case(met=Met(kept=3, expected=4)), case(met=Met(kept=0))),
    ("safety_no_plan", HIGH, objective(HIGH, part="safety"), assessed(safety="medium")),
    ("less_safe", case(less_safe=ago(2)), case(less_safe=ago(1)), case()),
    ("told_today", case(told_today=ago(2)), case(told_today=ago(1)), case()),
    (
        "not_told",
        case(looked_after=True, tell_social_care=ago(1)),
        case(looked_after=True, tell_social_care=ON),
        case(tell_social_care=ago(1)),
    ),
    ("no_social_worker", case(looked_after=True), case(looked_after=True, social_worker=True), case()),
    (
        "not_seen",
        case(met=Met(last_seen=ago(29))),
        case(met=Met(last_seen=ago(28))),
        case(answered_for=False, met=Met(last_seen=ago(200))),
    ),
    ("no_health", case(), case(began=ago(20)), assessed(screened=frozenset({"health_screening"}))),
    ("child_not_asked", case(said=Said(child=ago(92))), case(said=Said(child=ago(91))), case(began=ago(30))),
    (
        "carer_not_asked",
        case(said=Said(carer=ago(92))),
        case(said=Said(carer=ago(91))),
        case(born=date(2008, 5, 11), said=Said(carer=ago(92))),
    ),
    # One working day before Monday is Friday: missed on Thursday it is too long.
    ("missed_not_followed", case(met=Met(missed=ago(4))), case(met=Met(missed=ago(3))), case()),
    ("not_agreed", planned(child_asked=False), planned(), case()),
    (
        "not_agreed_carer",
        planned(carer_asked=False),
        planned(),
        planned(case(born=date(2008, 5, 11)), carer_asked=False),
    ),
    ("how_often", case(), case(began=date(2026, 4, 17)), case(met=Met(expected=0))),
    ("no_exit", case(ends=ON + timedelta(days=28)), case(ends=ON + timedelta(days=29)), case(exit_plan=True, ends=ON)),
    ("no_worker", case(worker=None), case(), case()),
    (
        "no_oversight",
        replace(HIGH, oversight=ago(92), assessed=replace(HIGH.assessed, countersigned=None)),
        replace(HIGH, oversight=ago(91)),
        assessed(serious_harm="low", safety="medium"),
    ),
    ("late_no_reason", case(late=date(2026, 4, 23)), case(late=date(2026, 4, 27)), case()),
    ("no_answer", assessed(asked_due=ago(1)), assessed(asked_due=ON), assessed()),
    ("no_consent", case(answered_for=False), case(answered_for=False, began=date(2026, 5, 1)), case()),
    (
        "turning_18",
        case(born=date(2008, 11, 7)),
        case(born=date(2008, 11, 8)),
        case(born=date(2008, 11, 7), steps_to_18=True),
    ),
    (
        "words_unanswered",
        case(said=Said(unanswered=(ago(60),))),
        case(said=Said(unanswered=(ago(20),))),
        case(said=Said(unanswered=(ago(200),))),
    ),
    ("objective_late", objective(by_day=ago(1)), objective(by_day=ON), objective(by_day=ago(1), state="stopped")),
    (
        "objective_not_begun",
        objective(starts=ago(30)),
        objective(starts=ago(10)),
        objective(starts=ago(30), state="going"),
    ),
    ("not_delivered", work(past=5, delivered=2), work(past=4, delivered=2), work(past=1)),
    (
        "objective_no_session",
        objective(),
        work(objective(), objective=ROOT, coming=1),
        objective(state="reached"),
    ),
    ("work_without_objective", work(objective=None), work(), case()),
]


def of(key: str, one: CaseFacts) -> Fires | None:
    return rules.CHECKS[key](one, ON, definitions.load()[key].past(ON))


@pytest.mark.parametrize(("key", "fires_", "nearly", "out"), TABLE, ids=[row[0] for row in TABLE])
class TestEachCheck:
    def test_says_something(self, key: str, fires_: CaseFacts, nearly: CaseFacts, out: CaseFacts) -> None:
        assert of(key, fires_) is not None

    def test_nearly_does(self, key: str, fires_: CaseFacts, nearly: CaseFacts, out: CaseFacts) -> None:
        assert of(key, nearly) is None

    def test_does_not_apply(self, key: str, fires_: CaseFacts, nearly: CaseFacts, out: CaseFacts) -> None:
        assert of(key, out) is None

    def test_its_sentence_names_what_it_saw(
        self, key: str, fires_: CaseFacts, nearly: CaseFacts, out: CaseFacts
    ) -> None:
        check, found = definitions.load()[key], of(key, fires_)
        assert found is not None
        assert {*found.told} == check.names
        assert "{" not in check.sentence(found.told)


def test_every_check_has_words_a_function_and_a_row_here() -> None:
    assert {*definitions.load()} == {*rules.CHECKS} == {row[0] for row in TABLE}
    assert len(TABLE) >= 25


def test_every_theme_has_a_check() -> None:
    assert {one.theme for one in definitions.load().values()} == {*definitions.Theme}


def test_the_days_of_the_oldest_are_named() -> None:
    found = of("factor_unanswered", case(factors=(
        FactorFact(uuid4(), "against", "strong", date(2026, 4, 30), answered=False),
        FactorFact(uuid4(), "against", "moderate", date(2026, 4, 1), answered=False),
        FactorFact(uuid4(), "against", "limited", date(2026, 3, 1), answered=False),
    )))  # fmt: skip
    assert found is not None and found.since == date(2026, 4, 1)
    assert found.told == {"count": "2 factors", "since": "1 April 2026"}
    assert len(found.about) == 2


def test_never_seen_is_said_so() -> None:
    found = of("not_seen", case())
    assert found is not None and found.told == {"seen": "never"}


def test_a_plan_that_nobody_countersigned_answers_no_high_rating() -> None:
    assert of("harm_no_plan", objective(HIGH, part="others")) is None
    waits = replace(HIGH, plan=replace(objective(part="others").plan or PLAN, countersigned=None))
    assert of("harm_no_plan", waits) is not None


class TestAfterAChildWasReadFromAnotherSystem:
    BARE = case(worker=None, imported=ON - QUIET + timedelta(days=1))

    def test_only_what_cannot_wait_is_shown(self) -> None:
        shown = fires(self.BARE, ON, asked_on(ON))
        assert {definitions.load()[key].severity for key in shown} == {definitions.Severity.NOW}

    def test_a_fortnight_later_everything_is(self) -> None:
        shown = fires(replace(self.BARE, imported=ON - QUIET), ON, asked_on(ON))
        assert {"no_assessment", "no_plan", "no_worker"} <= {*shown}


DAYS = st.none() | st.dates(date(2024, 1, 1), ON)


@given(DAYS, DAYS, DAYS, st.booleans(), st.sampled_from(["", "low", "high", "very_high"]), st.integers(0, 5))
def test_whatever_is_known_each_sentence_can_be_said(
    signed: date | None, seen: date | None, said: date | None, held: bool, rating: str, kept: int
) -> None:
    one = case(
        worker=CHILD if held else None,
        assessed=Assessed(signed=signed, countersigned=signed, serious_harm=rating, safety=rating, review_due=seen),
        said=Said(child=said, carer=seen, unanswered=(said,) if said else ()),
        met=Met(last_seen=seen, kept=kept, expected=4, missed=said),
        plan=replace(PLAN, signed=signed, countersigned=signed) if signed else None,
    )
    for key, found in fires(one, ON, asked_on(ON)).items():
        assert definitions.load()[key].sentence(found.told)


@given(st.dates(date(2025, 1, 1), ON), st.integers(0, 400))
def test_what_waits_longer_is_never_less_late(began: date, days: int) -> None:
    earlier = began - timedelta(days=days)
    now, before = fires(case(began=began), ON, asked_on(ON)), fires(case(began=earlier), ON, asked_on(ON))
    assert {*now} <= {*before}
