"""To whom a letter may go and by which ways, what it may be about, and what the pages show of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.compliance import definitions as routes
from waypost.casework.compliance.models import Decision
from waypost.casework.compliance.rules import warned_until
from waypost.casework.contacts.models import Contact
from waypost.casework.court.models import Hearing
from waypost.casework.letters import rules, words
from waypost.casework.letters.definitions import (
    CARER,
    CHANNELS,
    CHILD,
    CONTACT,
    DECISION,
    HEARING,
    LETTER,
    TEXT,
    LetterType,
)
from waypost.casework.letters.models import Letter
from waypost.casework.letters.paper import Sender
from waypost.casework.outcomes import definitions as outcomes
from waypost.kernel.refusal import NotFound
from waypost.kernel.words import day as in_words
from waypost.people.organisations.models import Organisation
from waypost.people.record.beside import current
from waypost.people.record.called import called, first_name, liked
from waypost.people.record.care import Placement
from waypost.people.record.entries import Entry
from waypost.people.record.home import Address, ContactDetail, Relation
from waypost.people.record.models import Child, on_day
from waypost.people.record.needs import Alert, Need
from waypost.people.record.who import Language, Name
from waypost.ui.words import coded

OURS = "youth_justice"
TO_COME, LATELY = 8, 8
HELPS = ("communication", "learning", "reading", "sensory", "language", "digital")  # needs that bear on a letter


@dataclass(frozen=True, slots=True)
class Line:
    """One way of one person, as the page shows it. `pk` is of the detail or of the address."""

    channel: str
    way: rules.Way
    pk: UUID
    lines: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.way.method if self.way.method == rules.ADDRESS else 'detail'}.{self.pk}"

    @property
    def why_not(self) -> str | None:
        return rules.why_not_use(self.channel, self.way)

    @property
    def shown(self) -> str:
        return ", ".join(self.lines)

    @property
    def why_safe(self) -> str:
        """Why this way may be used, for whoever writes."""
        said = coded("safe_to_contact", self.way.safe)
        return f"{said}: {self.way.words}" if self.way.words.strip() else said


@dataclass(frozen=True, slots=True)
class Recipient:
    """The child, or somebody who looks after the child. `name` may be empty: then there is nobody to address."""

    key: str  # ‘child’, or the id of the relation
    person: UUID
    who: str
    name: str
    greeted: str
    is_child: bool
    lines: tuple[Line, ...] = ()

    def on(self, channel: str) -> list[Line]:
        return [one for one in self.lines if one.channel == channel]

    def line(self, channel: str, key: str) -> Line | None:
        return next((one for one in self.on(channel) if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What is read of a child before a letter is written."""

    child: Child
    name: str
    greeted: str
    people: list[UUID]  # this record and those combined into it
    recipients: tuple[Recipient, ...]
    kept: tuple[str, ...] = ()  # by what an address that is kept from somebody would be known
    alerts: list[Any] = field(default_factory=list)
    languages: list[Any] = field(default_factory=list)
    needs: list[Any] = field(default_factory=list)

    def to(self, key: str) -> Recipient | None:
        return next((one for one in self.recipients if one.key == key), None)

    def person(self, pk: UUID | None) -> Recipient | None:
        wanted = self.child.pk if pk in self.people else pk
        return next((one for one in self.recipients if one.person == wanted), None)


def known(child: Child, on: date) -> Known:
    """Nine queries, however many people there are."""
    people = child.person_ids()
    relations: list[Any] = [
        one
        for one in current(Relation).filter(on_day(on), person__in=people, other__isnull=False).order_by("at")
        if one.carer or one.parental_responsibility
    ]
    tied = [one.other_id for one in relations]
    everyone = [*people, *tied]
    names = _by_person(current(Name).filter(on_day(on), person__in=everyone).order_by("-at"))
    details = list(_may_use(ContactDetail).filter(on_day(on), person__in=everyone).order_by("-at"))
    homes = list(_may_use(Address).filter(on_day(on), person__in=people).order_by("-at"))
    mine = [name for pk in people for name in names.get(pk, [])]
    own = Recipient(
        CHILD,
        child.pk,
        "The child",
        _called(mine, CHILD),
        _greeted(mine, CHILD),
        True,
        _lines(people, details, homes, own=True),
    )
    carers: dict[UUID, Recipient] = {}
    for one in relations:
        theirs = names.get(one.other_id, [])
        lines = _lines([one.other_id], details, homes if one.household else [], own=False)
        name = _called(theirs, CARER)
        who = coded("relations", one.relation)
        carers.setdefault(one.other_id, Recipient(str(one.pk), one.other_id, who, name, name, False, lines))
    return Known(
        child,
        called(mine),
        own.greeted,
        people,
        (own, *carers.values()),
        _kept(people, homes, on),
        list(current(Alert).filter(on_day(on), person__in=people).order_by("review_by")),
        list(current(Language).filter(on_day(on), person__in=everyone)),
        list(current(Need).filter(on_day(on), person__in=everyone, area__in=HELPS)),
    )


