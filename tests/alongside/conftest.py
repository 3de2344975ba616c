"""Who reads a caseload, and for whom: `world.read(WIDE)` writes the example, saves its mapping and reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.alongside.exports import PRIYA, SAM, Export
from tests.factories import staff
from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.casework.alongside import actions
from waypost.casework.alongside.models import CaseloadRead, System


class World:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.head = staff("head_of_service")
        self.priya = staff("practitioner", email=PRIYA)
        self.sam = staff("practitioner", email=SAM)

    def system(self, export: Export) -> System:
        return actions.save_mapping(export.mapping, by=self.head, at=timezone.now()).system

    def read(self, export: Export, *, dry: bool = False, by: Staff | None = None, **written: Any) -> CaseloadRead:
        """Write the export, with what is given instead of the example's rows, and read it."""
        export.write(self.folder, **written)
        return self.again(export, dry=dry, by=by)

    def again(self, export: Export, *, dry: bool = False, by: Staff | None = None) -> CaseloadRead:
        found = actions.read_folder(
            self.system(export), self.folder, dry=dry, by=by or self.head, at=timezone.now(), tell=lambda done, of: None
        )
        as_seen_by(self.head)
        return found


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:
    folder = tmp_path / "export"
    folder.mkdir()
    return World(folder)


def said(read: CaseloadRead) -> list[str]:
    """Every problem as `row, column: sentence`."""
    return [f"{one.file} {one.line} {one.column}: {one.sentence}" for one in read.problems.all()]
