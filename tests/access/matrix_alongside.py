"""What stands behind the addresses of another case system."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access.matrix_world import Asked, World, behind
from tests.alongside.exports import WIDE
from tests.people.children import as_seen_by, child
from waypost.access.models import Staff
from waypost.casework.alongside import actions
from waypost.casework.alongside.models import CaseloadRead, Origin, System


def system(world: World) -> System:
    as_seen_by(world.head)
    return actions.save_mapping(WIDE.mapping, by=world.head, at=timezone.now()).system


def export() -> list[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        WIDE.write(Path(folder))
        return [(path.name, path.read_bytes()) for path in Path(folder).iterdir()]


def dry_run(world: World) -> CaseloadRead:
    """Of files sent with a page, ended; as the worker does it."""
    read = actions.upload(system(world), export(), by=world.head, at=timezone.now())
    actions.run_kept(read, at=timezone.now())
    return read


@behind("alongside_new")
def system_to_be(world: World, asker: Staff, state: str) -> Asked:
    return Asked(posted={"text": WIDE.mapping})


@behind("alongside_system")
def export_sent(world: World, asker: Staff, state: str) -> Asked:
    (name, data), *_ = export()
    return Asked({"pk": system(world).pk}, {"export": SimpleUploadedFile(name, data)})


@behind("alongside_mapping")
def mapping_saved(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": system(world).pk}, {"text": WIDE.mapping.replace("Client Ref", "Client Number")})


@behind("alongside_reading", "alongside_accept", "alongside_throw_away")
def reading(world: World, asker: Staff, state: str) -> Asked:
    return Asked({"pk": dry_run(world).pk})


@behind("alongside_question")
def asked_who(world: World, asker: Staff, state: str) -> Asked:
    """A child of the export who is like one of ours."""
    of, now = system(world), timezone.now()
    ours = child(world.head)
    read = actions.begin(of, dry=False, by=world.head, at=now)
    question = Origin.objects.create(
        system=of, kind="child", key="NW1001", key_digest=of.digest_of("child", "NW1001"), child_key="NW1001",
        read=read, maybe=[ours.pk], at=now,
    )  # fmt: skip
    return Asked({"pk": question.pk}, {"which": str(ours.pk)})
