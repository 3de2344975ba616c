-- Interventions stand behind the walls of the record: see people/migrations/0002_walls.sql. Never edited after it has run.

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['intervention', 'interventionsession'] LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', 'casework_' || kept);
        EXECUTE format(
            'CREATE POLICY walls ON public.%I USING ('
            '    person_id <> ALL ((SELECT public.people_sealed_from_me())::uuid[]))',
            'casework_' || kept
        );
    END LOOP;
END $$;
