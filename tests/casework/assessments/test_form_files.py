"""Forms as files: which there are, which is the latest, what is frozen, and the sentence for each way to be wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml

from tests.casework.assessments.forms import YES_NO, asking, raw, small
from waypost.casework.assessments import definitions, indicative
from waypost.casework.assessments.definitions import (
    digest_of,
    form_of,
    frozen,
    in_use,
    latest,
    load,
    meant_for,
    read,
    version,
    versions,
    why_not_begin,
    why_not_frozen,
)
from waypost.casework.assessments.questions import DRAFT, PUBLISHED, Judgement, Type
from waypost.casework.outcomes.definitions import Family
from waypost.kernel.definition_files import Unreadable

TODAY = date(2026, 11, 28)
CHOICES = {"type": "choice", "choices": [{"key": "one", "words": "One"}, {"key": "two", "words": "Two"}]}


def test_the_forms_there_are():
    assert set(load()) == {
        "full",
        "out_of_court",
        "self_child",
        "self_carer",
        "health_screening",
        "communication_screening",
        "filed_national",
        "asset",
    }
    assert {form.key for form in in_use(TODAY)} == set(load()) - {"asset"}


@pytest.mark.parametrize(
    ("family", "keys"),
    [
        (Family.PREVENTION, ["out_of_court"]),
        (Family.DIVERSION, ["out_of_court"]),
        (Family.CAUTION, ["out_of_court"]),
        (Family.FIRST_TIER, ["full"]),
        (Family.COMMUNITY, ["full"]),
        (Family.CUSTODY, ["full"]),
    ],
)
def test_which_assessment_is_meant_for_which_outcome(family, keys):
    assert [form.key for form in meant_for(family, on=TODAY)] == keys


@pytest.mark.parametrize(
    ("key", "day", "there"),
    [
        ("full", date(2024, 3, 31), False),
        ("full", date(2024, 4, 1), True),
        ("asset", date(2000, 3, 31), False),
        ("asset", date(2014, 6, 2), True),
        ("asset", date(2016, 12, 31), True),
        ("asset", date(2017, 1, 1), False),
        ("filed_national", date(2015, 8, 31), False),
        ("filed_national", date(2015, 9, 1), True),
    ],
)
def test_the_latest_version_on_a_day(key, day, there):
    found = latest(key, on=day)
    assert (found is not None) == there
    assert found is None or found.number == 1


def three_versions(tmp_path, **of_third):
    folder = tmp_path / "small"
    folder.mkdir()
    first = raw(asking("home"), until=date(2024, 12, 31))
    second = raw(asking("home"), asking("school"), since=date(2025, 1, 1))
    third = raw(asking("house", was=["home"]), **{"status": DRAFT, "since": date(2026, 1, 1), **of_third})
    for number, each in enumerate((first, second, third), start=1):
        (folder / f"{number}.yaml").write_text(yaml.safe_dump(each))
    return versions(folder)


def test_a_draft_is_never_the_latest_and_an_older_version_is_found_by_its_number(tmp_path, monkeypatch):
    forms = three_versions(tmp_path)
    monkeypatch.setattr(definitions, "load", lambda: {"small": forms})
    assert [form.number for form in forms] == [1, 2, 3]
    assert latest("small", on=date(2024, 12, 31)).number == 1
    assert latest("small", on=date(2025, 1, 1)).number == 2
    assert latest("small", on=TODAY).number == 2
    assert latest("small", on=date(2024, 3, 31)) is None
    assert version("small", 1) is forms[0] and version("small", 3).status == DRAFT
    with pytest.raises(KeyError, match="version 4 of the form small"):
        version("small", 4)


def test_of_two_versions_that_overlap_the_later_is_the_latest(monkeypatch):
    forms = small(asking("home")), small(asking("home"), since=date(2025, 1, 1), number=2)
    monkeypatch.setattr(definitions, "load", lambda: {"small": forms})
    assert latest("small", on=date(2024, 12, 31)) is forms[0]
    assert latest("small", on=date(2025, 1, 1)) is forms[1]


def test_why_a_version_may_not_be_begun(tmp_path):
    first, second, draft = three_versions(tmp_path)
    assert why_not_begin(first, on=date(2024, 4, 1)) is None
    assert (
        why_not_begin(first, on=date(2025, 1, 1))
        == "Small form, version 1, was used until 31 December 2024. Take a later one."
    )
    assert why_not_begin(second, on=date(2024, 12, 31)) == "Small form, version 2, is used from 1 January 2025."
    assert (
        why_not_begin(draft, on=TODAY)
        == "Small form, version 3, is a draft. It can be read, and answered once it is published."
    )


@pytest.mark.parametrize(
    ("third", "sentence"),
    [
        ([asking("house", was=["hut"])], "small/3.yaml: house: was: no earlier version asks hut."),
        ([asking("house", was=["house"])], "small/3.yaml: house: was: no earlier version asks house."),
    ],
)  # fmt: skip
def test_what_a_question_was_is_asked_in_an_earlier_version(tmp_path, third, sentence):
    with pytest.raises(Unreadable, match=sentence):
        three_versions(tmp_path, **raw(*third, since=date(2026, 1, 1)))


def test_a_question_that_was_renamed_twice_says_both_names(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    for number, question in enumerate(
        (asking("hut"), asking("house", was=["hut"]), asking("home", was=["house"])), start=1
    ):
        (folder / f"{number}.yaml").write_text(yaml.safe_dump(raw(question)))
    with pytest.raises(Unreadable, match="small/3.yaml: home: was: must name hut too, which it was before."):
        versions(folder)


def test_no_version_is_left_out(tmp_path):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "2.yaml").write_text(yaml.safe_dump(raw(asking("home"))))
    with pytest.raises(Unreadable, match="small: its files must be 1.yaml, 2.yaml and so on, with none left out."):
        versions(tmp_path / "small")


@pytest.mark.parametrize("name", ["small/one.yaml", "Small/1.yaml", "small/1.2.yaml"])
def test_the_name_of_a_file_is_its_key_and_number(tmp_path, name):
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(yaml.safe_dump(raw(asking("home"))))
    with pytest.raises(Unreadable, match=f"{name}: must lie in a folder named by its key"):
        read(tmp_path / name)


# Frozen ---------------------------------------------------------------------------------------------------------------


def published():
    yield from (
        (f"{form.key}/{form.number}", form.digest)
        for forms in load().values()
        for form in forms
        if form.status == PUBLISHED
    )
    yield from ((f"indicative/{rule.key}", rule.digest) for rule in indicative.rules().values())


@pytest.mark.parametrize(("name", "digest"), list(published()))
def test_what_was_published_has_not_changed(name, digest):
    assert why_not_frozen(name, digest, frozen()) is None


def test_nothing_is_frozen_that_there_is_not():
    assert set(frozen()) == {name for name, _ in published()}


def test_what_freezing_says():
    assert why_not_frozen("full/2", "abc", {}) == "full/2 is published and not in frozen.yaml. Add full/2: abc"
    assert (
        why_not_frozen("full/2", "abc", {"full/2": "abd"})
        == "full/2 was published and has been changed. Take the change back and make a new version of it."
    )
    assert why_not_frozen("full/2", "abc", {"full/2": "abc"}) is None


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"next_review": date(2028, 1, 1)}, True),
        ({"checked": date(2026, 6, 1)}, True),
        ({"until": date(2027, 1, 1)}, True),
        ({"welsh_checked": True}, True),
        ({"name": "Another name"}, False),
        ({"disclosure": "professionals"}, False),
        ({"sections": raw(asking("home", guidance="Look."))["sections"]}, False),
        ({"sections": raw(asking("home", words="What of home"))["sections"]}, False),
    ],
)
def test_what_may_change_in_a_published_version(changed, same):
    assert (digest_of(raw(asking("home"), **changed)) == digest_of(raw(asking("home")))) == same


def test_the_order_of_names_in_a_file_is_nothing():
    whole = raw(asking("home"))
    assert digest_of(dict(reversed(whole.items()))) == digest_of(whole)


def test_the_order_of_questions_is_something():
    assert digest_of(raw(asking("a"), asking("b"))) != digest_of(raw(asking("b"), asking("a")))


# Wrong ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"colour": "red"}, "small/1.yaml: colour is not known here."),
        ({"source": None}, "small/1.yaml: source must be given."),
        ({"status": "ready"}, "small/1.yaml: status must be draft or published, and is 'ready'."),
        ({"mark": "sure"}, "small/1.yaml: mark must be check, law or public, and is 'sure'."),
        ({"until": date(2024, 3, 31)}, "small/1.yaml: until 2024-03-31 is before since 2024-04-01."),
        ({"next_review": date(2026, 1, 1)}, "small/1.yaml: next_review 2026-01-01 is not after checked 2026-01-01."),
        ({"families": ["adult"]}, "small/1.yaml: families must be caution, community,"),
        ({"who": ["judge"]}, "small/1.yaml: section 1, only: question 1, home: who must be "),
        ({"disclosure": "all"}, "small/1.yaml: section 1, only: question 1, home: disclosure must be carer, child, court,"),
        ({"stages": [{"key": "A b", "words": "Start"}]}, "small/1.yaml: stage 1: key must be small letters, digits and single underscores, and is 'A b'."),
        ({"stages": [{"key": "start", "words": "Start"}] * 2}, "small/1.yaml: start is given twice; a key has one meaning for good."),
        ({"sections": [{"key": "one", "title": "One"}]}, "small/1.yaml: section 1: questions must be given."),
        ({"sections": [{"key": "one", "title": "One", "questions": []}] * 2}, "small/1.yaml: one is given twice;"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_is_told_with_what_was_expected(changed, sentence):
    with pytest.raises(Unreadable) as told:
        form_of("small", 1, raw(asking("home"), **changed))
    assert str(told.value).startswith(sentence)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"colour": "red"}, "colour is not known here."),
        ({"key": "A b"}, "key must be small letters"),
        ({"key": "first"}, "first is given twice; a key has one meaning for good."),
        ({"type": "essay"}, "type must be adverse_outcomes, behaviours,"),
        ({"asked_at": ["middle"]}, "asked_at must be review or start, and is 'middle'."),
        ({"asked_at": ["review"], "needed_at": ["start"]}, "needed_at must be review, and is 'start'."),
        ({"type": "choice"}, "choices, or a list of them, go together with"),
        ({"choices": CHOICES["choices"]}, "choices, or a list of them, go together with"),
        ({**CHOICES, "list": "sexes"}, "choices or list must be given, not both."),
        ({"type": "choice", "list": "fruit"}, "list must be accommodation_types,"),
        ({"type": "choice", "choices": CHOICES["choices"] * 2}, "one and two is given twice;"),
        ({"type": "pictures", "choices": CHOICES["choices"]}, "each choice must have a picture."),
        ({"picture": "dragon"}, "picture must be "),
        ({"least": 1}, "least and most are of a number."),
        ({"applies": [{"question": "later", "is": ["yes"]}]}, "applies 1: no earlier question is called later."),
        ({"applies": [{"question": "words", "is": ["yes"]}]}, "applies 1: words must be a question with choices, and is text."),
        ({"applies": [{"question": "first", "is": ["maybe"]}]}, "applies 1: is must be no, not_known or yes, and is 'maybe'."),
        ({"feeds": ["weather"]}, "feeds must be factor, level, likelihood, need, readiness or screening, and is 'weather'."),
        ({"feeds": ["serious_harm"]}, "feeds must be factor, level, likelihood, need, readiness or screening, and is 'serious_harm'."),
        ({"feeds": ["safety:home"]}, "feeds must be factor, need, readiness or screening, and is 'safety'."),
        ({"feeds": ["factor:weather"]}, "feeds factor must be anger,"),
        ({"feeds": ["factor"]}, "feeds factor must be followed by a key, as factor:home."),
        ({"judges": "guilt"}, "judges must be level, likelihood, safety or serious_harm, and is 'guilt'."),
        ({**YES_NO, "at_once": ["maybe"]}, "at_once must be no, not_known or yes, and is 'maybe'."),
        ({"who": ["child"]}, "a child or a carer reads it, so it stands in English and in Welsh: 'What of home?'."),
        ({"who": ["carer"], "cy": "Beth?", "guidance": "Say."}, "a child or a carer reads it, so it stands in English and in Welsh: 'Say.'."),
        ({"who": ["child"], "cy": "Beth?", **CHOICES}, "one: a child or a carer reads it, so it stands in English and in Welsh: 'One'."),
        ({"who": ["child"], "cy": "Beth?", "type": "rating"}, "low: a child or a carer reads it"),
        ({"who": ["child"], "cy": "Beth?", "type": "substances"}, "substance: a child or a carer reads it"),
    ],
)  # fmt: skip
def test_a_question_that_is_wrong_is_told_with_its_place(said, sentence):
    with pytest.raises(Unreadable) as told:
        small(asking("first", **YES_NO), asking("words"), asking("home") | said)
    assert str(told.value).startswith("small/1.yaml: ")
    assert sentence in str(told.value)


def test_what_a_child_reads_has_a_section_and_a_form_with_names_in_both_languages():
    child = asking("home", who=["child"], cy="Beth am gartref?")
    with pytest.raises(Unreadable, match="section 1, only: a child or a carer reads it"):
        small(child)
    section = {"key": "only", "title": "Only", "cy": "Yr unig un", "questions": [child]}
    with pytest.raises(Unreadable, match="small/1.yaml: name_for_child and name_for_child_cy must be given"):
        small(sections=[section])
    assert small(sections=[section], name_for_child="Me", name_for_child_cy="Fi")["home"].is_for_family


def test_a_judgement_is_asked_for_once():
    with pytest.raises(Unreadable, match="small/1.yaml: judges: one question asks for each judgement."):
        small(asking("one", type="rating", judges="safety"), asking("two", type="rating", judges="safety"))


def test_what_a_form_and_a_section_say_holds_unless_a_question_says_otherwise():
    sections = [
        {"key": "one", "title": "One", "questions": [asking("a"), asking("b", who=["health"], disclosure="court")]},
        {
            "key": "two",
            "title": "Two",
            "who": ["police"],
            "disclosure": "professionals",
            "asked_at": ["review"],
            "questions": [asking("c")],
        },
    ]
    form = small(sections=sections)
    assert (form["a"].who, form["a"].disclosure, form["a"].asked_at) == (
        ("practitioner",),
        "child",
        ("start", "review"),
    )
    assert (form["b"].who, form["b"].disclosure) == (("health",), "court")
    assert (form["c"].who, form["c"].disclosure, form["c"].asked_at) == (("police",), "professionals", ("review",))
    assert [question.key for question in form] == ["a", "b", "c"]
    assert "a" in form and "d" not in form
    with pytest.raises(KeyError, match="d in the form small, version 1"):
        form["d"]


def test_the_choices_of_a_type_come_from_its_list():
    form = small(
        asking("a", type="rating", judges="safety"),
        asking("b", type="likelihood"),
        asking("c", **YES_NO),
        asking("d", **CHOICES),
    )
    assert form["a"].keys == ("low", "medium", "high", "very_high")
    assert form["b"].keys == ("low", "medium", "high")
    assert form["c"].keys == ("yes", "no", "not_known")
    assert form["d"].keys == ("one", "two")
    assert form.judging(Judgement.SAFETY).key == "a" and form.judging(Judgement.LEVEL) is None


def test_every_published_form_is_looked_at_again_and_says_where_it_comes_from():
    for forms in load().values():
        for form in forms:
            assert form.next_review - form.checked <= timedelta(days=2 * 366)
            assert form.source.endswith(".") and form.about.endswith(".")


def test_every_type_is_used_by_some_form():
    assert {question.type for forms in load().values() for form in forms for question in form} == set(Type)
