"""Answers pulled through to a later version, set side by side, and contradicting one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.assessments.forms import AT, YES_NO, answer, answers, asking, small
from waypost.casework.assessments.answers import why_not_answer
from waypost.casework.assessments.compared import Change, Sheet, carried, compare, contradict, disagreements
from waypost.casework.assessments.definitions import load

ABC = [{"key": key, "words": key.upper()} for key in "abc"]
ONE = small(
    asking("home", **YES_NO),
    asking("friends"),
    asking("town", type="choice", choices=ABC),
    asking("school", **YES_NO),
    asking("work", **YES_NO),
    asking("pet"),
    asking("harm", type="rating", judges="serious_harm"),
)
TWO = small(
    asking("harm", type="rating", judges="serious_harm"),
    asking("home", **YES_NO),
    asking("friends_good", was=["friends"]),
    asking("friends_bad", was=["friends"]),
    asking("town", type="choice", choices=ABC[:2]),
    asking("learning", **YES_NO, was=["school", "work"]),
    asking("new"),
    number=2,
)

KEPT = small(asking("friends"), asking("friends_bad", was=["friends"]), number=3)  # split, and still asked


def left(old, new=TWO):
    return {each.answer.question: each.why for each in carried(Sheet(ONE, old), new).left}


def test_what_is_still_asked_opens_in_the_later_version_marked_unchanged():
    found = carried(Sheet(ONE, answers(home=True, harm="low")), TWO)
    assert found.left == ()
    assert found.answers == {
        "harm": answer("harm", "low", unchanged=True),
        "home": answer("home", "yes", unchanged=True),
    }


def test_who_said_it_when_and_on_what_evidence_stays():
    old = answer("home", "no", who="child", by="worker-9", at=AT, words="The lock is broken.", evidence=("entry-4",))
    (opened,) = carried(Sheet(ONE, {"home": old}), TWO).answers.values()
    assert replace(opened, unchanged=False) == old


def test_a_question_that_was_split_opens_in_both_parts():
    found = carried(Sheet(ONE, answers(friends="Two, from football.")), TWO)
    assert {key: each.value for key, each in found.answers.items()} == {
        "friends_good": "Two, from football.",
        "friends_bad": "Two, from football.",
    }
    assert found.left == ()


def test_a_part_may_be_split_off_a_question_that_stays():
    found = carried(Sheet(ONE, answers(friends="Two.")), KEPT)
    assert set(found.answers) == {"friends", "friends_bad"}
    two = Sheet(KEPT, answers(friends="Two.", friends_bad="None."))
    assert seen(two, two) == [("friends", Change.SAME), ("friends_bad", Change.SAME)]
    assert carried(two, KEPT).answers["friends_bad"].value == "None."


def test_questions_that_became_one_open_when_they_agree_and_are_named_when_not():
    assert carried(Sheet(ONE, answers(school=True)), TWO).answers["learning"].value == "yes"
    assert carried(Sheet(ONE, answers(school=True, work=True)), TWO).answers["learning"].value == "yes"
    why = "Several questions became one, and were answered differently: What of learning?"
    assert left(answers(school=True, work=False)) == {"school": why, "work": why}
    assert "learning" not in carried(Sheet(ONE, answers(school=True, work=False)), TWO).answers


@pytest.mark.parametrize(
    ("old", "why"),
    [
        (answers(pet="A dog."), {"pet": "It is not asked any more."}),
        (answers(town="c"), {"town": "It does not fit any more: Choose A or B."}),
        (answers(stray="From nowhere."), {"stray": "It is not asked any more."}),
        (answers(town="a"), {}),
    ],
)
def test_what_does_not_open_is_named_with_the_reason(old, why):
    assert left(old) == why


def test_the_next_assessment_in_the_same_version_begins_with_the_last():
    old = answers(home=True, friends="Two.", pet="A dog.", harm="low")
    found = carried(Sheet(ONE, old), ONE)
    assert found.left == ()
    assert found.answers == {key: replace(each, unchanged=True) for key, each in old.items()}


FULL = load()["full"][-1]
KEYS = [*ONE.by_key, "stray"]
VALUES = st.sampled_from(["yes", "no", "not_known", "a", "b", "c", "low", "Words.", 5, ["a"]])
OLD = st.dictionaries(st.sampled_from(KEYS), VALUES).map(lambda given_: answers(**given_))


@given(OLD, st.sampled_from([ONE, TWO, KEPT]))
def test_no_answer_is_lost_every_one_arrives_or_is_named(old, new):
    found = carried(Sheet(ONE, old), new)
    named = {each.answer.question for each in found.left}
    came_from = {question for key in found.answers for question in (key, *new[key].was) if question in old}
    assert named | came_from == set(old)
    assert all(each.why for each in found.left)


@given(OLD)
def test_what_arrives_is_an_answer_to_the_later_version_and_says_what_was_said(old):
    for key, arrived in carried(Sheet(ONE, old), TWO).answers.items():
        assert arrived.question == key and arrived.unchanged
        assert why_not_answer(TWO[key], arrived.value, words=arrived.words) is None
        assert any(arrived.value == old[source].value for source in (key, *TWO[key].was) if source in old)


# Side by side ---------------------------------------------------------------------------------------------------------


def seen(a, b):
    return [(each.question.key, each.change) for each in compare(a, b)]


def test_two_of_one_version_in_the_order_of_the_form():
    before = Sheet(ONE, answers(home=True, friends="Two.", pet="A dog."))
    after = Sheet(ONE, answers(harm="low", home=False, friends="Two."))
    assert seen(before, after) == [
        ("home", Change.CHANGED),
        ("friends", Change.SAME),
        ("pet", Change.GONE),
        ("harm", Change.NEW),
    ]


def test_two_versions_in_the_order_of_the_later_with_what_is_not_asked_any_more_last():
    before = Sheet(ONE, answers(home=True, friends="Two.", pet="A dog.", school=True))
    after = Sheet(TWO, answers(home=True, friends_good="Two.", learning=False, new="So."))
    assert seen(before, after) == [
        ("home", Change.SAME),
        ("friends_good", Change.SAME),
        ("friends_bad", Change.GONE),
        ("learning", Change.CHANGED),
        ("learning", Change.NEW),
        ("new", Change.NEW),
        ("pet", Change.GONE),
    ]


def test_what_was_pulled_through_is_the_same_as_before():
    before = Sheet(FULL, answers(home_safe=True, child_seen="alone"))
    after = Sheet(FULL, carried(before, FULL).answers)
    assert {each.change for each in compare(before, after)} == {Change.SAME}


@pytest.mark.parametrize(
    ("type", "one", "other", "change"),
    [
        ("choices", ["health", "police"], ["police", "health"], Change.SAME),
        ("choices", ["health"], ["health", "police"], Change.CHANGED),
        (
            "substances",
            [{"substance": "alcohol", "use": "weekly"}, {"use": "daily", "substance": "vapes"}],
            [{"substance": "vapes", "use": "daily"}, {"substance": "alcohol", "use": "weekly"}],
            Change.SAME,
        ),
        (
            "substances",
            [{"substance": "alcohol", "use": "weekly"}],
            [{"substance": "alcohol", "use": "daily"}],
            Change.CHANGED,
        ),
    ],
)
def test_choices_and_rows_say_the_same_in_any_order(type, one, other, change):
    form = small(asking("it", type=type, **({"list": "agencies"} if type == "choices" else {})))
    (found,) = compare(Sheet(form, answers(it=one)), Sheet(form, answers(it=other)))
    assert found.change is change


def test_what_was_said_beside_a_choice_is_part_of_the_answer():
    one = Sheet(ONE, {"home": answer("home", "yes", words="For now.")})
    assert seen(one, Sheet(ONE, answers(home=True))) == [("home", Change.CHANGED)]


def test_forms_that_ask_different_things_are_not_compared():
    with pytest.raises(ValueError, match="full and self_child ask different things"):
        compare(Sheet(FULL, {}), Sheet(load()["self_child"][-1], {}))


SHEETS = st.sampled_from([ONE, TWO, KEPT]).flatmap(
    lambda form: st.dictionaries(st.sampled_from([*form.by_key]), VALUES).map(
        lambda given_: Sheet(form, answers(**given_))
    )
)


@given(SHEETS, SHEETS)
def test_side_by_side_is_the_same_from_both_sides(a, b):
    assert compare(b, a) == tuple(each.mirror for each in compare(a, b))


@given(SHEETS, SHEETS)
def test_every_answer_of_both_is_shown(a, b):
    shown = compare(a, b)
    assert {each.was.question for each in shown if each.was} == set(a.answers)
    assert {each.now.question for each in shown if each.now} == set(b.answers)


@given(SHEETS)
def test_an_assessment_is_the_same_as_itself(a):
    assert {each.change for each in compare(a, a)} <= {Change.SAME}


# At odds --------------------------------------------------------------------------------------------------------------


def by(who, key, value, **said):
    return answer(key, value, who=who, by=f"{who}-1", **said)


FORM = small(
    asking("home", **YES_NO),
    asking("story"),
    asking("hours", type="number"),
    asking("mood", type="choice", choices=[*ABC, {"key": "not_said", "words": "I would rather not say"}]),
    asking("agencies", type="choices", list="agencies"),
    asking("factors", type="factors"),
)
HOME_FOR = {"factor": "home", "side": "for", "rating": "strong"}
HOME_AGAINST = {**HOME_FOR, "side": "against", "rating": "limited"}
MONEY_AGAINST = {**HOME_AGAINST, "factor": "money"}
OWN_FOR = {"words": "Her dog", "side": "for", "rating": "strong", "category": "hopes"}


@pytest.mark.parametrize(
    ("question", "one", "other", "contradicts"),
    [
        ("home", "yes", "no", True),
        ("home", "yes", "yes", False),
        ("home", "yes", "not_known", False),
        ("story", "He was there.", "He was not there.", False),  # words are for people to weigh
        ("hours", 25, 4, True),
        ("mood", "a", "b", True),
        ("mood", "a", "not_said", False),
        ("agencies", ["health"], ["health", "police"], False),
        ("agencies", ["health"], ["police"], True),
        ("factors", [HOME_FOR], [HOME_AGAINST], True),
        ("factors", [HOME_FOR], [HOME_FOR, MONEY_AGAINST], False),
        ("factors", [HOME_FOR, OWN_FOR], [MONEY_AGAINST], False),
    ],
)
def test_which_answers_contradict(question, one, other, contradicts):
    pair = by("education", question, one), by("practitioner", question, other)
    assert contradict(FORM[question], *pair) == contradict(FORM[question], *reversed(pair)) == contradicts
    assert bool(disagreements(FORM, pair)) == contradicts


def test_a_school_and_a_worker_who_say_different_things_are_shown_together():
    school, worker = by("education", "home", "no"), by("practitioner", "home", "yes")
    (found,) = disagreements(FORM, [worker, school])
    assert (found.question.key, {found.one, found.other}) == ("home", {school, worker})


def test_only_what_each_said_last_counts():
    earlier = by("education", "home", "no")
    later = by("education", "home", "yes", at=AT + timedelta(days=1))
    worker = by("practitioner", "home", "yes")
    assert disagreements(FORM, [earlier, worker, later]) == disagreements(FORM, [later, worker, earlier]) == ()


def test_nobody_contradicts_themselves_by_changing_their_mind():
    assert (
        disagreements(FORM, [by("child", "home", "no"), by("child", "home", "yes", at=AT + timedelta(hours=1))]) == ()
    )


def test_a_child_changes_their_mind_whoever_writes_it_down():
    first = answer("home", "no", who="child", by="worker-1")
    then = answer("home", "yes", who="child", by="worker-2", at=AT + timedelta(days=1))
    assert disagreements(FORM, [first, then]) == ()


def test_a_childs_words_entered_by_the_worker_are_the_childs():
    child = answer("home", "no", who="child", by="worker-1")
    worker = answer("home", "yes", who="practitioner", by="worker-1")
    assert len(disagreements(FORM, [child, worker])) == 1
