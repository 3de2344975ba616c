"""Expected against actual over an order, as a picture with its figures."""

from __future__ import annotations

from datetime import date

from waypost.casework.contacts.expected import Seen
from waypost.casework.work import Work
from waypost.kernel.words import day
from waypost.ui.charts import Bar, Bars

HEADS = ("Expected", "Kept, or rightly excused", "Missed", "Reason not judged", "Cancelled by us")


def over_time(work: Work, on: date) -> Bars | None:
    """None where nobody has said how often, or so lately that four weeks have not gone by."""
    found = work.over_time(on)
    if len(found) < 2:
        return None
    return Bars("Contacts by four weeks", "Four weeks to", HEADS, tuple(map(_bar, found)), _sentence(found))


def _bar(seen: Seen) -> Bar:
    held = seen.kept + seen.excused
    return Bar(
        seen.until, held, seen.expected, (seen.expected, held, seen.missed, seen.not_judged, seen.cancelled_by_us)
    )


def _sentence(found: tuple[Seen, ...]) -> str:
    """More than were expected in one four weeks do not make up for another."""
    whole = sum((one.of_expected for one in found[1:]), found[0].of_expected)
    enough = sum(one.of_expected.numerator == one.expected for one in found)
    return (
        f"Since {day(found[0].since)}, {whole.numerator} of {whole.denominator} expected contacts were kept or rightly"
        f" excused. As many as expected, or more, in {enough} of {len(found)} spans of four weeks; the last goes on."
    )
