-- Where each supplier's account in one currency stands; a projection, as with orders.
CREATE TABLE payout_head (
  payout_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(payout_id) BETWEEN 1 AND 64),
  head_seq integer NOT NULL CHECK (head_seq > 0),
  head_hash bytea NOT NULL CHECK (octet_length(head_hash) = 32),
  created_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  next_deadline_at timestamptz,
  status text NOT NULL CHECK (status <> ''),
  company_id text NOT NULL,
  currency text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX payout_head_due ON payout_head (next_deadline_at) WHERE next_deadline_at IS NOT NULL;
CREATE INDEX payout_head_of_company ON payout_head (company_id);
