"""When an assessment is begun, signed, sent back, countersigned or dropped, and what hangs on it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from waypost.casework.assessments.questions import CARER, CHILD, FAMILY, PRACTITIONER, Form, Question
from waypost.kernel.lists import load as list_of
from waypost.kernel.words import listed

OURS = "youth_justice"
SHORTEST = 3  # letters of a reason
NAMED_LACKS = 5  # how many things that are missing a refusal names


class State(StrEnum):
    WRITING = "being written"
    SIGNED = "waiting to be countersigned"
    LOCKED = "locked"
    DROPPED = "begun in error"


class Step(StrEnum):
    SIGNED = "signed"
    TAKEN_BACK = "taken_back"
    SENT_BACK = "sent_back"
    COUNTERSIGNED = "countersigned"
    DROPPED = "dropped"


TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.WRITING, Step.SIGNED): State.SIGNED,
    (State.WRITING, Step.DROPPED): State.DROPPED,
    (State.SIGNED, Step.TAKEN_BACK): State.WRITING,
    (State.SIGNED, Step.SENT_BACK): State.WRITING,
    (State.SIGNED, Step.COUNTERSIGNED): State.LOCKED,
}
INSTEAD = {
    State.WRITING: "It is still being written. It can be signed, or dropped where it was begun in error.",
    State.SIGNED: "It is signed and waits to be countersigned. Take it back to go on with it.",
    State.LOCKED: "It is countersigned and locked. Begin the next one: what it says is pulled through.",
    State.DROPPED: "It was begun in error and dropped. Begin another.",
}


def state_of(*, signed: bool, locked: bool, dropped: bool) -> State:
    if dropped:
        return State.DROPPED
    return State.LOCKED if locked else State.SIGNED if signed else State.WRITING


def why_not_step(state: State, step: Step) -> str | None:
    return None if (state, step) in TRANSITIONS else INSTEAD[state]


def why_not_begin(form: Form, stage: str, reason: str, *, is_open: bool, earlier: bool, on: date) -> str | None:
    if is_open:
        return f"{form.name} is being written already. Go on with that one, or have it countersigned first."
    if stage not in form.stage_keys:
        return f"Choose the stage: {listed([each.words for each in form.stages], 'or')}."
    offered = {code.key: code for code in list_of("assessment_reasons").on(on)}
    if reason not in offered:
        return "Choose why the assessment is made."
    if offered[reason].flag("review") and not earlier:
        return "There is no earlier one to review here. Choose another reason."
    if reason == "first" and earlier:
        return "There is an earlier one. Choose why it is made again."
    return None


def why_not_together(agencies: Collection[str]) -> str | None:
    """None of them: it is ours alone."""
    known = list_of("agencies")
    if unknown := [key for key in agencies if key not in known]:
        return f"Choose agencies from the list; {listed(unknown)} is not one."
    if agencies and (OURS not in agencies or len(set(agencies)) < 2):
        return "Together is by the youth justice service and at least one other agency."
    return None


def why_not_write(state: State) -> str | None:
    return None if state is State.WRITING else INSTEAD[state]


def speakers(question: Question, agency: str) -> tuple[str, ...]:
    """As whom somebody of that agency may answer: as themselves, or writing down what the family said."""
    own = PRACTITIONER if agency == OURS else agency
    found = [each for each in question.who if each in FAMILY or each == own]
    if agency == OURS:  # what an agency told us by telephone or letter, one of us writes down
        found += [each for each in question.who if each not in (*FAMILY, PRACTITIONER)]
    return tuple(dict.fromkeys(found))


def who_words(who: str) -> str:
    """‘The child’, ‘A carer’, ‘The worker’, or the agency."""
    own = {PRACTITIONER: "The worker", CHILD: "The child", CARER: "A carer"}
    return own.get(who) or list_of("agencies").words(who)


@dataclass(frozen=True, slots=True)
class Lacks:
    """What stands between an assessment and its signature; each by the words of its question or factor."""

    missing: tuple[Question, ...] = ()
    unchanged: tuple[Question, ...] = ()  # judgements pulled through that nobody has judged again
    at_odds: tuple[Question, ...] = ()
    factors: tuple[str, ...] = ()  # that hold and do not stand in the answer
    differing: tuple[tuple[Question, str], ...] = ()  # final values without a reason, and what is asked
    no_document: bool = False

    def sentences(self) -> list[str]:
        found = []
        for what, things in (
            ("not answered yet", [each.words for each in self.missing]),
            ("not judged again since the last one", [each.words for each in self.unchanged]),
            ("answered in two ways, and nobody has said which holds", [each.words for each in self.at_odds]),
            ("a factor that holds and is missing from the answer", list(self.factors)),
        ):
            if things:
                found.append(f"{len(things)} {what}: {_some(things)}.")
        found += [reason for _, reason in self.differing]
        if self.no_document:
            found.append("File the document first: these answers rest on it.")
        return found

    def __bool__(self) -> bool:
        return bool(self.sentences())


def _some(things: Sequence[str]) -> str:
    named = [f"‘{each.rstrip('.?')}’" for each in things[:NAMED_LACKS]]
    more = len(things) - len(named)
    return listed([*named, f"{more} more"] if more else named)


def why_not_sign(
    state: State, lacks: Lacks, *, agency: str, agencies: Collection[str], signed: Collection[str]
) -> str | None:
    """`signed`: the agencies for which somebody has signed since it last changed."""
    if reason := why_not_step(state, Step.SIGNED):
        return reason
    if agencies and agency not in agencies:
        named = listed([list_of("agencies").words(each).lower() for each in agencies])
        return f"It is signed for {named}, and you are of neither."
    if agency in signed:
        return "Your agency has signed already. It waits for the other."
    return None if not lacks else f"It cannot be signed yet. {' '.join(lacks.sentences())}"


def still_to_sign(agencies: Collection[str], signed: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in agencies if each not in set(signed))


def why_not_take_back(state: State, *, signed_it: bool) -> str | None:
    if reason := why_not_step(state, Step.TAKEN_BACK):
        return reason
    return None if signed_it else "Whoever signed it takes it back. A manager can send it back."


def why_not_send_back(state: State, words: str, *, by: UUID, signed: Collection[UUID]) -> str | None:
    if reason := why_not_step(state, Step.SENT_BACK) or _why_not_another(by, signed):
        return reason
    return None if len(words.strip()) >= SHORTEST else "Say what is to be looked at again."


def why_not_countersign(state: State, *, by: UUID, signed: Collection[UUID]) -> str | None:
    return why_not_step(state, Step.COUNTERSIGNED) or _why_not_another(by, signed)


def _why_not_another(by: UUID, signed: Collection[UUID]) -> str | None:
    return "You signed it yourself. Somebody else looks at it." if by in signed else None


def why_not_drop(state: State, reason: str) -> str | None:
    if why := why_not_step(state, Step.DROPPED):
        return why
    return None if len(reason.strip()) >= SHORTEST else "Say why it was begun in error."


def why_not_lose(lost: Iterable[str]) -> str | None:
    """A factor is never left out; `lost` are the words of those that would be."""
    if not (names := list(lost)):
        return None
    return f"{_some(names)} would be lost. End it with a reason instead, or leave it where it is."


def why_not_end(because: str, words: str, *, ended: bool) -> str | None:
    if ended:
        return "This factor has ended already."
    endings = list_of("factor_endings")
    if because not in endings:
        return "Choose how it ends."
    if endings[because].needs_words and len(words.strip()) < SHORTEST:
        return "Say more: what has changed, or in which factor it is said now."
    return None


def why_not_settle(reason: str, *, holds: UUID, of: Collection[UUID]) -> str | None:
    if holds not in of:
        return "These answers do not disagree any more. Look at them again."
    return None if len(reason.strip()) >= SHORTEST else "Say why this one holds."


def why_not_ask(agency: str, what: str, due: date | None, *, today: date) -> str | None:
    if agency not in list_of("agencies") or agency == OURS:
        return "Choose whom you ask."
    if len(what.strip()) < SHORTEST:
        return "Say what you ask them to tell."
    return None if due and due >= today else "Give the day by which they answer: today, or a later one."


def why_not_received(step: str, words: str, *, ended: bool, has_document: bool) -> str | None:
    if ended:
        return "What became of it is recorded already."
    if step == "received" and not has_document and len(words.strip()) < SHORTEST:
        return "Write down what they told, or choose the document in which they did."
    if step == "not_needed" and len(words.strip()) < SHORTEST:
        return "Say why it is not needed any more."
    return None
