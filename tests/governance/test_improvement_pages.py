from __future__ import annotations

import pytest
from django.urls import reverse

from tests.governance.plans import accepted, head, read, the

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return head()


def test_pages_draw(boss, signed_in):
    client = signed_in(boss)
    assert "There is no improvement plan yet" in client.get(reverse("plan")).content.decode()
    reading = read(boss)
    page = client.get(reverse("reading", kwargs={"pk": reading.pk})).content.decode()
    assert "2b: finishes before it starts" in page
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
