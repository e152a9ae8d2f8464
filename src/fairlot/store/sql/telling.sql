-- Who was told what, by which mail it went out, and what is sent to endpoints of companies. Ids, codes and amounts only:
-- names and addresses stay with the person's account and are looked up when a mail is written.
CREATE TABLE notification (
  notification_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(notification_id) BETWEEN 1 AND 64),
  person_id text COLLATE "C" NOT NULL CHECK (person_id <> ''),
  message_key text NOT NULL CHECK (message_key <> ''),
  kind text NOT NULL CHECK (kind <> ''),
  role text NOT NULL CHECK (role <> ''),
  order_id text NOT NULL,
  facts jsonb NOT NULL,
  happened_at timestamptz NOT NULL,
  told_at timestamptz NOT NULL,
  read_at timestamptz,
  digest_due_at timestamptz,
  mail_id text
);
CREATE INDEX notification_of_person ON notification (person_id, told_at, notification_id);
CREATE INDEX notification_unread ON notification (person_id) WHERE read_at IS NULL;
CREATE INDEX notification_for_digest ON notification (digest_due_at)
  WHERE digest_due_at IS NOT NULL AND mail_id IS NULL;
CREATE INDEX notification_of_mail ON notification (mail_id) WHERE mail_id IS NOT NULL;

CREATE TABLE notification_wish (
  person_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (person_id <> ''),
  wants_digest boolean NOT NULL
);

-- `due_at` is empty once a mail is sent or given up; while a worker sends it, it lies a lease ahead.
CREATE TABLE mail (
  mail_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(mail_id) BETWEEN 1 AND 64),
  person_id text COLLATE "C" NOT NULL CHECK (person_id <> ''),
  is_digest boolean NOT NULL,
  created_at timestamptz NOT NULL,
  due_at timestamptz,
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  sent_at timestamptz,
  given_up_at timestamptz,
  last_error text NOT NULL DEFAULT ''
);
CREATE INDEX mail_due ON mail (due_at) WHERE due_at IS NOT NULL;

-- Without a company an endpoint is the platform's own. Secrets are sealed; `earlier_secret` also signs until its end.
CREATE TABLE webhook_endpoint (
  endpoint_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(endpoint_id) BETWEEN 1 AND 64),
  company_id text COLLATE "C" NOT NULL,
  url text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
  event_types text[] NOT NULL,
  secret bytea NOT NULL,
  earlier_secret bytea,
  earlier_until timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  disabled_at timestamptz,
  disabled_why text NOT NULL DEFAULT '',
  removed_at timestamptz
);
CREATE INDEX webhook_endpoint_of_company ON webhook_endpoint (company_id) WHERE removed_at IS NULL;

CREATE TABLE webhook_delivery (
  delivery_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(delivery_id) BETWEEN 1 AND 64),
  endpoint_id text COLLATE "C" NOT NULL,
  event_type text NOT NULL CHECK (event_type <> ''),
  body bytea NOT NULL CHECK (octet_length(body) <= 16384),
  created_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'held', 'delivered', 'failed')),
  due_at timestamptz CHECK ((due_at IS NOT NULL) = (state = 'waiting')),
  tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= tries),
  round_began_at timestamptz NOT NULL
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id, created_at, delivery_id);

CREATE TABLE webhook_attempt (
  delivery_id text COLLATE "C" NOT NULL,
  attempt_no integer NOT NULL CHECK (attempt_no > 0),
  endpoint_id text COLLATE "C" NOT NULL,
  started_at timestamptz NOT NULL,
  duration_ms integer NOT NULL CHECK (duration_ms >= 0),
  status integer NOT NULL,
  outcome text NOT NULL CHECK (outcome <> ''),
  response_excerpt text NOT NULL CHECK (length(response_excerpt) <= 1000),
  PRIMARY KEY (delivery_id, attempt_no)
);
CREATE INDEX webhook_attempt_of_endpoint ON webhook_attempt (endpoint_id, started_at);

GRANT SELECT, INSERT, UPDATE (read_at, mail_id) ON notification TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (wants_digest) ON notification_wish TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (due_at, attempts, sent_at, given_up_at, last_error) ON mail TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (url, event_types, secret, earlier_secret, earlier_until, disabled_at, disabled_why, removed_at)
  ON webhook_endpoint TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (state, due_at, tries, attempts, round_began_at) ON webhook_delivery TO fairlot_app;
GRANT SELECT, INSERT ON webhook_attempt TO fairlot_app;
-- Whoever reads for a company never needs a secret.
GRANT SELECT (endpoint_id, company_id, url, event_types, earlier_until, created_at, disabled_at, disabled_why, removed_at)
  ON webhook_endpoint TO fairlot_reader;
GRANT SELECT ON webhook_delivery, webhook_attempt TO fairlot_reader;

ALTER TABLE webhook_endpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_endpoint FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON webhook_endpoint TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY write_path ON webhook_delivery TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY write_path ON webhook_attempt TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY own_company ON webhook_endpoint FOR SELECT TO fairlot_reader
  USING (company_id = NULLIF(current_setting('fairlot.company_id', true), ''));
CREATE POLICY own_company ON webhook_delivery FOR SELECT TO fairlot_reader
  USING (EXISTS (SELECT FROM webhook_endpoint AS owned WHERE owned.endpoint_id = webhook_delivery.endpoint_id));
CREATE POLICY own_company ON webhook_attempt FOR SELECT TO fairlot_reader
  USING (EXISTS (SELECT FROM webhook_endpoint AS owned WHERE owned.endpoint_id = webhook_attempt.endpoint_id));
