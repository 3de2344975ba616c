"""From a document to a plan: nothing stored before it is accepted, all of it in one write, the same file recognised."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import staff
from tests.governance.plans import ACCEPTED, accepted, head, plan_record, read, the
from waypost.access.models import Staff
from waypost.governance.improvement import doubting, reading_actions
from waypost.governance.improvement.lines import line
from waypost.governance.improvement.models import Action, Plan
from waypost.governance.improvement.reading_models import Reading
from waypost.governance.improvement.status import Status
from waypost.kernel.refusal import NotAllowed, Refused
from waypost.quality.inspections.models import Finding, Inspection

pytestmark = pytest.mark.django_db
FINISH, LEAD = 1, 2  # the doubts of the little plan


@pytest.fixture
def boss() -> Staff:
    return head()


def settle(reading: Reading, number: int, key: str, value: str = "") -> None:
    reading_actions.settle(reading, number, key=key, value=value, by=reading.by, at=ACCEPTED)
    reading.refresh_from_db()


def test_nothing_is_stored_until_it_is_accepted(boss):
    reading = read(boss)
    assert not Plan.objects.exists()
    assert not Inspection.objects.exists()
    plan = reading_actions.accept(reading, by=boss, at=ACCEPTED)
    assert (plan.actions.count(), Inspection.objects.count(), Finding.objects.count()) == (4, 1, 2)
    assert plan.inspection == Inspection.objects.get()


def test_the_rows_become_areas_recommendations_and_actions(boss):
    plan = accepted(boss)
    assert [(a.name, [r.number for r in a.recommendations.all()]) for a in plan.areas.all()] == [
        ("Quality of work", ["1"]),
        ("Partners", ["2"]),
    ]
    action = the(plan, "1a")
    assert (action.start_month, action.finish_month, action.cadence) == (date(2025, 11, 1), date(2026, 6, 1), "monthly")
    assert action.where == {"line": 10}
    assert action.source[0] == ["Action", "Check every plan before the family sees it"]
    assert the(plan, "2a").ongoing
    assert [b.words for b in action.bullets.all()] == ["Dates to be set"]


def test_a_lead_with_an_account_leads_in_it(boss):
    leila = staff("practitioner", name="Leila Haddad")
    assert the(accepted(boss), "1a").leads.get().staff == leila


def test_doubts_go_in_open_or_with_their_answer(boss):
    reading = read(boss)
    settle(reading, FINISH, "correct", "1 2026")
    plan = reading_actions.accept(reading, by=boss, at=ACCEPTED)
    assert [(d.kind, d.answer, d.action.ref) for d in plan.doubts.all()] == [
        ("finish-before-start", "corrected", "2b"),
        ("no-lead", "", "2b"),
    ]
    assert the(plan, "2b").finish_month == date(2026, 1, 1)


def test_a_doubt_kept_shows_as_dates_in_doubt(boss):
    reading = read(boss)
    settle(reading, FINISH, "keep")
    plan = reading_actions.accept(reading, by=boss, at=ACCEPTED)
    assert line(the(plan, "2b"), date(2026, 2, 1)).status is Status.DOUBT


@pytest.mark.parametrize(
    ("number", "key", "value", "reason"),
    [
        (FINISH, "correct", "soon", "Write a month and year, like 3 2026: ‘soon’ is not one."),
        (FINISH, "correct", "", "Write a month and year, like 3 2026: ‘’ is not one."),
        (FINISH, "correct", "2 2025", "That is before its start in November 2025. Write a later month."),
        (FINISH, "", "", "Choose one of the answers."),
        (LEAD, "correct", " ", "Write who leads it, or choose to keep the doubt."),
        (9, "keep", "", "There is no such doubt in this reading."),
    ],
)
def test_answers_that_cannot_be_taken(boss, number, key, value, reason):
    reading = read(boss)
    with pytest.raises(Refused) as refused:
        settle(reading, number, key, value)
    assert str(refused.value) == reason
    assert reading.settled == {}


def test_a_lead_may_be_written_and_an_answer_changed(boss):
    reading = read(boss)
    settle(reading, LEAD, "correct", "Health trust")
    settle(reading, LEAD, "correct", "Board chair")
    plan = reading_actions.accept(reading, by=boss, at=ACCEPTED)
    assert [lead.name for lead in the(plan, "2b").leads.all()] == ["Board chair"]


def test_one_answer_for_all_of_a_kind(boss):
    plan = plan_record()
    plan["doubts"] += [{**plan["doubts"][1], "ref": ref} for ref in ("1a", "1b")]
    reading = read(boss, plan=plan)
    assert reading_actions.settle_all(reading, "no-lead", key="keep", by=boss, at=ACCEPTED) == 3
    reading.refresh_from_db()
    assert sorted(reading.settled) == ["2", "3", "4"]


def test_accepting_twice_makes_one_plan(boss):
    reading = read(boss)
    reading_actions.accept(reading, by=boss, at=ACCEPTED)
    with pytest.raises(Refused, match="accepted already"):
        reading_actions.accept(reading, by=boss, at=ACCEPTED)
    assert Plan.objects.count() == 1


def test_a_plan_that_cannot_be_written_leaves_nothing(boss):
    plan = plan_record()
    plan["actions"][3]["ref"] = "1a"  # the database refuses the second of two
    reading = read(boss, plan=plan)
    with pytest.raises(Exception, match="action_ref_once"):
        reading_actions.accept(reading, by=boss, at=ACCEPTED)


def test_a_second_plan_becomes_the_present_one(boss):
    first, second = accepted(boss), accepted(boss, data=b"later")
    first.refresh_from_db()
    assert (first.replaced_at, second.version) == (ACCEPTED, 2)
    assert Plan.objects.current().get() == second


def test_the_same_file_is_one_reading_and_is_recognised_afterwards(boss):
    first, second = read(boss), read(boss)
    assert first.pk == second.pk
    plan = reading_actions.accept(first, by=boss, at=ACCEPTED)
    again = read(boss)
    assert again.pk != first.pk
    assert reading_actions.accepted_before(again.file.sha256) == plan


def test_thrown_away_leaves_no_words(boss):
    reading = read(boss)
    reading_actions.throw_away(reading, by=boss, at=ACCEPTED)
    reading.refresh_from_db()
    assert (reading.plan, reading.inspection, reading.settled) == (None, None, {})
    assert not reading.file.chunks.exists()
    assert reading.file.name == "removed"


def test_a_reading_is_its_readers_alone(boss, signed_in):
    reading = read(boss)
    other = signed_in(staff("manager"))
    assert other.get(reverse("reading", kwargs={"pk": reading.pk})).status_code == 404
    assert other.get(reverse("file", kwargs={"pk": reading.file_id})).status_code == 404
    assert signed_in(boss).get(reverse("file", kwargs={"pk": reading.file_id})).status_code == 200


def test_only_those_who_run_the_plan_bring_one_in(boss):
    with pytest.raises(NotAllowed, match="read a plan or an inspection"):
        read(staff("practitioner"))


MARKDOWN = """# Improvement plan

