"""Files leave as downloads, never inline, and every one that leaves is logged."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.files.models import StoredFile


@require_safe
def file(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    found = get_object_or_404(StoredFile.visible_to(request.user), pk=pk)
    log.record(request.user, log.Verb.DISCLOSED, "file.taken", found)
    return download(found)


def download(found: StoredFile) -> StreamingHttpResponse:
    """For whoever has been asked whether they may, and whose taking it has been logged."""
    response = StreamingHttpResponse(_bytes(found), content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    response["Content-Length"] = str(found.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(found: StoredFile) -> Iterator[bytes]:
    for data in found.chunks.order_by("number").values_list("data", flat=True).iterator(chunk_size=4):
        yield bytes(data)
