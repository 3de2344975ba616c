"""Keep a file."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.files.kept import name_kept, why_not_keep
from waypost.files.models import FileChunk, StoredFile
from waypost.kernel.refusal import refuse_if

CHUNK = 256 * 1024


@transaction.atomic
def keep(
    name: str, data: bytes, *, by: Staff, at: datetime, content_type: str, needs: Permission | None = None
) -> StoredFile:
    """Keep a file's bytes in chunks. The type is the one found in the content, never the one the browser claimed."""
    refuse_if(why_not_keep(name, len(data)))
    file = StoredFile.objects.create(
        name=name_kept(name, content_type),
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        kept_by=by,
        kept_at=at,
        needs=needs.name if needs else "",
    )
    FileChunk.objects.bulk_create(
        FileChunk(file=file, number=n, data=data[start : start + CHUNK])
        for n, start in enumerate(range(0, len(data), CHUNK), 1)
    )
    log.record(by, log.Verb.COLLECTED, "file.kept", file)
    return file


@transaction.atomic
def open_to(file: StoredFile, needs: Permission, *, by: Staff) -> None:
    """Let those with a permission open a file that until now only its keeper could."""
    file.needs = needs.name
    file.save(update_fields=["needs"])
    log.record(by, log.Verb.CHANGED, "file.opened", file)


@transaction.atomic
def empty(file: StoredFile, *, by: Staff, at: datetime) -> None:
    """Let go of a file's bytes and name; that it was kept, and by whom, remains."""
    file.chunks.all().delete()
    file.name, file.emptied_at = "removed", at
    file.save(update_fields=["name", "emptied_at"])
    log.record(by, log.Verb.ERASED, "file.emptied", file)
