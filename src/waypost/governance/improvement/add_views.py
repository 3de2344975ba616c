"""The pages that add an action and change its leads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.governance.improvement import adding
from waypost.governance.improvement.add_forms import AddForm, LeadsForm
from waypost.governance.improvement.models import Action, Plan
from waypost.governance.improvement.views import form_page, sees, typed_page
from waypost.kernel.refusal import Refused

works = needs(Permission.WORK_ON_IMPROVEMENT)


@form_page
@works
def add(request: HttpRequest) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).current())
    form = AddForm(plan, request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            action = adding.add_action(**form.typed(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
        else:
            messages.success(request, f"{action.ref} is in the plan.")
            return redirect("action", pk=action.pk)
    log.viewed(request, "improvement.plan_to_add_to", plan)
    return render(
        request,
        "improvement/add.html",
        {"form": form, "plan": plan},
        status=422 if form.errors and status == 200 else status,
    )


@form_page
@sees
def leads(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Action.objects.visible_to(request.user).select_related("plan"), pk=pk)
    form = LeadsForm(request.POST or None, initial={"leads": adding.leads_of(found)})

    def do(typed: dict[str, str]) -> None:
        adding.change_leads(found, typed["leads"], by=request.user, why=typed["why"], at=timezone.now())

    return typed_page(request, found, form, "leads", do, "The leads are changed; who led it before is in the history.")
