"""The application may see which migrations were applied, so that its processes can say whether tables and code agree."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0003_batches")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL("GRANT SELECT ON django_migrations TO fairlot_app"),
    ]
