"""Saving as one types, and one's own drafts."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.access import log
from waypost.access.asking import asking
from waypost.access.permissions import Permission
from waypost.access.require import needs, needs_children
from waypost.kernel.refusal import Refused
from waypost.people.drafts import actions, kept_keys, panels
from waypost.people.drafts.forms import WITHOUT, held_in, typed_in
from waypost.people.drafts.models import Draft
from waypost.people.record import panels as record
from waypost.people.record.fields import ASKED, Asked
from waypost.people.record.forms import StatementForm
from waypost.people.record.models import Child
from waypost.people.record.views import open_child


@require_POST
@needs_children(Permission.ENTER_CHILDREN)
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A page saves what stands in its form: 409 with the newer words; that it ended; 422 or 403 with the reason."""
    child, key = open_child(request, pk), request.POST.get("draft_form", "")
    asked = _asked(child, key)
    if (held := held_in(request.POST)) is None:
        return JsonResponse({"reason": "The page did not say which draft this is."}, status=422)
    fields = asked.boxes or StatementForm(asked, on=timezone.localdate(), agency="").fields
    typed = typed_in(fields, request.POST)
    keeper = {"held": held, "by": request.user, "at": timezone.now()}
    try:
        saved = actions.save(child.person, key, asked.kind.section, typed, **keeper)
    except actions.Newer as newer:
        return JsonResponse(_said(newer.draft) | {"reason": newer.reason, "typed": newer.draft.typed}, status=409)
    except actions.Ended as ended:
        return JsonResponse({"reason": ended.reason, "ended": True})  # no error: a page that is gone may ask so late
    except Refused as refused:
        return JsonResponse({"reason": refused.reason}, status=403 if refused.status == 403 else 422)
    return JsonResponse(_said(saved))


def _said(draft: Draft) -> dict[str, object]:
    return {"draft": draft.pk, "revision": draft.revision, "saved_at": draft.saved_at}


def _asked(child: Child, key: str) -> Asked:
    """Of the form the key names; a correction must be of something on this child's record."""
    name, colon, statement = key.partition(":")
    if name not in ASKED or name in WITHOUT:
        raise Http404
    if colon and not ASKED[name].goes_on:
        try:
            record.statement(child, ASKED[name], UUID(statement))
        except ValueError:
            raise Http404 from None
    return ASKED[name]


@require_safe
@needs(Permission.ENTER_CHILDREN)
def key(request: HttpRequest) -> HttpResponse:
    """For this person's session: what closes and opens the words kept in a browser, and a token to save them with."""
    versions = settings.KEPT_WORDS_KEYS
    keys = kept_keys.keys_of(request.user, versions)
    mark = kept_keys.mark_of(request.user, versions)
    return JsonResponse({"keys": keys, "newest": max(keys), "person": mark, "token": get_token(request)})


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    asking(request.user, at=now)
    lines = panels.own(request.user, now)
    log.viewed(request, "draft.list", listed=[line.child.pk for line in lines if line.child])
    return render(request, "drafts/drafts.html", {"lines": lines})


@require_POST
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    now = timezone.now()
    asking(request.user, at=now)
    draft = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    actions.throw_away(draft, by=request.user, at=now)
    messages.success(request, "The words are thrown away.")
    return redirect("drafts")
