-- What the bank said of money that named no order: known to events by its hash alone, so that it can be erased.
CREATE TABLE suspense_entry (
  suspense_id stream_id NOT NULL PRIMARY KEY,
  entry bytea CHECK (octet_length(entry) <= 16384),
  erased_at timestamptz,
  CHECK ((entry IS NULL) = (erased_at IS NOT NULL))
);
ALTER TABLE suspense_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE suspense_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY write_path ON suspense_entry TO fairlot_app USING (true) WITH CHECK (true);

-- Under which id the bank was asked to move money, so that a statement that bears it confirms that very transfer.
CREATE TABLE sent_transfer (
  bank_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(bank_id) BETWEEN 1 AND 64),
  transfer bytea NOT NULL CHECK (octet_length(transfer) <= 4096),
  sent_at timestamptz NOT NULL
);

-- Its balances are rolled up like all others.
ALTER TABLE account_balance DROP CONSTRAINT account_balance_family_check;
ALTER TABLE account_balance ADD CONSTRAINT account_balance_family_check
  CHECK (family IN ('order', 'payout', 'limit', 'suspense'));

GRANT SELECT, INSERT, UPDATE (entry, erased_at) ON suspense_entry TO fairlot_app;
GRANT SELECT, INSERT ON sent_transfer TO fairlot_app;
