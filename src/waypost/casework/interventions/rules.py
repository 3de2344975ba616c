"""What may be said of an intervention, and how its sessions are counted. Pure.

Every session that was planned is one of: took place, lost, not recorded, in the diary, not in the diary yet. Of what an
intervention that has ended left over nothing is to come: it was not held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from itertools import combinations

from waypost.kernel.days import is_working_day
from waypost.kernel.lists import load
from waypost.kernel.rates import Rate
from waypost.kernel.words import count, day, listed

TOOK_PLACE = frozenset({"came", "late"})
CHILD, OURS, PARTNER, NOT_KNOWN = "child", "ours", "partner", "not_known"
WHOSE = {CHILD: "on the child’s side", OURS: "ours", PARTNER: "another agency’s", NOT_KNOWN: "not known yet"}
MOST_SESSIONS, LONGEST = 60, timedelta(days=731)
WEEK = timedelta(days=7)
SHORTEST_REASON = 15  # letters
ENDED = "This work has ended. Plan it anew if it is to go on."


# Planning ------------------------------------------------------------------------------------------------------------


def why_not_plan(
    *,
    programme: str,
    name: str,
    has_objective: bool,
    why_no_objective: str,
    sessions: int,
    starts: date,
    ends: date,
    run_by: int,
    asks_too_much: Sequence[str] = (),
    fitted: str = "",
) -> str | None:
    """`run_by`: how many were named; `asks_too_much`: what the programme asks that the record says is hard."""
    if bool(programme) == bool(name.strip()):
        return "Choose a programme of the catalogue, or say in your own words what is done: one of the two."
    if not has_objective and len(why_no_objective.strip()) < SHORTEST_REASON:
        return "Choose the objective it works towards, or say why it works towards none."
    if has_objective and why_no_objective.strip():
        return "It works towards an objective, so there is no reason to give for none. Leave that empty."
    if not 1 <= sessions <= MOST_SESSIONS:
        return f"Give how many sessions: from 1 to {MOST_SESSIONS}."
    if ends < starts:
        return "Its last day is before its first. Look at both."
    if ends > starts + LONGEST:
        return "Plan at most two years; it can be planned anew."
    if run_by != 1:
        return "Say who runs it: one of us, or one of another agency."
    if asks_too_much and len(fitted.strip()) < SHORTEST_REASON:
        return f"{' '.join(asks_too_much)} Say how it is made to fit, or choose something else."
    return None


def asks_too_much(name: str, demands: Iterable[tuple[str, str]], hard: Collection[tuple[str, str]]) -> list[str]:
    """`demands`: (area of need, what the programme asks of it); `hard`: (area, what the record says)."""
    asked = dict(demands)
    return [f"{name} asks for {asked[area]}, and the record says: {said}." for area, said in hard if area in asked]


def why_not_series(*, left: int, wanted: int, every: int, starts: date, today: date, ended: bool) -> str | None:
    if ended:
        return ENDED
    if starts < today:
        return "The first day has gone by. To write down what took place, record it instead."
    if not 1 <= wanted <= MOST_SESSIONS:
        return f"Give how many sessions to put in the diary: from 1 to {MOST_SESSIONS}."
    if wanted > left:
        still = count(left, "session") if left else "no session"
        return f"{still} of it {'is' if left < 2 else 'are'} left to put in the diary. Give at most that many."
    return None if 1 <= every <= 8 else "Give how many weeks lie between two sessions: from 1 to 8."


def series(first: date, number: int, every: int = 1) -> list[date]:
    """So many days, `every` weeks apart; one that is no working day gives way to the next that is."""
    days, found = (first + n * every * WEEK for n in range(number)), []
    for one in days:
        while not is_working_day(one):
            one += timedelta(days=1)
        found.append(one)
    return found


def why_not_tie(*, ended: bool, same_child: bool, has_session: bool) -> str | None:
    if not same_child:
        return "This contact is another child’s."
    if has_session:
        return "This contact is a session already. Untie it first."
    return ENDED if ended else None


def why_not_move(*, recorded: bool, is_past: bool, because: str) -> str | None:
    if recorded:
        return "This session is recorded already, so it cannot be moved. Correct what is there instead."
    if is_past:
        return "Its time has gone by. Record what came of it: as cancelled by us, if that is what happened."
    return None if because in load("moved_reasons") else "Say why it is moved."


def why_not_untie(*, untied: bool) -> str | None:
    return "It has been untied or moved already. Look at the page again." if untied else None


def why_not_end(*, ended: bool, because: str, words: str, on: date, starts: date, today: date) -> str | None:
    if ended:
        return "Somebody has ended it already. Read what they said."
    if because not in (reasons := load("intervention_endings")):
        return "Say why it ends."
    if reasons[because].needs_words and not words.strip():
        return "Say more: the reason chosen says too little."
    if on > today:
        return "Its last day is still to come. End it on that day."
    return "It cannot end before it began. Look at the day." if on < starts else None


# Counting ------------------------------------------------------------------------------------------------------------


def whose(came: str, reason: str, *, by_partner: bool = False) -> str:
    """On whose side it lay that a session was lost: the child’s, ours, another agency’s, or nobody knows yet."""
    if came == "missed":
        if reason in ("", "not_known"):
            return NOT_KNOWN
        return OURS if load("missed_reasons")[reason].flag("ours") else CHILD
    cancelled = load("cancelled_reasons")
    partner = by_partner and reason in ("worker_ill", "worker_away", "room")
    return PARTNER if partner or reason in cancelled and cancelled[reason].flag("partner") else OURS


@dataclass(frozen=True, slots=True)
class Held:
    """So many sessions of which the same is known. `came`: empty, nobody has recorded it."""

    came: str = ""
    reason: str = ""
    is_past: bool = True
    number: int = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """Sessions planned, by what became of them."""

    delivered: int = 0
    missed: int = 0
    cancelled: int = 0
    not_held: int = 0  # left over when the work ended
    not_recorded: int = 0
    in_diary: int = 0
    not_in_diary: int = 0
    lost_by: Counter[str] = field(default_factory=Counter)  # whose side it lay on
    reasons: Counter[tuple[str, str, str]] = field(
        default_factory=Counter
    )  # (whose, missed or cancelled or ended, key)

    @property
    def lost(self) -> int:
        return self.missed + self.cancelled + self.not_held

    @property
    def to_come(self) -> int:
        """What may still take place, or took place and nobody has written down."""
        return self.not_recorded + self.in_diary + self.not_in_diary

    @property
    def planned(self) -> int:
        return self.delivered + self.lost + self.to_come

    @property
    def rate(self) -> Rate:
        """Of the sessions of which it is known what came of them, how many took place."""
        return Rate(self.delivered, self.delivered + self.lost)

    def __add__(self, other: Counted) -> Counted:
        return Counted(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Counted)))

    def in_words(self) -> str:
        """‘3 of 8 took place, 2 cancelled by us, 1 missed, 2 to come’"""
        ours = self.lost_by[OURS]
        parts = [
            f"{self.delivered} of {self.planned} took place",
            *([f"{self.cancelled} cancelled"] if self.cancelled else []),
            *([f"{self.missed} missed"] if self.missed else []),
            *([f"{self.not_held} not held when it ended"] if self.not_held else []),
            *([f"{self.not_recorded} not recorded"] if self.not_recorded else []),
            *([f"{self.in_diary} to come"] if self.in_diary else []),
            *([f"{self.not_in_diary} not in the diary"] if self.not_in_diary else []),
        ]
        return ", ".join(parts) + (f"; {ours} of those lost {'was' if ours == 1 else 'were'} ours" if ours else "")


def counted(
    planned: int, held: Iterable[Held], *, ended_because: str = "", by_partner: bool = False, left_over: bool = True
) -> Counted:
    """`planned`: how many there were to be at first; where more were held, there are as many as were held.

    `left_over`: whether those that are in no diary are counted here; a page of one period counts them in one only.
    """
    came: Counter[str] = Counter()
    lost_by: Counter[str] = Counter()
    reasons: Counter[tuple[str, str, str]] = Counter()
    for one in held:
        kind = "delivered" if one.came in TOOK_PLACE else one.came or ("not_recorded" if one.is_past else "in_diary")
        came[kind] += one.number
        if kind in ("missed", "cancelled"):
            side = whose(one.came, one.reason, by_partner=by_partner)
            lost_by[side] += one.number
            reasons[side, kind, one.reason] += one.number
    left = max(0, planned - came.total()) if left_over else 0
    not_held = 0
    if ended_because and left:
        side = load("intervention_endings")[ended_because].text("whose")
        not_held, left = (left, 0) if side else (0, 0)  # what was not needed after all was never lost
        if side:
            lost_by[side] += not_held
            reasons[side, "ended", ended_because] += not_held
    return Counted(
        delivered=came["delivered"],
        missed=came["missed"],
        cancelled=came["cancelled"],
        not_held=not_held,
        not_recorded=came["not_recorded"],
        in_diary=came["in_diary"],
        not_in_diary=left,
        lost_by=lost_by,
        reasons=reasons,
    )


# Overlap -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """As much of an intervention as decides whether two are the same work."""

    key: object
    name: str
    worker: str
    programme: str
    factors: frozenset[str]
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Overlap:
    one: Run
    other: Run
    since: date
    until: date
    shared: tuple[str, ...]  # factors; empty: the same programme

    def sentence(self) -> str:
        """Both names, the days, and one thing to do."""
        shared = [_lower(load("factors").words(one)) for one in self.shared]
        same = listed(shared) if shared else "the same programme"
        return (
            f"{self.one.worker} ({self.one.name}) and {self.other.worker} ({self.other.name}) both work on {same}"
            f" from {day(self.since)} to {day(self.until)}. Agree together who goes on with it, and end the other."
        )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def overlaps(runs: Iterable[Run]) -> list[Overlap]:
    """Pairs of different workers who do the same work in the same days, the earliest first."""
    found = []
    for one, other in combinations(sorted(runs, key=lambda run: (run.starts, run.worker, run.name)), 2):
        since, until = max(one.starts, other.starts), min(one.ends, other.ends)
        same = bool(one.programme) and one.programme == other.programme
        shared = () if same else tuple(sorted(one.factors & other.factors))
        if since <= until and one.worker != other.worker and (same or shared):
            found.append(Overlap(one, other, since, until, shared))
    return found
