"""The form of every act that has one: which fields fill its command. What is not here is asked through the API.

What banks, carriers and processors report comes in files and by program, and a contract is proposed on a page of its own
(`web/proposing`); all else that a person can ask of an order stands here.
"""

from __future__ import annotations

from typing import Any, cast

import msgspec

from fairlot.application.asking import UNGRANTED
from fairlot.domain.order import commands as c
from fairlot.domain.order.commands.instants import in_whole_seconds
from fairlot.domain.order.state import (
    Condition,
    OfferKind,
    Outcome,
    Right,
    Wish,
    open_dispute,
)
from fairlot.domain.order.terms import Mode, Party, Proof
from fairlot.interfaces.web.acts import choices
from fairlot.interfaces.web.acts.choices import heard, members, named
from fairlot.interfaces.web.acts.fields import Field, Kind, Sight
from fairlot.interfaces.web.acts.words import ADMISSIONS, ANSWERS, APPEAL_GROUNDS, REFUNDS

REASON = Field("reason_hash", Kind.WRITTEN)


class Form(msgspec.Struct, frozen=True):
    """The fields of a command, and which of its own it fills with a new id."""

    fields: tuple[Field, ...] = ()
    new_id: str = ""


def _one(name: str) -> Field:
    """Return the field for one of those things of the order with which the command would be heard."""
    return Field(name, Kind.CHOICE, heard(name))


def _mode(*, required: bool) -> Field:
    return Field("mode", Kind.CHOICE, members(Mode), required=required)


def _claim(path: str, probed: str) -> tuple[Field, ...]:
    return (
        Field(f"{path}.ground", Kind.CHOICE, heard(f"{probed}.ground")),
        Field(f"{path}.lines", Kind.MANY, choices.lines, required=False),
        Field(f"{path}.term_ids", Kind.MANY, choices.terms, required=False),
        Field("known_at", Kind.MOMENT, required=False),
        Field("wish", Kind.CHOICE, members(Wish)),
    )


def _money(name: str, *, required: bool = True) -> Field:
    return Field(name, Kind.AMOUNT, required=required)


