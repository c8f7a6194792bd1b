"""Secrets stand in the keyring of the operating system and nowhere else."""

from __future__ import annotations

import keyring
import pytest
from keyring.backends import fail, null

from kcs_desktop.cache.geheimendienst import read_secret
from kcs_desktop.security.sleutelbos import MAX_SECRET, KeyringFault, OsSleutelbos
from kcs_desktop.security.sleutels import obtain_key

WINKEL = "0123456789abcdef0123"


@pytest.mark.usefixtures("secret_service")
def test_a_secret_comes_back_and_is_gone_after_erasing() -> None:
    bos = OsSleutelbos()
    bos.write("proef", "geheim met é en 🔑")
    assert OsSleutelbos().read("proef") == "geheim met é en 🔑"
    bos.write("proef", "nieuwer")
    assert bos.read("proef") == "nieuwer"
    bos.erase("proef")
    bos.erase("proef")
    assert bos.read("proef") == ""


@pytest.mark.usefixtures("secret_service")
def test_the_key_of_an_employee_stays_the_same_and_is_random() -> None:
    een, ander = obtain_key(OsSleutelbos(), WINKEL), obtain_key(OsSleutelbos(), "f" * 20)
    assert obtain_key(OsSleutelbos(), WINKEL) == een
    assert len(een) == 32
    assert een != ander


@pytest.mark.usefixtures("secret_service")
def test_the_short_way_reads_what_the_keyring_keeps() -> None:
    OsSleutelbos().write("kort", "ab" * 32)
    assert read_secret("kort") == "ab" * 32
    assert read_secret("nooit-bewaard") == ""


@pytest.mark.usefixtures("secret_service")
def test_a_secret_too_large_for_every_keyring_is_refused() -> None:
    with pytest.raises(KeyringFault, match="te groot"):
        OsSleutelbos().write("groot", "x" * (MAX_SECRET + 1))


def test_without_a_secret_service_there_is_a_fault_and_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/kcs")
    with pytest.raises(KeyringFault, match="niet beschikbaar"):
        OsSleutelbos().write("proef", "geheim")
    assert read_secret("proef") == ""


@pytest.mark.parametrize("other", [null.Keyring, fail.Keyring])
@pytest.mark.usefixtures("secret_service")
def test_a_keyring_chosen_by_configuration_is_not_used(
    other: type[null.Keyring], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{other.__module__}.{other.__qualname__}")
    before = keyring.get_keyring()
    keyring.set_keyring(other())
    try:
        bos = OsSleutelbos()
        bos.write("proef", "blijft")
        assert OsSleutelbos().read("proef") == "blijft"
    finally:
        keyring.set_keyring(before)
