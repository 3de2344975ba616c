-- Walls: what the database itself keeps back, whatever a query forgets. Part of migration 0002 and never edited after it
-- has run: a change is a new migration with its own file.
--
-- `access.asking` says who asks, for the rest of the transaction. Where nobody has been named every wall is closed.
-- The functions run as the owner, to whom the policies do not apply; each gives back a yes, a no, a count or ids only.

CREATE FUNCTION public.people_asked_at() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(pg_catalog.current_setting('waypost.at', true), '')::timestamptz, pg_catalog.now());

CREATE FUNCTION public.people_has_key(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM public.people_wallkey k
        WHERE k.wall_id = asked
            AND k.staff_id = nullif(current_setting('waypost.staff', true), '')::uuid
            AND k.since <= public.people_asked_at()
            AND (k.until IS NULL OR k.until > public.people_asked_at())
    );
END;

CREATE FUNCTION public.people_wall_open(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM public.people_wall w
        WHERE w.id = asked AND (
            w.ended_at IS NOT NULL
            OR w.kind = ANY (string_to_array(coalesce(current_setting('waypost.walls', true), ''), ','))
            OR (w.kind = 'held_back' AND w.agency = current_setting('waypost.agency', true))
            OR public.people_has_key(w.id)
        )
    );
END;

-- Who is sealed, with what was combined into a sealed record: it is one child. Asked by every query of every page, so
-- that the keys are joined and not asked for one by one.
CREATE FUNCTION public.people_sealed_from_me() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH closed AS MATERIALIZED (
        SELECT w.person_id
        FROM public.people_wall w
        WHERE w.kind = 'sealed' AND w.ended_at IS NULL AND NOT EXISTS (
            SELECT FROM public.people_wallkey k
            WHERE k.wall_id = w.id
                AND k.staff_id = nullif(current_setting('waypost.staff', true), '')::uuid
                AND k.since <= public.people_asked_at()
                AND (k.until IS NULL OR k.until > public.people_asked_at())
        )
    )
    SELECT coalesce(array_agg(c.person_id), '{}') FROM (
        SELECT closed.person_id FROM closed
        UNION ALL
        SELECT c.person_id FROM closed JOIN public.people_child c ON c.combined_into_id = closed.person_id
    ) c;
END;


-- Everybody counts in the service's total, sealed or not.
CREATE FUNCTION public.people_children_in_all() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT count(*) FROM public.people_child c WHERE c.combined_into_id IS NULL;
END;

-- Every statement about a person stands behind two walls: the person's and its own. Anybody may put something behind a
-- wall, as through a letter-box; only those it opens to read it.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'address', 'alert', 'birth', 'carestatus', 'contactdetail', 'document', 'education', 'entry', 'exclusion',
        'harmed', 'health', 'identifier', 'language', 'name', 'need', 'particular', 'placement', 'relation', 'removal',
        'workswith'
    ] LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', 'people_' || kept);
        EXECUTE format(
            'CREATE POLICY walls ON public.%I USING ('
            '    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])'
            '    AND (wall_id IS NULL OR public.people_wall_open(wall_id)))'
            'WITH CHECK (person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]))',
            'people_' || kept
        );
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['allocation', 'ask', 'child', 'draft', 'hold', 'namekey', 'openedwithreason'] LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', 'people_' || kept);
        EXECUTE format(
            'CREATE POLICY walls ON public.%I USING ('
            '    person_id IS NULL OR person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]))',
            'people_' || kept
        );
    END LOOP;
END $$;

ALTER TABLE public.people_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.people_person USING (id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]));

ALTER TABLE public.people_moved ENABLE ROW LEVEL SECURITY;
-- That something behind a wall was moved is known to those whom the wall opens to.
CREATE POLICY walls ON public.people_moved USING (
    left_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND to_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND (wall_id IS NULL OR public.people_wall_open(wall_id))
)
WITH CHECK (
    left_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND to_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
);

ALTER TABLE public.people_combined ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.people_combined USING (
    kept_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND gone_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
);

-- Who is sealed is itself not known. What is held back is known to be so, and by whom: one can ask for it.
ALTER TABLE public.people_wall ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON public.people_wall FOR SELECT USING (
    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND (kind IN ('held_back', 'sealed') OR public.people_wall_open(id))
);
CREATE POLICY made ON public.people_wall FOR INSERT WITH CHECK (true);
CREATE POLICY ended ON public.people_wall FOR UPDATE USING (public.people_wall_open(id)) WITH CHECK (true);

