"""What may come instead of a good export: the row and the cell are named, nothing is half read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.alongside.conftest import World, said
from tests.alongside.exports import (
    NORMALISED,
    REPORT,
    WIDE,
    WIDE_HEADS,
    ago,
    normalised_rows,
    report_rows,
    uk,
    wide_rows,
)
from tests.alongside.test_read_again import wide
from waypost.casework.alongside import tables
from waypost.casework.alongside.reading import NotRead
from waypost.casework.models import CaseloadRead, Contact, Origin, Outcome, RowProblem
from waypost.people.record.models import Child
from waypost.people.record.who import Name

FILE = "caseload_2026.csv"


def refused(world: World, write: Callable[[Path], object], words: str) -> None:
    """Nothing of it is written, and the reading keeps the sentence."""
    WIDE.write(world.folder)
    write(world.folder / FILE)
    with pytest.raises(NotRead, match=re.escape(words)):
        world.again(WIDE)
    assert (Child.objects.count(), Origin.objects.count()) == (0, 0)
    assert words in CaseloadRead.objects.latest("at").words


def cut(path: Path, at: bytes, after: int = 3) -> None:
    """The file as it is up to the first of those bytes, and a little more."""
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(at) + after])


def test_a_column_that_is_missing_is_named_with_those_that_are_there(world: World) -> None:
    rows, heads = [row[:-1] for row in wide_rows()], WIDE_HEADS[:-1]
    refused(
        world,
        lambda path: WIDE.write(path.parent, rows=rows, heads=heads),
        f"{FILE} has no column ‘Offence Dt’. It has ‘Client Ref’",
    )


def test_a_column_that_has_another_name_now_is_named_with_that(world: World) -> None:
    heads = ["Date DOB" if head == "DOB" else "Start Date" if head == "Start Dt" else head for head in WIDE_HEADS]
    refused(world, lambda path: WIDE.write(path.parent, heads=heads), "Is it ‘Date DOB’ now?")


def test_a_column_that_stands_twice(world: World) -> None:
    heads = [*WIDE_HEADS, "dob"]
    refused(world, lambda path: WIDE.write(path.parent, heads=heads), f"{FILE} has two columns ‘DOB’")


def test_a_file_cut_off_in_the_middle_of_a_quoted_cell(world: World) -> None:
    rows = wide(1, court="Alder; Vale")
    WIDE.write(world.folder, rows=rows)
    refused(
        world,
        lambda path: (WIDE.write(path.parent, rows=rows), cut(path, b"Alder; Vale")),
        f"{FILE}: a quotation mark opened in line 3 is not closed",
    )


def test_a_file_cut_off_in_the_middle_of_a_row_names_the_row_and_reads_the_others(world: World) -> None:
    WIDE.write(world.folder)
    cut(world.folder / FILE, b"55803")
    read = world.again(WIDE)
    assert said(read) == [
        f"{FILE} 4 : This row has 9 cells and the headings 19: it may be cut off. Export the file again."
    ]
    assert sorted(Name.objects.values_list("given", flat=True)) == ["Ellis"], (
        "of whom a row is cut off, nothing is read"
    )


def test_a_last_row_without_its_end_is_not_trusted(world: World) -> None:
    WIDE.write(world.folder)
    path = world.folder / FILE
    path.write_bytes(path.read_bytes()[:-3])  # a figure of the last year is gone, and with it the end of the line
    read = world.again(WIDE)
    assert [one.sentence for one in read.problems.all()] == [tables.NO_END]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "Its headings are empty"),
        (b"\x00\x01\x02\x03", "is not text"),
        (b"PK\x03\x04 and no more", "cut short or damaged"),
        (b'"' + b"x" * 200_000, "a quotation mark opened in line 1 is not closed"),
    ],
)
def test_what_is_no_export(world: World, content: bytes, words: str) -> None:
    refused(world, lambda path: path.write_bytes(content), words)


def test_a_file_that_is_not_there_and_one_that_fits_twice(world: World) -> None:
    with pytest.raises(NotRead, match=r"No file in the folder is called caseload_\*\.csv"):
        world.again(WIDE)
    refused(world, lambda path: path.rename(path.parent / "other.csv"), "No file in the folder is called")


def test_a_workbook_cut_off_or_a_bomb_is_refused(world: World) -> None:
    REPORT.write(world.folder)
    path = next(world.folder.glob("*.xlsx"))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NotRead, match="cut short or damaged"):
        world.again(REPORT)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    with pytest.raises(NotRead, match="unpacks to far more"):
        world.again(REPORT)
    assert Child.objects.count() == 0


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(world: World) -> None:
    REPORT.write(world.folder)
    other = type(REPORT)(REPORT.mapping.replace("sheet: Open cases", "sheet: Closed"), REPORT.write)
    with pytest.raises(NotRead, match="has no sheet ‘Closed’: only Cover or Open cases"):
        world.again(other)


def test_a_file_too_large_is_refused_before_it_is_opened(world: World) -> None:
    def grow(path: Path) -> None:
        with path.open("r+b") as file:
            file.truncate(tables.LARGEST + 1)

    refused(world, grow, f"{FILE} is 200 MB. Up to 200 MB can be read")


# Rows -----------------------------------------------------------------------------------------------------------------

UNKNOWN_CODE = "The table interventions of the mapping does not have what stands here."
LEAVES_OUT = [  # row, what is changed, the column named, what is said
    (0, {"type": "ISO"}, "Interv Type", UNKNOWN_CODE),
    (0, {"type": ""}, "Interv Type", "This is empty and must be known."),
    (0, {"made": "31/02/2026"}, "Start Dt", "This is no day as the mapping says days are written: %d/%m/%Y."),
    (0, {"made": "2/14/2026"}, "Start Dt", "This is no day"),
    (0, {"made": uk(ago(-9)), "panel": ""}, "", "Referral order: its days contradict each other"),
    (0, {"term": "six"}, "Term", "This must be a whole number."),
    (0, {"term": "13 mths"}, "", "Referral order: this length is not one that the law of its day knows: it can be 3 to 12 months."),
    (0, {"id": ""}, "Interv ID", "Its number is missing"),
    (0, {"type": "DTO", "term": "7", "made": "01/06/2022", "born": "02/11/2005", "oday": "01/01/2022", "panel": ""}, "", "Detention and training order: this length"),
    (2, {"type": "DTO", "term": "4", "made": "01/06/2012", "oday": "01/01/2012"}, "", "Detention and training order could not be given to a child of that age"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "changed", "column", "words"), LEAVES_OUT)
def test_an_order_in_which_something_is_wrong_is_left_out_and_the_rest_is_read(
    world: World, row: int, changed: dict[str, str], column: str, words: str
) -> None:
    read = world.read(WIDE, rows=wide(row, **changed))
    problems = list(read.problems.all())
    assert any(one.line == row + 2 and one.column == column and one.sentence.startswith(words) for one in problems), (
        said(read)
    )
    assert Outcome.objects.count() == 2
    assert Child.objects.count() == 2


def test_the_law_of_its_day_decides(world: World) -> None:
    """Seven months of detention and training: refused on 1 June 2022 above, taken on 28 June."""
    later = {"type": "DTO", "term": "7", "made": "28/06/2022", "born": "02/11/2005", "oday": "01/01/2022", "panel": ""}
    assert said(world.read(WIDE, rows=wide(0, **later))) == []
    assert Outcome.objects.get(type="detention_training").length == 7


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"given": "", "family": ""}, "Forename and Surname", "The name is empty"),
        ({"born": ""}, "DOB", "This is empty and must be known."),
        ({"born": "2010"}, "DOB", "This is no day"),
        ({"born": uk(ago(-3))}, "", "This is no birth date of a child"),
        ({"ref": ""}, "Client Ref", "The child’s number is missing"),
        ({"family": "x" * 101}, "Surname", "This has 101 characters"),
    ],
)
def test_a_child_of_whom_it_is_not_known_who_they_are_is_not_read_at_all(
    world: World, changed: dict[str, str], column: str, words: str
) -> None:
    read = world.read(WIDE, rows=wide(0, **changed))
    assert any(
        (one.line, one.column) == (2, column) and one.sentence.startswith(words) for one in read.problems.all()
    ), said(read)
    assert list(Name.objects.values_list("given", flat=True)) == ["Tamika"]


@pytest.mark.parametrize("changed", [{"given": "Tom"}, {"born": "20/06/2009"}])
def test_two_children_with_one_number_are_both_refused_and_both_rows_named(
    world: World, changed: dict[str, str]
) -> None:
    read = world.read(WIDE, rows=wide(2, **changed))
    assert [one.line for one in read.problems.all()] == [3, 4]
    assert all(f"{FILE} row 3 and {FILE} row 4" in one.sentence for one in read.problems.all())
    assert list(Name.objects.values_list("given", flat=True)) == ["Ellis"]


def test_one_number_of_two_orders_of_one_child(world: World) -> None:
    read = world.read(WIDE, rows=wide(2, id="55802"))
    assert [one.line for one in read.problems.all()] == [3, 4]
    assert Outcome.objects.count() == 1, "the other child’s"


def test_one_number_of_orders_of_two_children(world: World) -> None:
    read = world.read(WIDE, rows=wide(2, id="55801"))
    assert [(one.line, "read of another child" in one.sentence) for one in read.problems.all()] == [(4, True)]
    assert Outcome.objects.count() == 2


def test_a_worker_nobody_knows(world: World) -> None:
    read = world.read(WIDE, rows=wide(0, worker="WHO, X"))
    assert [(one.line, one.column) for one in read.problems.all()] == [(2, "Allocated Worker")]
    assert Child.objects.count() == 2
    read = world.read(WIDE, rows=wide(0, worker="nobody.here@example.org"))
    assert "Nobody with that e-mail has an account" in said(read)[0]
    read = world.read(WIDE, rows=wide(0, worker=world.head.email))
    assert "an account whose role holds no children" in said(read)[0]


def test_days_in_three_ways_are_read_where_the_mapping_allows_them(world: World) -> None:
    three = type(WIDE)(WIDE.mapping.replace('["%d/%m/%Y"]', '["%d/%m/%Y", "%d %b %y", excel serial]'), WIDE.write)
    rows = wide_rows()
    rows[0][3], rows[1][3], rows[2][3] = "2 Nov 10", "2009-06-19", "39983"
    read = world.read(three, rows=rows)
    assert said(read) == []
    assert Child.objects.count() == 2


def test_a_contact_of_no_order_leads_to_no_child(world: World) -> None:
    rows = normalised_rows()
    rows["CONTACT"][0][1] = 9999
    read = world.read(NORMALISED, **rows)
    assert said(read) == [
        "CONTACT.csv 2 DISP_ID: No child has this order, so it is not known whose this is. Mend the row or leave it out."
    ]
    assert Contact.objects.count() == 4


def test_an_appointment_gone_by_of_which_nothing_is_said_is_left_out(world: World) -> None:
    rows = normalised_rows()
    rows["CONTACT"][0][7] = 0
    for dry in (True, False):
        read = world.read(NORMALISED, dry=dry, **rows)
        assert [one.sentence.startswith("The time of this appointment has gone by") for one in read.problems.all()] == [
            True
        ]
    assert Contact.objects.count() == 4


def test_a_report_whose_first_row_names_nobody(world: World) -> None:
    read = world.read(REPORT, rows=report_rows()[1:])
    assert [(one.line, one.column) for one in read.problems.all()] == [(6, "Young Person / ID")]
    assert Child.objects.count() == 1


def test_no_value_of_a_cell_stands_in_a_problem(world: World) -> None:
    """Whatever is wrong in a row, what is written about it names no name, number, day or code of it."""
    for row, changed, _, _ in LEAVES_OUT:
        world.read(WIDE, rows=wide(row, **changed), dry=True)
    world.read(WIDE, rows=wide(2, given="Tom"), dry=True)
    words = " ".join(RowProblem.objects.values_list("sentence", flat=True))
    cells = {cell for row in wide_rows() for cell in row if len(cell) > 3} | {"ISO", "six", "31/02/2026", "Tom"}
    assert [cell for cell in cells if cell in words] == []
