"""What the pages of assessments share: who may open one, how a form is answered, and the page of one assessment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.assessments import panels as found
from waypost.casework.assessments import (
    resting,
    rules,
    versions,
)
from waypost.casework.assessments.models import Assessment
from waypost.casework.assessments.rules import State
from waypost.casework.assessments.standing import signatures
from waypost.casework.assessments.turns import SECTION
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import Reach, reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child

INVALID = 422
DAYS_TO_TELL = 10  # working days that an agency is given, unless somebody says otherwise
NOT_READ = "The assessment is not open to your role. Ask whoever holds the child what you need to know."
form_page = require_http_methods(["GET", "HEAD", "POST"])
opens = needs_children(Permission.OPEN_CHILDREN)
writes = needs_children(Permission.ENTER_CHILDREN)
countersigns = needs_children(Permission.COUNTERSIGN)


def opened(request: HttpRequest, pk: UUID) -> tuple[Child, Reach]:
    child = open_child(request, pk)
    seen = reach(request.user, child, timezone.now())  # type: ignore[arg-type]
    if SECTION not in seen.reads:
        raise NotAllowed(NOT_READ)
    return child, seen


def to_write(request: HttpRequest, pk: UUID) -> tuple[Child, Reach]:
    child = open_child(request, pk)
    seen = reach(request.user, child, timezone.now())  # type: ignore[arg-type]
    refuse_if(need_to_know.why_not_write(SECTION, seen.writes))
    return child, seen


def back(pk: UUID, of: Assessment, words: str, request: HttpRequest) -> HttpResponse:
    messages.success(request, words)
    return redirect("assessment", pk=pk, assessment=of.pk)


def answer_form(
    request: HttpRequest, child: Child, form: Any, do: Callable[[], HttpResponse], template: str, **more: Any
) -> HttpResponse:
    """Done, or the form as typed with the reason why not."""
    status = 200
    if form.is_bound:
        status = INVALID
        if form.is_valid():
            try:
                return do()
            except Refused as refused:
                form.add_error(None, refused.reason)
                status = refused.status
    return page(request, template, child, "assessment.form", status=status, form=form, **more)


def page(
    request: HttpRequest, template: str, child: Child, event: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    log.viewed(request, event, child)
    context = {"child": child, "name": record_panels.name_of(child.person)}
    return render(request, template, context | more, status=status)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def whole(
    request: HttpRequest, child: Child, seen: Reach, of: Assessment, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    on = timezone.localdate()
    paper, signed = found.paper(of, child, on), signatures(of)
    context = {
        "paper": paper,
        "wrong": wrong,
        "on": on,
        "writes": SECTION in seen.writes,
        "is_open": paper.state is State.WRITING,
        "waits": paper.state is State.SIGNED,
        "signed": signed,
        "to_sign": rules.still_to_sign(of.agencies, [one.by.agency for one in signed]),
        "signed_by_reader": request.user.pk in [one.by_id for one in signed],
        "contributed": resting.contributed(of),
        "history": found.history(of),
        "left": versions.left(of) if paper.state is State.WRITING else [],
        "others": versions.comparable(of, child.person_ids()),
        "once": new_id(),
    }
    return page(request, "assessments/assessment.html", child, "assessment.page", status=status, **context)
