"""What a rule indicates and why; and that nothing computes risk of serious harm or a child's safety."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.assessments.forms import YES_NO, answer, answers, asking, small
from waypost.casework import assessments
from waypost.casework.assessments import indicative as module
from waypost.casework.assessments.compared import Sheet, carried
from waypost.casework.assessments.definitions import load
from waypost.casework.assessments.indicative import (
    FILE,
    Band,
    Count,
    indicated,
    indicative,
    read,
    rule_for,
    rules,
    why_not_final,
)
from waypost.casework.assessments.questions import LISTS_FED, MAY_BE_INDICATED, Judgement, Type
from waypost.kernel.definition_files import Unreadable

TODAY, IN_2014 = date(2026, 11, 28), date(2014, 6, 2)
ASSET, FULL = load()["asset"][-1], load()["full"][-1]
PARTS = [question.key for question in ASSET if question.type is Type.NUMBER]
LEVEL, LIKELIHOOD = Judgement.LEVEL, Judgement.LIKELIHOOD


def scored(total, harm="low"):
    """Sixteen scores that make a total, with a rating of risk of serious harm."""
    full, rest = divmod(total, 4)
    scores = [4] * full + [rest] * (rest > 0)
    return answers(**dict(zip(PARTS, scores + [0] * (16 - len(scores)), strict=True)), serious_harm=harm)


@pytest.mark.parametrize(
    ("total", "harm", "level"),
    [
        (0, "low", "standard"),
        (14, "low", "standard"),
        (15, "low", "enhanced"),
        (32, "low", "enhanced"),
        (33, "low", "intensive"),
        (64, "low", "intensive"),
        (0, "medium", "enhanced"),  # risk to others lifts, and never lowers
        (32, "medium", "enhanced"),
        (33, "medium", "intensive"),
        (0, "high", "intensive"),
        (15, "very_high", "intensive"),
    ],
)
def test_the_level_of_an_older_assessment(total, harm, level):
    assert indicative(ASSET, scored(total, harm), LEVEL, on=IN_2014).value == level


@pytest.mark.parametrize(
    ("total", "harm", "reason"),
    [
        (31, "low", "The sixteen scores together. 31 points: 15 to 32 is enhanced."),
        (1, "low", "The sixteen scores together. 1 point: up to 14 is standard."),
        (40, "high", "The sixteen scores together. 40 points: 33 or more is intensive."),
        (
            8,
            "medium",
            "The sixteen scores together. 8 points: up to 14 is standard. Risk of serious harm: medium, which lifts it.",
        ),
        (
            8,
            "very_high",
            "The sixteen scores together. 8 points: up to 14 is standard. Risk of serious harm: very high, which lifts it.",
        ),
    ],
)
def test_what_is_indicated_says_why(total, harm, reason):
    assert indicative(ASSET, scored(total, harm), LEVEL, on=IN_2014).reason == reason


def test_there_are_sixteen_scores_of_four():
    assert len(PARTS) == 16
    assert {(ASSET[part].least, ASSET[part].most) for part in PARTS} == {(0, 4)}


@pytest.mark.parametrize("absent", ["living", "earlier_convictions", "serious_harm"])
def test_without_one_of_them_nothing_is_indicated_and_it_is_named(absent):
    some = {key: each for key, each in scored(30).items() if key != absent}
    found = indicative(ASSET, some, LEVEL, on=IN_2014)
    assert (found.value, [question.key for question in found.missing]) == (None, [absent])
    assert found.reason == "Not worked out: 1 question it counts is not answered yet."


def test_what_was_counted_is_told():
    found = indicative(ASSET, scored(30), LEVEL, on=IN_2014)
    assert [(each.question.key, each.least, each.most) for each in found.counted][:2] == [
        ("living", 4, 4),
        ("family", 4, 4),
    ]
    assert sum(each.least for each in found.counted) == 30
    assert found.rule == "asset_level_1"


# The full assessment --------------------------------------------------------------------------------------------------

QUIET = {
    "earlier_outcomes": "none",
    "first_outcome_age": "under_18",
    "pattern": "first",
    "home_settled": True,
    "parenting": True,
    "identity_good": True,
    "attending": True,
    "substances_used": False,
    "friends_trouble": False,
    "free_time_good": True,
    "trusted_adult": True,
    "weapon": False,
    "thinking": False,
    "motivation": True,
}
STORMY = {
    **{key: not value for key, value in QUIET.items() if isinstance(value, bool)},
    "earlier_outcomes": "four_or_more",
    "first_outcome_age": "under_13",
    "pattern": "more",
    "substances_used": True,
    "substances_offending": True,
}


def likelihood(**changed):
    return indicative(FULL, answers(**{**QUIET, **changed}), LIKELIHOOD, on=TODAY)


@pytest.mark.parametrize(
    ("changed", "value", "points"),
    [
        ({}, "low", 0),
        ({"earlier_outcomes": "four_or_more"}, "low", 6),
        ({"earlier_outcomes": "four_or_more", "weapon": True}, "medium", 7),
        (
            {"earlier_outcomes": "two_or_three", "pattern": "more", "friends_trouble": True, "attending": False},
            "medium",
            10,
        ),
        ({"substances_used": True, "substances_offending": True}, "low", 2),
        ({"substances_used": True, "substances_offending": False}, "low", 0),
        (STORMY, "high", 24),
    ],
)
def test_the_likelihood_by_what_the_form_says_feeds_it(changed, value, points):
    found = likelihood(**changed)
    assert (found.value, sum(each.least for each in found.counted)) == (value, points)


def test_the_likelihood_says_why():
    assert likelihood(weapon=True).reason == (
        "The pattern so far, with what stands for and against change. 1 point: up to 6 is low."
    )


def test_what_is_not_known_is_counted_both_ways():
    """Two that are not known cannot lift it out of low; three beside earlier outcomes could."""
    found = likelihood(weapon="not_known", thinking="not_known")
    assert found.value == "low"
    assert found.reason.endswith("0 points: up to 6 is low. 2 answers not known would make no difference.")
    unsure = likelihood(
        earlier_outcomes="two_or_three", weapon="not_known", thinking="not_known", motivation="not_known"
    )
    assert (unsure.value, [question.key for question in unsure.missing]) == (None, ["weapon", "thinking", "motivation"])
    assert unsure.reason == "Not worked out: 3 answers not known, and the others do not settle it."


def test_what_hangs_on_an_answer_that_is_missing_is_not_taken_for_nothing():
    some = answers(**QUIET)
    del some["substances_used"]
    found = indicative(FULL, some, LIKELIHOOD, on=TODAY)
    assert (found.value, [question.key for question in found.missing]) == (None, ["substances_used"])


def test_what_hangs_on_something_not_known_is_counted_both_ways():
    found = likelihood(substances_used="not_known")
    assert [(e.question.key, e.least, e.most) for e in found.counted if e.least != e.most] == [
        ("substances_offending", 0, 2)
    ]
    assert found.value == "low"
    assert likelihood(substances_used="not_known", earlier_outcomes="four_or_more").value is None


@pytest.mark.parametrize(
    ("points", "least", "most"),
    [({"yes": 3, "no": 1}, 0, 3), ({"yes": -2, "no": -1}, -2, 0), ({"yes": 2, "no": 0}, 0, 2)],
)
def test_what_may_come_to_be_asked_counts_for_nothing_or_for_what_it_may(points, least, most):
    form = small(asking("used", **YES_NO), asking("then", **YES_NO, applies=[{"question": "used", "is": ["yes"]}]))
    bands = (Band("low", 0), Band("high", 100))
    rule = replace(rules()["full_level_1"], counts=(Count("then", points),), bands=bands, lifts=())
    (counted,) = indicated(rule, form, answers(used="not_known")).counted
    assert (counted.least, counted.most) == (least, most)
    (settled,) = indicated(rule, form, answers(used=True, then=True)).counted
    assert settled.least == settled.most == points["yes"]
    assert indicated(rule, form, answers(used=False)).counted == ()


def test_nothing_answered_names_all_that_is_counted():
    found = indicative(FULL, {}, LIKELIHOOD, on=TODAY)
    assert found.value is None
    assert {question.key for question in found.missing} == set(QUIET)
    assert found.reason == "Not worked out: 14 questions it counts are not answered yet."


@pytest.mark.parametrize(
    ("judged", "harm", "level"),
    [
        ("low", "low", "standard"),
        ("medium", "low", "enhanced"),
        ("high", "low", "intensive"),
        ("low", "medium", "enhanced"),
        ("low", "high", "intensive"),
        ("medium", "very_high", "intensive"),
        ("high", "medium", "intensive"),
    ],
)
def test_the_level_comes_from_what_people_judged(judged, harm, level):
    found = indicative(FULL, answers(likelihood_final=judged, serious_harm=harm), LEVEL, on=TODAY)
    assert found.value == level


def test_the_workers_own_value_needs_a_reason_only_when_it_is_another():
    indicated = likelihood()
    assert why_not_final(indicated, "low", reason="") is None
    assert why_not_final(indicated, "medium", reason=" ") == "The rule indicates low. Say why you judge it medium."
    assert why_not_final(indicated, "medium", reason="An older brother comes home in May.") is None
    assert why_not_final(indicative(FULL, {}, LIKELIHOOD, on=TODAY), "high", reason="") is None
    assert why_not_final(None, "high", reason="") is None


@pytest.mark.parametrize(
    ("form", "result", "day", "rule"),
    [
        (FULL, LIKELIHOOD, TODAY, "full_likelihood_1"),
        (FULL, LIKELIHOOD, date(2024, 3, 31), None),
        (FULL, LEVEL, TODAY, "full_level_1"),
        (ASSET, LEVEL, IN_2014, "asset_level_1"),
        (ASSET, LIKELIHOOD, IN_2014, None),
        (load()["filed_national"][-1], LEVEL, TODAY, None),
        (load()["out_of_court"][-1], LIKELIHOOD, TODAY, None),
    ],
)
def test_which_rule_speaks_of_which_form(form, result, day, rule):
    found = rule_for(form, result, on=day)
    assert (found.key if found else None) == rule
    assert (indicative(form, {}, result, on=day) is None) == (rule is None)


def test_how_sure_each_rule_is():
    assert {key: rule.mark for key, rule in rules().items()} == {
        "full_likelihood_1": "check",
        "full_level_1": "check",
        "asset_level_1": "public",
    }
    assert {lift.mark for rule in rules().values() for lift in rule.lifts} == {"check"}


OF_ASSET = st.tuples(
    st.lists(st.integers(0, 4), min_size=16, max_size=16), st.sampled_from(["low", "medium", "high", "very_high"])
)


@given(OF_ASSET, st.sampled_from(PARTS))
def test_a_higher_score_never_lowers_the_level(drawn, part):
    scores, harm = drawn
    before = answers(**dict(zip(PARTS, scores, strict=True)), serious_harm=harm)
    after = before | {part: answer(part, 4)}
    rule = rules()["asset_level_1"]
    places = [rule.place(indicative(ASSET, each, LEVEL, on=IN_2014).value) for each in (before, after)]
    assert places[0] <= places[1]


ANSWERED = st.fixed_dictionaries(
    {key: st.sampled_from(FULL[key].keys) for key in [*QUIET, "substances_offending"]}
).map(lambda drawn: answers(**drawn))


@given(ANSWERED)
def test_a_value_holds_whatever_the_unknown_answers_turn_out_to_be(some):
    found = indicative(FULL, some, LIKELIHOOD, on=TODAY)
    unknown = [key for key, each in some.items() if each.value == "not_known"]
    for place in (0, 1):
        settled = {key: answer(key, FULL[key].keys[place]) for key in unknown}
        again = indicative(FULL, some | settled, LIKELIHOOD, on=TODAY)
        assert found.value in (None, again.value)
        assert again.value is not None


def test_what_is_said_on_little_ground_or_on_legal_advice_is_not_counted():
    assert not {"group", "accepts", "discrimination", "home_where"} & set(rules()["full_likelihood_1"].asks)


# Never computed -------------------------------------------------------------------------------------------------------

NEVER = {Judgement.SERIOUS_HARM, Judgement.SAFETY}
HERE = sorted(Path(assessments.__file__).parent.rglob("*.py"))
NAMES_IN_CODE = re.compile(r"serious_harm|safety|wellbeing", re.IGNORECASE)
WHERE_THEY_ARE_NAMED = {("questions.py", "SERIOUS_HARM"), ("questions.py", "SAFETY")}


def test_only_two_judgements_may_be_indicated():
    assert set(MAY_BE_INDICATED) == set(Judgement) - NEVER


def test_no_rule_has_either_as_its_result_and_no_answer_feeds_either():
    assert {rule.result for rule in rules().values()} <= set(MAY_BE_INDICATED)
    targets = {fed.partition(":")[0] for forms in load().values() for form in forms for q in form for fed in q.feeds}
    assert targets <= {*LISTS_FED, *MAY_BE_INDICATED}


def test_each_is_asked_of_a_person_with_a_rating_and_a_reason():
    for forms in load().values():
        for form in forms:
            asked = [form.judging(judgement) for judgement in NEVER if form.judging(judgement)]
            assert all(question.type is Type.RATING for question in asked)
            assert all(f"{q.key}_reason" in form or form.beside_document for q in asked)


def names_in(path):
    """Names and strings of code that speak of either, without what is said of the module and its parts."""
    for node in ast.walk(ast.parse(path.read_text())):
        words = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "arg", None)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            words = node.value
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            words = node.name
        if isinstance(words, str) and NAMES_IN_CODE.search(words):
            yield path.name, words


def test_no_code_of_assessments_speaks_of_either_but_where_the_judgements_are_named():
    assert len(HERE) >= 6
    found = {each for path in HERE for each in names_in(path)}
    assert {(name, words.upper()) for name, words in found} == WHERE_THEY_ARE_NAMED


def test_code_that_would_compute_one_would_be_found(tmp_path):
    (tmp_path / "rules.py").write_text("def f(answers):\n    return {'safety': 1, answers.serious_harm: 2}\n")
    assert {words for _, words in names_in(tmp_path / "rules.py")} == {"safety", "serious_harm"}


OF_CHOICES = [q for q in FULL if q.keys and q.type is not Type.CHOICES and q.judges not in NEVER]
OTHERS = st.dictionaries(st.sampled_from(OF_CHOICES), st.integers(0, 3), max_size=40).map(
    lambda drawn: {q.key: answer(q.key, q.keys[n % len(q.keys)]) for q, n in drawn.items()}
)


@given(OTHERS, st.sampled_from([None, "low", "very_high"]))
def test_whatever_else_is_answered_they_stay_as_a_person_left_them(others, judged):
    theirs = answers(serious_harm=judged, safety=judged) if judged else {}
    opened = carried(Sheet(FULL, {**others, **theirs}), FULL).answers
    for key in ("serious_harm", "safety"):
        assert (opened[key].value if key in opened else None) == judged
    results = [indicative(FULL, {**others, **theirs}, result, on=TODAY) for result in Judgement]
    assert {found.result for found in results if found} == set(MAY_BE_INDICATED)


# Wrong ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ruled(tmp_path):
    """Reads the rules with the last one changed; None takes a name out."""

    def reading(**changed):
        whole = yaml.safe_load(FILE.read_text())
        whole["rules"][-1] = {k: v for k, v in {**whole["rules"][-1], **changed}.items() if v is not None}
        (tmp_path / "indicative.yaml").write_text(yaml.safe_dump(whole))
        return read(tmp_path / "indicative.yaml")

    return reading


def test_as_they_stand_they_can_be_read(ruled):
    assert ruled() == rules()


COUNTS = [{"question": part} for part in PARTS]
LIFT = {"question": "serious_harm", "is": ["high"], "at_least": "intensive", "mark": "check"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"result": "serious_harm"}, "result must be level or likelihood, and is 'serious_harm'."),
        ({"result": "safety"}, "result must be level or likelihood, and is 'safety'."),
        ({"result": "likelihood"}, "asset has no question in which a person judges likelihood."),
        ({"colour": "red"}, "colour is not known here."),
        ({"source": None}, "source must be given."),
        ({"key": "A b"}, "key must be small letters, digits and single underscores."),
        ({"key": "full_level_1"}, "full_level_1 is given twice; a key has one meaning for good."),
        ({"mark": "sure"}, "mark must be check, law or public, and is 'sure'."),
        ({"form": "fruit"}, "form must be asset,"),
        ({"versions": [2]}, "versions must be 1, and is '2'."),
        ({"until": date(1999, 1, 1)}, "until 1999-01-01 is before since 2000-04-01."),
        ({"counts": COUNTS[:-1]}, "must count living, family,"),
        ({"counts": [*COUNTS, {"question": "level_final"}]}, "must count living, family,"),
        ({"counts": [{"question": "living", "points": {"low": 1}}, *COUNTS[1:]]}, "living: points go with a question of one choice, none with a number."),
        ({"counts": [{"question": "living", "points": {"low": "x"}}, *COUNTS[1:]]}, "points must be whole numbers, and low is not."),
        ({"bands": [{"value": "huge", "from": 0}]}, "value must be enhanced, intensive or standard, and is 'huge'."),
        ({"bands": [{"value": "intensive", "from": 33}, {"value": "standard", "from": 0}]}, "bands must stand from the lowest to the highest."),
        ({"lifts": [{**LIFT, "is": ["extreme"]}]}, "serious_harm must be high, low, medium or very_high, and is 'extreme'."),
        ({"lifts": [{**LIFT, "at_least": "huge"}]}, "at_least must be enhanced, intensive or standard, and is 'huge'."),
        ({"lifts": [{**LIFT, "mark": "sure"}]}, "mark must be check, law or public, and is 'sure'."),
    ],
)  # fmt: skip
def test_a_rule_that_is_wrong_is_told_with_what_was_expected(ruled, changed, sentence):
    with pytest.raises(Unreadable) as told:
        ruled(**changed)
    assert str(told.value).startswith("indicative.yaml: ")
    assert sentence in str(told.value)


def test_points_are_given_for_every_choice(tmp_path):
    whole = yaml.safe_load(module.FILE.read_text())
    del whole["rules"][0]["counts"][0]["points"]["none"]
    (tmp_path / "indicative.yaml").write_text(yaml.safe_dump(whole))
    with pytest.raises(
        Unreadable, match="earlier_outcomes: points must be given for none, one, two_or_three and four_or_more."
    ):
        read(tmp_path / "indicative.yaml")


@pytest.mark.parametrize("lifting", ["substances_offending", "weapon"])
def test_only_what_is_always_asked_and_known_lifts(tmp_path, lifting):
    whole = yaml.safe_load(FILE.read_text())
    whole["rules"][0]["lifts"] = [{"question": lifting, "is": ["yes"], "at_least": "medium", "mark": "check"}]
    (tmp_path / "indicative.yaml").write_text(yaml.safe_dump(whole))
    with pytest.raises(Unreadable, match=f"{lifting} lifts, so it must always be asked and its answer be known."):
        read(tmp_path / "indicative.yaml")


def test_rules_to_be_reviewed_before_they_were_checked_are_wrong(tmp_path):
    whole = yaml.safe_load(module.FILE.read_text()) | {"next_review": date(2026, 11, 28)}
    (tmp_path / "indicative.yaml").write_text(yaml.safe_dump(whole))
    with pytest.raises(Unreadable, match="indicative.yaml: next_review 2026-11-28 is not after checked 2026-11-28"):
        read(tmp_path / "indicative.yaml")
