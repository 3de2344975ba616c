"""Exports as three other systems would write them, named and coded in their words: `WIDE`, `NORMALISED`, `REPORT`.

`WIDE.write(folder)` writes the files; `rows=` instead of those of the example. `WIDE.mapping` is how they are read.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from django.utils import timezone

PRIYA, SAM = "priya.n@example.org", "sam.o@example.org"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def serial(day: date) -> int:
    """As a spreadsheet numbers a day."""
    return (day - date(1899, 12, 30)).days


@dataclass(frozen=True)
class Export:
    mapping: str
    write: Callable[..., None]


def write_csv(path: Path, rows: Sequence[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


# One wide file, a row per order ---------------------------------------------------------------------------------------

WIDE_HEADS = (
    "Client Ref;Forename;Surname;DOB;Gender;Ethnicity;NHS No;Allocated Worker;Interv ID;Interv Type;Start Dt;"
    "Term;Court;Panel Dt;Closed Dt;Closure Reason;Offence ID;Offence Code;Offence Dt"
).split(";")
WIDE_MAPPING = """
system: Northway
original: https://northway.example/client/{number}
dates: ["%d/%m/%Y"]
workers:
  "NANDAKUMAR, P": priya.n@example.org
  "OYELARAN, S": sam.o@example.org
codes:
  gender: {"F": female, "M": male, "U": not_known}
  ethnic: {"W1": white_british, "B2": black_african, "NS": not_said}
  interventions: {"RO": referral_order, "YRO": youth_rehabilitation, "COMRES": community_resolution, "DTO": detention_training}
  closures: {"COMP": completed, "REV": resentenced}
  offences: {"8/01": common_assault, "34/2": robbery, "46/9": theft_from_shop}
files:
  - pattern: "caseload_*.csv"
    child: Client Ref
    gives:
      - kind: child
        given: Forename
        family: Surname
        born: DOB
        sex: {column: Gender, codes: gender}
        ethnicity: {column: Ethnicity, codes: ethnic}
        numbers: {nhs: NHS No}
      - {kind: worker, who: Allocated Worker}
      - kind: offence
        key: Offence ID
        type: {column: Offence Code, codes: offences}
        day: Offence Dt
      - kind: order
        key: Interv ID
        type: {column: Interv Type, codes: interventions}
        made: Start Dt
        length: {column: Term, drop: mths}
        given_by: Court
        contract_signed: Panel Dt
        ended: Closed Dt
        ended_because: {column: Closure Reason, codes: closures}
"""


def uk(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def wide_rows() -> list[list[str]]:
    """Two children; the second has two orders and so two rows."""
    ellis = ["NW1001", "Ellis", "Marden", "02/11/2010", "M", "W1", "9990000018", "NANDAKUMAR, P"]
    tamika = ["NW1002", "Tamika", "O’Neill", "19/06/2009", "F", "B2", "", "OYELARAN, S"]
    court = "Alder Vale Youth Court"
    return [
        [*ellis, "55801", "RO", uk(ago(90)), "6 mths", court, uk(ago(60)), "", "", "77001", "8/01", uk(ago(150))],
        [*tamika, "55802", "YRO", uk(ago(200)), "12 mths", court, "", "", "", "77002", "34/2", uk(ago(300))],
        [*tamika, "55803", "COMRES", uk(ago(500)), "", "", "", "", "", "77003", "46/9", uk(ago(520))],
    ]


def write_wide(folder: Path, rows: Sequence[Sequence[str]] | None = None, heads: Sequence[str] = WIDE_HEADS) -> None:
    write_csv(folder / "caseload_2026.csv", [heads, *(rows or wide_rows())], delimiter=";", encoding="cp1252")


WIDE = Export(WIDE_MAPPING, write_wide)


# Normalised files with code numbers and dates as serial numbers -------------------------------------------------------

NORMALISED_MAPPING = """
system: Casetrack
dates: [excel serial]
workers: {"17": priya.n@example.org, "23": sam.o@example.org, "4": nobody}
codes:
  sex: {"1": male, "2": female, "9": not_said}
  disposal: {"104": referral_order, "211": youth_rehabilitation}
  case: {"1": order, "4": prevention}
  mode: {"1": office, "2": visit, "5": phone}
  attend: {"0": to_come, "1": came, "2": missed_with_reason, "3": missed_without_reason, "4": cancelled}
  why: {"11": ill, "12": chose_not_to, "99": not_known}
files:
  - pattern: PERSON.csv
    child: PERSON_ID
    gives:
      - kind: child
        given: FNAME
        family: SNAME
        born: BIRTH_DT
        sex: {column: SEX_CD, codes: sex}
  - pattern: CASE.csv
    child: PERSON_ID
    gives:
      - kind: case
        key: CASE_ID
        why: {column: CASE_TYPE_CD, codes: case}
        since: OPEN_DT
      - {kind: worker, who: WORKER_ID}
  - pattern: DISPOSAL.csv
    child: PERSON_ID
    gives:
      - kind: order
        key: DISP_ID
        type: {column: DISP_CD, codes: disposal}
        made: DISP_DT
        length: LEN_MTHS
  - pattern: CONTACT.csv
    child: DISP_ID
    through: order
    gives:
      - kind: contact
        key: CONT_ID
        order: DISP_ID
        starts: {columns: [CONT_DT, CONT_TM]}
        minutes: DURN
        way: {column: MODE_CD, codes: mode}
        worker: WORKER_ID
        came: {column: ATTEND_CD, codes: attend}
        missed_because: {column: REASON_CD, codes: why}
        words: NOTES
