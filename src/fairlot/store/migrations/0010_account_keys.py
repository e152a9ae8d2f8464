"""Receiving accounts remember the command that named them."""

from django.db import migrations

from fairlot.store.keeping.migrate import sql_text


class Migration(migrations.Migration):
    dependencies = [("store", "0009_strands")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(sql_text("account_keys")),
    ]
