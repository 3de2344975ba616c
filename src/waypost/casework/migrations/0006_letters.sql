-- Letters stand behind the walls of the record: see people/migrations/0002_walls.sql. Never edited after it has run.

ALTER TABLE public.casework_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.casework_letter USING (
    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
);
