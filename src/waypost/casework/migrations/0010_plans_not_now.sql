-- Why a plan does not answer a factor stands behind the walls of the record. Never edited after it has run.

ALTER TABLE public.casework_notnow ENABLE ROW LEVEL SECURITY;
CREATE POLICY walls ON public.casework_notnow USING (
    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])
);
