from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WorksWith',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('agency', models.CharField(max_length=40)),
                ('said_by', models.CharField(blank=True, max_length=40)),
                ('speaker', models.CharField(blank=True, max_length=150)),
                ('how', models.CharField(choices=[('observed', 'seen or heard by the worker'), ('reported', 'told to the worker'), ('read', 'read in a document')], max_length=10)),
                ('basis', models.CharField(max_length=60)),
                ('disclosure', models.CharField(max_length=40)),
                ('once', models.UUIDField(null=True, unique=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('removed_on', models.DateField(null=True)),
                ('removed_rule', models.CharField(blank=True, max_length=40)),
                ('role', models.CharField(blank=True, max_length=100)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_by', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_of', to='people.person')),
                ('professional', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.professional')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='people.workswith')),
                ('wall', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.wall')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='workswith_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('removed_on__isnull', True), ('removed_rule', '')), models.Q(('removed_on__isnull', False), models.Q(('removed_rule', ''), _negated=True)), _connector='OR'), name='workswith_removed_under_a_rule')],
            },
        ),
        migrations.RunSQL(WALLS, 'DROP POLICY IF EXISTS walls ON public.people_workswith;'),
    ]
