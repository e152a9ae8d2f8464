"""Seeds of second factors at rest: sealed under the signing key, so that a copy of the tables makes nobody's codes.

A seed of before they were sealed is read as it stands, and sealed by the next worker that looks.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence

import msgspec

from fairlot.application.desk import Connect
from fairlot.store.people import second_factors as store
from fairlot.store.sealed import SealError, head_of, seal, unseal

logger = logging.getLogger(__name__)

SEALED_FOR = "second factors"
# No seed of ours has a colon in it: they are base32 and hexadecimal.
SEALED = "sealed:"


def seal_seed(seed: str, *, keys: Sequence[str]) -> str:
    """Return a seed as it is kept."""
    return SEALED + _text(seal(seed.encode(), keys=keys, purpose=SEALED_FOR))


def open_seed(kept: str, *, keys: Sequence[str]) -> str:
    """Return the seed that was kept. Raises SealError."""
    if not kept.startswith(SEALED):
        return kept
    sealed = base64.urlsafe_b64decode(kept.removeprefix(SEALED))
    return unseal(sealed, keys=keys, purpose=SEALED_FOR).decode()


class SecondFactors(msgspec.Struct, frozen=True, kw_only=True):
    """All second factors, and the keys that open their seeds."""

    connect: Connect
    keys: tuple[str, ...]

    def seal_anew(self) -> int:
        """Seal with the first key what was never sealed or sealed by a key of before; return how many that was."""
        # A head is a multiple of three bytes, so its text is the beginning of the whole text.
        beginning = SEALED + _text(head_of(keys=self.keys, purpose=SEALED_FOR))
        with self.connect() as connection:
            stale = store.seeds_not_beginning_with(connection, beginning)
            for one in stale:
                try:
                    seed = open_seed(one.kept, keys=self.keys)
                except SealError as error:
                    logger.error("The seed of factor %s: %s", one.factor_id, error)  # noqa: TRY400  (the sentence says all)
                    continue
                store.put_seed(connection, one, seal_seed(seed, keys=self.keys))
        return len(stale)


def _text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode()