ALTER TABLE public.people_wallkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON public.people_wallkey FOR SELECT USING (public.people_wall_open(wall_id));
CREATE POLICY given ON public.people_wallkey FOR INSERT WITH CHECK (true);
CREATE POLICY ended ON public.people_wallkey FOR UPDATE USING (public.people_wall_open(wall_id)) WITH CHECK (true);

-- Whether a number, or a birth date together with a name, is that of a record which is closed to whoever asks.
-- `sounds` are keys of the name asked for and `places` the part of it that each is of, -1 where it is of two parts
-- written as one. Of so many parts as `enough` says one key must fit; and all that was asked for must fit, or all of one
-- of their names: a twin who shares a middle and a family name is not the same child. A number behind a wall of its own
-- is closed too: it cannot be given to anybody else.
CREATE FUNCTION public.people_restricted(
    schemes text[], numbers text[], days date[], sounds text[], places integer[], enough integer
) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH sealed AS (
        SELECT unnest(public.people_sealed_from_me()) AS person
    ), hidden AS (
        SELECT s.person, coalesce(c.combined_into_id, s.person) AS child
        FROM sealed s LEFT JOIN public.people_child c ON c.person_id = s.person
    )
    SELECT EXISTS (
        SELECT FROM unnest(schemes, numbers) AS asked (scheme, number)
        JOIN public.people_identifier i ON i.scheme = asked.scheme AND i.value = asked.number
        WHERE i.replaced_at IS NULL AND i.removed_on IS NULL AND (
            i.person_id IN (SELECT s.person FROM sealed s)
            OR (i.wall_id IS NOT NULL AND NOT public.people_wall_open(i.wall_id))
        )
    ) OR (enough > 0 AND EXISTS (
        SELECT FROM hidden found
        WHERE EXISTS (
            SELECT FROM hidden h JOIN public.people_birth b ON b.person_id = h.person
            WHERE h.child = found.child AND b.born = ANY (days) AND b.replaced_at IS NULL AND b.removed_on IS NULL
        ) AND enough <= (
            SELECT count(DISTINCT asked.place)
            FROM hidden h
            JOIN public.people_namekey k ON k.person_id = h.person
            JOIN unnest(sounds, places) AS asked (sound, place) ON asked.sound = k.sound
            WHERE h.child = found.child
        ) AND (
            NOT EXISTS (
                SELECT FROM unnest(places) AS asked (place)
                WHERE asked.place >= 0 AND asked.place NOT IN (
                    SELECT met.place
                    FROM hidden h
                    JOIN public.people_namekey k ON k.person_id = h.person
                    JOIN unnest(sounds, places) AS met (sound, place) ON met.sound = k.sound
                    WHERE h.child = found.child
                )
            ) OR EXISTS (
                SELECT FROM hidden h JOIN public.people_namekey k ON k.person_id = h.person
                WHERE h.child = found.child AND k.part <> ''
                GROUP BY k.name_id
                HAVING count(DISTINCT k.part) = count(DISTINCT k.part) FILTER (WHERE k.sound = ANY (sounds))
            )
        )
    ));
END;

-- Whether somebody's record is sealed from whoever asks: a yes or a no, so that half of a child is not taken for the
-- whole when it is removed or given out.
CREATE FUNCTION public.people_part_sealed_from_me(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM public.people_child c
        WHERE (c.person_id = asked OR c.combined_into_id = asked)
            AND c.person_id = ANY ((SELECT public.people_sealed_from_me())::uuid[])
    );
END;

-- Drafts that are too old lose their words whoever's record is sealed meanwhile: the job that does it has no key to any.
-- Gives back ids only.

CREATE FUNCTION public.people_empty_drafts(last_saved timestamptz, at timestamptz) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    UPDATE public.people_draft SET typed = '{}', ended_at = at
    WHERE ended_at IS NULL AND saved_at <= last_saved
    RETURNING id;
END;

-- No two placements of one child at one time. Ranges of ids, because an index over an id and a period at once would
-- otherwise need an extension that the server may not have.
CREATE TYPE public.people_ids AS RANGE (subtype = uuid);
ALTER TABLE public.people_placement ADD CONSTRAINT placements_do_not_overlap EXCLUDE USING gist (
    public.people_ids(person_id, person_id, '[]') WITH &&, daterange(since, until, '[]') WITH &&
) WHERE (replaced_at IS NULL AND removed_on IS NULL);

-- The number by which a child is known here: 26-0417.
CREATE SEQUENCE public.people_child_number;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'waypost_app') THEN
        GRANT USAGE ON SEQUENCE public.people_child_number TO waypost_app;
    END IF;
END $$;
