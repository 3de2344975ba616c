"""The plan: read, begun, written, agreed, and what is said of it as it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.plans import actions, for_child
from waypost.casework.plans import panels as found
from waypost.casework.plans.forms import (
    AgreedForm,
    BeginForm,
    DoesForm,
    NotNowForm,
    ObjectiveForm,
    OrderForm,
    ProgressForm,
    SaysForm,
    TakeOutForm,
)
from waypost.casework.plans.models import Agreed, Plan, Undertaking
from waypost.casework.plans.panels import Shown
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.drafts.forms import Drafted, drafted
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child

form_page = require_http_methods(["GET", "HEAD", "POST"])
opens = needs_children(Permission.OPEN_CHILDREN)
writes = needs_children(Permission.ENTER_CHILDREN)
INVALID = 422


@require_safe
@opens
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The latest; what is missing of it first."""
    child = readable(request, pk)
    plans = found.plans_of(child)
    return page(request, child, plans, plans[0] if plans else None)


@require_safe
@opens
def version(request: HttpRequest, pk: UUID, plan: UUID) -> HttpResponse:
    child = readable(request, pk)
    return page(request, child, found.plans_of(child), found.plan_of(child, plan))


def page(request: HttpRequest, child: Child, plans: list[Plan], of: Plan | None) -> HttpResponse:
    now = timezone.now()
    shown = found.shown(of, child, now) if of else None
    log.viewed(request, "plan.page", child)
    context = {
        "child": child,
        "name": record_panels.name_of(child.person),
        "plans": plans,
        "shown": shown,
        "reads": for_child.reads_of(shown) if shown else None,
        "writes": actions.SECTION in reach(request.user, child, now).writes,
        "new_root": new_id(),
        "on": timezone.localdate(now),
        "by_whom": found.by_whom,
    }
    return render(request, "plans/plan.html", context)


