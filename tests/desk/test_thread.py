"""The thread of one child: a strand for each factor, objective and loose word; where one is cut, and what mends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from waypost.desk.thread import Answered, Known, Seen, Words, drawn
from waypost.ui.thread import Kind, Strand, Thread, picture

ON = date(2026, 5, 12)
CHILD, FACTOR, OTHER, OBJECTIVE, SAID = (UUID(int=n) for n in range(1, 6))
WORDS = Words(SAID, "I can’t go past the parade any more.", date(2026, 4, 28), "Marged Pryce", changed=False)
AFRAID = Seen(FACTOR, "Afraid of a local group", "Harm to the child", date(2026, 4, 30))
WORKSHOP = Answered(OBJECTIVE, "Twelve hours a week in the workshop", date(2026, 6, 1), "Sunita Rao")


def known(**fields: Any) -> Known:
    return replace(Known(CHILD), **fields)


def kinds(strand: Strand) -> list[str]:
    return [f"{knot.stage} {knot.kind}" for knot in strand.knots]


def only(thread: Thread) -> Strand:
    (strand,) = thread.strands
    return strand


def whole(**fields: Any) -> Known:
    objective = replace(WORKSHOP, took_place=4, planned=4, to_come=1, said_in=SAID)
    given = {"said": {SAID: WORDS}, "factors": (AFRAID,), "objectives": {OBJECTIVE: objective}}
    return known(**given | {"answering": frozenset({(OBJECTIVE, FACTOR)}), "review": date(2026, 5, 13)} | fields)


def test_a_strand_that_is_whole() -> None:
    strand = only(drawn(whole(), ON))
    assert kinds(strand) == ["said said", "factor ok", "objective ok", "sessions ok", "review next"]
    assert not strand.is_cut
    assert [knot.text for knot in strand.knots[3:]] == ["4 of 4 took place", "Review due 13 May 2026"]
    assert strand.knots[3].note == "1 to come"


def test_a_factor_with_no_objective() -> None:
    strand = only(drawn(known(factors=(AFRAID,), said={SAID: WORDS}, rests_on={FACTOR: SAID}), ON))
    assert kinds(strand) == ["said said", "factor ok", "objective none"]
    assert (strand.knots[-1].text, strand.knots[-1].mend) == ("No objective answers this", "Add an objective")


def test_a_factor_nobody_asked_the_child_about() -> None:
    strand = only(drawn(known(factors=(AFRAID,)), ON))
    assert kinds(strand)[0] == "said none" and strand.knots[0].mend == "Ask, and write it down"


def test_an_objective_with_no_factor() -> None:
    strand = only(drawn(known(objectives={OBJECTIVE: WORKSHOP}), ON))
    assert kinds(strand)[:2] == ["factor none", "objective ok"]


def test_an_objective_whose_factor_has_ended_has_none() -> None:
    ended = known(objectives={OBJECTIVE: WORKSHOP}, answering=frozenset({(OBJECTIVE, FACTOR)}))
    assert kinds(only(drawn(ended, ON)))[0] == "factor none"


def test_sessions_of_which_none_took_place() -> None:
    lost = replace(WORKSHOP, planned=4)
    strand = only(drawn(whole(objectives={OBJECTIVE: lost}, said={}), ON))
    assert strand.knots[3].kind is Kind.MISSING and strand.knots[3].text == "None of 4 took place"


def test_an_objective_with_sessions_still_to_come_is_not_cut_there() -> None:
    coming = replace(WORKSHOP, to_come=3, said_in=SAID)
    strand = only(drawn(whole(objectives={OBJECTIVE: coming}), ON))
    assert strand.knots[3].kind is Kind.NEXT and not strand.is_cut


def test_words_on_which_nothing_hangs_are_a_strand_of_their_own() -> None:
    strand = only(drawn(known(said={SAID: WORDS}), ON))
    assert kinds(strand) == ["said said", "factor none"] and strand.knots[1].mend == "Say what changed"


def test_words_that_changed_something_or_are_old_are_not() -> None:
    assert not drawn(known(said={SAID: replace(WORDS, changed=True)}), ON).strands
    assert not drawn(known(said={SAID: replace(WORDS, day=date(2025, 1, 1))}), ON).strands


def test_a_review_that_is_late_says_so() -> None:
    review = only(drawn(whole(review=date(2026, 5, 1)), ON)).knots[-1]
    assert (review.mark, review.text) == ("Late:", "Review was due 1 May 2026")


def test_cut_strands_come_first() -> None:
    other = replace(AFRAID, root=OTHER, words="No school since November")
    found = drawn(whole(factors=(AFRAID, other)), ON)
    assert [strand.is_cut for strand in found.strands] == [True, False]


@given(
    st.lists(st.integers(0, 4), max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6),
    st.integers(0, 5),
)
def test_no_factor_and_no_objective_is_ever_lost(factors: list[int], pairs: list[tuple[int, int]], number: int) -> None:
    seen = tuple(replace(AFRAID, root=UUID(int=100 + n), words=f"Factor {n}") for n in dict.fromkeys(factors))
    objectives = {
        UUID(int=200 + n): replace(WORKSHOP, root=UUID(int=200 + n), words=f"Objective {n}") for n in range(number)
    }
    answering = frozenset((UUID(int=200 + a), UUID(int=100 + b)) for a, b in pairs)
    thread = drawn(known(factors=seen, objectives=objectives, answering=answering), ON)
    texts = {knot.text for strand in thread.strands for knot in strand.knots}
    assert {one.words for one in seen} | {one.words for one in objectives.values()} <= texts
    if thread.strands:
        assert picture(thread).knots


def test_what_nobody_knows_draws_nothing() -> None:
    assert known().is_empty and not drawn(known(), ON).strands
