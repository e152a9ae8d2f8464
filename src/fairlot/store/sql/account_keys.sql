-- The command by which a company named a receiving account: asked again, it is the same account, whatever became of keys.
ALTER TABLE receiving_account ADD COLUMN named_by text COLLATE "C" CHECK (length(named_by) BETWEEN 1 AND 128);
CREATE UNIQUE INDEX receiving_account_named_by ON receiving_account (company_id, named_by);
