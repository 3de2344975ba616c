"""What may be done about another system and its readings. Pure.

A rule returns the reason why not, None for yes.
"""

from __future__ import annotations

LARGEST_UPLOAD = 50 * 1024 * 1024  # of a page; what is larger is read from a folder


def why_not_answer(*, answered: bool, known: bool, same: bool, chosen: bool) -> str | None:
    if known:
        return "This child has been read already."
    if answered:
        return "Somebody has answered this already."
    return "Choose which of the children here it is." if same and not chosen else None


def why_not_accept(*, dry: bool, ended: bool, kept: bool, latest: bool) -> str | None:
    if not (dry and ended):
        return "Only a dry run that came to its end can be accepted. Make one first."
    if not latest:
        return "There is a later reading. Accept that one, or make a new dry run."
    return None if kept else "Its files are not kept any more. Make a new dry run."
