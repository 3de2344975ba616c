from pathlib import Path

from django.db import migrations

WALLS = Path(__file__).with_suffix('.sql').read_text()
NO_WALLS = '''
    DROP SEQUENCE IF EXISTS public.people_child_number;
    ALTER TABLE public.people_placement DROP CONSTRAINT IF EXISTS placements_do_not_overlap;
    DROP TYPE IF EXISTS public.people_ids;
    DROP FUNCTION IF EXISTS public.people_children_in_all, public.people_restricted, public.people_empty_drafts;
    DROP FUNCTION IF EXISTS public.people_part_sealed_from_me;
    DROP FUNCTION IF EXISTS public.people_sealed_from_me, public.people_wall_open, public.people_has_key CASCADE;
    DROP FUNCTION IF EXISTS public.people_asked_at;
'''


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
