"""A movement of the bank has one place, written before it is booked; two indexes that nothing asks any more go."""

from django.db import migrations

from fairlot.store.keeping.migrate import sql_text


class Migration(migrations.Migration):
    dependencies = [("store", "0015_bank_bookings")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(sql_text("bank_movements")),
    ]
