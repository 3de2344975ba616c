"""Offences as they are kept: categories, two scales apart, days, and what a worker types to find one."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from tests.ui.test_words_used import words_not_used
from waypost.casework.marks import MARKS
from waypost.casework.offences.definitions import FILE, categories, load, matching, on, scales
from waypost.kernel.definition_files import Unreadable

TODAY = date(2026, 11, 28)
TYPES = load()
NATIONAL = [
    "Violence against the person",
    "Sexual offences",
    "Robbery",
    "Domestic burglary",
    "Non-domestic burglary",
    "Vehicle theft",
    "Theft and handling",
    "Fraud and forgery",
    "Arson",
    "Criminal damage",
    "Drugs",
    "Public order",
    "Racially aggravated",
    "Motoring",
    "Breach of bail",
    "Breach of statutory order",
    "Breach of conditional discharge",
    "Death or injury by dangerous driving",
    "Other",
]


def test_the_national_categories():
    assert list(categories().values()) == NATIONAL


def test_every_category_has_a_type_and_every_type_a_category():
    assert {one.category for one in TYPES.values()} == set(categories())
    assert len(TYPES) >= 90


def test_no_two_types_read_alike():
    words = Counter(one.words for one in TYPES.values())
    assert [word for word, times in words.items() if times > 1] == []
    assert all(key == one.key for key, one in TYPES.items())


@pytest.mark.parametrize(("scale", "least", "most"), [("seriousness", 1, 8), ("gravity", 1, 5)])
def test_every_score_is_on_its_scale_and_says_how_sure_it_is(scale, least, most):
    assert (scales()[scale].least, scales()[scale].most) == (least, most)
    for one in TYPES.values():
        scores = getattr(one, scale)
        assert scores
        assert all(least <= score.score <= most and score.mark in MARKS for score in scores)
        assert all(before.until < after.since for before, after in pairwise(scores))


def test_no_type_uses_a_word_the_glossary_leaves_out():
    assert words_not_used(FILE.read_text()) == []


@pytest.mark.parametrize(
    ("key", "day", "seriousness", "gravity"),
    [
        ("robbery", date(2004, 3, 31), None, None),
        ("robbery", date(2004, 4, 1), 6, None),
        ("robbery", date(2023, 9, 30), 6, None),  # the day before the police's scale ran to 5
        ("robbery", date(2023, 10, 1), 6, 5),
        ("assault_emergency_worker", date(2018, 11, 12), None, None),  # not an offence of its own yet
        ("assault_emergency_worker", date(2018, 11, 13), 4, None),
        ("cyberflashing", date(2024, 1, 30), None, None),
        ("cyberflashing", date(2024, 1, 31), 4, 4),
    ],
)
def test_a_score_holds_from_a_day(key, day, seriousness, gravity):
    assert (TYPES[key].score_on(day), TYPES[key].gravity_on(day)) == (seriousness, gravity)


def test_a_new_offence_is_not_offered_for_a_day_before_it():
    assert "strangulation" not in {one.key for one in on(date(2022, 6, 6))}
    assert "strangulation" in {one.key for one in on(date(2022, 6, 7))}


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("abh", {"actual_bodily_harm", "racial_assault_injury"}),
        ("ABH ", {"actual_bodily_harm", "racial_assault_injury"}),
        ("s47", {"actual_bodily_harm"}),
        ("knife", {"bladed_article", "bladed_article_school", "threaten_with_weapon", "prohibited_weapon_private"}),
        ("spray paint", {"damage", "damage_over_5000", "threat_to_damage", "racial_damage"}),
        ("graff", {"damage", "damage_over_5000", "threat_to_damage", "racial_damage"}),
        ("twoc", {"take_without_consent", "aggravated_taking", "carried_in_vehicle"}),
        ("county lines", {"supply_class_a", "intent_to_supply_class_a", "supply_class_b"}),
        ("class a having", {"possession_class_a", "intent_to_supply_class_a"}),
        ("xyzzy", set()),
        ("", set()),
        (" - ", set()),
    ],
)
def test_what_a_worker_types(typed, keys):
    assert keys <= {one.key for one in matching(typed, TODAY)}
    assert keys or not matching(typed, TODAY)


def test_the_name_itself_comes_first():
    assert matching("robbery", TODAY)[0].key == "robbery"
    assert matching("break in", TODAY)[0].key == "burglary_dwelling"
    assert [one.key for one in matching("shoplifting", TODAY)] == ["theft_from_shop"]


def test_nothing_is_found_that_was_no_offence_that_day():
    assert "cyberflashing" not in {one.key for one in matching("flash", date(2023, 1, 1))}


def test_what_is_not_listed_is_said_in_words():
    assert [one.key for one in TYPES.values() if one.needs_words] == ["other_offence"]


LINE = "  - {key: robbery, words: Robbery, category: robbery, seriousness: 6, gravity: 5, "


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("key: assault_to_rob,", "key: robbery,", "offences.yaml: robbery is given twice"),
        (LINE, LINE.replace("seriousness: 6", "seriousness: 9"), "robbery: seriousness must be from 1 to 8, and is 9."),
        (LINE, LINE.replace("gravity: 5", "gravity: 0"), "robbery: gravity must be from 1 to 5, and is 0."),
        (LINE, LINE.replace("gravity: 5", "gravity: high"), "robbery: gravity must be a number, or a list of scores"),
        (LINE, LINE.replace(" gravity: 5,", ""), "robbery: gravity must be a number, or a list of scores"),
        (LINE, LINE.replace("category: robbery", "category: mugging"), "robbery: category must be"),
        (LINE, LINE + "colour: red, ", "robbery: colour is not known here."),
        (
            LINE,
            LINE + "since: 2020-01-02, until: 2020-01-01, ",
            "robbery: until 2020-01-01 is before since 2020-01-02.",
        ),
        (LINE, LINE.replace("key: robbery", "key: Robbery"), "must have a key of small letters"),
        (
            LINE,
            LINE.replace(
                "seriousness: 6", "seriousness: [{score: 5, since: 2010-01-01}, {score: 6, since: 2015-01-01}]"
            ),
            "robbery: seriousness: the score from 2015-01-01 begins before the one from 2010-01-01 has ended.",
        ),
        (
            LINE,
            LINE.replace(
                "seriousness: 6",
                "seriousness: [{score: 5, since: 2010-01-01, until: 2015-01-01}, {score: 6, since: 2015-01-01}]",
            ),
            "robbery: seriousness: the score from 2015-01-01 begins before the one from 2010-01-01 has ended.",
        ),
        (
            LINE,
            LINE.replace("gravity: 5", "gravity: [{score: 4, since: 2013-03-01}]"),
            "robbery: gravity: the scale begins on 2023-10-01, after 2013-03-01.",
        ),
        ("next_review: 2027", "next_review: 2025", "next_review must be after checked."),
        ("mark: check\nchecked", "mark: sure\nchecked", "mark must be check, law or public, and is 'sure'."),
    ],
)
def test_a_file_that_is_wrong_says_where(old, new, sentence, tmp_path):
    text = FILE.read_text()
    assert old in text
    (tmp_path / "offences.yaml").write_text(text.replace(old, new))
    with pytest.raises(Unreadable, match=re.escape(sentence)):
        load(tmp_path / "offences.yaml")


def test_a_score_that_changes_holds_until_its_last_day(tmp_path):
    versions = (
        "seriousness: [{score: 5, since: 2010-01-01, until: 2014-12-31}, {score: 6, since: 2015-01-01, mark: public}]"
    )
    (tmp_path / "offences.yaml").write_text(FILE.read_text().replace(LINE, LINE.replace("seriousness: 6", versions)))
    robbery = load(tmp_path / "offences.yaml")["robbery"]
    days = [date(2009, 12, 31), date(2010, 1, 1), date(2014, 12, 31), date(2015, 1, 1)]
    assert [robbery.score_on(day) for day in days] == [None, 5, 5, 6]
    assert [score.mark for score in robbery.seriousness] == ["check", "public"]
