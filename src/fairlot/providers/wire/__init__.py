"""Bank transfers as files: statements in (camt.053, MT940), matched to orders by reference; payouts out (pain.001)."""

from fairlot.providers.wire.bank_file import read_bank_file
from fairlot.providers.wire.bank_ids import bank_id_for
from fairlot.providers.wire.camt053 import read_camt053
from fairlot.providers.wire.identity import Import, keys_to_remember, new_transactions, sort_out
from fairlot.providers.wire.matching import (
    Match,
    MatchedBy,
    OpenOrder,
    PayoutConfirmed,
    PayoutReturned,
    SentPayout,
    Suggestion,
    Unmatched,
    Why,
    concerned_orders,
    match,
    match_payout,
    references_in,
)
from fairlot.providers.wire.mt940 import read_mt940
from fairlot.providers.wire.pain001 import write_pain001
from fairlot.providers.wire.payment_file import (
    ChargeBearer,
    CreditTransfer,
    CreditTransferBatch,
    PaymentAccount,
    PaymentBank,
    PaymentFile,
    PaymentParty,
    PostalAddress,
    Scheme,
)
from fairlot.providers.wire.payment_file_checks import refuse_unpayable
from fairlot.providers.wire.references import is_reference, printed, reference_for
from fairlot.providers.wire.refusals import BankFileRefused, PaymentFileRefused
from fairlot.providers.wire.statement import (
    BalancePair,
    BankCharge,
    BankParty,
    BankTransaction,
    Direction,
    InstructedAmount,
    ReturnReason,
    Statement,
    UnbookedEntry,
)

__all__ = [
    "BalancePair",
    "BankCharge",
    "BankFileRefused",
    "BankParty",
    "BankTransaction",
    "ChargeBearer",
    "CreditTransfer",
    "CreditTransferBatch",
    "Direction",
    "Import",
    "InstructedAmount",
    "Match",
    "MatchedBy",
    "OpenOrder",
    "PaymentAccount",
    "PaymentBank",
    "PaymentFile",
    "PaymentFileRefused",
    "PaymentParty",
    "PayoutConfirmed",
    "PayoutReturned",
    "PostalAddress",
    "ReturnReason",
    "Scheme",
    "SentPayout",
    "Statement",
    "Suggestion",
    "UnbookedEntry",
    "Unmatched",
    "Why",
    "bank_id_for",
    "concerned_orders",
    "is_reference",
    "keys_to_remember",
    "match",
    "match_payout",
    "new_transactions",
    "printed",
    "read_bank_file",
    "read_camt053",
    "read_mt940",
    "reference_for",
    "references_in",
    "refuse_unpayable",
    "sort_out",
    "write_pain001",
]
