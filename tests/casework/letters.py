"""Letters for tests: `to_come(child, worker)`, `written(child, …)`, `made(child, worker, …)`, `posted(child, worker)`."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pdfplumber
from django.utils import timezone

from tests.people.children import as_seen_by, said
from waypost.access.models import Staff
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.actions import Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.letters import actions, panels
from waypost.casework.letters.actions import Written
from waypost.casework.letters.definitions import load
from waypost.casework.letters.models import Letter
from waypost.casework.letters.paper import Sender
from waypost.kernel.ids import new_id
from waypost.people.models import Child, Document

SENDER = Sender("Alder Vale youth justice service", telephone="01632 960 100")
WORDS = "Hello El. You meet Ada Stone on Tuesday at 4pm, Riverside office. If you can’t come, ring 01632 960 100."


def to_come(child: Child, by: Staff, days: int = 4, **given: Any) -> Contact:
    as_seen_by(by)
    starts = (timezone.localtime() + timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)
    meeting = Meeting(starts, **{"place": "Riverside office", "purpose": "Session 2"} | given)
    return contacts.plan(child.person, meeting, by=by, at=timezone.now(), once=new_id())


def way_of(child: Child, channel: str, to: str = "child") -> str:
    """The key of the first way by which they can be reached so."""
    found = panels.known(child, timezone.localdate()).to(to)
    assert found is not None
    return next(one.key for one in found.on(channel))


def written(child: Child, contact: Contact | None, channel: str = "text", **given: Any) -> Written:
    plain = Written(
        type=load()["appointment"],
        language="english",
        channel=channel,
        to="child",
        way=given["way"] if "way" in given else way_of(child, channel, given.get("to", "child")),
        title="Your appointment",
        words=WORDS,
        about=f"contact.{contact.pk}" if contact else "",
    )
    return replace(plain, **given)


def make(child: Child, what: Written, by: Staff, at: datetime | None = None, **given: Any) -> Letter:
    as_seen_by(by)
    return actions.make(
        child, what, **{"sender": SENDER, "by": by, "at": at or timezone.now(), "once": new_id()} | given
    )


def made(child: Child, by: Staff, at: datetime | None = None, **given: Any) -> Letter:
    """A text about an appointment, to a mobile that is safe."""
    if given.get("channel", "text") == "text":
        said(child, "contact", by)
    return make(child, written(child, to_come(child, by), **given), by, at)


def posted(child: Child, by: Staff, **given: Any) -> dict[str, Any]:
    """What a browser posts of a text about an appointment, to a mobile that is safe."""
    said(child, "contact", by)
    return posted_to(child, by, **given)


def posted_to(child: Child, by: Staff, **given: Any) -> dict[str, Any]:
    """The same, to the way by which the child is reached already."""
    contact = to_come(child, by)
    return {
        "once": new_id(),
        "letter": "appointment",
        "about": f"contact.{contact.pk}",
        "to": "child",
        "channel": "text",
        "language": "english",
        "way": way_of(child, "text"),
        "title": "",
        "words": WORDS,
        "agreed": "",
    } | given


def bytes_of(document: Document) -> bytes:
    return b"".join(bytes(one) for one in document.file.chunks.values_list("data", flat=True))


def words_of(document: Document) -> str:
    """As a reader of the PDF has it, on one line."""
    with pdfplumber.open(io.BytesIO(bytes_of(document))) as opened:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in opened.pages)


def on_paper(child: Child, by: Staff, **given: Any) -> Letter:
    """A letter about an appointment, to an address that is safe."""
    said(child, "contact", by, method="post", value="4 Mill Row, Riverside, ZZ9 4MR")
    what = written(child, to_come(child, by), "letter", **given)
    return make(child, what, by)
