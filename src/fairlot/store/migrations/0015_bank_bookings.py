"""A movement of the bank is found again whatever became of the order that it was booked to."""

from django.db import migrations

from fairlot.store.keeping.migrate import sql_text


class Migration(migrations.Migration):
    dependencies = [("store", "0014_mail_wish")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(sql_text("bank_bookings")),
    ]
