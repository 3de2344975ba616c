from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='what_changed',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
