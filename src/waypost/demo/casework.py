"""The work with Alder Vale's children: offences, outcomes, contacts and what was decided, told day by day. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from waypost.casework.compliance import actions as compliance
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.letters import actions as letters
from waypost.casework.letters import panels
from waypost.casework.letters.definitions import filled
from waypost.casework.letters.definitions import load as load_letters
from waypost.casework.offences.models import Offence
from waypost.casework.outcomes.models import Outcome
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.demo.accounts import SERVICE
from waypost.demo.children import HAZEL, MARGED
from waypost.demo.people import BASIS, Telling
from waypost.kernel.days import is_working_day
from waypost.kernel.ids import new_id
from waypost.people.need_to_know.models import Allocation
from waypost.people.record import actions as record
from waypost.people.record.actions import Source
from waypost.people.record.beside import current
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child
from waypost.people.record.who import Name

LONG_AGO = 35  # days
COURT, OFFICE = "Alder Vale Youth Court", "Riverside office"
NOTHING: dict[str, Any] = {"words": "", "since": None, "until": None}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of casework on a day so many days before; negative: to come."""

    kind: str
    days_ago: int
    fields: Mapping[str, Any]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """A contact that took place, or did not."""

    days_ago: int
    came: str = "came"
    purpose: str = "Supervision"
    objective: str = ""
    words: str = ""
    own: str = ""
    seemed: str = ""
    changed: str = ""
    reason: str = ""
    acceptable: bool | None = None
    by: str = ""
    hour: int = 16
    who: tuple[str, ...] = ("child",)
    way: str = "office"
    whose: str = "child"
    speaker: str = ""
    planned: bool = True
    of_order: bool = True


@dataclass(frozen=True, slots=True)
class ToCome:
    """A contact in the diary, so many days from now."""

    days: int
    purpose: str
    hour: int = 16
    place: str = OFFICE
    objective: str = ""
    by: str = ""
    way: str = "office"


@dataclass(frozen=True, slots=True)
class Decided:
    days_ago: int
    step: str
    words: str


