"""One durable, balanced transfer of two postings as each peer does it: run by `peers.py` in the environment of the peers.

`python _peer_work.py NAME` finds its database in libpq's variables. Each line of its input is a number of seconds to work;
it answers with transfers per second. It knows nothing of Fairlot.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import importlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Transfer = Callable[[], object]
AMOUNT_MINOR = 1_000
AMOUNT = decimal.Decimal("10.00")


def password() -> str:
    """Return the password of the role, as libpq would find it."""
    for line in Path(os.environ["PGPASSFILE"]).read_text(encoding="ascii").splitlines():
        *_, role, word = line.split(":")
        if role == os.environ["PGUSER"]:
            return word
    raise LookupError(os.environ["PGUSER"])


def django(*apps: str, **more: Any) -> None:
    """Set up a Django project with these applications and nothing else."""
    settings = importlib.import_module("django.conf").settings
    settings.configure(
        SECRET_KEY="bench",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", *apps],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": os.environ["PGDATABASE"],
                "USER": os.environ["PGUSER"],
                "HOST": os.environ["PGHOST"],
                "PORT": os.environ["PGPORT"],
                "CONN_MAX_AGE": None,
            }
        },
        **more,
    )
    importlib.import_module("django").setup()
    importlib.import_module("django.core.management").call_command("migrate", verbosity=0)


def psycopg_inserts() -> Transfer:
    """Three INSERTs and a COMMIT: the writes and nothing else."""
    connection = importlib.import_module("psycopg").connect()
    connection.execute("CREATE TABLE entry (id bigserial PRIMARY KEY, at timestamptz NOT NULL)")
    connection.execute(
        "CREATE TABLE posting (entry bigint NOT NULL REFERENCES entry, line int NOT NULL,"
        " account text NOT NULL, amount_minor bigint NOT NULL, PRIMARY KEY (entry, line))"
    )
    connection.commit()
    line = "INSERT INTO posting VALUES (%s, %s, %s, %s)"

    def transfer() -> None:
        (entry,) = connection.execute(
            "INSERT INTO entry (at) VALUES (now()) RETURNING id"
        ).fetchone()
        connection.execute(line, (entry, 1, "bank", AMOUNT_MINOR))
        connection.execute(line, (entry, 2, "held", -AMOUNT_MINOR))
        connection.commit()

    return transfer


def django_hordak() -> Transfer:
    """A transaction with two legs through its ORM."""
    django(
        "mptt",
        "djmoney",
        "hordak",
        DEFAULT_CURRENCY="USD",
        HORDAK_INTERNAL_CURRENCY="USD",
        HORDAK_CURRENCIES=["USD"],
        CURRENCIES=["USD"],
    )
    models = importlib.import_module("hordak.models")
    money = importlib.import_module("moneyed").Money(AMOUNT, "USD")
    atomic = importlib.import_module("django.db.transaction").atomic
    kind = models.AccountType
    bank = models.Account.objects.create(name="bank", code="1", type=kind.asset, currencies=["USD"])
    held = models.Account.objects.create(
        name="held", code="2", type=kind.liability, currencies=["USD"]
    )

    def transfer() -> None:
        with atomic():
            held.transfer_to(bank, money)

    return transfer


def django_ledger() -> Transfer:
    """A posted journal entry of two transactions."""
    django(
        "django.contrib.messages",
        "django.contrib.sessions",
        "django_ledger",
        ROOT_URLCONF="django_ledger.urls",
    )
    user = (
        importlib.import_module("django.contrib.auth")
        .get_user_model()
        .objects.create(username="bench")
    )
    models = importlib.import_module("django_ledger.models")
    roles = importlib.import_module("django_ledger.io.roles")
    atomic = importlib.import_module("django.db.transaction").atomic
    entity = models.EntityModel.create_entity(
        name="Bench", use_accrual_method=True, admin=user, fy_start_month=1
    )
    entity.create_chart_of_accounts(assign_as_default=True, commit=True)
    bank = entity.create_account(
        code="1010", role=roles.ASSET_CA_CASH, name="bank", balance_type="debit", active=True
    )
    held = entity.create_account(
        code="2010", role=roles.LIABILITY_CL_OTHER, name="held", balance_type="credit", active=True
    )
    ledger = entity.create_ledger(name="orders", posted=True)
    lines = [("debit", bank), ("credit", held)]

    def transfer() -> None:
        with atomic():
            entity.commit_txs(
                je_timestamp=dt.datetime.now(tz=dt.UTC),  # noqa: TID251  (not our code's clock)
                je_txs=[
                    {"account": account, "amount": AMOUNT, "tx_type": side, "description": ""}
                    for side, account in lines
                ],
                je_posted=True,
                je_ledger_model=ledger,
            )

    return transfer


def python_accounting() -> Transfer:
    """A journal entry with one line, posted to its ledger."""
    sqlalchemy = importlib.import_module("sqlalchemy")
    models = importlib.import_module("python_accounting.models")
    entry_type = importlib.import_module("python_accounting.transactions").JournalEntry
    get_session = importlib.import_module("python_accounting.database.session").get_session
    config = importlib.import_module("python_accounting.config").config
    engine = sqlalchemy.create_engine("postgresql+psycopg://").execution_options(
        include_deleted=config.database["include_deleted"],
        ignore_isolation=config.database["ignore_isolation"],
    )
    models.Base.metadata.create_all(engine)
    session = get_session(engine)
    entity = models.Entity(name="Bench")
    session.add(entity)
    session.commit()
    currency = models.Currency(name="US Dollars", code="USD", entity_id=entity.id)
    session.add(currency)
    session.commit()
    kinds = models.Account.AccountType
    bank, held = (
        models.Account(name=name, account_type=kind, currency_id=currency.id, entity_id=entity.id)
        for name, kind in (("bank", kinds.BANK), ("held", kinds.CURRENT_LIABILITY))
    )
    session.add_all([bank, held])
    session.commit()

    def transfer() -> None:
        entry = entry_type(
            narration="transfer",
            transaction_date=dt.datetime.now(),  # noqa: DTZ005, TID251  (as its own examples do)
            account_id=bank.id,
            entity_id=entity.id,
        )
        session.add(entry)
        session.flush()
        line = models.LineItem(
            narration="transfer", account_id=held.id, amount=AMOUNT, entity_id=entity.id
        )
        session.add(line)
        session.flush()
        entry.line_items.add(line)
        session.add(entry)
        entry.post(session)

    return transfer


def eventsourcing() -> Transfer:
    """An aggregate per transfer with its one event; it has no ledger."""
    os.environ |= {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": os.environ["PGDATABASE"],
        "POSTGRES_HOST": os.environ["PGHOST"],
        "POSTGRES_PORT": os.environ["PGPORT"],
        "POSTGRES_USER": os.environ["PGUSER"],
        "POSTGRES_PASSWORD": password(),
    }
    application = importlib.import_module("eventsourcing.application").Application()
    domain = importlib.import_module("eventsourcing.domain")

    class Account(domain.Aggregate):  # type: ignore[misc, name-defined]
        """Remembers how much it took in."""

        @domain.event("Created")  # type: ignore[untyped-decorator]
        def __init__(self, name: str) -> None:
            self.name = name
            self.postings: tuple[tuple[str, int], ...] = ()

        @domain.event("Transferred")  # type: ignore[untyped-decorator]
        def transfer(self, debit: str, credit: str, amount_minor: int) -> None:
            self.postings = ((debit, amount_minor), (credit, -amount_minor))

    accounts = [Account("order") for _ in range(100)]
    application.save(*accounts)
    count = 0

    def transfer() -> None:
        nonlocal count
        account = application.repository.get(accounts[count % len(accounts)].id)
        count += 1
        account.transfer("bank", "held", AMOUNT_MINOR)
        application.save(account)

    return transfer


def dbos() -> Transfer:
    """A durable workflow of one step, which writes two postings; it has no ledger."""
    library = importlib.import_module("dbos")
    connection = importlib.import_module("psycopg").connect(autocommit=True)
    connection.execute("CREATE TABLE posting (account text NOT NULL, amount_minor bigint NOT NULL)")
    place = f"{os.environ['PGUSER']}:{password()}@/{os.environ['PGDATABASE']}"
    url = f"postgresql://{place}?host={os.environ['PGHOST']}&port={os.environ['PGPORT']}"
    library.DBOS(
        config={"name": "bench", "system_database_url": url, "log_level": "ERROR"},
    )

    @library.DBOS.step()  # type: ignore[untyped-decorator]
    def write() -> None:
        connection.execute(
            "INSERT INTO posting VALUES ('bank', %s), ('held', %s)", (AMOUNT_MINOR, -AMOUNT_MINOR)
        )

    @library.DBOS.workflow()  # type: ignore[untyped-decorator]
    def transfer() -> None:
        write()

    library.DBOS.launch()
    done: Transfer = transfer
    return done


PEERS: dict[str, Callable[[], Transfer]] = {
    "psycopg": psycopg_inserts,
    "django-hordak": django_hordak,
    "django-ledger": django_ledger,
    "python-accounting": python_accounting,
    "eventsourcing": eventsourcing,
    "dbos": dbos,
}


def main() -> None:
    """Set up, then work as long as asked, again and again."""
    # What a peer prints by itself must not stand among the answers.
    with contextlib.redirect_stdout(sys.stderr):
        transfer = PEERS[sys.argv[1]]()
        transfer()
    print("ready", flush=True)
    for line in sys.stdin:
        seconds = float(line)
        began, done = time.perf_counter(), 0
        with contextlib.redirect_stdout(sys.stderr):
            while time.perf_counter() - began < seconds:
                transfer()
                done += 1
        print(done / (time.perf_counter() - began), flush=True)
    # Some peers keep threads that would not end.
    os._exit(0)


if __name__ == "__main__":
    main()
