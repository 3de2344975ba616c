"""NHS, pupil and police numbers: invented or of the test range, good and bad, and what their arithmetic must catch."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from waypost.kernel.identifiers import CHECKS, PNC_LETTERS, UPN_LETTERS, normal_pnc

FORM, CHECKED = "has 10 digits|is a letter and 12 digits|is a year, a stroke", "does not fit"


@pytest.mark.parametrize(
    ("check", "written", "kept"),
    [
        ("nhs", "9990000018", "9990000018"),  # 999: the range kept for tests
        ("nhs", "999 000 0018", "9990000018"),
        ("nhs", "999-000-0026", "9990000026"),
        ("nhs", " 999\u00a0999\u00a09999 ", "9999999999"),
        ("upn", "B801200005001", "B801200005001"),
        ("upn", "b8012 0000 5001", "B801200005001"),
        ("upn", "P207000016049", "P207000016049"),
        ("upn", "J99900002600Z", "J99900002600Z"),  # temporary
        ("pnc", "04/0000123U", "04/0000123U"),
        ("pnc", "04/123u", "04/0000123U"),
        ("pnc", "2004/0000123U", "04/0000123U"),
        ("pnc", "2004/123U", "04/0000123U"),
        ("pnc", "20040000123U", "04/0000123U"),
        ("pnc", "040000123U", "04/0000123U"),
        ("pnc", "1979/0123456T", "79/0123456T"),
        ("pnc", "20/1234567H", "20/1234567H"),  # the year 20, not the century
    ],
)
def test_a_number_is_kept_in_one_way(check, written, kept):
    assert CHECKS[check].normal(written) == kept


@pytest.mark.parametrize(
    ("check", "number"),
    [
        ("nhs", "999 000 0018"),
        ("nhs", "9990000026"),
        ("nhs", "9990000042"),
        ("nhs", "943 476 5919"),  # the example the NHS gives
        ("upn", "B801200005001"),
        ("upn", "P207000016049"),
        ("upn", "J99900002600Z"),
        ("pnc", "04/0000123U"),
        ("pnc", "04/123U"),
        ("pnc", "1979/0123456T"),
        ("pnc", "23/0000023Z"),  # no remainder
    ],
)
def test_a_good_number(check, number):
    assert CHECKS[check].why_not(number) is None


@pytest.mark.parametrize(
    ("check", "number", "why"),
    [
        ("nhs", "", FORM),
        ("nhs", "999000001", FORM),
        ("nhs", "99900000188", FORM),
        ("nhs", "999000001X", FORM),
        ("nhs", "٩٩٩٠٠٠٠٠١٨", FORM),  # digits of another script
        ("nhs", "9990000019", CHECKED),
        ("nhs", "9990000081", CHECKED),  # two digits exchanged
        ("nhs", "9990000000", CHECKED),  # the check would be 10: never given
        ("nhs", "9999999999", "one digit ten times"),
        ("nhs", "0000000000", "one digit ten times"),
        ("upn", "", FORM),
        ("upn", "B80120000500", FORM),
        ("upn", "I801200005001", FORM),
        ("upn", "B80120000500S", FORM),
        ("upn", "B8012000050A1", FORM),
        ("upn", "B207000016049", CHECKED),
        ("upn", "B801200005010", CHECKED),
        ("pnc", "", FORM),
        ("pnc", "0000123U", FORM),
        ("pnc", "04123U", FORM),  # short and without its stroke: two readings
        ("pnc", "1804/0000123U", FORM),
        ("pnc", "04/00000123U", FORM),
        ("pnc", "04/0000123", FORM),
        ("pnc", "04/0000123I", CHECKED),  # never a check letter
        ("pnc", "05/0000123U", CHECKED),
        ("pnc", "04/0000132U", CHECKED),
    ],
)
def test_a_bad_number_says_what_was_expected(check, number, why):
    assert re.search(why, CHECKS[check].why_not(number))


@pytest.mark.parametrize(
    ("check", "example"), [("nhs", "999 000 0018"), ("upn", "B801200005001"), ("pnc", "04/0000123U")]
)
def test_the_example_in_the_sentence_is_good(check, example):
    assert example in CHECKS[check].why_not("")
    assert CHECKS[check].why_not(example) is None


def nhs(nine: str) -> str | None:
    """The number that begins with these nine digits, written the other way round: by trying."""
    return next((nine + last for last in "0123456789" if CHECKS["nhs"].why_not(nine + last) is None), None)


def worth(sign: str) -> int:
    return int(sign) if sign.isdigit() else UPN_LETTERS.find(sign)


nines = st.text("0123456789", min_size=9, max_size=9).filter(lambda digits: len(set(digits)) > 1)
numbers = {
    "nhs": nines.map(nhs).filter(bool),
    "upn": st.builds(str.__add__, st.text("0123456789", min_size=11, max_size=11), st.sampled_from("0123456789" + UPN_LETTERS))
    .map(lambda rest: next(letter + rest for letter in UPN_LETTERS if CHECKS["upn"].why_not(letter + rest) is None)),
    "pnc": st.builds("{:02}/{:07}".format, st.integers(0, 99), st.integers(0, 9_999_999))
    .map(lambda digits: next(digits + letter for letter in PNC_LETTERS if CHECKS["pnc"].why_not(digits + letter) is None)),
}  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
@given(st.data())
def test_one_wrong_sign_is_always_noticed(check, data):
    number = data.draw(numbers[check])
    place = data.draw(st.integers(0, len(number) - 1))
    sign = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/"))
    assume(sign != number[place])
    # at the end of a temporary pupil number A is worth what 0 is worth: nothing can tell them apart
    assume((check, place) != ("upn", 12) or worth(sign) != worth(number[place]))
    assert CHECKS[check].why_not(number[:place] + sign + number[place + 1 :]) is not None


@pytest.mark.parametrize("check", CHECKS)
@given(st.data())
def test_two_neighbours_exchanged_are_always_noticed(check, data):
    number = data.draw(numbers[check])
    place = data.draw(st.integers(0, len(number) - 2))
    assume(number[place] != number[place + 1])
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert CHECKS[check].why_not(changed) is not None


@pytest.mark.parametrize("check", CHECKS)
@given(st.text(max_size=20))
def test_what_is_kept_stays_as_it_is_and_no_text_breaks_a_check(check, text):
    kept = CHECKS[check].normal(text)
    assert CHECKS[check].normal(kept) == kept
    assert CHECKS[check].why_not(text) == CHECKS[check].why_not(kept)


@given(numbers["pnc"], st.sampled_from(["", "19", "20"]))
def test_a_police_number_is_one_whichever_way_it_is_written(number, century):
    year, serial = number.split("/")
    short = f"{century}{year}/{serial.lstrip('0') if serial.lstrip('0')[:-1] else '0' + serial[-1]}"
    assert normal_pnc(short) == normal_pnc(f"{century}{year}{serial}") == number
