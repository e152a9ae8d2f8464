-- Where each order stands: a projection for lists and for finding what is due; nothing decides by it.
CREATE TABLE order_head (
  order_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(order_id) BETWEEN 1 AND 64),
  head_seq integer NOT NULL CHECK (head_seq > 0),
  head_hash bytea NOT NULL CHECK (octet_length(head_hash) = 32),
  created_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  next_deadline_at timestamptz,
  status text NOT NULL CHECK (status <> ''),
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
