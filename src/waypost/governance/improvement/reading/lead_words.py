"""What a lead's words are: a person, a post, a team or a body, by the words alone; nobody is looked up."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class LeadKind(StrEnum):
    PERSON = "person"
    TEAM = "team"
    BODY = "body"
    NOT_SAID = ""


class Sort(StrEnum):
    """What a piece of a lead cell is; UNKNOWN cannot stand alone."""

    NAME = "name"
    POST = "post"
    TEAM = "team"
    BODY = "body"
    UNKNOWN = "unknown"


_POSTS = """
head heads director chair chairs chairman chairwoman chairperson manager chief officer lead leader coordinator
co-ordinator practitioner worker superintendent inspector sergeant constable nurse psychologist consultant commissioner
councillor secretary administrator analyst supervisor principal adviser advisor specialist teacher magistrate clerk
executive champion solicitor member holder representative rep governor trainer therapist clinician doctor gp spoc hos
dcs tm secondee seconded commander accountant auditor
pennaeth rheolwr rheolwraig cyfarwyddwr swyddog cadeirydd arweinydd cydlynydd gweithiwr prif dirprwy
"""
_BEFORE_A_POST = """
acting interim deputy assistant associate senior joint co vice temporary operational operations operation strategic
executive service team case area regional youth performance business development quality practice information data
education health parenting victim restorative social police probation the our a an
"""
_TEAMS = """
team teams board boards group groups panel panels committee staff unit department partnership partners forum
managers officers practitioners workers supervisors leads heads leaders service services network hub agencies
secondees specialists coordinators co-ordinators volunteers nurses all
tîm tim bwrdd grŵp grwp panel gwasanaeth gwasanaethau partneriaeth staff
"""
_BODIES = """
police probation health education housing court courts council trust association agency nhs authority college school
schools academy university constabulary magistrates commissioner borough county care camhs charity inspectorate
ministry judiciary fire prison heddlu prawf iechyd addysg tai cyngor llys ymddiriedolaeth
"""
POSTS, TEAMS, BODIES = set(_POSTS.split()), set(_TEAMS.split()), set(_BODIES.split())
_BEFORE = set(_BEFORE_A_POST.split())
_NOT_NAMES = POSTS | TEAMS | BODIES | _BEFORE
_NOT_NAMES |= set(
    """
management safeguarding children child's children's families family young people person justice offending yos yot yjs
training strategy services central local national public community communities substance misuse speech language
housing support care leaving custody improvement information governance assurance skills learning looked after
british welsh london home office every each external internal human resources finance legal ict it crime and of for
""".split()
)
_TITLES = {"dr", "mr", "mrs", "ms", "miss", "cllr", "councillor", "prof", "professor", "sir", "dame", "rev", "pc", "di"}
_TITLES |= {"ds", "dci", "insp", "sgt", "supt", "ch", "cpl", "dc"}
_PARTICLES = {"de", "da", "van", "von", "der", "den", "la", "le", "ap", "ab", "ferch", "bin", "al", "el", "di", "dos"}
_ACRONYM = re.compile(r"[A-Z][A-Z&+]{1,6}s?\d?")
_INITIAL = re.compile(r"[A-Z]\.?(?:[A-Z]\.?)?")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_PREFIXED = re.compile(r"(?:al|el|as|ad|ar|ash|de|la|d|o|n)[-'’](?=[^\W\d_a-z])")  # al-Rashid, d'Arcy
_TRIM = " .,:"


def is_acronym(word: str) -> bool:
    return bool(_ACRONYM.fullmatch(word))


@lru_cache(maxsize=4096)
def sort_of(piece: str) -> Sort:
    words = piece.split()
    if not words:
        return Sort.UNKNOWN
    if is_post(piece):
        return Sort.POST
    last = _plain(words[-1])
    if last in TEAMS and len(words) <= 6:
        return Sort.TEAM
    if (len(words) == 1 and is_acronym(words[0])) or (last in BODIES and len(words) <= 5) or _is_named_body(words):
        return Sort.BODY
    return Sort.NAME if is_name(words) else Sort.UNKNOWN


def is_name(words: list[str]) -> bool:
    """Two to four words written as names are, none of them a word of office; a title and one such word."""
    titled = bool(words) and _plain(words[0]) in _TITLES
    rest = words[1:] if titled else words
    if not (1 if titled else 2) <= len(rest) <= 4 or not all(_is_name_word(word) for word in rest):
        return False
    return _plain(rest[0]) not in _PARTICLES - {"al", "el"} and not all(_INITIAL.fullmatch(word) for word in rest)


def is_post(piece: str) -> bool:
    """A post begins with its office ("Head of Service") or ends with it ("Operational Manager")."""
    words = [_plain(word) for word in piece.split()]
    while len(words) > 1 and words[0] in _BEFORE and words[0] not in POSTS:
        words = words[1:]
    if not words or len(words) > 10:
        return False
    begins = words[0] in POSTS and (len(words) == 1 or words[1] in {"of", "for", "y", "yr", "and", "to", "the"})
    return begins or (words[-1] in POSTS and not is_name(piece.split()))


def _is_named_body(words: list[str]) -> bool:
    """ "Youth Justice Board (YJB)": capitalised words followed by their own initials."""
    return bool(
        len(words) > 2
        and (found := re.fullmatch(r"\(([A-Z]{2,8})\)", words[-1]))
        and initials_fit(" ".join(words[:-1]), found[1])
    )


def initials_fit(name: str, initials: str) -> bool:
    firsts = "".join(word[0] for word in re.split(r"[\s&/-]+", name) if word and word[0].isupper())
    return len(firsts) > 1 and firsts == initials


def _is_name_word(word: str) -> bool:
    plain = _plain(word)
    if plain in _PARTICLES or (len(plain) == 1 and _INITIAL.fullmatch(word)):
        return True
    written_as_name = bool(_NAME_WORD.fullmatch(word)) and (not word[0].islower() or bool(_PREFIXED.match(word)))
    shouted = len(word) > 1 and word.isupper() and not _INITIAL.fullmatch(word)
    return written_as_name and plain not in _NOT_NAMES and not (shouted and is_acronym(word))


def _plain(word: str) -> str:
    return word.strip(_TRIM + "()").replace("’", "'").lower()
