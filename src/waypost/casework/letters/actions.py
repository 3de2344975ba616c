"""Letters made, and said to be sent. Each is one checked, logged, indivisible write.

Waypost sends nothing itself: a letter is posted, a text or an e-mail is sent from the service’s own telephone or mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.letters import panels, paper, rules
from waypost.casework.letters.definitions import CONTACT, DECISION, HEARING, LETTER, LetterType, load
from waypost.casework.letters.models import Letter
from waypost.casework.letters.panels import Known, Line, Recipient, Subject
from waypost.casework.letters.paper import Sender
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.files.reports import pdf
from waypost.kernel.refusal import NotFound, refuse_if
from waypost.people.need_to_know.reach import child_behind, reach, require_writes
from waypost.people.record import actions as record
from waypost.people.record import document_actions
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, Person

ENTRIES, DOCUMENTS = "entries", "documents"
BASIS = "crime_and_disorder_39"
WRITTEN = {LETTER: "Letter made", "text": "Text message written", "email": "E-mail written"}
SENT = {LETTER: "Letter sent", "text": "Text message sent", "email": "E-mail sent"}


@dataclass(frozen=True, slots=True)
class Written:
    """What whoever writes has chosen and typed. `to`, `way` and `about` are keys that `panels` gives."""

    type: LetterType
    language: str
    channel: str
    to: str
    way: str
    title: str
    words: str
    agreed: str = ""
    about: str = ""


@transaction.atomic
def make(
    child: Child,
    written: Written,
    *,
    sender: Sender,
    by: Staff,
    at: datetime,
    once: UUID,
    draft: Callable[..., object] | None = None,
) -> Letter:
    """The letter, its paper and its words, in one. What is safe is asked again now. Posted twice it is one."""
    _may(child.person, written.channel, by=by, at=at)
    list(Person.objects.select_for_update(no_key=True).filter(pk=child.pk))  # letters about one child take turns
    if (there := Letter.objects.filter(once=once, by=by).first()) is not None:
        return there
    known = _turn(child, written.to, at)
    to = known.to(written.to)
    if to is None:
        raise NotFound
    about = next((one for one in panels.subjects(child, at) if one.key == written.about), None)
    line = to.line(written.channel, written.way)
    refuse_if(why_not_make(written, known, to, line, about, at=at))
    letter = _kept(known, written, to, line, about, sender=sender, by=by, at=at, once=once)  # type: ignore[arg-type]
    _warned(letter, by=by, at=at)
    _to_send(letter, by=by, at=at)
    if draft is not None:
        draft(by=by, at=at)
    listed = [letter.document_id] if letter.document_id else []
    log.record(by, log.Verb.DISCLOSED, "letter.made", child, listed=listed)
    return letter


def why_not_make(
    written: Written, known: Known, to: Recipient, line: Line | None, about: Subject | None, *, at: datetime
) -> str | None:
    """Every rule, in the order in which somebody can mend it."""
    letter, today = written.type, timezone.localdate(at)
    return (
        rules.why_not_letter(letter, channel=written.channel, to_child=to.is_child)
        or rules.why_not_about(letter, about.about if about else None, today=today)
        or (None if to.name else "No name of theirs may stand in a letter. Look at their names first.")
        or (rules.GONE if line is None and written.way else None)
        or rules.why_not_write(written.channel, line.way if line else None, agreed=written.agreed)
        or rules.why_not_words(written.channel, written.words)
        or rules.why_not_tell(f"{written.title} {written.words}", kept=known.kept, own=to.is_child)
    )


def _turn(child: Child, to: str, at: datetime) -> Known:
    """What is known, once nobody else can change how that person is reached."""
    on = timezone.localdate(at)
    whom = panels.known(child, on).to(to)
    if whom is not None:
        list(Person.objects.select_for_update(no_key=True).filter(pk=whom.person))
    return panels.known(child, on)


def _may(person: Person, channel: str, *, by: Staff, at: datetime) -> None:
    require_writes(person, ENTRIES, by=by, at=at)
    if channel == LETTER:
        require_writes(person, DOCUMENTS, by=by, at=at)
    refuse_if(rules.why_not_reach(reach(by, child_behind(person, by, at), at).reads))


def _kept(
    known: Known,
    written: Written,
    to: Recipient,
    line: Line,
    about: Subject | None,
    *,
    sender: Sender,
    by: Staff,
    at: datetime,
    once: UUID,
) -> Letter:
    person = known.child.person
    kept = line.way.kept or rules.tells(f"{written.title} {written.words}", known.kept)
    source = Source(by.agency, BASIS, disclosure=rules.disclosure(written.type.to, kept=kept))
    given: dict[str, Any] = {"source": source, "by": by, "at": at}
    document, words = None, written.words.strip()
    if written.channel == LETTER:
        document = _printed(person, written, to, line, sender=sender, once=uuid5(once, "document"), **given)
        words = f"To {to.name}, by post. What it says is among the documents."
    title = f"{WRITTEN[written.channel]}: {written.type.name[:1].lower()}{written.type.name[1:]}"
    entry = _entry(person, title, words, once=uuid5(once, "entry"), **given)
    of = {about.about.of: about.of} if about else {}
    return Letter.objects.create(
        person=person,
        to_id=to.person,
        type=written.type.key,
        language=written.language,
        channel=written.channel,
        detail_id=line.pk if line.way.method != rules.ADDRESS else None,
        address_id=line.pk if line.way.method == rules.ADDRESS else None,
        agreed=written.agreed.strip(),
        contact=of.get(CONTACT),
        decision=of.get(DECISION),
        hearing=of.get(HEARING),
        entry=entry,
        document=document,
        by=by,
        at=at,
        once=once,
    )


def _printed(
    person: Person, written: Written, to: Recipient, line: Line, *, sender: Sender, once: UUID, **given: Any
) -> Any:
    """The paper, kept among the child’s documents. Its file is named by what it is, never by whom it is about."""
    on = timezone.localdate(given["at"])
    whom = (to.name, *line.lines)
    report = paper.report(written.title, written.words, to=whom, sender=sender, language=written.language, on=on)
    said = {"kind": "letter_out", "title": f"{written.type.name}: to {to.who.lower()}", "since": on, "until": None}
    return document_actions.keep_document(person, said, "letter.pdf", pdf.render(report), once=once, **given)


def _entry(person: Person, title: str, words: str, *, once: UUID, **given: Any) -> Any:
    local = timezone.localtime(given["at"])
    said = {
        "kind": "letter",
        "since": local.date(),
        "until": None,
        "clock": local.time().replace(second=0, microsecond=0),
        "title": title,
        "words": words,
        "own_words": "",
        "demeanour": "",
    }
    return record.say(person, KINDS["entry"], said, once=once, **given)


def _warned(letter: Letter, *, by: Staff, at: datetime) -> None:
    """The task to write the warning is done by writing it."""
    if letter.decision_id is None:
        return
    for task in Task.objects.open().filter(key=tasks.WARNING_LETTER, from_id=letter.decision_id):
        tasks.do(task, words="The letter is made.", by=by, at=at)


def _to_send(letter: Letter, *, by: Staff, at: datetime) -> None:
    """Until somebody says that it was sent, it is theirs to send."""
    today = timezone.localdate(at)
    tasks.put(
        letter.person,
        key=tasks.LETTER_TO_SEND,
        title=f"Send it: {_called(letter)}",
        why="It is made and not sent. Waypost sends nothing itself.",
        due=today,
        starts=today,
        staff=by,
        source=("letter", letter.pk),
        by=by,
        at=at,
        once=uuid5(letter.once, "send"),
    )


def _called(letter: Letter) -> str:
    name = load()[letter.type].name
    return f"{name[:1].lower()}{name[1:]}"


@transaction.atomic
def send(letter: Letter, *, by: Staff, at: datetime) -> Letter:
    """Somebody says that they sent it. Whether it is safe is asked once more: it may have changed since."""
    person = letter.person
    _may(person, letter.channel, by=by, at=at)
    list(Person.objects.select_for_update(no_key=True).filter(letters_to=letter.pk))
    letter = (
        Letter.objects.select_for_update(no_key=True, of=("self",)).select_related("person", "entry").get(pk=letter.pk)
    )
    refuse_if(why_not_send(letter, child_behind(person, by, at), at=at))
    letter.sent_by, letter.sent_at = by, at
    letter.save(update_fields=["sent_by", "sent_at"])
    for task in Task.objects.open().filter(key=tasks.LETTER_TO_SEND, from_id=letter.pk):
        tasks.do(task, words="It is sent.", by=by, at=at)
    title = f"{SENT[letter.channel]}: {_called(letter)}"
    source = Source(by.agency, BASIS, disclosure=letter.entry.disclosure)
    _entry(person, title, "", source=source, by=by, at=at, once=uuid5(letter.once, "sent"))
    log.record(by, log.Verb.DISCLOSED, "letter.sent", person)
    return letter


def why_not_send(letter: Letter, child: Child, *, at: datetime) -> str | None:
    known = panels.known(child, timezone.localdate(at))
    line = panels.line_now(letter, known)
    return rules.why_not_send(
        sent=letter.sent_at is not None,
        changed=line is None or panels.changed_since(letter),
        unsafe=rules.why_not_write(letter.channel, line.way, agreed=letter.agreed) if line else None,
    )


def entry_stays(entry: Any) -> str | None:
    """What went out went out about this child."""
    return STAYS if Letter.objects.filter(entry=entry.pk).exists() else None


def document_stays(document: Any) -> str | None:
    return STAYS if Letter.objects.filter(document=document.pk).exists() else None


STAYS = "It is a letter that was written about this child, and that cannot be undone. Write a note on the other child."
