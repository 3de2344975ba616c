from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0007_alongside'),
        ('people', '0003_entry_what_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(max_length=40)),
                ('reason', models.CharField(max_length=40)),
                ('due', models.DateField(null=True)),
                ('agencies', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('locked_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments_begun', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='people.document')),
                ('dropped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('locked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments_countersigned', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='casework.outcome')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='people.person')),
                ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='casework.assessment')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments_signed', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Answered',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=60)),
                ('who', models.CharField(max_length=40)),
                ('value', models.JSONField(default=list)),
                ('words', models.TextField(blank=True)),
                ('disclosure', models.CharField(max_length=40)),
                ('unchanged', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('page', models.UUIDField(null=True)),
                ('turn', models.PositiveBigIntegerField(default=0)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers_given', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answered', to='casework.assessment')),
            ],
        ),
        migrations.CreateModel(
            name='AssessmentStep',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('signed', 'signed'), ('taken_back', 'taken back to be gone on with'), ('sent_back', 'sent back by whoever was to countersign'), ('countersigned', 'countersigned'), ('dropped', 'dropped: begun in error')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='casework.assessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('agency', models.CharField(max_length=40)),
                ('asked_of', models.CharField(blank=True, max_length=150)),
                ('what', models.TextField(blank=True)),
                ('due', models.DateField()),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='casework.assessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='ContributionStep',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('chased', 'chased'), ('received', 'received'), ('nothing_held', 'nothing held'), ('not_needed', 'not needed any more')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('once', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='casework.contribution')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.document')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=40)),
                ('of', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='casework.assessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Factor',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('root', models.UUIDField()),
                ('factor', models.CharField(blank=True, max_length=40)),
                ('words', models.TextField(blank=True)),
                ('side', models.CharField(choices=[('for', 'For change'), ('against', 'Against change')], max_length=10)),
                ('category', models.CharField(max_length=40)),
                ('rating', models.CharField(max_length=40)),
                ('evidence', models.TextField(blank=True)),
                ('disclosure', models.CharField(max_length=40)),
                ('since', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('ended_because', models.CharField(blank=True, max_length=40)),
                ('ended_words', models.TextField(blank=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('assessment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='factors', to='casework.assessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factors', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Settled',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=60)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settled', to='casework.assessment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holds', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settled', to='casework.answered')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['person', '-at'], name='assessment_by_person'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True), ('locked_at__isnull', True)), fields=('person', 'form'), name='one_open_assessment_of_a_form'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), models.Q(('signed_at__isnull', True), ('signed_by__isnull', True)), _connector='OR'), name='assessment_signed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('locked_at__isnull', False), ('locked_by__isnull', False)), models.Q(('locked_at__isnull', True), ('locked_by__isnull', True)), _connector='OR'), name='assessment_locked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False)), models.Q(('dropped_at__isnull', True), ('dropped_by__isnull', True)), _connector='OR'), name='assessment_dropped_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('locked_at__isnull', True), models.Q(('signed_at__isnull', False), models.Q(('locked_by', models.F('signed_by')), _negated=True)), _connector='OR'), name='assessment_countersigned_by_another'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('locked_at__isnull', True), ('dropped_at__isnull', True), _connector='OR'), name='locked_assessment_stays'),
        ),
        migrations.AddIndex(
            model_name='answered',
            index=models.Index(fields=['assessment', 'question'], name='answered_by_question'),
        ),
        migrations.AddConstraint(
            model_name='answered',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('assessment', 'question', 'who', 'by'), name='one_answer_of_an_author'),
        ),
        migrations.AddConstraint(
            model_name='contributionstep',
            constraint=models.UniqueConstraint(condition=models.Q(('step', 'chased'), _negated=True), fields=('contribution',), name='contribution_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('assessment', 'question', 'of'), name='evidence_once'),
        ),
        migrations.AddIndex(
            model_name='factor',
            index=models.Index(condition=models.Q(('replaced_at__isnull', True)), fields=['person'], name='factor_by_person'),
        ),
        migrations.AddConstraint(
            model_name='factor',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('root',), name='factor_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='factor',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['for', 'against'])), name='factor_for_or_against'),
        ),
        migrations.AddConstraint(
            model_name='settled',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('assessment', 'question'), name='settled_once'),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
