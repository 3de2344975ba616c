from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='hearing',
            name='proposed',
            field=models.CharField(blank=True, default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='hearing',
            index=models.Index(fields=['since'], name='hearing_by_day'),
        ),
    ]
