"""Bullets, numbers and white space: what a person sees at the start of a line is told from its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.files.reading.lines import Run, emphasised, fold, lines_of, number_of, without_bullet


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("• Protocol agreed", "Protocol agreed"),
        ("•Protocol agreed", "Protocol agreed"),
        ("▪ Protocol", "Protocol"),
        ("‣ Protocol", "Protocol"),
        ("· Protocol", "Protocol"),
        ("\uf0b7 Protocol", "Protocol"),
        ("o Protocol", "Protocol"),
        ("o\tProtocol", "Protocol"),
        ("- Protocol", "Protocol"),
        ("– Protocol", "Protocol"),
        ("  - Protocol", "Protocol"),
        ("-5 places", None),
        ("–", None),
        ("on Monday", None),
        ("o Fai 2015", None),  # Welsh: from May 2015
        ("o leiaf dau", None),  # Welsh: at least two
        ("✓ done", None),
        ("●", None),
        ("", None),
    ],
)
def test_typed_bullet(line, rest):
    assert without_bullet(line) == rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. Planning was late", ("3", "Planning was late")),
        ("3) Planning was late", ("3", "Planning was late")),
        ("(3) Planning was late", ("3", "Planning was late")),
        ("3.1 Work with courts", ("3.1", "Work with courts")),
        ("3.1. Work with courts", ("3.1", "Work with courts")),
        ("3.1.2 Work with courts", ("3.1.2", "Work with courts")),
        ("22.5 staff", (None, "22.5 staff")),
        ("2015. A year", (None, "2015. A year")),
        ("34 cases were seen", (None, "34 cases were seen")),
        ("3.", (None, "3.")),
    ],
)
def test_number_before_words(text, expected):
    assert number_of(text) == expected


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  May \n 2015\t", "May 2015"),
        ("May\u00a02015", "May 2015"),
        ("post\u00adpone", "postpone"),
        ("\u200f1a\u200e", "1a"),
        ("a\x00b\x07", "ab"),
        ("\ufeffRef", "Ref"),
        ("شباب", "شباب"),
    ],
)
def test_fold_keeps_what_is_drawn(text, folded):
    assert fold(text) == folded


def test_line_with_several_bullets_is_several_lines():
    made = lines_of([([Run("• Date set • Training done")], False)])
    assert [(line.text, line.bullet) for line in made] == [("Date set", True), ("Training done", True)]


def test_bullet_between_words_is_only_a_mark():
    assert [line.text for line in lines_of([([Run("Telephone • e-mail")], False)])] == ["Telephone • e-mail"]


def test_bold_runs_parted_by_space_alone_are_one():
    runs = [Run("Head of", bold=True), Run(" "), Run("Service", bold=True), Run(" and "), Run("Board", bold=True)]
    assert emphasised(runs, "bold") == ("Head of Service", "Board")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.tuples(st.text(), st.booleans())))
def test_lines_keep_every_letter_but_the_bullets(parts):
    made = lines_of([([Run(text, bold)], False) for text, bold in parts])
    kept = "".join(line.text for line in made)
    letters = "".join(fold(text) for text, _ in parts)
    assert [c for c in kept if c.isalpha() and c != "o"] == [c for c in letters if c.isalpha() and c != "o"]
    assert all(fold(line.text) == line.text for line in made)
