"""The answer to somebody who asked what is held on them, as a report: one table, so that a CSV leaves nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from waypost.files.reports.model import Column, Entry, Group, Heading, Kind, Note, Paragraph, Report, Row, Table
from waypost.kernel.lists import load as load_list
from waypost.kernel.words import count
from waypost.people.removal.subject_access import Answer

COLUMNS = (
    Column("Day", 2.2, Kind.DATE),
    Column("What", 3.0),
    Column("What it says", 7.5),
    Column("Where it comes from", 4.5),
    Column("Does it stand?", 3.0),
)
NOT_SAID = "Marks by which the program tells one row from another are left out: they say nothing about anybody."
MOST = {"pdf": 1000, "word": 4000}  # things a document is made of at most; a CSV holds any number


def why_not_draw(kind: str, answer: Answer) -> str | None:
    """Why the answer is not made as that kind of file; None: it is."""
    if not answer.complete:
        return (
            "Part of this record is sealed and not open to you. "
            "Ask the duty manager who may open it, and let them answer."
        )
    most = MOST.get(kind, len(answer.given))
    if len(answer.given) <= most:
        return None
    return f"So large an answer is not made as this kind of file: {len(answer.given):,} things. Take the CSV."


def report(answer: Answer, *, author: str, marking: str, on: date) -> Report:
    withheld = sum(number for _, number in answer.withheld)
    return Report(
        title=f"What is held on child {answer.child.number}",
        author=author,
        made_on=on,
        marking=marking,
        blocks=(
            Paragraph(
                f"{count(len(answer.given), 'thing')} held {'is' if len(answer.given) == 1 else 'are'} given here. "
                f"{count(withheld, 'thing')} {'is' if withheld == 1 else 'are'} withheld, counted by reason at the end."
            ),
            Heading(1, "Everything held"),
            Table("What is held", COLUMNS, list(_rows(answer)), groups=("Part",)),
            Note(NOT_SAID),
        ),
    )


def _rows(answer: Answer) -> Iterator[Entry]:
    yield Group(1, "Given")
    for one in answer.given:
        yield Row((one.day, one.what, "\n".join(one.says), one.source, one.stands))
    yield Group(1, "Who looked")
    for role, number in answer.looked:
        yield Row((None, role, f"Looked {count(number, 'time')}", "", ""))
    yield Group(1, "Withheld")
    for key, number in answer.withheld:
        yield Row((None, count(number, "thing"), load_list("withheld_reasons").words(key), "", "Withheld"))
