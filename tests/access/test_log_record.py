"""What one row of the log holds, and what it refuses to hold."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.log_support import APP, session, tried
from waypost.access import log
from waypost.access.log_models import LogEntry
from waypost.access.models import Staff, Team
from waypost.access.requests import request_id

pytestmark = pytest.mark.django_db


def the_row() -> LogEntry:
    return LogEntry.objects.get()


def test_a_row_says_who_did_what_to_which_thing_for_whom_and_in_which_request():
    by = Staff.objects.create_user("a@example.org", name="A")
    deputy_of = Staff.objects.create_user("b@example.org", name="B")
    team = Team.objects.create(name="North")
    asked, shown = uuid4(), [uuid4(), uuid4()]
    token = request_id.set(str(asked))
    log.record(by, log.Verb.DISCLOSED, "team.sent", team, listed=iter(shown), on_behalf_of=deputy_of)
    request_id.reset(token)

    row = the_row()
    assert (row.actor, row.on_behalf_of, row.verb, row.event) == (by.pk, deputy_of.pk, "disclosed", "team.sent")
    assert (row.subject_kind, row.subject, row.listed, row.request) == ("access.team", team.pk, shown, asked)
    assert abs(row.at - timezone.now()) < timedelta(minutes=1)


def test_the_system_itself_is_nobody_and_needs_no_request():
    log.record(None, log.Verb.COLLECTED, "test.fetched")
    row = the_row()
    assert (row.actor, row.subject, row.subject_kind, row.request, row.listed) == (None, None, None, None, [])
    assert (row.salt, row.reason_digest, row.detail_digest) == (None, None, None)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_logged_outside_the_transaction_that_does_it():
    with pytest.raises(TransactionManagementError, match=r"test\.done must be logged in the transaction"):
        log.record(None, log.Verb.CHANGED, "test.done")
    assert not LogEntry.objects.exists()


def test_a_change_taken_back_takes_its_row_with_it():
    with pytest.raises(LookupError), transaction.atomic():
        log.record(None, log.Verb.CHANGED, "test.done")
        raise LookupError
    log.record(None, log.Verb.CHANGED, "test.done_again")
    assert [(row.number, row.event) for row in LogEntry.objects.all()] == [(1, "test.done_again")]


def test_words_leave_a_digest_that_only_the_same_words_and_the_key_confirm(settings):
    settings.LOG_DIGEST_KEYS = {3: "old", 4: "new"}
    words = {"to": "Café in Y Bala", "pages": 3}
    log.record(None, log.Verb.CHANGED, "test.done", reason="his mother rang", detail=words)
    row = the_row()
    assert row.digest_key == 4
    assert log.matches(row, reason="his mother rang", detail={"pages": 3, "to": "Café in Y Bala"})
    assert not log.matches(row, reason="his father rang", detail=words)
    assert not log.matches(row, reason="his mother rang", detail=words | {"pages": 4})
    assert not log.matches(row, reason="his mother rang")

    settings.LOG_DIGEST_KEYS = {4: "another installation's", 5: "newer"}
    assert not log.matches(row, reason="his mother rang", detail=words)
    settings.LOG_DIGEST_KEYS = {5: "newer"}
    with pytest.raises(LookupError, match="Key 4"):
        log.matches(row, reason="his mother rang", detail=words)


def test_the_same_words_twice_do_not_look_the_same_and_a_reason_is_not_a_detail():
    for _ in range(2):
        log.record(None, log.Verb.CHANGED, "test.done", reason='"x"', detail="x")  # type: ignore[arg-type]
    digests = [bytes(d) for row in LogEntry.objects.all() for d in (row.reason_digest, row.detail_digest)]
    assert len(set(digests)) == 4


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event", "'He rang about his mother'"),
        ("event", "'rang'"),
        ("event", "E'test.done\\n'"),
        ("verb", "'read'"),
        ("subject_kind", "'the boy from no. 7'"),
        ("subject_kind", "NULL"),
        ("subject", "NULL"),
        ("reason_digest", "'he rang'::bytea"),
        ("detail_digest", "'he rang'::bytea"),
        ("salt", "'he rang'::bytea"),
        ("salt", "NULL"),
        ("digest_key", "NULL"),
    ],
)
def test_the_database_has_no_room_for_words(column, value):
    row = {
        "verb": "'changed'",
        "event": "'test.done'",
        "subject_kind": "'test.thing'",
        "subject": "gen_random_uuid()",
        "listed": "'{}'",
        "digest_key": "1",
        "salt": "decode(repeat('00', 16), 'hex')",
        "reason_digest": "sha256('')",
    }
    with connection.cursor() as cursor:
        cursor.execute(_insert(row))
        with pytest.raises(IntegrityError, match="violates check constraint"):
            cursor.execute(_insert(row | {column: value}))


def _insert(row: dict[str, str]) -> str:
    return f"INSERT INTO access_logentry ({', '.join(row)}) VALUES ({', '.join(row.values())})"


def test_the_writer_chooses_neither_lane_nor_number_nor_time_nor_hashes():
    with tried(APP) as own:
        own.execute(
            "INSERT INTO access_logentry (lane, number, at, verb, event, listed, prev, hash)"
            " VALUES (1000, 77, '1999-12-31', 'changed', 'test.done', '{}', '\\x01', '\\x02')"
        )
        lane, number, ago, prev, digest = own.execute(
            "SELECT lane, number, now() - at, prev, octet_length(hash) FROM access_logentry"
        ).fetchone()
        assert (lane, number, prev, digest) == (own.info.backend_pid % 64, 1, None, 32)
        assert abs(ago) < timedelta(minutes=1)


def test_rows_of_one_statement_follow_one_another():
    with tried(APP) as own:
        own.execute(
            "INSERT INTO access_logentry (verb, event, listed)"
            " SELECT 'viewed', 'test.seen', '{}' FROM generate_series(1, 40)"
        )
        assert own.execute("SELECT max(number), count(*) FROM access_logentry").fetchone() == (40, 40)
        assert own.execute("SELECT * FROM access_log_broken()").fetchall() == []


def test_an_older_snapshot_may_not_write():
    with session() as own:
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(psycopg.Error, match="written at read committed"):
            own.execute("INSERT INTO access_logentry (verb, event, listed) VALUES ('viewed', 'test.seen', '{}')")
        own.rollback()


EVENTS = st.from_regex(r"[a-z][a-z0-9_]{0,20}\.[a-z0-9_]{1,20}", fullmatch=True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.uuids(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(log.Verb),
        EVENTS,
        st.lists(st.uuids(), max_size=5),
        st.text(),
        st.none() | st.dictionaries(st.text(), JSON, max_size=4),
        st.none() | st.uuids(),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_is_recorded_the_log_is_sound_and_its_words_match(rows):
    for verb, event, listed, reason, detail, asked in rows:
        subject = None if asked is None else Team(pk=UUID(int=asked.int))
        log.record(None, verb, event, subject, listed=listed, reason=reason, detail=detail)
    written = LogEntry.objects.order_by("-number")[: len(rows)]
    for row, (_, event, listed, reason, detail, _) in zip(reversed(written), rows, strict=True):
        assert (row.event, row.listed) == (event, listed)
        assert log.matches(row, reason=reason, detail=detail)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_log_broken()")
        assert cursor.fetchall() == []
