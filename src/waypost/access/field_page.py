"""Every field with its class, drawn for somebody who answers for what is held: `docs/fields.md`. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.kernel.field_classes import NOBODY, FieldClass, ModelClass, load
from waypost.kernel.lists import load as load_list

BEFORE = """# Every field, and what it is

Drawn from `src/waypost/definitions/fields.yaml`. A test fails on a field that has no class, on a class that names no
field, and on two things said of one field that contradict each other. Removal, the answer to somebody who asks for what
is held on them and the log of the program follow this and nothing else.

- **about**: whom the field is about. **told**: the widest class of those who may be told; a statement’s own may be
  narrower. **is**: fact, opinion, somebody’s words, a key of the program’s own, or a file.
- **asked for**: whether somebody who asks for what is held on them is given it; where not, the reason it is counted
  under.
- **removed**: what a removal does: keep, empty, or delete the row.

## How long things are kept

To be confirmed by each service before children’s records are entered.

| class | what | how long |
|---|---|---|""".splitlines()


def document() -> list[str]:
    kept = [f"| {one.key} | {one.words} | {one.text('period')} |" for one in load_list("retention_classes")]
    reasons = [f"| {one.key} | {one.words}{_note(one.note)} |" for one in load_list("withheld_reasons")]
    lines = [*BEFORE, *kept, "", "## Why something is withheld", "", "| reason | what |", "|---|---|", *reasons]
    for model in load().values():
        lines += _section(model)
    return lines


def _note(note: str | None) -> str:
    return f". {note}" if note else ""


def _section(model: ModelClass) -> Iterator[str]:
    yield from ("", f"## {model.label}", "")
    if model.library:
        yield from (f"Of a library: {model.library}.", "")
    yield from ("| field | about | told | is | kept as | asked for | removed |", "|---|---|---|---|---|---|---|")
    for one in model.fields.values():
        yield _row(one, one.name)
    if model.every:
        yield _row(model.every, "every other field" if model.fields else "every field")


def _row(one: FieldClass, name: str) -> str:
    nature = f"{one.nature}, encrypted" if one.encrypted else one.nature
    told = "" if one.disclosure == NOBODY else one.disclosure
    cells = (name, one.subject, told, nature, one.retention, one.subject_access, one.removal.replace("_", " "))
    return f"| {' | '.join(cells)} |"
