-- Where something was read from stands behind the walls of the record: see people/migrations/0002_walls.sql. A child
-- whom nobody here knows yet has no record to stand behind. Never edited after it has run.

ALTER TABLE public.casework_origin ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.casework_origin USING (
    person_id IS NULL OR person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
);
