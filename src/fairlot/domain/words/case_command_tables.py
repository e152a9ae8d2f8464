"""What the buttons say and mean in disputes and returns."""

from __future__ import annotations

from fairlot.domain.order import commands as c
from fairlot.domain.words.command_tables import CommandWords
from fairlot.domain.words.language import Words

CASE: dict[type[c.Command], CommandWords] = {
    c.OpenDispute: CommandWords(
        Words("Open a dispute", "提出争议"),
        Words(
            "Stops the release until the case ends. The supplier must answer.",
            "案件结束前停止放款，供应商须答复。",
        ),
    ),
    c.AddClaim: CommandWords(
        Words("Add a claim", "追加索赔"),
        Words("Adds a ground to the open dispute.", "在进行中的争议中追加理由。"),
    ),
    c.AppealRefusal: CommandWords(
        Words("Appeal the refused claim", "对被拒索赔申诉"),
        Words("A mediator looks at the refusal.", "由调解员复核拒绝。"),
    ),
    c.DecideRefusal: CommandWords(
        Words("Decide on the refused claim", "复核被拒索赔"),
        Words("Confirms the refusal or admits the claim.", "维持拒绝或受理索赔。"),
    ),
    c.AnswerDispute: CommandWords(
        Words("Answer the dispute", "答复争议"),
        Words(
            "Only this counts as an answer; a message does not.", "只有此操作算作答复，消息不算。"
        ),
    ),
    c.MakeOffer: CommandWords(
        Words("Make an offer", "提出和解方案"),
        Words(
            "Offers what would end the dispute; it counters what stands.",
            "提出结束争议的方案，并取代对方现有方案。",
        ),
    ),
    c.WithdrawOffer: CommandWords(
        Words("Withdraw the offer", "撤回和解方案"),
        Words("Takes your own offer back.", "撤回己方方案。"),
    ),
    c.DeclineOffer: CommandWords(
        Words("Decline the offer", "拒绝和解方案"),
        Words("The offer ends; the dispute goes on.", "方案终止，争议继续。"),
    ),
    c.AcceptOffer: CommandWords(
        Words("Accept the offer", "接受和解方案"),
        Words(
            "Settles the dispute; it is carried out at once and can not be undone.",
            "争议和解，立即执行且不可撤销。",
        ),
    ),
    c.ConfirmFulfilled: CommandWords(
        Words("Confirm that it was done", "确认已履行"),
        Words("Ends a settlement that waited for something to be done.", "确认和解事项已履行。"),
    ),
    c.ExtendNegotiation: CommandWords(
        Words("Ask for more time to negotiate", "请求延长协商"),
        Words("Counts once, when both ask.", "双方均请求时生效一次。"),
    ),
    c.Escalate: CommandWords(
        Words("Take the case to mediation", "提请调解"),
        Words("A mediator hears both sides.", "由调解员听取双方意见。"),
    ),
    c.NameMediator: CommandWords(
        Words("Name the mediator", "指定调解员"),
        Words("Who is named keeps the case.", "指定后不再更换。"),
    ),
    c.SubmitEvidence: CommandWords(
        Words("Submit evidence", "提交证据"),
        Words(
            "What is given stays given, and the other party sees it.",
            "已提交的证据有效，对方可见。",
        ),
    ),
    c.ContestEvidence: CommandWords(
        Words("Contest evidence", "质疑证据"),
        Words("Says that a piece of evidence is not right.", "指出证据不实。"),
    ),
    c.StateWish: CommandWords(
        Words("Say what you ask for", "说明诉求"),
        Words(
            "The goods after all, to keep what came, or neither: it can be changed until the decision.",
            "要求继续交货、保留已收货物或均不要求；裁决前可以更改。",
        ),
    ),
    c.AskInspection: CommandWords(
        Words("Ask for an inspection", "请求检验"),
        Words("Never refused to who advances its fee.", "垫付费用者的请求不会被拒绝。"),
    ),
    c.Decide: CommandWords(
        Words("Decide the case", "作出裁决"),
        Words(
            "Adopts what the rules call for, or departs from it with a reason.",
            "采纳规则建议，或说明理由作不同裁决。",
        ),
    ),
    c.Appeal: CommandWords(
        Words("Appeal", "申诉"),
        Words("Once, for new evidence or a rule misapplied.", "限一次，须有新证据或适用规则错误。"),
    ),
    c.WithdrawClaim: CommandWords(
        Words("Give up the claim", "放弃索赔"),
        Words("What is restated is given up for good.", "重述的索赔永久放弃。"),
    ),
    c.RecordCondition: CommandWords(
        Words("Report the condition of returned goods", "报告退货货况"),
        Words(
            "Two reports judge a return: before it leaves, after it arrives.",
            "以寄出前和到达后两份报告判定退货。",
        ),
    ),
    c.RecordReturnSent: CommandWords(
        Words("Record the return as sent", "登记退货已寄出"),
        Words("Records that the goods went back, with proof.", "登记货物已寄回及凭证。"),
    ),
    c.RecordReturnArrived: CommandWords(
        Words("Record the return as arrived", "登记退货已到达"),
        Words("Starts the days in which the return is judged.", "退货验收期开始。"),
    ),
    c.ContestReturn: CommandWords(
        Words("Contest the report on the return", "质疑退货报告"),
        Words(
            "A mediator then decides whether the buyer is refunded.", "由调解员决定是否向买方退款。"
        ),
    ),
    c.DecideReturn: CommandWords(
        Words("Decide the contested return", "裁决有争议的退货"),
        Words("Refunds the buyer or not, with a reason.", "说明理由，决定是否向买方退款。"),
    ),
    c.JudgeReturn: CommandWords(
        Words("Accept the return", "确认退货无误"),
        Words("The buyer is refunded.", "向买方退款。"),
    ),
    c.SettleDue: CommandWords(
        Words("Let happen what is due", "处理到期事项"),
        Words("Applies every deadline that has passed.", "处理所有已到的截止时间。"),
    ),
}
