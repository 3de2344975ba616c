from pathlib import Path

from django.db import migrations

WALLS = Path(__file__).with_suffix('.sql').read_text()
NO_WALLS = 'ALTER TABLE public.casework_remand DROP CONSTRAINT IF EXISTS remands_do_not_overlap;'


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0001_initial'),
        ('people', '0002_walls'),
    ]

    operations = [
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
