"""What stands behind each address about a child, in the state that a row of the matrix speaks of."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from tests.access.matrix_world import Asked, World, behind, day
from tests.factories import staff
from tests.people import children
from waypost.access import opening
from waypost.access.models import Access, Staff
from waypost.kernel.ids import new_id
from waypost.people.matching import combining
from waypost.people.models import Ask, Child, Cover, Draft, Hold, OpenedWithReason, Wall
from waypost.people.need_to_know import reasons

# Children -------------------------------------------------------------------------------------------------------------


def child(world: World, asker: Staff, state: str) -> Child:
    """Held by whoever the state says; a sealed one is open to the stranger and the head of service alone."""
    held_by = {"team's": world.colleague, "other's": world.stranger, "sealed": world.stranger}.get(state, asker)
    found = children.held(held_by, entered_by=world.head)
    if state == "sealed":
        children.sealed(found, world.stranger, world.head, by=world.head)
    if state == "closed":
        children.let_go(found, by=world.head)
    return found


@behind("child")
def record(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk})


@behind("child_say")
def something_said(world: World, asker: Staff, state: str) -> Asked:
    posted = children.posted("address", lines="9 High Row")
    return Asked({"pk": child(world, asker, state).pk, "kind": "address"}, posted)


@behind("child_end")
def something_ended(world: World, asker: Staff, state: str) -> Asked:
    asked = something_corrected(world, asker, state)
    return Asked(asked.where, day("until", timezone.localdate()) | {"once": new_id()})


@behind("child_document")
def document_of_a_child(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    kept = children.document(found, world.stranger if state == "sealed" else world.head)
    return Asked({"pk": found.pk, "statement": kept.pk})


@behind("organisation_add")
def new_organisation(world: World, asker: Staff, state: str) -> Asked:
    return Asked(posted={"name": "Eastgate Academy", "agency": "education"})


@behind("organisation", "organisation_end")
def organisation(world: World, asker: Staff, state: str) -> Asked:
    """Somebody is added to it, ended, or it is ended itself."""
    found = children.organisation(world.head)
    return Asked({"pk": found.pk}, {"name": "Ada Stone", "telephone": "01632 960 141"})


@behind("professional_end")
def professional(world: World, asker: Staff, state: str) -> Asked:
    found = children.professional(world.head)
    return Asked({"pk": found.organisation_id, "professional": found.pk})


@behind("child_correct")
def something_corrected(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    statement = children.said(found, "address", world.stranger if state == "sealed" else world.head)
    where = {"pk": found.pk, "kind": "address", "statement": statement.pk}
    return Asked(where, children.posted("address", lines="9 High Row"))


# Who may see a child ---------------------------------------------------------------------------------------------------


@behind("child_access", "child_unseal")
def who_may_see(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, {"reason": "The danger has passed."})


@behind("child_allocate")
def to_be_held(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    held_by = "" if state == "closed" else world.one_of(state, asker).pk
    return Asked({"pk": found.pk}, {"to": staff("practitioner").pk, "instead_of": held_by})


@behind("child_involve")
def to_be_involved(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, {"staff": staff("specialist").pk})


@behind("child_access_end")
def involved(world: World, asker: Staff, state: str) -> Asked:
    found, nurse = child(world, asker, state), staff("specialist")
    opening.give(nurse, found.pk, Access.Basis.INVOLVED, at=timezone.now(), by=world.head)
    return Asked({"pk": found.pk, "staff": nurse.pk})


@behind("open_with_reason")
def reason_to_give(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, {"reason": "His mother rang duty about last night."})


@behind("child_seal")
def to_be_sealed(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    named = [world.one_of(state, asker).pk, world.head.pk]
    return Asked({"pk": found.pk}, {"named": named, "reason": "A relative works in the service."})


@behind("child_seal_name")
def to_be_named(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, {"staff": world.colleague.pk})


@behind("child_seal_take_off")
def to_be_taken_off(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk, "staff": world.head.pk})


@behind("reason")
def reason_given(world: World, asker: Staff, state: str) -> Asked:
    whose = world.stranger if state in ("sealed", "closed") else world.one_of(state, asker)
    return Asked({"pk": reason_of(whose, world, state).pk}, {"verdict": "needed", "words": "Quite right to look."})


def reason_of(whose: Staff, world: World, state: str) -> OpenedWithReason:
    now, found = timezone.now(), children.child(world.head)
    opened = OpenedWithReason.objects.create(
        person=found.person, staff=whose, at=now, until=now + timedelta(days=1), reason="His mother rang duty."
    )
    if state == "closed":
        reasons.review(opened, verdict="needed", by=world.head, at=now)
    if state == "sealed":
        children.sealed(found, world.stranger, by=world.head)
    return opened


@behind("hold_back")
def to_be_held_back(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    Staff.objects.filter(pk=asker.pk).update(agency="health")
    source = children.Source(agency="health", basis="crime_and_disorder_39")
    said = children.said(found, "health", world.stranger if state == "sealed" else world.head, source=source)
    posted = {"bears_on_safety": "no", "subject": "physical_health"}
    return Asked({"pk": found.pk, "kind": "health", "statement": said.pk}, posted)


def held_back(found: Child, world: World, agency: str = "health") -> Wall:
    wall = Wall(
        kind="held_back",
        person_id=found.pk,
        agency=agency,
        subject="physical_health",
        bears_on_safety=False,
        made_by=world.head,
        made_at=timezone.now(),
    )
    wall.save(force_insert=True)
    return wall


@behind("ask_held_back")
def held_back_from_them(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    return Asked({"pk": found.pk, "wall": held_back(found, world).pk}, {"reason": "She fainted in my session today."})


@behind("held_back_answer")
def asked_for(world: World, asker: Staff, state: str) -> Asked:
    now, found = timezone.now(), children.held(asker, entered_by=world.head)
    Staff.objects.filter(pk=asker.pk).update(agency="health")
    wall = held_back(found, world, "education" if state == "other's" else "health")
    answered = {"answer": "kept", "answered_by": world.head, "answered_at": now} if state == "closed" else {}
    ask = Ask.objects.create(
        wall=wall, person=found.person, by=world.stranger, at=now, due=now.date(), reason="She fainted.", **answered
    )
    if state == "sealed":
        children.sealed(found, world.stranger, by=world.head)
    return Asked({"pk": ask.pk}, {"answer": "share"})


@behind("todays_list_off")
def on_todays_list(world: World, asker: Staff, state: str) -> Asked:
    found, now = child(world, asker, state), timezone.now()
    midnight = now + timedelta(hours=2)
    opening.give(world.spare, found.pk, Access.Basis.DUTY, at=now, until=midnight, by=world.head)
    return Asked({"pk": found.pk})


@behind("cover_end")
def cover(world: World, asker: Staff, state: str) -> Asked:
    now, colleague = timezone.now(), asker if state == "own" else world.stranger
    ends = now - timedelta(hours=1) if state == "closed" else now + timedelta(days=3)
    since = now - timedelta(days=3)
    given = Cover.objects.create(
        staff=world.colleague, colleague=colleague, since=since, until=ends, given_by=world.head
    )
    return Asked({"pk": given.pk})


@behind("deputy_end")
def deputy(world: World, asker: Staff, state: str) -> Asked:
    now, manager = timezone.now(), staff("manager") if state == "other's" else asker
    ends = now - timedelta(hours=1) if state == "closed" else now + timedelta(days=3)
    held = world.colleague.roles_held.create(
        role="manager", since=now - timedelta(days=3), until=ends, deputy_for=manager
    )
    return Asked({"held": held.pk})


# What is removed, moved and held -------------------------------------------------------------------------------------

WHY = {"rule": "rectification", "reason": "The school says that it was another boy."}


@behind("child_removed", "child_subject_access")
def removed(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": child(world, asker, state).pk}, {"kind": "csv"})


@behind("child_hold", "child_erase")
def to_be_removed(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    return Asked({"pk": found.pk}, WHY | {"number": found.number})


@behind("child_hold_end")
def held(world: World, asker: Staff, state: str) -> Asked:
    found = child(world, asker, state)
    children.as_seen_by(world.head)
    running = Hold(person=found.person, reason="An inquest was opened.", by=world.head, at=timezone.now())
    running.save(force_insert=True)
    return Asked({"pk": found.pk, "held": running.pk})


@behind("child_remove", "child_move")
def on_a_statement(world: World, asker: Staff, state: str) -> Asked:
    """For a move, to another child whom the asker holds."""
    where = something_corrected(world, asker, state).where
    to = children.held(asker, entered_by=world.head, given="Bryony")
    return Asked(where, WHY | {"number": to.number, "confirmed": str(to.pk)})


# Finding and joining --------------------------------------------------------------------------------------------------


@behind("find")
def somebody_looked_for(world: World, asker: Staff, state: str) -> Asked:
    children.child(world.head)
    return Asked(posted={"what": "Ellis Marden"})


@behind("child_enter")
def somebody_entered(world: World, asker: Staff, state: str) -> Asked:
    posted = {"given": "Bryony", "family": "Tate", **day("born", date(2011, 4, 9)), "once": new_id()}
    source = {"how": "observed", "agency": "youth_justice", "basis": "crime_and_disorder_39", "disclosure": "child"}
    return Asked(posted=posted | source)


@behind("child_combine_with")
def another_record(world: World, asker: Staff, state: str) -> Asked:
    other = children.child(world.head, given="Elis")
    return Asked({"pk": child(world, asker, state).pk}, {"number": other.number})


@behind("child_combine")
def two_records(world: World, asker: Staff, state: str) -> Asked:
    left, right = child(world, asker, state), children.child(world.head, given="Elis")
    return Asked({"pk": left.pk, "other": right.pk}, {"keep": left.pk, "reason": "The mother says so."})


@behind("child_part")
def two_records_combined(world: World, asker: Staff, state: str) -> Asked:
    kept, gone = child(world, asker, state), children.child(world.head, given="Elis")
    if state == "sealed":
        return Asked({"pk": kept.pk, "gone": gone.pk})
    combining.combine(kept, gone, by=world.head, at=timezone.now(), reason="The same mother.")
    return Asked({"pk": kept.pk, "gone": gone.pk}, {"reason": "Two sisters."})


@behind("draft_save")
def something_typed(world: World, asker: Staff, state: str) -> Asked:
    typed = {"draft": new_id(), "draft_form": "address", "draft_revision": "0", "draft_turn": "1", "lines": "9 High"}
    return Asked({"pk": child(world, asker, state).pk}, typed)


@behind("draft_throw_away")
def draft(world: World, asker: Staff, state: str) -> Asked:
    about, now = child(world, asker, state), timezone.now()
    author = world.one_of(state, asker)
    kept = Draft(staff=author, person_id=about.pk, form="entry", typed={"words": "Rang."}, begun_at=now, saved_at=now)
    children.as_seen_by(world.stranger)  # who is named on a sealed record
    kept.save(force_insert=True)
    return Asked({"pk": kept.pk})
