"""What is doubtful about a plan: one small rule for each kind, each with the sentence it says.

A doubt that is true of every action alike is one doubt about the table (`ref` None), not one for each of them.
A field filled with words that cannot answer it (a finish "Quarterly", a review "Ongoing") is as good as empty, and
the sentence quotes the words; words that were meant as a date and are none are an unreadable date instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from waypost.governance.improvement.reading.claims import claims_done
from waypost.governance.improvement.reading.duplicates import find_alike
from waypost.governance.improvement.reading.months import When
from waypost.governance.improvement.reading.plan import Action, Doubt, DoubtKind
from waypost.governance.improvement.reading.raw import Joined
from waypost.kernel.months import Month

QUOTE = 100  # characters of the source that a sentence quotes
ORDER = {kind: place for place, kind in enumerate(DoubtKind)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rules look at. `joined` and `again` are by ref: rows added to it; the ref it was printed with, taken."""

    actions: Sequence[Action]
    published: Month | None = None
    as_at: Month | None = None
    joined: Mapping[str, Sequence[Joined]] = field(default_factory=dict)
    again: Mapping[str, str] = field(default_factory=dict)
    colour_heading: str | None = None  # the heading that promises a colour, if one does


def find_doubts(plan: Plan) -> tuple[Doubt, ...]:
    """All doubts: those about the table first, then by action in the plan's order."""
    places = {action.ref: place for place, action in enumerate(plan.actions)}
    doubts = [doubt for rule in RULES for doubt in rule(plan)]
    return tuple(sorted(doubts, key=lambda doubt: (places.get(doubt.ref or "", -1), ORDER[doubt.kind])))


def finish_before_start(plan: Plan) -> Iterator[Doubt]:
    for action in plan.actions:
        start, finish = action.start.month, action.finish.month
        if start and finish and finish < start:
            message = f"{action.ref} starts in {start.words} and finishes in {finish.words}."
            yield _doubt(DoubtKind.FINISH_BEFORE_START, action, message)


def starts_before_inspection(plan: Plan) -> Iterator[Doubt]:
    for action in plan.actions:
        if plan.published and action.start.month and action.start.month < plan.published:
            message = (
                f"{action.ref} starts in {action.start.month.words}, before the inspection was published"
                f" in {plan.published.words}."
            )
            yield _doubt(DoubtKind.STARTS_BEFORE_INSPECTION, action, message)


def review_passed(plan: Plan) -> Iterator[Doubt]:
    """The review's month was over before the document's own began."""
    for action in plan.actions:
        if plan.as_at and action.review.month and action.review.month < plan.as_at:
            message = (
                f"{action.ref} was to be reviewed in {action.review.month.words};"
                f" the document is of {plan.as_at.words}."
            )
            yield _doubt(DoubtKind.REVIEW_PASSED, action, message)


def no_start(plan: Plan) -> Iterator[Doubt]:
    def lacks(action: Action) -> bool:
        return action.start.month is None and not action.start.unreadable

    def message(action: Action) -> str:
        return _no_date(action.ref, "start", action.start, "which is not a month")

    return _missing(plan, DoubtKind.NO_START, lacks, message, "No action has a start.")


def no_finish(plan: Plan) -> Iterator[Doubt]:
    def lacks(action: Action) -> bool:
        return not (action.finish.month or action.finish.ongoing or action.finish.unreadable)

    def message(action: Action) -> str:
        why = "which says how often and not when" if action.finish.cadence else "which is not a month"
        return _no_date(action.ref, "finish", action.finish, why)

    return _missing(plan, DoubtKind.NO_FINISH, lacks, message, "No action has a finish.")


def no_review(plan: Plan) -> Iterator[Doubt]:
    def lacks(action: Action) -> bool:
        return not (action.review.month or action.review.cadence or action.review.unreadable)

    def message(action: Action) -> str:
        return _no_date(action.ref, "review", action.review, "which is neither a month nor how often")

    return _missing(plan, DoubtKind.NO_REVIEW, lacks, message, "No action has a review.")


def no_lead(plan: Plan) -> Iterator[Doubt]:
    return _missing(
        plan,
        DoubtKind.NO_LEAD,
        lambda action: not action.leads,
        lambda action: f"{action.ref} names nobody to lead it.",
        "No action names anybody to lead it.",
    )


def unreadable_date(plan: Plan) -> Iterator[Doubt]:
    for action in plan.actions:
        for name, when in (("start", action.start), ("finish", action.finish), ("review", action.review)):
            if when.unreadable:
                message = f"{action.ref} gives its {name} as “{_quoted(when.text)}”, which cannot be read as one month."
                yield _doubt(DoubtKind.UNREADABLE_DATE, action, message)


