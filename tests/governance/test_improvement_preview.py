"""A reading as its page shows it: which doubt is open, which comes next, what is marked in the text, what is folded."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.governance.plans import ACCEPTED, action, head, plan_record, read, when
from waypost.access.models import LogEntry
from waypost.governance.improvement import reading_actions
from waypost.governance.improvement.preview import AT_ONCE, NotTaken, following, marked, preview

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return head()


def doubt(kind: str, ref: str, **more: object) -> dict[str, object]:
    return {"kind": kind, "ref": ref, "message": f"{ref} has {kind}.", "where": {"line": 10}, "other": None} | more


def reading_with(boss, *doubts: dict[str, object], actions: list[dict[str, object]] | None = None):
    return read(boss, plan_record() | {"doubts": list(doubts)} | ({"actions": actions} if actions else {}))


def numbers(shown) -> list[int]:
    return [one.number for same in shown.kinds for one in same.doubts]


@pytest.mark.parametrize(
    ("text", "in_doubt", "pieces"),
    [
        ("Start: May 2025 Finish: May 2025", ["May 2025"], ["[May 2025]", "[May 2025]"]),
        ("January 2025 to January 2025 or later", ["January 2025 or later", "January 2025"], ["[January 2025]", "[January 2025 or later]"]),
        ("Start (soon)", ["(soon)"], ["[(soon)]"]),
        ("Start: May 2025", ["June 2025"], []),
        ("Start: May 2025", [], []),
        ("", ["May"], []),
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_marked_and_no_letter_lost(text, in_doubt, pieces):
    found = marked(text, in_doubt)
    assert "".join(piece for piece, _ in found) == text
    assert [f"[{piece}]" for piece, is_marked in found if is_marked] == pieces


def test_the_worst_doubt_stands_open_and_the_next_follows(boss):
    # by kind, worst first: 3 (finish before start), then 1 and 2 (no review)
    reading = reading_with(boss, doubt("no-review", "1a"), doubt("no-review", "1b"), doubt("finish-before-start", "2b"))
    shown = preview(reading)
    assert numbers(shown) == [3, 1, 2]
    assert [one.number for one in shown.open if one.opened] == [3]
    assert [following(reading, number) for number in (3, 1, 2)] == [1, 2, 3]


def test_after_the_last_doubt_none_follows(boss):
    reading = reading_with(boss, doubt("no-review", "1a"))
    assert following(reading, 1) == 0
    assert following(reading, 99) == 1


def test_a_settled_doubt_is_opened_when_asked_for(boss):
    reading = reading_with(boss, doubt("no-review", "1a"), doubt("no-review", "1b"))
    reading_actions.settle(reading, 1, key="correct", value="3 2026", by=boss, at=ACCEPTED)
    reading.refresh_from_db()
    shown = preview(reading)
    assert [(one.number, one.answer) for one in shown.settled] == [(1, "Review: March 2026")]
    asked = preview(reading, at=1)
    assert asked.settled == ()
    assert [(one.number, one.typed) for one in asked.open if one.opened] == [(1, "2026-03")]


def test_what_was_typed_and_not_taken_stays(boss):
    reading = reading_with(boss, doubt("no-review", "1a"), doubt("finish-before-start", "2b"))
    shown = preview(reading, not_taken=NotTaken(1, "Write a month and year.", "correct", "soon"))
    (one,) = [one for one in shown.open if one.opened]
    assert (one.number, one.refused, one.chosen, one.typed) == (1, "Write a month and year.", "correct", "soon")


def test_the_words_in_doubt_are_those_of_the_date_and_those_quoted(boss):
    late = action(
        "2b",
        "Agree the protocol",
        start=when("2025-11", text="Nov 2025"),
        finish=when("2025-01", text="Jan 2025", ongoing=False),
    )
    reading = reading_with(
        boss,
        doubt("finish-before-start", "2b"),
        doubt("progress-before-start", "2b", message="2b says “Signed”, and starts later."),
        doubt("no-lead", "2b"),
        actions=[late],
    )
    by_number = {one.number: one.in_doubt(late) for one in preview(reading).open}
    assert by_number == {1: ["Nov 2025", "Jan 2025"], 2: ["Nov 2025", "Signed"], 3: []}


def test_thousands_of_a_kind_are_one_answer_and_one_row_of_the_log(boss, signed_in):
    actions = [action(f"{n}a", f"Do thing {n}") for n in range(1, 301)]
    reading = reading_with(boss, *(doubt("no-review", one["ref"]) for one in actions), actions=actions)
    (same,) = preview(reading).kinds
    assert (len(same.doubts), len(same.listed)) == (300, AT_ONCE)
    before = LogEntry.objects.count()
    client, where = signed_in(boss), {"pk": reading.pk}
    client.post(reverse("reading_settle", kwargs=where), {"kind": "no-review", "choice": "keep"})
    assert LogEntry.objects.count() == before + 1
    page = client.get(reverse("reading", kwargs=where)).content.decode()
    assert "Doubts settled" in page
    assert page.count("?doubt=") == 50
    assert client.get(reverse("reading", kwargs=where) + "?rows=all").content.decode().count("?doubt=") == 300


@pytest.mark.parametrize("number", ["", "x", "0", "99", "²", "9" * 40])
def test_a_doubt_there_is_not_is_refused_and_nothing_is_settled(boss, signed_in, number):
    reading = reading_with(boss, doubt("no-review", "1a"))
    where = {"pk": reading.pk}
    client = signed_in(boss)
    assert client.post(reverse("reading_settle", kwargs=where), {"number": number, "choice": "keep"}).status_code == 422
    assert client.get(reverse("reading", kwargs=where), {"doubt": number}).status_code == 200
    reading.refresh_from_db()
    assert reading.settled == {}
