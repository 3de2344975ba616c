"""What the rule of an order proposes, and what a person decides."""

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
from waypost.casework.compliance import actions
from waypost.casework.compliance.definitions import load
from waypost.casework.compliance.forms import DecideForm
from waypost.casework.compliance.rules import warned_periods
from waypost.casework.contacts.panels import judged_by
from waypost.casework.work import Work, work_of
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels as record_panels
from waypost.people.record.views import open_child


@require_http_methods(["GET", "HEAD", "POST"])
@needs_children(Permission.ENTER_CHILDREN)
def decide(request: HttpRequest, pk: UUID, outcome: UUID) -> HttpResponse:
    """The history day by day, the proposal with its reason, and the decision, which is a person's."""
    now, on = timezone.now(), timezone.localdate()
    child = open_child(request, pk)
    refuse_if(need_to_know.why_not_write("entries", reach(request.user, child, now).writes))
    work = work_of([child], at=now)[child.pk]
    order = next((one for one in work.orders if one.of.pk == outcome), None)
    if order is None:
        raise Http404
    route, proposal = load()[order.type.route], work.proposal(order, on)
    first = [proposal.step, *proposal.choices] if proposal else []
    form = DecideForm(request.POST if request.method == "POST" else None, route=route, first=first, on=on)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.decide(child, order.of, **form.cleaned_data, by=request.user, at=now)
                messages.success(request, "Your decision is in the record, with its reason and your name.")
                return redirect("child", pk=pk)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    log.viewed(request, "outcome.decision", child)
    context = {"child": child, "order": order, "route": route, "proposal": proposal, "form": form, "on": on}
    return render(request, "compliance/decide.html", context | _history(work, order, on), status=status)


def _history(work: Work, order: Any, on: Any) -> dict[str, Any]:
    """What was missed and what was decided, in the order of their days."""
    _, taken = work.history(order, on)
    lost = work.missed(order, on)
    missed = [("missed", one, work.followed_up(one)) for one in lost]
    decided = [("decided", one, None) for one in work.decisions if one.outcome_id == order.of.pk]
    return {
        "name": record_panels.name_of(work.child.person),
        "history": sorted([*missed, *decided], key=lambda row: (row[1].day, row[0] == "decided")),
        "judged": judged_by(lost),
        "warned": warned_periods(load()[order.type.route], steps=taken, on=on),
    }
