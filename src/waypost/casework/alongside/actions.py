"""What a person does about another system: says how it is read, reads it, answers who is who."""

from __future__ import annotations

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