@dataclass(frozen=True, slots=True)
class Did:
    """A task that an outcome raised, done."""

    days_ago: int
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A letter or a text, sent on the same day. `about`: words that stand in what it is about, as the form shows it."""

    given: str
    days_ago: int
    type: str
    channel: str
    about: str
    to: str = "The child"  # what they are to the child
    agreed: str = ""


def case(days: int, kind: str = "order") -> Said:
    return Said("case", days, {"kind": kind, "responsible": "Alder Vale", "home": "", "host": "", "ended_because": ""})


def offence(days: int, type: str, place: str, local: str = "") -> Said:
    return Said("offence", days, {"type": type, "local": local, "place": place, "reference": ""})


def outcome(days: int, type: str, length: int | None = None, given_by: str = COURT, words: str = "") -> Said:
    plain: dict[str, Any] = {"local": "", "convicted": None, "persistent": False, "extended_months": 0}
    plain |= {"released": None, "ended_because": ""}
    return Said("outcome", days, plain | {"type": type, "length": length, "given_by": given_by, "words": words})


def must(days: int, type: str, amount: int | None = None, words: str = "") -> Said:
    return Said("requirement", days, {"type": type, "amount": amount, "words": words})


def seen(days: int, level: str, contacts: int | None = None, weeks: int = 4) -> Said:
    return Said("expected_contact", days, {"level": level, "contacts": contacts, "weeks": weeks})


def hearing(days_ago: int, clock: time, purpose: str, result: str = "", words: str = "") -> Said:
    said = {
        "clock": clock,
        "court": f"{COURT}, court 2",
        "purpose": purpose,
        "result": result,
        "proposed": "",
        "words": words,
    }
    return Said("hearing", days_ago, said)


Step = Said | Met | ToCome | Decided | Did
WORK: dict[str, tuple[Step, ...]] = {
    "Ellis": (
        case(110), offence(185, "actual_bodily_harm", "Eastgate parade"), outcome(109, "youth_rehabilitation", 12),
        must(109, "supervision"), must(109, "activity", 20, "Two mornings a week in the workshop."),
        seen(109, "intensive", 4), Did(95, "assessment", "Written with him and his mum."),
        Met(60, purpose="Home visit", words="Walked to the canal. He talked about bikes.", own="School’s done with me. I want to fix bikes.", way="visit"),
        Met(31, who=("carer",), way="phone", purpose="Call with his mum", words="She worries.", own="He comes in and goes straight up. I don’t like to ask.", whose="carer", speaker="Donna Marden"),
        Met(24, purpose="Communication session 5 of 6", words="Used the cards twice.", own="Say it slower and I’m fine.", seemed="Looked at the floor; pulled his sleeves down.", by=MARGED),
        Met(17, words="Plan for the evenings.", own="I just say yes when I don’t get it."),
        Met(10, "cancelled", "Substance use session", reason="worker_ill", by=HAZEL),
        Met(3, purpose="Workshop morning", objective="A start at the workshop", words="Trued a wheel. Stayed late.", own="Can I bring my sister’s bike next time?", seemed="Smiled; asked for a start time.", changed="He starts on Mondays; the early session moves to the workshop.", way="elsewhere", hour=10),
        ToCome(0, "Communication session 6 of 6"), ToCome(6, "Workshop induction", 10, "Canal workshop", "A start at the workshop", way="elsewhere"),
        Said("co_accused", 108, {"name": "An older boy, not known here"}),
        Said("oversight", 30, {"words": "Read the assessment, the plan and the last visits with Priya.", "what_changed": "The parade is in the safety plan now."}, "Leila Haddad"),
    ),
    "Aisha": (
        case(62), offence(120, "theft_from_shop", "High Street"), outcome(61, "referral_order", 6),
        Said("contract", 38, {"words": "Six sessions, a letter of apology, four hours at the food bank."}), seen(38, "enhanced", 4),
        Did(45, "assessment_referral_order", "Written; her nan came too."),
        Met(30, words="Made a list of what she is good at.", own="Nobody ever asked me that."), Met(23, words="Letter begun."), Met(16, words="Letter finished."),
        Met(4, "missed", reason="not_known", hour=15),
        ToCome(3, "Food bank, first morning", 9, "Food bank", way="elsewhere"),
    ),
    "Kayleigh": (
        case(140), offence(210, "criminal_damage", "Mill Row"), outcome(139, "youth_rehabilitation", 12), must(139, "supervision"),
        must(139, "curfew", 10, "Home from eight in the evening to six."), seen(139, "intensive", 4), Did(120, "assessment", "Written in two visits."),
        Met(45, words="Told me about her dog."), Met(36, "missed", reason="chose_not_to", acceptable=False, hour=11), Met(34, way="phone", who=("child", "carer"), words="Rang; she forgot, then did not want to.", hour=17, planned=False, of_order=False),
        Decided(33, "warn", "She knew the day and the place and chose to stay at a friend’s."),
        Met(26, words="Came with her mum.", own="You said that last time."), Met(8, "missed", reason="chose_not_to", acceptable=False, hour=11),
        Met(7, way="visit", who=("child", "carer"), words="Saw her at home. She would rather meet there.", hour=17, planned=False, of_order=False),
        ToCome(1, "Home visit", 11, "At home", way="visit"),
    ),
    "Mason": (
        case(190, "custody"), offence(60, "robbery", "Station Road"), Said("remand", 12, {"kind": "youth_detention", "conditions": ""}),
        hearing(12, time(10, 30), "bail", "remand", "Bail refused."), hearing(-7, time(12, 0), "remand_review"),
        Met(5, way="custody", purpose="Visit", words="Low. Sleeps badly; said so to the nurse there.", own="It’s loud all night.", of_order=False),
    ),
    "Joel": (
        case(38, "court"), offence(70, "bladed_article", "Bus station"), Said("remand", 37, {"kind": "bail_conditions", "conditions": "Live at home. Not in the bus station."}),
        hearing(37, time(10, 0), "plea", "put_off", "Said guilty. Report asked for."), hearing(0, time(14, 0), "sentence"),
        Met(20, purpose="For the report", words="How it came to the knife.", own="I thought if I had it nobody would start.", of_order=False), Met(9, purpose="For the report", words="With his dad.", who=("child", "carer"), of_order=False),
    ),
    "Luca": (
        case(28, "diversion"), offence(50, "criminal_damage", "Bus shelter"), outcome(27, "community_resolution", None, "Alder Vale police"),
        Said("consent", 26, {"what_for": "work", "words": "Luca asked twice what happens if he stops: nothing does."}),
        Met(19, purpose="Street art session", words="Drew for an hour.", of_order=True), Met(6, "missed", "Street art session", reason="family"),
    ),
    "Olena": (case(90, "prevention"), outcome(89, "prevention", None, "Alder Vale"), Said("consent", 89, {"what_for": "work", "words": "Through the interpreter, with her grandmother."}), Met(12, words="With the interpreter.")),
    "Abdulrahman": (
        case(58), offence(100, "theft_of_cycle", "Library"), outcome(57, "referral_order", 4), seen(57, "standard", 2),
        Said("transition", 10, {"step": "told_child", "words": "He asked who it will be."}), Met(40, words="First meeting."), hearing(57, time(11, 0), "sentence", "sentenced"),
        Said("transfer", 5, {"kind": "out", "authority": "Marlow Deep"}), Said("exit_plan", 4, {"words": "The college mentor goes on seeing him.", "who_then": "College mentor"}),
    ),
    "Imani": (case(120), offence(160, "common_assault", "School"), outcome(119, "youth_rehabilitation", 12), must(119, "supervision"), seen(119, "intensive", 8), Said("appeal", 110, {"result": "dismissed"}), Met(50, words="Long talk."), Met(15, words="She is asleep at noon."), Met(9, "cancelled", reason="worker_away")),
    "Bo": (case(40, "diversion"), outcome(39, "outcome_22", None, "Alder Vale police"), Said("consent", 38, {"what_for": "work", "words": "His mum and he agreed."}), Met(14, words="Football and a talk."), Met(7, "cancelled", reason="bank_holiday")),
    "Siân": (
        case(175, "custody"), offence(300, "robbery", "Market"), outcome(50, "detention_training", 8), hearing(50, time(10, 0), "sentence", "sentenced"),
        Met(20, way="custody", purpose="Planning meeting", words="Where she will live is not settled."),
    ),
}  # fmt: skip

LETTERS = (
    Wrote("Kayleigh", 32, "warning_youth_rehabilitation", "letter", "a warning", agreed="Kay said: nobody else opens the post."),
    Wrote("Ellis", 1, "carer_appointment", "text", "Workshop induction", "Mother", agreed="A text, in the afternoon, as she asked."),
)  # fmt: skip


@transaction.atomic
def load_casework(*, at: datetime) -> None:
    telling = Told(at)
    for given, steps in WORK.items():
        child = child_called(telling, given)
        for step in sorted(steps, key=_day, reverse=True):
            telling.one(child, step)
        telling.done_long_ago(child)
    for wrote in LETTERS:
        telling.write(child_called(telling, wrote.given), wrote)


def _day(step: Step) -> int:
    return -step.days if isinstance(step, ToCome) else step.days_ago


def child_called(telling: Told, given: str) -> Child:
    telling.ask("Imogen Fenwick", telling.at)
    name = current(Name).filter(given=given, kind="legal").select_related("person__child").get()
    return name.person.child


class Told(Telling):
    """Each step in its author's name, at its own moment."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.staff_of = {row.person_id: row.staff.name for row in _allocations(self)}

    def one(self, child: Child, step: Step) -> None:
        match step:
            case Said():
                self.say(child, step)
            case Met():
                self.meet(child, step)
            case ToCome():
                self.plan(child, step)
            case Decided():
                self.decide(child, step)
            case Did():
                self.do(child, step)

    def holder(self, child: Child) -> str:
        return self.staff_of[child.pk]

    def known(self, child: Child, at: datetime) -> datetime:
        """Nobody writes about a child before the child is known here."""
        return max(at, child.person.entered_at + timedelta(minutes=30))

    def when(self, days_ago: int, hour: int) -> datetime:
        """That day at that hour, or the working day before; of days to come, the working day after."""
        day = timezone.localdate(self.at) - timedelta(days=days_ago)
        while days_ago and not is_working_day(day):
            day += timedelta(days=1 if days_ago < 0 else -1)
        return timezone.make_aware(datetime.combine(day, time(hour)))

    def say(self, child: Child, said: Said) -> None:
        at = self.known(child, self.ago(max(said.days_ago, 0)))
        by = self.ask(said.by or self.holder(child), at)
        fields: dict[str, Any] = {**NOTHING, "since": self.day(said.days_ago), **said.fields}
        kind = KINDS[said.kind]
        asked = (*kind.fields, "since", "until") if kind.period else kind.fields
        fields = {name: value for name, value in fields.items() if name in asked}
        if said.kind == "outcome":
            fields["offences"] = list(current(Offence).filter(person=child.pk))
        if said.kind == "co_accused":
            fields["offence"] = current(Offence).filter(person=child.pk).latest("since")
        if said.kind in ("requirement", "contract", "appeal"):
            fields["outcome"] = current(Outcome).filter(person=child.pk).latest("since")
        record.say(child.person, kind, fields, source=Source(by.agency, BASIS), by=by, at=at, once=new_id())

    def day(self, days_ago: int) -> date:
        """As its author's clock had it then; of what is to come, counted from today."""
        return timezone.localdate(self.ago(days_ago) if days_ago > 0 else self.at - timedelta(days=days_ago))

    def meet(self, child: Child, met: Met) -> None:
        starts = self.when(met.days_ago, met.hour)
        by = self.ask(met.by or self.holder(child), starts)
        meeting = Meeting(
            starts,
            45,
            met.way,
            OFFICE if met.way == "office" else "",
            met.who,
            met.purpose,
            met.objective,
            self.order(child, met),
        )
        planned = None
        if met.planned:
            planned = contacts.plan(child.person, meeting, by=by, at=starts - timedelta(days=7), once=new_id())
        took_place = met.came in ("came", "late")
        came = Came(
            met.came,
            reason=met.reason,
            acceptable=met.acceptable,
            less_safe="nobody" if took_place else "",
            words=met.words,
            own_words=met.own,
            said_by=met.whose,
            speaker=met.speaker,
            demeanour=met.seemed,
            what_changed=met.changed,
        )
        after = starts + timedelta(hours=1)
        contacts.record(child.person, meeting, came, planned=planned, by=by, at=after, once=new_id())

    def order(self, child: Child, met: Met) -> Outcome | None:
        return current(Outcome).filter(person=child.pk).order_by("-since").first() if met.of_order else None

    def plan(self, child: Child, to_come: ToCome) -> None:
        starts, at = self.when(-to_come.days, to_come.hour), self.ago(3)
        by = self.ask(to_come.by or self.holder(child), at)
        order = current(Outcome).filter(person=child.pk).order_by("-since").first()
        meeting = Meeting(starts, 45, to_come.way, to_come.place, ("child",), to_come.purpose, to_come.objective, order)
        contacts.plan(child.person, meeting, by=by, at=at, once=new_id())

    def decide(self, child: Child, decided: Decided) -> None:
        at = self.ago(decided.days_ago)
        by = self.ask(self.holder(child), at)
        order = current(Outcome).filter(person=child.pk).latest("since")
        day = timezone.localdate(at)
        compliance.decide(child, order, step=decided.step, words=decided.words, day=day, by=by, at=at, once=new_id())

    def write(self, child: Child, wrote: Wrote) -> None:
        at = self.ago(wrote.days_ago)
        by = self.ask(self.holder(child), at)
        known, type_ = panels.known(child, timezone.localdate(at)), load_letters()[wrote.type]
        to = next(one for one in known.recipients if one.who == wrote.to)
        about = next(one for one in panels.subjects(child, at) if wrote.about in one.shown)
        sender = panels.sender_of(SERVICE, "Demonstration")
        merged = panels.merged(type_, known, to, about, by=by, sender=sender, language="english")
        written = letters.Written(
            type=type_,
            language="english",
            channel=wrote.channel,
            to=to.key,
            way=next(one.key for one in to.on(wrote.channel)),
            title=type_.english.title,
            words=filled(type_.english.on(wrote.channel), merged),
            agreed=wrote.agreed,
            about=about.key,
        )
        made = letters.make(child, written, sender=sender, by=by, at=at, once=new_id())
        letters.send(made, by=by, at=at + timedelta(minutes=20))

    def done_long_ago(self, child: Child) -> None:
        """What was due more than some weeks ago was done on its day: a service that works is late with few things."""
        for task in Task.objects.open().of([child.pk]).filter(due__lt=self.day(LONG_AGO)).select_related("person"):
            at = max(timezone.make_aware(datetime.combine(task.due, time(15))), task.at)
            by = self.ask(self.holder(child), at)
            tasks.do(task, words="Done on its day.", by=by, at=at)

    def do(self, child: Child, did: Did) -> None:
        at = self.ago(did.days_ago)
        by = self.ask(self.holder(child), at)
        for task in Task.objects.of([child.pk]).filter(key=did.key, done_at=None):
            tasks.do(task, words=did.words, by=by, at=at)


def _allocations(telling: Telling) -> Any:
    telling.ask("Imogen Fenwick", telling.at)
    return Allocation.objects.filter(until=None).select_related("staff")
