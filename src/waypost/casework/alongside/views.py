"""Another case system: how it is read, its readings, what asks somebody, and what is not in its export any more."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.alongside import actions, kinds, panels, tasks
from waypost.casework.alongside.counted import lines_of
from waypost.casework.alongside.forms import AnswerForm, MappingForm, UploadForm
from waypost.casework.alongside.models import CaseloadRead, Origin, System
from waypost.kernel.refusal import Refused
from waypost.people.matching import found
from waypost.people.matching.search import Match, told_of
from waypost.ui.listing import Column

form_page = require_http_methods(["GET", "HEAD", "POST"])
reads_caseloads = needs_children(Permission.READ_CASELOAD)
INVALID = 422
READINGS = 10  # of a system, the last
TROUBLE = [Column("What is wrong, and what to do"), Column("Column"), Column("Where"), Column("Rows", numeric=True)]
READ = [Column("When"), Column("By"), Column("What came of it")]
LISTED = [Column("Child"), Column("Their number"), Column("What"), Column("Since")]


@require_safe
@reads_caseloads
def systems(request: HttpRequest) -> HttpResponse:
    shown = System.objects.visible_to(request.user).order_by("name")
    log.viewed(request, "caseload.systems")
    return render(request, "alongside/systems.html", {"systems": panels.summaries(shown)})


@form_page
@reads_caseloads
def new(request: HttpRequest) -> HttpResponse:
    form = MappingForm(_posted(request))
    if form.is_bound and form.is_valid():
        made = actions.save_mapping(form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, "How this system is read is saved. Now read files of its export.")
        return redirect("alongside_system", pk=made.system_id)
    return render(
        request,
        "alongside/mapping.html",
        {"form": form, "system": None, "kinds": kinds.explained()},
        status=_status(form),
    )


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(form: MappingForm | UploadForm | AnswerForm) -> int:
    return INVALID if form.errors else 200


@form_page
@reads_caseloads
def mapping(request: HttpRequest, pk: UUID) -> HttpResponse:
    of = get_object_or_404(System.objects.visible_to(request.user), pk=pk)
    versions = list(of.mappings.select_related("by"))
    form = MappingForm(_posted(request), system=of.name, initial={"text": versions[0].text})
    if form.is_bound and form.is_valid():
        made = actions.save_mapping(form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, f"Version {made.number} is saved, and the next reading goes by it.")
        return redirect("alongside_system", pk=pk)
    log.viewed(request, "caseload.mapping", of)
    context = {"form": form, "system": of, "versions": versions, "kinds": kinds.explained()}
    return render(request, "alongside/mapping.html", context, status=_status(form))


@form_page
@reads_caseloads
def system(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One system; files sent to it are read dry at once, and nothing of them is written until that is accepted."""
    of, now = get_object_or_404(System.objects.visible_to(request.user), pk=pk), timezone.now()
    form, status = UploadForm(_posted(request), request.FILES or None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                uploads = ((one.name, one.read()) for one in form.cleaned_data["export"])
                read = actions.upload(of, uploads, by=request.user, at=now)
                tasks.in_turn(read)
                return redirect("alongside_reading", pk=read.pk)
            except Refused as refusal:
                form.add_error("export", refusal.reason)
    missing, differing = (show(of, by=request.user, at=now) for show in (panels.missing, panels.differing))
    log.viewed(request, "caseload.system", of, listed=[one.child for one in (*missing, *differing)])
    context = {
        "system": of,
        "form": form,
        "missing": missing,
        "differing": differing,
        "readings": of.readings.visible_to(request.user).select_related("by")[:READINGS],
        "questions": Origin.objects.visible_to(request.user).asking().filter(system=of).order_by("key"),
        "columns": {"read": READ, "listed": LISTED},
        "lines_of": lines_of,
    }
    return render(request, "alongside/system.html", context, status=status)


@require_safe
@reads_caseloads
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One reading. While it goes on, a part of the page asks again every two seconds."""
    rows = CaseloadRead.objects.visible_to(request.user).select_related("system", "by", "mapping")
    read = get_object_or_404(rows, pk=pk)
    context = {"read": read, "lines": lines_of(read)}
    if request.htmx:
        answer = render(request, "alongside/state.html", context)
        if read.is_over:
            answer["HX-Refresh"] = "true"
        return answer
    log.viewed(request, "caseload.reading", read)
    context |= {"troubles": panels.troubles(read), "columns": TROUBLE, "most": panels.MOST_PROBLEMS}
    return render(request, "alongside/reading.html", context)


@require_POST
@reads_caseloads
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    dry = get_object_or_404(CaseloadRead.objects.visible_to(request.user), pk=pk)
    read = actions.accept(dry, by=request.user, at=timezone.now())
    tasks.in_turn(read)
    return redirect("alongside_reading", pk=read.pk)


@require_POST
@reads_caseloads
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    dry = get_object_or_404(CaseloadRead.objects.visible_to(request.user), pk=pk)
    actions.throw_away(dry, by=request.user, at=timezone.now())
    messages.success(request, "The files are thrown away. Nothing of them was written into the record.")
    return redirect("alongside_system", pk=dry.system_id)


@form_page
@reads_caseloads
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether a child of theirs is one of ours: shown as far as the record is open to whoever answers."""
    now, on = timezone.now(), timezone.localdate()
    of = get_object_or_404(Origin.objects.visible_to(request.user).asking().select_related("system"), pk=pk)
    told = told_of(set(of.maybe), by=request.user, at=now)
    rows = found.rows_of([Match(child, *told[child]) for child in told], at=now, on=on) if told else ()
    form = AnswerForm(_posted(request), children=[(row.child, f"{row.name}, {row.number}") for row in rows])
    if form.is_bound and form.is_valid():
        actions.answer(of, same=form.same, by=request.user, at=now)
        messages.success(request, "Your answer is kept. The next reading goes by it.")
        return redirect("alongside_system", pk=of.system_id)
    log.viewed(request, "caseload.question", of, listed=[row.child for row in rows])
    context = {"question": of, "rows": rows, "form": form, "original": panels.original(of.system, of.key)}
    return render(request, "alongside/question.html", context, status=_status(form))
