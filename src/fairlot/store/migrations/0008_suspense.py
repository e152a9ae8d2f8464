"""Bank money that named no order, what the bank said of it, and the ids under which banks were asked to move money."""

from django.db import migrations

from fairlot.store.keeping.migrate import family_sql, sql_text
from fairlot.store.writing.family import SUSPENSE


class Migration(migrations.Migration):
    dependencies = [("store", "0007_supplier_room")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(family_sql(SUSPENSE)),
        migrations.RunSQL(sql_text("bank")),
    ]
