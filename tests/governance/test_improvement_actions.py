"""What people do to an action: allowed, refused with a reason, logged, and never half done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories import staff
from tests.governance.plans import accepted, head, read, the
from waypost.access.log_models import LogEntry
from waypost.access.models import Staff
from waypost.governance.improvement import actions, reading_actions
from waypost.governance.improvement.kinds import ActionKind, proposed_kind
from waypost.governance.improvement.lines import QUERIES, line, lines
from waypost.governance.improvement.models import BulletClassed, Doubt, Note, Plan, Said
from waypost.governance.improvement.status import Status
from waypost.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def boss() -> Staff:
    return head()


@pytest.fixture
def plan(boss: Staff) -> Plan:
    staff("practitioner", name="Leila Haddad")
    return accepted(boss)


def note(action, by, words="Two plans checked.", dated=TODAY):
    return actions.add_note(action, by=by, dated=dated, words=words, at=NOW)


def events() -> list[str]:
    return list(LogEntry.objects.order_by("at").values_list("event", flat=True))


def test_a_note_moves_the_status_and_is_logged(plan, boss):
    action = the(plan, "1a")
    assert line(action, TODAY).status is Status.AT_RISK
    note(action, boss)
    assert line(the(plan, "1a"), TODAY).status is Status.ON_TRACK
    assert line(the(plan, "1a"), TODAY - timedelta(days=1)).status is Status.AT_RISK, "as of the day before"
    assert "improvement.note_added" in events()


def test_the_same_form_twice_makes_one_note(plan, boss):
    first, second = (note(the(plan, "1a"), boss) for _ in range(2))
    assert first.pk == second.pk
    assert events().count("improvement.note_added") == 1


@pytest.mark.parametrize(
    ("role", "leads", "refused"),
    [
        ("head_of_service", False, None),
        ("manager", False, None),
        ("practitioner", True, None),
        ("practitioner", False, "You are not among this action’s leads. Ask one of them, or a manager, to add it."),
        ("board_member", False, "Your role lets you read the plan, not add to it. Ask a manager or the action’s lead."),
        ("inspector", False, "Your role lets you read the plan, not add to it. Ask a manager or the action’s lead."),
    ],
)
def test_who_may_add_a_note(plan, role, leads, refused):
    person = Staff.objects.get(name="Leila Haddad") if leads else staff(role)
    if refused is None:
        assert note(the(plan, "1a"), person).by == person
    else:
        with pytest.raises(NotAllowed, match=refused[:30]):
            note(the(plan, "1a"), person)
        assert not Note.objects.exists()


def test_a_replaced_plan_is_read_and_not_added_to(plan, boss):
    reading_actions.accept(read(boss, data=b"a later document"), by=boss, at=NOW)
    with pytest.raises(Refused, match="replaced"):
        note(the(plan, "1a"), boss)


@pytest.mark.parametrize(
    ("words", "dated", "reason"),
    [(" ", TODAY, "Write what has happened"), ("Done.", TODAY + timedelta(days=1), "cannot be dated in the future")],
)
def test_notes_that_are_refused(plan, boss, words, dated, reason):
    with pytest.raises(Refused, match=reason):
        note(the(plan, "1a"), boss, words=words, dated=dated)


def test_a_stale_form_saves_nothing(plan, boss):
    action = the(plan, "1a")
    actions.change_dates(action, {"finish_month": date(2026, 9, 1)}, by=boss, why="agreed", at=NOW, revision=1)
    with pytest.raises(Refused, match="while your form was open"):
        actions.change_dates(the(plan, "1a"), {"finish_month": None}, by=boss, why="mine", at=NOW, revision=1)
    assert the(plan, "1a").finish_month == date(2026, 9, 1)


def test_dates_are_as_they_were_on_a_past_day(plan, boss):
    actions.change_dates(the(plan, "1a"), {"finish_month": date(2026, 1, 1)}, by=boss, why="sooner", at=NOW, revision=1)
    assert line(the(plan, "1a"), TODAY).status is Status.OVERDUE
    before = line(the(plan, "1a"), TODAY - timedelta(days=1))
    assert before.action.finish_month == date(2026, 6, 1)
    assert before.status is not Status.OVERDUE


def test_a_finish_before_the_start_is_refused(plan, boss):
    with pytest.raises(Refused, match="before the start"):
        actions.change_dates(the(plan, "1a"), {"finish_month": date(2025, 1, 1)}, by=boss, why="x", at=NOW, revision=1)


def test_done_then_not_done_then_embedded(plan, boss):
    action = the(plan, "1a")
    with pytest.raises(Refused, match="Say first that the action is done"):
        actions.say(action, Said.What.EMBEDDED, by=boss, dated=TODAY, words="", at=NOW)
    actions.say(action, Said.What.DONE, by=boss, dated=date(2026, 2, 1), words="All checked.", at=NOW)
    assert line(the(plan, "1a"), TODAY).status is Status.DONE
    actions.say(action, Said.What.NOT_DONE, by=boss, dated=date(2026, 2, 5), words="", at=NOW)
    assert line(the(plan, "1a"), TODAY).status is not Status.DONE
    assert line(the(plan, "1a"), date(2026, 2, 4)).status is Status.DONE


def test_embedded_by_a_measure_that_met_its_target_twice(plan, boss):
    action = the(plan, "1a")
    actions.say(action, Said.What.DONE, by=boss, dated=date(2026, 2, 1), words="", at=NOW)
    measure = actions.name_measure(
        action, by=boss, name="Plans with an objective", target=80, lower_is_better=False, at=NOW
    )
    later = datetime(2026, 5, 10, tzinfo=UTC)
    for month, got in ((4, 7), (5, 8)):
        actions.add_reading(measure, by=boss, dated=date(2026, month, 2), numerator=got, denominator=10, at=later)
    assert line(the(plan, "1a"), date(2026, 5, 10)).status is Status.DONE, "7 of 10 misses 80%"
    actions.add_reading(measure, by=boss, dated=date(2026, 5, 9), numerator=4, denominator=5, at=later)
    assert line(the(plan, "1a"), date(2026, 5, 10)).status is Status.EMBEDDED, "8 of 10, then 4 of 5"


def test_a_status_by_hand_needs_a_reason_and_an_end(plan, boss):
    action = the(plan, "1a")
    given = {"by": boss, "since": TODAY, "at": NOW}
    for reason, until, says in (
        ("", TODAY + timedelta(days=9), "Give the reason"),
        ("New form.", TODAY, "must end after today"),
        ("New form.", TODAY + timedelta(days=100), "three months at most"),
    ):
        with pytest.raises(Refused, match=says):
            actions.set_status(action, Status.ON_TRACK, reason=reason, until=until, **given)
    actions.set_status(action, Status.ON_TRACK, reason="New form.", until=TODAY + timedelta(days=9), **given)
    assert line(the(plan, "1a"), TODAY).status is Status.ON_TRACK
    assert line(the(plan, "1a"), TODAY + timedelta(days=10)).status is Status.AT_RISK


def test_an_undated_line_is_classed_and_moves_nothing(plan, boss):
    action = the(plan, "1a")
    before = line(action, TODAY).explained
    actions.class_bullet(action.bullets.get(), BulletClassed.Kind.DONE, by=boss, at=NOW)
    assert line(the(plan, "1a"), TODAY).explained == before


def test_a_doubt_is_settled_once(plan, boss):
    doubt = plan.doubts.get(kind="no-lead")
    actions.answer_doubt(doubt, Doubt.Answer.KEPT, by=boss, at=NOW)
    with pytest.raises(Refused, match="settled already"):
        actions.answer_doubt(doubt, Doubt.Answer.DROPPED, by=boss, at=NOW)


def test_the_database_holds_what_goes_together(plan):
    action = the(plan, "1a")
    action.ongoing = True
    with pytest.raises(IntegrityError, match="a_finish_or_ongoing"), transaction.atomic():
        action.save()
    with pytest.raises(IntegrityError, match="one_current_plan"), transaction.atomic():
        Plan.objects.create(title="Another", accepted_by=plan.accepted_by, accepted_at=NOW, key=uuid4())


def test_the_plan_asks_a_fixed_number_of_queries(plan, boss, queries):
    with queries(QUERIES):
        few = lines(plan, TODAY)
    for ref in ("1a", "1b", "2a", "2b"):
        note(the(plan, ref), boss)
    with queries(QUERIES):
        assert len(lines(plan, TODAY)) == len(few) == 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Train all staff in writing plans", ActionKind.TRAINING),
        ("Refresher for managers on oversight", ActionKind.TRAINING),
        ("Agree the protocol with the health trust", ActionKind.PROTOCOL),
        ("Review the service level agreement", ActionKind.PROTOCOL),
        ("Check every plan before the family sees it", ActionKind.CHANGE),
        ("Audit all cases after the training", ActionKind.CHANGE),
        ("Meet the college each month", ActionKind.CHANGE),
        ("Widen the choice of college courses", ActionKind.CHANGE),
        ("More education, training and employment places", ActionKind.CHANGE),
    ],
)
def test_what_the_words_suggest(text, kind):
    assert proposed_kind(text) is kind
