-- Where each order stands: a projection for lists and for finding what is due; nothing decides by it.
CREATE TABLE order_head (
  order_id stream_id NOT NULL PRIMARY KEY,
  head_seq counted NOT NULL,
  head_hash sha256_hash NOT NULL,
  created_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  next_deadline_at timestamptz,
  status short_word NOT NULL,
  policy_id text NOT NULL,
  buyer_company_id text NOT NULL,
  supplier_company_id text NOT NULL,
  participant_company_ids text[] NOT NULL,
  currency text NOT NULL,
  total_minor bigint NOT NULL CHECK (total_minor >= 0)
) WITH (fillfactor = 80);
CREATE INDEX order_head_due ON order_head (next_deadline_at) WHERE next_deadline_at IS NOT NULL;
CREATE INDEX order_head_of_buyer ON order_head (buyer_company_id, created_at);
CREATE INDEX order_head_of_supplier ON order_head (supplier_company_id, created_at);
CREATE INDEX order_head_of_participant ON order_head USING gin (participant_company_ids)
  WHERE participant_company_ids <> '{}';
