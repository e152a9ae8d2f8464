-- What the parties say and show: plain rows beside the chain, which knows them by hash alone, so that text can be erased.

CREATE TABLE order_message (
  order_id text COLLATE "C" NOT NULL CHECK (length(order_id) BETWEEN 1 AND 64),
  message_no integer NOT NULL CHECK (message_no > 0),
  author_role text NOT NULL CHECK (author_role <> ''),
  author_company_id text NOT NULL,
  author_person_id text NOT NULL,
  sent_at timestamptz NOT NULL,
  body text CHECK (octet_length(body) <= 65536),
  -- Goes with the body, so that nobody finds a short text again by trying all of them against the hash.
  salt bytea CHECK (octet_length(salt) = 16),
  body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
  erased_at timestamptz,
  PRIMARY KEY (order_id, message_no),
  CHECK ((body IS NULL) = (erased_at IS NOT NULL)),
  CHECK ((body IS NULL) = (salt IS NULL))
);

CREATE TABLE order_file (
  order_id text COLLATE "C" NOT NULL CHECK (length(order_id) BETWEEN 1 AND 64),
  file_no integer NOT NULL CHECK (file_no > 0),
  content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
  media_type text NOT NULL CHECK (media_type <> ''),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  purpose text NOT NULL CHECK (purpose <> ''),
  author_role text NOT NULL CHECK (author_role <> ''),
  author_company_id text NOT NULL,
  author_person_id text NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, file_no)
);

-- The one change that a message allows: its text goes, its hash and all else stay.
CREATE FUNCTION order_message_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL OR NEW.body IS NOT NULL OR NEW.erased_at IS NULL THEN
    RAISE EXCEPTION 'a message may only be erased, and once'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER order_message_only_erase BEFORE UPDATE ON order_message
  FOR EACH ROW EXECUTE FUNCTION order_message_only_erase();

GRANT SELECT, INSERT, UPDATE (body, salt, erased_at) ON order_message TO fairlot_app;
GRANT SELECT, INSERT ON order_file TO fairlot_app;
GRANT SELECT ON order_message, order_file TO fairlot_reader;

ALTER TABLE order_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_message FORCE ROW LEVEL SECURITY;
ALTER TABLE order_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_file FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON order_message TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY write_path ON order_file TO fairlot_app USING (true) WITH CHECK (true);
CREATE POLICY own_company ON order_message FOR SELECT TO fairlot_reader
  USING (EXISTS (SELECT FROM order_head AS head WHERE head.order_id = order_message.order_id));
CREATE POLICY own_company ON order_file FOR SELECT TO fairlot_reader
  USING (EXISTS (SELECT FROM order_head AS head WHERE head.order_id = order_file.order_id));
