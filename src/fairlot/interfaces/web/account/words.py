"""Words of the pages of people and companies in both languages; what the library of accounts says is in its own catalogue."""

from __future__ import annotations

from fairlot.domain.words.language import Language, Words

ACCOUNT: dict[str, Words] = {
    "account": Words("Your account", "我的账户"),
    "account_pages": Words("Pages of your account", "账户页面"),
    "sign_in": Words("Sign in", "登录"),
    "sign_in_intro": Words(
        "Orders are seen by the companies that take part in them.", "订单只有参与的公司能看到。"
    ),
    "sign_out": Words("Sign out", "退出"),
    "sign_up": Words("Create an account", "注册账户"),
    "no_account_yet": Words("No account yet?", "还没有账户？"),
    "email": Words("E-mail address", "电子邮箱"),
    "password": Words("Password", "密码"),
    "passkey": Words("Sign in with a passkey", "使用通行密钥登录"),
    "passkey_name": Words("Name", "名称"),
    "passkey_needs_script": Words(
        "Passkeys need JavaScript; a password does not.",
        "通行密钥需要 JavaScript，密码登录则不需要。",
    ),
    "demo": Words("This is a demonstration", "这是演示环境"),
    "demo_intro": Words(
        "Nothing here is real money. Look around as one of these people, with one press each.",
        "这里没有真实资金。点一下即可用以下身份查看。",
    ),
    "who_again": Words("Say once more who you are", "请再次确认身份"),
    "who_again_why": Words(
        "What follows moves money or rights. You are asked again after five minutes.",
        "后续操作涉及款项或权限；五分钟后需再次确认。",
    ),
    "other_ways": Words("Other ways", "其他方式"),
    "demo_password": Words("All of them have the password", "他们的密码都是"),
    "as_buyer": Words("Sign in as the buyer", "以买方身份登录"),
    "as_supplier": Words("Sign in as the supplier", "以供应商身份登录"),
    "as_operator": Words("Sign in as the platform", "以平台身份登录"),
    "as_mediator": Words("Sign in as the mediator", "以调解员身份登录"),
    "as_agent": Words("Sign in as the sourcing agent", "以采购代理身份登录"),
    "as_inspector": Words("Sign in as the inspector", "以检验员身份登录"),
    "as_supervisor": Words("Sign in as the supervisor", "以主管身份登录"),
    "as_auditor": Words("Sign in as the auditor", "以审计员身份登录"),
    "standing_at": Words("You look for", "您正在查看"),
    "change_place": Words("Change", "切换"),
    "platform": Words("The platform", "平台"),
    "cases": Words("Cases you hear", "您调解的案件"),
    "no_place": Words(
        "You do not belong to a company yet, so there are no orders to see.",
        "您还没有加入公司，因此没有可看的订单。",
    ),
    "companies": Words("Companies", "公司"),
    "sessions": Words("Where you are signed in", "登录设备"),
    "this_one": Words("this one", "当前设备"),
    "since": Words("since", "登录于"),
    "passkeys": Words("Passkeys and security keys", "通行密钥与安全密钥"),
    "passkeys_intro": Words(
        "A passkey signs you in by itself; a security key is asked for after the password.",
        "通行密钥可直接登录；安全密钥在输入密码后使用。",
    ),
    "no_passkeys": Words("There are none yet.", "还没有添加。"),
    "is_passkey": Words("passkey", "通行密钥"),
    "is_security_key": Words("security key", "安全密钥"),
    "added": Words("added", "添加于"),
    "rename": Words("Rename", "重命名"),
    "add_passkey": Words("Add one", "添加"),
    "end_others": Words("End all others", "退出其他设备"),
    "second_factor": Words("Second factor", "两步验证"),
    "change_password": Words("Password", "修改密码"),
    "change_email": Words("E-mail address", "电子邮箱"),
    "profile": Words("Language and time", "语言与时区"),
    "name": Words("Name", "姓名"),
    "language": Words("Language", "语言"),
    "zone": Words("Time zone", "时区"),
    "second_factor_needed": Words(
        "Some of your rights sleep until you set up a second factor.",
        "设置两步验证之前，您的部分权限暂不生效。",
    ),
    "save": Words("Save", "保存"),
    "saved": Words("Saved.", "已保存。"),
    "your_data": Words("Your data", "我的数据"),
    "export": Words("Download everything kept about you", "下载与您有关的全部数据"),
    "export_note": Words("One file of JSON, without secrets.", "一个 JSON 文件，不含密钥。"),
    "erase": Words("Erase your account", "注销账户"),
    "erase_note": Words(
        "Your name, address and ways to sign in are erased for good. What you did on orders stays, under a number "
        "that no longer leads to you, because both sides rely on the record.",
        "您的姓名、邮箱和登录方式将被永久删除。您在订单上的操作会以编号保留，但不再指向您，因为双方都依赖这份记录。",
    ),
    "erase_confirm": Words("Erase for good", "永久注销"),
    "erased": Words("Your account is erased.", "您的账户已注销。"),
    "companies_intro": Words(
        "You act on orders for a company. One person may belong to several.",
        "您代表公司处理订单。一个人可以属于多家公司。",
    ),
    "no_companies": Words("You belong to no company yet.", "您还没有加入任何公司。"),
    "new_company": Words("Enter a company", "登记公司"),
    "legal_name": Words("Legal name", "公司全称"),
    "country": Words("Country", "国家或地区"),
    "what_it_does": Words("What it does", "公司业务"),
    "trades": Words("Buys or sells goods", "买卖货物"),
    "is_sourcing_agent": Words("Buys for others as a sourcing agent", "作为采购代理为他人采购"),
    "is_inspection_company": Words("Inspects goods", "货物检验"),
    "members": Words("Members", "成员"),
    "you": Words("you", "您"),
    "rights": Words("Rights", "权限"),
    "change_rights": Words("Change rights", "修改权限"),
    "remove": Words("Remove", "移除"),
    "leave": Words("Leave the company", "退出公司"),
    "invite": Words("Invite a member", "邀请成员"),
    "send_invitation": Words("Send the invitation", "发送邀请"),
    "invited": Words(
        "The invitation is on its way; it can be used once, within 24 hours.",
        "邀请已发出；24 小时内有效，只能使用一次。",
    ),
    "waiting": Words("Invitations that wait", "待接受的邀请"),
    "good_until": Words("good until", "有效至"),
    "withdraw": Words("Withdraw", "撤回"),
    "keys": Words("API keys", "API 密钥"),
    "keys_intro": Words(
        "A key lets a program act for whoever made it, with no more rights than they have themselves.",
        "程序可用密钥代表其创建者操作，权限不会超过创建者本人。",
    ),
    "no_keys": Words("There are no keys.", "还没有密钥。"),
    "new_key": Words("Make a key", "创建密钥"),
    "key_name": Words("What it is for", "用途"),
    "days": Words("Good for how many days", "有效天数"),
    "sandbox": Words("For the sandbox only", "仅用于沙盒"),
    "in_sandbox": Words("sandbox", "沙盒"),
    "last_used": Words("last used", "最近使用"),
    "never_used": Words("never used", "从未使用"),
    "revoke": Words("Revoke", "吊销"),
    "revoked": Words("revoked", "已吊销"),
    "webhooks": Words("Webhooks", "Webhook 通知"),
    "key_made": Words("Your new key", "新密钥"),
    "key_once": Words(
        "Copy it now: it is shown this one time and kept nowhere.",
        "请立即复制：密钥只显示这一次，系统不会保存。",
    ),
    "back": Words("Back to the company", "返回公司"),
    "invitation": Words("Invitation", "邀请"),
    "invitation_to": Words("You are invited to act for", "邀请您代表以下公司操作："),
    "invitation_staff": Words("You are invited to work for the platform as", "邀请您在平台担任："),
    "invitation_for": Words("The invitation is for", "邀请对象："),
    "accept": Words("Accept", "接受邀请"),
    "accepted": Words("Welcome.", "欢迎加入。"),
    "choose_password": Words(
        "Choose a password; the link has shown already that the address is yours.",
        "请设置密码；此链接已证明该邮箱属于您。",
    ),
    "password_rules": Words(
        "At least 12 characters. Several plain words make a good one.",
        "至少 12 个字符，多个普通词组成即可。",
    ),
    "sign_in_to_accept": Words(
        "There is an account with this address; sign in to accept.",
        "该邮箱已有账户；请登录后接受。",
    ),
    "right_follow": Words("See orders", "查看订单"),
    "right_draft": Words("Draft and propose", "起草和提议"),
    "right_agree": Words("Agree to contracts and changes", "同意合同及变更"),
    "right_pay": Words("Pay", "付款"),
    "right_confirm": Words("Confirm receipt and release money", "确认收货并放款"),
    "right_claim": Words("Open and argue disputes", "提起和处理争议"),
    "right_settle": Words("Agree to settlements", "同意和解"),
    "right_fulfil": Words("Record production, shipment, inspection", "记录生产、发货、检验"),
    "right_bank": Words("Change the receiving account", "修改收款账户"),
    "right_manage": Words("Manage members and keys", "管理成员和密钥"),
}

INVITATION_SUBJECT = Words("Fairlot: you are invited to {name}", "Fairlot：邀请您加入 {name}")
INVITATION_TEXT = Words(
    """{inviter} invites you to act for {name} on Fairlot.

Open this link within 24 hours; it works once:
{link}

If you did not expect this, do nothing.
""",
    """{inviter} 邀请您在 Fairlot 上代表 {name} 操作。

请在 24 小时内打开以下链接，链接只能使用一次：
{link}

如果您不了解此事，无需任何操作。
""",
)


def account_words(language: Language) -> dict[str, str]:
    """Return every word of these pages in one language."""
    return {name: words.say(language) for name, words in ACCOUNT.items()}
