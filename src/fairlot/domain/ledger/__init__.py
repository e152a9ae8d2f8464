"""The ledger: chart of accounts, event to balanced postings, balances."""
