from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waypost.kernel.ids

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_hearing_proposed'),
        ('people', '0003_entry_what_changed'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='objective',
            field=models.CharField(blank=True, default='', max_length=200),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='OffenceHarmed',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('harmed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.harmed')),
                ('offence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='harmed', to='casework.offence')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('offence', 'harmed'), name='harmed_once_by_an_offence')],
            },
        ),
        migrations.CreateModel(
            name='Lateness',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=40)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lateness', to='casework.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('task',), name='one_reason_why_a_task_is_late')],
            },
        ),
        migrations.AddField(
            model_name='hearing',
            name='attends_words',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name='AtBench',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('court', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='at_bench', to='casework.hearing')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('court',), name='one_case_before_a_bench'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='at_bench_ends_by_somebody'),
                ],
            },
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
