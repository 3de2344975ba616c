from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0008_assessments'),
        ('people', '0003_entry_what_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('revision', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('locked_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('assessment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='casework.assessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans_begun', to=settings.AUTH_USER_MODEL)),
                ('dropped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('locked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans_countersigned', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='casework.outcome')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='people.person')),
                ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='casework.plan')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans_signed', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ObjectiveFactor',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('objective', models.UUIDField()),
                ('factor', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answering', to='casework.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('root', models.UUIDField()),
                ('part', models.CharField(choices=[('change', 'Away from offending'), ('others', 'Keeping others safe'), ('safety', 'Keeping the child safe')], max_length=10)),
                ('place', models.PositiveSmallIntegerField()),
                ('words', models.TextField(blank=True)),
                ('own_words', models.TextField(blank=True)),
                ('how_we_know', models.TextField(blank=True)),
                ('starts', models.DateField(null=True)),
                ('by_day', models.DateField()),
                ('agency', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='people.person')),
                ('said_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='people.entry')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='casework.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Agreed',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('who', models.CharField(choices=[('child', 'the child'), ('carer', 'a carer')], max_length=10)),
                ('day', models.DateField(null=True)),
                ('why_not', models.TextField(blank=True)),
                ('own_words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed', to='casework.plan')),
            ],
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('signed', 'signed'), ('taken_back', 'taken back to be gone on with'), ('sent_back', 'sent back by whoever was to countersign'), ('countersigned', 'countersigned'), ('dropped', 'dropped: begun in error')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='casework.plan')),
            ],
        ),
        migrations.CreateModel(
            name='PlanWords',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=40)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='casework.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('objective', models.UUIDField()),
                ('state', models.CharField(choices=[('not_begun', 'Not begun'), ('going', 'Under way'), ('reached', 'Reached'), ('partly', 'Partly reached'), ('stopped', 'Stopped')], max_length=10)),
                ('words', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Undertaking',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('objective', models.UUIDField()),
                ('who', models.CharField(choices=[('staff', 'one of us'), ('agency', 'another agency'), ('child', 'the child'), ('carer', 'a carer')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('agency', models.CharField(blank=True, max_length=40)),
                ('what', models.TextField(blank=True)),
                ('by_day', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undertakings', to='casework.plan')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undertakings', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('person', 'number'), name='one_plan_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True), ('locked_at__isnull', True)), fields=('person',), name='one_open_plan_of_a_child'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), _connector='OR'), name='plan_signed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('locked_at__isnull', False), ('locked_by__isnull', False)), models.Q(('locked_at__isnull', True), ('locked_by__isnull', True)), _connector='OR'), name='plan_locked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False)), models.Q(('dropped_at__isnull', True), ('dropped_by__isnull', True)), _connector='OR'), name='plan_dropped_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('locked_at__isnull', True), models.Q(('signed_at__isnull', False), models.Q(('locked_by', models.F('signed_by')), _negated=True)), _connector='OR'), name='plan_countersigned_by_another'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('locked_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='locked_plan_stays'),
        ),
        migrations.AddConstraint(
            model_name='objectivefactor',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('plan', 'objective', 'factor'), name='objective_answers_once'),
        ),
        migrations.AddIndex(
            model_name='objective',
            index=models.Index(condition=models.Q(('replaced_at__isnull', True)), fields=['person'], name='objective_by_person'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('plan', 'root'), name='objective_once_in_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='agreed',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('plan', 'who'), name='agreed_once_with_each'),
        ),
        migrations.AddConstraint(
            model_name='agreed',
            constraint=models.CheckConstraint(condition=models.Q(('day__isnull', True), ('why_not', ''), _connector='OR'), name='agreed_on_a_day_or_why_not'),
        ),
        migrations.AddConstraint(
            model_name='planwords',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('plan', 'what'), name='plan_says_once'),
        ),
        migrations.AddIndex(
            model_name='progress',
            index=models.Index(fields=['person', 'objective'], name='progress_by_objective'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('objective',), name='one_progress_of_an_objective'),
        ),
        migrations.AddConstraint(
            model_name='undertaking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('staff__isnull', False), ('who', 'staff')), models.Q(models.Q(('who', 'staff'), _negated=True), ('staff__isnull', True)), _connector='OR'), name='undertaken_by_one_of_us_or_another'),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
