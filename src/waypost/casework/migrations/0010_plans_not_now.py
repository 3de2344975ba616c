from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models


WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0009_plans'),
        ('people', '0003_entry_what_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NotNow',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('factor', models.UUIDField()),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='objective',
            name='taken_out',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='planstep',
            name='step',
            field=models.CharField(choices=[('signed', 'signed'), ('taken_back', 'taken back to be gone on with'), ('sent_back', 'sent back by whoever was to countersign'), ('countersigned', 'countersigned'), ('dropped', 'dropped: begun in error'), ('reviewed', 'reviewed')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='planstep',
            constraint=models.UniqueConstraint(condition=models.Q(('step', 'reviewed')), fields=('plan',), name='plan_reviewed_once'),
        ),
        migrations.AddField(
            model_name='notnow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notnow',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='notnow',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='not_now', to='casework.plan'),
        ),
        migrations.AddConstraint(
            model_name='notnow',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('plan', 'factor'), name='not_now_said_once'),
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
