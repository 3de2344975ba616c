"""Outcomes for tests: as they are entered, and all that may be."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from waypost.casework.outcomes.definitions import Version, load, on
from waypost.casework.outcomes.rules import Given, why_not_outcome

TODAY = date(2026, 11, 28)
DAYS = st.dates(date(2000, 4, 1), TODAY)


def given(key: str, made: date, length: int | None = None, **more) -> Given:
    return Given(load()[key], made, length, **more)


def why_not(outcome: Given, *, born: date | None = None, offence: date | None = None, persistent=None) -> str | None:
    return why_not_outcome(outcome, today=TODAY, born=born, offence_day=offence, persistent=persistent)


def lengths(version: Version) -> st.SearchStrategy[int | None]:
    """Every length the law allows, ten years at most where it names none."""
    if not version.unit:
        return st.none()
    if version.only:
        return st.sampled_from(version.only)
    return st.integers(version.least or 1, version.most or 120)


@st.composite
def outcomes(draw) -> Given:
    """One that may be given, with a contract, a release or an early end where it has one."""
    made = draw(DAYS)
    type = draw(st.sampled_from(on(made)))
    version = type.version(made)
    assert version
    later = st.none() | st.integers(0, 1500).map(lambda days: made + timedelta(days=days))
    outcome = Given(
        type,
        made,
        draw(lengths(version)),
        contract_signed=draw(later) if type.starts == "contract" else None,
        released=draw(later) if version.released else None,
        ended=draw(later),
        extended_months=version.extension_least or 0,
    )
    assume(why_not(outcome) is None)
    return outcome
