"""The court desk: a day's list, putting children on it, who attends, and what the court did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.access import log, opening
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework.court import actions, panels, rules
from waypost.casework.court import register as registers
from waypost.casework.court.actions import Listed
from waypost.casework.court.forms import AttendsForm, HearingForm, RegisterForm, ResultForm
from waypost.casework.court.models import Hearing
from waypost.casework.court.raised import whose
from waypost.files.reading.document import Unreadable
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused, refuse_if
from waypost.kernel.words import count
from waypost.people.drafts.forms import Drafted, drafted
from waypost.people.matching import found
from waypost.people.matching.asked import read
from waypost.people.matching.forms import FindForm
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels as record_panels
from waypost.people.record.models import Child
from waypost.people.record.views import open_child

form_page = require_http_methods(["GET", "HEAD", "POST"])
at_court = needs_children(Permission.PUT_ON_TODAYS_LIST)
NOT_OPEN = "What happens at court is not open to your role. You can put a child on the list; ask the court officer."
INVALID = 422


@require_safe
@at_court
def desk(request: HttpRequest) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    on = _day(request.GET.get("on", ""), today)
    shown = panels.desk(request.user, on=on, at=now)
    log.viewed(request, "court.desk", listed=shown.shown)
    around = {"before": on - timedelta(days=1), "after": on + timedelta(days=1)}
    reads = "orders" in need_to_know.sections(need_to_know.READS, request.user.roles(), [])
    context = {"desk": shown, "on": on, "today": today, "is_today": on == today, "reads": reads}
    return render(request, "court/desk.html", context | around)


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


# Putting a child on the list ------------------------------------------------------------------------------------------


@form_page
@at_court
def add(request: HttpRequest) -> HttpResponse:
    """Who it is: found first, so that nobody is taken as unknown who is known."""
    now, on = timezone.now(), timezone.localdate()
    form, answer = FindForm(_posted(request)), None
    if form.is_bound and form.is_valid():
        answer = found.find(read(form.cleaned_data["what"], on), by=request.user, at=now, on=on)
        log.viewed(request, "child.found_restricted" if answer.restricted else "child.found", listed=answer.shown)
    context = {"form": form, "found": answer, "most": found.MOST}
    return render(request, "court/add.html", context, status=INVALID if form.errors else 200)


@form_page
@at_court
def add_child(request: HttpRequest, pk: UUID) -> HttpResponse:
    child, today = _writable(request, open_child(request, pk), "orders"), timezone.localdate()
    form, status = HearingForm(_posted(request), on=today, court=panels.last_court(request.user)), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                once, listed = form.cleaned_data["once"], form.listed()
                actions.list_hearing(child, listed, by=request.user, at=timezone.now(), once=once)
                messages.success(request, _on_the_list(listed.day == today))
                return redirect(_desk_on(listed.day))
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
    log.viewed(request, "court.form", child)
    context = {"child": child, "name": record_panels.name_of(child.person), "form": form}
    return render(request, "court/add_child.html", context, status=status)


def _on_the_list(is_today: bool) -> str:
    if not is_today:
        return "The hearing is in the record."
    if not opening.on_duty(timezone.now()):
        return (
            "The hearing is in the record. Nobody is on duty or at court today, so the record is open to nobody more."
        )
    return "The hearing is on the list. Whoever is on duty or at court opens the record until midnight."


def _desk_on(day: date) -> str:
    return f"{reverse('court_desk')}?on={day.isoformat()}"


@form_page
@at_court
def register(request: HttpRequest) -> HttpResponse:
    """Read and shown beside who each line may be. Only what a person confirms is stored."""
    form = RegisterForm(_posted(request), request.FILES or None, on=timezone.localdate())
    if form.is_bound and form.is_valid():
        try:
            text, found_ = _read(form)
        except Unreadable as unreadable:
            form.add_error("text", str(unreadable))
        else:
            return _read_or_kept(request, form, text, found_)
    log.viewed(request, "court.form")
    return render(request, "court/register.html", {"form": form}, status=INVALID if form.errors else 200)


def _read(form: RegisterForm) -> tuple[str, registers.Register]:
    typed = form.cleaned_data
    text = registers.text_of(typed["text"], typed["file"].read(registers.LARGEST + 1) if typed["file"] else None)
    return text, registers.read(text, on=typed["day"])


def _read_or_kept(request: HttpRequest, form: RegisterForm, text: str, read_: registers.Register) -> HttpResponse:
    chosen: dict[int, UUID] = {}
    status = 200
    try:
        chosen = _chosen(request, read_)
        if chosen:
            return _kept(request, form.cleaned_data["day"], read_, chosen)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        status = refusal.status
    return _proposed(request, form, read_, text, chosen, status)


def _proposed(
    request: HttpRequest, form: RegisterForm, read_: registers.Register, text: str, chosen: dict[int, UUID], status: int
) -> HttpResponse:
    on = form.cleaned_data["day"]
    lines = registers.proposed(read_, by=request.user, at=timezone.now(), on=on, today=timezone.localdate())
    log.viewed(request, "court.register", listed={row.child for one in lines for row in one.rows})
    context = {"form": form, "lines": lines, "bad": read_.bad, "text": text, "on": on, "chosen": chosen}
    context["once"] = request.POST.get("once") or new_id()
    context["asked"] = "keep" in request.POST and not chosen
    return render(request, "court/read.html", context, status=status)


def _chosen(request: HttpRequest, read_: registers.Register) -> dict[int, UUID]:
    """Whom the person said each line is; a line without an answer is nobody."""
    said = {line.number: request.POST.get(f"line-{line.number}", "") for line in read_.lines}
    try:
        return {number: UUID(pk) for number, pk in said.items() if pk}
    except ValueError:
        raise Refused("Choose who each line is from those the page shows.") from None


def _kept(request: HttpRequest, on: date, read_: registers.Register, chosen: dict[int, UUID]) -> HttpResponse:
    now = timezone.now()
    visible = Child.objects.visible_to(request.user, now).select_related("person").in_bulk([*chosen.values()])
    refuse_if(None if {*chosen.values()} <= {*visible} else "One of these records is not open to you. Read it again.")
    lines = [
        (line.number, visible[chosen[line.number]], Listed(on, line.court, line.purpose, line.clock))
        for line in read_.lines
        if line.number in chosen
    ]
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        raise Refused("The page did not say which list this is. Read it again.") from None
    actions.list_hearings(lines, by=request.user, at=now, once=uuid5(once, on.isoformat()))
    left = len(read_.lines) - len(lines) + len(read_.bad)
    rest = f" {count(left, 'line')} of it {'is' if left == 1 else 'are'} not stored." if left else ""
    messages.success(request, f"{count(len(lines), 'hearing')} put on the list.{rest}")
    return redirect(_desk_on(on))


# One hearing ----------------------------------------------------------------------------------------------------------


@require_safe
@at_court
def hearing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the court did, and the tasks it raised with their days."""
    listed, child = _open(request, pk)
    line = panels.line_of(listed, request.user, at=timezone.now())
    seen = reach(request.user, child, timezone.now())
    log.viewed(request, "court.hearing", child)
    writes = {"orders", "entries"} <= seen.writes
    own = panels.own_words(listed) if "entries" in seen.reads else None
    context = {"line": line, "child": child, "hearing": listed, "writes": writes, "whose": whose, "own": own}
    return render(request, "court/hearing.html", context | {"today": timezone.localdate()})


