"""Whether a progress line claims that something was done.

It does where a sentence says so in the perfect or the past ("has been drafted", "took place") or where it names a
thing and the act completed on it ("Meetings held", "Training completed by managers"). Fixing a day is arranging, not
doing, so "Date set" claims nothing unless a whole sentence says that it has been set; nor do "to be agreed",
"Completed forms to be returned" (an adjective) or "Review actions identified in audit" (an order).
"""

from __future__ import annotations

import re

_DONE = (
    "completed|undertaken|held|delivered|established|appointed|created|produced|drafted|written|published|issued"
    "|circulated|disseminated|shared|reviewed|updated|revised|implemented|introduced|launched|formed|recruited|sourced"
    "|cascaded|agreed|approved|signed(?: off)?|ratified|trained|identified|made|sent|received|recorded|reported|audited"
    "|carried out|rolled out|put in place|finished|achieved|done|closed|started|begun|commenced|commissioned|installed"
    "|embedded|developed|presented|briefed|contacted|invited|allocated|mapped|analysed|collected|visited|consulted"
    "|tested|piloted|opened|provided|distributed|adopted|amended|merged|restructured|secured|filled"
    "|cwblhawyd|cynhaliwyd|gwnaed|cyflawnwyd"
)
_IRREGULAR = (
    "undertaken|held|written|made|sent|begun|done|given|taken|met|built|drawn|brought|chosen|found|put|set|become|gone"
    "|seen|run|led|kept|told|known|shown"
)
_PERFECT = re.compile(
    rf"\b(?:has|have|had)\s+(?!(?:not|yet|to|no)\b)(?:(?:now|already|also|all|since|recently)\s+)?"
    rf"(?:been\s+)?(?:(?:fully|now|successfully)\s+)?(?:\w{{2,}}ed|{_IRREGULAR})\b",
    re.I,
)
_PAST = re.compile(rf"\b(?:was|were)\s+(?!not\b)(?:\w+ly\s+)?(?:{_DONE})\b|\btook place\b|\bwent live\b", re.I)
_NOT_YET = re.compile(r"\b(?:once|when|until|after|if|before|unless|that|which|who|where)\b[^.;]*$", re.I)
_ACT = re.compile(rf"\s(?:{_DONE})\b", re.I)
_AFTER_ACT = re.compile(
    r"\s*(?:$|[.,;:()–-]|(?:by|in|with|and|to|at|on|for|from|across|through|between|as|throughout|during)\b|\d)", re.I
)
_NOT_AN_ACT = re.compile(
    r"(?:\b(?:be|been|being|has|have|had|was|were|never|is|are|will|get|not|yet|as|if|once|when|until|the|a|an|any|all|each|every|of|from|with|in|for)"
    r"|\bto)\s*$",
    re.I,
)
_ORDER = re.compile(
    r"(?:create|establish|ensure|develop|implement|explore|invite|identify|present|monitor|meet|speak|discuss|undertake"
    r"|provide|train|agree|arrange|build|carry|circulate|collate|collect|complete|consider|consult|deliver|disseminate"
    r"|embed|evaluate|follow|gather|hold|improve|include|introduce|look|maintain|make|produce|publish|recruit|revise"
    r"|roll|run|seek|send|set|sign|start|use|write)\b(?!\s+(?:of|by)\b)",
    re.I,
)
# Words that order as well as name: "Audit plans returned by staff" orders, "Audit tool completed" tells.
_ORDER_OR_NAME = re.compile(
    r"(?:audit|check|commission|contact|design|draft|form|issue|launch|map|plan|report|review|share|source|support|test"
    r"|update|work)\b(?!\s+(?:of|by)\b)",
    re.I,
)
_LAST = re.compile(r"\s*[.,;)]?$")
_WHOLE = re.compile(
    r"(?:(?:action|now|all|100\s?%)\s+)?(?:completed?|done|achieved|finished|cascaded|undertaken|implemented|launched"
    r"|in place since .*)(?:\s*$|\s*[.,;:(–-]|\s+(?:in|on|by|and|across)\b.*)"
    r"|.*\b(?:is|are)\s+(?:now\s+)?(?:complete|in place and working)\b.*|.*\b(?:100\s?%\s+)?complete\.?$",
    re.I,
)
_SENTENCES = re.compile(r"(?<=[.;!?])\s+")
LONGEST = 400  # characters of a sentence that are looked at


def claims_done(text: str) -> bool:
    return any(_claims(sentence.strip(" •-–")[:LONGEST]) for sentence in _SENTENCES.split(text))


def _claims(sentence: str) -> bool:
    if not sentence:
        return False
    for tense in (_PERFECT, _PAST):
        if any(not _NOT_YET.search(sentence[: found.start()]) for found in tense.finditer(sentence)):
            return True
    if _ORDER.match(sentence):
        return False
    return bool(_WHOLE.fullmatch(sentence)) or _names_a_completed_act(sentence)


def _names_a_completed_act(sentence: str) -> bool:
    """An act after the thing it was done to, with nothing behind it that would make it an adjective."""
    either = _ORDER_OR_NAME.match(sentence)
    for found in _ACT.finditer(sentence):
        subject, rest = sentence[: found.start()], sentence[found.end() :]
        if not _AFTER_ACT.match(rest) or _NOT_AN_ACT.search(subject) or _NOT_YET.search(subject):
            continue
        if either is None or either.end() == found.start() or (_LAST.match(rest) and len(subject.split()) == 2):
            return True
    return False
