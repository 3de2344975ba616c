"""What came of a reading, in lines for a person. Pure."""

from __future__ import annotations

from typing import Protocol

from waypost.kernel.words import count, listed

THINGS = {
    "child": ("child", "children"),
    "name": ("name", "names"),
    "known_as": ("name they are known by", "names they are known by"),
    "birth": ("birth date", "birth dates"),
    "particular": ("particular", "particulars"),
    "identifier": ("number", "numbers"),
    "case": ("case", "cases"),
    "offence": ("offence", "offences"),
    "order": ("order", "orders"),
    "contract": ("contract", "contracts"),
    "contact": ("contact", "contacts"),
    "worker": ("worker", "workers"),
}
DONE = {
    "added": "New",
    "changed": "Changed",
    "same": "As before",
    "differs": "Written otherwise here by hand, and left as it is",
    "asked": "For somebody to say whether they are here already",
    "left_out": "Left out",
    "missing": "Not in the export any more, and nothing here has ended by that",
}


class Counted(Protocol):
    counts: dict[str, int]


def lines_of(read: Counted) -> list[str]:
    """‘New: 3 children, 4 orders.’"""
    lines = []
    for what, words in DONE.items():
        found = [
            count(read.counts[f"{kind} {what}"], one, many)
            for kind, (one, many) in THINGS.items()
            if read.counts.get(f"{kind} {what}")
        ]
        lines += [f"{words}: {listed(found)}."] if found else []
    if problems := read.counts.get("problems", 0):
        lines.append(f"{count(problems, 'problem')} in the rows.")
    return lines or ["Nothing was found."]