def _may_use(model: Any) -> Any:
    """To write there would tell that it is known."""
    return current(model).exclude(disclosure__in=("police_intelligence", "victim"))


def _by_person(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _may_hold(names: Iterable[Any], to: str) -> list[Any]:
    return [name for name in names if name.disclosure in rules.MAY_HOLD[to]]


def _called(names: Iterable[Any], to: str) -> str:
    return called(_may_hold(names, to))


def _greeted(names: Iterable[Any], to: str) -> str:
    """What family and friends say, else the first name they want."""
    may = _may_hold(names, to)
    return next(iter(liked(may)), "") or first_name(called(may))


def _lines(people: list[UUID], details: list[Any], homes: list[Any], *, own: bool) -> tuple[Line, ...]:
    """Every way to somebody. What anybody tied to the child says of the same number or address holds for all."""
    mine = [one for one in details if one.person_id in people]
    found = [
        Line(channel, _way(one, details), one.pk, _split(one.value) if channel == LETTER else (one.value,))
        for channel in CHANNELS
        for one in mine
        if one.method in rules.METHODS[channel]
    ]
    post = [one for one in mine if one.method == "post"]
    safe, said = rules.strictest(one.safe for one in post), " ".join(one.words for one in post if one.words)
    return (*found, *(_home(one, safe, said, own=own) for one in homes if one.lines.strip()))


def _way(one: Any, details: Iterable[Any]) -> rules.Way:
    same = [other for other in details if _same(one, other)]
    safe = rules.strictest(other.safe for other in same)
    said = one.words if safe == one.safe else next((other.words for other in same if other.safe == safe), "")
    return rules.Way(one.method, safe, said, kept=one.disclosure == rules.KEPT)


def _same(one: Any, other: Any) -> bool:
    """One number or address, however it is written; that letters are not safe there says nothing of calls."""
    if one.method in rules.METHODS[TEXT] and other.method in rules.METHODS[TEXT]:
        return bool(one.digits) and one.digits == other.digits
    return one.method == other.method and one.value.strip().casefold() == other.value.strip().casefold()


def _home(one: Any, safe: str, said: str, *, own: bool) -> Line:
    way = rules.Way(rules.ADDRESS, safe, said, kept=one.disclosure == rules.KEPT, own=own)
    return Line(
        LETTER, way, one.pk, tuple(part.strip() for part in (*one.lines.splitlines(), one.postcode) if part.strip())
    )


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.replace("\n", ",").split(",") if part.strip())


def _kept(people: list[UUID], homes: list[Any], on: date) -> tuple[str, ...]:
    """First lines, what has a number in it, and names of homes; not the town, which tells too little to be kept."""
    places = current(Placement).filter(on_day(on), person__in=people, disclosure=rules.KEPT).select_related("provider")
    found = [str(one.provider) for one in places if one.provider]
    for one in homes:
        if one.disclosure == rules.KEPT:
            first, *more = (*_split(one.lines), one.postcode)
            found += [first, *(part for part in more if any(letter.isdigit() for letter in part))]
    return tuple(part for part in found if part.strip())


# What it is about -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """A contact, a hearing or a decision that a letter may be about."""

    key: str
    of: Any
    about: rules.About
    shown: str


def subjects(child: Child, at: datetime) -> list[Subject]:
    """What is to come, what was missed lately, and what was decided: five queries."""
    people, on = child.person_ids(), timezone.localdate(at)
    contacts = Contact.objects.of(people).filter(dropped_at=None).select_related("outcome")
    to_come = contacts.to_come(at).order_by("starts")[:TO_COME]
    missed = contacts.filter(attendances__came="missed", attendances__replaced_at=None).order_by("-starts")
    hearings = current(Hearing).filter(person__in=people, since__gte=on, result="", disclosure__in=COURT)
    warned = list(
        Decision.objects.filter(person__in=people, step=routes.WARN).select_related("outcome").order_by("-day", "-at")
    )
    return [
        *(_contact(one, "") for one in to_come),
        *(_hearing(one) for one in hearings.order_by("since", "clock")),
        *(_decision(one, warned) for one in warned[:LATELY]),
        *(_contact(one, "missed") for one in missed[:LATELY]),
    ]


