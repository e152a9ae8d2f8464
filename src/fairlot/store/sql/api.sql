-- What the API asks of the store: keys found again without their order, messages and files sent once, the sandbox's clock.

-- A caller's own id of a command, found again whatever order it was asked of; commands of the platform itself are not in it.
CREATE INDEX order_command_of_key ON order_command (command_id) WHERE command_id LIKE 'key:%';

-- Under which id a message or file was sent, so that sending it again changes nothing.
ALTER TABLE order_message ADD COLUMN command_id text COLLATE "C" NOT NULL DEFAULT ''
  CHECK (length(command_id) <= 128);
ALTER TABLE order_file ADD COLUMN command_id text COLLATE "C" NOT NULL DEFAULT ''
  CHECK (length(command_id) <= 128);
CREATE UNIQUE INDEX order_message_sent_once ON order_message (order_id, command_id) WHERE command_id <> '';
CREATE UNIQUE INDEX order_file_sent_once ON order_file (order_id, command_id) WHERE command_id <> '';

-- Which message a proposed version was lifted from.
CREATE TABLE order_lift (
  order_id text COLLATE "C" NOT NULL CHECK (length(order_id) BETWEEN 1 AND 64),
  version_hash text COLLATE "C" NOT NULL CHECK (version_hash ~ '^[0-9a-f]{64}$'),
  message_no integer NOT NULL,
  PRIMARY KEY (order_id, version_hash, message_no),
  FOREIGN KEY (order_id, message_no) REFERENCES order_message (order_id, message_no)
);
GRANT SELECT, INSERT ON order_lift TO fairlot_app;
GRANT SELECT ON order_lift TO fairlot_reader;
ALTER TABLE order_lift ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_lift FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON order_lift TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY own_company ON order_lift FOR SELECT TO fairlot_reader
  USING (EXISTS (SELECT FROM order_head AS head WHERE head.order_id = order_lift.order_id));

-- By how much a sandbox's clock stands ahead of the machine's; it only ever moves forward.
CREATE TABLE sandbox_clock (
  is_only boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (is_only),
  ahead_seconds bigint NOT NULL CHECK (ahead_seconds BETWEEN 0 AND 3155760000)
);
CREATE FUNCTION sandbox_clock_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ahead_seconds < OLD.ahead_seconds THEN
    RAISE EXCEPTION 'the clock of a sandbox only moves forward' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER sandbox_clock_only_forward BEFORE UPDATE ON sandbox_clock
  FOR EACH ROW EXECUTE FUNCTION sandbox_clock_only_forward();
GRANT SELECT, INSERT, UPDATE (ahead_seconds) ON sandbox_clock TO fairlot_app;
