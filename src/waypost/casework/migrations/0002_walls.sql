-- Casework stands behind the walls of the record: see people/migrations/0002_walls.sql. Never edited after it has run.

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'appeal', 'coaccused', 'consent', 'contract', 'exitplan', 'expectedcontact', 'hearing', 'involvement', 'offence',
        'outcome', 'oversight', 'remand', 'requirement', 'transfer', 'transitionstep'
    ] LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', 'casework_' || kept);
        EXECUTE format(
            'CREATE POLICY walls ON public.%I USING ('
            '    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[])'
            '    AND (wall_id IS NULL OR public.people_wall_open(wall_id)))'
            'WITH CHECK (person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]))',
            'casework_' || kept
        );
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['attendance', 'contact', 'contactworker', 'decision', 'outcomefor', 'task'] LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', 'casework_' || kept);
        EXECUTE format(
            'CREATE POLICY walls ON public.%I USING ('
            '    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]))',
            'casework_' || kept
        );
    END LOOP;
END $$;

-- No two remands of one child at one time; the day of a hearing belongs to the one that ends and to the one that begins.
ALTER TABLE public.casework_remand ADD CONSTRAINT remands_do_not_overlap EXCLUDE USING gist (
    public.people_ids(person_id, person_id, '[]') WITH &&, daterange(since, until, '[)') WITH &&
) WHERE (replaced_at IS NULL AND removed_on IS NULL);
