"""docs/status.md, written from the rule."""

from __future__ import annotations

from waypost.governance.improvement.status import MEANS


def document() -> list[str]:
    """The statuses in the order in which they are tried, each with what makes it true."""
    return [
        "# How the status of an action is worked out",
        "",
        "Written from `governance/improvement/status.py` by `just docs`. The first that is true, on the day asked",
        "about, is the status; a page says in a sentence why. A month with no day begins on its first and runs to its",
        "last.",
        "",
        "| | status | true when |",
        "|---|---|---|",
        *(f"| {n} | {key.words} | {why} |" for n, (key, why) in enumerate(MEANS.items(), 1)),
        "",
        "Lines of a document with no date move nothing. A person may set a status by hand: it needs a reason and ends",
        "within three months, and the rule’s own answer stays beside it.",
    ]
