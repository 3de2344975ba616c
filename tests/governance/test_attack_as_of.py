"""What was true of a past day stays true of it: a plan lived with for months, asked about day by day and again at the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.governance.plans import accepted, head, plan_record, the
from waypost.governance.answers.lines import answer
from waypost.governance.improvement import actions, adding
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.lines import Line, lines
from waypost.governance.improvement.models import Action, Doubt, Measure, Plan
from waypost.governance.improvement.status import GAPS, Status
from waypost.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 1, 6)
REFS = ("1a", "1b", "2a", "2b")


def note(one: Action, **who: Any) -> None:
    actions.add_note(one, words=f"Seen on {who['dated']}.", **who)


def evidence(one: Action, *, dated: date, **who: Any) -> None:
    actions.add_evidence(one, "notes.txt", f"{dated}".encode(), title="", inspector_may_open=False, **who)


def said(what: str) -> Any:
    return lambda one, **who: actions.say(one, what, words="", **who)


def by_hand(status: Status) -> Any:
    def do(one: Action, *, dated: date, **who: Any) -> None:
        actions.set_status(one, status, reason="We know better.", since=dated, until=dated + timedelta(days=20), **who)

    return do


def moved(**changes: object) -> Any:
    def do(one: Action, *, dated: date, **who: Any) -> None:
        actions.change_dates(one, changes, why="agreed", revision=one.revision, **who)

    return do


def settled(answer: Doubt.Answer) -> Any:
    def do(one: Action, *, dated: date, **who: Any) -> None:
        for doubt in one.doubts.filter(answer=Doubt.Answer.OPEN):
            actions.answer_doubt(doubt, answer, **who)

    return do


def sort_said(kind: ActionKind) -> Any:
    return lambda one, *, dated, **who: actions.say_kind(one, kind, **who)


def measured(numerator: int) -> Any:
    def do(one: Action, *, dated: date, by: Any, at: datetime) -> None:
        measure = Measure.objects.filter(action=one).first() or actions.name_measure(
            one, by=by, name="Checked", target=80, lower_is_better=False, at=at
        )
        actions.add_reading(measure, by=by, dated=dated, numerator=numerator, denominator=10, at=at)

    return do


def led(one: Action, *, dated: date, **who: Any) -> None:
    adding.change_leads(one, f"Board of {dated:%B}", why="agreed", **who)


DEEDS = (
    note,
    evidence,
    led,
    said("done"),
    said("not_done"),
    said("embedded"),
    by_hand(Status.ON_TRACK),
    by_hand(Status.OVERDUE),
    moved(start_month=date(2026, 2, 1), finish_month=date(2026, 4, 1), ongoing=False),
    moved(finish_month=None, ongoing=True),
    moved(cadence="quarterly", review_month=date(2026, 9, 1)),
    settled(Doubt.Answer.KEPT),
    settled(Doubt.Answer.DROPPED),
    sort_said(ActionKind.TRAINING),
    sort_said(ActionKind.CHANGE),
    measured(3),
    measured(9),
)


def whole(found: list[Line]) -> list[tuple[object, ...]]:
    """Everything a page says of each action but who leads it, which is as it is now."""
    return [
        (
            one.action.ref,
            one.explained,
            one.due,
            one.action.cadence,
            one.last_note,
            one.evidence,
            one.said_kind,
            one.measures,
            one.open_doubts,
        )
        for one in found
    ]


def doubted() -> dict[str, Any]:
    record = plan_record()
    for ref, kind in (("1a", "unreadable-date"), ("1b", "conflict-between-duplicates"), ("2a", "no-lead")):
        message = f"{ref}: {kind}."
        record["doubts"].append({"kind": kind, "ref": ref, "message": message, "where": {}, "other": None})
    return record


def lived_with(plan: Plan, by: Any, told: list[tuple[int, int, str]]) -> dict[date, list[Line]]:
    """What the plan said at the end of each day on which something was done to it."""
    shown: dict[date, list[Line]] = {}
    on = BEGAN
    for days, deed, ref in told:
        on += timedelta(days=days)
        at = datetime.combine(on, time(12, len(shown) % 60), tzinfo=UTC)
        try:
            DEEDS[deed](the(plan, ref), by=by, dated=on, at=at)
        except Refused:
            continue
        shown[on] = lines(plan, on)
    return shown


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(st.integers(0, 45), st.integers(0, len(DEEDS) - 1), st.sampled_from(REFS)), min_size=2, max_size=14
    )
)
def test_a_past_day_is_shown_as_it_was_shown_on_that_day(db: Any, told: list[tuple[int, int, str]]) -> None:
    with transaction.atomic():
        by = head()
        plan = accepted(by, plan=doubted())
        before = lived_with(plan, by, told)
        after = {on: lines(plan, on) for on in before}
        transaction.set_rollback(True)
    assert {on: whole(found) for on, found in after.items()} == {on: whole(found) for on, found in before.items()}


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2025, 6, 1), BEGAN, date(2026, 12, 31), date(2200, 12, 31)])
@pytest.mark.parametrize("cadence", sorted(GAPS))
def test_any_day_can_be_asked_about(on: date, cadence: str) -> None:
    by = head()
    plan = accepted(by)
    actions.change_dates(
        the(plan, "1a"), {"cadence": cadence}, by=by, why="so", at=datetime(2026, 1, 7, tzinfo=UTC), revision=1
    )
    assert len(lines(plan, on)) == 4
    assert len(answer(plan.inspection, plan, on).lines) == 4


LATE = datetime(2026, 3, 20, 12, tzinfo=UTC)
THEN = date(2026, 2, 10)


def test_what_is_added_late_counts_from_the_day_it_speaks_of_and_what_is_kept_from_when_it_came() -> None:
    by = head()
    plan = accepted(by)
    one = the(plan, "1a")
    first = lines(plan, THEN)[0]
    assert (first.status, first.last_note, first.evidence) == (Status.AT_RISK, None, 0)
    actions.add_note(one, by=by, dated=THEN, words="Two plans checked.", at=LATE)
    actions.add_evidence(one, "notes.txt", b"Two.", by=by, title="", inspector_may_open=False, at=LATE)
    then = lines(plan, THEN)[0]
    assert (then.status, then.last_note, then.evidence) == (Status.ON_TRACK, THEN, 0)
    assert lines(plan, LATE.date())[0].evidence == 1


def test_a_doubt_settled_today_was_open_yesterday() -> None:
    by = head()
    plan = accepted(by, plan=doubted())
    actions.answer_doubt(the(plan, "1a").doubts.get(), Doubt.Answer.DROPPED, by=by, at=LATE)
    yesterday, today = (lines(plan, LATE.date() - timedelta(days=ago))[0] for ago in (1, 0))
    assert (yesterday.status, yesterday.open_doubts) == (Status.DOUBT, 1)
    assert (today.status, today.open_doubts) != (Status.DOUBT, 1)


def test_half_past_midnight_in_summer_is_already_today() -> None:
    by = head()
    plan = accepted(by)
    at, today = datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)
    note(the(plan, "1a"), by=by, dated=today, at=at)
    said("done")(the(plan, "1a"), by=by, dated=today, at=at)
    measured(9)(the(plan, "1b"), by=by, dated=today, at=at)
    evidence(the(plan, "2a"), by=by, dated=today, at=at)
    found = {one.action.ref: one for one in lines(plan, today)}
    assert (found["1a"].last_note, found["1a"].status, found["2a"].evidence) == (today, Status.DONE, 1)
    assert lines(plan, today - timedelta(days=1))[2].evidence == 0
