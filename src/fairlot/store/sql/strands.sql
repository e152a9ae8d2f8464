-- Messages and files of an order in strands: each row's hash covers what it says by hash alone, and the row before it.
-- The same bytes are hashed by `fairlot.domain.audit.strand`, which checks them.

CREATE FUNCTION framed_hash(VARIADIC parts bytea[]) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(
    int8send(cardinality(parts)::bigint)
    || string_agg(int8send(octet_length(part)::bigint), ''::bytea ORDER BY place)
    || string_agg(part, ''::bytea ORDER BY place)
  ) FROM unnest(parts) WITH ORDINALITY AS one (part, place)
$$;

CREATE FUNCTION utf8_bytes(value text) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT convert_to(value, 'UTF8')
$$;

CREATE FUNCTION microseconds_bytes(instant timestamptz) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT utf8_bytes(((extract(epoch FROM instant) * 1000000)::bigint)::text)
$$;

CREATE FUNCTION message_link(
  order_id text, message_no integer, author_role text, author_company_id text, author_person_id text,
  sent_at timestamptz, command_id text, body_hash bytea, previous_hash bytea
) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT framed_hash(
    utf8_bytes('fairlot message 1'), utf8_bytes(order_id), utf8_bytes(message_no::text),
    utf8_bytes(author_role), utf8_bytes(author_company_id), utf8_bytes(author_person_id),
    microseconds_bytes(sent_at), utf8_bytes(command_id), body_hash, previous_hash
  )
$$;

CREATE FUNCTION file_link(
  order_id text, file_no integer, author_role text, author_company_id text, author_person_id text,
  added_at timestamptz, command_id text, content_hash bytea, size_bytes bigint, media_type text, file_name text,
  purpose text, previous_hash bytea
) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT framed_hash(
    utf8_bytes('fairlot file 1'), utf8_bytes(order_id), utf8_bytes(file_no::text),
    utf8_bytes(author_role), utf8_bytes(author_company_id), utf8_bytes(author_person_id),
    microseconds_bytes(added_at), utf8_bytes(command_id), content_hash, utf8_bytes(size_bytes::text),
    utf8_bytes(media_type), utf8_bytes(file_name), utf8_bytes(purpose), previous_hash
  )
$$;

ALTER TABLE order_message ADD COLUMN hash sha256_hash;
ALTER TABLE order_file ADD COLUMN hash sha256_hash;

-- The last row of each strand, so that nobody cuts off its tail and leaves no gap.
CREATE TABLE order_strand (
  order_id stream_id NOT NULL,
  strand text COLLATE "C" NOT NULL CHECK (strand IN ('order_message', 'order_file')),
  last_no counted NOT NULL,
  last_hash sha256_hash NOT NULL,
  PRIMARY KEY (order_id, strand)
);

-- What was said before there were strands. Texts stay as they are, which is why the wall against changes steps aside.
-- The owner may be a role that row security binds; the tables are opened to it for the length of this transaction.
ALTER TABLE order_message NO FORCE ROW LEVEL SECURITY;
ALTER TABLE order_file NO FORCE ROW LEVEL SECURITY;
ALTER TABLE order_message DISABLE TRIGGER order_message_only_erase;
DO $$
DECLARE
  said record;
  latest_order text := '';
  latest bytea;
BEGIN
  FOR said IN SELECT * FROM order_message ORDER BY order_id, message_no LOOP
    IF said.order_id <> latest_order THEN
      latest_order := said.order_id;
      latest := decode(repeat('00', 32), 'hex');
    END IF;
    latest := message_link(said.order_id, said.message_no, said.author_role, said.author_company_id,
      said.author_person_id, said.sent_at, said.command_id, said.body_hash, latest);
    UPDATE order_message SET hash = latest WHERE order_id = said.order_id AND message_no = said.message_no;
  END LOOP;
  latest_order := '';
  FOR said IN SELECT * FROM order_file ORDER BY order_id, file_no LOOP
    IF said.order_id <> latest_order THEN
      latest_order := said.order_id;
      latest := decode(repeat('00', 32), 'hex');
    END IF;
    latest := file_link(said.order_id, said.file_no, said.author_role, said.author_company_id,
      said.author_person_id, said.added_at, said.command_id, said.content_hash, said.size_bytes, said.media_type,
      said.file_name, said.purpose, latest);
    UPDATE order_file SET hash = latest WHERE order_id = said.order_id AND file_no = said.file_no;
  END LOOP;
END
$$;
ALTER TABLE order_message ENABLE TRIGGER order_message_only_erase;
INSERT INTO order_strand (order_id, strand, last_no, last_hash)
  SELECT DISTINCT ON (order_id) order_id, 'order_message', message_no, hash
  FROM order_message ORDER BY order_id, message_no DESC;
INSERT INTO order_strand (order_id, strand, last_no, last_hash)
  SELECT DISTINCT ON (order_id) order_id, 'order_file', file_no, hash
  FROM order_file ORDER BY order_id, file_no DESC;
ALTER TABLE order_message FORCE ROW LEVEL SECURITY;
ALTER TABLE order_file FORCE ROW LEVEL SECURITY;

-- Whoever adds a row, its hash is made here, from the row before it in the very table; there is none without.
CREATE FUNCTION hash_before(place regclass, number_column name, order_id text, number integer) RETURNS bytea
LANGUAGE plpgsql AS $$
DECLARE
  found bytea;
BEGIN
  IF number = 1 THEN
    RETURN decode(repeat('00', 32), 'hex');
  END IF;
  EXECUTE format('SELECT hash FROM %s WHERE order_id = $1 AND %I = $2', place, number_column)
    INTO found USING order_id, number - 1;
  IF found IS NULL THEN
    RAISE EXCEPTION 'number % of % follows on nothing', number, order_id
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN found;
END
$$;
CREATE FUNCTION link_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.hash := message_link(NEW.order_id, NEW.message_no, NEW.author_role, NEW.author_company_id,
    NEW.author_person_id, NEW.sent_at, NEW.command_id, NEW.body_hash,
    hash_before(TG_RELID, 'message_no', NEW.order_id, NEW.message_no));
  RETURN NEW;
END
$$;
CREATE FUNCTION link_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.hash := file_link(NEW.order_id, NEW.file_no, NEW.author_role, NEW.author_company_id,
    NEW.author_person_id, NEW.added_at, NEW.command_id, NEW.content_hash, NEW.size_bytes, NEW.media_type,
    NEW.file_name, NEW.purpose, hash_before(TG_RELID, 'file_no', NEW.order_id, NEW.file_no));
  RETURN NEW;
END
$$;
CREATE TRIGGER link_message BEFORE INSERT ON order_message FOR EACH ROW EXECUTE FUNCTION link_message();
CREATE TRIGGER link_file BEFORE INSERT ON order_file FOR EACH ROW EXECUTE FUNCTION link_file();

-- A strand only grows.
CREATE FUNCTION strand_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last_no <= OLD.last_no THEN
    RAISE EXCEPTION 'a strand only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER strand_only_grows BEFORE UPDATE ON order_strand FOR EACH ROW EXECUTE FUNCTION strand_only_grows();

GRANT SELECT, INSERT, UPDATE (last_no, last_hash) ON order_strand TO fairlot_app;
ALTER TABLE order_strand ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_strand FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON order_strand TO fairlot_app USING (true) WITH CHECK (true);
