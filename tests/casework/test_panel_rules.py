"""Who sits on a panel, what it may be given and until when, as a coordinator could check it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.casework.outcomes.clocks import clocks
from waypost.casework.outcomes.definitions import load as types
from waypost.casework.referral_panels import rules
from waypost.casework.referral_panels.rules import Document
from waypost.kernel.lists import load

MADE = date(2026, 11, 9)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MEETS = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("type", "is_open", "day", "says"),
    [
        ("referral_order", True, date(2026, 12, 4), None),
        ("referral_order", True, MADE, None),
        ("referral_order", True, date(2026, 11, 8), "The order was made on 9 November 2026."),
        ("referral_order", False, date(2026, 12, 4), "This order is over"),
        *((key, True, date(2026, 12, 4), "Only a referral order has a panel") for key in types() if key != "referral_order"),
    ],
)  # fmt: skip
def test_only_an_open_referral_order_has_a_panel(type: str, is_open: bool, day: date, says: str | None) -> None:
    why = rules.why_not_order(types()[type], made=MADE, is_open=is_open, day=day)
    assert why is None if says is None else says in (why or "")


@pytest.mark.parametrize(
    ("starts", "place", "there", "says"),
    [
        (MEETS, "Library", None, None),
        (NOW, "Library", None, "This time has gone by"),
        (NOW - timedelta(days=1), "Library", None, "This time has gone by"),
        (NOW + timedelta(minutes=1), "Library", None, None),
        (MEETS, "  ", None, "Say where the panel meets."),
        (MEETS, "Library", date(2026, 12, 1), "arranged for 1 December 2026"),
        (NOW + timedelta(days=401), "Library", None, "more than a year away"),
    ],
)
def test_a_panel_is_arranged_before_it_meets(
    starts: datetime, place: str, there: date | None, says: str | None
) -> None:
    why = rules.why_not_arrange(starts, place, now=NOW, there=there)
    assert why is None if says is None else says in (why or "")


@pytest.mark.parametrize(
    ("why", "moved", "cancelled", "has_result", "says"),
    [
        ("The library is shut.", True, False, False, None),
        ("", False, False, False, None),  # others who sit: no reason is asked
        ("", True, False, False, "Say why it changes"),
        ("   x  ", True, False, False, "Say why it changes"),
        ("The library is shut.", True, True, False, "This meeting was cancelled"),
        ("The library is shut.", True, False, True, "recorded already"),
    ],
)
def test_a_panel_changes_with_a_reason(
    why: str, moved: bool, cancelled: bool, has_result: bool, says: str | None
) -> None:
    found = rules.why_not_change(why, moved=moved, cancelled=cancelled, has_result=has_result)
    assert found is None if says is None else says in (found or "")


@pytest.mark.parametrize(
    ("advisers", "volunteers", "says"),
    [
        (1, 2, None),
        (1, 3, None),
        (0, 2, "A panel is one of the service and two volunteers: one of the service is missing."),
        (1, 1, "A panel is one of the service and two volunteers: one more volunteer is missing."),
        (1, 0, "A panel is one of the service and two volunteers: two volunteers are missing."),
        (0, 1, "A panel is one of the service and two volunteers: one of the service and one more volunteer are missing."),
        (0, 0, "A panel is one of the service and two volunteers: one of the service and two volunteers are missing."),
    ],
)  # fmt: skip
def test_what_is_missing_of_a_panel(advisers: int, volunteers: int, says: str | None) -> None:
    assert rules.what_is_missing(advisers=advisers, volunteers=volunteers) == says


@pytest.mark.parametrize(
    ("seat", "is_active", "fits", "sealed", "named", "says"),
    [
        ("volunteer", True, True, False, False, None),
        ("adviser", True, True, True, True, None),
        ("volunteer", False, True, False, False, "The account of Ada Stone has ended"),
        ("volunteer", True, False, False, False, "is not a panel volunteer"),
        ("adviser", True, False, False, False, "is not one of the service’s staff"),
        ("volunteer", True, True, True, False, "This record is sealed, and Ada Stone is not named on it."),
        ("adviser", True, True, True, False, "This record is sealed"),
    ],
)
def test_who_may_sit(seat: str, is_active: bool, fits: bool, sealed: bool, named: bool, says: str | None) -> None:
    why = rules.why_not_sit("Ada Stone", is_active=is_active, fits=fits, seat=seat, sealed=sealed, named=named)
    assert why is None if says is None else says in (why or "")


def test_nobody_sits_twice_and_one_advises() -> None:
    assert rules.why_not_panel(["Ada"], ["Ben", "Cai"]) is None
    assert rules.why_not_panel([], []) is None
    assert "cannot sit twice" in (rules.why_not_panel(["Ada"], ["Ben", "Ada"]) or "")
    assert "Choose one" in (rules.why_not_panel(["Ada", "Dee"], []) or "")


@pytest.mark.parametrize(
    ("starts", "arranged", "opens", "closes"),
    [
        # Ten days before the day of the meeting, from midnight, to midnight after it
        (MEETS, NOW, datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 12, 5, tzinfo=UTC)),
        # Arranged later than that: from then
        (MEETS, datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 5, tzinfo=UTC)),
        # The clocks go forward on 28 March 2027: midnight in London is 23:00 in UTC afterwards
        (datetime(2027, 4, 1, 16, tzinfo=UTC), NOW, datetime(2027, 3, 22, tzinfo=UTC), datetime(2027, 4, 1, 23, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_from_when_and_until_when_papers_are_open(
    starts: datetime, arranged: datetime, opens: datetime, closes: datetime
) -> None:
    assert (rules.open_from(starts, at=arranged), rules.open_until(starts)) == (opens, closes)


MEETINGS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MEETINGS, st.timedeltas(timedelta(0), timedelta(days=400)))
@settings(max_examples=300)
def test_papers_are_open_while_the_panel_meets_and_never_for_long(starts: datetime, ahead: timedelta) -> None:
    opens, closes = rules.open_from(starts, at=starts - ahead), rules.open_until(starts)
    assert opens <= starts < closes
    assert closes - opens <= rules.PAPERS_BEFORE + timedelta(days=1, hours=1)


DISCLOSURES = {code.key for code in load("disclosure_classes")}


@pytest.mark.parametrize("disclosure", sorted(DISCLOSURES))
def test_which_classes_may_go_to_a_panel(disclosure: str) -> None:
    why = rules.why_not_paper(Document(disclosure, "court_report", held_back=False))
    assert (why is None) == (disclosure in {"professionals", "child", "court"})


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (Document("professionals", "court_report", held_back=False), None),
        (Document("child", "contract", held_back=False), None),
        (Document("professionals", "court_report", held_back=True), "held back"),
        (Document("victim", "court_report", held_back=False), "kept to: about a victim"),
        (Document("police_intelligence", "other", held_back=False), "kept to: police intelligence"),
        (Document("third_party", "other", held_back=False), "kept to: about somebody else"),
        (Document("placement_address", "other", held_back=False), "kept to: an address that is kept from somebody"),
        (Document("carer", "letter_in", held_back=False), "kept to: a carer"),
        (Document("unheard_of", "letter_in", held_back=False), "kept to others"),
        (Document("professionals", "police", held_back=False), "closed until somebody says who may see it"),
        (
            Document("professionals", "court_report", held_back=False, is_there=False),
            "corrected away, moved or removed",
        ),
    ],
)
def test_what_a_panel_is_not_given_and_why(document: Document, says: str | None) -> None:
    why = rules.why_not_paper(document)
    assert why is None if says is None else says in (why or "")


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        ("first", {"contract_agreed", "adjourned", "back_to_court"}),
        ("review", {"contract_varied", "goes_on", "adjourned", "back_to_court"}),
        ("progress", {"contract_varied", "goes_on", "adjourned", "back_to_court"}),
        ("last", {"completed", "adjourned", "back_to_court"}),
    ],
)
def test_what_may_come_of_which_meeting(kind: str, may: set[str]) -> None:
    assert {key for key, _ in rules.results(kind, MADE)} == may
    for code in load("panel_results"):
        why = rules.why_not_result(code.key, kind, starts=MEETS, now=MEETS, cancelled=False, on=MADE)
        assert (why is None) == (code.key in may)


def test_nothing_comes_of_a_meeting_before_it_meets_or_that_was_cancelled() -> None:
    given = {"starts": MEETS, "on": MADE}
    early = rules.why_not_result("adjourned", "first", now=MEETS - timedelta(minutes=1), cancelled=False, **given)
    assert "still to come" in (early or "")
    gone = rules.why_not_result("adjourned", "first", now=MEETS, cancelled=True, **given)
    assert "cancelled" in (gone or "")


def test_every_kind_does_a_task_that_a_referral_order_raises() -> None:
    tasks = {rules.task_of(code.key) for code in load("panel_kinds")}
    assert tasks <= clocks().keys()
    assert tasks <= {one.key for one in types()["referral_order"].tasks}


@pytest.mark.parametrize(
    ("whole", "short"),
    [("Aisha Karim", "Aisha K"), ("Anna Maria van Dijk", "Anna D"), ("Olena", "Olena"), ("", ""), ("Siân Ó Briain", "Siân B")],
)  # fmt: skip
def test_a_volunteer_is_told_a_first_name_and_an_initial(whole: str, short: str) -> None:
    assert rules.short_name(whole) == short
