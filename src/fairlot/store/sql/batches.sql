-- Payment files: what each holds and from which account it pays, written before a payout is marked as sent in it.
CREATE TABLE transfer_batch (
  batch_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(batch_id) BETWEEN 1 AND 64),
  header bytea NOT NULL CHECK (octet_length(header) <= 8192),
  created_at timestamptz NOT NULL
);

-- The name under which a bank knows a payout leads back to it, whenever a statement bears it.
CREATE TABLE transfer_batch_item (
  batch_id text COLLATE "C" NOT NULL CHECK (length(batch_id) BETWEEN 1 AND 64),
  name text COLLATE "C" NOT NULL CHECK (name <> ''),
  account_id text COLLATE "C" NOT NULL CHECK (account_id <> ''),
  payout_id text COLLATE "C" NOT NULL CHECK (payout_id <> ''),
  PRIMARY KEY (batch_id, name)
);
CREATE INDEX transfer_batch_item_named ON transfer_batch_item (name);

GRANT SELECT, INSERT ON transfer_batch, transfer_batch_item TO fairlot_app;
