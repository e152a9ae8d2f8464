-- Where each supplier's assurance limit stands; a projection, as with orders.
CREATE TABLE limit_head (
  limit_id stream_id NOT NULL PRIMARY KEY,
  head_seq counted NOT NULL,
  head_hash sha256_hash NOT NULL,
  created_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  next_deadline_at timestamptz,
  status short_word NOT NULL,
  company_id text NOT NULL,
  currency text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX limit_head_due ON limit_head (next_deadline_at) WHERE next_deadline_at IS NOT NULL;
CREATE INDEX limit_head_of_company ON limit_head (company_id);
