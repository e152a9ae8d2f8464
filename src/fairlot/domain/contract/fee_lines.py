"""Lines of a contract that read like a fee and not like goods: a buyer is told, for the programme itself is free (R23, R25)."""

from __future__ import annotations

import re

from fairlot.domain.contract.document import Contract, ContractLine

# What suppliers call a cost of being paid when they pass it on; tools, molds and freight are things that are bought.
_FEE = re.compile(
    r"""(?ix)
    \b(?:handling|transactions?|processing|service|platform|payments?|bank(?:ing)?|(?:credit[ ])?card|paypal|wire|transfer
        |remittance|receiving|escrow|trade[ ]assurance|alibaba|admin(?:istration|istrative)?)
    [ ]+(?:fees?|charges?|costs?|commission)\b
    |\bsurcharges?\b
    |(?:手续|交易|服务|平台|银行|转账|汇款|收款|付款|支付|刷卡|信用卡|信保|担保)(?:费|费用)|附加费
    """
)


def fee_lines(contract: Contract) -> tuple[ContractLine, ...]:
    """Return the lines whose article or description reads like a fee."""
    return tuple(
        line for line in contract.lines if _FEE.search(f"{line.article} {line.description}")
    )
