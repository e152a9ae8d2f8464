"""The signing keys: what was signed before a rotation is believed until the old key is forgotten, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core import signing

from fairlot.config import Settings
from fairlot.store import secret_keys as keys
from fairlot.store.secret_keys import RotationError, generated_secret_key, rotate, secret_keys

SIGNED = "invitation:inv_1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var")


def signed(settings: Settings) -> str:
    return signing.Signer(key=secret_keys(settings)[0]).sign(SIGNED)


def is_believed(text: str, settings: Settings) -> bool:
    first, *others = secret_keys(settings)
    fallbacks: list[bytes | str] = [*others]
    try:
        return signing.Signer(key=first, fallback_keys=fallbacks).unsign(text) == SIGNED
    except signing.BadSignature:
        return False


def test_the_first_process_makes_the_key_and_all_others_find_it(settings: Settings) -> None:
    first = secret_keys(settings)
    assert first == secret_keys(settings) == (generated_secret_key(settings.secrets_dir),)


def test_what_was_signed_before_is_believed_until_the_old_key_is_forgotten(
    settings: Settings,
) -> None:
    before = signed(settings)
    rotated = rotate(settings)
    assert rotated == secret_keys(settings)
    assert is_believed(before, settings)
    after = signed(settings)
    assert after != before
    assert rotate(settings, forget=True) == rotated[:1]
    assert is_believed(after, settings)
    assert not is_believed(before, settings)


def test_only_so_many_keys_are_believed(settings: Settings) -> None:
    oldest = signed(settings)
    for _ in range(keys.KEYS_MAX - 1):
        rotate(settings)
        assert is_believed(oldest, settings)
    assert len(rotate(settings)) == keys.KEYS_MAX
    assert not is_believed(oldest, settings)


def test_a_file_of_ones_own_is_rotated_in_place_and_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("k" * 50)
    settings = Settings(data_dir=tmp_path / "var", secret_key_file=path)
    rotate(settings)
    assert secret_keys(settings)[1:] == ("k" * 50,)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["keys"]


def test_a_key_in_the_environment_is_not_ours_to_change(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key="k" * 50)
    assert secret_keys(settings) == ("k" * 50,)
    with pytest.raises(RotationError, match="FAIRLOT_SECRET_KEY_FILE"):
        rotate(settings)