"""


def write_normalised(folder: Path, **files: Sequence[Sequence[object]]) -> None:
    """`CONTACT=[…]` instead of the rows of that file, without its headings."""
    heads = {
        "PERSON": ["PERSON_ID", "FNAME", "SNAME", "BIRTH_DT", "SEX_CD"],
        "CASE": ["CASE_ID", "PERSON_ID", "CASE_TYPE_CD", "OPEN_DT", "WORKER_ID"],
        "DISPOSAL": ["DISP_ID", "PERSON_ID", "DISP_CD", "DISP_DT", "LEN_MTHS"],
        "CONTACT": ["CONT_ID", "DISP_ID", "CONT_DT", "CONT_TM", "DURN", "MODE_CD", "WORKER_ID", "ATTEND_CD", "REASON_CD", "NOTES"],
    }  # fmt: skip
    rows = normalised_rows() | files
    for name, head in heads.items():
        write_csv(folder / f"{name}.csv", [head, *rows[name]])


def normalised_rows() -> dict[str, list[list[object]]]:
    return {
        "PERSON": [[501, "Ellis", "Marden", serial(date(2010, 11, 2)), 1], [502, "Tamika", "O’Neill", serial(date(2009, 6, 19)), 2]],
        "CASE": [[71, 501, 1, serial(ago(120)), 17], [72, 502, 1, serial(ago(210)), 23]],
        "DISPOSAL": [[9001, 501, 211, serial(ago(100)), 12], [9002, 502, 211, serial(ago(200)), 9]],
        "CONTACT": [
            [1, 9001, serial(ago(30)), 0.625, 45, 1, 17, 1, "", "He came with his brother, and stayed."],
            [2, 9001, serial(ago(20)), 0.625, 45, 1, 17, 2, 11, ""],
            [3, 9001, serial(ago(10)), 0.625, 45, 1, 17, 3, 99, ""],
            [4, 9001, serial(ago(-7)), 0.625, 45, 2, 17, 0, "", ""],
            [5, 9002, serial(ago(600)), 0.5, 30, 5, 4, 1, "", "Rang."],
        ],
    }  # fmt: skip


NORMALISED = Export(NORMALISED_MAPPING, write_normalised)


# A report with titles, merged headings, one child over several rows ---------------------------------------------------

REPORT_MAPPING = """
system: Inform YJ
original: https://inform.example/p/{number}/summary
dates: ["%d-%b-%y", "%d %B %Y"]
workers: {"Priya N": priya.n@example.org}
codes:
  orders: {"Referral Order": referral_order, "Youth Rehabilitation Order": youth_rehabilitation, "Reparation Order": reparation_order}
files:
  - pattern: "*.xlsx"
    sheet: Open cases
    titles: 3
    headings: 2
    fill_down: [Young Person / ID, Young Person / Name, Young Person / D.O.B., Worker]
    stop_at: "Total"
    child: Young Person / ID
    gives:
      - kind: child
        name: {column: Young Person / Name, order: "family, given"}
        born: Young Person / D.O.B.
      - {kind: worker, who: Worker}
      - kind: order
        key: {columns: [Young Person / ID, Current Order / Type, Current Order / Made]}
        type: {column: Current Order / Type, codes: orders}
        made: Current Order / Made
        length: {column: Current Order / Length, drop: months}
"""


def report_rows() -> list[list[object]]:
    return [
        ["YP-7", "MARDEN, Ellis", date(2010, 11, 2), "Youth Rehabilitation Order", f"{ago(100):%d-%b-%y}", "12 months", "Priya N"],
        [None, None, None, "Reparation Order", f"{ago(300):%d %B %Y}", "24", None],
        ["YP-9", "O’NEILL, Tamika", "19-Jun-09", "Youth Rehabilitation Order", f"{ago(200):%d-%b-%y}", "9 months", "Priya N"],
    ]  # fmt: skip


def write_report(folder: Path, rows: Sequence[Sequence[object]] | None = None) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Open cases")
    for line in (["Inform YJ"], ["Open caseload by worker"], [f"Run on {timezone.localdate():%d/%m/%Y}"]):
        sheet.append(line)
    sheet.append(["Young Person", None, None, "Current Order", None, None, "Worker"])
    sheet.append(["ID", "Name", "D.O.B.", "Type", "Made", "Length", None])
    for cells in ("A1:G1", "A4:C4", "D4:F4", "G4:G5"):
        sheet.merge_cells(cells)
    for row in rows if rows is not None else report_rows():
        sheet.append(list(row))
    sheet.append(["Total young people: 2"])
    book.save(folder / "open cases by worker.xlsx")


REPORT = Export(REPORT_MAPPING, write_report)
