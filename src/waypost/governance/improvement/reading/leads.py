"""Who leads an action: one cell into several leads, each a name and, where the cell gives one, a role.

Decisions. "A Person Head of Service" is a person whose role is Head of Service; "A Person YJB" is a person whose role
is the body they speak for; "Chair of the Board (A Person)" is that person in that role. "Management Team (A; B)" is
the team and then its members as leads of their own, each with the team as role: all of them were named, and a team
alone answers to nobody. "And" and commas part leads only where both sides can stand alone: "Health and Social Care"
is one body, "Police and Probation" are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from waypost.governance.improvement.reading.lead_words import LeadKind, Sort, initials_fit, is_acronym, is_name, sort_of


@dataclass(frozen=True, slots=True)
class Lead:
    """`name` is a person, a team, a body or, where nobody is named, a post."""

    name: str
    role: str | None = None
    kind: LeadKind = LeadKind.NOT_SAID

    def as_dict(self) -> dict[str, str | None]:
        return {"name": self.name, "role": self.role}


_NOBODY = re.compile(
    r"(?:n\s*/\s*a|none|tbc|tba|tbd|to be (?:confirmed|agreed|decided|appointed)|unknown|vacant|[-–—?.\s]*)", re.I
)
_HARD = re.compile(r"\s*[/;|\n]\s*(?:(?:and|&)\s+)?")
_LEADING_AND = re.compile(r"^(?:and|&)\s+", re.I)
_AND = re.compile(r"\s*,?\s+(?:and|&|\+|with|together with|ynghyd â)\s+", re.I)
_WELSH_AND = re.compile(r"\s+(?:a|ac)\s+")
_ONE_NAME = re.compile(r"education, (?:training|health)|children, young people|health, (?:wellbeing|safety)", re.I)
_DASH = re.compile(r"\s+[-–—]\s+|:\s+")
_BRACKET = re.compile(r"(?P<before>[^()]*)\((?P<inside>[^()]*)\)?(?P<after>[^()]*)")
_UNFINISHED = re.compile(r"(?:\b(?:of|and|the|for|to|with)|[,/&(–-])$", re.I)
_KINDS = {Sort.NAME: LeadKind.PERSON, Sort.POST: LeadKind.PERSON, Sort.TEAM: LeadKind.TEAM, Sort.BODY: LeadKind.BODY}
LONGEST = 1500  # characters; more than that is not a list of leads and is kept whole


def read_leads(lines: Iterable[str]) -> tuple[Lead, ...]:
    """The leads in the order written, each once; none for "N/A", "TBC" or a blank."""
    found: list[Lead] = []
    lines = list(lines)
    if sum(len(line) for line in lines) > LONGEST:
        return (Lead(" ".join(lines)),)
    text = _one_text(lines)
    for piece in () if _NOBODY.fullmatch(text) else _pieces(text):
        found += _leads_of(piece)
    return tuple(dict.fromkeys(lead for lead in found if not _NOBODY.fullmatch(lead.name)))


def _one_text(lines: Iterable[str]) -> str:
    """The lines joined by a break where both sides can stand alone, by a space where one runs on into the next."""
    text = ""
    for line in (" ".join(line.split()) for line in lines):
        if not text or not line:
            text = text or line
            continue
        last = text.rsplit("\n", 1)[-1]
        runs_on = _UNFINISHED.search(last) or last.count("(") > last.count(")") or line[0].islower() or line[0] in "(/&"
        alone = _stands_alone(last) and _stands_alone(line)
        names_nobody = sort_of(_without_brackets(line)) is not Sort.NAME
        role_below = sort_of(line) is Sort.POST and names_nobody and sort_of(last) is Sort.NAME
        text += f", {line}" if role_below else f"\n{line}" if alone and not runs_on else f" {line}"
    return text


def _stands_alone(text: str) -> bool:
    """Whether every part of the words is a whole lead by itself."""
    return all(_is_whole(piece) for piece in _HARD.split(_without_brackets(text)) if piece.strip())


def _is_whole(piece: str) -> bool:
    parts = [part for part in re.split(r",\s*", piece) if part.strip()]
    return all(sort_of(part) is not Sort.UNKNOWN or _named_with_role(part) is not None for part in parts)


def _without_brackets(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)?\s*", " ", text).strip()


def _pieces(text: str) -> Iterator[str]:
    """The text parted outside brackets at strokes, semicolons and breaks, and after a closing bracket."""
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
            if depth == 0 and (found := re.match(r"\s+(?=[^\W\d_a-z])", text[at + 1 :])):
                yield from _soft(text[start : at + 1])
                start = at + 1 + found.end()
        elif depth == 0 and char in "/;|\n":
            yield from _soft(text[start:at])
            start = at + 1
    yield from _soft(text[start:])


def _soft(piece: str) -> Iterator[str]:
    """One piece parted at commas and "and" where both sides can stand alone."""
    piece = _LEADING_AND.sub("", piece.strip(" ,"))
    parts = [piece] if "(" in piece or _ONE_NAME.search(piece) else _at_commas(piece)
    for part in parts:
        yield from _at_and(part)


def _at_commas(piece: str) -> list[str]:
    parts: list[str] = []
    for part in re.split(r"\s*,\s*", piece):
        part = _LEADING_AND.sub("", part)
        before = parts[-1] if parts else None
        if before is None:
            parts.append(part)
        elif sort_of(part) is Sort.POST and sort_of(before) is Sort.NAME:
            parts[-1] = f"{before} – {part}"
        elif _can_part(part) and _can_part(before):
            parts.append(part)
        else:
            parts[-1] = f"{before}, {part}"
    return parts


def _can_part(part: str) -> bool:
    if _named_with_role(part) is not None or sort_of(part) is not Sort.UNKNOWN:
        return True
    halves = _AND.split(part)
    return len(halves) > 1 and all(sort_of(half) is not Sort.UNKNOWN for half in halves)


def _at_and(piece: str) -> list[str]:
    for joint in (_AND, _WELSH_AND):
        for found in joint.finditer(piece):
            left, right = piece[: found.start()], piece[found.end() :]
            if left.count("(") == left.count(")") and _are_two(left, right, welsh=joint is _WELSH_AND):
                return [*_at_and(left), *_at_and(right)]
    return [piece]


def _are_two(left: str, right: str, *, welsh: bool) -> bool:
    """Whether "left and right" are two leads rather than one with "and" in its name."""
    left, right = _without_brackets(left), _AND.split(_without_brackets(right))[0]
    sorts = {_sort_with_role(left), _sort_with_role(right)}
    if Sort.UNKNOWN in sorts:
        return False
    if Sort.NAME in sorts or sorts in ({Sort.TEAM}, {Sort.TEAM, Sort.POST}):
        return True
    if sorts == {Sort.POST}:
        return not welsh and len(left.split()) > 1 and len(right.split()) > 1
    if Sort.BODY in sorts and sorts <= {Sort.BODY, Sort.TEAM}:
        return not welsh and _short_body(left) and _short_body(right)
    return is_acronym(left) or is_acronym(right)


def _sort_with_role(piece: str) -> Sort:
    return Sort.NAME if _named_with_role(piece) is not None else sort_of(piece)


def _short_body(piece: str) -> bool:
    """One word, an acronym or a team: "Social Care" after "Health and" is the tail of one name."""
    return len(piece.split()) == 1 or sort_of(piece) is Sort.TEAM


def _leads_of(piece: str) -> Iterator[Lead]:
    piece = " ".join(piece.split()).strip(" ,;")
    if not piece:
        return
    found = _BRACKET.fullmatch(piece)
    if found and found["inside"].strip():
        yield from _with_bracket(found["before"].strip(" ,:-–"), found["inside"].strip(" ,;"), found["after"].strip())
    else:
        yield _single(piece)


def _with_bracket(before: str, inside: str, after: str) -> Iterator[Lead]:
    whole = f"{before} ({inside})"
    sort = sort_of(before)
    members = [name.strip() for name in re.split(r"[;,/&\n]|\band\b", inside) if name.strip()]
    named = [_single(member) for member in members if is_name(member.split())]
    if not before:
        yield from (lead for piece in _pieces(inside) for lead in _leads_of(piece))
    elif sort is Sort.NAME:
        yield Lead(before, inside, LeadKind.PERSON)
    elif len(named) == 1 and len(members) == 1 and sort is Sort.POST:
        yield Lead(named[0].name, before, LeadKind.PERSON)
    elif named and len(named) == len(members):
        yield Lead(before, None, _KINDS.get(sort, LeadKind.TEAM))
        yield from (Lead(lead.name, before, LeadKind.PERSON) for lead in named)
    elif is_acronym(inside) and initials_fit(before, inside):
        yield Lead(whole, None, LeadKind.BODY)
    elif inside[0].islower() and len(inside.split()) <= 4:
        yield Lead(before, inside, _KINDS.get(sort, LeadKind.NOT_SAID))
    else:
        yield Lead(whole, None, _KINDS.get(sort, LeadKind.NOT_SAID))
    if after := _LEADING_AND.sub("", after):
        yield from _leads_of(after)


def _single(piece: str) -> Lead:
    if (found := _named_with_role(piece)) is not None:
        return found
    return Lead(piece, None, _KINDS.get(sort_of(piece), LeadKind.NOT_SAID))


def _named_with_role(piece: str) -> Lead | None:
    """A person with the role beside the name, or None: "A Person Head of Service", "Head of Service: A Person"."""
    halves = _DASH.split(piece)
    if len(halves) == 2:
        left, right = halves
        if is_name(left.split()) and right:
            return Lead(left, right, LeadKind.PERSON)
        if is_name(right.split()) and sort_of(left) in (Sort.POST, Sort.BODY):
            return Lead(right, left, LeadKind.PERSON)
    words = piece.split()
    for end in range(2, min(5, len(words))):
        if is_name(words[:end]) and _is_role(" ".join(words[end:])):
            return Lead(" ".join(words[:end]), " ".join(words[end:]), LeadKind.PERSON)
    return None


def _is_role(words: str) -> bool:
    return sort_of(words) is Sort.POST or is_acronym(words)
