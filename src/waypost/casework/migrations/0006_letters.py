from pathlib import Path

import django.db.models.deletion
import waypost.kernel.ids
from django.conf import settings
from django.db import migrations, models

WALLS = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_panels'),
        ('people', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=waypost.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('type', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=10)),
                ('channel', models.CharField(max_length=10)),
                ('agreed', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('once', models.UUIDField(unique=True)),
                ('address', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='people.address')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters_made', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='casework.contact')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='casework.decision')),
                ('detail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='people.contactdetail')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='people.document')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='people.entry')),
                ('hearing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='casework.hearing')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='people.person')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters_sent', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters_to', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='letter_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('detail__isnull', True), ('address__isnull', True), _connector='OR'), name='letter_goes_one_way'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='letter_sent_by_somebody')],
            },
        ),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
