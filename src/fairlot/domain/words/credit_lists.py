"""Words for the closed lists of letters of credit: how one stands, what it lacks, what its documents are."""

from __future__ import annotations

from fairlot.domain.order.state import CreditDocument, CreditMismatch, CreditStatus, Discrepancy
from fairlot.domain.words.language import Words

CREDIT_STATUS: dict[CreditStatus, Words] = {
    CreditStatus.NOT_MATCHING: Words("not fitting the contract", "与合同不符"),
    CreditStatus.ADVISED: Words("advised", "已通知"),
    CreditStatus.PRESENTED: Words("documents presented", "已交单"),
    CreditStatus.DISCREPANT: Words("documents not complying", "单证不符"),
    CreditStatus.WAIVED: Words("discrepancies waived", "不符点已放弃"),
    CreditStatus.HONOURED: Words("honoured", "已付款"),
    CreditStatus.LAPSED: Words("not paid", "未付款"),
}
CREDIT_MISMATCH: dict[CreditMismatch, Words] = {
    CreditMismatch.OTHER_CURRENCY: Words("another currency", "币种不同"),
    CreditMismatch.AMOUNT_TOO_SMALL: Words("less than the price", "金额低于价款"),
    CreditMismatch.SHIPMENT_TOO_EARLY: Words(
        "latest shipment before the contract's date", "最迟装运日早于合同日期"
    ),
    CreditMismatch.EXPIRES_TOO_EARLY: Words("expires before shipment", "到期日早于装运"),
}
DISCREPANCY: dict[Discrepancy, Words] = {
    Discrepancy.LATE_SHIPMENT: Words("shipped after the latest date", "迟装运"),
    Discrepancy.LATE_PRESENTATION: Words("presented too late after shipment", "迟交单"),
    Discrepancy.CREDIT_EXPIRED: Words("credit expired", "信用证过期"),
    Discrepancy.DOCUMENT_MISSING: Words("a document is missing", "单据缺失"),
    Discrepancy.GOODS_MISSING: Words("not all goods shipped", "货物未全部装运"),
    Discrepancy.AMOUNT_ABOVE_CREDIT: Words("more drawn than the credit", "支取超过信用证金额"),
    Discrepancy.FOUND_BY_BANK: Words("found by the bank", "银行认定不符"),
}
CREDIT_DOCUMENT: dict[CreditDocument, Words] = {
    CreditDocument.COMMERCIAL_INVOICE: Words("commercial invoice", "商业发票"),
    CreditDocument.TRANSPORT_DOCUMENT: Words("transport document", "运输单据"),
    CreditDocument.PACKING_LIST: Words("packing list", "装箱单"),
    CreditDocument.CERTIFICATE_OF_ORIGIN: Words("certificate of origin", "原产地证书"),
    CreditDocument.INSPECTION_CERTIFICATE: Words("inspection certificate", "检验证书"),
    CreditDocument.INSURANCE_DOCUMENT: Words("insurance document", "保险单据"),
}
