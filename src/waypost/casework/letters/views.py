"""Writing a letter, a text or an e-mail, and saying that it was sent."""

from __future__ import annotations

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
from waypost.casework.letters import actions, panels, rules
from waypost.casework.letters.definitions import filled, load
from waypost.casework.letters.forms import ChooseForm, LetterForm
from waypost.casework.letters.models import Letter
from waypost.casework.letters.paper import Sender
from waypost.files.taken import from_whom
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.drafts.forms import Drafted, drafted
from waypost.people.drafts.models import Draft
from waypost.people.need_to_know import rules as need_to_know
from waypost.people.need_to_know.reach import reach
from waypost.people.record.models import Child
from waypost.people.record.views import open_child

form_page = require_http_methods(["GET", "HEAD", "POST"])
writes = needs_children(Permission.ENTER_CHILDREN)
opens = needs_children(Permission.OPEN_CHILDREN)


@form_page
@writes
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First what is written and to whom; then its words, beside why that way is safe."""
    child, now = _child(request, pk), timezone.now()
    known, subjects = panels.known(child, timezone.localdate(now)), panels.subjects(child, now)
    choose = _chosen(request, child, known, subjects)
    if not choose.is_valid():
        return _choose(request, child, choose)
    sender = _sender(request)
    form = LetterForm(
        request.POST if request.method == "POST" else None, chosen=choose, **_words(request, choose, sender)
    )
    draft, status = drafted(request, child, form, of=child.person), 200
    if request.method == "POST":
        made, status = _made(request, child, form, sender, draft)
        if made:
            messages.success(request, "It is made and in the record. It is not sent yet.")
            return redirect("letter", pk=pk, letter=made.pk)
    return _page(request, child, choose, form, draft, status)


def _made(
    request: HttpRequest, child: Child, form: LetterForm, sender: Sender, draft: Drafted | None
) -> tuple[Letter | None, int]:
    """The letter; else the status with which the form goes back as typed."""
    if not form.is_valid():
        return None, 422
    once, become = form.cleaned_data["once"], draft.become if draft else None
    try:
        given = {"sender": sender, "by": request.user, "at": timezone.now(), "once": once, "draft": become}
        return actions.make(child, form.written(), **given), 302
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None, refusal.status


@form_page
@opens
def letter(request: HttpRequest, pk: UUID, letter: UUID) -> HttpResponse:
    """What was written; and until it is sent, where to send it, if that is safe still."""
    child, now, refused, status = open_child(request, pk), timezone.now(), "", 200
    seen = reach(request.user, child, now)
    if "entries" not in seen.reads:
        raise NotFound
    found = panels.letter_of(child, letter)
    if request.method == "POST":
        try:
            actions.send(found, by=request.user, at=now)
            messages.success(request, "It is in the record that you sent it.")
            return redirect("child", pk=pk)
        except Refused as refusal:
            refused, status = refusal.reason, refusal.status
    log.viewed(request, "letter.page", child, listed=[found.to_id] if found.to_id else [])
    known = panels.known(child, timezone.localdate(now))
    to = known.person(found.to_id)
    context = {
        "child": child,
        "name": known.name,
        "letter": found,
        "type": load()[found.type],
        "to": to if "home" in seen.reads or (to and to.is_child) else None,
        "opens": "documents" in seen.reads,
        "line": panels.line_now(found, known) if "home" in seen.reads else None,
        "why_not": None if found.sent_at else actions.why_not_send(found, child, at=now),
        "refused": refused,
        "sends": "entries" in seen.writes and "home" in seen.reads,
    }
    return render(request, "letters/letter.html", context, status=status)


def _child(request: HttpRequest, pk: UUID) -> Child:
    """Whoever may not write what happened, or see how somebody is reached, is told so before anything is typed."""
    child = open_child(request, pk)
    seen = reach(request.user, child, timezone.now())
    refuse_if(need_to_know.why_not_write("entries", seen.writes) or rules.why_not_reach(seen.reads))
    return child


def _chosen(request: HttpRequest, child: Child, known: panels.Known, subjects: list[panels.Subject]) -> ChooseForm:
    """What was posted; else what a draft was begun with; else what the address asks for."""
    given = {"known": known, "subjects": subjects, "on": timezone.localdate()}
    if request.method == "POST":
        return ChooseForm(request.POST, **given)
    mine = Draft.objects.visible_to(request.user).filter(person=child.pk, form=LetterForm.asked.key).first()
    if mine and (begun := ChooseForm(mine.typed, **given)).is_valid():
        return begun
    asked = request.GET if "letter" in request.GET else None
    return ChooseForm(asked, about=request.GET.get("about", ""), **given)


def _sender(request: HttpRequest) -> Sender:
    whom = from_whom(request)
    return panels.sender_of(whom["author"], whom["marking"])


def _words(request: HttpRequest, choose: ChooseForm, sender: Sender) -> dict[str, str]:
    """The template with what the record knows."""
    letter, language = choose.chosen, choose.cleaned_data["language"]
    wording = letter.wording(language)
    known = panels.merged(
        letter, choose.known, choose.recipient, choose.subject, by=request.user, sender=sender, language=language
    )
    return {"title": wording.title, "words": filled(wording.on(choose.cleaned_data["channel"]), known)}


def _choose(request: HttpRequest, child: Child, choose: ChooseForm) -> HttpResponse:
    log.viewed(request, "letter.form", child)
    context = {
        "child": child,
        "name": choose.known.name,
        "form": choose,
        "known": choose.known,
        "types": load(),
        "letters": panels.letters_of(child),
    }
    return render(request, "letters/choose.html", context, status=422 if choose.is_bound else 200)


def _page(
    request: HttpRequest, child: Child, choose: ChooseForm, form: LetterForm, draft: Drafted | None, status: int
) -> HttpResponse:
    to, lines = choose.recipient, choose.lines
    log.viewed(request, "letter.form", child, listed=[to.person])
    context: dict[str, Any] = {
        "child": child,
        "name": choose.known.name,
        "form": form,
        "draft": draft,
        "known": choose.known,
        "to": to,
        "type": choose.chosen,
        "wording": choose.chosen.wording(choose.cleaned_data["language"]),
        "channel": choose.cleaned_data["channel"],
        "subject": choose.subject,
        "usable": [one for one in lines if one.why_not is None],
        "hints": {one.key: one.why_safe for one in lines},
        "refused": [one for one in lines if one.why_not],
        "why_none": rules.why_not_use(choose.cleaned_data["channel"], None),
        "languages": [one for one in choose.known.languages if one.person_id in _theirs(choose, to)],
        "needs": [one for one in choose.known.needs if one.person_id in _theirs(choose, to)],
    }
    return render(request, "letters/write.html", context, status=status)


def _theirs(choose: ChooseForm, to: panels.Recipient) -> list[UUID]:
    return choose.known.people if to.is_child else [to.person]
