"""What came of checking companies against lists of sanctioned ones."""

from django.db import migrations

TABLE = """
CREATE TABLE people_screening (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  names text[] NOT NULL,
  occasion text NOT NULL,
  state text NOT NULL CHECK (state IN ('clear', 'match', 'not_checked')),
  checked_at timestamptz NOT NULL,
  list_name text NOT NULL,
  list_hash text NOT NULL,
  matches jsonb NOT NULL,
  cleared_at timestamptz,
  cleared_by text NOT NULL DEFAULT '',
  cleared_reason text NOT NULL DEFAULT '',
  CHECK ((cleared_at IS NULL) = (cleared_reason = '')),
  CHECK ((state = 'not_checked') = (list_hash = ''))
);
CREATE INDEX people_screening_of_company ON people_screening (company_id, number DESC);
-- What was found stays; only when it was found again, and that it was cleared, are written to it.
GRANT SELECT, INSERT, UPDATE (checked_at, list_name, list_hash, cleared_at, cleared_by, cleared_reason)
  ON people_screening TO fairlot_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_participants")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'"),
        migrations.RunSQL(TABLE),
    ]
