-- What was found out for an acceptance before it was decided, written once: asked again, it is decided by the same facts.
CREATE TABLE order_acceptance (
  order_id text COLLATE "C" NOT NULL CHECK (length(order_id) BETWEEN 1 AND 64),
  command_id text COLLATE "C" NOT NULL CHECK (length(command_id) BETWEEN 1 AND 128),
  asked bytea NOT NULL,
  facts bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, command_id)
);
GRANT SELECT, INSERT ON order_acceptance TO fairlot_app;

ALTER TABLE order_acceptance ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_acceptance FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON order_acceptance TO fairlot_app USING (true) WITH CHECK (true);
