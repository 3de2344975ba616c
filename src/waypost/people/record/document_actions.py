"""Keeping a document about a child."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from waypost.access.models import Staff
from waypost.files import actions as files
from waypost.files.kept import content_type, name_kept
from waypost.kernel.refusal import Refused
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record import actions
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Person, Statement
from waypost.people.record.rules import Said


@transaction.atomic
def keep_document(
    of: Person, said: Said, name: str, data: bytes, *, source: Source, by: Staff, at: datetime, once: UUID
) -> Statement:
    """A file, typed by what is in it; only through the record it belongs to does anybody open it."""
    kind = KINDS["document"]
    require_writes(of, kind.section, by=by, at=at)
    if there := kind.model.objects.filter(once=once, by=by).first():
        return there
    found = content_type(data)
    if found is None:
        raise Refused(f"{name} is not a kind of file that can be kept. Save it as Word, Excel, PDF, a picture or text.")
    file = files.keep(name, data, by=by, at=at, content_type=found, by_its_record=True)
    title = said["title"].strip() or name_kept(name, found)
    return actions.say(of, kind, {**said, "title": title, "file": file}, source=source, by=by, at=at, once=once)
