from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0011_interventions'),
        ('people', '0003_entry_what_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HarmTold',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('act_by', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='harm_told', to='people.entry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='harm_told', to='casework.task')),
            ],
        ),
        migrations.CreateModel(
            name='Because',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True)),
                ('objective', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='because', to='people.entry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('entry',), name='because_of_words_once')],
            },
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
