"""The answer to somebody who asks what is held on them: counted on a page, then given out as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.files.taken import file_of, from_whom
from waypost.kernel.lists import load as load_list
from waypost.kernel.refusal import refuse_if
from waypost.people.record.models import Child
from waypost.people.removal.subject_access import answer
from waypost.people.removal.subject_access_report import report, why_not_draw

KINDS = ("pdf", "word", "csv")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_children(Permission.ANSWER_SUBJECT_ACCESS)
def subject_access(request: HttpRequest, pk: UUID) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    visible = Child.objects.visible_to(request.user, now)
    child = get_object_or_404(visible.select_related("person"), pk=pk)
    found = answer(child, at=now)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        kind = kind if kind in KINDS else "pdf"
        refuse_if(why_not_draw(kind, found))
        given = [one.id for one in found.given]
        log.record(request.user, log.Verb.DISCLOSED, f"child.subject_access_{kind}", child, listed=given)
        return file_of(report(found, on=on, **from_whom(request)), kind, "answer to a request", on)
    log.viewed(request, "child.subject_access", child)
    reasons = load_list("withheld_reasons")
    withheld = [(reasons.words(key), reasons[key].note or "", number) for key, number in found.withheld]
    return render(request, "removal/subject_access.html", {"child": child, "answer": found, "withheld": withheld})
