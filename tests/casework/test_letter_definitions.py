"""The letters as they are written: which there are, what they leave open, and the sentence for each way a file can be wrong."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import pytest

from tests.ui.test_words_used import words_not_used
from waypost.casework.letters import words
from waypost.casework.letters.definitions import CHANNELS, FIELDS, GAP, GAPS, LANGUAGES, LETTERS, filled, load, read
from waypost.kernel.definition_files import Unreadable

KEYS = {
    "appointment",
    "changed_appointment",
    "missed_appointment",
    "warning_youth_rehabilitation",
    "warning_youth_rehabilitation_further",
    "missed_detention_training",
    "closing",
    "carer_appointment",
    "court_date",
}
NOT_FOR_A_CHILD_WHO_IS_ASKED_BACK = re.compile(r"fail|warn|breach|comply|complian|court|police|offence", re.IGNORECASE)
LONG_WORD, LONG_SENTENCE = 14, 32  # letters; words
MEANT = {"rehabilitation"}  # what the order is called


def all_words():
    for letter in load().values():
        for language in LANGUAGES:
            wording = letter.wording(language)
            for name, said in (("title", wording.title), ("letter", wording.letter), ("text", wording.text)):
                yield letter, language, name, said


def test_there_is_one_letter_for_each_occasion():
    assert set(load()) == KEYS
    assert all(letter.key == key for key, letter in load().items())


def test_every_field_is_left_open_somewhere_and_has_a_gap():
    used = {name for _, _, _, said in all_words() for name in re.findall(r"\{(\w+)\}", said)}
    assert used == set(FIELDS) == set(GAPS)
    assert all(GAP.fullmatch(gap) for gap in GAPS.values())


def test_no_welsh_is_said_to_be_checked_that_nobody_has_checked():
    assert [letter.key for letter in load().values() if letter.welsh.checked] == []
    assert all(letter.english.checked for letter in load().values())


def test_both_languages_leave_the_same_open():
    for letter in load().values():
        for channel in letter.channels:
            left = [set(re.findall(r"\{(\w+)\}", letter.wording(one).on(channel))) for one in LANGUAGES]
            assert left[0] == left[1], (letter.key, channel)


def test_a_text_says_nothing_of_the_service_to_whoever_else_reads_the_telephone():
    for letter in load().values():
        for language in LANGUAGES:
            said = letter.wording(language).text
            assert "{service}" not in said and "{order}" not in said
            assert len(said) <= 320


def test_plain_words():
    """Short sentences of short words, none of those that are not used."""
    for letter, language, name, said in all_words():
        assert words_not_used(said) == [], letter.key
        if language == "english":
            for sentence in re.split(r"[.?!:]\s", re.sub(r"\{\w+\}", "it", said)):
                assert len(sentence.split()) <= LONG_SENTENCE, (letter.key, name, sentence)
            long = {word for word in re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", said)) if len(word) >= LONG_WORD}
            assert long <= MEANT, (letter.key, long)


def test_whoever_missed_a_contact_is_asked_and_not_threatened():
    said = load()["missed_appointment"].english
    assert not NOT_FOR_A_CHILD_WHO_IS_ASKED_BACK.search(f"{said.title} {said.letter} {said.text}")


def test_a_letter_with_an_effect_says_it_and_where_it_is_written():
    with_effect = {key for key, letter in load().items() if letter.effect}
    assert with_effect == {
        "warning_youth_rehabilitation",
        "warning_youth_rehabilitation_further",
        "missed_detention_training",
    }
    assert all("Sentencing Act 2020 Schedule" in load()[key].source for key in with_effect)
    assert "warn" not in load()["missed_detention_training"].english.letter


WHOLE = (LETTERS / "appointment.yaml").read_text()


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("name: An appointment\n", "", "appointment.yaml: name must be given."),
        ("to: child", "to: neighbour", "to must be carer or child, and is 'neighbour'."),
        ("of: contact", "of: weather", "of must be"),
        ("channels: [letter, text, email]", "channels: [letter, pigeon]", "channels must be email, letter or text"),
        ("    Where: {place}\n", "    Where: {where}\n", "letter may leave open"),
        ("    Where: {place}\n", "    Where: {court}\n", "and leaves open court."),
        ("    Where: {place}\n", "    Where: {child}\n", "and leaves open child."),
        ("    Where: {place}\n", "    Where: {place!r}\n", "is not the name of a field alone"),
        ("    Where: {place}\n", "    Where: {place\n", "appointment.yaml: english: letter: "),
        ("title: Your appointment", "title: Your appointment, {name_known_as}", "title leaves nothing open"),
        ("next_review: 2027-11-28", "next_review: 2026-11-28", "is not after checked"),
        ("checked: true", "checked: perhaps", "checked must be true or false"),
        ("text: \"Hello {name_known_as}.", f"text: \"{'x' * 321} {{name_known_as}}.", "at most 320 letters, and is"),
        ("channels: [letter, text, email]", "channels: [letter, email]", "goes together with text among the channels"),
        ("of: contact", "of: contact\nroute: youth_rehabilitation", "goes together with the route"),
        ("of: contact", "of: contact\nfurther: true", "only a warning is a further one"),
        ("of: contact", "of: contact\nroute: weather\neffect: Rain.", "route must be"),
        ("of: contact", "of: contact\nroute: detention_training\neffect: None.\ncolour: red", "colour is not known here"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert was in WHOLE
    path = tmp_path / "appointment.yaml"
    path.write_text(WHOLE.replace(was, becomes, 1))
    with pytest.raises(Unreadable, match=re.escape(says)):
        read(path)


def test_a_warning_is_given_only_where_the_law_knows_warnings(tmp_path: Path) -> None:
    path = tmp_path / "warning.yaml"  # the same under a law that has none
    path.write_text((LETTERS / "warning_youth_rehabilitation.yaml").read_text().replace("route: youth_rehabilitation", "route: detention_training"))  # fmt: skip
    with pytest.raises(Unreadable, match="a warning is given under an order whose law knows warnings"):
        read(path)


def test_what_the_record_does_not_know_stands_as_a_gap():
    said = filled("Hello {name_known_as}. Ring {service_phone}.", {"name_known_as": "El", "service_phone": ""})
    assert said == "Hello El. Ring [telephone of the service]."


def test_braces_in_what_is_merged_are_words():
    assert filled("Hello {name_known_as}.", {"name_known_as": "{worker}"}) == "Hello {worker}."


@pytest.mark.parametrize(
    ("at", "english", "welsh"),
    [
        (time(16, 0), "4pm", "16:00"),
        (time(10, 30), "10:30am", "10:30"),
        (time(12, 0), "midday", "12:00"),
        (time(12, 5), "12:05pm", "12:05"),
        (time(0, 15), "12:15am", "00:15"),
        (None, "", ""),
    ],
)
def test_times_as_a_letter_says_them(at: time | None, english: str, welsh: str) -> None:
    assert (words.clock(at, "english"), words.clock(at, "welsh")) == (english, welsh)


def test_days_as_a_letter_says_them():
    first, second, third = date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 7)
    assert words.day(first, "english") == "Tuesday 1 December 2026"
    assert words.day(first, "welsh") == "dydd Mawrth 1 Rhagfyr 2026"
    assert words.days([first], "english") == "Tuesday 1 December 2026"
    assert words.days([first, second, third], "english").endswith("Thursday 3 December 2026 and Monday 7 December 2026")
    assert words.days([], "english") == ""


def test_channels_are_said_in_words():
    assert set(CHANNELS) == {"letter", "text", "email"}
