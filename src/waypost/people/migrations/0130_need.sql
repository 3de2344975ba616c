-- The walls of what somebody asked an agency for. Part of migration 0130 and never edited after it has run.
ALTER TABLE public.people_ask ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.people_ask USING (person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]));
