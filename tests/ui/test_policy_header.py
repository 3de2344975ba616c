"""The content security policy: nothing unsafe in it, and the one inline script allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
import re

from django.template import engines
from django.test import Client

from waypost.ui import policy


def header() -> dict[str, list[str]]:
    said = Client().get("/no-such-page/")
    parts = [part.split() for part in said.headers["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


def test_everything_is_from_ourselves_or_nowhere(db):
    sent = header()
    assert sent["default-src"] == ["'none'"]
    assert {"frame-ancestors": ["'none'"], "base-uri": ["'none'"], "form-action": ["'self'"]}.items() <= sent.items()
    assert sent["style-src"] == ["'self'"]
    outside = {value for values in sent.values() for value in values} - {"'self'", "'none'"}
    assert len(outside) == 1
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", outside.pop())


def test_the_hash_is_that_of_the_script_a_page_carries(db):
    page = engines["jinja2"].from_string('{% extends "ui/page.html" %}{% block title %}T{% endblock %}').render({})
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert len(scripts) == 1
    assert f"'sha256-{digest}'" in header()["script-src"]


def test_another_script_has_another_hash():
    assert policy.hash_source(policy.base_script()) != policy.hash_source(policy.base_script() + " ")


def test_htmx_may_neither_evaluate_nor_bring_style():
    page = engines["jinja2"].from_string('{% extends "ui/page.html" %}{% block title %}T{% endblock %}').render({})
    for setting in (
        '"allowEval":false',
        '"includeIndicatorStyles":false',
        '"allowScriptTags":false',
        '"historyCacheSize":0',
    ):
        assert setting in page
