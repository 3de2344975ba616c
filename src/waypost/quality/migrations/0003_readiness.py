from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_panel_seats'),
        ('people', '0003_entry_what_changed'),
        ('quality', '0002_texts_as_long_as_they_are'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadinessResult',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('check_key', models.CharField(max_length=40)),
                ('since', models.DateField(null=True)),
                ('told', models.JSONField(default=dict)),
                ('about', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('first_seen', models.DateTimeField()),
                ('gone_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readiness', to='people.person')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.team')),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['check_key', 'first_seen'], name='readiness_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('gone_at__isnull', True)), fields=('person', 'check_key'), name='a_check_fires_once'), models.CheckConstraint(condition=models.Q(('gone_at__isnull', True), ('gone_at__gte', models.F('first_seen')), _connector='OR'), name='readiness_gone_after_seen')],
            },
        ),
        migrations.CreateModel(
            name='ReadinessRun',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('whole', models.BooleanField()),
                ('cases', models.PositiveIntegerField()),
                ('teams', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('whole', True)), fields=['-at'], name='whole_run_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Snooze',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('check_key', models.CharField(max_length=40)),
                ('until', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'check_key'), name='snoozed_once')],
            },
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
