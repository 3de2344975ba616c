"""The glossary is the authority: one line for each word, and nothing of ours uses a word that is not used."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from waypost.governance.improvement.status import Status

PROJECT = Path(__file__).parents[2]
GLOSSARY = PROJECT / "docs/glossary.md"
PROSE = {".html", ".txt", ".md", ".yaml", ".yml", ".toml", ".css", ".js", ".csv", ".sql", ""}
QUOTES = "quoted:"  # a line that carries somebody else's words says so in a comment


def table(heading: str) -> list[list[str]]:
    section = GLOSSARY.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")
    ]
    return rows[2:]


USED = table("Words used")
NOT_USED = table("Words not used")


def pattern(word: str) -> re.Pattern[str]:
    body = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace(r"\-", "[-‐]")
    end = "" if word.endswith("*") else r"(?![\w-])"
    return re.compile(rf"(?<![\w-]){body}{end}", re.IGNORECASE)


PATTERNS = [pattern(word.strip()) for words, _, _ in NOT_USED for word in words.split(",")]
KEPT = [name.strip() for *_, names in NOT_USED for name in names.split(";") if name.strip()]
NAMES = re.compile("|".join(map(re.escape, KEPT)), re.IGNORECASE)


def words_not_used(text: str) -> list[str]:
    ours = NAMES.sub("", text)
    return [found.group() for pattern in PATTERNS for found in pattern.finditer(ours)]


def written(path: Path) -> Iterator[tuple[int, str]]:
    """What people read in a file: all of prose, the strings and comments of code; lines that quote are left out."""
    if path.suffix != ".py":
        yield 1, "\n".join(line for line in path.read_text().splitlines() if QUOTES not in line)
        return
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type in {tokenize.STRING, tokenize.COMMENT} and QUOTES not in token.line:
                yield token.start[0], token.string


def ours() -> list[Path]:
    files = [PROJECT / "README.md", *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("src/waypost/**/*")]
    return sorted(
        path
        for path in files
        if path.is_file() and path != GLOSSARY and "vendor" not in path.parts and path.suffix in {*PROSE, ".py"}
    )


def test_nothing_of_ours_uses_them():
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {words}"
        for path in ours()
        for number, text in written(path)
        if (words := words_not_used(text))
    ]
    assert len(ours()) > 100
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A young offender was seen", ["offender", "young offender"]),
        ("OFFENDERS", ["OFFENDER"]),
        ("He absconded", ["abscond"]),
        ("failed\nto engage", ["failed\nto engage"]),
        ("Integrated offender management", []),
        ("the Sentencing and Punishment of Offenders Act 2012", []),
        ("the punishment of offenders", ["offender"]),
        ("an offence, offences and offending; reoffending", []),
        ("the reoffenders of a cohort", []),
        ("Waypost refuses a file of 200 MB", []),
        ("a gang membership scheme", ["gang member"]),
        ("black, lace and place", []),
        ("The LAC nurse", ["LAC"]),
        ("need and needs", []),
    ],
)
def test_what_counts_as_using_one(text, found):
    assert sorted(words_not_used(text)) == sorted(found)


def test_strings_and_comments_of_code_are_read_and_names_are_not(tmp_path):
    path = tmp_path / "a.py"
    path.write_text(
        'offender = "no offender here"  # nor an offender here\nf"{offender} an offender"\n"an offender"  # quoted: a report\n'
    )
    assert [number for number, text in written(path) if words_not_used(text)] == [1, 1, 2]


def test_every_word_has_one_line_in_the_order_of_the_alphabet():
    words = [word for word, _ in USED]
    assert words == sorted(words, key=str.casefold)
    assert len(words) == len({word.casefold() for word in words}) >= 60
    assert all(meaning and not meaning.endswith(".") for _, meaning in USED)


def test_the_words_of_a_status_are_in_the_glossary():
    assert {status.words.lower() for status in Status} <= {word for word, _ in USED}


def test_nothing_in_code_is_named_by_what_it_is_made_of():
    endings = tuple(ending.strip() for words, _, _ in table("Names not used in code") for ending in words.split(","))
    kept = {but.split(",")[0] for _, _, but in table("Names not used in code") if but}
    modules = list(PROJECT.glob("src/waypost/**/*.py"))
    classes = {name for path in modules for name in re.findall(r"^class (\w+)", path.read_text(), re.MULTILINE)}
    named = classes | {path.stem.title().replace("_", "") for path in modules}
    assert {name for name in named if name.endswith(endings)} == kept


def test_each_word_not_used_has_something_to_say_instead():
    assert all(instead for _, instead, _ in NOT_USED)
