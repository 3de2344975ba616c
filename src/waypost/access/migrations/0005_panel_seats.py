from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_opening'),
    ]

    operations = [
        migrations.AddField(
            model_name='access',
            name='meeting',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='access',
            name='basis',
            field=models.CharField(choices=[('allocated', 'their own child'), ('team', 'their team’s child'), ('involved', 'involved with the child'), ('cover', 'covering for a colleague'), ('duty', "on today's list"), ('sampled', 'sampled for an audit'), ('panel', 'on the panel'), ('named', 'named on a sealed record'), ('reason', 'opened with a reason')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'panel'), ('meeting__isnull', False), ('until__isnull', False)), models.Q(models.Q(('basis', 'panel'), _negated=True), ('meeting__isnull', True)), _connector='OR'), name='access_by_panel_is_to_a_meeting_and_has_an_end'),
        ),
    ]
