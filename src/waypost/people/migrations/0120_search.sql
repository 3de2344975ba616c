-- What a search may ask of records it may not see: whether it would have found one, and nothing more.

-- Who is sealed, with what was combined into a sealed record: it is one child. Asked by every query of every page, so
-- that the keys are joined and not asked for one by one.
CREATE OR REPLACE FUNCTION public.people_sealed_from_me() RETURNS uuid[]
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

-- Whether a number, or a birth date together with a name, is that of a record which is closed to whoever asks.
-- `sounds` are keys of the name asked for and `places` the part of it that each is of; of so many parts as `enough`
-- says one key must fit. A number behind a wall of its own is closed too: it cannot be given to anybody else.
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
        )
    ));
END;
