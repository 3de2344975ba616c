"""What the court desk shows: who is at which court, why, in what legal status, who attends, and what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet
from django.utils import timezone

from waypost.access.models import Staff
from waypost.casework.court import rules
from waypost.casework.court.forms import RESULT
from waypost.casework.court.models import AtBench, Hearing, Remand
from waypost.casework.court.raised import chain_of, tasks_of, versions_of
from waypost.casework.court.rules import Care, Pack, Status, Tick
from waypost.casework.offences.models import Offence
from waypost.casework.outcomes.panels import Order
from waypost.casework.outcomes.rules import is_in_custody
from waypost.casework.tasks.models import Task
from waypost.casework.work import Work, work_of
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotFound
from waypost.kernel.school_age import age
from waypost.kernel.words import count, listed
from waypost.kernel.words import day as day_words
from waypost.people.drafts.models import Draft
from waypost.people.need_to_know.reach import reads_of
from waypost.people.record.actions import newest
from waypost.people.record.beside import current
from waypost.people.record.care import CareStatus, Placement
from waypost.people.record.entries import Document, Entry
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of
from waypost.people.record.who import Birth, Language
from waypost.ui.words import coded

WORDS = "words"
SHOWN_OFFENCES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One hearing on the list."""

    of: Hearing
    child: Child
    name: str
    age: int | None
    why: str
    status: Status | None  # None: whose care the child is in is not open to this reader
    bail: str
    who: list[Tick]
    held: list[Tick]
    not_ready: str | None
    did: str = ""  # what the court did; empty while it is not recorded
    tasks: list[Task] = field(default_factory=list)
    bench: AtBench | None = None  # before the bench now, as somebody there said

    @property
    def is_heard(self) -> bool:
        return bool(self.of.result)

    @property
    def kept(self) -> str:
        """Whether that is what we proposed."""
        found = load("proposal_kept")
        return found[self.of.proposed].text("said") if self.of.proposed in found else ""

    @property
    def waits(self) -> bool:
        """Heard, and what the court did is not known yet."""
        return self.of.result == rules.LATER

    @property
    def listed(self) -> str:
        return f"{self.of.clock:%H:%M}" if self.of.clock else "No time"


@dataclass(frozen=True, slots=True)
class Court:
    """One court's list, in the order in which it calls them."""

    name: str
    to_come: list[Line]
    heard: list[Line]

    @property
    def now(self) -> Line | None:
        """Whose case it hears at this moment."""
        return next((one for one in self.to_come if one.bench), None)

    @property
    def not_ready(self) -> list[Line]:
        return [one for one in self.to_come if one.not_ready]


