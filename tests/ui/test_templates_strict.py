"""A misspelt name in a template of ours is an error; GOV.UK's macros may ask for what is not given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import UndefinedError

import waypost

TEMPLATES = sorted(Path(waypost.__file__).parent.glob("*/jinja2/**/*.html"))


def draw(source: str, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize(
    "source",
    ["{{ titel }}", "{{ plan.titel }}", "{{ plan.titel.text }}", "{% if titel %}x{% endif %}", "{{ url }}{{ a.b }}"],
)
def test_a_missing_name_raises(source):
    with pytest.raises(UndefinedError):
        draw(source, plan={"title": "A plan"})


def test_a_missing_block_of_a_page_raises():
    with pytest.raises(Exception, match="title"):
        draw('{% extends "ui/page.html" %}')


def test_govuk_macros_draw_with_what_is_not_given():
    source = (
        '{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}{{ govukInput({"id": "a"}) }}'
    )
    assert 'id="a"' in draw(source)


def test_a_page_draws_with_nothing_given():
    page = draw('{% extends "ui/page.html" %}{% block title %}A title{% endblock %}')
    assert "<title>A title – Waypost</title>" in page
    assert re.search(r"<h1[^>]*>A title</h1>", page)


def test_what_is_given_is_escaped():
    assert "&lt;script&gt;" in draw("{{ name }}", name="<script>")
    source = '{% extends "ui/page.html" %}{% block title %}{{ name }}{% endblock %}'
    assert "<script>alert" not in draw(source, name="<script>alert(1)</script>")


def test_a_caption_is_drawn_only_when_there_is_one():
    with_one = draw('{% extends "ui/page.html" %}{% block title %}T{% endblock %}{% block caption %}C{% endblock %}')
    assert '<span class="govuk-caption-l">C</span>' in with_one
    assert "govuk-caption-l" not in draw('{% extends "ui/page.html" %}{% block title %}T{% endblock %}')


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parents[2].name}/{path.name}")
def test_no_template_carries_what_the_policy_refuses(template):
    text = template.read_text()
    assert not re.search(r"<[^>]*\sstyle\s*=", text), "a style attribute: make it a class in waypost.css"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), "a script in an attribute"
    assert not re.search(r"<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "a script inside the page"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parents[2].name}/{path.name}")
def test_no_template_switches_escaping_off(template):
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", template.read_text())
