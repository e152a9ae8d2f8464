-- The secrets that rotations made, each under the key it was asked by: asked again, it is the same one, whatever became
-- of signing keys. Sealed as those of the endpoints are.
CREATE TABLE webhook_rotation (
  endpoint_id text COLLATE "C" NOT NULL,
  asked_by text COLLATE "C" NOT NULL CHECK (length(asked_by) BETWEEN 1 AND 64),
  secret bytea NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (endpoint_id, asked_by)
);
GRANT SELECT, INSERT, UPDATE (secret) ON webhook_rotation TO fairlot_app;

ALTER TABLE webhook_rotation ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_rotation FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON webhook_rotation TO fairlot_app USING (true) WITH CHECK (true);
