from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

RESTRICTED = Path(__file__).with_suffix('.sql').read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='namekey',
            name='name_key_part',
        ),
        migrations.RemoveIndex(
            model_name='namekey',
            name='name_key_sound',
        ),
        migrations.AddField(
            model_name='address',
            name='first_line',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Lower(models.Func(models.F('lines'), models.Value('[,\\n].*'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField())), models.Value('[^[:alnum:]]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='address',
            name='plain_postcode',
            field=models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Upper('postcode'), models.Value('[^A-Z0-9]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='combined',
            name='carried',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='contactdetail',
            name='digits',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('value'), models.Value('[^0-9]'), models.Value(''), models.Value('g'), function='regexp_replace', output_field=models.TextField()), models.Value('^(00)?44(0)?'), models.Value('0'), models.Value('g'), function='regexp_replace', output_field=models.TextField()), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='namekey',
            name='start',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.RunSQL('UPDATE public.people_namekey SET start = left(part, 3)', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='namekey',
            name='sound',
            field=models.CharField(max_length=100),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['first_line'], name='address_first_line'),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['plain_postcode'], name='address_postcode'),
        ),
        migrations.AddIndex(
            model_name='birth',
            index=models.Index(fields=['born'], name='birth_born'),
        ),
        migrations.AddIndex(
            model_name='contactdetail',
            index=models.Index(fields=['digits'], name='contact_digits'),
        ),
        migrations.AddIndex(
            model_name='namekey',
            index=models.Index(fields=['sound', 'person'], name='name_key_sound'),
        ),
        migrations.AddIndex(
            model_name='namekey',
            index=models.Index(fields=['start', 'part', 'person'], name='name_key_start'),
        ),
        migrations.RunSQL(
            RESTRICTED,
            'DROP FUNCTION IF EXISTS public.people_restricted(text[], text[], date[], text[], integer[], integer)',
        ),
    ]
