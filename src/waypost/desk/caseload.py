"""The children somebody holds, side by side: most in need of attention first. Every figure keeps its fraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

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
    kept: Rate
    as_often: Rate  # of the children of whom somebody has said how often they are seen
    own_words: Rate
    carers: Rate


def caseload(
    works: Sequence[Work], names: Mapping[UUID, str], lines: Mapping[UUID, Sequence[Line]], spoken: Spoken, on: date
) -> Caseload:
    in_order = {line.about: -n for n, line in enumerate(reversed(worst_first(_all(works, lines), on)))}
    found = sorted(works, key=lambda one: (in_order.get(one.child.pk, 1), names[one.child.pk]))
    seen = [one for one in (work.seen(on) for work in works) if one is not None]
    return Caseload(
        [row(one, names[one.child.pk], lines[one.child.pk], spoken, on) for one in found],
        guide.load(),
        sum((Rate(*one.diary.kept(on)) for one in works), Rate(0, 0)),
        Rate(sum(one.of_expected.numerator == one.expected for one in seen), len(seen)),
        _heard(works, spoken, "child", on - OWN),
        _heard(works, spoken, "carer", on - CARERS),
    )


def _all(works: Sequence[Work], lines: Mapping[UUID, Sequence[Line]]) -> list[Line]:
    return [line for one in works for line in lines[one.child.pk]]


def _heard(works: Sequence[Work], spoken: Spoken, who: str, after: date) -> Rate:
    return Rate(sum(spoken.get((one.child.pk, who), date.min) > after for one in works), len(works))


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
