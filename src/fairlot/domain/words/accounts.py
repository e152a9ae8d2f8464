"""Words for who holds an order's money now, account by account, and what happens to it next."""

from __future__ import annotations

from typing import NamedTuple

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.ledger.payment_fees import PAYMENT_FEE
from fairlot.domain.words.language import Words


class AccountWords(NamedTuple):
    """What an account is called for a party, and what happens to money on it next."""

    title: Words
    next_step: Words


ACCOUNTS: dict[Account, AccountWords] = {
    Account.BANK: AccountWords(
        Words("At the platform's bank", "平台银行存款"),
        Words("Leaves it as what is due is paid.", "随应付款项支付而减少。"),
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
        Words("Passed on to the supplier's account", "已转入供应商账户"),
        Words(
            "Has left this order; the supplier's account pays it out.",
            "已离开本订单，由供应商账户支付。",
        ),
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
    Account.DUE_SENDER: AccountWords(
        Words("Due to the sender", "应退付款人"),
        Words("Is sent back to who sent it.", "将退回付款人。"),
    ),
    Account.CREDIT_PAID: AccountWords(
        Words("Paid to the supplier by letter of credit", "信用证已付供应商"),
        Words("Is with the supplier; it never was here.", "已在供应商处，未经平台。"),
    ),
    Account.CREDIT_DRAWN: AccountWords(
        Words("Drawn on the buyer's letter of credit", "买方信用证已支取"),
        Words("Is between the buyer and its bank.", "由买方与其银行结算。"),
    ),
    Account.PLATFORM_COST: AccountWords(
        Words("Borne by the platform", "平台承担"),
        Words("Stays a loss of the platform.", "为平台损失。"),
    ),
}

# What a part of an account is called where it is something else than the rest.
PARTS: dict[tuple[Account, str], AccountWords] = {
    (Account.PLATFORM_COST, PAYMENT_FEE): AccountWords(
        Words("The payment's fee, advanced for the supplier", "代供应商垫付的付款手续费"),
        Words(
            "Comes off what is released to the supplier, or is asked of it.",
            "从放给供应商的款项中扣除，或向其收取。",
        ),
    ),
}

# What a clock does to money by itself, by the name of the entry that it will make.
BY_ITSELF: dict[str, Words] = {
    "funds_released": Words(
        "Goes to the supplier by itself on {at}, unless somebody acts before.",
        "若无人操作，于 {at} 自动放款给供应商。",
    ),
    "payment_fee_taken": Words(
        "Comes off what is released to the supplier by itself on {at}, unless somebody acts before.",
        "若无人操作，于 {at} 自动从放给供应商的款项中扣除。",
    ),
    "payment_fee_charged": Words(
        "Becomes the supplier's debt on {at}, unless somebody acts before.",
        "若无人操作，于 {at} 成为供应商的欠款。",
    ),
    "refund_decided": Words(
        "Goes back to the buyer by itself on {at}, unless somebody acts before.",
        "若无人操作，于 {at} 自动退还买方。",
    ),
    "inspection_lapsed": Words(
        "Goes back to who advanced it on {at}, unless the report comes before.",
        "若届时仍无报告，于 {at} 退还垫付方。",
    ),
    "suspense_returned": Words(
        "Goes back to its sender on {at}, unless it can be matched before.",
        "若届时仍无法匹配，于 {at} 退回付款人。",
    ),
    "refund_funded": Words(
        "Is funded by the guarantee fund on {at}, as far as the supplier does not pay before.",
        "供应商届时未付部分，于 {at} 由保障基金支付。",
    ),
}
