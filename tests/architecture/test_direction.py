"""The rooms stand in one strict order, and nothing goes up: what import-linter sees, and what it cannot."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from django.apps import apps

PROJECT = Path(__file__).parents[2]
SOURCE = PROJECT / "src" / "waypost"
ROOMS = [  # each may use those after it
    "demo",
    "config",
    "desk",
    "governance",
    "performance",
    "programmes",
    "workforce",
    "quality",
    "casework",
    "people",
    "files",
    "access",
    "ui",
    "measures",
    "kernel",
]
NOT_BUILT_YET = {"performance", "programmes", "workforce", "measures"}
OURS = [app for app in apps.get_app_configs() if app.name.startswith("waypost.")]
CONTRACTS = {
    contract["type"] + (" rooms" if "demo" in contract.get("layers", []) else ""): contract
    for contract in tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}


def _packages(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_every_room_is_declared_and_those_not_built_are_said():
    assert _packages(SOURCE) == set(ROOMS) - NOT_BUILT_YET


def test_the_contract_has_the_same_rooms_in_the_same_order():
    contract = CONTRACTS["layers rooms"]
    assert [layer.strip("()") for layer in contract["layers"]] == ROOMS
    assert contract["exhaustive"]


def test_only_rooms_not_built_yet_may_be_missing_from_the_contract():
    optional = {layer.strip("()") for layer in CONTRACTS["layers rooms"]["layers"] if layer.startswith("(")}
    assert optional == NOT_BUILT_YET


def test_every_pure_package_is_held_to_know_no_django():
    pure = {"waypost.kernel", "waypost.**.rules"} | {
        ".".join(path.parent.relative_to(SOURCE.parent).parts) for path in SOURCE.rglob("reading/__init__.py")
    }
    pure |= {  # modules that say of themselves, in their first line, that they are pure
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for path in (
            *SOURCE.glob("governance/*/*.py"),
            *SOURCE.glob("quality/*/*.py"),
            *SOURCE.glob("people/*/*.py"),
            *SOURCE.glob("casework/*/*.py"),
            *SOURCE.glob("files/*.py"),
        )
        if path.read_text().partition("\n")[0].removesuffix('"""').endswith("Pure.") and path.name != "rules.py"
    }
    pure |= {"waypost.files.reports"}
    pure |= {"waypost.measures"} if (SOURCE / "measures").exists() else set()
    assert set(CONTRACTS["forbidden"]["source_modules"]) == pure


def _keys_up() -> list[str]:
    """Foreign keys from a lower room to a higher one."""
    rank = {name: number for number, name in enumerate(ROOMS)}
    return [
        f"{model.__name__}.{field.name} goes up to {field.related_model.__name__}"
        for app in OURS
        for model in app.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model.__module__.startswith("waypost.")
        and rank[_room(field.related_model)] < rank[_room(model)]
    ]  # fmt: skip


def _room(model: type) -> str:
    return model.__module__.split(".")[1]


def test_no_foreign_key_goes_up():
    assert _keys_up() == []


def test_a_foreign_key_that_goes_up_would_be_found(monkeypatch):
    monkeypatch.setattr(f"{__name__}._room", lambda model: "kernel" if model.__name__ == "Team" else "demo")
    monkeypatch.setitem(globals(), "ROOMS", [*reversed(ROOMS)])
    assert any(found.startswith("Staff.team goes up") for found in _keys_up())


def test_a_foreign_key_names_its_model_not_a_string():
    """A string would hide the direction from import-linter; the model of the same app has no direction."""
    named = re.compile(r"models\.(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"'](\w+\.\w+)[\"']")
    files = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    assert [f"{path.name} {name}" for path in files for name in named.findall(path.read_text())] == []
