"""What a person does about another system: says how it is read, reads it, answers who is who."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.casework.alongside import mapping as mappings
from waypost.casework.alongside import reading, rules
from waypost.casework.alongside.models import CaseloadRead, Origin, System, SystemMapping
from waypost.casework.alongside.reading import NotRead, Tell
from waypost.files import actions as stored
from waypost.files.kept import content_type
from waypost.files.models import StoredFile
from waypost.kernel.definition_files import Unreadable
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.record.models import Child

__all__ = ["NotRead"]


@transaction.atomic
def save_mapping(text: str, *, by: Staff, at: datetime) -> SystemMapping:
    """A new version for the system that the mapping names; the same text again is no version."""
    require(by, Permission.READ_CASELOAD)
    try:
        found = mappings.read(text)
    except Unreadable as error:
        raise Refused(str(error)) from error
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7004))", [found.system])
    system, _ = System.objects.get_or_create(name=found.system, defaults={"owner": by, "at": at})
    last = system.mappings.first()
    if last is not None and last.text == text:
        return last
    number = last.number + 1 if last else 1
    system.original = found.original
    system.save(update_fields=["original"])
    made = SystemMapping.objects.create(system=system, number=number, text=text, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "caseload.mapping_saved", made)
    return made


def read_folder(system: System, folder: Path, *, dry: bool, by: Staff, at: datetime, tell: Tell) -> CaseloadRead:
    """Read an export child by child, in the name of whoever reads. Not inside a transaction: each child has its own."""
    return reading.run(begin(system, dry=dry, by=by, at=at), folder, at=at, tell=tell)


@transaction.atomic
def begin(
    system: System, *, dry: bool, by: Staff, at: datetime, files: list[dict[str, str]] | None = None
) -> CaseloadRead:
    """A reading that waits for its turn."""
    require(by, Permission.READ_CASELOAD)
    mapping = system.mappings.first()
    if mapping is None:
        raise Refused("Nobody has said how this system is read. Save its mapping first.")
    return CaseloadRead.objects.create(
        system=system, mapping=mapping, by=by, at=at, dry=dry, state=CaseloadRead.State.WAITING, files=files or []
    )


@transaction.atomic
def keep_folder(system: System, folder: Path, *, by: Staff, at: datetime) -> None:
    """Read every night from now on, in this person's name."""
    require(by, Permission.READ_CASELOAD)
    system.folder, system.owner = str(folder.resolve()), by
    system.save(update_fields=["folder", "owner"])
    log.record(by, log.Verb.CHANGED, "caseload.nightly_set", system)


@transaction.atomic
def answer(origin: Origin, *, same: UUID | None, by: Staff, at: datetime) -> None:
    """`same`: the child here that it is; None: it is another child than those shown. Taken at the next reading."""
    require(by, Permission.READ_CASELOAD)
    origin = Origin.objects.select_for_update(no_key=True, of=("self",)).get(pk=origin.pk)
    child = Child.objects.visible_to(by, at).filter(pk=same).first() if same else None
    if same and child is None:
        raise NotFound
    refuse_if(
        rules.why_not_answer(
            answered=bool(origin.answer),
            known=origin.person_id is not None,
            same=bool(same),
            chosen=same in origin.maybe,
        )
    )
    origin.answer = Origin.Answer.SAME if same else Origin.Answer.ANOTHER
    origin.answered_by, origin.answered_at = by, at
    if child:
        origin.person, origin.became, origin.digest = child.person, child.pk, "same"
        origin.maybe = []
    origin.save()
    log.record(by, log.Verb.CHANGED, "caseload.answered", origin, listed=[same] if same else [])


# Files sent with a page -----------------------------------------------------------------------------------------------

Upload = tuple[str, bytes]  # a name and what is in it


