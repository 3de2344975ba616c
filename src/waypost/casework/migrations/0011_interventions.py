from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0010_plans_not_now'),
        ('people', '0003_entry_what_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Intervention',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('objective', models.UUIDField(null=True)),
                ('why_no_objective', models.TextField(blank=True)),
                ('programme', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('sessions', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('agency', models.CharField(max_length=40)),
                ('format', models.CharField(max_length=40)),
                ('fitted', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=40)),
                ('ended_words', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interventions_planned', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interventions', to='people.person')),
                ('professional', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interventions', to='people.professional')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interventions', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='InterventionSession',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('untied_at', models.DateTimeField(null=True)),
                ('untied_because', models.CharField(blank=True, choices=[('moved', 'moved to another time'), ('not_a_session', 'was no session of it'), ('ended', 'the work had ended'), ('dropped', 'taken out of the diary')], max_length=20)),
                ('moved_because', models.CharField(blank=True, max_length=40)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='casework.contact')),
                ('instead_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_to', to='casework.interventionsession')),
                ('intervention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tied', to='casework.intervention')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('untied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='intervention',
            index=models.Index(fields=['person', 'starts'], name='intervention_by_person'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('professional__isnull', True), ('staff__isnull', False)), models.Q(('professional__isnull', False), ('staff__isnull', True)), _connector='OR'), name='intervention_run_by_one'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(('programme', ''), ('name', ''), _connector='OR'), name='intervention_of_one_name'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(('objective__isnull', True), ('why_no_objective', ''), _connector='OR'), name='intervention_objective_or_why_not'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='intervention_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(('sessions__gte', 1)), name='intervention_has_sessions'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_because', ''), ('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('ended_on__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='intervention_ended_with_a_reason'),
        ),
        migrations.AddIndex(
            model_name='interventionsession',
            index=models.Index(fields=['intervention'], name='session_by_intervention'),
        ),
        migrations.AddConstraint(
            model_name='interventionsession',
            constraint=models.UniqueConstraint(condition=models.Q(('untied_at__isnull', True)), fields=('contact',), name='contact_is_one_session'),
        ),
        migrations.AddConstraint(
            model_name='interventionsession',
            constraint=models.UniqueConstraint(condition=models.Q(('untied_at__isnull', True)), fields=('intervention', 'number'), name='session_number_once'),
        ),
        migrations.AddConstraint(
            model_name='interventionsession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('untied_at__isnull', True), ('untied_because', ''), ('untied_by__isnull', True)), models.Q(('untied_at__isnull', False), ('untied_by__isnull', False), models.Q(('untied_because', ''), _negated=True)), _connector='OR'), name='session_untied_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='interventionsession',
            constraint=models.CheckConstraint(condition=models.Q(('moved_because', ''), ('untied_because', 'moved'), _connector='OR'), name='only_a_moved_session_says_why'),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
