"""What telling needs: the desk that tells people and endpoints, and the errands by which mails and webhooks go out."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable

import msgspec

from fairlot.application.desk import Connect, Desk
from fairlot.application.people.second_factors import SecondFactors
from fairlot.application.sandbox import SandboxClock
from fairlot.application.telling.mailing import MailDesk
from fairlot.application.telling.notifying import Telling, tell_of_disabled_webhook
from fairlot.application.telling.webhook_feed import EventFeed
from fairlot.application.telling.webhooks import WebhookDesk
from fairlot.clock import Clock, system_clock
from fairlot.config import Settings
from fairlot.providers.mail.mailer import ConsoleMailer, Mailer, SmtpMailer
from fairlot.providers.webhook.sender import Sender
from fairlot.store.secret_keys import secret_keys

logger = logging.getLogger(__name__)

# Keys change with a restart alone; what another process seals with a key of before meanwhile is found by then.
SEALED_ANEW_EVERY = dt.timedelta(minutes=10)
CONSOLE_SENDER = "Fairlot <fairlot@localhost>"

Errand = Callable[[], int]
"""Does what is due by now and says how much there was; safe beside others doing the same."""


def webhook_desk(settings: Settings, lend: Connect) -> WebhookDesk:
    """Return what webhooks need in any process. They go by the machine's clock, a sandbox's too: receivers compare it."""
    return WebhookDesk(
        connect=lend,
        keys=secret_keys(settings),
        clock=system_clock,
        order_clock=SandboxClock(lend) if settings.demo else system_clock,
    )


def telling_desk(desk: Desk, settings: Settings) -> Desk:
    """Return a desk whose messages reach people and endpoints."""
    telling = Telling(desk, webhook_desk(settings, desk.connect))
    return msgspec.structs.replace(desk, messenger=telling)


def errands(settings: Settings, lend: Connect) -> tuple[Errand, ...]:
    """Return what a worker does beside orders; each may wait for the outside and holds up no other."""
    webhooks = webhook_desk(settings, lend)
    feed = EventFeed(connect=lend, clock=system_clock)
    # Plain http to this machine is for trying things out.
    sender = Sender(loopback_http=settings.demo)

    def deliver() -> int:
        return webhooks.deliver_due(sender, disabled=tell_of_disabled_webhook)

    seal_what_is_stale = seldom(
        lambda: seal_anew(settings, lend), clock=system_clock, every=SEALED_ANEW_EVERY
    )
    mailer, address = _mailer(settings)
    if mailer is None:
        logger.warning(
            "No mail server is named (FAIRLOT_SMTP_URL): notices stay in the pages alone"
        )
        return (feed.publish_due, deliver, seal_what_is_stale)
    mails = MailDesk(
        connect=lend,
        clock=system_clock,
        mailer=mailer,
        sender=address,
        base_url=settings.base_url,
        keys=secret_keys(settings),
    )
    return (feed.publish_due, deliver, seal_what_is_stale, mails.send_due)


def seal_anew(settings: Settings, lend: Connect) -> int:
    """Seal with the key that signs whatever a key of before sealed; return how many secrets that was."""
    seeds = SecondFactors(connect=lend, keys=secret_keys(settings))
    return webhook_desk(settings, lend).seal_anew() + seeds.seal_anew()


def seldom(errand: Errand, *, clock: Clock, every: dt.timedelta) -> Errand:
    """Return an errand that is run at once and then only now and then, however often it is its turn."""
    next_at = clock()

    def run() -> int:
        nonlocal next_at
        now = clock()
        if now < next_at:
            return 0
        next_at = now + every
        return errand()

    return run


def _mailer(settings: Settings) -> tuple[Mailer | None, str]:
    if settings.mail_server is not None:
        return SmtpMailer(settings.mail_server), settings.mail_server.sender
    return (ConsoleMailer(sys.stdout) if settings.demo else None), CONSOLE_SENDER
