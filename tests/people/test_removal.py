"""One statement taken out with every version of it; a hold; something that stood on the wrong child moved."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import OURS, as_seen_by, child, example, said
from waypost.access.models import LogEntry, Staff
from waypost.files import actions as files
from waypost.files.models import FileChunk, StoredFile
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.models import (
    Birth,
    Child,
    Document,
    Draft,
    Entry,
    Moved,
    Name,
    NameKey,
    Person,
    Removal,
    Wall,
    WallKey,
)
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Statement
from waypost.people.removal import actions, panels

pytestmark = pytest.mark.django_db
WHY = {"rule": "rectification", "reason": "The school says that it was another boy."}
MOVED = "It was said of another child at the same meeting."


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def corrected(statement: Statement, by: Staff, **fields: Any) -> Statement:
    kind = next(kind.key for kind in KINDS.values() if kind.model is type(statement))
    as_seen_by(by)
    return record.correct(statement, example(kind, **fields), source=OURS, by=by, at=timezone.now(), once=new_id())


def removed(statement: Statement, by: Staff, **why: str) -> Removal:
    as_seen_by(by)
    return actions.remove(statement, **{**WHY, **why}, by=by, at=timezone.now())


def moved(statement: Statement, to: Child, by: Staff, reason: str = MOVED) -> Moved:
    as_seen_by(by)
    return actions.move(statement, to.person, reason=reason, by=by, at=timezone.now())


def held_back(of: Child, by: Staff) -> Wall:
    wall = Wall(
        kind="held_back", agency="health", subject="treatment", bears_on_safety=False, person_id=of.pk, made_by=by,
        made_at=timezone.now(), reason="Asked by the nurse.",
    )  # fmt: skip
    wall.save(force_insert=True)
    return wall


def document(of: Child, by: Staff, data: bytes = b"Minutes") -> Document:
    file = files.keep("minutes.txt", data, by=by, at=timezone.now(), content_type="text/plain")
    found = said_document(of, by, file)
    assert isinstance(found, Document)
    return found


def said_document(of: Child, by: Staff, file: StoredFile) -> Statement:
    as_seen_by(by)
    said = {"kind": "meeting", "title": "Minutes of May", "file": file, "since": None, "until": None}
    return record.say(of.person, KINDS["document"], said, source=OURS, by=by, at=timezone.now(), once=new_id())


# Removing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1, 2])
def test_every_version_goes_whichever_was_pointed_at(which: int, ellis: Child, worker: Staff, head: Staff) -> None:
    first = said(ellis, "entry", worker, words="He ran.")
    second = corrected(first, worker, words="He walked.")
    third = corrected(second, worker, words="He stood.")

    done = removed((first, second, third)[which], head)

    assert {(e.words, e.title, e.removed_rule) for e in Entry.objects.all()} == {("", "", "rectification")}
    assert (done.versions, done.statement, done.rule, done.by) == (3, third.pk, "rectification", head)
    assert {entry.by for entry in Entry.objects.all()} == {worker}
    log = LogEntry.objects.get(event="child.entry_removed")
    assert (log.verb, set(log.listed)) == ("erased", {first.pk, second.pk, third.pk})


def test_twice_is_once_and_nothing_is_written_in_its_place(ellis: Child, worker: Staff, head: Staff) -> None:
    entry = said(ellis, "entry", worker)
    assert removed(entry, head) == removed(entry, head)
    with pytest.raises(Refused, match="The words of this were removed"):
        corrected(entry, worker)


def test_a_name_is_not_found_any_more(ellis: Child, worker: Staff, head: Staff) -> None:
    name = said(ellis, "name", worker, given="Zachary")
    assert NameKey.objects.filter(name=name.pk).exists()
    removed(name, head)
    assert not NameKey.objects.filter(name=name.pk).exists()
    assert NameKey.objects.filter(person=ellis.pk).exists()


def test_a_file_loses_its_bytes_its_name_and_its_digest(ellis: Child, worker: Staff, head: Staff) -> None:
    paper = document(ellis, worker)
    removed(paper, head)
    file = StoredFile.objects.get(pk=paper.file_id)
    assert (file.name, file.sha256, FileChunk.objects.count()) == ("removed", "", 0)
    assert file.emptied_at is not None


def test_a_file_that_another_document_holds_stays_until_that_goes(ellis: Child, worker: Staff, head: Staff) -> None:
    paper, bryony = document(ellis, worker), child(worker, given="Bryony")
    other = said_document(bryony, worker, paper.file)
    removed(paper, head)
    assert FileChunk.objects.exists()
    removed(other, head)
    assert not FileChunk.objects.exists()


def test_drafts_that_have_its_words_go_and_others_stay(ellis: Child, worker: Staff, head: Staff) -> None:
    words = "Saw him at the bridge with a can of paint."
    entry = said(ellis, "entry", worker, words=words)
    now, drafts = timezone.now(), {}
    for form, typed in (("entry", f"Again: {words} And more."), (f"entry {entry.pk}", "Saw"), ("entry", "A visit.")):
        drafts[typed] = Draft(
            person_id=ellis.pk, staff=worker, form=form, typed={"words": typed}, begun_at=now, saved_at=now
        )
        drafts[typed].save(force_insert=True)
    removed(entry, head)
    assert [(draft.typed, draft.ended_at) for draft in Draft.objects.filter(ended_at=None)] == [
        ({"words": "A visit."}, None)
    ]


def test_what_is_behind_a_wall_is_emptied_by_who_may_not_read_it_only_with_everything(
    ellis: Child, worker: Staff, head: Staff
) -> None:
    entry = said(ellis, "entry", worker, wall=held_back(ellis, worker), words="Zebra.")
    with pytest.raises(NotFound):
        removed(entry, head)


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ({"rule": "whim"}, "Choose the rule"),
        ({"reason": "asked"}, "Say who asked or decided"),
    ],
)
def test_a_removal_says_its_rule_and_why(
    why: dict[str, str], says: str, ellis: Child, worker: Staff, head: Staff
) -> None:
    with pytest.raises(Refused, match=says):
        removed(said(ellis, "entry", worker), head, **why)
    assert Entry.objects.get().words


def test_a_hold_refuses_it_until_it_is_ended(ellis: Child, worker: Staff, head: Staff) -> None:
    entry = said(ellis, "entry", worker)
    as_seen_by(head)
    hold = actions.hold(ellis.person, reason="An inquest was opened.", by=head, at=timezone.now())
    with pytest.raises(Refused, match=f"{head.name} has held this record against removal since"):
        removed(entry, head)
    with pytest.raises(Refused, match="One hold is enough"):
        actions.hold(ellis.person, reason="An inquest was opened.", by=head, at=timezone.now())
    actions.end_hold(hold, by=head, at=timezone.now())
    actions.end_hold(hold, by=head, at=timezone.now())
    removed(entry, head)
    events = ["child.held", "child.hold_ended", "child.entry_removed"]
    assert list(LogEntry.objects.filter(event__in=events).values_list("event", flat=True).order_by("at")) == events


@pytest.mark.parametrize("role", ["practitioner", "manager", "specialist"])
def test_only_who_may_remove_words_does(role: str, ellis: Child, worker: Staff) -> None:
    entry = said(ellis, "entry", worker)
    with pytest.raises(NotAllowed):
        removed(entry, staff(role))
    with pytest.raises(NotAllowed):
        actions.hold(ellis.person, reason="An inquest was opened.", by=staff(role), at=timezone.now())


def test_what_is_said_of_a_record_that_was_combined_is_removed_too(ellis: Child, worker: Staff, head: Staff) -> None:
    part = child(worker, given="El")
    entry = said(part, "entry", worker)
    Child.objects.filter(pk=part.pk).update(combined_into=ellis)
    removed(entry, head)
    assert Entry.objects.get().words == ""


# Moving ---------------------------------------------------------------------------------------------------------------


def test_an_entry_on_the_wrong_child_goes_with_all_its_versions_and_leaves_a_trace(ellis: Child, worker: Staff) -> None:
    bryony = child(worker, given="Bryony")
    first = said(ellis, "entry", worker, words="She ran.")
    second = corrected(first, worker, words="She walked.")

    trace = moved(second, bryony, worker)

    assert {entry.person_id for entry in Entry.objects.all()} == {bryony.pk}
    assert (trace.left_id, trace.to_id, trace.statement, trace.day) == (ellis.pk, bryony.pk, second.pk, second.since)
    (shown,) = panels.traces(ellis)
    assert shown.words == "An entry" and shown.by == worker.name
    assert "ran" not in str(shown) and "Bryony" not in str(shown)
    assert panels.traces(bryony) == []
    logged = LogEntry.objects.filter(event="child.entry_moved")
    assert {entry.subject for entry in logged} == {ellis.pk, bryony.pk}
    assert all(set(entry.listed) >= {ellis.pk, bryony.pk, first.pk, second.pk} for entry in logged)
    assert moved(second, bryony, worker) == trace


def test_a_name_moves_with_the_keys_by_which_it_is_found(ellis: Child, worker: Staff) -> None:
    bryony = child(worker, given="Bryony")
    name = said(ellis, "name", worker, given="Zachary")
    moved(name, bryony, worker)
    assert set(NameKey.objects.filter(name=name.pk).values_list("person", flat=True)) == {bryony.pk}
    assert Name.objects.filter(person=ellis.pk).count() == 1


def test_a_document_moves_with_its_file(ellis: Child, worker: Staff) -> None:
    bryony, paper = child(worker, given="Bryony"), document(ellis, worker)
    moved(paper, bryony, worker)
    found = Document.objects.get(person=bryony.pk)
    assert found.file.chunks.count() == 1


def test_what_is_behind_a_wall_gets_one_like_it_there_and_the_trace_stays_behind_the_old(
    ellis: Child, worker: Staff
) -> None:
    nurse = staff("specialist", agency="health")
    bryony = child(worker, given="Bryony")
    for one in (ellis, bryony):
        give_access(one, nurse, worker)
    wall = held_back(ellis, worker)
    WallKey(wall=wall, staff=worker, since=timezone.now(), given_by=worker).save(force_insert=True)
    entry = said(ellis, "entry", nurse, wall=wall)

    moved(entry, bryony, nurse)

    entry.refresh_from_db()
    assert entry.wall is not None
    assert (entry.wall.person_id, entry.wall.agency, entry.wall.pk == wall.pk) == (bryony.pk, "health", False)
    assert set(entry.wall.keys.values_list("staff", flat=True)) == {worker.pk}
    assert len(panels.traces(ellis)) == 1
    as_seen_by(staff("manager"))
    assert not Entry.objects.exists()
    assert panels.traces(ellis) == []


def give_access(of: Child, to: Staff, by: Staff) -> None:
    from waypost.access import opening
    from waypost.access.models import Access

    opening.give(to, of.pk, Access.Basis.INVOLVED, at=timezone.now(), by=by)


@pytest.mark.parametrize(
    ("kind", "says"),
    [("birth", "already says something that this cannot stand beside"), ("entry", "on this child’s record already")],
)
def test_what_cannot_stand_there_is_refused_and_stays(kind: str, says: str, ellis: Child, worker: Staff) -> None:
    bryony = child(worker, given="Bryony")
    statement = Birth.objects.get(person=ellis.pk) if kind == "birth" else said(ellis, "entry", worker)
    with pytest.raises(Refused, match=says):
        moved(statement, bryony if kind == "birth" else ellis, worker)
    statement.refresh_from_db()
    assert statement.person_id == ellis.pk and not Moved.objects.exists()


def test_only_what_stands_now_is_moved_and_only_with_a_reason(ellis: Child, worker: Staff, head: Staff) -> None:
    bryony = child(worker, given="Bryony")
    first = said(ellis, "entry", worker)
    second = corrected(first, worker)
    with pytest.raises(Refused, match="It has been corrected since"):
        moved(first, bryony, worker)
    with pytest.raises(Refused, match="Say who asked or decided"):
        moved(second, bryony, worker, reason="oops")
    removed(second, head)
    with pytest.raises(Refused, match="Its words were removed"):
        moved(second, bryony, worker)


def test_both_records_must_be_open_to_whoever_moves(ellis: Child, worker: Staff) -> None:
    entry, closed = said(ellis, "entry", worker), child(staff("practitioner"), given="Bryony")
    with pytest.raises(NotAllowed):
        moved(entry, closed, worker)
    with pytest.raises(NotAllowed):
        moved(entry, closed, staff("practitioner"))
    as_seen_by(worker)
    assert Person.objects.get(pk=Entry.objects.get().person_id) == ellis.person
