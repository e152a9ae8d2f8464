-- Balances of the accounts that many aggregates share: summed up by the worker from postings, never locked by an order.
CREATE TABLE account_balance (
  family text NOT NULL CHECK (family IN ('order', 'payout', 'limit')),
  account text NOT NULL,
  part text NOT NULL,
  currency text NOT NULL,
  balance_minor numeric(30, 0) NOT NULL,
  postings bigint NOT NULL CHECK (postings > 0),
  PRIMARY KEY (family, account, part, currency)
);
GRANT SELECT, INSERT, UPDATE (balance_minor, postings) ON account_balance TO fairlot_app;

-- Roots over the heads of all streams at one moment; signing and handing out make them worth something.
CREATE TABLE checkpoint (
  taken_at timestamptz NOT NULL PRIMARY KEY,
  streams bigint NOT NULL CHECK (streams >= 0),
  root bytea NOT NULL CHECK (octet_length(root) = 32)
);
GRANT SELECT, INSERT ON checkpoint TO fairlot_app;
