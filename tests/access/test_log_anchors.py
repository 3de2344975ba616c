"""The anchors' files: whole lines or nothing, signed, one following the other, checked without us."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from procrastinate.contrib.django import app
from psycopg.rows import dict_row

from tests.access.log_support import KEYS, KNOWN, NOW, add, lane_of, sign, tried, verify
from waypost.access import log_anchors
from waypost.access.tasks import sign_log_heads
from waypost.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
FILE = "log-2011-03.jsonl"


@pytest.fixture
def own() -> Iterator[psycopg.Connection]:
    with tried() as own:
        add(own, 3)
        yield own


def said(own, anchors) -> list[str]:
    return [str(fault) for fault in verify(own, anchors).faults]


def test_a_line_holds_every_head_and_the_time_and_nothing_else(own, tmp_path):
    sign(own, tmp_path)
    (line,) = (tmp_path / FILE).read_text().splitlines()
    head = own.execute("SELECT encode(hash, 'hex') FROM access_logentry ORDER BY number DESC LIMIT 1").fetchone()[0]
    assert json.loads(line)["anchor"] == {
        "at": "2011-03-04T10:30:00+00:00",
        "key": 1,
        "lanes": {str(lane_of(own)): [3, head]},
        "previous": "",
    }


def test_each_line_follows_the_one_before_also_over_the_end_of_a_month(own, tmp_path):
    for at in (datetime(2011, 3, 31, 23, 50, tzinfo=UTC), datetime(2011, 4, 1, 0, 5, tzinfo=UTC)):
        sign(own, tmp_path, at)
    assert [path.name for path in log_anchors.files(tmp_path)] == [FILE, "log-2011-04.jsonl"]
    assert said(own, tmp_path) == []
    assert said(own, tmp_path / "log-2011-04.jsonl") == []
    (tmp_path / FILE).unlink()
    assert said(own, tmp_path) == ["log-2011-04.jsonl, line 1: does not follow the line before it: anchors are missing"]


def test_a_folder_may_have_a_dot_in_its_name_and_a_file_misspelt_is_no_empty_folder(own, tmp_path):
    folder = tmp_path / "anchors.of.2011"
    sign(own, folder)
    sign(own, folder)
    assert verify(own, folder).anchors == 2
    with pytest.raises(Refused, match=r"There is no file .*log-2011-30\.jsonl"):
        verify(own, folder / "log-2011-30.jsonl")


def four_lines(own, folder) -> list[bytes]:
    for turn in range(4):
        sign(own, folder, NOW + timedelta(minutes=15 * turn))
        add(own)
    return (folder / FILE).read_bytes().splitlines(keepends=True)


def test_a_line_taken_out_or_put_elsewhere_is_found(own, tmp_path):
    first, second, third, fourth = four_lines(own, tmp_path)
    file = tmp_path / FILE
    missing = "does not follow the line before it: anchors are missing"
    for lines, wrong in [
        ([first, second, third, fourth], []),
        ([first, third, fourth], [2]),
        ([second, third, fourth], [1]),
        ([first, third, second, fourth], [2, 3, 4]),
    ]:
        file.write_bytes(b"".join(lines))
        assert said(own, tmp_path) == [f"{FILE}, line {number}: {missing}" for number in wrong]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda line: line.replace(b"2011-03-04T11:00", b"2011-03-04T11:01"), "does not bear the signature of key 1"),
        (lambda line: line.replace(b":[5,", b":[4,"), "does not bear the signature of key 1"),
        (
            lambda line: line[:-4] + (b'00"}' if line[-4:-2] != b"00" else b'11"}'),
            "does not bear the signature of key 1",
        ),
        (lambda line: line.replace(b'"key":1', b'"key":2'), "is signed with key 2, which is not in the keys folder"),
        (lambda line: line[:100], "cannot be read"),
        (lambda line: b"[]", "cannot be read"),
        (lambda line: b"", "cannot be read"),
        (lambda line: b"\xff\xfe", "cannot be read"),
        (lambda line: line.replace(b'"signature":"', b'"signature":"zz'), "cannot be read"),
    ],
)
def test_a_changed_line_is_found(own, tmp_path, change, found):
    lines = four_lines(own, tmp_path)
    changed = change(lines[2].rstrip(b"\n"))
    assert changed + b"\n" != lines[2]
    (tmp_path / FILE).write_bytes(b"".join([*lines[:2], changed + b"\n", lines[3]]))
    assert said(own, tmp_path) == [
        f"{FILE}, line 3: {found}",
        f"{FILE}, line 4: does not follow the line before it: anchors are missing",
    ]


def test_anchors_signed_with_another_key_convince_nobody(own, tmp_path):
    log_anchors.sign(own, tmp_path, {1: "somebody else's key"}, at=NOW)
    report = verify(own, tmp_path)
    assert [str(fault) for fault in report.faults] == [f"{FILE}, line 1: does not bear the signature of key 1"]
    assert (report.anchors, report.newest_anchor) == (0, None)


def test_a_key_changed_for_a_newer_leaves_older_anchors_good(own, tmp_path):
    sign(own, tmp_path)
    both = KEYS | {2: "a newer key of the tests"}
    assert log_anchors.sign(own, tmp_path, both, at=NOW + timedelta(minutes=15)).key == 2
    assert sorted(path.name for path in tmp_path.glob("*.pem")) == ["log-signing-1.pem", "log-signing-2.pem"]
    assert said(own, tmp_path) == [f"{FILE}, line 2: is signed with key 2, which is not in the keys folder"]


def test_half_a_line_left_by_a_power_cut_is_no_anchor_and_the_next_takes_its_place(own, tmp_path):
    first, second, *_ = four_lines(own, tmp_path)
    file = tmp_path / FILE
    for half in (second[:30], second[:-1]):
        file.write_bytes(first + half)
        report = verify(own, tmp_path)
        assert (report.sound, report.anchors) == (True, 1)
        sign(own, tmp_path)
        report = verify(own, tmp_path)
        assert (report.sound, report.anchors) == (True, 2)


def test_a_full_disk_leaves_the_file_as_it_was(own, tmp_path, monkeypatch):
    sign(own, tmp_path)
    before = (tmp_path / FILE).read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:40]))
    with pytest.raises(OSError, match="is the disk full"):
        sign(own, tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_two_signers_at_once_leave_a_file_in_which_each_line_follows(tmp_path):
    def one(turn: int) -> None:
        with tried() as own:
            sign(own, tmp_path, NOW + timedelta(seconds=turn))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(12)))
    with tried() as own:
        report = verify(own, tmp_path)
    assert (report.sound, report.anchors) == (True, 12)


def test_the_public_key_beside_the_file_is_enough_for_a_third_party(own, tmp_path):
    sign(own, tmp_path)
    outer = json.loads((tmp_path / FILE).read_text())
    body = json.dumps(outer["anchor"], sort_keys=True, separators=(",", ":")).encode()
    key = load_pem_public_key((tmp_path / "log-signing-1.pem").read_bytes())
    key.verify(bytes.fromhex(outer["signature"]), body)  # raises unless good
    assert key.public_bytes_raw() == KNOWN[1].public_bytes_raw()


def test_a_row_can_be_hashed_again_from_the_published_form_alone(own):
    """The recipe of docs/how-to/check-the-log.md, by a program that is not PostgreSQL."""
    cursor = own.cursor(row_factory=dict_row)
    rows = cursor.execute("SELECT * FROM access_logentry ORDER BY number").fetchall()
    before = b""
    for row in rows:
        at = row["at"].astimezone(UTC)
        seconds = int((at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
        fields = [
            "waypost log 1", row["lane"], row["number"], f"{seconds // 10**6}.{seconds % 10**6:06}", row["actor"],
            row["on_behalf_of"], row["verb"], row["event"], row["subject_kind"], row["subject"],
            "{" + ",".join(map(str, row["listed"])) + "}", row["request"], row["digest_key"],
            *((row[name] or b"").hex() for name in ("salt", "reason_digest", "detail_digest")), before.hex(),
        ]  # fmt: skip
        text = "\n".join("" if field is None else str(field) for field in fields)
        assert hashlib.sha256(text.encode()).digest() == row["hash"]
        before = row["hash"]


def test_the_job_signs_with_the_installations_key_into_its_folder(own, tmp_path, settings):
    settings.LOG_ANCHORS, settings.LOG_SIGNING_KEYS = tmp_path / "anchors", KEYS
    sign_log_heads(timestamp=0)
    assert len(log_anchors.files(tmp_path / "anchors")) == 1


def test_the_worker_finds_the_job_and_runs_it_every_quarter_of_an_hour():
    periodic = app.periodic_registry.periodic_tasks
    assert [task.cron for (name, _), task in periodic.items() if name == "access.sign_log_heads"] == ["*/15 * * * *"]
