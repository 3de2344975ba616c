"""The answer to the inspection: what nothing answers comes first, and only a person's word counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import staff
from tests.governance.plans import accepted, head, the
from waypost.governance.answers import actions
from waypost.governance.answers.lines import Answer, AnswerLine, answer
from waypost.governance.answers.matching import ENOUGH, marked, propose, stems
from waypost.governance.answers.models import FrozenAnswer, LineJudged, Match
from waypost.governance.answers.rules import Clock, Gap, worst
from waypost.governance.improvement import actions as improvement
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.lines import QUERIES
from waypost.kernel.refusal import NotAllowed, Refused

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
YES, NO = Match.Verdict.ANSWERS, Match.Verdict.NOT_THIS
CHANGE, TRAINING, PROTOCOL = ActionKind.CHANGE, ActionKind.TRAINING, ActionKind.PROTOCOL


@pytest.mark.parametrize(
    ("kinds", "measured", "strength", "gap"),
    [
        ([], False, False, Gap.NOTHING),
        ([], False, True, Gap.STRENGTH),
        ([TRAINING], False, False, Gap.ONLY_TALK),
        ([TRAINING, PROTOCOL], True, False, Gap.ONLY_TALK),
        ([TRAINING, CHANGE], False, False, Gap.NO_MEASURE),
        ([CHANGE], True, False, Gap.MEASURED),
        ([CHANGE], True, True, Gap.MEASURED),
    ],
)
def test_the_worst_thing_true_of_a_line(kinds, measured, strength, gap):
    assert worst(kinds, measured=measured, strength=strength) is gap


@pytest.mark.parametrize(
    ("today", "gone", "left"),
    [("2025-06-17", 0, 365), ("2026-05-12", 329, 36), ("2026-06-17", 365, 0), ("2026-06-18", 366, -1)],
)
def test_the_clock(today, gone, left):
    clock = Clock(date(2025, 6, 17), date(2026, 6, 17), date.fromisoformat(today))
    assert (clock.gone, clock.left) == (gone, left)
    assert 0 <= clock.share <= 1


PLAN = {
    "3a": stems("Agree with children's services whose assessment leads when a child has both"),
    "4b": stems("Ask police for intelligence before each risk panel"),
    "5b": stems("A course for managers on oversight of plans"),
    "6d": stems("Restorative training for foster carers and homes"),
}


@pytest.mark.parametrize(
    ("line", "proposed", "by"),
    [
        ("police intelligence is shared and used", ["4b"], {"polic", "intellig"}),
        ("foster homes use restorative ways", ["6d"], {"foster", "home", "restor"}),
        ("the choice of colleges is widened", [], set()),
        ("children and young people", [], set()),
        ("", [], set()),
    ],
)
def test_likely_matches_are_proposed_with_their_words(line, proposed, by):
    found = propose(line, PLAN)
    assert [p.action_id for p in found] == proposed
    assert set().union(*(p.stems for p in found)) == by


@given(
    st.text(max_size=80), st.dictionaries(st.text(min_size=1, max_size=3), st.text(max_size=80).map(stems), max_size=6)
)
def test_a_proposal_has_words_and_enough_of_them(line, plan):
    for proposal in propose(line, plan):
        assert proposal.stems <= stems(line) & plan[proposal.action_id]
        assert ENOUGH <= proposal.share <= 1.000001


@given(st.text(max_size=80))
def test_marking_keeps_the_text(text):
    assert "".join(piece for piece, _ in marked(text, stems(text))) == text


def test_only_the_words_that_suggested_are_marked():
    assert [piece for piece, is_marked in marked("Ask Police, then police again", {"polic"}) if is_marked] == [
        "Police",
        "police",
    ]


@pytest.fixture
def boss(db):
    return head()


@pytest.fixture
def plan(boss):
    return accepted(boss)


def now(plan) -> Answer:
    return answer(plan.inspection, plan, TODAY)


def line(plan, name: str) -> AnswerLine:
    return next(one for one in now(plan).lines if one.name == name)


def say(plan, name, ref, verdict, by, at=NOW):
    return actions.match(line(plan, name).of, the(plan, ref), verdict, by=by, words="", at=at)


def test_before_anyone_judges_nothing_answers_anything(plan):
    found = now(plan)
    assert [one.name for one in found.lines] == ["Recommendation 1", "Recommendation 2", "Finding 1.1", "Finding 1.2"]
    assert found.gaps == 4
    assert [one.name for one in found.unhinted] == ["Recommendation 2"], "no action is about college"
    assert [p.line.action.ref for p in line(plan, "Recommendation 1").proposed] == ["2a"]


def test_an_accepted_match_moves_the_line_and_a_withdrawn_one_moves_it_back(plan, boss):
    say(plan, "Recommendation 1", "2a", YES, boss)
    assert line(plan, "Recommendation 1").gap is Gap.NO_MEASURE
    say(plan, "Recommendation 1", "2a", NO, boss, NOW + timedelta(hours=1))
    assert line(plan, "Recommendation 1").gap is Gap.NOTHING
    assert line(plan, "Recommendation 1").proposed == (), "what was refused is not proposed again"


def test_training_alone_is_told_so_until_somebody_says_otherwise(plan, boss):
    say(plan, "Finding 1.1", "1b", YES, boss)
    assert line(plan, "Finding 1.1").gap is Gap.ONLY_TALK
    improvement.say_kind(the(plan, "1b"), CHANGE, by=boss, at=NOW)
    assert line(plan, "Finding 1.1").gap is Gap.NO_MEASURE


def test_a_measure_with_a_reading_answers_and_measures(plan, boss):
    say(plan, "Finding 1.1", "1a", YES, boss)
    measure = improvement.name_measure(
        the(plan, "1a"), by=boss, name="Plans checked", target=80, lower_is_better=False, at=NOW
    )
    assert line(plan, "Finding 1.1").gap is Gap.NO_MEASURE, "a name is not a figure"
    improvement.add_reading(measure, by=boss, dated=TODAY, numerator=3, denominator=4, at=NOW)
    assert line(plan, "Finding 1.1").gap is Gap.MEASURED


def judge(plan, name, verdict, by, at=NOW):
    one = line(plan, name)
    return actions.judge(one.of, plan, verdict, by=by, words="", at=at)


def test_a_line_may_be_judged_answered_by_nothing_and_opened_again_by_a_match(plan, boss):
    judge(plan, "Recommendation 2", LineJudged.Verdict.NOTHING, boss)
    assert not line(plan, "Recommendation 2").undecided
    say(plan, "Recommendation 2", "1a", YES, boss, NOW + timedelta(hours=1))
    assert line(plan, "Recommendation 2").judged is None
    assert line(plan, "Recommendation 2").gap is Gap.NO_MEASURE


def test_nothing_cannot_be_said_of_a_matched_line(plan, boss):
    say(plan, "Recommendation 1", "2a", YES, boss)
    with pytest.raises(Refused, match="An action is matched"):
        judge(plan, "Recommendation 1", LineJudged.Verdict.NOTHING, boss)


def test_nobody_checks_their_own_judgement(plan, boss):
    say(plan, "Recommendation 1", "2a", YES, boss)
    with pytest.raises(Refused, match="Somebody else checks it"):
        judge(plan, "Recommendation 1", LineJudged.Verdict.CHECKED, boss)
    judge(plan, "Recommendation 1", LineJudged.Verdict.CHECKED, staff("manager"))
    assert line(plan, "Recommendation 1").checked


def test_a_case_manager_cannot_judge(plan):
    with pytest.raises(NotAllowed, match="say which actions answer"):
        say(plan, "Recommendation 1", "2a", YES, staff("practitioner"))


def test_frozen_keeps_gaps_as_gaps_and_does_not_change(plan, boss):
    say(plan, "Recommendation 1", "2a", YES, boss)
    frozen = actions.freeze(now(plan), by=boss, on=TODAY, at=NOW)
    say(plan, "Recommendation 1", "2a", NO, boss, NOW + timedelta(hours=1))
    again = actions.freeze(now(plan), by=boss, on=TODAY, at=NOW)
    kept = FrozenAnswer.objects.get(pk=frozen.pk)
    assert (kept.number, again.number) == (1, 2)
    assert actions.digest(kept.content) == kept.sha256
    assert [one["gap"] for one in kept.content["lines"]] == [Gap.NO_MEASURE.words] + [Gap.NOTHING.words] * 3
    assert kept.content["lines"][0]["actions"][0]["matched_by"] == "Imogen Fenwick, 10 February 2026"


def test_the_page_says_first_what_nothing_answers(plan, boss, signed_in):
    page = signed_in(boss).get(reverse("answer", kwargs={"pk": plan.inspection_id})).content.decode()
    assert "no action in the plan is even likely to answer it" in " ".join(page.split())
    assert page.index("Recommendation 2.") < page.index("Recommendation 1.")


def test_the_answer_asks_a_fixed_number_of_queries(plan, boss, queries):
    inspection = plan.inspection
    with queries(QUERIES + 4):
        answer(inspection, plan, TODAY)
    for ref in ("1a", "1b", "2a"):
        say(plan, "Finding 1.1", ref, YES, boss)
    with queries(QUERIES + 4):
        answer(inspection, plan, TODAY)


def test_it_is_answered_in_the_browser(plan, boss, signed_in):
    client, one = signed_in(boss), line(plan, "Recommendation 1")
    where = {"pk": plan.inspection_id, "line": one.of.pk}
    client.post(reverse("answer_match", kwargs=where), {"action": the(plan, "2a").pk, "verdict": "answers"})
    assert [m.action.ref for m in line(plan, "Recommendation 1").matched] == ["2a"]
    shown = client.get(reverse("answer_line", kwargs=where)).content.decode()
    assert "said by Imogen Fenwick" in shown
    response = client.post(reverse("answer_freeze", kwargs={"pk": plan.inspection_id}), follow=True)
    assert "Its content is as it was then" in response.content.decode()


def test_a_stranger_line_is_not_found(plan, boss, signed_in):
    where = {"pk": plan.inspection_id, "line": plan.pk}
    assert signed_in(boss).get(reverse("answer_line", kwargs=where)).status_code == 404
