"""Finding, entering, combining and parting.

What is typed to find somebody is posted, so that it stands in no address, and is kept nowhere.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.kernel.refusal import Refused, refuse_if
from waypost.people.matching import combining, entering, found, side_by_side
from waypost.people.matching.asked import read
from waypost.people.matching.forms import CombineForm, EnterForm, FindForm, OtherRecordForm, PartForm
from waypost.people.matching.likely import Likely
from waypost.people.need_to_know.reach import reach
from waypost.people.record.models import Child
from waypost.ui.listing import Column

form_page = require_http_methods(["GET", "HEAD", "POST"])
combines = needs_children(Permission.COMBINE)


@form_page
@needs_children(Permission.FIND_CHILDREN)
def find(request: HttpRequest) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    form, answer = FindForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        answer = found.find(read(form.cleaned_data["what"], on), by=request.user, at=now, on=on)
        log.viewed(request, "child.found_restricted" if answer.restricted else "child.found", listed=answer.shown)
    context = {"form": form, "found": answer, "most": found.MOST}
    return render(request, "matching/find.html", context, status=422 if form.errors else 200)


@form_page
@needs_children(Permission.ENTER_CHILDREN)
def enter(request: HttpRequest) -> HttpResponse:
    now, on, likely, status = timezone.now(), timezone.localdate(), Likely(), 422
    form = EnterForm(request.POST if request.method == "POST" else None, on=on, agency=request.user.agency)
    if form.is_bound and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("told", "another", "once")}
        try:
            child = entering.enter(form.typed(), source=form.source_said(), by=request.user, at=now, **answers)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
            status = refusal.status
            likely = refusal.found if isinstance(refusal, entering.MayBeThere) else likely
        else:
            messages.success(request, "The child is in the record, and you hold them until somebody allocates them.")
            return redirect("child", pk=child.pk)
    rows = found.rows_of_likely(likely, by=request.user, at=now, on=on)
    if rows:
        log.viewed(request, "child.likely", listed=[row.child for row in rows])
    context = {"form": form, "likely": likely, "rows": rows}
    return render(request, "matching/enter.html", context, status=status if form.errors else 200)


@form_page
@combines
def combine_with(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which other record: by its number, posted."""
    child = _open(request, pk)
    form = OtherRecordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = read(form.cleaned_data["number"], timezone.localdate()).number
        other = Child.objects.visible_to(request.user, timezone.now()).filter(number=number).first()
        if other is not None and other != child:
            return redirect("child_combine", pk=child.pk, other=other.pk)
        form.add_error("number", "No other record that is open to you has this number. Look at it again.")
    there = combining.combined_into(child)
    log.viewed(request, "child.combine_form", child, listed=[one.gone_id for one in there])
    context = {"child": child, "form": form, "there": there}
    return render(request, "matching/combine_with.html", context, status=422 if form.errors else 200)


@form_page
@combines
def combine(request: HttpRequest, pk: UUID, other: UUID) -> HttpResponse:
    left, right, now = _open(request, pk), _open(request, other), timezone.now()
    refuse_if(combining.why_not_combine(left, right))
    records = {str(child.pk): child for child in (left, right)}
    form = CombineForm(
        request.POST if request.method == "POST" else None,
        records=[(key, f"Keep {child.number}") for key, child in records.items()],
    )
    if form.is_bound and form.is_valid():
        kept = records[form.cleaned_data["keep"]]
        gone = right if kept == left else left
        combining.combine(kept, gone, by=request.user, at=now, reason=form.cleaned_data["reason"])
        messages.success(request, f"{gone.number} is read with {kept.number} from now on. It can be taken back.")
        return redirect("child", pk=kept.pk)
    both = side_by_side.beside(left, right, by=request.user, at=now)
    log.viewed(request, "child.combine_page", left, listed=[left.pk, right.pk])
    columns = [Column("What", width="w20"), Column(left.number, width="w40"), Column(right.number, width="w40")]
    context = {"both": both, "form": form, "columns": columns}
    return render(request, "matching/combine.html", context, status=422 if form.errors else 200)


@form_page
@combines
def part(request: HttpRequest, pk: UUID, gone: UUID) -> HttpResponse:
    kept, now = _open(request, pk), timezone.now()
    combined = combining.combined(kept, gone)
    if combined is None:
        raise Http404
    refuse_if(combining.why_not_part(combined, kept))
    form = PartForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        combining.part(combined.gone, by=request.user, at=now, reason=form.cleaned_data["reason"])
        messages.success(request, f"{combined.gone.number} and {kept.number} are two children again.")
        return redirect("child", pk=kept.pk)
    since = side_by_side.written_since(combined, reach(request.user, kept, now))
    log.viewed(request, "child.part_page", kept, listed=[kept.pk, gone])
    context = {"child": kept, "combined": combined, "since": since, "form": form}
    return render(request, "matching/part.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, pk: UUID) -> Child:
    return get_object_or_404(Child.objects.visible_to(request.user, timezone.now()).select_related("person"), pk=pk)
