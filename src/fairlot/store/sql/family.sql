-- The tables of one family of aggregates; `{{family}}` and `{{id}}` stand for its names. The table of heads comes first.
-- Every key begins with the id, so that all rows of one aggregate can live on one shard of a distributed database.

CREATE TABLE {{family}}_event (
  {{id}} stream_id NOT NULL,
  seq counted NOT NULL,
  previous_seq integer GENERATED ALWAYS AS (NULLIF(seq - 1, 0)) STORED,
  payload event_payload NOT NULL,
  type short_word NOT NULL,
  version counted NOT NULL,
  recorded_at timestamptz NOT NULL,
  effective_at timestamptz NOT NULL,
  actor_role text NOT NULL,
  actor_company_id text NOT NULL,
  actor_person_id text NOT NULL,
  command_id text NOT NULL,
  previous_hash sha256_hash NOT NULL,
  hash sha256_hash NOT NULL,
  PRIMARY KEY ({{id}}, seq),
  -- No gap: every event but the first points to the one before it.
  CONSTRAINT {{family}}_event_follows FOREIGN KEY ({{id}}, previous_seq)
    REFERENCES {{family}}_event ({{id}}, seq),
  CONSTRAINT {{family}}_event_begins CHECK (seq > 1 OR previous_hash = '\x0000000000000000000000000000000000000000000000000000000000000000')
);

CREATE TABLE {{family}}_posting (
  {{id}} stream_id NOT NULL,
  seq integer NOT NULL,
  entry_no counted NOT NULL,
  line_no counted NOT NULL,
  template short_word NOT NULL,
  account short_word NOT NULL,
  part text NOT NULL,
  currency currency_code NOT NULL,
  amount_minor moved_minor NOT NULL,
  rules_version counted NOT NULL,
  -- An event's first line answers for all of them, which are written in one statement (see the trigger).
  event_seq integer GENERATED ALWAYS AS (CASE WHEN entry_no = 1 AND line_no = 1 THEN seq END) STORED,
  PRIMARY KEY ({{id}}, seq, entry_no, line_no),
  CONSTRAINT {{family}}_posting_of_event FOREIGN KEY ({{id}}, event_seq)
    REFERENCES {{family}}_event ({{id}}, seq)
);

CREATE TABLE {{family}}_command (
  {{id}} stream_id NOT NULL,
  command_id command_id NOT NULL,
  content_hash sha256_hash NOT NULL,
  recorded_at timestamptz NOT NULL,
  refusal_code short_word,
  facts refusal_facts,
  first_seq counted,
  last_seq counted,
  PRIMARY KEY ({{id}}, command_id),
  -- Done, or refused with its facts; the events it left, if any, from the first to the last.
  CHECK ((refusal_code IS NULL) = (facts IS NULL)
    AND (first_seq IS NULL) = (last_seq IS NULL) AND last_seq >= first_seq)
);

CREATE TABLE {{family}}_outbox (
  {{id}} stream_id NOT NULL,
  seq counted NOT NULL,
  message_no counted NOT NULL,
  topic short_word NOT NULL,
  payload bytea NOT NULL,
  created_at timestamptz NOT NULL,
  handed_over_at timestamptz,
  done_at timestamptz,
  PRIMARY KEY ({{id}}, seq, message_no),
  CHECK (done_at IS NULL OR handed_over_at IS NOT NULL)
);
CREATE INDEX {{family}}_outbox_waiting ON {{family}}_outbox (created_at) WHERE handed_over_at IS NULL;

CREATE TABLE {{family}}_rollup (
  {{id}} stream_id NOT NULL PRIMARY KEY,
  seq counted NOT NULL
);

-- Money neither comes nor goes. Checked for whole statements: all postings of an event are written at once or not at all,
-- so nothing is added to an event later, not even in balance.
CREATE FUNCTION {{family}}_refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  faulty record;
BEGIN
  -- Asked first, for nearly always the answer is no, and it is asked with every command that moves money.
  IF NOT EXISTS (
    SELECT FROM (
      SELECT {{id}}, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY {{id}}, seq, entry_no, currency
    ) AS sums
    GROUP BY {{id}}, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins)
  ) THEN
    RETURN NULL;
  END IF;
  SELECT id, seq, bool_or(total_minor <> 0) AS unbalanced INTO faulty
    FROM (
      SELECT {{id}} AS id, seq, sum(amount_minor) AS total_minor, bool_or(event_seq IS NOT NULL) AS begins
        FROM added GROUP BY {{id}}, seq, entry_no, currency
    ) AS sums
    GROUP BY id, seq HAVING bool_or(total_minor <> 0) OR NOT bool_or(begins) LIMIT 1;
  IF faulty.unbalanced THEN
    RAISE EXCEPTION 'an entry of event % of % does not balance', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = '{{family}}_posting_balances';
  ELSE
    RAISE EXCEPTION 'postings of event % of % lack their first line', faulty.seq, faulty.id
      USING ERRCODE = 'check_violation', CONSTRAINT = '{{family}}_posting_is_whole';
  END IF;
END
$$;
CREATE TRIGGER {{family}}_posting_balances AFTER INSERT ON {{family}}_posting
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {{family}}_refuse_imbalance();

-- What was written stays: the application may add and read, and keep the books on what it has handed over.
GRANT SELECT, INSERT ON {{family}}_event, {{family}}_posting, {{family}}_command TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (handed_over_at, done_at) ON {{family}}_outbox TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (seq) ON {{family}}_rollup TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (
  head_seq, head_hash, recorded_at, next_deadline_at, status{{head_updates}}
) ON {{family}}_head TO fairlot_app;
{{readers_grant}}

-- Row security: the write path sees all, a reader only what its company takes part in, nobody else anything.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['head', 'event', 'posting', 'command', 'outbox', 'rollup'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', '{{family}}_' || name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', '{{family}}_' || name);
    EXECUTE format(
      'CREATE POLICY write_path ON %I TO fairlot_app USING (true) WITH CHECK (true)', '{{family}}_' || name
    );
  END LOOP;
END
$$;
CREATE POLICY own_company ON {{family}}_head FOR SELECT TO fairlot_reader USING ({{own_company}});
CREATE POLICY own_company ON {{family}}_event FOR SELECT TO fairlot_reader
  USING (EXISTS (SELECT FROM {{family}}_head AS head WHERE head.{{id}} = {{family}}_event.{{id}}));
CREATE POLICY own_company ON {{family}}_posting FOR SELECT TO fairlot_reader
  USING (EXISTS (SELECT FROM {{family}}_head AS head WHERE head.{{id}} = {{family}}_posting.{{id}}));
