"""Numbers that others gave a person, and their check characters.

For each kind: `normal_…` is the one way it is kept, so that two ways of writing it are found to be one; `why_not_…` is
the reason it cannot be such a number (None means it can: it may still be somebody else's).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MODULUS = 23
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S; A is 0
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"  # the same, with Z as 0
NHS_WEIGHTS = range(10, 1, -1)
# without its stroke only in full: "2012345A" could be of 2020 or of 2012
PNC_FORM = re.compile(r"(?:19|20)?([0-9]{2})(?:/([0-9]{1,7})|([0-9]{7}))([A-Z])")


def _bare(text: str) -> str:
    """Capitals, without the spaces and hyphens that people write for the eye."""
    return re.sub(r"[\s\u2010-\u2015-]", "", text).upper()


def normal_nhs(text: str) -> str:
    """Ten digits: "999 000 0018" is 9990000018."""
    return _bare(text)


def why_not_nhs(text: str) -> str | None:
    """Modulus 11 over the first nine digits. Source: NHS Data Dictionary, NHS number."""
    number = normal_nhs(text)
    if not re.fullmatch(r"[0-9]{10}", number):
        return "An NHS number has 10 digits, as 999 000 0018."
    if len(set(number)) == 1:  # would pass the arithmetic, and is what is typed to get past a form
        return "This is one digit ten times. Leave it empty when the NHS number is not known."
    total = sum(int(digit) * weight for digit, weight in zip(number, NHS_WEIGHTS, strict=False))
    if (11 - total % 11) % 11 != int(number[9]):
        return "The last digit of an NHS number checks the others, and here it does not fit. Look at the number again."
    return None


def normal_upn(text: str) -> str:
    """Thirteen characters, in capitals."""
    return _bare(text)


def why_not_upn(text: str) -> str | None:
    """Modulus 23 over the places 2 to 13, each times its place; a temporary number ends in a letter.

    Source: Government Data Standards Catalogue, unique pupil number 2.0; Department for Education, guide to UPNs.
    """
    number = normal_upn(text)
    if not re.fullmatch(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]", number):
        return (
            "A unique pupil number is a letter and 12 digits, as B801200005001; a temporary one ends in a letter. "
            "The letters I, O and S are not used."
        )
    values = [int(sign) if sign.isdigit() else UPN_LETTERS.index(sign) for sign in number[1:]]
    if UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % MODULUS] != number[0]:
        return "The first letter of a unique pupil number checks the rest, and here it does not fit. Look at it again."
    return None


def normal_pnc(text: str) -> str:
    """Two digits of the year, a stroke, seven digits, a letter: "2004/0000123U" and "04/123U" are one number.

    The check letter leaves the century out, and so does the short form the police write. Text of another form comes
    back bare.
    """
    bare = _bare(text)
    found = PNC_FORM.fullmatch(bare)
    return f"{found[1]}/{found[2] or found[3]:0>7}{found[4]}" if found else bare


def why_not_pnc(text: str) -> str | None:
    """Modulus 23 over the year's two digits and the seven of the serial number.

    Source: Criminal Justice Data Standards, police national computer id.
    """
    number = normal_pnc(text)
    if not re.fullmatch(r"[0-9]{2}/[0-9]{7}[A-Z]", number):
        return "A police national computer number is a year, a stroke, up to 7 digits and a letter, as 04/0000123U."
    if PNC_LETTERS[int(number[:2] + number[3:10]) % MODULUS] != number[10]:
        return (
            "The letter of a police national computer number checks the digits, and here it does not fit. Look again."
        )
    return None


@dataclass(frozen=True, slots=True)
class Check:
    normal: Callable[[str], str]
    why_not: Callable[[str], str | None]


# by the `check` of the list identifier_schemes
CHECKS = {
    "nhs": Check(normal_nhs, why_not_nhs),
    "upn": Check(normal_upn, why_not_upn),
    "pnc": Check(normal_pnc, why_not_pnc),
}
