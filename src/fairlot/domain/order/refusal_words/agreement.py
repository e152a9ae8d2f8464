"""Sentences for refusals about who, when, what was asked, the agreement and its money."""

from __future__ import annotations

from fairlot.domain.order.refusals import Code
from fairlot.domain.words.language import Words

AGREEMENT: dict[Code, Words] = {
    Code.NOT_PERMITTED: Words(
        "This is for another role or another company of this order. Act in the role that it asks for.",
        "此操作属于本订单的其他角色或其他公司，请以相应角色操作。",
    ),
    Code.NOT_MANDATED: Words(
        "Your mandate does not include this. Ask the buyer to grant it.",
        "您的授权不包含此操作，请买方授予相应权限。",
    ),
    Code.WRONG_STATUS: Words(
        "This can not be done in the order's present status: {status}.",
        "订单当前状态为“{status}”，不能进行此操作。",
    ),
    Code.TOO_MANY_EVENTS: Words(
        "There are as many of these as one order can have: {most}. Use one that exists.",
        "一个订单最多可有 {most} 项，请使用已有的项。",
    ),
    Code.ALREADY_EXISTS: Words(
        "An order with this id exists already. Choose another id.",
        "该编号的订单已存在，请更换编号。",
    ),
    Code.COMMAND_ID_REUSED: Words(
        "This command id was used before for something else. Send what is new under a new id.",
        "该指令编号已用于其他内容，请用新编号提交新内容。",
    ),
    Code.UNKNOWN_ORDER: Words(
        "There is no order with this id, or it is not yours to see. Check the id.",
        "没有该编号的订单，或您无权查看，请核对编号。",
    ),
    Code.AMOUNT_NOT_POSITIVE: Words(
        "The amount or quantity must be greater than zero.",
        "金额或数量必须大于零。",
    ),
    Code.AMOUNT_TOO_LARGE: Words(
        "The number is larger than can be taken[: at most {most}].",
        "数值过大[，最大为 {most}]。",
    ),
    Code.UNKNOWN_LINE: Words(
        "The contract has no line {line}. Name a line that it has.",
        "合同中没有第 {line} 行，请指明已有的订单行。",
    ),
    Code.UNKNOWN_TERM: Words(
        "The contract has no term “{term}”. Name a term that it has.",
        "合同中没有条款“{term}”，请指明已有的条款。",
    ),
    Code.UNKNOWN_REFERENCE: Words(
        "This order knows nothing under “{reference}”. Check the id.",
        "本订单中没有“{reference}”，请核对编号。",
    ),
    Code.REFERENCE_REUSED: Words(
        "An id was used before in this order[: “{reference}”]. Choose another.",
        "编号在本订单中已使用[：“{reference}”]，请更换。",
    ),
    Code.FILE_NOT_KEPT: Words(
        "This order keeps no file with this hash: {reference}. Add the file first, or name its origin if it lies elsewhere.",
        "本订单未保存该哈希的文件：{reference}。请先上传文件；如文件在别处，请注明来源。",
    ),
    Code.INSTANT_IN_THE_FUTURE: Words(
        "{at} has not come yet. Record what has happened, when it has happened.",
        "{at} 尚未到来，只能登记已发生的事项。",
    ),
    Code.DATE_TOO_FAR: Words(
        "Nothing here may be due later than {days} days from now. Choose an earlier date.",
        "期限不得晚于自今日起 {days} 天，请选择更早的日期。",
    ),
    Code.SAME_COMPANY: Words(
        "Buyer, supplier and agent must be different companies.",
        "买方、供应商和代理人必须是不同的公司。",
    ),
    Code.LINES_MISSING: Words(
        "The version has no line. Add at least one article with quantity and price.",
        "合同版本没有订单行，请至少添加一种货物及其数量和单价。",
    ),
    Code.TOTAL_NOT_SUM_OF_LINES: Words(
        "The total is {total_minor}, but the lines add up to {sum_minor}. Make them equal.",
        "总额为 {total_minor}，但各行合计为 {sum_minor}，请使两者一致。",
    ),
    Code.INSTALMENTS_NOT_WHOLE: Words(
        "The instalments must add up to the total[ of {total_minor}], each above zero, the first due at agreement.",
        "各期款须大于零，合计等于总额[ {total_minor}]，且首期在达成一致时到期。",
    ),
    Code.COVER_ABOVE_TOTAL: Words(
        "The covered amount of {covered_minor} must lie between zero and the total.",
        "保障金额 {covered_minor} 须在零与总额之间。",
    ),
    Code.COVER_KIND_NOT_OFFERED: Words(
        "This kind of cover can not be chosen here[: {kind}]. Keep to the one that the order's policy and agreement allow.",
        "此处不能选择该保障类型[：{kind}]，请使用订单规则和合同允许的类型。",
    ),
    Code.SPLIT_NOT_ALLOWED: Words(
        "The order's policy does not allow payment in parts with {kind}. Ask for the whole price at agreement.",
        "本订单的规则不允许在{kind}下分期付款，请在达成一致时支付全款。",
    ),
    Code.FEE_BORNE_BY_SUPPLIER: Words(
        "The contract lays the fee of the way to pay on the supplier, at no more than it was when the contract was agreed. You have nothing to agree to.",
        "合同约定付款方式的手续费由供应商承担，且不高于签约时的标准，您无需同意。",
    ),
    Code.SHIPMENT_DATE_MISSING: Words(
        "The version names no shipment date and no lead time. Add one; without it nothing could ever be late.",
        "合同版本未写明发货日期或交货期，请补充，否则无从认定迟延。",
    ),
    Code.SHIPMENT_DATE_PAST: Words(
        "The shipment date {date} is over. Choose a later one.",
        "发货日期 {date} 已过，请选择更晚的日期。",
    ),
    Code.SAMPLE_NOT_APPROVED: Words(
        "The version points to a sample that the buyer has not approved. Approve it first, or take it out.",
        "合同版本引用的样品尚未经买方认可，请先认可或删除引用。",
    ),
    Code.NO_PROPOSAL: Words(
        "No version waits for an answer. Propose one.",
        "没有待接受的合同版本，请先提议。",
    ),
    Code.OWN_PROPOSAL: Words(
        "This is your own proposal; the other party answers it. You can withdraw it.",
        "这是您自己的提议，须由对方答复；您可以撤回。",
    ),
    Code.NOT_PROPOSER: Words(
        "Only the party that proposed a version can withdraw it. You can decline it.",
        "只有提议方可以撤回合同版本；您可以拒绝。",
    ),
    Code.VERSION_SUPERSEDED: Words(
        "Another version stands now ({version_hash}…). Read it and answer that one.",
        "现行提议是另一合同版本（{version_hash}…），请阅读后答复该版本。",
    ),
    Code.COVER_CHANGED: Words(
        "The supplier's free limit gives {cover_minor} of cover, not {covered_minor}. Propose a version with what is free.",
        "供应商的可用额度为 {cover_minor}，而非 {covered_minor}，请按可用额度提议新版本。",
    ),
    Code.ACCOUNT_NOT_VERIFIED: Words(
        "The supplier has no verified receiving account yet. The operator verifies it before the first agreement.",
        "供应商尚无经核验的收款账户，须由运营方在首次达成一致前核验。",
    ),
    Code.CURRENCY_FIXED: Words(
        "The order was agreed in {currency}, and a change keeps that currency.",
        "订单以 {currency} 达成一致，变更不能改变币种。",
    ),
    Code.BELOW_SHIPPED: Words(
        "{shipped} pieces of line {line} have been shipped[ and {cancelled} cancelled and paid back]; a change can not go below that.",
        "第 {line} 行已发货 {shipped} 件[，已取消并退款 {cancelled} 件]，变更后的数量不能更少。",
    ),
    Code.WAY_TO_PAY_NOT_OFFERED: Words(
        "This way to pay is not offered for this order: {way}. Choose one from its policy.",
        "本订单不提供该支付渠道：{way}，请选择规则中的渠道。",
    ),
    Code.CARD_BLOCKED: Words(
        "Since {since} this buyer owes money that its card's bank took back after it had been refunded, so it can not pay by card. Pay what is owed, or pay by another way.",
        "买方自 {since} 起欠付退款后又被发卡行收回的款项，暂不能以银行卡付款；请先清偿，或改用其他付款方式。",
    ),
    Code.CARD_BLOCK_STANDS: Words(
        "Whether this buyer's card is blocked is recorded like this already; nothing is to be changed.",
        "该买方银行卡的停用状态已如此登记，无需更改。",
    ),
    Code.CREDIT_INCOMPLETE: Words(
        "A letter of credit names its number, the issuing bank by its BIC, days for presentation, and at least a transport document. Complete it.",
        "信用证须载明编号、开证行 BIC、交单期限，并至少要求运输单据，请补全。",
    ),
    Code.CREDIT_MISMATCHED: Words(
        "The amendment does not fit the contract ({mismatch}), so the credit stands as it was. Have it amended to fit.",
        "信用证修改与合同不符（{mismatch}），原信用证不变，请改妥。",
    ),
    Code.CREDIT_BESIDE_PAYMENT: Words(
        "Part of the price is already paid by another way. A letter of credit is for the whole price or none of it.",
        "部分价款已以其他方式支付；信用证须覆盖全部价款。",
    ),
    Code.NO_CREDIT: Words(
        "No letter of credit stands for this order now. Have one advised that matches the contract, or pay by another way.",
        "本订单目前没有有效的信用证；请通知与合同相符的信用证，或以其他方式付款。",
    ),
    Code.CREDIT_ELSEWHERE: Words(
        "The letter of credit is “{stage}” now, which does not allow this.",
        "信用证目前为“{stage}”，不能进行此操作。",
    ),
    Code.FEE_NOT_RISEN: Words(
        "This way to pay costs no more than you agreed to.",
        "此付款方式的手续费未高于您已同意的标准。",
    ),
    Code.NOTHING_TO_KEEP: Words(
        "No overpayment of this payment waits to be sent back, or no instalment is left to keep it for.",
        "该笔付款没有待退回的多付款，或没有后续分期款可抵。",
    ),
    Code.MORE_THAN_DUE: Words(
        "Only {due_minor} is due here. Book no more than that.",
        "此处应付仅为 {due_minor}，登记金额不能超出。",
    ),
    Code.ALREADY_REVERSED: Words(
        "The money of this payment was taken back already and is booked so.",
        "该笔付款的资金已被收回，并已登记。",
    ),
}