COURT = ("court", "child", "carer")  # of which classes a hearing is that its day may be told to the child


def _route(outcome: Any) -> str:
    return outcomes.load()[outcome.type].route if outcome else ""


def _contact(one: Contact, came: str) -> Subject:
    local = timezone.localtime(one.starts)
    what = one.purpose or coded("contact_ways", one.way)
    said = "Missed" if came else "To come"
    about = rules.About(CONTACT, local.date(), came, _route(one.outcome))
    return Subject(f"{CONTACT}.{one.pk}", one, about, f"{said}: {what}, {in_words(local.date())} at {local:%H:%M}")


def _hearing(one: Hearing) -> Subject:
    shown = f"At court: {coded('hearing_purposes', one.purpose).lower()}, {in_words(one.since)}"  # type: ignore[arg-type]
    return Subject(f"{HEARING}.{one.pk}", one, rules.About(HEARING, one.since), shown)  # type: ignore[arg-type]


def _decision(one: Decision, warned: Iterable[Decision]) -> Subject:
    days = [each.day for each in warned if each.outcome_id == one.outcome_id]
    until = rules.duty_until(((day, end) for day in days if (end := _warned_until(one, day))), one.day)
    about = rules.About(DECISION, one.day, "", _route(one.outcome), one.step, until)
    return Subject(f"{DECISION}.{one.pk}", one, about, f"Decided: a warning, {in_words(one.day)}")


def _warned_until(one: Decision, given: date) -> date | None:
    months = routes.load()[_route(one.outcome)].warned_months
    return warned_until(given, months) if months else None


# What goes into the words ---------------------------------------------------------------------------------------------


def merged(
    letter: LetterType, known_: Known, to: Recipient, about: Subject | None, *, by: Staff, sender: Sender, language: str
) -> dict[str, str]:
    """What the fields of a letter say; only those that it may leave open."""
    found = {
        "name_known_as": to.greeted,
        "child": known_.greeted,
        "worker": by.name,
        "service": sender.service,
        "service_phone": sender.telephone,
    } | (_of(about, language) if about else {})
    return {name: words_ for name, words_ in found.items() if name in letter.open}


def _of(about: Subject, language: str) -> dict[str, str]:
    of = about.of
    if about.about.of == CONTACT:
        local = timezone.localtime(of.starts)
        time_, where = words.clock(local.time(), language), {"place": of.place, "order": _order(of.outcome)}
    elif about.about.of == HEARING:
        time_, where = words.clock(of.clock, language), {"court": of.court}
    else:
        time_, where = (
            "",
            {
                "order": _order(of.outcome),
                "missed_days": words.days(of.about, language),
                "warned_until": _said(_warned_until(of, of.day), language),
                "duty_until": _said(about.about.duty_until, language),
            },
        )
    return {"day": words.day(about.about.day, language), "time": time_, **where}


def _said(value: date | None, language: str) -> str:
    return words.day(value, language) if value else ""


def _order(outcome: Any) -> str:
    name = outcomes.load()[outcome.type].name if outcome else ""
    return f"{name[:1].lower()}{name[1:]}"


def sender_of(service: str, marking: str) -> Sender:
    """Our own office, as it stands among the organisations; a service with several is named by the first."""
    office = Organisation.objects.filter(agency=OURS, ended_at=None).order_by("entered_at").first()
    return Sender(service, office.telephone if office else "", office.address if office else "", marking)


# What was written -----------------------------------------------------------------------------------------------------


def letter_of(child: Child, pk: UUID) -> Letter:
    """One letter about that child; NotFound for any other."""
    rows = Letter.objects.of(child.person_ids()).select_related(
        "entry", "document__file", "by", "sent_by", "detail", "address"
    )
    found: Letter | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def letters_of(child: Child) -> list[Letter]:
    """The latest first; one whose words are held back is not there."""
    rows = Letter.objects.of(child.person_ids()).filter(entry__in=Entry.objects.all())
    return list(rows.select_related("by", "sent_by").order_by("-at"))


def line_now(letter: Letter, known_: Known) -> Line | None:
    """The way it goes, as it stands now; None where it is ended, removed or another’s."""
    to, way = known_.person(letter.to_id), letter.address or letter.detail
    if to is None or way is None:
        return None
    return to.line(letter.channel, f"{rules.ADDRESS if letter.address_id else 'detail'}.{way.pk}")


def changed_since(letter: Letter) -> bool:
    """Whether the way it goes was corrected since: then what it was made with is true no more."""
    way = letter.address or letter.detail
    return way is None or way.at > letter.at
