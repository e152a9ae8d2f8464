-- What the platform knows of a supplier beside its story: enrolment, tier, and the receiving account by its hash.
CREATE TABLE supplier (
  company_id text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(company_id) BETWEEN 1 AND 64),
  enrolled boolean NOT NULL,
  tier text NOT NULL,
  account_hash text NOT NULL,
  account_verified boolean NOT NULL,
  CHECK (account_hash <> '' OR NOT account_verified)
);

-- The accounts themselves, known to events by hash alone: details and salt can go, and the chain still holds.
CREATE TABLE receiving_account (
  account_hash text COLLATE "C" NOT NULL PRIMARY KEY CHECK (account_hash ~ '^[0-9a-f]{64}$'),
  company_id text COLLATE "C" NOT NULL CHECK (length(company_id) BETWEEN 1 AND 64),
  details bytea CHECK (octet_length(details) <= 8192),
  salt bytea CHECK (octet_length(salt) = 16),
  erased_at timestamptz,
  CHECK ((details IS NULL) = (erased_at IS NOT NULL)),
  CHECK ((salt IS NULL) = (erased_at IS NOT NULL))
);
CREATE INDEX receiving_account_of_company ON receiving_account (company_id);

GRANT SELECT, INSERT, UPDATE (enrolled, tier, account_hash, account_verified) ON supplier TO fairlot_app;
GRANT SELECT, INSERT, UPDATE (details, salt, erased_at) ON receiving_account TO fairlot_app;
