"""Words of the pages on which a company joins the programme, in both languages."""

from __future__ import annotations

from fairlot.application.conversation.attachments import FileFault
from fairlot.domain.supplier.enrolment import DocumentKind
from fairlot.domain.words.language import Language, Words

PROGRAMME: dict[str, Words] = {
    "title": Words("Programme", "保障计划"),
    "intro": Words(
        "With the badge, buyers' orders with your company are covered. It is computed from what stands on this page.",
        "显示保障标识后，买方与贵公司的订单即受保障。标识由本页内容计算得出。",
    ),
    "badge": Words("Assured supplier", "保障供应商"),
    "no_badge": Words("Not assured", "未加入保障"),
    "missing": Words("What is missing for the badge", "显示保障标识还缺少"),
    "to_profile": Words("See the page that buyers see", "查看买方看到的页面"),
    "tier": Words("Tier", "等级"),
    "conditions": Words("Conditions", "条件"),
    "version": Words("Version", "版本"),
    "accepted": Words("Accepted", "已接受"),
    "accept": Words("Accept for the company", "代表公司接受"),
    "accept_note": Words(
        "With this the company applies to be enrolled. The platform decides about the tier.",
        "接受即表示公司申请入驻，等级由平台核定。",
    ),
    "accept_done": Words("The conditions are accepted.", "条件已接受。"),
    "documents": Words("Documents", "文件"),
    "documents_note": Words(
        "Only your company and the platform's operators see them.", "仅贵公司与平台运营方可见。"
    ),
    "complete": Words("complete", "齐全"),
    "lacks": Words("missing", "缺少"),
    "no_documents": Words("No document was given in yet.", "尚未提交文件。"),
    "valid_until": Words("valid until", "有效至"),
    "expired": Words("no longer valid", "已失效"),
    "given": Words("Given in", "已提交"),
    "give": Words("Give in a document", "提交文件"),
    "kind": Words("What it is", "文件类型"),
    "file": Words("File", "文件"),
    "file_note": Words("PDF, JPEG or PNG of at most 10 MB.", "PDF、JPEG 或 PNG，不超过 10 MB。"),
    "expires": Words("Last day of validity, where it has one", "有效期截止日（如有）"),
    "give_done": Words("The document is kept.", "文件已保存。"),
    "open": Words("Open", "打开"),
    "account": Words("Receiving account", "收款账户"),
    "account_note": Words(
        "All money of the company's orders goes to this one account, once it is verified as the company's own.",
        "本公司订单的全部款项只付至此账户，须先核实为公司自有账户。",
    ),
    "no_account": Words("No account is named yet.", "尚未指定收款账户。"),
    "ends_in": Words("ends in", "尾号"),
    "verified": Words("verified", "已核实"),
    "not_verified": Words("waits for the platform to verify it", "等待平台核实"),
    "name_account": Words("Name an account", "指定账户"),
    "change_account": Words("Name another account", "更换账户"),
    "account_done": Words(
        "The account is named. Nothing is paid to it before the platform has verified it.",
        "账户已指定。平台核实前不会向其付款。",
    ),
    "change_warning": Words(
        "While another account is being verified, the badge is not shown and nothing is paid out.",
        "更换的账户在核实期间，不显示保障标识，也不付款。",
    ),
    "decisions": Words("Decisions", "决定"),
    "enrolled": Words("Enrolled", "已入驻"),
    "ended": Words("Enrolment ended", "入驻终止"),
    "holder": Words("Holder", "户名"),
    "name": Words("Name in Latin letters, as the bank has it", "拉丁字母户名（与银行登记一致）"),
    "street": Words("Street", "街道"),
    "building_number": Words("Number", "门牌号"),
    "post_code": Words("Post code", "邮编"),
    "town": Words("Town, in Latin letters", "城市（拉丁字母）"),
    "country": Words("Country", "国家或地区"),
    "number_group": Words("Account", "账户"),
    "iban": Words("IBAN", "IBAN"),
    "number": Words("Or another account number", "或其他账号"),
    "bank": Words("Bank", "银行"),
    "bic": Words("BIC (SWIFT)", "BIC（SWIFT）"),
    "no_bic": Words("The bank has no BIC", "银行没有 BIC"),
    "clearing_system": Words(
        "Clearing system, such as USABA or CNAPS", "清算系统，如 USABA、CNAPS"
    ),
    "clearing_number": Words("Its number there", "清算行号"),
    "bank_name": Words("The bank's name", "银行名称"),
    "is_sepa": Words("An account in euro inside SEPA", "SEPA 区域内的欧元账户"),
    "save_account": Words("Name this account", "指定此账户"),
    "back": Words("Back to the programme", "返回保障计划"),
    "form_used": Words("The form was stale; try again.", "表单已失效，请重试。"),
    "choose_file": Words("Choose a file.", "请选择文件。"),
    "bad_date": Words("Write the date as 2027-05-31.", "日期请写作 2027-05-31。"),
    "bad_kind": Words("Choose what the document is.", "请选择文件类型。"),
}

DOCUMENTS: dict[DocumentKind, Words] = {
    DocumentKind.BUSINESS_LICENSE: Words("Business license", "营业执照"),
    DocumentKind.LEGAL_REPRESENTATIVE: Words(
        "Identity of the legal representative", "法定代表人身份证明"
    ),
    DocumentKind.ACCOUNT_PROOF: Words("Proof of the receiving account", "收款账户证明"),
    DocumentKind.PREMISES_PROOF: Words("Proof of the premises", "经营场所证明"),
    DocumentKind.SITE_VISIT_REPORT: Words("Report of a visit on site", "实地走访报告"),
    DocumentKind.FACTORY_AUDIT_REPORT: Words("Factory audit report", "验厂报告"),
}

FILE_FAULTS: dict[FileFault, Words] = {
    FileFault.EMPTY: Words("The file is empty.", "文件为空。"),
    FileFault.TOO_LARGE: Words("The file is larger than 10 MB.", "文件超过 10 MB。"),
    FileFault.NAME: Words(
        "The file's name has characters that cannot be kept.", "文件名含有不支持的字符。"
    ),
    FileFault.CONTENT: Words(
        "The file is neither PDF, JPEG nor PNG.", "文件不是 PDF、JPEG 或 PNG。"
    ),
}


def programme_words(language: Language) -> dict[str, str]:
    """Return every word of the pages in one language."""
    return {name: words.say(language) for name, words in PROGRAMME.items()}


def document_name(kind: DocumentKind, language: Language) -> str:
    """Return what a kind of document is called."""
    return DOCUMENTS[kind].say(language)
