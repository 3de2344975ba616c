"""Many writers at once: nobody waits, nobody deadlocks, no chain forks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction

from tests.access.log_support import APP, add, session
from waypost.access import log
from waypost.access.models import Team

pytestmark = pytest.mark.django_db(transaction=True)


def together(writers: int, work: Callable[[int], None]) -> None:
    """Start all at the same moment; the first error of any of them is raised here."""
    start = Barrier(writers)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(run, range(writers)))


def read(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_fifty_writers_leave_every_row_in_sound_chains():
    def work(place: int) -> None:
        for turn in range(10):
            with transaction.atomic():
                log.record(None, log.Verb.CHANGED, f"test.writer_{place}", listed=[uuid4()])
                if turn % 5 == 4:
                    transaction.set_rollback(True)

    together(50, work)
    assert read("SELECT count(*), count(DISTINCT event) FROM access_logentry") == [(50 * 8, 50)]
    assert read("SELECT * FROM access_log_broken()") == []
    assert read("SELECT lane FROM access_logentry GROUP BY lane HAVING count(*) <> max(number)") == []


def test_two_subjects_in_opposite_orders_do_not_deadlock():
    both = [Team(pk=uuid4()), Team(pk=uuid4())]

    def work(place: int) -> None:
        order = both if place % 2 else both[::-1]
        for _ in range(15):
            with transaction.atomic():
                for subject in order:
                    log.record(None, log.Verb.CHANGED, "test.done", subject)
                    read("SELECT pg_sleep(0.002)")

    together(16, work)
    assert read("SELECT count(*) FROM access_logentry") == [(16 * 15 * 2,)]
    assert read("SELECT * FROM access_log_broken()") == []


def test_a_writer_whose_change_waits_for_another_does_not_hold_that_other_up_in_the_log():
    """The crossed order a shared chain would deadlock on: one logs and then changes, the other changes and then logs."""
    team = Team.objects.create(name="North")
    with session() as first, session() as second:
        for own in (first, second):
            own.execute("SET lock_timeout = '2s'")
        add(first)
        second.execute("UPDATE access_team SET name = 'South' WHERE id = %s", [team.pk])
        add(second)
        second.commit()
        first.execute("UPDATE access_team SET name = 'East' WHERE id = %s", [team.pk])
        first.commit()
    assert read("SELECT count(*), count(DISTINCT lane) FROM access_logentry") == [(2, 2)]


def test_when_all_sixty_four_lanes_are_taken_a_writer_takes_one_beyond_and_does_not_wait():
    with session(autocommit=True) as holder, session(APP) as own:
        holder.execute("SELECT pg_advisory_lock(7001, lane) FROM generate_series(0, 63) AS lane")
        own.execute("SET lock_timeout = '100ms'")
        _log(own)
        _log(own)
        own.commit()
    assert read("SELECT lane, number FROM access_logentry ORDER BY number") == [(64, 1), (64, 2)]


def test_with_no_lane_left_at_all_the_change_is_refused_not_logged_elsewhere():
    with session(autocommit=True) as holder, session(APP) as own:
        holder.execute("SELECT pg_advisory_lock(7001, lane) FROM generate_series(0, 1023) AS lane")
        with pytest.raises(psycopg.errors.LockNotAvailable, match="all 1024 lanes"):
            _log(own)
        own.rollback()
    assert read("SELECT count(*) FROM access_logentry") == [(0,)]


def test_a_row_undone_to_a_savepoint_gives_its_number_back():
    with transaction.atomic():
        log.record(None, log.Verb.CHANGED, "test.first")
        with pytest.raises(LookupError), transaction.atomic():
            log.record(None, log.Verb.CHANGED, "test.undone")
            raise LookupError
        log.record(None, log.Verb.CHANGED, "test.second")
    assert read("SELECT number, event FROM access_logentry ORDER BY number") == [(1, "test.first"), (2, "test.second")]
    assert read("SELECT * FROM access_log_broken()") == []


def test_a_writer_with_its_own_time_zone_and_formats_writes_the_same_bytes():
    with session(APP) as plain, session(APP) as odd:
        for setting in ODD:
            odd.execute(f"SET {setting}")
        for own in (plain, odd, plain, odd):
            _log(own, subject=uuid4())
            own.commit()
        for own in (plain, odd):
            assert own.execute("SELECT count(*) FROM public.access_log_broken()").fetchone() == (0,)
        lines = "SELECT string_agg(convert_from(public.access_log_line(l), 'UTF8'), '|' ORDER BY at) FROM {} l"
        assert len({own.execute(lines.format("public.access_logentry")).fetchone() for own in (plain, odd)}) == 1


ODD = [
    "TimeZone = 'Asia/Kathmandu'",
    "DateStyle = 'SQL, DMY'",
    "IntervalStyle = 'sql_standard'",
    "extra_float_digits = -15",
    "bytea_output = 'escape'",
    "search_path = pg_temp",
    "standard_conforming_strings = on",
    "client_encoding = 'LATIN1'",
    "jit = off",
]


def _log(own: psycopg.Connection, subject: UUID | None = None) -> None:
    own.execute(
        "INSERT INTO public.access_logentry (verb, event, listed, subject, subject_kind)"
        " VALUES ('viewed', 'test.seen', '{}', %s, %s)",
        [subject, subject and "test.thing"],
    )
