from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from tests.governance.plans import accepted, action, head, plan_record, read, the
from waypost.access.log_models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return head()


def test_pages_draw(boss, signed_in):
    client = signed_in(boss)
    assert "There is no improvement plan yet" in client.get(reverse("plan")).content.decode()
    reading = read(boss)
    page = client.get(reverse("reading", kwargs={"pk": reading.pk})).content.decode()
    assert "before it starts in November 2025" in page
    plan = accepted(boss, data=b"another")
    for name in ("today", "plan", "my_actions", "inspections", "read", "how_status"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get(reverse("plan") + "?status=all").status_code == 200
    one = the(plan, "1a")
    for name in ("action", "action_evidence", "action_say", "action_status", "action_dates", "action_measure"):
        assert client.get(reverse(name, kwargs={"pk": one.pk})).status_code == 200, name
    answer = client.get(reverse("answer", kwargs={"pk": plan.inspection_id}))
    assert answer.status_code == 200
    line = plan.inspection.recommendations.first()
    assert client.get(reverse("answer_line", kwargs={"pk": plan.inspection_id, "line": line.pk})).status_code == 200
    assert client.get(reverse("inspection", kwargs={"pk": plan.inspection_id})).status_code == 200
    for kind in ("pdf", "word", "excel", "csv"):
        for name, pk in (
            ("plan_file", plan.pk),
            ("answer_file", plan.inspection_id),
            ("inspection_file", plan.inspection_id),
        ):
            response = client.get(reverse(name, kwargs={"pk": pk, "kind": kind}))
            assert response.status_code == 200, (name, kind)
            assert len(response.content) > 50


def test_a_long_plan_is_shown_a_hundred_at_a_time_and_taken_whole(boss, signed_in):
    record = plan_record()
    record["actions"] = [action(f"1{n}", f"Check sample {n}") for n in range(130)]
    record["doubts"] = []
    plan = accepted(boss, plan=record)
    client = signed_in(boss)
    first = client.get(reverse("plan") + "?status=all&order=plan").content.decode()
    second = client.get(reverse("plan") + "?status=all&order=plan&page=2").content.decode()
    assert ("Check sample 99<" in first, "Check sample 100<" in first) == (True, False)
    assert ("Check sample 100<" in second, "Check sample 99<" in second) == (True, False)
    address = reverse("plan_file", kwargs={"pk": plan.pk, "kind": "csv"})
    rows = client.get(address + "?status=all&order=plan&page=2").content.decode("utf-8-sig").strip().split("\r\n")
    assert len(rows) == 131, "the heading and every action, whatever page was open"


@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ("status=all", {"1a", "1b", "2a", "2b"}),
        ("", {"1a", "1b", "2a", "2b"}),
        ("status=doubt", {"2b"}),
        ("status=all&area=2", {"2a", "2b"}),
        ("status=all&due=ongoing", {"2a"}),
        ("status=all&q=TRAIN", {"1b"}),
        ("status=all&q=police intelligence", {"2a"}),
        ("status=all&lead=Leila+Haddad", {"1a", "1b", "2a"}),
        ("status=all&lead=me", set()),
        ("status=all&on=2025-10-01", {"1a", "1b", "2a", "2b"}),
        ("status=new&on=2025-10-01", {"1a", "1b", "2a"}),
        ("status=nonsense", set()),
    ],
)
def test_filters_on_the_page_are_those_of_the_file(boss, signed_in, asked, refs):
    plan = accepted(boss)
    client = signed_in(boss)
    text = client.get(f"{reverse('plan')}?{asked}").content.decode()
    assert {a.ref for a in plan.actions.all() if f'id="a{a.ref}"' in text} == refs
    address = reverse("plan_file", kwargs={"pk": plan.pk, "kind": "csv"})
    rows = list(csv.reader(io.StringIO(client.get(f"{address}?{asked}").content.decode("utf-8-sig"))))
    assert {row[2] for row in rows[1:]} == refs


def test_what_looks_like_a_formula_is_only_text_in_every_file(boss, signed_in):
    record = plan_record()
    record["actions"][0]["text"] = '=HYPERLINK("x")'
    plan = accepted(boss, plan=record)
    client = signed_in(boss)
    taken = {
        kind: client.get(reverse("plan_file", kwargs={"pk": plan.pk, "kind": kind}) + "?status=all").content
        for kind in ("excel", "csv")
    }
    assert b"'=HYPERLINK" in taken["csv"]
    book = openpyxl.load_workbook(io.BytesIO(taken["excel"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == '=HYPERLINK("x")' for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_a_file_that_leaves_is_logged_with_what_it_held(boss, signed_in):
    plan = accepted(boss)
    signed_in(boss).get(reverse("plan_file", kwargs={"pk": plan.pk, "kind": "csv"}) + "?status=doubt")
    entry = LogEntry.objects.get(event="improvement.plan_taken_csv")
    assert (entry.verb, entry.listed) == ("disclosed", [the(plan, "2b").pk])