AGREEMENT: dict[type[c.Command], Form] = {
    c.GrantMandate: Form(
        (Field("agent_id", Kind.TEXT), Field("rights", Kind.MANY, members(Right))),
    ),
    c.RevokeMandate: Form((_one("agent_id"),)),
    c.RequestSample: Form(new_id="sample_id"),
    c.RecordSampleSent: Form((_one("sample_id"), Field("seal_hash", Kind.PAPER))),
    c.ApproveSample: Form((_one("sample_id"),)),
    c.RejectSample: Form((_one("sample_id"),)),
    c.WithdrawVersion: Form((_one("version_hash"),)),
    c.DeclineVersion: Form((_one("version_hash"),)),
    c.AcceptVersion: Form((_one("version_hash"),)),
}
MONEY: dict[type[c.Command], Form] = {
    c.ConsentToFee: Form((Field("rail", Kind.CHOICE, heard("rail", choices.as_rail)),)),
    c.KeepExcess: Form((_one("payment_id"),)),
    c.CancelByPlatform: Form((REASON,)),
    c.WriteOffDebt: Form((REASON,)),
    c.WaiveDiscrepancies: Form((Field("signature_hash", Kind.WRITTEN),)),
}
GOODS: dict[type[c.Command], Form] = {
    c.RequestProductionUpdate: Form(),
    c.PostProductionUpdate: Form(
        (Field("percent", Kind.WHOLE), Field("note_hash", Kind.WRITTEN)),
    ),
    c.AgreeInspectionFee: Form(),
    c.BookInspection: Form(
        (
            Field("company", Kind.CHOICE, heard("company", choices.as_it_is)),
            _one("stage"),
            _money("fee_minor"),
        ),
        new_id="inspection_id",
    ),
    c.RecordInspectionReport: Form(
        (
            _one("inspection_id"),
            Field("lot", Kind.WHOLE),
            Field("critical.found", Kind.WHOLE, words_name="critical"),
            Field("major.found", Kind.WHOLE, words_name="major"),
            Field("minor.found", Kind.WHOLE, words_name="minor"),
            Field("mandatory_failed", Kind.MANY, choices.terms, required=False),
            Field("not_checked", Kind.MANY, choices.terms, required=False),
            Field("not_as_ordered", Kind.FLAG),
        ),
    ),
    c.RejectLot: Form(),
    c.RequestRework: Form(),
    c.WaiveFindings: Form(
        (
            Field("term_ids", Kind.MANY, choices.terms),
            Field("signature_hash", Kind.WRITTEN),
        ),
    ),
    c.NotifyGoodsReady: Form(),
    c.RecordShipment: Form(
        (
            Field("proof", Kind.CHOICE, members(Proof, without=frozenset({Proof.ARRIVAL}))),
            Field("document_hash", Kind.PAPER),
            Field("handed_over_date", Kind.DAY),
            _mode(required=False),
        ),
        new_id="shipment_id",
    ),
    c.RecordMovement: Form((_one("shipment_id"), Field("moved_at", Kind.MOMENT))),
    c.ExtendArrival: Form((_one("shipment_id"),)),
    c.RecordDelivery: Form(
        (
            _one("shipment_id"),
            Field("document_hash", Kind.PAPER),
            Field("delivered_date", Kind.DAY),
            Field("at_port", Kind.FLAG),
        ),
    ),
    c.ConfirmReceipt: Form(
        (Field("shipment_ids", Kind.MANY, choices.shipments, required=False),),
    ),
    c.RecordSeizure: Form(
        (Field("notice_hash", Kind.PAPER), Field("wrong_goods", Kind.FLAG)),
    ),
    c.RecordPriceDemand: Form(
        (Field("message_hash", Kind.WRITTEN), _money("amount_minor", required=False)),
    ),
}
DISPUTE: dict[type[c.Command], Form] = {
    c.OpenDispute: Form(
        (
            *_claim("claims", "claims.0"),
            Field("evidence_hashes", Kind.PAPERS, required=False),
        ),
    ),
    c.AddClaim: Form(_claim("claim", "claim")),
    c.StateWish: Form((Field("wish", Kind.CHOICE, members(Wish)),)),
    c.AppealRefusal: Form((_one("refusal_id"), REASON)),
    c.DecideRefusal: Form(
        (_one("refusal_id"), Field("admit", Kind.CHOICE, named(ADMISSIONS)), REASON),
    ),
    c.AnswerDispute: Form((Field("decline", Kind.CHOICE, named(ANSWERS)), REASON)),
    c.MakeOffer: Form(
        (
            Field("offer.kind", Kind.CHOICE, members(OfferKind)),
            _money("offer.amount_minor", required=False),
            _money("offer.kept_amount_minor", required=False),
            Field("offer.quantity", Kind.WHOLE, required=False),
            Field("offer.until", Kind.DAY_END, required=False),
        ),
        new_id="offer.id",
    ),
    c.WithdrawOffer: Form((_one("offer_id"),)),
    c.DeclineOffer: Form((_one("offer_id"),)),
    c.AcceptOffer: Form((_one("offer_id"),)),
    c.ConfirmFulfilled: Form(),
    c.ExtendNegotiation: Form(),
    c.Escalate: Form(),
    c.NameMediator: Form((Field("mediator_id", Kind.CHOICE, choices.mediators),)),
    c.SubmitEvidence: Form(
        (
            Field("item_hash", Kind.PAPER),
            Field("term_id", Kind.CHOICE, choices.terms, required=False),
        ),
    ),
    c.ContestEvidence: Form(
        (
            Field(
                "item_hash",
                Kind.CHOICE,
                choices.evidence_of_the_other,
                words_name="contested_hash",
            ),
        ),
    ),
    c.AskInspection: Form(),
    c.Decide: Form(
        (
            Field("outcome", Kind.CHOICE, members(Outcome)),
            _money("amount_minor"),
            Field("condition", Kind.CHOICE, members(Condition)),
            Field("until", Kind.DAY_END, required=False),
            _money("otherwise_minor", required=False),
            Field("reason_hash", Kind.WRITTEN, required=False),
        ),
    ),
    c.Appeal: Form((Field("ground", Kind.CHOICE, named(APPEAL_GROUNDS)), REASON)),
    c.WithdrawClaim: Form(
        (Field("claims", Kind.MANY, choices.claims), Field("statement_hash", Kind.WRITTEN)),
    ),
}
RETURNS: dict[type[c.Command], Form] = {
    c.RecordReturnSent: Form(
        (
            _mode(required=True),
            Field("proof_hash", Kind.PAPER),
            Field("carrier_chosen_by", Kind.CHOICE, members(Party)),
            _money("freight_minor", required=False),
        ),
    ),
    c.RecordReturnArrived: Form((Field("proof_hash", Kind.PAPER),)),
    c.ContestReturn: Form((REASON,)),
    c.DecideReturn: Form((Field("refunds", Kind.CHOICE, named(REFUNDS)), REASON)),
    c.JudgeReturn: Form(),
}
FORMS: dict[str, tuple[type[c.Command], Form]] = {
    kind.__name__: (kind, form)
    for table in (AGREEMENT, MONEY, GOODS, DISPUTE, RETURNS)
    for kind, form in table.items()
}
"""Every act with a page, by its command's name."""


def command_of(
    kind: type[c.Command], form: Form, values: dict[str, Any], *, new_id: str, sight: Sight
) -> c.OrderCommand:
    """Return the command that a form's values fill. Raises msgspec.ValidationError and ValueError for what is none."""
    plain = _parts({**values, form.new_id: new_id} if form.new_id else values)
    if kind is c.AcceptVersion:
        plain["grant"] = msgspec.to_builtins(UNGRANTED)
    if kind is c.OpenDispute:
        plain["claims"] = [plain["claims"]]
    if kind is c.WithdrawClaim:
        dispute = open_dispute(sight.order)
        standing = dispute.claims if dispute is not None else ()
        plain["claims"] = [msgspec.to_builtins(standing[int(at)]) for at in plain["claims"]]
    command: Any = in_whole_seconds({"type": kind.__name__, **plain}, kind)
    return cast("c.OrderCommand", command)


def _parts(values: dict[str, Any]) -> dict[str, Any]:
    """Return values by field as plain parts: `offer.kind` goes into the part `offer`; what was not given is left out."""
    plain: dict[str, Any] = {}
    for name, value in values.items():
        part, dot, inner = name.partition(".")
        if value is None:
            continue
        if dot:
            plain.setdefault(part, {})[inner] = value
        else:
            plain[part] = value
    return plain
