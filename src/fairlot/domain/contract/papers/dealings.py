"""What the parties say of their dealings and of themselves: how long an offer stands, when to answer, where to pay. Nothing of it is required of the goods."""

from __future__ import annotations

import re

_OFFER = (
    r"(?:offer|quot(?:e|ation)|prices?|proforma|pi)\b[^.;]{0,24}\b(?:valid|firm|stands|open)\b",
    r"\bvalid(?:ity)?\b[^.;]{0,16}(?:\d+\s?(?:days|weeks|months)|until|till)",
    r"(?:offers?|quotes?|quotations?|bids?|repl(?:y|ies))\s(?:until|by|before|no later|not later|due)\b",
    r"报价[^,;。]{0,10}有效|有效期[^,;。]{0,12}[天日]|价格[^,;。]{0,6}有效(?!果)|报价截止|截止报价",
)
_CLAIMS = (
    r"\b(?:claims?|complaints?|objections?|disputes?|notice of defects?)\b[^.;]{0,60}\b(?:within|days|weeks)\b",
    r"(?:异议|索赔|质量问题|投诉)[^,;。]{0,24}[天日月]内?[^,;。]{0,8}(?:提出|书面|通知|反馈|提起)|(?:收货|到货|收到货)后[^,;。]{0,10}[天日]内[^,;。]{0,6}(?:提出|验收|异议|索赔)|逾期[^,;。]{0,6}视为",
)
_ANSWERS = (
    r"\b(?:please|pls|kindly)\s(?:re-?)?(?:confirm|reply|answer|sign|return|countersign|advise|revert|acknowledge|let us know|send (?:us|me|back)|tell|quote|check|call|note that (?:we|our))\b",
    r"\b(?:reply|answer|respond|get back|come back|revert|feedback)\b[^.;]{0,30}\bwithin\b|\bwithin\b[^.;]{0,24}\b(?:reply|answer|respond|get back|revert)\b",
    r"(?:(?:小时|工作日|分钟|天|日)(?:之?前|以?内|后)|今天|明天|本周|下周|周[一二三四五六日]前?)[^,;。]{0,6}(?:回复|答复|回传|签回|盖章|签字|反馈|告知|必回|响应|确认回|书面确认)",
)
_LAW = (
    r"\b(?:general|standard) (?:terms|conditions)[^.;]{0,40}\bapply\b|\bterms and conditions\b|\bgoverned by\b|\bgoverning law\b|\bjurisdiction\b|\barbitrat|\bforce majeure\b|\bplace of (?:jurisdiction|performance)\b",
    r"\bin (?:two|three|duplicate|triplicate)\b[^.;]{0,20}\b(?:originals?|copies)\b|\b(?:amendments?|changes) (?:to|of) this\b|\bthis (?:contract|order|agreement) (?:is|becomes|shall be|comes|supersedes|replaces)\b",
    r"未尽事宜|框架协议|另行协商|协商解决|友好协商|仲裁|诉讼|人民法院|管辖|不可抗力|一式[一二两三四五六]份|(?:盖章|签字)(?:之日|后)?(?:起)?生效|传真件|扫描件有效|具有同等(?:法律)?效力|解除合同|合同终止",
)
_BANK = (
    r"\b(?:account|a/c|acct?)\.?\s?(?:no|number|name)?\b\.?\s?:?\s?\d|\biban\b|\bswift\b|\bbic\b|\bbank(?:ing)? (?:details|charges|name|address|account|fees)\b|\bbeneficiary\b|\brouting (?:no|number)\b|\bbank of\b",
    r"开户行|开户银行|账号|帐号|账户|帐户|户名|收款人|汇款至|纳税人识别号|银行手续费",
)
_RESERVES = (
    r"\bwithout (?:prior |further )?notice\b|\bsubject to (?:change|alteration|modification)s?\b|\berrors? (?:and|&|or) omissions?\b|\be\s?&\s?o\.?\s?e\b|\bfor (?:reference|information|illustration|guidance) (?:only|purposes)\b|\bonly for (?:reference|information|guidance)\b|\bnot (?:legally )?binding\b|\breserves? the right\b|\bdoes not (?:relieve|release|exempt)\b|\bno liability\b|\b(?:the|this|our) (?:report|findings?|inspection)\s(?:reflects?|relates?|represents?|refers?|describes?|does)\b|\bour findings\b|\b(?:was|were) (?:shown|seen|observed|noted|presented|counted|available)\b|\bcopyright\b|\bconfidential\b|\ball rights reserved\b|\bpage \d+ (?:of|/) \d+\b|\bproperty of\b",
    r"^\W*(?:绣花|刻字|印刷|印logo|丝印|雕刻|烫金|开版|开模|版费|模具费?|设计费?|打样费?|运费)[^,;。]{0,4}(?:免费|免了|也免|全免|不收|我(?:们)?出)(?:费|钱|了|的)?(?:\W|\Z)|恕不另行通知|不另行通知|仅供参考|解释权|保留[^,;。]{0,8}权利|(?:不|不得|并不)(?:免除|解除|减轻)[^,;。]{0,6}(?:责任|义务)|(?:本)?(?:报告|检验|结果|抽样)[^,;。]{0,4}仅(?:代表|对|反映|供)|仅对(?:来样|所检|样品|本次)|不作为[^,;。]{0,12}(?:依据|凭证)|以签字盖章[^,;。]{0,6}为准|版权所有|未经[^,;。]{0,10}(?:同意|许可|授权)",
)
_CONTACT = (
    r"^\W*(?:tel|phone|fax|mobile|mob|whatsapp|wechat|skype|e-?mail)\b\.?\s?:|@[a-z0-9-]+\.[a-z]{2,}|\bwww\.|https?://",
    r"^\W*(?:style|model|article|art|item|ref|款号|货号|型号)\b\.?\s?(?:no\.?)?\s?:?\s?[a-z]{0,4}[-/ ]?\d[\w/-]*\W*$",
    r"^\W*say\W[^.]*\b(?:dollars?|usd|euros?|eur|pounds|only)\b|大写|(?:万|仟|佰|拾|元)整",
    r"^\W*[a-z ]{0,40}\b(?:no|nr)\.?\s?:?\s?[a-z]{1,5}[-/ ]?\d[\w/-]*\W*$",
    r"^\W*(?:(?:发送)?(?:时间|日期)|date|sent)\s?:\s?\d",
    r"^\W*(?:致命|严重|轻微|critical|major|minor)(?:缺陷|不良|defects?)?\s?:?\s?\d{1,3}\W*$|\bthis (?:annex|specification|document|agreement|report) (?:applies|is\b|shall|replaces|does|forms|covers)|\bkeeps? (?:the |all )?records\b|^\W*cop(?:y|ies)\W*:?\s?\d|复印无效|^\W*实抽|^\W*现场(?:已|共|清点)|已(?:包装|完成|装箱|生产|出货)\s?[\d,]",
    r"^\W*(?:your|our) (?:quotation|offer|inquiry|enquiry|order|ref(?:erence)?|mail|letter)\b\.?\s?(?:no\.?)?\s?:?\s?[a-z]{0,4}[-/ ]?\d[\w/-]*(?:\s(?:dated|of|from)\s[\w .,/-]+)?\W*$",
    r"^\W*(?:[a-z]+ ?/ ?)?(?:(?:your|our|the|buyer|purchase|sales|proforma)\s)?(?:order|po|contract|offer|quotation|invoice|report|订单|合同|报价|发票)\b\W*(?:no\.?|number|号)?\W*[a-z]{0,4}[-/ ]?\d[\w/-]*\W*$",
    r"(?:电话|手机|传真|微信|邮箱|邮编|地址|网址)\s?:",
)
_SAMPLES = (
    r"\b(?:sampling|sample) (?:time|lead time|fee|fees|cost|costs|charge|charges)\b|\bsamples?\b[^.;]{0,40}\b(?:free of charge|by (?:dhl|courier|express|fedex|ups)|at (?:your|our) (?:cost|expense)|refund)",
    r"(?:打样|样品|拿样|寄样)(?:时间|周期|费用?|免费|快递费|运费|到付)|打样:|样品:\s?\d+\s?[-~]?\s?\d*\s?天|下单(?:后)?(?:可)?(?:返还|退还)",
)
_THEMSELVES = (
    r"^\W*(?:and\s|as\s)?(?:we|i)(?:'re| are|'m| am)\s(?:an?|one|the|also|already|now|glad|happy|sorry|sure|looking|interested|importers?|manufacturers?|traders?|specialis|famil|in business)\b",
    r"^\W*(?:and |yes,? |dear,? )*(?:we|i)(?: are| have been|'ve been|'re)? (?:mak\w+|produc\w+|sell\w*|export\w*|do|doing|work\w*|suppl\w+|manufactur\w+|trad\w+)\s[^.;]{0,50}\b(?:for|since|over|more than)\s(?:\w+ ){0,2}\d+\b|\b\d+\+? years(?:'| of)? (?:\w+ )?experience\b|\bestablished in \d{4}\b",
    r"^\W*we(?: have|'ve)\s(?:been|over|more than|about|around|some|\d[\d,.]*)\s?\w*\s?(?:\w+\s)?(?:years?|shops?|stores?|workers?|lines?|employees|customers|branches|outlets|factories|machines|people|staff|sold|bought|worked)",
    r"\b(?:has|have) been audited\b|\baudited by\b|\bnumber of (?:workers|employees)\b|\bsocial audit\b|\b(?:monthly|yearly|annual|daily) (?:capacity|output|production|turnover)\b|\bforecast\b|\bannual (?:demand|volume|need|quantity)\b|\bper year\b",
    r"(?:做|干|从事|经营|专做)[^,;。\d]{0,8}(?:\d+|[一二三四五六七八九十]{1,3}|多|好多)年(?:多|了)|(?:\d+|[一二三四五六七八九十]{1,3})年(?:的)?(?:经验|老厂|老店)|成立于\d|年产能|月产能|日产|年销|员工\d|厂房|占地|专业(?:制|做|生产)[^,;。]{0,8}\d+年|远销|全年(?:预计|预测|用量|需求|约)|预计全年|年用量|年需求",
)
_OTHER_MATTERS = (
    r"\b(?:one more|another|separate|different|second) (?:question|inquiry|enquiry|topic|request|project)\b|\bby the way\b|\b(?:for|in) (?:the )?(?:next|coming) (?:season|order|year|autumn|spring)\b|\bnext order\b|\bfor (?:autumn|spring|next year)\b|\bin (?:the )?future\b|\bseparate(?:ly)? (?:order|quote|offer)|\b(?:asks?|asked|wonder\w*) (?:whether|if)\b|\bcould (?:also |too )?be offered\b|\b(?:summer|winter|spring|autumn) version\b",
    r"(?:上次|之前|前面|前段时间)(?:贵司|你们?|您|客户)?(?:们)?(?:问|提到|询价|说)的|关于(?:上次|之前|前面)|顺便(?:问|说|提)|另外(?:想)?问|下(?:一)?(?:单|季|批次)[^,;。]{0,6}(?:计划|打算|预计|再|考虑)|明年[^,;。]{0,8}(?:计划|打算|预计|再|考虑)|(?:再|另)询|另案",
)
_THE_PAST = (
    r"\b(?:the )?last (?:one|ones|time|year|order|batch|lot|shipment|delivery)\b[^.;]{0,30}\b(?:was|were|had|arrived|came|got|complained|broke|failed|took|stank|smell(?:ed|s)|smelt|fell|tore|bent|lost|leaked|cracked|peeled|faded|rusted|bled|shrank|scratched|split|stained)\b",
    r"\byou (?:have )?(?:offered|quoted|wrote|asked|said|told us|mentioned)\b",
    r"\b(?:was|were|had been|has been) (?:late|broken|delayed|refused|rejected|returned|too \w+)\b",
    r"(?:上次|上回|上批|上一批|去年|之前(?:那批|的货)?)[^,;。]{0,16}(?:了|过|被|坏|退|投诉|不好|有问题|烂|破|漏|裂|断|掉|错|少|有\s?\d)",
)
_AWAY = (
    r"\bout of (?:the )?office\b|\b(?:i am|i'm|we are|we're|he is|she is|is) (?:away|on (?:holiday|leave|vacation|a business trip))\b|\boffice (?:is )?closed\b",
    r"出差|休假|不在(?:公司|办公室)|放假(?!前|后)|外出(?:开会|拜访)",
    r"\b\d+\+? years?'? (?:old )?(?:factory|manufacturer|supplier|company|exporter)\b|从业\s?\d+\s?年|\d+年(?:从业|检验|工作)经[历验]",
)
# What an inspector tells of his own work.
_REPORTED = (
    r"\bthis report (?:covers|concerns|reflects|relates|refers)\b|\b(?:sample size|samples? drawn)\s?:?\s?\d|\b(?:found|noted|recorded) (?:\d+|no|one|two|three) (?:critical|major|minor)\b",
    r"本报告(?:只|仅|不)|本次(?:抽样|抽检|检验|验货)|(?:发现|检出)(?:致命|严重|轻微|主要|次要)?(?:缺陷|不良)|(?:致命|严重|轻微)(?:缺陷|不良)\s?\d+\s?[个处件只]|检验员\s?:",
)
_COURTESY = (
    r"\bgood taste\b|\bgood (?:question|idea|morning|day|evening|luck|choice|news|eye)\b|\bnice to (?:meet|hear)\b|\bhappy new year\b|\blong[- ]?(?:term )?(?:partnership|cooperation)\b|\bgood (?:cooperation|friend|start|week(?:end)?)\b|\bfirst order\b|\bfree for you\b|^\W*(?:ok\W*|yes\W*)?(?:the |your )?(?:laser )?(?:engraving|printing|logo|mould|mold|tooling|plates?|cliche|samples?|artwork|design|shipping|freight|delivery|set-?up|courier|packing|label\w*)(?: (?:is|are|for you))? free(?: of charge)?\W*$|\b(?:is|are|it's) free(?: of charge)?\s*[.!]*$",
    r"\bwell organi[sz]ed\b|\blunch\b|\bcooperative\b|请你吃饭|请客|配合良好|配合(?:很)?好|想(?:订|定|做|要|买)(?:一批|点|些)(?!\d)|交个朋友",
    r"客户至上|顾客至上|信誉第一|信誉至上|诚信(?:为本|经营)|求生存|求发展|合作共赢|互利共赢|竭诚|长期合作|合作愉快|生意兴隆|^\W*(?:品质|质量)(?:第一|至上)\W*$|欢迎(?:来|参观|咨询|选购|您)|眼光(?:真|很)?好",
)
_DEALINGS = re.compile(
    "|".join(
        (
            *_OFFER, *_CLAIMS, *_ANSWERS, *_LAW, *_RESERVES, *_BANK, *_CONTACT, *_SAMPLES, *_THEMSELVES, *_OTHER_MATTERS,
            *_THE_PAST, *_AWAY, *_REPORTED, *_COURTESY,
        )
    )
)  # fmt: skip

_IN_BRACKETS = re.compile(r"(?<=\S)\s?\([^()]*\)")
_PERHAPS = re.compile(r"\b(?:maybe|perhaps|could|whether|might)\b|也许|可能|先不急|再说|有没有")
_ASIDE = re.compile("|".join(_OTHER_MATTERS))


def asks_of_other_matters(content: str) -> bool:
    """Say whether a line (in small letters) asks about something that is not this order."""
    open_yet = content.rstrip().endswith(("?", "\uff1f")) or _PERHAPS.search(content) is not None
    return open_yet and _ASIDE.search(content) is not None


def speaks_of_dealings(body: str) -> bool:
    """Say whether a clause (in small letters, half-width) tells of offer, answer, claims, law, bank, samples, the past, or of its writer."""
    return _DEALINGS.search(_IN_BRACKETS.sub(" ", body)) is not None
