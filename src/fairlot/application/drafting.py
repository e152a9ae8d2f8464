"""Beginning an order from a contract document: the document is kept by hash, its facts become the first proposal."""

from __future__ import annotations

from fairlot.application.desk import Desk, derived_id
from fairlot.application.outcome import Outcome
from fairlot.domain.contract.document import Contract, canonical_bytes
from fairlot.domain.contract.terms import terms_of
from fairlot.domain.order.commands import OpenDraft, ProposeVersion
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Actor
from fairlot.store.files import FileStore

CONTRACT_BYTES_MAX = 4 * 1024 * 1024


def propose_contract(
    order_id: str,
    contract: Contract,
    *,
    policy_id: str,
    actor: Actor,
    command_id: str,
    buyer_country: str = "",
    desk: Desk,
    files: FileStore,
) -> Outcome:
    """Begin the order if it has not begun, and propose the contract; asked again with the same id it changes nothing.

    The file is on disk before the event that names its hash. Returns the proposal's outcome.
    """
    document = canonical_bytes(contract)
    files.put([document], bytes_max=CONTRACT_BYTES_MAX)
    draft = OpenDraft(
        policy_id=policy_id,
        buyer_id=contract.buyer.company_id,
        supplier_id=contract.supplier.company_id,
    )
    begun = desk.ask_order(order_id, draft, command_id=derived_id(command_id, "draft"), actor=actor)
    if not begun.is_done and begun.code is not Code.ALREADY_EXISTS:
        return begun
    terms = terms_of(contract, buyer_country=buyer_country, order_id=order_id)
    return desk.ask_order(order_id, ProposeVersion(terms=terms), command_id=command_id, actor=actor)
