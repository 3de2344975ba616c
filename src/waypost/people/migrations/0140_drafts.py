from pathlib import Path

from django.conf import settings
from django.db import migrations, models

TOO_OLD = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='page',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='draft',
            name='turn',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('staff', 'person', 'form'), name='one_open_draft_of_a_form'),
        ),
        migrations.RunSQL(TOO_OLD, 'DROP FUNCTION IF EXISTS public.people_empty_drafts'),
    ]
