"""What may be said about an organisation and its people: None for yes, or what to mend. Pure."""

from __future__ import annotations

import re

from waypost.kernel.lists import load


def why_not_organisation(*, name: str, agency: str, there_is_one: bool) -> str | None:
    if not name.strip():
        return "Enter the name, as people there say it."
    if agency not in load("agencies"):
        return "Choose which agency it belongs to."
    return f"{name.strip()} is there already. Add people to it." if there_is_one else None


def why_not_professional(*, name: str, telephone: str, email: str, is_open: bool) -> str | None:
    if not is_open:
        return "This organisation has ended. Add it again before adding people to it."
    if not name.strip():
        return "Enter their name."
    if not telephone.strip() and not email.strip():
        return "Enter a telephone number or an e-mail address: they are here to be reached."
    return why_not_telephone(telephone)


def why_not_telephone(telephone: str) -> str | None:
    """Digits and what people write between them; nothing that a telephone could not ring."""
    if re.fullmatch(r"[0-9+() -]*(?: ?(?:ext|x)\.? ?[0-9]+)?", telephone.strip()):
        return None
    return "Write the telephone number in digits, as 01632 960 114."


def why_not_end(*, ended: bool) -> str | None:
    return "This has ended already." if ended else None
