"""The pages' own words in both languages: headings, labels, notes; everything else comes from the rules' words."""

from __future__ import annotations

from fairlot.domain.words.language import Language, Words

PAGE: dict[str, Words] = {
    "skip": Words("Skip to the content", "跳到正文"),
    "orders": Words("Orders", "订单"),
    "suppliers": Words("Suppliers", "供应商"),
    "notifications": Words("Notifications", "通知"),
    "conversation": Words("Open the conversation", "查看沟通记录"),
    "unread": Words("unread", "条未读"),
    "language": Words("Language", "语言"),
    "footer": Words(
        "Fairlot shows what its rules decide. Nothing on this page is promised that the claim desk refuses.",
        "Fairlot 所示即规则所定；页面上的承诺，索赔时一概兑现。",
    ),
    "no_orders": Words("No orders yet.", "还没有订单。"),
    "no_orders_next": Words(
        "An order begins with a contract; a program can send one too:",
        "订单自提议合同开始，也可由程序提交：",
    ),
    "no_contract": Words("No contract proposed yet", "尚未提出合同"),
    "begin": Words("Begin an order", "新建订单"),
    "waiting_for_you": Words("Waiting for you", "等您处理"),
    "other_orders": Words("All others, the newest first", "其他订单，新的在前"),
    "no_older": Words("There are no older orders.", "没有更早的订单。"),
    "to_newest": Words("To the newest orders", "查看最新订单"),
    "orders_intro": Words(
        "Each order says where it stands and who must act by when.",
        "每个订单都写明进展、应由谁行动及期限。",
    ),
    "demo": Words("Demonstration: nothing here is real.", "演示环境：一切均为虚构。"),
    "demo_now": Words("Its clock shows", "当前时间"),
    "demo_step": Words("Let time go by", "让时间前进"),
    "demo_hour": Words("1 hour", "1 小时"),
    "demo_day": Words("1 day", "1 天"),
    "demo_week": Words("1 week", "1 周"),
    "search": Words("Find by order number", "按订单号查找"),
    "find": Words("Find", "查找"),
    "none_found": Words("No order has this in its number.", "没有匹配的订单号。"),
    "newer": Words("Newer orders", "较新的订单"),
    "older": Words("Older orders", "较早的订单"),
    "pages": Words("Pages of orders", "订单分页"),
    "buyer": Words("Buyer", "买方"),
    "supplier": Words("Supplier", "供应商"),
    "edition": Words("Edition of the programme", "保障计划版本"),
    "as_of": Words("As of", "截至"),
    "times_of": Words("Times are those of", "时间所属时区："),
    "seen_as": Words("Seen by", "查看身份"),
    "way": Words("The order's way", "订单进程"),
    "dispute": Words("Dispute", "争议"),
    "you_can": Words("What you can do now", "现在可以做什么"),
    "nothing_to_do": Words("There is nothing for you to do at the moment.", "目前无需您操作。"),
    "not_now": Words("Not possible now", "现在不能做"),
    "nothing_awaited": Words("Nothing waits for you at the moment.", "目前没有等您处理的事项。"),
    "also_possible": Words("Also possible", "还可以"),
    "by_program": Words("How a program does it", "程序如何操作"),
    "by_program_note": Words(
        "With a key of your company; each command's fields stand in the reference:",
        "使用贵公司的密钥；各指令的字段见参考文档：",
    ),
    "by_command": Words(
        "Or, in this demonstration, from the command line:", "在本演示环境中也可用命令行："
    ),
    "choices": Words("The kinds of cover to choose from", "可选择的保障类型"),
    "choices_note": Words(
        "An inspection takes place where the goods are by then, so its cost differs. The contract names the kind.",
        "检验在货物当时所在地进行，费用因此不同。由合同约定保障类型。",
    ),
    "choice_proposed": Words("in the version on the table", "当前提议版本所选"),
    "choice_quality": Words("Quality can be claimed", "质量索赔"),
    "choice_late": Words("Lateness", "迟延索赔"),
    "choice_inspection": Words("Inspection in a dispute", "争议检验"),
    "if_agreed": Words("If the version on the table were accepted now", "若现在接受当前提议的版本"),
    "if_agreed_total": Words("Total of the order", "订单总额"),
    "if_agreed_covered": Words("Covered after release", "放款后的保障上限"),
    "if_agreed_uncovered": Words("Not covered after release", "放款后不受保障"),
    "if_agreed_note": Words(
        "The cover is what is free of the supplier's limit at this moment; agreeing fixes it for the order's life.",
        "保障以供应商额度当前可用部分为限；签订时确定，并在订单存续期内不变。",
    ),
    "if_agreed_less": Words(
        "The version cannot be accepted as it stands, for it names more cover than is free:",
        "该版本写明的保障金额超过可用额度，不能按现状接受：",
    ),
    "protected": Words("What is protected now", "现在受到哪些保障"),
    "covered_open": Words("Can be claimed now", "现在可索赔"),
    "covered_later": Words("Protected", "受保障"),
    "not_protected": Words("What is not covered now, and why", "现在不受保障的情形及原因"),
    "nothing_covered": Words("Nothing can be claimed now.", "现在不能提出任何索赔。"),
    "up_to": Words("up to", "最高"),
    "until": Words("until", "截止"),
    "until_open": Words("its end is not known yet", "截止时间尚未确定"),
    "evidence": Words("What shows it", "需要的证据"),
    "advice": Words("What to do", "怎么办"),
    "money": Words("Money", "款项"),
    "received_minor": Words("Paid in", "已付入"),
    "held_minor": Words("Held", "托管中"),
    "released_minor": Words("Released to the supplier", "已放款给供应商"),
    "refunded_minor": Words("Refunded to the buyer", "已退还买方"),
    "refund_due_minor": Words("On its way to the buyer", "退款途中"),
    "fees_minor": Words("Fees of ways to pay", "支付手续费"),
    "fund_minor": Words("Paid by the guarantee fund", "保障基金支付"),
    "cover": Words("Covered after release", "放款后的保障上限"),
    "uncovered": Words("Not covered after release", "放款后不受保障"),
    "missing": Words("Missing now", "目前欠付"),
    "ways_to_pay": Words("Ways to pay what is missing", "欠付款项的付款方式"),
    "holdings": Words("Who holds what now", "款项现在在谁手中"),
    "bookings": Words("Every booking", "全部分录"),
    "event_number": Words("event", "事件"),
    "debit": Words("debit", "借"),
    "credit": Words("credit", "贷"),
    "no_money": Words("No money has moved yet.", "尚无款项往来。"),
    "deadlines": Words("Who must act by when", "期限与责任"),
    "no_deadlines": Words("No clock runs.", "没有进行中的时限。"),
    "if_nobody": Words("If nobody acts", "若无人操作"),
    "foreseen": Words("What happens by itself", "将自动发生的事"),
    "foreseen_intro": Words(
        "If nobody acts from now on, the record will go on like this.",
        "若自此无人操作，记录将如下延续。",
    ),
    "nothing_foreseen": Words("Nothing more happens by itself.", "不会再自动发生任何事。"),
    "contract": Words("Contract", "合同"),
    "no_document": Words(
        "The document of this version is not kept here.", "此处未保存该合同版本的文件。"
    ),
    "price": Words("Price", "货款"),
    "price_parts": Words("Parts of the price", "分期款"),
    "goods": Words("Goods", "货物"),
    "terms": Words("Terms", "条款"),
    "claimable": Words("A claim can stand on it", "可据以索赔"),
    "not_claimable": Words("No claim can stand on it", "不能据以索赔"),
    "shipment": Words("Shipment", "发货"),
    "shipment_date": Words("Shipment date", "发货日期"),
    "destination": Words("Destination", "目的地"),
    "inspection": Words("Inspection", "检验"),
    "version": Words("Version", "合同版本"),
    "covered_amount": Words("Covered amount asked for", "约定保障金额"),
    "payment_fee": Words("Fee of the way to pay", "付款手续费"),
    "supplier_bears_fee": Words(
        "Borne by the supplier: it comes off what is released", "由供应商承担，从放款中扣除"
    ),
    "story": Words("Everything that happened", "全部经过"),
    "story_intro": Words(
        "Nothing in it can be changed; each line is bound to the one before by its hash.",
        "任何一行都不能更改，每行以哈希与前一行相连。",
    ),
    "due_unwritten": Words(
        "has come by its deadline and will be written next", "已到期，将随即写入"
    ),
    "forms_only": Words("Nothing to show here", "此处无可显示内容"),
    "forms_only_text": Words(
        "This address takes a form that is sent, and nothing was sent. Nothing was changed.",
        "此地址只接收提交的表单，而您没有提交内容。未作任何更改。",
    ),
    "not_found": Words("Not here", "未找到"),
    "not_found_text": Words(
        "There is no such page, or it is not yours to see.", "没有此页面，或您无权查看。"
    ),
    "to_orders": Words("Go to the orders", "查看订单"),
    "failed": Words("Something went wrong on our side", "我们这边出了问题"),
    "failed_text": Words(
        "Nothing was changed by it. Try again in a moment.", "没有任何数据被更改，请稍后再试。"
    ),
}


def page_words(language: Language) -> dict[str, str]:
    """Return every word of the pages in one language."""
    return {name: words.say(language) for name, words in PAGE.items()}
