"""Two people at once, each on a connection of their own: one after the other, or one is told why not; never a mixture."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from tests.factories import staff
from tests.governance.plans import accepted, head, read, the
from waypost.governance.answers import actions as answers
from waypost.governance.answers.lines import answer
from waypost.governance.answers.models import FrozenAnswer, LineJudged, Match
from waypost.governance.improvement import actions, reading_actions
from waypost.governance.improvement.models import Doubt, MeasureReading, Note, Plan
from waypost.governance.improvement.reading_models import Reading
from waypost.kernel.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
LONG_ENOUGH = 5.0

Deed = Callable[[], Any]


def overlapping(first: Deed, second: Deed) -> tuple[Any, Any]:
    """The second is done while the first is done and not yet committed; it ends before, or waits for the commit."""
    done, over, pids = Event(), Event(), []

    def hold() -> Any:
        with transaction.atomic():
            said = first()
            done.set()
            deadline = time.monotonic() + LONG_ENOUGH
            while not over.is_set() and not (pids and _waits(pids[0])) and time.monotonic() < deadline:
                time.sleep(0.01)
        return said

    def follow() -> Any:
        assert done.wait(LONG_ENOUGH)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone()[0])
        try:
            with transaction.atomic():
                return second()
        finally:
            over.set()

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(_alone, hold, done), pool.submit(_alone, follow, over)
        return one.result(), two.result()


def _alone(deed: Deed, after: Event) -> Any:
    """What it gave or how it was refused; any other exception is a bug and is raised."""
    try:
        return deed()
    except Refused as refusal:
        return refusal
    finally:
        after.set()
        connections.close_all()


def _waits(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone() == ("Lock",)


@pytest.fixture
def boss():
    return head()


@pytest.fixture
def other():
    return staff("manager", name="Tom Okafor")


@pytest.fixture
def plan(boss):
    return accepted(boss)


def note(plan: Plan, by: Any) -> Note:
    return actions.add_note(the(plan, "1a"), by=by, dated=TODAY, words="Checked.", at=NOW)


def accept(reading: Reading) -> Plan | None:
    return reading_actions.accept(Reading.objects.get(pk=reading.pk), by=reading.by, at=NOW)


def throw_away(reading: Reading) -> None:
    reading_actions.throw_away(Reading.objects.get(pk=reading.pk), by=reading.by, at=NOW)


def test_one_reading_accepted_twice_makes_one_plan(boss):
    reading = read(boss)
    first, second = overlapping(lambda: accept(reading), lambda: accept(reading))
    assert isinstance(first, Plan)
    assert "accepted already" in str(second)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("before", [0, 1], ids=["no plan yet", "a plan to replace"])
def test_two_readings_accepted_at_once_follow_each_other(boss, other, before):
    if before:
        accepted(boss, data=b"the first of all")
    readings = [read(boss, data=b"one"), read(other, data=b"two")]
    first, second = overlapping(*(lambda r=r: accept(r) for r in readings))
    assert (first.version, second.version) == (before + 1, before + 2)
    assert Plan.objects.current().get() == second


@pytest.mark.parametrize("order", ["accepted first", "thrown away first"])
def test_a_reading_ends_one_way(boss, order):
    reading = read(boss)
    deeds = [lambda: accept(reading), lambda: throw_away(reading)]
    _, second = overlapping(*(deeds if order == "accepted first" else reversed(deeds)))
    assert isinstance(second, Refused)
    reading.refresh_from_db()
    kept = order == "accepted first"
    assert (bool(reading.accepted_at), bool(reading.thrown_away_at)) == (kept, not kept)
    assert (Plan.objects.exists(), reading.file.chunks.exists()) == (kept, kept)


def test_the_same_document_read_twice_at_once_is_one_reading(boss):
    first, second = overlapping(lambda: read(boss), lambda: read(boss))
    assert first.pk == second.pk
    assert Reading.objects.count() == 1


def test_two_doubts_of_a_reading_settled_at_once_are_both_settled(boss):
    reading = read(boss)

    def settle(number: int) -> None:
        reading_actions.settle(Reading.objects.get(pk=reading.pk), number, key="keep", value="", by=boss, at=NOW)

    overlapping(lambda: settle(1), lambda: settle(2))
    reading.refresh_from_db()
    assert sorted(reading.settled) == ["1", "2"]


INTO_A_PLAN: dict[str, Callable[[Plan, Any], Any]] = {
    "note": note,
    "evidence": lambda plan, by: actions.say(the(plan, "1a"), "not_done", by=by, dated=TODAY, words="", at=NOW),
    "dates": lambda plan, by: actions.change_dates(
        the(plan, "1a"), {"finish_month": date(2026, 9, 1)}, by=by, why="agreed", at=NOW, revision=1
    ),
    "doubt": lambda plan, by: actions.answer_doubt(the(plan, "2b").doubts.first(), Doubt.Answer.KEPT, by=by, at=NOW),
    "match": lambda plan, by: match(plan, by),
    "judge": lambda plan, by: judge(plan, by),
}


def line(plan: Plan) -> Any:
    return plan.inspection.recommendations.first()


def match(plan: Plan, by: Any) -> Match:
    return answers.match(line(plan), the(plan, "2a"), Match.Verdict.ANSWERS, by=by, words="", at=NOW)


def judge(plan: Plan, by: Any) -> LineJudged:
    return answers.judge(line(plan), plan, LineJudged.Verdict.NOTHING, by=by, words="", at=NOW)


@pytest.mark.parametrize("what", INTO_A_PLAN)
def test_what_is_added_while_the_plan_is_replaced_is_refused_and_not_lost_unseen(boss, other, plan, what):
    reading, mine = read(boss, data=b"the next"), Plan.objects.get(pk=plan.pk)
    _, second = overlapping(lambda: accept(reading), lambda: INTO_A_PLAN[what](mine, other))
    assert isinstance(second, Refused), f"{second} went into a plan that was being replaced"
    assert "replaced" in second.reason


@pytest.mark.parametrize("what", INTO_A_PLAN)
def test_what_is_added_just_before_the_plan_is_replaced_stays_in_it(boss, other, plan, what):
    reading = read(boss, data=b"the next")
    first, second = overlapping(lambda: INTO_A_PLAN[what](plan, other), lambda: accept(reading))
    assert not isinstance(first, Refused)
    assert second.version == 2


def test_one_doubt_settled_by_two_is_settled_by_the_first(boss, other, plan):
    def settle(answer: Doubt.Answer, by: Any) -> None:
        actions.answer_doubt(the(plan, "2b").doubts.get(number=2), answer, by=by, at=NOW)

    _, second = overlapping(lambda: settle(Doubt.Answer.KEPT, boss), lambda: settle(Doubt.Answer.DROPPED, other))
    assert "settled already" in str(second)
    assert Doubt.objects.get(plan=plan, number=2).answer == Doubt.Answer.KEPT


def test_two_who_change_the_same_dates_do_not_overwrite_each_other(boss, other, plan):
    def change(month: int, by: Any) -> None:
        actions.change_dates(
            the(plan, "1a"), {"finish_month": date(2026, month, 1)}, by=by, why="so", at=NOW, revision=1
        )

    _, second = overlapping(lambda: change(8, boss), lambda: change(9, other))
    assert "while your form was open" in str(second)
    assert the(plan, "1a").finish_month == date(2026, 8, 1)


def test_two_readings_of_a_measure_for_one_day(boss, other, plan):
    measure = actions.name_measure(the(plan, "1a"), by=boss, name="Checked", target=80, lower_is_better=False, at=NOW)

    def add(numerator: int, by: Any) -> MeasureReading:
        return actions.add_reading(measure, by=by, dated=TODAY, numerator=numerator, denominator=9, at=NOW)

    _, second = overlapping(lambda: add(3, boss), lambda: add(4, other))
    assert "a reading for that day already" in str(second)
    assert [r.numerator for r in measure.readings.all()] == [3]


SAID_TWICE: dict[str, Callable[[Plan, Any], Any]] = {
    "note": note,
    "done": lambda plan, by: actions.say(the(plan, "1a"), "done", by=by, dated=TODAY, words="", at=NOW),
    "evidence": lambda plan, by: actions.add_evidence(
        the(plan, "1a"), "notes.txt", b"Checked.", by=by, title="", inspector_may_open=False, at=NOW
    ),
    "measure": lambda plan, by: actions.name_measure(
        the(plan, "1a"), by=by, name="Checked", target=80, lower_is_better=False, at=NOW
    ),
    "match": match,
    "judge": judge,
}


@pytest.mark.parametrize("what", SAID_TWICE)
def test_a_form_sent_twice_at_the_same_moment_makes_one_record(boss, plan, what):
    first, second = overlapping(lambda: SAID_TWICE[what](plan, boss), lambda: SAID_TWICE[what](plan, boss))
    assert first.pk == second.pk


def test_two_who_freeze_get_two_numbers(boss, other, plan):
    def freeze(by: Any) -> FrozenAnswer:
        return answers.freeze(answer(plan.inspection, plan, TODAY), by=by, on=TODAY, at=NOW)

    first, second = overlapping(lambda: freeze(boss), lambda: freeze(other))
    assert (first.number, second.number) == (1, 2)


@pytest.mark.parametrize("order", ["matched first", "closed first"])
def test_a_line_is_never_matched_and_closed(boss, other, plan, order):
    deeds = [lambda: match(plan, boss), lambda: judge(plan, other)]
    overlapping(*(deeds if order == "matched first" else reversed(deeds)))
    found = answer(plan.inspection, plan, TODAY).lines[0]
    assert [m.action.ref for m in found.matched] == ["2a"]
    assert found.judged is None


def test_many_at_many_things_never_lock_each_other_out(boss, other, plan):
    """No two of the deeds wait for each other, in whatever order they come."""

    def present() -> Plan:
        return Plan.objects.current().select_related("inspection").get()

    def freeze(by: Any) -> Any:
        found = present()
        return answers.freeze(answer(found.inspection, found, TODAY), by=by, on=TODAY, at=NOW)

    def replace(by: Any) -> Any:
        reading = read(by, data=uuid4().bytes)
        Reading.objects.filter(pk=reading.pk).update(inspection=None)  # the next plan answers the same inspection
        return accept(reading)

    def add(by: Any) -> Any:
        found = present()
        for deed in INTO_A_PLAN.values():
            _alone(lambda deed=deed, found=found: deed(found, by), Event())

    deeds = [freeze, replace, add]
    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(_alone, partial(deeds[n % 3], (boss, other)[n % 2]), Event()) for n in range(60)]
        for one in waiting:
            one.result()
    numbers = list(Plan.objects.order_by("version").values_list("version", flat=True))
    assert numbers == list(range(1, 22))
    assert present().version == 21
    frozen = list(FrozenAnswer.objects.order_by("number").values_list("number", flat=True))
    assert frozen == list(range(1, len(frozen) + 1))
