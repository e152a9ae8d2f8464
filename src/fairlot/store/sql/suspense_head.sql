-- Where each movement stands that named no order; a projection, as with orders. No company reads it.
CREATE TABLE suspense_head (
  suspense_id stream_id NOT NULL PRIMARY KEY,
  head_seq counted NOT NULL,
  head_hash sha256_hash NOT NULL,
  created_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  next_deadline_at timestamptz,
  status short_word NOT NULL,
  currency text NOT NULL,
  amount_minor bigint NOT NULL,
  assigned_order_id text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX suspense_head_due ON suspense_head (next_deadline_at) WHERE next_deadline_at IS NOT NULL;
CREATE INDEX suspense_head_waiting ON suspense_head (created_at) WHERE status = 'waiting';
