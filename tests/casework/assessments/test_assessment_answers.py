"""What is an answer to which question, which questions are asked, and what a stage still needs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.assessments.forms import AT, YES_NO, answer, answers, asking, small
from waypost.casework.assessments.answers import (
    LONGEST,
    LONGEST_TEXT,
    MOST_ROWS,
    applies,
    as_json,
    asked,
    at_once,
    from_json,
    looked_at,
    missing,
    why_not_answer,
)
from waypost.casework.assessments.definitions import load

CHOICES = [
    {"key": "alone", "words": "Alone"},
    {"key": "with_carer", "words": "With a carer"},
    {"key": "not_seen", "words": "Not seen", "needs_words": True},
]
FORM = small(
    asking("seen", type="choice", choices=CHOICES),
    asking("agencies", type="choices", list="agencies", applies=[{"question": "seen", "is": ["alone"]}]),
    asking("safe", **YES_NO),
    asking("harm", type="rating", judges="serious_harm"),
    asking("again", type="likelihood"),
    asking("line"),
    asking("story", type="long_text"),
    asking("hours", type="number", least=0, most=60),
    asking("count", type="number", least=1),
    asking("day", type="date"),
    asking("factors", type="factors"),
    asking("behaviours", type="behaviours"),
    asking("outcomes", type="adverse_outcomes"),
    asking("substances", type="substances"),
    asking("plan", type="plan"),
)
A_FACTOR = {"factor": "home", "side": "for", "rating": "strong"}
IN_OUR_WORDS = {"words": "Her dog", "side": "for", "category": "hopes", "rating": "moderate"}
A_BEHAVIOUR = {
    "what": "Hits a brother",
    "likelihood": "medium",
    "impact": "high",
    "to_whom": "A brother",
    "when": "At night",
}
AN_OUTCOME = {"outcome": "hurt_by_others", "likelihood": "low", "impact": "very_high"}
A_SUBSTANCE = {"substance": "cannabis", "use": "weekly", "first_used_age": 12}
A_STEP = {"what": "Ring the college", "who": "Me", "helped_by": "Mum", "by": "2026-06-01", "factor": "education_place"}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("seen", "alone"),
        ("agencies", ["health", "police"]),
        ("safe", "not_known"),
        ("harm", "very_high"),
        ("again", "low"),
        ("line", "At an aunt's."),
        ("story", "Long.\nAnd longer."),
        ("hours", 0),
        ("hours", 60),
        ("count", 1000),
        ("day", "2024-02-29"),
        ("factors", [A_FACTOR, IN_OUR_WORDS]),
        ("factors", [{**A_FACTOR, "category": "home_family", "evidence": "Seen on a visit"}]),
        ("behaviours", [A_BEHAVIOUR]),
        ("outcomes", [AN_OUTCOME]),
        ("substances", [A_SUBSTANCE]),
        ("plan", [A_STEP]),
        ("plan", [{"what": "Ring the college", "who": "Me"}]),
    ],
)
def test_these_are_answers(question, value):
    assert why_not_answer(FORM[question], value) is None


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        ("seen", "twice", "Choose Alone, With a carer or Not seen."),
        ("seen", ["alone"], "Choose Alone, With a carer or Not seen."),
        ("seen", None, "Choose Alone, With a carer or Not seen."),
        ("seen", "not_seen", "Say more in your own words: Not seen."),
        ("agencies", [], "Choose at least one, or leave the question unanswered."),
        ("agencies", "health", "Choose at least one, or leave the question unanswered."),
        ("agencies", ["health", "health"], "Choose each only once."),
        ("safe", True, "Choose Yes, No or Not known yet."),
        ("harm", "extreme", "Choose Low, Medium, High or Very high."),
        ("again", "very_high", "Choose Low, Medium or High."),
        ("line", " ", "Write something, or leave the question unanswered."),
        ("line", 5, "Write something, or leave the question unanswered."),
        ("line", "x" * (LONGEST_TEXT + 1), "It is 301 characters long and may have 300. Shorten it, or file it as a document."),
        ("story", "x" * (LONGEST + 1), "It is 20,001 characters long and may have 20,000. Shorten it, or file it as a document."),
        ("hours", 61, "Give a whole number from 0 to 60."),
        ("hours", -1, "Give a whole number from 0 to 60."),
        ("hours", "12", "Give a whole number."),
        ("hours", True, "Give a whole number."),
        ("hours", 1.5, "Give a whole number."),
        ("count", 0, "Give a whole number of at least 1."),
        ("day", "2026-02-30", "Give a day that there is, as 2026-05-12."),
        ("day", "20260512", "Give a day that there is, as 2026-05-12."),
        ("day", 20260512, "Give a day that there is, as 2026-05-12."),
        ("factors", [], "Give at least one row, or leave the question unanswered."),
        ("factors", [A_FACTOR] * (MOST_ROWS + 1), "Give 40 rows at most: the ones that matter."),
        ("factors", ["home"], "Row 1: it must say factor, in our words, for or against change, category, how much it matters and what it rests on."),
        ("factors", [A_FACTOR, {"factor": "home"}], "Row 2: say for or against change and how much it matters."),
        ("factors", [{"side": "for", "rating": "strong"}], "Row 1: say factor or in our words."),
        ("factors", [{"words": "Her dog", "side": "for", "rating": "strong"}], "Row 1: say in which category it belongs."),
        ("factors", [{**A_FACTOR, "category": "hopes"}], "Row 1: it belongs to Home and family. Leave the category out."),
        ("factors", [{**A_FACTOR, "side": "both"}], "Row 1: for or against change: Choose For change or Against change."),
        ("factors", [{**A_FACTOR, "side": ["for"]}], "Row 1: for or against change: Choose For change or Against change."),
        ("factors", [{**A_FACTOR, "colour": "red"}], "Row 1: it has no colour."),
        ("behaviours", [{**A_BEHAVIOUR, "impact": "extreme"}], "Row 1: how bad it would be: Choose Low, Medium, High or Very high."),
        ("behaviours", [{**A_BEHAVIOUR, "what": ""}], "Row 1: what may happen: Write something, or leave the question unanswered."),
        ("outcomes", [{**AN_OUTCOME, "outcome": "other"}], "Row 1: say more in your own words: Something else."),
        ("substances", [{**A_SUBSTANCE, "first_used_age": 26}], "Row 1: age at first use: Give a whole number from 0 to 25."),
        ("plan", [{"what": "Ring the college"}], "Row 1: say who does it."),
        ("plan", [{**A_STEP, "by": "soon"}], "Row 1: by when: Give a day that there is, as 2026-05-12."),
    ],
)  # fmt: skip
def test_these_are_not_and_say_what_to_do(question, value, sentence):
    assert why_not_answer(FORM[question], value) == sentence


def test_a_choice_that_asks_for_words_is_answered_with_them():
    assert why_not_answer(FORM["seen"], "not_seen", words="Moved to another area that morning.") is None
    assert why_not_answer(FORM["seen"], "not_seen", words="  ") == "Say more in your own words: Not seen."
    assert why_not_answer(FORM["seen"], "alone", words="x" * (LONGEST + 1)).startswith("It is 20,001 characters long")
    assert why_not_answer(FORM["outcomes"], [{**AN_OUTCOME, "outcome": "other", "words": "Sent abroad"}]) is None


def test_a_code_that_was_closed_is_read_and_not_chosen_any_more():
    question = small(asking("plan", type="choice", list="learning_plans"))["plan"]
    assert "ehc_plan" in question.keys
    assert why_not_answer(question, "ehc_plan") is None
    assert why_not_answer(question, "ehc_plan", on=date(2014, 9, 1)) is None
    assert why_not_answer(question, "ehc_plan", on=date(2014, 8, 31)).startswith("Choose Individual development plan,")


def test_who_may_answer():
    form = small(asking("home"), asking("school", who=["practitioner", "education"]))
    assert why_not_answer(form["home"], "Good.", who="practitioner") is None
    assert why_not_answer(form["school"], "Good.", who="education") is None
    assert why_not_answer(form["home"], "Good.", who="police") == "This is answered by practitioner."
    assert why_not_answer(form["school"], "Good.", who="child") == "This is answered by practitioner or education."


@given(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.lists(st.text() | st.dictionaries(st.text(), st.integers()))
)
def test_whatever_is_posted_gets_a_reason_and_never_an_error(value):
    for question in FORM:
        assert why_not_answer(question, value) is None or why_not_answer(question, value).endswith(".")


# Asked ----------------------------------------------------------------------------------------------------------------

CHAIN = small(
    asking("used", **YES_NO),
    asking("which", applies=[{"question": "used", "is": ["yes"]}]),
    asking("offending", **YES_NO, applies=[{"question": "used", "is": ["yes"]}]),
    asking("how", applies=[{"question": "offending", "is": ["yes", "not_known"]}]),
)


def keys(questions):
    return [question.key for question in questions]


@pytest.mark.parametrize(
    ("given_", "now", "perhaps"),
    [
        ({}, ["used"], {"which": "used", "offending": "used", "how": "used"}),
        ({"used": False}, ["used"], {}),
        ({"used": "not_known"}, ["used"], {"which": "used", "offending": "used", "how": "used"}),
        ({"used": True}, ["used", "which", "offending"], {"how": "offending"}),
        ({"used": True, "offending": True}, ["used", "which", "offending", "how"], {}),
        ({"used": True, "offending": "not_known"}, ["used", "which", "offending", "how"], {}),
        ({"used": True, "offending": False}, ["used", "which", "offending"], {}),
        ({"used": False, "offending": True}, ["used"], {}),  # what is not asked opens nothing
        ({"offending": True}, ["used"], {"which": "used", "offending": "used", "how": "used"}),
    ],
)
def test_what_is_asked_hangs_on_what_was_answered(given_, now, perhaps):
    found = asked(CHAIN, answers(**given_))
    assert list(found.now) == now
    assert {key: question.key for key, question in found.perhaps.items()} == perhaps


def test_a_section_hangs_on_an_answer_too():
    sections = [
        {"key": "first", "title": "First", "questions": [asking("agreed", **YES_NO)]},
        {
            "key": "body",
            "title": "Body",
            "applies": [{"question": "agreed", "is": ["yes"]}],
            "questions": [asking("teeth")],
        },
    ]
    form = small(sections=sections)
    assert keys(applies(form, answers(agreed=True))) == ["agreed", "teeth"]
    assert keys(applies(form, answers(agreed=False))) == ["agreed"]


def test_every_condition_has_to_hold():
    both = [{"question": "one", "is": ["yes"]}, {"question": "two", "is": ["yes"]}]
    form = small(asking("one", **YES_NO), asking("two", **YES_NO), asking("both", applies=both))
    assert keys(applies(form, answers(one=True, two=True))) == ["one", "two", "both"]
    assert "both" not in asked(form, answers(one=True, two=False)).perhaps
    assert asked(form, answers(one=True)).perhaps["both"].key == "two"
    assert "both" not in asked(form, answers(two=False)).perhaps


def test_a_question_of_many_choices_opens_what_hangs_on_any_of_them():
    form = small(
        asking("agencies", type="choices", list="agencies"),
        asking("doctor", applies=[{"question": "agencies", "is": ["health", "mental_health"]}]),
    )
    assert keys(applies(form, answers(agencies=["police", "health"]))) == ["agencies", "doctor"]
    assert keys(applies(form, answers(agencies=["police"]))) == ["agencies"]


def test_a_stage_asks_its_own_questions():
    form = small(asking("home"), asking("papers", asked_at=["review"]))
    assert keys(applies(form, {}, stage="start")) == ["home"]
    assert keys(applies(form, {}, stage="review")) == keys(applies(form, {})) == ["home", "papers"]


FULL = load()["full"][-1]
OF_CHOICES = [question for question in FULL if question.keys]
SOME = st.dictionaries(st.sampled_from(OF_CHOICES), st.integers(0, 2), max_size=30).map(
    lambda drawn: [answer(question.key, question.keys[n % len(question.keys)]) for question, n in drawn.items()]
)


@given(SOME, st.randoms())
def test_what_is_asked_never_depends_on_the_order_of_answers(some, random):
    shuffled = random.sample(some, len(some))
    one, other = ({each.question: each for each in order} for order in (some, shuffled))
    assert applies(FULL, one) == applies(FULL, other)
    assert missing(FULL, one, stage="start") == missing(FULL, other, stage="start")


@given(SOME)
def test_a_question_is_asked_or_perhaps_or_not_and_only_one_of_them(some):
    found = asked(FULL, {each.question: each for each in some})
    assert not set(found.now) & set(found.perhaps)
    assert all(telling.key in found.now for telling in found.perhaps.values())


# Missing --------------------------------------------------------------------------------------------------------------


def test_what_a_stage_still_needs():
    form = small(
        asking("used", **YES_NO, needed_at=["start", "review"]),
        asking("which", applies=[{"question": "used", "is": ["yes"]}], needed_at=["start"]),
        asking("home"),
        asking("papers", asked_at=["review"], needed_at=["review"]),
    )
    assert keys(missing(form, {}, stage="start")) == ["used"]
    assert keys(missing(form, answers(used=True), stage="start")) == ["which"]
    assert keys(missing(form, answers(used=False), stage="start")) == []
    assert keys(missing(form, answers(used=False), stage="review")) == ["papers"]


def test_what_was_pulled_through_is_answered_and_a_judgement_is_not_until_it_is_judged_again():
    form = small(
        asking("home", needed_at=["review"]), asking("harm", type="rating", judges="serious_harm", needed_at=["review"])
    )
    pulled = {key: replace(each, unchanged=True) for key, each in answers(home="Good.", harm="low").items()}
    assert keys(missing(form, pulled, stage="review")) == ["harm"]
    later = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    again = looked_at(pulled["harm"], who="practitioner", by="worker-2", at=later)
    assert (again.value, again.by, again.at, again.unchanged) == ("low", "worker-2", later, False)
    assert keys(missing(form, {**pulled, "harm": again}, stage="review")) == []


def test_what_somebody_is_told_today():
    form = small(asking("safe", **YES_NO, at_once=["no"]), asking("used", **YES_NO))
    assert keys(at_once(form, answers(safe=False, used=True))) == ["safe"]
    assert at_once(form, answers(safe=True)) == at_once(form, answers(safe="not_known")) == at_once(form, {}) == ()


def test_a_child_who_says_that_they_are_not_safe_is_heard_at_once():
    form = load()["self_child"][-1]
    told = at_once(
        form, {"home_safe": answer("home_safe", "never", who="child"), "pushed": answer("pushed", "never", who="child")}
    )
    assert keys(told) == ["home_safe"]


# Kept -----------------------------------------------------------------------------------------------------------------


def test_answers_are_kept_as_json_in_an_order_of_their_own():
    kept = as_json({**answers(story="Long."), **answers(factors=[A_FACTOR])})
    assert [each["question"] for each in kept] == ["factors", "story"]
    assert kept[1] == {
        "question": "story",
        "value": "Long.",
        "who": "practitioner",
        "by": "worker-1",
        "at": "2026-05-12T09:30:00+00:00",
        "words": "",
        "evidence": [],
        "unchanged": False,
    }


VALUES = st.text(min_size=1) | st.integers(0, 60) | st.lists(st.text(min_size=1), max_size=3) | st.just([A_FACTOR])
ANSWERS = st.builds(
    answer,
    st.sampled_from([question.key for question in FORM]),
    VALUES,
    who=st.sampled_from(["practitioner", "child", "health"]),
    at=st.datetimes(timezones=st.just(UTC)),
    words=st.text(),
    evidence=st.lists(st.text(min_size=1), max_size=2).map(tuple),
    unchanged=st.booleans(),
)


@given(st.lists(ANSWERS, unique_by=lambda each: each.question))
def test_what_is_kept_and_read_again_is_the_same(given_):
    held = {each.question: each for each in given_}
    assert from_json(json.loads(json.dumps(as_json(held)))) == held


def test_the_moment_of_an_answer_is_kept_with_its_zone():
    (again,) = from_json(as_json(answers(line="Yes."))).values()
    assert again.at == AT and again.at.tzinfo is not None
