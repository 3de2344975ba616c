"""What sort of thing an action is: the words propose, a person says. Pure.

An action that only trains people or signs a paper has not yet changed anything for a child (A3, A12).
"""

from __future__ import annotations

import re
from enum import StrEnum


class ActionKind(StrEnum):
    TRAINING = "training"
    PROTOCOL = "protocol"
    CHANGE = "change"

    @property
    def words(self) -> str:
        return {
            "training": "Only training: people are taught",
            "protocol": "Only a protocol: a paper is written or signed",
            "change": "A change in what is done",
        }[self.value]


_TRAINING = re.compile(
    r"\b(re-?)?train(ed|ing|s)?\b|\brefresher\b|\bcourses?\b|\bbriefings?\b|\binduction\b|\bworkshops?\b", re.I
)
_PROTOCOL = re.compile(
    r"\bprotocols?\b|\bservice level agreement\b|\bSLAs?\b|\bagreements?\b|\bpolic(y|ies)\b|\bguid(elines?|ance)\b",
    re.I,
)
_MORE = re.compile(  # what is done with children, or looked at; and the training that young people go to, not staff
    r"\bcolleges?\b|\beducation\b|\bemployment\b|\bapprentice"
    r"|\b(every|each|all) (child|children|young|case|plan|assessment)"
    r"|\baudit|\bpanel\b|\bmonitor|\bforum\b|\brestructure|\bnotif|\baccompan|\bscreen",
    re.I,
)


def proposed_kind(text: str) -> ActionKind:
    """What the action's own words suggest; never more than a suggestion."""
    if _MORE.search(text):
        return ActionKind.CHANGE
    if _TRAINING.search(text):
        return ActionKind.TRAINING
    return ActionKind.PROTOCOL if _PROTOCOL.search(text) else ActionKind.CHANGE
