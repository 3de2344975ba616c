"""Keep a file."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.files.kept import why_not_keep
from waypost.files.models import FileChunk, StoredFile
from waypost.kernel.refusal import refuse_if

CHUNK = 256 * 1024


@transaction.atomic
def keep(name: str, data: bytes, *, by: Staff, at: datetime, content_type: str) -> StoredFile:
    """Keep a file's bytes in chunks. The type is the one found in the content, never the one the browser claimed."""
    refuse_if(why_not_keep(name, len(data)))
    file = StoredFile.objects.create(
        name=name[-255:],
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        kept_by=by,
        kept_at=at,
    )
    FileChunk.objects.bulk_create(
        FileChunk(file=file, number=n, data=data[start : start + CHUNK])
        for n, start in enumerate(range(0, len(data), CHUNK), 1)
    )
    log.record(by, log.Verb.COLLECTED, "file.kept", file)
    return file
