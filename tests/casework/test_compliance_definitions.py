"""The routes as they are written: what each provides for, in which words, and the sentence for each way a file can be wrong."""

from __future__ import annotations

import re
from datetime import date

import pytest
import yaml

from tests.ui.test_words_used import words_not_used
from waypost.casework.compliance.definitions import ROUTES, STEPS, VOLUNTARY, load, read
from waypost.casework.marks import MARKS
from waypost.kernel.definition_files import Unreadable

ROUTE_KEYS = {
    "none",
    "referral_order",
    "youth_rehabilitation",
    "detention_training",
    "licence",
    "reparation",
    "conditional_caution",
    "bail",
}
NOT_FOR_VOLUNTARY_WORK = re.compile(r"fail|warn|breach|comply|complian|court|police|offence", re.IGNORECASE)


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


def written(key):
    return yaml.safe_load((ROUTES / f"{key}.yaml").read_text())


def test_there_is_one_route_for_each_kind_of_order():
    assert set(load()) == ROUTE_KEYS
    assert all(route.key == key for key, route in load().items())


def test_every_step_of_the_rules_is_in_a_file_and_no_other():
    assert {key for route in load().values() for key in route.keys} == STEPS


@pytest.mark.parametrize(
    ("key", "answer", "duty", "also"),
    [
        ("referral_order", "panel", "", {"court"}),
        ("youth_rehabilitation", "warn", "court", {"exceptional"}),
        ("detention_training", "court", "", set()),
        ("licence", "recall", "", set()),
        ("reparation", "court", "", set()),
        ("conditional_caution", "tell_police", "", set()),
        ("bail", "tell_police", "", {"court"}),
    ],
)
def test_what_each_law_provides_for(key, answer, duty, also):
    route = load()[key]
    assert (route.answer, route.duty, route.counted_word, route.voluntary) == (answer, duty, "failure", False)
    assert set(route.keys) == {"re_engage", "judge", "excuse", "change_plan", answer, *also} | ({duty} - {""})


def test_only_a_youth_rehabilitation_order_has_warnings():
    assert [key for key, route in load().items() if "warn" in route.keys] == ["youth_rehabilitation"]
    assert load()["youth_rehabilitation"].warned_months == 12


def test_voluntary_work_has_nothing_but_asking_again_another_plan_and_an_end():
    none = load()["none"]
    assert none.voluntary
    assert set(none.keys) == VOLUNTARY == {"re_engage", "change_plan", "end_by_agreement"}
    assert not none.counts_failures


def test_voluntary_work_is_not_spoken_of_in_the_words_of_orders():
    assert [text for text in texts_of(written("none")) if NOT_FOR_VOLUNTARY_WORK.search(text)] == []


def test_every_route_follows_up_first_and_in_the_same_time():
    first = {(route.steps[0].key, route.steps[0].days, route.steps[0].unit) for route in load().values()}
    assert first == {("re_engage", 1, "working_days")}


@pytest.mark.parametrize("key", sorted(ROUTE_KEYS))
def test_every_figure_has_a_source_and_a_mark(key):
    route = load()[key]
    assert all(step.source and step.mark in MARKS for step in route.steps)
    assert route.source
    assert route.checked < route.next_review
    assert isinstance(route.checked, date)


@pytest.mark.parametrize("key", sorted(ROUTE_KEYS))
def test_no_word_is_used_that_the_glossary_leaves_out(key):
    assert [found for text in texts_of(written(key)) for found in words_not_used(text)] == []


@pytest.mark.parametrize(
    ("key", "old", "new", "sentence"),
    [
        ("none", "look_again_after: 2", "", "none.yaml: voluntary: voluntary work knows change_plan, end_by_agreement"),
        ("none", "key: end_by_agreement", "key: warn", "none.yaml: warned_months: goes together with a step warn."),
        ("none", "key: end_by_agreement", "key: court", "none.yaml: voluntary: voluntary work knows"),
        ("bail", "counted_word: failure", "", "bail.yaml: voluntary: counted_word, answer, judge and excuse must be"),
        ("bail", "answer: tell_police", "answer: panel", "bail.yaml: steps: panel is named and is none of them."),
        ("bail", "key: judge", "key: re_engage", "bail.yaml: keys: re_engage is given twice"),
        ("bail", "key: judge", "key: ponder", "bail.yaml: ponder: key must be"),
        ("bail", "mark: law", "mark: sure", "bail.yaml: mark must be check, law or public, and is 'sure'."),
        ("bail", "unit: working_days", "unit: weeks", "bail.yaml: re_engage: unit must be"),
        ("bail", "days: 1\n", "days: one\n", "bail.yaml: re_engage: days must be a whole number, and is 'one'."),
        ("bail", "days: 1\n", "days: -1\n", "bail.yaml: re_engage: days must be 0 or more, and is -1."),
        ("bail", "not come on {days}", "not come on {dayz}", "bail.yaml: re_engage: why may leave open days, on and"),
        ("bail", "next_review: 2027", "next_review: 2025", "bail.yaml: next_review: must be after checked."),
        ("bail", "name: ", "nome: ", "bail.yaml: nome is not known here."),
        ("youth_rehabilitation", "duty: court\n", "", "youth_rehabilitation.yaml: duty: goes together with"),
        ("youth_rehabilitation", "warned_months: 12\n", "", "warned_months: goes together with a step warn."),
    ],
)
def test_a_file_that_is_wrong_says_where(key, old, new, sentence, tmp_path):
    text = (ROUTES / f"{key}.yaml").read_text()
    assert old in text
    (tmp_path / f"{key}.yaml").write_text(text.replace(old, new))
    with pytest.raises(Unreadable, match=re.escape(sentence)):
        read(tmp_path / f"{key}.yaml")


def test_a_step_a_route_does_not_have_is_named_with_the_route():
    with pytest.raises(KeyError, match="warn in the route bail"):
        load()["bail"].step("warn")
