"""The Jinja environment: escaping on, GOV.UK macros found, a missing name in our own templates is an error."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader


def environment(**options: object) -> Environment:
    options["undefined"] = ChainableUndefined  # the GOV.UK macros ask for what is not given
    env = Environment(**options)  # type: ignore[arg-type]
    env.loader = ChoiceLoader([env.loader, PackageLoader("govuk_frontend_jinja")])
    env.globals.update(static=static, url=lambda name, **kwargs: reverse(name, kwargs=kwargs or None))
    return env
