"""The register of a group: first who and when, then a row for each child, then saved in one go or not at all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.contacts import register_panels as panels
from waypost.casework.contacts.register_actions import RowRefused
from waypost.casework.contacts.register_actions import register as save_register
from waypost.casework.contacts.register_forms import GroupForm, RowForm, errors_in
from waypost.casework.contacts.rules import TOOK_PLACE
from waypost.kernel.refusal import Refused, refuse_if
from waypost.kernel.words import count
from waypost.people.need_to_know import rules as need_to_know
from waypost.ui.listing import Column

COLUMNS = [
    Column("Child", width="w15"),
    Column("Did they come?", width="w30"),
    Column("Is anyone less safe?", width="w20"),
    Column("About this child, and in their own words", width="w35"),
]


@require_http_methods(["GET", "HEAD", "POST"])
@needs_children(Permission.ENTER_CHILDREN)
def register(request: HttpRequest) -> HttpResponse:
    """No child is named in the address: who they are is posted."""
    now, by = timezone.now(), request.user
    refuse_if(need_to_know.why_not_write(panels.SECTION, need_to_know.sections(need_to_know.WRITES, by.roles(), [])))
    form = GroupForm(_posted(request), on=now, offer=panels.offer(by, now), by=by)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, _rows(request, _kept(request)), status=422)
    pks = _kept(request) or _chosen(request, form)
    if form.errors or "choose" in request.POST:
        return _page(request, form, status=422 if form.errors else 200)
    rows = _rows(request, pks)
    if "save" not in request.POST:
        return _page(request, form, rows)
    status = _saved(request, form, rows, asked=len(pks))
    return redirect("children") if status == 302 else _page(request, form, rows, status=status)


def _chosen(request: HttpRequest, form: GroupForm) -> list[UUID]:
    named, nobody = panels.by_number(request.user, form.asked_numbers, timezone.now())
    if nobody:
        form.add_error("numbers", f"No child in whose record you write has this number: {', '.join(nobody)}")
    found = list(dict.fromkeys([*form.picked(), *named]))
    if why := form.why_not_chosen(len(found)):
        form.add_error("held" if form.fields["held"].choices else "numbers", why)
    return found


def _kept(request: HttpRequest) -> list[UUID]:
    """The children of the rows that come back, in the order of the rows."""
    try:
        return list(dict.fromkeys(UUID(one) for one in request.POST.getlist("child")))
    except ValueError:
        raise Http404 from None


def _rows(request: HttpRequest, pks: list[UUID]) -> list[RowForm]:
    found = panels.chosen(request.user, pks, at=timezone.now(), on=timezone.localdate())
    typed = request.POST if "save" in request.POST else None
    return [RowForm(typed, known=known, on=timezone.localdate()) for known in found]


def _saved(request: HttpRequest, form: GroupForm, rows: list[RowForm], *, asked: int) -> int:
    """302 when all of it is in the record; else the status with which it goes back as typed."""
    if len(rows) != asked:
        form.add_error(None, "A child of this register is not open to you any more. Choose the children again.")
        return 409
    wrong = [row for row in rows if not row.is_valid()]  # each is looked at, so that each says what is wrong
    if wrong:
        return 422
    said, once = [row.row() for row in rows], form.cleaned_data["once"]
    try:
        save_register(said, form.meeting(), did=form.cleaned_data["did"], by=request.user, at=timezone.now(), once=once)
    except RowRefused as refusal:
        rows[refusal.place - 1].add_error(None, refusal.why)
        return refusal.status
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return refusal.status
    came = sum(row.came.came in TOOK_PLACE for row in said)
    messages.success(
        request, f"The register is in the record: {count(len(said), 'child', 'children')}, of whom {came} came."
    )
    return 302


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, form: GroupForm, rows: list[RowForm] | None = None, status: int = 200) -> HttpResponse:
    shown = rows or []
    offered = [UUID(pk) for name in ("held", "others") for pk, _ in form.fields[name].choices]
    log.viewed(request, "contact.register_form", listed=[row.known.child.pk for row in shown] or offered)
    context = {"form": form, "rows": shown, "wrong": errors_in(shown), "columns": COLUMNS}
    return render(request, "contacts/register.html", context, status=status)
