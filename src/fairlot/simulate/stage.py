"""A stage on which example trades are played by real commands: a clock moved by hand, ids that never change.

Every step asks under the same command id whenever it is played, so a play that was broken off is simply played again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from fairlot.application.agreement import accept_version
from fairlot.application.desk import Desk, derived_id
from fairlot.application.drafting import propose_contract
from fairlot.application.money.bank_import import Imported, import_bank_file
from fairlot.application.money.payout_file import PayingAccount, PayoutFile, payout_file
from fairlot.application.outcome import Outcome
from fairlot.application.supplier import suppliers
from fairlot.application.supplier.suppliers import ReceivingDetails
from fairlot.domain.calendar import date_in_zone
from fairlot.domain.contract.document import Contract, contract_hash
from fairlot.domain.order.commands import OrderCommand
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import Policy
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty, PostalAddress
from fairlot.store.files import FileStore

# The example supplier's receiving account and the platform's trust account; both are invented.
RECEIVING = ReceivingDetails(
    holder=PaymentParty(
        name="Shenzhen Brightcell Electronics Co., Ltd.",
        address=PostalAddress(town="Shenzhen", country="CN"),
    ),
    account=PaymentAccount(number="44201502400052500"),
    bank=PaymentBank(bic="BKCHCNBJ45A"),
)
PAYING = PayingAccount(
    party=PaymentParty(
        name="Fairlot Trust Account", address=PostalAddress(town="Frankfurt", country="DE")
    ),
    account=PaymentAccount(iban="DE89370400440532013000"),
    bank=PaymentBank(bic="COBADEFFXXX"),
)
# The same account is named by the same hash in every play.
SALT = bytes(16)
LIMIT_MINOR = 5_000_000


# Where the plays happen.
ZONE = "Asia/Shanghai"


class MovedClock:
    """A clock that stands where it was put."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at


class Stage:
    """One order of one play."""

    def __init__(
        self,
        order_id: str,
        *,
        desk: Desk,
        files: FileStore,
        policies: Mapping[str, Policy],
        clock: MovedClock,
        today: dt.datetime,
        work: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self.order_id = order_id
        self.desk = desk
        self.files = files
        self.policies = policies
        self.clock = clock
        self.today = today
        self._work = work
        self._say = say

    def enter(self, at: dt.datetime, sentence: str) -> None:
        """Let the next step happen at an instant, and tell what it is."""
        self._work()
        self.clock.at = at
        if sentence:
            self._say(f"{at:%Y-%m-%d}  {sentence}")

    def work(self) -> None:
        """Let the worker settle what is due and perform what waits."""
        self._work()

    def ask(self, actor: Actor, command: OrderCommand, step: str) -> Outcome:
        """Ask a command under the step's own id; a refusal ends the play."""
        outcome = self.desk.ask_order(
            self.order_id, command, command_id=self.command_id(step), actor=actor
        )
        outcome.unwrap()
        return outcome

    def policy_id(self, edition: str) -> str:
        """Return the id of an edition that ships."""
        return next(key for key, policy in self.policies.items() if policy.edition == edition)

    def world_day(self, days_ago: int) -> dt.date:
        """Return the date so many days before the present, in the zone of the plays."""
        return date_in_zone(self.today - dt.timedelta(days=days_ago), ZONE)

    def propose(
        self, actor: Actor, contract: Contract, *, edition: str, buyer_country: str = "US"
    ) -> None:
        """Propose the contract under an edition."""
        propose_contract(
            self.order_id,
            contract,
            policy_id=self.policy_id(edition),
            actor=actor,
            command_id=self.command_id("propose"),
            buyer_country=buyer_country,
            desk=self.desk,
            files=self.files,
        ).unwrap()

    def accept(self, actor: Actor, contract: Contract) -> None:
        """Accept that very contract, with the cover it names."""
        accept_version(
            self.order_id,
            contract_hash(contract),
            actor=actor,
            command_id=self.command_id("accept"),
            desk=self.desk,
        ).unwrap()

    def import_statement(self, data: bytes) -> Imported:
        """Book a bank statement."""
        return import_bank_file(data, desk=self.desk)

    def pay_out(self, batch_id: str, currency: str, target: Path) -> PayoutFile:
        """Write the payment file of what is to be paid."""
        made = payout_file(
            batch_id,
            paying=PAYING,
            currency=currency,
            execution_date=self.clock.at.date(),
            desk=self.desk,
        )
        if made.content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made.content)
        return made

    def begun_on(self) -> dt.date | None:
        """Return the date of the order's first event in the zone of the plays, or None before it."""
        begun = self.begun_at()
        return begun and date_in_zone(begun, ZONE)

    def begun_at(self) -> dt.datetime | None:
        """Return the instant of the order's first event, or None before it."""
        events = self.desk.read_order(self.order_id).events
        return events[0].at if events else None

    def has_done(self, at: dt.datetime) -> bool:
        """Say whether the order's story reaches an instant."""
        events = self.desk.read_order(self.order_id).events
        return bool(events) and events[-1].at >= at

    def command_id(self, step: str) -> str:
        """Return the id under which a step takes effect once for ever."""
        return derived_id("play", self.order_id, step)


def settle_in(company_id: str, *, desk: Desk) -> None:
    """Enrol the example supplier with a limit and a verified receiving account; again changes nothing."""
    suppliers.enrol(company_id, tier="audited", desk=desk)
    suppliers.set_limit(
        company_id,
        limit_minor=LIMIT_MINOR,
        currency="USD",
        computation_hash="",
        command_id=derived_id("play", company_id, "limit"),
        desk=desk,
    )
    known = desk.suppliers.find(company_id)
    if known is not None and known.account_verified:
        return
    named = suppliers.name_account(
        company_id,
        RECEIVING,
        salt=SALT,
        command_id=derived_id("play", company_id, "name"),
        desk=desk,
    )
    suppliers.verify_account(
        company_id, named, command_id=derived_id("play", company_id, "verify"), desk=desk
    )
