-- Walls for what was removed and moved away. Part of migration 0150 and never edited after it has run.

ALTER TABLE public.people_removal ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.people_removal USING (
    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND (wall_id IS NULL OR public.people_wall_open(wall_id))
)
WITH CHECK (person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]));

-- That something behind a wall was moved is known to those whom the wall opens to.
DROP POLICY walls ON public.people_moved;
CREATE POLICY walls ON public.people_moved USING (
    left_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND to_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND (wall_id IS NULL OR public.people_wall_open(wall_id))
)
WITH CHECK (
    left_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND to_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
);

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