@dataclass(frozen=True, slots=True)
class Desk:
    on: date
    courts: list[Court]

    @property
    def shown(self) -> list[UUID]:
        return [line.child.pk for court in self.courts for line in (*court.to_come, *court.heard)]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Still to come, of those not ready, heard."""
        to_come = [line for court in self.courts for line in court.to_come]
        heard = sum(len(court.heard) for court in self.courts)
        return len(to_come), sum(bool(line.not_ready) for line in to_come), heard

    @property
    def first(self) -> str:
        """The sentence that stands over the list."""
        to_come, not_ready, _ = self.counts
        if not to_come:
            return "Nobody is still to come."
        if to_come == 1:
            return "The one still to come is not ready." if not_ready else "The one still to come is ready."
        if not not_ready:
            return f"All {to_come} still to come are ready."
        return f"{not_ready} of the {to_come} still to come {'is' if not_ready == 1 else 'are'} not ready."

    @property
    def why(self) -> str:
        """Who is not ready, and why."""
        found = [f"{one.name} {one.not_ready}" for court in self.courts for one in court.not_ready]
        return f"{'; '.join(found)}." if found else ""


def desk(staff: Staff, *, on: date, at: datetime) -> Desk:
    """Those this person may open and read about at court. A fixed number of queries, however many there are."""
    visible = Child.objects.visible_to(staff, at)
    rows = current(Hearing).filter(since=on).select_related("person__child")
    rows = rows.filter(Q(person__child__in=visible) | Q(person__child__combined_into__in=visible))
    lines = _lines(list(rows), staff, on=on, at=at)
    courts: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=_called):
        courts[line.of.court.strip()].append(line)
    return Desk(
        on,
        [
            Court(name, [one for one in found if not one.is_heard], [one for one in found if one.is_heard])
            for name, found in sorted(courts.items())
        ],
    )


def _called(line: Line) -> tuple[bool, object, datetime]:
    """Those with a time first; whoever was added without one comes last, in the order in which they were added."""
    return line.of.clock is None, line.of.clock or line.of.at, line.of.at


def line_of(hearing: Hearing, staff: Staff, *, at: datetime) -> Line | None:
    """One of them; None where court is not open to this reader."""
    return next(iter(_lines([hearing], staff, on=hearing.since or at.date(), at=at)), None)


def _lines(hearings: Sequence[Hearing], staff: Staff, *, on: date, at: datetime) -> list[Line]:
    if not hearings:
        return []
    owner = {one.person_id: one.person.child.combined_into_id or one.person_id for one in hearings}
    children = {one.pk: one for one in Child.objects.filter(pk__in=owner.values()).select_related("person")}
    reads = reads_of(staff, [*children], at)
    held = _held(children, at)
    raised, bench = tasks_of(hearings), _before_the_bench(hearings, on, at)
    return [
        replace(
            _line(one, held[owner[one.person_id]], reads[owner[one.person_id]], raised.get(one.pk, []), on),
            bench=bench.get(one.pk),
        )
        for one in hearings
        if "orders" in reads[owner[one.person_id]]
    ]


def _before_the_bench(hearings: Sequence[Hearing], on: date, at: datetime) -> dict[UUID, AtBench]:
    """None of another day: what nobody took away in the evening is over all the same."""
    if on != timezone.localdate(at):
        return {}
    rows = AtBench.objects.filter(hearing__in=[one.pk for one in hearings], ended_at=None).select_related("by")
    return {one.hearing_id: one for one in rows}


@dataclass(frozen=True, slots=True)
class Held:
    """What is recorded of one child, as the list needs it."""

    child: Child
    name: str
    work: Work
    born: date | None = None
    interpreter: bool = False
    care: list[Any] = field(default_factory=list)
    placements: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)
    offences: list[Any] = field(default_factory=list)


def _held(children: Mapping[UUID, Child], at: datetime) -> dict[UUID, Held]:
    parts = Child.objects.filter(combined_into__in=children).values_list("pk", "combined_into")
    owner = {pk: pk for pk in children} | {pk: into for pk, into in parts if into}
    names, work = names_of(children), work_of(children.values(), at=at)
    births = _by(owner, current(Birth))
    languages = _by(owner, current(Language).filter(interpreter=True))
    care = _by(owner, current(CareStatus))
    placements = _by(owner, current(Placement))
    documents = _by(owner, current(Document).filter(kind__in=("care_plan", "court_report")))
    offences = _by(owner, current(Offence).filter(outcomes__isnull=True).order_by("since"))
    return {
        pk: Held(
            child,
            names.get(pk, f"Child {child.number}"),
            work[pk],
            next((one.born for one in births[pk]), None),
            bool(languages[pk]),
            care[pk],
            placements[pk],
            documents[pk],
            offences[pk],
        )
        for pk, child in children.items()
    }


def _by(owner: Mapping[UUID, UUID], rows: QuerySet[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows.filter(person__in=owner):
        found[owner[row.person_id]].append(row)
    return found


def _line(hearing: Hearing, held: Held, reads: frozenset[str], tasks: list[Task], on: date) -> Line:
    status = _status(held, on)
    who = rules.attending(
        hearing.attends, in_care=status.in_care, needs_interpreter=held.interpreter, words=hearing.attends_words
    )
    pack = rules.pack(_pack(held, reads, on), purpose=hearing.purpose, status=status, on=on)
    return Line(
        hearing,
        held.child,
        held.name,
        age(held.born, on) if held.born else None,
        _why(hearing, held, on),
        status if "care" in reads else None,
        status.bail,
        who,
        pack,
        rules.why_not_ready(who, pack),
        _did(hearing, held, on),
        tasks,
    )


def _status(held: Held, on: date) -> Status:
    remand: Remand | None = held.work.remand(on)
    return rules.legal_status(
        rules.Remand(remand.kind, remand.since or on, remand.until) if remand else None,
        remand.conditions if remand else "",
        [Care(one.care_basis, one.since, one.until) for one in held.care if one.care_basis in load("care_bases")],
        remand_care_since=held.work.looked_after_by_remand(on),
        on=on,
        serving=next((one.type.name for one in held.work.orders if is_in_custody(one.given, on)), ""),
    )


def _pack(held: Held, reads: frozenset[str], on: date) -> Pack:
    placed = next((one for one in held.placements if one.is_on(on)), None)
    return Pack(
        outcomes=sum(order.given.made < on for order in held.work.orders),
        care_plan=_newest(held.documents, "care_plan"),
        placement=coded("placement_types", placed.kind).lower() if placed else "",
        report=_newest(held.documents, "court_report"),
        reads_care="care" in reads,
        reads_documents="documents" in reads,
    )


def _newest(documents: Iterable[Any], kind: str) -> date | None:
    """The day of the newest of that kind: its own, or that on which it was kept."""
    return max((one.since or one.at.date() for one in documents if one.kind == kind), default=None)


def _why(hearing: Hearing, held: Held, on: date) -> str:
    """‘Sentence. Criminal damage, 14 March 2026’"""
    charged = [one for one in held.offences if one.since <= on]
    said = [f"{one}, {day_words(one.since)}" for one in charged[:SHOWN_OFFENCES]]
    said += [f"{len(charged) - SHOWN_OFFENCES} more"] if len(charged) > SHOWN_OFFENCES else []
    purpose = coded("hearing_purposes", hearing.purpose)
    known = "" if hearing.result else hearing.words.strip().rstrip(".")
    return ". ".join(part for part in (purpose, listed(said), known) if part)


def _did(hearing: Hearing, held: Held, on: date) -> str:
    """‘Sentenced: referral order, 6 months’, ‘Put off to 26 May 2026’"""
    if not hearing.result:
        return ""
    words, work = coded("hearing_results", hearing.result), held.work
    if hearing.result == rules.SENTENCED:
        given = [_order(one) for one in work.orders if one.given.made == on]
        words = f"{words}: {listed(given)}" if given else words
    began = next((one for one in work.remands if one.since == on), None)
    if began is not None:
        words = f"{words}. {began}" + (f": {began.conditions.strip().rstrip('.')}" if began.conditions else "")
    following = next((one for one in work.hearings if one.since > on), None)
    if following is not None and load("hearing_results")[hearing.result].flag("goes_on"):
        to = day_words(following.since)
        words = f"{words} to {to}" if hearing.result == rules.PUT_OFF and not began else f"{words}. Next at court {to}"
    return words


def _order(order: Order) -> str:
    name = f"{order.type.name[:1].lower()}{order.type.name[1:]}"
    unit = order.given.version.unit.removesuffix("s") if order.given.version else ""
    return f"{name}, {count(order.of.length, unit)}" if order.of.length and unit else name


# One hearing ----------------------------------------------------------------------------------------------------------


def hearing_of(staff: Staff, pk: UUID, at: datetime) -> tuple[Hearing, Child]:
    """As it stands now, with the child whose it is; NotFound where the record is not open to whoever asks."""
    first = Hearing.objects.select_related("person").filter(pk=pk).first()
    if first is None:
        raise NotFound
    found: Any = newest(first)
    visible = Child.objects.visible_to(staff, at).filter(Q(pk=found.person_id) | Q(combined=found.person_id))
    child = visible.select_related("person").distinct().first()
    if child is None or found.removed_on:
        raise NotFound
    return found, child


def own_words(hearing: Hearing) -> Entry | None:
    """What the child said they were told, as it stands now."""
    chain = chain_of(hearing, versions_of({hearing.person_id}))
    onces = [uuid5(one.once, WORDS) for one in chain if one.once]
    first = Entry.objects.filter(once__in=onces).first()
    found: Any = newest(first) if first else None
    return found if found and found.is_current and found.own_words else None


def draft_for(staff: Staff, child: Child) -> UUID | None:
    """The hearing for which this person has typed a result that is not in the record yet."""
    draft = Draft.objects.visible_to(staff).filter(person=child.pk, form=RESULT).first()
    try:
        return UUID(draft.typed["hearing"]) if draft and draft.typed.get("hearing") else None
    except ValueError:
        return None


def is_version(hearing: Hearing, pk: object) -> bool:
    """Whether that is the id of this hearing, as it stands or as it stood before."""
    return str(pk) in {str(one.pk) for one in chain_of(hearing, versions_of({hearing.person_id}))}


def is_of(child: Child, pk: UUID) -> bool:
    return Hearing.objects.filter(pk=pk, person__in=child.person_ids()).exists()


def last_court(staff: Staff) -> str:
    """Where this person last put somebody on the list: the next one is mostly there too."""
    return current(Hearing).filter(by=staff).order_by("-at").values_list("court", flat=True).first() or ""


def next_of(child: Child, on: date) -> Hearing | None:
    """Of one child, whose result somebody may want to record: today's, else the last that has none."""
    rows = current(Hearing).filter(person__in=child.person_ids(), since__lte=on)
    return rows.filter(result__in=rules.OPEN).order_by("-since", "-clock").first()
