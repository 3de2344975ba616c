"""A mapping is read strictly: a slip of the pen is refused with what was expected, never passed over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.alongside.exports import NORMALISED_MAPPING, REPORT_MAPPING, WIDE_MAPPING
from waypost.casework.alongside import kinds
from waypost.casework.alongside.mapping import read
from waypost.kernel.definition_files import Unreadable


def test_the_three_examples_say_what_they_say() -> None:
    wide, normalised, report = (read(text) for text in (WIDE_MAPPING, NORMALISED_MAPPING, REPORT_MAPPING))
    assert (wide.system, wide.original) == ("Northway", "https://northway.example/client/{number}")
    assert wide.workers["nandakumar, p"] == "priya.n@example.org"
    assert wide.kinds() == {"child", "worker", "offence", "order"}
    assert [file.through for file in normalised.files] == ["", "", "", "order"]
    assert (report.files[0].titles, report.files[0].headings, report.files[0].stop_at) == (3, 2, "Total")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("system: Northway", "sytem: Northway", "sytem is not known here"),
        ("system: Northway\n", "", "system must be given"),
        ("born: DOB", "birth: DOB", "birth is not known here. Known are born,"),
        ("born: DOB", "known_as: DOB", "born must be given"),
        ("kind: child", "kind: person", "kind must be case, child, contact, offence, order or worker"),
        ("codes: gender}", "codes: genders}", "codes must name one of the tables under codes"),
        ('"F": female', '"F": woman', "the table gender makes 'f' 'woman', which is none of ours. Ours are female"),
        ('"RO": referral_order', '"RO": referal', "which is none of ours"),
        ('"F": female, "M"', 'F: 1, "M"', "in quotes, as they stand in the export"),
        ('"F": female, "M": male', '"F": female, "f ": male', "differ only by capitals or spaces"),
        ('["%d/%m/%Y"]', '["%d/%m"]', "must be a day, month and year"),
        ('["%d/%m/%Y"]', "[]", "dates must say how days are written"),
        ("client/{number}", "client", "original must be an address with {number} in it once"),
        ("https://northway", "javascript:alert", "original must be an address"),
        ('pattern: "caseload_*.csv"', 'pattern: "../*.csv"', "pattern must be the name of a file in the folder"),
        ("numbers: {nhs: NHS No}", "numbers: {pds: NHS No}", "numbers must be"),
        ("length: {column: Term, drop: mths}", "length: {drop: mths}", "one of column, columns and same must be given"),
        ("made: Start Dt", "made: {columns: [Start Dt, Court]}", "1 column at most"),
        ("given: Forename", "given: {column: Forename, codes: gender}", "there is no list of ours behind it"),
        ("  - pattern", "  - through: order\n    pattern", "no row"),
        ("system: Northway", "system: &a Northway\nx: *a", "* has no place here"),
        ("system: Northway", "system: Northway\nsystem: Southway", "given twice"),
        ("dates:", "dates: [", "is not YAML"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(was: str, becomes: str, says: str) -> None:
    assert was in WIDE_MAPPING
    text = WIDE_MAPPING.replace(was, becomes, 1)
    if says == "no row":
        read(text)  # it leads through what it gives itself
        return
    with pytest.raises(Unreadable) as wrong:
        read(text)
    assert says in str(wrong.value)


@pytest.mark.parametrize(
    "text", ["", "[]", "a", "{}", "files: []", "\x00", "- " * 5000, "a: !!python/object:os.system x", "x" * 200_001]
)
def test_what_is_no_mapping_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_every_field_of_a_kind_has_a_use() -> None:
    """Each list of ours behind a field is there, and what must be known is a field."""
    fields: list[Any] = [field for kind in kinds.KINDS.values() for field in kind.fields.values()]
    assert all(kinds.codes_of(field) for field in fields if field.of == "code")
    assert all(name in kind.fields for kind in kinds.KINDS.values() for group in kind.needed for name in group)
