"""House rules that a machine can hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SOURCE, TESTS = PROJECT / "src" / "waypost", PROJECT / "tests"
FILES = sorted(path for top in (SOURCE, TESTS, PROJECT / "bin") for path in top.rglob("*.py"))
WRITTEN = [path for path in FILES if "migrations" not in path.parts]
LONGEST_FILE, LONGEST_TEST_FILE = 400, 500
LONGEST_FUNCTION, LONGEST_JOURNEY = 50, 80  # a journey is one story, told from beginning to end
# A view asks for what this person may see: the word after `.objects` says so.
SCOPED = re.compile(r"\.objects\s*\.(visible_to|waiting_for|filter\(by=request\.user)\b")


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.walk(ast.parse(path.read_text()))
    return [node for node in tree if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_files_are_short():
    longest = {path: LONGEST_TEST_FILE if TESTS in path.parents else LONGEST_FILE for path in WRITTEN}
    assert [_name(path) for path in WRITTEN if path.read_text().count("\n") > longest[path]] == []


def test_functions_are_short():
    long = [
        f"{_name(path)} {function.name}"
        for path in WRITTEN
        for function in _functions(path)
        if (function.end_lineno or 0) - function.lineno
        >= (LONGEST_JOURNEY if "journeys" in path.parts else LONGEST_FUNCTION)
    ]
    assert long == []


def test_a_view_starts_from_the_user():
    unscoped = []
    for path in sorted(SOURCE.rglob("*views.py")):
        text = path.read_text()
        scoped = {found.start() for found in SCOPED.finditer(text)}
        for found in re.finditer(r"\.objects\b", text):
            if found.start() not in scoped:
                unscoped.append(f"{_name(path)}:{text[: found.start()].count(chr(10)) + 1}")
    assert unscoped == []


def test_no_test_is_switched_off():
    """Only the public source document may be missing, and then the sample in our own words is read instead."""
    off = [
        f"{_name(path)} {function.name}"
        for path in WRITTEN
        for function in _functions(path)
        for decorator in map(ast.unparse, function.decorator_list)
        if re.search(r"mark\.(skip|xfail)", decorator) and "SOURCE" not in decorator
    ]
    assert off == []


def test_nothing_of_one_machine_is_written_down():
    folders = re.compile(r"(?<![\w/.-])/(?:root|work|home)/[\w.]+")
    assert [f"{_name(path)} {found}" for path in WRITTEN for found in folders.findall(path.read_text())] == []
