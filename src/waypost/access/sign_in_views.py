"""The views of allauth that our settings can reach, each with what we add to it."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, PasswordResetView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from waypost.access import log
from waypost.kernel.refusal import Refused

NO_MAIL = "This service sends no e-mail. Ask an administrator for a link to choose a new password."


class SignIn(LoginView):
    """E-mail and password, and the organisation's own sign-in where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {"APPS": []})
        return super().get_context_data(**kwargs) | {"providers": offered["APPS"]}


class ForgottenPassword(PasswordResetView):
    """Sends a link; where no e-mail is sent, says whom to ask instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SENDS_MAIL:
            return super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            raise Refused(NO_MAIL)
        return render(request, "access/no_mail.html")


class SetUpSecondFactor(ActivateTOTPView):
    """Shows the secret as a square to read and as a key to type."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        square = context["totp_svg"].partition("?>")[2]
        key = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return context | {"square": mark_safe(square), "key": key}  # noqa: S308  drawn by the qrcode library

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        log.record(self.request.user, log.Verb.CHANGED, "account.second_factor_set_up", self.request.user)
        return response


class RemoveSecondFactor(DeactivateTOTPView):
    """For another telephone: the next page is setting up again."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        log.record(self.request.user, log.Verb.CHANGED, "account.second_factor_removed", self.request.user)
        return response


class NewRecoveryCodes(GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        log.record(self.request.user, log.Verb.CHANGED, "account.recovery_codes_renewed", self.request.user)
        return response
