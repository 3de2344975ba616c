"""Who sits on a panel, when it meets, what it may be given, and until when its papers are open. Pure.

Source: Sentencing Act 2020 Sch. 4 (a panel has at least one member of the youth offending team and two others who are
not of it) and the guidance on referral orders.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from waypost.casework.outcomes.definitions import OutcomeType
from waypost.kernel.days import midnight_after
from waypost.kernel.lists import load
from waypost.kernel.words import LONDON, count, listed
from waypost.kernel.words import day as words

ROUTE = "referral_order"  # the route of every order that has a panel
ADVISER, VOLUNTEER = "adviser", "volunteer"
VOLUNTEERS = 2  # at least
PAPERS_BEFORE = timedelta(days=10)  # two weekends to read in, and a child’s papers lie open no longer than that
SHORTEST_REASON = 5  # letters
TO_A_PANEL = frozenset({"professionals", "child", "court"})  # disclosure classes of which something may go to a panel
WHOLE_PANEL = "A panel is one of the service and two volunteers"
STALE = "Somebody has changed this meeting since you opened it. Read theirs beside yours, then save again."
SAID_MEANWHILE = "Somebody has said meanwhile what came of it. Read theirs beside yours, then save again."
NOT_A_PANEL = "Only a referral order has a panel. Choose the child’s referral order."


def kind_flag(kind: str) -> str:
    """By which flag of the list of results a meeting of that kind is asked for."""
    return kind if kind in ("first", "last") else "later"


def results(kind: str, on: date) -> list[tuple[str, str]]:
    """What may come of a meeting of that kind."""
    return [(code.key, code.words) for code in load("panel_results").on(on) if code.flag(kind_flag(kind))]


def task_of(kind: str) -> str:
    """The key of the task that a meeting of that kind does."""
    return load("panel_kinds")[kind].text("task")


def results_that(flag: str) -> frozenset[str]:
    """Those after which something else is to be done."""
    return frozenset(code.key for code in load("panel_results") if code.flag(flag))


# The meeting ---------------------------------------------------------------------------------------------------------


def why_not_order(type: OutcomeType, *, made: date, is_open: bool, day: date) -> str | None:
    """Whether that order has a panel on that day."""
    if type.route != ROUTE:
        return NOT_A_PANEL
    if not is_open:
        return "This order is over, so no panel meets for it."
    if day < made:
        return f"The order was made on {words(made)}. Choose that day or a later one."
    return None


def why_not_arrange(starts: datetime, place: str, *, now: datetime, there: date | None) -> str | None:
    """`there`: the day of a meeting of the same kind that is arranged and of which nothing is recorded."""
    if there is not None:
        return f"A meeting of this kind is arranged for {words(there)}. Change that one, or say what came of it."
    return why_not_when(starts, place, now=now)


def why_not_when(starts: datetime, place: str, *, now: datetime) -> str | None:
    if starts <= now:
        return "This time has gone by. A panel is arranged before it meets."
    if starts > now + timedelta(days=400):
        return "This is more than a year away. Look at the year again."
    return None if place.strip() else "Say where the panel meets."


def why_not_change(reason: str, *, moved: bool, cancelled: bool, has_result: bool) -> str | None:
    """`moved`: another day, time or place; who sits may change without a reason."""
    if reason_closed := _why_closed(cancelled=cancelled, has_result=has_result):
        return reason_closed
    if moved and len(reason.strip()) < SHORTEST_REASON:
        return "Say why it changes: the child and the others have made room for it."
    return None


def why_not_cancel(reason: str, *, cancelled: bool, has_result: bool) -> str | None:
    if reason_closed := _why_closed(cancelled=cancelled, has_result=has_result):
        return reason_closed
    return None if len(reason.strip()) >= SHORTEST_REASON else "Say why it is cancelled."


def _why_closed(*, cancelled: bool, has_result: bool) -> str | None:
    if cancelled:
        return "This meeting was cancelled. Arrange another."
    return "What came of this meeting is recorded already, so it does not change any more." if has_result else None


def why_not_result(result: str, kind: str, *, starts: datetime, now: datetime, cancelled: bool, on: date) -> str | None:
    if cancelled:
        return "This meeting was cancelled, so nothing came of it."
    if starts > now:
        return "This meeting is still to come. Say what came of it afterwards."
    return None if result in dict(results(kind, on)) else "Choose what can come of a meeting of this kind."


# Who sits ------------------------------------------------------------------------------------------------------------


def why_not_sit(name: str, *, is_active: bool, fits: bool, seat: str, sealed: bool, named: bool) -> str | None:
    """`fits`: their role is one for that seat; `named`: they are named on the sealed record."""
    if not is_active:
        return f"The account of {name} has ended. Choose somebody else."
    if sealed and not named:
        return f"This record is sealed, and {name} is not named on it. Only those who are named sit on its panel."
    if fits:
        return None
    if seat == VOLUNTEER:
        return f"{name} is not a panel volunteer. Choose a volunteer."
    return f"{name} is not one of the service’s staff who advise a panel. Choose somebody who works with children."


def why_not_panel(advisers: Collection[object], volunteers: Collection[object]) -> str | None:
    """Fewer than a whole panel may be kept while it is arranged."""
    if len(advisers) > 1:
        return "One person of the service advises a panel. Choose one."
    return "The same person cannot sit twice. Choose somebody else." if {*advisers} & {*volunteers} else None


def what_is_missing(*, advisers: int, volunteers: int) -> str | None:
    """A sentence that says who is missing of a panel; None: it is whole."""
    missing = ["one of the service"] * (advisers < 1)
    if lacking := max(0, VOLUNTEERS - volunteers):
        missing.append(f"{'one more volunteer' if volunteers else count(lacking, 'volunteer').replace('2', 'two')}")
    if not missing:
        return None
    return (
        f"{WHOLE_PANEL}: {listed(missing)} {'are' if len(missing) > 1 or not volunteers and lacking else 'is'} missing."
    )


def open_from(starts: datetime, *, at: datetime) -> datetime:
    """When the papers of a meeting open to those who sit on it."""
    return max(at, midnight_after(starts.astimezone(LONDON).date() - PAPERS_BEFORE - timedelta(days=1)))


def open_until(starts: datetime) -> datetime:
    """The end of the day of the meeting: what is needed afterwards is asked of the service, which can say no."""
    return midnight_after(starts.astimezone(LONDON).date())


# Papers --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """As much of a document as decides whether a panel may have it."""

    disclosure: str
    kind: str
    held_back: bool  # it stands behind a wall
    is_there: bool = True  # it is current, of this child, and its file has not been removed


def why_not_paper(document: Document) -> str | None:
    """In few words, as they stand beside a count."""
    if not document.is_there:
        return "corrected away, moved or removed since"
    if document.held_back:
        return "held back"
    if document.disclosure not in TO_A_PANEL:
        classes = load("disclosure_classes")
        known = document.disclosure in classes
        return f"kept to: {classes.words(document.disclosure).lower()}" if known else "kept to others"
    kinds = load("document_kinds")
    if document.kind in kinds and kinds[document.kind].flag("closed"):
        return "closed until somebody says who may see it"
    return None


def why_not_choose(*, cancelled: bool, has_result: bool) -> str | None:
    return _why_closed(cancelled=cancelled, has_result=has_result)


def short_name(whole: str) -> str:
    """First name and initial, which is all that a volunteer is told: ‘Aisha K’."""
    first, *rest = whole.split() or [""]
    return f"{first} {rest[-1][0]}" if rest else first
