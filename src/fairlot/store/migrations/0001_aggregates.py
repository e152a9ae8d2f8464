"""The tables of orders, payouts and limits, what lies beside them, and the walls of all of them."""

from django.db import migrations

from fairlot.store.keeping.migrate import family_sql, sql_text
from fairlot.store.writing.family import LIMIT, ORDER, PAYOUT


class Migration(migrations.Migration):
    initial = True
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(sql_text("roles")),
        migrations.RunSQL(sql_text("types")),
        migrations.RunSQL(family_sql(ORDER)),
        migrations.RunSQL(family_sql(PAYOUT)),
        migrations.RunSQL(family_sql(LIMIT)),
        migrations.RunSQL(sql_text("conversation")),
        migrations.RunSQL(sql_text("balances")),
        migrations.RunSQL(sql_text("jobs")),
    ]
