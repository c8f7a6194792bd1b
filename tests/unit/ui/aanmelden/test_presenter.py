"""The steps of signing in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from kcs_desktop.sdk import (
    Aanmelding,
    KcsError,
    Medewerker,
    Sessie,
    SignedOut,
    Sleutelvraag,
    Unreachable,
    UserError,
    Werkplek,
)
from ui.aanmelden.presenter import AanmeldPresenter, Stap

PLEKKEN = (Werkplek("balie-1", "Balie 1"), Werkplek("tic-1", "TIC-post 1", "telefoon"))
BAKKER = Medewerker("bakker", "S. Bakker", ("snelbalie", "tic"))


def step(presenter: AanmeldPresenter) -> Stap:
    """The step now; a function, because a type checker believes that an attribute keeps its value."""
    return presenter.stap


class FakeAanmelden:
    """Signs in whoever knows the password; remembers one choice."""

    def __init__(self, last: tuple[str, str, tuple[str, ...]] = ("", "", ())) -> None:
        self.last = last
        self.error: KcsError | None = None
        self.keuze = "keuze"  # the token of the choice of werkplek and roles
        self.sign_outs = 0
        self.vraag: Sleutelvraag | None = None
        self.wachtzin = ""
        self.warning = ""
        self.is_zonder = False
        self.offers: dict[str, bool] = {}
        self.opened = asyncio.Event()
        self.browser = asyncio.Event()  # set when the employee is done in it
        self.asked_anew = False
        self.silent = 0  # so often the backend does not answer when it is asked for its accounts

    async def proefgemeente(self) -> Mapping[str, Any]:
        if self.silent:
            self.silent -= 1
            raise Unreachable
        account = {"gebruikersnaam": "bakker", "naam": "S. Bakker", "rollen": ["tic"]}
        return {"accounts": [account], "wachtwoord": "w", **self.offers}

    async def sign_in(self, gebruikersnaam: str, wachtwoord: str, code: str = "") -> Aanmelding:
        if self.error is not None:
            raise self.error
        return Aanmelding(self.keuze, BAKKER, PLEKKEN)

    async def sign_in_in_browser(self, open_url: Callable[[str], bool], *, opnieuw: bool = False) -> Aanmelding:
        self.asked_anew = opnieuw
        if self.error is not None:
            raise self.error
        assert open_url("https://aanmelden.example/")
        self.opened.set()
        await self.browser.wait()
        return Aanmelding("keuze", BAKKER, PLEKKEN)

    async def unlock_in_browser(self, open_url: Callable[[str], bool]) -> Sessie:
        if self.error is not None:
            raise self.error
        assert open_url("https://aanmelden.example/")
        return await self.choose(Aanmelding("k", BAKKER, PLEKKEN), "balie-1", ("tic",))

    async def storage_question(self, aanmelding: Aanmelding) -> Sleutelvraag | None:
        return self.vraag

    async def unlock_keyring(self) -> None:
        if self.error is not None:
            raise self.error

    async def use_passphrase(self, aanmelding: Aanmelding, wachtzin: str) -> None:
        if self.error is not None:
            raise self.error
        self.wachtzin = wachtzin

    async def forget_passphrase(self, aanmelding: Aanmelding) -> None:
        self.vraag = Sleutelvraag("Geen sleutelbos.")

    def keep_nothing(self, aanmelding: Aanmelding) -> None:
        self.is_zonder = True

    async def choose(self, aanmelding: Aanmelding, werkplek: str, rollen: Sequence[str]) -> Sessie:
        plek = next(p for p in PLEKKEN if p.id == werkplek)
        return Sessie("s", BAKKER, plek, tuple(rollen), {"crm": 2}, datetime(2026, 11, 24, tzinfo=UTC))

    async def resume(self) -> Sessie | None:
        return None

    async def unlock(self, wachtwoord: str) -> Sessie:
        if self.error is not None:
            raise self.error
        return await self.choose(Aanmelding("k", BAKKER, PLEKKEN), "balie-1", ("tic",))

    def sign_out_warning(self) -> str:
        return self.warning

    async def sign_out(self) -> None:
        self.sign_outs += 1

    def last_choice(self) -> tuple[str, str]:
        return self.last[:2]

    def last_rollen(self, gebruikersnaam: str) -> tuple[str, ...]:
        return self.last[2] if gebruikersnaam == self.last[0] else ()


async def test_a_right_password_asks_werkplek_and_roles() -> None:
    presenter = AanmeldPresenter(FakeAanmelden())
    await presenter.submit("bakker", "goed")
    assert presenter.stap is Stap.WERKPLEK
    assert presenter.proposed_werkplek() == "balie-1"
    assert presenter.proposed_rollen() == ("snelbalie",)


async def test_the_last_choice_at_this_seat_is_proposed_where_the_account_allows() -> None:
    presenter = AanmeldPresenter(FakeAanmelden(("bakker", "tic-1", ("tic", "auditor"))))
    await presenter.submit("bakker", "goed")
    assert presenter.proposed_werkplek() == "tic-1"
    assert presenter.proposed_rollen() == ("tic",)


async def test_another_persons_roles_are_never_proposed() -> None:
    presenter = AanmeldPresenter(FakeAanmelden(("jansen", "tic-1", ("tic",))))
    await presenter.submit("bakker", "goed")
    assert presenter.proposed_werkplek() == "tic-1"
    assert presenter.proposed_rollen() == ("snelbalie",)


async def test_an_empty_password_is_not_sent() -> None:
    aanmelden = FakeAanmelden()
    aanmelden.error = UserError("mag niet gebeuren")
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "")
    assert presenter.melding == "Vul uw gebruikersnaam en uw wachtwoord in."


async def test_a_refused_password_says_why_and_stays() -> None:
    aanmelden = FakeAanmelden()
    aanmelden.error = UserError("Gebruikersnaam of wachtwoord klopt niet.")
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "fout")
    assert presenter.stap is Stap.WACHTWOORD
    assert presenter.melding == "Gebruikersnaam of wachtwoord klopt niet."
    assert not presenter.bezig


async def test_an_account_with_a_second_factor_is_asked_for_its_code() -> None:
    aanmelden = FakeAanmelden()
    aanmelden.error = UserError("Vul de code in.", code="code-nodig")
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "goed")
    assert presenter.code_nodig


async def test_no_role_chosen_is_no_session() -> None:
    presenter = AanmeldPresenter(FakeAanmelden())
    await presenter.submit("bakker", "goed")
    await presenter.choose("balie-1", ())
    assert presenter.stap is Stap.WERKPLEK
    assert presenter.melding == "Kies een werkplek en minstens één rol."


async def test_choosing_opens_the_session() -> None:
    presenter = AanmeldPresenter(FakeAanmelden())
    opened: list[Sessie] = []
    presenter.signed_in.connect(opened.append)
    await presenter.submit("bakker", "goed")
    await presenter.choose("tic-1", ("tic",))
    assert [sessie.werkplek.id for sessie in opened] == ["tic-1"]
    assert presenter.stap is Stap.KLAAR


async def test_the_lock_opens_with_the_password_and_only_then() -> None:
    aanmelden = FakeAanmelden()
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "goed")
    await presenter.choose("tic-1", ("tic",))
    presenter.lock()
    assert presenter.stap is Stap.VERGRENDELD
    aanmelden.error = UserError("Het wachtwoord klopt niet.")
    await presenter.unlock("fout")
    assert presenter.stap is Stap.VERGRENDELD
    aanmelden.error = None
    await presenter.unlock("goed")
    assert step(presenter) is Stap.KLAAR


async def test_a_session_that_ended_during_the_lock_asks_to_sign_in() -> None:
    aanmelden = FakeAanmelden()
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "goed")
    await presenter.choose("tic-1", ("tic",))
    presenter.lock()
    aanmelden.error = SignedOut()
    await presenter.unlock("goed")
    assert presenter.stap is Stap.WACHTWOORD
    assert presenter.melding.startswith("U bent afgemeld.")


async def test_switching_person_signs_out_first() -> None:
    aanmelden = FakeAanmelden()
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "goed")
    await presenter.choose("tic-1", ("tic",))
    await presenter.switch_person()
    assert aanmelden.sign_outs == 1
    assert presenter.stap is Stap.WACHTWOORD
    assert presenter.sessie is None


async def test_signing_out_with_unsent_work_leaves_that_on_screen() -> None:
    aanmelden = FakeAanmelden()
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "goed")
    await presenter.choose("tic-1", ("tic",))
    aanmelden.warning = "Er wacht nog 1 opdracht op verzending."
    await presenter.switch_person()
    assert presenter.melding == "Er wacht nog 1 opdracht op verzending."


async def test_the_page_lists_so_many_accounts_as_show_every_role() -> None:
    class Many(FakeAanmelden):
        async def proefgemeente(self) -> Mapping[str, Any]:
            rollen = [["tic"], ["snelbalie", "tic"], ["auditor"], ["tic"]]
            accounts = [{"gebruikersnaam": f"a{i}", "naam": f"A{i}", "rollen": r} for i, r in enumerate(rollen)]
            return {"accounts": accounts, "wachtwoord": "w"}

    presenter = AanmeldPresenter(Many())
    await presenter.load()
    assert [account.gebruikersnaam for account in presenter.proefaccounts] == ["a1", "a2"]


async def test_the_accounts_come_by_themselves_when_the_backend_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.aanmelden.presenter.ASK_AGAIN", 0)
    aanmelden = FakeAanmelden()
    aanmelden.silent = 3
    presenter = AanmeldPresenter(aanmelden)
    said: list[str] = []
    presenter.changed.connect(lambda _none: said.append(presenter.melding))
    await presenter.load()
    assert [account.gebruikersnaam for account in presenter.proefaccounts] == ["bakker"]
    assert said[0].startswith("De server is niet bereikbaar.")
    assert presenter.melding == ""


async def test_asking_for_the_accounts_leaves_what_the_sign_in_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.aanmelden.presenter.ASK_AGAIN", 0)
    aanmelden = FakeAanmelden()
    aanmelden.silent = 3
    presenter = AanmeldPresenter(aanmelden)
    asking = asyncio.create_task(presenter.load())
    await presenter.submit("bakker", "")
    await asking
    assert presenter.melding == "Vul uw gebruikersnaam en uw wachtwoord in."


def test_nothing_to_lock_without_a_session() -> None:
    presenter = AanmeldPresenter(FakeAanmelden())
    presenter.lock()
    assert presenter.stap is Stap.WACHTWOORD


async def _at_the_passphrase(vraag: Sleutelvraag) -> tuple[AanmeldPresenter, FakeAanmelden]:
    aanmelden = FakeAanmelden()
    aanmelden.vraag = vraag
    presenter = AanmeldPresenter(aanmelden)
    await presenter.submit("bakker", "goed")
    await presenter.choose("tic-1", ("tic",))
    assert presenter.stap is Stap.WACHTZIN
    return presenter, aanmelden


async def test_without_a_keyring_a_passphrase_is_chosen_twice_alike() -> None:
    presenter, aanmelden = await _at_the_passphrase(Sleutelvraag("Geen sleutelbos."))
    await presenter.give_passphrase("een lange zin", "een lange zim")
    assert presenter.melding == "De twee wachtzinnen zijn niet gelijk. Typ hem nog een keer."
    assert aanmelden.wachtzin == ""
    await presenter.give_passphrase("een lange zin", "een lange zin")
    assert step(presenter) is Stap.KLAAR
    assert aanmelden.wachtzin == "een lange zin"


async def test_a_wrong_passphrase_is_told_and_asked_again() -> None:
    presenter, aanmelden = await _at_the_passphrase(Sleutelvraag("Met wachtzin.", bekend=True))
    aanmelden.error = UserError("Deze wachtzin klopt niet.")
    await presenter.give_passphrase("verkeerd")
    assert (step(presenter), presenter.melding) == (Stap.WACHTZIN, "Deze wachtzin klopt niet.")
    aanmelden.error = None
    await presenter.give_passphrase("goed")
    assert step(presenter) is Stap.KLAAR


async def test_a_locked_keyring_can_be_tried_again() -> None:
    presenter, aanmelden = await _at_the_passphrase(Sleutelvraag("Op slot.", op_slot=True))
    aanmelden.error = UserError("De sleutelbos van deze computer is op slot.")
    await presenter.try_keyring()
    assert (step(presenter), presenter.melding) == (Stap.WACHTZIN, "De sleutelbos van deze computer is op slot.")
    aanmelden.error = aanmelden.vraag = None
    await presenter.try_keyring()
    assert step(presenter) is Stap.KLAAR


async def test_a_forgotten_passphrase_is_explained_before_anything_happens() -> None:
    presenter, aanmelden = await _at_the_passphrase(Sleutelvraag("Met wachtzin.", bekend=True))
    await presenter.forget_passphrase()
    assert presenter.is_vergeten
    assert aanmelden.vraag is not None
    assert aanmelden.vraag.bekend
    await presenter.forget_passphrase()
    assert presenter.vraag is not None
    assert not presenter.vraag.bekend
    assert presenter.stap is Stap.WACHTZIN


async def test_going_on_without_keeping_anything_is_a_choice() -> None:
    presenter, aanmelden = await _at_the_passphrase(Sleutelvraag("Geen sleutelbos."))
    await presenter.keep_nothing()
    assert aanmelden.is_zonder
    assert presenter.stap is Stap.KLAAR


def _with_browser(aanmelden: FakeAanmelden) -> tuple[AanmeldPresenter, list[str]]:
    opened: list[str] = []

    def open_url(url: str) -> bool:
        opened.append(url)
        return True

    return AanmeldPresenter(aanmelden, open_url), opened


async def test_the_browser_is_waited_for_and_can_be_opened_again() -> None:
    aanmelden = FakeAanmelden()
    presenter, opened = _with_browser(aanmelden)
    waiting = asyncio.create_task(presenter.sign_in_in_browser())
    await aanmelden.opened.wait()
    assert step(presenter) is Stap.BROWSER
    assert presenter.can_reopen
    presenter.reopen_browser()
    assert len(opened) == 2
    aanmelden.browser.set()
    await waiting
    assert step(presenter) is Stap.WERKPLEK
    assert not presenter.can_reopen


async def test_what_went_wrong_in_the_browser_stands_on_the_page_that_it_began_from() -> None:
    aanmelden = FakeAanmelden()
    presenter, _ = _with_browser(aanmelden)
    aanmelden.error = UserError("Uw gemeente-account heeft geen rol in KCS Desktop.")
    await presenter.sign_in_in_browser()
    assert (presenter.stap, presenter.bezig) == (Stap.WACHTWOORD, False)
    assert presenter.melding == "Uw gemeente-account heeft geen rol in KCS Desktop."


async def test_who_is_not_the_one_of_the_browser_is_asked_for_credentials() -> None:
    aanmelden = FakeAanmelden()
    aanmelden.browser.set()
    presenter, _ = _with_browser(aanmelden)
    await presenter.sign_in_in_browser()
    assert not aanmelden.asked_anew
    presenter.back()
    await presenter.sign_in_in_browser()
    assert aanmelden.asked_anew


async def test_after_a_switch_of_person_the_browser_asks_for_credentials() -> None:
    aanmelden = FakeAanmelden()
    aanmelden.browser.set()
    presenter, _ = _with_browser(aanmelden)
    await presenter.sign_in_in_browser()
    await presenter.choose("tic-1", ("tic",))
    await presenter.switch_person()
    await presenter.sign_in_in_browser()
    assert aanmelden.asked_anew


async def test_a_cancelled_unlock_leaves_the_lock_shut() -> None:
    aanmelden = FakeAanmelden()
    presenter, _ = _with_browser(aanmelden)
    await presenter.submit("bakker", "goed")
    await presenter.choose("tic-1", ("tic",))
    presenter.lock()
    aanmelden.error = UserError("U bent in de browser aangemeld met een ander account.")
    await presenter.unlock_in_browser()
    assert step(presenter) is Stap.VERGRENDELD
    presenter.cancel_browser()
    assert step(presenter) is Stap.VERGRENDELD
    aanmelden.error = None
    await presenter.unlock_in_browser()
    assert step(presenter) is Stap.KLAAR
