"""Words for who holds an order's money now, account by account, and what happens to it next."""

from __future__ import annotations

from typing import NamedTuple

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.words.language import Words


class AccountWords(NamedTuple):
    """What an account is called for a party, and what happens to money on it next."""

    title: Words
    next_step: Words


ACCOUNTS: dict[Account, AccountWords] = {
    Account.BANK: AccountWords(
        Words("All of it lies at the platform's bank", "以上款项存于平台银行"),
        Words("Leaves it as what stands above is paid out.", "随上列款项支付而减少。"),
    ),
    Account.HELD: AccountWords(
        Words("Held for this order", "本订单托管款"),
        Words(
            "Goes to the supplier on receipt or at the end of the claim window, or back to the buyer by a refund.",
            "确认收货或索赔期结束时放给供应商，或退还买方。",
        ),
    ),
    Account.DUE_BUYER: AccountWords(
        Words("Due to the buyer", "应退买方"),
        Words("Is sent to the buyer.", "将发还买方。"),
    ),
    Account.SUSPENSE: AccountWords(
        Words("In suspense", "挂账"),
        Words("Goes back to its sender unless it can be matched.", "无法匹配则退回付款人。"),
    ),
    Account.INSPECTION_FEE: AccountWords(
        Words("Inspection fee advanced", "已垫付检验费"),
        Words("Goes to the inspection company.", "将付给检验公司。"),
    ),
    Account.PROCESSOR_FEE: AccountWords(
        Words("Fee of the way to pay", "支付渠道手续费"),
        Words("Is kept by the processor.", "由支付机构收取。"),
    ),
    Account.PAYOUT_CLEARING: AccountWords(
        Words("Released to the supplier", "已放款给供应商"),
        Words("Is paid out to the supplier's receiving account.", "将付至供应商收款账户。"),
    ),
    Account.SUPPLIER_PAYABLE: AccountWords(
        Words("Payable to the supplier", "应付供应商"),
        Words("Is paid out to the supplier's receiving account.", "将付至供应商收款账户。"),
    ),
    Account.SUPPLIER_RECEIVABLE: AccountWords(
        Words("Owed by the supplier", "供应商欠款"),
        Words("Is recovered from its next payouts.", "从其后续付款中追回。"),
    ),
    Account.FUND_RECOVERABLE: AccountWords(
        Words("The fund may get back", "基金可追回款"),
        Words("Falls as the supplier repays.", "随供应商偿还而减少。"),
    ),
    Account.GUARANTEE_FUND: AccountWords(
        Words("Paid by the guarantee fund", "保障基金支付"),
        Words("Is recovered from the supplier.", "向供应商追偿。"),
    ),
    Account.BUYER_RECEIVABLE: AccountWords(
        Words("Owed by the buyer", "买方欠款"),
        Words("Is asked back from the buyer.", "向买方追回。"),
    ),
    Account.PLATFORM_COST: AccountWords(
        Words("Borne by the platform", "平台承担"),
        Words("Stays a loss of the platform.", "为平台损失。"),
    ),
}
