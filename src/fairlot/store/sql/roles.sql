-- The role that pages read orders with: bound to one company by row security, and able to change nothing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fairlot_reader') THEN
    CREATE ROLE fairlot_reader NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
  END IF;
  IF NOT pg_has_role('fairlot_app', 'fairlot_reader', 'MEMBER') THEN
    -- The application may narrow a connection to the reader's rights; the reader may never widen one.
    GRANT fairlot_reader TO fairlot_app;
  END IF;
END
$$;
