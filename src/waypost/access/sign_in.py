"""Sign-in with e-mail and password: what allauth asks of us, and the sentences a person is told."""

from __future__ import annotations

import time
from typing import Any

import structlog
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from waypost.access import log
from waypost.access.models import Staff

events = structlog.get_logger("waypost.sign_in")

WRONG = "That e-mail and password do not go together. After five wrong tries you must wait five minutes."
TOO_MANY = "Too many wrong tries. Wait five minutes, then try again, or ask an administrator for a new password."


class Accounts(DefaultAccountAdapter):
    """Nobody signs up; a wrong password is told the same whether or not there is such an account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "That is not your password.",
        "enter_current_password": "That is not your present password.",
        "invalid_password_reset": "This link has been used or is too old.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, message: str | None = None, **kwargs: Any) -> None:
        """Only our own sentences: allauth's templates for messages are not used."""
        if message:
            super().add_message(*args, message=message, **kwargs)

    def login(self, request: HttpRequest, user: Staff) -> None:
        super().login(request, user)
        request.session["began"] = request.session["used"] = timezone.now().timestamp()
        events.info("signed_in", staff=str(user.pk))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        events.warning("sign_in_failed")

    def reauthenticate(self, user: Staff, password: str) -> bool:
        return bool(self.authenticate(self.request, email=user.email, password=password) == user)

    @transaction.atomic
    def set_password(self, user: Staff, password: str) -> None:
        super().set_password(user, password)
        log.record(user, log.Verb.CHANGED, "account.password_changed", user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/my-account/"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again straight away."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))
