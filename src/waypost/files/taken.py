"""A report given out as a file of the kind that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from waypost.access.requests import service_of
from waypost.files.reports import csv_file, excel, pdf, word
from waypost.files.reports.file_names import attachment, file_name
from waypost.files.reports.model import Report, Table

KINDS: dict[str, tuple[str, str, Callable[[Report], bytes]]] = {
    "pdf": ("pdf", "application/pdf", pdf.render),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word.render),
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", excel.render),
    "csv": (
        "csv",
        "text/csv; charset=utf-8",
        lambda report: b"".join(csv_file.render(_table(report), report.language)),
    ),
}


def _table(report: Report) -> Table:
    """A CSV holds one table: the report's first."""
    return next(block for block in report.blocks if isinstance(block, Table))


def file_of(report: Report, kind: str, called: str, on: date) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    ending, content_type, render = KINDS[kind]
    response = HttpResponse(render(report), content_type=content_type)
    response["Content-Disposition"] = attachment(file_name(called, on, ending))
    return response


def from_whom(request: HttpRequest) -> dict[str, str]:
    """The service's name, and the mark that what it holds is invented."""
    service = service_of(request)
    return {
        "author": service.name if service else "Youth justice service",
        "marking": "Demonstration" if service and service.demonstration else "",
    }
