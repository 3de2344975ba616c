from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_letters'),
        ('people', '0003_entry_what_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseloadRead',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('dry', models.BooleanField()),
                ('state', models.CharField(choices=[('waiting', 'waiting to begin'), ('going', 'going on'), ('ended', 'ended'), ('cut_off', 'cut off before its end'), ('refused', 'not read')], max_length=10)),
                ('ended_at', models.DateTimeField(null=True)),
                ('children', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('files', models.JSONField(default=list)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='RowProblem',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('file', models.CharField(max_length=255)),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('line', models.PositiveIntegerField()),
                ('column', models.CharField(blank=True, max_length=300)),
                ('sentence', models.CharField(max_length=600)),
                ('asks', models.BooleanField(default=False)),
                ('read', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='casework.caseloadread')),
            ],
            options={
                'ordering': ['-asks', 'file', 'line'],
            },
        ),
        migrations.CreateModel(
            name='System',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, unique=True)),
                ('salt', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False)),
                ('original', models.CharField(blank=True, max_length=300)),
                ('folder', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='systems', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='caseloadread',
            name='system',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='casework.system'),
        ),
        migrations.CreateModel(
            name='SystemMapping',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mappings', to='casework.system')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='caseloadread',
            name='mapping',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.systemmapping'),
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(blank=True, max_length=450)),
                ('key_digest', models.CharField(max_length=64)),
                ('child_key', models.CharField(blank=True, max_length=110)),
                ('became', models.UUIDField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('written_at', models.DateTimeField(null=True)),
                ('differs', models.BooleanField(default=False)),
                ('missing_since', models.DateField(null=True)),
                ('maybe', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('answer', models.CharField(blank=True, choices=[('same', 'the same child'), ('another', 'another child')], max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='people.person')),
                ('read', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.caseloadread')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='casework.system')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'kind'], name='origin_by_person')],
                'constraints': [models.UniqueConstraint(fields=('system', 'kind', 'key_digest'), name='origin_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='origin_answered_by_somebody')],
            },
        ),
        migrations.AddConstraint(
            model_name='systemmapping',
            constraint=models.UniqueConstraint(fields=('system', 'number'), name='mapping_version_once'),
        ),
        migrations.AddConstraint(
            model_name='caseloadread',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'going')), fields=('system',), name='one_reading_at_a_time'),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
