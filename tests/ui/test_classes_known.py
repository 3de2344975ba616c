"""Every class a template writes is one that a style sheet or a script of ours knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import waypost
from waypost.ui import vendored

UI = Path(vendored.__file__).parent
TEMPLATES = sorted(Path(waypost.__file__).parent.glob("*/jinja2/**/*.html"))
SHEETS = (f"static/{vendored.GOVUK}.css", f"static/{vendored.MOJ}.css", "static/waypost/waypost.css")
SCRIPTS = (f"static/{vendored.GOVUK}.js", "static/waypost/upload.js")
CSS = "".join((UI / sheet).read_text() for sheet in SHEETS)
JS = "".join((UI / script).read_text() for script in SCRIPTS)
KNOWN = {name.replace("\\", "") for name in re.findall(r"\.((?:wp|govuk|moj|is)-(?:[\w-]|\\.)+)", CSS)} | {
    name for name in re.findall(r"[\w-]+", JS) if name.startswith(("wp-", "govuk-"))
}
# Names the released markup carries without a rule in the released style sheet.
BARE = {
    "govuk-generic-header__logo",
    "govuk-table__body",
    "govuk-table__caption--s",
    "govuk-table__head",
    "govuk-table__row",
    "govuk-template__header",
    "moj-timeline__header",
}


def classes(text: str) -> set[str]:
    """The classes written out in full; one put together from a value is seen by the browser tests."""
    spoken = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    values = re.findall(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', spoken, re.DOTALL)
    parts = [
        part for value in values for part in re.sub(r"\{\{.*?\}\}", "\0", re.sub(r"\{%.*?%\}", " ", value)).split()
    ]
    return {part for part in parts if "\0" not in part and part.startswith(("wp-", "govuk-", "moj-", "is-"))}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parents[2].name}/{path.name}")
def test_every_class_is_known(template):
    assert classes(template.read_text()) - KNOWN - BARE == set()


def test_classes_are_found_among_what_a_template_decides():
    text = '<p class="wp-a{% if x %} wp-b{% endif %} wp-c--{{ kind }} {{ d }} wp-e">{# class="wp-f" #}'
    assert classes(text) == {"wp-a", "wp-b", "wp-e"}
