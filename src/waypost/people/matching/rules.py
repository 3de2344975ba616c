"""Whether two records may be said to be one child, and whether that may be taken back. Pure."""

from __future__ import annotations

NOT_COMBINED = "These records are not combined, or were parted already."


def why_not_combine(*, same: bool, kept_is_gone: bool, gone_is_gone: bool, one_sealed: bool) -> str | None:
    if same:
        return "This is one record. Choose another to combine it with."
    if gone_is_gone:
        return "This record is combined with another already. Part them first if that was wrong."
    if kept_is_gone:
        return "The record to keep is itself combined with another. Combine with that one."
    if one_sealed:
        return "One of these records is sealed and the other is not. Seal both or end the seal, then combine them."
    return None


def why_not_part(*, combined: bool, kept_is_gone: bool) -> str | None:
    if not combined:
        return NOT_COMBINED
    if kept_is_gone:
        return "The record kept was combined again since. Part that first, then these."
    return None


def why_not_reason(reason: str) -> str | None:
    return None if reason.strip() else "Say how you know, so that whoever doubts it later can see it."
