-- Drafts that are too old lose their words whoever's record is sealed meanwhile: the job that does it has no key to any.
-- Gives back ids only.

CREATE FUNCTION public.people_empty_drafts(last_saved timestamptz, at timestamptz) RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    UPDATE public.people_draft SET typed = '{}', ended_at = at
    WHERE ended_at IS NULL AND saved_at <= last_saved
    RETURNING id;
END;
