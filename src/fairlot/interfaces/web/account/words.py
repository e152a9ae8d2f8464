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
    "forgot": Words("Forgot your password?", "忘记密码？"),
    "email": Words("E-mail address", "电子邮箱"),
    "password": Words("Password", "密码"),
    "passkey": Words("Sign in with a passkey", "使用通行密钥登录"),
    "passkey_needs_script": Words(
        "Passkeys need JavaScript; a password does not.",
        "通行密钥需要 JavaScript，密码登录则不需要。",
    ),
    "demo": Words("This is a demonstration", "这是演示环境"),
    "demo_intro": Words(
        "Nothing here is real money. Look around as one of these people, with one press each.",
        "这里没有真实资金。点一下即可用以下身份查看。",
    ),
    "demo_password": Words("All of them have the password", "他们的密码都是"),
    "as_buyer": Words("Sign in as the buyer", "以买方身份登录"),
    "as_supplier": Words("Sign in as the supplier", "以供应商身份登录"),
    "as_operator": Words("Sign in as the platform", "以平台身份登录"),
    "as_mediator": Words("Sign in as the mediator", "以调解员身份登录"),
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
    "second_factor": Words("Second factor", "两步验证"),
    "change_password": Words("Password", "修改密码"),
    "change_email": Words("E-mail address", "电子邮箱"),
    "profile": Words("Language and time", "语言与时区"),
}


def account_words(language: Language) -> dict[str, str]:
    """Return every word of these pages in one language."""
    return {name: words.say(language) for name, words in ACCOUNT.items()}
