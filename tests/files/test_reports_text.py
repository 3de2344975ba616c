"""Text from outside, made fit for every format."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.files.reports.glyphs import drawable, drawn
from waypost.files.reports.legible import BREAK_HERE, legible, named, right_to_left, with_breaks

ANY_TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from("\x00\x0b\x0c\r\n\t\ufffe\ud800\u202e\ufeff"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain", "plain"),
        ("two\r\nlines\rthree\x0bfour\u2028five", "two\nlines\nthree\nfour\nfive"),
        ("tab\tstays", "tab\tstays"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("not a character \ufffe \U0001ffff", "not a character \ufffd \ufffd"),
        ("\ufeffmark", "mark"),
        ("on\u202e kcart\u202c", "on kcart\u202c"),  # an override would show 'on track' for what is not
        ("Ŵyn, שלום, ليلى \u200f", "Ŵyn, שלום, ليلى \u200f"),
    ],
)
def test_what_was_said_is_kept_and_what_would_break_a_file_is_not(typed: str, kept: str) -> None:
    assert legible(typed) == kept


@given(ANY_TEXT)
def test_legible_text_can_be_written_and_stays_as_it_is(text: str) -> None:
    clean = legible(text)
    assert legible(clean) == clean
    assert clean.encode().decode() == clean
    assert BREAK_HERE not in clean


def test_no_character_that_would_break_a_file_is_overlooked() -> None:
    kept = {letter for letter in map(chr, range(0x10000)) if legible(letter) == letter}
    assert {letter for letter in kept if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}} == {"\t", "\n"}
    assert not kept & {*"\ufeff\u202d\u202e\ufff9\ufffa\ufffb\ufffe\uffff", *map(chr, range(0xFDD0, 0xFDF0))}


@pytest.mark.parametrize(
    ("text", "answer"),
    [("", False), ("12", False), ("abc שלום", False), ("שלום abc", True), ("12 ليلى", True), ("(ليلى)", True)],
)
def test_direction_is_that_of_the_first_letter(text: str, answer: bool) -> None:
    assert right_to_left(text) is answer


@pytest.mark.parametrize(("text", "shown"), [("A", "A"), ("", "–"), (" \n\u200b\x07", "–"), ("\u200bA", "\u200bA")])
def test_what_may_not_be_empty_is_a_dash(text: str, shown: str) -> None:
    assert named(text) == shown


def test_only_a_word_too_long_for_its_column_may_be_broken_and_never_inside_a_letter() -> None:
    assert with_breaks("short words stay", 6) == "short words stay"
    assert with_breaks("ab longword", 6).replace(BREAK_HERE, "|") == "ab l|o|n|g|w|o|r|d"
    assert with_breaks("e\u0301" * 4, 3).replace(BREAK_HERE, "|") == "|".join(["e\u0301"] * 4)
    assert with_breaks("שלוםשלום", 3) == "שלוםשלום"


@given(ANY_TEXT, st.integers(1, 30))
def test_breaks_are_all_that_is_added(text: str, longest: int) -> None:
    assert with_breaks(legible(text), longest).replace(BREAK_HERE, "") == legible(text)


def test_our_fonts_draw_welsh_and_what_else_stands_in_plans() -> None:
    assert set("âêîôûŵŷÂÊÎÔÛŴŶáàäéèëíìïóòöúùüẃẁẅýỳÿ") <= drawable()
    assert set("–—‘’“”…•£€½✓✔★☆▲◆●○■≡→☐☑áłğşñçßøåæœ") <= drawable()
    assert set("אבגדהוזחטיכלמנסעפצקרשתםןץףך") <= drawable()
    assert set("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی") <= drawable()


def test_what_no_font_draws_is_replaced_and_named() -> None:
    missing: set[str] = set()
    assert drawn("plan 計画 plan", missing) == "plan \ufffd\ufffd plan"
    assert missing == {"計", "画"}
