"""`kcs-backend account`: what an administrator does, without a secret on the command line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from kcs_desktop.backend.cli import run
from kcs_desktop.backend.settings import PREFIX
from tests.harness.backend import WACHTWOORD

Account = Callable[..., tuple[int, str]]
MAKE = ("maak", "kees", "--naam", "Kees Test", "--rol", "tic")


@pytest.fixture
def account(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Account:
    """Runs `kcs-backend account …` and returns its exit code and everything it said."""
    monkeypatch.delenv(f"{PREFIX}DATABASE_URL", raising=False)

    def call(*arguments: str, stdin: str = "") -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = run(["account", "--database", sqlite_url, *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def test_an_account_is_made_listed_blocked_and_given_another_password(account: Account) -> None:
    assert account(*MAKE, stdin=f"{WACHTWOORD}\n") == (0, "Account kees is gemaakt.\n")
    assert "kees\tKees Test\ttic" in account("lijst")[1]
    assert account("blokkeer", "kees")[0] == 0
    assert "geblokkeerd" in account("lijst")[1]
    assert account("blokkeer", "kees", "--op")[0] == 0
    assert "geblokkeerd" not in account("lijst")[1]
    assert account("wachtwoord", "kees", stdin="een heel ander geheim 9\n")[0] == 0
    assert "otpauth://" in account("totp", "kees")[1]
    assert "code" in account("lijst")[1]
    assert account("totp", "kees", "--uit")[0] == 0


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("kort", "ten minste 12 tekens"),
        ("x" * 200, "ten hoogste 128 tekens"),
        ("aaaaaaaaaaaaaa", "meer verschillende tekens"),
        ("kees is de beste", "zonder uw naam"),
        ("Wachtwoord2026!", "minder voor de hand"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(account: Account, password: str, said: str) -> None:
    code, text = account(*MAKE, stdin=f"{password}\n")
    assert code == 1
    assert said in text
    assert "kees" not in account("lijst")[1]


def test_a_name_is_given_once(account: Account) -> None:
    account(*MAKE, stdin=f"{WACHTWOORD}\n")
    code, text = account("maak", "KEES", "--naam", "Ander", "--rol", "tic", stdin=f"{WACHTWOORD}\n")
    assert (code, text) == (1, "Deze gebruikersnaam bestaat al.\n")


def test_an_unknown_name_is_said(account: Account) -> None:
    assert account("blokkeer", "niemand") == (1, "Deze gebruikersnaam bestaat niet.\n")


def test_an_application_gets_a_token_once_and_loses_it_at_once(account: Account) -> None:
    code, text = account("toepassing", "Website", "--recht", "crm=m")
    assert code == 0
    token = text.splitlines()[-1]
    assert token.startswith("kcs_")
    listed = account("lijst")[1]
    assert "crm=wijzigen" in listed
    assert token not in listed
    assert account("toepassing", "Website", "--intrekken")[0] == 0
    assert "ingetrokken" in account("lijst")[1]


@pytest.mark.parametrize("right", ["crm", "crm=x", "bestaat-niet=r"])
def test_a_right_that_does_not_exist_is_refused(account: Account, right: str) -> None:
    assert account("toepassing", "Website", "--recht", right)[0] == 1


def test_a_werkplek_is_added_and_renamed(account: Account) -> None:
    assert account("werkplek", "balie-3", "--naam", "Balie 3")[0] == 0
    assert account("werkplek", "balie-3", "--naam", "Balie drie")[0] == 0
