"""Suppliers with their receiving accounts, and what was found out for each acceptance of a version."""

from django.db import migrations

from fairlot.store.keeping.migrate import sql_text


class Migration(migrations.Migration):
    dependencies = [("store", "0001_aggregates")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(sql_text("suppliers")),
        migrations.RunSQL(sql_text("acceptance")),
    ]
