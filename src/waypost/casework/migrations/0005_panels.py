from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models


WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0004_lateness_and_ties'),
        ('people', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PanelMeeting',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('root', models.UUIDField()),
                ('kind', models.CharField(max_length=40)),
                ('starts', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels_arranged', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='casework.outcome')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='PanelChange',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('was_starts', models.DateTimeField()),
                ('was_place', models.CharField(blank=True, max_length=200)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='casework.panelmeeting')),
            ],
        ),
        migrations.CreateModel(
            name='PanelMember',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('seat', models.CharField(choices=[('adviser', 'of the service'), ('volunteer', 'volunteer')], max_length=10)),
                ('at', models.DateTimeField()),
                ('off_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='casework.panelmeeting')),
                ('off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panels', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PanelPaper',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('off_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel_papers', to='people.document')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='casework.panelmeeting')),
                ('off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='PanelResult',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('result', models.CharField(max_length=40)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='casework.panelmeeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.AddIndex(
            model_name='panelmeeting',
            index=models.Index(fields=['person', '-starts'], name='panel_by_person'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.UniqueConstraint(condition=models.Q(('off_at__isnull', True)), fields=('meeting', 'staff'), name='sits_once'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.UniqueConstraint(condition=models.Q(('off_at__isnull', True), ('seat', 'adviser')), fields=('meeting',), name='one_adviser_of_a_panel'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('off_at__isnull', True), ('off_by__isnull', True)), models.Q(('off_at__isnull', False), ('off_by__isnull', False)), _connector='OR'), name='member_taken_off_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='panelpaper',
            constraint=models.UniqueConstraint(condition=models.Q(('off_at__isnull', True)), fields=('meeting', 'document'), name='paper_once'),
        ),
        migrations.AddConstraint(
            model_name='panelpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('off_at__isnull', True), ('off_by__isnull', True)), models.Q(('off_at__isnull', False), ('off_by__isnull', False)), _connector='OR'), name='paper_taken_off_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='panelresult',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('meeting',), name='one_result_of_a_panel'),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
