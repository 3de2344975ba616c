"""The second factor: six digits from a person's telephone, whose secret is nowhere in the clear."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.core.cache import cache

from waypost.access.models import Staff

WRONG_CODE = "That code is not right, or it has been used. Type the six digits your app shows now."


class Secrets(DefaultMFAAdapter):
    """Keeps what the codes are made from encrypted, under keys that are not in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Set up a second factor first; recovery codes come with it.",
    }

    def encrypt(self, text: str) -> str:
        return _box(tuple(settings.SECOND_FACTOR_KEYS)).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box(tuple(settings.SECOND_FACTOR_KEYS)).decrypt(encrypted_text.encode()).decode()


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    """Closes with the newest key, opens with any."""
    return MultiFernet([Fernet(_fernet_key(key)) for key in reversed(keys)])


def _fernet_key(text: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"waypost second factor").derive(text.encode())
    return base64.urlsafe_b64encode(derived)


def has_second_factor(staff: Staff) -> bool:
    return Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()


def forget(staff: Staff) -> int:
    """Remove the second factor and its recovery codes; how many were removed."""
    return Authenticator.objects.filter(user=staff).delete()[0]


class SetUp(ActivateTOTPForm):
    """The first code. The secret waits in the session, closed like the stored one, until a code proves it was read."""

    code = forms.CharField(label="Code from the app", widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))

    def __init__(self, *args: Any, user: Staff, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.user = user
        self.secret = self._waiting_secret() if self.is_bound else self._new_secret()

    def _waiting_secret(self) -> str:
        closed = context.request.session.get(SECRET_SESSION_KEY)
        return get_adapter().decrypt(closed) if closed else self._new_secret()

    def _new_secret(self) -> str:
        secret = generate_totp_secret()
        context.request.session[SECRET_SESSION_KEY] = get_adapter().encrypt(secret)
        return secret


class UsedOnce(forms.Form):
    """A code counts once, for as long as it would still be right."""

    code = forms.CharField(label="Code", widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    user: Staff

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        lives = settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
        if not cache.add(f"code-used:{self.user.pk}:{''.join(code.split())}", "y", timeout=lives):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Code(UsedOnce, AuthenticateForm):
    """The code at sign-in, or a recovery code."""


class ConfirmCode(UsedOnce, ReauthenticateForm):
    """The code again, before something that matters is changed."""