def duplicates(plan: Plan) -> Iterator[Doubt]:
    """The later of two that are alike is the doubtful one, and again so where both give dates and they differ."""
    actions = plan.actions
    headings = [action.recommendation or action.area for action in actions]
    for pair in find_alike([action.text for action in actions], headings):
        action, other = actions[pair.later], actions[pair.earlier]
        words = f"{action.ref} shares {pair.shared} of {pair.words} words with {other.ref}."
        message = f"{action.ref} says the same as {other.ref}." if pair.same else words
        yield _doubt(DoubtKind.POSSIBLE_DUPLICATE, action, message, other.ref)
        if differences := _different_dates(action, other):
            message = f"{action.ref} {'; it '.join(differences)}."
            yield _doubt(DoubtKind.CONFLICT_BETWEEN_DUPLICATES, action, message, other.ref)


def ref_given_twice(plan: Plan) -> Iterator[Doubt]:
    for action in plan.actions:
        if ref := plan.again.get(action.ref):
            message = f"{ref} is given to two actions; the second is called {action.ref} here."
            yield _doubt(DoubtKind.POSSIBLE_DUPLICATE, action, message, ref)


def progress_before_start(plan: Plan) -> Iterator[Doubt]:
    for action in plan.actions:
        start = action.start.month
        if not (plan.as_at and start and start > plan.as_at):
            continue
        if claim := next((item for item in action.progress if claims_done(item)), None):
            later = f"and starts in {start.words}, after the document of {plan.as_at.words}"
            message = f"{action.ref} says “{_quoted(claim)}”, {later}."
            yield _doubt(DoubtKind.PROGRESS_BEFORE_START, action, message)


def continued_row(plan: Plan) -> Iterator[Doubt]:
    for action in plan.actions:
        for row in plan.joined.get(action.ref, ()):
            what = _what_was_joined(row)
            message = f"A row with {what} and no ref was read as the rest of {action.ref}."
            yield Doubt(DoubtKind.CONTINUED_ROW, action.ref, message, row.where)


def rag_missing(plan: Plan) -> Iterator[Doubt]:
    if plan.colour_heading is None:
        return iter(())
    return _missing(
        plan,
        DoubtKind.RAG_MISSING,
        lambda action: action.rag is None,
        lambda action: f"{action.ref} has no colour; other actions have one.",
        f"No action has a colour, though a column is headed “{plan.colour_heading}”.",
        even_of_one=True,
    )


RULES: tuple[Callable[[Plan], Iterator[Doubt]], ...] = (
    finish_before_start,
    starts_before_inspection,
    review_passed,
    no_start,
    no_finish,
    no_review,
    no_lead,
    unreadable_date,
    duplicates,
    ref_given_twice,
    progress_before_start,
    continued_row,
    rag_missing,
)


def _missing(
    plan: Plan,
    kind: DoubtKind,
    lacks: Callable[[Action], bool],
    message: Callable[[Action], str],
    of_all: str,
    *,
    even_of_one: bool = False,
) -> Iterator[Doubt]:
    """One doubt for each action that lacks something, or one for the table where they all do."""
    lacking = [action for action in plan.actions if lacks(action)]
    if len(lacking) == len(plan.actions) and (len(lacking) > 1 or even_of_one):
        yield Doubt(kind, None, of_all, plan.actions[0].where)
        return
    for action in lacking:
        yield _doubt(kind, action, message(action))


def _no_date(ref: str, name: str, when: When, why: str) -> str:
    return f"{ref} gives its {name} as “{_quoted(when.text)}”, {why}." if when.text else f"{ref} has no {name}."


def _different_dates(action: Action, other: Action) -> list[str]:
    found = []
    one, two = action.start.month, other.start.month
    if one and two and one != two:
        found.append(f"starts in {one.words}, {other.ref} in {two.words}")
    ends, others = _finish_words(action.finish), _finish_words(other.finish)
    if ends and others and ends != others:
        found.append(f"finishes {ends}, {other.ref} {others}")
    return found


def _finish_words(finish: When) -> str:
    return "never (ongoing)" if finish.ongoing else f"in {finish.month.words}" if finish.month else ""


def _what_was_joined(row: Joined) -> str:
    if row.words:
        return "words"
    return f"{row.bullets} bullet{'' if row.bullets == 1 else 's'}" if row.bullets else "words"


def _quoted(text: str) -> str:
    return shorten(text, QUOTE, placeholder=" …")


def _doubt(kind: DoubtKind, action: Action, message: str, other: str | None = None) -> Doubt:
    return Doubt(kind, action.ref, message, action.where, other)
