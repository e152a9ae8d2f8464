-- Every event of an order for endpoints that ask for such: since when each does, and up to where each order was looked at.
ALTER TABLE webhook_endpoint ADD COLUMN events_since timestamptz;
GRANT UPDATE (events_since) ON webhook_endpoint TO fairlot_app;

CREATE TABLE order_told (
  order_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(order_id) BETWEEN 1 AND 64),
  seq integer NOT NULL CHECK (seq > 0)
);
GRANT SELECT, INSERT, UPDATE (seq) ON order_told TO fairlot_app;

ALTER TABLE order_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_told FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON order_told TO fairlot_app USING (true) WITH CHECK (true);
