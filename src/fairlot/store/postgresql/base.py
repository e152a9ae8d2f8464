"""Django's connection to Fairlot's database: found at first use, and the embedded server started again if it died."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db.backends.postgresql import base as django_postgresql
from psycopg.conninfo import conninfo_to_dict

from fairlot import config
from fairlot.store.server import embedded


class DatabaseWrapper(django_postgresql.DatabaseWrapper):
    """Takes its connection string from the process's lease, or from `DSN` in its entry of DATABASES."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        del params["dbname"]
        return {**params, **conninfo_to_dict(self.dsn())}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if self.settings_dict.get("DSN"):
                raise
            embedded.process_lease(config.settings()).ensure_running()
            return super().get_new_connection(conn_params)

    def dsn(self) -> str:
        """Return the connection string that leads to this database."""
        given: str | None = self.settings_dict.get("DSN")
        if given:
            return given
        lease = embedded.process_lease(config.settings())
        return lease.owner_dsn if self.settings_dict.get("ROLE") == "owner" else lease.app_dsn
