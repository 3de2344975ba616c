"""Who makes the mock inspection: two accounts that name different bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .moments import MONTH, months_in
from .shape import Doubt, place
from .statements import Statement

_MOCK = r"(?:mock|trial|dry[- ]run)\s+(?:re-?)?inspections?"
_ENDS_A_NAME = (
    r"(?=\s+(?:at|in|on|during|before|after|from|to|for|with|and|who|which|will|is|was|by|ahead)\b|[.,;:()–—]|$)"
)
_BY = re.compile(
    rf"\b{_MOCK}\b[^.;]{{0,300}}?\bby\s+(?P<body>(?:the\s+|an?\s+)?[^\W\d_][^.,;:()]{{0,80}}?){_ENDS_A_NAME}",
    re.IGNORECASE,
)
_BODY = r"[A-Z][\w&’'-]*(?:\s+(?:of|and|[A-Z][\w&’'-]*))*"
_DOING = (
    r"(?:(?:will|to|is to|has agreed to|have agreed to|agreed to)\s+)?"
    r"(?:undertakes?|undertook|carry out|carries out|carried out|leads?|led|runs?|conducts?|makes?)"
)
_DOES = re.compile(rf"(?:^|[.;]\s*|\bthe\s+)(?P<body>{_BODY})\s+(?i:{_DOING}\s+(?:a|the|our)\s+{_MOCK})\b")
_NOT_A_BODY = re.compile(
    rf"(?:the\s+)?(?:end|start|middle|close|{MONTH}|spring|summer|autumn|winter|then|next)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Account:
    statement: Statement
    body: str

    @property
    def months(self) -> set[tuple[int, int]]:
        return set(months_in(self.statement.text))


def mock_inspection_by_differs(statements: list[Statement]) -> Iterator[Doubt]:
    """One doubt where a later account of the same mock inspection names a body that is not the first account's."""
    accounts = [_Account(each, body) for each in statements if (body := _body(each.text))]
    for later in accounts[1:]:
        first = accounts[0]
        if _same_body(first.body, later.body) or _two_inspections(first, later):
            continue
        yield Doubt(
            "mock-inspection-by-differs",
            f"The mock inspection is to be made by {first.body} ({place(first.statement.where)}), "
            f"but by {later.body} ({place(later.statement.where)}).",
            later.statement.where,
            first.statement.where,
        )
        return


def _body(text: str) -> str | None:
    for pattern in (_BY, _DOES):
        for found in pattern.finditer(text):
            if not _NOT_A_BODY.match(found["body"]):
                return found["body"].strip()
    return None


def _same_body(one: str, other: str) -> bool:
    """Equal, one within the other, or one the other's initials ("YJB", "Youth Justice Board", "HMI Probation")."""
    a, b = _words(one), _words(other)
    return a <= b or b <= a or (len(_initials(one)) > 1 and _initials(one) == _initials(other))


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", name.lower()) if word not in {"the", "of", "a", "an"}}


def _initials(name: str) -> str:
    return "".join(letter for letter in name if letter.isupper())


def _two_inspections(one: _Account, other: _Account) -> bool:
    return bool(one.months and other.months and not one.months & other.months)
