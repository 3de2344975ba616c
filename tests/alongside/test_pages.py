"""The pages: files are sent, looked at dry, and read in only when somebody says so; everything is done by the worker."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.alongside.conftest import World
from tests.alongside.exports import NORMALISED, WIDE, wide_rows
from tests.alongside.test_read_again import child_of, wide
from tests.factories import staff
from tests.people.children import as_seen_by, child, sealed
from waypost.access.models import LogEntry, RoleHeld
from waypost.casework.alongside import actions, tasks
from waypost.casework.models import CaseloadRead, Origin, RowProblem, System
from waypost.files.models import FileChunk, StoredFile
from waypost.people.record.models import Child
from waypost.people.record.who import Name


def uploads(world: World, **written: Any) -> list[SimpleUploadedFile]:
    WIDE.write(world.folder, **written)
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in sorted(world.folder.iterdir())]


def work() -> None:
    """What the worker has been put."""
    for read in CaseloadRead.objects.filter(state="waiting").order_by("at"):
        tasks.read_caseload(read.pk)


def sent(world: World, client: Any, **written: Any) -> CaseloadRead:
    answer = client.post(
        reverse("alongside_system", args=[world.system(WIDE).pk]), {"export": uploads(world, **written)}
    )
    assert answer.status_code == 302, answer.content.decode()
    work()
    as_seen_by(world.head)
    return CaseloadRead.objects.latest("at")


def test_files_are_sent_looked_at_and_then_read(world: World, signed_in: Any) -> None:
    client = signed_in(world.head)
    dry = sent(world, client, rows=wide(0, type="ISO"))
    page = client.get(reverse("alongside_reading", args=[dry.pk])).content.decode()
    assert "The table interventions of the mapping does not have what stands here." in page
    assert "Interv Type" in page
    assert "caseload_2026.csv, row 2" in page
    assert Child.objects.count() == 0
    first = client.post(reverse("alongside_accept", args=[dry.pk]))
    work()
    as_seen_by(world.head)
    read = CaseloadRead.objects.get(dry=False)
    assert first["Location"] == reverse("alongside_reading", args=[read.pk])
    assert (read.state, Child.objects.count()) == ("ended", 2)
    assert FileChunk.objects.count() == 0, "what was sent is let go once it is read"
    assert set(StoredFile.objects.values_list("name", flat=True)) == {"removed"}
    again = client.post(reverse("alongside_accept", args=[dry.pk]))
    assert again.status_code == 409


def test_files_thrown_away_are_emptied(world: World, signed_in: Any) -> None:
    client = signed_in(world.head)
    dry = sent(world, client)
    assert client.post(reverse("alongside_throw_away", args=[dry.pk])).status_code == 302
    assert FileChunk.objects.count() == 0
    assert client.post(reverse("alongside_accept", args=[dry.pk])).status_code == 409


def test_files_that_nobody_accepts_are_let_go_after_a_day(world: World, signed_in: Any, time_machine: Any) -> None:
    sent(world, signed_in(world.head))
    tasks.forget_uploads(0)
    assert FileChunk.objects.count() > 0
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    tasks.forget_uploads(0)
    assert FileChunk.objects.count() == 0


def test_rows_that_could_not_be_used_are_listed_for_a_quarter(world: World, time_machine: Any) -> None:
    world.read(WIDE, rows=wide(0, type="ISO"))
    for days, kept in ((91, 1), (2, 0)):
        time_machine.move_to(timezone.now() + timedelta(days=days))
        tasks.forget_uploads(0)
        assert RowProblem.objects.count() == kept


def test_an_older_dry_run_is_not_accepted_after_a_later_one(world: World, signed_in: Any) -> None:
    client = signed_in(world.head)
    older, newer = sent(world, client), sent(world, client, rows=wide_rows()[:1])
    assert client.post(reverse("alongside_accept", args=[older.pk])).status_code == 409
    assert client.post(reverse("alongside_accept", args=[newer.pk])).status_code == 302


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("other.csv", b"a,b\n1,2\n", "No file in the folder is called caseload_*.csv"),
        ("caseload_1.csv", b"a;b\n1;2\n", "has no column"),
        ("caseload_1.csv", b"PK\x03\x04 nothing", "cut short or damaged"),
    ],
)
def test_what_cannot_be_used_says_so_and_is_let_go(
    world: World, signed_in: Any, name: str, data: bytes, words: str
) -> None:
    client = signed_in(world.head)
    client.post(reverse("alongside_system", args=[world.system(WIDE).pk]), {"export": SimpleUploadedFile(name, data)})
    work()
    read = CaseloadRead.objects.get()
    page = client.get(reverse("alongside_reading", args=[read.pk])).content.decode()
    assert words in page
    assert (read.state, FileChunk.objects.count()) == ("refused", 0)


def test_a_file_that_no_pattern_names_is_let_go_with_the_others(world: World, signed_in: Any) -> None:
    client = signed_in(world.head)
    files = [*uploads(world), SimpleUploadedFile("minutes.csv", b"a,b\n")]
    client.post(reverse("alongside_system", args=[world.system(WIDE).pk]), {"export": files})
    work()
    dry = CaseloadRead.objects.get()
    assert (dry.state, len(dry.kept_files)) == ("ended", 2)
    client.post(reverse("alongside_accept", args=[dry.pk]))
    work()
    assert FileChunk.objects.count() == 0


def test_whoever_may_not_read_any_more_is_told_by_the_reading(world: World, signed_in: Any) -> None:
    dry = actions.upload(
        world.system(WIDE), [(one.name, one.read()) for one in uploads(world)], by=world.head, at=timezone.now()
    )
    RoleHeld.objects.filter(staff=world.head).update(until=timezone.now())
    work()
    dry.refresh_from_db()
    assert (dry.state, "Your role does not let you" in dry.words, FileChunk.objects.count()) == ("refused", True, 0)


def test_a_reading_whose_worker_was_killed_is_gone_on_with_by_the_next(world: World) -> None:
    dry = actions.upload(
        world.system(WIDE),
        [(one.name, one.read()) for one in uploads(world, rows=wide(0, type="ISO"))],
        by=world.head,
        at=timezone.now(),
    )
    dry.done, dry.state = 1, "going"
    dry.save()
    RowProblem.objects.create(read=dry, file="caseload_2026.csv", line=2, sentence="…")
    tasks.read_caseload(dry.pk)
    dry.refresh_from_db()
    assert (dry.state, dry.done, dry.problems.count()) == ("ended", 2, 1)


def test_the_page_asks_again_while_a_reading_goes_on(world: World, signed_in: Any) -> None:
    client = signed_in(world.head)
    read = actions.begin(world.system(WIDE), dry=True, by=world.head, at=timezone.now())
    where = reverse("alongside_reading", args=[read.pk])
    part = client.get(where, headers={"HX-Request": "true"})
    assert "hx-trigger" in part.content.decode()
    assert "<html" not in part.content.decode()
    CaseloadRead.objects.update(state="ended")
    assert client.get(where, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_mapping_that_cannot_be_used_is_given_back(world: World, signed_in: Any) -> None:
    client = signed_in(world.head)
    answer = client.post(reverse("alongside_new"), {"text": WIDE.mapping.replace("born: DOB", "birth: DOB")})
    assert answer.status_code == 422
    assert "birth is not known here" in answer.content.decode()
    assert System.objects.count() == 0
    of = world.system(WIDE)
    other = client.post(
        reverse("alongside_mapping", args=[of.pk]), {"text": WIDE.mapping.replace("Northway", "Southway")}
    )
    assert "must stay that" in other.content.decode()
    client.post(reverse("alongside_mapping", args=[of.pk]), {"text": WIDE.mapping.replace("Client Ref", "Ref")})
    assert [one.number for one in of.mappings.all()] == [2, 1]


def test_a_question_is_answered_on_the_page(world: World, signed_in: Any) -> None:
    ellis, client = child(world.head), signed_in(world.head)
    sent(world, client)
    dry = CaseloadRead.objects.get()
    client.post(reverse("alongside_accept", args=[dry.pk]))
    work()
    as_seen_by(world.head)
    question = Origin.objects.asking().get()
    page = client.get(reverse("alongside_system", args=[dry.system_id])).content.decode()
    assert "Their number NW1001: say who it is" in page
    where = reverse("alongside_question", args=[question.pk])
    assert "The same child as Ellis Marden" in client.get(where).content.decode()
    assert client.post(where, {}).status_code == 422
    assert client.post(where, {"which": str(Child.objects.exclude(pk=ellis.pk).get().pk)}).status_code == 422
    assert client.post(where, {"which": str(ellis.pk)}).status_code == 302
    assert client.get(where).status_code == 404, "it is answered"


def test_what_is_missing_names_only_children_who_are_open(world: World, signed_in: Any) -> None:
    world.read(WIDE)
    world.read(WIDE, rows=wide_rows()[1:2])
    where = reverse("alongside_system", args=[System.objects.get().pk])
    page = signed_in(world.head).get(where).content.decode()
    assert "Not in the export any more" in page
    assert 'href="https://northway.example/client/NW1001"' in page
    ellis = child_of("Ellis")
    assert ellis.pk in LogEntry.objects.get(event="caseload.system").listed
    sealed(ellis, world.priya, by=world.head)
    page = signed_in(staff("manager")).get(where).content.decode()
    assert "NW1001" not in page
    assert "Ellis" not in page


def test_the_childs_page_says_where_it_was_read_and_leads_there(world: World, signed_in: Any) -> None:
    world.read(WIDE)
    page = signed_in(world.priya).get(reverse("child", args=[child_of("Ellis").pk])).content.decode()
    assert "Read from Northway on" in page
    assert 'href="https://northway.example/client/NW1001" rel="noreferrer"' in page


def test_a_number_with_any_sign_in_it_stays_within_the_address(world: World, signed_in: Any) -> None:
    rows = wide_rows()
    rows[0][0] = "a/../?x=1&y#z"
    world.read(WIDE, rows=rows)
    page = signed_in(world.priya).get(reverse("child", args=[child_of("Ellis").pk])).content.decode()
    assert 'href="https://northway.example/client/a%2F..%2F%3Fx%3D1%26y%23z"' in page


# At night -------------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_every_night_in_the_name_of_whoever_set_it(world: World) -> None:
    WIDE.write(world.folder)
    actions.keep_folder(world.system(WIDE), world.folder, by=world.head, at=timezone.now())
    tasks.read_caseloads(0)
    as_seen_by(world.head)
    assert set(Name.objects.values_list("by", flat=True)) == {world.head.pk}
    assert CaseloadRead.objects.get().state == "ended"


def test_whoever_may_not_read_any_more_reads_nothing_at_night(world: World) -> None:
    WIDE.write(world.folder)
    actions.keep_folder(world.system(WIDE), world.folder, by=world.head, at=timezone.now())
    RoleHeld.objects.filter(staff=world.head).update(until=timezone.now())
    world.head.ask_roles_again()
    tasks.read_caseloads(0)
    read = CaseloadRead.objects.get()
    assert (read.state, "Your role does not let you" in read.words) == ("refused", True)
    assert Child.objects.count() == 0


def test_a_folder_that_is_gone_is_told_by_the_reading(world: World, tmp_path: Path) -> None:
    actions.keep_folder(world.system(WIDE), tmp_path / "gone", by=world.head, at=timezone.now())
    tasks.read_caseloads(0)
    assert "There is no folder gone" in CaseloadRead.objects.get().words


# What it is for -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["today", "children"])
def test_the_pages_of_the_day_work_on_such_a_caseload(world: World, signed_in: Any, name: str) -> None:
    """What was missed there calls here, and the child is in their worker’s list."""
    world.read(NORMALISED)
    page = signed_in(world.priya).get(reverse(name)).content.decode()
    assert "Ellis Marden" in page
    assert "Tamika" not in page, "whom another worker holds"


def test_the_child_found_by_name_and_number_is_the_one_that_was_read(world: World, signed_in: Any) -> None:
    world.read(WIDE)
    for what in ("Elis Mardin", "999 000 0018", "2/11/2010"):
        page = signed_in(world.priya).post(reverse("find"), {"what": what}).content.decode()
        assert "Ellis Marden" in page, what