@transaction.atomic
def upload(system: System, uploads: Iterable[Upload], *, by: Staff, at: datetime) -> CaseloadRead:
    """A dry run of these files, which waits for its turn. They are kept until it is accepted or thrown away."""
    require(by, Permission.READ_CASELOAD)
    kept = []
    for name, data in uploads:
        kind = content_type(data) or "text/csv"
        file = stored.keep(name, data, by=by, at=at, content_type=kind, by_its_record=True)
        kept.append({"name": file.name, "file": str(file.pk)})
    return begin(system, dry=True, by=by, at=at, files=kept)


@transaction.atomic
def accept(dry: CaseloadRead, *, by: Staff, at: datetime) -> CaseloadRead:
    """Read the files of a dry run into the record. Pressed twice it is one reading."""
    require(by, Permission.READ_CASELOAD)
    dry = CaseloadRead.objects.select_for_update(no_key=True, of=("self",)).select_related("system").get(pk=dry.pk)
    later = dry.system.readings.filter(at__gt=dry.at)
    refuse_if(
        rules.why_not_accept(
            dry=dry.dry,
            ended=dry.state == CaseloadRead.State.ENDED,
            kept=bool(dry.kept_files),
            latest=not later.exclude(state=CaseloadRead.State.REFUSED).exists(),
        )
    )
    read = begin(dry.system, dry=False, by=by, at=at, files=dry.files)
    dry.files = [{name: value for name, value in one.items() if name != "file"} for one in dry.files]
    dry.save(update_fields=["files"])
    log.record(by, log.Verb.CHANGED, "caseload.accepted", dry)
    return read


@transaction.atomic
def let_go(read: CaseloadRead, *, by: Staff, at: datetime) -> None:
    """The files sent with a page are emptied; that they were read remains."""
    read = CaseloadRead.objects.select_for_update(no_key=True, of=("self",)).get(pk=read.pk)
    for file in StoredFile.objects.filter(pk__in=read.kept_files, emptied_at=None):
        stored.empty(file, by=by, at=at)
    read.files = [{name: value for name, value in one.items() if name != "file"} for one in read.files]
    read.save(update_fields=["files"])


@transaction.atomic
def throw_away(dry: CaseloadRead, *, by: Staff, at: datetime) -> None:
    require(by, Permission.READ_CASELOAD)
    let_go(dry, by=by, at=at)
    log.record(by, log.Verb.ERASED, "caseload.thrown_away", dry)


def run_kept(read: CaseloadRead, *, at: datetime) -> None:
    """A reading of files sent with a page. What it cannot use it says itself; accepted, it lets go of its files."""
    try:
        require(read.by, Permission.READ_CASELOAD)
        _run_kept(read, at)
    except NotRead:
        pass  # the reading says why
    except Refused as refusal:
        reading.refuse(read, refusal.reason, at=at)
    if not read.dry or read.state == CaseloadRead.State.REFUSED:
        let_go(read, by=read.by, at=at)


def _run_kept(read: CaseloadRead, at: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for file in StoredFile.objects.filter(pk__in=read.kept_files):
            with (Path(folder) / Path(file.name).name).open("wb") as copy:
                for chunk in file.chunks.order_by("number").values_list("data", flat=True).iterator(chunk_size=8):
                    copy.write(chunk)
        reading.run(read, Path(folder), at=at, tell=lambda done, of: None)


def read_nightly(system: System, *, at: datetime) -> CaseloadRead:
    """In the name of whoever set it, as long as they may; that it could not be read is a reading too."""
    try:
        return read_folder(system, Path(system.folder), dry=False, by=system.owner, at=at, tell=lambda done, of: None)
    except NotRead:
        return system.readings.latest("at")
    except Refused as refusal:
        return CaseloadRead.objects.create(
            system=system,
            mapping=system.mappings.latest("number"),
            by=system.owner,
            at=at,
            dry=False,
            state=CaseloadRead.State.REFUSED,
            ended_at=at,
            words=refusal.reason,
        )
