-- The log's chains. Part of migration 0002 and never edited after it has run: a change is a new migration with its own file.
--
-- A writer takes the first lane no other open transaction holds and appends to its chain. 64 lanes are used in turn; the
-- lanes above them are for when all 64 are taken, so that no writer ever waits for the log: what never waits cannot
-- take part in a deadlock. A transaction keeps its lanes until it ends, so a chain never forks.

-- The bytes a row's hash is taken over: one line a field, an empty line for null. No field can hold a line break
-- (the table's constraints), so no two rows share their bytes. Parsed once, here: no session's search path, time zone,
-- date style, float digits or bytea output can change it. How to rebuild it elsewhere: docs/how-to/check-the-log.md
CREATE FUNCTION public.access_log_line(r public.access_logentry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN pg_catalog.convert_to(pg_catalog.array_to_string(ARRAY[
    'waypost log 1',
    r.lane::pg_catalog.text,
    r.number::pg_catalog.text,
    EXTRACT(epoch FROM r.at)::pg_catalog.text,
    r.actor::pg_catalog.text,
    r.on_behalf_of::pg_catalog.text,
    r.verb::pg_catalog.text,
    r.event::pg_catalog.text,
    r.subject_kind::pg_catalog.text,
    r.subject::pg_catalog.text,
    r.listed::pg_catalog.text,
    r.request::pg_catalog.text,
    r.digest_key::pg_catalog.text,
    pg_catalog.encode(r.salt, 'hex'),
    pg_catalog.encode(r.reason_digest, 'hex'),
    pg_catalog.encode(r.detail_digest, 'hex'),
    pg_catalog.encode(r.prev, 'hex')
], E'\n', ''), 'UTF8');

CREATE FUNCTION public.access_log_chain() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lanes CONSTANT integer := 64;
    lanes_in_need CONSTANT integer := 1024;
    first_tried CONSTANT integer := pg_backend_pid() % lanes;
    head record;
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'the log is written at read committed: an older snapshot does not see the head of its lane'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    new.lane := NULL;
    FOR i IN 0 .. lanes_in_need - 1 LOOP
        new.lane := CASE WHEN i < lanes THEN (first_tried + i) % lanes ELSE i END;
        EXIT WHEN pg_try_advisory_xact_lock(7001, new.lane);
        new.lane := NULL;
    END LOOP;
    IF new.lane IS NULL THEN
        RAISE EXCEPTION 'all % lanes of the log are taken', lanes_in_need USING ERRCODE = 'lock_not_available';
    END IF;
    SELECT l.number, l.hash INTO head FROM public.access_logentry l WHERE l.lane = new.lane ORDER BY l.number DESC LIMIT 1;
    new.number := coalesce(head.number, 0) + 1;
    new.at := clock_timestamp();
    new.prev := head.hash;
    new.hash := sha256(public.access_log_line(new));
    RETURN new;
END $$;

CREATE TRIGGER chain BEFORE INSERT ON public.access_logentry
FOR EACH ROW EXECUTE FUNCTION public.access_log_chain();

-- Against mistakes only: whoever owns the table can take this away, and an anchor will show what they did.
CREATE FUNCTION public.access_log_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the log is only added to' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON public.access_logentry
FOR EACH STATEMENT EXECUTE FUNCTION public.access_log_kept();

-- The newest row of every lane, by one look at the index for each.
CREATE FUNCTION public.access_log_heads() RETURNS TABLE (lane integer, number bigint, hash bytea)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT lanes.lane, head.number, head.hash
    FROM pg_catalog.generate_series(0, 1023) AS lanes (lane)
    CROSS JOIN LATERAL (
        SELECT l.number, l.hash FROM public.access_logentry l WHERE l.lane = lanes.lane ORDER BY l.number DESC LIMIT 1
    ) AS head
    ORDER BY lanes.lane;
END;

-- The first row of every lane that is changed, not linked to the one before, or before which one is missing.
CREATE FUNCTION public.access_log_broken() RETURNS TABLE (lane integer, number bigint, why text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT DISTINCT ON (x.lane) x.lane::pg_catalog.int4,
        CASE WHEN x.number <> x.expected THEN x.expected ELSE x.number END,
        CASE WHEN x.number <> x.expected THEN 'missing' WHEN x.prev IS DISTINCT FROM x.linked THEN 'not linked'
            ELSE 'changed' END
    FROM (
        SELECT l.lane, l.number, l.prev, l.hash,
            coalesce(pg_catalog.lag(l.number) OVER w, 0) + 1 AS expected,
            pg_catalog.lag(l.hash) OVER w AS linked,
            pg_catalog.sha256(public.access_log_line(l)) AS recomputed
        FROM public.access_logentry l
        WINDOW w AS (PARTITION BY l.lane ORDER BY l.number)
    ) AS x
    WHERE x.number <> x.expected OR x.prev IS DISTINCT FROM x.linked OR x.hash IS DISTINCT FROM x.recomputed
    ORDER BY x.lane, x.number;
END;

-- A digest has a digest's length, so no words fit beside it or in its place.
ALTER TABLE public.access_logentry ADD CONSTRAINT log_digests_are_digests CHECK (
    octet_length(salt) = 16 AND octet_length(reason_digest) = 32 AND octet_length(detail_digest) = 32
);
ALTER TABLE public.access_logentry ADD CONSTRAINT log_lanes_are_counted CHECK (lane BETWEEN 0 AND 1023 AND number >= 1);

-- The web and the worker read the log and add to it, no more. A trigger stops mistakes, a privilege stops people.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'waypost_app') THEN
        REVOKE ALL ON public.access_logentry FROM waypost_app;
        GRANT SELECT, INSERT ON public.access_logentry TO waypost_app;
    END IF;
END $$;
