-- Somebody at another agency who works with a child is a statement like the others: behind the person's wall and its own.

ALTER TABLE public.people_workswith ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.people_workswith USING (
    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
    AND (wall_id IS NULL OR public.people_wall_open(wall_id))
) WITH CHECK (person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]));
