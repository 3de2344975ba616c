"""Static files as they are served: named by their hash, following one another, compressed, kept for years."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import storages
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from waypost.ui import vendored


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", verbosity=0, interactive=False)
    return settings.STATIC_ROOT


@pytest.fixture
def named(collected: Path) -> dict[str, str]:
    return json.loads((collected / "staticfiles.json").read_text())["paths"]


def served(path: str) -> HttpResponse:
    request = RequestFactory().get(path, headers={"Accept-Encoding": "gzip"})
    response = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))(request)
    response.close()
    return response


def test_every_file_of_ours_has_a_hashed_name(named):
    ours = {path for finder in get_finders() for path, _ in finder.list([]) if path.startswith(("waypost/", "vendor/"))}
    assert ours <= named.keys()
    assert all(re.search(r"\.[0-9a-f]{12}\.?[a-z]*$", name) for path, name in named.items() if path in ours)


def test_the_modules_import_one_another_by_hashed_name(collected, named):
    module = (collected / named["waypost/waypost.js"]).read_text()
    for path in (f"{vendored.GOVUK}.js", f"{vendored.MOJ}.js", "waypost/upload.js"):
        assert named[path].rsplit("/", 1)[1] in module


def test_released_files_are_not_rewritten(collected, named):
    for path in named:
        if path.startswith("vendor/") and path.endswith((".css", ".js")):
            assert (collected / named[path]).read_bytes() == (collected / path).read_bytes(), path


def test_a_hashed_file_is_sent_compressed_and_kept_for_years(collected, named, settings):
    response = served(f"/static/{named['waypost/waypost.css']}")
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/assets/images/icon-progress-tick.svg", "/robots.txt"])
def test_what_stands_at_the_root_is_served(collected, path):
    response = served(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "max-age=3600, public"


def test_before_anything_is_collected_a_file_keeps_its_name():
    assert storages["staticfiles"].url("waypost/waypost.css") == "/static/waypost/waypost.css"
