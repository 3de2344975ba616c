"""A form with a draft behind it: what its page holds of the draft, and what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.http import HttpRequest

from waypost.kernel.ids import new_id
from waypost.people.drafts import actions
from waypost.people.drafts.actions import Held
from waypost.people.drafts.models import Draft
from waypost.people.record.fields import Asked
from waypost.people.record.models import Child, Person, Statement
from waypost.ui.fields import PartsInput

WITHOUT = {"document", "harmed"}


class HeldForm(forms.Form):
    """The hidden boxes of `drafts/state.html`; without a script, page and turn stay as they were drawn."""

    draft = forms.UUIDField()
    draft_revision = forms.IntegerField(min_value=0, max_value=2**31 - 2)
    draft_page = forms.UUIDField(required=False)
    draft_turn = forms.IntegerField(min_value=0, max_value=2**53, required=False)


def held_in(posted: Mapping[str, str]) -> Held | None:
    form = HeldForm(posted)
    if not form.is_valid():
        return None
    said = form.cleaned_data
    return Held(said["draft"], said["draft_revision"], said["draft_page"] or new_id(), said["draft_turn"] or 0)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft of one form on one page. `saved_at`: when the words were saved that this page brings back."""

    child: Child
    form: str
    draft: UUID
    revision: int = 0
    page: UUID = field(default_factory=new_id)
    saved_at: datetime | None = None

    def become(self, *, by: Any, at: datetime) -> Draft | None:
        """As the action says; the words it gives back are not those of this page."""
        held = Held(self.draft, self.revision, self.page, 0)
        return actions.become(self.child.person, self.form, held=held, by=by, at=at)

    def follow(self, newer: Statement, *, by: Any) -> Drafted:
        """The same draft, of the form that corrects the newer statement."""
        to = key_of(self.form.partition(":")[0], newer)
        actions.follow(self.child.person, self.form, to, draft=self.draft, by=by)
        return replace(self, form=to)


def key_of(kind: str, old: Statement | None = None) -> str:
    return f"{kind}:{old.pk}" if old else kind


class Written(Protocol):
    """A form that a draft may stand behind."""

    asked: Asked
    old: Statement | None
    fields: dict[str, forms.Field]
    initial: dict[str, Any]
    data: Any
    is_bound: bool


def drafted(request: HttpRequest, child: Child, form: Written, *, of: Person) -> Drafted | None:
    """Where the form comes back from the browser, what its page held; else the open draft, put into the form.

    None for a form about somebody else, and for what is too much to leave lying: a file, or who was harmed.
    """
    if of.pk != child.pk or form.asked.key in WITHOUT:
        return None
    key = key_of(form.asked.key, form.old)
    if form.is_bound:
        held = held_in(form.data)
        return Drafted(child, key, held.draft, held.revision, held.page) if held else Drafted(child, key, new_id())
    draft = Draft.objects.visible_to(request.user).filter(person=child.pk, form=key).first()  # type: ignore[arg-type]
    if draft is None:
        return Drafted(child, key, new_id())
    form.initial |= {
        name: asked.widget.value_from_datadict(draft.typed, {}, name)
        for name, asked in form.fields.items()
        if name != "once" and not _several(asked)
    }
    return Drafted(child, key, draft.pk, draft.revision, saved_at=draft.saved_at)


def typed_in(fields: Mapping[str, forms.Field], posted: Mapping[str, str]) -> dict[str, str]:
    """What stands in the boxes of the form; of anything else that is posted, nothing."""
    return {name: posted[name] for name in _boxes(fields) if name in posted}


def _several(asked: forms.Field) -> bool:
    """Ticks among several are not words: they stand again as they stood when the page was opened."""
    return bool(getattr(asked.widget, "allow_multiple_selected", False))


def _boxes(fields: Mapping[str, forms.Field]) -> Iterator[str]:
    for name, asked in fields.items():
        if _several(asked):
            continue
        if isinstance(asked.widget, PartsInput):
            yield from (f"{name}-{part}" for part in asked.widget.parts)
        elif name != "once":
            yield name
