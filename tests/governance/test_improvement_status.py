"""A table a head of service could check: the facts, the day, the status and the sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.governance.improvement.status import MEANS, RULES, ActionFacts, ByHand, Spoken, Status, status_of


def m(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def d(text: str) -> date:
    return date.fromisoformat(text)


DONE = Spoken(d("2026-01-10"), "Leila Haddad")
SAID = Spoken(d("2026-04-20"), "Imogen Fenwick")
HAND = ByHand(Status.ON_TRACK, "Imogen Fenwick", "New form went live.", d("2026-04-28"), d("2026-05-31"))

TABLE = [
    # dates in doubt
    ("finish before start", dict(start=m("2025-11"), finish=m("2025-01")), "2025-12-01", Status.DOUBT, "It finishes in January 2025, before it starts in November 2025."),
    ("doubt beats done", dict(start=m("2025-11"), finish=m("2025-01"), done=DONE), "2026-02-01", Status.DOUBT, "It finishes in January 2025, before it starts in November 2025."),
    ("a doubt kept", dict(start=m("2025-11"), date_doubts=("The finish ‘31/02/2016’ is not a date.",)), "2025-12-01", Status.DOUBT, "The finish ‘31/02/2016’ is not a date."),
    ("same month is no doubt", dict(start=m("2025-11"), finish=m("2025-11")), "2025-10-01", Status.NOT_STARTED, "It is to start in November 2025."),
    # embedded
    ("two readings met", dict(done=DONE, target_met=((d("2026-02-01"), False), (d("2026-03-01"), True), (d("2026-04-01"), True))), "2026-04-10", Status.EMBEDDED, "Done on 10 January 2026, and its measure has met its target at the last two readings."),
    ("a day too early", dict(done=DONE, target_met=((d("2026-03-01"), True), (d("2026-04-01"), True))), "2026-04-09", Status.DONE, "Leila Haddad said it was done on 10 January 2026."),
    ("one of the last two missed", dict(done=DONE, target_met=((d("2026-03-01"), True), (d("2026-04-01"), False))), "2026-05-01", Status.DONE, "Leila Haddad said it was done on 10 January 2026."),
    ("evidence and a statement", dict(done=DONE, evidence=(d("2026-02-01"),), embedded=SAID), "2026-05-01", Status.EMBEDDED, "Done on 10 January 2026; there is evidence, and Imogen Fenwick said on 20 April 2026 that it is how we work."),
    ("statement without evidence", dict(done=DONE, embedded=SAID), "2026-05-01", Status.DONE, "Leila Haddad said it was done on 10 January 2026."),
    ("before the statement", dict(done=DONE, evidence=(d("2026-02-01"),), embedded=SAID), "2026-04-19", Status.DONE, "Leila Haddad said it was done on 10 January 2026."),
    ("embedded needs done", dict(start=m("2026-04"), evidence=(d("2026-04-20"),), notes=(d("2026-04-25"),), embedded=SAID), "2026-05-01", Status.ON_TRACK, "No finish is given; last note 6 days ago."),
    # done
    ("done though late", dict(start=m("2025-09"), finish=m("2025-12"), done=DONE), "2026-02-01", Status.DONE, "Leila Haddad said it was done on 10 January 2026."),
    ("the day before it was done", dict(start=m("2025-09"), finish=m("2025-12"), notes=(d("2026-01-02"),), done=DONE), "2026-01-09", Status.OVERDUE, "9 days past its date, and no note for 7 days."),
    # overdue
    ("a day past", dict(start=m("2026-01"), finish=m("2026-03"), notes=(d("2026-03-31"),)), "2026-04-01", Status.OVERDUE, "1 day past its date, and no note for 1 day."),
    ("42 days past", dict(start=m("2026-01"), finish=m("2026-03"), notes=(d("2026-03-02"),)), "2026-05-12", Status.OVERDUE, "42 days past its date, and no note for 71 days."),
    ("no note at all", dict(start=m("2026-01"), finish=m("2026-03")), "2026-04-10", Status.OVERDUE, "10 days past its date, and no note at all."),
    ("the last day is not past", dict(start=m("2026-01"), finish=m("2026-03"), notes=(d("2026-03-20"),), evidence=(d("2026-03-20"),)), "2026-03-31", Status.ON_TRACK, "Due by 31 March 2026; last note 11 days ago."),
    ("overdue to start", dict(start=m("2026-02")), "2026-05-12", Status.OVERDUE, "Was to start in February 2026, 73 days ago; no note says it did, and no finish is given."),
    # at risk
    ("silent a month", dict(start=m("2026-01"), finish=m("2026-12"), notes=(d("2026-03-10"),)), "2026-04-11", Status.AT_RISK, "No note for 32 days; one is expected each month."),
    ("silent exactly a month", dict(start=m("2026-01"), finish=m("2026-12"), notes=(d("2026-03-10"),)), "2026-04-10", Status.ON_TRACK, "Due by 31 December 2026; last note 31 days ago."),
    ("silent past its cadence", dict(start=m("2026-01"), ongoing=True, cadence="quarterly", notes=(d("2026-01-10"),)), "2026-04-11", Status.AT_RISK, "No note for 91 days; it is reviewed quarterly."),
    ("silent within its cadence", dict(start=m("2026-01"), ongoing=True, cadence="quarterly", notes=(d("2026-01-31"),)), "2026-04-11", Status.ON_TRACK, "Ongoing; last note 70 days ago."),
    ("started, never a note", dict(start=m("2026-01"), finish=m("2026-12")), "2026-03-01", Status.AT_RISK, "No note since it was to start in January 2026; one is expected each month."),
    ("finish near, no evidence", dict(start=m("2026-01"), finish=m("2026-06"), notes=(d("2026-06-08"),)), "2026-06-10", Status.AT_RISK, "Due by 30 June 2026, 20 days away, and no evidence yet."),
    ("finish near, evidence", dict(start=m("2026-01"), finish=m("2026-06"), notes=(d("2026-06-08"),), evidence=(d("2026-06-09"),)), "2026-06-10", Status.ON_TRACK, "Due by 30 June 2026; last note 2 days ago."),
    ("evidence dated later is not evidence yet", dict(start=m("2026-01"), finish=m("2026-06"), notes=(d("2026-06-08"),), evidence=(d("2026-06-11"),)), "2026-06-10", Status.AT_RISK, "Due by 30 June 2026, 20 days away, and no evidence yet."),
    # not started
    ("starts later", dict(start=m("2026-09"), finish=m("2026-12")), "2026-06-10", Status.NOT_STARTED, "It is to start in September 2026."),
    ("starts this month", dict(start=m("2026-06"), finish=m("2026-12")), "2026-06-30", Status.NOT_STARTED, "It is to start in June 2026."),
    ("nothing is given", dict(), "2026-06-30", Status.NOT_STARTED, "No start is given, and no note says it has begun."),
    # on track
    ("first note not due", dict(start=m("2026-05"), finish=m("2026-12")), "2026-06-10", Status.ON_TRACK, "Due by 31 December 2026; started in May 2026, first note due by 30 June 2026."),
    ("began early", dict(start=m("2026-09"), ongoing=True, notes=(d("2026-06-01"),)), "2026-06-10", Status.ON_TRACK, "Ongoing; last note 9 days ago."),
    ("a note from tomorrow moves nothing", dict(start=m("2026-09"), notes=(d("2026-06-11"),)), "2026-06-10", Status.NOT_STARTED, "It is to start in September 2026."),
    # by hand
    ("set by hand", dict(start=m("2026-01"), finish=m("2026-12"), notes=(d("2026-03-10"),), by_hand=(HAND,)), "2026-05-12", Status.ON_TRACK, "The rule says at risk: No note for 63 days; one is expected each month. Imogen Fenwick, 28 April 2026: ‘New form went live.’ Ends 31 May 2026."),
    ("by hand, expired", dict(start=m("2026-01"), finish=m("2026-12"), notes=(d("2026-03-10"),), by_hand=(HAND,)), "2026-06-01", Status.AT_RISK, "No note for 83 days; one is expected each month."),
    ("by hand, not yet", dict(start=m("2026-01"), finish=m("2026-12"), notes=(d("2026-03-10"),), by_hand=(HAND,)), "2026-04-27", Status.AT_RISK, "No note for 48 days; one is expected each month."),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "as_of", "status", "why"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_status(facts: dict, as_of: str, status: Status, why: str) -> None:
    explained = status_of(ActionFacts(**facts), d(as_of))
    assert (explained.status, explained.why) == (status, why)


months = st.none() | st.dates(d("2024-01-01"), d("2027-12-31")).map(lambda day: day.replace(day=1))
dates = st.lists(st.dates(d("2024-01-01"), d("2027-12-31")), max_size=4).map(tuple)
spoken = st.none() | st.builds(Spoken, st.dates(d("2024-01-01"), d("2027-12-31")), st.just("A manager"))
facts = st.builds(
    ActionFacts,
    start=months,
    finish=months,
    cadence=st.sampled_from(["", "monthly", "quarterly"]),
    notes=dates,
    evidence=dates,
    done=spoken,
    embedded=spoken,
)


@given(facts, st.dates(d("2024-01-01"), d("2027-12-31")))
def test_every_action_has_a_status_and_a_sentence(facts: ActionFacts, as_of: date) -> None:
    explained = status_of(facts, as_of)
    assert explained.why.endswith((".", "’"))
    assert len(explained.why) > 20


@given(facts, st.dates(d("2024-01-01"), d("2027-12-31")), dates)
def test_what_is_dated_later_moves_nothing(facts: ActionFacts, as_of: date, later: tuple[date, ...]) -> None:
    from dataclasses import replace

    future = tuple(day for day in later if day > as_of)
    assert status_of(facts, as_of) == status_of(
        replace(facts, notes=facts.notes + future, evidence=facts.evidence + future), as_of
    )


def test_what_is_printed_of_the_rule_is_its_order():
    tried = {
        "_in_doubt": Status.DOUBT,
        "_embedded": Status.EMBEDDED,
        "_done": Status.DONE,
        "_overdue": Status.OVERDUE,
        "_overdue_to_start": Status.OVERDUE,
        "_at_risk": Status.AT_RISK,
        "_not_started": Status.NOT_STARTED,
        "_on_track": Status.ON_TRACK,
    }
    assert list(dict.fromkeys(tried[rule.__name__] for rule in RULES)) == list(MEANS)
