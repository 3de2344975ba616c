"""What is due about a child, each with its reason and one thing to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from waypost.access.permissions import ROLES
from waypost.casework.compliance import definitions as routes
from waypost.casework.compliance.rules import follow_up_due
from waypost.casework.contacts.panels import Met
from waypost.casework.referral_panels.rules import task_of
from waypost.casework.tasks.actions import LETTER_TO_SEND, WARNING_LETTER
from waypost.casework.work import Work
from waypost.kernel.days import working_days_between
from waypost.kernel.words import count, day, moment
from waypost.people.need_to_know.today import Line
from waypost.ui.addresses import address, url
from waypost.ui.words import coded

SAFETY, OTHERS, COURT, REST = 0, 1, 2, 3
FAR = timedelta(days=14)
ENDING = timedelta(days=28)
PANELS = {"first_panel", "panel_review", "panel_last"}  # what is due is a meeting
COURTS = {"tell_social_care", "placement_information", "pre_sentence_report", "post_court_report"}


def due_about(work: Work, *, on: date, name: str = "", within: timedelta = FAR) -> list[Line]:
    """Late ones and those due within some days, worst first. `name` stands before each, where there are several."""
    last = on + within
    return worst_first([line for line in _lines(work, on, last, name) if line.due is None or line.due <= last], on)


def worst_first(lines: Iterable[Line], on: date) -> list[Line]:
    """Late, then today, then later; in each a child’s safety, other people’s, the court’s dates, then the rest."""
    return sorted(lines, key=lambda line: (_when(line.due, on), line.rank, line.due or on))


def _when(due: date | None, on: date) -> int:
    return 1 if due is None or due == on else 0 if due < on else 2


def _lines(work: Work, on: date, last: date, name: str) -> Iterator[Line]:
    before = f"{name}: " if name else ""
    yield from (_task(work, one, before, on) for one in work.tasks if one.due <= last)
    yield from _panels_held(work, before, on)
    yield from (_record(work, one, before, on) for one in work.diary.not_recorded)
    yield from _missed(work, before, on)
    yield from _unrelated(work, before, on)
    yield from _ending(work, before, on)


def _line(
    work: Work, title: str, why: str, do: str, href: str, *, due: date, on: date, rank: int, who: str = ""
) -> Line:
    mark = mark_of(due, on)
    return Line(mark, due < on, title, why, do, href, work.child.pk, due, rank, who)


def mark_of(due: date, on: date) -> str:
    """‘2 days late’ in working days; ‘Today’; ‘By 4 December 2026’."""
    if due > on:
        return "Tomorrow" if due == on + timedelta(days=1) else f"By {day(due)}"
    return f"{count(max(1, working_days_between(due, on)), 'day')} late" if due < on else "Today"


def _task(work: Work, task: Any, before: str, on: date) -> Line:
    who = task.staff.name if task.staff else ROLES[task.role].name if task.role in ROLES else ""
    rank = SAFETY if task.key in ("less_safe", "told_today") else COURT if task.key in COURTS else REST
    why, do, href = task.why or f"Put down by {task.by.name}.", "Say it is done", ""
    if task.key in PANELS and task.from_id:
        why, do, href = _panel(work, task, why, on)
    elif task.key in (WARNING_LETTER, LETTER_TO_SEND):
        do, href = _letter(work, task)
    elif task.key == "assessment_review":
        do, href = "Begin the next one", address("assessment_begin", pk=work.child.pk)
    elif task.key == "contribution":
        do, href = "See what was asked", address("assessment", pk=work.child.pk, assessment=task.from_id)
    return _line(
        work,
        f"{before}{task.title}",
        why,
        do,
        href or address("task", pk=work.child.pk, task=task.pk),
        due=task.due,
        on=on,
        rank=rank,
        who=who,
    )


def _letter(work: Work, task: Any) -> tuple[str, str]:
    if task.key == WARNING_LETTER:
        write = url("letter_write", pk=work.child.pk)
        return "Write the letter", f"{write}?about=decision.{task.from_id}"
    return "Send it", address("letter", pk=work.child.pk, letter=task.from_id)


def _panel(work: Work, task: Any, why: str, on: date) -> tuple[str, str, str]:
    """A panel that is due is arranged, and then held: the meeting does what the task asks for."""
    meeting = next((one for one in work.panels if (one.root, task_of(one.kind)) == (task.from_id, task.key)), None)
    if meeting is None:
        return why, "Arrange it", address("panel_arrange", pk=work.child.pk, order=task.from_id)
    if meeting.day < on:
        return f"It was to meet {moment(meeting.starts)}.", "Say what came of it", _result_of(meeting)
    return f"Arranged for {moment(meeting.starts)}, {meeting.place}.", "See the panel", address("panel", pk=meeting.pk)


def _panels_held(work: Work, before: str, on: date) -> Iterator[Line]:
    """Panels that have met, of which nobody has said what came, and for which no task waits."""
    asked = {(one.from_id, one.key) for one in work.tasks}
    for one in work.panels:
        if one.day < on and (one.root, task_of(one.kind)) not in asked:
            yield _line(
                work,
                f"{before}{coded('panel_kinds', one.kind).lower()}, not recorded",
                f"It was to meet {moment(one.starts)}, {one.place}.",
                "Say what came of it",
                _result_of(one),
                due=one.day,
                on=on,
                rank=REST,
            )


def _result_of(meeting: Any) -> str:
    return address("panel_result", pk=meeting.pk)


def _record(work: Work, met: Met, before: str, on: date) -> Line:
    return _line(
        work,
        f"{before}{met.what}, not recorded",
        f"In the diary for {day(met.day)} at {met.starts:%H:%M}, with {', '.join(met.with_whom) or 'nobody named'}.",
        "Record it",
        f"{url('contact_record', pk=work.child.pk)}?of={met.pk}",
        due=met.day,
        on=on,
        rank=REST,
        who=", ".join(met.with_whom),
    )


def _missed(work: Work, before: str, on: date) -> Iterator[Line]:
    """One line for each order: what its rule proposes."""
    for order in work.open_orders(on):
        proposal = work.proposal(order, on)
        if proposal is None:
            continue
        step = routes.load()[order.type.route].step(proposal.step)
        yield _line(
            work,
            f"{before}{step.words[:1].lower()}{step.words[1:]}",
            proposal.sentence,
            "Follow it up" if proposal.step == routes.RE_ENGAGE else "Decide",
            address("decide", pk=work.child.pk, outcome=order.of.pk),
            due=proposal.due,
            on=on,
            rank=COURT if proposal.duty else REST,
            who=step.who,
        )


def _unrelated(work: Work, before: str, on: date) -> Iterator[Line]:
    """What was missed and belongs to no order is followed up all the same."""
    orders = {order.of.pk for order in work.open_orders(on)}
    for met in work.diary.past:
        late = met.came == "missed" and met.outcome not in orders and work.followed_up(met) is None
        if late and on - met.day <= timedelta(days=91):
            yield _line(
                work,
                f"{before}missed {day(met.day)}, not followed up",
                f"{met.what}. A missed contact is followed up within one working day.",
                "Record follow-up",
                f"{url('contact_record', pk=work.child.pk)}?follows={met.pk}",
                due=follow_up_due(met.day),
                on=on,
                rank=REST,
            )


def _ending(work: Work, before: str, on: date) -> Iterator[Line]:
    for order in work.open_orders(on):
        if order.ends and on <= order.ends <= on + ENDING:
            yield _line(
                work,
                f"{before}{order.type.name.lower()} ends",
                f"Its last day is {day(order.ends)}. Agree with the child what goes on, and with whom.",
                "Write the exit plan",
                address("child_say", pk=work.child.pk, kind="exit_plan"),
                due=order.ends,
                on=on,
                rank=REST,
            )
