"""Keep a file."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.files.kept import name_kept, why_not_keep
from waypost.files.models import BY_ITS_RECORD, FileChunk, StoredFile
from waypost.kernel.refusal import refuse_if

CHUNK = 256 * 1024
AT_ONCE = 8


@transaction.atomic
def keep(
    name: str,
    data: bytes,
    *,
    by: Staff,
    at: datetime,
    content_type: str,
    needs: Permission | None = None,
    by_its_record: bool = False,
) -> StoredFile:
    """Keep a file's bytes in chunks. The type is the one found in the content, never the one the browser claimed.

    With `by_its_record` not even its keeper opens it but through the record it belongs to, whose walls it shares.
    """
    refuse_if(why_not_keep(name, len(data)))
    file = StoredFile.objects.create(
        name=name_kept(name, content_type),
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        kept_by=by,
        kept_at=at,
        needs=BY_ITS_RECORD if by_its_record else needs.name if needs else "",
    )
    _write(file, data)
    log.record(by, log.Verb.COLLECTED, "file.kept", file)
    return file


def _write(file: StoredFile, data: bytes) -> None:
    """A few chunks to a statement: all at once, a file would take eight times its size of memory."""
    starts = range(0, len(data), CHUNK)
    for first in range(0, len(starts), AT_ONCE):
        FileChunk.objects.bulk_create(
            FileChunk(file=file, number=number, data=data[start : start + CHUNK])
            for number, start in enumerate(starts[first : first + AT_ONCE], first + 1)
        )


@transaction.atomic
def open_to(file: StoredFile, needs: Permission, *, by: Staff) -> None:
    """Let those with a permission open a file that until now only its keeper could."""
    file.needs = needs.name
    file.save(update_fields=["needs"])
    log.record(by, log.Verb.CHANGED, "file.opened", file)


@transaction.atomic
def empty(file: StoredFile, *, by: Staff, at: datetime) -> None:
    """Let go of a file's bytes, its name and the digest that would tell a guess right; that it was kept remains."""
    file.chunks.all().delete()
    file.name, file.sha256, file.emptied_at = "removed", "", at
    file.save(update_fields=["name", "sha256", "emptied_at"])
    log.record(by, log.Verb.ERASED, "file.emptied", file)
