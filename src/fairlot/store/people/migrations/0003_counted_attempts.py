"""The table in which attempts to sign in are counted, for all processes together; rows may go at any time."""

from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE django_cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX django_cache_expires ON django_cache (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON django_cache TO fairlot_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_rights")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(TABLE),
    ]
