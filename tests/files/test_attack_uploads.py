"""What people choose by mistake or on purpose, through the browser's form, to the page, the plan and every file."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.governance.plans import accepted, action, head, inspection_record, plan_record, read, the
from waypost.access.requests import LARGEST_REQUEST, Size
from waypost.files.actions import keep
from waypost.files.kept import content_type, name_kept
from waypost.files.models import FileChunk, StoredFile
from waypost.governance.improvement.models import Evidence, Plan
from waypost.governance.improvement.reading_models import Reading
from waypost.governance.taken import MOST_ACTIONS

pytestmark = pytest.mark.django_db
HEADINGS = ("Recommendation", "Action", "Outcome", "Lead", "Start", "Finish", "Review", "Progress")
FIRST = (
    "1. Plans can be followed",
    "1a Check every plan",
    "Better",
    "Leila Haddad",
    "May 2025",
    "June 2026",
    "Monthly",
    "",
)
SCRIPT = "<script>alert(1)</script>"
XML = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def boss() -> Any:
    return head()


@pytest.fixture
def client(boss: Any) -> Client:
    found = Client()
    found.force_login(boss)
    return found


def markdown(*rows: tuple[str, ...]) -> bytes:
    lines = (HEADINGS, ("---",) * len(HEADINGS), *rows)
    return ("# Improvement plan\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in lines) + "\n").encode()


def with_(**changed: str) -> tuple[str, ...]:
    names = ("recommendation", "action", "outcome", "lead", "start", "finish", "review", "progress")
    return tuple(changed.get(name, was) for name, was in zip(names, FIRST, strict=True))


READ: dict[str, tuple[bytes, list[str]]] = {  # what is in the file → the refs it is read as
    "the same letter twice": (markdown(FIRST, with_(action="1a Ask children")), ["1a", "1a-2"]),
    "no letters": (markdown(with_(action="Check every plan"), with_(recommendation="", action="Ask them")), ["1.1", "1.2"]),
    "days there are not": (markdown(with_(start="31/02/2016", finish="00/00/0000")), ["1a"]),
    "years no plan has": (markdown(with_(start="May 0001", finish="December 9999"), with_(action="1b Ask", start="12/2201")), ["1a", "1b"]),
    "a cadence without end": (markdown(with_(review="every 99999999 months"), with_(action="1b Ask", review="every 0 weeks")), ["1a", "1b"]),
    "Welsh, Arabic and Hebrew": (markdown(with_(action="1a Gwirio ŵŷ", outcome="اسأل الأطفال", lead="ועד מקומי")), ["1a"]),
    "an override of direction": (markdown(with_(action="1a \u202egnp.exe", outcome="\u2066\u200f")), ["1.1"]),
    "zero characters": (markdown(with_(action="1a Check\0 every plan")), ["1a"]),
    "a very long cell": (markdown(with_(outcome="word " * 20_000)), ["1a"]),
    "mark-up": (markdown(with_(action=f"1a Check {SCRIPT}", lead="<img src=x onerror=alert(1)> Haddad")), ["1a"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_what_can_be_read_is_shown_accepted_and_taken_out_in_every_form(kind: str, client: Client) -> None:
    data, refs = READ[kind]
    assert client.post(reverse("read"), {"file": SimpleUploadedFile("plan.md", data)}).status_code == 302
    where = {"pk": Reading.objects.get().pk}
    pages = [client.get(reverse("reading", kwargs=where))]
    assert client.post(reverse("reading_accept", kwargs=where)).status_code == 302
    plan = Plan.objects.get()
    assert list(plan.actions.values_list("ref", flat=True)) == refs
    pages += [client.get(reverse(name) + "?status=all") for name in ("plan", "today", "my_actions")]
    pages += [client.get(reverse("action", kwargs={"pk": one.pk})) for one in plan.actions.all()]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert not any("<script>alert" in page.content.decode() or "<img src=x" in page.content.decode() for page in pages)
    for form in ("pdf", "word", "excel", "csv"):
        assert client.get(reverse("plan_file", kwargs={"pk": plan.pk, "kind": form})).status_code == 200


def package(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()


REFUSED = {
    "nothing": (b"", "is empty"),
    "spaces": (b" \n\t ", "is empty"),
    "a picture called a document": (b"\x89PNG\r\n\x1a\n" + b"0" * 200, "picture"),
    "a program": (b"MZ" + b"\0" * 200, "program"),
    "a protected document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a document that unpacks to a hundred times a hundred": (
        package(word__document_xml=b"<a>" * 40_000_000),
        "unpacks",
    ),
    "a letter": (b"Dear all, there is no table here.", "No plan"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence_and_nothing_is_kept(kind: str, client: Client) -> None:
    data, says = REFUSED[kind]
    answer = client.post(reverse("read"), {"file": SimpleUploadedFile("plan.docx", data)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert (Reading.objects.count(), StoredFile.objects.count(), FileChunk.objects.count()) == (0, 0, 0)


def test_what_is_larger_than_any_file_is_refused_before_it_is_read() -> None:
    def reads(request: Any) -> Any:
        raise AssertionError("it went on to be read")

    for size in (str(LARGEST_REQUEST + 1), "9" * 40, "-1", "many"):
        request = RequestFactory().post("/", CONTENT_LENGTH=size)
        assert Size(reads)(request).status_code == 413, size


def test_words_and_refs_of_any_length_are_taken_in(boss: Any, client: Client) -> None:
    """A reader may find a heading of a whole paragraph, or refs nested twelve deep."""
    plan, inspection = plan_record(), inspection_record()
    ref = ".".join(map(str, range(1, 13)))
    plan["areas"][0]["name"] = plan["recommendations"][0]["area"] = "Area " * 200
    plan["recommendations"][0]["number"] = ref
    for one in plan["actions"][:2]:
        one |= {"area": "Area " * 200, "recommendation": ref, "ref": f"{ref}{one['letter']}"}
    plan["actions"][0]["leads"] = [{"name": "A" * 300, "role": "B" * 300, "kind": "person"}]
    inspection["area"] = inspection["body"] = "Vale " * 100
    inspection["themes"][0] |= {"name": "Theme " * 100, "word": "poor " * 50, "score": 999}
    inspection["recommendations"][0]["addressee"] = "Chair " * 100
    made = accepted(boss, plan=plan, inspection=inspection)
    assert the(made, f"{ref}a").recommendation.number == ref
    for name, where in (
        ("plan", {}),
        ("answer", {"pk": made.inspection_id}),
        ("inspection", {"pk": made.inspection_id}),
    ):
        assert client.get(reverse(name, kwargs=where)).status_code == 200


def test_a_reading_of_five_thousand_rows_is_a_page_that_can_be_sent(boss: Any, client: Client) -> None:
    record = plan_record()
    record["actions"] = [action(f"1.{n}", f"Check sample {n} of every plan", 1) for n in range(5000)]
    record["doubts"] = [
        {"kind": "no-lead", "ref": f"1.{n}", "message": f"1.{n} has no lead.", "where": {"line": n}, "other": None}
        for n in range(5000)
    ]
    page = client.get(reverse("reading", kwargs={"pk": read(boss, plan=record).pk}))
    assert page.status_code == 200
    assert len(page.content) < 3_000_000


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_a_document_too_long_to_be_made_is_refused_and_the_sheet_is_not(
    kind: str, boss: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_ACTIONS, kind, 3)
    plan = accepted(boss)

    def taken(form: str) -> Any:
        return client.get(reverse("plan_file", kwargs={"pk": plan.pk, "kind": form}) + "?status=all")

    assert taken(kind).status_code == 409
    assert "these are 4. Take Excel or CSV" in taken(kind).content.decode()
    assert taken("excel").status_code == 200


# Evidence and what leaves ---------------------------------------------------------------------------------------------


def word() -> bytes:
    return package(word__document_xml=b"<w/>")


def sheet() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


TYPES = {
    "text": (b"All plans were checked.", "text/plain"),
    "text with a mark of its order": (b"\xef\xbb\xbfAll plans.", "text/plain"),
    "PDF": (b"%PDF-1.7\n", "application/pdf"),
    "Word": (word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "Excel": (sheet(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "picture": (b"\xff\xd8\xff\xe0", "image/jpeg"),
    "HTML": (b"<!DOCTYPE html><p>", None),
    "HTML after a mark of its order": (b"\xef\xbb\xbf<html><script>alert(1)</script>", None),
    "HTML after a comment": (b"<!-- a --><svg onload=alert(1)>", None),
    "HTML with no head": (b"  <p><iframe src=//x></iframe>", None),
    "SVG": (XML, None),
    "program": (b"MZ\x90\0" + b"\0" * 64, None),
    "package of nothing known": (package(run_exe=b"MZ"), None),
    "package cut short": (b"PK\x03\x04" + b"\0" * 30, None),
    "package with a name no letters are": (word().replace(b"word/", b"w\xff\xferd"[:5]), None),
    "bytes": (b"\x00\x01\x02\xff", None),
    "nothing": (b"", "text/plain"),  # refused as empty by `why_not_keep`
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_file_is_what_is_in_it(kind: str) -> None:
    data, found = TYPES[kind]
    assert content_type(data) == found


@pytest.mark.parametrize(
    ("name", "type_", "kept"),
    [
        ("minutes.txt", "text/plain", "minutes.txt"),
        ("figures.CSV", "text/plain", "figures.CSV"),
        ("run.bat", "text/plain", "run.bat.txt"),
        ("page.html", "text/plain", "page.html.txt"),
        ("report.pdf.exe", "application/pdf", "report.pdf.exe.pdf"),
        ("photo", "image/png", "photo.png"),
        ("plan\r\nSet-Cookie: a=b.pdf", "application/pdf", "planSet-Cookie: a=b.pdf"),
        ("a\u202efdp.exe", "application/pdf", "afdp.exe.pdf"),
        ("\0\x07", "text/plain", "file.txt"),
        ("A" * 300 + ".pdf", "application/pdf", "A" * 196 + ".pdf"),
        ("A" * 300, "application/pdf", "A" * 196 + ".pdf"),
        ("." + "a" * 300, "application/pdf", "." + "a" * 195 + ".pdf"),
        ("cofnodion cyfarfod – ŵ.docx", TYPES["Word"][1], "cofnodion cyfarfod – ŵ.docx"),
        ("plan.bin", "application/octet-stream", "plan.bin"),
    ],
)  # fmt: skip
def test_a_file_leaves_under_a_name_that_says_what_it_is(name: str, type_: str, kept: str) -> None:
    assert name_kept(name, type_) == kept


NAMES = [
    '"quoted" <b>.txt',
    "a;b='c'.txt",
    "x" * 300 + ".txt",
    "\u202etxt.exe",
    "عن رأيهم.txt",
    f"{SCRIPT}.txt",
    "../../etc/passwd",
]


@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_downloaded_and_never_shown_in_place(name: str, boss: Any, client: Client) -> None:
    one = the(accepted(boss), "1a")
    posted = {"file": SimpleUploadedFile(name, b"All plans were checked."), "title": ""}
    client.post(reverse("action_evidence", kwargs={"pk": one.pk}), posted)
    evidence = Evidence.objects.get()
    taken = client.get(reverse("file", kwargs={"pk": evidence.file_id}))
    assert b"".join(taken.streaming_content) == b"All plans were checked."
    assert taken["Content-Type"] == "text/plain"
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert taken["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in taken["Content-Disposition"]
    assert evidence.file.name.endswith(".txt")
    assert "<script>alert" not in client.get(reverse("action", kwargs={"pk": one.pk})).content.decode()


@pytest.mark.parametrize("kind", [kind for kind, (_, found) in TYPES.items() if found is None])
def test_what_a_browser_would_run_is_no_evidence(kind: str, boss: Any, client: Client) -> None:
    one = the(accepted(boss), "1a")
    before = StoredFile.objects.count()
    posted = {
        "file": SimpleUploadedFile("minutes.pdf", TYPES[kind][0], content_type="application/pdf"),
        "title": "Minutes",
    }
    answer = client.post(reverse("action_evidence", kwargs={"pk": one.pk}), posted)
    assert answer.status_code == 409
    assert "is not a kind of file that can be kept" in answer.content.decode()
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, before)


def test_a_large_file_is_kept_whole_with_little_memory(boss: Any) -> None:
    data = b"%PDF-1.7\n" + bytes(range(256)) * 40_000  # ten megabytes, forty chunks
    tracemalloc.start()
    file = keep("minutes.pdf", data, by=boss, at=timezone.now(), content_type="application/pdf")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert b"".join(bytes(one.data) for one in file.chunks.order_by("number")) == data
    assert peak < 2 * len(data)