@require_POST
@at_court
def bench(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One press: before the bench now, or no longer."""
    listed, child = _open(request, pk)
    _writable(request, child, "orders")
    if request.POST.get("now") == "no":
        actions.stand_down(listed, by=request.user, at=timezone.now())
    else:
        actions.call(listed, by=request.user, at=timezone.now())
    return redirect(f"{_desk_on(listed.since)}#h-{listed.pk}")


@form_page
@at_court
def attends(request: HttpRequest, pk: UUID) -> HttpResponse:
    listed, child = _open(request, pk)
    _writable(request, child, "orders")
    form, status = AttendsForm(_posted(request), attends=listed.attends, words=listed.attends_words), 200
    if form.is_bound:
        status = INVALID
        if form.is_valid():
            once = form.cleaned_data["once"]
            said, words = form.said(), form.words()
            kept = actions.attends(listed, said, words=words, by=request.user, at=timezone.now(), once=once)
            messages.success(request, "Who attends is in the record.")
            return redirect(_desk_on(kept.since))
    return _page(request, "court/attends.html", listed, child, form, status)


@form_page
@at_court
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One page, as the bench says it; a draft stands behind it."""
    listed, child = _open(request, pk)
    for section in ("orders", "entries"):
        _writable(request, child, section)
    people, today = child.person_ids(), timezone.localdate()
    if request.method != "POST" and (listed.result not in rules.OPEN or listed.since > today):
        return redirect("court_hearing", pk=listed.pk)
    running = actions.runs(people, listed.since)
    form = ResultForm(_posted(request), hearing=listed, people=people, on=today)
    draft, status = drafted(request, child, form, of=child.person), 200
    if form.is_bound:
        kept, status = _saved(request, listed, form, draft)
        if kept is not None:
            messages.success(request, "What the court did is in the record.")
            return redirect("court_hearing", pk=kept.pk)
    elsewhere = bool(draft and draft.saved_at and not panels.is_version(listed, form.initial.get("hearing")))
    form.initial["hearing"] = listed.pk
    more = {"draft": draft, "running": running, "elsewhere": elsewhere}
    return _page(request, "court/result.html", listed, child, form, status, **more)


def _saved(
    request: HttpRequest, listed: Hearing, form: ResultForm, draft: Drafted | None
) -> tuple[Hearing | None, int]:
    """The hearing with its result; or the status with which the form goes back as typed."""
    if not form.is_valid():
        return None, INVALID
    once, now = form.cleaned_data["once"], timezone.now()
    become = draft.become if draft else None
    try:
        return actions.result(listed, form.decided(), by=request.user, at=now, once=once, draft=become), 302
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None, refusal.status


@require_safe
@at_court
def result_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From a child, or a draft about one, to the hearing of which the result is still to be said."""
    child = open_child(request, pk)
    typed_for = panels.draft_for(request.user, child)
    if typed_for is not None and panels.is_of(child, typed_for):
        return redirect("court_result", pk=typed_for)
    waiting = panels.next_of(child, timezone.localdate())
    if waiting is None:
        messages.success(request, "No hearing of this child waits for its result. Put it on the list first.")
        return redirect("court_add_child", pk=pk)
    return redirect("court_result", pk=waiting.pk)


def _open(request: HttpRequest, pk: UUID) -> tuple[Hearing, Child]:
    """A hearing of a child that is open to whoever asks, where court is."""
    now = timezone.now()
    found_, child = panels.hearing_of(request.user, pk, now)
    if "orders" not in reach(request.user, child, now).reads:
        raise NotAllowed(NOT_OPEN)
    return found_, child


def _writable(request: HttpRequest, child: Child, section: str) -> Child:
    """Whoever may not write of it is told so before anything is typed."""
    refuse_if(need_to_know.why_not_write(section, reach(request.user, child, timezone.now()).writes))
    return child


def _page(
    request: HttpRequest, template: str, listed: Hearing, child: Child, form: Any, status: int, **more: Any
) -> HttpResponse:
    log.viewed(request, "court.form", child)
    line = panels.line_of(listed, request.user, at=timezone.now())
    context = {"hearing": listed, "child": child, "line": line, "name": line.name, "form": form}
    return render(request, template, context | more, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
