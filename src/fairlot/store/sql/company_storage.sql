-- How much of our disks each company fills: counted with each row that names a file, whoever writes it. Content that two
-- rows share is counted for both; documents given in before this are not.
CREATE TABLE company_storage (
  company_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(company_id) BETWEEN 1 AND 64),
  stored_bytes bigint NOT NULL CHECK (stored_bytes >= 0)
);
GRANT SELECT, INSERT, UPDATE (stored_bytes) ON company_storage TO fairlot_app;

ALTER TABLE supplier_document ADD COLUMN size_bytes bigint NOT NULL DEFAULT 0 CHECK (size_bytes >= 0);

-- The owner may be a role that row security binds; the table is opened to it for the length of this transaction.
ALTER TABLE order_file NO FORCE ROW LEVEL SECURITY;
INSERT INTO company_storage (company_id, stored_bytes)
SELECT author_company_id, sum(size_bytes) FROM order_file WHERE author_company_id <> '' GROUP BY author_company_id;
ALTER TABLE order_file FORCE ROW LEVEL SECURITY;

CREATE FUNCTION count_stored(company text, bytes bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO company_storage AS counted (company_id, stored_bytes) VALUES (company, bytes)
  ON CONFLICT (company_id) DO UPDATE SET stored_bytes = counted.stored_bytes + EXCLUDED.stored_bytes
$$;
CREATE FUNCTION count_order_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_stored(NEW.author_company_id, NEW.size_bytes);
  RETURN NULL;
END
$$;
CREATE FUNCTION count_supplier_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_stored(NEW.company_id, NEW.size_bytes);
  RETURN NULL;
END
$$;
CREATE TRIGGER count_order_file AFTER INSERT ON order_file
  FOR EACH ROW WHEN (NEW.author_company_id <> '') EXECUTE FUNCTION count_order_file();
CREATE TRIGGER count_supplier_document AFTER INSERT ON supplier_document
  FOR EACH ROW EXECUTE FUNCTION count_supplier_document();
