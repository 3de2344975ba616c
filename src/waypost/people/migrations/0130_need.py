from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models


WALLS = Path(__file__).with_suffix('.sql').read_text()
NO_WALLS = 'DROP POLICY IF EXISTS walls ON public.people_ask;'


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('due', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('answer', models.CharField(blank=True, choices=[('shared', 'shared with everyone who works with the child'), ('kept', 'kept within the agency')], max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer_words', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['due', 'at'],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'ordering': ['until'],
            },
        ),
        migrations.AddField(
            model_name='openedwithreason',
            name='answer',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='openedwithreason',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='openedwithreason',
            name='question',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='openedwithreason',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('question', ''), _negated=True), _connector='OR'), name='reason_answered_when_asked'),
        ),
        migrations.AddField(
            model_name='ask',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asks_answered', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ask',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ask',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='people.person'),
        ),
        migrations.AddField(
            model_name='ask',
            name='wall',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='people.wall'),
        ),
        migrations.AddField(
            model_name='cover',
            name='colleague',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cover',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covers_ended', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cover',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cover',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covered', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('wall', 'by'), name='asked_once'),
        ),
        migrations.AddConstraint(
            model_name='ask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='ask_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='cover_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(('colleague', models.F('staff')), _negated=True), name='nobody_covers_for_themselves'),
        ),
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
