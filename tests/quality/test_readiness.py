"""Open cases gone through: what is read of them, what is kept, who sees it, and what is quiet for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import met, missed, order, say
from tests.factories import staff, team
from tests.people.children import OURS, as_seen_by, document, harmed, held, said, sealed
from waypost.access.models import Staff
from waypost.casework.models import (
    Agreed,
    Answered,
    Assessment,
    Contribution,
    Factor,
    Objective,
    ObjectiveFactor,
    Plan,
    PlanWords,
)
from waypost.casework.tasks import actions as tasks
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.record.models import Child
from waypost.quality.models import ReadinessResult, ReadinessRun, Snooze
from waypost.quality.readiness import actions, panels, reading
from waypost.quality.readiness.facts import CaseFacts

pytestmark = pytest.mark.django_db
FROM_CHILD, FROM_CARER = replace(OURS, said_by="child"), replace(OURS, said_by="carer")


def today() -> Any:
    return timezone.localdate()


def a_case(worker: Staff, head: Staff, *, days: int = 60, given: str = "Ellis") -> Child:
    found = held(worker, entered_by=head, given=given)
    say(found, "case", head, today() - timedelta(days=days))
    return found


def gone_through(head: Staff, *, whole: bool = True) -> ReadinessRun:
    as_seen_by(head)
    return actions.go_through(Child.objects.all(), at=timezone.now(), whole=whole)


def facts(of: Child, head: Staff) -> CaseFacts:
    as_seen_by(head)
    return next(one for one in reading.read(Child.objects.all(), timezone.now()) if one.child == of.pk)


def keys(of: Child) -> set[str]:
    return set(ReadinessResult.objects.standing().filter(person=of.pk).values_list("check_key", flat=True))


def signed(of: Child, by: Staff, head: Staff, *, form: str = "full", locked: bool = True, **judged: str) -> Assessment:
    """An assessment signed twenty days ago; what was judged of harm and safety, by question."""
    at = timezone.now() - timedelta(days=20)
    stages = {"full": "start", "health_screening": "screening"}
    made = Assessment.objects.create(
        person=of.person, form=form, version=1, stage=stages.get(form, "start"), reason="first", by=by, at=at,
        once=new_id(), signed_by=by, signed_at=at, locked_by=head if locked else None, locked_at=at if locked else None,
    )  # fmt: skip
    for question, value in judged.items():
        Answered.objects.create(
            person=of.person, assessment=made, question=question, who="practitioner", value=value,
            disclosure="court", by=by, at=at,
        )  # fmt: skip
    return made


def a_factor(of: Child, by: Staff, rating: str = "strong", side: str = "against") -> Factor:
    at = timezone.now() - timedelta(days=20)
    return Factor.objects.create(
        person=of.person, root=new_id(), factor="attendance", side=side, category="learning_work", rating=rating,
        disclosure="child", since=at, by=by, at=at,
    )  # fmt: skip


def a_plan(of: Child, by: Staff, head: Staff, *parts: str, answers: Factor | None = None) -> Plan:
    at = timezone.now() - timedelta(days=15)
    kept: dict[str, Any] = {"person": of.person, "by": by, "at": at}
    plan = Plan.objects.create(
        number=1, once=new_id(), signed_by=by, signed_at=at, locked_by=head, locked_at=at, **kept
    )
    for place, part in enumerate(parts, start=1):
        root = new_id()
        Objective.objects.create(
            plan=plan, root=root, part=part, place=place, words="Go to the workshop twice a week", agency="education",
            how_we_know="Seen there", by_day=today() + timedelta(days=60), **kept,
        )  # fmt: skip
        if answers:
            ObjectiveFactor.objects.create(plan=plan, objective=root, factor=answers.root, **kept)
    return plan


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def worker() -> Staff:
    return staff(team=team())


class TestWhatIsRead:
    def test_of_a_case_of_which_little_is_known(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        found = facts(ellis, head)
        assert (found.began, found.worker, found.team) == (today() - timedelta(days=60), worker.pk, worker.team_id)
        assert not found.answered_for and found.plan is None and found.assessed.signed is None
        assert found.met.expected is None and found.met.last_seen is None

    def test_a_closed_case_is_not_read(self, worker: Staff, head: Staff) -> None:
        ellis = held(worker, entered_by=head)
        since = today() - timedelta(days=60)
        say(ellis, "case", head, since, until=today() - timedelta(days=3), ended_because="completed")
        as_seen_by(head)
        assert reading.read(Child.objects.all(), timezone.now()) == []

    def test_the_order_that_runs(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head, days=90)
        order(ellis, head, today() - timedelta(days=40))
        found = facts(ellis, head)
        assert found.answered_for and found.began == today() - timedelta(days=40) and found.ends

    def test_who_was_seen_and_what_was_missed(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        met(ellis, worker, 20)
        missed(ellis, worker, 9)
        say(ellis, "expected_contact", head, today() - timedelta(days=50), contacts=4)
        found = facts(ellis, head).met
        assert found.last_seen == today() - timedelta(days=20)
        assert found.missed == today() - timedelta(days=9)
        assert (found.kept, found.expected) == (1, 4)
        met(ellis, worker, 2)
        assert facts(ellis, head).met.missed is None, "somebody reached the child since"

    def test_what_was_said_and_what_came_of_it(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        long_ago = today() - timedelta(days=50)
        said(ellis, "entry", head, source=FROM_CHILD, since=long_ago, own_words="I want to fix bikes.")
        said(ellis, "entry", head, source=FROM_CARER, since=long_ago, own_words="He is not himself.")
        found = facts(ellis, head).said
        assert (found.child, found.carer, found.unanswered) == (long_ago, long_ago, (long_ago,))

    def test_what_is_to_be_done(self, worker: Staff, head: Staff) -> None:
        ellis, now = a_case(worker, head), timezone.now()
        for key, due in (("less_safe", today()), ("review", today() - timedelta(days=30))):
            tasks.put(
                ellis.person, key=key, title="Do it", due=due, starts=due, source=("person", ellis.pk), by=head,
                at=now, once=new_id(),
            )  # fmt: skip
        found = facts(ellis, head)
        assert found.less_safe == today() and found.late == today() - timedelta(days=30)

    def test_what_is_and_what_is_not_there(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        since = today() - timedelta(days=30)
        harmed(ellis, head)
        said(ellis, "care", head, care_basis="care_order", since=since)
        said(ellis, "education", head, setting="none", since=since)
        said(ellis, "alert", head, review_by=today() + timedelta(days=1))
        say(ellis, "oversight", head, since)
        say(ellis, "consent", head, since)
        say(ellis, "exit_plan", head, since)
        say(ellis, "transition", head, since)
        found = facts(ellis, head)
        assert found.harmed and found.looked_after and not found.social_worker
        assert found.nowhere_since == since and found.alerts_due == () and found.oversight == since
        assert found.consent and found.exit_plan and found.steps_to_18

    def test_what_was_judged_is_read_of_the_latest_assessment(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        signed(ellis, worker, head, serious_harm="high", safety="low")
        signed(ellis, worker, head, form="health_screening")
        found = facts(ellis, head).assessed
        assert (found.serious_harm, found.safety) == ("high", "low")
        assert found.screened >= {"health_screening"} and found.waits_since is None

    def test_an_agency_that_has_not_answered(self, worker: Staff, head: Staff) -> None:
        ellis, now = a_case(worker, head), timezone.now()
        made = Assessment.objects.create(
            person=ellis.person, form="full", version=1, stage="start", reason="first", by=worker, at=now, once=new_id()
        )
        due = today() - timedelta(days=4)
        Contribution.objects.create(
            person=ellis.person, assessment=made, agency="health", what="Sleep", due=due, by=worker, at=now,
            once=new_id(),
        )  # fmt: skip
        assert facts(ellis, head).assessed.asked_due == due

    def test_a_factor_is_answered_by_an_objective_of_the_plan(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        one, other = a_factor(ellis, worker), a_factor(ellis, worker)
        plan = a_plan(ellis, worker, head, "change", answers=one)
        kept = {"person": ellis.person, "plan": plan, "by": worker, "at": timezone.now()}
        Agreed.objects.create(who="child", day=today(), **kept)
        PlanWords.objects.create(what="victim_safety", words="Not that street.", **kept)
        found = facts(ellis, head)
        assert {factor.root: factor.answered for factor in found.factors} == {one.root: True, other.root: False}
        assert found.plan and found.plan.child_asked and not found.plan.carer_asked
        assert found.plan.says == {"victim_safety"} and [one.answers for one in found.plan.objectives] == [True]

    def test_as_many_questions_for_twelve_cases_as_for_one(self, worker: Staff, head: Staff) -> None:
        def asked() -> int:
            as_seen_by(head)
            with CaptureQueriesContext(connection) as queries:
                reading.read(Child.objects.all(), timezone.now())
            return len(queries)

        a_case(worker, head)
        first = asked()
        for n in range(11):
            met(a_case(worker, head, given=f"Child{n}"), worker)
        assert asked() == first <= 40


class TestWhatIsKept:
    def test_from_when_it_was_first_seen_until_it_was_gone(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        gone_through(head)
        assert {"no_assessment", "no_plan", "no_consent", "how_often"} <= keys(ellis)
        first = ReadinessResult.objects.get(person=ellis.pk, check_key="no_assessment")
        signed(ellis, worker, head)
        gone_through(head)
        assert "no_assessment" not in keys(ellis)
        first.refresh_from_db()
        assert first.gone_at is not None and first.first_seen < first.gone_at

    def test_again_on_the_same_day_keeps_nothing_twice(self, worker: Staff, head: Staff) -> None:
        a_case(worker, head)
        gone_through(head)
        before = ReadinessResult.objects.count()
        gone_through(head)
        assert ReadinessResult.objects.count() == before

    def test_what_changes_is_told_anew_under_the_same_day(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        a_factor(ellis, worker)
        gone_through(head)
        row = ReadinessResult.objects.get(person=ellis.pk, check_key="factor_unanswered")
        a_factor(ellis, worker)
        gone_through(head)
        row.refresh_from_db()
        assert row.told["count"] == "2 factors" and len(row.about) == 2 and row.gone_at is None

    def test_of_some_children_alone_the_others_stay(self, worker: Staff, head: Staff) -> None:
        ellis, bryony = a_case(worker, head), a_case(worker, head, given="Bryony")
        gone_through(head)
        actions.go_through(Child.objects.filter(pk=ellis.pk), at=timezone.now(), by=head, whole=False)
        assert keys(bryony) and keys(ellis)

    def test_at_night_nobody_asks_and_a_sealed_record_is_not_read(self, worker: Staff, head: Staff) -> None:
        ellis, bryony = a_case(worker, head), a_case(worker, head, given="Bryony")
        sealed(ellis, head, by=head)
        nobody = staff(None)
        as_seen_by(nobody)
        actions.go_through(Child.objects.all(), at=timezone.now(), whole=True)
        as_seen_by(head)
        assert keys(bryony) and not keys(ellis)

    def test_no_word_of_the_record_is_kept(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        document(ellis, head)
        said(ellis, "entry", head, source=FROM_CHILD, own_words="Marmalade.", since=today() - timedelta(days=60))
        a_factor(ellis, worker)
        gone_through(head)
        told = " ".join(str(one.told) for one in ReadinessResult.objects.all())
        assert "Marmalade" not in told and "Ellis" not in told


class TestQuiet:
    def snoozed(self, of: Child, by: Staff, days: int = 20, reason: str = "The court is to say on Friday.") -> Snooze:
        until = today() + timedelta(days=days)
        return actions.snooze(of, "no_assessment", until, reason, by=by, at=timezone.now(), once=new_id())

    def test_it_is_not_shown_and_the_reason_is(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        gone_through(head)
        self.snoozed(ellis, worker)
        found = panels.of_child(ellis, timezone.now())
        assert "no_assessment" not in {line.check.key for line in found.lines}
        assert [one.of.reason for one in found.snoozed] == ["The court is to say on Friday."]
        assert panels.overview(worker, timezone.now(), {}).snoozed == 1

    def test_it_is_shown_again_when_somebody_says_so(self, worker: Staff, head: Staff) -> None:
        ellis = a_case(worker, head)
        gone_through(head)
        self.snoozed(ellis, worker)
        actions.wake(ellis, "no_assessment", by=worker, at=timezone.now())
        assert "no_assessment" in {line.check.key for line in panels.of_child(ellis, timezone.now()).lines}

    @pytest.mark.parametrize(
        ("days", "reason", "why"),
        [
            (29, "The court is to say on Friday.", "at most"),
            (0, "The court is to say on Friday.", "after today"),
            (5, "Later.", "Say why"),
        ],
    )
    def test_not_for_long_and_not_without_a_reason(
        self, worker: Staff, head: Staff, days: int, reason: str, why: str
    ) -> None:
        ellis = a_case(worker, head)
        with pytest.raises(Refused, match=why):
            self.snoozed(ellis, worker, days, reason)

    def test_sent_twice_it_is_one(self, worker: Staff, head: Staff) -> None:
        ellis, once = a_case(worker, head), new_id()
        for _ in range(2):
            actions.snooze(
                ellis, "no_assessment", today() + timedelta(days=2), "The court is to say.", by=worker,
                at=timezone.now(), once=once,
            )  # fmt: skip
        assert Snooze.objects.count() == 1


class TestPages:
    def test_a_case_manager_sees_their_own_worst_first(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        ellis = a_case(worker, head)
        a_case(staff(), head, given="Bryony")
        gone_through(head)
        page = signed_in(worker).get(reverse("readiness")).content.decode()
        assert "Of one open case" in page or "Of 1 open case" in page
        assert "Ellis" in page and "Bryony" not in page
        assert reverse("child_readiness", kwargs={"pk": ellis.pk}) in page and reverse("voice") in page

    def test_a_head_of_service_sees_all_by_theme_and_worker(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        a_case(worker, head)
        a_case(staff(), head, given="Bryony")
        gone_through(head)
        client = signed_in(head)
        page = client.get(reverse("readiness")).content.decode()
        assert (
            "Ellis" in page and "Bryony" in page and "By worker" in page and "Ensuring the sentence is served" in page
        )
        some = client.get(reverse("readiness"), {"worker": str(worker.pk)}).content.decode()
        assert "Ellis" in some and "Bryony" not in some

    def test_whoever_presses_it_is_told_how_many(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        a_case(worker, head)
        page = signed_in(worker).post(reverse("readiness_go_through"), follow=True).content.decode()
        assert "Gone through: 1 open case" in page

    def test_the_page_of_one_child_says_why_it_matters(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        ellis = a_case(worker, head)
        gone_through(head)
        page = signed_in(worker).get(reverse("child_readiness", kwargs={"pk": ellis.pk})).content.decode()
        assert "No assessment" in page and "Without one nobody can say" in page

    def test_a_check_is_quietened_on_its_form(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        ellis = a_case(worker, head)
        gone_through(head)
        client, address = signed_in(worker), reverse("child_readiness_snooze", args=[ellis.pk, "no_assessment"])
        day = today() + timedelta(days=5)
        posted = {"once": str(new_id()), "reason": "The court is to say on Friday."}
        posted |= {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)}
        assert client.get(address).status_code == 200
        assert client.post(address, posted).status_code == 302
        assert client.post(address, posted | {"once": str(new_id()), "reason": "No."}).status_code == 409
        assert client.post(reverse("child_readiness_wake", args=[ellis.pk, "no_assessment"])).status_code == 302

    def test_as_many_questions_for_twelve_as_for_one(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        client = signed_in(worker)

        def asked() -> int:
            gone_through(head)
            client.get(reverse("readiness"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("readiness"))
            return len(queries)

        a_case(worker, head)
        first = asked()
        for n in range(11):
            a_case(worker, head, given=f"Child{n}")
        assert asked() == first


def test_what_was_known_on_a_past_day_is_told(worker: Staff, head: Staff) -> None:
    ellis = a_case(worker, head)
    run = gone_through(head)
    long_ago = timezone.now() - timedelta(days=40)
    ReadinessResult.objects.filter(person=ellis.pk, check_key="no_assessment").update(first_seen=long_ago)
    ReadinessRun.objects.filter(pk=run.pk).update(at=long_ago)
    gone_through(head)
    found = {row.key: row.before for row in panels.overview(head, timezone.now(), {}).themes}
    assert found["reducing_reoffending"] and found["reducing_reoffending"].numerator == 1
    assert found["interventions"] and found["interventions"].numerator == 0


def test_teams_stand_beside_each_other_with_what_they_had_four_weeks_ago(worker: Staff, head: Staff) -> None:
    other = staff(team=team())
    a_case(worker, head)
    a_case(other, head, given="Bryony")
    assert panels.overview(head, timezone.now(), {}).teams[0].before is None
    run = gone_through(head)
    long_ago = timezone.now() - timedelta(days=40)
    ReadinessResult.objects.filter(worker=worker.pk).update(first_seen=long_ago)
    ReadinessRun.objects.filter(pk=run.pk).update(at=long_ago)
    found = {row.words: row for row in panels.overview(head, timezone.now(), {}).teams}
    assert worker.team and other.team
    mine, theirs = found[worker.team.name], found[other.team.name]
    assert (mine.now.numerator, mine.now.denominator) == (1, 1)
    assert mine.before and theirs.before
    assert (mine.before.numerator, theirs.before.numerator, theirs.before.denominator) == (1, 0, 1)


def test_of_one_team_alone_there_is_no_table(worker: Staff, head: Staff) -> None:
    a_case(worker, head)
    assert panels.overview(head, timezone.now(), {}).teams == ()


def test_every_check_leads_somewhere(worker: Staff, head: Staff) -> None:
    from waypost.quality.readiness import definitions

    for check in definitions.load().values():
        assert reverse(panels.PAGES[check.page], kwargs={"pk": UUID(int=1)})
