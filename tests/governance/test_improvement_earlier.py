"""A plan that replaces another starts with no notes: each action says which it was before, and what lies there."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.governance.plans import ACCEPTED, accepted, action, head, plan_record, the
from waypost.access.models import LogEntry, Staff
from waypost.governance.improvement import actions
from waypost.governance.improvement.earlier import earlier_version
from waypost.governance.improvement.models import Action, Plan, Said
from waypost.governance.improvement.rules import same_before

BEFORE = [
    ("1a", "Check every plan before the family sees it"),
    ("1b", "Train all staff in writing plans"),
    ("2a", "Ask the children’s forum"),
    ("2b", "Train all staff in writing plans"),
    ("3a", ""),
]


@pytest.mark.parametrize(
    ("ref", "text", "was"),
    [
        ("1a", "Check every plan before the family sees it", ["1a"]),
        ("1a", "  check every\nplan, before the family sees it. ", ["1a"]),
        ("1A", "CHECK EVERY PLAN BEFORE THE FAMILY SEES IT", ["1a"]),
        ("4c", "Check every plan before the family sees it", ["1a"]),  # moved to another place
        ("2b", "Check every plan before the family sees it", ["1a"]),  # and another took its reference
        ("2a", "Ask the children's forum", ["2a"]),
        ("1b", "Train all staff in writing plans", ["1b"]),  # of two with these words, its own
        ("2b", "Train all staff in writing plans", ["2b"]),
        ("5a", "Train all staff in writing plans", ["1b", "2b"]),  # which of them, nobody can tell
        ("1a", "Check every plan before the child sees it", []),  # the reference alone proves nothing
        ("1a", "Check every plan before the family sees it, and after", []),
        ("3a", "", []),  # no words are not the same words
        ("3a", " – ", []),
        ("1a", "Something new", []),
    ],
)
def test_which_action_it_was(ref: str, text: str, was: list[str]) -> None:
    assert [BEFORE[n][0] for n in same_before(ref, text, BEFORE)] == was


def test_before_a_first_version_there_was_none() -> None:
    assert same_before("1a", "Check every plan", []) == []


def test_letters_written_in_two_ways_are_the_same() -> None:
    assert same_before("1a", "Tŷ Newydd", [("1a", "Ty\u0302 Newydd")]) == [0]


@given(st.text(min_size=1), st.lists(st.tuples(st.text(max_size=3), st.text()), max_size=6))
def test_an_action_kept_as_it_was_is_found_wherever_it_stands(text: str, others: list[tuple[str, str]]) -> None:
    before = [*others, ("9z", text)]
    found = same_before("9z", text, before)
    assert (len(others) in found) == any(map(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
    assert {before[n][0].casefold() for n in found} <= {"9z"}


@pytest.fixture
def boss(db: None) -> Staff:
    return head()


@pytest.fixture
def first(boss: Staff) -> Plan:
    """An accepted plan to whose action 1a somebody has added everything there is."""
    plan = accepted(boss, data=b"the first")
    was, by = the(plan, "1a"), {"by": boss, "at": ACCEPTED}
    for dated in (date(2026, 1, 2), date(2026, 1, 4)):
        actions.add_note(was, dated=dated, words=f"Checked, {dated:%-d}.", **by)
    actions.add_evidence(was, "notes.txt", b"All were checked.", title="Checked", inspector_may_open=False, **by)
    measure = actions.name_measure(was, name="Plans checked", target=80, lower_is_better=False, **by)
    actions.add_reading(measure, dated=date(2026, 1, 4), numerator=17, denominator=27, **by)
    actions.say(was, Said.What.DONE, dated=date(2026, 1, 4), words="All of them.", **by)
    return plan


def text(client, one: Action) -> str:
    page = client.get(reverse("action", kwargs={"pk": one.pk})).content.decode().partition("<main")[2]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def test_what_was_added_to_it_is_counted_and_one_click_away(first: Plan, boss: Staff, signed_in) -> None:
    client, present = signed_in(boss), accepted(boss, data=b"the second")
    page = text(client, the(present, "1a"))
    assert (
        "From the earlier version Action 1a of version 1 says the same. It has 2 notes, the last of 4 January 2026"
        in page
    )
    assert "1 piece of evidence and 1 measure. Said to be done on 4 January 2026. All of it stays there" in page
    address = reverse("action", kwargs={"pk": the(first, "1a").pk})
    assert address in client.get(reverse("action", kwargs={"pk": the(present, "1a").pk})).content.decode()
    assert "Checked, 4." in text(client, the(first, "1a"))


def test_nothing_is_copied_and_no_status_moves(first: Plan, boss: Staff) -> None:
    now = the(accepted(boss, data=b"the second"), "1a")
    assert (now.notes.count(), now.evidence.count(), now.said.count(), now.measures.count()) == (0, 0, 0, 0)


def test_an_action_to_which_nothing_was_added_says_so(first: Plan, boss: Staff, signed_in) -> None:
    page = text(signed_in(boss), the(accepted(boss, data=b"the second"), "2a"))
    assert "Action 2a of version 1 says the same. Nothing was added to it." in page


def test_what_it_does_not_have_is_not_counted(boss: Staff, signed_in) -> None:
    was = the(accepted(boss, data=b"the first"), "1b")
    actions.add_note(was, by=boss, at=ACCEPTED, dated=date(2026, 1, 2), words="Half of them.")
    page = text(signed_in(boss), the(accepted(boss, data=b"the second"), "1b"))
    assert "says the same. It has 1 note, the last of 2 January 2026. All of it stays there" in page


def test_changed_words_are_left_to_a_person(first: Plan, boss: Staff, signed_in) -> None:
    record = plan_record()
    record["actions"][0] = action("1a", "Check every plan with the family")
    page = text(signed_in(boss), the(accepted(boss, plan=record, data=b"the second"), "1a"))
    assert "No action of version 1 has these words." in page


def test_a_first_version_speaks_of_none(first: Plan, boss: Staff, signed_in) -> None:
    assert "earlier version" not in text(signed_in(boss), the(first, "1a"))


def test_a_third_version_speaks_of_the_second(first: Plan, boss: Staff, signed_in) -> None:
    second, third = accepted(boss, data=b"the second"), accepted(boss, data=b"the third")
    assert "Action 1a of version 2 says the same. Nothing was added to it." in text(signed_in(boss), the(third, "1a"))
    assert "Action 1a of version 1 says the same." in text(signed_in(boss), the(second, "1a"))


def test_the_log_names_the_earlier_action_too(first: Plan, boss: Staff, signed_in) -> None:
    now = the(accepted(boss, data=b"the second"), "1a")
    text(signed_in(boss), now)
    (row,) = LogEntry.objects.filter(event="improvement.action", subject=now.pk)
    assert row.listed == [the(first, "1a").pk]


def test_it_asks_as_much_for_a_long_plan_as_for_a_short_one(boss: Staff, queries) -> None:
    record = plan_record()
    accepted(boss, data=b"one")
    short = the(accepted(boss, data=b"two"), "1a")
    with queries(4):
        earlier_version(short)
    record["actions"] += [action(f"9{n}", "Check every plan before the family sees it") for n in range(60)]
    record["actions"][0] = action("1z", "Something else")
    record["doubts"] = []
    accepted(boss, plan=record, data=b"three")
    long = the(accepted(boss, data=b"four"), "1a")
    with queries(4):
        assert len(earlier_version(long).actions) == 60
