"""What tests of sign-in share: the six digits a telephone would show, and somebody who has set them up."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from waypost.access.models import Staff


def digits(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + steps))


def second_factor_of(person: Staff) -> str:
    """Give the person a second factor; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret
