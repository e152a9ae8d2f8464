"""The application's rights to the tables that keep and sign in people."""

from pathlib import Path

from django.db import migrations

RIGHTS = Path(__file__).parents[1] / "rights.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("store", "0001_aggregates"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(RIGHTS.read_text(encoding="utf-8")),
    ]
