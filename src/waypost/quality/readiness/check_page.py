"""The checks as one page, for people who know the work: `docs/readiness.md`. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from waypost.kernel.words import count, day, listed
from waypost.quality.readiness.definitions import WORKING_DAYS, Check, Severity, load
from waypost.quality.readiness.gone_through import QUIET
from waypost.quality.readiness.sleep import LONGEST

SOON = {Severity.NOW: "cannot wait", Severity.SOON: "soon", Severity.TIDY: "when there is time"}


def document() -> list[str]:
    """The lines of the page."""
    return [*_lines()]


def _lines() -> Iterator[str]:
    checks, after = load(), count(QUIET.days, "day")
    longest = listed([f"{count(LONGEST[one].days, 'day')} for what {_rank(one)}" for one in Severity])
    yield "# What is asked of every open case, each night"
    yield ""
    yield f"Drawn from `src/waypost/definitions/readiness/`: {count(len(checks), 'check')}, by the six themes of the"
    yield "joint inspection. Each is a file of words and one function of what the record says"
    yield "(`quality/readiness/rules.py`). How long a thing may wait is in the file, where a service sets its own."
    yield ""
    yield f"For {after} after a child was read from another system only what cannot wait is shown. A check can be quiet"
    yield f"for a child, with a reason: {longest}."
    for theme, found in groupby(checks.values(), key=lambda one: one.theme):
        yield from ("", f"## {theme.words}", "")
        for check in found:
            yield from _check(check)


def _rank(severity: Severity) -> str:
    return {Severity.NOW: "cannot wait", Severity.SOON: "is to be done soon", Severity.TIDY: "is only tidy"}[severity]


def _check(check: Check) -> Iterator[str]:
    unit = "working day" if check.unit == WORKING_DAYS else "day"
    waits = f", after {count(check.within, unit)}" if check.within else ""
    yield f"- **{check.title}** `{check.key}`: {SOON[check.severity]}{waits}. {check.applies}"
    yield f"  - Says: {check.says}"
    yield f"  - Why: {check.why} *{check.do}.*"
    yield f"  - {check.source} ({check.mark}); to be looked at again by {day(check.next_review)}"
