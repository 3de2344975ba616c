"""The children somebody holds, side by side: most in need of attention first. Every figure keeps its fraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from waypost.casework.apart import Apart, apart, counted, ground_of, in_words
from waypost.casework.contacts import expected
from waypost.casework.due import worst_first
from waypost.casework.work import Work
from waypost.desk import guide
from waypost.desk.ordered import near
from waypost.kernel.rates import Rate
from waypost.kernel.words import count, day
from waypost.people.need_to_know.today import Line
from waypost.people.record.models import Child
from waypost.ui.words import capital, coded

Spoken = dict[tuple[UUID, str], date]  # (child, who spoke) → the last day
OWN = timedelta(days=28)
CARERS = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class Row:
    child: Child
    name: str
    order: str
    ends: str
    level: str
    plan: str
    kept: Rate
    next: str
    own_words: str
    own_words_old: bool
    late: str


@dataclass(frozen=True, slots=True)
class Caseload:
    rows: list[Row]
    guide: guide.Guide
    grounds: str  # how many on an order, how many in voluntary work
    kept: Apart
    as_often: Apart  # of the children of whom somebody has said how often they are seen
    own_words: Apart
    carers: Apart


def caseload(
    works: Sequence[Work], names: Mapping[UUID, str], lines: Mapping[UUID, Sequence[Line]], spoken: Spoken, on: date
) -> Caseload:
    in_order = {line.about: -n for n, line in enumerate(reversed(worst_first(_all(works, lines), on)))}
    found = sorted(works, key=lambda one: (in_order.get(one.child.pk, 1), names[one.child.pk]))
    of = {one.child.pk: one for one in works}
    grounds = {pk: ground_of(one, on) for pk, one in of.items()}
    return Caseload(
        [row(one, names[one.child.pk], lines[one.child.pk], spoken, on) for one in found],
        guide.load(),
        in_words(counted(of, grounds)),
        apart(of, grounds, lambda pk: Rate(*of[pk].diary.kept(on))),
        apart(of, grounds, lambda pk: as_often(of[pk], on)),
        apart(of, grounds, lambda pk: _heard(spoken, pk, "child", on - OWN)),
        apart(of, grounds, lambda pk: _heard(spoken, pk, "carer", on - CARERS)),
    )


def as_often(work: Work, on: date) -> Rate:
    """1 of 1 where the child is seen as often as the plan says; 0 of 0 where nobody has said how often."""
    seen = work.seen(on)
    return Rate(seen.of_expected.numerator == seen.expected, 1) if seen else Rate(0, 0)


def _all(works: Sequence[Work], lines: Mapping[UUID, Sequence[Line]]) -> list[Line]:
    return [line for one in works for line in lines[one.child.pk]]


def _heard(spoken: Spoken, child: UUID, who: str, after: date) -> Rate:
    return Rate(spoken.get((child, who), date.min) > after, 1)


def row(work: Work, name: str, lines: Sequence[Line], spoken: Spoken, on: date) -> Row:
    order, ends = order_of(work, on)
    level, plan = frequency_of(work, on)
    said = spoken.get((work.child.pk, "child"))
    late = [line for line in worst_first(lines, on) if line.late]
    more = f", and {count(len(late) - 1, 'more thing')}" if len(late) > 1 else ""
    return Row(
        child=work.child,
        name=name,
        order=order,
        ends=ends,
        level=level,
        plan=plan,
        kept=Rate(*work.diary.kept(on)),
        next=near(work.diary.next.day, on) if work.diary.next else "",
        own_words=near(said, on) if said else "",
        own_words_old=said is None or said <= on - OWN,
        late=f"{capital(late[0].title)}{more}" if late else "",
    )


def order_of(work: Work, on: date) -> tuple[str, str]:
    """‘Youth rehabilitation’, ‘22 January 2027’: the latest open order, else where the child is between hearings."""
    if orders := work.open_orders(on):
        first = orders[0]
        more = f", and {len(orders) - 1} more" if len(orders) > 1 else ""
        return f"{first.type.short}{more}", f"ends {day(first.ends)}" if first.ends else "no last day yet"
    if remand := work.remand(on):
        hearing = work.next_hearing(on)
        return str(remand), f"next at court {day(hearing.since)}" if hearing else ""
    case = work.case(on)
    return (coded("case_kinds", case.kind), "no order") if case else ("No order", "")


def frequency_of(work: Work, on: date) -> tuple[str, str]:
    """‘Intensive’, ‘3 in 1 week’; nothing where nobody has said how often."""
    now = next((one for one in work.frequencies if one.is_on(on)), None)
    if now is None:
        return "", ""
    levels = expected.load()
    level = levels[now.level].words if now.level in levels else now.level
    return level, f"{now.contacts} in {count(now.weeks, 'week')}" if now.contacts is not None else "by its level"
