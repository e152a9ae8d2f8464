"""Notifications and their mails, webhook endpoints and what was sent to them."""

from django.db import migrations

from fairlot.store.keeping.migrate import sql_text


class Migration(migrations.Migration):
    dependencies = [("store", "0004_operating")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(sql_text("telling")),
    ]