| Recommendation | Action | Outcome | Lead | Start | Finish | Review | Progress |
|---|---|---|---|---|---|---|---|
| 1. Plans can be followed | 1a Check every plan | Better plans | Leila Haddad | November 2025 | June 2026 | Monthly | Begun |
| | 1b Ask children each review | Children heard | Leila Haddad | November 2025 | Ongoing | Quarterly | |
"""


def test_a_file_is_read_checked_and_accepted_in_the_browser(boss, signed_in):
    client = signed_in(boss)
    upload = SimpleUploadedFile("plan.md", MARKDOWN.encode())
    page = client.post(reverse("read"), {"file": upload}, follow=True)
    assert "Nothing is stored yet." in page.content.decode()
    reading = Reading.objects.get()
    client.post(reverse("reading_accept", kwargs={"pk": reading.pk}))
    assert [action.ref for action in Action.objects.all()] == ["1a", "1b"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.md", b"", "empty"),
        ("picture.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "picture"),
        ("letter.txt", b"Dear all, there is no table here.", "plan"),
    ],
)
def test_a_file_that_holds_no_plan_is_refused_in_a_sentence(boss, signed_in, name, data, says):
    answer = signed_in(boss).post(reverse("read"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Reading.objects.exists()


def test_every_kind_of_doubt_has_a_question():
    from waypost.governance.improvement.reading.plan import DoubtKind

    assert set(doubting.KINDS) == {str(kind) for kind in DoubtKind}