@form_page
@writes
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    child = writable(request, pk)
    plans = found.plans_of(child)
    refuse_if(actions.OPEN_ALREADY if plans and plans[0].locked_at is None else None)
    form = BeginForm(posted(request), people=child.person_ids())

    def do() -> None:
        actions.begin(child, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The plan is begun. What is missing stands first.")

    return answer(request, child, form, do, "plans/begin.html", previous=plans[0] if plans else None)


@form_page
@writes
def objective(request: HttpRequest, pk: UUID, root: UUID) -> HttpResponse:
    child, shown = _written(request, pk)
    form = _objective_form(request, child, shown, root)
    draft = _drafted(request, child, form)

    def do() -> None:
        actions.put_objective(shown.plan, root, form.put(), **kept(request, form))
        messages.success(request, "The objective is in the plan.")

    there = shown.aim(root)
    return answer(request, child, form, do, "plans/objective.html", shown=shown, there=there, draft=draft)


def _objective_form(request: HttpRequest, child: Child, shown: Shown, root: UUID) -> ObjectiveForm:
    asked = request.GET
    about = [one.root for one in shown.factors if str(one.root) == asked.get("factor")]
    return ObjectiveForm(
        posted(request),
        of=shown.plan,
        root=root,
        aim=shown.aim(root),
        factors=shown.factors,
        people=child.person_ids(),
        staff=working(child),
        on=timezone.localdate(),
        by=request.user,
        about=about,
        part=asked.get("part", ""),
    )


@form_page
@writes
def take_out(request: HttpRequest, pk: UUID, root: UUID) -> HttpResponse:
    child, shown = _written(request, pk)
    form, aim = TakeOutForm(posted(request), of=shown.plan), _aim(shown, root)

    def do() -> None:
        actions.take_out(shown.plan, root, reason=form.cleaned_data["reason"], **kept(request, form))
        messages.success(request, "The objective is taken out. It stays behind the plan, with the reason.")

    return answer(request, child, form, do, "plans/take_out.html", shown=shown, aim=aim)


@form_page
@writes
def does(request: HttpRequest, pk: UUID, root: UUID) -> HttpResponse:
    """Who does what towards one objective: another added, or one taken off."""
    child, shown = _written(request, pk)
    aim, off = _aim(shown, root), request.POST.get("take_off")
    if off and off in {str(one.pk) for one in aim.does}:
        revision = request.POST.get("revision", "")
        as_read = int(revision) if revision.isdecimal() else -1
        actions.take_off(shown.plan, UUID(off), revision=as_read, by=request.user, at=timezone.now())
        return redirect("child_plan_does", pk=pk, root=root)
    form = DoesForm(posted(request), of=shown.plan, staff=working(child), on=timezone.localdate())

    def do() -> None:
        actions.undertake(shown.plan, root, form.does(), once=form.cleaned_data["once"], **kept(request, form))
        messages.success(request, "It is in the plan who does it.")

    return answer(
        request, child, form, do, "plans/does.html", shown=shown, aim=aim, by_whom=found.by_whom, who=Undertaking.Who
    )


@form_page
@writes
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, shown = _written(request, pk)
    form = OrderForm(posted(request), of=shown.plan, shown=shown)

    def do() -> None:
        actions.order(shown.plan, form.roots(), **kept(request, form))
        messages.success(request, "The objectives stand in this order.")

    return answer(request, child, form, do, "plans/order.html", shown=shown)


@form_page
@writes
def says(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    child, shown = _written(request, pk)
    if what not in load("plan_words"):
        raise NotFound
    form = SaysForm(posted(request), what=what, of=shown.plan, first={"words": shown.said.get(what, "")})
    draft = _drafted(request, child, form)

    def do() -> None:
        actions.say(shown.plan, what, form.cleaned_data["words"], **kept(request, form))
        messages.success(request, "The plan says so now.")

    return answer(request, child, form, do, "plans/says.html", shown=shown, what=what, draft=draft)


@form_page
@writes
def agreed(request: HttpRequest, pk: UUID, who: str) -> HttpResponse:
    child, shown = _written(request, pk)
    if who not in Agreed.Who.values:
        raise NotFound
    form = AgreedForm(posted(request), there=shown.agreed.get(who), of=shown.plan)

    def do() -> None:
        said = {name: form.cleaned_data[name] for name in ("day", "why_not", "own_words")}
        actions.agree(shown.plan, who, **said, **kept(request, form))
        messages.success(request, "It is in the plan.")

    return answer(request, child, form, do, "plans/agreed.html", shown=shown, who=who)


@form_page
@writes
def not_now(request: HttpRequest, pk: UUID, root: UUID) -> HttpResponse:
    child, shown = _written(request, pk)
    factor = next((one for one in shown.factors if one.root == root), None)
    if factor is None:
        raise NotFound
    form = NotNowForm(posted(request), of=shown.plan, first={"words": factor.not_now})

    def do() -> None:
        actions.say_not_now(shown.plan, root, form.cleaned_data["words"], **kept(request, form))
        messages.success(request, "It is in the plan.")

    return answer(request, child, form, do, "plans/not_now.html", shown=shown, factor=factor)


@form_page
@writes
def progress(request: HttpRequest, pk: UUID, root: UUID) -> HttpResponse:
    """How far it has come: said of the plan that holds, without changing it."""
    child = writable(request, pk)
    plans = found.plans_of(child)
    shown = found.shown(plans[0], child, timezone.now()) if plans else None
    if shown is None:
        raise NotFound
    aim = _aim(shown, root)
    form = ProgressForm(posted(request), there=aim.progress, on=timezone.localdate())

    def do() -> None:
        actions.say_progress(child, root, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "It is in the record how far it has come.")

    return answer(request, child, form, do, "plans/progress.html", shown=shown, aim=aim)


# What every page of it shares ------------------------------------------------------------------------------------


def readable(request: HttpRequest, pk: UUID) -> Child:
    child = open_child(request, pk)
    if actions.SECTION not in reach(request.user, child, timezone.now()).reads:
        raise NotFound
    return child


def writable(request: HttpRequest, pk: UUID) -> Child:
    """Whoever may not write about the plan is told so before anything is typed."""
    child = open_child(request, pk)
    refuse_if(need_to_know.why_not_write(actions.SECTION, reach(request.user, child, timezone.now()).writes))
    return child


def _written(request: HttpRequest, pk: UUID) -> tuple[Child, Shown]:
    """The child with the plan that is being written."""
    child = writable(request, pk)
    plans = found.plans_of(child)
    refuse_if(None if plans else "There is no plan yet. Begin one.")
    shown = found.shown(plans[0], child, timezone.now())
    if request.method != "POST":
        refuse_if(actions.rules.why_not_write(shown.state))
    return child, shown


def _aim(shown: Shown, root: UUID) -> found.Aim:
    aim = shown.aim(root)
    if aim is None:
        raise NotFound
    return aim


def working(child: Child) -> list[Any]:
    """Those of us who work with the child."""
    return [one.staff for one in record_panels.working(child, timezone.now())]


def _drafted(request: HttpRequest, child: Child, form: Any) -> Drafted | None:
    draft = drafted(request, child, form, of=child.person)
    form.initial |= form.over
    return draft


def kept(request: HttpRequest, form: Any) -> dict[str, Any]:
    """A page that was opened on another plan is as stale as one opened on an older revision."""
    same = str(form.cleaned_data["plan"]) == form.over["plan"]
    return {"revision": form.cleaned_data["revision"] if same else -1, "by": request.user, "at": timezone.now()}


def answer(
    request: HttpRequest, child: Child, form: Any, do: Callable[[], None], template: str, **more: Any
) -> HttpResponse:
    """Back to the plan; or the form as typed, and beside it what somebody else has saved meanwhile."""
    status = _done(request, form, do, more.get("draft"))
    if status == 302:
        return redirect("child_plan", pk=child.pk)
    log.viewed(request, "plan.form", child)
    context = {"child": child, "name": record_panels.name_of(child.person), "form": form, "newer": None} | more
    if getattr(form, "stale", False):
        context["newer"] = newer = found.shown(found.plans_of(child)[0], child, timezone.now())
        form.again(newer.plan)
    return render(request, template, context, status=status)


def _done(request: HttpRequest, form: Any, do: Callable[[], None], draft: Drafted | None) -> int:
    """302 when it was done; otherwise the status with which the form goes back."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return INVALID
    try:
        with transaction.atomic():
            do()
            if draft:
                draft.become(by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        form.stale = isinstance(refusal, actions.Stale)
        return refusal.status
    return 302


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
