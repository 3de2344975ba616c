"""The forms of sign-in, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms

from waypost.ui.fields import PlainErrors

LENGTH = "At least 12 characters. Three or four words you will remember are better than one with signs in it."


class Worded(PlainErrors):
    """Our labels and hints; a new password is asked for once, for it can be shown."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = self.labels[name]
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = f"Enter {self.labels[name].lower()}"


class SignIn(Worded, allauth.LoginForm):
    labels = {"login": "Your e-mail", "password": "Your password"}


class ForgottenPassword(Worded, allauth.ResetPasswordForm):
    labels = {"email": "Your e-mail"}


class NewPassword(Worded, allauth.ResetPasswordKeyForm):
    labels = {"password1": "A new password"}
    hints = {"password1": LENGTH}


class ChangePassword(Worded, allauth.ChangePasswordForm):
    labels = {"oldpassword": "Your present password", "password1": "A new password"}
    hints = {"password1": LENGTH}


class SetPassword(Worded, allauth.SetPasswordForm):
    labels = {"password1": "A password"}
    hints = {"password1": LENGTH}


class ConfirmPassword(Worded, allauth.ReauthenticateForm):
    labels = {"password": "Your password"}
