"""Heads of orders written before inspection companies and mediators were among the participants."""

from django.db import migrations

from fairlot.store.people.migrations import PARTICIPANTS


class Migration(migrations.Migration):
    dependencies = [("people", "0003_counted_attempts"), ("store", "0001_aggregates")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(PARTICIPANTS.read_text(encoding="utf-8")),
    ]
