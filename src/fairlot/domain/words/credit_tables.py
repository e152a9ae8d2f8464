"""Words of letters of credit: their events, commands and notices."""

from __future__ import annotations

from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.party import Role
from fairlot.domain.words.command_tables import CommandWords
from fairlot.domain.words.language import Words
from fairlot.domain.words.notice_shape import NoticeWords

CREDIT_EVENTS: dict[type[e.Event], Words] = {
    e.CreditAdvised: Words(
        "A letter of credit over {amount_minor} was advised[mismatches?; it does not fit the contract: {mismatches}][not mismatches? and secures the price].",
        "已通知金额 {amount_minor} 的信用证[mismatches?；与合同不符：{mismatches}][not mismatches?，价款得到保证]。",
    ),
    e.DocumentsPresented: Words(
        "The supplier presented documents[discrepancies?. They do not comply: {discrepancies}. The buyer may waive that until {waive_until}][not discrepancies?; they comply by the record and the bank examines them until {examine_until}].",
        "供应商交单[discrepancies?，单证不符：{discrepancies}，买方可在 {waive_until} 前放弃不符点][not discrepancies?，据记录单证相符，银行在 {examine_until} 前审单]。",
    ),
    e.DocumentsRefused: Words(
        "The bank refused the documents: {discrepancies}. The buyer may waive that until {waive_until}.",
        "银行拒绝单据：{discrepancies}，买方可在 {waive_until} 前放弃不符点。",
    ),
    e.DiscrepanciesWaived: Words(
        "The buyer accepted the documents as they are; the bank examines them until {examine_until}.",
        "买方接受不符点，银行在 {examine_until} 前审单。",
    ),
    e.CreditHonoured: Words(
        "The bank paid {amount_minor} to the supplier under the letter of credit[; what is missing is due until {balance_until}].",
        "银行已凭信用证向供应商付款 {amount_minor}[，不足部分须在 {balance_until} 前支付]。",
    ),
    e.CreditLapsed: Words(
        "The letter of credit does not pay[not_presented?: nothing was presented in time][not_waived?: its discrepancies were not waived][not_honoured?: the bank did not pay in time][refused?: the bank refused]. The price is due by another way to pay until {balance_until}.",
        "信用证未获付款[not_presented?：未按时交单][not_waived?：不符点未被放弃][not_honoured?：银行未按时付款][refused?：银行拒付]，价款须在 {balance_until} 前以其他方式支付。",
    ),
}

CREDIT_COMMANDS: dict[type[c.Command], CommandWords] = {
    c.RecordCreditAdvised: CommandWords(
        Words("Record a letter of credit", "登记信用证"),
        Words(
            "A credit that matches the contract puts the order into production.",
            "与合同相符的信用证使订单进入生产。",
        ),
    ),
    c.PresentDocuments: CommandWords(
        Words("Present documents", "交单"),
        Words("They are checked against the credit at once.", "随即与信用证核对。"),
    ),
    c.RecordDocumentsRefused: CommandWords(
        Words("Record that the bank refused", "登记银行拒付"),
        Words("Books the discrepancies that the bank found.", "登记银行发现的不符点。"),
    ),
    c.WaiveDiscrepancies: CommandWords(
        Words("Accept the documents as they are", "接受不符点"),
        Words("Signed; the bank may then pay.", "签署后银行即可付款。"),
    ),
    c.RecordCreditHonoured: CommandWords(
        Words("Record that the bank paid", "登记银行付款"),
        Words("The supplier was paid under the credit.", "供应商已凭信用证收款。"),
    ),
}

CREDIT_NOTICES: dict[str, NoticeWords] = {
    "credit_advised": NoticeWords(
        Words("A letter of credit was advised", "信用证已通知"),
        Words(
            "A letter of credit over {amount_minor} was advised.",
            "已通知金额 {amount_minor} 的信用证。",
        ),
        {Role.SUPPLIER: Words("Compare it with the contract.", "请与合同核对。")},
    ),
    "documents_presented": NoticeWords(
        Words("Documents were presented", "已交单"),
        Words(
            "Documents were presented under the letter of credit[; they do not comply, and the buyer may waive that until {waive_until}].",
            "已凭信用证交单[；单证不符，买方可在 {waive_until} 前放弃不符点]。",
        ),
    ),
    "documents_refused": NoticeWords(
        Words("The bank refused the documents", "银行拒绝单据"),
        Words(
            "The bank refused the documents; the buyer may waive that until {waive_until}.",
            "银行拒绝单据，买方可在 {waive_until} 前放弃不符点。",
        ),
        {Role.BUYER: Words("Accept the documents as they are, or wait.", "请接受不符点，或等待。")},
    ),
    "credit_honoured": NoticeWords(
        Words("The bank paid under the letter of credit", "银行已凭信用证付款"),
        Words(
            "The bank paid {amount_minor} to the supplier under the letter of credit.",
            "银行已凭信用证向供应商付款 {amount_minor}。",
        ),
    ),
    "credit_lapsed": NoticeWords(
        Words("The letter of credit does not pay", "信用证未获付款"),
        Words(
            "The letter of credit does not pay; the price is due by another way until {balance_until}.",
            "信用证未获付款，价款须在 {balance_until} 前以其他方式支付。",
        ),
        {Role.BUYER: Words("Pay the price by another way.", "请以其他方式支付价款。")},
    ),
}
