"""What stands behind each address of the matrix: a function makes the record in a state, for whoever will ask."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access import (  # noqa: F401 (each says what stands behind its addresses)
    matrix_alongside,
    matrix_assessments,
    matrix_casework,
    matrix_casework_more,
    matrix_children,
    matrix_court,
    matrix_delivery,
    matrix_gaps,
    matrix_letters,
    matrix_panels,
    matrix_plans,
    matrix_readiness,
)
from tests.access.matrix_world import MAKERS, Asked, World, asked_of, behind, day
from tests.factories import staff
from tests.governance.plans import inspection_record, plan_record, read
from tests.support.sign_in import second_factor_of
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.files import actions as files
from waypost.files.models import StoredFile
from waypost.governance.answers import actions as answers
from waypost.governance.answers.lines import answer
from waypost.governance.improvement.models import Action, Measure
from waypost.governance.improvement.reading_models import Reading
from waypost.governance.improvement.status import Status

__all__ = ["MAKERS", "Asked", "World", "asked_of", "day"]

# Signing in -----------------------------------------------------------------------------------------------------------


@behind("openid_connect_login", "openid_connect_callback")
def provider(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"provider_id": "work"})


@behind("account_reset_password_from_key")
def stale_link(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"uidb36": "0", "key": "stale"}, {"password1": "seven grey herons stand"})


# Accounts, roles and teams --------------------------------------------------------------------------------------------


@behind("staff_add")
def new_person(world: World, asker: Staff, state: str) -> Asked:
    return Asked(posted={"name": "Ada Stone", "email": "ada.stone@example.org"})


@behind("teams")
def new_team(world: World, asker: Staff, state: str) -> Asked:
    return Asked(posted={"name": "Valley"})


def person(world: World, asker: Staff, state: str) -> Staff:
    if state == "closed":
        return staff("practitioner", is_active=False, ended=timezone.localdate())
    return world.one_of(state, asker)


@behind("staff_person", "staff_end", "staff_reopen", "staff_password_link")
def account(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": person(world, asker, state).pk})


@behind("staff_role_give")
def role_to_give(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": person(world, asker, state).pk}, {"role": "board_member"})


@behind("staff_role_take")
def role_to_take(world: World, asker: Staff, state: str) -> Asked:
    whose, now = person(world, asker, state), timezone.now()
    held = whose.roles_held.first() or whose.roles_held.create(role="analyst", since=now - timedelta(days=9))
    if state == "closed":
        whose.roles_held.update(until=now)
    return Asked({"pk": whose.pk, "held": held.pk})


@behind("staff_move")
def move(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": person(world, asker, state).pk}, {"team": world.riverside.pk})


@behind("staff_second_factor_forget")
def second_factor(world: World, asker: Staff, state: str) -> Asked:
    whose = person(world, asker, state)
    second_factor_of(whose)
    return Asked({"pk": whose.pk})


# The plan and its actions ---------------------------------------------------------------------------------------------


@behind("plan_version", plans=True)
def version(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": world.plans[state != "closed"].pk})


@behind("plan_file", plans=True)
def plan_as_a_file(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": world.plans[state != "closed"].pk, "kind": "csv"})


def action(world: World, asker: Staff, state: str) -> Action:
    found = world.plans[state != "closed"].actions.get(ref="1a")
    found.leads.update(staff=world.one_of(state, asker))
    return found


@behind(
    "action",
    "action_evidence",
    "action_say",
    "action_status",
    "action_dates",
    "action_leads",
    "action_measure",
    "action_note",
    plans=True,
)
def on_an_action(world: World, asker: Staff, state: str) -> Asked:
    today = timezone.localdate()
    note = {"words": "Every plan was checked.", **day("dated", today)}
    evidence = {"file": SimpleUploadedFile("notes.txt", b"All plans were checked."), "title": "Plans checked"}
    by_hand = {
        "status": Status.ON_TRACK.value,
        "reason": "A person knows better.",
        **day("until", today + timedelta(days=30)),
    }
    dates = {"start-month": "11", "start-year": "2025", "finish-month": "7", "finish-year": "2027", "why": "Agreed."}
    said = (
        note
        | evidence
        | by_hand
        | dates
        | {"what": "done", "name": "Plans checked", "target": "80"}
        | {"leads": "Board chair"}
    )
    found = action(world, asker, state)
    return Asked({"pk": found.pk}, said | {"revision": found.revision})


@behind("action_kind", plans=True)
def sort_of_action(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": action(world, asker, state).pk}, {"kind": "training"})


@behind("measure_reading", plans=True)
def reading_of_a_measure(world: World, asker: Staff, state: str) -> Asked:
    found = action(world, asker, state)
    measure = Measure.objects.create(action=found, by=world.head, name="Plans checked", target=80)
    posted = {"numerator": "17", "denominator": "27", **day("dated", timezone.localdate())}
    return Asked({"pk": found.pk, "measure_pk": measure.pk}, posted)


@behind("bullet", plans=True)
def progress_line(world: World, asker: Staff, state: str) -> Asked:
    found = action(world, asker, state)
    return Asked({"pk": found.pk, "bullet_pk": found.bullets.get().pk}, {"kind": "milestone"})


@behind("doubt", plans=True)
def doubt(world: World, asker: Staff, state: str) -> Asked:
    found = world.plans[state != "closed"].actions.get(ref="2b")
    found.leads.update(staff=world.one_of(state, asker))
    return Asked({"pk": found.pk, "doubt_pk": found.doubts.first().pk}, {"answer": "kept"})


# A document read ------------------------------------------------------------------------------------------------------


@behind("reading", "reading_accept", "reading_throw_away", "reading_settle")
def document(world: World, asker: Staff, state: str) -> Asked:
    kept = read(world.head, data=b"a third")
    kept.by = world.one_of(state, asker)
    if state == "closed":
        kept.plan, kept.inspection, kept.thrown_away_at = None, None, timezone.now()
    else:
        kept.plan, kept.inspection = plan_record(), inspection_record()
    kept.save()
    assert Reading.objects.get(pk=kept.pk).by_id == kept.by_id
    return Asked({"pk": kept.pk}, {"number": "2", "choice": "keep"})


# The answer to the inspection -----------------------------------------------------------------------------------------


@behind("inspection", "answer", "answer_freeze", plans=True)
def inspection(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": world.plans[1].inspection_id})


@behind("inspection_file", "answer_file", plans=True)
def inspection_as_a_file(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": world.plans[1].inspection_id, "kind": "csv"})


@behind("answer_line", "answer_match", plans=True)
def line(world: World, asker: Staff, state: str) -> Asked:
    present = world.plans[1]
    of = present.inspection.recommendations.last()
    posted = {"action": present.actions.get(ref="1a").pk, "verdict": "answers", "words": "Both speak of plans."}
    return Asked({"pk": present.inspection_id, "line": of.pk}, posted)


@behind("answer_add", plans=True)
def action_for_a_line(world: World, asker: Staff, state: str) -> Asked:
    recommendation = world.plans[1].actions.get(ref="1a").recommendation_id
    posted = {"text": "Visit every college.", "recommendation": recommendation, "leads": "Board chair", "ongoing": "on"}
    return Asked(line(world, asker, state).where, posted)


@behind("answer_judge", plans=True)
def judged(world: World, asker: Staff, state: str) -> Asked:
    return Asked(line(world, asker, state).where, {"verdict": "nothing"})


@behind("answer_frozen", plans=True)
def frozen(world: World, asker: Staff, state: str) -> Asked:
    present, on = world.plans[1], timezone.localdate()
    kept = answers.freeze(answer(present.inspection, present, on), by=world.head, on=on, at=timezone.now())
    return Asked({"pk": present.inspection_id, "number": kept.number})


# Files ----------------------------------------------------------------------------------------------------------------


@behind("file")
def file(world: World, asker: Staff, state: str) -> Asked:
    needs = {"team's": Permission.OPEN_SHOWN_EVIDENCE, "other's": Permission.OPEN_EVIDENCE}.get(state)
    keeper = world.stranger if state == "sealed" else asker
    kept = files.keep(
        "plan.txt", b"Every plan was checked.", by=keeper, at=timezone.now(), content_type="text/plain", needs=needs
    )
    if state in ("team's", "other's"):
        StoredFile.objects.filter(pk=kept.pk).update(kept_by=world.head)
    if state == "closed":
        files.empty(kept, by=keeper, at=timezone.now())
    return Asked({"pk": kept.pk})
