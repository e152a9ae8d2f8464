"""What makes a supplier more than its orders: conditions, decisions, documents, audits, goods, record, reports."""

from django.db import migrations

from fairlot.store.keeping.migrate import sql_text


class Migration(migrations.Migration):
    dependencies = [("store", "0006_api")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(sql_text("supplier_room")),
    ]
