"""Alder Vale's improvement plan, read from its own committee paper and lived with for a year. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta
from django.db import transaction

from waypost.access.models import Staff
from waypost.files.reading import read_document
from waypost.governance.answers import actions as answers
from waypost.governance.answers.lines import answer
from waypost.governance.answers.models import LineJudged, Match
from waypost.governance.improvement import actions, reading_actions
from waypost.governance.improvement.models import Action, Plan, Said
from waypost.governance.improvement.reading_file import found_in
from waypost.governance.improvement.status import Status

SAMPLE = Path(__file__).parent / "sample" / "alder-vale-2025.md"
ACCEPTED = datetime(2025, 11, 10, 9, 30, tzinfo=UTC)
ANSWERED = {
    "Recommendation 1": ("6b", "6c"),
    "Recommendation 2": ("2e",),
    "Recommendation 3": ("1d",),
    "Recommendation 4": ("1c",),
    "Recommendation 5": ("1d",),
    "Recommendation 6": ("1a",),
    "Recommendation 9": ("2a",),
    "Recommendation 10": ("3b", "3c"),
    "Recommendation 11": ("4b",),
    "Recommendation 12": ("7b",),
    "Recommendation 13": ("5b",),
    "Finding 1.2": ("3e",),
    "Finding 2.3": ("4b",),
    "Finding 2.5": ("5b",),
    "Finding 3.4": ("4d",),
    "Finding 4.2": ("7c",),
    "Finding 5.1": ("1a",),
    "Finding 5.2": ("1c",),
    "Finding 5.4": ("1d",),
    "Finding 6.3": ("3c",),
}
BY_NOTHING = {"Recommendation 7", "Recommendation 8", "Finding 1.5", "Finding 5.3", "Finding 6.4"}
STRENGTHS = {"Finding 1.4", "Finding 2.4", "Finding 3.3", "Finding 4.1", "Finding 4.3", "Finding 5.5"}


@dataclass(frozen=True, slots=True)
class Told:
    """A note on an action, so many days before the demonstration is loaded."""

    ref: str
    days_ago: int
    by: str
    words: str


NOTES = (
    Told("1c", 200, "Leila Haddad", "Five of eight agencies sent somebody who can commit money."),
    Told("1c", 20, "Imogen Fenwick", "Six of eight. The health trust and housing sent deputies."),
    Told("1d", 45, "Imogen Fenwick", "Notes of the last two boards went to every team within four days."),
    Told("1e", 210, "Imogen Fenwick", "Three of five shares are in writing."),
    Told("2a", 12, "PC 4417 Lowe", "Read on every working day this month; early help was told of nine children."),
    Told("3a", 260, "Imogen Fenwick", "Children’s services want to see how it works elsewhere first."),
    Told("3b", 30, "Leila Haddad", "Eight files checked with the workers who wrote them."),
    Told("3c", 120, "Leila Haddad", "The check sheet went from fourteen questions to five."),
    Told("3c", 9, "Leila Haddad", "Every plan this month was checked; ten were sent back."),
    Told("4a", 75, "Leila Haddad", "The sample for the summer was not done: nobody was free to do it."),
    Told("4b", 18, "PC 4417 Lowe", "Asked for nine of fourteen children before the panel."),
    Told("4d", 190, "Imogen Fenwick", "Four of five have signed. The trust’s lawyers have it."),
    Told("6b", 25, "Leila Haddad", "Fourteen of nineteen social workers were told before court."),
    Told("7a", 40, "Marged Pryce", "The new review form went live in two teams; the third starts next month."),
    Told("7b", 64, "Tomasz Ayodele", "Forty of fifty-two contacts were written up in time."),
    Told("7c", 33, "Marged Pryce", "Carers were asked at eleven of sixteen reviews."),
)  # fmt: skip
DONE = (  # ref, day, by, words, whether it is how they work now
    ("1a", date(2025, 11, 24), "Imogen Fenwick", "The two boards have met for the last time.", True),
    ("3e", date(2026, 3, 27), "Leila Haddad", "Twenty-two of twenty-four staff attended; two are on leave.", False),
    ("5b", date(2026, 2, 20), "Leila Haddad", "Five of five managers went.", False),
    ("6a", date(2026, 2, 2), "Leila Haddad", "Every child in care known to us has a named worker.", False),
    ("6c", date(2026, 1, 12), "Imogen Fenwick", "All four homes have agreed it.", False),
)  # fmt: skip
READINGS = ((0, 11, 24), (2, 12, 26), (4, 14, 25), (6, 17, 27), (8, 19, 28))  # months since, of plans with an objective


@transaction.atomic
def load_improvement(*, at: datetime) -> Plan:
    """The sample read, its doubts left as they are but one, accepted, worked on and half answered."""
    head, manager = (Staff.objects.get(name=name) for name in ("Imogen Fenwick", "Leila Haddad"))
    plan = _accepted(head)
    _lived_with(plan, at)
    _measured(plan, manager)
    _moved(plan, head, at)
    _answered(plan, manager, head)
    return plan


def _accepted(head: Staff) -> Plan:
    found = found_in(read_document(SAMPLE), SAMPLE.name)
    reading = reading_actions.keep_reading(
        SAMPLE.name,
        SAMPLE.read_bytes(),
        content_type=found.content_type,
        plan=found.plan,
        inspection=found.inspection,
        by=head,
        at=ACCEPTED,
    )
    plan = reading_actions.accept(reading, by=head, at=ACCEPTED)
    if plan is None:
        raise LookupError("The sample holds no plan.")
    return plan


def _lived_with(plan: Plan, at: datetime) -> None:
    by_ref = {action.ref: action for action in plan.actions.all()}
    people = {person.name: person for person in Staff.objects.all()}
    for told in NOTES:
        when = at - timedelta(days=told.days_ago)
        by = people[told.by]
        actions.add_note(by_ref[told.ref], by=by, dated=when.date(), words=told.words, at=when)
    for ref, day, name, words, embedded in DONE:
        _done(by_ref[ref], people[name], day, words, embedded=embedded)


def _done(action: Action, by: Staff, day: date, words: str, *, embedded: bool) -> None:
    when = datetime(day.year, day.month, day.day, 16, 0, tzinfo=UTC)
    actions.say(action, Said.What.DONE, by=by, dated=day, words=words, at=when)
    if not embedded:
        return
    paper = f"Minutes, in short. {words}".encode()
    actions.add_evidence(
        action,
        f"{action.ref} minutes.txt",
        paper,
        by=by,
        title="Minutes of the board",
        inspector_may_open=True,
        at=when,
    )
    later = when + relativedelta(months=4)
    actions.say(action, Said.What.EMBEDDED, by=by, dated=later.date(), words="The board runs this way now.", at=later)


def _measured(plan: Plan, manager: Staff) -> None:
    began = datetime(2025, 11, 30, 12, 0, tzinfo=UTC)
    measure = actions.name_measure(
        plan.actions.get(ref="3c"),
        by=manager,
        name="Plans where every factor has an objective",
        target=80,
        lower_is_better=False,
        at=began,
    )
    for months, numerator, denominator in READINGS:
        when = began + relativedelta(months=months)
        actions.add_reading(
            measure, by=manager, dated=when.date(), numerator=numerator, denominator=denominator, at=when
        )


def _moved(plan: Plan, head: Staff, at: datetime) -> None:
    """Two dates the board agreed to move, and one status set by hand."""
    later = (at + relativedelta(months=3)).date().replace(day=1)
    for ref in ("3c", "7a"):
        action = plan.actions.get(ref=ref)
        when = at - timedelta(days=50)
        actions.change_dates(action, {"finish_month": later}, by=head, why="agreed at the board", at=when, revision=1)
    since = at - timedelta(days=14)
    actions.set_status(
        plan.actions.get(ref="4a"),
        Status.ON_TRACK,
        by=head,
        reason="Children’s services have put a worker to it from next month.",
        since=since.date(),
        until=(at + timedelta(days=21)).date(),
        at=since,
    )


def _answered(plan: Plan, manager: Staff, head: Staff) -> None:
    """The manager has judged most lines, the head of service checked the recommendations; the rest wait."""
    when = ACCEPTED + timedelta(days=7)
    if plan.inspection is None:
        raise LookupError("The sample holds no inspection.")
    by_ref = {action.ref: action for action in plan.actions.all()}
    for line in answer(plan.inspection, plan, when.date()).lines:
        for ref in ANSWERED.get(line.name, ()):
            answers.match(line.of, by_ref[ref], Match.Verdict.ANSWERS, by=manager, words="", at=when)
        if line.name in BY_NOTHING | STRENGTHS:
            verdict = LineJudged.Verdict.NOTHING if line.name in BY_NOTHING else LineJudged.Verdict.STRENGTH
            answers.judge(line.of, plan, verdict, by=manager, words="", at=when)
        if line.is_recommendation:
            after = when + timedelta(days=2)
            answers.judge(line.of, plan, LineJudged.Verdict.CHECKED, by=head, words="", at=after)
