"""Released frontends: byte for byte as published, at the versions the code names, and the macros fit them."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from importlib import metadata, resources
from pathlib import Path

import lxml.html
import pytest
from django.template import engines

from waypost.ui import gallery, vendored
from waypost.ui.fields import kind_of

UI = Path(vendored.__file__).parent
PACKAGES = {
    package["name"]: package for package in tomllib.loads((UI / "static/vendor/vendor.toml").read_text())["package"]
}
FILES = [(name, path, digest) for name, package in PACKAGES.items() for path, digest in package["files"].items()]
MACROS = resources.files("govuk_frontend_jinja").joinpath("templates/components")


@pytest.mark.parametrize(("package", "path", "digest"), FILES, ids=[path for _, path, _ in FILES])
def test_a_file_is_as_it_was_released(package, path, digest):
    assert base64.b64encode(hashlib.sha512((UI / path).read_bytes()).digest()).decode() == digest


def test_nothing_is_served_that_is_not_listed():
    listed = {UI / path for _, path, _ in FILES}
    there = {
        path for path in (UI / "static/vendor").rglob("*") if path.is_file() and path.suffix in {".css", ".js", ".svg"}
    }
    assert there | set((UI / "public/assets/images").iterdir()) == listed


def test_each_keeps_its_licence():
    for folder in (UI / "static/vendor").iterdir():
        assert folder.is_file() or list(folder.glob("LICENSE*")), folder.name


def test_the_pages_load_the_versions_listed():
    versions = {name: package["version"] for name, package in PACKAGES.items()}
    assert vendored.GOVUK.split("/")[1] == f"govuk-frontend-{versions['govuk-frontend']}"
    assert vendored.MOJ.split("/")[1] == f"moj-frontend-{versions['@ministryofjustice/frontend']}"
    assert vendored.HTMX.split("/")[1] == f"htmx-{versions['htmx.org']}"
    module = (UI / "static/waypost/waypost.js").read_text()
    assert {f"{vendored.GOVUK}.js", f"{vendored.MOJ}.js"} == set(re.findall(r'"\.\./(vendor/[^"]+)"', module))


def test_the_files_say_the_versions_themselves():
    for stem, version in ((vendored.GOVUK, "6.6.0"), (vendored.MOJ, "11.1.0")):
        assert f'"{version}"' in (UI / f"static/{stem}.js").read_text()
    assert 'version:"2.0.11"' in (UI / "static/vendor/htmx-2.0.11/htmx.min.js").read_text()


def test_the_macros_are_of_the_same_major_release():
    about = metadata.metadata("govuk-frontend-jinja").get_payload()
    (says,) = re.findall(r"GOV\.UK%20Frontend-v(\d+)\.\d+\.\d+", about)[:1]
    assert says == PACKAGES["govuk-frontend"]["version"].split(".")[0]


def test_every_class_a_macro_draws_is_in_the_css():
    css = (UI / f"static/{vendored.GOVUK}.css").read_text()
    known = set(re.findall(r"\.(govuk-[A-Za-z0-9_-]+)", css))
    script = (UI / f"static/{vendored.GOVUK}.js").read_text()
    drawn = {name for name in _classes(_every_macro()) if name.startswith("govuk-")}
    unstyled = {name for name in drawn - known if f".{name}" not in script and name not in script}
    assert len(drawn) >= 60
    assert unstyled == WITHOUT_RULES


WITHOUT_RULES = {"govuk-file-upload--error"}  # a hook for services; the released markup of 6.6.0 carries it too


def _every_macro() -> lxml.html.HtmlElement:
    form = gallery.Everything({})
    source = """{% from "ui/forms.html" import error_summary, fields, file, button %}
        {% from "ui/table.html" import pager %}{{ error_summary(form) }}{{ fields(form) }}{{ file(upload.file) }}
        {{ button("a") }}{{ button("a", secondary=true) }}{{ button("a", warning=true) }}{{ pager(found) }}"""
    context = gallery.shown({"page": "2"}) | {"form": form, "upload": gallery.OneFile({})}
    assert {kind_of(bound) for bound in form} >= {"input", "textarea", "select", "radios", "checkboxes", "day"}
    return lxml.html.fromstring(f"<div>{engines['jinja2'].from_string(source).render(context)}</div>")


def _classes(page: lxml.html.HtmlElement) -> set[str]:
    return {name for element in page.iter() for name in (element.get("class") or "").split()}


def test_what_the_css_draws_is_there():
    for stem in (vendored.GOVUK, vendored.MOJ):
        css = (UI / f"static/{stem}.css").read_text()
        named = set(re.findall(r"url\(/(assets/[^)]+)\)", css))
        missing = {path for path in named if not (UI / "public" / path).exists()}
        assert missing == {path for path in named if "/fonts/" in path or path.endswith("crest.svg")}
