"""Saying something about a person, putting right what was said, and the end of what was true for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from waypost.access import log
from waypost.access.asking import walls_open_to
from waypost.access.permissions import Permission
from waypost.access.require import needs_children, require
from waypost.files.views import download
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.drafts.forms import Drafted, drafted
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.holding_back import wall_for
from waypost.people.need_to_know.models import Wall
from waypost.people.need_to_know.reach import Reach, reach
from waypost.people.record import actions, document_actions, panels, people_actions
from waypost.people.record.fields import ASKED, Asked
from waypost.people.record.forms import EndForm, StatementForm, lines_of, source_of
from waypost.people.record.models import Child, Person, Statement

form_page = require_http_methods(["GET", "HEAD", "POST"])
writes = needs_children(Permission.ENTER_CHILDREN)
opens = needs_children(Permission.OPEN_CHILDREN)
LATER = "Somebody has corrected this meanwhile: here is what it says now."


@form_page
@writes
def say(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    child, asked = open_child(request, pk), _asked(kind)
    if asked.page:
        return redirect(asked.page, pk=pk)
    seen = _reach(request, child)
    refuse_if(need_to_know.why_not_write(asked.kind.section, seen.writes))
    person = panels.person_of(child, asked, _uuid(request.GET.get("of", "")))
    there = panels.said_once(person, asked)
    if there is not None and request.method != "POST":
        return redirect("child_correct", pk=child.pk, kind=asked.key, statement=there.pk)
    form = _form(request, child, asked, seen)
    draft, status = drafted(request, child, form, of=person), 200
    if request.method == "POST":
        status = _done(form, lambda: _say(request, child, person, form), draft=draft, by=request.user)
        if status == 302:
            return _saved(request, child, form, "it is in the record.")
    return _page(request, "record/say.html", child, form, of=person, draft=draft, status=status)


@form_page
@opens
def correct(request: HttpRequest, pk: UUID, kind: str, statement: UUID) -> HttpResponse:
    """What it says, where it comes from and what it was; for those who write, the way to put it right."""
    if request.method == "POST":
        require(request.user, Permission.ENTER_CHILDREN)
    child, asked = open_child(request, pk), _asked(kind)
    seen, old = _reach(request, child), panels.statement(child, asked, statement)
    _may_read(asked, seen)
    if request.method == "POST":
        return _correct(request, child, asked, old, seen)
    if old.replaced_at:
        messages.warning(request, LATER)
        return redirect("child_correct", pk=child.pk, kind=asked.key, statement=actions.newest(old).pk)
    form = _form(request, child, asked, seen, old)
    draft = drafted(request, child, form, of=old.person) if asked.kind.section in seen.writes else None
    return _page(request, "record/statement.html", child, form, seen=seen, draft=draft)


def _correct(request: HttpRequest, child: Child, asked: Asked, old: Statement, seen: Reach) -> HttpResponse:
    refuse_if(need_to_know.why_not_write(asked.kind.section, seen.writes))
    form, stale = _form(request, child, asked, seen, old), []
    draft = drafted(request, child, form, of=old.person)

    def do() -> None:
        actions.correct(
            old,
            form.said(),
            source=form.source_said(),
            by=request.user,
            at=timezone.now(),
            once=form.cleaned_data["once"],
        )

    status = _done(form, do, stale, draft=draft, by=request.user)
    if status == 302:
        return _saved(request, child, form, "corrected. What it was stays behind it.")
    newer = next(iter(stale), None)
    if draft and newer:
        draft = draft.follow(newer, by=request.user)
    return _page(request, "record/statement.html", child, form, seen=seen, draft=draft, newer=newer, status=status)


@form_page
@writes
def end(request: HttpRequest, pk: UUID, kind: str, statement: UUID) -> HttpResponse:
    """The last day of what was true for a while: all else stays as it was."""
    child, asked = open_child(request, pk), _asked(kind)
    refuse_if(need_to_know.why_not_write(asked.kind.section, _reach(request, child).writes))
    old = panels.statement(child, asked, statement)
    if not asked.kind.period:
        raise Http404
    form = EndForm(asked, _posted(request), on=timezone.localdate())
    status = 200
    if request.method == "POST":
        status = _done(form, lambda: actions.end(old, **form.cleaned_data, by=request.user, at=timezone.now()))
        if status == 302:
            messages.success(request, f"{asked.name}: ended. It stays in the record.")
            return redirect("child", pk=child.pk)
    context = {"child": child, "name": panels.name_of(child.person), "asked": asked, "form": form, "old": old}
    log.viewed(request, "child.form", child)
    return render(request, "record/end.html", context | {"lines": lines_of(asked, old)}, status=status)


@require_safe
@opens
def document(request: HttpRequest, pk: UUID, statement: UUID) -> StreamingHttpResponse:
    """The file of a document, to whoever may read it where it belongs."""
    child, asked = open_child(request, pk), ASKED["document"]
    _may_read(asked, _reach(request, child))
    found = panels.statement(child, asked, statement)
    if found.removed_on or found.file.emptied_at:
        raise Http404
    log.record(request.user, log.Verb.DISCLOSED, "child.document_taken", child, listed=[found.file_id])
    return download(found.file)


def open_child(request: HttpRequest, pk: UUID) -> Child:
    visible = Child.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(visible.select_related("person"), pk=pk)


def _asked(key: str) -> Asked:
    if key not in ASKED:
        raise Http404
    return ASKED[key]


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _uuid(text: str) -> str:
    """An address that names nobody is an address of nothing."""
    try:
        return text and str(UUID(text))
    except ValueError:
        raise Http404 from None


def _reach(request: HttpRequest, child: Child) -> Reach:
    return reach(request.user, child, timezone.now())


def _may_read(asked: Asked, seen: Reach) -> None:
    if asked.kind.section not in seen.reads:
        raise NotFound


def _form(request: HttpRequest, child: Child, asked: Asked, seen: Reach, old: Statement | None = None) -> StatementForm:
    return StatementForm(
        asked,
        _posted(request),
        request.FILES or None,
        on=timezone.localdate(),
        agency=request.user.agency,
        tied=panels.tied_people(child, seen, asked, timezone.now()),
        children=Child.objects.visible_to(request.user, timezone.now()),
        old=old,
        walls=walls_open_to(request.user),
        people=child.person_ids(),
    )


def _say(request: HttpRequest, child: Child, person: Person, form: StatementForm) -> None:
    key, said = form.asked.key, form.said()
    given = {
        "source": form.source_said(),
        "by": request.user,
        "at": timezone.now(),
        "once": form.cleaned_data["once"],
    }
    if key == "relation":
        people_actions.relate(person, said, form.who(), **given)
    elif key == "harmed":
        people_actions.say_harmed(person, said, form.who(), **given)
    elif key == "document":
        file = form.cleaned_data["file"]
        document_actions.keep_document(person, said, file.name, file.read(), **given)
    else:
        actions.say(person, form.asked.kind, said, **given, wall=_wall(request, child, form))


def _wall(request: HttpRequest, child: Child, form: StatementForm) -> Callable[[], Wall] | None:
    """The wall that whoever types asks for, made once it is certain that what stands behind it is written."""
    kind = form.wall_kind()
    return (lambda: wall_for(kind, child, by=request.user, at=timezone.now())) if kind else None


def _done(
    form: StatementForm | EndForm,
    do: Callable[[], object],
    stale: list[Statement] | None = None,
    *,
    draft: Drafted | None = None,
    by: Any = None,
) -> int:
    """302 when it was done, and its draft is no more; otherwise the status with which the form goes back, as typed."""
    if not form.is_valid():
        return 422
    try:
        with transaction.atomic():
            do()
            if draft:
                form.other_words = draft.become(by=by, at=timezone.now()) is not None
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        if isinstance(refusal, actions.Stale) and stale is not None:
            stale.append(refusal.newer)
        return refusal.status
    return 302


def _saved(request: HttpRequest, child: Child, form: StatementForm, said: str) -> HttpResponse:
    messages.success(request, f"{form.asked.name}: {said}")
    if form.other_words:
        messages.warning(request, "Other words of yours for this form are under ‘Not part of the record yet’.")
    return redirect("child", pk=child.pk)


def _page(
    request: HttpRequest,
    template: str,
    child: Child,
    form: StatementForm,
    *,
    seen: Reach | None = None,
    of: Person | None = None,
    draft: Drafted | None = None,
    newer: Statement | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form shown, or given back with what was typed; what somebody else saved meanwhile stands beside it."""
    log.viewed(request, "child.form", child)
    old = form.old
    now = newer or old  # what is in the record at this moment
    context = {
        "child": child,
        "name": panels.name_of(child.person),
        "asked": form.asked,
        "form": form,
        "old": old,
        "newer": newer,
        "draft": draft,
        "beside": list(form.beside(newer)) if newer else [],
        "lines": lines_of(form.asked, old) if old else [],
        "source": source_of(now) if now else [],
        "earlier": [(one, lines_of(form.asked, one)) for one in actions.earlier(now)] if now else [],
        "of": panels.name_of(of) if of and of.pk != child.pk else "",
        "writes": (writes := seen is None or form.asked.kind.section in seen.writes),
        "moves": writes and old is not None and not old.removed_on,
        "keeps": old is not None and panels.may_keep(old, request.user),
    }
    return render(request, template, context, status=status)
