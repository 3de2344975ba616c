"""Finding a child. What is typed is posted, so that it stands in no address, and is kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.people.matching.asked import read
from waypost.people.matching.forms import FindForm
from waypost.people.matching.found import MOST, find as found_by

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@needs_children(Permission.FIND_CHILDREN)
def find(request: HttpRequest) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    form, found = FindForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        found = found_by(read(form.cleaned_data["what"], on), by=request.user, at=now, on=on)
        log.viewed(request, "child.found_restricted" if found.restricted else "child.found", listed=found.shown)
    context = {"form": form, "found": found, "most": MOST}
    return render(request, "matching/find.html", context, status=422 if form.errors else 200)
