"""The pages of a plan, as somebody who works with the child meets them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.access.matrix_world import day
from tests.casework.plans.given import NOW, SCHOOL, begun, factor, in_days, locked, put, ready, signed, written
from tests.factories import service, staff
from tests.people.children import as_seen_by, child
from waypost.access.models import Staff
from waypost.casework.plans import panels
from waypost.casework.plans.models import Agreed, Objective, Plan, PlanStep, Progress
from waypost.kernel.ids import new_id
from waypost.people.models import Child, Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


@pytest.fixture
def client(worker: Staff) -> Client:
    found = Client()
    found.force_login(worker)
    return found


def at(name: str, of: Child, **where: Any) -> str:
    return reverse(f"child_plan{name}", kwargs={"pk": of.pk, **where})


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def over(plan: Plan) -> dict[str, Any]:
    now = Plan.objects.get(pk=plan.pk)
    return {"plan": now.pk, "revision": now.revision, "once": new_id()}


def objective(plan: Plan, **given: Any) -> dict[str, Any]:
    said = {"part": "change", "words": SCHOOL, "how_we_know": "The school’s register.", "agency": "youth_justice"}
    return over(plan) | said | day("by_day", in_days(60)) | given


def test_without_a_plan_the_page_offers_to_begin_one(worker, ellis, client) -> None:
    assert "There is no plan yet." in text(client.get(at("", ellis)))
    posted = {"once": new_id()}
    for _ in range(2):  # the second time it is there already, and nothing new is begun
        client.post(at("_begin", ellis), posted)
    assert Plan.objects.count() == 1
    assert "There is no objective yet" in text(client.get(at("", ellis)))


def test_an_objective_posted_twice_is_one(worker, ellis, client) -> None:
    plan, root = begun(ellis, worker), new_id()
    posted = objective(plan)
    for _ in range(2):
        assert client.post(at("_objective", ellis, root=root), posted).status_code == 302
    assert Objective.objects.get().words == SCHOOL
    assert SCHOOL in text(client.get(at("", ellis)))


def test_over_what_another_saved_both_texts_are_shown_and_then_it_is_saved(worker, ellis, client) -> None:
    plan, root = begun(ellis, worker), new_id()
    posted = objective(plan, words="Ellis is at school every morning")
    put(plan, worker, root)
    answer = client.post(at("_objective", ellis, root=root), posted)
    page = text(answer)
    assert answer.status_code == 409 and "What the plan says now" in page
    assert SCHOOL in page and "Ellis is at school every morning" in page
    revision = Plan.objects.get(pk=plan.pk).revision
    assert f'name="revision" value="{revision}"' in page
    assert client.post(at("_objective", ellis, root=root), posted | {"revision": revision}).status_code == 302
    assert Objective.objects.current().get().words == "Ellis is at school every morning"


def test_what_was_opened_on_the_plan_before_is_stale_on_the_next(worker, ellis, client) -> None:
    manager = staff("manager")
    before = locked(ellis, worker, manager)
    plan = begun(ellis, worker)
    posted = over(plan) | {"plan": before.pk, "words": "Ring duty."}
    assert client.post(at("_says", ellis, what="contingency"), posted).status_code == 409


def test_what_is_typed_is_kept_as_a_draft_and_comes_back(worker, ellis, client) -> None:
    plan, root = begun(ellis, worker), new_id()
    form = {"draft": new_id(), "draft_form": f"plan_objective:{root}", "draft_revision": 0}
    typed = objective(plan, words="Ellis is at sch") | form
    assert client.post(reverse("draft_save", kwargs={"pk": ellis.pk}), typed).status_code == 200
    as_seen_by(worker)
    assert "plan" not in Draft.objects.get().typed  # over which revision it is saved is asked anew
    put(plan, worker)
    page = text(client.get(at("_objective", ellis, root=root)))
    assert "Ellis is at sch" in page and f'name="revision" value="{Plan.objects.get(pk=plan.pk).revision}"' in page
    assert f'href="{at("_objective", ellis, root=root)}"' in text(client.get(reverse("drafts")))
    assert (
        client.post(at("_objective", ellis, root=root), objective(plan) | form | {"draft_revision": 1}).status_code
        == 302
    )
    assert not Draft.objects.visible_to(worker).exists()


def test_who_does_what_is_added_and_taken_off(worker, ellis, client) -> None:
    plan = begun(ellis, worker)
    aim = put(plan, worker)
    posted = over(plan) | {"who": "agency", "agency": "health", "name": "Dr Rao", "what": "Sees him in clinic."}
    for _ in range(2):
        assert client.post(at("_does", ellis, root=aim.root), posted).status_code == 302
    assert "<strong>Health: Dr Rao</strong>: Sees him in clinic." in text(client.get(at("", ellis)))
    (one,) = panels.shown(Plan.objects.get(pk=plan.pk), ellis, NOW()).aims[0].does
    stale = {"take_off": one.pk, "revision": 0}
    assert client.post(at("_does", ellis, root=aim.root), stale).status_code == 409
    off = stale | {"revision": Plan.objects.get(pk=plan.pk).revision}
    assert client.post(at("_does", ellis, root=aim.root), off).status_code == 302
    assert "Nobody does anything for" in text(client.get(at("", ellis)))


def test_what_is_agreed_stands_in_the_childs_words(worker, ellis, client) -> None:
    plan = written(ellis, worker)
    posted = over(plan) | day("day", timezone.localdate()) | {"own_words": "Twelve is fine."}
    assert client.post(at("_agreed", ellis, who="child"), posted).status_code == 302
    assert Agreed.objects.get().own_words == "Twelve is fine."
    assert client.get(at("_agreed", ellis, who="neighbour")).status_code == 404
    assert client.post(at("_agreed", ellis, who="child"), over(plan)).status_code == 409


def test_a_factor_can_wait_with_a_reason(worker, ellis, client) -> None:
    about, plan = factor(ellis, worker, "friends"), begun(ellis, worker)
    assert (
        client.post(at("_not_now", ellis, root=about.root), over(plan) | {"words": "After his exams."}).status_code
        == 302
    )
    assert "Not now: Friends" in text(client.get(at("", ellis)))
    assert client.get(at("_not_now", ellis, root=new_id())).status_code == 404


def test_what_is_signed_is_read_and_no_longer_written(worker, ellis, client) -> None:
    plan = ready(ellis, worker)
    assert client.post(at("_step", ellis, step="sign"), over(plan)).status_code == 302
    page = text(client.get(at("", ellis)))
    assert "it waits to be countersigned by another" in page and "Add an objective" not in page
    assert client.get(at("_objective", ellis, root=new_id())).status_code == 409
    assert client.post(at("_says", ellis, what="needs"), over(plan) | {"words": "A quiet room."}).status_code == 409
    assert client.get(at("_step", ellis, step="drop")).status_code == 409
    assert client.post(at("_step", ellis, step="take-back"), over(plan)).status_code == 302
    assert (
        client.post(at("_step", ellis, step="drop"), over(plan) | {"words": "Meant for his brother."}).status_code
        == 302
    )
    assert "There is no plan yet." in text(client.get(at("", ellis)))
    assert "Begun in error, and dropped." in text(client.get(at("_version", ellis, plan=plan.pk)))
    assert client.get(at("_step", ellis, step="burn")).status_code == 404


def test_signed_with_something_missing_it_goes_back_with_the_list(worker, ellis, client) -> None:
    plan = written(ellis, worker)
    answer = client.post(at("_step", ellis, step="sign"), over(plan))
    assert answer.status_code == 409 and "Nobody has said whether the child agrees" in text(answer)


def test_a_manager_finds_it_countersigns_and_nobody_else(worker, ellis, client) -> None:
    plan = signed(ellis, worker)
    assert client.get(at("_countersign", ellis)).status_code == 403
    leila = Client()
    leila.force_login(staff("manager", name="Leila Haddad"))
    assert "Countersign it or send it back" in text(leila.get(at("", ellis)))
    posted = over(plan) | {"step": "sent_back"}
    assert leila.post(at("_countersign", ellis), posted).status_code == 409
    once = posted | {"words": "Say who meets him at the bus."}
    for _ in range(2):
        assert leila.post(at("_countersign", ellis), once).status_code == 302
    assert PlanStep.objects.filter(step="sent_back").count() == 1
    assert "Leila Haddad sent it back" in text(client.get(at("", ellis)))


def test_how_far_it_has_come_and_the_review(worker, ellis, client) -> None:
    plan = locked(ellis, worker, staff("manager"))
    aim = Objective.objects.get()
    posted = {"once": new_id(), "state": "going", "words": "Nine hours."} | day("day", timezone.localdate())
    for _ in range(2):
        assert client.post(at("_progress", ellis, root=aim.root), posted).status_code == 302
    assert Progress.objects.count() == 1 and "Nine hours." in text(client.get(at("", ellis)))
    page = text(client.get(at("_review", ellis)))
    assert "How the factors moved since the plan was begun" in page and "as before" in page
    said = over(plan) | {f"state-{aim.root}": "reached", f"words-{aim.root}": "Twelve hours."}
    assert client.post(at("_review", ellis), said).status_code == 422
    assert client.post(at("_review", ellis), said | {"words": "School goes well now."}).status_code == 302
    assert "Begin the next plan" in text(client.get(at("", ellis)))


def test_the_order_of_objectives(worker, ellis, client) -> None:
    plan = begun(ellis, worker)
    first, second = put(plan, worker), put(plan, worker, words="Ellis sleeps at home every night")
    assert "In which order" in text(client.get(at("_order", ellis)))
    posted = over(plan) | {str(first.root): "2", str(second.root): "1"}
    assert client.post(at("_order", ellis), posted).status_code == 302
    assert [aim.of.words for aim in panels.shown(plan, ellis, NOW()).aims][0].startswith("Ellis sleeps")


def test_no_title_of_a_page_holds_a_name(worker, ellis, client) -> None:
    plan = written(ellis, worker)
    for where in (
        at("", ellis),
        at("_version", ellis, plan=plan.pk),
        at("_order", ellis),
        at("_agreed", ellis, who="child"),
    ):
        title = text(client.get(where)).partition("<title>")[2].partition("</title>")[0]
        assert "Ellis" not in title and "Marden" not in title and title


def test_an_objective_is_no_statement_that_the_record_corrects(worker, ellis, client) -> None:
    aim = written(ellis, worker).objectives.get()
    where = {"pk": ellis.pk, "kind": "plan_objective", "statement": aim.pk}
    assert client.get(reverse("child_correct", kwargs=where)).status_code == 404
