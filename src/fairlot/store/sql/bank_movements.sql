-- Where each movement of the bank goes. The key is the bank's identity of it: two imports of one instant book it once.
CREATE TABLE bank_movement (
  movement_key text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(movement_key) BETWEEN 1 AND 64),
  goes_to text NOT NULL CHECK (goes_to IN ('order', 'suspense', 'parts')),
  order_id text COLLATE "C" NOT NULL DEFAULT '',
  CHECK ((goes_to = 'order') = (order_id <> ''))
);
GRANT SELECT, INSERT, UPDATE (goes_to, order_id) ON bank_movement TO fairlot_app;

-- What was booked before goes where it went. Both ids of commands were the movement's with a prefix.
INSERT INTO bank_movement (movement_key, goes_to, order_id)
  SELECT substr(command_id, 6), 'order', min(order_id) FROM order_command
  WHERE command_id LIKE 'bank:%' AND refusal_code IS NULL GROUP BY command_id
  ON CONFLICT (movement_key) DO NOTHING;
INSERT INTO bank_movement (movement_key, goes_to)
  SELECT substr(command_id, 6), 'suspense' FROM suspense_command
  WHERE command_id LIKE 'bank:%' AND refusal_code IS NULL
  ON CONFLICT (movement_key) DO NOTHING;
INSERT INTO bank_movement (movement_key, goes_to)
  SELECT DISTINCT substring(movement_key FROM '^(btx_[0-9a-f]+[.][0-9]+)[.][0-9]+$'), 'parts' FROM bank_movement
  WHERE movement_key ~ '^btx_[0-9a-f]+[.][0-9]+[.][0-9]+$'
  ON CONFLICT (movement_key) DO NOTHING;

ALTER TABLE bank_movement ENABLE ROW LEVEL SECURITY;
ALTER TABLE bank_movement FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON bank_movement TO fairlot_app USING (true) WITH CHECK (true);

-- Nothing asks these any more: bookings are found above, and payouts by the ids under which they were sent.
DROP INDEX order_command_of_bank;
DROP INDEX transfer_batch_item_named;
