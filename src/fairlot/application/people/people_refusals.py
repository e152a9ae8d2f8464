"""Why a change to people, companies or keys is refused: named codes with facts, and one sentence in each language."""

from __future__ import annotations

from enum import StrEnum

from fairlot.domain.words.language import Language, Words


class PeopleCode(StrEnum):
    """Every reason."""

    NOT_A_MANAGER = "not_a_manager"
    NO_SUCH_MEMBER = "no_such_member"
    NO_SUCH_KEY = "no_such_key"
    MORE_THAN_ONES_OWN = "more_than_ones_own"
    NO_RIGHTS_GIVEN = "no_rights_given"
    LAST_MANAGER = "last_manager"
    LAST_MANAGER_WITH_OPEN_ORDERS = "last_manager_with_open_orders"
    ALREADY_A_MEMBER = "already_a_member"
    INVITATION_GONE = "invitation_gone"
    INVITATION_FOR_ANOTHER = "invitation_for_another"
    TOO_MANY_INVITATIONS = "too_many_invitations"
    NAME_MISSING = "name_missing"
    COUNTRY_UNKNOWN = "country_unknown"
    KIND_MISSING = "kind_missing"
    ZONE_UNKNOWN = "zone_unknown"
    REASON_MISSING = "reason_missing"
    COMPANY_ID_MALFORMED = "company_id_malformed"
    COMPANY_ID_TAKEN = "company_id_taken"
    ADDRESS_MALFORMED = "address_malformed"
    NO_SUCH_OPERATOR = "no_such_operator"
    NOTHING_TO_ERASE = "nothing_to_erase"
    STILL_NEEDED = "still_needed"


SENTENCES: dict[PeopleCode, Words] = {
    PeopleCode.NOT_A_MANAGER: Words(
        "Only a member who manages the company may do this.", "只有负责管理公司的成员才能这样做。"
    ),
    PeopleCode.NO_SUCH_MEMBER: Words("The company has no such member.", "公司没有这位成员。"),
    PeopleCode.NO_SUCH_KEY: Words("The company has no such key.", "公司没有这个密钥。"),
    PeopleCode.MORE_THAN_ONES_OWN: Words(
        "Nobody can give a right that they do not have themselves.", "不能授予自己没有的权限。"
    ),
    PeopleCode.NO_RIGHTS_GIVEN: Words("Choose at least one right.", "请至少选择一项权限。"),
    PeopleCode.LAST_MANAGER: Words(
        "A company needs somebody who manages it; give that right to another member first.",
        "公司必须有人管理；请先把管理权限授予另一位成员。",
    ),
    PeopleCode.LAST_MANAGER_WITH_OPEN_ORDERS: Words(
        "Nobody else manages a company that has open orders; give that right to another member first, "
        "or wait until the orders are closed.",
        "某家仍有未完结订单的公司没有其他管理者；请先把管理权限授予另一位成员，或等订单全部完结。",
    ),
    PeopleCode.ALREADY_A_MEMBER: Words(
        "This person is a member of the company already.", "此人已经是公司成员。"
    ),
    PeopleCode.INVITATION_GONE: Words(
        "This invitation was used, withdrawn, or has run out; ask for a new one.",
        "此邀请已使用、已撤回或已过期；请索取新的邀请。",
    ),
    PeopleCode.INVITATION_FOR_ANOTHER: Words(
        "This invitation is for another e-mail address; sign in with that one.",
        "此邀请属于另一个电子邮箱；请用该邮箱登录。",
    ),
    PeopleCode.TOO_MANY_INVITATIONS: Words(
        "Too many invitations were written today; invite again tomorrow.",
        "今天发出的邀请过多，请明天再试。",
    ),
    PeopleCode.NAME_MISSING: Words("Give a name.", "请填写名称。"),
    PeopleCode.COUNTRY_UNKNOWN: Words("Choose a country.", "请选择国家或地区。"),
    PeopleCode.KIND_MISSING: Words(
        "Choose at least one thing that the company does.", "请至少选择一项公司业务。"
    ),
    PeopleCode.ZONE_UNKNOWN: Words("Choose a time zone from the list.", "请从列表中选择时区。"),
    PeopleCode.REASON_MISSING: Words("Give a reason.", "请说明理由。"),
    PeopleCode.COMPANY_ID_MALFORMED: Words(
        "A chosen id has up to 64 letters, digits, points, dashes and underscores, begins with a letter or digit, "
        "and not as ids do that Fairlot draws itself (com_, per_, key_, ord_).",
        "自定编号最多 64 个字符，可含字母、数字、点、连字符和下划线，须以字母或数字开头，"
        "且不得使用 Fairlot 自动生成编号的前缀（com_、per_、key_、ord_）。",
    ),
    PeopleCode.COMPANY_ID_TAKEN: Words(
        "This id is another company's, has members already, or is the buyer or supplier of an order; choose another.",
        "该编号属于其他公司、已有成员，或是某订单的买方或供应商；请另选编号。",
    ),
    PeopleCode.ADDRESS_MALFORMED: Words("Give an e-mail address.", "请填写电子邮箱。"),
    PeopleCode.NO_SUCH_OPERATOR: Words(
        "No operator of the platform has this e-mail address.", "没有使用该电子邮箱的平台运营人员。"
    ),
    PeopleCode.NOTHING_TO_ERASE: Words(
        "Nothing is kept under this name, or it is erased already.",
        "该名称下没有保存内容，或已删除。",
    ),
    PeopleCode.STILL_NEEDED: Words(
        "The money has not found its order or its sender yet, and this says whose it is; erase it after that.",
        "这笔款项尚未归入订单或退回汇款人，仍需据此判断归属；请在处理完毕后再删除。",
    ),
}


class RefusedChange(Exception):  # noqa: N818  (a refusal is no error)
    """A change that may be asked and is not granted."""

    def __init__(self, code: PeopleCode, **facts: str) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts

    def sentence(self, language: Language) -> str:
        """Return the reason in one language."""
        return SENTENCES[self.code].say(language)
