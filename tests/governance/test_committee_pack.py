"""The committee pack: front sheet, judgements, answer and plan in one file, and what is left out is said."""

from __future__ import annotations

import io

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import staff
from tests.governance.plans import ACCEPTED, accepted, head, the
from waypost.access.log_models import LogEntry
from waypost.governance.answers import actions as answers
from waypost.governance.answers.models import Match
from waypost.governance.improvement import actions
from waypost.governance.improvement.models import Said

pytestmark = pytest.mark.django_db
TYPED = {
    "report_to": "Scrutiny committee",
    "meets_on-day": "3",
    "meets_on-month": "3",
    "meets_on-year": "2026",
    "title": "Findings and plan",
    "contact": "The head of service",
    "reason": "To tell members what was found.",
    "recommendations": "Comment on the plan.",
    "financial": "None beyond the present budget.",
    "exempt": "",
    "leads": "public",
}


@pytest.fixture
def client(signed_in):
    boss = head()
    plan = accepted(boss)
    done = {"by": boss, "dated": ACCEPTED.date(), "words": "", "at": ACCEPTED}
    actions.say(the(plan, "1a"), Said.What.DONE, **done)
    line = plan.inspection.recommendations.first()
    answers.match(line, the(plan, "1a"), Match.Verdict.ANSWERS, by=boss, words="", at=ACCEPTED)
    return signed_in(boss)


def made(client, kind, **more) -> str:
    response = client.post(reverse("committee_pack"), TYPED | {"kind": kind} | more)
    assert response.status_code == 200, response.content.decode()[-3000:]
    if kind == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    document = docx.Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_the_pack_holds_all_its_parts(client, kind):
    text = " ".join(made(client, kind).split())
    for part in (
        "Scrutiny committee",
        "None beyond the present budget.",
        "Legal implications",
        "Reducing reoffending",
        "Nothing answers it",
        "Check every plan before the family sees it",
        "Leila Haddad",
    ):
        assert part in text, part
    assert LogEntry.objects.filter(event=f"committee.pack_taken_{kind}").count() == 1


def test_names_left_out_are_said_to_be(client):
    text = " ".join(made(client, "word", leads="exempt").split())
    assert "Leila Haddad" not in text
    assert "Imogen Fenwick" not in text, "who said it was done, and who matched it"
    assert "Team manager" in text
    assert "Names of staff" in text


def test_an_exemption_needs_its_ground(client):
    response = client.post(reverse("committee_pack"), TYPED | {"kind": "pdf", "exempt": "the annex"})
    assert response.status_code == 422
    assert "Give the ground after a semicolon" in response.content.decode()


def test_a_case_manager_is_told_whom_to_ask(client, signed_in):
    response = signed_in(staff("practitioner")).get(reverse("committee_pack"))
    assert response.status_code == 403
    assert "Ask a" in response.content.decode()
