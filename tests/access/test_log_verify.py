"""Each kind of tampering, by somebody who may do everything in the database, and what verification says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.access.log_support import NOW, add, lane_of, rewrite_lane, sign, tried, verify

pytestmark = pytest.mark.django_db
COLUMNS = (
    "at, actor, on_behalf_of, verb, event, subject_kind, subject, listed, request, digest_key, salt, reason_digest,"
    " detail_digest, hash"
)


@pytest.fixture
def own() -> Iterator[psycopg.Connection]:
    """The owner, with ten rows in one lane and nothing that would stop them changing one; all undone at the end."""
    with tried() as own:
        add(own, 10)
        own.execute("ALTER TABLE access_logentry DISABLE TRIGGER USER")
        yield own


def add_lane(own: psycopg.Connection, lane: int, rows: int) -> None:
    """A second lane, as another session would have written it."""
    own.execute(
        f"INSERT INTO access_logentry (lane, number, {COLUMNS})"
        f" SELECT %s, number, {COLUMNS} FROM access_logentry WHERE number <= %s",
        [lane, rows],
    )
    rewrite_lane(own, lane)


def said(own: psycopg.Connection[Any], anchors: Path) -> list[str]:
    """What verification finds, with this session's lane called 'lane' and the anchor's time called NOW."""
    faults = "|".join(map(str, verify(own, anchors).faults))
    faults = faults.replace(f"lane {lane_of(own)},", "lane,").replace(f"lane {lane_of(own)}:", "lane:")
    return [fault for fault in faults.replace(f"{NOW:%Y-%m-%d %H:%M:%S} UTC", "NOW").split("|") if fault]


def test_an_untouched_log_is_sound(own, tmp_path):
    add_lane(own, 70, 5)
    sign(own, tmp_path)
    report = verify(own, tmp_path, NOW + timedelta(minutes=14))
    assert report.sound
    assert report.lines() == ["15 rows in 2 lanes, 1 anchor", "newest anchor: 14 minutes old", "sound"]


def test_rows_added_after_the_newest_anchor_are_sound(own, tmp_path):
    sign(own, tmp_path)
    own.execute("ALTER TABLE access_logentry ENABLE TRIGGER USER")
    add(own, 3)
    assert said(own, tmp_path) == []


def test_an_empty_log_is_sound_and_can_be_signed(tmp_path):
    with tried() as own:
        assert verify(own, tmp_path).sound
        sign(own, tmp_path)
        assert verify(own, tmp_path).sound


ANOTHER = {
    "at": "at + interval '1 microsecond'",
    "actor": "gen_random_uuid()",
    "on_behalf_of": "actor",
    "verb": "'viewed'",
    "event": "'test.undone'",
    "subject_kind": "'test.thong'",
    "subject": "gen_random_uuid()",
    "listed": "listed || gen_random_uuid()",
    "request": "gen_random_uuid()",
    "digest_key": "2",
    "salt": "decode(repeat('00', 16), 'hex')",
    "reason_digest": "sha256('')",
    "detail_digest": "sha256('')",
    "hash": "sha256('')",
}
EMPTIED = {
    "at": "'infinity'",
    "actor": "NULL",
    "listed": "'{}'",
    "listed ": "ARRAY[listed]",
    "reason_digest": "NULL, detail_digest = reason_digest",
    "subject": "NULL, subject_kind = NULL",
    "actor ": "NULL, on_behalf_of = actor",
    "digest_key": "NULL, salt = NULL, reason_digest = NULL",
}


@pytest.mark.parametrize(("column", "value"), [*ANOTHER.items(), *EMPTIED.items()])
def test_a_changed_field_is_found_in_its_row(own, tmp_path, column, value):
    own.execute(f"UPDATE access_logentry SET {column} = {value} WHERE number IN (4, 8)")
    assert said(own, tmp_path) == ["lane, row 4: changed"]


def test_every_field_of_a_row_is_tampered_with_here():
    with tried() as own:
        columns = own.execute("SELECT * FROM access_logentry").description
    assert {column.name for column in columns} == ANOTHER.keys() | {"lane", "number", "prev"}


@pytest.mark.parametrize("prev", ["NULL", "sha256('')"])
def test_a_row_linked_to_something_else_is_found(own, tmp_path, prev):
    own.execute(f"UPDATE access_logentry SET prev = {prev} WHERE number = 4")
    assert said(own, tmp_path) == ["lane, row 4: not linked"]


def test_a_changed_row_given_its_right_hash_again_unlinks_the_next(own, tmp_path):
    own.execute("UPDATE access_logentry SET event = 'test.undone' WHERE number = 4")
    own.execute("UPDATE access_logentry l SET hash = sha256(access_log_line(l)) WHERE number = 4")
    assert said(own, tmp_path) == ["lane, row 5: not linked"]


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        ("number = 4", "lane, row 4: missing"),
        ("number = 1", "lane, row 1: missing"),
        ("number BETWEEN 3 AND 6", "lane, row 3: missing"),
        ("number IN (2, 9)", "lane, row 2: missing"),
    ],
)
def test_a_row_taken_out_is_found(own, tmp_path, gone, found):
    own.execute(f"DELETE FROM access_logentry WHERE {gone}")
    assert said(own, tmp_path) == [found]


def test_two_rows_in_each_others_place_are_found(own, tmp_path):
    own.execute("UPDATE access_logentry SET number = number + 100 WHERE number IN (4, 5)")
    own.execute("UPDATE access_logentry SET number = 109 - number WHERE number > 100")
    assert said(own, tmp_path) == ["lane, row 4: not linked"]


def test_a_row_put_in_between_is_found(own, tmp_path):
    own.execute("UPDATE access_logentry SET number = number + 100 WHERE number > 4")
    own.execute("UPDATE access_logentry SET number = number - 99 WHERE number > 100")
    own.execute(
        f"INSERT INTO access_logentry (lane, number, prev, {COLUMNS})"
        f" SELECT lane, 5, hash, {COLUMNS} FROM access_logentry WHERE number = 4"
    )
    own.execute("UPDATE access_logentry l SET hash = sha256(access_log_line(l)) WHERE number = 5")
    assert said(own, tmp_path) == ["lane, row 6: not linked"]


def test_a_row_added_by_hand_without_its_hash_is_found(own, tmp_path):
    own.execute(
        f"INSERT INTO access_logentry (lane, number, prev, {COLUMNS})"
        f" SELECT lane, 11, hash, {COLUMNS} FROM access_logentry WHERE number = 10"
    )
    assert said(own, tmp_path) == ["lane, row 11: changed"]


def test_a_row_moved_to_another_lane_is_found_in_both(own, tmp_path):
    mine = lane_of(own)
    add_lane(own, 70, 3)
    own.execute("UPDATE access_logentry SET lane = 70, number = 4 WHERE lane = %s AND number = 6", [mine])
    assert said(own, tmp_path) == ["lane, row 6: missing", "lane 70, row 4: not linked"]


def test_each_lane_reports_its_first(own, tmp_path):
    add_lane(own, 70, 6)
    own.execute("UPDATE access_logentry SET event = 'test.undone' WHERE number IN (2, 5)")
    assert said(own, tmp_path) == ["lane, row 2: changed", "lane 70, row 2: changed"]


def test_a_tail_cut_off_is_found_by_its_anchor(own, tmp_path):
    sign(own, tmp_path)
    own.execute("DELETE FROM access_logentry WHERE number > 7")
    assert said(own, tmp_path) == ["lane: ends at row 7, its anchor of NOW at row 10: shorter than its anchor"]


def test_a_tail_cut_off_and_grown_again_is_found_by_its_anchor(own, tmp_path):
    sign(own, tmp_path)
    own.execute("DELETE FROM access_logentry WHERE number > 7")
    own.execute("ALTER TABLE access_logentry ENABLE TRIGGER USER")
    add(own, 9)
    assert said(own, tmp_path) == ["lane, row 10: differs from its anchor of NOW"]


def test_a_lane_taken_out_whole_is_found_by_its_anchor(own, tmp_path):
    add_lane(own, 70, 5)
    sign(own, tmp_path)
    own.execute("DELETE FROM access_logentry WHERE lane = 70")
    assert said(own, tmp_path) == ["lane 70: ends at row 0, its anchor of NOW at row 5: shorter than its anchor"]


def test_a_log_emptied_is_found_by_its_anchor(own, tmp_path):
    sign(own, tmp_path)
    own.execute("DELETE FROM access_logentry")
    assert said(own, tmp_path) == ["lane: ends at row 0, its anchor of NOW at row 10: shorter than its anchor"]


def test_a_lane_written_again_from_its_beginning_is_found_by_its_anchor(own, tmp_path):
    sign(own, tmp_path)
    own.execute("UPDATE access_logentry SET actor = gen_random_uuid() WHERE number = 2")
    rewrite_lane(own, lane_of(own))
    assert own.execute("SELECT * FROM access_log_broken()").fetchall() == []
    assert said(own, tmp_path) == ["lane, row 10: differs from its anchor of NOW"]


def test_a_lane_written_again_and_anchored_again_is_found_by_the_older_anchor(own, tmp_path):
    sign(own, tmp_path)
    own.execute("UPDATE access_logentry SET actor = gen_random_uuid() WHERE number = 2")
    rewrite_lane(own, lane_of(own))
    sign(own, tmp_path, NOW + timedelta(minutes=15))
    assert said(own, tmp_path) == ["lane, row 10: differs from its anchor of NOW"]


def test_a_log_of_more_than_an_hour_that_nothing_anchors_is_not_called_sound(own, tmp_path):
    began = own.execute("SELECT min(at) FROM access_logentry").fetchone()[0]
    assert verify(own, tmp_path / "not-made-yet", began + timedelta(minutes=59)).sound
    later = verify(own, tmp_path, began + timedelta(minutes=61))
    assert [str(fault) for fault in later.faults] == [
        f"anchors: none in {tmp_path}, though the log began more than an hour ago"
    ]
    assert later.lines()[1:] == ["no anchor", str(later.faults[0]), "broken: 1 found"]


@pytest.mark.parametrize(
    "setting",
    [
        "TimeZone = 'Pacific/Chatham'",
        "DateStyle = 'German, DMY'",
        "extra_float_digits = -15",
        "bytea_output = 'escape'",
        "search_path = ''",
        "IntervalStyle = 'sql_standard'",
        "client_encoding = 'LATIN1'",
        "default_transaction_read_only = on",
        "array_nulls = off",
        "quote_all_identifiers = on",
    ],
)
def test_the_session_that_verifies_may_be_set_to_anything(own, tmp_path, setting):
    sign(own, tmp_path)
    own.execute(f"SET LOCAL {setting}")
    assert said(own, tmp_path) == []
    own.execute("UPDATE public.access_logentry SET event = 'test.undone' WHERE number = 3")
    assert said(own, tmp_path) == ["lane, row 3: changed"]


def test_ages_are_said_in_the_unit_a_person_would_use(own, tmp_path):
    sign(own, tmp_path)
    for later, words in [
        (timedelta(seconds=30), "0 minutes"),
        (timedelta(seconds=61), "1 minute"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=9, hours=5), "9 days"),
    ]:
        assert verify(own, tmp_path, NOW + later).lines()[1] == f"newest anchor: {words} old"
